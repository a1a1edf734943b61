"""Processes that take turns, so that a busy minute slows all of them alike. Each loads once and
says what it can run; then a line in is one run, and the line out what it cost and what it found.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

Runs = dict[str, Callable[[], object]]  # by the name of what is done

# Linux forgets the peak of memory where 5 is written here, and tells it there; what `resource`
# tells includes what the process was before it became this one.
FORGET, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")

# As the notebooks have it: threads that wait for each other would count as work.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


class Took(NamedTuple):
    """One run: who did what; seconds of all processors, of the clock; the peak of memory while it
    ran, all that is loaded included; what was found.
    """

    who: str
    what: str
    cpu: float
    wall: float
    megabytes: float
    found: object


def serve(*loads: Callable[[Path], Runs]) -> None:
    """The side of the process: `python script.py LOAD FOLDER` calls the function of that name."""
    name, folder = sys.argv[1:]
    runs = {load.__name__: load for load in loads}[name](Path(folder))
    print(json.dumps(list(runs)), flush=True)
    for line in sys.stdin:
        print(json.dumps(_timed(runs[line.rstrip("\n")])), flush=True)


def _timed(run: Callable[[], object]) -> tuple[float, float, float, object]:
    gc.collect()
    if FORGET.exists():
        FORGET.write_text("5")
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return cpu, wall, _peak(), found


def _peak() -> float:
    """Megabytes."""
    if STATUS.exists():
        peak = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def warmed(runs: Runs) -> Runs:
    """What is read or kept at the first use belongs to the loading."""
    for run in runs.values():
        run()
    return runs


@contextmanager
def waiting(who: str, command: list[str]) -> Iterator[dict[str, Callable[[], Took]]]:
    """A process that has loaded; each of its runs is a call that takes one turn."""
    pipe, told = subprocess.PIPE, os.environ | ONE_THREAD
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, bufsize=1, env=told
    ) as process:

        def answer() -> list:
            line = process.stdout.readline()
            if not line:
                raise SystemExit(f"this ended before its time: {' '.join(command)}")
            return json.loads(line)

        def turn(what: str) -> Took:
            process.stdin.write(f"{what}\n")
            return Took(who, what, *answer())

        yield {what: lambda what=what: turn(what) for what in answer()}


def interleaved(
    commands: dict[str, list[str]],
    rounds: int,
    *,
    enough: float = 20,
    left_out: frozenset[str] = frozenset(),
) -> list[Took]:
    """Every run of every process, in rounds: all that do the same come one after the other.

    Parameters: commands (by who is asked); rounds; enough (seconds of all turns of one run after
    which it takes no more); left_out (what is not run).
    Raises: SystemExit where two that do the same did not find the same.
    """
    took: list[Took] = []
    with ExitStack() as stack:
        turns = {
            (what, who): turn
            for who, command in commands.items()
            for what, turn in stack.enter_context(waiting(who, command)).items()
            if what not in left_out
        }
        order = list(dict.fromkeys(what for what, _ in turns))
        spent = dict.fromkeys(turns, 0.0)
        for _ in range(rounds):
            for run in sorted(turns, key=lambda run: order.index(run[0])):
                if spent[run] < enough:
                    took.append(turns[run]())
                    spent[run] += took[-1].wall
    _same(took)
    return took


def _same(took: list[Took]) -> None:
    """Nothing is compared that found something else; what finds null is not asked."""
    found: dict[str, set] = {}
    for run in took:
        found.setdefault(run.what, set()).update({run.found} - {None})
    for what, results in found.items():
        if len(results) > 1:
            by = {run.who: run.found for run in took if run.what == what}
            raise SystemExit(f"{what}: these did not find the same: {by}")
