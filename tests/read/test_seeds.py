"""A folder of files becomes documents and issues; nothing is lost in silence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import pytest

from helpers.read import load_seeds
from helpers.read.corpus import SEEDS
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS, ISSUES

FIXTURES = Path(__file__).parent.parent / "fixtures"
MANIFEST = json.loads((FIXTURES / "thirty.json").read_text("utf-8"))
FRENCH = "Le ministre a reçu lundi à Rabat la présidente de la région, en visite dans le pays depuis hier avec une délégation."


@pytest.fixture
def folder(tmp_path):
    def make(**files: str | bytes):
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return make


def kinds(issues: pd.DataFrame) -> list[str]:
    return issues["kind"].tolist()


def test_the_seed():
    documents, issues = load_seeds(SEEDS)
    row = documents.iloc[0]
    assert len(documents) == 1
    assert issues.empty
    assert (row["date"], row["date_precision"]) == ("2024-11", "month")
    assert (row["date_start"], row["date_end"]) == (
        pd.Timestamp(2024, 11, 1),
        pd.Timestamp(2024, 11, 30),
    )
    assert row[["title", "byline", "agency", "credit", "signature", "duplicate_of"]].isna().all()
    assert (row["encoding"], row["body_start"], row["body_end"], len(row["text"])) == (
        "utf-8",
        14,
        2134,
        2134,
    )


def test_the_columns_and_types_are_those_of_the_tables(folder):
    for found in (load_seeds(SEEDS), load_seeds(folder())):
        assert found.documents.dtypes.astype(str).to_dict() == DOCUMENTS
        assert found.issues.dtypes.astype(str).to_dict() == ISSUES


def test_the_thirty_fictional_texts():
    documents, issues = load_seeds(FIXTURES / "thirty")
    assert sorted(documents["file"]) == [case["file"] for case in MANIFEST]
    by_doc = documents.set_index("doc")
    for case in MANIFEST:
        row = by_doc.loc[Path(case["file"]).stem]
        assert (None if pd.isna(row["duplicate_of"]) else row["duplicate_of"]) == case[
            "duplicate_of"
        ]
        assert (None if pd.isna(row["title"]) else row["title"]) == case["title"]
        assert row["encoding"] == case["encoding"]
    assert set(issues.loc[issues["kind"] == "not_french", "doc"]) == {
        Path(case["file"]).stem for case in MANIFEST if not case["french"]
    }
    assert sorted(set(kinds(issues))) == [
        "duplicate",
        "encoding",
        "near_duplicate",
        "no_date",
        "not_french",
    ]
    assert documents["outlet"].notna().all()


def test_a_missing_folder_is_named():
    with pytest.raises(FileNotFoundError, match="nulle-part"):
        load_seeds("nulle-part")
    with pytest.raises(NotADirectoryError, match=r"README\.md"):
        load_seeds(SEEDS / "README.md")


def test_a_folder_without_a_text_has_one_issue(folder):
    documents, issues = load_seeds(folder())
    assert documents.empty
    assert kinds(issues) == ["empty"]


def test_files_that_cannot_be_read_are_issues_and_the_others_load(folder):
    path = folder(
        a__txt=FRENCH, b__txt="", c__txt=" date 2024-11 ", d__txt=b"\x00\x01\x02", e__txt="x" * 2000
    )
    (path / "dossier.txt").mkdir()
    os.mkfifo(path / "tube.txt")
    (path / "lien.txt").symlink_to(path / "lien.txt")
    documents, issues = load_seeds(path, max_bytes=1000)
    assert documents["doc"].tolist() == ["a"]
    found = {Path(row.file).stem: row.kind for row in issues.itertuples()}
    assert found == {
        "a": "no_date", "b": "empty", "c": "empty", "d": "not_text", "e": "too_large",
        "tube": "unreadable", "lien": "unreadable",
    }  # fmt: skip
    assert all(row.file in row.message for row in issues.itertuples())


EUROPRESSE = '<html><body><span class="DocPublicationName">Le Fanal</span></body></html>'
FACTIVA = '<html><body><div class="article frArticle">Le Fanal</div></body></html>'
EXPORTS = {
    "a.HTML": (EUROPRESSE, "an export of Europresse"),
    "b.html": (FACTIVA, "an export of Factiva"),
    "c.htm": ("<html><body>Le Fanal</body></html>", "a web page"),
    "d.docx": ("PK", "a document of a word processor"),
    "e.csv": ("Titre;Date;Texte\nLe phare;2024;Il est fermé.\n", "a table of articles"),
    "f.XLSX": ("PK", "a spreadsheet"),
    "g.PDF": ("%PDF", "a PDF"),
    "h": ("", "files without a suffix"),
    "i.md": ("", ".md files"),
}


def test_other_files_are_named_with_what_they_are_and_what_to_do(folder):
    path = folder(a__txt=FRENCH, b__TXT=FRENCH + " Fin.", README__md="", __cache="")
    for name, (content, _) in EXPORTS.items():
        (path / name).write_text(content, "utf-8")
    documents, issues = load_seeds(path)
    ignored = issues[issues["kind"] == "ignored"].set_index("file")["message"]
    assert documents["doc"].tolist() == ["a", "b"]
    assert ignored.index.sort_values().tolist() == list(EXPORTS)
    for name, (_, what) in EXPORTS.items():
        assert ignored[name].startswith(f"{name}: {what}, passed over; ")


LOCKS = ("~$rapport.docx", "~$note.txt", "~$a.xlsx", ".~lock.rapport.odt#", ".DS_Store")


@pytest.mark.parametrize("name", LOCKS)
def test_what_a_program_leaves_beside_an_open_file_is_no_file_of_the_reader(name, folder):
    path = folder(a__txt=FRENCH)
    (path / "sous-dossier").mkdir()
    for place in (path, path / "sous-dossier"):
        (place / name).write_bytes(b"\x05Mona" + b" \0" * 80)
    documents, issues = load_seeds(path)
    assert documents["doc"].tolist() == ["a"]
    assert not issues["message"].str.contains("~|DS_Store").any()


def test_many_files_of_one_kind_are_one_issue(folder):
    path = folder(a__txt=FRENCH, **{f"{letter}__pdf": b"" for letter in "edcb"})
    row = load_seeds(path).issues.iloc[0]
    assert (row["file"], row["kind"]) == ("b.pdf", "ignored")
    assert row["message"].startswith("b.pdf, c.pdf, d.pdf and 1 more: a PDF, passed over; columns")


def tree(folder: Path, **files: str) -> Path:
    """A folder with these files; __ stands for / and _txt for the suffix."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/').removesuffix('_txt')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_sub_folders_are_read_and_their_name_is_the_outlet_where_nothing_else_says_it(folder):
    path = folder(
        a__txt=FRENCH, metadata__csv="doc;outlet;score\nLe Cap/2024/c.txt;Le Cap;1\nb;;2\n"
    )
    front = "---\noutlet: Le Soir\n---\nUn bateau est entré au port."
    tree(path, Le_Fanal__b="Le phare est fermé.", Le_Fanal__d=front, Cap__2024__c="Il a plu.")
    (path / "Cap").rename(path / "Le Cap")
    (path / "Le_Fanal").rename(path / "Le Fanal")
    tree(path, __MACOSX__e=FRENCH, _ipynb__f=FRENCH)
    (path / "_ipynb").rename(path / ".ipynb_checkpoints")
    documents, issues = load_seeds(path)
    documents = documents.set_index("doc")
    assert documents["file"].to_dict() == {
        "c": "Le Cap/2024/c.txt", "b": "Le Fanal/b.txt", "d": "Le Fanal/d.txt", "a": "a.txt"
    }  # fmt: skip
    assert documents["folder"].dropna().to_dict() == {
        "c": "Le Cap/2024", "b": "Le Fanal", "d": "Le Fanal"
    }  # fmt: skip
    assert documents["outlet"].dropna().to_dict() == {
        "c": "Le Cap", "b": "Le Fanal", "d": "Le Soir"
    }  # fmt: skip
    assert documents["score"].dropna().to_dict() == {"c": 1, "b": 2}
    assert set(issues["kind"]) == {"no_date"}
    assert "folder" not in load_seeds(path / "Le Fanal").documents


def test_texts_of_one_name_in_two_folders_are_told_apart(folder):
    path = tree(folder(), a="Un.", x__a="Deux.", x__b="Trois.", y__z__a="Quatre.")
    path.joinpath("metadata.csv").write_text("file,n\na,1\nx/a.txt,2\ny\\z\\a,4\nb,3\n")
    documents, issues = load_seeds(path)
    assert documents["doc"].tolist() == ["a", "x_a", "b", "y_z_a"]
    assert documents["n"].tolist() == [1, 2, 3, 4]
    assert set(issues["kind"]) == {"no_date"}


def test_in_a_sub_folder_what_other_programs_export_is_told_and_pictures_are_not(folder):
    path = tree(folder(), a=FRENCH, x__b="Un texte.")
    for name in ("photo.png", "page.css", "revue.pdf", "metadata.csv"):
        (path / "x" / name).write_bytes(b"")
    (path / "y").symlink_to(path / "x")
    issues = load_seeds(path).issues
    told = issues.loc[issues["kind"] == "ignored", "file"]
    assert sorted(told) == ["x/metadata.csv", "x/revue.pdf", "y"]


def test_a_folder_that_may_not_be_entered_is_an_issue(folder, monkeypatch):
    path = tree(folder(), a=FRENCH, x__b="Un texte.")
    really = os.scandir

    def refuse(place):
        if Path(place).name == "x":
            raise PermissionError(13, "Permission denied", str(place))
        return really(place)

    monkeypatch.setattr(os, "scandir", refuse)
    documents, issues = load_seeds(path)
    assert documents["doc"].tolist() == ["a"]
    assert issues.loc[issues["kind"] == "unreadable", "file"].tolist() == ["x"]


@pytest.mark.parametrize(
    "name",
    [
        "un texte.txt",
        "l’été à Fès.txt",
        'dit "non" <b>.txt',
        "c'est $5 `x`.txt",
        os.fsdecode(b"\xe9t\xe9.txt"),
    ],
)
def test_file_names_may_hold_anything(tmp_path, name):
    (tmp_path / name).write_text(" date 2024-11 " + FRENCH, "utf-8")
    documents, issues = load_seeds(tmp_path)
    assert issues.empty
    assert documents["file"].item() == documents["doc"].item() + ".txt"


def test_a_repaired_encoding_is_an_issue(folder):
    documents, issues = load_seeds(folder(a__txt=(" date 2024-11 " + FRENCH).encode("cp1252")))
    assert documents["encoding"].item() == "cp1252"
    assert kinds(issues) == ["encoding"]
    assert "reçu" in documents["text"].item()


def test_bad_and_missing_dates_are_issues(folder):
    _, issues = load_seeds(
        folder(a__txt=" date 2024-13 " + FRENCH, b__txt="Une suite. " + FRENCH * 3)
    )
    assert kinds(issues)[:2] == ["bad_date", "no_date"]
    assert issues[["start", "end"]].iloc[0].tolist() == [6, 13]


@pytest.mark.parametrize(
    "text",
    [
        "The minister met the president of the region on Monday, during a visit with a large delegation of experts and officials.",
        "El ministro recibió el lunes en Rabat a la presidenta de la región, que visita el país con una gran delegación.",
        "Il ministro ha ricevuto lunedì a Rabat la presidente della regione, in visita nel paese con una grande delegazione di esperti.",
        "El ministre va rebre dilluns a Rabat la presidenta de la regió, que visita el país amb una gran delegació oficial.",
        "O ministro recebeu na segunda-feira em Rabat a presidente da região, que visita o país com uma grande delegação.",
        "استقبل الوزير يوم الاثنين بالرباط رئيسة الجهة التي تقوم بزيارة إلى البلاد على رأس وفد كبير من الخبراء والمسؤولين اليوم",
    ],
)
def test_a_text_that_is_not_french_is_an_issue_and_is_read(folder, text):
    documents, issues = load_seeds(folder(a__txt=" date 2024-11 " + text))
    assert len(documents) == 1
    assert kinds(issues) == ["not_french"]


def test_metadata_is_joined_and_what_does_not_fit_is_an_issue(folder):
    path = folder(
        a__txt=FRENCH,
        b__txt="Autre chose. " * 9,
        metadata__csv="\ufeffdoc;journal;date\na;Le Soir;x\nc;Rien;y\na;Deux;z\n",
    )
    documents, issues = load_seeds(path)
    messages = issues.loc[issues["kind"] == "metadata", "message"].tolist()
    assert documents["journal"].fillna("").tolist() == ["Le Soir", ""]
    assert len(messages) == 3
    assert all("metadata.csv" in message for message in messages)


def test_metadata_keep_their_values(folder):
    path = folder(
        a__txt=FRENCH,
        b__txt="Autre chose. " * 9,
        metadata__csv="doc,score,code,part,month,kind\na ,1,007,.5,x,y\n",
    )
    documents, issues = load_seeds(path)
    assert documents["score"].dtype == "Int64"
    assert documents["score"].isna().tolist() == [False, True]
    assert documents["code"].tolist()[0] == "007"
    assert documents["part"].tolist()[0] == 0.5
    assert documents["month"].isna().all()
    assert "kind" not in documents
    assert documents.loc[0, ["month_given", "kind_given"]].tolist() == ["x", "y"]
    assert "metadata" not in kinds(issues)


@pytest.mark.parametrize("content", ["", "doc,x\n", "x,y\n1,2\n", b"\x00\x01", 'doc,"a\n'])
def test_metadata_that_cannot_be_read_is_an_issue(folder, content):
    documents, issues = load_seeds(folder(a__txt=FRENCH, metadata__csv=content))
    assert len(documents) == 1
    assert "metadata" in kinds(issues)


def test_fields_lead_back_to_the_file():
    read, fields = read_folder(FIXTURES / "thirty")
    texts = read.documents.set_index("doc")["text"]
    assert len(fields) > 30
    assert all(texts[row.doc][row.start : row.end] == row.value for row in fields.itertuples())


def test_the_name_of_a_file_dates_a_text_that_nothing_else_dates(tmp_path):
    texts = {
        "bourse_2024-01-15": FRENCH,
        "2024-03-12 Interview": "Mis à jour. " + FRENCH * 2,
        "20240101_autre": "Publié le 6 novembre 2024\n\n" + FRENCH * 3,
        "2024-11_table": FRENCH * 4,
        "2024-11-06_sans_faute": " date 2024-11 " + FRENCH * 5,
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "metadata.csv").write_text("doc,date\n2024-11_table,2024-10-02\n", "utf-8")
    documents, issues = load_seeds(tmp_path)
    found = documents.set_index("doc")
    assert found["date"].to_dict() == {
        "bourse_2024-01-15": "2024-01-15",
        "2024-03-12 Interview": "2024-03-12",
        "20240101_autre": "6 novembre 2024",
        "2024-11_table": "2024-10-02",
        "2024-11-06_sans_faute": "2024-11",
    }
    assert found.loc["bourse_2024-01-15", "date_start"] == pd.Timestamp(2024, 1, 15)
    assert found.loc["bourse_2024-01-15", "date_precision"] == "day"
    told = issues[issues["kind"] == "file_date"]
    assert set(told["doc"]) == {*texts} - {"2024-11-06_sans_faute"}
    assert not {"no_date", "bad_date"} & set(issues["kind"])
    assert documents.dtypes.astype(str)[list(DOCUMENTS)].to_dict() == DOCUMENTS
