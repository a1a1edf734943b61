"""Processes of our own share what the model reads, where they may, and end with their parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from helpers import open_corpus
from helpers.read import workers
from helpers.read.corpus import HOME
from helpers.read.tables import PARSED
from helpers.read.words import parse_batch

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(autouse=True)
def any_texts_are_enough(monkeypatch):
    monkeypatch.setattr(workers, "ENOUGH", 0)
    monkeypatch.setattr(workers, "MEMORY", 1)
    monkeypatch.setattr(workers, "_processors", lambda: 2)


def program(monkeypatch, file: str = "", name: str = "") -> None:
    """As in a script, by its file; as where a module is run, by its name; else as in a kernel."""
    main = ModuleType("__main__")
    if file:
        main.__file__ = file
    main.__spec__ = ModuleSpec(name, None) if name else None
    monkeypatch.setitem(sys.modules, "__main__", main)


def test_a_script_works_in_one_process(monkeypatch):
    program(monkeypatch, "mesures.py")
    with workers.workers(["Il pleut."]) as pool:
        assert pool is None


@pytest.mark.parametrize(
    ("what", "value", "shared"),
    [
        ("ENOUGH", 9, True),
        ("ENOUGH", 10, False),
        ("MEMORY", 1 << 60, False),
        ("_processors", lambda: 1, False),
    ],
)
def test_processors_memory_and_texts_are_looked_at(monkeypatch, what, value, shared):
    program(monkeypatch)
    monkeypatch.setattr(workers, what, value)
    with workers.workers(["Il pleut", "."]) as pool:
        assert (pool is not None) == shared


def test_the_command_line_shares_its_work(monkeypatch):
    program(monkeypatch, "helpers/__main__.py", "helpers.__main__")
    with workers.workers(["Il pleut."]) as pool:
        assert pool is not None


PARENT = """
import os, signal, sys, time
from helpers.read import workers
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell left it ignored
workers.ENOUGH, workers.MEMORY, workers._processors = 0, 1, lambda: 2
with workers.workers(["Il pleut."]) as pool:
    others = {one.result() for one in [pool.submit(os.getpid) for _ in range(4)]}
    print(*others, flush=True)
    time.sleep(100)
"""


def gone(process: int) -> bool:
    """Whether a process has ended, of which nobody may have taken note yet."""
    try:
        return (
            Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] in "ZX"
        )
    except FileNotFoundError:
        return True


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes as Linux tells them")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(end):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=HOME, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as parent:  # fmt: skip
        others = [*map(int, parent.stdout.readline().split())]
        assert others
        assert parent.pid not in others
        parent.send_signal(end)
        parent.wait(60)
    last = time.monotonic() + 60
    while not all(map(gone, others)):
        assert time.monotonic() < last, "a worker goes on without its parent"
        time.sleep(0.05)


def test_where_a_worker_is_lost_this_process_goes_on(tmp_path, monkeypatch):
    class Mortal(Executor):
        """An executor whose process dies at the second batch."""

        read = 0

        def submit(self, work, *arguments):
            future: Future = Future()
            self.read += 1
            if self.read > 1:
                future.set_exception(BrokenProcessPool())
            else:
                future.set_result(work(*arguments))
            return future

    @contextmanager
    def mortal(_):
        yield Mortal()

    monkeypatch.setattr("helpers.read.words.BATCH", {True: 4, False: 4})
    monkeypatch.setattr("helpers.read.parsing.workers", mortal)
    # Without the model, which is not what is tried here.
    here = lambda documents, *, annotate: parse_batch(documents, annotate=False)  # noqa: E731
    monkeypatch.setattr("helpers.read.words.parse_batch", here)
    found = open_corpus(FIXTURES / "thirty", cache=tmp_path / "c")
    clean = open_corpus(FIXTURES / "thirty", annotate=False, cache=tmp_path / "clean")
    assert [getattr(found, name).equals(getattr(clean, name)) for name in PARSED] == [True] * 4


SHARED = """
import sys
import helpers.read.words
from helpers import open_corpus
from helpers.read import workers
workers.ENOUGH, workers.MEMORY, workers._processors = 0, 1, lambda: int(sys.argv[3])
helpers.read.words.BATCH = {True: 1, False: 1}
open_corpus(sys.argv[1], cache=sys.argv[2])
print("spacy" in sys.modules)
"""


@pytest.mark.slow
def test_processes_find_what_one_finds(tmp_path):
    said = [
        subprocess.check_output(
            [sys.executable, "-c", SHARED, FIXTURES / "three", tmp_path / count, count],
            cwd=HOME, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        for count in "12"
    ]  # fmt: skip
    assert said == ["True\n", "False\n"]  # the model is read where it works
    one, two = (open_corpus(FIXTURES / "three", cache=tmp_path / count) for count in "12")
    assert one.tokens["lemma"].notna().all()
    assert [a.equals(b) for a, b in zip(vars(one).values(), vars(two).values(), strict=True)] == [
        True
    ] * 7


def test_a_process_that_another_started_starts_none(monkeypatch):
    program(monkeypatch)
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: "another")
    with workers.workers(["Il pleut."]) as pool:
        assert pool is None


def test_a_system_that_shares_nothing_among_processes_works_in_one(monkeypatch):
    def no_semaphores(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    program(monkeypatch)
    monkeypatch.setattr(workers, "ProcessPoolExecutor", no_semaphores)
    with workers.workers(["Il pleut."]) as pool:
        assert pool is None


@pytest.mark.parametrize(("most", "free"), [("5000", 2000), ("max", None), (None, None)])
def test_the_memory_of_a_container_is_looked_at(monkeypatch, tmp_path, most, free):
    group = tmp_path / "memory."
    if most:
        group.with_name("memory.max").write_text(f"{most}\n")
        group.with_name("memory.current").write_text("3000\n")
    monkeypatch.setattr(workers, "GROUP", tmp_path)
    found = workers._memory()
    assert found == free if free else found > 5000
