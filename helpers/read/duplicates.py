"""Texts that were printed more than once: exact duplicates, and near-duplicates by shingles of five
words.

At any number of texts, without comparing all pairs: candidates come from an index of rare shingles,
and each is verified exactly.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read import runs
from helpers.read.french import composed
from helpers.read.tables import Integers, changes, chosen_rows

Floats = NDArray[np.float64]

SIZE = 5  # words in a shingle (Broder 1997)
JACCARD, CONTAINMENT = 0.5, 0.8
LONG = 80  # words from which a text is an excerpt of another, and not a formula in it
# What such a pair shares at least of the shingles of its smaller text: with a Jaccard index of ½, a
# third of the sum of both sizes.
SHARED = 2 / 3
# How many of the earliest texts that hold a shingle are candidates: a bound on the work, not on the
# size of a group.
EARLIEST = 60
WORD_OR_END = re.compile(r"\w+'?|\n")
_PRIME = np.uint64(1099511628211)
# Texts and pairs at a time, so that what is worked on is small whatever the size of the corpus.
_READ, _PAIRS = 2048, 20_000
_BITS = 1024  # of the sketch of a text, most of whose shingles have one of their own


def chain_of(documents: pd.DataFrame) -> pd.Series:
    """The first text of the chain of each text, itself where it repeats none: texts with the same
    one repeat one another, also where a selection has left the first out.
    """
    return documents["duplicate_of"].fillna(documents["doc"])


class Words(NamedTuple):
    """The words of all texts as integer codes (`codes[starts[i]:starts[i + 1]]` are those of text
    i), and their types.
    """

    codes: Integers
    starts: Integers
    types: NDArray[np.object_]


class _Shared(NamedTuple):
    """The shingles that several texts hold, the rarest first: a row for each of its texts, by text.

    A text that repeats another word for word holds none.
    """

    text: Integers
    shingle: Integers
    starts: Integers  # of the rows of each text
    holders: Integers  # the texts by shingle
    places: Integers  # where the holders of each shingle begin and end
    hashes: NDArray[np.uint32]  # of each shingle
    sizes: Integers  # how many distinct shingles each text holds, shared or not
    long: NDArray[np.bool_]  # which texts have words enough to be an excerpt


def read_words(bodies: list[str]) -> Words:
    """The words of each text in lower case, whatever its typography; "l'" is a word, punctuation is
    none.
    """
    known: dict[str, int] = {}
    codes, sizes = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
    for i in range(0, len(bodies), _READ):
        block = bodies[i : i + _READ]
        found = runs.split("\n".join(block))
        # All runs at once, a line each, whose ends are found among their words.
        plain = composed("\n".join(found.names)).lower()
        words = np.array(WORD_OR_END.findall(f"{plain}\n"), object)
        ends = np.flatnonzero(words == "\n")
        each = np.diff(ends - np.arange(len(ends)), prepend=0)[: len(found.names)]
        plain = words[words != "\n"]
        flat = np.array([known.setdefault(word, len(known)) for word in plain], np.int32)
        codes.append(flat[chosen_rows(found.codes, each)])
        bounds = np.cumsum([0, *(len(body) + 1 for body in block)])
        before = np.append(0, np.cumsum(each[found.codes]))
        sizes.append(np.diff(before[np.searchsorted(found.starts, bounds)]))
    starts = np.cumsum(np.concatenate(sizes))
    return Words(np.concatenate(codes), starts, np.array(list(known), object))


def find_duplicates(words: Words) -> pd.DataFrame:
    """Which texts repeat an earlier one? (*doublons et quasi-doublons*)

    One row per text that is not the first of its chain. In their order, each text is attached to
    the earliest one that it matches and that is itself a first; else it opens a chain. Two texts
    match whose word sequences are equal, whose sets of shingles of 5 words have a Jaccard index ≥
    .5, or of which one holds ≥ .8 of the other's shingles where both have ≥ 80 words. What matches
    a copy alone is no copy of the first.

    Returns: columns text, earliest (positions), similarity (Jaccard index with the earliest where
    it is ≥ .5, else the share of the smaller text's shingles), kind (`identical`; `edited`, by the
    Jaccard index; `excerpt`, of either in the other).
    References: Broder (1997), doi:10.1109/SEQUEN.1997.666900.

    >>> twice = ["Le ministre a reçu hier son homologue.", "LE MINISTRE A REÇU HIER SON HOMOLOGUE"]
    >>> find_duplicates(read_words(twice))
       text  earliest  similarity       kind
    0     1         0         1.0  identical
    """
    first = _first_equal(words)
    shared = _shared(words, first)
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *_candidates(shared)])
    near = pairs[_similar(*_overlap(shared, pairs))]
    earliest = _chains(len(first), near)[first]
    later = np.flatnonzero(earliest != np.arange(len(first)))
    jaccard, containment = _overlap(shared, np.stack([earliest[later], first[later]], 1))
    excerpt, edited = jaccard < JACCARD, first[later] != first[earliest[later]]
    similarity = np.where(excerpt, containment, jaccard)
    kind = np.where(excerpt, "excerpt", np.where(edited, "edited", "identical"))
    repeats = {"text": later, "earliest": earliest[later], "similarity": similarity}
    return pd.DataFrame(repeats).assign(kind=pd.Series(kind, dtype="str"))


def _first_equal(words: Words) -> Integers:
    """For each text the first text with the same words in the same order."""
    seen: dict[bytes, int] = {}
    keys = (words.codes[a:b].tobytes() for a, b in pairwise(words.starts))
    return np.array([seen.setdefault(key, text) for text, key in enumerate(keys)], np.int64)


def _shingles(words: Words, first: Integers) -> tuple[NDArray[np.uint64], Integers]:
    """The shingles of each text as 64-bit hashes, and the text of each; a text shorter than a
    shingle is one.
    """
    starts, stops = words.starts[:-1], words.starts[1:]
    keys = pd.util.hash_array(words.types, categorize=False)
    coded = np.append(keys[words.codes], np.zeros(SIZE, np.uint64))
    total = np.zeros(len(words.codes), np.uint64)
    for step in range(SIZE):
        total = total * _PRIME + coded[step : step + len(total)]
    short = np.flatnonzero((stops > starts) & (stops < starts + SIZE))
    total[starts[short]] = first[short].astype(np.uint64) * _PRIME
    kept = np.repeat(first == np.arange(len(first)), stops - starts)
    for step in range(1, SIZE):
        last = stops - step
        kept[last[last > starts]] = False
    text = np.repeat(np.arange(len(first), dtype=np.int32), stops - starts)
    return total[kept], text[kept]


def _shared(words: Words, first: Integers) -> _Shared:
    """The shingles that stand in more than one text."""
    (hashes, text), long = _shingles(words, first), np.diff(words.starts) >= LONG
    # One number holds both, sorted ten times as fast: the hash but for its last bits, the text.
    bits = np.uint64(len(long).bit_length())
    both = np.sort(hashes >> bits << bits | text.astype(np.uint64))
    hashes, text = both >> bits, (both & (2**bits - np.uint64(1))).astype(np.int32)
    new = changes(hashes)
    once = new | changes(text)
    first = np.flatnonzero(new[once])
    hashes, text = hashes[new], text[once]
    frequency = np.diff(first, append=len(text))
    rarest = np.argsort(frequency, kind="stable")
    rarest = rarest[frequency[rarest] > 1]
    holders = text[chosen_rows(rarest, frequency)]
    shingle = np.repeat(np.arange(len(rarest)), frequency[rarest])
    # Numbers of 16 bits are sorted several times as fast.
    order = np.argsort(holders.astype(np.min_scalar_type(len(long))), kind="stable")
    starts = np.append(0, np.cumsum(np.bincount(holders, minlength=len(long))))
    places = np.append(0, np.cumsum(frequency[rarest]))
    high = (hashes[rarest] >> (np.uint64(32) - bits)).astype(np.uint32)
    sizes = np.bincount(text, minlength=len(long))
    return _Shared(holders[order], shingle[order], starts, holders, places, high, sizes, long)


def _rare_pairs(shared: _Shared) -> Iterator[Integers]:
    """Pairs that share one of a text's rarest shingles, the earlier text first: whatever holds ⅔ of
    them holds one of the rarest third and one. Each text with the earliest ones that hold it, some
    texts at a time.
    """
    text, shingle, starts, holders, places, _, sizes, _ = shared
    lacking = sizes - np.ceil(SHARED * sizes - 1e-9)
    # Those that no other text holds are rarer than all of these.
    rank = np.arange(len(text)) - (starts[1:] - sizes)[text]
    chosen, n = rank <= lacking[text], len(sizes)
    text, shingle = text[chosen], shingle[chosen]
    for rows in np.split(np.arange(len(text)), np.searchsorted(text, range(_READ, n, _READ))):
        at, stops, own = places[shingle[rows]], places[shingle[rows] + 1], text[rows]
        pairs = []  # as numbers
        for step in range(EARLIEST):
            inside = at + step < stops
            at, stops, own = at[inside], stops[inside], own[inside]
            other = holders[at + step]
            pair = np.minimum(own, other).astype(np.int64) * n + np.maximum(own, other)
            pairs.append(pd.unique(pair[own != other]))
        yield np.stack(np.divmod(pd.unique(np.concatenate(pairs)), max(n, 1)), 1)


def _candidates(shared: _Shared) -> Iterator[Integers]:
    """The pairs that may be near-duplicates, as far as a sketch of each text tells. No such pair is
    lost: a bit that only one of the two has is a shingle that the other lacks.
    """
    bits = np.zeros((len(shared.sizes), _BITS), bool)
    bits[shared.text, shared.hashes[shared.shingle] % _BITS] = True
    sketches, held = np.packbits(bits, axis=1).view(np.uint64), np.diff(shared.starts)
    for pairs in _rare_pairs(shared):
        for some in np.array_split(pairs, len(pairs) // _PAIRS + 1):
            one, other = sketches[some.T]
            alone = [np.bitwise_count(x).sum(axis=1) for x in (one & ~other, other & ~one)]
            yield some[_similar(*_indices(shared, some, (held[some.T] - alone).min(axis=0)))]


def _overlap(shared: _Shared, pairs: Integers) -> tuple[Floats, Floats]:
    """Jaccard index and containment of the smaller in the larger (0 where one of them is short),
    for each pair of texts, from how many shingles both have.
    """
    if not len(pairs):
        return np.zeros(0), np.zeros(0)
    from scipy.sparse import csr_array

    ones = np.ones(len(shared.text), np.int32)
    shape = len(shared.sizes), len(shared.hashes)
    held = csr_array((ones, shared.shingle, shared.starts), shape)
    parts = (part.T for part in np.array_split(pairs, len(pairs) // _PAIRS + 1))
    common = np.concatenate([held[a].multiply(held[b]).sum(axis=1) for a, b in parts])
    return _indices(shared, pairs, common)


def _indices(shared: _Shared, pairs: Integers, common: Integers) -> tuple[Floats, Floats]:
    """The same from what each pair has in common."""
    sizes = shared.sizes[pairs]
    common = np.where(pairs[:, 0] == pairs[:, 1], sizes[:, 0], common)
    with np.errstate(invalid="ignore"):
        containment = common / sizes.min(axis=1) * shared.long[pairs].all(axis=1)
        return common / (sizes.sum(axis=1) - common), containment


def _similar(jaccard: Floats, containment: Floats) -> NDArray[np.bool_]:
    return (jaccard >= JACCARD) | (containment >= CONTAINMENT)


def _chains(n: int, pairs: Integers) -> Integers:
    """The first of the chain of each text: the earliest one among its pairs that is a first."""
    first = [*range(n)]
    for earlier, later in pairs[np.lexsort(pairs.T)].tolist():
        if first[later] == later and first[earlier] == earlier:
            first[later] = earlier
    return np.array(first, np.int64)
