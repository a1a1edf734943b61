"""From documents to paragraphs, sentences, tokens and entities, once per text.

Words and sentences come from `helpers.french`, at both depths; with `annotate=True` the model of
`helpers.model` adds lemmas, parts of speech, syntax and names to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import runs
from helpers.executors import in_order
from helpers.french import sentence_starts, token_kind, word_type
from helpers.headers import blank_line
from helpers.lexicons import function_words
from helpers.runs import EMPTY_LINE, Integers
from helpers.tables import (
    ENTITIES,
    PARAGRAPHS,
    PARSED,
    SENTENCES,
    TOKENS,
    category,
    concat,
    table,
    typed,
)

# In a text without an empty line: a line that ends a sentence, before one that begins one.
LINE_END = re.compile(r"(?<=[.!?…»”:)])[^\S\r\n]*(?:\r\n?|\n)\s*(?=[^\sa-zà-ÿ])")

# Texts in one piece of work: what a worker gets, and what the store keeps in one file.
BATCH = {True: 32, False: 2048}


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
    for i, tables in enumerate(in_order(work, batches, executor)):
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
        tokens = typed(tokens, TOKENS)
    paragraphs, sentences = typed(paragraphs, PARAGRAPHS), typed(sentences, SENTENCES)
    return Tables(paragraphs, sentences, tokens, entities)


def read_tokens(documents: pd.DataFrame) -> pd.DataFrame:
    """The tokens of a batch of texts by orthography alone; what only the model knows is missing."""
    sheet = _lay_out(documents)
    starts, ends, codes, forms = runs.tokens(sheet.text)
    sizes = np.diff(np.searchsorted(starts, sheet.starts), append=len(starts))
    at = np.repeat(np.arange(len(sizes)), sizes)  # in which paragraph
    doc = sheet.doc[at]
    first = np.searchsorted(doc, np.arange(len(documents)))[doc]  # where its text begins
    # A sentence begins with its first token, so that one without tokens is none.
    new = np.zeros(len(starts), bool)
    new[np.searchsorted(starts, [*sheet.starts, *sentence_starts(sheet.text)])] = True
    sent = np.cumsum(new)
    numbers = {
        "par": sheet.par[at],
        "sent": sent - sent[first] + 1,
        "tok": np.arange(len(starts)) - first + 1,
        "start": starts + sheet.shift[at],
        "end": ends + sheet.shift[at],
    }
    missing = pd.Categorical.from_codes(np.full(len(starts), -1), pd.Index([], dtype="str"))
    return pd.DataFrame(
        {
            "doc": category(doc, documents["doc"]),
            **{name: values.astype(np.int32) for name, values in numbers.items()},
            **_form_columns(codes, forms),
            "head": pd.array(np.full(len(starts), np.nan), "Int32"),
            **dict.fromkeys(("lemma", "pos", "dep"), missing),
        },
        columns=list(TOKENS),
    )


class _Sheet(NamedTuple):
    """The paragraphs of many texts one below the other, an empty line between two."""

    text: str
    starts: Integers  # of each paragraph on the sheet
    shift: Integers  # from there to its place in its text
    doc: Integers  # which text it is of
    par: Integers  # which paragraph of that text


def _lay_out(documents: pd.DataFrame) -> _Sheet:
    rows = documents[["text", "body_start", "body_end"]].itertuples(index=False, name=None)
    texts = [(text, paragraph_spans(text, start, end)) for text, start, end in rows]
    sizes = np.array([len(spans) for _, spans in texts], np.int64)
    bounds = np.array([span for _, spans in texts for span in spans], np.int64).reshape(-1, 2)
    doc = np.repeat(np.arange(len(texts)), sizes)
    lengths = bounds[:, 1] - bounds[:, 0] + len(EMPTY_LINE)
    starts = np.cumsum(lengths) - lengths
    return _Sheet(
        EMPTY_LINE.join([text[a:b] for text, spans in texts for a, b in spans]),
        starts,
        bounds[:, 0] - starts,
        doc,
        np.arange(len(doc)) - (np.cumsum(sizes) - sizes)[doc] + 1,
    )


def paragraph_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where are the paragraphs of a body? (*paragraphes*)

    Empty lines part them; in a text without any, line ends after a full stop and before a capital
    do.

    >>> paragraph_spans("Un.⏎⏎Deux.".replace("⏎", chr(10)), 0, 10)
    [(0, 3), (5, 10)]
    """
    gaps = list(blank_line(text).finditer(text, start, end)) or list(
        LINE_END.finditer(text, start, end)
    )
    firsts = [start, *(gap.end() for gap in gaps)]
    lasts = [*(gap.start() for gap in gaps), end]
    written = ((a, len(text[a:b].rstrip())) for a, b in zip(firsts, lasts, strict=True))
    return [(a, a + length) for a, length in written if length]


def _form_columns(codes: Integers, forms: list[str]) -> dict[str, object]:
    """The columns that follow from the form alone, each computed once per distinct form."""
    types, kinds = zip(*map(_about, forms), strict=True) if forms else ((), ())
    grammatical = function_words()
    return {
        "form": category(codes, forms),
        "type": category(codes, types),
        "kind": category(codes, kinds),
        "is_function": np.array([name in grammatical for name in types], bool)[codes],
    }


@lru_cache(1 << 16)
def _about(form: str) -> tuple[str, str]:
    """Its type and its kind, from one batch to the next."""
    return word_type(form), token_kind(form)


def _spans(tokens: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per sentence or paragraph: from its first token to its last, with its number of
    words.
    """
    doc, number = tokens["doc"].cat.codes.to_numpy(), tokens[keys[-1]].to_numpy()
    first = np.flatnonzero(np.diff(doc, prepend=-1) | np.diff(number, prepend=0))
    words = np.append(0, np.cumsum(tokens["kind"] == "word"))
    stop = np.append(first, len(tokens))[1:]
    spans = tokens.take(first)[[*keys, "start"]].reset_index(drop=True)
    return spans.assign(end=tokens["end"].to_numpy()[stop - 1], n_words=words[stop] - words[first])


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
