"""Figures of the vocabulary and along the tokens: what is drawn is what the tables say."""

from __future__ import annotations

import inspect
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers import Corpus, plot
from helpers.count import cooccurrents, frequencies, word_network, zipf
from helpers.count.networks import Network
from helpers.count.verbs import noted
from helpers.plot.marks import BINS, CROWDED, place_labels
from helpers.plot.sheet import Page
from helpers.plot.vocabulary import MANY
from tests.tables import tokens_of


@pytest.mark.parametrize("name", sorted({*plot.INDEX} - {"style"}))
def test_every_plot_of_what_is_behind_a_gate_says_why_it_is_empty(name: str) -> None:
    gated, draw = noted(pd.DataFrame(), {"why": "This needs more text."}), getattr(plot, name)
    needed = [
        of for of in inspect.signature(draw).parameters.values()
        if of.kind is of.POSITIONAL_OR_KEYWORD and of.default is of.empty
    ]  # fmt: skip
    axes = draw(*[gated] * len(needed))
    drawn = axes.figure.axes[0] if hasattr(axes, "figure") else axes.axes[0]
    assert "This needs more text." in [text.get_text() for text in drawn.texts]


def test_what_has_rows_is_drawn_whatever_would_be_said_without_one() -> None:
    table = noted(pd.DataFrame({"type": ["phare"], "f": [3]}), {"why": "there is no word"})
    assert plot.frequencies(table).get_title("left") == "“phare” comes first: 3 times"


@pytest.mark.slow
@pytest.mark.parametrize("size", [60, 100_000])
def test_a_word_of_any_length_has_room(size: int) -> None:
    long = "a" * size
    tokens = tokens_of([[long, "roi", long, "reine"], [long, "roi", "reine"]])
    table = frequencies(tokens)
    plots_of = [
        plot.frequencies(table),
        plot.word_cloud(table),
        plot.cooccurrents(cooccurrents(tokens, "roi")),
        plot.word_network(word_network(tokens, by="doc", tree=True)),
    ]
    for axes in plots_of:
        axes.figure.savefig(BytesIO())


@pytest.fixture(scope="module")
def words(seed: Corpus) -> pd.DataFrame:
    return seed.tokens.query("kind == 'word'")


def written(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts if text.get_text()]


def windows(n: int) -> pd.DataFrame:
    types = np.random.default_rng(4).integers(30, 45, n)
    return pd.DataFrame({"n": np.arange(25, n + 25), "types": types, "ttr": types / 50})


def test_only_words_that_share_their_frequency_with_none_are_named(words: pd.DataFrame) -> None:
    table = frequencies(words)
    alone = table.loc[~table["f"].duplicated(keep=False), "type"].str.replace("'", "’")
    named = written(plot.zipf(table, zipf(words)))
    assert table["type"].iloc[0] in named
    assert set(named) <= {*alone, next(text for text in named if text.startswith("Zipf"))}


def test_the_first_five_words_are_all_named_and_the_title_says_which_leaves_the_line(
    words: pd.DataFrame,
) -> None:
    table, law = frequencies(words), zipf(words).iloc[0]
    axes = plot.zipf(table, zipf(words))
    assert {"de", "la", "et", "les", "le"} <= set(written(axes))
    alone = table[~table["f"].duplicated(keep=False) & (table["rank"] <= 10)]
    ratio = alone["f"] / (law["C"] * alone["rank"] ** -law["a"])
    furthest = alone.loc[ratio.idxmax(), "type"]
    assert axes.get_title("left") == f"“{furthest}” stands furthest above the fitted line"


def test_no_name_of_a_word_is_struck_by_the_line(words: pd.DataFrame) -> None:
    law = zipf(words).iloc[0]
    axes = plot.zipf(frequencies(words), zipf(words))
    axes.figure.draw_without_rendering()
    rank = np.geomspace(1, 167, 4000)
    line = axes.transData.transform(np.column_stack([rank, law["C"] * rank ** -law["a"]]))
    for text in axes.texts:
        box = text.get_window_extent()
        corners = np.array([[box.x0, box.y0], [box.x1, box.y1]])
        side = np.sign(corners[:, 1] - np.interp(corners[:, 0], *line.T, left=-np.inf))
        assert len(set(side)) == 1, text.get_text()


@pytest.mark.parametrize("n", [MANY, MANY + 1, 20_000])
def test_the_marked_extremes_lie_on_what_is_drawn(n: int) -> None:
    table = windows(n)
    axes = plot.ttr_along(table)
    marks = [line for line in axes.lines if line.get_color() == "#D55E00"]
    assert [line.get_ydata()[0] for line in marks] == [table["ttr"].min(), table["ttr"].max()]
    drawn = axes.collections or [line for line in axes.lines if line.get_color() == "#0072B2"]
    heights = np.concatenate(
        [
            (shape.get_paths()[0].vertices if n > MANY else shape.get_xydata())[:, 1]
            for shape in drawn
        ]
    )
    assert {0.6, 0.88} <= set(heights.round(6))
    assert all("first around word" in text for text in written(axes)[1:])


def test_an_extreme_that_is_reached_once_is_not_the_first() -> None:
    table = windows(9).assign(types=[40, 35, 35, 30, 35, 45, 35, 35, 45])
    table["ttr"] = table["types"] / 50
    assert written(plot.ttr_along(table))[1:] == [
        "least varied: 30 types of 50, around word 28",
        "most varied: 45 types of 50, first around word 30",
    ]


def test_bars_by_part_of_speech_have_their_own_legend(words: pd.DataFrame) -> None:
    axes = plot.frequencies(frequencies(words[~words["is_function"]], pos=True))
    legend = {text.get_text() for text in axes.figure.legends[0].get_texts()}
    assert {"noun", "adjective"} <= legend
    assert not plot.frequencies(frequencies(words)).figure.legends


def test_one_word_leads_a_cloud_or_several_share_the_lead(words: pd.DataFrame) -> None:
    content = frequencies(words[~words["is_function"]], pos=True)
    assert plot.word_cloud(content).figure.get_suptitle().startswith("“sécurité” leads ")
    equal = plot.word_cloud(content.assign(f=2).head(3)).figure.get_suptitle()
    assert equal == "3 words share the lead of 3 content words"


def test_numbers_of_bars_and_axes_have_their_thousands_apart() -> None:
    table = pd.DataFrame({"type": ["a", "b"], "f": [12_345, 1_073]})
    axes = plot.frequencies(table)
    axes.figure.draw_without_rendering()
    assert [text.get_text() for text in axes.texts] == ["12,345", "1,073"]
    assert "10,000" in {tick.get_text() for tick in axes.get_xticklabels()}


def test_a_row_of_too_many_strokes_is_drawn_in_numbers() -> None:
    tokens = tokens_of([["a"] * (CROWDED + 1) + ["b"] * CROWDED + ["c", "c"]]).assign(
        kind="word", par=1
    )
    axes = plot.dispersion(SimpleNamespace(tokens=tokens), ["c", "b", "a"])
    assert [len(row.get_positions()) for row in axes.collections] == [2, CROWDED]
    (many,) = axes.patches
    assert len(many.get_data().values) == BINS
    assert f"hits in {len(tokens) / BINS:,.0f} tokens" in axes.get_xlabel()
    assert "hits in" not in plot.dispersion(SimpleNamespace(tokens=tokens), ["c"]).get_xlabel()


def test_no_curve_crosses_the_label_of_another() -> None:
    rng = np.random.default_rng(2)
    tables = {}
    for word, n in {"mot": 40, "autre": 7, "encore": 300}.items():
        at = np.sort(rng.choice(np.arange(1, 5000), n, replace=False))
        tables[word] = pd.DataFrame({"n": at, "share": np.arange(1, n + 1) / n})
    axes = plot.progression(tables, 5000)
    axes.figure.draw_without_rendering()
    for line in axes.lines:
        x, y = axes.transData.transform(line.get_xydata()).T
        across = np.linspace(x[0], x[-1], 3000)
        steps = np.interp(across, x, y) if len(x) == 2 else y[np.searchsorted(x, across) - 1]
        for text in axes.texts:
            box = text.get_window_extent()
            under = (box.x0 < across) & (across < box.x1)
            assert not ((box.y0 < steps[under]) & (steps[under] < box.y1)).any(), text.get_text()
    assert axes.get_title("left").startswith("Half of the hits of “mot” come in the first")


def test_long_segments_that_begin_alike_are_told_apart() -> None:
    start = "le directeur général de la sûreté nationale et des".split()
    texts = [[*start, end, "x"] for end in ("phares", "digues") for _ in range(2)]
    tokens = tokens_of(texts).assign(kind="word", par=1)
    tokens["start"] = 8 * tokens["tok"]
    tokens["end"] = tokens["start"] + 7
    rows = tokens.groupby("doc", observed=True).agg(start=("start", "min"), end=("end", "max"))
    places = rows.reset_index().assign(length=10)
    places["segment"] = [" ".join(text) for text in texts]
    names = [tick.get_text() for tick in plot.segments(places, tokens).get_yticklabels()]
    assert len(set(names)) == 2
    assert all(name.startswith("le directeur") and " … " in name for name in names)


def test_every_dot_of_a_co_occurrent_lies_within_the_frame() -> None:
    table = pd.DataFrame({"type": list("abc"), "O": 1, "f": 2, "specificity": [60.0, 2.0, -0.4]})
    axes = plot.cooccurrents(table)
    axes.figure.draw_without_rendering()
    for line in axes.lines:
        if line.get_marker() == "o":
            x, _ = axes.transData.transform(line.get_xydata()[0])
            radius = line.get_markersize() / 2 * axes.figure.dpi / 72
            assert axes.bbox.x0 <= x - radius
            assert x + radius <= axes.bbox.x1


@pytest.mark.parametrize("keep", [True, False])
def test_labels_without_room_are_taken_out_unless_they_are_kept(keep: bool) -> None:
    axes = Page().new_axes("x")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    texts = [axes.text(0.5, 0.5, f"étiquette {i}", fontsize=8) for i in range(90)]
    kept = texts if keep else texts[80:]
    place_labels(axes, texts, np.array([[0.5, 0.5]]), np.empty((0, 2)), keep=kept)
    left = [text for text in axes.texts if text.get_text()]
    assert (len(left) == 90) == keep
    assert set(kept) <= set(left)
    boxes = [text.get_window_extent() for text in left[:8]]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert not any(box.contains(*axes.transData.transform((0.5, 0.5))) for box in boxes)


def network(edges: list[tuple[str, str]]) -> Network:
    """A network of these edges, all alike."""
    words = sorted({word for edge in edges for word in edge})
    nodes = pd.DataFrame({"unit": words, "f": 1, "n_docs": 1, "community": pd.NA})
    table = pd.DataFrame(edges, columns=["a", "b"]).assign(weight=0.5, n_docs=3, specificity=2.0)
    return Network(nodes, table)


def test_the_title_of_a_tree_names_no_word_where_several_come_first() -> None:
    axes = plot.word_network(network([("un", "deux"), ("deux", "trois"), ("trois", "quatre")]))
    assert axes.get_title("left") == "Of 4 words drawn none has more than two neighbours"
    axes = plot.word_network(network([("un", "deux"), ("un", "trois"), ("un", "quatre")]))
    assert axes.get_title("left") == "“un” has the most neighbours: 3 of 3 other words"


def test_communities_have_marks_and_places_of_their_own() -> None:
    rings = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")]
    found = network([*rings, ("c", "d")])
    found.nodes["community"] = [1, 1, 1, 2, 2, 2]
    found.nodes.attrs = {"modularity": 0.36, "rewired": [0.1, 0.2]}
    axes = plot.word_network(found)
    title = "2 groups of words, clearer than chance: modularity 0.36, by chance up to 0.20"
    assert axes.get_title("left") == title
    marks = axes.collections
    assert len({tuple(mark.get_facecolor()[0]) for mark in marks}) == 2
    assert len({mark.get_paths()[0].vertices.tobytes() for mark in marks}) == 2
    places = np.array([mark.get_offsets()[0] for mark in marks])
    gap = np.linalg.norm(places[:, None] - places[None], axis=-1)
    middles = places[:3].mean(axis=0) - places[3:].mean(axis=0)
    assert max(gap[:3, :3].max(), gap[3:, 3:].max()) < np.linalg.norm(middles)
    bold = [text.get_text() for text in axes.texts if text.get_fontweight() == "bold"]
    assert sorted(bold) == ["a", "d"]


def test_a_network_without_communities_says_so_and_draws_what_is_asked_for() -> None:
    rings = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("d", "f")]
    found = network(rings)
    found.nodes.attrs = {"modularity": 0.36, "rewired": [0.1, 0.4]}
    axes = plot.word_network(found)
    assert axes.get_title("left") == "No clear groups: modularity 0.36, by chance up to 0.40"
    assert len({tuple(mark.get_facecolor()[0]) for mark in axes.collections}) == 1
    few = plot.word_network(found, top=4)
    assert len(few.collections) == 4
    assert "4 of 6 words" in " ".join(written(few))


def test_cooccurrents_of_parts_stand_below_the_names_of_their_parts() -> None:
    table = pd.DataFrame({"type": list("abcdef"), "f": 9, "O": 3, "part": list("xxxyyz")})
    table["specificity"] = [1.0, 5, 3, 2.5, 4, 0.5]
    axes = plot.cooccurrents(table, top=6)
    labels = axes.get_yticklabels()
    assert [text.get_text() for text in labels] == [*"xbcayedzf"]
    bold = [text.get_text() for text in labels if text.get_fontweight() == "bold"]
    assert bold == ["x", "y", "z"]
    assert axes.get_title("left") == "4 of 6 co-occurrents reach a specificity of 2"
    assert written(axes).count("3 of 9") == 6


def test_typical_words_are_drawn_by_the_texts_that_hold_them_or_how_often() -> None:
    table = pd.DataFrame({"unit": ["phare", "grève"], "f": [40, 30], "n_docs": [20, 10]})
    table = table.assign(ratio=[73.2, 12.0], search_word=[False, True])
    few = plot.typical_words(table)
    assert few.get_title("left") == "“phare” comes first: 40 times"
    assert few.get_xlabel().startswith("occurrences")
    assert [bar.get_width() for bar in few.patches] == [40, 30]
    table.attrs["texts"] = 40
    axes = plot.typical_words(table)
    assert axes.get_title("left") == "“phare” comes first, in 50% of the texts"
    assert [bar.get_width() for bar in axes.patches] == [50, 25]
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [False, True]
    assert axes.get_xlabel().startswith("percent of the 40 texts")
    assert {"× 73", "× 12", "ratio"} <= set(written(axes))


def test_many_sentences_are_a_histogram_for_each_part_on_one_scale() -> None:
    sizes = [*range(1, 21)] * 2 + [30] * 20
    table = pd.DataFrame({"n_words": sizes, "doc": "a", "par": 1, "sent": range(1, 61)})
    table["outlet"] = ["Le Cap"] * 40 + ["La Vigie"] * 20
    axes = plot.lengths(table, by="outlet")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Le Cap", "La Vigie"]
    few, one = (patch.get_data() for patch in axes.patches)
    heights = [data.baseline - data[0] for data in (few, one)]
    assert heights[0].max() == pytest.approx(heights[1].max() / 20)  # a twentieth of its sentences
    assert "La Vigie, 10 in Le Cap" in axes.get_title("left").replace("\n", " ")
    assert {"10, of 40", "30, of 20"} <= {text.get_text() for text in axes.texts}
    assert len(plot.lengths(table).patches) == 1
    with pytest.raises(ValueError, match="no column 'journal'"):
        plot.lengths(table, by="journal")
