"""Every query comes to an end: an expression that can match a word in more ways than can be tried is
told, and every other one gives what Python's `re` gives.
"""

from __future__ import annotations

import pickle
import re
import threading
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.count import QueryError, query
from helpers.count.query import find
from tests.hostile import processor_time

# What repeats what repeats itself, in each of the ways in which one may write it.
ENDLESS = (
    "(a+)+b", "(a*)*b", "(a|a)*b", "(a|aa)+b", "([a-z]+)*b", r"(\w+-?)+s", r"(\w*\w*)*s", "(.*a){20}b",
    "(a?){30}a{30}b", "(?:a+){2,}b", "((a+)?)*b", "(a+)+[bc]", ".*.*.*.*.*.*.*.*.*xy", r"(?:\w+\s?)+z",
    "(?i:(A+)+)b", "(?=(a+)+b)a*",
)  # fmt: skip
WORDS = {"long": "a" * 60, "odd": "aé" * 40, "marks": "a-" * 40 + "a", "longer": "a" * 400}


def tokens(*words: str) -> pd.DataFrame:
    table = pd.DataFrame({"type": words, "form": words, "tok": range(len(words))})
    return table.assign(doc="a", par=1, sent=1, start=0, end=1, kind="word")


def asked(pattern: str, column: str) -> str:
    return f"[{column}=/{pattern}/]" if column != "type" else f"/{pattern}/"


TOLD = "comes to an end"


def answer(table: pd.DataFrame, asked: str) -> list[int] | str:
    """The rows that are found, or what is told of an expression that does not end."""
    try:
        return find(table, asked).rows.tolist()
    except QueryError as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "word"), [*product(ENDLESS, WORDS)])
def test_an_expression_ends_or_is_told(pattern, word, monkeypatch):
    monkeypatch.setattr(query, "LIMIT", 0.2)
    for column in ("type", "form"):
        with processor_time(5, pattern):
            found = answer(tokens("b", WORDS[word]), asked(pattern, column))
        assert found in ([], [0]) or TOLD in found


def test_what_does_not_end_is_told_at_its_place(monkeypatch):
    monkeypatch.setattr(query, "LIMIT", 0.1)
    with processor_time(5, "a query"), pytest.raises(QueryError) as told:
        find(tokens("le", "a" * 60), "le /(a|aa)+b/")
    assert told.value.character == 4
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)
    assert "(a|aa)+" in str(told.value)
    assert find(tokens("a" * 60), "/a+/").rows.tolist() == [0]


def test_a_query_in_another_thread_is_answered_or_told(monkeypatch):
    monkeypatch.setattr(query, "LIMIT", 0.1)
    table, found = tokens("ab", "c", "a" * 60), []
    for pattern in ("/a.*b/", "/(a|aa)+b/"):
        asking = threading.Thread(target=lambda asked=pattern: found.append(answer(table, asked)))
        asking.start()
        asking.join()
    assert found[0] == [0]
    assert TOLD in found[1]


@given(
    st.lists(
        st.sampled_from(["a", "b", ".", "(a|b)", "[ab]", "(a+)+", "a*", "b?", r"\w", "(.*)*"]),
        max_size=6,
    ),
    st.text("ab", max_size=24),
)
def test_an_expression_gives_what_python_gives(pieces, word):
    pattern = "".join(pieces)
    if not pattern or not word:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "LIMIT", 0.2)
        found = answer(tokens(word), f"[form=/{pattern}/]")
    assert TOLD in found or found == [0] * bool(re.fullmatch(pattern, word))
