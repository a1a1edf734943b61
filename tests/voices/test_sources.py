"""Speakers, reported speech and quotations of six tiny texts by hand; what is found of the speakers
that were counted by hand in the written example corpus.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import open_corpus
from helpers.read import FICTION
from helpers.voices import attributions, names, quotations, reported_speech, speakers
from helpers.voices.sources import KINDS, source_of
from tests.fiction.simulate import write
from tests.tables import written_corpus

FIXTURES = Path(__file__).parent.parent / "fixtures"
TEXTS = {
    "a": (
        "Le Cap",
        "2024-01-05",
        "La maire de Brest, Awa Ndoye, a annoncé lundi que la digue tiendra. « Le port vivra. Nous "
        "le défendrons. Personne ne partira », a promis Mme Ndoye.\n\nLe vent tombe.",
    ),
    "b": (
        "Le Cap",
        "2024-01-09",
        "Selon la préfecture, le port rouvre demain. Ndoye réclame une digue neuve.",
    ),
    "c": ("Le Fanal", "2024-02-02", "« Il fait froid », soupire un riverain. La mer monte."),
    "d": ("Le Fanal", "2024-02-08", "Il pleut sur la digue. La mer monte encore."),
    "e": (
        "Le Fanal",
        "2024-02-11",
        "L’ingénieur Luc Morvan nous reçoit sur le quai.\n\n— La digue tiendra-t-elle ?\n\n— Oui. "
        "Elle tiendra dix ans.\n\n— Et après ?\n\n— Il en faudra une autre.\n\n— Qui paiera ?\n\n"
        "— Pas moi.",
    ),
    "f": (
        "Le Cap",
        "2024-03-01",
        "Luc Morvan et Awa Ndoye ont indiqué que la digue tiendra. L’ingénieur a ajouté que le "
        "port aussi.",
    ),
}


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    return written_corpus(tmp_path_factory.mktemp("six"), TEXTS)


def test_who_has_a_name_is_told_from_who_speaks_in_a_role(six):
    everybody, named = speakers(six), speakers(six, named=True)
    known = everybody[everybody["source_name"].isin(["Awa Ndoye", "Luc Morvan"])]
    pd.testing.assert_frame_equal(named, known.reset_index(drop=True))
    assert {"riverain", "préfecture"} <= {*everybody["source_name"]}


def test_speakers_by_hand(six):
    found = speakers(six).set_index("source_name").drop(columns="part")
    assert found.drop(columns="verbs").to_numpy().tolist() == [
        # The sentence of both in f has 11 words, the others of her 13, 13 and 5.
        ["executive", 1, 3, 0, 42, 3],
        # Three answers of 5, 5 and 2 words; in f the engineer is the one of e.
        ["expert", 3, 2, 0, 31, 2],
        ["executive", 0, 0, 1, 7, 1],
        ["witness", 1, 0, 0, 6, 1],
    ]
    assert found.index.tolist() == ["Awa Ndoye", "Luc Morvan", "préfecture", "riverain"]
    assert found["verbs"].tolist()[1:3] == ["— (3), ajouter (1), indiquer (1)", "selon (1)"]


def test_speakers_of_parts_are_those_of_their_texts(six):
    found = speakers(six, by="outlet", period="month")
    assert found["part"].unique().tolist() == [
        "Le Cap · 2024-01", "Le Cap · 2024-03", "Le Fanal · 2024-02"
    ]  # fmt: skip
    whole = speakers(six).set_index("source_name")[[*KINDS[:3], "words", "texts"]]
    parts = found.groupby("source_name")[[*KINDS[:3], "words", "texts"]].sum()
    pd.testing.assert_frame_equal(parts, whole.sort_index())


def test_what_has_no_name_is_a_row_and_comes_last(tmp_path):
    body = "Elle a dit que la digue tiendra. Le maire a dit que non."
    found = speakers(written_corpus(tmp_path, {"a": ("Le Cap", "2024-01-05", body)}))
    assert found["source_name"].fillna("").tolist() == ["maire", ""]
    assert found["category"].tolist() == ["executive", "unclassified"]


def test_reported_speech_by_hand(six):
    found = reported_speech(six).set_index("kind")
    # Of the two quotations 9 of 13 and 3 of 6 words are inside the marks; 12 are answers.
    sums = [24, 37, 7, 39]
    assert found["words"].tolist() == sums
    assert found["words"].sum() == six.documents["n_words"].sum()
    assert found["share"].tolist() == pytest.approx([n / 107 for n in sums])
    # Of the texts a to f: 9 of 29, 0 of 12, 3 of 9, 0 of 9, 12 of 29, 0 of 19 words.
    macro = (9 / 29 + 3 / 9 + 12 / 29) / 6
    assert found["macro"].iloc[0] == pytest.approx(macro)
    assert found[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("body", "direct", "rest"),
    [
        ("« Il fait froid », soupire un riverain.", 3, 3),
        ("Le maire a dénoncé un « vrai scandale ».", 2, 5),
        ("Le maire a dit : « Non. » La mer monte.", 1, 7),
        ("« Non. La digue tient, a dit le maire. Elle est neuve. »", 11, 0),
        ("« La digue tient », a dit le maire, « elle est neuve ».", 6, 4),
        ("— La digue tient, a dit le maire.", 7, 0),  # no mark tells where the cue begins
    ],
)
def test_words_of_direct_speech_are_those_inside_the_marks(tmp_path, body, direct, rest):
    found = reported_speech(written_corpus(tmp_path, {"a": ("Le Cap", "2024-01-05", body)}))
    words = found.set_index("kind")["words"]
    assert (words["direct"], words["none"]) == (direct, rest)


def test_the_interval_of_the_mean_is_that_of_texts_drawn_again(tmp_path):
    texts = {
        f"t{i}": (
            "Le Cap",
            f"2024-01-{i + 1:02}",
            "La maire a dit que oui. " * (i % 4) + "Il pleut.",
        )
        for i in range(24)
    }
    corpus = written_corpus(
        tmp_path, texts | {"t24": ("Le Cap", "2024-02-01", "Le chat dort encore.")}
    )
    corpus.documents["duplicate_of"] = None
    found = reported_speech(corpus, random_state=3).set_index("kind").loc["indirect"]
    shares = np.array([*[6 * (i % 4) / (6 * (i % 4) + 2) for i in range(24)], 0])
    assert found["macro"] == pytest.approx(shares.mean())
    # The standard error of a mean, and its normal interval.
    margin = 1.96 * shares.std() / 5
    assert found["low"] == pytest.approx(shares.mean() - margin, abs=0.03)
    assert found["high"] == pytest.approx(shares.mean() + margin, abs=0.03)
    again = reported_speech(corpus, random_state=3)
    pd.testing.assert_frame_equal(again, reported_speech(corpus, random_state=3))


def test_a_quotation_of_several_sentences_is_one_passage(six):
    found = quotations(six, "NDOYE")
    assert found["passage"].tolist() == [
        "La maire de Brest, Awa Ndoye, a annoncé lundi que la digue tiendra.",
        "« Le port vivra. Nous le défendrons. Personne ne partira », a promis Mme Ndoye.",
        "Ndoye réclame une digue neuve.",
        "Luc Morvan et Awa Ndoye ont indiqué que la digue tiendra.",
    ]
    answers = quotations(six, "Luc Morvan").query("kind == 'direct'")
    assert answers["passage"].tolist() == [
        "— Oui. Elle tiendra dix ans.", "— Il en faudra une autre.", "— Pas moi."
    ]  # fmt: skip
    bodies = six.documents.set_index("doc")["text"]
    assert all(bodies[r.doc][r.start : r.end] == r.passage for r in found.itertuples())
    assert quotations(six, "personne").empty


def test_a_reprint_counts_once(tmp_path):
    body = "La maire a dit que la digue tiendra. " + " ".join(f"Le mot{i} dort." for i in range(20))
    texts = {name: ("Le Cap", f"2024-01-0{i}", body) for i, name in enumerate("ab", 1)}
    corpus = written_corpus(tmp_path, texts)
    assert speakers(corpus)["texts"].tolist() == [1]
    assert reported_speech(corpus)["words"].sum() == corpus.documents["n_words"].iloc[0]
    assert len(quotations(corpus, "maire")) == 2


@pytest.mark.parametrize(
    ("phrase", "name", "category"),
    [
        ("le premier ministre", "premier ministre", "executive"),
        ("LE PRÉFET", "préfet", "executive"),
        ("la présidente de la région Méridie", "région", "executive"),
        ("le président de l’association des marins", "association", "association"),
        ("une source judiciaire", "source judiciaire", "anonymous"),
        ("l’entourage de la ministre", "entourage", "anonymous"),
        ("la procureure de la République", "parquet", "police and justice"),
        ("la CGT", "CGT", "union"),
        ("l’AFP", "Agence France-Presse", "media"),
        ("une habitante du quai", "habitante", "witness"),
        ("l’ailier gauche", "ailier", "witness"),  # no party
        ("l’arrière gauche", "arrière", "witness"),
        ("le sud", None, "unclassified"),  # SUD is a union
    ],
)
def test_the_first_and_there_the_longest_pattern_counts(phrase, name, category):
    assert source_of(phrase) == (name, category)


def test_ones_own_rows_go_before_ours(tmp_path, word_lists):
    rows = "pattern,name,category\nmaire,Awa Ndoye,hautes eaux\n"
    (tmp_path / "sources.csv").write_text(rows, "utf-8")
    word_lists(tmp_path)
    assert source_of("la maire") == ("Awa Ndoye", "hautes eaux")


def test_no_name_is_taken_for_a_trade(tmp_path):
    body = "Jean Boulanger a dit que non. Le ministère de la Mer a répondu que oui."
    found = speakers(written_corpus(tmp_path, {"a": ("Le Cap", "2024-01-05", body)}))
    told = dict(zip(found["source_name"], found["category"], strict=True))
    assert told == {"Jean Boulanger": "unclassified", "ministère de la Mer": "executive"}


@pytest.mark.parametrize(
    ("before", "category"),
    [
        ("Devant le juge, Yves Tarrabelle, hydrologue, a dit", "expert"),
        ("Cité par l’avocat, Yves Tarrabelle, hydrologue, a dit", "expert"),
        ("Au secours des riverains, Yves Tarrabelle, hydrologue, a dit", "expert"),
        ("Appelé par la gendarmerie, Yves Tarrabelle a dit", "unclassified"),
        ("Aux côtés du préfet, Yves Tarrabelle n’a pas dit", "unclassified"),
        ("Le capitaine des pompiers, Yves Tarrabelle, a dit", "police and justice"),
        ("Yves Tarrabelle, avocat, a dit", "police and justice"),
    ],
)
def test_the_category_is_that_of_what_the_text_says_of_the_person(tmp_path, before, category):
    body = f"{before} que la digue tiendrait. « Elle est neuve », a répété Yves Tarrabelle."
    found = speakers(written_corpus(tmp_path, {"a": ("Le Cap", "2024-01-05", body)}))
    assert found.set_index("source_name")["category"]["Yves Tarrabelle"] == category


def test_an_office_behind_a_preposition_is_that_of_the_name_that_it_stands_before(tmp_path):
    body = "Selon le maire de Brest, Yves Tarrabelle, candidat à sa succession, la digue tiendra."
    found = speakers(written_corpus(tmp_path, {"a": ("Le Cap", "2024-01-05", body)}))
    assert found[["source_name", "category"]].to_numpy().tolist() == [
        ["Yves Tarrabelle", "executive"]
    ]


def test_an_acronym_is_the_institution_whose_name_a_text_sets_before_it(tmp_path):
    texts = {
        "a": "L’Observatoire des crues de la Sorne (OCS) a annoncé que l’eau monte.",
        "b": "L’OCS a précisé que l’eau monte. L’ARS a dit que non.",
    }
    texts = {name: ("Le Cap", "2024-01-05", body) for name, body in texts.items()}
    corpus = written_corpus(tmp_path, texts)
    found = speakers(corpus).set_index("source_name")["texts"].to_dict()
    assert found == {"Observatoire des crues de la Sorne": 2, "agence régionale de santé": 1}
    named = names(corpus).set_index("name")["label"]
    assert "OCS" not in named.index
    assert named["Observatoire des crues de la Sorne"] == "organisation"


def test_the_speakers_of_the_example_that_are_found_missed_and_invented(example):
    """Persons and bodies with a name, in texts that repeat none; what is missed has no verb of
    speech beside its name, or a name that the model does not see.
    """
    texts = example.without_reprints()
    told = pd.read_csv(FICTION / "truth" / "speakers.csv")
    told = told[told["doc"].isin(texts.documents["doc"]) & told["name"].str.match("[A-ZÉ]")]
    found = speakers(example.where(example.documents["duplicate_of"].isna()), by="doc")
    found = found[found["source_name"].str.match("[A-ZÉ]", na=False)]
    true = {
        (row.doc, plain(row.who)): row.passages
        for row in told.rename(columns={"name": "who"}).itertuples()
    }
    ours = {
        (row.part, plain(row.source_name)): row.direct + row.indirect + row.according_to
        for row in found.itertuples()
    }
    both = true.keys() & ours.keys()
    assert (len(both), len(true) - len(both), len(ours) - len(both)) == (224, 90, 11)
    counted = sum(min(true[key], ours[key]) for key in both)
    assert (counted, sum(true.values()), sum(ours.values())) == (357, 541, 405)


def plain(name: str) -> str:
    return name.replace("’", "'")


def test_the_shares_of_the_example(example):
    found = reported_speech(example, by="outlet")
    sums = found.groupby("part")[["share", "macro"]].sum()
    np.testing.assert_allclose(sums, 1)
    inside = found[["low", "macro", "high"]].dropna()
    assert len(inside) == 4 * len(KINDS)  # the agency has ten texts
    assert inside.apply(lambda row: row.is_monotonic_increasing, axis=1).all()
    # The agency attributes more of what it writes than any newspaper.
    marked = 1 - found[found["kind"] == "none"].set_index("part")["share"]
    assert marked.idxmax() == "Dépêche Altarèse"
    bare = reported_speech(example.where("genre == 'interview'")).set_index("kind")["share"]
    assert bare["direct"] > 0.5


@pytest.mark.parametrize("name", ["none", "seed", "three", "thirty"])
def test_any_number_of_texts_without_an_error(name, seed, tmp_path):
    corpora = {"none": lambda: seed.where([False]), "seed": lambda: seed}
    corpus = corpora.get(name, lambda: open_corpus(FIXTURES / name, cache=tmp_path))()
    holds(corpus)


@pytest.mark.slow
def test_three_hundred_texts_without_an_error(tmp_path):
    write(tmp_path / "dated", 300, front_matter=True)
    corpus = open_corpus(tmp_path / "dated", cache=tmp_path / "kept")
    holds(corpus)
    documents = corpus.documents.assign(outlet=None, date_start=pd.NaT)
    holds(type(corpus)(**vars(corpus) | {"documents": documents}))


def holds(corpus):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found, told = speakers(corpus), reported_speech(corpus)
        columns = found.dtypes, told.dtypes, quotations(corpus, "x").dtypes
    assert told["words"].sum() == corpus.without_reprints().documents["n_words"].sum()
    assert found["words"].sum() >= told.loc[told["kind"] != "none", "words"].sum()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        empty = corpus.where(pd.Series(False, corpus.documents.index, bool))
        nothing = speakers(empty), reported_speech(empty)
    for one, kinds in zip(nothing, columns, strict=False):
        pd.testing.assert_series_equal(one.dtypes, kinds)


def test_texts_without_syntax_are_told(unannotated):
    for verb in (speakers, reported_speech, attributions):
        with pytest.raises(ValueError, match="annotate=True"):
            verb(unannotated)


def test_the_list_has_the_categories_that_it_says():
    from helpers.read.lexicons import lexicon

    rows = lexicon("sources").rows
    assert len(rows) >= 120
    assert not rows["pattern"].str.casefold().duplicated().any()
    assert set(rows["category"]) == {
        "executive", "party", "police and justice", "company", "union", "association", "expert",
        "witness", "media", "anonymous",
    }  # fmt: skip
    # Each is found by itself: no other takes its place.
    for row in rows.itertuples():
        written = row.pattern.replace("*", "")
        assert source_of(written) == (rows["name"][row.Index] or written, row.category)
