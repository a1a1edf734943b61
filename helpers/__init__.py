from helpers.corpus import Corpus, open_corpus, SEEDS
from helpers.seeds import load_seeds
from helpers.parsing import parse
