"""A small grammar of French for sentences with blanks: elision, contraction, capitals, and marks
that lead from a finished text back to what was planned.

A mark is one character of the private use area: it stands in a sentence while that is put together,
and is gone from the text that is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

THEMES = (
    *("cooperation", "growth", "threat", "response", "security", "institution", "diplomacy"),
    *("legitimation", "place", "purpose"),
)
# What the marks say. The first ten: a word of a theme follows. Then: a sentence begins, a passage
# or a sentence ends, a paragraph begins, a note closes; here is a comma unless another mark of
# punctuation follows; a word that may be elided or contracted follows.
THEME = 0xE000
SENTENCE, END, PARAGRAPH, CLOSE, COMMA, JOINT = map(chr, range(0xE010, 0xE016))
NOTE = 0xE100  # from here on: note 0, 1, 2… of a text opens

Piece = str | tuple[str, str, str]

_ANY = "[\ue000-\uf8ff]"
_MARK = re.compile(f"({_ANY})")
_THEME = re.compile(r"\{(\w+):([^{}]*)\}")
_BLANK = re.compile(r"\{(?P<name>\w+)(?:\.(?P<form>\w+))?(?::(?P<said>[^{}]*))?\}|[\[\]¦]")
_SPACED = re.compile(r"(?<=«) | (?=[»:;?!])")
_OPEN = re.compile(rf"(?<!\w)(?=(?:[Dd]e|à|[Qq]ue|[Ll][ea]) (?:«\s)?{_ANY}*\Z)")
_ARTICLES = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
# Each branch begins with its own mark, so that the search is for one of three characters.
_VOWEL = rf"(?={_ANY}*(?:«\s)?{_ANY}*(?:[aeiouâàéèêëîïôœAEIOUÀÂÉÈÊÎÔŒ]|h(?:ôp|om|ab|yd)))"
_JOINED = re.compile(
    rf"""
    {JOINT}(?P<before>de|à)[ ](?P<between>{_ANY}*)(?P<article>les|le(?![ ]{_VOWEL}))[ ]
  | {JOINT}(?P<elided>[Dd]|[Qq]u|[Ll])[ea][ ]{_VOWEL}
  | {COMMA}(?P<next>{_ANY}*[,.;:])?
  | {JOINT}
    """,
    re.VERBOSE,
)
_FIRST = re.compile(rf"{SENTENCE}{_ANY}*(?:[«—]\s{_ANY}*)?[a-zà-ÿœ]")


class Reading(NamedTuple):
    """A text without marks, and what they said: occurrences of each theme; paragraph and bounds
    (of its passages) of each sentence; kind, what it is about, paragraph, start, end of each note.
    """

    text: str
    themes: list[int]
    sentences: list[tuple[int, list[int]]]
    notes: list[tuple[str, Any, int, int, int]]


def pieces(frame: str) -> list[Piece]:
    """A sentence frame as literal text and blanks (name, form, said).

    Written `{theme:word}` for a word of a theme, `{H:masculine/feminine}` for an agreement with H,
    `{H.form}` or `{name}` for a blank, `[…]` for a source, `¦` between two passages.

    >>> pieces("{H} est {H:venu/venue}.")
    [('H', '', ''), ' est ', ('H', '', 'venu/venue'), '.']
    """
    frame, out, at = marked(_SPACED.sub("\u00a0", frame)).replace("¦", END), [], 0
    for blank in _BLANK.finditer(frame):
        out.append(_OPEN.sub(JOINT, frame[at : blank.start()]))
        source = {"[": ("source", "", ""), "]": CLOSE}.get(blank[0])
        out.append(source or (blank["name"], blank["form"] or "", blank["said"] or ""))
        at = blank.end()
    return [piece for piece in [*out, frame[at:]] if piece]


def marked(text: str) -> str:
    """The text with each `{theme:word}` as a mark and the word."""
    return _THEME.sub(
        lambda m: chr(THEME + THEMES.index(m[1])) + m[2] if m[1] in THEMES else m[0], text
    )


def plain(text: str) -> str:
    """The text without marks, joined."""
    return _MARK.sub("", joined(text))


def joined(text: str) -> str:
    """The text with its joints as French has them: de le is du, que il is qu'il, a sentence begins
    with a capital (*contraction, élision*).

    >>> joined(f"Parler {JOINT}de les œufs {JOINT}de Anne sert {JOINT}à le marché.")
    'Parler des œufs d’Anne sert au marché.'
    """
    return _FIRST.sub(lambda first: first[0].upper(), _JOINED.sub(_join, text))


def _join(joint: re.Match[str]) -> str:
    if joint["before"]:
        return (
            _ARTICLES[joint["before"], joint["article"]] + " " + joint["between"].replace(JOINT, "")
        )
    if joint["elided"]:
        return f"{joint['elided']}’"
    return "" if joint[0] == JOINT else joint["next"] or ","


def read(text: str, notes: Sequence[tuple[str, Any]]) -> Reading:
    """The text without its marks, and where they stood; a source is about the first note in it."""
    parts = _MARK.split(joined(text))
    themes, par, at = [0] * len(THEMES), 0, 0
    sentences: list[tuple[int, list[int]]] = []
    found, opened = [], []
    for literal, mark in zip(parts[::2], parts[1::2], strict=False):
        at += len(literal)
        if mark < SENTENCE:
            themes[ord(mark) - THEME] += 1
        elif ord(mark) >= NOTE:
            opened.append([*notes[ord(mark) - NOTE], par, at])
        elif mark == CLOSE:
            note = opened.pop()
            found.append((*note, at))
            if opened and opened[-1][1] is None:
                opened[-1][1] = note[:2]
        elif mark == SENTENCE:
            sentences.append((par, [at]))
        elif mark == END:
            sentences[-1][1].append(at)
        elif mark == PARAGRAPH:
            par += 1
    return Reading("".join(parts[::2]), themes, sentences, found)
