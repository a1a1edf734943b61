"""Who acts, who speaks, what happens: actors, attributions and events of press texts.

Rules over the syntax that the French model gives, with the word lists `speech.csv`, `speakers.csv`,
`events.csv` and `roles.csv`. What is inferred is marked; what is not known is missing.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pandas as pd

from helpers.count.verbs import verb
from helpers.read.corpus import Corpus
from helpers.read.tables import Rows, table
from helpers.voices.institutions import body, listed
from helpers.voices.meetings import events_of
from helpers.voices.people import Mention, Reading, is_role, read_names, whole_names
from helpers.voices.pronouns import last_named, may_be, stands_for
from helpers.voices.speech import Cue, cues
from helpers.voices.syntax import WORDS, Names, Spans, Syntax, quotations, texts
from helpers.voices.turns import told_in_turns
from helpers.voices.vocabulary import speaker_kind, unhung

PLACE = {"doc": "str", **dict.fromkeys(("par", "sent", "start", "end"), "int64")}
PERSON = dict.fromkeys(("name", "title", "role", "organisation", "country"), "str")
MENTIONS = PLACE | PERSON | {"form": "str", "inferred": "bool"}
SPAN = {"doc": "str", "start": "int64", "end": "int64"}
ACTORS = PERSON | {"mentions": "int64"} | SPAN
ATTRIBUTIONS = PLACE | {"source": "str", "source_name": "str", "inferred": "bool"}
ATTRIBUTIONS |= {"verb": "str", "kind": "str"}
EVENTS = dict.fromkeys(("doc", "kind", "host", "guest", "place", "weekday"), "str")
EVENTS |= {"date_candidates": "object", "date_precision": "str", "start": "int64", "end": "int64"}


class AllTables(NamedTuple):
    """Who acts, who speaks, what happens; where persons are named, and where the texts quote."""

    actors: pd.DataFrame
    attributions: pd.DataFrame
    events: pd.DataFrame
    mentions: pd.DataFrame
    quoted: pd.DataFrame


# What the corpora that are open tell: beside them, since a corpus is its seven tables.
_TOLD: WeakKeyDictionary[Corpus, AllTables] = WeakKeyDictionary()


class Speaker(NamedTuple):
    """A source as it is written, the name that it stands for, and whether that is inferred; empty
    where nobody is named.
    """

    source: str = ""
    source_name: str = ""
    inferred: bool = False


def all_tables(corpus: Corpus) -> AllTables:
    """All that the texts of a corpus tell; they are read once, whichever verb asks first, and not
    again where only the names of outlets are others.
    """
    if corpus not in _TOLD:
        alike = (told for of, told in _TOLD.items() if _alike(of, corpus))
        _TOLD[corpus] = next(alike, None) or _told(corpus)
    return _TOLD[corpus]


def _alike(one: Corpus, two: Corpus) -> bool:
    """Do two corpora differ in the names of outlets only?"""
    same = all(getattr(one, of) is getattr(two, of) for of in ("paragraphs", "tokens", "entities"))
    about = (of.documents.drop(columns="outlet", errors="ignore") for of in (one, two))
    return same and next(about).equals(next(about))


def _told(corpus: Corpus) -> AllTables:
    cues, *rows = _rows(corpus)
    named, met, quoted = map(_table, rows, (MENTIONS, EVENTS, PLACE))
    said = _table(told_in_turns(corpus, cues, named), ATTRIBUTIONS)
    return AllTables(_actors(corpus, named, said, met), said, met, named, quoted)


def first_printed(corpus: Corpus) -> Corpus:
    """The corpus without its reprints, which is not read anew."""
    kept, (_, *tables) = corpus.without_reprints(), all_tables(corpus)
    if kept is not corpus:
        docs = pd.Index(kept.documents["doc"])
        own = (table[docs.get_indexer(table["doc"]) >= 0] for table in tables)
        said, met, named, quoted = (table.reset_index(drop=True) for table in own)
        _TOLD[kept] = AllTables(_actors(kept, named, said, met), said, met, named, quoted)
    return kept


def _rows(corpus: Corpus) -> tuple[Rows, Rows, Rows, Rows]:
    """The rows of attributions, mentions, events and quotations, text by text."""
    about = {row.doc: row for row in corpus.documents.itertuples(index=False)}
    known = corpus.entities.astype({"country": "str"}).fillna({"country": ""})
    by_doc = groupby(known.itertuples(index=False), key=attrgetter("doc"))
    entities = {doc: [*rows] for doc, rows in by_doc}
    named, said, met, quoted = [], [], [], []
    for text in texts(corpus.tokens):
        doc, spoken = about[text.doc], quotations(text)
        reading = read_names(text, doc.text, entities.pop(text.doc, ()))
        people, told = reading.mentions, events_of(reading, doc.date_start, doc.date_end)
        named += (_where(text, m.places) | m._asdict() | m.person._asdict() for m in people)
        said += _attributed(reading, spoken)
        met += (_where(text, text.sentence[e.verb]) | e._asdict() | e.days._asdict() for e in told)
        quoted += (_where(text, range(first, last + 1)) for first, last in spoken)
    return said, named, met, quoted


def _table(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    """The rows as a table of these columns, an empty text as missing."""
    known = ({k: None if value == "" else value for k, value in row.items()} for row in rows)
    return table(known, columns)


@verb
def mentions(corpus: Corpus) -> pd.DataFrame:
    """Where is each person named, and how? (*désignations*)

    One row per mention of a person by name, surname (of a full name in the same text) or office.

    Returns: columns doc, par, sent, start, end; name, title, role, organisation, country of the
    person as the whole text tells them, missing where it does not; form (name, surname, role);
    inferred (True where an office alone leads to the person).
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> mentions(open_corpus())["form"].tolist()
    ['name', 'name', 'role', 'role']
    """
    return all_tables(corpus).mentions


def _where(text: Syntax, places: range) -> dict[str, Any]:
    """Where a passage stands: text, paragraph, sentence, offsets."""
    first, end = places[0], text.end[places[-1]]
    place = {"par": text.par[first], "sent": text.sent[first], "start": text.start[first]}
    return {"doc": text.doc, **place, "end": end}


@verb
def actors(corpus: Corpus) -> pd.DataFrame:
    """Who are the persons and institutions of these texts? (*acteurs*)

    One row per person who is named, and per institution that speaks, receives or is received; the
    most mentioned first. Two persons of one name are one row.

    Returns: columns name, title (M., Mme…), role (the longest as written), organisation (full
    names, joined by "; "), country (ISO code), each missing where no text tells it; mentions (by
    name, surname, office; of an institution: as a source or party of an event); doc, start,
    end of the first mention.
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> actors(open_corpus())[["name", "title", "country"]].values.tolist()[1]
    ['Francisca Bostyn', 'Mme', 'BE']
    """
    return all_tables(corpus).actors


def _actors(
    corpus: Corpus, named: pd.DataFrame, said: pd.DataFrame, met: pd.DataFrame
) -> pd.DataFrame:
    sides = ((said, "source_name"), (met, "host"), (met, "guest"))
    bodies = pd.concat([rows.assign(name=rows[side]) for rows, side in sides], ignore_index=True)
    bodies = bodies.assign(name=bodies["name"].str.split("; ")).explode("name")
    bodies = bodies[bodies["name"].notna() & ~bodies["name"].isin(named["name"])]
    every = pd.concat([named, bodies.reindex(columns=list(MENTIONS))], ignore_index=True)
    order = {"ascending": False, "kind": "stable", "key": lambda role: role.str.len().fillna(0)}
    longest = every.sort_values("role", **order)
    about = longest.groupby("name", sort=False)[[*PERSON][1:]].first()
    seats = corpus.entities.dropna(subset="country").groupby("name")["country"].first()
    grouped = every.groupby("name", sort=False)
    out = grouped[list(SPAN)].first().join(about).assign(mentions=grouped.size()).reset_index()
    out["country"] = out["country"].fillna(out["name"].map(seats))
    out = out.sort_values(["mentions", "name"], ascending=[False, True], ignore_index=True)
    return out.astype(ACTORS)[list(ACTORS)]


@verb
def attributions(corpus: Corpus) -> pd.DataFrame:
    """Who is made to say what? (*discours rapporté*)

    One row per cue of attribution, in reading order, and one row of kind `none` per sentence
    without a cue, so that the passages of a text cover its sentences.

    Returns: columns doc, par, sent, start, end (the passage: the cue with its source and what is
    said; two cues share their sentence out), source (as written), source_name (as in `actors`),
    inferred (True where an office, a pronoun or a short form leads to the name), verb (lemma, the
    preposition, the noun, or the colon of Awa Ndoye : « … »; "—" where no word tells it), kind
    (`according_to`; `direct` with a quotation, behind the name of its speaker, or the answer of an
    interview; `indirect`; `question` of an interview; `author`: of the author of an op-ed or a
    letter; `conditional`: hearsay that names nobody, its verb aurait or serait; `none`).
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> attributions(open_corpus()).dropna(subset="verb")["verb"].tolist()
    ['selon', 'féliciter', 'faire part', 'souligner']
    """
    return all_tables(corpus).attributions


def _attributed(reading: Reading, spoken: Spans) -> Iterator[dict[str, Any]]:
    """The passages of one text: those of the cues of each sentence, or the sentence; spoken are its
    quotations.
    """
    text = reading.text
    persons = (*reading.names.of("person"), *reading.mentions)
    named = {place for places, *_ in persons for place in places}
    bodies = {place for places, _ in reading.names.of("organisation") for place in places}
    last, par = Speaker(), 0
    found = cues(text, named, bodies, spoken)
    found = [cue._replace(source=whole_names(reading, cue.source)) for cue in found]
    for sentence in dict.fromkeys(text.sentence):
        passages = list(_passages(sentence, [cue for cue in found if cue.first in sentence]))
        if text.par[sentence[0]] > par + 1:
            last = Speaker()
        for cue, places in passages:
            last, par = _speaker(reading, cue, last, spoken), text.par[cue.first]
            about = {"verb": cue.verb, "kind": _kind(text, cue, places, spoken)}
            yield _where(text, places) | last._asdict() | about
        if not passages:
            yield _where(text, sentence) | {"inferred": False, "kind": "none"}


def _kind(text: Syntax, cue: Cue, places: range, spoken: Spans) -> str:
    """According to somebody, direct (a quotation, a turn behind a dash), or indirect: so is what is
    told within a quotation.
    """
    if cue.preposition:
        return "according_to"
    if cue.verb in WORDS["hearsay"]:
        return "conditional"
    within = any(a < cue.first < b and not cue.behind for a, b in spoken)
    quoted = any(a <= places[-1] and places[0] <= b for a, b in spoken) and not within
    opens = cue.behind and text.form[text.sentence[cue.first][0]] in ("—", "–")
    return "direct" if cue.verb == ":" or quoted or opens else "indirect"


def _speaker(reading: Reading, cue: Cue, last: Speaker, spoken: Spans) -> Speaker:
    """The source of a cue, its name read from the phrase itself, else from what stands before."""
    text, _, names, mentions = reading
    if not cue.source:
        return Speaker()
    source = unhung(text.written(cue.source))
    first, end = cue.source[0], cue.source[-1]
    near = [m for m in mentions if m.places[-1] >= first and m.places[0] <= end + 9]
    inside = [m for m in near if _names(text, m, cue.source)]
    beside = [m for m in near if not inside and stands_for(text, m, cue)]
    persons = dict.fromkeys(m.person.name for m in (*inside, *beside) if not m.inferred)
    if persons:
        return Speaker(source, "; ".join(persons))
    if inside:
        return Speaker(source, inside[0].person.name, True)
    office = speaker_kind(text, end) is not None or text.type[end] in WORDS["last"]
    if (office or text.type[first] not in WORDS["this"]) and (name := _body(text, names, cue)):
        return Speaker(source, name)
    name = _from_before(text, cue.source, last, mentions, spoken)
    return Speaker(source, name, bool(name))


def _body(text: Syntax, names: Names, cue: Cue) -> str:
    """The institution that speaks, or those that "et" joins; a person of one is none."""
    inner = [name for *_, name in listed(text, names, cue.source)]
    within = {p for places, _ in names.of("organisation") for p in places[1:]}  # droits de l'homme
    nouns = (p for p in cue.source if text.pos[p] not in ("DET", "PROPN") and p not in within)
    kinds = (speaker_kind(text, p) for p in nouns)
    if next(filter(None, kinds), None) == "person":
        return ""
    if len({*inner}) > 1 and "et" in [text.type[p] for p in cue.source]:
        return "; ".join(inner)
    return next(filter(None, (body(text, cue.source, names, cue.first), *inner)), "")


def _names(text: Syntax, mention: Mention, source: range) -> bool:
    """Is the source this person, not the wife of such a one?"""
    first = min({*mention.places, *mention.role} & {*source}, default=-1)
    if first <= source[0]:
        return first == source[0]
    before = first - 1
    if not mention.role and is_role(text, before):  # the widow of the captain, X
        before = max(before - 1, source[0])
    before = max(before - (text.pos[before] == "DET"), source[0])
    return text.type[first] not in ("du", "des", "au") and text.pos[before] != "ADP"


def _from_before(
    text: Syntax, source: range, last: Speaker, mentions: list[Mention], spoken: Spans
) -> str:
    """elle, il, ce dernier: the one person that it can be; la même source: the last source."""
    first = source[0]
    if text.type[first] == "la" and "même" in text.type[first : source[-1]]:
        return last.source_name
    pronoun = text.pos[first] == "PRON" and text.type[first] not in WORDS["somebody"]
    if not pronoun and text.type[first] not in WORDS["this"]:
        return ""
    if last.source and not last.source_name and may_be(text.type[first], last.source):
        return ""  # an unnamed person spoke last
    return last_named(text, mentions, first, spoken)


def _passages(sentence: range, found: list[Cue]) -> Iterator[tuple[Cue, range]]:
    """The sentence shared out among its cues: each passage begins at its source or cue, or, where
    what is said stands before the cue, at the end of the passage before.
    """
    begins = [sentence[0]]
    for before, cue in pairwise(found):
        own = [p for p in cue.source[:1] if before.last < p < cue.first]
        behind = max([before.last, *before.source]) + 1
        begins.append(behind if cue.behind else min([cue.first, *own]))
    for cue, (first, until) in zip(found, pairwise([*begins, sentence[-1] + 1]), strict=False):
        yield cue, range(first, max(until, first + 1))


@verb
def events(corpus: Corpus) -> pd.DataFrame:
    """What happened, between whom, where, on which days? (*événements*)

    One row per reception, visit, meeting, call or signature that a sentence tells as a fact; told
    again of the same parties it is the same event.

    Returns: columns doc, kind, host, guest (as in `actors`), place, weekday (as written), each
    missing where the sentence does not tell it; date_candidates (list of ISO days that the words,
    their tense and the date of the text allow: lundi is the Monday before in the past, the next one
    in the future, else either; empty where nothing is known), date_precision (`day` with one
    candidate, `unresolved` with several, else missing), start, end (the sentence).
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> events(open_corpus())["date_candidates"].item()
    ['2024-11-04', '2024-11-11', '2024-11-18', '2024-11-25']
    """
    return all_tables(corpus).events
