"""How newspapers print an invented communiqué: with front matter or a header, first or again."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from helpers.exchange.writing import write_front_matter
from tests.fiction.grammar import plain
from tests.fiction.scenes import SECTIONS, TURN, outlets, rows
from tests.fiction.writing import MONTHS, Body

WITHIN = 6  # days of the event a text is reprinted, so that its days of the week are the same days
HEADERS = {"month": 30, "day": 20, "byline": 10, "agency": 12, "title": 12, "credit": 10}
HEADERS |= {"none": 6}  # how often, in percent
# The small changes of a near-duplicate: none of them touches a name, a cue or a theme.
CHANGES = {"également": "aussi", "désormais": "dorénavant", "notamment": "entre autres"}
CHANGES |= {"des deux pays": "des deux États", "de son côté": "pour sa part"}


class Printed(NamedTuple):
    """A text in a newspaper: how it is printed, and what our tables say of its header."""

    opening: str
    closing: str
    dateline: bool
    outlet: str
    day: date
    fields: dict[str, Any]


@lru_cache
def _press() -> dict[str, list[str]]:
    out = defaultdict(list)
    for row in rows("press"):
        out[row["kind"]].append(row["value"])
    return out


def published(random: Random, body: Body, first: Printed | None, taken: set[str]) -> Printed:
    """On which day, and by whom, a text is printed; what is reprinted, days after it was first
    printed, and by a newspaper that has not printed it yet as long as there is one.
    """
    if first is None:
        day, outlet = body.day + timedelta(random.randint(0, 1)), body.outlet
    else:
        last = body.earlier + timedelta(WITHIN)
        day = first.day + timedelta(random.randint(1, (last - first.day).days))
        others = [name for name in outlets() if name not in taken]
        outlet = random.choice(others or [name for name in outlets() if name != first.outlet])
    return Printed("", "", False, outlet, day, {})


def with_front_matter(random: Random, body: Body, known: Printed) -> Printed:
    """The text with what a database knows of it above its body."""
    names = [row["value"] for row in rows("press") if row["kind"] == "byline"]
    fields = {"date": known.day.isoformat(), "title": plain(body.title[1]), "outlet": known.outlet}
    fields |= {"byline": random.choice(names)} if random.random() < 0.75 else {}
    period = "after" if body.day >= TURN else "before"
    further = {"section": SECTIONS.get(body.scene, "Société"), "scene": body.scene}
    opening = write_front_matter(fields | further | {"period": period})
    span = {"date_precision": "day", "date_start": known.day, "date_end": known.day}
    return known._replace(opening=opening, fields=fields | span)


def with_header(random: Random, body: Body, known: Printed) -> Printed:
    """One of the ways in which newspapers print a communiqué."""
    kind = random.choices(list(HEADERS), list(HEADERS.values()))[0]
    if kind == "none":
        return known
    drawn = {name: random.choice(values) for name, values in _press().items()}
    day, exact = known.day, random.random() < 0.2
    exact = kind in ("day", "title") or (exact and kind != "month")
    written = day.isoformat()[: 10 if exact and kind != "title" else 7]
    fields: dict[str, Any] = {"date": written, "date_precision": "day" if exact else "month"}
    month_end = calendar.monthrange(day.year, day.month)[1]
    fields["date_start"] = day if exact else day.replace(day=1)
    fields["date_end"] = day if exact else day.replace(day=month_end)
    line, closing = "", ""
    if kind in ("byline", "credit"):
        line = fields[kind] = drawn[kind]
    elif kind == "agency":
        fields |= {"byline": drawn["journal"]} | {k: drawn[k] for k in ("agency", "signature")}
        line, closing = f"Par {drawn['journal']} avec {drawn[kind]}", f"\n\n{drawn['signature']}"
    elif kind == "title":
        title = plain(body.title[1])
        fields[kind] = title.upper() if random.random() < 0.6 else title
        dates = f"{day:%d/%m/%Y}", f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        fields["date"] = random.choice(dates)
        line = f"{fields[kind]}\n\n{fields['date']}"
    elif random.random() < 0.15:
        fields["agency"] = drawn["agency"]
        closing = random.choice((" ({})", " (avec {})")).format(drawn["agency"])
    opening = f" date {written} {line}" + ("\n\n" if line else "")
    shown = {"opening": opening, "closing": closing, "dateline": kind == "credit"}
    return known._replace(**shown, fields=fields)


def near_duplicate(random: Random, body: Body) -> Body:
    """A near-duplicate: a sentence that nothing leans on is left out, some words are others."""
    loose = [
        frame
        for part in body.paragraphs[1:]
        for frame, _ in part
        if frame.part in ("frame", "agenda", "closing") and len(part) > 1
    ]
    gone = random.choice(loose) if loose else None
    return body._replace(
        paragraphs=[
            [(frame, _other_words(said)) for frame, said in part if frame is not gone]
            for part in body.paragraphs
        ]
    )


def _other_words(said: str) -> str:
    for old, new in CHANGES.items():
        said = said.replace(old, new)
    return said
