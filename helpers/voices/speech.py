"""Who is made to say something: verbs of speech, phrases such as *faire part de*, and what
`announcements` finds. The words are those of `lexicons/speech.csv` and `lexicons/speakers.csv`.
"""

from collections.abc import Iterator, Set

from helpers.voices import announcements, reported, subjects
from helpers.voices.announcements import Cue, clause
from helpers.voices.syntax import WORDS, Spans, Syntax, looks_past
from helpers.voices.vocabulary import Said, before_verb, leads_on, said_at, verb_at

_NEAR = 9  # places behind a quotation in which its verb may stand


def cues(text: Syntax, named: Set[int], bodies: Set[int], spoken: Spans) -> list[Cue]:
    """The cues of attribution of a text, in reading order (*discours rapporté*); named are the
    places of its persons, bodies those of its institutions.

    A participle behind a comma (, ajoutant que …) continues the speaker before it, whatever verb
    stands between; "de source proche" is the source of the verb that it goes with.
    """
    verbs = [*_verbs(text, spoken)]
    sources = {place for cue in verbs for place in cue.source}
    named_after = announcements.prepositions(text)
    others = [c for c in named_after if not (c.verb == "de source" and c.last in sources)]
    taken = sources | {place for cue in others for place in cue.source}
    others += [c for c in announcements.nouns(text, named | bodies) if c.first not in taken]
    cued = {cue.first for cue in (*verbs, *others)}
    alone = {cue.first: cue for cue in announcements.announcing(text, named | bodies, spoken)}
    alone |= {cue.first: cue for cue in announcements.turns(text, named, bodies, spoken)}
    announced = (c for c in alone.values() if cued.isdisjoint(range(*clause(text, c))))
    told = [*verbs, *others, *announced]
    heard = announcements.hearsay(text, told, spoken)
    return sorted([*told, *heard], key=lambda cue: cue.first)


def _continued(text: Syntax, verb: int, before: Cue | None, spoken: Spans) -> range | None:
    """The source of the cue before in the sentence, where a participle (, ajoutant que), *avant
    d'ajouter* or *et promis* goes on with it.
    """
    if before is None or before.first not in text.sentence[verb] or not before.source:
        return None
    near = text.type[max(verb - 3, text.sentence[verb][0]) : verb]
    participle = text.form[verb].endswith("ant") and not {",", "et", "en", "tout"}.isdisjoint(near)
    joined = text.previous(before_verb(text, verb).start) in ("et", "mais", "puis")
    own = subjects.own_subject(text, verb, spoken) if joined else None
    joined = joined and (own is None or own < before.first or text.pos[own] == "PRON")
    goes_on = participle or joined or reported.before_doing(text, verb)
    return before.source if goes_on else None


def _verbs(text: Syntax, spoken: Spans) -> Iterator[Cue]:
    behind = {place for _, last in spoken for place in range(last + 1, last + _NEAR)}
    before: Cue | None = None
    for place, pos in enumerate(text.pos):
        known = verb_at(text, place) or (place in behind and pos in ("VERB", "AUX", "ADV", "X"))
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
    behind = subjects.inverted(text, place, last)
    free = behind is not None or subjects.clitic(text, place) > 0
    if not said and free and _ends_quotation(text, place, spoken):
        said = _any_verb(text, place)
    if not said or (free and text.form[text.sentence[place][-1]] == "?" and _asks(text, place)):
        return None
    goes_on, historic = _continued(text, place, before, spoken), _historic(text, place)
    source = goes_on or historic or subjects.source_of_verb(text, place, behind, spoken)
    if source and not free and _is_nobody(text, place, source):
        return None
    around = next(((a, b) for a, b in spoken if a < place <= b), None)
    if around and not free and not _is_told_within(text, place, source, around):
        return None
    set_off = free or historic is not None
    on = subjects.behind_on(text, place) if subjects.by_on(text, place) else None
    set_off = set_off or on is not None
    said = said._replace(goes_on=goes_on is not None or subjects.agent(text, place) is not None)
    if not reported.is_said(text, place, said, source, spoken, set_off=set_off):
        return None
    first = subjects.group_begin(text, place)
    after = bool(source) and source[0] > first and text.previous(first) in WORDS["set_off"]
    return Cue(first, last, source, said.name, behind=after)


def _any_verb(text: Syntax, place: int) -> Said | None:
    """« … », plaisante la ministre: any verb behind a quotation, if none of speech follows it."""
    verbal = text.pos[place] in ("VERB", "ADV", "X") and not text.is_infinitive(place)
    helps = text.lemma[place] in ("avoir", "être") and looks_past(text.form[place + 1])
    alone = verbal and not helps and not leads_on(text, place)
    return Said(text.lemma[place], "incise", "", place) if alone else None


def _asks(text: Syntax, verb: int) -> bool:
    """Que disent les riverains ?"""
    before = subjects.before_cue(text, verb)
    return before < text.sentence[verb][0] or text.type[before] not in WORDS["set_off"]


def _historic(text: Syntax, verb: int) -> range | None:
    """Et Luc Morvan d'ajouter : the one who stands before *de* and an infinitive."""
    if not text.is_infinitive(verb) or text.previous(verb) not in ("de", "d'"):
        return None
    who = subjects.before_group(text, verb - 2)
    first = verb if who is None else text.phrase(who, joined=False)[0]
    opens = who is not None and text.previous(first) in ("et", ",", "»")
    return range(first, verb - 1) if opens else None


def _is_told_within(text: Syntax, verb: int, source: range | None, around: tuple[int, int]) -> bool:
    """« On nous promet un quai », « Il criait qu'il partait »: somebody else's words within a
    quotation, told with *que* or to somebody.
    """
    group = before_verb(text, verb)
    told = _is_told_to(text, verb)
    if text.previous(group.start) in ("que", "qu'", "dont"):
        return False
    inside = bool(source) and around[0] < source[0] <= around[1]
    return inside and (told or reported.has_que(text, verb, doing=False))


def _is_nobody(text: Syntax, verb: int, source: range) -> bool:
    """On évoque son nom (on nous promet is somebody); qui nous dit que …?"""
    word = text.type[source[0]]
    return word in ("qui", "que", "quoi") or (word == "on" and not _is_told_to(text, verb))


def _is_told_to(text: Syntax, verb: int) -> bool:
    """On nous promet: somebody hears it."""
    return any(text.type[p] in WORDS["hearers"] for p in before_verb(text, verb))


def _ends_quotation(text: Syntax, verb: int, spoken: Spans) -> bool:
    """Does a quotation of some words end right before the verb?"""
    before = subjects.before_cue(text, verb)
    if before not in text.sentence[verb]:
        return False
    return any(
        last == before and last - first > 4 and (not first or text.pos[first - 1] != "DET")
        for first, last in spoken
    )
