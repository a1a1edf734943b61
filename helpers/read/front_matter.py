"""Front matter: what a text says of itself above its body, one `key: value` a line.

    ---⏎date: 2024-11-06⏎title: Le phare, à qui ?⏎outlet: Le Fanal⏎---⏎⏎Body…

The convention of Markdown, Quarto and Jekyll without escapes, types and nesting. What is no field
is told with its place, so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from helpers.read.tables import FILLED, OURS

MOST = 200  # lines of front matter; more than that is a text that begins with a rule
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_LINE_ENDS = re.compile(r"[\r\n]+")
_KEY = re.compile(r"\w[^:]{0,59}")


class FrontMatter(NamedTuple):
    """The fields (column, start, end), where the front matter ends (0 where it is none after all),
    and what could not be understood (kind, message, start, end).
    """

    fields: list[tuple[str, int, int]]
    end: int
    problems: list[tuple[str, str, int, int]]


def read_front_matter(text: str) -> FrontMatter:
    """What does a text say of itself above its body? (*métadonnées*)

    The first line is `---`, and so is the line that ends it; the value is the rest of a line after
    its first colon, outer quotes dropped. Keys that are columns of ours, but for those of `FILLED`,
    end in _given.

    >>> text = "---⏎outlet: Le Fanal⏎year: 1re⏎---⏎⏎Le corps.".replace("⏎", chr(10))
    >>> [(column, text[a:b]) for column, a, b in read_front_matter(text).fields]
    [('outlet', 'Le Fanal'), ('year_given', '1re')]
    """
    lines = _LINE.finditer(text)
    if not text.startswith("---") or next(lines)[1].rstrip() != "---":
        return FrontMatter([], 0, [])
    fields: dict[str, tuple[str, int, int]] = {}
    problems: list[tuple[str, str, int, int]] = []
    for line in islice(lines, MOST + 1):
        if line[1].rstrip() == "---":
            found = [field for field in fields.values() if field[2]]
            return FrontMatter(found, line.end(), problems)
        if not line[1].strip():
            continue
        field = _field(line)
        if not (field or fields):
            break
        if field and field[0] not in fields:
            fields[field[0]] = field
            continue
        why = f"says {field[0]} once more" if field else "is no “key: value”"
        message = f"“{line[1][:40].strip()}” in its front matter {why}, and is left out"
        problems.append(("front_matter", message, *line.span(1)))
    message = (
        "its first line is ---, but no front matter follows; it is all read as body: write "
        "“key: value” lines and --- below them, or take that line out"
    )
    return FrontMatter([], 0, [("front_matter", message, 0, 3)])


def write_front_matter(fields: Mapping[str, str]) -> str:
    r"""Front matter that is read as these fields; line ends in a value become spaces.

    Raises: ValueError for a key that would not be read.

    >>> write_front_matter({"date": "2024-11", "title": '"Non"'})
    '---\ndate: 2024-11\ntitle: ""Non""\n---\n\n'
    """
    written = []
    for key, value in fields.items():
        if not _KEY.fullmatch(key) or key != key.strip() or _LINE_ENDS.search(key):
            raise ValueError(f"{key!r} is no key; use at most 60 letters, digits and spaces")
        value = _LINE_ENDS.sub(" ", value)
        quoted = value != value.strip() or (value[:1] == value[-1:] and value[:1] in ("'", '"'))
        written.append(f'{key}: "{value}"' if quoted else f"{key}: {value}")
    return "\n".join(["---", *written, "---", "", ""])


def _field(line: re.Match[str]) -> tuple[str, int, int] | None:
    """The column that a line fills, and the bounds of its value; both 0 where it has none."""
    key, colon, value = line[1].partition(":")
    if not colon or not _KEY.fullmatch(key):
        return None
    value, start = value.strip(), line.end(1) - len(value.lstrip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value, start = value[1:-1], start + 1
    key = key.strip()
    column = key.lower() if key.lower() in FILLED else key + "_given" * (key in OURS)
    return (column, start, start + len(value)) if value else (column, 0, 0)
