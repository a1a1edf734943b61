"""What every figure is drawn on: its axes and its style, its colours, and how words are written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from inspect import Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, get_type_hints

import pandas as pd

from helpers.count.verbs import note_of
from helpers.plot.lettering import fit, make_room
from helpers.plot.looks import GREY
from helpers.read.checks import arguments, check_options, hints, said
from helpers.read.tables import rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
else:
    Axes = Text = Any  # matplotlib is loaded when a figure is drawn

Inches = Annotated[float, 0.1]
Pair = tuple[Inches, Inches]
# Okabe & Ito's colours, which colour-blind readers tell apart; those of `looks.csv` as well.
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION = "#56B4E9", "#D55E00"
INK, PALE = "#222222", "#DDDDDD"
SIZE, DPI = (7.0, 4.0), 200
LONGEST_WORD, LONGEST_TITLE = 44, 160  # characters of a word or a row's name, of a title
BELOW, LINE = 36, 13  # points: of ticks and label below one's own axes, of each further line
GAP, NAMES = 0.04, 0.3  # of one's own axes, between two panels in them; with the names of rows
MANY = 12  # columns that a message names
# Of what is drawn in one's own axes, the letters are as they are there.
_LETTERS = ("axes.labelsize", "axes.titlesize", "font.family", "font.size")
# What each figure draws: whose table, columns that it has (with ! has not), its title and words
# where there is nothing to draw, and what its axes are, where that is always the same.
_NEEDED = rows_of("figures.csv", __file__)
_PLACES = {"(unit)": 1, "(part)": 2}  # columns of any name, before the others
_LOOK = Path(__file__).with_name("own.mplstyle")
_OWN: dict[str, Any] = {}  # what `style` has set


def style(*, size: Pair | None = None, font: str | None = None) -> None:
    """Draw figures as one's own paper has them: holds until the next call, `style()` is ours again.

    Parameters: size (width and height in inches of each new figure; else what it needs); font (name
    of a family; else DejaVu Sans, or in one's own axes that of `matplotlib.rcParams`).

    Raises: ValueError for a size that is not two positive numbers, a font that is not here.

    >>> style(size=(3.3, 2.6), font="DejaVu Serif")  # one column of a journal
    >>> style()
    """
    from matplotlib.font_manager import findfont

    check_options("plot.style", hints(style), {"size": size, "font": font})
    try:
        findfont(font or "DejaVu Sans", fallback_to_default=False)
    except ValueError:
        raise ValueError(f"font is {font!r}; no font of that name is installed") from None
    _OWN.clear()
    _OWN.update({"figure.figsize": size} if size else {}, **{"font.family": font} if font else {})


def styled(ax: Axes | None = None) -> AbstractContextManager[None]:
    """Our style for what is drawn or saved within, and matplotlib's settings as before after it; in
    one's own axes letters have the font and the size that they have there.
    """
    import matplotlib as mpl

    theirs = {key: mpl.rcParams[key] for key in _LETTERS if ax}
    return mpl.rc_context(theirs | _OWN, _LOOK)


def label(text: object, most: int | None = None) -> str:
    """A word as matplotlib draws it, of at most so many characters: a dollar is a dollar, and
    begins no formula; an apostrophe is that of printed French.

    >>> label("d'or, 5 $") == "d’or, 5 " + chr(92) + "$"
    True
    """
    text = shorten(str(text), most) if most else str(text)
    return text.replace("$", r"\$").replace("'", "’")


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


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every figure is asked for beside its tables: the axes to draw in, if they are one's own,
    and a title, if it is to be another than what the figure finds. And what its axes are.
    """

    ax: Axes | None = None
    title: str | None = None
    labels: tuple[str, str] = ("", "")

    def new_axes(self, finding: str, size: Pair = SIZE) -> Axes:
        """The axes to draw in, those of a new figure or one's own, with their title."""
        import matplotlib as mpl
        from matplotlib.figure import Figure
        from matplotlib.text import Text

        axes = self.ax or Figure(figsize=_OWN.get("figure.figsize", size)).subplots()
        title = label(shorten(self.title or finding, LONGEST_TITLE))
        said = axes.set_title(title, wrap=self.ax is None)
        if self.ax:
            fit(said, axes)
            axes.spines[["right", "top"]].set_visible(False)
            for text in axes.findobj(Text):
                text.set_fontfamily(mpl.rcParams["font.family"])
        axes.set(xlabel=self.labels[0], ylabel=self.labels[1])
        group_thousands(axes)
        return axes

    def empty_axes(self, title: str, reason: str) -> Axes:
        """Axes that only say why nothing is drawn."""
        axes = self.new_axes(title)
        look = {"ha": "center", "va": "center", "color": GREY, "wrap": True}
        axes.text(0.5, 0.5, label(reason), **look)
        axes.set_axis_off()
        axes.set_gid(_EMPTY)
        return axes

    def new_pair(
        self, finding: str, size: Pair, *, widths: Pair, sharey: bool
    ) -> tuple[Axes, Axes]:
        """Two axes side by side in a new figure or in one's own axes, with one title; `widths` are
        relative.
        """
        from matplotlib.figure import Figure

        if self.ax:
            self.new_axes(finding).set_axis_off()
            gap = GAP if sharey else NAMES
            first, second = (width * (1 - gap) / sum(widths) for width in widths)
            left = self.ax.inset_axes((0, 0, first, 1))
            place = (first + gap, 0, second, 1)
            right = self.ax.inset_axes(place, sharey=left if sharey else None)
        else:
            figure = Figure(figsize=_OWN.get("figure.figsize", size))
            said = label(shorten(self.title or finding, LONGEST_TITLE))
            figure.suptitle(said, x=0.01, ha="left", fontsize=12, wrap=True)
            left, right = figure.subplots(1, 2, width_ratios=widths, sharey=sharey)
        group_thousands(left)
        group_thousands(right)
        return left, right

    def legend(self, axes: Axes, place: str, **look: Any) -> None:
        """What colours and marks mean, at the foot of the figure, or right below one's own axes."""
        from matplotlib.transforms import ScaledTranslation

        if self.ax is None:
            axes.figure.legend(loc=f"outside lower {place}", **look)
            return
        fit(axes.xaxis.label, axes)
        lines = axes.get_xlabel().count("\n")
        down = ScaledTranslation(0, -(BELOW + LINE * lines) / 72, axes.figure.dpi_scale_trans)
        look |= {"bbox_to_anchor": (0, 0), "bbox_transform": axes.transAxes + down, "ncols": 2}
        axes.legend(loc="upper left", **look)


def group_thousands(axes: Axes) -> None:
    """The numbers of both axes as those of a text: 20,000."""
    from matplotlib.ticker import ScalarFormatter

    class Grouped(ScalarFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return super().__call__(x, pos) if abs(x) < 1000 else self.fix_minus(f"{x:,.0f}")

    axes.xaxis.set_major_formatter(Grouped())
    axes.yaxis.set_major_formatter(Grouped())


class Nothing(Exception):
    """There is nothing to draw, and why."""


def figure(draw: Callable[Concatenate[Page, ...], Axes]) -> Callable[..., Axes]:
    """Decorator of a figure, which takes what a page is asked for in the place of the page. What is
    given is checked by `figures.csv`; it is drawn in our style, and matplotlib's settings stay as
    they are. Where there is nothing to draw, or a table without a row was gated (its attrs say
    why), the axes say why; where texts are invented, the figure says so.
    """
    needed = {row["parameter"]: row for row in _NEEDED if row["figure"] == draw.__name__}
    first, takes = next(iter(needed.values())), _takes(draw)
    labels = first["xlabel"], first["ylabel"]

    @wraps(draw)
    def drawn(*tables: Any, **options: Any) -> Axes:
        from matplotlib.axes import Axes

        kinds = hints(draw) | get_type_hints(Page, localns={"Axes": Axes})
        given = arguments(f"plot.{draw.__name__}", takes, tables, options)
        chosen = {key: it for key, it in given.items() if not (key in needed or note_of(it, "why"))}
        check_options(f"plot.{draw.__name__}", kinds, chosen)
        page = Page(ax=given.pop("ax"), title=given.pop("title"), labels=labels)
        with styled(page.ax):
            try:
                for it in given.values():
                    if note_of(it, "why") and not len(it[0] if isinstance(it, tuple) else it):
                        raise Nothing(note_of(it, "why"))
                given |= {key: _table(given[key], **row) for key, row in needed.items()}
                axes = draw(page, **given)
            except Nothing as reason:
                axes = page.empty_axes(first["title"], str(reason))
            else:
                if any(map(is_invented, given.values())):
                    _tell_invented(axes, own=page.ax is not None)
            if page.ax:
                make_room(axes)
        return page.ax or axes

    drawn.__signature__ = takes
    return drawn


def _takes(draw: Callable[..., Axes]) -> Signature:
    """The tables and options of a figure, with those of the page in the place of the page."""
    (ax, title, _), (_, *own) = (signature(of).parameters.values() for of in (Page, draw))
    asked = sorted([ax, *own, title], key=lambda asked: asked.kind)
    return signature(draw).replace(parameters=asked)


_EMPTY = "nothing-drawn"  # the identity of axes that only say why they are empty


def _tell_invented(axes: Axes, *, own: bool) -> None:
    """Write at the foot of a figure that its texts are invented, or above one's own axes."""
    look = {"ha": "right", "va": "bottom", "fontsize": 8, "color": GREY, "style": "italic"}
    if own:
        axes.text(1, 1.01, "invented texts", transform=axes.transAxes, **look)
    else:
        axes.figure.supxlabel("invented texts", x=0.995, **look)  # in a line of its own


def is_invented(value: object) -> bool:
    """Whether a table comes from the example corpus, whose texts are invented."""
    return bool(note_of(value, "invented"))


def empty_axes(axes: Axes) -> str:
    """Why nothing is drawn on these axes; nothing where something is."""
    return axes.texts[0].get_text() if axes.get_gid() == _EMPTY else ""


def _table(value: Any, figure: str, source: str, columns: str, empty: str, **_: str) -> Any:
    """What a figure draws, of a corpus the table that it needs. Raises Nothing if it has no row,
    and a ValueError if it is the table of another.
    """
    if source.startswith("corpus."):
        value = getattr(value, source.removeprefix("corpus."), value)
    many = isinstance(value, dict) and "{" in source
    for one in value.values() if many else [value]:
        if fault := _fault(one, columns.split()):
            raise ValueError(f"plot.{figure} draws the table of {source}; {fault}")
    if isinstance(value, pd.DataFrame) and value.empty:
        raise Nothing(empty)
    return value


def _fault(table: Any, columns: list[str]) -> str:
    """Why this is not the table with these columns; nothing if it is."""
    has = getattr(table, "columns" if isinstance(table, pd.DataFrame) else "_fields", None)
    if has is None:
        return f"{said(table)} was given"
    for column in columns:
        name = column.removeprefix("!")
        place = _PLACES.get(name, 0)
        there = not {*has[:place]} & {*columns} if place else name in has
        if there != (name == column):
            some = "no" if name == column else "a"
            which = f"of {name[1:-1]}s" if place else repr(name)
            known = ", ".join(map(str, has[:MANY])) or "none"
            return f"this one has {some} column {which}, it has {known}"
    return ""
