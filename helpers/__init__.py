"""Read and count French-language press texts: one noun, the corpus, and verbs, table in, table out.

    from helpers.read.corpus import open_corpus
    corpus = open_corpus()          # the folder that SEEDS names, or seeds/
    corpus.tokens                   # one row per token

A `Corpus` holds seven pandas tables. Row order is reading order. `start` and `end` are character
positions in `documents.text`, the decoded file as it is on disk (without byte order mark, line ends
kept), so that for every row of every table `text[start:end]` is the passage that the row is about.
par, sent and tok count from 1 within a text.

documents   one row per text that was read: doc (the file's stem, unique), file, sha256 (of the
            file), encoding, date (as written, the most precise), date_start, date_end (the days
            that it means), date_precision (year, month, day), title, byline, agency, credit,
            signature, duplicate_of (doc of the earliest text of its group of duplicates and
            near-duplicates), similarity, body_start, body_end, n_paragraphs, n_sentences,
            n_words, text; and every column of metadata.csv, where the folder has one
fields      one row per header or closing field found in a text: doc, field (date, title, byline,
            agency, credit, signature), value, start, end
issues      one row per thing that was repaired or not understood: doc, file, kind, message,
            start, end
paragraphs  one row per paragraph: doc, par, start, end, n_sentences, n_words
sentences   one row per sentence: doc, par, sent, start, end, n_words
tokens      one row per token: doc, par, sent, tok, start, end, form (as written), type (composed,
            lower case, straight apostrophe), lemma, pos (Universal Dependencies), kind (word,
            number, punct, symbol), is_function, head (tok of the governor, 0 for the root), dep
entities    one row per mention: doc, par, sent, start, end, label (person, organisation, place,
            nationality, date), name (normalised), country (ISO code), source (gazetteer, rule,
            model); mentions of different kinds may nest
"""

from helpers import plots
from helpers.count.classes import adjusted_rand, agreement, enough_segments, stability
from helpers.count.classification import reinert, shuffled_splits
from helpers.count.contexts import concordance, dispersion, progression
from helpers.count.contrasts import attainable, parts_at_hand, shuffled, specificities
from helpers.count.cooccurrence import cooccurrents
from helpers.count.distances import distance
from helpers.count.factors import clusters, correspondence, independence
from helpers.count.keywords import general_french, keyness
from helpers.count.lexical_table import contingency, merge_segments, segments
from helpers.count.parts import TooLittleText
from helpers.count.passages import reuse, reused
from helpers.count.profiles import class_profile, class_table, typical_segments
from helpers.count.query import QueryError
from helpers.count.reading_ease import readability
from helpers.count.repeats import ngrams, repeated_segments, segment_places
from helpers.count.sample_size import power
from helpers.count.similarity import similarity_tree, theme_tree
from helpers.count.themes import entry_audit, theme_audit, theme_hits, theme_lexicon, theme_profile
from helpers.count.variants import (
    content_words,
    mattr_along,
    readability_range,
    richness_ranges,
    syllable_check,
    word_definitions,
)
from helpers.count.vocabulary import (
    above_zipf,
    frequencies,
    growth,
    richness,
    sensitivity,
    spectrum,
    zipf,
)
from helpers.exchange.exports import export_conllu, export_iramuteq, export_txm
from helpers.exchange.imports import import_corpus
from helpers.plots import *
from helpers.read.corpus import FICTION, SEEDS, Corpus, open_corpus, store_corpus
from helpers.read.dates import weekdays
from helpers.read.french import normalise, sentence_starts, syllables, tokenise
from helpers.read.seeds import load_seeds
from helpers.read.tables import counted as count
from helpers.read.words import parse, round_trip
from helpers.share.tables import export_all, export_tables, results
from helpers.show.figures import save_figure
from helpers.show.lines import count_hits, kwic, node_words
from helpers.show.measures import methods
from helpers.show.notes import caption, claim, gate, legible, provenance
from helpers.show.text import card, event_cards, marked_text, quote
from helpers.show.widgets import interactive_concordance, interactive_themes
from helpers.voices.discourse import actors, attributions, events, in_voices, mentions, voices

__all__ = [
    "FICTION",
    "SEEDS",
    "Corpus",
    "QueryError",
    "TooLittleText",
    "above_zipf",
    "actors",
    "adjusted_rand",
    "agreement",
    "attainable",
    "attributions",
    "caption",
    "card",
    "claim",
    "class_profile",
    "class_table",
    "clusters",
    "concordance",
    "content_words",
    "contingency",
    "cooccurrents",
    "correspondence",
    "count",
    "count_hits",
    "dispersion",
    "distance",
    "enough_segments",
    "entry_audit",
    "event_cards",
    "events",
    "export_all",
    "export_conllu",
    "export_iramuteq",
    "export_tables",
    "export_txm",
    "frequencies",
    "gate",
    "general_french",
    "growth",
    "import_corpus",
    "in_voices",
    "independence",
    "interactive_concordance",
    "interactive_themes",
    "keyness",
    "kwic",
    "legible",
    "load_seeds",
    "marked_text",
    "mattr_along",
    "mentions",
    "merge_segments",
    "methods",
    "ngrams",
    "node_words",
    "normalise",
    "open_corpus",
    "parse",
    "parts_at_hand",
    "power",
    "progression",
    "provenance",
    "quote",
    "readability",
    "readability_range",
    "reinert",
    "repeated_segments",
    "results",
    "reuse",
    "reused",
    "richness",
    "richness_ranges",
    "round_trip",
    "save_figure",
    "segment_places",
    "segments",
    "sensitivity",
    "sentence_starts",
    "shuffled",
    "shuffled_splits",
    "similarity_tree",
    "specificities",
    "spectrum",
    "stability",
    "store_corpus",
    "syllable_check",
    "syllables",
    "theme_audit",
    "theme_hits",
    "theme_lexicon",
    "theme_profile",
    "theme_tree",
    "tokenise",
    "typical_segments",
    "voices",
    "weekdays",
    "word_definitions",
    "zipf",
]
__all__ += plots.__all__
