"""The tables of each text, kept on disk under what is read of it, its body or its title, and what
its parse depends on. So a field that is corrected, or a file that is renamed, parses nothing.

    .cache/<key>/tokens/<batch>.parquet    and the other tables, rows in the order of the texts
    .cache/<key>/texts/<batch>.json        SHA-256 of each body and of each table's file; how many
                                           rows a body has in each table
    .cache/<key>/documents/<…>.parquet     what `store_corpus` knows of a folder's documents

The key names the depth, the versions of parser, schema, spaCy, model and CLDR, the word lists, and
the code that parses; a batch is named after its texts. Every file is written under another name and
renamed into place, the list of texts last, so that a batch is there whole or not at all, and nobody
waits for a lock. Nothing is forced onto the disk (fsync): a killed process loses nothing that it
wrote, and what a power cut damages is found by its checksum and parsed again.

The tables are plain Parquet for any other tool: `sha256` stands in the place of `doc`, `batch`
tells apart the rows of a text that two processes parsed at the same time, and `start` and `end`
count from the beginning of the body.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.read.files import bodies, in_utf8, replacing
from helpers.read.lexicons import digest
from helpers.read.model import NAME as MODEL
from helpers.read.tables import PARSED, Integers, category, chosen_rows, concat, table, used
from helpers.read.words import Tables

PARSER, SCHEMA = "1", "3"
KEYS = "sha256", "batch"  # of a text in every table: what other tools join on


def versions(*, annotate: bool) -> dict[str, str]:
    """All that the tables of a text depend on, beside the text and the code."""
    found = {"depth": "annotated" if annotate else "words", "parser": PARSER, "schema": SCHEMA}
    found |= {"cldr": f"babel {version('babel')}", "lexicons": digest()[:16]}
    if annotate:
        found["model"] = f"{MODEL} {version(MODEL.replace('_', '-'))}"
        found["spacy"] = version("spacy")
    return found


def _code() -> str:
    """SHA-256 of the code of this room, and of its tables."""
    files = sorted(Path(__file__).parent.glob("[!.]*"))  # no hidden ones, which editors leave
    texts = [path.read_text("utf-8") for path in files if path.suffix in (".py", ".csv")]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def bodies_of(documents: pd.DataFrame) -> pd.DataFrame:
    """What is parsed of documents and kept: their bodies alone, each under its own SHA-256, with
    where it begins in its text.
    """
    texts, begin = bodies(documents), documents["body_start"]
    named = documents[["doc"]].assign(sha256=[_digest(text.encode()) for text in texts], text=texts)
    return named.assign(body_start=0, body_end=[*map(len, texts)], begin=begin)


class Unwritable(OSError):
    """A store that cannot be written, and the way out."""

    def __str__(self) -> str:
        how = "make room, or name another folder with cache= or CACHE"
        return f"{self.filename} cannot be written ({self.strerror}); {how}"


class Store:
    """The parsed texts of one version of everything, in one folder."""

    def __init__(self, cache: Path, *, annotate: bool) -> None:
        there = next(filter(os.path.lexists, (cache, *cache.absolute().parents)))
        if not there.is_dir():
            what = "a file" if there.exists() else "a link that leads nowhere"
            how = "name a folder for what was parsed, with cache= or CACHE"
            raise NotADirectoryError(f"{there} is {what}; {how}")
        self.annotate = annotate
        self.held: dict[Path, pd.DataFrame] | None = None  # what was written and is read soon
        about = versions(annotate=annotate) | {"code": _code()}
        self.about = json.dumps(about, sort_keys=True).encode()
        self.folder = cache / _digest(self.about)[:16]

    def texts(self) -> pd.DataFrame:
        """One row per text that is kept: sha256, its number of rows in each table, the batch. A
        text that two processes parsed at the same time may stand in two batches.
        """
        columns, rows = ["sha256", *PARSED], []
        for path, listed in self._lists():
            if listed:
                texts = zip(*(listed[name] for name in columns), strict=True)
                rows += [(*text, path.stem) for text in texts]
        frame = pd.DataFrame(rows, columns=[*columns, "batch"])
        return frame.astype(dict.fromkeys(PARSED, "int64"))

    def write(self, documents: pd.DataFrame, tables: Tables) -> None:
        """Keep the tables of a batch of texts; where that fails, nothing of it is left."""
        sha256 = pd.Index(documents["sha256"], dtype="str")
        batch = _digest("".join(sha256).encode())[:16]
        try:
            self._write(batch, sha256, documents, tables)
        except Unwritable:
            with suppress(Unwritable):
                self._drop(batch)
            raise

    def _write(self, batch: str, sha256: pd.Index, documents: pd.DataFrame, tables: Tables) -> None:
        self._save("versions.json", self.about + b"\n")
        listed: dict[str, Any] = {"sha256": sha256.tolist(), "files": {}}
        for name, frame in tables._asdict().items():
            codes = pd.Index(documents["doc"]).get_indexer(frame["doc"])
            listed[name] = np.bincount(codes, minlength=len(sha256)).tolist()
            texts = pd.Categorical.from_codes(codes, sha256)
            batches = pd.Categorical([batch]).repeat(len(frame))
            content = frame.drop(columns="doc").assign(sha256=texts, batch=batches)
            file = f"{name}/{batch}.parquet"
            listed["files"][file] = self._save(file, _parquet(content))
            if self.held is not None:
                self.held[self.folder / file] = frame.drop(columns="doc")
        content = json.dumps(listed).encode()
        checksum = _digest(batch.encode() + content).encode()
        self._save(f"texts/{batch}.json", checksum + b"\n" + content)

    def linked(self, cache: Path) -> "Store":
        """A store in another folder that begins with links to all that is kept in this one, which
        may not be written or is full.
        """
        other = Store(cache, annotate=self.annotate)
        for path, listed in self._lists():
            for name in (f"texts/{path.name}", *(listed["files"] if listed else ())):
                (other.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (other.folder / name).symlink_to((self.folder / name).absolute())
        return other

    def write_documents(self, documents: pd.DataFrame) -> Path:
        """Keep a table about documents, under its content."""
        content = _parquet(documents)
        name = f"documents/{_digest(content)[:16]}.parquet"
        self._save(name, content)
        return self.folder / name

    def read(self, documents: pd.DataFrame) -> Tables:
        """The tables of these documents, all of which are kept, in their order, with places in the
        texts in which their bodies begin at `begin`.

        Raises: KeyError or FileNotFoundError where another process took some of them away.
        """
        texts, wanted = self.texts(), documents["sha256"]
        batch = texts.drop_duplicates("sha256").set_index("sha256")["batch"]
        # In the order of the texts, so that those that were just parsed are in theirs.
        texts = texts.set_index("batch").loc[batch.loc[wanted].unique()].reset_index()
        first = texts.drop_duplicates("sha256")["sha256"]
        rows = pd.Series(first.index, first).loc[wanted].to_numpy()
        return Tables(*(self._read_table(name, texts, rows, documents) for name in PARSED))

    def _read_table(
        self, name: str, texts: pd.DataFrame, chosen: Integers, documents: pd.DataFrame
    ) -> pd.DataFrame:
        """The rows of a table of the chosen ones of these texts, which fill whole batches."""
        if texts.empty:
            return table([], PARSED[name])
        columns = [column for column in PARSED[name] if column != "doc"]
        files = [self.folder / name / f"{batch}.parquet" for batch in texts["batch"].unique()]
        held = self.held or {}
        read = partial(pd.read_parquet, columns=columns, partitioning=None)
        frames = [held.pop(path) if path in held else read(in_utf8(path)) for path in files]
        frame = concat(frames, {column: PARSED[name][column] for column in columns})
        sizes = texts[name].to_numpy(np.int64)
        if not np.array_equal(chosen, np.arange(len(texts))):
            of = chosen_rows(chosen, sizes)
            frame = pd.DataFrame({c: frame.pop(c).array.take(of) for c in columns}, copy=False)
            frame = used(frame) if len(np.unique(chosen)) < len(texts) else frame
        of = np.repeat(np.arange(len(documents), dtype=np.int32), sizes[chosen])
        for place in ("start", "end"):
            frame[place] += documents["begin"].to_numpy(np.int32)[of]
        frame["doc"] = category(of, documents["doc"]).astype(PARSED[name]["doc"])
        return pd.DataFrame({c: frame.pop(c) for c in PARSED[name]}, copy=False)

    def drop_damaged(self, sha256: Iterable[str] | None = None) -> list[str]:
        """Compare the files that hold these texts, or any, with their checksums; a batch with one
        that is damaged or missing is no longer kept. Returns the names of these files.
        """
        wanted, damaged = set([] if sha256 is None else sha256), []
        for path, listed in self._lists():
            if sha256 is not None and listed and wanted.isdisjoint(listed["sha256"]):
                continue
            files = listed["files"] if listed else {f"texts/{path.name}": None}
            bad = [name for name, of in files.items() if _digest(_bytes(self.folder / name)) != of]
            if bad:
                self._drop(path.stem)
            damaged += bad
        return damaged

    def drop_strays(self) -> None:
        """Remove the tables that no list names and no reader of the whole folder could read: what
        is left of a batch. Another process may be about to list those that are whole.
        """
        listed = {path.stem for path, _ in self._lists()}
        for name in PARSED:
            for path in sorted((self.folder / name).glob("*.parquet")):
                if path.stem not in listed and not _is_whole(path):
                    with self._changing():
                        path.unlink(missing_ok=True)

    def _drop(self, batch: str) -> None:
        """Remove the files of a batch, first the list of its texts, without which it is not there;
        another process may be doing the same.
        """
        for name in (f"texts/{batch}.json", *(f"{kind}/{batch}.parquet" for kind in PARSED)):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif os.path.lexists(path):
                with self._changing():
                    path.unlink(missing_ok=True)

    def _lists(self) -> Iterator[tuple[Path, dict[str, Any] | None]]:
        """Each list of texts, with what it says after the checksum of its batch's name and itself;
        None where it is damaged or gone.
        """
        for path in sorted(self.folder.glob("texts/*.json")):
            checksum, _, content = _bytes(path).partition(b"\n")
            whole = checksum == _digest(path.stem.encode() + content).encode()
            yield path, json.loads(content) if whole else None

    def _save(self, name: str, content: bytes) -> str:
        """Write a file, unless one with this content is there. Returns its checksum."""
        path = self.folder / name
        if _bytes(path) != content:
            with self._changing(), replacing(path) as unfinished:
                unfinished.write_bytes(content)
        return _digest(content)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Raises: Unwritable where the system does not let a file be written or removed."""
        try:
            yield
        except OSError as error:
            raise Unwritable(error.errno, error.strerror, str(self.folder.parent)) from None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bytes(path: Path) -> bytes:
    """The content of a file; nothing where it is gone."""
    with suppress(OSError):
        return path.read_bytes()
    return b""


def _is_whole(path: Path) -> bool:
    """Whether a table can be read."""
    with suppress(OSError, ValueError):  # pyarrow's own errors are one or the other
        pd.read_parquet(in_utf8(path), partitioning=None)
        return True
    return False


def _parquet(frame: pd.DataFrame) -> bytes:
    """The file of a table. Codes of categories have 32 bits in all files: as many as a file needs
    would be a schema for files with few words and another for files with many.
    """
    import pyarrow as pa

    found, coded = pa.Schema.from_pandas(frame, preserve_index=False), pa.types.is_dictionary
    wide = pa.dictionary(pa.int32(), pa.string())
    fields = [f.with_type(wide) if coded(f.type) else f for f in found]
    # Offsets grow from row to row: their differences take less room and a third of the time.
    whole = [field.name for field in fields if pa.types.is_integer(field.type)]
    options = {
        "use_dictionary": [field.name for field in fields if field.name not in whole],
        "column_encoding": dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
        "write_statistics": [field.name for field in fields if field.name in KEYS],
        "compression": "zstd",
    }
    return frame.to_parquet(schema=pa.schema(fields), index=False, **options)
