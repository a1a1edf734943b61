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
    write(tree, "knobs", SETUP, "interactive_concordance(corpus)", "interactive_themes(corpus)")
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
from helpers.show import interactive_concordance, interactive_themes
from helpers import open_corpus
corpus = open_corpus()
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
def views(lab):
    lab.open_file("knobs.ipynb")
    assert lab.run_all() == []
    concordance, themes = lab.page.locator(".jp-OutputArea-output .widget-vbox").all()
    return concordance, themes


def test_the_concordance_answers_the_keyboard(views):
    view, _ = views
    line, keyboard = view.locator("tr:has(td)").first, view.page.keyboard
    view.get_by_label("query").focus()
    keyboard.press("Control+a")
    keyboard.type("lutte")
    keyboard.press("Enter")
    expect(line.locator("td").first).to_have_text("sécurité marocains dans le domaine de")
    keyboard.press("Tab")
    keyboard.press("Tab")
    for _ in range(4):
        keyboard.press("ArrowLeft")
    expect(line.locator("td").first).to_have_text("domaine de")
    view.get_by_label("sort").focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Enter"):
        keyboard.press(key)
    expect(view.get_by_label("sort")).to_have_value("left2")


def test_the_concordance_answers_the_mouse_and_says_what_is_wrong_with_a_query(views):
    view, _ = views
    query, lines = view.get_by_label("query"), view.locator(".widget-html")
    query.fill("menace")
    view.get_by_label("unit").click()
    view.get_by_label("unit").select_option("lemma")
    expect(lines).to_contain_text("menaces")
    query.fill("[menace")
    query.press("Enter")
    expect(lines).to_contain_text("▢")
    expect(lines).to_contain_text("character")


def test_the_themes_answer_mouse_and_keyboard(views):
    _, view = views
    picture, boxes = view.locator("img"), view.get_by_role("checkbox")
    before = picture.get_attribute("src")
    boxes.nth(4).click()
    expect(picture).not_to_have_attribute("src", before)
    for box in boxes.all():
        if box.is_checked():
            box.press("Space")
    expect(view).to_contain_text("No theme is chosen")
    boxes.first.focus()
    view.page.keyboard.press("Tab")
    view.page.keyboard.press("Space")
    expect(boxes.nth(1)).to_be_checked()
    expect(view.locator("blockquote").first).to_be_visible()


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
