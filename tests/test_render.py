"""The runner: the committed notebooks come out byte for byte, and the same notebooks run on any
folder.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.corpus import HOME
from helpers.render import normal

FIXTURES = Path(__file__).parent / "fixtures"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments],
        capture_output=True, text=True, cwd=HOME, env=os.environ | environment,
    )  # fmt: skip


def committed() -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
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
    kept = str(tmp_path / "kept")
    done = run("render", "--check", FIGURES=str(tmp_path / "figures"), CACHE=kept, **OLDER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "figures").iterdir()} == {
        Path(name).name: data for name, data in before.items() if "figures" in Path(name).parts
    }
    assert committed() == before


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
