"""Gates, claims and captions say what holds, and nothing where there is too little text."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.count import TooLittleText
from helpers.read.tables import counted
from helpers.show import caption, claim, gate, legible
from helpers.show.notes import Gated, escape


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


@pytest.mark.parametrize(
    "asked",
    [
        lambda g: g > 1, lambda g: g["a"] <= 1, lambda g: g == 3, lambda g: g != g, lambda g: 1 in g,
        lambda g: not g, lambda g: g["a"] / g["b"] > 0.5, lambda g: abs(g) > 3, lambda g: 1 - g.f,
        lambda g: round(g, 2) > 0, lambda g: int(g) > 0, lambda g: float(g) > 0, lambda g: -g < 0,
        lambda g: range(g), lambda g: g & True,
    ],
)  # fmt: skip
def test_nothing_can_be_said_of_what_is_behind_a_gate(asked):
    gated = gate(too_little)
    assert claim(lambda: "It is so.", lambda: asked(gated)).plain.startswith("▢")
    assert claim(lambda: f"It is {asked(gated)}.", lambda: True).plain.startswith("▢")
    assert len({gated}) == 1
    again = gate(lambda: "much" if gated.f > 1 else "little")
    assert repr(again) == repr(gated)


def test_a_caption_of_a_gate_says_why_there_is_nothing():
    said = caption("Table 1", gate(too_little).pipe(lambda rows: f"{len(rows)} words")).plain
    assert said.startswith("Table 1. ▢ specificities needs two parts")
    assert caption("Table 1", pd.DataFrame({"a": [1]}).pipe(len)).plain == "Table 1. 1"


def test_a_table_is_legible_and_itself_unchanged():
    table = pd.DataFrame(
        {
            "n": [341, 1],
            "ratio": [1 / 3, 2.0],
            "name": pd.Series(["a", None], dtype="str"),
            "day": pd.to_datetime(["2024-11-01", None]),
            "count": pd.array([2, None], dtype="Int64"),
            "days": [["2024-11-04"], []],
        }
    )
    before = table.copy()
    shown = legible(table, decimals=2).astype(str)
    assert shown.to_numpy().tolist() == [
        ["341", "0.33", "a", "2024-11-01", "2", "['2024-11-04']"],
        ["1", "2", "–", "–", "–", "[]"],
    ]
    pd.testing.assert_frame_equal(table, before)
    assert list(legible(table.head(0))) == list(table)


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
    assert [counted(n, "text") for n in (0, 1, 1200)] == ["0 texts", "1 text", "1,200 texts"]
    assert counted(2, "nationality") == "2 nationalities"
