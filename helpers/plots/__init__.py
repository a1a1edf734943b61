"""Figures: each takes a result table and returns Axes; one look for the whole collection."""

from helpers.plots.cloud import plot_word_cloud
from helpers.plots.contexts import (
    plot_cooccurrents,
    plot_dispersion,
    plot_progression,
    plot_segments,
)
from helpers.plots.reading import plot_barcode, plot_lengths
from helpers.plots.style import save_figure, use_style
from helpers.plots.vocabulary import plot_frequencies, plot_growth, plot_mattr, plot_pos, plot_zipf

__all__ = [
    "plot_barcode",
    "plot_cooccurrents",
    "plot_dispersion",
    "plot_frequencies",
    "plot_growth",
    "plot_lengths",
    "plot_mattr",
    "plot_pos",
    "plot_progression",
    "plot_segments",
    "plot_word_cloud",
    "plot_zipf",
    "save_figure",
    "use_style",
]
