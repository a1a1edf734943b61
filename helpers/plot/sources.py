"""Figures of who speaks and in which passages, who is named, and who printed whose text."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

from helpers.plot import looks, sheet
from helpers.plot.marks import BAR, SMALL, name_rows, number_rows, size_of, some_of
from helpers.plot.sheet import Axes, Page
from helpers.read.checks import From1
from helpers.read.tables import counted
from helpers.voices.sources import SPOKEN

SPEECH, PRINTED = looks.looks("passage"), looks.looks("printing")
MARKS = {"direct": "o", "indirect": "s", "according_to": "D", "none": "v"}
MOST_PARTS = 12  # columns or rows whose names have room
LONGEST = 16  # letters of a line in the name of a column
LEVEL = 6  # columns whose names stand level
LARGEST = 22  # points across the mark of the most mentions
INSIDE, INCH = 4, 72  # points: between the ends of a bar and its words; of an inch
MAX_PARAGRAPHS = 24  # rows whose labels have room
NUMBERS = ["share", "macro", "low", "high"]


@sheet.figure
def speakers(page: Page, table: pd.DataFrame, *, top: From1 = 12) -> Axes:
    """Who is made to speak, in which way? A row for each speaker, a bar for each kind of passage.

    Parameters: table (of `voices.speakers`; its first part is drawn, without the speakers that have
    no name); ax (one's own Axes, else those of a new figure); top (speakers drawn); title (else who
    is quoted in most texts).
    Returns: the Axes.

    >>> table = pd.DataFrame({"part": "all", "source_name": ["Awa Ndoye"], "category": "expert"})
    >>> speakers(table.assign(direct=2, indirect=1, according_to=0, texts=2)).get_title("left")
    'Awa Ndoye is quoted in most texts: 2'
    """
    part = table["part"].iloc[0]
    shown = table[table["part"] == part].dropna(subset="source_name").head(top)
    if shown.empty:
        raise sheet.Nothing("no speaker has a name")
    first = shown.iloc[0]
    finding = f"{first['source_name']} is quoted in most texts: {first['texts']:,}"
    finding = finding if (table["part"] == part).all() else f"{part}: {finding}"
    axes = page.new_axes(finding, size_of(1.5 * len(shown) + 2))
    for at, kind in enumerate(SPOKEN):
        name, colour, hatch = SPEECH[kind]
        places = np.arange(len(shown)) + 0.26 * (at - 1)
        axes.barh(places, shown[kind], 0.24, label=name, color=colour, hatch=hatch, **BAR)
    name_rows(axes, shown["source_name"] + ", " + shown["category"])
    number_rows(axes, shown["texts"].map("{:,}".format), "texts", top=-0.75)
    axes.xaxis.get_major_locator().set_params(integer=True)
    page.legend(axes, "center", ncols=3)
    return axes


@sheet.figure
def reported_speech(page: Page, table: pd.DataFrame) -> Axes:
    """How much is told in whose voice? For each part a bar of its words, and under it the mean of
    its texts for each kind.

    Parameters: table (of `voices.reported_speech`; its first 12 parts); ax (one's own Axes, else
    those of a new figure); title (else which part has most direct speech).
    Returns: the Axes.

    >>> table = pd.DataFrame({"part": "all", "kind": ["direct", "none"], "share": [0.2, 0.8]})
    >>> table = table.assign(words=[20, 80], macro=[0.3, 0.7], low=0.2, high=0.4)
    >>> reported_speech(table).get_title("left")
    '20% of the words are direct speech'
    """
    parts = table["part"].unique()
    names = [*parts[:MOST_PARTS]]
    direct = table[table["kind"] == "direct"].set_index("part")["share"].reindex(names).fillna(0)
    finding = f"{f'{direct.max():.0%}' if direct.any() else 'None'} of the words are direct speech"
    if len(names) > 1:
        finding = f"Most direct speech: {direct.idxmax()}, {direct.max():.0%} of its words"
    axes = page.new_axes(finding, size_of(2.2 * len(names) + 1))
    for row, part in enumerate(names):
        own, left = table[table["part"] == part].set_index("kind"), 0.0
        for at, kind in enumerate(kind for kind in MARKS if kind in own.index):
            (name, colour, hatch), of = SPEECH[kind], 100 * own.loc[kind, NUMBERS].astype("float64")
            look = BAR | {"color": colour, "hatch": hatch}
            axes.barh(row - 0.2, of["share"], 0.3, left, label=name if row == 0 else None, **look)
            left += of["share"]
            if kind != "none":
                place, look = row + 0.07 + 0.13 * at, {"color": sheet.INK, "linewidth": 1.2}
                axes.plot([of["low"], of["high"]], [place] * 2, **look)
                look = {"markerfacecolor": colour, "markeredgecolor": sheet.INK, "markersize": 5}
                axes.plot(of["macro"], place, MARKS[kind], **look)
    words = table.groupby("part", sort=False)["words"].sum()
    number_rows(axes, [f"{words[part]:,}" for part in names], "words", top=-0.6)
    name_rows(axes, names, most=24)
    axes.set_xlim(0, 100)
    interval = "; line: 95% of such means" if table["low"].notna().any() else ""
    some = some_of(len(names), len(parts))
    axes.set_xlabel(f"{some}percent of the words; mark: mean of the texts{interval}")
    page.legend(axes, "center", ncols=4)
    return axes


@sheet.figure
def names(page: Page, table: pd.DataFrame, *, top: From1 = 20) -> Axes:
    """Who and what is named most? A bar for each name that is mentioned twice or more; with several
    parts a row for each name and a mark for each part, as large as its mentions.

    Parameters: table (of `voices.names`; its first 12 parts); ax (one's own Axes, else those of a
    new figure); top (names drawn); title (else the name of most mentions).
    Returns: the Axes.

    >>> table = pd.DataFrame({"part": "all", "name": ["Brest"], "label": "place", "mentions": 3})
    >>> names(table.assign(texts=2)).get_title("left")
    'Brest is named most: 3 times'
    """
    parts, n_parts = table["part"].unique()[:MOST_PARTS], table["part"].nunique()
    sums = table.groupby("name")["mentions"].sum()
    sums = sums[sums > 1].sort_values(ascending=False, kind="stable").head(top)
    if sums.empty:
        raise sheet.Nothing("no name is mentioned twice")
    finding = f"{sums.index[0]} is named most: {counted(sums.iloc[0], 'time')}"
    axes = page.new_axes(finding, size_of(0.8 * len(sums) + 2))
    kinds = table.drop_duplicates("name").set_index("name")["label"][sums.index]
    colours = [looks.KINDS[kind][1] for kind in kinds]
    if len(parts) == 1:
        bars = axes.barh(range(len(sums)), sums, height=0.7, color=colours)
        axes.bar_label(bars, fmt="{:,.0f}", padding=3, color=sheet.GREY, fontsize=9)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("mentions")
    else:
        shown = table[table["name"].isin(sums.index) & table["part"].isin(parts)]
        place = pd.Index(parts).get_indexer(shown["part"]), sums.index.get_indexer(shown["name"])
        sizes = LARGEST**2 * shown["mentions"] / shown["mentions"].max()
        axes.scatter(*place, s=sizes, color=np.array(colours)[place[1]], linewidth=0)
        for x, y, f, size in zip(*place, shown["mentions"], sizes, strict=True):
            axes.annotate(f"{f:,}", (x, y), (3 + size**0.5 / 2, -3), **SMALL)
        written = [fill(sheet.label(part, 2 * LONGEST), LONGEST) for part in parts]
        turned = {"rotation": 30, "ha": "right"} if len(parts) > LEVEL else {}
        axes.set_xticks(range(len(parts)), written, **turned)
        some = some_of(len(parts), n_parts)
        axes.set(xlim=(-0.6, len(parts) - 0.3), xlabel=f"{some}number, size of a mark: mentions")
    letters = (f"{name} {looks.KINDS[kind][0]}" for name, kind in kinds.items())
    name_rows(axes, letters, fontsize=9)
    return axes


@sheet.figure
def reprints(page: Page, table: pd.DataFrame, *, top: From1 = 20) -> Axes:
    """Who printed whose text, and when? A row for each chain, a column for each outlet, a mark for
    each text with the days since the first.

    Parameters: table (of `read.reprints`); ax (one's own Axes, else those of a new figure); top
    (chains drawn); title (else how many texts repeat a first one).
    Returns: the Axes.

    >>> table = pd.DataFrame({"outlet": ["Le Cap", "Le Fanal"], "kind": ["first", "identical"]})
    >>> table = table.assign(chain=1, similarity=1.0, date=pd.Timestamp("2024-03-02"))
    >>> reprints(table).get_title("left")
    '1 text repeats another: 1 chain'
    """
    n, chains = (table["kind"] != "first").sum(), table["chain"].nunique()
    verb = "repeats another" if n == 1 else "repeat others"
    shown = table[table["chain"].isin(table["chain"].unique()[:top])]
    outlets = shown["outlet"].fillna("no outlet")
    columns = outlets[shown["kind"] == "first"].value_counts().index
    columns = [*columns, *sorted({*outlets} - {*columns})]
    rows, first = pd.factorize(shown["chain"])[0], shown.groupby("chain")["date"].transform("first")
    finding = f"{counted(n, 'text')} {verb}: {counted(chains, 'chain')}"
    axes = page.new_axes(finding, size_of(1.2 * rows.max() + 3))
    again = outlets.groupby([rows, outlets]).cumcount()  # texts of an outlet stand side by side
    x = pd.Index(columns).get_indexer(outlets) + 0.35 * again.to_numpy()
    for kind, (mark, colour, _) in PRINTED.items():
        own = (shown["kind"] == kind).to_numpy()
        axes.plot(x[own], rows[own], mark, color=colour, markersize=9, label=kind)
    late = (shown["date"] - first).dt.days.mask(shown["kind"] == "first")
    for *place, days in zip(x, rows, late, strict=True):
        when = "" if pd.isna(days) else f"{days:+.0f} d" if days else "same day"
        axes.annotate(when, place, (8, -3), **SMALL)
    days = first.dt.strftime("%Y-%m-%d").fillna("no date")[~shown["chain"].duplicated()]
    name_rows(axes, days)
    written = [sheet.label(name, LONGEST + 8) for name in columns]
    axes.set_xticks(range(len(columns)), written, rotation=20, ha="right")
    axes.set_xlim(-0.5, len(columns) - 0.2)
    page.legend(axes, "center", ncols=4)
    return axes


@sheet.figure
def attributions(page: Page, attributions: pd.DataFrame) -> Axes:
    """In whose voice is each passage? A row for each paragraph, a bar for each passage, its source
    written in it where there is room for all of it.

    Parameters: attributions (table of `voices.attributions`; the first text of it is drawn); ax
    (one's own Axes, else those of a new figure); title (else how many of its characters have a
    source).
    Returns: the Axes.

    >>> from helpers import open_corpus, voices
    >>> attributions(voices.attributions(open_corpus())).get_xlabel()
    'characters from the beginning of the paragraph'
    """
    doc = attributions["doc"].iloc[0]
    shown = attributions[(attributions["doc"] == doc) & (attributions["par"] <= MAX_PARAGRAPHS)]
    length, rows = shown["end"] - shown["start"], pd.factorize(shown["par"])[0]
    left = shown["start"] - shown.groupby("par")["start"].transform("min")
    shown = shown.assign(length=length, left=left, row=rows)
    share = shown.loc[shown["kind"].isin(SPOKEN), "length"].sum() / shown["length"].sum()
    which = "first text" if (attributions["doc"] != doc).any() else "text"
    axes = page.new_axes(f"{share:.0%} of the {which} has a source", (7.0, 1.5 + 0.42 * rows.max()))
    for kind, (name, colour, hatch) in SPEECH.items():
        if len(own := shown[shown["kind"] == kind]):
            look = {"color": colour, "hatch": hatch, "label": name}
            axes.barh(own["row"], own["length"], left=own["left"], edgecolor="white", **look)
    name_rows(axes, [f"¶ {par}" for par in shown["par"].unique()], margin=0.5)
    page.legend(axes, "center", ncols=4)
    axes.get_figure(root=True).draw_without_rendering()
    for passage in shown.itertuples():
        _write(axes, passage)
    return axes


def _write(axes: Axes, passage: Any) -> None:
    """Source and verb of a passage in its bar, or the source alone, if they fit whole."""
    source = "somebody" if pd.isna(passage.source) else passage.source
    name, colour, _ = SPEECH[passage.kind]
    said = [f"{source} ({passage.verb})", source] if passage.kind in SPOKEN else [name]
    box = {"facecolor": colour, "edgecolor": "none", "pad": 1.2}
    look = {"color": "white" if passage.kind == "indirect" else sheet.INK, "bbox": box}
    ends = axes.transData.transform([(passage.left, 0), (passage.left + passage.length, 0)])
    room = np.ptp(ends[:, 0]) - 2 * INSIDE * axes.figure.dpi / INCH
    look |= {"va": "center", "fontsize": 8, "textcoords": "offset points"}
    for words in said:
        text = axes.annotate(sheet.label(words), (passage.left, passage.row), (INSIDE, 0), **look)
        if text.get_window_extent().width <= room:
            return
        text.remove()
