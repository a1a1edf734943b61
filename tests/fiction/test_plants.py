"""What is planted in the committed texts is there, is told where it is, and is found."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import open_corpus
from helpers.count import keyness, reuse, specificities
from helpers.count.keywords import nearest_bound
from helpers.read.corpus import Corpus
from helpers.read.tables import DOCUMENTS
from tests.fiction.__main__ import main
from tests.fiction.scenes import FALL, RISE, SHIFT, outlets, rows
from tests.fiction.simulate import SEED, TEXTS, communiques, write

OURS = (
    "title",
    "outlet",
    "byline",
    "date",
    "date_start",
    "date_end",
    "date_precision",
    "duplicate_of",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    write(folder, TEXTS, seed=SEED)
    return open_corpus(folder, annotate=False, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def truth():
    return communiques(TEXTS, seed=SEED, front_matter=True).truth


@pytest.fixture(scope="module")
def words(corpus):
    tokens = corpus.with_metadata(corpus.tokens)
    return tokens[tokens["duplicate_of"].isna() & (tokens["kind"] == "word")]


def text_of(corpus, rows):
    texts = corpus.documents.set_index("doc")["text"].reindex(rows["doc"])
    return [text[a:b] for text, a, b in zip(texts, rows["start"], rows["end"], strict=True)]


def test_the_command_writes_a_world_into_an_empty_folder_only(tmp_path, capsys):
    main(["4", "--seed", "2", "--to", str(tmp_path / "a")])
    main(["4", "--seed", "2", "--to", str(tmp_path / "b"), "--headers"])
    texts = communiques(4, seed=2, front_matter=True).texts
    assert {
        path.name: path.read_bytes().decode() for path in (tmp_path / "a").glob("*.txt")
    } == texts
    assert not any(
        path.read_text("utf-8").startswith("---") for path in (tmp_path / "b").glob("*.txt")
    )
    with pytest.raises(SystemExit):
        main(["4", "--to", str(tmp_path / "a")])
    assert "is not empty" in capsys.readouterr().err


def test_no_mark_of_the_grammar_is_left(truth):
    for table in truth:
        for column in table.select_dtypes(["str", "object"]):
            assert not table[column].astype("str").str.contains("[\ue000-\uf8ff{}]").any()


def test_our_reader_finds_all_that_front_matter_says(corpus, truth):
    ours = corpus.documents.sort_values("doc", ignore_index=True)
    planted = truth.documents
    assert ours["doc"].tolist() == planted["doc"].tolist()
    for name in (*OURS, "scene", "period"):
        pd.testing.assert_series_equal(ours[name], planted[name])
    assert set(corpus.issues["kind"]) == {"duplicate", "near_duplicate"}
    assert ours["section"].notna().all()
    assert ours["outlet"].value_counts().between(35, 65).all()
    assert set(ours["date_start"].dt.year) == {2022, 2023, 2024}


def test_the_same_texts_are_printed_under_front_matter_and_under_header_lines():
    fronted, lined = (communiques(60, seed=SEED, front_matter=front) for front in (True, False))
    assert not any(text.startswith("---") for text in lined.texts.values())
    same = ["scene", "period"]
    pd.testing.assert_frame_equal(fronted.truth.documents[same], lined.truth.documents[same])
    same = ["outlet", "date", "kind", "order"]
    pd.testing.assert_frame_equal(fronted.truth.chains[same], lined.truth.chains[same])
    assert len(lined.truth.chains) > 2


def test_each_newspaper_has_words_of_its_own(corpus, truth, words):
    planted = truth.words[truth.words["plant"] == "outlet"]
    assert planted.groupby("part").size().to_dict() == dict.fromkeys(outlets(), 2)
    table = specificities(words, "outlet").set_index(["type", "outlet"])["specificity"]
    for word, outlet in zip(planted["word"], planted["part"], strict=True):
        assert table[word, outlet] >= 2
        assert set(words.loc[words["type"] == word, "outlet"]) == {outlet}


def test_one_word_rises_and_one_falls_all_the_time(truth, words):
    assert set(truth.words.loc[truth.words["plant"].isin(["rises", "falls"]), "word"]) == {
        RISE,
        FALL,
    }
    third = pd.qcut(words["date_start"], 3, labels=False)
    shares = {
        word: words.groupby(third)["doc"]
        .nunique()
        .rdiv(words[words["type"] == word].groupby(third)["doc"].nunique())
        .tolist()
        for word in (RISE, FALL)
    }
    assert shares[RISE] == sorted(shares[RISE])
    assert shares[FALL] == sorted(shares[FALL], reverse=True)
    assert shares[RISE][2] > 2 * shares[RISE][0]
    assert shares[FALL][0] > 2 * shares[FALL][2]


def test_the_words_of_the_turn_are_the_specificities_of_the_later_texts(words):
    table = specificities(words, "period")
    after = table[(table["period"] == "after") & (table["specificity"] >= 2)]
    assert set(SHIFT) <= set(after["type"])
    key = keyness(*(words[words["period"] == period] for period in ("after", "before")))
    assert set(SHIFT) <= set(key[(nearest_bound(key) > 0) & (key["log_ratio"] > 0)]["type"])


def test_a_chain_is_one_body_in_several_newspapers_days_later(corpus, truth):
    chains = truth.chains.merge(corpus.documents, on="doc", suffixes=("", "_read"))
    assert (chains["date"] == chains["date_read"]).all()
    assert (chains["outlet"] == chains["outlet_read"]).all()
    assert chains.groupby("chain").size().max() >= 3
    bodies = [
        text[a:b]
        for text, a, b in zip(chains["text"], chains["body_start"], chains["body_end"], strict=True)
    ]
    for _, chain in chains.assign(body=bodies).groupby("chain"):
        first = chain.iloc[0]
        assert first["kind"] == "first"
        assert first["doc"] == first["chain"]
        later = chain.iloc[1:]
        assert (later["kind"] != "first").all()
        assert (later["outlet"] != first["outlet"]).all()
        assert (
            later["date_start"]
            .between(
                first["date_start"] + pd.Timedelta(days=1),
                first["date_start"] + pd.Timedelta(days=5),
            )
            .all()
        )
        assert ((later["body"] == first["body"]) == (later["kind"] == "exact")).all()
        assert (later["duplicate_of"] == first["doc"]).all()
    assert {"exact", "near"} <= set(chains["kind"])


def test_every_reprint_shares_more_with_its_source_than_other_texts_share(corpus, truth):
    pairs = reuse(corpus, docs=corpus.documents["doc"]).set_index(["a", "b"])["share"]
    copies = truth.documents.dropna(subset=["duplicate_of"])
    copied = pairs.loc[list(zip(copies["duplicate_of"], copies["doc"], strict=True))]
    assert len(copied) > 8
    assert copied.min() > pairs.quantile(0.99)


def test_what_is_said_over_several_sentences_or_behind_a_dash_is_told(corpus, truth):
    table = truth.quotations
    assert table["form"].value_counts().gt(20).all()
    texts = corpus.documents.set_index("doc")["text"].reindex(table["doc"])
    sentences = corpus.sentences.groupby("doc")
    for text, said, row in zip(texts, text_of(corpus, table), table.itertuples(), strict=True):
        before = text[: row.start]
        assert said == said.strip(" «»—\u00a0")
        if row.form == "quotation":
            assert before.endswith("«\u00a0")
            assert text[row.end :].lstrip(".,!?").startswith("\u00a0»")
            own = sentences.get_group(row.doc)
            assert ((own["start"] < row.end) & (own["end"] > row.start)).sum() >= 2
        else:
            assert before.endswith("\n\n— ")
            assert (row.form == "question") == said.endswith("?")
        assert (row.form == "question") == pd.isna(row.speaker)
    assert set(table["speaker"].dropna()) <= set(truth.actors["name"])


def test_titles_stand_in_the_files_and_name_who_speaks_in_them(corpus, truth):
    table = truth.titles
    assert text_of(corpus, table) == table["title"].tolist()
    assert table["title"].tolist() == corpus.documents.sort_values("doc")["title"].tolist()
    assert table["kind"].value_counts().gt(20).all()
    for row in table.itertuples():
        assert (row.kind == "none") == pd.isna(row.speaker)
        assert pd.isna(row.speaker) or row.speaker in row.title
        assert (row.kind == "direct") == ("«" in row.title)


def test_no_word_of_a_newspaper_or_a_trend_is_said_elsewhere():
    said = "\n".join(row["text"] for row in rows("topics"))
    said += "\n".join(row["text"] for row in rows("frames") if row["part"] not in ("rise", "fall"))
    for row in rows("outlets"):
        assert row["word"] in row["text"]
        assert row["word"] not in said
    assert RISE not in said
    assert FALL not in said


def test_the_parts_are_the_first_column_that_makes_two(corpus):
    """An outlet, a column of one's own of few values and many texts each, a year, a month, a text."""
    texts = corpus.documents
    own = [name for name in texts if name not in DOCUMENTS]
    for documents, part in (
        (texts, "outlet"),
        (texts.assign(outlet="Le Fanal"), "section"),
        (texts.assign(outlet=None).drop(columns=own), "year"),
        (texts[texts["year"] == "2023"].assign(outlet=None).drop(columns=own), "month"),
        (
            texts.head(20).assign(outlet="Le Fanal", year=None, month=None),
            "doc",
        ),  # sections of four
        (texts.head(1), "par"),
    ):
        assert Corpus(documents, *list(vars(corpus).values())[1:]).parts == part
