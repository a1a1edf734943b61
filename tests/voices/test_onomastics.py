"""Names of six tiny texts counted by hand, and the network of names of the written example."""

from __future__ import annotations

import warnings
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from helpers import open_corpus
from helpers.voices import names, names_network
from helpers.voices.onomastics import fuller
from tests.tables import written_corpus

FIXTURES = Path(__file__).parent.parent / "fixtures"
TEXTS = {
    "a": ("Le Cap", "2024-01-05", "Awa Ndoye arrive à Brest. Mme Ndoye rencontre Luc Morvan."),
    "b": ("Le Cap", "2024-01-09", "Awa Ndoye et Luc Morvan dorment à Brest.\n\nLe vent tombe."),
    "c": ("Le Fanal", "2024-02-02", "Mme Ndoye a vu M. Luc Morvan à Brest."),
    "d": ("Le Fanal", "2024-02-08", "Il pleut sur la digue. La mer monte encore."),
    "e": ("Le Fanal", "2024-02-11", "Le vent tombe sur la jetée.\n\nM. Luc Morvan attend."),
    "f": ("Le Fanal", "2024-03-01", "La nuit vient.\n\nLes bateaux rentrent.\n\nTout dort."),
}


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    return written_corpus(tmp_path_factory.mktemp("six"), TEXTS)


def test_names_by_hand(six):
    assert names(six).drop(columns="country").to_numpy().tolist() == [
        ["all", "Luc Morvan", "person", 4, 4],
        ["all", "Awa Ndoye", "person", 4, 3],
        ["all", "Brest", "place", 3, 3],
    ]


def test_names_of_parts_add_up_to_those_of_all(example):
    whole = names(example).set_index("name")[["mentions", "texts"]]
    parts = names(example, by="outlet", period="year")
    sums = parts.groupby("name")[["mentions", "texts"]].sum()
    pd.testing.assert_frame_equal(sums, whole.sort_index())
    assert whole.index.is_unique
    assert names(example)["mentions"].is_monotonic_decreasing
    kept = example.entities["label"].isin(["person", "organisation", "place"])
    assert whole["mentions"].sum() == kept.sum()


def test_a_name_is_of_the_kind_that_most_of_its_mentions_have(example):
    found = names(example).set_index("name")["label"]
    assert found["Littora"] == "organisation"
    assert found["Valombre"] == "place"
    assert found["Yann Kerlidou"] == "person"


def test_who_is_named_together_by_hand(six):
    """Two persons and a place share a paragraph in a, b and c; of 10 paragraphs each is in 3 or 4."""
    found = names_network(six)
    assert found.nodes[["unit", "f", "n_docs"]].to_numpy().tolist() == [
        ["Awa Ndoye", 4, 3], ["Luc Morvan", 4, 4], ["Brest", 3, 3]
    ]  # fmt: skip
    # P(X = 3) of hypergeometric(10; 3, 3) is 1/120: of the pairs with Luc Morvan, 4/120.
    assert found.edges[["a", "b", "weight"]].to_numpy().tolist() == [["Awa Ndoye", "Brest", 3]]


def test_the_network_of_the_example_is_that_of_all_pairs(example):
    found, texts = names_network(example), {}
    weights = found.edges.set_index(["a", "b"])["weight"]
    in_full = pd.Series(names(example)["name"]).pipe(lambda all_: {*all_})
    rows = example.entities[example.entities["label"].isin(["person", "organisation", "place"])]
    for (doc, _), own in rows.groupby(["doc", "par"], observed=True):
        for pair in combinations(sorted({*own["name"]} & in_full), 2):
            texts.setdefault(pair, set()).add(doc)
    # Surnames in full may add to these, and never take away.
    assert all(weight >= len(texts.get(pair, ())) for pair, weight in weights.items())
    assert weights["Noël Taravel", "Sauvons la Pointe-Grise"] >= 10
    assert (found.edges["specificity"] >= 2).all()
    assert (weights >= 3).all()


def test_kinds_and_mentions_choose_the_nodes(example):
    people = names_network(example, kinds=["person"], min_freq=5).nodes
    labels = names(example).set_index("name")["label"]
    assert (labels[people["unit"]] == "person").all()
    assert people["f"].min() >= 5


def test_a_surname_that_two_share_stays():
    assert fuller(["Anne Le Goff", "Le Goff"]) == {"Le Goff": "Anne Le Goff"}
    assert fuller(["Anne Goff", "Luc Goff", "Goff"]) == {}
    assert fuller([]) == {}


@pytest.mark.parametrize("name", ["seed", "three", "thirty"])
def test_any_number_of_texts_without_an_error(name, seed, tmp_path):
    corpus = seed if name == "seed" else open_corpus(FIXTURES / name, cache=tmp_path)
    empty = corpus.where(pd.Series(False, corpus.documents.index, bool))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for part in (corpus, empty):
            pd.testing.assert_series_equal(names(part).dtypes, names(corpus).dtypes)
            nodes, edges = names_network(part)
            assert [*nodes] == ["unit", "f", "n_docs", "community"]
            assert [*edges] == ["a", "b", "weight", "n_docs", "specificity"]


def test_parts_whose_names_read_alike_are_one(example):
    documents = example.documents.assign(u="a · b", v="c")
    half = len(documents) // 2
    documents.loc[:half, ["u", "v"]] = ["a", "b · c"]
    found = names(replace(example, documents=documents), by=["u", "v"])
    assert {*found["part"]} == {"a · b · c"}
