"""What the rules find of a known truth: measured anew, and equal to what is kept."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.fiction.recovery import FEW, disagreements, invented, kept, recovery, voiced
from tests.fiction.simulate import SEED, TEXTS, communiques


@pytest.fixture(scope="module")
def few():
    return recovery(FEW)


def same(one, other):
    for table in ("scores", "themes"):
        tables = [getattr(found, table) for found in (one, other)]
        pd.testing.assert_frame_equal(*tables, atol=5.1e-5, rtol=0, check_dtype=False)
    failures = [found.failures.reset_index(drop=True).fillna("") for found in (one, other)]
    pd.testing.assert_frame_equal(*failures, check_dtype=False)


def test_the_recovery_of_some_texts_is_the_one_that_is_kept(few):
    same(kept(FEW), few)


@pytest.mark.slow
def test_the_recovery_of_all_texts_is_the_one_that_is_kept():
    same(kept(), recovery())


def test_unseen_texts_are_read_as_they_were_planted():
    scores = kept().scores.set_index("what")
    firsts = communiques(TEXTS, seed=SEED).truth.documents["duplicate_of"].isna().sum()
    assert (scores.loc[["actors", "events"], "texts"] == firsts).all()
    assert (scores.loc[["actors", "events"], "f1"] >= 0.95).all()
    assert scores.loc["attributions, fictional texts", "f1"] >= 0.90
    assert kept().themes["error"].mean() <= 0.02


def test_sixty_sentences_with_the_habits_of_journalists(few):
    row = few.scores.set_index("what").loc["attributions, invented sentences"]
    assert row["texts"] >= 60
    assert row["f1"] >= 0.85
    assert len(few.failures) == (row["true"] - row["both"]) + (row["found"] - row["both"])


def test_every_cue_and_source_of_the_sentences_stands_in_them():
    corpus, gold = invented()
    text = corpus.documents.set_index("doc")["text"]
    for row in gold.itertuples():
        assert row.cue in text[row.doc]
        assert row.source in text[row.doc]
    assert len(text) >= 60


def test_a_source_is_the_same_without_its_determiner_and_only_in_its_own_sentence():
    true = pd.DataFrame(
        {"doc": "a", "sent": [1, 2], "kind": "indirect", "verb": "dire", "source": "la maire"}
    )
    found = true.assign(source=["maire de Sorlac", "le préfet"])
    missed, made_up = disagreements(found, true)
    assert missed["sent"].tolist() == made_up["sent"].tolist() == [2]
    assert not len(disagreements(true, true)[0])


def test_what_is_said_is_counted_in_characters():
    planted = pd.DataFrame(
        {"doc": "a", "start": [10], "end": [110], "form": "quotation", "speaker": "Mona Kervella"}
    )
    found = pd.DataFrame({
        "doc": "a", "start": [0, 40, 70, 90], "end": [40, 70, 90, 200],
        "source_name": ["Mona Kervella", None, None, "Yann Le Bihan"],
        "kind": ["direct", "none", "indirect", "direct"],
    })  # fmt: skip
    score = voiced(found, planted, "quotation")
    assert (score["true"], score["found"], score["both"]) == (100, 70, 30)
    assert voiced(found, planted, "answer")["true"] == 0
