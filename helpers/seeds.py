"""From a folder of files to the table of documents: what was read, and every file or part that was not understood."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.duplicates import Words, find_duplicates, read_words
from helpers.headers import Layout, read_layout
from helpers.lexicons import function_words
from helpers.tables import DOCUMENTS, FIELDS, ISSUES, table

MAX_BYTES = 20_000_000
# A French text has about half function words, one in Spanish or Catalan less than a third (la, de, que, se…), one in
# English a tenth; fewer words than these tell nothing.
MIN_FUNCTION_SHARE, MIN_WORDS_TO_JUDGE = 0.3, 20
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


class Seeds(NamedTuple):
    """The documents of a folder, and what was not understood."""

    documents: pd.DataFrame
    issues: pd.DataFrame


class Folder(NamedTuple):
    """All that reading a folder gives: `Seeds`, and the fields found around the bodies."""

    documents: pd.DataFrame
    fields: pd.DataFrame
    issues: pd.DataFrame


class NotText(ValueError):
    """The bytes are no text in any encoding that is tried."""


def load_seeds(folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Seeds:
    """Which texts are in the folder, and what in them was not understood? (*corpus, métadonnées*)

    documents: one row per text that was read, in the order of file names; the counts of paragraphs, sentences and words
    are missing until the text is parsed. issues: one row per thing that was repaired or not understood. Both have the
    columns of the corpus (`helpers`). Files that are not .txt are passed over with one issue per suffix; sub-folders
    are not entered.

    Parameters: folder; max_bytes (a larger file is an issue and is not read).
    Raises: FileNotFoundError or NotADirectoryError naming the folder.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "visite.txt").write_text(" date 2024-11 Le ministre est à Rabat.", "utf-8")
    >>> load_seeds(folder).documents[["doc", "date", "date_precision"]].to_records(index=False).tolist()
    [('visite', '2024-11', 'month')]
    """
    read = read_folder(folder, max_bytes=max_bytes)
    return Seeds(read.documents, read.issues)


def read_folder(folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Folder:
    """The documents, fields and issues of a folder; `load_seeds` says what they are."""
    folder = Path(folder).expanduser()
    if not folder.exists():
        raise FileNotFoundError(
            f"there is no folder {folder}; make it and put .txt files into it, or name another"
        )
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file; name the folder that holds the .txt files")
    issues: list[dict[str, Any]] = []
    names = list(_text_files(folder, issues))
    documents, fields = [], []
    for name, doc in zip(names, _stems(names), strict=True):
        text_row = _read_file(folder / name, doc, max_bytes, issues)
        if text_row:
            layout = read_layout(text_row["text"])
            documents.append(text_row | _header(layout))
            fields += [{"doc": doc, **field._asdict()} for field in layout.fields]
            issues += _layout_issues(doc, text_row["file"], layout)
    if not documents:
        message = f"{folder.name} has no text that can be read; put .txt files into it, one text each, or name another folder"
        issues.append({"file": folder.name, "kind": "empty", "message": message})
    _mark_repeated_and_foreign(documents, issues)
    joined = _join_metadata(table(documents, DOCUMENTS), folder / "metadata.csv", issues)
    return Folder(joined, table(fields, FIELDS), table(issues, ISSUES))


def _text_files(folder: Path, issues: list[dict[str, Any]]) -> Iterator[str]:
    """The names of the .txt files in order; everything else that a reader would miss is an issue."""
    others: Counter[str] = Counter()
    with os.scandir(folder) as entries:
        found = sorted((entry.name for entry in entries))
    for name in found:
        if name.startswith(".") or name == "metadata.csv" or Path(name).stem.lower() == "readme":
            continue
        if name.lower().endswith(".txt"):
            yield name
        elif not (folder / name).is_dir():
            others[Path(name).suffix.lower()] += 1
        elif inside := sum(1 for path in (folder / name).glob("*.txt")):
            message = f"the sub-folder {_shown(name)} holds {inside} .txt files that are not read; move them up, or name that folder"
            issues.append({"file": _shown(name), "kind": "ignored", "message": message})
    for suffix, count in sorted(others.items()):
        what = f"{suffix} files" if suffix else "files without a suffix"
        message = f"{count} {what} passed over; only .txt files are read: save them as plain text"
        issues.append({"file": f"*{suffix}", "kind": "ignored", "message": message})


def _shown(name: str) -> str:
    """A file name as text: bytes of a name that are no UTF-8 become replacement characters."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _stems(names: list[str]) -> list[str]:
    """The unique name of each document: the file's without its suffix, or with it where two files share a stem."""
    seen: set[str] = set()
    docs = []
    for name in map(_shown, names):
        doc = name[:-4] if name[:-4] not in seen else name
        while doc in seen:
            doc += "_"
        seen.add(doc)
        docs.append(doc)
    return docs


def _read_file(
    path: Path, doc: str, max_bytes: int, issues: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """The text of a file with its digest and encoding, or None and an issue."""
    file = _shown(path.name)

    def issue(kind: str, message: str) -> None:
        issues.append(
            {
                "doc": doc if kind == "encoding" else None,
                "file": file,
                "kind": kind,
                "message": f"{file} {message}",
            }
        )

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return issue("unreadable", "is not a file that holds text; only regular files are read")
        if status.st_size > max_bytes:
            return issue(
                "too_large",
                f"has {status.st_size:,} bytes, over the limit of {max_bytes:,}; cut it into texts",
            )
        data = path.read_bytes()
        text, encoding, repaired = decode(data)
    except OSError as error:
        return issue(
            "unreadable", f"cannot be opened ({error.strerror}); check its rights and links"
        )
    except NotText as error:
        return issue("not_text", f"is no text ({error}); save it as plain text in UTF-8")
    layout = read_layout(text)
    if layout.body_start >= layout.body_end:
        return issue("empty", "has no text; fill it or take it out of the folder")
    if repaired:
        issue("encoding", repaired)
    return {
        "doc": doc,
        "file": file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "encoding": encoding,
        "text": text,
    }


def decode(data: bytes) -> tuple[str, str, str]:
    """The text of a file, its encoding, and what was repaired or looks damaged (empty where nothing was).

    >>> decode("équipe".encode("cp1252"))[:2]
    ('équipe', 'cp1252')
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding), encoding, ""
    if data[:200].count(0) * 3 > len(data[:200]):
        encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        return (
            _decoded(data, encoding),
            encoding,
            f"has no byte order mark and was read as {encoding}; save it in UTF-8",
        )
    try:
        text, encoding, repaired = data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        text, encoding = _decoded(data, "cp1252"), "cp1252"
        repaired = (
            "is not in UTF-8 and was read as Windows-1252; check its accents, or save it in UTF-8"
        )
    if CONTROL.search(text):
        raise NotText("it holds control characters")
    if "\ufffd" in text or re.search("Ã[©¨ª ®´§]|â€™", text):
        repaired = "holds characters that were damaged before (\ufffd, Ã©); fetch the text again from its source"
    return text, encoding, repaired


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotText(f"it cannot be decoded as {encoding}") from None
    if CONTROL.search(text):
        raise NotText("it holds control characters")
    return text


def _header(layout: Layout) -> dict[str, Any]:
    """The columns of a document that its header and closing give: the first field of each kind, and the date."""
    first = {field.field: field.value for field in reversed(layout.fields) if field.field != "date"}
    span = layout.date
    dates = (
        {"date_start": pd.Timestamp(span.first), "date_end": pd.Timestamp(span.last)}
        if span
        else {}
    )
    precision = {"date": layout.date_written, "date_precision": span.precision} if span else {}
    return (
        first | dates | precision | {"body_start": layout.body_start, "body_end": layout.body_end}
    )


def _layout_issues(doc: str, file: str, layout: Layout) -> Iterator[dict[str, Any]]:
    for kind, message, start, end in layout.problems:
        yield {
            "doc": doc,
            "file": file,
            "kind": kind,
            "message": f"{file}: {message}",
            "start": start,
            "end": end,
        }
    if not any(field.field == "date" for field in layout.fields):
        message = (
            f"{file} has no date; begin it with “date 2024-11-26 ”, “date 2024-11 ” or “date 2024 ”"
        )
        yield {"doc": doc, "file": file, "kind": "no_date", "message": message}


def _mark_repeated_and_foreign(
    documents: list[dict[str, Any]], issues: list[dict[str, Any]]
) -> None:
    """Fill duplicate_of and similarity, and report repeated texts and texts that are not French."""
    words = read_words([row["text"][row["body_start"] : row["body_end"]] for row in documents])
    for found in find_duplicates(words).itertuples(index=False):
        later, earliest = documents[found.text], documents[found.earliest]
        later |= {"duplicate_of": earliest["doc"], "similarity": found.similarity}
        kind, how = (
            ("duplicate", "repeats")
            if found.exact
            else ("near_duplicate", f"is to {found.similarity:.0%} the text of")
        )
        message = f"{later['file']} {how} {earliest['file']}; both are kept: count one witness, or filter on duplicate_of"
        issues.append(
            {"doc": later["doc"], "file": later["file"], "kind": kind, "message": message}
        )
    for row, share in zip(documents, _function_share(words), strict=True):
        if share < MIN_FUNCTION_SHARE:
            message = f"{row['file']} does not look French ({share:.0%} of its words are French function words); it is read all the same"
            issues.append(
                {"doc": row["doc"], "file": row["file"], "kind": "not_french", "message": message}
            )


def _function_share(words: Words) -> list[float]:
    """The share of French function words in each text; 1 where there are too few words to judge."""
    grammatical = function_words()
    is_function = np.array([word in grammatical for word in words.types], bool)[words.codes]
    total = np.concatenate(([0], np.cumsum(is_function)))[words.starts]
    lengths = np.diff(words.starts)
    shares = np.diff(total) / np.maximum(lengths, 1)
    return np.where(lengths < MIN_WORDS_TO_JUDGE, 1.0, shares).tolist()


def _join_metadata(
    documents: pd.DataFrame, path: Path, issues: list[dict[str, Any]]
) -> pd.DataFrame:
    """Add the columns of metadata.csv, matched on its first column (doc or file); what does not fit is an issue."""
    if not path.is_file():
        return documents

    def issue(message: str) -> None:
        issues.append({"file": path.name, "kind": "metadata", "message": f"{path.name} {message}"})

    try:
        given = _read_metadata(path)
    except (OSError, ValueError, csv.Error) as error:
        issue(f"cannot be read ({error}); save it as CSV in UTF-8 with a first column doc or file")
        return documents
    key = given.columns[0]
    clashing = [column for column in given.columns[1:] if column in DOCUMENTS]
    if clashing:
        issue(
            f"has columns that every corpus has and that are left out: {', '.join(clashing)}; rename them"
        )
    for value in given[key][given[key].duplicated()]:
        issue(f"names {value} more than once; its first row is used")
    keys = documents[key].map(_composed)
    for value in given[key][~given[key].isin(keys)]:
        issue(f"names {value}, and there is no such text; its row is not used")
    given = given.drop(columns=clashing).drop_duplicates(key).set_index(key)
    return documents.join(given.reindex(keys).reset_index(drop=True))


def _read_metadata(path: Path) -> pd.DataFrame:
    text, _, _ = decode(path.read_bytes())
    first = text.partition("\n")[0]
    from io import StringIO

    given = pd.read_csv(
        StringIO(text),
        sep=max(",;\t", key=first.count),
        dtype={0: "str"},
        keep_default_na=False,
        na_values=[""],
    )
    if given.empty or given.columns[0] not in ("doc", "file"):
        raise ValueError(
            f"its first column is {given.columns[0] if len(given.columns) else 'missing'}, not doc or file"
        )
    given[given.columns[0]] = given[given.columns[0]].map(_composed)
    return given


def _composed(name: str) -> str:
    """A name with composed accents: some systems write file names with decomposed ones."""
    return unicodedata.normalize("NFC", name)
