"""Fictional texts as a corpus: the texts of the simulation, their truth, and nothing left behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest

from helpers import Corpus
from helpers.count import keyness, parts_at_hand, specificities
from helpers.count.keywords import nearest_bound
from tests.fiction.fictional import fictional_corpus
from tests.fiction.simulate import SHIFT, Truth, communiques


@pytest.fixture(scope="module")
def fiction() -> tuple[Corpus, Truth]:
    return fictional_corpus(120, seed=3)


def test_the_texts_are_those_of_the_simulation_with_their_truth(fiction):
    corpus, truth = fiction
    texts, planted = communiques(120, seed=3)
    assert dict(zip(corpus.documents["file"], corpus.documents["text"], strict=True)) == texts
    for ours, theirs in zip(truth, planted, strict=True):
        pd.testing.assert_frame_equal(ours, theirs)


def test_scene_and_period_are_metadata_of_every_text(fiction):
    corpus, truth = fiction
    known = truth.documents[["doc", "scene", "period"]]
    pd.testing.assert_frame_equal(corpus.documents[["doc", "scene", "period"]], known)
    assert "metadata" not in set(corpus.issues["kind"])


def test_another_seed_is_another_corpus_and_the_same_seed_the_same(fiction):
    again, _ = fictional_corpus(5, seed=3)
    other, _ = fictional_corpus(5, seed=4)
    assert again.documents["text"].tolist() == fiction[0].documents["text"].tolist()[:5]
    assert not set(other.documents["sha256"]) & set(again.documents["sha256"])


def test_no_model_annotates_unless_asked(fiction):
    assert fiction[0].tokens["lemma"].isna().all()
    assert fiction[0].entities.empty


def test_nothing_is_left_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    corpus, _ = fictional_corpus(2)
    assert len(corpus.documents) == 2
    assert list(Path(tmp_path).iterdir()) == []


def test_the_planted_words_are_the_specificities_of_the_later_texts(fiction):
    corpus, _ = fiction
    tokens = corpus.with_metadata(corpus.tokens)
    tokens = tokens[tokens["duplicate_of"].isna()]
    table = specificities(tokens, "period")
    after = table[(table["period"] == "after") & (table["specificity"] >= 2)]
    assert set(SHIFT) <= set(after["type"])
    sides = (tokens[tokens["period"] == period] for period in ("after", "before"))
    key = keyness(*sides)
    sure = key[(nearest_bound(key) > 0) & (key["log_ratio"] > 0)]
    assert set(SHIFT) <= set(sure["type"])


@pytest.mark.parametrize(("n", "part"), [(1, "par"), (4, "doc"), (120, "year")])
def test_the_parts_at_hand_grow_with_the_corpus(fiction, n, part):
    corpus = fiction[0]
    fewer = Corpus(corpus.documents.head(n), *list(vars(corpus).values())[1:])
    assert parts_at_hand(fewer) == part


def test_months_are_parts_where_they_hold_five_texts_each(fiction):
    corpus = fiction[0]
    dated = corpus.documents.head(20).assign(date_precision="month")
    for texts_a_month, part in ((5, "month"), (4, "year"), (20, "doc")):
        months = pd.Series(range(20)) // texts_a_month
        starts = pd.to_datetime("2023-10-01") + months.map(lambda n: pd.DateOffset(months=n))
        documents = dated.assign(date_start=starts.to_numpy())
        assert parts_at_hand(Corpus(documents, *list(vars(corpus).values())[1:])) == part
