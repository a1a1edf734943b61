"""What the columns of a table of articles hold, told by their names, and the article of each row.

columns.csv has the names in the order in which they are tried; the columns that it does not have
are fields of their own names.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from helpers.exchange.articles import Article, Source, bare, key_of, when
from helpers.exchange.markup import BLOCKS, FORMS, blocks, collapsed, html_tree
from helpers.exchange.writing import distinct
from helpers.read.tables import rows_of

Row = tuple[int, list[str] | str]  # its number, and its cells or why they cannot be read
Columns = dict[str, list[int]]  # the columns of each field, in the order in which they are tried
# The rank and the field of each name of a column.
_SYNONYMS = {
    bare(row["synonym"]): (rank, row["field"])
    for rank, row in enumerate(rows_of("columns.csv", __file__))
}


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
    # What a cell did not hold goes on in others, as export_corpus writes them.
    more = [i for i, name in enumerate(names) if re.fullmatch(r"text_\d+", name)]
    taken = {*more, *columns["text"], *columns["lead"], *columns[""]}
    keys = [key_of(name.strip() or f"column {i + 1}") for i, name in enumerate(names)]
    own = {i: key for i, key in enumerate(keys) if i not in taken}
    return (_article(number, row, columns, own, more) for number, row in rows)


def columns_of(names: list[str], column: str | None) -> Columns:
    """The columns of each field; that of texts may be named."""
    known = _SYNONYMS
    if column is not None:
        others = {name: one for name, one in known.items() if one[1] != "text"}
        known = others | {bare(column): (0, "text")}
    found: Columns = defaultdict(list)
    for _, field, i in sorted(
        (*known[bare(n)], i) for i, n in enumerate(names) if bare(n) in known
    ):
        found[field].append(i)
    return found


def field_of(name: str) -> str | None:
    """The field that a column of this name holds."""
    return _SYNONYMS.get(bare(name), (0, None))[1]


def cell_of(value: Any, between: str = "; ") -> str:
    """A value of JSON or of a spreadsheet as text."""
    if isinstance(value, list):
        return between.join(filter(None, map(cell_of, value)))
    if isinstance(value, dict):
        only = next(iter(value.values())) if len(value) == 1 else value.get("name")
        return cell_of(only) or (json.dumps(value, ensure_ascii=False) if value else "")
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return FORMS["escaped_sign"].sub(lambda sign: chr(int(sign[1], 16)), text).replace("\r\n", "\n")


def _article(
    number: int, row: list[str] | str, columns: Columns, own: dict[int, str], more: list[int]
) -> Article:
    """The article of a row; own has the names of columns as fields of their own, more those in
    which its text goes on.
    """
    if isinstance(row, str):
        return Article(left_out=row, place=(number, number))
    empty, control = FORMS["empty_cell"], FORMS["control"]
    row = ["" if empty.fullmatch(cell) else control.sub(" ", cell) for cell in row]
    row[columns["text"][0]] += "".join(row[i] for i in more)
    cells = [collapsed(cell) for cell in row]
    tried = defaultdict(list, {f: [i for i in those if cells[i]] for f, those in columns.items()})
    tried["url"] += [i for i in tried["outlet"] if FORMS["address"].match(cells[i])]
    tried["outlet"] = [i for i in tried["outlet"] if i not in tried["url"]]
    tried["date"].sort(key=lambda i: not when(cells[i])[0])
    tried["time"] = [i for i in tried["time"] if when(cells[i])[1]]
    first = {field: those[0] for field, those in tried.items() if those and field}
    fields = {field: cells[i] for field, i in first.items() if field not in ("text", "lead")}
    parts = "-".join(cells[i].zfill(2) for i in reversed(columns["date"]))
    if day := FORMS["day_of_columns"].fullmatch(parts):
        fields["date"] = day[1]
    others = [(key, cells[i]) for i, key in own.items() if i not in first.values() and cells[i]]
    keys = distinct([*fields, *(key for key, _ in others)], same=str.casefold)[len(fields) :]
    fields |= dict(zip(keys, (value for _, value in others), strict=True))
    lead, text = (_paragraphs(row[first[f]]) if f in first else [] for f in ("lead", "text"))
    lead = [] if lead == text[: len(lead)] else lead
    flags = ["two_texts"] * (len({cells[i] for i in tried["text"]}) > 1)  # the first is taken
    return Article(fields, lead, text, flags=flags, place=(number, number))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a cell: parted by blank lines if there are any, else by line ends; those of
    HTML by its tags.
    """
    if FORMS["markup_in_cell"].search(text):
        return blocks(html_tree(text), BLOCKS | {"br"})
    text = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text)
    blank = FORMS["blank_line"]
    parts = blank.split(text) if blank.search(text.strip()) else text.split("\n")
    return [part for part in map(collapsed, parts) if part]
