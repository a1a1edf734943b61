"""Where a report may stand: beside the texts, never among them or around them, and never in a folder
in which anybody else has anything. Whatever is refused is refused before anything is touched.
"""

from __future__ import annotations

import os
import shutil
from itertools import product
from pathlib import Path

import pytest

from helpers.__main__ import main
from helpers.read import load_seeds
from helpers.read.corpus import HOME
from helpers.share.report import prepare
from tests.places import KINDS, MINE, content, make, put

pytestmark = pytest.mark.usefixtures("own_environment")
# Names that a run writes, too, names that JupyterLab and others write, and names that nobody writes.
NAMES = (
    "site", "tables/documents.csv", "exports/txm", "figures/a.png", "notebooks/index.md", "methods.txt",
    "references.bib", "report.xlsx", ".report.json", "Untitled.ipynb", ".ipynb_checkpoints/a.ipynb",
    "tables/.ipynb_checkpoints/tokens-checkpoint.csv", "notebooks/notes.md", "thèse/chapitre 1/é.tex", "-rf",
)  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), [*product(NAMES, KINDS)])
def test_where_anybody_else_has_anything_no_report_is_made(name, kind, texts, mine, tmp_path):
    out = tmp_path / "là" / "rapport"
    put(kind, out / name, mine)
    before = content(tmp_path)
    with pytest.raises(SystemExit, match=r"holds files, and no \.report\.json says"):
        make(texts, out, "1")
    assert content(tmp_path) == before
    assert [path.name for path in out.parent.iterdir()] == ["rapport"]


@pytest.mark.parametrize(("name", "kind"), [*product(NAMES, KINDS)])
def test_what_anybody_puts_into_a_report_stays_for_ever(name, kind, texts, mine, tmp_path):
    """Under a name that is ours, too, where they took away what we had written."""
    out = tmp_path / "là" / "rapport"
    make(texts, out, "1")
    old = out / name
    if name == ".report.json":  # by which a report is known
        old = out / "site" / name
    if os.path.lexists(old):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    put(kind, old, mine)
    before, elsewhere = content(out), content(mine)
    for page in "2345":
        make(texts, out, page)
        assert content(out)["index"].startswith(page.encode())
        assert before in [content(path) for path in out.parent.glob("rapport*")]
        assert content(mine) == elsewhere
    assert len([*out.parent.iterdir()]) == 3


def test_an_earlier_report_that_may_not_be_read_stays(texts, tmp_path, monkeypatch):
    out = tmp_path / "là" / "rapport"
    make(texts, out, "1")
    make(texts, out, "2")
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if "rapport.before/" in path.as_posix():
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    make(texts, out, "3")
    monkeypatch.undo()
    pages = {path.name: content(path)["index"] for path in out.parent.iterdir()}
    assert pages == {
        "rapport": b"3 index",
        "rapport.before": b"1 index",
        "rapport.before-2": b"2 index",
    }


# Where OUT and SEEDS stand to each other: each folder as it is written, and what leads to it by another
# way.
FOLDERS = ("d", "d/textes", "d/textes/1", "d/textes/1/b", "d/rapport", "e")
WAYS = {"": "{}", "slash": "{}/", "dots": "{}/../{}", "link": "lien-{}", "home": "~/{}"}


def written(folder: str, way: str, place: Path) -> str:
    if way == "dots":
        return str(place / folder / ".." / Path(folder).name)
    if way == "link":
        link = place / "lien"
        link.unlink(missing_ok=True)
        link.symlink_to(place / folder)
        return str(link)
    return f"~/{folder}" if way == "home" else str(place / folder) + "/" * (way == "slash")


@pytest.mark.parametrize(("seeds", "out", "way"), [*product(FOLDERS[1:4], FOLDERS, WAYS)])
def test_a_report_stands_neither_in_nor_around_its_texts(seeds, out, way, tmp_path, monkeypatch):
    home = tmp_path / "moi"
    monkeypatch.setenv("HOME", str(home))
    (home / "d" / "textes" / "1" / "b").mkdir(parents=True)
    for folder in ("d/textes", "d/textes/1"):
        (home / folder / "a.txt").write_text(MINE)
    before, given = content(home), Path(written(seeds, "", home))
    place = written(out, way, home)
    inside, around = out.startswith(seeds), seeds.startswith(out)
    if inside or around:
        said = "holds the texts" if around else "lies among the texts"
        with pytest.raises(SystemExit, match=f"{said}; name another folder with OUT"):
            prepare(str(given), place)
    else:
        make(given, Path(place), "1")
        assert content(home / out)["index"] == b"1 index"
        shutil.rmtree(home / out)
    (home / "lien").unlink(missing_ok=True)
    assert content(home) == before


@pytest.mark.parametrize(
    "out", ["/", "/usr", "/tmp", "~", "~/..", str(HOME), str(HOME / "helpers"), "reports"]
)
def test_a_report_is_not_made_where_more_than_a_report_is(out, texts, tmp_path, monkeypatch):
    (tmp_path / "chez" / "moi").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "chez" / "moi"))
    monkeypatch.chdir(HOME)
    with pytest.raises(SystemExit, match="name another folder with OUT"):
        prepare(str(texts), out)


def test_a_report_among_the_texts_is_no_text(texts, tmp_path):
    """Whatever it is called, and wherever it is; that is told."""
    make(texts, tmp_path / "rapport", "1")
    shutil.copytree(tmp_path / "rapport", texts / "été" / "rapport.before")
    shutil.copytree(tmp_path / "rapport", texts / "r")
    (texts / "été" / "b.txt").write_text("Le phare est fermé.", "utf-8")
    documents, issues = load_seeds(texts)
    assert documents["doc"].tolist() == ["a", "b"]
    told = issues[issues["kind"] == "ignored"]["message"].tolist()
    assert told == [
        "r/, été/rapport.before/: a report, passed over; its texts are in its folder exports/txm"
    ]
    documents, issues = load_seeds(tmp_path / "rapport")
    assert documents.empty
    assert issues["message"].str.startswith("rapport: a report, passed over").any()


# What is typed wrongly is one sentence, on the command line


@pytest.fixture
def paths(tmp_path) -> dict[str, str]:
    """What is no folder."""
    (tmp_path / "fichier").write_text(MINE)
    (tmp_path / "nulle part").symlink_to(tmp_path / "absent")
    (tmp_path / "boucle").symlink_to(tmp_path / "boucle")
    os.mkfifo(tmp_path / "tuyau")
    return {
        "nobody": "~personne.là/x",
        "long": str(tmp_path / ("x" * 300)),
        "file": str(tmp_path / "fichier"),
        "below": str(tmp_path / "fichier" / "x"),
        "dangling": str(tmp_path / "nulle part"),
        "loop": str(tmp_path / "boucle"),
        "pipe": str(tmp_path / "tuyau"),
        "device": "/dev/null",
    }


WRONG = ("nobody", "long", "file", "below", "dangling", "loop", "pipe", "device")
ASKED = {
    "SEEDS": ["render", "--seeds", "{}", "--out", "OUT"],
    "OUT": ["render", "--seeds", "TEXTS", "--out", "{}"],
    "lab": ["lab", "--seeds", "{}", "--out", "OUT"],
    "lab, OUT": ["lab", "--seeds", "TEXTS", "--out", "{}"],
    "CACHE": ["render", "--seeds", "TEXTS", "--out", "OUT"],
    "import": ["import", "{}", "--to", "OUT"],
    "import, --to": ["import", "EXPORT", "--to", "{}"],
}
# Where nothing is, a report is made.
GOOD = {("OUT", "dangling"), ("lab, OUT", "dangling")}


@pytest.mark.parametrize(
    ("what", "wrong"), [pair for pair in product(ASKED, WRONG) if pair not in GOOD]
)
def test_what_is_no_folder_is_one_sentence(
    what, wrong, paths, texts, tmp_path, monkeypatch, capsys
):
    export = tmp_path / "export.txt"
    export.write_text("**** *id_1 *annee_2024\nIl est là.", "utf-8")
    monkeypatch.setenv("CACHE", str(tmp_path / "gardé"))
    monkeypatch.setattr("helpers.share.render._run_all", nothing_is_run)
    monkeypatch.setattr("subprocess.call", nothing_is_run)
    if what == "CACHE":
        monkeypatch.setenv(what, paths[wrong])
    put_in = {
        "{}": paths[wrong],
        "OUT": str(tmp_path / "rapport"),
        "TEXTS": str(texts),
        "EXPORT": str(export),
    }
    before = content(tmp_path)
    with pytest.raises(SystemExit) as left:
        main([put_in.get(word, word) for word in ASKED[what]])
    said = str(left.value)
    assert "\n" not in said
    assert len(said) > 30
    named = paths[wrong].rpartition("/")[2][:9]
    assert any(name in said for name in (named, "fichier", "absent"))
    assert content(tmp_path) == before
    assert not list(tmp_path.glob(".*"))


def nothing_is_run(*_: object, **__: object) -> None:
    pytest.fail("it should have been told before")
