"""The store after real kills at random moments: 200 of them at each depth, since few would prove
little.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from helpers import Corpus, open_corpus
from helpers.read import parse
from helpers.read.store import Store, bodies_of
from helpers.read.tables import PARSED, typed
from tests.dying import dies
from tests.fiction.simulate import communiques

FIXTURES = Path(__file__).parent / "fixtures"

KILLS = 200
# Texts of the folder, and how many a batch holds, so that most kills come before the end.
SIZES = {False: (60, 10), True: (8, 1)}

# A process that has imported everything: for each number of seconds that it reads, it forks one
# that opens the folder and tells what it keeps, kills it after that time, and tells how it ended.
PARENT = """
import os, signal, sys, time
import helpers.read.words
from helpers.read import load_seeds, parse
from helpers import open_corpus
from helpers.read.store import Store

folder, cache, annotate, batch = *sys.argv[1:3], *map(int, sys.argv[3:])
helpers.read.words.BATCH = {True: batch, False: batch}
seeds = load_seeds(folder)  # reads the word lists
if annotate:  # and the model
    parse(seeds.documents.head(1))
write = Store.write

def told(self, documents, tables):
    write(self, documents, tables)
    print(*documents["sha256"], flush=True)

Store.write = told
for seconds in sys.stdin:
    child = os.fork()
    if not child:
        status = 1
        try:
            open_corpus(folder, annotate=bool(annotate), cache=cache)
            status = 0
        finally:
            os._exit(status)
    last, ended = time.monotonic() + float(seconds), 0
    while not ended and time.monotonic() < last:
        time.sleep(0.001)
        ended, status = os.waitpid(child, os.WNOHANG)
    if not ended:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    print("ended", status, flush=True)
"""


@pytest.fixture(params=SIZES, ids=["words", "annotated"])
def annotate(request) -> bool:
    return request.param


@pytest.fixture
def folder(annotate, tmp_path):
    texts = tmp_path / "textes"
    texts.mkdir()
    for file, content in communiques(SIZES[annotate][0], seed=7).texts.items():
        (texts / file).write_text(content[: content.find(" ", 500)], "utf-8")
    return texts


@pytest.fixture
def parent(annotate, folder, tmp_path):
    options = f"{int(annotate)}", f"{SIZES[annotate][1]}"
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, folder, tmp_path / "cache", *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield process
        process.stdin.close()


def opened(parent: subprocess.Popen[str], seconds: float) -> tuple[set[str], bool]:
    """What a process told to be kept within that time, and whether it was killed before its end."""
    parent.stdin.write(f"{seconds}\n")
    parent.stdin.flush()
    kept: set[str] = set()
    while not (line := parent.stdout.readline()).startswith("ended"):
        assert line, "the process that forks is gone"
        kept.update(line.split())
    status = int(line.split()[1])
    assert status in (0, signal.SIGKILL)
    return kept, status == signal.SIGKILL


def texts_kept(store: Store, clean: Corpus) -> set[str]:
    """The texts that the store holds, after it was found whole and to give the tables of a clean
    run.
    """
    documents = bodies_of(clean.documents)
    assert store.drop_damaged(documents["sha256"]) == []
    kept = documents[documents["sha256"].isin(store.texts()["sha256"])].reset_index(drop=True)
    for name, found in zip(PARSED, store.read(kept), strict=True):
        whole = getattr(clean, name)
        expected = whole[whole["doc"].isin(kept["doc"])].reset_index(drop=True)
        expected = expected.assign(doc=expected["doc"].astype(found["doc"].dtype))
        assert found.equals(typed(expected, PARSED[name])), name
    return set(kept["sha256"])


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_but_the_texts_in_hand(
    annotate, folder, parent, tmp_path
):
    clean = open_corpus(folder, annotate=annotate, cache=tmp_path / "clean")
    cache, kept = tmp_path / "cache", set()
    began = time.perf_counter()
    assert not opened(parent, 100)[1]
    span = time.perf_counter() - began
    shutil.rmtree(cache)
    texts = set(bodies_of(clean.documents)["sha256"])
    seed = random.randrange(2**32)
    print(f"the moments are those of {seed}")
    chance, kills = random.Random(seed), 0
    while kills < KILLS:
        missing = 1 - len(kept) / len(texts)
        told, killed = opened(parent, chance.uniform(0, span * missing))
        kills += killed
        now = texts_kept(Store(cache, annotate=annotate), clean)
        assert kept | told <= now
        kept = now
        if not killed:
            assert kept == texts
            shutil.rmtree(cache)
            kept = set()
    again = open_corpus(folder, annotate=annotate, cache=cache)
    for name in (*PARSED, "issues"):
        assert getattr(again, name).equals(getattr(clean, name)), name


@pytest.mark.slow
def test_killed_at_any_step_a_batch_is_there_whole_or_not_at_all(annotate, tmp_path):
    corpus = open_corpus(FIXTURES / "three", annotate=annotate)
    documents = bodies_of(corpus.documents)
    tables = parse(documents.rename(columns={"texts": "text"}), annotate=annotate)
    for step in count():
        store = Store(tmp_path / f"{step}", annotate=annotate)
        killed = dies(lambda: store.write(documents, tables), store.folder, step)  # noqa: B023
        assert store.drop_damaged() == []
        assert len(store.texts()) in (0, 3)
        assert killed or len(store.texts()) == 3
        store.write(documents, tables)
        for found, name in zip(store.read(documents), PARSED, strict=True):
            assert found.equals(typed(getattr(corpus, name), PARSED[name])), name
        if not killed:
            break
    assert step >= 18  # six files, each opened, renamed and looked for
