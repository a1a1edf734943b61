"""How long the collection takes on this machine: `make bench`. Each line is measured in a process
of its own.

Timings are for reading, not for tests: machines differ, and a busy one is slow.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
OPEN = "from helpers import open_corpus; import time; t = time.perf_counter(); open_corpus({}); print(time.perf_counter() - t)"


def inside(code: str, repeat: int = 5, **environment: str) -> float:
    """Median of the seconds that the code itself prints."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=HOME,
            env=os.environ | environment,
            check=True,
            capture_output=True,
            text=True,
        )
        for _ in range(repeat)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def whole(*command: str, repeat: int = 1, **environment: str) -> float:
    """Median of the seconds of whole processes."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *command],
            cwd=HOME,
            env=os.environ | environment,
            check=True,
            capture_output=True,
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    """Print each measure beside the goal that was set for it."""
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n"
    )
    print(f"{'what':58} {'seconds':>8} {'goal':>5}")
    importing = "import time; t = time.perf_counter(); from helpers import open_corpus; print(time.perf_counter() - t)"
    print(f"{'from helpers import open_corpus':58} {inside(importing):8.2f} {'1':>5}")
    with tempfile.TemporaryDirectory() as cache:
        print(
            f"{'open_corpus(), nothing kept (the model is loaded)':58} {inside(OPEN.format(f'cache={cache!r}'), 1):8.2f} {'15':>5}"
        )
        print(
            f"{'open_corpus(), everything kept':58} {inside(OPEN.format(f'cache={cache!r}')):8.2f} {'1':>5}"
        )
    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as out:
            for state in ("nothing kept", "everything kept"):
                seconds = whole(
                    "-m",
                    "helpers",
                    "render",
                    path.stem,
                    "--check",
                    FIGURES=out,
                    CACHE=f"{out}/cache",
                )
                print(f"{f'{path.stem} executed, {state}':58} {seconds:8.2f} {'20':>5}")
    fixture = HOME / "tests" / "fixtures" / "thirty"
    for depth in (False, True):
        with tempfile.TemporaryDirectory() as cache:
            code = OPEN.format(f"{str(fixture)!r}, annotate={depth}, cache={cache!r}")
            print(
                f"{f'open_corpus(30 texts, annotate={depth}), nothing kept':58} {inside(code, 1):8.2f}"
            )


if __name__ == "__main__":
    main()
