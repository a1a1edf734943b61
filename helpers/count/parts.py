"""What every count begins with: the words of a token table as integers, and their parts."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.tables import Integers, category, changes, integers, need, offsets

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Sparse: TypeAlias = "csr_array"  # scipy is loaded where it is first used
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Unit = Literal["type", "lemma", "form"]
Only = Literal["words", "content", "common"]
By = str | Sequence[str]
CHANCE = 2  # |S| worth a look: one-sided p of .01


class TooLittleText(ValueError):
    """A measure needs more text than there is; the message says how much, and what the most was
    that it could show.

    >>> raise TooLittleText("specificities", needs="two parts", has="1 part")
    Traceback (most recent call last):
    helpers.count.parts.TooLittleText: specificities needs two parts; this corpus has 1 part.
    """

    def __init__(self, measure: str, needs: str, has: str, most: str = "") -> None:
        super().__init__(measure, needs, has, most)  # from which it is made again in a process pool

    def __str__(self) -> str:
        measure, needs, has, most = self.args
        limit = f" The largest value it could reach here is {most}." if most else ""
        return f"{measure} needs {needs}; this corpus has {has}.{limit}"


def need_unit(tokens: pd.DataFrame, unit: str, *columns: str) -> None:
    """Raise a ValueError where the table does not have the column of this unit, or one of these."""
    if unit == "lemma" and unit not in tokens:
        raise ValueError(_WITHOUT.format(unit))
    need(tokens, unit, *columns)


_WITHOUT = "tokens without {!r}: open the corpus with annotate=True, or count unit='type'"
# How a period is written: 2024, 2024-Q4, 2024-W45, 2024-11, 2024-11-06.
PERIOD = r"\d{4}(?:(?:-Q\d|-W\d\d|-\d\d)(?:-\d\d)?)?"


def need_order(tokens: pd.DataFrame) -> None:
    """Raise a ValueError where the rows are not in reading order: a text in one piece, its tokens
    by their place.
    """
    new = changes(integers(tokens["doc"])) if "doc" in tokens else changes(np.zeros(len(tokens)))
    place = tokens.get("start", pd.Series(0, tokens.index)).to_numpy()
    scattered = "doc" in tokens and new.sum() > tokens["doc"].nunique()
    if scattered or (~new[1:] & (place[1:] < place[:-1])).any():
        raise ValueError("the tokens are not in reading order; sort them by doc and start")


def listed(by: By | None) -> list[str]:
    """The names of the columns in `by`, each once."""
    return [by] if isinstance(by, str) else list(dict.fromkeys(() if by is None else by))


def keep_apart(by: By | None, *made: str) -> None:
    """Raise a ValueError that names the first column of `by` that the result has, too."""
    for name in listed(by):
        if name in made:
            raise ValueError(f"by names {name!r}, a column of the result; rename it in the table")


def words(tokens: pd.DataFrame, only: Only = "words") -> pd.DataFrame:
    """The rows that are words (no number, punctuation or symbol), or those of them that count."""
    return tokens[counted_rows(tokens, only)]


def counted_rows(tokens: pd.DataFrame, only: Only) -> Mask:
    """Mask of the words that count: all, those that are no function words, or of these the ones
    outside names that are no proper nouns.

    The names stand in a column in_name, which a verb adds where it is given a corpus.
    """
    need(tokens, "kind")
    rows = (tokens["kind"] == "word").to_numpy()
    if only != "words":
        need(tokens, "is_function")
        rows = rows & ~tokens["is_function"].to_numpy(bool)
    if only == "common":
        if "in_name" not in tokens:
            raise ValueError("only='common' leaves out names: give the corpus, not its tokens")
        if tokens["pos"].isna().any():
            raise ValueError("only='common' needs pos: open the corpus with annotate=True")
        rows = rows & (tokens["pos"] != "PROPN").to_numpy() & ~tokens["in_name"].to_numpy(bool)
    return rows


def need_whole(tokens: pd.DataFrame, column: str) -> None:
    """Raise a ValueError where the column is missing, or empty in a token."""
    need_unit(tokens, column)
    if tokens[column].isna().any():
        raise ValueError(_WITHOUT.format(column))


def coded(tokens: pd.DataFrame, unit: Unit) -> tuple[Integers, pd.Index]:
    """The units as integers in alphabetical order, and their names, those that do not occur left
    out.

    Raises: ValueError for a column that is missing, or lemmas that are (a corpus opened with
    annotate=False).
    """
    need_whole(tokens, unit)
    column = tokens[unit].astype("category").array
    units = category(column.codes, column.categories.astype("str").tolist())
    return units.codes.astype(np.int64), units.categories


class Parts(NamedTuple):
    """The part of each row as an integer in the order of the parts; one row of keys per part."""

    codes: Integers
    keys: pd.DataFrame


def parts(tokens: pd.DataFrame, by: By | None) -> Parts:
    """The parts that the columns `by` make of a table (*parties*); without `by`, the whole is the
    one part.

    They stand in their natural order, column by column: periods by time, numbers, and text that is
    nothing but digits, as numbers, all else as it comes first. Rows in which a column is missing
    are in no part and have the code -1.
    """
    names = listed(by)
    need(tokens, *names)
    if not names:
        return Parts(np.zeros(len(tokens), np.int64), pd.DataFrame(index=range(1)))
    # Rows of one part mostly stand together: what is looked up is the first of them.
    starts = np.flatnonzero(changes(*(integers(tokens[name]) for name in names)))
    kept = tokens[names].take(starts)
    columns = pd.DataFrame({name: _natural(kept[name]) for name in names})
    codes = columns.where(columns >= 0).groupby(names).ngroup().fillna(-1).to_numpy(np.int64)
    _, first = np.unique(codes, return_index=True)
    keys = kept.take(first[codes[first] >= 0]).reset_index(drop=True)
    return Parts(np.repeat(codes, np.diff(starts, append=len(tokens))), keys)


def labels(keys: pd.DataFrame) -> list[str]:
    """The name of each part, from the keys of `parts`: the values of several columns joined by
    " · "; "all" where there is no column.
    """
    if not len(keys.columns):
        return ["all"]
    return [" · ".join(row) for row in keys.astype("str").itertuples(index=False, name=None)]


def _natural(column: pd.Series) -> Integers:
    """The values as integers in their natural order, -1 where one is missing."""
    codes, values = pd.factorize(column)
    ordered = pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_dtype(values)
    if not ordered:
        # Numbers and periods have one. The names of texts are many: the first tells that they have
        # none.
        if not all(re.fullmatch(rf"\d+|{PERIOD}", str(value)) for value in values):
            return codes
        text = pd.Series(values).astype("str")
        values = text.map(int) if text.str.isdigit().all() else text
    place = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return np.append(place, -1)[codes]


def rows_at(tokens: pd.DataFrame, spans: pd.DataFrame, at: str = "start") -> Integers:
    """The row of the token with which each of the spans starts, or ends, or -1."""
    place, wanted = (offsets(table, at, tokens["doc"]) for table in (tokens, spans))
    order = np.argsort(place, kind="stable")  # which takes no time where it is that of the rows
    row = np.append(order, -1)[np.searchsorted(place, wanted, sorter=order)]
    return np.where(np.append(place, -1)[row] == wanted, row, -1)


def n_docs(unit: Integers, doc: Integers) -> Integers:
    """How many texts hold each unit? Both columns are numbered from 0; one row per word."""
    from scipy.sparse import csr_array

    shape = unit.max(initial=-1) + 1, doc.max(initial=-1) + 1
    held = csr_array((np.ones(len(unit), bool), (unit, doc)), shape)
    return np.diff(held.indptr).astype(np.int64)
