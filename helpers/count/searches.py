"""What was asked of the database from which a corpus comes: its words are no finding."""

import re
from fnmatch import translate

from helpers.read.corpus import Corpus
from helpers.read.french import without_accents

# The fields of documents in which a search stands: as it was asked, and what the export marks.
ASKED = ("query", "highlighted")
# An operator is written in capitals, a field before its sign: TEXT= grève ET port*, hlp:phare.
_OPERATORS = "ET|OU|SAUF|NON|AND|OR|NOT|NEAR|SAME|ADJ|PRE|W"
_NO_WORD = re.compile(rf"\b(?:{_OPERATORS})\b(?:/?\d+)?|/[a-z]{{0,2}}\d{{1,4}}|\b\w{{1,30}}\s?[=:]")
_WORD = re.compile(r"[^\W_]+[*?+$!]?")


def search_words(corpus: Corpus, unit: str = "lemma") -> frozenset[str]:
    """The units of a corpus that hold a word of its search (*mots de la requête*).

    The search stands in the columns query and highlighted of the documents, as `python -m helpers
    import … --with query="…"` writes them. Capitals and accents tell nothing apart, and a word that
    was cut short (grév*, grév+, grév$) stands for all that begin with it.

    >>> from helpers import open_corpus
    >>> corpus = open_corpus()
    >>> corpus.documents["query"] = "TITRE= cooperation ET secur*"
    >>> sorted(search_words(corpus))
    ['coopération', 'sécuritaire', 'sécurité']
    """
    documents, tokens = corpus.documents, corpus.tokens
    asked = " ".join(documents[[c for c in ASKED if c in documents]].stack().dropna().unique())
    words = _WORD.findall(without_accents(_NO_WORD.sub(" ", asked)).casefold())
    if not words:
        return frozenset()
    pattern = re.compile("|".join(translate(re.sub(r"[*+$!]$", "*", word)) for word in words))
    types = tokens["type"].astype("category")
    names = types.cat.categories
    kept = [name for name in names if pattern.match(without_accents(name).casefold())]
    return frozenset(tokens.loc[types.isin(kept), unit].dropna())
