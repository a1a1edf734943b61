"""Frequencies, growth, richness, Zipf: reference implementations, counts one by one, limits."""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Corpus
from helpers.count import (
    TooLittleText,
    frequencies,
    growth,
    richness,
    sensitivity,
    spectrum,
    vocabulary,
    word_definitions,
    zipf,
)
from helpers.read.tables import TOKENS, table
from helpers.show import methods
from helpers.show.measures import measures_of
from tests.tables import reference, reference_tokens, tokens_of

CORPORA = ["seed", "synth8"]
RATIOS = ["ttr", "guiraud_r", "herdan_c", "maas_a2", "yule_k", "mattr_50", "mattr_100", "hdd"]
UNDEFINED = [*RATIOS, "mtld", "mtld_factors"]
steady = settings(derandomize=True, deadline=None)
some_words = st.lists(st.sampled_from("abcdefgh"), max_size=70)
some_documents = st.lists(some_words, max_size=6)


def richness_of(name: str) -> pd.DataFrame:
    """Richness of each document, and of all of them in file order."""
    tokens = reference_tokens(name)
    whole = richness(tokens).assign(doc="total")
    return pd.concat([richness(tokens, by="doc"), whole]).set_index("doc")


def words_of(name: str) -> dict[str, list[str]]:
    tokens = reference_tokens(name)
    lists = tokens.astype(str).groupby("doc", sort=False)["type"].agg(list)
    return {**lists, "total": tokens["type"].astype(str).tolist()}


# Word by word, as the definitions are written.


def factors_one_by_one(words: list[str], closes: Callable) -> float:
    factors, seen, n = 0.0, set(), 0
    for word in words:
        n += 1
        seen.add(word)
        if closes(len(seen) / n, 0.72):
            factors, seen, n = factors + 1, set(), 0
    return factors + ((1 - len(seen) / n) / (1 - 0.72) if n else 0)


def mtld_one_by_one(words: list[str], closes: Callable = operator.lt) -> tuple[float, float]:
    both = [factors_one_by_one(way, closes) for way in (words, words[::-1])]
    mean = sum(len(words) / f for f in both) / 2 if min(both) else math.nan
    return mean, sum(both) / 2 if words else math.nan


def mattr_one_by_one(words: list[str], window: int) -> float:
    spans = [words[i : i + window] for i in range(len(words) - window + 1)]
    return sum(len(set(span)) / window for span in spans) / len(spans) if spans else math.nan


def absent(total: int, f: int, n: int) -> Fraction:
    return Fraction(math.comb(total - f, n), math.comb(total, n))


def expected_types(words: list[str], n: int) -> Fraction:
    return sum((1 - absent(len(words), f, n) for f in Counter(words).values()), Fraction(0))


def hdd_one_by_one(words: list[str]) -> float:
    return float(expected_types(words, 42) / 42) if len(words) >= 42 else math.nan


# Against quanteda, koRpus and zipfR.


@pytest.mark.parametrize("name", CORPORA)
def test_richness_equals_quanteda(name: str) -> None:
    ours, theirs = richness_of(name), reference(f"lexdiv_{name}", index_col="document")
    pairs = {"N": "n_tokens", "V": "n_types", "ttr": "TTR", "guiraud_r": "R", "herdan_c": "C"}
    pairs |= {"yule_k": "K", "mattr_50": "MATTR50", "mattr_100": "MATTR100"}
    assert list(ours.index) == list(theirs.index)
    for column, other in pairs.items():
        np.testing.assert_allclose(ours[column], theirs[other], rtol=1e-9, err_msg=column)
    root_of_decimal = np.sqrt(ours["maas_a2"] * np.log(10))
    np.testing.assert_allclose(root_of_decimal, theirs["Maas"], rtol=1e-9)
    simpson = ours["yule_k"] * ours["N"] / (1e4 * (ours["N"] - 1))
    np.testing.assert_allclose(simpson, theirs["D"], rtol=1e-9)


@pytest.mark.parametrize("name", CORPORA)
def test_hdd_equals_korpus(name: str) -> None:
    theirs = reference(f"korpus_{name}", index_col="document")
    np.testing.assert_allclose(richness_of(name)["hdd"], theirs["HDD_ATTR"], rtol=1e-9)


@pytest.mark.parametrize("name", CORPORA)
def test_mtld_equals_korpus(name: str) -> None:
    ours, theirs = richness_of(name), reference(f"korpus_{name}", index_col="document")
    factors = (theirs["MTLD_factors_forw"] + theirs["MTLD_factors_back"]) / 2
    np.testing.assert_allclose(ours["mtld"], theirs["MTLD"], rtol=1e-9)
    np.testing.assert_allclose(ours["mtld_factors"], factors, rtol=1e-9)
    for document, words in words_of(name).items():
        found = tuple(ours.loc[document, ["mtld", "mtld_factors"]])
        assert found == pytest.approx(mtld_one_by_one(words), rel=1e-9)


def test_a_factor_closes_below_72_percent_and_not_at_it() -> None:
    seed, synth = words_of("seed")["total"], words_of("synth8")
    at_72_percent = mtld_one_by_one(seed, operator.le)[0]
    assert at_72_percent == pytest.approx(61.103, abs=1e-3)
    assert richness_of("seed").loc["total", "mtld"] == pytest.approx(61.147, abs=1e-3)
    ours = richness_of("synth8")["mtld"]
    for document in ["d1", "d2", "d3", "d4", "d5", "d6", "d7"]:
        assert abs(ours[document] - mtld_one_by_one(synth[document], operator.le)[0]) > 1e-3
    new = [f"mot{i}" for i in range(27)]
    words = [*new[:17], *["et"] * 8, *new[17:]]  # 18 types in the first 25 words: .72
    below, at = mtld_one_by_one(words), mtld_one_by_one(words, operator.le)
    assert richness(tokens_of([words]))[["mtld", "mtld_factors"]].iloc[0].tolist() == [*below]
    assert below != at


@pytest.mark.parametrize("name", CORPORA)
def test_spectrum_equals_zipfr(name: str) -> None:
    theirs = reference(f"zipfr_spc_{name}")
    assert spectrum(reference_tokens(name)).to_numpy().tolist() == theirs.to_numpy().tolist()


@pytest.mark.parametrize("name", CORPORA)
def test_the_spectrum_drawn_with_replacement_equals_zipfr(name: str) -> None:
    theirs = reference(f"zipfr_vgc_binomial_{name}")
    ours = spectrum(reference_tokens(name))
    share = theirs["N"].to_numpy()[:, None] / ours.eval("m * V_m").sum()
    with_replacement = (1 - (1 - share) ** ours["m"].to_numpy()) @ ours["V_m"].to_numpy()
    np.testing.assert_allclose(with_replacement, theirs["EV"], rtol=1e-9)


def test_frequencies_equal_quanteda() -> None:
    theirs = reference("frequency_seed").set_index("feature").sort_index()
    ours = frequencies(reference_tokens("seed")).set_index("type").sort_index()
    assert ours[["f", "rank", "n_docs"]].to_numpy().tolist() == theirs.to_numpy().tolist()
    assert ours["per_million"].sum() == pytest.approx(1e6)


def test_growth_at_42_words_is_42_times_hdd() -> None:
    tokens, hdd = reference_tokens("seed"), richness_of("seed")["hdd"]
    parts = {**dict(list(tokens.groupby("doc", observed=True))), "total": tokens}
    for document, words in parts.items():
        curve = growth(words, points=len(words)).set_index("n")
        assert curve.loc[42, "expected"] == pytest.approx(42 * hdd[document], rel=1e-12)


# Known values of the committed text.


def test_richness_of_the_seed(tokens: pd.DataFrame) -> None:
    found = richness(tokens).iloc[0]
    counts = {"N": 341, "V": 167, "hapax": 122}
    assert found[list(counts)].to_dict() == counts
    known = {"ttr": 0.4897, "guiraud_r": 9.0436, "herdan_c": 0.87759, "maas_a2": 0.02099}
    known |= {"yule_k": 189.885, "mattr_50": 0.7618, "hdd": 0.774457, "mtld": 60.924}
    for column, value in known.items():
        assert found[column] == pytest.approx(value, rel=1e-4), column


def test_spectrum_of_the_seed(tokens: pd.DataFrame) -> None:
    known = {1: 122, 2: 22, 3: 7, 4: 4, 5: 1, 6: 3, 7: 1, 8: 2, 11: 1, 14: 1, 18: 1, 19: 1, 30: 1}
    assert dict(spectrum(tokens).to_numpy().tolist()) == known


def test_growth_of_the_seed(tokens: pd.DataFrame) -> None:
    curve = growth(tokens, points=341).set_index("n")
    assert curve.index.tolist() == list(range(1, 342))
    for n, value in {42: 32.5272, 100: 65.5718, 200: 112.1767, 300: 152.008}.items():
        assert curve.loc[n, "expected"] == pytest.approx(value, abs=6e-5)
    assert curve.loc[160, "observed"] == 100
    assert curve.loc[160, ["expected", "sd"]].tolist() == pytest.approx([94.58, 4.31], abs=5e-3)
    assert curve.loc[341].tolist() == [167, 167, 0]


def test_zipf_of_the_seed(tokens: pd.DataFrame) -> None:
    found = zipf(tokens).iloc[0]
    assert found["a"] == pytest.approx(0.759, abs=5e-4)
    assert found["n_types"] == 167


# One by one, on any words.


@steady
@given(some_documents)
def test_richness_equals_a_count_word_by_word(documents: list[list[str]]) -> None:
    tokens = tokens_of(documents)
    parts = richness(tokens, by="doc").set_index("doc")
    whole = richness(tokens).iloc[0]
    lists = {f"d{i}": words for i, words in enumerate(documents, 1) if words}
    assert parts.index.tolist() == list(lists)
    everything = [word for words in documents for word in words]
    for words, found in [*((lists[doc], parts.loc[doc]) for doc in lists), (everything, whole)]:
        counts = Counter(words)
        assert found["N"] == len(words)
        assert found["V"] == len(counts)
        assert found["hapax"] == list(counts.values()).count(1)
        by_hand = [mattr_one_by_one(words, 50), mattr_one_by_one(words, 100), hdd_one_by_one(words)]
        by_hand += mtld_one_by_one(words)
        ours = found[["mattr_50", "mattr_100", "hdd", "mtld", "mtld_factors"]].tolist()
        assert ours == pytest.approx(by_hand, rel=1e-9, nan_ok=True)


@steady
@given(some_words.filter(bool))
def test_growth_equals_exact_fractions(words: list[str]) -> None:
    total, f = len(words), list(Counter(words).values())
    curve = growth(tokens_of([words]), points=total)
    assert curve["observed"].tolist() == [len(set(words[:n])) for n in curve["n"]]
    for n, expected, sd in curve[["n", "expected", "sd"]].iloc[:: max(1, total // 5)].to_numpy():
        n = int(n)
        alone = [absent(total, i, n) for i in f]
        variance = sum(q * (1 - q) for q in alone)
        for (i, p), (j, q) in combinations(zip(f, alone, strict=True), 2):
            variance += 2 * (absent(total, i + j, n) - p * q)
        assert expected == pytest.approx(float(expected_types(words, n)), rel=1e-12)
        assert sd == pytest.approx(math.sqrt(variance), rel=1e-7, abs=1e-7)


def test_growth_is_the_mean_and_deviation_over_all_samples() -> None:
    words = ["la", "paix", "et", "la", "sécurité", "et", "la", "loi"]
    for n, _, expected, sd in growth(tokens_of([words]), points=8).to_numpy():
        types = [len(set(sample)) for sample in combinations(words, int(n))]
        assert (expected, sd) == pytest.approx((np.mean(types), np.std(types)), abs=1e-7)


def test_growth_stays_exact_in_a_large_corpus() -> None:
    f = np.array([2_000_000, 300_000, 40_000, *[500] * 2_000, *[1] * 100_000])
    m, v_m = np.unique(f, return_counts=True)
    mean, sd = vocabulary._rarefied(m, v_m, 10_000)
    kept = 1 - 10_000 / f.sum()
    assert mean == pytest.approx((1 - kept**f).sum(), rel=1e-3)
    hapaxes_alone = math.sqrt(100_000 * kept * (1 - kept))
    assert hapaxes_alone < sd < 1.2 * math.sqrt((kept**f * (1 - kept**f)).sum())


@pytest.mark.parametrize("points", [1, 2, 7, 100])
def test_growth_ends_at_all_words_and_has_at_most_the_points_asked_for(
    tokens: pd.DataFrame, points: int
) -> None:
    n = growth(tokens, points=points)["n"]
    assert len(n) == points
    assert n.iloc[-1] == 341
    assert n.is_monotonic_increasing
    assert points == 1 or n.iloc[0] == 1


def test_growth_without_points_is_refused(tokens: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="points is 0"):
        growth(tokens, points=0)


@pytest.mark.parametrize("name", CORPORA)
def test_no_neighbouring_exponent_is_more_likely(name: str) -> None:
    tokens = reference_tokens(name)
    f, found = frequencies(tokens)["f"].to_numpy(), zipf(tokens).iloc[0]
    ranks = np.arange(1, len(f) + 1)

    def likelihood(a: float) -> float:
        return -a * (f @ np.log(ranks)) - f.sum() * np.log((ranks**-a).sum())

    grid = found["a"] + np.linspace(-0.5, 0.5, 1001)
    assert grid[np.argmax([likelihood(a) for a in grid])] == pytest.approx(found["a"], abs=1e-9)
    assert found["C"] * (ranks ** -found["a"]).sum() == pytest.approx(f.sum())


def test_equal_frequencies_have_the_exponent_zero() -> None:
    found = zipf(tokens_of([["un", "deux", "trois"]])).iloc[0]
    assert found.tolist() == pytest.approx([1, 0, 3], abs=1e-9)


# Rows, ties, parts.


def test_frequencies_rank_within_the_part_with_ties_in_alphabetical_order() -> None:
    tokens = tokens_of([["zoo", "été", "eau", "zoo"], ["été", "."], ["eau", "été", "été"]])
    assert frequencies(tokens, by="doc").to_numpy().tolist() == [
        ["d1", "zoo", 2, 5e5, 1, 1],
        ["d1", "eau", 1, 2.5e5, 2, 1],
        ["d1", "été", 1, 2.5e5, 2, 1],
        ["d2", "été", 1, 1e6, 1, 1],
        ["d3", "été", 2, 1e6 * 2 / 3, 1, 1],
        ["d3", "eau", 1, 1e6 / 3, 2, 1],
    ]
    whole = frequencies(tokens)
    assert whole[["type", "f", "rank", "n_docs"]].to_numpy().tolist() == [
        ["été", 4, 1, 3],
        ["eau", 2, 2, 2],
        ["zoo", 2, 2, 1],
    ]
    assert whole.columns.tolist() == ["type", "f", "per_million", "rank", "n_docs"]


@steady
@given(some_documents)
def test_a_text_of_a_word_is_counted_once(texts: list[list[str]]) -> None:
    held = Counter(word for text in texts for word in set(text))
    found = frequencies(tokens_of(texts))
    assert dict(zip(found["type"], found["n_docs"], strict=True)) == held
    assert found["n_docs"].dtype == np.int64


def test_without_documents_there_is_no_number_of_documents() -> None:
    assert "n_docs" not in frequencies(tokens_of([["un"]]).drop(columns="doc"))


def test_parts_come_in_order_of_first_appearance_and_may_be_scattered() -> None:
    tokens = tokens_of([["a", "b", "c", "a", "a", "b"]]).assign(
        part=list("yxyxyx"), half=[1, 2] * 3
    )
    found = richness(tokens, by=["part", "half"])
    assert found[["part", "half", "N", "V"]].to_numpy().tolist() == [["y", 1, 3, 2], ["x", 2, 3, 2]]
    together = richness(tokens_of([["a", "c", "a"], ["b", "a", "b"]]), by="doc")
    pd.testing.assert_frame_equal(found[UNDEFINED], together[UNDEFINED])


def test_rows_without_a_part_are_left_out() -> None:
    tokens = tokens_of([["a", "b", "c", "a"]]).assign(year=["2024", None, "2024", None])
    assert richness(tokens, by="year")[["year", "N"]].to_numpy().tolist() == [["2024", 2]]
    assert frequencies(tokens, by="year")["type"].tolist() == ["a", "c"]


def test_forms_are_counted_where_asked(tokens: pd.DataFrame) -> None:
    assert frequencies(tokens, unit="form")["form"].is_unique
    assert richness(tokens, unit="form")["V"].item() > richness(tokens)["V"].item()


def test_nothing_is_changed_in_the_table_given(tokens: pd.DataFrame) -> None:
    before = tokens.copy()
    for verb in (frequencies, richness, growth, spectrum, zipf):
        verb(tokens)
    pd.testing.assert_frame_equal(tokens, before)


# Limits; every warning is an error here.


def test_an_empty_table_has_a_row_without_words_and_no_part() -> None:
    tokens = table([], TOKENS)
    whole = richness(tokens)
    assert whole[["N", "V", "hapax"]].to_numpy().tolist() == [[0, 0, 0]]
    assert whole[UNDEFINED].isna().all(axis=None)
    full = richness(tokens_of([["un", "mot"]]), by="doc")
    none = richness(tokens, by="doc")
    assert len(none) == 0
    assert none.dtypes.drop("doc").to_dict() == full.dtypes.drop("doc").to_dict()
    assert frequencies(tokens, by="doc").columns.tolist() == [
        *("doc", "type", "f", "per_million", "rank", "n_docs")
    ]
    assert len(frequencies(tokens)) == len(spectrum(tokens)) == len(growth(tokens)) == 0
    assert growth(tokens).dtypes.tolist() == growth(tokens_of([["un"]])).dtypes.tolist()
    assert zipf(tokens)[["C", "a"]].isna().all(axis=None)


def test_a_document_without_words_is_a_part_without_richness() -> None:
    found = richness(tokens_of([["un", "un"], [".", "12"]]), by="doc").set_index("doc")
    assert found.loc["d2", ["N", "V", "hapax"]].tolist() == [0, 0, 0]
    assert found.loc["d2", UNDEFINED].isna().all()
    assert found.loc["d1", ["N", "V", "mtld", "mtld_factors"]].tolist() == [2, 1, 2, 1]


def test_one_word_has_a_ratio_and_no_logarithm() -> None:
    found = richness(tokens_of([["mot"]])).iloc[0]
    assert found[["N", "V", "hapax", "ttr", "guiraud_r", "yule_k"]].tolist() == [1, 1, 1, 1, 1, 0]
    assert found[["herdan_c", "maas_a2", "mattr_50", "mtld", "hdd"]].isna().all()
    assert zipf(tokens_of([["mot"]]))[["C", "a"]].isna().all(axis=None)
    assert growth(tokens_of([["mot"]])).to_numpy().tolist() == [[1, 1, 1, 0]]


def test_words_that_are_all_different_have_no_mtld() -> None:
    found = richness(tokens_of([[f"mot{i}" for i in range(300)]])).iloc[0]
    assert math.isnan(found["mtld"])
    assert found["mtld_factors"] == 0
    assert found[["ttr", "herdan_c", "mattr_50", "hdd"]].tolist() == [1, 1, 1, pytest.approx(1)]
    assert found[["maas_a2", "yule_k"]].tolist() == [0, 0]


def test_words_that_are_all_equal_have_two_to_a_factor() -> None:
    found = richness(tokens_of([["non"] * 200])).iloc[0]
    assert found[["mtld", "mtld_factors"]].tolist() == [2, 100]
    assert found["mattr_50"] == pytest.approx(1 / 50)
    assert found["hdd"] == pytest.approx(1 / 42)


def test_a_window_longer_than_the_text_is_undefined() -> None:
    found = richness(tokens_of([["un", "deux"] * 20 + ["trois"], ["un", "deux"] * 25]), by="doc")
    assert found["mattr_50"].isna().tolist() == [True, False]
    assert found["hdd"].isna().tolist() == [True, False]
    assert found["mattr_100"].isna().all()


@pytest.mark.parametrize("verb", [frequencies, spectrum, growth, richness, zipf])
def test_wrong_units_and_columns_are_named(verb: Callable) -> None:
    tokens = tokens_of([["un", "mot"]])
    with pytest.raises(ValueError, match="unit is 'stem'"):
        verb(tokens, unit="stem")
    with pytest.raises(ValueError, match="'lemma'"):
        verb(tokens, unit="lemma")
    with pytest.raises(ValueError, match="'kind'"):
        verb(tokens.drop(columns="kind"))


@pytest.mark.parametrize(
    ("verb", "name"), [(frequencies, "f"), (richness, "N"), (frequencies, "type")]
)
def test_parts_and_results_do_not_share_a_name(verb: Callable, name: str) -> None:
    tokens = tokens_of([["un", "mot"]])
    with pytest.raises(ValueError, match=f"by names '{name}', a column of the result"):
        verb(tokens.assign(**{name: tokens["type"]}), by=["doc", name])


def test_a_column_that_is_named_twice_is_one() -> None:
    tokens = tokens_of([["un", "mot"], ["un"]])
    assert richness(tokens, by=["doc", "doc"])["N"].tolist() == [2, 1]


def test_lemmas_that_are_missing_are_asked_for(tokens: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="annotate=True"):
        richness(tokens, unit="lemma")
    with pytest.raises(ValueError, match="'region'"):
        richness(tokens, by="region")


# Sensitivity, methods.


def test_sensitivity_is_the_range_with_each_paragraph_left_out(tokens: pd.DataFrame) -> None:
    found = sensitivity(tokens, richness, by="par").set_index("measure")
    ratios = [richness(tokens[tokens["par"] != par])["ttr"].item() for par in range(1, 7)]
    assert found.loc["ttr"].tolist() == pytest.approx([167 / 341, min(ratios), max(ratios)])
    assert found.index.tolist() == richness(tokens).columns.tolist()
    assert found.columns.tolist() == ["value", "low", "high"]


def test_sensitivity_is_undefined_where_a_part_less_leaves_the_measure_undefined() -> None:
    tokens = tokens_of([["un", "mot"] * 20, ["un", "mot", "dit"] * 10])
    found = sensitivity(tokens, richness, by="doc").set_index("measure")
    assert not math.isnan(found.loc["hdd", "value"])
    assert found.loc["hdd", ["low", "high"]].isna().all()


def test_sensitivity_needs_two_parts_and_one_row(tokens: pd.DataFrame) -> None:
    with pytest.raises(TooLittleText, match="two parts"):
        sensitivity(tokens, richness, by="doc")
    with pytest.raises(ValueError, match="6 rows"):
        sensitivity(tokens, lambda tokens: richness(tokens, by="par"), by="par")


def test_every_measure_has_its_source_in_the_bibliography(seed) -> None:
    verbs = [frequencies, spectrum, growth, richness, zipf]
    paragraph = methods(seed, *verbs).plain
    assert all(
        measure.name in paragraph for verb in verbs for measure in measures_of(verb.__name__)
    )


# What a word is.


def one_text(body: str) -> pd.DataFrame:
    return pd.DataFrame({"text": [f"x{body}y"], "body_start": [1], "body_end": [1 + len(body)]})


def test_definitions_have_their_known_counts(seed: Corpus) -> None:
    table = word_definitions(seed.documents).set_index("definition")
    known = {
        "white space": (324, 168, 129),
        "apostrophe and hyphen inside a word": (324, 163, 122),
        "apostrophe and hyphen as separators": (342, 166, 119),
        "ours": (341, 167, 122),
    }
    for name, counts in known.items():
        assert tuple(table.loc[name, ["N", "V", "V_1"]]) == counts
    assert table["ttr"].min().round(3) == 0.485
    assert table["ttr"].max().round(3) == 0.519


def test_definitions_differ_where_they_say() -> None:
    table = word_definitions(one_text("L’accord de 1 500 rendez-vous, l'accord.")).set_index(
        "definition"
    )
    assert table["N"].to_dict() == {
        "white space": 6,
        "apostrophe and hyphen inside a word": 6,
        "apostrophe and hyphen as separators": 9,
        "runs of letters": 7,
        "ours": 6,
    }


def test_our_definition_is_the_one_that_is_counted(seed: Corpus) -> None:
    ours = word_definitions(seed.documents).set_index("definition").loc["ours"]
    assert (ours[["N", "V"]] == richness(seed.tokens)[["N", "V"]].iloc[0]).all()


def test_the_part_of_speech_of_a_word_is_its_commonest_tag_the_first_of_several() -> None:
    tokens = tokens_of([["le", "ferme", "ferme", "ferme", "le"], ["ferme", "bon", "bon", "port"]])
    tags = ["DET", "VERB", "NOUN", "NOUN", "DET", "VERB", "NOUN", "ADJ", None]
    tokens["pos"] = pd.Categorical(tags)
    table = frequencies(tokens[tokens["type"] != "le"], pos=True)
    assert table[["type", "f", "pos"]].to_numpy()[:2].tolist() == [
        ["ferme", 4, "NOUN"],
        ["bon", 2, "ADJ"],
    ]
    assert table["pos"].isna().tolist() == [False, False, True]
    parted = frequencies(tokens, by="doc", pos=True).set_index(["doc", "type"])["pos"]
    assert parted[[("d1", "le"), ("d1", "ferme"), ("d2", "ferme")]].tolist() == [
        "DET",
        "NOUN",
        "VERB",
    ]
    with pytest.raises(ValueError, match="'pos'"):
        frequencies(tokens.drop(columns="pos"), pos=True)
