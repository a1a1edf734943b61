"""A figure as files and in a notebook: the same bytes each time."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.plot.sheet import DPI, Axes, empty_axes, is_invented, styled
from helpers.read.checks import checked
from helpers.read.corpus import HOME, SEEDS, seeds_folder
from helpers.read.files import at_home, named_folder
from helpers.show.notes import display
from helpers.show.tables import captioned, keep

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES = HOME / "figures"
SHOWN_WIDTH, COLOURS = 700, 128


def report_folder(seeds: str | None, out: str | None) -> Path | None:
    """Where the report on a folder of texts is: `out`, else `reports/<folder name>`; None for the
    committed texts, whose notebooks and figures are here.

    >>> report_folder("seeds/", None) is None
    True
    """
    if out:
        return at_home(out).resolve()
    texts = seeds_folder(seeds).resolve()
    return None if texts == SEEDS.resolve() else HOME / "reports" / texts.name


def figures_folder() -> Path:
    """Where figures go: beside the notebooks; for another corpus into its report, which OUT may
    name. The environment variable FIGURES sends them elsewhere, to be compared with ours.
    """
    report = report_folder(None, os.environ.get("OUT"))
    return named_folder("FIGURES", default=report / "figures" if report else FIGURES)


@checked
def figure(
    number: str,
    draw: Callable[..., Axes],
    table: object,
    caption: str,
    *,
    name: str = "",
    **options: object,
) -> None:
    """Draw a table, write the figure as SVG and PNG, the same bytes each time, and show it above
    its caption (*figure*).

    Where there is nothing to draw, a sentence says why. A figure of the example corpus says
    "invented texts", and `.example` stands in its name.

    Parameters: number ("5.2"); draw (of `plot`); table (that it draws); caption (what is shown, its
    unit, what to compare; also in the alternative text); name (of the files, behind the number of
    the notebook; else that of the figure: 05-specificities.svg); options (of the figure).
    Raises: ValueError for a name that is a path.

    >>> from helpers import count, open_corpus, plot
    >>> frequent = count.frequencies(open_corpus(annotate=False))
    >>> figure("2.3", plot.frequencies, frequent.query("f > 999"), "Frequent words.")
    Figure 2.3. ▢ no text
    """
    name = name or draw.__name__.replace("_", "-")
    if Path(name).name != name:
        raise ValueError(f"show.figure: name is {name!r}; it is the name of a file, as zipf")
    axes = draw(table, **options)
    if reason := empty_axes(axes):
        display(captioned(f"Figure {number}", f"▢ {reason}"))
        return
    invented = is_invented(table)
    said = captioned(f"Figure {number}", caption + " Invented texts." * invented)
    alt = ". ".join(filter(None, (title_of(axes), said.plain)))
    stem = f"{int(number.split('.')[0]):02d}-{name}{'.example' * invented}"
    png = base64.b64encode(saved(axes, stem, alt)).decode()
    for part, rows in parts_of(table).items():
        keep(rows, "-".join([stem, *part]))
    about = {"image/png": {"alt": alt, "width": SHOWN_WIDTH}, "figure": stem}
    display(said, below=({"image/png": png, "text/plain": said.plain}, about))


def parts_of(table: Any) -> dict[tuple[str, ...], pd.DataFrame]:
    """The tables that a verb returned, by their names if there are several; none of what is drawn
    from the tables of the corpus, which a report has whole.
    """
    if isinstance(table, pd.DataFrame):
        return {(): table} if "verb" in table.attrs else {}
    named = table._asdict() if hasattr(table, "_asdict") else {}
    return {(name,): rows for name, rows in named.items() if isinstance(rows, pd.DataFrame)}


def title_of(axes: Axes) -> str:
    """What a figure says at its head, or one of two axes at that of their figure, in one line."""
    own = axes.get_title(loc="left") or axes.get_title()
    return " ".join((own or axes.get_figure(root=True).get_suptitle()).split())


def saved(axes: Axes, stem: str, alt: str) -> bytes:
    """Write the files of a figure, in a report as PDF, too; the bytes of the PNG."""
    drawn, folder = axes.get_figure(root=True), figures_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with styled():
        drawn.savefig(folder / f"{stem}.svg", metadata={"Date": None, "Title": alt})
        if os.environ.get("OUT"):  # a report, whose figures go into a paper
            drawn.savefig(folder / f"{stem}.pdf", metadata={"CreationDate": None, "Title": alt})
        png = _png(drawn)
    (folder / f"{stem}.png").write_bytes(png)
    return png


def _png(figure: Figure) -> bytes:
    """The figure in few colours, which is a third of the size and looks the same."""
    from PIL import Image

    full, small = io.BytesIO(), io.BytesIO()
    figure.savefig(full, format="png", dpi=DPI, metadata={"Software": None})
    picture = Image.open(full).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(small, format="PNG", optimize=True)
    return small.getvalue()
