"""Tables of articles, a row each: CSV, spreadsheets of Excel, and JSON, which is an array, an
object that holds one, or an object a line.
"""

import csv
import io
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import pandas as pd

from helpers.exchange.articles import Article, Source
from helpers.exchange.columns import PARTED, Row, articles_of, cell_of, columns_of, field_of
from helpers.exchange.documents import archive, part
from helpers.exchange.markup import FORMS, collapsed

_SEPARATORS = ";,\t|^~§¤\x1f"
_HEADING = 10  # lines that may stand above the names of the columns
_CELLS = 1 << 25  # of a sheet, at most
# Cells of a column that are merged: its name, and the numbers of the first row and the last.
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d+):\1(\d+)"')
_LONGEST = 1 << 18  # characters of an object that stands in broken JSON
# The table of trafilatura, which has no line of names.
_TRAFILATURA = "url id fingerprint hostname title image date text comments license pagetype".split()
_NONE = "no JSON"
_TOLD = {"text", "title", "date"}  # fields of which one tells that an object is of an article


def table(source: Source) -> Iterator[Article]:
    """The articles of a CSV file, whichever sign is between its columns."""
    return articles_of(source, *named_rows(source.text, source.column))


def is_table(source: Source) -> bool:
    """Whether somebody says so, by its name or that of a column, or the first line names columns,
    that of the texts or two others that are known.
    """
    said = source.column is not None or source.name.lower().endswith((".csv", ".tsv"))
    has_text, known, columns = _promise(named_rows(source.text)[0])
    return said or (columns > 1 and (has_text or known > 1))


def named_rows(text: str, column: str | None = None) -> tuple[list[str], Iterator[Row]]:
    """The names of the columns of a CSV file, and the rows below them, as many cells in each;
    column is that of the texts, where it is named.
    """
    lines = io.StringIO(text, newline="").readlines()
    top = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    said = re.fullmatch(r'"?sep=(.)"?\s*', "".join(lines[top : top + 1]))
    top += bool(said)
    tops = [i for i, line in enumerate(lines[top : top + _HEADING], top) if line.strip()] or [top]
    marks = said[1] if said else _SEPARATORS
    heads = [(*_record(lines, i, mark), mark) for i in tops for mark in marks]
    titled = [head for head in heads if _promise(head[0])[:2] >= (True, 2)]
    names, below, mark = max(titled or heads[: len(marks)], key=lambda head: _promise(head[0]))
    below = below or len(lines)
    if len(names) == len(_TRAFILATURA) and FORMS["address"].match(names[0]):
        names, below = _TRAFILATURA, top
    least = max(columns_of(names, column)["text"], default=-1) + 1
    return names, _rows(lines, below, mark, len(names), least)


def _rows(lines: list[str], at: int, mark: str, width: int, least: int) -> Iterator[Row]:
    """The rows from a line on, each with as many cells as there are columns: empty ones at its end
    may lack, but where its text may go on in the next line. Where quotes are broken, the next row
    is the next line that is one.
    """
    number, broken = 0, 0  # the line from which on quotes are broken
    while at < len(lines) or broken:
        cells, after = _record(lines, at, mark)
        if at < len(lines) and (not after or (broken and len(cells) != width)):
            number, broken, at = number + (not broken), broken or at + 1, at + 1
            continue
        if broken:
            told = f"line {broken}" if broken == at else f"lines {broken} to {at}"
            yield Row(number, [], f"row {number}: its quotes are broken ({told})")
        number, broken, at = number + bool(cells), 0, after
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if any(cell.strip() for cell in cells):
            why = f"row {number}: {len(cells)} cells where the first line has {width}"
            below = len(_record(lines, at, mark)[0]) if len(cells) == least < width else width
            if least <= len(cells) <= width and not 0 < below < least:
                may_be_cut = below not in (0, width)
                yield Row(number, cells + [""] * (width - len(cells)), why * may_be_cut)
            else:
                yield Row(number, [], why)


def _record(lines: list[str], at: int, mark: str) -> tuple[list[str], int]:
    """The cells of the row that begins at a line, and the line behind it; 0 where it is none. A
    quote within quotes stands there twice or, as some databases write it, behind a backslash.
    """
    usual = csv.field_size_limit((1 << 31) - 1)  # of all readers of this process; Windows's most
    try:
        for escape in (None, "\\"):
            rest = (lines[i] for i in range(at, len(lines)))
            reader = csv.reader(rest, delimiter=mark, strict=True, escapechar=escape)
            with suppress(csv.Error):
                return next(reader, []), at + max(1, reader.line_num)
        return [], 0
    finally:
        csv.field_size_limit(usual)


def _promise(names: list[str]) -> tuple[bool, int, int]:
    """Whether there is a column of texts, how many are known, and how many there are."""
    known = [field for field in map(field_of, names) if field is not None]
    return "text" in known, len(known), len(names)


def xlsx(source: Source) -> Iterator[Article]:
    """The articles of a spreadsheet: of all its sheets with a column of texts."""
    sheets = _sheets(source.data)
    told = {n: sheet for n, sheet in sheets.items() if columns_of(sheet[0], source.column)["text"]}
    for name, sheet in (told or sheets or {"": ([], [])}).items():
        for article in articles_of(source, *sheet):
            article.fields |= {"sheet": name} if len(told) > 1 else {}
            yield article
    for name in (name for name, (_, rows) in sheets.items() if rows and name not in told):
        yield Article(left_out=f"the sheet “{name}” has no column of texts")


def _sheets(data: bytes) -> dict[str, tuple[list[str], list[Row]]]:
    """The names of the columns of each sheet, by its own, and its rows below them."""
    opened = archive(data)
    if any(b"<!ENTITY" in part(opened, re.escape(name)) for name in opened.namelist()):
        raise ValueError("declares entities, which may be endless; save it again")
    from openpyxl.reader.excel import ExcelReader

    try:
        with warnings.catch_warnings(action="ignore"):
            reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True)
            reader.read()
            paths = {sheet.name: told.target for sheet, told in reader.parser.find_sheets()}
            sheets = reader.wb.worksheets
            return {one.title: _sheet(one, opened.read(paths[one.title])) for one in sheets}
    except Exception as error:  # whatever the bytes lead it to
        why = collapsed(str(error))[:80]
        raise ValueError(f"is no spreadsheet that can be read ({why}); save it again") from None


def _sheet(sheet: Any, written: bytes) -> tuple[list[str], list[Row]]:
    """A sheet whose names of columns are its first row, or below a heading of few rows; cells that
    are merged with those above say the same, but for texts.
    """
    from openpyxl.utils import column_index_from_string

    sheet.reset_dimensions()  # which may be said to be as large as can be
    rows, width = [], 0
    for n, values in enumerate(sheet.iter_rows(values_only=True)):
        row = [*map(cell_of, values)]
        if any(map(str.strip, row)):
            rows.append((n, row))
            width = max(width, len(row))
        if width * len(rows) > _CELLS:
            raise ValueError(f"has a cell in column {width}, far from the others: delete it")
    for _, row in rows:
        row += [""] * (width - len(row))
    heads = [_promise(row)[:2] for _, row in rows[:_HEADING]] or [(False, 0)]
    (line, names), *below = rows[heads.index(max(heads)) :] or [(0, [])]
    filled, numbered = {*range(width)} - {*columns_of(names)["text"]}, dict(below)
    for letters, top, last in _MERGED.findall(written):
        column, above = column_index_from_string(letters.decode()) - 1, numbered.get(int(top) - 1)
        for i in range(int(top), min(int(last), n + 1)) if above and column in filled else ():
            numbered.get(i, {})[column] = above[column]  # a blank row within is none
    return names, [Row(n - line, row) for n, row in below]


def json_table(source: Source) -> Iterator[Article]:
    """The articles of a JSON file."""
    return of_objects(source, _objects(source.text))


def of_objects(source: Source, objects: Iterable[tuple[int, Any]]) -> Iterator[Article]:
    """The articles of objects, as JSON has them, with the number of each.

    Raises: ValueError where there is no object, or no column of texts.
    """
    found = [(n, _flat(one) if isinstance(one, dict) else one) for n, one in objects]
    columns = [*dict.fromkeys(key for _, one in found if isinstance(one, dict) for key in one)]
    if not columns:
        raise ValueError("holds no objects in JSON; save it again")
    between = {k: PARTED if k == source.column or field_of(k) == "text" else "; " for k in columns}
    return articles_of(source, columns, (_row(n, one, between) for n, one in found))


def _flat(one: dict[str, Any]) -> dict[str, Any]:
    """An object with what it lacks and inner ones tell of the article: those whose names say that
    they are of it, such as meta, or the only one of another name; what they tell twice stays there.
    """
    fields = {k: _TOLD & {*map(field_of, v)} for k, v in one.items() if isinstance(v, dict)}
    inner = {k: f for k, f in fields.items() if "text" in f or (f and not field_of(k))}
    whole, told = {**one}, _TOLD & {field_of(k) for k in one if k not in inner}
    others = [k for k in inner if "text" in inner[k] | told and not inner[k] & told]
    named = [k for k in inner if "text" not in inner[k] & told and FORMS["of_it"].fullmatch(k)]
    for key in dict.fromkeys([*others * (len(others) == 1), *named]):
        known = {*map(field_of, whole.keys() - {key})} - {None}
        new = {k: v for k, v in one[key].items() if k not in whole and field_of(k) not in known}
        whole |= {key: {k: v for k, v in one[key].items() if k not in new}} | new
    return whole


def _row(number: int, one: Any, between: dict[str, str]) -> Row:
    """The row of an object by its columns, with what stands between the values of a list."""
    if not isinstance(one, dict):
        return Row(number, [], _NONE)
    try:
        cells = {key: cell_of(one.get(key), sign) for key, sign in between.items()}
    except RecursionError:
        return Row(number, [], "is nested too deeply")
    texts = {key: one[key] for key, sign in between.items() if sign == PARTED and one.get(key)}
    if texts and not any(map(cells.get, texts)):
        told = json.dumps(texts, ensure_ascii=False)
        return Row(number, [], f"no text that is known: {told[:80]}")
    return Row(number, [*cells.values()])


def _objects(text: str) -> list[tuple[int, Any]]:
    """What should be the articles of a JSON file, with its number, that of its line where each has
    one; a sentence in the place of what cannot be read.
    """
    if (whole := _loaded(text)) != _NONE:
        return [*enumerate(_listed(whole), 1)]
    lines = (line.strip().rstrip(",") for line in re.split(r"\r\n?|\n", text))
    found = [(n, _loaded(line)) for n, line in enumerate(lines, 1) if line not in ("", "[", "]")]
    if any(isinstance(one, dict) for _, one in found):
        return found
    found, behind = [], 0
    for number, mark in enumerate(FORMS["json_record"].finditer(text), 1):
        start, one = mark.end(), _NONE
        if start >= behind:
            with suppress(ValueError, RecursionError):
                one, length = json.JSONDecoder().raw_decode(text[start : start + _LONGEST])
                behind = start + length
            found.append((number, one))
    return found


def _loaded(text: str) -> Any:
    """What a text in JSON says, or that it is none."""
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    return _NONE


def _listed(value: Any, depth: int = 5) -> list[Any]:
    """The articles in a value: its longest list of objects, itself where it has a text, or the rows
    of a table that is written by columns, or by rows with names, or below these.
    """
    if not isinstance(value, dict) or not depth:
        return value if isinstance(value, list) else []
    has_text = _have_texts([value])
    inner = [one for one in value.values() if isinstance(one, dict)]
    told = _have_texts(inner)
    if has_text and len(inner) == len(value) and not told:
        return pd.DataFrame(value, dtype=object).to_dict("records")
    if has_text or told:
        return [value] if has_text else inner
    names, rows = value.get("columns"), value.get("data")
    named = isinstance(names, list) and isinstance(rows, list) and {*map(type, names)} == {str}
    if named and all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return [dict(zip(names, row, strict=True)) for row in rows]
    deeper = ([o for o in _listed(v, depth - 1) if isinstance(o, dict)] for v in value.values())
    return max(deeper, key=lambda rows: (_have_texts(rows), len(rows)), default=[]) or [value]


def _have_texts(objects: list[dict[str, Any]]) -> bool:
    """Whether one of the objects has a text."""
    return any("text" in map(field_of, one) for one in objects)
