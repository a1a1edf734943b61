"""Articles from the files of press databases and other tools, as a folder that `open_corpus` reads.

Each article becomes a text of our own kind: what its source tells of it in front matter, below it
its lead and its paragraphs, word for word.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pandas as pd
from tqdm.auto import tqdm

from helpers.exchange.articles import MAX_BYTES, Article, Reader, Source, finish, words_of
from helpers.exchange.markup import FORMS
from helpers.exchange.tables import is_table, table
from helpers.exchange.textometry import plain, txm
from helpers.exchange.writing import Place, Seeds, fields_of, identity, write_front_matter
from helpers.read.checks import checked
from helpers.read.files import EXPORTS, HIDDEN, NotText, Unread, at_home, read_bytes, shown
from helpers.read.headers import MOST
from helpers.read.tables import Rows, counted, rows_of

COLUMNS = "file start end taken why doc source_id date outlet title words words_told flags".split()
# The parts of a page that a browser saves beside it.
_PARTS = ("_files", "_fichiers")
# Of a page with more articles than this, most must have an outlet and a text.
_FEW, _SHARE = 9, 0.2
_PAGES = {"europresse", "factiva_html", "web_page"}
_DATABASES = {"europresse", "factiva_html", "factiva_xml", "office_file"}
# What is said of the articles that came in, by their flags.
_FLAGS = {row["flag"]: row["said"] for row in rows_of("flags.csv", __file__)}


@checked
def import_files(
    files: Place | Sequence[Place],
    folder: Place,
    *,
    text_column: str | None = None,
    add: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: bool | None = None,
) -> pd.DataFrame:
    r"""Which articles came in from the files of a press database or another tool, and which did
    not? (*import d'un corpus*)

    One row is one article of the files, or one file that is not read.

    What a file is, is told by its content: a page of Europresse, HTML or XML of Factiva, a document
    of Nexis, a table (CSV, JSON, XLSX, XML) with a column of texts, TEI or XML for TXM, a saved web
    page, an export of WordPress, a document of a word processor, a corpus of IRaMuTeQ, Alceste,
    TXM, Lexico or Hyperbase. Each article becomes a .txt file in the folder, with what its source
    tells of it in front matter. No file is overwritten: an article that is there already stays as
    it is, whatever was corrected in it, and so a later export adds what is new.

    Parameters: files (one or several, or folders of them); folder (made where there is none);
    text_column (of a table, where its name does not tell); add (fields for each article, such as
    query and database, which go before what the source tells); dry_run (nothing is written);
    progress (a bar on a terminal, if None).
    Returns: columns file, start, end (its place there: characters, paragraphs or rows), taken
    (`new`, `there already`, `twice`, `left out`, `refused`), why, doc (the name of the text, or of
    that which is there), source_id, date, outlet, title, words, words_told, flags; the sentence of
    `said` in `attrs`.
    Raises: ValueError naming the file, what is wrong, and the way out, where nothing could be read.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> place = Path(mkdtemp())
    >>> _ = (place / "corpus.txt").write_text("**** *id_1 *lieu_Rabat *annee_2024\nIl est là.")
    >>> table = import_files(place / "corpus.txt", place / "textes")
    >>> table.attrs["said"]
    '1 file: 1 text, 2024, is now in textes; 1 without a title (no_title).'
    >>> (place / "textes" / "1.txt").read_text().split("\n")[:4]
    ['---', 'date: 2024', 'flags: no_title', 'lieu: Rabat']
    """
    given = [files] if isinstance(files, str | os.PathLike) else files
    more = {name.strip(): str(value) for name, value in (add or {}).items()}
    write_front_matter(more)  # which refuses a name that would not be read
    seeds, rows = Seeds(at_home(folder), dry_run=dry_run), []
    found = [file for place in given for file in _files_of(at_home(place))]
    hidden = None if progress is None else not progress
    for path, name in tqdm(found, "reading", unit="file", disable=hidden, leave=False):
        rows += _rows_of(path, shown(name), text_column, seeds, more)
    told = pd.DataFrame(rows, columns=COLUMNS)
    if told["taken"].isin(["refused", "left out"]).all():
        wrong = f"{told['file'][0]} {told['why'][0]}" if rows else "there is no file to read"
        raise ValueError(f"{wrong}; nothing was written")
    told.attrs["said"] = said(told, seeds.folder, dry_run=dry_run)
    return told


def _files_of(place: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder in the order of their names, each with its path in the folder, but for
    hidden ones, parts of saved pages, and texts that a metadata.csv of TXM names; a file itself.
    """
    if not place.is_dir():
        yield place, place.name
        return
    for here, folders, names in os.walk(place):
        parts = {FORMS["saved_page"].sub(end, name) for name in names for end in _PARTS}
        folders[:] = sorted({name for name in folders if not name.startswith(HIDDEN)} - parts)
        named = is_txm(Path(here))
        for name in sorted(names):
            if not name.startswith(HIDDEN) and not (named and name.lower().endswith(".txt")):
                path = Path(here, name)
                yield path, path.relative_to(place).as_posix()


def is_txm(folder: Path) -> bool:
    """Whether a folder holds texts and the table of TXM that names them."""
    with suppress(OSError, Unread):
        head = read_bytes(folder / "metadata.csv", MAX_BYTES)[:99].decode("latin-1")
        return bool(FORMS["table_of_txm"].match(head)) and any(folder.glob("*.[tT][xX][tT]"))
    return False


def reader_of(source: Source) -> Reader:
    """The reader of a file, by what it holds.

    Raises: ValueError saying what it is and what to do, where it is not read.
    """
    if not source.data.strip():
        raise ValueError("is empty; export it once more")
    try:
        text, no_text = source.text.lstrip("\ufeff"), ""
    except NotText as error:
        text, no_text = source.data.decode("latin-1"), str(error)
    if source.name == "metadata.csv" and source.folder and is_txm(source.folder):
        return txm
    for row in EXPORTS:
        if row["mark"] and re.search(row["mark"], text):
            if not row["reader"]:
                raise ValueError(f"is {row['what']}; {row['how']}")
            return resolve_name(f"helpers.exchange.{row['reader']}")
    if no_text:
        raise ValueError(f"is no text ({no_text}); export it as HTML, or save it as plain text")
    if is_table(source):
        return table
    if source.name.lower().endswith(".txt"):
        return plain
    raise ValueError("is in no format that is known; save its text as plain text in UTF-8, .txt")


def single_page(source: Source) -> Iterator[Article]:
    """The article of a page that a browser saved in a single file (MHTML).

    Raises: ValueError where there is no page in it, or no article.
    """
    inner = Source(source.name, b"")
    with suppress(RecursionError, StopIteration):  # of parts within parts
        parts = message_from_bytes(source.data).walk()
        page = next(one for one in parts if one.get_content_type() == "text/html")
        inner = Source(source.name, page.get_payload(decode=True))
    if inner.data.strip() and (reader := reader_of(inner)).__name__ in _PAGES:
        return reader(inner)
    what = "is a page that a browser saved as a single file, and holds none"
    raise ValueError(f"{what}; save it as a complete web page")


def read_articles(source: Source, more: Mapping[str, str] | None = None) -> list[Article]:
    """The articles of a file, each with these fields more and what a reader should know of it.

    Raises: ValueError that goes on from the name of the file, where it holds none, or where so many
    are without an outlet or a text that its format must have changed.
    """
    reader = reader_of(source)
    articles = [*reader(source)]
    for article in articles:
        article.fields |= more or {}
        finish(article)
    if not articles:
        raise ValueError("holds no article, perhaps a list of documents; export their full texts")
    partial = sum(a.left_out != "" or "outlet" not in a.fields for a in articles)
    if reader.__name__ in _DATABASES and len(articles) > _FEW and partial > _SHARE * len(articles):
        lack = f"{partial} of {len(articles)} articles without an outlet or a text"
        how = "export it once more, or tell us with its first article"
        raise ValueError(f"has {lack}, so that its format may have changed; {how}")
    return articles


def _rows_of(path: Path, file: str, column: str | None, seeds: Seeds, more: dict[str, str]) -> Rows:
    """The rows of a file that is to be read, or one that says why it is not."""
    try:
        source = Source(path.name, read_bytes(path, MAX_BYTES), column, path.parent)
        articles = read_articles(source, more)
    except OSError as error:
        why = f"cannot be opened ({error.strerror}); check its name and its rights"
    except (ValueError, Unread) as error:
        why = str(error)
    else:
        return [_taken_in(article, source, file, seeds) for article in articles]
    return [{"file": file, "taken": "refused", "why": why}]


def _taken_in(article: Article, source: Source, file: str, seeds: Seeds) -> dict[str, Any]:
    """Write an article that is new; the row that says what became of it."""
    start, end = article.place
    fields, body = fields_of(article), "\n\n".join(article.text)
    # What was exported from a corpus tells already where it came from.
    if "source_file" not in fields:
        fields |= {"source_file": file, "source_sha256": source.sha256}
        fields |= {"source_start": str(start), "source_end": str(end)}
    fields.setdefault("source_text", identity(fields, body, article.name))
    why = article.left_out or ("more fields than are read" if len(fields) > MOST else "")
    taken, why, name = ("left out", why, "") if why else seeds.add(fields)
    if taken == "new":
        if why:
            fields["flags"] = f"{fields.get('flags', '')} updated".strip()
        name = seeds.write(fields, body, article.name)
    row = (file, start, end, taken, why, name)
    told = dict(zip(COLUMNS, row, strict=False)) | {"words": words_of(article.text)}
    return {column: fields.get(column) for column in COLUMNS} | told


def said(table: pd.DataFrame, folder: Path, *, dry_run: bool = False) -> str:
    """What an import brought, in one sentence: texts, outlets, first and last day, and all that did
    not come in or is not whole.
    """
    new = table[table["taken"] == "new"]
    sentence = f"{counted(table['file'].nunique(), 'file')}: {counted(len(new), 'text')}"
    if outlets := new["outlet"].nunique():
        sentence += f" of {counted(outlets, 'outlet')}"
    if days := sorted(new["date"].dropna()):
        sentence += f", {days[0]} to {days[-1]}," if days[0] != days[-1] else f", {days[0]},"
    verb = "would be" if dry_run else "is now" if len(new) == 1 else "are now"
    parts = [f"{sentence} {verb} in {folder.name or folder}"]
    for (taken, why), rows in table[table["taken"] != "new"].groupby(["taken", "why"], sort=False):
        first, n = rows["file"].iloc[0], len(rows)
        files = first if n == 1 else f"{first} and {counted(n - 1, 'other file')}:"
        what = {"refused": files, "twice": f"{n:,} came twice"}.get(taken, f"{n:,} {taken}")
        parts.append(f"{what}{' ' if taken == 'refused' else ', ' * bool(why)}{why}")
    flags = Counter(flag for flags in new["flags"].dropna() for flag in flags.split())
    parts += [f"{flags[flag]:,} {why} ({flag})" for flag, why in _FLAGS.items() if flags[flag]]
    return "; ".join(parts) + "."
