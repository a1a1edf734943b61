"""The report of a folder: nothing is made twice, no edit is lost, a failing cell is told, and a
report to share holds no text.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

from helpers import open_corpus, report
from helpers import render as runner
from helpers.corpus import HOME
from helpers.report import State, report_folder, signature

BODY = "Le ministre a reçu vendredi à Rabat la déléguée belge. Ils ont parlé de coopération. " * 9


@pytest.fixture
def texts(tmp_path) -> Path:
    folder = tmp_path / "mes textes"
    folder.mkdir()
    (folder / "a.txt").write_text(f" date 2024-11 {BODY}", "utf-8")
    return folder


@pytest.fixture
def notebooks(tmp_path, monkeypatch) -> Path:
    """A collection of two small notebooks in the place of ours; the second fails in one cell."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    setup = (
        "from helpers import card, claim, open_corpus, marked_text, provenance, quote, richness\n"
        "corpus = open_corpus()\n"
        "display(claim(lambda: 'Oui.', lambda: True), card(corpus))"
    )
    codes = {
        "01-un": ["marked_text(corpus)", "quote(corpus, corpus.paragraphs)", "richness(corpus.tokens)"],
        "02-deux": ["1 / 0", "print('plus loin')"],
    }  # fmt: skip
    for name, code in codes.items():
        cells = [nbformat.v4.new_markdown_cell(f"# {name} · Essai\n\n*Quoi ?*")]
        cells += [nbformat.v4.new_code_cell(line) for line in (setup, *code, "provenance(corpus)")]
        for number, cell in enumerate(cells):
            cell["id"] = f"c{number}"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    for module in (runner, report):
        monkeypatch.setattr(module, "NOTEBOOKS", folder)
    for name in ("SEEDS", "OUT", "NO_TEXT", "FIGURES"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("CACHE", str(tmp_path / "kept"))
    return folder


def outputs(path: Path) -> str:
    return json.dumps(
        [cell.get("outputs", []) for cell in nbformat.read(path, 4).cells], ensure_ascii=False
    )


def test_a_report_has_a_home_of_its_own(tmp_path):
    assert report_folder(str(HOME / "seeds"), None) is None
    assert report_folder(str(tmp_path / "mes textes"), None) == HOME / "reports" / "mes textes"
    assert report_folder(str(tmp_path), str(tmp_path / "ici")) == tmp_path / "ici"


def test_a_failing_cell_is_told_and_the_rest_goes_on(texts, notebooks, tmp_path, capsys):
    out = tmp_path / "rapport"
    assert not runner.render([], str(texts), str(out), jobs=2)
    said = capsys.readouterr()
    assert "02-deux, cell 3: ZeroDivisionError: division by zero" in said.err
    assert "plus loin" in outputs(out / "notebooks" / "02-deux.ipynb")
    page = (out / "site" / "index.html").read_text("utf-8")
    assert re.search("<h1><span[^>]*>mes textes</span>", page)
    assert "ZeroDivisionError" in page
    assert "requirements.lock, SHA-256" in page
    assert "Templin" in (out / "methods.txt").read_text("utf-8")
    assert "@book{templin1957" in (out / "references.bib").read_text("utf-8")

    assert not runner.render([], str(texts), str(out), jobs=2)
    assert re.search("01-un  kept\n02-deux  failed", capsys.readouterr().out)

    (texts / "b.txt").write_text(f" date 2024-12 {BODY}", "utf-8")
    edited = out / "notebooks" / "01-un.ipynb"
    edited.write_text(edited.read_text("utf-8").replace("Quoi", "Pourquoi"), "utf-8")
    runner.render(["01-un"], str(texts), str(out), jobs=1)
    assert "01-un.edited.ipynb" in capsys.readouterr().out
    assert "Pourquoi" in (out / "notebooks" / "01-un.edited.ipynb").read_text("utf-8")
    assert "Pourquoi" not in edited.read_text("utf-8")


def test_a_report_to_share_holds_no_text_and_no_long_quotation(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    assert BODY[:400] in outputs(out / "notebooks" / "01-un.ipynb")
    runner.render([], str(texts), str(out), jobs=2, text=False)
    words = " ".join(BODY.split())
    for path in (path for path in out.rglob("*") if path.is_file()):
        shown = " ".join(path.read_bytes().decode("utf-8", "ignore").split())
        assert words[:301] not in shown, path
        assert words[200:501] not in shown, path
    assert "left out" in outputs(out / "notebooks" / "01-un.ipynb")


def test_the_signature_changes_with_texts_names_and_what_is_shown(texts, tmp_path):
    corpus = open_corpus(texts, annotate=False, cache=tmp_path / "kept")
    before = signature(corpus, text=True)
    assert before == signature(corpus, text=True)
    assert before != signature(corpus, text=False)
    (texts / "a.txt").rename(texts / "c.txt")
    renamed = open_corpus(texts, annotate=False, cache=tmp_path / "kept")
    assert before != signature(renamed, text=True)


def test_a_notebook_that_was_taken_away_is_made_again(notebooks, tmp_path):
    (tmp_path / "rapport" / "notebooks").mkdir(parents=True)
    state, source = State(tmp_path / "rapport"), notebooks / "01-un.ipynb"
    assert not state.holds(source, "x")
    state.write(source, "x", "{}", whole=True)
    assert State(tmp_path / "rapport").holds(source, "x")
    assert not state.holds(source, "y")
    (tmp_path / "rapport" / "notebooks" / "01-un.ipynb").unlink()
    assert not state.holds(source, "x")


def test_check_is_for_the_committed_notebooks(texts, notebooks, tmp_path):
    with pytest.raises(SystemExit, match="--check compares the committed notebooks"):
        runner.render([], str(texts), str(tmp_path / "rapport"), jobs=1, check=True)
