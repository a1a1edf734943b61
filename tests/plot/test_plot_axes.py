"""Every figure: in one's own axes as in a figure of its own, and matplotlib's settings untouched."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import Corpus, count, plot, voices
from helpers.plot.sheet import SIZE
from helpers.show.figures import saved
from tests.tables import dated_tokens, tokens_of

FIGURES = sorted({*plot.INDEX} - {"style"})
# The settings of somebody who has a look of their own.
THEIRS = {"font.family": "DejaVu Serif", "font.size": 7, "axes.titlelocation": "center"}
THEIRS |= {"xtick.color": "red", "axes.spines.top": True, "svg.hashsalt": None}


@pytest.fixture(scope="module")
def given(seed: Corpus) -> dict[str, tuple[Any, ...]]:
    """What each figure takes, from one text."""
    tokens = seed.tokens
    words = tokens[tokens["kind"] == "word"]
    rng = np.random.default_rng(3)
    many = tokens_of([[f"m{i}" for i in rng.integers(0, 60, 30)] for _ in range(40)])
    counts = count.contingency(tokens, ["doc", "par"], min_freq=2)
    content, looked = count.frequencies(words[~words["is_function"]], pos=True), ["de", "la"]
    segments = count.repeated_segments(tokens, min_freq=2)
    hits = count.theme_hits(tokens)
    dates = pd.date_range("2023-01-03", periods=40, freq="13D").strftime("%Y-%m-%d")
    over_time = dated_tokens(
        [(day, "AB"[i % 2], "mot " * 200 + "phare " * (i // 8)) for i, day in enumerate(dates)]
    )
    printed = {
        "outlet": ["Le Cap", "Le $ <b>"],
        "kind": ["first", "edited"],
        "similarity": [1, 0.7],
    }
    printed = pd.DataFrame(printed).assign(chain=1, date=pd.Timestamp("2024-03-02"))
    return {
        "attributions": (voices.attributions(seed),),
        "calendar": (count.calendar(over_time, by="outlet"),),
        "barcode": (seed.entities, tokens),
        "cooccurrents": (count.cooccurrents(tokens, "de"),),
        "correspondence": (count.correspondence(counts),),
        "dispersion": (seed, looked, count.dispersion(tokens, "par")),
        "frequencies": (content,),
        "general_french": (count.general_french(words),),
        "growth": (count.growth(words),),
        "keyness": (count.keyness(words[words["par"] == 4], words[words["par"] != 4]),),
        "lengths": (seed.sentences,),
        "parts_of_speech": (words,),
        "power": (count.power(many, sizes=(5, 10), ratios=(1, 3)),),
        "progression": ({q: count.progression(tokens, q) for q in looked}, len(words)),
        "reinert": (count.reinert(counts, k=3),),
        "segments": (count.segment_places(tokens, segments), tokens),
        "specificities": (count.specificities(words, "par"),),
        "theme_profile": (count.theme_profile(hits, tokens, by=["doc", "par"]),),
        "timeline": (count.timeline(over_time, "phare"), count.peaks(over_time, "phare")),
        "trends": (count.trends(over_time, unit="type", only="words"),),
        "names": (voices.names(seed),),
        "reported_speech": (voices.reported_speech(seed),),
        "reprints": (printed,),
        "speakers": (voices.speakers(seed),),
        "ttr_along": (count.ttr_along(words),),
        "typical_words": (count.typical_words(seed),),
        "word_cloud": (content,),
        "word_network": (count.word_network(tokens, by="sent", min_freq=4, tree=True),),
        "zipf": (count.frequencies(words), count.zipf(words)),
    }


@pytest.fixture
def _ours() -> Iterator[None]:
    yield
    plot.style()


def svg(figure: Figure) -> bytes:
    written = BytesIO()
    figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()


def named(axis: Any) -> bool:
    """Does an axis with ticks say what they are: by a label, or because each is a name?"""
    ticks = [text.get_text() for text in axis.get_ticklabels() if text.get_text()]
    return bool(axis.get_label_text()) or all(re.search(r"[^\W\d]|¶", text) for text in ticks)


def state(axes: Axes) -> list[Any]:
    """What of an Axes a figure may change."""
    look = axes.get_xlim(), axes.get_ylim(), axes.get_xscale(), axes.axison, axes.child_axes
    spines = [spine.get_visible() for spine in axes.spines.values()]
    texts = [(text.get_text(), text.get_fontfamily()) for text in axes.findobj(Text)]
    return [*look, spines, texts, len(axes.findobj())]


def test_every_figure_is_tried(given: dict[str, tuple[Any, ...]]) -> None:
    assert sorted(given) == FIGURES


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_leaves_the_settings_as_they_are_and_does_not_depend_on_them(
    given: dict[str, tuple[Any, ...]], name: str
) -> None:
    def drawn() -> str:
        before = dict(mpl.rcParams)
        axes = getattr(plot, name)(*given[name])
        assert dict(mpl.rcParams) == before
        with mpl.rc_context({"svg.hashsalt": "x", "font.family": "DejaVu Sans"}):
            return svg(axes.figure).decode()

    ours = drawn()
    with mpl.rc_context(THEIRS):
        assert drawn() == ours


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_into_ones_own_axes(given: dict[str, tuple[Any, ...]], name: str) -> None:
    figure = Figure(figsize=(10, 8), layout="constrained")
    own = figure.subplots(2, 2)
    figure.draw_without_rendering()
    before, opened = dict(mpl.rcParams), plt.get_fignums()
    looks = [state(other) for other in own.flat]
    assert getattr(plot, name)(*given[name], ax=own[0, 1]) is own[0, 1]
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == opened
    assert figure.axes == own.ravel().tolist()
    assert figure.get_size_inches().tolist() == [10, 8]
    assert not [*figure.texts, *figure.legends, *figure.artists, *figure.subfigs]
    assert [now == was for now, was in zip(map(state, own.flat), looks, strict=True)] == [
        True,
        False,
        True,
        True,
    ]
    svg(figure)
    alone = getattr(plot, name)(*given[name])
    title = alone.get_title("left") or alone.figure.get_suptitle()
    assert own[0, 1].get_title("left").split() == title.split()
    panels = [own[0, 1], *own[0, 1].child_axes]
    labels = [(panel.get_xlabel().split(), panel.get_ylabel()) for panel in panels]
    assert (alone.get_xlabel().split(), alone.get_ylabel()) in labels
    for panel in panels:
        assert not panel.axison or (named(panel.xaxis) and named(panel.yaxis))
    said = own[0, 1].get_title("left")
    (drawn,) = own[0, 1].findobj(lambda one: isinstance(one, Text) and one.get_text() == said)
    whole = figure.get_window_extent().width
    assert drawn.get_window_extent().width <= 0.4 * whole
    assert own[0, 1].get_window_extent().width >= 0.25 * whole


@pytest.mark.parametrize("place", ["subfigure", "anywhere"])
def test_own_axes_may_stand_anywhere(given: dict[str, tuple[Any, ...]], place: str) -> None:
    figure = Figure(figsize=(8, 4))
    for name in FIGURES:
        figure.clear()
        if place == "subfigure":
            ax = figure.subfigures(1, 2)[1].subplots()
        else:
            ax = figure.add_axes((0.1, 0.1, 0.6, 0.7))
        axes = getattr(plot, name)(*given[name], ax=ax)
        assert axes.get_figure(root=True) is figure
        svg(figure)


@pytest.mark.usefixtures("_ours")
def test_letters_in_ones_own_axes_are_those_of_the_figure(
    given: dict[str, tuple[Any, ...]],
) -> None:
    def letters(axes: Axes) -> set[str]:
        axes.figure.draw_without_rendering()
        texts = [text for text in axes.findobj(Text) if text.get_text()]
        return {family for text in texts for family in text.get_fontfamily()}

    (table,) = given["frequencies"]
    with mpl.rc_context(THEIRS):
        ax = Figure().subplots()
        assert letters(plot.frequencies(table, ax=ax)) == {"DejaVu Serif"}
        assert ax.title.get_fontsize() == ax._left_title.get_fontsize()
        plot.style(font="DejaVu Sans Mono")
        assert letters(plot.frequencies(table, ax=ax)) == {"DejaVu Sans Mono"}


@pytest.mark.usefixtures("_ours")
def test_style_sets_size_and_font_until_it_is_called_again(
    given: dict[str, tuple[Any, ...]],
) -> None:
    (table,) = given["frequencies"]
    ours = plot.frequencies(table, top=8)
    plot.style(size=(3.3, 2.5), font="DejaVu Serif")
    for name in FIGURES:
        axes = getattr(plot, name)(*given[name])
        assert axes.figure.get_size_inches().tolist() == [3.3, 2.5], name
    assert {*axes.xaxis.label.get_fontfamily()} == {"DejaVu Serif"}
    plot.style()
    again = plot.frequencies(table, top=8)
    assert again.figure.get_size_inches().tolist() == ours.figure.get_size_inches().tolist()
    assert again.xaxis.label.get_fontfamily() == ["DejaVu Sans"]
    assert plot.growth(*given["growth"]).figure.get_size_inches().tolist() == [*SIZE]


@pytest.mark.parametrize(
    "wrong", [7, (7,), (7, 0), (7, -1), "7, 4", (1, 2, 3), (True, 2), ("7", "4")]
)
def test_a_size_that_is_none_is_named(wrong: Any) -> None:
    with pytest.raises(ValueError, match=re.escape(f"size is {wrong!r}")):
        plot.style(size=wrong)


def test_a_font_that_is_not_here_is_named() -> None:
    with pytest.raises(ValueError, match="font is 'Garamont'"):
        plot.style(font="Garamont")


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("other", [pd.DataFrame({"mot": ["a"], "n": [1]}), "mot", None, ["mot"], 7])
def test_what_is_not_the_table_of_a_figure_is_told_with_what_is(
    given: dict[str, tuple[Any, ...]], name: str, other: Any
) -> None:
    ax, before = Figure().subplots(), dict(mpl.rcParams)
    was = state(ax)
    what = "no column '.*', it has mot, n" if isinstance(other, pd.DataFrame) else repr(other)
    draws = rf"^plot\.{name} draws the table of (count|corpus|read|voices)\..*; .*{what}"
    with pytest.raises(
        ValueError, match=draws if isinstance(other, pd.DataFrame) else re.escape(what)
    ):
        getattr(plot, name)(other, *given[name][1:], ax=ax)
    assert state(ax) == was
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_draws_the_table_of_another_verb(
    given: dict[str, tuple[Any, ...]], name: str
) -> None:
    alike = {"frequencies", "word_cloud", "zipf"}, {"dispersion", "parts_of_speech"}
    a_corpus = {"barcode", "lengths", "dispersion"}, {"parts_of_speech", "dispersion"}
    for other in FIGURES:
        if other == name or any({name, other} <= group for group in alike + a_corpus):
            continue
        with pytest.raises(ValueError, match=rf"^plot\.{name} draws the table of .*; "):
            getattr(plot, name)(given[other][0], *given[name][1:])


@pytest.mark.parametrize("name", FIGURES)
def test_a_table_without_one_of_its_columns_is_drawn_or_told(
    given: dict[str, tuple[Any, ...]], name: str
) -> None:
    for at, table in enumerate(given[name]):
        for column in table if isinstance(table, pd.DataFrame) else ():
            less = [*given[name]]
            less[at] = table.drop(columns=column)
            try:
                assert isinstance(getattr(plot, name)(*less), Axes)
            except ValueError as error:
                assert re.search(f"no column ('{column}'|of units|of parts)", str(error))  # noqa: PT017


# Tables that a figure can do without.
BESIDE = [("dispersion", 2), ("timeline", 1)]


@pytest.mark.parametrize("name", FIGURES)
def test_a_table_without_a_row_says_that_there_is_nothing_to_draw(
    given: dict[str, tuple[Any, ...]], name: str
) -> None:
    for at, table in enumerate(given[name]):
        if isinstance(table, pd.DataFrame) and (name, at) not in BESIDE:
            none = [*given[name]]
            none[at] = table.head(0)
            own = Figure().subplots()
            for ax in (None, own):
                axes = getattr(plot, name)(*none, ax=ax)
                assert axes is ax or ax is None
                assert re.match("no |fewer |nothing ", axes.texts[0].get_text())
                assert not axes.axison


def test_a_corpus_gives_the_table_that_a_figure_needs_of_it(
    seed: Corpus, given: dict[str, tuple[Any, ...]]
) -> None:
    for draw, table in ((plot.lengths, seed.sentences), (plot.parts_of_speech, seed.tokens)):
        assert draw(seed).get_title("left") == draw(table).get_title("left")
    assert plot.barcode(seed, seed).get_title("left") == plot.barcode(*given["barcode"]).get_title(
        "left"
    )
    assert plot.dispersion(seed.tokens, ["de"]).get_title("left").startswith("“de” stands in")
    with pytest.raises(
        ValueError, match=r"draws the table of count\.frequencies; a Corpus was given"
    ):
        plot.word_cloud(seed)


def test_the_missing_column_is_named(given: dict[str, tuple[Any, ...]], seed: Corpus) -> None:
    said = (
        r"plot\.specificities draws the table of count\.specificities; this one has no column "
        "'specificity', it has type, f, F_ref, n"
    )
    with pytest.raises(ValueError, match=said):
        plot.specificities(*given["keyness"])
    with pytest.raises(
        ValueError, match=r"table of count\.zipf; this one has no column 'C', it has n"
    ):
        plot.zipf(*given["frequencies"], zipf=given["growth"][0])
    with pytest.raises(ValueError, match=r"count\.frequencies; this one has a column 'log_ratio'"):
        plot.frequencies(*given["keyness"])
    for draw in (plot.frequencies, plot.word_cloud):
        with pytest.raises(ValueError, match="this one has a column of parts, it has par, type, f"):
            draw(count.frequencies(seed.tokens, by="par"))
    with pytest.raises(ValueError, match=r"has no column 'share', it has n"):
        plot.progression({"de": given["growth"][0]}, 100)


# For each kind of option what is none, and what the message says is one.
WRONG: dict[str, tuple[list[Any], str]] = {
    "From1": (["20", 0, -3, 2.5, 20.0, True, None, [3], float("nan")], "a whole number from 1"),
    "From1 | None": (["20", 0, -3, 2.5, False], "a whole number from 1 or None"),
    "From0": (["20", -3, 2.5, None], "a whole number from 0"),
    "str | None": ([5, True, ["a"]], "a text or None"),
    "tuple[From1, From1]": (
        [(1,), (0, 1), (1, "2"), 3, "12"],
        "2 whole numbers from 1",
    ),
    "str | list[str]": ([5, None, [5], [["de"]]], "a text or a list of texts"),
    "Axes | None": ([Figure(), "ax", 3, np.array([None])], "an Axes or None"),
    "Value": (["rate", 5, None], "'share' or 'per_million'"),
    "pd.DataFrame | None": (["de", 3], "a table (DataFrame) or None"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_what_no_option_can_be_is_told_with_what_it_can(
    given: dict[str, tuple[Any, ...]], name: str
) -> None:
    draw = getattr(plot, name)
    parameters = inspect.signature(draw).parameters
    known = dict(zip(parameters, given[name], strict=False))
    tried = {
        key: WRONG[one.annotation] for key, one in parameters.items() if one.annotation in WRONG
    }
    assert tried.keys() >= {"ax", "title"}
    assert not [
        one for key, one in parameters.items() if one.default is not one.empty and key not in tried
    ]
    for key, (values, choices) in tried.items():
        for value in values:
            shown = type(value).__name__ if isinstance(value, Figure | np.ndarray) else repr(value)
            said = rf"^plot\.{name}: {key} is .*{re.escape(shown)}; it may be {re.escape(choices)}"
            with pytest.raises(ValueError, match=said):
                draw(**(known | {key: value}))


def test_help_names_what_every_figure_takes_beside_its_own_options() -> None:
    shown = "(tokens: 'pd.DataFrame', *, ax: 'Axes | None' = None, title: 'str | None' = None) -> 'Axes'"
    assert str(inspect.signature(plot.parts_of_speech)) == shown
    assert [*inspect.signature(plot.segments).parameters] == [
        "places",
        "tokens",
        "ax",
        "top",
        "title",
    ]


def test_numbers_of_numpy_and_columns_are_taken(
    given: dict[str, tuple[Any, ...]], seed: Corpus
) -> None:
    axes = plot.keyness(*given["keyness"], n=np.int64(3))
    assert len(axes.get_yticklabels()) == 3
    for many in (pd.Series(["de", "la"]), np.array(["de", "la"]), ("de", "la")):
        assert len(plot.dispersion(seed, many).get_yticklabels()) == 2


def test_settings_stay_where_a_figure_cannot_be_drawn(
    given: dict[str, tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(mpl.rcParams["svg.hashsalt"])

    monkeypatch.setattr("helpers.plot.bars._word_bars", broken)
    with plt.style.context("ggplot"):
        before = dict(mpl.rcParams)
        with pytest.raises(RuntimeError, match="helpers"):
            plot.frequencies(*given["frequencies"])
        assert dict(mpl.rcParams) == before
        plot.growth(*given["growth"])
        plot.style(font="DejaVu Serif")
        plot.style()
        assert dict(mpl.rcParams) == before


def test_the_doors_load_no_matplotlib() -> None:
    code = "import sys, helpers.plot, helpers.show; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_index_of_figures_names_each() -> None:
    lines = plot.__doc__.splitlines()
    named = [line.split()[0] for line in lines if re.match(r"    \w+  +\w", line)]
    assert sorted(named) == sorted(plot.INDEX)
    for name in FIGURES:
        doc = inspect.getdoc(getattr(plot, name))
        assert re.search(r"\?.*\n\n.*Parameters: .*Returns: .*\n\n>>> ", doc, re.S), name


def test_one_word_is_a_list_of_one(seed: Corpus) -> None:
    hits = (seed.tokens["type"] == "de").sum()
    axes = plot.dispersion(seed, "de")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [f"de ({hits})"]
    assert axes.get_title("left").startswith("“de” stands in")


def test_a_figure_of_several_panels_is_saved_whole(
    given: dict[str, tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("FIGURES", str(tmp_path))
    written = []
    for _ in range(2):
        figure = Figure(figsize=(9, 4), layout="constrained")
        left, right = figure.subfigures(1, 2)
        plot.growth(*given["growth"], ax=left.subplots())
        axes = plot.reinert(*given["reinert"], ax=right.subplots())
        saved(axes, "both", "x")
        written.append((tmp_path / "both.svg").read_bytes())
    assert written[0] == written[1]
    assert "types so far" in written[0].decode()


@pytest.mark.parametrize("name", ["frequencies", "growth", "reinert", "word_cloud"])
def test_a_title_of_any_length_stays_within_the_figure(
    given: dict[str, tuple[Any, ...]], name: str
) -> None:
    for times in (1, 4, 7):
        title = "un titre qui dit tout " * times
        figure = getattr(plot, name)(*given[name], title=title).get_figure(root=True)
        figure.draw_without_rendering()
        (text,) = figure.findobj(lambda one: isinstance(one, Text) and "titre" in one.get_text())
        box = text.get_window_extent()
        assert min(box.x0, box.y0) >= 0
        assert box.x1 <= figure.bbox.x1
        assert box.y1 <= figure.bbox.y1
        assert " ".join(text.get_text().split()) == title.strip()


def test_parts_that_are_not_drawn_are_told() -> None:
    """A figure with room for a few parts says how many there are."""
    names = [f"part {i:02}" for i in range(15)]
    units = pd.DataFrame({"type": "quai", "part": names, "f": 4, "F": 60, "t": 9, "O": 3})
    units = units.assign(specificity=np.arange(15.0), T=900)
    speech = {"part": np.repeat(names, 2), "kind": ["direct", "none"] * 15, "share": 0.5}
    speech = pd.DataFrame(speech).assign(words=9, macro=0.5, low=0.4, high=0.6)
    speech.loc[speech["part"] == names[-1], "share"] = [0.9, 0.1]  # the most, and not drawn
    mentions = {"part": np.repeat(names, 2), "name": ["Brest", "Ada"] * 15, "mentions": 2}
    named = pd.DataFrame(mentions).assign(label=["place", "person"] * 15, texts=1)
    sentences = pd.DataFrame({"doc": np.repeat(names, 40), "n_words": [*range(1, 41)] * 15})
    voiced = plot.reported_speech(speech)
    twelve = voiced, plot.names(named), plot.lengths(sentences.assign(par=1, sent=1), by="doc")
    eight = plot.specificities(units.drop(columns="O")), plot.cooccurrents(units)
    for most, drawn in ((12, twelve), (8, eight)):
        assert all(axes.get_xlabel().startswith(f"{most} of 15 parts; ") for axes in drawn)
    assert names[-1] not in voiced.get_title("left")
    few = units[units["part"] < names[8]]
    assert "parts;" not in plot.specificities(few.drop(columns="O")).get_xlabel()
