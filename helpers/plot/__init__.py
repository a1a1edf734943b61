"""Figures: each takes the result table of the verb with its name and returns Axes.

what was read   lengths of sentences; barcode of names; attributions, passage by passage
vocabulary      frequencies, parts_of_speech, word_cloud; zipf; growth; ttr_along
contexts        dispersion and progression of words; cooccurrents; repeated segments
themes          theme_profile
contrasts       specificities of parts; keyness of two sides; general_french; power
classes         correspondence, reinert, similarity_tree
look            use_style, once at the top of a notebook
"""

from helpers.plot.bars import frequencies, parts_of_speech, word_cloud
from helpers.plot.classes import correspondence, reinert, similarity_tree
from helpers.plot.contexts import cooccurrents, dispersion, progression, segments
from helpers.plot.contrasts import general_french, keyness, power, specificities
from helpers.plot.reading import barcode, lengths
from helpers.plot.style import use_style
from helpers.plot.themes import theme_profile
from helpers.plot.vocabulary import growth, ttr_along, zipf
from helpers.plot.voices import attributions

__all__ = [
    "attributions", "barcode", "cooccurrents", "correspondence", "dispersion", "frequencies",
    "general_french", "growth", "keyness", "lengths", "parts_of_speech", "power", "progression",
    "reinert", "segments", "similarity_tree", "specificities", "theme_profile", "ttr_along",
    "use_style", "word_cloud", "zipf",
]  # fmt: skip
