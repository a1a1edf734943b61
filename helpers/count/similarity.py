"""Which words hold the vocabulary together? The maximum spanning tree of co-occurrence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.count.lexical_table import counts_of
from helpers.count.parts import TooLittleText, Unit
from helpers.count.profiles import presence
from helpers.read.tables import counted

ENOUGH = 100  # parts: what fewer say of who stands with whom, chance says too


def similarity_tree(
    tokens: pd.DataFrame,
    *,
    by: str | Sequence[str] = ("doc", "sent"),
    unit: Unit = "type",
    min_freq: int = 1,
) -> pd.DataFrame:
    """Which words hold the vocabulary together? (*analyse de similitude*, *arbre maximum*)

    One row per edge of the maximum spanning tree, the strongest first, ties alphabetical; units
    that share no part are in trees of their own.

    n_a, n_b, n_ab of the parts hold a, b, both; weight = n_ab/(n_a + n_b - n_ab), the Jaccard
    index. Of equal edges the alphabetically first comes into the tree, so that there is only one:
    where units are rare, many trees are as good.

    Parameters: tokens (token table); by (columns that name the parts, sentences or segments); unit;
    min_freq (occurrences below which a unit is left out; 3 is usual).
    Returns: a, b (units, a before b in the alphabet), weight (0 to 1).
    Raises: ValueError naming a column that is missing, or lemmas that are.
    The index equals quanteda's (tests/reference/simil_seed.csv).
    References: Degenne & Vergès (1973), Revue française de sociologie 14(4), 471-512; Marchand &
    Ratinaud (2012), JADT, 687-699.

    >>> from helpers import open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> similarity_tree(tokens[~tokens["is_function"]], min_freq=3).head(2).round(2).values.tolist()
    [['coopération', 'pays', 1.0], ['coopération', 'deux', 0.67]]
    """
    from scipy.sparse import coo_array, triu
    from scipy.sparse.csgraph import minimum_spanning_tree

    counts, _, names = counts_of(tokens, by if isinstance(by, str) else list(by), unit)
    kept = np.flatnonzero(counts.sum(axis=0) >= min_freq)
    held = presence(counts[:, kept])
    both = triu(held.T @ held, k=1, format="coo")
    n = held.sum(axis=0)
    weight = both.data / (n[both.row] + n[both.col] - both.data)
    order = np.lexsort((both.col, both.row, -weight))
    place = np.arange(1, len(order) + 1)  # the tree with the least places has the most weight
    ranked = coo_array((place, (both.row[order], both.col[order])), both.shape)
    chosen = order[np.sort(minimum_spanning_tree(ranked.tocsr()).data).astype(np.int64) - 1]
    ends = (names[kept].take(side[chosen]) for side in (both.row, both.col))
    return pd.DataFrame(dict(zip("ab", ends, strict=True)) | {"weight": weight[chosen]})


def theme_tree(hits: pd.DataFrame, *, by: Sequence[str] = ("doc", "sent")) -> pd.DataFrame:
    """Which themes stand together? (*arbre maximum*)

    One row per edge, as in `similarity_tree`, with themes in the place of words.

    Parameters: hits (of `theme_hits`); by (columns that name the parts).
    Raises: TooLittleText below 100 parts with a hit, where a single sentence decides a branch.

    >>> from helpers import open_corpus; from helpers.show.notes import gate
    >>> from helpers.count.themes import theme_hits
    >>> gate(lambda: theme_tree(theme_hits(open_corpus().tokens)))
    A tree of themes needs 100 sentences with a theme; this corpus has 6 sentences.
    """
    parts = len(hits[list(by)].drop_duplicates())
    if parts < ENOUGH:
        has = counted(parts, "sentence")
        raise TooLittleText("A tree of themes", needs=f"{ENOUGH} sentences with a theme", has=has)
    themes = hits.assign(type=hits["theme"], kind="word")
    return similarity_tree(themes, by=by)
