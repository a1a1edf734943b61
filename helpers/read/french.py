"""French orthography: the typographic map, words, sentences. Nothing here needs a model.

Both depths of parsing take their words and sentences from this module, so they have the same ones.
Every function works on a text as it is and keeps its offsets: a span leads back to the same
characters of the file.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "’‘ʼ‛′＇"
SPACES = "\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2004\u2005\u2006\u200a\u205f\u3000"
HYPHENS = "\u2010\u2011"
_KINDS = ((APOSTROPHES, "'"), (SPACES, " "), (HYPHENS, "-"))
_PLAIN = {character: plain for characters, plain in _KINDS for character in characters}

# Invisible hints of web pages: soft hyphen, zero-width space and joiners, byte order mark inside a
# text.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# Pieces of the token pattern. A mark belongs to the letter before it: a decomposed accent or an
# invisible hint.
_MARK = rf"[\u0300-\u036f{INVISIBLE}]"
_PART = rf"\w+(?:{_MARK}+\w*)*"
_UPPER = rf"[A-ZÀ-ÖØ-ÞŒ]{_MARK}*"
_CLITIC = "(?:ce|elles?|en|ils?|je|la|là|les?|leur|lui|moi|nous|on|toi|tu|vous|y)"
_ENDS_IN_CLITICS = rf"(?:(?:t-)?{_CLITIC}(?:-{_CLITIC})*|[mt]'(?:en|y))(?!\w|-\w|{_MARK})"
_TITLE = "(?:MM?|Mrs?|Drs?|Pr|Me|Mgr|Ste?|Gal|Cdt|Col|Lt|Cne)"
_BEFORE_NUMBER = "[Aa]rt|al|pp?|vol|no?|fig|chap"
_BEFORE_ANY = "av|ap|bd|cf"
_BEFORE_LOWER = "al|ex|env|tél|éd|ed|hab|janv|févr|avr|juill|sept|oct|nov|déc"
# A word whose full stop is its own; what follows decides for those that may also end a sentence.
_ABBREVIATION = (
    rf"(?:{_TITLE}|(?:{_BEFORE_NUMBER})(?=\.\s*[\dIVX])|(?:{_BEFORE_ANY})(?=\.\s*\S)"
    rf"|(?:{_BEFORE_LOWER})(?=\.\s*[^\sA-ZÀ-Þ]))"
)

TOKEN = re.compile(
    rf"""
    [^\W\d_]\w*+(?=[\s,;!?)»]|\Z)     # most words: letters up to a space or a plain mark
    # a web address, without the stop that follows it
  | (?:https?://|www\.)[^\s<>«»"]*[^\s<>«»".,;:!?)\]']
    # a mail address; bounded, so that time stays linear
  | [\w.+-]{{1,64}}+@[\w-]{{1,64}}+(?:\.[\w-]{{1,64}}+)+
    # 1 250 000: thousands after spaces are one number
  | \d{{1,3}}(?:[ ]\d{{3}})+(?:,\d+)?(?!\w)
    # 3,5  04/11/2024  2020-15  1er  18h30
  | \d++(?:[.,:/-]\d++)*+(?:er|[eè]re|re|e|[eè]?me|nde?|h\d*)?(?!\w|-\w)
  | {_ABBREVIATION}\.(?!\w)           # M.  art. 12  av. J.-C.
  | (?i:etc)\.(?!\w)                  # its stop may end the sentence too
  | (?:{_UPPER}\.-?)+{_UPPER}\.       # O.N.U.  É.-U.  J.-P.
  | {_UPPER}\.(?=\s*\S)               # A. Benali: an initial; at the end of a text, a stop
  | [nN]°                             # n° 5
    # words that only look as if they ended in a pronoun
  | (?i:c'est-à-dire|(?:cel(?:ui|les?)|ceux|jusque|par)-là|rendez-vous|garde-à-vous|jong-il)
    (?!\w|-\w)
    # an elision that nobody feels any more
  | (?i:aujourd'hui|quelqu'une?|prud'hom\w+|presqu'[iî]les?|grand'\w+|entr'\w+)
    # N'Djamena, O'Brien: the apostrophe is part of the name
  | [MNO]'{_UPPER}[a-zà-ÿ]{_PART}(?:-{_PART})*
    # an elided word keeps its apostrophe: l'  qu'
  | (?i:jusqu|lorsqu|puisqu|quoiqu|presqu|qu|[cdjlmnst])'
    # a pronoun after its verb: dit -elle, a -t-il, va -t' en
  | (?<=[\w\u0300-\u036f])-
    (?i:[mt]'(?=(?:en|y)\b)|(?:t-(?:ils?|elles?|on)|{_CLITIC})(?!\w|{_MARK}))
    # a word with its inner apostrophes (Sana'a) and what hyphens tie to it (Val-d'Oise)
  | {_PART}(?:'{_PART})*(?:-(?!(?i:{_ENDS_IN_CLITICS}))(?:(?i:[dl])')?{_PART})*
  | [#@]\w+                           # a hashtag, a handle
  | \.\.+                             # an ellipsis in stops
  | \S                                # anything else stands alone
    """,
    re.VERBOSE,
)

# For `runs`, which sees a run of visible characters without its neighbours: a stop at its end
# that what follows may tie to its word (M. is a title whatever follows); one that may leave its
# sentence open; and the beginnings of sentences that decide differently about such a stop.
_BEFORE = f"{_BEFORE_NUMBER}|{_BEFORE_ANY}|{_BEFORE_LOWER}"
LEANING = re.compile(rf"(?:{_BEFORE}|{_UPPER})\.\Z(?<!\AM\.)")
MAY_GO_ON = re.compile(rf"""(?:\A|[«“"'(\[])(?:{_TITLE}|{_BEFORE})\.|{_UPPER}\.""")
OPENINGS = ("A", "La", "I", "Il", "1", "«A")

# The marks are tried from the first of them only and never given back, so that time stays linear in
# the text; the pattern begins with a set of characters, which is found three times as fast.
_SENTENCE_END = re.compile(
    r"""
    ([.!?…](?<![.!?…]{2})[.!?…]*+)                    # full stops and other strong marks
    (?:\s?[»”]|["')\]])*+ (?:\[\d+\])*+ \s++          # what closes with them: quotes, notes
    (?=[«“"'(\[—–]*+\s?[A-ZÀ-ÖØ-ÞŒ0-9]|[-–—•]\s)      # and what opens the next sentence
    """,
    re.VERBOSE,
)
_BEFORE_WORD = re.compile(r"""[\s«“"'(\[]""")
_ABBREVIATED = re.compile(_ABBREVIATION)
# So do the stops of initials and acronyms (J.-P. Martin, O.N.U.); "av. J.-C." may end a sentence.
_INITIALS = re.compile(rf"(?!J\.-C)(?:{_UPPER}\.-?)*{_UPPER}")
# After an acronym with stops, a word that begins sentences tells that one begins here.
_ACRONYM = re.compile(rf"(?:{_UPPER}\.-?)+{_UPPER}")
_BEGINS = re.compile(
    r"(?:L[ae]s?|L'|Ils?|Elles?|Cet?|Cette|Ces|Une?|Des?|En|Dans|Mais|Selon)(?!\w)"
)


def normalise(text: str) -> str:
    """The text with plain apostrophes, spaces and hyphens, character for character (*normalisation
    typographique*).

    Returns: a string of the same length, so that an offset in it is an offset in the text. Accents
    are left as they are written, since a decomposed one cannot be composed without moving what
    follows.

    >>> normalise("l’accord : 1 500 mots") == "l'accord : 1 500 mots"
    True
    """
    if not text.isascii():
        for character, plain in _PLAIN.items():  # several times as fast as a pattern
            text = text.replace(character, plain)
    return text


def composed(text: str) -> str:
    """The text with plain apostrophes, spaces and hyphens and composed accents."""
    return unicodedata.normalize("NFC", normalise(text))


def visible(form: str) -> str:
    """A form as it is seen: composed, without invisible hints."""
    for mark in INVISIBLE:
        form = form.replace(mark, "")
    return composed(form)


def tokenise(text: str) -> list[tuple[int, int]]:
    """Where are the words, numbers and marks? (*segmentation en formes*)

    Returns: (start, end) of each token, in order; tokens and white space together cover the text.
    An elided word keeps its apostrophe, a compound its hyphens, a number its spaces; a pronoun tied
    to its verb is a word of its own.

    >>> text = "Qu’a-t-elle dit, aujourd’hui, des 1 500 rendez-vous ?"
    >>> [text[start:end] for start, end in tokenise(text)]
    ['Qu’', 'a', '-t-elle', 'dit', ',', 'aujourd’hui', ',', 'des', '1 500', 'rendez-vous', '?']
    """
    return [match.span() for match in TOKEN.finditer(normalise(text))]


def sentence_starts(text: str) -> list[int]:
    """Where does each sentence of a paragraph begin? (*segmentation en phrases*)

    Returns: offsets, the first one that of the first visible character; none for an empty
    paragraph.

    >>> sentence_starts("M. Alami est arrivé. « Enfin ! » Il part lundi.")
    [0, 21, 33]
    """
    text = normalise(text)
    first = len(text) - len(text.lstrip())
    starts = [first] if first < len(text) else []
    return starts + [m.end() for m in _SENTENCE_END.finditer(text, first) if not _goes_on(text, m)]


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Is the full stop an abbreviation's, so that the sentence goes on?"""
    if end[1] != ".":
        return False
    stop = end.start()
    word = stop - len(_BEFORE_WORD.split(text[max(0, stop - 24) : stop])[-1])
    abbreviated = _ABBREVIATED.match(text, word)
    if abbreviated and abbreviated.end() == stop:
        return True
    ended = _ACRONYM.fullmatch(text, word, stop) and _BEGINS.match(text, end.end())
    return bool(_INITIALS.fullmatch(text, word, stop)) and not ended


@lru_cache(1 << 16)  # words come again
def word_type(form: str) -> str:
    """The form under which a word is counted (*forme graphique*): NFC, lower case, straight
    apostrophe.

    >>> word_type("L’")
    "l'"
    """
    return visible(form).lower()


_NUMBER = re.compile(r"\d[\d\s.,:/-]*(?:er|[eè]re|re|e|[eè]?me|nde?|h\d*)?")
_ADDRESS = re.compile(r"https?://|www\.|[^@]+@.")
# Marks that Unicode calls punctuation and readers do not.
_SYMBOLS = "%‰&@#*§†‡•"


def token_kind(form: str) -> str:
    """Is a token a `word`, a `number`, a `punct` or a `symbol`? (*forme, nombre, ponctuation*)

    >>> [token_kind(form) for form in ("l’", "18h30", "XXe", "»", "%")]
    ['word', 'number', 'word', 'punct', 'symbol']
    """
    if _NUMBER.fullmatch(form):
        return "number"
    if _ADDRESS.match(form):
        return "symbol"
    if any(c.isalpha() for c in form):
        return "word"
    if all(unicodedata.category(c)[0] == "P" and c not in _SYMBOLS for c in form):
        return "punct"
    return "number" if any(c.isdigit() for c in form) else "symbol"


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
    lexicons/syllables.csv, many of them hard ones.

    >>> [syllables(word) for word in ("réunion", "menacent", "pays", "DGSN", "peut-être", "l'")]
    [3, 2, 2, 4, 2, 0]
    """
    word = composed(word)
    if word.endswith("'"):
        return 0
    return sum(_of_part(part) for part in re.split(r"[\W\d_]+", word.replace("'", "")) if part) or 1


def _of_part(part: str) -> int:
    """The syllables of a run of letters: of the names of its letters, or else its nuclei."""
    part = _TITLES.get(part, part)
    if _SPELLED.fullmatch(part) or not re.search("[aeiouyœæà-ü]", part.lower()):
        return sum(_NAMES.get(letter, 1) for letter in part.upper())
    return max(len(_NUCLEUS.findall(_MUTE.sub(r"\g<heard>", part.lower()))), 1)
