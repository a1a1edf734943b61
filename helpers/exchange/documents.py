"""The lines of documents of word processors, each with what tells what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from helpers.exchange.archives import archive, part
from helpers.exchange.articles import Source
from helpers.exchange.markup import Element, blocks, collapsed, drop, xml_tree
from helpers.read.files import decoded

_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")
_UNSEEN = "/*//Fallback | /*//moveFrom | /*//del | /*//drawing | /*//pict | /*//object"
_UNSEEN_ODT = "/*//annotation | /*//tracked-changes | /*//frame | /*//table-of-content"
# What the names of a style say that a paragraph is, the first that fits.
_STYLES = re.compile(
    r"""(?ix) .*? \b(?: (?P<contents>toc\b) | (?P<subtitle>sub-?title|sous-?titre|untertitel)
    | (?P<title>title|titre|titel|heading|überschrift) | (?P<byline>author\b|auteur\b)
    | (?P<date>date\b) | (?P<illustration>caption|l[ée]gende))"""
)
Beside = list[tuple[str, str]]


class Line(NamedTuple):
    """A line of a document, its words in bold, the names of its style, whether a bookmark stands
    there, and the number of its paragraph.
    """

    text: str
    bold: str = ""
    style: str = ""
    marked: bool = False
    number: int = 0

    @property
    def field(self) -> str:
        """What its style says that it is: title (a heading, too), subtitle, byline, date,
        illustration (below one), contents (a line of their table), or nothing.
        """
        named = _STYLES.match(self.style)
        return (named and named.lastgroup) or ""


def word_lines(source: Source) -> tuple[list[Line], Beside]:
    """The lines of a file of Word, and what stands beside them in boxes and notes.

    Raises: ValueError for what is none.
    """
    parts = archive(source.data)
    tree = _tree(part(parts, r"word/document\d*\.xml"))
    drop(tree, "/*//instrText | /*//delText")
    beside = _told("encadré", drop(tree, "/*//txbxContent[not(ancestor::Fallback)]"))
    if notes := part(parts, r"word/footnotes\d*\.xml"):
        beside += _told("note", drop(_tree(notes), "/*//footnote"))
    drop(tree, _UNSEEN)
    styles = _styles(part(parts, "word/styles.xml"))
    paragraphs = enumerate(tree.iter("p"), 1)
    return [line for n, one in paragraphs for line in _word_lines(one, styles, n)], beside


def writer_lines(source: Source) -> tuple[list[Line], Beside]:
    """The lines of a file of LibreOffice, and what stands beside them in boxes and notes.

    Raises: ValueError for what is none.
    """
    tree = _tree(part(archive(source.data), "content.xml"))
    if tree.find("body/text") is None:
        raise ValueError("is no text of LibreOffice; save it as .odt")
    beside = _told("encadré", drop(tree, "/*//text-box"))
    beside += _told("note", drop(tree, "/*//note-body"))
    drop(tree, f"{_UNSEEN_ODT} | /*//note")
    parents = {
        _value(one, "name"): _value(one, "parent-style-name")
        for one in tree.iterfind("automatic-styles/style")
    }
    lines: list[Line] = []
    written = [one for one in tree.iterfind("body/text//*") if one.tag in ("p", "h")]
    for number, paragraph in enumerate(written, 1):
        for sign in paragraph.iter("line-break", "tab", "s"):
            sign.text = "\n" if sign.tag == "line-break" else " "
        own = _value(paragraph, "style-name")
        style = "heading" if paragraph.tag == "h" else f"{own} {parents.get(own, '')}"
        texts = "".join(paragraph.itertext()).split("\n")
        lines += [Line(collapsed(one), style=_spaced(style), number=number) for one in texts]
    return lines, beside


def _tree(data: bytes) -> Element:
    if not data:
        raise ValueError("is no document of a word processor; save it again as .docx or .odt")
    return xml_tree(decoded(data)[0])


def _value(element: Element | None, name: str) -> str:
    """An attribute by its name without a namespace; nothing where there is no element."""
    given = element.attrib.items() if element is not None else ()
    return next((value for key, value in given if key.rpartition("}")[2] == name), "")


def _told(kind: str, elements: list[Element]) -> Beside:
    """What these elements say, that which says something."""
    texts = (" ".join(blocks(element, frozenset("p"))) for element in elements)
    return [(kind, text) for text in texts if text]


def _styles(data: bytes) -> dict[str, str]:
    """The names of styles by what paragraphs call them, which depends on the language of Word."""
    styles = _tree(data).iter("style") if data else ()
    return {_value(one, "styleId"): _value(one.find("name"), "val") for one in styles}


def _spaced(style: str) -> str:
    """The names of a style as words."""
    return re.sub(r"_20_|(?<=[a-z])(?=\d)", " ", style)


def _word_lines(paragraph: Element, styles: dict[str, str], number: int) -> Iterator[Line]:
    """The lines of a paragraph of Word."""
    own = _value(paragraph.find("pPr/pStyle"), "val")
    style = _spaced(f"{own} {styles.get(own, '')}")
    marks = (_value(one, "name") for one in paragraph.iter("bookmarkStart"))
    marked = any(mark[:1] != "_" for mark in marks)  # Word itself makes those with _
    texts, bolds = "", ""
    for run in (one for one in paragraph.iter("r") if not _is(one, "vanish")):
        words = "".join(
            re.sub(r"\s", " ", node.text or "") if node.tag == "t" else _SIGNS.get(node.tag, "")
            for node in run.iterchildren("t", *_SIGNS)
        )
        texts += words
        bolds += words if _is(run, "b") else re.sub(r"[^\n]", "", words)
    for text, bold in zip(texts.split("\n"), bolds.split("\n"), strict=True):
        yield Line(collapsed(text), collapsed(bold), style, marked, number)


def _is(run: Element, what: str) -> bool:
    """Whether a run of words is bold, or hidden."""
    found = run.find(f"rPr/{what}")
    return found is not None and _value(found, "val").lower() not in _OFF


def paragraphs(lines: Iterable[Line]) -> Iterator[Line]:
    """The paragraphs of these lines; an empty line in one parts it."""
    for _, same in groupby(lines, lambda line: (line.number, bool(line.text))):
        first, *more = same
        if first.text:
            yield first._replace(text=" ".join(line.text for line in (first, *more)))
