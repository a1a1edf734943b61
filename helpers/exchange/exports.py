"""The corpus in the formats of other tools, so that they can check ours.

The variables of each text go with it: doc (the name), date (as precise as it is known), title,
outlet, byline, agency, and the fields of front matter and columns of metadata.csv that are not
ours; for IRaMuTeQ and TXM, year and month too. What is missing is left out. The bodies are as in
the files.
"""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
from lxml import etree

from helpers.exchange.conllu import export_conllu
from helpers.exchange.filenames import distinct, safe_names
from helpers.exchange.markup import NO_XML
from helpers.exchange.writing import Place, written
from helpers.read.checks import checked
from helpers.read.corpus import Corpus
from helpers.read.files import bodies
from helpers.read.french import without_accents
from helpers.read.tables import DOCUMENTS

# Where IRaMuTeQ, which reads with Python, sees a line begin.
BREAKS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LIKE_A_MARK = re.compile(rf"(?<![^{BREAKS}]) *(?=\*\*\*\*|-\*)")
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)
_SAID = ["title", "outlet", "byline", "agency"]
_CELL = 32_767  # characters that a cell of a spreadsheet holds
# What a spreadsheet says of the day it was made; the same table gives the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)


@checked
def export_corpus(corpus: Corpus, folder: Place, *, text: bool = True) -> list[Path]:
    """The corpus in the formats of other tools (*export du corpus*).

    corpus.xlsx and corpus.jsonl, one row a text with its fields; iramuteq.txt; txm/, text files
    with metadata.csv, and xtz/, XML files, as TXM imports them; corpus.conllu with the tokens.

    Parameters: folder (made where there is none); text (False for what may be shared: corpus.xlsx
    without the texts, and nothing else).
    Returns: the paths, in the order in which they were written.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_corpus(open_corpus(annotate=False), tempfile.mkdtemp(), text=False)
    >>> [path.name for path in paths]
    ['corpus.xlsx']
    """
    folder = Path(folder)
    paths = [export_xlsx(corpus, folder / "corpus.xlsx", text=text)]
    if text:
        paths += [
            export_jsonl(corpus, folder / "corpus.jsonl"),
            export_iramuteq(corpus, folder / "iramuteq.txt"),
            *export_txm(corpus, folder / "txm"),
            *export_xtz(corpus, folder / "xtz"),
            export_conllu(corpus, folder / "corpus.conllu"),
        ]
    return paths


def export_xlsx(corpus: Corpus, path: Place, *, text: bool = True) -> Path:
    """The corpus as one table of a spreadsheet (*tableur*): its fields, and the body of each text
    in the column text; what a cell does not hold goes on in text_2 …

    A cell that begins with = is a text, not a formula.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    table = _fields(corpus)
    texts = bodies(corpus.documents) if text else []
    for n in range(-(-max(map(len, texts), default=0) // _CELL)):
        name = "text" if n == 0 else f"text_{n + 1}"
        table[name] = [body[n * _CELL : (n + 1) * _CELL] for body in texts]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("corpus")
    for row in [[*table], *table.fillna("").itertuples(index=False)]:
        cells = [WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(_escaped, value)) for value in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    made = BytesIO()
    book.save(made)
    return _undated(made, Path(path))


def _escaped(sign: re.Match[str]) -> str:
    """A sign that XML does not hold, as spreadsheets write it."""
    return f"_x{ord(sign[0]):04X}_"


def _undated(made: BytesIO, path: Path) -> Path:
    """Write a spreadsheet without the time at which it was made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return path


def export_jsonl(corpus: Corpus, path: Place) -> Path:
    """The corpus as JSON Lines (*JSON, une ligne par texte*): its fields, and the body as text."""
    rows = _fields(corpus).assign(text=bodies(corpus.documents)).to_dict("records")
    kept = ({name: value for name, value in row.items() if isinstance(value, str)} for row in rows)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    return written(path, "".join(lines))


def export_xtz(corpus: Corpus, folder: Place) -> list[Path]:
    """The corpus as XML for the import "XTZ + CSV" of TXM (*XML-TEI zéro*): one file a text, its
    fields as attributes of <text>, its paragraphs as <p>.

    Returns: the paths.
    References: Manuel de TXM 0.8, "Import XTZ + CSV".
    """
    about, paths = _about(corpus, _SAID), []
    names = _plain_names(about, r"[^a-z0-9_]")
    spans = corpus.paragraphs.groupby("doc", sort=False)
    for doc, text, name, values in zip(
        corpus.documents["doc"],
        corpus.documents["text"],
        safe_names(_plain_values(about["doc"])),
        about.itertuples(index=False),
        strict=True,
    ):
        said = zip(names, values, strict=True)
        root = etree.Element("text", {k: NO_XML.sub(" ", v) for k, v in said if isinstance(v, str)})
        places = spans.get_group(doc) if doc in spans.groups else corpus.paragraphs.head(0)
        for start, end in zip(places["start"], places["end"], strict=True):
            etree.SubElement(root, "p").text = NO_XML.sub(" ", text[start:end])
        etree.indent(root, "")
        xml = etree.tostring(root, encoding="unicode")
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        paths.append(written(Path(folder) / f"{name}.xml", head + xml + "\n"))
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
    texts = [_LIKE_A_MARK.sub(r" \g<0>", body) for body in bodies(corpus.documents)]
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
    table = about.set_axis(names[1:], axis="columns")
    table.insert(0, "id", ids)
    rows = table.to_csv(index=False, lineterminator="\r\n")
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
    if _PLAIN.fullmatch(value):
        return value
    return "_".join(_PLAIN.findall(without_accents(value))).strip("_") or "x"
