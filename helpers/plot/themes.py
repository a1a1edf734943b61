"""Figures of themes: how dense each is in each part of a corpus."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from helpers.plot import looks, sheet
from helpers.plot.marks import part_names, ranked
from helpers.plot.sheet import Axes, Page
from helpers.read.tables import counted

MAX_PARTS = 60  # cells that can be told apart
NUMBERED = 12  # parts whose names and numbers have room
LINE, LEVEL = 14, 75  # letters of a line of a name, and of all names that stand level
DARK = 0.6  # of the darkest cell, from which its number is white
LONGEST = 20  # characters of the name of a part in the title
PARTS = {"par": "paragraph", "sent": "sentence", "doc": "text"}
NUMBERS = ("theme", "f", "per_thousand", "low", "high")


@sheet.figure
def theme_profile(page: Page, profile: pd.DataFrame) -> Axes:
    """Where is each theme dense? A row for each theme, a cell for each part, all on one scale
    (*carte de chaleur*).

    A cell is as dark as its hits per thousand words; where the parts are few, its number is how
    many hits that is.

    Parameters: profile (table of `count.theme_profile`; its first 60 parts, in its order); ax
    (one's own Axes, else those of a new figure); title (else where the two densest themes are
    densest).
    Returns: the Axes.

    >>> table = pd.DataFrame({"theme": ["mer", "port"], "doc": "a", "f": [3, 1]})
    >>> table = table.assign(per_thousand=[30.0, 10.0], low=float("nan"), high=float("nan"))
    >>> theme_profile(table).get_title("left")
    'Densest: mer, port'
    """
    if not profile["per_thousand"].gt(0).any():
        raise sheet.Nothing("no theme of the word list fits these texts, or has a word in them")
    noun, part_of_row = _names(profile)
    part, names = pd.factorize(part_of_row)
    shown = profile.assign(part_=part, _name=part_of_row)[part < MAX_PARTS]
    first = f"Themes in the first {MAX_PARTS} of {counted(len(names), noun)}"
    if len(names) <= MAX_PARTS:
        first = _densest(shown, len(names))
    themes = shown["theme"].unique()[::-1]
    axes = page.new_axes(first, (7.0, 1.1 + 0.47 * len(themes)))
    few = len(names) <= NUMBERED
    highest = _cells(axes, shown, themes, numbered=few)
    labels = [sheet.label(f"{theme} {looks.theme_look(theme)[0]}") for theme in themes]
    axes.set_yticks(range(len(themes)), labels)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    what = _name_parts(axes, names, noun) + "; number: hits" * few
    axes.set_xlabel(f"{what}\nshade: hits per thousand words (at most {highest:.0f})")
    return axes


def _densest(shown: pd.DataFrame, n_parts: int) -> str:
    """The two densest themes, and where they are densest."""
    hits = shown[shown["per_thousand"] > 0]
    peaks = ranked(hits, hits["per_thousand"]).drop_duplicates("theme").head(2)
    where = [f" in {sheet.shorten(name, LONGEST)}" * (n_parts > 1) for name in peaks["_name"]]
    return f"Densest: {', '.join(peaks['theme'] + where)}"


def _names(profile: pd.DataFrame) -> tuple[str, pd.Series]:
    """A noun for the parts, and the name of each row's part; columns of one value are left out."""
    by = profile[[name for name in profile if name not in NUMBERS]]
    varied = [name for name in by if by[name].ne(by[name].iloc[0]).any()] or list(by)[-1:]
    if not varied:
        return "corpus", pd.Series("the corpus", profile.index)
    return PARTS.get(varied[-1], varied[-1]), part_names(by[varied])


def _cells(axes: Axes, shown: pd.DataFrame, themes: Any, *, numbered: bool) -> float:
    """A cell for each theme and part, and where they are few its number; the highest rate."""
    table = shown.pivot_table("per_thousand", "theme", "part_", dropna=False).loc[themes]
    across, down = (
        np.arange(n + 1) - 0.5 for n in table.shape[::-1]
    )  # a cell alone has edges, too
    axes.pcolormesh(across, down, table, cmap="Blues", vmin=0, edgecolor="white")
    held, highest = shown[shown["f"] > 0] if numbered else shown.head(0), np.nanmax(table)
    look = {"ha": "center", "va": "center", "fontsize": 9}
    for cell in held.itertuples():
        pale = cell.per_thousand > DARK * highest
        place = cell.part_, table.index.get_loc(cell.theme)
        axes.text(*place, f"{cell.f:,}", color="white" if pale else sheet.INK, **look)
    return highest


def _name_parts(axes: Axes, names: pd.Index, noun: str) -> str:
    """The names of the parts, of many parts some; what they are, and of many how many."""
    step = -(-min(len(names), MAX_PARTS) // NUMBERED)
    labels = [fill(sheet.label(name, 2 * LINE), LINE) for name in names[:MAX_PARTS:step]]
    wide = len(labels) * min(max(map(len, labels)), LINE) > LEVEL
    turned = {"rotation": 30, "ha": "right"} if wide else {}
    axes.set_xticks(range(0, step * len(labels), step), labels, **turned)
    which = "" if len(names) <= MAX_PARTS else f"the first {MAX_PARTS} of "
    return noun if step == 1 else which + counted(len(names), noun)
