"""The report of a folder: nothing of anybody else is touched, no edit is lost, a failing cell is
told, and a report to share holds no text.
"""

from __future__ import annotations

import html
import json
import os
import re
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from helpers import count, open_corpus, plot, show
from helpers.read.corpus import HOME
from helpers.share import render as runner
from helpers.share import report
from helpers.share.parameters import parameters_of, selected
from helpers.share.report import prepare, replaced

PARAMETERS = "WORD = None  # a word\nBY = None  # parts # of it\nSELECT = None  # which texts"
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
        "from helpers import count, open_corpus, plot, show\n"
        "corpus = open_corpus().where(SELECT)\n"
        "with show.saying('Essai') as say:\n    say(f'{len(corpus)} × oui.')\n"
        "show.card(corpus)"
    )
    codes = {
        "01-un": [
            "show.marked(corpus)",
            "show.quote(corpus, corpus.paragraphs)",
            "show.table('1.1', count.richness(corpus), 'One row is a text.')",
            "show.table('1.2', corpus.tokens, 'One row is a token.', n=2)",
            "show.figure('1.1', plot.frequencies, count.frequencies(corpus), 'Frequent words.')",
        ],
        "02-deux": ["1 / 0", "print('plus loin')"],
    }  # fmt: skip
    for name, code in codes.items():
        cells = [nbformat.v4.new_markdown_cell(f"# {name} · Essai\n\n*Quoi ?*")]
        cells.append(nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}))
        cells += [
            nbformat.v4.new_code_cell(line) for line in (setup, *code, "show.provenance(corpus)")
        ]
        for number, cell in enumerate(cells):
            cell["id"] = f"c{number}"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    monkeypatch.setattr(runner, "NOTEBOOKS", folder)
    for name in ("SEEDS", "OUT", "NO_TEXT", "FIGURES"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("CACHE", str(tmp_path / "kept"))
    return folder


def outputs(path: Path) -> str:
    return json.dumps(
        [cell.get("outputs", []) for cell in nbformat.read(path, 4).cells], ensure_ascii=False
    )


def test_a_failing_cell_is_told_and_the_rest_goes_on(texts, notebooks, tmp_path, capsys):
    out = tmp_path / "rapport"
    (texts / "b.pdf").write_bytes(b"")
    assert not runner.render([], str(texts), str(out), jobs=2)
    said = capsys.readouterr()
    issues = "1 issue (see corpus.issues):\n  1 × ignored: b.pdf: a PDF, passed over; columns"
    assert said.err.startswith(issues)
    assert "02-deux, cell 4: ZeroDivisionError: division by zero" in said.err
    assert "plus loin" in outputs(out / "notebooks" / "02-deux.ipynb")
    page = (out / "site" / "index.html").read_text("utf-8")
    assert re.search("<h1><span[^>]*>mes textes</span>", page)
    assert "ZeroDivisionError" in page
    assert "requirements.lock, SHA-256" in page
    assert "_static/report.css" in page  # which folds the sections that show nothing
    assert "Templin" in (out / "methods.txt").read_text("utf-8")
    assert "@book{templin1957" in (out / "references.bib").read_text("utf-8")


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, and where each link in it leads."""
    return {
        str(path.relative_to(folder)): bytes(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def make(texts: Path, out: Path, **files: str) -> None:
    """A report of these files, as a run makes it."""
    with replaced(prepare(str(texts), str(out))) as made:
        for name, written in files.items():
            (made / name).write_text(written)


def test_of_earlier_reports_the_last_is_kept_beside(texts, notebooks, tmp_path):
    out, before = tmp_path / "rapport", tmp_path / "rapport.before"
    for page in "123":
        make(texts, out, page=page)
    assert {path.name for path in tmp_path.glob("*rapport*")} == {out.name, before.name}
    assert [(folder / "page").read_text() for folder in (before, out)] == ["2", "3"]


@pytest.mark.parametrize("kind", ["edited", "added", "linked", "taken", "unlisted"])
def test_an_earlier_report_with_anything_that_is_not_ours_stays(kind, texts, notebooks, tmp_path):
    out, elsewhere = tmp_path / "rapport", tmp_path / "ailleurs"
    elsewhere.mkdir()
    (elsewhere / "thèse").write_text("à moi")
    make(texts, out, page="1", index="1")
    make(texts, out, page="2")
    before = tmp_path / "rapport.before"
    if kind in ("edited", "added"):
        (before / {"edited": "page", "added": "notebooks/notes"}[kind]).write_text("à moi")
    elif kind == "linked":
        (before / "lien").symlink_to(elsewhere)
    else:
        (before / {"taken": "page", "unlisted": ".report.json"}[kind]).unlink()
    held = content(before)
    for page in "345":
        make(texts, out, page=page)
    assert content(before) == held
    assert (tmp_path / "rapport.before-2" / "page").read_text() == "4"
    assert not (tmp_path / "rapport.before-3").exists()
    assert (elsewhere / "thèse").read_text() == "à moi"


def test_nothing_is_written_into_a_folder_that_holds_anything_else(texts, notebooks, tmp_path):
    out = tmp_path / "thèse"
    (out / "site").mkdir(parents=True)
    for name in ("references.bib", "site/index.html", ".report.json"):
        (out / name).write_text("à moi")
    before = content(out)
    for text in (True, False):
        with pytest.raises(SystemExit, match=r"holds files, and no \.report\.json says"):
            runner.render([], str(texts), str(out), jobs=2, text=text)
    assert content(out) == before
    assert not list(tmp_path.glob(".thèse*"))


def test_the_texts_are_never_in_the_way(texts, notebooks, tmp_path, monkeypatch):
    """Neither the texts nor what is around or in them, home or the collection is written into."""
    monkeypatch.setenv("HOME", str(tmp_path / "chez" / "moi"))
    site = tmp_path / "d" / "site"
    site.mkdir(parents=True)
    (site / "a.txt").write_text(BODY, "utf-8")
    (tmp_path / "lien").symlink_to(tmp_path / "d")
    refused = {
        (site, tmp_path / "d"): "holds the texts",
        (site, tmp_path / "lien"): "holds the texts",
        (site, site): "holds the texts",
        (site, site / "rapport"): "lies among the texts",
        (site, Path("/")): "holds the collection",
        (site, HOME): "holds the collection",
        (site, HOME / "site"): "lies in the collection",
        (site, HOME / "reports"): "lies in the collection",
        (site, tmp_path / "chez" / "moi"): "holds your home",
        (site, tmp_path / "chez"): "holds your home",
    }
    before = content(tmp_path)
    for (seeds, out), said in refused.items():
        with pytest.raises(SystemExit, match=f"{said}; name another folder with OUT"):
            prepare(str(seeds), str(out))
    assert content(tmp_path) == before
    assert prepare(str(site), str(HOME / "reports" / "un rapport")).name == "un rapport"


def test_an_earlier_report_whose_exports_are_the_texts_stays(texts, notebooks, tmp_path):
    out, before = tmp_path / "rapport", tmp_path / "rapport.before"
    make(texts, out, page="1")
    out.rename(before)
    read = before / "notebooks"
    for page in "23":
        make(read, out, page=page)
    assert (before / "page").read_text() == "1"
    assert (tmp_path / "rapport.before-2" / "page").read_text() == "2"


def test_a_home_of_nobody_and_a_link_to_itself_are_told(texts, notebooks, tmp_path):
    (tmp_path / "lien").symlink_to(tmp_path / "lien")
    here = str(texts)
    for wrong in ("~nobody.there/x", str(tmp_path / "lien")):
        for seeds, out in ((wrong, str(tmp_path / "rapport")), (here, wrong)):
            with pytest.raises(SystemExit, match=r"; .*name another"):
                make(Path(seeds), Path(out), page="1")


def test_a_folder_whose_name_is_in_an_older_encoding_has_a_report(texts, notebooks, tmp_path):
    """As archives are unpacked in which names are in Latin-1."""
    (notebooks / "02-deux.ipynb").unlink()
    folder, out = tmp_path / os.fsdecode(b"\xe9t\xe9"), tmp_path / "rapport"
    texts.rename(folder)
    assert runner.render([], str(folder), str(out), jobs=1)
    assert "\\udce9t\\udce9" in (out / "site" / "index.html").read_text("utf-8")


def test_two_folders_of_one_name_do_not_share_a_report(texts, notebooks, tmp_path):
    out, other = tmp_path / "rapport", tmp_path / "b" / texts.name
    other.mkdir(parents=True)
    make(texts, out, page="1")
    with pytest.raises(SystemExit, match="is the report of another folder of texts"):
        prepare(str(other), str(out))
    assert str(tmp_path) not in (out / ".report.json").read_text("utf-8")


def test_two_exports_of_one_name_do_not_share_their_texts(own_environment, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "HOME", tmp_path / "ici")
    files = [tmp_path / folder / "export.csv" for folder in "ab"]
    for path in files:
        path.parent.mkdir()
        path.write_text(f"titre,texte,date\nDe {path.parent.name},Le quai rouvre.,2024-11-04\n")
    for _again in range(2):
        prepare(str(files[0]), str(tmp_path / "rapport"))
    with pytest.raises(SystemExit, match="texts of another file of this name; rename "):
        prepare(str(files[1]), str(tmp_path / "rapport"))
    (article,) = (tmp_path / "ici" / "reports" / "export.texts").glob("*.txt")
    assert "De a" in article.read_text("utf-8")


@pytest.mark.parametrize("kind", ["file", "edit", "link"])
def test_what_lies_in_the_site_and_is_not_ours_is_kept(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "HOME", tmp_path)
    monkeypatch.setattr(runner, "SITE", tmp_path / "site")
    pages = ["un", "deux", "trois"]

    def built(_, target):
        target.mkdir()
        (target / "index.html").write_text(pages.pop(), "utf-8")

    monkeypatch.setattr(runner, "build_site", built)
    runner.write_site()
    theirs = tmp_path / "site" / ("notes.txt" if kind == "file" else "index.html")
    runner.write_site()
    assert not (tmp_path / "site.before").exists()
    if kind == "link":
        theirs.unlink()
        (tmp_path / "these.html").write_text("à moi", "utf-8")
        theirs.symlink_to(tmp_path / "these.html")
    else:
        theirs.write_text("à moi", "utf-8")
    runner.write_site()
    assert (tmp_path / "site.before" / theirs.name).read_text("utf-8") == "à moi"
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "un"
    assert not [*tmp_path.glob(".site-*")]


def test_a_report_to_share_holds_no_text_and_no_long_quotation(texts, notebooks, tmp_path):
    out, others = tmp_path / "rapport", " ".join(f"mot{i}" for i in range(600))
    (texts / "a.txt").write_text(f" date 2024-11 {BODY}\n\n{others}", "utf-8")
    runner.render([], str(texts), str(out), jobs=2)
    assert BODY[:400] in outputs(out / "notebooks" / "01-un.ipynb")
    runner.render([], str(texts), str(out), jobs=2, text=False)
    assert 100 < max(len(quoted) for quoted in told(out)) <= 300
    assert "left out" in outputs(out / "notebooks" / "01-un.ipynb")


def test_a_text_of_which_a_report_to_share_would_quote_much_is_not_quoted(
    texts, notebooks, tmp_path
):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2, text=False)
    files = [path for path in out.rglob("*") if path.is_file()]
    assert not [path for path in files if "vendredi à Rabat la déléguée belge" in shown(path)]
    page = shown(out / "site" / "01-un.html")
    assert re.search(r"… ?a, characters 14 to \d+", page)


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


@pytest.mark.slow
def test_the_test_of_what_a_report_tells_sees_it_in_every_kind_of_file(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    seen = {
        path.suffix
        for path in out.rglob("*")
        if path.is_file() and len(longest(BODY, shown(path))) > 300
    }
    assert {".ipynb", ".html", ".csv", ".parquet", ".txt"} <= seen


@pytest.mark.slow
def test_a_report_to_share_holds_nothing_that_the_run_did_not_write(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    saved = (out / "notebooks" / "01-un.ipynb").read_text("utf-8")
    left = ["Untitled.ipynb", "notebooks/extraits.md", "tables/.ipynb_checkpoints/a-checkpoint.csv"]
    for name in left:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(saved, "utf-8")
    runner.render([], str(texts), str(out), jobs=2, text=False)
    assert all(len(quoted) <= 300 for quoted in told(out))
    listed = json.loads((out / ".report.json").read_text("utf-8"))["files"]
    assert {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} == {
        ".report.json", *listed
    }  # fmt: skip
    assert all((tmp_path / "rapport.before" / name).read_text("utf-8") == saved for name in left)


def test_folders_that_the_environment_names_are_none_of_a_report(
    texts, notebooks, tmp_path, monkeypatch
):
    """Kernels run in a folder of the report: named from where the run began, the store would be
    another one there, with the full texts in it, and word lists and figures would be elsewhere.
    """
    out = tmp_path / "rapport"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "listes").mkdir()
    (tmp_path / "listes" / "themes.csv").write_text(
        "theme,entry,unit,pos\nzoo,vendredi,lemma,NOUN\n"
    )
    book = nbformat.read(notebooks / "02-deux.ipynb", 4)
    book.cells[-1]["source"] = "print(set(count.theme_hits(corpus)['theme']))"
    nbformat.write(book, notebooks / "02-deux.ipynb")
    for name, folder in {"CACHE": "gardé", "LEXICONS": "listes", "FIGURES": "dessins"}.items():
        monkeypatch.setenv(name, folder)
    runner.render([], str(texts), str(out), jobs=2, text=False)
    assert {path.name for path in (out / "notebooks").rglob("*")} == {
        "01-un.ipynb", "02-deux.ipynb", "index.md", "measures.md",
    }  # fmt: skip
    assert "'zoo'" in outputs(out / "notebooks" / "02-deux.ipynb")
    assert (out / "figures" / "01-frequencies.svg").is_file()
    there = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert there == {"gardé", "listes", "mes textes", "notebooks", "rapport"}


def test_texts_that_change_while_a_report_is_made_are_told(texts, notebooks, tmp_path, monkeypatch):
    """Each notebook reads them for itself."""
    run_all = runner._run_all

    def edited(*given: object, **more: str) -> None:
        run_all(*given, **more)
        (texts / "b.txt").write_text("Un texte de plus.", "utf-8")

    monkeypatch.setattr(runner, "_run_all", edited)
    with pytest.raises(SystemExit, match="mes textes changed while the report was made; make it"):
        runner.render([], str(texts), str(tmp_path / "rapport"), jobs=2)
    assert not list(tmp_path.glob("*rapport*"))


def test_a_report_that_was_made_under_the_name_of_an_earlier_one_stays(texts, notebooks, tmp_path):
    """Who compares what was written before a strike with what came after it may name it so."""
    before = tmp_path / "rapport.before"
    make(texts, before, page="avant")
    for page in "1234":
        make(texts, tmp_path / "rapport", page=page)
    make(texts, before, page="avant, encore")
    places = ("rapport", "rapport.before", "rapport.before-2", "rapport.before.before")
    assert {path.name for path in tmp_path.glob("rapport*")} == {*places}
    held = [(tmp_path / name / "page").read_text() for name in places]
    assert held == ["4", "avant, encore", "3", "avant"]


def test_a_full_disk_is_one_sentence_and_nothing_is_left(texts, notebooks, tmp_path, monkeypatch):
    make(texts, tmp_path / "rapport", page="1")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(SystemExit, match=r"cannot be made \(No space left .*; name another"):
        make(texts, tmp_path / "rapport", page="2")
    assert [path.name for path in tmp_path.glob("*rapport*")] == ["rapport"]
    assert (tmp_path / "rapport" / "page").read_text() == "1"


def test_an_account_without_a_home_makes_reports(texts, notebooks, tmp_path, monkeypatch):
    def nowhere(*_: object) -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nowhere)
    make(texts, tmp_path / "rapport", page="1")
    assert (tmp_path / "rapport" / "page").read_text() == "1"


def test_a_report_is_made_whole(texts, notebooks, tmp_path):
    with pytest.raises(SystemExit, match="leave the names of notebooks away"):
        runner.render(["01-un"], str(texts), str(tmp_path / "rapport"), jobs=1)


def test_a_folder_that_cannot_be_made_is_named(texts, notebooks, tmp_path):
    (tmp_path / "fichier").write_text("")
    for place, said in {"fichier": "is no folder", "fichier/rapport": "lies below fichier"}.items():
        with pytest.raises(SystemExit, match=f"{place} {said}.*name another folder with OUT"):
            runner.render([], str(texts), str(tmp_path / place), jobs=1)


def test_a_place_that_the_system_does_not_give_is_told_before_the_run(
    texts, notebooks, tmp_path, monkeypatch
):
    """A name that is too long, also with what a second report puts behind it; a folder that may not
    be read or written.
    """
    for length in (300, 250):
        with pytest.raises(SystemExit, match=r"xx cannot be made \(.+\); name another folder"):
            make(texts, tmp_path / ("x" * length), page="1")
    out = tmp_path / "fermé" / "rapport"
    make(texts, out, page="1")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for what in ("exists", "mkdir"):
        with monkeypatch.context() as closed:
            closed.setattr(Path, what, refused)
            with pytest.raises(SystemExit, match=r"rapport cannot be made \(Permission denied\)"):
                make(texts, out, page="2")
    with monkeypatch.context() as closed:
        closed.setattr(report, "TemporaryDirectory", refused)
        with pytest.raises(SystemExit, match=r"rapport cannot be made \(Permission denied\)"):
            make(texts, out, page="2")
    assert [path.name for path in out.parent.iterdir()] == ["rapport"]
    assert (out / "page").read_text() == "1"


def test_a_run_that_is_interrupted_leaves_the_earlier_report_as_it_was(
    texts, notebooks, tmp_path, monkeypatch
):
    out = tmp_path / "rapport"
    make(texts, out, page="1")
    before = content(out)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "write_tables", interrupted)
    with pytest.raises(KeyboardInterrupt):
        runner.render([], str(texts), str(out), jobs=2)
    assert content(out) == before
    assert [path.name for path in tmp_path.glob("*rapport*")] == ["rapport"]


def test_where_no_report_was_made_jupyterlab_finds_notebooks_to_run(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.lay_out(runner.prepare(str(texts), str(out)))
    folder = out / "notebooks"
    assert outputs(folder / "01-un.ipynb") == json.dumps([[]] * 9)
    assert "have not been run yet" in (folder / "index.md").read_text("utf-8")
    changed = folder / "02-deux.ipynb"
    changed.write_text(changed.read_text("utf-8").replace("1 / 0", "2 / 0"), "utf-8")
    before = content(out)
    runner.lay_out(runner.prepare(str(texts), str(out)))
    assert content(out) == before
    runner.render([], str(texts), str(out), jobs=2)
    assert "have not been run yet" not in (folder / "index.md").read_text("utf-8")
    assert content(tmp_path / "rapport.before") == before


def test_check_is_for_the_committed_notebooks(texts, notebooks, tmp_path):
    with pytest.raises(SystemExit, match="--check compares the committed notebooks"):
        runner.render([], str(texts), str(tmp_path / "rapport"), jobs=1, check=True)


# What is asked of a report: the parameters of its notebooks


def parameters(path: Path) -> str:
    return nbformat.read(path, 4).cells[1].source


def test_the_parameters_that_are_asked_are_those_of_the_notebooks(texts, notebooks, tmp_path):
    (texts / "b.txt").write_text(f" date 2023-05 {BODY.replace('belge', 'suisse')}", "utf-8")
    out = tmp_path / "rapport"
    asked = {"WORD": "coopération", "SELECT": "year >= '2024'"}
    runner.render([], str(texts), str(out), jobs=2, asked=asked)
    said = "WORD = 'coopération'  # a word\nBY = None  # parts # of it\nSELECT = \"year >= '2024'\""
    for path in (out / "notebooks").glob("*.ipynb"):
        assert parameters(path) == f"{said}  # which texts"
        assert "1 × oui." in outputs(path)
    page = (out / "site" / "index.html").read_text("utf-8")
    assert "1 text selected from 2 on one page" in page
    methods = (out / "methods.txt").read_text("utf-8")
    assert "WORD = 'coopération', SELECT = \"year >= '2024'\"" in methods
    assert pd.read_csv(out / "tables" / "documents.csv")["doc"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WORD", "grêve", r"No text has the word 'grêve'; name another with WORD\."),
        ("WORD", "[lemma=", "character 8: expected a value"),
        ("SELECT", "outlett == 'Le Fanal'", "outlett"),
        ("SELECT", "year == '1900'", r"No text has SELECT=year == '1900'; text stands in quotes"),
        ("BY", "outlett", "no column 'outlett'"),
        ("RIEN", "1", "No notebook has RIEN; there are BY, SELECT, WORD"),
    ],
)
def test_a_wrong_parameter_is_one_sentence_before_anything_is_run(
    name, value, said, texts, notebooks, tmp_path
):
    with pytest.raises(SystemExit, match=said) as left:
        runner.render([], str(texts), str(tmp_path / "rapport"), jobs=2, asked={name: value})
    assert "\n" not in str(left.value)
    assert not list(tmp_path.glob("*rapport*"))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"WORD": "grêve"}, r"WORD\."),
        ({"WORDS": ["Rabat", "grêve"]}, r"WORDS, parted by semicolons\."),
        ({"WORD": "Rabat", "WORDS": ["grêve"]}, r"WORDS, parted by semicolons\."),
        ({"WORD": "grêve", "WORDS": ["Rabat"]}, r"WORD\."),
    ],
)
def test_the_parameter_with_a_word_that_is_nowhere_is_named(asked, name, tmp_path):
    (tmp_path / "a.txt").write_text("Le ministre est à Rabat.", "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "cache")
    with pytest.raises(
        SystemExit, match=f"^No text has the word 'grêve'; name another with {name}$"
    ):
        selected(corpus, asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"THEMES": ["école"]}, "No theme of THEMES fits these texts; those that do: place, "),
        ({"SPEAKER": "Awa Ndoye"}, "Nobody called 'Awa Ndoye' speaks; name another with SPEAKER."),
    ],
)
def test_themes_and_a_speaker_that_fit_nothing_are_told_before_the_run(asked, said, seed):
    with pytest.raises(SystemExit) as left:
        selected(seed, asked)
    assert str(left.value).startswith(said)
    assert len(selected(seed, {"THEMES": ["threat", "école"], "SPEAKER": "Francisca Bostyn"})) == 1


def test_a_parameter_is_for_a_report(notebooks):
    with pytest.raises(SystemExit, match="WORD is for a report: name a folder with SEEDS"):
        runner.render([], None, None, jobs=1, asked={"WORD": "grève"})


def test_a_report_has_what_it_shows_as_files(texts, notebooks, tmp_path):
    out = tmp_path / "rapport"
    runner.render([], str(texts), str(out), jobs=2)
    assert {path.name for path in (out / "tables").glob("01*")} == {
        "01-01-richness.csv", "01-01-richness.parquet", "01-02.csv", "01-02.parquet",
        "01-frequencies.csv", "01-frequencies.parquet",
    }  # fmt: skip
    for name in ("01-frequencies.svg", "01-frequencies.png", "01-frequencies.pdf"):
        assert (out / "figures" / name).stat().st_size > 1000
    assert b"CreationDate" not in (out / "figures" / "01-frequencies.pdf").read_bytes()
    assert zipfile.is_zipfile(out / "report.xlsx")
    runner.render([], str(texts), str(out), jobs=2, text=False)
    shown = {"01-01-richness.csv", "01-frequencies.csv"}
    assert {path.name for path in (out / "tables").glob("01*.csv")} == shown


def test_what_is_drawn_of_several_tables_is_there_as_files(tmp_path, monkeypatch, example):
    monkeypatch.setenv("OUT", str(tmp_path))
    found = count.correspondence(count.contingency(example, "outlet", min_freq=20))
    show.figure("8.2", plot.correspondence, found, "Parts and words.")
    written = {path.stem for path in (tmp_path / "tables").glob("*.parquet")}
    name = "08-correspondence"
    assert {stem.replace(".example", "") for stem in written} == {
        f"{name}-rows", f"{name}-columns", f"{name}-inertia",
    }  # fmt: skip
    show.figure("4.1", plot.dispersion, example.tokens, "Strokes.", queries=["phare"])
    assert len([*(tmp_path / "tables").glob("04*")]) == 0  # the tokens are there already


def test_a_kernel_that_was_killed_is_told_and_no_committed_output_is_left(
    texts, notebooks, tmp_path, capsys
):
    path = notebooks / "02-deux.ipynb"
    book = nbformat.read(path, 4)
    codes = [cell for cell in book.cells if cell.cell_type == "code"]
    codes[2]["source"] = "import os\nos.kill(os.getpid(), 9)"
    for number, cell in enumerate(codes, 1):
        cell["execution_count"] = number
        cell["outputs"] = [nbformat.v4.new_output("stream", name="stdout", text="161 textes")]
    nbformat.write(book, path)
    out = tmp_path / "rapport"
    assert not runner.render([], str(texts), str(out), jobs=1)
    assert "02-deux, cell 4: DeadKernelError: the kernel was killed" in capsys.readouterr().err
    assert "161 textes" not in outputs(out / "notebooks" / "02-deux.ipynb")
    assert "the kernel was killed" in outputs(out / "notebooks" / "02-deux.ipynb")


def test_what_fails_while_a_report_is_made_is_not_said_of_its_place(texts, notebooks, tmp_path):
    with pytest.raises(FileNotFoundError, match="absent"), replaced(tmp_path / "rapport"):
        (tmp_path / "absent").read_text("utf-8")
    assert not (tmp_path / "rapport").exists()


def test_the_values_of_each_notebook_are_told_where_it_says_them():
    def notebook(number: str, said: str):
        plain = f"The corpus holds 1 text. {said}\n\nf: f; words.\n\n@book{{a}}"
        output = nbformat.v4.new_output("execute_result", {"text/plain": plain})
        cells = [nbformat.v4.new_markdown_cell(f"# {number} · Essai")]
        cells += [nbformat.v4.new_code_cell("methods()", outputs=[output])]
        return nbformat.v4.new_notebook(cells=cells)

    books = [notebook("02", "Parameters: BY = 'year', ONLY = 'common'."), notebook("03", "")]
    books += [notebook("07", "Parameters: BY = 'outlet', min_freq = 10.")]
    said = parameters_of(books)
    told = "02: BY = 'year', ONLY = 'common'; 07: BY = 'outlet', min_freq = 10"
    assert said == f"Parameters by notebook: {told}."
    assert parameters_of(books[1:2]) == ""
