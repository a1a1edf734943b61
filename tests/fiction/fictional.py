"""Fictional communiqués as a corpus, on which a measure is tried where the truth is known."""

from __future__ import annotations

import tempfile
from pathlib import Path

from helpers import Corpus, open_corpus
from tests.fiction.simulate import Truth, communiques


def fictional_corpus(n: int, *, seed: int = 1, annotate: bool = False) -> tuple[Corpus, Truth]:
    """What do the measures find where the truth is known? (*corpus fictif, vérité connue*)

    The texts of `communiques` in a folder for a moment, opened like any other: nothing of them is
    kept on disk. Their metadata are scene and period (before, after), so that `with_metadata` makes
    parts of them.

    Parameters: n (texts); seed (of all that is drawn); annotate (as in `open_corpus`).
    Returns: the corpus, and the truth about it.

    >>> corpus, truth = fictional_corpus(3)
    >>> corpus.documents["doc"].tolist() == truth.documents["doc"].tolist()
    True
    """
    texts, truth = communiques(n, seed=seed)
    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place, "texts"), Path(place, "store")
        folder.mkdir()
        for name, content in texts.items():
            (folder / name).write_text(content, "utf-8", newline="")
        about = truth.documents[["doc", "scene", "period"]]
        about.to_csv(folder / "metadata.csv", index=False, encoding="utf-8")
        return open_corpus(folder, annotate=annotate, cache=store, progress=False), truth
