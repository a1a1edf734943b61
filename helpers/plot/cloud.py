"""A word cloud that can be read: beside it the same words and numbers as bars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.plot.bars import POS, pos_legend, top_words, word_bars
from helpers.plot.style import (
    GREY,
    LONGEST_WORD,
    group_thousands,
    label,
    nothing_to_draw,
    shorten,
    shows_gates,
)
from helpers.read.tables import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from wordcloud import WordCloud

WIDTH, HEIGHT = 800, 920  # pixels of the cloud, as many as the figure shows
SIZES = (280, 240, 200, 170, 145, 125, 105, 90, 75, 60, 50, 40, 30, 22)  # of the largest word


@shows_gates("Word cloud")
def word_cloud(frequencies: pd.DataFrame, *, top: int = 30, title: str | None = None) -> Axes:
    """Which words stand out? A cloud, and beside it the bars that it can be checked against.

    The height of the letters is proportional to frequency, their colour is the part of speech,
    their place means nothing.

    Parameters: frequencies (table with type, f and, for the colours, pos, as `content_words` has
    it); top (words at most); title (else the word that leads and how many are shown).
    """
    if frequencies.empty:
        return nothing_to_draw(title or "Word cloud")
    from matplotlib.figure import Figure

    known = "pos" in frequencies
    shown = top_words(frequencies if known else frequencies.assign(pos=""), top)
    shown = shown.reset_index(drop=True)
    shown.isetitem(0, shown.iloc[:, 0].map(lambda word: shorten(word, LONGEST_WORD)))
    figure = Figure(figsize=(7.0, 4.9))
    cloud, bars = figure.subplots(1, 2, width_ratios=[1.55, 1])
    ahead = shown.iloc[:, 0][shown["f"] == shown["f"].max()]
    leads = f"“{ahead[0]}” leads" if len(ahead) == 1 else f"{len(ahead):,} words share the lead of"
    found = f"{leads} {counted(len(shown), 'content word')}"
    figure.suptitle(label(title or found), x=0.01, ha="left", fontsize=12)
    group_thousands(bars.xaxis)
    word_bars(bars, shown)
    _write(cloud, shown)
    if known:
        pos_legend(figure, shown)
    return bars


def _write(axes: Axes, shown: pd.DataFrame) -> None:
    axes.imshow(largest_cloud(shown).to_array(), interpolation="antialiased")
    axes.set_axis_off()


def largest_cloud(shown: pd.DataFrame) -> WordCloud:
    """The largest cloud in which every word has its place and a size proportional to its frequency.

    wordcloud shrinks a word that finds no place, and all after it; such a cloud is not taken.
    """
    words, share = shown.iloc[:, 0].tolist(), (shown["f"] / shown["f"].max()).tolist()
    for size in SIZES:
        cloud = _cloud(shown, size)
        found = {word: letters for (word, _), letters, *_ in cloud.layout_}
        if all(
            abs(found.get(word, 0) - size * part) <= 2
            for word, part in zip(words, share, strict=True)
        ):
            break
    return cloud


def _cloud(shown: pd.DataFrame, size: int) -> WordCloud:
    """The words upright, placed by a fixed seed, each in the colour of its part of
    speech.
    """
    import matplotlib as mpl
    from wordcloud import WordCloud

    colours = {
        row[0]: POS.get(row[-1], ("", GREY, ""))[1]
        for row in shown[[shown.columns[0], "pos"]].to_numpy()
    }
    cloud = WordCloud(
        font_path=str(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")),
        width=WIDTH,
        height=HEIGHT,
        background_color="white",
        color_func=lambda word, **_: colours[word],
        max_font_size=size,
        min_font_size=1,
        scale=2,
        margin=8,
        prefer_horizontal=1,
        relative_scaling=1,
        random_state=1,
    )
    return cloud.generate_from_frequencies(
        dict(zip(shown.iloc[:, 0], shown["f"].astype(float), strict=True))
    )
