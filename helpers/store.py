"""The tables of each text, kept on disk under the text's content and what its parse depends on.

    .cache/<key>/texts/<batch>.parquet     sha256 of each text, and its number of rows in the tables
    .cache/<key>/tokens/<batch>.parquet    and the other tables, rows in the order of the texts

The key names the depth, the versions of parser, schema, spaCy, model and CLDR, the word lists, and
the code that parses; a batch is named after its texts. The list of texts is written last and every
file is renamed into place, so that a batch is there whole or not at all. The files are plain
Parquet for any other tool: `sha256` stands in the place of `doc`.
"""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.lexicons import digest
from helpers.model import NAME as MODEL
from helpers.parsing import Tables
from helpers.tables import PARSED, concat, typed

PARSER, SCHEMA = "1", "1"
# The modules that decide what a parse is: a change of their text, too, is another store.
SOURCES = ("annotation", "dates", "entities", "files", "french", "headers", "lexicons", "model")
SOURCES += ("parsing", "tables")


def versions(*, annotate: bool) -> dict[str, str]:
    """All that the tables of a text depend on, beside the text and the code."""
    model = (
        {"model": f"{MODEL} {version(MODEL.replace('_', '-'))}", "spacy": version("spacy")}
        if annotate
        else {}
    )
    shared = {
        "parser": PARSER,
        "schema": SCHEMA,
        "cldr": f"babel {version('babel')}",
        "lexicons": digest()[:16],
    }
    return {"depth": "annotated" if annotate else "words", **shared, **model}


def _code() -> str:
    """SHA-256 of the modules that parse."""
    texts = [(Path(__file__).parent / f"{name}.py").read_text("utf-8") for name in SOURCES]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class Store:
    """The parsed texts of one version of everything, in one folder."""

    def __init__(self, cache: str | os.PathLike[str], *, annotate: bool) -> None:
        key = json.dumps(versions(annotate=annotate) | {"code": _code()}, sort_keys=True)
        self.folder = Path(cache) / hashlib.sha256(key.encode()).hexdigest()[:16]
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "versions.json").write_text(key + "\n", "utf-8")

    def texts(self) -> pd.DataFrame:
        """One row per text that is kept: sha256, its number of rows in each table, the batch."""
        frames = [
            pd.read_parquet(path).assign(batch=path.stem)
            for path in sorted(self.folder.glob("texts/*.parquet"))
        ]
        return (
            pd.concat(frames, ignore_index=True)
            if frames
            else pd.DataFrame(columns=["sha256", *PARSED, "batch"])
        )

    def write(self, sha256: pd.Series, tables: Tables) -> None:
        """Keep the tables of a batch of texts, whose docs are in the order of sha256."""
        batch = hashlib.sha256("".join(sha256).encode()).hexdigest()[:16]
        docs = tables.paragraphs["doc"].unique()
        digests = dict(zip(docs, sha256, strict=True))
        counts = {"sha256": list(sha256)}
        for name, frame in tables._asdict().items():
            counts[name] = frame["doc"].value_counts().reindex(docs, fill_value=0).tolist()
            column = frame["doc"].astype("str").map(digests).astype("category")
            self._save(name, batch, frame.drop(columns="doc").assign(sha256=column))
        self._save("texts", batch, pd.DataFrame(counts))

    def read(self, documents: pd.DataFrame) -> Tables:
        """The tables of these documents, all of which are kept, in their order."""
        kept = self._rows(documents["sha256"])
        batches = sorted(kept["batch"].unique())
        return Tables(*(self._read_table(name, batches, kept, documents["doc"]) for name in PARSED))

    def _rows(self, sha256: pd.Series) -> pd.DataFrame:
        """For each wanted text its batch, and where its rows are among all rows of the batches that
        are needed.
        """
        texts = self.texts()
        texts = texts[
            texts["batch"].isin(texts.loc[texts["sha256"].isin(sha256), "batch"])
        ].sort_values("batch", kind="stable")
        for name in PARSED:
            texts[f"{name}_at"] = texts[name].cumsum() - texts[name]
        return texts.drop_duplicates("sha256").set_index("sha256").loc[sha256]

    def _read_table(
        self, name: str, batches: list[str], kept: pd.DataFrame, docs: pd.Series
    ) -> pd.DataFrame:
        columns = {column: kind for column, kind in PARSED[name].items() if column != "doc"}
        frame = concat(
            [
                pd.read_parquet(self.folder / name / f"{batch}.parquet", columns=list(columns))
                for batch in batches
            ],
            columns,
        )
        counts, at = kept[name].to_numpy(np.int64), kept[f"{name}_at"].to_numpy(np.int64)
        rows = np.arange(counts.sum()) + np.repeat(at - (np.cumsum(counts) - counts), counts)
        doc = pd.Categorical.from_codes(np.repeat(np.arange(len(docs)), counts), docs)
        return typed(frame.take(rows).reset_index(drop=True).assign(doc=doc), PARSED[name])

    def _save(self, table: str, batch: str, frame: pd.DataFrame) -> None:
        """Write a file under another name and rename it, so that nobody reads half of it."""
        folder = self.folder / table
        folder.mkdir(exist_ok=True)
        unfinished = folder / f".{batch}.{os.getpid()}"
        frame.to_parquet(unfinished, compression="zstd", index=False)
        unfinished.replace(folder / f"{batch}.parquet")
