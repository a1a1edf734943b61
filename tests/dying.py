"""Processes that die at a step of theirs on the disk, as by `kill -9`: each step can be tried; some
that work at once; and a disk that is full.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

KILLED = 9
# What Python tells before it changes something on the disk, or opens a file.
STEPS = {
    f"os.{name}" for name in "rename link symlink mkdir remove rmdir truncate chmod".split()
} | {"open"}


def dies(work: Callable[[], object], folder: Path, step: int) -> bool:
    """Let another process do this work and die before it takes this step (from 0) in the folder;
    False where it came to its end before. What it had not yet handed to the system is lost.
    """

    def watched() -> None:
        sys.addaudithook(_at(step, str(folder)))
        work()

    (code,) = ends(watched)
    assert code in (0, KILLED)
    return code == KILLED


def ends(*works: Callable[[], object], refused: str = r"(?!)") -> list[int]:
    """Let each of these be done in a process of its own, all at once: 0 for one that came to its end,
    2 for one that was told so, 1 for what else went wrong.
    """
    children = []
    for work in works:
        child = os.fork()
        if not child:
            status = 1
            try:
                work()
                status = 0
            except (ValueError, SystemExit) as error:
                status = 2 if re.search(refused, str(error)) else 1
            finally:
                os._exit(status)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def fill(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Let no file be renamed into a folder of this name, as where a disk is full."""
    really = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.parent.name == folder:
            raise OSError(28, "No space left on device")
        return really(path, target)

    monkeypatch.setattr(Path, "replace", full)


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
