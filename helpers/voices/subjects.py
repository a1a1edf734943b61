"""Where the source of a verb of speech stands in French: before it, after it in a parenthesis (*, a
indiqué la ministre*), as a clitic (*a-t-elle ajouté*), behind *par*.
"""

from __future__ import annotations

from itertools import takewhile

from helpers.voices import reported
from helpers.voices.syntax import (
    DAYS,
    SET_OFF,
    Spans,
    Syntax,
    agreed,
    phrase,
    regular_participle,
    subject,
)  # fmt: skip
from helpers.voices.vocabulary import LAST, before_verb, can_speak, speaker_kind

_SUBJECTS = frozenset(("il", "elle", "ils", "elles", "on", "je", "j'"))
_SOMEBODY = frozenset("un une uns unes certains certaines plusieurs beaucoup autres".split())
_NOMINAL = frozenset(("DET", "NOUN", "PROPN", "ADJ", "NUM", "ADP"))
_TO = frozenset(("à", "au", "aux"))
_AT = _TO | {"auprès", "chez"}


def inverted(text: Syntax, verb: int, last: int) -> int | None:
    """The source right after a verb that is set off by a comma or a quotation mark (« … », a
    indiqué la ministre), or comes with *comme l'a rappelé*, *que conteste*.
    """
    before = before_cue(text, verb)
    set_off = before >= 0 and text.type[before] in SET_OFF | {"comme", "que", "qu'"}
    set_off = set_off and text.previous(before) != "ce"  # ce que conteste la maire
    group = before_verb(text, verb)
    participle = not group and regular_participle(text.form[verb])
    if not set_off or participle or text.form[verb].endswith("ant"):
        return None
    own = text.child(verb, "nsubj", "nsubj:pass", "expl:subj")
    if own is not None and before < own < verb:
        return None
    place = _behind(text, last)
    if place is None or is_somebody(text, place):
        return place
    comma = text.form[before] == "," and text.previous(before) not in SET_OFF
    if comma and (_is_parted(text, own, before) or not can_speak(text, place)):
        return None
    after = text.ahead(phrase(text, place)[-1], 1)
    closes = all(text.form[p] in (",", ".", ";") for p in after)
    taken = own is not None and own < verb and can_speak(text, own)
    return place if not taken or (closes and can_speak(text, place)) else None


def _behind(text: Syntax, last: int) -> int | None:
    """The first noun phrase behind a verb, but one behind a preposition (a indiqué à la presse le
    ministre) or a day.
    """
    addressee = apart = False
    for place in text.ahead(last, 11):
        word, pos = text.type[place], text.pos[place]
        if word == "," and (apart or text.pos[min(place + 1, len(text.pos) - 1)] == "ADP"):
            addressee, apart = not apart, not apart  # a dit, devant la presse, le ministre
            continue
        if word in (",", ".", ";", ":", "«", "que", "qu'"):
            return None
        noun = pos in ("NOUN", "PROPN")
        if not addressee and ((noun and word not in DAYS) or is_somebody(text, place)):
            return place
        if not addressee and pos not in ("DET", "ADV", "ADJ", "NUM", "NOUN", "ADP"):
            return None
        if addressee and not noun and pos not in ("DET", "ADV", "ADJ", "NUM", "ADP", "PRON"):
            return None
        addressee = pos == "ADP" or (addressee and not noun and pos != "PRON")
    return None


def _is_parted(text: Syntax, own: int | None, comma: int) -> bool:
    """Un pêcheur, par courtoisie, a prévenu le maire: is the subject before what two commas set off
    (in *Le pêcheur, a prévenu le maire, dort* there is one)?
    """
    if own is None or own > comma or not can_speak(text, own):
        return False
    whole = phrase(text, own)
    opens = whole[0] == text.sentence[comma][0] and whole[-1] + 1 < comma
    return opens and reported.no_verb(text, own, comma)


def is_somebody(text: Syntax, place: int, alone: int = -1) -> bool:
    """l'un de ses voisins, certains, ce dernier: a speaker without a noun (what follows the place
    `alone` does not belong to it).
    """
    after = next((text.pos[p] for p in text.ahead(place, 1)), "")
    last = (
        text.type[place] in LAST
        and place > text.sentence[place][0]
        and text.pos[place - 1] == "DET"
        and (after not in ("NOUN", "PROPN") or place == alone)
    )
    others = text.type[place] == "autres" and text.previous(place) in ("d'", "les")
    pronoun = text.pos[place] == "PRON" or (others and after not in ("NOUN", "PROPN"))
    return last or (pronoun and text.type[place] in _SOMEBODY)


def clitic(text: Syntax, verb: int) -> int:
    """The subject that hangs on the verb or its auxiliary (a-t-elle, explique-t-on), or 0; what is
    right before the verb goes with it, whatever the parser says.
    """
    near = (p for p in range(before_cue(text, verb) + 1, verb) if text.sent[p] == text.sent[verb])
    group = [verb, *(c for c in text.children[verb] if text.dep[c].startswith("aux")), *near]
    places = (after for p in group for after in text.ahead(p, 1))
    return next((p for p in places if text.form[p].startswith("-") and can_speak(text, p)), 0)


def own_subject(text: Syntax, verb: int, spoken: Spans) -> int | None:
    """The subject of a verb, not one within a quotation that the verb stands outside of; else what
    stands right before the verb.
    """
    own = clitic(text, verb) or subject(text, verb)
    if own is not None and _is_apart(text, own, verb, spoken):
        own = None
    if own is not None and can_speak(text, own):
        return own
    group = before_verb(text, verb)
    if group and text.type[group[0]] in _SUBJECTS:
        return group[0]
    near = before_group(text, group.start - 1)
    if text.form[verb].endswith("ant") and verb - text.sentence[verb][0] < 3:
        comma = next((p for p in text.sentence[verb] if text.form[p] == "," and p > verb), None)
        near = comma and head_after(text, comma)  # Tout en notant que …, la ministre a …
    known = near is not None and not _is_apart(text, near, verb, spoken)
    return near if known and (own is None or can_speak(text, near)) else own


def _is_apart(text: Syntax, own: int, verb: int, spoken: Spans) -> bool:
    """Is a word no subject of a verb: behind a preposition, before a colon, or within a quotation
    that the verb stands outside of?
    """
    oblique = own in text.children[verb] and text.child(own, "case") is not None
    quoted = any(a <= own <= b and not a <= verb <= b for a, b in spoken)
    return oblique or quoted or ":" in text.form[own:verb]


def before_group(text: Syntax, last: int) -> int | None:
    """The head of the noun phrase that ends here, or before the commas that end here (Anne Morel,
    présidente du club,), where it may be a subject.
    """
    begin = text.sentence[max(last, 0)][0]
    if last > begin and text.form[last] in (",", ")"):
        opens = (
            p for p in range(last - 1, max(begin, last - 14), -1) if text.form[p] in (",", "(")
        )
        last = next(opens, begin) - 1
    first = last + 1
    while first > begin and (text.pos[first - 1] in _NOMINAL or speaker_kind(text, first - 1)):
        first -= 1
    if first > begin and text.pos[first - 1] == "ADP":
        return None
    nouns = takewhile(lambda p: text.pos[p] != "ADP", range(first, last + 1))
    return next((p for p in nouns if can_speak(text, p) or is_somebody(text, p, alone=last)), None)


def source_of_verb(text: Syntax, verb: int, behind: int | None, spoken: Spans) -> range | None:
    """The places of the source; an empty range where nobody is named (il a été précisé que)."""
    own = own_subject(text, verb, spoken)
    if own is not None and by_on(text, verb):
        return behind_on(text, verb) or range(own, own + 1)
    by = agent(text, verb)
    if text.child(verb, "aux:pass") is not None and by is None:
        impersonal = own is not None and text.type[own] == "il"
        told = impersonal and reported.has_que(text, verb, doing=False)
        return range(0) if told else None
    if _is_hearsay(text, verb):
        return range(0)
    if clitic(text, verb):
        return range(own, own + 1)
    head = next((p for p in (by, behind, own) if p is not None), None)
    if head is None:
        return None
    whole = agreed(text, head)
    if is_somebody(text, head, head) and whole[0] and text.pos[whole[0] - 1] == "DET":
        whole = range(whole[0] - 1, whole[-1] + 1)  # ce dernier, d'autres
    if head < verb <= whole[-1]:
        return range(whole[0], group_begin(text, verb))
    return range(max(whole[0], verb + 1), whole[-1] + 1) if head == behind else whole


def _is_hearsay(text: Syntax, verb: int) -> bool:
    """Il aurait reconnu: the paper has it from somebody else."""
    words = {text.type[p] for p in before_verb(text, verb)}
    sourced = {text.type[p] for p in text.sentence[verb]} & {"selon", "après", "croire"}
    return bool(words & {"aurait", "auraient", "serait", "seraient"}) and not sourced


def by_on(text: Syntax, verb: int) -> bool:
    """Does *on* say it?"""
    own = clitic(text, verb) or subject(text, verb)
    return own is not None and text.type[own].rpartition("-")[2] == "on"


def agent(text: Syntax, verb: int) -> int | None:
    """Whom *par* names."""
    helped = {text.lemma[p] for p in before_verb(text, verb)} & {"avoir", "être"}
    participle = regular_participle(text.form[verb]) and not helped
    passive = text.child(verb, "aux:pass") is not None or participle
    by = (p for p in text.ahead(verb, 8 if participle else 5) if text.type[p] == "par")
    near = next((head_after(text, p) for p in by), None) if passive else None
    found = text.child(verb, "obl:agent")
    return near if found is None else found


def behind_on(text: Syntax, verb: int) -> range | None:
    """explique-t-on au ministère, a-t-on appris de source proche: who *on* is."""
    for place in text.sentence[verb]:
        beside = text.type[place] == "côté" and text.previous(place) == "du" and place < verb
        behind = verb < place <= verb + 3 and text.type[place] in _AT
        if beside or behind:
            head = next((p for p in text.ahead(place, 4) if text.pos[p] in ("NOUN", "PROPN")), None)
            if head is None or not can_speak(text, head):
                return None
            body = speaker_kind(text, head) == "body" or text.type[place] not in _TO
            return phrase(text, head) if body else None  # on écrit aux parents
        if text.type[place] == "source" and text.previous(place) == "de":
            return phrase(text, place)
    return None


def head_after(text: Syntax, place: int) -> int | None:
    """The head of the noun phrase that begins behind this place."""
    for ahead in text.ahead(place, 6):
        if text.pos[ahead] in ("NOUN", "PROPN", "PRON"):
            return ahead
        if text.pos[ahead] not in ("DET", "ADJ", "NUM", "ADV") and text.type[ahead] != "de":
            return None
    return None


def before_cue(text: Syntax, verb: int) -> int:
    """The place before a verb, its auxiliaries and clitics; a comma behind a quotation counts as
    the quotation's end.
    """
    place = before_verb(text, verb).start - 1
    return place - (place > 0 and text.form[place] == "," and text.type[place - 1] in SET_OFF)


def group_begin(text: Syntax, verb: int) -> int:
    """The first place of a verb with its auxiliaries and clitics."""
    free = (c for c in text.children[verb] if not text.form[c].startswith("-"))
    helping = ("aux", "expl:comp", "expl:pass")
    return min([verb, *(c for c in free if text.dep[c].startswith(helping))])
