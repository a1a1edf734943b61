"""The reference passages: what is found of who says what, measured anew and equal to what is kept."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.voices.gold import HALVES, SCORES, rounded


@pytest.mark.parametrize("half", HALVES)
def test_the_scores_of_the_passages_are_those_that_are_kept(half):
    kept = pd.read_csv(SCORES)
    kept = kept[kept["half"] == half].reset_index(drop=True)
    pd.testing.assert_frame_equal(rounded(half), kept, check_dtype=False, atol=5.1e-5, rtol=0)


@pytest.mark.parametrize(
    ("half", "cues", "precision", "speaker", "wrong", "silent", "turns", "authors"),
    [
        ("a", 0.97, 0.98, 0.97, 0.02, 0.12, 0.95, 0.95),
        ("b", 0.93, 0.95, 0.93, 0.02, 0.12, 0.94, 0.95),
        ("c", 0.91, 0.95, 0.90, 0.02, 0.12, 0.87, 0.88),
        ("d", 0.90, 0.93, 0.88, 0.02, 0.12, 0.72, 0.89),  # unread: what is aimed at
    ],
)
def test_the_reference_passages_are_read_as_well_as_they_were(
    half, cues, precision, speaker, wrong, silent, turns, authors
):
    kept = pd.read_csv(SCORES).set_index(["half", "what"])["share"][half]
    assert kept["cues, F1"] >= cues
    assert kept["cues, precision"] >= precision
    assert kept["with speaker, F1"] >= speaker
    assert kept["named, wrong"] <= wrong
    assert kept["quoted, nobody's, characters"] <= silent
    assert kept["turn, characters"] >= turns
    assert kept["author, characters"] >= authors
