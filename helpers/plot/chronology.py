"""Figures of time: how much was printed when, how often a word is used, what rises and falls."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from helpers.plot import marks, sheet
from helpers.plot.sheet import Axes, Page
from helpers.read.checks import From0
from helpers.read.tables import counted, need

Value = Literal["share", "per_million"]
ROWS = 12  # parts, or lines, that have room
TICKS = 9  # names of periods along the axis
NUMBERED = 20  # periods whose bars have room for a number, and whose gaps for a cross
FULL, STRIP = 0.68, 1.3  # of a row, the highest bar; of the highest value, the height of a strip
FAR = 99.0  # a ratio at which the axis ends
ABOVE = 2.5  # times the highest value, where a band is cut
TWO_YEARS = 24  # months
NOUNS = {4: "year", 7: "month", 8: "week", 10: "day"}
LOOKS = {"rising": (sheet.BLUE, "^"), "falling": (sheet.VERMILION, "v")}
PEAK = ["query", "part", "period", "is_peak"]
# How each value is called, and written.
VALUES = {"share": ("texts with a hit", "{:.0%}", "of texts")}
ENDS = {"share": ("share_low", "share_high"), "per_million": ("low", "high")}
VALUES["per_million"] = ("hits per million words", "{:,.0f}", "per million")


def _noun(periods: pd.Index) -> str:
    """What the periods are, by how they are written."""
    names = [*periods.astype("str"), ""]
    return "quarter" if "Q" in names[0] else NOUNS.get(len(names[0]), "period")


def _name_periods(axes: Axes, periods: pd.Index, outside: list[float]) -> None:
    """The names of some periods along the axis, and of the place of texts in none."""
    step = max(-(-len(periods) // TICKS), 1)
    names = [*periods[::step], *["no\nperiod" for _ in outside]]
    axes.set_xticks([*range(0, len(periods), step), *outside], names, fontsize=8)
    axes.set_xlim(-0.7, max([len(periods) - 1, *outside]) + 0.7)


@sheet.figure
def calendar(page: Page, table: pd.DataFrame) -> Axes:
    """How much was printed when, and where is a gap? A row for each part, a bar for each period.

    A bar is as high as its texts, its pale end those that repeat earlier ones; a hatched bar is
    a period that is cut, a cross one without texts between others.

    Parameters: table (of `count.calendar`; its first 12 parts); ax (one's own Axes, else those of a
    new figure); title (else the texts, the periods that have some and the share of reprints).
    Returns: the Axes.

    >>> table = pd.DataFrame({"part": "all", "period": ["2024-01", "2024-02"], "texts": [3, 0]})
    >>> table = table.assign(words=900, reprints=0, complete=True)
    >>> calendar(table).get_title("left")
    '3 texts in 1 of 2 months'
    """
    periods = pd.Index(table["period"].dropna().unique()).sort_values()
    table = table.assign(x=periods.get_indexer(table["period"]))
    table["x"] = table["x"].where(table["x"] >= 0, len(periods) + 0.5)
    parts = table["part"].unique()[:ROWS][::-1]
    axes = page.new_axes(_printed(table, periods), (7.0, max(2.6, 1.5 + 0.55 * len(parts))))
    highest = max(table.loc[table["part"].isin(parts), "texts"].max(), 1)
    for row, part in enumerate(parts):
        own = table[table["part"] == part]
        _bars(axes, own, row, FULL / highest, few=len(periods) <= NUMBERED)
    _name_periods(axes, periods, [*table.loc[table["period"].isna(), "x"].head(1)])
    names = [sheet.label(part, 26) for part in parts]
    axes.set_yticks(np.arange(len(parts)) + FULL / 2, names)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.12, len(parts) - 0.1)
    said = f"{_noun(periods)}; height: texts (at most {highest:,}), pale: reprints"
    gaps = "; ×: none between others" if len(periods) <= NUMBERED else ""
    axes.set_xlabel(f"{said}\nhatched: a period that is cut{gaps}")
    return axes


def _printed(table: pd.DataFrame, periods: pd.Index) -> str:
    """How many texts there are, in how many periods, and the share of reprints."""
    texts, again = table["texts"].sum(), table["reprints"].sum()
    held = table.loc[table["texts"] > 0, "period"].nunique()
    spread = f" in {held:,} of {counted(len(periods), _noun(periods))}"
    where = spread if len(periods) > 1 else f" of {periods[0]}" if len(periods) else ""
    repeated = f"; {again / texts:.0%} are reprints" if again else ""
    return f"{counted(texts, 'text')}{where}{repeated}"


def _bars(axes: Axes, own: pd.DataFrame, row: int, scale: float, *, few: bool) -> None:
    """The bars of one part on their line; of a few periods their numbers and gaps, too."""
    x, y, dated = own["x"], own["texts"] * scale, own["period"].notna()
    axes.axhline(row, color=sheet.PALE, linewidth=0.8, zorder=0)
    axes.bar(x, y, bottom=row, color=sheet.SKY, alpha=0.45)
    colours = np.where(dated, sheet.BLUE, sheet.GREY)
    axes.bar(x, y - own["reprints"] * scale, bottom=row, color=colours)
    cut = ~own["complete"].fillna(True).astype(bool)
    look = {"color": "white", "edgecolor": sheet.BLUE, "hatch": "////"}
    axes.bar(x[cut], y[cut], bottom=row, **look)
    if few:
        held = x[dated & (y > 0)]
        gaps = x[(y == 0) & x.between(held.min(), held.max())]
        axes.plot(gaps, gaps * 0 + row + 0.1, "x", color=sheet.VERMILION, markersize=6)
        look = marks.SMALL | {"ha": "center", "color": sheet.INK, "fontsize": 7}
        for at, texts in zip(x[y > 0], own.loc[y > 0, "texts"], strict=True):
            axes.annotate(f"{texts:,}", (at, row + texts * scale), (0, 1), **look)


@sheet.figure
def timeline(
    page: Page, table: pd.DataFrame, peaks: pd.DataFrame | None = None, *, value: Value = "share"
) -> Axes:
    """How often is a word used over time? A strip for each query and part, all on one scale: a line
    with its 95% band, broken where there are no texts.

    Parameters: table (of `count.timeline`; its first 12 lines); peaks (table of `count.peaks`,
    whose periods are marked: filled beyond chance, hollow where it is only the highest); value
    (share of the texts with a hit, or per_million, hits per million words); ax (one's own Axes,
    else those of a new figure); title (else where the first line is highest that has ten hits in
    five texts; where there is none nothing is drawn).
    Returns: the Axes.

    >>> table = pd.DataFrame({"query": "mer", "part": "all", "period": ["2023", "2024"]})
    >>> table = table.assign(share=[0.2, 0.5], share_low=0.1, share_high=0.6, per_million=90.0)
    >>> timeline(table.assign(low=1.0, high=200.0, texts=10)).get_title("left")
    '“mer”: highest in 2024, 50% of texts'
    """
    table = table[table["period"].notna()]
    if not (table["low"].notna() & table[value].gt(0)).any():
        raise sheet.Nothing("no word has ten hits in five texts, for a curve")
    if peaks is not None:
        need(peaks, *PEAK)
        table = table.merge(peaks[PEAK], on=PEAK[:3], how="left")
    periods = pd.Index(table["period"].unique()).sort_values()
    lines = [own for _, own in table.groupby(["query", "part"], sort=False)][:ROWS]
    sure = next((own for own in lines if own["low"].notna().any()), lines[0])
    axes = page.new_axes(_highest(sure, value), (7.0, max(3.2, 1.3 + 0.85 * len(lines))))
    shown = pd.concat(lines)
    top = min(shown[[value, ENDS[value][1]]].max().max(), ABOVE * shown[value].max())
    named = [name for name in ("query", "part") if not table[name].eq(table[name].iloc[0]).all()]
    for row, own in enumerate(lines[::-1]):
        base = row * STRIP * top
        _strip(axes, own.set_index("period").reindex(periods), value, base, top)
        name = sheet.label(" · ".join(own[named].iloc[0]), sheet.LONGEST_WORD)
        axes.text(-0.5, base + top * 1.2, name, va="top", fontweight="bold", fontsize=9)
    _scale(axes, top, len(lines), value)
    _name_periods(axes, periods, [])
    texts = counted(table.drop_duplicates(["part", "period"])["texts"].sum(), "text")
    cut = ", cut at the edge of its strip" if shown[ENDS[value][1]].max() > top else ""
    more = "" if peaks is None else "\ndiamond: beyond chance (hollow: only the highest)"
    said = f"{_noun(periods)}; {texts} (pale: 95% interval{cut}){more}"
    axes.set(xlabel=said, ylabel=VALUES[value][0])
    return axes


def _strip(axes: Axes, own: pd.DataFrame, value: str, base: float, top: float) -> None:
    """The line of one query and part with its band, and the period that `peaks` names."""
    x = np.arange(len(own))
    band = [base + own[end].clip(upper=top) for end in ENDS[value]]
    axes.axhline(base, color=sheet.PALE, linewidth=0.8, zorder=0)
    axes.fill_between(x, *band, color=sheet.SKY, alpha=0.4, linewidth=0)
    axes.vlines(x, *band, color=sheet.SKY, linewidth=0.8)
    axes.plot(x, base + own[value], "o-", color=sheet.BLUE, markersize=3.5)
    if "is_peak" in own:
        there = own["is_peak"].notna().to_numpy()
        faces = np.where(own["is_peak"][there].astype(bool), sheet.VERMILION, "white")
        look = {"s": 60, "marker": "D", "edgecolors": sheet.VERMILION, "zorder": 5}
        axes.scatter(x[there], base + own[value][there], facecolors=faces, **look)


def _highest(own: pd.DataFrame, value: str) -> str:
    """Where a line is highest, and in how many periods, if it is so in several."""
    query, part = (sheet.shorten(own[name].iloc[0], 22) for name in ("query", "part"))
    line = f"“{query}”" if part == "all" else f"“{query}”, {part}"
    tops = own.loc[own[value] == own[value].max(), "period"]
    when = tops.iloc[0] if len(tops) == 1 else counted(len(tops), _noun(tops))
    number = VALUES[value][1].format(own[value].max())
    return f"{line}: highest in {when}, {number} {VALUES[value][2]}"


def _scale(axes: Axes, top: float, n: int, value: str) -> None:
    """The numbers of every strip, from 0: few of many strips, more of one."""
    from matplotlib.ticker import MaxNLocator

    ticks = [y for y in MaxNLocator(5 if n == 1 else 2).tick_values(0, top) if 0 <= y <= top]
    places = [row * STRIP * top + y for row in range(n) for y in ticks]
    axes.set_yticks(places, [VALUES[value][1].format(y) for y in ticks] * n, fontsize=8)
    axes.set_ylim(-0.05 * top, (n - 1) * STRIP * top + top * (1.25 if n > 1 else 1.08))


@sheet.figure
def trends(page: Page, table: pd.DataFrame, *, n: From0 = 12, others: From0 = 6) -> Axes:
    """Which words rise, which fall, and how sure is it? A dot with its interval for each.

    Parameters: table (of `count.trends`); n (rising and falling words at most, the surest); others
    (of the largest movements that are not beyond chance); ax (one's own Axes, else those of a new
    figure); title (else how many rise and fall).
    Returns: the Axes.

    >>> table = pd.DataFrame({"unit": ["grève"], "ratio": 6.0, "low": 2.0, "high": 18.0, "f": 70})
    >>> table = table.assign(first=100.0, last=600.0, zero_corrected=False, search_word=False)
    >>> trends(table.assign(direction="rising")).get_title("left")
    '1 rising and 0 falling of 1 word tried'
    """
    from matplotlib.ticker import LogLocator

    bound = np.where(table["ratio"] >= 1, table["low"], 1 / table["high"])
    tried = marks.ranked(table, bound)[lambda rows: ~rows["search_word"]]
    named = tried["direction"].notna()
    rest = marks.ranked(tried[~named], np.log(tried.loc[~named, "ratio"]).abs()).head(others)
    shown = pd.concat([tried[named].head(n), rest]).sort_values("ratio", ascending=False)
    if shown.empty:
        raise sheet.Nothing("no word to draw")
    up, down = ((tried["direction"] == way).sum() for way in LOOKS)
    first = f"{up:,} rising and {down:,} falling of {counted(len(tried), 'word')} tried"
    axes = page.new_axes(first, (7.0, 1.7 + 0.24 * len(shown)))
    axes.axvline(1, color=sheet.GREY, linewidth=0.8)
    for row, word in enumerate(shown.itertuples()):
        colour, mark = LOOKS.get(word.direction, (sheet.GREY, "o"))
        axes.hlines(row, word.low, word.high, color=colour, linewidth=1.3)
        face = colour if word.direction in LOOKS else "white"
        axes.plot(word.ratio, row, mark, color=colour, markerfacecolor=face, markersize=6.5)
    rates = [f"{word.first:,.0f} → {word.last:,.0f}" for word in shown.itertuples()]
    marks.small_rows(axes, shown, rates, "per million")
    low, high = shown["low"].min() / 1.3, shown["high"].max() * 1.3
    axes.set(xscale="log", xlim=(np.clip(low, 1 / FAR, 0.6), np.clip(high, 1.6, FAR)))
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(lambda x, _: f"× {x:.0f}" if x >= 1 else f"1/{1 / x:.0f}")
    axes.set_xticks([], minor=True)
    axes.set_xlabel(_how(table, shown))
    return axes


def _how(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    """How the figure is read, and what could have been found."""
    lines = ["rate in the last third of the time over that in the first (95% interval)"]
    if shown["direction"].isna().any():
        lines.append("the surest words; grey: large movements that are not beyond chance")
    if (least := table.attrs.get("least", 0.0)) > 0:
        texts = counted(table.attrs["texts"], "text")
        lines.append(f"in {texts} a word must move about {least:.0f}-fold to be found")
    if table.attrs.get("months", TWO_YEARS) < TWO_YEARS:
        lines.append("below 24 months a trend and a season cannot be told apart")
    return "\n".join(lines)
