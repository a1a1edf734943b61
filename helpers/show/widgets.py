"""Views with knobs, for JupyterLab: a concordance, and the themes of a corpus.

Their last child holds what the knobs ask for. Everything that comes from a file is escaped.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from helpers import plot
from helpers.count.contexts import Sort, concordance
from helpers.count.parts import Unit
from helpers.count.themes import theme_hits, theme_profile
from helpers.plot.sheet import Axes, styled
from helpers.read.corpus import Corpus
from helpers.read.tables import counted
from helpers.show.notes import escape
from helpers.show.text import kwic, quote

if TYPE_CHECKING:
    from ipywidgets import HTML, VBox, Widget

WIDEST = 20  # tokens on either side, beyond which a line is no line any more
CHOSEN = 3  # themes shown to begin with
PARTS = {"paragraphs": ["doc", "par"], "texts": ["doc"]}


def interactive_concordance(corpus: Corpus, query: str = "sécurité", *, n: int = 20) -> VBox:
    """A concordance with knobs: query, unit, tokens on either side, order of the lines.

    Its last child holds the lines, or says what is wrong with the query.
    Parameters: corpus; query (to begin with); n (lines shown).
    """
    import ipywidgets as widgets

    asked = widgets.Text(value=query, description="query", continuous_update=False)
    unit = widgets.Dropdown(options=get_args(Unit), description="unit")
    window = widgets.IntSlider(value=6, min=0, max=WIDEST, description="window")
    sort = widgets.Dropdown(options=get_args(Sort), description="sort")

    def lines() -> str:
        options = {"unit": unit.value, "window": window.value, "sort": sort.value}
        try:
            return kwic(concordance(corpus, asked.value, **options), n=n)._repr_html_()
        except ValueError as error:  # a QueryError is one
            return f"<p>▢ {escape(error)}</p>"

    shown = _view((asked, unit, window, sort), lines)
    return widgets.VBox([widgets.HBox([asked, unit]), widgets.HBox([window, sort]), shown])


def interactive_themes(corpus: Corpus, lexicon: pd.DataFrame | None = None, *, n: int = 10) -> VBox:
    """The themes of a corpus with knobs: choose themes and parts, see how dense they are and the
    passages that were hit.

    Parameters: corpus (annotated); lexicon (of `theme_lexicon`; ours if none is given); n (passages
    shown).
    """
    import ipywidgets as widgets

    hits = theme_hits(corpus.tokens, lexicon)
    themes = hits["theme"].astype("str").value_counts(sort=False)
    ranked = sorted(themes.index, key=lambda theme: (-themes[theme], theme))
    boxes = [
        widgets.Checkbox(value=i < CHOSEN, description=theme, indent=False)
        for i, theme in enumerate(ranked)
    ]
    by = widgets.Dropdown(options=list(PARTS), description="parts")

    def passages() -> str:
        chosen = [box.description for box in boxes if box.value]
        found = hits[hits["theme"].isin(chosen)]
        if found.empty:
            return "<p>▢ No theme is chosen, or none is found.</p>"
        profile = theme_profile(found, corpus.tokens, by=PARTS[by.value])
        strip = plot.theme_profile(profile[profile["theme"].isin(chosen)])
        some = f"<p>{counted(len(found), 'hit')}; the first {n}:</p>" if len(found) > n else ""
        return _picture(strip) + some + quote(corpus, found, n=n).marked

    grid = widgets.Layout(grid_template_columns="repeat(auto-fill, minmax(9rem, 1fr))")
    return widgets.VBox([widgets.GridBox(boxes, layout=grid), by, _view((*boxes, by), passages)])


def _view(knobs: Iterable[Widget], draw: Callable[[], str]) -> HTML:
    """HTML that is drawn now and after each turn of a knob, one after the other: JupyterLab hands
    what each knob sends to a thread of its own, and where they overtook each other, the view would
    stay as the knobs were before.
    """
    from ipywidgets import HTML

    view, turn = HTML(), Lock()

    def update(_: Any = None) -> None:
        with turn:
            view.value = draw()

    for knob in knobs:
        knob.observe(update, names="value")
    update()
    return view


def _picture(axes: Axes) -> str:
    """A figure as HTML, its title as alternative text."""
    png = io.BytesIO()
    with styled():
        axes.figure.savefig(png, format="png", dpi=100)
    data = base64.b64encode(png.getvalue()).decode()
    title = escape(axes.get_title(loc="left") or axes.get_title())
    return f'<img src="data:image/png;base64,{data}" alt="{title}">'
