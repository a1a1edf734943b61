"""What is timed of ours, and the corpora that it is timed on: fictional communiqués, written once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pandas as pd
from peers import NODE, large
from turns import Runs, serve, warmed

import helpers as h
from helpers import Corpus
from helpers.read.corpus import CACHE, HOME
from helpers.read.duplicates import find_duplicates, read_words
from helpers.read.store import Store

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

sys.path.append(str(HOME))  # where the generator of texts is found
KEPT = CACHE / "bench"
NONE = find_duplicates(read_words([]))
ELIDED = "c d j l m n qu s t".split()
FEW, SOME = 100, 300  # texts to warm up on; texts that are not too many for the slowest of others


def texts(n: int) -> Path:
    """A folder of n communiqués; those of a smaller number are the first of a larger one. Names
    hold a digest of the text: where the first are others, the simulator writes otherwise by now.
    """
    from tests.fiction.simulate import communiques

    folder, unfinished = KEPT / str(n), KEPT / f"{n}.unfinished"
    if not all((folder / name).exists() for name in communiques(min(n, FEW)).texts):
        for stale in (unfinished, folder):
            rmtree(stale, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for name, text in communiques(n).texts.items():
            (unfinished / name).write_text(text, "utf-8", newline="")
        unfinished.rename(folder)
    return folder


def write_large(folder: Path) -> None:
    """As many texts with a vocabulary as large as that of the press, which communiqués of a
    simulator have not: words drawn as often as general French has them. Nobody would read them.
    """
    from wordfreq import get_frequency_dict

    shares = pd.Series(get_frequency_dict("fr", "large"))
    names, summed = shares.index, shares.cumsum().to_numpy()
    # It cuts l'accord into l and accord.
    plain = (names + np.where(names.isin(ELIDED), "’", " ")).to_numpy(object)
    before_a_pause = (names + ", ").to_numpy(object)
    chance, texts = np.random.default_rng(1997), large(folder)
    texts.mkdir(exist_ok=True)
    for name in sorted(path.name for path in folder.iterdir()):
        drawn = np.searchsorted(summed, chance.random((12, 29)) * summed[-1])
        words = np.where(np.arange(29) % 10 == 9, before_a_pause[drawn], plain[drawn])
        lines = ["".join(row).strip(" ’").capitalize() + "." for row in words]
        pairs = zip(lines[::2], lines[1::2], strict=True)
        text = "\n\n".join(map(" ".join, pairs))
        (texts / name).write_text(f" date 2024-11 {text}\n", "utf-8", newline="")


def opened(folder: Path, *, annotate: bool = False) -> Corpus:
    """A corpus whose tables are kept from one run to the next."""
    return h.open_corpus(folder, annotate=annotate, cache=_store(folder), progress=False)


def _store(folder: Path) -> Path:
    return KEPT / "store" / folder.name


def halves(tokens: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first half of the texts, and the second."""
    later = (tokens["doc"].cat.codes >= len(tokens["doc"].cat.categories) / 2).to_numpy()
    return tokens[~later], tokens[later]


def write(folder: Path) -> tuple[int, int, int]:
    """The same tokens (whole.csv, and its halves one.csv and two.csv) and words (words.csv) for the
    others, one text a row, a space between two tokens. Returns how many tokens there are; texts and
    words in words.csv.
    """
    tokens = opened(folder).tokens
    named = zip(("whole", "one", "two"), (tokens, *halves(tokens)), strict=True)
    words = _words(tokens)
    for name, table in named:
        _write(table, "form", KEPT / f"{name}.csv")
    _write(words, "type", KEPT / "words.csv")
    return len(tokens), words["doc"].nunique(), len(words)


def _words(tokens: pd.DataFrame) -> pd.DataFrame:
    """The words of some of the texts."""
    return tokens[(tokens["doc"].cat.codes < SOME) & (tokens["kind"] == "word")]


def _write(tokens: pd.DataFrame, unit: str, path: Path) -> None:
    names = tokens[unit].cat.rename_categories(lambda name: "_".join(name.split()))
    rows = names.astype("str").groupby(tokens["doc"], observed=True, sort=False).agg(" ".join)
    rows.rename("text").to_csv(path, index=False)


def build(folder: Path) -> Runs:
    """A corpus of which nothing is kept, with and without a look for duplicates; its texts read and
    cut into words and sentences, and no more; one that is kept, as the first of them kept it.
    """
    opened(texts(FEW))

    def built() -> int:
        rmtree(Store(_store(folder), annotate=False).folder, ignore_errors=True)
        return len(opened(folder).tokens)

    def undetected() -> int:
        with (
            patch("helpers.read.seeds.find_duplicates", lambda _: NONE),
            TemporaryDirectory() as cache,
        ):
            return len(h.open_corpus(folder, annotate=False, cache=cache, progress=False).tokens)

    def cut_alone() -> int:
        with patch("helpers.read.seeds.find_duplicates", lambda _: NONE):
            return len(h.parse(h.load_seeds(folder).documents, annotate=False).tokens)

    return {
        "open_corpus, nothing kept": built,
        "the same, duplicates not looked for": undetected,
        "load_seeds and parse, neither": cut_alone,
        "open_corpus, all kept": lambda: len(opened(folder).tokens),
    }


def verbs(folder: Path) -> Runs:
    """Every verb that needs no model."""
    warmed(_verbs(opened(texts(FEW))))
    return _verbs(opened(folder))


def _verbs(corpus: Corpus) -> Runs:
    tokens = corpus.tokens

    def dated() -> pd.DataFrame:
        return corpus.with_metadata(tokens)

    def cut() -> pd.DataFrame:
        return h.contingency(h.segments(tokens), ["doc", "seg"], min_freq=3)

    def typical() -> pd.DataFrame:
        cut = h.segments(tokens)
        classes = cut[["doc", "seg"]].drop_duplicates().assign(k=2)
        return h.typical_segments(
            classes.assign(**{"class": 1 + classes["doc"].cat.codes % 2}), cut
        )

    return _rows(
        {
            "frequencies": lambda: h.frequencies(tokens),
            "spectrum": lambda: h.spectrum(tokens),
            "growth": lambda: h.growth(tokens),
            "richness by text": lambda: h.richness(tokens, by="doc"),
            "readability by text": lambda: h.readability(corpus.sentences, tokens, by="doc"),
            "zipf": lambda: h.zipf(tokens),
            "concordance": lambda: h.concordance(corpus, NODE),
            "concordance, sorted": lambda: h.concordance(corpus, NODE, sort="right1"),
            "ngrams (2 words)": lambda: h.ngrams(tokens, 2),
            "repeated_segments": lambda: h.repeated_segments(tokens),
            "cooccurrents": lambda: h.cooccurrents(tokens, NODE),
            "dispersion by text": lambda: h.dispersion(tokens, "doc"),
            "with_metadata": dated,
            "specificities by month": lambda: h.specificities(dated(), "month"),
            "distance by month": lambda: h.distance(dated(), "month"),
            "keyness of two halves": lambda: h.keyness(*halves(tokens)),
            "general_french": lambda: h.general_french(tokens),
            "reuse": lambda: h.reuse(tokens),
            "contingency by text": lambda: h.contingency(tokens, "doc"),
            "correspondence by text": lambda: (
                h.correspondence(h.contingency(tokens, "doc", min_freq=3)).inertia
            ),
            "segments": lambda: h.segments(tokens),
            "reinert of segments": lambda: h.reinert(cut(), k=6).splits,
            "typical_segments of two classes": typical,
            "similarity_tree": lambda: h.similarity_tree(tokens, min_freq=3),
        }
    )


def _rows(runs: Runs) -> Runs:
    """What is found is the number of rows."""
    return {what: lambda run=run: len(run()) for what, run in runs.items()}


def annotated(folder: Path) -> Runs:
    """Every verb that needs the model's annotations."""
    warmed(_annotated(opened(texts(FEW), annotate=True)))
    return _annotated(opened(folder, annotate=True))


def _annotated(corpus: Corpus) -> Runs:
    tokens, hits = corpus.tokens, h.theme_hits(corpus.tokens)
    runs = {
        "frequencies of lemmas": lambda: h.frequencies(tokens, unit="lemma"),
        "concordance of a query": lambda: h.concordance(corpus, f"[lemma={NODE} pos=NOUN]"),
        "theme_hits": lambda: h.theme_hits(tokens),
        "theme_profile by text": lambda: h.theme_profile(hits, tokens, by="doc"),
        "theme_audit": lambda: h.theme_audit(hits, tokens).overlaps,
        "actors": lambda: h.actors(corpus),
        "attributions": lambda: h.attributions(corpus),
        "events": lambda: h.events(corpus),
    }
    return _rows(runs)


def beside(folder: Path) -> Runs:
    """What others do too: each finds what it says where all mean the same by it."""
    corpus = opened(folder)
    tokens, (one, two) = corpus.tokens, halves(corpus.tokens)
    reference, words = h.frequencies(two), _words(tokens)

    def frequency() -> int:
        table = h.frequencies(tokens)
        return int(table["f"].to_numpy()[table["type"] == NODE][0])

    return (
        _builds("build", folder)
        | _builds("build, a large vocabulary", large(folder))
        | warmed(
            {
                "frequencies": frequency,
                "concordance": lambda: len(h.concordance(corpus, NODE)),
                "concordance, sorted": lambda: len(h.concordance(corpus, NODE, sort="right1")),
                "pairs of words": lambda: len(h.ngrams(tokens, 2)) and None,
                "collocates": lambda: len(h.cooccurrents(tokens, NODE)) and None,
                "keyness": lambda: len(h.keyness(one, reference)) and None,
                "table of texts and words": lambda: int(h.contingency(tokens, "doc").shape[0]),
                "richness": lambda: round(float(h.richness(words, by="doc")["ttr"].mean()), 6),
            }
        )
    )


def _builds(what: str, folder: Path) -> Runs:
    ways = what, f"{what}, duplicates not looked for", f"{what}, nothing written either"
    return dict(zip(ways, build(folder).values(), strict=False))


def model(folder: Path) -> Runs:
    """The corpus with the model's annotations; and the model alone, on our words."""
    from helpers.read.model import load_model

    h.parse(h.load_seeds(texts(FEW)).documents)
    docs, nlp = _docs(folder), load_model(corrected=False, tuned=True)
    _annotations(nlp, docs[:FEW])

    def read() -> None:
        with TemporaryDirectory() as cache:
            h.open_corpus(folder, cache=cache, progress=False)

    return {"texts annotated": read, "the model alone": lambda: _annotations(nlp, docs)}


def stock(folder: Path) -> Runs:
    """The model as it ships: on the texts, cut by its own tokeniser; and on our words."""
    from helpers.read.model import load_model

    docs, nlp = _docs(folder), load_model(corrected=False, tuned=False)
    _annotations(nlp, docs[:FEW])
    documents = h.load_seeds(folder).documents
    rows = documents[["text", "body_start", "body_end"]].itertuples(index=False)
    bodies = [text[start:end] for text, start, end in rows]

    def read() -> None:
        assert all(len(doc) for doc in nlp.pipe(bodies, batch_size=32))

    return {"texts annotated": read, "the model alone": lambda: _annotations(nlp, docs)}


def _docs(folder: Path) -> list[Doc]:
    from helpers.read.model import as_docs, passages
    from helpers.read.words import read_tokens

    tokens = read_tokens(h.load_seeds(folder).documents)
    return list(as_docs(tokens, passages(tokens)))


def _annotations(nlp: Language, docs: Iterable[Doc]) -> str:
    """A digest of every annotation: one that differs gives another."""
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, SHAPE, TAG

    attributes = [POS, TAG, DEP, HEAD, LEMMA, MORPH, ENT_TYPE, ENT_IOB, SENT_START, SHAPE]
    digest = blake2b(digest_size=8)
    for doc in nlp.pipe((doc.copy() for doc in docs), batch_size=32):
        digest.update(np.ascontiguousarray(doc.to_array(attributes)).tobytes())
    return digest.hexdigest()


if __name__ == "__main__":
    serve(build, verbs, annotated, beside, model, stock)
