"""Entries are found word by word, and of those that meet one wins: against slow readings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.count.matching import GAP, candidates, settle

LETTERS = ("a", "b", "c", "d")
PASSED = ("ADV", "AUX")


def annotated(*sentences: str, dep: bool = False) -> pd.DataFrame:
    """A token table of sentences written form/lemma/POS, or form/lemma/POS/relation."""
    rows, at = [], 0
    for sent, sentence in enumerate(sentences, start=1):
        for tok, token in enumerate(sentence.split(), start=1):
            form, lemma, pos, *relation = token.split("/")
            kind = "punct" if pos == "PUNCT" else "word"
            row = ("d1", 1, sent, tok, at, at + len(form), form, form.lower(), lemma, pos, kind)
            rows.append(row + tuple(relation if dep else ()))
            at += len(form) + 1
    columns = "doc par sent tok start end form type lemma pos kind".split() + ["dep"] * dep
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(["doc", "form", "type", "lemma", "pos", "kind"], "category"))


def entries_of(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["entry", "unit", "pos"], dtype="str")


def found(tokens: pd.DataFrame, *rows: tuple[str, str, str]) -> list[tuple[str, str]]:
    """Each candidate, in order of precedence: its entry, and the forms that it covers."""
    table = candidates(tokens, entries_of(*rows))
    forms = tokens["form"].astype("str").tolist()
    return [
        (rows[row.entry][0], " ".join(forms[row.first : row.last + 1]))
        for row in table.itertuples()
    ]


def test_a_lemma_is_matched_with_its_part_of_speech():
    tokens = annotated("Il/il/PRON risque/risquer/VERB le/le/DET risque/risque/NOUN")
    assert found(tokens, ("risque", "lemma", "NOUN")) == [("risque", "risque")]
    assert found(tokens, ("risque", "", "VERB ADJ")) == []
    assert found(tokens, ("Risque", "", "")) == [("Risque", "risque")]


def test_a_part_of_speech_may_name_its_relation():
    tokens = annotated(
        "pour/pour/ADP/mark lutter/lutter/VERB/root pour/pour/ADP/case eux/lui/PRON/obl", dep=True
    )
    table = candidates(tokens, entries_of(("pour", "lemma", "ADP:mark")))
    assert table["first"].tolist() == [0]
    assert candidates(tokens.drop(columns="dep"), entries_of(("pour", "", "ADP:mark"))).empty
    assert len(candidates(tokens, entries_of(("pour", "lemma", "adp")))) == 2


def test_a_phrase_is_found_elided_contracted_and_inflected():
    tokens = annotated(
        "à/à/ADP la/le/DET tête/tête/NOUN d'/de/ADP une/un/DET équipe/équipe/NOUN",
        "à/à/ADP la/le/DET tête/tête/NOUN des/de/ADP forces/force/NOUN",
        "au/au/ADP service/service/NOUN du/de/ADP roi/roi/NOUN",
    )
    phrase = ("à la tête de", "lemma", "")
    assert found(tokens, phrase) == [(phrase[0], "à la tête d'"), (phrase[0], "à la tête des")]
    assert found(tokens, ("au service des", "", "")) == [("au service des", "au service du")]
    assert found(tokens, ("au service des", "form", "")) == []


def test_a_phrase_stays_in_its_sentence():
    tokens = annotated("afin/afin/ADV", "de/de/ADP")
    assert found(tokens, ("afin de", "", "")) == []


@pytest.mark.parametrize(("adverbs", "hits"), [(0, 1), (GAP - 1, 1), (GAP, 0)])
def test_auxiliaries_and_adverbs_may_stand_inside_a_phrase(adverbs, hits):
    inside = " ".join(["bien/bien/ADV"] * adverbs)
    tokens = annotated(f"s'/se/PRON est/être/AUX {inside} entretenue/entretenir/VERB")
    assert len(found(tokens, ("s'entretenir", "lemma", ""))) == hits


def test_nothing_else_may_stand_inside_a_phrase():
    tokens = annotated(
        "visant/viser/VERB ,/,/PUNCT à/à/ADP visant/viser/VERB tout/tout/DET à/à/ADP"
    )
    assert found(tokens, ("viser à", "", "")) == []


def test_an_adverb_of_one_phrase_is_passed_over_only_where_it_is_not_needed():
    tokens = annotated("afin/afin/ADV notamment/notamment/ADV de/de/ADP agir/agir/VERB")
    assert found(tokens, ("afin de", "", "")) == [("afin de", "afin notamment de")]


def test_a_name_is_found_as_written_and_its_small_letters_in_capitals_too():
    tokens = annotated(
        "Sûreté/Sûreté/PROPN Nationale/national/ADJ",
        "Sûreté/Sûreté/PROPN nationale/national/ADJ",
        "sûreté/sûreté/NOUN nationale/national/ADJ",
    )
    name = ("Sûreté nationale", "form", "")
    assert found(tokens, name) == [(name[0], "Sûreté Nationale"), (name[0], "Sûreté nationale")]
    assert found(tokens, ("SÛRETÉ nationale", "form", "")) == []


def test_an_apostrophe_and_an_accent_may_be_written_in_any_way():
    tokens = annotated("L’/le/DET E\u0301tat/état/NOUN").assign(type=["l'", "état"])
    for entry in ("l'État", "l’E\u0301tat"):
        assert len(found(tokens, (entry, "form", ""))) == 1


@pytest.mark.parametrize("entry", ["mise en œuvre", "mise en oeuvre"])
@pytest.mark.parametrize("unit", ["form", ""])
def test_a_ligature_may_be_written_in_any_way(entry, unit):
    tokens = annotated("Mise/mise/NOUN en/en/ADP oeuvre/œuvre/NOUN")
    tokens = tokens.assign(type=["mise", "en", "œuvre"])
    assert [text for _, text in found(tokens, (entry, unit, ""))] == ["Mise en oeuvre"]


def test_a_participle_is_found_however_it_agrees():
    tokens = annotated(
        "avancé/avancer/VERB avancée/avancé/ADJ avancés/avancer/VERB avancées/avancée/NOUN"
    )
    assert [text for _, text in found(tokens, ("avancé", "participle", "ADJ VERB"))] == [
        "avancé",
        "avancée",
        "avancés",
    ]


def test_marks_are_never_matched():
    tokens = annotated("oui/oui/INTJ !/!/PUNCT")
    assert found(tokens, ("!", "form", ""), ("!", "", ""), ("oui !", "", "")) == []


def test_names_go_first_then_more_words_then_the_earlier_row():
    tokens = annotated("Sûreté/sûreté/NOUN de/de/ADP la/le/DET ville/ville/NOUN")
    order = found(
        tokens,
        ("ville", "", ""),
        ("sûreté de la ville", "", ""),
        ("ville", "lemma", "NOUN"),
        ("de la", "", ""),
        ("Sûreté", "form", ""),
    )
    assert [entry for entry, _ in order] == [
        "Sûreté",
        "sûreté de la ville",
        "de la",
        "ville",
        "ville",
    ]


def test_no_tokens_or_no_entries_make_no_candidates():
    tokens = annotated("un/un/DET")
    for table in (
        candidates(tokens.head(0), entries_of(("un", "", ""), ("un deux", "", ""))),
        candidates(tokens, entries_of()),
        candidates(tokens, entries_of(("", "", ""), ("  ", "", "NOUN"))),
    ):
        assert table.empty
        assert list(table) == ["entry", "first", "last"]


# A slow reading: every entry at every place, word by word.


def slow_candidates(
    tokens: pd.DataFrame, entries: list[tuple[str, ...]]
) -> set[tuple[int, int, int]]:
    lemmas, pos, sents = (tokens[name].astype("str").tolist() for name in ("lemma", "pos", "sent"))
    needed = {word for words in entries if len(words) > 1 for word in words}
    passed = [
        p == "AUX" or (p == "ADV" and w not in needed) for w, p in zip(lemmas, pos, strict=True)
    ]
    rows = set()
    for number, words in enumerate(entries):
        for read in (range(len(lemmas)), [i for i, over in enumerate(passed) if not over]):
            for place in range(len(read) - len(words) + 1):
                at = read[place : place + len(words)]
                near = at[-1] - at[0] < len(words) + GAP and sents[at[0]] == sents[at[-1]]
                if near and tuple(lemmas[i] for i in at) == words:
                    rows.add((number, at[0], at[-1]))
            if len(words) == 1:
                break
    return rows


def slow_settle(spans: list[tuple[int, int]]) -> list[int]:
    owner: dict[int, int] = {}
    taken_by = []
    for number, (first, last) in enumerate(spans):
        met = [owner[row] for row in range(first, last + 1) if row in owner]
        taken_by.append(min(met, default=number))
        if not met:
            owner |= dict.fromkeys(range(first, last + 1), number)
    return taken_by


words = st.tuples(st.sampled_from(LETTERS), st.sampled_from(("NOUN", *PASSED)), st.integers(1, 2))
lists = st.lists(
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=3).map(tuple), max_size=6, unique=True
)


@settings(deadline=None)
@given(st.lists(words, max_size=25), lists)
def test_candidates_are_those_of_a_slow_reading(text, entries):
    text = sorted(text, key=lambda word: word[2])
    sentences = [
        " ".join(f"{w}/{w}/{pos}" for w, pos, sent in text if sent == number) for number in (1, 2)
    ]
    tokens = annotated(*sentences)
    table = candidates(tokens, entries_of(*((" ".join(words), "lemma", "") for words in entries)))
    assert set(table.itertuples(index=False, name=None)) == slow_candidates(tokens, entries)
    assert not table.duplicated().any()


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), max_size=30))
@example([(2, 0), (1, 1), (1, 0), (0, 0), (0, 1)])  # the last loses to the third and the fourth
def test_places_are_settled_as_one_after_the_other_would(starts):
    spans = [(first, first + more) for first, more in starts]
    first, last = (np.array([span[i] for span in spans], np.int64) for i in (0, 1))
    assert settle(first, last).tolist() == slow_settle(spans)
