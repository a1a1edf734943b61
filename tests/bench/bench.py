"""How long the collection takes on this machine: `make bench`. Each line is measured in a process
of its own.

Timings are for reading, not for tests: machines differ, and a busy one is slow.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
OPEN = "from helpers import open_corpus; import time; t = time.perf_counter(); open_corpus({}); print(time.perf_counter() - t)"


# A corpus of any size: the thirty fictional texts again and again, each copy a text of its own.
COPIES = """
import time, numpy as np, pandas as pd
from helpers import concordance, open_corpus, richness
from helpers.corpus import Corpus
small = open_corpus({folder!r}, annotate=False)
def copied(times):
    names = pd.Index([f"{{i:07}}" for i in range(30 * times)], dtype="str")
    codes = np.arange(times)[:, None] * 30 + small.tokens["doc"].cat.codes.to_numpy()
    tokens = pd.concat([small.tokens] * times, ignore_index=True)
    tokens["doc"] = pd.Categorical.from_codes(codes.ravel(), names)
    documents = pd.concat([small.documents] * times, ignore_index=True).assign(doc=names)
    empty = [getattr(small, name).head(0) for name in ("fields", "issues", "paragraphs", "sentences")]
    return Corpus(documents, *empty, tokens, small.entities)
"""
LINES = """
corpus = copied(2322)
concordance(corpus, "coopération")
t = time.perf_counter(); concordance(corpus, "ministre"); print(time.perf_counter() - t)
"""
RICHNESS = """
tokens = copied(34).tokens
richness(tokens, by="doc")
t = time.perf_counter(); richness(tokens, by="doc"); print(time.perf_counter() - t)
"""


def inside(code: str, repeat: int = 5, **environment: str) -> float:
    """Median of the seconds that the code itself prints."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=HOME,
            env=os.environ | environment,
            check=True,
            capture_output=True,
            text=True,
        )
        for _ in range(repeat)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def whole(*command: str, repeat: int = 1, **environment: str) -> float:
    """Median of the seconds of whole processes."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *command],
            cwd=HOME,
            env=os.environ | environment,
            check=True,
            capture_output=True,
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    """Print each measure beside the goal that was set for it."""
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n"
    )
    print(f"{'what':58} {'seconds':>8} {'goal':>5}")
    importing = "import time; t = time.perf_counter(); from helpers import open_corpus; print(time.perf_counter() - t)"
    print(f"{'from helpers import open_corpus':58} {inside(importing):8.2f} {'1':>5}")
    with tempfile.TemporaryDirectory() as cache:
        print(
            f"{'open_corpus(), nothing kept (the model is loaded)':58} {inside(OPEN.format(f'cache={cache!r}'), 1):8.2f} {'15':>5}"
        )
        print(
            f"{'open_corpus(), everything kept':58} {inside(OPEN.format(f'cache={cache!r}')):8.2f} {'1':>5}"
        )
    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as out:
            for state in ("nothing kept", "everything kept"):
                seconds = whole(
                    "-m",
                    "helpers",
                    "render",
                    path.stem,
                    "--check",
                    FIGURES=out,
                    CACHE=f"{out}/cache",
                )
                print(f"{f'{path.stem} executed, {state}':58} {seconds:8.2f} {'20':>5}")
    fixture = HOME / "tests" / "fixtures" / "thirty"
    for depth in (False, True):
        with tempfile.TemporaryDirectory() as cache:
            code = OPEN.format(f"{str(fixture)!r}, annotate={depth}, cache={cache!r}")
            print(
                f"{f'open_corpus(30 texts, annotate={depth}), nothing kept':58} {inside(code, 1):8.2f}"
            )

    copies = COPIES.format(folder=str(fixture))
    seconds = inside(copies + RICHNESS, 3)
    print(f"{'richness(by=doc), 1 020 texts, 146 000 tokens':58} {seconds:8.2f} {'0.3':>5}")
    seconds = inside(copies + LINES, 3)
    print(f"{'concordance of one word, 10 003 176 tokens':58} {seconds:8.2f} {'1':>5}")


if __name__ == "__main__":
    main()
