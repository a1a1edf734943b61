"""metadata.csv as spreadsheets write it: what it says fills the documents, what does not fit is told."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import open_corpus
from helpers.read import load_seeds

TEXTS = {
    "a": "Le pont est neuf.", "b": "Le maire est là.", "c": "La ville dort.", "007": "Il a plu."
}  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """The documents of four texts and this table by name, and what was said of the table."""

    def make(table: str | bytes) -> tuple[pd.DataFrame, list[str]]:
        for name, text in TEXTS.items():
            (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        data = table if isinstance(table, bytes) else table.encode()
        (tmp_path / "metadata.csv").write_bytes(data)
        documents, issues = load_seeds(tmp_path)
        told = issues.loc[issues["kind"] == "metadata", "message"].tolist()
        return documents.set_index("doc"), [one.removeprefix("metadata.csv ") for one in told]

    return make


PLAIN = "doc;journal;titre court\na;L’Été;Un\nb;Le Soir;Deux\n"


@pytest.mark.parametrize(
    "table",
    [
        PLAIN,
        PLAIN.replace(";", ","),
        PLAIN.replace(";", "\t"),
        "sep=;\n" + PLAIN,
        "SEP=;\r\n" + PLAIN,
        "\ufeff" + '"sep=;";;\r\n' + PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("\n", "\n\n;;\n"),
        PLAIN.replace(";", " ; ").replace("doc", " Doc"),
        PLAIN.replace("doc", "FILE").replace("\na", "\na.txt").replace("\nb", "\nB.TXT"),
        PLAIN.replace("doc", '"doc "').replace("\na", "\na.txt"),
        PLAIN.replace("doc", "doc\u200b").replace("\na", "\n\u200b a\u00a0"),
        PLAIN.replace("doc", "\ufeffDoc").replace("\na", "\n./a.txt").replace("\nb", "\n.\\B"),
        PLAIN.replace("\n", ";;\n"),
        PLAIN.replace("\n", ";\n").replace("court;", "court;Unnamed: 3"),
        "journal;titre court;doc\nL’Été;Un;a\nLe Soir;Deux;b\n",
        PLAIN.encode("utf-16"),
        PLAIN.replace(";", "\t").encode("utf-16"),
        PLAIN.encode("utf-8-sig"),
    ],
)
def test_every_spelling_of_a_table_is_read(read, table):
    documents, told = read(table)
    assert documents.loc[["a", "b"], "journal"].tolist() == ["L’Été", "Le Soir"]
    assert documents.loc[["a", "b"], "titre court"].tolist() == ["Un", "Deux"]
    assert list(documents)[-2:] in (["journal", "titre court"], ["titre court", "journal"])
    assert told == []


def test_a_table_in_windows_1252_is_read_and_told(read):
    documents, told = read(PLAIN.encode("cp1252"))
    assert documents.loc["a", "journal"] == "L’Été"
    assert ["Windows-1252" in one for one in told] == [True]


def test_cells_may_hold_separators_quotes_and_line_ends(read):
    documents, told = read(
        'doc;"titre; long";note\r\na;"Un; ""pont""\r\nneuf";x\r\nb;Le "grand" soir;y\r\n'
    )
    assert documents.loc[["a", "b"], "titre; long"].tolist() == [
        'Un; "pont"\nneuf',
        'Le "grand" soir',
    ]
    assert documents.loc[["a", "b"], "note"].tolist() == ["x", "y"]
    assert told == []


def test_french_names_of_columns_fill_the_documents(read):
    documents, told = read(
        "doc;Titre;auteur;Date de publication\na;Le pont;Irène Talvas;5/11/2024\n"
    )
    assert documents.loc["a", ["title", "byline", "date"]].tolist() == [
        "Le pont", "Irène Talvas", "5/11/2024"
    ]  # fmt: skip
    assert told == []


def test_dates_titles_bylines_outlets_and_agencies_fill_the_documents(read):
    documents, told = read(
        "doc;Date;Title;Byline;Outlet;Agency\n"
        "a.txt;05/11/2024;Le pont;Irène Talvas;Le Fanal;AFP\n"
        "b;2024-11-06 00:00:00;Le maire;;;\nc;06/11/2024 10:05;;;;\n007;novembre 2024;;;;\n"
    )
    columns = ["title", "byline", "outlet", "agency"]
    assert documents.loc["a", columns].tolist() == ["Le pont", "Irène Talvas", "Le Fanal", "AFP"]
    days = documents[["date_start", "date_end"]].apply(lambda column: column.dt.strftime("%d/%m"))
    assert days.to_dict("index") == {
        "007": {"date_start": "01/11", "date_end": "30/11"},
        "a": {"date_start": "05/11", "date_end": "05/11"},
        "b": {"date_start": "06/11", "date_end": "06/11"},
        "c": {"date_start": "06/11", "date_end": "06/11"},
    }
    assert documents.loc[["a", "007"], "date"].tolist() == ["05/11/2024", "novembre 2024"]
    assert documents["date_precision"].tolist() == ["month", "day", "day", "day"]
    assert told == []


def test_a_date_that_cannot_be_read_is_told_with_its_text(read):
    documents, told = read("doc,date\na,31/02/2024\nb,hier\nc,2024\n")
    assert documents["date"].dropna().to_dict() == {"c": "2024"}
    assert ["“31/02/2024” of a, which is no date" in one for one in told] == [True, False]
    assert ["“hier” of b, which is no date" in one for one in told] == [False, True]


def test_codes_stay_text_and_numbers_are_numbers(read):
    documents, told = read("doc;code;tel;lieu;n;part\na;12E4;+212;007;1;0.5\nb;1E5;+33;08;-2;1\n")
    assert documents.loc["a", ["code", "tel", "lieu"]].tolist() == ["12E4", "+212", "007"]
    assert documents.loc["a", ["n", "part"]].tolist() == [1, 0.5]
    assert documents[["n", "part"]].dtypes.astype("str").tolist() == ["Int64", "float64"]
    assert told == []


def test_the_name_of_a_text_keeps_its_zeros(read):
    documents, told = read("doc;n\n007;1\n")
    assert documents["n"].dropna().to_dict() == {"007": 1}
    assert told == []


def test_twin_columns_are_kept_and_told(read):
    documents, told = read("doc;journal;Journal;journal_2;journal\na;1e;2e;3e;4e\n")
    twins = {"journal": "1e", "Journal_2": "2e", "journal_2_2": "3e", "journal_2_2_2": "4e"}
    assert documents.loc["a", list(twins)].to_dict() == twins
    assert told == [
        "has two columns Journal; the other is kept as Journal_2",
        "has two columns journal_2; the other is kept as journal_2_2",
        "has two columns journal; the other is kept as journal_2_2_2",
    ]


def test_rows_and_cells_that_fit_nowhere_are_told(read):
    documents, told = read("doc;n;\na;1;\nz;2;\na.txt;3;\nb;4;x\n;5;\nc;6;;y\n")
    assert documents["n"].dropna().to_dict() == {"a": 1, "b": 4}
    assert [*documents][-1] == "n"
    assert told == [
        "has 1 row with more cells than its first line (the first: “c”), not used; put cells that "
        "hold a “;” into quotation marks",
        "has 1 cell in columns without a name, left out; name the column, or empty it",
        "has 1 rows without a doc; they are not used",
        "names a.txt more than once; its first row is used",
        "names z, and there is no such text; its row is not used",
    ]


def test_a_quotation_mark_that_is_not_closed_is_told(read):
    documents, told = read('doc;n\na;1\nb;"2\nc;3\n')
    assert "n" not in documents
    assert ["in the row of “b” is not closed" in one for one in told] == [True]


def test_damage_in_a_table_is_mended_and_told(read):
    documents, told = read("doc;journal\na;L&rsquo;Écho\n")
    assert documents.loc["a", "journal"] == "L’Écho"
    assert ["1 HTML entity" in one for one in told] == [True]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_a_first_line_that_is_the_title_of_the_table_is_no_text(tmp_path, end):
    lines = {
        "a": "Et les quais, qui les paie ?",  # ends as a sentence does: a title for the table alone
        "b": "« On m’a proposé la barre ». J’ai dit oui",
        "c": "Le phare rallumé",  # read as a title, which nothing but the table confirms
        "d": "Le phare rallumé",  # the table says another thing
        "e": "Il pleut.",  # the whole text
    }
    for name, line in lines.items():
        body = f"{end}Le port est content. Il rouvre." if name != "e" else ""
        (tmp_path / f"{name}.txt").write_bytes(f"{line}{body}".encode())
    table = "doc;title\na;Et les quais, qui les paie\u00a0?\nb;« ON M'A PROPOSÉ LA BARRE ». J'AI DIT OUI\n"
    (tmp_path / "metadata.csv").write_text(
        f"{table}c;Le phare rallumé\nd;Nuit\ne;Il pleut.\n", "utf-8"
    )
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "kept")
    texts = corpus.documents.set_index("doc")
    bodies = {doc: row.text[row.body_start : row.body_end] for doc, row in texts.iterrows()}
    assert bodies == dict.fromkeys("abcd", "Le port est content. Il rouvre.") | {"e": "Il pleut."}
    found = corpus.fields.set_index("doc")
    assert found["field"].to_dict() == dict.fromkeys("abcd", "title")
    assert found["value"].to_dict() == {name: lines[name] for name in "abcd"}
    assert corpus.issues.loc[corpus.issues["kind"] == "header", "doc"].tolist() == ["d"]
    titles = corpus.titles.documents
    assert titles["doc"].tolist() == ["a", "b", "c", "d"]
    assert titles["title"].tolist()[:2] == [
        lines["a"].replace(" ?", "\u00a0?"),
        "« ON M'A PROPOSÉ LA BARRE ». J'AI DIT OUI",
    ]
