"""Which persons does a text name, and how: by name, by surname, by role."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from helpers.read.lexicons import lexicon
from helpers.voices.institutions import acronyms, institution, participle
from helpers.voices.syntax import WORDS, Names, Syntax, as_named, names_of
from helpers.voices.vocabulary import gender_of, speaker_kind

GENDERS = dict.fromkeys(("le", "un", "il", "ce", "du", "au", "celui-ci"), "m")
GENDERS |= dict.fromkeys(("la", "une", "elle", "cette", "celle-ci"), "f")


@cache
def titles() -> dict[str, tuple[str, str]]:
    """The title and gender (m, f or nothing) that each form of `titles.csv` stands for."""
    return {row.form: (row.title, row.gender) for row in lexicon("titles").rows.itertuples()}


def title_of(form: str) -> tuple[str, str]:
    """The title and gender of a word (Mme., monsieur); nothing if it is no title."""
    bare = form.rstrip(".")  # Col. Tazi, but the Col Agnel
    forms = (form, bare, bare.capitalize() * (len(bare) > 4))
    return next((titles()[each] for each in forms if each in titles()), ("", ""))


class Person(NamedTuple):
    """What a text says of a person; gender is m, f or empty."""

    name: str
    title: str
    role: str
    organisation: str
    country: str
    gender: str


class Mention(NamedTuple):
    """A mention of a person: its places, the name it stands for, and the places of the role that
    goes with it.
    """

    places: range
    person: Person
    role: range
    form: str
    inferred: bool


class Reading(NamedTuple):
    """What is known of one text before its voices are told apart."""

    text: Syntax
    written: str
    names: Names
    mentions: list[Mention]


def read_names(text: Syntax, whole: str, entities: Sequence[Any]) -> Reading:
    """A text with its entities (rows of the table) by kind, its acronyms in full and its mentions
    of persons, by name, by surname, by role.
    """
    names = names_of(text, entities, acronyms(whole))
    text = as_named(text, names)
    named = list(_named(text, names))
    written = dict.fromkeys(mention.person.name for mention in named)
    full = {name: next((f for f in written if f.endswith(f" {name}")), name) for name in written}
    known: dict[str, Person] = {}
    for person in (mention.person for mention in named):
        name = full[person.name]
        known[name] = _merged(known.get(name, person), person)._replace(name=name)
    kept = []
    for mention in named:
        name, fuller = mention.person.name, full[mention.person.name]
        if " " in fuller or mention.person.title or mention.role:
            form = "name" if " " in name and fuller == name else "surname"
            kept.append(mention._replace(person=known[fuller], form=form))
    people = list({m.person.name: m.person for m in kept}.values())
    every = sorted([*kept, *_by_role(text, kept, people, names)], key=lambda m: m.places[0])
    fullest = {m.person.name: m.person for m in sorted(every, key=lambda m: bool(m.person.country))}
    mentions = [m._replace(person=fullest[m.person.name]) for m in every]
    return Reading(text, whole, names, mentions)


def whole_names(reading: Reading, source: range) -> range:
    """The source with the whole of a name of which the parser took a part (M’hamed Alami, Me
    Conclut), and the name before its "et".
    """
    named = [places for places, _ in reading.names.of("person")]
    named += [mention.places for mention in reading.mentions if mention.form != "role"]
    joined = bool(source) and reading.text.type[source[0]] == "et"
    own = {*source, *range(source[0] - 1, source[0])} if joined else {*source}
    cut = [p for places in named if {*places} & own for p in places]
    return range(min((*source[:1], *cut)), max((*source, *cut)) + 1) if cut else source


def _merged(one: Person, other: Person) -> Person:
    """What two mentions of a person say together; the longer role is the fuller one."""
    first, second = (one, other) if len(one.role) >= len(other.role) else (other, one)
    merged = (a or b for a, b in zip(first[1:], second[1:], strict=True))
    return Person(one.name, *merged)


def _named(text: Syntax, names: Names) -> Iterator[Mention]:
    """The mentions by name, with title and role."""
    taken = {place for places, _ in names.of("person") for place in places}
    for places, row in names.of("person"):
        first = places[0]
        if speaker_kind(text, first) == "body":
            continue  # Radio Sambre
        title, gender = title_of(text.form[first - 1] if first > text.sentence[first][0] else "")
        start = first - 1 if title else first
        role = _role(text, start, places[-1], taken)
        gender = gender or _gender(text, role) or gender_of(row.name)
        organisation, country = institution(text, role, names)
        person = Person(row.name, title, text.written(role), organisation, country, gender)
        yield Mention(range(start, places[-1] + 1), person, role, "name", False)


def is_role(text: Syntax, place: int) -> bool:
    """Is this a noun for what a person is (ministre, directrice, porte-parole)? A participle with
    an agent is none (appelé par la police).
    """
    noun = text.pos[place] in ("NOUN", "PROPN", "ADJ", "VERB")
    office = title_of(text.form[place])[0] in ("", *WORDS["offices"])
    acted_on = text.type[place + 1 : place + 2] == ["par"]
    return noun and office and not acted_on and speaker_kind(text, place) == "person"


def _role(text: Syntax, start: int, last: int, taken: Set[int]) -> range:
    """The role before a name (le ministre de la Justice, M. X; la ministre X) or behind it (X,
    ministre de la Justice,).
    """
    sentence = text.sentence[start]
    if start - 1 > sentence[0]:
        comma = text.form[start - 1] == ","
        near = range(max(sentence[0], start - 32), start)
        until = max((place + 1 for place in near if place in taken), default=sentence[0])
        first = _role_before(text, start - 2 if comma else start - 1, until, comma)
        # Ministre du Climat is nobody's name; nor is a conseiller et X one person.
        of = text.pos[start - 1] in ("ADP", "DET", "CCONJ", "SCONJ")
        if first is not None and not of and not _another(text, first, start, last):
            return range(first, start - 1 if comma else start)
    # The mark that ends the sentence is no part of a role; a text may end without one.
    final = text.form[sentence[-1]]
    end = sentence[-1] + (final[-1].isalnum() or final == ")")
    # Au micro de Sambre, le maire …: the one behind the comma is another.
    led = start > sentence[0] and text.pos[start - 1] == "ADP"
    another = led and text.pos[last + 2 : last + 3] == ["DET"]
    if last + 2 < end and text.form[last + 1] in (",", "(") and not another:
        first = last + 2
        until = min(last + 5, end - 1)
        while first < until and text.pos[first] in ("DET", "ADJ") and not is_role(text, first):
            first += 1
        if is_role(text, first):
            return range(first, _role_end(text, first, end))
    return range(0)


def _role_before(text: Syntax, last: int, sentence: int, comma: bool) -> int | None:
    """Where the role begins that ends here: at its first noun, in the same noun phrase. Right
    before a name it is that of the name, not of who is told by it (la veuve du capitaine X).
    """
    depth, found, limit = 0, None, last - (30 if comma else 8)
    for place in range(last, max(sentence, limit) - 1, -1):
        form = text.form[place]
        depth += (form == ")") - (form == "(")
        if not depth and form != "(":
            if _is_verb(text, place) or text.pos[place] in ("PUNCT", "PRON"):
                break
            joins = text.type[place] in ("et", "avec", "par", "que")
            if found is not None and joins and not text.type[place + 1].startswith("d"):
                break
            if is_role(text, place):
                found = place
                before = text.pos[max(place - 2, 0) : place]
                if not comma and (before[-1:] == ["ADP"] or before == ["ADP", "DET"]):
                    break
    return found


def _is_verb(text: Syntax, place: int) -> bool:
    """A verb that belongs to no office (not délégué)."""
    verb = text.is_verb(place) and not participle(text, place)
    return verb and not is_role(text, place)


def _another(text: Syntax, role: int, name: int, last: int) -> bool:
    """Is the role another person's, of another gender than the name, or behind a preposition, while
    the name is the subject: its verb follows it, or its own apposition (devant le juge, X,
    hydrologue, a dit)?
    """
    title = title_of(text.form[name])[1]
    gender = _gender(text, range(role, name))
    before = range(role - 1, text.sentence[role][0] - 1, -1)
    led = next((text.pos[p] for p in before if text.pos[p] not in ("DET", "ADJ")), "") == "ADP"
    marks = [p for p in text.ahead(last, 30) if text.form[p] == ","]
    then = marks[1] if marks[1:] and marks[0] == last + 1 else last
    behind = (p for p in text.ahead(then, 3) if text.type[p] not in ("n'", "ne", "s'", "se"))
    follows = next((text.pos[p] for p in behind), "") in ("VERB", "AUX")
    return (led and follows) or bool(title and gender and title != gender)


def _role_end(text: Syntax, first: int, end: int) -> int:
    """The place behind a role: a mark, a relative pronoun, a verb, or where its sentence ends."""
    depth, end = 0, min(end, first + 25)
    for place in range(first, end):
        form = text.form[place]
        depth += (form == "(") - (form == ")")
        ends = form in ",;.»:–—" or text.type[place] in ("qui", "que", "dont")
        if depth < 0 or ends or _is_verb(text, place):
            return place
    return end


def _gender(text: Syntax, role: Sequence[int]) -> str:
    """The gender that the determiner before a role shows, else its noun."""
    if not role:
        return ""
    before = text.previous(role[0])
    feminine = text.type[role[0]].endswith(("trice", "ère", "ente", "euse", "ée", "sse"))
    return GENDERS.get(before, "") or ("f" if feminine else "")


def _by_role(
    text: Syntax, named: list[Mention], people: list[Person], names: Names
) -> Iterator[Mention]:
    """Definite mentions of an office that only one person of the text can hold."""
    taken = {place for m in named for place in (*m.places, *m.role)}
    for place in range(len(text.form)):
        definite = text.previous(place) in ("le", "la", "l'", "du", "au", "ce", "cet", "cette")
        if definite and place not in taken and is_role(text, place):
            before = {m.person.name for m in named if m.places[0] < place}
            so_far = [person for person in people if person.name in before]
            for among, joined in product((people, so_far), (True, False)):
                office = range(place, text.phrase(place, joined=joined)[-1] + 1)
                person = _holder(text, office, among, names)
                if person:
                    first = place if text.previous(place) in ("du", "au") else place - 1
                    yield Mention(range(first, office[-1] + 1), person, office, "role", True)
                    break


def _holder(text: Syntax, places: range, people: list[Person], names: Names) -> Person | None:
    """The one person who can hold an office: by its words, else by its first word, the gender and
    the country.
    """
    said = office_words(text.written(places))
    same = [p for p in people if office_words(p.role)[: len(said)] == said]
    if len(said) > 1 and len(same) == 1:
        return same[0]
    gender = _gender(text, places)
    inside = (row.country for at, row in names.entities if row.country and at[0] in places)
    country = next(inside, "")
    fits = [p for p in people if not gender or p.gender in ("", gender)]
    fits = [p for p in fits if said[0] in WORDS["anybody"] or office_words(p.role)[:1] == said[:1]]
    fits = [p for p in fits if not country or p.country in (country, "")]
    sure = [p for p in fits if p.country == country] or fits
    bare = len(said) <= 1 + bool(country)
    return sure[0]._replace(country=sure[0].country or country) if len(sure) == 1 and bare else None


def office_words(role: str) -> list[str]:
    """The words of an office in lower case, without its acronyms in brackets."""
    return re.sub(r"(?<!\s)\s*\([^()]*\)", "", role).lower().replace("’", "' ").split()
