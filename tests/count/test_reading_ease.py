"""Readability: the counts behind the scores, and how often the syllables are right."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import Corpus, open_corpus
from helpers.count import readability, readability_range
from helpers.read.french import syllables
from helpers.read.lexicons import lexicon
from helpers.read.tables import TOKENS, table
from helpers.show import methods
from tests.tables import reference, tokens_of

COUNTS = ["n_words", "n_sentences", "n_syllables"]
SCORES = ["words_per_sentence", "syllables_per_word", "kandel_moles", "lix"]


def with_elided_forms_as_words(tokens: pd.DataFrame) -> pd.DataFrame:
    """As koRpus has them: l' is the word l."""
    return tokens.assign(form=tokens["form"].astype(str).str.rstrip("'’"))


def test_words_sentences_and_lix_equal_korpus(unannotated: Corpus) -> None:
    theirs = reference("readability_korpus_fr").set_index("document")
    tokens = with_elided_forms_as_words(unannotated.tokens)
    ours = pd.concat(
        [
            readability(tokens, by="par").assign(document=[f"p{i}" for i in range(1, 7)]),
            readability(tokens).assign(document="total"),
        ]
    ).set_index("document")
    theirs = theirs.loc[ours.index]
    pairs = {"n_words": "words", "n_sentences": "sentences"}
    pairs |= {"words_per_sentence": "avg_sentc_length", "lix": "LIX"}
    for column, other in pairs.items():
        np.testing.assert_allclose(ours[column], theirs[other], rtol=1e-9, err_msg=column)


def test_the_variant_of_korpus_follows_from_its_counts_and_is_not_ours() -> None:
    theirs = reference("readability_korpus_fr")
    per_sentence = theirs["words"] / theirs["sentences"]
    per_word = theirs["syllables"] / theirs["words"]
    np.testing.assert_allclose(209 - 1.15 * per_sentence - 68 * per_word, theirs["Flesch_fr"])
    ours = 207 - 1.015 * per_sentence - 73.6 * per_word
    assert (abs(ours - theirs["Flesch_fr"]) > 1).all()


def test_readability_of_the_seed(unannotated: Corpus) -> None:
    found = readability(unannotated).iloc[0]
    assert found[COUNTS].tolist() == [324, 6, 628]  # its syllables were counted by hand
    assert found["lix"] == pytest.approx(91.04, abs=5e-3)
    assert found["kandel_moles"] == pytest.approx(207 - 1.015 * 324 / 6 - 73.6 * 628 / 324)
    parts = readability(unannotated, by=["doc", "par"])
    assert parts[COUNTS].sum().tolist() == [324, 6, 628]
    assert parts.columns.tolist() == ["doc", "par", *COUNTS, *SCORES]


def test_syllables_are_right_as_often_as_the_documentation_says() -> None:
    listed = lexicon("syllables").rows.astype({"syllables": "int64"})
    right = listed["word"].map(syllables) == listed["syllables"]
    assert len(listed) >= 220
    assert listed["word"].is_unique
    said, of = re.search(r"([\d.]+) % of the (\d+) words", syllables.__doc__).groups()
    assert (round(100 * right.mean(), 1), len(listed)) == (float(said), int(of))
    assert right.mean() >= 0.95


def test_syllables_do_not_depend_on_typography() -> None:
    assert syllables("aujourd’hui") == syllables("aujourd'hui") == 3
    assert syllables("se\u0301curite\u0301") == 4
    assert syllables("Vingt‑et‑un") == 3
    assert [syllables(form) for form in ("l’", "qu'", "lorsqu’")] == [0, 0, 0]


def test_abbreviations_are_read_in_full_or_letter_by_letter() -> None:
    assert [syllables(form) for form in ("M.", "Mme", "O.N.U.", "DGSN", "dgsn")] == [2, 2, 3, 4, 4]


def test_an_elided_form_is_no_word_and_a_number_neither() -> None:
    tokens = tokens_of([["l'", "état", "de", "12", "."]]).assign(sent=1)
    tokens["form"] = tokens["type"]
    found = readability(tokens, by="doc").iloc[0]
    assert found[COUNTS].tolist() == [2, 1, 3]


def test_a_long_word_has_more_than_six_letters_and_hyphens_are_none() -> None:
    tokens = tokens_of([["semaine", "dix-sept", "jamais", "ci-joint"]]).assign(sent=1)
    tokens["form"] = tokens["type"]
    assert readability(tokens)["lix"].item() == 4 + 75


def test_without_words_or_sentences_a_score_is_undefined() -> None:
    whole = readability(table([], TOKENS))
    assert whole[COUNTS].to_numpy().tolist() == [[0, 0, 0]]
    assert whole[SCORES].isna().all(axis=None)
    none = readability(table([], TOKENS), by="doc")
    assert len(none) == 0
    assert none.columns.tolist() == ["doc", *COUNTS, *SCORES]
    tokens = tokens_of([["."], ["un", "mot"]]).assign(sent=1)
    tokens["form"] = tokens["type"]
    found = readability(tokens, by="doc").set_index("doc")
    assert found[["n_words", "n_sentences"]].to_numpy().tolist() == [[0, 1], [2, 1]]
    assert math.isnan(found.loc["d1", "syllables_per_word"])
    assert found.loc["d1", ["kandel_moles", "lix"]].isna().all()


def test_a_missing_column_is_named(unannotated: Corpus) -> None:
    with pytest.raises(ValueError, match="'form'"):
        readability(unannotated.tokens.drop(columns="form"))
    with pytest.raises(ValueError, match="'year'"):
        readability(unannotated.tokens, by="year")


def test_every_formula_has_its_source_in_the_bibliography(seed) -> None:
    assert "Kandel & Moles 1958" in methods(seed, readability).plain


def test_readability_choices_start_from_ours(unannotated: Corpus) -> None:
    table = readability_range(unannotated).set_index("choice")
    ours = readability(unannotated).iloc[0]
    assert table.loc["ours", "kandel_moles"] == ours["kandel_moles"]
    assert table.loc["elided forms are words", "n_words"] == 341
    assert table.loc["elided forms are words", "lix"].round(2) == 92.02
    assert table.loc["every full stop ends a sentence", "n_sentences"] == 7
    assert sum(table.index.str.startswith("without ¶")) == 6


def test_leaving_a_part_out_is_reading_the_rest() -> None:
    thirty = open_corpus(Path(__file__).parent.parent / "fixtures" / "thirty", annotate=False)
    table = readability_range(thirty).set_index("choice")
    for doc in thirty.documents["doc"].head(5):
        alone = readability(thirty.where("doc != @doc")).iloc[0]
        same = ["n_words", "n_sentences", "n_syllables", "kandel_moles", "lix"]
        assert table.loc[f"without {doc}", same].tolist() == pytest.approx(alone[same].tolist())
