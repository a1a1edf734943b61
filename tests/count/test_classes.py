"""Tables of parts and units, segments, the agreement of classes, what is typical of them."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from scipy.stats import chi2_contingency

from helpers import plot
from helpers.count import (
    TooLittleText,
    agreement,
    class_table,
    contingency,
    correspondence,
    reinert,
    segments,
    stability,
    typical_segments,
    word_network,
)
from helpers.count.classes import adjusted_rand
from helpers.count.classification import profiles
from helpers.count.lexical_table import as_sparse
from helpers.read.tables import TOKENS, table
from helpers.show import gate
from helpers.show.figures import saved
from helpers.show.measures import measures_of
from tests.tables import reference, reference_tokens, tokens_of

steady = settings(derandomize=True, deadline=None)
# Texts of paragraphs of sentences of words and marks.
a_sentence = st.lists(st.sampled_from(["mot", "port", "l'", ",", "«", "»", "(", "7"]), max_size=25)
some_texts = st.lists(st.lists(st.lists(a_sentence, max_size=4), max_size=3), max_size=3)
labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=25)


def tokens_of_texts(texts: list) -> pd.DataFrame:
    """A token table of texts of paragraphs of sentences."""
    places = [
        (doc, par, sent, word)
        for doc, text in enumerate(texts)
        for par, paragraph in enumerate(text)
        for sent, sentence in enumerate(paragraph)
        for word in [*sentence, "."]
    ]
    tokens = tokens_of([[word for *_, word in places]])
    names = [f"d{doc}" for doc, *_ in places]
    return tokens.assign(
        doc=pd.Categorical(names),
        par=[par + 1 for _, par, *_ in places],
        sent=[10 * par + sent for _, par, sent, _ in places],
    )


def worlds(n: int = 40) -> pd.DataFrame:
    """Texts about two worlds that share no word but the functional ones, in turn."""
    sea, rail = "port mer vent quai navire phare".split(), "train gare voie quai wagon rail".split()
    rng = np.random.default_rng(2)
    return tokens_of([["le", "de", *rng.choice(sea if i % 2 else rail, 8)] for i in range(n)])


# Tables of counts.


def test_the_table_equals_quanteda() -> None:
    theirs = reference("table_seed").set_index("feature").T
    ours = contingency(reference_tokens("seed"), "doc")
    assert ours.index.tolist() == [f"p{i}" for i in range(1, 7)]
    assert sorted(theirs) == ours.columns.tolist()
    assert (ours.to_numpy() == theirs[ours.columns].to_numpy(int)).all()


def test_parts_come_in_order_of_first_appearance_and_units_in_that_of_the_alphabet() -> None:
    tokens = tokens_of([["zèle", "été"], ["mot"], ["7", "!"], ["été", "mot", "mot"]])
    tokens["mois"] = ["mars", "mars", "avril", "mai", "mai", "mars", "mars", "mars"]
    ours = contingency(tokens, "mois")
    assert ours.index.tolist() == ["mars", "avril", "mai"]
    assert (ours.index.name, ours.columns.name) == ("mois", "type")
    assert ours.columns.tolist() == ["mot", "zèle", "été"]
    assert ours.to_numpy().tolist() == [[2, 1, 2], [1, 0, 0], [0, 0, 0]]
    both = contingency(tokens, ["doc", "mois"], min_freq=3)
    assert both.index.tolist() == [("d1", "mars"), ("d2", "avril"), ("d3", "mai"), ("d4", "mars")]
    assert both.index.names == ["doc", "mois"]
    assert both.columns.tolist() == ["mot"]


def test_units_and_parts_that_do_not_occur_are_left_out_of_the_table() -> None:
    tokens = tokens_of([["mot", "port"], ["mer"]])
    ours = contingency(tokens[tokens["doc"] == "d1"], "doc")
    assert ours.columns.tolist() == ["mot", "port"]
    assert ours.index.tolist() == ["d1"]
    dated = tokens.assign(year=["2023", None, "2024"])
    assert contingency(dated, "year").to_numpy().sum() == 2


def test_a_large_table_is_sparse_and_holds_the_same_numbers(
    tokens: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    dense = contingency(tokens, ["doc", "par"], min_freq=2)
    assert (dense.dtypes == "int64").all()
    monkeypatch.setattr(sys.modules["helpers.count.lexical_table"], "DENSE", 0)
    sparse = contingency(tokens, ["doc", "par"], min_freq=2)
    assert all(isinstance(kind, pd.SparseDtype) for kind in sparse.dtypes)
    pd.testing.assert_frame_equal(sparse.sparse.to_dense(), dense)
    for ours, same in zip(reinert(sparse, k=3), reinert(dense, k=3), strict=True):
        pd.testing.assert_frame_equal(ours, same)


def test_no_text_gives_an_empty_table() -> None:
    for by in ("doc", ["doc", "par"]):
        ours = contingency(table([], TOKENS), by)
        assert ours.shape == (0, 0)
        assert list(ours.index.names) == ([by] if by == "doc" else by)
    with pytest.raises(ValueError, match="no column 'mois'"):
        contingency(tokens_of([["mot"]]), "mois")
    with pytest.raises(ValueError, match="annotate=True"):
        contingency(tokens_of([["mot"]]).assign(lemma=pd.Categorical([None])), "doc", unit="lemma")


# Segments.


@given(some_texts, st.integers(1, 12))
@steady
def test_every_word_is_in_one_segment_of_its_paragraph(texts: list, size: int) -> None:
    tokens = tokens_of_texts(texts)
    ours = segments(tokens, size=size)
    pd.testing.assert_frame_equal(ours.drop(columns="seg"), tokens)
    for _, text in ours.groupby("doc", observed=True):
        steps = text["seg"].diff()
        assert text["seg"].iloc[0] == 1
        assert steps.iloc[1:].isin([0, 1]).all()
        assert (steps[text["par"].diff() != 0].iloc[1:] == 1).all()
    here = ours[ours["kind"] == "word"]
    for _, paragraph in here.groupby(["doc", "par"], observed=True):
        lengths = paragraph.groupby("seg").size()
        assert len(lengths) == max(1, round(len(paragraph) / size))
        if len(lengths) > 1:
            assert size / 3 - 1 <= lengths.min()
        assert lengths.max() <= size * 5 / 3 + 1


def test_a_cut_moves_to_the_end_of_a_sentence_rather_than_to_a_comma() -> None:
    def cut(*sentences: str) -> list[int]:
        ours = segments(tokens_of_texts([[[s.split() for s in sentences]]]), size=8)
        return ours[ours["kind"] == "word"].groupby("seg").size().tolist()

    assert cut("a " * 16) == [8, 8]
    assert cut("a " * 6 + ", " + "a " * 10) == [6, 10]
    assert cut("a " * 5 + ", " + "a " * 11) == [8, 8]
    assert cut("a " * 7 + ", a a a", "a " * 6) == [10, 6]
    assert cut("a " * 7 + ", a a a a a", "a " * 4) == [7, 9]
    assert cut("a " * 7 + ", a a , " + "a " * 7) == [7, 9]


def test_a_mark_goes_with_the_word_before_it_and_an_opening_one_with_the_word_after() -> None:
    words = "a b c d , « e f g h » ( i j k l ) ".split()
    ours = segments(tokens_of_texts([[[words]]]), size=4)
    found = ours.assign(form=ours["type"].astype(str)).groupby("seg")["form"].agg(" ".join)
    assert found.tolist() == ["a b c d ,", "« e f g h »", "( i j k l ) ."]


def test_a_text_without_paragraphs_or_sentences_is_cut_all_the_same() -> None:
    tokens = tokens_of([["mot"] * 90, ["mot", "7", "."], ["."]])
    ours = segments(tokens)
    assert ours.groupby("doc", observed=True)["seg"].max().tolist() == [2, 1, 1]
    assert segments(tokens.iloc[:0])["seg"].dtype == "int64"
    with pytest.raises(ValueError, match="size is 0"):
        segments(tokens, size=0)


def test_poor_segments_absorb_those_that_follow_in_their_text() -> None:
    texts = [["a", "a"], ["a", "b"], ["b", "c", "d"], ["e"], ["f", "g"]]
    tokens = pd.concat(
        [tokens_of([words]).assign(doc="10", par=i) for i, words in enumerate(texts, 1)]
    )
    two = pd.concat([tokens, tokens.assign(doc="9")], ignore_index=True)  # 9 is before 10 else
    assert segments(two)["seg"].tolist() == two["par"].tolist()
    for least, expected in (
        (1, [1, 2, 3, 4, 5]),
        (2, [1, 1, 2, 3, 3]),
        (3, [1, 1, 1, 2, 2]),
        (9, [1] * 5),
    ):
        ours = segments(two, min_units=least)
        assert ours.groupby(["doc", "par"])["seg"].first().tolist() == expected * 2
    frequent = segments(two, min_units=2, min_freq=6)
    assert frequent.groupby(["doc", "par"])["seg"].first().tolist() == [1] * 10
    marked = two.assign(is_function=two["type"].isin(["b", "f"]))
    content = segments(marked, min_units=2, only="content")
    assert content.groupby(["doc", "par"])["seg"].first().tolist() == [1, 1, 1, 2, 2] * 2
    assert content["kind"].eq("word").all()
    with pytest.raises(
        ValueError, match="only is 'nouns'; it may be 'words', 'content' or 'common'"
    ):
        segments(two, only="nouns")


@given(some_texts, st.integers(1, 6))
@steady
def test_merged_segments_have_enough_units_but_for_the_last_of_a_text(
    texts: list, least: int
) -> None:
    cut = segments(tokens_of_texts(texts), size=3)
    ours = segments(tokens_of_texts(texts), size=3, min_units=least)
    here = ours.assign(word=ours["type"].astype(str).where(ours["kind"] == "word"))
    for _, text in here.groupby("doc", observed=True):
        units = text.groupby("seg")["word"].nunique()
        assert units.index.tolist() == list(range(1, len(units) + 1))
        assert (units.iloc[:-1] >= least).all()
    assert (ours["seg"] <= cut["seg"]).all()


# Agreement.


@given(labels)
@steady
def test_the_index_counts_pairs(pairs: list[tuple[int, int]]) -> None:
    a, b = [x for x, _ in pairs], [y for _, y in pairs]
    both = list(combinations(pairs, 2))
    together = sum(x == y for x, y in both)
    in_a, in_b = (sum(x[i] == y[i] for x, y in both) for i in (0, 1))
    if in_a == in_b and in_a in (0, len(both)):
        assert np.isnan(adjusted_rand(a, b))
        return
    expected = in_a * in_b / len(both)
    index = (together - expected) / ((in_a + in_b) / 2 - expected)
    assert adjusted_rand(a, b) == pytest.approx(index, abs=1e-12)
    assert adjusted_rand(b, a) == pytest.approx(index, abs=1e-12)
    assert adjusted_rand([f"classe {x}" for x in a], b) == pytest.approx(index, abs=1e-12)


def test_equal_classes_agree_entirely_and_random_ones_not_at_all() -> None:
    rng = np.random.default_rng(0)
    a = rng.integers(5, size=4000)
    assert adjusted_rand(a, 7 - a) == 1
    assert abs(adjusted_rand(a, rng.permutation(a))) < 0.01
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)
    with pytest.raises(ValueError, match="3 things have a class in one way and 2 in the other"):
        adjusted_rand([1, 1, 2], [1, 2])


def test_worlds_are_found_again_whatever_the_size_of_segments() -> None:
    found = stability(worlds(), sizes=(5, 10, 20), k=2)
    assert found[["size_a", "size_b"]].to_numpy().tolist() == [[5, 10], [5, 20], [10, 20]]
    assert (found[["classes_a", "classes_b"]] == 2).all(axis=None)
    assert (found["adjusted_rand"] > 0.9).all()
    same = tokens_of([["le", "port", "bleu"]] * 12)
    alike = stability(same, sizes=(3, 4))
    assert alike[["classes_a", "classes_b"]].iloc[0].tolist() == [1, 1]
    assert alike["adjusted_rand"].isna().all()
    with pytest.raises(TooLittleText):
        stability(table([], TOKENS))


# What is typical.


def test_a_profile_is_the_chi_square_of_presence() -> None:
    counts = contingency(worlds(), "doc")
    classes = pd.DataFrame({"class": [0, 1, 2, 3] * 10})
    ours = profiles(as_sparse(counts), {3: classes["class"].to_numpy()}, counts.columns)
    kept = classes["class"] > 0
    for row in ours[ours["n_total"] < kept.sum()].itertuples():
        inside = (classes["class"] == row[2])[kept].to_numpy()
        held = (counts[row.type] > 0)[kept.to_numpy()].to_numpy()
        expected = chi2_contingency(pd.crosstab(inside, held), correction=False).statistic
        over = held[inside].mean() >= held.mean()
        assert row.chi2 == pytest.approx(expected if over else -expected, abs=1e-9)
        assert (row.n_in, row.n_total) == ((inside & held).sum(), held.sum())
    always = ours[ours["n_total"] == kept.sum()]
    assert set(always["type"]) == {"de", "le"}
    assert always["chi2"].isna().all()
    assert ours.equals(ours.sort_values(["class", "chi2", "type"], ascending=[True, False, True]))


def test_typical_segments_hold_the_most_typical_units() -> None:
    tokens = worlds().assign(start=range(400), end=range(1, 401))
    found = reinert(contingency(tokens, "doc"), k=2)
    ours = typical_segments(found, tokens, n=3)
    assert ours["class"].tolist() == [1, 1, 1, 2, 2, 2]
    assert list(ours) == ["class", "doc", "score", "start", "end"]
    chi2 = found.profile.set_index(["class", "type"])["chi2"].fillna(0)
    classes = found.classes.set_index("doc")["class"]
    held = tokens.astype({"type": str, "doc": str}).groupby("doc")["type"].unique()
    scores = pd.Series(
        {doc: sum(chi2[classes[doc], word] for word in held[doc]) for doc in held.index}
    )
    for row in ours.itertuples():
        assert row.score == pytest.approx(scores[row.doc])
        assert tokens.loc[tokens["start"].between(row.start, row.end - 1), "doc"].unique() == [
            row.doc
        ]
    for number, rows in ours.groupby("class"):
        assert rows["score"].tolist() == sorted(scores[classes[classes == number].index])[:-4:-1]
    pd.testing.assert_frame_equal(typical_segments(found.classes, tokens, n=3), ours)


def test_typical_segments_of_another_number_of_classes_are_asked_for_by_k() -> None:
    tokens = worlds().assign(start=range(400), end=range(1, 401))
    found = reinert(contingency(tokens, "doc"), k=3)
    assert typical_segments(found, tokens, k=2)["class"].max() == 2
    assert typical_segments(found, tokens)["class"].max() == 3
    with pytest.raises(ValueError, match=r"k is 9; there are classes for k = \[2, 3\]"):
        typical_segments(found, tokens, k=9)
    with pytest.raises(ValueError, match="no column 'start'"):
        typical_segments(found, tokens.drop(columns="start"))


def test_classes_are_compared_with_what_is_known_of_their_texts() -> None:
    found = reinert(contingency(worlds(), "doc"), k=2).classes
    dated = found.assign(source=["rail", "mer"] * 20)
    ours = class_table(dated, "source")
    assert ours["source"].tolist() == ["rail", "rail", "mer", "mer"]
    assert ours["class"].tolist() == [1, 2, 1, 2]
    assert ours["chi2"].tolist() == [40, -40, -40, 40]
    assert ours["n_in"].tolist() == [20, 0, 0, 20]
    half = class_table(dated.assign(source=["rail", "mer"] * 5 + [None] * 30), "source")
    assert half["n_total"].tolist() == [5] * 4
    with pytest.raises(ValueError, match="no column 'mois'"):
        class_table(found, "mois")


def test_nothing_divided_has_no_typical_segments_and_no_table() -> None:
    tokens = tokens_of([["le", "port", "bleu"]] * 9).assign(start=0, end=1)
    found = reinert(contingency(tokens, "doc"))
    assert typical_segments(found, tokens).empty
    assert class_table(found.classes, "doc").empty
    assert found.profile.empty


def test_measures_are_registered() -> None:
    assert all(measures_of(verb) for verb in {"agreement", "stability", "class_table"})


# Figures.


def labels_of(axes: Axes) -> list:
    return [text for text in axes.texts if text.get_text() and text.get_fontsize() == 8]


def overlapping(axes: Axes) -> list[tuple[str, str]]:
    """Labels that lie on each other by more than a pixel."""
    axes.figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in labels_of(axes)]
    return [
        (a, b)
        for (a, x), (b, y) in combinations(boxes, 2)
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 1 and min(x.y1, y.y1) - max(x.y0, y.y0) > 1
    ]


def test_the_plane_shows_parts_and_units_with_labels_apart(tokens: pd.DataFrame) -> None:
    found = correspondence(contingency(tokens, "par", min_freq=2))
    axes = plot.correspondence(found, axes=(1, 3), top=12)
    words, parts = axes.lines[0].get_xydata(), axes.lines[2].get_xydata()
    np.testing.assert_allclose(words, found.columns[["coord_1", "coord_3"]], atol=1e-9)
    np.testing.assert_allclose(parts, found.rows[["coord_1", "coord_3"]], atol=1e-9)
    assert overlapping(axes) == []
    shown = ", ".join(text.get_text().replace("\n", " ") for text in labels_of(axes)).split(", ")
    assert {f"¶ {par}" for par in range(1, 7)} <= set(shown)
    assert len(shown) == 18
    percent = found.inertia.set_index("axis")["percent"]
    assert axes.get_ylabel() == f"axis 3 ({percent[3]:.1f}% of the inertia)"
    shown = f"Axes 1 and 3 show {percent[1] + percent[3]:.0f}% of the inertia"
    assert (axes.get_title() or axes.get_title("left")) == shown


def test_in_a_crowd_words_are_named_on_either_side_of_the_first_axis() -> None:
    rng = np.random.default_rng(4)
    sides = np.repeat([[1, 0], [0, 1]], 4, axis=0)
    counts = rng.poisson(1.5, (8, 500)) * np.repeat(sides, 250, axis=1) + rng.poisson(0.2, (8, 500))
    units = pd.Index([f"u{i}" for i in range(500)], name="type")
    found = correspondence(pd.DataFrame(counts, pd.Index(range(8), name="doc"), units))
    axes = plot.correspondence(found)
    drawn = ", ".join(text.get_text().replace("\n", " ") for text in labels_of(axes)).split(", ")
    named = found.columns[found.columns["type"].isin(drawn)]
    assert {3} == {*(named["coord_1"] > 0).value_counts()}
    over = (found.columns["coord_1"] > 0) == (named["coord_1"] > 0).iloc[0]
    percent = found.inertia["percent"]
    weight = found.columns[["contrib_1", "contrib_2"]] @ percent[:2].to_numpy()
    assert set(weight[over].nlargest(3).index) <= set(named.index)


def test_the_dendrogram_shows_the_divisions_and_the_classes() -> None:
    found = reinert(contingency(worlds(), "doc"), k=3)
    axes = plot.reinert(found)
    heights = [line.get_xdata()[1] for line in axes.lines[:2]]
    assert heights == pytest.approx(found.splits["chi2"].tolist()[::-1], abs=1e-9)
    written = [text.get_text() for text in axes.figure.axes[1].texts]
    sizes = found.classes[found.classes["k"] == 3].groupby("class").size()
    assert written[::2] == [f"{i}   {n} segments, {n / 40:.1%}" for i, n in sizes.items()]
    assert plot.reinert(found, k=2).figure.axes[1].texts[0].get_text() == "1   20 segments, 50.0%"


def test_the_tree_shows_every_edge_or_the_strongest_that_hang_together(
    tokens: pd.DataFrame,
) -> None:
    found = word_network(tokens, by="sent", min_freq=3, tree=True)
    axes = plot.word_network(found, top=15)
    shown = {text.get_text() for text in labels_of(axes)}
    assert len([line for line in axes.lines if len(line.get_xdata()) == 2]) == 15
    assert len(shown - {axes.texts[-1].get_text()}) >= 16
    assert overlapping(axes) == []
    everything = plot.word_network(found._replace(edges=found.edges.head(4)))
    assert len([line for line in everything.lines if len(line.get_xdata()) == 2]) == 4


@pytest.mark.slow
def test_figures_are_the_same_bytes_every_time(
    tokens: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIGURES", str(tmp_path))
    counts = contingency(tokens, ["doc", "par"], min_freq=2)
    ties = word_network(tokens, by="sent", min_freq=4, tree=True)
    for name in ("first", "again"):
        saved(plot.correspondence(correspondence(counts), top=6), f"plane-{name}", "x")
        saved(plot.word_network(ties), f"tree-{name}", "x")
        saved(plot.reinert(reinert(counts, k=3)), f"classes-{name}", "x")
    for figure in ("plane", "tree", "classes"):
        first, again = (tmp_path / f"{figure}-{name}.svg" for name in ("first", "again"))
        assert first.read_bytes() == again.read_bytes()


def test_hostile_words_are_drawn_as_they_are() -> None:
    words = ["$x$", "<b>", "a_b", "é" * 50]
    texts = [[words[i % 4], words[i // 4], words[i * i % 3]] for i in range(12)]
    tokens = tokens_of(texts).assign(kind="word")
    counts = contingency(tokens, "doc")
    figures = (
        plot.correspondence(correspondence(counts)),
        plot.reinert(reinert(counts, k=3)),
        plot.word_network(word_network(tokens, by="doc", tree=True)),
    )
    for axes in figures:
        axes.figure.draw_without_rendering()
        texts = [text.get_text() for each in axes.figure.axes for text in each.texts]
        assert any(r"\$x\$" in text for text in texts)


def test_too_little_text_is_said_in_the_figure() -> None:
    little = contingency(tokens_of([["mot"]]), "doc")
    for draw, verb in ((plot.correspondence, correspondence), (plot.reinert, reinert)):
        gated = gate(verb, little)
        assert "1 part and 1 unit" in draw(gated).texts[0].get_text()
    nothing = plot.word_network(word_network(tokens_of([]), by="doc"))
    assert "nothing is tied to anything else" in nothing.texts[0].get_text()
    assert plot.word_network(gate(correspondence, little)).texts
    alike = pd.DataFrame(np.ones((5, 5), int))
    assert "no such axes" in plot.correspondence(correspondence(alike)).texts[0].get_text()
    assert "nothing can be divided" in plot.reinert(reinert(alike)).texts[0].get_text()


def test_agreement_is_the_adjusted_rand_index_of_each_number_of_classes() -> None:
    classes = pd.DataFrame({"k": [2] * 4 + [3] * 4, "class": [1, 1, 2, 0, 1, 2, 3, 3]})
    classes["month"], classes["doc"] = list("aabb") * 2, list("abab") * 2
    found = agreement(classes, ["month", "doc"]).set_index("k")
    assert found["classified"].to_dict() == {2: 0.75, 3: 1.0}
    for k, here in classes.groupby("k"):
        for name in ("month", "doc"):
            assert found.loc[k, name] == adjusted_rand(here["class"], here[name])
    assert agreement(classes.head(0), "month").empty
    with pytest.raises(ValueError, match="year"):
        agreement(classes, "year")


def test_a_hundred_segments_are_enough_and_one_less_is_not() -> None:
    hundred = tokens_of([["mot", f"m{i % 7}", "port"] for i in range(100)])
    counts = contingency(hundred, "doc")
    assert len(reinert(counts, k=2, min_segments=100).splits) == 1
    with pytest.raises(
        TooLittleText, match="classification needs 100 segments; this corpus has 99 seg"
    ):
        reinert(counts.head(99), k=2, min_segments=100)
    assert len(word_network(hundred, by="doc", min_segments=100, tree=True).edges) == 8
    with pytest.raises(TooLittleText, match="A tree needs 100 parts; this corpus has 99 parts"):
        word_network(hundred.head(-3), by="doc", min_segments=100, tree=True)


def test_the_slip_of_rainette_moves_segments_from_five_classes_on() -> None:
    slipped, corrected = (
        reference(f"rainette_synthseg_df5_{name}_groups").fillna(0) for name in ("asis", "fixed")
    )
    index = [round(adjusted_rand(slipped[k], corrected[k]), 2) for k in ("k3", "k4", "k5", "k6")]
    assert index == [1, 1, 0.97, 0.97]
