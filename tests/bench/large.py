"""How time and memory grow with the corpus: `python large.py WHAT SIZE` prints seconds, megabytes.

The tables are drawn at random, with a Zipfian vocabulary and two topics, so that there is
something to find; each size is a process of its own, because memory is that of the whole process.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from helpers.contrasts import specificities
from helpers.correspondence import correspondence
from helpers.reinert import reinert

WORDS = 100  # a text
PARTS, TYPES = 20, 20_000


def zipfian(size: int, types: int, seed: int = 1) -> np.ndarray:
    """Draws from a vocabulary in which the nth word is 1/(n + 2) as frequent."""
    weight = 1 / np.arange(3, types + 3)
    return np.random.default_rng(seed).choice(types, size, p=weight / weight.sum())


def words(texts: int) -> pd.DataFrame:
    """A token table of texts in twenty parts."""
    n = texts * WORDS
    part = np.repeat(np.arange(texts) % PARTS, WORDS)
    return pd.DataFrame(
        {
            "part": pd.Categorical.from_codes(part, [f"{i:02}" for i in range(PARTS)]),
            "type": pd.Categorical.from_codes(zipfian(n, TYPES), [f"m{i}" for i in range(TYPES)]),
            "kind": pd.Categorical.from_codes(np.zeros(n, np.int8), ["word"]),
        }
    )


def table(rows: int, units: int, each: int) -> pd.DataFrame:
    """A sparse table of parts × units, the second half of the parts with the units turned round."""
    column = zipfian(rows * each, units).reshape(rows, each)
    half = rows // 2
    column[half:, : each // 2] = units - 1 - column[half:, : each // 2]
    row = np.repeat(np.arange(rows), each)
    counts = csr_array((np.ones(rows * each, np.int64), (row, column.ravel())), (rows, units))
    counts.sum_duplicates()
    names = pd.Index([f"m{i}" for i in range(units)], name="type")
    return pd.DataFrame.sparse.from_spmatrix(counts, columns=names)


RUNS: dict[str, tuple[Callable[[int], pd.DataFrame], Callable[[pd.DataFrame], object]]] = {
    "specificities": (words, lambda tokens: specificities(tokens, "part")),
    "reinert": (lambda n: table(n, 3_300, 20), lambda segments: reinert(segments, k=6)),
    "correspondence": (lambda n: table(n, 5_000, 60), lambda parts: correspondence(parts)),
}


def main() -> None:
    what, size = sys.argv[1], int(sys.argv[2])
    made, run = RUNS[what]
    made_of = made(size)
    run(made(100))  # what is imported at the first call belongs to no size
    start = time.perf_counter()
    run(made_of)
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
