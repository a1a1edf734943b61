"""What a notebook displays: tables, figures and text with what may be said of them.

table        rows as they are read, and their caption
figure       a figure, written as SVG and PNG, and its caption
saying       computed sentences
gate         a result, or its empty table, which knows why there is too little text
card         the corpus at hand
quote        passages in their context
kwic         the lines of a concordance
marked       a text with its names or themes marked
explore      a corpus by mouse and keyboard
coding_sheet a sample of texts as a spreadsheet, to be coded by hand
methods      the methods paragraph and its sources
provenance   what a notebook was made from
"""

from helpers.show.coding import coding_sheet
from helpers.show.figures import figure
from helpers.show.measures import methods
from helpers.show.notes import gate, provenance, saying
from helpers.show.tables import table
from helpers.show.text import card, kwic, marked, quote
from helpers.show.widgets import explore

INDEX = [
    "card", "coding_sheet", "explore", "figure", "gate", "kwic", "marked", "methods", "provenance",
    "quote", "saying", "table",
]  # fmt: skip


def __dir__() -> list[str]:
    return INDEX
