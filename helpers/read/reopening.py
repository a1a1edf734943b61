"""A folder as it was opened last, kept whole, so that it opens at once where nothing has changed.

    .cache/opened/<folder and depth>.arrow   the key; the seven tables, compressed streams of Arrow;
                                             SHA-256 of all this

The key is a digest of all that the tables depend on: the names and contents of the files, however
they are read, the word lists, the code and the libraries. There is one copy of a folder at each
depth, in the place of the one before, and it can always be removed.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from helpers.read.files import Unread, read_bytes, replacing, text_files
from helpers.read.lexicons import COLUMNS, digest, lexicon_issues
from helpers.read.seeds import MAX_BYTES
from helpers.read.store import Store
from helpers.read.tables import ISSUES, Rows, issue, table

LIBRARIES = "numpy", "pandas", "pyarrow", "scipy"
_SIZE = hashlib.sha256().digest_size


class Copy:
    """The copy of one folder, at the depth of a store."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.folder, self.version = folder, store.folder.name
        name = hashlib.sha256(os.fsencode(folder.resolve()) + bytes([store.annotate])).hexdigest()
        self.path = store.folder.parent / "opened" / f"{name[:16]}.arrow"
        self.key = self._key()

    def read(self) -> tuple[list[pd.DataFrame], pd.DataFrame]:
        """The tables, none where there is no copy of what the folder holds now; an issue where it
        was damaged.
        """
        name, told = self.path.name, table([], ISSUES)
        try:
            content = memoryview(self.path.read_bytes())
        except OSError:  # there is none, or none for this reader
            return [], told
        whole, checksum = content[:-_SIZE], content[-_SIZE:]
        if hashlib.sha256(whole).digest() != checksum:
            message = f"opened/{name} in the store was damaged; its texts were opened again"
            told = table([issue(name, "unreadable", message)], ISSUES)
        elif whole[:_SIZE] == self.key:
            return [*_tables(whole[_SIZE:])], told
        return [], told

    def write(self, tables: Iterable[pd.DataFrame]) -> None:
        """Keep the tables, unless a file has changed since they were read, or there is no room."""
        if self._key() != self.key:
            return
        with suppress(OSError):
            for left in self.path.parent.glob(f".{self.path.name}.*"):  # by one that was killed
                left.unlink()
            with replacing(self.path) as unfinished, unfinished.open("w+b") as file:
                self._write(file, tables)

    def _write(self, file: BinaryIO, tables: Iterable[pd.DataFrame]) -> None:
        import pyarrow as pa

        file.write(self.key)
        for frame in tables:
            found = pa.Table.from_pandas(frame, preserve_index=False)
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            with pa.ipc.new_stream(file, found.schema, options=options) as stream:
                stream.write_table(found)
        file.seek(0)
        file.write(hashlib.file_digest(file, "sha256").digest())

    def _key(self) -> bytes:
        """SHA-256 of all that decides what the tables are."""
        issues = Rows(lexicon_issues())
        names = [*text_files(self.folder, issues)]
        libraries = [sys.version, *map(version, LIBRARIES)]
        told = [self.folder.resolve().name, self.version, libraries, digest([*COLUMNS]), issues]
        found = hashlib.sha256(repr(told).encode())
        for name, most in [*((name, MAX_BYTES) for name in names), ("metadata.csv", sys.maxsize)]:
            try:
                content: object = hashlib.sha256(read_bytes(f"{self.folder}/{name}", most)).digest()
            except (OSError, Unread) as error:
                # A link to nowhere is something else than nothing.
                content = error, os.path.lexists(self.folder / name)
            found.update(repr((name, content)).encode())
        return found.digest()


def _tables(content: memoryview) -> Iterator[pd.DataFrame]:
    """The tables of a copy."""
    import pyarrow as pa

    file = pa.BufferReader(content)
    while file.tell() < len(content):
        found, columns = pa.ipc.open_stream(file).read_all(), {}
        # What Arrow gives cannot be written to, and where there is no category it is of no type: a
        # copy of each column, after which Arrow's is let go.
        for name in found.column_names:
            columns[name] = found.select([name]).to_pandas()[name].copy()
            found = found.drop_columns([name])
            if columns[name].dtype == "category":
                names = columns[name].cat.categories.astype("str")
                columns[name] = columns[name].cat.rename_categories(names)
        yield pd.DataFrame(columns, copy=False)
