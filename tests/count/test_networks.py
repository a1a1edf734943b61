"""Networks: of six small texts by hand, against scipy and networkx, and where there is nothing."""

from __future__ import annotations

import math
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from helpers.count import TooLittleText, word_network
from helpers.count.lexical_table import counts_of
from helpers.count.networks import network_of
from tests.tables import tokens_of

# Two worlds of words in texts of their own, and a word of all.
SIX = [
    ["phare", "mer", "quai", "ville"],
    ["phare", "mer", "quai", "ville"],
    ["phare", "mer", "ville"],
    ["train", "gare", "ville"],
    ["train", "gare", "ville"],
    ["train", "gare", "quai", "ville"],
]


def worlds(n: int, shuffles: int = 0) -> pd.DataFrame:
    """Texts of two worlds of 24 words each, eight of them in each text; or of one, if shuffled."""
    rng = np.random.default_rng(1)
    words = np.array([[f"a{i:02}" for i in range(24)], [f"b{i:02}" for i in range(24)]])
    if shuffles:
        words = rng.permutation(words.ravel()).reshape(2, 24)
        texts = [rng.choice(words.ravel(), 8, replace=False).tolist() for _ in range(n)]
    else:
        # Of a world, neighbours on a circle: words that stand together do so again and again.
        texts = [np.roll(words[i % 2], -int(rng.integers(24)))[:8].tolist() for i in range(n)]
    return tokens_of(texts).assign(kind="word")


def test_six_texts_by_hand() -> None:
    nodes, edges = word_network(tokens_of(SIX), by="doc")
    assert nodes[["unit", "f", "n_docs"]].to_numpy().tolist() == [
        ["ville", 6, 6],
        ["gare", 3, 3],
        ["mer", 3, 3],
        ["phare", 3, 3],
        ["quai", 3, 3],
        ["train", 3, 3],
    ]
    # 3 of 6 and 3 of 6, always together: 1 of C(6, 3) = 20 ways, 1.3 orders of magnitude: too few.
    assert edges.empty
    twice, tree = tokens_of(SIX * 2), word_network(tokens_of(SIX), by="doc", tree=True).edges
    edges = word_network(twice, by="doc").edges
    assert edges[["a", "b", "weight", "n_docs"]].to_numpy().tolist() == [
        ["gare", "train", 1.0, 6],
        ["mer", "phare", 1.0, 6],
    ]
    assert edges["specificity"].tolist() == pytest.approx([math.log10(math.comb(12, 6))] * 2)
    assert tree[["a", "b", "weight", "n_docs"]].to_numpy().tolist() == [
        ["gare", "train", 1.0, 3],
        ["mer", "phare", 1.0, 3],
        ["gare", "ville", 0.5, 3],
        ["mer", "quai", 0.5, 2],
        ["mer", "ville", 0.5, 3],
    ]


def test_the_edges_are_those_that_are_more_than_chance_pair_by_pair() -> None:
    tokens = worlds(120)
    nodes, edges = word_network(tokens, by="doc")
    held = {word: set(rows["doc"]) for word, rows in tokens.astype("str").groupby("type")}
    every = []
    for a, b in combinations(sorted(held), 2):
        n = len(held[a] & held[b])
        tail = hypergeom.sf(n - 1, 120, len(held[a]), len(held[b]))
        if n >= 3 and n >= len(held[a]) * len(held[b]) / 120 and -math.log10(tail) >= 2:
            every.append((-n / len(held[a] | held[b]), math.log10(tail), a, b, n))
    every.sort(key=lambda pair: (pair[0], round(pair[1], 9), *pair[2:]))
    kept = [
        pair
        for i, pair in enumerate(every)
        if any(sum(end in of[2:4] for of in every[:i]) < 3 for end in pair[2:4])
    ]
    assert edges[["a", "b", "n_docs"]].to_numpy().tolist() == [[*pair[2:]] for pair in kept]
    assert edges["weight"].tolist() == pytest.approx([-pair[0] for pair in kept])
    assert edges["specificity"].tolist() == pytest.approx([-pair[1] for pair in kept])
    assert len(nodes) == 48


def test_communities_are_the_worlds_and_the_modularity_is_that_of_networkx() -> None:
    found = word_network(worlds(120), by="doc")
    graph = nx.from_pandas_edgelist(found.edges, "a", "b")
    groups = found.nodes.groupby("community")["unit"].agg(set)
    assert [*groups.index] == [*range(1, len(groups) + 1)]
    assert groups.map(len).is_monotonic_decreasing
    assert all(len({word[0] for word in group}) == 1 for group in groups)
    modularity = found.nodes.attrs["modularity"]
    assert modularity == pytest.approx(nx.community.modularity(graph, groups.tolist()))
    assert len(found.nodes.attrs["rewired"]) == 100
    assert modularity > max(found.nodes.attrs["rewired"])
    again = word_network(worlds(120), by="doc")
    pd.testing.assert_frame_equal(found.nodes, again.nodes)
    assert again.nodes.attrs == found.nodes.attrs


def test_what_chance_ties_has_no_communities() -> None:
    # One world, and a star, which can be rewired in one way only.
    star = [["phare", f"m{i}"] for i in range(6) for _ in range(4)] + [["ville", "rue"]] * 60
    for tokens in (worlds(150, shuffles=1), tokens_of(star)):
        found = word_network(tokens, by="doc")
        assert len(found.edges)
        assert found.nodes["community"].isna().all()


def test_a_place_is_a_segment_unless_others_are_named(tokens: pd.DataFrame) -> None:
    found = word_network(tokens, tree=True).edges
    assert found["n_docs"].eq(1).all()
    by_text = word_network(tokens, by="doc", tree=True).edges
    assert by_text["weight"].eq(1).all()
    assert len(found) == len(by_text) == 166


def test_names_are_weighed_by_the_texts_that_mention_both() -> None:
    mentions = tokens_of([["Mona", "Yann"] * 2, ["Mona", "Yann"], ["Mona", "Yann"], ["Luc"]] * 4)
    found = network_of(counts_of(mentions.assign(par=1), ["doc", "par"], "type"), by_texts=True)
    assert found.nodes[["unit", "f", "n_docs"]].to_numpy().tolist() == [
        ["Mona", 16, 12],
        ["Yann", 16, 12],
        ["Luc", 4, 4],
    ]
    assert found.edges[["a", "b", "weight", "n_docs"]].to_numpy().tolist() == [
        ["Mona", "Yann", 12, 12]
    ]


def test_nothing_gives_nothing_with_all_columns() -> None:
    for documents in ([], [[]], [["seul"]], [["seul", "seul"], ["seul"]]):
        for tree in (False, True):
            nodes, edges = word_network(tokens_of(documents), by="doc", tree=tree)
            assert edges.empty
            kinds = edges.dtypes.astype(str).to_dict()
            assert kinds.pop("n_docs") == "int64"
            assert kinds.pop("weight") == kinds.pop("specificity") == "float64"
            assert kinds == {"a": "str", "b": "str"}
            assert nodes.dtypes.astype(str).tolist() == ["str", "int64", "int64", "Int64"]
            assert math.isnan(nodes.attrs["modularity"])


def test_fewer_places_than_asked_for_are_too_little() -> None:
    with pytest.raises(TooLittleText, match="A network needs 100 parts; this corpus has 6 parts"):
        word_network(tokens_of(SIX), by="doc", min_segments=100)
    with pytest.raises(TooLittleText, match="A tree needs 7 parts; this corpus has 6 parts"):
        word_network(tokens_of(SIX), by="doc", min_segments=7, tree=True)
