"""What correspondence analysis and classification count: parts × units, and segments as parts."""

from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.parts import By, Mask, Only, Sparse, TooLittleText, Unit, need_order
from helpers.count.verbs import Tokens, plain, verb
from helpers.count.vocabulary import text_of
from helpers.read.checks import From0, From1
from helpers.read.tables import Integers, changes, counted, integers, need, spread

# A sparse table of counts, the keys of its rows and the names of its columns.
Counts = tuple[Sparse, pd.DataFrame, pd.Index]
DENSE = 10_000_000  # cells, 80 MB: a larger table has sparse columns
LEEWAY = 0.25  # of a segment: how far a cut moves to a mark
OPENING = ("«", "“", "(", "[", "{")  # marks that belong to the word after them


@verb
def contingency(
    tokens: Tokens, by: By, *, unit: Unit = "type", only: Only = "words", min_freq: From1 = 1
) -> pd.DataFrame:
    """How often does each unit occur in each part? (*tableau lexical entier*)

    One row per part in their natural order, parts without a counted word included; one column per
    unit in alphabetical order.

    Parameters: tokens (corpus, or token table); by (columns that name the parts; else
    `Corpus.parts`); unit, only; min_freq (occurrences in all parts together below which a unit is
    left out).
    Returns: counts, with the parts as index (named as in `by`) and the units as columns (named
    after `unit`). Beyond ten million cells the columns are sparse and hold the same numbers.
    Raises: ValueError naming a column that is missing, or lemmas that are.
    Equals quanteda's `dfm` (tests/reference/table_seed.csv).

    >>> from helpers import open_corpus
    >>> table = contingency(open_corpus(annotate=False).tokens, "par", min_freq=10)
    >>> table[["la", "les"]].to_numpy().T.tolist()
    [[4, 2, 4, 1, 4, 4], [0, 4, 2, 4, 2, 2]]
    """
    counts, part, names = counts_of(tokens, by, unit, only, min_freq)
    index = pd.MultiIndex.from_frame(part) if part.shape[1] > 1 else pd.Index(part.iloc[:, 0])
    if counts.shape[0] * counts.shape[1] <= DENSE:
        return pd.DataFrame(counts.toarray(), index=index, columns=names.rename(unit))
    return pd.DataFrame.sparse.from_spmatrix(counts, index=index, columns=names.rename(unit))


def counts_of(
    tokens: pd.DataFrame, by: By | None, unit: Unit, only: Only = "words", min_freq: int = 1
) -> Counts:
    """The counts of the units that occur so often."""
    text = text_of(tokens, unit, by, only)
    kept = np.flatnonzero(np.bincount(text.unit, minlength=len(text.names)) >= min_freq)
    counts = crossed(text.part, text.unit, (len(text.keys), len(text.names)))[:, kept]
    return counts, plain(text.keys), text.names[kept]


def crossed(row: Integers, column: Integers, shape: tuple[int, int]) -> Sparse:
    """How often does each row of a table come together with each column?"""
    from scipy.sparse import csc_array

    # By column first: what comes row by row needs no sorting then.
    return csc_array((np.ones(len(row), np.int64), (row, column)), shape).tocsr()


def as_sparse(table: pd.DataFrame) -> Sparse:
    """A table of counts, dense or with sparse columns, as a sparse array of floats.

    Raises: ValueError naming what is no count.
    """
    from scipy.sparse import csr_array

    if text := [*table.select_dtypes(exclude=["number", "bool"]).columns]:
        raise ValueError(f"column {text[0]!r} holds no counts; contingency makes a table of counts")
    sparse = len(table.columns) > 0 and all(isinstance(t, pd.SparseDtype) for t in table.dtypes)
    if sparse:  # pandas takes it column by column, each of which would copy the keys of the rows
        table = table.set_axis(range(len(table))).set_axis(range(len(table.columns)), axis=1)
    out = csr_array(table.sparse.to_coo() if sparse else table.to_numpy(), dtype=np.float64)
    out.eliminate_zeros()
    if not (out.data > 0).all():
        wrong = out.data[~(out.data > 0)][0]
        raise ValueError(f"{wrong} is no count; a table of counts holds numbers from 0")
    return out


def keys_of(index: pd.Index) -> pd.DataFrame:
    """The labels of a table's rows or columns, as columns; one without a name is called part."""
    names = [name or f"part_{i}" for i, name in enumerate(index.names, 1)]
    return index.to_frame(index=False, name=names if len(names) > 1 else index.name or "part")


def shuffled(counts: Sparse, rng: np.random.Generator) -> Sparse:
    """The same occurrences in any order: every row and every column keeps its sum."""
    cells = counts.tocoo()
    times = cells.data.astype(np.int64)
    row, column = np.repeat(cells.row, times), rng.permutation(np.repeat(cells.col, times))
    return crossed(row, column, counts.shape).astype(np.float64)


def members(part: Integers, n: int = 0) -> Sparse:
    """Which rows are in which part (parts × rows), for at least n parts, -1 being none: its product
    with a table adds up the rows of each part.
    """
    rows = np.flatnonzero(part >= 0)
    return crossed(part[rows], rows, (max(part.max(initial=-1) + 1, n), len(part)))


def summed(texts: Sparse, part: Integers) -> Sparse:
    """The counts of the parts, from those of their texts (one row each) and the part of each."""
    out = members(part) @ texts
    out.sort_indices()  # so that a shuffling of the occurrences depends on its seed alone
    return out


def whole_texts(doc: Integers, part: Integers, measure: str) -> Integers:
    """The part of each text, or none where a text lies in several parts.

    The words of a text come together. Parts made of whole texts are compared with other groups of
    whole texts: any group differs from one whose words are drawn one by one.

    Parameters: doc, part (the text and the part of each row, numbered from 0); measure (what needs
    the texts, as the message names it).
    Raises: TooLittleText where texts lie whole in their parts and fewer than two parts have two.
    """
    part_of = np.zeros(doc.max(initial=-1) + 1, np.int64)
    part_of[doc] = part
    if (part_of[doc] != part).any():
        return part_of[:0]
    several = np.count_nonzero(np.bincount(part_of) > 1)
    if len(part_of) and several < 2:
        raise TooLittleText(measure, "two parts with two texts each", counted(several, "such part"))
    return part_of


@verb
def segments(
    tokens: Tokens,
    *,
    size: From1 = 40,
    min_units: From0 = 0,
    unit: Unit = "type",
    min_freq: From1 = 1,
    only: Only = "words",
) -> pd.DataFrame:
    """Where can a text be cut into pieces of a like length? (*segments de texte*, *unités de
    contexte*)

    One row per token, as before. A paragraph of n words makes n/size segments, rounded, and at
    least one. Its cuts are evenly spaced; each then moves to the nearest end of a sentence, if one
    is at most a quarter of `size` away, else to the nearest mark of punctuation that is, else it
    stays. A segment of a paragraph with several thus has between 1/3 and 5/3 of `size` words. A
    mark belongs to the word before it, an opening one (« “ ( [) to the word after.

    Segments that are too poor to be classified by themselves may be joined (*regroupement des
    unités de contexte*): from the beginning of each text, a segment with fewer than `min_units`
    distinct counted units absorbs those that follow it in the text until it has as many; what is
    left at the end of a text may have fewer.

    Parameters: tokens (corpus, or token table in reading order with doc and kind; par, sent and
    type are used where it has them); size (words); min_units (of a segment; 0 to join none); unit,
    min_freq (as in the `contingency` that will be classified) and only ("words", "content" or
    "common"): which units are counted where segments are joined.
    Returns: the table with a column seg, which counts from 1 within the text; of a corpus with
    only="common" also in_name, by which `contingency` leaves out the same names.
    Raises: ValueError for a size below 1, an unknown unit or choice of words, or naming a column
    that is missing.
    References: Reinert (1990), doi:10.1177/075910639002600103, for the *unité de contexte*.

    >>> from helpers import open_corpus
    >>> cut = segments(open_corpus(annotate=False).tokens)
    >>> cut[cut["kind"] == "word"].groupby("seg").size().tolist()
    [51, 56, 35, 28, 55, 57, 59]
    """
    need(tokens, "doc", "kind")
    need_order(tokens)
    bounds = [name for name in ("doc", "par") if name in tokens]
    paragraph = parts.parts(tokens, bounds).codes
    is_word = (tokens["kind"] == "word").to_numpy()
    opens = tokens["type"].isin(OPENING).to_numpy() if "type" in tokens else np.zeros_like(is_word)
    word = np.maximum.accumulate(np.cumsum(is_word) - 1 + opens)  # that the token belongs to
    cut = np.zeros(is_word.sum() + 2, bool)
    cut[_cuts(tokens, paragraph, is_word, size)] = True
    new = changes(paragraph) | (cut[word] & changes(word))
    out = tokens.assign(seg=np.cumsum(new))
    if min_units > 0:
        units, keys, _ = counts_of(out, ["doc", "seg"], unit, only, min_freq)
        merged = _merged(units, changes(parts.parts(keys, "doc").codes), min_units)
        out["seg"] = merged[parts.parts(out, ["doc", "seg"]).codes]
    begins, seg = changes(integers(tokens["doc"])), out["seg"].to_numpy()
    return out.assign(seg=seg - seg[begins][np.cumsum(begins) - 1] + 1)


def _cuts(tokens: pd.DataFrame, paragraph: Integers, is_word: Mask, size: int) -> Integers:
    """The words, counted from 0, before which a paragraph is cut."""
    n = np.bincount(paragraph[is_word], minlength=paragraph.max(initial=-1) + 1)
    made = np.maximum(np.round(n / size).astype(np.int64), 1)
    of = np.repeat(np.arange(len(n)), made - 1)
    nth = spread(np.ones_like(made), made - 1)
    even = (np.cumsum(n) - n)[of] + np.round(nth * n[of] / made[of]).astype(np.int64)
    before = np.cumsum(is_word)
    marks = before[(tokens["kind"] == "punct").to_numpy()]
    marks = marks[changes(marks)]
    ends = np.flatnonzero(changes(tokens["sent"].to_numpy()[is_word])) if "sent" in tokens else []
    return _nearest(np.asarray(ends, np.int64), even, _nearest(marks, even, even, size), size)


def _nearest(places: Integers, wanted: Integers, otherwise: Integers, size: int) -> Integers:
    """The place that is nearest to each wanted one, the earlier of two; `otherwise`, if it is
    far.
    """
    marks = pd.DataFrame({"place": places, "mark": places})
    even = pd.DataFrame({"place": wanted})
    near = {"direction": "nearest", "tolerance": int(LEEWAY * size)}
    found = pd.merge_asof(even, marks, on="place", **near)["mark"]
    return found.fillna(pd.Series(otherwise)).to_numpy(np.int64)


def _merged(units: Sparse, begins: Mask, min_units: int) -> Integers:
    """The new number of each segment, poor ones joined to those that follow in the text."""
    held, starts, read = units.indices.tolist(), begins.tolist(), set()
    for place, (first, last) in enumerate(pairwise(units.indptr.tolist())):
        if starts[place] or len(read) >= min_units:
            starts[place], read = True, set()
        read.update(held[first:last])
    return np.cumsum(starts, dtype=np.int64)
