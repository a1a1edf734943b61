"""Richness along the text and without a part: a slow count beside a quick one, no text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import Corpus, open_corpus, plot
from helpers.count import (
    frequencies,
    growth,
    readability_range,
    richness,
    sensitivity,
    ttr_along,
    word_definitions,
    zipf,
)
from helpers.plot.bars import HEIGHT, WIDTH, largest_cloud, top_words
from tests.tables import tokens_of


@pytest.fixture(scope="module")
def thirty() -> Corpus:
    return open_corpus(Path(__file__).parent.parent / "fixtures" / "thirty", annotate=False)


@pytest.fixture
def empty(tmp_path) -> Corpus:
    return open_corpus(tmp_path, annotate=False)


@pytest.mark.parametrize("window", [1, 2, 7, 50, 341])
def test_mattr_along_equals_a_count_of_each_window(seed, window):
    types = seed.tokens.loc[seed.tokens["kind"] == "word", "type"].astype(str).tolist()
    slow = [
        len(set(types[i : i + window])) / window for i in range(max(len(types) - window + 1, 0))
    ]
    table = ttr_along(seed.tokens, window=window)
    np.testing.assert_allclose(table["ttr"], slow)
    np.testing.assert_allclose(table["types"] / window, slow)
    middle = (window + 1) // 2
    assert table["n"].tolist() == list(range(middle, middle + len(slow)))


def test_a_window_longer_than_the_text_is_told_and_gives_no_row(seed):
    with pytest.warns(UserWarning, match="window of 342 words; there are 341"):
        assert ttr_along(seed, window=342).empty
    assert ttr_along(seed.tokens.head(0)).empty  # of no text nothing is missing


def test_the_mean_along_the_text_is_mattr(seed):
    rich = richness(seed.tokens).iloc[0]
    for window in (50, 100):
        mean = ttr_along(seed.tokens, window=window)["ttr"].mean()
        assert mean == pytest.approx(rich[f"mattr_{window}"])


def test_a_window_without_words_is_refused(seed):
    with pytest.raises(ValueError, match="window is 0"):
        ttr_along(seed.tokens, window=0)


def test_nothing_fails_without_a_text(empty):
    assert word_definitions(empty.documents)["ttr"].isna().all()
    assert ttr_along(empty.tokens).empty
    assert frequencies(empty.tokens, pos=True).empty
    assert readability_range(empty)["lix"].isna().all()


@pytest.mark.parametrize(
    "types", [[], ["a"], ["$x$", "$", "a", "a"], ["a"] * 3, list("abcdef") * 9]
)
def test_every_figure_survives_few_words_and_dollars(types, tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    tokens = tokens_of([types]).assign(is_function=False, pos="NOUN")
    tokens["kind"] = "word"
    freq = frequencies(tokens)
    drawn = [
        plot.zipf(freq, zipf(tokens)),
        plot.growth(growth(tokens)),
        plot.ttr_along(ttr_along(tokens, window=1)),
        plot.frequencies(freq),
        plot.parts_of_speech(tokens),
        plot.word_cloud(frequencies(tokens, pos=True)),
    ]
    for i, axes in enumerate(drawn):
        assert axes.get_title(loc="left") or axes.get_title() or axes.figure.get_suptitle()
        axes.get_figure(root=True).savefig(tmp_path / f"{i}.svg")


def test_the_cloud_holds_every_word_in_proportion_and_inside(seed):
    content = seed.tokens[~seed.tokens["is_function"]]
    shown = top_words(frequencies(content, pos=True), 30)
    cloud = largest_cloud(shown)
    sizes = {word: size for (word, _), size, *_ in cloud.layout_}
    assert set(sizes) == set(shown["type"])
    largest = max(sizes.values())
    for word, f in zip(shown["type"], shown["f"], strict=True):
        assert abs(sizes[word] - largest * f / shown["f"].max()) <= 2
    assert cloud.to_array().shape == (2 * HEIGHT, 2 * WIDTH, 3)


def test_many_parts_are_left_out_in_twenty_groups_of_neighbours(thirty):
    calls = []

    def size(tokens):
        calls.append(tokens["doc"].nunique())
        return pd.DataFrame({"n": [len(tokens)]})

    table = sensitivity(thirty.tokens, size, by="doc")
    assert len(calls) == 21
    texts = thirty.tokens["doc"].nunique()
    assert sum(texts - left for left in calls[1:]) == texts
    assert table["low"].item() < table["high"].item() < table["value"].item()
