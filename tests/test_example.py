"""The written corpus of a region that does not exist, held to what it says of itself: it reads like
press, and what was planted in it is there.
"""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
import pytest

from helpers import Corpus, count, open_corpus
from helpers.read import FICTION


def truth(name: str) -> pd.DataFrame:
    return pd.read_csv(FICTION / "truth" / f"{name}.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def example() -> Corpus:
    """Its texts, not annotated."""
    return open_corpus(FICTION, annotate=False)


def test_it_has_articles_of_five_outlets_over_eighteen_months_and_none_in_one_of_them(example):
    texts = example.documents
    assert len(texts) == len(truth("articles")) == 161
    assert texts["n_words"].between(85, 1300).all()
    assert texts["n_words"].sum() > 45_000
    assert texts["outlet"].value_counts().to_dict() == {
        "Le Fanal de Valombre": 49, "L'Écho de Port-Sarrau": 47, "La Gazette d'Orsive": 35,
        "Méridie Info": 20, "Dépêche Altarèse": 10,
    }  # fmt: skip
    months = set(pd.period_range("2023-01", "2024-06", freq="M").astype(str))
    assert months - set(texts["month"]) == {"2023-08"}
    late = texts[texts["outlet"] == "Méridie Info"]
    assert late["month"].min() == "2023-10"
    assert {*texts["genre"]} == set(
        "report brief interview editorial letter portrait sport market".split()
    )
    assert set(example.issues["kind"]) <= {"duplicate", "near_duplicate", "ignored"}


def test_its_vocabulary_is_that_of_press(example):
    types = count.frequencies(example)
    assert len(types) >= 5000
    assert 0.35 <= (types["f"] == 1).mean() <= 0.55


def test_no_sentence_comes_twice_but_in_reprints(example):
    chains = truth("chains").set_index("doc")["chain"]
    docs = example.sentences.merge(example.documents[["doc", "text"]], on="doc")
    sentences = [
        " ".join(text[start:end].replace("’", "'").split())
        for text, start, end in docs[["text", "start", "end"]].itertuples(index=False)
    ]
    seen = pd.DataFrame({"doc": docs["doc"], "sentence": sentences, "n": docs["n_words"]})
    seen = seen[seen["n"] > 4].assign(chain=seen["doc"].map(chains))
    each = seen.drop_duplicates(["doc", "sentence"])
    often = each[each.duplicated("sentence", keep=False)]
    assert often["chain"].notna().all()
    assert often.drop_duplicates(["sentence", "chain"])["sentence"].is_unique


def test_the_reprints_are_found_and_no_others(example):
    chains = truth("chains")
    first = chains[chains["kind"] == "first"].set_index("chain")["doc"]
    copies = chains[chains["kind"] != "first"]
    told = dict(zip(copies["doc"], copies["chain"].map(first), strict=True))
    texts = example.documents
    found = texts[texts["duplicate_of"].notna()].set_index("doc")["duplicate_of"].to_dict()
    assert found == told


@pytest.mark.parametrize("word", [*truth("words").itertuples()], ids=lambda word: word.lemma)
def test_what_was_planted_is_there(word, example):
    texts = example.without_reprints().documents
    bodies = [row.text[row.body_start : row.body_end] for row in texts.itertuples()]
    form = re.compile(rf"(?i)\b{word.lemma}e?s?\b")
    hits = pd.Series([len(form.findall(body.replace("’", "'"))) for body in bodies])
    third = pd.cut(
        texts["date_start"],
        pd.to_datetime(["2023-01-01", "2023-07-01", "2024-01-01", "2024-07-01"]),
        labels=False,
        right=False,
    )
    rates = hits.groupby(third).sum() / texts["n_words"].astype(int).groupby(third).sum()
    ratio = rates.iloc[2] / max(rates.iloc[0], 1e-9)
    if word.behaviour in ("rising", "falling"):
        assert 6 <= (ratio if word.behaviour == "rising" else 1 / ratio) <= 12
        assert hits.sum() >= 60
        assert (hits > 0).sum() >= 20
    elif word.behaviour == "weak":
        assert 1 / 3 <= ratio <= 3
    elif word.behaviour == "season":
        assert set(texts["date_start"].dt.month[hits.to_numpy() > 0]) == {1, 2}
    elif word.behaviour == "one article":
        assert hits.max() == hits.sum() == 60
    elif "outlet" in word.behaviour:
        here = texts["outlet"].to_numpy() == word.outlet
        assert hits[here].sum() >= 15
        assert hits[~here].sum() == 0


def test_who_is_quoted_stands_in_the_text(example):
    texts = example.documents.set_index("doc")["text"].str.replace("’", "'")
    told = truth("speakers")
    named = told[told["name"].str.match(r"[A-ZÉ][\w-]+ [A-ZÉ]")]
    absent = [
        (row.doc, row.name_)
        for row in named.rename(columns={"name": "name_"}).itertuples()
        if row.name_.split()[-1].replace("’", "'") not in texts[row.doc]
    ]
    assert not absent
    assert Counter(told["name"]).most_common(1)[0][1] >= 5
