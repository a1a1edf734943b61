"""Figures of themes: how dense each is in each part of a corpus."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.plot import looks, sheet
from helpers.plot.marks import SMALL, part_names, ranked
from helpers.plot.sheet import Axes, Page
from helpers.read.tables import counted

MAX_PARTS = 60  # bars that can be told apart
NUMBERED = 12  # parts whose names and numbers have room
LONGEST = 20  # characters of the name of a part in the title
BESIDE = 0.31  # of a part: where a bar's range is drawn
FULL = 0.6  # of a row, under the number of the highest bar
PARTS = {"par": "paragraph", "sent": "sentence", "doc": "text"}
NUMBERS = ("theme", "f", "per_thousand", "low", "high")


@sheet.figure
def theme_profile(page: Page, profile: pd.DataFrame) -> Axes:
    """Where is each theme dense? A row for each theme, a bar for each part, all on one scale.

    A bar is as high as its hits per thousand words, its number is how many hits that is, a thin
    line beside it the range or interval, if any.

    Parameters: profile (table of `count.theme_profile`; its first 60 parts, in its order); ax
    (one's own Axes, else those of a new figure); title (else where the two densest themes are
    densest).
    Returns: the Axes.

    >>> table = pd.DataFrame({"theme": ["mer", "port"], "doc": "a", "f": [3, 1]})
    >>> table = table.assign(per_thousand=[30.0, 10.0], low=float("nan"), high=float("nan"))
    >>> theme_profile(table).get_title("left")
    'Mer is the densest theme'
    """
    if not profile["per_thousand"].gt(0).any():
        raise sheet.Nothing("no word of any theme")
    noun, part_of_row = _names(profile)
    part, names = pd.factorize(part_of_row)
    shown = profile.assign(_part=part, _name=part_of_row)[part < MAX_PARTS]
    first = f"Themes in the first {MAX_PARTS} of {counted(len(names), noun)}"
    if len(names) <= MAX_PARTS:
        first = _densest(shown, len(names))
    themes = shown["theme"].unique()[::-1]
    axes = page.new_axes(first, (7.0, 1.1 + 0.47 * len(themes)))
    highest = np.nanmax(shown[["per_thousand", "high"]].to_numpy())
    few = len(names) <= NUMBERED
    for row, theme in enumerate(themes):
        _bars(axes, shown[shown["theme"] == theme], row, FULL / highest, numbered=few)
    labels = [sheet.label(f"{theme} {looks.theme_look(theme)[0]}") for theme in themes]
    axes.set_yticks(np.arange(len(themes)) + 0.25, labels)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_ylim(-0.05, len(themes))
    axes.set_xlim(-0.6, min(len(names), MAX_PARTS) - 0.4)
    _name_parts(axes, names, noun, highest)
    if shown["high"].notna().any():
        axes.set_xlabel(f"{axes.get_xlabel()}\nblack stroke: low to high")
    return axes


def _densest(shown: pd.DataFrame, n_parts: int) -> str:
    """Where the two densest themes are densest."""
    hits = shown[shown["per_thousand"] > 0]
    peaks = ranked(hits, hits["per_thousand"]).drop_duplicates("theme").head(2)
    first, *other = peaks["theme"]
    places = [sheet.shorten(name, LONGEST) for name in peaks["_name"]]
    first = f"{first[:1].upper()}{first[1:]}"
    if n_parts == 1:
        return f"{first} is the densest theme"
    if len(set(peaks["_name"])) < len(places):
        return f"{first} and {other[0]} are densest in {places[0]}"
    second = f", {other[0]} in {places[1]}" if other else ""
    return f"{first} is densest in {places[0]}{second}"


def _names(profile: pd.DataFrame) -> tuple[str, pd.Series]:
    """A noun for the parts, and the name of each row's part; columns of one value are left out."""
    by = profile[[name for name in profile if name not in NUMBERS]]
    varied = [name for name in by if by[name].ne(by[name].iloc[0]).any()] or list(by)[-1:]
    if not varied:
        return "corpus", pd.Series("the corpus", profile.index)
    return PARTS.get(varied[-1], varied[-1]), part_names(by[varied])


def _bars(axes: Axes, rows: pd.DataFrame, base: int, scale: float, *, numbered: bool) -> None:
    """The bars of one theme on their line, with their ranges and, where they are few, numbers."""
    axes.axhline(base, color=sheet.PALE, linewidth=0.8, zorder=0)
    rows = rows[rows["f"] > 0]
    colour = looks.theme_look(str(rows["theme"].iloc[0]))[1] if len(rows) else sheet.PALE
    look = {"color": colour, "edgecolor": sheet.GREY, "linewidth": 0.4}
    height, low, high = (rows[name] * scale for name in ("per_thousand", "low", "high"))
    axes.bar(rows["_part"], height, bottom=base, width=0.55, **look)
    axes.vlines(rows["_part"] + BESIDE, base + low, base + high, color=sheet.INK, linewidth=1.2)
    look = SMALL | {"ha": "center", "color": sheet.INK}
    for x, y, f in zip(rows["_part"], base + height, rows["f"], strict=True) if numbered else ():
        axes.annotate(f"{f:,}", (x, y), (0, 1), **look)


def _name_parts(axes: Axes, names: pd.Index, noun: str, highest: float) -> None:
    """The names of a few parts, or how many there are and what the highest bar stands for."""
    if len(names) <= NUMBERED:
        labels = [sheet.label(name, 14) for name in names]
        axes.set_xticks(range(len(names)), labels)
        axes.set_xlabel(f"{noun}; height: hits per thousand words (≤ {highest:.0f}), number: hits")
        return
    which = "" if len(names) <= MAX_PARTS else f"the first {MAX_PARTS} of "
    axes.set_xticks([])
    scale = f"a row is {highest / FULL:,.0f} hits per thousand words high"
    axes.set_xlabel(f"{which}{counted(len(names), noun)}; {scale}")
