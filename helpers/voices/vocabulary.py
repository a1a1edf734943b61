"""The words of speech: the entries of `speech.csv` at a verb, the nouns of `speakers.csv`,
the first names of `first_names.csv`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.read.french import without_accents
from helpers.read.lexicons import lexicon
from helpers.voices.syntax import Syntax

SPEAKING_PRONOUNS = frozenset(
    "il elle ils elles on je nous vous celui-ci celle-ci ceux-ci celles-ci dernier dernière "
    "lui eux un une uns unes certains certaines plusieurs beaucoup autres".split()
)
LAST = frozenset("dernier dernière premier première second seconde".split())
CONTRACTED = {"à": {"à", "a", "au", "aux"}, "de": {"de", "du", "des", "d'"}}
_VERBAL = ("nominal", "clause", "incise")
_ADVERBIAL = frozenset("outre effet ailleurs revanche substance particulier".split())
_PRESENT = re.compile(r"e?(?:es?|ees?|ent|er|a|ait|aient|ant)$")


class Said(NamedTuple):
    """An entry of speech.csv at a verb: its name, class, what goes with it, its last word; goes_on:
    it goes on with the speaker before (a dit non et promis que …).
    """

    name: str
    kind: str
    needs: str
    last: int
    goes_on: bool = False


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
    form = text.type[place]
    forms = (text.lemma[place].lower(), form, form.removesuffix("s"))
    return next((speakers()[each] for each in forms if each in speakers()), None)


def can_speak(text: Syntax, place: int) -> bool:
    """Is this a name, a person, an institution, a document, or a pronoun for one?"""
    if text.pos[place] == "PRON":
        return text.type[place].rpartition("-")[2] in SPEAKING_PRONOUNS
    inside = place > 0 and text.sent[place - 1] == text.sent[place]
    named = text.pos[place] == "PROPN" or (inside and text.form[place][0].isupper())
    return named or speaker_kind(text, place) is not None


@cache
def _stems() -> dict[str, str]:
    """The verbs in -er of speech.csv by the stem that all their forms have."""
    return {_stem(word): word for word in entries() if word.endswith("er")}


def _stem(form: str) -> str:
    """The stem of a verb in -er, however a form spells it (tempère, appelle, balaie, jugeant)."""
    plain = without_accents(form).replace("y", "i").replace("ç", "c")
    return _PRESENT.sub("", re.sub(r"(.)\1", r"\1", plain))


@cache
def _verb_of(form: str) -> str:
    """The verb of speech.csv of which a word is the present, which the tagger took for no verb
    (, peste Annick; souffle que; dément).
    """
    ends = (form[:-1] + "r", form[:-1] + "re", form + "ir", form + "re")
    others = (verb for verb in ends if form.endswith(("t", "d")) and verb in entries())
    regular = form.endswith(("e", "ent", "é", "ée", "és", "ées"))
    return next(others, _stems().get(_stem(form), "") if regular else "")


@cache
def of_kind(kind: str) -> dict[str, list[tuple[str, ...]]]:
    """The entries of speech.csv of one class, as words, by their first word."""
    by_word = {
        first: [words for words, own, _ in rows if own == kind] for first, rows in entries().items()
    }
    return {first: rows for first, rows in by_word.items() if rows}


@cache
def _verbs() -> frozenset[str]:
    """The verbs of speech.csv, those behind *se* and *y* too."""
    return frozenset(
        word for rows in entries().values() for words, *_ in rows for word in words[:2]
    )


def verb_at(text: Syntax, place: int) -> str:
    """The verb of speech.csv at a place, whatever the tagger took it for, or nothing."""
    if text.pos[place] in ("VERB", "AUX") and text.lemma[place] in _verbs():
        return text.lemma[place]
    return _verb_of(text.type[place]) if text.pos[place] != "PUNCT" else ""


def said_at(text: Syntax, verb: int) -> Said | None:
    """The entry of speech.csv at this verb, if what goes with it is there."""
    listed, lemma = entries(), verb_at(text, verb)
    group = before_verb(text, verb)
    clitics = {text.type[p] for p in (*text.children[verb], *group)}
    reflexive = bool(clitics & {"se", "s'"})
    clitic = "se" if reflexive else "y" if "y" in clitics else ""
    if not clitic and lemma not in listed:
        return None
    after = [p for p in text.sentence[verb] if p > verb and text.pos[p] not in ("ADV", "PUNCT")]
    for words, kind, needs in (*listed.get(clitic, ()), *listed.get(lemma, ())):
        fits = tuple(text.type[p] for p in after[: len(words) - 1]) == words[1:]  # faire savoir
        if words[0] == clitic:  # se dire convaincu, y voir une preuve
            so = not reflexive or any(text.pos[p] in ("ADJ", "VERB") for p in after[:1])
            fits = words[1:2] == (lemma,) and so
        if kind == "idiom" and fits:
            return None
        if kind == "phrase" and fits:
            last = verb if words[0] == clitic else after[len(words) - 2]
            name = lemma if clitic == "y" else " ".join(words).replace("' ", "'")
            return Said(name, kind, needs, last)
    denied = is_denied(text, verb)
    for words, kind, needs in listed.get(lemma, ()):
        if kind == "denied" and denied and len(words) == 1:
            return Said(lemma, kind, needs, verb)
        fits = reflexive == (needs == "se") and not denied
        if kind in _VERBAL and len(words) == 1 and fits:
            return Said(lemma, kind, needs.removeprefix("se"), verb)
    return None


def before_verb(text: Syntax, verb: int) -> range:
    """The places of the auxiliaries, clitics and adverbs right before a verb."""
    place = verb
    while place > text.sentence[verb][0] and _goes_with_verb(text, place - 1):
        place -= 1
    return range(place, verb)


def _goes_with_verb(text: Syntax, place: int) -> bool:
    """An auxiliary, a clitic, an adverb (en outre is one of two words)."""
    adverb = text.dep[place] in ("advmod", "fixed") or text.lemma[place] == "avoir"
    adverb |= not _ADVERBIAL.isdisjoint(text.type[place : place + 2])
    fits = text.pos[place] in ("AUX", "ADV", "PRON") or (adverb and text.pos[place] != "ADJ")
    return fits and text.type[place] not in ("qui", "que", "qu'", "dont", "où", "comme", "si")


def is_denied(text: Syntax, verb: int) -> bool:
    """n'a pas précisé, sans préciser: what the verb says is not done."""
    near = (*(c for c in text.children[verb] if c < verb), *before_verb(text, verb))
    return any(text.type[p] in ("ne", "n'") for p in near) or text.previous(verb) == "sans"


@cache
def _first_names() -> dict[str, str]:
    """The gender of each name of `first_names.csv`."""
    return {row.name: row.gender for row in lexicon("first_names").rows.itertuples(index=False)}


def gender_of(name: str) -> str:
    """The gender (m, f) of a first name, or nothing where it is not known.

    >>> gender_of("Jean-Yves Cosquer"), gender_of("Camille Roy")
    ('m', '')
    """
    return _first_names().get(name.split()[0].split("-")[0], "") if " " in name else ""
