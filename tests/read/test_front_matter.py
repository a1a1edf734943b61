"""Front matter: what is written is read, nothing of a body is lost, what is broken is told."""

from __future__ import annotations

import codecs
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import open_corpus
from helpers.exchange.writing import write_front_matter
from helpers.read import load_seeds
from helpers.read.headers import MOST, read_front_matter, read_layout
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS, FILLED, OURS, column_of

BODY = "Le phare de Valombre est fermé depuis hier, et les pêcheurs du port s’en plaignent. (MAP)\n\nS.L."

keys = st.from_regex(r"[A-Za-zÀ-ÿ_][\w -]{0,20}", fullmatch=True).map(str.strip).filter(
    lambda key: key and re.fullmatch(r"\w[^:\r\n]*", key)
) | st.sampled_from(["DATE", "Title", "Month", "batch", "Doc"])
lines = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40)
texts = st.text(st.sampled_from("---\n\r\n: \"'kéy#\u2028\x0b\tabc\n"), max_size=120)


def seed(front: str, body: str = BODY) -> str:
    """A text in which ⏎ stands for a line end."""
    return f"---⏎{front}⏎---⏎⏎".replace("⏎", "\n") + body


def read(text: str) -> tuple[dict[str, str], str]:
    """The fields and the body of a text."""
    layout = read_layout(text)
    assert all(text[field.start : field.end] == field.value for field in layout.fields)
    fields = {field.field: field.value for field in layout.fields}
    return fields, text[layout.body_start : layout.body_end]


def test_every_field_is_read_and_the_body_has_no_other_header():
    text = seed(
        "date: 2024-11-06⏎title: Le phare, à qui ?⏎outlet: Le Fanal⏎byline: Mona Kervella⏎agency: ARV⏎section: Société"
    )
    fields, body = read(text)
    assert list(fields) == ["date", "title", "outlet", "byline", "agency", "section"]
    assert fields["title"] == "Le phare, à qui ?"
    assert body == BODY
    assert read(seed("date: 2024", "UN TITRE\n\nPar Mona Kervella\n\nLe corps."))[1].startswith(
        "UN TITRE"
    )


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("title: Grève : jour 3", "title", "Grève : jour 3"),
        ("title:Sans blanc", "title", "Sans blanc"),
        ('title: "Le phare"', "title", "Le phare"),
        ("title: 'Le phare'", "title", "Le phare"),
        ('title: "', "title", '"'),
        (r"title: \"Non\" \n", "title", r"\"Non\" \n"),
        ("title: « Le phare »", "title", "« Le phare »"),
        ("Title: Le phare", "title", "Le phare"),
        ("tags: [a, b]", "tags", "[a, b]"),
        ("draft: true", "draft", "true"),
        ("mot clé: la mer", "mot clé", "la mer"),
        ("Byline: Mona Kervella", "byline", "Mona Kervella"),
        ("AGENCY: ARV", "agency", "ARV"),
        ("year: 2024", "year_given", "2024"),
        ("Year: 2024", "year_given", "2024"),
        ("MONTH: avril", "month_given", "avril"),
        ("batch: 7", "batch_given", "7"),
        ("Batch: 7", "batch_given", "7"),
        ("ſentence_id: 7", "ſentence_id", "7"),
        ("ſent: 7", "sent_given", "7"),
        ("text: rien", "text_given", "rien"),
        ("lemma: mer", "lemma_given", "mer"),
        ("signature: S.L.", "signature_given", "S.L."),
        ("url: https://a.example/b", "url", "https://a.example/b"),
    ],
)
def test_a_value_is_the_raw_rest_of_its_line(line, column, value):
    assert read(seed(line)) == ({column: value}, BODY)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_line_ends_and_marks_of_byte_order_change_nothing(tmp_path, end, mark):
    text = seed("date: 2024-11-06⏎title: Le phare⏎⏎section: Société").replace("\n", end)
    (tmp_path / "a.txt").write_bytes(mark + text.encode())
    found, fields = read_folder(tmp_path)
    assert found.issues.empty
    row = found.documents.iloc[0]
    assert row["text"] == text
    assert row["text"][row["body_start"] : row["body_end"]] == BODY.replace("\n", end)
    assert row[["date", "date_precision", "title", "section"]].tolist() == [
        "2024-11-06", "day", "Le phare", "Société",
    ]  # fmt: skip
    assert [text[f.start : f.end] for f in fields.itertuples()] == fields["value"].tolist()


@given(st.dictionaries(keys, lines, max_size=6), lines)
def test_what_is_written_is_read(fields, body):
    text = write_front_matter(fields) + "Le corps." + body
    found, rest = read(text)
    wanted: dict[str, str] = {}
    for key, value in fields.items():
        wanted[column_of(key)] = wanted.get(column_of(key)) or value
    assert found == {column: value for column, value in wanted.items() if value}
    assert not {column.casefold() for column in found} & (OURS - {*FILLED})
    assert rest == f"Le corps.{body}".rstrip()


@pytest.mark.parametrize("key", ["", "a:b", "a\nb", " a", "-", "x" * 61])
def test_a_key_that_would_not_be_read_is_not_written(key):
    with pytest.raises(ValueError, match="is no name of a field"):
        write_front_matter({key: "x"})


@pytest.mark.parametrize("before", ["\n", "\r\n\r\n", " ", "\t\n ", "\n\ufeff "])
def test_what_is_blank_above_the_first_line_changes_nothing(tmp_path, before):
    text = before + seed("date: 2024-11-06⏎section: Port")
    (tmp_path / "a.txt").write_bytes(codecs.BOM_UTF8 + text.encode())
    found, fields = read_folder(tmp_path)
    assert found.issues.empty
    row = found.documents.iloc[0]
    assert row["text"] == text
    assert row["text"][row["body_start"] : row["body_end"]] == BODY
    assert row[["date", "section"]].tolist() == ["2024-11-06", "Port"]
    assert [text[f.start : f.end] for f in fields.itertuples()] == ["2024-11-06", "Port"]


@given(st.text("\n\r \t\ufeff", max_size=4), texts)
def test_no_character_of_a_text_is_lost(before, text):
    text = f"{before}---\n{text}"
    layout, front = read_layout(text), read_front_matter(text)
    assert text[layout.body_start : layout.body_end] == text[front.end :].strip()
    assert front.end or [problem[0] for problem in front.problems] == ["front_matter"]
    told = {(start, end) for *_, start, end in front.problems}
    for line in re.finditer(r"[^\r\n]+", text[: front.end]):
        if line[0].strip("\ufeff \t\x0b\u2028") in ("---", "") or line.span() in told:
            continue
        value = line[0].partition(":")[2].strip()
        found = "".join(text[a:b] for _, a, b in front.fields if line.start() <= a < line.end())
        assert found in value
        assert len(value) - len(found) in (0, 2)  # outer quotes


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2024-11-06\n\n" + BODY,
        "---\n\n" + BODY,
        "---\nUne phrase sans deux points.\n---\n\n" + BODY,
        "---\n- a: b\n---\n\n" + BODY,
        "---\n: vide\n---\n\n" + BODY,
        "---\ndate: 2024\n\nUn paragraphe.\n\n---\n\nSuite.",
        "---\r\ndate: 2024\r\n \r\nUn paragraphe\r\n---\r\n\r\nSuite.",
        "\n ---\nUne phrase.\n\n---\n\n" + BODY,
        "---\n" + "a: b\n" * (MOST + 1) + "---\n\n" + BODY,
    ],
)
def test_front_matter_that_is_none_is_body_and_an_issue(tmp_path, text):
    (tmp_path / "phare.txt").write_text(text, "utf-8")
    found, _ = read_folder(tmp_path)
    issue = found.issues[found.issues["kind"] == "front_matter"]
    assert issue["message"].str.contains("phare.txt").tolist() == [True]
    row = found.documents.iloc[0]
    assert row["text"][issue["start"].item() : issue["end"].item()] == "---"
    body = BODY.removesuffix(" (MAP)\n\nS.L.")
    assert text[: row["body_end"]].strip() == text.strip().replace(BODY, body)
    assert not text[: row["body_start"]].strip()
    assert row["title"] is pd.NA or pd.isna(row["title"])


@pytest.mark.parametrize(
    ("front", "bad"),
    [
        ("title: Le phare⏎et la suite", ["et la suite"]),
        ("tags:⏎  - la mer⏎  - le port", ["  - la mer", "  - le port"]),
        ("author:⏎  name: Mona", ["  name: Mona"]),
        ("title: Un⏎title: Deux", ["title: Deux"]),
        ("date: 2024⏎Date: 2023", ["Date: 2023"]),
    ],
)
def test_a_line_that_is_no_field_is_told_with_its_place_and_not_counted(tmp_path, front, bad):
    (tmp_path / "phare.txt").write_text(seed(front), "utf-8")
    found, _ = read_folder(tmp_path)
    issues = found.issues[found.issues["kind"] == "front_matter"]
    text = found.documents["text"].item()
    assert [text[a:b] for a, b in zip(issues["start"], issues["end"], strict=True)] == bad
    assert issues["message"].str.startswith("phare.txt: “").all()
    assert text[found.documents["body_start"].item() :] == BODY


def test_a_value_that_is_empty_is_none():
    assert read(seed("title:⏎title: Deux⏎title: ''⏎lieu:⏎Lieu: Brest")) == (
        {"title": "Deux", "Lieu": "Brest"},
        BODY,
    )
    assert read_front_matter(seed("title:⏎title: Deux⏎title:")).problems == []


def test_a_text_without_front_matter_has_none():
    assert read_front_matter("--- \na: b\n--- \nx").end == 15
    assert read_front_matter("----\na: b\n---\n") == ([], 0, [])
    assert read(seed("", "Le corps."))[1] == "Le corps."


def test_front_matter_without_a_body_is_an_empty_text(tmp_path):
    (tmp_path / "a.txt").write_text(seed("date: 2024", " \n"), "utf-8")
    assert load_seeds(tmp_path).issues["kind"].tolist() == ["empty", "empty"]


@pytest.mark.parametrize(
    ("date", "precision"),
    [("2024-11-06", "day"), ("6 novembre 2024", "day"), ("2024-11", "month"), ("2024", "year"),
     ("2024-11-06 10:30:00 +0200", "day"), ("2024-11-06T10:30", "day")],
)  # fmt: skip
def test_dates_are_read_as_precisely_as_they_are_written(tmp_path, date, precision):
    (tmp_path / "a.txt").write_text(seed(f"date: {date}"), "utf-8")
    found, _ = read_folder(tmp_path)
    assert found.issues.empty
    assert found.documents[["date", "date_precision"]].iloc[0].tolist() == [date, precision]


def test_missing_and_impossible_dates_are_issues(tmp_path):
    (tmp_path / "a.txt").write_text(seed("date: 2024-13-06"), "utf-8")
    (tmp_path / "b.txt").write_text(seed("title: Le port", BODY * 2), "utf-8")
    issues = load_seeds(tmp_path).issues
    assert issues["kind"].tolist()[:2] == ["bad_date", "no_date"]
    assert "“date: 2024-11-26”" in issues["message"][1]


def test_further_fields_are_columns_of_the_documents_and_of_the_tokens(tmp_path):
    (tmp_path / "a.txt").write_text(seed("date: 2024⏎section: Société⏎kind: brève"), "utf-8")
    (tmp_path / "b.txt").write_text(
        seed("section: Port⏎lieu: Valombre", "Un autre texte du port."), "utf-8"
    )
    (tmp_path / "c.txt").write_text(" date 2024-11 Il est venu.", "utf-8")
    (tmp_path / "metadata.csv").write_text("doc,score\na,1\n", "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "cache")
    assert [*corpus.documents] == [*DOCUMENTS, "section", "kind_given", "lieu", "score"]
    assert corpus.documents["section"].fillna("").tolist() == ["Société", "", "Port"]
    tokens = corpus.with_metadata(corpus.tokens)
    assert tokens.groupby("section", observed=True)["doc"].first().to_dict() == {
        "Société": "a",
        "Port": "b",
    }
    assert not tokens["type"].isin(["section", "société", "date"]).any()


def test_front_matter_goes_before_the_table_and_the_table_before_a_header(tmp_path):
    (tmp_path / "a.txt").write_text(seed("date: 2024-11-06⏎title: Le phare⏎section: Port"), "utf-8")
    (tmp_path / "b.txt").write_text(
        " date 2024-11 UNE VISITE\n\nIl est venu au port de la ville.", "utf-8"
    )
    (tmp_path / "c.txt").write_text("Elle est partie hier de la ville avec ses enfants.", "utf-8")
    (tmp_path / "metadata.csv").write_text(
        "doc,date,title,outlet,section\n"
        "a,2024-11,Autre titre,Le Fanal,Mer\nb,2024-11-05,Une visite,,\nc,2023,1984,Le Cap,Ville\n",
        "utf-8",
    )
    documents, issues = load_seeds(tmp_path)
    documents = documents.sort_values("doc")
    assert documents["title"].tolist() == ["Le phare", "Une visite", "1984"]
    assert documents["date"].tolist() == ["2024-11-06", "2024-11-05", "2023"]
    assert documents["date_precision"].tolist() == ["day", "day", "year"]
    assert documents["date_end"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-11-06",
        "2024-11-05",
        "2023-12-31",
    ]
    assert documents["outlet"].fillna("").tolist() == ["Le Fanal", "", "Le Cap"]
    assert documents["section"].fillna("").tolist() == ["Port", "", "Ville"]
    assert issues["kind"].tolist() == ["metadata", "metadata"]
    assert (
        "says title “Autre titre” of a, and its front matter “Le phare”; that is kept"
        in issues["message"][0]
    )
    assert "section" in issues["message"][1]


def test_columns_of_the_table_are_found_in_any_capitals_and_none_is_left_out(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    (tmp_path / "metadata.csv").write_text(
        "Doc,Title, Date,OUTLET,Year,month,Batch,kind,Section\n"
        "a,Le phare,2024-11-06,Le Fanal,2023,avril,7,brève,Port\n",
        "utf-8",
    )
    documents, issues = load_seeds(tmp_path)
    assert issues.empty
    assert documents[["title", "date", "date_precision", "outlet"]].iloc[0].tolist() == [
        "Le phare", "2024-11-06", "day", "Le Fanal",
    ]  # fmt: skip
    given = ["year_given", "month_given", "batch_given", "kind_given", "Section"]
    assert [*documents] == [*DOCUMENTS, *given]
    assert documents[given].iloc[0].tolist() == [2023, "avril", 7, "brève", "Port"]


def test_two_columns_of_the_table_that_are_one_are_told(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    table = "doc,Title,title,year,Year\na,Un,Deux,1,2\n"
    (tmp_path / "metadata.csv").write_text(table, "utf-8")
    documents, issues = load_seeds(tmp_path)
    both = ["title", "title_2", "year_given", "year_given_2"]
    assert documents[both].iloc[0].tolist() == ["Un", "Deux", 1, 2]
    messages = issues.loc[issues["kind"] == "metadata", "message"].tolist()
    assert messages == [
        "metadata.csv has two columns title; the other is kept as title_2",
        "metadata.csv has two columns year_given; the other is kept as year_given_2",
    ]


def test_a_column_of_front_matter_and_of_the_table_is_text_as_it_is_written(tmp_path):
    (tmp_path / "a.txt").write_text(seed("date: 2024⏎score: 0.50⏎no: 07"), "utf-8")
    (tmp_path / "b.txt").write_text(
        " date 2024-11 Il est venu au port de la ville avec ses enfants.", "utf-8"
    )
    (tmp_path / "metadata.csv").write_text("doc,score,no,rang\na,0.50,7,1\nb,1.0,8,2\n", "utf-8")
    documents, issues = load_seeds(tmp_path)
    assert documents["score"].tolist() == ["0.50", "1.0"]
    assert documents["no"].tolist() == ["07", "8"]
    assert documents["rang"].tolist() == [1, 2]
    assert issues["kind"].tolist() == ["metadata"]
    assert "says no “7” of a, and its front matter “07”; that is kept" in issues["message"][0]


def test_a_date_of_the_table_that_contradicts_or_is_none_is_an_issue(tmp_path):
    for doc in "ab":
        (tmp_path / f"{doc}.txt").write_text(
            f" date 2024-11 Il est venu au port de la ville {doc}.", "utf-8"
        )
    (tmp_path / "metadata.csv").write_text("doc,date\na,2023-05\nb,hier\n", "utf-8")
    documents, issues = load_seeds(tmp_path)
    assert documents["date"].tolist() == ["2023-05", "2024-11"]
    messages = issues.loc[issues["kind"] == "metadata", "message"]
    assert sorted("no date" in message for message in messages) == [False, True]
