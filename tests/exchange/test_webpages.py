"""Pages as browsers save them: what tells their fields, what of them is the text, and what is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.exchange.articles import Article, Source
from helpers.exchange.imports import read_articles
from helpers.exchange.webpages import web_page
from tests.exchange.samples import agrees, read, survives
from tests.hostile import processor_time

FIRST = "Le conseil a voté le tramway de la rive droite mardi soir, par vingt voix."
LAST = "Les travaux commenceront au printemps prochain."
BODY = f"<p>{FIRST}</p><p>{LAST}</p>"
HEADLINE = '<h1 itemprop="headline">Le bac</h1>'


def page(body: str, head: str = "", linked: Any = None) -> str:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    return f"<!DOCTYPE html><html><head>{head}{script}</head><body>{body}</body></html>"


def article_of(body: str, head: str = "", linked: Any = None) -> Article:
    (article,) = read(web_page, page(body, head, linked))
    return article


def test_the_sample_is_read_as_it_is_to_be():
    agrees("web_page", web_page)


def test_broken_files_are_read_or_refused():
    survives("web_page", web_page)


@pytest.mark.parametrize(
    ("linked", "fields"),
    [
        ({"@type": "Article", "headline": "L&#039;eau"}, {"title": "L'eau"}),
        ([{"@type": ["ReportageNewsArticle"], "headline": "Le bac"}], {"title": "Le bac"}),
        ({"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Le bac"}}, {"title": "Le bac"}),
        ({"@type": "NewsArticle", "author": "Irène Talvas"}, {"byline": "Irène Talvas"}),
        ({"@type": "NewsArticle", "author": {"name": ["A. B.", "C. D."]}}, {"byline": "A. B., C. D."}),
        ({"@type": "NewsArticle", "author": [None, "A. B.", "https://a.example"]}, {"byline": "A. B."}),
        (
            {"@graph": [{"@type": "NewsArticle", "author": {"@id": "#1"}, "publisher": {"@id": "#2"}},
                        {"@id": "#1", "name": "A. B."}, {"@id": "#2", "name": "Le Fanal"}]},
            {"byline": "A. B.", "outlet": "Le Fanal"},
        ),
        ([{"@type": "NewsArticle", "author": {"@id": "#1"}}, {"@id": "#1", "name": "A. B."}], {"byline": "A. B."}),
        ({"@type": "NewsArticle", "articleSection": ["Villes", "Ports"]}, {"section": "Villes, Ports"}),
        ({"@type": "NewsArticle", "inLanguage": "fr-CA", "wordCount": 17}, {"language": "fr", "words_told": "17"}),
        ({"@type": "NewsArticle", "url": "https://a.example/1?utm_id=2"}, {"url": "https://a.example/1"}),
        ({"@type": "NewsArticle", "dateModified": "2024-11-07", "wordCount": "long"}, {}),
        ({"@type": "JobPosting", "headline": "Un poste"}, {}),
        ({"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Autre"}]}, {}),
    ],
)  # fmt: skip
def test_json_ld_tells_fields_in_each_of_its_forms(linked, fields):
    article = article_of(f"<article>{BODY}</article>", "", linked)
    assert article.fields == fields
    assert article.paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle",',
        "[" * 9999,
        '{"a":' * 9999,
        "",
        '{"@type": "NewsArticle", "1 x<": "a", "b": "\\u0000"}',
    ],
)
def test_broken_json_ld_tells_nothing(script):
    script = f'<script type="application/ld+json">{script}</script>'
    assert article_of(f"<article>{BODY}</article>", script).fields == {}


def test_a_script_that_has_no_end_is_read_once():
    script = "<script type='application/ld+json'>" + "a " * 100_000
    with processor_time(5, "a script without an end"):
        assert article_of(f"<article>{BODY}</article>{script}").paragraphs == [FIRST, LAST]


def test_signs_that_no_page_may_hold_are_left_out_of_json_ld():
    news = {"@type": "NewsArticle", "b": "\0", "headline": "Le\x0b bac\ud800"}
    assert article_of(f"<article>{BODY}</article>", "", news).fields == {"title": "Le bac"}


def test_json_ld_may_be_wrapped_and_hold_line_ends():
    news = '<script type="application/ld+json">\n//<![CDATA[\n{"@type": "NewsArticle", "headline": "Le\nbac"};\n//]]></script>'
    assert article_of(f"<article>{BODY}</article>", news).fields == {"title": "Le bac"}


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ('<meta property="og:title" content="Le bac"><title>Le bac - Fanal</title>', {"title": "Le bac"}),
        ('<title>Le bac</title>', {"title": "Le bac"}),
        (
            '<meta property="article:published_time" content="2024-11-06T08:30+01:00">',
            {"date": "2024-11-06", "time": "08:30"},
        ),
        ('<meta name="author" content="A. B."><meta name="author" content="C. D.">', {"byline": "A. B., C. D."}),
        ('<meta property="article:author" content="https://a.example">', {}),
        ('<meta property="og:locale" content="fr_FR">', {"language": "fr"}),
        ('<meta name="DC.publisher" content="Le Fanal">', {"outlet": "Le Fanal"}),
        ('<meta property="article:publisher" content="https://f.example">', {}),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="https://a.example/?utm_a=1&b=2&utm_c=3#d">',
         {"url": "https://a.example/?b=2#d"}),
        ("<!-- saved from url=(0017)https://a.example/?utm_a=1 -->", {"url": "https://a.example/"}),
        ("<!--\n Page saved with SingleFile \n url: https://a.example/1 \n-->", {"url": "https://a.example/1"}),
    ],
)  # fmt: skip
def test_the_head_of_the_page_tells_fields(head, fields):
    assert article_of(f"<article>{BODY}</article>", head).fields == fields


def test_microdata_tell_fields_and_the_text():
    body = f"""<div itemscope>{HEADLINE}<p class="standfirst">Le chapô dit tout du bac.</p>
        <meta itemprop="datePublished" content="2024-11-06"><span itemprop="author" itemscope>Par
        <b itemprop="name">A. B.</b></span><meta itemprop="isAccessibleForFree" content="False">
        <div itemprop="articleBody"><p>{FIRST}</p></div><div>Publicité</div>
        <div itemprop="articleBody"><p>{LAST}</p></div></div><p>Autre chose encore, et longue.</p>"""
    article = article_of(body)
    assert article.fields == {"title": "Le bac", "date": "2024-11-06", "byline": "A. B."}
    assert (article.lead, article.paragraphs) == (["Le chapô dit tout du bac."], [FIRST, LAST])
    assert article.flags == ["perhaps_not_whole"]


@pytest.mark.parametrize(
    "body",
    [
        f"<main><p>Court.</p><article>{BODY}</article></main>",
        f"<article><p>Un autre article.</p></article><article>{BODY}</article>",
        f"<form><article>{BODY}</article></form>",  # around all of the page
        f"<article>{BODY}<nav><p>Menu</p></nav><footer><p>Fin</p></footer></article>",
        f"<article><h1>Le bac</h1><p>Par Irène Talvas</p><p>Publié le 6 novembre 2024 à 8h30</p>{BODY}</article>",
        f"<article><p>6 novembre 2024</p>{BODY}<div>Partager</div></article>",
        f"<article><p>A. B. <time>le 6 novembre</time> dernier</p>{BODY}</article>",
        f"<article>{BODY}<p><a href='a'>À lire aussi : le port</a></p></article>",
        f"<article><section><h4>Lire aussi</h4><p><a href='a'>Le port</a></p></section>{BODY}</article>",
        f"<article>{BODY}<section id='comments'><article><p>Bravo !</p></article></section></article>",
        f"<article>{BODY}<section><article><p>Un autre.</p></article></section></article>",
        f"<article><p itemprop='articleBody'>Un autre.</p></article><article><div itemprop='articleBody'>{BODY}</div></article>",
        f"<article><div class='cookie-banner'><p>Nous utilisons des cookies.</p></div>{BODY}</article>",
        f"<article><div class='lireAussi'><p>Le port rouvre.</p></div>{BODY}</article>",
        f"<div class='entry-content'>{BODY}</div>",
        f"<div><h1>Le bac</h1><div class='crayon texte'>{BODY}</div><div class='ps'>PS</div></div>",
        f"<div class='o-storyText'><p>Ailleurs.</p></div><div class='newsBody wide'>{BODY}</div>",
        f"<article class='share-enabled'><div class='article-author-box'>{BODY}</div></article>",
        f"<article><p>{FIRST}<p>{LAST}",
    ],
)  # fmt: skip
def test_what_is_no_paragraph_of_the_article_is_left_out(body):
    assert article_of(body).paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<h2>Au port</h2><ul><li>Un ;</li><li>deux.</li></ul>", ["Au port", "Un ;", "deux."]),
        ("<blockquote><p>« Oui. »</p></blockquote>", ["« Oui. »"]),
        ("<p>Le <time>6 novembre</time>, il part.</p>", ["Le 6 novembre, il part."]),
        ("<p>Lire <a href='a'>ce livre</a> fait du bien.</p>", ["Lire ce livre fait du bien."]),
        ("<p>Lire aussi <a href='a'>ce livre</a> fait du bien.</p>", ["Lire aussi ce livre fait du bien."]),
        ("<ul><li><a href='a'>Le port</a></li></ul>", ["Le port"]),
        ("<p>Il faut voir <a href='a'>le port</a></p>", ["Il faut voir le port"]),
        ("<h2>6 novembre 2024</h2>", ["6 novembre 2024"]),
        ("<p>Publié le 6 mars à 12 h 30, il est lu.</p>", ["Publié le 6 mars à 12 h 30, il est lu."]),
    ],
)  # fmt: skip
def test_what_is_one_stays(body, paragraphs):
    article = article_of(f"<article><p>{FIRST}</p>{body}<p>{LAST}</p></article>")
    assert article.paragraphs == [FIRST, *paragraphs, LAST]


def test_header_kicker_lead_and_pictures_have_their_places():
    header = "<header><p class='kicker'>Ports</p><h1>Le bac</h1><p>Société</p><p>Le bac de Valombre repart.</p><p>Par A. Belle</p></header>"
    figure = "<figure><img><figcaption>Le quai</figcaption></figure><figure><img></figure>"
    article = article_of(f"<article>{header}{figure}{BODY}</article>")
    assert article.fields == {"title": "Le bac", "kicker": "Ports", "byline": "A. Belle"}
    assert article.lead == ["Le bac de Valombre repart."]
    assert article.beside == [("illustration", "Le quai")]
    assert article.paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "<p class='meta'>Par <a>A. Belle</a><br>Publié le 6 novembre 2024 à 8h30</p>",
        "<div class='article-author'>Par A. Belle, le 6 novembre 2024</div>",
        "<p>Publié le 6 novembre 2024 par A. Belle</p>",
        "<p>Par A. Belle</p><p class='date'>Mis à jour le 7 novembre 2024</p><p>Publié le 06/11/2024 à 08:30</p>",
    ],
)  # fmt: skip
def test_the_lines_around_the_text_tell_who_wrote_it_and_when(line):
    article = article_of(f"<article>{line}{BODY}</article>")
    assert article.fields == {"byline": "A. Belle", "date": "2024-11-06"}
    assert article.paragraphs == [FIRST, LAST]


@pytest.mark.parametrize(
    "lead",
    [
        "<p class='article__desc'>Le bac de Valombre repart.</p>",
        "<h2 class='chapo'><p>Le bac de Valombre repart.</p></h2>",
    ],
)
def test_the_lead_may_stand_beside_the_title_and_outside_of_the_article(lead):
    link = (
        "<section><div class='desc'>Lire aussi <a href='a'>Les dix dates du bac</a></div></section>"
    )
    above = f"<header><h1>Le bac</h1>{lead}</header>"
    river = "<section class='river'><h2>Le port</h2><p class='desc'>Un autre article du jour.</p></section>"
    body = f"<main>{above}<article>{link}{BODY}</article></main>{river}"
    article = article_of(body, "<title>Le bac | Le Fanal</title>")
    assert article.text == ["Le bac de Valombre repart.", FIRST, LAST]


def test_a_heading_with_the_name_of_the_outlet_has_no_lead_beside_it():
    site = "<header><h1>Le Fanal</h1><p>Le Fanal, chaque matin depuis 1944.</p></header>"
    body = f"<div>{site}<article><h2>Le bac</h2>{BODY}</article></div>"
    assert article_of(body, "<title>Le bac | Le Fanal</title>").text == ["Le bac", FIRST, LAST]


@pytest.mark.parametrize(
    "body",
    [
        "<article><h1>Le bac</h1><div class='gr-article-infos'><p>A. Belle</p><p>Temps de lecture : 2 min</p></div>{}<p>{}</p></article>",
        "<article><h1>Le bac</h1><p>Ouest, A. BELLE. Publié le 06/11/2024 à 08h30</p>{}<p>{}</p></article>",
        "<div><h1>Le bac</h1><div class='elementor-widget-theme-post-content'>{}<p>{}</p></div></div>",
        "<div><h1>Le bac</h1><div class='article-text'>{}</div>Publicité<div class='article-text'><p>{}</p></div></div>",
        "<main><h1>Le bac</h1><div><div class='article-text'>{}</div></div><div><div class='article-text'><p>{}</p></div></div></main>",
        "<div><h1>Le bac</h1><div class='article-text'><div class='article-text'>{}<p>{}</p></div></div></div>",
    ],
)  # fmt: skip
def test_the_text_of_a_page_may_be_called_by_many_names_and_stand_in_parts(body):
    told = '<meta property="og:type" content="article">'
    more = "Il repartira demain à la même heure, si la mer le veut."
    assert article_of(body.format(BODY, more), told).paragraphs == [FIRST, LAST, more]


@pytest.mark.parametrize(
    "body",
    ["<article><h1>Le bac</h1>{}</article>", "<div><h1>Le bac</h1><article>{}</article></div>"],
)
def test_a_header_below_the_title_has_the_lead(body):
    lead = "<header><p>Le bac de Valombre repart.</p></header>"
    assert article_of(body.format(lead + BODY)).lead == ["Le bac de Valombre repart."]


def test_a_lead_below_the_text_is_that_of_another_article():
    below = "<div><h2>Le port</h2><p class='chapo'>Un autre article du jour.</p></div>"
    body = f"<div><h1>Le bac</h1><div class='article-body'>{BODY}</div>{below}</div>"
    assert article_of(body).text == [FIRST, LAST]


def test_a_notice_for_subscribers_tells_that_there_may_be_more():
    notice = "<p>Il vous reste 70 % de cet article à lire.</p>"
    article = article_of(f"<article>{BODY}{notice}</article>")
    assert (article.paragraphs, article.flags[0]) == ([FIRST, LAST], "perhaps_not_whole")
    article = article_of(f"<article>{notice}{BODY}</article>")
    assert "perhaps_not_whole" not in article.flags


def test_the_whole_page_may_be_called_an_article():
    whole = f"<html class='entry-content' itemprop='articleBody'><body>{BODY}</body></html>"
    assert read(web_page, whole)[0].paragraphs == [FIRST, LAST]


def test_a_page_whose_classes_factiva_has_too_is_one_of_the_web():
    body = f"<article class='article article--content'><p class='article__status'>Réservé</p>{BODY}"
    (article,) = read_articles(Source("a.html", page(body).encode()))
    assert article.paragraphs == [FIRST, LAST]


def test_a_page_that_tells_of_an_article_has_it_around_its_title():
    body = (
        f"<p>Menu</p><div id='a'><h1>Le bac</h1><div>{BODY}</div></div><div><p>Un autre.</p></div>"
    )
    told = '<meta property="og:type" content="article">'
    assert article_of(body, told).paragraphs == [FIRST, LAST]
    with pytest.raises(ValueError, match="holds no article"):
        article_of(body)


def test_a_letter_that_is_there_for_screen_readers_is_not_read_twice():
    letter = "<span class='x sr-only'>L</span><span aria-hidden='true'>L</span>e bac part à midi."
    assert article_of(f"<article><p>{letter}</p>{BODY}</article>").paragraphs[0] == (
        "Le bac part à midi."
    )


def test_the_text_may_stand_in_json_ld_alone():
    news = {
        "@type": "NewsArticle",
        "headline": "Le bac",
        "articleBody": f"{FIRST}\n\n<p>{LAST}</p>",
    }
    for root in ("<div id='root'></div>", "<article></article>"):
        article = article_of(root, "", news)
        assert (article.fields, article.paragraphs) == ({"title": "Le bac"}, [FIRST, LAST])


LINKS = "".join(f"<div><a href='{i}'><h3>Un</h3></a><p>Résumé de la nouvelle {i} du jour.</p></div>" for i in range(4))  # fmt: skip
TEASERS = "".join(f"<article><h2>Un</h2><p>Résumé de la nouvelle {i} du jour.</p></article>" for i in range(4))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds no article that can be told"),
        (page("<p>Un paragraphe seul.</p>"), "holds no article.*trafilatura --json, which is read"),
        (page("<form><input type='password'></form>"), "is a page to log in; .*save that page"),
        (page("<ol><li>Le Fanal, 312 mots</li></ol>", "<title>Liste de documents</title>"), "is a list of doc"),
        (page("<p>10 documents</p>", "<title>Résultats</title>"), "is a list of documents.*export"),
        (page(TEASERS), "is a list of documents"),
        (page(f"<main>{LINKS}</main>"), "holds no article that can be told"),
        (page(TEASERS, "", [{"@type": "Article", "headline": i} for i in "abcd"]), "is a list of doc"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_by_name(text, why):
    with pytest.raises(ValueError, match=why):
        read(web_page, text)
