"""The words of reported speech: the entries of `speech.csv` and the nouns of `speakers.csv`."""

from __future__ import annotations

from typing import NamedTuple

from helpers.read.lexicons import lexicon, per_lexicons
from helpers.voices.syntax import Syntax

DAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche matin soir hier".split())
SPEAKING_PRONOUNS = frozenset(
    "il elle ils elles on je nous vous celui-ci celle-ci ceux-ci celles-ci dernier dernière "
    "lui eux beaucoup certains plusieurs".split()
)


class Said(NamedTuple):
    """An entry of speech.csv at a verb: its name, class, what goes with it, its last word."""

    name: str
    kind: str
    needs: str
    last: int


@per_lexicons
def entries() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """The entries of speech.csv as words, with class and what goes with them, by their first word;
    the longer first.
    """
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    rows = lexicon("speech").rows
    for row in sorted(rows.itertuples(index=False), key=lambda row: -len(row[0])):
        words = tuple(row[0].replace("'", "' ").split())
        found.setdefault(words[0], []).append((words, row[1], row[2]))
    return found


@per_lexicons
def speakers() -> dict[str, str]:
    """The nouns that can speak, and their kind: person, body or document."""
    roles = dict.fromkeys(lexicon("roles").rows["form"], "person")
    rows = lexicon("speakers").rows
    return roles | dict(zip(rows["noun"], rows["kind"], strict=True))


def noun(text: Syntax, place: int) -> str:
    """A noun as the word lists have it: its lemma, or its form where only that is listed."""
    lemma = text.lemma[place].lower()
    return lemma if lemma in speakers() else text.type[place]


def can_speak(text: Syntax, place: int) -> bool:
    """Is this a name, a person, an institution, a document, or a pronoun for one?"""
    if text.pos[place] == "PRON":
        return text.type[place].rpartition("-")[2] in SPEAKING_PRONOUNS
    inside = place > 0 and text.sent[place - 1] == text.sent[place]
    named = text.pos[place] == "PROPN" or (inside and text.form[place][0].isupper())
    return named or noun(text, place) in speakers()


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
        if kind == "phrase" and _follow(text, after, words, lemma, reflexive):
            last = verb if reflexive else after[len(words) - 2]
            return Said(" ".join(words).replace("' ", "'"), kind, needs, last)
    for words, kind, needs in listed.get(lemma, ()):
        fits = reflexive == (needs == "se")
        if kind in ("nominal", "clause", "incise") and len(words) == 1 and fits:
            return Said(lemma, kind, needs.removeprefix("se"), verb)
    return None


def _follow(
    text: Syntax, after: list[int], words: tuple[str, ...], lemma: str, reflexive: bool
) -> bool:
    """Do the words of a phrase stand there: faire savoir, mettre l'accent, se dire convaincu?"""
    if reflexive:
        return words[1] == lemma and bool(after) and text.pos[after[0]] in ("ADJ", "VERB")
    rest = words[1:]
    return tuple(text.type[p] for p in after[: len(rest)]) == rest
