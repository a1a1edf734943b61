"""The report of a folder: nothing is made twice, no edit is lost, a failing cell is told, and a
report to share holds no text.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from helpers import open_corpus
from helpers.read.corpus import HOME
from helpers.share import render as runner
from helpers.share import report
from helpers.share.report import State, report_folder, signature

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
        "01-un": ["marked(corpus)", "quote(corpus, corpus.paragraphs)", "richness(corpus.tokens)"],
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
    assert all(len(quoted) <= 300 for quoted in told(out))
    assert "left out" in outputs(out / "notebooks" / "01-un.ipynb")


def told(out: Path) -> list[str]:
    """The longest passage of the text in each file of a report, whatever the file is."""
    return [longest(BODY, shown(path)) for path in out.rglob("*") if path.is_file()]


def shown(path: Path) -> str:
    """What a reader of the file sees, in one line."""
    if path.suffix == ".parquet":
        text = pd.read_parquet(path).to_csv()
    elif path.suffix == ".ipynb":
        cells = nbformat.read(path, 4).cells
        text = " ".join(json.dumps(cell, ensure_ascii=False) for cell in cells)
    else:
        text = path.read_bytes().decode("utf-8", "ignore")
    return " ".join(html.unescape(re.sub("<[^>]*>", "", text)).split())


def longest(text: str, shown: str) -> str:
    """The longest passage from the beginning or the middle of a text that is shown."""
    passages = (text[at : at + size] for at in (0, 200) for size in (100, 200, 300, 301, 400))
    return max((passage for passage in passages if passage in shown), key=len, default="")


def test_the_test_of_what_a_report_tells_sees_it_in_every_kind_of_file(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    seen = {
        path.suffix
        for path in out.rglob("*")
        if path.is_file() and len(longest(BODY, shown(path))) > 300
    }
    assert {".ipynb", ".html", ".csv", ".parquet", ".txt"} <= seen


def test_a_report_to_share_is_not_made_where_the_text_may_be(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    saved = out / "notebooks" / "01-un.ipynb"
    saved.with_name("01-un.edited.ipynb").write_text(saved.read_text("utf-8"), "utf-8")
    checkpoints = out / "notebooks" / ".ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "01-un-checkpoint.ipynb").write_text(saved.read_text("utf-8"), "utf-8")
    # As JupyterLab saves it.
    saved.write_text(
        saved.read_text("utf-8").replace('"name": "python"', '"name": "python3"'), "utf-8"
    )
    with pytest.raises(SystemExit, match=r"\.ipynb_checkpoints, 01-un.edited.ipynb, 01-un.ipynb"):
        runner.render([], str(texts), str(out), jobs=2, text=False)
    for path in (saved, saved.with_name("01-un.edited.ipynb"), *checkpoints.iterdir()):
        path.unlink()
    checkpoints.rmdir()
    runner.render([], str(texts), str(out), jobs=2, text=False)
    assert all(len(quoted) <= 300 for quoted in told(out))


def test_a_report_to_share_is_made_whole(texts, notebooks, tmp_path):
    with pytest.raises(SystemExit, match="leave the names of notebooks away"):
        runner.render(["01-un"], str(texts), str(tmp_path / "rapport"), jobs=1, text=False)


def test_a_report_goes_into_a_folder_that_is_not_the_collection(texts, notebooks, tmp_path):
    with pytest.raises(SystemExit, match="holds the collection itself"):
        runner.prepare(str(texts), str(HOME))
    (tmp_path / "fichier").write_text("")
    with pytest.raises(SystemExit, match="cannot be a folder"):
        runner.prepare(str(texts), str(tmp_path / "fichier"))


def test_a_report_that_was_interrupted_is_finished_by_the_next_run(
    texts, notebooks, tmp_path, monkeypatch
):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    (texts / "b.txt").write_text(f" date 2024-12 {BODY}", "utf-8")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(runner, "write_tables", interrupted)
        with pytest.raises(KeyboardInterrupt):
            runner.render([], str(texts), str(out), jobs=2)
    assert len(pd.read_parquet(out / "tables" / "documents.parquet")) == 1
    runner.render([], str(texts), str(out), jobs=2)
    assert len(pd.read_parquet(out / "tables" / "documents.parquet")) == 2


def test_a_failure_stays_on_the_first_page_until_it_is_mended(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    (texts / "b.txt").write_text(f" date 2024-12 {BODY}", "utf-8")
    assert runner.render(["01-un"], str(texts), str(out), jobs=1)
    assert "ZeroDivisionError" in (out / "site" / "index.html").read_text("utf-8")
    mended = notebooks / "02-deux.ipynb"
    mended.write_text(mended.read_text("utf-8").replace("1 / 0", "1 / 1"), "utf-8")
    assert runner.render([], str(texts), str(out), jobs=2)
    assert "ZeroDivisionError" not in (out / "site" / "index.html").read_text("utf-8")


def test_where_no_report_was_made_jupyterlab_finds_notebooks_to_run(
    texts, notebooks, tmp_path, capsys
):
    out = tmp_path / "rapport"
    folder = runner.prepare(str(texts), str(out))
    runner.lay_out(folder)
    assert outputs(folder / "01-un.ipynb") == "[[], [], [], [], [], []]"
    assert "have not been run yet" in (folder / "index.md").read_text("utf-8")
    changed = folder / "02-deux.ipynb"
    changed.write_text(changed.read_text("utf-8").replace("1 / 0", "2 / 0"), "utf-8")
    runner.lay_out(folder)
    assert "2 / 0" in changed.read_text("utf-8")
    runner.render(["01-un"], str(texts), str(out), jobs=2)
    assert "follow when all notebooks have been run" in capsys.readouterr().out
    assert not (out / "site").exists()
    runner.render([], str(texts), str(out), jobs=2)
    assert sorted(path.name for path in folder.glob("*.edited.ipynb")) == ["02-deux.edited.ipynb"]
    assert "have not been run yet" not in (folder / "index.md").read_text("utf-8")
    assert not (out / "site" / "02-deux.edited.html").exists()


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
