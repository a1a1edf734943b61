"""Broken files: whatever the bytes, a folder loads, every offset is inside its text, and a second
reading gives the same.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from mutants import MUTATIONS, STRESS, mutant

from helpers import count, open_corpus, voices
from helpers.count import TooLittleText
from helpers.read import load_seeds, parse, round_trip, weekdays
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS, ISSUES, Label

KINDS = {
    "bad_date", "duplicate", "empty", "encoding", "front_matter", "near_duplicate", "no_date", "not_french",
    "not_text",
}  # fmt: skip
ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"}
BATCH = 250


@pytest.fixture
def folder(tmp_path):
    def make(numbers: range, most: int | None = None) -> Path:
        for number in numbers:
            (tmp_path / f"{number:06}.txt").write_bytes(mutant(number)[:most])
        return tmp_path

    return make


def inside(documents: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the text that they are about, once their bounds are inside its body."""
    about = documents.set_index("doc").loc[
        rows["doc"].astype("str"), ["text", "body_start", "body_end"]
    ]
    assert (rows["start"].to_numpy() >= about["body_start"].to_numpy()).all()
    assert (rows["start"] < rows["end"]).all()
    assert (rows["end"].to_numpy() <= about["body_end"].to_numpy()).all()
    return rows.assign(text=about["text"].to_numpy())


@pytest.mark.parametrize("first", range(0, MUTATIONS, BATCH))
def test_broken_files_become_documents_and_issues(folder, first):
    path = folder(range(first, first + BATCH))
    (documents, issues), fields = read_folder(path)
    assert set(documents["file"]) | set(issues["file"]) == {p.name for p in path.iterdir()}
    assert set(issues["kind"]) <= KINDS
    assert set(documents["encoding"]) <= ENCODINGS
    fields_of_front_matter = dict.fromkeys(list(documents)[len(DOCUMENTS) :], "str")
    assert documents.dtypes.astype(str).to_dict() == DOCUMENTS | fields_of_front_matter
    assert list(documents)[: len(DOCUMENTS)] == list(DOCUMENTS)
    assert issues.dtypes.astype(str).to_dict() == ISSUES
    lengths = documents["text"].str.len()
    assert (documents["body_start"].between(0, documents["body_end"], inclusive="left")).all()
    assert (documents["body_end"] <= lengths).all()
    texts = documents.set_index("doc")["text"]
    for field in fields.itertuples():
        assert texts[field.doc][field.start : field.end] == field.value
    for issue in issues.dropna(subset="start").itertuples():
        assert 0 <= issue.start < issue.end <= len(texts[issue.doc])


@pytest.mark.parametrize("first", range(0, MUTATIONS, BATCH))
def test_every_token_of_a_broken_file_leads_back_to_it(folder, first):
    path = folder(range(first, first + BATCH))
    documents = load_seeds(path).documents
    tables = parse(documents, annotate=False)
    assert round_trip(documents, tables.tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    for table in tables[:3]:
        inside(documents, table)
    again = load_seeds(path).documents
    pd.testing.assert_frame_equal(documents, again)
    for here, there in zip(tables, parse(again, annotate=False), strict=True):
        pd.testing.assert_frame_equal(here, there)


# What a reader of a broken corpus may ask of it.
VERBS = {
    "actors": voices.actors,
    "attributions": voices.attributions,
    "events": voices.events,
    "mentions": voices.mentions,
    "theme_hits": lambda corpus: count.theme_hits(corpus.tokens),
    "theme_profile": lambda corpus: count.theme_profile(
        count.theme_hits(corpus.tokens), corpus.tokens, by="doc"
    ),
    "frequencies": lambda corpus: count.frequencies(corpus.tokens),
    "richness": lambda corpus: count.richness(corpus.tokens, by="doc"),
    "readability": lambda corpus: count.readability(corpus.sentences, corpus.tokens),
    "segments": lambda corpus: count.segments(corpus.tokens),
    "repeated_segments": lambda corpus: count.repeated_segments(corpus.tokens),
    "cooccurrents": lambda corpus: count.cooccurrents(corpus.tokens, "sécurité"),
    "concordance": lambda corpus: count.concordance(corpus, "[pos=/N.*/] *"),
    "dispersion": lambda corpus: count.dispersion(corpus.tokens, by="doc"),
    "specificities": lambda corpus: count.specificities(corpus.tokens, by="doc"),
    "weekdays": lambda corpus: weekdays(corpus.entities, corpus.documents),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    path = tmp_path_factory.mktemp("broken")
    for number in range(STRESS // 10 or 60):
        (path / f"{number:06}.txt").write_bytes(mutant(number)[:1500])
    return open_corpus(path, cache=tmp_path_factory.mktemp("kept"))


def test_the_model_reads_broken_files(broken):
    tokens = broken.tokens
    assert round_trip(broken.documents, tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    assert tokens[["lemma", "pos", "head", "dep"]].notna().all().all()
    lengths = tokens.groupby("doc", observed=True)["tok"].transform("max")
    assert tokens["head"].between(0, lengths).all()
    inside(broken.documents, broken.entities)
    assert set(broken.entities["label"]) <= set(Label.__args__)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_answers_on_broken_files(broken, name):
    try:
        found = VERBS[name](broken)
    except TooLittleText:
        return
    if {"doc", "start", "end"} <= set(found):
        inside(broken.documents, found.dropna(subset=["start", "end"]))


def test_changes_are_of_every_kind():
    """The mutations reach what they are for: no encoding and no kind of issue is missing."""
    made = [mutant(number) for number in range(500)]
    assert len(set(made)) > 490
    for mark in (
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\r",
        "\u202e".encode(),
        "🙂".encode(),
        b"\x81",
    ):
        assert any(mark in data for data in made)
    sizes = np.array([len(data) for data in made])
    assert sizes.min() < 50 < 5000 < sizes.max()
