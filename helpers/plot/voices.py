"""Figures of voices: which passages of a text have a source, and what kind of source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.plot import looks, sheet
from helpers.plot.sheet import Axes, Page

KINDS = looks.looks("passage")
MARGIN, INCH = 4, 72  # points: between the ends of a bar and its words; of an inch
MAX_PARAGRAPHS = 24  # rows whose labels have room


@sheet.figure
def attributions(page: Page, attributions: pd.DataFrame) -> Axes:
    """In whose voice is each passage? A row for each paragraph, a bar for each passage, its source
    written in it where there is room for all of it.

    Parameters: attributions (table of `voices.attributions`; the first text of it is drawn); ax
    (one's own Axes, else those of a new figure); title (else how many of its characters have a
    source).
    Returns: the Axes.

    >>> from helpers import open_corpus, voices
    >>> attributions(voices.attributions(open_corpus())).get_xlabel()
    'characters from the beginning of the paragraph'
    """
    doc = attributions["doc"].iloc[0]
    shown = attributions[(attributions["doc"] == doc) & (attributions["par"] <= MAX_PARAGRAPHS)]
    shown = shown.assign(
        length=shown["end"] - shown["start"],
        left=shown["start"] - shown.groupby("par")["start"].transform("min"),
        row=pd.factorize(shown["par"])[0],
    )
    share = shown.loc[shown["kind"] != "none", "length"].sum() / shown["length"].sum()
    rows = shown["row"].max()
    which = "first text" if (attributions["doc"] != doc).any() else "text"
    axes = page.new_axes(f"{share:.0%} of the {which} has a source", (7.0, 1.5 + 0.42 * rows))
    _draw(axes, shown)
    axes.set_yticks(range(rows + 1), [f"¶ {par}" for par in shown["par"].unique()])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(rows + 0.5, -0.5)
    page.legend(axes, "center", ncols=4)
    axes.get_figure(root=True).draw_without_rendering()
    for passage in shown.itertuples():
        _write(axes, passage)
    return axes


def _draw(axes: Axes, shown: pd.DataFrame) -> None:
    """The bars of each kind."""
    for kind, (name, colour, hatch) in KINDS.items():
        own = shown[shown["kind"] == kind]
        if len(own):
            look = {"color": colour, "hatch": hatch, "label": name}
            axes.barh(own["row"], own["length"], left=own["left"], edgecolor="white", **look)


def _write(axes: Axes, passage: Any) -> None:
    """Source and verb of a passage in its bar, or the source alone, if they fit whole."""
    source = "somebody" if pd.isna(passage.source) else passage.source
    name, colour, _ = KINDS[passage.kind]
    said = [f"{source} ({passage.verb})", source] if passage.kind != "none" else [name]
    box = {"facecolor": colour, "edgecolor": "none", "pad": 1.2}
    look = {"color": "white" if passage.kind == "indirect" else sheet.INK, "bbox": box}
    ends = axes.transData.transform([(passage.left, 0), (passage.left + passage.length, 0)])
    room = np.ptp(ends[:, 0]) - 2 * MARGIN * axes.figure.dpi / INCH
    look |= {"va": "center", "fontsize": 8, "textcoords": "offset points"}
    for words in said:
        text = axes.annotate(sheet.label(words), (passage.left, passage.row), (MARGIN, 0), **look)
        if text.get_window_extent().width <= room:
            return
        text.remove()
