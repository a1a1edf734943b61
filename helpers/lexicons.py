"""Word lists that a researcher edits: one CSV file each in `helpers/lexicons/`, extended by the
folder `LEXICONS`.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")

HERE = Path(__file__).parent / "lexicons"
COLUMNS = {
    "agencies": ("form", "name"),
    "demonyms": ("country", "name", "masculine", "feminine"),
    "function_words": ("form", "class"),
    "gazetteer": ("label", "form", "name", "country", "note"),
    "lemmas": ("form", "pos", "lemma"),
    "not_names": ("form", "note"),
    "roles": ("form",),
    "syllables": ("word", "syllables"),
}
REQUIRED = {
    "agencies": 1,
    "demonyms": 0,
    "function_words": 1,
    "gazetteer": 2,
    "lemmas": 3,
    "not_names": 1,
    "roles": 1,
    "syllables": 2,
}
# What parsing reads; the store keeps a text's tables under the content of these files.
PARSING = ("agencies", "demonyms", "function_words", "gazetteer", "lemmas", "not_names", "roles")


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
    rows: list[dict[str, str]] = []
    problems: list[tuple[str, int, str]] = []
    own = os.environ.get("LEXICONS", "")
    for path in (HERE / f"{name}.csv", Path(own).expanduser() / f"{name}.csv" if own else None):
        if path is not None and path.exists():
            _read_file(path, name, rows, problems)
    return Lexicon(pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype="str"), problems)


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


def _read_file(
    path: Path, name: str, rows: list[dict[str, str]], problems: list[tuple[str, int, str]]
) -> None:
    """Append the file's rows and problems; a spreadsheet's semicolons, tabs and byte order mark are
    understood.
    """
    columns, needed = COLUMNS[name], COLUMNS[name][: REQUIRED[name]]
    first_line = ",".join(columns)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append((path.name, 0, f"cannot be read ({error}); save it as CSV in UTF-8"))
        return
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    missing = ", ".join(column for column in needed if column not in (reader.fieldnames or ()))
    if missing:
        what = f"has no column {missing}; its first line should be {first_line}"
        problems.append((path.name, 1, what))
        return
    for row in reader:
        values = {column: (row.get(column) or "").strip() for column in columns}
        if None in row or not all(values[column] for column in needed):
            problems.append((path.name, reader.line_num, f"is not {first_line}"))
        else:
            rows.append(values)
