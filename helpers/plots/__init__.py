"""Figures: each takes a result table and returns Axes; one look for the whole collection."""

from helpers.plots.reading import plot_barcode, plot_lengths
from helpers.plots.style import save_figure, use_style

__all__ = ["plot_barcode", "plot_lengths", "save_figure", "use_style"]
