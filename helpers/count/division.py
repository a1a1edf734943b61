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
MOVES, SPARE = 32, 0.1  # so many of others, and so much of the bar, bring near segments to a move
SWEPT = 5  # segments of the smaller half from which segments are moved (IRaMuTeQ)
LEAVES = 1.9  # threshold of χ² for equal halves, half of it (IRaMuTeQ)
SMALL = 10  # a cell below it has Yates's correction (IRaMuTeQ)


class Division:
    """A half of a class, the smaller, and its segments near to a move that raises χ²; they are
    brought up to date with every move, and looked for again before another could have come near.

    A segment's move raises χ² if Σ x (2T ± 1)/s is above ± r times a bar, 2 n1/n + (1 - 2 n1/n)
    χ²/n. `drift` is by how much MOVES of others can change that sum.
    """

    def __init__(self, table: Sparse, half: Mask) -> None:
        self.table, self.half, self.n = table, half, table.sum()
        self.ones, self.share = table.sum(axis=1), 1 / table.sum(axis=0)
        self.sums, self.alone = half @ table, table @ self.share  # T, and Σ x/s of each segment
        self.n1 = self.sums.sum()
        self.drift = 2 * (table @ np.minimum(MOVES * self.share, 1))
        self.look()

    def chi2(self) -> float:
        """χ² of the division."""
        return float(_chi(self.n, self.n1, self.sums**2 @ self.share))

    def bar(self) -> float:
        """What a segment of r units has to exceed r times, that its move raises χ²."""
        part = 2 * self.n1 / self.n
        return part + (1 - part) * self.chi2() / self.n

    def look(self) -> None:
        """Find the segments that are near."""
        if 2 * self.n1 > self.n:  # fewer digits cancel in the other
            self.half ^= True
            self.n1, self.sums = self.n - self.n1, 1 / self.share - self.sums
        along, way = self.table @ (self.sums * self.share), np.where(self.half, -1, 1)
        self.left, self.at = MOVES, self.bar()
        most = self.alone + 2 * way * along + self.drift
        self.near = np.flatnonzero(most >= (way * self.at - SPARE) * self.ones)
        self.along, self.by_unit = along[self.near], self.table[self.near].tocsc()  # Σ x·T/s

    def rising(self) -> tuple[Integers, Floats]:
        """The segments that would raise χ² if they changed side, and what it would be."""
        if not self.left or abs(self.bar() - self.at) > SPARE or 2 * self.n1 > self.n:
            self.look()
        near, way = self.near, np.where(self.half[self.near], -1, 1)
        a = self.sums**2 @ self.share + self.alone[near] + 2 * way * self.along
        after = _chi(self.n, self.n1 + way * self.ones[near], a)
        up = np.flatnonzero(after > self.chi2() * (1 + GAIN))
        return near[up], after[up]

    def move(self, segment: int) -> None:
        """The segment, which is near, changes side."""
        units = self.table.indices[slice(*self.table.indptr[segment : segment + 2])]
        way = -1 if self.half[segment] else 1
        self.half[segment], self.left = not self.half[segment], self.left - 1
        self.n1 += way * self.ones[segment]
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
    rising, chi2 = division.rising()
    while len(rising):
        division.move(rising[_first_of(chi2)])
        rising, chi2 = division.rising()
    return division


def _sweeps(table: Sparse) -> Division:
    """The best cut; then each segment in its turn changes side if that raises χ², until none
    does.
    """
    places, order, cut = _cut(table)
    half = places <= places[order[cut - 1]]
    half = places < places.max() if half.all() else half
    division, moving = Division(table, half), True
    while moving and min(half.sum(), (~half).sum()) >= SWEPT:
        moving, rising = False, division.rising()[0]
        while len(rising):
            division.move(at := rising[0])
            moving, rising = True, division.rising()[0]
            rising = rising[rising > at]
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
