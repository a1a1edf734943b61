"""Processes that die at a step of theirs on the disk, as by `kill -9`: each step can be tried."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

KILLED = 9
# What Python tells before it changes something on the disk, or opens a file.
STEPS = {
    f"os.{name}" for name in "rename link symlink mkdir remove rmdir truncate chmod".split()
} | {"open"}


def dies(work: Callable[[], object], folder: Path, step: int) -> bool:
    """Let another process do this work and die before it takes this step (from 0) in the folder;
    False where it came to its end before. What it had not yet handed to the system is lost.
    """
    child = os.fork()
    if not child:
        status = 1
        try:
            sys.addaudithook(_at(step, str(folder)))
            work()
            status = 0
        finally:
            os._exit(status)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


def _at(step: int, folder: str) -> Callable[[str, tuple[object, ...]], None]:
    left = step

    def watch(event: str, about: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS and _inside(folder, about):
            left -= 1
            if left < 0:
                os._exit(KILLED)

    return watch


def _inside(folder: str, about: tuple[object, ...]) -> bool:
    """Whether a step is in the folder; a name within a folder that is open counts, too."""
    path, within = (
        os.fsdecode(about[0]) if isinstance(about[0], str | bytes | Path) else "",
        about[-1],
    )
    return path.startswith(folder) or (
        os.sep not in path and isinstance(within, int) and within > 2
    )
