"""Execute the notebooks, byte for byte the same each time; with `report`, `pages` and `site`, the
only helper that knows that there are notebooks.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Mapping
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from helpers.read.corpus import FICTION, HOME, SEEDS, open_corpus, seeds_folder
from helpers.read.files import shown
from helpers.read.seeds import told
from helpers.share.pages import filled, literal, write_pages
from helpers.share.parameters import made_of, selected, set_parameters, value_of
from helpers.share.report import name_of_texts, prepare, put_in_place, replaced, write_tables
from helpers.share.site import INTERACTIVE, NOTEBOOKS, build_site
from helpers.share.summary import summary
from helpers.show.figures import FIGURES
from helpers.show.text import INVENTED

SITE, TITLE = HOME / "site", "Reading and counting French press texts"
VALIDATION = "09-validation"  # is about the methods, and never part of a report
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
METADATA = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
# Metadata of a cell that says when, where or on which machine it ran.
TRANSIENT = ("execution", "trusted", "collapsed", "scrolled", "ExecuteTime")


def normal(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what says when, where or on which machine it ran."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        for key in TRANSIENT:
            cell.metadata.pop(key, None)
        if INTERACTIVE in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
    return notebook


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
    asked: Mapping[str, str] | None = None,
) -> bool:
    """Execute the notebooks over a folder, and make the pages around them; True if all went well.

    Parameters: names (of committed notebooks, all if none is given; a report is made whole); jobs
    (notebooks at a time); check (change nothing, tell what would change); text (False leaves full
    texts and long quotations out of a report); asked (values of the notebooks' parameters for a
    report, by name).
    """
    import matplotlib.font_manager  # noqa: F401  (builds its cache of fonts here, and not with a warning in a cell)

    os.environ["NO_TEXT"] = "" if text else "1"
    report, notebooks = prepare(seeds, out), _committed(names)
    if report is None:
        if asked:
            raise SystemExit(f"{', '.join(asked)} is for a report: name a folder with SEEDS.")
        return _render_committed(notebooks, jobs, whole=not names, check=check)
    if check:
        raise SystemExit("--check compares the committed notebooks; leave --seeds and --out away.")
    if names:
        raise SystemExit("A report is made whole: leave the names of notebooks away.")
    notebooks.pop(VALIDATION, None)
    values = {name: value_of(name, given) for name, given in (asked or {}).items()}
    set_parameters(notebooks, values)
    return _render_report(report, notebooks, jobs, text=text, values=values)


def _committed(names: list[str]) -> dict[str, NotebookNode]:
    """The committed notebooks of these names, or all, without what they showed: a cell that is not
    run shows nothing, and never the numbers of other texts.
    """
    paths = {path.stem: path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    if absent := sorted({*names} - {*paths}):
        raise SystemExit(f"There is no notebook {', '.join(absent)}; there are {', '.join(paths)}.")
    books = {name: nbformat.read(paths[name], 4) for name in paths if name in names or not names}
    for cell in (cell for book in books.values() for cell in book.cells):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return books


def _run_all(
    notebooks: dict[str, NotebookNode], folder: Path, jobs: int, **environment: str
) -> None:
    """Run notebooks in this folder, so many at a time, their kernels in our environment with what
    is given, and tell what failed; after a cell that fails the others are run.
    """
    killed = "the kernel was killed, perhaps for want of memory: leave texts out with SELECT"
    options = {"resources": {"metadata": {"path": str(folder)}}, "kernel_name": "python3"}
    options |= {"skip_cells_with_tag": INTERACTIVE, "extra_arguments": ["--log-level=CRITICAL"]}

    async def run(name: str, gate: asyncio.Semaphore) -> None:
        async with gate:
            start = time.perf_counter()
            book = notebooks[name]
            begun = [cell for cell in book.cells if cell.cell_type == "code"][:1]
            client = NotebookClient(book, allow_errors=True, **options)
            client.on_cell_execute = lambda cell, cell_index: begun.append(cell)
            try:
                await client.async_execute(env=os.environ | environment)
            except DeadKernelError:
                if asyncio.current_task().cancelling():  # by Ctrl-C, which ends kernels, too
                    raise asyncio.CancelledError from None
                error = {"ename": "DeadKernelError", "evalue": killed, "traceback": [killed]}
                begun[-1].outputs.append(nbformat.v4.new_output("error", **error))
            failures = _failures(name, book)
            word = "failed" if failures else "done"
            print(f"{name}  {word}, {time.perf_counter() - start:.1f} s", flush=True)
            for failure in failures:
                print(f"✗ {failure}", file=sys.stderr, flush=True)

    async def run_side_by_side() -> None:
        gate = asyncio.Semaphore(jobs)
        await asyncio.gather(*(run(name, gate) for name in notebooks))

    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(run_side_by_side())


class _Loop(asyncio.SelectorEventLoop):
    """A loop in which Ctrl-C stops all notebooks: each would take it for itself alone."""

    def add_signal_handler(self, *_: object) -> None:
        """Refuse, as where there are no signals."""
        raise RuntimeError


def _write(notebooks: dict[str, NotebookNode], folder: Path) -> None:
    for name, notebook in notebooks.items():
        written = nbformat.writes(normal(notebook)) + "\n"
        (folder / f"{name}.ipynb").write_text(written, "utf-8", newline="\n")


def _render_committed(
    notebooks: dict[str, NotebookNode], jobs: int, *, whole: bool, check: bool
) -> bool:
    """Run the notebooks into a temporary folder, and tell what differs there; unless this is a
    check, it takes the place of what is committed. A notebook that fails is left as it is, and so
    are the pages where not all were run.
    """
    with TemporaryDirectory() as folder:
        made = {NOTEBOOKS: Path(folder, "notebooks"), FIGURES: Path(folder, "figures")}
        for place in made.values():
            place.mkdir()
        # In a folder that may not be written each notebook would tell that nothing is kept.
        keeps = os.environ.get("CACHE") or os.access(HOME, os.W_OK)
        kept = {} if keeps else {"CACHE": str(Path(folder, "kept"))}
        _run_all(notebooks, NOTEBOOKS, jobs, FIGURES=str(made[FIGURES]), EXAMPLE="1", **kept)
        good = {name: book for name, book in notebooks.items() if not _failures(name, book)}
        _write(good, made[NOTEBOOKS])
        whole = whole and len(good) == len(notebooks)
        if whole:
            how, said = _made_of_each(good), filled("opening.md")
            write_pages(made[NOTEBOOKS], good, title=TITLE, opening=said, made=how)
        files = {home / new.name: new for home in made for new in sorted(made[home].iterdir())}
        differing = [
            old for old, new in files.items() if not (old.exists() and cmp(old, new, shallow=False))
        ]
        for old in differing:
            print(f"{old.parent.name}/{old.name}  {('rewritten', 'differs')[check]}", flush=True)
            if not check:
                shutil.copyfile(files[old], old)
    unmade = sorted({*FIGURES.iterdir()} - {*files}) if whole else []
    for path in unmade:
        print(f"figures/{path.name}  is made by no notebook", flush=True)
    if whole and not check:
        write_site()
    return len(good) == len(notebooks) and not (check and (differing or unmade))


def _made_of_each(notebooks: dict[str, NotebookNode]) -> str:
    """What the committed notebooks were made from, the committed texts or the example corpus."""
    cards = {name: str(book.cells[2:3]) for name, book in notebooks.items()}
    example = {name for name, card in cards.items() if INVENTED in card}
    sides = {SEEDS: notebooks.keys() - example, FICTION: example}
    return "".join(
        made_of(open_corpus(folder), [notebooks[name] for name in notebooks if name in names])
        for folder, names in sides.items()
        if names
    )


def write_site() -> None:
    """Make the site of the committed notebooks in the place of the one that was made before, which
    is kept where anything else is in it.
    """
    with TemporaryDirectory(dir=HOME, prefix=".site-") as made:
        pages = Path(made, SITE.name)
        build_site(NOTEBOOKS, pages)
        put_in_place(pages, SITE, keep=False)
    print(f"the site is {SITE / 'index.html'}")


def _render_report(
    report: Path,
    notebooks: dict[str, NotebookNode],
    jobs: int,
    *,
    text: bool,
    values: Mapping[str, object],
) -> bool:
    """The notebooks over another folder, and all that a report holds, made anew; what was not
    understood in it is told first.
    """
    corpus, name = open_corpus(), name_of_texts()
    if len(corpus.issues) and not sys.stderr.isatty():  # on a terminal, it was told already
        print(told(corpus.issues), file=sys.stderr, flush=True)
    if corpus.documents.empty:
        raise SystemExit(f"There is no text to read in {seeds_folder()}; put .txt files into it.")
    chosen = selected(corpus, values)
    with replaced(report) as made:
        folder = made / "notebooks"
        # No kernel is told that invented texts may stand in the place of others.
        _run_all(notebooks, folder, jobs, EXAMPLE="")
        if not open_corpus(progress=False).documents.equals(corpus.documents):
            raise SystemExit(f"{name} changed while the report was made; make it once more.")
        write_tables(chosen, made, list(notebooks.values()), text=text, parameters=values)
        _write(notebooks, folder)
        failures = [line for book in notebooks.items() for line in _failures(*book)]
        page = summary(chosen, notebooks, of=len(corpus))
        said = filled("report.md", failures=failures, summary=page, text=text)
        how = made_of(chosen, notebooks.values(), **values)
        write_pages(folder, notebooks, title=literal(name), opening=said, made=how)
        build_site(folder, made / "site", title=name)
    print("the report is", shown(str(report / "site" / "index.html")))
    return not failures


def lay_out(report: Path) -> None:
    """Where there is no report yet, put the notebooks there as they are before they run."""
    if report.exists() and any(report.iterdir()):
        return
    notebooks = _committed([])
    with replaced(report) as made:
        _write(notebooks, made / "notebooks")
        page = {"title": literal(name_of_texts()), "opening": filled("not_run.md")}
        write_pages(made / "notebooks", notebooks, **page)
    os.environ["OUT"] = str(report)
