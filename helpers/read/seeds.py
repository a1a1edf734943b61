"""From a folder of files to the table of documents: what was read, and every file or part that was
not understood.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.read import files
from helpers.read.checks import checked
from helpers.read.dates import date_by_names, date_columns, period
from helpers.read.duplicates import Words, find_duplicates, read_words
from helpers.read.french import normalise
from helpers.read.headers import Field, Layout, read_layout
from helpers.read.lexicons import forms
from helpers.read.metadata import join_metadata
from helpers.read.tables import DOCUMENTS, FIELDS, ISSUES, OURS, Rows, counted, issue, table

MAX_BYTES = 20_000_000
_LINE = re.compile(r"[^\r\n]*")
# A French text has about half function words, one in Spanish or Catalan less than a third (la, de,
# que, se…), one in English a tenth; fewer words than these tell nothing.
MIN_FUNCTION_SHARE, MIN_WORDS_TO_JUDGE = 0.3, 20


class Seeds(NamedTuple):
    """The documents of a folder, and what was not understood."""

    documents: pd.DataFrame
    issues: pd.DataFrame


@checked
def load_seeds(folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Seeds:
    """Which texts are in the folder, and what in them was not understood? (*corpus, métadonnées*)

    documents: one row per text that was read, the earliest first, those without a date
    last, then by file name; the counts of paragraphs,
    sentences and words are missing until the text is parsed. issues: one row per thing that was
    repaired or not understood. Both have the columns of the corpus (`helpers`). Sub-folders are
    read, but for hidden ones, links and reports; files that are not .txt are passed over with one
    issue a kind.

    Parameters: folder; max_bytes (a larger file is an issue and is not read).
    Raises: FileNotFoundError or NotADirectoryError naming the folder.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "visite.txt").write_text(" date 2024-11 Le ministre est à Rabat.", "utf-8")
    >>> load_seeds(folder).documents[["doc", "date", "date_precision"]].iloc[0].tolist()
    ['visite', '2024-11', 'month']
    """
    return read_folder(folder, max_bytes=max_bytes)[0]


def read_folder(
    folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES, part: slice = slice(None)
) -> tuple[Seeds, pd.DataFrame]:
    """The documents and issues of a folder, or of a part of its texts, and the fields around their
    bodies; `load_seeds` says what they are.
    """
    folder = existing(folder)
    documents, fields, issues, told = Rows(), Rows(), Rows(), Rows()
    stated: set[tuple[str, str]] = set()  # texts and the columns that their front matter fills
    names = list(files.text_files(folder, issues))
    for name, doc in list(zip(names, files.unique_stems(names), strict=True))[part]:
        row = {"doc": doc, "file": files.shown(name)}
        try:
            layout = _read_text(folder / name, max_bytes, row)
        except files.Unread as error:
            issues.append(issue(row["file"], error.kind, f"{row['file']} {error}"))
            continue
        issues += _text_issues(row, layout)
        documents.append(row | _header(layout))
        fields += [{"doc": doc, **field._asdict()} for field in layout.fields]
        stated |= {(doc, field.field) for field in layout.fields if layout.front_matter}
    if not documents:
        how = "has no text to read; put .txt files into it, or name another folder"
        issues.append(issue(folder.name, "empty", f"{folder.name} {how}"))
    read = join_metadata(_table(documents, fields), folder / "metadata.csv", told, stated)
    del documents  # with every text, which the table holds in half the room
    read = _titled(read, fields, issues, stated)
    read = _in_order(date_by_names(read, told), fields)
    read = _mark_repeated_and_foreign(read, issues)
    dated = set(read.loc[read["date_start"].notna(), "doc"])
    issues = [row for row in issues if row["kind"] != "no_date" or row["doc"] not in dated]
    return Seeds(read, table(issues + told, ISSUES)), table(fields, FIELDS)


def _titled(
    documents: pd.DataFrame, fields: Rows, issues: Rows, stated: set[tuple[str, str]]
) -> pd.DataFrame:
    """The documents without a first line of the body that is the title which is stated; where that
    line was read as the title, it is no issue.
    """
    sure = {doc for doc, column in stated if column == "title"}
    read = {row["doc"]: row for row in fields if row["field"] == "title"}
    starts, confirmed = documents["body_start"].tolist(), set()
    columns = (documents[name] for name in ("doc", "title", "text", "body_end"))
    for at, (doc, title, text, end) in enumerate(zip(*columns, strict=True)):
        if doc in sure and doc in read:
            if _words(read[doc]["value"]) == _words(title):
                confirmed.add(("header", doc, read[doc]["start"]))
        elif doc in sure:
            line = _LINE.match(text, starts[at], end)
            below = text[line.end() : end].lstrip()
            if below and _words(line[0]) == _words(title):
                fields.append({"doc": doc, **Field("title", line[0], *line.span())._asdict()})
                starts[at] = end - len(below)
    issues[:] = [row for row in issues if (row["kind"], row["doc"], row["start"]) not in confirmed]
    return documents.assign(body_start=np.array(starts, np.int64))


def _words(line: str) -> str:
    """A line as it is compared: in small letters, with plain blanks and marks."""
    return " ".join(normalise(line).casefold().split())


def _in_order(documents: pd.DataFrame, fields: Rows) -> pd.DataFrame:
    """The documents with year and month, and with the name of their sub-folder as outlet where
    nothing else says it; the earliest first, those without a date last. The fields are put into
    their order.
    """
    further = {name: period(documents, name) for name in ("year", "month")}
    if "folder" in documents:
        further["outlet"] = documents["outlet"].fillna(documents["folder"])
    documents = documents.assign(**further)
    ordered = documents.sort_values("date_start", kind="stable", ignore_index=True)
    place = dict(zip(ordered["doc"], ordered.index, strict=True))
    fields.sort(key=lambda field: (place[field["doc"]], field["start"]))
    return ordered


def _table(documents: Rows, fields: Rows) -> pd.DataFrame:
    """The documents with a column for sub-folders, if there is one, and for each further field."""
    further = ["folder" for row in documents if "folder" in row]
    further += [field["field"] for field in fields if field["field"] not in OURS]
    return table(documents, DOCUMENTS | dict.fromkeys(further, "str"))


def existing(folder: str | os.PathLike[str]) -> Path:
    """The folder, if it is one."""
    folder = files.at_home(folder)
    if not folder.exists():
        how = "make it and put .txt files into it, or name another"
        raise FileNotFoundError(f"there is no folder {folder}; {how}")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file; name the folder that holds the .txt files")
    return folder


def _read_text(path: Path, max_bytes: int, row: dict[str, Any]) -> Layout:
    """Fill the row with the text and what is known of its file; Unread where there is none."""
    row["text"], about, row["damage"] = files.read_file(path, max_bytes)
    row |= about
    if "/" in row["file"]:
        row["folder"] = row["file"].rpartition("/")[0]
    layout = read_layout(row["text"])
    if layout.body_start >= layout.body_end:
        raise files.Unread("empty", "has no text; fill it or take it out of the folder")
    return layout


def _header(layout: Layout) -> dict[str, Any]:
    """The columns of a document that its header and closing give: the first field of each kind, and
    the date.
    """
    first = {field.field: field.value for field in reversed(layout.fields) if field.field != "date"}
    dates = {"date": layout.date_written, **date_columns(layout.date)} if layout.date else {}
    return first | dates | {"body_start": layout.body_start, "body_end": layout.body_end}


def _text_issues(row: dict[str, Any], layout: Layout) -> Iterator[dict[str, Any]]:
    """What was repaired in the file, and what its header does not say or says wrongly."""
    doc, file = row["doc"], row["file"]
    for kind, message, *place in row.pop("damage"):
        yield issue(file, kind, f"{file} {message}", doc, *place)
    for kind, message, start, end in layout.problems:
        yield issue(file, kind, f"{file}: {message}", doc, start, end)
    if not any(field.field == "date" for field in layout.fields):
        where = "into its front matter, or a column date into metadata.csv"
        how = f"write “date: 2024-11-26”, “date: 2024-11” or “date: 2024” {where}"
        yield issue(file, "no_date", f"{file} has no date; {how}", doc)


def _mark_repeated_and_foreign(documents: pd.DataFrame, issues: Rows) -> pd.DataFrame:
    """The documents with duplicate_of and similarity; repeated texts and texts that are not French
    are told.
    """
    words = read_words(files.bodies(documents))
    docs, names = documents["doc"].to_numpy(object), documents["file"].to_numpy(object)
    first, similarity = np.full(len(docs), None), np.full(len(docs), np.nan)
    for repeat in find_duplicates(words).itertuples(index=False):
        later, earliest = names[repeat.text], names[repeat.earliest]
        first[repeat.text], similarity[repeat.text] = docs[repeat.earliest], repeat.similarity
        exact = repeat.kind == "identical"
        how = "repeats" if exact else f"is to {repeat.similarity:.0%} the text of"
        advice = "both are kept: count one witness, or filter on duplicate_of"
        kind = "duplicate" if exact else "near_duplicate"
        issues.append(issue(later, kind, f"{later} {how} {earliest}; {advice}", docs[repeat.text]))
    for doc, file, share in zip(docs, names, _function_share(words), strict=True):
        if share < MIN_FUNCTION_SHARE:
            why = f"{share:.0%} of its words are French function words, where half are usual"
            message = f"{file} does not look French: {why}; it is read all the same"
            issues.append(issue(file, "not_french", message, doc))
    return documents.assign(duplicate_of=pd.Series(first, dtype="str"), similarity=similarity)


def _function_share(words: Words) -> list[float]:
    """The share of French function words in each text; 1 where there are too few words to judge."""
    grammatical = forms("function_words")
    is_function = np.array([word in grammatical for word in words.types], bool)[words.codes]
    total = np.concatenate(([0], np.cumsum(is_function)))[words.starts]
    lengths = np.diff(words.starts)
    shares = np.diff(total) / np.maximum(lengths, 1)
    return np.where(lengths < MIN_WORDS_TO_JUDGE, 1.0, shares).tolist()


def titles_beside(documents: pd.DataFrame, fields: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The issue that tells how many titles only metadata.csv has."""
    titled = set(documents.loc[documents["title"].notna(), "doc"])
    if n := len(titled.difference(fields.loc[fields["field"] == "title", "doc"])):
        what = f"metadata.csv tells {counted(n, 'title')} that no file has"
        how = "documents.title has them; corpus.titles, which is read from the files, has not"
        yield issue("metadata.csv", "title", f"{what}: {how}")


def told(issues: pd.DataFrame, n: int = 3) -> str:
    r"""How many issues are there, of which kinds, and what is to be done?

    Empty where there is none; else a line for each of the n most frequent kinds, with its first
    message.

    >>> told(table([issue("a.txt", "empty", "a.txt has no text; fill it")], ISSUES))
    '1 issue (see corpus.issues):\n  1 × empty: a.txt has no text; fill it'
    """
    kinds = issues["kind"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    first = issues.drop_duplicates("kind").set_index("kind")["message"]
    lines = [f"\n  {number:,} × {kind}: {first[kind]}" for kind, number in kinds.head(n).items()]
    more = f"\n  and {counted(len(kinds) - n, 'other kind')}" if len(kinds) > n else ""
    head = f"{counted(len(issues), 'issue')} (see corpus.issues):"
    return "".join([head, *lines, more]) if lines else ""
