"""What tests of every room share: corpora, and what other programs counted."""

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
from helpers.read import SEEDS
from helpers.read.tables import (
    DOCUMENTS,
    ENTITIES,
    FIELDS,
    ISSUES,
    PARAGRAPHS,
    SENTENCES,
    TOKENS,
    table,
)
from tests.tables import tokens_of

HERE = Path(__file__).parent

# `make test-all` sets FULL: properties are tried on as many examples as hypothesis or the test thinks
# right; else on few, unless the test names their number.
settings.register_profile("full", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.load_profile("full" if os.environ.get("FULL") else "quick")
KINDS = (DOCUMENTS, FIELDS, ISSUES, PARAGRAPHS, SENTENCES, TOKENS, ENTITIES)


@pytest.fixture(scope="session")
def seed() -> Corpus:
    """The committed text, annotated."""
    return open_corpus(SEEDS)


@pytest.fixture(scope="session")
def tokens() -> pd.DataFrame:
    """Its tokens without annotations."""
    return open_corpus(SEEDS, annotate=False).tokens


@pytest.fixture(scope="session")
def empty() -> Corpus:
    """The corpus of no text."""
    return Corpus(*(table([], columns) for columns in KINDS))


@pytest.fixture(scope="session")
def reference() -> Callable[..., pd.DataFrame]:
    """What another program counted, by the name of its file in tests/reference."""

    def reference(name: str, **how: Any) -> pd.DataFrame:
        return pd.read_csv(HERE / "reference" / f"{name}.csv", **how)

    return reference


@pytest.fixture(scope="session")
def reference_tokens() -> Callable[[str], pd.DataFrame]:
    """The tokens that the other programs counted."""

    def reference_tokens(name: str) -> pd.DataFrame:
        path = HERE / "reference" / "tokens" / f"{name}.tsv"
        lists = pd.read_csv(path, sep="\t", keep_default_na=False)
        found = tokens_of([text.split() for text in lists["tokens"]])
        return found.assign(doc=found["doc"].cat.rename_categories(list(lists["doc_id"])))

    return reference_tokens


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
