"""Patterns that are rows of a table beside this file, with examples."""

import re

from helpers.read.tables import rows_of

_PIECE = re.compile(r"«(\w+)»")


def pieces(table: str, **given: str) -> dict[str, str]:
    """The patterns of a table by kind: the rows of one are alternatives, in order. A name between
    « and » stands for a kind above it, or for what is given.
    """
    found = dict(given)
    for row in rows_of(table):
        made = _PIECE.sub(lambda piece: found[piece[1]], row["pattern"])
        found[row["kind"]] = "|".join(filter(None, (found.get(row["kind"]), made)))
    return found
