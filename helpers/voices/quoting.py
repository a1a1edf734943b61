"""Where a text quotes: what stands in « », “ ” or " ", names of ships and books apart."""

from __future__ import annotations

from helpers.voices.syntax import Syntax

SET_OFF = frozenset((",", "»", "”", '"', "-", "–", "—"))
_CLOSING = {"«": "»", "“": "”", '"': '"'}


def quotations(text: Syntax) -> list[tuple[int, int]]:
    """The places of the marks of each quotation (*citations*); one that never closes ends with its
    paragraph.
    """
    found, place = [], 0
    while place < len(text.form):
        closing = _CLOSING.get(text.form[place])
        if closing:
            last = place + 1
            while (
                last < len(text.form)
                and text.par[last] == text.par[place]
                and text.form[last] != closing
            ):
                last += 1
            if not _is_title(text, place, last):
                found.append((place, last))
            place = last
        place += 1
    return found


def _is_title(text: Syntax, first: int, last: int) -> bool:
    """A name in quotation marks: a capital, a few words, right behind a noun (le chalutier «
    Belle-Aurore »).
    """
    capital = first + 1 < last and text.form[first + 1][:1].isupper()
    short = last - first <= 6 and not any(text.form[p] in ".!?" for p in range(first, last))
    return capital and short and first > 0 and text.pos[first - 1] in ("NOUN", "PROPN", "ADJ")


def is_quoted(place: int, spoken: list[tuple[int, int]]) -> bool:
    """Does the word stand within a quotation?"""
    return any(first < place < last for first, last in spoken)
