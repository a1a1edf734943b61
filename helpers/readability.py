"""How hard is a text to read? Words per sentence, syllables per word, and two formulas of them.

A score is only as good as its counts of words, sentences and syllables: they stand beside it.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from helpers.counting import coded, need, parts, words
from helpers.evidence import Measure, measures
from helpers.french import normalise

_EASE = r"207 - 1.015 W / S - 73.6 Y / W"
_OWN, _KORPUS = "its formula, from counts by hand", "R koRpus"

LONG = 6  # letters; the long words of LIX have more (Björnsson 1968)

# What is written at the end of a word and not heard. Whether -ent is the plural of a verb, spelling
# tells in part: each line has the letters before it that are a verb's, and after the colon words it
# leaves alone; where nouns or adjectives are as common (président, content) the ending is heard.
_MUTE = re.compile(
    r"""
    (?:(?<=[gq])u)?es?\Z                       # menace, parties, langue, musique
  | (?P<heard>
        [aou]i | [éy]                          # étaient, voient, créent, essayent
      | [bp]li | [bcdfgptv]ri | clu            # oublient, crient, concluent: client, influent
      | [âèêîôû][^aeiou]{1,2}                  # achèvent, prêtent: the accent announces a mute e
      | ch | gn | ph | [bhkxz] | g(?=u)        # cherchent, gagnent, tombent, fixent, distinguent
      | [anr]c | [nr]d | oud                   # placent, annoncent, demandent: récent, évident
      | [nou]g | \w\wag                        # changent, logent, partagent: urgent, agent
      | [bcfgp]l | [eo]ul | [ilr]l             # semblent, veulent, défilent, parlent: talent
      | rm | [ns]omm | prim                    # forment, nomment, expriment: moment, récemment
      | [nr]n                                  # donnent, tournent: permanent, éminent
      | [^r]p                                  # participent, occupent: serpent
      | [bcdfgptv]r | [iou]r                   # montrent, furent: parent, différent, concurrent
      | [aiou]s | en?s | [prs]s                # disent, pensent, passent: présent, absent
      | [aiou]t | [cprst]t | [aeiu]nt | [^c]ont   # portent, montent: compétent, content
      | [ilr]v | euv | [^sc]ouv                # arrivent, servent, trouvent: souvent
      | [acinrsu]q(?=u) | [bv]oq(?=u)          # expliquent, provoquent: fréquent, éloquent
    ) (?:(?<=[gq])u)?ent\Z
    """,
    re.VERBOSE,
)

# What is heard as one syllable: a vowel, or several letters that are read as one.
_NUCLEUS = re.compile(
    r"""
    (?<=[bcdfgkptv][lr])                       # after two consonants a glide is a vowel of its own:
    (?: [iy](?=[aâeéèêoôuœ])                   #   cri-er, ouvri-er, embry-on; but bien, nation
      | u(?=[aâeéèêoô])                        #   cru-el, influ-ence; but bruit, pluie
      | ou(?=[aâeéèêo]|i(?!ll)) )              #   clou-er, éblou-ir; but brouillard
  | (?<=\bp)a(?=ys)                            # pa-ys, pa-ysage
  | (?<=\bc)o(?=o)                             # co-opération; but alcool
  | (?: (?<=[gq])u(?=[aâeéèêiîoôuyœ])          # silent: guerre, quatre,
      | (?<=g)e(?=[aâoô])                      #   mangeait, pigeon,
      | e(?=oi) )?                             #   asseoir
    (?: [iïy](?=[aâeéèêoôuœ])                  # glide: nation, païen, moyen
      | u(?=[aâeéèêiîoô])                      #   nuit, actuel
      | ou(?=[aâeéèêiî]) )?                    #   oui, ouest
    (?: [œo]eu | œ[ui]*                        # vœu, œil
      | eau | e[uû]i? | e[aei] | ey(?![aâeéèêiou])    # eau, peu, feuille, peine; but vo-yelle
      | a[iîuû]e? | aoû | aa | ay(?![aâeéèêiou])      # mai, paiement, août
      | o[iî]e? | o[uùûo] | oy(?![aâeéèêiou])         # roi, aboiement, ou, football
      | [aàâäeéèêëiîïoôöuùûüyœæ] )             # all others alone: ré-u-nion, na-ïf, po-ème, cha-os
    """,
    re.VERBOSE,
)

# Capitals read letter by letter: up to three, without a vowel, or with an opening no word has.
_SPELLED = re.compile(r"(?=[A-Z]+\Z)(?:.{2,3}|[^AEIOUY]+|[^AEIOUYS][^AEIOUYHLR].*)\Z")
_NAMES = {"W": 3, "Y": 2}  # double vé, i grec; every other letter's name has one syllable
# Written short and read in full.
_TITLES = {"M": "monsieur", "MM": "messieurs", "Mme": "madame", "Mlle": "mademoiselle"}
_TITLES |= {"Dr": "docteur", "Pr": "professeur", "Me": "maître", "Mgr": "monseigneur"}


def syllables(word: str) -> int:
    """How many syllables has a French word, read with care? (*syllabes*, e muet final non compté)

    By orthography alone: vowels and groups of them, without a mute ending. A glide belongs to the
    vowel that follows (na-tion) except after two consonants (cri-er); capitals are spelled out, the
    parts of a compound counted one by one, M. and Mme read in full. An elided form has none.

    Returns: a count, at least 1 but for an elided form. Right for 97.7 % of the 437 words of
    tests/reference/syllables.csv, many of them hard ones.

    >>> [syllables(word) for word in ("réunion", "menacent", "pays", "DGSN", "peut-être", "l'")]
    [3, 2, 2, 4, 2, 0]
    """
    word = unicodedata.normalize("NFC", normalise(word))
    if word.endswith("'"):
        return 0
    return sum(_of_part(part) for part in re.split(r"[\W\d_]+", word.replace("'", "")) if part) or 1


def _of_part(part: str) -> int:
    """The syllables of a run of letters: of the names of its letters, or else its nuclei."""
    part = _TITLES.get(part, part)
    if _SPELLED.fullmatch(part) or not re.search("[aeiouyœæà-ü]", part.lower()):
        return sum(_NAMES.get(letter, 1) for letter in part.upper())
    return max(len(_NUCLEUS.findall(_MUTE.sub(r"\g<heard>", part.lower()))), 1)


@measures(
    Measure(
        "Kandel and Moles", "indice de Kandel et Moles", _EASE, "0 to 100", ("kandel1958",), _OWN
    ),
    Measure(
        "LIX", "LIX", r"W / S + 100 L / W", "the larger, the harder", ("bjornsson1968",), _KORPUS
    ),
)
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
    names = [by] if isinstance(by, str) else list(by or [])
    need(sentences, *names)
    need(tokens, "kind", "form", *names)
    part = parts(pd.concat([sentences[names], tokens[names]]), by)
    kept = words(tokens[["kind", "form"]].assign(_part=part.codes[len(sentences) :]))
    kept = kept[kept["_part"] >= 0]
    codes, forms = coded(kept, "form")
    adds = np.array([_adds(form) for form in forms], np.int64).reshape(-1, 3)[codes]
    read = np.zeros((len(part.keys), 3), np.int64)
    np.add.at(read, kept["_part"].to_numpy(), adds)
    in_part = part.codes[: len(sentences)]
    n_sentences = np.bincount(in_part[in_part >= 0], minlength=len(part.keys))
    out = part.keys.assign(n_words=read[:, 0], n_sentences=n_sentences, n_syllables=read[:, 1])
    per_sentence = out["n_words"] / out["n_sentences"].where(out["n_sentences"] > 0)
    per_word = out["n_syllables"] / out["n_words"].where(out["n_words"] > 0)
    return out.assign(
        words_per_sentence=per_sentence,
        syllables_per_word=per_word,
        kandel_moles=207 - 1.015 * per_sentence - 73.6 * per_word,
        lix=per_sentence + 100 * read[:, 2] / out["n_words"].where(out["n_words"] > 0),
    )


def _adds(form: str) -> tuple[int, int, int]:
    """What a form adds to the counts of words, syllables and long words; an elided one nothing."""
    if normalise(form).endswith("'"):
        return 0, 0, 0
    return 1, syllables(form), sum(map(str.isalpha, form)) > LONG
