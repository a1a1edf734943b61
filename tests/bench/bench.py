"""How long the collection takes on this machine, and others beside it: `make bench`. Each line is
measured in processes of its own; beside others, in one for each library, which take turns.

Timings are for reading, not for tests: machines differ, and a busy one is slow.
"""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ours
from turns import interleaved

HOME = Path(__file__).resolve().parents[2]
IMPORT = "from helpers import open_corpus"
PRINTED = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"
OPEN = f"{IMPORT}; {PRINTED.format('open_corpus({})')}"


# Size (texts of 100 words in 20 parts; segments × 3 300 units; parts × 5 000 units) and goal.
GROWTH = {
    "specificities": {1_000: "", 10_000: "", 20_000: "1", 100_000: ""},
    "reinert": {1_000: "", 10_000: "10", 100_000: ""},
    "correspondence": {1_000: "", 10_000: "", 30_000: "60", 100_000: ""},
}


def inside(code: str, repeat: int = 5) -> float:
    """Median of the seconds that the code itself prints."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=HOME, check=True, capture_output=True, text=True
        )
        for _ in range(repeat)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def whole(*command: str, **environment: str) -> tuple[float, bool]:
    """Seconds of a whole process, and whether all went well in it."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command],
        cwd=HOME,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start, done.returncode == 0


def show(what: str, seconds: float | str, goal: str = "", ratio: str = "") -> None:
    """A line of the report."""
    shown = seconds if isinstance(seconds, str) else f"{seconds:.3f}"
    print(f"{what:72} {shown:>8} {goal:>5} {ratio:>6}".rstrip(), flush=True)


def starting() -> None:
    """What every notebook waits for before its first line."""
    show(IMPORT, inside(PRINTED.format(IMPORT)), "1")
    with tempfile.TemporaryDirectory() as cache:
        kept = OPEN.format(f"cache={cache!r}")
        show("open_corpus(), nothing kept (the model is loaded)", inside(kept, 1), "15")
        show("open_corpus(), everything kept", inside(kept), "1")


def notebooks() -> None:
    """Each executed twice."""
    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as out:
            for state in ("nothing kept", "everything kept"):
                command = "-m", "helpers", "render", path.stem, "--check"
                seconds, same = whole(*command, FIGURES=out, CACHE=f"{out}/cache")
                note = "" if same else " (not as committed)"
                show(f"{path.stem} executed, {state}{note}", seconds, "20")


def parsing() -> None:
    """Thirty texts, with the model and without it."""
    for depth in (False, True):
        with tempfile.TemporaryDirectory() as cache:
            code = OPEN.format(f"{str(ours.THIRTY)!r}, annotate={depth}, cache={cache!r}")
            show(f"open_corpus(30 texts, annotate={depth}), nothing kept", inside(code, 1))


def beside(what: str, goal: str, loads: tuple[str, ...], rounds: int, folder: str) -> None:
    """Ours, then others, and how many times as long as ours they take."""
    here = Path(__file__).parent
    us, *them = loads
    commands = [[sys.executable, str(here / "ours.py"), us, folder]]
    commands += [[sys.argv[1], str(here / "peers.py"), name, folder] for name in them]
    seconds, found = interleaved(commands, rounds)
    first = next(iter(seconds.values()))
    print(f"\n{what}: {spaced(found)}")
    for label, took in seconds.items():
        show(f"  {label}", took, goal if took is first else "", f"{took / first:.1f}")


def spaced(number: float) -> str:
    """A number as a reader sees it."""
    return f"{number:,}".replace(",", " ")


def others() -> None:
    """On the same tokens, split beforehand."""
    print(
        "\nBeside others, which take turns with ours; loading is not timed; ratio: to our first line"
    )
    with tempfile.TemporaryDirectory() as folder:
        tokens, texts, words = map(spaced, ours.write(Path(folder)))
        lines = "lines", "conc", "textacy_lines", "nltk_lines"
        what = f'Lines of "{ours.NODE}" in {tokens} tokens (30 texts, {spaced(ours.LARGE)} times)'
        beside(what, "1", lines, 5, folder)
        measures = "measures", "textacy_measures", "nltk_measures"
        beside(f"Mean TTR of {texts} texts, {words} words", "0.3", measures, 3, folder)


def growth() -> None:
    """How time and memory grow with the size, a process each; the exponent is of the seconds."""
    print("\nSizes ten times as large (tables drawn at random)")
    for what, sizes in GROWTH.items():
        took = []
        for size, goal in sizes.items():
            command = [sys.executable, str(Path(__file__).with_name("large.py")), what, str(size)]
            run = subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True)
            seconds, megabytes = map(float, run.stdout.split())
            took.append(seconds)
            show(f"  {what}, {spaced(size)}; {megabytes:.0f} MB at most", seconds, goal)
        steps = math.log10(took[-1] / took[0]) / math.log10(max(sizes) / min(sizes))
        print(f"  {what}: time grows with the size to the power of {steps:.2f}")


def main() -> None:
    """Print each measure beside the goal that was set for it, and others beside ours."""
    machine = platform.machine(), f"{os.cpu_count()} processors"
    print(f"Python {platform.python_version()}, {', '.join(machine)}; medians, in seconds\n")
    show("what", "seconds", "goal", "ratio")
    starting()
    notebooks()
    parsing()
    growth()
    others()


if __name__ == "__main__":
    main()
