"""Is something said at a verb? The entries of `speech.csv`, the nouns of `speakers.csv`, and the
rules that tell reported speech from other uses of its verbs (noter dans un carnet).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers.read.lexicons import lexicon
from helpers.voices.syntax import Spans, Syntax

SPEAKING_PRONOUNS = frozenset(
    "il elle ils elles on je nous vous celui-ci celle-ci ceux-ci celles-ci dernier dernière "
    "lui eux beaucoup certains plusieurs".split()
)
# Verbs that only lend their subject to an infinitive of speech: a tenu à souligner.
LENDING = frozenset("tenir vouloir manquer venir pouvoir devoir aller tarder hésiter".split())
_CONTRACTED = {"à": {"à", "au", "aux"}, "de": {"de", "du", "des", "d'"}}


class Said(NamedTuple):
    """An entry of speech.csv at a verb: its name, class, what goes with it, its last word."""

    name: str
    kind: str
    needs: str
    last: int


@cache
def entries() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """The entries of speech.csv as words, with class and what goes with them, by their first word;
    the longer first.
    """
    by_word: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    rows = lexicon("speech").rows
    for row in sorted(rows.itertuples(index=False), key=lambda row: -len(row[0])):
        words = tuple(row[0].replace("'", "' ").split())
        by_word.setdefault(words[0], []).append((words, row[1], row[2]))
    return by_word


@cache
def speakers() -> dict[str, str]:
    """The nouns that can speak, and their kind: person, body or document."""
    roles = dict.fromkeys(lexicon("roles").rows["form"], "person")
    rows = lexicon("speakers").rows
    return roles | dict(zip(rows["noun"], rows["kind"], strict=True))


def speaker_kind(text: Syntax, place: int) -> str | None:
    """Which kind of speaker is a noun, by its lemma, else by its form?"""
    return speakers().get(text.lemma[place].lower()) or speakers().get(text.type[place])


def can_speak(text: Syntax, place: int) -> bool:
    """Is this a name, a person, an institution, a document, or a pronoun for one?"""
    if text.pos[place] == "PRON":
        return text.type[place].rpartition("-")[2] in SPEAKING_PRONOUNS
    inside = place > 0 and text.sent[place - 1] == text.sent[place]
    named = text.pos[place] == "PROPN" or (inside and text.form[place][0].isupper())
    return named or speaker_kind(text, place) is not None


def said_at(text: Syntax, verb: int) -> Said | None:
    """The entry of speech.csv at this verb, if what goes with it is there."""
    listed, lemma = entries(), text.lemma[verb]
    if text.pos[verb] in ("NOUN", "ADJ"):  # taken for a noun: …, soupire Annick
        lemma = f"{text.type[verb]}r"
    reflexive = any(text.type[c] in ("se", "s'") for c in text.children[verb])
    if not reflexive and lemma not in listed:
        return None
    after = [p for p in text.sentence[verb] if p > verb and text.pos[p] not in ("ADV", "PUNCT")]
    for words, kind, needs in listed.get("se" if reflexive else lemma, ()):
        fits = tuple(text.type[p] for p in after[: len(words) - 1]) == words[1:]  # faire savoir
        if reflexive:  # se dire convaincu
            fits = words[1:2] == (lemma,) and any(text.pos[p] in ("ADJ", "VERB") for p in after[:1])
        if kind == "phrase" and fits:
            last = verb if reflexive else after[len(words) - 2]
            return Said(" ".join(words).replace("' ", "'"), kind, needs, last)
    for words, kind, needs in listed.get(lemma, ()):
        fits = reflexive == (needs == "se")
        if kind in ("nominal", "clause", "incise") and len(words) == 1 and fits:
            return Said(lemma, kind, needs.removeprefix("se"), verb)
    return None


def is_said(
    text: Syntax, verb: int, said: Said, source: range | None, spoken: Spans, *, set_off: bool
) -> bool:
    """Is something said there: a clause, a quotation, or for some verbs a noun?

    Parameters: verb (its place), said (its entry), source (None: nobody can be), spoken (the
    quotations of the text), set_off (the cue is a parenthesis, or its subject hangs on it: there
    what is said is around it).
    """
    if source is None or is_denied(text, verb) or (not set_off and _is_bare(text, verb)):
        return False
    quoted = any(
        (verb < first and no_verb(text, said.last, first)) or _announces(text, last, verb)
        for first, last in spoken
    )
    if said.kind == "incise":
        return set_off or quoted
    colon = next((p for p in text.ahead(said.last, 4) if text.form[p] == ":"), None)
    announced = colon is not None and no_verb(text, said.last, colon)
    agent = text.child(verb, "aux:pass", "obl:agent") is not None
    clause = set_off or quoted or announced or has_que(text, said.last) or _has_clause(text, verb)
    if said.kind == "clause" or not source:
        return clause
    if not any(can_speak(text, place) for place in source):
        return False
    return clause or agent or said.kind == "phrase" or _has_object(text, verb, said.needs)


def _announces(text: Syntax, last: int, verb: int) -> bool:
    """« … » : il a conclu sur ces mots. The quotation stands before a colon."""
    return last + 1 < verb and text.form[last + 1] == ":" and text.sent[last] == text.sent[verb]


def is_denied(text: Syntax, verb: int) -> bool:
    """n'a pas précisé, sans préciser: what the verb says is not done."""
    negated = any(text.type[c] in ("ne", "n'") for c in text.children[verb])
    return negated or text.previous(verb) == "sans"


def looks_past(form: str) -> bool:
    """Does a form end as past participles do (reçue, dits, ouvert)?"""
    return form.rstrip("es")[-1:] in ("é", "i", "u", "t")


def no_verb(text: Syntax, last: int, first: int) -> bool:
    """Is there no verb between two places?"""
    return all(text.pos[p] not in ("VERB", "AUX") for p in range(last + 1, first))


def has_que(text: Syntax, last: int) -> bool:
    """Does *que* or *si* follow before the next verb, or an infinitive behind *de*?"""
    for place in text.ahead(last, 11):
        if text.pos[place] in ("VERB", "AUX"):
            return text.type[place] == text.lemma[place] and text.type[place - 1] in ("de", "d'")
        if text.type[place] in (".", ";", "«"):
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
    person = thing is not None and speaker_kind(text, thing) == "person"
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
    helped = any(text.dep[c].startswith("aux") for c in text.children[above])
    shared = text.dep[verb] == "conj" and helped
    apart = text.dep[verb] in ("acl", "amod", "advcl", "conj", "nmod")
    named = text.child(verb, "nsubj", "obl:agent") is not None
    past = looks_past(form) and not form.endswith("ant")
    return past and apart and not (auxiliaries or shared or named)
