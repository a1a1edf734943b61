"""Labels of points that lie on no other label, and on no point that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.plot.style import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

INCHES = (0.08, 0.1, 0.14, 0.2, 0.28, 0.38, 0.5, 0.65, 0.8)  # from a point to its label
DIRECTIONS = np.array([1, 0, 4, 5, 2, 6, 3, 7, *np.arange(0.5, 8)]) * np.pi / 4  # preferred first
FAR = 0.12  # inches from which a line leads from a label to its point
MARGIN = 0.03  # inches around a label, and around a point
FAINT = 0.06  # inches that a label goes farther to cover one faint point less


def place_labels(
    axes: Axes, texts: list[Text], points: np.ndarray, faint: np.ndarray, *, keep: bool = False
) -> None:
    """Move each label, the most important first, to the nearest place that covers no label and no
    point, and as few of the faint points as can be; a thin line leads from a far label to its
    point.

    A label without such a place is taken out, unless keep. The same places every time.
    """
    from matplotlib.patheffects import withStroke

    axes.figure.draw_without_rendering()
    to_pixels, inch = axes.transData.transform, axes.figure.dpi
    solid, pale = (to_pixels(of) if len(of) else np.empty((0, 2)) for of in (points, faint))
    taken, leaders = np.empty((0, 4)), np.empty((0, 4))
    for text in texts:
        home, size = to_pixels(text.get_position()), text.get_window_extent().size
        boxes, far = _candidates(home, size, inch)
        outside = (boxes[:, :2] < axes.bbox.min) | (boxes[:, 2:] > axes.bbox.max)
        wider = boxes + MARGIN * inch * np.array([-1, -1, 1, 1])
        ends = np.clip(home, boxes[:, :2], boxes[:, 2:])
        cost = 9 * outside.any(axis=1) + 9 * _overlaps(boxes, taken) + 3 * _covered(wider, solid)
        cost += (far > FAR) * (_struck(home, ends, taken) + _crossed(home, ends, leaders))
        if not keep and cost.min() > 0:
            text.remove()
            continue
        unclear = FAINT * _covered(boxes, pale) + far
        best = np.argmin(np.where(cost == cost.min(), unclear, np.inf))
        taken = np.vstack([taken, boxes[best]])
        text.set_path_effects([withStroke(linewidth=2, foreground="white")])
        text.set(ha="center", va="center")
        text.set_position(axes.transData.inverted().transform(boxes[best].reshape(2, 2).mean(0)))
        if far[best] > FAR:
            leaders = np.vstack([leaders, [*home, *ends[best]]])
            solid = np.vstack([solid, _along(home, ends[best])])
            _lead(axes, home, boxes[best], MARGIN * inch)


def _along(home: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Ten points on the way from a point to each end, without its beginning."""
    return np.linspace(home, ends, 12, axis=-2)[..., 2:, :]


def _struck(home: np.ndarray, ends: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """How many labels each line from a point would strike."""
    at = _along(home, ends)[:, :, None]
    inside = (taken[:, :2] < at) & (at < taken[:, 2:])
    return inside.all(axis=3).any(axis=1).sum(axis=1)


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


def _overlaps(boxes: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """How many labels each box would lie on."""
    low, high = boxes[:, None, :2], boxes[:, None, 2:]
    return ((low < taken[:, 2:]) & (high > taken[:, :2])).all(axis=2).sum(axis=1)


def _covered(boxes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How many points lie in each box."""
    inside = (boxes[:, None, :2] < points) & (points < boxes[:, None, 2:])
    return inside.all(axis=2).sum(axis=1)


def _lead(axes: Axes, home: np.ndarray, box: np.ndarray, margin: float) -> None:
    """A thin line from a point to the nearest edge of its label."""
    ends = np.array([home, np.clip(home, box[:2] + margin, box[2:] - margin)])
    point, label = axes.transData.inverted().transform(ends)
    line = {"arrowstyle": "-", "color": INK, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", point, label, arrowprops=line, zorder=6)
