"""A folder of texts as a corpus: read, parsed once per text, and kept."""

from __future__ import annotations

import hashlib
import os
import sys
from concurrent.futures import Executor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.lexicons import COLUMNS, lexicon
from helpers.parsing import parse_batches
from helpers.seeds import read_folder
from helpers.store import Store
from helpers.tables import ISSUES, table

if TYPE_CHECKING:
    from tqdm import tqdm

HOME = Path(__file__).parent.parent
SEEDS, CACHE = HOME / "seeds", HOME / ".cache"


@dataclass(frozen=True, repr=False)
class Corpus:
    """The seven tables of a corpus; `helpers` says what one row and each column is."""

    documents: pd.DataFrame
    fields: pd.DataFrame
    issues: pd.DataFrame
    paragraphs: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    entities: pd.DataFrame

    def __repr__(self) -> str:
        return "Corpus: " + ", ".join(
            f"{len(getattr(self, field.name)):,} {field.name}" for field in fields(self)
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the contents of all files in order: two corpora with the same digest hold the
        same texts.
        """
        return hashlib.sha256("".join(self.documents["sha256"]).encode()).hexdigest()

    def with_metadata(self, tokens: pd.DataFrame) -> pd.DataFrame:
        """The tokens with the columns of their documents, and year and month (*métadonnées*).

        year is YYYY and month YYYY-MM as text; each is missing where the date is less precise.

        >>> from helpers import open_corpus
        >>> corpus = open_corpus(annotate=False)
        >>> corpus.with_metadata(corpus.tokens)["month"].unique().tolist()
        ['2024-11']
        """
        about = self.documents.drop(columns="text")
        precision = about["date_precision"]
        about = about.assign(
            year=about["date_start"].dt.strftime("%Y").where(precision.notna()),
            month=about["date_start"].dt.strftime("%Y-%m").where(precision.isin(["month", "day"])),
        )
        rows = pd.Index(about["doc"]).get_indexer(tokens["doc"])
        added = about.drop(columns=[name for name in about if name in tokens]).take(rows)
        return pd.concat([tokens, added.set_axis(tokens.index)], axis=1)


def seeds_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """The folder of texts: the one named, else the one that the environment variable SEEDS names,
    else `seeds/`.
    """
    return Path(folder or os.environ.get("SEEDS") or SEEDS).expanduser()


def open_corpus(
    folder: str | os.PathLike[str] | None = None,
    *,
    annotate: bool = True,
    cache: str | os.PathLike[str] | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Corpus:
    """Read a folder of texts into tables, parsing only the texts that were never parsed (*corpus*).

    Parameters: folder (else the environment variable SEEDS, else `seeds/`); annotate (False stops
    after words and sentences, with the same words, 50 times faster); cache (the store's folder,
    else the environment variable CACHE, else `.cache/`); executor (anything with the interface of
    concurrent.futures, for many texts); progress (None: a bar on a terminal and in JupyterLab).
    Returns: the corpus; without a readable text an empty one, and an issue that says so.
    Raises: FileNotFoundError or NotADirectoryError naming the folder.

    >>> open_corpus(annotate=False).documents["n_words"].tolist()
    [341]
    """
    read = read_folder(seeds_folder(folder))
    store = Store(cache or os.environ.get("CACHE") or CACHE, annotate=annotate)
    documents = read.documents
    missing = documents[~documents["sha256"].isin(store.texts()["sha256"])].drop_duplicates(
        "sha256"
    )
    with _bar(len(missing), progress) as bar:
        for batch, tables in parse_batches(missing, annotate=annotate, executor=executor):
            store.write(batch["sha256"], tables)
            bar.update(len(batch))
    parsed = store.read(documents)
    issues = pd.concat([read.issues, _lexicon_issues()], ignore_index=True)
    return Corpus(_counted(documents, parsed.paragraphs), read.fields, issues, *parsed)


def _counted(documents: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The documents with their numbers of paragraphs, sentences and words."""
    groups = paragraphs.groupby("doc")
    counts = groups.agg(
        n_paragraphs=("par", "size"), n_sentences=("n_sentences", "sum"), n_words=("n_words", "sum")
    )
    counts = counts.reindex(documents["doc"], fill_value=0)
    return documents.assign(**{name: counts[name].to_numpy() for name in counts}).astype(
        dict.fromkeys(counts, "int64")
    )


def _lexicon_issues() -> pd.DataFrame:
    """One issue per row of a word list that could not be read."""
    rows = []
    for name in COLUMNS:
        for file, line, message in lexicon(name).problems:
            rows.append(
                {"file": file, "kind": "lexicon", "message": f"{file}, line {line}, {message}"}
            )
    return table(rows, ISSUES)


def _bar(total: int, progress: bool | None) -> tqdm:
    """A bar where somebody watches: on a terminal, and in JupyterLab (which names its session)."""
    lab = "JPY_SESSION_NAME" in os.environ
    shown = (lab or sys.stderr.isatty()) if progress is None else progress
    if lab and shown and total:
        from tqdm.auto import tqdm
    else:
        from tqdm import tqdm
    return tqdm(
        total=total, desc="parsing", unit="text", disable=not (shown and total), leave=False
    )
