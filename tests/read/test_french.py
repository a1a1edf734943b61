"""Words, numbers, marks and sentences, by orthography alone."""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.french import normalise, sentence_starts, token_kind, tokenise, word_type

FIXTURES = Path(__file__).parent.parent / "fixtures"
TRICKY = json.loads((FIXTURES / "tricky.json").read_text("utf-8"))
# What breaks tokenisers: every apostrophe, space and hyphen, marks, quotes, digits, letters of
# several scripts.
HOSTILE = "aàÀéÉœ'’‘ʼ -‐‑–—.…,;:!?«»“”\"()[]0123456789%€°@#/\\<>&$`_\u00a0\u202f\u2009\u00ad\u200b\ufeff\u0301\u0327\n\r\t√ßİيаМ中🙂"


def forms(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenise(text)]


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize("case", TRICKY, ids=lambda case: case["id"])
def test_tricky_words_and_sentences(case):
    assert forms(case["text"]) == case["tokens"]
    assert sentences(case["text"]) == case["sentences"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« l’« accord » »", "« l’ « accord » »"),
        ("d'abord à Val-d'Oise, main-d’œuvre", "d' abord à Val-d'Oise , main-d’œuvre"),
        ("N'Djamena, O’Brien et Sana'a", "N'Djamena , O’Brien et Sana'a"),
        (
            "Kim Jong-il va-t-il ? Dit-on. Allez-vous-en !",
            "Kim Jong-il va -t-il ? Dit -on . Allez -vous -en !",
        ),
        ("celui-là, cette ville-là, là-bas", "celui-là , cette ville -là , là-bas"),
        ("va-t'en, donne-m’en", "va -t' en , donne -m’ en"),
        ("M. P. Dr. Alami, MM. Ba et Cé.", "M. P. Dr. Alami , MM. Ba et Cé ."),
        ("le plan B.", "le plan B ."),
        ("p. 12 et p. après", "p. 12 et p . après"),
        ("48 av. J.-C. environ", "48 av. J.-C. environ"),
        (
            "F-16, Covid-19, G20, 18h30, 1er, XXe, 2020-15",
            "F-16 , Covid-19 , G20 , 18h30 , 1er , XXe , 2020-15",
        ),
        ("1 250 000 et 12 000,5 € ou 3,5 %", "1 250 000 et 12 000,5 € ou 3,5 %"),
        ("#Rabat @presse et/ou km/h", "#Rabat @presse et / ou km / h"),
        ("a...b…", "a ... b …"),
        ("L’État, aujourd’hui", "L’ État , aujourd’hui"),
        (
            "(www.exemple.org/a). presse@exemple.org.",
            "( www.exemple.org/a ) . presse@exemple.org .",
        ),
    ],
)
def test_one_rule_of_the_tokeniser_each(text, expected):
    assert " ".join(forms(text)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il part. Elle reste.", 2),
        ("M. Alami part. Mme Ba reste.", 2),
        ("L’O.N.U. Le secrétaire parle.", 2),
        ("J.-P. Martin parle à A. Benali.", 1),
        ("Il vit en 48 av. J.-C. Rome grandit.", 2),
        ("Art. 12 de la loi. Fin.", 2),
        ("Il dit : « Non ! » Elle part.", 2),
        ("Qui ? (Personne.) Rien.", 3),
        ("Il hésite… puis part.", 1),
        ("Le 25 nov. 2024 à Rabat.", 1),
        ("Note.[1] Suite.", 2),
        ("", 0),
        ("   ", 0),
    ],
)
def test_one_rule_of_the_sentence_splitter_each(text, count):
    assert len(sentence_starts(text)) == count


@pytest.mark.parametrize("character", "’‘ʼ‛′＇")
def test_apostrophes_become_plain_one_for_one(character):
    assert normalise(f"l{character}an") == "l'an"
    assert forms(f"l{character}an") == [f"l{character}", "an"]


@pytest.mark.parametrize(
    "character", "\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\u2004\u2005\u2006\u200a\u205f\u3000"
)
def test_spaces_become_plain_one_for_one(character):
    assert normalise(f"1{character}500") == "1 500"
    assert forms(f"1{character}500 mots") == [f"1{character}500", "mots"]


@pytest.mark.parametrize("character", "‐‑")
def test_hyphens_become_plain_one_for_one(character):
    assert forms(f"dit{character}elle peut{character}être") == [
        "dit",
        f"{character}elle",
        f"peut{character}être",
    ]


@pytest.mark.parametrize("mark", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
def test_invisible_marks_stay_in_the_word_and_leave_the_type(mark):
    assert forms(f"sécu{mark}rité") == [f"sécu{mark}rité"]
    assert word_type(f"sécu{mark}rité") == "sécurité"


@pytest.mark.parametrize("word", ["sécurité", "Élysée", "œuvre", "ça", "aujourd’hui", "à"])
def test_a_decomposed_accent_belongs_to_its_letter(word):
    decomposed = unicodedata.normalize("NFD", word)
    assert forms(f"{decomposed} {decomposed}.") == [decomposed, decomposed, "."]
    assert word_type(decomposed) == word_type(word)


@pytest.mark.parametrize(
    ("form", "kind"),
    [("l’", "word"), ("XXe", "word"), ("18h30", "number"), ("1er", "number"), ("1 500", "number"), ("04/11/2024", "number"),
     ("»", "punct"), ("...", "punct"), ("%", "symbol"), ("€", "symbol"), ("🙂", "symbol"), ("a@b.fr", "symbol"),
     ("www.a.fr", "symbol"), ("#Rabat", "word"), ("-t-il", "word"), ("\u0301", "symbol")],
)  # fmt: skip
def test_kinds_of_token(form, kind):
    assert token_kind(form) == kind


def check_cover(text: str) -> None:
    """Spans in order, inside the text, and nothing but white space between them."""
    at = 0
    for start, end in tokenise(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@given(st.text(alphabet=HOSTILE) | st.text())
def test_tokens_and_white_space_cover_any_text(text):
    assert len(normalise(text)) == len(text)
    check_cover(text)
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(text) and not text[start].isspace() for start in starts)


@pytest.mark.slow
def test_ten_thousand_mutated_texts_are_covered():
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(FIXTURES.glob("*/*.txt"))]
    chance = random.Random(20241104)
    for _ in range(10_000):
        text = list(chance.choice(texts)[:400])
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 3)] = chance.choice(HOSTILE) * chance.randint(0, 3)
            text = text or ["a"]
        check_cover("".join(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A.",
        "1 000",
        ".",
        "’",
        "-",
        "l'",
        "« ",
        "(",
        " ",
        "a-",
        "@",
        "é\u0301",
        "www.",
        "1.",
        "M. ",
    ],
)
def test_a_megabyte_of_one_thing_is_read_to_its_end(unit):
    text = unit * (1_000_000 // len(unit))
    spans = tokenise(text)
    assert not text.strip() or spans[-1][1] == len(text.rstrip())
    assert len(sentence_starts(text)) <= 1 + text.count(". ")
