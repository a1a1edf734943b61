"""An article as its source tells it, and what is the same for the articles of every format."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from helpers.exchange.markup import FORMS, Element, collapsed, found, remove, xml_tree
from helpers.read.dates import read_date
from helpers.read.files import NotText, decoded
from helpers.read.french import normalise, without_accents
from helpers.read.lexicons import forms


@dataclass(slots=True)
class Article:
    """Its fields by the keys of front matter; lead and paragraphs, which are its text; what stands
    beside that (its kind and its words); where it was printed, too; what a reader should know of it
    (flags); its place in the source (characters, paragraphs or rows); why it has to be left out;
    the name that its source gives it.
    """

    fields: dict[str, str] = field(default_factory=dict)
    lead: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    also_in: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    place: tuple[int, int] = (0, 0)
    left_out: str = ""
    name: str = ""

    @property
    def text(self) -> list[str]:
        """The lead and the paragraphs."""
        return [*self.lead, *self.paragraphs]


@dataclass(frozen=True)
class Source:
    """A file of another tool and the folder where it is; column is that of the texts, where the
    user names one.
    """

    name: str
    data: bytes
    column: str | None = None
    folder: Path | None = None

    @cached_property
    def text(self) -> str:
        """Its characters as they stand there.

        Raises: NotText for bytes that are no text.
        """
        if self.data.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):  # may look like UTF-16
            raise NotText("it is of an office program, or zipped")
        return decoded(self.data)[0]

    @cached_property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


Reader = Callable[[Source], Iterator[Article]]


def places(source: Source, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """From where to where the articles of a text stand: each from its mark to the next one."""
    plain = FORMS["hidden"].sub(lambda part: " " * len(part[0]), source.text)
    return [*pairwise([*(match.start() for match in mark.finditer(plain)), len(plain)])]


def sliced(
    source: Source, mark: re.Pattern[str], read: Callable[[str], Article], once: re.Pattern[str]
) -> Iterator[Article]:
    """The articles of a text that is cut where a mark stands, each read alone, so that none can
    swallow the next. One that cannot be read is left out, and so is one whose mark is damaged,
    which is told by what stands once in each article.
    """
    text, spans = source.text, places(source, mark)
    above = (0, spans[0][0] if spans else 0)
    for start, end in (above, *spans):
        told = [match.start() for match in once.finditer(text, start, end)]
        if (start, end) != above:
            stop = [*told[1:], end][0]
            yield _placed(read, text[start:stop], (start, stop))
            told = told[1:]
        for place in pairwise([*told, end]):
            yield Article(left_out="the mark of its beginning is damaged", place=place)


def by_element(source: Source, read: Callable[[Element], Article], *tags: str) -> Iterator[Article]:
    """The articles of an XML file, an element each; one that cannot be read is left out. Of an
    element that holds several articles the rest is one more, where it has a text.

    Raises: ValueError for what is no XML, or holds no such element.
    """
    within = {one: found(one, "tei_parts", "articles") for one in xml_tree(source.text).iter(*tags)}
    elements = [part for one, parts in within.items() for part in (*parts, one)]
    if not elements:
        raise ValueError(f"holds no <{tags[0]}>, which is a text; export the texts again")
    spans = places(source, re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(tags)})(?=[\s/>])"))
    if len(spans) != len(elements):
        spans = [(0, len(source.text))] * len(elements)
    for element, span in zip(elements, spans, strict=True):
        parts = within.get(element)
        remove(parts or ())
        if not parts or found(element, "tei_parts", "rest"):
            yield _placed(read, element, span)


def _placed(read: Callable[[Any], Article], part: str | Element, place: tuple[int, int]) -> Article:
    """The article of a part of the source, or why it is left out."""
    try:
        article = read(part)
    except (ValueError, etree.LxmlError) as error:
        article = Article(left_out=f"it cannot be read ({error})")
    article.place = place
    return article


MAX_BYTES = 1_000_000_000  # of a file
_TOLD, _LEAST = 50, 20  # words, from which a number that is told, and a language, say something
_FRENCH = 0.15  # the share of function words; in French texts it is nearer one half
_TONGUES = "ru nl pt it es de en fr".split()  # of interfaces; where two differ the last counts
_NAMED = ("byline", "section", "outlet", "language")


def bare(label: str) -> str:
    """A label without accents, capitals, blanks and signs, as it is compared with those known.

    >>> bare("Date de publication"), bare("MÉDIA_name")
    ('datedepublication', 'medianame')
    """
    return "".join(sign for sign in without_accents(label.casefold()) if sign.isalnum())


def key_of(name: str) -> str:
    """The name of a variable or a column as a key of front matter.

    >>> key_of("Mon titre"), key_of("-a:b")
    ('Mon_titre', '_a_b')
    """
    return FORMS["no_key"].sub("_", name)[:50] or "_"


def words_of(paragraphs: list[str]) -> int:
    """The number of words as press databases count them, between blanks and signs."""
    return sum(len(FORMS["word"].findall(paragraph)) for paragraph in paragraphs)


def finish(article: Article) -> Article:
    """The article with its date and time as ISO 8601 writes them, and what a reader should know
    of it.
    """
    told = article.fields
    empty = [name for name in _NAMED if FORMS["not_said"].fullmatch(told.get(name, ""))]
    fields = {name: told[name] for name in told if told[name].strip() and name not in empty}
    fields |= {name: READ[name](fields[name]) or fields[name] for name in READ if name in fields}
    article.fields, article.name = fields, article.name or fields.pop("doc", "")
    written = fields.pop("date", "")
    date, time = when(written)
    day = FORMS["day_in_number"].fullmatch(fields.get("source_id", ""))
    if not date and day and when("-".join(day.groups()))[0]:
        date = written = "-".join(day.groups())
        article.flags.append("date_from_id")
    fields |= {"date": date} if date else {"date_given": written} if written else {}
    fields |= {"time": time} if time and "time" not in fields else {}
    words, number = words_of(article.text), fields.get("words_told", "")
    repeated = article.text[:1] == [fields.get("title")]
    flags = {
        "title_repeated_in_text": repeated,
        "fewer_words_than_told": number.isdigit() and int(number) >= max(_TOLD, 2 * words + 1),
        "no_date": not date,
        "no_title": "title" not in fields,
        "not_french": words >= _LEAST and _share_of_function_words(article.text) < _FRENCH,
    }
    if repeated:
        words -= words_of([(article.lead or article.paragraphs).pop(0)])
    article.flags += [flag for flag, is_so in flags.items() if is_so and flag not in article.flags]
    article.left_out = article.left_out or ("" if words else "no text")
    return article


def _share_of_function_words(paragraphs: list[str]) -> float:
    words = re.findall(r"[^\W\d_]+['’]?", normalise(" ".join(paragraphs)).lower())
    return sum(word in forms("function_words") for word in words) / max(len(words), 1)


def when(written: str) -> tuple[str, str]:
    """The date, as precise as it is written, and the time of day in no zone, as ISO 8601; empty
    where there is none, or the calendar does not have it.

    >>> when("mercredi 6 novembre 2024 - 08:30 UTC"), when("March 15, 2022 Tuesday")
    (('2024-11-06', '08:30'), ('2022-03-15', ''))
    >>> when("2024 11 06T08:30:12"), when("29-12-2011"), when("30 février 2024")
    (('2024-11-06', '08:30:12'), ('2011-12-29', ''), ('', ''))
    >>> when("Wed Nov  6 08:30:12 2024"), when("6 novembre 2024 | 08h30"), when("06-Nov-24")
    (('2024-11-06', '08:30:12'), ('2024-11-06', '08:30'), ('2024-11-06', ''))
    >>> when("06.11.24"), when("13-06-24 8h30"), when("2024/11/6")
    (('2024-11-06', ''), ('2024-06-13', '08:30'), ('2024-11-06', ''))
    """
    written = FORMS["year_behind"].sub(r"\1, \3 \2", FORMS["updated"].sub("", written))
    day, time = FORMS["zone"].sub("", written), ""
    if clock := FORMS["clock"].search(written):
        hour = int(clock[1]) % 12 + 12 if clock[4] else int(clock[1])
        time = ":".join(filter(None, (f"{hour:02}", clock[2], clock[3])))
        day = written[: clock.start()]
    day = FORMS["around_day"].sub("", collapsed(FORMS["weekday"].sub("", day)))
    day = FORMS["named_month"].sub(_in_french, FORMS["english_day"].sub(r"\2 \1 \3", day))
    day = FORMS["year_first"].sub(r"\3/\2/\1", FORMS["day_first"].sub(r"\1/\2/\3", day))
    digits = FORMS["digits_of_day"].fullmatch(day)
    span = read_date("-".join(filter(None, digits.groups())) if digits else day)
    return span.iso if span else "", time


def language(told: str) -> str:
    """The code of a language that is told by its name in an interface, or by a longer code.

    >>> [language(told) for told in ("Français", "Chinese - Traditional", "de-AT", "FRE")]
    ['fr', 'zh', 'de', 'fr']
    """
    from babel.core import get_global

    name = collapsed(told).lower()
    first = re.split(r"[\W_]", name)[0]
    known = get_global("language_aliases") | languages()
    return known.get(name) or known.get(first) or (first if 2 <= len(first) <= 3 else told)


@cache
def languages() -> dict[str, str]:
    """The codes of languages by their names in the languages of the interfaces."""
    from babel import Locale

    named = chain(*(Locale(tongue).languages.items() for tongue in _TONGUES))
    return {name.lower(): code for code, name in named if len(code) == 2}


# How fields are read that are not as they are written.
READ: dict[str, Callable[[str], str]] = {"language": language, "time": lambda told: when(told)[1]}
READ["words_told"] = lambda told: FORMS["written_number"].sub("", told)


def _in_french(date: re.Match[str]) -> str:
    day, month, year = date.groups("")
    return f"{day} {_months().get(month.lower(), month)} {year}".strip()


@cache
def _months() -> dict[str, str]:
    """The French names of the months by those in the languages of the interfaces, short ones of
    English, too.
    """
    from babel.dates import get_month_names as names

    kinds = (("abbreviated", "en"), *(("wide", tongue) for tongue in _TONGUES))
    named = chain(*(names(width, locale=tongue).items() for width, tongue in kinds))
    return {name.lower(): names(locale="fr")[n] for n, name in named}
