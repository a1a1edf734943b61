"""What all verbs have in common: they take a corpus or a token table, with the parts and periods of
its documents, say in one sentence what cannot be, and give text as plain strings.
"""

import functools
import inspect
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, get_args

import numpy as np
import pandas as pd

from helpers.count.parts import By, Parts, listed, parts
from helpers.read.checks import From0, From1, From2, arguments, check_options, hints, wrong
from helpers.read.corpus import Corpus
from helpers.read.dates import PERIODS
from helpers.read.outlets import main_outlets
from helpers.read.tables import DOCUMENTS, SCHEMAS, TOKENS, covered, need, table, typed

P = ParamSpec("P")
R = TypeVar("R")
Period = Literal["year", "quarter", "month", "week", "day"]
# What a verb counts: a corpus, or a table of its tokens or documents. Where a verb quotes the texts
# as well, those of a token table are put together from its forms.
Tokens = Annotated[pd.DataFrame, "tokens"]
Documents = Annotated[pd.DataFrame, "documents"]
Texts = Annotated[Corpus, "tokens"]
COUNTED, SIZES = (Tokens, Documents, Texts), (From0, From1, From2)
LARGEST = 2**31 - 1  # of whatever is asked for: no corpus has as many words
NAMED = ("person", "organisation", "place")  # what only="common" leaves out


def verb(function: Callable[P, R], *, periods: bool = True) -> Callable[P, R]:
    """The verb, as it is called. One of tokens with `by` takes `period`, too, for parts that are
    periods (periods=False: they are places within a text); one that needs parts and is asked for
    none takes `Corpus.parts`.
    """
    name, written = function.__name__, inspect.signature(function)
    options = dict(written.parameters)
    by, needed = options.get("by"), False
    cuts = by is not None and "tokens" in options and periods
    if cuts:
        needed, kind = by.default is by.empty, by.KEYWORD_ONLY
        options["by"] = by.replace(default=None) if needed else by
        options["period"] = inspect.Parameter("period", kind, default=None)
    signature = written.replace(parameters=[*options.values()])

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        given, kinds = arguments(name, signature, args, kwargs), dict(hints(function))
        first = {key: kinds.pop(key) for key in [*kinds] if kinds[key] in COUNTED}
        if cuts:
            kinds |= {"by": kinds["by"] | None, "period": Period | None}
        check_options(name, kinds, given)
        sizes = [key for key in kinds if kinds[key] in SIZES and key != "random_state"]
        given |= {key: min(given[key], LARGEST) for key in sizes}
        if cuts:
            given["by"] = _by(name, given, needed=needed)
        for key, kind in first.items():
            given[key] = _counted(f"{name}: {key}", kind, given[key], given)
            _told_empty(name, given[key], given.get("by"))
        found, notes = plain(function(**given)), {}
        for value in given.values():
            notes |= {key: note for key in _NOTES if (note := note_of(value, key))}
        return noted(found, notes | {"verb": name})

    run.__signature__ = signature
    return run


def _told_empty(name: str, rows: Any, by: Any) -> None:
    """A warning names a column of parts in which there is nothing."""
    rows = rows.documents if isinstance(rows, Corpus) else rows
    for column in listed(by):
        if len(rows) and column in rows and rows[column].isna().all():
            warnings.warn(f"{name}: {column!r} has no value, so there is no part", stacklevel=3)


def _by(name: str, given: dict[str, Any], *, needed: bool) -> list[str] | None:
    """The columns that make the parts, the period last."""
    columns = [*listed(given["by"]), *listed(given.pop("period"))]
    if needed and not columns:
        if isinstance(given["tokens"], pd.DataFrame):
            raise ValueError(f"{name}: by is missing; it names the columns that make the parts")
        columns = [given["tokens"].parts] if isinstance(given["tokens"], Corpus) else []
    return columns or None


def _counted(name: str, hint: Any, value: Any, given: dict[str, Any]) -> Any:
    """What the verb counts, of a corpus or as it was given, with the columns that `by` names."""
    (kind, what), columns = get_args(hint), listed(given.get("by"))
    if isinstance(value, Corpus):
        if "outlet" in columns:
            outlets = main_outlets(value.documents)
            value = replace(value, documents=value.documents.assign(outlet=outlets))
        return value if kind is Corpus else _of_corpus(value, what, columns, given.get("only"))
    if not isinstance(value, pd.DataFrame):
        raise wrong(name, value, f"a corpus, as open_corpus() gives it, or a table of its {what}")
    need(value, *columns, what=f"{name} (a table without its corpus)")
    return texts_of(value) if kind is Corpus else value


def _of_corpus(corpus: Corpus, what: str, columns: list[str], only: str | None) -> pd.DataFrame:
    """A table of the corpus with these columns of its documents, and where names are left out, with
    the column in_name.
    """
    rows = getattr(corpus, what)
    known = dict.fromkeys([*rows, *corpus.documents, *PERIODS])
    need(known, *columns, what="by: the corpus")
    if further := [column for column in columns if column not in rows]:
        rows = corpus.with_metadata(rows, further)
    return with_names(rows, corpus) if only == "common" else rows


def with_names(tokens: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The tokens with the column in_name: do they stand in the name of a person, an organisation or
    a place?
    """
    names = corpus.entities[corpus.entities["label"].isin(NAMED)]
    return tokens.assign(in_name=covered(tokens, names))


def parts_of_texts(corpus: Corpus, columns: By | None) -> Parts:
    """The part of each text of a corpus, by columns of its documents and by periods."""
    return parts(corpus.with_metadata(corpus.documents[["doc"]], listed(columns)), columns)


def empty_as(value: Any) -> Any:
    """A corpus or a table of the same kind without a row; anything else as it is."""
    if isinstance(value, Corpus):
        return value.where(np.zeros(len(value), bool))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(empty_as, value))
    return value.head(0) if isinstance(value, pd.DataFrame) else value


# What a result notes of the tables that it was made from: why it is empty, that it is invented;
# beside the name of its own verb.
_NOTES = ("why", "invented")


def noted(result: R, notes: dict[str, Any]) -> R:
    """The result, each table of which has these notes among its attrs."""
    for one in result if isinstance(result, tuple) else [result]:
        if isinstance(one, pd.DataFrame):
            one.attrs |= notes
    return result


def note_of(value: Any, name: str) -> Any:
    """What the first table of a value notes among its attrs, None where nothing; of a corpus, its
    documents.
    """
    first = value[0] if isinstance(value, tuple) and value else value
    return getattr(getattr(first, "documents", first), "attrs", {}).get(name)


def texts_of(tokens: pd.DataFrame) -> Corpus:
    """A corpus of the tokens alone: its texts are their forms, at the places where they stand, and
    what else the table says of a text.
    """
    need(tokens, "doc", "start", "end", "form")
    own = [name for name in tokens if name not in TOKENS]
    documents = []
    for doc, rows in tokens.groupby("doc", sort=False, observed=True):
        text = [" "] * int(rows["end"].max())
        for start, end, form in zip(rows["start"], rows["end"], rows["form"], strict=True):
            text[start:end] = form
        row = {"doc": doc, "text": "".join(text), "body_start": 0, "body_end": len(text)}
        row["n_words"] = (rows["kind"] == "word").sum() if "kind" in rows else 0
        documents.append(rows[own].iloc[0].to_dict() | row)
    frame = pd.DataFrame(documents, columns=[*dict.fromkeys([*DOCUMENTS, *own])])
    tables = {name: table([], columns) for name, columns in SCHEMAS.items()}
    return Corpus(**tables | {"documents": typed(frame, DOCUMENTS), "tokens": tokens})


def plain(result: R) -> R:
    """The result with text as plain strings; a token table stays as it is."""
    if isinstance(result, tuple):
        return type(result)(*map(plain, result))
    if not isinstance(result, pd.DataFrame) or {"tok", "kind"} <= {*result.columns}:
        return result
    kinds = result.select_dtypes("category")
    return result.astype({name: kinds[name].cat.categories.dtype for name in kinds})
