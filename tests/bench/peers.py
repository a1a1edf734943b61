"""What is timed of others, in an environment of their own (requirements.txt): on the same files,
and on the tokens and words that `ours.write` wrote for them. What finds nothing in common with ours
(their pairs cross sentences, their windows too) finds null.
"""

from __future__ import annotations

import csv
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from turns import Runs, serve, warmed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NODE = "ministre"


def split(kept: Path, name: str) -> list[list[str]]:
    """The tokens of the texts of a file."""
    return [text.split(" ") for text in rows(kept, name)]


def rows(kept: Path, name: str) -> list[str]:
    """The texts of a file."""
    with (kept / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def files(folder: Path) -> Iterator[str]:
    """The texts of a folder."""
    return (path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))


def large(folder: Path) -> Path:
    """The folder of as many texts with a large vocabulary."""
    return folder.with_name(f"{folder.name}-large")


def built(folder: Path, build: Callable[[Path], object]) -> Runs:
    """What is built of both folders; what that gives is for nobody."""
    of = {"build": folder, "build, a large vocabulary": large(folder)}
    return {what: lambda texts=texts: build(texts) and None for what, texts in of.items()}


def conc(folder: Path) -> Runs:
    """Its corpora are built once, in Parquet files; it reads their columns at the first query."""
    from conc.collocates import Collocates
    from conc.concordance import Concordance
    from conc.corpus import Corpus
    from conc.frequency import Frequency
    from conc.keyness import Keyness
    from conc.ngrams import Ngrams

    kept, french, spaces = folder.parent, str(folder.parent / "fr"), str(folder.parent / "spaces")
    _model(split_at_spaces=False).to_disk(french)
    _model(split_at_spaces=True).to_disk(spaces)
    whole, one, two = (
        Corpus(name).build_from_csv(str(kept / f"{name}.csv"), str(kept), model=spaces)
        for name in ("whole", "one", "two")
    )
    every = {"page_size": 10**9}

    def build(texts: Path) -> None:
        with TemporaryDirectory() as cache:
            Corpus("built").build_from_files(str(texts), cache, model=french)

    def frequency() -> int:
        table = Frequency(whole).frequencies(page_size=0, show_document_frequency=True).to_frame()
        return int(table["frequency"].to_numpy()[table["token"].to_numpy() == NODE][0])

    def lines() -> int:
        return len(Concordance(whole).concordance(NODE, context_length=8, **every).to_frame())

    pairs, beside, keys = Ngrams(whole), Collocates(whole), Keyness(one, two)
    options = {"exclude_negative_keywords": False, "show_document_frequency": True}
    return built(folder, build) | warmed(
        {
            "frequencies": frequency,
            "concordance, sorted": lines,
            "pairs of words": lambda: len(pairs.ngram_frequencies(**every).to_frame()) and None,
            "collocates": lambda: (
                len(beside.collocates(NODE, min_collocate_frequency=1, **every).to_frame()) and None
            ),
            "keyness": lambda: len(keys.keywords(**every, **options).to_frame()) and None,
        }
    )


def _model(*, split_at_spaces: bool) -> Language:
    """A French pipeline that only splits. conc switches seven parts off by name, which must be
    there for that, and no French model has them all.
    """
    import spacy
    from spacy.tokenizer import Tokenizer

    model = spacy.blank("fr")
    if split_at_spaces:
        model.tokenizer = Tokenizer(model.vocab)
    for name in "parser ner lemmatizer tagger senter tok2vec attribute_ruler".split():
        model.add_pipe("sentencizer", name=name)
    return model


def textacy(folder: Path) -> Runs:
    """It has spaCy's texts, and searches their characters, hence the spaces around the word. Eight
    measures of richness are ours too; it has neither hapax nor Yule's K. Dugast's U is Maas's a²
    upside down.
    """
    import spacy
    from spacy.tokens import Doc
    from textacy import Corpus
    from textacy.extract import keyword_in_context, ngrams
    from textacy.text_stats import diversity as of

    logging.disable()  # it warns of every text that is shorter than a window
    blank = spacy.blank("fr")
    docs = [Doc(blank.vocab, words) for words in split(folder.parent, "whole")]
    words = [Doc(blank.vocab, words) for words in split(folder.parent, "words")]
    strings = [" ".join(token.text for token in doc) for doc in docs]

    def build(texts: Path) -> None:
        nlp = spacy.blank("fr")
        nlp.add_pipe("sentencizer")
        Corpus(nlp, data=files(texts))

    def lines() -> int:
        found = (keyword_in_context(text, rf"(?<!\S){NODE}(?!\S)") for text in strings)
        return len(list(chain.from_iterable(found)))

    def pairs() -> None:
        Counter(pair.text.lower() for doc in docs for pair in ngrams(doc, 2, filter_stops=False))

    def measured(doc: Doc) -> tuple[float, ...]:
        windows = [of.segmented_ttr(doc, width, "moving-avg") for width in (50, 100)]
        logs = of.log_ttr(doc, "herdan"), of.log_ttr(doc, "dugast")
        return of.ttr(doc), of.ttr(doc, "root"), *logs, *windows, of.mtld(doc), of.hdd(doc)

    return built(folder, build) | {
        "concordance": lines,
        "pairs of words": pairs,
        "richness": lambda: round(fmean([measured(doc)[0] for doc in words]), 6),
    }


def nltk(folder: Path) -> Runs:
    """Its index of words is a dictionary of lists; of richness it has what a FreqDist knows."""
    from nltk import FreqDist, bigrams, wordpunct_tokenize
    from nltk.text import ConcordanceIndex

    texts = [[sys.intern(word) for word in words] for words in split(folder.parent, "whole")]
    tokens, words = list(chain.from_iterable(texts)), split(folder.parent, "words")
    index = ConcordanceIndex(tokens, key=str.lower)

    def measured(words: list[str]) -> tuple[float, ...]:
        counts = FreqDist(words)
        return counts.B() / counts.N(), counts.N(), counts.B(), len(counts.hapaxes())

    def pairs() -> None:
        FreqDist(pair for words in texts for pair in bigrams(map(str.lower, words)))

    def build(texts: Path) -> None:
        assert all(wordpunct_tokenize(text) for text in files(texts))

    return built(folder, build) | {
        "frequencies": lambda: FreqDist(map(str.lower, tokens))[NODE],
        "concordance": lambda: len(index.find_concordance(NODE)),
        "pairs of words": pairs,
        "richness": lambda: round(fmean([measured(text)[0] for text in words]), 6),
    }


def sklearn(folder: Path) -> Runs:
    """It counts; where a word stands it does not keep."""
    from sklearn.feature_extraction.text import CountVectorizer

    texts = rows(folder.parent, "whole")
    options = {"tokenizer": str.split, "token_pattern": None}

    def frequency() -> int:
        counter = CountVectorizer(**options)
        table = counter.fit_transform(texts)
        return int(table.sum(axis=0)[0, counter.vocabulary_[NODE]])

    def build(texts: Path) -> None:
        CountVectorizer().fit_transform(files(texts))

    return built(folder, build) | {
        "frequencies": frequency,
        "pairs of words": lambda: (
            CountVectorizer(ngram_range=(2, 2), **options).fit(texts) is None or None
        ),
        "table of texts and words": lambda: (
            CountVectorizer(**options).fit_transform(texts).shape[0]
        ),
    }


if __name__ == "__main__":
    serve(conc, textacy, nltk, sklearn)
