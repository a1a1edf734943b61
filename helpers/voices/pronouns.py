"""Whom does a pronoun mean, or an office? One person, or nobody where it may be two."""

from helpers.read.names import demonyms
from helpers.voices.announcements import Cue
from helpers.voices.people import GENDERS, Mention
from helpers.voices.syntax import Spans, Syntax
from helpers.voices.vocabulary import speaker_kind, unhung


def last_named(text: Syntax, mentions: list[Mention], pronoun: int, spoken: Spans = ()) -> str:
    """Whom a pronoun means: the one person of its gender in its paragraph and the one before, or
    the one in the text so far; nobody where it may be two. Who is named within a quotation that the
    pronoun stands outside of does not count.
    """
    gender = _gender_of(text.type[pronoun])
    apart = [(a, b) for a, b in spoken if not a <= pronoun <= b]
    before = [m for m in mentions if m.places[0] < pronoun and m.person.gender in ("", gender)]
    before = [m for m in before if not any(a <= m.places[0] <= b for a, b in apart)]
    near = [m.person for m in before if text.par[pronoun] - text.par[m.places[0]] <= 1]
    near = near or [m.person for m in before]
    sure = {person.name for person in near if person.gender == gender}
    if not gender or not len(sure) == len({person.name for person in near}) == 1:
        return ""
    return "" if _another_since(text, mentions, pronoun, gender) else sure.pop()


def _another_since(text: Syntax, mentions: list[Mention], pronoun: int, gender: str) -> bool:
    """Is there somebody else of this gender between the last mention of a person, its sentence with
    it, and a pronoun (Un lycéen est venu. Il …; le ministre a reçu X. Il …)?
    """
    before = [m for m in mentions if m.places[0] < pronoun]
    taken = {place for m in before for place in (*m.places, *m.role)}
    begin = text.sentence[max(taken)][0] if taken else pronoun
    free = (p for p in range(begin, pronoun) if p not in taken and text.par[p] == text.par[pronoun])
    nouns = (p for p in free if text.pos[p] in ("NOUN", "PROPN"))
    nouns = (p for p in nouns if text.dep[p].startswith("nsubj"))
    words = (text.previous(p) for p in nouns if speaker_kind(text, p) == "person")
    return any(_gender_of(word) == gender or word in ("l'", "son") for word in words)


def _gender_of(word: str) -> str:
    """The gender of a pronoun (il, -t-elle) or determiner, or nothing."""
    return GENDERS.get(unhung(word).lower(), "")


def may_be(pronoun: str, source: str) -> bool:
    """May a pronoun mean the one who is written so (il: un habitant)?"""
    words = source.split(" ")[0].lower()
    return _gender_of(pronoun) in ("", _gender_of(words)) or not _gender_of(words)


def stands_for(text: Syntax, mention: Mention, cue: Cue) -> bool:
    """Le porte-parole de l'armée, le général Oumar Sidibé, a …: is it the person between commas,
    and not one who is there beside (…, selon Oumar Sidibé, …)?
    """
    begin, end = cue.source[-1] + 1, mention.places[-1] + 1
    first = min((*mention.places, *mention.role))
    nation = text.type[min(begin + 2, first)] in demonyms()  # sa rivale, la Tchèque X,
    near = first == begin + 1
    near |= first == begin + 2 + nation and text.pos[begin + 1] == "DET"
    opens = text.form[begin : begin + 1] == [","] and near
    closes = text.form[end : end + 1] in ([","], ["."])
    person = "person" in {speaker_kind(text, place) for place in cue.source}
    return opens and closes and person and not cue.preposition
