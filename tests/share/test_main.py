"""The command line: what it does is tested where that is done; here, that it is done, and what it
says of wrong words.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from ast import literal_eval

import pytest

from helpers.__main__ import _stopped, main
from helpers.read.corpus import HOME


@pytest.fixture(autouse=True)
def _alone(tmp_path, monkeypatch):
    for name in ("SEEDS", "OUT", "NO_TEXT", "WORD", "BY", "SELECT", "PERIOD"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("CACHE", str(tmp_path / "kept"))


def test_texts_are_brought_in(tmp_path, capsys):
    (tmp_path / "corpus.txt").write_text("**** *journal_a\nLe ministre est venu.\n", "utf-8")
    assert main(["import", str(tmp_path / "corpus.txt"), "--to", str(tmp_path / "textes")]) == 0
    (text,) = (tmp_path / "textes").glob("*.txt")
    assert "Le ministre est venu." in text.read_text("utf-8")
    assert "1 text" in capsys.readouterr().out
    (tmp_path / "rien.txt").write_text("", "utf-8")
    with pytest.raises(SystemExit, match=r"rien\.txt is empty"):
        main(["import", str(tmp_path / "rien.txt"), "--to", str(tmp_path / "autres")])


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_notebooks_at_a_time_is_a_number_from_1(jobs, capsys):
    with pytest.raises(SystemExit) as left:
        main(["render", "--jobs", jobs])
    assert left.value.code == 2
    assert f"'{jobs}' is no number of notebooks, from 1" in capsys.readouterr().err


def test_a_notebook_or_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SystemExit, match="There is no notebook 07-rien; there are 01-parsing"):
        main(["render", "07-rien"])
    with pytest.raises(SystemExit, match="There is no folder"):
        main(["render", "--seeds", str(tmp_path / "rien")])


@pytest.mark.parametrize("asked", [["", "--to", "out"], ["README.md", "--to", ""]])
def test_an_empty_name_is_not_the_folder_where_one_is(asked, tmp_path, monkeypatch):
    """As the shell leaves a variable without a value."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("Un port.", "utf-8")
    with pytest.raises(SystemExit, match="'' names no file and no folder"):
        main(["import", *asked])
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize("error", [ValueError("le mot; un autre"), OSError(28, "le mot; un autre")])
def test_what_is_wrong_is_one_sentence_wherever_it_is_found(error, tmp_path, monkeypatch):
    def found(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("helpers.share.render.render", found)
    with pytest.raises(SystemExit) as left:
        main(["render", "--seeds", str(tmp_path)])
    assert left.value.code == "le mot; un autre"


def test_a_command_is_needed(capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "usage: python -m helpers" in capsys.readouterr().err


def test_parameters_come_from_the_environment_and_the_command_line(tmp_path, monkeypatch):
    asked = {}
    monkeypatch.setattr("helpers.share.render.render", lambda *_, **given: asked.update(given))
    monkeypatch.setenv("BY", "outlet")
    monkeypatch.setenv("WORD", "port")
    main(["render", "--seeds", str(tmp_path), "--set", "WORD=grève", "PERIOD=month"])
    assert asked["asked"] == {"BY": "outlet", "WORD": "grève", "PERIOD": "month"}


def test_make_hands_the_parameters_on(tmp_path):
    told = f'{sys.executable} -c "import os; print(dict(os.environ))"'
    makefile = (HOME / "Makefile").read_text("utf-8")
    (tmp_path / "Makefile").write_text(f"{makefile}\ntold:\n\t@{told}\n", "utf-8")
    given = {"SEEDS": "textes", "WORD": "grève", "BY": "outlet", "SELECT": "year >= '2023'"}
    command = ["make", "told", *(f"{name}={value}" for name, value in given.items())]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert given.items() <= literal_eval(done.stdout).items()


def test_a_run_in_the_background_ends_where_it_is_told_to(monkeypatch):
    """Where a shell left Ctrl-C ignored, too."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt):
            _stopped()
    finally:
        signal.signal(signal.SIGINT, before)
