"""A folder that was opened before opens as it was, and anew as soon as anything differs that its
tables depend on.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers import open_corpus
from helpers.read import FICTION, SEEDS
from helpers.read.reopening import Copy
from helpers.read.store import Store
from tests.dying import fill
from tests.read.test_store import (
    DAMAGES,
    FIXTURES,
    replace_by_a_folder,
    same,
    take_that_of_another_batch,
)

WHOLE = FIXTURES / "three"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three texts that can be changed."""
    return Path(shutil.copytree(WHOLE, tmp_path / "textes"))


def reopened(folder: Path, cache: Path):
    return open_corpus(folder, annotate=False, cache=cache)


def copy_of(folder: Path, cache: Path) -> Path:
    return Copy(Store(cache, annotate=False), folder).path


@pytest.fixture
def no_reading(monkeypatch):
    """Nothing reads a folder any more."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the folder is read again")

    monkeypatch.setattr("helpers.read.corpus.read_folder", refuse)


@pytest.mark.parametrize("name", ["thirty", "three", "seeds", "fiction"])
def test_a_folder_opens_as_it_was(tmp_path, name, request):
    place = {"seeds": SEEDS, "fiction": FICTION}.get(name, FIXTURES / name)
    first = reopened(place, tmp_path)
    request.getfixturevalue("no_reading")
    again = reopened(place, tmp_path)
    for name, table in vars(first).items():
        other = getattr(again, name)
        pd.testing.assert_frame_equal(table, other)
        assert table.attrs == other.attrs, name


def test_what_an_outlet_or_a_number_is_stays_in_the_copy(tmp_path, folder, request):
    lines = ["doc,outlet,pages,share,code", "a,Le Cap,2,0.5,007", "b,,,,", "c,Le Fanal,3,,12"]
    names = dict(zip("abc", sorted(path.stem for path in folder.glob("*.txt")), strict=True))
    rows = [names.get(line[0], line[0]) + line[1:] for line in lines[1:]]
    (folder / "metadata.csv").write_text("\n".join([lines[0], *rows]), "utf-8")
    first = reopened(folder, tmp_path / "c")
    assert first.documents.dtypes[["pages", "share", "code"]].astype(str).tolist() == [
        "Int64", "float64", "str",
    ]  # fmt: skip
    request.getfixturevalue("no_reading")
    pd.testing.assert_frame_equal(first.documents, reopened(folder, tmp_path / "c").documents)


def test_the_tables_of_a_copy_can_be_written_to(tmp_path, folder):
    reopened(folder, tmp_path / "c")
    again = reopened(folder, tmp_path / "c")
    for table in vars(again).values():
        for column in table:
            table.loc[table.index[:1], column] = table[column].iloc[-1:].to_numpy()


def correct(folder: Path) -> None:
    """Another letter in the same second, so that neither size nor time tells it."""
    path = min(folder.glob("*.txt"))
    before, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace(b" la ", b" sa ", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def rename(folder: Path) -> None:
    min(folder.glob("*.txt")).rename(folder / "zzz.txt")


def remove(folder: Path) -> None:
    min(folder.glob("*.txt")).unlink()


def add(folder: Path) -> None:
    (folder / "neuf.txt").write_text(" date 2024-11 Le port est fermé depuis hier.", "utf-8")


def add_what_is_no_text(folder: Path) -> None:
    (folder / "neuf.pdf").write_bytes(b"%PDF")


def add_what_cannot_be_read(folder: Path) -> None:
    (folder / "neuf.txt").symlink_to("nulle-part.txt")


def tell_more(folder: Path) -> None:
    stem = min(folder.glob("*.txt")).stem
    (folder / "metadata.csv").write_text(f"doc,outlet\n{stem},Le Cap\n", "utf-8")


CHANGES = (
    correct, rename, remove, add, add_what_is_no_text, add_what_cannot_be_read, tell_more,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_is_seen(tmp_path, folder, change):
    before = reopened(folder, tmp_path / "c")
    change(folder)
    anew = reopened(folder, tmp_path / "other")
    again = reopened(folder, tmp_path / "c")
    same(anew, again)
    assert any(
        not a.equals(b) for a, b in zip(vars(before).values(), vars(again).values(), strict=True)
    )
    assert [*(tmp_path / "c" / "opened").iterdir()] == [copy_of(folder, tmp_path / "c")]


def test_another_word_list_is_seen(tmp_path, folder, word_lists):
    before = reopened(folder, tmp_path / "c")
    (tmp_path / "mots").mkdir()
    (tmp_path / "mots" / "function_words.csv").write_text(
        "form,class\nnavire,preposition\n", "utf-8"
    )
    (tmp_path / "mots" / "themes.csv").write_text("theme;entry\n;\n", "utf-8")
    word_lists(tmp_path / "mots")
    again = reopened(folder, tmp_path / "c")
    assert "lexicon" in set(again.issues["kind"]) - set(before.issues["kind"])


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("helpers.read.reopening.LIBRARIES", ("numpy",)),
        ("helpers.read.store._code", lambda: "other"),
        ("sys.version", "4.0"),
    ],
)
def test_other_code_makes_another_key(tmp_path, folder, monkeypatch, what, value):
    store = Store(tmp_path, annotate=False)
    before = Copy(store, folder)
    monkeypatch.setattr(what, value)
    after = Copy(Store(tmp_path, annotate=False), folder)
    assert (before.path, before.key == after.key) == (after.path, False)


def test_each_depth_has_its_copy(tmp_path, folder):
    copies = {Copy(Store(tmp_path, annotate=depth), folder).path for depth in (True, False)}
    assert len(copies) == 2


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_is_told_and_made_again(tmp_path, folder, damage):
    cache = tmp_path / "c"
    clean = reopened(folder, cache)
    path = copy_of(folder, cache)
    reopened(Path(shutil.copytree(folder, tmp_path / "autres")), cache)
    damage(path)
    again = reopened(folder, cache)
    same(clean, again, "issues")
    told = again.issues[again.issues["kind"] == "unreadable"]["message"].tolist()
    expected = [f"opened/{path.name} in the store was damaged; its texts were opened again"]
    silent = damage in (take_that_of_another_batch, replace_by_a_folder)  # it is whole, or no file
    assert told == ([] if silent else expected)
    same(clean, reopened(folder, cache))


def test_no_bit_of_a_copy_can_be_lost(tmp_path, folder):
    clean = reopened(folder, tmp_path / "c")
    copy = Copy(Store(tmp_path / "c", annotate=False), folder)
    content = copy.path.read_bytes()
    for at in range(0, len(content), max(len(content) // 200, 1)):
        copy.path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        tables, damaged = copy.read()
        assert (tables, len(damaged)) == ([], 1)
    copy.path.write_bytes(content)
    assert all(a.equals(b) for a, b in zip(copy.read()[0], vars(clean).values(), strict=True))


def test_where_there_is_no_room_nothing_is_left_behind(tmp_path, folder, monkeypatch):
    fill(monkeypatch, "opened")
    clean = reopened(folder, tmp_path / "c")
    assert [*(tmp_path / "c" / "opened").iterdir()] == []
    same(clean, reopened(folder, tmp_path / "c"))


def test_a_file_in_the_place_of_the_copies_stands_in_nobodys_way(tmp_path, folder):
    cache = tmp_path / "c"
    cache.mkdir()
    (cache / "opened").write_text("", "utf-8")
    same(reopened(folder, tmp_path / "other"), reopened(folder, cache))
    assert (cache / "opened").read_text("utf-8") == ""


def test_what_a_killed_process_left_is_swept(tmp_path, folder):
    path = copy_of(folder, tmp_path / "c")
    path.parent.mkdir(parents=True)
    path.with_name(f".{path.name}.0a").write_bytes(b"half")
    reopened(folder, tmp_path / "c")
    assert [*path.parent.iterdir()] == [path]


def test_what_changes_while_it_is_read_is_not_kept(tmp_path, folder, monkeypatch):
    from helpers.read.seeds import read_folder

    def late(*arguments, **options):
        found = read_folder(*arguments, **options)
        correct(folder)
        return found

    monkeypatch.setattr("helpers.read.corpus.read_folder", late)
    before = reopened(folder, tmp_path / "c")
    assert not copy_of(folder, tmp_path / "c").exists()
    monkeypatch.undo()
    assert not before.tokens.equals(reopened(folder, tmp_path / "c").tokens)


def test_a_link_to_nowhere_in_the_place_of_a_table_is_told(tmp_path, folder):
    assert "metadata.csv" not in [*reopened(folder, tmp_path / "c").issues["file"]]
    (folder / "metadata.csv").symlink_to("nowhere")
    assert "metadata.csv" in [*reopened(folder, tmp_path / "c").issues["file"]]
    (folder / "metadata.csv").unlink()
    assert "metadata.csv" not in [*reopened(folder, tmp_path / "c").issues["file"]]
