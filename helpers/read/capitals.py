"""Persons whom a text names in capitals: le maire TAZI, TAZI Karim.

The model often takes them for institutions, as it does acronyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from helpers.read.lexicons import alternatives, lexicon
from helpers.read.patterns import pieces


def in_capitals(plain: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where a person is named so in a passage, and how, the first name first: behind an office, or
    before a first name of `first_names.csv`.

    >>> [name for *_, name in in_capitals("TAZI Karim et le maire BOURITA sont là.", 0, 39)]
    ['Karim TAZI', 'BOURITA']
    """
    for match in _pattern().finditer(plain, start, end):
        name, first = match["name"], match["first"]
        if first in _first_names() or (match["office"] and not first and _may_be_read(name)):
            yield match.start("name"), match.end(), f"{first} {name}" if first else name


def _may_be_read(name: str) -> bool:
    """Is it long enough for a name, and no acronym of a few letters (le maire LREM)?"""
    return len(name) > 4 or (len(name) == 4 and name[-1] in "AEIOUYÉ")


@cache
def _pattern() -> re.Pattern[str]:
    patterns = pieces("names.csv")
    office = rf"(?<!\w)(?=\w[a-zà-ÿ])(?i:{alternatives('roles')}){patterns['specified']}\s+"
    return re.compile(rf"(?:(?P<office>{office})|{patterns['alone']}){patterns['surname']}")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lexicon("first_names").rows["name"])
