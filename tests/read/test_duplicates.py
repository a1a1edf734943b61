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
    """The earliest text of the group of each repeated text, by comparing every pair."""
    shingles = [
        {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}
        for words in map(str.split, bodies)
    ]
    group = list(range(len(bodies)))
    for later in range(len(bodies)):
        for earlier in range(later):
            a, b = shingles[earlier], shingles[later]
            shared = len(a & b)
            if shared / len(a | b) >= 0.5 or shared / min(len(a), len(b)) >= 0.8:
                old, new = group[later], group[earlier]
                low, high = min(old, new), max(old, new)
                group = [low if g == high else g for g in group]
    return {i: g for i, g in enumerate(group) if g != i}


def found(bodies: list[str]) -> dict[int, int]:
    table = find_duplicates(read_words(bodies))
    return dict(zip(table["text"], table["earliest"], strict=True))


def varied(seed: int) -> list[str]:
    """Texts with copies, copies with changed words, and beginnings of others."""
    chance = random.Random(seed)
    texts = [chance.choices(WORDS, k=chance.randint(30, 90)) for _ in range(12)]
    for _ in range(14):
        text = list(chance.choice(texts))
        for _ in range(chance.randint(0, 8)):
            text[chance.randrange(len(text))] = chance.choice(WORDS)
        texts.append(text[: chance.randint(len(text) // 3, len(text))])
    chance.shuffle(texts)
    return [" ".join(text) for text in texts]


@pytest.mark.parametrize("seed", range(30))
def test_the_groups_are_those_of_all_pairs(seed):
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
    assert table["exact"].tolist() == [True]
    assert table["similarity"].tolist() == [1.0]


def test_a_short_text_that_stands_whole_in_a_long_one_is_found():
    short, rest = " ".join(WORDS[:30]), " ".join(WORDS[40:300])
    table = find_duplicates(read_words([f"{rest} {short}", short]))
    assert table[["text", "earliest", "exact"]].to_numpy().tolist() == [[1, 0, False]]
    assert table["similarity"].item() == 1.0


def test_no_text_and_one_text_repeat_nothing():
    assert find_duplicates(read_words([])).empty
    assert find_duplicates(read_words(["…"])).empty


def test_a_passage_that_many_long_texts_hold_hides_no_pair_of_short_ones():
    chance, shared = random.Random(5), WORDS[:40]
    long = [[*chance.choices(WORDS[40:], k=300), *shared] for _ in range(40)]
    short = [[*shared, *chance.choices(WORDS[40:], k=10)] for _ in range(2)]
    bodies = [" ".join(text) for text in (*long, *short)]
    assert found(bodies) == brute_force(bodies) == {41: 40}
