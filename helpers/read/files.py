"""The files of a folder as text: which are read, in which encoding, and what could not be."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.read.tables import issue

CONTROL = bytes([*range(0x09), *range(0x0E, 0x1C), 0x7F])
# UTF-8 that was read as Windows-1252 and saved again (Ã©, â€™), or a character that was lost
# (U+FFFD).
DAMAGED = re.compile(r"\ufffd|Ã[©¨ª ®´§]|â€™")
_PERHAPS_DAMAGED = ("\ufffd", "Ã", "â€™")  # one search for each is quicker than the pattern
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def named_folder(
    variable: str, given: str | os.PathLike[str] | None = None, default: Path | None = None
) -> Path | None:
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
            message = (
                f"the sub-folder {shown(name)} holds {inside} .txt files that are not read; "
                "move them up, or name that folder"
            )
            issues.append(issue(shown(name), "ignored", message))
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
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise NotText(f"it cannot be decoded as {encoding}") from None
        text, encoding = _from_windows(data), "cp1252"
        repaired = (
            "is not in UTF-8 and was read as Windows-1252; check its accents, or save it in UTF-8"
        )
    written = text.encode() if encoding else data
    if len(written.translate(None, CONTROL)) < len(written):
        raise NotText("it holds control characters")
    if any(mark in text for mark in _PERHAPS_DAMAGED) and DAMAGED.search(text):
        repaired = "holds characters that were damaged before (\ufffd, Ã©); fetch the text again"
    return text, encoding or "utf-8", repaired


def _from_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotText("it cannot be decoded as UTF-8 or Windows-1252") from None
