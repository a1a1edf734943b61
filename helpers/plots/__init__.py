"""Figures: each takes a result table and returns Axes; one look for the whole collection."""

from helpers.plots.bars import plot_frequencies, plot_pos
from helpers.plots.classes import plot_dendrogram, plot_factor_plane, plot_similarity_tree
from helpers.plots.cloud import plot_word_cloud
from helpers.plots.contexts import (
    plot_cooccurrents,
    plot_dispersion,
    plot_progression,
    plot_segments,
)
from helpers.plots.contrasts import (
    plot_general_french,
    plot_keyness,
    plot_power,
    plot_specificities,
)
from helpers.plots.reading import plot_barcode, plot_lengths
from helpers.plots.style import use_style
from helpers.plots.themes import plot_theme_strip
from helpers.plots.vocabulary import plot_growth, plot_mattr, plot_zipf
from helpers.plots.voices import plot_attribution_strip

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
