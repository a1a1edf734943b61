"""Segments: the sequences of words that a corpus holds, and those that it repeats."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.parts import Unit, coded, n_docs, need_unit, words
from helpers.read.tables import Integers, integers, need

# No segment crosses these marks, alone or in a row (...); every other mark is passed over.
STRONG = frozenset(".!?…;:")


class _Level(NamedTuple):
    """The segments of one length: where they begin, and which they are; of each, how frequent it
    is, where it begins first, and whether it is maximal.
    """

    rows: Integers
    numbers: Integers
    f: Integers
    first: Integers
    maximal: NDArray[np.bool_]


def ngrams(tokens: pd.DataFrame, n: int, *, unit: Unit = "type") -> pd.DataFrame:
    """Which sequences of n words are there, and how often? (*segments de longueur n*, n-grammes)

    One row per sequence of n words inside a sentence, the most frequent first. Words only are
    counted: a comma or a number between them is passed over; `. ! ? … ; :` end a segment. Give the
    whole token table, with its punctuation.

    Parameters: tokens (token table with doc, type, kind, and sent if there are sentences); n
    (words, at least 1); unit.
    Returns: columns segment (its units joined by a space, but after an elision), length (= n), f
    (occurrences), n_docs (texts), maximal (no longer segment that contains it is as frequent).
    Raises: ValueError for n below 1, or naming a column that is missing.
    References: Lafon & Salem (1983), Mots 6, 161-177; Salem (1986).

    >>> from helpers import open_corpus
    >>> ngrams(open_corpus(annotate=False).tokens, 4).head(1)[["segment", "f"]].values.tolist()
    [['les services de sécurité', 3]]
    """
    if n < 1:
        raise ValueError(f"n is {n!r}; a segment has at least 1 word")
    return _table(tokens, unit, min_freq=1, lengths=slice(n - 1, n))


def repeated_segments(
    tokens: pd.DataFrame, *, min_length: int = 2, min_freq: int = 2, unit: Unit = "type"
) -> pd.DataFrame:
    """Which sequences of words come back word for word? (*segments répétés*, Salem)

    One row per sequence of at least `min_length` words that occurs at least `min_freq` times, the
    most frequent first, the longer first among equals. A segment stays within a sentence and
    crosses none of `. ! ? … ; :`; other marks and numbers are passed over. Give the whole token
    table, with its punctuation.

    A segment is maximal if no longer segment that contains it is as frequent: the others only
    repeat what a longer one says already.

    Parameters: tokens (token table with doc, type, kind, and sent if there are sentences);
    min_length (words); min_freq (occurrences); unit.
    Returns: columns segment (its units joined by a space, but after an elision), length (words), f
    (occurrences), n_docs (texts), maximal.
    Raises: ValueError for a minimum below 1, or naming a column that is missing.
    References: Lafon & Salem (1983), Mots 6, 161-177; Salem (1986).

    >>> from helpers import open_corpus
    >>> found = repeated_segments(open_corpus(annotate=False).tokens)
    >>> len(found), found["maximal"].sum().item()
    (78, 24)
    """
    for minimum in (min_length, min_freq):
        if minimum < 1:
            raise ValueError(f"a minimum is {minimum!r}; it is at least 1")
    return _table(tokens, unit, min_freq=min_freq, lengths=slice(min_length - 1, None))


def segment_places(
    tokens: pd.DataFrame, segments: pd.DataFrame, *, unit: Unit = "type"
) -> pd.DataFrame:
    """Where do repeated segments stand? (*retour au texte*)

    One row per occurrence of one of the segments, in the order of the segments and of the text.

    Parameters: tokens (the token table that was counted); segments (rows of a table of
    `repeated_segments`); unit (as it was counted).
    Returns: columns segment, length (words), doc, par, sent, start, end (in the text).
    Raises: ValueError naming a column that is missing.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> longest = repeated_segments(tokens).sort_values("length", kind="stable").tail(1)
    >>> segment_places(tokens, longest)["par"].tolist()
    [1, 5]
    """
    need(tokens, "doc", "par", "sent", "start", "end", "type", "kind", unit)
    need(segments, "segment", "length", "f")
    kept = words(tokens)
    codes, names = coded(kept, unit)
    found = []
    if len(segments):
        levels = _levels(codes, _joined(tokens), int(segments["f"].min()))
        for length, level in islice(enumerate(levels, 1), int(segments["length"].max())):
            text = _spelled(names, codes, level.first, length).to_numpy(object)[level.numbers]
            there = np.isin(text, segments["segment"].to_numpy(object))
            rows = level.rows[there]
            table = kept.iloc[rows][["doc", "par", "sent", "start"]].reset_index(drop=True)
            table["end"] = kept["end"].to_numpy()[rows + length - 1]
            table.insert(0, "segment", text[there])
            table.insert(1, "length", length)
            found.append(table)
    columns = ["segment", "length", "doc", "par", "sent", "start", "end"]
    table = pd.concat(found) if found else pd.DataFrame(columns=columns)
    table = table.astype({"segment": "str", "length": "int64", "doc": "str"})
    order = dict(zip(segments["segment"], range(len(segments)), strict=True))
    return table.sort_values(
        "segment", key=lambda names: names.map(order), kind="stable", ignore_index=True
    )


def _table(tokens: pd.DataFrame, unit: Unit, *, min_freq: int, lengths: slice) -> pd.DataFrame:
    """The segments of these lengths (the first level has length 1), in words."""
    need_unit(tokens, unit, "doc", "type", "kind")
    kept = words(tokens[["doc", "kind", unit]])
    codes, names = coded(kept, unit)
    docs = integers(kept["doc"])
    levels = _levels(codes, _joined(tokens), min_freq)
    found = []
    for length, level in islice(enumerate(levels, 1), lengths.start, lengths.stop):
        text = _spelled(names, codes, level.first, length)
        found.append(
            (text, length, level.f, n_docs(level.numbers, docs[level.rows]), level.maximal)
        )
    columns = ("segment", "length", "f", "n_docs", "maximal")
    frames = [pd.DataFrame(dict(zip(columns, row, strict=True))) for row in found]
    table = pd.concat(frames) if frames else pd.DataFrame(columns=list(columns))
    kinds = {**dict.fromkeys(columns[1:4], "int64"), "segment": "str", "maximal": "bool"}
    table = table.astype(kinds).reset_index(drop=True)
    order = table["segment"].array.argsort()
    f, length = (-table[name].to_numpy()[order] for name in ("f", "length"))
    return table.take(order[np.lexsort((length, f))]).reset_index(drop=True)


def _spelled(names: pd.Index, codes: Integers, first: Integers, length: int) -> pd.Series:
    """The segments of this length that begin at these words, written out."""
    import pyarrow as pa
    from pyarrow.compute import binary_join_element_wise

    last = pa.array(names, pa.large_string())
    glued = pa.array((name if name.endswith("'") else f"{name} " for name in names), last.type)
    pieces = [glued.take(pa.array(codes[first + step])) for step in range(length - 1)]
    pieces += [last.take(pa.array(codes[first + length - 1])), pa.scalar("", last.type)]
    return pd.Series(binary_join_element_wise(*pieces), dtype="str")


def _joined(tokens: pd.DataFrame) -> NDArray[np.bool_]:
    """For each word, whether a segment may go on to the next.

    It may in the same text and the same sentence, with no strong mark between.
    """
    column = tokens["type"].astype("category")
    names = column.cat.categories.tolist()
    strong = np.array([name != "" and set(name) <= STRONG for name in names] + [False], bool)
    is_word = (tokens["kind"] == "word").to_numpy()
    breaks = np.cumsum(strong[column.array.codes] & ~is_word)[is_word]
    joined = breaks[1:] == breaks[:-1]
    for name in ("doc", "sent") if "sent" in tokens else ("doc",):
        values = integers(tokens[name])[is_word]
        joined &= values[1:] == values[:-1]
    return np.append(joined, False)[: len(breaks)]


def _levels(codes: Integers, joined: NDArray[np.bool_], min_freq: int) -> Iterator[_Level]:
    """The segments that occur at least min_freq times, length by length.

    A segment of n + 1 words is the pair of its first and its last n words, and is frequent only
    where both are. Of the two, the one that is no more frequent than the pair is not maximal.
    """
    at, numbers, f, first = _frequent(np.arange(len(codes)), codes, min_freq)
    number_at = np.full(len(codes) + 1, -1)
    while len(at):
        number_at[at] = numbers
        longer = at[joined[at] & (number_at[at + 1] >= 0)]
        pairs = number_at[longer] * len(f) + number_at[longer + 1]
        following = _frequent(longer, pd.factorize(pairs)[0], min_freq)
        _, _, next_f, next_first = following
        maximal = np.ones(len(f), bool)
        for shorter in (number_at[next_first], number_at[next_first + 1]):
            maximal[shorter[f[shorter] == next_f]] = False
        yield _Level(at, numbers, f, first, maximal)
        number_at[at] = -1
        at, numbers, f, first = following


def _frequent(
    at: Integers, numbers: Integers, min_freq: int
) -> tuple[Integers, Integers, Integers, Integers]:
    """The occurrences of what is frequent, numbered anew without gaps; its frequencies, and where
    each occurs first.
    """
    f = np.bincount(numbers)
    kept = f >= min_freq
    if not kept.all():
        anew = np.cumsum(kept) - 1
        stay = kept[numbers]
        at, numbers, f = at[stay], anew[numbers[stay]], f[kept]
    first = np.empty(len(f), np.int64)
    first[numbers[::-1]] = at[::-1]
    return at, numbers, f, first
