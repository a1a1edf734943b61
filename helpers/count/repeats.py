"""Segments: the sequences of words that a corpus holds, those that it repeats, and the passages
that its texts share.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.parts import Mask, TooLittleText, Unit, coded, need_order, need_unit, words
from helpers.count.verbs import Tokens, verb
from helpers.read.checks import From1, From2
from helpers.read.tables import Integers, changes, integers, need, table

# No segment crosses these marks, alone or in a row (...); every other mark is passed over.
STRONG = frozenset(".!?…;:")
# A place of a shared segment is compared with every earlier one, up to so many comparisons in all;
# beyond them with the first places only, so that a formula in n texts costs 20·n and not n²/2.
ALL, EARLIEST = 10_000_000, 20
BLOCK = 1 << 21  # comparisons that are worked on at a time: bounds the memory
PAIR = ("a", "b", "covered_a", "covered_b", "longest", "at")
SEGMENT = {"segment": "str", **dict.fromkeys(("length", "f", "n_docs"), "int64"), "maximal": "bool"}


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
    return _table(tokens, unit, min_freq=1, lengths=slice(n - 1, n))


@verb
def repeated_segments(
    tokens: Tokens, *, min_length: From1 = 2, min_freq: From1 = 2, unit: Unit = "type"
) -> pd.DataFrame:
    """Which sequences of words come back word for word? (*segments répétés*, Salem)

    One row per sequence of at least `min_length` words that occurs at least `min_freq` times, the
    most frequent first, the longer first among equals. A segment stays within a sentence and
    crosses none of `. ! ? … ; :`; other marks and numbers are passed over. Give the whole token
    table, with its punctuation.

    A segment is maximal if no longer segment that contains it is as frequent: the others only
    repeat what a longer one says already.

    Parameters: tokens (corpus, or token table with doc, type, kind, and sent if there are
    sentences); min_length (words); min_freq (occurrences); unit.
    Returns: columns segment (its units joined by a space, but after an elision), length (words), f
    (occurrences), n_docs (texts), maximal.
    Raises: ValueError for a minimum below 1, or naming a column that is missing.
    References: Lafon & Salem (1983), Mots 6, 161-177; Salem (1986).

    >>> from helpers import open_corpus
    >>> found = repeated_segments(open_corpus(annotate=False).tokens)
    >>> len(found), found["maximal"].sum().item()
    (78, 24)
    """
    return _table(tokens, unit, min_freq=min_freq, lengths=slice(min_length - 1, None))


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
    levels = _levels(codes, _joined(tokens), min(segments["f"], default=1))
    found = [np.zeros((3, 0), np.int64)]
    for length, level in islice(enumerate(levels, 1), max(segments["length"], default=0)):
        number = wanted.get_indexer(_spelled(names, codes, level.first, length))[level.numbers]
        there = np.flatnonzero(number >= 0)
        found.append([number[there], np.full(len(there), length), level.rows[there]])
    number, length, row = np.concatenate(found, axis=1)
    places = kept.iloc[row][["doc", "par", "sent", "start"]].reset_index(drop=True)
    places["end"] = kept["end"].to_numpy()[row + length - 1]
    places.insert(0, "segment", wanted[number])
    places.insert(1, "length", length)
    order = np.argsort(number, kind="stable")
    return places.take(order).reset_index(drop=True).astype({"doc": "str"})


def _table(tokens: pd.DataFrame, unit: Unit, *, min_freq: int, lengths: slice) -> pd.DataFrame:
    """The segments of these lengths (the first level has length 1), in words."""
    need_unit(tokens, unit, "doc", "type", "kind")
    kept = words(tokens[["doc", "kind", unit]])
    codes, names = coded(kept, unit)
    docs = integers(kept["doc"])
    levels = _levels(codes, _joined(tokens), min_freq)
    found = [table([], SEGMENT)]
    for length, level in islice(enumerate(levels, 1), lengths.start, lengths.stop):
        text = _spelled(names, codes, level.first, length)
        held = parts.n_docs(level.numbers, docs[level.rows])
        row = (text, length, level.f, held, level.maximal)
        found.append(pd.DataFrame(dict(zip(SEGMENT, row, strict=True))))
    order = {"f": False, "length": False, "segment": True}
    return pd.concat(found).sort_values([*order], ascending=[*order.values()], ignore_index=True)


def _spelled(names: pd.Index, codes: Integers, first: Integers, length: int) -> pd.Series:
    """The segments of this length that begin at these words, written out."""
    import pyarrow as pa
    from pyarrow.compute import binary_join_element_wise

    last = pa.array(names, pa.large_string())
    glued = pa.array((name if name.endswith("'") else f"{name} " for name in names), last.type)
    pieces = [glued.take(pa.array(codes[first + step])) for step in range(length - 1)]
    pieces += [last.take(pa.array(codes[first + length - 1])), pa.scalar("", last.type)]
    return pd.Series(binary_join_element_wise(*pieces), dtype="str")


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
    kept = np.bincount(numbers)[numbers] >= min_freq
    rows, numbers = rows[kept], pd.factorize(numbers[kept])[0]
    first, f = np.unique(numbers, return_index=True, return_counts=True)[1:]
    return _Level(rows, numbers, f, rows[first], np.ones(len(f), bool))


@verb
def reuse(tokens: Tokens, *, min_length: From2 = 5) -> pd.DataFrame:
    """Which texts share passages word for word, and how much of them? (*reprises*, *réemplois*)

    One row per pair of texts that share a segment of at least `min_length` words, the pair that
    shares most first. As in `repeated_segments` a segment stays within a sentence and crosses none
    of `. ! ? … ; :`; other marks and numbers are passed over.

    Where that would be more than ten million comparisons of places, a segment that stands in more
    than 20 of them, a formula of the genre or a text printed again and again, is compared with its
    first 20 only: each text is then paired with the first that hold it, not with every other.

    Parameters: tokens (corpus, or token table in reading order, with doc, type, kind, punctuation,
    and sent if there are sentences); min_length (words, at least 2).
    Returns: a, b (texts, a the earlier in the table), shared_tokens (words of the shorter text, or
    of a, inside segments that the other holds too), share (of the words of that text), longest
    (words), segment (the longest, in types; the first of several).
    Raises: TooLittleText with one text; ValueError for min_length below 2, or naming a column that
    is missing.
    References: Salem (1986), Histoire & Mesure 1(2), 5-28.

    >>> text = "le ministre a reçu son homologue à la tête d' une délégation".split()
    >>> tokens = pd.DataFrame({"doc": ["un"] * 12 + ["deux"] * 12, "kind": "word"})
    >>> tokens["type"] = text + text[5:] + text[:5]
    >>> reuse(tokens)[["a", "b", "shared_tokens", "segment"]].values.tolist()
    [['un', 'deux', 12, "homologue à la tête d'une délégation"]]
    """
    need(tokens, "doc", "type", "kind")
    kept = words(tokens[["doc", "kind", "type"]])
    codes, names = coded(kept, "type")
    doc, keys = parts.parts(kept, "doc")
    level = next(islice(_levels(codes, _joined(tokens), 2), min_length - 1, None), None)
    rows, numbers = (level.rows, level.numbers) if level else np.zeros((2, 0), np.int64)
    if len(keys) == 1:
        raise TooLittleText("reuse", needs="two texts", has="1 text", most="0")
    blocks = [_pairs(doc, i, j, min_length) for i, j in _matches(doc, rows, numbers)]
    pairs = pd.concat([pd.DataFrame(columns=PAIR, dtype="int64"), *blocks], ignore_index=True)
    sizes = np.bincount(doc)
    n_a, n_b = sizes[pairs["a"]], sizes[pairs["b"]]
    pairs["shared_tokens"] = np.where(n_a <= n_b, pairs["covered_a"], pairs["covered_b"])
    pairs["share"] = pairs["shared_tokens"] / np.minimum(n_a, n_b)
    order = ["shared_tokens", "a", "b"]
    pairs = pairs.sort_values(order, ascending=[False, True, True], ignore_index=True)
    text = np.empty(len(pairs), object)
    for length, same in pairs.groupby("longest").indices.items():
        text[same] = _spelled(names, codes, pairs["at"].to_numpy()[same], length)
    pairs["segment"] = pd.Series(text, dtype="str")
    for side in ("a", "b"):
        pairs[side] = keys["doc"].astype("str").take(pairs[side]).reset_index(drop=True)
    return pairs[["a", "b", "shared_tokens", "share", "longest", "segment"]]


def _matches(doc: Integers, rows: Integers, numbers: Integers) -> Iterator[tuple[Integers, ...]]:
    """Rows i and j at which the same segment begins in two texts, j in the earlier one; numbers
    has the segment of each row, doc the text of each word.

    All that concern one later text come together.
    """
    order = np.argsort(numbers, kind="stable")
    first = np.cumsum(np.bincount(numbers)) - np.bincount(numbers)
    before = pd.Series(numbers).groupby(numbers).cumcount().to_numpy()
    n = before if before.sum() <= ALL else np.minimum(before, EARLIEST)
    doc = doc[rows]
    sums = np.append(0, np.cumsum(np.bincount(doc, n)))[doc].astype(np.int64)
    for block in np.split(np.arange(len(n)), np.flatnonzero(np.diff(sums // BLOCK)) + 1):
        later = np.repeat(block, n[block])
        earlier = order[parts.spread(first[numbers[block]], n[block])]
        apart = doc[later] != doc[earlier]
        yield rows[later[apart]], rows[earlier[apart]]


def _pairs(doc: Integers, i: Integers, j: Integers, length: int) -> pd.DataFrame:
    """One row per pair of texts: the words covered in each, and the longest segment with its row;
    doc has the text of each word.

    Matches that follow each other at the same distance are one longer segment.
    """
    n, size = doc.max(initial=0) + 1, len(doc)
    pair, keys = pd.factorize(doc[j] * n + doc[i])
    key = pair * size + (i - j)
    order = np.argsort(key, kind="stable")  # rows ascend already
    begins = (np.diff(key[order]) != 0) | (np.diff(i[order]) != 1)
    start = np.flatnonzero(np.append(True, begins)[: len(order)])
    longest = np.diff(np.append(start, len(order))) + length - 1
    # One number holds both, so that the largest is the longest and of those the first.
    best = longest * size + (size - 1 - i[order[start]])
    best = pd.Series(best).groupby(pair[order[start]]).max().to_numpy()
    longest, last = np.divmod(best, max(size, 1))
    a, b = np.divmod(keys, n)
    covered = (_covered(pair, rows, size, len(keys), length) for rows in (j, i))
    return pd.DataFrame(dict(zip(PAIR, (a, b, *covered, longest, size - 1 - last), strict=True)))


def _covered(group: Integers, rows: Integers, size: int, n: int, length: int) -> Integers:
    """The number of words of each of n groups inside the segments that begin at these rows."""
    # Sorted as one number, the last row of a group and the first of the next lie a segment apart.
    key = np.sort(group * (size + length) + rows)
    new = np.minimum(np.diff(key, append=key[-1:] + length), length)
    return np.bincount(key // (size + length), new, minlength=n).astype(np.int64)
