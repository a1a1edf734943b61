"""What there is in each part and period, and how often a word is used in it."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, chi2

from helpers import Corpus, count, open_corpus
from helpers.count import QueryError
from helpers.count.chance import shuffles
from helpers.read import FICTION
from tests.tables import dated_tokens

# Three texts of Le Fanal and three of Le Cap: a month without any, a text of a month, one of none.
SIX = [
    ("2023-01-02", "Le Fanal", "phare phare quai"),
    ("2023-01-20", "Le Cap", "phare quai quai quai"),
    ("2023-03-04", "Le Fanal", "quai quai"),
    ("2023-03-09", "Le Cap", "quai quai"),
    ("2023-03", "Le Fanal", "mer mer mer"),
    (None, "Le Cap", "phare"),
]


@pytest.fixture(scope="module")
def six(tmp_path_factory) -> Corpus:
    """The six texts; the second of 4 and 9 March repeats the first."""
    folder = tmp_path_factory.mktemp("six")
    for i, (date, outlet, words) in enumerate(SIX):
        head = f"---\n{f'date: {date}' if date else 'section: Mer'}\noutlet: {outlet}\n---\n\n"
        (folder / f"{i}.txt").write_text(head + words.capitalize() + ".\n", "utf-8")
    return open_corpus(folder, annotate=False, cache=folder / "cache")


@pytest.fixture(scope="module")
def example() -> Corpus:
    return open_corpus(FICTION, annotate=False)


def rows(table: pd.DataFrame, *columns: str) -> list[list[object]]:
    found = table[[*columns]].astype(object)
    return found.where(found.notna(), None).to_numpy().tolist()


def test_an_overview_counts_every_printing(six):
    assert rows(count.overview(six, by="outlet"), *count.overview(six).columns) == [
        ["Le Fanal", 3, 8, 3, "2023-01-02", "2023-03-04", 0],
        ["Le Cap", 3, 7, 2, "2023-01-20", "2023-03-09", 1],
    ]
    assert rows(count.overview(six), "part", "texts", "words", "dated") == [["all", 6, 15, 5]]
    by_two = count.overview(six, by=["outlet", "year"])
    assert by_two["part"].tolist() == ["Le Fanal · 2023", "Le Cap · 2023"]  # one text has no year
    assert by_two["texts"].sum() == 5


def test_a_date_is_told_no_more_precisely_than_it_is_known():
    found = count.overview(dated_tokens([("2023", "A", "un"), ("2024-02", "A", "deux")]))
    assert rows(found, "first", "last") == [["2023", "2024-02"]]
    undated = count.overview(dated_tokens([(None, "A", "un")]))
    assert rows(undated, "dated", "first", "last") == [[0, None, None]]


def test_a_calendar_has_a_row_for_a_gap_and_one_for_what_is_in_no_period(six):
    months = count.calendar(six, period="month")
    assert rows(months, *months.columns) == [
        ["all", "2023-01", 2, 7, 0, True],
        ["all", "2023-02", 0, 0, 0, True],
        ["all", "2023-03", 3, 7, 1, True],
        ["all", None, 1, 1, 0, None],
    ]
    days = count.calendar(six, period="day", by="outlet")
    assert days[days["texts"] > 0].groupby("part", sort=False)["texts"].sum().to_dict() == {
        "Le Fanal": 3,
        "Le Cap": 3,
    }
    assert days["period"].nunique() == 67  # from 2 January to 9 March
    assert rows(days[days["period"].isna()], "part", "texts") == [["Le Fanal", 1], ["Le Cap", 1]]


@pytest.mark.parametrize(
    ("days", "complete"),
    [
        # A text every ten days: more than thirty days without one at an end, and the year is cut.
        (pd.date_range("2023-01-05", "2023-12-20", freq="10D"), [True]),
        (pd.date_range("2023-01-25", "2023-12-20", freq="10D"), [True]),
        (pd.date_range("2023-03-05", "2023-12-20", freq="10D"), [False]),
        (pd.date_range("2022-01-05", "2023-09-01", freq="10D"), [True, False]),
        (pd.to_datetime(["2023-06-01"]), [False]),
        (pd.to_datetime(["2023-01-01", "2023-12-31"]), [True]),
    ],
)
def test_a_period_that_is_cut_is_not_complete(days, complete):
    tokens = dated_tokens([(f"{day:%Y-%m-%d}", "A", "un") for day in days])
    assert count.calendar(tokens, period="year")["complete"].tolist() == complete


@pytest.mark.parametrize(
    ("days", "period", "complete"),
    [
        (["2023-12-31", "2024-06-01", "2024-12-30"], "year", [False, True]),
        (["2023-01-01", "2023-06-01", "2024-01-02"], "year", [True, False]),
        (["2024-10-01", "2024-12-01"], "month", [True, True, False]),
        (["2024-10-31", "2024-12-31"], "month", [False, True, True]),
        (["2024-10-10", "2024-12-20"], "month", [True, True, True]),
        (["2024-03-30", "2024-06-30"], "quarter", [False, True]),
        (["2024-11-10", "2024-11-18"], "week", [False, True, False]),
        (["2024-11-10", "2024-11-12"], "day", [True, True, True]),
    ],
)
def test_a_period_of_which_more_than_half_is_empty_at_an_end_is_cut(days, period, complete):
    """However rare the texts are."""
    tokens = dated_tokens([(day, "A", "un") for day in days])
    assert count.calendar(tokens, period=period)["complete"].tolist() == complete


def test_the_period_is_the_finest_that_has_enough():
    def of(words: int, days: list[str]) -> list[str]:
        text = " ".join(["mot"] * words)
        table = count.calendar(dated_tokens([(day, "A", text) for day in days]))
        return table["period"].dropna().tolist()

    week = [f"2024-03-{day:02}" for day in (4, 5, 6, 7)]
    assert of(250, week) == ["2024-W10"]
    assert of(249, week) == ["2024"]
    assert of(250, week[:3]) == ["2024"]
    assert of(1000, ["2024-03-04"] * 4 + ["2024-03-05"] * 4) == ["2024-03-04", "2024-03-05"]
    # Of fewer texts the coarsest of year, quarter and month that has three.
    months = [f"2024-0{month}-05" for month in (2, 3, 4)]
    assert of(100, months) == ["2024-02", "2024-03", "2024-04"]
    assert of(100, [*months, "2024-07-01"]) == ["2024-Q1", "2024-Q2", "2024-Q3"]
    assert of(100, months[:2]) == ["2024-02", "2024-03"]
    assert of(100, ["2022", "2023-05-06"]) == ["2022", "2023"]
    # Most of the texts are of a month: what is finer would leave them out.
    assert of(1000, ["2024-03-04"] * 4 + ["2024-03"] * 5) == ["2024-03"]


def test_a_timeline_by_hand(six):
    found = count.timeline(six, "phare", period="month")
    columns = ["part", "period", "f", "words", "n_docs", "texts", "share"]
    assert rows(found, *columns) == [
        ["all", "2023-01", 3, 7, 2, 2, 1],
        ["all", "2023-02", 0, 0, 0, 0, None],
        ["all", "2023-03", 0, 5, 0, 2, 0],  # without the reprint
        ["all", None, 1, 1, 1, 1, 1],
    ]
    assert found["per_million"].tolist()[0] == pytest.approx(3 / 7 * 1e6)
    assert found["low"].isna().all()  # fewer than ten hits
    assert found["share_high"].tolist()[0] == 1
    several = count.timeline(six, {"feu": "phare", "eau": "mer"}, period="year", by="outlet")
    assert rows(several[several["period"].notna()], "query", "part", "f") == [
        ["feu", "Le Fanal", 2],
        ["feu", "Le Cap", 1],
        ["eau", "Le Fanal", 3],
        ["eau", "Le Cap", 0],
    ]
    assert count.timeline(six, ["mer", "quai"], period="year")["query"].unique().tolist() == [
        "mer",
        "quai",
    ]
    assert count.timeline(six, []).empty
    with pytest.raises(QueryError):
        count.timeline(six, "[lemma=")


def random_texts(n: int, seed: int) -> pd.DataFrame:
    """Texts of many lengths in six months, of three outlets, with a word that comes in bursts."""
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(n):
        words = ["mot"] * int(rng.integers(40, 400))
        words += ["phare"] * int(rng.poisson(rng.gamma(0.6, 4)))
        date = f"2024-{rng.integers(1, 7):02}-{rng.integers(1, 29):02}"
        texts.append((date, f"J{rng.integers(3)}", " ".join(words)))
    return dated_tokens(texts)


def by_text(tokens: pd.DataFrame) -> pd.DataFrame:
    """Of each text its month and outlet, its words and hits."""
    each = tokens.assign(hit=tokens["type"] == "phare").groupby("doc", sort=False)
    table = each.agg(words=("type", "size"), f=("hit", "sum"), date=("date_start", "first"))
    return table.assign(outlet=each["outlet"].first(), month=table["date"].dt.strftime("%Y-%m"))


@pytest.mark.parametrize("by", [None, "outlet"])
def test_the_band_is_its_formula_one_cell_at_a_time(by):
    tokens = random_texts(80, 5)
    table = count.timeline(tokens, "phare", period="month", by=by)
    texts = by_text(tokens).assign(all="all")
    assert len(table) == 6 * (3 if by else 1)
    for part, own in texts.groupby(by or "all"):
        top = bottom = 0
        for _, cell in own.groupby("month"):
            n, rate = len(cell), cell["f"].sum() / cell["words"].sum()
            if n >= 2:
                top += n / (n - 1) * sum((cell["f"] - rate * cell["words"]) ** 2)
                bottom += cell["f"].sum()
        d = max(1, top / bottom)
        assert d > 1
        for month, cell in own.groupby("month"):
            row = table[(table["part"] == part) & (table["period"] == month)].iloc[0]
            f, w, k = cell["f"].sum(), cell["words"].sum(), (cell["f"] > 0).sum()
            low = chi2.ppf(0.025, 2 * f / d) / 2 * d / w * 1e6 if f else 0
            high = chi2.ppf(0.975, 2 * f / d + 2) / 2 * d / w * 1e6
            assert row[["f", "words", "n_docs", "texts"]].tolist() == [f, w, k, len(cell)]
            assert row[["low", "high"]].tolist() == pytest.approx([low, high])
            wilson = binomtest(int(k), len(cell)).proportion_ci(0.95, method="wilson")
            assert row[["share_low", "share_high"]].tolist() == pytest.approx([*wilson])


@pytest.mark.parametrize(
    ("texts", "banded"),
    [
        ([2] * 5, True),  # ten hits in five texts
        ([2, 2, 2, 2, 1], False),
        ([3, 3, 3, 3, 0], False),
    ],
)
def test_below_ten_hits_or_five_texts_there_is_no_band(texts, banded):
    made = [("2024-01-01", "A", "mot " * 50 + "phare " * f) for f in texts]
    table = count.timeline(dated_tokens(made), "phare", period="year")
    assert table["low"].notna().tolist() == table["high"].notna().tolist() == [banded]


def test_periods_of_one_text_each_have_no_band():
    made = [(f"20{year}-01-01", "A", "mot " * 50 + "phare " * 4) for year in range(10, 20)]
    assert count.timeline(dated_tokens(made), "phare", period="year")["low"].isna().all()


def peak(texts: list[tuple[str, str, str]], **options) -> pd.Series:
    return count.peaks(dated_tokens(texts), "phare", period="month", **options).iloc[0]


def months(hits: dict[str, int], outlets: tuple[str, ...] = ("A", "B")) -> list:
    """Ten texts of 200 words in each month, each with so many hits."""
    return [
        (f"{month}-{1 + i:02}", outlets[i % len(outlets)], "mot " * (200 - f) + "phare " * f)
        for month, f in hits.items()
        for i in range(10)
    ]


def test_a_peak_by_hand():
    found = peak(months({"2024-01": 1, "2024-02": 1, "2024-03": 5, "2024-04": 1}))
    assert found[["period", "f", "n_docs", "is_peak"]].tolist() == ["2024-03", 50, 10, True]
    assert found["per_million"] == 50 / 2000 * 1e6
    # All texts of a month are alike: d is 1. Of 80 hits 20 are expected in each month.
    assert found["z"] == pytest.approx((50 - 20) / np.sqrt(20))
    assert found["low"] == pytest.approx(chi2.ppf(0.025, 100) / 2 / 2000 * 1e6)
    assert found["p"] == 0.001


def test_an_even_word_has_no_peak():
    found = peak(months({"2024-01": 2, "2024-02": 2, "2024-03": 2}))
    assert found[["f", "z", "p", "is_peak"]].tolist() == [20, 0, 1, False]


def test_one_text_or_one_outlet_makes_no_peak():
    texts = months({"2024-01": 1, "2024-02": 1, "2024-03": 1})
    one = [*texts, ("2024-03-20", "A", "phare " * 60 + "mot " * 200)]
    assert not peak(one)["is_peak"]
    held = [("2024-03-20", "A", "phare " * 6 + "mot " * 500)] * 6
    other = [("2024-05-20", "B", "mot " * 500)] * 6
    assert pd.isna(peak([*held, *other])["period"])  # of two outlets one has it
    assert peak([(date, "A", text) for date, _, text in [*held, *other]])["period"] == "2024-03"


def test_an_outlet_that_begins_late_makes_no_peak():
    rng = np.random.default_rng(4)
    texts = [
        (f"2024-{month:02}-{rng.integers(1, 29):02}", outlet, "mot " * 250 + "phare " * f)
        for month in range(1, 9)
        for outlet, f in (("A", 1), ("B", 1), ("C", 8), ("D", 8))
        for _ in range(6)
        if outlet in "AB" or month > 7
    ]
    found = peak(texts)
    assert found["z"] > 3  # the periods differ, since their outlets do
    assert not found["is_peak"]


def test_the_p_of_a_peak_is_that_of_shuffled_texts():
    tokens = random_texts(60, 8)
    texts = by_text(tokens)
    found = count.peaks(tokens, "phare", period="month").iloc[0]
    rate, rng, as_large = texts["f"].sum() / texts["words"].sum(), np.random.default_rng(1), 0

    def greatest(month: pd.Series) -> float:
        cells = texts.assign(month=month.to_numpy(), held=texts["f"] > 0).groupby("month")
        cells = cells[["f", "words", "held"]].sum()
        cells = cells[(cells["words"] >= 1000) & (cells["held"] >= 5)]
        return ((cells["f"] - rate * cells["words"]) / np.sqrt(rate * cells["words"])).max()

    seen = greatest(texts["month"])
    for _ in range(400):
        mixed = texts.groupby("outlet")["month"].transform(rng.permutation)
        as_large += greatest(mixed) >= seen - 1e-9
    assert found["p"] == pytest.approx(as_large / 400, abs=0.08)


def test_texts_are_shuffled_within_their_strata():
    strata = np.array([1, 0, 1, 0, 2, 1])
    drawn = np.concatenate([*shuffles(strata, 200, 0)])
    assert drawn.shape == (200, 6)
    assert (strata[drawn] == [0, 0, 1, 1, 1, 2]).all()  # places in the order of the strata
    assert (np.sort(drawn, axis=1) == np.arange(6)).all()
    assert {*map(tuple, drawn[:, 2:5].tolist())} == {
        (0, 2, 5), (0, 5, 2), (2, 0, 5), (2, 5, 0), (5, 0, 2), (5, 2, 0)
    }  # fmt: skip


def test_the_example_has_its_calendar(example):
    table = count.calendar(example)
    assert table.loc[table["texts"] == 0, "period"].tolist() == ["2023-08"]
    assert table[["texts", "words", "reprints"]].sum().tolist() == [
        161,
        example.documents["n_words"].sum(),
        12,
    ]
    assert table["complete"].all()
    late = count.calendar(example, period="year", by="outlet").set_index(["part", "period"])
    assert not late.loc[("Méridie Info", "2023"), "complete"]
    assert not late["complete"].xs("2024", level="period")[1:].any()


def test_one_article_is_no_peak_in_the_example(example):
    asked = {"anguille": "/anguilles?/", "neige": "/neiges?/", "chantier": "/chantiers?/"}
    found = count.peaks(example, asked).set_index("query")
    assert pd.isna(found.loc["anguille", "period"])
    line = count.timeline(example, asked).set_index("query").loc["anguille"]
    assert line["f"].max() > 50
    assert line["low"].isna().all()


NUMBERS = [0, 1, 3, 30, pytest.param(300, marks=pytest.mark.slow)]


@pytest.mark.parametrize("n", NUMBERS)
@pytest.mark.parametrize("missing", [[], ["date"], ["outlet"], ["date", "outlet"]])
def test_any_number_of_texts_gives_tables_without_a_warning(n, missing):
    tokens = random_texts(max(n, 1), 3)
    tokens = tokens[tokens["doc"].isin([f"d{i}" for i in range(1, n + 1)])]
    if "date" in missing:
        tokens = tokens.assign(date_start=pd.NaT, date_end=pd.NaT, date_precision=None)
    if "outlet" in missing:
        tokens = tokens.drop(columns="outlet")
    before = pickle.dumps(tokens)
    for by in [None] if "outlet" in missing else [None, "outlet"]:
        assert count.overview(tokens, by=by)["texts"].sum() == n
        assert count.calendar(tokens, by=by)["texts"].sum() == n
        table = count.timeline(tokens, "phare", by=by)
        assert table["texts"].sum() == n
        assert table["f"].sum() == (tokens["type"] == "phare").sum()
        found = count.peaks(tokens, "phare", by=by)
        assert len(found) == table["part"].nunique()
        if "date" in missing:
            assert table["period"].isna().all()
            assert found["period"].isna().all()
    assert pickle.dumps(tokens) == before


def test_verbs_and_parts_of_a_corpus_take_the_larger_outlets(example):
    names = [f"Journal {i}" for i in range(14)]
    texts = example.documents.assign(outlet=[names[i % 14] for i in range(161)])
    texts.loc[texts.index < 80, "outlet"] = "Le Monde (site web)"
    corpus = Corpus(**{**vars(example), "documents": texts})
    assert corpus.parts == "outlet"
    assert {*count.richness(corpus, by="outlet")["outlet"]} == {"Le Monde", "other (14)"}
    assert {*count.overview(corpus, by="outlet")["part"]} == {"Le Monde", "other (14)"}
    small = Corpus(**{**vars(example), "documents": texts.assign(outlet=[*map(str, range(161))])})
    assert small.parts != "outlet"  # all are other outlets, which is no two parts
    assert corpus.documents["outlet"].nunique() == 15
