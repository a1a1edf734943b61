"""Segments: the sequences of words that a corpus holds, those that it repeats, and the passages
that its texts share.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.parts import By, Mask, TooLittleText, Unit, coded, need_order, need_unit, words
from helpers.count.verbs import Tokens, verb
from helpers.read.checks import From1, From2
from helpers.read.tables import Integers, changes, integers, need, numbers_in, spread, table

# No segment crosses these marks, alone or in a row (...); every other mark is passed over.
STRONG = frozenset(".!?…;:")
LONGEST = 50  # words of a segment; hardly a sentence of the press has more
EARLIEST = 20  # places in another text that a place of a shared segment is compared with
BLOCK = 1 << 21  # places that are looked up together: bounds the memory
HALF = 0.5  # of the words of the shorter of two texts: what makes them a chain
SEGMENT = {"segment": "str", **dict.fromkeys(("length", "f", "n_docs"), "int64"), "maximal": "bool"}


class _Held(NamedTuple):
    """The places at which segments of one length begin: their text, their row among the words, and
    which segment it is; and the words of each text.
    """

    doc: Integers
    rows: Integers
    numbers: Integers
    size: Integers


class _Level(NamedTuple):
    """The segments of one length: where they begin, and which they are; of each, how frequent it
    is, where it begins first, and whether it is maximal.
    """

    rows: Integers
    numbers: Integers
    f: Integers
    first: Integers
    maximal: Mask


@verb
def ngrams(tokens: Tokens, n: From1, *, unit: Unit = "type") -> pd.DataFrame:
    """Which sequences of n words are there, and how often? (*segments de longueur n*, n-grammes)

    One row per sequence of n words inside a sentence, the most frequent first. Words only are
    counted: a comma or a number between them is passed over; `. ! ? … ; :` end a segment. Give the
    whole token table, with its punctuation.

    Parameters: tokens (corpus, or token table with doc, type, kind, and sent if there are
    sentences); n (words, at least 1); unit.
    Returns: columns segment (its units joined by a space, but after an elision), length (= n), f
    (occurrences), n_docs (texts), maximal (no longer segment that contains it is as frequent).
    Raises: ValueError for n below 1, or naming a column that is missing.
    References: Lafon & Salem (1983), Mots 6, 161-177; Salem (1986).

    >>> from helpers import open_corpus
    >>> ngrams(open_corpus(annotate=False).tokens, 4).head(1)[["segment", "f"]].values.tolist()
    [['les services de sécurité', 3]]
    """
    return _table(tokens, unit, min_freq=1, lengths=(n, n), maximal=False)


@verb
def repeated_segments(
    tokens: Tokens,
    *,
    min_length: From1 = 2,
    max_length: From1 = LONGEST,
    min_freq: From1 = 2,
    maximal: bool = True,
    unit: Unit = "type",
) -> pd.DataFrame:
    """Which sequences of words come back word for word? (*segments répétés*, Salem)

    One row per maximal sequence of at least `min_length` words that occurs at least `min_freq`
    times, the most frequent first, the longer first among equals. A segment stays within a sentence
    and crosses none of `. ! ? … ; :`; other marks and numbers are passed over. Give the whole token
    table, with its punctuation.

    A segment is maximal if no longer segment that contains it is as frequent: the others, which
    `maximal=False` gives as well, only repeat what a longer one says already. There are fewer
    maximal segments than words, and all others together may be many times the text.

    A segment of more than `max_length` words is left out, and so is what occurs in it only. Of the
    sentences of the press hardly any is as long as 50 words: what is longer is a list or a table
    that is printed again, and `reuse` finds it.

    Parameters: tokens (corpus, or token table with doc, type, kind, and sent if there are
    sentences); min_length, max_length (words); min_freq (occurrences); maximal (False: all); unit.
    Returns: columns segment (its units joined by a space, but after an elision), length (words), f
    (occurrences), n_docs (texts), maximal.
    Raises: ValueError for a minimum below 1, a max_length below min_length, or naming a column that
    is missing.
    References: Lafon & Salem (1983), Mots 6, 161-177; Salem (1986).

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> len(repeated_segments(tokens)), len(repeated_segments(tokens, maximal=False))
    (24, 78)
    """
    if max_length < min_length:
        raise ValueError(f"max_length is {max_length}, below min_length, {min_length}")
    lengths = min_length, max_length
    return _table(tokens, unit, min_freq=min_freq, lengths=lengths, maximal=maximal)


@verb
def segment_places(tokens: Tokens, segments: pd.DataFrame, *, unit: Unit = "type") -> pd.DataFrame:
    """Where do repeated segments stand? (*retour au texte*)

    One row per occurrence of one of the segments, in the order of the segments and of the text.

    Parameters: tokens (corpus, or token table, that was counted); segments (rows of a table of
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
    kept, wanted = words(tokens), pd.Index(segments["segment"], dtype="str").unique()
    codes, names = coded(kept, unit)
    spelled = _spelling(codes, names)
    levels = _levels(codes, _joined(tokens), min(segments["f"], default=1))
    found, lengths = [np.zeros((3, 0), np.int64)], {*segments["length"]}
    for length, level in islice(enumerate(levels, 1), max(lengths, default=0)):
        if length in lengths:
            number = wanted.get_indexer(spelled(level.first, length))[level.numbers]
            there = np.flatnonzero(number >= 0)
            found.append([number[there], np.full(len(there), length), level.rows[there]])
    number, length, row = np.concatenate(found, axis=1)
    places = kept.iloc[row][["doc", "par", "sent", "start"]].reset_index(drop=True)
    places["end"] = kept["end"].to_numpy()[row + length - 1]
    places.insert(0, "segment", wanted[number])
    places.insert(1, "length", length)
    order = np.argsort(number, kind="stable")
    return places.take(order).reset_index(drop=True).astype({"doc": "str"})


def _table(
    tokens: pd.DataFrame, unit: Unit, *, min_freq: int, lengths: tuple[int, int], maximal: bool
) -> pd.DataFrame:
    """The segments from one length to another, all or the maximal ones, in words."""
    need_unit(tokens, unit, "doc", "type", "kind")
    counted = words(tokens[["doc", "kind", unit]])
    codes, names = coded(counted, unit)
    docs, spelled = integers(counted["doc"]), _spelling(codes, names)
    levels, found = enumerate(_levels(codes, _joined(tokens), min_freq), 1), [table([], SEGMENT)]
    for length, level in islice(levels, lengths[0] - 1, lengths[1]):
        kept = level.maximal | (not maximal)
        at, number = kept[level.numbers], np.cumsum(kept) - 1
        held = parts.n_docs(number[level.numbers[at]], docs[level.rows[at]])
        text = spelled(level.first[kept], length)
        row = (text, length, level.f[kept], held, level.maximal[kept])
        found.append(pd.DataFrame(dict(zip(SEGMENT, row, strict=True))))
    order = {"f": False, "length": False, "segment": True}
    return pd.concat(found).sort_values([*order], ascending=[*order.values()], ignore_index=True)


def _spelling(codes: Integers, names: pd.Index) -> Callable[[Integers, int], pd.Series]:
    """A function that writes out the segments of one length, of the words that they begin with.

    They are cut out of all words one after the other: what is long takes as little time as a word.
    """
    glued = [name if name.endswith("'") else f"{name} " for name in names]
    starts = np.append(0, np.cumsum(np.array([*map(len, glued)], np.int64)[codes]))
    text = "".join(map(glued.__getitem__, memoryview(codes)))

    def spelled(first: Integers, length: int) -> pd.Series:
        spans = zip(starts[first].tolist(), starts[first + length].tolist(), strict=True)
        return pd.Series([text[start:stop].removesuffix(" ") for start, stop in spans], dtype="str")

    return spelled


def _joined(tokens: pd.DataFrame) -> Mask:
    """Mask of the words after which a segment may go on: the next is in the same text and sentence,
    with no strong mark between.
    """
    need_order(tokens)
    column = tokens["type"].astype("category")
    names = column.cat.categories.tolist()
    strong = np.array([name != "" and set(name) <= STRONG for name in names] + [False], bool)
    is_word = (tokens["kind"] == "word").to_numpy()
    bounds = [np.cumsum(strong[column.array.codes] & ~is_word)]
    bounds += [integers(tokens[name]) for name in ("doc", "sent") if name in tokens]
    return ~np.roll(changes(*(values[is_word] for values in bounds)), -1)  # the first word is new


def _levels(codes: Integers, joined: Mask, min_freq: int) -> Iterator[_Level]:
    """The segments that occur at least min_freq times, length by length.

    A segment of n + 1 words is the pair of its first and its last n words, and is frequent only
    where both are. Of the two, the one that is no more frequent than the pair is not maximal.
    """
    level = _frequent(np.arange(len(codes)), codes, min_freq)
    number_at = np.full(len(codes) + 1, -1)
    while len(at := level.rows):
        number_at[at] = level.numbers
        longer = at[joined[at] & (number_at[at + 1] >= 0)]
        pairs = number_at[longer] * len(level.f) + number_at[longer + 1]
        following = _frequent(longer, pd.factorize(pairs)[0], min_freq)
        for shorter in (number_at[following.first], number_at[following.first + 1]):
            level.maximal[shorter[level.f[shorter] == following.f]] = False
        yield level
        number_at[at] = -1
        level = following


def _frequent(rows: Integers, numbers: Integers, min_freq: int) -> _Level:
    """The segments with f ≥ min_freq, renumbered 0, 1, 2…, as if all were maximal."""
    f = np.bincount(numbers)
    frequent = f >= min_freq
    kept = frequent[numbers]
    rows, numbers = rows[kept], (np.cumsum(frequent) - 1)[numbers[kept]]
    first = np.zeros(np.count_nonzero(frequent), np.int64)
    first[numbers[::-1]] = rows[::-1]  # what is written last stays: the first of each
    return _Level(rows, numbers, f[frequent], first, np.ones(len(first), bool))


@verb
def reuse(tokens: Tokens, *, min_length: From2 = 5, docs: By | None = None) -> pd.DataFrame:
    """Which texts share passages word for word, and how much of them? (*reprises*, *réemplois*)

    One row per text that shares a segment of at least `min_length` words with an earlier one, the
    text that shares most first. As in `repeated_segments` a segment stays within a sentence and
    crosses none of `. ! ? … ; :`; other marks and numbers are passed over.

    A passage counts for the first text that holds it, and b is set beside the text a that is the
    first to hold most of its passages: with 10,000 texts there are as many rows at most, and not
    the 50 million pairs that a formula of the genre would make. With `docs` the rows are all pairs
    in which there is one of these texts.

    Texts are one chain where each shares half of the words of the shorter text with its a.

    Parameters: tokens (corpus, or token table in reading order, with doc, type, kind, punctuation,
    and sent if there are sentences); min_length (words, at least 2); docs (names of texts).
    Returns: a, b (texts, a the earlier in the table), shared_tokens (words of the shorter text, or
    of a, inside segments that the other holds too), share (of the words of that text), longest
    (words; a segment that stands in a text again and again is looked up at its first 20 places),
    segment (the longest, in types; the first of several in b), chain (the first text of the chain
    of b: b itself where it begins one; not with `docs`).
    Raises: TooLittleText with one text; ValueError for min_length below 2, or naming a text or a
    column that is missing.
    References: Salem (1986), Histoire & Mesure 1(2), 5-28.

    >>> text = "le ministre a reçu son homologue à la tête d' une délégation".split()
    >>> tokens = pd.DataFrame({"doc": ["un"] * 12 + ["deux"] * 12, "kind": "word"})
    >>> tokens["type"] = text + text[5:] + text[:5]
    >>> reuse(tokens)[["a", "b", "shared_tokens", "segment"]].values.tolist()
    [['un', 'deux', 12, "homologue à la tête d'une délégation"]]
    """
    need(tokens, "doc", "type", "kind")
    kept, joined = words(tokens[["doc", "kind", "type"]]), _joined(tokens)
    codes, names = coded(kept, "type")
    new = changes(integers(kept["doc"]))
    texts, doc = kept["doc"].astype("str")[new].array, np.cumsum(new) - 1
    if len(texts) == 1:
        raise TooLittleText("reuse", needs="two texts", has="1 text")
    spelled = _spelling(codes, names)
    level = next(islice(_levels(codes, joined, 2), min_length - 1, None), None)
    rows, numbers = (level.rows, level.numbers) if level else np.zeros((2, 0), np.int64)
    held = _Held(doc[rows], rows, numbers, np.bincount(doc))
    unknown, wanted = "reuse: docs names {!r}, which is no text", parts.listed(docs)
    asked = numbers_in(pd.Index(texts), pd.Series(wanted, dtype="str"), unknown)
    a, b = _sources(held) if docs is None else _pairs_of(held, asked)
    shared, longest, at = np.hstack([*_measured(held, a, b, min_length)])
    pairs = pd.DataFrame({"a": a, "b": b, "shared_tokens": shared})
    pairs["share"] = shared / np.minimum(held.size[a], held.size[b])
    pairs["longest"], segment = longest, np.empty(len(a), object)
    for length, same in pairs.groupby("longest").indices.items():
        segment[same] = spelled(at[same], length)
    pairs["segment"] = pd.Series(segment, dtype="str")
    if docs is None:
        pairs["chain"] = _chains(a, b, pairs["share"] >= HALF)
    order = ["shared_tokens", "a", "b"]
    pairs = pairs.sort_values(order, ascending=[False, True, True], ignore_index=True)
    for name in pairs.columns.intersection(["a", "b", "chain"]):
        pairs[name] = texts.take(pairs[name])
    return pairs


def _sources(held: _Held) -> Iterator[Integers]:
    """Texts a and b: for each text b the one before it that is the first to hold most of its
    passages, the earliest of several.
    """
    first = pd.Series(held.doc).groupby(held.numbers).transform("first").to_numpy()
    pairs = pd.DataFrame({"b": held.doc, "a": first})[first < held.doc]
    pairs = pairs.groupby(["b", "a"]).size().reset_index(name="n")
    pairs = pairs.sort_values(["b", "n", "a"], ascending=[True, False, True]).drop_duplicates("b")
    return (pairs[name].to_numpy() for name in "ab")


def _pairs_of(held: _Held, asked: Iterable[int]) -> Integers:
    """Texts a and b, a before b, that share a passage, one of them asked for."""
    pairs = [np.zeros((2, 0), np.int64)]
    for doc in asked:
        shared = np.isin(held.numbers, held.numbers[held.doc == doc])
        other = np.setdiff1d(held.doc[shared], doc)
        pairs.append(np.stack([np.minimum(other, doc), np.maximum(other, doc)]))
    return np.unique(np.hstack(pairs), axis=1)


def _measured(held: _Held, a: Integers, b: Integers, length: int) -> Iterator[Integers]:
    """How many words of the shorter text two texts share, of how many the longest segment is, and
    its row in b.

    The places in the shorter text are looked up in the other one, so that the pairs of every text
    with one other cost no more than the texts are long.
    """
    short = np.where(held.size[a] <= held.size[b], a, b)
    bounds = np.searchsorted(held.doc, np.arange(len(held.size) + 1))
    n, top = np.diff(bounds)[short], held.numbers.max(initial=0) + 1
    key, keys = pd.factorize(held.doc * top + held.numbers)
    order, f = np.argsort(key, kind="stable"), np.append(np.bincount(key), 0)
    first, keys = np.cumsum(f) - f, pd.Index(keys)
    for block in np.split(np.arange(len(a)), np.flatnonzero(np.diff(np.cumsum(n) // BLOCK)) + 1):
        pair, at = np.repeat(block, n[block]), spread(bounds[short[block]], n[block])
        there = keys.get_indexer((a + b - short)[pair] * top + held.numbers[at])  # or -1
        times = np.minimum(f, EARLIEST)[there]
        pair, here = np.repeat(pair, times), held.rows[np.repeat(at, times)]
        there = held.rows[order[spread(first[there], times)]]
        shared = _covered(pair, here, held.size.sum(), len(a), length)[block]
        in_b = (short == b)[pair]
        at, runs = _longest(pair, np.where(in_b, here, there), np.where(in_b, there, here))
        yield np.stack([shared, runs + length - 1, at])


def _longest(pair: Integers, i: Integers, j: Integers) -> tuple[Integers, Integers]:
    """The row at which the longest run of matches of each pair begins, the first of several, and
    the number of its matches; i and j are rows of the later and the earlier text.

    Matches that follow each other at the same distance are one run.
    """
    order = np.lexsort((i, i - j, pair))
    pair, i, j = pair[order], i[order], j[order]
    start = np.flatnonzero(changes(pair, i - j, i - np.arange(len(i))))
    n = np.diff(start, append=len(i))
    best = np.lexsort((i[start], -n, pair[start]))
    best = best[changes(pair[start[best]])]
    return i[start[best]], n[best]


def _chains(a: Integers, b: Integers, tied: Mask) -> Integers:
    """The first text of the chain of each text b, which is that of a where they are tied."""
    chain = np.arange(b.max(initial=0) + 1)
    for one, other in zip(a[tied], b[tied], strict=True):
        chain[other] = chain[one]
    return chain[b]


def _covered(group: Integers, rows: Integers, size: int, n: int, length: int) -> Integers:
    """The number of words of each of n groups inside the segments that begin at these rows."""
    # Sorted as one number, the last row of a group and the first of the next lie a segment apart.
    key = np.sort(group * (size + length) + rows)
    new = np.minimum(np.diff(key, append=key[-1:] + length), length)
    return np.bincount(key // (size + length), new, minlength=n).astype(np.int64)
