"""The seven tables of a corpus: the columns of each with their types. What they mean is said in
`helpers/__init__.py`.
"""

import csv
import ctypes
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.checks import no_column

Integers, Flags = NDArray[np.int64], NDArray[np.bool_]
Rows = list[dict[str, Any]]  # of a table that is being made


def rows_of(name: str, beside: str = __file__) -> list[dict[str, str]]:
    """The rows of a CSV table that stands beside a file, this one or another."""
    with Path(beside).with_name(name).open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines)]


# The columns of each table, in order, with their types.
SCHEMAS: dict[str, dict[str, str]] = {}
for _row in rows_of("columns.csv"):
    SCHEMAS.setdefault(_row["table"], {})[_row["column"]] = _row["type"]
DOCUMENTS, FIELDS, ISSUES, PARAGRAPHS, SENTENCES, TOKENS, ENTITIES = SCHEMAS.values()
PARSED = {name: SCHEMAS[name] for name in ("paragraphs", "sentences", "tokens", "entities")}
# The columns that front matter and metadata.csv fill, their French names, and all that every corpus
# has already, in its documents or beside each of its tokens.
FILLED = ("date", "title", "outlet", "byline", "agency")
FRENCH = {"titre": "title", "auteur": "byline", "auteure": "byline", "autrice": "byline"}
FRENCH |= {"date de publication": "date", "date de parution": "date", "agence": "agency"}
OURS = {*DOCUMENTS, *TOKENS, "quarter", "week", "day", "folder", "batch", "file_sha256"}


def column_of(key: str) -> str:
    """The column that a key of front matter, or a column of metadata.csv, fills: one of `FILLED` in
    any capitals, also by its French name; what would be another column of ours ends in _given.
    Capitals make no other column, since SQL does not tell them apart.

    >>> [column_of(key) for key in ("Title", "Auteur", "section", "Month")]
    ['title', 'byline', 'section', 'month_given']
    """
    name = FRENCH.get(key.casefold(), key.casefold())
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
    out = used(frame.astype(dict(columns)))
    return out[[*columns, *(c for c in frame.columns if c not in columns)]]


def category(codes: NDArray[np.integer], names: Sequence[str] | pd.Index) -> pd.Categorical:
    """The names with these numbers, -1 being none: categories in alphabetical order, those that do
    not occur left out, equal names made one.

    >>> category(np.array([0, 2, -1]), ["b", "c", "a"]).codes.tolist()
    [1, 0, -1]
    """
    present = np.flatnonzero(np.bincount(codes + 1)[1:])
    names = pd.Index(names, dtype="str").rename(None)
    ordered = len(present) == len(names) and (names[1:] > names[:-1]).all()
    place, found = (present, names) if ordered else pd.factorize(names.take(present), sort=True)
    number = np.full(len(names) + 1, -1, np.min_scalar_type(-len(names) - 1))
    number[present] = place
    return pd.Categorical.from_codes(number[codes], found)


def concat(frames: Sequence[pd.DataFrame], columns: Mapping[str, str]) -> pd.DataFrame:
    """The frames one below the other; categories are merged by their text, never by their code.
    They are emptied, a column at a time, so that little is there twice.
    """
    if not frames:
        return table([], columns)
    merged: dict[str, pd.Series | pd.Categorical] = {}
    for name, kind in columns.items():
        parts = [frame.pop(name) for frame in frames]
        let_go()  # of the columns before
        if kind != "category":
            merged[name] = pd.concat(parts, ignore_index=True).astype(kind)
            continue
        names = [part.cat.categories.astype("str") for part in parts]
        first = np.cumsum([0, *map(len, names)], dtype=np.int32)
        pairs = zip((part.cat.codes.to_numpy(np.int32) for part in parts), first, strict=False)
        codes = np.concatenate([np.where(of < 0, -1, of + at) for of, at in pairs])
        merged[name] = category(codes, names[0].append(names[1:]))
    return pd.DataFrame(merged, copy=False)


def let_go() -> None:
    """Give the system back the memory that is free. Arrow keeps it, and glibc where it held what is
    small, a gigabyte after 100,000 texts; other systems need no telling.
    """
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


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


def spread(first: Integers, sizes: Integers) -> Integers:
    """The rows of several pieces one after the other, from the first row and the size of each.

    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    rows = np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    rows += np.arange(len(rows))
    return rows


def chosen_rows(chosen: Integers, sizes: Integers) -> Integers:
    """The rows of the chosen pieces of a table, from the sizes of all its pieces.

    >>> chosen_rows(np.array([1, 0, 1]), np.array([1, 2])).tolist()
    [1, 2, 0, 1, 2]
    """
    return spread((np.cumsum(sizes) - sizes)[chosen], sizes[chosen])


def numbers_in(known: pd.Index, values: pd.Series, stranger: str) -> Integers:
    """The number of each value among those that are known; a ValueError of this message names the
    first that is not.
    """
    numbers = known.get_indexer(values)
    if (numbers < 0).any():
        raise ValueError(stranger.format(values.iloc[int(np.argmin(numbers))]))
    return numbers


def offsets(table: pd.DataFrame, name: str, docs: pd.Series) -> Integers:
    """An integer for each place in a corpus: the text, one of docs, and the offset in it."""
    names, doc = docs.astype("category").cat.categories, table["doc"].astype("category").cat
    places = (np.append(names.get_indexer(doc.categories), -1) << 32)[doc.codes]
    places += table[name].to_numpy(np.int64)
    return places


def bounds(spans: pd.DataFrame, docs: pd.Series) -> tuple[Integers, Integers]:
    """The places in a corpus where the spans (doc, start, end) begin and end."""
    start = offsets(spans, "start", docs)
    return start, start + (spans["end"] - spans["start"]).to_numpy(np.int64)


def covered(tokens: pd.DataFrame, spans: pd.DataFrame) -> Flags:
    """Mask of the tokens that stand within one of the spans (doc, start, end)."""
    start, end = bounds(spans, tokens["doc"])
    token = offsets(tokens, "start", tokens["doc"])
    order = np.argsort(start, kind="stable")
    reach = np.append(-1, np.maximum.accumulate(end[order]))
    return reach[np.searchsorted(start[order], token, "right")] > token


def begun(tokens: pd.DataFrame, spans: pd.DataFrame, docs: pd.Series) -> Integers:
    """How many of the tokens begin in each of the spans (doc, start, end)."""
    first, until = np.searchsorted(np.sort(offsets(tokens, "start", docs)), bounds(spans, docs))
    return until - first


def counted(n: int, noun: str) -> str:
    """A number with its noun, in the singular or the plural.

    >>> counted(1, "text"), counted(1200, "nationality"), counted(2, "day")
    ('1 text', '1,200 nationalities', '2 days')
    """
    plural = re.sub(r"(?<![aeiou])y$", "ie", noun) + "s"
    return f"{n:,} {noun if n == 1 else plural}"


def used(frame: pd.DataFrame) -> pd.DataFrame:
    """The table without categories that do not occur; those that do in alphabetical order."""
    coded = {name: column.array for name, column in frame.select_dtypes("category").items()}
    return frame.assign(**{name: category(of.codes, of.categories) for name, of in coded.items()})
