"""What is timed of others, in an environment of their own (requirements.txt), on the tokens and
words that `ours.write` wrote for them.
"""

from __future__ import annotations

import csv
import logging
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from turns import Runs, serve

if TYPE_CHECKING:
    from nltk.text import ConcordanceIndex
    from spacy.tokens import Doc

NODE = "ministre"


def texts(path: Path) -> list[str]:
    """The texts of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def conc(folder: Path) -> Runs:
    """Its corpus is built once, in Parquet files; it reads their columns at the first query."""
    from conc.concordance import Concordance
    from conc.corpus import Corpus

    source, model = str(folder / "lines.csv"), _model(folder / "model")
    corpus = Concordance(Corpus("lines").build_from_csv(source, str(folder), model=model))

    def found(**page: int) -> int:
        result = corpus.concordance(NODE, context_length=8, **page)
        total = result.summary_data["total_count"]
        assert len(result.to_frame()) == min(total, page.get("page_size", 20))
        return total

    return {
        f"conc {version('conc')}, 8 tokens on either side, sorted": lambda: found(page_size=10**9),
        "conc, the same found, but only twenty lines made (its default)": found,
    }


def _model(folder: Path) -> str:
    """A French pipeline that splits at spaces. conc switches seven parts off by name, which must be
    there for that, and no French model has them all.
    """
    import spacy
    from spacy.tokenizer import Tokenizer

    model = spacy.blank("fr")
    model.tokenizer = Tokenizer(model.vocab)
    for name in "parser ner lemmatizer tagger senter tok2vec attribute_ruler".split():
        model.add_pipe("sentencizer", name=name)
    model.to_disk(folder)
    return str(folder)


def textacy_lines(folder: Path) -> Runs:
    """It searches the characters of a text, hence the spaces around the word."""
    from textacy.extract import keyword_in_context

    kept, node = texts(folder / "lines.csv"), rf"(?<!\S){NODE}(?!\S)"

    def found() -> int:
        return len([line for text in kept for line in keyword_in_context(text, node)])

    return {f"textacy {version('textacy')}, 50 characters on either side": found}


def nltk_lines(folder: Path) -> Runs:
    """Its index is a dictionary of lists, built in every process that wants a concordance."""
    from nltk.text import ConcordanceIndex

    tokens = [sys.intern(word) for text in texts(folder / "lines.csv") for word in text.split(" ")]

    def built() -> ConcordanceIndex:
        return ConcordanceIndex(tokens, key=str.lower)

    def found(index: ConcordanceIndex) -> int:
        return len(index.find_concordance(NODE))

    kept = built()
    return {
        f"nltk {version('nltk')}, 80 characters wide, its index kept": lambda: found(kept),
        "nltk, the same, its index built first": lambda: found(built()),
    }


def textacy_measures(folder: Path) -> Runs:
    """Eight of ours; it has neither hapax nor Yule's K. Dugast's U is Maas's a² upside down."""
    import spacy
    from spacy.tokens import Doc
    from textacy.text_stats import diversity as of

    logging.disable()  # it warns of every text that is shorter than a window
    vocabulary = spacy.blank("fr").vocab
    docs = [Doc(vocabulary, text.split(" ")) for text in texts(folder / "measures.csv")]

    def measured(doc: Doc) -> tuple[float, ...]:
        windows = [of.segmented_ttr(doc, width, "moving-avg") for width in (50, 100)]
        logs = of.log_ttr(doc, "herdan"), of.log_ttr(doc, "dugast")
        return of.ttr(doc), of.ttr(doc, "root"), *logs, *windows, of.mtld(doc), of.hdd(doc)

    def mean() -> float:
        return round(fmean([measured(doc)[0] for doc in docs]), 6)

    return {f"textacy {version('textacy')}, 8 of them: TTR, R, C, a², MATTR (2), MTLD, HD-D": mean}


def nltk_measures(folder: Path) -> Runs:
    """What a FreqDist knows; it has no other measure of richness."""
    from nltk import FreqDist

    kept = [text.split(" ") for text in texts(folder / "measures.csv")]

    def measured(words: list[str]) -> tuple[float, ...]:
        counts = FreqDist(words)
        return counts.B() / counts.N(), counts.N(), counts.B(), len(counts.hapaxes())

    def mean() -> float:
        return round(fmean([measured(words)[0] for words in kept]), 6)

    return {f"nltk {version('nltk')}, 4 of them: N, V, hapax, TTR": mean}


if __name__ == "__main__":
    serve(conc, textacy_lines, nltk_lines, textacy_measures, nltk_measures)
