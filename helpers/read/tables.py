"""The seven tables of a corpus: the columns of each with their types. What they mean is said in
`helpers/__init__.py`.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.checks import no_column

Integers, Flags = NDArray[np.int64], NDArray[np.bool_]
Rows = list[dict[str, Any]]  # of a table that is being made
Label = Literal["person", "organisation", "place", "nationality", "date"]


def rows_of(name: str, beside: str = __file__) -> list[dict[str, str]]:
    """The rows of a CSV table that stands beside a file, this one or another."""
    with Path(beside).with_name(name).open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines)]


# The columns of each table, in order, with their types.
_SCHEMAS: dict[str, dict[str, str]] = {}
for _row in rows_of("columns.csv"):
    _SCHEMAS.setdefault(_row["table"], {})[_row["column"]] = _row["type"]
DOCUMENTS, FIELDS, ISSUES, PARAGRAPHS, SENTENCES, TOKENS, ENTITIES = _SCHEMAS.values()
PARSED = {name: _SCHEMAS[name] for name in ("paragraphs", "sentences", "tokens", "entities")}
# The columns that front matter and metadata.csv fill, and all that every corpus has already, in its
# documents or beside each of its tokens.
FILLED = ("date", "title", "outlet", "byline", "agency")
OURS = {*DOCUMENTS, *TOKENS, "quarter", "week", "day", "folder", "batch", "file_sha256"}


def column_of(key: str) -> str:
    """The column that a key of front matter, or a column of metadata.csv, fills: one of `FILLED` in
    any capitals; what would be another column of ours ends in _given. Capitals make no other
    column, since SQL does not tell them apart.

    >>> [column_of(key) for key in ("Title", "section", "Month")]
    ['title', 'section', 'month_given']
    """
    name = key.casefold()
    return name if name in FILLED else f"{name}_given" if name in OURS else key


def need(table: Iterable[str], *columns: str, what: str = "the table") -> None:
    """Raise a ValueError that names the first of these columns that the table does not have."""
    for column in columns:
        if column not in table:
            raise no_column(column, table, what)


def table(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows as a DataFrame with these columns and types; what a row leaves out is missing.

    >>> table([], FIELDS).dtypes["start"]
    dtype('int64')
    """
    return typed(pd.DataFrame(list(rows), columns=list(columns)), columns)


def issue(file: str, kind: str, message: str, doc: str | None = None, *span: int) -> dict[str, Any]:
    """A row of the table of issues; the span is from where to where in the text."""
    start, end = span or (None, None)
    return {"doc": doc, "file": file, "kind": kind, "message": message, "start": start, "end": end}


def typed(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The columns in their order and types, categories sorted; further columns stay behind."""
    out = frame.astype({name: kind for name, kind in columns.items() if kind != "category"})
    for name in (name for name, kind in columns.items() if kind == "category"):
        column = out[name].astype("category").array
        out[name] = category(column.codes, column.categories.astype("str"))
    return out[[*columns, *(c for c in frame.columns if c not in columns)]]


def category(codes: NDArray[np.integer], names: Sequence[str] | pd.Index) -> pd.Categorical:
    """The names with these numbers, -1 being none: categories in alphabetical order, those that do
    not occur left out, equal names made one.

    >>> category(np.array([0, 2, -1]), ["b", "c", "a"]).codes.tolist()
    [1, 0, -1]
    """
    import pyarrow as pa
    from pyarrow.compute import array_sort_indices

    present = np.flatnonzero(np.bincount(codes[codes >= 0]))
    # By Arrow, which sorts as Python does, in a third of the time.
    found = pa.array(names, pa.large_string())
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    found = found.take(pa.array(present)).dictionary_encode()
    order = array_sort_indices(found.dictionary)
    rank = np.zeros(len(order), np.int32)
    rank[order] = np.arange(len(order))
    place = np.full(len(names) + 1, -1, np.int32)
    place[present] = rank[found.indices]
    categories = pd.Index(found.dictionary.take(order), dtype="str")
    if (place[:-1] != np.arange(len(names))).any():
        codes = place[codes]
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(categories))


def concat(frames: Sequence[pd.DataFrame], columns: Mapping[str, str]) -> pd.DataFrame:
    """The frames one below the other; categories are merged by their text, never by their code.
    They are emptied, a column at a time, so that little is there twice.
    """
    if not frames:
        return table([], columns)
    merged: dict[str, pd.Series | pd.Categorical] = {}
    for name, kind in columns.items():
        parts = [frame.pop(name) for frame in frames]
        if kind != "category":
            merged[name] = pd.concat(parts, ignore_index=True).astype(kind)
            continue
        names = [part.cat.categories for part in parts]
        before = np.cumsum([0, *map(len, names)])[:-1].tolist()
        codes = [
            np.where(part.cat.codes < 0, -1, part.cat.codes.astype(np.int32) + first)
            for part, first in zip(parts, before, strict=True)
        ]
        merged[name] = category(np.concatenate(codes), names[0].append(names[1:]))
    return pd.DataFrame(merged)


def changes(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows differ from the row before in one of these columns? The first does.

    >>> changes(np.array([1, 1, 2]), np.array([0, 1, 1])).tolist()
    [True, True, True]
    """
    new = np.zeros(len(columns[0]), bool)
    new[:1] = True
    for values in columns:
        new[1:] |= values[1:] != values[:-1]
    return new


def integers(column: pd.Series) -> NDArray[np.integer]:
    """Integer codes of a column: those of a category where it is one, whole numbers as they are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.array.codes
    plain = isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu"
    return column.to_numpy() if plain else pd.factorize(column)[0]


def numbers_in(known: pd.Index, values: pd.Series, stranger: str) -> Integers:
    """The number of each value among those that are known; a ValueError of this message names the
    first that is not.
    """
    numbers = known.get_indexer(values)
    if (numbers < 0).any():
        raise ValueError(stranger.format(values.iloc[int(np.argmin(numbers))]))
    return numbers


def counted(n: int, noun: str) -> str:
    """A number with its noun, in the singular or the plural.

    >>> counted(1, "text"), counted(1200, "nationality"), counted(2, "day")
    ('1 text', '1,200 nationalities', '2 days')
    """
    plural = re.sub(r"(?<![aeiou])y$", "ie", noun) + "s"
    return f"{n:,} {noun if n == 1 else plural}"


def used(frame: pd.DataFrame) -> pd.DataFrame:
    """The table without categories that do not occur."""
    kept = {}
    for name, column in frame.select_dtypes("category").items():
        codes, names = column.array.codes, column.array.categories
        present = np.bincount(codes + 1, minlength=len(names) + 1)[1:] > 0
        place = np.append(np.cumsum(present) - 1, -1)  # what is missing has the code -1
        kept[name] = pd.Categorical.from_codes(place[codes], names[present])
    return frame.assign(**kept)
