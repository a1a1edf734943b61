from __future__ import annotations

import csv
import itertools
import re
from datetime import date

import pandas as pd
import pytest

from helpers import open_corpus
from tests.fiction import grammar, scenes, writing
from tests.fiction.grammar import JOINT, THEMES
from tests.fiction.simulate import SHIFT, TURN, communiques

TITLES = r"(?:M\.|Mme) "


@pytest.fixture(scope="module")
def made():
    return communiques(300, seed=7)


@pytest.fixture(scope="module")
def corpus(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for name, content in made.texts.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return open_corpus(folder, annotate=False, cache=tmp_path_factory.mktemp("cache"))


def passages(made, table):
    texts = table["doc"].map(lambda doc: made.texts[f"{doc}.txt"])
    return [text[a:b] for text, a, b in zip(texts, table["start"], table["end"], strict=True)]


def same(ours, truth):
    return ((ours == truth) | (ours.isna() & truth.isna())).all()


def test_the_same_seed_writes_the_same_texts_and_the_same_truth():
    first, second = communiques(40, seed=3), communiques(40, seed=3)
    assert first.texts == second.texts
    for one, other in zip(first.truth, second.truth, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_first_texts_do_not_depend_on_how_many_there_are():
    few, many = communiques(10, seed=3).texts, communiques(40, seed=3).texts
    assert list(few.items()) == list(many.items())[:10]


def test_another_seed_has_another_cast():
    casts = [
        {who.name for people in scenes.cast(seed).values() for who in people} for seed in (1, 2)
    ]
    assert len(casts[0] & casts[1]) < 10


def test_nothing_is_written_where_nothing_is_asked_for():
    texts, truth = communiques(0)
    assert texts == {}
    assert [len(table) for table in truth[:-1]] == [0] * 10
    assert list(truth.events) == list(communiques(2).truth.events)


def test_file_names_are_numbered_and_end_in_a_hash(made):
    assert list(made.texts) == sorted(made.texts)
    assert all(re.fullmatch(r"\d{6}_[0-9a-f]{16}\.txt", name) for name in made.texts)


def test_texts_with_a_header_begin_with_a_space(made):
    dated = made.truth.documents.set_index("doc")["date"].notna()
    for name, content in made.texts.items():
        assert content.startswith(" date ") == dated[name.removesuffix(".txt")]


def test_our_reader_finds_every_header_field(made, corpus):
    ours = corpus.documents.set_index("doc")
    truth = made.truth.documents.set_index("doc").loc[ours.index]
    for name in ("date", "date_start", "date_end", "date_precision", "title", "byline"):
        assert same(ours[name], truth[name]), name
    for name in ("agency", "credit", "signature"):
        assert same(ours[name], truth[name]), name
    # Which text is the first of its chain depends on the dates that could be read.
    chains = [texts["duplicate_of"].fillna(texts.index.to_series()) for texts in (ours, truth)]
    assert (pd.factorize(chains[0])[0] == pd.factorize(chains[1])[0]).all()
    assert truth[["title", "byline", "agency", "credit", "signature"]].notna().any().all()
    assert truth["date_precision"].value_counts(dropna=False).gt(10).all()


def test_our_parser_finds_every_sentence_where_it_was_written(made, corpus):
    truth = made.truth.attributions
    ours = corpus.sentences.groupby(["doc", "par"]).size()
    theirs = truth.drop_duplicates(["doc", "sent"]).groupby(["doc", "par"]).size()
    pd.testing.assert_series_equal(ours, theirs, check_index_type=False)
    silent = truth[truth["kind"] == "none"].merge(corpus.sentences, on=["doc", "par", "sent"])
    assert (silent["start_x"] == silent["start_y"]).all()
    assert (silent["end_x"] == silent["end_y"]).all()
    events = made.truth.events.merge(corpus.sentences, on=["doc", "start", "end"])
    assert len(events) == len(made.truth.events)


def test_a_text_has_the_length_of_its_genre(corpus):
    assert corpus.documents["n_words"].between(180, 400).all()
    spoken = corpus.documents["text"].str.contains("\n— ").astype(int)
    assert 0 < spoken.mean() < 0.25
    assert corpus.documents["n_paragraphs"].between(3 + 5 * spoken, 7 + 7 * spoken).all()


def test_duplicates_are_found_and_are_about_one_in_twelve(corpus):
    assert 0.04 < corpus.documents["duplicate_of"].notna().mean() < 0.12
    assert {"duplicate", "near_duplicate"} <= set(corpus.issues["kind"])
    assert corpus.documents["similarity"].min() >= 0.5


def test_every_mention_is_where_it_is_said_to_be(made):
    table = made.truth.mentions
    shortened = {
        grammar.plain(grammar.marked(row["masculine"])) for row in scenes.rows("posts")
    }  # du, au
    shortened |= {
        f"responsable {grammar.plain(grammar.marked(row['ms']))}"
        for row in scenes.rows("countries")
    }
    for said, name, form in zip(passages(made, table), table["name"], table["form"], strict=True):
        if form == "name":
            assert said == name
        elif form == "surname":
            assert name.endswith(f" {said}")
        elif form == "pronoun":
            assert said.lower() in ("il", "elle", "lui")
        else:
            assert re.match(r"[Ll](?:e |a |’)\w", said) or said in shortened


def test_every_passage_holds_its_source_and_ends_before_the_next(made):
    table = made.truth.attributions[made.truth.attributions["kind"] != "none"]
    whole = made.truth.attributions.groupby(["doc", "sent"])[["start", "end"]].agg(
        {"start": "min", "end": "max"}
    )
    for said, row in zip(passages(made, table), table.itertuples(), strict=True):
        assert said == said.strip(" ,")
        start, end = whole.loc[(row.doc, row.sent)]
        assert row.source in made.texts[f"{row.doc}.txt"][start:end]
        assert (row.kind == "direct") <= any(mark in said for mark in "«»—")
    following = table.groupby(["doc", "sent"])["start"].shift(-1)
    assert (following.isna() | (table["end"] <= following)).all()


def test_every_known_source_and_every_party_is_an_actor(made):
    names = set(made.truth.actors["name"])
    said = made.truth.attributions["source_name"].dropna()
    parties = pd.concat([made.truth.events["host"], made.truth.events["guest"]]).dropna()
    assert names >= {*said, *parties}
    assert not made.truth.actors["name"].duplicated().any()


def test_roles_and_countries_are_told_by_the_texts(made):
    people = made.truth.actors.dropna(subset=["title"])
    every = "\n".join(made.texts.values())
    assert all(role in every for role in people["role"])
    assert set(people["title"]) == {"M.", "Mme"}
    assert 0 < people["country"].isna().sum() < len(people)


def test_the_days_of_an_event_have_its_weekday(made):
    dates = made.truth.documents.set_index("doc")
    for event in made.truth.events.itertuples():
        days = [date.fromisoformat(day) for day in event.date_candidates]
        if isinstance(event.weekday, str):
            assert {writing.DAYS[day.weekday()] for day in days} <= {event.weekday}
        precision = dates.loc[event.doc, "date_precision"]
        if event.date_precision == "unresolved":
            assert precision == "month"
            assert len(days) in (4, 5)
            assert {day.month for day in days} == {dates.loc[event.doc, "date_start"].month}
        if precision == "day" and len(days) == 1:
            assert 0 <= (dates.loc[event.doc, "date_start"].date() - days[0]).days < 7


def test_shares_sum_to_one_in_every_text(made):
    shares = made.truth.themes.groupby("doc")["share"]
    assert shares.sum().round(9).eq(1).all()
    assert shares.size().eq(len(THEMES)).all()


def test_themes_differ_between_the_two_classes_of_scenes():
    truth = communiques(300, seed=7).truth
    mean = truth.themes.merge(truth.classes, on="doc").groupby(["class", "theme"])["share"].mean()
    assert mean[1, "threat"] > 5 * mean[2, "threat"]
    assert mean[2, "growth"] > mean[1, "growth"]


def test_the_words_of_the_shift_are_frequent_from_the_turn_on(made):
    after = made.truth.documents.set_index("doc")["period"] == "after"
    texts = pd.Series({name.removesuffix(".txt"): text for name, text in made.texts.items()})
    for word in SHIFT:
        per_text = texts.str.count(word).groupby(after).mean()
        assert per_text[True] > 3 * per_text[False], word
    dated = made.truth.documents.dropna(subset=["date_start"])
    assert ((dated["date_start"] >= pd.Timestamp(TURN)) == (dated["period"] == "after")).all()


def test_there_are_enough_frames_scenes_and_names():
    frames = scenes.rows("frames")
    sentences = {row["text"] for row in frames if row["part"] != "title"}
    assert len(sentences) == len([row for row in frames if row["part"] != "title"])
    assert len(sentences) >= 140
    assert len({row["scene"] for row in scenes.rows("institutions")}) == 14
    for row in scenes.rows("names"):
        first = len(row["men"].split()) + len(row["women"].split())
        assert first * len(set(row["surnames"].split())) >= 300


def test_surnames_are_borne_by_one_person():
    surnames = [who.surname for people in scenes.cast(5).values() for who in people]
    assert len(surnames) == len(set(surnames)) == 2 * len(scenes.rows("institutions"))


def test_every_frame_has_a_source_for_its_first_cue_or_a_later_one():
    for row in scenes.rows("frames"):
        cues = [cue for cue in row["cues"].split(";") if cue]
        assert row["text"].count("[") == row["text"].count("]") <= max(len(cues), 0)
        assert row["text"].count("¦") == max(len(cues) - 1, 0)
        assert bool(cues) == ("[" in row["text"])


WRONG = [
    r"\b[Dd]e les? (?!\w+(?:er|ir|re)\b)",
    r"\b(?:à|À) les? (?!\w+(?:er|ir|re)\b)",
    r"\b(?:[Dd]e|[Qq]ue|[Ll]e|[Ll]a|[Jj]usque|[Ss]e|[Ss]i) (?:[aeiouâàéèêëîïôœAÀÂEÉÈÊIÎOÔU]\w)",
    r"\b(?:de des|de du|le la|la le|le le|la la|les les|à au|au le|du le)\b",
    r"[’']{2}|'",
    r"[^\S\n]{2}|\n [^\n]| \n",
    r",,|,\.|\.\.|\s,|\s\.(?!\w)",
    r"«(?!\u00a0)|(?<!\u00a0)»|(?<!\u00a0)[:;?!]",
    r", [A-ZÀÉÈ](?!\w*\.? ?[A-ZÀÉ\w])",
    r"[\ue000-\uf8ff{}\[\]¦/%]",
    r"\bMme \S+(?: \S+)?(?: [A-Z]\S+)?, (?:directeur|président|délégué)\b",
    r"\bM\. [^,.]{3,30}, (?:directrice|présidente|déléguée|secrétaire générale)",
    r"\b(?:la|une|cette) (?:directeur|président|délégué|commissaire général|vice-président)\b",
    r"\b(?:le|un|cet?) (?:directrice|présidente|déléguée|commissaire générale)\b",
    r"Mme [^,.«»]{3,40} (?:a été reçu|s’est (?:félicité|rendu|entretenu|dit))\b",
    r"M\. [^,.«»]{3,40} (?:a été reçue|s’est (?:félicitée|rendue|entretenue|dite))\b",
    r"\bcette (?:entretien|échange|déplacement)|\bcet? (?:rencontre|réunion|visite|audience)",
    r"(?<=[.»] )[a-zà-ÿ]",
]


@pytest.mark.parametrize("pattern", WRONG)
def test_the_french_has_none_of_the_usual_faults(made, pattern):
    for name, content in made.texts.items():
        body = re.sub(r"\A date \S+ (?:[^\n]*\n\n(?:[^\n]*\d{4}\n\n)?(?=[^\n]))?", "", content)
        found = re.search(pattern, body)
        assert not found, (name, body[max(0, found.start() - 60) : found.end() + 40])


def test_paragraphs_begin_with_a_capital_and_end_with_a_mark(made, corpus):
    for row in corpus.documents.itertuples():
        for paragraph in row.text[row.body_start : row.body_end].split("\n\n"):
            assert re.match(r"(?:[«—]\s)?[A-ZÀÂÉÈÊÎÔ]", paragraph)
            assert paragraph.endswith((".", "»", "?"))


def test_a_reprint_keeps_the_truth_of_its_body(made):
    pairs = made.truth.documents.dropna(subset=["duplicate_of"])
    events = made.truth.events.groupby("doc")["kind"].agg(list)
    for copy, original in zip(pairs["doc"], pairs["duplicate_of"], strict=True):
        assert events[copy] == events[original]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"{JOINT}de le Maroc", "du Maroc"),
        (f"{JOINT}de les jeux", "des jeux"),
        (f"{JOINT}à le stade", "au stade"),
        (f"{JOINT}à la mer", "à la mer"),
        (f"{JOINT}de {chr(grammar.NOTE)}{JOINT}le Office", "de l’Office"),
        (f"{JOINT}de {chr(grammar.NOTE)}{JOINT}le Corps", "du Corps"),
        (f"{JOINT}que il part", "qu’il part"),
        (f"{JOINT}de le héron", "du héron"),
        (f"{JOINT}de homme", "d’homme"),
        (f"{grammar.SENTENCE}« un pas »", "« Un pas »"),
    ],
)
def test_joints_are_those_of_french(said, expected):
    assert grammar.plain(said) == expected


def test_topics_and_frames_use_known_themes_and_plain_csv():
    for name in ("frames", "topics", "institutions", "posts", "countries"):
        for row in scenes.rows(name):
            marks = re.findall(r"\{([a-z]+):", " ".join(map(str, row.values())))
            assert set(marks) <= set(THEMES)
            assert None not in row
    with (scenes.FOLDER / "topics.csv").open(encoding="utf-8") as file:
        lines = list(csv.reader(file))
    assert len(lines) == len(set(map(tuple, lines)))
    assert all(len(line) == 3 for line in lines)


def test_two_texts_in_a_row_are_not_alike(made):
    first, second = itertools.islice(made.texts.values(), 2)
    assert first[40:] != second[40:]
