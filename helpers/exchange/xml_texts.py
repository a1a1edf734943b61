"""Texts in XML: TEI P5, with or without a corpus around it, as TXM exports it, too; and <text>
elements with attributes, as scrapers of the press write them for TXM (XTZ); posts of WordPress.

Where a field stands in a header is a row of places.csv; what attributes tell, of columns.csv.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from lxml import etree

from helpers.exchange import columns, markup
from helpers.exchange.articles import Article, Source, by_element
from helpers.exchange.markup import BLOCKS, FORMS, TAGS, Element, collapsed, found, xml_tree
from helpers.exchange.tables import of_objects

_BREAKS = BLOCKS | TAGS["blocks_of_tei"]
_JOINED = "\ue000"  # a private sign where a line ended within a word


def tei(source: Source) -> Iterator[Article]:
    """The articles of a TEI file, one for each of its texts.

    Raises: ValueError for what is no XML, or no TEI.
    """
    return by_element(source, _read, "TEI", "TEI.2")


def xtz(source: Source) -> Iterator[Article]:
    """The articles of a file for TXM, one for each <text>, or of trafilatura, one for each <doc>;
    or of a table, whose rows are elements.

    Raises: ValueError for what is no XML, or has no <text>.
    """
    rows = [*enumerate(filter(None, map(_row, xml_tree(source.text).iter())), 1)]
    return of_objects(source, rows) if rows else by_element(source, _read, "text", "doc")


def _row(element: Element) -> dict[str, list[str]]:
    """The cells of a row, which are its attributes, or elements with names as columns have them,
    of which one is that of the texts; nothing for another element.
    """
    cells: dict[str, list[str]] = {name: [value] for name, value in element.attrib.items()}
    for cell in element:
        if not len(cell) or columns.field_of(cell.tag) == "text":
            text = columns.PARTED.join(markup.blocks(cell, _BREAKS)) if len(cell) else cell.text
            cells.setdefault(cell.tag, []).append(text or "")
    told = {*map(columns.field_of, cells)} - {None}
    return cells if "text" in told and len(told) > 1 and element.tag not in ("text", "doc") else {}


def wordpress(source: Source) -> Iterator[Article]:
    """The posts and pages of an export of WordPress, whose other parts have no text.

    Raises: ValueError for what is no XML, or has none.
    """
    return by_element(source, _post, "item")


def _post(item: Element) -> Article:
    """The article of a post, whose paragraphs are elements, or parted by blank lines."""
    (text,) = found(item, "wordpress_parts", "text") or [""]
    fields, lines = markup.fields_of(item, "wordpress"), columns.paragraphs_of(text)
    status = fields.pop("status")  # of one that is not published
    return Article(fields, [], lines, columns.captions_of(text), left_out=status)


def _read(element: Element) -> Article:
    """The article of a TEI, which tells its fields in its header or, by TXM, at the text; or of a
    <text>, in which <lb/> parts paragraphs where <p> does not.
    """
    for name in element.iterfind("teiHeader//author//*"):
        name.tail = name.tail or " "
    text = element if element.tag in ("text", "doc", "div") else element.find("text")
    if text is None:
        return Article(markup.fields_of(element, "tei"))
    markup.remove(found(text, "tei_parts", "out"))
    _spell(text)
    article = Article(beside=markup.taken(text, "tei_parts", "note", "illustration"))
    header = markup.fields_of(element, "tei")
    for told in (markup.fields_of(text, "tei_text"), _attributes(text), header):
        article.fields |= {name: value for name, value in told.items() if value}
    title = article.fields.get("title", "").casefold()
    heads = (head for head in text.iter("head", "ab") if markup.text_of(head).casefold() == title)
    markup.remove([*heads, *found(text, "tei_parts", "told")])
    for line in text.iter("lb", "pb", "cb"):
        line.tail = _JOINED * (line.get("break") == "no") + (line.tail or "")
    breaks = _BREAKS | {line.tag for line in found(element, "tei_parts", "lines")}
    parts = FORMS["blank_line"].split(text.text or "")
    lines = markup.blocks(text, breaks) if len(text) else map(collapsed, parts)
    lines = (re.sub(rf"(?<!\s)\s*{_JOINED}\s*", "", line) for line in lines)
    article.paragraphs = [part for line in lines for part in columns.paragraphs_of(line)]
    return article


def _attributes(text: Element) -> dict[str, str]:
    """The fields that attributes tell, as the columns of a table do by their names."""
    told = {etree.QName(name).localname: value for name, value in text.attrib.items()}
    names = [name for name in told if name not in TAGS["attributes_of_tei"]]
    values = (unescape(FORMS["bare_ampersand"].sub("&amp;", told[name])) for name in names)
    cells = [collapsed(FORMS["tag"].sub("", value)) for value in values]
    known = columns.columns_of(names)
    return columns.fields_in(cells, known, columns.keys_of(names, known))


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
        close = joined or FORMS["no_blank_between"].fullmatch(f"{one.text} {other.text}")
        if not (one.tail or "").strip():
            one.tail = " " if not close and (one.tail or not spaced) else ""
    for sentence in text.iter("s") if pairs and not spaced else ():
        sentence.tail = f" {sentence.tail or ''}"
