"""Text of a corpus as a reader sees it in a notebook: the opening card, quotations, the text with
its names or its themes marked.

Everything that comes from a file is escaped; marks can be read without colour.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pandas as pd

from helpers.plot.style import KIND_COLOURS, LETTERS, Look, theme_look
from helpers.read.corpus import Corpus
from helpers.read.tables import counted
from helpers.show.notes import QUOTED, Sentence, as_table, escape, one_line


def card(corpus: Corpus, *, previous: str = "", following: str = "", ways: bool = True) -> Sentence:
    """What a notebook is about to count, and where to go from it.

    Parameters: previous, following (names of the notebooks before and after); ways (False leaves
    the links away).
    """
    documents = corpus.documents
    repeated = documents["duplicate_of"].notna().sum()
    rows = {
        "Texts": f"{len(documents):,}"
        + (f", of which {repeated:,} repeat another" if repeated else ""),
        "Size": f"{counted(documents['n_words'].sum(), 'word')} in "
        f"{counted(len(corpus.sentences), 'sentence')} "
        f"and {counted(len(corpus.paragraphs), 'paragraph')}",
        "Period": _period(documents),
        "Issues": f"{len(corpus.issues):,}",
    }
    plain = "; ".join(f"{name}: {value}" for name, value in rows.items())
    links = f"<p>{_ways(previous, following)}</p>" if ways else ""
    return Sentence(plain, as_table(rows) + links)


_AS_PRECISE = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


def _period(documents: pd.DataFrame) -> str:
    """From when to when, as precise as the least precise date."""
    dated = documents.dropna(subset=["date_precision"])
    if dated.empty:
        return "undated"
    known = set(dated["date_precision"])
    shape = next(form for precision, form in _AS_PRECISE.items() if precision in known)
    days = dated["date_start"].min(), dated["date_end"].max()
    span = " to ".join(dict.fromkeys(day.strftime(shape) for day in days))
    undated = len(documents) - len(dated)
    return f"{span}, {undated:,} undated" if undated else span


def _ways(previous: str, following: str) -> str:
    """Links to the notebooks before and after, and to the index."""
    around = {"previous": escape(previous), "next": escape(following)}
    links = [f'{way}: <a href="{name}.ipynb">{name}</a>' for way, name in around.items() if name]
    return " · ".join([*links, '<a href="index.md">index</a>'])


def quote(corpus: Corpus, rows: pd.DataFrame, *, n: int = 1, around: int = 60) -> Sentence:
    """The passages that the first rows of a table are about, with what stands around them (*retour
    au texte*).

    Parameters: rows (of any table: doc, start, end); n (passages); around (characters shown on
    either side).
    """
    if rows.empty:
        return Sentence("There is nothing to quote.", "<p>▢ There is nothing to quote.</p>")
    documents = corpus.documents.set_index("doc")
    quoted = [
        _passage(documents.loc[row.doc], row.start, row.end, around)
        for row in _short(rows.head(n), around).itertuples()
    ]
    return Sentence(
        "\n".join(plain for plain, _ in quoted), "".join(marked for _, marked in quoted)
    )


def without_text() -> bool:
    """Is this a report that is shared without its texts?"""
    return bool(os.environ.get("NO_TEXT"))


def _short(rows: pd.DataFrame, around: int) -> pd.DataFrame:
    """The same passages; where texts are left out, cut so that they may be quoted."""
    if not without_text():
        return rows
    return rows.assign(end=rows["end"].clip(upper=rows["start"] + QUOTED - 2 * around))


def _passage(document: pd.Series, start: int, end: int, around: int) -> tuple[str, str]:
    """A passage as plain text and as HTML, each on one line. What
    stands around a passage of the body is body too; what is quoted alone need not be told apart.
    """
    text, inside = document["text"], document["body_start"] <= start < document["body_end"]
    first, last = (document["body_start"], document["body_end"]) if inside else (0, len(text))
    left, right = max(first, start - around), min(last, end + around)
    cuts = text[left:start], text[start:end], text[end:right]
    before, here, after = map(one_line, cuts)
    if first < left < start:  # the first and the last word may be cut
        before = f"… {before.partition(' ')[2]}"
    if end < right < last:
        after = f"{after.rpartition(' ')[0]} …"
    where = f"{document.name}, characters {start:,} to {end:,}"
    marked = f"<strong>{escape(here)}</strong>" if around else escape(here)
    # No line begins or ends with an ellipsis alone.
    inner = (
        f"{escape(before).replace('… ', '…&nbsp;')}{marked}{escape(after).replace(' …', '&nbsp;…')}"
    )
    return (
        f"{before}[{here}]{after} ({where})",
        f'<blockquote lang="fr">{inner}<br><small lang="en">{escape(where)}</small></blockquote>',
    )


def marked(corpus: Corpus, hits: pd.DataFrame | None = None, *, doc: str | None = None) -> Sentence:
    """A text with its names or its themes marked: bold, underlined in the colour of the kind, the
    kind's letter after it.

    Parameters: hits (of `theme_hits`, to mark themes in the place of names); doc (the first text of
    the corpus if none is named).
    """
    documents = corpus.documents.set_index("doc")
    if documents.empty:
        return Sentence("There is no text to show.", "<p>▢ There is no text to show.</p>")
    if without_text():
        return Sentence(_LEFT_OUT, f"<p>▢ {_LEFT_OUT}</p>")
    doc = documents.index[0] if doc is None else doc
    text = documents["text"][doc]
    marks, looks = corpus.entities, {kind: (LETTERS[kind], KIND_COLOURS[kind]) for kind in LETTERS}
    if hits is not None:
        marks = hits.rename(columns={"theme": "label"})
        looks = {
            theme: theme_look(theme) for theme in marks["label"].astype("category").cat.categories
        }
    marks = marks[marks["doc"] == doc]
    paragraphs = corpus.paragraphs[corpus.paragraphs["doc"] == doc]
    html = "".join(
        f"<p><small>¶ {row.par}</small> "
        f"{''.join(_marked(text, (row.start, row.end), marks, looks))}</p>"
        for row in paragraphs.itertuples()
    )
    legend = ", ".join(_mark(escape(label), look) for label, look in looks.items())
    return Sentence(text, f'<div lang="fr">{html}<p lang="en"><small>{legend}</small></p></div>')


_LEFT_OUT = "The text is left out of this report, which was made to be shared."


def _marked(
    text: str, span: tuple[int, int], marks: pd.DataFrame, looks: dict[str, Look]
) -> Iterator[str]:
    """The HTML of this span of the text; a mark inside another is shown inside it."""
    at, end = span
    inside = marks[(marks["start"] >= at) & (marks["end"] <= end)]
    for row in inside.itertuples():
        if row.start < at:
            continue
        yield escape(text[at : row.start])
        here = (row.start, row.end)
        yield _mark("".join(_marked(text, here, inside.drop(row.Index), looks)), looks[row.label])
        at = row.end
    yield escape(text[at:end])


_APART = "&thinsp;"  # between a word and the letter of its mark, and between two letters


def _mark(inner: str, look: Look) -> str:
    letter, colour = look
    # Black cannot be seen in the dark.
    colour = "currentColor" if colour == "#000000" else colour
    style = f"border-bottom: 2px solid {colour}"
    return f'<strong style="{style}">{inner}</strong><sub>{_APART}{escape(letter)}</sub>'


def event_cards(events: pd.DataFrame, *, n: int = 3) -> Sentence:
    """What happened, a small table an event, with the days that it may have been (*fiche*).

    Parameters: events (table of `events`); n (events).
    """
    cards = []
    for row in events.head(n).to_dict("records"):
        days = ", ".join(row["date_candidates"])
        told = {name: row[name] for name in ("kind", "host", "guest", "place", "weekday")}
        told |= {"possible days": days or None, "precision": row["date_precision"]}
        cards.append(
            {name: "not told" if pd.isna(value) else value for name, value in told.items()}
        )
    if not cards:
        return Sentence("No event is told.", "<p>▢ No event is told.</p>")
    plain = ("; ".join(f"{name}: {value}" for name, value in card.items()) for card in cards)
    return Sentence("\n".join(plain), "".join(as_table(card) for card in cards))
