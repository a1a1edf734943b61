"""The store: what is damaged is found and made again, two processes do not disturb each other, what
is on disk is a dataset for other tools.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pyarrow.parquet import read_schema

from helpers import open_corpus
from helpers.read import store_corpus
from helpers.read.corpus import HOME, SEEDS
from helpers.read.store import Store, bodies_of
from helpers.read.tables import PARSED
from tests.dying import fill
from tests.fiction.simulate import communiques

FIXTURES = Path(__file__).parent.parent / "fixtures"
THIRTY = FIXTURES / "thirty"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr("helpers.read.words.BATCH", {True: 4, False: 4})


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return open_corpus(THIRTY, annotate=False, cache=tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three texts as they should be, and a store that holds them, a batch each."""
    cache = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpers.read.words.BATCH", {True: 1, False: 1})
        return open_corpus(FIXTURES / "three", annotate=False, cache=cache), cache


def same(one, other, *without: str) -> None:
    for field in dataclasses.fields(one):
        if field.name not in without:
            assert getattr(one, field.name).equals(getattr(other, field.name)), field.name


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def take_that_of_another_batch(path: Path) -> None:
    other = next(other for other in sorted(path.parent.iterdir()) if other != path)
    path.write_bytes(other.read_bytes())


def replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def forget(cache: Path) -> None:
    """Take away what was kept of folders as a whole, so that the tables of texts are needed."""
    shutil.rmtree(cache / "opened")


DAMAGES = (truncate, flip_a_bit, empty, take_that_of_another_batch, replace_by_a_folder)


@pytest.mark.parametrize(
    ("table", "damage"),
    [
        *((table, damage) for table in ("texts", "tokens") for damage in DAMAGES),
        *((table, flip_a_bit) for table in ("paragraphs", "sentences", "entities")),
    ],
)
def test_a_damaged_file_is_reported_and_made_again(tmp_path, three, table, damage):
    clean, cache = three
    shutil.copytree(cache, tmp_path, dirs_exist_ok=True)
    store = Store(tmp_path, annotate=False)
    path = sorted((store.folder / table).iterdir())[1]
    damage(path)
    forget(tmp_path)
    again = open_corpus(FIXTURES / "three", annotate=False, cache=tmp_path)
    same(clean, again, "issues")
    issue = again.issues[again.issues["kind"] == "unreadable"]
    assert issue["file"].tolist() == [path.name]
    assert issue["message"].str.contains(f"{table}/{path.name}", regex=False).all()
    assert store.drop_damaged(bodies_of(clean.documents)["sha256"]) == []
    same(clean, open_corpus(FIXTURES / "three", annotate=False, cache=tmp_path))


def test_a_missing_file_is_made_again_and_nothing_else(tmp_path, clean, monkeypatch):
    open_corpus(THIRTY, annotate=False, cache=tmp_path)
    store = Store(tmp_path, annotate=False)
    sorted((store.folder / "sentences").iterdir())[0].unlink()
    forget(tmp_path)
    written = []
    write = Store.write
    monkeypatch.setattr(
        Store, "write", lambda self, docs, tables: (written.append(docs), write(self, docs, tables))
    )
    same(clean, open_corpus(THIRTY, annotate=False, cache=tmp_path), "issues")
    assert [len(docs) for docs in written] == [4]


def test_what_another_process_takes_away_while_we_read_is_parsed_again(
    tmp_path, clean, monkeypatch
):
    open_corpus(THIRTY, annotate=False, cache=tmp_path)
    forget(tmp_path)
    read, times = Store.read, []

    def disturbed(self, documents):
        times.append(1)
        if len(times) == 1:
            sorted((self.folder / "tokens").iterdir())[0].unlink()
        return read(self, documents)

    monkeypatch.setattr(Store, "read", disturbed)
    same(clean, open_corpus(THIRTY, annotate=False, cache=tmp_path), "issues")


def test_what_was_just_parsed_is_not_read_back(tmp_path, clean, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a table is read back")

    monkeypatch.setattr("helpers.read.store.pd.read_parquet", refuse)
    same(clean, open_corpus(THIRTY, annotate=False, cache=tmp_path))
    forget(tmp_path)
    monkeypatch.undo()
    same(clean, open_corpus(THIRTY, annotate=False, cache=tmp_path))


def test_some_texts_just_parsed_and_some_kept_are_one_corpus(tmp_path, clean):
    some = Path(shutil.copytree(THIRTY, tmp_path / "some"))
    for path in sorted(some.glob("*.txt"))[::3]:
        path.unlink()
    open_corpus(some, annotate=False, cache=tmp_path / "c")
    same(clean, open_corpus(THIRTY, annotate=False, cache=tmp_path / "c"))


def test_a_file_that_cannot_be_finished_is_removed(tmp_path, clean, monkeypatch):
    fill(monkeypatch, "sentences")
    said = open_corpus(THIRTY, annotate=False, cache=tmp_path).issues["message"].iloc[-1]
    assert "cannot be written (No space left on device)" in said
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]
    monkeypatch.undo()
    same(clean, open_corpus(THIRTY, annotate=False, cache=tmp_path))


CHILD = """
import sys
import helpers.read.words
from helpers import open_corpus
helpers.read.words.BATCH = {True: 3, False: 3}
corpus = open_corpus(sys.argv[1], annotate=False, cache=sys.argv[2])
print(corpus.digest, len(corpus.tokens), set(corpus.issues["kind"]) & {"unreadable"})
"""


@pytest.mark.slow
def test_two_processes_at_once_disturb_nobody(tmp_path):
    texts = [(file, text[: text.find(" ", 500)])
             for file, text in communiques(40, seed=3).texts.items()]  # fmt: skip
    for name, chosen in (("all", texts), ("most", texts[5:])):
        (tmp_path / name).mkdir()
        for file, content in chosen:
            (tmp_path / name / file).write_text(content, "utf-8")
    clean = {name: open_corpus(tmp_path / name, annotate=False, cache=tmp_path / "clean")
             for name in ("all", "most")}  # fmt: skip
    folders = ["all", "most", "all"]
    command = [sys.executable, "-c", CHILD]
    children = [
        subprocess.Popen(
            [*command, tmp_path / name, tmp_path / "shared"], stdout=subprocess.PIPE, text=True
        )
        for name in folders
    ]
    said = [child.communicate(timeout=300)[0].strip() for child in children]
    assert said == [f"{clean[name].digest} {len(clean[name].tokens)} set()" for name in folders]
    for name in ("all", "most"):
        same(clean[name], open_corpus(tmp_path / name, annotate=False, cache=tmp_path / "shared"))


def test_files_with_few_words_and_with_many_have_one_schema(tmp_path):
    folder = tmp_path / "textes"
    folder.mkdir()
    distinct = (f"mot{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}" for a in range(20) for b in range(26)
                for c in range(26))  # fmt: skip
    for name, text in (("a", "Le ministre."), ("b", " ".join(distinct)), ("c", "!")):
        (folder / f"{name}.txt").write_text(f" date 2024-11 {text}", "utf-8")
        tables, _ = store_corpus(folder, annotate=False, cache=tmp_path / "c")
    annotated, _ = store_corpus(FIXTURES / "three", cache=tmp_path / "c")
    for name in PARSED:
        files = [*(tables / name).glob("*.parquet"), *(annotated / name).glob("*.parquet")]
        assert len(files) == 4
        assert len({str(read_schema(path).remove_metadata()) for path in files}) == 1
    assert pd.read_parquet(tables / "tokens")["form"].nunique() == 20 * 26 * 26 + 4


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # Dask's own use of pandas
def test_pandas_dask_and_duckdb_read_the_dataset_as_it_is(tmp_path, clean):
    import dask.dataframe
    import duckdb

    store_corpus(SEEDS, annotate=False, cache=tmp_path)  # texts of another folder
    tables, documents = store_corpus(THIRTY, annotate=False, cache=tmp_path)
    about = pd.read_parquet(documents)
    months = clean.with_metadata(clean.tokens[clean.tokens["kind"] == "word"])["month"]
    expected = months.dropna().value_counts().to_dict()
    for name, columns in PARSED.items():
        keys = ["sha256", "batch", "par", "start"]
        here = pd.read_parquet(tables / name).merge(about[["doc", *keys[:2]]], on=keys[:2])
        there = getattr(clean, name)
        assert len(here) == len(there)
        assert set(here.columns) == {*columns, *keys[:2]}
        shared = dask.dataframe.read_parquet(tables / name).compute()
        assert len(shared) == len(pd.read_parquet(tables / name))
        count = duckdb.sql(f"select count(*) from '{tables}/{name}/*.parquet'").fetchall()
        assert count == [(len(shared),)]
    tokens = pd.read_parquet(tables / "tokens").merge(about, on=["sha256", "batch"])
    words = tokens[tokens["kind"] == "word"]
    assert words.groupby("month").size().to_dict() == expected
    tokens = dask.dataframe.read_parquet(tables / "tokens", columns=["sha256", "batch", "kind"])
    words = tokens[tokens["kind"].astype("str") == "word"].astype(
        {"sha256": "string", "batch": "string"}
    )
    joined = words.merge(about[["sha256", "batch", "month"]], on=["sha256", "batch"])
    assert joined.groupby("month").size().compute().to_dict() == expected


def test_the_readmes_snippet_counts_words_per_month(tmp_path, clean, monkeypatch):
    blocks = re.findall(r"```python\n(.*?)```", (HOME / "README.md").read_text("utf-8"), re.S)
    (snippet,) = [block for block in blocks if "duckdb" in block]
    monkeypatch.setenv("CACHE", str(tmp_path))
    assert "annotate=False" in snippet
    snippet = snippet.replace("~/my-texts", str(THIRTY))
    found: dict = {}
    exec(snippet, found)
    months = clean.with_metadata(clean.tokens[clean.tokens["kind"] == "word"])["month"]
    assert dict(found["words"].fetchall()) == months.dropna().value_counts().to_dict()


def test_the_stores_documents_are_those_of_the_corpus(tmp_path, clean):
    tables, documents = store_corpus(THIRTY, annotate=False, cache=tmp_path / "c")
    about = pd.read_parquet(documents)
    assert about["sha256"].tolist() == bodies_of(clean.documents)["sha256"].tolist()
    about = about.drop(columns="sha256").rename(columns={"file_sha256": "sha256"})
    shared = [name for name in clean.documents if name in about]
    assert set(clean.documents) - set(shared) == {"text", "n_paragraphs", "n_sentences", "n_words"}
    pd.testing.assert_frame_equal(about[shared], clean.documents[shared])
    assert store_corpus(THIRTY, annotate=False, cache=tmp_path / "c") == (tables, documents)


def test_a_folder_larger_than_memory_is_stored_part_by_part(tmp_path, clean, monkeypatch):
    import helpers.read.corpus

    whole = pd.read_parquet(store_corpus(THIRTY, annotate=False, cache=tmp_path / "w").documents)
    read, sizes = helpers.read.corpus.read_folder, []

    def counted(*arguments, **options):
        found = read(*arguments, **options)
        sizes.append(len(found[0].documents))
        return found

    monkeypatch.setattr("helpers.read.corpus.AT_A_TIME", 8)
    monkeypatch.setattr("helpers.read.corpus.read_folder", counted)
    tables, documents = store_corpus(THIRTY, annotate=False, cache=tmp_path / "p")
    assert sizes == [8, 8, 8, 6]
    looked_for_in_a_part = ["duplicate_of", "similarity", "batch"]
    about = pd.read_parquet(documents)
    pd.testing.assert_frame_equal(
        about.drop(columns=looked_for_in_a_part), whole.drop(columns=looked_for_in_a_part)
    )
    tokens = pd.read_parquet(tables / "tokens").merge(about[["doc", "sha256", "batch"]])
    assert len(tokens) == len(clean.tokens)
    empty = tmp_path / "vide"
    empty.mkdir()
    tables, documents = store_corpus(empty, annotate=False, cache=tmp_path / "p")
    assert pd.read_parquet(documents).empty
    with pytest.raises(FileNotFoundError, match="nulle-part"):
        store_corpus(tmp_path / "nulle-part", cache=tmp_path / "p")


def test_a_column_of_numbers_that_front_matter_has_too_is_text_in_every_part(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("---\ndate: 2024\nscore: 0.50\n---\n\nIl vient.", "utf-8")
    (tmp_path / "b.txt").write_text(" date 2024 Elle part de la ville.", "utf-8")
    (tmp_path / "c.txt").write_text(" date 2024 Il reste dans la ville.", "utf-8")
    (tmp_path / "metadata.csv").write_text("doc,score\na,0.50\nb,0.75\n", "utf-8")
    monkeypatch.setattr("helpers.read.corpus.AT_A_TIME", 1)
    _, documents = store_corpus(tmp_path, annotate=False, cache=tmp_path / "cache")
    assert pd.read_parquet(documents)["score"].fillna("").tolist() == ["0.50", "0.75", ""]
