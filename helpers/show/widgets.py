"""A corpus by mouse and keyboard, for JupyterLab: choose texts, read the lines of a query and the
text behind a line, follow words through time.

Everything that comes from a file is escaped.
"""

from __future__ import annotations

import base64
import warnings
from collections.abc import Callable
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from helpers import count, plot
from helpers.count.contexts import Sort
from helpers.count.parts import Unit
from helpers.count.verbs import Period
from helpers.plot.sheet import Axes, styled
from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.tables import counted
from helpers.show.figures import title_of
from helpers.show.notes import escape, one_line
from helpers.show.text import marked

if TYPE_CHECKING:
    from ipywidgets import VBox, Widget

ON_A_PAGE = 12  # lines
WINDOW, SIDE = 10, 42  # tokens, and characters shown, on either side
ALL = "all"
# Lines stand below each other at their word.
_STYLE = "<style>.lines select {font-family: monospace; white-space: pre}</style>"


class Explorer:
    """The panel that `explore` shows, and what was chosen in it: `corpus` (the texts) and `lines`
    (of the query, all of them).
    """

    def __init__(self, corpus: Corpus, query: str) -> None:
        self.whole = self.corpus = corpus
        self.lines = pd.DataFrame()
        self._turn = RLock()
        self._make_knobs(query)
        self.panel = self._laid_out()
        self._select()

    def _make_knobs(self, query: str) -> None:
        import ipywidgets as widgets

        chosen, number = partial(self._knob, widgets.Dropdown), widgets.BoundedIntText
        # A field acts when it is left, or at Enter.
        text = partial(self._knob, widgets.Text, continuous_update=False)
        documents = self.whole.documents
        months = [*documents["month"].dropna().unique()] or [ALL]
        outlets = [ALL, *sorted(documents["outlet"].dropna().unique())]
        span = {"options": months, "index": (0, len(months) - 1)}
        self.months = self._knob(widgets.SelectionRangeSlider, "months", self._select, **span)
        self.outlet = chosen("outlet", self._select, options=outlets)
        self.having = text("texts with", self._select)
        self.query = text("query", self._ask, value=query)
        self.unit = chosen("unit", self._ask, options=get_args(Unit))
        self.sort = chosen("sort", self._ask, options=(*get_args(Sort), "outlet"))
        self.page = self._knob(number, "page", self._turn_page, value=1, min=1, max=1)
        # JupyterLab takes the arrows of a list for those of its cells; a number keeps them.
        self.number = self._knob(number, "line", self._go_to, value=1, min=1, max=1)
        self.line = self._knob(widgets.Select, "lines", self._open, options=[], rows=ON_A_PAGE)
        self.line.layout.width = "100%"
        self.line.add_class("lines")
        self.words = text("words", self._draw, value=query)
        self.period = chosen("period", self._draw, options=[ALL, *get_args(Period)])
        self.by = chosen("by", self._draw, options=[ALL, "outlet"])
        self.said, self.text, self.curve = widgets.HTML(), widgets.HTML(), widgets.HTML()

    def _knob(self, kind: type[Widget], name: str, act: Callable[[], None], **given: Any) -> Widget:
        """A knob that acts after each turn, one after the other: JupyterLab hands what each sends
        to a thread of its own, and one that overtook another would leave an old view.
        """

        def update(_: Any) -> None:
            with self._turn:
                act()

        knob = kind(description=name, **given)
        knob.observe(update, names="value")
        return knob

    def _laid_out(self) -> VBox:
        """The knobs in rows, each above what it changes."""
        from ipywidgets import HBox, VBox

        texts, lines = (self.months, self.outlet, self.having), (self.query, self.unit, self.sort)
        curve = HBox([self.words, self.period, self.by])
        above = [HBox(texts), HBox(lines), HBox([self.page, self.number, self.said])]
        return VBox([*above, self.line, self.text, curve, self.curve])

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.panel._repr_mimebundle_(**options)

    def _select(self) -> None:
        """The texts of these months and this outlet in which a query has a line."""
        documents = self.whole.documents
        kept = pd.Series(True, documents.index)
        if self.months.index != (0, len(self.months.options) - 1):
            kept &= documents["month"].between(*self.months.value)
        if self.outlet.value != ALL:
            kept &= documents["outlet"] == self.outlet.value
        self.corpus = self.whole.where(kept.fillna(False))
        found, why = self.corpus, ""
        if self.having.value.strip():
            found, why = _or(count.having, self.corpus, self.having.value)
        self.corpus = self.corpus if why else found
        self._ask()
        if why:
            self.said.value += f" ▢ texts with: {escape(why)}"
        self._draw()

    def _ask(self) -> None:
        """The lines of the query, on their first page."""
        order = self.sort.value if self.sort.value != "outlet" else "position"
        options = {"unit": self.unit.value, "window": WINDOW, "sort": order}
        lines, why = _or(count.concordance, self.corpus, self.query.value, **options)
        self.lines = lines if why else self.corpus.with_metadata(lines, ["date", "outlet"])
        if self.sort.value == "outlet" and len(self.lines):
            self.lines = self.lines.sort_values("outlet", kind="stable", ignore_index=True)
        size = f"{counted(len(self.lines), 'line')} in {counted(len(self.corpus), 'text')}"
        self.said.value = _STYLE + (f"▢ {escape(why)}" if why else f"{size} · {_link(self.lines)}")
        self.page.max = max(-(-len(self.lines) // ON_A_PAGE), 1)
        self.page.value = 1
        self._turn_page()

    def _turn_page(self) -> None:
        """The lines of one page."""
        first = (self.page.value - 1) * ON_A_PAGE
        shown = self.lines.iloc[first : first + ON_A_PAGE]
        self.line.options = [(_line(row), row.Index) for row in shown.itertuples()]
        self.number.max = max(len(shown), 1)
        self.number.value = 1
        self._go_to()
        self._open()

    def _go_to(self) -> None:
        """Choose the line with this number on its page."""
        self.line.index = self.number.value - 1 if self.line.options else None

    def _open(self) -> None:
        """The text behind the chosen line, its hits marked."""
        if self.line.value is None or self.lines.empty:
            self.text.value = ""
            return
        doc = self.lines.loc[self.line.value, "doc"]
        hits = self.lines.assign(theme="hit")
        self.text.value = f"<h4>{escape(doc)}</h4>{marked(self.corpus, hits, doc=doc).marked}"

    def _draw(self) -> None:
        """The curve of the words."""
        words = [word.strip() for word in self.words.value.split(",") if word.strip()]
        if not words:
            self.curve.value = ""
            return
        knobs = (self.period, self.by)
        options = {knob.description: knob.value for knob in knobs if knob.value != ALL}
        table, why = _or(count.timeline, self.corpus, words, **options)
        self.curve.value = f"▢ {escape(why)}" if why else _picture(plot.timeline(table))


@checked
def explore(corpus: Corpus, query: str = "") -> Explorer:
    """A corpus by mouse and keyboard: choose texts by month, outlet or a query; read the lines of a
    query, page by page, and the text behind a line; save the lines as CSV; draw words, parted by
    commas, through time.

    Returns: the panel; `corpus` and `lines` of it are what is chosen.
    """
    return Explorer(corpus, query)


def _or(verb: Callable[..., Any], *given: Any, **options: Any) -> tuple[Any, str]:
    """The result of a verb, or no table and what is wrong with what it was given."""
    try:
        with warnings.catch_warnings(action="ignore"):  # that there is no line is seen
            return verb(*given, **options), ""
    except ValueError as error:  # a QueryError is one, and so is a TooLittleText
        return pd.DataFrame(), str(error)


def _line(row: Any) -> str:
    """A line with its date and outlet, its word where it stands in all of them."""
    left, node, right = map(one_line, (row.left, row.node, row.right))
    where = f"{'' if pd.isna(row.date) else row.date} {'' if pd.isna(row.outlet) else row.outlet}"
    return f"{left[-SIDE:]:>{SIDE}} [{node}] {right[:SIDE]:<{SIDE}} {where}"


def _link(lines: pd.DataFrame) -> str:
    """A link by which the browser saves the lines as CSV, where its user says."""
    data = base64.b64encode(lines.to_csv(index=False).encode("utf-8-sig")).decode()
    return f'<a download="lines.csv" href="data:text/csv;base64,{data}">save as CSV</a>'


def _picture(axes: Axes) -> str:
    """A figure as HTML, its title as alternative text."""
    from IPython.core.pylabtools import print_figure

    with styled():
        data = print_figure(axes.figure, base64=True, bbox_inches=None, dpi=100)
    return f'<img src="data:image/png;base64,{data}" alt="{escape(title_of(axes))}">'
