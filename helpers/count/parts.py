"""What every count begins with: the words of a token table as integers, and their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.tables import Integers, changes, integers, need

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Sparse: TypeAlias = "csr_array"  # scipy is loaded where it is first used
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Unit = Literal["type", "lemma", "form"]
By = str | list[str]
CHANCE = 2  # |S| worth a look: one-sided p of .01


class TooLittleText(ValueError):
    """A measure needs more text than there is; the message says how much, and what the most was
    that it could show.

    >>> raise TooLittleText("specificities", needs="two parts", has="1 part")
    Traceback (most recent call last):
    helpers.count.parts.TooLittleText: specificities needs two parts; this corpus has 1 part.
    """

    def __init__(self, measure: str, *, needs: str, has: str, most: str = "") -> None:
        limit = f" The largest value it could reach here is {most}." if most else ""
        super().__init__(f"{measure} needs {needs}; this corpus has {has}.{limit}")


class Coded(NamedTuple):
    """A column as integers from 0, and what each integer stands for."""

    codes: Integers
    names: pd.Index


def need_unit(tokens: pd.DataFrame, unit: str, *columns: str) -> None:
    """Raise a ValueError where the table does not have the column of this unit, or one of these."""
    if unit not in ("type", "lemma", "form"):
        raise ValueError(f"unit is {unit!r}; it may be 'type', 'lemma' or 'form'")
    if unit == "lemma" and unit not in tokens:
        raise ValueError(_WITHOUT.format(unit))
    need(tokens, unit, *columns)


_WITHOUT = "tokens without {!r}: open the corpus with annotate=True, or count unit='type'"


def listed(by: By | None) -> list[str]:
    """The names of the columns in `by`, each once."""
    return [by] if isinstance(by, str) else list(dict.fromkeys(by or []))


def keep_apart(by: By | None, *made: str) -> None:
    """Raise a ValueError that names the first column of `by` that the result has, too."""
    for name in listed(by):
        if name in made:
            raise ValueError(f"by names {name!r}, a column of the result; rename it in the table")


def words(tokens: pd.DataFrame) -> pd.DataFrame:
    """The rows that are words: no number, no punctuation, no symbol."""
    need(tokens, "kind")
    return tokens[tokens["kind"] == "word"]


def coded(tokens: pd.DataFrame, unit: Unit) -> Coded:
    """The units as integers in alphabetical order, those that do not occur left out.

    Raises: ValueError for a column that is missing, or lemmas that are (a corpus opened with
    annotate=False).
    """
    need_unit(tokens, unit)
    column = tokens[unit].astype("category").array
    if (column.codes < 0).any():
        raise ValueError(_WITHOUT.format(unit))
    names, codes = column.categories.astype("str"), column.codes.astype(np.intp)
    used = np.flatnonzero(np.bincount(codes, minlength=len(names)))
    order = used[np.argsort(names.to_numpy(object)[used], kind="stable")]
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(order))
    return Coded(place[codes], names[order])


class Parts(NamedTuple):
    """The part of each row as an integer in order of first appearance, and one row of keys per
    part.
    """

    codes: Integers
    keys: pd.DataFrame


def parts(tokens: pd.DataFrame, by: By | None) -> Parts:
    """The parts that the columns `by` make of a table (*parties*); without `by`, the whole is the
    one part.

    Rows in which a column is missing are in no part and have the code -1.
    """
    names = listed(by)
    need(tokens, *names)
    if not names:
        return Parts(np.zeros(len(tokens), np.int64), pd.DataFrame(index=range(1)))
    # Rows of one part mostly stand together: what is looked up is the first of them.
    starts = np.flatnonzero(changes(*(integers(tokens[name]) for name in names)))
    kept = tokens[names].take(starts)
    codes, _ = pd.factorize(kept[names[0]])
    for name in names[1:]:
        column, values = pd.factorize(kept[name])
        whole = (codes >= 0) & (column >= 0)
        codes[whole] = pd.factorize(codes[whole] * len(values) + column[whole])[0]
        codes[~whole] = -1
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    keys = kept.take(first).reset_index(drop=True)
    return Parts(np.repeat(codes, np.diff(starts, append=len(tokens))), keys)


def n_docs(unit: Integers, doc: Integers) -> Integers:
    """How many texts hold each unit? Both columns are numbered from 0; one row per word."""
    n = doc.max(initial=-1) + 1
    pairs = pd.unique(unit * n + doc)
    return np.bincount(pairs // max(n, 1), minlength=unit.max(initial=-1) + 1)


def spread(first: Integers, sizes: Integers) -> Integers:
    """The rows of several pieces one after the other, from the first row and the size of each.

    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    return np.arange(sizes.sum()) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
