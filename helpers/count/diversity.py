"""How rich is the vocabulary? Measures of diversity, along the text and without one part.

Words only (`kind == "word"`) are counted, as integers, all parts at once. What is undefined is NaN,
never 0.
"""

import warnings
from collections.abc import Callable
from itertools import islice

import numpy as np
import pandas as pd

from helpers.count.lexical_table import crossed
from helpers.count.parts import By, Floats, TooLittleText, Unit, keep_apart, need_order, parts
from helpers.count.verbs import Tokens, verb
from helpers.count.vocabulary import Text, text_of
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
    part, m, v_m = _spectra(text)
    counts = [np.bincount(part, v_m * of, len(sizes)) for of in (1, m == 1, m * m)]
    types, hapax, squares = np.array(counts, np.int64)
    unit = text.unit[apart]
    previous = _previous(unit, text.part[apart])
    forward, backward = _factors(unit, sizes), _factors(unit[::-1], sizes[::-1])[::-1]
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


def _spectra(text: Text) -> tuple[Integers, Integers, Integers]:
    """The spectrum of each part: the part, a frequency m, and how many units have it."""
    cells = crossed(text.part, text.unit, (len(text.keys), len(text.names))).tocoo()
    spectra = pd.DataFrame({"part": cells.row, "m": cells.data}).value_counts(sort=False)
    return tuple(spectra.sort_index().reset_index().to_numpy().T)


def _previous(unit: Integers, part: Integers) -> Integers:
    """The place of each word's previous occurrence in its part, or -1."""
    return pd.Series(np.arange(len(unit))).groupby([part, unit]).shift(fill_value=-1).to_numpy()


def _mattr(previous: Integers, sizes: Integers, window: int) -> Floats:
    """The mean TTR of the windows of each part."""
    part = np.repeat(np.arange(len(sizes)), sizes)
    windows = np.where(sizes >= window, sizes - window + 1.0, np.nan)
    types = np.bincount(part, _types(previous, sizes, window), len(sizes))
    return types / (windows * window)


def _types(previous: Integers, sizes: Integers, window: int) -> Integers:
    """How many types are in the window that begins at each word? 0 where it would leave the part.

    A word counts in the windows that it is the first of its type in: they begin behind its previous
    occurrence.
    """
    ends, word = np.repeat(np.cumsum(sizes), sizes), np.arange(len(previous))
    earliest = np.maximum(previous, word - window) + 1
    first = np.maximum(earliest, ends - np.repeat(sizes, sizes))
    last = np.minimum(word, ends - window)
    there, n = first <= last, len(word) + 1
    begun, over = first[there], last[there] + 1
    return np.cumsum(np.bincount(begun, minlength=n) - np.bincount(over, minlength=n))[:-1]


def _factors(unit: Integers, sizes: Integers) -> Floats:
    """The factors of MTLD in each part: a factor closes when the TTR falls below .72, and the rest
    adds its part of one.
    """
    codes, factors = iter(unit.tolist()), []
    for size in sizes.tolist():
        closed, types, n, ttr = 0, set(), 0, 1.0
        for code in islice(codes, size):
            types.add(code)
            n += 1
            ttr = len(types) / n
            if ttr < CLOSES_BELOW:
                closed, types, n, ttr = closed + 1, set(), 0, 1.0
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
    positions = max(n - window + 1, 0)
    types = _types(_previous(text.unit, text.part), np.array([n]), window)[:positions]
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
