"""The runner: the committed notebooks come out byte for byte, and the same notebooks run on any
folder.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.read.corpus import HOME
from helpers.share import render as runner
from helpers.share.render import VALIDATION, normal

FIXTURES = Path(__file__).parent.parent / "fixtures"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments],
        capture_output=True, text=True, cwd=HOME, env=os.environ | environment,
    )  # fmt: skip


def committed() -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("notebooks", "figures")
        for path in sorted((HOME / folder).iterdir())
        if path.is_file()
    }


# nbval compares what this processor computes with what is committed; here its newest instructions
# are left alone, so that sums are rounded otherwise.
OLDER = {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": "X86_V4"}
OLDER = OLDER if platform.machine().lower() in ("x86_64", "amd64") else {}
# Nor does it matter where, when and how Python runs.
ELSEWHERE = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "HOME": "/nowhere"}
ELSEWHERE |= {"PYTHONHASHSEED": "42", "PYTHONOPTIMIZE": "1"}


@pytest.mark.slow
def test_running_the_notebooks_again_changes_no_byte_on_another_computer_either(tmp_path):
    before, cache = committed(), str(tmp_path / "gardé")
    done = run("render", "--check", FIGURES="", CACHE=cache, **OLDER, **ELSEWHERE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert committed() == before


@pytest.fixture
def places(tmp_path, monkeypatch) -> tuple[Path, Path]:
    """Empty folders in the place of our notebooks and figures."""
    notebooks, figures = tmp_path / "notebooks", tmp_path / "figures"
    for name, place in (("NOTEBOOKS", notebooks), ("FIGURES", figures)):
        place.mkdir()
        monkeypatch.setattr(runner, name, place)
    for name in ("SEEDS", "OUT", "NO_TEXT", "FIGURES"):
        monkeypatch.setenv(name, "")
    return notebooks, figures


def test_a_check_tells_what_would_change_and_changes_nothing(tmp_path, places, capsys):
    notebooks, figures = places
    drawn = "import os\nwith open(os.environ['FIGURES'] + '/new.svg', 'w') as f:\n    print('x', file=f)"
    cells = [nbformat.v4.new_markdown_cell("# 1 · A\n\n*Quoi ?*"), nbformat.v4.new_code_cell(drawn)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / "01-a.ipynb")
    for name in ("new.svg", "old.svg"):
        (figures / name).write_text("y\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}

    def told(*names: str) -> list[str]:
        good = runner.render([*names], None, None, jobs=1, check=True)
        ran, *lines = capsys.readouterr().out.splitlines()
        assert ran.startswith("01-a  done, ")
        assert good == (not lines)
        return [line.partition("  ")[0] for line in lines]

    pages = [f"notebooks/{name}" for name in ("index.md", "measures.md")]
    others = ["figures/new.svg", "figures/old.svg"]
    assert told() == ["notebooks/01-a.ipynb", *pages, *others]
    assert told("01-a") == ["notebooks/01-a.ipynb", "figures/new.svg"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before
    assert runner.render(["01-a"], None, None, jobs=1)
    said = capsys.readouterr().out.splitlines()[1:]
    assert said == ["notebooks/01-a.ipynb  rewritten", "figures/new.svg  rewritten"]
    assert told("01-a") == []
    assert told() == [*pages, "figures/old.svg"]


@pytest.mark.parametrize("writable", [True, False])
def test_in_a_collection_that_may_only_be_read_the_notebooks_say_nothing_of_that(
    writable, places, monkeypatch
):
    told = "import os; print(os.path.isdir(os.path.dirname(os.environ.get('CACHE', ''))))"
    cells = [nbformat.v4.new_markdown_cell("# 1 · A\n\n*Quoi ?*"), nbformat.v4.new_code_cell(told)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), places[0] / "01-a.ipynb")
    monkeypatch.setenv("CACHE", "")
    monkeypatch.delenv("CACHE")
    access = os.access

    def told_of(place: object, *mode: int, **how: bool) -> bool:
        return writable if place == HOME else access(place, *mode, **how)

    monkeypatch.setattr(os, "access", told_of)
    assert runner.render(["01-a"], None, None, jobs=1)
    (output,) = nbformat.read(places[0] / "01-a.ipynb", 4).cells[1].outputs
    assert output.text == f"{not writable}\n"


def test_a_notebook_that_fails_is_told_and_left_as_it_is(places, capsys):
    notebooks, _ = places
    heading = nbformat.v4.new_markdown_cell("# 1 · A\n\n*Quoi ?*")
    for name, code in (("01-a", "2"), ("02-b", "1 / 0")):
        cells = [heading, nbformat.v4.new_code_cell(code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / f"{name}.ipynb")
    before = (notebooks / "02-b.ipynb").read_bytes()
    assert not runner.render([], None, None, jobs=1)
    said = capsys.readouterr()
    assert "02-b, cell 2: ZeroDivisionError" in said.err
    assert "notebooks/01-a.ipynb  rewritten" in said.out
    assert (notebooks / "02-b.ipynb").read_bytes() == before
    assert not (notebooks / "index.md").exists()


MORE = [pytest.param(size, marks=pytest.mark.slow) for size in (1, 30, 300)]


@pytest.mark.parametrize("size", [3, *MORE])
def test_the_notebooks_run_on_folders_of_any_size_and_leave_ours_alone(size, tmp_path):
    folder = tmp_path / "mes textes"
    folder.mkdir()
    given = FIXTURES / ("thirty" if size == 30 else "three")
    if size > 30:
        given = tmp_path / "inventés"
        command = [sys.executable, "-m", "tests.fiction", str(size), "--to", str(given)]
        subprocess.run(command, cwd=HOME, check=True)
    sources = sorted(given.glob("*.txt"))[:size]
    assert len(sources) == size
    for path in sources:
        (folder / path.name).write_bytes(path.read_bytes())
    before = committed()
    done = run("render", "--seeds", str(folder), "--out", str(tmp_path / "rapport"), FIGURES="")
    assert done.returncode == 0, done.stdout + done.stderr
    notebooks = sorted((tmp_path / "rapport" / "notebooks").glob("*.ipynb"))
    ours = [path.stem for path in sorted((HOME / "notebooks").glob("*.ipynb"))]
    assert [path.stem for path in notebooks] == [name for name in ours if name != VALIDATION]
    for path in notebooks:
        outputs = [
            output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])
        ]
        assert not [
            output
            for output in outputs
            if output.output_type == "error" or output.get("name") == "stderr"
        ]
        shown = "\n".join(out.get("data", {}).get("text/plain", "") for out in outputs)
        for line in re.findall(".*▢.*", shown):  # what is missing and why
            assert re.match(r"(Table|Figure) \d\.\d+\. ▢ .{9}|▢ [^:.]+: .{9}", line), line
    drawn = {path.name for path in (tmp_path / "rapport" / "figures").iterdir()}
    stems = {name.rpartition(".")[0] for name in drawn}
    assert drawn == {f"{name}.{kind}" for name in stems for kind in ("svg", "png", "pdf")}
    assert not [name for name in drawn if "example" in name]
    assert not done.stderr or "issue" in done.stderr
    assert committed() == before


def test_a_folder_without_a_text_stops_the_report_with_a_sentence(tmp_path):
    (tmp_path / "vide").mkdir()
    (tmp_path / "vide" / "revue.pdf").write_bytes(b"%PDF")
    done = run("render", "--seeds", str(tmp_path / "vide"), "--out", str(tmp_path / "rapport"))
    assert done.returncode == 1
    assert (
        "revue.pdf: a PDF, passed over; columns and running heads make no reliable text"
        in done.stderr
    )
    last = done.stderr.splitlines()[-1]
    assert last == f"There is no text to read in {tmp_path / 'vide'}; put .txt files into it."
    assert not (tmp_path / "rapport").exists()


def test_a_missing_folder_and_a_missing_notebook_are_named():
    missing = run("render", "--seeds", "nulle-part")
    assert missing.returncode == 1
    assert "nulle-part" in missing.stderr
    missing = run("render", "09-rien")
    assert missing.returncode == 1
    assert "01-parsing" in missing.stderr


def test_a_notebook_keeps_nothing_of_when_and_where_it_ran():
    cell = nbformat.v4.new_code_cell(
        "1", metadata={"execution": {"x": "1"}, "tags": ["interactive"], "trusted": True}
    )
    cell.outputs = [nbformat.v4.new_output("stream", text="x")]
    notebook = normal(
        nbformat.v4.new_notebook(
            cells=[cell], metadata={"language_info": {"name": "python", "version": "3.12"}}
        )
    )
    assert notebook.metadata["language_info"] == {"name": "python"}
    assert notebook.cells[0].metadata == {"tags": ["interactive"]}
    assert notebook.cells[0].outputs == []
