"""French orthography: the typographic map, words, sentences. Nothing here needs a model.

Both depths of parsing take their words and sentences from this module, so they have the same ones.
Every function works on a text as it is and keeps its offsets: a span leads back to the same
characters of the file.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from helpers.read.checks import wrong
from helpers.read.lexicons import HERE
from helpers.read.patterns import pieces
from helpers.read.tables import rows_of

SPACES = "\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2004\u2005\u2006\u200a\u205f\u3000"
_PLAIN = dict.fromkeys("’‘ʼ‛′＇´`", "'") | dict.fromkeys(SPACES, " ")
_PLAIN |= dict.fromkeys("\u2010\u2011", "-") | dict.fromkeys("‧∙⋅", "·")

# Invisible hints of web pages: zero-width space and joiners, marks of direction, soft hyphen, byte
# order mark inside a text.
_HINTS = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
INVISIBLE = "".join(map(chr, [*_HINTS, 0x2060, 0xAD, 0x61C, 0xFEFF]))
_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"

# The marks of all scripts, as ranges: a short pattern is fast.
_KIND = "".join(unicodedata.category(chr(code))[0] for code in range(0x2E00))  # M for a mark
_MARKS = "".join(f"{chr(m.start())}-{chr(m.end() - 1)}" for m in re.finditer("M+", _KIND))
# The words that carry grammar, as they begin sentences.
_WORDS = [row["form"] for row in rows_of("function_words.csv", str(HERE / "lists"))]
_GRAMMAR = "|".join(form.capitalize() for form in _WORDS if re.match(r"à|\w[\w'-]+\Z", form))
# The table of patterns: pieces of words, tokens from the first that is tried, ends of sentences.
_ROWS = pieces("french.csv", marks=_MARKS, invisible=INVISIBLE, emoji=_EMOJI, grammar=_GRAMMAR)


class _Forms(dict[str, re.Pattern[str]]):
    """The patterns by kind, each compiled where it is first used: all at once would double the time
    of the import.
    """

    def __missing__(self, kind: str) -> re.Pattern[str]:
        return self.setdefault(kind, re.compile(_ROWS[kind]))


# `runs`, which sees a run of visible characters without its neighbours, takes what it needs from
# here: the beginnings of sentences that decide differently about a stop that may leave its sentence
# open. Marks are tried from the first of them only and never given back, so that time stays linear
# in the text; the end of a sentence begins with a set of characters, which is found three times as
# fast.
FORMS = _Forms()
OPENINGS = ("A", "La", "I", "Il", "1", "«A")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_SIGNS = {"-": "—", "<": "«", ">": "»", "'": '"', ",": "„"}
_SHORT = 0.75  # of the longest line: more may be the ragged edge of a wrapped text


def normalise(text: str) -> str:
    """The text with plain apostrophes, spaces, hyphens and middle dots, character for character
    (*normalisation typographique*).

    Returns: a string of the same length, so that an offset in it is an offset in the text. Accents
    are left as they are written, since a decomposed one cannot be composed without moving what
    follows.

    >>> normalise("l’accord : 1 500 mots") == "l'accord : 1 500 mots"
    True
    """
    if not isinstance(text, str):
        raise wrong("text", text, "a text (str)")
    if text.isascii():
        return text.replace("`", "'")
    for character, plain in _PLAIN.items():  # several times as fast as a pattern
        text = text.replace(character, plain)
    return text


def composed(text: str) -> str:
    """The text with plain apostrophes, spaces and hyphens and composed accents."""
    return unicodedata.normalize("NFC", normalise(text))


def without_accents(text: str) -> str:
    """The text with its letters and ligatures in ASCII, where they have such.

    >>> without_accents("Cœur à l'été")
    "Coeur a l'ete"
    """
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return re.sub("[\u0300-\u036f]", "", letters)


def visible(form: str) -> str:
    """A form as it is seen: composed, without invisible hints; ligatures and small raised letters
    as letters, hyphens for a dash and << for « as one, but œ wherever French has it.
    """
    form = composed(FORMS["unseen"].sub("", form)).replace("œ", "oe").replace("Œ", "Oe")
    form = FORMS["ligature"].sub(
        lambda m: _SIGNS.get(m[0][0]) or unicodedata.normalize("NFKC", m[0]), form
    )
    form = FORMS["parted"].sub("-t-", form)
    return FORMS["oe"].sub(lambda m: "œ" if m[0][0] == "o" else "Œ", form)


def tokenise(text: str) -> list[tuple[int, int]]:
    """Where are the words, numbers and marks? (*segmentation en formes*)

    Returns: (start, end) of each token, in order; tokens and white space together cover the text.
    An elided word keeps its apostrophe, a compound its hyphens, a number its spaces; a pronoun tied
    to its verb is a word of its own.

    >>> text = "Qu’a-t-elle dit, aujourd’hui, des 1 500 rendez-vous ?"
    >>> [text[start:end] for start, end in tokenise(text)]
    ['Qu’', 'a', '-t-elle', 'dit', ',', 'aujourd’hui', ',', 'des', '1 500', 'rendez-vous', '?']
    """
    found = FORMS["piece"].finditer(normalise(text))
    return [match.span() for match in found if not match[0].isspace()]


def sentence_starts(text: str, *, lines: bool = True) -> list[int]:
    """Where does each sentence of a paragraph begin? (*segmentation en phrases*)

    A number or a letter that counts an item belongs to it (1. Le budget), and each turn of a
    dialogue is a sentence.

    Parameters: lines (False leaves out what only the ends of lines tell, see `line_starts`).
    Returns: offsets, the first one that of the first visible character; none for an empty
    paragraph.

    >>> sentence_starts("M. Alami est arrivé. « Enfin ! » Il part lundi.")
    [0, 21, 33]
    """
    text = normalise(text)
    first = len(text) - len(text.lstrip())
    if first == len(text):
        return []
    starts = set(line_starts(text) if lines else ())
    for begin, end in pairwise([first, *_unspaced(text), len(text)]):
        part = text[begin:end]
        ends = (m for m in FORMS["sentence_end"].finditer(part) if not _goes_on(part, m))
        starts |= {begin, *(begin + match.end() for match in ends)}
    return sorted(starts)


def _unspaced(text: str) -> list[int]:
    """Where a sentence begins right behind the stop of the one before, without a blank (fini.Le
    public); a stop inside a token, such as an address, ends none.
    """
    found = list(FORMS["unspaced"].finditer(text))
    tokens = {start for start, _ in tokenise(text)} if found else ()
    return [match.end() for match in found if match.start() in tokens]


def line_starts(text: str) -> list[int]:
    """Which lines of a paragraph begin a sentence, though the one above has no stop? (*titre,
    énumération*)

    Those that begin as sentences or items do, below an item or a line that was ended on purpose:
    one much shorter than others, or all lines that are narrow, or three and more, begin so.

    >>> line_starts("UN PONT NEUF⏎Le maire a visité le pont de la ville.".replace("⏎", chr(10)))
    [13]
    """
    lines = [(m.start(), m[0].rstrip()) for m in FORMS["line"].finditer(text)]
    width = max((len(line) for _, line in lines), default=0)
    wrapped = any(line[0].islower() and not FORMS["item"].match(line) for _, line in lines[1:])
    apart = not wrapped and (width < 60 or len(lines) > 2)  # no text is wrapped at less
    starts = []
    for (_, line), (start, following) in pairwise(lines):
        item, begins = FORMS["item"].match(line), FORMS["item"].match(following)
        ended = apart or len(line) + len(following.split(None, 1)[0]) < _SHORT * width
        ended = (ended or item or line[-1] in ":;") and not FORMS["last"].search(line[-16:])
        if (item and begins) or (ended and (begins or FORMS["opening"].match(following))):
            starts.append(start)
    return starts


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Is the full stop that of an abbreviation or of an item's number, so that the sentence goes
    on?
    """
    if end[1] != ".":
        return False
    stop = end.start()
    written = FORMS["before_word"].split(text[max(0, stop - 24) : stop])[-1]
    word = stop - len(written)
    before = text[max(0, word - 24) : word]
    abbreviated = FORMS["abbreviated"].match(text, word)
    opens = FORMS["opens"].search(before) and not FORMS["asked"].search(before)
    listed = opens and FORMS["numbering"].fullmatch(written)
    if listed or (abbreviated and abbreviated.end() == stop):
        return True
    surname = FORMS["particle"].match(text, end.end()) and (len(written) < 3 or "-" in written)
    ended = FORMS["begun"].match(text, end.end()) and (
        not surname or FORMS["king"].search(before + written)
    )
    return bool(FORMS["initials"].fullmatch(text, word, stop)) and not ended


@lru_cache(1 << 16)  # words come again
def word_type(form: str) -> str:
    """The form under which a word is counted (*forme graphique*): NFC, lower case, straight
    apostrophe.

    >>> word_type("L’")
    "l'"
    """
    return visible(form).lower()


# Marks that Unicode calls punctuation and readers do not.
_SYMBOLS = "%‰&@#*§†‡•"


@lru_cache(1 << 16)
def token_kind(form: str) -> str:
    """Is a token a `word`, a `number`, a `punct` or a `symbol`? (*forme, nombre, ponctuation*)

    >>> [token_kind(form) for form in ("l’", "18h30", "XXe", "»", "%")]
    ['word', 'number', 'word', 'punct', 'symbol']
    """
    form = visible(form) or form
    if FORMS["number"].fullmatch(form):
        return "number"
    if FORMS["address"].match(form):
        return "symbol"
    if any(c.isalpha() for c in form):
        return "word"
    if all(unicodedata.category(c)[0] == "P" and c not in _SYMBOLS for c in form):
        return "punct"
    return "number" if any(c.isdigit() for c in form) else "symbol"


# What is heard as one syllable is a vowel, or several letters that are read as one, with what is
# silent and a glide before them; in a hiatus, as after two consonants, each vowel is one. An ending
# -ent is heard where nouns or adjectives are as common as verbs (président, content).
_NAMES = {"W": 3, "Y": 2}  # double vé, i grec; every other letter's name has one syllable
# Written short and read in full.
_TITLES = {"M": "monsieur", "MM": "messieurs", "Mme": "madame", "Mlle": "mademoiselle"}
_TITLES |= {"Dr": "docteur", "Pr": "professeur", "Me": "maître", "Mgr": "monseigneur"}


def _syllables_of(part: str) -> int:
    """How many syllables has a run of letters: those of the names of its letters, or its nuclei."""
    part = _TITLES.get(part, part)
    if FORMS["spelled"].fullmatch(part) or not re.search("[aeiouyœæà-ü]", part.lower()):
        return sum(_NAMES.get(letter, 1) for letter in part.upper())
    return max(len(FORMS["nucleus"].findall(FORMS["mute"].sub(r"\g<heard>", part.lower()))), 1)


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
    return sum(map(_syllables_of, re.findall(r"[^\W\d_]+", word.replace("'", "")))) or 1
