"""Concordance lines as a reader sees them; the words a reader may ask for.

Everything that comes from a file is escaped; a line can be read without colour or style.
"""

from __future__ import annotations

import pandas as pd

from helpers.read.tables import counted
from helpers.show.notes import escape, one_line, untypeset


class Kwic:
    """The lines of a concordance, the node in the middle: as HTML, and as plain text."""

    def __init__(self, lines: pd.DataFrame, n: int) -> None:
        self.lines, self.total = lines.head(n), len(lines)

    def __repr__(self) -> str:
        rows = [[one_line(cell).strip() for cell in row] for row in self._cells()]
        width = max((len(row[0]) for row in rows), default=0)
        said = [f"{row[0]:>{width}} [{row[1]}] {row[2]} ({row[3]})" for row in rows]
        return "\n".join([*said, self._size()])

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr>{_cell(left, 'right')}{_cell(f'<strong>{node}</strong>', 'center')}"
            f"{_cell(right, 'left')}{_cell(f'<small>{place}</small>', 'left')}</tr>"
            for left, node, right, place in (map(escape, row) for row in self._cells())
        )
        head = "".join(
            f'<th style="text-align: {side}" align="{side}">{name}</th>'
            for name, side in (("left", "right"), ("node", "center"), ("right", "left"))
        )
        place = '<th style="text-align: left" align="left">place</th>'
        table = f'<table class="kwic"><tr>{head}{place}</tr>{body}</table>' if body else ""
        return untypeset(f"{table}<p><small>{escape(self._size())}</small></p>")

    def _cells(self) -> list[tuple[str, str, str, str]]:
        """Left, node, right and place of each line; the text is named where there are several."""
        several = len(self.lines["doc"].unique()) > 1
        return [
            (row.left, row.node, row.right, f"{row.doc} ¶ {row.par}" if several else f"¶ {row.par}")
            for row in self.lines.itertuples()
        ]

    def _size(self) -> str:
        if self.total > len(self.lines):
            return f"{len(self.lines):,} of {counted(self.total, 'line')}"
        return counted(self.total, "line") if self.total else "No line: the text has no such place."


def _cell(inner: str, side: str) -> str:
    """A cell of a table; the attribute is for where styles are taken off."""
    return f'<td align="{side}" style="text-align: {side}">{inner}</td>'


def kwic(lines: pd.DataFrame, *, n: int = 10) -> Kwic:
    """The lines of a concordance below each other, as they are read (*concordance*, KWIC).

    Parameters: lines (a table that `concordance` returned, in its order); n (lines shown).

    >>> from helpers.count.contexts import concordance; from helpers import open_corpus
    >>> kwic(concordance(open_corpus(annotate=False), "terrorisme", window=2))
    contre le [terrorisme] et l’ (¶ 3)
    contre le [terrorisme] à l’ (¶ 6)
    2 lines
    """
    return Kwic(lines, n)
