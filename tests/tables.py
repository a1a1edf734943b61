"""Token tables made by hand, and what other programs counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import Corpus, open_corpus
from helpers.read.dates import date_columns, read_date
from helpers.read.french import token_kind

REFERENCE = Path(__file__).parent / "reference"


def tokens_of(documents: Sequence[Sequence[str]]) -> pd.DataFrame:
    """A token table of these documents, each a list of types: doc (d1, d2, …), tok, type, kind."""
    rows = [
        (f"d{i}", tok, word, token_kind(word))
        for i, words in enumerate(documents, start=1)
        for tok, word in enumerate(words, start=1)
    ]
    table = pd.DataFrame(rows, columns=["doc", "tok", "type", "kind"]).astype({"tok": "int32"})
    return table.astype(dict.fromkeys(["doc", "type", "kind"], "category"))


def dated_tokens(texts: Sequence[tuple[str | None, str | None, str]]) -> pd.DataFrame:
    """A token table of texts (date, outlet, words), with the columns that say when and where."""
    tables = []
    for i, (date, outlet, text) in enumerate(texts, start=1):
        words = text.split()
        ends = pd.Series(words).str.len().add(1).cumsum()
        table = pd.DataFrame({"doc": f"d{i}", "start": ends.shift(fill_value=0), "end": ends - 1})
        table = table.assign(form=words, type=words, tok=range(1, len(words) + 1), par=1, sent=1)
        tables.append(table.assign(kind="word", outlet=outlet, **date_columns_of(date)))
    return pd.concat(tables, ignore_index=True).astype({"outlet": "str", "date_precision": "str"})


def written_corpus(folder: Path, texts: Mapping[str, tuple[str, str, str]]) -> Corpus:
    """The corpus of these texts (outlet, date, body), written into a folder."""
    for name, (outlet, date, body) in texts.items():
        head = f"---\ndate: {date}\noutlet: {outlet}\n---\n\n"
        (folder / f"{name}.txt").write_text(f"{head}{body}\n", "utf-8")
    return open_corpus(folder, cache=folder / "kept")


def date_columns_of(date: str | None) -> dict[str, Any]:
    """The columns of a document that say what days its date means; missing without one."""
    if date is None:
        return {"date_start": pd.NaT, "date_end": pd.NaT, "date_precision": None}
    return date_columns(read_date(date))


def reference(name: str, **how: Any) -> pd.DataFrame:
    """What another program counted, by the name of its file: only R's NA is missing, null is a word."""
    path = REFERENCE / f"{name}.csv"
    return pd.read_csv(path, keep_default_na=False, na_values=["NA"], **how)


def reference_tokens(name: str) -> pd.DataFrame:
    """The tokens that the other programs counted, under their names of the documents."""
    path = REFERENCE / "tokens" / f"{name}.tsv"
    lists = pd.read_csv(path, sep="\t", keep_default_na=False)
    tokens = tokens_of([text.split() for text in lists["tokens"]])
    names = {f"d{i}": doc for i, doc in enumerate(lists["doc_id"], start=1)}
    return tokens.assign(doc=tokens["doc"].cat.rename_categories(names))
