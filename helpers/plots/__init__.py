"""Figures: each takes a result table and returns Axes; one look for the whole collection."""

from helpers.plot.bars import plot_frequencies, plot_pos
from helpers.plot.classes import plot_dendrogram, plot_factor_plane, plot_similarity_tree
from helpers.plot.cloud import plot_word_cloud
from helpers.plot.contexts import (
    plot_cooccurrents,
    plot_dispersion,
    plot_progression,
    plot_segments,
)
from helpers.plot.contrasts import (
    plot_general_french,
    plot_keyness,
    plot_power,
    plot_specificities,
)
from helpers.plot.reading import plot_barcode, plot_lengths
from helpers.plot.style import use_style
from helpers.plot.themes import plot_theme_strip
from helpers.plot.vocabulary import plot_growth, plot_mattr, plot_zipf
from helpers.plot.voices import plot_attribution_strip

__all__ = [
    "plot_attribution_strip",
    "plot_barcode",
    "plot_cooccurrents",
    "plot_dendrogram",
    "plot_dispersion",
    "plot_factor_plane",
    "plot_frequencies",
    "plot_general_french",
    "plot_growth",
    "plot_keyness",
    "plot_lengths",
    "plot_mattr",
    "plot_pos",
    "plot_power",
    "plot_progression",
    "plot_segments",
    "plot_similarity_tree",
    "plot_specificities",
    "plot_theme_strip",
    "plot_word_cloud",
    "plot_zipf",
    "use_style",
]
