"""Reuse: every passage of every pair of texts, one by one, and what a formula costs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.count import TooLittleText, repeats, reuse
from helpers.read.tables import TOKENS, table
from tests.tables import tokens_of

steady = settings(derandomize=True, deadline=None)
tokens_or_marks = st.sampled_from(["a", "a", "b", "b", "c", ",", ".", "12"])
some_texts = st.lists(st.lists(tokens_or_marks, max_size=14), min_size=2, max_size=4)
FORMULA = ["les", "services", "de", "sécurité", "du", "pays"]


def runs_of(text: list[str]) -> list[list[str]]:
    """The words between the marks that no segment crosses."""
    runs: list[list[str]] = [[]]
    for token in text:
        if token == ".":
            runs.append([])
        elif token.isalpha():
            runs[-1].append(token)
    return runs


def slices(text: list[str], length: int) -> set[tuple[str, ...]]:
    runs = runs_of(text)
    return {tuple(run[i : i + length]) for run in runs for i in range(len(run) - length + 1)}


def covered(text: list[str], held: set[tuple[str, ...]], length: int) -> int:
    """Words of the text that are inside one of the slices."""
    total = 0
    for run in runs_of(text):
        inside = [False] * len(run)
        for i in range(len(run) - length + 1):
            if tuple(run[i : i + length]) in held:
                inside[i : i + length] = [True] * length
        total += sum(inside)
    return total


def n_words(text: list[str]) -> int:
    return sum(map(len, runs_of(text)))


def longest(a: list[str], b: list[str]) -> set[str]:
    """The longest slices that both texts hold."""
    for length in range(len(a), 0, -1):
        if common := slices(a, length) & slices(b, length):
            return {" ".join(segment) for segment in common}
    return {""}


def only(found: pd.DataFrame) -> dict:
    assert len(found) == 1
    return found.iloc[0].to_dict()


@steady
@given(some_texts, st.integers(2, 4))
def test_reuse_is_what_one_finds_by_hand(texts: list[list[str]], length: int) -> None:
    if sum(n_words(text) > 0 for text in texts) < 2:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "EARLIEST", 1000)
        found = reuse(tokens_of(texts), min_length=length).set_index(["a", "b"])
    expected = 0
    for i, j in combinations(range(len(texts)), 2):
        a, b = texts[i], texts[j]
        if not slices(a, length) & slices(b, length):
            continue
        expected += 1
        row = found.loc[(f"d{i + 1}", f"d{j + 1}")]
        short, other = (a, b) if n_words(a) <= n_words(b) else (b, a)
        assert row["shared_tokens"] == covered(short, slices(other, length), length)
        assert row["share"] == row["shared_tokens"] / n_words(short)
        assert row["segment"] in longest(a, b)
        assert row["longest"] == len(row["segment"].split())
    assert len(found) == expected
    assert found["shared_tokens"].is_monotonic_decreasing


def test_a_passage_of_five_words_and_no_shorter() -> None:
    four = tokens_of([["un", *FORMULA[:4]], [*FORMULA[:4], "deux"]])
    assert reuse(four).empty
    found = only(reuse(tokens_of([["un", *FORMULA], [*FORMULA, "deux", "trois"]])))
    assert found == {
        "a": "d1",
        "b": "d2",
        "shared_tokens": 6,
        "share": 6 / 7,
        "longest": 6,
        "segment": "les services de sécurité du pays",
    }


def test_equal_texts_share_everything() -> None:
    found = only(reuse(tokens_of([FORMULA, FORMULA])))
    assert (found["share"], found["longest"]) == (1, 6)


def test_a_segment_crosses_a_comma_but_no_full_stop() -> None:
    comma, stop = ([*FORMULA[:3], mark, *FORMULA[3:]] for mark in (",", "."))
    assert only(reuse(tokens_of([FORMULA, comma])))["longest"] == 6
    assert reuse(tokens_of([FORMULA, stop])).empty


def test_a_segment_stays_in_its_sentence_where_there_are_sentences() -> None:
    tokens = tokens_of([FORMULA, FORMULA])
    tokens["sent"] = [1] * 6 + [1] * 3 + [2] * 3
    assert reuse(tokens).empty
    assert reuse(tokens, min_length=3)["longest"].tolist() == [3]


def test_a_repetition_inside_one_text_is_no_reuse() -> None:
    tokens = tokens_of([[*FORMULA, ".", *FORMULA], ["rien", "de", "tel"]])
    assert reuse(tokens).empty


def test_the_shorter_text_is_the_measure() -> None:
    long = [*FORMULA, *"puis la délégation a visité le port de la ville".split()]
    for texts in ([FORMULA, long], [long, FORMULA]):
        assert only(reuse(tokens_of(texts)))["share"] == 1


def test_elided_words_are_written_together() -> None:
    text = "à la tête d' une délégation".split()
    assert only(reuse(tokens_of([text, text])))["segment"] == "à la tête d'une délégation"


def test_nothing_is_left_out_where_all_can_be_compared() -> None:
    formula = "le roi reçoit son cousin belge".split()
    often = [*formula, "."] * 21
    found = reuse(tokens_of([often, [*formula, "hier"], [*formula, "demain"]]))
    assert found[["a", "b"]].to_numpy().tolist() == [["d1", "d2"], ["d1", "d3"], ["d2", "d3"]]
    many = reuse(tokens_of([[f"m{i}", *formula] for i in range(25)]))
    assert len(many) == 25 * 24 / 2


def test_a_formula_in_many_texts_is_compared_with_its_first_places_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repeats, "ALL", 100)
    own = [[f"m{i}{k}" for k in range(4)] for i in range(60)]
    found = reuse(tokens_of([[*words, *FORMULA] for words in own]))
    first = {f"d{i}" for i in range(1, repeats.EARLIEST + 1)}
    assert set(found["a"]) == first
    assert len(found) == sum(min(i, repeats.EARLIEST) for i in range(60))
    assert set(found["b"]) == {f"d{i}" for i in range(2, 61)}


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    tokens = tokens_of([[f"m{i}" for i in rng.integers(0, 3, 40)] for _ in range(12)])
    whole = reuse(tokens, min_length=3)
    monkeypatch.setattr(repeats, "BLOCK", 10)
    pd.testing.assert_frame_equal(reuse(tokens, min_length=3), whole)
    assert len(whole) == 66


def test_work_grows_with_the_words_and_not_with_the_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of 400 texts holds the formula: at most 20 comparisons for each place of a segment."""
    compared = []
    matches = repeats._matches

    def counted(*given):
        for i, j in matches(*given):
            compared.append(len(i))
            yield i, j

    monkeypatch.setattr(repeats, "ALL", 0)
    monkeypatch.setattr(repeats, "_matches", counted)
    reuse(tokens_of([[f"m{i}", *FORMULA] for i in range(400)]))
    assert 0 < sum(compared) <= 400 * 2 * repeats.EARLIEST


def test_one_text_is_too_little_and_none_gives_an_empty_table(tokens: pd.DataFrame) -> None:
    with pytest.raises(TooLittleText, match="two texts"):
        reuse(tokens)
    empty = table([], TOKENS)
    full = tokens_of([FORMULA, FORMULA])
    assert reuse(empty).dtypes.equals(reuse(full).dtypes)
    assert reuse(empty).empty


def test_wrong_input_is_named() -> None:
    tokens = tokens_of([FORMULA, FORMULA])
    with pytest.raises(ValueError, match="min_length is 1"):
        reuse(tokens, min_length=1)
    with pytest.raises(ValueError, match="'doc'"):
        reuse(tokens.drop(columns="doc"))


def test_nothing_that_is_given_is_changed() -> None:
    tokens = tokens_of([FORMULA, FORMULA])
    before = tokens.copy(deep=True)
    reuse(tokens)
    pd.testing.assert_frame_equal(tokens, before)
