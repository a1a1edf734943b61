"""Processes among which the texts that the model reads are shared, where they are many.

Only in a kernel of Jupyter and from our command line, where a new process runs nothing of the
reader's again. A script names an `executor=`.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import psutil

# Characters from which two processes are through before one, which has loaded its model, and the
# memory of each.
ENOUGH, MEMORY = 500_000, 1 << 30


@contextmanager
def workers(texts: Iterable[str]) -> Iterator[Executor | None]:
    """A pool of processes that share the model's work on these texts; None where one does it."""
    count = min(_processors(), psutil.virtual_memory().available // MEMORY)
    if count < 2 or sum(map(len, texts)) < ENOUGH or not _is_ours():
        yield None
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, spawn, initializer=_follow) as pool:
        yield pool


def _is_ours() -> bool:
    """Whether a new process would run nothing of the program again: a kernel has no file."""
    program = sys.modules["__main__"]
    name = getattr(getattr(program, "__spec__", None), "name", None)
    return name == "helpers.__main__" or not hasattr(program, "__file__")


def _processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _follow() -> None:
    """What a worker does first: it ends when its parent does, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)
