"""Correspondence analysis: reference implementations, identities, chance, limits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array, random_array
from scipy.stats import chi2_contingency, kstest

from helpers.count import (
    TooLittleText,
    clusters,
    contingency,
    correspondence,
    independence,
)
from helpers.count.factors import Independence, chi_square, principal_axes
from helpers.count.lexical_table import as_sparse, shuffled
from helpers.show import methods
from helpers.show.measures import measures_of
from tests.tables import reference, reference_tokens, tokens_of

CORPORA = {"seed": 2, "synth8": 3}
PATTERN = np.array([[9, 6, 1, 2, 4], [1, 3, 8, 5, 2], [2, 2, 3, 1, 7]])  # units × texts
steady = settings(derandomize=True, deadline=None)
some_counts = arrays(
    np.int64, st.tuples(st.integers(3, 6), st.integers(3, 7)), elements=st.integers(0, 9)
)


def table_of(name: str) -> pd.DataFrame:
    """The table that the reference implementations analysed."""
    return contingency(reference_tokens(name), "doc", min_freq=CORPORA[name])


def cut_up(tokens: pd.DataFrame, by: str = "doc") -> pd.DataFrame:
    """The parts as paragraphs of a single text."""
    return tokens.assign(par=tokens[by], doc="seul")


def against_chance(name: str, **options: int) -> Independence:
    return independence(cut_up(reference_tokens(name)), "par", min_freq=CORPORA[name], **options)


def factominer(name: str, side: str) -> pd.DataFrame:
    return reference(f"ca_{name}_min{CORPORA[name]}_{side}")


def small(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[f"mot{i}" for i in range(values.shape[1])])


@pytest.mark.parametrize("name", CORPORA)
def test_eigenvalues_equal_factominer(name: str) -> None:
    theirs = factominer(name, "eig")
    ours = correspondence(table_of(name), axes=len(theirs)).inertia
    assert ours["axis"].tolist() == theirs["axis"].tolist()
    np.testing.assert_allclose(ours["eigenvalue"], theirs["eigenvalue"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(ours["percent"], theirs["percent"], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", CORPORA)
def test_parts_and_units_equal_factominer_up_to_the_sign_of_an_axis(name: str) -> None:
    found = correspondence(table_of(name))
    parts, units = factominer(name, "cols"), factominer(name, "rows")
    rows = found.rows.set_index("doc").loc[parts["name"]]
    columns = found.columns.set_index("type").loc[units["name"]]
    for axis in range(1, 6):
        sign = np.sign(rows[f"coord_{axis}"].to_numpy() @ parts[f"coord{axis}"].to_numpy())
        for ours, theirs in ((rows, parts), (columns, units)):
            pairs = {f"coord_{axis}": sign * theirs[f"coord{axis}"]}
            pairs |= {
                f"{x}_{axis}": theirs[y]
                for x, y in (("contrib", f"contrib{axis}"), ("cos2", f"cos2_{axis}"))
            }
            for column, values in pairs.items():
                np.testing.assert_allclose(ours[column], values, rtol=0, atol=1e-9, err_msg=column)


@pytest.mark.parametrize("name", CORPORA)
def test_the_largest_row_coordinate_of_every_axis_is_positive(name: str) -> None:
    rows = correspondence(table_of(name)).rows.filter(regex="^coord")
    largest = rows.abs().idxmax()
    assert all(rows.loc[at, axis] > 0 for axis, at in largest.items())


@pytest.mark.parametrize("name", CORPORA)
def test_lanczos_finds_the_axes_of_the_whole_decomposition(name: str) -> None:
    counts = as_sparse(table_of(name))
    for ours, whole in zip(
        principal_axes(counts, 4, full=0), principal_axes(counts, 4), strict=True
    ):
        np.testing.assert_allclose(ours, whole, rtol=0, atol=1e-9)


@pytest.mark.slow
def test_lanczos_finds_the_axes_of_a_large_sparse_table() -> None:
    drawn = random_array((700, 500), density=0.02, rng=np.random.default_rng(1), format="csr")
    counts = csr_array((9 * drawn).ceil())
    for ours, whole in zip(
        principal_axes(counts, 5, full=0), principal_axes(counts, 5, full=1e12), strict=True
    ):
        np.testing.assert_allclose(ours, whole, rtol=0, atol=1e-9)


@given(some_counts)
@steady
def test_the_axes_divide_the_chi_square_of_the_table(values: np.ndarray) -> None:
    kept = values[values.sum(axis=1) > 0][:, values.sum(axis=0) > 0]
    if min(kept.shape) < 3:
        with pytest.raises(TooLittleText):
            correspondence(small(values))
        return
    found = correspondence(small(values), axes=9)
    expected = chi2_contingency(kept, correction=False).statistic
    assert chi_square(as_sparse(small(values))) == pytest.approx(expected, abs=1e-9)
    assert found.inertia["eigenvalue"].sum() * values.sum() == pytest.approx(expected, abs=1e-9)
    for side in (found.rows, found.columns):
        drawn = side.filter(regex="^contrib").dropna(axis=1, how="all")
        np.testing.assert_allclose(drawn.sum(), 100)
        shares = side.filter(regex="^cos2").sum(axis=1)
        assert ((shares - 1).abs().lt(1e-6) | (shares == 0)).all()


def test_rows_without_an_occurrence_are_nowhere() -> None:
    table = small(np.array([[4, 1, 0, 0], [0, 0, 0, 0], [1, 3, 2, 0], [0, 1, 5, 0]]))
    found = correspondence(table)
    assert found.rows.loc[1].filter(regex="_").isna().all()
    assert found.columns.loc[3].filter(regex="_").isna().all()
    assert found.rows.drop(index=1).filter(regex="^coord").notna().all(axis=None)
    without = correspondence(table.drop(index=1, columns="mot3"))
    columns = ["coord_1", "contrib_1", "cos2_2"]
    np.testing.assert_allclose(found.rows.drop(index=1)[columns], without.rows[columns], atol=1e-12)


def test_equal_profiles_have_no_axes_and_no_percentages() -> None:
    table = small(np.outer([1, 2, 3], [4, 5, 6]))
    found = correspondence(table)
    assert found.inertia["percent"].isna().all()
    assert found.rows.filter(regex="^coord|^contrib|^cos2").isna().all(axis=None)
    assert found.rows["coord_2"].dtype == "float64"


@pytest.mark.parametrize("shape", [(1, 9), (2, 9), (9, 1), (9, 2), (0, 0)])
def test_fewer_than_three_parts_or_units_are_too_little(shape: tuple[int, int]) -> None:
    with pytest.raises(TooLittleText, match="3 parts and 3 units"):
        correspondence(small(np.ones(shape, int)))


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_what_is_no_count_is_named(wrong: float) -> None:
    table = small(np.array([[4, 1, 0], [1, 3, 2], [0, 1, wrong]]))
    with pytest.raises(ValueError, match="is no count"):
        correspondence(table)
    with pytest.raises(ValueError, match="axes is 0"):
        correspondence(small(np.eye(3)), axes=0)


def test_a_supplementary_part_lies_where_it_lay_without_making_the_axes() -> None:
    table = table_of("synth8")
    alone = correspondence(table)
    found = correspondence(table, supplementary=table.iloc[[2, 5]].iloc[:, ::-1])
    coordinates = [f"coord_{axis}" for axis in range(1, 6)]
    assert found.rows["supplementary"].tolist() == [False] * 8 + [True] * 2
    pd.testing.assert_frame_equal(found.rows[:8], alone.rows)
    again, before = (
        found.rows[8:].reset_index(drop=True),
        alone.rows.loc[[2, 5]].reset_index(drop=True),
    )
    np.testing.assert_allclose(again[coordinates], before[coordinates], atol=1e-12)
    np.testing.assert_allclose(again["cos2_1"], before["cos2_1"], atol=1e-12)
    assert again["contrib_1"].isna().all()
    assert again["doc"].tolist() == ["d3", "d6"]


def test_a_supplementary_unit_lies_where_it_lay_without_making_the_axes() -> None:
    table = table_of("synth8")
    alone = correspondence(table)
    extra = table.iloc[:, [7, 30]].rename(columns=str.upper)
    found = correspondence(table, supplementary=extra)
    np.testing.assert_allclose(
        found.columns[-2:].filter(regex="^coord"),
        alone.columns.loc[[7, 30]].filter(regex="^coord"),
        atol=1e-12,
    )
    assert found.columns["type"].tolist()[-2:] == list(extra.columns)
    moved = correspondence(table, supplementary=extra.iloc[::-1])
    pd.testing.assert_frame_equal(moved.columns, found.columns)
    # A lemma that is spelled like a type is another unit.
    lemmas = table.iloc[:, [7, 30]].rename_axis(columns="lemma")
    as_lemmas = correspondence(table, supplementary=lemmas)
    assert len(as_lemmas.rows) == len(alone.rows)
    np.testing.assert_allclose(as_lemmas.columns["coord_1"], found.columns["coord_1"], atol=1e-12)
    with pytest.raises(ValueError, match="neither the units nor the parts"):
        correspondence(table, supplementary=extra.set_axis(range(90, 90 + len(extra))))


def test_sparse_columns_give_the_same_result_as_dense_ones() -> None:
    table = table_of("seed")
    sparse = table.astype(pd.SparseDtype("int64", 0))
    for ours, dense in zip(correspondence(sparse), correspondence(table), strict=True):
        pd.testing.assert_frame_equal(ours, dense)


def test_the_seed_is_no_further_from_independence_than_chance() -> None:
    found = against_chance("seed", shuffles=60)
    test = found.test.iloc[0]
    assert test[["n", "df"]].tolist() == [223, 230]
    assert test["chi2"] == pytest.approx(202.218, abs=1e-3)
    assert test["p"] == pytest.approx(0.9066, abs=1e-4)
    assert test["shuffled"] == "words"
    assert test["p_shuffled"] > 0.5
    assert (found.eigenvalues["p_shuffled"] > 0.1).all()
    assert (found.eigenvalues["low"] <= found.eigenvalues["high"]).all()


def test_planted_topics_are_further_from_independence_than_chance() -> None:
    found = against_chance("synth8", shuffles=20, axes=3)
    assert found.test["p_shuffled"].item() == pytest.approx(1 / 21)
    assert (found.eigenvalues["eigenvalue"] > found.eigenvalues["high"]).all()
    statistic, p, df, _ = chi2_contingency(table_of("synth8"))
    assert found.test[["chi2", "p", "df"]].iloc[0].tolist() == pytest.approx([statistic, p, df])


def test_shuffling_keeps_the_sums_and_follows_its_seed() -> None:
    counts = as_sparse(table_of("seed"))
    first, again, other = (shuffled(counts, np.random.default_rng(seed)) for seed in (3, 3, 4))
    for axis in (0, 1):
        assert (first.sum(axis=axis) == counts.sum(axis=axis)).all()
    assert abs(first - again).sum() == 0
    assert abs(first - other).sum() > 0
    for ours, same in zip(
        against_chance("seed", shuffles=5), against_chance("seed", shuffles=5), strict=True
    ):
        pd.testing.assert_frame_equal(ours, same)


def heterogeneous(n: int, seed: int = 5) -> list[list[str]]:
    """Texts of which each repeats a word of its own choice: any two groups differ in words."""
    rng = np.random.default_rng(seed)
    own = [[f"propre{rng.integers(20)}"] * int(rng.integers(5, 30)) for _ in range(n)]
    return [[*burst, *(f"commun{i}" for i in rng.integers(0, 30, 40))] for burst in own]


def grouped(texts: list[list[str]], group: Sequence[object]) -> pd.DataFrame:
    """A token table of the texts, with the group of each."""
    tokens = tokens_of(texts)
    return tokens.assign(groupe=np.asarray(group)[tokens["doc"].cat.codes])


@pytest.mark.slow
def test_random_groupings_of_whole_texts_differ_no_more_than_chance() -> None:
    """p is uniform where whole texts are shuffled; shuffled words call every grouping different."""
    texts, rng = heterogeneous(24), np.random.default_rng(1)
    groups = [rng.permutation(np.repeat([0, 1, 2], 8)) for _ in range(200)]
    tables = [grouped(texts, group) for group in groups]
    found = [independence(table, "groupe", axes=1, shuffles=19) for table in tables]
    assert {each.test["shuffled"].item() for each in found} == {"texts"}
    within = rng.uniform(0, 1 / 20, 200)  # p goes in steps of a twentieth
    for side in (0, 1):
        p = np.array([each[side]["p_shuffled"].item() for each in found])
        assert kstest(p - within, "uniform").pvalue > 0.05
    for table in tables[:10]:
        words = independence(cut_up(table, "groupe"), "par", axes=1, shuffles=99).test
        assert words.iloc[0][["shuffled", "p_shuffled"]].tolist() == ["words", 1 / 100]


def test_a_difference_between_groups_of_whole_texts_is_found() -> None:
    """Each text says some words of its group's subject among those that it chose for itself."""
    subjects = np.repeat(["port", "école", "neige"], 8)
    texts = [[*text, *[word] * 15] for text, word in zip(heterogeneous(24), subjects, strict=True)]
    found = independence(grouped(texts, subjects), "groupe", axes=1)
    assert found.test.iloc[0][["shuffled", "p_shuffled"]].tolist() == ["texts", 1 / 101]
    assert (found.eigenvalues["eigenvalue"] > found.eigenvalues["high"]).all()


def test_whole_texts_are_shuffled_as_all_their_groupings() -> None:
    """Five texts fall into two and three in ten ways."""
    texts = [["a"] * i + ["b"] * j + ["c"] * k for i, j, k in zip(*PATTERN, strict=True)]
    tokens = grouped(texts, list("xxyyy"))
    found = independence(tokens, "groupe", shuffles=1000)
    test, axis = found.test.iloc[0], found.eigenvalues.iloc[0]
    ways = [
        chi2_contingency(
            [counts := PATTERN[:, list(two)].sum(axis=1), PATTERN.sum(axis=1) - counts]
        )
        for two in combinations(range(5), 2)
    ]
    every = np.array([way.statistic for way in ways])
    assert test["chi2"] == pytest.approx(every[0])
    assert test[["n", "df"]].tolist() == [PATTERN.sum(), 2]
    assert test["p"] == pytest.approx(ways[0].pvalue)
    assert test["p_shuffled"] == pytest.approx((every >= every[0] - 1e-9).mean(), abs=0.04)
    assert axis[["low", "high"]].tolist() == pytest.approx(
        [every.min() / PATTERN.sum(), every.max() / PATTERN.sum()]
    )


def test_words_in_no_part_and_texts_without_a_counted_word_are_left_out() -> None:
    texts = heterogeneous(6)
    tokens = grouped([*texts, ["hapax"], texts[0]], [*"aabbcc", "d", None])
    kept = grouped(texts, list("aabbcc"))
    for ours, same in zip(
        independence(tokens, "groupe", min_freq=2, shuffles=9),
        independence(kept, "groupe", min_freq=2, shuffles=9),
        strict=True,
    ):
        pd.testing.assert_frame_equal(ours, same)


@pytest.mark.parametrize(
    ("group", "has"),
    [("abcd", "0 such parts"), ("aaab", "1 such part"), ("aabc", "1 such part")],
)
def test_parts_of_whole_texts_are_not_tested_without_two_texts_in_two(group: str, has: str) -> None:
    tokens = grouped(heterogeneous(4), list(group))
    with pytest.raises(TooLittleText, match=rf"two parts with two texts each; .* {has}\."):
        independence(tokens, "groupe")
    # A text of which no word is counted is none.
    with pytest.raises(TooLittleText, match="two parts with two texts each"):
        independence(grouped([*heterogeneous(3), ["hapax"]], list("aabb")), "groupe", min_freq=2)


def test_independence_needs_two_parts_and_two_units_and_texts() -> None:
    for texts, group in ((heterogeneous(4), "aaaa"), ([["mot"]] * 4, "aabb"), ([], "")):
        with pytest.raises(TooLittleText, match="2 parts and 2 units"):
            independence(grouped(texts, list(group)), "groupe")
    with pytest.raises(ValueError, match="doc"):
        independence(grouped(heterogeneous(4), list("aabb")).drop(columns="doc"), "groupe")
    several = independence(grouped(heterogeneous(5), list("aabbc")), "groupe", shuffles=5)
    assert several.test["shuffled"].item() == "texts"


def test_clusters_find_parts_with_the_same_words() -> None:
    blocks = np.kron(np.eye(3, dtype=int), np.full((2, 4), 5)) + 1
    found = correspondence(small(blocks))
    assert clusters(found, 3)["class"].tolist() == [1, 1, 2, 2, 3, 3]
    assert clusters(found, 1)["class"].tolist() == [1] * 6
    with_one_more = correspondence(small(blocks), supplementary=small(blocks[:1]))
    assert clusters(with_one_more, 3)["class"].tolist() == [1, 1, 2, 2, 3, 3, 0]


def test_the_measures_are_registered_with_their_sources(seed) -> None:
    assert all(measures_of(verb) for verb in {"correspondence", "independence", "clusters"})
    text = methods(seed, correspondence, independence, clusters).plain
    assert "Benzécri 1973" in text
    assert "@article{ward1963" in text
