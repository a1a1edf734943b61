"""Bars of words and of parts of speech, in the colours of the parts of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.plot.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    SKY,
    VERMILION,
    new_axes,
    nothing_to_draw,
    shows_gates,
    word_label,
)
from helpers.read.tables import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Name, colour and hatch of each part of speech (Universal Dependencies); all others are grey.
POS = {
    "NOUN": ("noun", BLUE, ""),
    "PROPN": ("proper noun", SKY, "////"),
    "ADJ": ("adjective", GREEN, "\\\\\\\\"),
    "VERB": ("verb", VERMILION, "xxxx"),
    "ADV": ("adverb", ORANGE, "||||"),
    "NUM": ("numeral", PINK, "----"),
}
OTHERS = {"ADP": "preposition", "DET": "determiner", "CCONJ": "coordinating conjunction"}
OTHERS |= {"SCONJ": "subordinating conjunction", "PRON": "pronoun", "AUX": "auxiliary"}
OTHERS |= {"INTJ": "interjection", "PART": "particle", "X": "other", "SYM": "symbol"}


def top_words(frequencies: pd.DataFrame, top: int) -> pd.DataFrame:
    """The most frequent rows, at most `top`, and no tie cut in two while that leaves five."""
    if len(frequencies) <= top:
        return frequencies
    whole = frequencies[frequencies["f"] > frequencies["f"].iloc[top]]
    return whole if len(whole) >= 5 else frequencies.head(top)


@shows_gates("The most frequent words")
def frequencies(frequencies: pd.DataFrame, *, top: int = 20, title: str | None = None) -> Axes:
    """Which words are the most frequent? A bar for each, from zero.

    Parameters: frequencies (table; bars of a table with pos tell it by colour and hatch); top
    (bars at most); title (else the first word and its count).
    """
    if frequencies.empty:
        return nothing_to_draw(title or "The most frequent words")
    shown = top_words(frequencies, top)
    first = f"“{frequencies.iloc[0, 0]}” comes first: {counted(frequencies['f'].iloc[0], 'time')}"
    axes = new_axes(title or first, size=(7.0, max(2.5, 1.2 + 0.2 * len(shown))))
    word_bars(axes, shown)
    if "pos" in shown:
        pos_legend(axes.figure, shown)
    return axes


def word_bars(axes: Axes, shown: pd.DataFrame) -> None:
    """A bar for each word, with the look of its part of speech and its count."""
    tags = shown["pos"] if "pos" in shown else pd.Series("NOUN", index=shown.index)
    looks = [POS.get(tag, ("", GREY, "")) for tag in tags]
    bars = axes.barh(np.arange(len(shown)), shown["f"], height=0.72)
    for bar, (_, colour, hatch) in zip(bars, looks, strict=True):
        bar.set(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0)
    size = 9 if len(shown) <= 25 else 8
    axes.bar_label(bars, fmt="{:,.0f}", padding=3, color=GREY, fontsize=size)
    names = [word_label(name) for name in shown.iloc[:, 0]]
    axes.set_yticks(range(len(shown)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("occurrences")
    axes.set_ylabel("word")


def pos_legend(figure: Figure, shown: pd.DataFrame) -> None:
    """The parts of speech that are shown, with the colour and hatch of their bars."""
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0, label=name)
        for tag, (name, colour, hatch) in POS.items()
        if (shown["pos"] == tag).any()
    ]
    if not shown["pos"].isin(POS).all():
        keys.append(Patch(facecolor=GREY, label="other"))
    figure.legend(handles=keys, loc="outside lower left", ncols=len(keys), fontsize=9)


@shows_gates("Parts of speech")
def parts_of_speech(tokens: pd.DataFrame, *, title: str | None = None) -> Axes:
    """Which parts of speech is the text made of? A bar for each, in percent of the words.

    Parameters: tokens (token table); title (else the share of nouns and proper nouns).
    """
    tags = tokens.loc[tokens["kind"] == "word", "pos"].dropna().astype("str")
    if tags.empty:
        return nothing_to_draw(title or "Parts of speech")
    share = 100 * tags.value_counts(normalize=True).rename_axis("pos").sort_index()
    share = share.sort_values(ascending=False, kind="stable")
    nouns = tags.isin(["NOUN", "PROPN"]).mean()
    axes = new_axes(title or f"{nouns:.0%} of the words are nouns or proper nouns")
    looks = [POS.get(tag, (OTHERS.get(tag, tag), GREY, "")) for tag in share.index]
    bars = axes.barh(np.arange(len(share)), share, height=0.7)
    for bar, (_, colour, hatch) in zip(bars, looks, strict=True):
        bar.set(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0)
    axes.bar_label(bars, fmt="%.1f%%", padding=3, color=GREY)
    axes.set_yticks(range(len(share)), [name for name, _, _ in looks])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.set_xlabel("percent of the words")
    axes.set_ylabel("part of speech")
    return axes
