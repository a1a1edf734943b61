"""How much depends on a choice? The same texts under other definitions that are as defensible."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd

from helpers.count.parts import TooLittleText, Unit, coded, words
from helpers.count.reading_ease import counts, readability, scores
from helpers.count.vocabulary import By, richness, sensitivity
from helpers.read.corpus import Corpus
from helpers.read.french import normalise, syllables, token_kind, tokenise, word_type
from helpers.read.lexicons import lexicon
from helpers.read.tables import need

# What a word is, as a pattern that finds the words of a text in lower case with plain apostrophes.
# [^\W_] is a letter or a digit, [^\W\d_] a letter.
WORDS = {
    "white space": r"\S+",
    "apostrophe and hyphen inside a word": r"[^\W_]+(?:[-'][^\W_]+)*",
    "apostrophe and hyphen as separators": r"[^\W_]+",
    "runs of letters": r"[^\W\d_]+",
}
OURS = "ours"
ELSEWHERE = {
    "white space": "wc, spreadsheet formulas",
    "apostrophe and hyphen inside a word": "ICU, quanteda",
    "apostrophe and hyphen as separators": "Lexico, IRaMuTeQ",
    "runs of letters": "most regular expressions",
    OURS: "this collection",
}
LEAST_MTLD = 100  # words; below it MTLD means little (McCarthy & Jarvis 2010)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|\Z)")

# The columns of `richness`: what each is called, what it does as a text grows, and its unit, which
# is that of measures.csv.
MEASURES = {
    "N": ("words", "–", "words"),
    "V": ("types", "rises", "types"),
    "hapax": ("hapax", "rises", "types"),
    "ttr": ("TTR", "falls", "ratio"),
    "guiraud_r": ("Guiraud's R", "rises", "index"),
    "herdan_c": ("Herdan's C", "falls", "ratio"),
    "maas_a2": ("Maas's a²", "either way", "index"),
    "yule_k": ("Yule's K", "almost stable", "index"),
    "mattr_50": ("MATTR, 50 words", "stable", "ratio"),
    "mattr_100": ("MATTR, 100 words", "stable", "ratio"),
    "mtld": ("MTLD", "almost stable", "words per factor"),
    "mtld_factors": ("MTLD, number of factors", "rises", "factors"),
    "hdd": ("HD-D, 42 words", "stable", "ratio"),
}


def word_definitions(documents: pd.DataFrame) -> pd.DataFrame:
    """How long and how rich is the same text under each definition of a word?

    One row per definition, each applied to the same bodies in lower case.

    Parameters: documents (table of texts, with text, body_start, body_end).
    Returns: definition, used_by, N (words), V (types), V_1 (types that occur once), ttr = V/N (NaN
    without a word).

    >>> from helpers import open_corpus
    >>> table = word_definitions(open_corpus(annotate=False).documents)
    >>> table[["N", "V", "V_1"]].values.tolist()
    [[324, 168, 129], [324, 163, 122], [342, 166, 119], [342, 166, 119], [341, 167, 122]]
    """
    need(documents, "text", "body_start", "body_end")
    bodies = [
        row.text[int(row.body_start) : int(row.body_end)]
        for row in documents[["text", "body_start", "body_end"]].itertuples()
    ]
    plain = [normalise(body).lower() for body in bodies]
    found = {name: Counter(_all(pattern, plain)) for name, pattern in WORDS.items()}
    found[OURS] = Counter(word for body in bodies for word in _own_words(body))
    rows = [
        (name, ELSEWHERE[name], types.total(), len(types), list(types.values()).count(1))
        for name, types in found.items()
    ]
    out = pd.DataFrame(rows, columns=["definition", "used_by", "N", "V", "V_1"])
    return out.assign(ttr=out["V"] / out["N"].where(out["N"] > 0))


def _all(pattern: str, texts: list[str]) -> list[str]:
    return [word for text in texts for word in re.findall(pattern, text)]


def _own_words(body: str) -> list[str]:
    """The words of a body as this collection reads them: no number, no punctuation."""
    forms = [body[start:end] for start, end in tokenise(body)]
    return [word_type(form) for form in forms if token_kind(form) == "word"]


def content_words(tokens: pd.DataFrame) -> pd.DataFrame:
    """Which content words occur, how often, and as what part of speech? (*mots pleins*)

    One row per type that is no function word, the most frequent first, ties alphabetical.

    Parameters: tokens (token table with type, pos, is_function).
    Returns: type, f (occurrences), per_million (of all words), pos (the most frequent one of the
    type; of several the first in the alphabet).

    >>> from helpers import open_corpus
    >>> content_words(open_corpus().tokens).head(2)[["type", "f", "pos"]].values.tolist()
    [['sécurité', 7, 'NOUN'], ['coopération', 4, 'NOUN']]
    """
    every = words(tokens)
    kept = every.loc[~every["is_function"], ["type", "pos"]].astype("str")
    pairs = kept.value_counts().rename("n").reset_index()
    pairs = pairs.sort_values(["n", "type", "pos"], ascending=[False, True, True])
    table = pairs.groupby("type", sort=False).agg(f=("n", "sum"), pos=("pos", "first"))
    table = table.reset_index().astype({"type": "str", "f": "int64", "pos": "str"})
    table.insert(2, "per_million", 1e6 * table["f"] / max(len(every), 1))
    return table.sort_values(["f", "type"], ascending=[False, True], ignore_index=True)


def ttr_along(tokens: pd.DataFrame, *, window: int = 50, unit: Unit = "type") -> pd.DataFrame:
    """Where is the text varied, and where does it repeat itself? (*TTR à fenêtre mobile*)

    One row per position of the window, moved word by word; the mean of ttr is the MATTR of
    `richness`.

    Parameters: tokens (token table, in reading order); window (words); unit.
    Returns: n (number of the window's middle word, from 1; the left one of two), types (of the
    window), ttr (types of the window / its words). No row below `window` words.
    Raises: ValueError if window < 1.

    >>> from helpers import open_corpus
    >>> ttr_along(open_corpus(annotate=False).tokens)["ttr"].mean().round(4)
    np.float64(0.7618)
    """
    if window < 1:
        raise ValueError(f"window is {window!r}; it is a number of words, at least 1")
    codes = coded(words(tokens), unit).codes
    positions = max(len(codes) - window + 1, 0)
    previous = pd.Series(np.arange(len(codes))).groupby(codes).shift(fill_value=-1).to_numpy()
    # A word is new in the windows that begin after its last occurrence and hold it.
    first = np.maximum(previous, np.arange(len(codes)) - window) + 1
    last = np.minimum(np.arange(len(codes)), positions - 1)
    new = first <= last
    steps = np.bincount(first[new], minlength=positions + 1).astype(np.int64)
    steps -= np.bincount(last[new] + 1, minlength=positions + 1)
    types = np.cumsum(steps)[:positions]
    middle = np.arange(positions) + (window + 1) // 2
    return pd.DataFrame({"n": middle, "types": types, "ttr": types / window})


def richness_ranges(tokens: pd.DataFrame, *, by: By) -> pd.DataFrame:
    """How rich is the vocabulary, by every measure, and how much of it hangs on one part?

    One row per measure. low and high are `sensitivity`: the least and the greatest value with one
    part left out; they are no confidence interval.

    Parameters: tokens (token table, in reading order); by (columns that name the parts).
    Returns: measure, value, low, high (NaN with fewer than two parts), with_length (what it does as
    a text grows), unit. MTLD is NaN below 100 words.

    >>> from helpers import open_corpus
    >>> table = richness_ranges(open_corpus(annotate=False).tokens, by="par").set_index("measure")
    >>> table.loc["TTR", ["value", "low", "high"]].astype(float).round(3).tolist()
    [0.49, 0.493, 0.543]
    """
    try:
        table = sensitivity(tokens, richness, by=by)
    except TooLittleText:
        whole = richness(tokens).iloc[0]
        table = whole.rename("value").rename_axis("measure").reset_index()
        table = table.assign(low=np.nan, high=np.nan)
    short = table["measure"].str.startswith("mtld") & (len(words(tokens)) < LEAST_MTLD)
    table.loc[short, ["value", "low", "high"]] = np.nan
    measure, with_length, unit = zip(*(MEASURES[name] for name in table["measure"]), strict=True)
    return table.assign(measure=measure, with_length=with_length, unit=unit)


def readability_range(corpus: Corpus) -> pd.DataFrame:
    """How far does readability move under choices as defensible as ours?

    One row per choice, ours first: each paragraph (of several texts, each text) left out in turn;
    elided forms counted as words; every full stop before a space taken for the end of a sentence,
    that of *M.* too; and the coefficients of koRpus, 209 - 1.15 W/S - 68 Y/W.

    Returns: choice, n_words, n_sentences, n_syllables, kandel_moles, lix. NaN where undefined.

    >>> from helpers import open_corpus
    >>> readability_range(open_corpus(annotate=False))["kandel_moles"].round(1).head(4).tolist()
    [9.5, 15.1, 10.1, 17.4]
    """
    sentences, tokens = corpus.sentences, corpus.tokens
    ours = readability(sentences, tokens)
    rows = [
        ("ours", ours),
        ("coefficients of the R package koRpus", ours.assign(kandel_moles=_korpus(ours))),
        ("elided forms are words", readability(sentences, _unelided(tokens))),
        ("every full stop ends a sentence", _resplit(ours, corpus.documents)),
    ]
    by = "par" if len(corpus.documents) == 1 else "doc"
    counted = counts(sentences, tokens, by=by)
    parts = counted.pop(by).astype("str")
    left = scores(counted.sum() - counted)
    left["choice"] = f"without {'¶ ' if by == 'par' else ''}" + parts
    out = pd.concat([*(table.assign(choice=name) for name, table in rows), left])
    out = out.reset_index(drop=True)
    columns = ["choice", "n_words", "n_sentences", "n_syllables", "kandel_moles", "lix"]
    return out[columns]


def _korpus(table: pd.DataFrame) -> pd.Series:
    return 209 - 1.15 * table["words_per_sentence"] - 68 * table["syllables_per_word"]


def _unelided(tokens: pd.DataFrame) -> pd.DataFrame:
    """The same tokens with l' written l, which is a word of no vowel and one syllable."""
    return tokens.assign(form=tokens["form"].astype("str").str.rstrip("'’"))


def _resplit(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The scores with the number of sentences that full stops alone would give."""
    bodies = (
        row.text[int(row.body_start) : int(row.body_end)]
        for row in documents[["text", "body_start", "body_end"]].itertuples()
    )
    n = sum(len(_SENTENCE_END.findall(body)) for body in bodies)
    per_sentence = table["n_words"] / (n or np.nan)
    longer = per_sentence - table["words_per_sentence"]
    ease = table["kandel_moles"] - 1.015 * longer
    return table.assign(n_sentences=n, kandel_moles=ease, lix=table["lix"] + longer)


def syllable_check() -> pd.DataFrame:
    """How often is the rule of `syllables` right? It is tested on words counted by hand.

    One row per word of lexicons/syllables.csv, which holds many hard ones.

    Returns: word, by_hand, by_rule (syllables), right.

    >>> syllable_check()["right"].mean().round(3)
    np.float64(0.977)
    """
    listed = lexicon("syllables").rows.astype({"syllables": "int64"})
    by_rule = [syllables(word) for word in listed["word"]]
    table = listed.rename(columns={"syllables": "by_hand"}).assign(by_rule=by_rule)
    return table.assign(right=table["by_hand"] == table["by_rule"])
