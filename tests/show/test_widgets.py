"""The views with knobs, as objects; tests/browser turns them in JupyterLab."""

from __future__ import annotations

from threading import Event, Thread

from helpers import open_corpus
from helpers.show import interactive_concordance, interactive_themes
from helpers.show import widgets as interactive


def test_the_knobs_turn_and_errors_are_text(seed):
    box = interactive_concordance(seed, "sécurité")
    (query, unit), (window, sort) = (row.children for row in box.children[:2])
    lines = box.children[-1]
    before = lines.value
    assert "7 lines" in before
    window.value = 2
    assert lines.value != before
    sort.value = "right1"
    assert lines.value.index("des deux") < lines.value.index("intérieure d")
    query.value = "terrorisme"
    assert "2 lines" in lines.value
    query.value = "[lemma=<b>"
    assert "expected" in lines.value
    assert "<b>" not in lines.value
    unit.value = "form"
    assert "▢" in lines.value


def test_themes_are_chosen_and_the_strip_and_the_passages_follow(seed):
    boxes, parts, shown = interactive_themes(seed, n=5).children
    assert [box.value for box in boxes.children] == [True] * 3 + [False] * 7
    assert boxes.children[0].description == "place"
    before = shown.value
    assert 'alt="Institution is densest in ¶ 1, place in ¶ 2"' in before
    assert before.count("<blockquote") == 5
    for box in boxes.children[:3]:
        box.value = False
    assert "No theme is chosen" in shown.value
    boxes.children[-1].value = True
    assert shown.value.count("<blockquote") == 4
    parts.value = "texts"
    assert "the densest theme" in shown.value


def test_a_knob_that_overtakes_another_leaves_no_old_view(seed, monkeypatch):
    boxes, _, shown = interactive_themes(seed).children
    begun, may_end, profile = Event(), Event(), interactive.theme_profile

    def slow(*given, **options):
        begun.set()
        may_end.wait(60)
        return profile(*given, **options)

    def untick(box):
        thread = Thread(target=setattr, args=(box, "value", False))
        thread.start()
        return thread

    monkeypatch.setattr(interactive, "theme_profile", slow)
    first = untick(boxes.children[0])
    assert begun.wait(60)
    others = [untick(box) for box in boxes.children[1:3]]
    for thread in others:
        thread.join(1)
    may_end.set()
    for thread in (first, *others):
        thread.join(60)
    assert "No theme is chosen" in shown.value


def test_a_corpus_without_a_theme_says_so(tmp_path):
    (tmp_path / "rien.txt").write_text("Zut, alors !", "utf-8")
    box = interactive_themes(open_corpus(tmp_path, cache=tmp_path / "kept"))
    assert "none is found" in box.children[-1].value
