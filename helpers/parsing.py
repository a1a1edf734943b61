"""From documents to paragraphs, sentences, tokens and entities, once per text.

Words and sentences come from `helpers.french`, at both depths; with `annotate=True` the model of
`helpers.model` adds lemmas, parts of speech, syntax and names to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.french import TOKEN, normalise, sentence_starts, token_kind, word_type
from helpers.headers import BLANK_LINE
from helpers.lexicons import function_words
from helpers.tables import ENTITIES, PARAGRAPHS, PARSED, SENTENCES, TOKENS, concat, table, typed

# In a text without an empty line: a line that ends a sentence, before one that begins one.
LINE_END = re.compile(r"(?<=[.!?…»”:)])[^\S\r\n]*(?:\r\n?|\n)\s*(?=[^\sa-zà-ÿ])")

# Texts in one piece of work: what a worker gets, and what the store keeps in one file.
BATCH = {True: 32, False: 256}


class Tables(NamedTuple):
    """What is read from the bodies of texts; the columns are in `helpers`."""

    paragraphs: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    entities: pd.DataFrame


def parse(
    documents: pd.DataFrame, *, annotate: bool = True, executor: Executor | None = None
) -> Tables:
    """What are the paragraphs, sentences, words and names of these texts? (*segmentation,
    étiquetage*)

    Parameters: documents (as from `load_seeds`: doc, text, body_start, body_end); annotate (False
    stops after words and sentences, with the same words: lemma, pos, head, dep missing, no
    entities); executor (anything with the interface of concurrent.futures: a process pool, Dask's
    `client.get_executor()`), which gets batches of texts.
    Returns: paragraphs, sentences, tokens, entities; one row is what the table is named after, in
    reading order.

    >>> from helpers import load_seeds, SEEDS
    >>> parse(load_seeds(SEEDS).documents, annotate=False).tokens["form"].head(3).tolist()
    ['Le', 'Directeur', 'Général']
    """
    parts = [tables for _, tables in parse_batches(documents, annotate=annotate, executor=executor)]
    return Tables(
        *(concat([part[i] for part in parts], columns) for i, columns in enumerate(PARSED.values()))
    )


def parse_batches(
    documents: pd.DataFrame, *, annotate: bool = True, executor: Executor | None = None
) -> Iterator[tuple[pd.DataFrame, Tables]]:
    """Each batch of documents with its tables, in order, as soon as it is parsed."""
    size = BATCH[annotate]
    needed = documents[["doc", "text", "body_start", "body_end"]]
    batches = [needed.iloc[i : i + size] for i in range(0, len(documents), size)]
    work = partial(parse_batch, annotate=annotate)
    for i, tables in enumerate(executor.map(work, batches) if executor else map(work, batches)):
        yield documents.iloc[i * size : (i + 1) * size], tables


def parse_batch(documents: pd.DataFrame, *, annotate: bool) -> Tables:
    """The tables of one batch of texts; a worker of an executor runs this."""
    tokens = read_tokens(documents)
    sentences = _spans(tokens, ["doc", "par", "sent"])
    paragraphs = _spans(tokens, ["doc", "par"])
    paragraphs["n_sentences"] = sentences.groupby(["doc", "par"], sort=False).size().to_numpy()
    entities = table([], ENTITIES)
    if annotate and len(tokens):
        from helpers.annotation import annotate_tokens

        tokens, entities = annotate_tokens(tokens, documents)
    return Tables(
        typed(paragraphs, PARAGRAPHS), typed(sentences, SENTENCES), typed(tokens, TOKENS), entities
    )


def read_tokens(documents: pd.DataFrame) -> pd.DataFrame:
    """The tokens of a batch of texts by orthography alone; what only the model knows is missing."""
    bodies = [_read_body(row.text, row.body_start, row.body_end) for row in documents.itertuples()]
    forms = [form for body in bodies for form in body.forms]
    lengths = [len(body.forms) for body in bodies]
    columns = np.concatenate([np.zeros((0, 5), np.int32), *(body.numbers for body in bodies)])
    missing = pd.Categorical.from_codes(np.full(len(forms), -1), pd.Index([], dtype="str"))
    return pd.DataFrame(
        {
            "doc": pd.Categorical.from_codes(
                np.repeat(np.arange(len(bodies)), lengths), documents["doc"]
            ),
            **dict(zip(("par", "sent", "tok", "start", "end"), columns.T, strict=True)),
            **_form_columns(forms),
            "lemma": missing,
            "pos": missing,
            "head": pd.array(np.full(len(forms), np.nan), "Int32"),
            "dep": missing,
        }
    )


class _Body(NamedTuple):
    forms: list[str]
    numbers: NDArray[np.int32]  # par, sent, tok, start, end of each token


def _read_body(text: str, start: int, end: int) -> _Body:
    plain = normalise(text)
    spans: list[tuple[int, int]] = []
    sizes, starts = [], []
    for first, last in paragraph_spans(plain, start, end):
        found = [match.span() for match in TOKEN.finditer(plain, first, last)]
        spans += found
        sizes.append(len(found))
        starts += [first + offset for offset in sentence_starts(plain[first:last])]
    places = np.array(spans, np.int32).reshape(-1, 2)
    par = np.repeat(np.arange(len(sizes), dtype=np.int32) + 1, sizes)
    # A sentence is numbered by its first token, so that one without tokens is none.
    sentence = np.searchsorted(starts, places[:, 0], "right")
    sent = np.cumsum(np.diff(sentence, prepend=0) > 0)
    tok = np.arange(1, len(spans) + 1)
    return _Body(
        [text[a:b] for a, b in spans], np.column_stack([par, sent, tok, places]).astype(np.int32)
    )


def paragraph_spans(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where are the paragraphs of a body? (*paragraphes*)

    Empty lines part them; in a text without any, line ends after a full stop and before a capital
    do.

    >>> paragraph_spans("Un.⏎⏎Deux.".replace("⏎", chr(10)), 0, 10)
    [(0, 3), (5, 10)]
    """
    gaps = list(BLANK_LINE.finditer(plain, start, end)) or list(
        LINE_END.finditer(plain, start, end)
    )
    firsts = [start, *(gap.end() for gap in gaps)]
    lasts = [*(gap.start() for gap in gaps), end]
    return [
        (a, a + len(plain[a:b].rstrip()))
        for a, b in zip(firsts, lasts, strict=True)
        if plain[a:b].strip()
    ]


def _form_columns(forms: list[str]) -> dict[str, object]:
    """The columns that follow from the form alone, each computed once per distinct form."""
    codes, known = pd.factorize(np.array([*forms, ""], dtype=object)[:-1])
    types = [word_type(form) for form in known]
    type_codes, type_names = pd.factorize(np.array([*types, ""], dtype=object)[:-1])
    kind_codes, kinds = pd.factorize(np.array([*map(token_kind, known), ""], dtype=object)[:-1])
    grammatical = function_words()
    is_function = np.array([name in grammatical for name in types], bool)
    return {
        "form": pd.Categorical.from_codes(codes, pd.Index(known, dtype="str")),
        "type": pd.Categorical.from_codes(type_codes[codes], pd.Index(type_names, dtype="str")),
        "kind": pd.Categorical.from_codes(kind_codes[codes], pd.Index(kinds, dtype="str")),
        "is_function": is_function[codes],
    }


def _spans(tokens: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per sentence or paragraph: from its first token to its last, with its number of
    words.
    """
    words = tokens["kind"].eq("word")
    groups = tokens.assign(n_words=words).groupby(keys, observed=True, sort=False)
    return groups.agg(
        start=("start", "first"), end=("end", "last"), n_words=("n_words", "sum")
    ).reset_index()


def round_trip(documents: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Does every token lead back to its characters in the file, and is no character lost? (*retour
    au fichier*)

    One row per text: doc, n_tokens, wrong (tokens whose form is not text[start:end]), lost (visible
    characters of the body that are in no token). Both are 0 unless something is broken.
    """
    rows = []
    groups = dict(iter(tokens.groupby("doc", observed=True)))
    for row in documents.itertuples():
        own = groups.get(row.doc, tokens.head(0))
        spans = list(zip(own["start"], own["end"], strict=True))
        wrong = sum(row.text[a:b] != form for (a, b), form in zip(spans, own["form"], strict=True))
        bounds = [row.body_start, *(place for span in spans for place in span), row.body_end]
        gaps = zip(bounds[::2], bounds[1::2], strict=True)
        lost = sum(len("".join(row.text[a:b].split())) for a, b in gaps)
        rows.append({"doc": row.doc, "n_tokens": len(own), "wrong": wrong, "lost": lost})
    return pd.DataFrame(rows, columns=["doc", "n_tokens", "wrong", "lost"])
