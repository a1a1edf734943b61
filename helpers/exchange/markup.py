"""HTML and XML of press databases as trees, and the places where the fields of an article stand."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from html import unescape

from lxml import etree, html

from helpers.read.patterns import pieces
from helpers.read.tables import rows_of

Element = etree._Element
Found = Element | str
# The kinds of elements that are read alike.
TAGS = {row["kind"]: {*row["names"].split()} for row in rows_of("tags.csv", __file__)}
BLOCKS = frozenset(TAGS["blocks"])
_BREAK = "\ue00f"  # a private sign where a line is broken; two of them end a paragraph
_PARSED = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True}
_HAS = r"[contains(concat(' ', normalize-space(@class), ' '), ' \1 ')]"
_EXSLT = {"re": "http://exslt.org/regular-expressions"}  # re:test(text, pattern)
# What this room looks for in a text: the rows of forms.csv, each with an example and a reason.
FORMS = {kind: re.compile(form) for kind, form in pieces("forms.csv", __file__).items()}


def collapsed(text: str | None) -> str:
    """A text with single spaces in place of its white space, and none around it."""
    return " ".join((text or "").split())


def html_tree(page: str) -> Element:
    """A page, or a piece of one, as a browser reads it, without what is never seen."""
    plain = FORMS["declared"].sub("", FORMS["no_xml"].sub("", page)).encode()
    tree = etree.fromstring(plain, html.HTMLParser(**_PARSED)) if plain.strip() else None
    if tree is None:
        return html.Element("html")
    etree.strip_elements(tree, *TAGS["unseen"], with_tail=False)
    return tree


def xml_tree(text: str) -> Element:
    """An XML file without the namespaces of its tags.

    Raises: ValueError naming the line that is no XML, or the entities that it declares.
    """
    if re.search(r"<!ENTITY\b", text):
        raise ValueError("declares entities, which may be endless; take its <!ENTITY lines out")
    # As it is made, a parser takes nothing from the network.
    parser = html.XHTMLParser(resolve_entities=False, **_PARSED)
    # Those of HTML need no declaration where a file names one outside of it, which is not read.
    told = FORMS["entity_of_html"].sub(lambda entity: unescape(entity[0]), text)
    try:
        tree = etree.fromstring(FORMS["declared"].sub("", told).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        why = collapsed(error.msg.rpartition(", line")[0] or error.msg)
        raise ValueError(f"is no XML: line {error.lineno}, {why}; save it again") from None
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return tree


def remove(nodes: Iterable[Element]) -> None:
    """Take elements out of their tree, but not the text behind them."""
    for node in [*nodes]:
        if node.getparent() is not None:
            node.drop_tree()


def taken(element: Element, layout: str, *kinds: str) -> list[tuple[str, str]]:
    """What stands beside a text, by its kinds, each of which is a field of the layout; it is taken
    out of the tree.
    """
    parts = [(kind, part) for kind in kinds for part in found(element, layout, kind)]
    remove(part for _, part in parts)
    return [(kind, text) for kind, part in parts if (text := text_of(part))]


def blocks(element: Element, breaks: frozenset[str] = BLOCKS) -> list[str]:
    """The paragraphs of an element, as they are seen: what stands between its blocks, whether in an
    element of its own or not.
    """
    lines, parts = [], []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in breaks:
            lines.append("".join(parts))
            parts = []
        if event == "start":
            blank = _BREAK if node.tag == "br" else " " if node.tag in TAGS["blanks"] else ""
            parts.append(blank + (node.text or ""))
        elif node is not element:
            parts.append(node.tail or "")
    lines = [part for line in [*lines, "".join(parts)] for part in FORMS["two_breaks"].split(line)]
    return [line for line in (collapsed(line.replace(_BREAK, " ")) for line in lines) if line]


def text_of(found: Found) -> str:
    """The text of a place, which may be an element or the value of an attribute."""
    return collapsed(found) if isinstance(found, str) else " ".join(blocks(found))


@cache
def _places(layout: str) -> dict[str, list[tuple[etree.XPath, str]]]:
    """The places of each field of a layout, in the order in which they are tried, and what joins
    several values.
    """
    places = defaultdict(list)
    for row in rows_of("places.csv", __file__):
        if row["format"] == layout:
            path = FORMS["class_in_place"].sub(_HAS, row["path"])
            places[row["field"]].append((etree.XPath(path, namespaces=_EXSLT), row["join"]))
    return places


def found(element: Element, layout: str, field: str) -> list[Found]:
    """What stands at the first place of a field where anything does."""
    return next(filter(None, (path(element) for path, _ in _places(layout)[field])), [])


def lines_of(element: Element, layout: str, field: str) -> list[str]:
    """The paragraphs of all elements where a field stands."""
    return [line for part in found(element, layout, field) for line in blocks(part)]


def fields_of(element: Element, layout: str) -> dict[str, str]:
    """The fields of an article by the table of places: the first place that is not empty; what
    stands there several times is joined where the table says how.
    """
    fields = dict.fromkeys(_places(layout), "")
    for name, places in _places(layout).items():
        for path, join in places:
            if not fields[name]:
                values = filter(None, map(text_of, path(element)))
                fields[name] = join.join(values) if join else next(values, "")
    return fields
