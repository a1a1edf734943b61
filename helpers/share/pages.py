"""The pages beside the notebooks: the start page, with each notebook's question, answer and figure,
and the page of measures. Both are written by the runner, and read in JupyterLab, on a code host and
on the site.

Whatever comes from a corpus is escaped: nothing in it is markup.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from nbformat import NotebookNode

from helpers.show.measures import Measure, all_measures, cited, reference

HAND = "<!-- Written by `make`; an edit here is lost. -->"
OPENING = Path(__file__).parent / "measures.md"  # what stands on the page before the measures


def plain(text: object) -> str:
    r"""Text as Markdown that shows it character for character.

    >>> print(plain("prix_5$ <b>"))
    prix\_5\$ \<b\>
    """
    line = _one_line(str(text))
    return "".join(f"\\{c}" if c in string.punctuation else c for c in line)


def literal(text: object) -> str:
    """Plain text in which JupyterLab, which sees no backslash any more, looks for no formula."""
    return f'<span class="mathjax_ignore">{plain(text)}</span>'


def write_pages(folder: Path, notebooks: dict[str, NotebookNode], title: str, opening: str) -> None:
    """Write the start page and the page of measures beside these notebooks."""
    start = start_page(notebooks, title=title, opening=opening)
    (folder / "index.md").write_text(start, "utf-8", newline="\n")
    (folder / "measures.md").write_text(measures_page(), "utf-8", newline="\n")


def start_page(notebooks: dict[str, NotebookNode], *, title: str, opening: str) -> str:
    """The start page: what the corpus is, and each notebook by question, answer and figure.

    Parameters: notebooks (executed, by name, in order); title; opening (Markdown below it).
    """
    parts = [HAND, f"# {title}", opening]
    for name, notebook in notebooks.items():
        parts += _entry(name, notebook)
    if notebooks:  # the card that ends each of them
        card = _html(next(iter(notebooks.values())).cells[-1])
        parts += ["## What this was made from", _one_line("".join(card))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _entry(name: str, notebook: NotebookNode) -> Iterator[str]:
    """A notebook's place on the start page."""
    heading, question = notebook.cells[0].source.split("\n\n")[:2]
    yield f"## [{heading.removeprefix('# ')}]({name}.ipynb)"
    yield question
    for cell in notebook.cells[2:3]:  # the set-up, which says what there is
        yield from (_one_line(html) for html in _html(cell) if 'class="said"' in html)
    if cover := _cover(notebook):
        figure, alt = cover
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


def measures_page() -> str:
    """Every measure that is computed here: verbs, formula, unit, variants, source, and what its
    numbers are tested against (*mesures*).
    """
    measures = sorted(all_measures(), key=lambda measure: measure.name.casefold())
    names = Counter(measure.name for measure in measures)
    sections = "\n\n".join(_measure(each, shared=names[each.name] > 1) for each in measures)
    keys = sorted({key for measure in measures for key in measure.sources})
    sources = "\n".join(f"- {reference(key)[1]}" for key in keys)
    opening = OPENING.read_text("utf-8")
    return f"{HAND}\n\n{opening}\n{sections}\n\n## Sources\n\n{sources}\n"


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
    french = f"*{measure.french}*\n\n" if measure.french != measure.name else ""
    formulas = "\n\n".join(f"$$\n{formula}\n$$" for formula in measure.formula)
    return f"## {title}\n\n{french}{formulas}\n\n{listed}"
