"""The bench measures what it says; how long that takes is no matter for a test."""

from __future__ import annotations

import sys
from pathlib import Path

import bench
import numpy as np
import ours
import pandas as pd
import peers
import pytest
import report
from turns import Took, interleaved

HERE = Path(__file__).parent
SCRIPT = """
import sys
sys.path.insert(0, {here!r})
from turns import serve
def one(folder):
    return {{"first": lambda: {first}, "second": lambda: 7}}
def other(folder):
    return {{"first": lambda: 7, "third": lambda: None}}
serve(one, other)
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Corpora of six texts at most are written, and kept, in a folder of the test."""
    monkeypatch.setattr(ours, "KEPT", tmp_path)
    monkeypatch.setattr(ours, "FEW", 6)
    return tmp_path


def commands(first: str, folder: Path) -> dict[str, list[str]]:
    script = folder / "script.py"
    script.write_text(SCRIPT.format(here=str(HERE), first=first), "utf-8")
    return {name: [sys.executable, str(script), name, str(folder)] for name in ("one", "other")}


def cells(table: str) -> list[list[str]]:
    """The rows of a Markdown table."""
    return [[cell.strip() for cell in row[1:-1].split("|")] for row in table.splitlines()]


def measured(seconds: dict[tuple[str, str], float], **more: float) -> pd.DataFrame:
    """Measurements as `medians` gives them."""
    took = [Took(who, what, s, s, 100, more.get("found")) for (what, who), s in seconds.items()]
    return bench.medians(took)


def sized(seconds: dict[str, list[float]]) -> pd.DataFrame:
    """Measurements at 10, 100, 1 000 texts as `sized` gives them."""
    rows = [
        (what, s, s, 2500, size)
        for what, row in seconds.items()
        for size, s in zip((10, 100, 1000), row, strict=False)
    ]
    return pd.DataFrame(rows, columns=["what", "cpu", "wall", "megabytes", "size"])


def test_processes_take_turns_and_say_what_each_run_cost(tmp_path: Path) -> None:
    took = interleaved(commands("7", tmp_path), 2, left_out=frozenset({"second"}))
    round_ = [("one", "first"), ("other", "first"), ("other", "third")]
    assert [(run.who, run.what) for run in took] == round_ * 2
    assert all(run.wall > 0 and run.megabytes > 1 for run in took)
    assert [run.found for run in took] == [7, 7, None] * 2


def test_a_run_that_had_enough_takes_no_more_turns(tmp_path: Path) -> None:
    assert len(interleaved(commands("7", tmp_path), 3, enough=0)) == 0
    took = interleaved(commands("7", tmp_path), 3, enough=1e-9)
    assert len(took) == len({(run.who, run.what) for run in took}) == 4


def test_runs_that_find_something_else_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="'one': 8, 'other': 7"):
        interleaved(commands("8", tmp_path), 1)


def test_a_process_that_breaks_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"script\.py one"):
        interleaved(commands("1 / 0", tmp_path), 1)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_the_memory_of_a_run_is_its_own(tmp_path: Path) -> None:
    took = interleaved(commands("bytearray(10**8) and 7", tmp_path), 1)
    large, small = (next(r for r in took if r.what == what) for what in ("first", "second"))
    assert large.megabytes - small.megabytes > 80


def test_the_exponent_of_a_power_is_that_power() -> None:
    sizes = np.array([10.0, 100.0, 1000.0])
    table = pd.DataFrame({n: [n**0.5, n, n**1.4, n**2 * 1e-9] for n in sizes})
    np.testing.assert_allclose(report.exponents(table), [0.5, 1, 1.4, 2])
    assert report.steep(table).tolist() == [False, False, True, False]
    assert report.exponents(table[[10.0]]).isna().all()


def test_n_log_n_is_not_steep() -> None:
    n = np.array([1e3, 1e4, 1e5])
    assert not report.steep(pd.DataFrame([n * np.log(n)], columns=n)).any()


def test_what_would_take_too_long_is_left_out() -> None:
    sizes = 10, 100, 1000
    first, second = pd.Series({"a": 1.0, "b": 0.1}), pd.Series({"a": 100.0})
    assert bench._late([], 10, sizes).empty
    assert bench._late([first], 100, sizes).to_dict() == {"a": 10, "b": 1}
    assert bench._late([first, second], 1000, sizes).to_dict() == {"a": 1e4, "b": np.inf}


def test_growth_is_shown_as_it_was_measured() -> None:
    table = sized({"slow": [0.1, 10], "fast": [1, 10.04, 100]})
    head, _, slow, fast = cells(bench.growth(table))
    assert head[1:] == ["10 texts", "100 texts", "1 000 texts", "clock", "MB", "exponent"]
    assert slow == ["slow", "0.100", "10.0", "–", "10.0", "2 500", "2.00 (!)"]
    assert fast == ["fast", "1.000", "10.0", "100.0", "100.0", "2 500", "1.00"]


def test_others_are_shown_beside_ours() -> None:
    table = measured({("a", "ours"): 2, ("a", "conc"): 5, ("b", "ours"): 1})
    assert cells(bench.beside(table))[2:] == [
        ["a", "ours", "2.000", "2.000", "100", ""],
        ["", "conc", "5.000", "5.000", "100", "2.5"],
        ["b", "ours", "1.000", "1.000", "100", ""],
    ]


def test_a_goal_that_is_missed_says_so() -> None:
    made = ["open_corpus", "without duplicates", *bench.QUICK]
    seconds = {what: [0.1, 1, 10] for what in made} | {"frequencies": [0.01, 1, 11], "reuse": [1]}
    beside = {("keys", "ours"): 2, ("keys", "r"): 1}
    for build, conc in (("build, a large vocabulary", 30), ("build", 60)):
        beside |= {(build, "conc"): conc, (build, "ours"): 2}
        beside |= {(f"{build}, duplicates not looked for", "ours"): 1}
        beside |= {(f"{build}, nothing written either", "ours"): 0.5}
    depths = {("texts annotated", "ours"): 1, ("texts annotated", "stock"): 2}
    depths |= {("the model alone", "ours"): 1, ("the model alone", "stock"): 1.5}
    annotated = sized({"actors": [0.01, 1, 12], "events": [0.1, 1, 10]})
    shown = bench.goals(sized(seconds), annotated, measured(beside, found=2e6), measured(depths))
    table, _, said = shown.partition(bench.MISSED)
    assert not said
    assert [row[1:] for row in cells(table)[2:]] == [
        ["60.0 ×", "20 ×", "reached"],
        ["30.0 ×", "20 ×", "reached"],
        ["15.0 ×", "20 ×", "**missed**"],
        ["7.6 ×", "2 ×", "reached"],
        ["3.8 ×", "2 ×", "reached"],
        ["1.9 ×", "2 ×", "**missed**"],
        ["120.0 ×", "20 ×", "reached"],
        ["60.0 ×", "20 ×", "reached"],
        ["30.0 ×", "20 ×", "reached"],
        ["7.6 ×", "2 ×", "reached"],
        ["3.8 ×", "2 ×", "reached"],
        ["1.9 ×", "2 ×", "**missed**"],
        ["2.0 ×", "2 ×", "reached"],
        ["1.5 ×", "2 ×", "**missed**"],
        ["2.5 GB", "8 GB", "reached"],
        ["n^1.00", "n^1.1", "reached"],
        ["11.0 s", "10 s", "**missed**"],
        *[["10.0 s", "10 s", "**missed**"]] * 3,
        ["frequencies, actors", "nothing", "**missed**"],
        ["keys (r)", "nothing", "**missed**"],
    ]


def test_the_machine_is_named_without_its_name() -> None:
    import platform

    told = report.machine()
    assert f"Python {platform.python_version()}" in told
    assert "cores" in told
    assert platform.node() not in told.replace(platform.system(), "")
    assert "/" not in told


def test_the_figure_has_a_line_for_each_row(tmp_path: Path) -> None:
    table = pd.DataFrame({10: [0.1, 0.2], 100: [1.0, np.nan]}, index=["a", "b $x$"])
    report.draw(table, tmp_path / "results.png")
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")


def test_names_at_the_ends_of_lines_keep_apart_and_in_order() -> None:
    places = report._apart(np.array([0.0, 0.1, 0.2, 5.0]), 1)
    assert np.diff(places).min() >= 1 - 1e-12
    np.testing.assert_allclose(places[3], 5)


def test_texts_are_written_once_and_again_when_the_simulator_writes_others(kept: Path) -> None:
    folder = ours.texts(8)
    names = sorted(path.name for path in folder.iterdir())
    assert names[:3] == sorted(path.name for path in ours.texts(3).iterdir())
    (folder / "mine").write_text("")
    assert (ours.texts(8) / "mine").exists()
    (folder / names[0]).unlink()
    assert sorted(path.name for path in ours.texts(8).iterdir()) == names
    assert sorted(path.name for path in kept.iterdir()) == ["3", "8"]


def test_the_large_vocabulary_is_one_and_comes_again(kept: Path) -> None:
    folder, written = ours.texts(6), []
    for _ in range(2):
        ours.write_large(folder)
        texts = sorted(peers.large(folder).iterdir())
        written.append([path.read_text("utf-8") for path in texts])
    assert written[0] == written[1]
    assert [path.name for path in texts] == sorted(path.name for path in folder.iterdir())
    few, many = (ours.opened(of).tokens for of in (folder, peers.large(folder)))
    assert many["type"].nunique() > 1.5 * few["type"].nunique()
    assert many["type"].str.endswith("'").any()
    assert many.groupby("doc", observed=True)["sent"].max().tolist() == [12] * 6


def test_a_corpus_is_built_anew_with_and_without_duplicates(kept: Path) -> None:
    folder = ours.texts(6)
    found = {run() for run in ours.build(folder).values()}
    assert found == {len(ours.opened(folder).tokens)}


def test_others_get_the_tokens_that_ours_has(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "SOME", 4)
    folder = ours.texts(6)
    tokens, texts, words = ours.write(folder)
    whole, one, two, some = (peers.split(kept, name) for name in ("whole", "one", "two", "words"))
    assert one + two == whole
    assert [len(whole), len(some), texts] == [6, 4, 4]
    assert [sum(map(len, of)) for of in (whole, some)] == [tokens, words]
    table = ours.h.frequencies(ours.opened(folder).tokens).set_index("type")["f"]
    lowered = [token.lower() for text in whole for token in text]
    assert lowered.count(peers.NODE) == table[peers.NODE]


def test_every_verb_runs(kept: Path) -> None:
    runs = ours.verbs(ours.texts(40))
    found = {what: run() for what, run in runs.items()}
    assert min(found.values()) > 0, found
