"""What a reader begins with: which texts, and why these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property

import pandas as pd

from helpers import count, read
from helpers.count.classification import Classification
from helpers.read.corpus import Corpus
from helpers.read.tables import counted
from helpers.share.pages import literal

OUTLETS = 6  # at most, of those that are told apart
LENGTH = "one of the longest"  # the reason that is left where a text has no other


class Known:
    """A corpus, its texts without reprints, and what several items need of them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self.once = corpus, corpus.without_reprints()
        sizes = self.once.documents["outlet"].value_counts().sort_index()
        self.outlets = sizes.sort_values(ascending=False, kind="stable").head(OUTLETS)

    @cached_property
    def classes(self) -> Classification:
        """The stable classes, at the number of them that was chosen."""
        found = count.stable_classes(self.once)
        return Classification(*(rows[rows["k"] == rows["k"].max()] for rows in found))

    @cached_property
    def reprints(self) -> pd.DataFrame:
        """The chains of reprints."""
        return read.reprints(self.corpus)

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Every word with its move, if it has one; the attrs say what could be found."""
        return count.trends(self.corpus).query("not search_word")


def words_of(units: Iterable[object]) -> str:
    """Words in a row, as Markdown."""
    return ", ".join(f"*{literal(unit)}*" for unit in units)


Reasons = Iterator[tuple[str, str]]


def _of_class(known: Known) -> Reasons:
    held = known.classes.classes.query("`class` > 0")
    largest = held["class"].mode()[0]
    docs = held.loc[held["class"] == largest, "doc"].value_counts().sort_index()
    words = known.classes.profile.query("`class` == @largest")["lemma"].head(2)
    yield docs.idxmax(), f"most passages of the largest class ({words_of(words)} …)"


def _of_outlet(known: Known) -> Reasons:
    if len(known.outlets) > 1:
        found = count.reading_list(known.once, "outlet", n=1).set_index("part")
        if (largest := known.outlets.index[0]) in found.index:
            yield found.loc[largest, "doc"], f"typical of {literal(largest)}, which has most texts"


def _at_peak(known: Known) -> Reasons:
    for word in known.moves[known.moves["direction"].notna()]["unit"].head(3):
        peaks = count.peaks(known.once, f"[lemma={word}]").query("is_peak")
        if len(peaks):
            lines = known.once.tokens.query("lemma == @word")["doc"].astype("str").value_counts()
            when = literal(peaks["period"].iloc[0])
            yield lines.sort_index().idxmax(), f"most of *{literal(word)}*, which peaks in {when}"
            return


def _first_printing(known: Known) -> Reasons:
    if len(found := known.reprints):
        longest = found[found["chain"] == found["chain"].mode()[0]]
        n = len(longest)
        yield longest["doc"].iloc[0], f"first printing of the longest chain ({n} printings)"


def _unlike(known: Known) -> Reasons:
    for row in count.reading_list(known.once, n=1, how="unlike").itertuples():
        yield row.doc, f"most unlike the others ({words_of(row.reason.split(', ')[:3])})"


def _most_typical(known: Known) -> Reasons:
    for row in count.reading_list(known.once, n=5).itertuples():
        yield row.doc, f"most like the others ({words_of(row.reason.split(', ')[:3])})"


def _longest(known: Known) -> Reasons:
    for row in known.once.documents.nlargest(5, "n_words").itertuples():
        yield row.doc, f"{LENGTH} ({counted(row.n_words, 'word')})"


_REASONS = (
    _of_class, _of_outlet, _at_peak, _first_printing, _unlike, _most_typical, _longest,
)  # fmt: skip


def to_read(known: Known, n: int) -> dict[str, str]:
    """The first n texts (doc) of which one is chosen for each reason, and then for the last ones;
    the reason in Markdown.
    """
    reasons: dict[str, str] = {}
    for reason in _REASONS:
        with suppress(count.TooLittleText):
            for doc, why in reason(known):
                reasons.setdefault(doc, why)
    return dict([*reasons.items()][:n])
