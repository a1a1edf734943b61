"""Who is made to say something: verbs of speech, phrases such as *faire part de*, and *selon*.

The words are those of `lexicons/speech.csv` and `lexicons/speakers.csv`; the rules are about where
the source of a cue stands in French: before it, after it in a parenthesis (*, a indiqué la
ministre*), as a clitic (*a-t-elle ajouté*), behind *par*, with the verb on which it depends, or
alone before a colon (*La ministre : « … »*).
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from helpers.read.french import FORMS
from helpers.voices import reported
from helpers.voices.reported import Said, can_speak
from helpers.voices.syntax import DAYS, SET_OFF, Spans, Syntax, agreed, phrase, quotations, subject

# What may stand in a sentence before the one who speaks: — Et la ministre : « … ».
_BEFORE_SPEAKER = frozenset(("ADV", "CCONJ", "DET", "PUNCT"))
_RELATIVE = ("qui", "que", "qu'")


class Cue(NamedTuple):
    """A cue of attribution: the places of its words, and of its source (none where it is unnamed).
    `behind`: what is said stands before the cue.
    """

    first: int
    last: int
    source: range
    verb: str
    preposition: bool
    behind: bool


def cues(text: Syntax, named: Set[int], bodies: Set[int]) -> list[Cue]:
    """The cues of attribution of a text, in reading order (*discours rapporté*); named are the
    places of its persons, bodies those of its institutions.

    A participle behind a comma (, ajoutant que …) continues the speaker before it, whatever verb
    stands between; "de source proche" is the source of the verb that it goes with.
    """
    verbs: list[Cue] = []
    for cue in _verbs(text):
        if verbs and verbs[-1].first in text.sentence[cue.first] and _continues(text, cue.first):
            cue = cue._replace(source=verbs[-1].source)
        verbs.append(cue)
    sources = {place for cue in verbs for place in cue.source}
    others = [c for c in _prepositions(text) if not (c.verb == "de source" and c.last in sources)]
    cued = {cue.first for cue in others}
    turns = (t for t in _turns(text, named, bodies) if cued.isdisjoint(range(t.source[0], t.first)))
    return sorted([*verbs, *others, *turns], key=lambda cue: cue.first)


def _turns(text: Syntax, named: Set[int], bodies: Set[int]) -> Iterator[Cue]:
    """La ministre : « … », and Awa Ndoye : Nous irons. Who speaks opens the sentence, alone before
    a colon; without quotation marks it is a person of the text, and what is said a sentence.
    """
    opened = {first for first, _ in quotations(text)}
    for colon in (p for p, form in enumerate(text.form) if form == ":"):
        sentence = text.sentence[colon]
        head = next(p for p in sentence if text.pos[p] not in _BEFORE_SPEAKER or p == colon)
        known = head in named | bodies or FORMS["named"].fullmatch(text.form[head])
        known = known or reported.speaker_kind(text, head) in ("person", "body")
        clause = head in named and not reported.no_verb(text, colon, sentence[-1])
        said = (clause and text.form[colon + 1][0].isupper()) or (known and colon + 1 in opened)
        if said and ":" not in text.form[head:colon] and reported.no_verb(text, head, colon):
            begin = head - (text.pos[head - 1] == "DET" and head > sentence[0])
            end = next(p for p in range(head, colon + 1) if text.form[p] in (",", "(", ":"))
            yield Cue(colon, colon, range(begin, end), ":", False, False)


def _continues(text: Syntax, verb: int) -> bool:
    participle = text.form[verb].endswith("ant") and text.previous(verb) in (",", "et")
    return participle or reported.before_doing(text, verb)


def _prepositions(text: Syntax) -> Iterator[Cue]:
    """selon, d'après, à en croire, de l'avis de, pour: the noun phrase behind them can speak."""
    listed = reported.entries()
    for place, word in enumerate(text.type):
        for words, kind, _ in listed.get(word, ()):
            last = place + len(words) - 1
            if kind == "preposition" and tuple(text.type[place : last + 1]) == words:
                head = last if words[-1] == "source" else _head_after(text, last)
                if head is not None and _can_be_source(text, place, head, words):
                    name = " ".join(words).replace("' ", "'")
                    yield Cue(place, last, phrase(text, head), name, True, False)
                break


def _can_be_source(text: Syntax, place: int, head: int, words: tuple[str, ...]) -> bool:
    """Longer phrases (de l'avis de) are said of speakers only; *pour* needs its comma, and one
    speaker.
    """
    after = phrase(text, head)[-1] + 1
    if words == ("pour",):
        opens = place == text.sentence[place][0] or text.form[place - 1] == ","
        behind = after < len(text.form) and text.form[after] == ","
        one = text.type[place + 1] in ("le", "la", "l'", "lui", "elle")
        return opens and behind and (one or text.form[head][0].isupper()) and can_speak(text, head)
    return len(words) > 2 or words[-1] == "source" or can_speak(text, head)


def _head_after(text: Syntax, place: int) -> int | None:
    """The head of the noun phrase that begins behind this place."""
    for ahead in text.ahead(place, 6):
        if text.pos[ahead] in ("NOUN", "PROPN", "PRON"):
            return ahead
        if text.pos[ahead] not in ("DET", "ADJ", "NUM", "ADV") and text.type[ahead] != "de":
            return None
    return None


def _verbs(text: Syntax) -> Iterator[Cue]:
    spoken = quotations(text)
    for place, pos in enumerate(text.pos):
        if pos not in ("VERB", "AUX", "NOUN", "ADJ"):
            continue
        said = reported.said_at(text, place)
        last = said.last if said else place
        behind = inverted(text, place, last)
        if pos in ("NOUN", "ADJ") and (not said or behind is None):
            continue
        if not said and behind is not None and _ends_quotation(text, place, spoken):
            said = Said(text.lemma[place], "incise", "", place)  # « … », plaisante la ministre
        if not said:
            continue
        quoted = any(first < place <= last for first, last in spoken)
        if quoted and behind is None and not _clitic(text, place):
            continue
        source = _source(text, place, behind)
        if source is None and reported.before_doing(text, place):
            source = range(place, place)
        set_off = behind is not None or _clitic(text, place) > 0 or _by_on(text, place)
        if reported.is_said(text, place, said, source, spoken, set_off=set_off):
            first = _group_begin(text, place)
            after = bool(source) and source[0] > first and text.previous(first) in SET_OFF
            yield Cue(first, last, source, said.name, False, after)


def _ends_quotation(text: Syntax, verb: int, spoken: Spans) -> bool:
    """Does a quotation of some words end right before the verb?"""
    before = _before(text, verb)
    return any(
        last == before and last - first > 4 and (not first or text.pos[first - 1] != "DET")
        for first, last in spoken
    )


def _before(text: Syntax, verb: int) -> int:
    """The place before a verb, its auxiliaries and clitics; a comma behind a quotation counts as
    the quotation's end.
    """
    place, helping = verb - 1, ("AUX", "ADV", "PRON")
    while place > 0 and text.pos[place] in helping and text.type[place] not in _RELATIVE:
        place -= 1
    return place - (place > 0 and text.form[place] == "," and text.type[place - 1] in SET_OFF)


def _group_begin(text: Syntax, verb: int) -> int:
    """The first place of a verb with its auxiliaries and clitics."""
    free = (c for c in text.children[verb] if not text.form[c].startswith("-"))
    helping = ("aux", "expl:comp", "expl:pass")
    return min([verb, *(c for c in free if text.dep[c].startswith(helping))])


def inverted(text: Syntax, verb: int, last: int) -> int | None:
    """The source right after a verb that is set off by a comma or a quotation mark (« … », a
    indiqué la ministre), or comes with *comme l'a rappelé*, *que conteste*.
    """
    before = _before(text, verb)
    set_off = before >= 0 and text.type[before] in SET_OFF | {"comme", "que", "qu'"}
    if not set_off or text.form[verb].endswith("ant"):
        return None
    own = text.child(verb, "nsubj", "nsubj:pass", "expl:subj")
    if own is not None and before < own < verb:
        return None
    taken = own is not None and own < verb and can_speak(text, own)
    addressee = False
    for place in text.ahead(last, 11):
        word, pos = text.type[place], text.pos[place]
        if text.type[place] in (",", ".", ";", ":", "«") or word in ("que", "qu'"):
            return None
        if pos == "ADP":  # a indiqué à la presse le ministre
            addressee = True
        elif addressee and pos in ("NOUN", "PROPN"):
            addressee = False
        elif pos in ("NOUN", "PROPN") and word not in DAYS:
            after = text.ahead(phrase(text, place)[-1], 1)
            closes = all(text.form[p] in (",", ".", ";") for p in after)
            return place if not taken or (closes and can_speak(text, place)) else None
        elif pos not in ("DET", "ADV", "ADJ", "NUM", "NOUN"):
            return None
    return None


def _clitic(text: Syntax, verb: int) -> int:
    """The subject that hangs on the verb or its auxiliary (a-t-elle, explique-t-on), or 0; what is
    right before the verb goes with it, whatever the parser says.
    """
    near = (p for p in range(_before(text, verb) + 1, verb) if text.sent[p] == text.sent[verb])
    group = [verb, *(c for c in text.children[verb] if text.dep[c].startswith("aux")), *near]
    places = (after for p in group for after in text.ahead(p, 1))
    return next((p for p in places if text.form[p].startswith("-") and can_speak(text, p)), 0)


def _source(text: Syntax, verb: int, behind: int | None) -> range | None:
    """The places of the source; an empty range where nobody is named (il a été précisé que)."""
    own = _clitic(text, verb) or subject(text, verb)
    if own is not None and _by_on(text, verb):
        return _behind_on(text, verb) or range(own, own + 1)
    agent = _agent(text, verb)
    if text.child(verb, "aux:pass") is not None and agent is None:
        impersonal = own is not None and text.type[own] == "il"
        return range(0) if impersonal and reported.has_que(text, verb) else None
    if _clitic(text, verb):
        return range(own, own + 1)
    if own is not None and not can_speak(text, own):
        own = _beside(text, verb, own)
    own = _before_auxiliary(text, verb) if own is None else own
    head = next((p for p in (agent, behind, own) if p is not None), None)
    if head is None:
        return None
    whole = agreed(text, head)
    return range(max(whole[0], verb + 1), whole[-1] + 1) if head == behind else whole


def _before_auxiliary(text: Syntax, verb: int) -> int | None:
    """elle a en outre indiqué: what stands before the auxiliary, where the parser lost the verb."""
    for place in range(verb - 1, max(text.sentence[verb][0], verb - 5), -1):
        if text.pos[place] == "AUX" and text.pos[verb] == "VERB":
            return place - 1 if can_speak(text, place - 1) else None
    return None


def _beside(text: Syntax, verb: int, own: int) -> int:
    """The name right before the verb, where the parser chose a subject that cannot speak."""
    first = _group_begin(text, verb)
    inside = first > text.sentence[verb][0]
    return first - 1 if inside and text.pos[first - 1] == "PROPN" else own


def _by_on(text: Syntax, verb: int) -> bool:
    """Does *on* say it?"""
    own = _clitic(text, verb) or subject(text, verb)
    return own is not None and text.type[own].rpartition("-")[2] == "on"


def _agent(text: Syntax, verb: int) -> int | None:
    """Whom *par* names."""
    passive = text.child(verb, "aux:pass") is not None
    by = (p for p in text.ahead(verb, 5) if text.type[p] == "par")
    near = next((_head_after(text, p) for p in by), None) if passive else None
    found = text.child(verb, "obl:agent")
    return near if found is None else found


def _behind_on(text: Syntax, verb: int) -> range | None:
    """explique-t-on au ministère, a-t-on appris de source proche: who *on* is."""
    for place in text.sentence[verb]:
        if text.type[place] in ("à", "au", "auprès") and place > verb:
            head = next((p for p in text.ahead(place, 3) if text.pos[p] == "NOUN"), None)
            return phrase(text, head) if head is not None and can_speak(text, head) else None
        if text.type[place] == "source" and text.previous(place) == "de":
            return phrase(text, place)
    return None
