"""The strips and the heat map of themes show the numbers of its table, on any corpus."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import plot
from helpers.count import theme_hits, theme_profile
from helpers.plot.sheet import label
from helpers.plot.themes import MAX_PARTS, NUMBERED
from tests.count.test_themes import X_AND_Y, corpus_of


def profile_of(n_docs: int, by: str | list[str] | None = "doc") -> pd.DataFrame:
    tokens = corpus_of(n_docs)
    return theme_profile(theme_hits(tokens, X_AND_Y), tokens, by=by)


def test_a_cell_is_as_dark_as_its_number_is_high():
    profile = profile_of(3)
    axes = plot.theme_profile(profile)
    (cells,) = axes.collections
    table = profile.pivot_table("per_thousand", "theme", "doc")
    rows = [text.get_text().split()[0] for text in axes.get_yticklabels()]
    assert cells.get_array().tolist() == table.loc[rows].to_numpy().tolist()
    assert cells.get_clim() == (0, table.max(axis=None))
    numbers = [(text.get_position(), text.get_text()) for text in axes.texts]
    place = [
        table.columns.get_indexer(profile["doc"]),
        pd.Index(rows).get_indexer(profile["theme"]),
    ]
    held = zip(*place, profile["f"], strict=True)
    assert numbers == [((x, y), f"{f}") for x, y, f in held if f]
    assert (
        f"text; number: hits\nshade: hits per thousand words (at most {cells.get_clim()[1]:.0f})"
        in (axes.get_xlabel())
    )


@pytest.mark.parametrize(("n_docs", "few"), [(NUMBERED, True), (NUMBERED + 1, False)])
def test_of_many_parts_some_are_named_and_their_number_is_told(n_docs, few):
    axes = plot.theme_profile(profile_of(n_docs))
    assert bool(axes.texts) == (len(axes.get_xticks()) == n_docs) == few
    assert len(axes.get_xticks()) <= NUMBERED
    assert (f"{n_docs} texts" in axes.get_xlabel()) != few


def test_more_parts_than_can_be_told_apart_are_cut_and_it_is_said():
    axes = plot.theme_profile(profile_of(MAX_PARTS + 9))
    said = f"the first {MAX_PARTS} of {MAX_PARTS + 9} texts"
    assert said in axes.get_xlabel()
    assert said in axes.get_title("left")
    assert axes.collections[0].get_array().shape[1] == MAX_PARTS


def test_the_title_names_where_the_two_densest_themes_are_densest():
    profile = profile_of(1, ["doc", "par"])
    peaks = profile.sort_values("per_thousand", ascending=False, kind="stable")
    peaks = peaks.drop_duplicates("theme")
    (x, here), (y, there) = peaks[["theme", "par"]].head(2).to_numpy()
    found = f"Densest: {x} in ¶ {here}, {y} in ¶ {there}"
    assert plot.theme_profile(profile).get_title("left") == found
    assert plot.theme_profile(profile_of(2, None)).get_title("left") in (
        "Densest: X, Y",
        "Densest: Y, X",
    )
    assert plot.theme_profile(profile, title="a $").get_title("left") == label("a $")


def test_without_a_hit_the_figure_says_so():
    for profile in (profile_of(2).query("theme == 'Z'"), profile_of(2).head(0)):
        said = plot.theme_profile(profile).texts[0].get_text()
        assert said.startswith("no theme of the word list fits these texts")


def test_a_hostile_theme_is_drawn_as_it_is_written():
    profile = profile_of(2).assign(theme="$x$ <b>")
    axes = plot.theme_profile(profile)
    assert axes.get_yticklabels()[0].get_text().startswith(r"\$x\$ <b>")
    axes.figure.canvas.draw()


@pytest.mark.parametrize(("themes", "parts"), [(1, 1), (1, 2), (2, 1)])
def test_a_theme_or_a_part_alone_has_its_cell(themes: int, parts: int) -> None:
    rows = [
        (f"t{i}", f"d{j}", 1 + i + j, 10.0 * (1 + i + j))
        for i in range(themes)
        for j in range(parts)
    ]
    profile = pd.DataFrame(rows, columns=["theme", "doc", "f", "per_thousand"])
    axes = plot.theme_profile(profile)
    (cells,) = axes.collections
    x, y = cells.get_coordinates()[..., 0], cells.get_coordinates()[..., 1]
    assert (np.ptp(x), np.ptp(y)) == (parts, themes)
