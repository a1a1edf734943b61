"""Repeated texts are found without comparing all pairs, and are those that comparing all pairs
finds.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.duplicates import find_duplicates, read_words

WORDS = [f"mot{i}" for i in range(400)]


def brute_force(bodies: list[str]) -> dict[int, int]:
    """The first of the chain of each repeated text, by comparing every text with every first."""
    texts = [body.split() for body in bodies]
    shingles = [{tuple(ws[i : i + 5]) for i in range(max(1, len(ws) - 4))} for ws in texts]
    firsts, chains = [], {}
    for later, b in enumerate(shingles):
        for earlier in firsts:
            a = shingles[earlier]
            shared, long = len(a & b), min(len(texts[earlier]), len(texts[later])) >= 80
            if shared / len(a | b) >= 0.5 or (long and shared / min(len(a), len(b)) >= 0.8):
                chains[later] = earlier
                break
        else:
            firsts.append(later)
    return chains


def found(bodies: list[str]) -> dict[int, int]:
    table = find_duplicates(read_words(bodies))
    return dict(zip(table["text"], table["earliest"], strict=True))


def varied(seed: int) -> list[str]:
    """Texts with copies, copies with changed words, and beginnings of others."""
    chance = random.Random(seed)
    texts = [chance.choices(WORDS, k=chance.randint(30, 270)) for _ in range(12)]
    for _ in range(14):
        text = list(chance.choice(texts))
        for _ in range(chance.randint(0, 8)):
            text[chance.randrange(len(text))] = chance.choice(WORDS)
        texts.append(text[: chance.randint(len(text) // 3, len(text))])
    chance.shuffle(texts)
    return [" ".join(text) for text in texts]


@pytest.mark.parametrize("seed", range(30))
def test_the_chains_are_those_of_all_pairs(seed):
    bodies = varied(seed)
    assert found(bodies) == brute_force(bodies)


@given(
    st.lists(
        st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12).map(" ".join), max_size=8
    )
)
def test_short_texts_too(bodies):
    assert found(bodies) == brute_force(bodies)


def test_typography_and_case_make_no_difference():
    table = find_duplicates(
        read_words(["L’équipe est venue à Fès hier.", "l'ÉQUIPE est venue, à Fès : hier"])
    )
    assert table["kind"].tolist() == ["identical"]
    assert table["similarity"].tolist() == [1.0]


def test_a_short_text_that_stands_whole_in_a_long_one_is_found():
    short, rest = " ".join(WORDS[:80]), " ".join(WORDS[80:300])
    table = find_duplicates(read_words([f"{rest} {short}", short]))
    assert table[["text", "earliest", "kind"]].to_numpy().tolist() == [[1, 0, "excerpt"]]
    assert table["similarity"].item() == 1.0
    shorter = " ".join(WORDS[:79])  # a formula, a standing notice
    assert find_duplicates(read_words([f"{rest} {short}", shorter])).empty


def test_what_matches_a_copy_alone_is_no_copy_of_the_first():
    first = WORDS[:100]
    edited = [*WORDS[:75], *WORDS[100:125]]  # J = 71 / 121 with the first
    again = [*edited[:50], *WORDS[200:225], *edited[75:]]
    bodies = [" ".join(text) for text in (first, edited, again, edited)]
    assert found(bodies) == brute_force(bodies) == {1: 0, 3: 0}
    assert found(bodies[1:]) == {1: 0, 2: 0}


def test_no_text_and_one_text_repeat_nothing():
    assert find_duplicates(read_words([])).empty
    assert find_duplicates(read_words(["…"])).empty


def test_a_passage_that_many_long_texts_hold_hides_no_pair_of_short_ones():
    chance, shared = random.Random(5), WORDS[:40]
    long = [[*chance.choices(WORDS[40:], k=300), *shared] for _ in range(40)]
    short = [[*shared, *chance.choices(WORDS[40:], k=10)] for _ in range(2)]
    bodies = [" ".join(text) for text in (*long, *short)]
    assert found(bodies) == brute_force(bodies) == {41: 40}
