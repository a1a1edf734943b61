"""The figures of speakers, names and reprints show the numbers of their tables."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import plot, read, voices

SPEAKERS = pd.DataFrame(
    {
        "part": "all",
        "source_name": ["Awa $ <b>", "maire", None],
        "category": ["expert", "executive", "unclassified"],
        "direct": [2, 0, 9],
        "indirect": [1, 3, 9],
        "according_to": [0, 1, 9],
        "texts": [4, 2, 8],
    }
)
NAMES = pd.DataFrame(
    {
        "part": ["2023", "2023", "2024"],
        "name": ["Brest", "Awa Ndoye", "Brest"],
        "label": ["place", "person", "place"],
        "mentions": [3, 2, 4],
        "texts": [2, 1, 1],
    }
)
PRINTED = pd.DataFrame(
    {
        "chain": [1, 1, 1, 2, 2],
        "outlet": ["Agence", "Le Cap", "Le Cap", "Agence", None],
        "date": pd.to_datetime(["2024-03-02", "2024-03-02", "2024-03-04", None, None]),
        "kind": ["first", "identical", "edited", "first", "excerpt"],
        "similarity": [None, 1, 0.6, None, 0.9],
    }
)


def written(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_a_bar_for_each_kind_of_passage_never_one_on_the_other():
    axes = plot.speakers(SPEAKERS)
    bars = [(round(bar.get_x()), round(bar.get_width())) for bar in axes.patches]
    assert bars == [(0, 2), (0, 0), (0, 1), (0, 3), (0, 0), (0, 1)]
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert rows == [r"Awa \$ <b>, expert", "maire, executive"]
    assert written(axes) == ["4", "2", "texts"]
    nobody = plot.speakers(SPEAKERS.tail(1))
    assert written(nobody) == ["no speaker has a name"]


def test_the_words_of_each_kind_are_parts_of_one_bar_and_the_means_stand_beside():
    table = pd.DataFrame({"part": "Le Cap", "kind": ["direct", "indirect", "according_to", "none"]})
    table = table.assign(words=[10, 20, 0, 70], share=[0.1, 0.2, 0, 0.7])
    table = table.assign(macro=[0.2, 0.1, 0, 0.7], low=float("nan"), high=float("nan"))
    axes = plot.reported_speech(table)
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches]
    flat = [round(place) for bounds in ends for place in bounds]
    assert flat == [0, 10, 10, 30, 30, 30, 30, 100]
    means = [line.get_xdata()[0] for line in axes.lines if len(line.get_xdata()) == 1]
    assert means == pytest.approx([20, 10, 0])
    assert "95%" not in axes.get_xlabel()
    both = plot.reported_speech(table.assign(low=0.0, high=0.3))
    assert "line: 95%" in both.get_xlabel()
    two = pd.concat([table, table.assign(part="Le Fanal", share=[0.3, 0, 0, 0.7])])
    assert plot.reported_speech(two).get_title("left").endswith("Le Fanal, 30% of its words")


def test_names_are_bars_and_of_several_parts_marks():
    axes = plot.names(NAMES)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Brest L", "Awa Ndoye P"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2023", "2024"]
    assert written(axes) == ["3", "2", "4"]
    offsets = axes.collections[0].get_offsets().tolist()
    assert offsets == [[0, 0], [0, 1], [1, 0]]
    bars = plot.names(NAMES.head(2)).patches
    assert [bar.get_width() for bar in bars] == [3, 2]
    assert axes.get_title("left") == "Brest is named most: 7 times"


def test_a_name_that_is_mentioned_once_is_not_drawn():
    table = NAMES.assign(mentions=[1, 1, 1])
    assert [label.get_text() for label in plot.names(table).get_yticklabels()] == ["Brest L"]
    assert written(plot.names(table.head(2))) == ["no name is mentioned twice"]


def test_who_printed_whom_and_when():
    axes = plot.reprints(PRINTED)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2024-03-02", "no date"]
    outlets = [label.get_text() for label in axes.get_xticklabels()]
    assert outlets == ["Agence", "Le Cap", "no outlet"]
    assert [text for text in written(axes) if text] == ["same day", "+2 d"]
    places = [tuple(place) for line in axes.lines for place in line.get_xydata()]
    assert len(set(places)) == len(places) == len(PRINTED)
    assert axes.get_title("left") == "3 texts repeat others: 2 chains"


def test_an_empty_table_draws_its_reason(seed):
    nothing = seed.where(pd.Series(False, seed.documents.index, bool))
    assert written(plot.speakers(voices.speakers(nothing))) == ["no speaker"]
    assert written(plot.reported_speech(voices.reported_speech(nothing))) == ["no text"]
    assert written(plot.names(voices.names(nothing))) == ["no name"]
    assert written(plot.reprints(read.reprints(seed))) == ["no text repeats another"]


def test_a_dollar_in_the_name_of_a_part_is_written_as_it_is() -> None:
    table = pd.DataFrame({"part": ["5 $", "5 $", "L'Écho"], "name": ["Brest", "Nantes", "Brest"]})
    axes = plot.names(table.assign(label="place", mentions=[3, 2, 2], texts=1))
    assert [text.get_text() for text in axes.get_xticklabels()] == ["5 \\$", "L’Écho"]
