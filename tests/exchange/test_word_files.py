"""Files of Word and LibreOffice: texts of Nexis in the languages of its interface, and one text a file."""

from __future__ import annotations

import io
import random
import re
import zipfile
from contextlib import suppress
from html import escape

import pytest

from helpers import open_corpus
from helpers.exchange import import_files
from helpers.exchange.documents import office_file
from tests.exchange.samples import MUTANTS, agrees, read, sample, survives
from tests.hostile import ODD

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MARK = '<w:p><w:r><w:bookmarkStart w:id="1" w:name="Bookmark_1"/></w:r></w:p>'


def run(text: str, *properties: str) -> str:
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:r><w:rPr>{''.join(f'<w:{one}/>' for one in properties)}</w:rPr>{lines}</w:r>"


def p(*runs: str, style: str = "") -> str:
    """A paragraph; what is no run is plain text, **in bold**."""
    parts = [part for one in runs for part in re.split(r"(\*\*.+?\*\*)", one) if part]
    written = [
        part if part.startswith("<") else run(part.strip("*"), *["b"][: part.startswith("**")])
        for part in parts
    ]
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(written)}</w:p>"


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def word(*paragraphs: str, **parts: str) -> bytes:
    document = f"<w:document {W}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    return zipped(word__document=document, **parts)


def nexis(*documents: list[str], cover: tuple[str, ...] = ("**User Name:** Zoé Usagère",)) -> bytes:
    return word(*map(p, cover), *(line for document in documents for line in document))


def document(
    title: str, *labels: str, body: tuple[str, ...] = ("Il est là.",), mark: str = MARK
) -> list[str]:
    """A document of the interface in French."""
    top = [title, "Le Fanal de Valombre", "mardi 28 février 2023", *labels]
    return [mark, *map(p, top), p("**Corps**"), *map(p, body), p("**Fin du document**")]


def test_the_sample_is_read_as_it_is_to_be():
    agrees("nexis_docx", office_file)


def test_broken_files_are_read_or_refused():
    survives("nexis_docx", office_file)


def broken(data: bytes, chance: random.Random) -> bytes:
    """The file with an element of its text broken."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        (name,) = [n for n in opened.namelist() if n in ("word/document.xml", "content.xml")]
        text = opened.read(name).decode()
    tags = [*re.finditer(r"<[^>]+>|[^<>]+", text)]
    for _ in range(chance.randint(1, 3)):
        tag = chance.choice(tags)
        new = chance.choice(
            ["", tag[0] * 2, "<w:p/>", "</w:p>", chance.choice(ODD).decode("latin-1")]
        )
        text = text.replace(tag[0], new, chance.choice([1, 1, -1]))
    return zipped(**{name.removesuffix(".xml").replace("/", "__"): text})


def test_broken_xml_in_a_file_is_read_or_refused():
    for number in range(MUTANTS):
        chance = random.Random(number)
        data = chance.choice([sample("nexis_docx")[0].data, ODT])
        with suppress(ValueError):
            read(office_file, broken(data, chance))


LABELS = [
    "Édition Nord",
    "Copyright 2023 Le Fanal",
    "Tous droits réservés",
    "**Rubrique:**\u00a0POLITIQUE ; ÉLECTIONS; p. 5, 6",
    "**Longueur :** 1 102 mots",
    "**Auteur:** Irène Talvas\nPaul Ferrand",
    "**Encart:** Six heures\nde débat",
]
BODY = (
    "**Le vote :** il est clair.", "**Corps**", "**Sujet :** le budget.", "Auteur: lui.", "Fin.",
)  # fmt: skip


def test_the_interface_in_french_is_read():
    (article,) = read(
        office_file,
        nexis(
            [
                *document("Valombre a voté", *LABELS, body=BODY)[:-1],
                p("**Graphique**"),
                p("La mairie, hier."),
                p("**Classification**"),
                p("\n**Langue:** FRANÇAIS; FRENCH\n**Sujet:** BUDGETS (90%)"),
                p("**Date-chargement:** 1 mars 2023"),
                p("\n**Fin du document**"),
            ]
        ),
    )
    assert article.fields == {
        "title": "Valombre a voté",
        "outlet": "Le Fanal de Valombre",
        "date": "2023-02-28",
        "edition": "Édition Nord",
        "copyright": "Copyright 2023 Le Fanal Tous droits réservés",
        "section": "POLITIQUE ; ÉLECTIONS",
        "page": "5, 6",
        "words_told": "1102",
        "byline": "Irène Talvas Paul Ferrand",
        "subtitle": "Six heures de débat",
        "language": "fr",
    }
    assert article.paragraphs == [
        "Le vote : il est clair.",
        "Corps",
        "Sujet : le budget.",
        "Auteur: lui.",
        "Fin.",
    ]
    assert article.beside == [("illustration", "La mairie, hier.")]


def test_the_older_files_begin_a_document_with_a_heading():
    heads = [
        [p(title, style="Heading1"), *document(title)[2:]]
        for title in ("Le bac", "La crue", "Le phare")
    ]
    found = read(office_file, nexis(*heads))
    assert [article.fields["title"] for article in found] == ["Le bac", "La crue", "Le phare"]
    assert {article.fields["outlet"] for article in found} == {"Le Fanal de Valombre"}
    mixed = read(office_file, nexis(heads[0], document("La crue")))
    assert [article.fields["title"] for article in mixed] == ["Le bac", "La crue"]


def test_a_document_of_which_little_is_told_is_read():
    lines = [
        MARK,
        p("**Le bac**"),
        p("Le Fanal"),
        p("hier"),
        p("**Body**"),
        p("Il part."),
        p("**End of Document**"),
    ]
    undated = [
        MARK,
        p("Le bac"),
        p("Le Fanal"),
        p("le 33 mai"),
        p("**Body**"),
        p("**End of Document**"),
    ]
    month = [
        MARK,
        p("Le Fanal"),
        p("April 2023"),
        p("**Body**"),
        p("Il part."),
        p("**End of Document**"),
    ]
    found = read(office_file, nexis(lines, undated, month))
    assert found[0].fields == {"title": "Le bac", "outlet": "Le Fanal", "edition": "hier"}
    assert found[1].fields == {"title": "Le bac", "outlet": "Le Fanal", "date_given": "le 33 mai"}
    assert found[1].left_out == "no text"
    assert found[2].fields == {"outlet": "Le Fanal", "date": "2023-04"}
    assert [article.place for article in found] == [(2, 7), (9, 13), (15, 19)]


def test_a_correction_that_is_appended_is_no_edition():
    lines = document("Le bac", "Correction Appended", "Nord Edition")
    (article,) = read(
        office_file, nexis([*lines[:-1], p("**Correction**"), p("Il part à midi."), lines[-1]])
    )
    assert article.fields["edition"] == "Nord Edition"
    assert article.beside == [("note", "Il part à midi."), ("note", "Correction Appended")]


@pytest.mark.parametrize("lost", ["end", "last end", "start"])
def test_documents_without_their_end_are_refused(lost):
    one, two = document("Le bac"), document("La crue")
    parts = {"end": (one[:-1], two), "last end": (one, two[:-1]), "start": (one, two[1:])}[lost]
    if lost == "start":
        assert [article.fields["title"] for article in read(office_file, nexis(*parts))] == [
            "Le bac",
            "La crue",
        ]
    else:
        with pytest.raises(
            ValueError, match="holds 2 documents of Nexis, and “End of Document” 1 times"
        ):
            read(office_file, nexis(*parts))


def test_an_end_that_stands_there_twice_is_told():
    found = read(
        office_file, nexis(document("Le bac"), [p("**Fin du document**")], document("La crue"))
    )
    assert [article.fields.get("title") for article in found] == ["Le bac", None, "La crue"]
    assert found[1].left_out.startswith("its beginning cannot be told")


def test_a_bookmark_in_a_text_ends_nothing():
    inside = document("Le bac", body=("Il part.",))
    own = '<w:p><w:bookmarkStart w:id="2" w:name="_GoBack"/></w:p>'
    lines = [*inside[:-1], MARK, own, p("Il revient."), inside[-1], MARK, p("")]
    (article,) = read(office_file, nexis(lines))
    assert article.paragraphs == ["Il part.", "Il revient."]


def test_who_exported_is_never_told():
    found = read(
        office_file,
        nexis(
            document("Le bac"),
            cover=("**User Name:** Zoé Usagère", "**Date and Time:** Tuesday, 26. November 2024"),
        ),
    )
    assert "Usagère" not in repr(found)
    lost = [p("Le bac"), p("**Corps**"), p("Il part."), p("**Fin du document**")]
    (article,) = read(office_file, nexis(lost))
    assert article.left_out.startswith("its beginning cannot be told")
    assert "Usagère" not in repr(article)


STYLES = f'<w:styles {W}><w:style w:styleId="a3"><w:name w:val="Title"/></w:style><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>'


@pytest.mark.parametrize("style", ["a3", "Titre", "Titre1", "Heading1", "Title"])
def test_the_title_of_a_document_is_what_its_style_says(style):
    core = '<cp:coreProperties xmlns:cp="x"><title>Modèle</title><creator>Zoé</creator></cp:coreProperties>'
    data = word(
        p("Rubrique locale"), p("Le bac", style=style), p("Il part à l’heure.\nIl revient.\n\nIl repart."),
        p("Un bac neuf", style="Titre1"), p("Il est là."),
        word__styles=STYLES, docProps__core=core,
    )  # fmt: skip
    (article,) = read(office_file, data)
    assert article.fields == {"title": "Le bac"}
    assert article.paragraphs == [
        "Rubrique locale",
        "Il part à l’heure. Il revient.",
        "Il repart.",
        "Un bac neuf",
        "Il est là.",
    ]
    assert article.place == (1, 5)


def test_the_name_of_a_file_is_that_of_its_text_and_may_date_it(tmp_path):
    (tmp_path / "Le bac du 2024-11-06.docx").write_bytes(word(p("Le bac"), p("Il part.")))
    told = import_files(tmp_path, tmp_path / "textes")
    assert told["doc"].tolist() == ["Le bac du 2024-11-06"]
    assert open_corpus(tmp_path / "textes", annotate=False).documents["month"].tolist() == [
        "2024-11"
    ]


def test_a_document_without_styles_has_no_title():
    (article,) = read(office_file, word(p("**Le bac**"), p("Il part."), p("Fin du document")))
    assert "title" not in article.fields
    assert article.paragraphs == ["Le bac", "Il part.", "Fin du document"]


@pytest.mark.parametrize("label", ["**Fin du document**", "**Corps**", "**Rubrique :** Sport"])
def test_one_label_in_bold_makes_no_document_of_nexis(label):
    (article,) = read(office_file, word(p("Il part."), p(label), p("Il revient.")))
    assert article.paragraphs == ["Il part.", label.replace("**", ""), "Il revient."]


@pytest.mark.parametrize("label", ["Nom d'utilisateur : zoe", "User Name : zoe"])
def test_a_line_about_a_user_makes_no_document_of_nexis(label):
    (article,) = read(office_file, word(p("Il part (vite)."), p(label), p("Il revient.")))
    assert article.paragraphs == ["Il part (vite).", label, "Il revient."]


def test_a_heading_below_the_text_is_no_title():
    (article,) = read(
        office_file, word(p("Il part ce matin."), p("Le bac", style="Heading1"), p("Il revient."))
    )
    assert "title" not in article.fields
    assert article.paragraphs == ["Il part ce matin.", "Le bac", "Il revient."]


def test_what_is_deleted_hidden_or_beside_is_not_in_the_text():
    box = f"<w:txbxContent>{p('Encadré ici.')}</w:txbxContent>"
    data = word(
        p(run("Il"), "<w:ins>" + run(" part") + "</w:ins>", "<w:del><w:r><w:delText> reste</w:delText></w:r></w:del>", run(" caché", "vanish"), run(".")),
        p("<w:r><w:tab/><w:t>Non</w:t><w:noBreakHyphen/><w:t>lieu.</w:t></w:r>"),
        f'<w:p><w:r xmlns:mc="m"><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{run("Seul.")}</w:p>',
        f"<w:tbl><w:tr><w:tc>{p('Une case.')}</w:tc></w:tr></w:tbl>",
        word__footnotes=f"<w:footnotes {W}><w:footnote>{p('Une note.')}</w:footnote></w:footnotes>",
    )  # fmt: skip
    (article,) = read(office_file, data)
    assert article.paragraphs == ["Il part.", "Non-lieu.", "Seul.", "Une case."]
    assert article.beside == [("encadré", "Encadré ici."), ("note", "Une note.")]


O = 'xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:draw="d"'  # noqa: E741
ODT = zipped(
    content=f"""<office:document-content {O}><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/><style:style style:name="P2" style:parent-style-name="Subtitle"/></office:automatic-styles><office:body><office:text><text:tracked-changes><text:p>Effacé.</text:p></text:tracked-changes><text:p text:style-name="P1">Le bac <text:span>part</text:span></text:p><text:p text:style-name="P2">À midi</text:p><text:p text:style-name="Text_20_body">Il<text:s/>part<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note.</text:p></text:note-body></text:note>.<text:line-break/><text:line-break/><text:span>Il<text:tab/>revient.</text:span></text:p><text:list><text:list-item><text:p>Une puce.<office:annotation><text:p>Zoé : à revoir</text:p></office:annotation></text:p></text:list-item></text:list><text:p><draw:frame><draw:text-box><text:p>Un encadré.</text:p></draw:text-box></draw:frame></text:p><text:h>Un intertitre</text:h></office:text></office:body></office:document-content>"""
)


def test_a_text_of_libreoffice_is_read():
    (article,) = read(office_file, ODT)
    assert article.fields == {"title": "Le bac part", "subtitle": "À midi"}
    assert article.paragraphs == ["Il part.", "Il revient.", "Une puce.", "Un intertitre"]
    assert article.beside == [("encadré", "Un encadré."), ("note", "Une note.")]


def test_documents_of_nexis_are_told_when_libreoffice_saved_them():
    """Who exported them is never told, though no line says that it is in bold."""
    lines = ["User Name: Zoé Usagère", '<text:bookmark text:name="Bookmark_1"/>', "Le bac"]
    lines += ["Le Fanal", "mardi 28 février 2023", "Rubrique: MONDE; p. 3", "Corps", "Il part."]
    written = "".join(f"<text:p>{line}</text:p>" for line in [*lines, "Fin du document"])
    space = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    (article,) = read(office_file, zipped(content=f"<content {space}>{written}</content>"))
    assert article.paragraphs == ["Il part."]
    assert article.fields == {
        "title": "Le bac", "outlet": "Le Fanal", "date": "2023-02-28", "section": "MONDE", "page": "3",
    }  # fmt: skip


def test_what_is_no_document_is_refused_with_the_way_out():
    entity = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    bomb = zipped(word__document=f"<w:document {W}>{' ' * 20_000_000}</w:document>")
    secret = zipped(content="x", **{"META-INF__manifest": "<manifest:encryption-data/>"})
    for data, why in [
        (b"PK\x03\x04 non", "is broken .*; save it again"),
        (zipped(autre="x"), "is no XML: line 1, Document is empty; save it again"),
        (zipped(word__document=entity), "declares entities"),
        (bomb, "unpacks to 20,000,[0-9]* bytes in 1 part, too many"),
        (secret, "has a password"),
        (zipped(word__document="<w:document"), "is no XML: line 1"),
    ]:
        with pytest.raises(ValueError, match=why) as refused:
            read(office_file, data)
        assert "\n" not in str(refused.value)


def test_labels_that_are_not_known_and_labels_on_several_lines_are_read():
    lines = document(
        "Le bac",
        "**Rubrique:** NORD ; p. 3",
        "**Agence:** ALT",
        body=("Il part.", "**Langue :** oui.", "Non."),
    )
    closing = [
        p("**Date-chargement:**\n1 mars 2023"),
        p("**Langue:** FRANÇAIS\n**Sujet:** BACS (90%);\nPORTS (80%)"),
    ]
    (article,) = read(office_file, nexis([*lines[:-1], *closing, lines[-1]]))
    assert article.fields["Agence"] == "ALT"
    assert (article.fields["section"], article.fields["page"]) == ("NORD", "3")
    assert (article.fields["section"], article.fields["language"]) == ("NORD", "fr")
    assert article.paragraphs == ["Il part.", "Langue : oui.", "Non."]


def test_styles_say_more_than_the_title():
    named = [
        ("Title", "Le bac"),
        ("Subtitle", "À midi"),
        ("Author", "Zoé Talvas"),
        ("Date", "6 novembre 2024"),
    ]
    lines = [p(text, style=style) for style, text in named]
    below = [
        p("Le bac, 2", style="TOC1"),
        p("Il part."),
        p("Un bac.", style="Caption"),
        p("Fin", style="Heading2"),
    ]
    toc = f'<w:styles {W}><w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    (article,) = read(office_file, word(*lines, *below, word__styles=toc))
    assert article.fields == {
        "title": "Le bac",
        "subtitle": "À midi",
        "byline": "Zoé Talvas",
        "date": "2024-11-06",
    }
    assert article.paragraphs == ["Il part.", "Fin"]
    assert article.beside == [("illustration", "Un bac.")]
