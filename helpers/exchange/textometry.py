"""Corpora of other tools for textometry: IRaMuTeQ and Alceste, TXM, Lexico, Hyperbase; and texts
that are plain.

The text of each is as it was there, word for word, as one paragraph that may have several; its
variables are fields of their own names, the most telling of a date its date.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

from helpers.exchange.articles import MAX_BYTES, Article, Source, key_of, when
from helpers.exchange.columns import columns_of, date_in
from helpers.exchange.markup import FORMS
from helpers.exchange.tables import named_rows
from helpers.exchange.writing import distinct
from helpers.read.files import Unread, read_file, shown
from helpers.read.headers import read_layout

Parts = Iterator[tuple[re.Match[str], str, tuple[int, int]]]  # mark, text and place of each
# Variables of ours whose value a date may say already.
_PERIODS = ("date", "month", "year")


def iramuteq(source: Source) -> Iterator[Article]:
    """The texts of a corpus of IRaMuTeQ or Alceste, without its thematic lines, and without the
    variables that stand in a text, such as _rire_.

    Raises: ValueError for what begins with no line of variables.
    """
    mark = FORMS["numbers"] if re.match(r"\s*\d", source.text) else FORMS["stars"]
    for line, body, place in _parts(source, mark, "IRaMuTeQ", "**** *variable_value"):
        stars = [*filter(None, FORMS["between_stars"].split(line[1]))]
        wrong = [star for star in stars if not re.match(r"\*[^\s_]", star)]
        body, thematic = FORMS["thematic"].subn("", body)
        inner = FORMS["inner_variable"].findall(body)
        text = FORMS["made_ordinary"].sub(r"\1", FORMS["inner_variable"].sub("", body))
        parts = (star[1:].partition("_") for star in stars)
        pairs = ((name, value if has else "1") for name, has, value in parts)
        article = _article(pairs, text, place)
        article.beside = [("variable", name) for name in inner]
        stuck = len(stars) > len(line[1].split())
        flags = {"thematic_lines": thematic, "inner_variables": inner, "stuck_variables": stuck}
        article.flags += [flag for flag, is_so in flags.items() if is_so]
        why = f"“{wrong[0]}” is no variable; write *name_value without blanks" if wrong else ""
        yield Article(left_out=why, place=place) if wrong else article


def txm(source: Source) -> Iterator[Article]:
    """The texts of an import "TXT + CSV" of TXM: the rows of its metadata.csv with the files of
    their names beside it, and those that it does not name.

    Raises: ValueError where its first column is not named id.
    """
    names, rows = named_rows(source.text)
    if not names or names[0].strip().lower() != "id":
        raise ValueError(f"has “{''.join(names[:1])[:40]}” for a first column; TXM calls it id")
    texts = sorted(source.folder.glob("*.[tT][xX][tT]")) if source.folder else []
    # Some systems decompose accents in the names of files.
    files = {normalize("NFC", shown(path.stem)): path for path in texts}
    for number, row, wrong in rows:
        cells = row or [""] * len(names)
        name = normalize("NFC", cells[0])
        name = name if name in files else re.sub(r"(?i)\.txt\s*\Z", "", name)
        article = _article(zip(names[1:], cells[1:], strict=True), "", (number, number))
        article.name = article.name or name
        why = "stands there twice, or has no .txt file of that name beside it; correct the id"
        article.left_out = wrong or f"row {number}: the text “{name}” {why}"
        yield _read_beside(article, files.pop(name)) if name in files else article
    for name, path in files.items():
        yield _read_beside(Article(name=name), path)


def lexico(source: Source) -> Iterator[Article]:
    """The texts of a corpus of Lexico: what stands between keys such as <journal=Fanal>, each of
    which is told until it is told anew.

    Raises: ValueError for what begins with no key.
    """
    keys: dict[str, str] = {}
    for mark, body, place in _parts(source, FORMS["keys_of_lexico"], "Lexico", "<journal=Fanal>"):
        keys |= {name: told.strip("\"'") for name, told in FORMS["key_of_lexico"].findall(mark[0])}
        yield _article(keys.items(), FORMS["section_of_lexico"].sub("\n", body), place)


def hyperbase(source: Source) -> Iterator[Article]:
    """The texts of a corpus of Hyperbase, each below a line of its name, &&& name &&&.

    Raises: ValueError for what begins with no such line.
    """
    for mark, body, place in _parts(source, FORMS["hyperbase"], "Hyperbase", "&&& name &&&"):
        name, text = mark[1].replace("&&&", "").strip(), body.strip()
        if name or text:
            yield Article(paragraphs=[text], place=place, name=name)


def _parts(source: Source, mark: re.Pattern[str], program: str, example: str) -> Parts:
    """The marks of the texts of a corpus, each with what stands below it and its place."""
    text = source.text
    marks = [*mark.finditer(text)]
    starts = [*(found.start() for found in marks), len(text)]
    if (before := text[: starts[0]].strip()) or not marks:
        what = f"“{before[:40].split(chr(10))[0]}” begins no text, but {example} would"
        raise ValueError(f"is no corpus of {program}: {what}")
    for found, (start, end) in zip(marks, pairwise(starts), strict=True):
        yield found, text[found.end() : end], (start, end)


def plain(source: Source) -> Iterator[Article]:
    """A text as it is read in a folder of texts: with its front matter, or the lines of its header;
    flags are the kinds of what could not be understood in these.
    """
    layout, told = read_layout(source.text), defaultdict(dict)
    for name, value, *_ in layout.fields:
        told[name][value] = None
    fields = {name: "; ".join(values) for name, values in told.items()}
    fields |= {"date": layout.date_written} if layout.date_written else {}
    body = source.text[layout.body_start : layout.body_end]
    article = Article(fields, paragraphs=[body], place=(0, len(source.text)))
    article.flags = sorted({kind for kind, *_ in layout.problems})
    article.name = Path(source.name).stem
    yield article


def _article(variables: Iterable[tuple[str, str]], text: str, place: tuple[int, int]) -> Article:
    """A text with its variables, of which doc, or else id, names it, and one dates it."""
    given = [(name.strip() or "column", value.strip()) for name, value in variables]
    keys = distinct(key_of(name) for name, _ in given)
    told = {key: value for key, (_, value) in zip(keys, given, strict=True) if value}
    name = told.pop("doc" if told.get("doc") else "id", "")
    flags = ["twin_variable"] * (len(dict(given)) < len(given))
    return Article(_dated(told), paragraphs=[text.strip()], flags=flags, place=place, name=name)


def _dated(variables: dict[str, str]) -> dict[str, str]:
    """The date of a text, which may be written with _, and the variables that say more than it."""
    dashed = {name: value.replace("_", "-") for name, value in variables.items()}
    date = date_in([*dashed.values()], columns_of([*dashed])["date"], dict(enumerate(dashed)))
    kept = {"date": date} if (day := when(date)[0]) else {}
    for name, value in variables.items():
        if name.casefold() not in _PERIODS or not day.startswith(when(dashed[name])[0] or "-"):
            kept["date_given" if name == "date" else name] = value
    return kept


def _read_beside(article: Article, path: Path) -> Article:
    """The article with the text of a file."""
    try:
        article.paragraphs, article.left_out = [read_file(path, MAX_BYTES)[0].strip()], ""
    except Unread as error:
        article.left_out = f"{shown(path.name)} {error}"
    return article
