"""Which person or institution does the source of an attribution stand for?"""

from __future__ import annotations

from typing import NamedTuple

from helpers.voices.institutions import body, listed, written
from helpers.voices.people import Mention, Reading, last_named
from helpers.voices.speech import Cue
from helpers.voices.syntax import Syntax


class Speaker(NamedTuple):
    """A source as it is written, the name that it stands for, and whether that is inferred."""

    source: str
    name: str
    inferred: bool

    def columns(self) -> dict[str, str | bool | None]:
        return {
            "source": self.source or None,
            "source_name": self.name or None,
            "inferred": self.inferred,
        }


def speaker(reading: Reading, cue: Cue, last: Speaker) -> Speaker:
    """The source of a cue, its name read from the phrase itself, else from what stands before."""
    text, _, names, expanded, mentions = reading
    if not cue.source:
        return Speaker("", "", False)
    source = written(text, cue.source).rpartition("-")[2] if len(cue.source) == 1 else ""
    source = source or written(text, cue.source)
    there = [m for m in mentions if {*m.places, *m.role} & set(cue.source)]
    named = list(dict.fromkeys(m.person.name for m in there if not m.inferred))
    if named:
        return Speaker(source, "; ".join(named), False)
    if there:
        return Speaker(source, there[0].person.name, True)
    own = [body(text, cue.source, expanded)]
    own += [name for _, _, name in listed(text, names, expanded, cue.source)]
    if any(own):
        return Speaker(source, next(filter(None, own)), False)
    known = _from_before(text, cue, last, mentions)
    return Speaker(source, known, bool(known))


def _from_before(text: Syntax, cue: Cue, last: Speaker, mentions: list[Mention]) -> str:
    """elle, il: the last person of that gender; la même source: the last source."""
    if text.type[cue.source[0]] == "la" and "même" in text.type[cue.source[0] : cue.source[-1]]:
        return last.name
    if text.pos[cue.source[0]] != "PRON":
        return ""
    return last_named(mentions, cue.source[0], text.type[cue.source[0]], last.name)
