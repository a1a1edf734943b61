"""The way in from IRaMuTeQ and TXM: what was text there is text here, word for word, and nothing in
the folder is overwritten.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import Corpus
from helpers.exchange.exports import export_iramuteq, export_txm
from helpers.exchange.filenames import distinct, safe_names
from helpers.exchange.imports import import_corpus
from helpers.read import parse
from helpers.read.headers import MOST
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS

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
bodies = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(BETWEEN)), min_size=1, max_size=6
).map(lambda parts: "".join(a + b for a, b in parts))
FRONT = "---\ndate: 2024-11-26\nsection: Sport\n---\n\n"
dates = st.sampled_from(
    ["", " date 2024 ", " date 2024-11 ", " date 2024-11-26 ", " date inconnue ", FRONT]
)
plain = st.text("abzABZ019-._", min_size=1, max_size=8)
free = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


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
    """What the texts say of themselves, as text: front matter has no other kind of values."""
    ours = [name for name in DOCUMENTS if name not in ("doc", "outlet")]
    own = corpus.documents.drop(columns=ours).astype(object)
    return own.map(str, na_action="ignore").astype("str").fillna("")


def bodies_of(corpus: Corpus) -> list[str]:
    """The bodies without the byte order mark that a file loses at its beginning."""
    bodies = (row.text[row.body_start : row.body_end] for row in corpus.documents.itertuples())
    return [body.lstrip("\ufeff") for body in bodies]


def the_same(before: Corpus, after: Corpus) -> None:
    assert words_by_text(after) == words_by_text(before)
    assert bodies_of(after) == bodies_of(before)
    dates = ["doc", "date_start", "date_end", "date_precision"]
    pd.testing.assert_frame_equal(after.documents[dates], before.documents[dates])
    own = own_columns(before)
    filled = own_columns(after).reindex(columns=list(own), fill_value="")
    pd.testing.assert_frame_equal(filled, own, check_dtype=False)
    # What was told before, a text without a body for instance, may be told again.
    known = {"no_date", "not_french", "duplicate", "near_duplicate", *before.issues["kind"]}
    assert set(after.issues["kind"]) <= known


def round_trip(
    texts: list[str], metadata: pd.DataFrame, export: Callable[[Corpus, Path], Path]
) -> tuple[Corpus, Corpus]:
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        before = corpus_of(here / "avant", {f"t{i}.txt": t for i, t in enumerate(texts)}, metadata)
        if before.documents.empty:
            return before, before
        import_corpus(export(before, here), here / "après")
        return before, opened(here / "après")


@quick
@given(st.lists(st.tuples(dates, bodies, plain), min_size=1, max_size=12))
def test_a_corpus_comes_back_from_iramuteq_with_the_same_words_dates_and_metadata(texts):
    metadata = pd.DataFrame({
        "doc": [f"t{i}" for i in range(len(texts))],
        "outlet": [f"x{value}" for _, _, value in texts],
        "rank": range(len(texts)),
    })  # fmt: skip
    the_same(
        *round_trip(
            [date + body for date, body, _ in texts],
            metadata,
            lambda corpus, place: export_iramuteq(corpus, place / "corpus.txt"),
        )
    )


@quick
@given(st.lists(st.tuples(dates, bodies, free), min_size=1, max_size=12))
def test_a_corpus_comes_back_from_txm_with_the_same_words_dates_and_any_metadata(texts):
    metadata = pd.DataFrame({
        "doc": [f"t{i}" for i in range(len(texts))],
        "outlet": [value for _, _, value in texts],
        "rubrique": [value for _, _, value in texts],
        "page_no": range(len(texts)),
    })  # fmt: skip
    the_same(
        *round_trip(
            [date + body for date, body, _ in texts],
            metadata,
            lambda corpus, place: export_txm(corpus, place / "txm")[0],
        )
    )


def test_fields_come_back_from_txm_under_the_names_that_they_had(tmp_path):
    front = "date: 2024-11\nmonth_given: avril\nyear_given: an 2\nname_given: n\nid: 7"
    before = corpus_of(tmp_path / "avant", {"a.txt": f"---\n{front}\n---\n\nIl vient."})
    table, _ = export_txm(before, tmp_path / "txm")
    header = table.read_text("utf-8").splitlines()[0].split(",")
    assert header[0] == "id"
    assert len(header) == len(set(header))
    import_corpus(table, tmp_path / "après")
    columns = [*own_columns(opened(tmp_path / "après"))]
    assert columns == ["doc", "outlet", "month_given", "year_given", "name_given", "id_2"]


def test_variables_that_differ_by_capitals_from_columns_of_ours_are_all_read(tmp_path):
    source = tmp_path / "corpus.txt"
    source.write_text("**** *Month_avril *month_mai *Batch_1 *TITLE_Port\nIl vient.", "utf-8")
    import_corpus(source, tmp_path / "textes")
    documents = opened(tmp_path / "textes").documents
    columns = ["month_given", "month_given_2", "batch_given", "title"]
    assert documents[columns].iloc[0].tolist() == ["avril", "mai", "1", "Port"]


@pytest.fixture
def place(tmp_path):
    def write(content: str | bytes, name: str = "corpus.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def texts_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def test_thematic_lines_and_empty_texts_are_left_out_and_said(place, tmp_path):
    path = place(
        "**** *id_1 *sexe_f\n-*enfance\nElle est née.\n-*fin\nElle part.\n\n**** *id_2\n\n"
    )
    said = import_corpus(path, tmp_path / "textes")
    assert said == (
        "1 text of corpus.txt is now in textes; variables: sexe; left out: 1 text without words; "
        "left out: 2 thematic lines."
    )
    front = "---\nsexe: f\n---\n\n"
    assert texts_in(tmp_path / "textes") == {"1.txt": f"{front}Elle est née.\n\nElle part."}


def test_the_older_numbering_is_read(place, tmp_path):
    path = place("0001 *lieu_Rabat\nIl est là.\n0002 *lieu_Fès\nEn 2024 il part.\n")
    import_corpus(path, tmp_path / "textes")
    assert texts_in(tmp_path / "textes") == {
        "corpus_1.txt": "---\nlieu: Rabat\n---\n\nIl est là.",
        "corpus_2.txt": "---\nlieu: Fès\n---\n\nEn 2024 il part.",
    }


def test_a_value_may_hold_an_underscore_and_a_variable_may_have_none(place, tmp_path):
    import_corpus(place("**** *id_1 *prof_agent_public *relu *age_\nIl est là."), tmp_path / "t")
    written = texts_in(tmp_path / "t")["1.txt"]
    assert written.splitlines()[1:4] == ["prof: agent_public", "relu: 1", "---"]


def test_variables_of_any_name_are_read_each_with_its_value(txm, tmp_path):
    names = ["Mon titre", "a:b", "A_b", "-x", "étoile", "name_given", "x" * 80, "x" * 81, "Date"]
    values = [*map(str, range(len(names) - 1)), "deux\nlignes"]
    row = ",".join(f'"{value}"' for value in ["b ", *values])
    import_corpus(txm(f"id,{','.join(names)}\n{row}\n", **{"b ": "Il est là."}), tmp_path / "t")
    corpus = opened(tmp_path / "t")
    own = corpus.documents.iloc[0].drop(list(DOCUMENTS))
    assert own.tolist() == [*values[:-1], "deux lignes", "b "]
    assert own.index[[0, 3, -1]].tolist() == ["Mon_titre", "_x", "name_given"]
    assert set(corpus.issues["kind"]) == {"no_date"}


def test_more_variables_than_front_matter_holds_are_told(place, tmp_path):
    stars = " ".join(f"*v{i}_x" for i in range(MOST + 1))
    with pytest.raises(ValueError, match=f"“a” has {MOST + 1} variables; keep at most {MOST}"):
        import_corpus(place(f"**** *id_a {stars}\nIl est là."), tmp_path / "t")
    assert not (tmp_path / "t").exists()
    import_corpus(place(f"**** *id_a {stars.rpartition(' ')[0]}\nIl est là."), tmp_path / "t")
    assert words_by_text(opened(tmp_path / "t")) == {"a": ["il", "est", "là"]}


def test_a_file_in_windows_1252_is_read_and_said(place, tmp_path):
    said = import_corpus(place("**** *id_1\nL’été à Fès.".encode("cp1252")), tmp_path / "t")
    assert "read as Windows-1252" in said
    assert texts_in(tmp_path / "t") == {"1.txt": "---\n---\n\nL’été à Fès."}


def test_the_most_telling_variable_becomes_the_date_and_one_that_says_more_is_kept(place, tmp_path):
    path = place(
        "**** *id_a *date_2024-11-26 *year_2024\nIl est là.\n"
        "**** *id_b *annee_2023 *year_2023\nIl part.\n"
        "**** *id_c *date_hier\nIl vient."
    )
    said = import_corpus(path, tmp_path / "t")
    assert said.endswith("variables: annee, date_given.")
    assert texts_in(tmp_path / "t") == {
        "a.txt": "---\ndate: 2024-11-26\n---\n\nIl est là.",
        "b.txt": "---\ndate: 2023\nannee: 2023\n---\n\nIl part.",
        "c.txt": "---\ndate_given: hier\n---\n\nIl vient.",
    }


def test_variables_with_the_name_of_a_column_of_ours_are_renamed_and_reach_the_documents(
    place, tmp_path
):
    path = place("**** *id_a *title_visite *type_note *lemma_x *text_y\nIl est là.")
    import_corpus(path, tmp_path / "t")
    corpus = opened(tmp_path / "t")
    row = corpus.documents.iloc[0]
    assert row[["title", "type_given", "lemma_given"]].tolist() == ["visite", "note", "x"]
    assert row["text_given"] == "y"
    assert corpus.with_metadata(corpus.tokens)["type_given"].eq("note").all()
    assert set(corpus.issues["kind"]) == {"no_date"}


HOSTILE = ["../x", "a/b", "C:\\x", "x" * 400, "CON", "con", "README", ".caché", "*?", "a\u202eb"]


def test_hostile_names_stay_in_the_folder_and_are_told(place, tmp_path):
    path = place("".join(f"**** *id_{name}\nTexte {i}.\n" for i, name in enumerate(HOSTILE)))
    import_corpus(path, tmp_path / "deep/textes")
    folder = tmp_path / "deep/textes"
    everything = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert everything == {path, *folder.iterdir()}
    corpus = opened(folder)
    assert len(corpus.documents) == len(HOSTILE)
    assert set(corpus.documents["name_given"]) == set(HOSTILE)


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


def test_the_same_name_twice_is_numbered(place, tmp_path):
    import_corpus(place("**** *id_a\nUn.\n**** *id_A\nDeux.\n**** *id_a\nTrois."), tmp_path / "t")
    assert texts_in(tmp_path / "t") == {
        f"{name}.txt": f"---\nname_given: {given}\n---\n\n{body}"
        for name, given, body in [("A_2", "A", "Deux."), ("a", "a", "Un."), ("a_3", "a", "Trois.")]
    }


def test_nothing_is_overwritten_and_nothing_is_written_then(place, tmp_path):
    path = place("**** *id_a\nUn.\n**** *id_b\nDeux.")
    (tmp_path / "t").mkdir()
    (tmp_path / "t/b.txt").write_text("à moi")
    with pytest.raises(ValueError, match=r"b\.txt is there already; name an empty folder"):
        import_corpus(path, tmp_path / "t")
    assert texts_in(tmp_path / "t") == {"b.txt": "à moi"}
    with pytest.raises(ValueError, match="is a file; name a folder"):
        import_corpus(path, path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Il est là.", r"corpus\.txt, line 1: “Il est là\.” begins no text of IRaMuTeQ"),
        ("", r"corpus\.txt, line 1: “” begins no text"),
        ("Avant.\n**** *a_b\nTexte.", r"line 1: “Avant\.” begins no text"),
        ("**** *a_b\nUn.\n**** *lieu_Le matin\nDeux.", r"line 3: “matin” is no variable; write"),
        ("**** *a_b *a_c\nUn.", r"line 1: \*a stands there twice; leave one"),
        ("**** *a_b\n\n", r"corpus\.txt has no text; nothing was written"),
        (b"**** \x00\x01", r"corpus\.txt is no text"),
    ],
)
def test_a_file_that_is_no_corpus_says_where_and_what_to_do(place, tmp_path, content, message):
    with pytest.raises(ValueError, match=message):
        import_corpus(place(content), tmp_path / "t")
    assert not (tmp_path / "t").exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"absent\.txt cannot be opened"):
        import_corpus(tmp_path / "absent.txt", tmp_path / "t")


@pytest.fixture
def txm(tmp_path):
    def write(metadata: str, **texts: str) -> Path:
        folder = tmp_path / "txm"
        folder.mkdir()
        for name, content in texts.items():
            (folder / f"{name}.txt").write_text(content, "utf-8", newline="")
        (folder / "metadata.csv").write_text(metadata, "utf-8", newline="")
        return folder

    return write


def test_txm_is_read_by_its_folder_or_its_metadata_with_any_separator(txm, tmp_path):
    folder = txm('id;titre;annee\na;"Visite; suite";2024\n', a="Il est là.", b="Il part.")
    said = import_corpus(folder, tmp_path / "un")
    assert said == "2 texts of metadata.csv are now in un; variables: titre, annee."
    front = "---\ndate: 2024\ntitre: Visite; suite\nannee: 2024\n---\n\n"
    assert texts_in(tmp_path / "un") == {
        "a.txt": f"{front}Il est là.",
        "b.txt": "---\n---\n\nIl part.",
    }
    import_corpus(folder / "metadata.csv", tmp_path / "deux")
    assert texts_in(tmp_path / "deux") == texts_in(tmp_path / "un")


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("nom,lieu\na,Rabat\n", r"metadata\.csv: the first column is “nom,lieu”; TXM"),
        ("id,lieu\nc,Rabat\n", r"csv: the text “c” .* has no \.txt file of that name beside it"),
        ("id,lieu\n../a,Rabat\n", r"the text “\.\./a” .* has no \.txt file"),
        ("id,lieu\na,Rabat\na,Fès\n", r"the text “a” stands there twice"),
        ("id,lieu\na,Rabat,Fès\n", r"metadata\.csv: Expected 2 fields in line 2, saw 3; put \""),
        ('id,lieu\na,"Rabat\n', r"metadata\.csv: EOF inside string.*; put \""),
        ("", r"metadata\.csv: the first column is “”"),
    ],
)
def test_a_metadata_file_that_does_not_fit_says_where_and_what_to_do(
    txm, tmp_path, metadata, message
):
    folder = txm(metadata, a="Il est là.")
    (tmp_path / "a.txt").write_text("Pas à lire.")
    with pytest.raises(ValueError, match=message):
        import_corpus(folder, tmp_path / "t")
    assert not (tmp_path / "t").exists()


def test_texts_do_not_lose_what_looks_like_a_header_or_a_signature(place, tmp_path):
    path = place("**** *date_2024\nUNE VISITE\n\nPar Amina Alaoui\n\nElle est venue.\n\nS.L.")
    import_corpus(path, tmp_path / "t")
    corpus = opened(tmp_path / "t")
    assert corpus.fields["field"].tolist() == ["date"]
    assert words_by_text(corpus)["corpus_1"] == [
        "une", "visite", "par", "amina", "alaoui", "elle", "est", "venue", "s.l.",
    ]  # fmt: skip
