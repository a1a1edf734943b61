"""A report over texts that would do harm: their words are shown as they are and run nowhere, on the
site, in JupyterLab and in the figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from helpers.read.corpus import HOME
from tests.browser.harmful import HARMFUL, NAME, STRANGE, write_hostile
from tests.browser.lab import Lab, copy_tree, serve

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    seeds = tmp_path_factory.mktemp("texts") / f"{HARMFUL[1]} {NAME}"
    return seeds, tmp_path_factory.mktemp("made") / f"{HARMFUL[1]} {NAME}"


@pytest.fixture(scope="module")
def report(folders) -> Path:
    write_hostile(folders[0])
    given = ["render", "--seeds", str(folders[0]), "--out", str(folders[1])]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *given],
        cwd=HOME, env=os.environ | {"FIGURES": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folders[1]


def notebooks_of(report: Path) -> list[str]:
    return sorted(path.stem for path in (report / "notebooks").glob("*.ipynb"))


@pytest.fixture
def nothing_runs(new_page) -> Callable[[Page], str]:
    """The text of what was made of the corpus, after a look at what was not made of it."""

    def nothing_runs(page: Page, place: str) -> str:
        page.wait_for_timeout(1000)
        assert [frame.evaluate("window.pwned") for frame in page.frames] == [None]
        ours = ":not(.mathjax_process *)"  # formulas of measures
        made = f"iframe, math{ours}, mjx-container{ours}, script, b, svg [onload], [onerror]"
        made += ", [href^=javascript]"
        assert page.locator(place).locator(made).all() == []
        return " ".join(" ".join(page.locator(place).all_inner_texts()).split())

    return nothing_runs


def test_on_the_site_it_is_text(report, new_page, nothing_runs):
    page, texts = new_page(), []
    for name in [*notebooks_of(report), "index"]:
        page.goto((report / "site" / f"{name}.html").as_uri())
        texts.append(nothing_runs(page, "article"))
        expect(page.locator(".sidebar-brand-text")).to_have_text(f"{HARMFUL[1]} {NAME}")
        assert page.title().endswith(f"{HARMFUL[1]} {NAME}")
    said = " ".join(texts)
    assert [text for text in (*HARMFUL, *STRANGE, NAME) if unescape(text) not in said] == []


def test_in_jupyterlab_it_is_text_where_the_notebook_is_trusted(
    report, folders, new_page, nothing_runs, tmp_path
):
    given = ["--seeds", str(folders[0]), "--out", str(report)]
    with serve(copy_tree(tmp_path), *given, whole=True) as url:
        lab, texts = Lab(new_page(), url), []
        expect(lab.start).to_contain_text(f"{HARMFUL[1]} {NAME}")
        nothing_runs(lab.page, ".jp-MarkdownViewer")
        lab.open_file("measures.md")
        lab.page.locator(".jp-MarkdownViewer:visible mjx-container").first.wait_for()
        for name in notebooks_of(report):
            lab.open_file(f"{name}.ipynb")
            lab.trust()
            texts.append(nothing_runs(lab.page, ".jp-OutputArea"))
            lab.shut_down()
    said = " ".join(texts)
    assert [text for text in (*HARMFUL, *STRANGE, NAME) if unescape(text) not in said] == []


def test_in_the_figures_it_is_text(report):
    figures = sorted((report / "figures").glob("*.svg"))
    assert figures
    for figure in figures:
        kinds = {element.tag.rpartition("}")[2] for element in ElementTree.parse(figure).iter()}
        assert not kinds & {"script", "a", "foreignObject"}
