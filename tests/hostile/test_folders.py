"""Folders that nobody keeps on purpose: loops, pipes, files that go or grow, strange names, very
many files, very large ones.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from limits import processor_time
from mutants import STRESS

from helpers import open_corpus
from helpers.read import load_seeds, parse, round_trip
from helpers.read.files import text_files

TEXT = " date 2024-11 Le ministre a reçu hier à Rabat la présidente de la région."


def write(path: Path, text: str = TEXT) -> None:
    path.write_text(text, "utf-8")


def kinds(issues) -> dict[str, str]:
    return dict(zip(issues["file"], issues["kind"], strict=True))


def test_loops_of_links_end(tmp_path):
    write(tmp_path / "a.txt")
    (tmp_path / "boucle").symlink_to(tmp_path)
    (tmp_path / "dedans.txt").symlink_to(tmp_path, target_is_directory=True)
    for here, there in (("un", "deux"), ("deux", "un")):
        (tmp_path / f"{here}.txt").symlink_to(tmp_path / f"{there}.txt")
    (tmp_path / "perdu.txt").symlink_to(tmp_path / "nulle part")
    documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a"]
    expected = dict.fromkeys(("dedans.txt", "un.txt", "deux.txt", "perdu.txt"), "unreadable")
    assert kinds(issues) == expected | {"boucle": "ignored"}


def test_a_link_to_a_text_is_the_text(tmp_path):
    (tmp_path / "textes").mkdir()
    write(tmp_path / "loin.txt")
    (tmp_path / "textes" / "ici.txt").symlink_to(tmp_path / "loin.txt")
    documents, issues = load_seeds(tmp_path / "textes")
    assert documents["doc"].tolist() == ["ici"]
    assert issues.empty


def test_pipes_sockets_and_devices_are_not_waited_for(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "rien.txt").symlink_to(os.devnull)
    (tmp_path / "sans fin.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("prise.txt")
        with processor_time(10, "a folder with a pipe"):
            documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a"]
    assert set(issues["kind"]) == {"unreadable"}
    assert len(issues) == 4


def test_a_file_that_may_not_be_read_is_an_issue(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    write(tmp_path / "secret.txt")
    really = Path.read_bytes

    def refuse(path):
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", path)
        return really(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a"]
    assert kinds(issues) == {"secret.txt": "unreadable"}
    assert "rights" in issues["message"].item()


def test_a_file_that_vanishes_after_it_was_listed_is_an_issue(tmp_path, monkeypatch):
    for name in "abc":
        write(tmp_path / f"{name}.txt", f"{TEXT} {name}")

    def listed(folder, issues):
        names = list(text_files(folder, issues))
        (tmp_path / "b.txt").unlink()
        return iter(names)

    monkeypatch.setattr("helpers.read.seeds.text_files", listed)
    documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a", "c"]
    assert kinds(issues) == {"b.txt": "unreadable"} | {
        name: kind for name, kind in kinds(issues).items() if name != "b.txt"
    }


def test_files_that_come_and_go_while_a_folder_is_read(tmp_path):
    for number in range(300):
        write(tmp_path / f"{number:03}.txt", f"{TEXT} {number}")
    stop = threading.Event()

    def disturb():
        for number in range(300):
            if stop.is_set():
                return
            (tmp_path / f"{number:03}.txt").unlink()
            write(tmp_path / f"neuf{number}.txt")

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    read = [load_seeds(tmp_path) for _ in range(3)]
    stop.set()
    disturbing.join()
    for documents, issues in read:
        assert documents["doc"].is_unique
        assert set(issues["kind"]) <= {"unreadable", "duplicate", "near_duplicate", "empty"}
        assert len(documents) + (issues["kind"] == "unreadable").sum() > 0


def test_a_file_that_grows_while_it_is_read_stays_within_the_limit(tmp_path, monkeypatch):
    write(tmp_path / "a.txt", TEXT * 1000)
    really = Path.stat

    def smaller(path, **more):
        told = list(really(path, **more))
        told[6] = 100
        return os.stat_result(told)

    monkeypatch.setattr(Path, "stat", smaller)
    documents, issues = load_seeds(tmp_path, max_bytes=1000)
    assert documents.empty
    assert kinds(issues)["a.txt"] == "too_large"
    documents, _ = load_seeds(tmp_path)
    assert documents["text"].item() == TEXT * 1000


NAMES = [
    "deux\nlignes.txt", "tab\t.txt", "retour\r.txt", "\\.txt", "*.txt", "?.txt", ".txt.txt", "..txt.txt",
    "<script>alert(1)</script>.txt".replace("/", "∕"), '"><img src=x>.txt', "$x^2$.txt", "`a`|b|.txt", "a;b,c.txt",
    "'; --.txt", "%s%n.txt", "{doc}.txt", "con.txt", " .txt", "a .txt", "\u202egnp.txt", "\u200b.txt", "e\u0301.txt",
    "é.txt", "🙂.txt", "x" * 251 + ".txt", "é" * 125 + ".txt", "A.TXT", "a.TxT", "a.txt", "nan.txt", "None.txt", "NA.txt",
    *(os.fsdecode(name) for name in (b"\xff.txt", b"\xfe.txt", b"\xe9t\xe9.txt", b"\xed\xa0\x80.txt")),
]  # fmt: skip


def test_files_of_any_name_are_documents_of_their_own(tmp_path):
    folder = tmp_path / "<b>$x$\n'textes'"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        write(folder / name, f"{TEXT} Visite {number} de {number * 7} et {number * 3} villes.")
    seen = [path for path in folder.iterdir() if not path.name.startswith(".")]
    cold, warm = (open_corpus(folder, cache=tmp_path / "kept", annotate=False) for _ in range(2))
    assert cold.documents["doc"].is_unique
    assert len(cold.documents) == len(seen)
    assert cold.documents["doc"].tolist() == warm.documents["doc"].tolist()
    assert cold.documents["file"].str.encode("utf-8").notna().all()
    assert cold.documents["file"].is_unique
    assert round_trip(cold.documents, cold.tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    assert set(cold.issues["kind"]) <= {"near_duplicate"}


def test_many_small_files_cost_what_each_costs(tmp_path):
    n = 100_000 if STRESS else 2000
    for number in range(n):
        write(
            tmp_path / f"{number}.txt",
            f" date 2024-11 Le ministre {number} a reçu {number % 97} amis.",
        )
    with processor_time(n / 200, f"{n} files"):
        documents, issues = load_seeds(tmp_path)
    assert len(documents) == n
    assert set(issues["kind"]) <= {"near_duplicate"}
    with processor_time(n / 200, f"the words of {n} files"):
        tables = parse(documents.drop(columns="similarity"), annotate=False)
    assert tables.tokens["doc"].nunique() == n


PEAK = """
import resource, sys
import pandas as pd
from helpers.read import SEEDS, load_seeds, parse
parse(load_seeds(SEEDS).documents, annotate=False)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
before = peak()
documents, issues = load_seeds(sys.argv[1])
assert set(issues["kind"]) <= {"no_date", "not_french", "empty"}, issues
loaded = peak()
if len(documents):
    parse(documents, annotate=False)
print(loaded - before, peak() - before)
"""
UNITS = ["a", "\n", "é", " ", ".", "1 ", "a ", "A. ", "🙂", "l'", "\r"]


@pytest.mark.parametrize("unit", UNITS if STRESS else UNITS[:2])
def test_a_large_file_of_one_thing_needs_a_multiple_of_its_size(tmp_path, unit):
    size = 19_999_000
    (tmp_path / "a.txt").write_bytes((unit * (size // len(unit.encode()))).encode())
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded, parsed = map(int, done.stdout.split())
    assert loaded < 80 * size
    assert parsed < 320 * size


def test_a_file_over_the_limit_is_not_read_at_all(tmp_path):
    with (tmp_path / "a.txt").open("wb") as sparse:
        sparse.truncate(1 << 40)
    with processor_time(5, "a file of a terabyte"):
        documents, issues = load_seeds(tmp_path)
    assert documents.empty
    assert kinds(issues)["a.txt"] == "too_large"
