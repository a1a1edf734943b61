"""The twelve house rules of a notebook; nbval (in the same run) compares every output, pictures
included.
"""

from __future__ import annotations

import ast
import os
import re
import statistics
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from helpers import open_corpus, read, show
from helpers.exchange import import_files
from helpers.read import FICTION, SEEDS
from helpers.read.corpus import HOME
from tests.exchange.samples import SAMPLES

NOTEBOOKS = sorted((HOME / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
FRAME = {"Limits", "Try it", "References"}
ARITHMETIC = {"What could have been found at all?"}  # is about no text
DOORS = "from helpers import open_corpus, read, count, voices, plot, show"
CELLS, LINES = 400, 620  # of all notebooks together
# The ways through the notebooks: of one text, of a corpus.
WAYS = ("01 02 04 03 06", "01 08 07 05 04 06 03 02")
# What cannot be told of the committed texts: notebook, table or figure or subject.
UNTOLD = {
    ("01-parsing", "Table 1.2"),  # no issue
    ("01-parsing", "Table 1.3"),  # no reprint
    ("01-parsing", "Table 1.4"),  # no other text to share half with
    ("01-parsing", "Table 1.8"),  # no title
    ("03-themes", "Figure 3.2"),  # no two periods
    ("05-chronology", "Figure 5.6"),  # no theme of the list fits the invented texts
    ("04-contexts", "Figure 4.3"),  # no part with ten lines
    ("06-voices", "Figure 6.2"),  # no network of names
}


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


def exercises(cells) -> list[str]:
    """What a reader is asked to try, as it is written."""
    return re.findall(r"```python\n(.*?)```", prose(sections(cells)["Try it"]), re.DOTALL)


def test_1_a_title_the_question_and_what_one_will_see(cells):
    title, question, after = cells[0].source.split("\n\n", 2)
    assert re.fullmatch(r"# \d\d · .+", title)
    assert re.fullmatch(r"\*[^*\n]+\?\*", question)
    assert "minutes" in after
    headings = [re.findall(r"^# ", cell.source, re.M) for cell in cells if "outputs" not in cell]
    assert sum(map(len, headings)) == 1


def test_2_parameters_then_one_setup_with_the_answer_and_nothing_of_this_machine(cells):
    assert cells[1].metadata["tags"] == ["parameters"]
    for line in cells[1].source.splitlines():
        assert re.fullmatch(r"[A-Z]+ = .+  # .+", line)
    tree = ast.parse(cells[2].source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == [DOORS]
    assert "open_corpus(" in cells[2].source
    assert "Texts: " in shown(cells[2])
    said = [out for out in cells[2].outputs if 'class="said"' in out.data.get("text/html", "")]
    assert said
    here = re.escape(str(HOME))
    for cell in cells:
        assert cell is cells[2] or not re.search(r"^(from|import) ", cell.get("source"), re.M)
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
    assert len(cells) <= 45
    assert len(code(cells)) <= 25
    assert max(lines(cell) for cell in code(cells)) <= 12
    assert statistics.median(lines(cell) for cell in code(cells)) <= 3
    assert all(cell.source.strip() for cell in cells)


def test_3_all_together_are_read_in_a_day():
    whole = [nbformat.read(path, 4).cells for path in NOTEBOOKS]
    assert sum(map(len, whole)) <= CELLS
    assert sum(lines(cell) for cells in whole for cell in code(cells)) <= LINES


def test_4_no_function_lambda_or_caption(cells):
    for cell in code(cells):
        tree = ast.walk(ast.parse(cell.source))
        assert not [n for n in tree if isinstance(n, ast.Lambda | ast.FunctionDef)], cell.source
        assert not re.search(r"\bcaption\(|\bcounted\(|['\"]s['\"] *\*|' if .* == 1", cell.source)


def test_4_prose_is_no_code(cells):
    prose = [cell.source for cell in cells if "outputs" not in cell]
    left = [re.sub(r"```.*?```", "", text, flags=re.DOTALL) for text in prose]
    assert not [text for text in left if re.search(r"^(show|count|plot|voices|read)\.", text, re.M)]


def test_5_each_table_says_what_a_row_is_and_is_short(cells):
    for cell in run(cells):
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            if "dataframe" in html:
                caption = html.rpartition('<p class="caption">')[2]
                assert re.search(r"[Oo]ne (row|column|line)|Each (row|column)", caption), caption
                assert html.count("<tr>") + html.count("<tr ") <= 17
                assert not re.search(r"\d\.\d{7}", html)


@pytest.mark.parametrize("kind", ["Figure", "Table"])
def test_6_every_figure_and_table_has_a_number_in_order_and_words(cells, kind):
    labels = [
        label
        for cell in run(cells)
        for label in re.findall(rf"^{kind} (\d\.\d+)\. .+", shown(cell), re.M)
    ]
    unique = list(dict.fromkeys(labels))
    chapter = int(cells[0].source[2:4])
    assert unique == [f"{chapter}.{i}" for i in range(1, len(unique) + 1)]
    for cell in run(cells):
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 40
                assert output.data["text/plain"].startswith("Figure ")


def test_7_no_number_about_the_corpus_in_prose(cells):
    known = {  # the last cell names sources with their years
        number.replace(",", "")
        for cell in run(cells)[:-1]
        for number in re.findall(r"(?<![\w.-])\d[\d,]{2,}(?![\w.-])", shown(cell))
    }
    said = set(
        re.findall(
            r"(?<![\w./-])\d{3,}(?![\w/-])",
            re.sub(r"## References.*|```.*?```", "", prose(cells), flags=re.S),
        )
    )
    assert not known & said


def test_8_each_section_returns_to_the_text(cells):
    for name, inside in sections(cells).items():
        if name not in FRAME | ARITHMETIC:
            source = "\n".join(cell.source for cell in code(inside))
            assert re.search(r"show\.(quote|kwic|marked)\(", source), name


def test_9_and_10_limits_of_this_corpus_and_equivalents_elsewhere(cells):
    found = sections(cells)
    assert set(found) >= FRAME
    assert "show.saying(" in "\n".join(cell.source for cell in code(found["Limits"]))
    references = prose(found["References"])
    assert re.search(r"TXM|IRaMuTeQ|quanteda|rainette", references)
    assert "doi.org" in references


def test_11_executed_in_order_without_a_warning_and_small(path, cells):
    assert [cell.execution_count for cell in run(cells)] == list(range(1, len(run(cells)) + 1))
    for cell in run(cells):
        assert not any(o.output_type == "error" or o.get("name") == "stderr" for o in cell.outputs)
    assert path.stat().st_size < 400_000


def test_12_three_to_five_things_to_try_and_ways_on(path, cells):
    assert 3 <= len(exercises(cells)) <= 5
    links = re.findall(r"\((\S+?)\.(?:ipynb|md)\)", prose(sections(cells)["References"]))
    wanted = {"index"}
    for way in WAYS:
        numbers = way.split()
        if path.stem[:2] in numbers:
            after = numbers[numbers.index(path.stem[:2]) + 1 :][:1]
            wanted |= {name for name in NAMES if name[:2] in after}
    assert wanted <= set(links)
    assert set(links) <= {*NAMES, "index", "measures"} - {"09-validation"}


@pytest.mark.slow
@pytest.mark.parametrize("folder", [SEEDS, FICTION], ids=["seed", "example"])
def test_12_what_is_to_be_tried_runs_as_it_is_written(path, folder, monkeypatch, tmp_path):
    notebook = nbformat.read(path, 4)
    monkeypatch.setitem(os.environ, "SEEDS", str(folder))
    monkeypatch.setitem(os.environ, "FIGURES", str(tmp_path))
    notebook.cells += map(nbformat.v4.new_code_cell, exercises(notebook.cells))
    NotebookClient(notebook, kernel_name="python3").execute()


def test_all_that_can_be_told_of_the_committed_texts_is_told(path, cells):
    text = "\n".join(shown(cell) for cell in run(cells))
    untold = re.findall(r"^(?:((?:Table|Figure) \d\.\d+)\. )?▢ ([^:\n]*)", text, re.M)
    assert {(path.stem, label or subject) for label, subject in untold} == {
        row for row in UNTOLD if row[0] == path.stem
    }


@pytest.mark.parametrize("name", ["05-chronology", "07-contrasts", "08-classes"])
def test_that_the_texts_are_invented_is_said_first_and_in_bold(name):
    setup = nbformat.read(HOME / "notebooks" / f"{name}.ipynb", 4).cells[2]
    first = setup.outputs[0].data["text/html"]
    assert re.search(r"<strong>You have .*All texts below are invented.*</strong>", first)


def test_what_a_notebook_was_made_with_is_said_as_it_was_used(path, cells):
    """Of what may be left to the notebook, provenance and methods have what it took."""
    *_, provenance, methods = map(shown, code(cells))
    for name in ["WORD", "SPEAKER"] + ["BY"] * (path.stem != "06-voices"):  # one text: no parts
        assert f" {name}: None" not in provenance
        assert f"{name} = None" not in methods
    used = re.search(r"Parameters: (.*)\.\n", methods)[1]
    for name, value in re.findall(r"([A-Z]+) = ([^,\[]+)", used):
        assert f" {name}: {value};" in provenance
    asked = {line.split(" = ")[0] for line in cells[1].source.splitlines()}
    assert {f"{name} =" for name in asked & {"WORD", "SPEAKER", "BY"}} <= {
        *re.findall(r"[A-Z]+ =", used)
    }


def test_what_a_database_told_stands_beside_what_was_found(tmp_path, capsys):
    import_files([*SAMPLES.glob("europresse_2023/*.HTML")], tmp_path / "textes")
    corpus = open_corpus(tmp_path / "textes", annotate=False, cache=tmp_path)
    cells = nbformat.read(HOME / "notebooks" / "01-parsing.ipynb", 4).cells
    (source,) = (cell.source for cell in code(cells) if "as_told" in cell.source)
    exec(source, {"corpus": corpus, "texts": corpus.documents, "read": read, "show": show})
    *rows, caption = capsys.readouterr().out.splitlines()[1:]
    assert caption.startswith("Table 1.9. One row is a text of which its database tells. Rows: ")
    told = read.as_told(corpus.documents)
    assert len(told) > 2
    assert told["also_in"].max() == 3
    assert [row.split()[0] for row in rows[1:]] == [
        *told.sort_values("share", kind="stable")["doc"]
    ]


@pytest.mark.parametrize(
    ("name", "numbers"), [("02-vocabulary", (1, 2)), ("07-contrasts", (1, 2, 4, 27))]
)
def test_what_a_database_was_asked_for_is_not_what_is_typical(name, numbers, example, monkeypatch):
    cells = nbformat.read(HOME / "notebooks" / f"{name}.ipynb", 4).cells

    def typical(asked: str) -> set[str]:
        corpus = example.where([i < 40 for i in range(len(example))])
        corpus.documents["query"] = asked
        monkeypatch.setattr("helpers.open_corpus", lambda **_: corpus)
        names = {}
        for at in numbers:
            exec(re.sub(r"(?m)^show\..*(\n .*)*$", "", cells[at].source), names)
        return {*names["general"]["type"]} & {*names.get("typical", names["general"]["type"])}

    assert {"phare", "phares"} & typical("")
    assert not {"phare", "phares"} & typical("TEXT= phare* ET port")


def test_a_notebook_has_no_machine_in_its_metadata(path):
    notebook = nbformat.read(path, 4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata["language_info"] == {"name": "python"}
