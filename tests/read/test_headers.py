"""What stands around a body: every variant of a header, each part optional, each with its offsets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.headers import read_layout

FIXTURES = Path(__file__).parent.parent / "fixtures"
MANIFEST = json.loads((FIXTURES / "thirty.json").read_text("utf-8"))


def read(text: str):
    """The fields and the body of a text in which ⏎ stands for a line end."""
    text = text.replace("⏎", "\n")
    layout = read_layout(text)
    assert all(text[field.start : field.end] == field.value for field in layout.fields)
    return [(field.field, field.value) for field in layout.fields], text[
        layout.body_start : layout.body_end
    ]


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        (" date 2024-11 Le corps.", [("date", "2024-11")], "Le corps."),
        (" date 2025-11-26 Le corps.", [("date", "2025-11-26")], "Le corps."),
        ("date : 2024 Le corps.", [("date", "2024")], "Le corps."),
        (" date 2021-01 Amina Berrada⏎⏎Le corps.", [("date", "2021-01"), ("byline", "Amina Berrada")], "Le corps."),
        (
            " date 2025-07 Par LeJournal avec MAP⏎⏎Le corps.⏎⏎La suite.⏎⏎S.L.",
            [("date", "2025-07"), ("byline", "LeJournal"), ("agency", "MAP"), ("signature", "S.L.")],
            "Le corps.⏎⏎La suite.",
        ),
        (
            " date 2022-09 UNE VISITE⏎⏎21/09/2022⏎⏎Le corps.",
            [("date", "2022-09"), ("title", "UNE VISITE"), ("date", "21/09/2022")],
            "Le corps.",
        ),
        (
            " date 2022-12 © Copyright : DR⏎⏎Rabat. Le corps.",
            [("date", "2022-12"), ("credit", "© Copyright : DR")],
            "Rabat. Le corps.",
        ),
        ("Le corps.", [], "Le corps."),
        (" date 2024-11 Le corps. (avec MAP)", [("date", "2024-11"), ("agency", "MAP")], "Le corps."),
        (" date 2024-11 Le corps. (MAP)⏎⏎A.B.", [("date", "2024-11"), ("agency", "MAP"), ("signature", "A.B.")], "Le corps."),
        (" date 2024-11 Le corps. S.L.", [("date", "2024-11"), ("signature", "S.L.")], "Le corps."),
        ("Qui vient ?⏎⏎21/09/2022⏎⏎Le corps.", [("title", "Qui vient ?"), ("date", "21/09/2022")], "Le corps."),
        ("Qui vient ?⏎⏎Le corps vient.", [], "Qui vient ?⏎⏎Le corps vient."),
        (" date 2024-11 Il vient.⏎⏎Le corps.", [("date", "2024-11")], "Il vient.⏎⏎Le corps."),
        (" date 2024-11 Une visite⏎⏎Le 21 septembre 2022 à 10h30⏎⏎Le corps.",
         [("date", "2024-11"), ("title", "Une visite"), ("date", "21 septembre 2022")], "Le corps."),
        (" date 2024-11", [("date", "2024-11")], ""),
        ("", [], ""),
        (" ⏎⏎ ", [], ""),
    ],
)  # fmt: skip
def test_variants_of_header_and_closing(text, fields, body):
    assert read(text) == (fields, body.replace("⏎", "\n"))


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_every_line_end_parts_the_blocks(ending):
    fields, body = read(" date 2021-01 Amina Berrada⏎⏎Le corps.⏎⏎S.L.".replace("⏎", ending))
    assert [name for name, _ in fields] == ["date", "byline", "signature"]
    assert body == "Le corps."


def test_a_date_that_the_calendar_does_not_have_is_a_problem():
    layout = read_layout(" date 2024-13 Le corps.")
    assert layout.date is None
    assert [(kind, start, end) for kind, _, start, end in layout.problems] == [("bad_date", 6, 13)]


def test_two_dates_that_contradict_each_other_are_a_problem_and_the_more_precise_one_counts():
    layout = read_layout(" date 2022-09 UNE VISITE\n\n21/10/2022\n\nLe corps.")
    assert layout.date_written == "21/10/2022"
    assert [kind for kind, *_ in layout.problems] == ["bad_date"]


@pytest.mark.parametrize("case", MANIFEST, ids=lambda case: case["file"][:3])
def test_the_thirty_fictional_texts(case):
    layout = read_layout((FIXTURES / "thirty" / case["file"]).read_bytes().decode(case["encoding"]))
    found = {field.field: field.value for field in reversed(layout.fields)} | {
        "date": layout.date_written
    }
    expected = ("date", "title", "byline", "agency", "credit", "signature")
    assert {name: found.get(name) for name in expected} == {name: case[name] for name in expected}
    assert (layout.date.precision if layout.date else None) == case["precision"]
    assert layout.problems == []


@pytest.mark.parametrize(
    "title", ["VISITE OFFICIELLE AU MAROC", "COOPÉRATION SÉCURITAIRE", "SOMMET ARABE À RABAT"]
)
def test_a_line_of_capitals_is_a_title_and_no_name(title):
    layout = read_layout(f" date 2022-09 {title}\n\n21/09/2022\n\nLe corps.")
    assert [(field.field, field.value) for field in layout.fields][1] == ("title", title)


@given(st.text(alphabet="Aaé .,:?!()©\n\r-/0129dateParMAPS") | st.text())
def test_nothing_is_lost_of_any_text(text):
    layout = read_layout(text)
    assert 0 <= layout.body_start <= layout.body_end <= len(text)
    outside = text[: layout.body_start] + text[layout.body_end :]
    known = sum(len(field.value) for field in layout.fields)
    assert len(outside) >= known
    assert all(text[field.start : field.end] == field.value for field in layout.fields)
    if not layout.fields:
        assert not outside.strip()
