"""One division of a class in two, as Reinert's classification makes it, in two variants.

A class is a 0/1 table of segments × units, sparse, without empty rows or columns; a half of it is a
mask of its segments. With n ones in the class and n1 in the half, column sums s and T, the χ² of
the 2 × units table is n (n·A - n1²)/(n1 (n - n1)), A = Σ T²/s. A segment x with r ones that moves
into the half adds r to n1 and Σ x (2T + 1)/s to A; one that leaves takes away r and
Σ x (2T - 1)/s. So all cuts of an ordered table are one pass over its ones, and all moves one
product with a vector.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from helpers.count.factors import inverse, principal_axes
from helpers.count.parts import Floats, Mask, Sparse
from helpers.read.tables import Integers, spread

LANCZOS = 1e6  # multiplications from which one axis is found faster by Lanczos
DIGITS = 9  # of a coordinate: what differs beyond them is equal but for rounding
GAIN = 1e-10  # of a χ²: what is larger by less is equal but for rounding
ASSOCIATED = 0.3  # coefficient of contingency from which a unit belongs to one side (rainette)
OFTEN = 3  # occurrences that a unit has on a side that keeps it (rainette)
SWEPT = 5  # segments of the smaller half from which segments are moved (IRaMuTeQ)
LEAVES = 1.9  # threshold of χ² for equal halves, half of it (IRaMuTeQ)
SMALL = 10  # a cell below it has Yates's correction (IRaMuTeQ)


class Division:
    """A half of a class, and the χ² of every move, which a move brings up to date at the cost of
    the segments that share a unit with the one that moves.
    """

    def __init__(self, table: Sparse, half: Mask) -> None:
        self.table, self.by_unit, self.half = table, table.tocsc(), half
        self.ones, self.share = table.sum(axis=1), 1 / table.sum(axis=0)
        self.sums, self.alone = half @ table, table @ self.share  # T, and Σ x/s of each segment
        self.along = table @ (self.sums * self.share)  # Σ x·T/s of each segment

    def moves(self) -> tuple[float, Floats]:
        """χ² of the division, and what it would be if each segment changed side; NaN if that
        empties a half.
        """
        n, n1 = self.ones.sum(), self.sums.sum()
        sums, along, way = self.sums, self.along, np.where(self.half, -1, 1)
        if 2 * n1 > n:  # the smaller half: fewer digits cancel
            n1, sums, along, way = n - n1, 1 / self.share - sums, self.ones - along, -way
        a = sums**2 @ self.share
        after = _chi(n, n1 + way * self.ones, a + self.alone + 2 * way * along)
        return float(_chi(n, n1, a)), after

    def move(self, at: int) -> None:
        """The segment changes side."""
        units = self.table.indices[slice(*self.table.indptr[at : at + 2])]
        way = -1 if self.half[at] else 1
        self.half[at] = not self.half[at]
        self.sums[units] += way
        self.along += way * (self.by_unit[:, units] @ self.share[units])


class Variant(NamedTuple):
    """A variant of the method: how a class is divided, which units each half keeps, which of two
    equally large classes is divided first (by place and label), and up to how many occurrences in a
    class a unit has no say in its division.
    """

    divide: Callable[[Sparse], Division]
    units: Callable[[Sparse, Mask], list[Mask]]
    first: Callable[[int, int], int | str]
    rare: int


def _chi(n: float, n1: Floats, a: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = n1 * (n - n1)
        return np.where(sides > 0, n * (n * a - n1 * n1) / sides, np.nan)


def _first_of(values: Floats) -> int:
    """The first of the largest values."""
    return int(np.argmax(values >= np.nanmax(values) * (1 - GAIN)))


def _cut(table: Sparse) -> tuple[Floats, Integers, int]:
    """The coordinates of the segments on the first axis of their correspondence analysis, their
    order, and how many of them are before the cut with the largest χ².
    """
    places = principal_axes(table, 1, full=LANCZOS).rows[:, 0]
    places = np.round(places / np.abs(places).max(), DIGITS)
    order = np.argsort(places, kind="stable")
    by_unit = table[order].tocsc()
    s = np.diff(by_unit.indptr)
    before = spread(np.zeros_like(s), s)
    a = np.bincount(by_unit.indices, (2 * before + 1) / np.repeat(s, s), len(order))
    n1 = np.cumsum(table.sum(axis=1)[order])
    return places, order, _first_of(_chi(n1[-1], n1, np.cumsum(a))[:-1]) + 1


def _best_moves(table: Sparse) -> Division:
    """The best cut; then whichever one segment raises χ² most changes side, until none does."""
    _, order, cut = _cut(table)
    half = np.zeros(len(order), bool)
    half[order[:cut]] = True
    division = Division(table, half)
    while True:
        chi2, after = division.moves()
        at = _first_of(after)
        if not after[at] > chi2 * (1 + GAIN):
            return division
        division.move(at)


def _sweeps(table: Sparse) -> Division:
    """The best cut; then each segment in its turn changes side if that raises χ², until none
    does.
    """
    places, order, cut = _cut(table)
    half = places <= places[order[cut - 1]]
    half = places < places.max() if half.all() else half
    division, moving = Division(table, half), True
    while moving and min(half.sum(), (~half).sum()) >= SWEPT:
        moving, at = False, 0
        while at < len(half):
            chi2, after = division.moves()
            rising = np.flatnonzero(after[at:] > chi2 * (1 + GAIN))
            if not len(rising):
                break
            division.move(at + rising[0])
            moving, at = True, at + rising[0] + 1
    return division


def _kept_by_contingency(table: Sparse, half: Mask) -> list[Mask]:
    """The units of each half by their coefficient of contingency C = √(χ²/(χ² + f)), χ² of the unit
    in both halves: below .3 they stay in both, above it where they are over-represented.
    """
    f, n = table.sum(axis=0), table.sum()
    sides = [side @ table for side in (half, ~half)]
    expected = [f * side.sum() / n for side in sides]
    chi2 = sum((o - e) ** 2 / e for o, e in zip(sides, expected, strict=True))
    loose = np.sqrt(chi2 / (chi2 + f)) <= ASSOCIATED
    return [(loose | (o > e)) & (o >= OFTEN) for o, e in zip(sides, expected, strict=True)]


def _kept_by_presence(table: Sparse, half: Mask) -> list[Mask]:
    """The units of each half by the χ² of their presence: where it is above the threshold they
    leave the half in which they are under-represented, one that it lacks in any case; those that a
    half has in every segment stay.
    """
    size = np.array([[half.sum()], [(~half).sum()]], float)
    present = np.stack([side @ table for side in (half, ~half)])
    absent = size - present
    expected = [cells.sum(axis=0) * size / size.sum() for cells in (present, absent)]
    small = (np.minimum(present, absent) < SMALL).any(axis=0)
    off = np.abs(present - expected[0]) - np.where(small, 0.5, 0)
    chi2 = sum((off**2 * inverse(cells)).sum(axis=0) for cells in expected)
    lacking, everywhere = present.min(axis=0) == 0, absent.min(axis=0) == 0
    apart = chi2 > LEAVES * size.max() / size.min() + LEAVES
    leaves = np.where(lacking != everywhere, lacking, apart)
    return list(~(leaves & (present < expected[0])))


VARIANTS = {
    "best_move": Variant(_best_moves, _kept_by_contingency, lambda place, _: place, 0),
    "iramuteq": Variant(_sweeps, _kept_by_presence, lambda _, label: str(label), 3),
}
