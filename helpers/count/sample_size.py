"""How many texts does it take to find a difference?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.hypergeometric import specificity
from helpers.count.parts import TooLittleText, Unit, coded, parts, words

Floats = NDArray[np.float64]

DRAWS, SHUFFLES = 100, 199  # pairs of samples, and shufflings of the texts of each pair
LEVEL, CHANCE = 0.05, 2.0  # found: p at most .05; a specificity of 2 or more
# Words of middling frequency: those that a tenth to a half of the texts hold, 40 at most.
RAREST, COMMONEST, UNITS = 0.1, 0.5, 40
NEVER_LESS = 1 - 1e-9  # a gap that is equal but for its last digits is as large


def rate_gap(f: Floats, n: Floats, F: Floats, N: Floats) -> Floats:  # noqa: N803
    """How far apart are the rates on two sides? |f/n - (F - f)/(N - n)|, occurrences per word.

    Parameters: f, n (occurrences and words on one side), F, N (on both), which broadcast.
    """
    return np.abs(f / n - (F - f) / (N - n))


def power(
    tokens: pd.DataFrame,
    *,
    sizes: Sequence[int] = (5, 10, 20, 50),
    ratios: Sequence[float] = (1, 1.5, 2, 3),
    unit: Unit = "type",
    random_state: int = 0,
) -> pd.DataFrame:
    """How many texts does one need to find a difference of a given size? (*puissance*)

    One row per size and ratio. Pairs of samples of n_docs texts each are drawn from the texts,
    which are of one kind; on one side each occurrence of a word is kept with the chance 1/ratio, so
    that the word is `ratio` times as frequent on the other. At ratio 1 nothing differs: what is
    found there is false alarm. A mean over 40 words that a tenth to a half of the texts hold, each
    planted by itself, and over 100 pairs.

    permutation takes the text for the unit: p is the share of 199 shufflings of the texts between
    the sides (and the sides as drawn) with at least as large a difference of rates; a text's words
    stay together, so that a word that comes in bursts raises no alarm. It is the test of `keyness`.
    specificity takes the word for the unit: words dealt one by one would reach 2 in at most 2 % of
    the cases at ratio 1, words that come in bursts do so more often.

    Parameters: tokens (token table of many texts of one kind); sizes (texts on each side); ratios
    (at least 1); unit; random_state.
    Returns: n_docs (texts on each side), ratio, permutation (share with p ≤ .05), specificity
    (share with |S| ≥ 2), n_units (words averaged over).
    Raises: TooLittleText with fewer texts than both sides of the largest size, or no word of
    middling frequency; ValueError for a size or ratio below 1.
    References: Lijffijt et al. (2016), Digital Scholarship in the Humanities 31(2), 374-397,
    doi:10.1093/llc/fqu064; Lafon (1980), Mots 1, 127-165, doi:10.3406/mots.1980.1008.

    >>> from helpers import open_corpus
    >>> power(open_corpus(annotate=False).tokens)
    Traceback (most recent call last):
    helpers.show.notes.TooLittleText: power needs 100 texts; this corpus has 1.
    """
    if min(sizes, default=0) < 1 or min(ratios, default=0) < 1:
        raise ValueError(f"sizes {sizes!r} and ratios {ratios!r}: all are at least 1")
    counts, lengths = _middling(tokens, unit, need=2 * max(sizes))
    rng = np.random.default_rng(random_state)
    rows = [row for size in sizes for row in _searched(counts, lengths, size, ratios, rng)]
    table = pd.DataFrame(rows, columns=["n_docs", "ratio", "permutation", "specificity"])
    return table.assign(n_units=counts.shape[1]).sort_values(
        ["n_docs", "ratio"], kind="stable", ignore_index=True
    )


def _middling(tokens: pd.DataFrame, unit: Unit, *, need: int) -> tuple[Floats, Floats]:
    """The counts of the words of middling frequency (texts × units), and the words per text."""
    kept = words(tokens.filter(["doc", "kind", unit]))
    doc, codes = parts(kept, "doc").codes, coded(kept, unit).codes
    lengths = np.bincount(doc).astype(float)
    if len(lengths) < need:
        raise TooLittleText("power", needs=f"{need:,} texts", has=f"{len(lengths):,}")
    cells, f = np.unique(codes * len(lengths) + doc, return_counts=True)
    name, doc = np.divmod(cells, len(lengths))
    share = np.bincount(name) / len(lengths)
    chosen = np.flatnonzero((share >= RAREST) & (share <= COMMONEST))
    if not len(chosen):
        raise TooLittleText("power", needs="words that a tenth of the texts hold", has="none")
    chosen = chosen[np.unique(np.linspace(0, len(chosen) - 1, UNITS).astype(int))]
    at = np.searchsorted(chosen, name)
    inside = chosen.take(at, mode="clip") == name
    counts = np.zeros((len(lengths), len(chosen)))
    counts[doc[inside], at[inside]] = f[inside]
    return counts, lengths


def _searched(
    counts: Floats, lengths: Floats, size: int, ratios: Sequence[float], rng: np.random.Generator
) -> Iterator[tuple[int, float, float, float]]:
    """What both tests find between samples of this size, for each ratio."""
    drawn = rng.random((DRAWS, len(counts))).argsort(axis=1)[:, : 2 * size]
    sides = np.tile(np.arange(2 * size) < size, (SHUFFLES + 1, 1))
    sides[1:] = rng.permuted(sides[1:], axis=1)
    n = lengths[drawn] @ sides.T.astype(float)
    for ratio in ratios:
        planted = counts[drawn]
        planted[:, size:] = rng.binomial(planted[:, size:].astype(int), 1 / ratio)
        # One large product: a hundred small ones wait for each other's threads.
        f = np.tensordot(sides.astype(float), planted, axes=(1, 1)).swapaxes(0, 1)
        F = planted.sum(axis=1)  # noqa: N806
        N = lengths[drawn].sum(axis=1)  # noqa: N806
        gap = rate_gap(f, n[:, :, None], F[:, None], N[:, None, None])
        p = (gap >= gap[:, :1] * NEVER_LESS).mean(axis=1)
        strength = np.abs(specificity(f[:, 0], F, n[:, :1], N[:, None]))
        yield size, ratio, (p <= LEVEL).mean(), (strength >= CHANCE).mean()
