"""What is typical of a corpus, and which texts are typical of its parts? Words, a word to begin
with, and a list of texts to read.
"""

import re
from fnmatch import translate
from typing import Literal

import numpy as np
import pandas as pd

from helpers.count import parts
from helpers.count.keywords import general_rates
from helpers.count.lexical_table import counts_of, members, summed
from helpers.count.parts import By, Floats, Sparse, TooLittleText, Unit
from helpers.count.verbs import Period, Texts, parts_of_texts, verb, with_names
from helpers.read.checks import From0, From1
from helpers.read.corpus import Corpus
from helpers.read.french import without_accents
from helpers.read.tables import Integers

How = Literal["typical", "unlike", "random"]

TIMES = 3  # as frequent as in general French
FLOOR = 1e-8  # the least share of all words that the large list of wordfreq has
TEXTS, PERCENT = 5, 5  # that hold a typical word, the greater of both
FEW = 3  # occurrences of a word, where there are fewer texts
HITS = 10  # of a word to begin with
SHARED = 3  # texts that hold a word which is counted
WORDS = 150  # of a text that is scored
MOST = 3  # occurrences in a text that count, and the largest |λ|
PSEUDO = 500  # words that smooth a rate
REASONS = 5
# The fields of documents in which a search stands: as it was asked, and what the export marks.
ASKED = ("query", "highlighted")
# An operator is written in capitals, a field before its sign: TEXT= grève ET port*, hlp:phare.
_OPERATORS = "ET|OU|SAUF|NON|AND|OR|NOT|NEAR|SAME|ADJ|PRE|W"
_NO_WORD = re.compile(rf"\b(?:{_OPERATORS})\b(?:/?\d+)?|/[a-z]{{0,2}}\d{{1,4}}|\b\w{{1,30}}\s?[=:]")
_WORD = re.compile(r"[^\W_]+[*?+$!]?")


@verb
def typical_words(corpus: Texts) -> pd.DataFrame:
    """What is this corpus about, in its own words? (*vocabulaire caractéristique*)

    One row per lemma of the content words outside names (`only="common"`, numerals aside) that is
    at least 3 times as frequent as in general French and stands in at least 5 texts and 5% of them
    (in 2 outlets, if there are several): those in most texts first, ties by ratio, then
    alphabetical. Of fewer than 5 texts, the frequent words particular to this text: f from 3, the
    most frequent first. Words of the search from which the corpus comes are no finding: they stand
    last, and are marked.

    ratio = (f/N)/g, N all words, g the general rate: the sum of the shares that wordfreq's large
    list gives the forms of the lemma that occur here; a form that it does not hold counts as 1 in a
    hundred million, where the list ends, so that such a ratio says how many times at least.

    Parameters: corpus (or token table; annotated), of which one text is taken of each chain of
    reprints (`without_reprints`).
    Returns: unit (lemma), f (occurrences), n_docs (texts), ratio, search_word (True or False);
    `attrs["texts"]` is the number of texts.
    Raises: ValueError for a corpus opened with annotate=False.
    References: Lebart & Salem (1994), Statistique textuelle; Speer (2022),
    doi:10.5281/zenodo.7199437.

    >>> from helpers import open_corpus
    >>> typical_words(open_corpus())[["unit", "f"]].head(2).values.tolist()
    [['sécurité', 7], ['coopération', 4]]
    """
    own = corpus.without_reprints()
    told = parts.counted_rows(own.tokens, "content") & (own.tokens["pos"] != "NUM")
    tokens = with_names(own.tokens[told], own)
    counts, keys, names = counts_of(tokens, "doc", "lemma", "common")
    f, held = counts.sum(axis=0), counts.sign()
    table = pd.DataFrame({"unit": names, "f": f, "n_docs": held.sum(axis=0)})
    n_words = np.count_nonzero(own.tokens["kind"] == "word")
    table["ratio"] = f / max(n_words, 1) / _general(tokens, names)
    table["search_word"] = names.isin(search_words(own))
    first, n = "f", len(own)
    often = table["f"] >= FEW
    if n >= TEXTS:
        first = "n_docs"
        often = (table["n_docs"] >= TEXTS) & (100 * table["n_docs"] >= PERCENT * n)
        outlet = own.documents.set_index("doc")["outlet"]
        outlets = members(pd.factorize(outlet.reindex(keys["doc"]))[0]) @ held
        often &= outlets.sign().sum(axis=0) >= min(outlet.nunique(), 2)
    table = table[often & (table["ratio"] >= TIMES)]
    table.attrs["texts"] = n
    order, falling = ["search_word", first, "ratio", "unit"], [True, False, False, True]
    return table.sort_values(order, ascending=falling, ignore_index=True)


def _general(tokens: pd.DataFrame, names: pd.Index) -> Floats:
    """The rate of each lemma in general French: of those of its forms that the corpus has."""
    forms = tokens.loc[parts.counted_rows(tokens, "common"), ["lemma", "type"]]
    forms = forms.drop_duplicates().astype("str")
    rates = general_rates(forms["type"], "large").fillna(FLOOR)
    return rates.groupby(forms["lemma"]).sum().reindex(names).to_numpy()


@verb
def node_word(corpus: Texts) -> str:
    """Which word is a good one to begin with? (*mot-pôle*)

    The first of the `typical_words` with at least 10 occurrences that was not searched for; of
    fewer than 5 texts the first of them.

    Parameters: corpus (or token table; annotated).
    Returns: the lemma.
    Raises: TooLittleText where there is none; ValueError for a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> node_word(open_corpus())
    'sécurité'
    """
    found = typical_words(corpus).query("not search_word")
    if len(corpus.without_reprints()) >= TEXTS:
        found = found[found["f"] >= HITS]
    if found.empty:
        needs = f"a word {TIMES} times as frequent as in general French, {HITS} times in "
        raise TooLittleText("A word to begin with", f"{needs}{TEXTS} texts", has="none")
    return found["unit"].iloc[0]


@verb
def reading_list(
    corpus: Texts,
    by: By | None = None,
    *,
    n: From1 = 5,
    how: How = "typical",
    period: Period | None = None,
    random_state: From0 = 0,
) -> pd.DataFrame:
    """Which texts should one read first? (*réponses modales*, *textes caractéristiques*)

    One row per text, at most n of each part, parts in their natural order, the highest score first
    (the lowest, if "unlike"), ties in the order of the corpus.

    With parts: score(d|p) = (1/n_d) Σ_u min(f_ud, 3)·λ_u, n_d the occurrences in d of the units
    counted, λ_u = log2 of the rate of u in p without d over its rate outside p, both smoothed by
    500 words at the rates of the corpus, cut to ±3: how much more probable the words of the text
    are in the other texts of its part than elsewhere. Without parts: the cosine of its counts and
    those of all other texts. Units are the lemmas of content words outside names in 3 texts or
    more; texts of fewer than 150 words, or alone in their part, have no score and are not listed.

    "random": n texts of each part, drawn, short ones too, in the order of the corpus: a stratified
    sample to be coded by hand (see `show.coding_sheet`).

    Parameters: corpus (or token table; annotated), of which one text is taken of each chain of
    reprints (`without_reprints`); by (columns of its documents that name the parts); n (texts of
    each part); how ("typical", "unlike": the least typical, "random"); period (parts that are
    periods); random_state (of "random").
    Returns: part ("all" without parts), doc, score (doublings, or a cosine; NaN if "random"),
    reason (the five lemmas that contribute most; if "unlike", the least).
    Raises: TooLittleText where no three texts share a word; ValueError naming a column that is
    missing, or for a corpus opened with annotate=False ("random" aside).
    References: Lebart & Salem (1994), Statistique textuelle; Monroe, Colaresi & Quinn (2008),
    Political Analysis 16(4), 372-403, doi:10.1093/pan/mpn018.

    >>> from helpers import open_corpus
    >>> reading_list(open_corpus(), how="random")["part"].tolist()
    ['all']
    """
    own = corpus.without_reprints()
    columns = [*parts.listed(by), *parts.listed(period)]
    part = parts_of_texts(own, columns)
    table = own.documents[["doc"]].assign(part=part.codes, score=np.nan, reason="")
    table = table[table["part"] >= 0].astype({"reason": "str"})
    if how == "random":
        rng = np.random.default_rng(random_state)
        table = table.iloc[rng.permutation(len(table))].groupby("part").head(n)
        table = table.sort_index().sort_values("part", kind="stable")
    elif len(table):
        table = _best(own, table, n, len(part.keys) if columns else 0, unlike=how == "unlike")
    table["part"] = pd.Index(parts.labels(part.keys), dtype="str").take(table["part"])
    return table[["part", "doc", "score", "reason"]].reset_index(drop=True)


def _best(own: Corpus, table: pd.DataFrame, n: int, n_parts: int, *, unlike: bool) -> pd.DataFrame:
    """Of the long texts of each part those that are listed, with their score and its reason."""
    tokens = with_names(own.tokens, own)
    counts, keys, names = counts_of(tokens, "doc", "lemma", "common")
    shared = np.flatnonzero(counts.sign().sum(axis=0) >= SHARED)
    if not len(shared):
        raise TooLittleText("A typical text", needs=f"words that {SHARED} texts share", has="none")
    row = pd.Index(keys["doc"]).get_indexer(table["doc"])
    table, row = table[row >= 0], row[row >= 0]  # those with words
    long = (table["doc"].map(own.documents.set_index("doc")["n_words"]) >= WORDS).to_numpy()
    counts, names = counts[row][:, shared], names[shared]
    text, unit = counts.nonzero()  # a text is scored by the units that it holds
    share = _shares(counts, table["part"].to_numpy()) if n_parts else _cosine(counts)
    table = table.assign(score=np.bincount(text, share, len(table)), at=range(len(table)))
    others = not n_parts or table.groupby("part")["doc"].transform("size") > 1
    table = table[long & (counts.sum(axis=1) > 0) & others]
    table = table.sort_values(["part", "score"], ascending=[True, unlike]).groupby("part").head(n)
    shown = np.flatnonzero(np.isin(text, table["at"]))
    told = shown[np.lexsort((unit[shown], (share if unlike else -share)[shown], text[shown]))]
    told = told[(pd.Series(told).groupby(text[told]).cumcount() < REASONS).to_numpy()]
    reason = pd.Series(names[unit[told]]).groupby(text[told]).agg(", ".join)
    return table.assign(reason=table["at"].map(reason))


def _shares(counts: Sparse, part: Integers) -> Floats:
    """What each unit that a text holds adds to its score, from its counts in the text, in the rest
    of its part, elsewhere, and in all.
    """
    (text, unit), f = counts.nonzero(), counts.data
    of_part, total, n = summed(counts, part).toarray(), counts.sum(axis=0), counts.sum(axis=1)
    held, size = of_part[part[text], unit], of_part.sum(axis=1)[part][text]
    smooth = PSEUDO * (total / total.sum())[unit]
    here = (held - f + smooth) / (size - n[text] + PSEUDO)
    there = (total[unit] - held + smooth) / (total.sum() - size + PSEUDO)
    return np.minimum(f, MOST) * np.clip(np.log2(here / there), -MOST, MOST) / n[text]


def _cosine(counts: Sparse) -> Floats:
    """What each unit that a text holds adds to the cosine of the text and the rest."""
    (text, unit), f, total = counts.nonzero(), counts.data, counts.sum(axis=0)
    rest = total[unit] - f
    own, both = np.bincount(text, f * f), np.bincount(text, f * total[unit])
    return f * rest / np.sqrt(own * np.maximum(total @ total - 2 * both + own, 1))[text]


@verb
def search_words(corpus: Texts, unit: Unit = "lemma") -> frozenset[str]:
    """The units of a corpus that hold a word of its search (*mots de la requête*).

    The search stands in the columns query and highlighted of the documents, as `python -m helpers
    import … --with query="…"` writes them. Capitals and accents tell nothing apart, and a word that
    was cut short (grév*, grév+, grév$) stands for all that begin with it.

    Parameters: corpus (annotated, for lemmas); unit ("type", "lemma" or "form").
    Returns: those of its units, none of a corpus without these columns.
    Raises: ValueError for an unknown unit, or lemmas of a corpus opened with annotate=False.

    >>> from helpers import open_corpus
    >>> corpus = open_corpus()
    >>> corpus.documents["query"] = "TITRE= cooperation ET secur*"
    >>> sorted(search_words(corpus))
    ['coopération', 'sécuritaire', 'sécurité']
    """
    documents, tokens = corpus.documents, corpus.tokens
    asked = pd.Series(documents.filter(ASKED).to_numpy(object).ravel()).dropna().unique()
    words = _WORD.findall(without_accents(_NO_WORD.sub(" ", " ".join(asked))).casefold())
    if not words:
        return frozenset()
    pattern = re.compile("|".join(translate(re.sub(r"[*+$!]$", "*", word)) for word in words))
    types = tokens["type"].dropna().unique()
    kept = [name for name in types if pattern.match(without_accents(name).casefold())]
    return frozenset(tokens.loc[tokens["type"].isin(kept), unit].dropna())
