"""Text of a corpus as a reader sees it in a notebook: the opening card, quotations, the lines of a
concordance, the text with its names or its themes marked.

Everything that comes from a file is escaped; marks can be read without colour or style.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.plot.looks import KINDS, Look, theme_look
from helpers.plot.sheet import is_invented
from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.tables import counted, need
from helpers.show.notes import QUOTED, Sentence, absent, as_table, escape, one_line
from helpers.show.tables import CARD, WIDEST

# Fields of an import that say what was asked of which database, and when.
ASKED = ("query", "database", "searched")
INVENTED, NOWHERE = " (invented)", "these texts have no such place"


@checked
def card(corpus: Corpus) -> Sentence:
    """What a notebook is about to count (*fiche du corpus*): texts, words, period, outlets, what
    was asked of the database, and how many issues there are.
    """
    # No cell of a table that is shown below is read as a formula, and a sentence is whole.
    pd.set_option("display.html.use_mathjax", False, "display.max_colwidth", WIDEST)
    documents, CARD["invented"] = corpus.documents, is_invented(corpus)
    repeated = int(documents["duplicate_of"].notna().sum())
    texts = f"{len(documents):,}" + f", of which {repeated:,} repeat another" * (repeated > 0)
    rows = {
        "Texts": texts + INVENTED * CARD["invented"],
        "Size": f"{counted(documents['n_words'].sum(), 'word')} in "
        f"{counted(len(corpus.sentences), 'sentence')} "
        f"and {counted(len(corpus.paragraphs), 'paragraph')}",
        "Period": period_of(documents),
        "Outlets": listed_of(documents["outlet"]),
        **{name.title(): listed_of(documents[name]) for name in ASKED if name in documents},
        "Issues": f"{len(corpus.issues):,}",
    }
    return as_table({name: said for name, said in rows.items() if said})


_LISTED = 6  # outlets that a card names


def listed_of(column: pd.Series) -> str:
    """The most frequent values of a column of documents, with their numbers of texts, and how many
    texts have none where others have.
    """
    names = column.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    shown = [f"{name} ({n:,})" if len(names) > 1 else name for name, n in names[:_LISTED].items()]
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    none = column.isna().sum() if shown else 0
    none = f"; {counted(none, 'text')} without" if none else ""
    return ", ".join(shown) + more + none


_AS_PRECISE = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


def period_of(documents: pd.DataFrame) -> str:
    """From when to when, as precise as the least precise date."""
    dated = documents.dropna(subset=["date_precision"])
    if dated.empty:
        return "undated"
    shape = _AS_PRECISE[min(dated["date_precision"], key=list(_AS_PRECISE).index)]
    days = dated["date_start"].min(), dated["date_end"].max()
    span = " to ".join(dict.fromkeys(day.strftime(shape) for day in days))
    undated = len(documents) - len(dated)
    return f"{span}, {undated:,} undated" if undated else span


@checked
def quote(corpus: Corpus, rows: pd.DataFrame, *, n: int = 1, around: int = 60) -> Sentence:
    """The passages that the first rows of a table are about, with what stands around them (*retour
    au texte*).

    Parameters: rows (of any table: doc, start, end); n (passages); around (characters shown on
    either side).
    """
    if not rows.empty:
        need(rows, "doc", "start", "end")
    documents, rows = corpus.documents.set_index("doc"), rows.head(n)
    if rows.empty:
        return Sentence(f"No passage: {rows.attrs.get('why', NOWHERE).removesuffix('.')}.")
    if without_text():
        around = min(around, QUOTED // 3)
        rows = rows.assign(end=rows["end"].clip(upper=rows["start"] + QUOTED - 2 * around))
    places = zip(rows["doc"], rows["start"], rows["end"], strict=True)
    passages = [_passage(_text(documents, doc), *place, around) for doc, *place in places]
    plain, marked = zip(*passages, strict=True)
    return Sentence("\n".join(plain), "".join(marked))


def _text(documents: pd.DataFrame, doc: str) -> pd.Series:
    """The row of a text of the corpus."""
    if doc not in documents.index:
        raise ValueError(f"the corpus has no text {doc!r}; ask the corpus that it is from")
    return documents.loc[doc]


def without_text() -> bool:
    """Is this a report that is shared without its texts?"""
    return bool(os.environ.get("NO_TEXT"))


def _passage(document: pd.Series, start: int, end: int, around: int) -> tuple[str, str]:
    """A passage as plain text and as HTML, each on one line; it is bold where text stands around
    it, which is body where the passage is.
    """
    text, inside = document["text"], document["body_start"] <= start < document["body_end"]
    first, last = (document["body_start"], document["body_end"]) if inside else (0, len(text))
    left, right = max(first, start - around), min(last, end + around)
    before, passage, after = map(one_line, (text[left:start], text[start:end], text[end:right]))
    if first < left < start:  # the first and the last word may be cut
        before = f"… {before.partition(' ')[2]}"
    if end < right < last:
        after = f"{after.rpartition(' ')[0]} …"
    where = f"{document.name}, characters {start:,} to {end:,}"
    marked = f"<strong>{escape(passage)}</strong>" if around else escape(passage)
    # No line begins or ends with an ellipsis alone.
    inner = (
        f"{escape(before).replace('… ', '…&nbsp;')}{marked}{escape(after).replace(' …', '&nbsp;…')}"
    )
    return (
        f"{before}[{passage}]{after} ({where})",
        f'<blockquote lang="fr">{inner}<br><small lang="en">{escape(where)}</small></blockquote>',
    )


_SIDES = {"left": "right", "node": "center", "right": "left", "place": "left"}


@checked
def kwic(lines: pd.DataFrame, *, n: int = 10) -> Sentence:
    """The lines of a concordance below each other, as they are read (*concordance*, KWIC).

    Parameters: lines (a table that `concordance` returned, in its order; of several texts the day
    and the outlet are told where `Corpus.with_metadata` put date and outlet beside them); n (lines
    shown).

    >>> from helpers.count.contexts import concordance; from helpers import open_corpus
    >>> kwic(concordance(open_corpus(annotate=False), "terrorisme", window=2))
    contre le [terrorisme] et l’ (¶ 3)
    contre le [terrorisme] à l’ (¶ 6)
    2 lines
    """
    if len(lines):
        need(lines, "doc", "par", "left", "node", "right")
    shown = lines.head(n)
    several = len(shown["doc"].unique()) > 1
    rows = [(row.left, row.node, row.right, _place(row, several)) for row in shown.itertuples()]
    size = counted(len(lines), "line") if len(lines) else f"No line: {NOWHERE}."
    size = f"{len(rows):,} of {size}" if len(lines) > len(rows) else size
    plain = [[one_line(cell).strip() for cell in row] for row in rows]
    width = max((len(left) for left, *_ in plain), default=0)
    said = [f"{left:>{width}} [{node}] {right} ({place})" for left, node, right, place in plain]
    table = _kwic_table(rows) if rows else ""
    return Sentence("\n".join([*said, size]), f"{table}<p><small>{escape(size)}</small></p>")


def _place(line: Any, several: bool) -> str:
    """Where a line stands: its text, where there are several, and of what day and outlet that is
    where the line and not already the name of the text says so.
    """
    known = (getattr(line, name, None) for name in ("date", "outlet"))
    told = (str(value) for value in known if pd.notna(value) and str(value) not in line.doc)
    return ", ".join([f"{line.doc} ¶ {line.par}", *told]) if several else f"¶ {line.par}"


def _kwic_table(rows: list[tuple[str, ...]]) -> str:
    """The lines as HTML; the attribute align is for where styles are taken off."""
    sides = _SIDES.items()
    head = (f'<th style="text-align: {side}" align="{side}">{name}</th>' for name, side in sides)
    table = f"<tr>{''.join(head)}</tr>"
    for left, node, right, place in (map(escape, row) for row in rows):
        cells = (left, f"<strong>{node}</strong>", right, f"<small>{place}</small>")
        shown = zip(_SIDES.values(), cells, strict=True)
        row = (f'<td align="{side}" style="text-align: {side}">{cell}</td>' for side, cell in shown)
        table += f"<tr>{''.join(row)}</tr>"
    return f'<table class="kwic">{table}</table>'


@checked
def marked(corpus: Corpus, hits: pd.DataFrame | None = None, *, doc: str | None = None) -> Sentence:
    """A text with its names or its themes marked: bold, underlined in the colour of the kind, the
    kind's letter after it.

    Parameters: hits (of `theme_hits`, to mark themes in the place of names); doc (the first text of
    the corpus if none is named).
    """
    documents = corpus.documents.set_index("doc")
    if documents.empty:
        return absent("There is no text to show.")
    if without_text():
        return absent("The text is left out of this report, which was made to be shared.")
    doc = documents.index[0] if doc is None else doc
    text = _text(documents, doc)["text"]
    marks, looks = corpus.entities, KINDS
    if hits is not None:
        need(hits, "theme", "doc", "start", "end")
        marks = hits.rename(columns={"theme": "label"})
        themes = marks["label"].astype("category").cat.categories
        looks = {theme: theme_look(theme) for theme in themes}
    marks = marks[marks["doc"] == doc]
    paragraphs = corpus.paragraphs[corpus.paragraphs["doc"] == doc]
    html = "".join(
        f"<p><small>¶ {row.par}</small> "
        f"{''.join(_marked(text, (row.start, row.end), marks, looks))}</p>"
        for row in paragraphs.itertuples()
    )
    legend = ", ".join(_mark(escape(label), look) for label, look in looks.items())
    return Sentence(text, f'<div lang="fr">{html}<p lang="en"><small>{legend}</small></p></div>')


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
        nested = _marked(text, (row.start, row.end), inside.drop(row.Index), looks)
        yield _mark("".join(nested), looks[row.label])
        at = row.end
    yield escape(text[at:end])


_APART = "&thinsp;"  # between a word and the letter of its mark, and between two letters


def _mark(inner: str, look: Look) -> str:
    letter, colour, _ = look
    # Black cannot be seen in the dark.
    colour = "currentColor" if colour == "#000000" else colour
    style = f"border-bottom: 2px solid {colour}"
    return f'<strong style="{style}">{inner}</strong><sub>{_APART}{escape(letter)}</sub>'
