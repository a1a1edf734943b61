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
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType

import psutil

# Of fewer characters one process, whose model is loaded, is through sooner; the memory of each
# process, in bytes; and how many there are at most.
ENOUGH, MEMORY, MOST = 500_000, 1 << 30, 8
GROUP = Path("/sys/fs/cgroup")  # where Linux tells the limits of a container


@contextmanager
def workers(texts: Iterable[str]) -> Iterator[Executor | None]:
    """A pool of processes that share the model's work on these texts; None where one does it."""
    count = min(_processors(), _memory() // MEMORY, MOST)
    if count < 2 or sum(map(len, texts)) < ENOUGH or not _is_ours():
        yield None
        return
    spawn = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        pool = None
        with suppress(OSError, NotImplementedError):  # a system that shares no semaphores
            pool = stack.enter_context(ProcessPoolExecutor(count, spawn, initializer=_follow))
        yield pool


def _is_ours() -> bool:
    """Whether a new process would run nothing of the program again: a kernel has no file. A process
    that another started makes none: its program is that of the other, and they would be too many.
    """
    if multiprocessing.parent_process() is not None:
        return False
    program = sys.modules["__main__"]
    name = getattr(getattr(program, "__spec__", None), "name", None)
    return name == "helpers.__main__" or not hasattr(program, "__file__")


def _processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _memory() -> int:
    """How many bytes this process may still take, as far as the system and its container tell."""
    free = psutil.virtual_memory().available
    with suppress(OSError, ValueError):  # there is no container, or it has no limit
        told = [GROUP / f"memory.{name}" for name in ("max", "current")]
        most, taken = (int(path.read_text("ascii")) for path in told)
        free = min(free, most - taken)
    return free


def _follow() -> None:
    """What a worker does first: it ends when its parent does, and leaves Ctrl-C to it. Its model
    gets our words: half the time of loading it would go into the pattern of spaCy's own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    unused = ModuleType("tokenizer_exceptions")
    vars(unused).update(TOKENIZER_EXCEPTIONS={}, TOKEN_MATCH=None)
    sys.modules["spacy.lang.fr.tokenizer_exceptions"] = unused
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)
