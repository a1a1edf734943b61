"""Files of word processors: texts written there, one a file, and those of Nexis, many in one.

Where a text of Nexis begins is told by a bookmark in an empty paragraph, or by a heading; where it
ends, by a line. The labels between are rows of nexis.csv. What stands before the first text names
the user, and is never read.
"""

import io
import re
import zipfile
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from helpers.exchange import markup
from helpers.exchange.articles import Article, Source, bare, key_of, when
from helpers.exchange.markup import FORMS, Element, collapsed
from helpers.read.files import decoded
from helpers.read.tables import counted, rows_of

# Bytes of all parts, and how many times those that they take in the file; text is some 10 times.
_MOST, _RATIO, _SMALL, _PARTS = 200_000_000, 100, 10_000_000, 10_000
_BREAK = "\u2028"
_SIGNS = {"tab": " ", "s": " ", "noBreakHyphen": "-"}
_SIGNS |= dict.fromkeys(("br", "cr", "line-break"), _BREAK)
# Where a label of Nexis stands and the field that it names.
_NEXIS = {bare(row["label"]): (row["part"], row["field"]) for row in rows_of("nexis.csv", __file__)}
_SHORT = 100  # characters of a line that may stand above a title
Beside = list[tuple[str, str]]


def archive(data: bytes) -> zipfile.ZipFile:
    """The file opened, none of whose parts is too large to be read.

    Raises: ValueError for what is no zip, is broken, has a password or unpacks to too much.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # whatever the bytes lead it to
        raise ValueError(f"is broken ({error}); save it again") from None
    sizes = [one.file_size for one in opened.infolist()]
    if sum(sizes) > min(_MOST, max(_SMALL, _RATIO * len(data))) or len(sizes) > _PARTS:
        what = f"{sum(sizes):,} bytes in {counted(len(sizes), 'part')}"
        raise ValueError(f"unpacks to {what}, too many; split it, or save it as .txt")
    if b"encryption-data" in part(opened, r"META-INF/manifest\.xml"):
        raise ValueError("has a password; save it without one")
    return opened


def part(opened: zipfile.ZipFile, name: str) -> bytes:
    """A part of the file by the pattern of its name; nothing where there is none.

    Raises: ValueError where it is broken.
    """
    names = [one for one in opened.namelist() if re.fullmatch(name, one)]
    try:
        return opened.read(names[0]) if names else b""
    except Exception as error:  # by whatever it is packed
        raise ValueError(f"is broken at {names[0]} ({error}); save it again") from None


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
        named = FORMS["style"].match(self.style)
        return (named and named.lastgroup) or ""


def lines_of(source: Source) -> tuple[list[Line], Beside]:
    """The lines of a file of Word or LibreOffice, and what stands beside them in boxes and notes.

    Raises: ValueError for what is none.
    """
    opened = archive(source.data)
    tree = markup.xml_tree(decoded(part(opened, r"word/document\d*\.xml|content\.xml"))[0])
    others = (part(opened, rf"word/{name}\d*\.xml") for name in ("footnotes", "styles"))
    tree.extend(markup.xml_tree(decoded(other)[0]) for other in others if other)
    markup.remove(markup.found(tree, "document", "unseen"))
    beside = markup.taken(tree, "document", "encadré", "note")
    markup.remove(markup.found(tree, "document", "around"))
    return [*_lines(tree)], beside


def _lines(tree: Element) -> Iterator[Line]:
    """The lines of the paragraphs of a document; how these call a style depends on the language of
    the program, its own name less so.
    """
    styles = (markup.fields_of(style, "document_style") for style in tree.iter("style"))
    names = {style["key"]: style["name"] for style in styles}
    for sign in tree.iter(*_SIGNS):
        sign.text = _SIGNS[sign.tag]
    for number, paragraph in enumerate(tree.iter("p", "h"), 1):
        told, lines = markup.fields_of(paragraph, "document_paragraph"), [[]]
        own = "heading" if paragraph.tag == "h" else told["style"]
        style = re.sub(r"_20_|(?<=[a-z])(?=\d)", " ", f"{own} {names.get(own, '')}")
        for text in markup.found(paragraph, "document", "text"):
            lines.append([]) if text == _BREAK else lines[-1].append(text)
        bold = {*markup.found(paragraph, "document", "bold")}
        for line in lines:
            marked = "".join(text for text in line if text.getparent() in bold)
            text = collapsed("".join(line))
            yield Line(text, collapsed(marked), style, told["bookmark"] != "", number)


def paragraphs(lines: Iterable[Line]) -> Iterator[Line]:
    """The paragraphs of these lines; an empty line in one parts it."""
    for _, same in groupby(lines, lambda line: (line.number, bool(line.text))):
        first, *more = same
        if first.text:
            yield first._replace(text=" ".join(line.text for line in (first, *more)))


def office_file(source: Source) -> Iterator[Article]:
    """The texts of a file of Word or LibreOffice: those of Nexis where its labels stand there, else
    one.
    """
    lines, beside = lines_of(source)
    if not any(line.bold for line in lines):  # which LibreOffice tells by styles without a name
        lines = [line._replace(bold=line.text) for line in lines]
    parts = {_label(line)[0] for line in lines}
    known = parts & {"cover", "end"} and parts & {"body", "head", "close"}
    covers = "cover" in parts and any(FORMS["numbered_line"].search(line.text) for line in lines)
    return _nexis(lines) if known or covers else _written(source.name, lines, beside)


def _written(name: str, lines: list[Line], beside: Beside) -> Iterator[Article]:
    """The text of a whole file of this name, which may date it, with the title and the like that a
    style tells at its beginning; what the file says of its author is the name of whoever saved it.
    """
    place = (1, lines[-1].number) if lines else (0, 0)
    article = Article(beside=beside, place=place, name=name.rpartition(".")[0])
    for line in (line for line in paragraphs(lines) if line.field != "contents"):
        above = all(len(p) < _SHORT and p[-1] not in ".!?…" for p in article.paragraphs)
        if line.field == "illustration":
            beside.append((line.field, line.text))
        elif above and line.field and line.field not in article.fields:
            article.fields[line.field] = line.text
        else:
            article.paragraphs.append(line.text)
    yield article


def _nexis(lines: list[Line]) -> Iterator[Article]:
    """The documents of Nexis, as many as have an end."""
    ends = [i for i, line in enumerate(lines) if _label(line)[0] == "end"]
    parts = [lines[a + 1 : b] for a, b in pairwise([-1, *ends, len(lines)])]
    starts = [_starts(part) for part in parts]
    found = sum(len(each) or 1 for each in starts[:-1]) + len(starts[-1])
    if not found and not ends:
        said = "is a document of Nexis, whose labels are in a language that is not known"
        raise ValueError(f"{said}; set that of Nexis to English or French, and export it again")
    if found != len(ends):
        said = f"holds {found} documents of Nexis, and “End of Document” {len(ends)} times"
        raise ValueError(f"{said}; export them again, or take the one without an end out")
    for n, (part, at) in enumerate(zip(parts[:-1], starts, strict=False)):
        lost = Article(left_out="its beginning cannot be told from the cover page")
        yield _document(part[at[0] if at else 0 :]) if at or (n and part) else lost


def _starts(lines: list[Line]) -> list[int]:
    """Where documents begin in what stands between two ends: at the last empty line with a
    bookmark, or heading, above each label of a body.
    """
    marks = [i for i, line in enumerate(lines) if line.marked and not line.text]
    marks = marks or [i for i, line in enumerate(lines) if line.text and line.field == "title"]
    bodies = [i for i, line in enumerate(lines) if _label(line)[0] == "body"]
    return [marks[n - 1] for n in sorted({bisect(marks, i) for i in bodies}) if n]


def _document(lines: list[Line]) -> Article:
    """A document of Nexis: what stands above its labels, what they say, its text and what stands
    beside that. A label that may be a word in bold does not end the text.
    """
    told: dict[tuple[str, str], list[Line]] = defaultdict(list)
    at = ("top", "")
    for line in lines:
        part, name, value = _label(line)
        if ("body", "") not in told:
            opens = part != "own" or at[0] != "top"
        elif at[0] == "body":
            opens = part == "close" or (part == "beside" and not value)
        else:
            opens = part in ("beside", "close", "tail")  # which follow the text
        if part and opens:
            at, line = (part, name), line._replace(text=value)
        told[at].append(line)
    texts = {at: " ".join(line.text for line in told[at] if line.text) for at in told}
    article = Article(place=(lines[0].number, lines[-1].number))
    article.paragraphs = [line.text for line in paragraphs(told["body", ""])]
    article.beside = [(name, text) for (part, name), text in texts.items() if part == "beside"]
    article.fields = {n: text for (part, n), text in texts.items() if n and part != "beside"}
    _read_top(article, [line for line in told["top", ""] if line.text])
    return article


def _read_top(article: Article, lines: list[Line]) -> None:
    """The lines above the labels: title, outlet, date, edition and whose rights it is; and the
    values of labels that hold several fields.
    """
    fields, kinds = article.fields, defaultdict(list)
    for line in lines:
        notice = FORMS["notice"].fullmatch(line.text)
        kinds[notice and notice.lastgroup].append(line.text)
    texts = kinds[None]
    at = next((i for i, text in enumerate(texts) if i and when(text)[0]), 2)
    top, told = texts[:at], texts[at:]
    fields["date"] = told.pop(0) if told and re.search(r"\d", told[0]) else ""
    if len(top) > 1 or (lines and lines[0].bold):
        fields["title"] = top.pop(0)
    fields["outlet"] = top.pop() if top else ""
    fields.setdefault("subtitle", " ".join(top))
    fields |= {"edition": "; ".join(told), "copyright": " ".join(kinds["copyright"])}
    article.beside += [("note", text) for text in kinds["note"]]
    if page := FORMS["page_in_section"].search(fields.get("section", "")):
        fields |= {"section": fields["section"][: page.start()], "page": page[1]}


def _label(line: Line) -> tuple[str, str, str]:
    """Where the label of a line stands, the field that it names, and its value: the words in bold
    before a colon, or all; those that are not known name a field of their own.
    """
    name, colon, value = line.text.partition(":")
    name = name.strip()
    if not name or not line.bold.startswith(name):
        return "", "", ""
    part, field = _NEXIS.get(bare(name), ("own", key_of(name)) if colon else ("", ""))
    return part, field, value.strip()
