"""Work in other processes or on other machines: results in order, little of it in flight, a lost
worker replaced.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

import pandas as pd

R = TypeVar("R")
Work = Callable[[pd.DataFrame], R]


def in_order(
    work: Work[R], batches: Sequence[pd.DataFrame], executor: Executor | None
) -> Iterator[R]:
    """The result of each batch of documents in turn, worked out here or by an executor, which holds
    at most `in_flight` batches or results at a time.

    A pool that broke because a worker was killed is replaced by one of its size. The batch that was
    awaited is first done alone in a process, so that a batch that kills its worker is found. Dask
    replaces its workers itself.
    Raises: RuntimeError naming the batch whose worker was lost twice.
    """
    if executor is None:
        yield from map(work, batches)
        return
    done = 0
    with ExitStack() as pools:
        while done < len(batches):
            try:
                for result in _windowed(work, batches[done:], executor):
                    yield result
                    done += 1
            except BrokenExecutor:
                yield _alone(work, batches[done], executor)
                done += 1
                executor = pools.enter_context(_like(executor))


def in_flight(executor: Executor) -> int:
    """How many batches wait, run or are done and not yet taken: two a worker, so that none is idle,
    as far as a pool or Dask's executor tells how many workers it has.
    """
    client = getattr(executor, "_client", None)
    if client is not None:
        return 2 * max(1, sum(client.nthreads().values()))
    return 2 * getattr(executor, "_max_workers", os.cpu_count() or 1)


def _windowed(work: Work[R], batches: Sequence[pd.DataFrame], executor: Executor) -> Iterator[R]:
    """The results in order; the next batch is handed out when one is taken."""
    waiting: deque[Future[R]] = deque()
    most = in_flight(executor)
    try:
        for batch in batches:
            if len(waiting) == most:
                yield waiting.popleft().result()
            waiting.append(executor.submit(work, batch))
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _alone(work: Work[R], batch: pd.DataFrame, executor: Executor) -> R:
    try:
        with _like(executor, 1) as pool:
            return pool.submit(work, batch).result()
    except BrokenExecutor:
        first, last = batch["doc"].iloc[[0, -1]]
        raise RuntimeError(
            f"the worker that read the texts {first} to {last} was lost twice (killed, or out of "
            "memory); use fewer workers, or leave out the text that it cannot read"
        ) from None


def _like(executor: Executor, workers: int | None = None) -> ProcessPoolExecutor:
    """A new pool of as many processes, started in the same way, as far as the old one tells."""
    workers = workers or getattr(executor, "_max_workers", None)
    return ProcessPoolExecutor(workers, getattr(executor, "_mp_context", None))
