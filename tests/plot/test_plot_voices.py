"""The attribution strip shows the numbers of its table, and survives what a text may hold."""

from __future__ import annotations

from helpers import open_corpus, plot
from helpers.plot.sources import SPEECH
from helpers.voices import attributions


def test_a_bar_for_each_passage_as_long_as_it_is_on_the_row_of_its_paragraph(seed):
    said = attributions(seed)
    axes = plot.attributions(said)
    bars = sorted((p.get_y() + p.get_height() / 2, p.get_x(), p.get_width()) for p in axes.patches)
    assert [width for *_, width in bars] == (said["end"] - said["start"]).tolist()
    assert [row for row, *_ in bars] == (said["par"] - 1).tolist()


def test_each_kind_is_told_by_a_name_and_never_by_colour_alone(seed):
    axes = plot.attributions(attributions(seed))
    assert [t.get_text() for t in axes.figure.legends[0].get_texts()] == [
        "according to",
        "indirect",
        "no source",
    ]
    looks = list(SPEECH.values())
    assert len({colour for _, colour, _ in looks}) == len(looks)
    assert any("féliciter" in text.get_text() for text in axes.texts)


def test_a_dollar_in_a_source_is_a_dollar(tmp_path):
    (tmp_path / "a.txt").write_text("Selon M. Tazi$Ndoye, la digue <b>tiendra</b>.", "utf-8")
    axes = plot.attributions(attributions(open_corpus(tmp_path, cache=tmp_path / "kept")))
    axes.figure.canvas.draw()
    assert all("$" not in text.get_text().replace(r"\$", "") for text in axes.texts)


def test_a_corpus_without_text_says_so(seed):
    axes = plot.attributions(attributions(seed).head(0))
    assert axes.texts[0].get_text() == "no text"


def test_words_stand_in_a_bar_only_if_they_fit_whole(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Selon la directrice générale de l'agence régionale des digues, oui. "
        + "La mer monte encore un peu chaque année sur toute la longueur de la côte. " * 9,
        "utf-8",
    )
    axes = plot.attributions(attributions(open_corpus(tmp_path, cache=tmp_path / "kept")))
    axes.figure.draw_without_rendering()
    bars = [bar.get_window_extent() for bar in axes.patches]
    for text in axes.texts:
        box = text.get_window_extent()
        assert any(bar.x0 <= box.x0 and box.x1 <= bar.x1 for bar in bars), text.get_text()
    assert len(axes.texts) < len(bars)
    title = axes.get_title("left") or axes.get_title()
    assert title.endswith("of the text has a source")
