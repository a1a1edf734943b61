"""A table as it is read, with its caption below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.count.verbs import note_of
from helpers.read.checks import From0, From1, checked
from helpers.show.notes import Sentence, display, escape, one_line

WIDEST = 200  # characters of a cell: a sentence is shown whole
# What the last card said of its corpus: merged, joined or counted, tables lose their own notes.
CARD = {"invented": False}


def with_caption(rows: pd.DataFrame, caption: Sentence) -> Sentence:
    """Rows that were read, and the caption below them; without a row, the caption alone."""
    if rows.empty:
        return caption
    cells = rows.map(escape).rename(columns=escape)
    with pd.option_context("display.max_colwidth", None, "display.html.border", 0):
        html = cells.to_html(index=False, escape=False)
    return Sentence(f"{rows.to_string(index=False)}\n{caption.plain}", html + caption.marked)


@checked
def table(
    number: str,
    rows: pd.DataFrame,
    caption: str,
    *,
    n: From1 = 8,
    decimals: From0 = 3,
    whole: pd.DataFrame | None = None,
    name: str = "",
) -> None:
    """Show the first rows of a table as they are read, and below them its caption with the number
    of rows (*tableau*).

    Whole numbers stand without decimals, days without hours, what is missing or undefined as a
    dash. An empty table is a sentence: why it is empty, else what a row would be. In a report the
    whole table is written into `tables/`, under the numbers of its notebook and its own, and the
    verb that it comes from (05-01-specificities.csv and .parquet).

    Parameters: number ("5.1"); rows (any table; an index with a name is its first column); caption
    (what one row is, and what to compare); n (rows shown); decimals; whole (what a report writes,
    where the rows are a choice of it; one to be shared has the columns of the rows alone); name (of
    its files, else the numbers and the verb).

    >>> rows = pd.DataFrame({"type": ["port", "mer"], "f": [3.0, None]})
    >>> table("2.1", rows, "One row is a type.")
    type f
    port 3
     mer –
    Table 2.1. One row is a type. Rows: 2.
    """
    if any(rows.index.names) or isinstance(rows.index, pd.MultiIndex):
        rows = rows.reset_index()
    shown = rows.head(n)
    size = f"{len(shown):,} of {len(rows):,}" if len(shown) < len(rows) else f"{len(rows):,}"
    invented = " Invented texts." * (CARD["invented"] or "invented" in rows.attrs)
    text = f"{caption} Rows: {size}.{invented}"
    if rows.empty:
        would = caption.replace("One row is", "One row would be", 1)
        text = f"▢ {note_of(rows, 'why') or f'No row. {would}'}"
    else:
        numbers = [part.zfill(2) for part in number.split(".")]
        chosen = rows if whole is None else whole
        chosen = chosen[rows.columns] if os.environ.get("NO_TEXT") else chosen
        keep(chosen, name or "-".join(filter(None, [*numbers, rows.attrs.get("verb")])))
    display(with_caption(_read(shown, decimals), captioned(f"Table {number}", text)))


def keep(rows: pd.DataFrame, name: str) -> None:
    """Write a table that is shown, or drawn, into the tables of a report; elsewhere it is not."""
    if report := os.environ.get("OUT"):
        write_table(rows, Path(report, "tables"), name)


def write_table(rows: pd.DataFrame, folder: Path, name: str) -> list[Path]:
    """Write a whole table as CSV and as Parquet; the paths.

    CSV is UTF-8 with a byte order mark, by which spreadsheets know the accents, and its values are
    as they are: a cell that begins with = is what a text says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mixed = [column for column in rows if rows[column].dtype == object]
    table = rows.assign(**{column: as_text(rows[column]) for column in mixed}).rename(columns=str)
    table.attrs = {}
    paths = [folder / f"{name}.{kind}" for kind in ("csv", "parquet")]
    table.to_csv(paths[0], index=False, encoding="utf-8-sig", lineterminator="\r\n")
    paths[1].write_bytes(table.to_parquet(index=False))
    return paths


def as_text(column: pd.Series) -> pd.Series:
    """The column as text, its lists joined by spaces."""
    if column.dtype == object:
        column = column.map(lambda value: " ".join(value) if isinstance(value, list) else value)
    return column.astype("str")


def captioned(label: str, text: str) -> Sentence:
    """A caption: the number of a table or figure, and what it shows."""
    marked = f"<strong>{escape(label)}.</strong> {escape(text)}"
    look = "caption absent" if text.startswith("▢") else "caption"
    return Sentence(f"{label}. {text}", f'<p class="{look}">{marked}</p>')


def _read(table: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """The cells as text."""

    def read(value: Any) -> str:
        if isinstance(value, list | tuple | set):
            return ", ".join(map(str, value)) or "–"
        if pd.isna(value) is True:
            return "–"
        if isinstance(value, float):
            return f"{value:,.{0 if value.is_integer() else decimals}f}"
        if isinstance(value, pd.Timestamp):
            return str(value.date())
        text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
        line = one_line(str(text))
        return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"

    return table.rename(columns=str).rename_axis(columns=None).astype(object).map(read)
