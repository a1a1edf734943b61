"""The first page of a report: what the corpus holds, of whom and what it speaks, what moves in it,
and what to read first. Every item has its denominators, and leads to the notebook it comes from.

Here each item is computed; `summary.md` has its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from helpers import count, plot, read, voices
from helpers.count.classification import Classification
from helpers.read.corpus import Corpus
from helpers.read.tables import counted, rows_of
from helpers.share.pages import filled, literal, plain
from helpers.show.figures import saved, title_of
from helpers.show.text import ASKED, listed_of, period_of, without_text

OUTLETS = 6  # at most, of those that are told apart
LENGTH = "one of the longest"  # the reason that is left where a text has no other
FEW = 5  # texts from which a share of them is told
LEAST = 10  # occurrences of a word that is compared
Values = dict[str, Any]  # of an item, by the names that they have in the template


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


def summary(corpus: Corpus, notebooks: Iterable[str] = (), *, of: int | None = None) -> str:
    """The page in Markdown; an item of which nothing can be said is one sentence.

    Parameters: corpus; notebooks (names of those to link to); of (texts from which these were
    selected).
    """
    known, links = Known(corpus), {name[:2]: name for name in notebooks}
    items = {item.__name__.strip("_"): _found(item, known) for item in _ITEMS}
    about = {"texts": len(corpus), "of": of, "few": FEW, "links": links, "words": words_of}
    return filled("summary.md", **items, **about, length=LENGTH)


def _found(item: Callable[[Known], Values], known: Known) -> Values:
    """What an item has to say, or what it would take."""
    try:
        return item(known)
    except count.TooLittleText as reason:
        _, needs, has, _ = reason.args
        return {"needs": needs, "has": has}


def _holds(known: Known) -> Values:
    """Texts, words, days, outlets, reprints, and what was asked of which database."""
    documents = known.corpus.documents
    return {
        "texts": len(documents),
        "words": documents["n_words"].sum(),
        "period": period_of(documents),
        "copies": len(known.corpus) - len(known.once),
        "chains": known.reprints["chain"].nunique(),
        "told": {
            name: listed_of(documents[name]) for name in ("outlet", *ASKED) if name in documents
        },
    }


def _calendar(known: Known) -> Values:
    """The calendar as a figure, where two texts have a date."""
    outlets, documents = known.outlets.index, known.corpus.documents
    shown = known.corpus.where(documents["outlet"].isin(outlets)) if len(outlets) else known.corpus
    table = count.calendar(shown, by="outlet" if len(outlets) else None)
    if table.loc[table["period"].notna(), "texts"].sum() < 2:
        return {}
    axes = plot.calendar(table)
    rows = "A row for each outlet, a" if len(outlets) else "A"
    alt = f"{title_of(axes)}. {rows} bar for each period."
    saved(axes, "00-calendar", alt)
    more = documents["outlet"].nunique() - len(outlets)
    return {"alt": alt, "shown": len(outlets), "more": more}


def _typical(known: Known) -> Values:
    """Ten typical words, the farthest from general French, with their share of the texts."""
    words, texts = count.typical_words(known.corpus).query("not search_word"), len(known.once)
    words = words.nlargest(10, "ratio").sort_values("n_docs", ascending=False, kind="stable")
    return {"words": words.to_dict("records"), "texts": texts, "few": texts < FEW}


_CURVE = "▁▂▃▄▅▆▇█"


def _classes(known: Known) -> Values:
    """Each stable class: its share, its texts, five words, its share over time."""
    classes, _, profile = known.classes
    dated = known.once.with_metadata(classes, ["quarter"]).dropna(subset=["quarter"])
    rows = []
    for number, own in classes.query("`class` > 0").groupby("class"):
        words = profile[(profile["class"] == number) & (profile["chi2"] > 0)]["lemma"].head(5)
        share = (dated["class"] == number).groupby(dated["quarter"].astype("str")).mean()
        curve = "".join(_CURVE[int(7 * value / max(share.max(), 1e-9))] for value in share)
        row = {"share": len(own) / len(classes), "texts": own["doc"].nunique(), "words": words}
        rows.append(row | {"curve": curve if len(share) > 1 else "", "most": share.max()})
    found = {"passages": len(classes), "sketch": known.classes[0].attrs.get("sketch")}
    return found | {"classes": rows, "left": (classes["class"] == 0).mean()}


def _outlets(known: Known) -> Values:
    """What each outlet says more than the others, beside what chance gives."""
    if len(known.outlets) < 2:
        return {}
    options = {"by": "outlet", "unit": "lemma", "only": "common"}  # as notebook 07
    least = LEAST if len(known.once) >= 20 else 2
    chance = count.shuffled(known.once, min_freq=least, **options)
    chance = chance.set_index("shuffled").loc["texts"]
    spec = count.specificities(known.once, min_freq=least, **options)
    held = count.frequencies(known.once, **options)[["lemma", "outlet", "n_docs"]]
    spec = spec.merge(held).query("specificity >= 2 and n_docs >= 3")
    surest = [
        (outlet, n, spec[spec["outlet"] == outlet].head(3).to_dict("records"))
        for outlet, n in known.outlets.items()
        if len(spec) and chance["observed"] > chance["high"]
    ]
    return {"observed": chance["observed"], "high": chance["high"], "surest": surest}


def _changes(known: Known) -> Values:
    """Up to three rising and three falling words; without one, what it would have taken."""
    told, moves = known.moves.attrs, known.moves[known.moves["direction"].notna()]
    words = {
        direction: own.head(3).to_dict("records")
        for direction, own in moves.groupby("direction", sort=False)
    }
    least = told.get("least", np.inf)
    found = {"moves": words, "tried": len(known.moves), "texts": told.get("texts", 0)}
    return found | {"least": least if least < np.inf else 0}


def _speakers(known: Known) -> Values:
    """Five speakers, what is in no marked voice, and how well speakers are found."""
    people = voices.speakers(known.once, named=True).head(5)
    by = voices.speakers(known.once, by="outlet") if len(known.outlets) else people.head(0)
    speech = voices.reported_speech(known.once).set_index("kind")["words"]
    scores = read.truth()["speech"].set_index("what").query("half == half.max()")  # unknown
    return {
        "people": people.to_dict("records"),
        "outlets": by.groupby("source_name")["part"].nunique().to_dict(),
        "total": speech.sum(),
        "unmarked": speech.get("none", 0),
        "cues": scores["true"].iloc[0],
        "scores": scores["share"].to_dict(),
    }


def _issues(known: Known) -> Values:
    """Three kinds of issues, and what follows from each."""
    kinds = Counter(sorted(known.corpus.issues["kind"]))
    if undated := int(known.corpus.documents["date_start"].isna().sum()):
        kinds["no_date"] = undated
    # What follows for what is counted, and whether of texts or of files.
    rows = rows_of("consequences.csv", __file__)
    told = {row["kind"]: (row["of"], row["consequence"]) for row in rows}
    most = [(n, *told.get(kind, ("place", plain(kind)))) for kind, n in kinds.most_common(3)]
    return {"kinds": len(kinds), "most": most}


def _reading(known: Known) -> Values:
    """Five texts, each with its reason; none of a corpus that is soon read."""
    if len(known.once) <= FEW:
        return {}
    about = known.corpus.documents.set_index("doc")
    return {"texts": [(_named(about.loc[doc]), why) for doc, why in to_read(known, FEW).items()]}


def _named(text: pd.Series) -> str:
    """A text by its title, if it may be quoted, its outlet, its day and its name."""
    title = pd.NA if without_text() else text["title"]
    day = text["date_start"].date() if pd.notna(text["date_start"]) else pd.NA
    said = [f"**{literal(title)}**"] if pd.notna(title) else []
    said += [literal(value) for value in (text["outlet"], day) if pd.notna(value)]
    return f"{', '.join(said)} <small>{literal(text.name)}</small>".strip()


# What to read first, and why.
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
            most = ", which has most texts" if known.outlets.diff().iloc[1] else ""
            yield found.loc[largest, "doc"], f"typical of {literal(largest)}{most}"


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


def _unlike_and_like(known: Known) -> Reasons:
    for how, n, said in (("unlike", 1, "most unlike"), ("typical", 5, "most like")):
        for row in count.reading_list(known.once, n=n, how=how).itertuples():
            yield row.doc, f"{said} the others ({words_of(row.reason.split(', ')[:3])})"


def _longest(known: Known) -> Reasons:
    for row in known.once.documents.nlargest(5, "n_words").itertuples():
        yield row.doc, f"{LENGTH} ({counted(row.n_words, 'word')})"


_REASONS = (_of_class, _of_outlet, _at_peak, _first_printing, _unlike_and_like, _longest)


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


_ITEMS = (
    _holds, _calendar, _typical, _classes, _outlets, _changes, _speakers, _issues, _reading,
)  # fmt: skip
