"""What is known of the classes of segments, how sure they are, and which do not hang on the cut."""

from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.count.classification import SPLITS, Classification, level, profiles, reinert
from helpers.count.lexical_table import contingency, counts_of, crossed, segments, summed
from helpers.count.parts import By, TooLittleText, Unit, listed, parts
from helpers.count.verbs import Texts, Tokens, verb
from helpers.read.checks import From0, From1, From2
from helpers.read.corpus import Corpus
from helpers.read.tables import Integers, counted, need

Words = dict[int, Integers]  # the class of each word, for each k

SIZES, MIDDLE = (30, 40, 50), 40  # words of a segment; those of the result
LEAST, SEGMENTS, SURE = 20, 100, 300  # texts; segments, and how many are more than a sketch
AGREE, HALF = 0.6, 0.5  # adjusted Rand index of stable classes; the words that they share
SHARE, TEXTS, ONE = 0.05, 5, 0.3  # of the segments in a class; its texts; of it in one text
KEYS = {"doc": "str", "seg": "int64", "k": "int64", "class": "int64"}
PROFILE = {"k": "int64", "class": "int64", "lemma": "str", "chi2": "float64", "g2": "float64"}
COLUMNS = (KEYS, SPLITS, PROFILE | {"n_in": "int64", "n_total": "int64"})


@verb
def typical_segments(
    classes: pd.DataFrame | Classification,
    tokens: Tokens,
    *,
    n: From1 = 5,
    k: int | None = None,
    unit: Unit = "type",
) -> pd.DataFrame:
    """Which passages show best what a class is about? (*segments caractéristiques*)

    One row per segment, at most n per class, the highest score first, ties in reading order.
    score = Σ χ² in the profile of the class over the distinct units of the segment.

    Parameters: classes (the result of `reinert`, or its table of classes, for which the profile of
    all units is made); tokens (corpus, or token table with the columns that name the segments); n
    (segments per class); k (number of classes, else the largest); unit.
    Returns: class, the keys of the segment, score, start, end (characters, as in the tokens).
    Raises: ValueError naming a column that is missing, or a k for which there are no classes.
    References: Reinert (1990), doi:10.1177/075910639002600103.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> classes = pd.DataFrame({"par": range(1, 7), "k": 2, "class": [1, 1, 2, 2, 2, 2]})
    >>> typical_segments(classes, tokens, n=1)[["class", "par", "score"]].round(1).values.tolist()
    [[1.0, 2.0, 69.8], [2.0, 3.0, 40.8]]
    """
    made = classes if isinstance(classes, Classification) else None
    found = level(made.classes if made else classes, k)
    by = list(found.loc[:, :"k"].columns[:-1])
    need(tokens, *by, "start", "end")
    unit = made.profile.columns[2] if made else unit
    counts, keys, names = counts_of(tokens, by, unit)
    labels = keys.merge(found, "left", by)["class"].fillna(0).to_numpy(np.int64)
    if len(keys.merge(found, "inner", by)) < len(found):
        raise ValueError("classes and tokens have other segments; give the tokens that were cut")
    last = found["k"].max()
    typical = made.profile if made else profiles(counts, {last: labels}, names.rename(unit))
    typical = typical[typical["k"] == last]
    chi2 = np.zeros((len(names), labels.max(initial=0) + 1))
    chi2[names.get_indexer(typical[unit]), typical["class"]] = typical["chi2"].fillna(0)
    score = (counts.sign() @ chi2)[np.arange(len(labels)), labels]
    passage = tokens.groupby(parts(tokens, by).codes)
    out = keys.assign(score=score, start=passage["start"].min(), end=passage["end"].max())
    out.insert(0, "class", labels)
    out = out[labels > 0].sort_values(["class", "score"], ascending=[True, False], kind="stable")
    return out.groupby("class").head(n).reset_index(drop=True)


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


@verb
def agreement(classes: pd.DataFrame, known: By) -> pd.DataFrame:
    """Do the classes give back what is known of the segments? (*validation externe*)

    One row per number of classes. Segments without a class are a class of their own; those of which
    nothing is known are left out.

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
    names = listed(known)
    need(classes, "k", "class", *names)
    rows = []
    for k, at in classes.groupby("k"):
        told = (at.dropna(subset=name)[["class", name]].to_numpy(object).T for name in names)
        rows.append((k, (at["class"] > 0).mean(), *(adjusted_rand(*pair) for pair in told)))
    return pd.DataFrame(rows, columns=["k", "classified", *names])


@verb
def stability(
    tokens: Tokens,
    *,
    sizes: Sequence[From1] = (30, 40, 50),
    k: From2 = 10,
    unit: Unit = "type",
    min_freq: From1 = 1,
) -> pd.DataFrame:
    """Are the classes those of the texts, or of the scissors? (*stabilité des classes*)

    One row per pair of segment sizes. The corpus is cut and classified (`segments`, `contingency`,
    `reinert`) at each size; a word has the class of its segment, and classifications are compared
    word by word, those without a class as a class of their own.

    Parameters: tokens (corpus, or token table in reading order); sizes (words per segment); k
    (classes at most); unit and min_freq (as in `contingency`).
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
    last = level(reinert(table, k=k).classes, None)["class"].to_numpy()
    of_segment = last if len(last) else np.ones(len(table), np.int64)
    return of_segment[parts(cut, ["doc", "seg"]).codes][(cut["kind"] == "word").to_numpy()]


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
    counts, keys, names = counts_of(tokens, ["doc", "seg"], "lemma", "common")
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
