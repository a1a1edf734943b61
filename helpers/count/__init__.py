"""Every measure: from a table to a table.

vocabulary   frequencies spectrum growth richness ttr_along zipf sensitivity word_definitions
             readability readability_range
contexts     concordance progression dispersion cooccurrents ngrams repeated_segments
             segment_places reuse
contrasts    specificities attainable shuffled distance keyness general_french power
classes      contingency segments correspondence independence clusters reinert shuffled_splits
             class_table typical_segments agreement stability similarity_tree
themes       theme_hits theme_profile theme_audit

Too little text is the error TooLittleText; a query that cannot be read, QueryError.
"""

from helpers.count.classes import adjusted_rand, agreement, enough_segments, stability
from helpers.count.classification import reinert, shuffled_splits
from helpers.count.contexts import concordance, count_hits, dispersion, node_words, progression
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
    readability_range,
    richness_ranges,
    syllable_check,
    ttr_along,
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

__all__ = [
    "QueryError", "TooLittleText", "above_zipf", "adjusted_rand", "agreement", "attainable",
    "class_profile", "class_table", "clusters", "concordance", "content_words", "contingency",
    "cooccurrents", "correspondence", "count_hits", "dispersion", "distance", "enough_segments",
    "entry_audit", "frequencies", "general_french", "growth", "independence", "keyness",
    "merge_segments", "ngrams", "node_words", "parts_at_hand", "power", "progression",
    "readability", "readability_range", "reinert", "repeated_segments", "reuse", "reused",
    "richness", "richness_ranges", "segment_places", "segments", "sensitivity", "shuffled",
    "shuffled_splits", "similarity_tree", "specificities", "spectrum", "stability",
    "syllable_check", "theme_audit", "theme_hits", "theme_lexicon", "theme_profile",
    "theme_tree", "ttr_along", "typical_segments", "word_definitions", "zipf",
]  # fmt: skip
