"""The registry of measures, and what is written from it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from docutils.utils.math.latex2mathml import tex2mathml

from helpers import count, open_corpus, read, voices
from helpers.count import dispersion, growth, readability, richness
from helpers.show import methods
from helpers.show.measures import BIBLIOGRAPHY, all_measures, cited, measures_of, reference
from helpers.show.notes import typeset


def test_the_methods_paragraph_has_what_was_used_and_its_sources_once(seed):
    prose, formulas, bibtex = methods(seed, richness, readability, BY="outlet").plain.split(
        "\n\n", 2
    )
    assert prose.startswith("The corpus holds 1 text (341 words); 2024-11.")
    assert "spaCy 3.8" in prose
    assert prose.endswith("Parameters: BY = 'outlet'.")
    assert "Computed were TTR (rapport types/occurrences) (Templin 1957)" in prose
    assert formulas.startswith(
        "TTR (rapport types/occurrences): V / N; ratio; Templin 1957; checked against R quanteda.textstats.\n"
    )
    assert bibtex.count("@") == len(
        {
            key
            for verb in ("richness", "readability")
            for m in measures_of(verb)
            for key in m.sources
        }
    )
    assert "<details>" in methods(seed, growth).marked
    assert typeset(r"V / \sqrt{N}") in methods(seed, richness).marked


def test_what_was_left_out_and_asked_is_told(tmp_path):
    for name, outlet in (("a", "Le Fanal"), ("b", "Le Cap"), ("c", "Le Cap")):
        text = f"---\noutlet: {outlet}\ndate: 2024-03-02\n---\n\nLe port {name} est fermé."
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    dated = open_corpus(tmp_path, annotate=False, cache=tmp_path / "cache")
    once = methods(dated, richness).plain
    assert "2 outlets" in once
    asked = dated.documents.assign(query="grève", database="Europresse")
    corpus = replace(dated, documents=asked.assign(duplicate_of=["b", None, None]))
    prose = methods(corpus, richness).plain
    assert "1 of them repeat another text" in prose
    assert "query grève; database Europresse" in prose
    chosen = dated.where("outlet == 'Le Cap'").where("doc != 'b'").without_reprints()
    assert "selected by (outlet == 'Le Cap') and (doc != 'b')." in methods(chosen, richness).plain
    assert "selected" not in methods(dated.where("n_words > 2"), richness).plain  # all are left


def test_a_french_name_that_is_the_same_is_not_repeated_and_formulas_are_set_apart(seed):
    assert "\nMTLD: (1/2) (N/F_→ + " in methods(seed, richness).plain
    assert methods(seed, readability).marked.count("<li>LIX") == 1
    assert (
        "DP = (1/2) Σ_i |v_i - s_i|; DP_norm = DP/(1 - min_i s_i)"
        in methods(seed, dispersion).plain
    )


def test_a_verb_without_a_measure_is_named_with_those_that_have_one(seed):
    with pytest.raises(ValueError, match=r"typeset registers no measure; known are .*zipf"):
        methods(seed, typeset)


@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_the_plain_formula_is_that_in_latex_with_the_same_numbers(measure):
    assert not re.search(r"[\\$]|[_^]\{", measure.plain)
    assert len(measure.plain.split("; ")) == len(measure.formula)
    numbers = [
        sorted(re.findall(r"\.?\d+", text)) for text in ("; ".join(measure.formula), measure.plain)
    ]
    fractions = "; ".join(measure.formula).count("binom")
    assert numbers[0] == numbers[1] or fractions
    letters = [
        set(re.findall(r"[A-Z](?![a-z]|\w*\{)", text))
        for text in (re.sub(r"\\\w+", " ", "; ".join(measure.formula)), measure.plain)
    ]
    assert letters[0] - {"I"} <= letters[1]


@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_each_measure_is_whole(measure):
    assert all(measure._replace(variants=measure.variants or "none"))
    assert all(callable((vars(count) | vars(read) | vars(voices))[verb]) for verb in measure.verbs)
    assert all(f"{{{key}," in BIBLIOGRAPHY.read_text("utf-8") for key in measure.sources)
    for formula in measure.formula:
        assert "<math" in tex2mathml(formula, as_block=True)
        # The converter reads \\frac12 as 12 over what follows.
        assert r"\frac1" not in formula.replace(r"\frac{1}", "")


def test_no_source_is_listed_that_nothing_cites():
    listed = set(re.findall(r"^@\w+\{([^,]+),", BIBLIOGRAPHY.read_text("utf-8"), re.MULTILINE))
    assert listed == {key for measure in all_measures() for key in measure.sources}


# These find, choose or lay out, or compute again what is registered under another verb.
NO_MEASURE = {"sensitivity", "concordance", "progression", "contingency"}
NO_MEASURE |= {"readability_range", "segments", "segment_places"}
NO_MEASURE |= {"theme_audit", "theme_hits", "theme_lexicon", "ttr_along", "word_definitions"}
NO_MEASURE |= {"QueryError", "TooLittleText", "having", "theme_draft", "theme_sample"}
NO_MEASURE |= {"search_words", "theme_fit"}


def test_every_verb_that_gives_a_number_is_registered():
    registered = {verb for measure in all_measures() for verb in measure.verbs}
    assert set(count.INDEX) - NO_MEASURE <= registered
    assert {"speakers", "reported_speech", "names", "names_network"} <= registered


def test_names_are_told_apart_by_their_verbs():
    named = [(measure.name, measure.verbs) for measure in all_measures()]
    assert len(set(named)) == len(named)


def test_a_source_as_it_is_cited_and_what_is_said_of_it():
    assert cited(["yule1944", "hurlbert1971"]) == "Yule 1944, Hurlbert 1971"
    assert cited(["degenne1973"]).startswith("Degenne & ")
    assert reference("rychly2008")["title"].startswith("A Lexicographer-Friendly")
