"""Tables of articles, a row each: CSV, and spreadsheets of Excel."""

from __future__ import annotations

import csv
import io
import re
import sys
import warnings
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from helpers.exchange.archives import archive, part
from helpers.exchange.articles import Article, Source
from helpers.exchange.columns import ADDRESS, Row, articles_of, cell_of, columns_of, field_of
from helpers.exchange.markup import collapsed

_SEPARATORS = ";,\t|"
_ROWS, _CELLS, _HEADING = 1 << 20, 1 << 14, 10  # as many as a spreadsheet has
# The table of trafilatura, which has no line of names.
_TRAFILATURA = "url id fingerprint hostname title image date text comments license pagetype".split()


def table(source: Source) -> Iterator[Article]:
    """The articles of a CSV file, whichever sign is between its columns."""
    return articles_of(source, *named_rows(source.text))


def is_table(source: Source) -> bool:
    """Whether the first line names columns, that of the texts or two others that are known."""
    names, _ = named_rows(source.text)
    fields = {field_of(name) for name in names} - {None}
    named = len(names) > 1 and ("text" in fields or len(fields) > 1)
    return named or source.column is not None


def named_rows(text: str) -> tuple[list[str], Iterator[Row]]:
    """The names of the columns of a CSV file, and the rows below them, as many cells in each."""
    lines = io.StringIO(text, newline="").readlines()
    top = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    said = re.fullmatch(r'"?sep=(.)"?\s*', "".join(lines[top : top + 1]))
    top += bool(said)
    heads = [(*_record(lines, top, mark), mark) for mark in (said[1] if said else _SEPARATORS)]
    names, below, mark = max(heads, key=lambda head: _promise(head[0]))
    below = below or len(lines)
    if len(names) == len(_TRAFILATURA) and ADDRESS.match(names[0]):
        names, below = _TRAFILATURA, top
    return names, _rows(lines, below, mark, len(names))


def xlsx(source: Source) -> Iterator[Article]:
    """The articles of a spreadsheet: of all its sheets with a column of texts."""
    sheets = [*_sheets(source.data)]
    told = [sheet for sheet in sheets if columns_of(sheet[0], source.column)["text"]]
    return chain(*(articles_of(source, *sheet) for sheet in told or sheets[:1] or [([], [])]))


def _rows(lines: list[str], at: int, mark: str, width: int) -> Iterator[Row]:
    """The rows from a line on, each with as many cells as there are columns; where quotes are
    broken, the next row is the next line that is one.
    """
    number, broken = 0, 0  # the line from which on quotes are broken
    while at < len(lines):
        cells, after = _record(lines, at, mark)
        if not after or (broken and len(cells) != width):
            number, broken, at = number + (not broken), broken or at + 1, at + 1
            continue
        if broken:
            yield _unread(number, broken, at)
        number, broken, at = number + bool(cells), 0, after
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if any(cell.strip() for cell in cells):
            why = f"row {number}: {len(cells)} cells where the first line has {width}"
            yield number, cells if len(cells) == width else why
    if broken:
        yield _unread(number, broken, at)


def _unread(number: int, first: int, last: int) -> Row:
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return number, f"row {number}: its quotes are broken ({lines})"


def _record(lines: list[str], at: int, mark: str) -> tuple[list[str], int]:
    """The cells of the row that begins at a line, and the line behind it; 0 where it is none."""
    rest = (lines[i] for i in range(at, len(lines)))
    reader = csv.reader(rest, delimiter=mark, strict=True)
    usual = csv.field_size_limit(sys.maxsize)  # of all readers of this process
    try:
        return next(reader, []), at + max(1, reader.line_num)
    except csv.Error:
        return [], 0
    finally:
        csv.field_size_limit(usual)


def _promise(names: list[str]) -> tuple[bool, int, int]:
    """Whether there is a column of texts, how many are known, and how many there are."""
    known = [field for field in map(field_of, names) if field is not None]
    return "text" in known, len(known), len(names)


def _sheets(data: bytes) -> list[tuple[list[str], list[Row]]]:
    """The names of the columns of each sheet, and its rows below them."""
    opened = archive(data)
    if any(b"<!ENTITY" in part(opened, re.escape(name)) for name in opened.namelist()):
        raise ValueError("declares entities, which may be endless; save it again")
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return [_sheet(sheet) for sheet in book.worksheets]
    except Exception as error:  # whatever the bytes lead it to
        why = collapsed(str(error))[:80]
        raise ValueError(f"is no spreadsheet that can be read ({why}); save it again") from None


def _sheet(sheet: Any) -> tuple[list[str], list[Row]]:
    """A sheet whose names of columns are its first row, or below a heading of few rows."""
    sheet.reset_dimensions()  # which may be said to be as large as can be
    found = islice(sheet.iter_rows(values_only=True), _ROWS)
    rows = [(n, [cell_of(value) for value in row[:_CELLS]]) for n, row in enumerate(found)]
    rows = [(n, row) for n, row in rows if any(map(str.strip, row))]
    heads = (i for i, (_, row) in enumerate(rows[:_HEADING]) if columns_of(row, None)["text"])
    top = next(heads, 0)
    width = max((len(row) for _, row in rows), default=0)
    line, names = rows[top] if rows else (0, [])
    filled = [(n - line, row + [""] * (width - len(row))) for n, row in rows[top + 1 :]]
    return names + [""] * (width - len(names)), filled
