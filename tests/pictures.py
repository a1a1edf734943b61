"""How the notebooks are tested: pictures are compared too, figures go to a folder of their own.

Every run loads this (`-p tests.pictures` in pyproject.toml), whichever tests it is asked for.
"""

from __future__ import annotations

import base64
import io
import os
import tempfile

import numpy as np
import pytest
from PIL import Image


def pytest_configure(config: pytest.Config) -> None:
    """Kernels read the committed texts, whatever the environment says, and leave the committed
    figures alone.
    """
    for name in ("SEEDS", "OUT", "LEXICONS"):
        os.environ.pop(name, None)
    os.environ |= {"FIGURES": tempfile.mkdtemp(prefix="figures-"), "EXAMPLE": "1"}


class Picture:
    """A PNG that equals another where no pixel differs; what differs is said in words."""

    def __init__(self, base64_png: str) -> None:
        image = Image.open(io.BytesIO(base64.b64decode(base64_png))).convert("RGBA")
        self.pixels = np.asarray(image, dtype=np.int16)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and np.array_equal(self.pixels, other.pixels)

    __hash__ = None

    def __repr__(self) -> str:
        height, width, _ = self.pixels.shape
        return f"<PNG {width}x{height}>"


def pytest_collectstart(collector: pytest.Collector) -> None:
    """nbval leaves pictures out of its comparison; ours are compared."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare = tuple(
            kind for kind in collector.skip_compare if kind != "image/png"
        )


def pytest_itemcollected(item: pytest.Item) -> None:
    """nbval compares what `sanitize` returns: for a PNG its pixels."""
    if hasattr(item, "cell_num"):
        plain = item.sanitize
        item.sanitize = lambda text: Picture(text) if _is_png(text) else plain(text)


def _is_png(text: object) -> bool:
    return isinstance(text, str) and text.startswith("iVBORw0KGgo")


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Where two pictures differ, and by how much."""
    if not (isinstance(left, Picture) and isinstance(right, Picture) and op == "=="):
        return None
    if left.pixels.shape != right.pixels.shape:
        return [f"the picture has another size: {left!r}, {right!r}"]
    difference = abs(left.pixels - right.pixels).max(axis=2)
    rows, columns = np.nonzero(difference)
    share, place = (
        (difference > 0).mean(),
        f"x {columns.min()}–{columns.max()}, y {rows.min()}–{rows.max()}",
    )
    return [
        f"{left!r}: {share:.2%} of the pixels differ, by up to {difference.max()} levels, "
        f"within {place}"
    ]
