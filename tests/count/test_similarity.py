"""The tree of a network of words: the Jaccard index against quanteda, the tree against all trees, ties."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.count import word_network
from helpers.show.measures import measures_of
from tests.tables import reference, reference_tokens, tokens_of

steady = settings(derandomize=True, deadline=None)
some_documents = st.lists(st.lists(st.sampled_from("abcde"), max_size=5), max_size=6)


def tree_of(tokens: pd.DataFrame, by: str | list[str] = "sent", **options: Any) -> pd.DataFrame:
    """The edges of the tree and their weights."""
    return word_network(tokens, by=by, tree=True, **options).edges[["a", "b", "weight"]]


def jaccard(documents: list[list[str]]) -> dict[tuple[str, str], float]:
    """The index of every pair of words that share a document, pair by pair."""
    held = {
        w: {i for i, d in enumerate(documents) if w in d}
        for w in sorted({w for d in documents for w in d})
    }
    pairs = {
        (a, b): len(held[a] & held[b]) / len(held[a] | held[b]) for a, b in combinations(held, 2)
    }
    return {pair: weight for pair, weight in pairs.items() if weight}


def test_the_index_equals_quanteda() -> None:
    theirs = reference("simil_seed")
    theirs = theirs[(theirs["method"] == "jaccard") & (theirs["doc1"] < theirs["doc2"])]
    paragraphs = reference_tokens("seed").astype("str").groupby("doc")["type"].agg(set)
    # Each word is a text of the paragraphs that hold it, so that paragraphs are compared.
    words = sorted(set.union(*paragraphs))
    tokens = tokens_of([[p for p, held in paragraphs.items() if word in held] for word in words])
    tokens["kind"] = "word"
    expected = {(row.doc1, row.doc2): row.value for row in theirs.itertuples()}
    tree = nx.maximum_spanning_tree(
        nx.Graph([(a, b, {"weight": w}) for (a, b), w in expected.items()])
    )
    ours = tree_of(tokens, by="doc")
    assert len(expected) == 15
    assert {tuple(pair) for pair in ours[["a", "b"]].to_numpy()} == {
        tuple(sorted(edge)) for edge in tree.edges
    }
    for edge in ours.itertuples():
        assert edge.weight == pytest.approx(expected[edge.a, edge.b], abs=1e-9)


@given(some_documents)
@steady
def test_it_is_the_heaviest_tree_and_the_first_of_equal_ones(documents: list[list[str]]) -> None:
    ours = tree_of(tokens_of(documents), by="doc")
    weights = jaccard(documents)
    order = sorted(weights, key=lambda pair: (-weights[pair], pair))
    graph, expected = nx.Graph(), []
    for a, b in order:
        graph.add_nodes_from([a, b])
        if not nx.has_path(graph, a, b):
            graph.add_edge(a, b)
            expected.append([a, b, weights[a, b]])
    assert ours.to_numpy().tolist() == expected
    heaviest = nx.maximum_spanning_tree(
        nx.Graph([(a, b, {"weight": w}) for (a, b), w in weights.items()])
    )
    assert ours["weight"].sum() == pytest.approx(heaviest.size("weight"))


def test_equal_edges_come_in_alphabetical_order() -> None:
    tokens = tokens_of([["zèle", "été", "avis", "mot"]])
    assert tree_of(tokens, by="doc")[["a", "b"]].to_numpy().tolist() == [
        ["avis", "mot"],
        ["avis", "zèle"],
        ["avis", "été"],
    ]
    mixed = tokens.iloc[[2, 0, 3, 1]]
    pd.testing.assert_frame_equal(tree_of(mixed, by="doc"), tree_of(tokens, by="doc"))


def test_words_that_share_no_part_are_in_trees_of_their_own() -> None:
    tokens = tokens_of([["port", "mer"], ["train", "gare"], ["port", "mer", "vent"]])
    ours = tree_of(tokens, by="doc")
    assert {tuple(pair) for pair in ours[["a", "b"]].to_numpy()} == {
        ("mer", "port"),
        ("gare", "train"),
        ("mer", "vent"),
    }


def test_rare_words_are_left_out_only_when_asked() -> None:
    tokens = tokens_of([["port", "mer", "mer"], ["port", "vent"]])
    assert len(tree_of(tokens, by="doc")) == 2
    assert tree_of(tokens, by="doc", min_freq=2)[["a", "b"]].to_numpy().tolist() == [
        ["mer", "port"]
    ]


def test_sentences_are_the_parts_unless_others_are_named(tokens: pd.DataFrame) -> None:
    by_sentence = tree_of(tokens, by=["doc", "sent"])
    pd.testing.assert_frame_equal(tree_of(tokens), by_sentence)
    assert len(by_sentence) == 166
    assert by_sentence["weight"].is_monotonic_decreasing
    assert len(tree_of(tokens, by="doc")) == 166


def test_no_text_and_one_word_give_no_edge() -> None:
    for documents in ([], [[]], [["seul"]], [["seul", "seul"], ["seul"]]):
        ours = tree_of(tokens_of(documents), by="doc")
        assert ours.empty
        assert ours.dtypes.astype(str).to_dict() == {"a": "str", "b": "str", "weight": "float64"}


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match="no column 'sent'"):
        tree_of(tokens_of([["mot"]]))
    with pytest.raises(ValueError, match="unit is 'word'"):
        tree_of(tokens_of([["mot"]]), by="doc", unit="word")


def test_the_measure_is_registered_with_its_sources() -> None:
    assert measures_of("word_network")[0].sources == (
        "degenne1973",
        "marchand2012",
        "jaccard1901",
    )
