"""Files as press databases and other tools write them, each with what is in it: every field of
every article, in the file that is written and in what is read of it.
"""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from helpers.exchange import import_files
from helpers.exchange.articles import Source
from helpers.exchange.imports import read_articles
from helpers.read import load_seeds
from helpers.read.headers import read_front_matter
from tests.exchange.samples import NAMES, SAMPLES
from tests.hostile import FULL, mutant

EXPECTED = {
    path.parent.name: json.loads(path.read_text("utf-8"))
    for path in sorted(SAMPLES.glob("*/expected.json"))
}
REFUSED = EXPECTED.pop("bad_input")["refused"]


def written_in(folder: Path) -> dict[str, tuple[dict[str, str], str]]:
    """The fields and the body of each text of a folder, by the name of the text."""
    texts = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        front = read_front_matter(text)
        assert not front.problems
        fields = {column: text[start:end] for column, start, end in front.fields}
        texts[path.stem] = (fields, text[front.end :].strip())
    return texts


def told(article: dict[str, Any]) -> dict[str, str]:
    """The front matter that says all that is expected of an article."""
    kept = {NAMES.get(name, name): value for name, value in article.items() if value}
    kept.pop("lead", None)
    kept.pop("paragraphs", None)
    said = {name: str(value) for name, value in kept.items() if not isinstance(value, list)}
    said |= {"also_in": " | ".join(kept.get("also_in", []))}
    said |= {"beside": " | ".join(f"{kind}: {text}" for kind, text in kept.get("beside", []))}
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_field_and_paragraph_of_a_sample_is_written(name, tmp_path):
    expected = EXPECTED[name]
    table = import_files(SAMPLES / name / expected["file"], tmp_path / "texts")
    new = table[table["taken"] == "new"]
    texts = written_in(tmp_path / "texts")
    assert len(new) == len(texts) == len(expected["articles"])
    for doc, article in zip(new["doc"], expected["articles"], strict=True):
        fields, body = texts[doc]
        assert body.split("\n\n") == article.get("lead", []) + article["paragraphs"]
        assert sorted(fields.pop("flags", "").split()) == sorted(article["flags"])
        known = told(article)
        assert {name: fields.get(name) for name in known} == known
        unknown = {NAMES.get(name, name) for name, value in article.items() if not value}
        assert not unknown & {*fields}
    left = table[table["taken"] == "left out"]
    assert left["why"].tolist() == [one["why"] for one in expected.get("left_out", [])]
    everything = "".join(fields.get("title", "") + body for fields, body in texts.values())
    assert not [text for text in expected["never"] if text in everything]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_written_is_read_as_it_is(name, tmp_path):
    import_files(SAMPLES / name / EXPECTED[name]["file"], tmp_path)
    documents, issues = load_seeds(tmp_path)
    expected = EXPECTED[name]["articles"]
    assert sorted(documents["title"].fillna("")) == sorted(a["title"] or "" for a in expected)
    assert sorted(documents["outlet"].fillna("")) == sorted(a["outlet"] or "" for a in expected)
    dates = documents["date_start"].dt.strftime("%Y-%m-%d").fillna("")
    assert all(any(a.startswith(e["date"] or "") for a in dates) for e in expected)
    assert set(issues["kind"]) <= {"duplicate", "near_duplicate", "not_french", "no_date"}
    for group in EXPECTED[name]["duplicates"]:
        ids = documents.set_index("source_id")["doc"]
        chain = documents.set_index("doc").loc[ids[group]]
        assert chain["duplicate_of"].notna().sum() == len(group) - 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_corpus_is_refused_by_name_and_nothing_is_written(name, tmp_path):
    with pytest.raises(ValueError, match=rf"^{name} ") as refused:
        import_files(SAMPLES / "bad_input" / name, tmp_path / "texts")
    assert ";" in str(refused.value)
    assert not (tmp_path / "texts").exists()


# Formats that are cut at the marks of their articles, before each is read alone.
CUT = [
    name for name in EXPECTED if name.startswith(("europresse", "factiva_index", "factiva_plain"))
]


@pytest.mark.parametrize("name", CUT)
def test_an_article_that_stands_before_or_behind_a_damage_comes_in_whole(name):
    path = SAMPLES / name / EXPECTED[name]["file"]
    text = path.read_text("utf-8")
    whole = read_articles(Source(path.name, text.encode()))
    for number in range(500 if FULL else 60):
        chance = random.Random(number)
        start = chance.randrange(len(text))
        end = min(start + chance.choice([0, 1, 1, 2, 5, 30, 300]), len(text))
        put = chance.choice(
            ["", "", "<", ">", "</div>", "<p>", "</article>", "\x00", "&", '"', "é"]
        )
        data = (text[:start] + put + text[end:]).encode()
        articles = read_articles(Source(path.name, data))
        found = [(article.fields, article.text) for article in articles]
        for article in whole:
            first, last = article.place
            if last <= start or first >= end > start:
                assert (article.fields, article.text) in found, (name, number)
        lost = len(whole) - sum(not article.left_out for article in articles)
        assert lost <= sum(bool(article.left_out) for article in articles) + (end - start > 30)


@pytest.mark.parametrize("name", EXPECTED)
def test_broken_bytes_raise_nothing_but_a_sentence(name):
    path = SAMPLES / name / EXPECTED[name]["file"]
    for number in range(500 if FULL else 40):
        source = Source(path.name, mutant(number, path.read_bytes()), folder=path.parent)
        with suppress(ValueError):
            assert read_articles(source)
