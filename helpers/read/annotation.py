"""What the model adds to our tokens: lemma, part of speech, syntax; and the mentions of names that
start from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.french import normalise, visible
from helpers.read.model import load_model
from helpers.read.names import find_mentions
from helpers.read.tables import ENTITIES, table

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

# A paragraph is read whole; one that is longer than any paragraph of prose is cut at its sentences,
# to bound memory.
MAX_TOKENS = 1000
BATCH = 32
SYMBOLS = frozenset("%‰°€£$¥+=")
CLITIC = re.compile(r"-(?:t-)?(?!là)[a-zà-ÿ]+", re.IGNORECASE)
ACRONYM = re.compile(r"[^\W\d_a-zà-ÿ](?:[\d.&-]*[^\W\d_a-zà-ÿ])+[\d.]*")
ORDINAL = re.compile(r"(?:[IVX]+|[IVXLCDM]{2,}|\d+)(?:er|re|[eè]?me|e)")


def annotate_tokens(
    tokens: pd.DataFrame, documents: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tokens with lemma, pos, head and dep, and the table of entities."""
    nlp = load_model()
    pieces = _pieces(tokens)
    docs = list(nlp.pipe(_docs(tokens, pieces), batch_size=BATCH))
    columns = np.concatenate([_columns(doc) for doc in docs])
    numbers = tokens["tok"].to_numpy()
    base = np.repeat([start for start, _ in pieces], [stop - start for start, stop in pieces])
    relative = columns[:, 2].astype(np.int64)
    inside = np.arange(len(tokens)) - base + relative
    head = np.where(relative == 0, 0, numbers[base + inside])
    named = {
        name: _names(columns[:, i], nlp.vocab.strings, lower=name == "dep")
        for i, name in ((0, "pos"), (1, "lemma"), (3, "dep"))
    }
    tokens = tokens.assign(head=pd.array(head, "Int32"), **named)
    entities = _entities(tokens, documents, pieces, docs)
    return correct(tokens.assign(head=pd.array(head, "Int32"), **named), entities), entities


def correct(tokens: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """The model's parts of speech and lemmas, corrected where orthography or the entities know
    better.

    A clitic is a pronoun, % or € a symbol, a listed name of one word a proper noun. A proper noun
    in a name, any capitalised word of a person or place, an acronym keep their form as lemma, or
    lists would show "rabat" and "dgsn".
    """
    forms = np.array([_plain_word(form) for form in tokens["form"].cat.categories], object)[
        tokens["form"].cat.codes
    ]
    pos, lemma = tokens["pos"].to_numpy(object), tokens["lemma"].to_numpy(object)
    capital = np.array([form[0].isupper() for form in forms], bool)
    acronym = np.array([bool(ACRONYM.fullmatch(form)) for form in forms], bool)
    names = entities[entities["label"].isin(["person", "organisation", "place"])]
    listed = names[(names["source"] != "model") | names["country"].notna()]
    pos[_inside(tokens, listed, whole=True) & capital] = "PROPN"
    pos[np.array([bool(CLITIC.fullmatch(form)) for form in forms], bool)] = "PRON"
    pos[np.array([form in SYMBOLS for form in forms], bool)] = "SYM"
    named = _inside(tokens, names) & ((pos == "PROPN") | acronym) | _inside(
        tokens, names[names["label"] != "organisation"]
    )
    kept = named & capital | acronym & np.isin(pos, ["NOUN", "PROPN", "X"])
    ordinal = np.array([bool(ORDINAL.fullmatch(form)) for form in forms], bool)
    lemma = np.where(kept | ordinal, forms, lemma)
    columns = {"pos": pos, "lemma": lemma}
    return tokens.assign(
        **{name: pd.Series(values, tokens.index, dtype="str") for name, values in columns.items()}
    )


def _inside(
    tokens: pd.DataFrame, entities: pd.DataFrame, *, whole: bool = False
) -> NDArray[np.bool_]:
    """Is each token part of one of these mentions, or, if whole, all of one?"""
    keys = (tokens["doc"].cat.codes.to_numpy().astype(np.int64) << 32) + tokens["start"].to_numpy()
    base = tokens["doc"].cat.categories.get_indexer(entities["doc"]).astype(np.int64) << 32
    first = np.searchsorted(keys, base + entities["start"].to_numpy())
    after = np.searchsorted(keys, base + entities["end"].to_numpy())
    if whole:
        first, after = first[after - first == 1], after[after - first == 1]
    change = np.zeros(len(tokens) + 1, np.int64)
    np.add.at(change, first, 1)
    np.add.at(change, after, -1)
    return np.cumsum(change[:-1]) > 0


def _pieces(tokens: pd.DataFrame) -> list[tuple[int, int]]:
    """First and last-plus-one row of each passage that the model reads at once: a paragraph, if it
    is not too long.
    """
    doc, par, sent = (
        np.asarray(tokens["doc"].cat.codes),
        tokens["par"].to_numpy(),
        tokens["sent"].to_numpy(),
    )
    new_par = np.flatnonzero(np.diff(doc, prepend=-1) | np.diff(par, prepend=-1))
    new_sent = np.flatnonzero(np.diff(doc, prepend=-1) | np.diff(sent, prepend=-1))
    bounds = [0]
    for start, stop in zip(new_par, [*new_par[1:], len(tokens)], strict=True):
        while stop - start > MAX_TOKENS:
            cuts = new_sent[(new_sent > start) & (new_sent <= start + MAX_TOKENS)]
            start = cuts[-1] if len(cuts) else start + MAX_TOKENS
            bounds.append(start)
        bounds.append(stop)
    return list(zip(bounds[:-1], bounds[1:], strict=True))


def _docs(tokens: pd.DataFrame, pieces: list[tuple[int, int]]) -> Iterator[Doc]:
    """The passages as spaCy takes them: our words in plain typography, the spaces between them,
    where sentences begin.
    """
    from spacy.tokens import Doc

    vocab = load_model().vocab
    words = np.array([_plain_word(form) for form in tokens["form"].cat.categories], object)[
        tokens["form"].cat.codes
    ]
    start, end, sent = (tokens[name].to_numpy() for name in ("start", "end", "sent"))
    spaced = np.append(start[1:] != end[:-1], True)
    begins = np.append(True, sent[1:] != sent[:-1])
    for first, last in pieces:
        starts = begins[first:last].tolist()
        starts[0] = True
        yield Doc(
            vocab,
            words=words[first:last].tolist(),
            spaces=spaced[first:last].tolist(),
            sent_starts=starts,
        )


def _plain_word(form: str) -> str:
    return visible(form) or normalise(form)


def _columns(doc: Doc) -> NDArray[np.uint64]:
    from spacy.attrs import DEP, HEAD, LEMMA, POS

    return doc.to_array([POS, LEMMA, HEAD, DEP]).astype(np.uint64)


def _names(codes: NDArray[np.uint64], strings: StringStore, *, lower: bool) -> pd.Categorical:
    """spaCy's codes as text categories."""
    found, known = pd.factorize(codes)
    texts = pd.Series([strings[int(code)] for code in known], dtype="str")
    merged, names = pd.factorize(texts.str.lower() if lower else texts)
    return pd.Categorical.from_codes(merged[found], pd.Index(names, dtype="str"))


def _entities(
    tokens: pd.DataFrame, documents: pd.DataFrame, pieces: list[tuple[int, int]], docs: list[Doc]
) -> pd.DataFrame:
    """One row per mention, with the paragraph and sentence of its first token."""
    texts = [normalise(text) for text in documents["text"]]
    of, par, sent = (
        tokens["doc"].cat.codes.to_numpy(),
        tokens["par"].to_numpy(),
        tokens["sent"].to_numpy(),
    )
    spans = tokens[["start", "end"]].to_numpy()
    rows = []
    for (first, last), doc in zip(pieces, docs, strict=True):
        places = list(map(tuple, spans[first:last].tolist()))
        for mention in find_mentions(doc, texts[of[first]], places):
            at = first + int(np.searchsorted(spans[first:last, 0], mention.start, "right")) - 1
            where = {
                "doc": tokens["doc"].cat.categories[of[first]],
                "par": par[at],
                "sent": sent[at],
            }
            rows.append(where | mention._asdict() | {"country": mention.country or None})
    return table(rows, ENTITIES)
