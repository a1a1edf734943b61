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

from helpers.show.measures import Measure, all_measures, cited, reference

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
    sources = "\n".join(f"- {reference(key)[1]}" for key in keys)
    opening = f"{_OPENING}\n\n{_SYMBOLS}"
    return f"{HAND}\n\n# Measures\n\n{opening}\n\n{sections}\n\n## Sources\n\n{sources}\n"


_OPENING = """*What exactly is computed, after whom, and what is it tested against?*

Tools give different numbers under one name. Here each measure has its formula, and each formula
is compared with a reference implementation, or where there is none with its own definition, worked
out the slow way. Logarithms have the base that is written; what is undefined is missing, not 0."""

_SYMBOLS = r"""Where a formula does not say otherwise, its letters mean:

- $N$ words, $V$ types, $f_i$ occurrences of type $i$, $V_m$ types that occur $m$ times;
- $T$ words of the corpus, $t$ of the part (or near the node), $F$ and $f$ the word’s occurrences in
  each, $H(T, F, t)$ the hypergeometric distribution; $f$ of $n$ words here and $F$ of $n_{ref}$
  there, where two corpora are compared;
- $O$ and $E$ observed and expected occurrences, $f_x$ and $f_y$ those of node and co-occurrent;
- $r$ and $s$ the rates of a word on two sides, $r_b$ and $s_b$ in shuffling $b$, as
  $\chi^2_b$; $m$ words tried, $p_{(j)}$ the $j$-th smallest of their $p$;
- $W$ words, $S$ sentences, $Y$ syllables, $L$ words of more than six letters;
- $v_i$ and $s_i$ the shares of the word and of all words in part $i$ of $n$ parts, $\overline{x}$
  and $\sigma$ the mean and the (population) standard deviation of its rates there;
- $A$ and $B$ the types of two texts, $a_i$ and $b_i$ the occurrences of type $i$ in them, $N_a$ and
  $N_b$ their words; $n_a$, $n_b$, $n_{ab}$ the parts that hold one word, the other, both;
- $n_{ij}$ of $n$ things in class $i$ of one classification and $j$ of another, $a_i$ and $b_j$ in
  either;
- $a$ and $b$ segments of the class with and without the word, $c$ and $d$ the others with and
  without it; $T_{1j}$ and $T_{2j}$ the word $j$ in two halves of $n_1$ and $n_2$ occurrences, $s_j$
  in both, $n$ all together;
- $P$ the table divided by its sum $n$, $r$ and $c$ its margins, $D_r$ and $D_c$ the margins as
  diagonals; $F_i$ the place of part $i$ on the axes."""


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


def changed_pages(folder: Path, pages: dict[str, str]) -> list[str]:
    """The pages that are not in the folder as they should be."""
    paths = {name: folder / name for name in pages}
    kept = {name: path.read_text("utf-8") for name, path in paths.items() if path.exists()}
    return [name for name, text in pages.items() if kept.get(name) != text]


def write_pages(folder: Path, pages: dict[str, str]) -> None:
    """Write the pages that changed."""
    for name in changed_pages(folder, pages):
        (folder / name).write_text(pages[name], "utf-8", newline="\n")
