"""The site: the executed notebooks as pages that open from a folder, without a request to outside.

Sphinx, MyST-NB and furo do the work (`notebooks/conf.py`); here stands what they leave out:
formulas as MathML, the alternative texts that the figures carry, links between pages, and tables
that a keyboard can scroll.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils.nodes import Element, SkipNode, make_id
from docutils.utils.math.latex2mathml import tex2mathml
from lxml.html import fromstring
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace
from sphinx.writers.html5 import HTML5Translator

from helpers.read.corpus import HOME
from helpers.show.figures import SHOWN_WIDTH
from helpers.show.notes import escape

NOTEBOOKS = HOME / "notebooks"  # with conf.py
START = "index"
INTERACTIVE = "interactive"  # cells that only a person runs: their widgets have random identities
# What a page may load: its own files, pictures in it, and no script or style of another host.
_POLICY = (
    "default-src 'self' file:; img-src 'self' file: data:; style-src 'self' file: 'unsafe-inline'; "
    "script-src 'self' file: 'unsafe-inline'; object-src 'none'; base-uri 'none'"
)
_LINK = re.compile(r'href="(?P<page>[\w-]+)\.(?:ipynb|md)(?:#(?P<section>[^"]+))?"')
# What a next build would read; there is none over the same pages.
_LEFTOVERS = (".buildinfo", "objects.inv")
# Not a landmark: a page has many.
_FOCUS = 'role="group" aria-label="{}" tabindex="0"'
_FORMULA_FOCUS = _FOCUS.format("formula")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
# Rows of a table without its head, their cells, what is a number or the lack of one.
_ROW = re.compile(r"<tr[^>]*>(?:(?!</tr>).)*<td(?:(?!</tr>).)*</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_NUMBER = re.compile(r"\s*(?:[-+−]?\d[\d,.]*(?:e[-+]\d+)?%?|NaN|&lt;NA&gt;|–|)\s*")
# What `helpers.show.notes.typeset` gives.
_FORMULA = re.compile(r'(?<=<span )(class="mathjax_process">)\$(.*?)\$(?=</span>)')


def build_site(folder: Path, target: Path, *, title: str = "") -> None:
    """Make the pages of a folder of executed notebooks; a warning is an error.

    Parameters: folder (with index.md); target (a folder that is not there yet); title (of the
    site).
    """
    # The theme takes a title for HTML, and the name of a folder is none.
    settings = {"html_title": escape(title), "project": escape(title)} if title else {}
    beside = tempfile.TemporaryDirectory(dir=target.parent)  # where its disk has room
    with beside as made, docutils_namespace():
        pages = Path(made, "pages")
        app = Sphinx(
            *(folder, NOTEBOOKS, pages, Path(made, "trees"), "html"),
            confoverrides=settings,
            status=None,
            freshenv=True,
            warningiserror=True,
            exception_on_warning=True,
        )
        app.build()
        shutil.copytree(pages, target, ignore=shutil.ignore_patterns(*_LEFTOVERS))


def setup(app: Sphinx) -> None:
    """What Sphinx calls first: the additions of this module."""
    inline, block = (partial(_write_formula, block=block) for block in (False, True))
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    app.connect("source-read", _prepare)
    app.connect("html-page-context", _finish)
    app.connect("build-finished", _write_index)


def _write_formula(translator: HTML5Translator, node: Element, *, block: bool) -> None:
    """A formula as MathML, which browsers draw by themselves."""
    formula = tex2mathml(node.astext(), as_block=block)
    translator.body.append(f"<p>{formula}</p>" if block else formula)
    raise SkipNode


def _prepare(app: Sphinx, page: str, source: list[str]) -> None:
    """A page before it is read: the start page lists the others, a notebook's figures keep their
    alternative texts and its interactive cells, which need a kernel, are left out.
    """
    if page == START:
        others = sorted(app.env.found_docs - {START})
        source[0] += "\n".join(["\n```{toctree}", ":hidden:", "", *others, "```\n"])
    elif app.env.doc2path(page).suffix == ".ipynb":
        notebook = json.loads(source[0])
        for cell in notebook["cells"]:
            _describe(cell)
        source[0] = json.dumps(notebook)


def _describe(cell: dict[str, Any]) -> None:
    tags = cell["metadata"].setdefault("tags", [])
    if cell["cell_type"] == "code":  # its code is one click away
        tags.append("remove-cell" if INTERACTIVE in tags else "hide-input")
    for output in cell.get("outputs", ()):
        about = output.get("metadata", {}).get("image/png", {})
        if "alt" in about:
            image = {name: str(about[name]) for name in ("alt", "width")}
            cell["metadata"].setdefault("mystnb", {})["image"] = image


def _led(link: re.Match[str]) -> str:
    """A link to a notebook or page, or to a section as JupyterLab names it, as one of the site."""
    section = f"#{make_id(unquote(link['section']))}" if link["section"] else ""
    return f'href="{link["page"]}.html{section}"'


def _finish(_: Sphinx, page: str, template: str, context: dict[str, Any], *__: Any) -> None:
    """A page before it is written: links lead to pages, and what may be wider than a telephone can
    be scrolled by keyboard.
    """
    context["metatags"] = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        + context.get("metatags", "")
    )
    body = context.get("body", "")
    body = _LINK.sub(_led, body)
    body = _FORMULA.sub(_typeset, body)
    body = body.replace("<pre>", '<pre tabindex="0">')
    body = body.replace(' aria-label="Toggle hidden content"', "")  # its words say more
    body = body.replace('<div class="math-wrapper', f'<div {_FORMULA_FOCUS} class="math-wrapper')
    # A figure is scrolled on a telephone, where its letters would be too small.
    framed = rf'<span class="wide" {_FOCUS.format("figure")}>\g<0></span>'
    body = re.sub(rf'<img [^>]*(?:width="{SHOWN_WIDTH}"|00-calendar)[^>]*>', framed, body)
    context["body"] = _TABLE.sub(_laid_out, body)


def _sections(page: Path) -> Iterator[tuple[str, str, str, str]]:
    """What is searched of a page: of each section its anchor, its title and its own text."""
    for section in [*fromstring(page.read_text("utf-8")).iter("section")]:
        for inner in section.xpath(_NOT_SEARCHED):
            inner.drop_tree()
        title, *text = (" ".join(part.split()) for part in section.itertext() if part.strip())
        yield page.stem, section.get("id", ""), title, " ".join(text)


def _write_index(app: Sphinx, failed: Exception | None) -> None:
    """Write what is searched as a script, since a page that was opened from a folder may not read
    another one, and let the page of the search use it.
    """
    if failed:
        return
    search = Path(app.outdir, "search.html")
    others = {*Path(app.outdir).glob("*.html")} - {search}
    pages = sorted(row for page in others for row in _sections(page))
    data = json.dumps(pages, ensure_ascii=False).replace("<", "\\u003c")
    Path(app.outdir, "_static", "pages.js").write_text(f"window.PAGES = {data};\n", "utf-8")
    (Path(app.outdir) / "searchindex.js").unlink()
    page = _SPHINX_SEARCH.sub("", search.read_text("utf-8"))
    ours = "".join(f'<script src="_static/{name}.js"></script>' for name in ("pages", "search"))
    search.write_text(page.replace("</body>", f"{ours}</body>"), "utf-8", newline="\n")


# Sections within a section, code, and what leads about.
_NOT_SEARCHED = (
    "./section | .//summary | .//style | .//a[contains(@class, 'headerlink')]"
    " | .//div[contains(@class, 'cell_input')]"
)
_SPHINX_SEARCH = re.compile(
    r'<script src="(?:_static/searchtools|_static/language_data|searchindex)\.js[^"]*"></script>'
)


def _laid_out(table: re.Match[str]) -> str:
    """A table with the numbers of its columns of numbers, which stand to the right; rows that are
    only counted are not numbered.
    """
    rows = [_CELL.findall(row) for row in _ROW.findall(table[0])]
    columns = list(zip(*rows, strict=False))
    looks = [f"n{i}" for i, cells in enumerate(columns, 1) if all(map(_NUMBER.fullmatch, cells))]
    counted = columns and list(columns[0]) == [str(i) for i in range(len(rows))]
    look = " ".join(["wide", *looks, *["counted"] * bool(counted)])
    return f'<div class="{look}" {_FOCUS.format("table")}>{table[0]}</div>'


def _typeset(found: re.Match[str]) -> str:
    """The beginning of a span, and its formula drawn."""
    return f"{_FORMULA_FOCUS} {found[1]}{tex2mathml(html.unescape(found[2]), as_block=False)}"
