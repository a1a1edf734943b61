"""The panel of `show.explore` as an object; tests/browser turns its knobs in JupyterLab."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from threading import Event, Thread

import pandas as pd
import pytest

from helpers import open_corpus, show
from helpers.read import FICTION
from helpers.show import widgets


@pytest.fixture(scope="module")
def example():
    return open_corpus(FICTION, annotate=False)


@pytest.fixture
def panel(example):
    return show.explore(example, "phare")


def saved(panel) -> pd.DataFrame:
    """The CSV behind the link."""
    data = re.search(r'href="data:text/csv;base64,([^"]+)"', panel.said.value)[1]
    return pd.read_csv(BytesIO(base64.b64decode(data)))


def test_lines_are_paged_told_and_saved_with_their_dates_and_outlets(panel):
    assert len(panel.lines) > widgets.ON_A_PAGE
    assert f"{len(panel.lines)} lines in 161 texts" in panel.said.value
    assert len(saved(panel)) == len(panel.lines)
    assert {"date", "outlet", "left", "node", "right"} <= {*saved(panel)}
    first = panel.line.options
    panel.page.value = 2
    assert len(first) == widgets.ON_A_PAGE
    assert panel.line.options[0][1] == widgets.ON_A_PAGE
    # In every line, the word stands at the same place.
    assert {text.index("[") for text, _ in first} == {widgets.SIDE + 1}


def test_a_line_opens_its_text_with_its_hits_marked(panel):
    panel.line.index = 3
    doc = panel.lines.loc[3, "doc"]
    assert doc in panel.text.value
    assert panel.text.value.count("<strong") >= (panel.lines["doc"] == doc).sum()


def test_texts_are_chosen_by_outlet_month_and_query_and_are_the_corpus(panel):
    panel.outlet.value = "Le Fanal de Valombre"
    assert {*panel.corpus.documents["outlet"]} == {"Le Fanal de Valombre"}
    assert {*panel.lines["doc"]} <= {*panel.corpus.documents["doc"]}
    n = len(panel.corpus)
    panel.having.value = "grève"
    assert 0 < len(panel.corpus) < n
    panel.months.value = ("2024-01", "2024-06")
    assert panel.corpus.documents["month"].between("2024-01", "2024-06").all()
    panel.having.value, panel.outlet.value = "", widgets.ALL
    panel.months.index = (0, len(panel.months.options) - 1)
    assert len(panel.corpus) == 161


def test_a_query_that_no_text_holds_leaves_none_and_a_wrong_one_is_said(panel):
    panel.having.value = "baleine"
    assert len(panel.corpus) == len(panel.lines) == 0
    panel.having.value = "[lemma="
    assert len(panel.corpus) == 161
    assert "texts with: " in panel.said.value


def test_lines_are_sorted(panel):
    panel.sort.value = "outlet"
    assert panel.lines["outlet"].dropna().is_monotonic_increasing
    panel.sort.value = "right1"
    assert panel.page.value == 1


def test_what_is_wrong_with_a_query_is_said_and_nothing_of_it_is_markup(panel):
    panel.query.value = "[lemma=<b>"
    assert panel.said.value.count("▢") == 1
    assert "expected" in panel.said.value
    assert "<b>" not in panel.said.value
    assert panel.line.options == ()
    assert panel.text.value == ""


def test_words_are_drawn_through_time(panel):
    panel.words.value = "phare, port"
    assert 'alt="' in panel.curve.value
    panel.by.value = "outlet"
    assert 'alt="' in panel.curve.value
    panel.words.value = ""
    assert panel.curve.value == ""
    panel.words.value = "[lemma=<b>"
    assert panel.curve.value.startswith("▢")


def test_a_knob_that_overtakes_another_leaves_no_old_view(panel, monkeypatch):
    begun, may_end, concordance = Event(), Event(), widgets.count.concordance

    def slow(*given, **options):
        begun.set()
        may_end.wait(60)
        return concordance(*given, **options)

    def turn(value):
        thread = Thread(target=setattr, args=(panel.query, "value", value))
        thread.start()
        return thread

    monkeypatch.setattr(widgets.count, "concordance", slow)
    first = turn("mer")
    assert begun.wait(60)
    second = turn("jetée")
    second.join(1)
    may_end.set()
    for thread in (first, second):
        thread.join(60)
    assert {*panel.lines["node"].str.lower()} == {panel.query.value}


@pytest.mark.filterwarnings("ignore:where")
def test_a_corpus_without_a_text_or_a_date_is_explored_too(example, tmp_path):
    empty = show.explore(example.where([False] * len(example)), "phare")
    assert "0 lines in 0 texts" in empty.said.value
    (tmp_path / "rien.txt").write_text("Zut, alors !", "utf-8")
    one = show.explore(open_corpus(tmp_path, cache=tmp_path / "kept"), "zut")
    assert "1 line in 1 text" in one.said.value
