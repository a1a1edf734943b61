"""Which words rise or fall: whole texts tested within outlets."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control, norm, spearmanr

from helpers import count
from helpers.count import TooLittleText
from helpers.count.movements import moves
from helpers.read import FICTION
from tests.tables import dated_tokens

PLANTED = pd.read_csv(FICTION / "truth" / "words.csv", keep_default_na=False)
# The words, days and outlets of six texts, and how often each has a word that rises.
WORDS = np.array([10.0, 20, 10, 20, 10, 30])
DAYS = np.array([0.0, 3, 10, 14, 27, 30])
OUTLETS = np.array([0, 0, 0, 1, 1, 1])
HITS = np.array([1, 1, 3, 0, 2, 7])


def moved(counts, words=WORDS, days=DAYS, stratum=OUTLETS, **options) -> pd.DataFrame:
    counts = csr_array(np.asarray(counts).reshape(len(words), -1))
    tested = options.pop("tested", np.ones(counts.shape[1], bool))
    return moves(counts, words, np.asarray(days, float), stratum, tested, **options)


def drift(hits, days) -> np.ndarray:
    """T of each outlet of the six texts."""
    total = []
    for outlet in (0, 1):
        own = outlet == OUTLETS
        rate = hits[own].sum() / WORDS[own].sum()
        excess = hits[own] - rate * WORDS[own]
        total.append(sum((days[own] - days[own].mean()) * (excess - excess.mean())))
    return np.array(total)


def test_six_texts_by_hand():
    row = moved(HITS).iloc[0]
    # Outlet 0: 5 hits in 40 words, e = -.25, -1.5, 1.75; days from their mean -13/3, -4/3, 17/3.
    # Outlet 1: 9 hits in 60 words, e = -3, .5, 2.5; days from their mean -29/3, 10/3, 19/3.
    total = (-0.25 * -13 - 1.5 * -4 + 1.75 * 17) / 3 + (-3 * -29 + 0.5 * 10 + 2.5 * 19) / 3
    squares = [(0.25**2 + 1.5**2 + 1.75**2), (3**2 + 0.5**2 + 2.5**2)]
    spread = [(13**2 + 4**2 + 17**2) / 9, (29**2 + 10**2 + 19**2) / 9]
    assert row["z"] == pytest.approx(total / np.sqrt(np.dot(squares, spread) / 2))
    assert row["p"] == row["q"] == pytest.approx(2 * norm.sf(row["z"]))
    # The first third of 30 days: three texts, 5 hits in 40 words; the last: 9 hits in 40 words.
    assert row[["first", "last", "ratio"]].tolist() == pytest.approx([125_000, 225_000, 1.8])
    d_1 = max(1, 3 / 2 * squares[0] / 5)
    d_2 = max(1, 2 / 1 * ((2 - 2.25) ** 2 + (7 - 6.75) ** 2) / 9)
    half = 1.959964 * np.sqrt(d_1 / 5 + d_2 / 9)
    assert row[["low", "high"]].tolist() == pytest.approx([1.8 * np.exp(x) for x in (-half, half)])
    assert row[["f", "n_docs", "outlets", "zero_corrected"]].tolist() == [14, 5, 2, False]
    assert pd.isna(row["direction"])


def test_the_variance_is_that_of_all_orders_of_the_texts():
    seen = []
    for one, other in product(permutations(range(3)), permutations(range(3, 6))):
        seen.append(drift(HITS, DAYS[[*one, *other]]).sum())
    assert np.mean(seen) == pytest.approx(0, abs=1e-9)
    row = moved(HITS).iloc[0]
    assert row["z"] == pytest.approx(drift(HITS, DAYS).sum() / np.std(seen))


def test_a_zero_is_half_a_hit_and_marked():
    row = moved([0, 0, 0, 0, 2, 7]).iloc[0]
    assert row[["first", "last", "zero_corrected"]].tolist() == [0, 225_000, True]
    assert row["ratio"] == pytest.approx(9 / 0.5)
    d_2 = max(1, 2 * 2 * 0.25**2 / 9)
    assert row["high"] == pytest.approx(18 * np.exp(1.959964 * np.sqrt(1 / 0.5 + d_2 / 9)))


def test_what_moves_nothing_has_no_z():
    assert moved(np.zeros(6)).isna().loc[0, ["z", "p", "q"]].all()
    # Each outlet on one day: nothing is compared, whatever their days are.
    days = np.array([0, 0, 0, 30, 30, 30])
    assert np.isnan(moved(HITS, days=days).loc[0, "z"])
    # An outlet of one text adds nothing.
    both = np.append(OUTLETS, 2)
    more = moved(np.append(HITS, 40), np.append(WORDS, 50.0), np.append(DAYS, 30), both)
    assert more.loc[0, "z"] == pytest.approx(moved(HITS).loc[0, "z"])


def test_an_even_rate_does_not_move():
    row = moved(WORDS / 10).iloc[0]
    assert row[["ratio", "first"]].tolist() == pytest.approx([1, 100_000])
    assert np.isnan(row["z"])


def written(n: int, seed: int, **words: tuple[float, float]) -> pd.DataFrame:
    """Texts of 18 months and two outlets; each word has a rate at the beginning and one at the
    end.
    """
    rng, texts = np.random.default_rng(seed), []
    for day in np.sort(rng.integers(0, 540, n)):
        text = ["mot"] * int(rng.integers(100, 300))
        for word, (first, last) in words.items():
            rate = first + (last - first) * day / 540
            text += [word] * rng.poisson(rng.gamma(1, rate))
        date = pd.Timestamp("2023-01-01") + pd.Timedelta(days=int(day))
        texts.append((f"{date:%Y-%m-%d}", "AB"[rng.integers(2)], " ".join(text)))
    return dated_tokens(texts)


@pytest.fixture(scope="module")
def tokens() -> pd.DataFrame:
    return written(120, 1, monte=(0.2, 3), baisse=(3, 0.2), reste=(1, 1), rare=(0.1, 0.1))


def of(tokens, **options) -> pd.DataFrame:
    return count.trends(tokens, unit="type", only="words", **options)


def test_a_word_that_rises_and_one_that_falls_are_found(tokens):
    table = of(tokens)
    found = table.set_index("unit")["direction"].dropna().to_dict()
    # The filler falls where another word rises, but hardly.
    assert found == {"monte": "rising", "baisse": "falling"}
    assert table["unit"].tolist()[:2] in (["monte", "baisse"], ["baisse", "monte"])
    assert "rare" not in set(table["unit"])  # fewer than 20
    assert "rare" in set(of(tokens, min_freq=5)["unit"])
    assert table.attrs["texts"] == 120
    assert 17 < table.attrs["months"] < 18
    assert 1.5 < table.attrs["least"] < 10
    bound = np.where(table["ratio"] >= 1, table["low"], 1 / table["high"])
    assert (np.diff(bound) <= 1e-9).all()
    assert [*table.columns] == [
        "unit", "f", "n_docs", "outlets", "first", "last", "ratio", "low", "high",
        "zero_corrected", "rho", "z", "p", "q", "direction", "search_word",
    ]  # fmt: skip


def test_q_and_rho_are_those_of_scipy(tokens):
    table = of(tokens, period="month")
    assert table["q"].tolist() == pytest.approx(false_discovery_control(table["p"]).tolist())
    month = tokens["date_start"].dt.strftime("%Y-%m")
    for unit, rho in table[["unit", "rho"]].itertuples(index=False):
        rates = (tokens["type"] == unit).groupby(month).mean()
        assert rho == pytest.approx(spearmanr(range(len(rates)), rates).statistic)


def test_a_word_of_ten_texts_is_tried_and_of_nine_is_not():
    texts = [(f"2024-01-{i:02}", "A", "mot " * 20 + "phare " * 3 * (i <= 10)) for i in range(1, 20)]
    assert "phare" in set(of(dated_tokens(texts))["unit"])
    texts[9] = ("2024-01-10", "A", "mot " * 20)
    assert "phare" not in set(of(dated_tokens(texts))["unit"])


def test_a_word_must_move_in_two_outlets():
    texts = [
        (f"2024-{1 + i // 28:02}-{1 + i % 28:02}", "ABC"[i % 3], "mot " * 100 + "phare " * f)
        for i in range(168)
        for f in [(4 if i > 84 else 0) * (i % 3 == 0)]
    ]
    tokens = dated_tokens(texts)
    row = of(tokens).set_index("unit").loc["phare"]
    assert row["q"] < 0.001
    assert row["low"] > 1.5
    assert pd.isna(row["direction"])  # A alone has it
    alone = of(tokens, strata=None).set_index("unit").loc["phare"]
    assert alone["direction"] == "rising"


def test_an_outlet_that_begins_late_makes_nothing_rise():
    texts = [
        (f"2024-{1 + i // 28:02}-{1 + i % 28:02}", outlet, "mot " * 100 + "phare " * f)
        for i in range(168)
        for outlet, f in (("A", 0), ("B", 0), ("C", i % 5), ("D", i % 5))
        if outlet in "AB" or i > 84
    ]
    tokens = dated_tokens(texts)
    assert pd.isna(of(tokens).set_index("unit").loc["phare", "direction"])
    assert of(tokens, strata=None).set_index("unit").loc["phare", "direction"] == "rising"


def test_shufflings_take_back_what_the_normal_curve_lets_pass():
    # Two texts of the last day have all: for the normal curve that is a chance of .0003, but of the
    # shufflings one in 91 has it, too. Of one word that is enough, not of a hundred.
    words, days, stratum = np.full(14, 100.0), [0.0] * 12 + [30.0] * 2, np.zeros(14, int)
    rises = np.array([*[1] * 12, 60, 60])
    alone = moved(rises, words, days, stratum).iloc[0]
    assert alone["z"] == pytest.approx(np.sqrt(13))
    assert alone["direction"] == "rising"
    others = np.random.default_rng(1).permuted(np.tile(np.arange(14), (99, 1)), axis=1).T
    others[12:] = 6
    first = moved(np.column_stack([rises, others]), words, days, stratum).iloc[0]
    assert first["q"] <= 0.05
    assert pd.isna(first["direction"])


def test_an_interval_that_holds_one_has_no_direction():
    hits = np.array([0] * 27 + [1] * 3)
    row = moved(hits, np.full(30, 100.0), np.arange(30.0), np.zeros(30, int)).iloc[0]
    assert row["q"] <= 0.05
    assert row["ratio"] == pytest.approx(6)
    assert row["low"] < 1
    assert pd.isna(row["direction"])


def test_words_of_the_search_are_marked_and_have_no_direction(tokens):
    table = of(tokens.assign(query="monte*")).set_index("unit")
    assert table["search_word"].to_dict() == {unit: unit == "monte" for unit in table.index}
    assert table.loc["monte", ["q", "direction"]].isna().all()
    assert table.loc["monte", "z"] > 3
    assert table.loc["baisse", "direction"] == "falling"


def test_texts_of_one_day_or_none_are_too_little():
    same = dated_tokens([("2024-01-01", "A", "mot " * 30)] * 12)
    with pytest.raises(TooLittleText, match=r"trends needs texts of two days; .* has 1 day"):
        of(same)
    with pytest.raises(TooLittleText, match="has 0 days"):
        of(dated_tokens([(None, "A", "mot " * 30)] * 12))


def test_a_month_is_dated_by_its_middle():
    dates = ["2023-01", "2023-06-15", "2023"]
    texts = [(date, "A", "mot " * 10 + "phare " * (3 + i)) for i, date in enumerate(dates * 5)]
    row = of(dated_tokens(texts)).set_index("unit").loc["phare"]
    # From 16 January to 2 July: the first third has the texts of January, the last both others.
    assert row["first"] == pytest.approx(1e6 * (3 + 6 + 9 + 12 + 15) / (50 + 45))


@pytest.mark.parametrize("n", [0, 1, 3, 30, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("outlets", [True, False])
def test_any_number_of_texts_gives_a_table_or_says_why(n, outlets):
    tokens = written(max(n, 1), 2, monte=(0.2, 3), baisse=(3, 0.2))
    tokens = tokens if n else tokens.head(0)
    tokens = tokens if outlets else tokens.drop(columns="outlet")
    if n == 1:
        with pytest.raises(TooLittleText):
            of(tokens)
        return
    table = of(tokens)
    assert (len(table) > 0) == (n >= 30)
    assert np.isnan(table.attrs["least"]) == (n < 30)


@pytest.mark.slow
def test_what_was_planted_in_the_example_is_found_and_the_traps_are_not(example):
    table = count.trends(example).set_index("unit")
    for row in PLANTED.itertuples():
        direction = table["direction"].get(row.lemma)
        if row.behaviour in ("rising", "falling"):
            assert direction == row.behaviour
        else:
            assert pd.isna(direction), row
    # The story moves on: nobody planted these.
    assert {*table.index[table["direction"].notna()]} - {*PLANTED["lemma"]} == {
        "région", "phare", "président"
    }  # fmt: skip
