"""Which worlds of vocabulary does a corpus hold? Reinert's descending classification of segments,
the profile of its classes, and what shuffled words would give.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from helpers.count.division import VARIANTS, Variant
from helpers.count.factors import enough
from helpers.count.hypergeometric import g2
from helpers.count.lexical_table import as_sparse, keys_of, members, shuffled
from helpers.count.parts import By, Sparse, TooLittleText, keep_apart, parts
from helpers.count.verbs import verb
from helpers.read.checks import From0, From1, From2
from helpers.read.tables import Integers, counted, need

Rule = Literal["best_move", "iramuteq"]

MEASURE = "Reinert's classification"  # as messages name it
MIN_SPLIT = 5  # segments that a class must have to be divided
SPLITS = {"k": "int64", "chi2": "float64", "size_left": "int64", "size_right": "int64"}
SPLITS |= {"class": "int64"}


class Classification(NamedTuple):
    """Segments with their classes, the divisions that made them, and the units of each class."""

    classes: pd.DataFrame
    splits: pd.DataFrame
    profile: pd.DataFrame


class _Tree(NamedTuple):
    """The segments of each class and the class that it comes from, by their labels (the root is 1,
    division i makes 2i and 2i + 1); those that stand side by side after each division; and the
    divisions as rows of the table.
    """

    rows: dict[int, Integers]
    mothers: dict[int, int]
    levels: list[list[int]]
    splits: list[tuple[int, float, int, int, int]]


@verb
def reinert(
    table: pd.DataFrame,
    *,
    k: From2 = 10,
    min_split: From1 = MIN_SPLIT,
    variant: Rule = "best_move",
    min_segments: From0 = 0,
) -> Classification:
    """Which worlds of vocabulary does the corpus hold? (*classification descendante hiérarchique*,
    CDH, *méthode Reinert*, ALCESTE)

    The segments, as 0/1 rows of the units that they hold, are divided in two; then the largest
    class is, the first of equal ones, until there are k classes, or the largest has fewer than
    `min_split` segments, or fewer than 3 segments or 3 units that describe it, or its segments are
    all alike.
    A division cuts the segments, in the order of the first axis of their correspondence analysis,
    where χ² of the 2 × units table is largest, and then moves segments:
    "best_move": as long as χ² rises, the one segment that raises it most. A unit whose coefficient
    of contingency C = √(χ²/(χ² + f)) is above .3 goes on only where it is over-represented; none
    goes on where it occurs fewer than 3 times.
    "iramuteq": in the order of the corpus each segment that raises χ², again and again, if both
    halves have 5. A unit leaves the half where it is under-represented if χ² of its presence is
    above 1.9 (1 + larger/smaller half), or if that half lacks it, unless the other has it
    throughout; units with at most 3 occurrences in a class, the whole aside, have no say in it.
    A segment without any unit that describes its class is unclassified when that class is divided.

    Parameters: table (counts, segments × units, as `contingency` makes it; they are made 0/1); k
    (classes at most), min_split (segments), variant; min_segments (fewer are not classified: below
    a hundred a class rests on a handful of sentences, and is found all the same).
    Returns: classes: for every k from 2 the keys of each segment, k, class (1 to k as they stand
    side by side in the tree, 0 unclassified), and with "iramuteq" final (classes that have fewer
    than n/k of the n segments are 0; where this leaves none of their mother's, and she has as many
    and is not the root, they are one class); splits: k, chi2, size_left, size_right (segments),
    class (at k - 1, the one that was divided into itself and the next); profile (*profil de
    classe*): one row per k, class and unit that a classified segment holds, the most typical first,
    ties alphabetical: k, class, the unit, chi2 = N (ad - bc)²/((a + b)(c + d)(a + c)(b + d)) of the
    N classified segments, in the class or not, with the unit or not, without correction, negative
    where the unit is under-represented (the classes were made from the same units: it puts them in
    order and tests nothing), g2 (four-cell G² of its occurrences, negative where they are fewer
    than expected), n_in (segments of the class that hold it), n_total (classified segments that
    do); NaN for a unit that all of them hold and for a class that has them all.
    Raises: TooLittleText with fewer than 3 segments or 3 units, or than min_segments; ValueError
    for k below 2, an unknown variant, a value that is no count.
    Its time grows a little faster than the segments (tests/RESULTS.md): an axis and a cut are
    passes over the table; of its moves one in 32 weighs all segments again, the others those that
    are near to one.
    Equals rainette with the index of its moves corrected (tests/reference/rainette_*.csv) and
    IRaMuTeQ (tests/reference/iramuteq_*.csv), the profile too. It always finds classes: see
    `shuffled_splits`.
    References: Reinert (1983), Cahiers de l'analyse des données 8(2), 187-198, and (1990),
    doi:10.1177/075910639002600103.

    >>> from helpers import open_corpus
    >>> from helpers.count.lexical_table import contingency
    >>> table = contingency(open_corpus(annotate=False).tokens, ["doc", "sent"])
    >>> found = reinert(table, k=2)
    >>> found.classes["class"].tolist(), found.splits["chi2"].round(1).tolist()
    ([1, 1, 1, 1, 1, 2], [169.3])
    """
    if len(table) < min_segments:
        has = counted(len(table), "segment")
        raise TooLittleText("A classification", needs=f"{min_segments} segments", has=has)
    keep_apart(list(table.index.names), "k", "class", "final")
    counts = as_sparse(table)
    enough(counts, MEASURE)
    tree = _grow(counts.sign(), k, min_split, VARIANTS[variant])
    labels = {len(level): _labels(tree, level, len(table)) for level in tree.levels}
    places = np.tile(np.arange(len(table)), len(labels))
    classes = keys_of(table.index).take(places).reset_index(drop=True)
    classes["k"] = np.repeat(np.array(list(labels), np.int64), len(table))
    classes["class"] = np.array([*labels.values()], np.int64).ravel()
    if variant == "iramuteq":
        final = [_final(tree, level, len(table)) for level in tree.levels]
        classes["final"] = np.array(final, np.int64).ravel()
    splits = pd.DataFrame(tree.splits, columns=list(SPLITS)).astype(SPLITS)
    return Classification(classes, splits, profiles(counts, labels, table.columns))


def _grow(table: Sparse, k: int, min_split: int, variant: Variant) -> _Tree:
    """Divide the largest class, until there are k, or it cannot be divided."""
    rows, units = np.arange(table.shape[0]), {1: np.arange(table.shape[1])}
    tree, level = _Tree({1: rows}, {1: 0}, [], []), [1]
    for i in range(1, k):
        sizes = [(-len(tree.rows[one]), variant.first(at, one)) for at, one in enumerate(level)]
        at = sizes.index(min(sizes))
        mother, rare = level[at], variant.rare if i > 1 else 0
        part, rows, described = _described(table, tree.rows[mother], units[mother], rare)
        alike = part.nnz == np.prod(part.shape)  # every segment holds every unit
        if len(tree.rows[mother]) < min_split or min(part.shape) < 3 or alike:
            break
        division = variant.divide(part)
        half = division.half if division.half[0] else ~division.half
        kept = variant.units(part, half)
        for label, side, of in zip((2 * i, 2 * i + 1), (half, ~half), kept, strict=True):
            tree.rows[label], tree.mothers[label] = rows[side], mother
            units[label] = described[of]
        level = [*level[:at], 2 * i, 2 * i + 1, *level[at + 1 :]]
        tree.levels.append(level)
        tree.splits.append((i + 1, division.chi2(), half.sum(), (~half).sum(), at + 1))
    return tree


def _described(
    table: Sparse, rows: Integers, units: Integers, rare: int
) -> tuple[Sparse, Integers, Integers]:
    """The table of a class: its units with more than so many occurrences, the segments that hold
    one.
    """
    among = np.bincount(rows, minlength=table.shape[0]) @ table
    units = units[among[units] > rare]
    held = table @ np.bincount(units, minlength=table.shape[1])
    rows = rows[held[rows] > 0]
    return table[rows][:, units], rows, units


def _labels(tree: _Tree, level: list[int], n: int) -> Integers:
    """The class of each segment, numbered as the classes stand side by side."""
    labels = np.zeros(n, np.int64)
    for place, label in enumerate(level, 1):
        labels[tree.rows[label]] = place
    return labels


def _final(tree: _Tree, level: list[int], n: int) -> Integers:
    """IRaMuTeQ's last step: small classes are unclassified, or one class again."""
    rows, least = tree.rows, n / len(level)
    kept = [label for label in level if len(rows[label]) >= least]
    for label in sorted(level):
        mother = tree.mothers[label]
        small = mother != 1 and set(kept).isdisjoint(_line(tree, label))
        hers = any(mother in _line(tree, other) for other in kept)
        if small and len(rows[mother]) >= least and not hers:
            kept.append(mother)
    classes = [x for label in level for x in _line(tree, label) if x in kept]
    return _labels(tree, list(dict.fromkeys(classes)), n)


def _line(tree: _Tree, label: int) -> list[int]:
    """A class and those it comes from, the root aside."""
    return [label, *_line(tree, tree.mothers[label])] if label > 1 else []


@verb
def shuffled_splits(
    table: pd.DataFrame,
    *,
    k: From2 = 10,
    variant: Rule = "best_move",
    shuffles: From1 = 20,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """How strong are the divisions of segments without any worlds? (*segments brassés*)

    One row per division. The occurrences of the table fall into its segments in any order, each
    segment and each unit keeping its sum, and are classified. A division that is no stronger than
    these divides chance.

    Parameters: table, k and variant as in `reinert`; shuffles (tables drawn); random_state (seed of
    the drawing).
    Returns: k, chi2 (as in the splits of `reinert`), low, median, high (χ² of the division that
    makes k classes of the shuffled tables; NaN where none of them goes so far).
    Raises: as `reinert`.
    References: Reinert (1990), doi:10.1177/075910639002600103, for the classification.

    >>> from helpers import open_corpus
    >>> from helpers.count.lexical_table import contingency
    >>> table = contingency(open_corpus(annotate=False).tokens, ["doc", "sent"])
    >>> shuffled_splits(table, k=2)[["chi2", "median"]].round(0).values.tolist()
    [[169.0, 165.0]]
    """
    counts, rng = as_sparse(table), np.random.default_rng(random_state)
    enough(counts, MEASURE)
    tables = [counts, *(shuffled(counts, rng) for _ in range(shuffles))]
    k = min(k, max(len(table), 2))  # no more classes than segments
    chi2 = np.full((len(tables), k - 1), np.nan)
    for each, row in zip(tables, chi2, strict=True):
        splits = _grow(each.sign(), k, MIN_SPLIT, VARIANTS[variant]).splits
        row[: len(splits)] = [split[1] for split in splits]
    drawn = pd.DataFrame(chi2[1:])
    out = {"k": np.arange(2, k + 1), "chi2": chi2[0]}
    out |= {"low": drawn.min(), "median": drawn.median(), "high": drawn.max()}
    return pd.DataFrame(out)[np.isfinite(chi2[0])]


def profiles(counts: Sparse, labels: Mapping[int, Integers], units: pd.Index) -> pd.DataFrame:
    """The profiles of the classes of each number of classes, one below the other."""
    none = {0: np.zeros(counts.shape[0], np.int64)}
    alphabet = units.to_numpy(object).argsort(kind="stable").argsort()
    out = pd.concat([profile(counts, of).assign(k=k) for k, of in (labels or none).items()])
    out = out[out["n_total"] > 0]
    order = np.lexsort((alphabet[out["unit"]], -out["chi2"], out["class"], out["k"]))
    out = out.iloc[order].reset_index(drop=True)
    out["unit"] = units.take(out["unit"])
    out = out[["k", "class", "unit", "chi2", "g2", "n_in", "n_total"]]
    return out.rename(columns={"unit": units.name or "unit"})


def profile(counts: Sparse, labels: Integers) -> pd.DataFrame:
    """One row per class and column of a table, in that order."""
    member = (labels[:, None] == np.arange(1, labels.max(initial=0) + 1)).astype(float)
    n_in, f = counts.sign().T @ member, (counts.T @ member).astype(np.int64)
    n_total, size, n = n_in.sum(axis=1, keepdims=True), member.sum(axis=0), member.sum()
    apart = n_in * n - n_total * size
    margins = n_total * (n - n_total) * size * (n - size)
    chi2 = n * apart * np.abs(apart) / np.where(margins > 0, margins, np.nan)
    F, t = f.sum(axis=1, keepdims=True), f.sum(axis=0)  # noqa: N806
    signed = np.where(f * t.sum() >= F * t, 1, -1) * g2(f, F, t, t.sum())
    unit, at = np.indices(n_in.shape)
    columns = {"class": at + 1, "unit": unit, "chi2": chi2, "g2": signed}
    columns |= {"n_in": n_in.astype(np.int64), "n_total": (n_total + 0 * n_in).astype(np.int64)}
    return pd.DataFrame({name: values.T.ravel() for name, values in columns.items()})


def level(classes: pd.DataFrame, k: int | None) -> pd.DataFrame:
    """The rows for k classes; without `k`, for as many as there are."""
    need(classes, "k", "class")
    found = classes[classes["k"] == (classes["k"].max() if k is None else k)]
    if k is not None and found.empty:
        known = sorted(classes["k"].unique().tolist())
        raise ValueError(f"k is {k!r}; there are classes for k = {known}")
    return found


@verb
def class_table(classes: pd.DataFrame, by: By, *, k: int | None = None) -> pd.DataFrame:
    """Which texts, months, sources does each class come from? (*variables illustratives*)

    One row per part and class, parts in their natural order. χ² as in the profile of `reinert`, of
    the classified segments in the class or not, of the part or not. Segments of a text are no
    independent draws: χ² puts the cells in order and tests nothing.

    Parameters: classes (as `reinert` returns them, or with the columns that
    `corpus.with_metadata(classes)` adds); by (columns that name the parts); k (number of classes,
    else the largest).
    Returns: the columns of `by`, class, chi2 (signed), n_in (segments of the part in the class),
    n_total (its classified segments).
    Raises: ValueError naming a column that is missing, or a k for which there are no classes.
    References: Reinert (1990), doi:10.1177/075910639002600103.

    >>> years = ["2023", "2023", "2023", "2024", "2024", "2024"]
    >>> classes = pd.DataFrame({"year": years, "k": 2, "class": [1, 1, 2, 2, 2, 0]})
    >>> class_table(classes, "year")["chi2"].round(2).tolist()
    [2.22, -2.22, -2.22, 2.22]
    """
    found = level(classes, k)
    part = parts(found, by)
    each = members(part.codes, len(part.keys)).T
    out = profile(each, found["class"].to_numpy(np.int64))
    out = out.sort_values(["unit", "class"], kind="stable", ignore_index=True)
    keys = part.keys.take(out["unit"]).reset_index(drop=True)
    return keys.join(out[["class", "chi2", "n_in", "n_total"]])
