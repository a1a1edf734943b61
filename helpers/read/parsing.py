"""The tables of texts, each parsed once and kept."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

import pandas as pd

from helpers.read.store import Store, bodies_of
from helpers.read.tables import ISSUES, issue, table
from helpers.read.words import Tables, bar_of, parse_batches


def parsed(
    store: Store, documents: pd.DataFrame, executor: Executor | None, progress: bool | None
) -> tuple[Tables, pd.DataFrame]:
    """The tables of these documents, parsed where the store does not hold their bodies, and the
    issues of `keep`.
    """
    wanted = bodies_of(documents)
    damaged = keep(store, wanted, executor, progress)
    try:
        return store.read(wanted), damaged
    except (FileNotFoundError, KeyError):
        # Another process removed what we were about to read.
        again = keep(store, wanted, executor, progress)
        return store.read(wanted), pd.concat([damaged, again])


def keep(
    store: Store, documents: pd.DataFrame, executor: Executor | None, progress: bool | None
) -> pd.DataFrame:
    """Parse the bodies that the store does not hold whole; one issue per file of it that is
    damaged.
    """
    damaged = store.drop_damaged(documents["sha256"])
    wanted = documents.drop_duplicates("sha256")
    kept = pd.Index(store.texts()["sha256"].unique())
    missing = wanted[kept.get_indexer(wanted["sha256"]) < 0]
    with bar_of(len(missing), progress) as bar:
        for batch, tables in parse_batches(missing, annotate=store.annotate, executor=executor):
            store.write(batch, tables)
            bar.update(len(batch))
    message = "{} in the store was damaged or missing; its texts were parsed again"
    rows = [issue(Path(name).name, "unreadable", message.format(name)) for name in damaged]
    return table(rows, ISSUES)
