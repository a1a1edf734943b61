"""Execute the notebooks, byte for byte the same each time; with `report`, `pages` and `site`, the
only helper that knows that there are notebooks.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from helpers.read.corpus import HOME, open_corpus, seeds_folder
from helpers.share.pages import changed_pages, literal, measures_page, start_page, write_pages
from helpers.share.report import NOTEBOOKS, opening, prepare, replaced, write_tables
from helpers.share.site import build_site
from helpers.show.figures import FIGURES

if TYPE_CHECKING:
    from nbformat import NotebookNode

SITE = HOME / "site"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# What says when, where or on which machine a cell ran.
TRANSIENT = ("execution", "trusted", "collapsed", "scrolled", "ExecuteTime")
# Cells that only a person runs: their widgets have random identities.
INTERACTIVE = "interactive"


def normal(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what says when, where or on which machine it ran."""
    import nbformat

    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    for cell in notebook.cells:
        for key in TRANSIENT:
            cell.metadata.pop(key, None)
        if INTERACTIVE in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
    return notebook


class Run(NamedTuple):
    """A notebook that was executed: where it was read, its new text, what failed in which cell."""

    source: Path
    text: str
    failures: list[str]


async def execute(source: Path, folder: Path) -> Run:
    """Run a notebook in this folder; after a cell that fails the others are run."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(source, 4)
    client = NotebookClient(
        notebook,
        record_timing=False,
        kernel_name="python3",
        timeout=None,
        allow_errors=True,
        skip_cells_with_tag=INTERACTIVE,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    await client.async_execute()
    return Run(source, _written(notebook), _failures(source.stem, notebook))


def _written(notebook: NotebookNode) -> str:
    import nbformat

    return nbformat.writes(normal(notebook)) + "\n"


def _failures(name: str, notebook: NotebookNode) -> list[str]:
    """What failed in which cell."""
    return [
        f"{name}, cell {number}: {output.ename}: {output.evalue}"
        for number, cell in enumerate(notebook.cells, 1)
        for output in cell.get("outputs", ())
        if output.output_type == "error"
    ]


def render(
    names: list[str],
    seeds: str | None,
    out: str | None,
    *,
    jobs: int,
    check: bool = False,
    text: bool = True,
) -> bool:
    """Execute the notebooks over a folder, and make the pages around them; True if all went well.

    Parameters: names (of committed notebooks, all if none is given; a report is made whole); jobs
    (notebooks at a time); check (change nothing, tell what would change); text (False leaves full
    texts and long quotations out of a report).
    """
    import matplotlib.font_manager  # noqa: F401  (builds its cache of fonts here, and not with a warning in a cell)

    # Kernels run side by side: where each has threads of its own for a product, they wait for each
    # other's.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ["NO_TEXT"] = "" if text else "1"
    report, sources = prepare(seeds, out), _sources(names)
    if report is None:
        run = _check_committed if check else _render_committed
        return run(sources, jobs, whole=not names)
    if check:
        raise SystemExit("--check compares the committed notebooks; leave --seeds and --out away.")
    if names:
        raise SystemExit("A report is made whole: leave the names of notebooks away.")
    return _render_report(report, jobs, text=text)


def _sources(names: list[str]) -> list[Path]:
    known = sorted(NOTEBOOKS.glob("*.ipynb"))
    missing = sorted(set(names) - {path.stem for path in known})
    if missing:
        there = ", ".join(path.stem for path in known)
        raise SystemExit(f"There is no notebook {', '.join(missing)}; there are {there}.")
    return [path for path in known if not names or path.stem in names]


def _run_all(sources: list[Path], folder: Path, jobs: int, keep: Callable[[Run], str]) -> set[str]:
    """Run notebooks side by side, keep each when it is done; what became of them, in words."""

    async def one(source: Path, gate: asyncio.Semaphore) -> str:
        async with gate:
            start = time.perf_counter()
            run = await execute(source, folder)
            word = keep(run)
            print(f"{source.stem}  {word}, {time.perf_counter() - start:.1f} s", flush=True)
            for failure in run.failures:
                print(f"✗ {failure}", file=sys.stderr, flush=True)
            return word

    async def all_of_them() -> list[str]:
        gate = asyncio.Semaphore(jobs)
        return await asyncio.gather(*(one(source, gate) for source in sources))

    return set(asyncio.run(all_of_them()))


def _render_committed(sources: list[Path], jobs: int, *, whole: bool) -> bool:
    """The committed notebooks, and if all of them were run the pages; one that fails is not
    written.
    """

    def keep(run: Run) -> str:
        word = _compared(run)
        if word != "differs":
            return word
        run.source.write_text(run.text, "utf-8", newline="\n")
        return "rewritten"

    good = "failed" not in _run_all(sources, NOTEBOOKS, jobs, keep)
    if whole and good:
        write_pages(NOTEBOOKS, committed_pages(_read(sources, NOTEBOOKS)))
        write_site()
    return good


def write_site() -> None:
    """Make the site of the committed notebooks in the place of the one that was made before."""
    with TemporaryDirectory() as made:
        pages = Path(made, SITE.name)
        build_site(NOTEBOOKS, pages)
        shutil.rmtree(SITE, ignore_errors=True)
        shutil.copytree(pages, SITE)
    print(f"the site is {SITE / 'index.html'}")


def _check_committed(sources: list[Path], jobs: int, *, whole: bool) -> bool:
    """Tell which committed notebooks, figures and pages would change, and change none."""
    with TemporaryDirectory() as made:
        os.environ["FIGURES"] = made
        good = _run_all(sources, NOTEBOOKS, jobs, _compared) == {"unchanged"}
        different = [f"figures/{name}" for name in _other_figures(Path(made), whole=whole)]
    if whole and good:
        pages = committed_pages(_read(sources, NOTEBOOKS))
        different += [f"notebooks/{name}" for name in changed_pages(NOTEBOOKS, pages)]
    for name in different:
        print(f"{name}  differs", flush=True)
    return good and not different


def _compared(run: Run) -> str:
    if run.failures:
        return "failed"
    return "unchanged" if run.text == run.source.read_text("utf-8") else "differs"


def _other_figures(made: Path, *, whole: bool) -> list[str]:
    """The figures that are not as they are committed; with whole, also those that none made."""
    ours, theirs = (
        {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
        for folder in (made, FIGURES)
    )
    names = sorted(ours | theirs if whole else ours)
    return [name for name in names if ours.get(name) != theirs.get(name)]


def _render_report(report: Path, jobs: int, *, text: bool) -> bool:
    """The notebooks over another folder, and all that a report holds, made anew."""
    corpus, sources = open_corpus(), _sources([])
    with replaced(report) as made:
        folder = made / "notebooks"

        def keep(run: Run) -> str:
            (folder / run.source.name).write_text(run.text, "utf-8", newline="\n")
            return "failed" if run.failures else "written"

        good = "failed" not in _run_all(sources, folder, jobs, keep)
        notebooks = _read(sources, folder)
        write_tables(corpus, made, list(notebooks.values()), text=text)
        for name, notebook in notebooks.items():
            (folder / f"{name}.ipynb").write_text(_written(notebook), "utf-8", newline="\n")
        failures = [line for found in notebooks.items() for line in _failures(*found)]
        _write_report_pages(folder, notebooks, opening(corpus, failures, text=text))
        build_site(folder, made / "site", title=seeds_folder().resolve().name)
    print(f"the report is {report / 'site' / 'index.html'}")
    return good


def _write_report_pages(folder: Path, notebooks: dict[str, NotebookNode], said: str) -> None:
    start = start_page(notebooks, title=literal(seeds_folder().resolve().name), opening=said)
    write_pages(folder, {"index.md": start, "measures.md": measures_page()})


def lay_out(report: Path) -> None:
    """Where there is no report yet, put the notebooks there as they are before they run."""
    if report.exists() and any(report.iterdir()):
        return
    notebooks = _read(_sources([]), NOTEBOOKS)
    with replaced(report) as made:
        for name, notebook in notebooks.items():
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    cell.outputs, cell.execution_count = [], None
            path = made / "notebooks" / f"{name}.ipynb"
            path.write_text(_written(notebook), "utf-8", newline="\n")
        _write_report_pages(made / "notebooks", notebooks, _NOT_RUN)
    os.environ["OUT"] = str(report)


_NOT_RUN = """These notebooks have not been run yet. Open one and choose *Run ▸ Run All Cells*; or
let `make SEEDS=` run them all, and write the report around them."""


def committed_pages(notebooks: dict[str, NotebookNode]) -> dict[str, str]:
    """The pages beside the committed notebooks, by file."""
    start = start_page(notebooks, title="Reading and counting French press texts", opening=_OPENING)
    return {"index.md": start, "measures.md": measures_page()}


_OPENING = """Six notebooks ask one question each of the French press texts in `seeds/`. Below:
each question, the answer for the one communiqué that comes with the collection (✓ it holds, ✗ it
does not, ▢ it cannot be said), and a figure. What is computed, and after whom, is on the page of
[measures](measures.md)."""


def _read(sources: list[Path], folder: Path) -> dict[str, NotebookNode]:
    import nbformat

    return {path.stem: nbformat.read(folder / path.name, 4) for path in sources}
