"""Paragraphs, sentences and tokens of whole texts, at both depths and on any executor."""

from __future__ import annotations

import json
import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.read import load_seeds, parse, round_trip
from helpers.read.corpus import SEEDS
from helpers.read.tables import PARSED
from helpers.read.words import parse_batch, read_tokens

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLD = json.loads((FIXTURES / "seed_gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def thirty():
    return load_seeds(FIXTURES / "thirty").documents


def documents_of(*texts: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "doc": [f"t{i}" for i in range(len(texts))],
            "text": list(texts),
            "body_start": 0,
            "body_end": [len(t) for t in texts],
        }
    )


def test_the_seed_has_its_known_sizes():
    tables = parse(load_seeds(SEEDS).documents, annotate=False)
    counts = GOLD["counts"]
    assert len(tables.paragraphs) == counts["paragraphs"]
    assert len(tables.sentences) == counts["sentences"]
    assert len(tables.tokens) == counts["tokens"]
    assert (tables.tokens["kind"] == "word").sum() == counts["words_without_punctuation"]
    assert tables.tokens.groupby("par").size().tolist() == counts["tokens_per_paragraph"]
    assert tables.paragraphs["n_words"].sum() == tables.sentences["n_words"].sum() == 341


def test_the_seed_has_its_known_tokens_and_sentences():
    tables = parse(load_seeds(SEEDS).documents, annotate=False)
    offset = dict(zip(tables.paragraphs["par"], tables.paragraphs["start"], strict=True))
    expected = [
        (offset[t["paragraph"]] + t["start"], offset[t["paragraph"]] + t["end"], t["form"])
        for t in GOLD["tokens"]
    ]
    assert (
        list(tables.tokens[["start", "end", "form"]].itertuples(index=False, name=None)) == expected
    )
    expected = [
        (offset[s["paragraph"]] + s["start"], offset[s["paragraph"]] + s["end"])
        for s in GOLD["sentences"]
    ]
    assert list(tables.sentences[["start", "end"]].itertuples(index=False, name=None)) == expected


@pytest.mark.parametrize("folder", [SEEDS, FIXTURES / "three", FIXTURES / "thirty"])
def test_every_token_leads_back_to_its_characters(folder):
    documents = load_seeds(folder).documents
    checks = round_trip(documents, parse(documents, annotate=False).tokens)
    assert checks[["wrong", "lost"]].to_numpy().sum() == 0
    assert (checks["n_tokens"] > 0).all()


@pytest.mark.slow
def test_every_token_of_ten_thousand_mutated_texts_leads_back_to_its_characters(thirty):
    chance = random.Random(20241118)
    marks = "’'. \n\r\t-«»,1\u00a0\u0301\u00ad"
    texts = []
    for _ in range(10_000):
        text = list(chance.choice(thirty["text"])[: chance.randint(1, 250)])
        for _ in range(chance.randint(1, 9)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 2)] = chance.choice(marks) * chance.randint(0, 3)
            text = text or ["a"]
        texts.append("".join(text))
    documents = documents_of(*texts)
    checks = round_trip(documents, read_tokens(documents))
    assert checks[["wrong", "lost"]].to_numpy().sum() == 0


def test_round_trip_tells_what_is_broken():
    documents = documents_of("Un mot de plus.")
    tokens = read_tokens(documents)
    assert round_trip(documents, tokens.drop(index=1))[["wrong", "lost"]].iloc[0].tolist() == [0, 3]
    moved = tokens.assign(start=tokens["start"] + (tokens["tok"] == 2))
    assert round_trip(documents, moved)[["wrong", "lost"]].iloc[0].tolist() == [1, 1]


def test_documents_that_cannot_be_parsed_are_named():
    documents = documents_of("Un mot.", "Deux mots.")
    with pytest.raises(ValueError, match="no column 'body_start'"):
        parse(documents.drop(columns="body_start"))
    with pytest.raises(ValueError, match="two documents are called"):
        parse(documents.assign(doc="a"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un.\n\nDeux.", ["Un.", "Deux."]),
        ("Un.\r\n \r\nDeux.", ["Un.", "Deux."]),
        ("Un.\r\rDeux.", ["Un.", "Deux."]),
        ("Un\nmot.\n\n\n\nDeux.  ", ["Un\nmot.", "Deux."]),
        ("Un mot.\nDeux mots.\nTrois", ["Un mot.", "Deux mots.", "Trois"]),
        ("Un long mot\ncoupé. Ici.\nNon.", ["Un long mot\ncoupé. Ici.", "Non."]),
        ("Un mot.\nsuite", ["Un mot.\nsuite"]),
        ("Il a vu le Dr.\nTazi hier.\nIl part.", ["Il a vu le Dr.\nTazi hier.", "Il part."]),
        ("Avenue Mohammed V.\nLes gens.", ["Avenue Mohammed V.", "Les gens."]),
        ("Il en a 12.\nLe reste suit.", ["Il en a 12.", "Le reste suit."]),
    ],
)
def test_paragraphs(text, expected):
    paragraphs = parse_batch(documents_of(text), annotate=False).paragraphs
    spans = zip(paragraphs["start"], paragraphs["end"], strict=True)
    assert [text[start:end] for start, end in spans] == expected


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="aé. \n\r’'-A1!«", min_size=1, max_size=60), min_size=1, max_size=4)
)
def test_tables_agree_with_one_another_on_any_text(texts):
    tables = parse_batch(documents_of(*texts), annotate=False)
    tokens = tables.tokens
    keys = ["doc", "par", "sent"]
    assert len(tables.sentences) == len(tokens.drop_duplicates(keys))
    assert len(tables.paragraphs) == len(tokens.drop_duplicates(["doc", "par"]))
    assert tables.paragraphs["n_sentences"].sum() == len(tables.sentences)
    assert tables.sentences["n_words"].sum() == (tokens["kind"] == "word").sum()
    for _, group in tokens.groupby("doc", observed=True):
        assert group["tok"].tolist() == list(range(1, len(group) + 1))
        assert sorted(set(group["sent"])) == list(range(1, group["sent"].max() + 1))
        assert group["start"].is_monotonic_increasing


@pytest.mark.slow
def test_a_process_pool_gives_the_same_tables(thirty):
    with ProcessPoolExecutor(2) as pool:
        parallel = parse(thirty, annotate=False, executor=pool)
    for here, there in zip(parse(thirty, annotate=False), parallel, strict=True):
        pd.testing.assert_frame_equal(here, there)


def test_tables_do_not_depend_on_how_texts_are_batched(thirty, monkeypatch):
    whole = parse(thirty, annotate=False)
    monkeypatch.setattr("helpers.read.words.BATCH", {True: 7, False: 7})
    for here, there in zip(whole, parse(thirty, annotate=False), strict=True):
        pd.testing.assert_frame_equal(here, there)


def test_no_text_gives_empty_tables_with_their_types(thirty):
    for tables in (parse(thirty.head(0)), parse(thirty.head(0), annotate=False)):
        for table, columns in zip(tables, PARSED.values(), strict=True):
            assert table.empty
            assert table.dtypes.astype(str).to_dict() == columns


def test_without_annotation_only_what_the_model_knows_is_missing(thirty):
    tables = parse(thirty, annotate=False)
    assert tables.tokens[["lemma", "pos", "head", "dep"]].isna().all().all()
    assert tables.tokens[["form", "type", "kind", "is_function"]].notna().all().all()
    assert tables.entities.empty
