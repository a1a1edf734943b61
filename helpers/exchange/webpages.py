"""An article in a page of the web, as a browser saves it.

What tells its fields is a row of places.csv: JSON-LD, else microdata, else the head of the page.
Which parts of a page are no text, by what their makers call them, is a row of webparts.csv.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from lxml import etree

from helpers.exchange import markup
from helpers.exchange.articles import Article, Source, words_of
from helpers.exchange.columns import paragraphs_of
from helpers.exchange.markup import BLOCKS, FORMS, Element
from helpers.read.lines import understood
from helpers.read.tables import rows_of

_JSON = json.JSONDecoder(strict=False)  # which passes over what comes behind
_KINDS = {row["name"]: row["kind"] for row in rows_of("webparts.csv", __file__)}
_DATES = {"date", "updated", "reading_time"}
_LEAST, _TEASERS = 4, 3  # words of a lead; articles of a list


def web_page(source: Source) -> Iterator[Article]:
    """The article of a page.

    Raises: ValueError for a page that holds none which can be told from the rest.
    """
    tree = markup.html_tree(FORMS["paragraph_in_heading"].sub(r"\1", source.text))
    linked = _linked(tree, source.text)
    fields = markup.fields_of(tree, "web_page")
    told = bool(fields.pop("told")) and len(linked) < _TEASERS
    body = "\n\n".join(line.text or "" for line in _found(tree, "json_body"))
    article = Article(fields, paragraphs=paragraphs_of(body), place=(0, len(source.text)))
    article.flags = ["perhaps_not_whole"] * (fields.pop("free").lower() in ("false", "locked"))
    url = fields["url"] or "".join(FORMS["saved_from"].findall(source.text)[:1])
    fields["url"] = re.sub(r"[?&](?=#|\Z)", "", FORMS["followed"].sub("", url))
    markup.remove(_found(tree, "json"))
    _without(tree, _found(tree, "gone"))
    if roots := _roots(tree, told):
        _read(article, roots)
    if not article.paragraphs:
        why = markup.fields_of(markup.html_tree(source.text), "no_web_page")
        raise ValueError(next(name for name, seen in why.items() if seen))
    yield article


def _found(tree: Element, part: str) -> list[Element]:
    return markup.found(tree, "web_page_parts", part)


def _linked(tree: Element, page: str) -> list[Element]:
    """The articles of which JSON-LD tells, the first of them under the name of news, which is put
    into the tree with all else that stands there.
    """
    for written in FORMS["json_ld"].findall(page):
        with suppress(ValueError, RecursionError):
            _grow(tree, "json", _JSON.raw_decode(written)[0])
    linked = _found(tree, "news")
    for news in linked[:1]:
        news.tag = "news"
    return linked


def _grow(above: Element, tag: str, value: Any) -> None:
    """Put a value of JSON-LD into a tree: the values of a list one after the other."""
    if isinstance(value, list):
        for one in value:
            _grow(above, tag, one)
    elif isinstance(value, dict):
        node = etree.SubElement(above, tag)
        for key, inner in value.items():
            if name := FORMS["json_key"].fullmatch(key):
                _grow(node, name[1], inner)
    elif value is not None:
        etree.SubElement(above, tag).text = FORMS["no_xml"].sub("", unescape(str(value)))


def _words(element: Element) -> int:
    return words_of(["".join(element.itertext())])


def _without(part: Element, nodes: Iterable[Element]) -> None:
    """Take elements out of a part of the page, but none that holds most of its words."""
    most = _words(part) / 2
    markup.remove([node for node in nodes if node is not part and _words(node) <= most])


def _roots(tree: Element, told: bool) -> list[Element]:
    """The elements that hold the text of the article; where the page does not tell that it has
    one, not those of a list.
    """
    bodies = _found(tree, "body")
    if any(map(_words, bodies)):
        article = _found(max(bodies, key=_words), "article")
        return [body for body in bodies if _found(body, "article") == article]
    named = _found(tree, "articles") or told * _found(tree, "around_title")
    own = Counter(dict.fromkeys(named, 0))
    for line in tree.iter("p"):
        for node in [node for node in line.iterancestors() if node in own][:1]:
            own[node] += _words(line)
    teasers = [words for node, words in own.items() if node.tag == "article" and words]
    for best, words in own.most_common(1):
        below = [*map(_words, _found(best, "teaser"))]
        listed = len(below) >= _TEASERS and 2 * sum(below) > words
        listed |= len(teasers) >= _TEASERS and 2 * words < sum(teasers)
        if (told or not listed) and (words or (told and _words(best))):
            # A text may be parted by what stands between its parts, which have one name.
            name = best.get("class") if words and best.tag not in ("article", "main") else best
            beside = named if told else best.xpath("../*")
            alike = [one for one in beside if one is best or one.get("class") == name]
            return [one for one in alike if not {*alike} & {*one.iterancestors()}]
    return []


def _read(article: Article, roots: list[Element]) -> None:
    """Read the lead, the paragraphs and what stands beside them in the article around its body."""
    scope = [*_found(roots[0], "scope"), roots[0]][0]
    kept = {*roots, *roots[0].iterancestors()}
    _without(scope, (node for node in scope.iter("article") if node not in kept))
    _without(scope, _found(scope, "also"))
    article.beside = markup.taken(scope, "web_page_parts", "illustration")
    kinds = defaultdict(list)
    for node in (node for node in scope.iter() if node not in kept):
        kinds[_kind(node)].append(node)
    behind = {*_found(roots[-1], "behind")}
    leads = [node for node in kinds["lead"] if _words(node) >= _LEAST and node not in behind][:1]
    markup.remove(leads)
    article.fields["kicker"] = "".join(map(markup.text_of, kinds["kicker"][:1]))
    told = [*kinds["told"], *_found(scope, "infos")]
    _lines(article, told, BLOCKS | {"br"})
    _without(scope, [*kinds["gone"], *told, *kinds["kicker"]])
    _without(scope, [*_found(scope, "label"), *_found(scope, "dated")])
    leads = leads or _found(scope, "title_header")
    markup.remove(leads)
    _without(scope, (node for node in scope.iter("header", "h1") if node not in kept))
    article.lead = [line for line in _lines(article, leads) if words_of([line]) >= _LEAST]
    article.paragraphs = _lines(article, roots)
    if article.paragraphs and FORMS["paid"].search(article.paragraphs[-1]):
        article.paragraphs.pop()
        article.flags = ["perhaps_not_whole"]


def _kind(node: Element) -> str:
    """What a part of a page is by the names that its maker gave it."""
    names = FORMS["part_name"].findall(f"{node.get('class', '')} {node.get('id', '')}")
    kinds = {_KINDS.get(name.lower()) for name in names}
    return next((kind for kind in ("gone", "told", "lead", "kicker") if kind in kinds), "")


def _lines(article: Article, parts: list[Element], breaks: frozenset[str] = BLOCKS) -> list[str]:
    """The paragraphs without those that only tell who wrote them, and when, which are fields."""
    lines: list[str] = []
    for line in (line for part in parts for line in markup.blocks(part, breaks)):
        kinds, places = understood(line)
        told = {name: line[start:end] for name, start, end in places}
        fields = article.fields
        if "by" in kinds or (_DATES & {*told} and ("told" in kinds or not lines)):
            fields["byline"] = fields["byline"] or told.get("byline", "")
            fields["date"] = fields["date"] or told.get("date", "")
        elif line not in re.split(r"[,;] ?", fields["byline"]):
            lines.append(line)
    return lines
