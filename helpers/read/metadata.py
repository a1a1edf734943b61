"""The columns that a researcher keeps in metadata.csv beside the texts."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Set
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.dates import date_columns, read_date
from helpers.read.files import decode
from helpers.read.tables import FILLED, OURS, issue

WHOLE = "[+-]?(?:0|[1-9][0-9]{0,17})"
NUMBER = rf"(?=[+-]?\.?[0-9])(?:{WHOLE}|[+-]?)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?"


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
    problems: list[str] = []
    given = documents[[]]
    try:
        given = _matched(_read_metadata(path), documents, problems)
    except (OSError, ValueError) as error:
        how = "save it as CSV in UTF-8 with a first column doc or file"
        problems.append(f"cannot be read ({' '.join(str(error).split())}); {how}")
    for name in [name for name in given if name in documents]:
        in_front = np.array([(doc, name) in stated for doc in documents["doc"]], bool)
        documents = _filled(documents, given.pop(name), in_front, problems)
    issues += [issue(path.name, "metadata", f"{path.name} {problem}") for problem in problems]
    return documents.join(given)


def _matched(given: pd.DataFrame, documents: pd.DataFrame, problems: list[str]) -> pd.DataFrame:
    """The columns of the table, a row for each document, and what of it is not used."""
    key = given.columns[0]
    if clashing := [name for name in given.columns[1:] if name in OURS - {*FILLED}]:
        names = ", ".join(clashing)
        problems.append(f"has columns that every corpus has, left out here: {names}; rename them")
    if nameless := int(given[key].isna().sum()):
        problems.append(f"has {nameless} rows without a {key}; they are not used")
    given, keys = given.dropna(subset=[key]), documents[key].map(_composed)
    twice, strangers = given[key][given[key].duplicated()], given[key][~given[key].isin(keys)]
    problems += [f"names {value} more than once; its first row is used" for value in twice]
    without = "and there is no such text; its row is not used"
    problems += [f"names {value}, {without}" for value in strangers]
    given = given.drop(columns=clashing).drop_duplicates(key).set_index(key)
    return given.reindex(keys).reset_index(drop=True)


def _filled(
    documents: pd.DataFrame, given: pd.Series, in_front: NDArray[np.bool_], problems: list[str]
) -> pd.DataFrame:
    """The documents with a column filled by what is given for it where front matter does not say
    it; where two say different things is a problem.
    """
    name, said, given = given.name, documents[given.name], given.astype("str").str.strip()
    spans = given.map(read_date, na_action="ignore") if name == "date" else given
    known = given.notna() & spans.notna()
    bad, how = given[given.notna() & ~known], "write it as 2024-11-26, 2024-11 or 2024"
    problems += [f"says “{value}”, which is no date; {how}" for value in bad]
    differs = known & said.notna() & np.array([*map(_differ, said, given)], bool)
    for i in np.flatnonzero(differs):
        other, kept = ("front matter", "that") if in_front[i] else ("header", "the table")
        problems.append(
            f"says {name} “{given[i]}” of {documents['doc'][i]}, and its {other} “{said[i]}”; "
            f"{kept} is kept"
        )
    taken = (known & ~(in_front & said.notna())).to_numpy()
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
    """The table as text, whatever its separator; columns of numbers as numbers. Whole ones stay
    whole where a text has none; what begins with 0 is a code and no number.
    """
    if not path.is_file():
        raise ValueError("it is no file, or a link that leads nowhere")
    text, _, _ = decode(path.read_bytes())
    first, _, rest = text.partition("\n")
    if not rest.strip():
        raise ValueError("it has no row below its first line")
    how = {"sep": max(",;\t", key=first.count), "dtype": "str", "na_values": [""]}
    try:
        # Without index_col the first cells of a row that is too long would become an index.
        with warnings.catch_warnings(action="error", category=pd.errors.ParserWarning):
            given = pd.read_csv(StringIO(text), index_col=False, keep_default_na=False, **how)
    except pd.errors.ParserWarning:
        raise ValueError("its rows have more cells than its first line") from None
    key = given.columns[0]
    if key not in ("doc", "file"):
        raise ValueError(f"its columns are {', '.join(given.columns)}, the first not doc or file")
    for name in given.columns.difference([key, *FILLED]):
        cells = given[name].dropna().str.strip().str.removeprefix("+")
        if cells.str.fullmatch(NUMBER).all():
            whole = len(cells) and cells.str.fullmatch(WHOLE).all()
            given[name] = cells.astype("Int64" if whole else "float64").reindex(given.index)
    return given.assign(**{key: given[key].map(_composed, na_action="ignore")})


def _composed(name: str) -> str:
    """A name with composed accents, which some systems decompose in the names of files."""
    return unicodedata.normalize("NFC", name.strip())
