"""What happens between the actors: receptions, visits, meetings, calls, signatures.

The verbs are those of `lexicons/events.csv`; who takes part is read from where a name stands:
before the verb, after it, behind *par*, *avec*, *entre*, *à l'invitation de*.
"""

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import dropwhile
from typing import Any, NamedTuple

import pandas as pd

from helpers.read.lexicons import lexicon
from helpers.read.names import country_names
from helpers.voices.days import Days, days_of, told_tense
from helpers.voices.institutions import body, listed, name_end
from helpers.voices.people import Reading
from helpers.voices.pronouns import last_named
from helpers.voices.syntax import WORDS, Syntax, looks_past
from helpers.voices.vocabulary import speaker_kind

_BY_PHONE = re.compile("téléphon(?:e|iques?|iquement)|visioconférence")


class Party(NamedTuple):
    """Who may take part: the places of name and office, the name, the word before them."""

    first: int
    last: int
    name: str
    word: str


class Event(NamedTuple):
    """An event at a verb; host, guest, place and days are empty where they are not known."""

    verb: int
    kind: str
    host: str
    guest: str
    place: str = ""
    days: Days | None = None


@cache
def _rows() -> dict[str, list[Any]]:
    """The rows of events.csv by verb, with "se" if it is reflexive; noun: the words behind it."""
    rows = lexicon("events").rows
    words = rows["entry"].str.extract(r"(?P<verb>(?:se )?\S+) *(?P<noun>.*)")
    verbs = rows.join(words).groupby("verb")
    return {verb: [*ways.itertuples(index=False)] for verb, ways in verbs}


def events_of(reading: Reading, start: pd.Timestamp, end: pd.Timestamp) -> Iterator[Event]:
    """The events that a text of these days tells, each kind between the same parties once."""
    events: dict[tuple[str, frozenset[str]], Event] = {}
    told = [*_at_verbs(reading)]
    told += _calls(reading, {reading.text.sent[event.verb] for event in told})
    for event in told:
        events.setdefault((event.kind, frozenset((event.host, event.guest))), event)
    for event in sorted(events.values(), key=lambda event: event.verb):
        sentence = reading.text.sentence[event.verb]
        days = days_of(reading, sentence, start, end)
        yield event._replace(place=_venue(reading, sentence), days=days)


def _at_verbs(reading: Reading) -> Iterator[Event]:
    """What verbs tell as a fact, with a guest, and a host where one is needed."""
    text = reading.text
    for verb, pos in enumerate(text.pos):
        if pos in ("VERB", "AUX") and not text.dep[verb].startswith("aux"):
            row = _row(text, verb)
            if row and _is_fact(text, verb):
                event = _event(reading, verb, row, list(_parties(reading, text.sentence[verb])))
                if event.guest and (event.host or event.kind in ("reception", "visit")):
                    yield event


def _calls(reading: Reading, taken: Iterable[int]) -> Iterator[Event]:
    """au cours d'un appel téléphonique, X a examiné Y avec Z: a call without a verb for it, in
    sentences that tell nothing else.
    """
    text = reading.text
    for place, word in enumerate(text.type):
        call = word == "téléphonique" and text.previous(place) in WORDS["calls"]
        if call and text.sent[place] not in taken:
            parties = list(_parties(reading, text.sentence[place]))
            second = next((party for party in parties if party.word == "avec"), None)
            if second and parties[0] != second:
                yield Event(place, "call", parties[0].name, second.name)


def _row(text: Syntax, verb: int) -> Any:
    """The first row of events.csv that fits a verb and the words behind it."""
    reflexive = any(text.type[c] in ("se", "s'") for c in text.children[verb])
    rows = _rows().get("se " * reflexive + text.lemma[verb])
    lemmas = [text.lemma[p] for p in text.ahead(verb, 15)] if rows else []
    return next((row for row in rows or () if not row.noun or row.noun in lemmas), None)


def _is_fact(text: Syntax, verb: int) -> bool:
    """No infinitive, negation or future, and no participle without its agent."""
    form, lemma = text.type[verb], text.lemma[verb]
    auxiliary = text.child(verb, "aux:tense", "aux:pass") is not None
    agent = text.child(verb, "obl:agent") is not None
    below = text.dep[verb] in ("acl", "amod", "advcl", "conj")
    bare = looks_past(form) and below and not (auxiliary or agent)
    open_end = form == lemma or form.endswith("rait") or told_tense(form, lemma) > 0
    return not (open_end or bare or text.is_denied(verb))


def _parties(reading: Reading, sentence: range) -> Iterator[Party]:
    """Persons with their offices, and institutions outside of them, in reading order."""
    taken, found = set[int](), []
    for first, last, name in _named(reading, sentence, taken):
        places = {*range(first, last + 1)}
        if name and not taken & places:
            taken |= places
            found.append((first, last, name))
    for first, last, name in sorted(found):
        yield Party(first, last, name, _word_before(reading.text, first))


def _named(reading: Reading, sentence: range, taken: Set[int]) -> Iterator[tuple[int, int, str]]:
    """First place, last place and name of persons, then of institutions outside of these."""
    text, _, names, mentions = reading
    for mention in (m for m in mentions if m.places[0] in sentence):
        places = (*mention.places, *mention.role)
        yield min(places), max(places), mention.person.name
    free = (p for p in sentence if p not in taken)
    for place in (p for p in free if speaker_kind(text, p) == "body"):
        whole = range(place, name_end(text, place) + 1)
        yield place, whole[-1], body(text, whole, names)
    yield from listed(text, names, sentence)


def _word_before(text: Syntax, first: int) -> str:
    """The word before a noun phrase, its determiner left out: avec le ministre → avec."""
    place, begins = first - 1, text.sentence[first][0]
    while place > begins and text.pos[place] in ("DET", "ADJ", "NUM"):
        place -= 1
    return text.previous(place + 1)


def _event(reading: Reading, verb: int, row: Any, parties: list[Party]) -> Event:
    text, host, guest = reading.text, row.host, row.guest
    if row.kind == "reception" and text.child(verb, "aux:pass", "obl:agent") is not None:
        host, guest = "par", "before"
    parties += _pronoun(reading, verb)
    first = _standing(text, verb, host, parties, "")
    second = _standing(text, verb, guest, parties, first)
    if not second and row.kind in ("signature", "meeting"):
        second = _standing(text, verb, host, parties, first)
    words = (text.type[place] for place in text.sentence[verb])
    call = row.kind == "meeting" and any(map(_BY_PHONE.fullmatch, words))
    return Event(verb, "call" if call else row.kind, first, second)


def _pronoun(reading: Reading, verb: int) -> list[Party]:
    """The person that a pronoun before the verb stands for."""
    own = reading.text.subject(verb)
    if own is None or reading.text.pos[own] != "PRON":
        return []
    name = last_named(reading.text, reading.mentions, own)
    return [Party(own, own, name, "")] if name else []


def _standing(text: Syntax, verb: int, where: str, parties: list[Party], other: str) -> str:
    """The name of the first party that stands there and is not the other one."""
    own, begins = text.subject(verb), text.sentence[verb][0]
    # Luc Morvan et la maire se sont réunis: the one behind "et" is the second.
    alone = own is not None and text.child(own, "cc") is None
    held = [p for p in parties if alone and p.first <= own <= p.last]
    thing = alone and not held and text.pos[own] == "NOUN"  # un vaccin arrive
    thing = thing and speaker_kind(text, own) is None
    stand = {
        "before": held + [p for p in parties if p.last < verb and not thing],
        "after": [p for p in parties if p.first > verb],
        "any": parties,
        "invitation": [
            p for p in parties if "invitation" in text.type[max(begins, p.first - 4) : p.first]
        ],
    }
    fits = stand.get(where) or dropwhile(lambda party: party.word != where, parties)
    return next((p.name for p in fits if p.name != other), "")


def _venue(reading: Reading, sentence: range) -> str:
    """The first place behind *à*, *au*, *en* outside of offices; a town before a country."""
    text, countries = reading.text, set(country_names().values())
    offices = {place for mention in reading.mentions for place in mention.role}
    named = reading.names.of("place")
    inside = [(places[0], row.name) for places, row in named if places[0] in sentence]
    for place, name in sorted(inside, key=lambda town: town[1] in countries):
        determined = place > text.sentence[place][0] and text.pos[place - 1] == "DET"
        before = text.previous(place - determined)
        if before in ("à", "au", "aux", "en", "dans") and place not in offices:
            return name
    return ""
