"""A corpus by mouse and keyboard, for JupyterLab: choose texts, read the lines of a query and the
text behind a line, follow words through time.

Everything that comes from a file is escaped.
"""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable, Iterable
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
        self._watch((self.months, self.outlet, self.having), self._select)
        self._watch((self.query, self.unit, self.sort), self._ask)
        self._watch((self.page,), self._turn_page)
        self._watch((self.number,), self._go_to)
        self._watch((self.line,), self._open)
        self._watch((self.words, self.period, self.by), self._draw)
        self.panel = self._laid_out()
        self._select()

    def _make_knobs(self, query: str) -> None:
        import ipywidgets as widgets

        documents = self.whole.documents
        months = [*documents["month"].dropna().unique()] or [ALL]
        outlets = [ALL, *sorted(documents["outlet"].dropna().unique())]
        self.months = widgets.SelectionRangeSlider(
            options=months, index=(0, len(months) - 1), description="months"
        )
        self.outlet = widgets.Dropdown(options=outlets, description="outlet")
        self.having, self.query = _text("texts with", ""), _text("query", query)
        self.unit = widgets.Dropdown(options=get_args(Unit), description="unit")
        self.sort = widgets.Dropdown(options=(*get_args(Sort), "outlet"), description="sort")
        self.page = widgets.BoundedIntText(value=1, min=1, max=1, description="page")
        # JupyterLab takes the arrows of a list for those of its cells; a number keeps them.
        self.number = widgets.BoundedIntText(value=1, min=1, max=1, description="line")
        self.line = widgets.Select(options=[], rows=ON_A_PAGE, description="lines")
        self.line.layout.width = "100%"
        self.line.add_class("lines")
        self.words = _text("words", query)
        self.period = widgets.Dropdown(options=[ALL, *get_args(Period)], description="period")
        self.by = widgets.Dropdown(options=[ALL, "outlet"], description="by")
        self.said, self.text, self.curve = widgets.HTML(), widgets.HTML(), widgets.HTML()

    def _laid_out(self) -> VBox:
        """The knobs in rows, each above what it changes."""
        from ipywidgets import HBox, VBox

        texts, lines = (self.months, self.outlet, self.having), (self.query, self.unit, self.sort)
        curve = HBox([self.words, self.period, self.by])
        above = [HBox(texts), HBox(lines), HBox([self.page, self.number, self.said])]
        return VBox([*above, self.line, self.text, curve, self.curve])

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.panel._repr_mimebundle_(**options)

    def _watch(self, knobs: Iterable[Widget], act: Callable[[], None]) -> None:
        """Act after each turn of a knob, one after the other: JupyterLab hands what each knob sends
        to a thread of its own, and one that overtook another would leave an old view.
        """

        def update(_: Any = None) -> None:
            with self._turn:
                act()

        for knob in knobs:
            knob.observe(update, names="value")

    def _select(self) -> None:
        """The texts of these months and this outlet in which a query has a line."""
        documents = self.whole.documents
        kept = pd.Series(True, documents.index)
        if self.months.index != (0, len(self.months.options) - 1):
            kept &= documents["month"].between(*self.months.value)
        if self.outlet.value != ALL:
            kept &= documents["outlet"] == self.outlet.value
        self.corpus = self.whole.where(kept.fillna(False))
        if self.having.value.strip():
            found, why = _or(count.having, self.corpus, self.having.value)
            self.corpus = self.corpus if found is None else found
        self._ask()
        if self.having.value.strip() and why:
            self.said.value += f" ▢ texts with: {escape(why)}"
        self._draw()

    def _ask(self) -> None:
        """The lines of the query, on their first page."""
        order = self.sort.value if self.sort.value != "outlet" else "position"
        options = {"unit": self.unit.value, "window": WINDOW, "sort": order}
        lines, why = _or(count.concordance, self.corpus, self.query.value, **options)
        self.lines = (
            pd.DataFrame()
            if lines is None
            else self.corpus.with_metadata(lines, ["date", "outlet"])
        )
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
        options = {knob.description: knob.value for knob in (self.period, self.by)}
        options = {name: value for name, value in options.items() if value != ALL}
        table, why = _or(count.timeline, self.corpus, words, **options) if words else (None, "")
        self.curve.value = f"▢ {escape(why)}" if why else ""
        if table is not None:
            self.curve.value = _picture(plot.timeline(table))


@checked
def explore(corpus: Corpus, query: str = "") -> Explorer:
    """A corpus by mouse and keyboard: choose texts by month, outlet or a query; read the lines of a
    query, page by page, and the text behind a line; save the lines as CSV; draw words, parted by
    commas, through time.

    Returns: the panel; `corpus` and `lines` of it are what is chosen.
    """
    return Explorer(corpus, query)


def _text(name: str, value: str) -> Widget:
    """A field that acts when it is left, or at Enter."""
    from ipywidgets import Text

    return Text(value=value, description=name, continuous_update=False)


def _or(verb: Callable[..., Any], *given: Any, **options: Any) -> tuple[Any, str]:
    """The result of a verb, or nothing and what is wrong with what it was given."""
    try:
        with warnings.catch_warnings(action="ignore"):  # that there is no line is seen
            return verb(*given, **options), ""
    except ValueError as error:  # a QueryError is one, and so is a TooLittleText
        return None, str(error)


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
    png = io.BytesIO()
    with styled():
        axes.figure.savefig(png, format="png", dpi=100)
    data = base64.b64encode(png.getvalue()).decode()
    title = escape(axes.get_title(loc="left") or axes.get_title())
    return f'<img src="data:image/png;base64,{data}" alt="{title}">'
