"""The tables of texts, each parsed once and kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from helpers.read.store import Store, Unwritable, bodies_of
from helpers.read.tables import ISSUES, issue, table
from helpers.read.words import Tables, bar_of, parse, parse_batches
from helpers.read.workers import workers


@contextmanager
def in_memory() -> Iterator[None]:
    """Say what to do where memory is too small."""
    try:
        yield
    except MemoryError:
        how = "helpers.read.store_corpus reads them part by part, for tools that count on disk"
        raise MemoryError(f"the texts do not fit into memory; {how}") from None


def parsed(
    store: Store, documents: pd.DataFrame, executor: Executor | None, progress: bool | None
) -> tuple[Tables, pd.DataFrame]:
    """The tables of these documents, parsed where the store does not hold their bodies, and the
    issues of `keep`. Where the store cannot be written, what is missing is parsed for now.
    """
    try:
        return _parsed(store, documents, executor, progress)
    except Unwritable as error:
        try:
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                tables, damaged = _parsed(store.linked(Path(folder)), documents, executor, progress)
        except OSError:  # nor can any other folder, as where both are on one full disk
            tables = parse(documents, annotate=store.annotate, executor=executor)
            damaged = told_of([])
        name = store.folder.parent.name
        what = f"{name} cannot be written ({error.strerror}): what was parsed now is not kept"
        row = issue(name, "store", f"{what}; make room, or name another folder with CACHE")
        return tables, pd.concat([damaged, table([row], ISSUES)])


def _parsed(
    store: Store, documents: pd.DataFrame, executor: Executor | None, progress: bool | None
) -> tuple[Tables, pd.DataFrame]:
    store.held = {}
    try:
        damaged = keep(store, wanted := bodies_of(documents), executor, progress)
        del wanted["text"]  # which is not needed to read, and is as large as all texts
        with suppress(FileNotFoundError, KeyError):
            return store.read(wanted), damaged
        # Another process removed what we were about to read.
        again = keep(store, bodies_of(documents), executor, progress)
        return store.read(wanted), pd.concat([damaged, again])
    finally:
        store.held = None


def keep(
    store: Store, documents: pd.DataFrame, executor: Executor | None, progress: bool | None
) -> pd.DataFrame:
    """Parse the bodies that the store does not hold whole; one issue per file of it that is
    damaged.
    """
    damaged = store.drop_damaged(documents["sha256"])
    missing = _missing(store, documents)
    with bar_of(len(missing), progress) as bar:
        if executor is None and store.annotate:
            # Where a worker is lost, or lacks memory, this process goes on.
            with workers(missing["text"]) as pool, suppress(RuntimeError, MemoryError):
                if pool:
                    _parse(store, missing, pool, bar)
            missing = _missing(store, missing)
        _parse(store, missing, executor, bar)
    return told_of(damaged)


def told_of(damaged: list[str]) -> pd.DataFrame:
    """An issue for each of these files of the store."""
    message = "{} in the store was damaged or missing; its texts were parsed again"
    rows = [issue(Path(name).name, "unreadable", message.format(name)) for name in damaged]
    return table(rows, ISSUES)


def _missing(store: Store, documents: pd.DataFrame) -> pd.DataFrame:
    """The bodies that the store does not hold, each once."""
    wanted, kept = documents.drop_duplicates("sha256"), store.texts()["sha256"]
    return wanted[~wanted["sha256"].isin(kept)]


def _parse(store: Store, documents: pd.DataFrame, executor: Executor | None, bar: Any) -> None:
    """Parse these bodies and keep their tables, a batch at a time."""
    for batch, tables in parse_batches(documents, annotate=store.annotate, executor=executor):
        store.write(batch, tables)
        bar.update(len(batch))
