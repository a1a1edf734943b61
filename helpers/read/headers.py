"""The parts of a seed around its body, each optional: front matter, one `key: value` a line,

    ---⏎date: 2024-11-06⏎title: Le phare, à qui ?⏎outlet: Le Fanal⏎---⏎⏎Body…

or, where a text has none, date, title, byline, agency, photo credit, signature as they are printed,
with blank lines between them or without:

    ␣date 2022-09 TITLE⏎⏎21/09/2022⏎⏎Par Prénom Nom avec MAP⏎⏎© Copyright : DR⏎⏎Body…⏎⏎S.L.

Front matter is the convention of Markdown, Quarto and Jekyll without escapes, types and nesting;
what is no field in it is told with its place. What looks like none of these begins the body, so
that nothing is lost; `helpers.read.lines` has the forms of the lines.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from typing import NamedTuple

from helpers.read import lines
from helpers.read.dates import Span, read_date
from helpers.read.french import normalise
from helpers.read.lines import CAPITAL, LONGEST, STOPS, VISIBLE, Places
from helpers.read.tables import column_of

MOST = 200  # lines of front matter; more than that is a text that begins with a rule
# Blank lines and marks of byte order are easily left before the first line.
_OPENING = re.compile(r"[\s\ufeff]*(---)[^\S\r\n]*(?:\r\n?|\n|\Z)")
_LINE = re.compile(r"(?:[^\S\r\n]*(?:\r\n?|\n))*([^\r\n]*)(?:\r\n?|\n|\Z)")  # after blank ones
KEY = re.compile(r"\w[^:\r\n]{0,59}")


Problem = tuple[str, str, int, int]  # kind, message, where it begins and ends


class Field(NamedTuple):
    """One part of a header or a closing, with its value and where it stands in the text."""

    field: str
    value: str
    start: int
    end: int


class FrontMatter(NamedTuple):
    """The fields (column, start, end), where the front matter ends (0 where it is none after all),
    and what could not be understood (kind, message, start, end).
    """

    fields: Places
    end: int
    problems: list[Problem]


class Layout(NamedTuple):
    """Where the body of a text is, and what stands around it."""

    fields: list[Field]
    body_start: int
    body_end: int
    date: Span | None
    date_written: str | None
    problems: list[Problem]
    front_matter: bool


MOST_BELOW = 20  # fields below a body; more of them are a list
_BELOW = {*"agency byline credit date outlet place role signature updated".split()}
_DATED = re.compile(r"[^\n]{2,60}\d{2}[.: ]")


def read_layout(text: str) -> Layout:
    """What stands before and after the body of a seed? (*en-tête, signature*)

    Returns: the fields found with their offsets, the bounds of the body without the white space
    around it, the most precise date with its span, and what could not be understood.

    >>> text = " date 2022-09 UNE VISITE⏎⏎21/09/2022⏎⏎Il est venu. S.L."
    >>> layout = read_layout(text.replace("⏎", chr(10)))
    >>> [(field.field, field.value) for field in layout.fields]
    [('date', '2022-09'), ('title', 'UNE VISITE'), ('date', '21/09/2022'), ('signature', 'S.L.')]
    """
    front = read_front_matter(text)
    plain = text if front.end else normalise(text)
    found, doubts, end = front.fields, [], max(front.end, len(plain.rstrip()))
    start = front.end or _read_opening(plain, end, found)
    start = end - len(plain[start:end].lstrip())
    if not front.end:
        end = _read_closing(plain, start, end, found)
        doubts = [*_doubts(plain, start, end, found)]
        found.sort(key=lambda field: field[1])
    fields = [Field(name, text[a:b], a, b) for name, a, b in found]
    dates = _dates(fields)
    known = [(span, field.value) for field, span in dates if span]
    # day, month and year are in the order of the alphabet.
    date, written = min(known, key=lambda one: one[0].precision, default=(None, None))
    problems = [*front.problems, *_problems(dates, date), *doubts]
    return Layout(fields, start, end, date, written, problems, front.end > 0)


def _dates(fields: list[Field]) -> list[tuple[Field, Span | None]]:
    """The dates of a text with their spans; one without a year is of the year of another. Where a
    text is said to be changed only, that is its date.
    """
    dates = [field for field in fields if field.field == "date"]
    dates = dates or [f for f in fields if f.field == "updated" and read_date(f.value)][:1]
    spans = [read_date(field.value) for field in dates]
    year = next((f" {span.first.year}" for span in spans if span), "")
    return [(f, span or read_date(f.value + year)) for f, span in zip(dates, spans, strict=True)]


def _read_opening(plain: str, end: int, found: Places) -> int:
    """Read the date and the lines before the body, and what stands before its first sentence; the
    last line of a text is always body. Returns where it begins.
    """
    first = lines.pattern("date_line").match(plain, 0, end)
    start = first.end() if first else 0
    found += [("date", *first.span("date"))] if first else []
    for line, below in pairwise(chain(VISIBLE.finditer(plain, start, end), [None])):
        seen = {name for name, _, _ in found}
        header = lines.header_fields(plain, line, below, seen) if below else []
        parts, width = (header, 0) if header else lines.before_text(line[0][:LONGEST])
        found += [(name, line.start() + a, line.start() + b) for name, a, b in parts]
        if not header:
            return line.start() + width
    return start


def _read_closing(plain: str, start: int, end: int, found: Places) -> int:
    """Read signatures, agencies, credits and dates from the end of the body backward. Returns where
    the body ends.
    """
    closing: Places = []
    at = end
    while len(closing) <= MOST_BELOW and (line := _closing_line(plain, start, at)):
        parts, at = line
        closing += parts
    # Below a colon, and where there are many of them, names are a list.
    if len(closing) > MOST_BELOW or plain[start:at][-1:] == ":":
        return end
    found += closing
    return at


def _closing_line(plain: str, start: int, end: int) -> tuple[Places, int] | None:
    """The fields in the last line of a body, or behind its last sentence, and where the body ends
    before them; None where it is text.
    """
    low = max(start, end - LONGEST)
    line = max(plain.rfind(mark, low, end) for mark in "\r\n") + 1
    above = plain[low:line].rstrip() if line else ""
    if above and (above[-1] in STOPS or lines.blank_line(plain).match(plain, low + len(above))):
        at = end - len(plain[line:end].lstrip())
        kinds, parts = lines.understood(plain[at:end])
        signed = {"byline": "signature"} if kinds[:1] == ("name",) else {}
        if parts and all(_is_closing(name, plain[at + a : at + b]) for name, a, b in parts):
            parts = [(signed.get(name, name), at + a, at + b) for name, a, b in parts]
            return parts, low + len(above)
    for ending in lines.patterns("ending"):
        match = ending[1].search(plain, low, end)
        if match and plain[start : match.start()].strip():
            name = str(match.lastgroup)
            return [(name, *match.span(name))], low + len(plain[low : match.start()].rstrip())
    return None


def _is_closing(field: str, value: str) -> bool:
    """Whether a field may stand below a text; a month or a year alone says something else there."""
    span = read_date(value) if field == "date" else None
    return field in _BELOW and (field != "date" or (span is not None and span.precision == "day"))


def _doubts(plain: str, start: int, end: int, found: Places) -> Iterator[Problem]:
    """What the first lines may be or not: a title that nothing else confirms, and lines of a header
    that stand in the body, where their fields are found and their words are counted.
    """
    names = {name for name, _, _ in found}
    seen = [*islice(VISIBLE.finditer(plain, start, end), 5)]
    for line, below in zip(seen[:4], [*seen[1:], None], strict=False):
        block, first = line[0].rstrip(), line.start() == start
        parts = _header_in_body(block, first=first)
        if parts is None or (below and not lines.is_whole(plain, line, below)):
            continue
        found += [(n, line.start() + a, line.start() + b) for n, a, b in parts if n not in names]
        why = "stands in the text" if parts else "has no known form"
        advice = f"looks like a header but {why}, and is counted; write front matter"
        yield "header", f"“{block[:60]}” {advice}", line.start(), line.start() + len(block)
    if "title" in names and not {name for name, *_ in found} - {"title", "subtitle", "section"}:
        _, a, b = next(field for field in found if field[0] == "title")
        why = "has no full stop and is read as the title, not as text; add one if it is text"
        yield "header", f"“{plain[a:b][:60]}” {why}", a, b


def _header_in_body(block: str, *, first: bool) -> Places | None:
    """The fields of a line of the body that looks like one of a header; None where it does not."""
    if len(block) <= LONGEST and lines.pattern("header").match(block):
        parts = lines.understood(block)[1]
        return parts if parts or block[-1:] not in STOPS else None
    if first and lines.pattern("dateline").match(block):
        return []
    step = next(lines.read_line(block[:LONGEST]), None) if first and _DATED.match(block) else None
    if not step or not CAPITAL.match(block, step.end) or step.marks.strip() not in (*".:", ""):
        return None
    placed = block[0].isdigit() or any(name == "place" for name, _, _ in step.fields)
    dated = any(_is_closing(name, block[a:b]) for name, a, b in step.fields if name == "date")
    return step.fields if placed and dated else None


def _problems(dates: list[tuple[Field, Span | None]], best: Span | None) -> Iterator[Problem]:
    """The dates that the calendar does not have, and those that contradict the most precise one."""
    for field, span in dates:
        if span is None:
            how = "write it as 2024-11-26, 2024-11 or 2024"
            yield "bad_date", f"“{field.value}” is no date; {how}", field.start, field.end
        elif best and not span.first <= best.first <= span.last:
            why = f"does not contain {best.first}, which is more precise and kept"
            yield "bad_date", f"“{field.value}” {why}", field.start, field.end


def read_front_matter(text: str) -> FrontMatter:
    """What does a text say of itself above its body? (*métadonnées*)

    The first line that is not blank is `---`, and so is the line that ends it; the value is the
    rest of a line after its first colon, outer quotes dropped; `column_of` says which column a key
    fills. Where a line that is no field follows a blank one, the first line was a rule above a
    body.

    >>> text = "---⏎outlet: Le Fanal⏎year: 1re⏎---⏎⏎Le corps.".replace("⏎", chr(10))
    >>> [(column, text[a:b]) for column, a, b in read_front_matter(text).fields]
    [('outlet', 'Le Fanal'), ('year_given', '1re')]
    """
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter([], 0, [])
    fields: dict[str, tuple[int, int] | None] = {}
    problems: list[Problem] = []
    for line in islice(_LINE.finditer(text, opening.end()), MOST + 1):
        if line[1].rstrip() == "---":
            found = [(column, *bounds) for column, bounds in fields.items() if bounds]
            return FrontMatter(found, line.end(), problems)
        column, bounds = _field(line)
        if not column and (not fields or line.start() < line.start(1)):
            break
        if column and not (bounds and fields.get(column)):
            fields[column] = fields.get(column) or bounds
            continue
        why = f"says {column} once more" if column else "is no “key: value”"
        message = f"“{line[1][:40].strip()}” in its front matter {why}, and is left out"
        problems.append(("front_matter", message, *line.span(1)))
    why = "its first line is ---, but no front matter follows; it is all read as body"
    how = "write “key: value” lines and --- below them, or take that line out"
    return FrontMatter([], 0, [("front_matter", f"{why}: {how}", *opening.span(1))])


def _field(line: re.Match[str]) -> tuple[str, tuple[int, int] | None]:
    """The column that a line fills, empty where it is no field, and the bounds of its value, None
    where it has none.
    """
    key, colon, value = line[1].partition(":")
    if not colon or not KEY.fullmatch(key):
        return "", None
    value, start = value.strip(), line.end(1) - len(value.lstrip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value, start = value[1:-1], start + 1
    return column_of(key.strip()), (start, start + len(value)) if value else None
