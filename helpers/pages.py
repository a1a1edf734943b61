"""The pages beside the notebooks: the start page, with each notebook's question, answer and figure,
and the page of measures. Both are written by the runner, and read in JupyterLab, on a code host and
on the site.

Whatever comes from a corpus is escaped: nothing in it is markup.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.measures import Measure, all_measures, cited, described

if TYPE_CHECKING:
    from nbformat import NotebookNode

HAND = "<!-- Written by `make`; an edit here is lost. -->"


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


def start_page(notebooks: dict[str, NotebookNode], *, title: str, opening: str) -> str:
    """The start page: what the corpus is, and each notebook by question, answer and figure.

    Parameters: notebooks (executed, by name, in order); title; opening (Markdown below it).
    """
    parts = [HAND, f"# {title}", opening]
    for name, notebook in notebooks.items():
        parts += _entry(name, notebook)
    first = next(iter(notebooks.values()), None)
    parts += ["## What this was made from", _provenance(first)] if first else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _entry(name: str, notebook: NotebookNode) -> Iterator[str]:
    """A notebook's place on the start page."""
    heading, question = notebook.cells[0].source.split("\n\n")[:2]
    yield f"## [{heading.removeprefix('# ')}]({name}.ipynb)"
    yield question
    yield from (_one_line(html) for html in _html(notebook.cells[1]) if re.search("<p>[✓✗▢]", html))
    if found := _cover(notebook):
        figure, alt = found
        yield f"[![{plain(alt)}](../figures/{figure}.png)]({name}.ipynb)"
        yield f"<small>{literal(alt)}</small>"


def _html(cell: NotebookNode) -> list[str]:
    return [output.get("data", {}).get("text/html", "") for output in cell.get("outputs", ())]


def _one_line(html: str) -> str:
    return " ".join(html.split())


def _cover(notebook: NotebookNode) -> tuple[str, str] | None:
    """The name and the alternative text of the figure tagged `cover`, else of the first."""
    figures = [
        ("cover" not in cell.metadata.get("tags", ()), about["figure"], about["image/png"]["alt"])
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "figure" in (about := output.get("metadata", {}))
    ]
    return min(figures, key=itemgetter(0))[1:] if figures else None


def _provenance(notebook: NotebookNode) -> str:
    """The card that ends a notebook."""
    return _one_line("".join(_html(notebook.cells[-1])))


def measures_page() -> str:
    """Every measure that is computed here: verbs, formula, unit, variants, source, and what its
    numbers are tested against (*mesures*).
    """
    measures = sorted(all_measures(), key=lambda measure: measure.name.casefold())
    names = Counter(measure.name for measure in measures)
    sections = "\n\n".join(
        _measure(measure, shared=names[measure.name] > 1) for measure in measures
    )
    keys = sorted({key for measure in measures for key in measure.sources})
    sources = "\n".join(f"- {described(key)}" for key in keys)
    return f"{HAND}\n\n# Measures\n\n{_OPENING}\n\n{sections}\n\n## Sources\n\n{sources}\n"


_OPENING = """*What exactly is computed, after whom, and what is it tested against?*

Tools give different numbers under one name. Here each measure has one formula, and each formula
is compared with a reference implementation, or where there is none with its own definition, worked
out the slow way. Logarithms have the base that is written; what is undefined is missing, not 0."""


def _measure(measure: Measure, *, shared: bool) -> str:
    """One measure of the page; where it shares its name, the title says which verb's it is."""
    title = f"{measure.name} (`{measure.verbs[0]}`)" if shared else measure.name
    rows = {
        "computed by": ", ".join(f"`{verb}`" for verb in measure.verbs),
        "unit": measure.unit,
        "variants": measure.variants,
        "source": cited(measure.sources),
        "tested against": measure.tested,
    }
    listed = "\n".join(f"- {name}: {value}" for name, value in rows.items() if value)
    return f"## {title}\n\n*{measure.french}*\n\n$$\n{measure.formula}\n$$\n\n{listed}"


def write_pages(folder: Path, pages: dict[str, str], *, check: bool) -> bool:
    """Write the pages that changed; with check, only tell whether one would change."""
    same = True
    for name, text in pages.items():
        path = folder / name
        old = path.read_text("utf-8") if path.exists() else None
        same &= old == text
        if old != text and not check:
            path.write_text(text, "utf-8", newline="\n")
    return same
