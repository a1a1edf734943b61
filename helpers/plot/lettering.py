"""How what is written in a figure finds its room: in lines, and not beyond the edge."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

LETTER = 0.6  # of the size of its font, the width of a letter
NUMBER = 11  # letters of a number on an axis, with the gap to the next


def letters(axes: Axes, points: float) -> int:
    """How many letters of this size have room in the width of the axes."""
    inches = axes.get_window_extent().width / axes.figure.dpi
    return max(int(inches * 72 / (LETTER * points)), 8)


def fit(text: Text, axes: Axes, *, share: float = 1) -> None:
    """Break a text into lines that have room in this share of the width of the axes."""
    room = int(letters(axes, text.get_fontsize()) * share)
    text.set_text("\n".join(fill(line, room) for line in text.get_text().splitlines()))


def make_room(axes: Axes) -> None:
    """Break what is written in one's own axes into lines that have room, and leave as many numbers
    along the axis as have.
    """
    from matplotlib.ticker import MaxNLocator

    fit(axes.xaxis.label, axes)
    for text in axes.texts:
        fit(text, axes, share=0.5)
    places = axes.xaxis.get_major_locator()
    if isinstance(places, MaxNLocator):
        places.set_params(nbins=max(letters(axes, 10) // NUMBER, 2))
