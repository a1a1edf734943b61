"""Figures of words in context: where they and names stand, how they come, what repeats, what is
near.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from helpers.count.contrasts import CHANCE
from helpers.count.parts import listed
from helpers.count.query import find
from helpers.plot import looks, marks, sheet
from helpers.plot.sheet import Axes, Page
from helpers.read.checks import From0, From1
from helpers.read.tables import need

Tables = dict[str, pd.DataFrame]
COLOURS = (sheet.VERMILION, sheet.BLUE, sheet.GREEN, sheet.PINK, sheet.ORANGE, sheet.SKY)
LINES = ("-", "--", "-.", ":", "-", "--")
NARROWEST = 0.004  # of the axis: a shorter segment could not be seen
POINTS = 2000  # of a curve, on which no label may lie
TOP = 1.03  # of the axis of shares
LEAST = 3  # co-occurrents of each part


@sheet.figure
def dispersion(
    page: Page, tokens: pd.DataFrame, queries: str | list[str], measured: pd.DataFrame | None = None
) -> Axes:
    """Where along the corpus do words stand? A row for each query, a stroke for each hit; of more
    than 300 hits, bars for how many there are in each hundredth of the tokens.

    Parameters: tokens (token table of a corpus, or the corpus); queries (as in `count.concordance`,
    the first is that of the title); measured (table of `count.dispersion`, whose DP is written at
    the right); ax (one's own Axes, else those of a new figure); title (else in how many
    paragraphs).
    Returns: the Axes.

    >>> from helpers import open_corpus
    >>> dispersion(open_corpus(annotate=False), "terrorisme").get_title("left")
    '“terrorisme” stands in 2 of 6 paragraphs'
    """
    queries = listed(queries)
    if not queries:
        raise sheet.Nothing("no query")
    hits = [find(tokens, query).rows for query in queries]
    par = tokens.groupby(["doc", "par"], observed=True, sort=False).ngroup().to_numpy()
    where = f"{len(np.unique(par[hits[0]])):,} of {par.max() + 1:,} paragraphs"
    first = f"“{queries[0]}” stands in {where}"
    axes = page.new_axes(first, marks.size_of(len(queries)))
    marks.name_rows(axes, _counted(queries, map(len, hits)), margin=0.05)
    if measured is not None:
        need(measured, "type", "dp")
        dp = measured.set_index("type")["dp"].reindex(queries)
        written = dp.map("{:.2f}".format, na_action="ignore").fillna("")
        marks.number_rows(axes, written, "DP", top=-0.75)
    marks.bounds(axes, tokens)
    others = len(queries) - 1
    colours, widths = [sheet.VERMILION, *[sheet.BLUE] * others], [2.2, *[1.5] * others]
    marks.strokes(axes, hits, len(tokens), colours, widths)
    return axes


def _counted(names: list[str], counts: Iterable[int]) -> list[str]:
    """Each name, and how often it is there."""
    return [f"{name} ({n:,})" for name, n in zip(names, counts, strict=True)]


@sheet.figure
def progression(page: Page, progressions: pd.DataFrame | Tables, n_words: From0) -> Axes:
    """Does a word come evenly or in bursts? The share of its hits so far, against the words read.

    Parameters: progressions (table of `count.progression`, or for each query its table); n_words
    (words of the corpus); ax (one's own Axes, else those of a new figure); title (else after which
    share of the words half of the hits of the first query are read).
    Returns: the Axes.

    >>> table = pd.DataFrame({"n": [20, 30, 90], "hits": [1, 2, 3], "share": [1 / 3, 2 / 3, 1]})
    >>> progression({"phare": table}, 100).get_title("left")
    'Half of the hits of “phare” come in the first 30% of the words'
    """
    drawn = _drawn(progressions, n_words)
    name, table = next(iter(drawn.items()))
    half = table["n"].iloc[(len(table) - 1) // 2] / n_words
    first = f"Half of the hits of “{name}” come in the first {half:.0%} of the words"
    axes = page.new_axes(first, (7.0, 4.6))
    axes.plot([0, n_words], [0, 1], color=sheet.GREY, linewidth=0.8)
    grid = np.linspace(0, n_words, POINTS)
    read = [np.searchsorted(one["n"], grid, side="right") / len(one) for one in drawn.values()]
    heights = np.array([*read, grid / n_words])
    apart = np.abs(heights[:, None] - heights)
    apart[np.diag_indices(len(heights))] = np.inf
    homes = apart.min(axis=1).argmax(axis=1)  # where each curve is furthest from the others
    texts, points = [], [np.column_stack([grid, heights[-1]])]
    for i, (name, table) in enumerate(drawn.items()):
        colour, line = COLOURS[i % len(COLOURS)], LINES[i % len(LINES)]
        x, y = np.r_[0, table["n"], n_words], np.r_[0, table["share"], 1]
        axes.step(x, y, where="post", color=colour, linestyle=line, linewidth=1.8)
        points.append(_along(np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]))
        place, said = (grid[homes[i]], heights[i, homes[i]]), f"{name} ({len(table):,})"
        texts.append(axes.text(*place, sheet.label(said), color=colour, fontweight="bold"))
    texts.append(axes.text(*points[0][homes[-1]], "even spread", color=sheet.GREY))
    axes.set(xlim=(0, n_words), ylim=(0, TOP))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    marks.place_labels(axes, texts, np.vstack(points), np.empty((0, 2)), keep=texts)
    return axes


def _along(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Points on each of the lines from one corner to the next."""
    at, corners = np.linspace(0, len(x) - 1, POINTS), np.arange(len(x))
    return np.column_stack([np.interp(at, corners, x), np.interp(at, corners, y)])


def _drawn(progressions: pd.DataFrame | Tables, n_words: int) -> Tables:
    """The tables with a hit, by the names of their queries; a ValueError where one comes after the
    last word.
    """
    if isinstance(progressions, pd.DataFrame):
        progressions = {"the query": progressions}
    drawn = {name: table for name, table in progressions.items() if len(table)}
    if not drawn or not n_words:
        raise sheet.Nothing("no text")
    most = max(table["n"].max() for table in drawn.values())
    if most > n_words:
        raise ValueError(f"plot.progression: n_words is {n_words:,}, and a hit is word {most:,}")
    return drawn


@sheet.figure
def segments(page: Page, places: pd.DataFrame, tokens: pd.DataFrame, *, top: From1 = 15) -> Axes:
    """Where does the corpus repeat itself? A row for each segment, a bar as long as it, at each
    place.

    Parameters: places (table of `count.segment_places`); tokens (token table of a corpus, or the
    corpus); ax (one's own Axes, else those of a new figure); top (segments drawn); title (else the
    length of the longest).
    Returns: the Axes.

    >>> from helpers import count, open_corpus
    >>> tokens = open_corpus(annotate=False).tokens
    >>> places = count.segment_places(tokens, count.repeated_segments(tokens))
    >>> segments(places, tokens).get_ylabel()
    'segment (occurrences)'
    """
    names = places["segment"].unique()[:top]
    first = f"Formulas of up to {places['length'].max()} words come back"
    axes = page.new_axes(first, marks.size_of(len(names)))
    start, end = marks.places_of(tokens, places), marks.places_of(tokens, places, "end")
    width = np.maximum(end - start + 1, NARROWEST * len(tokens))
    for row, name in enumerate(names):
        own = (places["segment"] == name).to_numpy()
        axes.barh(row, width[own], left=start[own] - 0.5, height=0.62, color=sheet.BLUE)
        axes.axhline(row, color=sheet.PALE, linewidth=0.5, zorder=0)
    counts = places["segment"].value_counts()
    marks.name_rows(axes, _counted(names, counts[names]), margin=0.05)
    axes.tick_params(axis="y", labelsize=9)
    marks.bounds(axes, tokens)
    return axes


@sheet.figure
def cooccurrents(page: Page, table: pd.DataFrame, *, top: From1 = 15) -> Axes:
    """Which co-occurrents are more than chance? A dot each, against the band of ±2; in a table with
    parts a block for each of the eight with the strongest.

    Parameters: table (of `count.cooccurrents`); ax (one's own Axes, else those of a new figure);
    top (co-occurrents drawn, those of all parts together; three of each at least); title (else how
    many leave the band).
    Returns: the Axes.

    >>> table = pd.DataFrame({"type": ["quai", "mer"], "f": 4, "O": [3, 1], "specificity": [2, 1]})
    >>> cooccurrents(table).get_title("left")
    '1 of 2 co-occurrents reach a specificity of 2'
    """
    beyond = (table["specificity"].abs() >= CHANCE).sum()
    first = f"{beyond:,} of {len(table):,} co-occurrents reach a specificity of {CHANCE:.0f}"
    shown = marks.ranked(table, table["specificity"]).head(top).assign(head=False)
    if "part" in table:
        n = max(top // min(table["part"].nunique(), marks.PARTS), LEAST)
        shown = marks.blocks(table, table["part"], table["specificity"], n)
    axes = page.new_axes(first, marks.size_of(len(shown) + 1))
    axes.axvspan(-CHANCE, CHANCE, color=sheet.PALE, alpha=0.45, linewidth=0, zorder=0)
    axes.axvline(0, color=sheet.GREY, linewidth=0.8)
    for row, value in enumerate(shown["specificity"]):
        colour, face = (sheet.BLUE, sheet.BLUE) if abs(value) >= CHANCE else (sheet.GREY, "white")
        axes.plot([0, value], [row, row], color=colour, linewidth=1, zorder=1)
        axes.plot(value, row, "o", color=colour, markerfacecolor=face, markersize=7)
    marks.number_rows(axes, marks.shares(shown["O"], shown["f"]), "O of f", top=-0.8)
    marks.name_rows(axes, shown.iloc[:, 0])
    marks.head_rows(axes, shown["head"])
    low, high = min(shown["specificity"].min(), 0), max(shown["specificity"].max(), CHANCE)
    margin = 0.1 + 0.04 * (high - low)
    axes.set_xlim(low - margin, high + margin)
    some = marks.some_of(shown["head"].sum(), table["part"].nunique()) if "part" in table else ""
    axes.set_xlabel(f"{some}specificity, in orders of magnitude (grey: within ±{CHANCE:.0f})")
    return axes


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
    places = marks.places_of(tokens, entities)
    rows = {kind: places[entities["label"] == kind] for kind in looks.KINDS}
    names = [f"{kind} {looks.KINDS[kind][0]} ({len(row):,})" for kind, row in rows.items()]
    marks.name_rows(axes, names, margin=0.3)
    marks.bounds(axes, tokens)
    colours = [colour for _, colour, _ in looks.KINDS.values()]
    marks.strokes(axes, [*rows.values()], len(tokens), colours, [1.5] * len(rows))
    return axes
