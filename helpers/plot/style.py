"""The look of every figure and table, and how a figure is written: the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

P = ParamSpec("P")
Look = tuple[str, str]
# Okabe & Ito's colours, which colour-blind readers tell apart.
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW, BLACK = "#56B4E9", "#D55E00", "#F0E442", "#000000"
INK, GREY, PALE = "#222222", "#7A7A7A", "#DDDDDD"
# One letter and one colour for each kind of name and each theme, the same in text and figures.
LETTERS = {"person": "P", "organisation": "O", "place": "L", "nationality": "N", "date": "D"}
KIND_COLOURS = dict(zip(LETTERS, (BLUE, VERMILION, GREEN, PINK, GREY), strict=True))
THEME_COLOURS = {
    "cooperation": GREEN,
    "growth": YELLOW,
    "threat": VERMILION,
    "response": ORANGE,
    "security": BLUE,
    "institution": SKY,
    "diplomacy": BLACK,
    "legitimation": PINK,
    "place": "#999999",
    "purpose": "#5A5A5A",
}
THEME_LETTERS = dict(zip(THEME_COLOURS, "CGTRSIDLPU", strict=True))
SIZE, DPI = (7.0, 4.0), 200
LONGEST_WORD, LONGEST_TITLE = 44, 160  # characters of a word or a row's name, of a title
WIDEST = 200  # characters of a cell: a sentence is shown whole
_STYLE = {
    "axes.edgecolor": GREY,
    "axes.formatter.limits": (-9, 9),
    "axes.formatter.useoffset": False,
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titlepad": 10,
    "figure.dpi": DPI,
    "figure.figsize": SIZE,
    "figure.constrained_layout.use": True,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.color": GREY,
    "ytick.labelcolor": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "helpers",
}


def use_style() -> None:
    """One look for all figures and tables; called once at the top of a notebook."""
    import matplotlib as mpl

    mpl.rcParams.update(_STYLE)
    pd.options.display.html.use_mathjax = False
    pd.options.display.html.border = 0
    pd.options.display.max_colwidth = WIDEST
    pd.options.display.precision = 3


def label(text: object) -> str:
    """A word as matplotlib draws it: a dollar is a dollar, and begins no formula; an apostrophe is
    that of printed French.

    >>> label("d'or, 5 $") == "d’or, 5 " + chr(92) + "$"
    True
    """
    return str(text).replace("$", r"\$").replace("'", "’")


def part_names(keys: pd.DataFrame) -> pd.DataFrame:
    """The columns that name parts, as text, the number of a paragraph with its sign.

    >>> part_names(pd.DataFrame({"doc": ["a"], "par": [2]})).values.tolist()
    [['a', '¶ 2']]
    """
    named = keys.astype("str")
    return named.assign(par="¶ " + named["par"]) if "par" in named else named


def shorten(text: str, most: int = LONGEST_WORD) -> str:
    """A text of at most so many characters, cut in the middle and at words where it has some.

    >>> shorten("le directeur général de la sûreté nationale", 35)
    'le directeur … sûreté nationale'
    """
    if len(text) <= most:
        return text
    half = (most - 3) // 2
    head, tail = text[: half + 1].rpartition(" ")[0], text[-half - 1 :].partition(" ")[2]
    return f"{head or text[:half]} … {tail or text[-half:]}"


def new_axes(title: str, *, size: tuple[float, float] = SIZE) -> Axes:
    """The axes of a new figure of its own, with the finding as its title."""
    from matplotlib.figure import Figure

    axes = Figure(figsize=size).subplots()
    axes.set_title(label(shorten(title, LONGEST_TITLE)))
    group_thousands(axes.xaxis)
    group_thousands(axes.yaxis)
    return axes


def new_pair(
    title: str, *, size: tuple[float, float], widths: tuple[float, float], sharey: bool
) -> tuple[Axes, Axes]:
    """Two axes side by side in a new figure, with one title; `widths` are relative."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size)
    left, right = figure.subplots(1, 2, width_ratios=widths, sharey=sharey)
    figure.suptitle(label(title), x=0.01, ha="left", fontsize=12)
    return left, right


def group_thousands(axis: Axis) -> None:
    """The numbers of an axis as those of a text: 20,000."""
    from matplotlib.ticker import ScalarFormatter

    class Grouped(ScalarFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return super().__call__(x, pos) if abs(x) < 1000 else self.fix_minus(f"{x:,.0f}")

    axis.set_major_formatter(Grouped())


def nothing_to_draw(title: str, reason: str = "no text") -> Axes:
    """Axes that say why there is nothing in them, for a corpus without text or behind a gate."""
    axes = new_axes(title)
    axes.text(0.5, 0.5, label(reason), ha="center", va="center", color=GREY, wrap=True)
    axes.set_axis_off()
    return axes


def shows_gates(title: str) -> Callable[[Callable[P, Axes]], Callable[P, Axes]]:
    """Decorator of a plot: given the stand-in of a gated table (anything with a text `reason`), the
    figure shows its reason under this title.
    """

    def decorate(plot: Callable[P, Axes]) -> Callable[P, Axes]:
        @wraps(plot)
        def drawn(*tables: P.args, **options: P.kwargs) -> Axes:
            gated = [t for t in tables if isinstance(getattr(t, "reason", None), str) and str(t)]
            if gated:
                return nothing_to_draw(str(options.get("title") or title), str(gated[0]))
            return plot(*tables, **options)

        return drawn

    return decorate


def theme_look(theme: str) -> Look:
    """The letter and the colour of a theme; one's own have their first letters, and grey.

    >>> theme_look("threat"), theme_look("école")
    (('T', '#D55E00'), ('éco', '#7A7A7A'))
    """
    return THEME_LETTERS.get(theme, theme[:3]), THEME_COLOURS.get(theme, GREY)
