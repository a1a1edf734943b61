"""Broken tables and texts from a researcher's hand: word lists, metadata.csv, dates, words."""

from __future__ import annotations

import os
import random
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import MUTATIONS, STRESS

from helpers import open_corpus
from helpers.count import theme_hits
from helpers.read.corpus import SEEDS
from helpers.read.dates import find_dates, possible_days, read_date
from helpers.read.french import normalise, syllables, token_kind, word_type
from helpers.read.lexicons import COLUMNS, HERE, lexicon
from helpers.read.metadata import join_metadata
from helpers.read.tables import DOCUMENTS, table
from helpers.voices import attributions, events
from helpers.voices.institutions import acronyms
from helpers.voices.people import office_words

CELLS = [
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    '"',
    "'",
    " ",
    "",
    "se",
    "l'",
    "NOUN",
    "VERB",
    "1",
    "²",
    "-",
    "(",
]
CELLS += [
    "[",
    "*",
    "\\",
    "person",
    "place",
    "phrase",
    "é",
    "e\u0301",
    "\u2028",
    "\u200b",
    "\ufeff",
    "🙂",
    "\0",
]
CELLS += [
    "doc",
    "file",
    "a",
    "a.txt",
    "date",
    "text",
    "NA",
    "nan",
    "1e999",
    "9" * 400,
    "2024-01-01",
    "True",
]
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]


def cells(chance: random.Random, n: int) -> str:
    return "".join(chance.choice(CELLS) for _ in range(n))


@pytest.fixture
def own(tmp_path, word_lists):
    """Word lists of one's own, each with the rows or bytes that are given for it."""

    def make(**contents: str | bytes) -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, content in contents.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(data)
        word_lists(folder)

    return make


@pytest.mark.parametrize("name", COLUMNS)
def test_any_bytes_are_a_word_list_or_problems(own, name):
    ours = len(lexicon(name).rows)
    lines = (HERE / f"{name}.csv").read_text("utf-8").splitlines()
    for number in range(MUTATIONS // 10):
        chance = random.Random(number)
        rows = [lines[0], *chance.choices(lines, k=5)]
        rows += [cells(chance, chance.randint(1, 12)) for _ in range(chance.randint(0, 5))]
        text = "\n".join(rows)
        at = chance.randrange(len(text))
        text = text[:at] + cells(chance, chance.randint(0, 2)) + text[at + chance.randint(0, 3) :]
        own(**{name: text.encode(chance.choice(ENCODINGS), "replace")})
        found = lexicon(name)
        assert len(found.rows) >= ours
        assert len(found.places) == len(found.rows)
        for file, line, message in found.problems:
            assert file == f"{name}.csv"
            assert 0 <= line <= text.count("\n") + text.count("\r") + 1
            assert message


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("gazetteer", "label,form\nlieu,Fès\n", "it may be person, organisation, place"),
        ("speakers", "noun,kind\nkiosque,chose\n", "it may be person, body, document"),
        ("speech", "entry,class\ndire,verbe\n", "it may be nominal"),
        ("speech", "entry,class\nse,phrase\n", "no verb after se"),
        ("speech", "entry,class\nsouligner,phrase\n", "phrase of one word"),
        ("events", "entry,kind,host,guest\nse,meeting,before,avec\n", "no verb after se"),
        ("syllables", "word,syllables\nmot,un\n", "write their number"),
        ("syllables", f"word,syllables\nmot,{'9' * 30}\n", "write their number"),
        ("roles", 'form\n"archiduc\n', "close the quotes"),
        ("roles", f"form\n{'x' * 200_000}\n", "close the quotes"),
    ],
)
def test_a_row_that_no_rule_could_use_is_a_problem(own, name, row, message):
    ours = len(lexicon(name).rows)
    own(**{name: row})
    found = lexicon(name)
    assert len(found.rows) == ours
    assert [message in problem for _, _, problem in found.problems] == [True]
    assert {line for _, line, _ in found.problems} <= {2, 3}


def test_a_row_after_a_broken_one_is_read(own):
    own(roles='form\n"archi"duc\nvizir\n')
    found = lexicon("roles")
    assert found.rows["form"].iloc[-1] == "vizir"
    assert [line for _, line, _ in found.problems] == [2]


def test_what_is_no_file_is_no_word_list(tmp_path, word_lists):
    (tmp_path / "roles.csv").mkdir()
    os.mkfifo(tmp_path / "agencies.csv")
    (tmp_path / "themes.csv").symlink_to(tmp_path / "nowhere")
    word_lists(tmp_path)
    for name in ("roles", "agencies", "themes"):
        assert ["is no file" in message for _, _, message in lexicon(name).problems] == [True]


@pytest.mark.parametrize("number", range(STRESS // 2000 or 1))
def test_the_verbs_work_with_whatever_rows_are_left(own, tmp_path, number):
    chance = random.Random(number)
    contents = {}
    for name, columns in COLUMNS.items():
        lines = (HERE / f"{name}.csv").read_text("utf-8").splitlines()
        pool = [cell for line in lines[1:] for cell in line.split(",")] + CELLS
        rows = [",".join(chance.choice(pool) for _ in columns) for _ in range(200)]
        contents[name] = "\n".join([lines[0], *rows])
    own(**contents)
    corpus = open_corpus(SEEDS, cache=tmp_path / "kept")
    assert (corpus.issues["kind"] == "lexicon").sum() > 100
    theme_hits(corpus.tokens)
    attributions(corpus)
    events(corpus)
    lexicon("syllables").rows.astype({"syllables": "int64"})


@pytest.fixture
def documents():
    rows = [
        {"doc": doc, "file": f"{doc}.txt", "text": "x", "body_start": 0, "body_end": 1}
        for doc in "abé"
    ]
    return table(rows, DOCUMENTS)


def test_any_bytes_are_metadata_or_issues(documents, tmp_path):
    path = tmp_path / "metadata.csv"
    for number in range(MUTATIONS // 2):
        chance = random.Random(number)
        start = chance.choice(["", "doc,", "doc,journal\n", "file;x\n", "doc,x,y\na,1,2\n"])
        text = start + cells(chance, chance.randint(0, 25))
        path.write_bytes(text.encode(chance.choice(ENCODINGS), "replace"))
        issues = []
        joined = join_metadata(documents, path, issues)
        pd.testing.assert_frame_equal(joined[list(DOCUMENTS)], documents)
        assert joined.columns.is_unique
        assert all(issue["message"].startswith("metadata.csv ") for issue in issues)
        assert len(joined.columns) > len(DOCUMENTS) or issues or start.count(",") < 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("doc,x\na,1,2\nb,3,4\n", "more cells than its first line"),
        ("doc,x\na,1\nb,3,4\n", "Expected 2 fields in line 3"),
        ("doc,x\n,1\na,2\n", "1 rows without a doc"),
        ('doc,x\na,"1\n', "EOF inside string"),
    ],
)
def test_rows_of_metadata_that_do_not_fit_are_said(documents, tmp_path, content, message):
    (tmp_path / "metadata.csv").write_text(content, "utf-8")
    issues = []
    join_metadata(documents, tmp_path / "metadata.csv", issues)
    assert [message in issue["message"] for issue in issues] == [True]


def test_metadata_that_is_no_file_is_an_issue(documents, tmp_path):
    for name, make in {
        "tube": os.mkfifo,
        "dossier": os.mkdir,
        "lien": lambda p: p.symlink_to(p),
    }.items():
        path = tmp_path / name
        make(path)
        issues = []
        assert join_metadata(documents, path, issues).equals(documents)
        assert ["is no file" in issue["message"] for issue in issues] == [True]


PIECES = [
    "1er",
    "31",
    "0",
    "2024",
    "9999",
    "mars",
    "lundi",
    "févr.",
    "dernier",
    "du",
    "au",
    "-",
    "/",
    ".",
    ",",
]
PIECES += [
    " ",
    " ",
    "\u00a0",
    "\n",
    "II",
    "٣",
    "²",
    "février",
    "30",
    "29",
    "1500",
    "€",
    "M",
    "janvier",
]
written = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=8).map("".join)


@settings(max_examples=MUTATIONS)
@given(written)
def test_any_text_has_dates_of_the_calendar_or_none(text):
    for start, end, name in find_dates(text):
        assert 0 <= start < end <= len(text)
        assert name
    span = read_date(text)
    assert span is None or date(1, 1, 1) <= span.first <= span.last
    days = possible_days(text, pd.Timestamp("2024-02-01"), pd.Timestamp("2024-02-29"))
    assert all(date.fromisoformat(day) for day in days.date_candidates)


@settings(max_examples=MUTATIONS)
@given(st.text(min_size=1) | written.filter(bool))
def test_any_word_has_a_type_a_kind_and_syllables(word):
    assert token_kind(word) in {"word", "number", "punct", "symbol"}
    assert word_type(word_type(word)) == word_type(word)
    assert syllables(word) >= (not normalise(word).endswith("'"))
    acronyms(f"{word} ({word.upper()})")
    office_words(f"{word} ({word})")
