"""The same text under other definitions: known values, a slow count beside a quick one, no text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import Corpus, open_corpus, plot
from helpers.count import (
    content_words,
    frequencies,
    growth,
    readability,
    readability_range,
    richness,
    richness_ranges,
    sensitivity,
    syllable_check,
    ttr_along,
    word_definitions,
    zipf,
)
from helpers.count.variants import MEASURES
from helpers.plot.bars import HEIGHT, WIDTH, largest_cloud, top_words
from helpers.show import caption, save_figure
from helpers.show.measures import measures_of
from tests.tables import tokens_of


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return open_corpus()


@pytest.fixture(scope="module")
def thirty() -> Corpus:
    return open_corpus(Path(__file__).parent.parent / "fixtures" / "thirty", annotate=False)


@pytest.fixture
def empty(tmp_path) -> Corpus:
    return open_corpus(tmp_path, annotate=False)


def one_text(body: str) -> pd.DataFrame:
    return pd.DataFrame({"text": [f"x{body}y"], "body_start": [1], "body_end": [1 + len(body)]})


def test_definitions_have_their_known_counts(corpus):
    table = word_definitions(corpus.documents).set_index("definition")
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


def test_definitions_differ_where_they_say():
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


def test_our_definition_is_the_one_that_is_counted(corpus):
    ours = word_definitions(corpus.documents).set_index("definition").loc["ours"]
    assert (ours[["N", "V"]] == richness(corpus.tokens)[["N", "V"]].iloc[0]).all()


@pytest.mark.parametrize("window", [1, 2, 7, 50, 341, 342])
def test_mattr_along_equals_a_count_of_each_window(corpus, window):
    types = corpus.tokens.loc[corpus.tokens["kind"] == "word", "type"].astype(str).tolist()
    slow = [
        len(set(types[i : i + window])) / window for i in range(max(len(types) - window + 1, 0))
    ]
    table = ttr_along(corpus.tokens, window=window)
    np.testing.assert_allclose(table["ttr"], slow)
    np.testing.assert_allclose(table["types"] / window, slow)
    middle = (window + 1) // 2
    assert table["n"].tolist() == list(range(middle, middle + len(slow)))


def test_the_mean_along_the_text_is_mattr(corpus):
    rich = richness(corpus.tokens).iloc[0]
    for window in (50, 100):
        mean = ttr_along(corpus.tokens, window=window)["ttr"].mean()
        assert mean == pytest.approx(rich[f"mattr_{window}"])


def test_a_window_without_words_is_refused(corpus):
    with pytest.raises(ValueError, match="window is 0"):
        ttr_along(corpus.tokens, window=0)


def test_content_words_are_counted_once_with_their_commonest_tag():
    tokens = tokens_of([["le", "ferme", "ferme", "ferme", "le"]])
    tokens = tokens.assign(is_function=tokens["type"] == "le", pos=["DET", "VERB", *["NOUN"] * 3])
    table = content_words(tokens)
    assert table.to_numpy().tolist() == [["ferme", 3, 600_000.0, "NOUN"]]


def test_ranges_hide_mtld_of_few_words_and_need_no_second_part():
    tokens = tokens_of([list("abcab")])
    table = richness_ranges(tokens, by="doc").set_index("measure")
    assert table.loc["TTR", "value"] == pytest.approx(0.6)
    assert table.loc["TTR", ["low", "high"]].isna().all()
    assert table.loc[["MTLD", "MTLD, number of factors"], "value"].isna().all()


def test_a_measure_has_the_unit_of_the_page_of_measures():
    registered = {measure.name: measure.unit for measure in measures_of("richness")}
    shown = {name: unit for name, _, unit in MEASURES.values() if name != "MTLD, number of factors"}
    units = {name.split(",")[0]: unit for name, unit in shown.items()}
    assert registered.items() <= units.items()


def test_readability_choices_start_from_ours(corpus):
    table = readability_range(corpus).set_index("choice")
    ours = readability(corpus.sentences, corpus.tokens).iloc[0]
    assert table.loc["ours", "kandel_moles"] == ours["kandel_moles"]
    assert table.loc["elided forms are words", "n_words"] == 341
    assert table.loc["elided forms are words", "lix"].round(2) == 92.02
    assert table.loc["every full stop ends a sentence", "n_sentences"] == 7
    assert sum(table.index.str.startswith("without ¶")) == 6


def test_the_rule_is_right_for_most_words():
    table = syllable_check()
    assert len(table) > 400
    assert table["right"].mean() > 0.95


def test_nothing_fails_without_a_text(empty):
    assert word_definitions(empty.documents)["ttr"].isna().all()
    assert ttr_along(empty.tokens).empty
    assert content_words(empty.tokens).empty
    assert richness_ranges(empty.tokens, by="doc").loc[3, ["value", "low", "high"]].isna().all()
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
        plot.ttr_along(ttr_along(tokens, window=2)),
        plot.frequencies(freq),
        plot.parts_of_speech(tokens),
        plot.word_cloud(content_words(tokens)),
    ]
    for i, axes in enumerate(drawn):
        assert axes.get_title(loc="left") or axes.get_title() or axes.figure.get_suptitle()
        save_figure(axes, str(i), caption("Figure 1", "x"))


def test_the_cloud_holds_every_word_in_proportion_and_inside(corpus):
    shown = top_words(content_words(corpus.tokens), 30)
    cloud = largest_cloud(shown)
    sizes = {word: size for (word, _), size, *_ in cloud.layout_}
    assert set(sizes) == set(shown["type"])
    largest = max(sizes.values())
    for word, f in zip(shown["type"], shown["f"], strict=True):
        assert abs(sizes[word] - largest * f / shown["f"].max()) <= 2
    assert cloud.to_array().shape == (2 * HEIGHT, 2 * WIDTH, 3)


def test_leaving_a_part_out_is_reading_the_rest(thirty):
    table = readability_range(thirty).set_index("choice")
    for doc in thirty.documents["doc"].head(5):
        rest = (part[part["doc"] != doc] for part in (thirty.sentences, thirty.tokens))
        alone = readability(*rest).iloc[0]
        same = ["n_words", "n_sentences", "n_syllables", "kandel_moles", "lix"]
        assert table.loc[f"without {doc}", same].tolist() == pytest.approx(alone[same].tolist())


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
