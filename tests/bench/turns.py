"""Processes that take turns, so that a busy minute slows all of them alike. Each loads once and
says what it can run; then a line in is one run, and the line out its seconds and what it found.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

Runs = dict[str, Callable[[], object]]  # by the line that is printed for them
Turn = Callable[[], tuple[float, object]]


def serve(*loads: Callable[[Path], Runs]) -> None:
    """The side of the process: `python script.py LOAD FOLDER` calls the function of that name."""
    name, folder = sys.argv[1:]
    runs = {load.__name__: load for load in loads}[name](Path(folder))
    for run in runs.values():
        run()  # what is read or kept at the first use belongs to the loading
    print(json.dumps(list(runs)), flush=True)
    for label in sys.stdin:
        start = time.perf_counter()
        found = runs[label.rstrip("\n")]()
        print(json.dumps([time.perf_counter() - start, found]), flush=True)


@contextmanager
def waiting(command: list[str]) -> Iterator[dict[str, Turn]]:
    """A process that has loaded; each of its runs is a call that takes one turn."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:

        def answer() -> list:
            line = process.stdout.readline()
            if not line:
                raise SystemExit(f"this ended before its time: {' '.join(command)}")
            return json.loads(line)

        def turn(label: str) -> tuple[float, object]:
            process.stdin.write(f"{label}\n")
            seconds, found = answer()
            return seconds, found

        yield {label: lambda label=label: turn(label) for label in answer()}


def interleaved(commands: list[list[str]], rounds: int) -> tuple[dict[str, float], object]:
    """Median seconds of every run, the first taking a turn before each of the others; and what they
    found, which must be the same.
    """
    with ExitStack() as stack:
        turns = {}
        for command in commands:
            turns |= stack.enter_context(waiting(command))
        first, *others = turns
        seconds, found = {label: [] for label in turns}, {}
        for label in [label for other in others for label in (first, other)] * rounds:
            took, found[label] = turns[label]()
            seconds[label].append(took)
    if len(set(found.values())) > 1:
        raise SystemExit(f"these did not find the same: {found}")
    return {label: statistics.median(of) for label, of in seconds.items()}, found[first]
