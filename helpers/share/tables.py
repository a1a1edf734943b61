"""Everything that is known of a corpus, as files: its tables and the results of the verbs as CSV
and Parquet, and the corpus in the formats of other tools (`helpers.exchange.exports`).

CSV is UTF-8 with a byte order mark, by which spreadsheets know the accents (R: `readr::read_csv`,
or `fileEncoding = "UTF-8-BOM"`), with commas, lines that end as RFC 4180 has it, and the values as
they are: a cell that begins with = + - or @ is what a text says, and a spreadsheet may take it for
a formula. Import such a file with its columns as text. The same corpus gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from helpers import count
from helpers.exchange import export_corpus
from helpers.read.corpus import Corpus
from helpers.read.tables import PARSED
from helpers.share.quoting import withhold
from helpers.show.notes import QUOTED
from helpers.voices.discourse import all_tables

Place = str | os.PathLike[str]


def export_all(
    corpus: Corpus, folder: Place, *, text: bool = True, notebooks: Sequence[NotebookNode] = ()
) -> list[Path]:
    """Write all that is known of the corpus: `tables/` with `export_tables` and `results`, and
    `exports/` with iramuteq.txt, txm/ and corpus.conllu (*export*).

    Parameters: folder (without tables/ and exports/, so that nothing is overwritten, and nothing of
    an earlier run is left that this one would not write); text (False for a report to be shared: no
    exports, and of the tables only what `export_tables` and `results` give without the texts; a
    text of which more than a quarter would be quoted, is not quoted); notebooks (executed, and
    beside their folder figures/: what goes with the tables, and counts with them; where text is
    False what is too much in them is taken out, too).
    Returns: the paths, in the order in which they were written.
    Raises: ValueError where tables/ or exports/ is there.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_all(open_corpus(annotate=False), tempfile.mkdtemp(), text=False)
    >>> paths[0].name, {path.parent.name for path in paths}
    ('documents.csv', {'tables'})
    """
    tables, exports = Path(folder) / "tables", Path(folder) / "exports"
    for path in (tables, exports):
        if path.exists():
            raise ValueError(f"{path} is there already; name a folder without it")
    known = _parsed(corpus, text=text) | results(corpus, text=text)
    if not text:
        figures = Path(folder) / "figures" if notebooks else None
        withhold(corpus.documents["text"], known, notebooks, figures)
    paths = _write(known, tables)
    if text:
        paths += export_corpus(corpus, exports)
    return paths


_CORPUS = ("documents", "fields", "issues", *PARSED)


def export_tables(corpus: Corpus, folder: Place, *, text: bool = True) -> list[Path]:
    """The seven tables of the corpus, each as CSV and Parquet (*export des tables*).

    Parameters: folder; text (False for a report to be shared, from which no text can be put
    together again: documents without the column text; in place of tokens, which in reading order
    are the text, `word_counts`, how often each text has each word, one row per doc and type; no
    cell of more than 300 characters. Fields, issues, paragraphs and sentences hold places and
    counts, entities names).
    Returns: the paths, in order.

    >>> import tempfile; from helpers import open_corpus
    >>> paths = export_tables(open_corpus(annotate=False), tempfile.mkdtemp(), text=False)
    >>> pd.read_csv(paths[-1].with_suffix(".csv"))["type"].head(3).tolist()
    ['de', 'la', 'et']
    """
    return _write(_parsed(corpus, text=text), Path(folder))


def _parsed(corpus: Corpus, *, text: bool) -> dict[str, pd.DataFrame]:
    """The tables of the corpus, or what may be shared of them."""
    tables = {name: getattr(corpus, name) for name in _CORPUS}
    if not text:
        counts = count.frequencies(tables.pop("tokens"), by="doc")
        tables["word_counts"] = counts[["doc", "type", "f"]]
        tables["documents"] = tables["documents"].drop(columns="text")
        tables = {name: _short(table) for name, table in tables.items()}
    return tables


def results(corpus: Corpus, *, text: bool = True) -> dict[str, pd.DataFrame]:
    """The main results of the notebooks, as the verbs of the same names give them: richness and
    readability by text, dispersion over paragraphs, specificities of the parts that the corpus can
    be cut into (`Corpus.parts`) (*résultats*). A text that repeats another counts once, but in
    reuse.

    A measure for which there is too little text is left out; so are themes and voices where the
    corpus is not annotated.

    Parameters: text (False leaves out what could put a text together again: of the repeated
    segments those that a longer one holds and those of more than 300 characters; of reuse the
    passage; and cuts other cells).
    Returns: tables by name.

    >>> from helpers import open_corpus
    >>> list(results(open_corpus(annotate=False)))[-3:]
    ['dispersion', 'specificities', 'general_french']
    """
    once, found, by_text = corpus.without_reprints(), {}, {"by": "doc"}
    asked = {"frequencies": {}, "spectrum": {}, "growth": {}, "richness": by_text}
    asked |= {"readability": by_text, "repeated_segments": {}, "dispersion": {"by": ["doc", "par"]}}
    asked["specificities"] = {"by": corpus.parts, "min_freq": 2}
    asked |= {"general_french": {}, "reuse": {}}
    for verb, options in asked.items():
        with suppress(count.TooLittleText):
            found[verb] = getattr(count, verb)(corpus if verb == "reuse" else once, **options)
    if once.tokens.empty or once.tokens["lemma"].notna().any():
        found["theme_hits"] = count.theme_hits(once)
        found["theme_profile"] = count.theme_profile(found["theme_hits"], once, by="doc")
        found |= all_tables(once)._asdict()
    return found if text else {name: _quotable(table) for name, table in found.items()}


def _quotable(table: pd.DataFrame) -> pd.DataFrame:
    """The result without segments from which a text could be put together again."""
    if "maximal" in table:
        table = table[table["maximal"] & (table["segment"].str.len() <= QUOTED)]
    return _short(table.drop(columns="segment") if "shared_tokens" in table else table)


def _short(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every text in it cut to 300 characters."""
    cut = {}
    for name in table.select_dtypes(exclude=["number", "bool", "datetime"]):
        text = _as_text(table[name])
        cut[name] = text.where(text.str.len() <= QUOTED, text.str.slice(0, QUOTED - 1) + "…")
    return table.assign(**cut)


def _as_text(column: pd.Series) -> pd.Series:
    """The column as text, its lists joined by spaces."""
    if column.dtype == object:
        column = column.map(lambda value: " ".join(value) if isinstance(value, list) else value)
    return column.astype("str")


def _write(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Each table as CSV and as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables.items():
        mixed = [column for column in table if table[column].dtype == object]
        table = table.assign(**{column: _as_text(table[column]) for column in mixed})
        paths += [folder / f"{name}.csv", folder / f"{name}.parquet"]
        table.to_csv(paths[-2], index=False, encoding="utf-8-sig", lineterminator="\r\n")
        table.to_parquet(paths[-1], index=False)
    return paths
