"""The files of a folder as text: which are read, in which encoding, and what could not be; and
metadata.csv, the columns that a researcher keeps beside the texts.
"""

import hashlib
import os
import re
import stat
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.dates import date_columns, read_date
from helpers.read.tables import column_of, issue

Folder = str | os.PathLike[str] | None

CONTROL = bytes([*range(0x09), *range(0x0E, 0x1C), 0x7F])
# UTF-8 that was read as Windows-1252 and saved again (Ã©, â€™), or a character that was lost
# (U+FFFD).
DAMAGED = re.compile(r"\ufffd|Ã[©¨ª ®´§]|â€™")
_PERHAPS_DAMAGED = ("\ufffd", "Ã", "â€™")  # one search for each is quicker than the pattern
# Cells of metadata.csv that are numbers.
WHOLE = "[+-]?(?:0|[1-9][0-9]{0,17})"
NUMBER = rf"(?=[+-]?\.?[0-9])(?:{WHOLE}|[+-]?)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def named_folder(variable: str, given: Folder = None, default: Path | None = None) -> Path | None:
    """The folder that is given, else the one that an environment variable names, else the default:
    all that this room reads from the environment.
    """
    path = given or os.environ.get(variable) or default
    return Path(path).expanduser() if path else None


class NotText(ValueError):
    """The bytes are no text in any encoding that is tried."""


class Unread(Exception):
    """A file that cannot be read, with the kind of issue and what to do."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def text_files(folder: Path, issues: list[dict[str, Any]]) -> Iterator[str]:
    """The names of the .txt files in order; all else that a reader would miss is an issue."""
    others: Counter[str] = Counter()
    with os.scandir(folder) as entries:
        found = sorted(entry.name for entry in entries if not _silent(entry.name))
    for name in found:
        if name.lower().endswith(".txt"):
            yield name
        elif not (folder / name).is_dir():
            others[Path(name).suffix.lower()] += 1
        elif inside := sum(1 for _ in (folder / name).glob("*.txt")):
            what = f"the sub-folder {shown(name)} holds {inside} .txt files that are not read"
            issues.append(
                issue(shown(name), "ignored", f"{what}; move them up, or name that folder")
            )
    for suffix, count in sorted(others.items()):
        what = f"{suffix} files" if suffix else "files without a suffix"
        message = f"{count} {what} passed over; only .txt files are read: save them as plain text"
        issues.append(issue(f"*{suffix}", "ignored", message))


def _silent(name: str) -> bool:
    readme = name[:6].lower() == "readme" and Path(name).stem.lower() == "readme"
    return name.startswith(".") or name == "metadata.csv" or readme


def shown(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become escapes, by which names still differ."""
    return name.encode("utf-8", "backslashreplace").decode()


def unique_stems(names: list[str]) -> Iterator[str]:
    """The name of each document: the file's without suffix, or with it where two files share a
    stem.

    >>> list(unique_stems(["visite.TXT", "visite.txt"]))
    ['visite', 'visite.txt']
    """
    seen: set[str] = set()
    for name in map(shown, names):
        doc = name[:-4] if name[:-4] not in seen else name
        while doc in seen:
            doc += "_"
        seen.add(doc)
        yield doc


def read_file(path: Path, max_bytes: int) -> tuple[str, dict[str, str]]:
    """The text of a file; its digest, its encoding and what was repaired in it.

    Raises: Unread with the kind of issue, and what to do.
    """
    try:
        data = _read(path, max_bytes)
        text, encoding, repaired = decode(data)
    except OSError as error:
        message = f"cannot be opened ({error.strerror}); check its rights and links"
        raise Unread("unreadable", message) from None
    except NotText as error:
        raise Unread("not_text", f"is no text ({error}); save it as plain text in UTF-8") from None
    digest = hashlib.sha256(data).hexdigest()
    return text, {"sha256": digest, "encoding": encoding, "repaired": repaired}


def _read(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file; a pipe, which might never end, is not opened."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Unread("unreadable", "is not a file that holds text; only regular files are read")
    data = path.read_bytes() if status.st_size <= max_bytes else b""
    # It may have grown before it was read.
    if (size := max(status.st_size, len(data))) > max_bytes:
        limit = f"has {size:,} bytes, over the limit of {max_bytes:,}; cut it into texts"
        raise Unread("too_large", limit)
    return data


def decode(data: bytes) -> tuple[str, str, str]:
    """The text of a file, its encoding, and what was repaired or looks damaged (empty where nothing
    was).

    Raises: NotText for bytes that are no text in UTF-8, UTF-16 or Windows-1252.

    >>> decode("équipe".encode("cp1252"))[:2]
    ('équipe', 'cp1252')
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "")
    repaired = ""
    if not encoding and data[:200].count(0) * 3 > len(data[:200]):
        encoding = "utf-16-le" if data[1:200:2].count(0) > data[:200:2].count(0) else "utf-16-be"
        repaired = f"has no byte order mark and was read as {encoding}; save it in UTF-8"
    text, encoding = _decoded(data, encoding)
    if encoding == "cp1252":
        how = "check its accents, or save it in UTF-8"
        repaired = f"is not in UTF-8 and was read as Windows-1252; {how}"
    written = data if encoding == "utf-8" else text.encode()
    if len(written.translate(None, CONTROL)) < len(written):
        raise NotText("it holds control characters")
    if any(mark in text for mark in _PERHAPS_DAMAGED) and DAMAGED.search(text):
        repaired = "holds characters that were damaged before (\ufffd, Ã©); fetch the text again"
    return text, encoding, repaired


def _decoded(data: bytes, marked: str) -> tuple[str, str]:
    """The text in the encoding that it is marked with, else in the first that fits."""
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    raise NotText(f"it cannot be decoded as {marked or 'UTF-8 or Windows-1252'}")


def join_metadata(
    documents: pd.DataFrame, path: Path, issues: list[dict[str, Any]], stated: Set[tuple[str, str]]
) -> pd.DataFrame:
    """Add the columns of metadata.csv, matched on its first column (doc or file); what does not fit
    is an issue. stated are the texts and columns of front matter, which goes before it; it goes
    before other headers.
    """
    if not (path.exists() or path.is_symlink()):
        return documents
    problems: list[str] = []
    given = documents[[]]
    try:
        given = _matched(_read_metadata(path), documents, problems)
    except (OSError, ValueError) as error:
        how = "save it as CSV in UTF-8 with a first column doc or file"
        problems.append(f"cannot be read ({' '.join(str(error).split())}); {how}")
    for name in [name for name in given if name in documents]:
        in_front = np.array([(doc, name) in stated for doc in documents["doc"]], bool)
        documents = _filled(documents, given.pop(name), in_front, problems)
    issues += [issue(path.name, "metadata", f"{path.name} {problem}") for problem in problems]
    return documents.join(given)


def _matched(given: pd.DataFrame, documents: pd.DataFrame, problems: list[str]) -> pd.DataFrame:
    """The columns of the table, a row for each document, and what of it is not used. Columns that
    the documents have stay text.
    """
    key, again = given.columns[0], given.columns.duplicated()
    problems += [f"has two columns {name}; the first is used" for name in given.columns[again]]
    given = given.loc[:, ~again]
    if nameless := int(given[key].isna().sum()):
        problems.append(f"has {nameless} rows without a {key}; they are not used")
    given, keys = given.dropna(subset=[key]), documents[key].map(_composed)
    twice, others = given[key][given[key].duplicated()], given[key][~given[key].isin(keys)]
    problems += [f"names {value} more than once; its first row is used" for value in twice]
    problems += [f"names {name}, and there is no such text; its row is not used" for name in others]
    given = given.drop_duplicates(key).set_index(key)
    numbers = {name: _numbers(given[name]) for name in given.columns.difference(documents.columns)}
    return given.assign(**numbers).reindex(keys).reset_index(drop=True)


def _filled(
    documents: pd.DataFrame, given: pd.Series, in_front: np.ndarray, problems: list[str]
) -> pd.DataFrame:
    """The documents with a column filled by what is given for it where front matter does not say
    it; where two say different things is a problem.
    """
    name, said, given = given.name, documents[given.name], given.str.strip()
    spans = given.map(read_date, na_action="ignore") if name == "date" else given
    known = given.notna() & spans.notna()
    bad, how = given[given.notna() & ~known], "write it as 2024-11-26, 2024-11 or 2024"
    problems += [f"says “{value}”, which is no date; {how}" for value in bad]
    differs = known & said.notna() & np.array([*map(_differ, said, given)], bool)
    for i in np.flatnonzero(differs):
        other, kept = ("front matter", "that") if in_front[i] else ("header", "the table")
        both = f"“{given[i]}” of {documents['doc'][i]}, and its {other} “{said[i]}”"
        problems.append(f"says {name} {both}; {kept} is kept")
    taken = (known & ~(in_front & said.notna())).to_numpy()
    filled = {name: said.mask(taken, given)}
    if name == "date":
        periods = pd.DataFrame([date_columns(span) for span in spans[taken]], np.flatnonzero(taken))
        filled |= {column: documents[column].mask(taken, periods[column]) for column in periods}
    return documents.assign(**filled)


def _differ(one: Any, other: Any) -> bool:
    """Whether two values say different things: capitals aside, and dates of which neither holds the
    other.
    """
    spans = [read_date(str(value)) for value in (one, other)]
    if all(spans):
        a, b = sorted(spans, key=lambda span: span.last - span.first)
        return not (b.first <= a.first and a.last <= b.last)
    return str(one).casefold() != str(other).casefold()


def _read_metadata(path: Path) -> pd.DataFrame:
    """The table as text, whatever its separator, under the names of the columns that it fills."""
    if not path.is_file():
        raise ValueError("it is no file, or a link that leads nowhere")
    text, _, _ = decode(path.read_bytes())
    first, _, rest = text.partition("\n")
    if not rest.strip():
        raise ValueError("it has no row below its first line")
    how = {"sep": max(",;\t", key=first.count), "dtype": "str", "na_values": [""]}
    try:
        # Without index_col the first cells of a row that is too long would become an index.
        with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
            given = pd.read_csv(StringIO(text), index_col=False, keep_default_na=False, **how)
    except pd.errors.ParserWarning:
        raise ValueError("its rows have more cells than its first line") from None
    key = given.columns[0].strip().lower()
    if key not in ("doc", "file"):
        raise ValueError(f"its columns are {', '.join(given.columns)}, the first not doc or file")
    given.columns = [key, *(column_of(name.strip()) for name in given.columns[1:])]
    given[key] = given[key].map(_composed, na_action="ignore")
    return given


def _numbers(column: pd.Series) -> pd.Series:
    """A column of numbers as numbers, another as it is. Whole ones stay whole where a text has
    none; what begins with 0 is a code and no number.
    """
    cells = column.dropna().str.strip().str.removeprefix("+")
    if not cells.str.fullmatch(NUMBER).all():
        return column
    whole = len(cells) and cells.str.fullmatch(WHOLE).all()
    return cells.astype("Int64" if whole else "float64").reindex(column.index)


def _composed(name: str) -> str:
    """A name with composed accents, which some systems decompose in the names of files."""
    return unicodedata.normalize("NFC", name.strip())
