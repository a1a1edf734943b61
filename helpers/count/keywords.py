"""What sets a corpus apart from another, and from general French? Keyness, the Zipf scale, and how
many texts it takes to find a difference.
"""

import math
import warnings
from collections.abc import Iterator, Sequence
from typing import Annotated

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.chance import TOGETHER, false_discovery, grouped, ratio_error
from helpers.count.hypergeometric import g2, specificity
from helpers.count.lexical_table import counts_of
from helpers.count.parts import CHANCE, Floats, Only, Sparse, TooLittleText, Unit, rows_at, words
from helpers.count.verbs import Tokens, verb
from helpers.count.vocabulary import text_of
from helpers.read.checks import From0, From1
from helpers.read.tables import Integers, counted, need

# Texts on either side from which an interval takes them for the unit, and from which they are
# shuffled (Gries 2022).
CLUSTERED, TEXTS = 10, 20
SHUFFLES = 999  # of the texts
Z = 1.96  # standard errors on either side of the middle of a 95% interval
LISTS = {"wordfreq small": "small", "wordfreq large": "large"}
BILLION = 1e9
EXACT = 1 << 24  # whole numbers below it have room in 32 bits
NEVER_LESS = 1 - 1e-9  # a gap that is equal but for its last digits is as large
# Of `power`: pairs of samples, and shufflings of the texts of each pair; found is p at most .05.
DRAWS, SHUFFLED, LEVEL = 100, 199, 0.05
# Words of middling frequency: those that a tenth to a half of the texts hold, 40 at most.
RAREST, COMMONEST, UNITS = 0.1, 0.5, 40


@verb
def keyness(
    tokens: Tokens,
    reference: Tokens,
    *,
    unit: Unit = "type",
    only: Only = "words",
    random_state: From0 = 0,
) -> pd.DataFrame:
    """Which units set a corpus apart from another? (*mots-clés*, *spécificités externes*)

    One row per unit of either side; first those whose interval stays farthest from 0, over- or
    under-used, last those whose interval reaches farthest beyond it.

    f of n words here, F_ref of n_ref there. G² = 2 Σ O ln(O/E) over the four cells, an empty one
    adding 0, no correction. log_ratio = log2((f/n)/(F_ref/n_ref)), a frequency of 0 counting as .5
    there and in the intervals. log_ratio_low and log_ratio_high are log_ratio ± 1.96 √(d/f +
    d_ref/F_ref)/ln 2 and take the text for the unit: over the n_docs texts of a side, with w words
    each, d = max(1, n_docs/(n_docs - 1) · Σ(f_text - w f/n)²/f) says how much more a word scatters
    than one that is drawn by itself; NaN with fewer than 10 texts on a side. low_words and
    high_words are log_ratio ± 1.96 √(1/f - 1/n + 1/F_ref - 1/n_ref)/ln 2 (Katz), which takes words
    for independent draws and is too narrow for one that comes in bursts; where there is no other,
    it orders the rows. Where zero_corrected, look at f and F_ref: the sign can be that of the .5.

    p takes the text for the unit: with 20 texts or more on both sides, it is the share of 999
    shufflings of the texts between them (and the sides as they are) with at least as large a
    difference of rates, |f/n - F_ref/n_ref|; p_adjusted controls the false discovery rate
    (Benjamini & Hochberg). Below 20 texts, and for a reference without texts, both are NaN.

    Parameters: tokens (corpus, or token table); reference (corpus, token table, or a frequency
    table with the unit and f, such as `frequencies` gives); unit, only; random_state (of the
    shufflings).
    Returns: the unit, f, F_ref, n, n_ref (counts), g2, log_ratio, log_ratio_low, log_ratio_high,
    low_words, high_words (doublings), zero_corrected, p, p_adjusted. NaN where a side has no word.
    Raises: ValueError for an unknown unit, or naming a column that is missing.
    Equals R corpora's `keyness` G2 to 1e-9 (tests/reference/corpora_keyness_*.csv).
    References: Dunning (1993), Computational Linguistics 19(1), 61-74; Rayson & Garside (2000);
    Hardie (2014); Katz et al. (1978), Biometrics 34(3), 469-474; Rao & Scott (1992), Biometrics
    48(2), 577-585; Evert (2006); Lijffijt et al. (2016), doi:10.1093/llc/fqu064; Benjamini &
    Hochberg (1995), JRSS B 57(1), 289-300.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> table = keyness(tokens[tokens["par"] == 4], tokens[tokens["par"] != 4])
    >>> table.head(1)[["type", "f", "F_ref", "g2"]].round(2).values.tolist()
    [["d'", 5, 3, 9.03]]
    """
    both = _sides([tokens, reference], only)
    sides = [_frequencies(table, unit) for table in both]
    table = pd.concat(sides, axis=1, keys=["f", "F_ref"]).fillna(0).astype("int64")
    table = table.sort_index().rename_axis(unit).reset_index()
    n, n_ref = (int(side.sum()) for side in sides)
    if (n > 0) != (n_ref > 0):
        side = "reference has" if n else "tokens have"
        warnings.warn(f"keyness: the {side} no word, nothing can be compared", stacklevel=3)
    table = table.assign(n=n, n_ref=n_ref, g2=np.nan)
    if n > 0 and n_ref > 0:
        table["g2"] = g2(table["f"], table["f"] + table["F_ref"], n, n + n_ref)
    variance, table["p"] = _over_texts(both, unit, pd.Index(table[unit]), random_state)
    table = _log_ratio(table, variance)
    table["p_adjusted"] = false_discovery(table["p"].to_numpy(np.float64))
    order = np.argsort(-nearest_bound(table).round(9), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _sides(both: list[pd.DataFrame], only: Only) -> list[pd.DataFrame]:
    """Both sides with the words that count; a warning says that some stand on both."""
    if only != "words" and not all("kind" in table for table in both):
        raise ValueError(f"only={only!r} needs tokens on both sides; these are frequencies")
    placed = all({"doc", "start", "kind"} <= {*table} for table in both)
    placed = placed and not {*both[0]["doc"].unique()}.isdisjoint(both[1]["doc"].unique())
    if placed and (common := np.count_nonzero(rows_at(both[1], both[0]) >= 0)):
        warnings.warn(f"keyness: {counted(common, 'token')} on both sides", stacklevel=4)
    return both if only == "words" else [words(table, only) for table in both]


def nearest_bound(table: pd.DataFrame) -> Floats:
    """How far from 0 does the interval of each unit stay, in the direction of its frequencies?

    Below 0 where it holds 0. The direction is not that of log_ratio where a 0 was taken as .5: .5
    of 300 words is more than 1 of a million, and yet the unit is not over-used where it is absent.

    Parameters: table (of `keyness`).
    """
    low, high = interval(table)
    over = table["f"] / table["n"] >= table["F_ref"] / table["n_ref"]
    return np.where(over, low, -high)


def interval(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The ends of the interval of each log ratio: over texts, or with too few of them over words.

    Parameters: table (of `keyness`).
    """
    low, high = table["log_ratio_low"], table["log_ratio_high"]
    return low.fillna(table["low_words"]), high.fillna(table["high_words"])


def _frequencies(table: pd.DataFrame, unit: Unit) -> pd.Series:
    """The frequencies of the units of a token table, or those that the table holds."""
    if "kind" in table:
        text = text_of(table.filter(["kind", unit]), unit)
        return pd.Series(np.bincount(text.unit, minlength=len(text.names)), text.names)
    need(table, unit, "f")
    impossible = table.loc[~(table["f"] >= 0), unit]
    if len(impossible):
        raise ValueError(f"{impossible.iloc[0]!r} has no frequency; f counts occurrences, from 0")
    return table["f"].groupby(table[unit].astype("str")).sum()


def _log_ratio(table: pd.DataFrame, variance: Floats | float) -> pd.DataFrame:
    """The table with the log ratio and its intervals, over texts (of this variance) and words."""
    zero = (table["f"] == 0) | (table["F_ref"] == 0)
    ours, theirs = (table[name].replace(0, 0.5) for name in ("f", "F_ref"))
    n, n_ref = (table[name].astype("float64").replace(0, np.nan) for name in ("n", "n_ref"))
    middle = np.log2(ours / n) - np.log2(theirs / n_ref)
    out = {"log_ratio": middle, "zero_corrected": zero}
    of_words = 1 / ours - 1 / n + 1 / theirs - 1 / n_ref
    half, words_half = (Z / math.log(2) * np.sqrt(squared) for squared in (variance, of_words))
    out |= {"log_ratio_low": middle - half, "log_ratio_high": middle + half}
    out |= {"low_words": middle - words_half, "high_words": middle + words_half}
    return table.assign(**out)


def _over_texts(
    sides: list[pd.DataFrame], unit: Unit, units: pd.Index, seed: int
) -> tuple[Floats | float, Floats | float]:
    """The variance of the natural logarithm of each ratio and its p, where the text is the unit;
    NaN with too few texts on a side.
    """
    from scipy.sparse import csr_array, vstack

    if not all({"doc", "kind"} <= {*side} for side in sides):
        return np.nan, np.nan
    counts, texts = [], []
    for i, side in enumerate(sides):
        of, keys, names = counts_of(words(side[["doc", "kind", unit]]), "doc", unit)
        column = units.get_indexer(names).astype(np.int32)[of.indices]
        counts.append(csr_array((of.data, column, of.indptr), (len(keys), len(units))))
        texts.append(keys.assign(_side=i))
    order = np.argsort(parts.parts(texts := pd.concat(texts), ["_side", "doc"]).codes)
    table, side = vstack(counts, "csr")[order], texts["_side"].to_numpy()[order]
    n, groups = np.bincount(side, minlength=2), grouped(table, table.sum(axis=1), side, 2)
    variance = ratio_error(groups) ** 2 if min(n) >= CLUSTERED else np.nan
    return variance, _text_p(table.T.astype(np.float64), n, seed) if min(n) >= TEXTS else np.nan


def _text_p(counts: Sparse, texts: Integers, seed: int) -> Floats:
    """For each unit, the share of shufflings of the texts with as large a difference of rates.

    Parameters: counts (units × texts), texts (of either side).
    """
    sides = np.tile(np.arange(sum(texts)) < texts[0], (SHUFFLES + 1, 1))
    sides[1:] = np.random.default_rng(seed).permuted(sides[1:], axis=1)
    lengths, total = counts.sum(axis=0), counts.sum(axis=1)[:, None]
    as_large, seen = np.zeros(len(total)), np.inf
    # In numbers of 32 bits sums take half the time, and are the same where none is too large.
    short = counts.astype(np.float32 if total.max(initial=0) < EXACT else np.float64)
    for at in range(0, len(sides), TOGETHER):
        now = sides[at : at + TOGETHER].T.astype(short.dtype)
        gap = _rate_gap(short @ now, lengths @ now, total, lengths.sum())
        seen = np.minimum(seen, gap[:, :1] * NEVER_LESS) if at == 0 else seen
        as_large += (gap >= seen).sum(axis=1)
    return as_large / len(sides)


@verb
def general_french(tokens: Tokens, *, unit: Unit = "type") -> pd.DataFrame:
    """Which words are more frequent here than in general French? (*français général*)

    Two rows per unit, one for each list of wordfreq; the units that exceed general French most come
    first, those that a list does not hold last.

    wordfreq publishes proportions from many sources together (subtitles, the web, books, press,
    Wikipedia) without a size, so that there is no G² and no interval, only a difference on the Zipf
    scale. Its two lists are one estimate cut at two depths: a word at least once in a million words
    (small), or in a hundred million (large). What they can disagree on is whether a word is listed.

    Words are looked up as wordfreq cuts them: l', d', qu' as l, d, qu, which it counts apart, too.
    It leaves jusqu', lorsqu' and longer ones on the next word, cuts a compound at its hyphens, and
    reads M. like m': these have no entry of their own, and NaN. It counts forms, not lemmas: a
    lemma, which gathers its forms, looks the more frequent here.

    Parameters: tokens (corpus, or token table); unit.
    Returns: the unit, reference (the list), f (occurrences), zipf_here = log10(10⁹ f/N),
    zipf_general (to .01; NaN where the list has no entry), difference (here - general: 1 is ten
    times as frequent), floor = log10(10⁹/N), the least zipf_here that N words can show: a word that
    occurs once exceeds everything that is rarer in general.
    Raises: ValueError for an unknown unit, or naming a column that is missing.
    References: van Heuven et al. (2014), QJEP 67(6), 1176-1190; Speer (2022),
    doi:10.5281/zenodo.7199437.

    >>> from helpers import open_corpus
    >>> table = general_french(open_corpus(annotate=False).tokens)
    >>> often = table[(table["f"] >= 3) & (table["reference"] == "wordfreq small")]
    >>> often.head(2)[["type", "difference"]].round(2).values.tolist()
    [['sécuritaire', 3.21], ['sûreté', 2.78]]
    """
    f = _frequencies(tokens, unit).rename_axis(unit).rename("f")
    table = pd.DataFrame({"reference": [*LISTS]}).merge(f.reset_index(), how="cross")
    table.insert(0, unit, table.pop(unit))
    rates = [general_rates(f.index.to_series(), size) for size in LISTS.values()]
    table["zipf_here"] = np.log10(BILLION * table["f"] / f.sum())
    table["zipf_general"] = np.log10(BILLION * np.concatenate(rates)).round(2)
    table["difference"] = table["zipf_here"] - table["zipf_general"]
    table["floor"] = np.log10(BILLION / f.sum()) if len(f) else np.nan
    return table.sort_values(["difference", unit], ascending=[False, True], ignore_index=True)


def general_rates(forms: pd.Series, size: str) -> pd.Series:
    """The share of all words that a list of wordfreq gives each form, looked up as it cuts them;
    NaN where it has no entry.
    """
    from wordfreq import get_frequency_dict

    plain = forms.str.lower().str.replace("’", "'")
    entry = plain.str.replace(r"^(\w\w?)'$", r"\1", regex=True)
    return entry.map(get_frequency_dict("fr", size)).astype(float)


def _rate_gap(f: Floats, n: Floats, F: Floats, N: Floats) -> Floats:  # noqa: N803
    """How far apart are the rates on two sides? |f/n - (F - f)/(N - n)|, occurrences per word.

    Parameters: f, n (occurrences and words on one side), F, N (on both), which broadcast.
    """
    return np.abs(f / n - (F - f) / (N - n))


@verb
def power(
    tokens: Tokens,
    *,
    sizes: Sequence[From1] = (5, 10, 20, 50),
    ratios: Sequence[Annotated[float, 1]] = (1, 1.5, 2, 3),
    unit: Unit = "type",
    random_state: From0 = 0,
) -> pd.DataFrame:
    """How many texts does one need to find a difference of a given size? (*puissance*)

    One row per size and ratio. Pairs of samples of n_docs texts each are drawn from the texts,
    which are of one kind; on one side each occurrence of a word is kept with the chance 1/ratio, so
    that the word is `ratio` times as frequent on the other. At ratio 1 nothing differs: what is
    found there is false alarm. A mean over 40 words that a tenth to a half of the texts hold, each
    planted by itself, and over 100 pairs.

    permutation takes the text for the unit: p is the share of 199 shufflings of the texts between
    the sides (and the sides as drawn) with at least as large a difference of rates; a text's words
    stay together, so that a word that comes in bursts raises no alarm. It is the test of `keyness`.
    specificity takes the word for the unit: words dealt one by one would reach 2 in at most 2 % of
    the cases at ratio 1, words that come in bursts do so more often.

    Parameters: tokens (corpus, or token table of many texts of one kind); sizes (texts on each
    side); ratios (at least 1); unit; random_state.
    Returns: n_docs (texts on each side), ratio, permutation (share with p ≤ .05), specificity
    (share with |S| ≥ 2), n_units (words averaged over).
    Raises: TooLittleText with fewer texts than both sides of the largest size, or no word of
    middling frequency; ValueError for a size or ratio below 1.
    References: Lijffijt et al. (2016), Digital Scholarship in the Humanities 31(2), 374-397,
    doi:10.1093/llc/fqu064; Lafon (1980), Mots 1, 127-165, doi:10.3406/mots.1980.1008.

    >>> from helpers import open_corpus
    >>> power(open_corpus(annotate=False).tokens)
    Traceback (most recent call last):
    helpers.count.parts.TooLittleText: power needs 100 texts; this corpus has 1.
    """
    counts, lengths = _middling(tokens, unit, need=2 * max(sizes, default=0))
    rng = np.random.default_rng(random_state)
    rows = [row for size in sizes for row in _searched(counts, lengths, size, ratios, rng)]
    table = pd.DataFrame(rows, columns=["n_docs", "ratio", "permutation", "specificity"])
    table = table.assign(n_units=counts.shape[1])
    return table.sort_values(["n_docs", "ratio"], ignore_index=True)


def _middling(tokens: pd.DataFrame, unit: Unit, *, need: int) -> tuple[Floats, Floats]:
    """The counts of the words of middling frequency (texts × units), and the words per text."""
    table = counts_of(words(tokens.filter(["doc", "kind", unit])), "doc", unit)[0]
    n = table.shape[0]
    if n < need:
        raise TooLittleText("power", needs=f"{need:,} texts", has=f"{n:,}")
    share = (table > 0).sum(axis=0) / n
    chosen = np.flatnonzero((share >= RAREST) & (share <= COMMONEST))
    if not len(chosen):
        raise TooLittleText("power", needs="words that a tenth of the texts hold", has="none")
    chosen = chosen[np.unique(np.linspace(0, len(chosen) - 1, UNITS).astype(int))]
    return table[:, chosen].toarray().astype(float), table.sum(axis=1).astype(float)


def _searched(
    counts: Floats, lengths: Floats, size: int, ratios: Sequence[float], rng: np.random.Generator
) -> Iterator[tuple[int, float, float, float]]:
    """What both tests find between samples of this size, for each ratio."""
    drawn = rng.random((DRAWS, len(counts))).argsort(axis=1)[:, : 2 * size]
    sides = np.tile(np.arange(2 * size) < size, (SHUFFLED + 1, 1))
    sides[1:] = rng.permuted(sides[1:], axis=1)
    n = lengths[drawn] @ sides.T.astype(float)
    for ratio in ratios:
        planted = counts[drawn]
        planted[:, size:] = rng.binomial(planted[:, size:].astype(int), 1 / ratio)
        # One large product: a hundred small ones wait for each other's threads.
        f = np.tensordot(sides.astype(float), planted, axes=(1, 1)).swapaxes(0, 1)
        F = planted.sum(axis=1)  # noqa: N806
        N = lengths[drawn].sum(axis=1)  # noqa: N806
        gap = _rate_gap(f, n[:, :, None], F[:, None], N[:, None, None])
        p = (gap >= gap[:, :1] * NEVER_LESS).mean(axis=1)
        strength = np.abs(specificity(f[:, 0], F, n[:, :1], N[:, None]))
        yield size, ratio, (p <= LEVEL).mean(), (strength >= CHANCE).mean()
