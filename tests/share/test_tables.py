"""What leaves the collection: the same bytes every time, read by the rules of those who read it, and
no text where none may leave.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pandas as pd
import pytest

from helpers import Corpus, count, open_corpus, show
from helpers.exchange.exports import export_conllu, export_iramuteq, export_txm
from helpers.read import parse
from helpers.read.corpus import SEEDS
from helpers.read.seeds import read_folder
from helpers.share.tables import export_all
from helpers.show.notes import QUOTED
from helpers.show.tables import write_table
from helpers.voices import events

FIXTURES = Path(__file__).parent.parent / "fixtures"
UPOS = set(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X _".split()
)
HOSTILE = {
    "a b.txt": " date 2024-11-26 Il dit :\n**** *outlet_autre\n-*theme\n ****\u2028****, puis 1 500\u00a0€.",
    "é=1.txt": "=SOMME(A1:A2)\r\r+41, « l’œuvre »\t# 5\n\n-t-il ? @nom; \"citation\", 'fin' _ _ _x_",
    "x.txt": "Mot\u00ad coupé.\u200b Texte.Texte sans espace…Fin",
}


@pytest.fixture(scope="module")
def three():
    return open_corpus(FIXTURES / "three")


class Exported(NamedTuple):
    """Two folders with all of three texts, and a third without the texts."""

    whole: Path
    shared: Path
    first: dict[str, bytes]
    second: dict[str, bytes]
    last: set[Path]


@pytest.fixture(scope="module")
def exported(three, tmp_path_factory) -> Exported:
    whole, again, shared = (tmp_path_factory.mktemp(name) for name in ("whole", "again", "shared"))
    first, second = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in export_all(three, folder)
        }
        for folder in (whole, again)
    )
    last = set(export_all(three, shared, text=False))
    return Exported(whole, shared, first, second, last)


def opened(folder: Path, texts: dict[str, str] | None = None) -> Corpus:
    folder.mkdir(exist_ok=True)
    for name, content in (texts or {}).items():
        (folder / name).write_text(content, "utf-8", newline="")
    (documents, issues), fields = read_folder(folder)
    return Corpus(documents, fields, issues, *parse(documents, annotate=False))


@pytest.fixture
def hostile(tmp_path):
    return opened(tmp_path / "textes", HOSTILE)


@pytest.fixture
def reprinted(tmp_path):
    """A text, the same again, and once more with another first paragraph."""
    text = (SEEDS / "000_2b29863a143dca50.txt").read_text("utf-8")
    near = "Il pleut à Fès.\n\n" + text.partition("\n\n")[2]
    return opened(tmp_path / "textes", {"a.txt": text, "b.txt": text, "c.txt": near})


# Tables


def test_every_table_is_there_as_csv_and_as_parquet_with_the_same_values(three, tmp_path):
    paths = export_all(three, tmp_path)
    names = [field.name for field in dataclasses.fields(Corpus)]
    wanted = [f"{name}.{kind}" for name in names for kind in ("csv", "parquet")]
    assert [path.name for path in paths[: len(wanted)]] == wanted
    for field in dataclasses.fields(Corpus):
        table = getattr(three, field.name)
        kept = pd.read_parquet(tmp_path / f"tables/{field.name}.parquet")
        assert list(kept) == list(table)
        pd.testing.assert_frame_equal(kept.astype("str"), table.astype("str"))
        written = read_csv(tmp_path / f"tables/{field.name}.csv")
        assert written[0] == list(table)
        assert len(written) == len(table) + 1


def read_csv(path: Path) -> list[list[str]]:
    content = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def test_csv_opens_with_its_accents_in_spreadsheets_and_keeps_every_character(hostile, tmp_path):
    export_all(hostile, tmp_path)
    assert (tmp_path / "tables/documents.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc,file,")
    rows = read_csv(tmp_path / "tables/documents.csv")
    assert [row[-1] for row in rows[1:]] == [HOSTILE[row[1]] for row in rows[1:]]
    column, *forms = (row[7] for row in read_csv(tmp_path / "tables/tokens.csv"))
    assert (column, forms) == ("type", hostile.tokens["type"].tolist())


def test_a_lone_carriage_return_stays_within_its_cell(tmp_path):
    export_all(opened(tmp_path / "textes", {"a.txt": "Un\rdeux"}), tmp_path)
    assert read_csv(tmp_path / "tables/documents.csv")[1][-1] == "Un\rdeux"
    assert pd.read_csv(tmp_path / "tables/documents.csv")["text"].tolist() == ["Un\rdeux"]


def test_two_runs_write_the_same_bytes_in_the_same_order(exported):
    assert list(exported.first) == list(exported.second)
    assert exported.first == exported.second


def test_columns_of_metadata_with_values_of_several_kinds_are_written(tmp_path):
    folder = tmp_path / "textes"
    opened(folder, {"a.txt": "Il est là.", "b.txt": "Il part."})
    (folder / "metadata.csv").write_text("doc,oui,grand\na,True,99999999999999999999\nb,,1\n")
    export_all(opened(folder), tmp_path)
    written = read_csv(tmp_path / "tables/documents.csv")
    assert [row[-2:] for row in written] == [
        ["oui", "grand"], ["True", "99999999999999999999"], ["", "1"],
    ]  # fmt: skip


# Without text


def cells(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv":
            yield from (cell for row in read_csv(path) for cell in row)
        elif path.suffix == ".parquet":
            table = pd.read_parquet(path)
            for column in table:
                yield from table[column].astype("str").dropna()


def sentences(corpus: Corpus) -> list[str]:
    texts = corpus.documents.set_index("doc")["text"]
    rows = corpus.sentences[corpus.sentences["n_words"] >= 8].itertuples()
    return [texts[row.doc][row.start : row.end] for row in rows]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def leaving(corpus: Corpus, folder: Path) -> list[str]:
    """The sentences of the texts that stand in a cell of a table."""
    left = "\n".join(plain(cell) for cell in cells(folder))
    assert sentences(corpus)
    return [sentence for sentence in sentences(corpus) if plain(sentence) in left]


def test_without_text_no_sentence_leaves(three, exported):
    assert leaving(three, exported.shared / "tables") == []
    assert leaving(three, exported.whole) == sentences(three)


def test_without_text_no_sentence_leaves_that_a_reprint_repeats(reprinted, tmp_path):
    export_all(reprinted, tmp_path, text=False)
    assert leaving(reprinted, tmp_path) == []


def test_without_text_a_table_that_spells_a_text_from_row_to_row_is_left_out(tmp_path, seed):
    shown = {"01-05": seed.tokens[["form", "pos"]], "02-01": count.frequencies(seed)}
    for name, rows in shown.items():
        write_table(rows, tmp_path / "tables", name)
    paths = export_all(seed, tmp_path, text=False)
    left = {path.name for path in (tmp_path / "tables").iterdir()}
    assert left == {path.name for path in paths} - {"report.xlsx"}
    assert "02-01.csv" in left
    assert not {"01-05.csv", "01-05.parquet"} & left
    assert "01-05" not in openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames


def test_without_text_there_are_counts_in_place_of_tokens(three, exported):
    names = {path.name for path in exported.last}
    assert not {"tokens.csv", "tokens.parquet", "iramuteq.txt", "corpus.conllu"} & names
    tables = exported.shared / "tables"
    assert "text" not in pd.read_parquet(tables / "documents.parquet")
    counts = pd.read_parquet(tables / "word_counts.parquet")
    assert list(counts) == ["doc", "type", "f"]
    words = three.tokens[three.tokens["kind"] == "word"].astype({"doc": "str", "type": "str"})
    expected = words.groupby(["doc", "type"]).size()
    pd.testing.assert_series_equal(
        counts.set_index(["doc", "type"])["f"].sort_index(), expected, check_names=False
    )
    in_each = [rows["f"].is_monotonic_decreasing for _, rows in counts.groupby("doc")]
    assert all(in_each)


def test_without_text_no_cell_is_longer_than_a_quotation(tmp_path):
    folder = tmp_path / "textes"
    opened(folder, {"a.txt": f"{'x' * 400} est là. {'mot ' * 90}."})
    (folder / "metadata.csv").write_text(f"doc,résumé\na,{'long ' * 100}\n", "utf-8")
    export_all(opened(folder), tmp_path, text=False)
    assert max(map(len, cells(tmp_path / "tables"))) == QUOTED


@pytest.mark.parametrize("name", ["tables", "exports"])
def test_nothing_is_written_where_tables_or_exports_are(seed, tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "documents.csv").write_text("à moi")
    with pytest.raises(ValueError, match=f"{name}.*is there already; name a folder without it"):
        export_all(seed, tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == [name, "documents.csv"]


def test_what_was_written_is_told_and_lists_are_read(seed, tmp_path):
    shown = write_table(events(seed), tmp_path / "tables", "06-04-events")
    paths = export_all(seed, tmp_path)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {*shown, *paths}
    assert not {*shown} & {*paths}
    table = pd.read_parquet(tmp_path / "tables/06-04-events.parquet")
    assert table["date_candidates"].item() == "2024-11-04 2024-11-11 2024-11-18 2024-11-25"


# What a notebook shows


def test_a_report_to_share_has_the_columns_that_are_shown(tmp_path, monkeypatch):
    passages = pd.DataFrame({"doc": ["a", "b"], "passage": ["Il pleut.", "Il vente."]})
    for shared, columns in (("", ["doc", "passage"]), ("1", ["doc"])):
        monkeypatch.setenv("NO_TEXT", shared)
        monkeypatch.setenv("OUT", str(tmp_path))
        show.table("6.6", passages[["doc"]].head(1), "One row.", whole=passages, name="passages")
        kept = pd.read_parquet(tmp_path / "tables" / "passages.parquet")
        assert kept.columns.tolist() == columns
        assert len(kept) == 2


def test_a_table_is_kept_whole_only_where_a_report_is_made(seed, tmp_path, monkeypatch):
    monkeypatch.setenv("OUT", "")
    show.table("2.10", count.frequencies(seed), "One row is a type.", n=3)
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("OUT", str(tmp_path))
    show.table("2.10", count.frequencies(seed), "One row is a type.", n=3)
    show.table("2.11", count.frequencies(seed).query("f > 3"), "One row is a type.", n=3)
    show.table("2.12", count.frequencies(seed).query("f > 999"), "One row is a type.")
    show.table("2.13", seed.documents[["doc"]], "One row is a text.")
    names = ["02-10-frequencies", "02-11-frequencies", "02-13"]
    kinds = ("csv", "parquet")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == [
        f"{name}.{kind}" for name in names for kind in kinds
    ]
    kept = pd.read_parquet(tmp_path / "tables/02-10-frequencies.parquet")
    pd.testing.assert_frame_equal(kept, count.frequencies(seed), check_dtype=False)


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula(tmp_path):
    rows = pd.DataFrame({"type": ["=1+1", None], "f": [3, 4], "share": [0.5, float("nan")]})
    rows["day"] = pd.Timestamp("2024-03-02")
    write_table(rows, tmp_path / "tables", "02-01-frequencies")
    corpus = opened(tmp_path / "textes", {"a.txt": "Il est là."})
    export_all(corpus, tmp_path)
    first = (tmp_path / "report.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["documents", "issues", "02-01-frequencies"]
    assert "text" not in [cell.value for cell in book["documents"][1]]
    sheet = [[cell.value for cell in row] for row in book["02-01-frequencies"]]
    assert sheet == [
        ["type", "f", "share", "day"],
        ["=1+1", 3, 0.5, "2024-03-02"],
        [None, 4, None, "2024-03-02"],
    ]
    assert book["02-01-frequencies"]["A2"].data_type == "s"
    write_table(rows, tmp_path / "again" / "tables", "02-01-frequencies")
    export_all(corpus, tmp_path / "again")
    assert (tmp_path / "again" / "report.xlsx").read_bytes() == first


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "text"), [(0, True), (0, False), (1, True), (3, True), (30, True), (30, False)]
)
def test_everything_can_be_exported_from_a_folder_of_any_size(size, text, tmp_path):
    sources = sorted((FIXTURES / ("thirty" if size == 30 else "three")).glob("*.txt"))[:size]
    texts = {path.name: path.read_bytes().decode("utf-8", "replace") for path in sources}
    paths = export_all(opened(tmp_path / "textes", texts), tmp_path, text=text)
    assert len(paths) == len(set(paths))
    assert all(path.is_file() for path in paths)
    written = {*tmp_path.glob("*/**/*"), tmp_path / "report.xlsx"}
    assert {path for path in written if path.is_file()} - {
        tmp_path / "textes" / name for name in texts
    } == set(paths)


# IRaMuTeQ


def as_iramuteq_reads(path: Path) -> list[tuple[list[str], list[str]]]:
    """The stars and the lines of each text: IRaMuTeQ reads UTF-8 line by line as Python splits
    lines; one that begins with **** opens a text, one that begins with -* a theme.
    """
    texts: list[tuple[list[str], list[str]]] = []
    for line in path.read_bytes().decode("utf-8").splitlines():
        assert not line.startswith("-*")
        if line.startswith("****"):
            texts.append((line.split()[1:], []))
        elif line.strip():
            texts[-1][1].append(line)
    return texts


def test_iramuteq_finds_as_many_texts_with_their_words_and_plain_variables(hostile, tmp_path):
    found = as_iramuteq_reads(export_iramuteq(hostile, tmp_path / "corpus.txt"))
    assert [stars[0] for stars, _ in found] == ["*doc_a_b", "*doc_x", "*doc_e_1"]
    for (stars, lines), row in zip(found, hostile.documents.itertuples(), strict=True):
        assert all(re.fullmatch(r"\*[a-z][a-z0-9]*_[\w.-]+", star, re.ASCII) for star in stars)
        assert " ".join(lines).split() == row.text[row.body_start : row.body_end].split()
    assert found[0][0][1:] == ["*date_2024-11-26", "*year_2024", "*month_2024-11"]


def test_values_that_would_be_the_same_stay_apart_and_plain_ones_stay_as_they_are(tmp_path):
    folder = tmp_path / "textes"
    opened(folder, {f"{i}.txt": "Il est là." for i in range(5)})
    (folder / "metadata.csv").write_text(
        "doc,Mon titre\n0,Le Matin\n1,Le_Matin\n2,Lé  Matin\n3,L’Œuvre\n4,\n", "utf-8"
    )
    found = as_iramuteq_reads(export_iramuteq(opened(folder), tmp_path / "corpus.txt"))
    assert [stars[1:] for stars, _ in found] == [
        ["*montitre_Le_Matin_2"], ["*montitre_Le_Matin"], ["*montitre_Le_Matin_3"],
        ["*montitre_L_OEuvre"], [],
    ]  # fmt: skip


# TXM


def test_txm_finds_a_file_for_each_id_and_columns_in_plain_lower_case(hostile, tmp_path):
    paths = export_txm(hostile, tmp_path / "txm")
    with paths[0].open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head == ["id", "doc", "date", "year", "month"]
    assert {path.name for path in (tmp_path / "txm").iterdir()} == {
        "metadata.csv", *(f"{row[0]}.txt" for row in rows),
    }  # fmt: skip
    for row, text in zip(rows, hostile.documents.itertuples(), strict=True):
        assert row[0].isascii()
        assert row[1] == text.doc
        body = (tmp_path / "txm" / f"{row[0]}.txt").read_bytes().decode("utf-8")
        assert body == text.text[text.body_start : text.body_end]


# CoNLL-U


def strictly_read(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """The comments and lines of each sentence, by the rules of the format."""
    content = path.read_bytes().decode("utf-8")
    assert not content or content.endswith("\n\n")
    seen = set()
    for block in content.split("\n\n")[:-1]:
        lines = block.split("\n")
        notes = [line for line in lines if line.startswith("# ")]
        about = dict(line[2:].split(" = ", 1) for line in notes)
        fields = [line.split("\t") for line in lines[len(notes) :]]
        assert fields
        assert about["sent_id"] not in seen
        assert not re.search(r"\s", about["sent_id"])
        seen.add(about["sent_id"])
        assert [line[0] for line in fields] == [str(i) for i in range(1, len(fields) + 1)]
        assert all(
            len(line) == 10 and all(field == field.strip() != "" for field in line)
            for line in fields
        )
        assert {line[3] for line in fields} <= UPOS
        spelled = "".join(
            line[1] + ("" if "SpaceAfter=No" in line[9].split("|") else " ") for line in fields
        )
        assert about["text"] == spelled.rstrip(" ")
        yield about, fields


def one_tree(fields: list[list[str]]) -> None:
    heads = [int(line[6]) for line in fields]
    assert heads.count(0) == 1
    assert [line[7] == "root" for line in fields] == [head == 0 for head in heads]
    for place in range(1, len(heads) + 1):
        way = {place}
        while place := heads[place - 1]:
            assert place not in way
            assert place <= len(heads)
            way.add(place)


def places(fields: list[list[str]]) -> list[tuple[int, int]]:
    found = [re.match(r"start=(\d+)\|end=(\d+)", line[9]) for line in fields]
    return [(int(match[1]), int(match[2])) for match in found]


@pytest.mark.parametrize("name", ["seed", "three", "hostile"])
def test_conllu_is_valid_and_every_token_leads_back_to_its_characters(name, request, tmp_path):
    corpus = request.getfixturevalue(name)
    read = list(strictly_read(export_conllu(corpus, tmp_path / "corpus.conllu")))
    assert len(read) == len(corpus.sentences)
    tokens = corpus.tokens
    lines = [line for _, fields in read for line in fields]
    for column, field in (("form", 1), ("lemma", 2), ("pos", 3)):
        assert [line[field] for line in lines] == tokens[column].astype("str").fillna("_").tolist()
    assert places(lines) == list(zip(tokens["start"], tokens["end"], strict=True))
    texts = iter(corpus.documents["text"])
    for about, fields in read:
        text = next(texts) if "newdoc id" in about else text  # noqa: F821
        assert [text[a:b] for a, b in places(fields)] == [line[1] for line in fields]
        if name != "hostile":
            one_tree(fields)
    assert sum("newdoc id" in about for about, _ in read) == len(corpus.documents)
    assert sum("newpar id" in about for about, _ in read) == len(corpus.paragraphs)


def test_heads_are_those_of_the_tokens(seed, tmp_path):
    lines = [
        line
        for _, fields in strictly_read(export_conllu(seed, tmp_path / "corpus.conllu"))
        for line in fields
    ]
    tokens = seed.tokens
    first = tokens.groupby("sent")["tok"].transform("first")
    expected = np.where(tokens["head"] == 0, 0, tokens["head"] - first + 1)
    assert [int(line[6]) for line in lines] == expected.tolist()
    assert [line[7] for line in lines] == tokens["dep"].tolist()


def test_what_is_not_known_is_an_underscore(hostile, tmp_path):
    for _, fields in strictly_read(export_conllu(hostile, tmp_path / "corpus.conllu")):
        assert {tuple(line[2:9]) for line in fields} == {("_",) * 7}


def test_a_word_that_a_soft_hyphen_parts_is_one_line(tmp_path):
    (tmp_path / "t.txt").write_text("La poli\u00ad\ntique change.", "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "cache", progress=False)
    (about, fields) = next(strictly_read(export_conllu(corpus, tmp_path / "corpus.conllu")))
    assert [line[1] for line in fields] == ["La", "politique", "change", "."]
    assert about["text"] == "La politique change."


def test_a_sentence_with_several_roots_or_heads_elsewhere_becomes_one_tree(seed, tmp_path):
    tokens = seed.tokens.copy()
    tokens.loc[[3, 20], "head"] = 0
    tokens.loc[[5, 70], "head"] = len(tokens)
    made = dataclasses.replace(seed, tokens=tokens)
    for _, fields in strictly_read(export_conllu(made, tmp_path / "corpus.conllu")):
        heads = [int(line[6]) for line in fields]
        assert heads.count(0) == 1
        assert max(heads) <= len(heads)


def test_spacy_reads_the_words_the_syntax_and_the_sentences(seed, tmp_path):
    from spacy.training.converters import conllu_to_docs

    content = export_conllu(seed, tmp_path / "corpus.conllu").read_text("utf-8")
    docs = list(conllu_to_docs(content, n_sents=1, no_print=True))
    assert len(docs) == len(seed.sentences)
    words = [token for doc in docs for token in doc]
    tokens = seed.tokens
    assert [token.text for token in words] == tokens["form"].tolist()
    assert [token.pos_ for token in words] == tokens["pos"].tolist()
    assert [token.lemma_ for token in words] == tokens["lemma"].tolist()
    assert [token.dep_.lower() for token in words] == tokens["dep"].tolist()


def test_an_empty_corpus_gives_empty_files(tmp_path):
    empty = opened(tmp_path / "textes")
    assert export_conllu(empty, tmp_path / "c.conllu").read_bytes() == b""
    assert export_iramuteq(empty, tmp_path / "c.txt").read_bytes() == b""
    assert export_txm(empty, tmp_path / "txm")[0].read_text() == "id,doc,date,year,month\n"
