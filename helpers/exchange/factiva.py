"""Pages of articles from Factiva, with the codes of its index or without, and its XML.

Where a field stands is a row of places.csv; without codes its place among the lines tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.exchange import articles
from helpers.exchange.articles import Article, Source, when
from helpers.exchange.markup import Element, fields_of, found, html_tree, lines_of, text_of

# An article stands in two elements of class article, of which a damaged page may have one.
_OUTER = r"""<div\b[^<>]*\bclass=["']?article["']?(?=[\s>])[^<>]*>"""
_INNER = r"""<div\b[^<>]*\bclass=["']article\s+\w+Article\b"""
# The number of an article is the last that stands in it.
_NUMBER = re.compile(r"\bDocument\s+[A-Z]{2,}\d{8}\w{4,}")
_BETWEEN = r"(?:\s|<(?!/?(?:div|table|p)\b)[^<>]*>)*"
_MARK = re.compile(rf"(?i){_OUTER}{_BETWEEN}{_INNER}|{_INNER}|{_OUTER}")
_WORDS = re.compile(r"(?i)\d[\d\s.,'’]* (?:words?|mots?|Wort|Wörter|palabras?|parol[ae]|palavras?)")
_PAGE = re.compile(r"[A-Z]{0,4}\d+[A-Z]?(?:\s?[,;/–-]\s?[A-Z]{0,4}\d+[A-Z]?)*")
_VOLUME = re.compile(r"(?i)(?:vol(?:ume|umen|\.)?|band|jahrgang|tome)\s+(.+)")
_GROUP = re.compile(r"(?i)\b(?:sources|quellen|fuentes|fonti|fontes)\Z")
_GROUP_CODE = re.compile(r"[A-Z\d]{2,}")
_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?=[a-z])")  # in a number, before the rest of it


def factiva_html(source: Source) -> Iterator[Article]:
    """The articles of a page, one for each that it marks, with the index or without.

    Raises: ValueError for a page that marks none, as one that was saved as text.
    """
    if not _MARK.search(source.text):
        how = "save it from the browser as a complete web page, not as text"
        raise ValueError(f"marks no article as the pages of Factiva do; {how}")
    yield from articles.sliced(source, _MARK, _read, _NUMBER)


def factiva_xml(source: Source) -> Iterator[Article]:
    """The articles of an XML file.

    Raises: ValueError for what is no XML, or has no article.
    """
    return articles.by_element(source, _read_xml, "article")


def _read(page: str) -> Article:
    """The article of a piece of the page."""
    number = _NUMBER.search(page)
    tree = html_tree(page[: number.end()] if number else page)
    coded = found(tree, "factiva_parts", "codes")
    fields = fields_of(tree, "factiva_index") if coded else _by_place(tree)
    return _article(fields, tree, "factiva_parts")


def _read_xml(element: Element) -> Article:
    return _article(fields_of(element, "factiva_xml"), element, "factiva_xml_parts")


def _article(fields: dict[str, str], tree: Element, parts: str) -> Article:
    """The article with its text, and what its fields say in the words of the interface."""
    article = Article(fields | {"words_told": re.sub(r"\D", "", fields.get("words_told", ""))})
    article.fields["language"] = articles.language(fields.get("language", ""))
    article.fields["source_id"] = re.split("[ /-]", fields["source_id"])[-1]
    article.fields["time"] = when(fields.get("time", ""))[1]
    article.paragraphs = lines_of(tree, parts, "text")
    for kind in ("illustration", "note"):
        article.beside += [(kind, text_of(part)) for part in found(tree, parts, kind)]
    day = _DAY.search(article.fields["source_id"])
    return articles.dated(article, "-".join(day.groups()) if day else "")


def _by_place(tree: Element) -> dict[str, str]:
    """The fields of an article without codes: those from the number of its words to its language
    and the copyright come one after the other.
    """
    fields = fields_of(tree, "factiva_plain")
    lines = [text_of(line) for line in found(tree, "factiva_parts", "line")]
    after = next((i for i, line in enumerate(lines, 1) if _WORDS.fullmatch(line)), None)
    if not after:
        return fields
    names = [re.split(r" [-–(]", line.lower())[0] for line in lines]
    named = [i for i, name in enumerate(names) if i > after and name in articles.languages()]
    last = named[-1] if named else len(lines)
    fields["words_told"] = lines[after - 1]
    fields["language"], fields["copyright"] = [*lines[last : last + 2], "", ""][:2]
    fields["date"], *told = [*lines[after:last], "", "", "", ""]
    clock = told[0][:1].isdigit() and when(told[0])[1]
    fields["time"] = told.pop(0) if clock else ""
    fields["outlet"], _, *told = told
    return fields | _by_form(told)


def _by_form(told: list[str]) -> dict[str, str]:
    """The edition, the pages and the volume, each of which may lack, by the form of their lines;
    a group of sources, with its code, is none of them.
    """
    lines = [line for line in told if line]
    if lines and _GROUP.search(lines[0]):
        lines = lines[2:] if _GROUP_CODE.fullmatch("".join(lines[1:2])) else lines[1:]
    fields = {"edition": "", "page": "", "issue": ""}
    for line in reversed(lines):
        volume = _VOLUME.fullmatch(line)
        name = "issue" if volume else "page" if _PAGE.fullmatch(line) else "edition"
        name = "edition" if fields[name] else name
        fields[name] = fields[name] or (volume[1] if volume else line)
    return fields
