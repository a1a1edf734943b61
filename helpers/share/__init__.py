"""Notebooks, run: the committed outputs, reports, the site. `python -m helpers` calls it."""
