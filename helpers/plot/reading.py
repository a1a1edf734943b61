"""Figures of what was read: how long its sentences are, and where its names stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plot import style
from helpers.plot.marks import bounds, name_rows, places_of, strokes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Beyond this many sentences a bar each cannot be read, and their distribution is drawn.
MAX_BARS = 30


@style.shows_gates("Words per sentence")
def lengths(sentences: pd.DataFrame, *, title: str | None = None) -> Axes:
    """How long are the sentences? A bar for each of a few sentences, a histogram of many.

    Parameters: sentences (table of sentences); title (else the range of lengths).
    """
    if sentences.empty:
        return style.nothing_to_draw(title or "Words per sentence")
    shortest, longest = sentences["n_words"].min(), sentences["n_words"].max()
    title = title or f"Sentences have {shortest} to {longest} words"
    return _bars(sentences, title) if len(sentences) <= MAX_BARS else _histogram(sentences, title)


def _bars(sentences: pd.DataFrame, title: str) -> Axes:
    """A bar for each sentence, with the number of its paragraph."""
    axes = style.new_axes(title, size=(7.0, max(2.2, 0.9 + 0.3 * len(sentences))))
    bars = axes.barh(range(len(sentences)), sentences["n_words"], color=style.BLUE, height=0.65)
    axes.bar_label(bars, padding=4, color=style.GREY)
    names = "¶ " + sentences["par"].astype("str")
    if sentences["doc"].iloc[0] != sentences["doc"].iloc[-1]:
        names = sentences["doc"].astype("str").str[:12] + " " + names
    axes.set_yticks(range(len(names)), names.map(style.label))
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("words of each sentence, by its paragraph")
    return axes


def _histogram(sentences: pd.DataFrame, title: str) -> Axes:
    """How many sentences have how many words, in at most some forty steps; with the median."""
    axes = style.new_axes(title)
    lengths = sentences["n_words"]
    width = max(1, round(np.ptp(lengths) / 40))
    edges = np.arange(lengths.min(), lengths.max() + 2 * width, width) - 0.5
    axes.hist(lengths, bins=edges, color=style.BLUE)
    axes.axvline(lengths.median(), color=style.GREY, linestyle="--")
    look = {"textcoords": "offset points", "color": style.GREY}
    axes.annotate("median", (lengths.median(), 1), (4, -10), ("data", "axes fraction"), **look)
    axes.set_xlabel("words per sentence")
    axes.set_ylabel("sentences")
    return axes


@style.shows_gates("Names along the text")
def barcode(entities: pd.DataFrame, tokens: pd.DataFrame, *, title: str | None = None) -> Axes:
    """Where in the text are names? A row for each kind, a stroke for each mention; of more than 300
    mentions, bars for how many there are in each hundredth of the tokens.

    Parameters: entities, tokens (tables of one text, or of a corpus read from end to end); title
    (else how many mentions of persons, organisations and places stand in a first paragraph).
    """
    if tokens.empty:
        return style.nothing_to_draw(title or "Names along the text")
    named = entities[entities["label"].isin(["person", "organisation", "place"])]
    which = "the" if tokens["doc"].iloc[0] == tokens["doc"].iloc[-1] else "a"
    share = f"{(named['par'] == 1).sum():,} of {len(named):,} mentions of persons, organisations"
    first = f"{share} and places\nstand in {which} first paragraph"
    axes = style.new_axes(title or first, size=(7.0, 3.2))
    places = places_of(tokens, entities)
    rows = {kind: places[entities["label"] == kind] for kind in style.LETTERS}
    names = [f"{kind} {style.LETTERS[kind]} ({len(row):,})" for kind, row in rows.items()]
    name_rows(axes, names, margin=0.3)
    bounds(axes, tokens)
    colours = [*style.KIND_COLOURS.values()]
    strokes(axes, [*rows.values()], len(tokens), colours, [1.5] * len(rows))
    return axes
