"""What the rules find of a known truth: measured anew, and equal to what the notebook shows."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.fiction.recovery import disagreements, invented, measure, recovery


@pytest.fixture(scope="module")
def measured():
    return measure()


def test_the_recovery_that_is_kept_is_the_recovery_measured(measured):
    pd.testing.assert_frame_equal(recovery().scores, measured.scores, atol=5.1e-5, rtol=0)
    kept, anew = recovery().failures, measured.failures.reset_index(drop=True)
    pd.testing.assert_frame_equal(kept.fillna(""), anew.fillna(""), check_dtype=False)


def test_five_hundred_unseen_texts_are_read_as_they_were_planted(measured):
    scores = measured.scores.set_index("what")
    assert (scores.loc["actors", ["texts", "f1"]] >= [500, 0.95]).all()
    assert (scores.loc["events", ["texts", "f1"]] >= [500, 0.95]).all()
    assert scores.loc["attributions, fictional texts", "f1"] >= 0.90
    assert scores.loc["themes", "error"] <= 0.02


def test_sixty_sentences_with_the_habits_of_journalists(measured):
    row = measured.scores.set_index("what").loc["attributions, invented sentences"]
    assert row["texts"] >= 60
    assert row["f1"] >= 0.85
    assert len(measured.failures) == (row["true"] - row["both"]) + (row["found"] - row["both"])


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
