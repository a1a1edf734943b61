"""The patterns by which the syllables of French are counted, with the rows of vowels.csv;
`french.syllables` counts them.
"""

import re

from helpers.read.patterns import pieces

_ROWS = pieces("vowels.csv")

# What is written at the end of a word and not heard: menace, parties, langue, musique, étaient.
# Whether -ent is the plural of a verb, spelling tells in part: each row of `heard` has the letters
# before it that are a verb's, and words it leaves alone; where nouns or adjectives are as common
# (président, content) the ending is heard.
_MUTE = re.compile(rf"(?:(?<=[gq])u)?es?\Z|(?P<heard>{_ROWS['heard']})(?:(?<=[gq])u)?ent\Z")

# What is heard as one syllable: a vowel, or several letters that are read as one, with what is
# silent and a glide before them; in a hiatus, as after two consonants, each vowel is one.
_NUCLEUS = re.compile(
    f"{_ROWS['hiatus']}|(?:{_ROWS['silent']})?(?:{_ROWS['glide']})?(?:{_ROWS['group']})"
)

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
