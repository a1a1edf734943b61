"""Figures of words in context: where they stand, how they come, what repeats, what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PINK,
    SKY,
    VERMILION,
    label,
    new_axes,
    nothing_to_draw,
)
from helpers.query import find

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.corpus import Corpus

# Beyond this many paragraphs, or texts, the lines between them say nothing.
MAX_BOUNDS = 30
NUMBERED = 12  # texts whose number has room
LOOKS = ((BLUE, "-"), (VERMILION, "--"), (GREEN, "-."), (PINK, ":"), (ORANGE, "-"), (SKY, "--"))
CHANCE = 2  # |specificity| from which a co-occurrent is worth a look: one-sided p of .01
SMALL: dict[str, Any] = {"textcoords": "offset points", "color": GREY, "fontsize": 8}
NARROWEST = 0.004  # of the axis: a shorter segment could not be seen


def plot_dispersion(
    corpus: Corpus,
    queries: list[str],
    measured: pd.DataFrame | None = None,
    *,
    title: str | None = None,
) -> Axes:
    """Where along the corpus do words stand? A row for each query, a stroke for each hit.

    Parameters: corpus; queries (as in `concordance`, the first is that of the title); measured (a
    table of `dispersion`, whose DP is written at the right); title (else in how many paragraphs).
    """
    tokens = corpus.tokens
    if tokens.empty or not queries:
        return nothing_to_draw(title or "Words along the corpus")
    hits = [find(tokens, query).rows for query in queries]
    par = tokens.groupby(["doc", "par"], observed=True, sort=False).ngroup().to_numpy()
    where = f"{len(np.unique(par[hits[0]])):,} of {par.max() + 1:,} paragraphs"
    axes = new_axes(title or f"“{queries[0]}” stands in {where}", size=_size(len(queries)))
    for row, rows in enumerate(hits):
        colour = VERMILION if row == 0 else BLUE
        width = 2.2 if row == 0 else 1.5
        axes.eventplot(rows, lineoffsets=row, linelengths=0.7, linewidths=width, colors=colour)
    _rows(axes, [f"{query} ({len(h):,})" for query, h in zip(queries, hits, strict=True)])
    if isinstance(measured, pd.DataFrame):
        dp = measured.set_index("type")["dp"].reindex(queries)
        for row, value in enumerate(dp):
            _beside(axes, row, "" if pd.isna(value) else f"{value:.2f}")
        _beside(axes, -0.75, "DP")
    axes.set_ylabel("word (hits)")
    _along(axes, tokens)
    return axes


def _size(rows: int) -> tuple[float, float]:
    return (7.0, 1.3 + 0.34 * max(rows, 3))


def _rows(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), [label(name) for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.05, -0.6)


def _beside(axes: Axes, row: float, text: str) -> None:
    """A word or number at the right of a row, outside the axes."""
    look = SMALL | {"fontsize": 9, "va": "center", "annotation_clip": False}
    axes.annotate(text, (1, row), (6, 0), ("axes fraction", "data"), **look)


def _along(axes: Axes, tokens: pd.DataFrame) -> None:
    """The axis along the tokens, with a thin line where each paragraph or text begins."""
    axes.set_xlim(-1, len(tokens))
    axes.set_xlabel("token, from the first to the last")
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


def plot_progression(
    progressions: dict[str, pd.DataFrame], n_words: int, *, title: str | None = None
) -> Axes:
    """Does a word come evenly or in bursts? The share of its hits so far, against the words read.

    Parameters: progressions (query: its table of `progression`); n_words (words of the corpus);
    title (else after which share of the words half of the hits of the first query are read).
    """
    drawn = {name: table for name, table in progressions.items() if len(table)}
    if not drawn or not n_words:
        return nothing_to_draw(title or "Hits along the corpus")
    name, table = next(iter(drawn.items()))
    half = table["n"].iloc[(len(table) - 1) // 2] / n_words
    found = f"Half of the hits of “{name}” are read after {half:.0%} of the words"
    axes = new_axes(title or found, size=(7.0, 4.6))
    axes.plot([0, n_words], [0, 1], color=GREY, linewidth=0.8)
    grid = np.linspace(0, n_words, 400)
    heights = [*(_share(table, grid) for table in drawn.values()), grid / n_words]
    for i, (name, table) in enumerate(drawn.items()):
        colour, line = LOOKS[i % len(LOOKS)]
        x = np.concatenate(([0], table["n"], [n_words]))
        y = np.concatenate(([0], table["share"], [1]))
        axes.step(x, y, where="post", color=colour, linestyle=line, linewidth=1.8)
        _on_the_line(axes, f"{name} ({len(table):,})", grid, heights, i, colour)
    _on_the_line(axes, "even spread", grid, heights, len(drawn), GREY)
    axes.set(xlim=(0, n_words), ylim=(0, 1.03))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel("words read")
    axes.set_ylabel("share of the hits so far")
    return axes


def _share(table: pd.DataFrame, grid: np.ndarray) -> np.ndarray:
    """The share of the hits that are read after so many words."""
    return np.searchsorted(table["n"].to_numpy(), grid, side="right") / len(table)


def _on_the_line(
    axes: Axes, text: str, grid: np.ndarray, heights: list[np.ndarray], i: int, colour: str
) -> None:
    """The label of curve i, where it stands apart from the other curves and from the diagonal."""
    others = [*heights[:i], *heights[i + 1 :]]
    apart = np.min([np.abs(heights[i] - other) for other in others], axis=0)
    apart[(grid < 0.15 * grid[-1]) | (grid > 0.8 * grid[-1])] = -2
    apart[(heights[i] < 0.1) | (heights[i] > 0.93)] -= 1
    at = int(np.argmax(apart))
    above = heights[i][at] >= np.median([other[at] for other in others])
    axes.annotate(
        label(text),
        (grid[at], heights[i][at]),
        (0, 5) if above else (0, -5),
        textcoords="offset points",
        ha="right" if above else "left",
        va="bottom" if above else "top",
        color=colour,
        fontweight="bold" if colour != GREY else "normal",
    )


def plot_segments(
    places: pd.DataFrame, tokens: pd.DataFrame, *, title: str | None = None, top: int = 15
) -> Axes:
    """Where does the corpus repeat itself? A row for each segment, a bar as long as it, at each
    place.

    Parameters: places (table of `segment_places`), tokens (table); title (else the length of the
    longest); top (segments drawn).
    """
    if places.empty:
        return nothing_to_draw(title or "Repeated segments", "no segment is repeated")
    names = places["segment"].unique()[:top]
    longest = places["length"].max()
    title = title or f"Formulas of up to {longest} words come back"
    axes = new_axes(title, size=_size(len(names)))
    order = pd.MultiIndex.from_arrays([tokens["doc"].cat.codes, tokens["start"]])
    ends = pd.MultiIndex.from_arrays([tokens["doc"].cat.codes, tokens["end"]])
    codes = tokens["doc"].cat.categories.get_indexer(places["doc"])
    first = order.get_indexer(pd.MultiIndex.from_arrays([codes, places["start"]]))
    last = ends.get_indexer(pd.MultiIndex.from_arrays([codes, places["end"]]))
    width = np.maximum(last - first + 1, NARROWEST * len(tokens))
    for row, name in enumerate(names):
        here = (places["segment"] == name).to_numpy()
        axes.barh(row, width[here], left=first[here] - 0.5, height=0.62, color=BLUE)
        axes.axhline(row, color=PALE, linewidth=0.5, zorder=0)
    counts = places["segment"].value_counts()
    _rows(axes, [f"{_cut(name)} ({counts[name]:,})" for name in names])
    axes.tick_params(axis="y", labelsize=9)
    axes.set_ylabel("segment (occurrences)")
    _along(axes, tokens)
    return axes


def _cut(name: str, most: int = 40) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rpartition(' ')[0]} …"


def plot_cooccurrents(table: pd.DataFrame, *, title: str | None = None, top: int = 15) -> Axes:
    """Which co-occurrents are more than chance? A dot each, against the band of ±2.

    Parameters: table (of `cooccurrents`); title (else how many leave the band); top (rows drawn).
    """
    if table.empty:
        return nothing_to_draw(title or "Co-occurrents", "no co-occurrent")
    beyond = (table["specificity"].abs() >= CHANCE).sum()
    found = f"{beyond:,} of {len(table):,} co-occurrents reach a specificity of {CHANCE}"
    axes = new_axes(title or found, size=_size(min(len(table), top) + 1))
    shown = table.head(top)
    axes.axvspan(-CHANCE, CHANCE, color=PALE, alpha=0.45, linewidth=0, zorder=0)
    axes.axvline(0, color=GREY, linewidth=0.8)
    for row, found in enumerate(shown.itertuples()):
        value, out = found.specificity, abs(found.specificity) >= CHANCE
        colour = BLUE if out else GREY
        axes.plot([0, value], [row, row], color=colour, linewidth=1, zorder=1)
        face = BLUE if out else "white"
        axes.plot(value, row, "o", color=colour, markerfacecolor=face, markersize=7)
        _beside(axes, row, f"{found.O:,} of {found.f:,}")
    _beside(axes, -0.8, "O of f")
    _rows(axes, shown.iloc[:, 0].astype("str").tolist())
    axes.set_ylim(len(shown) - 0.4, -0.6)
    low, high = min(shown["specificity"].min(), 0), max(shown["specificity"].max(), CHANCE)
    axes.set_xlim(low * 1.1 - 0.1, high * 1.1 + 0.1)
    look = SMALL | {"color": INK, "ha": "right"}
    axes.annotate("within ±2: chance is no surprise", (CHANCE, len(shown) - 0.5), (-4, 3), **look)
    axes.set_xlabel("specificity, in orders of magnitude")
    axes.set_ylabel("co-occurrent")
    return axes
