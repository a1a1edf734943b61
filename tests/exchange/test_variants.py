"""Files as the databases and tools of the press write them from year to year: an outlet, a date, a
title and every paragraph are told in each, whatever the interface, the encoding or the page.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import quopri
from datetime import date, datetime

import pandas as pd
import pytest
from openpyxl import Workbook

from helpers.exchange.articles import Source
from helpers.exchange.columns import field_of
from helpers.exchange.imports import read_articles
from tests.exchange.test_word_files import MARK, p, word

OUTLET, DAY, TITLE = "Le Phare de Kermarec", "2024-11-06", "Le quai des Dames rouvre"
ONE = "Le conseil de Kermarec a voté hier soir la réfection du quai des Dames, pour un montant qui n'a pas été dévoilé."
TWO = "« C'est une victoire pour les riverains », a déclaré la maire, qui espère voir le chantier commencer en été."
LEAD = "L'opposition, elle, s'est abstenue, et elle demande que les comptes soient publiés avant la fin de l'année."
USUAL = (OUTLET, DAY, TITLE, [ONE, TWO])
OTHER = (OUTLET, DAY, "Autre titre", [LEAD])


def read(content: str | bytes, name: str = "export") -> list[tuple]:
    """The outlet, the date, the title and the paragraphs of each article that comes in."""
    data = content.encode() if isinstance(content, str) else content
    fields = [
        (article.fields, article.text)
        for article in read_articles(Source(name, data))
        if not article.left_out
    ]
    return [(*map(told.get, ("outlet", "date", "title")), text) for told, text in fields]


BODY = f"<div class='docOcurrContainer' style=''><p>{ONE}</p> <p>{TWO}</p></div>"


def europresse(
    header: str = "Ville, mercredi 6 novembre 2024 320 mots, p. 4",
    body: str = BODY,
    *,
    outlet: str = f"{OUTLET}, no. 412",
    title: str = TITLE,
    below: str = "",
    number: str = "news·20241106·PKE·1",
) -> str:
    return f"""<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName"> {outlet} </span></div>
<div class="rdp__DocHeader"><span class="DocHeader">
 {header}</span></div><div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}</p></div>
{below}</header><section><div class="DocText clearfix">{body}</div></section><aside></aside><footer><div class="Doc-LegalInfo">
<small>© 2024 {OUTLET}.</small></div><div class="publiC-lblNodoc">{number}</div></footer></article>"""  # fmt: skip


def page(*articles: str) -> str:
    return f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'/></head><body>{''.join(articles)}</body></html>"


ANOTHER = europresse(
    title="Autre titre",
    number="news·20241106·PKE·2",
    body=f"<div class='docOcurrContainer'><p>{LEAD}</p></div>",
)
LINK = f"<a href='https://kermarec.example/1'> Cet article est paru dans {OUTLET}</a>"
FILLED = f"<div class='docOcurrContainer'>{{}}<p>{ONE}</p><p>{TWO}</p>{{}}</div>".format
EUROPRESSE = {
    "an interface in English": page(europresse("Local, Wednesday, November 6, 2024 320 words, p. 4,5")),
    "an hour and a zone": page(europresse("mercredi 6 novembre 2024 - 08h30 +0100 320 mots, p. 3")),
    "no header": page(europresse("")),
    "no number": page(europresse(number="")),
    "a supplement": page(europresse(outlet=f"{OUTLET}, no. 412<br/>Supplément Mer")),
    "entities": page(europresse()).replace("é", "&eacute;").replace("è", "&#232;").replace("«", "&laquo;"),
    "marks": page(europresse()).replace("Kermarec a", "<mark>Kerma</mark>rec <mark> a</mark>"),
    "a caption": page(europresse(body=FILLED("<figure><img src='x'/><figcaption>Le quai.</figcaption></figure>", ""))),
    "a picture": page(europresse(body=FILLED("<p><div class='ImageAttach'>Le quai.</div></p>", ""))),
    "text behind the body": page(europresse(body=f"<div class='docOcurrContainer'><p>{ONE}</p></div><p>{TWO}</p>")),
    "two bodies": page(europresse(body=f"<div class='docOcurrContainer'><p>{ONE}</p></div><div class='docOcurrContainer'><p>{TWO}</p></div>")),
    "a lead in the body": page(europresse(body=f"<b><p>{ONE}</p></b><div class='docOcurrContainer'><p>{TWO}</p></div>")),
    "a lead in the header": page(europresse(below=f"<b><p>{ONE}</p></b>", body=f"<p>{TWO}</p>")),
    "a link to the site": page(europresse(body=FILLED("", f"{LINK}<p />"))),
    "no ends": page(europresse()).replace("</article>", "").replace("</section>", ""),
    "a transcript": page(europresse(body=f"<div class='docOcurrContainer'><div class='transcript'><span class='time'>00:12</span><span class='value'>{ONE}</span></div>"
                                         f"<div class='transcript'><a class='time'>01:12</a><p class='value'>{TWO}</p></div></div>")),
    "a transcript behind an empty body": page(europresse(body=f"</div><div class='transcripts'><div class='transcript'><a class='time'>0:12</a><p class='value'>{ONE}</p></div>"
                                                              f"<div class='transcript'><a class='time'>1:12</a><p class='value'>{TWO}</p></div>")),
}  # fmt: skip


BARE = europresse().removeprefix("<article>").removesuffix("</article>")
EUROPRESSE |= {
    "telephones": page().replace("<body>", f"<body><script>var documentText = `{html.escape(BARE)}`;</script>"),
    "telephones, as it is": page().replace("<body>", f"<body><script>var documentText = `{BARE}`;</script>"),
    "telephones, marked": page().replace("<body>", f"<body><script>var documentText = `{europresse()}`;</script>"),
}  # fmt: skip


@pytest.mark.parametrize("content", EUROPRESSE.values(), ids=EUROPRESSE)
def test_europresse(content):
    assert read(content) == [USUAL]


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_europresse_in_whatever_encoding(encoding):
    assert read(page(europresse(), ANOTHER).encode(encoding)) == [USUAL, OTHER]


def single_file(page: str, encoding: str) -> str:
    encode = quopri.encodestring if encoding == "quoted-printable" else base64.encodebytes
    return (
        'From: <Saved by Blink>\nSubject: Phare\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--x"\n\n'
        f'\n----x\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: {encoding}\nContent-Location: https://p.example/a\n\n'
        f"{encode(page.encode()).decode()}\n----x\nContent-Type: text/css\n\na{{b:c}}\n----x--\n"
    ).replace("\n", "\r\n")


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_that_a_browser_saved_as_a_single_file(encoding):
    assert read(single_file(page(europresse(), ANOTHER), encoding)) == [USUAL, OTHER]


def nested(depth: int, page: str) -> bytes:
    """A page within parts within parts."""
    head = "MIME-Version: 1.0\n"
    kinds = [f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)]
    return f"{head}{''.join(kinds)}Content-Type: text/html\n\n{page}".encode()


WITHIN = {
    "parts of parts": nested(1500, page(europresse())),
    "itself": single_file(single_file(page(europresse()), "base64"), "base64").encode(),
    "a table": single_file(f"titre;texte;date\nA;{ONE};2024", "base64").encode(),
    "nothing": single_file("", "base64").encode(),
}


@pytest.mark.parametrize("content", WITHIN.values(), ids=WITHIN)
def test_a_single_file_that_holds_no_page_is_refused(content):
    with pytest.raises(ValueError, match="complete web page"):
        read(content)


def test_a_page_may_stand_in_a_part_of_a_part():
    assert read(nested(3, page(europresse()))) == [USUAL]


FACTIVA = {  # the words, the day and the language as an interface says them
    "fr": ("320 mots", "6 novembre 2024", "Français"),
    "en": ("320 words", "6 November 2024", "French"),
    "en-US": ("320 words", "November 6, 2024", "French"),
    "de": ("320 Wörter", "6. November 2024", "Französisch"),
    "es": ("320 palabras", "6 noviembre 2024", "Francés"),
    "it": ("320 parole", "6 novembre 2024", "Francese"),
    "pt": ("320 palavras", "6 de novembro de 2024", "Francês"),
    "nl": ("320 woorden", "6 november 2024", "Frans"),
    "ru": ("320 слов", "6 ноября 2024", "Французский"),
}


@pytest.mark.parametrize(("words", "day", "language"), FACTIVA.values(), ids=FACTIVA)
def test_factiva(words, day, language):
    text = "".join(
        f'<p class="articleParagraph frarticleParagraph">{line}\n</p>' for line in (ONE, TWO)
    )
    rows = {"SE": "Local", "HD": f"<span class='frHeadline'>{TITLE}</span>", "WC": words, "PD": day, "ET": "08:30", "SN": OUTLET,
            "SC": "PHAKER", "PG": "4", "LA": language, "CY": "(c) 2024", "TD": text, "AN": "Document PHAKER0020241106ekb60001"}  # fmt: skip
    cells = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'
        for code, value in rows.items()
    )
    lines = "".join(
        f"<div>{line}</div>"
        for line in (words, day, "08:30", OUTLET, "PHAKER", "4", language, "(c) 2024")
    )
    plain = f'<div>Local</div><div id="hd"><span class="frHeadline">{TITLE}</span></div>{lines}</p>{text}<p>Document PHAKER0020241106ekb60001</p>'
    for body in (f"<table>{cells}</table>", plain):
        marked = f'<div id="article-PHAKER0020241106ekb60001" class="article"><div class="article frArticle"><p>{body}</div></div>'
        assert read(f"<html><head><title>Factiva</title></head><body>{marked}</body></html>") == [
            USUAL
        ]
        (article,) = read_articles(Source("a", f"<html>{marked}</html>".encode()))
        assert (
            article.fields["language"],
            article.fields["words_told"],
            article.fields["time"],
        ) == ("fr", "320", "08:30")


NEXIS = {  # the day, and the labels of section, length, byline, body, classification, language, kind, day of loading and end
    "en": ("November 6, 2024 Wednesday", "Section", "Length: 320 words", "Byline", "Body", "Classification", "Language: FRENCH", "Publication-Type", "Load-Date", "End of Document", "Graphic"),
    "fr": ("mercredi 6 novembre 2024", "Rubrique", "Longueur: 320 mots", "Auteur", "Corps", "Classification", "Langue: FRANÇAIS", "Type-Publication", "Date-chargement", "Fin du document", "Graphique"),
    "fr, later": ("6 novembre 2024 mercredi", "Section", "Longueur: 320 mots", "Signature", "Corps de l’article", "Classification", "Langue: FRENCH; FRANÇAIS", "Type de publication", "Date de chargement", "Fin du document", "Illustration"),
    "de": ("Mittwoch 6. November 2024", "Rubrik", "Länge: 320 Wörter", "Autor", "Hauptteil", "Klassifizierung", "Sprache: FRANZÖSISCH", "Publikationstyp", "Ladedatum", "Ende des Dokuments", "Grafik"),
    "es": ("miércoles, 6 de noviembre de 2024", "Sección", "Longitud: 320 palabras", "Autor", "Cuerpo", "Clasificación", "Idioma: FRANCÉS", "Tipo de publicación", "Fecha de carga", "Fin del documento", "Gráfico"),
    "it": ("mercoledì 6 novembre 2024", "Sezione", "Lunghezza: 320 parole", "Autore", "Corpo", "Classificazione", "Lingua: FRANCESE", "Tipo di pubblicazione", "Data di caricamento", "Fine del documento", "Grafica"),
    "pt": ("quarta-feira, 6 de novembro de 2024", "Seção", "Comprimento: 320 palavras", "Autor", "Corpo", "Classificação", "Idioma: FRANCÊS", "Tipo de publicação", "Data de carregamento", "Fim do documento", "Gráfico"),
    "nl": ("woensdag 6 november 2024", "Sectie", "Lengte: 320 woorden", "Auteur", "Hoofdtekst", "Classificatie", "Taal: FRANS", "Publicatietype", "Laaddatum", "Einde van document", "Grafiek"),
}  # fmt: skip


@pytest.mark.parametrize("said", NEXIS.values(), ids=NEXIS)
def test_nexis(said):
    day, section, length, byline, body, classified, language, kind, loaded, end, graphic = said
    length, language = (line.replace(": ", ":**\u00a0") for line in (length, language))

    def document(title: str, *text: str) -> list[str]:
        lines = [
            title,
            OUTLET,
            day,
            "",
            "Copyright 2024 Le Phare",
            f"**{section}:**\u00a0LOCAL; Pg. 4",
            f"**{length}",
            f"**{byline}:**\u00a0Anne Kerlo",
        ]
        lines += [
            f"**{body}**",
            "",
            *text,
            f"**{graphic}**",
            "Le quai.",
            f"**{classified}**",
            f"**{language}",
            f"**{kind}:** x",
            f"**{loaded}:** x",
            f"**{end}**",
        ]
        return [MARK, *map(p, lines)]

    cover = map(
        p, ["**User Name:**\u00a0zoe@univ", "**Documents (2)**", f"1. {TITLE}", "2. Autre titre"]
    )
    data = word(*cover, *document(TITLE, ONE, TWO), *document("Autre titre", LEAD))
    assert read(data) == [USUAL, OTHER]
    fields = read_articles(Source("a", data))[0].fields
    assert [fields[name] for name in ("section", "page", "words_told", "byline", "language")] == [
        "LOCAL",
        "4",
        "320",
        "Anne Kerlo",
        "fr",
    ]


@pytest.mark.parametrize("label", ["User Name", "Nom d’utilisateur", "Nome utente"])
def test_nexis_in_a_language_that_is_not_known_is_refused_and_its_reader_never_told(label):
    lines = [
        f"**{label}:** zoe@univ",
        "**Документы (1)**",
        TITLE,
        OUTLET,
        "**Текст**",
        ONE,
        "**Конец документа**",
    ]
    with pytest.raises(ValueError, match="language that is not known") as refused:
        read(word(*map(p, lines)))
    assert "zoe" not in str(refused.value)


TEXT = f"{ONE}\n\n{TWO}"


def table(names: list[str], *cells: str, mark: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows([names, cells])
    return out.getvalue()


DATES = [
    "06/11/2024", "6/11/24", "2024-11-06T08:30:00.000Z", "2024-11-06 08:30:00+01:00", "20241106", "20241106T083000Z", "20241106083000", "06112024",
    "2024/11/06", "06.11.2024", "6-nov-2024", "6-Nov-2024", "Wed, 06 Nov 2024 08:30:00 +0100", "Nov 6, 2024", "6th November 2024",
    "mer. 6 nov. 2024", "mercredi 06/11/2024", "le 6 novembre 2024 à 8h30", "Publié le 6 novembre 2024 à 08:30", "publiée le : 06/11/2024",
    "6 novembre 2024 - Mis à jour le 7 novembre 2024", "6 novembre 2024 à 08:30 | Modifié le 7 novembre 2024 à 10:00", "45602", "45602.354",
    "06-Nov-24", "Wed Nov  6 08:30:12 2024", "Wed Nov 06 07:30:12 +0000 2024", "Nov 6 2024", "1730878200.0", "6 novembre 2024 | 08h30", "1730878212", "1730878212000",
    "06/11/24 à 8h", "Article publié le 06/11/2024", "6 Novembre, 2024", "6 novembre 2024 à 8 heures 30", "06.11.24", "06-11-24", "6-11-2024 à 8h30", "2024/11/6", "2024-11-6", "1.730878212e+18", "1.730878212E+09",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "time"),
    {
        "45602.354": "08:29:46",
        "45602,354166667": "08:30:00",
        "45602.0": None,
        "45602": None,
    }.items(),
)
def test_the_hour_of_a_day_that_a_spreadsheet_counts_is_kept(written, time):
    (article,) = read_articles(Source("a.csv", f"texte;date\n{ONE};{written}".encode()))
    assert (article.fields["date"], article.fields.get("time")) == (DAY, time)


@pytest.mark.parametrize("written", DATES)
def test_the_date_of_a_table(written):
    assert read(
        table(["title", "date", "source", "texte"], TITLE, written, OUTLET, TEXT, mark=";")
    ) == [USUAL]


HEADS = {
    "of R": ["", "doc_id", "text", "title", "outlet", "date"],
    "of quanteda": ["docname", "texts", "docvars.titre", "docvars.journal", "docvars.date"],
    "of WordPress": ["ID", "post_title", "post_content", "post_date", "post_status", "site"],
    "of a scraper": ["meta_title", "meta_date", "meta_source", "content", "url"],
    "of a press review": ["Date de diffusion", "Titre", "Média", "Extrait", "Texte"],
    "of another one": ["Titre de la publication", "Date de publication", "Titre de l'article", "Contenu"],
    "in short": ["nom_source", "titre_article", "date_pub", "texte_article"],
    "of ProQuest": ["Title", "Abstract", "StoreId", "pubdate", "pubtitle", "FullText"],
    "of GDELT": ["url", "title", "seendate", "domain", "text"],
    "of Gallica": ["ark", "titre_periodique", "date_edition", "page", "texte_ocr", "titre"],
    "of parts of a day": ["Journal", "Année-mois-jour", "Titre", "Article"],
    "of a programmer": ["heading", "pubdate", "support", "contenu_html"],
    "of a linguist": ["titre", "date_parution", "nom_journal", "corps_texte"],
    "of a hand": ["N°", "Nom du titre de presse", "Date (jj/mm/aaaa)", "Titre de l’article", "Texte (copié)"],
    "in Spanish": ["Título", "Fecha", "Medio", "Texto"],
    "in German": ["Titel", "Datum", "Zeitung", "Text"],
    "in codes": ["HD", "PD", "SN", "TD"],
    "in words": ["Source", "Titre", "Corps de texte", "Date"],
    "of a program that flattens": ["title.rendered", "date", "source.name", "content.rendered"],
    "of several hands": ["Titre / Title", "Date ISO", "Journal/Source", "texte_nettoye"],
    "of Media Cloud": ["stories_id", "publish_date", "title", "url", "language", "media_id", "media_name", "story_text"],
}  # fmt: skip
CELL = {"title": TITLE, "date": DAY, "outlet": OUTLET, "text": TEXT}


@pytest.mark.parametrize("names", HEADS.values(), ids=HEADS)
def test_the_columns_of_a_table(names):
    cells = [CELL.get(field_of(name) or "", "7") for name in names]
    assert read(table(names, *cells)) == [USUAL]


JSON = {
    "an article and what is said of it": {"corpus": [{"article": {"titre": TITLE, "texte": TEXT}, "meta": {"date": DAY, "journal": OUTLET}}]},
    "PowerShell": [{"titre": TITLE, "date": "/Date(1730878200000)/", "journal": OUTLET, "texte": TEXT}],
    "Event Registry": {"articles": {"results": [{"uri": "7", "lang": "fra", "dateTime": f"{DAY}T08:30:00Z", "title": TITLE, "body": TEXT, "source": {"uri": "phare.example", "dataType": "news", "title": OUTLET}}]}},
    "Elasticsearch": {"_index": "p", "_id": "1", "_source": {"title": TITLE, "date": DAY, "source": OUTLET, "text": TEXT}},
    "Prodigy": {"text": TEXT, "meta": {"title": TITLE, "date": DAY, "source": OUTLET}},
    "NewsAPI": {"status": "ok", "articles": [{"source": {"id": None, "name": OUTLET}, "title": TITLE, "publishedAt": f"{DAY}T08:30:00Z", "content": TEXT}]},
    "MongoDB": {"_id": {"$oid": "a"}, "title": TITLE, "date": {"$date": f"{DAY}T08:30:00Z"}, "source": OUTLET, "content": TEXT},
    "The Guardian": {"response": {"results": [{"id": "x", "webPublicationDate": DAY, "webTitle": TITLE, "fields": {"bodyText": TEXT, "publication": OUTLET}}]}},
    "Fundus": [{"title": TITLE, "body": {"summary": [ONE], "sections": [{"headline": [], "paragraphs": [TWO]}]}, "publishing_date": DAY, "publisher": OUTLET}],
    "WordPress": [{"date": DAY, "title": {"rendered": TITLE}, "content": {"rendered": f"<p>{ONE}</p>\n<p>{TWO}</p>", "protected": False}, "site": OUTLET}],
    "paragraphs": [{"titre": TITLE, "paragraphes": [ONE, TWO], "date": DAY, "journal": OUTLET}],
    "blocks": [{"titre": TITLE, "content": [{"type": "p", "text": ONE}, {"type": "p", "text": TWO}], "date": DAY, "journal": OUTLET}],
}  # fmt: skip


@pytest.mark.parametrize("value", JSON.values(), ids=JSON)
def test_json(value):
    assert read(json.dumps(value, ensure_ascii=False)) == [USUAL]


ROWS = pd.DataFrame(
    {"titre": [TITLE], "date": [DAY], "journal": [OUTLET], "auteur": [None], "texte": [TEXT]}
)
XML = {
    "pandas": ROWS.to_xml(),
    "pandas, by attributes": ROWS.drop(columns="texte").assign(text=ONE).to_xml(attr_cols=["titre", "date", "journal", "text"]),
    "names of TXM": ROWS.rename(columns={"texte": "text"}).to_xml(root_name="corpus", row_name="article"),
    "paragraphs": f"<?xml version='1.0'?><export><articles><article id='7'><titre>{TITLE}</titre><source>{OUTLET}</source><date>{DAY}</date><contenu><p>{ONE}</p><p>{TWO}</p></contenu></article></articles></export>",
}  # fmt: skip


@pytest.mark.parametrize("content", XML.values(), ids=XML)
def test_rows_in_xml(content):
    assert read(content) == [(*USUAL[:3], [ONE])] if "text=" in content else [USUAL]


SHEETS = {
    "a name over two lines": ["A1:A2", ["Titre", "Date", "Journal", "Texte"], [None, "(jour)"], [TITLE, DAY, OUTLET, TEXT]],
    "a merged heading": ["A1:D1", ["Corpus de presse"], ["Titre", "Date", "Journal", "Texte"], [TITLE, datetime(2024, 11, 6), OUTLET, TEXT]],
    "two lines of names": ["A1:B1", ["Article", None, "Source"], ["Titre", "Texte", "Journal", "Date"], [TITLE, TEXT, OUTLET, date(2024, 11, 6)]],
    "days as numbers": ["F1:F1", ["Titre", "Date", "Journal", "Texte"], [TITLE, 45602, OUTLET, TEXT]],
}  # fmt: skip


@pytest.mark.parametrize("rows", SHEETS.values(), ids=SHEETS)
def test_spreadsheets(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows[1:]:
        book.active.append(row)
    book.active.merge_cells(rows[0])
    book.save(out)
    assert read(out.getvalue()) == [USUAL]


def test_cells_that_are_merged_say_the_same_but_for_texts():
    book, out = Workbook(), io.BytesIO()
    for row in (
        ["Titre", "Journal", "Date", "Texte"],
        [TITLE, OUTLET, DAY, TEXT],
        ["Autre titre", None, None, LEAD],
        ["Sans texte"],
    ):
        book.active.append(row)
    for area in ("B2:B3", "C2:C3", "D3:D4"):
        book.active.merge_cells(area)
    book.save(out)
    assert read(out.getvalue()) == [USUAL, OTHER]


@pytest.mark.parametrize("area", ["A2:A4", "A3:A4", "J1:J3"])
def test_merged_cells_of_blank_rows_columns_and_sheets_change_no_other(area):
    book, out = Workbook(), io.BytesIO()
    for row in (["Journal", "Texte"], [OUTLET, TEXT], [], [], ["Le Bac", LEAD]):
        book.active.append(row)
    book.active.merge_cells(area)
    book.create_sheet("vide").merge_cells("A1:A3")
    book.save(out)
    assert [found[0] for found in read(out.getvalue())] == [OUTLET, "Le Bac"]


STARS = {
    "*date_06112024": DAY,
    "*annee_2024 *mois_11 *jour_06": DAY,
    "*an_2024 *mois_novembre *jour_6": DAY,
    "*an_2024 *am_2024_11 *amj_2024_11_06": DAY,
    "*annee_2024 *mois_11": "2024-11",
    "*annee_2024 *jour_lundi": "2024",
    "*annee_2024 *jour_06": "2024",
    "*date_2024 *day_6": "2024",
    "*am_2024-11 *jour_06": DAY,
}  # fmt: skip


@pytest.mark.parametrize("month", [None, ""])
def test_a_day_without_a_month_is_no_month(month):
    row = {"texte": ONE, "jour": "06", "annee": "2024"} | ({} if month is None else {"mois": month})
    (article,) = read_articles(
        Source("a.csv", "\n".join(map(";".join, (row, row.values()))).encode())
    )
    assert (article.fields["date"], article.fields["jour"]) == ("2024", "06")


@pytest.mark.parametrize(("stars", "day"), STARS.items())
def test_iramuteq(stars, day):
    for encoding in ("utf-8-sig", "cp1252", "mac_roman"):
        assert read(f"**** *journal_phare {stars}\n{ONE}\n".encode(encoding)) == [
            (None, day, None, [ONE])
        ]


def tei(title: str, body: str) -> str:
    head = f'<fileDesc><titleStmt><title>{title}</title></titleStmt><sourceDesc><bibl><title level="j">{OUTLET}</title><date when="{DAY}"/></bibl></sourceDesc></fileDesc>'
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{head}</teiHeader><text>{body}</text></TEI>'


TEXTS = [f"<head>{TITLE}</head><p>{ONE}</p><p>{TWO}</p>", f"<head>Autre titre</head><p>{LEAD}</p>"]
SEVERAL = {
    "a corpus": f"<teiCorpus>{tei(TITLE, f'<body>{TEXTS[0]}</body>')}{tei('Autre titre', f'<body>{TEXTS[1]}</body>')}</teiCorpus>",
    "a group of texts": tei("Le numéro du jour", "<group>" + "".join(f"<text><body>{text}</body></text>" for text in TEXTS) + "</group>"),
    "divisions": tei("Le numéro du jour", "<body>" + "".join(f'<div type="article">{text}</div>' for text in TEXTS) + "</body>"),
    "sections": tei("Le numéro", "<body>" + "".join(f'<div type="section"><head>Ville</head><div type="Article">{text}</div></div>' for text in TEXTS) + "</body>"),
}  # fmt: skip


@pytest.mark.parametrize("content", SEVERAL.values(), ids=SEVERAL)
def test_several_articles_of_one_tei(content):
    assert read(content) == [USUAL, OTHER]


DIVISIONS = "".join(f'<div type="article">{text}</div>' for text in TEXTS)
GROUP = "<group>" + "".join(f"<text><body>{text}</body></text>" for text in TEXTS) + "</group>"
LAST = "Le port dort encore quand la criée ouvre ses portes."
BESIDE = {
    "a division of another type": f'<body><div type="editorial"><p>{LAST}</p></div>{DIVISIONS}</body>',
    "a paragraph": f"<body>{DIVISIONS}<p>{LAST}</p></body>",
    "words": f"<body>{DIVISIONS} {LAST}</body>",
    "what stands before": f"<front><p>{LAST}</p></front><body>{DIVISIONS}</body>",
    "what stands before a group": f"<front><p>{LAST}</p></front>{GROUP}",
}


@pytest.mark.parametrize("content", BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_the_articles_of_a_tei_is_one_more(content):
    assert read(tei("Le numéro", content)) == [USUAL, OTHER, (OUTLET, DAY, "Le numéro", [LAST])]


def test_an_article_within_another_one_comes_in_once():
    inner = f'<div type="article"><p>{LAST}</p></div>'
    both = DIVISIONS.replace(f"<p>{TWO}</p>", f"<p>{TWO}</p>{inner}")
    texts = [text for *_, text in read(tei("Le numéro", f"<body>{both}</body>"))]
    assert texts == [[ONE, TWO, LAST], [LEAD]]
    alone = f'<body><div type="article"><p>{ONE}</p><p>{TWO}</p>{inner}</div></body>'
    assert read(tei(TITLE, alone)) == [(OUTLET, DAY, TITLE, [ONE, TWO, LAST])]


def test_one_article_of_a_tei_has_the_title_of_its_header():
    assert read(tei(TITLE, f'<body><div type="article"><p>{ONE}</p><p>{TWO}</p></div></body>')) == [
        USUAL
    ]
    articles = read_articles(Source("a", SEVERAL["sections"].encode()))
    assert [article.fields["section"] for article in articles] == ["Ville", "Ville"]
