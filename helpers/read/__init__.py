"""A folder of texts, read into tables and kept.

open_corpus     a folder as a corpus: seven tables
store_corpus    the same on disk, for a folder larger than memory
load_seeds      documents and issues alone, nothing parsed
parse           paragraphs, sentences, tokens and entities of a table of documents
round_trip      does every token lead back to its characters?
reprints        which texts were printed more than once, by whom, in which order
as_told         what a database tells of its texts, beside what was found
weekdays        the days that a day of the week without a number may be
french          normalise, tokenise, sentence_starts, syllables: how French is written
lexicons        the word lists
SEEDS, FICTION  the folder of the committed texts, and that of the invented ones
truth           what was put into the invented ones
"""

from helpers.read import french, lexicons
from helpers.read.chains import reprints
from helpers.read.corpus import FICTION, SEEDS, open_corpus, store_corpus, truth
from helpers.read.dates import weekdays
from helpers.read.metadata import as_told
from helpers.read.seeds import load_seeds
from helpers.read.words import parse, round_trip

INDEX = [
    "FICTION", "SEEDS", "as_told", "french", "lexicons", "load_seeds", "open_corpus", "parse",
    "reprints", "round_trip", "store_corpus", "truth", "weekdays",
]  # fmt: skip


def __dir__() -> list[str]:
    return INDEX
