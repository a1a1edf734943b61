"""The way in: what came in and what did not, nothing overwritten, nothing of another's; and out and
in again.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from helpers import Corpus
from helpers.__main__ import main
from helpers.exchange import export_corpus, import_files
from helpers.exchange.exports import (
    export_iramuteq,
    export_jsonl,
    export_txm,
    export_xlsx,
    export_xtz,
)
from helpers.exchange.writing import distinct, name_of, safe_names
from helpers.read import parse
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS
from tests.exchange.test_europresse import PAGE, USUAL
from tests.exchange.test_samples import written_in
from tests.hostile import FULL, processor_time

# What our reader, IRaMuTeQ or a spreadsheet might take for something else than a text.
PIECES = [
    "Le ministre est arrivé lundi à Rabat.",
    "**** *outlet_autre",
    " ****",
    "-*theme",
    "  -*theme",
    "0001 *outlet_autre",
    "UNE VISITE À RABAT",
    "Par Amina Alaoui",
    "Amina Alaoui",
    "date 2021-05",
    "21/09/2022",
    "© Copyright : DR",
    "(avec MAP)",
    "S.L.",
    "S. L.",
    "l’« œuvre » d’art, *étoile*",
    "=1+1",
    "\ufeffMarque",
    "aujourd’hui, 1 500 mots ; l'an_2024",
]
BETWEEN = [" ", "\n", "\r\n", "\n\n", "\n\n\n", "\u2028", "\x0b", "\u00a0", "\t"]
FRONT = "---\ndate: 2024-11-26\nsection: Sport\n---\n\n"
DATES = ["", " date 2024 ", " date 2024-11 ", " date 2024-11-26 ", " date inconnue ", FRONT]


def corpus_of(folder: Path, texts: dict[str, str], metadata: pd.DataFrame | None = None) -> Corpus:
    folder.mkdir(exist_ok=True)
    for name, content in texts.items():
        (folder / name).write_text(content, "utf-8", newline="")
    if metadata is not None:
        metadata.to_csv(folder / "metadata.csv", index=False, lineterminator="\r\n")
    return opened(folder)


def opened(folder: Path) -> Corpus:
    (documents, issues), fields = read_folder(folder)
    return Corpus(documents, fields, issues, *parse(documents, annotate=False))


def words_by_text(corpus: Corpus) -> dict[str, list[str]]:
    words = corpus.tokens[corpus.tokens["kind"] == "word"]
    return words.groupby("doc", observed=True)["type"].agg(list).to_dict()


def own_columns(corpus: Corpus) -> pd.DataFrame:
    """What the texts say of themselves, as text, but for where the last file of them was."""
    ours = [name for name in DOCUMENTS if name not in ("doc", "outlet")]
    own = corpus.documents.drop(columns=ours).astype(object)
    own = own.drop(columns=[name for name in own if name.startswith("source_") or name == "flags"])
    return (
        own.map(str, na_action="ignore").astype("str").fillna("").map(lambda value: value.strip())
    )


EXPORTS: dict[str, Callable[[Corpus, Path], Path]] = {
    "iramuteq": lambda corpus, place: export_iramuteq(corpus, place / "corpus.txt"),
    "txm": lambda corpus, place: export_txm(corpus, place / "txm")[0],
    "xtz": lambda corpus, place: export_xtz(corpus, place / "xtz")[0].parent,
    "xlsx": lambda corpus, place: export_xlsx(corpus, place / "corpus.xlsx"),
    "jsonl": lambda corpus, place: export_jsonl(corpus, place / "corpus.jsonl"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_corpus_goes_out_and_comes_in_again_with_its_words_dates_and_fields(name, tmp_path):
    for number in range(60 if FULL else 6):
        chance, texts = random.Random(number), {}
        # A table has single spaces, also where a line ended behind initials.
        pieces = [piece for piece in PIECES if name in WORD_FOR_WORD or piece != "S. L."]
        for i in range(chance.randint(1, 6)):
            body = (
                chance.choice(pieces) + chance.choice(BETWEEN) for _ in range(chance.randint(1, 6))
            )
            texts[f"t{i}.txt"] = chance.choice(DATES) + "".join(body)
        metadata = pd.DataFrame({
            "doc": [f"t{i}" for i in range(len(texts))],
            "outlet": ["".join(chance.choices("abzABZ019-._", k=5)) + "x" for _ in texts],
            "rank": range(len(texts)),
        })  # fmt: skip
        here = tmp_path / str(number)
        here.mkdir()
        before = corpus_of(here / "avant", texts, metadata)
        words = words_by_text(before)
        if not words:
            continue
        import_files(EXPORTS[name](before, here), here / "après")
        after = opened(here / "après")
        assert words_by_text(after) == words
        # A text of nothing but numbers is one, too; one of nothing but signs is none.
        places = before.documents[["text", "body_start", "body_end"]].itertuples(index=False)
        kept = pd.Series([re.search(r"\w", text[a:b]) is not None for text, a, b in places])
        for told in (dated, own_columns):
            there, back = told(before)[kept.to_numpy()], told(after)
            back = back.reindex(columns=list(there), fill_value="")
            pd.testing.assert_frame_equal(
                back.sort_values("doc", ignore_index=True),
                there.sort_values("doc", ignore_index=True),
                check_dtype=False,
            )


WORD_FOR_WORD = ("iramuteq", "txm")


def dated(corpus: Corpus) -> pd.DataFrame:
    return corpus.documents[["doc", "date_start", "date_end", "date_precision"]]


def test_the_same_corpus_gives_the_same_bytes_and_what_is_shared_holds_no_text(tmp_path):
    corpus = corpus_of(tmp_path / "avant", {"a.txt": f"{FRONT}Il vient.", "b.txt": "Elle part."})
    one, two = (export_corpus(corpus, tmp_path / name) for name in ("un", "deux"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    (shared,) = export_corpus(corpus, tmp_path / "trois", text=False)
    assert "vient" not in pd.read_excel(shared).to_csv()


def test_a_text_that_no_cell_holds_goes_on_in_the_next(tmp_path):
    corpus = corpus_of(tmp_path / "avant", {"a.txt": "Le port est calme. " * 4000})
    import_files(export_xlsx(corpus, tmp_path / "c.xlsx"), tmp_path / "après")
    assert words_by_text(opened(tmp_path / "après")) == words_by_text(corpus)


def test_a_cell_that_begins_with_a_sign_of_formulas_is_a_text(tmp_path):
    corpus = corpus_of(tmp_path / "avant", {"a.txt": "=SOMME(A1) est tout ce qu'il dit."})
    book = load_workbook(export_xlsx(corpus, tmp_path / "c.xlsx"))
    cell = book.active["C2"]
    assert (cell.value, cell.data_type) == ("=SOMME(A1) est tout ce qu'il dit.", "s")


@pytest.fixture
def place(tmp_path):
    def write(content: str | bytes, name: str = "corpus.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def page(**articles: str) -> str:
    """A page of Europresse with one article a title, each with this text."""
    usual = dict.fromkeys(("above", "below", "aside"), "") | USUAL
    parts = (
        usual
        | {
            "title": title,
            "header": "lundi 4 novembre 2024",
            "body": f"<p>{body}</p>",
            "number": f"news·20241104·FVA·{title}",
        }
        for title, body in articles.items()
    )
    return "".join(PAGE.format(**part) for part in parts)


def test_a_second_import_adds_what_is_new_and_touches_nothing(place, tmp_path):
    folder = tmp_path / "texts"
    import_files(place(page(Un="Il vient.", Deux="Elle part."), "a.html"), folder)
    corrected = folder / "2024-11-04_fanal_un.txt"
    corrected.write_text(corrected.read_text("utf-8").replace("vient", "revient"), "utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    table = import_files(
        place(page(Un="Il vient.", Deux="Elle part.", Trois="Ils dorment."), "b.html"), folder
    )
    assert table["taken"].tolist() == ["there already", "there already", "new"]
    assert table.attrs["said"] == (
        "1 file: 1 text of 1 outlet, 2024-11-04, is now in texts; 2 there already."
    )
    assert table["doc"].tolist() == [f"2024-11-04_fanal_{name}" for name in ("un", "deux", "trois")]
    assert {path: path.read_bytes() for path in before} == before
    assert len([*folder.iterdir()]) == 3
    again = import_files(tmp_path / "b.html", folder)
    assert set(again["taken"]) == {"there already"}


def test_a_later_version_comes_in_beside_the_one_that_is_there(place, tmp_path):
    """But where the text that is there does not tell what its source had."""
    folder = tmp_path / "texts"
    import_files(place(page(Un="Il vient."), "a.html"), folder)
    table = import_files(place(page(Un="Il est venu hier."), "b.html"), folder)
    assert table[["taken", "doc", "flags"]].to_numpy().tolist() == [
        ["new", "2024-11-04_fanal_un_2", "updated"]
    ]
    assert set(import_files([tmp_path / "a.html", tmp_path / "b.html"], folder)["taken"]) == {
        "there already"
    }
    for path in folder.iterdir():
        path.write_text(re.sub("(?m)^source_(?!id).*\n", "", path.read_text("utf-8")), "utf-8")
    table = import_files(place(page(Un="Il reviendra."), "c.html"), folder)
    assert table.attrs["said"] == (
        "1 file: 0 texts are now in texts; 1 there already, in another version, or corrected: "
        "take that text away to bring this one in."
    )


def test_what_comes_twice_is_kept_once_and_another_version_is_told(place, tmp_path):
    one, two = place(page(Un="Il vient."), "a.html"), place(page(Un="Il vient."), "b.html")
    three = place(page(Un="Il est venu hier."), "c.html")
    table = import_files([one, two, three], tmp_path / "texts")
    assert table["taken"].tolist() == ["new", "twice", "new"]
    assert table["flags"].fillna("").tolist() == ["", "", "updated"]
    assert [*written_in(tmp_path / "texts")] == ["2024-11-04_fanal_un", "2024-11-04_fanal_un_2"]


def test_equal_answers_of_others_are_all_texts(place, tmp_path):
    survey = "**** *sexe_f *age_20\nRien à dire.\n**** *sexe_h *age_20\nRien à dire.\n"
    assert len(import_files(place(survey), tmp_path / "un")) == 2
    assert len([*(tmp_path / "un").iterdir()]) == 2
    rows = "sexe;age;texte\nf;20;Rien à dire.\nh;20;Rien à dire.\nh;20;Rien à dire.\n"
    table = import_files(place(rows, "t.csv"), tmp_path / "deux")
    assert table["taken"].tolist() == ["new", "new", "twice"]


def test_a_number_that_is_no_databases_tells_with_what_is_said_beside_it(place, tmp_path):
    one = place(
        '<corpus><text id="t1" title="Un" date="2024-01-02">Il vient.</text></corpus>', "a.xml"
    )
    two = place(
        '<corpus><text id="t1" title="Deux" date="2024-03-02">Elle part.</text></corpus>', "b.xml"
    )
    import_files(one, tmp_path / "texts")
    table = import_files(two, tmp_path / "texts")
    assert (table["taken"].item(), table["flags"].item()) == ("new", None)


def test_a_folder_of_texts_is_read_with_its_own_table_or_that_of_txm(place, tmp_path):
    (tmp_path / "a").mkdir()
    place("Il vient.", "a/un.txt")
    place("doc;outlet\nun;Le Fanal\n", "a/metadata.csv")
    table = import_files(tmp_path / "a", tmp_path / "texts")
    assert table.set_index("file")["taken"].to_dict() == {
        "metadata.csv": "refused",
        "un.txt": "new",
    }
    place("id,outlet\nun,Le Fanal\n", "a/metadata.csv")
    table = import_files(tmp_path / "a", tmp_path / "autres")
    assert table[["file", "outlet"]].to_numpy().tolist() == [["metadata.csv", "Le Fanal"]]
    place("Elle part.", "a/deux.TXT")
    table = import_files(tmp_path / "a", tmp_path / "autres")
    assert table["taken"].tolist() == ["there already", "new"]


def test_files_of_one_name_are_told_apart_and_parts_of_saved_pages_are_none(place, tmp_path):
    for name in ("a", "b", "c_files"):
        (tmp_path / "x" / name).mkdir(parents=True)
    place(page(Un="Il vient."), "x/a/export.html")
    place(page(Deux="Elle part."), "x/b/export.html")
    place(page(Trois="Ils dorment."), "x/c.html")
    place("<html><body><p>Publicité.</p></body></html>", "x/c_files/saved.html")
    table = import_files(tmp_path / "x", tmp_path / "texts")
    assert table["file"].tolist() == ["c.html", "a/export.html", "b/export.html"]
    assert table.attrs["said"].startswith("3 files: 3 texts")


def test_the_mark_of_a_database_may_stand_far_behind(place, tmp_path):
    style = f"<style>{'p {color: red} ' * 90_000}</style>"
    path = place(
        page(Un="Il vient.", Deux="Elle part.").replace("<body>", f"{style}<body>", 1), "a.html"
    )
    assert import_files(path, tmp_path / "texts")["outlet"].tolist() == ["Le Fanal"] * 2


def test_nothing_to_read_is_an_error(tmp_path):
    (tmp_path / "vide").mkdir()
    with pytest.raises(ValueError, match="there is no file to read"):
        import_files(tmp_path / "vide", tmp_path / "texts")


def test_the_date_that_is_asked_for_dates(place, tmp_path):
    path = place("titre;texte\nUn;Il vient.\n", "t.csv")
    table = import_files(path, tmp_path / "texts", add={"date": "6 novembre 2024"})
    assert (table["date"].item(), table["flags"].item()) == ("2024-11-06", None)


def test_one_text_in_two_outlets_stays_two_witnesses(place, tmp_path):
    text = "id;titre;media;texte\n1;Un;Le Fanal;Il vient.\n2;Un;L'Écho;Il vient.\n"
    assert import_files(place(text, "t.csv"), tmp_path / "texts")["taken"].tolist() == [
        "new",
        "new",
    ]


def test_numbers_of_rows_are_no_numbers_of_articles(place, tmp_path):
    one = place("id;titre;texte\n1;Un;Il vient.\n2;Deux;Elle part.\n", "a.csv")
    two = place("id;titre;texte\n1;Trois;Ils dorment.\n", "b.csv")
    import_files(one, tmp_path / "texts")
    assert import_files(two, tmp_path / "texts")["taken"].tolist() == ["new"]


def test_what_is_asked_for_is_kept_and_goes_before_what_the_source_tells(place, tmp_path):
    path = place(page(Un="Il vient."), "a.html")
    import_files(path, tmp_path / "texts", add={"query": "port ou quai", "outlet": "Fanal"})
    ((fields, _),) = written_in(tmp_path / "texts").values()
    assert (fields["query"], fields["outlet"]) == ("port ou quai", "Fanal")
    with pytest.raises(ValueError, match="'a:b' is no name of a field"):
        import_files(path, tmp_path / "autres", add={"a:b": "x"})


def test_a_dry_run_tells_the_same_and_writes_nothing(place, tmp_path):
    path = place(page(Un="Il vient."), "a.html")
    dry = import_files(path, tmp_path / "texts", dry_run=True)
    assert not (tmp_path / "texts").exists()
    assert dry.attrs["said"] == "1 file: 1 text of 1 outlet, 2024-11-04, would be in texts."
    pd.testing.assert_frame_equal(dry, import_files(path, tmp_path / "texts"))


def test_a_file_that_is_refused_keeps_no_other_out(place, tmp_path):
    (tmp_path / "exports").mkdir()
    place(page(Un="Il vient."), "exports/a.html")
    place("%PDF-1.7", "exports/b.html")
    place(b"\x89PNG\r\n\x1a\n\x00\x00", "exports/c.png")
    table = import_files(tmp_path / "exports", tmp_path / "texts")
    assert table["taken"].tolist() == ["new", "refused", "refused"]
    assert "b.html is a PDF" in table.attrs["said"]


HOSTILE = ["../x", "a/b", "C:\\x", "x" * 400, "CON", "con", "README", ".caché", "*?", "a\u202eb"]


OTHERS = [
    ("a dump of a wiki", "<mediawiki xmlns='x'><page><text>Il part.</text></page></mediawiki>"),
    ("a scanned page (ALTO)", "<?xml version='1.0'?>\n<alto xmlns='x'><Page/></alto>"),
    (
        "a scanned volume of Gallica",
        "<html><h4>Rappel de votre demande:</h4><p>Format de téléchargement: Texte</p>Il part.<br/>",
    ),
    ("a bibliography", "@article{un,\n title={Le bac}}"),
    ("a bibliography", '"Key","Item Type","Author","Title","Abstract Note"\n"A","x","B","C","D"\n'),
    ("an export of X", "id,text,retweet_count\n1,Il part.,3\n"),
    ("an export of X", 'window.YTD.tweets.part0 = [{"tweet": {"full_text": "Il part."}}]'),
    (
        "a page that a browser saved as a single file",
        'From: <x>\nContent-Type: multipart/related; boundary="x"\n\n<html><article>Il part.',
    ),
    ("a page of Nexis that was saved as text", "\n\n   1 of 10 DOCUMENTS\n\nLe bac\n\nIl part.\n"),
    (
        "a page of Nexis that was saved as text",
        "Document 1 de 10\n\nLe bac\n\nLONGUEUR: 2 mots\n\nIl part.\n",
    ),
    (
        "a page of Factiva that was saved as text",
        "Factiva\n\n*HD*\tLe bac\n*WC*\t2 mots\nIl part.\n",
    ),
    ("a web archive", "WARC/1.0\r\nWARC-Type: warcinfo\r\n"),
    (
        "a news feed",
        "<rss version='2.0'><channel><item><title>Le bac</title></item></channel></rss>",
    ),
]


@pytest.mark.parametrize(("what", "content"), OTHERS)
def test_what_is_no_press_is_refused_by_name_with_what_to_do(place, tmp_path, what, content):
    with pytest.raises(ValueError, match=rf"^corpus\.txt is {re.escape(what)}.*; .*written$"):
        import_files(place(content), tmp_path / "texts")


def test_hostile_names_stay_in_the_folder_and_are_told(place, tmp_path):
    path = place("".join(f"**** *id_{name}\nTexte {i}.\n" for i, name in enumerate(HOSTILE)))
    import_files(path, tmp_path / "deep/textes")
    folder = tmp_path / "deep/textes"
    everything = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert everything == {path, *folder.iterdir()}
    told = opened(folder).documents["name_given"]
    assert len(told) == len(HOSTILE)
    assert {*told.dropna()} <= {*HOSTILE}


def test_a_file_of_ones_own_is_never_overwritten(place, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "2024-11-04_fanal_un.txt").write_text("à moi")
    (folder / "2024-11-04_fanal_deux.TXT").symlink_to(tmp_path / "nulle-part")
    import_files(place(page(Un="Il vient.", Deux="Elle part."), "a.html"), folder)
    names = ["2024-11-04_fanal_deux.TXT", "2024-11-04_fanal_deux_2.txt", "2024-11-04_fanal_un.txt"]
    assert sorted(path.name for path in folder.iterdir()) == [*names, "2024-11-04_fanal_un_2.txt"]
    assert (folder / "2024-11-04_fanal_un.txt").read_text() == "à moi"
    assert not (tmp_path / "nulle-part").exists()


def test_a_database_that_has_changed_its_pages_is_refused_as_a_whole(place, tmp_path):
    changed = page(**{f"T{i}": "Il vient." for i in range(12)}).replace(
        "docOcurrContainer", "corps"
    )
    changed = (
        changed.replace("DocText", "texte")
        .replace("<section>", "<div>")
        .replace("</section>", "</div>")
    )
    with pytest.raises(ValueError, match="12 of 12 articles without an outlet or a text"):
        import_files(place(changed, "a.html"), tmp_path / "texts")
    assert not (tmp_path / "texts").exists()


def test_a_zipped_file_that_unpacks_to_too_much_is_told_as_what_it_is(place, tmp_path):
    """Such a file may look like a text in UTF-16."""
    for parts, why in (({"": " " * 30_000_000}, "30,000,"), (range(10_001), "10,001 parts")):
        with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as made:
            for n in parts:
                made.writestr(f"word/document{n}.xml", parts[n] if n == "" else "")
        with pytest.raises(ValueError, match=rf"^a\.docx unpacks to .*{why}.*; split it"):
            import_files(tmp_path / "a.docx", tmp_path / "texts")


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


NEWS = '{"@type":"NewsArticle","headline":"x","author":{"@id":"q"}}'
LONG = {
    "marks within a mark": "<div id=article-FANVAL0020220315 " + 'class="article ' * 10_000,
    "many articles in JSON-LD": f"<html><body>{linked(NEWS) * 5_000}<p>Le bac part.</p></body></html>",
    "lines with blanks above a text": "\n \n" * 200_000 + '"',
    "broken lines of JSON": '[{"a": [}]},\n' * 40_000,
}


@pytest.mark.parametrize("name", LONG)
def test_odd_files_take_no_longer_than_they_are(place, tmp_path, name):
    with processor_time(5, name), pytest.raises(ValueError, match="nothing was written"):
        import_files(place(LONG[name]), tmp_path / "texts")


def test_a_missing_file_and_a_file_for_a_folder_are_named(place, tmp_path):
    with pytest.raises(ValueError, match=r"absent\.html cannot be opened"):
        import_files(tmp_path / "absent.html", tmp_path / "t")
    path = place(page(Un="Il vient."), "a.html")
    with pytest.raises(ValueError, match="is a file; name a folder"):
        import_files(path, path)


@pytest.mark.parametrize("name", ["~$rapport.docx", "~$note.txt", ".~lock.a.odt#", ".DS_Store"])
def test_what_a_program_leaves_beside_an_open_file_is_not_imported(name, tmp_path):
    folder = tmp_path / "textes"
    (folder / "1").mkdir(parents=True)
    (folder / "a.txt").write_text("Il vient.", "utf-8")
    for place in (folder, folder / "1"):
        (place / name).write_bytes(b"\x05Mona" + b" \0" * 80)
    assert import_files(folder, tmp_path / "t")["file"].tolist() == ["a.txt"]


@pytest.mark.parametrize("name", ["b.csv", "b.TSV"])
@pytest.mark.parametrize("head", ["a;b", "rubrique,n°", "corps de métier\tprix", "seule"])
def test_of_a_table_without_a_known_column_those_it_has_are_told(name, head, place, tmp_path):
    path = place(f"{head}\n1{head[1:2]}2\n", name)
    with pytest.raises(ValueError, match=r"; name that of texts: --text COLUMN; nothing") as told:
        import_files(path, tmp_path / "t")
    assert all(column in str(told.value) for column in re.split("[;,\t]", head))


def test_the_command_says_what_came_in(place, tmp_path, capsys):
    path = place(page(Un="Il vient."), "a.html")
    arguments = [
        "import",
        str(path),
        "--to",
        str(tmp_path / "texts"),
        "--with",
        "query=un",
        "jour=4",
    ]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("1 file: 1 text of 1 outlet, 2024-11-04, is now in")
    ((fields, _),) = written_in(tmp_path / "texts").values()
    assert (fields["query"], fields["jour"]) == ("un", "4")
    with pytest.raises(SystemExit, match=r"b\.html is empty"):
        main(["import", str(place("", "b.html")), "--to", str(tmp_path / "autres")])


@given(st.lists(st.text(max_size=300), max_size=8))
def test_names_are_distinct_single_steps_that_every_system_takes(names):
    safe = safe_names(names)
    assert len({name.casefold() for name in safe}) == len(names)
    for name in safe:
        assert 0 < len(name.encode()) < 200
        assert not set(name) & set('<>:"/\\|?*\0\n\r\t')
        assert name[0] not in ". "
        assert name[-1] not in ". "
    assert safe_names(safe) == safe


def test_many_names_that_are_the_same_take_no_long():
    assert distinct(["x"] * 20_000)[-1] == "x_20000"


def test_the_name_of_an_undated_text_dates_it_by_nothing():
    assert (
        name_of({"title": "La crue du 12 mars 1957", "outlet": "L'Écho"}) == "echo_la-crue-du-mars"
    )
    assert name_of({}) == "text"
    assert name_of({"outlet": "Le Journal du Dimanche"}) == "journal-du-dimanche"
