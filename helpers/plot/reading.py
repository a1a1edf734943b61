"""Figures of what was read: how long its sentences are, and where its names stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plot.along import bounds, name_rows, places_of, strokes
from helpers.plot.style import (
    BLUE,
    GREY,
    KIND_COLOURS,
    LETTERS,
    label,
    new_axes,
    nothing_to_draw,
    shows_gates,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Beyond this many sentences a bar each cannot be read, and their distribution is drawn.
MAX_BARS = 30


@shows_gates("Words per sentence")
def lengths(sentences: pd.DataFrame, *, title: str | None = None) -> Axes:
    """How long are the sentences? A bar for each of a few sentences, a histogram of many.

    Parameters: sentences (table of sentences); title (else the range of lengths).
    """
    if sentences.empty:
        return nothing_to_draw(title or "Words per sentence")
    shortest, longest = sentences["n_words"].min(), sentences["n_words"].max()
    title = title or f"Sentences have {shortest} to {longest} words"
    return _bars(sentences, title) if len(sentences) <= MAX_BARS else _histogram(sentences, title)


def _bars(sentences: pd.DataFrame, title: str) -> Axes:
    axes = new_axes(title, size=(7.0, max(2.2, 0.9 + 0.3 * len(sentences))))
    at = np.arange(len(sentences))
    axes.barh(at, sentences["n_words"], color=BLUE, height=0.65)
    several = sentences["doc"].iloc[0] != sentences["doc"].iloc[-1]
    names = [
        f"{row.doc[:12]} ¶ {row.par}" if several else f"¶ {row.par}"
        for row in sentences.itertuples()
    ]
    axes.set_yticks(at, [label(name) for name in names])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    for y, n in zip(at, sentences["n_words"], strict=True):
        axes.annotate(f"{n}", (n, y), (4, 0), textcoords="offset points", va="center", color=GREY)
    axes.set_xlabel("words of each sentence, by its paragraph")
    return axes


def _histogram(sentences: pd.DataFrame, title: str) -> Axes:
    axes = new_axes(title)
    lengths = sentences["n_words"]
    width = max(1, round(np.ptp(lengths) / 40))
    axes.hist(
        lengths, bins=np.arange(lengths.min(), lengths.max() + 2 * width, width) - 0.5, color=BLUE
    )
    axes.axvline(lengths.median(), color=GREY, linestyle="--")
    axes.annotate(
        "median",
        (lengths.median(), 1),
        (4, -10),
        ("data", "axes fraction"),
        "offset points",
        color=GREY,
    )
    axes.set_xlabel("words per sentence")
    axes.set_ylabel("sentences")
    return axes


@shows_gates("Names along the text")
def barcode(entities: pd.DataFrame, tokens: pd.DataFrame, *, title: str | None = None) -> Axes:
    """Where in the text are names? A row for each kind, a stroke for each mention; of more than 300
    mentions, bars for how many there are in each hundredth of the tokens.

    Parameters: entities, tokens (tables of one text, or of a corpus read from end to end); title
    (else how many mentions of persons, organisations and places stand in a first paragraph).
    """
    if tokens.empty:
        return nothing_to_draw(title or "Names along the text")
    names = entities[entities["label"].isin(["person", "organisation", "place"])]
    a, b = (names["par"] == 1).sum(), len(names)
    several = tokens["doc"].iloc[0] != tokens["doc"].iloc[-1]
    found = f"{a:,} of {b:,} mentions of persons, organisations and places\n"
    found += f"stand in {'a' if several else 'the'} first paragraph"
    axes = new_axes(title or found, size=(7.0, 3.2))
    place = places_of(tokens, entities)
    rows = [place[entities["label"] == name] for name in LETTERS]
    kinds = zip(LETTERS.items(), rows, strict=True)
    name_rows(axes, [f"{name} {letter} ({len(row):,})" for (name, letter), row in kinds])
    axes.set_ylim(len(LETTERS) - 0.3, -0.6)
    bounds(axes, tokens)
    strokes(axes, rows, len(tokens), [KIND_COLOURS[name] for name in LETTERS], [1.5] * len(rows))
    return axes
