"""The same tables from a process pool and from a cluster, with little in flight; what was parsed is
kept when a worker is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from helpers import open_corpus
from helpers.read import load_seeds, parse
from helpers.read.store import bodies_of
from helpers.read.tables import PARSED
from helpers.read.words import in_flight, in_order, parse_batch

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(scope="module")
def thirty():
    return load_seeds(FIXTURES / "thirty").documents


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr("helpers.read.words.BATCH", {True: 4, False: 4})


@pytest.fixture(scope="module")
def deaths(tmp_path_factory):
    """A folder, known to every worker; a file in it names a text that kills."""
    folder = tmp_path_factory.mktemp("deaths")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEADLY", str(folder))
        yield folder


@pytest.fixture(scope="module")
def cluster(deaths):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as local,
        Client(local) as client,
    ):
        yield client


def processes(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))


def same(here, there) -> None:
    for one, other in zip(here, there, strict=True):
        assert one.equals(other)


def deadly(documents: pd.DataFrame, *, annotate: bool):
    """Parses a batch, but dies on its way over the texts that a folder of this process names."""
    for path in Path(os.environ["DEADLY"]).iterdir():
        if path.name in set(documents["doc"]):
            path.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    return parse_batch(documents, annotate=annotate)


class Ready(Executor):
    """An executor that works at once and keeps what it handed out."""

    def __init__(self) -> None:
        self.futures: list[Future] = []

    def submit(self, work, *arguments):
        future: Future = Future()
        future.set_result(work(*arguments))
        self.futures.append(future)
        return future


@pytest.mark.slow
def test_a_pool_of_new_processes_gives_the_same_tables(thirty):
    with processes(2) as pool:
        same(parse(thirty, annotate=False), parse(thirty, annotate=False, executor=pool))
        none = thirty.head(0)
        same(parse(none, annotate=False), parse(none, annotate=False, executor=pool))


@pytest.mark.slow
def test_a_cluster_gives_the_same_tables_and_the_same_corpus(thirty, cluster, tmp_path):
    here, there = (
        open_corpus(FIXTURES / "thirty", annotate=False, cache=tmp_path / name, executor=given)
        for name, given in (("here", None), ("there", cluster.get_executor()))
    )
    tables = ("documents", *PARSED)
    same([getattr(here, name) for name in tables], [getattr(there, name) for name in tables])


def test_a_lost_worker_stops_the_run_and_the_next_one_goes_on(tmp_path, monkeypatch, deaths):
    folder, read = FIXTURES / "thirty", []
    bodies = bodies_of(load_seeds(folder).documents)
    names = bodies.drop_duplicates("sha256")["doc"].tolist()
    (deaths / names[9]).touch()
    monkeypatch.setattr("helpers.read.words.parse_batch", deadly)
    with processes(1) as pool, pytest.raises(RuntimeError, match="try again with fewer workers"):
        open_corpus(folder, annotate=False, cache=tmp_path, executor=pool)

    def counted(documents: pd.DataFrame, *, annotate: bool):
        read.extend(documents["doc"])
        return parse_batch(documents, annotate=annotate)

    monkeypatch.setattr("helpers.read.words.parse_batch", counted)
    again = open_corpus(folder, annotate=False, cache=tmp_path)
    assert set(names[9:]) <= set(read) < set(names)
    monkeypatch.undo()
    clean = open_corpus(folder, annotate=False, cache=tmp_path / "clean")
    same(*([getattr(corpus, name) for name in PARSED] for corpus in (clean, again)))


@pytest.mark.slow
def test_a_cluster_reads_a_batch_again_whose_worker_is_killed(thirty, cluster, monkeypatch, deaths):
    (deaths / thirty["doc"].iloc[7]).touch()
    monkeypatch.setattr("helpers.read.words.parse_batch", deadly)
    found = parse(thirty, annotate=False, executor=cluster.get_executor())
    assert not list(deaths.iterdir())
    monkeypatch.undo()
    same(parse(thirty, annotate=False), found)


def test_few_batches_are_in_flight_and_the_order_is_kept():
    ready = Ready()
    most, taken = in_flight(ready), []
    batches = [pd.DataFrame({"doc": [str(i)]}) for i in range(3 * most)]
    for result in in_order(lambda batch: batch["doc"].item(), batches, ready):
        taken.append(result)
        assert len(ready.futures) < len(taken) + most
    assert taken == [str(i) for i in range(3 * most)]


@pytest.mark.slow
def test_two_batches_a_worker_are_in_flight(cluster):
    assert in_flight(ProcessPoolExecutor(3)) == 6
    cluster.wait_for_workers(2)  # one that was killed may still be missing
    assert in_flight(cluster.get_executor()) == 4


def test_what_nobody_waits_for_any_more_is_cancelled():
    class Slow(Ready):
        def submit(self, work, *arguments):
            self.futures.append(Future())
            if len(self.futures) == 1:
                self.futures[0].set_result(1)
            return self.futures[-1]

    slow = Slow()
    batches = [pd.DataFrame({"doc": [str(i)]}) for i in range(in_flight(slow) + 1)]
    results = in_order(len, batches, slow)
    next(results)
    results.close()
    assert all(future.cancelled() for future in slow.futures[1:])


def test_an_error_in_the_work_is_raised_as_it_is():
    def fails(batch: pd.DataFrame) -> None:
        raise ValueError(batch["doc"].item())

    with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match="le texte"):
        list(in_order(fails, [pd.DataFrame({"doc": ["le texte"]})], pool))
