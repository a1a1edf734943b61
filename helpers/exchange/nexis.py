"""Texts of Nexis, many in a file of Word.

Where a text begins is told by a bookmark in an empty paragraph, or by a heading; where it ends, by
a line. The labels between are rows of nexis.csv. What stands before the first text names the user,
and is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from helpers.exchange.articles import Article, bare, key_of, language, when
from helpers.exchange.documents import Line, paragraphs
from helpers.read.tables import rows_of

_RIGHTS = re.compile(
    r"(?i)(?:copyright\b|©|\(c\)).*|(?:all rights reserved|tous droits|alle rechte).*"
)
_PAGE = re.compile(r"(?i)(?:\A|[;,]\s*)(?:pg|pp?|pages?|s|seite)(?:\.\s*|\s+)(.+)\Z")
_APPENDED = re.compile(r"(?i)(?:correction|clarification)s? (?:appended|ajoutée?)|correctif")


def is_nexis(lines: list[Line]) -> bool:
    """Whether the labels of Nexis stand in a document."""
    kinds = {_label(line)[0] for line in lines if line.bold}
    return "end" in kinds and bool(kinds & {"body", "head", "close"})


def nexis(lines: list[Line]) -> Iterator[Article]:
    """The documents of Nexis, as many as have an end."""
    ends = [i for i, line in enumerate(lines) if _label(line)[0] == "end"]
    parts = [lines[a + 1 : b] for a, b in pairwise([-1, *ends])]
    starts = [_starts(each) for each in parts]
    below = lines[ends[-1] + 1 :]
    more = len(_starts(below)) if any(line.text for line in below) else 0
    found = sum(max(1, len(each)) for each in starts) + more
    if found != len(ends):
        raise ValueError(
            f"holds {found} documents of Nexis, and “End of Document” {len(ends)} times; export "
            "them again, or take the one without an end out"
        )
    for n, (each, at) in enumerate(zip(parts, starts, strict=True)):
        if at or n:
            yield _document(each[at[0] if at else 0 :])
        else:
            yield Article(left_out="its beginning cannot be told from the cover page")


def _starts(lines: list[Line]) -> list[int]:
    """Where documents begin in what stands between two ends: as many as have a body, at the last
    empty lines with a bookmark, or headings, or else two lines above the date.
    """
    bodies = [i for i, line in enumerate(lines) if _label(line)[0] == "body"]
    last = bodies[-1] if bodies else len(lines)
    marks = [i for i, line in enumerate(lines[:last]) if line.marked and not line.text]
    marks = marks or [
        i for i, line in enumerate(lines[:last]) if line.text and line.field == "title"
    ]
    if not marks:
        seen = [i for i, line in enumerate(lines[:last]) if line.text and not _label(line)[0]]
        dated = [n for n, i in enumerate(seen) if n > 1 and when(lines[i].text)[0]]
        marks = [seen[n - 2] for n in dated[-1:]]
    return marks[-max(1, min(len(bodies), len(marks))) :]


def _document(lines: list[Line]) -> Article:
    """A document of Nexis: what stands above its labels, what they say, its text and what stands
    beside that. A label that may be a word in bold ends no text but among the last lines, which are
    labels alone.
    """
    article = Article(place=(lines[0].number, lines[-1].number))
    closing = next((i for i in range(len(lines), 0, -1) if not _closes(lines[i - 1])), 0)
    fields, head, body, beside = article.fields, [], [], {}
    at, field, has_body = "top", "", False
    for i, line in enumerate(lines):
        kind, name, value = _label(line)
        above = "" if has_body else kind
        below = kind in ("beside", "tail") and (at != "body" or not value or i >= closing)
        if above or below or kind == "close":
            at, field, has_body = kind, name, has_body or kind == "body"
            line = line._replace(text=value)
        elif at == "head" and ":" in line.text and _named(line)[0]:
            field, line = key_of(_named(line)[0]), line._replace(text=_named(line)[1])
        if not line.text:
            body += [line] if at == "body" else []
        elif at == "body":
            body.append(line)
        elif at == "beside":
            beside[field] = f"{beside.get(field, '')} {line.text}".strip()
        elif at == "top":
            head.append(line)
        elif field:
            fields[field] = f"{fields.get(field, '')} {line.text}".strip()
    article.paragraphs = [line.text for line in paragraphs(body)]
    article.beside = [*beside.items()]
    _read_head(article, head)
    return article


def _closes(line: Line) -> bool:
    """Whether a line may stand among the labels below a text."""
    return not line.text or (":" in line.text and bool(_named(line)[0]))


def _read_head(article: Article, lines: list[Line]) -> None:
    """The lines above the labels: title, outlet, date, edition and whose rights it is; and the
    values of labels that hold several fields.
    """
    fields = article.fields
    rights = [line.text for line in lines if _RIGHTS.fullmatch(line.text)]
    lines = [line for line in lines if line.text not in rights]
    at = next((i for i, line in enumerate(lines) if i and when(line.text)[0]), 2)
    told, top = [line.text for line in lines[at:]], [line.text for line in lines[:at]]
    fields["date"] = told.pop(0) if told and re.search(r"\d", told[0]) else ""
    if len(top) > 1 or (lines and lines[0].bold):
        fields["title"] = top.pop(0)
    fields["outlet"] = top.pop() if top else ""
    fields.setdefault("subtitle", " ".join(top))
    article.beside += [("note", text) for text in told if _APPENDED.fullmatch(text)]
    fields["edition"] = "; ".join(text for text in told if not _APPENDED.fullmatch(text))
    fields["copyright"] = " ".join(rights)
    if page := _PAGE.search(fields.get("section", "")):
        fields |= {"section": fields["section"][: page.start()], "page": page[1]}
    number = re.match(r"\d[\d\s.,]*", fields.get("words_told", ""))
    fields["words_told"] = re.sub(r"\D", "", number[0]) if number else ""
    if "language" in fields:
        fields["language"] = language(fields["language"])


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Where a label stands and the field that it names."""
    rows = rows_of("nexis.csv", __file__)
    return {bare(row["label"]): (row["part"], row["field"]) for row in rows}


def _named(line: Line) -> tuple[str, str]:
    """The words before the colon of a line, if they are in bold, and what follows it."""
    name, _, value = line.text.partition(":")
    is_bold = bool(name.strip()) and line.bold.startswith(name.strip())
    return (name.strip(), value.strip()) if is_bold else ("", "")


def _label(line: Line) -> tuple[str, str, str]:
    """Where the label of a line stands, the field that it names, and its value."""
    name, value = _named(line)
    return (*_labels().get(bare(name), ("", "")), value)
