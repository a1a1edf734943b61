"""Exports of press databases: pages of Europresse (Eureka.cc) in their four layouts since 2012;
pages of Factiva, with the codes of its index or without, and its XML.

Where a field stands is a row of places.csv. Until 2014 no element held an article of Europresse,
nor its body; without codes the place of a line among the others tells a field of Factiva.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import takewhile

from helpers.exchange import articles, markup
from helpers.exchange.articles import Article, Source, sliced, when
from helpers.exchange.markup import FORMS, Element, fields_of, found, lines_of, text_of
from helpers.read.lines import understood

_BREAK, _TITLE = "\ue001", "\ue002"  # private signs where a line ended, and where the title stood
_LONGEST = 1000  # characters of a header that are read
_AGAIN = "[Additional Text]:"


def europresse(source: Source) -> Iterator[Article]:
    """The articles of a page of Europresse, one for each mark of an article."""
    return sliced(source, FORMS["europresse_article"], _europresse, FORMS["europresse_outlet"])


def _europresse(page: str) -> Article:
    """The article of a piece of the page, whose entities are often escaped twice."""
    page = page if page.startswith("<") else f"<article>{unescape(page)}"  # in a script
    whole = FORMS["twice_escaped"].sub("&", FORMS["end_of_article"].split(page)[0])
    tree = markup.html_tree(FORMS["cdata"].sub("", whole))
    # What is marked was searched; of a truncated query the beginnings are.
    words = (text_of(mark) + re.match(r"\w*", mark.tail or "")[0] for mark in tree.iter("mark"))
    asked = " ".join(sorted({word.strip().casefold() for word in words}))
    article = _since_2014(tree) if page[:8].lower() == "<article" else _until_2014(tree)
    article.fields["highlighted"] = asked
    return article


def _since_2014(tree: Element) -> Article:
    for sign in tree.iter("symbol"):
        sign.text = "€" if sign.get("value") == "euro" else sign.get("value")
    caption = " ".join(text for _, text in markup.taken(tree, "europresse_parts", "illustration"))
    article = Article(_fields(tree, "europresse"), lines_of(tree, "europresse_parts", "lead"))
    beside = lines_of(tree, "europresse_parts", "beside")
    article.beside = _beside([f"Illustration(s) : {caption}", *beside])
    is_excerpt = bool(found(tree, "europresse_parts", "excerpt"))
    article.also_in, article.flags = _printed(tree), ["excerpt"] * is_excerpt
    markup.remove(found(tree, "europresse_parts", "no_text"))
    article.paragraphs = _once(lines_of(tree, "europresse_parts", "body"), article.flags)
    return _numbered(article, article.fields.pop("number"))


def _until_2014(tree: Element) -> Article:
    """The parts of an article are told by what stands between them."""
    told = text_of(tree)
    article = Article(_fields(tree, "europresse_2012"))
    _mark_breaks(tree)
    for title in found(tree, "europresse_2012", "title")[:1]:
        title[:], title.text = [], _TITLE
    markup.remove(found(tree, "europresse_2012_parts", "above"))
    notice = re.escape(article.fields["copyright"]) or "(?!)"
    # Behind the line of the copyright, or of the number, nothing is text.
    end = re.compile(f"{notice}|{FORMS['last_line'].pattern}")
    first, *more = [*takewhile(lambda line: not end.match(line), markup.blocks(tree)), ""]
    above, titled, below = first.rpartition(_TITLE)
    article.fields["kicker"] = " | ".join(filter(None, map(str.strip, above.split(_BREAK))))
    lines = [markup.collapsed(line.replace(_BREAK, " ")) for line in (below, *more)]
    # An author may stand where the first paragraph does.
    article.fields["byline"] = lines.pop(0) if titled and understood(lines[0])[0] else ""
    article.paragraphs = [line for line in lines if line]
    return _numbered(article, told)


def _mark_breaks(element: Element) -> None:
    for ending in element.iter("br"):
        ending.tail = _BREAK + (ending.tail or "")


def _fields(tree: Element, layout: str) -> dict[str, str]:
    """The fields of an article, those of its outlet and of its header line taken apart."""
    for name in found(tree, layout, "outlet"):
        _mark_breaks(name)
    fields = fields_of(tree, layout)
    name, *editions = map(str.strip, fields["outlet"][:_LONGEST].split(_BREAK))
    issue = FORMS["issue"].search(name)
    told = FORMS["header"].fullmatch(fields.pop("header")[:_LONGEST])
    fields |= told.groupdict("") if told else {}
    fields["section"] = FORMS["weekday_behind"].sub("", fields.get("section", "")).strip(" ;,|")
    fields["outlet"] = FORMS["site"].sub(r"\1", FORMS["issue"].sub("", name))
    return fields | {"edition": " ; ".join(editions), "issue": issue[1] if issue else ""}


def _beside(lines: list[str]) -> list[tuple[str, str]]:
    """What stands beside the text by its kind (illustration, encadré, note)."""
    text = "\n".join(line for line in lines if re.search(r"\w", line))
    parts = (part.group("kind", "text") for part in FORMS["part_beside"].finditer(text))
    return [(kind.lower(), markup.collapsed(text)) for kind, text in parts if text.strip()]


def _printed(tree: Element) -> list[str]:
    """The days and outlets that printed an article, too."""
    names = found(tree, "europresse_parts", "also_in")
    days = (found(name, "europresse_parts", "printed_on") for name in names)
    said = (when("".join(map(text_of, day)))[0] for day in days)
    return [f"{day} {text_of(name)}".strip() for day, name in zip(said, names, strict=True)]


def _once(paragraphs: list[str], flags: list[str]) -> list[str]:
    """The paragraphs without those that a site adds to say them again: of the two parts the one
    goes whose runs of words stand in the other; where neither does, both stay.
    """
    before, again, behind = "\n".join(paragraphs).partition(_AGAIN)
    if not again:
        return paragraphs
    flags.append("said_twice")
    texts = (before, behind.replace(_AGAIN, "\n"))
    first, added = ([*filter(None, map(str.strip, text.split("\n")))] for text in texts)
    one, other = _runs(first), _runs(added)
    shared = len(one & other)
    if shared * 3 >= 2 * len(other):
        return first
    return added if shared * 3 >= 2 * len(one) else first + added


def _runs(paragraphs: list[str]) -> set[tuple[str, ...]]:
    """The runs of words in a text."""
    words = re.findall(r"\w+", " ".join(paragraphs).lower())
    length = min(5, len(words))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _numbered(article: Article, told: str) -> Article:
    """The article with the number of its certificate, or what else tells one."""
    numbers = [*FORMS["number_of_document"].finditer(f"{article.fields['source_id']} {told}")]
    if numbers:
        article.fields["source_id"] = numbers[0][0]
        article.flags += ["two_ids"] * (len({number[0] for number in numbers}) > 1)
    return article


def factiva_html(source: Source) -> Iterator[Article]:
    """The articles of a page of Factiva, one for each that it marks, with the index or without.

    Raises: ValueError for a page that marks none, as one that was saved as text.
    """
    if not FORMS["factiva_article"].search(source.text):
        raise ValueError("marks no article; save it again, as a complete web page, not as text")
    yield from sliced(source, FORMS["factiva_article"], _factiva, FORMS["factiva_number"])


def factiva_xml(source: Source) -> Iterator[Article]:
    """The articles of an XML file of Factiva.

    Raises: ValueError for what is no XML, or has no article.
    """
    return articles.by_element(source, lambda part: _of_factiva(part, "factiva_xml"), "article")


def _factiva(page: str) -> Article:
    """The article of a piece of the page."""
    number = FORMS["factiva_number"].search(page)
    tree = markup.html_tree(page[: number.end()] if number else page)
    if found(tree, "factiva_index_parts", "codes"):
        return _of_factiva(tree, "factiva_index")
    known = articles.languages()
    lines = [text_of(line) for line in found(tree, "factiva_plain_parts", "line")]
    named = [i for i, line in enumerate(lines) if re.split(r" [-–(]", line.lower())[0] in known]
    for i in named[-1:]:
        lines[i] += _BREAK
    told = FORMS["factiva_lines"].search("\n".join(lines))
    return _of_factiva(tree, "factiva_plain", **told.groupdict("") if told else {})


def _of_factiva(tree: Element, layout: str, **fields: str) -> Article:
    """The article with its text, and what its fields say in the words of the interface."""
    fields |= fields_of(tree, layout)
    fields["source_id"] = re.split("[ /-]", fields["source_id"])[-1]
    article = Article(fields, paragraphs=lines_of(tree, f"{layout}_parts", "text"))
    article.beside = markup.taken(tree, f"{layout}_parts", "illustration", "note")
    return article
