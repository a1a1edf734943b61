"""The annotated tokens in the format of Universal Dependencies, so that its tools check ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.exchange.filenames import distinct
from helpers.exchange.writing import Place, written
from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.tables import changes


@checked
def export_conllu(corpus: Corpus, path: Place) -> Path:
    """The tokens as CoNLL-U, as spaCy, Stanza and UDPipe read it (*corpus annoté*).

    One line per token, with UPOS, lemma, head and relation where they are known, else _; MISC holds
    start and end (characters in `documents.text`), and SpaceAfter=No where no space follows, so
    that the tokens spell `# text`. A sentence has one root: another, in a sentence too long to be
    read at once, is made to depend on it (`dep`).

    Returns: the path.
    References: Universal Dependencies, CoNLL-U Format, universaldependencies.org/format.html.

    >>> import tempfile; from helpers import open_corpus
    >>> path = export_conllu(open_corpus(), tempfile.mkdtemp() + "/corpus.conllu")
    >>> path.read_text("utf-8").splitlines()[4].split(chr(9))[:8]
    ['1', 'Le', 'le', 'DET', '_', '_', '2', 'det']
    """
    return written(path, "".join(_sentences(corpus.tokens)) if len(corpus.tokens) else "")


def _sentences(tokens: pd.DataFrame) -> Iterator[str]:
    """Each sentence with its comments and its lines."""
    names = distinct(re.sub(r"\s+", "_", doc) for doc in tokens["doc"].cat.categories)
    codes, par = tokens["doc"].cat.codes.to_numpy(), tokens["par"].to_numpy()
    sent, start, end = (tokens[name].to_numpy() for name in ("sent", "start", "end"))
    docs, new_doc, new_par = np.array(names, object)[codes], changes(codes), changes(codes, par)
    first = np.flatnonzero(changes(codes, sent))
    spaced = np.append(new_doc[1:] | (start[1:] != end[:-1]), True)
    written = (tokens["form"].astype(object) + np.where(spaced, " ", "")).tolist()
    lines = _lines(tokens, first, spaced)
    for a, b in zip(first, [*first[1:], len(tokens)], strict=True):
        if new_doc[a]:
            yield f"# newdoc id = {docs[a]}\n"
        if new_par[a]:
            yield f"# newpar id = {docs[a]}-p{par[a]}\n"
        yield f"# sent_id = {docs[a]}-s{sent[a]}\n# text = {''.join(written[a:b]).rstrip()}\n"
        yield "\n".join(lines[a:b]) + "\n\n"


def _lines(tokens: pd.DataFrame, first: NDArray[np.int64], spaced: NDArray[np.bool_]) -> list[str]:
    """The ten fields of each token; first is where the sentences begin."""
    begins = np.repeat(first, np.diff(first, append=len(tokens)))
    head, dep = _heads(tokens, first, begins)
    known = {name: tokens[name].astype(object).fillna("_") for name in ("form", "lemma", "pos")}
    places = [f"start={a}|end={b}" for a, b in zip(tokens["start"], tokens["end"], strict=True)]
    misc = np.array(places, object) + np.where(spaced, "", "|SpaceAfter=No").astype(object)
    none = ["_"] * len(tokens)
    number = map(str, np.arange(len(tokens)) - begins + 1)
    fields = (number, *known.values(), none, none, map(str, head), dep, none, misc)
    return list(map("\t".join, zip(*fields, strict=True)))


def _heads(
    tokens: pd.DataFrame, first: NDArray[np.int64], begins: NDArray[np.int64]
) -> tuple[Iterable[object], Iterable[str]]:
    """The governor of each token by its number in the sentence, 0 for the root; the relation."""
    head = tokens["head"].to_numpy(np.float64, na_value=np.nan)
    at, lengths = np.arange(len(tokens)), np.diff(first, append=len(tokens))
    local = head - tokens["tok"].to_numpy()[begins] + 1
    roots = (head == 0) | (local < 1) | (local > np.repeat(lengths, lengths))
    root = np.repeat(np.minimum.reduceat(np.where(roots, at, len(tokens)), first), lengths)
    local = np.where(roots, np.where(at == root, 0, root - begins + 1), local)
    number = pd.array(local, "Int64").astype(object)
    dep = tokens["dep"].astype(object).fillna("_")
    return np.where(np.isnan(head), "_", number), dep.mask(roots & (at != root), "dep")
