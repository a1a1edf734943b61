"""Figures of contrasts: what is drawn is what the tables say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers import plot
from helpers.count import attainable, correspondence, general_french, keyness, power, specificities
from helpers.read.tables import TOKENS, table
from helpers.show import gate
from tests.tables import tokens_of

PLOTS = (plot.specificities, plot.keyness, plot.general_french, plot.power)
HOSTILE = tokens_of([["$x$", "<b>", "$x$", "é" * 60], ["a", "<b>", "a", "a"]])


def texts_in(axes: Axes) -> str:
    axes.figure.canvas.draw()
    return "\n".join(
        text.get_text() for text in axes.figure.findobj(match=lambda a: hasattr(a, "get_text"))
    )


def title_of(axes: Axes) -> str:
    return axes.get_title() or axes.get_title(loc="left")


def dots(axes: Axes) -> list[float]:
    return sorted(
        x for line in axes.get_lines() for x in line.get_xdata() if line.get_marker() in "os"
    )


def test_bars_are_the_specificities_over_what_they_could_reach(tokens: pd.DataFrame) -> None:
    found = specificities(tokens, "par", min_freq=2)
    axes = plot.specificities(found, n=2)
    expected = found.groupby("par").head(2)
    widths = [bar.get_width() for bar in axes.patches if bar.get_height() == pytest.approx(0.5)]
    np.testing.assert_allclose(sorted(widths), sorted(expected["specificity"]))
    reach = [bar.get_width() for bar in axes.patches if bar.get_height() == pytest.approx(0.8)]
    most = expected.merge(attainable(found))["most"][expected["specificity"].to_numpy() >= 0]
    np.testing.assert_allclose(sorted(width for width in reach if width > 0), sorted(most))
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert [name for name in names if name.startswith("¶ ")] == [f"¶ {i}" for i in range(1, 7)]
    assert title_of(axes) == "Most specific: “d’”"


def test_the_title_has_the_first_word_of_the_two_parts_that_have_the_most_specific_ones() -> None:
    words = [["quai"] * 9 + ["port"] * 5, ["phare"] * 8 + ["mer"] * 7, ["un", "deux"] * 9]
    found = specificities(tokens_of(words), "doc")
    assert title_of(plot.specificities(found)) == "Most specific: “quai”, “phare”"
    even = specificities(tokens_of([["un", "deux"], ["un", "deux"]]), "doc")
    assert title_of(plot.specificities(even)) == "No cell reaches a specificity of 2"


def test_a_pale_bar_that_leaves_the_frame_has_an_arrow_head(tokens: pd.DataFrame) -> None:
    axes = plot.specificities(specificities(tokens, "par", min_freq=2))
    left, right = axes.get_xlim()
    reach = [bar.get_width() for bar in axes.patches if bar.get_height() == pytest.approx(0.8)]
    heads = [line for line in axes.get_lines() if line.get_marker() in "<>"]
    drawn = sum(len(line.get_xdata()) for line in heads)
    assert drawn == sum(not left <= width <= right for width in reach) > 0
    assert "cut at the frame" in axes.get_xlabel()


def test_parts_of_several_columns_are_named_by_their_values(tokens: pd.DataFrame) -> None:
    axes = plot.specificities(specificities(tokens.assign(part="début"), ["part", "par"]), n=1)
    assert "début · ¶ 1" in texts_in(axes)


def test_only_the_parts_with_the_strongest_cells_are_drawn() -> None:
    tokens = tokens_of([[f"m{i}"] * (20 - i) + ["a"] for i in range(12)])
    found = specificities(tokens, "doc")
    axes = plot.specificities(found, n=1)
    names = {text.get_text() for text in axes.get_yticklabels()}
    assert len(names & set(found["doc"].astype(str))) == 8
    assert {"d1", "d2"} < names


def test_keyness_is_a_dot_with_its_interval(tokens: pd.DataFrame) -> None:
    found = keyness(tokens[tokens["par"] == 4], tokens[tokens["par"] != 4])
    axes = plot.keyness(found, n=10)
    shown = found.head(10)
    np.testing.assert_allclose(dots(axes), sorted(shown["log_ratio"]))
    here = [x for line in axes.get_lines() for x in line.get_xdata() if line.get_marker() == "o"]
    over = shown["f"] * shown["n_ref"] >= shown["F_ref"] * shown["n"]
    np.testing.assert_allclose(sorted(here), sorted(shown.loc[over, "log_ratio"]))
    ends = [segment[:, 0] for lines in axes.collections for segment in lines.get_segments()]
    expected = shown[["low_words", "high_words"]].to_numpy()
    assert shown["log_ratio_low"].isna().all()
    assert "over words" in axes.get_xlabel()
    np.testing.assert_allclose(sorted(map(tuple, ends)), sorted(map(tuple, expected)))
    assert title_of(axes) == "167 words, of which 10 are shown: too few texts for a test"
    tested = found.assign(p_adjusted=[0.1, 0.05, *[0.2] * 165])
    said = "2 of 167 words pass (bold) at a false discovery rate of 10%"
    assert title_of(plot.keyness(tested)) == said


def test_the_interval_of_keyness_is_that_over_texts_where_there_are_ten() -> None:
    texts = [["x"] * (i % 4) + ["y"] * 9 for i in range(10)]
    found = keyness(tokens_of(texts), tokens_of([["x", *text] for text in texts]))
    axes = plot.keyness(found)
    ends = [segment[:, 0] for lines in axes.collections for segment in lines.get_segments()]
    expected = found[["log_ratio_low", "log_ratio_high"]].to_numpy()
    np.testing.assert_allclose(sorted(map(tuple, ends)), sorted(map(tuple, expected)))
    assert "over texts" in axes.get_xlabel()


def test_each_list_of_general_french_has_its_dot(tokens: pd.DataFrame) -> None:
    found = general_french(tokens)
    often = found[found["f"] >= 3]
    axes = plot.general_french(often, n=5)
    shown = often[often["type"].isin(often["type"].drop_duplicates().head(5))]
    np.testing.assert_allclose(dots(axes), sorted(shown["difference"]))
    assert "too few words" in title_of(axes)
    legend = {key.get_text() for key in axes.figure.legends[0].get_texts()}
    assert legend == {*shown["reference"], "what a single occurrence would show"}
    longer = general_french(pd.concat([tokens] * 40))
    assert "times as frequent here" in title_of(plot.general_french(longer))


def test_power_is_a_pair_of_curves_for_each_ratio() -> None:
    rng = np.random.default_rng(3)
    tokens = tokens_of([[f"m{i}" for i in rng.integers(0, 60, 30)] for _ in range(40)])
    found = power(tokens, sizes=(5, 20), ratios=(1, 3))
    axes = plot.power(found)
    curves = {line.get_linestyle(): 0 for line in axes.get_lines()}
    drawn = [line.get_ydata() for line in axes.get_lines() if len(line.get_xdata()) == 2]
    for column in ("permutation", "specificity"):
        for _, of in found.groupby("ratio"):
            assert any(np.array_equal(of[column], ydata) for ydata in drawn)
    assert {"-", "--"} <= set(curves)
    assert "× 3" in texts_in(axes)
    assert "no difference" in texts_in(axes)
    share = found.query("n_docs == 20 and ratio == 3")["permutation"].item()
    said = f"With 20 texts a side a word cut to 1/3 on one is found in {share:.0%} of cases"
    assert title_of(axes) == said
    (levels,) = [lines for lines in axes.collections if len(lines.get_segments()) == 2]
    assert [segment[0, 1] for segment in levels.get_segments()] == [0.05, 0.02]
    assert {"2%", "5%"} <= {text.get_text() for text in axes.get_yticklabels(minor=True)}


def test_words_are_drawn_as_they_are_and_long_ones_cut() -> None:
    HOSTILE["kind"] = "word"
    sides = HOSTILE["doc"] == "d1"
    for axes in (
        plot.specificities(specificities(HOSTILE, "doc")),
        plot.keyness(keyness(HOSTILE[sides], HOSTILE[~sides])),
    ):
        drawn = texts_in(axes)
        assert r"\$x\$" in drawn
        assert "<b>" in drawn
        assert "é" * 12 + " … " + "é" * 12 in drawn
        assert "é" * 29 not in drawn


@pytest.mark.parametrize("draw", PLOTS)
def test_a_gate_and_an_empty_table_say_why_nothing_is_drawn(draw, tokens: pd.DataFrame) -> None:
    gated = gate(specificities, tokens, "doc")
    assert "two parts" in texts_in(draw(gated))
    empty = table([], TOKENS)
    nothing = {
        plot.specificities: lambda: specificities(empty, "doc"),
        plot.keyness: lambda: keyness(empty, empty),
        plot.general_french: lambda: general_french(empty),
        plot.power: lambda: pd.DataFrame(columns=["n_docs", "ratio", "permutation", "specificity"]),
    }
    axes = draw(nothing[draw](), title="Titre")
    assert title_of(axes) == "Titre"
    of_words = draw in (plot.keyness, plot.general_french)
    assert ("no word to compare" if of_words else "no text") in texts_in(axes)


def test_one_side_without_a_word_and_no_listed_word_say_so(tokens: pd.DataFrame) -> None:
    with pytest.warns(UserWarning, match="the reference has no word"):
        one_side = keyness(tokens, table([], TOKENS))
    assert "no word" in texts_in(plot.keyness(one_side))
    unknown = general_french(tokens_of([["zzyzxq"]]))
    assert "no word is in the lists" in texts_in(plot.general_french(unknown))


@pytest.mark.parametrize("draw", PLOTS[:3])
def test_axes_are_labelled_and_a_title_is_kept(draw, tokens: pd.DataFrame) -> None:
    tables = {
        plot.specificities: specificities(tokens, "par"),
        plot.keyness: keyness(tokens[tokens["par"] == 1], tokens[tokens["par"] > 1]),
        plot.general_french: general_french(tokens),
    }
    axes = draw(tables[draw], title="5 $ de plus")
    assert title_of(axes) == r"5 \$ de plus"
    assert axes.get_xlabel()
    assert axes.get_ylabel()


def test_supplementary_periods_are_joined_in_the_order_of_time_and_other_parts_are_not() -> None:
    table = pd.DataFrame({"phare": [3, 1, 1], "quai": [1, 3, 1], "port": [1, 1, 4]})
    more = pd.DataFrame({"phare": [2, 1, 1], "quai": [1, 2, 1], "port": [1, 1, 2]})
    for names in (
        ["2023-Q4", "2024-Q1", "2024-Q2"],
        ["2023", "2024", "2025"],
        ["nord", "sud", "est"],
    ):
        added = more.set_axis(pd.Index(names, name="part"))
        found = correspondence(table.rename_axis("part"), supplementary=added)
        axes = plot.correspondence(found)
        joined = [line for line in axes.get_lines() if line.get_marker() in ("", "None", None)]
        paths = [line.get_xydata() for line in joined if len(line.get_xydata()) == 3]
        expected = found.rows[found.rows["supplementary"]][["coord_1", "coord_2"]].to_numpy()
        if names[0] == "nord":
            assert not paths
        else:
            np.testing.assert_allclose(paths[0], expected, atol=1e-8)
