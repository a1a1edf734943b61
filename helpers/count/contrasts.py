"""What sets parts of a corpus apart? Specificities, and what chance makes of them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.distances import MOST_CELLS, By, Crossed, crossed
from helpers.count.hypergeometric import specificity, tails
from helpers.count.lexical_table import whole_texts
from helpers.count.parts import Unit, keep_apart, parts
from helpers.read.corpus import Corpus
from helpers.read.tables import Integers, need

Floats = NDArray[np.float64]

CHANCE = 2.0  # |S| worth a look: one-sided p of .01
HIGH = 0.95  # of the shufflings have no more cells than `high`
COMMON = 3  # occurrences from which a unit can be banal
# A month or a year is a part worth comparing with this many texts, on average, and these others.
FILLED, PERIODS = 5, 24


def parts_at_hand(corpus: Corpus) -> str:
    """Into which parts can this corpus be cut, to compare them? (*partition*)

    Months, or else years, if there are 2 to 24 with five texts each on average; else texts; the
    paragraphs of a single text.

    Returns: `month`, `year`, `doc` or `par`, a column of `corpus.with_metadata(corpus.tokens)`.

    >>> from helpers import open_corpus
    >>> parts_at_hand(open_corpus(annotate=False))
    'par'
    """
    dated = corpus.with_metadata(corpus.documents[["doc"]])
    for by in ("month", "year"):
        if 1 < dated[by].nunique() <= min(dated[by].count() / FILLED, PERIODS):
            return by
    return "doc" if len(dated) > 1 else "par"


def _counts(text: Crossed, part: Integers) -> Integers:
    """The counts, units × parts, where the words stand in these parts."""
    shape = (len(text.names), len(text.keys))
    if math.prod(shape) > MOST_CELLS:
        raise ValueError(f"{shape[0]:,} units in {shape[1]:,} parts: make larger parts with by")
    cells = np.bincount(text.unit * shape[1] + part, minlength=math.prod(shape))
    return cells.reshape(shape)


def _strengths(f: Integers, F: Integers, t: Integers) -> Floats:  # noqa: N803
    """The specificity of each cell (units × parts), computed once for all cells that are alike."""
    distinct, place = np.unique(F, return_inverse=True)
    most = f.max(initial=0) + 1
    cells = (place[:, None] * len(t) + np.arange(len(t))) * most + f
    alike, keys = pd.factorize(cells.ravel())
    margins, once = np.divmod(keys, most)
    row, part = np.divmod(margins, max(len(t), 1))
    return specificity(once, distinct[row], t[part], t.sum())[alike].reshape(f.shape)


def specificities(
    tokens: pd.DataFrame, by: By, *, unit: Unit = "type", min_freq: int = 1
) -> pd.DataFrame:
    """Which units are over- or under-used in a part of the corpus? (*spécificités*, Lafon 1980)

    One row per unit and part, also where the unit does not occur in the part; the strongest first,
    whatever the sign.

    T words in the corpus, t in the part; F occurrences of the unit in the corpus, f in the part; X
    ~ Hypergeometric(T, F, t). specificity = +|log10 P(X ≥ f)| if f ≥ F·t/T (compared as integers),
    else -|log10 P(X ≤ f)|; always finite. |S| ≥ 2 is one-sided p ≤ .01 in the direction that the
    data chose, for one unit in one part, words taken as independent draws: see `shuffled` for how
    many cells chance gives, `attainable` for what a unit could reach at all.

    Parameters: tokens (token table with kind, unit and by); by (columns that name the parts); unit;
    min_freq (occurrences in the corpus; rarer units have no row, but are words of T and t).
    Words in no part are left out.
    Returns: the unit, the columns of `by`, f, F, t, T (counts), expected (= F·t/T), specificity
    (orders of magnitude), banal (F ≥ 3 and |S| < 2 in every part: *forme banale*).
    Raises: TooLittleText with one part; ValueError for more than 50 million cells, an unknown unit,
    or naming a column that is missing.
    Equals R textometry's `specificities` to its 4 decimals (tests/reference/specif_*.csv).
    References: Lafon (1980), Mots 1, 127-165, doi:10.3406/mots.1980.1008.

    >>> from helpers import open_corpus
    >>> table = specificities(open_corpus(annotate=False).tokens, "par")
    >>> table.head(1)[["type", "par", "f", "F", "specificity"]].round(2).values.tolist()
    [["d'", 4, 5, 8, 2.45]]
    """
    keep_apart(by, unit, "f", "F", "t", "T", "expected", "specificity", "banal")
    text = crossed(tokens, by, unit, "specificities")
    f = _counts(text, text.part)
    t, F = f.sum(axis=0), f.sum(axis=1)  # noqa: N806
    kept = np.flatnonzero(min_freq <= F)
    f, F = f[kept], F[kept]  # noqa: N806
    strength = _strengths(f, F, t)
    banal = (F >= COMMON) & (np.abs(strength) < CHANCE).all(axis=1)
    # Cells that mirror each other differ in their last digits, which must not order them.
    order = np.argsort(-np.abs(strength).round(9).ravel(), kind="stable")
    row, part = np.divmod(order, max(len(t), 1))
    table = text.keys.take(part).reset_index(drop=True)
    table.insert(0, unit, text.names[kept[row]])
    table = table.assign(f=f[row, part], F=F[row], t=t[part], T=np.full(len(row), t.sum()))
    table["expected"] = table["F"] * table["t"] / table["T"]
    return table.assign(specificity=strength[row, part], banal=banal[row])


def attainable(table: pd.DataFrame) -> pd.DataFrame:
    """How specific could a word of F occurrences be at all? (*spécificité maximale*)

    One row per F and part: F from 1 to 100 (or to the most frequent unit of the table), and every
    other frequency of the table.

    Parameters: table (of `specificities`, or rows of one).
    Returns: F, the columns of the parts, t, T, most (the specificity with all F occurrences in the
    part, or as many as it has words).
    Raises: ValueError naming a column that is missing.

    >>> from helpers import open_corpus
    >>> table = attainable(specificities(open_corpus(annotate=False).tokens, "par"))
    >>> table.loc[table["most"] >= 2, ["F", "par"]].head(1).values.tolist()
    [[3, 1]]
    """
    need(table, "f", "F", "t", "T")
    keys = list(table.columns[1 : table.columns.get_loc("f")])
    sizes = table[[*keys, "t", "T"]].drop_duplicates(keys).sort_values(keys, kind="stable")
    f = np.arange(1, min(table["F"].max(), 100) + 1) if len(table) else np.zeros(0, np.int64)
    out = pd.DataFrame({"F": np.union1d(f, table["F"].astype(np.int64))}).merge(sizes, how="cross")
    most = specificity(np.minimum(out["F"], out["t"]), out["F"], out["t"], out["T"])
    return out.assign(most=most)


def shuffled(
    tokens: pd.DataFrame,
    by: By,
    *,
    unit: Unit = "type",
    min_freq: int = 1,
    n: int = 200,
    random_state: int = 0,
) -> pd.DataFrame:
    """How many specificities does chance give? (*spécificités d'un corpus mélangé*)

    Two rows: one for words shuffled among the parts, one for texts. A text that is shuffled keeps
    its words together, as texts do; a part keeps its number of texts. Where each text lies in one
    part, what is observed is to be compared with texts. Texts that are cut into parts, such as
    paragraphs, have no such row: only words are shuffled, as if they were drawn one by one.

    Parameters: tokens, by, unit, min_freq (as in `specificities`); n (shufflings); random_state.
    Returns: shuffled ("words", "texts"), cells (units × parts), observed (cells with |S| ≥ 2),
    mean (of such cells in a shuffling; for words exact, Σ P(|S| ≥ 2)), high (of such cells: 95%
    of the shufflings have no more; cells depend on each other, so that no formula gives it),
    at_least_one (share of the shufflings that have one). The row of texts is NaN where a text is in
    several parts.
    Raises: as `specificities`, and TooLittleText where each text lies in one part and fewer than
    two parts have two.

    >>> from helpers import open_corpus
    >>> table = shuffled(open_corpus(annotate=False).tokens, "par", min_freq=2)
    >>> table.loc[0, ["cells", "observed", "mean"]].astype(float).round(2).tolist()
    [270.0, 1.0, 0.57]
    """
    text = crossed(tokens, by, unit, "shuffled")
    doc, part_of = _nested(text)
    rng = np.random.default_rng(random_state)
    rows = []
    for name, labels, place in (("words", text.part, slice(None)), ("texts", part_of, doc)):
        mixed = (rng.permutation(labels)[place] for _ in range(n if len(labels) else 0))
        found = pd.Series([_beyond(text, part, min_freq) for part in mixed], dtype="float64")
        high = found.quantile(HIGH, interpolation="higher")
        rows.append((name, found.mean(), high, (found > 0).mean() if len(found) else np.nan))
    table = pd.DataFrame(rows, columns=["shuffled", "mean", "high", "at_least_one"])
    F = np.bincount(text.unit)  # noqa: N806
    table.loc[0, "mean"] = _expected(F[min_freq <= F], np.bincount(text.part))
    table.insert(1, "cells", np.count_nonzero(min_freq <= F) * len(text.keys))
    table.insert(2, "observed", _beyond(text, text.part, min_freq))
    return table


def _beyond(text: Crossed, part: Integers, min_freq: int) -> int:
    """How many cells have |S| ≥ 2, where the words stand in these parts?"""
    f = _counts(text, part)
    F = f.sum(axis=1)  # noqa: N806
    kept = min_freq <= F
    return np.count_nonzero(np.abs(_strengths(f[kept], F[kept], f.sum(axis=0))) >= CHANCE)


def _nested(text: Crossed) -> tuple[Integers, Integers]:
    """The text of each word and the part of each text; none if a text lies in several.

    Raises: TooLittleText where texts lie whole in their parts and fewer than two parts have two.
    """
    if "doc" not in text.words:
        return text.part, text.part[:0]
    doc = parts(text.words, "doc").codes
    return doc, whole_texts(doc, text.part, "shuffled")


def _expected(F: Integers, t: Integers) -> float:  # noqa: N803
    """Σ P(|S| ≥ 2) over all cells: what is too rare in a part is too frequent in the rest."""
    distinct, units = np.unique(F, return_counts=True)
    total = max(int(t.sum()), 1)
    chances = [_chance(distinct[:, None], size, total).sum(axis=1) for size in (t, total - t)]
    return float(units @ sum(chances))


def _chance(F: Integers, t: Integers, T: int) -> Floats:  # noqa: N803
    """P(S ≥ 2) in a part of t words: the tail from the least f that reaches it, by bisection."""
    F, t = np.broadcast_arrays(F, t)  # noqa: N806
    most = np.minimum(F, t)
    low, high = F * t // T, most + 1
    while (unsure := low < high).any():
        middle = np.minimum((low + high) // 2, most)
        reached = tails(middle, F, t, T).upper <= -CHANCE
        high = np.where(unsure & reached, middle, high)
        low = np.where(unsure & ~reached, middle + 1, low)
    return np.where(low <= most, 10 ** tails(np.minimum(low, most), F, t, T).upper, 0.0)
