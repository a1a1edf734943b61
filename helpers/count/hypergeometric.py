"""The tails of the hypergeometric distribution, exact and never infinite: what specificities are
made of.

T words are in the corpus and t of them in a part; a unit occurs F times in the corpus and f times
in the part. The four cells of that table are f, F - f, t - f and T - F - t + f.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.count.parts import Floats
from helpers.read.tables import Integers

# f·T and F·t are compared as 64-bit integers.
LARGEST = math.isqrt(np.iinfo(np.int64).max)
# A term this small against its sum changes no digit of it, nor do those behind it.
NEGLIGIBLE = 1e-17
# Cells times neighbours that are looked at together: what fits the processor's cache.
BLOCK = 1 << 16


class Tails(NamedTuple):
    """log10 P(X ≥ f) and log10 P(X ≤ f)."""

    upper: Floats
    lower: Floats


def tails(f: ArrayLike, F: ArrayLike, t: ArrayLike, T: ArrayLike) -> Tails:  # noqa: N803
    """How probable are at least f, and at most f, occurrences in the part? (*modèle
    hypergéométrique*)

    X ~ Hypergeometric(T, F, t). The logarithm of P(X = f) comes first; the tail on the side where
    probabilities fall is summed by the ratio of neighbours until a term is below 1e-17 of the sum;
    the other tail is one minus what lies beyond f. No tail is zero, since f itself is possible: no
    logarithm is infinite.

    Parameters: f, F, t, T (counts, which broadcast; T at most 3·10⁹).
    Returns: upper = log10 P(X ≥ f), lower = log10 P(X ≤ f), each at most 0, in the shape of the
    broadcast.
    Raises: ValueError for counts that are no integers or that no table can have.
    Equals R's phyper to 1e-9 (tests/reference/specif_*.csv) and exact integers at T = 6·10⁷.

    >>> tails(2, 2, 51, 342).upper.round(4).item()
    -1.6602
    """
    f, F, t, T = _counts(f, F, t, T)  # noqa: N806
    more, less = (f, T - F - t + f), (F - f, t - f)
    upward = less[0].astype(float) * less[1] <= (more[0] + 1.0) * (more[1] + 1.0)
    grow = [np.where(upward, a, b) for a, b in zip(more, less, strict=True)]
    shrink = [np.where(upward, b, a) for a, b in zip(more, less, strict=True)]
    point = _log_probability(f, F, t, T)
    beyond = _beyond(grow, shrink)
    short = np.minimum(point + np.log1p(beyond), 0.0) / math.log(10)
    long = np.log1p(0.0 - beyond * np.exp(point)) / math.log(10)
    return Tails(np.where(upward, short, long)[()], np.where(upward, long, short)[()])


def specificity(f: ArrayLike, F: ArrayLike, t: ArrayLike, T: ArrayLike) -> Floats:  # noqa: N803
    """How surprising is it that the unit is so frequent, or so rare, in the part? (*indice de
    spécificité*)

    S = +|log10 P(X ≥ f)| if f ≥ F·t/T (compared as integers), else -|log10 P(X ≤ f)|, X ~
    Hypergeometric(T, F, t). Unit: orders of magnitude; |S| ≥ 2 is one-sided p ≤ .01 in the
    direction that the data chose.

    Parameters: f, F, t, T (counts, which broadcast).
    Returns: S, finite, in the shape of the broadcast.
    Raises: ValueError for counts that are no integers or that no table can have.
    Equals R textometry's `specificities` to its 4 decimals (tests/reference/specif_*.csv,
    robespierre_*.csv).
    References: Lafon (1980), Mots 1, 127-165, doi:10.3406/mots.1980.1008.

    >>> specificity(f=[14, 0], F=14, t=[296, 45], T=6449).round(2).tolist()
    [18.86, -0.04]
    """
    f, F, t, T = _counts(f, F, t, T)  # noqa: N806
    upper, lower = tails(f, F, t, T)
    return np.where(f * T >= F * t, np.abs(upper), -np.abs(lower))[()]


def g2(f: ArrayLike, F: ArrayLike, t: ArrayLike, T: ArrayLike) -> Floats:  # noqa: N803
    """How far is the four-cell table from independence? (*rapport de vraisemblance*, Dunning 1993)

    G² = 2 Σ O ln(O/E) over the four cells; an empty cell adds 0; natural logarithm; never negative,
    no correction.

    Parameters: f, F, t, T (counts, which broadcast).
    Returns: G², in the shape of the broadcast.
    Raises: ValueError for counts that are no integers or that no table can have.
    References: Dunning (1993), Computational Linguistics 19(1), 61-74.

    >>> g2(f=3, F=3, t=42, T=342).round(4).item()
    12.776
    """
    return 2 * _divergence(*_counts(f, F, t, T))[()]


def _counts(*given: ArrayLike) -> list[Integers]:
    """The four counts as integers of one shape, if they are possible."""
    raw = [np.asarray(values) for values in given]
    with np.errstate(invalid="ignore"):
        counts = [values.astype(np.int64) for values in raw]
    if any((a != b).any() for a, b in zip(raw, counts, strict=True)):
        raise ValueError("f, F, t and T are counts: whole numbers")
    f, F, t, T = np.broadcast_arrays(*counts)  # noqa: N806
    possible = (f >= 0) & (f <= F) & (f <= t) & (F - f <= T - t) & (t <= T) & (T <= LARGEST)
    if not possible.all():
        cell = tuple(int(values[~possible][0]) for values in (f, F, t, T))
        rule = "f is at most F and t, F - f at most T - t"
        raise ValueError(f"no part can have f, F, t, T = {cell}: {rule}")
    return [f, F, t, T]


def _log_probability(f: Integers, F: Integers, t: Integers, T: Integers) -> Floats:  # noqa: N803
    """ln P(X = f), to about 15 digits at any T.

    ln n! = n ln n - n + r(n). In the quotient of factorials the first two terms add up to the
    divergence of the table from independence, which is small where the probability is large: no
    digits are lost between large logarithms.
    """
    margins = (F, T - F, t, T - t)
    cells = (f, F - f, t - f, T - F - t + f, T)
    rests = sum(map(_stirling_rest, margins)) - sum(map(_stirling_rest, cells))
    return np.minimum(rests - _divergence(f, F, t, T), 0.0)


def _stirling_rest(n: Integers) -> Floats:
    """ln n! - (n ln n - n): Stirling's series from n = 16, where five terms are exact to the last
    digit.
    """
    small = np.array([math.lgamma(k + 1) - (k * math.log(k) - k if k else 0) for k in range(16)])
    x = np.maximum(n, 16).astype(float)
    y = 1 / (x * x)
    series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x
    return np.where(n < 16, small[np.minimum(n, 15)], 0.5 * np.log(2 * np.pi * x) + series)


def _divergence(f: Integers, F: Integers, t: Integers, T: Integers) -> Floats:  # noqa: N803
    """Σ O ln(O/E) over the four cells, each from O - E, which is the same number in all of them but
    for its sign.
    """
    from scipy.special import xlog1py

    total = np.maximum(T, 1)
    excess = (f * total - F * t) / total
    total = total.astype(float)
    signed = (
        (f, F * (t / total), excess),
        (F - f, F * ((T - t) / total), -excess),
        (t - f, (T - F) * (t / total), -excess),
        (T - F - t + f, (T - F) * ((T - t) / total), excess),
    )
    found = 0.0
    for observed, expected, more in signed:
        relative = np.divide(more, expected, out=np.zeros(expected.shape), where=expected > 0)
        found = found + xlog1py(observed, np.maximum(relative, -1.0))
    return np.maximum(found, 0.0)


def _beyond(grow: list[Integers], shrink: list[Integers]) -> Floats:
    """Σ P(X = f ± k)/P(X = f) over k ≥ 1: two cells grow by k and two shrink, the probabilities
    fall.

    All tables at once, several neighbours at a time; those whose sum is complete are dropped.
    """
    shape = grow[0].shape
    a, b, c, d = (cells.ravel().astype(float) for cells in (*grow, *shrink))
    total, term = np.zeros(a.size), np.ones(a.size)
    left, done = np.arange(a.size), 0
    while left.size:
        step = np.arange(max(1, min(256, BLOCK // left.size))) + done
        ratio = np.maximum(c[left, None] - step, 0) * np.maximum(d[left, None] - step, 0)
        ratio /= (a[left, None] + 1 + step) * (b[left, None] + 1 + step)
        terms = term[left, None] * np.cumprod(ratio, axis=1)
        total[left] += terms.sum(axis=1)
        term[left] = terms[:, -1]
        left = left[term[left] > NEGLIGIBLE * (1 + total[left])]
        done += step.size
    return total.reshape(shape)
