"""The files of a folder as text: which are read, in which encoding, what in them was damaged or
comes from another format, and what could not be read.
"""

import hashlib
import html
import os
import re
import secrets
import stat
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html.entities import html5
from io import FileIO
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.read.tables import counted, issue, rows_of

Folder = str | os.PathLike[str] | None
Problem = tuple[Any, ...]  # kind and message of an issue; where there is a place, start and end

REPORT = ".report.json"  # in a folder that is a report, with what a run wrote there
HIDDEN = (".", "~$")  # begins a name that no reader gave: ~$a.docx is there while Word has a.docx
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Encodings of files that are not in UTF-8: their names in web pages and XML, the signs by which
# each is told, what is said. Those of all but Windows-1252 stand where no French text has what
# their bytes are there: a Ž behind a small letter, say, but not one that begins a name.
_OLDER = {row["name"]: row for row in rows_of("encodings.csv")}
_NAMES = "|".join(f"(?P<{name}>{row['declared']})" for name, row in _OLDER.items())
_DECLARED = rf"(?i)<(?:meta|\?xml)\s[^>]*?(?:charset|encoding)\s*=\s*[\"']?(?:{_NAMES})"
CONTROL = bytes([*range(0x09), *range(0x0E, 0x1C), 0x7F])
# Files that other programs export, the first row that fits: their reader, where there is one, a
# pattern of their names, whether these alone tell what they are, what they hold, what they are and
# what to do.
EXPORTS = rows_of("exports.csv")
# What the web, a PDF, DOS or another encoding leave in a text: the kind of issue, what it is, what
# was or is to be done, its pattern. lost is UTF-8 that was read as Windows-1252 and saved again;
# control is Windows-1252 that was read as Latin-1.
DAMAGE = {row["name"]: row for row in rows_of("damage.csv")}
_DAMAGE = re.compile("|".join(f"(?P<{name}>{row['pattern']})" for name, row in DAMAGE.items()))
# One search for each of these is quicker than the pattern, and most texts have none; cuts are not
# the line below front matter.
_SIGNS = (*"&<\u00ad\ufffdÃÂ\ufeff\x1a", *"{\\rtf [/ â€ Å“ ** __ ]( ```".split(), "# ")
_A_REPORT = ("a report", "its texts are in its folder exports/txm")
_CUTS = re.compile(r"[-‐¬?](?:(?<!--)(?<!\?)[\r\n]|(?<=\w-) |(?<=[\w'’]\?)[a-zà-ÿ])")
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")


def named_folder(variable: str, given: Folder = None, default: Path | None = None) -> Path | None:
    """The folder that is given, else the one that an environment variable names, else the default:
    all that this room reads from the environment.
    """
    path = given or os.environ.get(variable) or default
    return at_home(path) if path else None


def at_home(path: str | os.PathLike[str]) -> Path:
    """The path with the home that a ~ at its beginning stands for.

    Raises: FileNotFoundError for the home of nobody, and for an empty name, as a variable of the
    shell leaves it that has no value.
    """
    if not os.fspath(path):
        raise FileNotFoundError("'' names no file and no folder; . is the folder where you are")
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise FileNotFoundError(f"{path} is the home of nobody; write the folder out") from None


def in_utf8(path: Path) -> str:
    """The path for pyarrow, which takes the names of files to be UTF-8 whatever the system does."""
    return os.fsencode(path).decode("utf-8", "surrogateescape")


class NotText(ValueError):
    """The bytes are no text in any encoding that is tried."""


class Unread(Exception):
    """A file that cannot be read, with the kind of issue and what to do."""

    @property
    def kind(self) -> str:
        """The kind of issue."""
        return self.args[0]

    def __str__(self) -> str:
        return self.args[1]


def text_files(folder: Path, issues: list[dict[str, Any]]) -> Iterator[str]:
    """The names of the .txt files of a folder and its sub-folders in order, with / between; all
    else that a reader would miss is an issue.
    """
    found: list[str] = []
    others: dict[tuple[str, str] | None, list[str]] = defaultdict(list)

    def refused(error: OSError) -> None:
        name = _inside(folder, error.filename)
        message = f"{name} cannot be opened ({error.strerror}); check its rights"
        issues.append(issue(name, "unreadable", message))

    for here, folders, names in os.walk(folder, onerror=refused):
        at = f"{_inside(folder, here)}/".removeprefix("./")
        if REPORT in names:
            folders[:] = []
            others[_A_REPORT].append(at or shown(folder.name))
            continue
        folders[:] = [name for name in folders if not _silent(name, at)]
        links = [name for name in folders if Path(here, name).is_symlink()]
        for name in [*(name for name in names if not _silent(name, at)), *links]:
            if name.lower().endswith(".txt"):
                found.append(at + name)
            else:
                others[_export(Path(here, name), at)].append(shown(at + name))
    others.pop(None, None)
    for (what, how), names in sorted(others.items()):
        first, *more = sorted(names)
        few = ", ".join([first, *more[:2]]) + (f" and {len(more) - 2:,} more" if more[2:] else "")
        how = how.replace("FILE", f"'{first}'" if " " in first else first)
        issues.append(issue(first, "ignored", f"{few}: {what}, passed over; {how}"))
    yield from sorted(found)


def _inside(folder: Path, path: str) -> str:
    """A path from a folder on, with / between."""
    return shown(Path(path).relative_to(folder).as_posix())


def _silent(name: str, at: str) -> bool:
    readme = name[:6].lower() == "readme" and Path(name).stem.lower() == "readme"
    return name.startswith(HIDDEN) or name == "__MACOSX" or readme or at + name == "metadata.csv"


def _export(path: Path, at: str) -> tuple[str, str] | None:
    """What a file that is no .txt is, and what to do with it; in a sub-folder only what other
    programs export is told, since there may be pictures and parts of web pages.
    """
    if path.is_dir():
        return "a link to a folder", "put the folder itself there"
    rows = [row for row in EXPORTS if re.fullmatch(row["names"], path.name, re.IGNORECASE)]
    head = _head(path) if rows else b""
    marked = (row for row in rows if row["mark"] and re.search(row["mark"].encode(), head))
    if row := next(marked, None) or next((row for row in rows if row["named"]), None):
        return row["what"], row["how"]
    what = f"{shown(path.suffix.lower())} files" if path.suffix else "files without a suffix"
    return None if at else (what, "only .txt files are read, save them as plain text")


def _head(path: Path) -> bytes:
    """The beginning of a file, in which its mark is looked for; nothing where it is not read."""
    with suppress(OSError, Unread):
        return read_bytes(path, 1 << 27)[: 1 << 16]
    return b""


def shown(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become escapes, by which names still differ."""
    return name.encode("utf-8", "backslashreplace").decode()


def unique_stems(names: list[str]) -> Iterator[str]:
    """The name of each document: the file's without suffix; where several have it, with the folder
    before it, or else with the suffix.

    >>> list(unique_stems(["visite.TXT", "visite.txt", "Le Fanal/visite.txt"]))
    ['visite', 'visite.txt', 'Le Fanal_visite']
    """
    paths = [shown(name).rpartition("/") for name in names]
    often = Counter(name[:-4] for _, _, name in paths)
    seen: set[str] = set()
    for folder, _, name in paths:
        before = f"{folder}_".replace("/", "_") if folder and often[name[:-4]] > 1 else ""
        doc = before + (name[:-4] if before + name[:-4] not in seen else name)
        while doc in seen:
            doc += "_"
        seen.add(doc)
        yield doc


def read_file(path: Path, max_bytes: int) -> tuple[str, dict[str, str], list[Problem]]:
    """The text of a file; its digest and its encoding; what was repaired or looks damaged in it.

    Raises: Unread with the kind of issue, and what to do.
    """
    try:
        data = read_bytes(path, max_bytes)
        text, encoding, problems = decode(data)
    except OSError as error:
        message = f"cannot be opened ({error.strerror}); check its rights and links"
        raise Unread("unreadable", message) from None
    except NotText as error:
        raise Unread("not_text", f"is no text ({error}); save it as plain text in UTF-8") from None
    return text, {"sha256": hashlib.sha256(data).hexdigest(), "encoding": encoding}, problems


def read_bytes(path: Path | str, max_bytes: int) -> bytes:
    """The bytes of a file; a pipe, which might never end, is not opened."""
    status = os.stat(path)  # noqa: PTH116  # to make a Path of each takes as long as to read it
    if not stat.S_ISREG(status.st_mode):
        raise Unread("unreadable", "is not a file that holds text; only regular files are read")
    with FileIO(path) as file:
        data = file.readall() if status.st_size <= max_bytes else b""
    # It may have grown before it was read.
    if (size := max(status.st_size, len(data))) > max_bytes:
        limit = f"has {size:,} bytes, over the limit of {max_bytes:,}; cut it into texts"
        raise Unread("too_large", limit)
    return data


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write, which takes the place of this one once it is whole, so that nobody reads
    half of it; where that fails, nothing of it is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def bodies(documents: pd.DataFrame) -> list[str]:
    """What is read of each document: its text from body_start to body_end."""
    rows = documents[["text", "body_start", "body_end"]].itertuples(index=False, name=None)
    return [text[start:end] for text, start, end in rows]


def decode(data: bytes) -> tuple[str, str, list[Problem]]:
    """The text of a file, its encoding, and what was repaired or looks damaged in it.

    The text has the characters of the file, but for those that only tell how they came there; each
    kind of them is a problem, with its number and its first place.

    Left out: marks of byte order, an end-of-file mark of DOS, a soft hyphen with the line end
    behind it, which joins the word. Read as what they stand for: HTML entities, control characters
    where Windows-1252 has ’ or œ; as \ufffd: a byte that is no UTF-8 in a text that else is. Tags,
    RTF, Markdown and hyphens at line ends are told and left. Places are those of the text that is
    returned.

    Raises: NotText for bytes that are no text in UTF-8, UTF-16 or an older encoding of French.

    >>> decode("équipe".encode("cp1252"))[:2]
    ('équipe', 'cp1252')
    >>> text, _, problems = decode("l&rsquo;équipe".encode())
    >>> text, [(kind, text[start:end]) for kind, _, start, end in problems]
    ('l’équipe', [('markup', '’')])
    """
    text, encoding, problems = decoded(data)
    written = data if encoding == "utf-8" else text.encode()
    if any(sign in text for sign in _SIGNS) or _CUTS.search(text) or _CONTROLS.search(written):
        text = _mended(text, problems)
        written = text.encode()
    if len(written.translate(None, CONTROL)) < len(written):
        raise NotText("it holds control characters")
    return text, encoding, problems


def decoded(data: bytes) -> tuple[str, str, list[Problem]]:
    """The characters of a file as they stand there, its encoding, and what is uncertain in it.

    A few bytes that are broken become \ufffd.

    Raises: NotText for bytes that are no text in UTF-8, UTF-16 or an older encoding of French.
    """
    problems: list[Problem] = []
    marked = next((name for mark, name in MARKS if data.startswith(mark)), "")
    if not marked and data[:200].count(0) * 3 > len(data[:200]):
        marked = "utf-16-le" if data[1:200:2].count(0) > data[:200:2].count(0) else "utf-16-be"
        message = f"has no byte order mark and was read as {marked}; save it in UTF-8"
        problems.append(("encoding", message))
    encoding = marked or "utf-8"
    with suppress(UnicodeDecodeError):
        return data.decode(encoding), encoding, problems
    text = data.decode(encoding, "replace")
    # The others that are not ASCII are letters with accents and the like.
    if 2 * text.count("\ufffd") > len(text) - len(text.encode("ascii", "ignore")):
        encoding = _older(data)
        text = data.decode(encoding, "replace")
        if marked or text.count("\ufffd") * 500 > len(text):
            raise NotText(f"it cannot be decoded as {marked or 'UTF-8 or an older encoding'}")
        problems.append(("encoding", _OLDER[encoding]["what"]))
    return text, encoding, problems


def _older(data: bytes) -> str:
    """The older encoding that is declared, or else has the most signs; Windows-1252, the usual one,
    where none has more.
    """
    start = data[: 1 << 20]
    declared = re.search(_DECLARED.encode(), start[:4096])
    signs = {key: len(re.findall(row["signs"].encode(key), start)) for key, row in _OLDER.items()}
    return (declared and declared.lastgroup) or max(signs, key=signs.__getitem__)


def _mended(text: str, problems: list[Problem]) -> str:
    """The text with what can safely be read as what it is; a problem for each kind of damage."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    shorter = 0  # than what was read so far

    def read(match: re.Match[str]) -> str:
        nonlocal shorter
        name, found = match.lastgroup or "", match[0]
        new = _read_as(name, found)
        if name != "entity" or new != found:
            start = match.start() - shorter
            places[name].append((max(start - (not new), 0), start + max(len(new), 1)))
            shorter += len(found) - len(new)
        return new

    text = _DAMAGE.sub(read, text)
    for name, [(start, end), *more] in places.items():
        row = DAMAGE[name]
        message = f"holds {counted(1 + len(more), row['what'])} {row['how']}"
        problems.append((row["kind"], message, start, min(end, len(text))))
    return text


def _read_as(name: str, found: str) -> str:
    """What a kind of damage is read as; nothing for what is left out, itself for what is told."""
    if name == "control":
        return found.encode("latin-1").decode("cp1252")
    if name != "entity":
        return "" if name in ("mark", "end", "soft") else found
    entity = found[1:-1].rpartition(";")[2] + ";"  # of &amp;eacute; too, which was escaped again
    known = entity[0] == "#" or entity in html5
    return (html.unescape(f"&{entity}") if known else "") or found.replace("&amp;", "&")
