"""JupyterLab as `make lab` opens it: the start page, every notebook from the menu, the views with
knobs by mouse and keyboard.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.read.corpus import HOME
from helpers.share.render import INTERACTIVE, normal
from tests.browser.lab import Lab, copy_tree, serve

pytestmark = pytest.mark.slow
NOTEBOOKS = sorted((HOME / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copy_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def lab(tree, new_page):
    write(tree, "knobs", SETUP, "show.explore(corpus, 'sécurité')")
    write(tree, "bar", "from helpers import open_corpus", "open_corpus('texts', cache='store')")
    with serve(tree) as url:
        # So high that no cell of ours is out of sight, and with that out of the page.
        yield Lab(new_page(viewport={"width": 1400, "height": 2000}), url)


def interactive(cell: nbformat.NotebookNode) -> bool:
    return INTERACTIVE in cell.metadata.get("tags", [])


def renumber(notebook: nbformat.NotebookNode) -> None:
    """Count as the runner does, which leaves the interactive cells out; a person runs them too."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for number, cell in enumerate((cell for cell in cells if not interactive(cell)), 1):
        for counted in (cell, *cell.outputs):
            if counted.get("execution_count"):
                counted.execution_count = number


SETUP = """
from helpers import open_corpus, read, show
corpus = open_corpus(read.FICTION, annotate=False)
"""


def write(tree: Path, name: str, *cells: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    nbformat.write(normal(notebook), tree / "notebooks" / f"{name}.ipynb")


def test_it_opens_on_the_start_page_which_is_rendered(lab):
    assert lab.start.inner_text() == "Reading and counting French press texts"
    assert lab.page.locator(".jp-FileEditor").count() == 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_the_menu_and_saves_the_outputs_that_are_committed(path, lab, tree):
    committed, file = nbformat.read(path, 4), tree / "notebooks" / path.name
    lab.open(committed.cells[0].source.partition("\n")[0].removeprefix("# "))
    assert lab.run_all() == []
    lab.save()
    lab.shut_down()
    saved = nbformat.read(file, 4)
    for cell in filter(interactive, saved.cells):
        assert "application/vnd.jupyter.widget-view+json" in cell.outputs[0].data
    renumber(saved)
    for cell, before in zip(normal(saved).cells, committed.cells, strict=True):
        assert (cell.source, cell.get("outputs")) == (before.source, before.get("outputs"))
    assert nbformat.writes(saved) + "\n" == path.read_text("utf-8")


@pytest.fixture(scope="module")
def panel(lab):
    lab.open_file("knobs.ipynb")
    assert lab.run_all() == []
    return lab.page.locator(".jp-OutputArea-output .widget-vbox").first


def ask(panel, label: str, text: str) -> None:
    """Write into a field, by the keyboard alone."""
    panel.get_by_label(label, exact=True).focus()
    for key in ("Control+a", "Delete"):
        panel.page.keyboard.press(key)
    panel.page.keyboard.type(text)
    panel.page.keyboard.press("Enter")


def test_a_corpus_is_explored_by_the_keyboard(panel):
    lines, keyboard = panel.get_by_label("lines", exact=True), panel.page.keyboard
    ask(panel, "query", "dragage")
    expect(lines.locator("option").first).to_contain_text("[dragage]")
    first = panel.locator("h4").inner_text()
    panel.get_by_label("line", exact=True).focus()
    for _ in range(3):
        keyboard.press("ArrowUp")
    expect(panel.locator("h4")).not_to_have_text(first)
    expect(panel.locator("strong", has_text="dragage").first).to_be_visible()
    ask(panel, "texts with", "enquête")
    expect(panel).not_to_contain_text("in 161 texts")
    panel.get_by_label("sort", exact=True).focus()
    for key in ("Space", "End", "Enter"):
        keyboard.press(key)
    expect(panel.get_by_label("sort", exact=True)).to_have_value("outlet")


def test_a_corpus_is_explored_by_the_mouse(panel):
    ask(panel, "texts with", "")
    lines = panel.get_by_label("lines", exact=True)
    panel.get_by_label("query", exact=True).fill("port")
    panel.get_by_label("outlet", exact=True).select_option("Le Fanal de Valombre")
    expect(lines.locator("option").first).to_contain_text("Le Fanal de Valombre")
    panel.get_by_label("page", exact=True).fill("2")
    panel.get_by_label("page", exact=True).press("Enter")
    expect(lines.locator("option").first).to_contain_text("[")
    with panel.page.expect_download() as saving:
        panel.get_by_text("save as CSV").click()
    assert saving.value.suggested_filename == "lines.csv"
    assert Path(saving.value.path()).read_text("utf-8-sig").startswith("doc,par,sent,left,node")


def test_words_are_drawn_through_time_and_what_is_wrong_is_said(panel):
    ask(panel, "words", "phare, dragage")
    picture = panel.locator("img")
    expect(picture).to_be_visible()
    before = picture.get_attribute("src")
    panel.get_by_label("by", exact=True).select_option("outlet")
    expect(picture).not_to_have_attribute("src", before)
    ask(panel, "query", "[port")
    expect(panel).to_contain_text("▢")
    expect(panel).to_contain_text("character")


def test_parsing_shows_a_bar(lab, tree):
    texts = tree / "notebooks" / "texts"
    texts.mkdir()
    for i in range(12):
        sentence = f"Le ministre {i} a reçu les maires de la région. "
        (texts / f"{i}.txt").write_text(sentence * 20, "utf-8")
    lab.open_file("bar.ipynb")
    lab.choose("Run", "Run All Cells")
    bar = lab.page.locator(".jp-OutputArea .widget-hprogress:visible")
    bar.wait_for()
    assert "parsing" in bar.locator("xpath=..").inner_text()
    assert lab.run_all() == []
