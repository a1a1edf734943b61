"""From documents to paragraphs, sentences, tokens and entities, once per text.

Words and sentences come from `french`, at both depths; with `annotate=True` the French model adds
lemmas, parts of speech, syntax and names to them.
"""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.read import runs
from helpers.read.checks import checked
from helpers.read.files import bodies
from helpers.read.french import token_kind, visible
from helpers.read.lexicons import forms
from helpers.read.tables import PARSED, TOKENS, Integers, category, changes, concat, need, typed

# Texts in one piece of work: what a worker gets, and what the store keeps in one file.
BATCH = {True: 32, False: 2048}


COUNTS = ("n_paragraphs", "n_sentences", "n_words")
# What is read from the bodies of texts; the columns are in `helpers`.
Tables = NamedTuple("Tables", [(name, pd.DataFrame) for name in PARSED])


@checked
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
    Raises: ValueError naming a column that is missing, or a doc that is there twice; RuntimeError
    where a process of a pool was killed.

    >>> from helpers.read.seeds import load_seeds; from helpers.read.corpus import SEEDS
    >>> parse(load_seeds(SEEDS).documents, annotate=False).tokens["form"].head(3).tolist()
    ['Le', 'Directeur', 'Général']
    """
    parts = [tables for _, tables in parse_batches(documents, annotate=annotate, executor=executor)]
    schemas = enumerate(PARSED.values())
    return Tables(*(concat([part[i] for part in parts], columns) for i, columns in schemas))


def parse_batches(
    documents: pd.DataFrame, *, annotate: bool = True, executor: Executor | None = None
) -> Iterator[tuple[pd.DataFrame, Tables]]:
    """Each batch of documents with its tables, in order, as soon as it is parsed."""
    need(documents, "doc", "text", "body_start", "body_end")
    if len(twice := documents.loc[documents["doc"].duplicated(), "doc"]):
        raise ValueError(f"two documents are called {twice.iloc[0]!r}; give each a name of its own")
    size = BATCH[annotate]
    needed = documents[["doc", "text", "body_start", "body_end"]]
    batches = [needed.iloc[i : i + size] for i in range(0, len(documents), size)]
    work = partial(parse_batch, annotate=annotate)
    results = in_order(work, batches, executor) if executor is not None else map(work, batches)
    for i, tables in enumerate(results):
        yield documents.iloc[i * size : (i + 1) * size], tables


def in_order(
    work: Callable[[pd.DataFrame], Any], batches: Sequence[pd.DataFrame], executor: Executor
) -> Iterator[Any]:
    """The result of each batch in turn, worked out by an executor, which holds at most `in_flight`
    batches or results at a time.

    Raises: RuntimeError where a process of a pool was killed. Dask replaces its workers itself.
    """
    waiting: deque[Future[Any]] = deque()
    most = in_flight(executor)
    try:
        for batch in batches:
            if len(waiting) == most:
                yield waiting.popleft().result()
            waiting.append(executor.submit(work, batch))
        while waiting:
            yield waiting.popleft().result()
    except BrokenExecutor as error:
        how = "try again with fewer workers: open_corpus keeps what was parsed, and goes on"
        raise RuntimeError(f"a worker was lost (killed, or out of memory); {how}") from error
    finally:
        for future in waiting:
            future.cancel()


def in_flight(executor: Executor) -> int:
    """How many batches wait, run or are done and not yet taken: two a worker, so that none is idle,
    as far as a pool or Dask's executor tells how many workers it has.
    """
    client = getattr(executor, "_client", None)
    workers = client.nthreads().values() if client else [getattr(executor, "_max_workers", 0)]
    return 2 * (sum(workers) or os.cpu_count() or 1)


def parse_batch(documents: pd.DataFrame, *, annotate: bool) -> Tables:
    """The tables of one batch of texts; a worker of an executor runs this."""
    tokens = read_tokens(documents)
    sentences = _spans(tokens, ["doc", "par", "sent"])
    paragraphs = _spans(tokens, ["doc", "par"])
    paragraphs["n_sentences"] = sentences.groupby(["doc", "par"], sort=False).size().to_numpy()
    entities = pd.DataFrame(columns=list(PARSED["entities"]))
    if annotate and len(tokens):
        from helpers.read.model import annotate_tokens

        tokens, entities = annotate_tokens(tokens, documents)
    tables = Tables(paragraphs, sentences, tokens, entities)
    return Tables(*(typed(*pair) for pair in zip(tables, PARSED.values(), strict=True)))


def read_tokens(documents: pd.DataFrame) -> pd.DataFrame:
    """The tokens of a batch of texts by orthography alone; what only the model knows is missing."""
    sheet, doc, shift = _lay_out(documents)
    paragraph = runs.paragraphs(sheet, doc)
    sentence = runs.sentences(sheet, paragraph)
    tokens = runs.tokens(sheet, paragraph)
    of = doc[tokens.runs]
    first = np.searchsorted(of, np.arange(len(documents)))[of]  # the token that begins its text
    par, sent = (np.cumsum(new)[tokens.runs] for new in (paragraph, sentence))
    counted = {"par": par, "sent": sent + runs.unspaced(sheet, tokens), "tok": np.arange(len(of))}
    numbers = {name: count - count[first] + 1 for name, count in counted.items()}
    numbers |= {"start": tokens.starts + shift[of], "end": tokens.ends + shift[of]}
    missing = pd.Categorical.from_codes(np.full(len(of), -1), pd.Index([], dtype="str"))
    columns = {
        "doc": category(of, documents["doc"].tolist()),
        **{name: values.astype(np.int32) for name, values in numbers.items()},
        **_form_columns(tokens.codes, tokens.forms),
        "head": pd.array(np.full(len(of), np.nan), "Int32"),
        **dict.fromkeys(("lemma", "pos", "dep"), missing),
    }
    return pd.DataFrame(columns, columns=list(TOKENS))


def _lay_out(documents: pd.DataFrame) -> tuple[runs.Runs, Integers, Integers]:
    """The runs of all bodies one below the other, the text of each run, and what leads from there
    to its place in its text.
    """
    texts = bodies(documents)
    sheet = runs.tied(runs.split("\n\n".join(texts)))
    begins = np.cumsum([0, *(len(text) + 2 for text in texts)])[:-1]
    doc = np.searchsorted(begins, sheet.starts, "right") - 1
    return sheet, doc, documents["body_start"].to_numpy() - begins


def _form_columns(codes: Integers, written: list[str]) -> dict[str, object]:
    """The columns that follow from the form alone, each computed once per distinct form."""
    types = visible(runs.END.join(written)).lower().split(runs.END) if written else []
    kinds = ["word" if form.isalpha() else token_kind(form) for form in written]
    grammatical = np.array([*map(forms("function_words").__contains__, types)], bool)
    told = {"form": written, "type": types, "kind": kinds}
    columns: dict[str, object] = {name: category(codes, of) for name, of in told.items()}
    return columns | {"is_function": grammatical[codes]}


def _spans(tokens: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per sentence or paragraph: from its first token to its last, with its number of
    words.
    """
    doc, number = tokens["doc"].cat.codes.to_numpy(), tokens[keys[-1]].to_numpy()
    first = np.flatnonzero(changes(doc, number))
    words = np.append(0, np.cumsum(tokens["kind"] == "word"))
    stop = np.append(first, len(tokens))[1:]
    spans = tokens.take(first)[[*keys, "start"]].reset_index(drop=True)
    return spans.assign(end=tokens["end"].to_numpy()[stop - 1], n_words=words[stop] - words[first])


def with_counts(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The documents with their numbers of paragraphs, sentences and words."""
    paragraphs = paragraphs.assign(n_paragraphs=1)[["doc", *COUNTS]]
    counts = paragraphs.groupby("doc").sum().reindex(documents["doc"], fill_value=0)
    return documents.assign(**counts.set_axis(documents.index))


def bar_of(total: int, progress: bool | None) -> Any:
    """A bar where somebody watches: on a terminal, and in JupyterLab (which names its session).

    One text has no progress to show, and a bar in JupyterLab would stay in the notebook's file.
    """
    lab = "JPY_SESSION_NAME" in os.environ
    wanted = total > 1 and (lab or sys.stderr.isatty()) if progress is None else progress
    shown = bool(wanted and total)
    bar = import_module("tqdm.auto" if lab and shown else "tqdm").tqdm
    return bar(total=total, desc="parsing", unit="text", disable=not shown, leave=False)


@checked
def round_trip(documents: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Does every token lead back to its characters in the file, and is no character lost? (*retour
    au fichier*)

    One row per text: doc, n_tokens, wrong (tokens whose form is not text[start:end]), lost (visible
    characters of the body that are in no token). Both are 0 unless something is broken.

    >>> text = "Elle revient du port."
    >>> row = {"doc": "a", "sha256": "1", "text": text, "body_start": 0, "body_end": len(text)}
    >>> documents = pd.DataFrame([row])
    >>> tokens = parse(documents, annotate=False).tokens
    >>> round_trip(documents, tokens).to_numpy().tolist()
    [['a', 5, 0, 0]]
    >>> round_trip(documents, tokens[tokens["form"] != "port"]).to_numpy().tolist()
    [['a', 4, 0, 4]]
    """
    need(documents, "doc", "text", "body_start", "body_end")
    need(tokens, "doc", "start", "end", "form")
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
