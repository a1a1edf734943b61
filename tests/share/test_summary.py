"""The first page of a report: every item has an answer or a sentence, over corpora of any size, and
nothing of a corpus is markup on it.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from markdown_it import MarkdownIt

from helpers import Corpus, open_corpus
from helpers.read import FICTION
from helpers.read.corpus import HOME
from helpers.share.summary import summary

FIXTURES = Path(__file__).parent.parent / "fixtures"
TITLES = [
    "What was read", "When", "Words of its own", "What it speaks of", "What sets the outlets apart",
    "What rises and falls", "Who is made to speak", "What needs attention", "What to read first",
    "What this page cannot say",
]  # fmt: skip


@pytest.fixture(autouse=True)
def figures(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("FIGURES", str(tmp_path / "figures"))
    monkeypatch.setenv("OUT", "")
    monkeypatch.setenv("NO_TEXT", "")
    return tmp_path / "figures"


def items(page: str) -> dict[str, str]:
    """What is said under each title, as it is read."""
    found = re.split(r"^\*\*(.+?)\*\*", page, flags=re.MULTILINE)
    said = (re.sub(r"<[^>]*>|\\(?=\W)", "", part).strip() for part in found[2::2])
    return dict(zip(found[1::2], said, strict=True))


def opened(folder: Path, texts: dict[str, str]) -> Corpus:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return open_corpus(folder, cache=folder.parent / "cache", progress=False)


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> str:
    """The page of the written corpus, in the place of somebody's own."""
    with (
        pytest.MonkeyPatch.context() as patch
    ):  # it is made before the figures of a test have a place
        patch.setenv("FIGURES", str(tmp_path_factory.mktemp("figures")))
        patch.setenv("OUT", "")
        return summary(open_corpus(FICTION), ["01-a", "05-b", "06-c"], of=200)


def test_each_item_of_a_corpus_has_its_numbers_and_their_denominators(example):
    said = items(example)
    assert list(said) == TITLES
    assert "▢" not in example
    assert example.startswith("## 161 texts selected from 200 on one page\n")
    assert "161 texts with 47,719 words" in said["What was read"]
    assert "Repeating another text: 12, in 6 chains." in said["What was read"]
    assert said["When"].startswith("(notebook 01, 05)")
    words = re.findall(r"\*(\w+)\* \d+%", said["Words of its own"])
    assert len(words) == 10
    assert {"dragage", "subvention", "lamaneur"} <= {*words}
    assert "in how many of 149 texts" in said["Words of its own"]
    assert re.search(r"\d+%, from \d+ texts: (\*\w+\*(, )?){5}", said["What it speaks of"])
    assert re.search(r"±2\): \d\d; by chance up to \d\d\.", said["What sets the outlets apart"])
    assert "*ostréiculteur* 15" in said["What sets the outlets apart"]
    moves = said["What rises and falls"]
    assert re.search(r"rising:.*\*enquête\* 392 → 2,649 \(29\)", moves)
    assert re.search(r"falling:.*\*chantier\*", moves)
    assert re.search(
        r"- Irma Solane: \d+ words in \d+ texts of 5 outlets", said["Who is made to speak"]
    )
    assert re.search(r"\d\d% of what is found is right", said["Who is made to speak"])
    assert said["What to read first"].count("\n- ") + 1 == 5


def test_each_item_leads_to_a_section_of_its_notebook(example):
    links = {*re.findall(r'<a href="(\d\d)-\w\.ipynb#(.+?)">', example)}
    assert len(links) == 7
    for number, section in links:
        (path,) = (HOME / "notebooks").glob(f"{number}-*.ipynb")
        cells = nbformat.read(path, 4).cells
        titles = re.findall(r"^## (.+)$", "\n".join(cell.source for cell in cells), re.MULTILINE)
        assert section in {title.replace(" ", "-") for title in titles}


def test_there_is_a_figure_of_the_calendar_only_where_there_are_two_dates(figures, tmp_path):
    undated = opened(
        tmp_path / "sans", {f"{i}.txt": f"Le ministre est {i} fois là." for i in "123"}
    )
    assert "There are no two texts with a date." in items(summary(undated))["When"]
    assert not figures.exists()
    dated = opened(tmp_path / "avec", {f"2024-0{i}-03.txt": f"Voici {i} mots." for i in "123"})
    assert "00-calendar.png" in summary(dated)
    assert {path.name for path in figures.iterdir()} == {"00-calendar.png", "00-calendar.svg"}


@pytest.mark.parametrize("size", [0, 1, 3, 40])
def test_a_small_corpus_has_every_item_and_a_sentence_where_nothing_can_be_said(size, tmp_path):
    given = (
        sorted(FICTION.glob("*.txt")) if size > 3 else sorted((FIXTURES / "three").glob("*.txt"))
    )
    texts = {path.name: path.read_text("utf-8") for path in given[:size]}
    said = items(summary(opened(tmp_path / "textes", texts)))
    assert list(said) == TITLES
    assert all(said.values())
    assert not re.search(r"\b(nan|NaN|None|inf)\b|<NA>", str(said))


def test_short_texts_of_two_months_have_a_calendar_of_months_and_five_texts_to_read(tmp_path):
    words = "port mer vent quai phare barque filet marée digue sel ancre voile rame mouette algue cale".split()
    texts = {
        f"2024-0{3 + i // 4}-0{i + 1}.txt": f"outlet: Le Cap {i % 2}\n\nVoici {word} et {other}."
        for i, (word, other) in enumerate(zip(words[::2], words[1::2], strict=True))
    }
    page = summary(opened(tmp_path / "textes", texts))
    assert "8 texts in 2 of 2 months" in page.replace("\\", "")
    told = items(page)["What to read first"]
    assert told.count("one of the longest (") == 5
    assert "no choice of reading, but the longest" in told


def test_undated_texts_have_a_page_and_are_told(tmp_path):
    for path in sorted(FICTION.glob("*.txt"))[:12]:
        text = re.sub("(?m)^date.*\n", "", path.read_text("utf-8"))
        (tmp_path / "textes").mkdir(exist_ok=True)
        (tmp_path / "textes" / f"{path.stem.partition('_')[2]}.txt").write_text(text, "utf-8")
    said = items(summary(open_corpus(tmp_path / "textes", cache=tmp_path / "c", progress=False)))
    assert said["When"] == "There are no two texts with a date."
    assert "this corpus has 0 days" in said["What rises and falls"]
    assert "12 texts without a date: not in what is told over time" in said["What needs attention"]


def test_a_report_to_share_names_texts_without_their_titles(tmp_path, monkeypatch):
    texts = {path.name: path.read_text("utf-8") for path in sorted(FICTION.glob("*.txt"))[:8]}
    corpus = opened(tmp_path / "textes", texts)
    title = corpus.documents["title"].iloc[0]
    pages = []
    for text in ("", "1"):
        monkeypatch.setenv("NO_TEXT", text)
        pages.append(items(summary(corpus))["What to read first"])
    assert [any(t in page for t in corpus.documents["title"]) for page in pages] == [True, False]
    assert title


def test_nothing_of_a_corpus_is_markup(tmp_path):
    folder = tmp_path / "textes"
    strange = "<img src=x> [a](b) **c** `d` $e$"
    texts = {
        f"{i}.txt": f"---\ntitle: '{strange}'\noutlet: '{strange} {i % 2}'\ndate: 2024-0{i}-02\n---\n\n"
        f"« Le port est fermé », a déclaré le maire <b>Paul</b> Merlier, le {i} mars, à la mairie."
        for i in range(1, 8)
    }
    shown = MarkdownIt("commonmark").render(summary(opened(folder, texts)))
    assert shown.count("<img") == 1
    assert "<a href" not in shown
    assert "<code>" not in shown
    assert "<b>" not in shown
