"""The query language of the concordance: words, attributes, regular expressions, sequences.

A query says which tokens are meant without looking at all of them: every condition is asked of the
distinct values of a column, and the tokens are then found by their codes.
"""

import re
import time
import warnings
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd
import regex

from helpers.count.parts import Mask, Unit, need_order
from helpers.read.french import composed, tokenise, word_type
from helpers.read.lexicons import TAGS
from helpers.read.tables import Integers, integers, need

Attribute = Literal["type", "form", "lemma", "pos"]
LIMIT = 5  # seconds of the processor that a query may take to compare the words of a corpus
INSTANT = 1e-3  # of them, that is left to every word


class QueryError(ValueError):
    """A query that cannot be read: at which character (from 1), and what is expected there.

    >>> raise QueryError("[lemma=", 7, "a value")
    Traceback (most recent call last):
    helpers.count.query.QueryError: the query '[lemma=', character 8: expected a value
    """

    @property
    def character(self) -> int:
        return self.args[1] + 1

    def __str__(self) -> str:
        query, _, expected = self.args
        return f"the query {query!r}, character {self.character}: expected {expected}"


class Condition(NamedTuple):
    """A column of the token, and the pattern of the values that it may have."""

    attribute: str
    pattern: regex.Pattern


# The conditions of one token, all of which must hold; without any, every token will do.
Slot = tuple[Condition, ...]


class Hits(NamedTuple):
    """The rows of the tokens with which the hits begin, and how many tokens a hit has."""

    rows: Integers
    length: int


_PATTERN = r"""/(?:[^\\/]|\\.)*/|"(?:[^\\"]|\\.)*\""""
_PIECE = re.compile(
    rf"""
      (?P<any>     \*)
    | (?P<open>    \[ [\s&]*)                # the attributes of one token follow
    | (?P<pattern> {_PATTERN})
    # A pronoun tied to a verb (-elle, -t-il) is one word, though it is no word by itself.
    | (?P<tied>    -\S*)
    # A run of plain words: they are read together, since a number may hold a space.
    | (?P<words>   [^\s\[/"*-]\S* (?: \s+ [^\s\[/"*-]\S* )*)
    """,
    re.VERBOSE | re.DOTALL,
)
# An attribute and its value; as in CQL an & may stand before the next.
_CONDITION = re.compile(
    rf"(\w*)\s*(?P<equals>=?)\s*(?:(?P<pattern>{_PATTERN})|(?P<value>[^\s\]&]*))[\s&]*", re.DOTALL
)
_SPACE = re.compile(r"\s*")
_SPECIAL = re.compile(r"[*\[\]]")
# A type has œ or oe, however the text has it: a pattern finds both, but in a [set].
_OE = re.compile(r"(?:œ|oe(?![?*+{]))(?![^\[\]]{0,64}\])", re.IGNORECASE)


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
    at = _SPACE.match(query).end()
    while at < len(query):
        piece = _PIECE.match(query, at)
        end = piece.end() if piece else at
        if not piece or piece["pattern"]:
            slots.append((_regex(query, at, piece, unit),))
        elif piece["open"]:
            slot, end = _attributes(query, at, end)
            slots.append(slot)
        elif piece["any"]:
            slots.append(())
        else:
            # As in a text: l'échelle is two tokens, 1 500 is one.
            run = piece[0]
            spans = tokenise(run) if piece["words"] else [(0, len(run))]
            pieces = [(at + start, run[start:stop]) for start, stop in spans]
            slots += [(_literal(query, start, text, unit, "space"),) for start, text in pieces]
        at = _SPACE.match(query, end).end()
        if at == end < len(query):
            raise QueryError(query, at, "a space")
    if not any(slots):
        raise QueryError(query, len(query), "a word, a [lemma=…] or a /regular expression/")
    return slots


def _attributes(query: str, opened: int, at: int) -> tuple[Slot, int]:
    """The conditions between the bracket that was opened and the one that closes it, and where they
    end; `at` is the first of them.
    """
    conditions: list[Condition] = []
    while query[at : at + 1] != "]" or not conditions:
        found = _CONDITION.match(query, at)
        name, value, start = found[1], found["value"], found.end("equals")
        start = _SPACE.match(query, start).end()
        if name not in get_args(Attribute):
            wanted = f"an attribute ({', '.join(get_args(Attribute))})"
            raise QueryError(query, at, wanted + (" or ]" if conditions else ""))
        if not found["equals"]:
            raise QueryError(query, found.start("equals"), "=")
        if value == "":
            raise QueryError(query, start, "a value, as in [lemma=lutter]")
        if found["pattern"] or value[0] in '/"':
            conditions.append(_regex(query, start, found, name))
        else:
            conditions.append(_literal(query, start, value, name, "]"))
        at = found.end()
        if at == len(query):
            raise QueryError(query, at, f"the ] that closes the [ of character {opened + 1}")
    return tuple(conditions), at + 1


def _literal(query: str, at: int, value: str, attribute: str, after: str) -> Condition:
    """The column equals the value that begins at this character: a type however it is written, a
    tag in either case. After its letters may come a space or a bracket.
    """
    if special := _SPECIAL.search(value):
        expected = f"a letter or a {after} (any token is *, the beginning of a word /sécurit.*/)"
        raise QueryError(query, at + special.start(), expected)
    plain = word_type(value) if attribute == "type" else composed(value)
    if attribute == "pos" and plain.upper() not in TAGS:
        raise QueryError(query, at, f"a part of speech ({', '.join(sorted(TAGS))})")
    flags = re.IGNORECASE if attribute == "pos" else 0
    return Condition(attribute, regex.compile(re.escape(plain), flags))


def _regex(query: str, at: int, found: re.Match | None, attribute: str) -> Condition:
    """The regular expression that begins at this slash or quotation mark, if it was found whole."""
    if not found or not found["pattern"]:
        raise QueryError(query, len(query), f"the {query[at]} that closes the regular expression")
    if len(found["pattern"]) == 2:
        raise QueryError(query, at + 1, "a regular expression")
    flags = re.IGNORECASE if attribute in ("type", "pos") else 0
    try:
        with warnings.catch_warnings(action="ignore"):
            written = composed(found["pattern"][1:-1])
            either = _OE.sub("(?:oe|œ)", written) if attribute == "type" else written
            re.compile(either, flags)  # says what is wrong, and where
            return Condition(attribute, regex.compile(either, flags))
    except (re.error, regex.error, OverflowError, RecursionError) as error:
        at += 1 + (getattr(error, "pos", 0) or 0)
        raise QueryError(query, at, f"a regular expression that Python reads ({error})") from None


def find(tokens: pd.DataFrame, query: str, unit: Unit = "type") -> Hits:
    """In which rows of the token table do the hits of the query begin?

    A sequence stays within a sentence.
    Raises: QueryError, also for a regular expression that comes to no end; ValueError for a column
    that is missing or was not annotated.
    """
    slots = parse_query(query, unit)
    need_order(tokens)
    length = len(slots)
    rows = np.arange(len(tokens) - length + 1)
    for place, slot in enumerate(slots):
        for condition in slot:
            codes, values = _matching(tokens, condition, query)
            rows = rows[values[codes[rows + place]]]
    for column in ("doc", "sent") if length > 1 else ():
        need(tokens, column)
        values = integers(tokens[column])
        rows = rows[values[rows] == values[rows + length - 1]]
    return Hits(rows, length)


def _matching(tokens: pd.DataFrame, condition: Condition, query: str) -> tuple[Integers, Mask]:
    """The codes of the attribute's column, and for each code whether its value matches.

    Raises: QueryError where that takes more than `LIMIT` seconds, as an expression may that can
    match a word in many ways: /(a|aa)+b/ in a row of a.
    """
    name = condition.attribute
    need(tokens, name)
    column = tokens[name].astype("category").array
    if (column.codes < 0).any():
        how = "open the corpus with annotate=True, or ask for [type=…]"
        raise ValueError(f"tokens without {name}: {how}")
    values = map(composed if name == "form" else str, column.categories.tolist())
    limit = time.process_time() + LIMIT
    left = ((value, max(limit - time.process_time(), INSTANT)) for value in values)
    try:
        found = [bool(condition.pattern.fullmatch(value, timeout=rest)) for value, rest in left]
    except TimeoutError:
        how = "an expression that comes to an end (one as (a|aa)+ reads a row of a in many ways)"
        raise QueryError(query, re.search('[/"]', query).start(), how) from None
    return column.codes, np.array(found, bool)
