"""The parts of a seed around its body, each optional: front matter, one `key: value` a line,

    ---⏎date: 2024-11-06⏎title: Le phare, à qui ?⏎outlet: Le Fanal⏎---⏎⏎Body…

or, where a text has none, date, title, byline, agency, photo credit, signature as they are printed:

    ␣date 2022-09 TITLE⏎⏎21/09/2022⏎⏎Par Prénom Nom avec MAP⏎⏎© Copyright : DR⏎⏎Body…⏎⏎S.L.

Front matter is the convention of Markdown, Quarto and Jekyll without escapes, types and nesting;
what is no field in it is told with its place. What looks like none of these begins the body, so
that nothing is lost.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from helpers.read.dates import Span, date_pattern, read_date
from helpers.read.french import normalise, sentence_starts
from helpers.read.lexicons import lexicon
from helpers.read.tables import column_of

MOST = 200  # lines of front matter; more than that is a text that begins with a rule
# Blank lines and marks of byte order are easily left before the first line.
_OPENING = re.compile(r"[\s\ufeff]*(---)[^\S\r\n]*(?:\r\n?|\n|\Z)")
_LINE = re.compile(r"(?:[^\S\r\n]*(?:\r\n?|\n))*([^\r\n]*)(?:\r\n?|\n|\Z)")  # after blank ones
KEY = re.compile(r"\w[^:\r\n]{0,59}")
# A pattern that begins with one character is found five times as fast as one of any line end.
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_BLANK_LINE_OF_ANY_KIND = re.compile(r"(?>\r\n?|\n)[^\S\r\n]*(?>\r\n?|\n)\s*")


Places = list[tuple[str, int, int]]  # fields, where they begin and end
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


_DATE_LINE = re.compile(
    r"\s*date\s*:?\s+(\d\S*|inconnue|unknown|none|nan|nat)(?=\s|\Z)", re.IGNORECASE
)
_DAY_AND_TIME = re.compile(r"\A\s*(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.DOTALL)
_CREDIT = re.compile(
    r"(?:©|\(c\)|copyright|crédits?\b|photos?\s*[:©]|ph\.?\s*:)[^\r\n]{0,150}", re.IGNORECASE
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ][\w\u0300-\u036f'-]*\.?"
_PARTICLE = "(?:de|du|des|la|le|el|al|ben|bin|bint|van|von|ould)"
_NAME = rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)?{_CAPITAL}){{1,3}}"
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.[\s-]?){2,4}"
# A line of capitalised words that begins so is a title and no name.
_NO_NAME = re.compile(
    r"(?i:l'|l[ae]s?|une?|des?|du|ces?|cette|cet|aux?|en|[àa]|pour|sur|nos)(?!\w)|[^a-zà-ÿ]*\Z"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What each kind of line looks like, with the names of the press agencies; groups are named
    after the fields.
    """
    agencies = sorted(lexicon("agencies").rows["form"], key=len, reverse=True)
    agency = "|".join(map(re.escape, agencies))
    agency = rf"(?P<agency>(?:{agency})(?:\s*(?:,|et|/|-)\s*(?:{agency}))*)"
    with_agency = rf"(?:\s*(?:,|/|-|\(|\bavec\b|\bet\b)\s*(?:avec\s+)?{agency}\)?)?"
    hour = r"(?:\s*(?:,|à|-|–)?\s*\d{1,2}\s*[h:]\s*(?:\d{2})?)?"
    published = r"(?i:(?:publié|posté|mise?\s+(?:à\s+jour|en\s+ligne))\s+)?(?:[Ll]e\s+)?"
    return {
        "agency": re.compile(rf"[(\[]?\s*(?:avec\s+|source\s*:\s*)?{agency}\s*[)\]]?"),
        "by": re.compile(rf"(?:[Pp]ar|PAR)\s+(?P<byline>[^\r\n.;:!?]{{2,80}}?){with_agency}"),
        "name": re.compile(rf"(?P<byline>{_NAME}(?:\s*(?:,|et|&)\s*{_NAME})?){with_agency}"),
        "date": re.compile(
            rf"{published}(?P<date>{date_pattern().pattern}){hour}", re.IGNORECASE | re.VERBOSE
        ),
        "signature": re.compile(rf"(?P<signature>{_INITIALS}|{_NAME})"),
        "last_agency": re.compile(rf"[(\[]\s*(?:avec\s+)?{agency}\s*[)\]]\.?\Z"),
        "last_initials": re.compile(rf"(?<=[.!?»)])\s+(?P<signature>{_INITIALS})\Z"),
    }


def blank_line(text: str) -> re.Pattern[str]:
    r"""What parts the paragraphs of a text, whatever its line ends are.

    >>> [blank_line(text).split(text) for text in ("Un\nmot.\n\nDeux.", "Un\r\nmot.")]
    [['Un\nmot.', 'Deux.'], ['Un\r\nmot.']]
    """
    return _BLANK_LINE_OF_ANY_KIND if "\r" in text else _BLANK_LINE


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
    if front.end:
        end = max(front.end, len(text.rstrip()))
        found, start = front.fields, end - len(text[front.end : end].lstrip())
    else:
        found, start, end = _around(normalise(text))
    fields = [Field(name, text[a:b], a, b) for name, a, b in found]
    dates = [(field, _date(field.value)) for field in fields if field.field == "date"]
    known = [(span, field.value) for field, span in dates if span]
    order = {"day": 0, "month": 1, "year": 2}
    date, written = min(known, key=lambda one: order[one[0].precision], default=(None, None))
    problems = [*front.problems, *_problems(dates, date)]
    return Layout(fields, start, end, date, written, problems, front.end > 0)


def _around(plain: str) -> tuple[Places, int, int]:
    """The fields of the lines above and below a body, and its bounds."""
    found: Places = []
    end = len(plain.rstrip())
    start = _read_opening(plain, end, found)
    end = _read_closing(plain, start, end, found)
    return found, start + len(plain[start:end]) - len(plain[start:end].lstrip()), end


def _date(written: str) -> Span | None:
    """The span of a date; the time of day that other programs write behind it says nothing here."""
    return read_date(_DAY_AND_TIME.sub(r"\1", written))


def _read_opening(plain: str, end: int, found: Places) -> int:
    """Read the date and the lines before the body; the last block of a text is always body. Returns
    where it begins.
    """
    first = _DATE_LINE.match(plain, 0, end)
    gaps = blank_line(plain)
    start, seen = (first.end(), set()) if first else (0, set())
    if first:
        found.append(("date", *first.span(1)))
    while gap := gaps.search(plain, start, end):
        block = plain[start : gap.start()]
        rest = plain[gap.end() : gap.end() + 400]
        parts = _classify(block.strip(), rest) if block.strip() else []
        if block.strip() and (not parts or seen & {name for name, _, _ in parts}):
            break
        at = start + len(block) - len(block.lstrip())
        found += [(name, at + a, at + b) for name, a, b in parts]
        seen |= {name for name, _, _ in parts}
        start = gap.end()
    return start


def _classify(block: str, rest: str) -> Places:
    """The fields in a block of the header, with their bounds in it; none where it is the beginning
    of the body. The rest is what follows the block.
    """
    if _CREDIT.fullmatch(block):
        return [("credit", 0, len(block))]
    kinds = ("date", "agency", "by") if _NO_NAME.match(block) else ("date", "agency", "by", "name")
    for match in filter(None, (_patterns()[kind].fullmatch(block) for kind in kinds)):
        found = match.groupdict()
        names = [name for name in ("date", "byline", "agency") if found.get(name)]
        return [(name, *match.span(name)) for name in names]
    return [("title", 0, len(block))] if _is_title(block, rest) else []


def _is_title(block: str, rest: str) -> bool:
    """A line without a full stop; a question or an exclamation only in capitals or above a date, a
    byline, a credit.
    """
    last = block.rstrip(" »”\"')")[-1:]
    one_line = len(block) <= 250 and not re.search(r"[\r\n]", block)
    if not (one_line and re.match(r"[«“\"'(]?\s?[A-ZÀ-ÖØ-ÞŒ0-9]", block)):
        return False
    if len(sentence_starts(block)) > 1 or last in ".…:;,":
        return False
    if last not in "!?" or block.isupper():
        return True
    following = blank_line(rest).split(rest, 1)[0]
    return bool(_classify(following.strip(), "")) and following[-1:] not in "!?"


def _read_closing(plain: str, start: int, end: int, found: Places) -> int:
    """Read a signature and an agency from the end of the body backward. Returns where the body
    ends.
    """
    closing: Places = []
    patterns = _patterns()
    while len(closing) < 2:
        gaps = list(blank_line(plain).finditer(plain, max(start, end - 200), end))
        last = gaps[-1].end() if gaps else end
        match = (
            patterns["signature"].fullmatch(plain, last, end)
            or patterns["agency"].fullmatch(plain, last, end)
            or patterns["last_agency"].search(plain, max(start, end - 80), end)
            or patterns["last_initials"].search(plain, max(start, end - 20), end)
        )
        if not match or not plain[start : match.start()].strip():
            break
        name = next(name for name in ("signature", "agency") if match.groupdict().get(name))
        closing.append((name, *match.span(name)))
        end = start + len(plain[start : match.start()].rstrip())
    found += reversed(closing)
    return end


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
    message = (
        "its first line is ---, but no front matter follows; it is all read as body: write "
        "“key: value” lines and --- below them, or take that line out"
    )
    return FrontMatter([], 0, [("front_matter", message, *opening.span(1))])


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
