"""Concordance lines as a reader sees them; the words a reader may ask for.

Everything that comes from a file is escaped; a line can be read without colour or style.
"""

from __future__ import annotations

import pandas as pd

from helpers.count.contexts import concordance
from helpers.count.parts import words
from helpers.count.vocabulary import frequencies
from helpers.read.corpus import Corpus
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


def node_words(tokens: pd.DataFrame, *, first: str = "", n: int = 6) -> list[str]:
    """Which words are worth a look? The word asked for, then the most frequent content words.

    Parameters: tokens (token table with is_function); first (a type, left out where it does not
    occur, unless there is no other); n (words at most).

    >>> from helpers import open_corpus
    >>> node_words(open_corpus(annotate=False).tokens, first="menaces", n=3)
    ['menaces', 'sécurité', 'coopération']
    """
    kept = words(tokens)
    kept = kept[~kept["is_function"].astype(bool)]
    ranked = frequencies(kept)["type"].astype("str") if len(kept) else pd.Series(dtype="str")
    plain = ranked[ranked.str.isalpha() & (ranked.str.len() > 1)].tolist()
    asked = [first] if first and (first in plain or not plain) else []
    return list(dict.fromkeys([*asked, *plain[: n + 1]]))[:n]


def count_hits(corpus: Corpus, queries: dict[str, str]) -> pd.DataFrame:
    """How often does each query hit, and what first?

    One row per query, in the order given.

    Parameters: corpus; queries (what is asked for: the query).
    Returns: columns asked, query, hits, n_docs (texts), first (the first hit, as written, or
    missing).
    Raises: QueryError saying at which character what is expected.

    >>> from helpers import open_corpus
    >>> count_hits(open_corpus(annotate=False), {"sequence": "de la"})["hits"].item()
    7
    """
    rows = []
    for asked, query in queries.items():
        lines = concordance(corpus, query, window=0)
        node = lines["node"].iloc[0] if len(lines) else None
        rows.append((asked, query, len(lines), lines["doc"].nunique(), node))
    return pd.DataFrame(rows, columns=["asked", "query", "hits", "n_docs", "first"])
