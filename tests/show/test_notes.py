"""Gates and computed sentences say what holds, and why nothing can be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import count, open_corpus, plot, show
from helpers.count import TooLittleText
from helpers.count.verbs import note_of
from helpers.read.tables import counted
from helpers.show import gate, saying
from helpers.show.notes import Sentence, escape
from helpers.show.tables import CARD, captioned


def test_a_gate_gives_the_table_without_a_row_that_knows_why(seed):
    spec = gate(count.specificities, seed, by="doc")
    whole = count.specificities(seed, by="par")
    assert type(spec) is pd.DataFrame
    assert spec.empty
    assert spec.attrs["why"].startswith("specificities needs two parts; this corpus has 1 part.")
    assert {*spec.columns} - {"doc"} == {*whole.columns} - {"par"}
    # What pandas makes of it knows why, too.
    again = spec.query("specificity > 2").head(3)[["type", "f"]].sort_values("f")
    assert note_of(again, "why") == spec.attrs["why"]


def test_what_was_gated_may_be_given_to_other_verbs_and_figures(seed, capsys):
    classes = gate(count.reinert, count.contingency(seed, "doc"), k=3)
    assert note_of(classes, "why")
    show.figure("8.1", plot.reinert, classes, "Classes.")
    show.table("8.1", gate(count.specificities, seed, by="doc"), "One row is a word.")
    assert capsys.readouterr().out.count("▢") == 2


def test_a_gate_lets_everything_else_through(seed):
    assert len(gate(count.specificities, seed, by="par"))
    with pytest.raises(ValueError, match="no column 'nothing'"):
        gate(count.specificities, seed, by="nothing")


def said(capsys, subject="Hapax", *results, sentences=(), error=None) -> str:
    with saying(subject, *results) as say:
        for sentence in sentences:
            say(*sentence)
        if error:
            raise error
    return capsys.readouterr().out.strip()


def test_a_sentence_or_the_other_one(capsys):
    assert said(capsys, sentences=[("Yes.", 2 > 1, "No.")]) == "Yes."
    assert said(capsys, sentences=[("Yes.", np.bool_(False), "No.")]) == "No."
    assert said(capsys, sentences=[("Both.",), ("Not this.", 1 > 2), ("And this.",)]) == (
        "Both. And this."
    )
    assert said(capsys) == ""


@pytest.mark.parametrize(
    ("sentence", "error", "why"),
    [
        (("nan words.",), None, "a number in it is undefined for this corpus"),
        (("<NA> words.",), None, "a number in it is undefined for this corpus"),
        (("So.", float("nan")), None, "a number in it is undefined for this corpus"),
        (("So.", pd.NA), None, "a number in it is undefined for this corpus"),
        (("Banane.",), None, ""),
        ((), IndexError("x"), "there is nothing of this kind in this corpus"),
        ((), ZeroDivisionError("x"), "there is nothing to divide by"),
        (
            (),
            TooLittleText("x", "two parts", "1 part"),
            "x needs two parts; this corpus has 1 part",
        ),
    ],
)
def test_what_cannot_be_computed_is_named_with_its_reason(capsys, sentence, error, why):
    text = said(capsys, sentences=[sentence] if sentence else (), error=error)
    assert text == (f"▢ Hapax: {why}." if why else sentence[0])


def test_numpy_divides_by_zero_in_silence(capsys):
    with saying("Shares") as say:
        say(f"{np.float64(1) / np.float64(0):.2f} of the words.")
    assert capsys.readouterr().out.startswith("▢ Shares: a number")


def test_the_table_that_a_sentence_is_about_says_why(seed, capsys):
    spec = gate(count.specificities, seed, by="doc")
    with saying("Specificities", spec) as say:
        say(f"{len(spec)} words.")
    assert "two parts" in capsys.readouterr().out
    with saying("Specificities", spec) as say:
        say(spec["type"].iloc[0])
    assert "two parts" in capsys.readouterr().out


def test_a_slip_of_the_pen_is_an_error():
    with pytest.raises(NameError), saying("Hapax"):
        no_such_name  # noqa: B018, F821


@given(st.text())
def test_nothing_is_markup_and_every_character_is_shown(text):
    for shown in (captioned("Figure 1", text + "<script>"), Sentence(text + "<script>x")):
        assert "<script" not in shown._repr_html_()
        assert text in shown.plain


def test_text_is_escaped_for_html_and_for_formulas():
    assert escape("<b> $x$ `y`") == "&lt;b&gt; &#36;x&#36; &#96;y&#96;"


def test_what_nobody_may_overlook_is_bold_and_still_no_markup():
    said = '<p class="said"><strong>&lt;i&gt; invented</strong></p>'
    assert Sentence("<i> invented", bold=True).marked == said


def test_a_number_has_its_noun():
    assert counted(1, "text") == "1 text"
    assert counted(2, "country") == "2 countries"


def test_what_is_made_from_the_example_corpus_says_that_it_is_invented(
    capsys, tmp_path, monkeypatch
):
    from helpers.read import FICTION

    monkeypatch.setenv("FIGURES", str(tmp_path))
    corpus = open_corpus(FICTION, annotate=False).where("year == '2023'")
    frequent = count.frequencies(corpus).head(20)
    show.table("2.1", frequent, "One row is a type.")
    show.figure("2.1", plot.frequencies, frequent, "Frequent words.")
    assert capsys.readouterr().out.count("Invented texts.") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "02-frequencies.example.png", "02-frequencies.example.svg",
    ]  # fmt: skip
    monkeypatch.setitem(CARD, "invented", False)
    assert "invented" in show.card(corpus).plain
    # Crossed or put together anew, a table has lost its notes.
    show.table("2.2", pd.crosstab(corpus.documents["year"], "texts"), "One row is a year.")
    assert capsys.readouterr().out.endswith("Rows: 1. Invented texts.\n")


def test_an_empty_table_says_why_or_what_a_row_would_be(seed, capsys):
    show.table("2.1", seed.tokens.query("type == 'phare'"), "One row is a word. Compare f.")
    said = capsys.readouterr().out
    assert said == "Table 2.1. ▢ No row. One row would be a word. Compare f.\n"
