"""Figures of what was read: how long its sentences are, and where its names stand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.plot import looks, sheet
from helpers.plot.marks import bounds, name_rows, places_of, strokes
from helpers.plot.sheet import Axes, Page

# Beyond this many sentences a bar each cannot be read, and their distribution is drawn.
MAX_BARS = 30


@sheet.figure
def lengths(page: Page, sentences: pd.DataFrame) -> Axes:
    """How long are the sentences? A bar for each of a few sentences, a histogram of many.

    Parameters: sentences (table of a corpus, or the corpus); ax (one's own Axes, else those of a
    new figure); title (else the range of lengths).
    Returns: the Axes.

    >>> sentences = pd.DataFrame({"doc": "a", "par": [1, 1], "sent": [1, 2], "n_words": [12, 7]})
    >>> lengths(sentences).get_title("left")
    'Sentences have 7 to 12 words'
    """
    shortest, longest = sentences["n_words"].min(), sentences["n_words"].max()
    few = len(sentences) <= MAX_BARS
    size = (7.0, max(2.2, 0.9 + 0.3 * len(sentences))) if few else sheet.SIZE
    axes = page.new_axes(f"Sentences have {shortest} to {longest} words", size)
    (_bars if few else _histogram)(axes, sentences)
    return axes


def _bars(axes: Axes, sentences: pd.DataFrame) -> None:
    """A bar for each sentence, with the number of its paragraph."""
    bars = axes.barh(range(len(sentences)), sentences["n_words"], color=sheet.BLUE, height=0.65)
    axes.bar_label(bars, padding=4, color=sheet.GREY)
    names = "¶ " + sentences["par"].astype("str")
    if sentences["doc"].iloc[0] != sentences["doc"].iloc[-1]:
        names = sentences["doc"].astype("str").str[:12] + " " + names
    name_rows(axes, [*names], margin=None)
    axes.set_xlabel("words of each sentence, by its paragraph")


def _histogram(axes: Axes, sentences: pd.DataFrame) -> None:
    """How many sentences have how many words, in at most some forty steps; with the median."""
    lengths = sentences["n_words"]
    width = max(1, round(np.ptp(lengths) / 40))
    edges = np.arange(lengths.min(), lengths.max() + 2 * width, width) - 0.5
    axes.hist(lengths, bins=edges, color=sheet.BLUE)
    axes.axvline(lengths.median(), color=sheet.GREY, linestyle="--")
    look = {"textcoords": "offset points", "color": sheet.GREY}
    axes.annotate("median", (lengths.median(), 1), (4, -10), ("data", "axes fraction"), **look)
    axes.set(xlabel="words per sentence", ylabel="sentences")


@sheet.figure
def barcode(page: Page, entities: pd.DataFrame, tokens: pd.DataFrame) -> Axes:
    """Where in the text are names? A row for each kind, a stroke for each mention; of more than 300
    mentions, bars for how many there are in each hundredth of the tokens.

    Parameters: entities, tokens (tables of one text, or of a corpus read from end to end); ax
    (one's own Axes, else those of a new figure); title (else how many mentions of persons,
    organisations and places stand in a first paragraph).
    Returns: the Axes.

    >>> from helpers import open_corpus
    >>> corpus = open_corpus()
    >>> barcode(corpus.entities, corpus.tokens).get_xlabel()
    'token (word, number or mark), in order'
    """
    named = entities[entities["label"].isin(["person", "organisation", "place"])]
    which = "the" if tokens["doc"].iloc[0] == tokens["doc"].iloc[-1] else "a"
    share = f"{(named['par'] == 1).sum():,} of {len(named):,} mentions of persons, organisations"
    first = f"{share} and places\nstand in {which} first paragraph"
    axes = page.new_axes(first, (7.0, 3.2))
    places = places_of(tokens, entities)
    rows = {kind: places[entities["label"] == kind] for kind in looks.KINDS}
    names = [f"{kind} {looks.KINDS[kind][0]} ({len(row):,})" for kind, row in rows.items()]
    name_rows(axes, names, margin=0.3)
    bounds(axes, tokens)
    colours = [colour for _, colour, _ in looks.KINDS.values()]
    strokes(axes, [*rows.values()], len(tokens), colours, [1.5] * len(rows))
    return axes
