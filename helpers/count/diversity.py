"""How rich is the vocabulary? Measures of diversity, along the text and without one part.

Words only (`kind == "word"`) are counted, as integers, all parts at once. What is undefined is NaN,
never 0.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

from helpers.count.parts import By, Floats, TooLittleText, Unit, keep_apart, need_order, parts
from helpers.count.verbs import Tokens, verb
from helpers.count.vocabulary import tally, text_of
from helpers.read.checks import From1
from helpers.read.tables import Integers

SAMPLE = 42  # words drawn for HD-D (McCarthy & Jarvis 2007)
CLOSES_BELOW = 0.72  # the TTR under which a factor of MTLD closes (McCarthy & Jarvis 2010)
MOST_LEFT_OUT = 20  # parts, or groups of them, that `sensitivity` leaves out in turn


@verb
def richness(tokens: Tokens, *, unit: Unit = "type", by: By | None = None) -> pd.DataFrame:
    """How varied is the vocabulary of each part? (*richesse lexicale*, *diversité lexicale*)

    One row per part in their natural order, or one for the whole.

    N words, V units, V_m units of frequency m. TTR, R, C and a² depend on N: never compare parts of
    unequal length by them. MATTR is the mean TTR of all windows of 50, or of 100 words; HD-D the
    TTR expected of 42 words drawn without replacement. MTLD is the number of words per factor: a
    factor is read until its TTR falls below .72, a rest counts for (1 - TTR)/(1 - .72), and both
    reading directions are averaged. It means little below 100 words.

    Parameters: tokens (corpus, or token table, in reading order); unit; by (columns that name the
    parts).
    Returns: the columns of `by`, N, V, hapax (= V_1; counts), ttr = V/N, guiraud_r = V/√N,
    herdan_c = ln V/ln N, maas_a2 = (ln N - ln V)/(ln N)², yule_k = 10⁴ (Σ m² V_m - N)/N², mattr_50,
    mattr_100 (ratios), mtld (words), mtld_factors (mean number of both directions), hdd (a ratio).
    NaN where undefined: all at N = 0, herdan_c and maas_a2 at N = 1, MATTR below its window, HD-D
    below 42 words, MTLD where no unit is repeated.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals quanteda.textstats and koRpus to 1e-9 (tests/reference/lexdiv_*.csv, korpus_*.csv).
    References: Tweedie & Baayen (1998), doi:10.1023/A:1001749303137; Covington & McFall (2010),
    doi:10.1080/09296171003643098; McCarthy & Jarvis (2010), doi:10.3758/BRM.42.2.381, and (2007),
    doi:10.1177/0265532207080767.

    >>> from helpers import open_corpus
    >>> table = richness(open_corpus(annotate=False).tokens)
    >>> table[["N", "V", "hapax", "mattr_50", "mtld"]].round(4).values.tolist()
    [[341.0, 167.0, 122.0, 0.7618, 60.924]]
    """
    need_order(tokens)
    text = text_of(tokens, unit, by)
    apart = np.argsort(text.part, kind="stable")  # the words of a part side by side
    sizes = np.bincount(text.part, minlength=len(text.keys))
    (part, _), f = tally(text.part, text.unit)
    (part, m), v_m = tally(part, f)
    counts = [np.bincount(part, v_m * of, len(sizes)) for of in (1, m == 1, m * m)]
    types, hapax, squares = np.array(counts, np.int64)
    previous, following = _neighbours(text.unit[apart], text.part[apart])
    forward, backward = _factors(previous, sizes), _factors(following, sizes[::-1])[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        made = {
            "N": sizes,
            "V": types,
            "hapax": hapax,
            "ttr": types / sizes,
            "guiraud_r": types / np.sqrt(sizes),
            "herdan_c": np.log(types) / np.log(sizes),
            "maas_a2": (np.log(sizes) - np.log(types)) / np.log(sizes) ** 2,
            "yule_k": 1e4 * (squares - sizes) / sizes.astype(float) ** 2,
            "mattr_50": _mattr(previous, sizes, 50),
            "mattr_100": _mattr(previous, sizes, 100),
            "mtld": np.where(forward > 0, (sizes / forward + sizes / backward) / 2, np.nan),
            "mtld_factors": np.where(sizes > 0, (forward + backward) / 2, np.nan),
            "hdd": _hdd(part, m, v_m, sizes),
        }
    keep_apart(by, *made)
    return text.keys.assign(**made)


def _neighbours(unit: Integers, part: Integers) -> tuple[Integers, Integers]:
    """The place of the previous word of the same unit and part, or -1; and so read backwards."""
    order = np.argsort(unit, kind="stable")
    same = (np.diff(part[order]) == 0) & (np.diff(unit[order]) == 0)
    earlier, later = order[:-1][same], order[1:][same]
    previous, following = np.full((2, len(order)), -1)
    previous[later] = earlier
    following[len(order) - 1 - earlier] = len(order) - 1 - later
    return previous, following


def _mattr(previous: Integers, sizes: Integers, window: int) -> Floats:
    """Mean TTR of the windows of each part."""
    part = np.repeat(np.arange(len(sizes)), sizes)
    first, last = _windows(previous, sizes, window)
    windows = np.where(sizes >= window, sizes - window + 1.0, np.nan)
    new = np.bincount(part, np.maximum(last - first + 1, 0), len(sizes))
    return new / (windows * window)


def _windows(previous: Integers, sizes: Integers, window: int) -> tuple[Integers, Integers]:
    """The first and the last window of its part in which each word is new, by their first words:
    those that begin after its last occurrence and hold it. None where the last is before the first.
    """
    ends, word = np.repeat(np.cumsum(sizes), sizes), np.arange(len(previous))
    earliest = np.maximum(previous, word - window) + 1
    return np.maximum(earliest, ends - np.repeat(sizes, sizes)), np.minimum(word, ends - window)


def _factors(previous: Integers, sizes: Integers) -> Floats:
    """The number of factors of MTLD in each part, its rest included.

    A plain loop: reading many factors at once as arrays gives the same and is no faster.
    """
    places, factors, start = previous.tolist(), [], 0
    for size in sizes.tolist():
        closed, types, first, ttr = 0, 0, start, 1.0
        start += size
        for word in range(first, start):
            types += places[word] < first
            ttr = types / (word - first + 1)
            if ttr < CLOSES_BELOW:
                closed, types, first, ttr = closed + 1, 0, word + 1, 1.0
        factors.append(closed + (1 - ttr) / (1 - CLOSES_BELOW))
    return np.array(factors, float)


def _hdd(part: Integers, m: Integers, v_m: Integers, sizes: Integers) -> Floats:
    """The TTR expected of 42 words of each part, from the spectra of the parts."""
    absent = np.ones(len(part))
    for drawn in range(SAMPLE):
        left = np.maximum(sizes[part] - drawn, 1)
        absent *= np.maximum(left - m, 0) / left
    expected = np.bincount(part, v_m * (1 - absent), len(sizes))
    return np.where(sizes >= SAMPLE, expected / SAMPLE, np.nan)


@verb
def ttr_along(tokens: Tokens, *, window: From1 = 50, unit: Unit = "type") -> pd.DataFrame:
    """Where is the text varied, and where does it repeat itself? (*TTR à fenêtre mobile*)

    One row per position of the window, moved word by word; the mean of ttr is the MATTR of
    `richness`.

    Parameters: tokens (corpus, or token table, in reading order); window (words); unit.
    Returns: n (number of the window's middle word, from 1; the left one of two), types (of the
    window), ttr (types of the window / its words). No row, and a warning, below `window` words.

    >>> from helpers import open_corpus
    >>> ttr_along(open_corpus(annotate=False).tokens)["ttr"].mean().round(4)
    np.float64(0.7618)
    """
    need_order(tokens)
    text = text_of(tokens, unit)
    n = len(text.unit)
    if 0 < n < window:
        there = f"of {window:,} words; there are {n:,}: take a smaller one"
        warnings.warn(f"ttr_along: no window {there}", stacklevel=3)
    first, last = _windows(_neighbours(text.unit, text.part)[0], np.array([n]), window)
    new, positions = first <= last, max(n - window + 1, 0)
    steps = np.bincount(first[new], minlength=positions + 1).astype(np.int64)
    steps -= np.bincount(last[new] + 1, minlength=positions + 1)
    types = np.cumsum(steps)[:positions]
    middle = np.arange(positions) + (window + 1) // 2
    return pd.DataFrame({"n": middle, "types": types, "ttr": types / window})


@verb
def sensitivity(
    tokens: Tokens, measure: Callable[[pd.DataFrame], pd.DataFrame], *, by: By
) -> pd.DataFrame:
    """How much does a measure owe to one paragraph? (*sensibilité*: each left out in turn)

    One row per numeric column of the measure. This range is what one text allows to say; it is no
    confidence interval. Of more than 20 parts, 20 groups of neighbours are left out in turn.

    Parameters: tokens (corpus, or token table); measure (tokens → a table of one row, such as
    `richness`); by (columns that name the parts, such as "par"; else `Corpus.parts`).
    Returns: measure (the name of the column), value (with all parts), low, high (the least and the
    greatest with one part left out; NaN if one of them is undefined), each in the column's unit.
    Raises: TooLittleText with fewer than two parts; ValueError for a measure of several rows.

    >>> from helpers import open_corpus
    >>> table = sensitivity(open_corpus(annotate=False).tokens, richness, by="par")
    >>> table.round(3).loc[[3], ["value", "low", "high"]].values.tolist()
    [[0.49, 0.493, 0.543]]
    """
    part = parts(tokens, by)
    if len(part.keys) < 2:
        raise TooLittleText("sensitivity", needs="two parts", has=f"{len(part.keys)} by {by}")
    whole = measure(tokens).select_dtypes("number")
    if len(whole) != 1:
        raise ValueError(f"measure gives {len(whole)} rows instead of one: call it without by")
    groups = min(len(part.keys), MOST_LEFT_OUT)
    group = part.codes * groups // len(part.keys)
    rest = pd.concat([measure(tokens[group != i]) for i in range(groups)])[[*whole]]
    out = {"value": whole.iloc[0], "low": rest.min(skipna=False), "high": rest.max(skipna=False)}
    return pd.DataFrame(out).rename_axis("measure").reset_index()
