"""An article in a page of the web, as a browser saves it.

What tells its fields is a row of places.csv: JSON-LD, else microdata, else the head of the page.
Which parts of a page are no text, by what their makers call them, is a row of webparts.csv.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from lxml import etree

from helpers.exchange.articles import Article, Source, language, words_of
from helpers.exchange.markup import (
    BLOCKS,
    NO_XML,
    Element,
    blocks,
    drop,
    fields_of,
    found,
    html_tree,
    remove,
    text_of,
)
from helpers.read.lines import understood
from helpers.read.tables import rows_of

_JSON_LD = re.compile(r"(?is)<script\b[^<>]*\bld\+json[^<>]*>((?:(?!<script).)*?)</script")
_BEFORE = re.compile(r"(?:[^\[{]*<!\[CDATA\[)?[^\[{]*")
_JSON = json.JSONDecoder(strict=False)  # which passes over what comes behind
_KEY = re.compile(r"@?([A-Za-z]\w*)", re.ASCII)
# A browser, or SingleFile, says where it found the page.
_SAVED = re.compile(r"(?m)<!--\s*saved from url=\(\d+\)(http\S+)|^ *url: (http\S+)")
_FOLLOWED = re.compile(r"(?<=[?&])utm_[^&#]*&?")
_KINDS = {
    name: row["kind"] for row in rows_of("webparts.csv", __file__) for name in row["names"].split()
}
_NAME = re.compile(r"[^\W\d_][^\WA-Z\d_]*")
_ALSO = re.compile(
    r"(?i)(?:(?:à |a )?(?:lire|voir|écouter|read|see)\b(?: (?:aussi|également|also|more)\b)?"
    r"|sur le même sujet)\s*[:|–-]?\s*"
)
_PAID = re.compile(r"(?i)\b(?:réservée?s? aux abonnés|il vous reste \d+)")
_LIST = re.compile(r"(?i)\blist(?:e|es|s)?\b|résultats|results|recherche|search")
_DATES = {"date", "updated", "reading_time"}
_ENDS = tuple(".!?…»:;")  # of a line that is a sentence
_LABEL, _LINE, _TEASERS = 4, 30, 3  # words of a label, of a line with a date; articles of a list
_HOW = "make it with trafilatura --json, which is read"


def web_page(source: Source) -> Iterator[Article]:
    """The article of a page.

    Raises: ValueError for a page that holds none which can be told from the rest.
    """
    tree = html_tree(source.text)
    for written in _JSON_LD.findall(source.text):
        with suppress(ValueError, RecursionError):
            _grow(tree, "json", _JSON.raw_decode(_BEFORE.sub("", written, count=1))[0])
    linked = found(tree, "web_page_parts", "news")
    for news in linked[:1]:
        news.tag = "news"
    article = Article(fields_of(tree, "web_page"), place=(0, len(source.text)))
    told, free = article.fields.pop("told"), article.fields.pop("free")
    article.flags = ["perhaps_not_whole"] * (free.lower() in ("false", "locked"))
    saved = _SAVED.search(source.text)
    url = article.fields["url"] or (saved and (saved[1] or saved[2])) or ""
    article.fields["url"] = re.sub(r"[?&](?=#|\Z)", "", _FOLLOWED.sub("", url))
    article.fields["language"] = language(article.fields["language"])
    bodies = [body.text or "" for body in found(tree, "web_page_parts", "json_body")]
    drop(tree, "/*/json | /*/news")
    why_not = _why_not(tree)
    _without(tree, found(tree, "web_page_parts", "gone"))
    if roots := _roots(tree, bool(told) and len(linked) < _TEASERS):
        _read(article, roots)
    else:
        lines = (html_tree(line) for body in bodies for line in body.splitlines())
        article.paragraphs = [text for line in lines for text in blocks(line)]
    if not article.paragraphs:
        raise ValueError(why_not)
    yield article


def _grow(above: Element, tag: str, value: Any) -> None:
    """Put a value of JSON-LD into a tree: the values of a list one after the other."""
    if isinstance(value, list):
        for one in value:
            _grow(above, tag, one)
    elif isinstance(value, dict):
        node = etree.SubElement(above, tag)
        for key, inner in value.items():
            if name := _KEY.fullmatch(key):
                _grow(node, name[1], inner)
    elif value is not None:
        etree.SubElement(above, tag).text = NO_XML.sub("", unescape(str(value)))


def _why_not(tree: Element) -> str:
    """What a page is that holds no article."""
    if found(tree, "web_page_parts", "login"):
        return "is a page to log in; log in, open the article and save that page"
    titles = " ".join(map(text_of, found(tree, "web_page_parts", "titles")))
    if _LIST.search(titles) or found(tree, "web_page_parts", "list"):
        return f"is a list of documents and holds no article; export their full texts, or {_HOW}"
    return f"holds no article that can be told from the rest of the page; {_HOW}"


def _words(element: Element) -> int:
    return words_of(["".join(element.itertext())])


def _without(part: Element, nodes: Iterable[Element]) -> None:
    """Take elements out of a part of the page, but none that holds most of its words."""
    most = _words(part) / 2
    remove([node for node in nodes if node is not part and _words(node) <= most])


def _roots(tree: Element, told: bool) -> list[Element]:
    """The elements that hold the text of the article; where the page does not tell that it has
    one, not those of a list.
    """
    if bodies := [body for body in found(tree, "web_page_parts", "body") if _words(body)]:
        around = [next(body.iterancestors("article"), None) for body in bodies]
        mine = around[bodies.index(max(bodies, key=_words))]
        return [body for body, article in zip(bodies, around, strict=True) if article is mine]
    own = dict.fromkeys(found(tree, "web_page_parts", "articles"), 0)
    for line in tree.iter("p"):
        above = next((node for node in line.iterancestors() if node in own), None)
        if above is not None:
            own[above] += _words(line)
    best = max(own, key=own.__getitem__, default=None)
    teasers = [words for node, words in own.items() if node.tag == "article" and words]
    if best is not None and (told or len(teasers) < _TEASERS or 2 * own[best] >= sum(teasers)):
        return [best] if own[best] or (told and _words(best)) else []
    return []


def _read(article: Article, roots: list[Element]) -> None:
    """Read the lead, the paragraphs and what stands beside them in the article around its body."""
    root = roots[0]
    above = [*root.iterancestors("article", "main"), *root.iterancestors()]
    scope = root if root.tag in ("article", "main") or not above else above[0]
    kept = {*roots, *root.iterancestors()}
    _without(scope, (node for node in scope.iter("article") if node not in kept))
    figures = map(text_of, drop(scope, ".//figure[not(ancestor::figure)]"))
    article.beside = [("illustration", text) for text in figures if text]
    kinds = defaultdict(list)
    for node in scope.iter():
        if node not in kept:
            kinds[_kind(node)].append(node)
    leads = [node for node in kinds["lead"] if _words(node) >= _LABEL][:1]
    remove(leads)
    article.fields["kicker"] = " | ".join(map(text_of, kinds["kicker"][:1]))
    _lines(article, kinds["told"], BLOCKS | {"br"})
    _without(scope, [*kinds["gone"], *kinds["told"], *kinds["kicker"], *scope.iter("h1")])
    _without(scope, _labels(scope))
    leads = leads or scope.findall(".//header//p")
    remove(leads)
    _without(scope, (node for node in scope.iter("header") if node not in kept))
    article.lead = [line for line in _lines(article, leads) if words_of([line]) >= _LABEL]
    article.paragraphs = _lines(article, roots)
    if article.paragraphs and _PAID.search(article.paragraphs[-1]):
        article.paragraphs.pop()
        article.flags = ["perhaps_not_whole"]


def _kind(node: Element) -> str:
    """What a part of a page is by the names that its maker gave it."""
    names = _NAME.findall(f"{node.get('class', '')} {node.get('id', '')}")
    kinds = {_KINDS.get(name.lower()) for name in names}
    return next((kind for kind in ("gone", "told", "lead", "kicker") if kind in kinds), "")


def _labels(scope: Element) -> Iterator[Element]:
    """The parts of a page that are no sentences: labels, days, links to other articles."""
    for node in scope.iter("div", "section", "p", "li", "h2", "h3", "h4"):
        text = text_of(node)
        words, line = words_of([text]), next(node.iterdescendants(*BLOCKS), None) is None
        dated = line and node.find(".//time") is not None
        most = _LINE if dated else _LABEL if line and node.tag == "div" else 0
        links = " ".join(map(text_of, node.iter("a"))) if words < _LINE else ""
        before = text.removesuffix(links)
        linked = before != text and (_ALSO.fullmatch(before) if before else _ALSO.match(text))
        if linked or (words < most and not text.endswith(_ENDS)):
            yield node


def _lines(article: Article, parts: list[Element], breaks: frozenset[str] = BLOCKS) -> list[str]:
    """The paragraphs without those that only tell who wrote them, and when, which are fields."""
    lines: list[str] = []
    for line in (line for part in parts for line in blocks(part, breaks)):
        kinds, places = understood(line)
        told = {name: line[start:end] for name, start, end in places}
        fields = article.fields
        if "by" in kinds or (_DATES & {*told} and ("told" in kinds or not lines)):
            fields["byline"] = fields["byline"] or told.get("byline", "")
            fields["date"] = fields["date"] or told.get("date", "")
        elif line not in re.split(r"[,;] ?", fields["byline"]):
            lines.append(line)
    return lines
