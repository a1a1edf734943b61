"""The verbs of time, outlets, speakers and typical texts, and their figures, over corpora of every
size, with and without dates and outlets: a result or a gate with its reason, and no warning.
"""

from __future__ import annotations

import shutil
from typing import Any

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers import Corpus, count, open_corpus, plot, read, show, voices
from helpers.count.verbs import note_of
from tests.fiction import simulate

# That nobody has an outlet is told where parts are asked for by it.
pytestmark = pytest.mark.filterwarnings("error", "ignore:.*'outlet' has no value")
NONE, BOTH = [], ["date", "outlet"]
CASES = [(n, missing) for n in (0, 1, 3) for missing in (NONE, ["date"], ["outlet"], BOTH)]
CASES += [
    pytest.param(n, without, marks=pytest.mark.slow) for n in (30, 300) for without in (NONE, BOTH)
]
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "overview": [{}, {"by": "outlet"}],
    "calendar": [{}, {"by": "outlet"}],
    "timeline": [{"queries": ["phare", "port"]}, {"queries": "phare", "by": "outlet"}],
    "peaks": [{"queries": ["phare", "port"]}, {"queries": "phare", "by": "outlet"}],
    "trends": [{}, {"strata": None}],
    "reading_list": [{}, {"by": "outlet"}, {"how": "unlike"}, {"how": "random", "by": "outlet"}],
    "typical_words": [{}],
    "node_word": [{}],
    "cooccurrents": [{"node": "phare"}, {"node": "phare", "by": "outlet"}],
    "word_network": [{}],
    "reprints": [{}],
    "speakers": [{}, {"by": "outlet"}],
    "reported_speech": [{}, {"by": "outlet"}],
    "quotations": [{"speaker": "Irma Solane"}],
    "names": [{}, {"by": "outlet"}],
    "names_network": [{}],
}
FIGURES = {name: getattr(plot, name, None) for name in OPTIONS} | {
    "names_network": plot.word_network
}


@pytest.fixture(scope="session")
def corpora(example: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Corpus]:
    """The first texts of the example corpus, and 300 with generated ones behind them."""
    first = {n: example.where([i < n for i in range(len(example))]) for n in (0, 1, 3, 30)}
    folder = tmp_path_factory.mktemp("texts")
    for name in example.documents["doc"]:
        shutil.copy(read.FICTION / f"{name}.txt", folder)
    generated = simulate.communiques(300 - len(example), front_matter=True).texts
    for name, text in generated.items():
        (folder / name).write_text(text, "utf-8")
    return first | {300: open_corpus(folder)}


def without(corpus: Corpus, columns: list[str]) -> Corpus:
    """The same texts, nothing known of their dates, or of their outlets."""
    texts = corpus.documents
    if "date" in columns:
        texts = texts.assign(date=None, date_start=pd.NaT, date_end=pd.NaT, date_precision=None)
        texts = texts.assign(**dict.fromkeys(("year", "quarter", "month", "week", "day")))
    if "outlet" in columns:
        texts = texts.assign(outlet=None)
    return Corpus(**vars(corpus) | {"documents": texts.astype(corpus.documents.dtypes)})


@pytest.mark.parametrize(("n", "missing"), CASES)
def test_any_corpus_gives_results_and_figures_or_a_gate(n, missing, corpora):
    corpus, gates = without(corpora[n], missing), set()
    for name, all_options in OPTIONS.items():
        verb = next(getattr(room, name) for room in (count, voices, read) if hasattr(room, name))
        for options in all_options:
            found = show.gate(verb, corpus, **options)
            if note_of(found, "why"):
                gates.add(name)
            if FIGURES[name]:
                plt.close(FIGURES[name](found).figure)
    few = {"node_word", "typical_words"} if n <= 1 else set()
    assert gates <= {"word_network", "names_network", "reading_list", "trends"} | few
