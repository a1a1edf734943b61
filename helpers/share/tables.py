"""The tables of a report: those of the corpus and every one that its notebooks show, as CSV and
Parquet and together in one workbook, and the corpus in the formats of other tools
(`helpers.exchange.exports`).

CSV is read in R by `readr::read_csv`, or with `fileEncoding = "UTF-8-BOM"`; a spreadsheet may take
a cell that begins with = + - or @ for a formula: import such a file with its columns as text, or
take the workbook. The same corpus gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from helpers import count
from helpers.exchange import export_corpus
from helpers.exchange.exports import write_workbook
from helpers.exchange.writing import Place
from helpers.read.corpus import Corpus
from helpers.read.files import bodies, in_utf8
from helpers.read.tables import PARSED
from helpers.share.quoting import too_much, withhold
from helpers.show.notes import QUOTED
from helpers.show.tables import as_text, write_table

WORKBOOK = "report.xlsx"
_CORPUS = ("documents", "fields", "issues", *PARSED)
_SHEETS = ("documents", "issues")  # of the corpus, in the workbook: the others may be too long


def export_all(
    corpus: Corpus, folder: Place, *, text: bool = True, notebooks: Sequence[NotebookNode] = ()
) -> list[Path]:
    """Write all that is known of the corpus beside what its notebooks left in `tables/`: there the
    seven tables of the corpus, report.xlsx with a sheet for each table shown, and `exports/`
    (*export*).

    Parameters: folder (of a report that is made; `figures/` and `tables/` in it are those of the
    notebooks); text (False for a report to be shared, from which no text can be put together again:
    no exports; documents without the column text; in place of tokens, which in reading order are
    the text, `word_counts`, how often each text has each word; no cell of more than 300 characters;
    a text of which more than a quarter would be quoted in all, is not quoted); notebooks (executed:
    what they quote counts with the tables, and is taken out of them, too).
    Returns: the paths, in the order in which they were written.
    Raises: ValueError where an earlier run left its tables or exports.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_all(open_corpus(annotate=False), tempfile.mkdtemp(), text=False)
    >>> paths[0].name, paths[-1].name
    ('documents.csv', 'report.xlsx')
    """
    folder = Path(folder)
    tables, exports = folder / "tables", folder / "exports"
    for path in (tables / "documents.csv", exports):
        if path.exists():
            raise ValueError(f"{path} is there already; name a folder without it")
    shown = {path.stem: pd.read_parquet(in_utf8(path)) for path in sorted(tables.glob("*.parquet"))}
    known = {name: getattr(corpus, name) for name in _CORPUS} | shown
    if not text:
        texts = [*corpus.documents["text"], *bodies(corpus.documents)]  # front matter may be long
        known = _to_share(known, texts, folder, notebooks)
        for name in shown.keys() - known.keys():
            for kind in ("csv", "parquet"):
                (tables / f"{name}.{kind}").unlink()
    # What notebooks showed is there already, as it was shown.
    new = {name: known[name] for name in known if not (text and name in shown)}
    paths = [path for name in new for path in write_table(new[name], tables, name)]
    sheets = {name: known[name] for name in known if name in shown or name in _SHEETS}
    sheets["documents"] = sheets["documents"].drop(columns="text", errors="ignore")
    paths.append(write_workbook(sheets, folder / WORKBOOK))
    return paths + (export_corpus(corpus, exports) if text else [])


def _to_share(
    known: dict[str, pd.DataFrame],
    texts: Collection[str],
    folder: Path,
    notebooks: Sequence[NotebookNode],
) -> dict[str, pd.DataFrame]:
    """What may be shared of these tables; a table that gives a text back from row to row is left
    out.
    """
    counts = count.frequencies(known["tokens"], by="doc")[["doc", "type", "f"]]
    known = known | {"documents": known["documents"].drop(columns="text"), "word_counts": counts}
    known = {name: _short(table) for name, table in known.items() if name != "tokens"}
    withhold(texts, known, notebooks, folder / "figures" if notebooks else None)
    return {name: table for name, table in known.items() if not _spelled(table, texts)}


def _spelled(table: pd.DataFrame, texts: Collection[str]) -> bool:
    """Whether a column, read downwards, gives too much of a text."""
    columns = table.select_dtypes("str").fillna("")
    return bool(too_much(texts, (" ".join(columns[name]) for name in columns)))


def _short(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every text in it cut to 300 characters."""
    cut = {}
    for name in table.select_dtypes(exclude=["number", "bool", "datetime"]):
        text = as_text(table[name])
        cut[name] = text.where(text.str.len() <= QUOTED, text.str.slice(0, QUOTED - 1) + "…")
    return table.assign(**cut)
