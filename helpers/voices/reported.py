"""Is something said at a verb? The rules that tell reported speech from other uses of the verbs of
`speech.csv` (noter dans un carnet).
"""

from collections.abc import Sequence
from itertools import takewhile

from helpers.voices import vocabulary
from helpers.voices.syntax import WORDS, Spans, Syntax, looks_past, regular_participle
from helpers.voices.vocabulary import Said, can_speak, speaker_kind


def is_said(
    text: Syntax, verb: int, said: Said, source: range | None, spoken: Spans, *, set_off: bool
) -> bool:
    """Is something said there: a clause, a quotation, or for some verbs a noun?

    Parameters: verb (its place), said (its entry), source (None: nobody can be), spoken (the
    quotations of the text), set_off (the cue is a parenthesis, or its subject hangs on it: there
    what is said is around it).
    """
    bare = not set_off and not said.goes_on and _is_bare(text, verb, said.name)
    if source is None or bare or is_unsaid(text, verb):
        return False
    quoted = _is_quoted(text, verb, said.last, spoken)
    if _is_pronoun(text, verb, said, source, told=set_off or quoted):
        return False
    finite = text.group_of(verb) or not regular_participle(text.form[verb])
    announced = said.kind != "nominal" and finite and _before_quotation(text, said.last, spoken)
    if said.kind == "incise":
        return set_off or ((quoted or announced) and _speaks(text, source))
    colon = next((p for p in text.ahead(said.last, 4) if text.form[p] == ":"), None)
    announced |= colon is not None and text.no_verb(said.last, colon)
    if said.needs == ":":  # ne cache pas sa colère : « … »
        return set_off or quoted or announced
    agent = text.child(verb, "aux:pass", "obl:agent") is not None
    clause = set_off or quoted or announced or has_que(text, said.last, of=("de", "d'", said.needs))
    clause |= _has_clause(text, verb)
    if (said.kind == "clause" and said.needs != "que") or not source:
        return clause
    if said.kind == "clause":
        return set_off or quoted or has_que(text, said.last, of=())
    if not _speaks(text, source):
        return False
    if said.name == "appeler" and not set_off:  # with a quotation it gives a name
        return _has_object(text, verb, said.needs)
    return clause or agent or said.kind == "phrase" or _has_object(text, verb, said.needs)


def _is_quoted(text: Syntax, verb: int, last: int, spoken: Spans) -> bool:
    """Does a quotation follow the verb in its sentence before another verb, or stand before its
    colon?
    """
    behind = range(verb + 1, text.sentence[verb][-1] + 1)
    follows = (first in behind and text.no_verb(last, first) for first, _ in spoken)
    return any(follows) or any(_announces(text, end, verb) for _, end in spoken)


def _speaks(text: Syntax, source: range) -> bool:
    """Is somebody among these words who can speak?"""
    return any(can_speak(text, place) or text.type[place] in WORDS["last"] for place in source)


def _before_quotation(text: Syntax, last: int, spoken: Spans) -> bool:
    """Elle raconte sans hausser le ton. « … » A quotation alone follows the sentence."""
    end = text.sentence[last][-1]
    alone = any(a == end + 1 and text.sentence[b][-1] == b for a, b in spoken)
    return alone and text.form[end] in (".", "…")


def _announces(text: Syntax, last: int, verb: int) -> bool:
    """« … » : il a conclu sur ces mots. The quotation stands before a colon."""
    return last + 1 < verb and text.form[last + 1] == ":" and text.sent[last] == text.sent[verb]


def is_unsaid(text: Syntax, verb: int) -> bool:
    """dira, annoncerait: is the verb in the future or the conditional?"""
    stem, r, _ = text.type[verb].rpartition("r")
    ending = text.type[verb][len(stem) + 1 :]
    tense = bool(r) and ending in ("a", "ont", "ai", "ez", "ons", "as", "ait", "aient")
    lemma = text.lemma[verb]
    regular = vocabulary.plain(stem + "r") == vocabulary.plain(lemma.removesuffix("e"))
    return tense and (regular or stem in ("fe", "ve", "se", "au", "tiend", "soutiend", "maintiend"))


def _is_pronoun(text: Syntax, verb: int, said: Said, source: range, *, told: bool) -> bool:
    """Je demande, vous dites: who speaks here is no source but in the past, and who listens only
    with what is said (told: it is a quotation or around); il le dit: what is said is a pronoun.
    """
    group = text.group_of(verb)
    first = vocabulary.unhung(text.type[source[0]]) if source else ""
    colon = any(text.form[p] == ":" for p in text.ahead(verb, 6))
    says = colon or has_que(text, said.last)
    past = any(text.pos[p] == "AUX" for p in group)
    if first in WORDS["here"]:
        to_me = not {"me", "m'"}.isdisjoint(text.type[p] for p in group)
        asks = text.form[text.sentence[verb][-1]] == "?"
        now = first == "vous" and (says or told) and not (to_me or asks)
        then = past and says and not (to_me and first.startswith("j"))  # je me suis dit
        if not (now or then):
            return True
    asked = bool(said.needs) and _has_object(text, verb, said.needs)
    named = any(text.type[p] in ("le", "l'") for p in group)
    as_told = bool(source) and text.previous(source[0]) == "comme"
    return named and not (says or told or asked or as_told)


def has_que(
    text: Syntax, last: int, *, doing: bool = True, of: Sequence[str] = ("de", "d'")
) -> bool:
    """Does *que* or *si* follow before the next verb, or an infinitive, alone (doing) or behind
    one of these words?
    """
    for place in text.ahead(last, 11):
        if text.is_verb(place):
            before = text.group_of(place).start - 1
            alone = before <= last or text.type[before] in of
            return doing and text.is_infinitive(place) and alone
        if text.type[place] in (".", ";", "«"):
            return False
        if text.type[place] in ("que", "qu'", "si", "s'il", "combien", "pourquoi", "comment"):
            return True
    return False


def _has_clause(text: Syntax, verb: int) -> bool:
    """An infinitive or a clause below the verb (dit vouloir)."""
    below = [c for c in text.children[verb] if c > verb]
    clauses = (c for c in below if text.dep[c] in ("ccomp", "xcomp"))
    return any(text.is_verb(c) and ";" not in text.form[verb:c] for c in clauses)


def _has_object(text: Syntax, verb: int, needs: str) -> bool:
    """What is underlined, welcomed, recalled; a person is not (rappeler son ambassadeur)."""
    if needs.startswith("not "):
        return _has_object(text, verb, "") and not _has_object(text, verb, needs[4:])
    if needs not in ("", "idea"):
        near = takewhile(lambda p: text.type[p] not in (".", ";", ":"), text.ahead(verb, 12))
        words = {p for p in near if text.pos[p] == "ADP" and text.type[p + 2 : p + 3] != ["h"]}
        cases = {text.type[p] for p in words}
        return not vocabulary.CONTRACTED.get(needs, {needs}).isdisjoint(cases)
    passed = ("ADV", "PRON", "PUNCT")
    near = next((p for p in text.ahead(verb, 4) if text.pos[p] not in passed), verb)
    thing = next((p for p in text.ahead(near - 1, 5) if text.pos[p] in ("NOUN", "PROPN")), None)
    if needs == "idea":  # balayer des accusations, louer un courage
        idea, endings = text.lemma[thing] if thing else "", tuple(WORDS["abstract"])
        return idea in vocabulary.of_kind("noun") or idea.endswith(endings)
    person = thing is not None and speaker_kind(text, thing) == "person"
    follows = thing is not None and text.type[thing] != "fois"
    # réclame aux élues une aide: behind a preposition stands no object
    of_person = person and text.pos[near] != "ADP" and text.lemma[verb] in WORDS["of_persons"]
    return follows and text.pos[near] in WORDS["nominal"] and not of_person


def before_doing(text: Syntax, verb: int) -> bool:
    """avant d'ajouter: the speaker is the one before."""
    return text.previous(verb) in ("de", "d'") and text.previous(verb - 1) == "avant"


def _is_bare(text: Syntax, verb: int, name: str) -> bool:
    """An infinitive that is nobody's saying, or a past participle without its auxiliary."""
    form, above = text.type[verb], text.head[verb]
    auxiliaries = [p for p in text.group_of(verb) if text.lemma[p] in ("avoir", "être")]
    if text.is_infinitive(verb) or any(text.type[c] in ("avoir", "être") for c in auxiliaries):
        lent = verb if text.dep[verb] != "conj" else above  # tient à saluer et à remercier
        return not (before_doing(text, verb) or vocabulary.lender_of(text, lent) is not None)
    past = regular_participle(form) if name.split()[0].endswith("er") else looks_past(form)
    named = text.previous(verb) == "," and any(text.form[p] == "," for p in text.ahead(verb, 7))
    if named and past and not has_que(text, verb):
        return not auxiliaries  # Le client, dit roi, attend.
    helped = any(text.dep[c].startswith("aux") for c in text.children[above])
    shared = text.dep[verb] == "conj" and helped
    apart = text.dep[verb] in ("acl", "amod", "advcl", "conj", "nmod")
    named = text.child(verb, "nsubj", "obl:agent") is not None
    return past and apart and not (auxiliaries or shared or named)
