"""What there is in each part and period, and how often a word is used in it: overview, calendar,
timeline, peaks.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count.chance import TINY, Groups, band, clustering, grouped, shuffles, wilson
from helpers.count.parts import By, Floats, Mask, Parts, labels, listed
from helpers.count.query import find
from helpers.count.verbs import Period, Texts, parts_of_texts, verb
from helpers.read import dates
from helpers.read.checks import From0
from helpers.read.corpus import Corpus
from helpers.read.duplicates import chain_of
from helpers.read.tables import Integers

Queries = str | list[str] | dict[str, str]
# What is told of the texts of a part: which of their columns, and what is made of it.
TOLD = {"texts": ("doc", "size"), "words": ("n_words", "sum"), "dated": ("iso", "count")}
TOLD |= {"first": ("iso", "min"), "last": ("iso", "max"), "reprints": ("reprint", "sum")}
PEAKS = dict.fromkeys(("query", "part", "period"), "str")
PEAKS |= dict.fromkeys(("f", "n_docs"), "int64")
PEAKS |= dict.fromkeys(("per_million", "low", "z", "p"), "float64") | {"is_peak": "bool"}
MILLION = 1e6
TEXTS, WORDS = 4, 1000  # of a middling period, for the finest by default; of a peak its words
EMPTY = 3  # mean distances of two texts: a longer gap has a chance of .05 in an even stream
HELD, OUTLETS = 5, 2  # texts and outlets of a peak that hold the word
SHUFFLES, LEVEL = 999, 0.05


@verb
def overview(corpus: Texts, by: By | None = None) -> pd.DataFrame:
    """What is in the corpus? (*présentation du corpus*, *principales caractéristiques*)

    One row per part, in their natural order. Every printing counts, reprints too: reprints/texts is
    the share of copy that repeats an earlier text of this corpus.

    Parameters: corpus (or token table); by (columns of its documents that name the parts; else the
    whole is one part). Texts in no part are left out.
    Returns: part (several columns joined by " · ", "all" without by), texts, words, dated (texts
    with a date), first, last (the earliest and the latest date, no more precise than it is known,
    or missing), reprints (texts that repeat an earlier one); no row for an empty corpus.
    Raises: ValueError naming a column that is missing.

    >>> from helpers import open_corpus
    >>> overview(open_corpus(annotate=False))[["part", "texts", "words", "last"]].values.tolist()
    [['all', 1, 341, '2024-11']]
    """
    texts, part = corpus.documents, parts_of_texts(corpus, by)
    day, month, year = (dates.period(texts, name) for name in ("day", "month", "year"))
    rows = texts.assign(iso=day.fillna(month).fillna(year), reprint=_reprints(texts))
    out = rows[part.codes >= 0].groupby(part.codes[part.codes >= 0]).agg(**TOLD)
    out.insert(0, "part", pd.Series(labels(part.keys), dtype="str").reindex(out.index))
    return out.reset_index(drop=True).astype({"words": "int64", "reprints": "int64"})


@verb
def calendar(corpus: Texts, *, period: Period | None = None, by: By | None = None) -> pd.DataFrame:
    """When was how much printed? (*calendrier du corpus*, *répartition chronologique*)

    One row per part and period, from the first period of the corpus to its last: a period without
    texts has its row, since it is a gap and says nothing of the words. Texts whose date is missing
    or too coarse for the period stand in a last row of their part, whose period is missing. Every
    printing counts.

    A first or last period of a part is cut where it has more days before its first text (after its
    last) than three times the mean distance of two texts (in an even stream the chance of that is
    .05), or than half of the period.

    Parameters: corpus (or token table); period (else the finest whose median, of the periods with
    texts, has 4 texts and 1,000 words, for which at least half of the texts have a date; of fewer
    texts the coarsest of year, quarter and month that has three, else the month where there are
    two, else the year); by (columns of its documents that name the parts).
    Returns: part, period (as text, or missing), texts, words, reprints (texts that repeat an
    earlier one of the corpus), complete (False for a first or last period that is cut, missing
    where the period is).
    Raises: ValueError naming a column that is missing, or an unknown period.

    >>> from helpers import open_corpus
    >>> table = calendar(open_corpus(annotate=False), period="month")
    >>> table[["period", "texts", "words", "complete"]].values.tolist()
    [['2024-11', 1, 341, True]]
    """
    texts, part = corpus.documents, parts_of_texts(corpus, by)
    period = period or finest_period(texts[part.codes >= 0])
    cell, table = _cells(texts, part, period)
    held, dated = np.flatnonzero(cell >= 0), table["period"].notna()
    columns = {"texts": cell >= 0, "words": texts["n_words"], "reprints": _reprints(texts)}
    sums = pd.DataFrame(columns).groupby(cell).sum().reindex(table.index, fill_value=0)
    table = table.join(sums.astype("int64"))
    table["complete"] = dated.astype("boolean").where(dated)
    about = texts.assign(part=part.codes, cell=cell).iloc[held[dated.to_numpy()[cell[held]]]]
    table.loc[[*_incomplete(about, period)], "complete"] = False
    return table[_shown(table, table["texts"])].reset_index(drop=True)


@verb
def timeline(
    corpus: Texts, queries: Queries, *, period: Period | None = None, by: By | None = None
) -> pd.DataFrame:
    """How often is a word used over time? (*évolution chronologique*, *ventilation*)

    One row per query, part and period, of the texts without reprints (`Corpus.without_reprints`);
    periods as in `calendar`: one without texts is a gap, with NaN.

    per_million = 10⁶ f/w. Whole texts are drawn, not words: within the periods of the part that
    have n ≥ 2 texts, they vary d = max(1, Σ n/(n - 1) Σ (f_i - r w_i)² / Σ f) times as much as
    words would, r the rate of the period. The interval is Garwood's on f/d hits in w/d words,
    [χ²(.025; 2f/d)/2, χ²(.975; 2f/d + 2)/2] · d/w; its lower limit is 0 at f = 0. Beside it the
    share of the texts that have a hit, with Wilson's interval, which one text with many hits does
    not move.

    Parameters: corpus (or token table, which is taken as it is); queries (one as in `concordance`,
    a list of them, or a mapping from what is asked to the query); period, by (as in `calendar`).
    Returns: query (as it is written, or what is asked), part, period, f (hits), words, per_million,
    low, high (per million words; NaN below 10 hits or 5 texts with a hit in the part, and for texts
    in no period), n_docs (texts with a hit), texts, share, share_low, share_high.
    Raises: QueryError saying at which character what is expected; ValueError naming a column that
    is missing, or an unknown period.
    References: Rao & Scott (1992), Biometrics 48(2), 577-585, doi:10.2307/2532311; Rao & Scott
    (1999), Statistics in Medicine 18(11), 1373-1385; Garwood (1936), Biometrika 28(3-4), 437-442,
    doi:10.1093/biomet/28.3-4.437; Wilson (1927), JASA 22(158), 209-212,
    doi:10.1080/01621459.1927.10502953.

    >>> from helpers import open_corpus
    >>> table = timeline(open_corpus(annotate=False), "sécurité", period="month")
    >>> table[["period", "f", "words", "share"]].values.tolist()
    [['2024-11', 7, 341, 1.0]]
    """
    used = _used(corpus, queries, by, period)
    groups, kept = used.groups, np.flatnonzero(_shown(used.cells, used.groups.texts))
    words, texts = groups.words[:, None], groups.texts[:, None]
    columns = {"f": groups.f, "words": words, "per_million": MILLION * groups.f / _some(words)}
    columns |= {"low": MILLION * used.low, "high": MILLION * used.high}
    columns |= {"n_docs": groups.n_docs, "texts": texts, "share": groups.n_docs / _some(texts)}
    columns["share_low"], columns["share_high"] = wilson(groups.n_docs, texts)
    table = used.cells.take(np.tile(kept, len(used.names))).reset_index(drop=True)
    table.insert(0, "query", pd.Series(np.repeat(used.names, len(kept)), dtype="str"))
    for name, column in columns.items():
        table[name] = np.broadcast_to(column, groups.f.shape)[kept].T.ravel()
    return table.astype(dict.fromkeys(("f", "words", "n_docs", "texts"), "int64"))


@verb
def peaks(
    corpus: Texts,
    queries: Queries,
    *,
    period: Period | None = None,
    by: By | None = None,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """Is a word used most in one period, beyond chance? (*pic d'emploi*, *pic chronologique*)

    One row per query and part, of the texts without reprints: the period whose interval has the
    highest lower bound, among those with 1,000 words and 5 texts with a hit, of 2 outlets where the
    part has several. Where there is none, the period is missing and f is 0.

    z = (f - r w)/√(d r w), r the rate of the part and d as in `timeline`. p is the share of 999
    shufflings of whole texts among the periods, within outlets (and the texts as they are), in
    which the greatest z of any period with 1,000 words and 5 texts with a hit is as large: one test
    for all periods. What is no peak is "highest in", and no more.

    Parameters: corpus, queries, period, by (as in `timeline`); random_state (of the shufflings).
    Returns: query, part, period, f, n_docs (texts with a hit), per_million, low (per million
    words), z, p, is_peak (low exceeds the rate of all other periods together, and p ≤ .05).
    Raises: as `timeline`.
    References: Westfall & Young (1993), Resampling-Based Multiple Testing, Wiley.

    >>> from helpers import open_corpus
    >>> peaks(open_corpus(annotate=False), "sécurité")[["period", "f", "is_peak"]].values.tolist()
    [[nan, 0, False]]
    """
    used = _used(corpus, queries, by, period)
    names = used.cells["part"].unique()
    rows = [
        (query, part, *_highest(used, at, number, random_state))
        for at, query in enumerate(used.names)
        for number, part in enumerate(names)
    ]
    return pd.DataFrame(rows, columns=[*PEAKS]).astype(PEAKS)


class _Used(NamedTuple):
    """How often each query is used in each cell (a part and a period), and the band of it."""

    names: list[str]  # of the queries
    texts: pd.DataFrame  # the words, the outlet and the cell of each
    counts: Floats  # texts × queries
    cells: pd.DataFrame
    groups: Groups  # the cells
    d: Floats  # parts × queries
    low: Floats
    high: Floats


def _used(corpus: Corpus, queries: Queries, by: By | None, period: Period | None) -> _Used:
    """The queries in the texts that are no reprints."""
    from scipy.sparse import csr_array

    asked = queries if isinstance(queries, dict) else {query: query for query in listed(queries)}
    # As `without_reprints`, whose tokens would be copied to no purpose.
    documents = corpus.documents[~_reprints(corpus.documents)].reset_index(drop=True)
    corpus = replace(corpus, documents=documents)
    part = parts_of_texts(corpus, by)
    texts = pd.DataFrame({"words": documents["n_words"].astype("float64")})
    texts["outlet"] = pd.factorize(documents["outlet"], use_na_sentinel=False)[0]
    period = period or finest_period(documents[part.codes >= 0])
    texts["cell"], cells = _cells(documents, part, period)
    counts = np.zeros((len(texts), len(asked)))
    for at, query in enumerate(asked.values()):
        docs = corpus.tokens["doc"].iloc[find(corpus.tokens, query).rows].astype("str")
        counts[:, at] = docs.value_counts().reindex(documents["doc"], fill_value=0)
    words, cell = (texts[name].to_numpy() for name in ("words", "cell"))
    groups = grouped(csr_array(counts), words, cell, len(cells))
    # The texts in no period are apart, and have no band.
    undated = cells["period"].isna().to_numpy()
    pool = np.cumsum(undated) - undated
    d = clustering(groups, np.where(undated, len(part.keys) + pool, pool))
    low, high = band(groups, d, np.where(undated, len(part.keys) + pool, pool))
    low[undated] = high[undated] = np.nan
    return _Used([*asked], texts, counts, cells, groups, d, low, high)


def _highest(used: _Used, query: int, part: int, seed: int) -> tuple:
    """The row of `peaks` of one query and part, without their names."""
    undated = used.cells["period"].isna().to_numpy()
    own = np.flatnonzero((np.cumsum(undated) == part) & ~undated)
    f, n_docs, low = (of[own, query] for of in (used.groups.f, used.groups.n_docs, used.low))
    words = used.groups.words[own]
    texts = used.texts.assign(f=used.counts[:, query])[used.texts["cell"].isin(own)]
    held = texts[texts["f"] > 0].groupby("cell")["outlet"].nunique()
    outlets = held.reindex(own, fill_value=0).to_numpy()
    several = min(texts["outlet"].nunique(), OUTLETS)
    fit = np.flatnonzero(_large(words, n_docs) & (outlets >= several) & ~np.isnan(low))
    if not len(fit):
        return (None, 0, 0, *[np.nan] * 4, False)
    top = fit[low[fit].argmax()]
    z = _distance(f, words, f.sum() / words.sum())[top]
    greatest = _greatest(texts.assign(cell=texts["cell"] - own[0]), seed)
    p = (1 + np.count_nonzero(greatest >= z - TINY)) / (1 + SHUFFLES)
    others = (f.sum() - f[top]) / max(words.sum() - words[top], 1)
    name, rate = used.cells["period"].iloc[own[top]], MILLION * f[top] / words[top]
    known = (name, f[top], n_docs[top], rate, MILLION * low[top])
    return (*known, z / np.sqrt(used.d[part, query]), p, low[top] > others and p <= LEVEL)


def _greatest(texts: pd.DataFrame, seed: int) -> Floats:
    """The greatest distance of a large cell from the common rate, in each shuffling of texts."""
    cell, placed = texts["cell"].to_numpy(), texts.sort_values("outlet", kind="stable")
    f, words, n, found = placed["f"].to_numpy(), placed["words"].to_numpy(), cell.max() + 1, []
    for drawn in shuffles(texts["outlet"].to_numpy(), SHUFFLES, seed):
        place = (cell[drawn] + n * np.arange(len(drawn))[:, None]).ravel()
        in_cells = (
            np.bincount(place, np.tile(of, len(drawn)), n * len(drawn)) for of in (f, words, f > 0)
        )
        hits, size, n_docs = in_cells
        z = np.where(_large(size, n_docs), _distance(hits, size, f.sum() / words.sum()), -np.inf)
        found.append(z.reshape(-1, n).max(axis=1))
    return np.concatenate(found)


def _large(words: Floats, n_docs: Floats) -> Mask:
    """Mask of the periods that can be a peak."""
    return (words >= WORDS) & (n_docs >= HELD)


def _distance(f: Floats, words: Floats, rate: float) -> Floats:
    """How far is each count from what the rate makes of the words, in √ of that?"""
    expected = _some(rate * words)
    return (f - expected) / np.sqrt(expected)


def _some(counts: Floats) -> Floats:
    """The counts that are more than 0, the others NaN."""
    return np.where(counts > 0, counts, np.nan)


def _cells(documents: pd.DataFrame, part: Parts, kind: Period) -> tuple[Integers, pd.DataFrame]:
    """The cell of each text, -1 in none, and the part and period of each cell: those of the parts
    one after the other, at the end of each one for the texts in no period.
    """
    inside = part.codes >= 0
    own = dates.period(documents, kind).where(inside)
    start = documents.loc[own.notna(), "date_start"]
    days = pd.date_range(start.min(), start.max()) if len(start) else start
    days = pd.DataFrame({"date_start": days, "date_precision": "day"})
    periods = dates.period(days, kind).unique()
    place = pd.Index(periods).get_indexer(own) % (len(periods) + 1)  # -1 is the last
    names = labels(part.keys) if len(documents) else []
    cells = pd.DataFrame({"part": np.repeat(names, len(periods) + 1)})
    cells["period"] = [*periods, None] * len(names)
    return np.where(inside, part.codes * (len(periods) + 1) + place, -1), cells.astype("str")


def finest_period(documents: pd.DataFrame) -> Period:
    """The finest period whose median, of those that have texts, has 4 texts and 1,000 words, and
    for which at least half of the texts have a date that is precise enough; of fewer texts the
    coarsest of year, quarter and month that has three, else the month where there are two.
    """
    for kind in reversed(dates.PERIODS):
        own = dates.period(documents, kind)
        sizes = documents["n_words"].groupby(own).agg(["size", "sum"])
        if own.notna().mean() >= 0.5 and (sizes.median() >= [TEXTS, WORDS]).all():
            return kind
    few = {kind: dates.period(documents, kind).nunique() for kind in ("year", "quarter", "month")}
    return next((kind for kind in few if few[kind] > 2), "month" if few["month"] > 1 else "year")


def _shown(cells: pd.DataFrame, texts: Integers) -> Mask:
    """Mask of the cells that are shown: all periods, and where there are texts outside, those."""
    return cells["period"].notna().to_numpy() | (texts > 0)


def _reprints(documents: pd.DataFrame) -> Mask:
    """Mask of the texts that repeat an earlier one of this corpus."""
    return chain_of(documents).duplicated().to_numpy()


def _incomplete(dated: pd.DataFrame, kind: Period) -> Iterator[int]:
    """The cells of first and last periods that are cut, of the dated texts with part and cell."""
    letter = kind[0].upper()  # as pandas names the period
    for _, own in dated.groupby("part"):
        first, last = own["date_start"].min(), own["date_end"].max()
        usual = EMPTY * (own["date_start"].max() - first) / max(len(own) - 1, 1)
        begun, ended = first.to_period(letter), last.to_period(letter)
        if first - begun.start_time > min(usual, (begun.end_time - begun.start_time) / 2):
            yield own["cell"].min()
        if ended.end_time.normalize() - last > min(usual, (ended.end_time - ended.start_time) / 2):
            yield own["cell"].max()
