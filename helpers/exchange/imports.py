"""Texts from a corpus of IRaMuTeQ or TXM, as a folder that `open_corpus` reads.

Each text becomes a file in the format of our seeds, its variables a row of metadata.csv. All that
was text there is text here, word for word: what our reader would take for a title, a byline or a
signature gets a word joiner (U+2060) before it, which cannot be seen and is no word.
"""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from helpers.exchange.exports import BREAKS
from helpers.exchange.filenames import distinct, safe_names
from helpers.read.dates import read_date
from helpers.read.files import Unread, read_file, shown
from helpers.read.headers import read_layout
from helpers.read.tables import OURS, counted

MAX_BYTES = 1_000_000_000
_LINE = rf"(?<![^{BREAKS}])"
# "**** *variable_value", or in older corpora "0001 *variable_value".
_MARKS = [
    re.compile(rf"{_LINE}{mark}([^{BREAKS}]*)") for mark in (r"\*{4,}", r"\d{4}(?=[^\S\n]*\*)")
]
_THEMATIC = re.compile(rf"{_LINE}-\*[^{BREAKS}]*")
_MADE_ORDINARY = re.compile(rf"{_LINE} ( *(?:\*\*\*\*|-\*))")
JOINER = "\u2060"
# Variables that may hold the date of a text.
_DATES = ("date", "month", "mois", "am", "year", "annee", "année", "an")
_LENGTH = {"year": 4, "month": 7, "day": 10}
_OURS = OURS - {"outlet"}
_SEPARATOR = re.compile(r"[,;\s\"]")


class _Text(NamedTuple):
    variables: dict[str, str]
    body: str


def import_corpus(file: str | os.PathLike[str], folder: str | os.PathLike[str]) -> str:
    r"""Write the texts of a corpus of IRaMuTeQ or TXM into a folder, and say what was done
    (*import d'un corpus*).

    IRaMuTeQ: a text file whose texts begin with `**** *variable_value …` (or `0001 *variable…`);
    thematic lines (`-*`) are left out, `*variable` alone has the value 1. TXM: the metadata.csv of
    an import "TXT + CSV", or its folder, with the texts beside it. A variable doc, or else id,
    names the text; date, month or year (mois, annee…) becomes its date. Variables that have the
    name of a column of ours end in _given.

    Parameters: file; folder (made where there is none; no file in it is overwritten).
    Returns: a sentence with the number of texts and the variables, and what was left out.
    Raises: ValueError naming the file, the line, what is wrong there, and the way out.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> place = Path(mkdtemp())
    >>> _ = (place / "corpus.txt").write_text("**** *id_1 *lieu_Rabat *annee_2024\nIl est là.")
    >>> import_corpus(place / "corpus.txt", place / "textes")
    '1 text of corpus.txt is now in textes; variables: lieu, annee.'
    >>> (place / "textes" / "1.txt").read_text()
    ' date 2024 Il est là.'
    """
    path, folder = Path(file).expanduser(), Path(folder).expanduser()
    path = path / "metadata.csv" if path.is_dir() else path
    content, repaired = _read(path)
    if path.suffix.lower() in (".csv", ".tsv"):
        texts, thematic = list(_txm(path, content)), 0
    else:
        texts, thematic = list(_iramuteq(path, content)), len(_THEMATIC.findall(content))
    kept = [text for text in texts if text.body]
    if not kept:
        raise ValueError(f"{path.name} has no text; nothing was written")
    variables = _write(kept, folder, path.stem)
    said = [
        f"{counted(len(kept), 'text')} of {path.name} {'is' if len(kept) == 1 else 'are'} now in"
    ]
    said[0] += f" {folder.name or folder}"
    said += [f"variables: {', '.join(variables)}"] if variables else []
    empty = len(texts) - len(kept)
    left = [(empty, "text without words"), (thematic, "thematic line")]
    said += [f"left out: {counted(n, noun)}" for n, noun in left if n]
    return "; ".join([*said, *([f"{path.name} {repaired}"] if repaired else [])]) + "."


def _read(path: Path) -> tuple[str, str]:
    """The text of a file, and what was repaired in it."""
    try:
        text, about = read_file(path, MAX_BYTES)
    except Unread as error:
        raise ValueError(f"{shown(path.name)} {error}") from None
    return text, about["repaired"]


def _iramuteq(path: Path, content: str) -> Iterator[_Text]:
    marked = [list(mark.finditer(content)) for mark in _MARKS]
    opening = (found for found in marked if found and not content[: found[0].start()].strip())
    if not (found := next(opening, [])):
        first = (content.split("\n", 1)[0] if content.strip() else "")[:40].strip()
        raise ValueError(
            f"{path.name}, line 1: “{first}” begins no text of IRaMuTeQ; that would be "
            "**** *variable_value (for TXM, name its metadata.csv)"
        )
    ends = [*(match.start() for match in found[1:]), len(content)]
    for match, end in zip(found, ends, strict=True):
        body = _THEMATIC.sub("", content[match.end() : end])
        try:
            variables = _stars(match[1])
        except ValueError as error:
            line = content.count("\n", 0, match.start()) + 1
            raise ValueError(f"{path.name}, line {line}: {error}") from None
        yield _Text(variables, _MADE_ORDINARY.sub(r"\1", body).strip())


def _stars(line: str) -> dict[str, str]:
    """The variables of a text, in the order of its line."""
    variables: dict[str, str] = {}
    for star in line.split():
        name, has_value, value = star[1:].partition("_")
        if star[0] != "*" or not name:
            raise ValueError(f"“{star}” is no variable; write *name_value without blanks")
        if name in variables:
            raise ValueError(f"*{name} stands there twice; leave one, or rename it")
        variables[name] = value if has_value else "1"
    return variables


def _txm(path: Path, content: str) -> Iterator[_Text]:
    files = {
        unicodedata.normalize("NFC", shown(beside.stem)): beside
        for beside in sorted(path.parent.iterdir())
        if beside.suffix.lower() == ".txt"
    }
    named = set()
    for line, row in _rows(path, content):
        name = unicodedata.normalize("NFC", row["id"])
        if name not in files or name in named:
            wrong = "stands there twice" if name in named else "has no .txt file of that name"
            raise ValueError(
                f"{path.name}, line {line}: the text “{name}” {wrong} beside it; "
                "correct the id, or take the line out"
            )
        named.add(name)
        about = {column: value for column, value in row.items() if column != "id"}
        about["doc"] = about.get("doc") or name
        yield _Text(about, _read(files[name])[0].strip())
    for name in (name for name in files if name not in named):
        yield _Text({"doc": name}, _read(files[name])[0].strip())


def _rows(path: Path, content: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with their lines."""
    first = content.partition("\n")[0]
    reader = csv.reader(StringIO(content, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        columns = distinct(name.strip() or "column" for name in next(reader, []))
        if not columns or columns[0].lower() != "id":
            raise ValueError(
                f"{path.name}, line 1: the first column is “{first[:40].strip()}”; TXM calls it id"
            )
        for row in filter(None, reader):
            if len(row) > len(columns):
                raise ValueError(
                    f"{path.name}, line {reader.line_num}: “{row[-1][:40]}” is in no column; "
                    'put " around a value that holds the separator'
                )
            yield reader.line_num, dict(zip(["id", *columns[1:]], row, strict=False))
    except csv.Error as error:
        raise ValueError(f"{path.name}, line {reader.line_num}: {error}") from None


def _write(texts: list[_Text], folder: Path, stem: str) -> list[str]:
    """Write the texts and their metadata; returns the names of the variables."""
    key = next((key for key in ("doc", "id") if all(t.variables.get(key) for t in texts)), None)
    width = len(str(len(texts)))
    given = [
        text.variables[key] if key else f"{stem}_{i:0{width}}" for i, text in enumerate(texts, 1)
    ]
    names, dates = safe_names(given), [_date(text.variables) for text in texts]
    columns = _columns(texts, dates, key)
    table = [["doc", *columns]] + [
        [name, *(text.variables.get(own, "") for own in columns.values())]
        for name, text in zip(names, texts, strict=True)
    ]
    if names != given:
        table = [[*row, old] for row, old in zip(table, ["name_given", *given], strict=True)]
    texts_of = zip(names, dates, texts, strict=True)
    files = {f"{name}.txt": _seed(date, text.body) for name, date, text in texts_of}
    if len(table[0]) > 1:
        files["metadata.csv"] = _as_csv(table)
    _write_new(files, folder)
    return table[0][1:]


def _date(variables: dict[str, str]) -> str:
    """The date of a text as its header has it: the first variable that holds one."""
    spans = (read_date(variables.get(name, "")) for name in _DATES)
    span = next(filter(None, spans), None)
    return span.first.isoformat()[: _LENGTH[span.precision]] if span else ""


def _columns(texts: list[_Text], dates: list[str], key: str | None) -> dict[str, str]:
    """The columns of metadata.csv and the variables in them, without what the files say already."""
    every = dict.fromkeys(name for text in texts for name in text.variables)
    for name in ("date", "month", "year"):
        values = (text.variables.get(name, "") for text in texts)
        if all(date.startswith(value) for date, value in zip(dates, values, strict=True)):
            every.pop(name, None)
    every.pop(key or "", None)
    given = (f"{name}_given" if name in _OURS else _SEPARATOR.sub("_", name) for name in every)
    return dict(zip(distinct(given), every, strict=True))


def _seed(date: str, body: str) -> str:
    """A text as a seed whose body is read as this one."""
    header = f" date {date} " if date else ""
    # A mark of byte order at the beginning would not be read as part of the text.
    if read_layout(header + body).body_start > len(header) or body[0] == "\ufeff":
        body = JOINER + body
    layout = read_layout(header + body)
    if layout.body_end < len(header + body):
        at = layout.fields[-1].start - len(header)
        body = body[:at] + JOINER + body[at:]
    return header + body


def _as_csv(table: list[list[str]]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows(table)
    return written.getvalue()


def _write_new(files: dict[str, str], folder: Path) -> None:
    """Write the files, none of which may be there."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a folder for the texts")
    for name in files:
        if os.path.lexists(folder / name):
            raise ValueError(f"{folder / name} is there already; name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with (folder / name).open("x", encoding="utf-8", newline="") as file:
            file.write(content)
