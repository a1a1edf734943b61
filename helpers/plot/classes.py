"""Figures of worlds of vocabulary: a plane of parts and words, the tree of classes."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from helpers.count.classification import Classification, level
from helpers.count.factors import Correspondence
from helpers.count.parts import PERIOD
from helpers.plot import sheet
from helpers.plot.lettering import letters
from helpers.plot.marks import part_names, place_labels, ranked
from helpers.plot.sheet import Axes, Page, Text
from helpers.read.checks import From1
from helpers.read.tables import counted

UNITS = {"marker": "o", "color": sheet.BLUE, "size": 4, "weight": "normal"}
PARTS = {"marker": "s", "color": sheet.VERMILION, "size": 4.5, "weight": "bold"}
CROWD = 400  # points: more are drawn small, and only those that are named as large as others
FEW = 3  # words that are named in a crowd, on either side of the first axis drawn
WIDE, TALL, UPRIGHT = (7.0, 6.2), (6.0, 7.6), 1.5  # inches; the second from this height / width on
DIGITS = 9  # of a coordinate, a contribution, a χ²: beyond, one processor differs from another
NARROW = 24  # letters of a line of such a label
LINE = 58  # letters of the words beside a class


@sheet.figure
def correspondence(
    page: Page, found: Correspondence, *, axes: tuple[From1, From1] = (1, 2), top: From1 = 30
) -> Axes:
    """Which parts and which words are far from the average, on the same side of it?

    Squares are parts, dots are units, hollow ones are supplementary. The distance between two parts
    means something, as does that between two units; between a part and a unit only the direction
    from the centre does. Periods that are supplementary are joined, in the order of time.

    Parameters: found (result of `count.correspondence`); ax (one's own Axes, else those of a new
    figure); axes (horizontal, vertical); top (at most so many parts and so many units, of more than
    400 units three on either side of the first axis, are named: those that contribute most to the
    plane and whose names find room); title (else the share of the inertia that the plane shows).
    Returns: the Axes.

    >>> from helpers import count
    >>> table = pd.DataFrame({"phare": [3, 1, 1], "quai": [1, 3, 1], "port": [1, 1, 4]})
    >>> correspondence(count.correspondence(table)).get_title("left")
    'Axes 1 and 2 show 100% of the inertia'
    """
    names = [f"coord_{axis}" for axis in axes]
    if not set(names) <= set(found.rows) or found.rows[names].isna().all(axis=None):
        raise sheet.Nothing("the table has no such axes")
    found = found._make(side.round(DIGITS) for side in found)
    percent = found.inertia.set_index("axis")["percent"]
    shown = f"Axes {axes[0]} and {axes[1]} show {percent[list(axes)].sum():.0f}% of the inertia"
    wide, tall = np.ptp(pd.concat(found[:2])[names].dropna().to_numpy(), axis=0)
    plane = page.new_axes(shown, TALL if tall > UPRIGHT * wide else WIDE)
    units = _points(plane, found.columns, percent[list(axes)], top, UNITS)
    parts = _points(plane, found.rows, percent[list(axes)], top, PARTS)
    plane.set_xlabel(f"axis {axes[0]} ({percent[axes[0]]:.1f}% of the inertia)")
    plane.set_ylabel(f"axis {axes[1]} ({percent[axes[1]]:.1f}% of the inertia)")
    plane.set(adjustable="datalim", aspect="equal", xmargin=0.08, ymargin=0.08)
    solid, faint = found.rows[names].dropna(), found.columns[names].dropna()
    added = found.rows[found.rows["supplementary"]]
    if len(added) and added.iloc[:, 0].astype("str").str.fullmatch(PERIOD).all():
        plane.plot(*added[names].to_numpy().T, color=PARTS["color"], linewidth=0.6, zorder=3)
    labels = units + parts  # in a crowd the few words come first
    if len(faint) <= CROWD:
        labels, solid, faint = parts + units, pd.concat([solid, faint]), faint.head(0)
    keep = parts if len(found.rows) <= top else ()  # few parts all have their names
    place_labels(plane, labels, solid.to_numpy(), faint.to_numpy(), keep=keep)
    plane.axhline(0, color=sheet.PALE, linewidth=0.8, zorder=0)
    plane.axvline(0, color=sheet.PALE, linewidth=0.8, zorder=0)
    return plane


def _points(
    plane: Axes, side: pd.DataFrame, percent: pd.Series, top: int, look: dict[str, Any]
) -> list[Text]:
    """The points of one side, and the names of those that make the plane or were added to it."""
    names = [f"coord_{axis}" for axis in percent.index]
    side = side.dropna(subset=names)
    few = len(side) <= CROWD
    for added, face in ((False, look["color"]), (True, "white")):
        x, y = side.loc[side["supplementary"] == added, names].to_numpy().T
        marker = {"marker": look["marker"], "markerfacecolor": face, "color": look["color"]}
        marker |= {"markersize": look["size"] if few else 1.5, "zorder": 4 + added if few else 1}
        plane.plot(x, y, linestyle="", alpha=1 if few else 0.4, **marker)
    weights = (side[f"contrib_{axis}"].fillna(np.inf) * share for axis, share in percent.items())
    order = ranked(side, sum(weights))
    crowd = not few and look is UNITS
    named = order.groupby(order[names[0]] > 0).head(min(top, FEW)) if crowd else order.head(top)
    named = named.assign(key=part_names(named.loc[:, :"supplementary"].iloc[:, :-1]))
    if not few:
        plane.plot(*named[names].to_numpy().T, look["marker"], color=look["color"], markersize=3)
    font = {"color": look["color"], "fontsize": 8, "fontweight": look["weight"], "zorder": 5}
    labels = named.groupby(names, sort=False)["key"].agg(lambda keys: ", ".join(sorted(keys)))
    return [plane.text(*at, sheet.label(fill(keys, NARROW)), **font) for at, keys in labels.items()]


@sheet.figure
def reinert(page: Page, found: Classification, *, k: From1 | None = None, words: From1 = 8) -> Axes:
    """Which worlds of vocabulary are there, and how far apart? The tree of the classes, at the
    right their sizes and most typical words.

    A division stands at its χ²; one to the left of the division that it comes from is stronger.

    Parameters: found (result of `count.reinert`); ax (one's own Axes, which the tree and the words
    share, else those of a new figure); k (number of classes, else the largest); words (per class);
    title (else how many segments are classified).
    Returns: one's own Axes, else those of the tree.

    >>> from helpers import count, open_corpus
    >>> table = count.contingency(open_corpus(annotate=False).tokens, ["doc", "sent"])
    >>> reinert(count.reinert(table, k=2)).get_xlabel()
    'χ² of the division'
    """
    if found.splits.empty:
        raise sheet.Nothing("nothing can be divided")
    classes = level(found.classes, k)["class"]
    k = found.splits["k"].max() if k is None else k
    sizes, n = classes.value_counts(), len(classes)
    share = (classes > 0).mean()
    hold = "of" if share == 1 else f"hold {min(share, 0.999):.1%} of"  # 100% are all
    finding = f"{k} classes {hold} {counted(n, 'segment')}"
    axes, beside = page.new_pair(finding, (7.0, 0.9 + 0.5 * k), widths=(1, 1.6), sharey=True)
    _branches(axes, found.splits[found.splits["k"] <= k].round(DIGITS), k)
    profile = found.profile[(found.profile["k"] == k) & (found.profile["chi2"] > 0)]
    most = min(LINE, letters(beside, 9)) if page.ax else LINE
    look = {"color": sheet.INK, "fontsize": 9, "in_layout": page.ax is None}
    for number in range(1, k + 1):
        size = sizes.get(number, 0)
        heading = f"{number}   {counted(size, 'segment')}, {size / n:.1%}"
        beside.text(0, number - 0.02, heading, va="bottom", fontweight="bold", **look)
        typical = profile[profile["class"] == number].iloc[:words, 2]
        beside.text(0, number + 0.04, sheet.label(_cut(", ".join(typical), most)), va="top", **look)
    beside.set_axis_off()
    return axes


def _cut(words: str, most: int) -> str:
    """A list of words of at most so many characters, cut behind a comma."""
    return words if len(words) <= most else f"{words[: most - 1].rpartition(',')[0]} …"


def _branches(axes: Axes, splits: pd.DataFrame, k: int) -> None:
    """The divisions from the last to the first: each joins a class and the next."""
    place, height = [float(at) for at in range(1, k + 1)], [0.0] * k
    for split in splits.iloc[::-1].to_dict("records"):
        at, chi2 = split["class"] - 1, split["chi2"]
        (above, below), (left, right) = place[at : at + 2], height[at : at + 2]
        axes.plot([left, chi2, chi2, right], [above, above, below, below], color=sheet.BLUE)
        place[at : at + 2], height[at : at + 2] = [(above + below) / 2], [chi2]
    axes.plot([height[0], 1.06 * axes.get_xlim()[1]], [place[0]] * 2, color=sheet.BLUE)
    axes.set_xlim(1.06 * max(splits["chi2"]), 0)
    axes.locator_params(axis="x", nbins=4)
    axes.set_ylim(k + 0.6, 0.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("χ² of the division")
