"""How sure are the classes? What is known of the segments, and other ways to cut them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.count.classification import reinert
from helpers.count.lexical_table import contingency, segments
from helpers.count.parts import TooLittleText, Unit, parts
from helpers.count.similarity import ENOUGH
from helpers.read.tables import Integers, counted, need


def enough_segments(tokens: pd.DataFrame, measure: str = "A classification") -> pd.DataFrame:
    """Are there segments enough for worlds of vocabulary? (*seuil*)

    The table as it is, if it has 100 segments: below that a class of segments and a branch of a
    tree rest on a handful of sentences, and `reinert` would still divide them.

    Parameters: tokens (token table with doc and seg, as `segments` makes it); measure (what needs
    the segments, as the message names it).
    Raises: TooLittleText below 100 segments; ValueError naming a column that is missing.

    >>> from helpers.show.notes import gate; from helpers import open_corpus
    >>> gate(lambda: enough_segments(segments(open_corpus(annotate=False).tokens)))
    A classification needs 100 segments; this corpus has 7 segments.
    """
    need(tokens, "doc", "seg")
    n = len(parts(tokens, ["doc", "seg"]).keys)
    if n < ENOUGH:
        raise TooLittleText(measure, needs=f"{ENOUGH} segments", has=counted(n, "segment"))
    return tokens


def adjusted_rand(a: ArrayLike, b: ArrayLike) -> float:
    """How far do two classifications of the same things agree? (*indice de Rand ajusté*)

    Of all pairs of things, those that are together in both classifications, compared with what
    random classes of the same sizes would give: 1 if the classes are the same under whatever names,
    0 on average for chance, less for less.

    Parameters: a, b (the class of each thing; names do not matter).
    Returns: the index; NaN where nothing can agree or differ: all in one class, or each in its own,
    in both.
    Raises: ValueError for classifications of different lengths.
    References: Hubert & Arabie (1985), doi:10.1007/BF01908075.

    >>> adjusted_rand(["a", "a", "b", "b"], [2, 2, 1, 1])
    1.0
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} things have a class in one way and {len(b)} in the other")
    row, column = (pd.factorize(np.asarray(x), use_na_sentinel=False)[0] for x in (a, b))
    cells = np.unique(row * (len(column) + 1) + column, return_counts=True)[1]
    sizes = (cells, np.bincount(row), np.bincount(column), np.array([len(row)]))
    together, in_a, in_b, pairs = (float((n * (n - 1) // 2).sum()) for n in sizes)
    if in_a == in_b and in_a in (0, pairs):
        return np.nan
    expected = in_a * in_b / pairs
    return (together - expected) / ((in_a + in_b) / 2 - expected)


def agreement(classes: pd.DataFrame, known: str | list[str]) -> pd.DataFrame:
    """Do the classes give back what is known of the segments? (*validation externe*)

    One row per number of classes. Segments without a class are a class of their own.

    Parameters: classes (k and class, as `reinert` returns them, with columns of what is known, as
    `corpus.with_metadata(classes)` adds them); known (names of such columns).
    Returns: k, classified (share of the segments), and for each known column, under its name, the
    adjusted Rand index of it and the class (NaN where neither divides anything).
    Raises: ValueError naming a column that is missing.
    References: Hubert & Arabie (1985), doi:10.1007/BF01908075.

    >>> classes = pd.DataFrame({"k": 2, "class": [1, 1, 2, 2], "month": ["05", "05", "06", "06"]})
    >>> agreement(classes, "month").values.tolist()
    [[2.0, 1.0, 1.0]]
    """
    names = [known] if isinstance(known, str) else known
    need(classes, "k", "class", *names)
    rows = [
        (k, (at["class"] > 0).mean(), *(adjusted_rand(at["class"], at[name]) for name in names))
        for k, at in classes.groupby("k")
    ]
    return pd.DataFrame(rows, columns=["k", "classified", *names])


def stability(
    tokens: pd.DataFrame,
    *,
    sizes: tuple[int, ...] = (30, 40, 50),
    k: int = 10,
    unit: Unit = "type",
    min_freq: int = 1,
) -> pd.DataFrame:
    """Are the classes those of the texts, or of the scissors? (*stabilité des classes*)

    One row per pair of segment sizes. The corpus is cut and classified (`segments`, `contingency`,
    `reinert`) at each size; a word has the class of its segment, and classifications are compared
    word by word, those without a class as a class of their own.

    Parameters: tokens (token table in reading order); sizes (words per segment); k (classes at
    most); unit and min_freq (as in `contingency`).
    Returns: size_a, size_b, classes_a, classes_b (classes found), adjusted_rand (over all words;
    NaN where nothing is divided at either size).
    Raises: TooLittleText with fewer than 3 segments or 3 units at one of the sizes; ValueError
    naming a column that is missing.
    References: Hubert & Arabie (1985), doi:10.1007/BF01908075.

    >>> from helpers import open_corpus
    >>> found = stability(open_corpus(annotate=False).tokens, sizes=(20, 40), k=2)
    >>> found["adjusted_rand"].round(2).item()
    -0.07
    """
    of_words = {size: _classes_of_words(tokens, size, k, unit, min_freq) for size in sizes}
    rows = [
        (a, b, of_words[a].max(), of_words[b].max(), adjusted_rand(of_words[a], of_words[b]))
        for a, b in combinations(sizes, 2)
    ]
    names = ["size_a", "size_b", "classes_a", "classes_b", "adjusted_rand"]
    return pd.DataFrame(rows, columns=names)


def _classes_of_words(
    tokens: pd.DataFrame, size: int, k: int, unit: Unit, min_freq: int
) -> Integers:
    """The class of each word, that of its segment; all in one where nothing is divided."""
    cut = segments(tokens, size=size)
    table = contingency(cut, ["doc", "seg"], unit=unit, min_freq=min_freq)
    classes = reinert(table, k=k).classes
    last = classes.loc[classes["k"] == classes["k"].max(), "class"].to_numpy()
    of_segment = last if len(last) else np.ones(len(table), np.int64)
    return of_segment[parts(cut, ["doc", "seg"]).codes][(cut["kind"] == "word").to_numpy()]
