"""Figures of voices: which passages of a text have a source, and what kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.plots.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    label,
    new_axes,
    nothing_to_draw,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Colour and hatch of each kind of passage.
KINDS = {
    "according_to": (SKY, "//"),
    "indirect": (BLUE, ""),
    "direct": (ORANGE, ".."),
    "none": (PALE, ""),
}
MAX_PARAGRAPHS = 24  # rows whose labels have room


def plot_attribution_strip(attributions: pd.DataFrame, *, title: str | None = None) -> Axes:
    """In whose voice is each passage? A row for each paragraph, a bar for each passage, its source
    written in it.

    Parameters: attributions (table of `attributions`; the first text of it is drawn); title (else
    how many of its characters have a source).
    """
    if attributions.empty:
        return nothing_to_draw(title or "Passages by source")
    doc = attributions["doc"].iloc[0]
    shown = attributions[(attributions["doc"] == doc) & (attributions["par"] <= MAX_PARAGRAPHS)]
    shown = shown.assign(
        length=shown["end"] - shown["start"],
        left=shown["start"] - shown.groupby("par")["start"].transform("min"),
        row=pd.factorize(shown["par"])[0],
    )
    share = shown.loc[shown["kind"] != "none", "length"].sum() / shown["length"].sum()
    rows = shown["row"].max()
    found = f"{share:.0%} of the text is said by a source"
    axes = new_axes(title or found, size=(7.0, 1.5 + 0.42 * rows))
    _draw(axes, shown)
    axes.set_yticks(range(rows + 1), [f"¶ {par}" for par in shown["par"].unique()])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(rows + 0.5, -0.5)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.22 - 0.6 / (rows + 3)), ncols=4)
    axes.set_xlabel("characters from the beginning of the paragraph")
    return axes


def _draw(axes: Axes, shown: pd.DataFrame) -> None:
    """The bars of each kind, and the words of those that have room for some."""
    for kind, (colour, hatch) in KINDS.items():
        own = shown[shown["kind"] == kind]
        if len(own):
            look = {"color": colour, "hatch": hatch, "label": kind.replace("_", " ")}
            axes.barh(own["row"], own["length"], left=own["left"], edgecolor="white", **look)
    most = (shown["left"] + shown["length"]).max()
    for passage in shown[shown["length"] > most / 12].itertuples():
        axes.text(passage.left + 5, passage.row, **_words(passage, passage.length, most))


def _words(passage: Any, wide: float, most: float) -> dict[str, object]:
    """Source and verb of a passage, cut where its bar ends, dark on a pale bar."""
    none = passage.kind == "none"
    source = "somebody" if pd.isna(passage.source) else passage.source
    said = "no source" if none else f"{source} ({passage.verb})"
    room = max(3, int(78 * wide / most))
    said = said if len(said) <= room else f"{said[: room - 1]}…"
    pale = passage.kind in ("none", "according_to", "direct")
    box = {"facecolor": KINDS[passage.kind][0], "edgecolor": "none", "pad": 1.2}
    return {
        "s": label(said),
        "va": "center",
        "fontsize": 8,
        "color": GREY if none else INK if pale else "white",
        "bbox": box,
    }
