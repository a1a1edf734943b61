"""What tests of every room share: the committed text, and word lists of one's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

from helpers import Corpus, open_corpus
from helpers.read import FICTION, SEEDS
from tests.places import MINE

# `make test-all` sets FULL: properties are tried on as many examples as hypothesis or the test thinks
# right; else on few, unless the test names their number. They are the same ones in each run.
settings.register_profile("full", deadline=None, derandomize=True)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("full" if os.environ.get("FULL") else "quick")


@pytest.fixture(scope="session")
def seed() -> Corpus:
    """The committed text, annotated."""
    return open_corpus(SEEDS)


@pytest.fixture(scope="session")
def unannotated() -> Corpus:
    """The same text without annotations."""
    return open_corpus(SEEDS, annotate=False)


@pytest.fixture(scope="session")
def tokens(unannotated: Corpus) -> pd.DataFrame:
    """Its tokens."""
    return unannotated.tokens


@pytest.fixture(scope="session")
def example() -> Corpus:
    """The written example corpus, annotated."""
    return open_corpus(FICTION)


@pytest.fixture
def word_lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Names the folder of a researcher's own word lists; what was read before is forgotten, as by a
    new kernel.
    """

    def named(folder: Path) -> None:
        monkeypatch.setenv("LEXICONS", str(folder))
        _forget()

    yield named
    _forget()


def _forget() -> None:
    """Clear all that the helpers keep in memory."""
    modules = [module for name, module in sys.modules.items() if name.startswith("helpers")]
    for value in [value for module in modules for value in vars(module).values()]:
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """That the tests in a browser were left out is said, not only counted."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = [report for report in skipped if report.nodeid.startswith("tests/browser/")]
    if left_out:
        reason = left_out[0].longrepr[2].removeprefix("Skipped: ")
        terminalreporter.write_line(
            f"{len(left_out)} left out, {reason}; how to get them: make browser", yellow=True
        )


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of the researcher's somewhere else."""
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    (folder / "a.txt").write_text(MINE)
    return folder
