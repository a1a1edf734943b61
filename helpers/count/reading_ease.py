"""How hard is a text to read? Words per sentence, syllables per word, and two formulas of them.

A score is only as good as its counts of words, sentences and syllables: they stand beside it.
"""

import re

import numpy as np
import pandas as pd

from helpers.count.parts import By, coded, keep_apart, parts
from helpers.count.verbs import Texts, Tokens, verb
from helpers.count.vocabulary import bodies
from helpers.read.french import normalise, syllables
from helpers.read.tables import integers, need

LONG = 6  # letters; the long words of LIX have more (Björnsson 1968)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|\Z)")


@verb
def readability(tokens: Tokens, *, by: By | None = None) -> pd.DataFrame:
    """How hard is each part to read, by the length of its sentences and words? (*lisibilité*)

    One row per part in their natural order, or one for the whole.

    W words, S sentences, Y syllables, L words of more than 6 letters. kandel_moles = 207 - 1.015
    W/S - 73.6 Y/W: 100 is easy, 0 hard, and long sentences go below. lix = W/S + 100 L/W. An elided
    form (l', qu') belongs to the next word: it is no word here, and has no syllable. A score moves
    by tens with what counts as a sentence: read it beside its counts, never as a school level.

    Parameters: tokens (corpus, or token table with doc, sent, kind and form); by (columns that name
    the parts).
    Returns: the columns of `by`, n_words, n_sentences, n_syllables (counts), words_per_sentence,
    syllables_per_word, kandel_moles, lix. NaN without a word or a sentence.
    Raises: ValueError naming a column that is missing.
    W, S and LIX equal koRpus's once elided forms are words too (tests/reference/
    readability_korpus_fr.csv); its Kandel-Moles is a variant, 209 - 1.15 W/S - 68 Y/W.
    References: Kandel & Moles (1958), Cahiers d'études de radio-télévision 19, 253-274; Björnsson
    (1968), Läsbarhet.

    >>> from helpers import open_corpus
    >>> table = readability(open_corpus(annotate=False))
    >>> table[["n_words", "n_sentences", "n_syllables", "lix"]].round(2).values.tolist()
    [[324.0, 6.0, 628.0, 91.04]]
    """
    return _scores(_counts(tokens, by=by))


def _counts(tokens: pd.DataFrame, *, by: By | None = None) -> pd.DataFrame:
    """The counts behind `readability`: the columns of `by`, n_words, n_sentences, n_syllables,
    n_long (words of more than 6 letters).
    """
    need(tokens, "doc", "sent", "kind", "form")
    part = parts(tokens, by)
    sentence = pd.DataFrame({"part": part.codes, "doc": integers(tokens["doc"])})
    sentence = sentence.assign(sent=tokens["sent"].to_numpy()).drop_duplicates()
    rows = np.flatnonzero((tokens["kind"] == "word").to_numpy() & (part.codes >= 0))
    codes, forms = coded(tokens[["form"]].take(rows), "form")
    adds, size = np.array([_adds(form) for form in forms], np.int64), len(part.keys)
    read = [np.bincount(part.codes[rows], column[codes], size) for column in adds.reshape(-1, 3).T]
    read.insert(1, np.bincount(sentence.loc[sentence["part"] >= 0, "part"], minlength=size))
    columns = ["n_words", "n_sentences", "n_syllables", "n_long"]
    keep_apart(by, *columns)
    return part.keys.join(pd.DataFrame(np.array(read, np.int64).T, columns=columns))


def _scores(counted: pd.DataFrame) -> pd.DataFrame:
    """The scores of a table of counts."""
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
    """Words, syllables and long words of a form: 1, its syllables, 0 or 1; of an elided one 0."""
    if normalise(form).endswith("'"):
        return 0, 0, 0
    return 1, syllables(form), sum(map(str.isalpha, form)) > LONG


@verb
def readability_range(corpus: Texts) -> pd.DataFrame:
    """How far does readability move under choices as defensible as ours?

    One row per choice, ours first: each paragraph (of several texts, each text) left out in turn;
    elided forms counted as words; every full stop before a space taken for the end of a sentence,
    that of *M.* too; and the coefficients of koRpus, 209 - 1.15 W/S - 68 Y/W.

    Parameters: corpus (or its tokens).
    Returns: choice, n_words, n_sentences, n_syllables, kandel_moles, lix. NaN where undefined.

    >>> from helpers import open_corpus
    >>> readability_range(open_corpus(annotate=False))["kandel_moles"].round(1).head(4).tolist()
    [9.5, 15.1, 10.1, 17.4]
    """
    tokens, documents = corpus.tokens, corpus.documents
    whole = _counts(tokens)
    ours = _scores(whole)
    korpus = 209 - 1.15 * ours["words_per_sentence"] - 68 * ours["syllables_per_word"]
    # l' is written l, a word of no vowel and one syllable.
    unelided = tokens.assign(form=tokens["form"].astype("str").str.rstrip("'’"))
    stops = sum(len(_SENTENCE_END.findall(body)) for body in bodies(documents))
    by = "par" if len(documents) == 1 else "doc"
    each = _counts(tokens, by=by)
    names = f"without {'¶ ' if by == 'par' else ''}" + each.pop(by).astype("str")
    tables = {
        "ours": ours,
        "coefficients of the R package koRpus": ours.assign(kandel_moles=korpus),
        "elided forms are words": _scores(_counts(unelided)),
        "every full stop ends a sentence": _scores(whole.assign(n_sentences=stops)),
    }
    out = [table.assign(choice=name) for name, table in tables.items()]
    out.append(_scores(each.sum() - each).assign(choice=names))
    columns = ["choice", "n_words", "n_sentences", "n_syllables", "kandel_moles", "lix"]
    return pd.concat(out, ignore_index=True)[columns]
