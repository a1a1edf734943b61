"""Europresse beyond the samples: headers, outlets, bodies and notes as they vary from paper to paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers import open_corpus
from helpers.count.typicality import search_words
from helpers.exchange import import_files
from helpers.exchange.articles import Article, Source, finish
from helpers.exchange.databases import europresse
from helpers.exchange.imports import read_articles
from tests.exchange.samples import sample

PAGE = """<!DOCTYPE html><html><body><article><header>
<div class="rdp__DocPublicationName"><span class="DocPublicationName"> {outlet} </span></div>
<div class="rdp__DocHeader"><span class="DocHeader"> {header} </span></div>
{above}<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}</p></div>
{below}</header><section><div class="DocText clearfix"><div class='docOcurrContainer'>{body}</div></div></section>
<aside>{aside}</aside><footer><div class="Doc-LegalInfo"><small>{legal}</small></div>
<div class="publiC-lblNodoc">{number}</div></footer></article></body></html>"""
USUAL = {
    "outlet": "Le Fanal",
    "header": "lundi 4 novembre 2024 120 mots, p. 3",
    "title": "Le quai rouvre",
    "body": "<p>Le quai rouvre.</p>",
    "legal": "© 2024 Le Fanal.",
    "number": "news·20241104·FVA·12",
}


def read(**parts: str) -> Article:
    """The one article of a page with these parts, the others as usual."""
    told = dict.fromkeys(("above", "below", "aside"), "") | USUAL | parts
    (article,) = europresse(Source("export.HTML", PAGE.format(**told).encode()))
    return finish(article)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Sports, mardi 5 novembre 2024 1 204 mots, p. 12", ("Sports", "2024-11-05", "1204", "12")),
        ("1er mars 2024", (None, "2024-03-01", None, None)),
        ("mercredi 6 novembre 2024, p. PO Saint-Nazaire - Presqu'île_42",
         (None, "2024-11-06", None, "PO Saint-Nazaire - Presqu'île_42")),
        ("Le 6 novembre 2023, un an après, jeudi 7 novembre 2024 88 mots",
         ("Le 6 novembre 2023, un an après", "2024-11-07", "88", None)),
        ("Économie | Emploi;, vendredi 8 novembre 2024 - 06:30 UTC +0100 9 mots, p. 1, 4",
         ("Économie | Emploi", "2024-11-08", "9", "1, 4")),
        ("World, Tuesday, November 5, 2024 512 words, p. A1", ("World", "2024-11-05", "512", "A1")),
        ("À la une, dimanche 10 novembre 2024 - 08:00:05 GMT", ("À la une", "2024-11-10", None, None)),
        ("Samedi, samedi 9 novembre 2024", ("Samedi", "2024-11-09", None, None)),
        ("Actu, lundi 4 novembre 2024 - 8 h 30 62 mots p. 15", ("Actu", "2024-11-04", "62", "15")),
        ("News, November 4, 2024 - 8:30 PM EST 532 words", ("News", "2024-11-04", "532", None)),
        ("Culture, novembre 2024, p. 12", ("Culture", "2024-11", None, "12")),
        ("Features, November 2024 532 words, p. 12", ("Features", "2024-11", "532", "12")),
        ("Journal de 7H;, mardi 5 novembre 2024 - 07:00 ±0000 31 mots", ("Journal de 7H", "2024-11-05", "31", None)),
    ],
)  # fmt: skip
def test_the_header_line_is_taken_apart_from_its_last_date(header, told):
    fields = read(header=header).fields
    assert tuple(fields.get(name) for name in ("section", "date", "words_told", "page")) == told


@pytest.mark.parametrize(
    "header", ["Sports", "mai-juin 2024", "lundi 31 juin 2024 40 mots", "", "p. 3"]
)
def test_a_header_without_a_day_of_the_calendar_is_dated_by_the_number(header):
    article = read(header=header)
    assert article.fields["date"] == "2024-11-04"
    assert "date_from_id" in article.flags
    undated = read(header=header, number="")
    assert "date" not in undated.fields
    assert "no_date" in undated.flags


@pytest.mark.parametrize(
    ("outlet", "told"),
    [
        ("Le Fanal, no. 812", ("Le Fanal", None, "812")),
        ("Le Fanal (site web) - Fanal.example", ("Le Fanal (site web)", None, None)),
        ("Le Fanal - Édition du soir", ("Le Fanal - Édition du soir", None, None)),
        ("L'Écho, no. 12-13<br />Nord", ("L'Écho", "Nord", "12-13")),
        ("Le Fanal (Valombre)<br/>Toutes", ("Le Fanal (Valombre)", "Toutes", None)),
        ("Le Port, la Ville (site web réf.)", ("Le Port, la Ville (site web réf.)", None, None)),
    ],
)
def test_number_edition_and_label_are_parted_from_the_outlet(outlet, told):
    fields = read(outlet=outlet).fields
    assert tuple(fields.get(name) for name in ("outlet", "edition", "issue")) == told


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("Nu, sans paragraphe.", ["Nu, sans paragraphe."]),
        ("Avant.<p>Dedans.</p>Après.", ["Avant.", "Dedans.", "Après."]),
        ("<p>Un<br><br>Deux<br>et demi</p>", ["Un", "Deux et demi"]),
        ("<h2>Titre</h2><ul><li>un</li><li>deux</li></ul>", ["Titre", "un", "deux"]),
        ("<p>Le <mark>tram</mark>way et le<mark> port</mark>.</p>", ["Le tramway et le port."]),
        ("<p>Ouvert<p>encore ouvert", ["Ouvert", "encore ouvert"]),
        ("<p>R&amp;amp;D, 5 &amp;lt; 6, d&#39;ici</p>", ["R&D, 5 < 6, d'ici"]),
        ("<script>var a = 1;</script><!-- caché --><p>Vu.</p>", ["Vu."]),
        ("<table><tr><td>Nord</td><td>3</td></tr><tr><td>Sud</td><td>1</td></tr></table>", ["Nord 3", "Sud 1"]),
    ],
)  # fmt: skip
def test_every_passage_of_the_body_is_a_paragraph_in_its_place(body, paragraphs):
    assert read(body=body).paragraphs == paragraphs


def test_what_stands_beside_the_text_is_kept_and_is_no_text():
    picture = '<p><div class="ImageAttach">Le quai.</div><div class="ImageAttachFont">DR</div></p>'
    box = '<div class="rdp__newsdoc"><p><b>Encadré(s) : </b></p><p>Dates</p><p>1912 Le pont.</p></div>'
    note = "<div> <b>Note(s) : </b><p>(1) Le fleuve.</p></div><div> <b>Note(s) :</b> </div>"
    article = read(body=f"{picture}<p>Le quai rouvre.</p>", aside=box + note)
    assert article.paragraphs == ["Le quai rouvre."]
    assert article.beside == [
        ("illustration", "Le quai. DR"),
        ("encadré", "Dates 1912 Le pont."),
        ("note", "(1) Le fleuve."),
    ]


@pytest.mark.parametrize(
    ("below", "byline"),
    [
        ('<div class="docAuthors">Ines Roc; Paul Vau</div>', "Ines Roc; Paul Vau"),
        ("<p class='sm-margin-bottomNews'>Ines Roc</p>", "Ines Roc"),
        ("<div>Ines Roc</div>", "Ines Roc"),
        ('<div class="docAuthors">N/A</div>', None),
        ("", None),
    ],
)
def test_the_author_stands_in_one_of_three_places_or_in_none(below, byline):
    lead = "<b><p>Deux mots.</p><p>Et deux.</p></b>"
    article = read(below=below + lead)
    assert article.fields.get("byline") == byline
    assert article.lead == ["Deux mots.", "Et deux."]


FIRST = "Le conseil a voté hier soir le budget de la ville après six heures de débat"


@pytest.mark.parametrize(
    ("before", "added", "kept"),
    [
        (f"{FIRST}.", f"{FIRST}", [f"{FIRST}."]),
        (f"{FIRST}.", f"{FIRST}, puis il s'est séparé. Le maire est parti le premier, suivi des siens.",
         [f"{FIRST}, puis il s'est séparé. Le maire est parti le premier, suivi des siens."]),
        (f"{FIRST}.", "Rien de tout cela ne tient, a dit dans la nuit l'élue de la rive droite.",
         [f"{FIRST}.", "Rien de tout cela ne tient, a dit dans la nuit l'élue de la rive droite."]),
        (f"{FIRST}.", "", [f"{FIRST}."]),
    ],
)  # fmt: skip
def test_of_a_text_that_a_site_says_twice_the_part_goes_that_stands_in_the_other(
    before, added, kept
):
    article = read(body=f"<p>{before}</p><p>[Additional Text]: </p><p>{added}</p>")
    assert article.paragraphs == kept
    assert "said_twice" in article.flags


def test_the_reader_of_the_database_and_its_certificate_are_never_taken():
    certificate = "Certificat émis le 26 novembre 2024 à UNIVERSITE pour Anne Onyme"
    article = read(
        legal="Le présent document est protégé par les lois.",
        number=f"{certificate} news·20241104·FVA·12",
    )
    everything = repr((article.fields, article.text, article.beside))
    assert "UNIVERSITE" not in everything
    assert "protégé" not in everything
    assert article.fields["source_id"] == "news·20241104·FVA·12"


def test_words_that_the_database_marks_are_kept_whole_as_those_of_the_search(tmp_path):
    page = Path(__file__).parent / "samples" / "europresse_2023" / "europresse_2023.HTML"
    import_files(page, tmp_path / "texts")
    corpus = open_corpus(tmp_path / "texts", annotate=False, cache=tmp_path / "cache")
    asked = corpus.documents["highlighted"].dropna()
    assert "tramway" in " ".join(asked).split()
    assert {"tramway", "valombre"} <= search_words(corpus, "type")


@pytest.mark.parametrize("year", [2012, 2015, 2020, 2023])
def test_a_page_is_read_as_internet_explorer_saved_it(year):
    """With its tags in capitals, and without quotes."""
    source, _ = sample(f"europresse_{year}")
    saved = re.sub(r"</?[a-z]+", lambda tag: tag[0].upper(), source.text)
    saved = re.sub(r"""(class|id|border|align)=['"](\w+)['"]""", r"\1=\2", saved)
    saved = saved.replace("table-layout: fixed; width", "TABLE-LAYOUT: fixed; WIDTH")
    whole, again = (read_articles(Source("a", text.encode())) for text in (source.text, saved))
    assert [(a.fields, a.text, a.beside) for a in again] == [
        (a.fields, a.text, a.beside) for a in whole
    ]


def test_the_address_of_an_article_is_told_by_its_place_in_whatever_language():
    link = '<a href="https://f.example/1">This was published in Le Fanal</a>'
    article = read(body=f'<p>Lire <a href="x">ici</a>.</p>{link}')
    assert (article.fields["url"], article.paragraphs) == ("https://f.example/1", ["Lire ici."])
    page = PAGE.format(**dict.fromkeys(("above", "below", "aside"), "") | USUAL)
    hosted = "<div class='docOcurrContainer'><p>Le quai rouvre.</p></div>"
    assert hosted in page
    excerpt = '<p>Le quai…<a href="https://f.example/2">See</a></p><p class="link-not-hosted">x</p>'
    (article,) = europresse(Source("a", page.replace(hosted, excerpt).encode()))
    assert (article.fields["url"], article.paragraphs) == ("https://f.example/2", ["Le quai…"])
    assert article.flags == ["excerpt"]


@pytest.mark.parametrize(("year", "told"), [(2009, None), (2024, "01:00")])
def test_an_hour_of_2009_that_means_none_is_none(year, told):
    fields = read(header=f"Monde, lundi 7 décembre {year} - 01:00 40 mots, p. 3").fields
    assert (fields.get("time"), fields["words_told"], fields["page"]) == (told, "40", "3")
