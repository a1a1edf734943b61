"""Bars of words, of parts of speech in their colours, and of sentences; a word cloud."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.count.typicality import TEXTS
from helpers.plot import looks, sheet
from helpers.plot.marks import BAR, name_rows, number_rows, ranked, size_of, some_of
from helpers.plot.sheet import Axes, Page
from helpers.read.checks import From1
from helpers.read.tables import counted, need

if TYPE_CHECKING:
    from wordcloud import WordCloud

POS = looks.looks("pos")  # tags of Universal Dependencies; the lesser ones are grey
WIDTH, HEIGHT = 800, 920  # pixels of the cloud, as many as the figure shows
# Its words are upright, placed by a fixed seed, and as large as they are frequent.
CLOUD = {"background_color": "white", "scale": 2, "margin": 8, "min_font_size": 1}
CLOUD |= {"prefer_horizontal": 1, "relative_scaling": 1, "random_state": 1}
# Beyond this many sentences a bar each cannot be read, and their distribution is drawn.
MAX_BARS = 30
MAX_PARTS, FULL = 12, 0.8  # histograms that have room; of a row, the highest bar
SIZES = (280, 240, 200, 170, 145, 125, 105, 90, 75, 60, 50, 40, 30, 22)  # of the largest word


def top_words(frequencies: pd.DataFrame, top: int) -> pd.DataFrame:
    """The most frequent rows, at most `top`, and no tie cut in two while that leaves five."""
    frequencies = ranked(frequencies, frequencies["f"])
    if len(frequencies) <= top:
        return frequencies
    whole = frequencies[frequencies["f"] > frequencies["f"].iloc[top]]
    return whole if len(whole) >= 5 else frequencies.head(top)


@sheet.figure
def frequencies(page: Page, frequencies: pd.DataFrame, *, top: From1 = 20) -> Axes:
    """Which words are the most frequent? A bar for each, from zero.

    Parameters: frequencies (table of `count.frequencies`; bars of a table with pos tell it by
    colour and hatch); ax (one's own Axes, else those of a new figure); top (bars at most); title
    (else the first word and its count).
    Returns: the Axes.

    >>> table = pd.DataFrame({"type": ["phare", "quai"], "f": [3, 1]})
    >>> frequencies(table).get_title("left")
    '“phare” comes first: 3 times'
    """
    shown = top_words(frequencies, top)
    first = f"“{shown.iloc[0, 0]}” comes first: {counted(shown['f'].iloc[0], 'time')}"
    axes = page.new_axes(first, (7.0, max(2.5, 1.2 + 0.2 * len(shown))))
    _word_bars(page, axes, shown)
    return axes


def _look(tag: str) -> looks.Look:
    """The look of a part of speech, also of a tag that is none of ours."""
    return POS.get(tag, (tag, sheet.GREY, ""))


def _pos_bars(axes: Axes, tags: pd.Series, lengths: pd.Series, height: float, **said: Any) -> None:
    """A bar of each length with its number, in the colour and with the hatch of its part of
    speech.
    """
    bars = axes.barh(range(len(lengths)), lengths, height, **BAR)
    for bar, (_, colour, hatch) in zip(bars, map(_look, tags), strict=True):
        bar.set(facecolor=colour, hatch=hatch)
    axes.bar_label(bars, padding=3, color=sheet.GREY, **said)


def _word_bars(page: Page, axes: Axes, shown: pd.DataFrame) -> None:
    """A bar for each word, with its count and, if it is known, the look of its part of speech."""
    size, tags = 9 if len(shown) <= 25 else 8, shown.get("pos", ["NOUN"] * len(shown))
    _pos_bars(axes, tags, shown["f"], 0.72, fmt="{:,.0f}", fontsize=size)
    name_rows(axes, shown.iloc[:, 0], fontsize=size)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set(xlabel="occurrences", ylabel="word")
    if "pos" in shown:
        _pos_legend(page, axes, {*map(_look, shown["pos"])})


def _pos_legend(page: Page, axes: Axes, held: set[looks.Look]) -> None:
    """The parts of speech that are shown, with the colour and hatch of their bars."""
    from matplotlib.patches import Patch

    told = [look for look in POS.values() if look in held and look[1] != sheet.GREY]
    if any(colour == sheet.GREY for _, colour, _ in held):
        told.append(("other", sheet.GREY, ""))
    keys = [Patch(label=name, facecolor=colour, hatch=hatch, **BAR) for name, colour, hatch in told]
    page.legend(axes, "left", handles=keys, ncols=len(keys), fontsize=9)


@sheet.figure
def parts_of_speech(page: Page, tokens: pd.DataFrame) -> Axes:
    """Which parts of speech is the text made of? A bar for each, in percent of the words.

    Parameters: tokens (token table of a corpus, or the corpus); ax (one's own Axes, else those of
    a new figure); title (else the share of nouns and proper nouns).
    Returns: the Axes.

    >>> tokens = pd.DataFrame({"kind": "word", "pos": ["NOUN", "VERB"]})
    >>> parts_of_speech(tokens).get_title("left")
    '50% of the words are nouns or proper nouns'
    """
    tags = tokens.loc[tokens["kind"] == "word", "pos"].dropna().astype("str")
    if tags.empty:
        raise sheet.Nothing("no text")
    share = 100 * tags.value_counts(normalize=True).rename_axis("pos").sort_index()
    share = share.sort_values(ascending=False, kind="stable")
    nouns = tags.isin(["NOUN", "PROPN"]).mean()
    axes = page.new_axes(f"{nouns:.0%} of the words are nouns or proper nouns")
    _pos_bars(axes, share.index, share, 0.7, fmt="%.1f%%")
    name_rows(axes, [_look(tag)[0] for tag in share.index], margin=None)
    return axes


@sheet.figure
def typical_words(page: Page, table: pd.DataFrame, *, top: From1 = 20) -> Axes:
    """Which words are this corpus's own? A bar for each, as long as the share of the texts that
    hold it, or of few texts as often as it occurs; at the right, how many times as frequent it is
    as in general French. Hatched bars are words of the search.

    Parameters: table (of `count.typical_words`); ax (one's own Axes, else those of a new figure);
    top (bars at most); title (else the first word).
    Returns: the Axes.

    >>> from helpers import count, open_corpus
    >>> typical_words(count.typical_words(open_corpus())).get_title("left")
    '“sécurité” comes first: 7 times'
    """
    shown, n = table.head(top), table.attrs.get("texts", 0)
    size, of = shown["f"], "occurrences"
    first = f"“{shown['unit'].iloc[0]}” comes first: {counted(size.iloc[0], 'time')}"
    if n >= TEXTS:
        size, of = 100 * shown["n_docs"] / n, f"percent of the {n:,} texts"
        first = f"“{shown['unit'].iloc[0]}” comes first, in {size.iloc[0]:.0f}% of the texts"
    axes = page.new_axes(first, size_of(len(shown)))
    hatches = ["////" if asked else "" for asked in shown["search_word"]]
    axes.barh(range(len(shown)), size, 0.7, color=sheet.BLUE, hatch=hatches, **BAR)
    name_rows(axes, shown["unit"])
    times = [f"× {ratio:,.0f}" for ratio in shown["ratio"]]
    number_rows(axes, times, "ratio", top=-0.8)
    more = "; hatched: searched for" if shown["search_word"].any() else ""
    axes.set_xlabel(f"{of}\nratio: × as frequent as in general French{more}")
    return axes


@sheet.figure
def word_cloud(page: Page, frequencies: pd.DataFrame, *, top: From1 = 30) -> Axes:
    """Which words stand out? A cloud, and beside it the bars that it can be checked against.

    The height of the letters is proportional to frequency, their colour is the part of speech,
    their place means nothing.

    Parameters: frequencies (table of `count.frequencies`; its pos, if any, gives the colours); ax
    (one's own Axes, which the cloud and the bars share, else those of a new figure); top (words at
    most); title (else the word that leads and how many are shown).
    Returns: one's own Axes, else those of the bars.

    >>> table = pd.DataFrame({"type": ["phare", "quai"], "f": [3, 1]})
    >>> [text.get_text() for text in word_cloud(table).get_yticklabels()]
    ['phare', 'quai']
    """
    shown = top_words(frequencies, top).reset_index(drop=True)
    shown.isetitem(0, shown.iloc[:, 0].map(sheet.shorten))
    first = shown.iloc[:, 0][shown["f"] == shown["f"].max()]
    leads = f"“{first[0]}” leads" if len(first) == 1 else f"{len(first):,} words share the lead of"
    finding = f"{leads} {counted(len(shown), 'content word')}"
    cloud, bars = page.new_pair(finding, (7.0, 4.9), widths=(1.55, 1), sharey=False)
    _word_bars(page, bars, shown)
    cloud.imshow(largest_cloud(shown).to_array(), interpolation="antialiased")
    cloud.set_axis_off()
    return bars


def largest_cloud(shown: pd.DataFrame) -> WordCloud:
    """The largest cloud in which every word has its place and a size proportional to its frequency.

    wordcloud shrinks a word that finds no place, and all after it; such a cloud is not taken.
    """
    words, share = shown.iloc[:, 0], shown["f"] / shown["f"].max()
    for size in SIZES:
        cloud = _cloud(shown, size)
        letters = {word: height for (word, _), height, *_ in cloud.layout_}
        heights = [letters.get(word, 0) for word in words]
        if (share * size - heights).abs().le(2).all():
            break
    return cloud


def _cloud(shown: pd.DataFrame, size: int) -> WordCloud:
    """The words upright, placed by a fixed seed, each in the colour of its part of speech."""
    import matplotlib as mpl
    from wordcloud import WordCloud

    font = str(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
    words = shown.set_index(shown.columns[0])
    tags = words["pos"].to_dict() if "pos" in words else {}
    look = {"color_func": lambda word, **_: _look(tags.get(word, "NOUN"))[1], "max_font_size": size}
    cloud = WordCloud(font_path=font, width=WIDTH, height=HEIGHT, **look, **CLOUD)
    return cloud.generate_from_frequencies(words["f"].astype(float).to_dict())


@sheet.figure
def lengths(page: Page, sentences: pd.DataFrame, *, by: str | None = None) -> Axes:
    """How long are the sentences? A bar for each of a few sentences; of many a histogram, or one
    for each part, all on one scale, with the median.

    Parameters: sentences (table of a corpus, or the corpus); by (its column that names the parts,
    of which the first 12 are drawn); ax (one's own Axes, else those of a new figure); title (else
    the range of the lengths, or the medians of the parts).
    Returns: the Axes.

    >>> sentences = pd.DataFrame({"doc": "a", "par": [1, 1], "sent": [1, 2], "n_words": [12, 7]})
    >>> lengths(sentences).get_title("left")
    'Sentences have 7 to 12 words'
    """
    if len(sentences) <= MAX_BARS:
        shortest, longest = sentences["n_words"].min(), sentences["n_words"].max()
        size = (7.0, max(2.2, 0.9 + 0.3 * len(sentences)))
        axes = page.new_axes(f"Sentences have {shortest} to {longest} words", size)
        _sentence_bars(axes, sentences)
        return axes
    part = sentences[need(sentences, by) or by] if by else pd.Series("all", sentences.index)
    words = sentences["n_words"].groupby(part, sort=False, observed=True)
    halves = words.median().head(MAX_PARTS).sort_values(kind="stable")
    if halves.empty:
        raise sheet.Nothing(f"no text has a value of {by}")
    first = f"Half of the sentences have {halves.iloc[-1]:.0f} words or more"
    if len(halves) > 1:
        first += f" in {halves.index[-1]}, {halves.iloc[0]:.0f} in {halves.index[0]}"
    axes = page.new_axes(first, size_of(1.4 * len(halves) + 2))
    shown = {str(name): own for name, own in words if name in halves.index}
    _histograms(axes, shown, words.ngroups)
    return axes


def _sentence_bars(axes: Axes, sentences: pd.DataFrame) -> None:
    """A bar for each sentence, with the number of its paragraph."""
    bars = axes.barh(range(len(sentences)), sentences["n_words"], color=sheet.BLUE, height=0.65)
    axes.bar_label(bars, padding=4, color=sheet.GREY)
    names = "¶ " + sentences["par"].astype("str")
    if sentences["doc"].iloc[0] != sentences["doc"].iloc[-1]:
        names = sentences["doc"].astype("str").str[:12] + " " + names
    name_rows(axes, names, margin=None)
    axes.set_xlabel("words of each sentence, by its paragraph")


def _histograms(axes: Axes, parts: dict[str, pd.Series], n_parts: int) -> None:
    """For each part, which share of its sentences has how many words, in at most some forty steps;
    a line at its median.
    """
    every = pd.concat(parts.values())
    width = max(1, round(np.ptp(every) / 40))
    edges = np.arange(every.min(), every.max() + 2 * width, width) - 0.5
    shares = [np.histogram(own, edges)[0] / len(own) for own in parts.values()]
    for row, (own, share) in enumerate(zip(parts.values(), shares, strict=True)):
        base = row + FULL / 2
        tops = base - FULL * share / np.max(shares)
        axes.stairs(tops, edges, baseline=base, fill=True, color=sheet.BLUE)
        axes.vlines(own.median(), base - FULL, base, color=sheet.INK, linestyle="--")
    name_rows(axes, parts if len(parts) > 1 else [""], most=24)
    told = [f"{own.median():.0f}, of {len(own):,}" for own in parts.values()]
    number_rows(axes, told, "median, of", top=-0.55)
    some = some_of(len(parts), n_parts)
    axes.set_xlabel(f"{some}words per sentence; height: share of the sentences\nline: median")
