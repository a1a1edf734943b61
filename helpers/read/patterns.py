"""Patterns that are rows of a table beside this file, with examples."""

import re
import unicodedata
from collections.abc import Mapping

from helpers.read.tables import rows_of

_PIECE = re.compile(r"«(\w+)»")
# Letters with accents are also decomposed, or without; but a is another word than à.
_LETTERS = ((c, unicodedata.normalize("NFD", c)) for c in map(chr, range(0xC0, 0x180)))
_ACCENTED = {ord(c): f"(?:{c}|{d}{'?' * (c != 'à')})" for c, d in _LETTERS if c != d}


def spelt(pattern: str) -> str:
    """The pattern with its accents as they are written, outside sets of characters."""
    return pattern.translate(_ACCENTED)


def filled(pattern: str, known: Mapping[str, str]) -> str:
    """The pattern with what each name between « and » stands for, which may hold such names."""
    while _PIECE.search(pattern):
        pattern = _PIECE.sub(lambda piece: known[piece[1]], pattern)
    return pattern


def pieces(table: str, beside: str = __file__, **given: str) -> dict[str, str]:
    """The patterns of a table by kind: the rows of one are alternatives, in order. A name between
    « and » stands for a kind above it, or for what is given.
    """
    found = dict(given)
    for row in rows_of(table, beside):
        made = filled(row["pattern"], found)
        found[row["kind"]] = "|".join(filter(None, (found.get(row["kind"]), made)))
    return found
