"""Who printed whose text: the chains of texts that repeat one another, by day."""

import pandas as pd

from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.duplicates import chain_of, find_duplicates, read_words
from helpers.read.files import bodies
from helpers.read.tables import typed

REPRINTS = {"chain": "int64", "doc": "str", "outlet": "str", "date": "datetime64[us]"}
REPRINTS |= {"kind": "str", "similarity": "float64", "order": "Int64"}


@checked
def reprints(corpus: Corpus) -> pd.DataFrame:
    """Which texts were printed more than once, by whom, in which order? (*reprises, chaînes de
    reprises*)

    One row per text of each chain of two or more; the chains by their first text, its reprints by
    date, then by file. The first is the first in this corpus: who wrote it is not known from that.
    A text belongs to the earliest one that it matches itself (equal words; shingles of 5 words with
    a Jaccard index ≥ .5; or ≥ .8 of the smaller text's shingles in the other, both of ≥ 80 words)
    and that belongs to no other. Where a selection left out the first of a chain, those of its
    texts that match one another are chained again.

    Returns: columns chain (from 1), doc, outlet, date (its first day where it is a month or a
    year), kind (`first`; `identical`, the same words; `edited`; `excerpt`, one of the two stands in
    the other), similarity (with the first: the Jaccard index, of an excerpt the share of the
    smaller text's shingles; NaN for the first), order (rank by day in the chain, the same on the
    same day, where who was first is not known; missing without a date).

    >>> from helpers import open_corpus
    >>> reprints(open_corpus(annotate=False)).empty
    True

    References: Broder (1997), doi:10.1109/SEQUEN.1997.666900.
    """
    repeated = chain_of(corpus.documents).duplicated(keep=False)
    texts = corpus.documents[repeated].reset_index(drop=True)
    found = find_duplicates(read_words(bodies(texts))).set_index("text").reindex(texts.index)
    first = found["earliest"].fillna(texts.index.to_series()).astype("int64")
    texts = texts.assign(date=texts["date_start"], similarity=found["similarity"])
    texts["kind"] = found["kind"].fillna("first")
    texts["order"] = texts["date"].groupby(first).rank("min").astype("Int64")
    chained = first[first.duplicated(keep=False)].sort_values(kind="stable")
    texts = texts.loc[chained.index].assign(chain=pd.factorize(chained)[0] + 1)
    return typed(texts[[*REPRINTS]].reset_index(drop=True), REPRINTS)
