"""Dates in running text and in headers, and what a day of the week may mean."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.dates import find_dates, read_date, weekday_candidates


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
