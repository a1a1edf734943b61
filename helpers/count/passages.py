"""Which texts share whole passages? Segments that stand in more than one text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.count.parts import TooLittleText, coded, parts, words
from helpers.count.repeats import _joined, _levels, _spelled
from helpers.read.tables import Integers, need

# Each place of a segment is compared with this many of its first places, so that a formula that
# stands in n texts costs 20·n comparisons and not n²/2.
ALL = 10_000_000  # comparisons of places, up to which all are made
EARLIEST = 20
BLOCK = 1 << 21  # comparisons that are worked on at a time: bounds the memory


class _Segments(NamedTuple):
    """Words and texts as integers; where segments of the least length stand, and which they are."""

    codes: Integers
    names: pd.Index
    doc: Integers
    keys: pd.Series
    rows: Integers
    numbers: Integers


def _segments(tokens: pd.DataFrame, length: int) -> _Segments:
    """The segments of this length that occur twice or more."""
    if length < 2:
        raise ValueError(f"min_length is {length!r}; a segment has at least 2 words")
    need(tokens, "doc", "type", "kind")
    kept = words(tokens[["doc", "kind", "type"]])
    codes, names = coded(kept, "type")
    doc, keys = parts(kept, "doc")
    level = next(islice(_levels(codes, _joined(tokens), 2), length - 1, None), None)
    none = np.zeros(0, np.int64)
    rows, numbers = (level.rows, level.numbers) if level else (none, none)
    return _Segments(codes, names, doc, keys["doc"].astype("str"), rows, numbers)


def reuse(tokens: pd.DataFrame, *, min_length: int = 5) -> pd.DataFrame:
    """Which texts share passages word for word, and how much of them? (*reprises*, *réemplois*)

    One row per pair of texts that share a segment of at least `min_length` words, the pair that
    shares most first. As in `repeated_segments` a segment stays within a sentence and crosses none
    of `. ! ? … ; :`; other marks and numbers are passed over.

    Where that would be more than ten million comparisons of places, a segment that stands in more
    than 20 of them, a formula of the genre or a text printed again and again, is compared with its
    first 20 only: each text is then paired with the first that hold it, not with every other.
    `reused` counts for each text what stands elsewhere, without that limit.

    Parameters: tokens (token table in reading order, with doc, type, kind, punctuation, and sent if
    there are sentences); min_length (words, at least 2).
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
    found = _segments(tokens, min_length)
    if len(found.keys) == 1:
        raise TooLittleText("reuse", needs="two texts", has="1 text", most="0")
    blocks = [_pairs(found, i, j, min_length) for i, j in _matches(found)]
    counts = ("a", "b", "covered_a", "covered_b", "longest", "at")
    table = pd.concat([pd.DataFrame(columns=counts, dtype="int64"), *blocks], ignore_index=True)
    sizes = np.bincount(found.doc)
    n_a, n_b = sizes[table["a"]], sizes[table["b"]]
    table["shared_tokens"] = np.where(n_a <= n_b, table["covered_a"], table["covered_b"])
    table["share"] = table["shared_tokens"] / np.minimum(n_a, n_b)
    order = ["shared_tokens", "a", "b"]
    table = table.sort_values(order, ascending=[False, True, True], ignore_index=True)
    table["segment"] = _written(found, table["at"].to_numpy(), table["longest"].to_numpy())
    for side in ("a", "b"):
        table[side] = found.keys.take(table[side]).reset_index(drop=True)
    return table[["a", "b", "shared_tokens", "share", "longest", "segment"]]


def reused(tokens: pd.DataFrame, *, min_length: int = 5) -> pd.DataFrame:
    """How much of each text stands in another text too? (*part reprise*)

    One row per text, in their order. Segments are those of `reuse`; all texts are looked at.

    Parameters: tokens, min_length (as in `reuse`).
    Returns: doc, n_words, reused_tokens (words inside a segment of at least `min_length` words that
    another text holds too), share (of the words).
    Raises: ValueError for min_length below 2, or naming a column that is missing.

    >>> from helpers import open_corpus
    >>> reused(open_corpus(annotate=False).tokens)[["n_words", "reused_tokens"]].values.tolist()
    [[341, 0]]
    """
    found = _segments(tokens, min_length)
    n = max(len(found.keys), 1)
    holders = pd.unique(found.numbers * n + found.doc[found.rows]) // n
    elsewhere = np.bincount(holders, minlength=1)[found.numbers] > 1
    rows = found.rows[elsewhere]
    table = pd.DataFrame({"doc": found.keys, "n_words": np.bincount(found.doc)})
    covered = _covered(found.doc[rows], rows, len(found.codes), len(found.keys), min_length)
    table["reused_tokens"] = covered
    return table.assign(share=table["reused_tokens"] / table["n_words"])


def _matches(found: _Segments) -> Iterator[tuple[Integers, Integers]]:
    """Rows i and j at which the same segment begins in two texts, j in the earlier one.

    All that concern one later text come together.
    """
    order = np.argsort(found.numbers, kind="stable")
    first = np.cumsum(np.bincount(found.numbers)) - np.bincount(found.numbers)
    before = np.empty(len(order), np.int64)
    before[order] = np.arange(len(order)) - first[found.numbers[order]]
    n = before if before.sum() <= ALL else np.minimum(before, EARLIEST)
    doc = found.doc[found.rows]
    sums = np.append(0, np.cumsum(np.bincount(doc, n)))[doc].astype(np.int64)
    for block in np.split(np.arange(len(n)), np.flatnonzero(np.diff(sums // BLOCK)) + 1):
        here = np.repeat(block, n[block])
        step = np.arange(len(here)) - np.repeat(np.cumsum(n[block]) - n[block], n[block])
        there = order[first[found.numbers[here]] + step]
        apart = doc[here] != doc[there]
        yield found.rows[here[apart]], found.rows[there[apart]]


def _pairs(found: _Segments, i: Integers, j: Integers, length: int) -> pd.DataFrame:
    """One row per pair of texts: the words covered in each, and the longest segment with its row.

    Matches that follow each other at the same distance are one longer segment.
    """
    n, size = len(found.keys), len(found.codes)
    pair, keys = pd.factorize(found.doc[j] * n + found.doc[i])
    key = pair * size + (i - j)
    order = np.argsort(key, kind="stable")  # rows ascend already
    begins = (np.diff(key[order]) != 0) | (np.diff(i[order]) != 1)
    start = np.flatnonzero(np.append(True, begins)[: len(order)])
    of, at = pair[order[start]], i[order[start]]
    longest = np.diff(np.append(start, len(order))) + length - 1
    # One number holds both, so that the largest is the longest and of those the first.
    best = longest * size + (size - 1 - at)
    best = np.maximum.reduceat(best, np.flatnonzero(np.diff(of, prepend=-1))) if len(of) else best
    longest, last = np.divmod(best, max(size, 1))
    a, b = np.divmod(keys, max(n, 1))
    names = "a", "b", "covered_a", "covered_b", "longest", "at"
    covered = (_covered(pair, rows, size, len(keys), length) for rows in (j, i))
    return pd.DataFrame(dict(zip(names, (a, b, *covered, longest, size - 1 - last), strict=True)))


def _covered(group: Integers, rows: Integers, size: int, n: int, length: int) -> Integers:
    """How many words of each of n groups are inside the segments that begin at these rows, of
    `size` rows?
    """
    # Sorted as one number, the last row of a group and the first of the next lie a segment apart.
    key = np.sort(group * (size + length) + rows)
    new = np.minimum(np.diff(key, append=key[-1:] + length), length)
    return np.bincount(key // (size + length), new, minlength=n).astype(np.int64)


def _written(found: _Segments, at: Integers, longest: Integers) -> pd.Series:
    """The segments that begin at these rows and have these lengths, in words."""
    text = np.empty(len(at), object)
    for length in np.unique(longest):
        of = longest == length
        text[of] = _spelled(found.names, found.codes, at[of], length)
    return pd.Series(text, dtype="str")
