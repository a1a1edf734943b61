"""Rows along the tokens: where a text or a corpus has something, stroke by stroke or in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.plot.style import GREY, PALE, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Beyond this many paragraphs, or texts, the lines between them say nothing.
MAX_BOUNDS = 30
NUMBERED = 12  # texts whose number has room
CROWDED = 300  # strokes of a row that would be a solid block
BINS = 100  # of the tokens, for rows like that
HEIGHT = 0.7  # of a row
SMALL: dict[str, Any] = {"textcoords": "offset points", "color": GREY, "fontsize": 8}
TOKENS = "token (word, number or mark), in order"


def size_of(rows: int) -> tuple[float, float]:
    """Inches of a figure with so many rows."""
    return (7.0, 1.3 + 0.34 * max(rows, 3))


def name_rows(axes: Axes, names: list[str]) -> None:
    """A name at the left of each row, the first at the top."""
    axes.set_yticks(range(len(names)), [label(name) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.05, -0.6)


def beside(axes: Axes, row: float, text: str) -> None:
    """A word or number at the right of a row, outside the axes."""
    look = SMALL | {"fontsize": 9, "va": "center", "annotation_clip": False}
    axes.annotate(text, (1, row), (6, 0), ("axes fraction", "data"), **look)


def places_of(tokens: pd.DataFrame, rows: pd.DataFrame, at: str = "start") -> np.ndarray:
    """The number of the token at which each row starts or ends."""
    order = pd.MultiIndex.from_arrays([tokens["doc"].cat.codes, tokens[at]])
    codes = tokens["doc"].cat.categories.get_indexer(rows["doc"])
    return order.get_indexer(pd.MultiIndex.from_arrays([codes, rows[at]]))


def bounds(axes: Axes, tokens: pd.DataFrame) -> None:
    """The axis along the tokens, with a thin line where each paragraph or text begins."""
    axes.set_xlim(-1, len(tokens))
    axes.set_xlabel(TOKENS)
    doc = tokens["doc"].cat.codes.to_numpy()
    par = tokens["par"].to_numpy()
    new_doc = np.flatnonzero(np.diff(doc, prepend=-1))
    new_par = np.flatnonzero((np.diff(doc, prepend=-1) != 0) | (np.diff(par, prepend=-1) != 0))
    one = len(new_doc) == 1
    first = new_par if one else new_doc
    if len(first) > MAX_BOUNDS:
        return
    for i, start in enumerate(first, 1):
        axes.axvline(start - 0.5, color=PALE, linewidth=0.8, zorder=0)
        if len(first) <= NUMBERED or i % 5 == 1:
            name = f"¶ {par[start]}" if one else f"text {i}"
            axes.annotate(name, (start, 0), (2, 3), ("data", "axes fraction"), **SMALL)


def strokes(
    axes: Axes, rows: list[np.ndarray], n: int, colours: list[str], widths: list[float]
) -> None:
    """A stroke at each place of a row; of a row with too many, how many there are in each hundredth
    of the n tokens, all such rows on one scale, which the axis names.
    """
    edges = np.linspace(0, n, BINS + 1)
    dense = {i: np.histogram(row, edges)[0] for i, row in enumerate(rows) if len(row) > CROWDED}
    highest = max((counts.max() for counts in dense.values()), default=0)
    for i, (row, colour, width) in enumerate(zip(rows, colours, widths, strict=True)):
        if i not in dense:
            look = {"colors": colour, "linewidths": width}
            axes.eventplot(row, lineoffsets=i, linelengths=HEIGHT, **look)
            continue
        base = i + HEIGHT / 2
        tops = base - HEIGHT * dense[i] / highest
        axes.stairs(tops, edges, baseline=base, fill=True, color=colour)
    if dense:
        scale = f"a full row is {highest:,} hits in {n / BINS:,.0f} tokens"
        axes.set_xlabel(f"{TOKENS}; {scale}")
