"""The bench measures what it says; how long that takes is no matter for a test."""

from __future__ import annotations

import sys
from pathlib import Path

import ours
import peers
import pytest
from turns import interleaved

HERE = Path(__file__).parent
SCRIPT = """
import sys
sys.path.insert(0, {here!r})
from turns import serve
def one(folder):
    return {{"first": lambda: {first}, "second": lambda: 7}}
def other(folder):
    return {{"third": lambda: 7}}
serve(one, other)
"""


def commands(first: str, folder: Path) -> list[list[str]]:
    script = folder / "script.py"
    script.write_text(SCRIPT.format(here=str(HERE), first=first), "utf-8")
    return [[sys.executable, str(script), name, str(folder)] for name in ("one", "other")]


def test_processes_take_turns_and_find_the_same(tmp_path: Path) -> None:
    seconds, found = interleaved(commands("7", tmp_path), 2)
    assert list(seconds) == ["first", "second", "third"]
    assert min(seconds.values()) > 0
    assert found == 7


def test_runs_that_find_something_else_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="'first': 8"):
        interleaved(commands("8", tmp_path), 1)


def test_a_process_that_breaks_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"script\.py one"):
        interleaved(commands("1 / 0", tmp_path), 1)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_each_copy_is_a_text_of_its_own() -> None:
    one, three = ours.copied(1), ours.copied(3)
    assert len(three.tokens) == 3 * len(one.tokens)
    assert three.tokens["doc"].nunique() == 3 * one.tokens["doc"].nunique() == 90
    assert three.documents["doc"].tolist() == three.tokens["doc"].cat.categories.tolist()


def test_every_run_of_ours_finds_something() -> None:
    (once,) = {run() for run in ours.lines(HERE, 1).values()}
    (twice,) = {run() for run in ours.lines(HERE, 2).values()}
    assert twice == 2 * once > 0
    assert all(0 < run() < 1 for run in ours.measures(HERE, 1).values())


def test_others_get_the_tokens_that_ours_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "LARGE", 2)
    monkeypatch.setattr(ours, "SMALL", 1)
    tokens, measured, words = ours.write(tmp_path)
    kept = [peers.texts(tmp_path / name) for name in ("lines.csv", "measures.csv")]
    assert [len(texts) for texts in kept] == [60, measured] == [60, 30]
    split = [[word.lower() for text in texts for word in text.split(" ")] for texts in kept]
    assert [len(found) for found in split] == [tokens, words]
    assert split[0].count(peers.NODE) == next(iter(ours.lines(tmp_path, 2).values()))()
