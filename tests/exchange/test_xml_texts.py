"""TEI, the XML of TXM, and what scrapers write for it."""

from __future__ import annotations

import pytest

from helpers.exchange.articles import Source
from helpers.exchange.imports import read_articles
from helpers.exchange.xml_texts import tei, xtz
from tests.exchange.samples import agrees, read, sample, survives

FORMATS = {"tei": tei, "xtz": xtz}


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_is_read_as_it_is_to_be(name):
    agrees(name, FORMATS[name])


@pytest.mark.parametrize("name", FORMATS)
def test_broken_files_are_read_or_refused(name):
    survives(name, FORMATS[name])


def a_tei(body: str, header: str = "", attributes: str = "") -> str:
    return (
        f"<TEI xmlns='http://www.tei-c.org/ns/1.0' xmlns:txm='http://textometrie.org/1.0'>"
        f"<teiHeader><fileDesc>{header}</fileDesc></teiHeader>"
        f"<text {attributes}><body>{body}</body></text></TEI>"
    )


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<p>Le tram<lb break='no'/>\nway</p>", ["Le tramway"]),
        ("<p>Le<lb/>bac, le bac<pb n='2'/>,<cb/> le</p>", ["Le bac, le bac, le"]),
        ("<p>Un <sic>baque</sic><corr>bac</corr> <orig>vn</orig></p>", ["Un bac vn"]),
        ("<fw>page 3</fw><div><p>Un</p><div><p>deux.</p></div></div>", ["Un", "deux."]),
        ("<lg><l>Un vers</l><l>deux vers</l></lg>", ["Un vers", "deux vers"]),
        ("<p>Voici :<list><item>un</item><item>deux</item></list>fin</p>", ["Voici :", "un", "deux", "fin"]),
        ("<table><row><cell>Un</cell><cell>2</cell></row><row><cell>3</cell></row></table>", ["Un 2", "3"]),
        ("<p>Le bac.</p><div type='comments'><p>Bravo !</p></div>", ["Le bac."]),
        ("<p>À l'<persName><surname>Aune</surname></persName>, <hi>un</hi>e</p>", ["À l'Aune, une"]),
    ],
)  # fmt: skip
def test_elements_say_where_paragraphs_and_words_end(body, paragraphs):
    assert read(tei, a_tei(body))[0].paragraphs == paragraphs


def words(between: str, *written: str) -> str:
    """A sentence as TXM writes it, its words parted as the file has them."""
    word = "<w n='1'>\n<txm:form>{}</txm:form>\n<txm:ana type='#frpos'>NOM</txm:ana></w>"
    return f"<s>{between.join(map(word.format, written))}</s>"


@pytest.mark.parametrize("between", ["", "\n", " "])
def test_words_that_are_elements_are_parted_as_french_is_printed(between):
    first = words(between, "L'", "eau", "monte", ",", "dit", "-il", "(", "hier", ")", ".")
    second = words(between, "«", "Quoi", "?", "»", "l", "’", "État", "…")
    (article,) = read(tei, a_tei(f"<p>{first}{between}{second}</p>"))
    assert article.paragraphs == ["L'eau monte, dit-il (hier). « Quoi ? » l’État…"]
    assert read(xtz, a_tei(f"<p>{first}</p>"))[0].paragraphs == ["L'eau monte, dit-il (hier)."]


def test_words_that_some_blanks_part_are_left_as_they_stand():
    body = "<p><w>Aujourd'</w><w>hui</w> <w>à</w> <w join='right'>Saint-</w> <w>Aune</w><pc>,</pc> <w>oui</w></p>"
    assert read(tei, a_tei(body))[0].paragraphs == ["Aujourd'hui à Saint-Aune, oui"]


def test_a_title_is_no_paragraph_and_a_note_no_title():
    body = "<head>Le Bac<note>Un bateau.</note></head><byline>Par I. T.</byline><p>Il part.</p>"
    (article,) = read(tei, a_tei(body))
    assert article.fields == {"title": "Le Bac", "byline": "Par I. T."}
    assert (article.paragraphs, article.beside) == (["Il part."], [("note", "Un bateau.")])
    header = "<titleStmt><title>LE BAC</title></titleStmt>"
    assert read(tei, a_tei(body, header))[0].paragraphs == ["Il part."]


@pytest.mark.parametrize(
    ("body", "title", "paragraphs"),
    [
        ("<div><pb/><head>Le bac</head><p>Il part.</p></div>", "Le bac", ["Il part."]),
        ("<p>Un.</p><div><head>Au port</head><p>Deux.</p></div>", None, ["Un.", "Au port", "Deux."]),
        ("<head>Le bac</head><div><head>Au port</head><p>Il part.</p></div>", "Le bac", ["Au port", "Il part."]),
    ],
)  # fmt: skip
def test_a_head_is_the_title_where_the_header_tells_none_and_no_text_is_above_it(
    body, title, paragraphs
):
    (article,) = read(tei, a_tei(body))
    assert (article.fields.get("title"), article.paragraphs) == (title, paragraphs)


def test_the_header_of_a_text_tells_its_fields():
    header = """<titleStmt><title level='a'>Le bac</title><title type='sub'>Récit</title>
        <author><forename>Irène</forename><surname>Talvas</surname></author><author>P. F.</author>
        </titleStmt><publicationStmt><publisher>Éditeur</publisher><idno>n-7</idno></publicationStmt>
        <sourceDesc><bibl><title level='j'>Le Fanal</title><biblScope unit='page'>3</biblScope>
        <biblScope unit='issue'>12</biblScope><date>6 novembre 2024</date>
        <ref target='#a'/><ref target='https://fanal.example/1'/></bibl></sourceDesc>"""
    (article,) = read(tei, a_tei("<p>Il part.</p>", header, "xml:lang='fra' type='x'"))
    assert article.fields == {
        "title": "Le bac",
        "subtitle": "Récit",
        "byline": "Irène Talvas; P. F.",
        "outlet": "Le Fanal",
        "page": "3",
        "issue": "12",
        "date": "2024-11-06",
        "url": "https://fanal.example/1",
        "language": "fr",
        "source_id": "n-7",
    }


def test_txm_tells_the_fields_at_the_text():
    attributes = "id='t1' titre='Le bac' date='2024-11' rubrique='Villes' ton='vif' xml:lang='fr'"
    (article,) = read(tei, a_tei("<p>Il part.</p>", "", attributes))
    assert article.fields == {
        "source_id": "t1",
        "title": "Le bac",
        "date": "2024-11",
        "section": "Villes",
        "ton": "vif",
        "language": "fr",
    }


@pytest.mark.parametrize(
    ("attributes", "fields"),
    [
        ("Titre='A &amp;amp; &amp;lt;i>B&amp;lt;/i>'", {"title": "A & B"}),
        ("titre='2 &lt; 3 et a&amp;b'", {"title": "2 < 3 et a&b"}),
        ("annee='2024' mois='3' jour='5' heure='8' epoch='17'", {"date": "2024-03-05", "heure": "8"}),
        ("annee='2024'", {"date": "2024"}),
        ("date='2024-11-04' year='1999'", {"date": "2024-11-04", "year": "1999"}),
        ("source='https://a.example/?a=1&amp;copy=2'", {"url": "https://a.example/?a=1&copy=2"}),
        ("source='Le Fanal' journal='Fanal'", {"outlet": "Le Fanal", "journal": "Fanal"}),
        ("auteur='Inconnu' keywords='bac, quai'", {"keywords": "bac, quai"}),
        ("journal_clean='fanal' langue='français'", {"language": "fr"}),
        ("Sous-Titre='Récit' couverture='nationale'", {"subtitle": "Récit", "couverture": "nationale"}),
    ],
)  # fmt: skip
def test_attributes_tell_fields_in_french_and_english_and_others_are_kept(attributes, fields):
    (article,) = read(xtz, f"<corpus><text {attributes}>Il part.</text></corpus>")
    assert article.fields == fields


def test_lines_end_paragraphs_where_no_element_does():
    text = "<text>Un.<lb></lb>Deux\nlignes.<lb/><lb/><i>Tr</i>ois.<pb/></text>"
    assert read(xtz, text)[0].paragraphs == ["Un.", "Deux lignes.", "Trois."]
    text = "<text><p>Un<lb/>deux.</p><p>Trois.</p></text>"
    assert read(xtz, text)[0].paragraphs == ["Un deux.", "Trois."]


def test_blank_lines_part_the_paragraphs_of_a_text_without_elements():
    text = "<text titre='Le bac'>\nUn.\n\nDeux\nlignes.\n</text>"
    assert read(xtz, text)[0].paragraphs == ["Un.", "Deux lignes."]


def test_line_ends_that_europarser_escaped_end_paragraphs():
    text = "<text titre='Le bac'>Un.&lt;lb/&gt;\n &lt;lb/&gt;Deux\nlignes, 3 &lt; 5.</text>"
    assert read(xtz, text)[0].paragraphs == ["Un.", "Deux lignes, 3 < 5."]


def test_the_name_of_a_file_is_no_title():
    header = "<titleStmt><title>bac-01.xml</title></titleStmt>"
    (article,) = read(tei, a_tei("<p>Il part.</p>", header, "titre='Le bac.'"))
    assert article.fields["title"] == "Le bac."


def test_a_link_to_the_page_is_its_address_and_another_is_text():
    text = (
        "<text><ref target='https://a.example/1'>Lien vers l'original</ref><lb/>Un "
        "<ref target='https://b.example'>bac</ref>.</text>"
    )
    (article,) = read(xtz, text)
    assert article.fields == {"url": "https://a.example/1"}
    assert article.paragraphs == ["Un bac."]


def test_places_do_not_count_what_only_looks_like_a_text():
    page = "<c><!-- <text> --><text>Un<![CDATA[ <text> ]]></text>\n<x:text xmlns:x='x'>Deux</x:text><textes/></c>"
    places = [page[slice(*article.place)] for article in read(xtz, page)]
    assert places[0].startswith("<text>Un<!")
    assert places[1].startswith("<x:text xmlns")


def test_entities_of_html_are_read_and_others_refused():
    assert read(xtz, "<text>L&rsquo;&eacute;t&eacute; &amp; &#233;</text>")[0].paragraphs == [
        "L’été & é"
    ]
    with pytest.raises(
        ValueError, match="is no XML: line 1, Entity 'moi' not defined; save it again"
    ):
        read(xtz, "<text>&moi;</text>")


def test_the_xml_of_trafilatura_is_read():
    told = 'sitename="Le Fanal" title="Le bac" author="A. B." date="2024-11-06" fingerprint="7d"'
    page = f'<doc {told} source="https://f.example/1" hostname="f.example" categories="Villes">'
    text = f"{page}<main><p>Il part.</p><p>Il revient.</p></main><comments><p>Bravo</p></comments></doc>"
    (article,) = read_articles(Source("a.xml", text.encode()))
    assert article.paragraphs == ["Il part.", "Il revient."]
    assert article.fields == {
        "title": "Le bac", "byline": "A. B.", "date": "2024-11-06", "url": "https://f.example/1",
        "outlet": "Le Fanal", "section": "Villes", "source_id": "7d", "hostname": "f.example",
    }  # fmt: skip


@pytest.mark.parametrize(("reader", "tag"), [(tei, "TEI"), (xtz, "text")])
def test_what_holds_no_text_is_refused(reader, tag):
    with pytest.raises(ValueError, match=f"holds no <{tag}>"):
        read(reader, "<corpus/>")
    with pytest.raises(ValueError, match="is no XML: line 3, "):
        read(reader, f"<corpus>\n<{tag}>\nVarenne & fils</{tag}></corpus>")


def test_keywords_of_the_sample_are_kept_and_its_year_is_the_date():
    first = read(xtz, sample("xtz")[0].data)[0]
    assert first.fields["keywords"] == "tramway, port"
    assert not {"annee", "mois", "jour", "journalClean"} & {*first.fields}


def a_post(title: str, content: str, kind: str = "post", status: str = "publish") -> str:
    return (
        f"<item><title>{title}</title><link>https://carnet.example/1</link><pubDate>Wed, 06 Nov 2024 07:30:00 +0000</pubDate>"
        f"<dc:creator>mona</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[Un début]]></excerpt:encoded>"
        f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status><category domain='category'>Mer</category></item>"
    )


UNPUBLISHED = ("draft", "auto-draft", "trash", "pending", "future", "private")


def test_the_posts_of_wordpress_are_articles():
    blog = "".join(
        (
            a_post("Le bac", "<!-- wp:paragraph --><p>Le bac &amp; le quai.</p><!-- /wp:paragraph -->\n\n<p>Il part.</p>"),
            a_post("La crue", "Elle <em>monte</em>.\n\nElle descend."),
            a_post("photo", "Le bac à quai", "attachment"),
            *(a_post("Brouillon", "Il part.", status=status) for status in UNPUBLISHED),
        )
    )  # fmt: skip
    names = " ".join(f"xmlns:{name}='http://x/{name}'" for name in ("content", "dc", "excerpt"))
    one, two, *left_out = read_articles(
        Source(
            "a.xml",
            f"<?xml version='1.0'?><rss {names} xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Le Carnet</title>{blog}</channel></rss>".encode(),
        )
    )
    assert [one.text, two.text] == [
        ["Le bac & le quai.", "Il part."],
        ["Elle monte.", "Elle descend."],
    ]
    assert one.fields == {
        "title": "Le bac", "date": "2024-11-06", "outlet": "Le Carnet", "byline": "mona", "section": "Mer", "url": "https://carnet.example/1", "time": "07:30:00",
    }  # fmt: skip
    assert [article.left_out for article in left_out] == ["no text", *UNPUBLISHED]
