"""Text of a corpus as a reader sees it in a notebook: the opening card, quotations, the text with
its names marked.

Everything that comes from a file is escaped; marks can be read without colour.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pandas as pd

from helpers.corpus import Corpus
from helpers.evidence import Sentence, as_table, count, escape

# One letter and one look for each kind of name, the same in text and figures.
LETTERS = {"person": "P", "organisation": "O", "place": "L", "nationality": "N", "date": "D"}
COLOURS = {
    "person": "#0072B2",
    "organisation": "#D55E00",
    "place": "#009E73",
    "nationality": "#CC79A7",
    "date": "#7A7A7A",
}


def card(corpus: Corpus, *, previous: str = "", following: str = "") -> Sentence:
    """What a notebook is about to count, and where to go from it.

    Parameters: previous, following (names of the notebooks before and after).
    """
    documents = corpus.documents
    period = documents[["date_start", "date_end"]].agg({"date_start": "min", "date_end": "max"})
    span = " to ".join(f"{day:%Y-%m-%d}" for day in period) if period.notna().all() else "undated"
    repeated = documents["duplicate_of"].notna().sum()
    rows = {
        "Texts": f"{len(documents):,}"
        + (f", of which {repeated:,} repeat another" if repeated else ""),
        "Size": f"{count(documents['n_words'].sum(), 'word')} in "
        f"{count(len(corpus.sentences), 'sentence')} "
        f"and {count(len(corpus.paragraphs), 'paragraph')}",
        "Period": span,
        "Issues": f"{len(corpus.issues):,}",
    }
    plain = "; ".join(f"{name}: {value}" for name, value in rows.items())
    return Sentence(plain, f"{as_table(rows)}<p>{_ways(previous, following)}</p>")


def _ways(previous: str, following: str) -> str:
    """Links to the notebooks before and after, and to the index, which a report does not have."""
    around = {"previous": escape(previous), "next": escape(following)}
    links = [f'{way}: <a href="{name}.ipynb">{name}</a>' for way, name in around.items() if name]
    index = [] if os.environ.get("OUT") else ['<a href="../README.md">index</a>']
    return " · ".join(links + index)


def quote(corpus: Corpus, rows: pd.DataFrame, *, n: int = 1, around: int = 60) -> Sentence:
    """The passages that the first rows of a table are about, with what stands around them (*retour
    au texte*).

    Parameters: rows (of any table: doc, start, end); n (passages); around (characters shown on
    either side).
    """
    if rows.empty:
        return Sentence("There is nothing to quote.", "<p>▢ There is nothing to quote.</p>")
    texts = corpus.documents.set_index("doc")["text"]
    quoted = [
        _passage(texts[row.doc], row.doc, row.start, row.end, around)
        for row in rows.head(n).itertuples()
    ]
    return Sentence(
        "\n".join(plain for plain, _ in quoted), "".join(marked for _, marked in quoted)
    )


def _passage(text: str, doc: str, start: int, end: int, around: int) -> tuple[str, str]:
    """A passage as plain text and as HTML; white space of the file is shown as single spaces."""
    cuts = (text[max(0, start - around) : start], text[start:end], text[end : end + around])
    before, here, after = (" ".join(f"|{cut}|".split())[1:-1] for cut in cuts)
    if start > around > 0:  # the first and the last word may be cut
        before = f"… {before.partition(' ')[2]}"
    if around and end + around < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    where = f"{doc}, characters {start:,} to {end:,}"
    inner = f"{escape(before)}<strong>{escape(here)}</strong>{escape(after)}"
    return (
        f"{before}[{here}]{after} ({where})",
        f"<blockquote>{inner}<br><small>{escape(where)}</small></blockquote>",
    )


def marked_text(corpus: Corpus, doc: str | None = None) -> Sentence:
    """A text with its names marked: bold, underlined in the colour of the kind, the kind's letter
    after it.

    Parameters: doc (the first text of the corpus if none is named).
    """
    documents = corpus.documents.set_index("doc")
    if documents.empty:
        return Sentence("There is no text to show.", "<p>▢ There is no text to show.</p>")
    doc = documents.index[0] if doc is None else doc
    text = documents["text"][doc]
    entities = corpus.entities[corpus.entities["doc"] == doc]
    paragraphs = corpus.paragraphs[corpus.paragraphs["doc"] == doc]
    html = "".join(
        f"<p><small>¶ {row.par}</small> {''.join(_marked(text, row.start, row.end, entities))}</p>"
        for row in paragraphs.itertuples()
    )
    legend = ", ".join(_mark(escape(label), label) for label in LETTERS)
    return Sentence(text, f"<div>{html}<p><small>{legend}</small></p></div>")


def _marked(text: str, start: int, end: int, entities: pd.DataFrame) -> Iterator[str]:
    """The HTML of text[start:end]; a mention inside another is marked inside it."""
    inside = entities[(entities["start"] >= start) & (entities["end"] <= end)]
    at = start
    for row in inside.itertuples():
        if row.start < at:
            continue
        yield escape(text[at : row.start])
        nested = inside[(inside["start"] >= row.start) & (inside["end"] <= row.end)].drop(row.Index)
        yield _mark("".join(_marked(text, row.start, row.end, nested)), row.label)
        at = row.end
    yield escape(text[at:end])


def _mark(inner: str, label: str) -> str:
    style = f"border-bottom: 2px solid {COLOURS[label]}"
    return f'<strong style="{style}">{inner}</strong><sub>{LETTERS[label]}</sub>'
