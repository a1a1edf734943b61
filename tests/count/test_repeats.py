"""Reuse: every passage of every pair of texts, one by one, chains, and what a formula costs."""

from __future__ import annotations

from collections import Counter
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


def sources(texts: list[list[str]], length: int) -> dict[str, str]:
    """For each text the one before it that is the first to hold most of its passages."""
    first: dict[tuple[str, ...], int] = {}
    found = {}
    for i, text in enumerate(texts):
        held = Counter()
        for run in runs_of(text):
            for at in range(len(run) - length + 1):
                held[first.setdefault(tuple(run[at : at + length]), i)] += 1
        del held[i]
        if held:
            most = min(a for a, n in held.items() if n == max(held.values()))
            found[f"d{i + 1}"] = f"d{most + 1}"
    return found


def only(found: pd.DataFrame) -> dict:
    assert len(found) == 1
    return found.iloc[0].to_dict()


@steady
@given(some_texts, st.integers(2, 4))
def test_reuse_is_what_one_finds_by_hand(texts: list[list[str]], length: int) -> None:
    if sum(n_words(text) > 0 for text in texts) < 2:
        return
    tokens = tokens_of(texts)
    names = tokens["doc"][tokens["kind"] == "word"].unique().tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "EARLIEST", 1000)
        found = reuse(tokens, min_length=length, docs=names).set_index(["a", "b"])
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
    with_sources = reuse(tokens, min_length=length).set_index(["a", "b"])
    source = sources(texts, length)
    assert sorted(with_sources.index) == sorted((a, b) for b, a in source.items())
    columns = [*found]
    pd.testing.assert_frame_equal(with_sources[columns], found.loc[with_sources.index, columns])
    for (a, b), row in with_sources.iterrows():
        began = with_sources["chain"].droplevel("a").get(a, a)
        assert row["chain"] == (began if row["share"] >= 0.5 else b)
    one = reuse(tokens, min_length=length, docs=names[0]).set_index(["a", "b"])
    pd.testing.assert_frame_equal(one, found.loc[[names[0] in pair for pair in found.index]])


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
        "chain": "d1",
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


def test_a_formula_makes_a_row_for_a_text_and_no_pairs_unless_they_are_asked_for() -> None:
    formula = "le roi reçoit son cousin belge".split()
    often = [*formula, "."] * 21
    tokens = tokens_of([often, [*formula, "hier"], [*formula, "demain"]])
    assert reuse(tokens)[["a", "b"]].to_numpy().tolist() == [["d1", "d2"], ["d1", "d3"]]
    pairs = reuse(tokens, docs=["d1", "d3"])
    assert pairs[["a", "b"]].to_numpy().tolist() == [["d1", "d2"], ["d1", "d3"], ["d2", "d3"]]
    assert reuse(tokens, docs="d2")[["a", "b"]].to_numpy().tolist() == [["d1", "d2"], ["d2", "d3"]]
    assert "chain" not in pairs
    many = tokens_of([[f"m{i}", *formula] for i in range(25)])
    assert len(reuse(many)) == 24
    assert len(reuse(many, docs=[f"d{i}" for i in range(1, 26)])) == 25 * 24 / 2


def test_a_chain_is_of_texts_that_share_half_of_the_shorter_one() -> None:
    """Copies of the first text, of a copy of it, and of a text that only quotes it."""
    first, other, last = ([f"{of}{i}" for i in range(20)] for of in "abc")
    copy = [*first[:12], *other[:8]]
    quoting = [*first[:9], *last[:11]]
    found = reuse(tokens_of([first, copy, [*copy[:8], *copy[12:]], quoting, quoting]))
    found = found.sort_values("b")[["a", "b", "shared_tokens", "chain"]]
    assert found.to_numpy().tolist() == [
        ["d1", "d2", 12, "d1"],
        ["d1", "d3", 8, "d1"],
        ["d1", "d4", 9, "d4"],
        ["d4", "d5", 20, "d4"],
    ]


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    tokens = tokens_of([[f"m{i}" for i in rng.integers(0, 3, 40)] for _ in range(12)])
    names = tokens["doc"].unique().tolist()
    whole = reuse(tokens, min_length=3, docs=names)
    monkeypatch.setattr(repeats, "BLOCK", 10)
    pd.testing.assert_frame_equal(reuse(tokens, min_length=3, docs=names), whole)
    assert len(whole) == 66


def test_work_grows_with_the_words_and_not_with_the_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formula in 400 texts, a text that holds it again and again, and one that all quote."""
    compared, longest = [], repeats._longest

    def counted(pair, *given):
        compared.append(len(pair))
        return longest(pair, *given)

    monkeypatch.setattr(repeats, "_longest", counted)
    whole = [f"w{i}" for i in range(4000)]
    quoting = [[f"m{i}", *FORMULA, *whole[i * 10 : i * 10 + 9]] for i in range(400)]
    tokens = tokens_of([FORMULA * 100, whole, *quoting])
    found = reuse(tokens)
    assert found["a"].value_counts().to_dict() == {"d2": 400}
    assert found["b"].nunique() == len(found) == 400
    assert 0 < sum(compared) <= len(tokens)
    compared.clear()
    reuse(tokens_of([["le"] * 1000, ["le"] * 1000]))
    assert 0 < sum(compared) <= 1000 * repeats.EARLIEST


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
    with pytest.raises(ValueError, match="docs names 'd9', which is no text"):
        reuse(tokens, docs=["d1", "d9"])
    with pytest.raises(ValueError, match="'doc'"):
        reuse(tokens.drop(columns="doc"))


def test_nothing_that_is_given_is_changed() -> None:
    tokens = tokens_of([FORMULA, FORMULA])
    before = tokens.copy(deep=True)
    reuse(tokens)
    pd.testing.assert_frame_equal(tokens, before)
