"""Which words rise or fall over time: whole texts tested within outlets."""

import numpy as np
import pandas as pd

from helpers.count.chance import TINY, Z, false_discovery, grouped, ratio_error, shuffles
from helpers.count.chronology import MILLION, finest_period
from helpers.count.lexical_table import counts_of, members
from helpers.count.parts import Floats, Mask, Only, Sparse, TooLittleText, Unit
from helpers.count.typicality import search_words
from helpers.count.verbs import Period, Texts, verb, with_names
from helpers.read import dates
from helpers.read.checks import From0, From1
from helpers.read.corpus import Corpus
from helpers.read.tables import Integers, counted

DOCS, OUTLETS = 10, 2  # texts that hold a word; outlets in which it moves the same way
LEVEL, LEAST = 0.05, 1.5  # of q; of the ratio
SHUFFLES = 9999
POWER = 0.8  # of the ratio that could have been found
MONTH = 365.25 / 12  # days
COLUMNS = ["unit", "f", "n_docs", "outlets", "first", "last", "ratio", "low", "high"]
COLUMNS += ["zero_corrected", "rho", "z", "p", "q", "direction", "search_word"]


@verb
def trends(
    corpus: Texts,
    *,
    strata: str | None = "outlet",
    period: Period | None = None,
    unit: Unit = "lemma",
    only: Only = "common",
    min_freq: From1 = 20,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """Which words rise or fall over time? (*mots en hausse, en baisse*, *spécificités évolutives*)

    One row per unit with `min_freq` occurrences in 10 texts, of the dated texts without reprints;
    those whose interval stays farthest from 1 come first. A text of a month or a year is dated by
    the middle of it.

    In a stratum of N texts with the rate r, a text of day t with w words lacks or exceeds e = f - r
    w hits: T = Σ (t - t̄) e, with the permutation variance Σ (t - t̄)² · Σ e²/(N - 1). z = ΣT/√ΣVar
    over the strata, p two-sided, q by Benjamini and Hochberg: an outlet that begins late, with
    words of its own, moves nothing. ratio is the rate in the last third of the days over that in
    the first; the squared error of its logarithm d_1/f_1 + d_2/f_2, d as in `timeline` over the
    texts of a third, a zero taken as .5.

    rising: q ≤ .05, ratio ≥ 1.5, low > 1; falling: q ≤ .05, ratio ≤ 1/1.5, high < 1; both the same
    way in 2 strata, where there are several. 9,999 shufflings of whole texts within the strata
    check each: where |z| is as large in more than .05 k/m of them, what p must be for q ≤ .05 if k
    of m pass, the direction is taken back. Words of the search of the database are shown, but have
    no q and no direction. Below 24 months a trend and a season cannot be told apart.

    Parameters: corpus (or token table, which is taken as it is); strata (a column of documents,
    None for one stratum); period (of rho; else as in `calendar`); unit, only; min_freq;
    random_state (of the shufflings).
    Returns: unit, f, n_docs, outlets (strata that hold it), first, last (per million words in the
    thirds), ratio, low, high, zero_corrected, rho (Spearman's, of the rates of the periods,
    description only), z, p, q, direction (rising, falling or missing), search_word. Its attrs:
    texts, months (of the span of days), least (the ratio that a middling word must have to be found
    four times in five, NaN without a word).
    Raises: TooLittleText for texts without two dates; ValueError naming a column that is missing,
    or for texts that are not annotated.
    References: Hilpert & Gries (2009), LLC 24(4), 385-401, doi:10.1093/llc/fqn012; Bourgon,
    Gentleman & Huber (2010), PNAS 107(21), 9546-9551, doi:10.1073/pnas.0914005107; Benjamini &
    Hochberg (1995), JRSS B 57(1), 289-300.

    >>> from helpers import open_corpus
    >>> trends(open_corpus())
    Traceback (most recent call last):
    helpers.count.parts.TooLittleText: trends needs texts of two days; this corpus has 1 day.
    """
    dated = _dated(corpus.without_reprints())
    tokens = with_names(dated.tokens, dated) if only == "common" else dated.tokens
    counts, keys, names = counts_of(tokens, "doc", unit, only)
    often = (counts.sum(axis=0) >= min_freq) & ((counts > 0).sum(axis=0) >= DOCS)
    counts, names = counts[:, np.flatnonzero(often)], names[often].astype("str")
    asked = names.isin(search_words(dated, unit))
    texts = dated.documents.set_index("doc").loc[keys["doc"]].reset_index()
    words, days = texts["n_words"].to_numpy(np.float64), _days(texts)
    stratum = _strata(dated, texts, strata)
    table = moves(counts, words, days, stratum, ~asked, seed=random_state)
    rho = _rho(counts, words, dates.period(texts, period or finest_period(texts)))
    bound = np.where(table["ratio"] >= 1, table["low"], 1 / table["high"])
    table = table.assign(unit=names, rho=rho, search_word=asked)
    out = table.take(np.argsort(-bound.round(9), kind="stable"))[COLUMNS].reset_index(drop=True)
    months = float(np.ptp(days)) / MONTH if len(days) else 0.0
    out.attrs = {"texts": len(texts), "months": months, "least": _least(table)}
    return out


def _dated(corpus: Corpus) -> Corpus:
    """The texts that have a date. Raises TooLittleText where they are all of one day."""
    dated = corpus.where(corpus.documents["date_start"].notna())
    n_days = dated.documents["date_start"].nunique()
    if len(corpus) and n_days < 2:
        raise TooLittleText("trends", needs="texts of two days", has=counted(n_days, "day"))
    return dated


def _days(texts: pd.DataFrame) -> Floats:
    """The day of each text, counted from the first; the middle of a month or a year."""
    start = texts["date_start"]
    middle = start + (texts["date_end"] - start) / 2
    return ((middle - start.min()) / pd.Timedelta(days=1)).to_numpy(np.float64)


def _strata(corpus: Corpus, texts: pd.DataFrame, name: str | None) -> Integers:
    """The stratum of each text; those that have none are one."""
    column = corpus.with_metadata(texts[["doc"]], name or []).iloc[:, -1]
    return pd.factorize(column if name else column.map(len) * 0, use_na_sentinel=False)[0]


def moves(
    counts: Sparse, words: Floats, days: Floats, stratum: Integers, tested: Mask, *, seed: int = 0
) -> pd.DataFrame:
    """The table of `trends`, from the counts (texts × units) and the words, the day and the stratum
    of each text, but for what the names and the periods tell; and which units are tested.
    """
    from scipy.sparse import hstack
    from scipy.special import erfc

    strata = grouped(counts, words, stratum, stratum.max(initial=-1) + 1)
    t = days - (np.bincount(stratum, days) / strata.texts)[stratum]
    # T of each stratum and unit, and the sum of their variances.
    member, rate = members(stratum), strata.f / np.maximum(strata.words, 1)[:, None]
    expected = rate * (member @ (t * words))[:, None]
    drift = (member @ counts.multiply(t[:, None])).toarray() - expected
    each = (member @ t**2 / np.maximum(strata.texts - 1, 1))[:, None] * strata.squares
    variance = each.sum(axis=0)
    z = drift.sum(axis=0) / np.sqrt(np.where(variance > 0, variance, np.nan))
    p = erfc(np.abs(z) / np.sqrt(2))
    table = _thirds(counts, words, days).assign(z=z, p=p, q=false_discovery(p, tested))
    table["f"], table["n_docs"] = (of.sum(axis=0).astype(np.int64) for of in strata[:2])
    table["outlets"] = np.count_nonzero(strata.f, axis=0)
    several, found = min(OUTLETS, len(strata.texts)), table["q"] <= LEVEL
    rises, falls = ((way * drift > TINY).sum(axis=0) >= several for way in (1, -1))
    rises &= found & (table["ratio"] >= LEAST) & (table["low"] > 1)
    falls &= found & (table["ratio"] <= 1 / LEAST) & (table["high"] < 1)
    direction = pd.Series(pd.NA, table.index, "str").mask(rises, "rising").mask(falls, "falling")
    named = np.flatnonzero(direction.notna())
    if len(named):
        excess = hstack([counts[:, named], member.multiply(words).T], "csr", np.float64)
        larger = _larger(excess, rate[:, named], drift[:, named].sum(axis=0), t, stratum, seed)
        direction.iloc[named[larger > LEVEL * found.sum() / table["q"].count()]] = pd.NA
    return table.assign(direction=direction)


def _larger(
    excess: Sparse, rate: Floats, drift: Floats, t: Floats, stratum: Integers, seed: int
) -> Floats:
    """The share of the shufflings of the texts in which T is as large. The excess of the texts is
    their counts (texts × units), beside them their words (texts × strata), and the rates (strata ×
    units): all its cells would fill gigabytes.
    """
    excess, found = excess[np.argsort(stratum, kind="stable")], np.zeros(len(drift))
    for drawn in shuffles(stratum, SHUFFLES, seed):
        hits, words = np.split(t[drawn] @ excess, [len(drift)], axis=1)
        found += (np.abs(hits - words @ rate) >= np.abs(drift) - TINY).sum(axis=0)
    return found / SHUFFLES


def _thirds(counts: Sparse, words: Floats, days: Floats) -> pd.DataFrame:
    """The rates of the units in the first and the last third of the days, and their ratio."""
    first, last = np.quantile(days, [0, 1]) if len(days) else (0.0, 0.0)
    third = (last - first) / 3
    side = np.select([days <= first + third, days >= last - third], [0, 1], -1)
    groups = grouped(counts, words, side, 2)
    before, after = np.where(groups.f > 0, groups.f, 0.5) / groups.words[:, None]
    rates, error = MILLION * groups.f / groups.words[:, None], ratio_error(groups)
    out = {"first": rates[0], "last": rates[1], "ratio": after / before, "error": error}
    out |= {"low": out["ratio"] * np.exp(-Z * error), "high": out["ratio"] * np.exp(Z * error)}
    return pd.DataFrame(out | {"zero_corrected": (groups.f == 0).any(axis=0)})


def _rho(counts: Sparse, words: Floats, periods: pd.Series) -> Floats:
    """Spearman's correlation of the rates of each unit with the order of the periods; NaN where all
    are alike.
    """
    code, names = pd.factorize(periods, sort=True)
    groups = grouped(counts, words, code, len(names))
    ranks = pd.DataFrame(groups.f / groups.words[:, None]).rank()
    return ranks.corrwith(pd.Series(range(len(names)))).to_numpy()


def _least(table: pd.DataFrame) -> float:
    """The ratio of a word with a middling error that would be found four times in five, against the
    level of the first of so many tests.
    """
    from scipy.special import ndtri

    tested = table[table["q"].notna()]
    if tested.empty:
        return np.nan
    reach = -ndtri(LEVEL / len(tested) / 2) + ndtri(POWER)
    return float(np.exp(reach * tested["error"].median()))
