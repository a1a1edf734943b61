"""Who is made to say something without a verb of speech: *selon*, nouns (*l'annonce de*), and
whoever stands before the colon of a quotation.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from helpers.read.french import FORMS
from helpers.voices.subjects import head_after
from helpers.voices.syntax import WORDS, Spans, Syntax, looks_past, regular_participle
from helpers.voices.vocabulary import CONTRACTED, can_speak, of_kind, speaker_kind, unhung, verb_at

LONG = 4  # places between the marks of a quotation that somebody announces, more than


class Cue(NamedTuple):
    """A cue of attribution: the places of its words, and of its source (none where it is unnamed).
    `behind`: what is said stands before the cue.
    """

    first: int
    last: int
    source: range
    verb: str
    preposition: bool = False
    behind: bool = False


def turns(text: Syntax, named: Set[int], bodies: Set[int], spoken: Spans) -> Iterator[Cue]:
    """La ministre : « … », and Awa Ndoye : Nous irons. Who speaks opens the sentence, alone before
    a colon; without quotation marks it is a person of the text, and what is said a sentence.
    """
    opened = {first for first, _ in spoken}
    for colon in (p for p, form in enumerate(text.form) if form == ":"):
        begin = _clause_begin(text, colon)
        sentence = range(begin, text.sentence[colon][-1] + 1)
        head = next(p for p in sentence if not _leads_to_speaker(text, p) or p == colon)
        known = head in named | bodies or FORMS["named"].fullmatch(text.form[head])
        known = known or speaker_kind(text, head) in ("person", "body")
        clause = head in named and not text.no_verb(colon, sentence[-1])
        said = (clause and text.form[colon + 1][0].isupper()) or (known and colon + 1 in opened)
        verbs = (p for p in range(head + 1, colon) if text.is_verb(p))
        alone = all(regular_participle(text.form[p]) for p in verbs)
        if said and alone and ":" not in text.form[head:colon]:
            begin = head - (head > sentence[0] and text.pos[head - 1] == "DET")
            end = next(p for p in range(head, colon + 1) if text.form[p] in (",", "(", ":"))
            yield Cue(colon, colon, range(begin, end), ":")


def _leads_to_speaker(text: Syntax, place: int) -> bool:
    """— Et la ministre : « … »; RT @LeFanal : « … »."""
    return text.pos[place] in WORDS["before_speaker"] or text.form[place] == "RT"


def _clause_begin(text: Syntax, colon: int) -> int:
    """Where the clause of a colon begins: behind a dash (14h20 – La ministre : « … »)."""
    places = range(colon, text.sentence[colon][0], -1)
    return next((p for p in places if text.form[p - 1] in WORDS["dashes"]), text.sentence[colon][0])


def announcing(text: Syntax, known: Set[int], spoken: Spans) -> Iterator[Cue]:
    """L'adjointe ne cache pas sa colère : « … »; même réaction chez Luc Morvan : « … ». Whatever
    somebody does before the colon of a quotation of some words announces it; where nobody does
    anything, the last one who is named (known are such places) says it.
    """
    for first, last in spoken:
        listed = text.form[last + 1 : last + 3] == [",", text.form[first]]  # several titles
        if not first or text.form[first - 1] != ":" or last - first <= LONG or listed:
            continue
        places = range(_clause_begin(text, first - 1), first - 1)
        verb = next((p for p in places if _announces(text, p, places)), None)
        heads = (p for p in places if p in known or speaker_kind(text, p) in ("person", "body"))
        if verb is not None:
            source = text.phrase(text.subject(verb) or 0)
            verb = text.head[verb] if text.dep[verb].startswith("aux") else verb
            yield Cue(verb, verb, source, text.lemma[verb])
            continue
        head = next(heads, None) if text.no_verb(places[0], first) else None
        if head is not None and not _shows(text, places[0], head):
            yield _told_before(text, places[0], text.phrase(head), first - 1)


def _shows(text: Syntax, begin: int, head: int) -> bool:
    """Sur la tombe de Luc Morvan : « … »: a thing or a place bears the words, no one says them."""
    bearer = head_after(text, begin) if text.pos[begin] == "ADP" else None
    if bearer is None or "," in text.form[bearer:head] or text.type[bearer] == "côté":
        return False
    kind = speaker_kind(text, bearer)
    where = text.type[begin] in WORDS["where"] and kind != "document"
    return where or (bearer != head and kind is None)


def _told_before(text: Syntax, begin: int, source: range, colon: int) -> Cue:
    """Réponse de la maire : « … »; même son de cloche chez la maire : « … »."""
    near = {text.type[source[0]], text.previous(source[0])} & WORDS["of_speaker"]
    if near and text.pos[begin] == "NOUN" and begin < source[0]:
        return Cue(begin, begin, source, text.lemma[begin])
    return Cue(colon, colon, source, ":")


def _announces(text: Syntax, verb: int, places: range) -> bool:
    """Does somebody do something there?"""
    acts = text.is_verb(verb) and not text.type[verb].endswith("ant")
    own = text.subject(verb) if acts else None
    if own is None or own not in places or text.previous(verb) == "y":
        return False
    known = can_speak(text, own) and speaker_kind(text, own) != "document"
    return known and unhung(text.type[own]) not in WORDS["nobody"]


def hearsay(text: Syntax, told: Sequence[Cue], spoken: Spans) -> Iterator[Cue]:
    """Trois élus auraient démissionné; l'usine serait à vendre: in the conditional, and nobody is
    named who says it. What depends on something (si, sans) or is only possible is no hearsay.
    """
    for place, word in enumerate(text.type):
        if word not in WORDS["hearsay"] or not text.is_verb(place):
            continue
        sentence = text.sentence[place]
        before = {text.type[p] for p in range(sentence[0], place)}
        words = {text.type[p] for p in sentence}
        words |= {a + b for a, b in pairwise(text.type[sentence[0] : place])}  # s' il
        near = (p for p in text.ahead(place, 4) if text.pos[p] not in ("ADV", "PUNCT"))
        after = next(near, place)
        happened = text.is_verb(after) and text.lemma[after] not in WORDS["possible"]
        judged = text.previous(place) == "il" and text.type[after] in WORDS["judged"]
        is_so = word[0] == "s" and text.previous(place) not in WORDS["impersonal"]
        fits = happened or (is_so and not judged)
        near = (cue for cue in told if cue.first in sentence)
        sourced = any(cue.first <= place or cue.preposition or cue.behind for cue in near)
        free = words.isdisjoint(WORDS["conditions"]) and before.isdisjoint(WORDS["unsaid_before"])
        within = any(first < place < last for first, last in spoken)
        if fits and free and not within and not sourced:
            told = [*told, Cue(place, place, range(0), word)]
            yield told[-1]


def clause(text: Syntax, cue: Cue) -> tuple[int, int]:
    """The places of the clause in which a turn or an announcement stands."""
    colon = next(p for p in text.sentence[cue.first] if p >= cue.first and text.form[p] == ":")
    return _clause_begin(text, colon), colon + (cue.verb == ":")


def nouns(text: Syntax, named: Set[int]) -> Iterator[Cue]:
    """l'annonce par la région de, les accusations de l'élue, son appel à: a noun of speech with its
    speaker.
    """
    spoken = of_kind("noun")
    for place, pos in enumerate(text.pos):
        noun = text.lemma[place] if pos == "NOUN" else text.type[place]
        before = text.previous(place) if noun in spoken else ""
        if not before or not (pos == "NOUN" or (pos == "VERB" and before in WORDS["definite"])):
            continue
        near = (p for p in text.ahead(place, 2) if text.pos[p] != "ADJ")
        after = next((p for p in near if not regular_participle(text.form[p])), place)
        if before in WORDS["possessives"] and text.type[after] in WORDS["of_content"]:
            yield Cue(place, place, range(place - 1, place), noun)
        told = text.type[after] in WORDS["of_content"] and before in WORDS["definite"]
        near = (told and _told_by(text, after)) or after
        head = head_after(text, near) if text.type[near] in WORDS["of_speaker"] else None
        known = head is not None and (head in named or speaker_kind(text, head))
        if before in WORDS["definite"] and known and speaker_kind(text, head) != "document":
            yield Cue(place, place, text.phrase(head), noun)


def _told_by(text: Syntax, place: int) -> int | None:
    """La menace d'un blocage, brandie par le syndicat: where *par* stands."""
    by = (p for p in text.ahead(place, 18) if text.type[p] == "par")
    told = (p for p in by if looks_past(text.type[p - 1]) and not verb_at(text, p - 1))
    return next(told, None)


def prepositions(text: Syntax) -> Iterator[Cue]:
    """selon, d'après, à en croire, de l'avis de, pour: the noun phrase behind them can speak."""
    listed = of_kind("preposition")
    for place, word in enumerate(text.type):
        rows = listed.get("à" if word == "a" else word)
        words = rows and next((words for words in rows if _stands(text, place, words)), None)
        last = place + len(words or ()) - 1
        head = _head_of(text, place, last, words[-1]) if words else None
        if words and head is not None and _can_be_source(text, place, head, words):
            source = text.agreed(head) if head < place else text.phrase(head)
            source = range(head, head + 1) if words[-1] == "croire" else source
            yield Cue(place, last, source, " ".join(words).replace("' ", "'"), True)


def _stands(text: Syntax, place: int, words: tuple[str, ...]) -> bool:
    """Do these words stand here, *de* and *à* also as du, des, au?"""
    found = text.type[place : place + len(words)]
    pairs = zip(words, found, strict=False)
    return len(found) == len(words) and all(two in CONTRACTED.get(one, {one}) for one, two in pairs)


def _head_of(text: Syntax, place: int, last: int, word: str) -> int | None:
    """The head of the source of a preposition: itself (de source proche), its pronoun (à l'en
    croire), what stands before its comma (Luc Morvan, pour qui), else behind it.
    """
    if word == "qui":
        near = range(place - 2, max(text.sentence[place][0] - 1, place - 9), -1)
        nouns = [p for p in near if text.pos[p] in ("NOUN", "PROPN")]
        return nouns[0] if nouns and text.previous(place) == "," else None
    if word == "croire" and text.type[place + 1] in ("l'", "les"):
        return place + 1
    return last if word == "source" else head_after(text, last)


def _can_be_source(text: Syntax, place: int, head: int, words: tuple[str, ...]) -> bool:
    """Longer phrases (de l'avis de) are said of speakers only; *pour* needs its comma, and one
    speaker.
    """
    after = text.phrase(head)[-1] + 1
    if words == ("pour",):
        opens = place == text.sentence[place][0] or text.form[place - 1] == ","
        behind = text.form[after : after + 1] == [","]
        one = text.type[place + 1] in ("le", "la", "l'", "lui", "elle", "son", "sa")
        # « Une leçon », pour le directeur.
        behind |= text.type[max(place - 2, 0)] in WORDS["closing"]
        return opens and behind and (one or text.form[head][0].isupper()) and can_speak(text, head)
    varying = any(text.lemma[p] in WORDS["varying"] for p in text.sentence[place])
    if varying and words[0] in ("selon", "d'"):
        return False
    own = words == ("d'", "après") and text.previous(head) in WORDS["possessives"]
    own = own and text.previous(place) in ("", ",", "»", "(")
    return len(words) > 2 or words[-1] == "source" or own or can_speak(text, head)
