"""Who is made to say something: verbs of speech, phrases such as *faire part de*, and what
`announcements` finds. The words are those of `lexicons/speech.csv` and `lexicons/speakers.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from helpers.voices import reported
from helpers.voices.announcements import Cue, announcing, clause, nouns, prepositions, turns
from helpers.voices.subjects import (
    agent,
    before_cue,
    before_group,
    behind_on,
    by_on,
    clitic,
    group_begin,
    inverted,
    own_subject,
    source_of_verb,
)  # fmt: skip
from helpers.voices.syntax import SET_OFF, Spans, Syntax, phrase
from helpers.voices.vocabulary import LAST, Said, before_verb, said_at, verb_at

_ARTICLES = frozenset(("le", "la", "l'", "les", "un", "une", "tout", "toute"))
_NEAR = 9  # places behind a quotation in which its verb may stand
_HEARERS = frozenset(("me", "m'", "nous", "vous", "lui", "leur"))


def cues(text: Syntax, named: Set[int], bodies: Set[int], spoken: Spans) -> list[Cue]:
    """The cues of attribution of a text, in reading order (*discours rapporté*); named are the
    places of its persons, bodies those of its institutions.

    A participle behind a comma (, ajoutant que …) continues the speaker before it, whatever verb
    stands between; "de source proche" is the source of the verb that it goes with.
    """
    verbs = [*_verbs(text, spoken)]
    sources = {place for cue in verbs for place in cue.source}
    others = [c for c in prepositions(text) if not (c.verb == "de source" and c.last in sources)]
    taken = sources | {place for cue in others for place in cue.source}
    others += [c for c in nouns(text, named | bodies) if c.first not in taken]
    cued = {cue.first for cue in (*verbs, *others)}
    alone = [*turns(text, named, bodies, spoken)]
    announced = (
        t for t in (*alone, *announcing(text, spoken)) if cued.isdisjoint(range(*clause(text, t)))
    )
    return sorted([*verbs, *others, *announced], key=lambda cue: cue.first)


def _continued(text: Syntax, verb: int, before: Cue | None, spoken: Spans) -> range | None:
    """The source of the cue before in the sentence, where a participle (, ajoutant que), *avant
    d'ajouter* or *et promis* goes on with it.
    """
    if before is None or before.first not in text.sentence[verb] or not before.source:
        return None
    near = text.type[max(verb - 3, text.sentence[verb][0]) : verb]
    participle = text.form[verb].endswith("ant") and not {",", "et", "en", "tout"}.isdisjoint(near)
    joined = text.previous(before_verb(text, verb).start) in ("et", "mais", "puis")
    joined = joined and own_subject(text, verb, spoken) is None
    goes_on = participle or joined or reported.before_doing(text, verb)
    return before.source if goes_on else None


def _verbs(text: Syntax, spoken: Spans) -> Iterator[Cue]:
    behind = {place for _, last in spoken for place in range(last + 1, last + _NEAR)}
    before: Cue | None = None
    for place, pos in enumerate(text.pos):
        known = verb_at(text, place) or (place in behind and pos in ("VERB", "AUX"))
        if known and (before is None or place > before.last):
            cue = _verb(text, place, before, spoken)
            before = cue or before
            if cue is not None:
                yield cue


def _verb(text: Syntax, place: int, before: Cue | None, spoken: Spans) -> Cue | None:
    """The cue of the verb at a place, if something is said there; before is the last one."""
    said = said_at(text, place)
    if not said and not any(0 < place - last < _NEAR for _, last in spoken):
        return None
    last = said.last if said else place
    behind = inverted(text, place, last)
    free = behind is not None or clitic(text, place) > 0
    verbal = text.pos[place] in ("VERB", "AUX") or (
        said and (free or _governs(text, last, said.needs))
    )
    if verbal and not said and behind is not None and _ends_quotation(text, place, spoken):
        said = Said(text.lemma[place], "incise", "", place)  # « … », plaisante la ministre
    opens = free and before_cue(text, place) < text.sentence[place][0]
    asked = opens or (free and text.type[before_cue(text, place)] not in SET_OFF)
    if not verbal or not said or (asked and text.form[text.sentence[place][-1]] == "?"):
        return None  # Que disent les riverains ?
    goes_on = _continued(text, place, before, spoken)
    source = goes_on or _historic(text, place) or source_of_verb(text, place, behind, spoken)
    around = next(((a, b) for a, b in spoken if a < place <= b), None)
    if around and not free and not _is_told_within(text, place, source, around):
        return None
    set_off = free or _historic(text, place) is not None
    set_off = set_off or (by_on(text, place) and behind_on(text, place) is not None)
    said = said._replace(goes_on=goes_on is not None or agent(text, place) is not None)
    if not reported.is_said(text, place, said, source, spoken, set_off=set_off):
        return None
    first = group_begin(text, place)
    after = bool(source) and source[0] > first and text.previous(first) in SET_OFF
    return Cue(first, last, source, said.name, False, after)


def _historic(text: Syntax, verb: int) -> range | None:
    """Et Luc Morvan d'ajouter : the one who stands before *de* and an infinitive."""
    if not reported.is_infinitive(text, verb) or text.previous(verb) not in ("de", "d'"):
        return None
    who = before_group(text, verb - 2)
    first = verb if who is None else phrase(text, who, joined=False)[0]
    opens = who is not None and text.previous(first) in ("et", ",", "»")
    return range(first, verb - 1) if opens else None


def _is_told_within(text: Syntax, verb: int, source: range | None, around: tuple[int, int]) -> bool:
    """« On nous promet un quai », « Il criait qu'il partait »: somebody else's words within a
    quotation, told with *que* or to somebody.
    """
    group = before_verb(text, verb)
    told = any(text.type[p] in _HEARERS for p in group)
    if (
        text.previous(group.start) in ("que", "qu'", "dont")
        or "plus" in text.type[group.start : verb]
    ):
        return False
    inside = bool(source) and around[0] < source[0] <= around[1]
    return inside and (told or reported.has_que(text, verb, doing=False))


def _governs(text: Syntax, last: int, needs: str) -> bool:
    """souffle que, lâche : « : what was taken for a noun has no determiner, and the clause or the
    quotation of a verb.
    """
    before = last - (last > text.sentence[last][0])
    after = [*(text.type[p] for p in text.ahead(last, 2)), "", ""]
    if text.type[before] == "qui" or text.pos[before] == "AUX" or agent(text, last) is not None:
        return True
    if text.type[before] in LAST:
        return after[0] in _ARTICLES
    bare = text.pos[before] not in ("DET", "ADP", "NUM", "ADJ", "CCONJ") and before < last
    doing = after[0] in ("de", "d'") and reported.is_infinitive(
        text, min(last + 2, len(text.form) - 1)
    )
    adverb = text.pos[last] in ("ADV", "ADP", "X") and after[0] in _ARTICLES
    return bare and (doing or adverb or after[0] in {"que", "qu'", ":", "«", needs})


def _ends_quotation(text: Syntax, verb: int, spoken: Spans) -> bool:
    """Does a quotation of some words end right before the verb?"""
    before = before_cue(text, verb)
    if before not in text.sentence[verb]:
        return False
    return any(
        last == before and last - first > 4 and (not first or text.pos[first - 1] != "DET")
        for first, last in spoken
    )
