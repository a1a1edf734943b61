"""Where a text quotes: what stands in « », “ ” or " ", names of ships and books apart."""

from __future__ import annotations

from helpers.voices.syntax import Syntax

SET_OFF = frozenset((",", "»", "”", '"', "-", "–", "—"))
_CLOSING = {"«": "»", "“": "”", '"': '"'}


def quotations(text: Syntax) -> list[tuple[int, int]]:
    """The first and last place of each quotation, marks included (*citations*); one that never
    closes ends with its paragraph.
    """
    found, place = [], 0
    while place < len(text.form):
        closing = _CLOSING.get(text.form[place])
        if closing:
            last = _last(text, place, closing)
            if not _is_title(text, place, last):
                found.append((place, last))
            place = last
        place += 1
    return found


def _last(text: Syntax, first: int, closing: str) -> int:
    """The place of the closing mark, else the last one of the paragraph."""
    last = first
    while last + 1 < len(text.form) and text.par[last + 1] == text.par[first]:
        last += 1
        if text.form[last] == closing:
            break
    return last


def _is_title(text: Syntax, first: int, last: int) -> bool:
    """A name in quotation marks: a capital, a few words, right behind a noun (le chalutier «
    Belle-Aurore »).
    """
    capital = first + 1 < last and text.form[first + 1][:1].isupper()
    short = last - first <= 6 and not any(text.form[p] in ".!?" for p in range(first, last + 1))
    behind = first > text.sentence[first][0] and text.pos[first - 1] in ("NOUN", "PROPN", "ADJ")
    return capital and short and behind


def is_quoted(place: int, spoken: list[tuple[int, int]]) -> bool:
    """Does the word stand within a quotation?"""
    return any(first < place <= last for first, last in spoken)
