"""A figure as files and in a notebook: the same bytes each time."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.plot.sheet import DPI, Axes, styled
from helpers.read.corpus import HOME, SEEDS, seeds_folder
from helpers.show.notes import Gated, Sentence

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
        return Path(out).expanduser().resolve()
    texts = seeds_folder(seeds).resolve()
    return None if texts == SEEDS.resolve() else HOME / "reports" / texts.name


def figures_folder() -> Path:
    """Where figures go: beside the notebooks; for another corpus into its report, which OUT may
    name. The environment variable FIGURES sends them elsewhere, to be compared with ours.
    """
    if elsewhere := os.environ.get("FIGURES"):
        return Path(elsewhere).expanduser()
    report = report_folder(None, os.environ.get("OUT"))
    return report / "figures" if report else FIGURES


class Shown:
    """A saved figure: in a notebook the very file that was written, and its caption below it."""

    def __init__(self, name: str, png: bytes, caption: Sentence) -> None:
        self.name, self.png, self.caption = name, png, caption

    def __repr__(self) -> str:
        return self.caption.plain

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data = {"image/png": base64.b64encode(self.png).decode(), "text/plain": self.caption.plain}
        image = {"alt": self.caption.plain, "width": SHOWN_WIDTH}
        display(data, raw=True, metadata={"image/png": image, "figure": self.name})
        display(self.caption)


def save_figure(figure: Axes | Figure | Gated, name: str, caption: Sentence | str) -> Shown | Gated:
    """Write a figure as NAME.svg and NAME.png, the same bytes each time, and show it above its
    caption.

    Parameters: figure (or its axes); name ("01-lengths"); caption (made by `caption`; also the
    alternative text).
    """
    if isinstance(figure, Gated):
        return figure
    if Path(name).name != name:
        raise ValueError(f"save_figure: name is {name!r}; it is the name of a file, as 02-zipf")
    if isinstance(caption, str):
        caption = Sentence(caption)
    drawn: Any = figure.get_figure(root=True)
    folder = figures_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with styled():
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
