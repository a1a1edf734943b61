"""The pages beside the notebooks: the start page, with each notebook's question, answer and figure,
and the page of measures. The runner writes both, from the templates beside this file; they are read
in JupyterLab, on a code host and on the site.

Whatever comes from a corpus is escaped: nothing in it is markup.
"""

from __future__ import annotations

import string
from operator import itemgetter
from pathlib import Path

from nbformat import NotebookNode
from sphinx.util.template import FileRenderer

from helpers.read.tables import counted
from helpers.show.measures import all_measures, cited, reference


def plain(text: object) -> str:
    r"""Text as Markdown that shows it character for character.

    >>> print(plain("prix_5$ <b>"))
    prix\_5\$ \<b\>
    """
    line = " ".join(str(text).split())
    return "".join(f"\\{c}" if c in string.punctuation else c for c in line)


def literal(text: object) -> str:
    """Plain text in which JupyterLab, which sees no backslash any more, looks for no formula."""
    return f'<span class="mathjax_ignore">{plain(text)}</span>'


def filled(page: str, **values: object) -> str:
    """A page that stands beside this file as a template (Jinja), filled in; what comes from a
    corpus passes through `plain` or `literal` there.
    """
    made = FileRenderer(Path(__file__).parent)
    made.env.trim_blocks = made.env.lstrip_blocks = True
    made.env.filters |= {"plain": plain, "literal": literal, "counted": counted}
    made.env.filters |= {"whole": "{:,.0f}".format, "percent": "{:.0%}".format}
    return made.render(page, values).strip()


def write_pages(folder: Path, notebooks: dict[str, NotebookNode], **page: str) -> None:
    """Write the start page and the page of measures beside these notebooks."""
    start = start_page(notebooks, **page)
    (folder / "index.md").write_text(start, "utf-8", newline="\n")
    (folder / "measures.md").write_text(measures_page(), "utf-8", newline="\n")


def start_page(notebooks: dict[str, NotebookNode], title: str, opening: str, made: str = "") -> str:
    """The start page: what the corpus is, and each notebook by question, answer and figure.

    Parameters: notebooks (executed, by name, in order); title; opening (Markdown below it); made
    (HTML: by which methods).
    """
    books = {name: _entry(notebook) for name, notebook in notebooks.items()}
    page = {"title": title, "opening": opening, "books": books, "made": " ".join(made.split())}
    return filled("index.md", **page) + "\n"


def _entry(notebook: NotebookNode) -> dict[str, object]:
    """A notebook's place on the start page: its question, what its set-up says that there is, and
    the figure tagged `cover`, else the first.
    """
    heading, question = notebook.cells[0].source.split("\n\n")[:2]
    said = [
        " ".join(html.split())
        for cell in notebook.cells[2:3]
        for output in cell.get("outputs", ())
        if 'class="said"' in (html := output.get("data", {}).get("text/html", ""))
    ]
    figures = [
        ("cover" not in cell.metadata.get("tags", ()), about["figure"], about["image/png"]["alt"])
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "figure" in (about := output.get("metadata", {}))
    ]
    _, figure, alt = min(figures, key=itemgetter(0), default=(True, "", ""))
    found = {"heading": heading.removeprefix("# "), "question": question, "answers": said}
    return found | {"figure": figure, "alt": alt}


def measures_page() -> str:
    """Every measure that is computed here: verbs, formula, unit, variants, source, and what its
    numbers are tested against (*mesures*); one that shares its name is told by its verb, too.
    """
    measures = sorted(all_measures(), key=lambda measure: measure.name.casefold())
    keys = sorted({key for measure in measures for key in measure.sources})
    about = {"measures": measures, "names": [measure.name for measure in measures], "cited": cited}
    return filled("measures.md", **about, sources=map(reference, keys)) + "\n"
