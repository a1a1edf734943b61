"""The tails are those of exact integers and of R, at every size, and never infinite."""

# ruff: noqa: N803, N806

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.count.hypergeometric import g2, specificity, tails
from tests.tables import reference

# R rounds to 4 decimals.
ROUNDED = 5.1e-5


def exact(f, F, t, T):
    """Both tails from binomial coefficients as integers: C(t, k)·C(T - t, F - k)/C(T, F)."""
    first, last = max(0, F + t - T), min(F, t)
    term = math.comb(t, first) * math.comb(T - t, F - first)
    upper = lower = 0
    for k in range(first, last + 1):
        lower += term if k <= f else 0
        upper += term if k >= f else 0
        term = term * (F - k) * (t - k) // ((k + 1) * (T - F - t + k + 1))
    total = math.comb(T, F)
    return math.log10(upper) - math.log10(total), math.log10(lower) - math.log10(total)


@st.composite
def counts(draw, most=300):
    T = draw(st.integers(0, most))
    F, t = draw(st.integers(0, T)), draw(st.integers(0, T))
    return draw(st.integers(max(0, F + t - T), min(F, t))), F, t, T


@settings(derandomize=True, deadline=None, max_examples=500)
@given(counts())
def test_tails_are_those_of_exact_integers(cell):
    assert tails(*cell) == pytest.approx(exact(*cell), abs=1e-12)


@pytest.mark.parametrize(
    "cell",
    [
        (0, 1, 30_000_000, 60_000_000),
        (1, 3, 20_000_000, 60_000_000),
        (0, 5_000, 3_000_000, 60_000_000),
        (220, 5_000, 3_000_000, 60_000_000),
        (250, 5_000, 3_000_000, 60_000_000),
        (251, 5_000, 3_000_000, 60_000_000),
        (400, 5_000, 3_000_000, 60_000_000),
        (4_000, 5_000, 3_000_000, 60_000_000),
        (6_000, 6_000, 59_999_000, 60_000_000),
        (5_000, 6_000, 59_999_000, 60_000_000),
    ],
)
def test_sixty_million_words(cell):
    assert tails(*cell) == pytest.approx(exact(*cell), abs=1e-9)


def test_halves_of_sixty_million_words():
    """The distribution is symmetrical, so that both tails are half of one and of the middle."""
    half = 30_000_000
    upper, lower = tails(half // 2, half, half, 2 * half)
    middle = 2 / math.sqrt(math.pi * half)
    assert upper == pytest.approx(lower, abs=1e-12)
    assert upper == pytest.approx(math.log10((1 + middle) / 2), abs=1e-9)


@pytest.mark.parametrize("name", ["seed", "synth8"])
def test_specificities_equal_r(name):
    table = reference(f"specif_{name}")
    cell = [table[column] for column in ("f", "F", "t", "T")]
    upper, lower = tails(*cell)
    assert np.abs(upper - table["log10_upper"]).max() < 1e-9
    assert np.abs(lower - table["log10_lower"]).max() < 1e-9
    found = specificity(*cell)
    assert np.abs(found - table["textometry"]).max() < ROUNDED
    ties = table["f"] * table["T"] == table["F"] * table["t"]
    assert ties.sum() >= (155 if name == "synth8" else 0)
    assert (found[ties] > 0).all()


def test_robespierre():
    """Lafon's example, a table of 6 words and 10 speeches, broadcast from its margins."""
    table, rounded, probability = (
        reference(f"robespierre_{name}", index_col=0) for name in ("table", "specif", "prob")
    )
    f = table.to_numpy()
    found = specificity(f, f.sum(1, keepdims=True), f.sum(0), f.sum())
    assert np.abs(found - rounded).max(axis=None) < ROUNDED
    assert np.abs(found) == pytest.approx(-np.log10(np.abs(probability.to_numpy())), abs=1e-9)


@settings(derandomize=True, deadline=None)
@given(counts(most=3_000_000_000).filter(lambda cell: cell[3] < 10**5 or min(cell[1:3]) < 10**5))
def test_never_infinite_and_at_least_one_half_together(cell):
    upper, lower = tails(*cell)
    assert np.isfinite([upper, lower]).all()
    assert upper <= 0
    assert lower <= 0
    assert 10**upper + 10**lower > 1 - 1e-9


def test_certain_is_zero_and_not_minus_zero():
    assert tails(0, 0, 0, 0) == (0, 0)
    assert not np.signbit(tails([0, 2, 3], [0, 2, 5], [3, 9, 3], [9, 9, 5])).any()
    assert specificity(0, 0, 3, 9) == 0


def test_shapes():
    assert tails([], [], [], []).upper.shape == (0,)
    assert specificity([[1], [2]], 3, [4, 5, 6], 20).shape == (2, 3)
    assert isinstance(specificity(1, 2, 3, 4), float)


@pytest.mark.parametrize(
    "cell",
    [
        (3, 2, 5, 9),
        (-1, 2, 5, 9),
        (2, 3, 1, 9),
        (1, 10, 5, 9),
        (0, 5, 5, 9),
        (0.5, 2, 5, 9),
        (np.nan, 2, 5, 9),
        (1, 1, 1, 4_000_000_000),
    ],
)
def test_counts_that_no_table_can_have(cell):
    with pytest.raises(ValueError, match="f, F, t"):
        tails(*cell)


@settings(derandomize=True, deadline=None)
@given(counts())
def test_g2_is_the_sum_over_four_cells(cell):
    f, F, t, T = cell
    rows = [(f, F * t), (F - f, F * (T - t)), (t - f, (T - F) * t)]
    rows.append((T - F - t + f, (T - F) * (T - t)))
    expected = 2 * math.fsum(o * math.log(o * T / e) for o, e in rows if o)
    assert g2(*cell) == pytest.approx(expected, abs=1e-9)
    assert g2(*cell) >= 0
