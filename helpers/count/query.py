"""The query language of the concordance: words, attributes, regular expressions, sequences.

A query says which tokens are meant without looking at all of them: every condition is asked of the
distinct values of a column, and the tokens are then found by their codes.
"""

from __future__ import annotations

import operator
import re
import warnings
from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.count.parts import Unit
from helpers.read.french import composed, tokenise, word_type
from helpers.read.tables import Integers, integers, need

Attribute = Literal["type", "form", "lemma", "pos"]


class QueryError(ValueError):
    """A query that cannot be read: at which character (from 1), and what is expected there.

    >>> raise QueryError("[lemma=", 7, "a value")
    Traceback (most recent call last):
    helpers.count.query.QueryError: the query '[lemma=', character 8: expected a value
    """

    def __init__(self, query: str, at: int, expected: str) -> None:
        self.character = at + 1
        super().__init__(f"the query {query!r}, character {at + 1}: expected {expected}")


class Condition(NamedTuple):
    """A column of the token, and what is true, or a match, for the values that it may have."""

    attribute: str
    matches: Callable[[str], object]


# The conditions of one token, all of which must hold; without any, every token will do.
Slot = tuple[Condition, ...]


class Hits(NamedTuple):
    """The rows of the tokens with which the hits begin, and how many tokens a hit has."""

    rows: Integers
    length: int


# A run of plain words: they are read together, since a number may hold a space.
_WORDS = re.compile(r"""[^\s\[/"*-]\S*(?:\s+[^\s\[/"*-]\S*)*""")
# A pronoun tied to a verb (-elle, -t-il) is one word, though it is no word by itself.
_TIED = re.compile(r"-\S*")
_SPECIAL = re.compile(r"[*\[\]]")
_REGEX = re.compile(r"""/((?:[^\\/]|\\.)*)/|"((?:[^\\"]|\\.)*)\"""", re.DOTALL)
_NAME = re.compile(r"\w*")
_VALUE = re.compile(r"[^\s\]&]+")
_ALTERNATIVE = "any token is *, the beginning of a word /sécurit.*/"


def parse_query(query: str, unit: Unit = "type") -> list[Slot]:
    """What does the query ask of each token of a hit? (*langage de requête*)

    A query is a sequence of: words, matched on `unit` (`services de sécurité`; l'échelle is two
    tokens here too); attributes of one token (`[lemma=lutter]`, `[lemma=lutter pos=VERB]`,
    `[type=…]`, `[form=…]`); a regular expression between slashes, or as in TXM between double
    quotes (`/sécurit.*/`, `[pos=/N.*/]`), which the whole word matches; `*`, any one token.

    Returns: a list of slots, one per token: tuples of conditions (attribute, matches); an empty
    tuple is `*`.
    Raises: QueryError saying at which character what is expected.

    >>> slots = parse_query("la * [lemma=lutter pos=VERB]")
    >>> [[condition.attribute for condition in slot] for slot in slots]
    [['type'], [], ['lemma', 'pos']]
    """
    slots: list[Slot] = []
    at = _skip(query, 0)
    while at < len(query):
        read, at = _READERS.get(query[at], _read_words)(query, at, unit)
        slots += read
        if at < len(query) and not query[at].isspace():
            raise QueryError(query, at, "a space")
        at = _skip(query, at)
    if not any(slots):
        raise QueryError(query, len(query), "a word, a [lemma=…] or a /regular expression/")
    return slots


def find(tokens: pd.DataFrame, query: str, unit: Unit = "type") -> Hits:
    """In which rows of the token table do the hits of the query begin?

    A sequence stays within a sentence.
    Raises: QueryError; ValueError for a column that is missing or was not annotated.
    """
    if unit not in get_args(Unit):
        raise ValueError(f"unit is {unit!r}; it may be 'type', 'lemma' or 'form'")
    slots = parse_query(query, unit)
    length = len(slots)
    anchor = next(place for place, slot in enumerate(slots) if slot)
    masks = [[_matching(tokens, condition) for condition in slot] for slot in slots]
    rows = np.flatnonzero(_all(masks[anchor])) - anchor
    rows = rows[(rows >= 0) & (rows + length <= len(tokens))]
    for place, found in enumerate(masks):
        for codes, values in found if place != anchor else []:
            rows = rows[values[codes[rows + place]]]
    for column in ("doc", "sent") if length > 1 else ():
        need(tokens, column)
        values = integers(tokens[column])
        rows = rows[values[rows] == values[rows + length - 1]]
    return Hits(rows, length)


def _matching(tokens: pd.DataFrame, condition: Condition) -> tuple[NDArray, NDArray[np.bool_]]:
    """The codes of the attribute's column, and for each code whether its value matches."""
    name = condition.attribute
    need(tokens, name)
    column = tokens[name].array
    if not isinstance(column, pd.Categorical):
        column = pd.Categorical(column)
    if (column.codes < 0).any():
        raise ValueError(
            f"tokens without {name}: open the corpus with annotate=True, or ask for [type=…]"
        )
    values = map(str, column.categories.tolist())
    if name == "form":
        values = map(composed, values)
    matching = np.fromiter(map(bool, map(condition.matches, values)), bool)
    return column.codes, matching


def _all(masks: list[tuple[NDArray, NDArray[np.bool_]]]) -> NDArray[np.bool_]:
    """For each token, whether all the conditions hold."""
    held = [
        codes == int(np.argmax(values)) if values.sum() == 1 else values[codes]
        for codes, values in masks
    ]
    return np.logical_and.reduce(held)


def _skip(query: str, at: int, passed: str = "") -> int:
    """The next character that is neither space nor one of those passed over."""
    while at < len(query) and (query[at].isspace() or query[at] in passed):
        at += 1
    return at


def _literal(attribute: str, value: str) -> Condition:
    """The column equals the value: a type however it is written, a tag in either case."""
    plain = word_type(value) if attribute == "type" else composed(value)
    if attribute == "pos":
        return Condition(attribute, re.compile(re.escape(plain), re.IGNORECASE).fullmatch)
    return Condition(attribute, partial(operator.eq, plain))


def _regex(query: str, at: int, attribute: str) -> tuple[Condition, int]:
    """The regular expression that begins at a slash or quotation mark, and where it ends."""
    match = _REGEX.match(query, at)
    if not match:
        raise QueryError(query, len(query), f"the {query[at]} that closes the regular expression")
    if len(match[0]) == 2:
        raise QueryError(query, at + 1, "a regular expression")
    flags = re.IGNORECASE if attribute in ("type", "pos") else 0
    try:
        with warnings.catch_warnings(action="ignore"):
            pattern = re.compile(composed(match[0][1:-1]), flags)
    except (re.error, OverflowError, RecursionError) as error:
        place = at + 1 + (getattr(error, "pos", 0) or 0)
        expected = f"a regular expression that Python reads ({error})"
        raise QueryError(query, place, expected) from None
    return Condition(attribute, pattern.fullmatch), match.end()


def _read_regex(query: str, at: int, unit: Unit) -> tuple[list[Slot], int]:
    condition, end = _regex(query, at, unit)
    return [(condition,)], end


def _read_any(_query: str, at: int, _unit: Unit) -> tuple[list[Slot], int]:
    return [()], at + 1


def _read_words(query: str, at: int, unit: Unit) -> tuple[list[Slot], int]:
    """The tokens of what is written, as in a text: l'échelle is two, 1 500 is one."""
    tied = query[at] == "-"
    run = (_TIED if tied else _WORDS).match(query, at)
    if special := _SPECIAL.search(run[0]):
        raise QueryError(query, at + special.start(), f"a letter or a space ({_ALTERNATIVE})")
    spans = [(0, len(run[0]))] if tied else tokenise(run[0])
    return [(_literal(unit, run[0][start:end]),) for start, end in spans], run.end()


def _read_attributes(query: str, start: int, _unit: Unit) -> tuple[list[Slot], int]:
    """One token between brackets; as in CQL an & may stand between its conditions."""
    conditions: list[Condition] = []
    at = _skip(query, start + 1, "&")
    while query[at : at + 1] != "]" or not conditions:
        name = _NAME.match(query, at)
        if name[0] not in get_args(Attribute):
            wanted = f"an attribute ({', '.join(get_args(Attribute))})"
            raise QueryError(query, at, wanted + (" or ]" if conditions else ""))
        at = _skip(query, name.end())
        if query[at : at + 1] != "=":
            raise QueryError(query, at, "=")
        condition, at = _read_value(query, _skip(query, at + 1), name[0])
        conditions.append(condition)
        at = _skip(query, at, "&")
        if at == len(query):
            raise QueryError(query, at, f"the ] that closes the [ of character {start + 1}")
    return [tuple(conditions)], at + 1


def _read_value(query: str, at: int, attribute: str) -> tuple[Condition, int]:
    if query[at : at + 1] in ("/", '"'):
        return _regex(query, at, attribute)
    value = _VALUE.match(query, at)
    if not value:
        raise QueryError(query, at, "a value, as in [lemma=lutter]")
    if special := _SPECIAL.search(value[0]):
        raise QueryError(query, at + special.start(), f"a letter or a ] ({_ALTERNATIVE})")
    return _literal(attribute, value[0]), value.end()


_READERS = {"*": _read_any, "/": _read_regex, '"': _read_regex, "[": _read_attributes}
