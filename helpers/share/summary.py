"""The first page of a report: what the corpus holds, of whom and what it speaks, what moves in it,
and what to read first. Every item has its denominators, and leads to the notebook it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import count, plot, read, voices
from helpers.read.corpus import Corpus
from helpers.read.tables import counted
from helpers.share.choice import Known, to_read, words_of
from helpers.share.pages import literal, plain
from helpers.show.figures import saved
from helpers.show.text import ASKED, listed_of, period_of, without_text

# What an issue means for what is counted, by its kind: of texts or of files, and what follows.
CONSEQUENCES = Path(__file__).parent / "consequences.csv"
FEW = 5  # texts from which a share of them is told
FINER = 3  # periods below which months are shown
SCORED = read.FICTION / "truth" / "scores.csv"  # what the rules for speakers find of a known truth
Item = Callable[[Known], Iterator[str]]


def summary(corpus: Corpus, notebooks: Iterable[str] = (), *, of: int | None = None) -> str:
    """The page in Markdown; an item of which nothing can be said is one sentence.

    Parameters: corpus; notebooks (names of those to link to); of (texts from which these were
    selected).
    """
    known, links = Known(corpus), {name[:2]: f"[{name[:2]}]({name}.ipynb)" for name in notebooks}
    chosen = f" selected from {of:,}" if of not in (None, len(corpus)) else ""
    parts = [f"## {counted(len(corpus), 'text')}{chosen} on one page"]
    for title, where, item in _ITEMS:
        seen = ", ".join(links[number] for number in where.split() if number in links)
        lines = _said(item, known)
        lead = f"**{title}**" + f" <small>(notebook {seen})</small>" * bool(seen)
        parts.append(f"{lead}<br>\n{lines[0]}" if lines[0] else lead)
        parts += lines[1:]
    return "\n\n".join([*parts, _CANNOT])


def _said(item: Item, known: Known) -> list[str]:
    """The lines of an item, or in one why there are none."""
    try:
        return [*item(known)]
    except count.TooLittleText as reason:
        _, needs, has, _ = reason.args
        return [f"▢ No answer: it takes {plain(needs)}; this corpus has {plain(has)}."]


def _listed(rows: Iterable[str]) -> str:
    """Rows as a list."""
    return "\n".join(f"- {row}" for row in rows)


def _holds(known: Known) -> Iterator[str]:
    """Texts, words, days, outlets, reprints, and what was asked of which database."""
    documents = known.corpus.documents
    size = f"{counted(len(documents), 'text')} with {counted(documents['n_words'].sum(), 'word')}"
    said = [f"{size}, {literal(period_of(documents))}."]
    if copies := len(known.corpus) - len(known.once):
        chains = known.reprints["chain"].nunique()
        said.append(f"Repeating another text: {copies:,}, in {counted(chains, 'chain')}.")
    said += [
        f"{name.capitalize()}{'s' * (name == 'outlet')}: {literal(values)}."
        for name in ("outlet", *ASKED)
        if name in documents and (values := listed_of(documents[name]))
    ]
    yield " ".join(said)


def _calendar(known: Known) -> Iterator[str]:
    """The calendar as a figure."""
    outlets, documents = known.outlets.index, known.corpus.documents
    shown = known.corpus.where(documents["outlet"].isin(outlets)) if len(outlets) else known.corpus
    by = "outlet" if len(outlets) else None
    table = count.calendar(shown, by=by)
    if table["period"].nunique() < FINER:
        table = count.calendar(shown, by=by, period="month")
    if table.loc[table["period"].notna(), "texts"].sum() < 2:
        yield "There are no two texts with a date."
        return
    axes = plot.calendar(table)
    rows = "A row for each outlet, a" if len(outlets) else "A"
    alt = f"{axes.get_title(loc='left')}. {rows} bar for each period."
    saved(axes, "00-calendar", alt)
    more = documents["outlet"].nunique() - len(outlets)
    yield f"The {len(outlets)} outlets of most texts; not shown: {more:,}." if more > 0 else ""
    yield f"![{plain(alt)}](../figures/00-calendar.png)"


def _words(known: Known) -> Iterator[str]:
    """Ten typical words, with their share of the texts."""
    words = count.typical_words(known.corpus).query("not search_word").head(10)
    n, few = len(known.once), len(known.once) < FEW
    how = "how often they occur" if few else f"in how many of {counted(n, 'text')}"
    told = words["f"].astype("str") if few else (words["n_docs"] / n).map("{:.0%}".format)
    shown = (f"*{literal(unit)}* {often}" for unit, often in zip(words["unit"], told, strict=True))
    some = f"Much more frequent than in general French, and {how}: {', '.join(shown)}."
    none = "No word is both in enough texts and much more frequent than in general French."
    yield some if len(words) else none


_CURVE = "▁▂▃▄▅▆▇█"


def _classes(known: Known) -> Iterator[str]:
    """Each stable class: its share, its texts, five words, its share over time."""
    classes, _, profile = known.classes
    size = classes["class"].value_counts()
    yield f"Classes of passages that use the same words, of {counted(len(classes), 'passage')}:"
    dated, rows = known.once.with_metadata(classes, ["quarter"]).dropna(subset=["quarter"]), []
    for number in sorted({*classes["class"]} - {0}):
        own = classes[classes["class"] == number]
        words = profile[(profile["class"] == number) & (profile["chi2"] > 0)]["lemma"].head(5)
        share = (dated["class"] == number).groupby(dated["quarter"].astype("str")).mean()
        curve = "".join(_CURVE[int(7 * value / max(share.max(), 1e-9))] for value in share)
        over = f" <small>by quarter, of {share.max():.0%} at most: {curve}</small>"
        rows.append(
            f"{size[number] / len(classes):.0%}, from {counted(own['doc'].nunique(), 'text')}: "
            f"{words_of(words)}{over * (len(share) > 1)}"
        )
    if (left := size.get(0, 0)) and left >= len(classes) / 100:
        rows.append(f"{left / len(classes):.0%} in no class")
    yield _listed(rows)


def _outlets(known: Known) -> Iterator[str]:
    """What each outlet says more than the others, beside what chance gives."""
    if len(known.outlets) < 2:
        yield "There are no two outlets to compare."
        return
    options = {"by": "outlet", "unit": "lemma", "only": "common"}
    chance = count.shuffled(known.once, n=20, min_freq=5, **options)
    chance = chance.set_index("shuffled").loc["texts"]
    spec = count.specificities(known.once, min_freq=5, **options)
    held = count.frequencies(known.once, **options)[["lemma", "outlet", "n_docs"]]
    spec = spec.merge(held).query("specificity >= 2 and n_docs >= 3")
    found = "The surest of an outlet, and in how many of its texts:"
    yield (
        f"Words and outlets beyond ±2: {chance['observed']:,.0f}; with the texts shuffled among "
        f"the outlets: {chance['mean']:,.0f} (mean of 20). "
        + (found if len(spec) else "None is in three texts of an outlet.")
    )
    rows = []
    for outlet, n in known.outlets.items() if len(spec) else ():
        best = spec[spec["outlet"] == outlet].head(3)
        words = (f"*{literal(row.lemma)}* {row.n_docs:,}" for row in best.itertuples())
        rows.append(f"{literal(outlet)} (of {counted(n, 'text')}): {', '.join(words) or 'none'}")
    yield _listed(rows)


def _changes(known: Known) -> Iterator[str]:
    """Up to three rising and three falling words; without one, what it would have taken."""
    moves, n = known.moves[known.moves["direction"].notna()], known.moves.attrs.get("texts", 0)
    if moves.empty:
        least = known.moves.attrs.get("least", np.nan)
        taken = f"; to be found here, it would have to rise {least:.1f} times" * (least < np.inf)
        yield f"No word moves more than chance could move it{taken}."
        return
    yield (
        "Occurrences in a million words, from the first third of the time to the last, and "
        f"in how many of {counted(n, 'text')}:"
    )
    rows = []
    for direction, own in moves.groupby("direction", sort=False):
        shown = (
            f"*{literal(row.unit)}* {row.first:,.0f} → {row.last:,.0f} ({row.n_docs:,})"
            for row in own.head(3).itertuples()
        )
        rows.append(f"{direction}: {', '.join(shown)}")
    yield _listed(rows)


def _speakers(known: Known) -> Iterator[str]:
    """Five speakers, what is in no marked voice, and how well speakers are found."""
    people = voices.speakers(known.corpus).dropna(subset=["source_name"]).head(5)
    speech = voices.reported_speech(known.corpus).set_index("kind")
    total = speech["words"].sum()
    who = "Words of passages that are theirs, texts and outlets:"
    yield who if len(people) else "No speaker is named."
    by = voices.speakers(known.corpus, by="outlet") if len(known.outlets) else people.head(0)
    outlets, rows = by.groupby("source_name")["part"].nunique(), []
    for row in people.itertuples():
        said = f"{counted(row.words, 'word')} in {counted(row.texts, 'text')}"
        if row.source_name in outlets:
            said += f" of {counted(outlets[row.source_name], 'outlet')}"
        rows.append(f"{literal(row.source_name)}: {said}")
    yield _listed(rows)
    if total:
        scored = pd.read_csv(SCORED, index_col="what").loc["attributions, fictional texts"]
        yield (
            f"In no marked voice: {speech['words'].get('none', 0) / total:.0%} of {total:,} words. "
            f"Measured on {int(scored['texts']):,} invented texts whose speakers are known: "
            f"{scored['precision']:.0%} of the passages that are found are right, and "
            f"{scored['recall']:.0%} of those that are there are found; elsewhere it may be less."
        )


def _issues(known: Known) -> Iterator[str]:
    """Three kinds of issues, and what follows from each."""
    kinds = Counter(sorted(known.corpus.issues["kind"]))
    if undated := int(known.corpus.documents["date_start"].isna().sum()):
        kinds["no_date"] = undated
    if not kinds:
        yield "Nothing was repaired, passed over or not understood."
        return
    yield f"Kinds of issues: {len(kinds):,}" + ". The three of most:" * (len(kinds) > 3)
    told = pd.read_csv(CONSEQUENCES, index_col="kind").T.to_dict("list")
    about = ((n, *told.get(kind, ("place", plain(kind)))) for kind, n in kinds.most_common(3))
    yield _listed(f"{counted(n, noun)} {what}" for n, noun, what in about)


def _read(known: Known) -> Iterator[str]:
    """Five texts, each with its reason."""
    if len(known.once) <= FEW:
        yield f"All: there are no more than {FEW}."
        return
    about = known.corpus.documents.set_index("doc")
    yield ""
    yield _listed(f"{_named(about.loc[doc])}: {why}" for doc, why in to_read(known, FEW).items())


def _named(text: pd.Series) -> str:
    """A text by its title, if it may be quoted, its outlet, its day and its name."""
    title = pd.NA if without_text() else text["title"]
    day = text["date_start"].date() if pd.notna(text["date_start"]) else pd.NA
    said = [f"**{literal(title)}**"] if pd.notna(title) else []
    said += [literal(value) for value in (text["outlet"], day) if pd.notna(value)]
    return f"{', '.join(said)} <small>{literal(text.name)}</small>".strip()


_ITEMS: tuple[tuple[str, str, Item], ...] = (
    ("What was read", "01", _holds),
    ("When", "01 05", _calendar),
    ("Words of its own", "02 04", _words),
    ("What it speaks of", "08", _classes),
    ("What sets the outlets apart", "07", _outlets),
    ("What rises and falls", "05", _changes),
    ("Who is made to speak", "06", _speakers),
    ("What needs attention", "01", _issues),
    ("What to read first", "07 08", _read),
)
_CANNOT = (
    "**What this page cannot say**<br>\nHow much an outlet wrote in all: texts of a month tell its "
    "attention only beside the number of all its texts."
)
