"""Which parts use words alike, and which words the same parts? Correspondence analysis, its test
against chance, and classes on its axes.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count.lexical_table import as_sparse, counts_of, keys_of, shuffled, summed, whole_texts
from helpers.count.parts import By, Floats, Sparse, TooLittleText, Unit, listed, parts
from helpers.count.verbs import Tokens, verb
from helpers.read.checks import From0, From1
from helpers.read.tables import Integers, counted, need

FULL = 2e8  # multiplications, about: a decomposition that takes more is left to Lanczos
NOTHING = 1e-13  # an inertia this small is rounding, and its axis has no direction
EQUAL = 1e-9  # coordinates that differ by less, relatively, are equal but for rounding
TOO_MANY = 10_000  # rows whose distances fill 400 MB


class Correspondence(NamedTuple):
    """Parts, units and axes of a correspondence analysis."""

    rows: pd.DataFrame
    columns: pd.DataFrame
    inertia: pd.DataFrame


class Independence(NamedTuple):
    """The table against independence: a row for the whole, and a row per axis."""

    test: pd.DataFrame
    eigenvalues: pd.DataFrame


class Axes(NamedTuple):
    """Eigenvalues, the strongest first, and standard coordinates of the rows and the columns."""

    eigenvalues: Floats
    rows: Floats
    columns: Floats


@verb
def correspondence(
    table: pd.DataFrame, *, axes: From1 = 5, supplementary: pd.DataFrame | None = None
) -> Correspondence:
    """Which parts use words alike, and which words the same parts? (*analyse factorielle des
    correspondances*, AFC)

    P = X/n with row masses r and column masses c; D_r^-½ (P - rc') D_c^-½ = UΣV'; coordinates are
    D_r^-½ UΣ and D_c^-½ VΣ. On each axis the row coordinate that is largest without its sign is
    positive, the first of several. The whole table is decomposed; where that would take long, only
    the first axes are, to the same digits (Lanczos).

    Parameters: table (counts, parts × units, as `contingency` makes it); axes (at most; there is
    one less than rows or columns); supplementary (a table of counts with the same units or the same
    parts: rows or columns that are placed on the axes without making them).
    Returns: rows and columns, in the order of the table, then the supplementary ones: their keys,
    supplementary (bool), and for each axis coord_1, contrib_1 (percent of the axis; NaN for
    supplementary elements), cos2_1 (0 to 1, the share of the squared distance from the average that
    the axis shows); inertia: axis, eigenvalue, percent (of the inertia of all axes). NaN for what
    does not occur, and on an axis without inertia.
    Raises: TooLittleText with fewer than 3 rows or columns that occur; ValueError for axes below 1,
    a value that is no count, a supplementary table of other parts and other units.
    Equals FactoMineR's `CA` and ca's `ca` to 1e-9 (tests/reference/ca_*.csv).
    References: Benzécri (1973), L'analyse des données, Dunod; Greenacre (2017), Correspondence
    Analysis in Practice, 3rd ed., appendix A.

    >>> from helpers import open_corpus
    >>> from helpers.count.lexical_table import contingency
    >>> table = contingency(open_corpus(annotate=False).tokens, "par", min_freq=2)
    >>> correspondence(table, axes=2).inertia["percent"].round(1).tolist()
    [31.8, 24.7]
    """
    counts = as_sparse(table)
    shape = enough(counts, "correspondence analysis")
    found = principal_axes(counts, min(axes, min(shape) - 1))
    turned = counts.T.tocsr(), Axes(found.eigenvalues, found.columns, found.rows)
    about = ((counts, found), turned)
    sides = [_elements(keys, of[0], *of) for keys, of in zip(table.axes, about, strict=True)]
    if supplementary is not None:
        side, more = _supplementary(supplementary, table)
        added = _elements(more.index, as_sparse(more), *about[side])
        if len(added.columns) == len(sides[side].columns):  # its keys have the names of ours
            added.columns = sides[side].columns
        sides[side] = pd.concat([sides[side], added], ignore_index=True)
    total = chi_square(counts) / counts.sum()
    percent = 100 * found.eigenvalues / (total if total > NOTHING else np.nan)
    axis = {"axis": np.arange(1, len(percent) + 1), "eigenvalue": found.eigenvalues}
    return Correspondence(*sides, pd.DataFrame(axis | {"percent": percent}))


def _supplementary(table: pd.DataFrame, active: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """Which side a supplementary table adds to: 0, rows with counts of the active units, or 1,
    columns with counts in the active parts; with these in the order of the active table, and those
    added as its rows.
    """
    units = {table.columns.name, active.columns.name} - {None}  # types are no lemmas
    if len(units) < 2 and table.columns.isin(active.columns).any():
        return 0, table.reindex(columns=active.columns, fill_value=0)
    if len(table) and table.index.isin(active.index).all():
        return 1, table.reindex(active.index, fill_value=0).T
    raise ValueError("the supplementary table shares neither the units nor the parts")


def enough(counts: Sparse, measure: str, *, least: int = 3) -> tuple[int, int]:
    """How many rows and columns occur?

    Raises: TooLittleText with fewer than so many of either.
    """
    rows, columns = (int((counts.sum(axis=side) > 0).sum()) for side in (1, 0))
    if min(rows, columns) < least:
        has = f"one of {counted(rows, 'part')} and {counted(columns, 'unit')}"
        needs = f"a table of {least} parts and {least} units that occur"
        raise TooLittleText(measure, needs=needs, has=has)
    return rows, columns


def chi_square(counts: Sparse) -> float:
    """χ² of a table against the independence of its rows and columns; empty ones add nothing."""
    rows, columns = (inverse(counts.sum(axis=side)) for side in (1, 0))
    n = counts.sum()
    return max(float(n * (rows @ (counts.power(2) @ columns)) - n), 0.0)


def principal_axes(counts: Sparse, k: int, *, full: float = FULL) -> Axes:
    """The k strongest axes of a table in which something occurs.

    Beyond `full` multiplications the table stays sparse, and the average that is subtracted from it
    is never written out.
    """
    margins = [np.sqrt(counts.sum(axis=side) / counts.sum()) for side in (1, 0)]
    left, right = map(inverse, margins)
    scaled = counts / counts.sum()
    scaled.data = scaled.data * np.repeat(left, np.diff(scaled.indptr)) * right[scaled.indices]
    whole = scaled.shape[0] * scaled.shape[1] * min(scaled.shape) <= full
    u, values, v = (_whole if whole else _first)(scaled, *margins, k)
    rows, columns = left[:, None] * u, right[:, None] * v
    # The sign of an axis is that which makes its largest row coordinate positive.
    size = np.abs(rows)
    largest = np.argmax(size >= (1 - EQUAL) * size.max(axis=0), axis=0)
    sign = np.sign(rows[largest, np.arange(rows.shape[1])])
    return Axes(values**2, rows * sign, columns * sign)


def _whole(scaled: Sparse, rows: Floats, columns: Floats, k: int) -> tuple[Floats, ...]:
    u, values, v = np.linalg.svd(scaled.toarray() - np.outer(rows, columns), full_matrices=False)
    return u[:, :k], values[:k], v[:k].T


def _first(scaled: Sparse, rows: Floats, columns: Floats, k: int) -> tuple[Floats, ...]:
    """Lanczos, from a fixed start."""
    from scipy.sparse.linalg import aslinearoperator, svds

    average = aslinearoperator(rows[:, None]) @ aslinearoperator(columns[None])
    operator = aslinearoperator(scaled) - average
    start = np.random.default_rng(0).standard_normal(min(scaled.shape))
    u, values, v = svds(operator, k, v0=start, rng=np.random.default_rng(0))
    return u[:, ::-1], values[::-1], v[::-1].T


def inverse(values: Floats) -> Floats:
    """1/x, and 0 for 0: what does not occur adds nothing."""
    return np.divide(1.0, values, out=np.zeros(np.shape(values)), where=values > 0)


def _elements(index: pd.Index, elements: Sparse, active: Sparse, axes: Axes) -> pd.DataFrame:
    """Rows of a table, as profiles among the standard coordinates of the active columns."""
    from scipy.sparse import diags_array

    n, mass = elements.sum(axis=1), active.sum(axis=0) / active.sum()
    profile = diags_array(inverse(n)) @ elements
    distance = profile.power(2) @ inverse(mass) - 1
    distance[distance <= NOTHING] = np.nan
    eigenvalues = np.where(axes.eigenvalues > NOTHING, axes.eigenvalues, np.nan)
    places = profile @ np.where(np.isnan(eigenvalues), np.nan, axes.columns)
    places[n == 0] = np.nan
    added = elements is not active
    out = {"supplementary": np.full(len(n), added)}
    for axis, (eigenvalue, place) in enumerate(zip(eigenvalues, places.T, strict=True), 1):
        share = np.nan if added else 100 * n / active.sum() / eigenvalue
        out |= {f"coord_{axis}": place, f"contrib_{axis}": place**2 * share}
        out[f"cos2_{axis}"] = place**2 / distance
    return keys_of(index).assign(**out)


@verb
def independence(
    tokens: Tokens,
    by: By,
    *,
    unit: Unit = "type",
    min_freq: From1 = 1,
    axes: From1 = 5,
    shuffles: From1 = 100,
    random_state: From0 = 0,
) -> Independence:
    """Do the parts differ by more than chance puts between them? (*test d'indépendance*)

    χ² = n Σ x²/(row sum · column sum) - n of the table of parts × units, with (parts - 1)·(units -
    1) degrees of freedom, and the χ² and eigenvalues of shuffled tables. Where each text lies in
    one part, whole texts are shuffled, every part keeping its number of them: the words of a text
    come together, so that any two groups of texts differ by more than words drawn one by one do.
    Where texts are cut into parts, such as paragraphs, words are shuffled, every part and unit
    keeping its sum, as if they were drawn one by one, which they are not.

    Parameters: tokens (corpus, or token table with doc, kind, unit and by); by (columns that name
    the parts; else `Corpus.parts`); unit, min_freq (as in `contingency`); axes (at most); shuffles
    (tables drawn), random_state (seed of the drawing). Texts without a counted word, and words in
    no part, are left out.
    Returns: test: n, chi2, df, p (of the χ² distribution, which takes words as drawn one by one),
    shuffled ("texts" or "words"), p_shuffled = (1 + tables with at least this χ²)/(1 + shuffles);
    eigenvalues: axis, eigenvalue, low, high (the smallest and largest of the shuffled tables),
    p_shuffled (as above).
    Raises: TooLittleText with fewer than 2 parts or units that occur, or where texts lie whole in
    their parts and fewer than two parts have two; ValueError naming a column that is missing.
    Equals `scipy.stats.chi2_contingency`.
    References: Greenacre (2017), Correspondence Analysis in Practice, 3rd ed., chapter 4; Lijffijt
    et al. (2016), doi:10.1093/llc/fqu064, for the text as the unit.

    >>> from helpers import open_corpus
    >>> found = independence(open_corpus(annotate=False).tokens, "par", min_freq=2)
    >>> found.test[["df", "p", "shuffled"]].round(2).values.tolist()
    [[220, 0.91, 'words']]
    """
    from scipy.stats import chi2

    texts, part, whole = _texts(tokens, by, unit, min_freq)
    counts, rng = summed(texts, part), np.random.default_rng(random_state)
    rows, columns = counts.shape
    k = min(axes, rows - 1, columns - 1)
    mixed = (
        summed(texts, rng.permutation(part)) if whole else shuffled(counts, rng)
        for _ in range(shuffles)
    )
    found, drawn = _strength(counts, k), np.array([_strength(each, k) for each in mixed])
    p = (1 + (drawn >= found * (1 - EQUAL)).sum(axis=0)) / (1 + shuffles)
    df = (rows - 1) * (columns - 1)
    test = {"n": int(counts.sum()), "chi2": found[0], "df": df, "p": chi2.sf(found[0], df)}
    test |= {"shuffled": "texts" if whole else "words", "p_shuffled": p[0]}
    eigenvalues = {"axis": np.arange(1, k + 1), "eigenvalue": found[1:]}
    eigenvalues |= {"low": drawn.min(axis=0)[1:], "high": drawn.max(axis=0)[1:]}
    return Independence(pd.DataFrame([test]), pd.DataFrame(eigenvalues | {"p_shuffled": p[1:]}))


def _texts(
    tokens: pd.DataFrame, by: By, unit: Unit, min_freq: int
) -> tuple[Sparse, Integers, bool]:
    """The counts of each text in each of its parts, one row for both; the part of each row; and
    whether texts lie whole in their parts.

    Raises: TooLittleText as `independence`.
    """
    need(tokens, "doc")
    named = listed(by)
    counts, keys, _ = counts_of(tokens, ["doc", *named], unit, min_freq=min_freq)
    there = np.flatnonzero(counts.sum(axis=1))
    counts, keys = counts[there].astype(np.float64), keys.take(there)
    part, measure = parts(keys, named).codes, "the test of independence"
    enough(summed(counts, part), measure, least=2)
    return counts, part, bool(len(whole_texts(parts(keys, "doc").codes, part, measure)))


def _strength(counts: Sparse, k: int) -> Floats:
    """χ² of a table, and its first eigenvalues."""
    return np.append(chi_square(counts), principal_axes(counts, k).eigenvalues)


@verb
def clusters(found: Correspondence, k: From1) -> pd.DataFrame:
    """Which parts make groups on the axes? (*classification ascendante hiérarchique*, CAH)

    One row per part. Ward's method on all the coordinates that the analysis kept, every part with
    the same weight.

    Parameters: found (of `correspondence`), k (groups at most).
    Returns: the keys of the parts, class (1… in the order of their first part; 0 for supplementary
    parts and those without coordinates).
    Raises: ValueError for more than 10 000 parts, whose distances would fill the memory.
    References: Ward (1963), doi:10.1080/01621459.1963.10500845.

    >>> from helpers import open_corpus
    >>> from helpers.count.lexical_table import contingency
    >>> table = contingency(open_corpus(annotate=False).tokens, "par", min_freq=2)
    >>> clusters(correspondence(table), 2)["class"].tolist()
    [1, 2, 1, 2, 1, 1]
    """
    from scipy.cluster.hierarchy import fcluster, ward

    places = found.rows.filter(regex=r"^coord_\d+$").dropna(axis=1, how="all").to_numpy()
    used = ~found.rows["supplementary"].to_numpy() & np.isfinite(places).all(axis=1)
    if used.sum() > TOO_MANY:
        raise ValueError(f"{used.sum():,} parts are too many for Ward's method: see `reinert`")
    group = np.zeros(len(used), np.int64)
    if places.size and used.sum() > 1:
        group[used] = pd.factorize(fcluster(ward(places[used]), k, "maxclust"))[0] + 1
    keys = found.rows.loc[:, :"supplementary"].drop(columns="supplementary")
    return keys.assign(**{"class": group})
