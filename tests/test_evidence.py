"""Gates, claims and captions say what holds, and nothing where there is too little text."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import TooLittleText, caption, claim, count, gate
from helpers.evidence import Gated, escape


def too_little():
    raise TooLittleText("specificities", needs="two parts", has="1 part", most="1.2")


def test_a_gate_shows_why_and_what_the_most_was():
    gated = gate(too_little)
    assert isinstance(gated, Gated)
    assert (
        repr(gated)
        == "specificities needs two parts; this corpus has 1 part. The largest value it could reach here is 1.2."
    )
    assert "needs two parts" in gated._repr_html_()


def test_a_gate_lets_everything_else_through():
    assert gate(lambda: 5) == 5
    with pytest.raises(KeyError):
        gate(lambda: {}["x"])


def test_the_cells_after_a_gate_run():
    gated = gate(too_little)
    rows = list(gated.head(3).sort_values("x"))
    assert (rows, len(gated), f"{gated['f']:.2f}") == ([], 0, "undefined")
    assert claim(lambda: f"{gated.f} is much.", lambda: gated.f).plain.startswith("▢")
    assert caption("Table 1", f"{gated.f:.1f} words").plain == "Table 1. undefined words"


def test_a_claim_holds_does_not_hold_or_cannot_be_said():
    assert claim(lambda: "Yes.", lambda: True).plain == "✓ Yes."
    assert (
        claim(lambda: "No.", lambda: np.bool_(False)).marked
        == "<p>✗ <del>No.</del> (does not hold on this corpus)</p>"
    )
    for undefined in (
        lambda: 1 / 0,
        lambda: float("nan"),
        lambda: pd.NA,
        lambda: [][0],
        lambda: pd.Series([1, 2]).item(),
        too_little,
    ):
        assert claim(lambda: "Perhaps.", undefined).plain == "▢ This cannot be said of this corpus."
    assert claim(lambda: f"{float('nan')} words.", lambda: True).plain.startswith("▢")


def test_a_mistake_in_a_claim_is_not_hidden():
    with pytest.raises(NameError):
        claim(lambda: "x", lambda: no_such_name)  # noqa: F821


@given(st.text())
def test_nothing_that_is_shown_is_markup(text):
    shown = escape(text)
    assert not set("<>$`\"'") & set(shown)
    assert "<script" not in caption("Figure <1>", text + "<script>")._repr_html_()
    assert "<script" not in claim(lambda: text + "<script>x", lambda: True)._repr_html_()


def test_counts_agree_with_their_nouns():
    assert [count(n, "text") for n in (0, 1, 1200)] == ["0 texts", "1 text", "1,200 texts"]
    assert count(2, "nationality") == "2 nationalities"
