"""Tables of articles as spreadsheets, scrapers and other tools write them, with what is odd or broken in them."""

from __future__ import annotations

import io
import json
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from helpers.exchange.articles import Source, finish
from helpers.exchange.columns import field_of
from helpers.exchange.tables import json_table, table, xlsx
from tests.exchange.samples import MUTANTS, read, sample, survives, told
from tests.hostile import ODD

FORMATS = {"table_csv": table, "table_jsonl": json_table}


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_is_read_as_it_is_to_be(name):
    source, expected = sample(name)
    found = [finish(article) for article in FORMATS[name](source)]
    kept = [article for article in found if not article.left_out]
    assert [told(article) for article in kept] == expected["articles"]
    assert [
        never for never in expected["never"] if any(never in "".join(a.text) for a in kept)
    ] == []
    whys = {"table_csv": [(3, "no text")], "table_jsonl": [(4, "no text"), (5, "no JSON")]}
    assert [(a.place[0], a.left_out) for a in found if a.left_out] == whys[name]


@pytest.mark.parametrize("name", FORMATS)
def test_broken_files_are_read_or_refused(name):
    survives(name, FORMATS[name])


def test_the_other_kinds_of_columns_are_kept_by_their_names():
    (article, _, _, _) = read(json_table, sample("table_jsonl")[0].data)
    names = ["hostname", "pagetype", "filedate", "excerpt", "tags"]
    assert {name: article.fields[name] for name in names} == {
        "hostname": "fanal-valombre.example",
        "pagetype": "article",
        "filedate": "2026-11-28",
        "excerpt": "Le conseil a dit oui.",
        "tags": "tramway;port",
    }
    assert "raw_text" not in article.fields


HEAD = "id;titre;texte\n"


@pytest.mark.parametrize("mark", ";,\t|^~§")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_each_of_its_forms(mark, end, encoding):
    rows = [
        ["Titre", "Texte", "id"],
        ["L’été", f'"Il part.{end}{end}Il ""revient""{mark} là."', "007"],
        ["", "", ""],
    ]
    (article,) = read(table, end.join(mark.join(row) for row in rows).encode(encoding))
    assert article.fields == {"title": "L’été", "source_id": "007"}
    assert article.paragraphs == ["Il part.", f'Il "revient"{mark.strip()} là.']
    assert article.place == (1, 1)


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "\n \n", ""])
def test_the_first_line_may_name_the_separator_or_be_empty(line):
    (article,) = read(table, f"{line}texte;titre, sous-titre, date, auteur\nIl part.;Le bac\n")
    assert article.paragraphs == ["Il part."]
    assert article.fields == {"titre,_sous-titre,_date,_auteur": "Le bac"}


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        ("Titre de l'article|Nom du média|Date de parution|Auteur·e|Lien|Rubrique", "title outlet date byline url section"),
        ("HEADLINE|media_name|publish_date|author(s)|link|Category", "title outlet date byline url section"),
        ("titre|journal|jour|auteur|adresse|catégorie", "title outlet date byline url section"),
        ("title|sn|pubDate|By|URL|categories", "title outlet date byline url section"),
        ("Sous-titre|Édition|Numéro|N° de page|Langue|Nb mots", "subtitle edition issue N°_de_page language words_told"),
        ("Chapô|surtitre|Édition|page|la|identifiant", "lead kicker edition page language source_id"),
    ],
)  # fmt: skip
def test_columns_are_told_by_their_names_in_both_languages(names, fields):
    values = ["Le bac", "Le Fanal", "2024", "Zoé", "x", "12"]
    (article,) = table(Source("t.csv", f"{names}|Contenu\n{'|'.join(values)}|Il part.".encode()))
    expected = dict(zip(fields.split(), values, strict=True))
    assert article.lead == [lead for lead in [expected.pop("lead", None)] if lead]
    assert article.fields == expected
    assert article.paragraphs == ["Il part."]


def test_of_two_columns_the_first_that_says_something_is_taken_and_the_other_kept():
    (one, two) = read(
        table,
        "content,text,date_publish,date,source,source_hostname,hostname\n"
        ",Il part.,2024-11-06,nan,https://x.example/1,Le Fanal,x.example\n"
        "Il revient.,,hier,2024-11-07,Le Bac,,x.example\n",
    )
    assert one.fields == {
        "date": "2024-11-06",
        "outlet": "Le Fanal",
        "url": "https://x.example/1",
        "hostname": "x.example",
    }
    assert two.fields == {
        "date": "2024-11-07",
        "date_publish": "hier",
        "outlet": "Le Bac",
        "hostname": "x.example",
    }
    assert [one.paragraphs, two.paragraphs] == [["Il part."], ["Il revient."]]


def test_a_row_with_two_texts_is_told():
    found = read(table, "texte,texte,contenu\nUn.,Un.,\nUn.,,Deux.\n")
    assert [article.paragraphs for article in found] == [["Un."], ["Un."]]
    assert ["two_texts" in article.flags for article in found] == [False, True]


def test_the_column_that_the_user_names_has_the_texts():
    source = Source("t.csv", b"texte,Mon champ,titre\nnon,Il part.,Le bac\n", column="mon_champ")
    (article,) = table(source)
    assert article.paragraphs == ["Il part."]
    assert article.fields == {"title": "Le bac", "texte": "non"}
    with pytest.raises(
        ValueError, match="has no column “autre”; its columns are texte, Mon champ, titre"
    ):
        table(Source("t.csv", source.data, column="autre"))
    (own,) = table(Source("t.csv", source.data, column="titre"))
    assert (own.paragraphs, own.fields) == (["Le bac"], {"texte": "non", "Mon_champ": "Il part."})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("id,media_name,publish_date,title,url\n1,x,2024,Le bac,https://x.example\n", "holds addresses, but no texts: fetch these first; its columns are id, media_name"),
        ("id,titre\n1,Le bac\n", "holds no texts; its columns are id, titre; name that of texts: --text COLUMN"),
        ("", "holds no texts; its columns are none"),
        ('"texte', "holds no texts"),
    ],
)  # fmt: skip
def test_a_table_without_texts_is_refused_with_the_way_out(content, why):
    with pytest.raises(ValueError, match=why):
        read(table, content)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("2;Le bac", "row 2: 2 cells where the first line has 3"),
        ("2;Le bac;Il part; il revient.", "row 2: 4 cells where the first line has 3"),
        ('2;"Le bac;Il part.', "row 2: its quotes are broken (line 4)"),
        ('2;Le bac;"Il part.\nIl revient.', "row 2: its quotes are broken (lines 4 to 5)"),
        ('2;"Le "bac";"Il part.\nIl revient."', "row 2: its quotes are broken (lines 4 to 5)"),
    ],
)
@pytest.mark.parametrize(
    "below", ["3;La crue;Elle monte.", '3;"La crue";"Elle monte."', '3;La crue;"Elle\nmonte."']
)
def test_a_broken_row_is_left_out_and_those_below_it_are_read(broken, why, below):
    found = read(table, f'{HEAD}1;Le phare;"Il\ntourne."\n{broken}\n{below}\n')
    assert [article.fields.get("source_id") for article in found] == ["1", None, "3"]
    assert [article.left_out for article in found] == ["", why, ""]
    assert [article.place for article in found] == [(n, n) for n in (1, 2, 3)]


def test_a_row_at_the_end_that_is_cut_is_left_out():
    found = read(table, f'{HEAD}1;Le phare;Il tourne.\n2;Le bac;"Il pa')
    assert [article.left_out for article in found] == ["", "row 2: its quotes are broken (line 3)"]


def test_a_row_may_lack_its_last_cells_where_these_are_empty():
    """But for where its text may go on below, which is told: a line end without quotes parts it."""
    short = "B;Texte b.;2024-11-06"
    found = read(table, f"titre;texte;date;url\nA;Texte a.\n{short};\n{short}\nC;Texte c.\n")
    assert [article.fields.get("title") for article in found] == ["A", "B", "B", "C"]
    assert [article.fields.get("date") for article in found[1:3]] == ["2024-11-06"] * 2
    (cut, rest) = read(table, "titre;texte;date;url\nA;Texte a,\net la suite;2024-11-06;\n")
    assert "short_row" in cut.flags
    assert rest.fields["title"] == "et la suite"
    ragged = "titre;texte;date;url\nA;Texte a.\nB;Texte b.\nC;Texte c.;2024-11-06\nD;Texte d.\n"
    found = read(table, ragged)
    assert [(a.paragraphs, "short_row" in a.flags) for a in found] == [
        (["Texte a."], True), (["Texte b."], True), (["Texte c."], False), (["Texte d."], False)
    ]  # fmt: skip
    (cut, rest) = read(table, "id;titre;texte;url\n1;A;Texte a,\net la suite;x\n")
    assert cut.left_out == "row 1: 3 cells where the first line has 4"


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("texte_article", "text"), ("Texte intégral de l’article", "text"), ("FullText", "text"),
        ("story_text", "text"), ("nom_journal", "outlet"), ("Publication Name", "outlet"),
        ("articleDate", "date"), ("Nom de l'auteur", "byline"), ("lien vers l'article", "url"),
        ("DocumentURL", "url"), ("Article ID", "source_id"), ("section_name", "section"),
        ("Titre du texte", "title"), ("date_texte", "date"), ("auteur du texte", "byline"),
        ("nom du texte", None), ("text_name", None), ("textName", None), ("nom", None), ("text_2", None), ("file name", None), ("article type", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_the_word_that_says_what_it_holds(name, field):
    assert field_of(name) == field


def test_the_names_of_the_columns_may_stand_below_a_heading():
    (article,) = read(table, "Export du 6 novembre 2024;;\n;;\ntitre;date;texte\nA;2024;Il part.\n")
    assert (article.fields["title"], article.paragraphs) == ("A", ["Il part."])


def test_names_of_columns_that_stand_there_again_are_no_article():
    rows = "titre,date,texte\nA,2024,Il part.\n"
    one, again, two = read(table, rows + rows)
    assert one.fields == two.fields
    assert again.left_out == "it names the columns"


def test_a_sheet_tells_its_name_and_that_it_has_no_texts():
    out = io.BytesIO()
    with pd.ExcelWriter(out) as book:
        for sheet in ("Le Fanal", "Le Phare"):
            pd.DataFrame({"texte": [f"Il lit {sheet}."]}).to_excel(
                book, sheet_name=sheet, index=False
            )
        pd.DataFrame({"code": [1]}).to_excel(book, sheet_name="Codes")
        pd.DataFrame().to_excel(book, sheet_name="Feuil4")
    *articles, codes = read(xlsx, out.getvalue())
    assert [article.fields["sheet"] for article in articles] == ["Le Fanal", "Le Phare"]
    assert codes.left_out == "the sheet “Codes” has no column of texts"


def test_a_row_with_a_lead_alone_is_the_beginning_of_an_article():
    found = read(
        table, "titre,auteur,chapo,texte\nA,NA,Il part.,NA\nB,['Zoé'],Il vient.,Il est là.\n"
    )
    assert [a.text for a in found] == [["Il part."], ["Il vient.", "Il est là."]]
    assert [a.fields.get("byline") for a in found] == [None, "Zoé"]
    assert ["excerpt" in a.flags for a in found] == [True, False]


def test_quotes_behind_a_backslash_are_quotes():
    rows = r'"A","Il dit \"oui\", puis \"non\"."' + "\n" + r'"B","\"Non\", dit-elle."'
    found = read(table, f"titre,texte\n{rows}\n")
    assert [a.paragraphs for a in found] == [['Il dit "oui", puis "non".'], ['"Non", dit-elle.']]


def test_one_day_that_can_be_no_month_tells_the_order_of_all():
    rows = "titre,date,texte\nA,11/06/2024,Il part.\nB,{},Il vient.\n"
    dates = [[a.fields.get("date") for a in read(table, rows.format(day))] for day in (
        "11/25/2024", "12/11/2024", "25/11/2024"
    )]  # fmt: skip
    dashed = read(table, rows.format("11-25-24").replace("11/06/2024", "11-06-24"))
    assert [a.fields["date"] for a in dashed] == dates[0]
    assert dates == [
        ["2024-11-06", "2024-11-25"], ["2024-06-11", "2024-11-12"], ["2024-06-11", "2024-11-25"]
    ]  # fmt: skip


def test_empty_cells_behind_the_last_column_are_none_and_a_column_without_name_is_kept():
    found = read(table, "texte;titre;;\nIl part.;Le bac;x;;;\n\n;;;\nIl revient.;La crue;;\n")
    assert [article.fields["title"] for article in found] == ["Le bac", "La crue"]
    assert found[0].fields["column_3"] == "x"


def test_the_table_of_trafilatura_has_no_names():
    row = [
        "https://x.example/1",
        "7",
        "ab",
        "x.example",
        "Le bac",
        "img",
        "2024-11-06",
        "Il part.\nIl est là.",
        "Bravo !",
        "None",
        "article",
    ]
    cells = "\t".join(f'"{cell}"' for cell in row)
    (one, two) = read(table, f"{cells}\n{cells}\n")
    assert told(one) == told(two)
    assert one.paragraphs == ["Il part.", "Il est là."]
    assert one.fields["url"] == "https://x.example/1"
    assert (one.fields["outlet"], one.fields["source_id"], one.fields["date"]) == (
        "x.example",
        "7",
        "2024-11-06",
    )


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Un.\nDeux.", ["Un.", "Deux."]),
        ("Un.\nDeux.\n\n\nTrois.\n \nQuatre.", ["Un. Deux.", "Trois.", "Quatre."]),
        ("\n\nUn.\nDeux.\n\n", ["Un.", "Deux."]),
        ("<p>Un <b>mot</b>.</p><p>Deux<br/>trois &amp; quatre.</p>", ["Un mot.", "Deux", "trois & quatre."]),
        ("3 < 5 et 7 > 6.", ["3 < 5 et 7 > 6."]),
        ("Si p <a et b> c, <a href='x'>tant pis</a>.", ["Si p <a et b> c, tant pis."]),
        ("Un <em>mot</em>.\nDeux.", ["Un mot.", "Deux."]),
        ("<h2>Un</h2>\n\nDeux <b>mots</b>.\n\nTrois.", ["Un", "Deux mots.", "Trois."]),
        ("[caption id='a']<img src='b'/> Le bac.[/caption]\n\nUn […] mot [sic].", ["Un […] mot [sic]."]),
        ("L&#8217;eau &amp; le sel&nbsp;: R&D.", ["L’eau & le sel : R&D."]),
        ("Un.\\n\\nDeux.\\r\\n\\r\\n« Trois »", ["Un.", "Deux.", "« Trois »"]),
        ("Un.<lb/>\nDeux.<lb/> <lb/>", ["Un.", "Deux."]),
        ("['Un.', \"L'autre.\"]", ["Un.", "L'autre."]),
        ('c("Un.", "Deux\\n.")', ["Un.", "Deux ."]),
        ("['Un.' 'Deux.']", ["['Un.' 'Deux.']"]),
        ("['Un', dit-il, 'deux']", ["['Un', dit-il, 'deux']"]),
        ("Le dossier C:\\nord.", ["Le dossier C:\\nord."]),
        ("Un\x00\x1b mot\u2028Deux.", ["Un mot", "Deux."]),
    ],
)  # fmt: skip
def test_the_paragraphs_of_a_cell(text, paragraphs):
    (article,) = read(json_table, json.dumps([{"texte": text}]))
    assert article.paragraphs == paragraphs


@pytest.mark.parametrize(
    ("text", "captions"),
    [
        ("<p>Un.</p><figure><img src='a'/><figcaption>Le <b>bac</b>.</figcaption></figure>", ["Le bac."]),
        ("[caption id='a' width='3']<img src='a'/> Le bac.[/caption]\n\nUn. [gallery ids='1,2']", ["Le bac."]),
        ("Un.\n\n[embed width='3']https://x.example/v?a=1[/embed]", []),
        ("Un.", []),
    ],
)  # fmt: skip
def test_what_is_said_of_pictures_stands_beside_the_text(text, captions):
    (article,) = read(json_table, json.dumps([{"texte": text}]))
    assert article.paragraphs == ["Un."]
    assert article.beside == [("illustration", caption) for caption in captions]


def test_a_day_may_stand_in_three_columns():
    rows = ("Un.,2024,3,6", "Deux.,2024,11,", "Trois.,2024,mars,6", "Quatre.,2024,,6")
    found = read(table, "\n".join(["texte,annee,mois,jour", *rows]))
    days = ["2024-03-06", "2024-11", "2024-03-06", "2024"]
    assert [article.fields["date"] for article in found] == days
    assert (found[2].fields["mois"], found[3].fields["jour"]) == ("mars", "6")


def test_a_column_of_any_name_is_a_key_of_front_matter():
    (article,) = read(table, f"texte,a:b,{'x' * 80},-y,Title,title\nIl part.,1,2,3,4,5\n")
    assert article.fields == {"a_b": "1", "x" * 50: "2", "_y": "3", "title": "4", "title_2": "5"}


JSON = {"title": "Le bac", "text": "Il part."}


@pytest.mark.parametrize(
    "value",
    [
        [JSON], {"articles": [JSON]}, {"status": "ok", "response": {"tags": ["a", "b"], "docs": [JSON]}}, JSON,
        {"title": {"0": "Le bac"}, "text": {"0": "Il part."}}, {"7": JSON}, {"columns": ["title", "text"], "index": [0], "data": [["Le bac", "Il part."]]}, [JSON | {"authors": [], "date": None}],
    ],
)  # fmt: skip
def test_json_is_read_in_each_of_its_forms(value):
    (article,) = read(json_table, json.dumps(value, indent=1))
    assert (article.fields, article.paragraphs) == ({"title": "Le bac"}, ["Il part."])


@pytest.mark.parametrize(
    "table",
    [
        {"columns": [{"name": "text"}], "data": [["Il part."]]},
        {"columns": ["title", "text"], "data": [["Le bac", "Il part.", "trop"]]},
    ],
)
def test_columns_and_data_that_are_no_table_are_fields_of_their_own(table):
    (article,) = read(json_table, json.dumps(JSON | table))
    assert (article.fields["title"], article.paragraphs) == ("Le bac", ["Il part."])
    with pytest.raises(ValueError, match="holds no texts; its columns are"):
        read(json_table, json.dumps(table))


def test_no_object_with_a_name_is_lost():
    found = read(json_table, json.dumps({"7": JSON, "8": JSON | {"title": "La crue"}}))
    assert [article.fields["title"] for article in found] == ["Le bac", "La crue"]


AROUND = {"url": "https://p.example/a"}
INNER = [
    ({"headline": "Le phare", "body": "Il luit.", "image": {"title": "Légende de photo"}}, "Le phare", None),
    ({"headline": "Le phare", "body": "Il luit.", "image": {"title": "L", "date": "2020-01-01"}}, "Le phare", None),
    ({"content": {"rendered": "Il luit."}, "related": {"title": "Autre", "text": "Un autre article."}}, None, None),
    ({"article": {"title": "Le phare", "text": "Il luit."}, "related": {"title": "Autre", "text": "Un autre."}}, "Le phare", None),
    ({"related": {"title": "Autre", "text": "Un autre."}, "article": {"title": "Le phare", "text": "Il luit."}}, "Le phare", None),
    ({"text": "Il luit.", "meta": {"title": "Le phare", "date": "2024"}, "seo": {"title": "Autre", "date": "2020"}}, "Le phare", "2024"),
    ({"text": "Il luit.", "seo": {"title": "Autre"}, "og": {"title": "Le phare"}}, None, None),
    ({"text": "Il luit.", "title": "Le phare", "meta": {"title": "Autre", "date": "2024"}}, "Le phare", "2024"),
    ({"_source": {"text": "Il luit.", "title": "Le phare", "date": "2024"}}, "Le phare", "2024"),
    ({"attributes": {"text": "Il luit.", "title": "Le phare"}, "meta": {"title": "Autre", "date": "2024"}}, "Le phare", "2024"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "title", "day"), INNER)
def test_an_inner_object_replaces_nothing_that_the_article_tells(value, title, day):
    alone = [value] * ("text" in map(field_of, value))  # else its objects are rows with names
    for whole in ([value | AROUND], *alone):
        (article,) = read(json_table, json.dumps(whole, ensure_ascii=False))
        assert (article.fields.get("title"), article.fields.get("date")) == (title, day)
    assert article.paragraphs == ["Il luit."]
    # Nothing is lost: what was not taken is a field under the name of its object.
    kept = " ".join(article.fields.values())
    others = ("Un autre" if "Un autre" in str(value) else "Autre", "Légende", "2020-01-01")
    assert [other for other in others if other in str(value) and other not in kept] == []


EDITOR = {
    "time": 1550, "version": "2.8", "blocks": [
        {"type": "paragraph", "data": {"text": "Un."}}, {"type": "image", "data": {"url": "http://x"}},
        {"type": "list", "data": {"style": "ordered", "items": ["Deux.", {"content": "Trois.", "items": []}]}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "paragraphs"),
    [
        (EDITOR, ["Un.", "Deux.", "Trois."]), ({"html": "<p>Un.</p><p>Deux.</p>", "lang": "fr", "length": 12}, ["Un.", "Deux."]),
        ({"text": "Un.", "html": "<p>Un.</p>"}, ["Un."]), ({"paragraphs": [{"text": "Un."}, {"id": 3}]}, ["Un."]),
        ({"lang": "fr", "length": 12}, []), ({"url": "http://x"}, []), ([{"url": "http://x"}], []),
    ],
)  # fmt: skip
def test_of_an_object_in_a_column_of_texts_only_its_text_is_taken(value, paragraphs):
    (article,) = read(json_table, json.dumps([{"titre": "Le bac", "texte": value}]))
    told = json.dumps({"texte": value})
    left_out = "" if paragraphs else f"no text that is known: {told}"
    assert (article.paragraphs, article.left_out) == (paragraphs, left_out)


def test_values_of_json_are_texts():
    value = {
        "maintext": ["Un.", "Deux."],
        "authors": ["Zoé", None, {"name": "Ali"}],
        "source": {"id": None, "name": "Le Fanal"},
        "title": 1984.0,
        "page": 3,
        "date_publish": "2024-11-06 00:00:00",
        "description": float("nan"),
        "language": "fr-FR",
        "meta": {"a": 1},
        "free": True,
        "image": "\ud800x",
    }
    (article,) = read(json_table, json.dumps(value))
    assert article.fields == {
        "byline": "Zoé; Ali", "outlet": "Le Fanal", "title": "1984", "page": "3", "date": "2024-11-06",
        "time": "00:00:00", "language": "fr", "meta": "1", "free": "True", "image": "x",
    }  # fmt: skip
    assert article.paragraphs == ["Un.", "Deux."]


@pytest.mark.parametrize("form", ["lines", "array of lines", "array", "object"])
def test_what_stands_around_a_broken_object_is_read(form):
    objects = [JSON | {"title": title, "tags": [{"a": 1}]} for title in ("Un", "Deux", "Trois")]
    one, two, three = (json.dumps(each, indent=None if "lines" in form else 1) for each in objects)
    broken = two.replace('"title":', '"title')
    between = "\n" if form == "lines" else ",\n"
    content = between.join([one, broken, three])
    content = {"lines": content, "object": f'{{"docs": [{content}]}}'}.get(form, f"[\n{content}\n]")
    found = read(json_table, content)
    assert [a.fields["title"] for a in found if not a.left_out] == ["Un", "Trois"]
    assert any("no JSON" in article.left_out for article in found)


@pytest.mark.parametrize(
    "content", ["", "[]", "null", "3", "bonjour", "[" * 100_000, '{"a":' * 50_000, "[1, 2]"]
)
def test_what_holds_no_objects_is_refused(content):
    with pytest.raises(ValueError, match="holds no objects in JSON; save it again"):
        read(json_table, content)


def book(*sheets: list[list[object]]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def test_a_spreadsheet_is_read():
    data = book(
        [["lisez-moi"], ["une note"]],
        [
            ["Export du Fanal"],
            ["Id", "Titre", "Date", "Heure", "Texte", None, "Nombre"],
            ["007", "=SOMME des crues", datetime(2024, 11, 6), time(8, 30), "Un.\nDeux."],
            [],
            [8, 1984, datetime(2024, 11, 6, 9, 15), None, "Il part.", "x", 2.5],
            [9, "Vide", date(2024, 11, 7), None, None],
        ],
    )
    one, two, three, note = read(xlsx, _as_text(data, "=SOMME des crues"))
    assert one.fields == {
        "source_id": "007",
        "title": "=SOMME des crues",
        "date": "2024-11-06",
        "time": "08:30:00",
    }
    assert one.paragraphs == ["Un.", "Deux."]
    assert two.fields == {
        "source_id": "8", "title": "1984", "date": "2024-11-06", "time": "09:15:00", "column_6": "x", "Nombre": "2.5",
    }  # fmt: skip
    assert three.left_out == "no text"
    assert note.left_out.endswith("has no column of texts")
    assert [article.place for article in (one, two, three)] == [(1, 1), (3, 3), (4, 4)]


def _as_text(data: bytes, formula: str) -> bytes:
    """The spreadsheet with a formula made the text that it would be if one had typed it as such."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            written = f' t="str"><v>{formula}</v>'
            content = (
                content.replace(f"><f>{formula[1:]}</f><v />", written)
                .replace(f"><f>{formula[1:]}</f><v></v>", written)
                .replace(f"><f>{formula[1:]}</f><v/>", written)
            )
            new.writestr(name, content)
    return out.getvalue()


def test_a_spreadsheet_that_is_none_or_has_no_texts_is_refused():
    whole = book([["id", "texte"], [1, "Il part."]])
    for data, why in [
        (book([["id", "titre"], [1, "Le bac"]]), "holds no texts; its columns are id, titre"),
        (book([[]]), "holds no texts; its columns are none"),
        (whole[:-30], "is broken"),
        (b"PK\x03\x04", "is broken"),
    ]:
        with pytest.raises(ValueError, match=why):
            read(xlsx, data)


def test_the_figures_of_formulas_are_taken():
    data = book([["texte", "mots"], ["Il part.", "=1+1"]])
    (article,) = read(xlsx, data)
    assert "=1+1" not in repr(article)


def test_a_broken_row_changes_no_other():
    """As long as its quotes are whole or its cells have none."""
    rows = [f"{n};Titre {n};Il part {n} fois." for n in range(20)]
    whole = read(table, HEAD + "\n".join(rows))
    for n in range(20):
        for new in ("", '"', "x", ";;;", '"";"'):
            broken = [*rows[:n], rows[n][:5] + new + rows[n][9:], *rows[n + 1 :]]
            found = [told(article) for article in read(table, HEAD + "\n".join(broken))]
            others = [told(article) for i, article in enumerate(whole) if i != n]
            assert [one for one in others if one not in found] == [], broken[n]


def test_what_is_broken_in_a_spreadsheet_is_read_or_refused():
    with zipfile.ZipFile(
        io.BytesIO(book([["id", "texte", "date"], [1, "Il part.", date(2024, 11, 6)]]))
    ) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for number in range(MUTANTS):
        chance, out = random.Random(number), io.BytesIO()
        name = chance.choice([*parts])
        at = chance.randrange(len(parts[name]))
        new = chance.choice([b"", b"<", b">", b'"', b"9" * 9, b"<!ENTITY a>", *ODD])
        broken = parts[name][:at] + new + parts[name][at + chance.randrange(9) :]
        with zipfile.ZipFile(out, "w") as opened:
            for one, content in parts.items():
                opened.writestr(one, broken if one == name else content)
        with suppress(ValueError):
            read(xlsx, out.getvalue())


def test_numbers_of_words_and_hours_are_read():
    one, two = read(
        table,
        "texte,nb mots,heure,date\nIl part.,1 102 mots,08h30,\nIl vient.,21.0,8,2024 11 06T08:30:12",
    )
    assert (one.fields["words_told"], one.fields["time"]) == ("1102", "08:30")
    assert two.fields == {
        "words_told": "21",
        "heure": "8",
        "date": "2024-11-06",
        "time": "08:30:12",
    }


def test_json_that_is_nested_deeply_is_read_or_left_out():
    deep = "[" * 900 + "]" * 900
    (article,) = read(json_table, f'[{{"texte": "Il part.", "x": {deep}}}]')
    assert article.left_out in ("", "is nested too deeply")
    with suppress(ValueError):
        read(json_table, '{"a":' * 300 + '[{"texte": "Il part."}]' + "}" * 300)


def test_a_cell_far_from_the_others_is_read_or_refused(monkeypatch):
    """What stands in the last column makes no table of a million cells a row."""
    data = book([["texte"], *(["Il part."] for _ in range(30))])
    opened = load_workbook(io.BytesIO(data))
    opened.worksheets[0].cell(2, 16_384, "loin")
    out = io.BytesIO()
    opened.save(out)
    assert len(read(xlsx, out.getvalue())) == 30
    monkeypatch.setattr("helpers.exchange.tables._CELLS", 16_384 * 20)
    with pytest.raises(ValueError, match="has a cell in column 16384, far from the others"):
        read(xlsx, out.getvalue())
    assert len(read(xlsx, data)) == 30
