"""The syntax of one text, as lists that rules can walk: governors, dependants, noun phrases; where
it quotes: what stands in « », “ ”, ‘ ’ or " ", names of ships and books apart.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, starmap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.read.names import written_name
from helpers.read.tables import Integers, changes, integers, need, rows_of

# The words, tags, relations and marks that the rules of the voices look for, by what they are.
WORDS = {row["kind"]: frozenset(row["words"].split()) for row in rows_of("words.csv", __file__)}
# What closes a quotation, by the type of what opens it; "<<" and ">>" have the types of « and ».
_CLOSING = {"«": "»", "“": "”", "„": "”“", "‹": "›", '"': '"', "'": "'", "″": "″", "❝": "❞"}
_CLOSES = frozenset("".join(_CLOSING.values()))
_PARTICIPLE = re.compile(r"(?:[éiu]|it|ert|[aeo]int)e?s?$(?<!(?<!f)ait)")  # not allait
_COLUMNS = ("par", "sent", "start", "end", "form", "type", "lemma", "pos", "dep")

Spans = list[tuple[int, int]]  # first and last place of each


class Syntax(NamedTuple):
    """The tokens of one text, each list with one value per token; `head` and `children` are places
    in these lists, and the root of a sentence is its own head; `sentence` has the places of the
    sentence that holds each, `groups` what `group_of` found.
    """

    doc: str
    par: list[int]
    sent: list[int]
    start: list[int]
    end: list[int]
    form: list[str]
    type: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    sentence: list[range]
    groups: list[range | None]

    def child(self, place: int, *deps: str) -> int | None:
        """The first dependant of one of these kinds."""
        return next((c for c in self.children[place] if self.dep[c] in deps), None)

    def ahead(self, place: int, n: int) -> range:
        """The next n places of the same sentence, or as many as it has."""
        return range(place + 1, min(place + n, self.sentence[place][-1]) + 1)

    def previous(self, place: int) -> str:
        """The type before, or nothing where the sentence begins."""
        return self.type[place - 1] if place > self.sentence[place][0] else ""

    def written(self, places: Sequence[int]) -> str:
        """Words as they are written, with white space where the text has some."""
        gaps = (p > places[0] and self.start[p] > self.end[p - 1] for p in places)
        words = (" " * gap + self.form[p] for p, gap in zip(places, gaps, strict=True))
        return written_name("".join(words))

    def phrase(self, head: int, *, joined: bool = True) -> range:
        """The noun phrase around its head, without preposition, clauses or what a comma sets off
        (*groupe nominal*); joined=False leaves out what "et" adds to the head.
        """
        added = ("case",) if joined else ("case", "conj", "cc")
        ahead = [child for child in self.children[head] if self.dep[child] not in added]
        inside = {head}
        while ahead:
            place = ahead.pop()
            if self.dep[place] in WORDS["inside"] and self.type[place] not in WORDS["links"]:
                inside.add(place)
                ahead += self.children[place]
        first = last = head
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        while last > head and self.dep[last] in ("cc", "case", "det"):
            last -= 1
        return range(first, last + 1)

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """Who does what the verb says, through relatives, coordination, participles? (*sujet*)"""
        found = self.child(verb, "nsubj", "nsubj:pass", "expl:subj")
        if found is not None:
            relative = self.type[found] in ("qui", "lequel", "laquelle")
            return self.head[verb] if relative and self.dep[verb].startswith("acl") else found
        above, dep, form = self.head[verb], self.dep[verb], self.form[verb]
        if above == verb or depth > 3:
            return None
        participle = form.endswith("ant") and self.previous(verb) in (",", "en", "et")
        if dep in ("acl", "amod") and not participle:
            return above if form.endswith("ant") else None
        while not self.is_verb(above) and participle and self.head[above] != above:
            above = self.head[above]
        return self.subject(above, depth + 1) if dep in WORDS["leading_up"] or participle else None

    def agreed(self, head: int) -> range:
        """The noun phrase with its neighbour behind "et", where both are subjects of the verb."""
        source = self.phrase(head)
        near = self.ahead(source[-1], 4)
        if near and self.type[near[0]] == "et":
            second = next((p for p in near[1:] if self.dep[p].startswith("nsubj")), None)
            if second is not None:
                return range(source[0], self.phrase(second)[-1] + 1)
        return source

    def is_verb(self, place: int) -> bool:
        """Did the tagger take the word for a verb?"""
        return self.pos[place] in ("VERB", "AUX")

    def is_infinitive(self, place: int) -> bool:
        """Is this the form in which dictionaries have a verb?"""
        lemma = self.type[place] == self.lemma[place] and self.type[place].endswith(("r", "re"))
        return lemma and self.is_verb(place)

    def is_finite(self, place: int) -> bool:
        """A verb that is no participle."""
        form = self.type[place]
        return self.is_verb(place) and not (form.endswith("ant") or looks_past(form))

    def no_verb(self, last: int, first: int) -> bool:
        """Is there no verb between two places?"""
        return {"VERB", "AUX"}.isdisjoint(self.pos[last + 1 : first])

    def group_of(self, verb: int) -> range:
        """The places of the auxiliaries, clitics and adverbs right before a verb, and of what two
        commas set off there (la maire, elle, a dit; la maire a, elle, dit).
        """
        if (known := self.groups[verb]) is not None:
            return known
        begin = self.sentence[verb][0]
        apart = (c for c in self.children[verb] if c < verb - 2 and self.form[c + 1] == ",")
        helps = (c for c in apart if self.dep[c] == "aux:tense" and self.pos[c] == "AUX")
        place = min(helps, default=verb)
        while place > begin:
            apart = place - 3 > begin and self.type[place - 3 : place : 2] == [",", ","]
            if self._goes_with_verb(place - 1):
                place -= 1
            elif apart and self.type[place - 2] in WORDS["stressed"]:
                place -= 3
            else:
                break
        self.groups[verb] = range(place, verb)
        return range(place, verb)

    def _goes_with_verb(self, place: int) -> bool:
        """An auxiliary, a clitic, an adverb (en outre is one of two words)."""
        if self.pos[place] not in ("AUX", "ADV", "PRON"):
            adverb = self.dep[place] in ("advmod", "fixed") or self.lemma[place] == "avoir"
            adverb = adverb or not WORDS["adverbial"].isdisjoint(self.type[place : place + 2])
            if self.pos[place] == "ADJ" or not adverb:
                return False
        return self.type[place] not in WORDS["links"]

    def is_denied(self, verb: int) -> bool:
        """n'a pas précisé, sans préciser: what the verb says is not done."""
        near = (*(c for c in self.children[verb] if c < verb), *self.group_of(verb))
        return any(self.type[p] in ("ne", "n'") for p in near) or self.previous(verb) == "sans"


def texts(tokens: pd.DataFrame) -> Iterator[Syntax]:
    """Each text of an annotated token table, in order.

    Raises: ValueError where the table has no syntax (a corpus opened with annotate=False).
    """
    need(tokens, "doc", *_COLUMNS, "head")
    if tokens["head"].isna().any():
        raise ValueError("tokens without syntax: open the corpus with annotate=True")
    # Words as plain objects: categories would be looked up anew for each text.
    table = tokens[["doc", *_COLUMNS, "head"]].astype(dict.fromkeys(_COLUMNS[4:], "object"))
    columns = [table[name].to_numpy() for name in (*_COLUMNS, "head")]
    ends = [*np.flatnonzero(changes(integers(tokens["doc"]))), len(tokens)]
    for (first, until), doc in zip(pairwise(ends), tokens["doc"].iloc[ends[:-1]], strict=True):
        *own, above = (column[first:until].tolist() for column in columns)
        head = [each - 1 if each else at for at, each in enumerate(above)]
        yield _rejoined(Syntax(doc, *own, head, [], _sentences(columns[1][first:until]), []))


class Names(NamedTuple):
    """The entities of one text (rows of the table) with their places, its dates, and its acronyms
    with the full name that the text gives them.
    """

    entities: list[tuple[range, Any]]
    dates: list[Any]
    expanded: dict[str, str]

    def of(self, label: str) -> list[tuple[range, Any]]:
        """The entities of one kind."""
        return [named for named in self.entities if named[1].label == label]


def names_of(text: Syntax, entities: Sequence[Any], expanded: dict[str, str]) -> Names:
    """The entities of one text: a date wherever it stands, others where they are whole words."""
    at = {start: place for place, start in enumerate(text.start)}
    until = {end: place + 1 for place, end in enumerate(text.end)}
    dates = [row for row in entities if row.label == "date"]
    whole = (row for row in entities if row.start in at and row.end in until)
    names = (row for row in whole if row.label != "person" or row.name.lower() not in WORDS["days"])
    return Names([(range(at[row.start], until[row.end]), row) for row in names], dates, expanded)


def as_named(text: Syntax, names: Names) -> Syntax:
    """The text with its persons, its towns and its accounts as names, whatever verb they look like
    (Omar Rappelle).
    """
    places = {p for places, _ in names.of("person") for p in places if text.form[p][0].isupper()}
    places = {p for p in places if text.pos[p] not in ("NOUN", "ADJ")}
    places |= {p for p, form in enumerate(text.form) if form[0] == "@" and form[1:]}
    places |= {places[0] for places, _ in names.of("place") if len(places) == 1}  # Dakar juge que
    pos = ["PROPN" if p in places else pos for p, pos in enumerate(text.pos)]
    return text._replace(pos=pos, groups=[None] * len(pos))


def regular_participle(form: str) -> bool:
    """Has the word the form of a past participle of a verb in -er (annoncé, annoncées)?"""
    return form.rstrip("es").endswith("é")


def looks_past(form: str) -> bool:
    """Does a form end as past participles do (reçue, dits, ouvert)?"""
    return bool(_PARTICIPLE.search(form))


def _children(head: list[int]) -> list[list[int]]:
    """The dependants of each token."""
    children: list[list[int]] = [[] for _ in head]
    for place, above in enumerate(head):
        if above != place:
            children[above].append(place)
    return children


def _rejoined(text: Syntax) -> Syntax:
    """The text with the auxiliary below its participle where two commas part them (a, lundi, reçu),
    which the parser does not see.
    """
    for first in (p - 1 for p, form in enumerate(text.form) if form == "," and p):
        near = text.ahead(first, 10) if text.lemma[first] in ("avoir", "être") else range(0)
        last = next((p for p in near[2:] if text.form[p - 1] == ","), first)
        if looks_past(text.type[last]) and text.pos[last] == "VERB" and text.pos[first] == "AUX":
            if text.head[last] == first:
                text.head[last] = last if text.head[first] == first else text.head[first]
            text.dep[first], text.head[first] = "aux:tense", last
    return text._replace(children=_children(text.head), groups=[None] * len(text.head))


def _sentences(sent: Integers) -> list[range]:
    """The places of the sentence of each token."""
    runs = starmap(range, pairwise([*np.flatnonzero(changes(sent)).tolist(), len(sent)]))
    return [run for run in runs for _ in run]


def quotations(text: Syntax) -> Spans:
    """The first and last place of each quotation, marks included (*citations*); one that never
    closes ends with its paragraph, or goes on where the next one opens anew.
    """
    found, place = [], 0
    while place < len(text.form):
        last = _closing(text, place)
        if last > place and not _is_title(text, place, last):
            goes_on = bool(found) and _goes_on(text, found[-1][1], place)
            found.append((found.pop()[0] if goes_on else place, last))
        place = last + 1
    return found


def _goes_on(text: Syntax, last: int, place: int) -> bool:
    """Does a quotation that was not closed go on at the beginning of the next paragraph?"""
    begins = text.par[place] == text.par[last] + 1 and text.par[place - 1] == text.par[last]
    return begins and text.type[last] not in _CLOSES


def _closing(text: Syntax, first: int) -> int:
    """Where the quotation ends that begins here, or this place: ‘ or an apostrophe opens one where
    it touches no word before it, but the next, and an apostrophe that no word follows closes it.
    """
    if (mark := text.type[first]) not in _CLOSING:
        return first
    end = bisect_right(text.par, text.par[first])
    closed = (p for p in range(first + 1, end) if text.type[p] in _CLOSING[mark])
    if mark != "'":
        return next(closed, end - 1)
    opens = not (first and _touch(text, first - 1, first - 1))
    word = _touch(text, first, first + 1) and text.form[first + 1][0].isalpha()
    opens = opens and (word or text.form[first] == "‘")
    return next((p for p in closed if opens and not _touch(text, p, p + 1)), first)


def _touch(text: Syntax, place: int, word: int) -> bool:
    """Is there a word at the one place, and no white space between this place and the next?"""
    near = text.start[place + 1 : place + 2] == [text.end[place]]
    return near and text.form[word][0].isalnum()


def _is_title(text: Syntax, first: int, last: int) -> bool:
    """A name in quotation marks: a capital, a few words, right behind a noun (le chalutier «
    Belle-Aurore »).
    """
    capital = first + 1 < last and text.form[first + 1][:1].isupper()
    short = last - first <= 6 and not any(text.form[p] in ".!?" for p in range(first, last + 1))
    behind = first > text.sentence[first][0] and text.pos[first - 1] in ("NOUN", "PROPN", "ADJ")
    return capital and short and behind
