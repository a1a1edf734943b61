"""The days that words may mean, told by the day of their text and by the tense that they stand in:
*lundi* is the last Monday where something happened, and the next one where it is to come.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

import pandas as pd

from helpers.read.dates import read_date, weekday_candidates
from helpers.voices.people import Reading
from helpers.voices.syntax import WORDS, Syntax

Day = pd.Timestamp
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_FROM_TODAY = {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "après-demain": 2}
_RELATIVE = {"dernier": -1, "prochain": 1}  # and their tense
_MONTH = pd.Timedelta(days=31)  # within which a lundi 4 is looked for
# Participles that say of their noun that it is to come.
_PLANNED = re.compile("(?:prévu|attendu|programmé|convoqué)e?s?")
# By its ending; those in -ra and -rait may be others, and dit or finit present.
_PAST = re.compile(r"(?!(?:fait|sait|tait|plait)\Z)\w*(?:(?<!r)ai(?:en)?t|[èuîi]rent|(?<![ae])ut)")


class Days(NamedTuple):
    """A day of the week as written, the ISO days that the words may mean, and `day` with one,
    `unresolved` with several, nothing with none.
    """

    weekday: str | None
    date_candidates: list[str]
    date_precision: str | None


def possible_days(written: str, start: Day, end: Day, tense: int = 0) -> Days:
    """Which days may words mean in a text that was printed between start and end? (*datation*)

    A full date is itself. In a text of one day, hier or demain is one, and a day of the week the
    last one until then in the past (tense -1), the next one from then on in the future (tense 1),
    else either; in a text of a month it is one of its four or five. A day without its year is of
    the text's year, unless tense asks for the one before or after.

    >>> day = pd.Timestamp("2024-11-21")
    >>> possible_days("lundi", day, day, -1)
    Days(weekday='lundi', date_candidates=['2024-11-18'], date_precision='day')
    >>> possible_days("lundi", day, day).date_candidates
    ['2024-11-18', '2024-11-25']
    """
    words = written.lower().replace("’", "'").replace(",", " ").split() or [""]
    full = read_date(written)
    days = [Day(full.first)] if full and full.precision == "day" else []
    if not full and not pd.isna(start):
        days = _nearest(words, start, end, _RELATIVE.get(words[-1], tense))
    weekday = words[0] if words[0] in _WEEKDAYS else None
    precision = {0: None, 1: "day"}.get(len(days), "unresolved")
    return Days(weekday, [f"{day:%Y-%m-%d}" for day in days], precision)


def _fitting(words: list[str], start: Day, end: Day, tense: int) -> list[Day]:
    """The days near a text that words without a year may mean, in order."""
    first, last = words[0], words[-1]
    if first in _WEEKDAYS and (last in (first, *_RELATIVE) or last.isdecimal()):
        days = [*map(Day, weekday_candidates(first, start - _MONTH, end + _MONTH))]
        if last.isdecimal():
            return [day for day in days if day.day == int(last)]
        return [day for day in days if last == first or day != start]
    if first in _FROM_TODAY:
        return [start + pd.Timedelta(days=_FROM_TODAY[first])] if start == end else []
    years = range(start.year - (tense < 0), end.year + 1 + (tense > 0))
    spans = [read_date(f"{' '.join(words)} {year}") for year in years]
    return [Day(span.first) for span in spans if span and span.precision == "day"]


def _nearest(words: list[str], start: Day, end: Day, tense: int) -> list[Day]:
    """The days that words without a year mean: all that are the text's own, if it has more than
    one; else the last until then and the next from then on, or what tense leaves of them.
    """
    days = _fitting(words, start, end, tense)
    own = [day for day in days if start <= day <= end]
    if len(days) < 2 or (own and start < end):
        return own or days
    before, after = [day for day in days if day <= end], [day for day in days if day >= start]
    return [*dict.fromkeys(before[-1:] * (tense <= 0) + after[:1] * (tense >= 0))]


def tense_of(text: Syntax, place: int) -> int:
    """The tense of the verb above a place: -1 where it is past, 1 where it is to come, 0 where it
    does not tell.
    """
    form, lemma, above = text.type[place], text.lemma[place], text.head[place]
    tensed, other = text.child(place, "aux:tense"), text.child(place, "aux:pass", "cop")
    verbal = text.is_verb(place) or _PLANNED.fullmatch(form)
    if not verbal or (form == lemma and tensed is None):  # a noun, an infinitive
        if above == place:  # Lundi, la maire avait reçu …: of no verb, for the parser
            verbs = (p for p in text.ahead(place, 40) if text.pos[p] == "VERB")
            verb = next((p for p in verbs if text.type[p] != text.lemma[p]), place)
            return 0 if verb == place else tense_of(text, verb)
        return tense_of(text, above) or int(text.lemma[above] in WORDS["ahead"])
    if tensed is None and _PLANNED.fullmatch(form):
        return 1
    verb = next((p for p in (tensed, other) if p is not None), place)
    past = tensed is not None or text.dep[place] in ("acl", "amod")
    return told_tense(text.type[verb], text.lemma[verb]) or -past


def told_tense(form: str, lemma: str) -> int:
    """The tense that a form of a verb tells by its spelling: 1 for rencontrera, -1 for rencontra
    and rencontrait, 0 for rencontre.
    """
    regular = (f"{lemma[:-2]}{end}" for end in ("a", "ait", "aient"))
    return -1 if form in regular or _PAST.fullmatch(form) else int(form.endswith(("ra", "ront")))


def days_of(reading: Reading, sentence: range, start: Day, end: Day) -> Days:
    """The days of the first words of a sentence that name one: a date, of which lundi may have a
    number behind it, or a word that counts from the day of the text.
    """
    text, whole, names, _ = reading
    found = [(place, text.type[place]) for place in sentence if text.type[place] in _FROM_TODAY]
    for date in (date for date in names.dates if date.sent == text.sent[sentence[0]]):
        place = bisect_right(text.start, date.start) - 1
        number = re.match(r"\s+\d+\b", whole[date.end :]) if text.end[place] == date.end else None
        found.append((place, whole[date.start : date.end] + (number[0] if number else "")))
    days = (possible_days(words, start, end, tense_of(text, p)) for p, words in sorted(found))
    return next((d for d in days if d.date_candidates or d.weekday), Days(None, [], None))
