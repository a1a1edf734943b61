"""Names, nationalities and dates: the annotated seed, and each rule on an invented sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers.read import load_seeds, parse, weekdays
from helpers.read.corpus import SEEDS
from helpers.read.names import demonyms
from helpers.read.words import parse_batch

GOLD = json.loads((Path(__file__).parent.parent / "fixtures" / "seed_gold.json").read_text("utf-8"))
LABELS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


@pytest.fixture(scope="module")
def seed():
    documents = load_seeds(SEEDS).documents
    return documents, parse(documents)


def mentions(text: str) -> list[tuple[str, str, str]]:
    documents = pd.DataFrame({"doc": ["t"], "text": [text], "body_start": 0, "body_end": len(text)})
    entities = parse_batch(documents, annotate=True).entities
    return [
        (text[row.start : row.end], row.label, row.name_)
        for row in entities.rename(columns={"name": "name_"}).itertuples()
    ]


def test_the_names_of_the_seed_are_those_of_its_annotation(seed):
    _, tables = seed
    offset = dict(zip(tables.paragraphs["par"], tables.paragraphs["start"], strict=True))
    names = tables.entities[tables.entities["label"].isin(LABELS.values())]
    found = {
        (
            row.par,
            row.start,
            row.end,
            row.label,
            row[7],
            None if pd.isna(row.country) else row.country,
        )
        for row in names.itertuples()
    }
    expected = {
        (
            e["paragraph"],
            offset[e["paragraph"]] + e["start"],
            offset[e["paragraph"]] + e["end"],
            LABELS[e["label"]],
            e["name"],
            e.get("country"),
        )
        for e in GOLD["entities"]
    }
    assert len(expected) == 18
    assert found == expected


def test_the_nationalities_of_the_seed(seed):
    _, tables = seed
    offset = dict(zip(tables.paragraphs["par"], tables.paragraphs["start"], strict=True))
    found = tables.entities[tables.entities["label"] == "nationality"]
    got = {
        (row.start, row.end, row[7], None if pd.isna(row.country) else row.country)
        for row in found.itertuples()
    }
    expected = {
        (
            offset[d["paragraph"]] + d["start"],
            offset[d["paragraph"]] + d["end"],
            d.get("name") or d["region"],
            d.get("country"),
        )
        for d in GOLD["demonyms"]
    }
    assert len(found) == 6
    assert got == expected
    inside = tables.entities[
        (tables.entities["label"] == "organisation") & (tables.entities["country"] == "BE")
    ].iloc[0]
    assert ((found["start"] > inside["start"]) & (found["end"] <= inside["end"])).sum() == 1


def test_the_date_of_the_seed_is_one_of_four_mondays(seed):
    documents, tables = seed
    days = weekdays(tables.entities, documents)
    assert (tables.entities["label"] == "date").sum() == 1
    assert days["weekday"].tolist() == ["lundi"]
    assert days["candidates"].iloc[0] == GOLD["dates"][0]["candidates"]


def test_a_weekday_in_a_text_of_one_day_is_the_last_before_it(tmp_path):
    (tmp_path / "a.txt").write_text(
        "date 2024-09-08 Le préfet a reçu les élus vendredi.\n", "utf-8"
    )
    documents = load_seeds(tmp_path)[0]
    days = weekdays(parse(documents).entities, documents)
    assert days["candidates"].tolist() == [["2024-09-06"]]


def test_a_longer_mention_comes_before_the_one_inside_it(seed):
    entities = seed[1].entities
    order = sorted(range(len(entities)), key=lambda i: (entities["start"][i], -entities["end"][i]))
    assert order == list(range(len(entities)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M. Karim Alaoui est arrivé à Paris.", ("Karim Alaoui", "person", "Karim Alaoui")),
        (
            "La ministre de la Culture, Mme Awa Diallo, a parlé.",
            ("Awa Diallo", "person", "Awa Diallo"),
        ),
        ("Le Royaume du Maroc et la France ont signé.", ("Royaume du Maroc", "place", "Maroc")),
        ("Il a quitté la France hier.", ("France", "place", "France")),
        ("La délégation des Etats-Unis est repartie.", ("Etats-Unis", "place", "États-Unis")),
        (
            "La DGSN a publié un communiqué.",
            ("DGSN", "organisation", "Direction générale de la Sûreté nationale"),
        ),
        ("Les autorités sénégalaises ont réagi.", ("sénégalaises", "nationality", "Sénégal")),
        ("Le Burundais Aimé Nkurunziza a gagné.", ("Burundais", "nationality", "Burundi")),
        ("Une réunion aura lieu le 21 novembre 2024.", ("21 novembre 2024", "date", "2024-11-21")),
    ],
)
def test_one_rule_of_the_names_each(text, expected):
    assert expected in mentions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le royaume des oiseaux est vaste.",
        "La responsable a parlé.",
        "Le directeur général est venu.",
    ],
)
def test_what_is_no_name(text):
    assert not [label for _, label, _ in mentions(text) if label in LABELS.values()]


def test_every_form_of_a_demonym_leads_to_its_country():
    known = demonyms()
    assert {known[form] for form in ("marocain", "marocaine", "marocains", "marocaines")} == {
        ("Maroc", "MA")
    }
    assert known["français"] == ("France", "FR")
    assert known["européens"] == ("Europe", "")
    assert len({country for _, country in known.values()}) > 180
