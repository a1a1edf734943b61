"""What the columns of a table of articles hold, told by their names, and the article of each row.

columns.csv has the names in the order in which they are tried, behind those in French that front
matter may have; the columns that neither has are fields of their own names.
"""

import json
import re
from ast import literal_eval
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from helpers.exchange.articles import Article, Source, bare, key_of, when
from helpers.exchange.markup import BLOCKS, FORMS, TAGS, blocks, collapsed, html_tree
from helpers.exchange.writing import FIRST, distinct
from helpers.read.tables import FRENCH, rows_of

Columns = dict[str, list[int]]  # the columns of each field, in the order in which they are tried
PARTED = "\n\n"  # between the paragraphs of a text
# Where an object has its text: in the first of these, else in all of those.
_WHOLE = "rendered text html content body blocks data".split()
_PARTS = "summary headline sections paragraphs".split()
# The rank and the field of each name of a column; what stands around such a name ranks behind.
_NAMES = FRENCH | {row["synonym"]: row["field"] for row in rows_of("columns.csv", __file__)}
_SYNONYMS = {bare(name): (n, field) for n, (name, field) in enumerate(_NAMES.items())}


class Row(NamedTuple):
    """A row by its number, its cells, and why they cannot be read, or may be cut."""

    number: int
    cells: list[str]
    why: str = ""


def articles_of(source: Source, names: list[str], rows: Iterable[Row]) -> Iterator[Article]:
    """An article of each row.

    Raises: ValueError where there is no column of texts.
    """
    columns = columns_of(names, source.column)
    if not columns["text"]:
        shown = ", ".join(collapsed(name)[:40] for name in names[:20]) or "none"
        what = "addresses, but no texts: fetch these first" if columns["url"] else "no texts"
        what = f"holds {what}" if source.column is None else f"has no column “{source.column}”"
        raise ValueError(f"{what}; its columns are {shown}; name that of texts: --text COLUMN")
    keys, found = keys_of(names, columns), [*rows]
    for i in columns["date"]:
        _write_days([row.cells for row in found if row.cells], i)
    return (_article(row, columns, keys) for row in found)


def _write_days(rows: list[list[str]], column: int) -> None:
    """Write days and hours of a column of dates out where a spreadsheet or a machine counts them;
    put days before months where these stand in the order of America, which is told by one whose
    second number can be no month.
    """
    for row in rows:
        if number := FORMS["counted_day"].fullmatch(row[column]):
            count = float(number[1].replace(",", "."))
            while count > 1e10:  # in thousandths of seconds, or smaller parts of them
                count /= 1000
            days = 2e4 <= count < 6e4  # since the end of 1899, 25,569 days before 1970
            seconds = round((count - 25_569) * 86_400) if days else int(count)
            if days or 3e8 <= count < 2e9:
                row[column] = cell_of(datetime(1970, 1, 1) + timedelta(seconds=seconds))
    found = [(row, day) for row in rows if (day := FORMS["slashed_day"].match(row[column]))]
    if any(int(day[2]) > 12 for _, day in found) and all(int(day[1]) < 13 for _, day in found):
        for row, day in found:
            row[column] = f"{day[2]}/{day[1]}/{row[column][day.end() :]}"


def columns_of(names: list[str], column: str | None = None) -> Columns:
    """The columns of each field; that of texts may be named."""
    found: Columns = defaultdict(list)
    for _, field, i in sorted((*_known(name), i) for i, name in enumerate(names)):
        is_named = column is not None and bare(names[i]) == bare(column)
        if is_named or (field is not None and (field != "text" or column is None)):
            found["text" if is_named else field].append(i)
        elif re.fullmatch(r"text_\d+", names[i]):
            found["more"].append(i)
    return found


def field_of(name: str) -> str | None:
    """The field that a column of this name holds."""
    return _known(name)[1]


@lru_cache(1000)
def _known(name: str) -> tuple[int, str | None]:
    """The rank and the field of a name: as it is known, or without what such names are among, as in
    article_date, NomJournal.
    """
    inner = FORMS["around_name"].sub("", FORMS["inner_capital"].sub("_", name))
    for least, known in ((0, bare(name)), (len(_SYNONYMS), bare(inner))):
        if known in _SYNONYMS:
            rank, field = _SYNONYMS[known]
            return least + rank, field
    return 2 * len(_SYNONYMS), None


def cell_of(value: Any, between: str = "; ") -> str:
    """A value of JSON or of a spreadsheet as text; of an object among paragraphs its text, if it
    tells where that is.
    """
    if isinstance(value, list):
        return between.join(filter(None, (cell_of(one, between) for one in value)))
    if isinstance(value, dict):
        if between == PARTED:
            whole = [value[key] for key in _WHOLE if value.get(key)][:1]
            return cell_of([*(whole or map(value.get, _PARTS)), value.get("items")], PARTED)
        names = ["name", "rendered", "text"]
        names += ["title"] * ({*map(field_of, value)} <= {"title", "url", None})
        told = [value[key] for key in names if key in value][:1]
        told = told or [*value.values()] * (len(value) == 1)
        return cell_of(told, between) or (json.dumps(value, ensure_ascii=False) if value else "")
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return FORMS["escaped_sign"].sub(lambda sign: chr(int(sign[1], 16)), text).replace("\r\n", "\n")


def keys_of(names: list[str], columns: Columns) -> dict[int, str]:
    """The keys under which columns are fields of their own, where they are none that is known."""
    own = [i for i in range(len(names)) if i not in (*columns["more"], *columns[""])]
    keys = distinct([*FIRST, *(key_of(names[i].strip() or f"column {i + 1}") for i in own)])
    return dict(zip(own, keys[len(FIRST) :], strict=True))


def fields_in(cells: list[str], columns: Columns, keys: dict[int, str]) -> dict[str, str]:
    """The fields that the cells of a row tell: of several columns of one field the first that says
    something; the others are fields of their own, but for the parts of a day.
    """
    tried = defaultdict(list, {f: [i for i in those if cells[i]] for f, those in columns.items()})
    tried["url"] += [i for i in tried["outlet"] if FORMS["address"].match(cells[i])]
    tried["outlet"] = [i for i in tried["outlet"] if i not in tried["url"]]
    tried["time"] = [i for i in tried["time"] if when(cells[i])[1]]
    days, date = tried.pop("date", []), date_in(cells, columns["date"], keys)
    first = {field: those[0] for field, those in tried.items() if those and field in FIRST}
    fields = {field: cells[i] for field, i in first.items()} | ({"date": date} if date else {})
    parts = {date, *when(date)[0].split("-")}
    said = {*first.values(), *(i for i in days if parts & {cells[i], cells[i].zfill(2)})}
    own = keys.keys() - {*said, *columns["text"], *columns["lead"]}
    return fields | {keys[i]: cells[i] for i in sorted(own) if cells[i]}


def date_in(cells: list[str], columns: list[int], names: dict[int, str]) -> str:
    """The date that the cells of these columns tell: all of them, which are its parts, or the first
    that is one; a day by its name says nothing beside a year without a month.
    """
    told = [cells[i] for i in columns]
    if all(FORMS["no_month"].fullmatch(f"{names[i]}={cells[i]}") for i in columns):
        told = [cell for cell in told if len(cell) > 2] or told
    parts = FORMS["day_of_columns"].fullmatch("-".join(cell.zfill(2) for cell in reversed(told)))
    days = [parts[1] if parts else " ".join(filter(None, told)), *told]
    return next((day for day in days if when(day)[0]), next(filter(None, told), ""))


def _article(row: Row, columns: Columns, keys: dict[int, str]) -> Article:
    place = (row.number, row.number)
    known = [row.cells[i] for field, those in columns.items() if field and row.cells for i in those]
    # Where files were put one behind the other, the names of the columns stand there again.
    if not row.cells or (len(known) > 1 and all(map(field_of, known))):
        return Article(left_out=row.why or "it names the columns", place=place)
    written = [_cell(a, PARTED if i in columns["text"] else "; ") for i, a in enumerate(row.cells)]
    # What a cell did not hold goes on in others, as export_corpus writes them.
    written[columns["text"][0]] += "".join(written[i] for i in columns["more"])
    cells = [collapsed(cell) for cell in written]
    texts, leads = ([written[i] for i in columns[f] if cells[i]] for f in ("text", "lead"))
    lead, text = (paragraphs_of("".join(those[:1])) for those in (leads, texts))
    # Of several texts the first is taken.
    flags = ["two_texts"] * (len({*map(collapsed, texts)}) > 1) + ["short_row"] * (row.why != "")
    flags += ["excerpt"] * (text == [] != lead)
    lead = [] if lead == text[: len(lead)] else lead
    fields, beside = fields_in(cells, columns, keys), captions_of("".join(texts[:1]))
    return Article(fields, lead, text, beside, flags=flags, place=place)


def _cell(cell: str, between: str) -> str:
    """A cell with the signs of its entities, and a sign between the texts of a list that Python or
    R wrote; nothing for one that says that it is empty.
    """
    listed = FORMS["list_in_cell"].fullmatch(cell)
    with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
        cell = cell_of(literal_eval(f"[{listed[1]}]"), between) if listed else cell
    cell = FORMS["entity"].sub(lambda sign: unescape(sign[0]), cell)
    return "" if FORMS["empty_cell"].fullmatch(cell) else FORMS["control"].sub(" ", cell)


def captions_of(text: str) -> list[tuple[str, str]]:
    """What is said of the pictures in a cell of HTML, which stands beside the text."""
    said = (FORMS["tag"].sub("", part[0]) for part in FORMS["caption"].finditer(text))
    return [("illustration", caption) for one in said if (caption := collapsed(one))]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a cell: parted by blank lines if there are any, else by line ends; those of
    HTML by its tags and blank lines.
    """
    text = FORMS["inline_tag"].sub("", FORMS["caption"].sub("", text))
    if FORMS["markup_in_cell"].search(text):
        return blocks(html_tree(FORMS["blank_line"].sub("<p>", text)), BLOCKS | TAGS["breaks"])
    text = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text)
    text = text if "\n" in text else FORMS["escaped_break"].sub("\n", text)
    parts = FORMS["blank_line"].split(text.strip())
    return [part for part in map(collapsed, parts if parts[1:] else text.split("\n")) if part]
