"""What is judged by hand: samples of lines, drafts of lists, the agreement of two people."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import Corpus
from helpers.count import (
    coder_agreement,
    theme_draft,
    theme_hits,
    theme_lexicon,
    theme_sample,
    word_network,
)
from helpers.count.networks import Network

codes = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 2), max_size=12)


def test_the_worked_examples_of_krippendorff() -> None:
    binary = "0100000010", "1110010000"
    assert coder_agreement([*binary[0]], [*binary[1]]) == pytest.approx(0.095, abs=5e-4)
    nominal = "aabbdcccedda", "babbbccceddd"
    assert coder_agreement([*nominal[0]], [*nominal[1]]) == pytest.approx(0.692, abs=5e-4)


@given(codes)
def test_it_is_that_of_all_pairs_of_codes_pair_by_pair(texts: list[tuple[str, str]]) -> None:
    found = coder_agreement([a for a, _ in texts], pd.Series([b for _, b in texts], dtype=object))
    both = [(a, b) for a, b in texts if a and b]
    given = [code for pair in both for code in pair]
    pairs = [*permutations(given, 2)]
    differ = sum(a != b for a, b in pairs)
    if not differ:
        assert math.isnan(found)
        return
    observed = sum(a != b for a, b in both) / len(both)
    assert found == pytest.approx(1 - observed / (differ / len(pairs)))


def test_what_is_known_of_two_people() -> None:
    same = ["a", "b", "a", "c"]
    assert coder_agreement(same, same) == 1
    assert coder_agreement(np.array(same), tuple(same)) == 1
    assert math.isnan(coder_agreement(["a"] * 3, ["a"] * 3))
    assert math.isnan(coder_agreement([], []))
    assert coder_agreement(["a", "b"], ["b", "a"]) < 0
    with pytest.raises(ValueError, match="2 texts have a code of a, and 3 of b"):
        coder_agreement(["a", "b"], ["a", "b", "a"])


TWO = pd.Series(["oui", "non", "oui", "non"], index=list("wxyz"))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (TWO, TWO.iloc[[2, 0, 3, 1]]),
        ([1, 2, 1, 2], ["1", "2", "1", "2"]),
        ([1, 2, None, 2], ["1", "2", "1", "2"]),
        (pd.Series([1, 2, None, 2]), pd.Series(["1", "2", "1", "2"], index=range(4))),
        (["oui ", "non"], ["oui", "\u00a0non"]),
        (["été", "non"], ["e\u0301te\u0301", "non"]),
        (["oui", "non", ""], ["oui", "non", "oui"]),
        (["oui", "non", " "], ["oui", "non", "oui"]),
        (["oui", "non", pd.NA], ["oui", "non", "oui"]),
        ([True, False], ["True", "False"]),
    ],
)
def test_the_same_code_written_otherwise_is_the_same(a, b) -> None:
    assert coder_agreement(a, b) == coder_agreement(b, a) == 1


def test_labels_of_other_texts_are_told() -> None:
    with pytest.raises(ValueError, match="b has no code of 'w', which a has"):
        coder_agreement(TWO, TWO.set_axis(list("xyzu")))
    with pytest.raises(ValueError, match="a label stands for two texts"):
        coder_agreement(TWO, TWO.set_axis(list("wwyz")))


def test_a_sample_has_so_many_lines_of_each_theme_in_reading_order(seed: Corpus) -> None:
    hits = theme_hits(seed)
    drawn = theme_sample(hits, 4)
    expected = hits["theme"].value_counts().clip(upper=4)
    assert drawn["theme"].value_counts().to_dict() == expected.to_dict()
    assert drawn["theme"].drop_duplicates().tolist() == hits["theme"].drop_duplicates().tolist()
    for _, rows in drawn.groupby("theme"):
        assert rows["start"].is_monotonic_increasing
    assert len(drawn.merge(hits)) == len(drawn)
    pd.testing.assert_frame_equal(drawn, theme_sample(hits, n=4))
    assert not drawn.equals(theme_sample(hits, n=4, random_state=1))
    pd.testing.assert_frame_equal(theme_sample(hits.head(0)), hits.head(0))


def two_worlds() -> Network:
    nodes = pd.DataFrame(
        {"unit": ["grève", "feu", "gardien", "phare", "jour"], "f": [9, 8, 4, 4, 2]}
    )
    nodes["n_docs"], nodes["community"] = nodes["f"], pd.array([1, 2, 1, 2, None], "Int64")
    edges = pd.DataFrame({"a": ["feu", "gardien"], "b": ["phare", "grève"], "weight": [0.5, 0.2]})
    return Network(nodes, edges)


def test_a_draft_has_the_words_of_each_community_and_can_be_read_as_a_list() -> None:
    draft = theme_draft(two_worlds())
    assert draft[["theme", "entry", "unit", "pos", "note"]].to_numpy().tolist() == [
        ["grève", "grève", "lemma", "", "9 times in 9 texts, with gardien"],
        ["grève", "gardien", "lemma", "", "4 times in 4 texts, with grève"],
        ["feu", "feu", "lemma", "", "8 times in 8 texts, with phare"],
        ["feu", "phare", "lemma", "", "4 times in 4 texts, with feu"],
    ]
    assert theme_lexicon(draft)["entry"].tolist() == draft["entry"].tolist()
    types = two_worlds()
    types.nodes.attrs["unit"] = "type"
    assert theme_draft(types)["unit"].eq("form").all()


def test_a_draft_of_a_corpus_has_parts_of_speech_and_examples(seed: Corpus) -> None:
    found = word_network(seed, by="sent", unit="lemma", only="common", min_freq=3, tree=True)
    assert theme_draft(found, seed).empty  # a tree has no communities
    found.nodes["community"] = 1
    draft = theme_draft(found, seed).set_index("entry")
    assert draft.loc["coopération", "pos"] == "NOUN"
    assert draft.loc["coopération", "note"].startswith("4 times in 1 text, with ")
    assert ": … " in draft.loc["coopération", "note"]
    assert len(theme_hits(seed, draft.reset_index())) >= 10
    assert [*theme_draft(Network(found.nodes.head(0), found.edges.head(0)))] == [
        "theme", "entry", "unit", "pos", "note",
    ]  # fmt: skip
