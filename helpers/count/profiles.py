"""What is typical of a class: its units, its segments, the texts that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.count.hypergeometric import g2
from helpers.count.lexical_table import By, as_sparse, counts_of, keys_of
from helpers.count.parts import Unit, parts
from helpers.read.tables import Integers, need

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class Classification(NamedTuple):
    """Segments with their classes, the divisions that made them, and the units of each class."""

    classes: pd.DataFrame
    splits: pd.DataFrame
    profile: pd.DataFrame


def class_profile(classes: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Which units are over- and under-represented in each class? (*profil de classe*)

    One row per number of classes, class and unit that a classified segment holds, the most typical
    first, ties alphabetical.

    chi2 = N (ad - bc)²/((a + b)(c + d)(a + c)(b + d)) of the N classified segments, in the class or
    not, with the unit or not; no correction; negative where the unit is under-represented. The
    classes were made from the same units: χ² puts them in order and tests nothing.

    Parameters: classes (keys of the segments, k, class, as `reinert` returns them); table (counts
    of any units in the same segments).
    Returns: k, class, the unit, chi2, g2 (four-cell G² of its occurrences, negative where they are
    fewer than expected), n_in (segments of the class that hold it), n_total (classified segments
    that do). NaN for a unit that all of them hold and for a class that has them all.
    Raises: ValueError naming a column that is missing, or a value that is no count.
    Equals rainette and IRaMuTeQ (tests/reference/rainette_synthseg_df5_fixed_stats_k4.csv,
    iramuteq_synthseg_df5_nbt5_profile.csv).
    References: Reinert (1990), doi:10.1177/075910639002600103.

    >>> from helpers import open_corpus
    >>> from helpers.count.lexical_table import contingency
    >>> table = contingency(open_corpus(annotate=False).tokens, "par")
    >>> classes = pd.DataFrame({"par": range(1, 7), "k": 2, "class": [1, 1, 2, 2, 2, 2]})
    >>> class_profile(classes, table)[["class", "type", "chi2"]].head(2).values.tolist()
    [[1, 'a', 6.0], [1, "d'", 3.0]]
    """
    keys = keys_of(table.index)
    need(classes, *keys, "k", "class")
    labels = {
        k: keys.merge(found, "left", list(keys))["class"].fillna(0).to_numpy(np.int64)
        for k, found in classes.groupby("k")
    }
    return profiles(as_sparse(table), labels, table.columns)


def profiles(counts: csr_array, labels: Mapping[int, Integers], units: pd.Index) -> pd.DataFrame:
    """The profiles of the classes of each number of classes, one below the other."""
    none = {0: np.zeros(counts.shape[0], np.int64)}
    alphabet = np.empty(len(units), np.int64)
    alphabet[np.argsort(units.to_numpy(object), kind="stable")] = np.arange(len(units))
    tables = []
    for k, of in (labels or none).items():
        found = _profile(counts, of)
        found = found[found["n_total"] > 0]
        order = np.lexsort((alphabet[found["unit"]], -found["chi2"], found["class"]))
        tables.append(found.iloc[order].assign(k=np.full(len(found), k)))
    out = pd.concat(tables, ignore_index=True)
    out.insert(1, "name", units.take(out.pop("unit")))
    out.insert(0, "k", out.pop("k"))
    return out.rename(columns={"name": units.name or "unit"})


def presence(counts: csr_array) -> csr_array:
    """1 where a unit occurs in a segment."""
    present = counts.copy()
    present.data[:] = 1
    return present


def _profile(counts: csr_array, labels: Integers) -> pd.DataFrame:
    """One row per class and column of a table, in that order."""
    member = (labels[:, None] == np.arange(1, labels.max(initial=0) + 1)).astype(float)
    n_in, f = presence(counts).T @ member, (counts.T @ member).astype(np.int64)
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


def class_table(classes: pd.DataFrame, by: By, *, k: int | None = None) -> pd.DataFrame:
    """Which texts, months, sources does each class come from? (*variables illustratives*)

    One row per part and class, parts in order of first appearance. χ² as in `class_profile`, of the
    classified segments in the class or not, of the part or not. Segments of a text are no
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
    from scipy.sparse import coo_array

    found = level(classes, k)
    part = parts(found, by)
    known = np.flatnonzero(part.codes >= 0)
    cells = (np.ones(len(known)), (known, part.codes[known]))
    each = coo_array(cells, (len(found), len(part.keys))).tocsr()
    out = _profile(each, found["class"].to_numpy(np.int64))
    out = out.sort_values(["unit", "class"], kind="stable", ignore_index=True)
    keys = part.keys.take(out["unit"]).reset_index(drop=True)
    return keys.join(out[["class", "chi2", "n_in", "n_total"]])


def typical_segments(
    classes: pd.DataFrame | Classification,
    tokens: pd.DataFrame,
    *,
    n: int = 5,
    k: int | None = None,
    unit: Unit = "type",
) -> pd.DataFrame:
    """Which passages show best what a class is about? (*segments caractéristiques*)

    One row per segment, at most n per class, the highest score first, ties in reading order.
    score = Σ χ² in the profile of the class over the distinct units of the segment.

    Parameters: classes (the result of `reinert`, or its table of classes, for which the profile of
    all units is made); tokens (token table with the columns that name the segments); n (segments
    per class); k (number of classes, else the largest); unit.
    Returns: class, the keys of the segment, score, start, end (characters, as in the tokens).
    Raises: ValueError naming a column that is missing, or a k for which there are no classes.
    References: Reinert (1990), doi:10.1177/075910639002600103.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> classes = pd.DataFrame({"par": range(1, 7), "k": 2, "class": [1, 1, 2, 2, 2, 2]})
    >>> typical_segments(classes, tokens, n=1)[["class", "par", "score"]].round(1).values.tolist()
    [[1.0, 2.0, 69.8], [2.0, 3.0, 40.8]]
    """
    found = level(classes.classes if isinstance(classes, Classification) else classes, k)
    by = list(found.loc[:, :"k"].columns[:-1])
    need(tokens, *by, "start", "end")
    if isinstance(classes, Classification):
        unit = classes.profile.columns[2]
    counts, keys, names = counts_of(tokens, by, unit)
    labels = keys.merge(found, "left", by)["class"].fillna(0).to_numpy(np.int64)
    profile = profiles(counts, {found["k"].max(): labels}, names.rename(unit))
    if isinstance(classes, Classification):
        profile = classes.profile[classes.profile["k"] == found["k"].max()]
    chi2 = np.zeros((len(names), labels.max(initial=0) + 1))
    chi2[names.get_indexer(profile[unit]), profile["class"]] = profile["chi2"].fillna(0)
    score = (presence(counts) @ chi2)[np.arange(len(labels)), labels]
    passage = tokens.groupby(parts(tokens, by).codes)
    out = keys.assign(score=score, start=passage["start"].min(), end=passage["end"].max())
    out.insert(0, "class", labels)
    out = out[labels > 0].sort_values(["class", "score"], ascending=[True, False], kind="stable")
    return out.groupby("class").head(n).reset_index(drop=True)
