"""Dates and times as databases write them, and what a reader should know of an article."""

from __future__ import annotations

import re

import pytest

from helpers.exchange.articles import Article, finish, when, words_of
from helpers.exchange.markup import FORMS
from helpers.exchange.markup import __file__ as beside
from helpers.read.patterns import filled
from helpers.read.tables import rows_of

WRITTEN = {
    "06/11/2024": ("2024-11-06", ""),
    "06/11/24": ("2024-11-06", ""),
    "2024/11/06": ("2024-11-06", ""),
    "20241106": ("2024-11-06", ""),
    "2024 11 06T08:30:12": ("2024-11-06", "08:30:12"),
    "2024-11-06T08:30:12+01:00": ("2024-11-06", "08:30:12"),
    "2022-03-15T01:35:58.000Z": ("2022-03-15", "01:35:58"),
    "6 nov. 2024": ("2024-11-06", ""),
    "1er juin 2024 à 8h30": ("2024-06-01", "08:30"),
    "28 février 2023 mardi": ("2023-02-28", ""),
    "novembre 2024": ("2024-11", ""),
    "2024": ("2024", ""),
    "20112024": ("2024-11-20", ""),
    "19112012": ("2012-11-19", ""),
    "20121999": ("1999-12-20", ""),
    "20111224": ("2011-12-24", ""),
    "20112024 08:30": ("2024-11-20", "08:30"),
    "15 March 2022": ("2022-03-15", ""),
    "July 1, 2019 Monday 9:20 PM GMT": ("2019-07-01", "21:20"),
    "Wednesday, November 6, 2024": ("2024-11-06", ""),
    "April 2023": ("2023-04", ""),
    "May 2, 2023": ("2023-05-02", ""),
    "Tue, 15 Mar 2022 10:00:00 +0000": ("2022-03-15", "10:00:00"),
    "29. Dezember 2011": ("2011-12-29", ""),
    "15 de marzo de 2022": ("2022-03-15", ""),
    "15 Março 2022": ("2022-03-15", ""),
    "3 dicembre 2022": ("2022-12-03", ""),
    # None of these is a day of the calendar, or says which one it is.
    "31 juin 2024": ("", ""),
    "hier": ("", ""),
    "1712345678": ("", ""),
    "12/2024 et après": ("", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("written", "read"), WRITTEN.items(), ids=WRITTEN)
def test_a_date_is_read_in_the_languages_of_the_interfaces_and_never_made_up(written, read):
    assert when(written) == read


FRENCH = "Le conseil de la ville a voté le budget dans la nuit, et la séance a repris à midi."


@pytest.mark.parametrize(
    ("fields", "paragraphs", "flags"),
    [
        ({"date": "2024-11-06", "title": "Vote"}, [FRENCH], []),
        ({"date": "bientôt", "title": "Vote"}, [FRENCH], ["no_date"]),
        ({"date": "2024"}, [FRENCH], ["no_title"]),
        ({"date": "2024", "title": "Vote", "words_told": "50"}, [FRENCH], ["fewer_words_than_told"]),
        ({"date": "2024", "title": "Vote", "words_told": "36"}, [FRENCH], []),
        ({"date": "2024", "title": "Vote"}, ["Vote", FRENCH], ["title_repeated_in_text"]),
        ({"date": "2024", "title": "Vote"}, ["The council voted its budget in the night. " * 4], ["not_french"]),
        ({"date": "2024", "title": "Vote"}, ["Votes: 12"], []),
    ],
)  # fmt: skip
def test_what_a_reader_should_know_is_a_flag(fields, paragraphs, flags):
    article = finish(Article(fields, paragraphs=list(paragraphs)))
    assert article.flags == flags
    assert not article.left_out
    assert article.fields.get("date_given") == ("bientôt" if "no_date" in flags else None)


def test_an_article_without_words_is_left_out():
    assert finish(Article({"title": "Carte"}, paragraphs=["…"])).left_out == "no text"


def test_words_are_counted_as_databases_do():
    assert words_of(["L'eau, aujourd’hui", "porte-à-faux 3,5 !"]) == 5


@pytest.mark.parametrize("row", rows_of("forms.csv", beside), ids=lambda row: row["kind"])
def test_a_form_finds_its_example(row):
    known = {kind: form.pattern for kind, form in FORMS.items()}
    pattern = filled(row["pattern"], known)
    if row["kind"] == "breaks":  # signs, as they stand within a pattern
        pattern = f"[{pattern}]"
    # Signs that are not seen are written as Python does.
    example = row["example"].encode("latin-1", "backslashreplace").decode("unicode_escape")
    assert re.search(pattern, example)
    assert row["reason"]
