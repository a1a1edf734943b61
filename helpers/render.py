"""Execute the notebooks, byte for byte the same each time; the only helper that knows that there
are notebooks.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.corpus import HOME, SEEDS, seeds_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = HOME / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# What says when, where or on which machine a cell ran.
TRANSIENT = ("execution", "trusted", "collapsed", "scrolled", "ExecuteTime")
# Cells that only a person runs: their widgets have random identities.
INTERACTIVE = "interactive"


def report_folder(seeds: str | None, out: str | None) -> Path | None:
    """Where the notebooks over a folder of texts are written; None for the committed texts, whose
    home is here.

    >>> report_folder("seeds/", None) is None
    True
    """
    folder = seeds_folder(seeds)
    if out:
        return Path(out).expanduser().resolve()
    return None if folder.resolve() == SEEDS.resolve() else HOME / "reports" / folder.resolve().name


def prepare(seeds: str | None, out: str | None) -> Path:
    """Set SEEDS and OUT for the kernels to come, and return the folder that holds the notebooks to
    run.

    For another corpus these are copies in its report, made anew from ours.
    """
    folder = seeds_folder(seeds).resolve()
    report = report_folder(seeds, out)
    os.environ["SEEDS"] = str(folder)
    if report is None:
        os.environ.pop("OUT", None)
        return NOTEBOOKS
    if not folder.is_dir():
        raise SystemExit(
            f"There is no folder {folder}; make it and put .txt files into it, or name another."
        )
    os.environ["OUT"] = str(report)
    target = report / "notebooks"
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        (target / path.name).write_bytes(path.read_bytes())
    return target


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


async def execute(path: Path, gate: asyncio.Semaphore, *, check: bool) -> bool:
    """Run one notebook and write it back; with check, only tell whether that would change it."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    async with gate:
        start, old = time.perf_counter(), path.read_text("utf-8")
        notebook = nbformat.reads(old, 4)
        client = NotebookClient(
            notebook,
            record_timing=False,
            kernel_name="python3",
            timeout=None,
            skip_cells_with_tag=INTERACTIVE,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            await client.async_execute()
        except CellExecutionError as error:
            print(f"✗ {path.name}\n{error}", file=sys.stderr, flush=True)
            return False
        new = nbformat.writes(normal(notebook)) + "\n"
    if new != old and not check:
        path.write_text(new, "utf-8", newline="\n")
    mark, what = (
        ("=", "unchanged") if new == old else ("✗", "differs") if check else ("*", "rewritten")
    )
    print(f"{mark} {path.name}  {what}, {time.perf_counter() - start:.1f} s", flush=True)
    return new == old or not check


def render(names: list[str], seeds: str | None, out: str | None, *, jobs: int, check: bool) -> bool:
    """Execute the notebooks of these names (all if none is given) over a folder; True if all went
    well.
    """
    import matplotlib.font_manager  # noqa: F401  (builds its cache of fonts here, and not with a warning in a cell)

    # Kernels run side by side: where each has threads of its own for a product, they wait for each
    # other's.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    folder = prepare(seeds, out)
    paths = [path for path in sorted(folder.glob("*.ipynb")) if not names or path.stem in names]
    known = [path.stem for path in sorted(folder.glob("*.ipynb"))]
    missing = sorted(set(names) - set(known))
    if missing:
        raise SystemExit(
            f"There is no notebook {', '.join(missing)}; there are {', '.join(known)}."
        )

    async def all_of_them() -> list[bool]:
        gate = asyncio.Semaphore(jobs)
        return await asyncio.gather(*(execute(path, gate, check=check) for path in paths))

    done = all(asyncio.run(all_of_them()))
    if folder != NOTEBOOKS:
        print(f"notebooks and figures are in {folder.parent}", flush=True)
    return done


def main(arguments: list[str] | None = None) -> int:
    """`python -m helpers`: render the notebooks, or open them in JupyterLab."""
    given = _parser().parse_args(arguments)
    seeds = given.seeds or os.environ.get("SEEDS")
    out = given.out or os.environ.get("OUT")
    if given.command == "lab":
        folder = prepare(seeds, out)
        lab = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder.parent}"]
        return subprocess.call(lab)
    done = render(given.notebooks, seeds, out, jobs=given.jobs, check=given.check)
    return int(not done)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m helpers")
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--seeds", help="the folder of texts (else SEEDS, else seeds/)")
    common.add_argument("--out", help="the report's folder (else OUT, else reports/<folder name>)")
    run = commands.add_parser("render", parents=[common], help="run the notebooks, write figures")
    run.add_argument("notebooks", nargs="*", help="names such as 01-parsing; all if none is given")
    run.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="notebooks at a time")
    run.add_argument("--check", action="store_true", help="change nothing, tell what would change")
    commands.add_parser("lab", parents=[common], help="open the notebooks in JupyterLab")
    return parser
