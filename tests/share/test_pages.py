"""The start page and the page of measures: Markdown in which nothing of a corpus is markup."""

from __future__ import annotations

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from helpers.share.pages import measures_page, plain, start_page, write_pages
from helpers.show.measures import all_measures
from helpers.show.notes import escape


def invented(answer: str, figures: list[tuple[str, str, list[str]]]):
    """An executed notebook with this answer, and figures of these names, texts and tags."""
    html = {"text/html": f'<p class="said">{escape(answer)}</p>', "text/plain": answer}
    said = [nbformat.v4.new_output("display_data", html)]
    cells = [
        nbformat.v4.new_markdown_cell("# 01 · Essai\n\n*Que dit-il ?*"),
        nbformat.v4.new_code_cell("WORD = None", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("say()", outputs=said),
    ]
    for name, alt, tags in figures:
        about = {"image/png": {"alt": alt, "width": 700}, "figure": name}
        output = nbformat.v4.new_output("display_data", {"image/png": ""}, metadata=about)
        cells.append(nbformat.v4.new_code_cell("x", outputs=[output], metadata={"tags": tags}))
    return nbformat.v4.new_notebook(cells=cells)


def html_of(markdown: str) -> str:
    return MarkdownIt("commonmark").render(markdown)


def test_each_notebook_has_its_question_its_answer_and_its_cover():
    notebook = invented(
        "Il dit oui.", [("01-a", "Une courbe", []), ("01-b", "Un nuage", ["cover"])]
    )
    made = "<table>\n<tr></tr></table>"
    page = start_page({"01-essai": notebook}, title="Corpus", opening="Voici.", made=made)
    shown = html_of(page)
    assert '<h2><a href="01-essai.ipynb">01 · Essai</a></h2>' in shown
    assert "<em>Que dit-il ?</em>" in shown
    assert '<p class="said">Il dit oui.</p>' in shown
    assert '<img src="../figures/01-b.png" alt="Un nuage"' in shown
    assert "01-a" not in shown
    assert page.endswith("<table> <tr></tr></table>\n")


def test_without_a_cover_the_first_figure_and_without_figures_none():
    notebook = invented("Oui.", [("01-a", "Une courbe", []), ("01-b", "Un nuage", [])])
    assert "01-a.png" in start_page({"01-essai": notebook}, title="T", opening="")
    assert "<img" not in html_of(
        start_page({"01-essai": invented("Oui.", [])}, title="T", opening="")
    )


HOSTILE = st.text(alphabet="abé <>&$`*_[]()!#|\\{}~^'\"-+.:/\n\t\u00a0", max_size=60)


@given(HOSTILE)
def test_plain_text_is_shown_character_for_character(text):
    tokens = MarkdownIt("commonmark").parseInline(f"x{plain(text)}x")[0].children
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens) == f"x{' '.join(text.split())}x"


@given(HOSTILE)
def test_nothing_in_a_sentence_or_a_caption_is_markup(text):
    notebook = invented(text, [("01-a", text, [])])
    shown = html_of(start_page({"01-essai": notebook}, title=plain(text), opening=""))
    assert [shown.count(tag) for tag in ("<h1>", "<h2>", "<p", "<img")] == [1, 1, 4, 1]


def test_the_page_of_measures_has_each_measure_whole():
    page = measures_page()
    assert page.count("\n$$\n") == 2 * sum(len(measure.formula) for measure in all_measures())
    for measure in all_measures():
        said = (measure.name, *measure.formula, measure.unit, measure.tested, measure.variants)
        assert all(part in page for part in said)
    assert "*MTLD*" not in page
    assert page.index("$N$ words") < page.index("## Adjusted Rand index")
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert len(set(headings)) == len(headings) == len(all_measures()) + 1
    assert "\n- Rychlý, Pavel (2008). A Lexicographer-Friendly" in page
    assert "](https://doi.org/10.3406/mots.1980.1008)" in page


def test_both_pages_are_written(tmp_path):
    notebooks = {"01-essai": invented("Oui.", [])}
    write_pages(tmp_path, notebooks, title="Corpus", opening="Voici.")
    assert (tmp_path / "measures.md").read_text("utf-8") == measures_page()
    start = start_page(notebooks, title="Corpus", opening="Voici.")
    assert (tmp_path / "index.md").read_text("utf-8") == start
