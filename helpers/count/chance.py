"""What chance does where the text is the unit: how far whole texts lie from a common rate, the band
of such a rate, texts shuffled; and what is left of many tests.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from helpers.count.lexical_table import members
from helpers.count.parts import Floats, Mask, Sparse
from helpers.read.tables import Integers

TAIL = 0.025  # on either side of an interval of 95 %
Z = 1.959964  # standard errors on either side of the middle
FEW_HITS, FEW_DOCS = 10, 5  # below them a part has no band
TINY = 1e-9  # what is equal but for its last digits is equal
TOGETHER = 64  # shufflings that are worked on at a time, which bounds the memory


class Groups(NamedTuple):
    """Groups of texts, and units: the occurrences and the texts that hold one (groups × units), the
    words and texts of each group, and the squared distances of its texts from its rate.
    """

    f: Floats
    n_docs: Floats
    words: Floats
    texts: Integers
    squares: Floats  # Σ (f_i - r w_i)², r = Σf/Σw


def grouped(counts: Sparse, words: Floats, group: Integers, n: int) -> Groups:
    """The counts of n groups, from those of their texts (texts × units), the words of each text and
    its group, -1 in none.
    """
    member = members(group, n).astype(np.float64)
    each = (counts, counts.multiply(words[:, None]), counts.power(2), counts > 0)
    f, weighted, squared, n_docs = ((member @ of).toarray() for of in each)
    total = member @ words
    rate = f / np.where(total > 0, total, np.nan)[:, None]
    squares = squared - 2 * rate * weighted + rate**2 * (member @ words**2)[:, None]
    squares[squares < TINY] = 0  # what rounding leaves
    return Groups(f, n_docs, total, np.bincount(group[group >= 0], minlength=n), squares)


def clustering(groups: Groups, pool: Integers) -> Floats:
    """How many times as much as single words do whole texts vary? d = max(1, Σ n/(n - 1) Σ (f_i -
    r w_i)² / Σ f) over the groups of each pool that have two texts or more; NaN where there is
    none.
    """
    n, member = np.where(groups.texts > 1, groups.texts, np.nan)[:, None], members(pool)
    squares = member @ np.nan_to_num(n / (n - 1) * groups.squares)
    f = member @ np.where(n > 1, groups.f, 0)
    d = np.maximum(squares / np.where(f > 0, f, np.inf), 1)
    return np.where(member @ (n > 1) > 0, d, np.nan)


def ratio_error(groups: Groups) -> Floats:
    """The standard error of the natural logarithm of the ratio of two groups' rates, √(d_1/f_1 +
    d_2/f_2), d as in `clustering`; a frequency of 0 counts as .5.
    """
    hits = np.where(groups.f > 0, groups.f, 0.5)
    return np.sqrt((clustering(groups, np.arange(2)) / hits).sum(axis=0))


def band(groups: Groups, d: Floats, pool: Integers) -> tuple[Floats, Floats]:
    """The interval of each rate, Garwood's on f/d hits in w/d words, d that of its pool; NaN in a
    pool with fewer than 10 hits, or 5 texts with one.
    """
    from scipy.special import gammaincinv  # a quantile of χ² with 2a degrees, halved

    member = members(pool, len(d))
    few = (member @ groups.f < FEW_HITS) | (member @ groups.n_docs < FEW_DOCS)
    d = np.where(few, np.nan, d)[pool]
    words = np.where(groups.words > 0, groups.words, np.nan)[:, None]
    hits = groups.f / d
    low = np.where(hits == 0, 0, gammaincinv(np.where(hits > 0, hits, 1), TAIL))
    return low * d / words, gammaincinv(hits + 1, 1 - TAIL) * d / words


def wilson(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Wilson's interval of the share k/n; NaN of none."""
    n = np.where(n > 0, n, np.nan)
    middle, half = k + Z**2 / 2, Z * np.sqrt(k * (n - k) / n + Z**2 / 4)
    return (middle - half).clip(min=0) / (n + Z**2), (middle + half) / (n + Z**2)


def shuffles(strata: Integers, n: int, seed: int) -> Iterator[Integers]:
    """Texts shuffled n times within their strata, some shufflings at a time (shufflings × texts):
    which text stands in the place of each, the places in the order of the strata.
    """
    rng = np.random.default_rng(seed)
    high, low = (np.uint64(int(x).bit_length()) for x in (strata.max(initial=0), len(strata)))
    # One number holds stratum, chance and text, sorted in half the time of an order of floats.
    fixed = strata.astype(np.uint64) << (np.uint64(64) - high) | np.arange(len(strata), dtype="u8")
    chance, text = ~np.uint64(0) >> high >> low << low, ~(~np.uint64(0) << low)
    for first in range(0, n, TOGETHER):
        keys = rng.integers(0, 2**64, (min(TOGETHER, n - first), len(strata)), np.uint64)
        keys >>= high
        keys &= chance
        keys |= fixed
        keys.sort(axis=1)
        keys &= text
        yield keys.view(np.int64)


def false_discovery(p: Floats, tested: Mask | bool = True) -> Floats:
    """p adjusted for the number of units that are tested and have one (Benjamini & Hochberg)."""
    from scipy.stats import false_discovery_control

    q, family = np.full(len(p), np.nan), tested & ~np.isnan(p)
    if family.any():
        q[family] = false_discovery_control(p[family])
    return q
