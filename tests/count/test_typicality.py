"""Typical words, a word to begin with, texts to read: six small texts by hand, every score worked
out the slow way, and the written corpus.
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from wordfreq import get_frequency_dict

from helpers import Corpus, count, open_corpus, plot
from helpers.count import TooLittleText, node_word, reading_list, typical_words
from helpers.count.parts import counted_rows
from helpers.count.verbs import with_names
from helpers.read import FICTION
from tests.fiction.simulate import write


def annotated(texts: list[list[str]], **columns: list[str]) -> pd.DataFrame:
    """A token table of these words, each its own lemma and a noun, and what is said of each text."""
    rows = []
    for number, words in enumerate(texts):
        start = 0
        for tok, word in enumerate(words, 1):
            row = {"doc": f"d{number}", "par": 1, "sent": 1, "tok": tok, "start": start}
            row |= {"end": start + len(word), "form": word, "type": word, "lemma": word}
            row |= {"pos": "NOUN", "kind": "word", "is_function": word == "le"}
            rows.append(row | {name: values[number] for name, values in columns.items()})
            start += len(word) + 1
    return pd.DataFrame(rows)


# phare is in five texts of two outlets, quai in five of one, balise in four of two, temps in all.
OUTLETS = ["Le Fanal"] * 5 + ["Le Cap"]
SIX = [
    ["le", "phare", "quai", "balise", "temps"],
    ["le", "phare", "quai", "balise", "temps"],
    ["le", "phare", "quai", "balise", "temps"],
    ["le", "phare", "quai", "temps", "temps"],
    ["le", "quai", "temps", "temps", "temps"],
    ["le", "phare", "balise", "phare", "temps"],
]


def test_words_of_six_texts_by_hand() -> None:
    found = typical_words(annotated(SIX, outlet=OUTLETS))
    general = get_frequency_dict("fr", "large")
    assert found["unit"].tolist() == ["temps", "phare"]  # in six texts, in five
    assert found[["f", "n_docs"]].to_numpy().tolist() == [[9, 6], [6, 5]]
    assert found["ratio"].tolist() == pytest.approx(
        [9 / 30 / general["temps"], 6 / 30 / general["phare"]]
    )
    assert not found["search_word"].any()
    # Of one outlet a word need not be in two.
    assert "quai" in typical_words(annotated(SIX))["unit"].tolist()
    with pytest.raises(TooLittleText, match="10 times in 5 texts; this corpus has none"):
        node_word(annotated(SIX))
    assert node_word(annotated(SIX * 2, outlet=OUTLETS * 2)) == "temps"


def test_words_that_general_french_does_not_know_count_as_the_floor_of_the_list() -> None:
    found = typical_words(annotated([["zzyxel", "le"]] * 6)).set_index("unit")
    assert found.loc["zzyxel", "ratio"] == pytest.approx(6 / 12 / 1e-8)


def test_a_word_that_is_as_frequent_in_general_is_not_typical() -> None:
    text = ["temps", *["phare"] * 700]
    assert get_frequency_dict("fr", "large")["temps"] > 1 / 701 / 3
    assert typical_words(annotated([text] * 6))["unit"].tolist() == ["phare"]


def test_of_few_texts_the_most_frequent_come_first() -> None:
    found = typical_words(annotated([["le", *["phare"] * 3, *["quai"] * 5, "mer", "mer"]]))
    assert found["unit"].tolist() == ["quai", "phare"]
    assert node_word(annotated([["quai"] * 3])) == "quai"
    with pytest.raises(TooLittleText):
        node_word(annotated([["quai"] * 2]))


def test_what_was_searched_for_stands_last_and_is_no_word_to_begin_with() -> None:
    texts = [["le", "grève", "grève", "quai", "quai"]] * 6
    found = typical_words(annotated(texts, query=["greve ET port*"] * 6))
    assert found[["unit", "search_word"]].to_numpy().tolist() == [["quai", False], ["grève", True]]
    assert node_word(annotated(texts, query=["quai*"] * 6)) == "grève"


def test_reprints_count_once(tmp_path: Path) -> None:
    body = "Le phare de la pointe est fermé depuis lundi, et la lanterne du phare est éteinte. " * 9
    for name in "abcdef":
        (tmp_path / f"{name}.txt").write_text(body, "utf-8")
    corpus = open_corpus(tmp_path, cache=tmp_path / "cache")
    found = typical_words(corpus).set_index("unit")
    assert found.loc["phare", ["f", "n_docs"]].tolist() == [18, 1]
    assert len(reading_list(corpus, how="random")) == 1


def slow_scores(corpus: Corpus, by: str | None) -> dict[str, float]:
    """The score of each long text, word by word."""
    own = corpus.without_reprints()
    tokens = with_names(own.tokens, own)
    common = tokens[counted_rows(tokens, "common")].astype({"doc": "str", "lemma": "str"})
    texts = {doc: Counter() for doc in own.documents["doc"]}
    for doc, rows in common.groupby("doc"):
        texts[doc].update(rows["lemma"])
    n_texts = Counter(word for words in texts.values() for word in words)
    texts = {
        doc: Counter({word: f for word, f in words.items() if n_texts[word] >= 3})
        for doc, words in texts.items()
    }
    about = own.documents.set_index("doc")
    total = sum(texts.values(), Counter())
    scores = {}
    for doc, words in texts.items():
        if about.loc[doc, "n_words"] < 150:
            continue
        if by is None:
            rest = {word: total[word] - words[word] for word in total}
            dot = sum(f * rest[word] for word, f in words.items())
            norms = math.hypot(*words.values()) * math.hypot(*rest.values())
            scores[doc] = dot / norms
            continue
        inside, outside = Counter(), Counter()
        for other, held in texts.items():
            if other != doc:
                same = about.loc[other, by] == about.loc[doc, by]
                (inside if same else outside).update(held)
        value = 0.0
        for word, f in words.items():
            rate = total[word] / total.total()
            here = (inside[word] + 500 * rate) / (inside.total() + 500)
            there = (outside[word] + 500 * rate) / (outside.total() + 500)
            value += min(f, 3) * max(-3, min(3, math.log2(here / there)))
        scores[doc] = value / words.total()
    return scores


@pytest.mark.parametrize("by", [None, "outlet"])
def test_every_score_is_the_one_worked_out_word_by_word(by: str | None, example: Corpus) -> None:
    found = reading_list(example, by, n=200)
    expected = slow_scores(example, by)
    assert dict(zip(found["doc"], found["score"], strict=True)) == pytest.approx(expected)
    for part, rows in found.groupby("part"):
        assert rows["score"].is_monotonic_decreasing, part
    worst = reading_list(example, by, n=1, how="unlike").set_index("part")["doc"]
    assert worst.to_dict() == found.groupby("part")["doc"].last().to_dict()
    best = reading_list(example, by, n=1).set_index("part")
    assert best["doc"].to_dict() == found.groupby("part")["doc"].first().to_dict()
    assert best["reason"].str.count(", ").eq(4).all()


def test_the_word_of_each_outlet_is_a_reason_to_read_it(example: Corpus) -> None:
    words = pd.read_csv(FICTION / "truth" / "words.csv").query("behaviour == 'outlet'")
    found = reading_list(example, "outlet", n=5)
    for lemma, outlet in zip(words["lemma"], words["outlet"], strict=True):
        reasons = found.loc[found["part"] == outlet, "reason"].str.split(", ").explode()
        assert lemma in set(reasons), (lemma, outlet)


def test_a_sample_is_drawn_from_each_part_by_its_seed(example: Corpus) -> None:
    found = reading_list(example, "outlet", n=3, how="random")
    assert found["part"].value_counts().eq(3).all()
    assert found["score"].isna().all()
    assert found["reason"].eq("").all()
    again = reading_list(example, by="outlet", n=3, how="random")
    pd.testing.assert_frame_equal(found, again)
    other = reading_list(example, "outlet", n=3, how="random", random_state=1)
    assert other["doc"].tolist() != found["doc"].tolist()
    first = example.without_reprints().documents
    assert set(reading_list(example, n=500, how="random")["doc"]) == set(first["doc"])


def test_parts_are_those_of_several_columns_and_periods(example: Corpus) -> None:
    found = reading_list(example, ["outlet"], n=1, period="year")
    assert found["part"].tolist()[:2] == [
        "Le Fanal de Valombre · 2023",
        "Le Fanal de Valombre · 2024",
    ]
    with pytest.raises(ValueError, match="no column 'journal'"):
        reading_list(example, "journal")


def test_a_text_that_is_alone_in_its_part_is_typical_of_nothing(example) -> None:
    text, outlet = reading_list(example, n=1)["doc"].iloc[0], example.documents["outlet"]
    others = outlet != outlet[example.documents["doc"] == text].iloc[0]
    few = example.where(others | (example.documents["doc"] == text))
    assert text in reading_list(few, n=1)["doc"].to_list()
    assert text not in reading_list(few, "outlet", n=200)["doc"].to_list()


def test_too_little_text_is_said() -> None:
    with pytest.raises(TooLittleText, match="words that 3 texts share; this corpus has none"):
        reading_list(annotated(SIX[:2]))
    nothing = reading_list(annotated(SIX).head(0))
    assert nothing.dtypes.astype(str).tolist() == ["str", "str", "float64", "str"]
    nothing = typical_words(annotated(SIX).head(0))
    assert [*nothing] == ["unit", "f", "n_docs", "ratio", "search_word"]
    assert nothing.dtypes.astype(str).tolist() == ["str", "int64", "int64", "float64", "bool"]
    # No text is long enough to be scored; a sample has them all the same.
    assert reading_list(annotated(SIX)).empty
    assert len(reading_list(annotated(SIX), how="random", n=6)) == 6


UNLIKE = {"how": "unlike", "by": "outlet"}
SIZES = [
    0,
    1,
    3,
    pytest.param(30, marks=pytest.mark.slow),
    pytest.param(300, marks=pytest.mark.slow),
]


@pytest.mark.filterwarnings("ignore:reading_list. 'outlet' has no value")
@pytest.mark.parametrize("n", SIZES)
def test_any_number_of_texts_with_and_without_outlets_gives_tables_or_reasons(
    n: int, tmp_path: Path
) -> None:
    write(tmp_path / "texts", n) if n else (tmp_path / "texts").mkdir()
    corpus = open_corpus(tmp_path / "texts", cache=tmp_path / "cache")
    bare = open_corpus(tmp_path / "texts", cache=tmp_path / "cache")
    bare.documents[["outlet", "year", "month"]] = None
    asked = {"unit": "lemma", "only": "common"}
    for of in (corpus, bare):
        network = count.word_network(of, **asked)
        plot.word_network(network)
        plot.word_network(count.word_network(of, **asked, tree=True))
        assert len(count.theme_draft(network, of)) == network.nodes["community"].count()
        plot.typical_words(typical_words(of))
        assert len(reading_list(of, n=2, how="random")) == min(len(of), 2)
        reasons = []
        for verb, options in ((node_word, {}), (reading_list, {}), (reading_list, UNLIKE)):
            try:
                verb(of, **options)
            except TooLittleText as error:
                reasons.append(str(error))
        assert not reasons or n <= 3
        assert all("has none" in reason for reason in reasons)
