"""The truth about finished texts, read off the marks that were put into their sentences."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from helpers.read.tables import typed
from tests.fiction.grammar import END, PARAGRAPH, SENTENCE, THEMES, Reading, plain, read
from tests.fiction.printing import Printed
from tests.fiction.scenes import CLASSES, FALL, RISE, SHIFT, TURN, Frame, cast, rows
from tests.fiction.writing import DAYS, Body

COLUMNS = {
    "documents": "doc date date_start date_end date_precision title byline outlet agency credit"
    " signature duplicate_of scene period",
    "actors": "name title role organisation country mentions",
    "events": "doc kind host guest place weekday date_candidates date_precision start end",
    "attributions": "doc par sent start end source source_name inferred verb kind",
    "themes": "doc theme share",
    "classes": "doc class",
    "mentions": "doc par start end name form said",
    "quotations": "doc par start end form speaker",
    "titles": "doc start end title kind speaker",
    "chains": "chain doc outlet date kind order",
    "words": "word plant part",
}
_TYPES = dict.fromkeys(("par", "sent", "start", "end", "class", "mentions", "order"), "int64")
_TYPES |= {"inferred": "bool", "share": "float64", "date_candidates": "object"}
_TYPES |= dict.fromkeys(("date_start", "date_end"), "datetime64[us]")
SPOKEN = ("quotation", "answer", "question")  # kinds of notes about what is said between marks


class Text(NamedTuple):
    """A finished text with what was read off its marks; offsets in its body begin at shift."""

    doc: str
    content: str
    shift: int
    reading: Reading
    frames: list[Frame]
    body: Body
    printed: Printed


def truth_table(name: str, found: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """The rows of one of the tables, with its columns and types."""
    columns = COLUMNS[name].split()
    return typed(
        pd.DataFrame(list(found), columns=columns),
        {name: _TYPES.get(name, "str") for name in columns},
    )


def finished(body: Body, header: Printed, number: int) -> Text:
    """The finished text; a dateline is a sentence of its own."""
    parts = body.paragraphs
    if header.dateline:
        dateline = Frame("dateline", [""], [], []), f"{SENTENCE}{body.city}.{END}"
        parts = [[dateline, *parts[0]], *parts[1:]]
    frames = [frame for part in parts for frame, _ in part]
    marked = "\n\n".join(PARAGRAPH + " ".join(said for _, said in part) for part in parts)
    reading = read(marked, body.notes)
    content = header.opening + reading.text + header.closing
    doc = f"{number:06d}_{hashlib.blake2b(content.encode(), digest_size=8).hexdigest()}"
    return Text(doc, content, len(header.opening), reading, frames, body, header)


def _theme_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    themes = text.reading.themes
    total = sum(themes)
    return ((text.doc, theme, f / total) for theme, f in zip(THEMES, themes, strict=True))


def _mention_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    """Every note about a person or an institution, sources aside."""
    for kind, who, par, start, end in text.reading.notes:
        if kind not in ("source", *SPOKEN):
            said = text.reading.text[start:end] if kind == "post" else ""
            yield text.doc, par, start + text.shift, end + text.shift, who.name, kind, said


def _attribution_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    """The passages of each sentence; one without a source of its own has its neighbour's."""
    written, shift = text.reading.text, text.shift
    notes = [note for note in text.reading.notes if note[0] == "source"]
    for sent, (frame, (par, cuts)) in enumerate(
        zip(text.frames, text.reading.sentences, strict=True), 1
    ):
        if not frame.cues:
            where = (text.doc, par, sent, cuts[0] + shift, cuts[-1] + shift)
            yield *where, None, None, False, None, "none"
        sources = [note for note in notes if cuts[0] <= note[3] < cuts[-1]]
        for (verb, kind), start, end in zip(frame.cues, cuts, cuts[1:], strict=False):
            own = [source for source in sources if start <= source[3] < end] or sources
            _, named, _, first, last = own[0]
            form, who = named or ("", None)
            passage = written[start:end]
            start += len(passage) - len(passage.lstrip(" ,"))
            end -= len(passage) - len(passage.rstrip(" ,"))
            where = (text.doc, par, sent, start + shift, end + shift)
            inferred = form in ("role", "country", "pronoun")
            source = written[first:last].split(",")[0]
            yield *where, source, who and who.name, inferred, verb, kind


def _quotation_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    """What is said between marks over several sentences, or behind a dash, and who says it."""
    for kind, who, par, start, end in text.reading.notes:
        if kind in SPOKEN:
            yield text.doc, par, start + text.shift, end + text.shift, kind, who and who.name


def _title_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    """The title as it is printed, and who speaks in it."""
    if title := text.printed.fields.get("title"):
        frame, marked = text.body.title
        sources = [note[1] for note in read(marked, text.body.notes).notes if note[0] == "source"]
        start = text.content.index(title)
        kind = frame.cues[0][1] if frame.cues else "none"
        speaker = sources[0][1].name if sources else None
        yield text.doc, start, start + len(title), title, kind, speaker


def _document_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    """What the header says, and what the text is about; what it repeats is not known yet."""
    fields = [text.printed.fields.get(name) for name in COLUMNS["documents"].split()[1:-3]]
    yield text.doc, *fields, None, text.body.scene, "after" if text.body.day >= TURN else "before"


def _class_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    yield text.doc, CLASSES.get(text.body.scene, 2)


def planted_words() -> Iterator[tuple[Any, ...]]:
    """The words that were planted: frequent from the turn on, slowly so, slowly no more, or in one
    newspaper.
    """
    yield from ((word, "turn", "after") for word in SHIFT)
    yield from ((RISE, "rises", None), (FALL, "falls", None))
    house = dict.fromkeys((row["word"], "outlet", row["outlet"]) for row in rows("outlets"))
    yield from house


def _event_rows(text: Text) -> Iterator[tuple[Any, ...]]:
    """The events that sentences report, with the days that they may have been."""
    for frame, (_, cuts) in zip(text.frames, text.reading.sentences, strict=True):
        if not frame.event[0]:
            continue
        kind, *letters = frame.event
        names = [text.body.cast[letter].name if letter else None for letter in letters]
        blanks = {piece[0] for piece in frame.pieces if not isinstance(piece, str)}
        earlier = "day2" in blanks
        written = "{0}" if earlier else text.body.written
        day = text.body.earlier if earlier else text.body.day
        weekday = DAYS[day.weekday()] if "{0}" in written else None
        days = _candidates(day, written, text.printed.fields.get("date_precision"))
        precision = None if not days else "day" if len(days) == 1 else "unresolved"
        place = plain(text.body.city) if "city" in blanks else None
        where = (cuts[0] + text.shift, cuts[-1] + text.shift)
        yield text.doc, kind, *names, place, weekday, days, precision, *where


def _candidates(day: date, written: str, header: str | None) -> list[str]:
    """The days that may be meant by a day as it is written, under a header of this precision."""
    if "{1}" in written or (header == "day" and "{0}" in written):
        return [day.isoformat()]
    if header is None or "{0}" not in written:
        return []
    days = range(1, calendar.monthrange(day.year, day.month)[1] + 1)
    return [day.replace(day=number).isoformat() for number in days[(day.day - 1) % 7 :: 7]]


ROWS = {
    "documents": _document_rows,
    "classes": _class_rows,
    "quotations": _quotation_rows,
    "titles": _title_rows,
    "themes": _theme_rows,
    "mentions": _mention_rows,
    "attributions": _attribution_rows,
    "events": _event_rows,
}


def actors_of(
    seed: int, noted: pd.DataFrame, events: pd.DataFrame, attributions: pd.DataFrame
) -> pd.DataFrame:
    """Everybody who was introduced; every institution that speaks, is a host or a guest."""
    named = noted.loc[~noted["form"].isin(["post", "pronoun"]), "name"]
    mentions = named.value_counts().to_dict()
    posts = noted[noted["form"] == "post"].drop_duplicates(["name", "said"])
    roles = dict(
        sorted(zip(posts["name"], posts["said"], strict=True), key=lambda row: len(row[1]))
    )
    telling = set(noted.loc[noted["form"] == "country", "name"])
    found = [
        (
            *(who.name, who.title, roles[who.name], who.org.name),
            who.country["iso"] if who.tells or who.name in telling else None,
            mentions[who.name],
        )
        for people in cast(seed).values()
        for who in people
        if who.name in roles
    ]
    acting = {*events["host"], *events["guest"], *attributions["source_name"].dropna()}
    others = sorted(name for name in acting & mentions.keys() if name not in roles)
    found += [(name, None, None, None, None, mentions[name]) for name in others]
    table = truth_table("actors", found)
    return table.sort_values("name", kind="stable", ignore_index=True)
