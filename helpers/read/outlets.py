"""Outlets under their titles, those of few texts as one; and what else parts a corpus."""

import pandas as pd

from helpers.read.french import normalise, without_accents
from helpers.read.lexicons import lexicon
from helpers.read.tables import DOCUMENTS

MANY = 12  # outlets: beyond them, the smaller ones are one
MOST, TEXTS, WORDS = 8, 10, 3000  # outlets that are kept, and what each has at least

# A column of one's own makes parts with this many texts, on average, and at most so many parts.
TEXTS_EACH, VALUES = 5, 12


def main_outlets(documents: pd.DataFrame) -> pd.Series:
    """The outlet of each text, as a verb takes it for its part (*titre de presse*).

    Up to 12 outlets are as they are written. Of more, those that `outlets.csv` knows have its title
    (lemonde.fr is Le Monde); if there are more than 12 still, at most the 8 with the most texts are
    kept, with 10 texts and 3,000 words each or more, and the others are "other (n)", n of them.

    >>> texts = pd.DataFrame({"outlet": ["Le Cap", "Le Fanal"], "n_words": [120, 300]})
    >>> main_outlets(texts).tolist()
    ['Le Cap', 'Le Fanal']
    """
    outlets = documents["outlet"]
    if outlets.nunique() <= MANY:
        return outlets
    listed = lexicon("outlets").rows
    titles = dict(zip(listed["outlet"].map(_key), listed["title"], strict=True))
    outlets = outlets.map(lambda name: titles.get(_key(name), name), na_action="ignore")
    if outlets.nunique() <= MANY:
        return outlets
    sizes = documents["n_words"].groupby(outlets).agg(["size", "sum"])
    large = sizes[(sizes["size"] >= TEXTS) & (sizes["sum"] >= WORDS)]
    kept = large.sort_values(["size", "sum"], ascending=False, kind="stable").index[:MOST]
    rest = f"other ({len(sizes) - len(kept)})"
    return outlets.where(outlets.isin(kept) | outlets.isna(), rest)


def _key(name: str) -> str:
    """An outlet without what tells none apart: capitals, accents, kinds of spaces."""
    return " ".join(without_accents(normalise(name)).casefold().split())


def compared(documents: pd.DataFrame) -> str:
    """The column of documents that makes the parts of a corpus, as `Corpus.parts` says."""
    texts = documents.assign(outlet=main_outlets(documents))
    own = texts.drop(columns=[*DOCUMENTS]).select_dtypes("str")
    own = [by for by in own if own[by].nunique() <= min(own[by].count() / TEXTS_EACH, VALUES)]
    values = texts[["outlet", *own, "year", "month", "doc"]].nunique()
    return (values > 1).idxmax() if values.max() > 1 else "par"
