"""Figures of the vocabulary: how often words occur, how it grows, where it is varied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.evidence import count
from helpers.plots.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PINK,
    SKY,
    VERMILION,
    label,
    new_axes,
    nothing_to_draw,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SPARSE = 2000  # points that a line needs at most
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


def plot_zipf(frequencies: pd.DataFrame, zipf: pd.DataFrame, *, title: str | None = None) -> Axes:
    """How fast does frequency fall with rank? A point for each word, and the line of Zipf's law.

    Parameters: frequencies, zipf (tables of the same words); title (else the extremes).
    """
    if frequencies.empty:
        return nothing_to_draw(title or "Frequency and rank")
    f = frequencies["f"].to_numpy()
    most = f"The most frequent word occurs {count(f[0], 'time')}, {(f == 1).sum():,} of"
    axes = new_axes(title or f"{most} {count(len(f), 'type')} occur once", size=(7.0, 4.4))
    rank = np.arange(1, len(f) + 1)
    axes.loglog(rank, f, "o", color=BLUE, markersize=4, markeredgewidth=0, clip_on=False)
    axes.set_xlim(0.85, 1.4 * len(f))
    axes.set_ylim(0.8, 2.4 * f[0])
    axes.set_xlabel("rank, the most frequent word first (logarithmic)")
    axes.set_ylabel("occurrences (logarithmic)")
    _plain_ticks(axes)
    _name_points(axes, frequencies.iloc[:, 0], rank, f)
    if zipf["a"].notna().all():
        law = zipf.iloc[0]
        axes.plot(rank, law["C"] * rank ** -law["a"], "--", color=VERMILION, linewidth=1.4)
        at = max(int(len(f) ** 0.42) - 1, 0)
        text = f"Zipf: {law['C']:.1f} / rank$^{{{law['a']:.2f}}}$"
        place = (rank[at], min(law["C"] * rank[at] ** -law["a"], f[at]))
        axes.annotate(
            text, place, (-8, -8), textcoords="offset points", color=VERMILION, ha="right", va="top"
        )
    return axes


def _plain_ticks(axes: Axes) -> None:
    """Numbers at the ticks as they are, 100 and not a power of ten."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axis.set_minor_formatter(lambda _, __: "")


def _name_points(axes: Axes, names: pd.Series, rank: np.ndarray, f: np.ndarray) -> None:
    """Some words, evenly spaced along the ranks, written upwards from their points."""
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2.5, foreground="white")]
    steps = np.unique(np.geomspace(1, len(f), 14).round().astype(int))
    far = np.diff(np.log(steps), prepend=-1) > 0.055 * np.log(1.65 * len(f))
    for at in steps[far] - 1:
        axes.annotate(
            label(names.iloc[at]),
            (rank[at], f[at]),
            (3, 5),
            textcoords="offset points",
            rotation=42,
            rotation_mode="anchor",
            fontsize=9,
            path_effects=halo,
        )


def plot_growth(growth: pd.DataFrame, *, title: str | None = None) -> Axes:
    """Does the vocabulary grow as in a random order of the same words? Observed, mean and ±2 sd.

    Parameters: growth (table); title (else the share of points inside the band).
    """
    if len(growth) < 3:
        return nothing_to_draw(title or "Growth of the vocabulary", "fewer than three words")
    n, seen, mean, sd = (growth[name] for name in ("n", "observed", "expected", "sd"))
    inside = ((seen - mean).abs() <= 2 * sd + 1e-9).mean()
    axes = new_axes(title or f"Observed growth lies within ±2 sd at {inside:.0%} of the points")
    axes.fill_between(n, mean - 2 * sd, mean + 2 * sd, color=PALE, linewidth=0)
    axes.plot(n, mean, "--", color=GREY, linewidth=1.3)
    axes.plot(n, seen, color=BLUE, linewidth=1.8)
    upper, lower = np.maximum(seen, mean + 2 * sd), np.minimum(seen, mean - 2 * sd)
    above, below = int(0.42 * len(n)), int(0.55 * len(n))
    notes = [
        ("observed (solid)", above, upper, (-10, 6), "right", "bottom", BLUE),
        ("any order: mean (dashed) ± 2 sd", below, lower, (10, -8), "left", "top", GREY),
    ]
    for text, at, edge, offset, ha, va, colour in notes:
        axes.annotate(
            text,
            (n.iloc[at], edge.iloc[at]),
            offset,
            textcoords="offset points",
            ha=ha,
            va=va,
            color=colour,
        )
    axes.set_xlim(0, n.max())
    axes.set_ylim(0, 1.04 * seen.max())
    axes.set_xlabel("words read")
    axes.set_ylabel("types so far")
    return axes


def plot_mattr(table: pd.DataFrame, *, title: str | None = None) -> Axes:
    """Where is the text varied? The TTR of a moving window along the text, and its mean.

    Parameters: table (made by `mattr_along`); title (else the extremes).
    """
    if table.empty:
        return nothing_to_draw(title or "TTR along the text", "fewer words than one window")
    low, high, mean = table["ttr"].min(), table["ttr"].max(), table["ttr"].mean()
    axes = new_axes(title or f"TTR in the window moves between {low:.2f} and {high:.2f}")
    thin = table.iloc[:: max(1, len(table) // SPARSE)]
    axes.axhline(mean, color=GREY, linestyle="--", linewidth=1)
    mark = "o" if len(table) == 1 else ""
    axes.plot(thin["n"], thin["ttr"], color=BLUE, linewidth=1.6, marker=mark)
    axes.annotate(
        f"mean = MATTR\n{mean:.3f}",
        (1, mean),
        (6, 0),
        ("axes fraction", "data"),
        "offset points",
        va="center",
        color=GREY,
    )
    for at, above in ((table["ttr"].idxmin(), False), (table["ttr"].idxmax(), True)):
        _mark_word(axes, table["n"][at], table["ttr"][at], above, at / len(table))
    axes.margins(x=0.02, y=0.16)
    axes.set_xlabel("word in the middle of the window")
    axes.set_ylabel("types per word in the window")
    return axes


def _mark_word(axes: Axes, n: int, ttr: float, above: bool, along: float) -> None:
    """A point with the number of its word, written away from the nearer end of the text."""
    axes.plot(n, ttr, "o", color=VERMILION, markersize=5)
    axes.annotate(
        f"word {n:,}",
        (n, ttr),
        (0, 7 if above else -7),
        textcoords="offset points",
        color=VERMILION,
        ha="left" if along < 0.2 else "right" if along > 0.8 else "center",
        va="bottom" if above else "top",
    )


def top_words(frequencies: pd.DataFrame, top: int) -> pd.DataFrame:
    """The most frequent rows, at most `top`, and no tie cut in two while that leaves five."""
    if len(frequencies) <= top:
        return frequencies
    whole = frequencies[frequencies["f"] > frequencies["f"].iloc[top]]
    return whole if len(whole) >= 5 else frequencies.head(top)


def plot_frequencies(frequencies: pd.DataFrame, *, top: int = 20, title: str | None = None) -> Axes:
    """Which words are the most frequent? A bar for each, from zero.

    Parameters: frequencies (table; bars of a table with pos tell it by colour and hatch); top
    (bars at most); title (else the first word and its count).
    """
    if frequencies.empty:
        return nothing_to_draw(title or "The most frequent words")
    shown = top_words(frequencies, top)
    first = f"“{frequencies.iloc[0, 0]}” comes first: {count(frequencies['f'].iloc[0], 'time')}"
    axes = new_axes(title or first, size=(7.0, max(2.2, 0.9 + 0.2 * len(shown))))
    word_bars(axes, shown)
    return axes


def word_bars(axes: Axes, shown: pd.DataFrame) -> None:
    """A bar for each word, with the look of its part of speech and its count."""
    tags = shown["pos"] if "pos" in shown else pd.Series("NOUN", index=shown.index)
    looks = [POS.get(tag, ("", GREY, "")) for tag in tags]
    bars = axes.barh(np.arange(len(shown)), shown["f"], height=0.72)
    for bar, (_, colour, hatch) in zip(bars, looks, strict=True):
        bar.set(facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0)
    size = 9 if len(shown) <= 25 else 8
    axes.bar_label(bars, padding=3, color=GREY, fontsize=size)
    names = [label(name) for name in shown.iloc[:, 0]]
    axes.set_yticks(range(len(shown)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("occurrences")
    axes.set_ylabel("word")


def plot_pos(tokens: pd.DataFrame, *, title: str | None = None) -> Axes:
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
