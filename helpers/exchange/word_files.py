"""Files of word processors: texts written there, one a file, and those of Nexis, many in one."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.exchange.articles import Article, Source
from helpers.exchange.documents import Beside, Line, paragraphs, word_lines, writer_lines
from helpers.exchange.nexis import is_nexis, nexis

_SHORT = 100  # characters of a line that may stand above a title


def docx(source: Source) -> Iterator[Article]:
    """The texts of a file of Word: those of Nexis where its labels stand there, else one."""
    lines, beside = word_lines(source)
    return nexis(lines) if is_nexis(lines) else _written(lines, beside)


def odt(source: Source) -> Iterator[Article]:
    """The text of a file of LibreOffice."""
    return _written(*writer_lines(source))


def _written(lines: list[Line], beside: Beside) -> Iterator[Article]:
    """The text of a whole file, with the title and the like that a style tells at its beginning;
    what the file says of its author is the name of whoever saved it.
    """
    article = Article(beside=beside, place=(1, lines[-1].number) if lines else (0, 0))
    for line in (line for line in paragraphs(lines) if line.field != "contents"):
        above = all(len(p) < _SHORT and p[-1] not in ".!?…" for p in article.paragraphs)
        if line.field == "illustration":
            beside.append((line.field, line.text))
        elif above and line.field and line.field not in article.fields:
            article.fields[line.field] = line.text
        else:
            article.paragraphs.append(line.text)
    yield article
