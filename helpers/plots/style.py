"""The look of every figure and table, and how a figure is written: the same bytes each time."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pandas as pd

from helpers.corpus import HOME, SEEDS, seeds_folder
from helpers.evidence import Gated, Sentence, escape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

Plot = TypeVar("Plot", bound=Callable[..., Any])
# Okabe & Ito's colours, which colour-blind readers tell apart.
BLUE, ORANGE, GREEN, PINK, SKY, VERMILION = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
)
INK, GREY, PALE = "#222222", "#7A7A7A", "#DDDDDD"
FIGURES = HOME / "figures"
SIZE, DPI, SHOWN_WIDTH, COLOURS = (7.0, 4.0), 200, 700, 128
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


def word_label(word: object) -> str:
    """A word where a figure has room for one."""
    return label(shorten(str(word), LONGEST_WORD))


def shorten(text: str, most: int) -> str:
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


def shows_gates(title: str) -> Callable[[Plot], Plot]:
    """A plot that is given what a gate stands for shows why it is empty, under this title."""

    def wrap(plot: Plot) -> Plot:
        @wraps(plot)
        def drawn(*given: Any, **options: Any) -> Axes:
            reason = next((str(of) for of in given if isinstance(of, Gated)), "")
            if reason:
                return nothing_to_draw(options.get("title") or title, reason)
            return plot(*given, **options)

        return cast(Plot, drawn)

    return wrap


def figures_folder() -> Path:
    """Where figures go: beside the notebooks; for another corpus into its report, which OUT may
    name.

    The environment variable FIGURES sends them elsewhere, so that a test can compare them with
    ours.
    """
    if elsewhere := os.environ.get("FIGURES"):
        return Path(elsewhere).expanduser()
    own = seeds_folder().resolve() == SEEDS.resolve()
    report = os.environ.get("OUT") or (
        "" if own else HOME / "reports" / seeds_folder().resolve().name
    )
    return Path(report).expanduser() / "figures" if report else FIGURES


class Shown:
    """A saved figure: in a notebook the very file that was written, and its caption below it."""

    def __init__(self, name: str, png: bytes, caption: Sentence) -> None:
        self.name, self.png, self.caption = name, png, caption

    def __repr__(self) -> str:
        return self.caption.plain

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.caption.plain}
        about = {
            "image/png": {"alt": self.caption.plain, "width": SHOWN_WIDTH},
            "figure": self.name,
        }
        display(data, raw=True, metadata=about)
        display(self.caption)


def save_figure(figure: Axes | Figure | Gated, name: str, caption: Sentence | str) -> Shown | Gated:
    """Write a figure as NAME.svg and NAME.png, the same bytes each time, and show it above its
    caption.

    Parameters: figure (or its axes); name ("01-lengths"); caption (made by `caption`; also the
    alternative text).
    """
    if isinstance(figure, Gated):
        return figure
    if isinstance(caption, str):
        caption = Sentence(caption, f"<p>{escape(caption)}</p>")
    drawn: Any = figure if hasattr(figure, "savefig") else figure.figure
    folder = figures_folder()
    folder.mkdir(parents=True, exist_ok=True)
    drawn.savefig(folder / f"{name}.svg", metadata={"Date": None, "Title": caption.plain})
    png = _png(drawn)
    (folder / f"{name}.png").write_bytes(png)
    return Shown(name, png, caption)


def _png(figure: Figure) -> bytes:
    """The figure in few colours, which is a third of the size and looks the same."""
    from PIL import Image

    full, small = io.BytesIO(), io.BytesIO()
    figure.savefig(full, format="png", dpi=DPI, metadata={"Software": None})
    picture = Image.open(full).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(small, format="PNG", optimize=True)
    return small.getvalue()
