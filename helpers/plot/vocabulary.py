"""Figures of the vocabulary: how often words occur, how it grows, where it is varied."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.plot import sheet
from helpers.plot.marks import place_labels
from helpers.plot.sheet import Axes, Page
from helpers.read.tables import counted

MANY = 1200  # windows that a line can show; more would be a solid block
PIXELS = 300  # stretches that a band is made of
TOP = 10  # ranks among which the word furthest above the line is looked for
FIRST = 5  # words of a plot of ranks that are all named
NAMED, FORMULA = 0.5, 0.6  # powers of the number of types: the last named word, the formula


@sheet.figure
def zipf(page: Page, frequencies: pd.DataFrame, zipf: pd.DataFrame) -> Axes:
    """How fast does frequency fall with rank? A point for each word, and the line of Zipf's law.

    Parameters: frequencies, zipf (tables of `count.frequencies` and `count.zipf` of the same
    words); ax (one's own Axes, else those of a new figure); title (else the word furthest above the
    line among the first ten).
    Returns: the Axes.

    >>> from helpers import count, open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> zipf(count.frequencies(tokens), count.zipf(tokens)).get_title("left")
    '“et” stands furthest above the fitted line'
    """
    f, rank = frequencies["f"].to_numpy(), np.arange(1, len(frequencies) + 1)
    C, a = zipf.loc[0, ["C", "a"]]  # noqa: N806
    law = C * rank**-a
    alone = ~pd.Series(f).duplicated(keep=False)
    above = pd.Series(np.where(alone, f / law, np.nan), frequencies.iloc[:, 0]).head(TOP)
    first = f"The most frequent word occurs {counted(f[0], 'time')}"
    if above.max() > 1:
        first = f"“{above.idxmax()}” stands furthest above the fitted line"
    axes = page.new_axes(first, (7.0, 4.4))
    axes.loglog(rank, f, "o", color=sheet.BLUE, markersize=4, markeredgewidth=0, clip_on=False)
    axes.set(xlim=(0.7, 1.4 * len(f)), ylim=(0.8, 1.6 * f[0]))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set(major_formatter="{x:,.0f}", minor_formatter="")
    if not np.isnan(a):
        axes.plot(rank, law, "--", color=sheet.VERMILION, linewidth=1.4)
        # The formula stands right above the line and the points, which fall from there.
        said, at = f"Zipf: {C:,.{int(C < 100)}f} / rank$^{{{a:.2f}}}$", int(len(f) ** FORMULA)
        look = {"color": sheet.VERMILION, "textcoords": "offset points"}
        axes.annotate(said, (at, np.fmax(f, law)[at - 1]), (5, 5), **look)
    _name_points(axes, frequencies.iloc[:, 0], f, law)
    return axes


def _name_points(axes: Axes, names: pd.Series, f: np.ndarray, law: np.ndarray) -> None:
    """The first words, and some of those up to the formula, that share their frequency with no
    other, the others of a step being an accident of the alphabet.
    """
    alone = np.flatnonzero(~pd.Series(f).duplicated(keep=False))
    alone = alone[alone < max(FIRST, len(f) ** NAMED)]
    gap, free, texts = 0.055 * np.log(1.65 * len(f)), -np.inf, []
    for at in alone:
        if at < FIRST or np.log(at + 1) > free:
            texts.append(axes.text(at + 1, f[at], sheet.label(names.iloc[at]), fontsize=9))
            free = np.log(at + 1) + gap
    x = np.geomspace(1, len(f), PIXELS)
    line = np.exp(np.interp(np.log(x), *np.log([np.arange(1, len(f) + 1), law])))
    drawn = np.unique(x.astype(int))
    points = np.column_stack([np.append(drawn, x), np.append(f[drawn - 1], line)])
    place_labels(axes, texts, points[points[:, 1] > 0], np.empty((0, 2)))


@sheet.figure
def growth(page: Page, growth: pd.DataFrame) -> Axes:
    """Does the vocabulary grow as in a random order of the same words? Observed, mean and ±2 sd.

    Parameters: growth (table of `count.growth`); ax (one's own Axes, else those of a new figure);
    title (else the share of points inside the band).
    Returns: the Axes.

    >>> table = pd.DataFrame({"n": [1, 2, 3], "observed": [1, 2, 2], "expected": [1, 1.7, 2]})
    >>> growth(table.assign(sd=[0, 0.5, 0])).get_title("left")
    'Observed growth lies within ±2 sd at 100% of the points'
    """
    if len(growth) < 3:
        raise sheet.Nothing("fewer than three words")
    n, seen, mean, sd = (growth[name] for name in ("n", "observed", "expected", "sd"))
    inside = ((seen - mean).abs() <= 2 * sd + 1e-9).mean()
    axes = page.new_axes(f"Observed growth lies within ±2 sd at {inside:.0%} of the points")
    axes.fill_between(n, mean - 2 * sd, mean + 2 * sd, color=sheet.PALE, linewidth=0)
    axes.plot(n, mean, "--", color=sheet.GREY, linewidth=1.3)
    axes.plot(n, seen, color=sheet.BLUE, linewidth=1.8)
    upper, lower = np.maximum(seen, mean + 2 * sd), np.minimum(seen, mean - 2 * sd)
    above, below = int(0.42 * len(n)), int(0.45 * len(n))
    look = {"textcoords": "offset points", "ha": "right", "va": "bottom", "color": sheet.BLUE}
    if not page.ax:
        axes.annotate("observed (solid)", (n.iloc[above], upper.iloc[above]), (-10, 6), **look)
    look |= {"ha": "left", "va": "top" if page.ax else "center", "color": sheet.GREY}
    said = ("solid: observed\n" if page.ax else "") + "random orders: mean (dashed) ± 2 sd"
    axes.annotate(said, (n.iloc[below], lower.iloc[below]), (8, -4), **look)
    axes.set(xlim=(0, n.max()), ylim=(0, 1.04 * seen.max()))
    return axes


@sheet.figure
def ttr_along(page: Page, table: pd.DataFrame) -> Axes:
    """Where is the text varied? The TTR of a moving window along the text, and its mean; of very
    many windows, the least, the mean and the greatest in each of 300 stretches.

    Parameters: table (of `count.ttr_along`); ax (one's own Axes, else those of a new figure); title
    (else the extremes).
    Returns: the Axes.

    >>> table = pd.DataFrame({"n": [25, 26], "types": [40, 30], "ttr": [0.8, 0.6]})
    >>> ttr_along(table).get_title("left")
    'TTR in the window moves between 0.60 and 0.80'
    """
    low, high, mean = table["ttr"].min(), table["ttr"].max(), table["ttr"].mean()
    axes = page.new_axes(f"TTR in the window moves between {low:.2f} and {high:.2f}")
    axes.axhline(mean, color=sheet.GREY, linestyle="--", linewidth=1)
    along = "word in the middle of the window"
    bins = np.arange(len(table)) * PIXELS // len(table)
    few = table.groupby(bins if len(table) > MANY else table.index)
    shown = few["ttr"].agg(["min", "mean", "max"]).assign(n=few["n"].median())
    if len(table) > MANY:
        band = {"step": "mid", "color": sheet.SKY, "alpha": 0.45, "linewidth": 0}
        axes.fill_between(shown["n"], shown["min"], shown["max"], **band)
        along += f"\nband: least and greatest in each of {PIXELS} stretches, line: their mean"
    mark = "o" if len(table) == 1 else ""
    axes.plot(shown["n"], shown["mean"], color=sheet.BLUE, linewidth=1.6, marker=mark)
    said, look = f"mean = MATTR\n{mean:.3f}", {"va": "center", "color": sheet.GREY}
    axes.annotate(said, (1, mean), (6, 0), ("axes fraction", "data"), "offset points", **look)
    _mark_word(axes, table, table["ttr"].idxmin(), above=False)
    _mark_word(axes, table, table["ttr"].idxmax(), above=True)
    axes.margins(x=0.02, y=0.4 if page.ax else 0.16)  # words break into lines in one's own axes
    axes.set_xlabel(along)
    return axes


def _mark_word(axes: Axes, table: pd.DataFrame, at: int, *, above: bool) -> None:
    """A point with the types of its window and the word in the middle of it, written away from the
    nearer end of the text.
    """
    n, types, ttr = table.loc[at, ["n", "types", "ttr"]]
    first = "first " if (table["ttr"] == ttr).sum() > 1 else ""
    of = f"{'most' if above else 'least'} varied: {types:.0f} types of {types / ttr:.0f}"
    along = at / len(table)
    look = {"textcoords": "offset points", "va": "bottom" if above else "top"}
    look["ha"] = "left" if along < 0.35 else "right" if along > 0.65 else "center"
    axes.plot(n, ttr, "o", color=sheet.VERMILION, markersize=5)
    said, offset = f"{of}, {first}around word {n:,.0f}", (0, 7 if above else -7)
    axes.annotate(said, (n, ttr), offset, color=sheet.VERMILION, **look)
