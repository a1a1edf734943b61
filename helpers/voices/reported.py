"""Is something said at a verb? The rules that tell reported speech from other uses of the verbs of
`speech.csv` (noter dans un carnet).
"""

from __future__ import annotations

import re
from itertools import takewhile

from helpers.read.french import without_accents
from helpers.voices.syntax import Spans, Syntax, regular_participle
from helpers.voices.vocabulary import (
    CONTRACTED,
    LAST,
    Said,
    before_verb,
    can_speak,
    is_denied,
    speaker_kind,
)  # fmt: skip

# Verbs that only lend their subject to an infinitive of speech: tient à souligner; some do so in
# the past alone (a dû reconnaître; doit reconnaître is none).
_LENDING = frozenset(
    "tenir manquer venir tarder hésiter finir continuer oser préférer aimer".split()
)
_LENDING_PAST = frozenset(("vouloir", "devoir", "souhaiter"))
_HERE = frozenset(("je", "j'", "nous", "tu", "vous"))  # who speaks here, and who listens
SHORT = 7  # places behind the verb of a sentence that leads to a quotation, at most


def is_said(
    text: Syntax, verb: int, said: Said, source: range | None, spoken: Spans, *, set_off: bool
) -> bool:
    """Is something said there: a clause, a quotation, or for some verbs a noun?

    Parameters: verb (its place), said (its entry), source (None: nobody can be), spoken (the
    quotations of the text), set_off (the cue is a parenthesis, or its subject hangs on it: there
    what is said is around it).
    """
    if source is None or (not set_off and not said.goes_on and _is_bare(text, verb, said.name)):
        return False
    if is_unsaid(text, verb) or _is_pronoun(text, verb, said, source, set_off=set_off):
        return False
    quoted = any(
        (verb < first <= text.sentence[verb][-1] and no_verb(text, said.last, first))
        or _announces(text, last, verb)
        for first, last in spoken
    )
    announced = said.kind != "nominal" and _before_quotation(text, said.last, spoken)
    if said.kind == "incise":
        return set_off or quoted or announced
    colon = next((p for p in text.ahead(said.last, 4) if text.form[p] == ":"), None)
    announced |= colon is not None and no_verb(text, said.last, colon)
    agent = text.child(verb, "aux:pass", "obl:agent") is not None
    clause = set_off or quoted or announced or has_que(text, said.last) or _has_clause(text, verb)
    if (said.kind == "clause" and said.needs != "que") or not source:
        return clause
    if said.kind == "clause":
        return set_off or quoted or has_que(text, said.last, of=False)
    if not any(can_speak(text, place) or text.type[place] in LAST for place in source):
        return False
    return clause or agent or said.kind == "phrase" or _has_object(text, verb, said.needs)


def _before_quotation(text: Syntax, last: int, spoken: Spans) -> bool:
    """Elle sourit. « … » A short sentence that ends behind the verb, and a quotation alone."""
    end = text.sentence[last][-1]
    near = text.form[end] in (".", "…") and end - last <= SHORT
    alone = any(a == end + 1 and text.sentence[b][-1] == b for a, b in spoken)
    return near and alone and no_verb(text, last, end)


def _announces(text: Syntax, last: int, verb: int) -> bool:
    """« … » : il a conclu sur ces mots. The quotation stands before a colon."""
    return last + 1 < verb and text.form[last + 1] == ":" and text.sent[last] == text.sent[verb]


def is_unsaid(text: Syntax, verb: int) -> bool:
    """dira, annoncerait: is the verb in the future or the conditional?"""
    stem, r, _ = text.type[verb].rpartition("r")
    ending = text.type[verb][len(stem) + 1 :]
    tense = bool(r) and ending in ("a", "ont", "ai", "ez", "ons", "as", "ait", "aient")
    lemma = text.lemma[verb]
    regular = _plain(stem + "r") == _plain(lemma.removesuffix("e"))
    return tense and (regular or stem in ("fe", "ve", "se", "au", "tiend", "soutiend", "maintiend"))


def _plain(form: str) -> str:
    """A form without accents and double letters (appellera, appeler)."""
    return re.sub(r"(.)\1", r"\1", without_accents(form))


def _is_pronoun(text: Syntax, verb: int, said: Said, source: range, *, set_off: bool) -> bool:
    """Je demande, vous dites: those who speak here are no sources but in the past; il le dit: what
    is said is a pronoun.
    """
    group = before_verb(text, verb)
    past = any(text.pos[p] == "AUX" for p in group)
    if [text.type[p].rpartition("-")[2] for p in source if text.pos[p] == "PRON"][:1]:
        first = text.type[source[0]].rpartition("-")[2]
        if first in _HERE and (first in ("tu", "vous") or not (past and has_que(text, said.last))):
            return True
    told = any(text.type[p] in ("le", "l'") for p in group)
    colon = any(text.form[p] == ":" for p in text.ahead(verb, 6))
    asked = bool(said.needs) and _has_object(text, verb, said.needs)
    return told and not (colon or set_off or asked or has_que(text, said.last))


def looks_past(form: str) -> bool:
    """Does a form end as past participles do (reçue, dits, ouvert)?"""
    finite = form.endswith(("ent", "ait", "ant")) and not form.endswith("fait")
    return form.rstrip("es")[-1:] in ("é", "i", "u", "t") and not finite


def no_verb(text: Syntax, last: int, first: int) -> bool:
    """Is there no verb between two places?"""
    return all(text.pos[p] not in ("VERB", "AUX") for p in range(last + 1, first))


def has_que(text: Syntax, last: int, *, doing: bool = True, of: bool = True) -> bool:
    """Does *que* or *si* follow before the next verb, or an infinitive, alone (doing) or behind
    *de* (of)?
    """
    for place in text.ahead(last, 11):
        if text.pos[place] in ("VERB", "AUX"):
            bare = all(text.pos[p] in ("ADV", "PRON") for p in range(last + 1, place))
            behind = of and _behind_de(text, place)
            return doing and is_infinitive(text, place) and (bare or behind)
        if text.type[place] in (".", ";", "«"):
            return False
        if text.type[place] in ("que", "qu'", "si", "s'il", "combien", "pourquoi", "comment"):
            return True
    return False


def is_infinitive(text: Syntax, place: int) -> bool:
    """Is this the form in which dictionaries have a verb?"""
    verbal = text.pos[place] in ("VERB", "AUX") and text.type[place].endswith(("r", "re"))
    return verbal and text.type[place] == text.lemma[place]


def _behind_de(text: Syntax, place: int) -> bool:
    """de porter, de les porter, de ne rien changer"""
    before = place - 1
    while before > text.sentence[place][0] and text.pos[before] in ("PRON", "ADV"):
        before -= 1
    return text.type[before] in ("de", "d'")


def _has_clause(text: Syntax, verb: int) -> bool:
    """An infinitive or a clause below the verb (dit vouloir)."""
    below = [c for c in text.children[verb] if c > verb]
    clauses = (c for c in below if text.dep[c] in ("ccomp", "xcomp"))
    return any(text.pos[c] in ("VERB", "AUX") and ";" not in text.form[verb:c] for c in clauses)


def _has_object(text: Syntax, verb: int, needs: str) -> bool:
    """What is underlined, welcomed, recalled; a person is not (rappeler son ambassadeur)."""
    if needs.startswith("not "):
        return _has_object(text, verb, "") and not _has_object(text, verb, needs[4:])
    if needs:
        near = takewhile(lambda p: text.type[p] not in (".", ";", ":"), text.ahead(verb, 12))
        words = {p for p in near if text.pos[p] == "ADP" and text.type[p + 2 : p + 3] != ["h"]}
        cases = {text.type[p] for p in words}
        return not CONTRACTED.get(needs, {needs}).isdisjoint(cases)
    thing = text.child(verb, "obj", "obl:arg", "obl:mod")
    person = thing is not None and speaker_kind(text, thing) == "person"
    return thing is not None and (not person or text.lemma[verb] == "remercier")


def before_doing(text: Syntax, verb: int) -> bool:
    """avant d'ajouter: the speaker is the one before."""
    return text.previous(verb) in ("de", "d'") and text.previous(verb - 1) == "avant"


def _is_bare(text: Syntax, verb: int, name: str) -> bool:
    """An infinitive that is nobody's saying, or a past participle without its auxiliary."""
    form, above = text.type[verb], text.head[verb]
    auxiliaries = [c for c in text.children[verb] if text.dep[c].startswith("aux")]
    if is_infinitive(text, verb) or any(text.type[c] in ("avoir", "être") for c in auxiliaries):
        if text.dep[verb] == "conj":
            above = text.head[above]
        return not (before_doing(text, verb) or _lends(text, above))
    helped = any(text.dep[c].startswith("aux") for c in text.children[above])
    shared = text.dep[verb] == "conj" and helped
    apart = text.dep[verb] in ("acl", "amod", "advcl", "conj", "nmod")
    named = text.child(verb, "nsubj", "obl:agent") is not None
    past = regular_participle(form) if name.endswith("er") else looks_past(form)
    return past and apart and not (auxiliaries or shared or named)


def _lends(text: Syntax, above: int) -> bool:
    """Does the verb above lend its subject: a tenu à, n'hésite pas à, a dû?"""
    past = any(text.pos[p] == "AUX" for p in (*text.children[above], *before_verb(text, above)))
    lent = past and text.lemma[above] in _LENDING_PAST and not is_denied(text, above)
    if text.lemma[above] == "venir" and text.type[above + 1] not in ("de", "d'"):
        return False
    return lent or (text.lemma[above] in _LENDING and not is_unsaid(text, above))
