"""Views with knobs, for JupyterLab: a concordance, and the themes of a corpus.

Their last child holds what the knobs ask for. Everything that comes from a file is escaped.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from helpers.count.contexts import Sort, concordance
from helpers.count.parts import Unit
from helpers.count.themes import theme_hits, theme_profile
from helpers.read.corpus import Corpus
from helpers.read.tables import counted
from helpers.show.lines import kwic
from helpers.show.notes import escape
from helpers.show.text import quote

if TYPE_CHECKING:
    from ipywidgets import VBox
    from matplotlib.axes import Axes

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
    lines = widgets.HTML()

    @_in_turn
    def update() -> None:
        knobs = {"unit": unit.value, "window": window.value, "sort": sort.value}
        try:
            lines.value = kwic(concordance(corpus, asked.value, **knobs), n=n)._repr_html_()
        except ValueError as error:  # a QueryError is one
            lines.value = f"<p>▢ {escape(error)}</p>"

    for knob in (asked, unit, window, sort):
        knob.observe(update, names="value")
    update()
    return widgets.VBox([widgets.HBox([asked, unit]), widgets.HBox([window, sort]), lines])


def interactive_themes(corpus: Corpus, lexicon: pd.DataFrame | None = None, *, n: int = 10) -> VBox:
    """The themes of a corpus with knobs: choose themes and parts, see how dense they are and the
    passages that were hit.

    Parameters: corpus (annotated); lexicon (of `theme_lexicon`; ours if none is given); n (passages
    shown).
    """
    import ipywidgets as widgets

    from helpers import plot

    hits = theme_hits(corpus.tokens, lexicon)
    themes = hits["theme"].astype("str").value_counts(sort=False)
    ranked = sorted(themes.index, key=lambda theme: (-themes[theme], theme))
    boxes = [
        widgets.Checkbox(value=i < CHOSEN, description=theme, indent=False)
        for i, theme in enumerate(ranked)
    ]
    by = widgets.Dropdown(options=list(PARTS), description="parts")
    shown = widgets.HTML()

    @_in_turn
    def update() -> None:
        chosen = [box.description for box in boxes if box.value]
        found = hits[hits["theme"].isin(chosen)]
        if found.empty:
            shown.value = "<p>▢ No theme is chosen, or none is found.</p>"
            return
        profile = theme_profile(found, corpus.tokens, by=PARTS[by.value])
        strip = plot.theme_profile(profile[profile["theme"].isin(chosen)])
        some = f"<p>{counted(len(found), 'hit')}; the first {n}:</p>" if len(found) > n else ""
        shown.value = _picture(strip) + some + quote(corpus, found, n=n).marked

    for knob in (*boxes, by):
        knob.observe(update, names="value")
    update()
    grid = widgets.Layout(grid_template_columns="repeat(auto-fill, minmax(9rem, 1fr))")
    return widgets.VBox([widgets.GridBox(boxes, layout=grid), by, shown])


def _in_turn(update: Callable[[], None]) -> Callable[..., None]:
    """What a knob calls. JupyterLab hands what each knob sends to a thread of its own; where they
    overtook each other, the view would stay as the knobs were before.
    """
    turn = Lock()

    def wait(_: Any = None) -> None:
        with turn:
            update()

    return wait


def _picture(axes: Axes) -> str:
    """A figure as HTML, its title as alternative text."""
    png = io.BytesIO()
    axes.figure.savefig(png, format="png", dpi=100)
    data = base64.b64encode(png.getvalue()).decode()
    title = escape(axes.get_title(loc="left") or axes.get_title())
    return f'<img src="data:image/png;base64,{data}" alt="{title}">'
