"""How hard is a text to read? Words per sentence, syllables per word, and two formulas of them.

A score is only as good as its counts of words, sentences and syllables: they stand beside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.count.parts import coded, keep_apart, parts, words
from helpers.read.french import normalise, syllables
from helpers.read.tables import need

LONG = 6  # letters; the long words of LIX have more (Björnsson 1968)


def readability(
    sentences: pd.DataFrame, tokens: pd.DataFrame, *, by: str | list[str] | None = None
) -> pd.DataFrame:
    """How hard is each part to read, by the length of its sentences and words? (*lisibilité*)

    One row per part in order of first appearance, or one for the whole.

    W words, S sentences, Y syllables, L words of more than 6 letters. kandel_moles = 207 - 1.015
    W/S - 73.6 Y/W: 100 is easy, 0 hard, and long sentences go below. lix = W/S + 100 L/W. An elided
    form (l', qu') belongs to the next word: it is no word here, and has no syllable. A score moves
    by tens with what counts as a sentence: read it beside its counts, never as a school level.

    Parameters: sentences (sentence table); tokens (token table, with form); by (columns that name
    the parts, in both tables).
    Returns: the columns of `by`, n_words, n_sentences, n_syllables (counts), words_per_sentence,
    syllables_per_word, kandel_moles, lix. NaN without a word or a sentence.
    Raises: ValueError naming a column that is missing.
    W, S and LIX equal koRpus's once elided forms are words too (tests/reference/
    readability_korpus_fr.csv); its Kandel-Moles is a variant, 209 - 1.15 W/S - 68 Y/W.
    References: Kandel & Moles (1958), Cahiers d'études de radio-télévision 19, 253-274; Björnsson
    (1968), Läsbarhet.

    >>> from helpers import open_corpus
    >>> corpus = open_corpus(annotate=False)
    >>> table = readability(corpus.sentences, corpus.tokens)
    >>> table[["n_words", "n_sentences", "n_syllables", "lix"]].round(2).values.tolist()
    [[324.0, 6.0, 628.0, 91.04]]
    """
    return scores(counts(sentences, tokens, by=by))


def counts(
    sentences: pd.DataFrame, tokens: pd.DataFrame, *, by: str | list[str] | None = None
) -> pd.DataFrame:
    """What `readability` is made of: the columns of `by`, n_words, n_sentences, n_syllables, n_long
    (words of more than 6 letters).
    """
    names = [by] if isinstance(by, str) else list(by or [])
    need(sentences, *names)
    need(tokens, "kind", "form", *names)
    sides = [parts(table, by) for table in (sentences, tokens)]
    part = parts(pd.concat([side.keys for side in sides]), by)
    size, cut = len(part.keys), len(sides[0].keys)
    in_part, of = (
        np.append(codes, -1)[side.codes]
        for side, codes in zip(sides, (part.codes[:cut], part.codes[cut:]), strict=True)
    )
    kept = words(tokens[["kind", "form"]].assign(_part=of))
    kept = kept[kept["_part"] >= 0]
    codes, forms = coded(kept, "form")
    adds = np.array([_adds(form) for form in forms], np.int64).reshape(-1, 3)
    read = [np.bincount(kept["_part"], column[codes], size) for column in adds.T]
    read.insert(1, np.bincount(in_part[in_part >= 0], minlength=size))
    columns = ["n_words", "n_sentences", "n_syllables", "n_long"]
    keep_apart(by, *columns)
    return part.keys.join(pd.DataFrame(np.array(read, np.int64).T, columns=columns))


def scores(counted: pd.DataFrame) -> pd.DataFrame:
    """The scores of a table of `counts`."""
    n_words = counted["n_words"].where(counted["n_words"] > 0)
    per_sentence = counted["n_words"] / counted["n_sentences"].where(counted["n_sentences"] > 0)
    per_word = counted["n_syllables"] / n_words
    return counted.drop(columns="n_long").assign(
        words_per_sentence=per_sentence,
        syllables_per_word=per_word,
        kandel_moles=207 - 1.015 * per_sentence - 73.6 * per_word,
        lix=per_sentence + 100 * counted["n_long"] / n_words,
    )


def _adds(form: str) -> tuple[int, int, int]:
    """What a form adds to the counts of words, syllables and long words; an elided one nothing."""
    if normalise(form).endswith("'"):
        return 0, 0, 0
    return 1, syllables(form), sum(map(str.isalpha, form)) > LONG
