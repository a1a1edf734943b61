"""Marks that figures share: rows along the tokens, and labels that lie on nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pandas as pd

from helpers.count.parts import rows_at
from helpers.plot import sheet
from helpers.plot.sheet import Axes, Text
from helpers.read.tables import changes, numbers_in

Kept = Collection[Text]  # labels that are never taken out

SMALL: dict[str, Any] = {"textcoords": "offset points", "color": sheet.GREY, "fontsize": 8}
BAR: dict[str, Any] = {"edgecolor": "white", "linewidth": 0}  # of which the hatch is white
# Rows along the tokens. Beyond so many paragraphs, or texts, the lines between them say nothing.
MAX_BOUNDS = 30
NUMBERED = 12  # texts whose number has room
PARTS = 8  # with a block of rows each
LONG = sheet.LONGEST_WORD  # that has room as the name of a row
CROWDED = 300  # strokes of a row that would be a solid block
BINS = 100  # of the tokens, for rows like that
HEIGHT = 0.7  # of a row
TOKENS = "token (word, number or mark), in order"
# Labels of points.
INCHES = (0.08, 0.1, 0.14, 0.2, 0.28, 0.38, 0.5, 0.65, 0.8)  # from a point to its label
DIRECTIONS = np.array([1, 0, 4, 5, 2, 6, 3, 7, *np.arange(0.5, 8)]) * np.pi / 4  # preferred first
FAR = 0.12  # inches from which a line leads from a label to its point
MARGIN = 0.03  # inches around a label, and around a point
FAINT = 0.06  # inches that a label goes farther to cover one faint point less
NO_BOX = np.empty((0, 4))  # left, bottom, right, top


def size_of(rows: int) -> tuple[float, float]:
    """Inches of a figure with so many rows."""
    return (7.0, 1.3 + 0.34 * max(rows, 3))


def name_rows(
    axes: Axes, names: Iterable[Any], *, margin: float | None = 0.4, most: int = LONG, **look: Any
) -> None:
    """A name at the left of each row, the first at the top; `margin` is what the last row lacks of
    its height at the bottom (None: as far as the bars reach), `most` how many characters of a name
    have room.
    """
    names = [sheet.label(name, most) for name in names]
    axes.set_yticks(range(len(names)), names, **look)
    axes.tick_params(axis="y", length=0)
    if margin is None:
        axes.invert_yaxis()
    else:
        axes.set_ylim(len(names) - margin, -0.6)


def number_rows(
    axes: Axes, numbers: Iterable[str], heading: str, *, top: float, size: float = 9
) -> None:
    """The numbers of each row at its right, outside the axes; a heading at the height `top`."""
    look = SMALL | {"fontsize": size, "va": "center", "annotation_clip": False}
    for row, text in [*enumerate(numbers), (top, heading)]:
        axes.annotate(text, (1, row), (6, 0), ("axes fraction", "data"), **look)


def small_rows(axes: Axes, rows: pd.DataFrame, numbers: list[str], heading: str) -> None:
    """The name of each of many rows at its left, its numbers at the right."""
    name_rows(axes, rows.iloc[:, 0], most=28, fontsize=9)
    number_rows(axes, numbers, heading, top=-1, size=8)


def shares(some: pd.Series, of: pd.Series) -> list[str]:
    """A number of a whole for each row, nothing where it has none."""
    return [f"{n:,.0f} of {N:,.0f}" if n == n else "" for n, N in zip(some, of, strict=True)]


def ranked(table: pd.DataFrame, values: pd.Series | np.ndarray) -> pd.DataFrame:
    """The rows by falling value, in whatever order they were given; equal ones as they stand."""
    return table.iloc[np.argsort(-np.asarray(values, float).round(9), kind="stable")]


def part_names(keys: pd.DataFrame) -> pd.Series:
    """The names of parts by the columns that make them; a number says nothing without the name of
    its column, or its sign.

    >>> part_names(pd.DataFrame({"doc": ["a"], "par": [2], "sent": [5]}))[0]
    'a · ¶ 2 · sent 5'
    """
    numbers = keys.select_dtypes("number").columns
    nouns = {key: f"{key} " if key in numbers else "" for key in keys} | {"par": "¶ "}
    named = [nouns[key] + keys[key].astype("str") for key in keys]
    return named[0].str.cat(named[1:], " · ")


def blocks(table: pd.DataFrame, parts: pd.Series, score: pd.Series, n: int) -> pd.DataFrame:
    """The n rows of highest score of each of the eight parts that have the highest, by specificity,
    below a row that has only the name of the part (head); parts in the order of the table.
    """
    order = ranked(table.assign(part=parts), score)
    kept = order["part"].drop_duplicates().head(PARTS)
    shown = order[order["part"].isin(kept)].groupby("part").head(n).assign(head=False)
    heads = pd.DataFrame({table.columns[0]: kept, "part": kept, "head": True})
    rows = pd.concat([heads, shown], ignore_index=True)
    place = pd.Index(parts.unique()).get_indexer(rows["part"])
    falling = -rows["specificity"].fillna(np.inf).round(9)
    return rows.iloc[np.lexsort([falling, place])].reset_index(drop=True)


def some_of(drawn: int, parts: int) -> str:
    """What an axis says first where there are more parts than are drawn.

    >>> some_of(8, 1200), some_of(8, 8)
    ('8 of 1,200 parts; ', '')
    """
    return f"{drawn} of {parts:,} parts; " if drawn < parts else ""


def head_rows(axes: Axes, heads: pd.Series) -> None:
    """The names of the rows that are heads in bold."""
    for text, head in zip(axes.get_yticklabels(), heads, strict=True):
        text.set_fontweight("bold" if head else "normal")


def places_of(tokens: pd.DataFrame, rows: pd.DataFrame, at: str = "start") -> np.ndarray:
    """The number of the token at which each row starts or ends."""
    stranger = "the tokens have no text {!r}; give both of one corpus"
    numbers_in(tokens["doc"].cat.categories, rows["doc"], stranger)
    return rows_at(tokens, rows, at)


def bounds(axes: Axes, tokens: pd.DataFrame) -> None:
    """The axis along the tokens, with a thin line where each paragraph or text begins."""
    axes.set_xlim(-1, len(tokens))
    axes.set_xlabel(TOKENS)
    par = tokens["par"].to_numpy()
    new_doc = changes(tokens["doc"].cat.codes.to_numpy())
    one = new_doc.sum() == 1
    first = np.flatnonzero(new_doc | changes(par) if one else new_doc)
    if len(first) > MAX_BOUNDS:
        return
    for i, start in enumerate(first, 1):
        axes.axvline(start - 0.5, color=sheet.PALE, linewidth=0.8, zorder=0)
        if len(first) <= NUMBERED or i % 5 == 1:
            name = f"¶ {par[start]}" if one else f"text {i}"
            axes.annotate(name, (start, 0), (2, 3), ("data", "axes fraction"), **SMALL)


def strokes(
    axes: Axes, rows: list[np.ndarray], n: int, colours: list[str], widths: list[float]
) -> None:
    """A stroke at each place of a row; of a row with too many, how many there are in each hundredth
    of the n tokens, all such rows on one scale, which the axis names.
    """
    edges = np.linspace(0, n, BINS + 1)
    dense = {i: np.histogram(row, edges)[0] for i, row in enumerate(rows) if len(row) > CROWDED}
    highest = max((counts.max() for counts in dense.values()), default=0)
    for i, (row, colour, width) in enumerate(zip(rows, colours, widths, strict=True)):
        if i not in dense:
            look = {"colors": colour, "linewidths": width}
            axes.eventplot(row, lineoffsets=i, linelengths=HEIGHT, **look)
            continue
        base = i + HEIGHT / 2
        tops = base - HEIGHT * dense[i] / highest
        axes.stairs(tops, edges, baseline=base, fill=True, color=colour)
    if dense:
        scale = f"a full row is {highest:,} hits in {n / BINS:,.0f} tokens"
        axes.set_xlabel(f"{TOKENS}; {scale}")


def place_labels(
    axes: Axes, texts: list[Text], points: np.ndarray, faint: np.ndarray, *, keep: Kept = ()
) -> None:
    """Move each label, the most important first, to the nearest place that covers no label and no
    point, and as few of the faint points as can be; a thin line leads from a far label to its
    point.

    A label without such a place is taken out, but one to keep. The same places every time.
    """
    from matplotlib.patheffects import withStroke

    axes.get_figure(root=True).draw_without_rendering()
    to_pixels, to_data = axes.transData.transform, axes.transData.inverted().transform
    stroke, inch = withStroke(linewidth=2, foreground="white"), axes.figure.dpi
    look = {"ha": "center", "va": "center", "path_effects": [stroke]}
    solid, pale = (np.tile(to_pixels(of), 2) for of in (points, faint))  # boxes without a size
    taken = leaders = NO_BOX
    for text in texts:
        home, size = to_pixels(text.get_position()), text.get_window_extent().size
        boxes, far = _candidates(home, size, inch)
        outside = (boxes[:, :2] < axes.bbox.min) | (boxes[:, 2:] > axes.bbox.max)
        wider = boxes + MARGIN * inch * np.array([-1, -1, 1, 1])
        ends = np.clip(home, boxes[:, :2], boxes[:, 2:])
        # Ten points on the way from the point to each label, without its beginning.
        along = np.tile(np.linspace(home, ends, 12, axis=1)[:, 2:], 2)
        hidden = 99 * _meet(boxes, taken).sum(axis=1) + 3 * _meet(wider, solid).sum(axis=1)
        struck = _meet(along, taken).any(axis=1).sum(axis=1) + _crossed(home, ends, leaders)
        cost = 9 * outside.any(axis=1) + hidden + (far > FAR) * struck
        if text not in keep and cost.min() > 0:
            text.remove()
            continue
        # Of those that cost least the nearest, or one a little farther that spares faint points.
        best = np.lexsort((FAINT * _meet(boxes, pale).sum(axis=1) + far, cost))[0]
        taken = np.vstack([taken, boxes[best]])
        text.set(position=to_data(boxes[best].reshape(2, 2).mean(axis=0)), **look)
        if far[best] > FAR:
            leaders = np.vstack([leaders, [*home, *ends[best]]])
            solid = np.vstack([solid, along[best]])
            _lead(axes, home, boxes[best], MARGIN * inch)


def _meet(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which of the other boxes, or of the points, lie on each box."""
    low, high = boxes[..., None, :2], boxes[..., None, 2:]
    return ((low < others[:, 2:]) & (high > others[:, :2])).all(axis=-1)


def _crossed(home: np.ndarray, ends: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """How many lines each line from a point would cross."""

    def side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        (x, y), (u, v) = np.moveaxis(b - a, -1, 0), np.moveaxis(c - a, -1, 0)
        return np.sign(x * v - y * u)

    to, one, two = ends[:, None], lines[None, :, :2], lines[None, :, 2:]
    apart = side(home, to, one) * side(home, to, two) < 0
    return (apart & (side(one, two, home) * side(one, two, to) < 0)).sum(axis=1)


def _candidates(home: np.ndarray, size: np.ndarray, inch: float) -> tuple[np.ndarray, np.ndarray]:
    """Boxes around a point, with a margin (left, bottom, right, top), and how far each is off."""
    far, angle = (grid.ravel() for grid in np.meshgrid(INCHES, DIRECTIONS, indexing="ij"))
    towards = np.column_stack([np.cos(angle), np.sin(angle)])
    half = size / 2 + MARGIN * inch
    # As far as the box itself reaches in that direction, so that its edge is what is far.
    reach = (half / np.maximum(np.abs(towards), 1e-9)).min(axis=1)
    centre = home + towards * (reach + (far - MARGIN) * inch)[:, None]
    return np.hstack([centre - half, centre + half]), far


def _lead(axes: Axes, home: np.ndarray, box: np.ndarray, margin: float) -> None:
    """A thin line from a point to the nearest edge of its label."""
    ends = np.array([home, np.clip(home, box[:2] + margin, box[2:] - margin)])
    point, label = axes.transData.inverted().transform(ends)
    line = {"arrowstyle": "-", "color": sheet.INK, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", point, label, arrowprops=line, zorder=6)
