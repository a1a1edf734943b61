"""What the model adds: the same words at both depths, the stock model's annotations, and the
measured corrections.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.read import load_seeds, parse, round_trip
from helpers.read.corpus import SEEDS
from helpers.read.french import FORMS
from helpers.read.model import MAX_TOKENS, as_docs, load_model, passages
from helpers.read.words import parse_batch, read_tokens

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLD = json.loads((FIXTURES / "seed_gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def thirty():
    return load_seeds(FIXTURES / "thirty").documents


@pytest.fixture(scope="module")
def seed():
    return parse(load_seeds(SEEDS).documents).tokens


def annotated(*sentences: str) -> pd.DataFrame:
    """Form, pos and lemma of invented sentences."""
    lengths = [len(text) for text in sentences]
    documents = pd.DataFrame(
        {
            "doc": [f"t{i}" for i in range(len(lengths))],
            "text": sentences,
            "body_start": 0,
            "body_end": lengths,
        }
    )
    tokens = parse_batch(documents, annotate=True).tokens
    return tokens.astype({"form": "str", "pos": "str", "lemma": "str"}).set_index("form")[
        ["pos", "lemma"]
    ]


def test_both_depths_have_the_same_words(thirty):
    shallow, deep = parse(thirty, annotate=False), parse(thirty)
    same = ["doc", "par", "sent", "tok", "start", "end", "form", "type", "kind", "is_function"]
    pd.testing.assert_frame_equal(shallow.tokens[same], deep.tokens[same])
    pd.testing.assert_frame_equal(shallow.sentences, deep.sentences)
    pd.testing.assert_frame_equal(shallow.paragraphs, deep.paragraphs)


@pytest.mark.slow
def test_the_tuned_model_annotates_exactly_as_the_stock_one(thirty):
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, SHAPE, TAG

    tokens = read_tokens(thirty)
    words = tokens["form"].astype(object).to_numpy()
    docs = list(as_docs(tokens, passages(tokens), words))
    stock, tuned = load_model(corrected=False, tuned=False), load_model(corrected=False, tuned=True)
    attributes = [POS, TAG, DEP, HEAD, LEMMA, MORPH, ENT_TYPE, ENT_IOB, SENT_START, SHAPE]
    pairs = zip(stock.pipe(doc.copy() for doc in docs), tuned.pipe(docs), strict=True)
    for a, b in pairs:
        assert [t.lemma_ for t in a] == [t.lemma_ for t in b]
        np.testing.assert_array_equal(a.to_array(attributes), b.to_array(attributes))


def test_the_seed_against_its_annotation(seed):
    wrong_pos = [
        row.form
        for row, gold in zip(seed.itertuples(), GOLD["tokens"], strict=True)
        if row.pos not in gold["upos"]
    ]
    wrong_lemma = [
        row.form
        for row, gold in zip(seed.itertuples(), GOLD["tokens"], strict=True)
        if row.lemma not in gold["lemma"]
    ]
    assert wrong_pos == ["DGSN-DGST", "distingué", "avancé", "clé"]
    assert wrong_lemma == ["distingué", "avancé"]


def test_every_governor_is_a_token_of_the_sentence_and_every_sentence_has_a_root(seed):
    tokens = seed.set_index(["doc", "tok"])
    assert (seed["head"] == 0).sum() >= seed["sent"].nunique()
    for row in seed[seed["head"] > 0].itertuples():
        assert tokens.loc[(row.doc, row.head), "sent"] == row.sent
    assert (seed.loc[seed["head"] == 0, "dep"] == "root").all()


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("Le ministre estime que la situation progresse.", "estime", "estimer"),
        ("Elle souligne et indique le rôle du pays.", "souligne", "souligner"),
        ("Cela peut faire peur aux habitants.", "faire", "faire"),
        ("Il entre le débat et la loi.", "entre", "entre"),
        ("Les deux parties se félicitent.", "parties", "partie"),
        ("L’Etat signe un accord.", "Etat", "état"),
        ("M. Alami rencontre Mme Diallo.", "M.", "monsieur"),
        ("Au XIVe siècle, la ville grandit.", "XIVe", "XIVe"),
        ("Les entretiens ont eu lieu à Rabat.", "Rabat", "Rabat"),
        ("La DGSN a salué cet accord.", "DGSN", "DGSN"),
        # A capital is the same letter with and without its accent.
        ("Les Ecoles ferment demain.", "Ecoles", "école"),
        ("L’Economie va mal.", "Economie", "économie"),
        ("A Rabat, le ministre a reçu le maire.", "A", "à"),
        ("Le maire Karim TAZI a parlé.", "TAZI", "Tazi"),
        ("Le MAROC et la FRANCE signent.", "MAROC", "Maroc"),
        # A tied pronoun has the lemma of the free one, its verb its own.
        ("Va-t-il venir ?", "-t-il", "il"),
        ("Viendra-t-on demain ?", "-t-on", "on"),
        ("Dites-le au maire.", "-le", "le"),
        ("Prends-les tout de suite.", "-les", "le"),
        ("Allez-y.", "-y", "y"),
        ("Donnez-leur du temps.", "-leur", "leur"),
        ("Va-t’en.", "-t’", "te"),
        ("Dit-il vrai ?", "Dit", "dire"),
        ("Madame Alami est venue.", "Madame", "madame"),
        ("La belle ville dort.", "belle", "beau"),
        ("Il répète que cela convient.", "répète", "répéter"),
        ("Il répète que cela convient.", "convient", "convenir"),
        ("Le coût de la chaine augmente.", "chaine", "chaîne"),
    ],
)
def test_one_correction_of_a_lemma_each(sentence, form, lemma):
    assert annotated(sentence).loc[form, "lemma"] == lemma


@pytest.mark.parametrize(
    ("sentence", "form", "pos"),
    [
        ("Viendra-t-il demain ?", "-t-il", "PRON"),
        ("Cela représente 3,5 % du total.", "%", "SYM"),
        ("Il coûte 12 000 €.", "€", "SYM"),
        ("La DGSN a salué cet accord.", "DGSN", "PROPN"),
    ],
)
def test_one_correction_of_a_part_of_speech_each(sentence, form, pos):
    assert annotated(sentence).loc[form, "pos"] == pos


@pytest.mark.parametrize(
    "sentence",
    [
        "Le ministre reçoit l’ambassadeur.",
        "Les pays renforcent la coopération.",
        "La France et l’Allemagne relancent le projet d’avion.",
        "Le maire a inauguré l’école de la ville.",
        "Karim Tazi quitte le FMI et la SNCF.",
    ],
)
def test_a_sentence_in_capitals_has_the_lemmas_of_the_same_in_small_letters(sentence):
    capitals, small = annotated(sentence.upper()), annotated(sentence)
    assert capitals["lemma"].tolist() == small["lemma"].tolist()


def test_free_and_tied_pronouns_have_one_lemma():
    found = annotated("Elle part. Part-elle ? Partira-t-elle ?")
    assert len(set(found.loc[["Elle", "-elle", "-t-elle"], "lemma"])) == 1


@pytest.mark.parametrize("written", ["a t-il", "a-t’il", "a t’il", "A t-il", "Viendra-t’il"])
def test_a_pronoun_that_is_badly_tied_to_its_verb_has_its_lemma(written):
    found = annotated(f"« Le pont est neuf », {written} dit hier.")
    tied = found[found.index.str.contains("t.il$")]
    assert tied.to_numpy().tolist() == [["PRON", "il"]]


def test_a_compound_that_looks_like_a_verb_keeps_its_form():
    found = annotated("C’est-à-dire que le maire part. C’est-à-dire ? Demain, c’est-à-dire jeudi.")
    lemmas = found.loc[found.index.str.lower() == "c’est-à-dire", "lemma"]
    assert lemmas.tolist() == ["c'est-à-dire"] * 3


def test_a_lone_a_is_a_preposition_where_a_sentence_begins():
    found = annotated("A Rabat, le ministre a reçu le maire. A Fès, tout va bien.").loc["A"]
    assert found.to_numpy().tolist() == [["ADP", "à"]] * 2


def test_what_acronyms_ordinals_and_clitics_are():
    assert [
        form
        for form in ("M.", "Le", "DGSN-DGST", "O.N.U.", "G20", "À", "SMS")
        if FORMS["acronym"].fullmatch(form)
    ] == ["DGSN-DGST", "O.N.U.", "SMS"]
    assert [
        form for form in ("Le", "Ce", "XIVe", "2e", "1er", "De") if FORMS["ordinal"].fullmatch(form)
    ] == ["XIVe", "2e", "1er"]
    assert [
        form
        for form in ("-elle", "-t-il", "-là", "-", "-t'", "mot")
        if FORMS["pronoun"].fullmatch(form)
    ] == [
        "-elle",
        "-t-il",
        "-t'",
    ]


def test_a_paragraph_longer_than_any_prose_is_cut_at_its_sentences():
    text = "Le ministre parle. " * 700 + "mot " * 2500
    documents = pd.DataFrame(
        {"doc": ["t"], "text": [text], "body_start": 0, "body_end": len(text.rstrip())}
    )
    pieces = passages(read_tokens(documents))
    assert max(stop - start for start, stop in pieces) <= MAX_TOKENS
    assert pieces[0] == (0, MAX_TOKENS)
    tables = parse_batch(documents, annotate=True)
    assert round_trip(documents, tables.tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    assert tables.tokens["lemma"].notna().all()
