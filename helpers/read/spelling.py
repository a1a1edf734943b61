"""Words printed in capitals, as they would stand inside a sentence: MINISTRE is ministre, MAROC is
Maroc, Ecole is École, and A at the beginning of a sentence is À.

The model's vocabulary lists its forms from the most frequent on, which tells how a word is usually
spelled. The text stays as it is: the model, the lemmas and the names get the usual spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.read.french import FORMS, normalise, tokenise
from helpers.read.names import bare_capitals, country_names
from helpers.read.tables import changes

if TYPE_CHECKING:
    from spacy.vocab import Vocab

Words = NDArray[np.object_]

COMMON = 100_000  # rarer forms are names and slips, of which nothing can be learnt
_BARE = str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")


def usual_words(tokens: pd.DataFrame, words: Words, vocab: Vocab) -> Words:
    """The words of these tokens in their usual spelling, where capitals hide it.

    Three words in capitals, a function word among them, are a headline, in which any word may have
    lost its case; elsewhere a short word in capitals is an acronym.
    """
    forms, usual = pd.Series(words), usual_spellings(vocab)
    known = forms.unique()
    capital = {form: form.isupper() and len(form) > 1 and form[-1].isalnum() for form in known}
    small = forms.map({form: form.upper() != form for form in known}).to_numpy(bool)
    begins = changes(tokens["doc"].cat.codes.to_numpy(), tokens["sent"].to_numpy())
    run = np.cumsum(small | begins)
    words_in = np.bincount(run, forms.map(capital).to_numpy(bool))
    function = np.bincount(run, ~small & tokens["is_function"].to_numpy(bool))
    headline = ((words_in >= 3) & (function > 0))[run]
    found = forms.map({form: _spelled(form, usual) for form in known}).to_numpy(object, copy=True)
    headed = headline & ~small
    found[headed] = [_spelled(form, usual, True) for form in words[headed]]
    for place in np.flatnonzero(headed & forms.isin([*_countries()]).to_numpy(bool)):
        for capitals, name in _countries()[words[place]]:
            if [bare_capitals(word) for word in words[place : place + len(name)]] == capitals:
                found[place : place + len(name)] = name
    after = np.append(found[1:], "")
    tied = np.array([bool(FORMS["pronoun"].fullmatch(form)) for form in after], bool)
    for place in np.flatnonzero((words == "A") | tied & begins):
        opens = begins[place] or words[place - 1] in [*"«“\"'([—–-•:"]
        if tied[place]:
            found[place] = words[place].lower()  # Dit-il, Étiez-vous
        elif opens and after[place][:1].isalnum():
            found[place] = "À"
        elif headline[place]:
            found[place] = "a" if FORMS["participle"].fullmatch(after[place]) else "à"
    return found


@cache
def _countries() -> dict[str, list[tuple[list[str], list[str]]]]:
    """The names of countries that are several words, in bare capitals and as they are spelled, by
    their first word in capitals (CÔTE, COTE: Côte d'Ivoire).
    """
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for name in country_names().values():
        plain = normalise(name)
        words = [plain[a:b] for a, b in tokenise(plain)]
        capitals = [bare_capitals(word.upper()) for word in words]
        for first in {words[0].upper(), capitals[0]} if len(words) > 1 else ():
            found.setdefault(first, []).append((capitals, words))
    return found


def _spelled(form: str, usual: Mapping[str, str], headline: bool = False) -> str:
    """A word of a sentence, with the accent on its capital or without its capitals; a word of a
    headline that nobody knows is a name if it can be pronounced.
    """
    acronym = not headline or len(form) < 4 or re.search(r"[^AEIOUYÀ-Ý-]{3}|[\d.]", form[:4])
    found = usual.get(bare_capitals(form), form if acronym else form.title())
    if form.isupper():
        known = headline or len(form) > 3 + found.islower()
        return found if known and len(found) == len(form) else form
    bare = "A" <= form[0] <= "Z" and found[1:] == form[1:]
    return found[0].upper() + form[1:] if bare else form


@cache
def usual_spellings(vocab: Vocab) -> dict[str, str]:
    """The most frequent spelling of each common word, by the word in bare capitals (ECOLE) and by
    the word with one bare capital (Ecole); of Eric and Éric, the one with its accent.
    """
    words = [vocab.strings[key] for key in islice(vocab.vectors.key2row, COMMON)]
    ranks = {word: rank for rank, word in enumerate(words)}
    # Éric is the word where it is a third as frequent as Eric, or more (by Zipf's law).
    accented = (f"É{word[1:]}" if word[0] == "E" else word for word in words)
    pairs = zip(accented, words, strict=True)
    words = [a if a in ranks and ranks[a] <= 3 * ranks[word] else word for a, word in pairs][::-1]
    bare = "\n".join(words).lower().translate(_BARE)
    usual = dict(zip(bare.upper().split("\n"), words, strict=True))  # the last, most frequent wins
    firsts = (word[0].upper() for word in bare.split("\n"))
    return {a + word[1:]: word for a, word in zip(firsts, words, strict=True)} | usual
