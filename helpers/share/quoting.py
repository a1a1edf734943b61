"""How much of each text a report to share would quote; where that is too much, it is taken out.

A word is quoted where it stands in a run of at least six words of its text: in a table, a line of a
concordance or an alternative text as well as in a quotation. Words are what lies between blanks and
marks; capitals, hints of hyphens and how accents are composed do not matter. The cells of a row
follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from helpers.read.french import INVISIBLE, visible

RUN = 6  # words
MOST = 0.25  # of the words of a text
LEFT_OUT = "▢ This figure is left out: it quotes a text of which too much would be quoted."
# The words of plain text; those of HTML, where tags and named characters may stand between them.
_WORD = rf"(\w[\w\u0300-\u036f{INVISIBLE}]*)"
_PLAIN = re.compile(_WORD)
_MARKED = re.compile(rf"<(?!!--)[^<>]*>|&#?\w+;|{_WORD}")
_TAG = re.compile(r"<[^<>]*>")
_CELL = "<\0>"  # between two cells: a tag that no text has


def withhold(
    texts: Iterable[str],
    tables: dict[str, pd.DataFrame],
    notebooks: Sequence[NotebookNode] = (),
    figures: Path | None = None,
) -> None:
    """Take each text of which more than a quarter would be quoted out of all that quotes it, and
    leave an ellipsis; where it stands in the text is still said.

    Parameters: texts; tables (by name; their columns of type str are changed); notebooks (executed;
    their outputs are changed); figures (their folder; one that shows such a run is removed).
    """
    outputs = [out for book in notebooks for cell in book.cells for out in cell.get("outputs", ())]
    shown: list[str] = []
    _mapped(outputs, shown.append)
    drawn = {path: path.read_text("utf-8") for path in figures.glob("*.svg")} if figures else {}
    rows = chain.from_iterable(map(_rows, tables.values()))
    taken = too_much(texts, chain(shown, drawn.values(), rows))
    tables.update({name: _less(table, taken) for name, table in tables.items()})
    gone = {path.stem for path, svg in drawn.items() if without(svg, taken) != svg}
    for path in [path for path in figures.iterdir() if path.stem in gone] if gone else ():
        path.unlink()  # SVG, PNG and PDF
    for output in outputs:
        if output.get("metadata", {}).get("figure") in gone:
            output.update(data={"text/plain": LEFT_OUT}, metadata={})
        output.update(_mapped(output, lambda text: without(text, taken)))


def too_much(texts: Iterable[str], shown: Iterable[str]) -> set[str]:
    """The runs of words that may not be shown: those that are, of each text of which they cover
    more than a quarter.

    >>> too_much(["Il pleut à Fès, dit-on au marché."], ["On lit : « il pleut à Fès, dit-on »."])
    {'il pleut à fès dit on'}
    >>> too_much(["Il pleut à Fès, dit-on." + " Il fait beau." * 9], ["Il pleut à Fès, dit-on."])
    set()
    """
    seen = {
        run for text in shown for words in (_PLAIN, _MARKED) for run in _runs(_words(text, words))
    }
    taken = set()
    for text in texts:
        words = _words(text, _PLAIN)
        quoted = [run in seen for run in _runs(words)]
        if len(_covered(quoted)) > MOST * len(words):
            taken |= seen.intersection(_runs(words))
    return taken


def without(shown: str, taken: Collection[str]) -> str:
    """The same without these runs of words, between HTML tags or not; the tags stay.

    >>> without("<b>Il pleut</b> à <i>Fès</i>, dit-on (page 2).", {"il pleut à fès dit on"})
    '<b>…</b><i></i> (page 2).'
    """
    for pattern in (_MARKED, _PLAIN) if taken else ():
        words = _words(shown, pattern)
        gone = _covered([run in taken for run in _runs(words)])
        pieces, at = [], 0
        for i in sorted(gone):
            between = shown[at : words[i].start()]
            pieces += _TAG.findall(between) if i - 1 in gone else [between, "…"]
            at = words[i].end()
        shown = "".join([*pieces, shown[at:]])
    return shown


def _rows(table: pd.DataFrame) -> pd.Series:
    """The text of each row of a table, a tag between its cells."""
    cells = table.select_dtypes("str").fillna("")
    return pd.Series(map(_CELL.join, cells.itertuples(index=False)), table.index, "str")


def _less(table: pd.DataFrame, taken: Collection[str]) -> pd.DataFrame:
    """The table with these runs taken out of its rows."""
    rows, columns = _rows(table), list(table.select_dtypes("str"))
    less = rows.map(lambda row: without(row, taken))
    changed = (less != rows).to_numpy()
    if not changed.any():
        return table
    pieces = [row.split(_CELL)[: len(columns)] for row in less]
    cells = pd.DataFrame(pieces, table.index, columns, dtype="str")
    return table.assign(**{name: table[name].mask(changed, cells[name]) for name in columns})


def _words(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    return [word for word in pattern.finditer(text) if word[1]]


def _runs(words: list[re.Match[str]]) -> list[str]:
    """Every six words in a row."""
    forms = [visible(word[1]).casefold() for word in words]
    return [" ".join(forms[i : i + RUN]) for i in range(len(forms) - RUN + 1)]


def _covered(quoted: list[bool]) -> set[int]:
    """The places of the words in these runs."""
    return {i + more for i, is_quoted in enumerate(quoted) if is_quoted for more in range(RUN)}


def _mapped(value: Any, change: Callable[[str], Any]) -> Any:
    """The outputs of cells with every text in them changed."""
    if isinstance(value, dict):
        return type(value)({name: _mapped(inner, change) for name, inner in value.items()})
    if isinstance(value, list):
        return [_mapped(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value
