"""The passages of `attributions` as a reader takes them: one quotation, one voice; a turn is one
passage.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from helpers.read.corpus import Corpus
from helpers.read.tables import begun, covered, table
from helpers.voices.discourse import ATTRIBUTIONS, all_tables
from helpers.voices.turns import NO_CUE, places_of

Row = dict[str, Any]
# Kinds of the sentences that have no cue and are no turn.
_SILENT = ("none", "author", "conditional")
LONG = 30  # characters of a quotation that is somebody's, at least


def whole(corpus: Corpus) -> pd.DataFrame:
    """The passages with their text, number of words and how many of these stand in quotation marks
    (quoted), each with the sentences of its quotation or turn that have no cue of their own. A
    quotation that stands alone goes on with the cue right before it, else it is of the one person
    who is named beside it; it is so marked (verb "—", inferred).
    """
    found, docs = all_tables(corpus), corpus.tokens["doc"]
    people = places_of(found.mentions)
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in found.quoted.itertuples():
        spans.setdefault(row.doc, []).append((row.start, row.end))
    told = found.attributions.to_dict("records")  # once: a table for each text takes longer
    texts = groupby(told, key=itemgetter("doc"))
    rows = (_merged([*own], spans.get(doc, []), people.get(doc, {})) for doc, own in texts)
    said = table(chain.from_iterable(rows), ATTRIBUTIONS)
    words = corpus.tokens[corpus.tokens["kind"] == "word"]
    said["words"] = begun(words, said, docs)
    said["quoted"] = begun(words[covered(words, found.quoted)], said, docs)
    texts = dict(zip(corpus.documents["doc"], corpus.documents["text"], strict=True))
    cuts = zip(said["doc"], said["start"], said["end"], strict=True)
    return said.assign(passage=[texts[doc][start:end] for doc, start, end in cuts])


def _merged(
    rows: Sequence[Row], spans: Sequence[tuple[int, int]], people: Mapping[int, str]
) -> Iterator[Row]:
    """The rows of one text with those of the same voice as one: that of its cue, or of a turn, from
    where the first begins to where the last ends.
    """
    voices, keyed = _voices(rows, spans, people), []
    for at, row in enumerate(rows):
        voice, of = voices.get(at, (at, {}))
        told = row["verb"] == NO_CUE and row["kind"] not in _SILENT
        row = row | of
        same = (row["par"], row["kind"], row["source_name"]) if told else (voice, row["kind"])
        keyed.append((same, at == voice and not told, row))
    for _, together in groupby(keyed, key=itemgetter(0)):
        own = [*together]
        first, last = own[0][2], own[-1][2]
        cue = next((row for _, is_cue, row in reversed(own) if is_cue), first)
        yield cue | {name: first[name] for name in ("par", "sent", "start")} | {"end": last["end"]}


def _voices(
    rows: Sequence[Row], spans: Sequence[tuple[int, int]], people: Mapping[int, str]
) -> dict[int, tuple[int, Row]]:
    """For each row without a cue that is quoted, the row of its voice and what it gets from it: the
    cue that quotes, else one that a quotation alone follows, else whoever alone is named in the
    sentence before or behind (people are the places of names).
    """
    found = {}
    starts, ends = ([row[place] for row in rows] for place in ("start", "end"))
    for start, end in spans:
        inside = range(bisect_right(ends, start), bisect_left(starts, end))
        silent = [at for at in inside if rows[at]["kind"] in _SILENT]
        cued = [at for at in inside if at not in silent and rows[at]["verb"] != NO_CUE]
        quoting = [at for at in cued if rows[at]["kind"] != "indirect"] or cued
        if not silent:
            continue
        led = not quoting and _leads(rows, inside[0], start)
        voice = quoting[0] if quoting else inside[0] - led
        of = {name: rows[voice][name] for name in ("kind", "source", "source_name")}
        of |= {"verb": NO_CUE, "inferred": True}
        if not (quoting or led):
            alone = start == starts[inside[0]] and end - start > LONG
            of["source_name"] = _beside(rows, inside, people) if alone else ""
        if quoting or led or of["source_name"]:
            kind = of["kind"] if quoting else "direct"
            found |= {at: (voice, of | {"kind": kind}) for at in silent}
    return found


def _beside(rows: Sequence[Row], inside: range, people: Mapping[int, str]) -> str:
    """The one person who is named in the sentence right before or behind, in the paragraph."""
    for at in (inside[0] - 1, inside[-1] + 1):
        row = rows[at] if 0 <= at < len(rows) else None
        if row and row["par"] == rows[inside[0]]["par"]:
            names = {name for place, name in people.items() if row["start"] <= place < row["end"]}
            if len(names) == 1:
                return names.pop()
    return ""


def _leads(rows: Sequence[Row], first: int, start: int) -> bool:
    """Does a quotation that opens its sentence follow the passage of a cue, in its paragraph or,
    where the cue has none of its own, in the next?
    """
    if not first or rows[first]["start"] < start:
        return False
    before = rows[first - 1]
    spoken = before["kind"] not in _SILENT and before["verb"] != NO_CUE
    told_apart = rows[first]["par"] - before["par"] <= (before["kind"] == "indirect")
    return spoken and isinstance(before["source"], str) and told_apart
