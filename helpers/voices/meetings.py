"""What happens between the actors: receptions, visits, meetings, calls, signatures.

The verbs are those of `lexicons/events.csv`; who takes part is read from where a name stands:
before the verb, after it, behind *par*, *avec*, *entre*, *à l'invitation de*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.read.lexicons import lexicon, per_lexicons
from helpers.voices.institutions import body, listed, name_end
from helpers.voices.people import Reading, last_named
from helpers.voices.syntax import Syntax, subject
from helpers.voices.wording import noun, speakers

CALL = frozenset("téléphone téléphonique téléphoniques téléphoniquement visioconférence".split())
_CALLS = frozenset(("appel", "entretien", "échange", "conversation", "communication"))


class Row(NamedTuple):
    """One way of telling an event: its kind, and where host and guest stand."""

    noun: str
    kind: str
    host: str
    guest: str


class Party(NamedTuple):
    """Who may take part: the places of name and office, the name, the word before them."""

    first: int
    last: int
    name: str
    word: str


class Event(NamedTuple):
    """An event at a verb; host and guest are names or empty."""

    place: int
    kind: str
    host: str
    guest: str


@per_lexicons
def _told() -> dict[tuple[str, bool], list[Row]]:
    """The rows of events.csv by verb and whether it is reflexive."""
    found: dict[tuple[str, bool], list[Row]] = {}
    for row in lexicon("events").rows.itertuples(index=False):
        words = row.entry.split()
        reflexive = words[0] == "se"
        verb, *rest = words[reflexive:]
        told = Row(" ".join(rest), row.kind, row.host, row.guest)
        found.setdefault((verb, reflexive), []).append(told)
    return found


def events_of(reading: Reading) -> list[Event]:
    """The events that a text tells, each kind between the same parties once."""
    text = reading.text
    found: dict[tuple[str, frozenset[str]], Event] = {}
    for place, pos in enumerate(text.pos):
        if pos in ("VERB", "AUX") and not text.dep[place].startswith("aux"):
            row = _row(text, place)
            if row and not _denied(text, place):
                parties = list(_parties(reading, text.sentence[place]))
                event = _event(reading, place, row, parties)
                if event.guest and (event.host or event.kind in ("reception", "visit")):
                    found.setdefault((event.kind, frozenset(event[2:])), event)
    for event in _calls(reading, found.values()):
        found.setdefault((event.kind, frozenset(event[2:])), event)
    return sorted(found.values(), key=lambda event: event.place)


def _calls(reading: Reading, told: Iterable[Event]) -> Iterator[Event]:
    """au cours d'un appel téléphonique, X a examiné Y avec Z: a call without a verb for it."""
    text = reading.text
    sentences = {text.sent[event.place] for event in told}
    for place, word in enumerate(text.type):
        said = text.previous(place)
        if word == "téléphonique" and said in _CALLS and text.sent[place] not in sentences:
            parties = list(_parties(reading, text.sentence[place]))
            second = next((party for party in parties if party.word == "avec"), None)
            if second and parties[0] != second:
                yield Event(place, "call", parties[0].name, second.name)


def _row(text: Syntax, verb: int) -> Row | None:
    reflexive = any(text.type[c] in ("se", "s'") for c in text.children[verb])
    for row in _told().get((text.lemma[verb], reflexive), ()):
        ahead = [text.lemma[p] for p in text.sentence[verb] if verb < p < verb + 16]
        if not row.noun or row.noun in ahead:
            return row
    return None


def _denied(text: Syntax, verb: int) -> bool:
    """Not told as a fact: an infinitive, a negation, a future, a participle without its agent."""
    form = text.type[verb]
    auxiliary = text.child(verb, "aux:tense", "aux:pass") is not None
    past = form.rstrip("es")[-1:] in ("é", "i", "u", "t") and not auxiliary
    agent = text.child(verb, "obl:agent") is not None
    bare = past and text.dep[verb] in ("acl", "amod", "advcl", "conj") and not agent
    negated = any(text.type[c] in ("ne", "n'") for c in text.children[verb])
    return form == text.lemma[verb] or form.endswith(("ra", "ront", "rait")) or negated or bare


def _parties(reading: Reading, sentence: range) -> Iterator[Party]:
    """Persons with their offices, and institutions outside of them, in reading order."""
    text, _, names, expanded, mentions = reading
    taken: set[int] = set()
    found: list[tuple[int, int, str]] = []
    for mention in mentions:
        places = {*mention.places, *mention.role}
        if mention.places[0] in sentence:
            taken |= set(range(min(places), max(places) + 1))
            found.append((min(places), max(places), mention.person.name))
    for place in sentence:
        if place not in taken and speakers().get(noun(text, place)) == "body":
            whole = range(place, name_end(text, place) + 1)
            name = body(text, whole, expanded)
            if name and not taken & set(whole):
                taken |= set(whole)
                found.append((place, whole[-1], name))
    others = listed(text, names, expanded, sentence)
    found += [row for row in others if not taken & set(range(row[0], row[1] + 1))]
    for first, last, name in sorted(found):
        yield Party(first, last, name, _word_before(text, first))


def _word_before(text: Syntax, first: int) -> str:
    """The word before a noun phrase, its determiner left out: avec le ministre → avec."""
    place, begins = first - 1, text.sentence[first][0]
    while place > begins and text.pos[place] in ("DET", "ADJ", "NUM"):
        place -= 1
    return text.previous(place + 1)


def _event(reading: Reading, verb: int, row: Row, parties: list[Party]) -> Event:
    text = reading.text
    host, guest = row.host, row.guest
    if text.child(verb, "aux:pass", "obl:agent") is not None and row.kind != "visit":
        host, guest = ("par", "before") if row.kind == "reception" else (host, guest)
    parties += _pronoun(reading, verb)
    first = _standing(text, verb, host, parties, "")
    second = _standing(text, verb, guest, parties, first)
    if not second and row.kind in ("signature", "meeting"):
        second = _standing(text, verb, host, parties, first)
    kind = "call" if row.kind == "meeting" and _by_telephone(text, verb) else row.kind
    return Event(verb, kind, first, second)


def _pronoun(reading: Reading, verb: int) -> list[Party]:
    """The person that a pronoun before the verb stands for."""
    own = subject(reading.text, verb)
    if own is None or reading.text.pos[own] != "PRON":
        return []
    name = last_named(reading.mentions, own, reading.text.type[own])
    return [Party(own, own, name, "")] if name else []


def _by_telephone(text: Syntax, verb: int) -> bool:
    return any(text.type[p] in CALL for p in text.sentence[verb])


def _standing(text: Syntax, verb: int, where: str, parties: list[Party], other: str) -> str:
    """The name of the first party that stands there and is not the other one."""
    if where == "before":
        own = subject(text, verb)
        fits = [p for p in parties if own is not None and p.first <= own <= p.last]
        fits += [p for p in parties if p.last < verb]
    elif where == "any":
        fits = parties
    elif where == "after":
        fits = [p for p in parties if p.first > verb]
    elif where == "invitation":
        begins = text.sentence[verb][0]
        fits = [p for p in parties if "invitation" in text.type[max(begins, p.first - 4) : p.first]]
    else:
        behind = [i for i, p in enumerate(parties) if p.word == where]
        fits = parties[behind[0] :] if behind else []
    return next((p.name for p in fits if p.name != other), "")
