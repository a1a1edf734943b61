"""Figures of contrasts: specificities, keyness, general French, and how many texts it takes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.count.hypergeometric import specificity
from helpers.count.keywords import interval, nearest_bound
from helpers.count.parts import CHANCE
from helpers.plot import marks, sheet
from helpers.plot.sheet import Axes, Page
from helpers.read.checks import From1
from helpers.read.tables import counted

RATIOS = (sheet.GREY, sheet.SKY, sheet.BLUE, sheet.GREEN, sheet.PINK, sheet.VERMILION)
ALARMS = (0.05, 0.02)  # the false alarms that p ≤ .05 allows, and |S| ≥ 2 of independent words
DISCOVERY = 0.1  # the false discovery rate at which words are counted
ENOUGH = 5.0  # the floor of 10⁴ words on the Zipf scale, below which nothing is concluded
APART = 0.045  # of the axis, between labels at the ends of lines


@sheet.figure
def specificities(page: Page, table: pd.DataFrame, *, n: From1 = 4) -> Axes:
    """Which units set each part apart? A bar each, over the band of ±2 and what it could reach.

    Parameters: table (of `count.specificities`; the eight parts with the strongest cells are
    drawn); ax (one's own Axes, else those of a new figure); n (bars of a part at most); title (else
    the most specific words).
    Returns: the Axes.

    >>> from helpers import count, open_corpus
    >>> table = count.specificities(open_corpus(annotate=False).tokens, "par")
    >>> specificities(table).get_ylabel()
    'word, by part'
    """
    keys = [*table.columns[1 : table.columns.get_loc("f")]]
    table = table.sort_values(keys, kind="stable")
    parts, score = marks.part_names(table[keys]), table["specificity"].abs()
    rows = marks.blocks(table, parts, score, n)
    axes = page.new_axes(_preferred(table, parts), (7.0, 1.3 + 0.2 * len(rows)))
    axes.axvspan(-CHANCE, CHANCE, color=sheet.PALE, alpha=0.5, linewidth=0, zorder=0)
    bars = _with_reach(rows[~rows["head"]])
    axes.barh(bars.index, bars["reach"], height=0.8, color=sheet.SKY, alpha=0.3, zorder=1)
    for over, colour, hatch in ((True, sheet.BLUE, ""), (False, sheet.VERMILION, "////")):
        side = bars[(bars["specificity"] >= 0) == over]
        look = marks.BAR | {"color": colour, "hatch": hatch, "zorder": 2}
        axes.barh(side.index, side["specificity"], height=0.5, **look)
    axes.axvline(0, color=sheet.GREY, linewidth=0.8, zorder=3)
    marks.small_rows(axes, rows, marks.shares(rows["f"], rows["F"]), "f of F")
    marks.head_rows(axes, rows["head"])
    far = 1.25 * max(bars["specificity"].abs().max(), CHANCE)
    axes.set_xlim(-far if (bars["specificity"] < 0).any() else 0, far)
    more = ", ▸ cut at the frame" if _arrow_heads(axes, bars["reach"], far) else ""
    pale = f"grey: within ±{CHANCE:.0f}; pale blue: what it could reach{more}"
    some = marks.some_of(rows["head"].sum(), parts.nunique())
    axes.set_xlabel(f"{some}specificity, in orders of magnitude\n{pale}")
    return axes


def _preferred(table: pd.DataFrame, parts: pd.Series) -> str:
    """The most specific words, of different parts, or that no cell is beyond chance."""
    beyond = table.assign(part=parts, score=table["specificity"].abs()).query("score >= @CHANCE")
    first = beyond.nlargest(len(beyond), "score").drop_duplicates("part").iloc[:2, 0]
    if first.empty:
        return f"No cell reaches a specificity of {CHANCE:.0f}"
    return f"Most specific: {', '.join(f'“{word}”' for word in first)}"


def _arrow_heads(axes: Axes, reach: pd.Series, far: float) -> int:
    """A head at the frame for each bar that goes on beyond it; how many there are."""
    cut = reach[reach.abs() > far]
    look = {"color": sheet.SKY, "markersize": 6, "clip_on": False}
    for side, mark in ((-1, "<"), (1, ">")):
        rows = cut.index[np.sign(cut) == side]
        # For the layout a line without points stands in the corner of the figure, which may be far.
        look["in_layout"] = len(rows) > 0
        axes.plot([0.98 * side * far] * len(rows), rows, mark, **look)
    return len(cut)


def _with_reach(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with the specificity that each could reach on its side."""
    F, t, T = (cells[name].astype("int64") for name in ("F", "t", "T"))  # noqa: N806
    most = np.where(cells["specificity"] >= 0, np.minimum(F, t), 0)
    return cells.assign(reach=specificity(np.maximum(most, F + t - T), F, t, T))


@sheet.figure
def keyness(page: Page, table: pd.DataFrame, *, n: From1 = 20) -> Axes:
    """Which units are more frequent here (at the right), which there (at the left), and how sure is
    it? A dot with its interval; units that pass are in bold.

    Parameters: table (of `count.keyness`); ax (one's own Axes, else those of a new figure); n (rows
    at most, the surest); title (else how many units pass at a false discovery rate of 10%; without
    p, that there are too few texts for it).
    Returns: the Axes.

    >>> from helpers import count, open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> table = count.keyness(tokens[tokens["par"] < 3], tokens[tokens["par"] > 2])
    >>> len(keyness(table, n=12).get_yticklabels())
    12
    """
    units = table.dropna(subset="log_ratio")
    if units.empty:
        raise sheet.Nothing("one side has no word")
    units = marks.ranked(units, nearest_bound(units))
    shown = units.head(n).sort_values("log_ratio", ascending=False, kind="stable")
    axes = page.new_axes(_passed(units, len(shown)), (7.0, 1.3 + 0.22 * len(shown)))
    axes.axvline(0, color=sheet.GREY, linewidth=0.8)
    for row, (word, low, high) in enumerate(zip(shown.itertuples(), *interval(shown), strict=True)):
        over = word.f / word.n >= word.F_ref / word.n_ref
        colour, mark = (sheet.BLUE, "o") if over else (sheet.VERMILION, "s")
        axes.hlines(row, low, high, color=colour, linewidth=1.2)
        face = "white" if word.zero_corrected else colour
        axes.plot(word.log_ratio, row, mark, color=colour, markerfacecolor=face, markersize=5.5)
    counts = [f"{f:,} : {F:,}" for f, F in zip(shown["f"], shown["F_ref"], strict=True)]
    marks.small_rows(axes, shown, counts, "f : F_ref")
    for name, passes in zip(axes.get_yticklabels(), shown["p_adjusted"] <= DISCOVERY, strict=True):
        name.set_fontweight("bold" if passes else "normal")
    drawn = "words (too few texts)" if shown["log_ratio_low"].isna().any() else "texts"
    axes.set_xlabel(f"log ratio: doublings, 95% interval over {drawn} (hollow: 0 taken as .5)")
    return axes


def _passed(units: pd.DataFrame, n: int) -> str:
    """How many words pass, of all that were tried; without p, that there are too few texts."""
    words = counted(len(units), "word")
    if units["p_adjusted"].isna().any():
        return f"{words}, of which {n:,} are shown: too few texts for a test"
    passed = units["p_adjusted"].le(DISCOVERY).sum()
    bold = " (bold)" if passed else ""
    return f"{passed:,} of {words} pass{bold} at a false discovery rate of {DISCOVERY:.0%}"


@sheet.figure
def general_french(page: Page, table: pd.DataFrame, *, n: From1 = 20) -> Axes:
    """Which words are more frequent here than in general French? A dot for each list of wordfreq.

    Parameters: table (of `count.general_french`, or the rows of it that are frequent enough to
    rank); ax (one's own Axes, else those of a new figure); n (words at most, those that exceed
    general French most); title (else the first word, and by how much from 10,000 words on).
    Returns: the Axes.

    >>> from helpers import count, open_corpus
    >>> table = count.general_french(open_corpus(annotate=False).tokens)
    >>> general_french(table, title="Our words").get_title("left")
    'Our words'
    """
    listed = table.dropna(subset="difference")
    if listed.empty:
        raise sheet.Nothing("no word is in the lists")
    unit = table.columns[0]
    listed = marks.ranked(listed, listed["difference"])
    names = listed[unit].drop_duplicates().head(n).tolist()
    axes = page.new_axes(_exceeds(listed.iloc[0], names[0]), (7.0, 1.7 + 0.22 * len(names)))
    axes.axvline(0, color=sheet.GREY, linewidth=0.8)
    shown = listed[listed[unit].isin(names)]
    row = pd.Index(names).get_indexer(shown[unit])
    axes.hlines(row, 0, shown["difference"], color=sheet.PALE, linewidth=1, zorder=0)
    looks = {"large": ("s", sheet.ORANGE, "none", 8), "small": ("o", sheet.BLUE, sheet.BLUE, 4.5)}
    for name, (mark, colour, face, size) in looks.items():
        dots = shown["reference"].str.endswith(name).to_numpy()
        look = {"color": colour, "markerfacecolor": face, "markersize": size}
        if dots.any():
            axes.plot(shown["difference"][dots], row[dots], mark, label=f"wordfreq {name}", **look)
    once = "what a single occurrence would show"
    least = shown["floor"] - shown["zipf_general"]
    axes.plot(least, row, "|", color=sheet.GREY, markersize=8, label=once)
    words = shown.drop_duplicates(unit)
    marks.small_rows(axes, words, [f"{f:,}" for f in words["f"]], "f")
    page.legend(axes, "center", ncols=3, fontsize=9, handletextpad=0.1)
    return axes


def _exceeds(first: pd.Series, name: str) -> str:
    """By how much the first word exceeds general French, where a single occurrence says little."""
    if first["floor"] <= ENOUGH:
        times = 10 ** first["difference"]
        said = f"{float(f'{times:.1g}'):,.0f}" if times >= 10 else f"{times:.1f}"
        return f"“{name}” is some {said} times as frequent here"
    return f"“{name}” comes first ({counted(first['f'], 'time')}): too few words for a finding"


@sheet.figure
def power(page: Page, table: pd.DataFrame) -> Axes:
    """How many texts does it take to find a difference? A pair of curves for each planted ratio,
    and the false alarms that either test allows.

    Parameters: table (of `count.power`); ax (one's own Axes, else those of a new figure); title
    (else how often a word that is half as frequent on one side is found with the most texts).
    Returns: the Axes.

    >>> table = pd.DataFrame({"n_docs": [10, 40], "ratio": 2.0, "permutation": [0.2, 0.9]})
    >>> power(table.assign(specificity=[0.1, 0.8])).get_title("left")
    'With 40 texts a side a word halved on one is found in 90% of cases'
    """
    axes = page.new_axes(_power_reached(table), (7.0, 5.2))
    sizes = np.unique(table["n_docs"])
    dotted = {"color": sheet.INK, "linewidth": 1.2, "linestyle": ":"}
    axes.hlines(ALARMS, sizes[0], sizes[-1], zorder=3, **dotted)
    ends = []
    for colour, (ratio, rows) in zip(RATIOS, table.groupby("ratio"), strict=False):
        look = {"color": colour, "markersize": 4}
        axes.plot(rows["n_docs"], rows["permutation"], "o-", linewidth=1.8, **look)
        look |= {"markerfacecolor": "white", "linewidth": 1.1}
        axes.plot(rows["n_docs"], rows["specificity"], "s--", **look)
        text = "no difference" if ratio == 1 else f"× {ratio:g}"
        ends += [(rows["permutation"].iloc[-1], text, colour)]
    heights = np.array([height for height, _, _ in ends])
    order = np.argsort(heights, kind="stable")
    steps = APART * np.arange(len(order))
    heights[order] = np.maximum.accumulate(heights[order] - steps) + steps
    for height, (_, text, colour) in zip(heights, ends, strict=True):
        place = (table["n_docs"].max(), height)
        axes.annotate(text, place, (8, 0), textcoords="offset points", color=colour, va="center")
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_xticks([], minor=True)
    _shares(axes)
    return axes


def _shares(axes: Axes) -> None:
    """An axis of shares, on which the false alarms are marked that are allowed."""
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0.2, 0.4, 0.6, 0.8, 1])
    axes.set_yticks([0, *ALARMS], minor=True)
    axes.tick_params(axis="y", which="minor", labelsize=7)
    axes.yaxis.set(major_formatter="{x:.0%}", minor_formatter="{x:.0%}")


def _power_reached(table: pd.DataFrame) -> str:
    """How often a word is found with the most texts: a halved one, or the most unequal."""
    ratio = 2 if (table["ratio"] == 2).any() else table["ratio"].max()
    best = table[table["ratio"] == ratio].nlargest(1, "n_docs").iloc[0]
    if pd.isna(best["permutation"]):
        return "Power"
    word = "a word halved" if ratio == 2 else f"a word cut to 1/{ratio:g}"
    side = f"With {counted(int(best['n_docs']), 'text')} a side"
    return f"{side} {word} on one is found in {best['permutation']:.0%} of cases"
