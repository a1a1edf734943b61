"""The patterns by which the syllables of French are counted; `french.syllables` counts them."""

import re

# What is written at the end of a word and not heard. Whether -ent is the plural of a verb, spelling
# tells in part: each line has the letters before it that are a verb's, and after the colon words it
# leaves alone; where nouns or adjectives are as common (président, content) the ending is heard.
_MUTE = re.compile(r"""(?x)
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
    """)  # fmt: skip

# What is heard as one syllable: a vowel, or several letters that are read as one.
_NUCLEUS = re.compile(r"""(?x)
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
    """)  # fmt: skip

# Capitals read letter by letter: up to three, without a vowel, or with an opening no word has.
_SPELLED = re.compile(r"(?=[A-Z]+\Z)(?:.{2,3}|[^AEIOUY]+|[^AEIOUYS][^AEIOUYHLR].*)\Z")
_NAMES = {"W": 3, "Y": 2}  # double vé, i grec; every other letter's name has one syllable
# Written short and read in full.
_TITLES = {"M": "monsieur", "MM": "messieurs", "Mme": "madame", "Mlle": "mademoiselle"}
_TITLES |= {"Dr": "docteur", "Pr": "professeur", "Me": "maître", "Mgr": "monseigneur"}


def syllables_of(part: str) -> int:
    """How many syllables has a run of letters: those of the names of its letters, or its nuclei."""
    part = _TITLES.get(part, part)
    if _SPELLED.fullmatch(part) or not re.search("[aeiouyœæà-ü]", part.lower()):
        return sum(_NAMES.get(letter, 1) for letter in part.upper())
    return max(len(_NUCLEUS.findall(_MUTE.sub(r"\g<heard>", part.lower()))), 1)
