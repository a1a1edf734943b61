"""Mentions of persons, organisations, places, nationalities and dates in one passage.

The model proposes names; rules clean their bounds; the gazetteer overrules the model; countries
come from CLDR, nationalities from `lexicons/demonyms.csv`, dates from `helpers.read.dates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from helpers.read.capitals import in_capitals
from helpers.read.dates import find_dates
from helpers.read.french import FORMS, composed, tokenise, word_type
from helpers.read.lexicons import alternatives, forms, lexicon
from helpers.read.patterns import pieces

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

Spans = Sequence[tuple[int, int]]  # start and end of each token in the text of the file

LABELS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
PATTERNS = pieces("names.csv")  # patterns of what stands in a name, before and behind it

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
    listed = list(_listed(doc, plain, places))
    proposed = list(_proposed(doc, plain, places))
    called = in_capitals(plain, places[0][0], places[-1][1])
    called = [Mention(a, b, "person", surname(name), "", "model") for a, b, name in called]
    proposed = called + [m for m in proposed if not any(_overlap(m, o) for o in called)]
    proposed = [m for m in proposed if not any(_replaces(o, m) for o in listed)]
    # Within a person's name a place is none; within an organisation's it is one, but no country.
    persons = [m for m in proposed if m.label == "person"]
    rows = [m for m in listed if m.source != "rule"]
    names = proposed + [m for m in rows if not any(_inside(m, o) for o in persons)]
    names += [m for m in listed if m.source == "rule" and not any(_overlap(m, o) for o in names)]
    first, last = places[0][0], places[-1][1]
    found = find_dates(plain[first:last])
    dates = [Mention(first + a, first + b, "date", name, "", "rule") for a, b, name in found]
    # A nationality is none in the name of a country (Émirats arabes unis), but one in others.
    names = [m for m in names if m.label != "other"]
    nations = ((span, demonyms().get(word_type(plain[slice(*span)]))) for span in places)
    said = [Mention(*span, "nationality", *nation, "rule") for span, nation in nations if nation]
    inner = [m for m in said if not any(m[:2] == o[:2] or _in_country(m, o) for o in names)]
    return sorted([*names, *dates, *inner], key=lambda m: (m.start, -m.end, m.label))


def _in_country(nation: Mention, name: Mention) -> bool:
    return name.label == "place" and name.country != "" and _inside(nation, name)


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _inside(a: Mention, b: Mention) -> bool:
    return b.start <= a.start and a.end <= b.end and a[:2] != b[:2]


def _replaces(listed: Mention, proposed: Mention) -> bool:
    """A row of the gazetteer replaces what the model found there, but a place leaves the name that
    it is a part of; a country replaces its parts, and what has its place and no country.
    """
    if listed.source == "rule":
        same = listed[:2] == proposed[:2] and not proposed.country
        return same or _inside(proposed, listed)
    part = listed.label == "place" and proposed.label != "place" and _inside(listed, proposed)
    return _overlap(listed, proposed) and not part


def _proposed(doc: Doc, plain: str, places: Spans) -> Iterator[Mention]:
    """What the model calls a name, cut where a line ends, its bounds cleaned; the exact name of a
    country is a place, and what the stop list names has the label "other".
    """
    for span in doc.ents:
        lower = (t.i for t in span if t.pos_ not in ("ADJ", "DET", "ADP") or t.text[0].isupper())
        first = _whole(doc, next(lower, span.start))
        start, end = places[first][0], places[span.end - 1][1]
        if led := _led().search(plain, max(start - 20, places[0][0]), start + 1):
            start = led.start()  # M. le Pacha, M. Sorlac
        for line in _LINE.finditer(plain, start, end):
            label, opens = LABELS[span.label_], doc[span.start].is_sent_start
            if opens and len(span) == 1 and _is_common(doc[span.start]):
                continue
            start, end, label = _clean(plain, *line.span(), label, opens)
            name = written_name(plain[start:end])
            name = surname(name) if label == "person" else name
            code = country_codes().get(name, "")
            named = country_names().get(code, name)
            if label != "other" or name.lower() in forms("not_names"):
                yield Mention(start, end, "place" if code else label, named, code, "model")


def _whole(doc: Doc, first: int) -> int:
    """Where a name begins of which the model left out a word with an inner apostrophe (Sa'ad)."""
    before = doc[first - 1] if first else doc[0]
    letters = before.text.partition("'")
    known = before.vocab[before.lower].has_vector  # aujourd'hui
    apart = all(letters) and before.text[0].isupper() and not known
    return first - 1 if first and apart else first


def _is_common(word: Token) -> bool:
    """Has the word its capital from the sentence that it opens? No tag of a name, and the model
    knows it in small letters, and as often at least (Collision, Particuliers; not Salvagnac).
    """
    small = word.vocab[word.lower]
    return word.pos_ != "PROPN" and small.has_vector and small.rank <= word.lex.rank


def surname(name: str) -> str:
    """A person's name without its capitals, but for acronyms and the numbers of kings, the first
    name first.

    >>> [surname(name) for name in ("TAZI Karim", "Charles DE GAULLE", "Mohammed VI", "DSK")]
    ['Karim Tazi', 'Charles de Gaulle', 'Mohammed VI', 'DSK']
    """
    name = re.sub(PATTERNS["inverted"], r"\g<first> \g<last>", name)
    lowered = _CAPITALS.sub(lambda m: {"DE": "de"}.get(m[0], m[0].title()), name)
    return lowered if len(name) > 3 else name


@cache
def country_codes() -> dict[str, str]:
    """The code of each country by every name in CLDR, first names left out, and `countries.csv`;
    with and without accents on capitals.
    """
    codes = {name: code for code, name in country_names().items() if name not in FIRST_NAMES}
    codes |= {row.form: row.country for row in lexicon("countries").rows.itertuples()}
    codes = {written_name(name): code for name, code in codes.items()}
    return codes | {bare_capitals(name): code for name, code in codes.items()}


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
    behind = rf"{PATTERNS['specified']}\s*{PATTERNS['leading']}"
    return re.compile(rf"(?:{alternatives('roles')}){behind}", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    """A title of persons, with or without its stop, and the space behind it."""
    forms = alternatives("titles")
    return re.compile(rf"(?:(?:{forms})\.?|(?i:(?:{forms})(?<=\w{{5}})))\s+(?=\S)")


@cache
def _led() -> re.Pattern[str]:
    """A title, and the small article of the office behind it (M. le), before a character."""
    return re.compile(rf"(?<!\w)(?:{_title().pattern})(?:(?:les?|la)\s+|l')?(?=\S\Z)")


_KINDS = "line edge article tail of after capitals roman office honorific town"
_LINE, _EDGE, _ARTICLE, _TAIL, _OF, _AFTER, _CAPITALS, _ROMAN, _OFFICE, _HONORIFIC, _TOWN = (
    re.compile(PATTERNS[kind]) for kind in _KINDS.split()
)


def _clean(plain: str, start: int, end: int, label: str, opens: bool) -> tuple[int, int, str]:
    """The bounds and label of a name without what does not belong to it; the label is other where
    no name is left.
    """
    start = _EDGE.match(plain, start, end).end()
    end = _TAIL.search(plain, start, end).start()
    # A capital article belongs to the name (La Haye), unless only the beginning of the sentence
    # gives the capital.
    start += _ARTICLE.match(plain[start:end].lower() if opens else plain[start:end]).end()
    while title := _title().match(plain, start, end):
        label, start = "person", title.end()
        if office := _OFFICE.match(plain, start, end):
            start = office.end() if plain[office.end() : end][:1].isupper() else end
        start = _ARTICLE.match(plain, start, end).end()
    if honorific := _HONORIFIC.match(plain, start, end):
        start = honorific.end() if label == "person" else start
    after = _AFTER.search(plain, start, end)
    end = after.start() if after and (label == "person" or not after["number"]) else end
    start, label = _without_role(plain, start, end, label)
    alone = label == "person" and " " not in plain[start:end]
    label = "place" if alone and _TOWN.search(plain, max(start - 16, 0), start) else label
    start = of.end() if label == "place" and (of := _OF.match(plain, start, end)) else start
    return start, end, label if _is_name(plain[start:end], label) else "other"


def _is_name(text: str, label: str) -> bool:
    """Has the text a capital, and is it no word of the stop list, no numeral, no site
    (Lejournal.ma), no lone demonym (but "Suisse" is a place)?
    """
    other = _ROMAN.fullmatch(text) or FORMS["named"].fullmatch(text)
    if other or len(text) == 1 or not any(c.isupper() for c in text):
        return False
    country = label == "place" and text in country_names().values()
    demonym = word_type(text) in demonyms() and not country
    title = text.rstrip(".").capitalize() in forms("titles")
    return text.lower() not in forms("not_names") and not demonym and not title


def _without_role(plain: str, start: int, end: int, label: str) -> tuple[int, str]:
    """A bare role is no name; behind "ministre de l'" stands an organisation, behind "président" or
    a demonym a person.
    """
    first = plain[start:end].partition(" ")[0]
    if label == "person" and first != plain[start:end] and word_type(first) in demonyms():
        return start + len(first) + 1, label
    role = _role().match(plain, start, end)
    if role and role.end() == end:
        return end, label
    if not role or not plain[role.end()].isupper():
        return start, label
    if role["of"]:
        return role.end(), "place" if label == "place" else "organisation"
    return role.end() if label == "person" else start, label


def _listed(doc: Doc, plain: str, places: Spans) -> Iterator[Mention]:
    """What the gazetteer (source gazetteer) or a name of a country (rule) says, the longest of what
    overlaps. One word, any country and a name behind its article need their capital, as "le
    royaume" and "le monde" may be any.
    """
    from spacy.util import filter_spans

    matcher, rows = _lists(doc.vocab)
    for span in filter_spans(matcher(doc, as_spans=True)):
        row = rows[span.label_]
        first = [t.i for t in span if t.text[0].isupper() or row[-1] == "gazetteer"]
        start, end = places[first[0] if first else span.start][0], places[span.end - 1][1]
        name = plain[start:end]
        article = _ARTICLE.match(name.lower()).end()
        proper = name[article:] if article or len(span) < 2 else ""
        if first and "\n" not in name and (not proper or proper != proper.lower()):
            yield Mention(start, end, *row)


@cache
def _lists(vocab: Vocab) -> tuple[PhraseMatcher, dict[str, tuple[str, str, str, str]]]:
    """A matcher of the listed names in our tokens, in any case, with or without accents
    (Etats-Unis), with hyphens or spaces (Côte-d'Ivoire); what each stands for.
    """
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

    names, matcher = country_names(), PhraseMatcher(vocab, attr="LOWER")
    codes = country_codes().items()
    rows = {form: ("place", names.get(code, form), code, "rule") for form, code in codes}
    for row in lexicon("gazetteer").rows.itertuples():
        for form in (row.form, bare_capitals(row.form)):
            rows[form] = (row.label, row.name or row.form, row.country, "gazetteer")
    changed = (("-", "-"), (" ", "-"), ("-", " "))
    for form in rows:
        bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", composed(form)))
        spelled = dict.fromkeys(s.replace(*p) for s in (composed(form), bare) for p in changed)
        words = [[text[a:b] for a, b in tokenise(text)] for text in spelled]
        matcher.add(form, [Doc(vocab, words=phrase) for phrase in words])
    return matcher, rows


@cache
def country_names() -> dict[str, str]:
    """The French name of each country and territory by its ISO code, from CLDR.

    >>> country_names()["BE"]
    'Belgique'
    """
    from babel import Locale

    others = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    names = Locale("fr").territories.items()
    ours = {row.country: row.name for row in lexicon("countries").rows.itertuples() if row.name}
    return {code: name for code, name in names if code.isalpha() and code not in others} | ours


@cache
def demonyms() -> dict[str, tuple[str, str]]:
    """The name and country of each form of an adjective or noun of nationality (*gentilé*).

    >>> demonyms()["marocaines"]
    ('Maroc', 'MA')
    """
    nations: dict[str, tuple[str, str]] = {}
    for row in lexicon("demonyms").rows.itertuples():
        name = row.name or country_names().get(row.country, row.country)
        for form in filter(None, (row.masculine, row.feminine)):
            for number in (form, form if form.endswith(("s", "x", "z")) else f"{form}s"):
                nations.setdefault(number, (name, row.country))
                nations.setdefault(bare_capitals(number.capitalize()).lower(), (name, row.country))
    return nations
