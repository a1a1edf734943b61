"""The chains of reprints of tiny texts, by hand, and those of the written example corpus."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import open_corpus, read
from helpers.read import FICTION
from helpers.read.chains import REPRINTS

WORDS = [f"mot{i}" for i in range(400)]
# Name of the file, outlet, date, words.
TEXTS = [
    ("agence", "Agence", "2024-03-02", WORDS[:200]),
    ("cap", "Le Cap", "2024-03-04", WORDS[:200]),
    ("fanal", "Le Fanal", "2024-03-02", [*WORDS[:150], *WORDS[300:330]]),
    ("mois", "Le Mois", "2024-03", WORDS[60:150]),
    ("seul", "Le Cap", "2024-03-05", WORDS[330:]),
    ("sans-date", "Le Cap", None, WORDS[100:190]),
]


@pytest.fixture
def corpus_of(tmp_path):
    def corpus(texts):
        for name, outlet, date, words in texts:
            head = f"---\noutlet: {outlet}\n" + f"date: {date}\n" * bool(date) + "---\n\n"
            (tmp_path / f"{name}.txt").write_text(head + " ".join(words) + "\n", "utf-8")
        return open_corpus(tmp_path, annotate=False, cache=tmp_path / "kept")

    return corpus


def test_chains_by_hand(corpus_of):
    """The shingles of the agency's text are 196. The Fanal has 146 of them and 30 of its own, the
    excerpts have 86 each.
    """
    found = read.reprints(corpus_of(TEXTS))
    assert found["chain"].tolist() == [1] * 4
    # A month begins before the days in it, so the text of the month is the first here.
    assert found[["doc", "kind", "order"]].astype("str").to_numpy().tolist() == [
        ["mois", "first", "1"],
        ["agence", "excerpt", "2"],
        ["fanal", "excerpt", "2"],
        ["cap", "excerpt", "4"],
    ]


def test_kinds_by_hand(corpus_of):
    corpus = corpus_of(text for text in TEXTS if text[0] != "mois")
    found = read.reprints(corpus).set_index("doc")
    assert found["kind"].to_dict() == {
        "agence": "first", "fanal": "edited", "cap": "identical", "sans-date": "excerpt"
    }  # fmt: skip
    assert found["similarity"].round(6).tolist()[1:] == [round(146 / 226, 6), 1, 1]
    assert pd.isna(found.loc["agence", "similarity"])
    assert found["order"].tolist()[:3] == [1, 1, 3]  # on one day who was first is not known
    assert pd.isna(found.loc["sans-date", "order"])
    # Without the agency, the first that is there is that of the chain; half of the text without a
    # date stands in it.
    rest = read.reprints(corpus.where("doc != 'agence'")).set_index("doc")
    assert rest["kind"].to_dict() == {"fanal": "first", "cap": "edited"}
    assert rest.loc["cap", "similarity"] == pytest.approx(146 / 226)
    assert read.reprints(corpus.without_reprints()).empty


def test_texts_without_a_reprint_give_the_columns(corpus_of):
    found = read.reprints(corpus_of(TEXTS[4:5]))
    assert found.empty
    assert found.dtypes.astype("str").to_dict() == REPRINTS


def test_the_chains_of_the_example_are_all_found_with_their_kinds_and_no_others():
    chains = pd.read_csv(FICTION / "truth" / "chains.csv")
    corpus = open_corpus(FICTION, annotate=False)
    found = read.reprints(corpus)
    told = chains.set_index("doc")[["chain", "kind"]].sort_index()
    pd.testing.assert_frame_equal(found.set_index("doc")[["chain", "kind"]].sort_index(), told)
    assert (found.groupby("chain")["outlet"].first() == "Dépêche Altarèse").all()
    assert len(corpus) - len(corpus.without_reprints()) == (found["kind"] != "first").sum() == 12
