"""The seven tables of a corpus: the columns of each with their types. What they mean is said in
`helpers/__init__.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
from pandas.api.types import union_categoricals

Label = Literal["person", "organisation", "place", "nationality", "date"]
Kind = Literal["word", "number", "punct", "symbol"]

DOCUMENTS = {
    **dict.fromkeys(("doc", "file", "sha256", "encoding", "date"), "str"),
    **dict.fromkeys(("date_start", "date_end"), "datetime64[us]"),
    **dict.fromkeys(
        ("date_precision", "title", "byline", "agency", "credit", "signature", "duplicate_of"),
        "str",
    ),
    "similarity": "float64",
    **dict.fromkeys(("body_start", "body_end"), "int64"),
    **dict.fromkeys(("n_paragraphs", "n_sentences", "n_words"), "Int64"),
    "text": "str",
}
FIELDS = {"doc": "str", "field": "str", "value": "str", "start": "int64", "end": "int64"}
ISSUES = {
    "doc": "str",
    "file": "str",
    "kind": "str",
    "message": "str",
    "start": "Int64",
    "end": "Int64",
}
PARAGRAPHS = {
    "doc": "str",
    **dict.fromkeys(("par", "start", "end", "n_sentences", "n_words"), "int64"),
}
SENTENCES = {"doc": "str", **dict.fromkeys(("par", "sent", "start", "end", "n_words"), "int64")}
TOKENS = {
    "doc": "category",
    **dict.fromkeys(("par", "sent", "tok", "start", "end"), "int32"),
    **dict.fromkeys(("form", "type", "lemma", "pos", "kind"), "category"),
    "is_function": "bool",
    "head": "Int32",
    "dep": "category",
}
ENTITIES = {
    "doc": "str",
    **dict.fromkeys(("par", "sent", "start", "end"), "int64"),
    **dict.fromkeys(("label", "name", "country", "source"), "str"),
}
PARSED = {"paragraphs": PARAGRAPHS, "sentences": SENTENCES, "tokens": TOKENS, "entities": ENTITIES}


def table(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows as a DataFrame with these columns and types; what a row leaves out is missing.

    >>> table([], FIELDS).dtypes["start"]
    dtype('int64')
    """
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return typed(frame, columns)


def typed(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The columns in their order and types, categories sorted; further columns stay behind."""
    out = frame.astype({name: kind for name, kind in columns.items() if kind != "category"})
    for name in (name for name, kind in columns.items() if kind == "category"):
        out[name] = sorted_category(out[name])
    return out[[*columns, *(c for c in frame.columns if c not in columns)]]


def sorted_category(column: pd.Series) -> pd.Series:
    """The column as text categories in alphabetical order, so that codes do not depend on what was
    read first.
    """
    column = column.astype("category")
    column = column.cat.rename_categories(
        column.cat.categories.astype("str")
    ).cat.remove_unused_categories()
    return column.cat.reorder_categories(column.cat.categories.sort_values())


def concat(frames: Sequence[pd.DataFrame], columns: Mapping[str, str]) -> pd.DataFrame:
    """The frames one below the other; categories are merged by their text, never by their code."""
    if not frames:
        return table([], columns)
    merged = {
        name: union_categoricals([frame[name] for frame in frames])
        for name, kind in columns.items()
        if kind == "category"
    }
    plain = [name for name, kind in columns.items() if kind != "category"]
    out = pd.concat([frame[plain] for frame in frames], ignore_index=True)
    return typed(out.assign(**merged), columns)
