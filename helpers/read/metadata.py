"""metadata.csv: what a researcher keeps about the texts beside them, as spreadsheets write it."""

import csv
import os
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.checks import checked
from helpers.read.dates import fill_dates, read_date
from helpers.read.duplicates import chain_of
from helpers.read.files import decode
from helpers.read.french import INVISIBLE
from helpers.read.tables import column_of, counted, issue

KEYS = ("doc", "file", "id")  # columns that name the texts, the best first
# What Excel writes above a table, to say how its cells are parted.
_SEPARATOR = re.compile(r"(?i)\s*\"?sep=([,;\t|])[^\r\n]*")
_NAMELESS = re.compile(r"(?:Unnamed: \d+)?")  # a column that has no name, or one that pandas made
_LAST = "\x1a"  # in a row below the last one: no text holds it
# Cells that are numbers. 007, +212 and 12E4 are codes.
_WHOLE = "-?(?:0|[1-9][0-9]{0,17})"
_NUMBER = rf"(?=-?\.?[0-9])(?:{_WHOLE}|-?)(?:\.[0-9]*)?"


def join_metadata(
    documents: pd.DataFrame, path: Path, issues: list[dict[str, Any]], stated: set[tuple[str, str]]
) -> pd.DataFrame:
    """Add the columns of metadata.csv, matched on the one that names the texts (doc or file); what
    does not fit is an issue. stated are the texts and columns of front matter, which goes before
    it; it goes before other headers, and what it states is added to them.
    """
    if not os.path.lexists(path):
        return documents
    problems: list[str] = []
    given = documents[[]]
    try:
        given = _matched(_read_table(path, problems), documents, problems)
    except (OSError, ValueError, csv.Error) as error:
        how = "save it as CSV in UTF-8 with a first column doc or file"
        problems.append(f"cannot be read ({' '.join(str(error).split())}); {how}")
    for name in [name for name in given if name in documents]:
        in_front = np.array([(doc, name) in stated for doc in documents["doc"]], bool)
        stated |= {(doc, name) for doc in documents["doc"][given[name].notna()]}
        documents = _filled(documents, given.pop(name), in_front, problems)
    issues += [issue(path.name, "metadata", f"{path.name} {problem}") for problem in problems]
    return documents.join(given)


def _read_table(path: Path, problems: list[str]) -> pd.DataFrame:
    """The table as text, whatever parts its cells, the names of the texts first."""
    if not path.is_file():
        raise ValueError("it is no file, or a link that leads nowhere")
    text, _, damage = decode(path.read_bytes())
    problems += [message for _, message, *_ in damage]
    told = _SEPARATOR.match(text)
    text = text[told.end() :] if told else text
    heads = {mark: next(_rows(text, mark), []) for mark in (told[1] if told else ",;\t|")}
    mark, head = max(heads.items(), key=lambda item: (bool(_key(item[1])), len(item[1])))
    if not (key := _key(head)):
        raise ValueError(f"its columns are {', '.join(head)}, none of them doc or file")
    *rows, last = _rows(f"{text}\n{_LAST}", mark)
    if last != [_LAST]:
        raise ValueError(f"a quotation mark in the row of “{last[0]:.40}” is not closed")
    if not (rows := rows[1:]):
        raise ValueError("it has no row below its first line")
    width = len(head)
    if long := [row[0] for row in rows if any(row[width:])]:
        what = f"{counted(len(long), 'row')} with more cells than its first line"
        how = f"put cells that hold a “{mark}” into quotation marks"
        problems.append(f"has {what} (the first: “{long[0]}”), not used; {how}")
    rows = [(row + [""] * width)[:width] for row in rows if not any(row[width:])]
    given = pd.DataFrame(rows, columns=range(width), dtype="str").replace("", None)
    return _named(given, head, key, problems)


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    """The rows of a table with anything in them, what is not seen around the cells left out."""
    rows = csv.reader(StringIO(text, newline=None), delimiter=mark)
    return filter(any, ([c.strip().strip(INVISIBLE).strip() for c in row] for row in rows))


def _key(head: list[str]) -> str:
    """The column that names the texts, as it is written; empty where there is none."""
    columns = {name.casefold(): name for name in reversed(head)}
    return next((columns[key] for key in KEYS if key in columns), "")


def _named(given: pd.DataFrame, head: list[str], key: str, problems: list[str]) -> pd.DataFrame:
    """The table under the names of the columns that it fills, the names of the texts first."""
    names = {head.index(key): key.casefold()}
    for at, name in enumerate(head):
        if at not in names and not _NAMELESS.fullmatch(name):
            column = first = column_of(name)
            while column.casefold() in map(str.casefold, names.values()):
                column += "_2"
            if column != first:
                problems.append(f"has two columns {first}; the other is kept as {column}")
            names[at] = column
    if n := int(given.drop(columns=list(names)).count().sum()):
        how = "name the column, or empty it"
        problems.append(f"has {counted(n, 'cell')} in columns without a name, left out; {how}")
    return given[[*names]].rename(columns=names)


def _matched(given: pd.DataFrame, documents: pd.DataFrame, problems: list[str]) -> pd.DataFrame:
    """The columns of the table, a row for each document, and what of it is not used. Columns that
    the documents have stay text.
    """
    key, places = given.columns[0], _places(documents)
    if nameless := int(given[key].isna().sum()):
        problems.append(f"has {nameless} rows without a {key}; they are not used")
    given = given.dropna(subset=[key])
    found = [places.get(name, places.get(_plain(name), -1)) for name in given[key]]
    rows = pd.Series(found, given.index, "int64")
    again = (rows >= 0) & rows.duplicated()
    twice, others = given[key][again], given[key][rows < 0]
    problems += [f"names {name} more than once; its first row is used" for name in twice]
    problems += [f"names {name}, and there is no such text; its row is not used" for name in others]
    used = (rows >= 0) & ~again
    given = given[used].set_index(rows[used]).drop(columns=key)
    numbers = {name: _numbers(given[name]) for name in given.columns.difference(documents.columns)}
    return given.assign(**numbers).reindex(range(len(documents)))


def _places(documents: pd.DataFrame) -> dict[str, int]:
    """The row of each text by all that a table may call it: with its folder or without, with .txt
    or without, in other capitals; what could mean several is none of them.
    """
    files, last = documents["file"], documents["file"].str.rpartition("/")[2]
    names = [files, documents["doc"], files.str[:-4], last, last.str[:-4]]
    found: dict[str, int] = {}
    for column in [*names, *(column.map(_plain) for column in names)]:
        once = column[~column.duplicated(keep=False)]
        found = dict(zip(once, once.index, strict=True)) | found
    return found


def _plain(name: str) -> str:
    """A name without what systems write differently: composed accents, capitals, slashes, ./"""
    return unicodedata.normalize("NFC", name).casefold().replace("\\", "/").removeprefix("./")


def _filled(
    documents: pd.DataFrame, given: pd.Series, in_front: np.ndarray, problems: list[str]
) -> pd.DataFrame:
    """The documents with a column filled by what is given for it where front matter does not say
    it; where two say different things is a problem.
    """
    name, docs, said = given.name, documents["doc"], documents[given.name]
    spans = given.map(read_date, na_action="ignore") if name == "date" else given
    known = given.notna() & spans.notna()
    bad, how = given[given.notna() & ~known], "write it as 2024-11-26, 2024-11 or 2024"
    problems += [f"says “{bad[i]}” of {docs[i]}, which is no date; {how}" for i in bad.index]
    differs = known & said.notna() & np.array([*map(_differ, said, given)], bool)
    for i in np.flatnonzero(differs):
        other, kept = ("front matter", "that") if in_front[i] else ("header", "the table")
        both = f"“{given[i]}” of {docs[i]}, and its {other} “{said[i]}”"
        problems.append(f"says {name} {both}; {kept} is kept")
    taken = (known & ~(in_front & said.notna())).to_numpy()
    if name == "date":
        return fill_dates(documents, given, spans[taken])
    return documents.assign(**{name: said.mask(taken, given)})


def _differ(one: Any, other: Any) -> bool:
    """Whether two values say different things: capitals aside, and dates of which neither holds the
    other.
    """
    a, b = read_date(str(one)), read_date(str(other))
    if a and b:
        return (max(a.first, b.first), min(a.last, b.last)) not in (a[:2], b[:2])
    return str(one).casefold() != str(other).casefold()


def _numbers(column: pd.Series) -> pd.Series:
    """A column of numbers as numbers, another as it is. Whole ones stay whole where a text has
    none; what begins with 0 is a code and no number.
    """
    cells = column.dropna()
    if not cells.str.fullmatch(_NUMBER).all():
        return column
    whole = len(cells) and cells.str.fullmatch(_WHOLE).all()
    return cells.astype("Int64" if whole else "float64").reindex(column.index)


@checked
def as_told(documents: pd.DataFrame) -> pd.DataFrame:
    """What does the database tell of its texts, and what was found? (*nombre de mots, reprises*)

    One row per text of which a number of words or another printing is told, in the order of the
    corpus.

    Parameters: documents.
    Returns: columns doc, words_told (missing where it is not told), words, share (words /
    words_told: much below 1 where the text is only a beginning), also_in (how many other printings
    are told), repeats (the texts that repeat this one, or that it repeats).

    >>> from helpers import open_corpus
    >>> len(as_told(open_corpus(annotate=False).documents))
    0
    """
    told = documents.reindex(columns=["words_told", "also_in"])
    words = pd.to_numeric(told["words_told"], errors="coerce")
    chain = chain_of(documents)
    table = documents[["doc"]].assign(
        words_told=words.astype("Int64"),
        words=documents["n_words"],
        share=documents["n_words"].astype("float64") / words.where(words > 0),
        also_in=told["also_in"].astype("str").str.count(r"\|").add(1).fillna(0).astype("int64"),
        repeats=chain.map(chain.value_counts()) - 1,
    )
    return table[words.notna() | told["also_in"].notna()].reset_index(drop=True)
