"""Which words keep company with a word? Co-occurrents and their measures of association."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.hypergeometric import g2, specificity
from helpers.count.parts import Unit, coded, need_unit
from helpers.read.french import word_type
from helpers.read.tables import Integers, integers

Within = Literal["sent", "par"]


def cooccurrents(
    tokens: pd.DataFrame,
    node: str | list[str],
    *,
    span: int = 5,
    within: Within = "sent",
    unit: Unit = "type",
) -> pd.DataFrame:
    """Which words keep company with a word? (*cooccurrents*, Lafon 1981)

    One row per unit that occurs in the context, the most specific first. The context is every word
    at most `span` words before or after a node in the same sentence (or paragraph), each counted
    once, the nodes themselves never. Words only are counted: marks and numbers are passed over.

    T words in all, nodes included, t in the context; f occurrences of the unit in all, O in the
    context; E = f·t/T. specificity = +|log10 P(X ≥ O)| if O ≥ E, else -|log10 P(X ≤ O)|, X ~
    Hypergeometric(T, f, t). logDice = 14 + log2(2·O/(f_node + f)). G² = 2 Σ O ln(O/E) over the four
    cells, an empty cell adding 0.

    Parameters: tokens (token table with doc, kind, unit and within; without sent a text is one
    sentence); node (a unit, or several that count as one); span (words); within ("sent" or "par");
    unit.
    Returns: columns unit, f, O (occurrences), E, specificity (orders of magnitude), logdice, g2; no
    row for a node that does not occur.
    Raises: ValueError for a span below 1, an unknown unit or within, or naming a column that is
    missing.
    Equals R textometry's `specificities` of the contexts to its 4 decimals
    (tests/reference/cooccurrents_seed.csv).
    References: Lafon (1981), Mots 3, 95-148; Rychlý (2008), RASLAN
    2008, 6-9; Dunning (1993), Computational Linguistics 19(1), 61-74.

    >>> from helpers import open_corpus
    >>> found = cooccurrents(open_corpus(annotate=False).tokens, "sécurité", span=3)
    >>> found.head(2)["type"].tolist()
    ['intérieure', 'services']
    """
    if span < 1 or within not in get_args(Within):
        raise ValueError(f"span is {span!r}, from 1; within is {within!r}, 'sent' or 'par'")
    bounds = [name for name in ("doc", within) if name != "sent" or name in tokens]
    need_unit(tokens, unit, *bounds, "kind")
    at = np.flatnonzero(tokens["kind"] == "word")
    codes, names = coded(tokens[[unit]].take(at), unit)
    wanted = [node] if isinstance(node, str) else list(node)
    if unit == "type":
        wanted = [word_type(name) for name in wanted]
    is_node = names.isin(wanted)[codes]
    context = _near(np.flatnonzero(is_node), at, [tokens[name] for name in bounds], span)
    context &= ~is_node
    observed = np.bincount(codes[context], minlength=len(names))
    there = np.flatnonzero(observed)
    f = np.bincount(codes, minlength=len(names))[there]
    table = pd.DataFrame({unit: names[there], "f": f, "O": observed[there]})
    t, T = np.count_nonzero(context), len(codes)  # noqa: N806
    table["E"] = f * t / max(T, 1)
    table["specificity"] = specificity(table["O"], f, t, T)
    table["logdice"] = 14 + np.log2(2 * table["O"] / (np.count_nonzero(is_node) + f))
    table["g2"] = g2(table["O"], f, t, T)
    return table.sort_values("specificity", ascending=False, kind="stable", ignore_index=True)


def _near(nodes: Integers, at: Integers, bounds: list[pd.Series], span: int) -> NDArray[np.bool_]:
    """Which words, in these rows, are at most `span` words from a node, and in the same text and
    passage?
    """
    near = np.zeros(len(at), bool)
    passages = [integers(column) for column in bounds]
    for distance in (*range(-span, 0), *range(1, span + 1)):
        inside = nodes[(nodes + distance >= 0) & (nodes + distance < len(near))]
        for values in passages:
            inside = inside[values[at[inside]] == values[at[inside + distance]]]
        near[inside + distance] = True
    return near
