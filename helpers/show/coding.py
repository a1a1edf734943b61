"""A sheet in which people code a sample of texts by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from helpers.read.checks import checked
from helpers.read.corpus import seeds_folder
from helpers.read.files import Folder, named_folder, text_files, unique_stems
from helpers.read.tables import need

SHEET = "coding.xlsx"


@checked
def coding_sheet(
    reading_list: pd.DataFrame,
    folder: Folder = None,
    *,
    columns: Sequence[str] = ("code", "note"),
    texts: Folder = None,
) -> Path:
    """Write the texts of a list as a spreadsheet to be coded by hand (*grille de codage*).

    One row per text: doc, path (where the text is), and the empty columns. Coded columns come back
    through `metadata.csv` (file, and the columns), and are then columns of the documents; what two
    people wrote is compared by `count.coder_agreement`.

    Parameters: reading_list (of `count.reading_list`, or any table with doc); folder (made where
    there is none; else the environment variable OUT, else the folder at hand); columns (names of
    the empty ones); texts (the folder of the texts, as for `open_corpus`).
    Returns: the path of the sheet, coding.xlsx.
    Raises: FileExistsError where there is one already, so that no work is lost; ValueError naming a
    column that is missing, or one that would stand there twice.

    >>> import tempfile; from helpers import open_corpus
    >>> sample = open_corpus(annotate=False).documents
    >>> sheet = coding_sheet(sample, tempfile.mkdtemp())
    >>> pd.read_excel(sheet).columns.tolist()
    ['doc', 'path', 'code', 'note']
    """
    need(reading_list, "doc")
    names = ["doc", "path", *columns]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"columns names {twice[0]!r} twice, with doc and path; rename it")
    path = Path(named_folder("OUT", folder, Path()), SHEET)
    if path.exists():
        raise FileExistsError(f"{path} is there already; move it, or name another folder")
    home = seeds_folder(texts)
    there = [*text_files(home, [])]
    files = {doc: str(home / name) for name, doc in zip(there, unique_stems(there), strict=True)}
    sheet = reading_list[["doc"]].astype("str").drop_duplicates()
    sheet = sheet.assign(path=sheet["doc"].map(files)).reindex(columns=names)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file, pd.ExcelWriter(file, engine="openpyxl") as book:
        sheet.to_excel(book, index=False, freeze_panes=(1, 1))
        for cell in book.sheets["Sheet1"]["A"]:
            cell.data_type = "s"  # a name that begins with = is no formula
    return path
