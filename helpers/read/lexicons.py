"""Word lists that a researcher edits: one CSV file each in `helpers/lexicons/`, extended by the
folder `LEXICONS`.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from functools import cache, wraps
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar, get_args

import pandas as pd

from helpers.read.tables import Label

P = ParamSpec("P")
T = TypeVar("T")

HERE = Path(__file__).parent.parent / "lexicons"
COLUMNS = {
    "agencies": ("form", "name"),
    "demonyms": ("country", "name", "masculine", "feminine"),
    "events": ("entry", "kind", "host", "guest", "note"),
    "function_words": ("form", "class"),
    "gazetteer": ("label", "form", "name", "country", "note"),
    "lemmas": ("form", "pos", "lemma"),
    "not_names": ("form", "note"),
    "roles": ("form",),
    "speakers": ("noun", "kind"),
    "speech": ("entry", "class", "with", "note"),
    "syllables": ("word", "syllables"),
    "themes": ("theme", "entry", "unit", "pos", "note"),
}
REQUIRED = {
    "agencies": 1,
    "demonyms": 0,
    "events": 4,
    "function_words": 1,
    "gazetteer": 2,
    "lemmas": 3,
    "not_names": 1,
    "roles": 1,
    "speakers": 2,
    "speech": 2,
    "syllables": 2,
    "themes": 2,
}
# What parsing reads; the store keeps a text's tables under the content of these files.
PARSING = ("agencies", "demonyms", "function_words", "gazetteer", "lemmas", "not_names", "roles")

# What a column may hold, where it may not hold everything.
UNITS = ("form", "lemma", "participle")
TAGS = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)
CHOICES = {
    ("gazetteer", "label"): get_args(Label),
    ("speakers", "kind"): ("person", "body", "document"),
    ("speech", "class"): ("nominal", "clause", "incise", "phrase", "preposition"),
}


class Lexicon(NamedTuple):
    """The rows of a word list, and what could not be read of it (file, line, message)."""

    rows: pd.DataFrame
    problems: list[tuple[str, int, str]]


def per_lexicons(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the results of a function that reads word lists, for each folder named by `LEXICONS`."""

    @cache
    def kept(_: str, arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> T:
        return function(*arguments, **dict(options))

    @wraps(function)
    def call(*arguments: P.args, **options: P.kwargs) -> T:
        return kept(os.environ.get("LEXICONS", ""), arguments, tuple(sorted(options.items())))

    return call


@per_lexicons
def lexicon(name: str) -> Lexicon:
    """The word list of that name: ours, then the rows of the file of the same name in the folder
    `LEXICONS`.
    """
    rows, problems = _read(name)
    return Lexicon(pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype="str"), problems)


@per_lexicons
def places(name: str) -> pd.DataFrame:
    """Where each row of the word list stands: the columns file and line."""
    found = pd.DataFrame(_read(name)[0], columns=["file", "line"])
    return found.astype({"file": "str", "line": "int64"})


def unreadable(row: dict[str, str]) -> str:
    """What is wrong with a row whose theme, unit or part of speech is none; nothing if it can be
    read.

    >>> unreadable({"pos": "NOM"})
    "has the part of speech 'NOM'; it may be NOUN, VERB, ADJ, … (Universal Dependencies)"
    """
    if mark := re.search("[:;]", row.get("theme", "")):
        return f"has {mark[0]!r} in the name of its theme, which tells themes apart; take it out"
    if row.get("unit", "") not in ("", *UNITS):
        return f"has the unit {row['unit']!r}; it may be {', '.join(UNITS)}, or empty"
    tags = [tag for tag in row.get("pos", "").split() if tag.partition(":")[0].upper() not in TAGS]
    known = "it may be NOUN, VERB, ADJ, … (Universal Dependencies)"
    return f"has the part of speech {tags[0]!r}; {known}" if tags else ""


def _unusable(name: str, row: dict[str, str]) -> str:
    """What is wrong with a row of this word list; nothing if all that read the list can use it."""
    for (owner, column), known in CHOICES.items():
        if name == owner and row[column] not in known:
            return f"has the {column} {row[column]!r}; it may be {', '.join(known)}"
    words = row.get("entry", "any").replace("'", "' ").split()
    if name in ("events", "speech") and words == ["se"]:
        return "has no verb after se"
    if name == "speech" and row["class"] == "phrase" and len(words) < 2:
        return "is a phrase of one word; write a verb with what follows it"
    if not (row.get("syllables", "1").isdecimal() and len(row.get("syllables", "1")) < 3):
        return f"has {row['syllables']!r} syllables; write their number"
    return unreadable(row)


@per_lexicons
def function_words() -> frozenset[str]:
    """The types that carry grammar rather than content (*mots-outils*)."""
    return frozenset(lexicon("function_words").rows["form"])


def digest(names: tuple[str, ...] = PARSING) -> str:
    """SHA-256 of the content of these word lists, wherever they are kept."""
    total = hashlib.sha256()
    for name in names:
        total.update(repr(lexicon(name).rows.to_numpy().tolist()).encode())
    return total.hexdigest()


@per_lexicons
def _read(name: str) -> tuple[list[dict[str, Any]], list[tuple[str, int, str]]]:
    """The rows of the word list with their file and line, and what could not be read."""
    rows: list[dict[str, Any]] = []
    problems: list[tuple[str, int, str]] = []
    own = own_folder()
    for path in (HERE / f"{name}.csv", own / f"{name}.csv" if own else None):
        if path is not None and (path.exists() or path.is_symlink()):
            try:
                _read_file(path, name, rows, problems)
            except (OSError, UnicodeDecodeError) as error:
                problem = f"cannot be read ({error}); save it as CSV in UTF-8"
                problems.append((path.name, 0, problem))
    return rows, problems


def own_folder() -> Path | None:
    """The folder that the environment variable LEXICONS names."""
    own = os.environ.get("LEXICONS", "")
    return Path(own).expanduser() if own else None


def strangers() -> list[tuple[str, str]]:
    """What LEXICONS names and nothing reads: file, and what is wrong with it."""
    own = own_folder()
    if own is None:
        return []
    if not own.is_dir():
        return [(str(own), "is no folder; LEXICONS names the folder that holds your word lists")]
    known = ", ".join(f"{name}.csv" for name in COLUMNS)
    others = sorted(path.name for path in own.glob("*.csv") if path.stem not in COLUMNS)
    return [
        (f"LEXICONS/{name}", f"is read by nothing; the word lists are {known}") for name in others
    ]


def _read_file(
    path: Path, name: str, rows: list[dict[str, Any]], problems: list[tuple[str, int, str]]
) -> None:
    """Append the file's rows and problems; a spreadsheet's semicolons, tabs and byte order mark are
    understood.
    """
    columns, needed = COLUMNS[name], COLUMNS[name][: REQUIRED[name]]
    records = _records(path, problems)
    header = next(records, (1, []))[1]
    if missing := ", ".join(column for column in needed if column not in header):
        what = f"has no column {missing}; its first line should be {','.join(columns)}"
        problems.append((path.name, 1, what))
        return
    file = path.name if path.parent == HERE else f"LEXICONS/{path.name}"
    for line, cells in records:
        given = dict(zip(header, cells, strict=False))
        row = {column: given.get(column, "").strip() for column in columns}
        whole = len(cells) <= len(header) and all(row[column] for column in needed)
        if problem := _unusable(name, row) if whole else f"is not {','.join(columns)}":
            problems.append((path.name, line, problem))
        else:
            rows.append({**row, "file": file, "line": line})


def _records(path: Path, problems: list[tuple[str, int, str]]) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file that are not empty, with their numbers."""
    if not path.is_file():
        raise OSError("it is no file, or a link that leads nowhere")
    text = path.read_bytes().decode("utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            if cells := next(reader):
                yield reader.line_num, cells
        except StopIteration:
            return
        except csv.Error as error:
            problem = f"cannot be read ({error}); close the quotes"
            problems.append((path.name, reader.line_num, problem))
