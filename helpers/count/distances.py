"""How far apart are the parts of a corpus in their vocabulary?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.parts import TooLittleText, Unit, coded, need_unit, parts, words
from helpers.read.tables import Integers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
By = str | list[str]
Distance = Literal["labbe", "jaccard", "cosine"]

MOST_CELLS = 50_000_000  # of a table of all units and parts, or all pairs of parts: gigabytes


class Crossed(NamedTuple):
    """Unit and part of each word as integers, what they stand for, and the words; those in no part
    are left out.
    """

    unit: Integers
    part: Integers
    names: pd.Index
    keys: pd.DataFrame
    words: pd.DataFrame


def crossed(tokens: pd.DataFrame, by: By, unit: Unit, measure: str) -> Crossed:
    """The words as units in parts.

    Raises: TooLittleText that names the measure, with one part.
    """
    named = [by] if isinstance(by, str) else list(by)
    need_unit(tokens, unit, "kind", *named)
    kept = words(tokens.filter(list(dict.fromkeys(["doc", "kind", unit, *named]))))
    part = parts(kept, named)
    inside = part.codes >= 0
    if len(part.keys) == 1:
        raise TooLittleText(measure, needs="two parts", has="1 part", most="0")
    codes, names = coded(kept[inside], unit)
    return Crossed(codes, part.codes[inside], names, part.keys, kept[inside])


def distance(
    tokens: pd.DataFrame, by: By, *, unit: Unit = "type", measure: Distance = "labbe"
) -> pd.DataFrame:
    """Which parts have their vocabulary in common? (*distance intertextuelle*, *connexion*)

    One row per pair of parts, the closest first, ties in the order of the parts.

    labbe, as IRaMuTeQ codes it: a is the smaller part, E_i = b_i·N_a/N_b what the larger would have
    at its size; Σ |a_i - E_i| over the units of a, and those of b alone with E_i ≥ 1, over N_a + Σ
    E_i of all with E_i ≥ 1. Meant for texts of a thousand words at least, the larger at most ten
    times the smaller. jaccard: 1 - |A ∩ B|/|A ∪ B|, of units that occur. cosine: 1 - the cosine of
    the frequencies.

    Parameters: tokens (token table with kind, unit and by); by (columns that name the parts); unit;
    measure ("labbe", "jaccard" or "cosine").
    Returns: a, b (parts, a the earlier; of several columns the values joined by " · "), distance (0
    the same frequencies, or units, to 1 nothing in common).
    Raises: TooLittleText with one part; ValueError for an unknown measure or unit, more than 50
    million pairs, or naming a column that is missing.
    Equals IRaMuTeQ's distance (tests/reference/labbe_iramuteq_seed.csv).
    References: Labbé & Labbé (2001), Journal of Quantitative Linguistics 8(3), 213-231; Jaccard
    (1901); Salton, Wong & Yang (1975), doi:10.1145/361219.361220.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> distance(tokens, "par").head(1).round(3).values.tolist()
    [[3.0, 5.0, 0.458]]
    """
    if measure not in get_args(Distance):
        raise ValueError(f"measure is {measure!r}; it may be {', '.join(get_args(Distance))}")
    from scipy.sparse import coo_array

    text = crossed(tokens, by, unit, "distance")
    shape = (len(text.keys), len(text.names))
    if shape[0] ** 2 > MOST_CELLS:
        raise ValueError(f"{shape[0]:,} parts have too many pairs: make larger parts with by")
    ones = np.ones(len(text.unit))
    counts = coo_array((ones, (text.part, text.unit)), shape=shape).tocsr()
    a, b = np.triu_indices(shape[0], 1)
    names = text.keys.iloc[:, 0]
    if text.keys.shape[1] > 1:
        names = text.keys.astype("str").agg(" · ".join, axis=1)
    sides = {side: names.take(of).reset_index(drop=True) for side, of in (("a", a), ("b", b))}
    table = pd.DataFrame({**sides, "distance": _DISTANCES[measure](counts)[a, b]})
    order = np.argsort(table["distance"].round(9), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _labbe(counts: csr_array) -> Floats:
    """Each part against those that are at least as long: they come after it, sorted by length."""
    order = np.argsort(counts.sum(axis=1), kind="stable")
    counts = counts[order]
    sizes, n = counts.sum(axis=1), len(order)
    row = np.repeat(np.arange(n), np.diff(counts.indptr))
    out = np.zeros((n, n))
    for i, (size, first) in enumerate(zip(sizes, counts.indptr[:-1], strict=True)):
        f, part, unit = counts.data[first:], row[first:], counts.indices[first:]
        ours = np.zeros(counts.shape[1])
        ours[unit[part == i]] = f[part == i]
        here, scaled = ours[unit], f * (size / sizes[part])
        counted = f * size >= sizes[part]
        apart = np.where(counted | (here > 0), np.abs(here - scaled), 0) - here
        whole = size + np.bincount(part, np.where(counted, scaled, 0), n)[i:]
        found = (size + np.bincount(part, apart, n)[i:]) / whole
        out[order[i], order[i:]] = out[order[i:], order[i]] = np.clip(found, 0, 1)
    return out


def _jaccard(counts: csr_array) -> Floats:
    held = (counts > 0).astype(float)
    common, types = (held @ held.T).toarray(), held.sum(axis=1)
    return 1 - common / (types[:, None] + types - common)


def _cosine(counts: csr_array) -> Floats:
    length = np.sqrt(counts.power(2).sum(axis=1))
    return np.clip(1 - (counts @ counts.T).toarray() / np.outer(length, length), 0, 1)


_DISTANCES: dict[str, Callable[[csr_array], Floats]] = {
    "labbe": _labbe,
    "jaccard": _jaccard,
    "cosine": _cosine,
}
