"""The runner: the committed notebooks come out byte for byte, and the same notebooks run on any
folder.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.read.corpus import HOME
from helpers.share import render as runner
from helpers.share import report
from helpers.share.render import normal

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


def test_running_the_notebooks_again_changes_no_byte_on_an_older_processor_either(tmp_path):
    before = committed()
    done = run("render", "--check", FIGURES="", CACHE=str(tmp_path / "kept"), **OLDER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert committed() == before


def test_a_check_tells_what_would_change_and_changes_nothing(tmp_path, monkeypatch, capsys):
    notebooks, figures = tmp_path / "notebooks", tmp_path / "figures"
    for name, place in (("NOTEBOOKS", notebooks), ("FIGURES", figures)):
        place.mkdir()
        monkeypatch.setattr(runner, name, place)
    monkeypatch.setattr(report, "NOTEBOOKS", notebooks)
    for name in ("SEEDS", "OUT", "NO_TEXT"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("FIGURES", str(figures))
    drawn = "import os\nwith open(os.environ['FIGURES'] + '/new.svg', 'w') as f:\n    print('x', file=f)"
    cells = [nbformat.v4.new_markdown_cell("# 1 · A\n\n*Quoi ?*"), nbformat.v4.new_code_cell(drawn)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / "01-a.ipynb")
    for name in ("new.svg", "old.svg"):
        (figures / name).write_text("y\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}

    def told(*names: str) -> list[str]:
        good = runner.render([*names], None, None, jobs=1, check=True)
        lines = [line for line in capsys.readouterr().out.splitlines() if "unchanged" not in line]
        assert good == (not lines)
        return [line.partition("  ")[0] for line in lines]

    assert told() == ["01-a", "figures/new.svg", "figures/old.svg"]
    assert told("01-a") == ["01-a", "figures/new.svg"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before
    monkeypatch.setenv("FIGURES", str(figures))
    assert runner.render(["01-a"], None, None, jobs=1)
    assert "01-a  rewritten" in capsys.readouterr().out
    assert told("01-a") == []
    pages = [f"notebooks/{name}" for name in ("index.md", "measures.md")]
    assert told() == ["figures/old.svg", *pages]


@pytest.mark.parametrize("size", [0, 1, 3, 30])
def test_the_notebooks_run_on_folders_of_any_size_and_leave_ours_alone(size, tmp_path):
    folder = tmp_path / "mes textes"
    folder.mkdir()
    sources = sorted((FIXTURES / ("thirty" if size == 30 else "three")).glob("*.txt"))[:size]
    for path in sources:
        (folder / path.name).write_bytes(path.read_bytes())
    before = committed()
    done = run("render", "--seeds", str(folder), "--out", str(tmp_path / "rapport"), FIGURES="")
    assert done.returncode == 0, done.stdout + done.stderr
    notebooks = sorted((tmp_path / "rapport" / "notebooks").glob("*.ipynb"))
    assert [path.name for path in notebooks] == [
        path.name for path in sorted((HOME / "notebooks").glob("*.ipynb"))
    ]
    for path in notebooks:
        outputs = [
            output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])
        ]
        assert not [
            output
            for output in outputs
            if output.output_type == "error" or output.get("name") == "stderr"
        ]
    assert len(list((tmp_path / "rapport" / "figures").iterdir())) == len(
        list((HOME / "figures").iterdir())
    )
    assert committed() == before


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
