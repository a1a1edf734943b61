"""Actors, attributions and events: the seed as it was annotated by hand, and each rule on a
sentence.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import open_corpus
from helpers.voices import actors, attributions, events, in_voices, mentions
from helpers.voices.days import possible_days
from helpers.voices.discourse import all_tables
from helpers.voices.institutions import acronyms
from helpers.voices.people import title_of

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLD = json.loads((FIXTURES / "seed_gold.json").read_text("utf-8"))
WORDS = (
    "selon a dit le ministre , « » que M. Tazi lundi à Rabat reçu - t-il . faire part de".split()
)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """The corpus of one text for each given body, kept for the next test that asks for it."""
    corpora = {}

    def corpus_of(*texts: str):
        if texts not in corpora:
            folder = tmp_path_factory.mktemp("texts")
            for i, text in enumerate(texts):
                (folder / f"{i}.txt").write_text(text, "utf-8")
            corpora[texts] = open_corpus(folder, cache=folder / "kept")
        return corpora[texts]

    return corpus_of


def paragraph_start(seed, par: int) -> int:
    return int(seed.paragraphs["start"].iloc[par - 1])


def test_the_actors_of_the_seed_are_those_of_its_annotation(seed):
    found = actors(seed).set_index("name")
    assert list(found.index) == ["Abdellatif Hammouchi", "Francisca Bostyn", "Pôle DGSN-DGST"]
    for person in GOLD["persons"]:
        row = found.loc[person["name"]]
        assert row["title"] == person["title"]
        assert row["role"] == person["role"]
        assert row["organisation"].split("; ") == person["organisations"]
        assert row["country"] == person["country"]
        assert row["mentions"] == len(person["mentions"])


def test_the_mentions_of_the_seed_stand_where_its_annotation_has_them(seed):
    found = {(row.name, row.start, row.end) for row in mentions(seed).itertuples(index=False)}
    expected = {
        (person["name"], start + mention["start"], start + mention["end"])
        for person in GOLD["persons"]
        for mention in person["mentions"]
        for start in [paragraph_start(seed, mention["paragraph"])]
    }
    assert found == expected


def test_the_attributions_of_the_seed_are_those_of_its_annotation(seed):
    found = attributions(seed)
    cues = found[found["kind"] != "none"]
    assert len(cues) == len(GOLD["attributions"]) == 4
    text = seed.documents["text"].item()
    for row, gold in zip(cues.itertuples(), GOLD["attributions"], strict=True):
        assert row.par == gold["cue"]["paragraph"]
        assert row.source == gold["source"]["text"]
        assert row.verb == gold.get("lemma", gold["type"])
        assert gold["cue"]["text"] in text[row.start : row.end]
        assert gold["content"].removesuffix(" …") in text[row.start : row.end]
        name = gold.get("person", gold.get("organisation"))
        assert (row.source_name if isinstance(row.source_name, str) else None) == name
        assert row.inferred == ("person" in gold)
    assert found.loc[found["kind"] == "none", "par"].tolist() == [1, 5, 6]
    assert found["kind"].tolist()[1] == "according_to"


def test_the_event_of_the_seed_has_four_mondays_and_no_day(seed):
    event = events(seed).iloc[0]
    gold = GOLD["event"]
    assert len(events(seed)) == 1
    assert (event["kind"], event["host"], event["guest"], event["place"], event["weekday"]) == (
        "reception", gold["agent"], gold["patient"], gold["place"], gold["weekday"],
    )  # fmt: skip
    assert event["date_candidates"] == GOLD["dates"][0]["candidates"]
    assert event["date_precision"] == "unresolved"


@pytest.mark.parametrize("verb", [actors, attributions, events, mentions])
def test_every_row_leads_back_to_the_characters_of_the_file(seed, verb):
    text = seed.documents["text"].item()
    for row in verb(seed).itertuples():
        passage = text[row.start : row.end]
        assert passage.strip() == passage != ""


def test_passages_share_the_sentences_out_without_overlap(seed):
    found = attributions(seed)
    assert (found["start"].to_numpy()[1:] >= found["end"].to_numpy()[:-1]).all()
    ends = found.groupby("sent")["end"].last().to_numpy()
    np.testing.assert_array_equal(ends, seed.sentences["end"])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La digue tiendra, a indiqué la maire.", ("indiquer", "la maire", "indirect")),
        ("La digue, a-t-elle ajouté, tiendra.", ("ajouter", "elle", "indirect")),
        ("« La digue tiendra », plaisante la maire.", ("plaisanter", "la maire", "direct")),
        ("« Nous verrons », a-t-elle ajouté.", ("ajouter", "elle", "direct")),
        ("« On verra », a-t-elle promis.", ("promettre", "elle", "direct")),
        ("<< Elle tiendra demain >>, a déclaré la maire.", ("déclarer", "la maire", "direct")),
        ("‘L’eau baisse déjà’, a déclaré la maire.", ("déclarer", "la maire", "direct")),
        ("„Elle tiendra demain“, a déclaré la maire.", ("déclarer", "la maire", "direct")),
        ("‹ Elle tiendra demain ›, a déclaré la maire.", ("déclarer", "la maire", "direct")),
        ("Les murs’ d’hier, a dit la maire, tiendront.", ("dire", "la maire", "indirect")),
        ("La maire dit que les crues ’90 et ’95 sont loin.", ("dire", "La maire", "indirect")),
        ("Elle a fait savoir que la digue tiendra.", ("faire savoir", "Elle", "indirect")),
        ("Le maire a tenu à saluer ce travail.", ("saluer", "Le maire", "indirect")),
        ("Le maire dit vouloir reconstruire.", ("dire", "Le maire", "indirect")),
        ("Comme l’a rappelé la juge, la loi a changé.", ("rappeler", "la juge", "indirect")),
        ("La maire s’est dite déçue du résultat.", ("se dire", "La maire", "indirect")),
        ("La route rouvrira, assure-t-on au ministère.", ("assurer", "ministère", "indirect")),
        ("Selon les experts, la digue tiendra.", ("selon", "les experts", "according_to")),
        ("Pour la maire, la digue tiendra.", ("pour", "la maire", "according_to")),
        ("Il a été précisé que la digue tiendra.", ("préciser", None, "indirect")),
    ],
)
def test_one_form_of_attribution_each(said, sentence, expected):
    rows = attributions(said(sentence))
    assert len(rows) == 1
    row = rows.iloc[0]
    source = row["source"] if isinstance(row["source"], str) else None
    assert (row["verb"], source, row["kind"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Awa Ndoye : « La digue tiendra. »", [("Awa Ndoye", "Awa Ndoye")]),
        ("Mme Awa Ndoye (Dakar) : “Le port rouvre.”", [("Mme Awa Ndoye", "Awa Ndoye")]),
        ("Luc Morvan, maire de Brest : « Non. »", [("Luc Morvan", "Luc Morvan")]),
        ("Et la maire : « La digue tiendra. »", [("la maire", None)]),
        ("Entretien avec Awa Ndoye : « La digue tiendra. »", [("Awa Ndoye", "Awa Ndoye")]),
        ("Même élan chez Awa Ndoye, maire : « La digue tiendra. »", [("Awa Ndoye", "Awa Ndoye")]),
        ("Le gouvernement : « La digue tiendra. »", [("Le gouvernement", None)]),
        ("M’hamed Tazi : Nous avons fini la digue.", [("M’hamed Tazi", "M’hamed Tazi")]),
        (
            "Awa Ndoye, ministre de la Pêche, est là.\n\nQuand rouvre le port ?\n\n"
            "La ministre : Il rouvre lundi. Il est neuf.\n\nMme Ndoye : Je ne sais pas.",
            [("La ministre", "Awa Ndoye"), ("Mme Ndoye", "Awa Ndoye")],
        ),
    ],
)
def test_who_stands_alone_before_a_colon_says_what_follows(said, text, expected):
    rows = attributions(said(text)).dropna(subset="verb")
    names = rows[["source", "source_name"]].astype(object).where(rows.notna(), None)
    assert [*names.itertuples(index=False, name=None)] == expected
    assert set(zip(rows["verb"], rows["kind"], strict=True)) == {(":", "direct")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("« La digue tiendra », a déclaré M’hamed Tazi.", "M’hamed Tazi"),
        ("M'barek Tazi a salué ce travail.", "M’barek Tazi"),
        ("N’Golo Ndoye a précisé que la digue tiendra.", "N’Golo Ndoye"),
        ("La digue tiendra, a indiqué Ousmane N’diaye.", "Ousmane N’diaye"),
    ],
)
def test_a_source_is_the_whole_of_its_name(said, text, name):
    corpus = said(f"{name} est venu. {text}")
    row = attributions(corpus).iloc[-1]
    assert (row["source"], row["source_name"]) == (name, name)
    assert actors(corpus)["name"].tolist() == [name]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Selon Lefanal.ma, la digue tiendra.", "Lefanal.ma"),
        ("D’après Mer24.com, la digue tiendra.", "Mer24.com"),
        ("Le site Mer24.ma a rapporté que la digue tiendra.", "Le site Mer24.ma"),
        ("Lefanal.com annonce que la digue tiendra.", "Lefanal.com"),
        ("La digue tiendra, a rapporté Lefanal.com.", "Lefanal.com"),
        ("Selon lefanal.ma, la digue tiendra.", "lefanal.ma"),
        ("Marées24 rapporte que la digue tiendra.", "Marées24"),
        ("Dans un tweet, @awandoye a écrit : « La digue tiendra ! »", "@awandoye"),
        ("Selon @awandoye, la digue tiendra.", "@awandoye"),
        ("@awa_n estime que la digue tiendra.", "@awa_n"),
        ("La digue tiendra, affirme @awa_n.", "@awa_n"),
        ("@LeFanal : « La digue tiendra. »", "@LeFanal"),
    ],
)
def test_a_site_or_an_account_may_be_a_source_and_is_no_person_or_place(said, sentence, source):
    corpus = said(sentence)
    assert attributions(corpus)["source"].tolist() == [source]
    assert corpus.entities.empty


def test_a_turn_that_tells_its_own_source_is_not_told_twice(said):
    rows = attributions(said("Le maire, selon Awa Ndoye : « Il est parti. »"))
    assert rows["verb"].tolist() == ["selon"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Selon les saisons, le prix double.",
        "Le gouvernement ajoute une taxe sur le sucre.",
        "Le pays a rappelé son ambassadeur.",
        "Le porte-parole n’a pas précisé si le vol était plein.",
        "Elle est partie sans préciser sa destination.",
        "Les chiffres annoncés mardi sont bons.",
        "Il faut souligner cette avancée.",
        "Pour les enfants, la rentrée est lundi.",
        "Le chalutier « Belle-Aurore » a quitté le port.",
        "Dakar : « La digue » rouvre au public.",
        "Le thème de la semaine : « La mer est à nous. »",
        "Awa Ndoye : 12 voix.",
        "Awa Ndoye : elle a ouvert la digue.",
        "ONCF : Le train de Fès est annulé.",
    ],
)
def test_what_only_looks_like_an_attribution_is_none(said, sentence):
    assert attributions(said(sentence))["kind"].tolist() == ["none"]


def test_a_pronoun_an_office_and_a_surname_lead_to_the_name(said):
    corpus = said(
        "La ministre de la Pêche, Mme Aïcha Benhaddou, a reçu la presse.\n\n"
        "Elle a annoncé un plan. La ministre a précisé que le plan serait prêt en mai.\n\n"
        "Selon Mme Benhaddou, les pêcheurs attendaient ce plan."
    )
    rows = attributions(corpus).dropna(subset="verb")
    assert rows["source_name"].tolist() == ["Aïcha Benhaddou"] * 3
    assert rows["inferred"].tolist() == [True, True, False]


@pytest.mark.parametrize("end", ["", ".", " !", "…", " »", ", a-t-on appris"])
@pytest.mark.parametrize(
    ("office", "organisation"),
    [
        ("ministre de la Pêche", "ministère de la Pêche"),
        ("directrice de l’Office national de l’eau (ONE)", "Office national de l’eau"),
        ("ministre", None),
    ],
)
def test_an_office_is_whole_whether_or_not_a_mark_ends_the_text(said, office, organisation, end):
    row = actors(said(f"« Le port rouvrira en mai », a dit Mme Awa Ndoye, {office}{end}")).iloc[0]
    assert row["role"] == office
    assert (row["organisation"] if isinstance(row["organisation"], str) else None) == organisation


def test_an_office_that_two_persons_may_hold_names_nobody(said):
    corpus = said(
        "Le ministre de la Pêche, M. Karim Tazi, et le ministre de la Santé, M. Omar Diallo, ont "
        "visité le port.\n\nLe ministre a salué le travail des équipes."
    )
    row = attributions(corpus).iloc[-1]
    assert row["source"] == "Le ministre"
    assert pd.isna(row["source_name"])
    assert not row["inferred"]


def test_an_acronym_is_expanded_where_the_text_does_it(said):
    assert acronyms("L’Office national de l’eau (ONE) et la FAO") == {
        "ONE": "Office national de l’eau"
    }
    corpus = said(
        "La directrice de l’Office national de l’eau (ONE), Léa Morvan, a salué ce choix.\n\n"
        "Le chef de service de l’ONE, Luc Verdonck, a salué ce choix."
    )
    people = actors(corpus).set_index("name")
    assert people.loc["Léa Morvan", "organisation"] == "Office national de l’eau"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "M. Karim Tazi a reçu Mme Awa Ndoye à Dakar.",
            ("reception", "Karim Tazi", "Awa Ndoye", "Dakar"),
        ),
        (
            "Mme Awa Ndoye a été reçue à Dakar par M. Karim Tazi.",
            ("reception", "Karim Tazi", "Awa Ndoye", "Dakar"),
        ),
        (
            "M. Karim Tazi s’est entretenu au téléphone avec Mme Awa Ndoye.",
            ("call", "Karim Tazi", "Awa Ndoye", None),
        ),
        (
            "Mme Awa Ndoye effectue une visite à Rabat à l’invitation de M. Karim Tazi.",
            ("visit", "Karim Tazi", "Awa Ndoye", "Rabat"),
        ),
        (
            "M. Karim Tazi a rencontré Mme Awa Ndoye.",
            ("meeting", "Karim Tazi", "Awa Ndoye", None),
        ),
        (
            "Une convention a été signée à Rabat entre M. Karim Tazi et Mme Awa Ndoye.",
            ("signature", "Karim Tazi", "Awa Ndoye", "Rabat"),
        ),
        (
            "La commissaire générale de la Fédération de voile, Mme Zineb Chaouatri, et le directeur "
            "général de l’École des arbitres, M. Rafael Pacheconal, se sont réunis vendredi à Alger.",
            ("meeting", "Zineb Chaouatri", "Rafael Pacheconal", "Alger"),
        ),
        (
            "Le conseiller principal du ministère du Patrimoine vivant d’Espagne, M. Stefano "
            "Goyenaga, a reçu, mardi à Kara, le président de l’Office des semences, M. Koffi Seni.",
            ("reception", "Stefano Goyenaga", "Koffi Seni", "Kara"),
        ),
        (
            "M. Mesfiouani s’était auparavant entretenu, dimanche, avec M. Quentin Zurbrüggli.",
            ("meeting", "Mesfiouani", "Quentin Zurbrüggli", None),
        ),
    ],
)
def test_one_kind_of_event_each(said, sentence, expected):
    rows = events(said(sentence))
    found = rows[["kind", "host", "guest", "place"]].astype(object).where(rows.notna(), None)
    assert found.to_numpy().tolist() == [list(expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le maire Karim TAZI a parlé. Karim Tazi a salué le public. M. Tazi est parti.",
            {"Karim Tazi": ("M.", "maire", 3)},
        ),
        (
            "Monsieur Karim Tazi a parlé. Karim Tazi a salué. Monsieur Tazi est parti.",
            {"Karim Tazi": ("M.", "", 3)},
        ),
        (
            "Maître Omar Fassi a plaidé. Me Fassi est sorti. Le docteur Anne Morel a témoigné.",
            {"Omar Fassi": ("Me", "", 2), "Anne Morel": ("Dr", "", 1)},
        ),
        (
            "Madame Awa Diallo a parlé. Le professeur Didier Lenoir a répondu.",
            {"Awa Diallo": ("Mme", "", 1), "Didier Lenoir": ("Pr", "", 1)},
        ),
        (
            "Le ministre Omar Fassi et Sana Alami ont parlé.",
            {"Omar Fassi": ("", "ministre", 1), "Sana Alami": ("", "", 1)},
        ),
        (
            "Le ministre Omar Fassi, Sana Alami et Karim Tazi ont parlé.",
            {
                "Omar Fassi": ("", "ministre", 1),
                "Sana Alami": ("", "", 1),
                "Karim Tazi": ("", "", 1),
            },
        ),
        ("M. le Président a parlé. M. le Maire a répondu.", {}),
        ("LE MAIRE A RECU DES ELEVES A L’ECOLE.", {}),
        ("LE MAIRE A RECU LE CLUB A LA MAIRIE.", {}),
        ("Le maire a reçu la CAPL.", {"CAPL": ("", "", 1)}),
    ],
)
def test_titles_and_capitals_make_no_other_person(said, text, expected):
    found = actors(said(text)).fillna("")
    rows = zip(*(found[c] for c in ("name", "title", "role", "mentions")), strict=True)
    assert {name: (title, role, n) for name, title, role, n in rows} == expected


@pytest.mark.parametrize(
    ("form", "title"),
    [("M.", "M."), ("MM.", "M."), ("Mme.", "Mme"), ("madame", "Mme"), ("Pr.", "Pr"), ("maire", "")],
)
def test_a_title_in_any_spelling(form, title):
    assert title_of(form)[0] == title


@pytest.mark.parametrize(
    "sentence",
    [
        "M. Karim Tazi n’a pas reçu Mme Awa Ndoye.",
        "M. Karim Tazi recevra Mme Awa Ndoye.",
        "M. Karim Tazi a reçu une médaille.",
        "Mme Awa Ndoye a répondu : « Un vaccin qui arrive trop tard n’a pas de prix. »",
    ],
)
def test_what_did_not_happen_between_actors_is_no_event(said, sentence):
    rows = events(said(sentence))
    assert not rows["guest"].notna().any()


@pytest.mark.parametrize(
    ("written", "first", "last", "days"),
    [
        ("lundi", "2024-11-01", "2024-11-30", 4),
        ("lundi", "2024-11-21", "2024-11-21", 2),
        ("jeudi", "2024-11-21", "2024-11-21", ["2024-11-21"]),
        ("12 mars 2024", "2025-01-01", "2025-01-31", ["2024-03-12"]),
        ("lundi 4 novembre", "2024-11-01", "2024-11-30", ["2024-11-04"]),
        ("2019", "2024-11-01", "2024-11-30", []),
    ],
)
def test_the_days_that_a_date_may_mean(written, first, last, days):
    found = possible_days(written, pd.Timestamp(first), pd.Timestamp(last))
    if isinstance(days, int):
        assert len(found.date_candidates) == days
        assert found.date_precision == "unresolved"
    else:
        assert found.date_candidates == days
        assert found.date_precision == ("day" if days else None)


@pytest.mark.parametrize(
    ("words", "tense", "days"),
    [
        ("lundi", -1, ["2024-11-18"]),
        ("lundi", 1, ["2024-11-25"]),
        ("lundi", 0, ["2024-11-18", "2024-11-25"]),
        ("jeudi", 0, ["2024-11-21"]),
        ("jeudi dernier", 0, ["2024-11-14"]),
        ("jeudi prochain", -1, ["2024-11-28"]),
        ("lundi 4", -1, ["2024-11-04"]),
        ("lundi 2", 1, ["2024-12-02"]),
        ("lundi 5", -1, []),
        ("avant-hier", 0, ["2024-11-19"]),
        ("hier", -1, ["2024-11-20"]),
        ("aujourd’hui", 0, ["2024-11-21"]),
        ("demain", -1, ["2024-11-22"]),
        ("après-demain", 1, ["2024-11-23"]),
        ("6 mars", 0, ["2024-03-06"]),
        ("30 décembre", -1, ["2023-12-30"]),
        ("2 janvier", 1, ["2025-01-02"]),
        ("lundi 4 novembre", -1, ["2024-11-04"]),
        ("6 novembre 2019", 1, ["2019-11-06"]),
    ],
)
def test_tense_and_words_decide_which_day_is_meant(words, tense, days):
    day = pd.Timestamp("2024-11-21")  # a Thursday
    found = possible_days(words, day, day, tense)
    assert found.date_candidates == days
    assert found.date_precision == {0: None, 1: "day"}.get(len(days), "unresolved")
    assert found.weekday == (words.split()[0] if "di" in words.split()[0] else None)


def test_hier_is_no_day_in_a_text_of_a_month():
    assert possible_days("hier", pd.Timestamp("2024-11-01"), pd.Timestamp("2024-11-30"))[1] == []


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("M. Karim Tazi a reçu lundi Mme Awa Ndoye.", ["18"]),
        ("M. Karim Tazi a reçu jeudi Mme Awa Ndoye.", ["21"]),
        ("M. Karim Tazi reçoit lundi Mme Awa Ndoye.", ["18", "25"]),
        ("M. Karim Tazi reçoit lundi prochain Mme Awa Ndoye.", ["25"]),
        ("M. Karim Tazi a reçu jeudi dernier Mme Awa Ndoye.", ["14"]),
        ("M. Karim Tazi a reçu ce lundi Mme Awa Ndoye.", ["18"]),
        ("M. Karim Tazi a reçu mardi soir Mme Awa Ndoye.", ["19"]),
        ("M. Karim Tazi a reçu lundi 4 Mme Awa Ndoye.", ["04"]),
        ("Hier, M. Karim Tazi a rencontré Mme Awa Ndoye.", ["20"]),
        (
            "Lundi, M. Koffi Kassirou avait eu un entretien téléphonique avec la déléguée générale "
            "de l’Agence des systèmes d’information (ASI), Mme Francesca Carvalhedo.",
            ["18"],
        ),
        ("Lundi, M. Karim Tazi a eu, à Rabat, un entretien avec Mme Awa Ndoye.", ["18"]),
        ("M. Karim Tazi a eu, ce lundi, un entretien avec Mme Awa Ndoye.", ["18"]),
        ("M. Karim Tazi a, lundi, reçu Mme Awa Ndoye.", ["18"]),
        ("M. Karim Tazi avait, en effet, reçu vendredi Mme Awa Ndoye.", ["15"]),
        ("M. Karim Tazi a reçu avant-hier Mme Awa Ndoye.", ["19"]),
        ("M. Karim Tazi reçoit aujourd’hui Mme Awa Ndoye.", ["21"]),
        ("M. Karim Tazi reçoit demain Mme Awa Ndoye.", ["22"]),
        ("M. Karim Tazi reçoit après-demain Mme Awa Ndoye.", ["23"]),
        ("Mme Awa Ndoye a été reçue vendredi par M. Karim Tazi.", ["15"]),
        ("Mme Awa Ndoye est reçue vendredi par M. Karim Tazi.", ["15", "22"]),
        ("Mme Awa Ndoye rencontra vendredi M. Karim Tazi.", ["15"]),
        ("Mme Awa Ndoye recevait vendredi M. Karim Tazi.", ["15"]),
        ("M. Karim Tazi a reçu Mme Awa Ndoye, attendue lundi à Paris.", ["25"]),
        ("M. Karim Tazi a reçu Mme Awa Ndoye, qui se rendra lundi à Paris.", ["25"]),
        ("M. Karim Tazi, qui doit se rendre lundi à Dakar, a reçu Mme Awa Ndoye.", ["25"]),
        ("M. Karim Tazi a reçu Mme Awa Ndoye.", []),
    ],
)
def test_the_days_of_an_event_are_those_of_its_tense(said, sentence, days):
    found = events(said(f"---\ndate: 2024-11-21\n---\n\n{sentence}"))
    assert found["date_candidates"].tolist() == [[f"2024-11-{day}" for day in days]]


def test_an_undated_text_has_no_candidates():
    assert possible_days("lundi", pd.NaT, pd.NaT) == ("lundi", [], None)


def test_a_quotation_that_never_closes_ends_with_its_paragraph(said):
    rows = attributions(
        said(
            "Le maire a dit : « La digue tiendra cet hiver.\n\n"
            "La juge a précisé que la loi change cette année.\n\n"
            "Le préfet a dit : « Le port ouvre ce matin.\n\n"
            "« La route ferme ce soir », a indiqué la maire."
        )
    )
    assert rows["kind"].tolist() == ["direct", "indirect", "direct", "direct"]


def test_a_passage_outside_of_every_attribution_has_no_voice(seed):
    found = attributions(seed)
    first = {"doc": found["doc"].iloc[0], "start": found["start"].iloc[0]}
    rows = pd.DataFrame([first, first | {"start": -1}, {"doc": "elsewhere", "start": 0}])
    assert in_voices(rows, found)["kind"].notna().tolist() == [True, False, False]
    assert in_voices(rows, found.head(0))["kind"].isna().all()


def test_an_empty_corpus_has_every_column(tmp_path):
    empty = open_corpus(tmp_path, cache=tmp_path / "kept")
    for verb in (actors, attributions, events, mentions):
        result = verb(empty)
        assert result.empty
        assert {"doc", "start", "end"} <= set(result)
    assert in_voices(empty.tokens[["doc", "start"]], attributions(empty)).empty


def test_texts_are_read_once_and_what_is_done_to_a_result_stays_there(said, monkeypatch):
    corpus = said("Selon Mme Awa Ndoye, la digue tiendra. Le maire a reçu M. Karim Tazi lundi.")
    found = attributions(corpus)
    expected = found.copy()
    monkeypatch.setattr("helpers.voices.discourse.texts", None)
    assert set(actors(corpus)["name"]) == {"Awa Ndoye", "Karim Tazi"}
    assert events(corpus)["guest"].tolist() == ["Karim Tazi"]
    found.loc[:, "source_name"] = "Karim Tazi"
    found["start"] += 1
    pd.testing.assert_frame_equal(attributions(corpus), expected)


def test_tokens_without_syntax_are_an_error_that_says_what_to_do(unannotated):
    with pytest.raises(ValueError, match="annotate=True"):
        attributions(unannotated)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_no_order_of_words_breaks_a_rule(tmp_path_factory, words):
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.txt").write_text(" ".join(words), "utf-8")
    corpus = open_corpus(folder, cache=folder / "kept")
    found = attributions(corpus)
    assert found.groupby("sent").ngroups == len(corpus.sentences)
    assert (found["end"] > found["start"]).all()
    actors(corpus)
    events(corpus)


def test_an_acronym_is_the_name_of_whom_a_text_calls_so(said):
    text = "La présidente de l’Institut de vaccinologie (IDV), Mme Awa Ndoye, est à Kara. "
    found = actors(said(text + "Selon un communiqué de l’IDV, le vaccin est prêt."))
    assert "Institut de vaccinologie" in found["name"].tolist()


def test_a_corpus_is_read_anew_where_more_than_its_outlets_differs(seed):
    told, documents = all_tables(seed), seed.documents
    renamed = replace(seed, documents=documents.assign(outlet="Le Cap"))
    assert all_tables(renamed) is told
    for other in (
        replace(seed, documents=documents.assign(byline="Awa Ndoye")),
        replace(seed, paragraphs=seed.paragraphs.iloc[:1]),
        replace(seed, entities=seed.entities.iloc[:0]),
    ):
        assert all_tables(other) is not told
