"""Exports of Factiva, in the languages of its interfaces, with what lacks, repeats or is broken."""

from __future__ import annotations

import pytest

from helpers.exchange.articles import language
from helpers.exchange.databases import factiva_html, factiva_xml
from tests.exchange.samples import agrees, keeps_the_others, read, survives

FORMATS = {
    "factiva_index": factiva_html,
    "factiva_plain": factiva_html,
    "factiva_xml": factiva_xml,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_is_read_as_it_is_to_be(name):
    agrees(name, FORMATS[name])


@pytest.mark.parametrize("name", FORMATS)
def test_broken_files_are_read_or_refused(name):
    survives(name, FORMATS[name])


@pytest.mark.parametrize("name", ["factiva_index", "factiva_plain"])
def test_a_broken_article_changes_no_other(name):
    keeps_the_others(name, factiva_html)


def coded(language: str, **rows: str) -> str:
    """An article with the codes of the index."""
    cells = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}\n</td></tr>'
        for code, value in rows.items()
    )
    return f'<div class="article"><div class="article {language}Article"><table>{cells}</table>'


def plain(*lines: str, text: str = "Le bac est à quai.", number: str = "FANVAL00") -> str:
    """An article without codes."""
    divs = "".join(f"<div>{line}\n</div>" for line in lines)
    paragraph = f'<p class="articleParagraph">{text}</p>'
    return (
        f'<div class="article"><div class="article frArticle"><p>{divs}</p>{paragraph}'
        f"<p>Document {number}</p></div></div>"
    )


HEADLINE = '</div><div id="hd"><span class="frHeadline">Le bac</span>'


@pytest.mark.parametrize(
    ("words", "day", "clock", "name", "code"),
    [
        ("1&nbsp;234 mots", "3 mars 2023", "18:05", "Français", "fr"),
        ("1,234 words", "3 March 2023", "06:05 PM", "French", "fr"),
        ("1.234 Wörter", "3. März 2023", "18:05", "Französisch", "fr"),
        ("1 234 mots", "3 mars 2023", "18h05", "Chinois - Simplifié", "zh"),
    ],
)
def test_an_interface_says_it_in_its_language(words, day, clock, name, code):
    (article,) = read(
        factiva_html,
        coded("fr", HD="Le bac", WC=words, PD=day, ET=clock, LA=name, TD="<p>Il part.</p>"),
    )
    expected = {
        "words_told": "1234",
        "date": "2023-03-03",
        "time": "18:05",
        "language": code,
        "title": "Le bac",
    }
    assert article.fields == expected
    assert article.paragraphs == ["Il part."]


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ([], {}),
        (["3"], {"page": "3"}),
        (["A3, A4"], {"page": "A3, A4"}),
        (["Nord"], {"edition": "Nord"}),
        (["Nord", "12-13", "Volume 45, n° 3"], {"edition": "Nord", "page": "12-13", "issue": "45, n° 3"}),
        (["Le Fanal - Toutes sources", "CTGFA", "Nord"], {"edition": "Nord"}),
        (["Le Fanal - All sources", "7"], {"page": "7"}),
        (["2", "7"], {"edition": "2", "page": "7"}),
    ],
)  # fmt: skip
def test_what_stands_between_the_code_and_the_language_is_told_by_its_form(lines, fields):
    page = plain(
        "Société", HEADLINE, "5 mots", "3 mars 2023", "Le Fanal", "FANVAL", *lines, "Français", "(c) Fanal"
    )  # fmt: skip
    (article,) = read(factiva_html, page)
    always = {
        "section": "Société",
        "title": "Le bac",
        "words_told": "5",
        "date": "2023-03-03",
        "outlet": "Le Fanal",
        "language": "fr",
        "copyright": "(c) Fanal",
        "source_id": "FANVAL00",
    }
    assert article.fields == always | fields


@pytest.mark.parametrize("name", ["Chinese - Traditional", "Chinesisch (vereinfacht)", "Chinois"])
def test_the_line_of_the_language_may_say_more(name):
    page = plain(
        "5 Wörter", "3. März 2023", "Der Bote", "DERBOT", "Nord", name, "(c) 2023 Der Bote"
    )
    (article,) = read(factiva_html, page)
    told = ("language", "edition", "copyright", "date")
    assert [article.fields[field] for field in told] == [
        "zh",
        "Nord",
        "(c) 2023 Der Bote",
        "2023-03-03",
    ]


def test_without_the_line_of_words_nothing_is_guessed():
    """Nor where the lines end after it."""
    for lines in ((), ("5 words",), ("5 words", "3 March 2023"), ("5 words", "Le Fanal", "French")):
        (article,) = read(factiva_html, plain(HEADLINE, *lines))
        assert article.paragraphs == ["Le bac est à quai."]
        assert article.fields["title"] == "Le bac"
        assert "edition" not in article.fields


def test_a_day_that_the_calendar_does_not_have_is_that_of_the_number():
    page = plain(
        "5 words", "31 February 2022", "Le Fanal", "FANVAL", "French", number="FANVAL0020220301ei31"
    )
    (article,) = read(factiva_html, page)
    assert (article.fields["date"], article.flags) == ("2022-03-01", ["date_from_id", "no_title"])


def test_who_sent_a_report_is_told_beside_who_wrote_it():
    (article,) = read(factiva_html, coded("fr", HD="Le bac", BY="A. B.", CR="AFA", TD="Il part."))
    assert (article.fields["byline"], article.fields["credit"]) == ("A. B.", "AFA")


def test_preformatted_paragraphs_stay_in_their_order():
    text = 'Un.</p><p class="articleParagraph"><pre class="articlePre">Deux\nlignes.</pre></p><p class="articleParagraph">Trois.'
    assert read(factiva_html, plain(text=text))[0].paragraphs == ["Un.", "Deux lignes.", "Trois."]
    cells = coded("fr", LP=f"<p>{text}</p>", TD="<p>Quatre.</p>", ART="Le bac à quai")
    (article,) = read(factiva_html, cells)
    assert article.paragraphs == ["Un.", "Deux lignes.", "Trois.", "Quatre."]
    assert article.beside == [("illustration", "Le bac à quai")]


def test_marks_are_known_however_a_browser_writes_them():
    """One element or two, in capitals, without quotes; in a comment or a script they are none."""
    body = '<p class="articleParagraph">Le bac.</p>'
    page = (
        f'<!-- <div class="article frArticle"> --><script>"<div class=\'article\'>"</script>'
        f"<DIV id=x class=article><SPAN></SPAN><DIV class='article frArticle'>{body}</DIV></DIV>"
        f'<div class="article zhcnArticle">{body}</div><div class="article">{body}</div>'
        f'<div class="articleFooter">{body}</div>'
    )
    assert [article.paragraphs[0] for article in read(factiva_html, page)] == ["Le bac."] * 3


@pytest.mark.parametrize("text", ["*SE* \tLE FANAL\n*HD*\tLe bac", "<p>Le bac</p>", ""])
def test_a_page_without_marks_is_refused_with_the_way_out(text):
    with pytest.raises(ValueError, match=r"marks no article.*as a complete web page, not as text"):
        read(factiva_html, text)


def test_xml_is_refused_with_the_line():
    with pytest.raises(ValueError, match=r"is no XML: line 2, .*; save it again"):
        read(factiva_xml, "<PPSResponse>\n<article>Varenne & fils</article></PPSResponse>")
    with pytest.raises(ValueError, match="declares entities"):
        read(factiva_xml, '<!DOCTYPE x [<!ENTITY a "aa">]><PPSResponse/>')
    with pytest.raises(ValueError, match="holds no <article>"):
        read(factiva_xml, "<PPSResponse/>")


def test_xml_tells_of_several_paragraphs_places_and_the_number_in_a_reference():
    article = (
        "<{0}article><{0}headline><{0}paragraph>Un bac</{0}paragraph><{0}paragraph>et deux"
        "</{0}paragraph></{0}headline><{0}reference>distdoc:a/Article/FANVAL0020220301ei31"
        "</{0}reference><{0}artWork>Le quai</{0}artWork><{0}tailParagraphs>Il part &eacute;."
        "</{0}tailParagraphs></{0}article>"
    ).format("f:")
    page = (
        '<!DOCTYPE f:r SYSTEM "f.dtd"><f:r xmlns:f="x"><!-- <f:article> --><f:articles>'
        f"{article}</f:articles></f:r>"
    )
    (found,) = read(factiva_xml, page)
    fields = {"title": "Un bac et deux", "source_id": "FANVAL0020220301ei31", "date": "2022-03-01"}
    assert found.fields == fields
    assert (found.paragraphs, found.beside) == (["Il part é."], [("illustration", "Le quai")])
    assert page[slice(*found.place)].startswith("<f:article><f:headline>")


@pytest.mark.parametrize(
    ("told", "code"),
    [("Anglais", "en"), ("englisch", "en"), ("fr_FR", "fr"), ("fra", "fr"), ("", ""), ("Klingon", "Klingon")],
)  # fmt: skip
def test_languages_are_known_by_name_and_code(told, code):
    assert language(told) == code
