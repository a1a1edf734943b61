"""What stands around a body: every variant of a header, each part optional, each with its offsets."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.headers import read_layout
from helpers.read.lines import PARTS, forms, read_line

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
        (" date 2021-01 Ludivine d’Orves⏎⏎Le corps.", [("date", "2021-01"), ("byline", "Ludivine d’Orves")], "Le corps."),
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
    "title",
    [
        "VISITE OFFICIELLE AU MAROC",
        "COOPÉRATION SÉCURITAIRE",
        "SOMMET ARABE À RABAT",
        "TROIS HOMMES ARRÊTÉS LE 6 MARS 2024",
    ],
)
def test_a_line_of_capitals_is_a_title_and_no_name(title):
    layout = read_layout(f" date 2022-09 {title}\n\n21/09/2022\n\nLe corps.")
    assert [(field.field, field.value) for field in layout.fields][1] == ("title", title)


def kinds(text: str) -> list[str]:
    return [kind for kind, *_ in read_layout(text.replace("⏎", "\n")).problems]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Date : 5 novembre 2024⏎⏎§", [("date", "5 novembre 2024")]),
        ("Date : 5 novembre 2024 §", [("date", "5 novembre 2024")]),
        ("\ufeffdate 2024-11-05 §", [("date", "2024-11-05")]),
        ("6 de\u0301cembre 2024⏎⏎§", [("date", "6 de\u0301cembre 2024")]),
        ("Publie\u0301 le 6 novembre 2024⏎⏎§", [("date", "6 novembre 2024")]),
        ("Mis à jour le 7 novembre 2024 à 8h00⏎⏎§", [("updated", "7 novembre 2024")]),
        ("§⏎⏎(c) 2024 Le Journal Fictif. Tous droits réservés.", [("credit", "(c) 2024 Le Journal Fictif. Tous droits réservés.")]),
        ("§ © Le Fanal", [("credit", "© Le Fanal")]),
        ("§⏎⏎(c) AFP", [("credit", "(c) AFP")]),
        ("Genève (awp/ats) - §", [("place", "Genève"), ("agency", "awp/ats")]),
        ("AFP/VNK⏎⏎§", [("agency", "AFP")]),
        ("Mona Kervella - 06/11/2024⏎⏎§", [("byline", "Mona Kervella"), ("date", "06/11/2024")]),
        ("Paru le 6 novembre 2024 dans Le Fanal⏎⏎§", [("date", "6 novembre 2024"), ("outlet", "Le Fanal")]),
        ("De notre envoyé spécial à Gao, Karim Tazi⏎§", [("role", "notre envoyé spécial"), ("place", "Gao"), ("byline", "Karim Tazi")]),
        ("§⏎⏎Amina Berrada⏎⏎Karim Tazi⏎⏎Sana Fassi", [("signature", name) for name in ("Amina Berrada", "Karim Tazi", "Sana Fassi")]),
        (" date 2024-11 RABAT, 6 nov (MAP) – §", [("date", "2024-11"), ("place", "RABAT"), ("date", "6 nov"), ("agency", "MAP")]),
        ("Rabat - 6 novembre 2024⏎⏎§", [("place", "Rabat"), ("date", "6 novembre 2024")]),
        ("6 novembre 2024 / Rabat⏎⏎§", [("date", "6 novembre 2024"), ("place", "Rabat")]),
        ("Culture - 6 novembre 2024⏎⏎§", [("section", "Culture"), ("date", "6 novembre 2024")]),
        ("Le Fanal | 6 novembre 2024 | p. 12⏎⏎§", [("outlet", "Le Fanal"), ("date", "6 novembre 2024"), ("page", "p. 12")]),
        ("Le Soir, no. 123, mercredi 6 novembre 2024, p. 5⏎⏎§", [("outlet", "Le Soir"), ("number", "no. 123"), ("date", "mercredi 6 novembre 2024"), ("page", "p. 5")]),
        ("• 6 novembre 2024⏎⏎§", [("date", "6 novembre 2024")]),
        ("⏱ Publié le 6 novembre 2024⏎⏎§", [("date", "6 novembre 2024")]),
        ("— 6 novembre 2024 —⏎⏎§", [("date", "6 novembre 2024")]),
        ("\u200e6 novembre 2024\u200e⏎⏎§", [("date", "6 novembre 2024")]),
        ("\u200bdate 2024-11-05 §", [("date", "2024-11-05")]),
        ("\u200bPar Mona Kervella\u200b⏎⏎§", [("byline", "Mona Kervella")]),
        ("date=2024-11-06⏎⏎§", [("date", "2024-11-06")]),
        ("OUAGADOUGOU, 6 nov. 2024 (AIB) – §", [("place", "OUAGADOUGOU"), ("date", "6 nov. 2024"), ("agency", "AIB")]),
        ("Libreville, Gabon (AGP) – §", [("place", "Libreville, Gabon"), ("agency", "AGP")]),
        ("Kinshasa, 6 novembre 2024 (ACP).- §", [("place", "Kinshasa"), ("date", "6 novembre 2024"), ("agency", "ACP")]),
        ("Rabat 6 novembre 2024 (MAP) — §", [("place", "Rabat"), ("date", "6 novembre 2024"), ("agency", "MAP")]),
        ("Tunis/TAP/ §", [("place", "Tunis"), ("agency", "TAP")]),
        ("Mona Kervella | Le Soir⏎⏎§", [("byline", "Mona Kervella"), ("outlet", "Le Soir")]),
        ("By Mona Kervella⏎⏎§", [("byline", "Mona Kervella")]),
        ("Reportage de Mona Kervella⏎⏎§", [("byline", "Mona Kervella")]),
        ("Par Mona Kervella avec Yann Tanguy⏎⏎§", [("byline", "Mona Kervella avec Yann Tanguy")]),
        ("Par Mona Kervella avec agences⏎⏎§", [("byline", "Mona Kervella"), ("agency", "agences")]),
        ("Par Mona Kervella, envoyée spéciale à Valombre⏎§", [("byline", "Mona Kervella"), ("role", "envoyée spéciale"), ("place", "Valombre")]),
    ],
)  # fmt: skip
def test_lines_of_newspapers_are_fields(text, fields):
    body = "Le phare est rallumé."
    assert read(text.replace("§", body)) == (fields, body)
    assert kinds(text.replace("§", body)) == []


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("PUBLIÉ LE 06/11/2024", [("date", "06/11/2024")]),
        ("PUBLIÉ LE 06/11/2024 PAR MONA KERVELLA", [("date", "06/11/2024"), ("byline", "MONA KERVELLA")]),
        ("MIS À JOUR LE 06/11/2024 À 10H05", [("updated", "06/11/2024")]),
        ("MIS A JOUR LE 3 FEVRIER 2024", [("updated", "3 FEVRIER 2024")]),
        ("DATE DE PUBLICATION : LE 6 NOVEMBRE 2024", [("date", "6 NOVEMBRE 2024")]),
        ("CASABLANCA LE 6/11/2024", [("place", "CASABLANCA"), ("date", "6/11/2024")]),
        ("SIDI BOUZID, LE 6 NOVEMBRE 2024", [("place", "SIDI BOUZID"), ("date", "6 NOVEMBRE 2024")]),
        ("FAIT À RABAT, LE 6 NOVEMBRE 2024", [("place", "RABAT"), ("date", "6 NOVEMBRE 2024")]),
        ("A Rabat, le 6 novembre 2024", [("place", "Rabat"), ("date", "6 novembre 2024")]),
        ("PAR MONA KERVELLA ET YANN LE BIHAN AVEC AFP", [("byline", "MONA KERVELLA ET YANN LE BIHAN"), ("agency", "AFP")]),
        ("DE NOTRE ENVOYÉ SPÉCIAL À GAO, YANN TANGUY", [("role", "NOTRE ENVOYÉ SPÉCIAL"), ("place", "GAO"), ("byline", "YANN TANGUY")]),
        ("PAR LA RÉDACTION", [("byline", "LA RÉDACTION")]),
        ("LE SOIR, 6 MARS 2024", [("outlet", "LE SOIR"), ("date", "6 MARS 2024")]),
        ("Mis à jour le 3 février 2024", [("updated", "3 février 2024")]),
        ("À Évreux, le 3 août 2024", [("place", "Évreux"), ("date", "3 août 2024")]),
        ("Envoyée spéciale à Évreux, Zoé Lemaître", [("role", "Envoyée spéciale"), ("place", "Évreux"), ("byline", "Zoé Lemaître")]),
        ("L’Écho de Fès, 6 août 2024", [("outlet", "L’Écho de Fès"), ("date", "6 août 2024")]),
        ("Réservé aux abonnés", [("access", "Réservé aux abonnés")]),
    ],
)  # fmt: skip
def test_a_line_is_the_same_in_capitals_and_with_decomposed_accents(line, fields):
    for form in ("NFC", "NFD"):
        text, *values = (
            unicodedata.normalize(form, part) for part in (line, *(value for _, value in fields))
        )
        expected = [(name, value) for (name, _), value in zip(fields, values, strict=True)]
        assert read(f"{text}⏎⏎Le phare est rallumé.") == (expected, "Le phare est rallumé.")


@pytest.mark.parametrize(
    "text",
    [
        "LE PHARE EST RALLUMÉ LE 6 NOVEMBRE 2024.⏎⏎Il brille.",
        "A Rabat, le phare est rallumé.⏎⏎Il brille.",
        "Mona Kervella a rallumé le phare.⏎⏎Il brille.",
        "RABAT LE RESTE AUSSI. Le phare brille.",
        "La rédaction de la loi dure.⏎⏎Elle est longue.",
        "Karim Tazi (PJD) – Le député est venu.⏎⏎Il parle.",
        "Rabat (PJD) est fière.⏎⏎Elle brille.",
        "– Le 6 novembre, dit-elle, il pleuvait.⏎⏎Elle rit.",
        "• Rabat⏎• Fès⏎• Salé, où le phare brille.",
        "• Mona Kervella⏎⏎Le phare est rallumé.",
        "Reportage de longue haleine.⏎⏎Il dure.",
        "Page 12 novembre commence.⏎⏎Il dure.",
        "Paris/Rabat : la ligne est ouverte.⏎⏎Elle dure.",
    ],
)
def test_a_sentence_is_no_line_of_a_header(text):
    assert read(text) == ([], text.replace("⏎", "\n"))


@pytest.mark.parametrize(
    "title",
    ["Bank Al-Maghrib", "Union Africaine", "LE PHARE RALLUMÉ", "Karim Tazi", "Le phare rallumé"],
)
def test_a_title_that_nothing_confirms_is_told(title):
    for gap in ("⏎⏎", "⏎"):
        text = f"{title}{gap}Le phare est rallumé ce soir.⏎Il brille."
        assert read(text)[0] == [("title", title)]
        assert kinds(text) == ["header"]
    assert kinds(f" date 2024-11 {title}⏎⏎6 novembre 2024⏎⏎Le phare est rallumé.") == []


def test_a_line_below_the_first_sentence_is_a_field_that_is_counted_and_told():
    text = "Le phare rallumé⏎⏎Il brille depuis hier.⏎⏎Par Mona Kervella⏎Publié le 6 novembre 2024⏎⏎Le port est content."
    fields, body = read(text)
    assert fields == [
        ("title", "Le phare rallumé"),
        ("byline", "Mona Kervella"),
        ("date", "6 novembre 2024"),
    ]
    assert body.startswith("Il brille")
    assert kinds(text) == ["header", "header"]


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 6 brumaire an XIII",
        "Mis à jour hier soir",
        "De notre correspondant au long cours sur la mer",
        "Date : à venir",
        "Par Mona Kervella ; photos d'archives",
    ],
)
def test_a_line_that_is_not_understood_is_told_and_counted(line):
    text = f"{line}⏎⏎Le phare est rallumé."
    assert read(text) == ([], text.replace("⏎", "\n"))
    assert kinds(text) == ["header"]


@pytest.mark.parametrize(
    "text",
    [
        "Rabat, le 6 novembre 2024. La mer est haute.⏎⏎Le phare brille.",
        "Rabat, le 6 novembre 2024 : La mer est haute.",
        "6 novembre 2024 La mer est haute.",
    ],
)
def test_a_day_that_begins_a_text_stays_in_it_and_dates_it(text):
    fields, body = read(text)
    assert fields[-1] == ("date", "6 novembre 2024")
    assert body == text.replace("⏎", "\n")
    assert kinds(text) == ["header"]


@pytest.mark.parametrize(("kind", "pattern", "example"), forms(), ids=lambda value: str(value)[:30])
def test_each_form_has_an_example_that_it_reads(kind, pattern, example):
    if kind in ("ending", "header", "no_name"):
        assert pattern.search(example)
    elif kind in {*PARTS} - {"role"} and example[-6:] not in ("vec AFP", " (MAP)"):
        *_, last = read_line(example)
        assert last.end == len(example)
    else:
        assert pattern.match(example)


HEADERS = [example for kind, _, example in forms() if kind in PARTS and kind != "role"]


@given(
    st.lists(st.sampled_from(HEADERS), max_size=4),
    st.sampled_from(["⏎", "⏎⏎", "⏎ ⏎⏎"]),
    st.lists(st.sampled_from(["Le phare de Valombre brille enfin.", "Il pleut, dit-elle, « à verse ».", "Par ailleurs, le port dort."]), min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n", "\r"]),
)  # fmt: skip
def test_whatever_stands_above_it_no_body_loses_a_character(header, gap, body, ending):
    parts = [line.replace("⏎", ending) for line in (gap.join([*header, ""]), gap.join(body))]
    layout = read_layout("".join(parts))
    assert layout.body_start <= len(parts[0])
    assert layout.body_end == len("".join(parts))


@given(st.text(alphabet="Aaé .,:?!()©\n\r-/0129dateParMAPS") | st.text())
def test_nothing_is_lost_of_any_text(text):
    """Header, body and closing make the text; a field that stands in the body is told as such."""
    layout = read_layout(text)
    assert 0 <= layout.body_start <= layout.body_end <= len(text)
    outside = text[: layout.body_start] + text[layout.body_end :]
    assert all(text[field.start : field.end] == field.value for field in layout.fields)
    told = [(start, end) for kind, _, start, end in layout.problems if kind == "header"]
    inside = [
        field for field in layout.fields if layout.body_start <= field.start < layout.body_end
    ]
    assert all(any(a <= field.start and field.end <= b for a, b in told) for field in inside)
    known = sum(len(field.value) for field in layout.fields if field not in inside)
    assert len(outside) >= known
    if len(layout.fields) == len(inside):
        assert not outside.strip()
