"""Power: the level where nothing is planted, more with more texts, and what bursts do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.count import TooLittleText, keywords, power
from helpers.read.tables import TOKENS, table
from tests.tables import tokens_of


def texts(n: int, *, bursts: bool, seed: int = 1) -> pd.DataFrame:
    """Texts of about 100 words: twenty words that a third of them hold, once each or in bursts of six."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        said = [f"w{i}" for i in range(20) if rng.random() < 0.35]
        filler = [f"m{i}" for i in rng.integers(0, 3, 90)]
        rows.append([*said * (6 if bursts else 1), *filler])
    return tokens_of(rows)


@pytest.fixture(scope="module")
def bursty() -> pd.DataFrame:
    return power(texts(130, bursts=True), sizes=(5, 20, 60), ratios=(1, 2, 4))


@pytest.fixture(scope="module")
def even() -> pd.DataFrame:
    return power(texts(130, bursts=False), sizes=(5, 20, 60), ratios=(1, 2, 4))


def test_one_row_per_size_and_ratio(even: pd.DataFrame) -> None:
    assert list(even.columns) == ["n_docs", "ratio", "permutation", "specificity", "n_units"]
    rows = even[["n_docs", "ratio"]].to_numpy().tolist()
    assert rows == [[size, ratio] for size in (5, 20, 60) for ratio in (1, 2, 4)]
    assert (even["n_units"] == 20).all()
    assert (
        even[["permutation", "specificity"]].apply(lambda share: share.between(0, 1)).all(axis=None)
    )


def test_where_nothing_differs_the_shuffling_of_texts_keeps_its_level(
    even: pd.DataFrame, bursty: pd.DataFrame
) -> None:
    for found in (even, bursty):
        assert (found.loc[found["ratio"] == 1, "permutation"] <= 0.065).all()


def test_bursts_make_specificities_raise_false_alarms(
    even: pd.DataFrame, bursty: pd.DataFrame
) -> None:
    """Words dealt one by one reach 2 in at most 2 % of the cases."""
    alarms = [found.loc[found["ratio"] == 1, "specificity"].max() for found in (even, bursty)]
    assert alarms[0] <= 0.02
    assert alarms[1] >= 0.15


def test_more_texts_and_larger_ratios_find_more(even: pd.DataFrame) -> None:
    found = even.pivot_table(index="n_docs", columns="ratio", values="permutation")
    assert (found[4] > found[2]).all()
    assert (found[2].iloc[1:] > found[1].iloc[1:]).all()
    assert found[2].is_monotonic_increasing
    assert found.loc[60, 4] > 0.9


def test_three_texts_on_each_side_find_nothing() -> None:
    """Twenty divisions of six texts: no p below .05 for a test of both sides."""
    found = power(texts(40, bursts=False), sizes=(3,), ratios=(4,))
    assert found["permutation"].tolist() == [pytest.approx(0, abs=0.02)]


def test_the_same_seed_gives_the_same_table() -> None:
    tokens = texts(30, bursts=True)
    again = [power(tokens, sizes=(5,), ratios=(2,), random_state=seed) for seed in (3, 3, 4)]
    pd.testing.assert_frame_equal(again[0], again[1])
    assert not again[0].equals(again[2])


def test_words_are_of_middling_frequency() -> None:
    rows = [["tous"] * 3 + ["moitié"] * (k % 2) + ["rare"] * (k == 0) for k in range(20)]
    counts, lengths = keywords._middling(tokens_of(rows), "type", need=2)
    assert counts[:, 0].tolist() == [k % 2 for k in range(20)]
    assert counts.shape == (20, 1)
    assert lengths.tolist() == [len(row) for row in rows]


def test_what_is_planted_is_a_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thinned side keeps one occurrence in `ratio`; rates are compared as rates."""
    assert keywords._rate_gap(4.0, 10.0, 6.0, 50.0) == pytest.approx(abs(4 / 10 - 2 / 40))
    kept = []
    real = keywords.specificity

    def noted(*cell):
        kept.append(cell)
        return real(*cell)

    monkeypatch.setattr(keywords, "specificity", noted)
    power(texts(60, bursts=False), sizes=(30,), ratios=(1, 3))
    sums = [(here.sum(), both.sum() - here.sum()) for here, both, _, _ in kept]
    assert sums[0][1] / sums[0][0] == pytest.approx(1, abs=0.05)
    assert sums[1][1] / sums[1][0] == pytest.approx(1 / 3, abs=0.02)


def test_too_few_texts_or_words_are_gated(tokens: pd.DataFrame) -> None:
    with pytest.raises(TooLittleText, match="100 texts"):
        power(tokens)
    with pytest.raises(TooLittleText, match="0"):
        power(table([], TOKENS))
    with pytest.raises(TooLittleText, match="words"):
        power(tokens_of([["partout"]] * 20), sizes=(5,))


def test_sizes_and_ratios_below_one_are_refused() -> None:
    tokens = texts(20, bursts=False)
    for wrong in ({"sizes": (0,)}, {"ratios": (0.5,)}, {"sizes": 5}):
        with pytest.raises(ValueError, match=r"a list of (whole )?numbers from 1"):
            power(tokens, **wrong)
    assert power(tokens, sizes=()).empty


def test_nothing_that_is_given_is_changed() -> None:
    tokens = texts(20, bursts=False)
    before = tokens.copy(deep=True)
    power(tokens, sizes=(5,), ratios=(2,))
    pd.testing.assert_frame_equal(tokens, before)
