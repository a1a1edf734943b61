"""What a function was given, looked at before it begins: one sentence for each kind of wrong input.

The annotations say what is right, so that nothing is said of an option in two places.
"""

from __future__ import annotations

import functools
import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Annotated, Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

P = ParamSpec("P")
R = TypeVar("R")
# Whole numbers, and the least that each may be.
From0, From1, From2 = Annotated[int, 0], Annotated[int, 1], Annotated[int, 2]
# Classes by their names, since some of them are not known here.
_WORDS = {"int": "a whole number", "float": "a number", "str": "a text", "bool": "True or False"}
_WORDS |= {"DataFrame": "a table (DataFrame)", "NoneType": "None", "Callable": "a function"}
_WORDS |= {"Corpus": "a corpus, as open_corpus() gives it"}
_WORDS |= {"Correspondence": "what correspondence gives", "Classification": "what reinert gives"}
_SEVERAL = (list, tuple, set, frozenset, np.ndarray, pd.Index, pd.Series)
_UNIONS = (typing.Union, types.UnionType)
_LISTS = (list, tuple, Sequence, Iterable)
_SHOWN = 60  # characters of a value in a message


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """The function, which looks first at what it is given."""
    signature = inspect.signature(function)

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        given = arguments(function.__name__, signature, args, kwargs)
        check_options(function.__name__, hints(function), given)
        return function(*args, **kwargs)

    return run


@functools.cache
def hints(function: Callable[..., Any]) -> dict[str, Any]:
    """What each argument of a function may be."""
    return typing.get_type_hints(function, include_extras=True)


def arguments(
    name: str, signature: inspect.Signature, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments of a call by name, those that were left out as they are by default.

    Raises: TypeError that names the argument that is missing or one too many, and those there are;
    ValueError for a table in which two columns have one name.
    """
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as error:
        options = signature.parameters.values()
        takes = ", ".join(each.name + "=" * (each.kind is each.KEYWORD_ONLY) for each in options)
        raise TypeError(f"{name}: {error}; it takes {takes}") from None
    bound.apply_defaults()
    for option, value in bound.arguments.items():
        if isinstance(value, pd.DataFrame) and not value.columns.is_unique:
            twin = value.columns[value.columns.duplicated()][0]
            raise ValueError(f"{name}: {option} has two columns {twin!r}; drop or rename one")
    return bound.arguments


def check_options(name: str, hints: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise a ValueError that names the first value that is not what its annotation says, and what
    it may be.

    >>> check_options("growth", {"points": From1}, {"points": "100"})
    Traceback (most recent call last):
    ValueError: growth: points is '100'; it may be a whole number from 1
    """
    for option, value in given.items():
        if option in hints and not _fits(value, hints[option]):
            raise wrong(f"{name}: {option}", value, _meant(hints[option]))


def wrong(what: str, value: object, may: str) -> ValueError:
    """The error for a value that is not what it may be."""
    return ValueError(f"{what} is {said(value)}; it may be {may}")


def _fits(value: Any, hint: Any) -> bool:
    """Is the value one that the annotation allows? What is no class allows everything."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return any(_fits(value, each) for each in inner)
    if origin is Annotated:
        return _fits(value, inner[0]) and value >= inner[1]
    if origin is typing.Literal:
        return isinstance(value, str) and value in inner
    if origin in _LISTS:
        fixed = origin is tuple and ... not in inner
        each = inner if fixed else (inner[0],) * len(value) if isinstance(value, _SEVERAL) else ()
        there = isinstance(value, _SEVERAL) and len(value) == len(each)
        return there and all(map(_fits, value, each))
    if hint in (int, float):
        kind = Integral if hint is int else Real
        return isinstance(value, kind) and not isinstance(value, bool | np.bool_)
    kind = (bool, np.bool_) if hint is bool else origin or hint
    return not isinstance(kind, type | tuple) or isinstance(value, kind)


def _meant(hint: Any) -> str:
    """What the annotation allows, in words."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (*_UNIONS, typing.Literal):
        return choices([repr(x) if origin is typing.Literal else _meant(x) for x in inner])
    if origin is Annotated:
        return f"{_meant(inner[0])} from {inner[1]}"
    if origin in _LISTS:
        many = f"{len(inner)} " if origin is tuple and ... not in inner else "a list of "
        return many + re.sub(r"^a ((?:whole )?\w+)", r"\1s", _meant(inner[0]))
    kind = (origin or hint).__name__
    return _WORDS.get(kind, f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}")


def said(value: object) -> str:
    """A value as a message names it: short, and what is large by its kind."""
    simple = isinstance(value, str | int | float | None | np.generic | list | tuple | dict | set)
    shown = repr(value) if simple else ""
    return shown if shown and len(shown) <= _SHOWN else f"a {type(value).__name__}"


def choices(names: Sequence[str]) -> str:
    """Names in a row, the last after "or".

    >>> choices(["'type'", "'lemma'", "'form'"])
    "'type', 'lemma' or 'form'"
    """
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def no_column(name: object, known: Iterable[object], what: str = "the table") -> ValueError:
    """The error for a column that is not there: those that are, and the one that may be meant."""
    from difflib import get_close_matches

    names = [*map(str, known)]
    near = get_close_matches(str(name), names, 1)
    meant = f"; is {near[0]!r} meant" + "?" if near else ""
    return ValueError(f"{what} has no column {name!r}; it has {', '.join(names)}{meant}")
