"""Corpora of other tools for textometry, with what is odd or wrong in them."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from helpers.exchange import import_files
from helpers.exchange.articles import Article, Source, finish
from helpers.exchange.textometry import hyperbase, iramuteq, lexico, plain, txm
from tests.exchange.samples import MUTANTS, read
from tests.hostile import ODD

READERS = {
    iramuteq: "**** *id_a *date_2024-11-06\n-*débat\nIl part _rire_.\n\n**** *id_b *theme_x\nElle monte.\n",
    lexico: "<journal=Fanal><date=2024-11-06>\n§ Il part.\n<journal=Bac>\nElle monte.\n",
    hyperbase: "&&& Le bac &&&\nIl part.\n&&& La crue &&&\nElle monte.\n",
    plain: "---\ntitle: Le bac\ndate: 2024-11\n---\n\nIl part.\n\nElle monte.\n",
}
TABLE = 'id,titre,annee\na,"Le bac, hier",2024\nb,La crue,2023\n'


def texts(found: list[Article]) -> list[str]:
    return ["\n".join(article.text) for article in found]


def test_the_texts_of_iramuteq_are_read_with_their_variables():
    one, two, three = read(
        iramuteq,
        "\ufeff\n**** *id_1 *prof_agent_public *relu *age_ *date_2024-11-26 *year_2024\r\nIl est là.\r\n \r\nIl part.\n"
        "*****\t*doc_x y\u00a0*annee_2023 *year_2023\n".replace("x y", "x")
        + " **** *non\n"
        "****\nUn *mot* de 2024 *étoilé.",
    )
    assert (one.name, one.fields) == (
        "1",
        {"prof": "agent_public", "relu": "1", "date": "2024-11-26"},
    )
    assert texts([one]) == ["Il est là.\r\n \r\nIl part."]
    assert (two.name, two.fields) == ("x", {"annee": "2023", "date": "2023"})
    assert texts([two]) == ["**** *non"]
    assert (three.name, three.fields, texts([three])) == ("", {}, ["Un *mot* de 2024 *étoilé."])
    places = [article.place for article in (one, two, three)]
    assert places == sorted(places)


@pytest.mark.parametrize("number", ["0001", "00001", "123456"])
def test_the_older_numbering_is_read(number):
    one, two = read(
        iramuteq,
        f"{number} *lieu_Rabat\nIl est là.\n{number}  *lieu_Fès\nEn 2024 il part.\n2024 fut beau.\n",
    )
    assert [one.fields, two.fields] == [{"lieu": "Rabat"}, {"lieu": "Fès"}]
    assert texts([one, two]) == ["Il est là.", "En 2024 il part.\n2024 fut beau."]


@pytest.mark.parametrize(
    ("stars", "fields"),
    [
        ("*date_2024_11_05", {"date": "2024-11-05"}),
        ("*date_20241105", {"date": "2024-11-05"}),
        ("*Date_5_novembre_2024 *year_2024", {"date": "2024-11-05"}),
        ("*date_05/11/2024 *month_2024-11", {"date": "2024-11-05"}),
        ("*mois_2024_11", {"mois": "2024_11", "date": "2024-11"}),
        ("*date_hier *an_2024", {"date_given": "hier", "an": "2024", "date": "2024"}),
        ("*date_hier", {"date_given": "hier"}),
        ("*am_2024-11 *annee_1999", {"am": "2024-11", "annee": "1999", "date": "2024-11"}),
    ],
)
def test_the_most_telling_variable_is_the_date(stars, fields):
    (article,) = read(iramuteq, f"**** {stars}\nIl part.")
    assert article.fields == fields


def test_variables_that_stand_there_twice_or_are_stuck_are_kept_and_told():
    one, two = read(
        iramuteq, "**** *theme_a *theme_b *an_2024\nIl part.\n**** *journal_Soir*an_2024\nIl vient."
    )
    assert one.fields == {"theme": "a", "theme_2": "b", "an": "2024", "date": "2024"}
    assert two.fields == {"journal": "Soir", "an": "2024", "date": "2024"}
    assert one.flags == ["twin_variable", "no_title"]
    assert two.flags == ["stuck_variables", "no_title"]


def test_thematic_lines_and_variables_inside_a_text_are_none_of_its_words():
    (article,) = read(
        iramuteq,
        "**** *a_1\n-*enfance\nIl parle _rire_ encore.\n_pause_longue_ Non, l_an_2 et snake_case_x.\n-*fin",
    )
    assert texts([article]) == ["Il parle encore.\n Non, l_an_2 et snake_case_x."]
    assert article.beside == [("variable", "rire"), ("variable", "pause_longue")]
    assert article.flags[:2] == ["thematic_lines", "inner_variables"]


@pytest.mark.parametrize("wrong", ["matin", "*", "*_x", "lieu_x"])
def test_a_line_of_variables_that_is_wrong_leaves_out_its_text_alone(wrong):
    found = read(iramuteq, f"**** *a_b\nUn.\n**** *lieu_Le {wrong}\nDeux.\n**** *a_c\nTrois.")
    why = f"“{wrong}” is no variable; write *name_value without blanks"
    assert [article.left_out for article in found] == ["", why, ""]
    assert texts([found[0], found[2]]) == ["Un.", "Trois."]


@pytest.mark.parametrize(
    ("reader", "content", "why"),
    [
        (iramuteq, "Il est là.", "is no corpus of IRaMuTeQ: “Il est là.” begins no text, but"),
        (iramuteq, "", "is no corpus of IRaMuTeQ: “” begins no text"),
        (iramuteq, "Avant.\n**** *a_b\nTexte.", "“Avant.” begins no text"),
        (lexico, "Il est <b>là</b>.", "is no corpus of Lexico: “Il est <b>là</b>.” begins no text"),
        (lexico, "Avant.\n<a=b>\nTexte.", "“Avant.” begins no text, but <journal=Fanal> would"),
        (
            hyperbase,
            "Avant.\n&&& a &&&\nIl est là.",
            "is no corpus of Hyperbase: “Avant.” begins no text",
        ),
        (hyperbase, "", "is no corpus of Hyperbase"),
        (txm, "nom,lieu\na,Rabat\n", "has “nom” for a first column; TXM calls it id"),
        (txm, "", "has “” for a first column"),
    ],
)
def test_what_is_no_corpus_is_refused_with_the_way_out(reader, content, why):
    with pytest.raises(ValueError, match=why):
        read(reader, content)


def test_the_keys_of_lexico_hold_until_they_are_told_anew():
    content = '<journal="L\'Été">\n<date=2024-11-06>\n§ Il part.\n  § Il revient.\n<date=2024-11-07>Elle monte.\n<id=c> <journal=Bac>\nTrois < quatre.'
    found = read(lexico, content)
    assert [article.fields for article in found] == [
        {"journal": "L'Été", "date": "2024-11-06"},
        {"journal": "L'Été", "date": "2024-11-07"},
        {"journal": "Bac", "date": "2024-11-07"},
    ]
    assert texts(found) == ["Il part.\n\nIl revient.", "Elle monte.", "Trois < quatre."]
    assert found[2].name == "c"
    assert [content[slice(*a.place)] for a in found][1] == "<date=2024-11-07>Elle monte.\n"


def test_the_texts_of_hyperbase_have_names():
    found = read(
        hyperbase,
        "\n&&& Le bac, bac &&&\nIl part & revient.\n\n&&& La crue\nElle monte.\n&&&\nSeul.\n&&&\n",
    )
    assert [article.name for article in found] == ["Le bac, bac", "La crue", ""]
    assert texts(found) == ["Il part & revient.", "Elle monte.", "Seul."]


def test_a_plain_text_is_read_with_what_it_tells_of_itself():
    (article,) = read(
        plain, "---\ntitle: Le bac\ndate: 2024-11\nRubrique: Sport\nnon\n---\n\nPar midi.\n\nS.L."
    )
    assert article.fields == {"title": "Le bac", "date": "2024-11", "Rubrique": "Sport"}
    assert texts([article]) == ["Par midi.\n\nS.L."]
    assert article.flags == ["front_matter"]
    (printed,) = read(plain, " date 2022-09 UNE VISITE\n\n21/09/2022\n\nIl est venu. S.L.")
    assert printed.fields == {"date": "2022-09-21", "title": "UNE VISITE", "signature": "S.L."}
    assert texts([printed]) == ["Il est venu."]


def imported(folder, table: str, **files: str | bytes) -> list[Article]:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.txt").write_bytes(data)
    return [
        finish(article) for article in txm(Source("metadata.csv", table.encode(), folder=folder))
    ]


@pytest.mark.parametrize("mark", ",;\t")
def test_the_texts_of_txm_stand_beside_its_table(tmp_path, mark):
    table = f'ID{mark}"Mon titre"{mark}annee\r\na{mark}"Visite{mark} suite"{mark}2024\r\n'
    one, two = imported(tmp_path, table, a=" Il est là.\n\n\nOui. ", b="Il part.")
    assert one.fields == {
        "Mon_titre": f"Visite{mark} suite",
        "annee": "2024",
        "date": "2024",
    }
    assert (one.name, texts([one]), one.place) == ("a", ["Il est là.\n\n\nOui."], (1, 1))
    assert (two.name, two.fields, texts([two])) == ("b", {}, ["Il part."])


def test_a_text_of_txm_may_be_named_by_its_file_or_have_a_name_of_its_own(tmp_path):
    found = imported(
        tmp_path,
        "id,doc,lieu,lieu\na.txt,Le bac,Fès,Rabat\ne\u0301té ,,x,\n",
        **{"a": "Un.", "été ": "Deux."},
    )
    assert [article.name for article in found] == ["Le bac", "été "]
    assert texts(found) == ["Un.", "Deux."]
    assert found[0].fields == {"lieu": "Fès", "lieu_2": "Rabat"}
    assert "twin_variable" in found[0].flags


def test_what_is_wrong_in_a_row_of_txm_leaves_it_out_alone(tmp_path):
    table = "id,lieu\na,Rabat\na,Fès\n../a,x\nc,x\nb,x,y\nd,x\n"
    found = imported(tmp_path, table, a="Un.", b="Deux.", d=b"\x00\x01\x02\xff\xfe\x00")
    named = "stands there twice, or has no .txt file of that name beside it; correct the id"
    assert [article.left_out for article in found] == [
        "",
        f"row 2: the text “a” {named}",
        f"row 3: the text “../a” {named}",
        f"row 4: the text “c” {named}",
        "row 5: 3 cells where the first line has 2",
        found[5].left_out,
        "",
    ]
    assert found[5].left_out.startswith("d.txt is no text")
    assert (found[6].name, texts([found[6]])) == ("b", ["Deux."])


@pytest.mark.parametrize("reader", READERS)
def test_broken_files_are_read_or_refused(reader):
    data = READERS[reader].encode()
    for number in range(MUTANTS):
        chance = random.Random(number)
        at = chance.randrange(len(data))
        broken = (
            data[:at]
            + chance.choice([b"", b"*", b"<a=b>", b"&&&", *ODD])
            + data[at + chance.randrange(9) :]
        )
        with suppress(ValueError):
            read(reader, broken[: chance.choice([len(broken), at])])


def test_a_broken_table_of_txm_is_read_or_refused(tmp_path):
    for number in range(MUTANTS):
        chance = random.Random(number)
        at = chance.randrange(len(TABLE))
        broken = (
            TABLE[:at]
            + chance.choice(["", '"', ",", "\n", "\0", "\r"])
            + TABLE[at + chance.randrange(5) :]
        )
        with suppress(ValueError):
            found = imported(tmp_path, broken, a="Un.", b="Deux.")
            assert sorted(text for text in texts(found) if text) == ["Deux.", "Un."], broken


@pytest.mark.parametrize("reader", [iramuteq, lexico, hyperbase])
def test_what_is_broken_in_a_text_changes_no_other(reader):
    (first, *_) = read(reader, READERS[reader])
    for odd in ODD:
        second = "Elle monte." + odd.decode("utf-8", "ignore")
        found = read(reader, READERS[reader].replace("Elle monte.", second))
        assert (found[0].fields, found[0].text) == (first.fields, first.text), odd


def test_a_line_above_the_first_text_of_iramuteq_is_told(tmp_path):
    (tmp_path / "c.txt").write_text("Corpus de presse\n\n**** *journal_soir\nIl est là.", "utf-8")
    with pytest.raises(ValueError, match="“Corpus de presse” begins no text"):
        import_files(tmp_path / "c.txt", tmp_path / "out")
