"""Specificities, keyness, distances: reference implementations, exact counts, identities."""

# ruff: noqa: N803, N806

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from test_hypergeometric import exact
from wordfreq import get_frequency_dict, zipf_frequency

from helpers.count import (
    TooLittleText,
    attainable,
    contrasts,
    distance,
    frequencies,
    general_french,
    keyness,
    keywords,
    shuffled,
    specificities,
)
from helpers.count.hypergeometric import specificity
from helpers.count.keywords import _text_p
from helpers.read.tables import TOKENS, table
from helpers.show.measures import measures_of
from tests.tables import reference, reference_tokens, tokens_of

ROUNDED = 5.1e-5  # R rounds to 4 decimals
CORPORA = ["seed", "synth8"]
steady = settings(derandomize=True, deadline=None, max_examples=15)
some_text = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12)
some_texts = st.lists(some_text, min_size=2, max_size=5)
EMPTY = table([], TOKENS)


# Specificities.


@pytest.mark.parametrize("name", CORPORA)
def test_specificities_equal_r(name: str) -> None:
    theirs = reference(f"specif_{name}").astype({"feature": "str", "part": "str"})
    ours = specificities(reference_tokens(name), "doc").astype({"doc": "str"})
    both = theirs.merge(ours, left_on=["part", "feature"], right_on=["doc", "type"])
    assert len(both) == len(theirs) == len(ours)
    for column in ("f", "F", "t", "T"):
        assert (both[f"{column}_x"] == both[f"{column}_y"]).all()
    assert np.abs(both["specificity"] - both["textometry"]).max() < ROUNDED
    over = both["f_x"] * both["T_x"] >= both["F_x"] * both["t_x"]
    signed = np.where(over, -both["log10_upper"], both["log10_lower"])
    np.testing.assert_allclose(both["specificity"], signed, atol=1e-9)
    np.testing.assert_allclose(both["expected_y"], both["expected_x"], rtol=1e-12)


def test_an_exact_tie_is_positive() -> None:
    ours = specificities(reference_tokens("synth8"), "doc")
    ties = ours["f"] * ours["T"] == ours["F"] * ours["t"]
    assert ties.sum() == 155
    assert (ours.loc[ties, "specificity"] > 0).all()


def test_lafons_example_equals_r() -> None:
    """Six words in ten speeches of Robespierre."""
    counts, theirs = (reference(f"robespierre_{name}", index_col=0) for name in ("table", "specif"))
    cells = counts.rename_axis("type").melt(ignore_index=False, var_name="doc", value_name="n")
    cells = cells.reset_index()
    tokens = cells.loc[cells.index.repeat(cells["n"]), ["doc", "type"]].assign(kind="word")
    ours = specificities(tokens, "doc").pivot_table(
        index="type", columns="doc", values="specificity"
    )
    assert np.abs(ours.loc[theirs.index, theirs.columns] - theirs).max(axis=None) < ROUNDED


def test_sixty_million_words_are_exact_and_finite() -> None:
    f = np.array([[3, 0, 0], [0, 300, 100], [90, 10, 40], [1, 1, 1], [0, 0, 0]])
    f[4] = 20_000_000 - f.sum(axis=0)
    F, t = f.sum(axis=1), f.sum(axis=0)
    ours = contrasts._strengths(f, F, t)
    assert np.isfinite(ours).all()
    for row, column in np.ndindex(4, 3):
        cell = (int(f[row, column]), int(F[row]), int(t[column]), int(t.sum()))
        upper, lower = exact(*cell)
        signed = -upper if cell[0] * cell[3] >= cell[1] * cell[2] else lower
        assert ours[row, column] == pytest.approx(signed, abs=1e-6)


def test_the_strongest_of_the_seed(tokens: pd.DataFrame) -> None:
    found = specificities(tokens, "par", min_freq=2)
    assert len(found) == 270
    assert found.loc[found["specificity"].abs() >= 2, ["type", "par"]].to_numpy().tolist() == [
        ["d'", 4]
    ]
    assert found["specificity"][0] == pytest.approx(2.4544, abs=ROUNDED)


@steady
@given(some_texts)
def test_every_cell_is_that_of_its_own_counts(texts: list[list[str]]) -> None:
    found = specificities(tokens_of(texts), "doc")
    assert len(found) == len(texts) * len({word for text in texts for word in text})
    for row in found.itertuples():
        text = texts[int(row.doc[1:]) - 1]
        assert (row.f, row.t) == (text.count(row.type), len(text))
        assert sum(other.count(row.type) for other in texts) == row.F
    assert found["T"].unique().tolist() == [sum(map(len, texts))]
    strength = specificity(*(found[name] for name in ("f", "F", "t", "T")))
    assert found["specificity"].tolist() == strength.tolist()
    sums = found.groupby("type")[["f", "expected"]].sum()
    np.testing.assert_allclose(sums["f"], sums["expected"])


@steady
@given(some_texts)
def test_the_strongest_come_first_and_ties_are_alphabetical(texts: list[list[str]]) -> None:
    found = specificities(tokens_of(texts), "doc")
    strength = found["specificity"].abs().round(9).tolist()
    place = [int(doc[1:]) for doc in found["doc"]]
    rows = list(zip([-value for value in strength], found["type"], place, strict=True))
    assert rows == sorted(rows)


@steady
@given(some_texts.map(lambda texts: texts[:2]))
def test_two_parts_mirror_each_other(texts: list[list[str]]) -> None:
    found = specificities(tokens_of(texts), "doc").pivot_table(
        index="type", columns="doc", values=["specificity", "f", "expected"]
    )
    tie = np.isclose(found["f"]["d1"].astype(float), found["expected"]["d1"].astype(float))
    first, second = found["specificity"]["d1"], found["specificity"]["d2"]
    np.testing.assert_allclose(first[~tie], -second[~tie], atol=1e-12)
    assert (first[tie] >= 0).all()
    assert (second[tie] >= 0).all()


@steady
@given(some_texts)
def test_banal_units_are_common_and_never_specific(texts: list[list[str]]) -> None:
    for _, unit in specificities(tokens_of(texts), "doc").groupby("type"):
        expected = unit["F"].iloc[0] >= 3 and bool((unit["specificity"].abs() < 2).all())
        assert unit["banal"].unique().tolist() == [expected]


def test_rare_units_are_left_out_but_stay_words(tokens: pd.DataFrame) -> None:
    every, often = specificities(tokens, "par"), specificities(tokens, "par", min_freq=3)
    assert often["F"].min() == 3
    kept = every[every["F"] >= 3].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, often)


def test_parts_of_several_columns_and_words_in_no_part() -> None:
    tokens = tokens_of([["a", "b"], ["a"], ["b", "c", "c"]])
    tokens["year"] = [2023, 2023, 2024, np.nan, np.nan, np.nan]
    found = specificities(tokens, ["year", "doc"])
    assert list(found.columns[:3]) == ["type", "year", "doc"]
    assert found["T"].unique().tolist() == [3]
    assert set(found["type"]) == {"a", "b"}


def test_words_only() -> None:
    found = specificities(tokens_of([["a", ",", "12"], ["b", "."]]), "doc")
    assert sorted(found["type"].unique()) == ["a", "b"]


def test_one_part_is_too_little() -> None:
    tokens = tokens_of([["a", "b"]])
    for verb in (specificities, shuffled, distance):
        with pytest.raises(TooLittleText, match="two parts"):
            verb(tokens, "doc")


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contrasts, "MOST_CELLS", 3)
    tokens = tokens_of([["a", "b"], ["c"]])
    for verb in (specificities, distance):
        with pytest.raises(ValueError, match="larger parts"):
            verb(tokens, "doc")


def test_an_empty_table_gives_empty_tables() -> None:
    full = tokens_of([["a", "b"], ["a"]])
    for verb, keys in ((specificities, ["doc"]), (distance, ["a", "b"])):
        empty = verb(EMPTY, "doc")
        assert empty.empty
        assert list(empty.columns) == list(verb(full, "doc").columns)
        assert empty.drop(columns=keys).dtypes.equals(verb(full, "doc").drop(columns=keys).dtypes)
    for found in (
        keyness(EMPTY, EMPTY),
        general_french(EMPTY),
        attainable(specificities(EMPTY, "doc")),
    ):
        assert found.empty
    assert keyness(EMPTY, EMPTY).dtypes.equals(keyness(full, full).dtypes)
    assert shuffled(EMPTY, "doc")["cells"].tolist() == [0, 0]


def test_a_column_or_unit_that_is_missing_is_named() -> None:
    tokens = tokens_of([["a"], ["b"]])
    with pytest.raises(ValueError, match="'year'"):
        specificities(tokens, "year")
    with pytest.raises(ValueError, match="'words'"):
        specificities(tokens, "doc", unit="words")
    with pytest.raises(ValueError, match="'lemma'"):
        keyness(tokens, tokens, unit="lemma")
    with pytest.raises(ValueError, match="euclid"):
        distance(tokens, "doc", measure="euclid")


def test_nothing_that_is_given_is_changed() -> None:
    tokens = tokens_of([["a", "b", "b"], ["a", "c"]])
    before = tokens.copy(deep=True)
    specificities(tokens, "doc")
    shuffled(tokens, "type", n=3)
    keyness(tokens, tokens)
    general_french(tokens)
    distance(tokens, "doc")
    pd.testing.assert_frame_equal(tokens, before)


# What could be reached, and what chance gives.


def test_with_two_equal_parts_a_word_needs_seven_occurrences() -> None:
    found = attainable(specificities(tokens_of([["a"] * 50 + ["b"] * 50, ["a", "b"] * 50]), "doc"))
    assert found.loc[found["most"] >= 2, "F"].min() == 7
    assert found["F"].tolist() == [F for F in range(1, 101) for _ in range(2)]


@steady
@given(some_texts)
def test_no_specificity_exceeds_what_is_attainable(texts: list[list[str]]) -> None:
    found = specificities(tokens_of(texts), "doc")
    both = found.merge(attainable(found), on=["doc", "F", "t", "T"])
    assert len(both) == len(found)
    assert (both["specificity"] <= both["most"] + 1e-12).all()
    inside = both["f"] == both[["F", "t"]].min(axis=1)
    np.testing.assert_allclose(both.loc[inside, "specificity"], both.loc[inside, "most"])


def test_frequencies_beyond_a_hundred_have_a_row() -> None:
    found = specificities(tokens_of([["a"] * 150 + ["b"], ["a", "c"]]), "doc")
    assert attainable(found)["F"].unique().tolist() == [*range(1, 101), 151]


def expected_by_enumeration(F: list[int], t: list[int]) -> Fraction:
    """Σ P(|S| ≥ 2), every count of every cell."""
    T, total = sum(t), Fraction(0)
    for frequency, size in product(F, t):
        possible = np.arange(max(0, frequency + size - T), min(frequency, size) + 1)
        beyond = np.abs(specificity(possible, frequency, size, T)) >= 2
        for f in possible[beyond].tolist():
            ways = math.comb(size, f) * math.comb(T - size, frequency - f)
            total += Fraction(ways, math.comb(T, frequency))
    return total


@steady
@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
    st.lists(st.integers(1, 20), min_size=2, max_size=3),
)
def test_the_mean_of_shuffled_words_is_exact(F: list[int], t: list[int]) -> None:
    words = [f"m{i}" for i, n in enumerate(F) for _ in range(n)]
    t = [*t, len(words)]
    words += ["rest"] * (sum(t) - len(words))
    bounds = np.cumsum(t)
    texts = [words[a:b] for a, b in zip([0, *bounds[:-1]], bounds, strict=True)]
    found = shuffled(tokens_of(texts).rename(columns={"doc": "par"}), "par", n=0)
    expected = expected_by_enumeration([*F, words.count("rest")], t)
    assert found.loc[0, "mean"] == pytest.approx(float(expected), abs=1e-9)
    assert found.loc[0, ["high", "at_least_one"]].isna().all()


def test_what_shuffling_gives_on_the_seed(tokens: pd.DataFrame) -> None:
    """One cell of 270, where .57 are expected and 44 % of shufflings have one."""
    found = shuffled(tokens, "par", min_freq=2, n=300)
    assert found["cells"].tolist() == [270, 270]
    assert found["observed"].tolist() == [1, 1]
    assert found["mean"][0] == pytest.approx(0.57, abs=0.005)
    assert found["at_least_one"][0] == pytest.approx(0.44, abs=0.07)
    assert found["high"][0] == 2
    assert found.loc[1, ["mean", "high", "at_least_one"]].isna().all()
    pd.testing.assert_frame_equal(found, shuffled(tokens, "par", min_freq=2, n=300))


def clumped(n_texts: int) -> pd.DataFrame:
    """Texts of which each repeats a word of its own choice: words come in bursts."""
    rng = np.random.default_rng(5)
    burst = [[f"b{rng.integers(20)}"] * 15 for _ in range(n_texts)]
    return tokens_of([[*own, *(f"m{i}" for i in rng.integers(0, 50, 60))] for own in burst])


def test_texts_that_are_shuffled_whole_give_more_specificities_than_words() -> None:
    tokens = clumped(40)
    tokens["half"] = tokens["doc"].cat.codes % 2
    found = shuffled(tokens, "half", n=100)
    words, documents = found["mean"]
    assert documents > 3 * words
    assert (found["high"] > found["mean"]).all()
    assert (found["high"] % 1 == 0).all()


def test_texts_in_several_parts_are_not_shuffled() -> None:
    tokens = tokens_of([["a", "b"], ["a", "c"], ["a", "d"], ["a", "e"]])
    tokens["half"] = [0, 1, 0, 0, 1, 1, 1, 1]
    assert math.isnan(shuffled(tokens, "half", n=5)["mean"][1])
    tokens["half"] = [0, 0, 0, 0, 1, 1, 1, 1]
    found = shuffled(tokens, "half", n=5)
    assert found["shuffled"].tolist() == ["words", "texts"]
    assert found["mean"][1] == 0
    assert math.isnan(shuffled(tokens.drop(columns="doc"), "half", n=5)["mean"][1])


@pytest.mark.parametrize("parts", [[0, 0, 0, 1], [0, 0, 1, 2], [0, 1, 2, 3]])
def test_parts_of_whole_texts_need_two_with_two_texts(parts: list[int]) -> None:
    """To shuffle their words instead would call any texts different."""
    tokens = clumped(4)
    tokens["part"] = np.array(parts)[tokens["doc"].cat.codes]
    with pytest.raises(TooLittleText, match="shuffled needs two parts with two texts each"):
        shuffled(tokens, "part", n=5)


# Keyness.


def against_the_rest(name: str) -> pd.DataFrame:
    """Keyness of each document of a reference corpus against the others."""
    tokens = reference_tokens(name)
    docs = tokens["doc"].astype("str")
    tables = [
        keyness(tokens[docs == doc], tokens[docs != doc]).assign(target=doc)
        for doc in docs.unique()
    ]
    return pd.concat(tables).rename(columns={"type": "feature"})


@pytest.mark.parametrize("name", CORPORA)
def test_keyness_equals_the_r_packages(name: str) -> None:
    theirs = reference(f"corpora_keyness_{name}").astype({"feature": "str"})
    quanteda = reference(f"keyness_{name}").astype({"feature": "str"})
    ours = against_the_rest(name)
    both = ours.merge(theirs, on=["target", "feature"])
    assert len(both) == len(ours) == len(theirs)
    for mine, other in (("f", "f1"), ("n_x", "n1"), ("F_ref", "f2"), ("n_ref", "n2")):
        column = mine if mine in both else mine.removesuffix("_x")
        assert (both[column] == both[other]).all()
    signed = np.where(both["f"] * both["n_ref"] >= both["F_ref"] * both["n"], 1, -1) * both["g2"]
    sure = ~both["zero_corrected"]
    assert (np.sign(signed[sure]) == np.sign(both.loc[sure, "log_ratio"])).all()
    np.testing.assert_allclose(signed, both["G2"], atol=1e-9, rtol=1e-9)
    smoothed = np.log2((both["f"] + 0.5) / (both["n"] + 0.5))
    smoothed -= np.log2((both["F_ref"] + 0.5) / (both["n_ref"] + 0.5))
    np.testing.assert_allclose(smoothed, both["LogRatio"], atol=1e-9)
    both = ours.merge(quanteda, on=["target", "feature"])
    assert len(both) == len(quanteda)
    limit = 2.1e-9 * (both["n"] + both["n_ref"])
    assert (np.abs(both["g2"] - both["lr_none"].abs()) <= limit).all()


def test_log_ratio_and_interval_by_their_formulas() -> None:
    here, there = tokens_of([["a"] * 4 + ["b"] * 6]), tokens_of([["a"] * 5 + ["c"] * 35])
    found = keyness(here, there).set_index("type")
    assert found.loc["a", "log_ratio"] == pytest.approx(math.log2((4 / 10) / (5 / 40)))
    half = 1.96 * math.sqrt(1 / 4 - 1 / 10 + 1 / 5 - 1 / 40) / math.log(2)
    assert found.loc["a", "low_words"] == pytest.approx(math.log2(3.2) - half)
    assert found.loc["a", "high_words"] == pytest.approx(math.log2(3.2) + half)
    assert found.loc["b", "log_ratio"] == pytest.approx(math.log2((6 / 10) / (0.5 / 40)))
    half = 1.96 * math.sqrt(1 / 6 - 1 / 10 + 1 / 0.5 - 1 / 40) / math.log(2)
    assert found.loc["b", "low_words"] == pytest.approx(math.log2(48) - half)
    assert found["zero_corrected"].to_dict() == {"a": False, "b": True, "c": True}


@steady
@given(some_texts)
def test_keyness_mirrors_when_the_sides_change_places(texts: list[list[str]]) -> None:
    one, other = tokens_of(texts[:1]), tokens_of(texts[1:])
    there, back = (keyness(*sides).set_index("type") for sides in ((one, other), (other, one)))
    back = back.loc[there.index]
    assert set(there.index) == {word for text in texts for word in text}
    np.testing.assert_allclose(there["g2"], back["g2"], atol=1e-9)
    np.testing.assert_allclose(there["log_ratio"], -back["log_ratio"], atol=1e-9)
    np.testing.assert_allclose(there["low_words"], -back["high_words"], atol=1e-9)
    assert (there["g2"] >= 0).all()


@steady
@given(some_texts)
def test_nothing_is_key_to_a_corpus_against_itself(texts: list[list[str]]) -> None:
    tokens = tokens_of(texts)
    found = keyness(tokens, tokens)
    assert (found["g2"] == 0).all()
    assert (found["log_ratio"] == 0).all()
    assert (found["low_words"] <= 0).all()


@steady
@given(some_texts)
def test_the_bound_nearest_to_zero_orders_keyness(texts: list[list[str]]) -> None:
    found = keyness(tokens_of(texts[:1]), tokens_of(texts[1:]))
    over = found["f"] * found["n_ref"] >= found["F_ref"] * found["n"]
    nearest = np.where(over, found["low_words"], -found["high_words"]).round(9)
    rows = list(zip(-nearest, found["type"], strict=True))
    assert rows == sorted(rows)


def test_a_word_that_is_absent_is_not_the_most_overused_one() -> None:
    """A short text against a long one: .5 of 10 words is far more than 1 of 2,001."""
    found = keyness(tokens_of([["a"] * 10]), tokens_of([["a"] * 2000 + ["b"]]))
    assert found["type"].tolist() == ["a", "b"]
    assert found["low_words"][1] > 0


def test_a_frequency_table_will_do_as_reference(tokens: pd.DataFrame) -> None:
    here, there = tokens[tokens["par"] == 4], tokens[tokens["par"] != 4]
    listed = frequencies(there)
    pd.testing.assert_frame_equal(keyness(here, listed), keyness(here, there))
    by_part = frequencies(there, by="par")
    pd.testing.assert_frame_equal(keyness(here, by_part), keyness(here, there))
    with pytest.raises(ValueError, match="'f'"):
        keyness(here, listed.drop(columns="f"))


def test_a_side_without_words_has_no_keyness() -> None:
    tokens = tokens_of([["a", "b"]])
    for sides in ((tokens, EMPTY), (EMPTY, tokens)):
        with pytest.warns(UserWarning, match="no word"):
            found = keyness(*sides)
        assert found["type"].tolist() == ["a", "b"]
        numbers = ["g2", "log_ratio", "low_words", "high_words", "log_ratio_low", "log_ratio_high"]
        numbers += ["p", "p_adjusted"]
        assert found[numbers].isna().all(axis=None)


def text_per_row(counts: list[int], size: int = 10) -> pd.DataFrame:
    """Texts of `size` words, of which so many are x."""
    return tokens_of([["x"] * n + ["y"] * (size - n) for n in counts])


def test_below_twenty_texts_there_is_no_p() -> None:
    twenty, nineteen = text_per_row([1] * 20), text_per_row([2] * 19)
    for sides in ((twenty, nineteen), (nineteen, twenty), (twenty, frequencies(twenty))):
        assert keyness(*sides)[["p", "p_adjusted"]].isna().all(axis=None)
    assert keyness(twenty, twenty)["p"].tolist() == [1, 1]
    without = twenty.drop(columns="doc")
    assert keyness(twenty, without)["p"].isna().all()


def scatter(texts: list[list[str]], word: str) -> float:
    """d/f over these texts, one text at a time."""
    f = sum(text.count(word) for text in texts)
    rate = f / sum(map(len, texts))
    squares = sum((text.count(word) - rate * len(text)) ** 2 for text in texts)
    d = max(1, len(texts) / (len(texts) - 1) * squares / (f or 0.5))
    return d / (f or 0.5)


@steady
@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=9), min_size=20, max_size=24))
def test_the_interval_of_the_log_ratio_takes_the_text_for_the_unit(texts: list[list[str]]) -> None:
    one, other = texts[:10], texts[10:]
    found = keyness(tokens_of(one), tokens_of(other))
    for row in found.itertuples():
        half = 1.96 * math.sqrt(scatter(one, row.type) + scatter(other, row.type)) / math.log(2)
        assert row.log_ratio_low == pytest.approx(row.log_ratio - half, abs=1e-9)
        assert row.log_ratio_high == pytest.approx(row.log_ratio + half, abs=1e-9)
    over = found["f"] * found["n_ref"] >= found["F_ref"] * found["n"]
    nearest = np.where(over, found["log_ratio_low"], -found["log_ratio_high"]).round(9)
    assert list(nearest) == sorted(nearest, reverse=True)


def test_a_burst_widens_the_interval_over_texts_and_not_that_over_words() -> None:
    even, burst, other = (
        text_per_row([1] * 10),
        text_per_row([10] + [0] * 9),
        text_per_row([2] * 10),
    )
    width = {}
    for name, here in (("even", even), ("burst", burst)):
        x = keyness(here, other).set_index("type").loc["x"]
        width[name] = (x["log_ratio_high"] - x["log_ratio_low"], x["high_words"] - x["low_words"])
    assert width["burst"][0] > 2 * width["even"][0]
    assert width["burst"][1] == pytest.approx(width["even"][1])


def test_below_ten_texts_on_a_side_there_is_no_interval_over_texts() -> None:
    ten, nine = text_per_row([1] * 10), text_per_row([2] * 9)
    ends = ["log_ratio_low", "log_ratio_high"]
    assert keyness(ten, ten)[ends].notna().all(axis=None)
    for sides in ((ten, nine), (nine, ten), (ten, frequencies(ten))):
        found = keyness(*sides)
        assert found[ends].isna().all(axis=None)
        assert found[["low_words", "high_words"]].notna().all(axis=None)


def test_p_is_the_share_of_divisions_of_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords, "TEXTS", 3)
    monkeypatch.setattr(keywords, "SHUFFLES", 19_999)
    ours, theirs = [5, 6, 2], [1, 0, 2, 3]
    found = keyness(text_per_row(ours), text_per_row(theirs)).set_index("type")
    every = [*ours, *theirs]
    gaps = [
        abs(
            sum(every[i] for i in side) / 30 - sum(every[i] for i in range(7) if i not in side) / 40
        )
        for side in combinations(range(7), 3)
    ]
    p = np.mean(np.array(gaps) >= gaps[0] - 1e-12)
    assert found["p"].to_dict() == pytest.approx({"x": p, "y": p}, abs=0.01)


def test_p_adjusted_is_that_of_benjamini_and_hochberg() -> None:
    rng = np.random.default_rng(2)
    texts = [[f"m{i}" for i in rng.integers(0, 9, 30)] + ["x"] * (k < 25) * 3 for k in range(50)]
    found = keyness(tokens_of(texts[:25]), tokens_of(texts[25:]), random_state=3)
    p = np.sort(found["p"])[::-1]
    m = len(p)
    steps = [min(1, value * m / (m - i)) for i, value in enumerate(p)]
    np.testing.assert_allclose(np.sort(found["p_adjusted"])[::-1], np.minimum.accumulate(steps))
    assert found["type"][0] == "x"
    assert found["p"][0] == pytest.approx(0.001)
    again = keyness(tokens_of(texts[:25]), tokens_of(texts[25:]), random_state=3)
    pd.testing.assert_frame_equal(found, again)


def test_a_burst_in_one_text_is_no_difference_between_texts() -> None:
    """One text says a word 30 times: G² is far out, and the permutation is not impressed."""
    rng = np.random.default_rng(4)
    texts = [[f"m{i}" for i in rng.integers(0, 40, 80)] for _ in range(60)]
    texts[7] += ["x"] * 30
    found = keyness(tokens_of(texts[:30]), tokens_of(texts[30:])).set_index("type")
    assert found.loc["x", "g2"] > 30
    assert found.loc["x", "p"] > 0.2


def test_counts_beyond_short_numbers_are_shuffled_in_long_ones() -> None:
    """In 32 bits 2²⁴ + 1 is 2²⁴, and all shufflings would be equal; of six, two are as large."""
    large = 1 << 24
    counts = csr_array(np.array([[large + 1.0] * 2 + [large] * 2, [1.0] * 2 + [2.0] * 2]))
    assert _text_p(counts, np.array([2, 2]), 0) == pytest.approx([1 / 3] * 2, abs=0.05)


# General French.


def test_general_french_is_the_zipf_scale_of_wordfreq(tokens: pd.DataFrame) -> None:
    found = general_french(tokens)
    assert len(found) == 2 * tokens.loc[tokens["kind"] == "word", "type"].nunique()
    plain = found[found["type"].str.fullmatch(r"[^\W\d_]+") & found["zipf_general"].notna()]
    for row in plain.itertuples():
        size = row.reference.split()[1]
        assert row.zipf_general == pytest.approx(zipf_frequency(row.type, "fr", size), abs=0.011)
    np.testing.assert_allclose(found["zipf_here"], np.log10(1e9 * found["f"] / 341))
    np.testing.assert_allclose(found["floor"], math.log10(1e9 / 341))
    known = found["zipf_general"].notna()
    difference = found["zipf_here"] - found["zipf_general"]
    np.testing.assert_allclose(found.loc[known, "difference"], difference[known])
    assert found["difference"].dropna().is_monotonic_decreasing
    assert not known[known.argmin() :].any()


def test_words_are_looked_up_as_wordfreq_cuts_them() -> None:
    words = ["l'", "d'", "qu'", "jusqu'", "dgsn-dgst", "m.", "aujourd'hui", "maroc"]
    found = general_french(tokens_of([words])).set_index(["type", "reference"])["zipf_general"]
    large = get_frequency_dict("fr", "large")
    entries = {"l'": "l", "d'": "d", "qu'": "qu", "aujourd'hui": "aujourd'hui", "maroc": "maroc"}
    for word in words:
        zipf = found[word, "wordfreq large"]
        if word in entries:
            assert zipf == pytest.approx(math.log10(large[entries[word]] * 1e9), abs=0.0051)
        else:
            assert math.isnan(zipf)


def test_forms_are_looked_up_in_lower_case() -> None:
    tokens = tokens_of([["maroc", "l'"]]).assign(form=["Maroc", "L’"])
    found = general_french(tokens, unit="form").set_index("form")["zipf_general"]
    types = general_french(tokens).set_index("type")["zipf_general"]
    assert found["Maroc"].tolist() == types["maroc"].tolist()
    assert found["L’"].tolist() == types["l'"].tolist()


def test_the_two_lists_are_one_estimate_at_two_depths() -> None:
    small, large = (get_frequency_dict("fr", size) for size in ("small", "large"))
    assert all(large[word] == proportion for word, proportion in small.items())
    rare = next(word for word in sorted(large) if word.isalpha() and word not in small)
    found = general_french(tokens_of([[rare]])).set_index("reference")["zipf_general"]
    assert math.isnan(found["wordfreq small"])
    assert found["wordfreq large"] > 0


# Distances.


def test_labbe_equals_iramuteq() -> None:
    ours = distance(reference_tokens("seed"), "doc").astype({"a": "str", "b": "str"})
    both = ours.merge(
        reference("labbe_iramuteq_seed"), left_on=["a", "b"], right_on=["doc1", "doc2"]
    )
    assert len(both) == len(ours) == 15
    np.testing.assert_allclose(both["distance"], both["labbe"], atol=1e-12)


@pytest.mark.parametrize("measure", ["jaccard", "cosine"])
def test_jaccard_and_cosine_equal_quanteda(measure: str) -> None:
    theirs = reference("simil_seed").query("method == @measure")
    ours = distance(reference_tokens("seed"), "doc", measure=measure).astype(
        {"a": "str", "b": "str"}
    )
    both = ours.merge(theirs, left_on=["a", "b"], right_on=["doc1", "doc2"])
    assert len(both) == len(ours) == 15
    np.testing.assert_allclose(both["distance"], 1 - both["value"], atol=1e-12)


def labbe_one_by_one(a: list[str], b: list[str]) -> float:
    small, large = sorted((a, b), key=len)
    scale = Fraction(len(small), len(large))
    above, below = Fraction(0), Fraction(len(small))
    for word in set(a) | set(b):
        scaled = large.count(word) * scale
        above += abs(small.count(word) - scaled) if word in small or scaled >= 1 else 0
        below += scaled if scaled >= 1 else 0
    return float(above / below)


def jaccard_one_by_one(a: list[str], b: list[str]) -> float:
    return 1 - len(set(a) & set(b)) / len(set(a) | set(b))


def cosine_one_by_one(a: list[str], b: list[str]) -> float:
    inner = sum(a.count(word) * b.count(word) for word in set(a))
    lengths = (math.sqrt(sum(text.count(word) ** 2 for word in set(text))) for text in (a, b))
    return 1 - inner / math.prod(lengths)


ONE_BY_ONE = {
    "labbe": labbe_one_by_one,
    "jaccard": jaccard_one_by_one,
    "cosine": cosine_one_by_one,
}


@pytest.mark.parametrize("measure", ONE_BY_ONE)
@steady
@given(texts=some_texts)
def test_distances_one_pair_at_a_time(measure: str, texts: list[list[str]]) -> None:
    found = distance(tokens_of(texts), "doc", measure=measure)
    assert found["distance"].between(0, 1).all()
    assert len(found) == math.comb(len(texts), 2)
    for row in found.itertuples():
        a, b = (texts[int(doc[1:]) - 1] for doc in (row.a, row.b))
        assert row.distance == pytest.approx(ONE_BY_ONE[measure](a, b), abs=1e-12)
    assert found["distance"].round(9).is_monotonic_increasing


def test_labbes_distance_needs_lemmas_a_thousand_words_and_like_lengths() -> None:
    lengths = (999, 1000, 8000, 8001)
    texts = [["a"] * (n - n // 3) + ["b"] * (n // 3) for n in lengths]
    tokens = tokens_of(texts).assign(lemma=lambda table: table["type"])
    found = distance(tokens, "doc", unit="lemma").set_index(["a", "b"])["distance"]
    defined = {("d2", "d3"): (1, 2), ("d3", "d4"): (2, 3)}
    assert {*found.dropna().index} == {*defined}
    assert {*found.index[:2]} == {*defined}
    for pair, (i, j) in defined.items():
        assert found[pair] == pytest.approx(labbe_one_by_one(texts[i], texts[j]), abs=1e-12)
    for options in ({"unit": "type"}, {"unit": "lemma", "measure": "cosine"}):
        assert distance(tokens, "doc", **options)["distance"].notna().all()


@pytest.mark.parametrize("measure", ONE_BY_ONE)
def test_equal_texts_are_at_no_distance_and_disjoint_ones_at_one(measure: str) -> None:
    tokens = tokens_of([["a", "b", "a"], ["b", "a", "a"], ["c", "d"]])
    found = distance(tokens, "doc", measure=measure)
    assert found[["a", "b"]].to_numpy().tolist() == [["d1", "d2"], ["d1", "d3"], ["d2", "d3"]]
    assert found["distance"].tolist() == pytest.approx([0, 1, 1], abs=1e-12)


def test_parts_of_several_columns_are_named_by_all_of_them(tokens: pd.DataFrame) -> None:
    found = distance(tokens, ["doc", "par"])
    doc = tokens["doc"].iloc[0]
    assert found.loc[0, ["a", "b"]].tolist() == [f"{doc} · 3", f"{doc} · 5"]


def test_every_measure_is_registered_with_its_source() -> None:
    for verb in ("specificities", "keyness", "general_french", "distance", "reuse", "power"):
        assert all(measure.formula and measure.sources for measure in measures_of(verb))
