"""Reinert's classification: rainette, IRaMuTeQ, moves one by one, planted topics, limits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.count import (
    TooLittleText,
    contingency,
    reinert,
    shuffled_splits,
)
from helpers.count import division as bipartition
from helpers.count.classes import adjusted_rand
from helpers.count.classification import profiles
from helpers.count.division import VARIANTS
from helpers.count.lexical_table import as_sparse
from helpers.show.measures import measures_of
from tests.tables import REFERENCE, reference, reference_tokens

RAINETTE = {"synthseg": (5, 6), "seedchunk10": (2, 5)}  # document frequency from, classes to
BOTH = ["best_move", "iramuteq"]


def table_of(name: str) -> pd.DataFrame:
    """The table that the reference implementations classified."""
    table = contingency(reference_tokens(name), "doc")
    return table.loc[:, (table > 0).sum() >= RAINETTE[name][0]]


def classes_at(classes: pd.DataFrame, k: int, column: str = "class") -> np.ndarray:
    return classes.loc[classes["k"] == k, column].to_numpy()


def same_partition(a: np.ndarray, b: np.ndarray) -> bool:
    """Are the classes the same under other names, 0 being 0 in both?"""
    pairs = set(zip(a, b, strict=True))
    return len(pairs) == len(set(a)) == len(set(b)) and ((a == 0) == (b == 0)).all()


def chi_square_of(table: np.ndarray, half: np.ndarray) -> float:
    """χ² of the 2 × units table of a division, cell by cell."""
    cells = np.stack([table[half].sum(axis=0), table[~half].sum(axis=0)]).astype(float)
    expected = cells.sum(axis=1, keepdims=True) * cells.sum(axis=0) / cells.sum()
    return float(((cells - expected) ** 2 / expected).sum())


@pytest.fixture(scope="module")
def synthseg() -> pd.DataFrame:
    return table_of("synthseg")


# Against rainette and IRaMuTeQ.


@pytest.mark.parametrize("name", RAINETTE)
def test_best_move_equals_rainette_with_its_index_corrected(name: str) -> None:
    at_least, k = RAINETTE[name]
    groups = reference(f"rainette_{name}_df{at_least}_fixed_groups")
    divisions = reference(f"rainette_{name}_df{at_least}_fixed_splits")
    found = reinert(table_of(name), k=k)
    assert found.classes["doc"].tolist() == groups["segment"].tolist() * (k - 1)
    for classes in range(2, k + 1):
        theirs = groups[f"k{classes}"].fillna(0).to_numpy(int)
        assert same_partition(classes_at(found.classes, classes), theirs), classes
    assert found.splits["k"].tolist() == divisions["k"].tolist()
    np.testing.assert_allclose(found.splits["chi2"], divisions["split_chi2"], rtol=0, atol=1e-6)


@pytest.mark.parametrize("divisions", [5, 9])
def test_iramuteq_equals_iramuteq_at_every_step_and_in_the_end(
    synthseg: pd.DataFrame, divisions: int
) -> None:
    theirs = reference(f"iramuteq_synthseg_df5_nbt{divisions}_classes")
    found = reinert(synthseg, k=divisions + 1, variant="iramuteq").classes
    assert found["doc"].tolist() == theirs["segment"].tolist() * divisions
    for step in range(1, divisions + 1):
        ours = classes_at(found, step + 1)
        assert same_partition(ours, theirs[f"step{step}"].to_numpy()), step
    assert same_partition(classes_at(found, divisions + 1, "final"), theirs["final"].to_numpy())


def test_small_classes_become_their_mother_only_if_none_of_hers_is_left(
    synthseg: pd.DataFrame,
) -> None:
    found = reinert(synthseg, k=6, variant="iramuteq").classes
    last = found[found["k"] == 6]
    sizes = last.groupby("class").size()
    assert sizes[sizes < 400 / 6].tolist() == [20, 62, 43]
    for small, kept in ((20, 0), (62, 105), (43, 105)):
        final = last.loc[last["class"] == sizes[sizes == small].index[0], "final"].unique()
        assert len(final) == 1
        assert (last["final"] == final[0]).sum() == (105 if kept else 20)
        assert bool(final[0]) == bool(kept)


def test_the_profile_of_presence_equals_rainette(synthseg: pd.DataFrame) -> None:
    theirs = reference("rainette_synthseg_df5_fixed_stats_k4")
    groups = reference("rainette_synthseg_df5_fixed_groups")["k4"].to_numpy(int)
    both = profiles(as_sparse(synthseg), {4: groups}, synthseg.columns).merge(
        theirs, left_on=["class", "type"], right_on=["cluster", "feature"], suffixes=("", "_r")
    )
    assert len(both) == len(theirs) == 4 * 641
    assert (both["n_in"] == both["n_in_r"]).all()
    assert (both["n_total"] == both["n_total_r"]).all()
    np.testing.assert_allclose(both["chi2"], both["chi2_presence"], rtol=0, atol=1e-9)
    more = both["n_target"] / both.groupby("class")["n_target"].transform("sum")
    less = both["n_reference"] / both.groupby("class")["n_reference"].transform("sum")
    assert ((both["g2"] > 0) == (more > less)).all()


def test_the_profile_of_the_final_classes_equals_iramuteq(synthseg: pd.DataFrame) -> None:
    theirs = reference("iramuteq_synthseg_df5_nbt5_profile").set_index("feature")
    final = reference("iramuteq_synthseg_df5_nbt5_classes")["final"]
    ours = profiles(as_sparse(synthseg), {6: final.to_numpy()}, synthseg.columns)
    assert sorted(ours["class"].unique()) == [1, 2, 3, 4]
    for number, rows in ours.groupby("class"):
        expected = theirs.loc[rows["type"]]
        np.testing.assert_allclose(rows["chi2"], expected[f"chi2_cl{number}"], rtol=0, atol=5.01e-4)
        assert rows["n_in"].tolist() == expected[f"eff_cl{number}"].tolist()


# What a division is.


def random_tables(number: int) -> list[np.ndarray]:
    rng = np.random.default_rng(20)
    tables = []
    while len(tables) < number:
        shape = rng.integers(3, 13), rng.integers(3, 10)
        table = (rng.random(shape) < rng.uniform(0.2, 0.8)).astype(int)
        kept = table[table.any(axis=1)][:, table.any(axis=0)]
        if min(kept.shape) >= 3:
            tables.append(kept)
    return tables


@pytest.mark.slow
@pytest.mark.parametrize("variant", BOTH)
def test_chi_square_is_that_of_the_partition_and_no_move_makes_it_larger(variant: str) -> None:
    divided = 0
    for table in random_tables(300):
        found = reinert(pd.DataFrame(table), k=2, min_split=3, variant=variant)
        if found.splits.empty:
            assert len(np.unique(table, axis=0)) == 1
            continue
        divided += 1
        half = classes_at(found.classes, 2) == 1
        chi2 = found.splits["chi2"].item()
        assert chi2 == pytest.approx(chi_square_of(table, half), rel=1e-9)
        assert found.splits[["size_left", "size_right"]].iloc[0].tolist() == [
            half.sum(),
            (~half).sum(),
        ]
        if variant == "iramuteq" and min(half.sum(), (~half).sum()) < 5:
            continue
        for segment in range(len(table)):
            moved = half.copy()
            moved[segment] = not moved[segment]
            if 0 < moved.sum() < len(moved):
                assert chi_square_of(table, moved) <= chi2 * (1 + 1e-9)
    assert divided > 280


def test_the_cut_is_the_best_in_the_order_of_the_first_axis() -> None:
    for table in random_tables(60):
        places, order, cut = bipartition._cut(as_sparse(pd.DataFrame(table)))
        assert (np.diff(places[order]) >= 0).all()
        halves = [np.isin(np.arange(len(table)), order[:i]) for i in range(1, len(table))]
        every = [chi_square_of(table, half) for half in halves]
        assert every[cut - 1] == pytest.approx(max(every), rel=1e-9)


@pytest.mark.parametrize("spare", [bipartition.SPARE, 0.0])
def test_sweeps_are_those_of_moving_segments_one_by_one(
    monkeypatch: pytest.MonkeyPatch, spare: float
) -> None:
    monkeypatch.setattr(bipartition, "SPARE", spare)
    for table in [np.tile(table, (3, 1)) for table in random_tables(80)]:
        sparse = as_sparse(pd.DataFrame(table))
        places, order, cut = bipartition._cut(sparse)
        half = places <= places[order[cut - 1]]
        moving = True
        while moving and min(half.sum(), (~half).sum()) >= 5:
            moving = False
            for segment in range(len(table)):
                moved = half.copy()
                moved[segment] = not moved[segment]
                if chi_square_of(table, moved) > chi_square_of(table, half) * (1 + 1e-10):
                    half, moving = moved, True
        found = VARIANTS["iramuteq"].divide(sparse).half
        assert (found == half).all() or (found == ~half).all()


def test_a_unit_that_one_half_lacks_leaves_it_and_one_that_a_half_always_has_stays() -> None:
    half = np.repeat([True, False], [20, 20])
    lacking = np.concatenate([np.zeros(20), np.tile([1, 0], 10)])
    everywhere = np.concatenate([np.tile([1, 1, 1, 0], 5), np.ones(20)])
    even, uneven = (
        np.tile([1, 0], 20),
        np.concatenate([np.tile([1, 0, 0, 0], 5), np.tile([1, 1, 1, 0], 5)]),
    )
    table = as_sparse(pd.DataFrame(np.stack([lacking, everywhere, even, uneven], axis=1)))
    first, second = VARIANTS["iramuteq"].units(table, half)
    assert first.tolist() == [False, True, True, False]
    assert second.all()


def test_a_unit_goes_on_where_it_is_more_frequent_and_occurs_three_times() -> None:
    half = np.repeat([True, False], [6, 6])
    columns = [
        [1] * 6 + [0] * 6,
        [1, 0] * 6,
        [1] * 2 + [0] * 10,
        [0] * 6 + [1] * 6,
        [1] * 5 + [0] * 5 + [1] * 2,
    ]
    table = as_sparse(pd.DataFrame(np.array(columns).T))
    first, second = VARIANTS["best_move"].units(table, half)
    assert first.tolist() == [True, True, False, False, True]
    assert second.tolist() == [False, True, False, True, False]


# The tree.


@pytest.mark.parametrize("variant", BOTH)
def test_classes_are_nested_and_divide_the_largest(synthseg: pd.DataFrame, variant: str) -> None:
    found = reinert(synthseg, k=8, variant=variant)
    assert found.classes.groupby("k").size().tolist() == [400] * 7
    before = np.ones(400, int)
    for division in found.splits.itertuples():
        after = classes_at(found.classes, division.k)
        parent = division.size_left + division.size_right
        at = found.splits.loc[division.Index, "class"]
        assert np.bincount(before)[1:].argmax() == at - 1
        assert (before[np.isin(after, [at, at + 1])] == at).all()
        assert np.bincount(after, minlength=9)[[at, at + 1]].tolist() == [
            division.size_left,
            division.size_right,
        ]
        assert parent <= (before == at).sum()
        kept = after > 0
        assert (np.where(after > at, after - 1, after)[kept] == before[kept]).all()
        before = after


def test_the_planted_topics_are_found(synthseg: pd.DataFrame) -> None:
    topics = pd.read_csv(REFERENCE / "tokens" / "synthseg_topic.tsv", sep="\t")["topic"]
    for variant in BOTH:
        classes = reinert(synthseg, k=4, variant=variant).classes
        assert adjusted_rand(classes_at(classes, 4), topics) > 0.98


def test_planted_divisions_are_stronger_than_those_of_shuffled_words(
    synthseg: pd.DataFrame,
) -> None:
    found = shuffled_splits(synthseg, k=5, shuffles=3)
    assert found["k"].tolist() == [2, 3, 4, 5]
    assert (found["chi2"] > 2 * found["high"])[:3].all()
    assert (found["low"] <= found["median"]).all()
    assert (found["median"] <= found["high"]).all()
    np.testing.assert_allclose(found["chi2"], reinert(synthseg, k=5).splits["chi2"])
    pd.testing.assert_frame_equal(found, shuffled_splits(synthseg, k=5, shuffles=3))


def test_a_segment_without_a_unit_that_describes_its_class_is_unclassified_not_lost() -> None:
    table = pd.DataFrame(np.kron(np.eye(2, dtype=int), np.ones((6, 5), int)))
    table.loc[12] = 0
    table.loc[3, 7] = 1
    found = reinert(table, k=2).classes
    assert found["class"].tolist() == [1] * 6 + [2] * 6 + [0]


@pytest.mark.parametrize("variant", BOTH)
def test_the_result_depends_on_nothing_but_the_table(synthseg: pd.DataFrame, variant: str) -> None:
    found = reinert(synthseg, k=4, variant=variant)
    sparse = synthseg.astype(pd.SparseDtype("int64", 0))
    presence = (synthseg > 0).astype(int)
    for again in (reinert(synthseg, k=4, variant=variant), reinert(sparse, k=4, variant=variant)):
        for ours, same in zip(again, found, strict=True):
            pd.testing.assert_frame_equal(ours, same)
    of_presence = reinert(presence, k=4, variant=variant)
    pd.testing.assert_frame_equal(of_presence.classes, found.classes)
    pd.testing.assert_frame_equal(of_presence.splits, found.splits)


def test_lanczos_and_the_whole_decomposition_give_the_same_classes(
    synthseg: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bipartition, "LANCZOS", 0)
    sparse = reinert(synthseg, k=3).classes
    monkeypatch.setattr(bipartition, "LANCZOS", 1e12)
    pd.testing.assert_frame_equal(reinert(synthseg, k=3).classes, sparse)


def test_best_moves_do_not_depend_on_the_order_of_segments_and_units(
    synthseg: pd.DataFrame,
) -> None:
    rng = np.random.default_rng(5)
    order = rng.permutation(400)
    mixed = synthseg.iloc[order, rng.permutation(641)]
    found, other = reinert(synthseg, k=4).classes, reinert(mixed, k=4).classes
    assert same_partition(classes_at(found, 4)[order], classes_at(other, 4))


def test_the_first_class_holds_the_first_segment(synthseg: pd.DataFrame) -> None:
    for variant in BOTH:
        classes = reinert(synthseg.iloc[::-1], k=3, variant=variant).classes
        assert classes_at(classes, 2)[0] == classes_at(classes, 3)[0] == 1


# Limits.


@pytest.mark.parametrize("shape", [(1, 9), (2, 9), (9, 1), (9, 2), (0, 0)])
def test_fewer_than_three_segments_or_units_are_too_little(shape: tuple[int, int]) -> None:
    for verb in (reinert, shuffled_splits):
        with pytest.raises(TooLittleText, match="3 parts and 3 units"):
            verb(pd.DataFrame(np.ones(shape, int)))


@pytest.mark.parametrize("variant", BOTH)
def test_equal_segments_are_not_divided(variant: str) -> None:
    found = reinert(pd.DataFrame(np.ones((20, 5), int)), variant=variant)
    assert found.splits.empty
    assert found.classes.empty
    assert found.profile.empty
    assert found.splits.dtypes.astype(str).to_dict() == {
        "k": "int64",
        "chi2": "float64",
        "size_left": "int64",
        "size_right": "int64",
        "class": "int64",
    }
    assert list(found.profile) == ["k", "class", "unit", "chi2", "g2", "n_in", "n_total"]
    assert list(found.classes)[:3] == ["part", "k", "class"]


def test_classes_below_the_smallest_are_not_divided() -> None:
    table = pd.DataFrame(np.kron(np.eye(3, dtype=int), np.ones((4, 3), int)))
    assert reinert(table, k=9, min_split=13).splits.empty
    assert len(reinert(table, k=9, min_split=12).splits) == 1
    assert len(reinert(table, k=9, min_split=5).splits) == 2


def test_wrong_options_are_named() -> None:
    table = pd.DataFrame(np.eye(5))
    with pytest.raises(ValueError, match="k is 1"):
        reinert(table, k=1)
    with pytest.raises(ValueError, match="variant is 'alceste'"):
        reinert(table, variant="alceste")
    with pytest.raises(ValueError, match=r"-2\.0 is no count"):
        reinert(table - 2 * np.eye(5)[::-1])


def test_the_measure_is_registered_with_its_sources() -> None:
    sources = {measure.name: measure.sources for measure in measures_of("reinert")}
    assert sources == {
        "Class profile": ("reinert1990",),
        "Reinert's classification": ("reinert1983", "reinert1990", "ratinaud2012"),
    }
