"""The corpus in the formats of other tools, so that they can check ours.

The variables of each text go with it: doc (the name), date (as precise as it is known), title,
outlet, byline, agency, and the fields of front matter and columns of metadata.csv that are not
ours; for IRaMuTeQ and TXM, year and month too. What is missing is left out. The bodies are as in
the files.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lxml import etree

from helpers.exchange.markup import FORMS
from helpers.exchange.writing import Place, all_new, distinct, safe_names, written
from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.files import at_home, bodies
from helpers.read.french import without_accents
from helpers.read.tables import DOCUMENTS, changes

_NAMES = "corpus.xlsx corpus.jsonl iramuteq.txt txm xtz corpus.conllu".split()
_SAID = ["title", "outlet", "byline", "agency"]
_CELL = 32_767  # characters that a cell of a spreadsheet holds
_OF_CONLLU = "doc par sent tok start end form lemma pos head dep space".split()
_ROWS = 1_048_574  # rows of a sheet, without its head and what is said of the rest


@checked
def export_corpus(corpus: Corpus, folder: Place, *, text: bool = True) -> list[Path]:
    """The corpus in the formats of other tools (*export du corpus*).

    corpus.xlsx and corpus.jsonl, one row a text with its fields; iramuteq.txt; txm/, text files
    with metadata.csv, and xtz/, XML files, as TXM imports them; corpus.conllu with the tokens. Of a
    run that is killed a hidden folder .export-… may stay, which can be removed.

    Parameters: folder (made where there is none; what else is in it stays); text (False for what
    may be shared: corpus.xlsx without the texts, and nothing else).
    Returns: the paths, in the order in which they were written.
    Raises: ValueError where a file, a folder or a link has one of these names already: nothing is
    written then, and nothing replaced.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_corpus(open_corpus(annotate=False), tempfile.mkdtemp(), text=False)
    >>> [path.name for path in paths]
    ['corpus.xlsx']
    """
    with all_new(folder, _NAMES if text else _NAMES[:1]) as made:
        paths = [export_xlsx(corpus, made / "corpus.xlsx", text=text)]
        others = (export_jsonl, export_iramuteq, export_txm, export_xtz, export_conllu)
        for name, export in zip(_NAMES[1:], others, strict=True) if text else ():
            there = export(corpus, made / name)
            paths += there if isinstance(there, list) else [there]
    return [at_home(folder) / path.relative_to(made) for path in paths]


def export_xlsx(corpus: Corpus, path: Place, *, text: bool = True) -> Path:
    """The corpus as one table of a spreadsheet (*tableur*): its fields, and the body of each text
    in the column text; what a cell does not hold goes on in text_2 …

    A cell that begins with = is a text, not a formula.
    """
    table = _fields(corpus)
    texts = bodies(corpus.documents) if text else []
    for n in range(-(-max(map(len, texts), default=0) // _CELL)):
        name = "text" if n == 0 else f"text_{n + 1}"
        table[name] = [body[n * _CELL : (n + 1) * _CELL] for body in texts]
    return write_workbook({"corpus": table.fillna("")}, path)


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Place) -> Path:
    """Tables as the sheets of a workbook (*classeur*); the same tables give the same bytes.

    A text is no formula; what a sheet or a cell does not hold is left out, and said there.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, table in zip(distinct(name[:31] for name in tables), tables.values(), strict=True):
        sheet = book.create_sheet(name)
        rows = table.head(_ROWS).astype(object).where(table.head(_ROWS).notna(), None)
        for row in [[*map(str, rows)], *rows.itertuples(index=False)]:
            sheet.append([_cell(sheet, value) for value in row])
        if len(table) > _ROWS:
            sheet.append([f"{len(table) - _ROWS:,} rows more are in the table of this name."])
    made = BytesIO()
    book.save(made)
    return written(path, _undated(made))


def _cell(sheet: Any, value: Any) -> Any:
    """A number as it is, an empty cell as none, anything else as a text."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or (isinstance(value, bool | int | float) and isfinite(value)):
        return value
    # A sign that XML does not hold stands there as spreadsheets write it.
    said = str(value.date() if isinstance(value, pd.Timestamp) else value)
    text = FORMS["no_xml"].sub(lambda sign: f"_x{ord(sign[0]):04X}_", said)
    cell = WriteOnlyCell(sheet, text if len(text) <= _CELL else text[: _CELL - 1] + "…")
    cell.data_type = "s"
    return cell


def _undated(made: BytesIO) -> bytes:
    """A spreadsheet without the time at which it was made: the same table gives the same bytes."""
    undated = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return undated.getvalue()


def export_jsonl(corpus: Corpus, path: Place) -> Path:
    """The corpus as JSON Lines (*JSON, une ligne par texte*): its fields, and the body as text."""
    table = _fields(corpus).assign(text=bodies(corpus.documents))
    rows = (row.dropna().to_dict() for _, row in table.iterrows())
    return written(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def export_xtz(corpus: Corpus, folder: Place) -> list[Path]:
    """The corpus as XML for the import "XTZ + CSV" of TXM (*XML-TEI zéro*): one file a text, its
    fields as attributes of <text>, its paragraphs as <p>.

    Returns: the paths.
    References: Manuel de TXM 0.8, "Import XTZ + CSV".
    """
    about, folder = _about(corpus, _SAID), Path(folder)
    paths = [folder / f"{name}.xml" for name in safe_names(_plain_values(about["doc"]))]
    spans = corpus.paragraphs.groupby("doc", sort=False, observed=True)[["start", "end"]]
    places = {doc: rows.to_numpy().tolist() for doc, rows in spans}
    told = about.set_axis(_plain_names(about, r"[^a-z0-9_]"), axis="columns").to_dict("records")
    rows = zip(paths, corpus.documents["text"], about["doc"], told, strict=True)
    for path, text, doc, one in rows:
        said = {name: value for name, value in one.items() if isinstance(value, str)}
        root = etree.Element("text", {k: FORMS["no_xml"].sub(" ", said[k]) for k in said})
        for start, end in places.get(doc, ()):
            etree.SubElement(root, "p").text = FORMS["no_xml"].sub(" ", text[start:end])
        etree.indent(root, "")
        xml = etree.tostring(root, encoding="unicode")
        written(path, f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n')
    return paths


@checked
def export_iramuteq(corpus: Corpus, path: Place) -> Path:
    """The corpus as one file for IRaMuTeQ (*corpus au format IRaMuTeQ, variables étoilées*).

    A line `**** *doc_visite *month_2024-11 …` opens each text. Names of variables keep their ASCII
    letters and digits, values also - . and _; what else is in them becomes _, values that would
    then be the same are numbered, and values that are plain already stay as they are. A line of a
    text that begins with **** or -* gets a space before it, which makes it an ordinary line there;
    `import_files` takes it away again. UTF-8 without byte order mark, which IRaMuTeQ would take
    for text.

    Returns: the path.
    References: Ratinaud, IRaMuTeQ, Documentation, "Format des données en entrée".

    >>> import tempfile; from helpers import open_corpus
    >>> path = export_iramuteq(open_corpus(annotate=False), tempfile.mkdtemp() + "/corpus.txt")
    >>> path.read_text("utf-8").splitlines()[0]
    '**** *doc_000_2b29863a143dca50 *date_2024-11 *year_2024 *month_2024-11'
    """
    about = _about(corpus, ["outlet"])
    stars = [
        [f" *{name}_{value}" if value else "" for value in _plain_values(about[column])]
        for name, column in zip(_plain_names(about, r"[^a-z0-9]"), about, strict=True)
    ]
    texts = [FORMS["like_a_mark"].sub(r" \g<0>", body) for body in bodies(corpus.documents)]
    heads = map("".join, zip(*stars, strict=True))
    content = "".join(f"****{head}\n{text}\n\n" for head, text in zip(heads, texts, strict=True))
    return written(path, content)


@checked
def export_txm(corpus: Corpus, folder: Place) -> list[Path]:
    """The corpus as a folder for the import "TXT + CSV" of TXM (*métadonnées de texte*).

    One file per text, its body in UTF-8; `metadata.csv` with a first column id, the file's name
    without its suffix in ASCII, then one column per variable, named in lower-case ASCII, its values
    as they are; commas between the columns, " around what holds one.

    Returns: the paths, that of metadata.csv first.
    References: Manuel de TXM 0.7.9, section 6.1.2.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_txm(open_corpus(annotate=False), tempfile.mkdtemp())
    >>> paths[0].read_text("utf-8").splitlines()[1]
    '000_2b29863a143dca50,000_2b29863a143dca50,2024-11,2024,2024-11'
    """
    about, folder = _about(corpus, _SAID), Path(folder)
    ids = safe_names(_plain_values(about["doc"]))
    names = distinct(["id", *_plain_names(about, r"[^a-z0-9_]")])
    table = about.set_axis(names[1:], axis="columns").set_axis(ids)
    rows = table.to_csv(index_label="id", lineterminator="\r\n")
    paths = [folder / f"{name}.txt" for name in ids]
    return [written(folder / "metadata.csv", rows), *map(written, paths, bodies(corpus.documents))]


def _about(corpus: Corpus, said: list[str]) -> pd.DataFrame:
    """The variables of each text, as strings or missing; said are those of our own columns that
    are told where a text has them.
    """
    about = corpus.with_metadata(corpus.documents[["doc"]])
    day, is_day = about["date_start"].dt.strftime("%Y-%m-%d"), about["date_precision"] == "day"
    about["date"] = day.where(is_day, about["month"].fillna(about["year"]))
    first = ["doc", "date", "year", "month"]
    ours = {*DOCUMENTS, *first} - {name for name in said if about[name].notna().any()}
    about = about[[*first, *(name for name in about if name not in ours)]]
    return about.astype(object).map(str, na_action="ignore").astype("str")


def _fields(corpus: Corpus) -> pd.DataFrame:
    """The variables of each text without those that its date says."""
    return _about(corpus, _SAID).drop(columns=["year", "month"])


def _plain_values(column: pd.Series) -> list[str]:
    """The values in ASCII without blanks, distinct values distinct, empty where there is none."""
    values = sorted(column.dropna().unique(), key=lambda value: (_plain(value) != value, value))
    plain = dict(zip(values, distinct(map(_plain, values)), strict=True))
    return [plain.get(value, "") for value in column]


def _plain_names(about: pd.DataFrame, unwanted: str) -> list[str]:
    """The names of the columns in lower-case ASCII that begins with a letter."""
    names = (re.sub(unwanted, "", _plain(str(name)).lower()).lstrip("_") for name in about)
    return distinct(name if name[:1].isalpha() else f"v{name}" for name in names)


def _plain(value: str) -> str:
    parts = "_".join(FORMS["plain_value"].findall(without_accents(value))).strip("_") or "x"
    return value if FORMS["plain_value"].fullmatch(value) else parts


@checked
def export_conllu(corpus: Corpus, path: Place) -> Path:
    """The tokens as CoNLL-U, as spaCy, Stanza and UDPipe read it (*corpus annoté*).

    One line per token, with UPOS, lemma, head and relation where they are known, else _; MISC holds
    start and end (characters in `documents.text`), and SpaceAfter=No where no space follows, so
    that the tokens spell `# text`. A sentence has one root: another, in a sentence too long to be
    read at once, is made to depend on it (`dep`).

    Returns: the path.
    References: Universal Dependencies, CoNLL-U Format, universaldependencies.org/format.html.

    >>> import tempfile; from helpers import open_corpus
    >>> path = export_conllu(open_corpus(), tempfile.mkdtemp() + "/corpus.conllu")
    >>> path.read_text("utf-8").splitlines()[4].split(chr(9))[:8]
    ['1', 'Le', 'le', 'DET', '_', '_', '2', 'det']
    """
    return written(path, "".join(_sentences(corpus.tokens)) if len(corpus.tokens) else "")


def _sentences(tokens: pd.DataFrame) -> Iterator[str]:
    """Each sentence with its comments and its lines."""
    codes = tokens["doc"].cat.codes.to_numpy()
    starts, ends = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    space = np.append(changes(codes)[1:] | (starts[1:] != ends[:-1]), True)
    names = distinct(re.sub(r"\s+", "_", doc) for doc in tokens["doc"].cat.categories)
    told = tokens.assign(doc=np.array(names, object)[codes], space=space)[_OF_CONLLU].astype(object)
    rows, last = told.where(told.notna(), "_").itertuples(index=False), ("", 0)
    for _, group in groupby(rows, lambda row: (row.doc, row.sent)):
        sentence = [*group]
        first = sentence[0]
        if first.doc != last[0]:
            yield f"# newdoc id = {first.doc}\n"
        if (first.doc, first.par) != last:
            yield f"# newpar id = {first.doc}-p{first.par}\n"
        text = "".join(row.form + " " * row.space for row in sentence)
        yield f"# sent_id = {first.doc}-s{first.sent}\n# text = {text.rstrip()}\n"
        yield "\n".join(_lines(sentence)) + "\n\n"
        last = (first.doc, first.par)


def _lines(sentence: list[Any]) -> Iterator[str]:
    """The ten fields of each token; its governor is told by the number in the sentence, 0 for the
    root, on which another one depends.
    """
    first = sentence[0].tok
    heads = [row.head if row.head in ("_", 0) else row.head - first + 1 for row in sentence]
    roots = [n for n, head in enumerate(heads, 1) if head != "_" and not 0 < head <= len(heads)]
    for n, (row, head) in enumerate(zip(sentence, heads, strict=True), 1):
        if n in roots:
            head = 0 if n == roots[0] else roots[0]
        relation = "dep" if n in roots[1:] else row.dep
        misc = f"start={row.start}|end={row.end}" + "|SpaceAfter=No" * (not row.space)
        known = (n, row.form, row.lemma, row.pos, "_", "_", head, relation, "_", misc)
        yield "\t".join(map(str, known))
