"""What is timed of ours, and the corpora it is timed on: thirty fictional texts again and again,
each copy a text of its own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from peers import NODE
from turns import Runs, serve

from helpers import concordance, open_corpus, richness
from helpers.corpus import Corpus

THIRTY = Path(__file__).resolve().parents[1] / "fixtures" / "thirty"
LARGE, SMALL = 2322, 34  # copies: 10 003 176 tokens to find a word in, 1 020 texts to measure


def copied(times: int) -> Corpus:
    """A corpus of any size."""
    small = open_corpus(THIRTY, annotate=False)
    names = pd.Index([f"{i:07}" for i in range(len(small.documents) * times)], dtype="str")
    codes = small.tokens["doc"].cat.codes.to_numpy()
    codes = np.arange(times)[:, None] * len(small.documents) + codes
    tokens = pd.concat([small.tokens] * times, ignore_index=True)
    tokens["doc"] = pd.Categorical.from_codes(codes.ravel(), names)
    documents = pd.concat([small.documents] * times, ignore_index=True).assign(doc=names)
    empty = [getattr(small, name).head(0) for name in ("fields", "issues", "paragraphs")]
    return Corpus(documents, *empty, small.sentences.head(0), tokens, small.entities)


def write(folder: Path) -> tuple[int, int, int]:
    """The same tokens (lines.csv) and words (measures.csv) for the others, one text a row, a space
    between two tokens. Returns the number of tokens; of texts and words to measure.
    """
    tokens = copied(1).tokens
    words = tokens[tokens["kind"] == "word"]
    _write(tokens, "form", LARGE, folder / "lines.csv")
    _write(words, "type", SMALL, folder / "measures.csv")
    return len(tokens) * LARGE, words["doc"].nunique() * SMALL, len(words) * SMALL


def _write(tokens: pd.DataFrame, unit: str, times: int, path: Path) -> None:
    spaceless = tokens[unit].astype("str").str.replace(r"\s", "_", regex=True)
    texts = spaceless.groupby(tokens["doc"], observed=True, sort=False).agg(" ".join)
    pd.concat([texts.rename("text")] * times).to_csv(path, index=False)


def lines(folder: Path, times: int = LARGE) -> Runs:
    """Every line of a word: how many are found."""
    corpus = copied(times)

    def found(**options: str) -> int:
        return len(concordance(corpus, NODE, **options))

    return {
        f'concordance(corpus, "{NODE}"), 8 tokens on either side': found,
        f'concordance(corpus, "{NODE}", sort="right1")': lambda: found(sort="right1"),
    }


def measures(folder: Path, times: int = SMALL) -> Runs:
    """Richness of every text: the mean TTR."""
    tokens = copied(times).tokens

    def mean() -> float:
        return round(float(richness(tokens, by="doc")["ttr"].mean()), 6)

    return {'richness(tokens, by="doc"), 13 numbers a text': mean}


if __name__ == "__main__":
    serve(lines, measures)
