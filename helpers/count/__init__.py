"""Every measure: from a table to a table.

vocabulary   frequencies spectrum growth richness ttr_along zipf sensitivity word_definitions
             readability readability_range
contexts     concordance count_hits node_words progression dispersion cooccurrents ngrams
             repeated_segments segment_places reuse
contrasts    specificities attainable shuffled distance keyness general_french power
classes      contingency segments correspondence independence clusters reinert shuffled_splits
             class_table typical_segments agreement stability similarity_tree
themes       theme_hits theme_profile theme_audit theme_lexicon

Too little text is the error TooLittleText; a query that cannot be read, QueryError.
"""

from helpers.count.classes import (
    agreement,
    class_table,
    similarity_tree,
    stability,
    typical_segments,
)
from helpers.count.classification import reinert, shuffled_splits
from helpers.count.contexts import (
    concordance,
    cooccurrents,
    count_hits,
    dispersion,
    node_words,
    progression,
)
from helpers.count.contrasts import attainable, distance, shuffled, specificities
from helpers.count.diversity import richness, sensitivity, ttr_along
from helpers.count.factors import clusters, correspondence, independence
from helpers.count.keywords import general_french, keyness, power
from helpers.count.lexical_table import contingency, segments
from helpers.count.parts import TooLittleText
from helpers.count.query import QueryError
from helpers.count.reading_ease import readability, readability_range
from helpers.count.repeats import ngrams, repeated_segments, reuse, segment_places
from helpers.count.themes import theme_audit, theme_hits, theme_lexicon, theme_profile
from helpers.count.vocabulary import frequencies, growth, spectrum, word_definitions, zipf

__all__ = [
    "QueryError", "TooLittleText", "agreement", "attainable", "class_table", "clusters",
    "concordance", "contingency", "cooccurrents", "correspondence", "count_hits", "dispersion",
    "distance", "frequencies", "general_french", "growth", "independence", "keyness", "ngrams",
    "node_words", "power", "progression", "readability", "readability_range",
    "reinert", "repeated_segments", "reuse", "richness", "segment_places", "segments",
    "sensitivity", "shuffled", "shuffled_splits", "similarity_tree", "specificities", "spectrum",
    "stability", "theme_audit", "theme_hits", "theme_lexicon", "theme_profile", "ttr_along",
    "typical_segments", "word_definitions", "zipf",
]  # fmt: skip
