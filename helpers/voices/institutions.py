"""Which institutions does a text name: by gazetteer, by acronym, by the office of a person."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from helpers.read.names import bare_capitals, country_codes, written_name
from helpers.voices.syntax import WORDS, Names, Syntax
from helpers.voices.vocabulary import speaker_kind, speakers

_SIGLE = re.compile(r"\(\s*([A-ZÀ-Ý][A-ZÀ-Ý0-9.&-]{1,9})\s*\)")
_OF_PEOPLE = re.compile(r"(?:[oa]is|[oa]ise|ien|ienne|[aé]en|éenne|ain|aine)s?$")


def acronyms(text: str) -> dict[str, str]:
    """What do the acronyms stand for, where the text itself expands them? (*sigles*)

    >>> acronyms("L’Office national de l’eau (ONE) et la FAO")
    {'ONE': 'Office national de l’eau'}
    """
    found: dict[str, str] = {}
    for match in _SIGLE.finditer(text):
        letters = _bare(re.sub(r"[\W\d_]", "", match[1]))
        before = text[max(0, match.start() - 200) : match.start()]
        words = list(re.finditer(r"\w+", before))
        first = _begins_with(letters, [word[0] for word in words]) if len(letters) > 1 else None
        if first is not None:
            name = before[words[first].start() : words[-1].end()]
            found.setdefault(match[1], written_name(name))
    return found


def expansions(texts: Iterable[str]) -> dict[str, str]:
    """What the acronyms of institutions stand for in all texts, where those that expand one agree.

    >>> expansions(["L’Office de l’eau (OE)", "l’office de l’eau (OE)", "l’OE"])
    {'OE': 'Office de l’eau'}
    """
    found: dict[str, dict[str, str]] = {}
    for short, name in (pair for text in texts for pair in acronyms(text).items()):
        if speakers().get(name.split(" ")[0].lower()) == "body":
            found.setdefault(short, {}).setdefault(name.casefold(), name)
    return {short: next(iter(told.values())) for short, told in found.items() if len(told) == 1}


def _begins_with(letters: str, words: list[str]) -> int | None:
    """The earliest word from which words with these initials lead to the last one, only linking
    words between them.
    """
    # Backward, letter by letter: a pattern would try every way in which linking words fit letters.
    reached = {len(words) - 1} if words and _bare_letter(words[-1][0]) == letters[-1] else set()
    for letter in letters[-2::-1]:
        fitting, linked, first = set(), False, min(reached, default=0)
        for place in range(max(reached, default=-1), -1, -1):
            if linked and _bare_letter(words[place][0]) == letter:
                fitting.add(place)
            linked = place in reached or (linked and _bare(words[place]) in WORDS["unlettered"])
            if not linked and place < first:
                break
        reached = fitting
    return min(reached, default=None)


def _bare(text: str) -> str:
    """Capitals without accents, one for each character."""
    return "".join(map(_bare_letter, text))


@cache
def _bare_letter(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].upper()[0]


def institution(text: Syntax, role: range, names: Names) -> tuple[str, str]:
    """The institutions that an office belongs to, full names joined by "; ", and its country."""
    if not role:
        return "", ""
    named = names.of("organisation")
    inside = [row for places, row in named if places[0] in role and places[-1] in role]
    known = [row.name for row in inside if row.source == "gazetteer"]
    known = known or [_of_office(text, role, names)]
    known = known if any(known) else [row.name for row in inside]
    codes = [row.country for at, row in names.entities if row.country and at[0] in role]
    codes = codes or [*_countries(text, role).values()]
    return "; ".join(dict.fromkeys(filter(None, known))), next(iter(codes), "")


def _of_office(text: Syntax, role: range, names: Names) -> str:
    """ministre (belge) de la Pêche → ministère de la Pêche; directrice de l'Office … → Office …"""
    of = next((p for p in role if text.type[p] in WORDS["of"]), None)
    if of is None:
        return ""
    rest = without_country(text, range(of, role[-1] + 1))
    if text.type[role[0]].startswith("ministre") and rest:
        return f"ministère {_plain(text.written(rest), names)}"
    head = next((p for p in rest if text.pos[p] in ("NOUN", "PROPN")), None)
    proper = any(text.form[p][0].isupper() for p in rest)
    if head is None or not proper or head in _countries(text, role):
        return ""
    return _plain(text.written(range(head, rest[-1] + 1)), names)


def _countries(text: Syntax, places: Sequence[int]) -> dict[int, str]:
    """The places behind *de*, *au*, *en* where a country is named, with its code."""
    found = {}
    for place in places:
        if text.form[place][0].isupper() and text.previous(place) in WORDS["before_country"]:
            ends = range(place, min(place + 4, places[-1] + 1))
            names = (bare_capitals(text.written(range(place, end + 1))) for end in ends)
            code = next(filter(None, map(country_codes().get, names)), "")
            found |= {place: code} if code else {}
    return found


def without_country(text: Syntax, places: range) -> range:
    """The name of an institution without its country (la Pêche du Sénégal)."""
    at = next(iter(_countries(text, places[1:])), None)
    if at is None:
        return places
    back = 2 if text.type[at - 1] in ("la", "l'") else 1
    return range(places[0], at - back) if at - back > places[0] else places


def name_end(text: Syntax, place: int) -> int:
    """The last place of the name of an institution that begins here: nouns and adjectives, linked
    by *de* or *et de* (ministère de la Justice et des Grâces).
    """
    last = place
    for ahead in range(place + 1, text.sentence[place][-1] + 1):
        word, pos = text.type[ahead], text.pos[ahead]
        alone = word == "et" and WORDS["of"].isdisjoint(text.type[p] for p in text.ahead(ahead, 1))
        if pos in ("NOUN", "PROPN", "ADJ", "NUM") or participle(text, ahead):
            last = ahead
        elif word not in WORDS["of"] | WORDS["linking"] or ahead - last > 3 or alone:
            break
    return last


def participle(text: Syntax, place: int) -> bool:
    """Does a participle only qualify a noun (avoirs confisqués, administrateur délégué), a present
    one as a part of a name (ministère du Patrimoine vivant)?
    """
    qualifies = text.pos[place] == "VERB" and text.dep[place] in ("acl", "amod", "nmod")
    helped = text.child(place, "aux:tense", "aux:pass") is not None
    past = text.type[place].rstrip("es").endswith(("é", "i", "u"))
    named = text.type[place].endswith("ant") and text.form[place - 1].istitle()
    named = named and text.pos[place - 1 : place + 2 : 2] in (["NOUN", "ADP"], ["NOUN", "PUNCT"])
    return qualifies and not helped and (past or named)


def _plain(name: str, names: Names) -> str:
    """A name without its acronym in brackets; a lone acronym in full."""
    name = written_name(_SIGLE.sub("", name)).strip()
    return names.expanded.get(name, name)


def _may_be_name(text: Syntax, nouns: Sequence[int]) -> bool:
    """Not what only shares a capital with names (le Gantois, l'Argentin); an acronym always."""
    form, proper = text.form[nouns[0]], is_proper(text, nouns[0])
    named = text.pos[nouns[0]] == "PROPN" and not _OF_PEOPLE.search(form)
    return proper and (form.isupper() or named or len(nouns) > 1)


def is_proper(text: Syntax, place: int) -> bool:
    """Has a word a capital of its own, and not that of a headline (À L’ECOLE)?"""
    form, lemma = text.form[place], text.lemma[place]
    return form[0].isupper() and not (len(form) > 1 and form.isupper() and lemma.islower())


def body(text: Syntax, places: range, names: Names, until: int | None = None) -> str:
    """The name of the institution that a noun phrase is or comes from (un communiqué du ministère
    de la Pêche), or nothing where it is no name (les autorités); it ends before the place `until`.
    """
    nouns = [p for p in places if text.pos[p] in ("NOUN", "PROPN")]
    kinds = [speaker_kind(text, p) for p in nouns]
    while kinds and kinds[0] == "document":
        nouns, kinds = nouns[1:], kinds[1:]
    unknown = kinds[:1] == [None] and not _may_be_name(text, nouns)
    if not kinds or kinds[0] == "person" or unknown:
        return ""
    end = max(name_end(text, nouns[0]), places[-1]) + 1
    end = min(end, until) if until is not None and until > nouns[0] else end
    whole = without_country(text, range(nouns[0], end))
    proper = any(is_proper(text, p) for p in whole if text.pos[p] != "DET")
    return _plain(text.written(whole), names) if proper else ""


def listed(text: Syntax, names: Names, within: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """First place, last place and full name of each institution that the model or the gazetteer
    found there.
    """
    for places, row in names.of("organisation"):
        if places[0] in within:
            wide = range(places[0], max(places[-1], name_end(text, places[0])) + 1)
            known = row.source == "gazetteer"
            full = "" if known else body(text, wide, names)
            last = places[-1] if known else wide[-1]
            yield places[0], last, full or names.expanded.get(row.name, row.name)
