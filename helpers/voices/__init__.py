"""Who acts, who is made to say what, and what happens.

actors        every person and institution that is named, speaks or acts
attributions  every passage with the voice in which it stands
events        receptions, visits, meetings, calls, signatures
mentions      every place where a person is named
in_voices     rows of any table with the voice in which they stand
"""

from helpers.voices.discourse import actors, attributions, events, in_voices, mentions

INDEX = ["actors", "attributions", "events", "in_voices", "mentions"]


def __dir__() -> list[str]:
    return INDEX
