"""Pages of articles from Europresse (Eureka.cc), in their four layouts since 2012.

Where a field stands is a row of places.csv. Until 2014 no element held an article, nor its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from helpers.exchange import markup
from helpers.exchange.articles import Article, Source, dated, sliced, when
from helpers.exchange.markup import Element, text_of
from helpers.read.lines import understood

_MARK = re.compile(r'<article\b|<table style="table-layout: fixed; width: 96%;"')
_BREAK, _TITLE = "\ue001", "\ue002"  # private signs where a line ended, and where the title stood
_OUTLET = re.compile("""class=["']DocPublicationName["']""")
_ISSUE = re.compile(r", no\.? (\d+(?:(?:, |[ /-])\d+)*|\S+)")
_SITE = re.compile(r"\A([^()]+ \((?:site web|web ?site)[^()]*\)) - .*")  # and a label
# The header line: a section, a day of the week and a date, of which the last one counts, an hour, a
# number of words, pages.
_DAY = re.compile(r"(?:\d{1,2}(?:er)? [^\W\d]{3,12}|\b[^\W\d]{3,12} \d{1,2},) (?:19|20)\d\d(?!\d)")
_WEEKDAY = re.compile(r"\b(?:[^\W\d]{3,6}(?:day|di)|dimanche),? ?\Z")
_REST = re.compile(
    r"(?: - (?P<time>\d\d?:\d\d(?::\d\d)?)[^,]{0,40}?)?"
    r"(?: (?P<words_told>\d[\d\s.,]{0,9}) (?:mots?|words?))?(?: ?, p\. (?P<page>.+))?"
)
_LONGEST = 1000  # characters of a header that are read
_NUMBER = re.compile(r"\b\w{1,12}·(\d{4})(\d\d)(\d\d)·\S+")
_KIND = re.compile(r"(\w+)\(\w+\) ?: ?(.*)")
_NUMBERED = "Numéro de document"
_AGAIN = "[Additional Text]:"
_RUN = 5  # words


def europresse(source: Source) -> Iterator[Article]:
    """The articles of a page, one for each mark of an article."""
    return sliced(source, _MARK, _read, _OUTLET)


def _read(page: str) -> Article:
    """The article of a piece of the page, whose entities are often escaped twice."""
    whole = re.sub(r"&amp;(?=#?\w+;)", "&", page.partition("</article>")[0])
    whole = re.sub(r"(?s)<!\[CDATA\[.*?\]\]>", "", whole)
    tree = markup.html_tree(whole)
    return _article(tree) if page.startswith("<article") else _article_2012(tree)


def _article(tree: Element) -> Article:
    """An article as it is written since 2014."""
    for sign in tree.iter("symbol"):
        sign.text = "€" if sign.get("value") == "euro" else sign.get("value")
    excerpt = bool(markup.drop(tree, "//*[.link-not-hosted]"))
    pictures = markup.drop(tree, "//section//*[.ImageAttach] | //section//*[.ImageAttachFont]")
    caption = " ".join(map(text_of, pictures))
    beside = markup.lines_of(tree, "europresse_parts", "beside")
    article = Article(
        _fields(tree, "europresse"),
        lead=markup.lines_of(tree, "europresse_parts", "lead"),
        beside=_beside([f"Illustration(s) : {caption}", *beside]),
        also_in=_printed(tree),
        flags=["excerpt"] if excerpt else [],
    )
    for part in ("link", "beside"):
        markup.remove(markup.found(tree, "europresse_parts", part))
    article.paragraphs = _once(markup.lines_of(tree, "europresse_parts", "body"), article.flags)
    return _numbered(article, article.fields.pop("number"))


def _article_2012(tree: Element) -> Article:
    """An article as it was written until 2014: its parts are told by what stands between them."""
    told = text_of(tree)
    article = Article(_fields(tree, "europresse_2012"))
    for ending in tree.iter("br"):
        ending.tail = _BREAK + (ending.tail or "")
    for title in markup.found(tree, "europresse_2012", "title")[:1]:
        title[:], title.text = [], _TITLE
    markup.drop(
        tree, "//span[.DocPublicationName] | //span[.DocHeader] | //*[@id='tbHeaderImages']"
    )
    notice = article.fields["copyright"]
    lines = takewhile(lambda line: not _is_end(line, notice), markup.blocks(tree))
    first, *more = [*lines, ""]
    above, titled, below = first.rpartition(_TITLE)
    if titled:
        kickers = filter(None, map(str.strip, above.split(_BREAK)))
        article.fields["kicker"] = " | ".join(kickers)
    lines = [markup.collapsed(line.replace(_BREAK, " ")) for line in (below, *more)]
    # An author may stand where the first paragraph does.
    signed = titled and understood(lines[0])[0]
    article.fields["byline"] = lines.pop(0) if signed else ""
    article.paragraphs = [line for line in lines if line]
    return _numbered(article, told)


def _is_end(line: str, notice: str) -> bool:
    """Whether a line is that of the copyright, or of the number, behind which nothing is text."""
    numbered = line.startswith(_NUMBERED) and _NUMBER.search(line)
    return bool(numbered or (notice and line.startswith(notice)) or _NUMBER.fullmatch(line))


def _fields(tree: Element, layout: str) -> dict[str, str]:
    """The fields of an article, those of its outlet and of its header line taken apart."""
    for ending in (br for name in markup.found(tree, layout, "outlet") for br in name.iter("br")):
        ending.tail = _BREAK + (ending.tail or "")
    fields = markup.fields_of(tree, layout)
    name, *editions = map(str.strip, fields["outlet"][:_LONGEST].split(_BREAK))
    issue = _ISSUE.search(name)
    name = _SITE.sub(r"\1", _ISSUE.sub("", name))
    told, header = {}, fields.pop("header")[:_LONGEST]
    for day in [*_DAY.finditer(header)][-1:]:
        rest = _REST.fullmatch(header[day.end() :])
        told = {"date": day[0], **(rest.groupdict("") if rest else {})}
        told["section"] = _WEEKDAY.sub("", header[: day.start()]).strip(" ;,|")
    told["words_told"] = re.sub(r"\D", "", told.get("words_told", ""))
    told |= {"outlet": name, "edition": " ; ".join(editions), "issue": issue[1] if issue else ""}
    return fields | told


def _beside(lines: list[str]) -> list[tuple[str, str]]:
    """What stands beside the text by its kind (illustration, encadré, note)."""
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        if label := _KIND.match(line):
            parts.append((label[1].lower(), [label[2]]))
        elif re.search(r"\w", line):
            parts[-1][1].append(line)
    said = ((kind, " ".join(filter(None, texts))) for kind, texts in parts)
    return [(kind, text) for kind, text in said if text]


def _printed(tree: Element) -> list[str]:
    """The days and outlets that printed an article, too."""
    day, printed = "", []
    for span in markup.found(tree, "europresse_parts", "also_in"):
        if span.get("class") == "apd-sources-date":
            day = when(text_of(span))[0]
        else:
            printed.append(f"{day} {text_of(span)}".strip())
    return printed


def _once(paragraphs: list[str], flags: list[str]) -> list[str]:
    """The paragraphs without those that a site adds to say them again: of the two parts the one
    goes whose runs of words stand in the other; where neither does, both stay.
    """
    parts = "\n".join(paragraphs).split(_AGAIN)
    if len(parts) == 1:
        return paragraphs
    flags.append("said_twice")
    first, added = (
        [*filter(None, map(str.strip, "\n".join(part).split("\n")))]
        for part in (parts[:1], parts[1:])
    )
    one, other = _runs(first), _runs(added)
    shared = len(one & other)
    if shared * 3 >= 2 * len(other):
        return first
    return added if shared * 3 >= 2 * len(one) else first + added


def _runs(paragraphs: list[str]) -> set[tuple[str, ...]]:
    """The runs of words in a text."""
    words = re.findall(r"\w+", " ".join(paragraphs).lower())
    length = min(_RUN, len(words))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _numbered(article: Article, told: str) -> Article:
    """The article with the number of its certificate, or what else tells one; the number dates it
    where its header has no day of the calendar.
    """
    fields = article.fields
    numbers = [number for text in (fields["source_id"], told) for number in _NUMBER.finditer(text)]
    if numbers:
        fields["source_id"] = numbers[0][0]
        article.flags += ["two_ids"] * (len({number[0] for number in numbers}) > 1)
        dated(article, "-".join(numbers[0].groups()))
    return article
