"""Texts that were printed more than once: exact duplicates, and near-duplicates by shingles of five
words.

At any number of texts, without comparing all pairs: candidates come from MinHash bands (texts that
share half of their shingles) and from an index of rare shingles (a short text that stands whole in
a long one); each is verified exactly.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.french import normalise

SIZE = 5  # words in a shingle (Broder 1997)
JACCARD, CONTAINMENT = 0.5, 0.8
# A pair at the Jaccard threshold shares a band of three rows with probability 1 − (1 − .5³)^64 =
# .9998.
BANDS, ROWS = 64, 3
# How many of the earliest texts that hold a shingle are candidates: a bound on the work, not on the
# size of a group.
EARLIEST = 20
WORD = re.compile(r"\w+'?")
# Odd multipliers for multiply-and-add hashing of 64-bit integers, made once by a fixed generator.
_HASHES = np.random.Generator(np.random.PCG64(1997)).integers(
    1, 2**63, (2, BANDS * ROWS), dtype=np.uint64
) | np.uint64(1)

Integers = NDArray[np.int64]


class Words(NamedTuple):
    """The words of all texts as integer codes (`codes[starts[i]:starts[i + 1]]` are those of text
    i), and their types.
    """

    codes: Integers
    starts: Integers
    types: NDArray[np.object_]


def read_words(bodies: list[str]) -> Words:
    """The words of each text in lower case, whatever its typography; "l'" is a word, punctuation is
    none.
    """
    words = [WORD.findall(unicodedata.normalize("NFC", normalise(body)).lower()) for body in bodies]
    starts = np.concatenate(([0], np.cumsum([len(found) for found in words]))).astype(np.int64)
    codes, types = pd.factorize(np.array([word for found in words for word in found], dtype=object))
    return Words(codes, starts, types)


def find_duplicates(words: Words) -> pd.DataFrame:
    """Which texts repeat an earlier one? (*doublons et quasi-doublons*)

    One row per text that is not the earliest of its group. A group joins texts whose word sequences
    are equal, whose sets of shingles of 5 words have a Jaccard index ≥ .5, or of which one holds ≥
    .8 of the other's shingles.

    Returns: columns text, earliest (positions), similarity (Jaccard index with the earliest where
    it is ≥ .5, else the share of the smaller text's shingles), exact (bool).
    References: Broder (1997), doi:10.1109/SEQUEN.1997.666900.

    >>> twice = ["Le ministre a reçu hier son homologue.", "LE MINISTRE A REÇU HIER SON HOMOLOGUE"]
    >>> find_duplicates(read_words(twice))
       text  earliest  similarity  exact
    0     1         0         1.0   True
    """
    shingles, starts = _shingles(words)
    first = _first_equal(words)
    pairs = np.concatenate([_band_pairs(shingles, starts), _rare_pairs(shingles, starts)])
    pairs = np.unique(np.sort(first[pairs], axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    near = pairs[_similar(*_overlap(shingles, starts, pairs))]
    earliest = _groups(
        len(first), np.concatenate([near, np.stack([first, np.arange(len(first))], 1)])
    )
    later = np.flatnonzero(earliest != np.arange(len(first)))
    links = np.stack([earliest[later], later], 1)
    jaccard, containment = _overlap(shingles, starts, links)
    return pd.DataFrame(
        {
            "text": later,
            "earliest": earliest[later],
            "similarity": np.where(jaccard >= JACCARD, jaccard, containment),
            "exact": first[later] == first[earliest[later]],
        }
    )


def _shingles(words: Words) -> tuple[NDArray[np.uint64], Integers]:
    """The distinct shingles of each text as sorted 64-bit hashes; a text shorter than a shingle is
    one.
    """
    keys = pd.util.hash_array(words.types, categorize=False)
    coded = keys[words.codes] if len(words.codes) else np.zeros(0, np.uint64)
    total = np.zeros(len(coded), np.uint64)
    lengths = np.diff(words.starts)
    text = np.repeat(np.arange(len(lengths)), lengths)
    left = words.starts[text + 1] - np.arange(len(coded))  # words from here to the end of the text
    for step in range(SIZE):
        inside = left > step
        total[inside] = (
            total[inside] * np.uint64(1099511628211) + coded[np.flatnonzero(inside) + step]
        )
    kept = (left >= SIZE) | (left == lengths[text])
    table = np.stack([text[kept].astype(np.uint64), total[kept]], 1)
    order = np.lexsort((table[:, 1], table[:, 0]))
    table = table[order]
    new = np.ones(len(table), bool)
    new[1:] = (table[1:] != table[:-1]).any(axis=1)
    table = table[new]
    counts = np.bincount(table[:, 0].astype(np.int64), minlength=len(lengths))
    return table[:, 1].copy(), np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _first_equal(words: Words) -> Integers:
    """For each text the first text with the same words in the same order."""
    keys = [
        words.codes[a:b].tobytes() for a, b in zip(words.starts[:-1], words.starts[1:], strict=True)
    ]
    codes, _ = pd.factorize(np.array([*keys, b""], dtype=object)[:-1])
    first = np.full(len(keys), -1, np.int64)
    first[: codes.max(initial=-1) + 1] = np.unique(codes, return_index=True)[1]
    return first[codes]


def _band_pairs(shingles: NDArray[np.uint64], starts: Integers) -> Integers:
    """Pairs of texts with equal MinHash values in at least one band: each text with the earliest
    ones of its bucket.
    """
    filled = np.flatnonzero(np.diff(starts))
    pairs = [np.zeros((0, 2), np.int64)]
    for band in range(BANDS if len(filled) > 1 else 0):
        key = np.zeros(len(filled), np.uint64)
        for row in range(band * ROWS, (band + 1) * ROWS):
            hashed = shingles * _HASHES[0, row] + _HASHES[1, row]
            hashed ^= hashed >> np.uint64(31)
            key = key * np.uint64(1099511628211) + np.minimum.reduceat(hashed, starts[:-1][filled])
        pairs.append(_bucket_pairs(key, filled))
    return np.unique(np.concatenate(pairs), axis=0)


def _rare_pairs(shingles: NDArray[np.uint64], starts: Integers) -> Integers:
    """Pairs that share one of a text's rarest shingles: whatever holds .8 of them holds one of the
    rarest .2 and one.
    """
    sizes = np.diff(starts)
    text = np.repeat(np.arange(len(sizes)), sizes)
    codes, _ = pd.factorize(shingles)
    frequency = np.bincount(codes)[codes] if len(codes) else codes
    rank = np.empty(len(codes), np.int64)
    order = np.lexsort((codes, frequency, text))
    rank[order] = np.arange(len(codes)) - starts[:-1][text[order]]
    lacking = sizes - np.ceil(CONTAINMENT * sizes - 1e-9)
    chosen = (rank <= lacking[text]) & (frequency > 1)
    return _holders(codes, text, chosen)


def _holders(codes: Integers, text: Integers, chosen: NDArray[np.bool_]) -> Integers:
    """Each text with the earliest texts that hold one of its chosen shingles."""
    order = np.argsort(codes, kind="stable")
    first = np.searchsorted(codes[order], np.arange(codes.max(initial=-1) + 2))
    pairs = [np.zeros((0, 2), np.int64)]
    at, of = first[codes[chosen]], text[chosen]
    stop = first[codes[chosen] + 1]
    for step in range(EARLIEST):
        inside = at + step < stop
        pairs.append(np.stack([text[order[at[inside] + step]], of[inside]], 1))
    found = np.concatenate(pairs)
    return np.unique(found[found[:, 0] != found[:, 1]], axis=0)


def _bucket_pairs(key: NDArray[np.uint64], text: Integers) -> Integers:
    """Each text with its predecessor and with the first text of the same key."""
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    start = np.maximum.accumulate(np.where(np.concatenate(([True], ~same)), np.arange(len(key)), 0))
    later = np.flatnonzero(same) + 1
    chain = np.stack([text[order[later - 1]], text[order[later]]], 1)
    return np.concatenate([chain, np.stack([text[order[start[later]]], text[order[later]]], 1)])


def _overlap(
    shingles: NDArray[np.uint64], starts: Integers, pairs: Integers
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Jaccard index and containment of the smaller in the larger, for each pair of texts."""
    sizes = np.diff(starts)[pairs]
    shared = np.array(
        [
            len(
                np.intersect1d(
                    shingles[starts[a] : starts[a + 1]], shingles[starts[b] : starts[b + 1]], True
                )
            )
            for a, b in pairs
        ]
    )
    with np.errstate(invalid="ignore"):
        return shared / (sizes.sum(axis=1) - shared), shared / sizes.min(axis=1)


def _similar(jaccard: NDArray[np.float64], containment: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (jaccard >= JACCARD) | (containment >= CONTAINMENT)


def _groups(n: int, links: Integers) -> Integers:
    """The earliest text of the group of each, groups being what the links connect."""
    if (links[:, 0] == links[:, 1]).all():
        return np.arange(n)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(links), np.int8), (links[:, 0], links[:, 1])), shape=(n, n))
    _, group = connected_components(graph, directed=False)
    return np.unique(group, return_index=True)[1][group]
