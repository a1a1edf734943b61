"""Where a corpus is exported to: nothing that is there is overwritten or removed, no link is followed, and
of what is killed nothing is left under the names of an export that is not whole.
"""

from __future__ import annotations

import os
from itertools import count, product
from pathlib import Path

import pytest

from helpers import Corpus, open_corpus
from helpers.exchange import export_corpus, exports
from tests.dying import dies
from tests.places import KINDS, MINE, content, put

NAMES = ("corpus.xlsx", "corpus.jsonl", "iramuteq.txt", "txm", "xtz", "corpus.conllu")
INSIDE = ("txm/metadata.csv", "txm/a.txt", "xtz/a.xml")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Corpus:
    folder = tmp_path_factory.mktemp("textes")
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"Le ministre {name} est à Rabat.", "utf-8")
    return open_corpus(folder, annotate=False, cache=folder.parent / "cache")


@pytest.mark.parametrize(("name", "kind"), [*product(NAMES + INSIDE, KINDS)])
def test_what_is_there_under_a_name_of_ours_stays_and_nothing_is_written(
    name, kind, corpus, mine, tmp_path
):
    out = tmp_path / "thèse"
    put(kind, out / name, mine)
    before = content(tmp_path)
    with pytest.raises(ValueError, match=r"thèse/\S+ is there already.*; name another folder$"):
        export_corpus(corpus, out)
    assert content(tmp_path) == before
    assert [path.name for path in out.iterdir()] == [Path(name).parts[0]]


@pytest.mark.parametrize("kind", KINDS)
def test_what_else_is_there_stays_beside_an_export(kind, corpus, mine, tmp_path):
    put(kind, tmp_path / "thèse" / "chapitre.tex", mine)
    before = content(tmp_path)
    paths = export_corpus(corpus, tmp_path / "thèse")
    assert before.items() <= content(tmp_path).items()
    assert all(path.is_file() for path in paths)
    assert {path.name for path in (tmp_path / "thèse").iterdir()} == {*NAMES, "chapitre.tex"}


def test_to_share_a_corpus_only_the_table_must_be_new(corpus, tmp_path):
    (tmp_path / "txm").mkdir()
    assert export_corpus(corpus, tmp_path, text=False) == [tmp_path / "corpus.xlsx"]
    with pytest.raises(ValueError, match=r"corpus\.xlsx is there already"):
        export_corpus(corpus, tmp_path, text=False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_single_format_replaces_nothing_either(name, kind, corpus, mine, tmp_path):
    out = tmp_path / "thèse" / name
    export = {
        "corpus.xlsx": exports.export_xlsx,
        "corpus.jsonl": exports.export_jsonl,
        "iramuteq.txt": exports.export_iramuteq,
        "txm": exports.export_txm,
        "xtz": exports.export_xtz,
        "corpus.conllu": exports.export_conllu,
    }[name]
    # A folder is named by who exports, and what else is in it stays.
    taken = {"txm": out / "b.txt", "xtz": out / "b.xml"}.get(name, out)
    put(kind, taken, mine)
    before = content(tmp_path)
    with pytest.raises(FileExistsError, match="is there already, and stays as it is"):
        export(corpus, out)
    assert before.items() <= content(tmp_path).items()
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("kind", ["file", "below a file", "link to nothing", "read-only"])
def test_a_folder_that_cannot_be_is_one_sentence(kind, corpus, tmp_path, monkeypatch):
    (tmp_path / "fichier").write_text(MINE)
    (tmp_path / "lien").symlink_to(tmp_path / "absent" / "x")
    places = {"file": "fichier", "below a file": "fichier/x", "link to nothing": "lien"}
    if kind == "read-only":
        monkeypatch.setattr(Path, "mkdir", refused)
    out = tmp_path / places.get(kind, "x")
    with pytest.raises(ValueError, match=r"cannot be written .*; name another folder$") as told:
        export_corpus(corpus, out)
    assert str(out) in str(told.value)
    assert (tmp_path / "fichier").read_text() == MINE


def refused(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_the_home_is_written_out_and_what_is_returned_is_there(corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    paths = export_corpus(corpus, "~/export")
    assert {*paths} == {path for path in (tmp_path / "export").rglob("*") if path.is_file()}


@pytest.mark.parametrize("links", [True, False])
def test_killed_at_any_step_an_export_leaves_nothing_half(links, corpus, tmp_path, monkeypatch):
    """Also on a disk without hard links."""
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refused)
    export_corpus(corpus, tmp_path / "propre")
    clean = content(tmp_path / "propre")
    for step in count():
        out = tmp_path / f"export-{step}"
        out.mkdir()
        (out / "note.txt").write_text(MINE)
        killed = dies(lambda: export_corpus(corpus, out), out, step)  # noqa: B023
        there = {name: said for name, said in content(out).items() if name[0] != "."}
        assert there.pop("note.txt") == MINE.encode()
        for name in {Path(name).parts[0] for name in there}:
            whole = {path for path in clean if Path(path).parts[0] == name}
            assert {path for path in there if Path(path).parts[0] == name} == whole
        assert there.items() <= clean.items()
        if not killed:
            break
    assert step >= 3 * len(clean)
    assert not [path for path in out.iterdir() if path.name[0] == "."]
    assert os.path.lexists(out / "corpus.conllu")
