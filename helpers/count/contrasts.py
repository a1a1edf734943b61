"""What sets parts of a corpus apart? Specificities, and what chance makes of them."""

import math
from typing import Literal

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.hypergeometric import specificity, tails
from helpers.count.lexical_table import crossed, whole_texts
from helpers.count.parts import CHANCE, By, Floats, Only, Sparse, TooLittleText, Unit, keep_apart
from helpers.count.verbs import Tokens, verb
from helpers.count.vocabulary import Text, text_of
from helpers.read.checks import From0, From1
from helpers.read.tables import Integers, need

Distance = Literal["labbe", "jaccard", "cosine"]

MOST_CELLS = 50_000_000  # of a table of all units and parts, or all pairs of parts: gigabytes
HIGH = 0.95  # of the shufflings have no more cells than `high`
LEAST, RATIO = 1000, 8  # words of a part, and how many times those of another (Labbé 2001)
COMMON = 3  # occurrences from which a unit can be banal


def _crossed(tokens: pd.DataFrame, by: By, unit: Unit, measure: str, only: Only = "words") -> Text:
    """The words as units in parts.

    Raises: TooLittleText that names the measure, with one part.
    """
    text = text_of(parts.words(tokens, only), unit, by)
    if len(text.keys) == 1:
        raise TooLittleText(measure, needs="two parts", has="1 part", most="0")
    return text


def _cells(text: Text, part: Integers, min_freq: int) -> tuple[Integers, Integers, Floats]:
    """The units that are frequent enough, their counts (units × parts) where the words stand in
    these parts, and the specificity of each cell.
    """
    shape = (len(text.names), len(text.keys))
    if math.prod(shape) > MOST_CELLS:
        raise ValueError(f"{shape[0]:,} units in {shape[1]:,} parts: make larger parts with by")
    f = np.bincount(text.unit * shape[1] + part, minlength=math.prod(shape)).reshape(shape)
    kept = np.flatnonzero(f.sum(axis=1) >= min_freq)
    return kept, f[kept], _strengths(f[kept], f[kept].sum(axis=1), f.sum(axis=0))


def _strengths(f: Integers, F: Integers, t: Integers) -> Floats:  # noqa: N803
    """The specificity of each cell (units × parts), computed once for all cells that are alike."""
    cells = pd.DataFrame({"f": f.ravel(), "F": F.repeat(len(t)), "t": np.tile(t, len(F))})
    alike = cells.groupby([*cells], sort=False)
    once = alike.head(1)
    strength = specificity(once["f"], once["F"], once["t"], t.sum())
    return strength[alike.ngroup()].reshape(f.shape)


@verb
def specificities(
    tokens: Tokens, by: By, *, unit: Unit = "type", only: Only = "words", min_freq: From1 = 1
) -> pd.DataFrame:
    """Which units are over- or under-used in a part of the corpus? (*spécificités*, Lafon 1980)

    One row per unit and part, also where the unit does not occur in the part; the strongest first,
    whatever the sign.

    T words in the corpus, t in the part; F occurrences of the unit in the corpus, f in the part; X
    ~ Hypergeometric(T, F, t). specificity = +|log10 P(X ≥ f)| if f ≥ F·t/T (compared as integers),
    else -|log10 P(X ≤ f)|; always finite. |S| ≥ 2 is one-sided p ≤ .01 in the direction that the
    data chose, for one unit in one part, words taken as independent draws: see `shuffled` for how
    many cells chance gives, `attainable` for what a unit could reach at all.

    Parameters: tokens (corpus, or token table with kind, unit and by); by (columns that name the
    parts; else `Corpus.parts`); unit, only; min_freq (occurrences in the corpus; rarer units have
    no row, but are words of T and t). Words in no part are left out.
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
    text = _crossed(tokens, by, unit, "specificities", only)
    kept, f, strength = _cells(text, text.part, min_freq)
    t, F = np.bincount(text.part, minlength=f.shape[1]), f.sum(axis=1)  # noqa: N806
    banal = (F >= COMMON) & (np.abs(strength) < CHANCE).all(axis=1)
    # Cells that mirror each other differ in their last digits, which must not order them.
    order = np.argsort(-np.abs(strength).round(9).ravel(), kind="stable")
    row, part = np.divmod(order, max(len(t), 1))
    table = text.keys.take(part).reset_index(drop=True)
    table.insert(0, unit, text.names[kept[row]])
    table = table.assign(f=f[row, part], F=F[row], t=t[part], T=np.full(len(row), t.sum()))
    table["expected"] = table["F"] * table["t"] / table["T"]
    return table.assign(specificity=strength[row, part], banal=banal[row])


@verb
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


@verb
def shuffled(
    tokens: Tokens,
    by: By,
    *,
    unit: Unit = "type",
    only: Only = "words",
    min_freq: From1 = 1,
    n: From0 = 200,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """How many specificities does chance give? (*spécificités d'un corpus mélangé*)

    Two rows: one for words shuffled among the parts, one for texts. A text that is shuffled keeps
    its words together, as texts do; a part keeps its number of texts. Where each text lies in one
    part, what is observed is to be compared with texts. Texts that are cut into parts, such as
    paragraphs, have no such row: only words are shuffled, as if they were drawn one by one.

    Parameters: tokens, by, unit, only, min_freq (as in `specificities`); n (shufflings);
    random_state.
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
    text = _crossed(tokens, by, unit, "shuffled", only)
    doc, part_of = text.part, text.part[:0]
    if "doc" in text.words:
        doc = parts.parts(text.words, "doc").codes
        part_of = whole_texts(doc, text.part, "shuffled")
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


def _beyond(text: Text, part: Integers, min_freq: int) -> int:
    """How many cells have |S| ≥ 2, where the words stand in these parts?"""
    return np.count_nonzero(np.abs(_cells(text, part, min_freq)[-1]) >= CHANCE)


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


@verb
def distance(
    tokens: Tokens, by: By, *, unit: Unit = "type", measure: Distance = "labbe"
) -> pd.DataFrame:
    """Which parts have their vocabulary in common? (*distance intertextuelle*, *connexion*)

    One row per pair of parts, the closest first, ties in the order of the parts.

    labbe, as IRaMuTeQ codes it: a is the smaller part, E_i = b_i·N_a/N_b what the larger would have
    at its size; Σ |a_i - E_i| over the units of a, and those of b alone with E_i ≥ 1, over N_a + Σ
    E_i of all with E_i ≥ 1. On lemmas it is Labbé's distance, and NaN where he makes none: a part
    has fewer than a thousand words, or the larger more than eight times those of the smaller. On
    types and forms it is the index of IRaMuTeQ at any length, which among short parts is one of
    length as much as of vocabulary. jaccard: 1 - |A ∩ B|/|A ∪ B|, of units that occur. cosine: 1 -
    the cosine of the frequencies.

    Parameters: tokens (corpus, or token table with kind, unit and by); by (columns that name the
    parts; else `Corpus.parts`); unit; measure ("labbe", "jaccard" or "cosine").
    Returns: a, b (parts, a the earlier; of several columns the values joined by " · "), distance (0
    the same frequencies, or units, to 1 nothing in common; NaN as said, these last).
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
    text = _crossed(tokens, by, unit, "distance")
    n = len(text.keys)
    if n**2 > MOST_CELLS:
        raise ValueError(f"{n:,} parts have too many pairs: make larger parts with by")
    counts = crossed(text.part, text.unit, (n, len(text.names))).astype(np.float64)
    a, b = np.triu_indices(n, 1)
    one = len(text.keys.columns) == 1
    names = text.keys.iloc[:, 0] if one else pd.Series(parts.labels(text.keys), dtype="str")
    sides = {side: names.take(of).reset_index(drop=True) for side, of in (("a", a), ("b", b))}
    table = pd.DataFrame({**sides, "distance": _DISTANCES[measure](counts)[a, b]})
    if measure == "labbe" and unit == "lemma":
        smaller, larger = np.sort(counts.sum(axis=1)[[a, b]], axis=0)
        table.loc[(smaller < LEAST) | (larger > RATIO * smaller), "distance"] = np.nan
    order = np.argsort(table["distance"].round(9), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _labbe(counts: Sparse) -> Floats:
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


def _jaccard(counts: Sparse) -> Floats:
    held = (counts > 0).astype(float)
    common, types = (held @ held.T).toarray(), held.sum(axis=1)
    return 1 - common / (types[:, None] + types - common)


def _cosine(counts: Sparse) -> Floats:
    length = np.sqrt(counts.power(2).sum(axis=1))
    return np.clip(1 - (counts @ counts.T).toarray() / np.outer(length, length), 0, 1)


_DISTANCES = {"labbe": _labbe, "jaccard": _jaccard, "cosine": _cosine}
