"""Word lists are read as spreadsheets write them; what cannot be read is said with its line."""

from __future__ import annotations

import pytest

from helpers.read.lexicons import COLUMNS, HERE, digest, forms, lexicon


@pytest.mark.parametrize("name", COLUMNS)
def test_our_lists_are_read_without_a_problem(name):
    rows, places, problems = lexicon(name)
    assert problems == []
    assert list(rows.columns) == list(COLUMNS[name])
    assert len(rows) > 4
    assert len(places) == len(rows)
    assert not rows.duplicated().any()


def test_there_is_no_list_that_nobody_reads():
    assert {path.stem for path in HERE.glob("*.csv")} == set(COLUMNS)


@pytest.mark.parametrize(
    ("content", "rows", "lines"),
    [
        ("label,form,name,country\nplace,Fès,,MA\n", 1, []),
        ("\ufefflabel;form\r\nplace;Fès\r\n", 1, []),
        ("label\tform\nplace\tFès\n\nplace\n", 1, [4]),
        ("label,form\nplace,Fès,a,b,c,d\n", 0, [2]),
        ("a,b\n1,2\n", 0, [1]),
        ("", 0, [1]),
        (b"label,form\nplace,F\xe8s\n", 0, [0]),
    ],
)
def test_a_researchers_list_extends_ours(tmp_path, word_lists, content, rows, lines):
    ours = len(lexicon("gazetteer").rows)
    (tmp_path / "gazetteer.csv").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    word_lists(tmp_path)
    found = lexicon("gazetteer")
    assert len(found.rows) == ours + rows
    assert [line for _, line, _ in found.problems] == lines
    assert all(file == "gazetteer.csv" for file, _, _ in found.problems)


def test_another_row_is_another_digest(tmp_path, word_lists):
    before = digest()
    (tmp_path / "roles.csv").write_text("form\narchiduc\n", "utf-8")
    word_lists(tmp_path)
    assert digest() != before


def test_function_words_are_types():
    known = forms("function_words")
    assert {"le", "l'", "qu'", "de", "et", "est", "-t-il"} <= known
    assert not {"sécurité", "ministre", "lundi"} & known
    assert all(word == word.lower() and "’" not in word for word in known)
