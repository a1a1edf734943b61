"""Who acts, who speaks, what happens: actors, attributions and events of press texts.

Rules over the syntax that the French model gives, with the word lists `speech.csv`, `speakers.csv`,
`events.csv` and `roles.csv`. What is inferred is marked; what is not known is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.read.corpus import Corpus
from helpers.read.dates import Days, possible_days
from helpers.read.names import country_names
from helpers.read.tables import table
from helpers.voices.meetings import events_of
from helpers.voices.people import Reading, read_names
from helpers.voices.quoting import quotations
from helpers.voices.sources import Speaker, speaker
from helpers.voices.speech import Cue, cues
from helpers.voices.syntax import Syntax, texts

_FAR = 1 << 32  # more than the characters of any text
NO_DAY = Days(None, [], None)

PLACE = {"doc": "str", **dict.fromkeys(("par", "sent", "start", "end"), "int64")}
PERSON = dict.fromkeys(("name", "title", "role", "organisation", "country"), "str")
MENTIONS = PLACE | PERSON | {"form": "str", "inferred": "bool"}
SPAN = {"doc": "str", "start": "int64", "end": "int64"}
ACTORS = PERSON | {"mentions": "int64"} | SPAN
ATTRIBUTIONS = PLACE | {
    "source": "str",
    "source_name": "str",
    "inferred": "bool",
    "verb": "str",
    "kind": "str",
}
EVENTS = {
    "doc": "str",
    **dict.fromkeys(("kind", "host", "guest", "place", "weekday"), "str"),
    "date_candidates": "object",
    "date_precision": "str",
    "start": "int64",
    "end": "int64",
}


class Voices(NamedTuple):
    """Who acts, who speaks, what happens."""

    actors: pd.DataFrame
    attributions: pd.DataFrame
    events: pd.DataFrame


def readings(corpus: Corpus) -> Iterator[Reading]:
    """Each text of the corpus with its names, acronyms and mentions of persons."""
    whole = dict(zip(corpus.documents["doc"], corpus.documents["text"], strict=True))
    entities: dict[str, list[Any]] = {}
    for row in corpus.entities.itertuples(index=False):
        entities.setdefault(row.doc, []).append(row)
    for text in texts(corpus.tokens):
        yield read_names(text, whole[text.doc], entities.pop(text.doc, ()))


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
    return _mentions(readings(corpus))


def _mentions(read: Iterable[Reading]) -> pd.DataFrame:
    rows = []
    for text, _, _, _, found in read:
        for mention in found:
            about = {name: value or None for name, value in mention.person._asdict().items()}
            rows.append(
                _where(text, mention.places)
                | {name: about[name] for name in PERSON}
                | {"form": mention.form, "inferred": mention.inferred}
            )
    return table(rows, MENTIONS)


def _where(text: Syntax, places: range) -> dict[str, Any]:
    start, end = text.span(places[0], places[-1])
    first = places[0]
    return {
        "doc": text.doc,
        "par": text.par[first],
        "sent": text.sent[first],
        "start": start,
        "end": end,
    }


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
    return voices(corpus).actors


def voices(corpus: Corpus) -> Voices:
    """`actors`, `attributions` and `events` at once: the texts are read once for the three."""
    read = list(readings(corpus))
    said, met = _attributions(read), _events(corpus, read)
    return Voices(_actors(corpus, _mentions(read), said, met), said, met)


def _actors(
    corpus: Corpus, named: pd.DataFrame, said: pd.DataFrame, met: pd.DataFrame
) -> pd.DataFrame:
    persons = set(named["name"])
    said = said.dropna(subset="source_name")
    bodies = pd.concat(
        [
            said.assign(name=said["source_name"]),
            *(met.assign(name=met[side]) for side in ("host", "guest")),
        ],
        ignore_index=True,
    )
    bodies = bodies.assign(name=bodies["name"].str.split("; ")).explode("name")
    bodies = bodies[bodies["name"].notna() & ~bodies["name"].isin(persons)]
    every = pd.concat([named, bodies.reindex(columns=list(MENTIONS))], ignore_index=True)
    if every.empty:
        return table([], ACTORS)
    longest = every.assign(length=-every["role"].str.len().fillna(0)).sort_values(
        "length", kind="stable"
    )
    about = longest.groupby("name", sort=False)[[*PERSON][1:]].first()
    seats = corpus.entities.dropna(subset="country").groupby("name")["country"].first()
    first = every.groupby("name", sort=False)[list(SPAN)].first()
    counts = every.groupby("name", sort=False).size().rename("mentions")
    out = first.join(about).join(counts).reset_index()
    out["country"] = out["country"].fillna(out["name"].map(seats))
    out = out.sort_values(["mentions", "name"], ascending=[False, True], ignore_index=True)
    return out.astype(ACTORS)[list(ACTORS)]


def attributions(corpus: Corpus) -> pd.DataFrame:
    """Who is made to say what? (*discours rapporté*)

    One row per cue of attribution, in reading order, and one row of kind `none` per sentence
    without a cue, so that the passages of a text cover its sentences.

    Returns: columns doc, par, sent, start, end (the passage: the cue with its source and what is
    said; two cues share their sentence out), source (as written), source_name (as in `actors`),
    inferred (True where an office, a pronoun or a short form leads to the name), verb (lemma, or
    the preposition), kind (`according_to`; `direct` with a quotation; `indirect`; `none`).
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> attributions(open_corpus()).dropna(subset="verb")["verb"].tolist()
    ['selon', 'féliciter', 'faire part', 'souligner']
    """
    return _attributions(readings(corpus))


def _attributions(read: Iterable[Reading]) -> pd.DataFrame:
    return table((row for reading in read for row in _attributed(reading)), ATTRIBUTIONS)


def _attributed(reading: Reading) -> Iterator[dict[str, Any]]:
    text = reading.text
    found: dict[int, list[Cue]] = {}
    for cue in cues(text):
        found.setdefault(text.sent[cue.first], []).append(cue)
    last, spoken = Speaker("", "", False), quotations(text)
    place = 0
    while place < len(text.form):
        sentence = text.sentence[place]
        passages = list(_passages(sentence, found.get(text.sent[place], [])))
        for cue, places in passages:
            here = _where(text, places)
            last = speaker(reading, cue, last)
            yield here | last.columns() | {"verb": cue.verb, "kind": _kind(cue, places, spoken)}
        if not passages:
            yield _where(text, sentence) | {"inferred": False, "kind": "none"}
        place = sentence[-1] + 1


def _kind(cue: Cue, places: range, spoken: list[tuple[int, int]]) -> str:
    if cue.preposition:
        return "according_to"
    quoted = any(first <= places[-1] and places[0] <= last for first, last in spoken)
    return "direct" if quoted else "indirect"


def _passages(sentence: range, found: list[Cue]) -> Iterator[tuple[Cue, range]]:
    """The sentence shared out among its cues: each passage begins at its source or cue, or, where
    what is said stands before the cue, at the end of the passage before.
    """
    begins = [sentence[0]]
    for before, cue in zip(found, found[1:], strict=False):
        own = [p for p in cue.source[:1] if before.last < p < cue.first]
        behind = max([before.last, *before.source]) + 1
        begins.append(behind if cue.behind else min([cue.first, *own]))
    for first, until, cue in zip(begins, [*begins[1:], sentence[-1] + 1], found, strict=False):
        yield cue, range(first, max(until, first + 1))


def events(corpus: Corpus) -> pd.DataFrame:
    """What happened, between whom, where, on which days? (*événements*)

    One row per reception, visit, meeting, call or signature that a sentence tells as a fact; told
    again of the same parties it is the same event.

    Returns: columns doc, kind, host, guest (as in `actors`), place, weekday (as written), each
    missing where the sentence does not tell it; date_candidates (list of ISO days that the words
    and the date of the text allow; empty where nothing is known), date_precision (`day` with one
    candidate, `unresolved` with several, else missing), start, end (the sentence).
    Raises: ValueError on a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> events(open_corpus())["date_candidates"].item()
    ['2024-11-04', '2024-11-11', '2024-11-18', '2024-11-25']
    """
    return _events(corpus, readings(corpus))


def _events(corpus: Corpus, read: Iterable[Reading]) -> pd.DataFrame:
    about = corpus.documents
    spans = zip(about["date_start"], about["date_end"], strict=True)
    dated = dict(zip(about["doc"], spans, strict=True))
    rows = []
    for reading in read:
        for event in events_of(reading):
            here = _where(reading.text, reading.text.sentence[event.place])
            parties = {"kind": event.kind, "host": event.host or None, "guest": event.guest or None}
            when = _days(reading, here["sent"], dated[reading.text.doc])
            rows.append(here | parties | {"place": _venue(reading, here["sent"])} | when._asdict())
    return table(rows, EVENTS)


def _days(reading: Reading, sentence: int, dated: tuple[pd.Timestamp, pd.Timestamp]) -> Days:
    """The days of the first date of the sentence that names one."""
    found = (
        possible_days(reading.written[start:end], *dated)
        for sent, start, end in reading.names.dates
        if sent == sentence
    )
    return next((days for days in found if days.date_candidates or days.weekday), NO_DAY)


def _venue(reading: Reading, sentence: int) -> str | None:
    """The first place behind *à*, *au*, *en* outside of offices; a town before a country."""
    text, countries = reading.text, set(country_names().values())
    offices = {place for mention in reading.mentions for place in mention.role}
    inside = [named for named in reading.names.places if text.sent[named[0]] == sentence]
    for place, name in sorted(inside, key=lambda named: named[1] in countries):
        determined = place > text.sentence[place][0] and text.pos[place - 1] == "DET"
        before = text.previous(place - determined)
        if before in ("à", "au", "aux", "en", "dans") and place not in offices:
            return name
    return None


def in_voices(rows: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """In whose voice does each passage stand? (*voix*)

    One row per row given (theme hits, concordance lines: anything with doc and start), with the
    columns source, source_name and kind of the attribution that it stands in, missing where it
    stands in none.

    >>> from helpers import open_corpus; from helpers.count.themes import theme_hits
    >>> corpus = open_corpus()
    >>> hits = in_voices(theme_hits(corpus.tokens), attributions(corpus))
    >>> hits.loc[hits["theme"] == "growth", "source"].dropna().unique().tolist()
    ['La responsable belge', 'Les deux parties']
    """
    docs = pd.Index(attributions["doc"].unique())
    begins = docs.get_indexer(attributions["doc"]) * _FAR + attributions["start"].to_numpy()
    wanted = docs.get_indexer(rows["doc"].astype("str")) * _FAR + rows["start"].to_numpy()
    at = np.searchsorted(begins, wanted, "right") - 1
    own = at >= np.searchsorted(begins, wanted // _FAR * _FAR)  # else of another text, or none
    said = attributions[["source", "source_name", "kind"]].reset_index(drop=True)
    voice = said.reindex(np.where(own, at, -1))
    return pd.concat([rows, voice.set_axis(rows.index)], axis=1)
