"""Figures of themes: how dense each is in each part of a corpus."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from helpers.plot import looks, sheet
from helpers.plot.marks import SMALL, part_names, ranked
from helpers.plot.sheet import Axes, Page
from helpers.read.tables import counted

MAX_PARTS = 60  # bars or cells that can be told apart
NUMBERED = 12  # parts whose names and numbers have room
LINE, LEVEL = 14, 75  # letters of a line of a name, and of all names that stand level
STRIP = {"paragraph", "sentence", "corpus"}  # parts that are bars along a text, others are cells
DARK = 0.6  # of the darkest cell, from which its number is white
LONGEST = 20  # characters of the name of a part in the title
BESIDE = 0.31  # of a part: where a bar's range is drawn
FULL = 0.6  # of a row, under the number of the highest bar
PARTS = {"par": "paragraph", "sent": "sentence", "doc": "text"}
NUMBERS = ("theme", "f", "per_thousand", "low", "high")


@sheet.figure
def theme_profile(page: Page, profile: pd.DataFrame) -> Axes:
    """Where is each theme dense? A row for each theme, on one scale: along a text a bar for each
    paragraph, of other parts a cell for each (*carte de chaleur*).

    A bar is as high, a cell as dark as its hits per thousand words, the number is how many hits
    that is, a thin line beside a bar the range or interval, if any.

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
    few, strip = len(names) <= NUMBERED, noun in STRIP
    highest = np.nanmax(shown[["per_thousand", "high"][: 1 + strip]].to_numpy())
    if strip:
        for row, theme in enumerate(themes):
            _bars(axes, shown[shown["theme"] == theme], row, FULL / highest, numbered=few)
    else:
        _cells(axes, shown, themes, numbered=few)
    labels = [sheet.label(f"{theme} {looks.theme_look(theme)[0]}") for theme in themes]
    low, middle = (-0.05, 0.25) if strip else (-0.5, 0)
    axes.set_yticks(np.arange(len(themes)) + middle, labels)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_ylim(low, low + len(themes))
    axes.set_xlim(-0.6, min(len(names), MAX_PARTS) - 0.4)
    how = f"{'height' if strip else 'shade'}: hits per thousand words (at most {highest:.0f})"
    _name_parts(axes, names, noun, "; number: hits" * few + f"\n{how}")
    if strip and shown["high"].notna().any():
        axes.set_xlabel(f"{axes.get_xlabel()}; black stroke: low to high")
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


def _cells(axes: Axes, shown: pd.DataFrame, themes: Any, *, numbered: bool) -> None:
    """A cell for each theme and part, and where they are few its number."""
    table = shown.pivot_table("per_thousand", "theme", "_part", dropna=False).loc[themes]
    look = {"shading": "nearest", "cmap": "Blues", "vmin": 0, "edgecolor": "white"}
    axes.pcolormesh(table.columns, range(len(table)), table, **look)
    held = shown[shown["f"] > 0] if numbered else shown.head(0)
    dark = held["per_thousand"] > DARK * np.nanmax(table)
    look = {"ha": "center", "va": "center", "fontsize": 9}
    rows = table.index.get_indexer(held["theme"])
    for x, y, f, pale in zip(held["_part"], rows, held["f"], dark, strict=True):
        axes.text(x, y, f"{f:,}", color="white" if pale else sheet.INK, **look)


def _name_parts(axes: Axes, names: pd.Index, noun: str, how: str) -> None:
    """The names of the parts, of many some, and how many there are; what the numbers are."""
    step = -(-min(len(names), MAX_PARTS) // NUMBERED)
    labels = [fill(sheet.label(name, 2 * LINE), LINE) for name in names[:MAX_PARTS:step]]
    wide = len(labels) * min(max(map(len, labels)), LINE) > LEVEL
    turned = {"rotation": 30, "ha": "right"} if wide else {}
    axes.set_xticks(range(0, step * len(labels), step), labels, **turned)
    which = "" if len(names) <= MAX_PARTS else f"the first {MAX_PARTS} of "
    axes.set_xlabel(f"{noun if step == 1 else which + counted(len(names), noun)}{how}")
