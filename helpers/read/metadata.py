"""The columns that a researcher keeps in metadata.csv beside the texts."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Callable, Set
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.dates import date_columns, read_date
from helpers.read.files import decode
from helpers.read.tables import FILLED, OURS


def join_metadata(
    documents: pd.DataFrame,
    path: Path,
    issues: list[dict[str, Any]],
    stated: Set[tuple[str, str]] = frozenset(),
) -> pd.DataFrame:
    """Add the columns of metadata.csv, matched on its first column (doc or file); what does not fit
    is an issue. stated are the texts and columns of front matter, which goes before it; it goes
    before other headers.
    """
    if not (path.exists() or path.is_symlink()):
        return documents

    def issue(message: str) -> None:
        issues.append({"file": path.name, "kind": "metadata", "message": f"{path.name} {message}"})

    try:
        given = _read_metadata(path)
    except (OSError, ValueError) as error:
        why = " ".join(str(error).split())
        issue(f"cannot be read ({why}); save it as CSV in UTF-8 with a first column doc or file")
        return documents
    key = given.columns[0]
    clashing = [column for column in given.columns[1:] if column in OURS - {*FILLED}]
    if clashing:
        issue(
            f"has columns that every corpus has, left out here: {', '.join(clashing)}; rename them"
        )
    if nameless := int(given[key].isna().sum()):
        issue(f"has {nameless} rows without a {key}; they are not used")
    given = given.dropna(subset=[key])
    for value in given[key][given[key].duplicated()]:
        issue(f"names {value} more than once; its first row is used")
    keys = documents[key].map(_composed)
    for value in given[key][~given[key].isin(keys)]:
        issue(f"names {value}, and there is no such text; its row is not used")
    given = given.drop(columns=clashing).drop_duplicates(key).set_index(key)
    given = given.reindex(keys).reset_index(drop=True)
    both = [name for name in given if name in documents]
    for name in both:
        front = np.array([(doc, name) in stated for doc in documents["doc"]], bool)
        documents = _filled(documents, name, given[name], front, issue)
    return documents.join(given.drop(columns=both))


def _filled(
    documents: pd.DataFrame,
    name: str,
    given: pd.Series,
    front: NDArray[np.bool_],
    issue: Callable[[str], None],
) -> pd.DataFrame:
    """The documents with a column filled by what is given for it where front matter does not say
    it; where two say different things is an issue.
    """
    said, given = documents[name], given.astype("str").str.strip()
    spans = given.map(read_date, na_action="ignore") if name == "date" else given
    known = given.notna() & spans.notna()
    for value in given[given.notna() & ~known]:
        issue(f"says “{value}”, which is no date; write it as 2024-11-26, 2024-11 or 2024")
    differs = known & said.notna() & np.array([*map(_differ, said, given)], bool)
    for i in np.flatnonzero(differs):
        other, kept = ("front matter", "that") if front[i] else ("header", "the table")
        issue(
            f"says {name} “{given[i]}” of {documents['doc'][i]}, and its {other} “{said[i]}”; "
            f"{kept} is kept"
        )
    taken = (known & ~(front & said.notna())).to_numpy()
    filled = {name: said.mask(taken, given)}
    if name == "date":
        periods = pd.DataFrame([date_columns(span) for span in spans[taken]], np.flatnonzero(taken))
        filled |= {column: documents[column].mask(taken, periods[column]) for column in periods}
    return documents.assign(**filled)


def _differ(one: Any, other: Any) -> bool:
    """Whether two values say different things: capitals aside, and dates of which neither holds the
    other.
    """
    if pd.isna(one) or pd.isna(other):
        return False
    spans = [read_date(str(value)) for value in (one, other)]
    if all(spans):
        a, b = sorted(spans, key=lambda span: span.last - span.first)
        return not (b.first <= a.first and a.last <= b.last)
    return str(one).casefold() != str(other).casefold()


def _read_metadata(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise ValueError("it is no file, or a link that leads nowhere")
    text, _, _ = decode(path.read_bytes())
    if not text.partition("\n")[2].strip():
        raise ValueError("it has no row below its first line")
    written = _columns(text, dtype="str")
    if written.columns[0] not in ("doc", "file"):
        raise ValueError(
            f"its columns are {', '.join(map(str, written.columns))}, the first not doc or file"
        )
    key = written.columns[0]
    # Whole numbers stay whole where a text has none; what begins with 0 is a code and no number.
    given = _columns(text)
    for column in written:
        cells = written[column].dropna().str.strip()
        if column == key or column in FILLED or cells.str.match(r"0\d").any():
            given[column] = written[column]
        elif len(cells) and cells.str.fullmatch(r"[+-]?(?:0|[1-9]\d{0,17})").all():
            given[column] = given[column].astype("Int64")
    given[key] = given[key].map(_composed, na_action="ignore")
    return given


def _columns(text: str, **options: Any) -> pd.DataFrame:
    """The table of a CSV file, whatever its separator."""
    first = text.partition("\n")[0]
    try:
        # Without index_col the first cells of a row that is too long would become an index.
        with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
            return pd.read_csv(
                StringIO(text),
                sep=max(",;\t", key=first.count),
                index_col=False,
                keep_default_na=False,
                na_values=[""],
                low_memory=False,
                **options,
            )
    except pd.errors.ParserWarning:
        raise ValueError("its rows have more cells than its first line") from None


def _composed(name: str) -> str:
    """A name with composed accents, which some systems decompose in the names of files."""
    return unicodedata.normalize("NFC", name.strip())
