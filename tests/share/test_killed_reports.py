"""A run that makes a report and is killed at any step, or meets another one: the earlier report is
whole, nothing of anybody else is touched, and the next run goes on.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from itertools import count
from pathlib import Path

import nbformat
import pytest

from helpers.share.report import prepare, replaced
from tests.dying import dies, ends
from tests.places import content, make

pytestmark = pytest.mark.usefixtures("own_environment")
MINE = "à moi"


def seen(place: Path) -> list[dict[str, bytes]]:
    """What is in each folder that a user sees there."""
    return [
        content(path) for path in place.iterdir() if path.name[0] != "." and not path.is_symlink()
    ]


# How a place looks before the run that is killed: what must be whole afterwards.


def nothing(texts: Path, out: Path) -> None:
    out.parent.mkdir()


def an_empty_folder(texts: Path, out: Path) -> None:
    out.mkdir(parents=True)


def a_report(texts: Path, out: Path) -> None:
    make(texts, out, "1")


def two_reports(texts: Path, out: Path) -> None:
    make(texts, out, "0")
    make(texts, out, "1")


def an_edited_report(texts: Path, out: Path) -> None:
    make(texts, out, "1")
    (out / "notebooks" / "01").write_text(MINE)
    (out / "Untitled.ipynb").write_text(MINE)


def an_edited_one_before(texts: Path, out: Path) -> None:
    two_reports(texts, out)
    (out.with_name("rapport.before") / "tables" / "notes.txt").write_text(MINE)


def a_folder_of_others_before(texts: Path, out: Path) -> None:
    make(texts, out, "1")
    (out.with_name("rapport.before") / "site").mkdir(parents=True)
    (out.with_name("rapport.before") / "site" / "index.html").write_text(MINE)


def a_link_before(texts: Path, out: Path) -> None:
    make(texts, out, "1")
    (out.parent / "thèse").mkdir()
    (out.parent / "thèse" / "01").write_text(MINE)
    out.with_name("rapport.before").symlink_to(out.parent / "thèse")


PLACES = (
    nothing, an_empty_folder, a_report, two_reports, an_edited_report, an_edited_one_before,
    a_folder_of_others_before, a_link_before,
)  # fmt: skip


def whole(place: Path, what: str) -> list[dict[str, bytes]]:
    """What a user sees there that holds this: page 1 is that of the report before, which one more
    run keeps; what is mine stays for ever.
    """
    return [held for held in seen(place) if any(what in said.decode() for said in held.values())]


@pytest.mark.slow
@pytest.mark.parametrize("state", PLACES)
def test_killed_at_any_step_a_run_loses_nothing(state, texts, tmp_path):
    for step in count():
        out = tmp_path / f"{step}" / "rapport"
        state(texts, out)
        earlier, mine, there = whole(out.parent, "1 index"), whole(out.parent, MINE), content(out)
        killed = dies(lambda: make(texts, out, "2"), out.parent, step)  # noqa: B023
        assert whole(out.parent, "1 index") == earlier, step
        assert whole(out.parent, MINE) == mine, step
        now = content(out)
        assert now in ({}, there) or [*now.values()] == [f"2 {name}".encode() for name in now], step
        assert len(now) in (0, 4, len(there))
        make(texts, out, "3")
        assert content(out)["index"] == b"3 index"
        assert whole(out.parent, MINE) == mine, step
        if not killed:
            break
    assert step >= LEAST


# Steps of a run with the fewest: eight places make some 200 kills, and more with those at random.
LEAST = 24


@pytest.mark.slow
def test_killed_at_any_moment_a_run_loses_nothing(texts, tmp_path):
    out, seed = tmp_path / "là" / "rapport", random.randrange(2**32)
    an_edited_one_before(texts, out)
    mine, chance, kills, page = whole(out.parent, MINE), random.Random(seed), 0, "1"
    print(f"the moments are those of {seed}")
    for number in range(10_000, 12_000):  # until there were enough, however fast a run is here
        child = os.fork()
        if not child:
            try:
                make(texts, out, f"{number}", pause=0.001)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        kills += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        last = whole(out.parent, f"{number} index")
        assert last or whole(out.parent, f"{page} index")
        page = f"{number}" if last else page
        assert whole(out.parent, MINE) == mine
        if kills == LEAST:
            break
    assert kills == LEAST
    make(texts, out, "3")
    assert content(out)["index"] == b"3 index"


# A run as it is started: its kernel is in the midst of a cell when it is ended.
RUN = """
import sys
from pathlib import Path
from helpers.share import render
from helpers.__main__ import main
render.NOTEBOOKS = Path(sys.argv[1])
raise SystemExit(main(["render", "--seeds", sys.argv[2], "--out", sys.argv[3]]))
"""
WAYS = {
    "Ctrl-C": ["SIGINT"], "Ctrl-C, twice": ["SIGINT", "SIGINT"], "told to end": ["SIGTERM"],
    "a terminal that is closed": ["SIGHUP"], "killed": ["SIGKILL"],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_however_a_run_ends_nothing_of_it_is_left_or_it_is_told(way, texts, tmp_path, capsys):
    books, out = tmp_path / "notebooks", tmp_path / "là" / "rapport"
    books.mkdir()
    begun = f"from pathlib import Path; Path({str(tmp_path / 'begun')!r}).touch()"
    cells = [nbformat.v4.new_markdown_cell("# 1 · A\n\n*Quoi ?*")]
    cells += [nbformat.v4.new_code_cell(f"{begun}\nimport time; time.sleep(99)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), books / "01-a.ipynb")
    make(texts, out, "1")
    before, run = content(out), [sys.executable, "-c", RUN, str(books), str(texts), str(out)]
    cache = os.environ | {"CACHE": str(tmp_path / "gardé")}
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True, env=cache) as process:
        while not (tmp_path / "begun").exists():
            assert process.poll() is None
            time.sleep(0.05)
        for name in WAYS[way]:
            process.send_signal(getattr(signal, name))
        said = process.communicate()[1].splitlines()
    left = [path.name for path in out.parent.iterdir() if path != out]
    assert content(out) == before
    make(texts, out, "2")
    if way == "killed":
        assert [name[:9] for name in left] == [".rapport-"]
        told = f"{out.parent / left[0]} is left of a run that was killed, and can be removed"
        assert told in capsys.readouterr().out
    elif way != "Ctrl-C, twice":  # which stops what tidies up, too
        assert left == []
        assert said[-1].startswith("Stopped; the texts that were parsed are kept")
        assert not [line for line in said if "Traceback" in line]


# Two runs at once


@pytest.mark.parametrize("other", ["textes", "d'autres"])
def test_a_second_run_into_a_place_that_is_being_made_stops(other, texts, tmp_path):
    out, others = tmp_path / "là" / "rapport", tmp_path / other
    others.mkdir(exist_ok=True)
    with replaced(prepare(str(texts), str(out))) as made:
        (made / "index").write_text("2 index")
        # A name of which this one is the beginning is that of another report.
        make(texts, out.with_name("rapport-2"), "1")
        with pytest.raises(SystemExit, match=r"Another run is making .*rapport; wait for it"):
            make(others, out, "3")
        os.environ["SEEDS"] = str(texts)
    assert content(out) == {"index": b"2 index"}
    make(texts, out, "4")
    assert sorted(path.name for path in out.parent.iterdir()) == [
        "rapport",
        "rapport-2",
        "rapport.before",
    ]


def test_what_another_run_made_meanwhile_stays(texts, tmp_path):
    """The place is looked at again when the texts have been read."""
    out, others = tmp_path / "rapport", tmp_path / "d'autres"
    others.mkdir()
    place = prepare(str(others), str(out))
    make(texts, out, "1")
    before = content(out)
    prepare_again = {"SEEDS": str(others), "OUT": str(out)}
    os.environ |= prepare_again
    with pytest.raises(SystemExit, match="is the report of another folder"), replaced(place):
        pass
    assert content(out) == before


@pytest.mark.slow
def test_of_many_runs_at_once_each_is_whole_or_told_to_wait(texts, tmp_path):
    out = tmp_path / "là" / "rapport"
    runs = [partial(make, texts, out, f"{number}", pause=0.002) for number in range(10_000, 10_008)]
    ended = ends(*runs, refused="Another run")
    assert {*ended} <= {0, 2}
    assert 0 in ended
    for held in seen(out.parent):
        page = held["index"].split()[0]
        assert len(held) == 4
        assert all(said.split()[0] == page for said in held.values())
    assert not list(out.parent.glob(".*"))
