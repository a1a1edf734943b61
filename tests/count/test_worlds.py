"""Classes that do not hang on the cut: found where worlds were planted, and not where none were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import count, open_corpus
from helpers.count.classes import adjusted_rand
from helpers.count.verbs import texts_of
from helpers.show import gate
from tests.tables import dated_tokens

SEA = [f"mer{i}" for i in range(70)]
COURT = [f"juge{i}" for i in range(70)]
FARM = [f"grain{i}" for i in range(70)]


def annotated(texts: list[list[str]]) -> pd.DataFrame:
    """A token table of these texts in sentences of ten words, with all that a lemma needs."""
    table = dated_tokens([(None, None, " ".join(words)) for words in texts])
    return table.assign(
        sent=(table["tok"] - 1) // 10, lemma=table["type"], pos="NOUN", is_function=False
    )


def texts_of_worlds(worlds: list[list[str]], n_words: int = 400) -> list[list[str]]:
    """A text for each of these lists, of words drawn from it."""
    rng = np.random.default_rng(1)
    return [rng.choice(world, n_words).tolist() for world in worlds]


TWO = annotated(texts_of_worlds([SEA, COURT] * 12))


def test_two_planted_worlds_are_found_and_no_more():
    found = count.stable_classes(TWO, min_units=20)
    assert found.classes["k"].unique().tolist() == found.splits["k"].tolist() == [2]
    world = found.classes["doc"].str.removeprefix("d").astype(int) % 2
    assert adjusted_rand(found.classes["class"], world) == 1
    first = found.profile[found.profile["class"] == 1]
    assert set(first.loc[first["chi2"] > 0, "lemma"]) in (set(SEA), set(COURT))
    attrs = found.classes.attrs
    assert attrs["agreement"][2] == (1, 1)
    assert attrs["segments"] == 240
    assert attrs["sketch"] is True


def test_words_of_one_kind_make_no_stable_classes():
    tokens = annotated(texts_of_worlds([SEA + COURT] * 24))
    with pytest.raises(count.TooLittleText, match=r"has no stable classes\.$"):
        count.stable_classes(tokens, min_units=20)


def test_a_world_of_one_text_is_left_unclassified():
    texts = texts_of_worlds([SEA, COURT] * 12) + texts_of_worlds([FARM], 4_000)
    for text in texts[:10]:  # so that its words stand in texts enough
        text[:70] = FARM
    classes = count.stable_classes(annotated(texts), min_units=20).classes
    last = classes[classes["k"] == classes["k"].max()]
    assert (last.loc[last["doc"] == "d25", "class"] == 0).mean() > 0.9
    assert len({*last.loc[last["doc"] != "d25", "class"]} - {0}) == 2


@pytest.mark.parametrize("n", [19, 5])
def test_it_takes_twenty_texts_and_a_hundred_segments(n: int):
    tokens = annotated(texts_of_worlds([SEA, COURT] * 12)[:n])
    with pytest.raises(count.TooLittleText, match=f"has {n}0 segments of {n} texts"):
        count.stable_classes(tokens)
    short = annotated(texts_of_worlds([SEA, COURT] * 12, 120))
    with pytest.raises(count.TooLittleText, match="has 72 segments of 24 texts"):
        count.stable_classes(short)


def test_texts_that_are_one_segment_in_every_cut_show_no_stability():
    short = annotated(texts_of_worlds([SEA, COURT] * 20, 130))
    with pytest.raises(count.TooLittleText, match="needs 2 joined segments a text"):
        count.stable_classes(short, min_units=60)
    assert count.stable_classes(short, min_units=20).splits["k"].tolist() == [2]


def test_of_a_text_and_its_reprints_one_is_classified():
    corpus = texts_of(TWO)
    repeats = [None] * 23 + ["d2"]
    corpus = replace(corpus, documents=corpus.documents.assign(duplicate_of=repeats))
    classes = count.stable_classes(corpus, min_units=20).classes
    assert sorted(set(corpus.documents["doc"]) - set(classes["doc"])) == ["d24"]


def test_where_there_is_too_little_the_tables_are_empty_and_know_why():
    found = gate(count.stable_classes, open_corpus())
    assert found.classes.attrs["why"].endswith("has 7 segments of 1 text.")
    whole = count.stable_classes(TWO, min_units=20)
    for empty, full in zip(found, whole, strict=True):
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_the_segments_are_those_that_the_typical_ones_are_chosen_from():
    found = count.stable_classes(TWO, min_units=20)
    cut = count.segments(TWO.assign(in_name=False), min_units=20, unit="lemma", only="common")
    assert len(count.typical_segments(found, cut, n=3)) == 6


def test_the_segments_of_a_corpus_know_its_names_so_that_the_first_division_is_found_again(example):
    corpus, kind = example.without_reprints(), {"unit": "lemma", "only": "common"}
    held = count.frequencies(corpus, **kind).query("n_docs >= 5")["lemma"]
    cut = count.segments(corpus, min_units=40, **kind)
    table = count.contingency(cut, ["doc", "seg"], **kind)[held]
    first = count.stable_classes(example).splits.head(1)
    pd.testing.assert_frame_equal(count.reinert(table, k=2).splits, first)
