"""Fictional French communiqués with a planted truth.

Whoever writes a frame marks in it who speaks, which words are those of a theme, what happens. The
truth is what was marked, moved to where it stands in the finished text: no rule reads the text.
"""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pandas as pd

from helpers.read.tables import typed
from tests.fiction.grammar import END, PARAGRAPH, SENTENCE, THEMES, Reading, read
from tests.fiction.scenes import CLASSES, SHIFT, TURN, Frame, cast
from tests.fiction.writing import DAYS, Body, Printed, Writer, near_duplicate, printed

__all__ = ["SHIFT", "TURN", "Communiques", "Truth", "communiques"]

NEAR, REPRINTS = 0.04, 0.04  # share of near-duplicates, and of exact reprints

_COLUMNS = {
    "documents": "doc date date_start date_end date_precision title byline agency credit signature"
    " duplicate_of scene period",
    "actors": "name title role organisation country mentions",
    "events": "doc kind host guest place weekday date_candidates date_precision start end",
    "attributions": "doc par sent start end source source_name inferred verb kind",
    "themes": "doc theme share",
    "classes": "doc class",
    "mentions": "doc par start end name form said",
}
_TYPES = dict.fromkeys(("par", "sent", "start", "end", "class", "mentions"), "int64")
_TYPES |= {"inferred": "bool", "share": "float64", "date_candidates": "object"}
_TYPES |= dict.fromkeys(("date_start", "date_end"), "datetime64[us]")


class Truth(NamedTuple):
    """What was planted; each table has the columns of the verb whose question it answers."""

    documents: pd.DataFrame
    actors: pd.DataFrame
    events: pd.DataFrame
    attributions: pd.DataFrame
    themes: pd.DataFrame
    classes: pd.DataFrame
    mentions: pd.DataFrame


class Communiques(NamedTuple):
    """File name → content, in order, and the truth about them."""

    texts: dict[str, str]
    truth: Truth


class _Text(NamedTuple):
    """A finished text with what was read off its marks; offsets in it begin at shift."""

    doc: str
    content: str
    shift: int
    reading: Reading
    frames: list[Frame]
    body: Body
    fields: dict[str, Any]


def communiques(n: int, *, seed: int = 1) -> Communiques:
    """What would the measures find if the answer were known? (*textes fictifs, vérité connue*)

    Communiqués as newspapers print them, with every header of the seed format; receptions, visits,
    meetings, telephone calls and signatures in 14 scenes over four years, all invented. The first
    texts are the same for every n; another seed has another cast. From `TURN` on the words in
    `SHIFT` are frequent. One text in 25 is an exact reprint, one a
    near-duplicate.

    Parameters: n (texts); seed (of everything that is drawn).
    Returns: texts (file name → content) and truth. The tables have the columns of the verbs;
    documents also scene and period (before, after); classes: class, 1 or 2; mentions: a row per
    mention of a person, form `name` `surname` (both without M. or Mme) `role` (with its article) or
    `pronoun`; the name in an introduction by role and name is one mention. The share of a theme is
    its words ÷ the words of all themes, per text. A minister's organisation is the ministry.
    attributions: passages of two cues in a sentence divide it; source is without its apposition,
    source_name NA where the source is nobody in particular; `none` is a sentence without a cue.

    >>> texts, truth = communiques(2)
    >>> len(texts), truth.themes.groupby("doc")["share"].sum().round(6).tolist()
    (2, [1.0, 1.0])
    """
    found: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    texts, originals, docs = {}, [], []
    for number in range(n):
        random = Random(f"{seed}:{number}:print")
        drawn, original = random.random(), number
        if number and drawn < NEAR + REPRINTS:
            original = originals[random.randrange(number)]
        body = Writer(seed, original).body()
        if original != number and drawn < NEAR:
            body = near_duplicate(random, body)
        text = _finished(body, printed(random, body), number)
        texts[f"{text.doc}.txt"] = text.content
        originals.append(original)
        docs.append(text.doc)
        fields = [text.fields.get(name) for name in _COLUMNS["documents"].split()[1:-3]]
        period = "after" if body.day >= TURN else "before"
        known = docs[original] if original != number else None
        found["documents"].append((text.doc, *fields, known, body.scene, period))
        found["classes"].append((text.doc, CLASSES.get(body.scene, 2)))
        for name, rows_of in _TRUTHS.items():
            found[name] += rows_of(text)
    tables = {name: _table(name, rows) for name, rows in found.items()}
    actors = _actors(seed, tables["mentions"], tables["events"], tables["attributions"])
    noted = tables["mentions"].drop(columns="said")
    mentions = noted[~noted["form"].isin(["post", "org"])].replace({"form": {"country": "role"}})
    return Communiques(
        texts,
        Truth(**tables | {"actors": actors, "mentions": mentions.reset_index(drop=True)}),
    )


def write(folder: Path, n: int, *, seed: int = 1) -> None:
    """Write the texts into a folder, and each table of the truth into `truth/` below it."""
    made = communiques(n, seed=seed)
    (folder / "truth").mkdir(parents=True)
    for name, content in made.texts.items():
        (folder / name).write_text(content, "utf-8", newline="")
    for name, table in made.truth._asdict().items():
        table.to_csv(folder / "truth" / f"{name}.csv", index=False, lineterminator="\n")


def _table(name: str, found: list[tuple[Any, ...]]) -> pd.DataFrame:
    columns = _COLUMNS[name].split()
    return typed(
        pd.DataFrame(found, columns=columns), {name: _TYPES.get(name, "str") for name in columns}
    )


def _finished(body: Body, header: Printed, number: int) -> _Text:
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
    return _Text(doc, content, len(header.opening), reading, frames, body, header.fields)


def _theme_rows(text: _Text) -> Iterator[tuple[Any, ...]]:
    themes = text.reading.themes
    total = sum(themes)
    return ((text.doc, theme, f / total) for theme, f in zip(THEMES, themes, strict=True))


def _mention_rows(text: _Text) -> Iterator[tuple[Any, ...]]:
    """Every note about a person or an institution, sources aside."""
    for kind, who, par, start, end in text.reading.notes:
        if kind != "source":
            said = text.reading.text[start:end] if kind == "post" else ""
            yield text.doc, par, start + text.shift, end + text.shift, who.name, kind, said


def _attribution_rows(text: _Text) -> Iterator[tuple[Any, ...]]:
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


def _event_rows(text: _Text) -> Iterator[tuple[Any, ...]]:
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
        days = _candidates(day, written, text.fields.get("date_precision"))
        precision = None if not days else "day" if len(days) == 1 else "unresolved"
        place = text.body.city if "city" in blanks else None
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


_TRUTHS = {
    "themes": _theme_rows,
    "mentions": _mention_rows,
    "attributions": _attribution_rows,
    "events": _event_rows,
}


def _actors(
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
    table = _table("actors", found)
    return table.sort_values("name", kind="stable", ignore_index=True)
