"""Opening a folder: the seven tables, the store behind them, the metadata beside them."""

from __future__ import annotations

import dataclasses
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import helpers
from helpers import Corpus, count, open_corpus, voices
from helpers.read import lexicons, load_seeds, parse, round_trip
from helpers.read.corpus import SEEDS
from helpers.read.store import Store, versions
from helpers.read.tables import DOCUMENTS, FIELDS, ISSUES, PARSED, used

FIXTURES = Path(__file__).parent.parent / "fixtures"
SCHEMAS = {"documents": DOCUMENTS, "fields": FIELDS, "issues": ISSUES, **PARSED}


@pytest.fixture
def parsed(monkeypatch):
    """The names of the texts that are parsed from here on."""
    import helpers.read.words

    seen: list[str] = []
    parse_batch = helpers.read.words.parse_batch

    def counted(documents: pd.DataFrame, *, annotate: bool):
        seen.extend(documents["doc"])
        return parse_batch(documents, annotate=annotate)

    monkeypatch.setattr("helpers.read.words.parse_batch", counted)
    return seen


def same(one, other) -> None:
    for field in dataclasses.fields(one):
        pd.testing.assert_frame_equal(getattr(one, field.name), getattr(other, field.name))


def test_every_table_has_its_documented_columns_and_types(tmp_path):
    corpus = open_corpus(SEEDS, cache=tmp_path, annotate=False)
    # The docstring of the package describes each table in a block that begins with its name.
    blocks = re.split(rf"\n(?=(?:{'|'.join(SCHEMAS)})  )", helpers.__doc__)[1:]
    described = {block.split()[0]: block for block in blocks}
    for name, columns in SCHEMAS.items():
        types = getattr(corpus, name).dtypes.astype(str).to_dict()
        counts = {
            key: "int64"
            for key in ("n_paragraphs", "n_sentences", "n_words")
            if name == "documents"
        }
        assert types == columns | counts
        assert all(column in described[name] for column in columns), name


def test_the_store_gives_back_what_was_parsed(tmp_path, parsed):
    cold = open_corpus(FIXTURES / "thirty", cache=tmp_path, annotate=False)
    assert len(parsed) == 29  # two files have the same body below other dates
    warm = open_corpus(FIXTURES / "thirty", cache=tmp_path, annotate=False)
    assert len(parsed) == 29
    same(cold, warm)
    other = open_corpus(FIXTURES / "thirty", cache=tmp_path / "other", annotate=False)
    same(cold, other)


def test_annotated_tables_come_back_from_the_store(tmp_path, parsed):
    cold = open_corpus(FIXTURES / "three", cache=tmp_path)
    warm = open_corpus(FIXTURES / "three", cache=tmp_path)
    assert len(parsed) == 3
    assert cold.tokens["lemma"].notna().all()
    assert len(cold.entities) > 10
    same(cold, warm)


def test_one_text_more_in_a_folder_of_three_hundred_is_one_text_parsed(tmp_path, parsed):
    folder = tmp_path / "textes"
    folder.mkdir()
    for i in range(300):
        (folder / f"{i:03}.txt").write_text(
            f" date 2024-11 Le ministre numéro {i} est à Rabat.", "utf-8"
        )
    assert len(open_corpus(folder, cache=tmp_path / "cache", annotate=False).documents) == 300
    (folder / "150a.txt").write_text(" date 2024-11 Une seule visite de plus.", "utf-8")
    parsed.clear()
    corpus = open_corpus(folder, cache=tmp_path / "cache", annotate=False)
    assert parsed == ["150a"]
    assert corpus.documents["doc"].tolist() == sorted(corpus.documents["doc"])
    assert corpus.tokens["doc"].drop_duplicates().tolist() == corpus.documents["doc"].tolist()


def test_two_files_with_the_same_content_are_parsed_once_and_both_there(tmp_path, parsed):
    for name in ("a", "b"):
        shutil.copy(next(SEEDS.glob("*.txt")), tmp_path / f"{name}.txt")
    corpus = open_corpus(tmp_path, cache=tmp_path / "cache", annotate=False)
    assert parsed == ["a"]
    assert corpus.tokens.groupby("doc", observed=True).size().tolist() == [366, 366]
    assert corpus.documents["duplicate_of"].fillna("").tolist() == ["", "a"]


HEAD = "---\ndate: 2024-11\noutlet: Le Cap\ntitle: Le phare, à qui ?\n---\n\n"


@pytest.fixture
def opened(tmp_path, tmp_path_factory, parsed):
    """The folder of two texts, one below front matter and one below lines of a header, which are
    parsed and kept, and a function: it opens them again, tells which texts were parsed for that,
    and sees that all is as if they were parsed afresh.
    """
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.txt").write_text(HEAD + LIGHT * 2 + "\n\nFin de la lumière.", "utf-8")
    header = "LE PORT EN GRÈVE\n\n06/11/2024\n\nPar Mona Kervella\n\n"
    (folder / "b.txt").write_text(header + STRIKE * 2, "utf-8")

    def again() -> tuple[Corpus, list[str]]:
        parsed.clear()
        kept = open_corpus(folder, annotate=False, cache=tmp_path / "kept")
        titles, names = kept.titles, [*parsed]
        fresh = open_corpus(folder, annotate=False, cache=tmp_path_factory.mktemp("fresh"))
        same(kept, fresh)
        same(titles, fresh.titles)
        texts = kept.documents.set_index("doc")["text"]
        for table in (kept.tokens, titles.tokens):
            places = zip(table["doc"], table["start"], table["end"], strict=True)
            assert [texts[doc][start:end] for doc, start, end in places] == table["form"].tolist()
        return kept, names

    assert again()[1] == ["a", "b", "a", "b"]
    return folder, again


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("a.txt", "date: 2024-11", "date: 2024-11-06"),
        ("a.txt", "outlet: Le Cap", "outlet: Le Cap de l’Ouest"),
        ("a.txt", "---\ndate", "---\nrubrique: Mer et côtes\nlieu: Valombre\ndate"),
        ("a.txt", HEAD, HEAD.replace("\n", "\r\n")),
        ("b.txt", "06/11/2024", "Le 7 novembre 2024"),
        ("b.txt", "\n\nPar Mona Kervella", ""),
        ("metadata.csv", "", "doc,date,outlet,longueur\nb,2024-11-07,Le Fanal,12\n"),
    ],
)
def test_what_stands_around_a_body_is_corrected_without_a_parse(opened, file, old, new):
    folder, again = opened
    text = (folder / file).read_text("utf-8") if old else ""
    assert old in text
    (folder / file).write_bytes((text.replace(old, new, 1) or new).encode())
    assert again()[1] == []


def test_a_body_under_another_name_is_not_parsed_again(opened):
    folder, again = opened
    (folder / "a.txt").rename(folder / "c.txt")
    shutil.copy(folder / "b.txt", folder / "d.txt")
    corpus, parsed = again()
    assert parsed == []
    assert corpus.documents["doc"].tolist() == ["c", "b", "d"]


def test_a_new_title_is_parsed_alone_and_so_is_a_new_body(opened):
    folder, again = opened
    text = (folder / "a.txt").read_text("utf-8").replace("à qui ?", "pour qui ?")
    (folder / "a.txt").write_text(text, "utf-8")
    corpus, parsed = again()
    assert parsed == ["a"]
    assert corpus.titles.tokens["form"].tolist()[:5] == ["Le", "phare", ",", "pour", "qui"]
    (folder / "b.txt").write_text("Un tout autre texte sur le port.", "utf-8")
    assert again()[1] == ["b"]


def test_titles_are_a_corpus_of_what_stands_in_the_files(tmp_path, monkeypatch):
    monkeypatch.setenv("CACHE", str(tmp_path / "default"))
    texts = {
        "a": HEAD + LIGHT,
        "b": "LE PORT EN GRÈVE\n\n06/11/2024\n\n" + STRIKE,
        "c": "Il a plu.",
        "d": "---\ndate: 2024-12\n---\n\nIl a neigé hier.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "metadata.csv").write_text("doc,title\nc,La pluie\nb,La grève\nd,Neige\n", "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "cache")
    titles = corpus.titles
    assert titles.documents["doc"].tolist() == ["a", "b"]
    assert titles.documents["title"].tolist() == ["Le phare, à qui ?", "La grève"]
    assert titles.documents["n_words"].tolist() == [4, 4]
    assert titles.documents["n_paragraphs"].tolist() == [1, 1]
    words = titles.tokens[titles.tokens["kind"] == "word"]
    assert words["type"].tolist() == ["le", "phare", "à", "qui", "le", "port", "en", "grève"]
    for table in (titles.paragraphs, titles.sentences, titles.tokens):
        assert set(table["par"]) == {0}
    assert titles.sentences["sent"].tolist() == [1, 1]
    for name, columns in SCHEMAS.items():
        one, whole = getattr(titles, name), getattr(corpus, name)
        assert one.dtypes.astype(str).to_dict() == whole.dtypes.astype(str).to_dict()
        assert set(columns) <= set(one)
    assert not round_trip(titles.documents, titles.tokens)[["wrong", "lost"]].any(axis=None)
    (message,) = corpus.issues.loc[corpus.issues["kind"] == "title", "message"]
    assert message.startswith("metadata.csv tells 2 titles that no file has")
    cap = corpus.where("outlet == 'Le Cap'")
    same(cap.titles, titles.where("outlet == 'Le Cap'"))
    same(titles, pickle.loads(pickle.dumps(titles)))
    same(titles, titles.titles)
    same(titles, pickle.loads(pickle.dumps(corpus)).titles)
    assert len(corpus.where("doc == 'c'").titles) == 0
    assert count.frequencies(titles, only="content")["type"].tolist() == ["grève", "phare", "port"]


def test_titles_are_annotated_as_deeply_as_their_texts_and_kept(tmp_path, parsed):
    head = "---\ndate: 2024-11-06\ntitle: Le ministre Karim Tazi en visite au Maroc\n---\n\n"
    (tmp_path / "a.txt").write_text(head + "Il a plu sur la côte.", "utf-8")
    titles = open_corpus(tmp_path, cache=tmp_path / "cache").titles
    assert titles.entities[["par", "name"]].to_numpy().tolist() == [[0, "Karim Tazi"], [0, "Maroc"]]
    assert titles.tokens["lemma"].notna().all()
    assert voices.mentions(titles)["name"].tolist() == ["Karim Tazi"]
    assert parsed == ["a", "a"]
    same(titles, open_corpus(tmp_path, cache=tmp_path / "cache").titles)
    assert parsed == ["a", "a"]


def test_the_store_is_keyed_by_everything_that_a_parse_depends_on(
    tmp_path, monkeypatch, word_lists
):
    before = Store(tmp_path, annotate=True).folder
    assert Store(tmp_path, annotate=False).folder != before
    assert {"depth", "parser", "schema", "cldr", "lexicons", "model", "spacy"} == set(
        versions(annotate=True)
    )
    monkeypatch.setattr("helpers.read.store._code", lambda: "another")
    assert Store(tmp_path, annotate=True).folder != before
    monkeypatch.undo()
    (tmp_path / "gazetteer.csv").write_text("label,form\nplace,Pays Imaginaire\n", "utf-8")
    word_lists(tmp_path)
    assert Store(tmp_path, annotate=True).folder != before


@pytest.mark.slow
@pytest.mark.parametrize("annotate", [False, True])
def test_every_word_list_that_a_parse_reads_is_in_the_key(
    annotate, tmp_path, monkeypatch, word_lists
):
    """So that an edited list is read, whatever list it is."""
    documents, read, really = load_seeds(FIXTURES / "three").documents, [], lexicons._read_file

    def noted(path: Path, name: str, *rest: list) -> None:
        read.append(name)
        really(path, name, *rest)

    monkeypatch.setattr(lexicons, "_read_file", noted)
    word_lists(tmp_path)
    parse(documents, annotate=annotate)
    assert "function_words" in read
    assert {*read} <= {*lexicons.PARSING}


@pytest.mark.slow
def test_a_researchers_own_gazetteer_is_used(tmp_path, word_lists):
    (tmp_path / "mots").mkdir()
    (tmp_path / "mots" / "gazetteer.csv").write_text(
        "label;form;name;country\norganisation;Cercle Bleu;Cercle bleu;FR\n;x;y;z\n", "utf-8"
    )
    (tmp_path / "a.txt").write_text(" date 2024-11 Le Cercle Bleu est venu à la fête.", "utf-8")
    word_lists(tmp_path / "mots")
    corpus = open_corpus(tmp_path, cache=tmp_path / "cache")
    assert corpus.entities[["label", "name", "country", "source"]].to_numpy().tolist() == [
        ["organisation", "Cercle bleu", "FR", "gazetteer"]
    ]
    issue = corpus.issues[corpus.issues["kind"] == "lexicon"]
    assert issue["file"].tolist() == ["gazetteer.csv"]
    assert "line 3" in issue["message"].item()


def test_an_empty_folder_is_an_empty_corpus(tmp_path):
    corpus = open_corpus(tmp_path, cache=tmp_path / "cache")
    assert corpus.issues["kind"].tolist() == ["empty"]
    for name in SCHEMAS:
        assert len(getattr(corpus, name)) == (name == "issues")
    assert corpus.with_metadata(corpus.tokens).empty


def test_the_folder_is_the_one_named_else_that_of_the_environment_else_the_seeds(
    tmp_path, monkeypatch
):
    (tmp_path / "mes textes").mkdir()
    (tmp_path / "mes textes" / "à lire.txt").write_text(" date 2024-11 Un mot.", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SEEDS", "~/mes textes")
    assert open_corpus(annotate=False, cache=tmp_path / "c").documents["doc"].tolist() == ["à lire"]
    assert len(open_corpus(SEEDS, annotate=False, cache=tmp_path / "c").tokens) == 366
    monkeypatch.delenv("SEEDS")
    assert len(open_corpus(annotate=False, cache=tmp_path / "c").tokens) == 366


def test_metadata_and_periods_join_the_tokens(tmp_path):
    corpus = open_corpus(FIXTURES / "thirty", cache=tmp_path, annotate=False)
    joined = corpus.with_metadata(corpus.tokens[corpus.tokens["kind"] == "word"])
    assert (joined["outlet"].notna()).all()
    dates = corpus.documents.set_index("doc")["date_start"]
    known = joined[joined["month"].notna()]
    assert (known["month"] == known["doc"].map(dates.dt.strftime("%Y-%m")).astype(str)).all()
    assert joined.loc[joined["doc"].isin(dates[dates.isna()].index), "year"].isna().all()
    assert list(joined.columns[: len(corpus.tokens.columns)]) == list(corpus.tokens.columns)


def test_the_metadata_of_a_text_that_is_not_there_are_refused(tmp_path):
    corpus = open_corpus(FIXTURES / "three", cache=tmp_path, annotate=False)
    with pytest.raises(ValueError, match="the corpus has no text 'zz'"):
        corpus.with_metadata(pd.DataFrame({"doc": [*corpus.documents["doc"], "zz"]}))
    with pytest.raises(ValueError, match="no column 'doc'"):
        corpus.with_metadata(corpus.tokens.drop(columns="doc"))


def test_a_file_is_no_store(tmp_path):
    (tmp_path / "fichier").write_text("")
    with pytest.raises(NotADirectoryError, match="name a folder for what was parsed"):
        open_corpus(SEEDS, cache=tmp_path / "fichier", annotate=False)


def test_word_lists_that_nothing_reads_are_told(tmp_path, word_lists):
    def told() -> list[str]:
        issues = open_corpus(SEEDS, cache=tmp_path / "c", annotate=False).issues
        return issues.loc[issues["kind"] == "lexicon", "message"].tolist()

    word_lists(tmp_path / "nulle part")
    assert "is no folder" in told()[0]
    (tmp_path / "theme.csv").write_text("theme,entry\na,b\n")
    word_lists(tmp_path)
    assert told()[0].startswith("LEXICONS/theme.csv is read by nothing; the word lists are")


def test_without_reprints_leaves_out_what_repeats_and_keeps_all_else(tmp_path):
    first = "La ministre a ouvert la session des maires de la côte devant deux cents élus du pays. "
    other = "Un port neuf accueille les pêcheurs du lac depuis que la route du nord a été refaite. "
    for name, text in {"1": first, "2": other, "3": first, "4": other + "Il a plu."}.items():
        (tmp_path / f"{name}.txt").write_text(text * 2, "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "store")
    once = corpus.without_reprints()
    assert once.documents["doc"].tolist() == ["1", "2"]
    for field in dataclasses.fields(once):
        table, whole = getattr(once, field.name), getattr(corpus, field.name)
        kept = whole[whole["doc"].isin(["1", "2"]) | whole["doc"].isna()].reset_index(drop=True)
        pd.testing.assert_frame_equal(table, used(kept))
    assert once.without_reprints() is once


def test_a_corpus_is_equal_to_itself_alone_and_is_pickled_whole(tmp_path):
    one, other = (open_corpus(SEEDS, cache=tmp_path, annotate=False) for _ in range(2))
    assert one == one
    assert one != other
    assert len({one, other}) == 2
    same(one, pickle.loads(pickle.dumps(one)))


def test_opening_a_known_folder_loads_no_model(tmp_path):
    open_corpus(SEEDS, cache=tmp_path)
    code = (
        "import sys; from helpers import open_corpus\n"
        "heavy = {'spacy', 'matplotlib', 'scipy', 'IPython'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        f"open_corpus(cache={str(tmp_path)!r})\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"SEEDS": str(SEEDS)})


@pytest.mark.parametrize(("terminal", "progress"), [(True, None), (False, True), (True, False)])
def test_issues_are_told_where_somebody_watches(tmp_path, capsys, monkeypatch, terminal, progress):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    for name, text in {"a": "Il a plu.", "b": "Il a plu.", "c": "", "d": "<p>Il fait beau"}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    open_corpus(tmp_path, cache=tmp_path / "kept", annotate=False, progress=progress)
    said = capsys.readouterr().err.split("\r")[-1].strip()
    expected = """6 issues (see corpus.issues):
  3 × no_date: a.txt has no date; write “date: 2024-11-26”, “date: 2024-11” or “date: 2024” into its front matter, or a column date into metadata.csv
  1 × empty: c.txt has no text; fill it or take it out of the folder
  1 × markup: d.txt holds 1 HTML tag read as text; save the text without them
  and 1 other kind"""
    assert (expected in said) == (progress is not False)


@pytest.mark.parametrize(("progress", "shown"), [(True, True), (False, False), (None, False)])
def test_a_progress_bar_only_where_somebody_watches(tmp_path, capsys, monkeypatch, progress, shown):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    open_corpus(SEEDS, cache=tmp_path, annotate=False, progress=progress)
    assert ("parsing" in capsys.readouterr().err) == shown


@pytest.mark.parametrize("texts", [1, 2])
def test_on_a_terminal_one_text_has_no_progress_to_show(tmp_path, capsys, monkeypatch, texts):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for i in range(texts):
        (tmp_path / f"{i}.txt").write_text(f"Le ministre a reçu {i + 1} maires.", "utf-8")
    open_corpus(tmp_path, cache=tmp_path / "store", annotate=False)
    assert ("parsing" in capsys.readouterr().err) == (texts > 1)


def written(folder: Path, **texts: str) -> Corpus:
    """The corpus of these texts, each below its front matter."""
    for name, (head, body) in texts.items():
        (folder / f"{name}.txt").write_text(f"---\n{head}\n---\n\n{body}\n", "utf-8")
    return open_corpus(folder, annotate=False, cache=folder / ".cache")


LIGHT = "Le phare de la côte est fermé depuis lundi et la mairie de Valombre cherche un gardien. "
STRIKE = "La grève du port dure depuis dix jours, le maire attend toujours la reprise du travail. "


@pytest.fixture
def five(tmp_path) -> Corpus:
    """Five texts; b is printed again by c and, a day before both, by e; d has no date."""
    return written(
        tmp_path,
        a=("date: 2024-02\noutlet: Le Fanal", LIGHT),
        b=("date: 2024-01-06\noutlet: Le Cap", STRIKE * 2),
        c=("date: 2024-03-01\noutlet: Le Fanal", STRIKE * 2),
        d=(
            "outlet: Le Cap",
            "Un autre texte sans date, que personne ne reprend nulle part ailleurs.",
        ),
        e=("date: 2024-01-05\noutlet: Le Fanal", STRIKE * 2),
    )


def test_texts_stand_in_the_order_of_their_dates_those_without_one_last(five):
    assert five.documents["doc"].tolist() == ["e", "b", "a", "c", "d"]
    assert five.documents["year"].fillna("").tolist() == [*["2024"] * 4, ""]
    months = ["2024-01", "2024-01", "2024-02", "2024-03", ""]
    assert five.documents["month"].fillna("").tolist() == months
    for table in (five.tokens, five.sentences, five.paragraphs, five.fields):
        assert table["doc"].astype("str").unique().tolist() == ["e", "b", "a", "c", "d"]
    assert five.documents["duplicate_of"].fillna("").tolist() == ["", "e", "", "e", ""]
    assert len(five) == 5


def test_where_selects_texts_and_all_their_rows(five):
    fanal = five.where("outlet == 'Le Fanal' and year >= '2024'")
    assert fanal.documents["doc"].tolist() == ["e", "a", "c"]
    for name, table in vars(fanal).items():
        whole = getattr(five, name)
        kept = whole[whole["doc"].isin(["e", "a", "c"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(
            table.astype({"doc": "str"}), used(kept).astype({"doc": "str"})
        )
    assert fanal.tokens["doc"].cat.categories.tolist() == ["a", "c", "e"]
    day = "2024-02"  # noqa: F841
    assert five.where("month == @day").documents["doc"].tolist() == ["a"]
    assert five.where(five.documents["date"].isna()).documents["doc"].tolist() == ["d"]
    assert five.where([True] * 5) is five
    with pytest.warns(UserWarning, match="no text has 'year == 2024'; text stands in quotes"):
        assert len(five.where("year == 2024")) == 0


def test_without_reprints_keeps_the_first_of_each_chain_of_the_texts_selected(five):
    assert five.without_reprints().documents["doc"].tolist() == ["e", "a", "d"]
    cap = five.where("outlet == 'Le Cap'").without_reprints()
    assert cap.documents["doc"].tolist() == ["b", "d"]  # e, which b repeats, is in another paper
    late = five.where("doc in ['b', 'c']").without_reprints()
    assert late.documents["doc"].tolist() == ["b"]


def test_periods_are_added_beside_the_tokens(five):
    found = five.with_metadata(five.documents[["doc"]], ["quarter", "week", "day"])
    assert found.fillna("").to_numpy().tolist() == [
        ["e", "2024-Q1", "2024-W01", "2024-01-05"],
        ["b", "2024-Q1", "2024-W01", "2024-01-06"],
        ["a", "2024-Q1", "", ""],
        ["c", "2024-Q1", "2024-W09", "2024-03-01"],
        ["d", "", "", ""],
    ]


def test_a_corpus_is_shown_as_a_plain_table(five):
    shown = five._repr_html_()
    assert shown.count("<tr") == 8
    assert "documents" in shown
    assert repr(five).startswith("Corpus: 5 documents, ")


@pytest.mark.parametrize(
    ("days", "period"),
    [
        ([f"2024-{month:02d}-03" for month in range(1, 11)], "quarter"),
        ([f"2024-{month:02d}-03" for month in range(1, 10)] * 2, "month"),
        (["2024-01"], "month"),
        (["2023", "2024"], "year"),
        ([""], "year"),
    ],
)
def test_the_period_that_is_compared_is_by_the_months_that_have_texts(tmp_path, days, period):
    for number, day in enumerate(days):
        said = f"---\ndate: {day}\n---\n\nLe port est fermé." if day else "Le port est fermé."
        (tmp_path / f"{number}.txt").write_text(said, "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "cache")
    assert corpus.period == period
