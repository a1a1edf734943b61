"""Figures of time: what is drawn is what the tables say."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers import count, plot
from tests.tables import dated_tokens

MONTHS = ["2024-01", "2024-02", "2024-03", "2024-04"]


def written(axes: Axes) -> list[str]:
    axes.figure.savefig(BytesIO())
    return [text.get_text() for text in axes.texts if text.get_text()]


def calendar(**columns) -> pd.DataFrame:
    table = pd.DataFrame({"part": "all", "period": MONTHS, "texts": [4, 0, 2, 3], "words": 900})
    return table.assign(**{"reprints": [1, 0, 0, 0], "complete": True} | columns)


def test_a_calendar_has_a_bar_of_its_texts_and_a_cross_for_a_gap():
    axes = plot.calendar(calendar(complete=[True, True, True, False]))
    assert axes.get_title("left") == "9 texts in 3 of 4 months; 11% are reprints"
    whole, fresh, cut = axes.containers
    assert [bar.get_height() / whole[0].get_height() for bar in whole] == [1, 0, 0.5, 0.75]
    assert [bar.get_height() / whole[0].get_height() for bar in fresh] == [0.75, 0, 0.5, 0.75]
    assert [bar.get_x() + bar.get_width() / 2 for bar in cut] == [3]
    (cross,) = [line for line in axes.lines if line.get_marker() == "x"]
    assert cross.get_xdata().tolist() == [1]
    assert written(axes) == ["4", "2", "3"]


def test_texts_in_no_period_stand_apart():
    table = pd.concat([calendar(), calendar(period=None, complete=pd.NA).head(1)])
    axes = plot.calendar(table.astype({"period": "str", "complete": "boolean"}))
    assert [text.get_text() for text in axes.get_xticklabels()][-1] == "no\nperiod"
    assert axes.get_title("left").startswith("13 texts in 3 of 4 months")
    alone = plot.calendar(count.calendar(dated_tokens([(None, "A", "mot")])))
    assert alone.get_title("left") == "1 text"


def test_of_many_periods_only_the_bars_are_drawn():
    dates = pd.date_range("2024-01-01", "2024-03-31", freq="2D").strftime("%Y-%m-%d")
    table = count.calendar(dated_tokens([(day, "A", "mot") for day in dates]), period="day")
    axes = plot.calendar(table)
    assert written(axes) == []
    assert not [line for line in axes.lines if line.get_marker() == "x"]
    assert len(axes.get_xticklabels()) <= 9


def timeline(**columns) -> pd.DataFrame:
    table = pd.DataFrame({"query": "phare", "part": "all", "period": MONTHS})
    table = table.assign(share=[0.2, np.nan, 0.5, 0.1], per_million=[900.0, np.nan, 800, 100])
    ends = {"share_low": 0.05, "share_high": 0.8, "low": 50.0, "high": 2000.0, "texts": 5}
    return table.assign(**ends | columns)


def test_a_timeline_is_broken_where_there_is_no_text():
    axes = plot.timeline(timeline())
    (line,) = [line for line in axes.lines if line.get_marker() == "o"]
    np.testing.assert_array_equal(line.get_ydata(), timeline()["share"])
    assert axes.get_title("left") == "“phare”: highest in 2024-03, 50% of texts"
    assert axes.get_ylabel() == "texts with a hit"
    assert axes.get_xlabel() == "month; 20 texts (pale: 95% interval)"
    rates = plot.timeline(timeline(), value="per_million")
    assert rates.get_title("left") == "“phare”: highest in 2024-01, 900 per million"
    assert "cut at the edge" not in rates.get_xlabel()
    assert (
        "cut at the edge" in plot.timeline(timeline(high=9000.0), value="per_million").get_xlabel()
    )


def test_each_query_and_part_has_a_strip_with_its_name():
    parts = [timeline(part=part) for part in ("Le Fanal", "L'Écho")]
    both = pd.concat([*parts, *(part.assign(query="5 $ < 6") for part in parts)])
    axes = plot.timeline(both)
    assert written(axes) == [
        r"5 \$ < 6 · L’Écho", r"5 \$ < 6 · Le Fanal", "phare · L’Écho", "phare · Le Fanal"
    ]  # fmt: skip
    assert written(plot.timeline(pd.concat(parts))) == ["L’Écho", "Le Fanal"]


@pytest.mark.parametrize(("is_peak", "face"), [(True, (0.835, 0.369, 0, 1)), (False, (1, 1, 1, 1))])
def test_a_peak_is_marked_and_what_is_only_the_highest_is_hollow(is_peak, face):
    peaks = pd.DataFrame({"query": ["phare"], "part": "all", "period": "2024-03"})
    axes = plot.timeline(timeline(), peaks.assign(is_peak=is_peak))
    marked = axes.collections[-1]
    assert marked.get_offsets().tolist() == [[2, 0.5]]
    assert marked.get_facecolor()[0] == pytest.approx(face, abs=0.01)
    assert "hollow: only the highest" in axes.get_xlabel()
    none = plot.timeline(timeline(), peaks.assign(period=None, is_peak=False))
    assert len(none.collections[-1].get_offsets()) == 0


def test_without_a_hit_there_is_nothing_to_draw():
    assert written(plot.timeline(timeline(share=0.0))) == [
        "no word has ten hits in five texts, for a curve"
    ]
    undated = count.timeline(dated_tokens([(None, "A", "phare")]), "phare")
    assert written(plot.timeline(undated)) == written(plot.timeline(timeline(low=np.nan)))


def test_a_tie_is_told_and_the_title_is_that_of_a_line_with_hits_enough():
    table = timeline(share=[0.5, np.nan, 0.5, 0.1])
    assert plot.timeline(table).get_title("left") == "“phare”: highest in 2 months, 50% of texts"
    few = timeline(part="Le Fanal", low=np.nan, per_million=[9000.0, np.nan, 0, 0])
    both = pd.concat([few, timeline(part="Le Cap")])
    title = plot.timeline(both, value="per_million").get_title("left")
    assert title == "“phare”, Le Cap: highest in 2024-01, 900 per million"


def trends(**columns) -> pd.DataFrame:
    table = pd.DataFrame({"unit": ["monte", "baisse", "reste"], "ratio": [6.0, 0.2, 3.0]})
    table = table.assign(low=[2.0, 0.1, 0.5], high=[18.0, 0.4, 300], first=100.0, last=600.0)
    directions = ["rising", "falling", None]
    return table.assign(**{"direction": directions, "search_word": False} | columns)


def test_words_that_rise_fall_or_do_neither_look_otherwise():
    table = trends()
    table.attrs = {"texts": 180, "months": 18.0, "least": 9.6}
    axes = plot.trends(table)
    assert axes.get_title("left") == "1 rising and 1 falling of 3 words tried"
    drawn = [line for line in axes.lines if line.get_marker() in "^vo"]
    looks = [(line.get_marker(), line.get_xdata()[0]) for line in drawn]
    assert looks == [("^", 6), ("o", 3), ("v", 0.2)]
    assert drawn[1].get_markerfacecolor() == "white"
    assert "in 180 texts a word must move about 10-fold to be found" in axes.get_xlabel()
    assert "below 24 months" in axes.get_xlabel()
    assert axes.get_xlim()[1] == 99  # an interval beyond ends at the frame
    assert [text.get_text() for text in axes.get_yticklabels()] == ["monte", "reste", "baisse"]


def test_a_word_of_the_search_is_not_drawn():
    axes = plot.trends(trends(search_word=[True, False, False]))
    assert axes.get_title("left") == "0 rising and 1 falling of 2 words tried"
    assert len(axes.get_yticklabels()) == 2
    assert written(plot.trends(trends(search_word=True))) == ["no word to draw"]
