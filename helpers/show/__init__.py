"""What a notebook displays: tables, figures and text with what may be said of them.

card                     the corpus at hand, and the ways from here
claim, caption, counted  computed sentences
gate                     a result, or why there is too little text for it
legible                  a table as it is read
quote                    passages in their context
kwic                     the lines of a concordance
marked                   a text with its names or themes marked
event_cards              events, a small table each
save_figure              a figure as SVG and PNG, and shown
interactive_concordance, interactive_themes  views with knobs
coding_sheet             a sample of texts as a spreadsheet, to be coded by hand
methods                  the methods paragraph and its sources
provenance               what a notebook was made from
"""

from helpers.read.tables import counted
from helpers.show.coding import coding_sheet
from helpers.show.figures import save_figure
from helpers.show.measures import methods
from helpers.show.notes import caption, claim, gate, legible, provenance
from helpers.show.text import card, event_cards, kwic, marked, quote
from helpers.show.widgets import interactive_concordance, interactive_themes

INDEX = [
    "caption", "card", "claim", "coding_sheet", "counted", "event_cards", "gate",
    "interactive_concordance", "interactive_themes", "kwic", "legible", "marked", "methods",
    "provenance", "quote", "save_figure",
]  # fmt: skip


def __dir__() -> list[str]:
    return INDEX
