"""Token tables made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.read.french import token_kind


def tokens_of(documents: Sequence[Sequence[str]]) -> pd.DataFrame:
    """A token table of these documents, each a list of types: doc (d1, d2, …), tok, type, kind."""
    rows = [
        (f"d{i}", tok, word, token_kind(word))
        for i, words in enumerate(documents, start=1)
        for tok, word in enumerate(words, start=1)
    ]
    table = pd.DataFrame(rows, columns=["doc", "tok", "type", "kind"]).astype({"tok": "int32"})
    return table.astype(dict.fromkeys(["doc", "type", "kind"], "category"))
