"""The passages of `attributions` as a reader takes them: one quotation, one voice; a turn is one
passage.
"""

import numpy as np
import pandas as pd

from helpers.count.parts import Mask
from helpers.count.verbs import verb
from helpers.read.corpus import Corpus
from helpers.read.tables import Integers, bounds, changes, need, offsets, spread
from helpers.voices.discourse import AllTables, all_tables
from helpers.voices.turns import NO_CUE

# Kinds of the sentences that have no cue and are no turn.
_SILENT = ("none", "author", "conditional")
LONG = 30  # characters of a quotation that is somebody's, at least


def measured(corpus: Corpus) -> pd.DataFrame:
    """The passages with their number of words and how many of these stand in quotation marks
    (quoted), each with the sentences of its quotation or turn that have no cue of their own. A
    quotation that stands alone goes on with the cue right before it, else it is of the one person
    who is named beside it; it is so marked (verb "—", inferred).
    """
    found, tokens, docs = all_tables(corpus), corpus.tokens, corpus.tokens["doc"]
    said = _merged(found)
    words = np.sort(offsets(tokens, "start", docs)[(tokens["kind"] == "word").to_numpy()])
    (opens, closes), (first, until) = (
        np.searchsorted(words, bounds(of, docs)) for of in (found.quoted, said)
    )
    quoted = np.zeros(len(words) + 1, np.int64)
    quoted[1 + spread(opens, closes - opens)] = 1
    quoted = np.cumsum(quoted)
    return said.assign(words=until - first, quoted=quoted[until] - quoted[first])


def _merged(found: AllTables) -> pd.DataFrame:
    """The passages with those of the same voice as one: that of its cue, or of a turn, from where
    the first begins to where the last ends.
    """
    rows, at = found.attributions.copy(), np.arange(len(found.attributions))
    silent, cued = rows["kind"].isin(_SILENT).to_numpy(), (rows["verb"] != NO_CUE).to_numpy()
    voices = _voices(found, silent, cued & ~silent)
    voice, told = at.copy(), ~(silent | cued)
    voice[voices.index] = voices.pop("voice")
    rows.loc[voices.index, [*voices]] = voices
    doc, kind, name = (pd.factorize(rows[of])[0] for of in ("doc", "kind", "source_name"))
    same = np.where(told, rows["par"], voice), np.where(told, name, -2)
    first = np.flatnonzero(changes(doc, kind, *same))
    cue = np.maximum.reduceat(np.where((voice == at) & ~told, at, -1), first)
    begins = rows[["par", "sent", "start"]].take(first).reset_index(drop=True)
    out = rows.take(np.where(cue < 0, first, cue)).reset_index(drop=True)
    return out.assign(**begins, end=np.maximum.reduceat(rows["end"].to_numpy(), first))


def _voices(found: AllTables, silent: Mask, cued: Mask) -> pd.DataFrame:
    """For each row without a cue that is quoted, the row of its voice and what it gets from it: the
    cue that quotes, else one that a quotation alone follows, else whoever alone is named in the
    sentence before or behind.
    """
    order = pd.Categorical.from_codes(*pd.factorize(found.attributions["doc"]))  # of reading
    rows, docs = found.attributions.assign(doc=order), pd.Series(order)
    (start, end), (opens, closes) = (bounds(table, docs) for table in (rows, found.quoted))
    first, until = np.searchsorted(end, opens, "right"), np.searchsorted(start, closes)
    some = _next(silent, first) < until
    first, until, opens, closes = (of[some] for of in (first, until, opens, closes))
    indirect, before = (rows["kind"] == "indirect").to_numpy(), np.maximum(first - 1, 0)
    cue = _next(cued & ~indirect, first)
    cue = np.where(cue < until, cue, _next(cued, first))
    quoting = cue < until
    # It opens its sentence, and the cue is of its paragraph or, where it tells nothing, the next.
    par, source = offsets(rows, "par", docs), rows["source"].notna().to_numpy()
    led = ~quoting & (start[first] >= opens) & cued[before] & source[before]
    led &= par[first] - par[before] <= indirect[before]
    alone = ~quoting & ~led & (start[first] == opens) & (closes - opens > LONG)
    beside = _beside(rows, found.mentions, first, until).where(alone)
    # The rows of each quotation that is somebody's; one of several is as the last of them has it.
    by = np.flatnonzero(quoting | led | beside.notna())
    row, sizes = spread(first[by], (until - first)[by]), (until - first)[by]
    by = pd.Series(np.repeat(by, sizes), row)[silent[row]]
    by = by[~by.index.duplicated(keep="last")]
    voice = np.where(quoting, cue, first - led)[by]
    of = rows.take(voice)[["kind", "source", "source_name"]].set_axis(by.index)
    of["kind"] = of["kind"].where(quoting[by], "direct")
    of["source_name"] = beside.take(by).set_axis(by.index).fillna(of["source_name"])
    return of.assign(verb=NO_CUE, inferred=True, voice=voice)


def _next(rows: Mask, at: Integers) -> Integers:
    """The next of these rows from each place on, or the end."""
    places = np.append(np.flatnonzero(rows), len(rows))
    return places[np.searchsorted(places, at)]


def _beside(
    rows: pd.DataFrame, mentions: pd.DataFrame, first: Integers, until: Integers
) -> pd.Series:
    """The one person who is named in the sentence right before some rows or right behind them, in
    the paragraph.
    """
    docs, named = rows["doc"], mentions.drop_duplicates(["doc", "start"], keep="last")
    at, (who, names) = offsets(named, "start", docs), pd.factorize(named["name"])
    low, high = np.searchsorted(at, bounds(rows, docs))
    run, par = np.append(np.cumsum(changes(who)), 0), offsets(rows, "par", docs)
    one = (low < high) & (run[low] == run[high - 1])
    name = pd.Series(pd.NA, range(len(first)), "str")
    for side in (until, first - 1):
        near = side.clip(0, len(rows) - 1)
        some = one[near] & (near == side) & (par[near] == par[first])
        name[some] = names.take(who[low[near[some]]])
    return name


def with_text(rows: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The passages with what is written there (passage)."""
    # As lists, since a column of Arrow gives its texts one by one, eight times more slowly.
    texts = dict(zip(*(corpus.documents[of].tolist() for of in ("doc", "text")), strict=True))
    cuts = zip(*(rows[of].tolist() for of in ("doc", "start", "end")), strict=True)
    return rows.assign(passage=[texts[doc][start:end] for doc, start, end in cuts])


@verb
def in_voices(rows: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """In whose voice does each passage stand? (*voix*)

    One row per row given (theme hits, concordance lines: anything with doc and start), with the
    columns source, source_name and kind of the attribution that it stands in, missing where it
    stands in none.

    Parameters: rows (theme hits, concordance lines, …); attributions (of `attributions`).
    Returns: the rows with these columns, in the place of those of the same names.
    Raises: ValueError naming a column that is missing.

    >>> from helpers import open_corpus; from helpers.count.themes import theme_hits
    >>> from helpers.voices import attributions
    >>> corpus = open_corpus()
    >>> hits = in_voices(theme_hits(corpus.tokens), attributions(corpus))
    >>> hits.loc[hits["theme"] == "growth", "source"].dropna().unique().tolist()
    ['La responsable belge', 'Les deux parties']
    """
    need(rows, "doc", "start")
    need(attributions, "doc", "start", "source", "source_name", "kind")
    place, voice = {"doc": "str", "start": "int64"}, ["source", "source_name", "kind"]
    begins = attributions.astype(place)[[*place, *voice]].sort_values("start", kind="stable")
    asked = rows.astype(place)[[*place]].assign(row=range(len(rows))).sort_values("start")
    found = pd.merge_asof(asked, begins, on="start", by="doc").sort_values("row")[voice]
    kept = rows.drop(columns=voice, errors="ignore")
    return pd.concat([kept, found.set_axis(rows.index)], axis=1)
