"""The lines that newspapers, agencies and sites print around a text. Their forms are in lines.csv,
with an example and a reason each; groups of a pattern are named after the fields.
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from typing import NamedTuple

from helpers.read import dates
from helpers.read.french import INVISIBLE, sentence_starts
from helpers.read.lexicons import alternatives
from helpers.read.patterns import filled, spelt
from helpers.read.tables import rows_of

Places = list[tuple[str, int, int]]  # fields, where they begin and end
# The rows of the table that are parts of a line. They are tried in its order: what says itself by
# its first word stands before what is told by capitals alone.
PARTS = ("told", "agency", "by", "outlet", "date", "place", "credit", "section", "name", "role")
# What may follow a sign before a line, as in • 6 novembre 2024: the rest are items of lists.
_BEHIND_A_SIGN = ("told", "by", "date")
_GROUP = re.compile(r"\(\?P<(?!sep|iso_sep)\w+>")  # of a date, whose parts are no fields
SENTENCE = 120  # characters from which a line that ends with a stop is a sentence
STOPS = ".!?…»)"
CAPITAL = re.compile(r"[«“\"'(]?\s?[A-ZÀ-ÖØ-ÞŒ0-9]")
VISIBLE = re.compile(r"\S[^\r\n]*")  # a line from its first character that is seen
LONGEST = 250  # characters of a line of a header, and of the beginning and end of a body
_STOP = re.compile(r"[.!?…][\s»”\"')\]]*(?:\s|\Z)")
# A pattern that begins with one character is found five times as fast as one of any line end.
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_BLANK_LINE_OF_ANY_KIND = re.compile(r"(?>\r\n?|\n)[^\S\r\n]*(?>\r\n?|\n)\s*")
_DASH = re.compile("[–—-]")
_PERHAPS = re.compile(r"[^\n]{0,80}[\d–—)/-]")  # none of them, nothing before the first sentence
_OPENING = re.compile(
    rf"[\s{INVISIBLE}]*(?P<sign>[^\w\s([©@#«“\"'‘’„*]*)\s*(?:(?!\([cC]\))[(\[]\s?)?"
)
_MARKS = re.compile(rf"[\s,;:.|/•·()\[\]–—{INVISIBLE}-]*")


@cache
def forms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """The rows of the table: kind, pattern, example. Pieces between « and » are other rows and the
    list of press agencies; accents may be decomposed, or left out.
    """
    rows = rows_of("lines.csv")
    pieces = {row["kind"]: spelt(row["pattern"]) for row in reversed(rows)}
    pieces |= {"invisible": INVISIBLE, "agencies": f"(?:{spelt(alternatives('agencies'))})"}
    pieces |= {name: f"(?i:{_GROUP.sub('(?:', dates.forms()[name])})" for name in ("date", "day")}
    made = []
    for row in rows:
        written = filled(spelt(row["pattern"]), pieces)
        end = r"(?!\w)" if row["kind"] in PARTS else ""
        made.append((row["kind"], re.compile(f"(?:{written}){end}"), row["example"]))
    return tuple(made)


@cache
def patterns(*kinds: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of these kinds, in the order of the table."""
    return tuple((kind, made) for kind, made, _ in forms() if kind in kinds)


def pattern(kind: str) -> re.Pattern[str]:
    """The pattern of the first row of a kind."""
    return patterns(kind)[0][1]


class Step(NamedTuple):
    """The parts of a line up to a place: their kinds and fields, where the next begins, and the
    marks before that place.
    """

    kinds: tuple[str, ...]
    fields: Places
    end: int
    marks: str


def read_line(line: str) -> Iterator[Step]:
    """What does a line say of its text, part by part from its beginning? (*en-tête*)

    Yields: a step after each part that has a form. Where the last one ends with the line, all of it
    is understood.

    >>> [step.kinds[-1] for step in read_line("Rabat, le 6 novembre 2024 (MAP)")]
    ['place', 'agency']
    """
    opening = _OPENING.match(line)
    at, kinds, fields = opening.end(), (), []  # type: ignore[union-attr]
    while at < len(line):
        # An office, the last of the parts, stands behind a name only.
        parts = PARTS if kinds[-1:] in (("name",), ("by",)) else PARTS[:-1]
        parts = parts if kinds or not opening["sign"] else _BEHIND_A_SIGN  # type: ignore[index]
        found = ((kind, form.match(line, at)) for kind, form in patterns(*parts))
        kind, match = next((one for one in found if one[1]), ("", None))
        if not match:
            return
        at = _MARKS.match(line, match.end()).end()  # type: ignore[union-attr]
        names = [name for name, text in match.groupdict().items() if text and name[-3:] != "sep"]
        fields = fields + sorted(((n, *match.span(n)) for n in names), key=lambda place: place[1])
        kinds = (*kinds, kind)
        yield Step(kinds, fields, at, line[match.end() : at])


def understood(line: str) -> tuple[tuple[str, ...], Places]:
    """The kinds and fields of a line all of which has forms; nothing where it is text."""
    long = len(line) > SENTENCE and line[-1] in STOPS and not pattern("credit").match(line)
    *_, last = Step((), [], 0, ""), *(() if long else read_line(line))
    stopped = "." in last.marks and last.kinds[-1] in ("name", "role", "section")
    return ((), []) if stopped or last.end < len(line) else last[:2]


def before_text(line: str) -> tuple[Places, int]:
    """The fields before the first sentence of a body, as agencies and sites put them there, and
    where it begins: RABAT, 6 nov. (MAP) – Le ministre…
    """
    fields, width = [], 0
    for step in read_line(line) if _PERHAPS.match(line) else ():
        last, names = step.kinds[-1], {name for name, _, _ in step.fields}
        told = {"place", "date"} <= names or "agency" in names or step.kinds[0] in ("told", "by")
        behind = (last == "agency" and re.match(r"\s*[)/]", step.marks)) or (
            last == "told" and "," not in step.marks and names & {"date", "updated"}
        )
        if told and (behind or _DASH.search(step.marks)) and CAPITAL.match(line, step.end):
            fields, width = step.fields, step.end
    return fields, width


def blank_line(text: str) -> re.Pattern[str]:
    r"""What parts the paragraphs of a text, whatever its line ends are.

    >>> [blank_line(text).split(text) for text in ("Un\nmot.\n\nDeux.", "Un\r\nmot.")]
    [['Un\nmot.', 'Deux.'], ['Un\r\nmot.']]
    """
    return _BLANK_LINE_OF_ANY_KIND if "\r" in text else _BLANK_LINE


def header_fields(plain: str, line: re.Match[str], below: re.Match[str], seen: Set[str]) -> Places:
    """The fields in a line of the header, with their bounds in it; none where it is the beginning
    of the body. Seen are the fields of the lines above.
    """
    block = line[0].rstrip()
    apart = blank_line(plain).match(plain, line.end())
    if len(block) > LONGEST or not is_whole(plain, line, below):
        return []
    kinds, parts = understood(block)
    following = understood(below[0].rstrip())[1] if len(below[0]) <= LONGEST else []
    # Capitals are no name where they are a title's or an institution's, or the text tells of them.
    titled = parts and (pattern("no_name").match(block) or block in below[0] or "byline" in seen)
    titled = titled or (block.isupper() and "title" not in seen) or not (seen or following)
    if parts and not (titled and kinds[0] == "name" and {*kinds} <= {"name", "role"}):
        return parts
    if not _is_title(block, bool(following)) or pattern("header").match(block):
        return []
    if "title" in seen:  # a line between the title and what follows it
        more = (following or block.isupper()) and "subtitle" not in seen
        return [("subtitle", 0, len(block))] if more else []
    prose = _STOP.search(plain, below.start(), below.start() + 2000)
    title = following or (prose and (apart or _is_prose(plain, below)))
    return [("title", 0, len(block))] if title else []


def is_whole(plain: str, line: re.Match[str], below: re.Match[str]) -> bool:
    """Whether a line ends where the writer wanted it, and not at a margin: a blank one follows, or
    the next one begins as a sentence does and its first word had room.
    """
    if blank_line(plain).match(plain, line.end()):
        return True
    width = max(50, *map(len, plain[line.start() : line.start() + 600].splitlines()))
    room = len(line[0].rstrip()) + 1 + len(below[0].split(None, 1)[0]) <= width
    return room and bool(CAPITAL.match(below[0]))


def _is_prose(plain: str, line: re.Match[str]) -> bool:
    """Whether a line ends as a sentence does, or goes on in the next one."""
    after = VISIBLE.match(plain, line.end() + 1)
    return line[0].rstrip()[-1:] in STOPS or bool(after and after[0][0].islower())


def _is_title(block: str, over_header: bool) -> bool:
    """A line without a full stop; a question or an exclamation only in capitals or above a date, a
    byline, a credit.
    """
    last = block.rstrip(" »”\"')")[-1:]
    if not CAPITAL.match(block) or last in ".…:;," or len(sentence_starts(block)) > 1:
        return False
    return last not in "!?" or block.isupper() or over_header
