"""A store never stands in the way: whatever is wrong with it, a folder of texts is read to the same
tables, nothing unfinished is left in it, and an issue says what is not kept.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from helpers import Corpus, open_corpus
from helpers.read import store_corpus
from helpers.read.corpus import HOME
from helpers.read.store import Store, Unwritable
from helpers.read.tables import PARSED

THREE = Path(__file__).parent.parent / "fixtures" / "three"
WHY = {
    errno.EROFS: "read-only",
    errno.EACCES: "foreign",
    errno.ENOSPC: "full",
    errno.EDQUOT: "quota",
}
EVERYTHING = ("mkdir", "write_bytes", "replace", "unlink")


@pytest.fixture(autouse=True)
def one_text_a_batch(monkeypatch):
    monkeypatch.setattr("helpers.read.words.BATCH", {True: 1, False: 1})


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Corpus:
    return open_corpus(THREE, annotate=False, cache=tmp_path_factory.mktemp("propre"))


def opened(cache: Path) -> Corpus:
    """The texts by what the store holds of them, not by the copy of the whole."""
    shutil.rmtree(cache / "opened", ignore_errors=True)
    return open_corpus(THREE, annotate=False, cache=cache)


def same(corpus: Corpus, clean: Corpus) -> None:
    for name in ("documents", "fields", *PARSED):
        pd.testing.assert_frame_equal(getattr(corpus, name), getattr(clean, name))


def told(corpus: Corpus, clean: Corpus) -> list[str]:
    """The kinds of issues that only the store has."""
    return corpus.issues["kind"].tolist()[len(clean.issues) :]


def content(cache: Path) -> dict[str, bytes]:
    """What a store holds, without the copy of the whole, which is written in another way."""
    files = (path for path in cache.rglob("*") if path.is_file() and "opened" not in path.parts)
    return {str(path): path.read_bytes() for path in files}


@contextmanager
def refused(
    cache: Path, number: int, operations: tuple[str, ...], after: int = 0
) -> Iterator[None]:
    """Let the system refuse these operations in a folder, from the one on that comes after so many."""
    done = 0

    def refusing(name: str) -> object:
        really = getattr(Path, name)

        def run(path: Path, *args: object, **kwargs: object) -> object:
            nonlocal done
            if path.is_relative_to(cache):
                done += 1
                if done > after and not (name == "mkdir" and path.is_dir()):
                    raise OSError(number, os.strerror(number), str(path))
            return really(path, *args, **kwargs)

        return run

    with pytest.MonkeyPatch.context() as patch:
        for name in operations:
            patch.setattr(Path, name, refusing(name))
        yield


def some_kept(cache: Path, n: int) -> None:
    """A store that holds the first n of the three texts."""
    if n:
        opened(cache)
        lists = sorted(cache.glob("*/texts/*.json"))
        for path in lists[n:]:
            path.unlink()


def damage(cache: Path) -> None:
    for path in sorted(cache.glob("*/tokens/*.parquet"))[:1]:
        path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "n", "operations", "damaged"),
    [*product((errno.EROFS, errno.ENOSPC), (0, 1, 3), (EVERYTHING, ("write_bytes",)), (False, True))],
)  # fmt: skip
def test_a_store_that_cannot_be_written_is_read(number, n, operations, damaged, clean, tmp_path):
    some_kept(tmp_path, n)
    if damaged and n:
        damage(tmp_path)
    before = content(tmp_path)
    with refused(tmp_path, number, operations):
        corpus = opened(tmp_path)
    same(corpus, clean)
    kinds = told(corpus, clean)
    assert ("store" in kinds) == (n < 3 or damaged)
    if operations == EVERYTHING:
        assert ("unreadable" in kinds) == (damaged and n > 0)
    if "store" in kinds:
        said = corpus.issues["message"].iloc[-1]
        assert f"{tmp_path.name} cannot be written ({os.strerror(number)})" in said
        assert "CACHE" in said
    assert content(tmp_path).items() <= before.items()
    same(opened(tmp_path), clean)
    assert told(opened(tmp_path), clean) == []


@pytest.mark.slow
@pytest.mark.parametrize("after", range(0, 24, 2))
def test_a_disk_that_fills_up_keeps_whole_batches(after, clean, tmp_path):
    """And nothing else: a batch that was not finished is taken away again."""
    with refused(tmp_path, errno.ENOSPC, ("mkdir", "write_bytes", "replace"), after):
        corpus = opened(tmp_path)
    same(corpus, clean)
    assert "store" in told(corpus, clean)
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]
    store = Store(tmp_path, annotate=False)
    batches = {*store.texts()["batch"]}
    for name in PARSED:
        assert {path.stem for path in store.folder.glob(f"{name}/*")} == batches
    assert len(batches) < 3
    same(opened(tmp_path), clean)
    assert len(store.texts()) == 3


def a_file(path: Path) -> None:
    path.write_bytes(b"x")


def a_folder(path: Path) -> None:
    (path / "x").mkdir(parents=True)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "absent")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


KINDS = (a_file, a_folder, a_link_to_nothing, a_link_to_itself)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "kind"),
    [*product(("texts", "tokens", "entities", "versions.json", "tokens/*", "texts/*", "sentences/*"), KINDS)],
)  # fmt: skip
def test_what_stands_in_the_place_of_its_files_is_passed_by(place, kind, clean, tmp_path):
    opened(tmp_path)
    path = sorted(tmp_path.glob(f"*/{place}"))[0]
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    kind(path)
    for _ in range(2):
        same(opened(tmp_path), clean)
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


def test_a_file_of_others_to_which_a_link_leads_stays(clean, tmp_path):
    mine, cache = tmp_path / "thèse.parquet", tmp_path / "gardé"
    mine.write_text("à moi")
    opened(cache)
    for path in sorted(cache.glob("*/*/*.parquet"))[::2]:
        path.unlink()
        path.symlink_to(mine)
    same(opened(cache), clean)
    same(opened(cache), clean)
    assert mine.read_text() == "à moi"


@pytest.mark.parametrize("number", WHY)
def test_a_grand_corpus_needs_a_store_that_can_be_written(number, tmp_path):
    with refused(tmp_path, number, EVERYTHING), pytest.raises(Unwritable) as wrong:
        store_corpus(THREE, annotate=False, cache=tmp_path)
    assert str(wrong.value).startswith(f"{tmp_path} cannot be written ({os.strerror(number)}); ")
    store_corpus(THREE, annotate=False, cache=tmp_path)
    with refused(tmp_path, number, EVERYTHING):  # all is there already
        store_corpus(THREE, annotate=False, cache=tmp_path)


def test_a_grand_corpus_tells_what_was_damaged_and_leaves_nothing_that_stops_a_reader(tmp_path):
    tables, documents = store_corpus(THREE, annotate=False, cache=tmp_path)
    whole = sorted((tables / "tokens").iterdir())
    for name in ("0123456789abcdef", "f" * 16):  # of no batch
        (tables / "tokens" / f"{name}.parquet").write_bytes(
            whole[0].read_bytes()[: -9 if name[0] == "0" else None]
        )
    whole[1].write_bytes(whole[1].read_bytes()[:-9])
    with pytest.warns(
        UserWarning, match=rf"store_corpus: tokens/{whole[1].name} in the store was damaged"
    ):
        store_corpus(THREE, annotate=False, cache=tmp_path)
    assert (
        pd.read_parquet(tables / "tokens")
        .merge(pd.read_parquet(documents))
        .groupby("doc")
        .size()
        .size
        == 3
    )
    # Another process may be about to list it.
    assert (tables / "tokens" / f"{'f' * 16}.parquet").exists()


@pytest.mark.parametrize("below", ["", "x", "x/y"])
def test_a_cache_that_is_no_folder_is_named(below, tmp_path):
    (tmp_path / "fichier").write_text("")
    (tmp_path / "lien").symlink_to(tmp_path / "absent")
    for name, said in {"fichier": "a file", "lien": "a link that leads nowhere"}.items():
        with pytest.raises(NotADirectoryError, match=rf"{name} is {said}; name a folder .* CACHE"):
            Store(tmp_path / name / below, annotate=False)
    assert not (tmp_path / "absent").exists()


def test_too_little_memory_names_the_way_out(tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    for what in ("parse_batch", "read_tokens"):
        with monkeypatch.context() as patch:
            patch.setattr(f"helpers.read.words.{what}", full)
            with pytest.raises(MemoryError, match=r"do not fit into memory; .*store_corpus"):
                opened(tmp_path)


def test_where_no_folder_can_be_written_at_all_the_texts_are_parsed_in_memory(
    clean, tmp_path, monkeypatch
):
    """As on a full disk that holds the folder of temporary files, too."""

    def full(self: Store, *_: object) -> None:
        raise Unwritable(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.folder.parent))

    monkeypatch.setattr(Store, "write", full)
    corpus = opened(tmp_path)
    same(corpus, clean)
    assert told(corpus, clean) == ["store"]
    assert f"{tmp_path.name} cannot be written" in corpus.issues["message"].iloc[-1]


# An old system, whose names of files are in no UTF-8; the bytes of a name are what they were.
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
OPENED = """
import sys
from pathlib import Path
from helpers import open_corpus
corpus = open_corpus(Path(sys.argv[1]), annotate=False, cache=Path(sys.argv[1], "kept"))
assert not corpus.issues["kind"].isin(["store", "unreadable"]).any(), corpus.issues
print(corpus.tokens["type"].tolist())
"""


def test_a_store_is_read_where_names_of_files_are_in_another_encoding(tmp_path):
    folder = tmp_path / "été" / "œuvre"
    folder.mkdir(parents=True)
    for n in range(3):  # from the second time on, texts that are kept are read with a new one
        (folder / f"{n}.txt").write_text(f"Il a plu {n}.", "utf-8")
        done = subprocess.run(
            [sys.executable, "-c", OPENED, folder], cwd=HOME, env=os.environ | ASCII,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.stderr == ""
        assert done.stdout.count("plu") == n + 1
