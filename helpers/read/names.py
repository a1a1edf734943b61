"""Mentions of persons, organisations, places, nationalities and dates in one passage.

The model proposes names; rules clean their bounds; the gazetteer overrules the model; countries
come from CLDR, nationalities from `lexicons/demonyms.csv`, dates from `helpers.read.dates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from helpers.read.dates import find_dates
from helpers.read.french import normalise, tokenise, word_type
from helpers.read.lexicons import forms, lexicon

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Spans = Sequence[tuple[int, int]]  # start and end of each token in the text of the file

LABELS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
# Countries whose French name is more often a first name.
FIRST_NAMES = {"Dominique", "Maurice"}


class Mention(NamedTuple):
    """A mention with its offsets in the text, the normalised name and the country's ISO code (empty
    if there is none).
    """

    start: int
    end: int
    label: str
    name: str
    country: str
    source: str


def find_mentions(doc: Doc, plain: str, places: Spans) -> list[Mention]:
    """The mentions in a passage, in reading order, of two that begin together the longer first.
    (*entités nommées*)

    Parameters: doc (the passage as the model annotated it); plain (the normalised text of the
    file); places (start and end of each token of the passage in it).
    """
    listed = list(_matched(doc, plain, places, _gazetteer(doc.vocab), "gazetteer"))
    proposed = list(_proposed(doc, plain, places))
    proposed = [m for m in proposed if not any(_replaces(o, m) for o in listed)]
    # Within a person's name a place is none; within an organisation's it is one.
    persons = [m for m in proposed if m.label == "person"]
    names = proposed + [m for m in listed if not any(_inside(m, o) for o in persons)]
    countries = _matched(doc, plain, places, _territories(doc.vocab), "rule")
    names += [m for m in countries if not any(_overlap(m, o) for o in names)]
    first, last = places[0][0], places[-1][1]
    found = find_dates(plain[first:last])
    dates = [Mention(first + a, first + b, "date", name, "", "rule") for a, b, name in found]
    taken = {m[:2] for m in names}
    nations = [m for m in _nationalities(plain, places) if m[:2] not in taken]
    return sorted([*names, *dates, *nations], key=lambda m: (m.start, -m.end, m.label))


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _inside(a: Mention, b: Mention) -> bool:
    return b.start <= a.start and a.end <= b.end and a[:2] != b[:2]


def _replaces(listed: Mention, proposed: Mention) -> bool:
    """A row of the gazetteer replaces what the model found there, but a place leaves the name that
    it is a part of.
    """
    part = listed.label == "place" and proposed.label != "place" and _inside(listed, proposed)
    return _overlap(listed, proposed) and not part


def _proposed(doc: Doc, plain: str, places: Spans) -> Iterator[Mention]:
    """What the model calls a name, its bounds cleaned; the exact name of a country is a place."""
    for span in doc.ents:
        lower = (t.i for t in span if t.pos_ not in ("ADJ", "DET", "ADP") or t.text[0].isupper())
        start, end = places[next(lower, span.start)][0], places[span.end - 1][1]
        cleaned = _clean(plain, start, end, LABELS[span.label_], doc[span.start].is_sent_start)
        if cleaned:
            start, end, label = cleaned
            name = written_name(plain[start:end])
            code = country_codes().get(bare_capitals(name), "")
            named = country_names()[code] if code else name
            yield Mention(start, end, "place" if code else label, named, code, "model")


@cache
def country_codes() -> dict[str, str]:
    """The code of each country by its name without accents on capitals, first names left out."""
    names = {name: code for code, name in country_names().items() if name not in FIRST_NAMES}
    return {bare_capitals(written_name(name)): code for name, code in names.items()}


def bare_capitals(name: str) -> str:
    """A name as it is often printed, without accents on its capitals.

    >>> bare_capitals("États-Unis")
    'Etats-Unis'
    """
    return "".join(unicodedata.normalize("NFD", c)[0] if c.isupper() else c for c in name)


def written_name(text: str) -> str:
    """A name as it is counted: single spaces, typographic apostrophes, composed accents.

    >>> written_name("Sûreté  de l'Etat")
    'Sûreté de l’Etat'
    """
    return unicodedata.normalize("NFC", " ".join(text.split()).replace("'", "’"))


@cache
def _role() -> re.Pattern[str]:
    """A role with what specifies it, and the preposition that leads to the institution (ministre de
    l'Intérieur).
    """
    roles = "|".join(sorted(map(re.escape, lexicon("roles").rows["form"]), key=len, reverse=True))
    kinds = "ministre|générale?|adjointe?|déléguée?|d'[ÉE]tat|exécuti(?:f|ve)|régionale?|national"
    of = r"(?P<of>(?:de la|du|des|de|aux?|à la)\s+|de l'|d')?"
    return re.compile(rf"(?:{roles})(?:\s+(?:{kinds}))*(?!\w)\s*{of}", re.IGNORECASE)


_ARTICLE = re.compile(r"(?:l'|(?:les?|la|une?|du|des|de|au|aux)\s+|d')+")
_TITLE = re.compile(r"(?:MM?|Mrs?|Mmes?|Mlles?|Drs?|Pr|Me|Mgr)\.?\s+(?=\S)")
_MARKS = r"[\s«»“”\"'(),;:!?…–—-]"
_EDGE = re.compile(f"{_MARKS}*")
# From the first mark only, and without giving a run of marks back: in a table a name may hold
# thousands of spaces.
_TAIL = re.compile(
    rf"(?<!{_MARKS})(?:{_MARKS}++"
    r"(?:(?<=\s)(?:de la|de l'|du|des|de|d'|et|les?|la|l'|à|aux?))?)+\Z"
)
_ROMAN = re.compile(r"[IVXLCDM]+(?:er?)?")


def _clean(
    plain: str, start: int, end: int, label: str, opens: bool
) -> tuple[int, int, str] | None:
    """The bounds and label of a name without what does not belong to it; None where nothing is
    left.
    """
    start = _EDGE.match(plain, start, end).end()
    tail = _TAIL.search(plain, start, end)
    end = tail.start() if tail else end
    # A capital article belongs to the name (La Haye), unless only the beginning of the sentence
    # gives the capital.
    article = _ARTICLE.match(plain[start:end].lower() if opens else plain[start:end])
    start += article.end() if article else 0
    title = _TITLE.match(plain, start, end)
    if title:
        start, label = title.end(), "person"
    start, label = _without_role(plain, start, end, label)
    return (start, end, label) if _is_name(plain[start:end], label) else None


def _is_name(text: str, label: str) -> bool:
    """Has the text a capital, and is it no word of the stop list, no numeral, no lone demonym (but
    "Suisse" is a place)?
    """
    if label == "other" or not any(c.isupper() for c in text) or _ROMAN.fullmatch(text):
        return False
    country = label == "place" and text in country_names().values()
    demonym = word_type(text) in demonyms() and not country
    return text.lower() not in forms("not_names") and not demonym


def _without_role(plain: str, start: int, end: int, label: str) -> tuple[int, str]:
    """A bare role is no name; behind "ministre de l'" stands an organisation, behind "président" or
    a demonym a person.
    """
    first = plain[start:end].partition(" ")[0]
    if label == "person" and first != plain[start:end] and word_type(first) in demonyms():
        return start + len(first) + 1, label
    role = _role().match(plain, start, end)
    if not role or role.end() == start:
        return start, label
    if role.end() == end:
        return end, label
    if role["of"] and plain[role.end()].isupper():
        return role.end(), "place" if label == "place" else "organisation"
    if not role["of"] and label == "person" and plain[role.end()].isupper():
        return role.end(), label
    return start, label


Named = tuple[str, str, str]  # label, name, country


def _matched(
    doc: Doc,
    plain: str,
    places: Spans,
    listed: tuple[PhraseMatcher, Mapping[str, Named]],
    source: str,
) -> Iterator[Mention]:
    """What a list names, the longest of what overlaps: one word, and any country, only with its
    capital, as "le royaume" may be any.
    """
    from spacy.util import filter_spans

    matcher, rows = listed
    for span in filter_spans(matcher(doc, as_spans=True)):
        start, end = places[span.start][0], places[span.end - 1][1]
        if plain[start].isupper() or (source == "gazetteer" and len(span) > 1):
            yield Mention(start, end, *rows[span.label_], source)


@cache
def _gazetteer(vocab: Vocab) -> tuple[PhraseMatcher, dict[str, Named]]:
    rows = {str(i): row for i, row in enumerate(lexicon("gazetteer").rows.itertuples(index=False))}
    named = {key: (row.label, row.name or row.form, row.country) for key, row in rows.items()}
    return _phrases(vocab, {key: row.form for key, row in rows.items()}), named


@cache
def _territories(vocab: Vocab) -> tuple[PhraseMatcher, dict[str, Named]]:
    names = {code: name for code, name in country_names().items() if name not in FIRST_NAMES}
    return _phrases(vocab, names), {code: ("place", name, code) for code, name in names.items()}


@cache
def country_names() -> dict[str, str]:
    """The French name of each country and territory by its ISO code, from CLDR.

    >>> country_names()["BE"]
    'Belgique'
    """
    from babel import Locale

    others = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    names = Locale("fr").territories.items()
    return {code: name for code, name in names if code.isalpha() and code not in others}


def _phrases(vocab: Vocab, forms: Mapping[str, str]) -> PhraseMatcher:
    """A matcher of these phrases in our tokens, in any case, with or without accents on capitals
    (Etats-Unis).
    """
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

    matcher = PhraseMatcher(vocab, attr="LOWER")
    for key, form in forms.items():
        plain = unicodedata.normalize("NFC", normalise(form))
        texts = [text for text in {plain, bare_capitals(plain)} if text.strip()]
        words = [[text[a:b] for a, b in tokenise(text)] for text in texts]
        matcher.add(key, [Doc(vocab, words=phrase) for phrase in words])
    return matcher


def _nationalities(plain: str, places: Spans) -> Iterator[Mention]:
    for start, end in places:
        if nation := demonyms().get(word_type(plain[start:end])):
            yield Mention(start, end, "nationality", *nation, "rule")


@cache
def demonyms() -> dict[str, tuple[str, str]]:
    """The name and country of each form of an adjective or noun of nationality (*gentilé*).

    >>> demonyms()["marocaines"]
    ('Maroc', 'MA')
    """
    nations: dict[str, tuple[str, str]] = {}
    for row in lexicon("demonyms").rows.itertuples():
        name = row.name or country_names().get(row.country, row.country)
        for form in (row.masculine, row.feminine):
            for plural in {form, form if form.endswith(("s", "x")) else f"{form}s"} - {""}:
                nations.setdefault(plural, (name, row.country))
    return nations
