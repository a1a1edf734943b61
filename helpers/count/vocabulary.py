"""How rich is the vocabulary, and how does it grow? Frequencies, rarefaction, richness, Zipf.

Words only (`kind == "word"`) are counted, as integers, all parts at once. What is undefined is NaN,
never 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.parts import (
    SPARSE,
    TooLittleText,
    Unit,
    coded,
    keep_apart,
    n_docs,
    need_unit,
    parts,
)
from helpers.read.tables import Integers

Floats = NDArray[np.float64]
By = str | list[str] | None
Verb = Callable[[pd.DataFrame], pd.DataFrame]

SAMPLE = 42  # words drawn for HD-D (McCarthy & Jarvis 2007)
CLOSES_BELOW = 0.72  # the TTR under which a factor of MTLD closes (McCarthy & Jarvis 2010)
MOST_LEFT_OUT = 20  # parts, or groups of them, that `sensitivity` leaves out in turn
_STRETCH = 128  # words that MTLD reads at a time: nearly every factor of French prose is shorter
_INTERVAL = 4096  # words between the places from which MTLD reads a long part
_ROWS = 2048  # parts, or frequencies, that are worked on at a time: bounds the memory
_NEGLIGIBLE = -45.0  # ln 3e-20: chances below it add nothing to a sum of less than 10^9 of them


class _Text(NamedTuple):
    """The words of a table, those of a part side by side: unit and part of each as integers."""

    words: pd.DataFrame
    unit: Integers
    part: Integers
    names: pd.Index  # of the units
    keys: pd.DataFrame  # of the parts


def _text(tokens: pd.DataFrame, unit: Unit, by: By = None) -> _Text:
    need_unit(tokens, unit, "kind")
    part, keys = parts(tokens, by)
    at = np.flatnonzero(tokens["kind"] == "word")
    if by is not None:
        at = at[part[at] >= 0]
        at = at[np.argsort(part[at], kind="stable")]
    kept = tokens.filter(["doc", unit]).take(at)
    codes, names = coded(kept, unit)
    return _Text(kept, codes, part[at], names, keys)


def _tally(*columns: Integers) -> tuple[tuple[Integers, ...], Integers]:
    """The distinct rows of these columns, in order, and how often each occurs."""
    shape = [int(column.max(initial=0)) + 1 for column in columns]
    cells = np.ravel_multi_index(columns, shape)
    if math.prod(shape) > SPARSE * len(cells):
        rows, counts = np.unique(cells, return_counts=True)
    else:
        counts = np.bincount(cells)
        rows = np.flatnonzero(counts)
        counts = counts[rows]
    return np.unravel_index(rows, shape), counts


def frequencies(tokens: pd.DataFrame, *, unit: Unit = "type", by: By = None) -> pd.DataFrame:
    """How often does each word occur? (*fréquences*, *index hiérarchique*)

    One row per unit, or per part and unit: parts in order of first appearance, the most frequent
    unit first, ties alphabetical. A part without words has no row.

    Parameters: tokens (token table); unit; by (columns that name the parts).
    Returns: the columns of `by`, the unit, f (occurrences in the part), per_million (10⁶ f/N, N the
    words of the part), rank (1 + the number of units that are more frequent in the part; equal
    frequencies share it), n_docs (documents of the part that hold the unit; only where the table
    has a column `doc`).
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals quanteda's `textstat_frequency` (tests/reference/frequency_seed.csv).
    References: Muller (1977), Principes et méthodes de statistique lexicale.

    >>> from helpers import open_corpus
    >>> frequencies(open_corpus(annotate=False).tokens).head(2)[["type", "f"]].values.tolist()
    [['de', 30], ['la', 19]]
    """
    keep_apart(by, unit, "f", "per_million", "rank", "n_docs")
    text = _text(tokens, unit, by)
    cell, keys = text.unit, np.arange(len(text.names))
    if by is not None:
        cell, keys = pd.factorize(text.part * len(text.names) + text.unit)
    part, name = np.divmod(keys, max(len(text.names), 1))
    f = np.bincount(cell)
    order = np.lexsort((name, -f, part))
    part, name, f = part[order], name[order], f[order]
    out = text.keys.take(part).reset_index(drop=True).assign(**{unit: text.names[name], "f": f})
    out["per_million"] = 1e6 * f / np.bincount(part, f)[part]
    out["rank"] = out["f"].groupby(part).rank(method="min", ascending=False).astype("int64")
    if "doc" in tokens:
        out["n_docs"] = n_docs(cell, parts(text.words, "doc").codes)[order]
    return out


def spectrum(tokens: pd.DataFrame, *, unit: Unit = "type") -> pd.DataFrame:
    """How many words occur once, twice, three times? (*spectre des fréquences*; V_1: *hapax*)

    One row per frequency that occurs, the smallest first.

    Parameters: tokens (token table); unit.
    Returns: m (a frequency), V_m (units with that frequency). Σ V_m = V and Σ m·V_m = N.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals zipfR's spectrum (tests/reference/zipfr_spc_*.csv).
    References: Tweedie & Baayen (1998), doi:10.1023/A:1001749303137.

    >>> from helpers import open_corpus
    >>> spectrum(open_corpus(annotate=False).tokens).head(2).values.tolist()
    [[1, 122], [2, 22]]
    """
    m, v_m = np.unique(np.bincount(_text(tokens, unit).unit), return_counts=True)
    return pd.DataFrame({"m": m, "V_m": v_m})


def growth(tokens: pd.DataFrame, *, unit: Unit = "type", points: int = 100) -> pd.DataFrame:
    """Does the vocabulary grow as if the words came in any order? (*accroissement du vocabulaire*)

    One row per sample size n, from 1 to all N words.

    q_i = C(N - f_i, n)/C(N, n) and q_ij = C(N - f_i - f_j, n)/C(N, n) are the chances that n words,
    drawn without replacement, hold no i, and neither i nor j. expected = Σ (1 - q_i);
    sd² = Σ q_i (1 - q_i) + Σ_(i≠j) (q_ij - q_i q_j). Both are exact, over all orders of these same
    words; the band says nothing of other texts. Observed below expected: repetitions come close
    together (burstiness). Observed above: new words come early.

    Parameters: tokens (token table, in reading order); unit; points (rows at most, evenly spaced).
    Returns: n (words), observed (units among the first n words), expected, sd (0 at 1 and N).
    Raises: ValueError if points < 1, naming a column that is missing, or lemmas that are.
    At n = 42 expected equals 42 times the hdd of `richness`.
    References: Hurlbert (1971), Ecology 52, 577-586; Muller (1977), Principes et méthodes de
    statistique lexicale; Heck, van Belle & Simberloff (1975), Ecology 56, 1459-1461.

    >>> from helpers import open_corpus
    >>> growth(open_corpus(annotate=False).tokens, points=341).loc[159].round(2).tolist()
    [160.0, 100.0, 94.58, 4.31]
    """
    if points < 1:
        raise ValueError(f"points is {points!r}; it is the number of sample sizes, at least 1")
    codes = _text(tokens, unit).unit
    n = np.unique(np.linspace(len(codes), 1, points).round().astype(np.int64))[: len(codes)]
    m, v_m = np.unique(np.bincount(codes), return_counts=True)
    first = np.sort(np.unique(codes, return_index=True)[1])
    exact = [_rarefied(m, v_m, size) for size in n.tolist()]
    out = pd.DataFrame({"n": n, "observed": np.searchsorted(first, n)})
    return out.join(pd.DataFrame(exact, columns=["expected", "sd"], dtype="float64"))


def _rarefied(m: Integers, v_m: Integers, n: int) -> tuple[float, float]:
    """Mean and deviation of the number of types in n words drawn from those of a spectrum.

    ln q(s), q(s) the chance that none of s given words is drawn, is Σ_(j<s) ln(1 - n/(N - j)): no
    factorials, so that nothing cancels however large N is. It is at most -s·n/N, hence negligible
    from s = 45 N/n on; a pair of types has s = f_i + f_j. Types of one frequency count as one.
    """
    total = int(m @ v_m)
    reach = min(2 * int(m[-1]), total - n, int(-2 * _NEGLIGIBLE * total / n) + 1)
    log_q = np.cumsum(np.log1p(-n / (total - np.arange(reach))))
    log_q = np.concatenate([[0.0], log_q, [-np.inf]])
    one = log_q[np.minimum(m, reach + 1)]
    mean = -float(v_m @ np.expm1(one))
    m, v_m, one = (column[one > _NEGLIGIBLE] for column in (m, v_m, one))
    variance = v_m @ (np.exp(one) - np.exp(log_q[np.minimum(2 * m, reach + 1)]))
    for i in range(0, len(m), _ROWS):
        apart = one[i : i + _ROWS, None] + one
        both = log_q[np.minimum(m[i : i + _ROWS, None] + m, reach + 1)]
        variance += v_m[i : i + _ROWS] @ (np.exp(apart) * np.expm1(both - apart)) @ v_m
    return mean, float(np.sqrt(max(variance, 0.0))) if n > 1 else 0.0


def richness(tokens: pd.DataFrame, *, unit: Unit = "type", by: By = None) -> pd.DataFrame:
    """How varied is the vocabulary of each part? (*richesse lexicale*, *diversité lexicale*)

    One row per part in order of first appearance, or one for the whole.

    N words, V units, V_m units of frequency m. TTR, R, C and a² depend on N: never compare parts of
    unequal length by them. MATTR is the mean TTR of all windows of 50, or of 100 words; HD-D the
    TTR expected of 42 words drawn without replacement. MTLD is the number of words per factor: a
    factor is read until its TTR falls below .72, a rest counts for (1 - TTR)/(1 - .72), and both
    reading directions are averaged. It means little below 100 words.

    Parameters: tokens (token table, in reading order); unit; by (columns that name the parts).
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
    text = _text(tokens, unit, by)
    sizes = np.bincount(text.part, minlength=len(text.keys))
    (part, _), f = _tally(text.part, text.unit)
    (part, m), v_m = _tally(part, f)
    counts = [np.bincount(part, v_m * of, len(sizes)) for of in (1, m == 1, m * m)]
    types, hapax, squares = np.array(counts, np.int64)
    previous, following = _neighbours(text)
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


def _neighbours(text: _Text) -> tuple[Integers, Integers]:
    """The place of the previous word of the same unit and part, or -1; and so read backwards."""
    order = np.argsort(text.unit, kind="stable")
    same = (np.diff(text.part[order]) == 0) & (np.diff(text.unit[order]) == 0)
    earlier, later = order[:-1][same], order[1:][same]
    previous, following = np.full((2, len(order)), -1)
    previous[later] = earlier
    following[len(order) - 1 - earlier] = len(order) - 1 - later
    return previous, following


def _mattr(previous: Integers, sizes: Integers, window: int) -> Floats:
    """Mean TTR of the windows: a word is new in those that begin after its last occurrence."""
    part = np.repeat(np.arange(len(sizes)), sizes)
    end, at = np.cumsum(sizes)[part], np.arange(len(part))
    earliest = np.maximum(np.maximum(previous, at - window) + 1, end - sizes[part])
    new = np.maximum(np.minimum(at, end - window) - earliest + 1, 0)
    windows = np.where(sizes >= window, sizes - window + 1.0, np.nan)
    return np.bincount(part, new, len(sizes)) / (windows * window)


def _factors(previous: Integers, sizes: Integers) -> Floats:
    """How many factors of MTLD has each part, its rest included?

    Where a factor ends depends on where it begins, not on those before. So they are read from every
    part's first word and from words at regular intervals at once, each followed by its next until
    one begins where another did; then those that follow from the first words are counted.
    """
    ends, factors = np.cumsum(sizes), np.zeros(len(sizes))
    after = np.append(np.full(len(previous), -1), 0)  # nothing begins behind the last word
    share = np.zeros(len(previous))
    part = np.flatnonzero(sizes)
    at = ends[part] - sizes[part]
    begins = np.union1d(at, np.arange(0, len(previous), _INTERVAL))
    while len(begins):
        end = ends[np.searchsorted(ends, begins, "right")]
        after[begins], share[begins] = _factor(previous, begins, end)
        begins = np.unique(after[begins])
        begins = begins[after[begins] < 0]
    while len(part):
        factors[part] += share[at]
        at = after[at]
        part, at = part[at < ends[part]], at[at < ends[part]]
    return factors


def _factor(previous: Integers, start: Integers, end: Integers) -> tuple[Integers, Floats]:
    """Where does the factor end that begins here, and what part of one is it? In stretches."""
    after, share, types = start.copy(), np.zeros(len(start)), np.zeros_like(start)
    unread = np.arange(len(start))
    while len(unread):
        now = unread[:_ROWS]
        at, first, left = after[now, None], start[now, None], (end - after)[now]
        word = at + np.arange(_STRETCH)
        seen = types[now, None] + np.cumsum(previous.take(word, mode="clip") < first, axis=1)
        ttr = seen / (word - first + 1)
        below = ttr < CLOSES_BELOW
        read = np.minimum(np.where(below.any(axis=1), below.argmax(axis=1) + 1, _STRETCH), left)
        last = (np.arange(len(now)), read - 1)
        after[now], types[now] = after[now] + read, seen[last]
        share[now] = np.minimum((1 - ttr[last]) / (1 - CLOSES_BELOW), 1)
        unread = np.concatenate([now[~below[last] & (read < left)], unread[_ROWS:]])
    return after, share


def _hdd(part: Integers, m: Integers, v_m: Integers, sizes: Integers) -> Floats:
    """The TTR expected of 42 words of each part, from the spectra of the parts."""
    absent = np.ones(len(part))
    for drawn in range(SAMPLE):
        left = np.maximum(sizes[part] - drawn, 1)
        absent *= np.maximum(left - m, 0) / left
    expected = np.bincount(part, v_m * (1 - absent), len(sizes))
    return np.where(sizes >= SAMPLE, expected / SAMPLE, np.nan)


def zipf(tokens: pd.DataFrame, *, unit: Unit = "type") -> pd.DataFrame:
    """How steeply does frequency fall with rank? (*loi de Zipf*, *diagramme rang-fréquence*)

    One row, for the whole table.

    Ranks r = 1…V, the most frequent unit first, have p(r) = r^-a / Σ_(k≤V) k^-a. The likelihood is
    greatest where the mean of ln r under p is that of the words. Least squares through the same
    points gives other exponents; below some 10⁴ words a describes the text, not its language.

    Parameters: tokens (token table); unit.
    Returns: C (words expected at rank 1: N / Σ k^-a), a (exponent), n_types. C and a are NaN with
    fewer than two units.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    References: Clauset, Shalizi & Newman (2009), doi:10.1137/070710111; Piantadosi (2014),
    doi:10.3758/s13423-014-0585-6.

    >>> from helpers import open_corpus
    >>> zipf(open_corpus(annotate=False).tokens).round(3).values.tolist()
    [[31.971, 0.759, 167.0]]
    """
    f = np.sort(np.bincount(_text(tokens, unit).unit))[::-1]
    a = _exponent(f) if len(f) > 1 else np.nan
    of_first = f.sum() / np.sum(np.arange(1.0, len(f) + 1) ** -a) if len(f) > 1 else np.nan
    return pd.DataFrame({"C": [of_first], "a": [a], "n_types": [len(f)]})


def above_zipf(frequencies: pd.DataFrame, law: pd.DataFrame, *, top: int = 10) -> pd.DataFrame:
    """Which of the first words stand above the line of Zipf's law? (*écarts à la loi de Zipf*)

    One row per word above the line, the furthest first. Words that share their frequency are left
    out: which of them comes first is an accident of the alphabet.

    Parameters: frequencies (table of the whole); law (table of `zipf`); top (ranks looked at).
    Returns: the columns of frequencies, expected (C·rank^-a occurrences), ratio (f/expected).

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> above_zipf(frequencies(tokens), zipf(tokens))["type"].tolist()
    ['et', 'les', 'le', 'sécurité', 'la']
    """
    C, a = law.loc[0, ["C", "a"]]  # noqa: N806
    first = frequencies[~frequencies["f"].duplicated(keep=False)].query("rank <= @top")
    expected = C * first["rank"] ** -a
    out = first.assign(expected=expected, ratio=first["f"] / expected).query("ratio > 1")
    return out.sort_values("ratio", ascending=False, kind="stable", ignore_index=True)


def _exponent(f: Integers) -> float:
    """The most likely exponent for falling frequencies: from 0, all equal, to 64, of 2^64 words."""
    from scipy.optimize import brentq

    log_r = np.log(np.arange(1, len(f) + 1))
    mean = np.average(log_r, weights=f)
    return float(brentq(lambda a: np.average(log_r, weights=np.exp(-a * log_r)) - mean, -1, 64))


def sensitivity(tokens: pd.DataFrame, measure: Verb, *, by: By) -> pd.DataFrame:
    """How much does a measure owe to one paragraph? (*sensibilité*: each left out in turn)

    One row per numeric column of the measure. This range is what one text allows to say; it is no
    confidence interval. Of more than 20 parts, 20 groups of neighbours are left out in turn.

    Parameters: tokens (token table); measure (tokens → a table of one row, such as `richness`);
    by (columns that name the parts, such as "par").
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
