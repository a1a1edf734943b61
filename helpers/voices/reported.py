"""Is something said at a verb of speech, or is the word used otherwise (noter dans un carnet)?"""

from __future__ import annotations

from helpers.voices.syntax import Syntax
from helpers.voices.wording import Said, can_speak, noun, speakers

# Verbs that only lend their subject to an infinitive of speech: a tenu à souligner.
LENDING = frozenset("tenir vouloir manquer venir pouvoir devoir aller tarder hésiter".split())
_CONTRACTED = {"à": {"à", "au", "aux"}, "de": {"de", "du", "des", "d'"}}


def is_said(
    text: Syntax,
    verb: int,
    said: Said,
    source: range,
    spoken: list[tuple[int, int]],
    *,
    set_off: bool,
) -> bool:
    """Is something said there: a clause, a quotation, or for some verbs a noun?

    Parameters: verb (its place), said (its entry), source, spoken (the quotations of the text),
    set_off (the cue is a parenthesis, or its subject hangs on it: there what is said is around it).
    """
    if _denied(text, verb) or (not set_off and _is_bare(text, verb)):
        return False
    quoted = any(
        (verb < first and _no_verb(text, said.last, first)) or _announces(text, last, verb)
        for first, last in spoken
    )
    if said.kind == "incise":
        return set_off or quoted
    colon = next((p for p in text.ahead(said.last, 4) if text.form[p] == ":"), None)
    announced = colon is not None and _no_verb(text, said.last, colon)
    agent = text.child(verb, "aux:pass", "obl:agent") is not None
    clause = set_off or quoted or announced or has_que(text, said.last) or _has_clause(text, verb)
    if said.kind == "clause" or not source:
        return clause
    speaks = any(can_speak(text, place) for place in source)
    return speaks and (
        clause or agent or said.kind == "phrase" or _has_object(text, verb, said.needs)
    )


def _announces(text: Syntax, last: int, verb: int) -> bool:
    """« … » : il a conclu sur ces mots. The quotation stands before a colon."""
    return last + 1 < verb and text.form[last + 1] == ":" and text.sent[last] == text.sent[verb]


def _denied(text: Syntax, verb: int) -> bool:
    """n'a pas précisé, sans préciser, a refusé de commenter: nothing is said."""
    words = {text.type[c] for c in text.children[verb]}
    return bool(words & {"ne", "n'"}) or text.previous(verb) == "sans"


def _no_verb(text: Syntax, last: int, first: int) -> bool:
    return all(text.pos[p] not in ("VERB", "AUX") for p in range(last + 1, first))


def has_que(text: Syntax, last: int) -> bool:
    """Does *que* or *si* follow before the next verb, or an infinitive behind *de*?"""
    for place in text.ahead(last, 11):
        if text.pos[place] in ("VERB", "AUX"):
            return text.type[place] == text.lemma[place] and text.type[place - 1] in ("de", "d'")
        if text.form[place] in (".", ";", "«"):
            return False
        if text.type[place] in ("que", "qu'", "si", "s'il", "combien", "pourquoi"):
            return True
    return False


def _has_clause(text: Syntax, verb: int) -> bool:
    """An infinitive or a clause below the verb (dit vouloir)."""
    below = [c for c in text.children[verb] if c > verb]
    return any(text.dep[c] in ("ccomp", "xcomp") and text.pos[c] in ("VERB", "AUX") for c in below)


def _has_object(text: Syntax, verb: int, needs: str) -> bool:
    """What is underlined, welcomed, recalled; a person is not (rappeler son ambassadeur)."""
    below = text.children[verb]
    if needs:
        cases = {text.type[c] for b in below for c in text.children[b] if text.dep[c] == "case"}
        return bool(cases & _CONTRACTED.get(needs, {needs}))
    thing = text.child(verb, "obj", "obl:arg", "obl:mod")
    person = thing is not None and speakers().get(noun(text, thing)) == "person"
    return thing is not None and (not person or text.lemma[verb] == "remercier")


def before_doing(text: Syntax, verb: int) -> bool:
    """avant d'ajouter: the speaker is the one before."""
    return text.previous(verb) in ("de", "d'") and text.previous(verb - 1) == "avant"


def _is_bare(text: Syntax, verb: int) -> bool:
    """An infinitive that is nobody's saying, or a past participle without its auxiliary."""
    form, above = text.type[verb], text.head[verb]
    auxiliaries = [c for c in text.children[verb] if text.dep[c].startswith("aux")]
    if form == text.lemma[verb] or any(text.type[c] in ("avoir", "être") for c in auxiliaries):
        after = before_doing(text, verb)
        if text.dep[verb] == "conj":
            above = text.head[above]
        return not (after or text.lemma[above] in LENDING)
    shared = text.dep[verb] == "conj" and any(
        text.dep[c].startswith("aux") for c in text.children[above]
    )
    apart = text.dep[verb] in ("acl", "amod", "advcl", "conj", "nmod")
    past = form.rstrip("es")[-1:] in ("é", "i", "u", "t") and not form.endswith("ant")
    named = text.child(verb, "nsubj", "obl:agent") is not None
    return past and apart and not (auxiliaries or shared or named)
