"""The site of the committed notebooks: whole, offline, the same bytes each time. What it looks like
and does in a browser is tested in tests/browser.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from helpers.read.corpus import HOME
from helpers.share.site import _TABLE, _laid_out, build_site
from helpers.show.measures import all_measures

FOLDER = HOME / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


class Page(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [about for name, about in self.tags if name == tag]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "pages"
    build_site(FOLDER, folder)
    return folder


def content(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_the_same_bytes(site, tmp_path):
    build_site(FOLDER, tmp_path / "again")
    assert content(site) == content(tmp_path / "again")


def test_there_is_a_page_for_each_notebook_and_they_are_linked(site):
    names = {path.stem for path in NOTEBOOKS} | {"index", "measures", "search"}
    assert {path.stem for path in site.glob("*.html")} == names
    for path in site.glob("*.html"):
        for link in Page(path).all("a"):
            target = (link.get("href") or "").partition("#")[0]
            if target and not target.startswith("https://"):
                assert (site / target).is_file(), (path.name, target)


def test_every_figure_has_the_alternative_text_of_its_caption(site):
    for path in NOTEBOOKS:
        told = [
            output.metadata["image/png"]["alt"]
            for cell in nbformat.read(path, 4).cells
            for output in cell.get("outputs", ())
            if "image/png" in output.get("data", {})
        ]
        shown = [image["alt"] for image in Page(site / f"{path.stem}.html").all("img")]
        assert shown == told
    assert all(image["alt"] for image in Page(site / "index.html").all("img"))


def test_nothing_is_asked_of_another_host(site):
    for path in site.glob("*.html"):
        page = Page(path)
        sources = [
            about.get("src") for tag in ("script", "img", "iframe") for about in page.all(tag)
        ]
        sources += [link["href"] for link in page.all("link")]
        assert not [source for source in sources if source and re.match(r"(https?:)?//", source)]
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", path.read_text("utf-8"))


def test_formulas_are_mathml_and_words_are_searched(site):
    page = (site / "measures.html").read_text("utf-8")
    assert page.count("<math ") >= len(all_measures())
    assert not re.search(r"\\frac|\\sum|mathjax.*js", page, re.I)
    searched = (site / "_static" / "pages.js").read_text("utf-8")
    pages = json.loads(searched.removeprefix("window.PAGES = ").rstrip(";\n"))
    assert {page for page, *_ in pages} == {path.stem for path in site.glob("*.html")} - {
        "search", "genindex",
    }  # fmt: skip
    assert ["01-parsing", "limits"] in [section[:2] for section in pages]
    assert not [text for *_, text in pages if "from helpers import" in text.partition("python")[0]]
    assert "searchtools" not in (site / "search.html").read_text("utf-8")


def test_cells_that_need_a_kernel_are_left_out_and_wide_things_can_be_scrolled(site):
    page = (site / "04-contexts.html").read_text("utf-8")
    notebook = nbformat.read(FOLDER / "04-contexts.ipynb", 4)
    interactive = [c for c in notebook.cells if "interactive" in c.metadata.get("tags", ())]
    assert interactive
    for cell in interactive:
        assert cell.source not in html.unescape(re.sub(r"<[^>]*>", "", page))
    assert page.count("<table") == page.count('aria-label="table"') == page.count("</table></div>")
    assert "<pre>" not in page


def test_a_warning_is_an_error(tmp_path):
    (tmp_path / "index.md").write_text("# Titre\n\n[nulle part](rien.md)\n", "utf-8")
    with pytest.raises(Exception, match=r"rien\.md"):
        build_site(tmp_path, tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


def test_numbers_stand_to_the_right_and_rows_that_are_only_counted_have_no_number():
    head = "<table><thead><tr><th></th><th>mot</th><th>f</th></tr></thead>"
    rows = [
        "<tr><th>0</th><td>de</td><td>1,030</td></tr>",
        "<tr><th>1</th><td>la</td><td>–</td></tr>",
    ]
    assert shown(f"{head}{''.join(rows)}</table>") == "wide n1 n3 counted"
    assert shown(f"<table>{rows[1]}</table>") == "wide n1 n3"
    assert shown("<table></table>") == "wide"


def shown(table: str) -> str:
    """The classes around a table."""
    return re.match('<div class="(.*?)"', _TABLE.sub(_laid_out, table))[1]
