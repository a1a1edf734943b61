"""Dates in running text and in headers, and what a day of the week may mean."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.dates import date_of_name, find_dates, read_date, weekday_candidates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lundi 21 novembre 2022", ["2022-11-21"]),
        ("le 1er mars 2024 et le 3 mai", ["2024-03-01", "3 mai"]),
        ("du 3 au 5 mars 2024", ["3 au 5 mars 2024"]),
        ("le 21/09/2022, le 04.11.2024", ["2022-09-21", "2024-11-04"]),
        ("en septembre 2023, en 2019, en novembre", ["2023-09", "2019", "novembre"]),
        ("lundi, mardi dernier", ["lundi", "mardi dernier"]),
        ("la planète Mars et le mois de mai", []),
        ("2000 personnes, 1 500 €, 2 novembres", []),
        ("le 31 février 2024, 2024-13", []),
        ("LUNDI 4 NOVEMBRE 2024", ["2024-11-04"]),
        ("lundi\u00a04\u00a0novembre 2024", ["2024-11-04"]),
        (
            "le 6 aout 2024, le 3 FEVRIER 2023, le 6 de\u0301cembre 2024",
            ["2024-08-06", "2023-02-03", "2024-12-06"],
        ),
        ("le 2024/11/06, le 06/11/24, mer. 06/11/2024", ["2024-11-06", "2024-11-06", "2024-11-06"]),
        ("Sur 10 sept sont venus en 2010/11", ["2010"]),
        ("le 6 novembre 24 personnes, 20249999 €", ["6 novembre"]),
        ("May et March sont là, le Jan 6, 202", []),
        ("le 5 may, 3 june et 12 july, le 5 May 2024", ["2024-05-05"]),
        ("le premier novembre 2024, le premier mai", ["2024-11-01", "premier mai"]),
        (
            "en automne 2024, à l’été 2023, l’hiver 2023-2024, un printemps",
            [
                "automne 2024",
                "été 2023",
                "hiver 2023-2024",
            ],
        ),
        ("en 1998-1999, de 2023–2024", ["1998-1999", "2023–2024"]),
        ("à la mi-novembre 2024, à la mi-octobre", ["2024-11", "mi-octobre"]),
        ("du 30 novembre au 1er décembre 2024", ["30 novembre au 1er décembre 2024"]),
        ("le 1er mars 2024 et 3 mai 2024", ["2024-03-01", "2024-05-03"]),
    ],
)
def test_dates_in_running_text(text, names):
    assert [name for _, _, name in find_dates(text)] == names


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("septembre 2023", "2023-09-01", "2023-09-30", "month"),
        ("2025-11-26", "2025-11-26", "2025-11-26", "day"),
        ("21/09/2022", "2022-09-21", "2022-09-21", "day"),
        ("Mercredi 21 septembre 2022", "2022-09-21", "2022-09-21", "day"),
        ("Mercredi, 6 novembre 2024", "2024-11-06", "2024-11-06", "day"),
        ("5 et 6 novembre 2024", "2024-11-05", "2024-11-06", "day"),
        ("samedi 9 et dimanche 10 novembre 2024", "2024-11-09", "2024-11-10", "day"),
        ("3 au 5 mars 2024", "2024-03-03", "2024-03-05", "day"),
        ("Automne 2024", "2024-09-01", "2024-11-30", "month"),
        ("hiver 2024", "2023-12-01", "2024-02-29", "month"),
        ("6 aout 2024", "2024-08-06", "2024-08-06", "day"),
        ("6 de\u0301cembre 2024", "2024-12-06", "2024-12-06", "day"),
        ("FEVRIER 2023", "2023-02-01", "2023-02-28", "month"),
        ("12 sept 2024", "2024-09-12", "2024-09-12", "day"),
        ("1ᵉʳ juill. 2024", "2024-07-01", "2024-07-01", "day"),
        ("06/11/24", "2024-11-06", "2024-11-06", "day"),
        ("31/12/99", "1999-12-31", "1999-12-31", "day"),
        ("06 / 11 / 2024", "2024-11-06", "2024-11-06", "day"),
        ("2024/11/06", "2024-11-06", "2024-11-06", "day"),
        ("20241106", "2024-11-06", "2024-11-06", "day"),
        ("06-nov-2024", "2024-11-06", "2024-11-06", "day"),
        ("6-nov.-24", "2024-11-06", "2024-11-06", "day"),
        ("6 novembre 24", "2024-11-06", "2024-11-06", "day"),
        ("1° novembre 2024", "2024-11-01", "2024-11-01", "day"),
        ("Nov 6, 2024", "2024-11-06", "2024-11-06", "day"),
        ("6 November 2024", "2024-11-06", "2024-11-06", "day"),
        ("30 novembre et 1er décembre 2024", "2024-11-30", "2024-12-01", "day"),
        ("samedi 30 novembre - dimanche 1er décembre 2024", "2024-11-30", "2024-12-01", "day"),
        ("28 décembre 2024 au 3 janvier 2025", "2024-12-28", "2025-01-03", "day"),
        ("30 décembre au 2 janvier 2025", "2024-12-30", "2025-01-02", "day"),
        ("Novembre-décembre 2024", "2024-11-01", "2024-12-31", "month"),
        ("décembre 2024/janvier 2025", "2024-12-01", "2025-01-31", "month"),
    ],
)
def test_a_date_means_a_span_of_days(written, first, last, precision):
    span = read_date(written)
    assert (span.first.isoformat(), span.last.isoformat(), span.precision) == (
        first,
        last,
        precision,
    )


@pytest.mark.parametrize("written", ["2024-13", "2024-02-30", "lundi", "3 mai", "hier", ""])
def test_what_names_no_span_is_none(written):
    assert read_date(written) is None


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_every_day_is_found_again(day):
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    number = "1er" if day.day == 1 else str(day.day)
    text = f"Reçu le {number} {months[day.month - 1]} {day.year}, à Rabat."
    assert [name for _, _, name in find_dates(text)] == [day.isoformat()]
    assert read_date(f"{day:%d/%m/%Y}").first == day


@given(st.integers(1990, 2040), st.integers(1, 12), st.integers(0, 6))
def test_a_weekday_of_a_month_is_one_of_four_or_five_days(year, month, weekday):
    name = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][weekday]
    last = calendar.monthrange(year, month)[1]
    days = weekday_candidates(name, date(year, month, 1), date(year, month, last))
    assert 4 <= len(days) <= 5
    assert all(date.fromisoformat(day).weekday() == weekday for day in days)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("bourse_2024-01-15", "2024-01-15"),
        ("2024-03-12 Interview avec le maire", "2024-03-12"),
        ("20240115_phare", "2024-01-15"),
        ("phare-2024_01_15", "2024-01-15"),
        ("15-01-2024", "2024-01-15"),
        ("15_01_2024 phare", "2024-01-15"),
        ("le-fanal-6-novembre-2024", "2024-11-06"),
        ("fanal2024-11-06T10h05", "2024-11-06"),
        ("article-2024-01", "2024-01"),
        ("000001_db5be5ed42ad9458", ""),
        ("1999", ""),
        ("plan 2030", ""),
        ("2024-13-45", ""),
        ("2024-01-15_2024-01-20", ""),
    ],
)
def test_the_date_in_the_name_of_a_file(name, date):
    assert date_of_name(name) == date
