"""Word lists that a researcher edits: one CSV file each in `helpers/lexicons/`, extended by the
folder `LEXICONS`.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.read.files import named_folder
from helpers.read.tables import issue, rows_of

HERE = Path(__file__).parent.parent / "lexicons"
# The columns of each list: those that have a value in every row, then the others; the column that
# may hold a few values only, with these. What parsing reads is told too, since the store keeps a
# text's tables under the content of these lists.
_LISTS = {row["list"]: row for row in rows_of("lists.csv")}
COLUMNS = {name: (*f"{row['needed']} {row['further']}".split(),) for name, row in _LISTS.items()}
PARSING = [name for name, row in _LISTS.items() if row["parsing"] == "yes"]

# What a unit and a part of speech may be.
UNITS = ("form", "lemma", "participle")
TAGS = {*"ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()}


Problems = list[tuple[str, int, str]]  # file, line, message


class Lexicon(NamedTuple):
    """The rows of a word list, where each stands (file and line), and what could not be read of it
    (file, line, message).
    """

    rows: pd.DataFrame
    places: pd.DataFrame
    problems: Problems


@cache
def lexicon(name: str) -> Lexicon:
    """The word list of that name: ours, then the rows of the file of the same name in the folder
    `LEXICONS`. It is read once: a kernel that runs already does not see what is changed.
    """
    rows: list[dict[str, Any]] = []
    problems: Problems = []
    for folder in filter(None, (HERE, named_folder("LEXICONS"))):
        path = folder / f"{name}.csv"
        if path.exists() or path.is_symlink():
            try:
                _read_file(path, name, rows, problems)
            except (OSError, UnicodeDecodeError) as error:
                problem = f"cannot be read ({error}); save it as CSV in UTF-8"
                problems.append((path.name, 0, problem))
    places = pd.DataFrame(rows, columns=["file", "line"]).astype({"file": "str", "line": "int64"})
    return Lexicon(pd.DataFrame(rows, columns=COLUMNS[name], dtype="str"), places, problems)


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
    column, _, known = _LISTS[name]["choices"].partition(" ")
    if known and row[column] not in known.split():
        return f"has the {column} {row[column]!r}; it may be {', '.join(known.split())}"
    words = row.get("entry", "any").replace("'", "' ").split()
    if name in ("events", "speech") and words == ["se"]:
        return "has no verb after se"
    if name == "speech" and row["class"] == "phrase" and len(words) < 2:
        return "is a phrase of one word; write a verb with what follows it"
    if not re.fullmatch("(?:[A-Z]{2})?", row.get("country", "")):
        return f"has the country {row['country']!r}; write its code of two letters, as MA"
    if not re.fullmatch(r"\d{1,2}", row.get("syllables", "1")):
        return f"has {row['syllables']!r} syllables; write their number"
    return unreadable(row)


@cache
def forms(name: str) -> frozenset[str]:
    """The forms of a word list; those of function_words carry grammar rather than content
    (*mots-outils*).
    """
    return frozenset(lexicon(name).rows["form"])


def alternatives(name: str) -> str:
    """The forms of a word list as alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(lexicon(name).rows["form"], key=len, reverse=True)))


def digest(names: Iterable[str] = PARSING) -> str:
    """SHA-256 of the content of the word lists that parsing reads, or of others, wherever they are
    kept.
    """
    content = [lexicon(name).rows.to_numpy().tolist() for name in names]
    return hashlib.sha256(repr(content).encode()).hexdigest()


def lexicon_issues() -> Iterator[dict[str, Any]]:
    """What LEXICONS names and nothing reads, and the rows that could not be read."""
    if (own := named_folder("LEXICONS")) and not own.is_dir():
        what = "is no folder; LEXICONS names the folder that holds your word lists"
        yield issue(str(own), "lexicon", f"{own} {what}")
    known = ", ".join(f"{name}.csv" for name in COLUMNS)
    for path in sorted(own.glob("*.csv")) if own else ():
        if path.stem not in COLUMNS:
            what = f"is read by nothing; the word lists are {known}"
            yield issue(f"LEXICONS/{path.name}", "lexicon", f"LEXICONS/{path.name} {what}")
    for name in COLUMNS:
        for file, line, message in lexicon(name).problems:
            yield issue(file, "lexicon", f"{file}, line {line}, {message}")


def _read_file(path: Path, name: str, rows: list[dict[str, Any]], problems: Problems) -> None:
    """Append the file's rows with their places, and its problems; a spreadsheet's semicolons, tabs
    and byte order mark are understood.
    """
    columns, needed = COLUMNS[name], _LISTS[name]["needed"].split()
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


def _records(path: Path, problems: Problems) -> Iterator[tuple[int, list[str]]]:
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
