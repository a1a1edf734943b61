"""The twelve house rules of a notebook; nbval (in the same run) compares every output, pictures
included.
"""

from __future__ import annotations

import re
import statistics
from itertools import groupby
from pathlib import Path

import nbformat
import pytest

from helpers.read.corpus import HOME

NOTEBOOKS = sorted((HOME / "notebooks").glob("*.ipynb"))
UNQUOTED = {"Limits", "Variations", "References"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request) -> Path:
    return request.param


@pytest.fixture
def cells(path):
    return nbformat.read(path, 4).cells


def code(cells) -> list:
    return [cell for cell in cells if cell.cell_type == "code"]


def run(cells) -> list:
    """The code cells that the runner executes."""
    return [cell for cell in code(cells) if "interactive" not in cell.metadata.get("tags", [])]


def lines(cell) -> int:
    return sum(1 for line in cell.source.splitlines() if line.strip())


def prose(cells) -> str:
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def sections(cells) -> dict[str, list]:
    """The cells under each second-level heading, which begins a cell."""
    found: dict[str, list] = {}
    for cell in cells:
        heading = re.match(r"## (.*)", cell.source) if cell.cell_type == "markdown" else None
        if heading or found:
            found.setdefault(heading[1] if heading else list(found)[-1], []).append(cell)
    return found


def shown(cell) -> str:
    """All outputs of a cell as plain text."""
    texts = [
        output.get("text", "") or output.get("data", {}).get("text/plain", "")
        for output in cell.get("outputs", [])
    ]
    return "\n".join(texts)


def test_1_a_title_the_question_and_the_answer_below_the_setup(cells):
    assert re.fullmatch(r"# \d\d · .+\n\n\*[^*\n]+\?\*", cells[0].source)
    assert not [
        cell
        for cell in cells[1:]
        if re.search(r"\A# |\n##? ", cell.source) and cell.cell_type == "markdown"
    ]
    assert cells[1].cell_type == "code"
    assert re.search(r"^[✓▢✗] ", shown(cells[1]), re.M)
    assert "Texts: " in shown(cells[1])


def test_2_one_setup_cell_and_nothing_of_this_machine(cells):
    assert all(word in cells[1].source for word in ("from helpers import", "open_corpus()"))
    for cell in code(cells)[1:]:
        assert not re.search(r"^(from|import) |open_corpus\(", cell.source, re.M)
    here = re.escape(str(HOME))
    for cell in cells:
        assert not re.search(
            rf"pip install|/home/|/Users/|{here}|C:\\|\binput\(", cell.source + shown(cell)
        )


def test_3_rhythm(cells):
    kinds = [
        list(group)
        for kind, group in groupby(cells, key=lambda cell: cell.cell_type)
        if kind == "code"
    ]
    assert max(len(group) for group in kinds) <= 3
    assert max(lines(cell) for cell in code(cells)) <= 15
    assert statistics.median(lines(cell) for cell in code(cells)) <= 4
    assert all(cell.source.strip() for cell in cells)


def test_4_no_function_worth_a_name(cells):
    for cell in code(cells):
        for found in re.finditer(r"^def .*\n((?: .*\n?)+)", cell.source, re.M):
            assert len(found[1].strip().splitlines()) <= 5


def test_5_each_table_is_explained_and_short(cells):
    for before, after in zip(cells, cells[1:], strict=False):
        html = "".join(o.get("data", {}).get("text/html", "") for o in before.get("outputs", []))
        if "dataframe" in html:
            assert re.match(r"\*One (row|column)", after.source), before.source
            assert html.count("<tr>") + html.count("<tr ") <= 20
            assert not re.search(r"\d\.\d{7}", html)


def test_6_every_figure_and_table_has_a_number_and_a_caption(cells):
    labels = [
        label
        for cell in run(cells)
        for label in re.findall(r"^(?:Figure|Table|Text) (\d\.\d+)\. .+", shown(cell), re.M)
    ]
    unique = list(dict.fromkeys(labels))
    chapter = unique[0].split(".")[0]
    assert unique == [f"{chapter}.{i}" for i in range(1, len(unique) + 1)]
    for cell in run(cells):
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 40
                assert output.data["text/plain"].startswith("Figure ")


def test_7_no_number_about_the_corpus_in_prose(cells):
    known = {
        number.replace(",", "")
        for cell in run(cells)
        for number in re.findall(r"(?<![\w.-])\d[\d,]{2,}(?![\w.-])", shown(cell))
    }
    said = set(
        re.findall(
            r"(?<![\w./-])\d{3,}(?![\w/-])",
            re.sub(r"## References.*", "", prose(cells), flags=re.S),
        )
    )
    assert not known & said


def test_8_each_section_returns_to_the_text(cells):
    for name, inside in sections(cells).items():
        if name not in UNQUOTED:
            assert re.search(
                r"quote\(|concordance|marked\(",
                "\n".join(cell.source for cell in code(inside)),
            ), name


def test_9_and_10_limits_and_references_with_equivalents(cells):
    found = sections(cells)
    assert {"Limits", "Variations", "References"} <= set(found)
    references = prose(found["References"])
    assert all(name in references for name in ("TXM", "IRaMuTeQ", "quanteda"))
    assert "doi.org" in references


def test_11_executed_in_order_without_a_warning_and_small(path, cells):
    assert [cell.execution_count for cell in run(cells)] == list(range(1, len(run(cells)) + 1))
    for cell in run(cells):
        assert not any(o.output_type == "error" or o.get("name") == "stderr" for o in cell.outputs)
    assert path.stat().st_size < 500_000


def test_12_variations_and_ways_on(path, cells):
    names = [path.stem for path in NOTEBOOKS]
    ways = "".join(o.get("data", {}).get("text/html", "") for o in cells[1].outputs) + prose(
        sections(cells)["Variations"]
    )
    assert "index.md" in ways
    for step in (-1, 1):
        at = names.index(path.stem) + step
        assert not 0 <= at < len(names) or names[at] in ways


def test_no_claim_fails_on_the_committed_texts(cells):
    texts = "\n".join(shown(cell) for cell in run(cells))
    assert "✗" not in texts
    assert "✓" in texts


def test_a_notebook_has_no_machine_in_its_metadata(path):
    notebook = nbformat.read(path, 4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata["language_info"] == {"name": "python"}
