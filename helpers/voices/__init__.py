"""Who acts, who is made to say what, and what happens.

Who speaks
    attributions     every passage with the voice in which it stands
    speakers         who is quoted, how often, in which way, in how many texts
    reported_speech  how many words are told in the voice of somebody else
    quotations       what one speaker is made to say
    in_voices        rows of any table with the voice in which they stand
Who and what is named
    actors           every person and institution that is named, speaks or acts
    mentions         every place where a person is named
    names            the persons, organisations and places of each part, counted
    names_network    names that stand in the same paragraphs
What happens
    events           receptions, visits, meetings, calls, signatures
"""

from helpers.voices.discourse import actors, attributions, events, mentions
from helpers.voices.onomastics import names, names_network
from helpers.voices.passages import in_voices
from helpers.voices.sources import quotations, reported_speech, speakers

INDEX = [
    "actors", "attributions", "events", "in_voices", "mentions", "names", "names_network",
    "quotations", "reported_speech", "speakers",
]  # fmt: skip


def __dir__() -> list[str]:
    return INDEX
