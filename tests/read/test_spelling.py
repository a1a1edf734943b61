"""Words in capitals are read as they would stand inside a sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.read.french import normalise
from helpers.read.model import load_model
from helpers.read.spelling import usual_words
from helpers.read.words import read_tokens


def spelled(text: str) -> list[str]:
    """The words of a text as the model gets them."""
    documents = pd.DataFrame({"doc": ["t"], "text": [text], "body_start": 0, "body_end": len(text)})
    tokens = read_tokens(documents)
    words = np.array([normalise(form) for form in tokens["form"]], object)
    return list(usual_words(tokens, words, load_model().vocab))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A capital without its accent, at the beginning of a sentence and inside.
        ("Les Ecoles ferment.", "Les Écoles ferment ."),
        ("Economie : hausse.", "Économie : hausse ."),
        ("Ca va mal à l'Elysée.", "Ça va mal à l' Élysée ."),
        ("Eric et l'Élysée.", "Éric et l' Élysée ."),
        # A name has its accent too where it is often printed with it, but Elizabeth and Eva.
        ("Evreux, Evian et Evry aussi.", "Évreux , Évian et Évry aussi ."),
        ("Elizabeth, Eva et Eden vont mal.", "Elizabeth , Eva et Eden vont mal ."),
        ("LE MAIRE D'EVREUX REÇOIT ERIC TAZI", "le maire d' Évreux reçoit Éric Tazi"),
        # A headline loses its capitals, names and acronyms keep theirs.
        ("LE MINISTRE REÇOIT L'AMBASSADEUR.", "le ministre reçoit l' ambassadeur ."),
        ("LE MINISTERE DE L'INTERIEUR RECRUTE", "le ministère de l' intérieur recrute"),
        (
            "LA FRANCE ET L'ALLEMAGNE RELANCENT L'AVION",
            "la France et l' Allemagne relancent l' avion",
        ),
        ("KARIM BENALLOUCHE QUITTE LE FMI", "Karim Benallouche quitte le FMI"),
        ("LE MAIRE A REÇU LA CGT A RABAT", "le maire a reçu la CGT à Rabat"),
        ("LE DROIT A LA RETRAITE", "le droit à la retraite"),
        # In a sentence only a country and a long word do.
        ("Le MAROC et la FRANCE signent.", "Le Maroc et la France signent ."),
        ("Il ne cédera JAMAIS à la SNCF ni au CE.", "Il ne cédera jamais à la SNCF ni au CE ."),
        ("La CGT, FO et la CFDT.", "La CGT , FO et la CFDT ."),
        ("M. A. B. TAZI est là.", "M. A. B. TAZI est là ."),
        # A for À, but not before a pronoun, and not inside a sentence.
        ("A Rabat, tout va bien. A quoi bon ?", "À Rabat , tout va bien . À quoi bon ?"),
        ("« A Fès, oui. »", "« À Fès , oui . »"),
        ("A-t-il parlé ? Le plan A tient.", "a -t-il parlé ? Le plan A tient ."),
        # A verb before its pronoun.
        ("Étiez-vous là ? Dit-il vrai ?", "étiez -vous là ? dit -il vrai ?"),
    ],
)
def test_the_usual_spelling(text, expected):
    assert " ".join(spelled(text)) == expected


def test_a_text_in_small_letters_stays_as_it_is():
    text = "le maire a dit à 18h30 que l’été vient, peut-être ; à Fès ou à Oujda…"
    documents = pd.DataFrame({"doc": ["t"], "text": [text], "body_start": 0, "body_end": len(text)})
    forms = [normalise(form) for form in read_tokens(documents)["form"]]
    assert spelled(text) == forms
