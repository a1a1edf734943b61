"""The lines of documents of word processors, each with what tells what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from helpers.exchange.archives import archive, part
from helpers.exchange.articles import Source
from helpers.exchange.markup import Element, blocks, collapsed, drop, xml_tree
from helpers.read.files import decoded

# Elements that are never seen, those in which boxes stand, and those that are a sign.
_UNSEEN = """/*//Fallback | /*//moveFrom | /*//del | /*//delText | /*//instrText | /*//fldData
    | /*//annotation | /*//tracked-changes | /*//table-of-content"""
_AROUND_BOXES = "/*//drawing | /*//pict | /*//object | /*//frame | /*//note"
_BREAK = "\u2028"
_SIGNS = {"tab": " ", "s": " ", "noBreakHyphen": "-"}
_SIGNS |= dict.fromkeys(("br", "cr", "line-break"), _BREAK)
# Places of what tells of a paragraph, a run and a style; on is a mark that is not switched off.
_ON = "[not(@*[local-name()='val'][contains(' 0 false off ', concat(' ', ., ' '))])]"
_TEXTS = etree.XPath(".//text()")
_IS_BOLD = etree.XPath(f"boolean(../rPr/b{_ON})")
_IS_MARKED = etree.XPath(  # Word itself makes those with _
    "boolean(.//bookmarkStart/@*[local-name()='name'][not(starts-with(., '_'))])"
)
_STYLE = etree.XPath("string(pPr/pStyle/@*[local-name()='val'] | @*[local-name()='style-name'])")
_STYLE_KEY = etree.XPath("string(@*[local-name()='styleId' or local-name()='name'])")
_STYLE_NAME = etree.XPath(
    "string(name/@*[local-name()='val'] | @*[local-name()='parent-style-name'])"
)
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


def lines_of(source: Source) -> tuple[list[Line], Beside]:
    """The lines of a file of Word or LibreOffice, and what stands beside them in boxes and notes.

    Raises: ValueError for what is none.
    """
    opened = archive(source.data)
    tree = _tree(part(opened, r"word/document\d*\.xml|content\.xml"))
    notes, styles = (part(opened, rf"word/{name}\d*\.xml") for name in ("footnotes", "styles"))
    drop(tree, f"{_UNSEEN} | /*//r[rPr/vanish{_ON}]")
    boxes = drop(tree, "/*//txbxContent | /*//text-box")
    told = [*(("encadré", one) for one in boxes)]
    for noted in [tree, _tree(notes)] if notes else [tree]:
        told += (("note", one) for one in drop(noted, "/*//footnote | /*//note-body"))
    drop(tree, _AROUND_BOXES)
    beside = [(kind, " ".join(blocks(one, frozenset("p")))) for kind, one in told]
    lines = [*_lines(tree, _tree(styles) if styles else tree)]
    return lines, [(kind, text) for kind, text in beside if text]


def _tree(data: bytes) -> Element:
    return xml_tree(decoded(data)[0])


def _lines(tree: Element, styles: Element) -> Iterator[Line]:
    """The lines of the paragraphs of a document; how these call a style depends on the language of
    the program, its own name less so.
    """
    names = {_STYLE_KEY(one): _STYLE_NAME(one) for one in styles.iter("style")}
    for sign in tree.iter(*_SIGNS):
        sign.text = _SIGNS[sign.tag]
    for number, paragraph in enumerate(tree.iter("p", "h"), 1):
        own = "heading" if paragraph.tag == "h" else _STYLE(paragraph)
        style = re.sub(r"_20_|(?<=[a-z])(?=\d)", " ", f"{own} {names.get(own, '')}")
        marked, lines = _IS_MARKED(paragraph), [[]]
        for text in _TEXTS(paragraph):
            lines.append([]) if text == _BREAK else lines[-1].append(text)
        for line in lines:
            bold = "".join(text for text in line if _IS_BOLD(text.getparent()))
            yield Line(collapsed("".join(line)), collapsed(bold), style, marked, number)


def paragraphs(lines: Iterable[Line]) -> Iterator[Line]:
    """The paragraphs of these lines; an empty line in one parts it."""
    for _, same in groupby(lines, lambda line: (line.number, bool(line.text))):
        first, *more = same
        if first.text:
            yield first._replace(text=" ".join(line.text for line in (first, *more)))
