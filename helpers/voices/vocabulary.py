"""The words of speech: the entries of `speech.csv` at a verb, the nouns of `speakers.csv`,
the first names of `first_names.csv`.
"""

import re
from functools import cache
from itertools import chain
from typing import NamedTuple

from helpers.read.french import without_accents
from helpers.read.lexicons import lexicon
from helpers.voices.syntax import WORDS, Syntax

CONTRACTED = {"à": {"à", "a", "au", "aux"}, "de": {"de", "du", "des", "d'"}}
_VERBAL = ("nominal", "clause", "incise")
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
    return _kind(text.lemma[place], text.type[place])


def unhung(form: str) -> str:
    """A pronoun without the verb that it hangs on (-t-elle: elle; celui-ci is whole)."""
    return form.rpartition("-")[2] if form.startswith("-") else form


@cache
def _kind(lemma: str, word: str) -> str | None:
    form = word.removeprefix("ex-")
    forms = (lemma.lower(), form, form.removesuffix("s"))
    return next((speakers()[each] for each in forms if each in speakers()), None)


def can_speak(text: Syntax, place: int) -> bool:
    """Is this a name, a person, an institution, a document, or a pronoun for one?"""
    if text.pos[place] == "PRON":
        return unhung(text.type[place]) in WORDS["speaking_pronouns"]
    inside = place > 0 and text.sent[place - 1] == text.sent[place] and text.pos[place] != "DET"
    named = text.pos[place] == "PROPN" or (inside and text.form[place][0].isupper())
    return named or speaker_kind(text, place) is not None


def is_somebody(text: Syntax, place: int, alone: int = -1) -> bool:
    """l'un de ses voisins, certains, ce dernier: a speaker without a noun (what follows the place
    `alone` does not belong to it).
    """
    after = next((text.pos[p] for p in text.ahead(place, 1)), "")
    bare, before = after not in ("NOUN", "PROPN"), text.previous(place)
    if text.type[place] in WORDS["last"]:
        return bool(before) and text.pos[place - 1] == "DET" and (bare or place == alone)
    others = bare and text.type[place] == "autres" and before in ("d'", "les")
    pronoun = text.pos[place] == "PRON" and text.type[place] in WORDS["somebody"]
    return pronoun or others


@cache
def _stems() -> dict[str, str]:
    """The verbs in -er of speech.csv by the stem that all their forms have."""
    return {_stem(word): word for word in entries() if word.endswith("er")}


def plain(form: str) -> str:
    """A form without accents and double letters (appellera, appeler)."""
    return re.sub(r"(.)\1", r"\1", without_accents(form))


def _stem(form: str) -> str:
    """The stem of a verb in -er, however a form spells it (tempère, appelle, balaie, jugeant)."""
    return _PRESENT.sub("", plain(form).replace("y", "i").replace("ç", "c"))


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
    found: dict[str, list[tuple[str, ...]]] = {}
    for words, own, _ in chain.from_iterable(entries().values()):
        if own == kind:
            found.setdefault(words[0], []).append(words)
    return found


@cache
def _verbs() -> frozenset[str]:
    """The verbs of speech.csv, those behind *se* and *y* too."""
    return frozenset(w for rows in entries().values() for words, *_ in rows for w in words[:2])


def verb_at(text: Syntax, place: int) -> str:
    """The verb of speech.csv at a place, whatever the tagger took it for (no noun: de presse, la
    demande), or nothing.
    """
    if text.lemma[place] in _verbs() and text.is_verb(place):
        return text.lemma[place]
    if not (verb := _verb_of(text.type[place])):
        return ""
    begins = place == text.sentence[place][0]
    noun = text.pos[place] == "PUNCT" or (not begins and text.pos[place - 1] in WORDS["of_nouns"])
    named = text.pos[place] == "PROPN" and text.form[place][0].isupper()
    return "" if noun or named else verb


def said_at(text: Syntax, verb: int) -> Said | None:
    """The entry of speech.csv at this verb, if what goes with it is there."""
    listed, lemma = entries(), verb_at(text, verb)
    group = text.group_of(verb)
    clitics = {text.type[p] for p in (*text.children[verb], *group)}
    reflexive = bool(clitics & {"se", "s'"})
    clitic = "se" if reflexive else "y" if "y" in clitics else ""
    if not clitic and lemma not in listed:
        return None
    after = [p for p in text.ahead(verb, 9) if text.pos[p] not in ("ADV", "PUNCT")]
    after = [p for p in after if text.type[p] not in WORDS["days"]]  # a confirmé mardi la peine
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
    denied = text.is_denied(verb)
    for words, kind, needs in listed.get(lemma, ()):
        if kind == "denied" and denied and len(words) == 1:
            return Said(lemma, kind, needs, verb)
        fits = reflexive == (needs == "se") and not denied
        if kind in _VERBAL and len(words) == 1 and fits:
            return Said(lemma, kind, needs.removeprefix("se"), verb)
    return None


def before_verb(text: Syntax, verb: int) -> range:
    """The places before a verb that go with it: its group, and that of a verb that lends it its
    subject.
    """
    lender = lender_of(text, verb)
    return range(text.group_of(verb if lender is None else lender).start, verb)


def lender_of(text: Syntax, verb: int) -> int | None:
    """The verb that lends its subject to an infinitive of speech: aime répéter, a coutume de dire,
    ne manque pas de rappeler, a dû reconnaître; right behind a quotation any verb does.
    """
    if not text.is_infinitive(verb):
        return None
    begin, place = text.sentence[verb][0], text.group_of(verb).start
    link = text.previous(place)
    lender = place - 1 - (link in ("de", "d'", "à", "par"))
    while lender > begin and (text.type[lender] in WORDS["habits"] or text.pos[lender] == "ADV"):
        lender -= 1
    if lender < begin:
        return None
    group, lemma = text.group_of(lender), text.lemma[lender]
    before = max(group.start - 1 - (text.previous(group.start) == ","), begin)
    denied, past = text.is_denied(lender), any(text.pos[p] == "AUX" for p in group)
    lends = lemma in WORDS["lending"] and (lemma != "venir" or link in ("de", "d'"))
    lends |= lemma in WORDS["lending_denied"] and denied
    lends |= lemma in WORDS["lending_past"] and past and not denied
    habit = not WORDS["habits"].isdisjoint(text.type[lender:place])
    return lender if lends or habit or text.type[before] in WORDS["closing"] else None


def leads_on(text: Syntax, place: int) -> bool:
    """Does a word lead to an infinitive of speech: s'est borné à commenter, a coutume de dire?"""
    near = text.ahead(place, 3)
    behind = next((p for p in near if text.type[p] not in ("de", "d'", "à", "par")), place)
    said = text.is_infinitive(behind) and text.lemma[behind] in _verbs()
    return said or text.type[place] in WORDS["habits"]


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
