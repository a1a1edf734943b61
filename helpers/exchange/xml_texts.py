"""Texts in XML: TEI P5, with or without a corpus around it, as TXM exports it, too; and <text>
elements with attributes, as scrapers of the press write them for TXM (XTZ).

Where a field stands in a header is a row of places.csv; what attributes tell, of attributes.csv.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from lxml import etree

from helpers.exchange import markup
from helpers.exchange.articles import Article, Source, by_element
from helpers.exchange.markup import (
    BLOCKS,
    FORMS,
    TAGS,
    Element,
    collapsed,
    drop,
    found,
    remove,
    text_of,
)
from helpers.read.tables import rows_of

_NAMES = [
    (name, row["field"])
    for row in rows_of("attributes.csv", __file__)
    for name in row["names"].split()
]
_BREAKS = BLOCKS | TAGS["blocks_of_tei"]
_JOINED = "\ue000"  # a private sign where a line ended within a word


def tei(source: Source) -> Iterator[Article]:
    """The articles of a TEI file, one for each of its texts.

    Raises: ValueError for what is no XML, or no TEI.
    """
    return by_element(source, _read_tei, "TEI", "TEI.2")


def xtz(source: Source) -> Iterator[Article]:
    """The articles of a file for TXM, one for each <text>.

    Raises: ValueError for what is no XML, or has no <text>.
    """
    return by_element(source, _read_xtz, "text")


def _read_tei(element: Element) -> Article:
    """The article of a TEI, which tells its fields in its header or, by TXM, at the text."""
    for name in element.iterfind("teiHeader//author//*"):
        name.tail = name.tail or " "
    text = element.find("text")
    if text is None:
        return Article(markup.fields_of(element, "tei"))
    article = _cleaned(text)
    header = markup.fields_of(element, "tei")
    fields = _attributes(text) | {name: value for name, value in header.items() if value}
    return _finished(article, fields, text, _BREAKS)


def _read_xtz(text: Element) -> Article:
    """The article of a <text>, in which <lb/> parts paragraphs where <p> does not."""
    links = found(text, "xtz", "link")
    remove(links)
    article, fields = _cleaned(text), _attributes(text)
    fields["url"] = fields.get("url") or "".join(link.get("target", "") for link in links[:1])
    breaks = _BREAKS if text.find(".//p") is not None else _BREAKS | {"lb"}
    return _finished(article, fields, text, breaks)


def _attributes(text: Element) -> dict[str, str]:
    """The fields that attributes tell; one whose name is not known is a field of that name."""
    values = ((etree.QName(name).localname, value) for name, value in text.attrib.items())
    told = {
        name: FORMS["tag"].sub("", unescape(FORMS["bare_ampersand"].sub("&amp;", value)))
        for name, value in values
    }
    plain = {re.sub(r"[-_.]", "", name).lower(): name for name in told}
    fields: dict[str, str] = {}
    for name, field in _NAMES:
        key = plain.get(name, "")
        value = told.get(key, "")
        if not field:
            told.pop(key, None)
        # A source may be an address, and is no outlet then.
        elif value and field not in fields and (field == "url") == value.startswith("http"):
            fields[field] = told.pop(key)
    day = [fields.pop(part).zfill(2) for part in ("year", "month", "day") if part in fields]
    return told | {"date": "-".join(day)} | fields


def _cleaned(text: Element) -> Article:
    """An article with what signs its text, and what stands beside that, taken out of it."""
    _spell(text)
    remove(found(text, "tei_parts", "out"))
    signed = drop(text, ".//byline | .//docAuthor")
    beside = [(node.tag, text_of(node)) for node in drop(text, ".//note | .//figure")]
    for line in text.iter("lb", "pb", "cb"):
        line.tail = _JOINED * (line.get("break") == "no") + (line.tail or "")
    kinds = {"note": "note", "figure": "illustration"}
    return Article(
        {"byline": "; ".join(map(text_of, signed))},
        beside=[(kinds[tag], told) for tag, told in beside if told],
    )


def _finished(
    article: Article, fields: dict[str, str], text: Element, breaks: frozenset[str]
) -> Article:
    """The article with its fields, and its paragraphs without the title."""
    article.fields |= {name: value for name, value in fields.items() if value}
    title = fields.get("title", "").casefold()
    for head in text.iter("head", "ab"):
        if collapsed("".join(head.itertext())).casefold() == title:
            head[:], head.text = [], ""
    lines = markup.blocks(text, breaks)
    article.paragraphs = [re.sub(rf"(?<!\s)\s*{_JOINED}\s*", "", line) for line in lines]
    return article


def _spell(text: Element) -> None:
    """Put words that are elements (w, pc) as they are spelt, and blanks between them as French is
    printed, though the file has a line end behind each of them, or nothing.
    """
    words = [*text.iter("w", "pc")]
    for word in words:
        form = word.find("form")
        spelt = collapsed("".join((word if form is None else form).itertext()))
        word[:], word.text = [], spelt
    pairs = [(one, other) for one, other in pairwise(words) if one.getnext() is other]
    spaced = any(one.tail for one, _ in pairs)
    for one, other in pairs:
        joined = one.get("join") in ("right", "both") or other.get("join") in ("left", "both")
        close = (
            joined
            or FORMS["closing_word"].fullmatch(other.text)
            or FORMS["opening_word"].fullmatch(one.text)
        )
        if not (one.tail or "").strip():
            one.tail = " " if not close and (one.tail or not spaced) else ""
    for sentence in text.iter("s") if pairs and not spaced else ():
        sentence.tail = f" {sentence.tail or ''}"
