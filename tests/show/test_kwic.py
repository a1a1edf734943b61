"""Concordance lines on the page: hostile text is shown, not run; the knobs turn."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.count import concordance, repeated_segments, segment_places
from helpers.show import kwic


@pytest.fixture
def hostile() -> pd.DataFrame:
    row = {"doc": "<i>d</i>", "par": 1, "sent": 1, "left": "<script>alert(1)</script> $x$\n&"}
    row |= {"node": "<b>`n`</b>", "right": '"><img src=x>', "start": 0, "end": 1}
    return pd.DataFrame([row, row | {"doc": "e"}])


def test_hostile_text_is_escaped(hostile):
    shown = kwic(hostile)._repr_html_()
    for tag in ("<script", "<img", "<b>", "<i>", "$", "`"):
        assert tag not in shown
    assert "&lt;script&gt;" in shown


def test_plain_lines_are_one_line_each_and_aligned(hostile, unannotated):
    assert len(repr(kwic(hostile)).splitlines()) == 3
    lines = repr(kwic(concordance(unannotated, "sécurité"))).splitlines()
    assert len({line.index("[") for line in lines[:-1]}) == 1
    assert lines[-1] == "7 lines"


def test_the_node_is_marked_without_style_and_lines_are_limited(unannotated):
    shown = kwic(concordance(unannotated, "sécurité"), n=2)._repr_html_()
    assert shown.count("<strong>sécurité</strong>") == 2
    assert "2 of 7 lines" in shown


def test_of_several_texts_a_line_says_its_day_and_outlet_where_the_name_of_the_text_does_not():
    line = {"par": 2, "left": "le", "node": "port", "right": "dort"}
    told = {"a": ("2023-01-07", "Le Cap"), "2024-02-03_Le Cap_b": ("2024-02-03", "Le Cap")}
    told["c"] = (None, "Le Fanal")
    rows = [line | {"doc": doc, "date": day, "outlet": name} for doc, (day, name) in told.items()]
    said = repr(kwic(pd.DataFrame(rows))).splitlines()
    places = [place.partition("(")[2].removesuffix(")") for place in said[:3]]
    assert places == ["a ¶ 2, 2023-01-07, Le Cap", "2024-02-03_Le Cap_b ¶ 2", "c ¶ 2, Le Fanal"]
    assert repr(kwic(pd.DataFrame(rows[:1]))).splitlines()[0] == "le [port] dort (¶ 2)"


def test_no_line_says_so(unannotated):
    nothing = kwic(concordance(unannotated, "zzz"))
    assert "No line" in repr(nothing)
    assert "<table" not in nothing._repr_html_()


def test_each_place_of_a_segment_is_its_text(unannotated):
    segments = repeated_segments(unannotated.tokens)
    places = segment_places(unannotated.tokens, segments)
    assert places["segment"].value_counts().to_dict() == dict(
        zip(segments["segment"], segments["f"], strict=True)
    )
    text = unannotated.documents["text"].iloc[0]
    shown = [text[row.start : row.end].lower().replace("’", "'") for row in places.itertuples()]
    same = [a == b for a, b in zip(shown, places["segment"], strict=True)]
    assert sum(same) > 0.95 * len(same)  # a comma may stand inside a segment
    assert segment_places(unannotated.tokens.head(0), segments.head(0)).empty
