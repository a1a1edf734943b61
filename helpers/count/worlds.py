"""Which classes of segments do not hang on how the texts were cut?"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd

from helpers.count.classes import adjusted_rand
from helpers.count.classification import SPLITS, Classification, profiles, reinert
from helpers.count.lexical_table import counts_of, crossed, segments, summed
from helpers.count.parts import TooLittleText, parts
from helpers.count.verbs import Texts, verb, with_names
from helpers.read.checks import From0, From2
from helpers.read.corpus import Corpus
from helpers.read.tables import Integers, counted

Words = dict[int, Integers]  # the class of each word, for each k

SIZES, MIDDLE = (30, 40, 50), 40  # words of a segment; those of the result
LEAST, SEGMENTS, SURE = 20, 100, 300  # texts; segments, and how many are more than a sketch
AGREE, HALF = 0.6, 0.5  # adjusted Rand index of stable classes; the words that they share
SHARE, TEXTS, ONE = 0.05, 5, 0.3  # of the segments in a class; its texts; of it in one text
KEYS = {"doc": "str", "seg": "int64", "k": "int64", "class": "int64"}
PROFILE = {"k": "int64", "class": "int64", "lemma": "str", "chi2": "float64", "g2": "float64"}
COLUMNS = (KEYS, SPLITS, PROFILE | {"n_in": "int64", "n_total": "int64"})


@verb
def stable_classes(corpus: Texts, *, k: From2 = 8, min_units: From0 = 40) -> Classification:
    """Which worlds of words are there, however the texts are cut? (*mondes lexicaux*, *classes
    stables*)

    `reinert` of the texts without reprints, of the common lemmas in 5 texts or more, cut into
    segments of 30, of 40 and of 50 words (`segments`, poor ones joined). A class that has less than
    5% of the segments, fewer than 5 texts, or more than 30% of its segments from one text is left
    unclassified. Stable is a number of classes for which every two of the three classifications
    agree, word by word as in `stability`, at an adjusted Rand index of .6 or more, and each class
    has more than half of its words and of those of one class of any other cut in common (Jaccard
    index). Of the stable ones up to k the one that leaves most classes is taken, of equal ones the
    least, in segments of 40 words.

    Parameters: corpus (or token table); k (classes at most); min_units (distinct lemmas below which
    a segment is joined to the next one, 0 to join none).
    Returns: as `reinert`, up to the k that was chosen, with class 0 for the segments of a class
    that was left. `classes.attrs` holds agreement (for each k that leaves two classes, the least of
    either index), segments (of 40 words, before they are joined) and sketch (True with fewer than
    300). Their tokens: `segments(corpus.without_reprints(), min_units=40, unit="lemma",
    only="common")`.
    Raises: TooLittleText with fewer than 20 texts or 100 segments, with fewer than two joined
    segments a text (which no other cut would change: lower min_units), or where there are no stable
    classes; ValueError for texts that are not annotated.
    References: Reinert (1990), doi:10.1177/075910639002600103; Ratinaud & Marchand (2012), JADT,
    835-844; Hubert & Arabie (1985), doi:10.1007/BF01908075; Hennig (2007),
    doi:10.1016/j.csda.2006.11.025.

    >>> from helpers import open_corpus
    >>> stable_classes(open_corpus())
    Traceback (most recent call last):
    helpers.count.parts.TooLittleText: stable_classes needs 100 segments of 20 texts; this corpus
    has 7 segments of 1 text.
    """
    corpus = corpus.without_reprints()
    if corpus.tokens.empty:
        return Classification(*(pd.DataFrame(columns=[*of]).astype(of) for of in COLUMNS))
    n = len(segments(corpus.tokens, size=MIDDLE).drop_duplicates(["doc", "seg"]))
    if len(corpus) < LEAST or n < SEGMENTS:
        needs, has = f"{SEGMENTS} segments of {LEAST} texts", counted(n, "segment")
        raise TooLittleText("stable_classes", needs, f"{has} of {counted(len(corpus), 'text')}")
    cuts = {size: _classified(corpus, size, k, min_units) for size in SIZES}
    found, of_words = cuts[MIDDLE]
    # Texts that are one segment each would be the same in every cut.
    if len(found.classes) < 2 * len(corpus) * len(found.splits):
        raise TooLittleText("stable_classes", "2 joined segments a text", "fewer")
    agreement = _agreement([words for _, words in cuts.values()])
    stable = [k for k, (rand, share) in agreement.items() if rand >= AGREE and share > HALF]
    if not stable:
        raise TooLittleText("stable_classes", "three cuts that agree", "no stable classes")
    chosen = max(stable, key=lambda k: (len(np.unique(of_words[k])), -k))
    found = Classification(*(rows[rows["k"] <= chosen] for rows in found))
    found.classes.attrs = {"agreement": agreement, "segments": n, "sketch": n < SURE}
    return found


def _classified(corpus: Corpus, size: int, k: int, least: int) -> tuple[Classification, Words]:
    """The classes in segments of this size, small ones left out; and for each k that leaves two
    the class of each word.
    """
    tokens = segments(corpus, size=size, min_units=least, unit="lemma", only="common")
    counts, keys, names = counts_of(with_names(tokens, corpus), ["doc", "seg"], "lemma", "common")
    doc = parts(keys, "doc").codes
    kept = np.flatnonzero(summed(counts.sign(), doc).sign().sum(axis=0) >= TEXTS)
    counts, names = counts[:, kept], names[kept].rename("lemma")
    table = pd.DataFrame.sparse.from_spmatrix(counts, pd.MultiIndex.from_frame(keys), names)
    found = reinert(table, k=k)
    known = {k: _large(rows.to_numpy(), doc) for k, rows in found.classes.groupby("k")["class"]}
    classes = found.classes.assign(**{"class": np.array([*known.values()], np.int64).ravel()})
    of_word = parts(tokens, ["doc", "seg"]).codes[(tokens["kind"] == "word").to_numpy()]
    words = {k: labels[of_word] for k, labels in known.items() if len({*labels} - {0}) > 1}
    return Classification(classes, found.splits, profiles(counts, known, names)), words


def _large(labels: Integers, doc: Integers) -> Integers:
    """The class of each segment, 0 in one that is small or that one text makes."""
    held = crossed(labels, doc, (labels.max() + 1, doc.max() + 1)).toarray()
    size, texts, most = held.sum(axis=1), np.count_nonzero(held, axis=1), held.max(axis=1)
    kept = (size >= SHARE * len(labels)) & (texts >= TEXTS) & (most <= ONE * size)
    return np.where(kept[labels], labels, 0)


def _agreement(cuts: list[Words]) -> dict[int, tuple[float, float]]:
    """How far do two cuts agree, word by word, and how much of a class is one class in the other?
    For each k of all cuts, where it is least.
    """
    agreement = {}
    for k in sorted(set.intersection(*map(set, cuts))):
        pairs = [(a[k], b[k]) for a, b in permutations(cuts, 2)]
        rand, share = (min(of(*pair) for pair in pairs) for of in (adjusted_rand, _shared))
        agreement[k] = float(rand), float(share)
    return agreement


def _shared(one: Integers, other: Integers) -> float:
    """The Jaccard index, over words, of a class and the class that is most like it in another cut:
    that of the class for which it is least.
    """
    both = crossed(one, other, (one.max() + 1, other.max() + 1)).toarray()
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    return (both / np.maximum(either, 1))[np.unique(one[one > 0]), 1:].max(axis=1).min()
