"""How well are actors, events, sources and themes found? Texts with a known truth say it.

The truth is that of `tests.fiction.simulate`, and of the sentences in
`data/sentences.json`, whose author did not know the rules (`data/sentences.md` says what counts).
Parsing 500 texts takes a minute or two, so the notebook shows what `write` kept in
`helpers/fiction/`; a test measures it anew.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers import Corpus, open_corpus
from helpers.count import theme_hits
from helpers.read.corpus import FICTION
from helpers.voices import attributions
from helpers.voices.discourse import PERSON, voices
from tests.fiction.fictional import fictional_corpus
from tests.fiction.simulate import Truth

DATA = Path(__file__).parent / "data"
KEPT = FICTION / "scores.csv", DATA / "failures.csv"
TEXTS, SEED = 500, 20_241  # a seed number that no rule was written on
_DETERMINER = re.compile(
    r"(?:les? |la |l'|une? |des |du |aux? |ce |cette |cet |son |sa |ses |leur )"
)
_SCORES = ["what", "texts", "found", "true", "both", "precision", "recall", "f1", "error"]
_EVENT = ["doc", "kind", "host", "guest", "place", "weekday", "date_candidates"]


class Recovery(NamedTuple):
    """Precision and recall of each kind of thing, and the invented sentences that fail."""

    scores: pd.DataFrame
    failures: pd.DataFrame


def recovery() -> Recovery:
    """How much of a planted truth do the rules find, and how much besides? (*précision, rappel*)

    scores has one row per kind of thing: actors (right where name, title, role, organisation and
    country are), events (kind, host, guest, place, weekday and days), attributions (sentence, kind,
    verb and source, its determiner aside) in simulated texts and in invented sentences: columns
    what, texts, found, true, both (counts), precision, recall, f1; themes: error, the mean absolute
    difference between the share of a theme in a text and the planted one. failures has one row per
    attribution that is missed or made up in the invented sentences: text, what, verb, source.
    """
    scores, failures = (pd.read_csv(path) for path in KEPT)
    return Recovery(_counted(scores), failures)


def _counted(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores with whole numbers for what was counted."""
    return scores.astype(dict.fromkeys(("texts", "found", "true", "both"), "Int64"))


def measure() -> Recovery:
    """The recovery measured anew."""
    corpus, truth = fictional_corpus(TEXTS, seed=SEED, annotate=True)
    sentences, gold = invented()
    of_invented = "attributions, invented sentences"
    said, missed, made_up = _compared(of_invented, attributions(sentences), gold)
    found = voices(corpus)
    rows = [
        _exact("actors", found.actors, truth.actors, list(PERSON)),
        _exact("events", found.events, truth.events, _EVENT),
        _compared("attributions, fictional texts", found.attributions, truth.attributions)[0],
        said,
        {"what": "themes", "error": theme_error(corpus, truth)},
    ]
    texts = [TEXTS, TEXTS, TEXTS, len(sentences.documents), TEXTS]
    scores = _counted(pd.DataFrame(rows).assign(texts=texts)[_SCORES])
    failures = pd.concat([missed.assign(what="missed"), made_up.assign(what="made up")])
    whole = sentences.documents.set_index("doc")["text"]
    failures = failures.assign(text=whole.reindex(failures["doc"]).to_numpy())
    failures = failures.sort_values(["doc", "verb"], ignore_index=True)
    return Recovery(scores, failures[["text", "what", "verb", "source"]])


def invented() -> tuple[Corpus, pd.DataFrame]:
    """The invented sentences as a corpus of a text each, and the attributions that are right."""
    sentences = json.loads((DATA / "sentences.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for i, sentence in enumerate(sentences):
            (Path(folder) / f"{i:03}.txt").write_text(sentence["text"], "utf-8")
        corpus = open_corpus(folder, cache=Path(folder) / "kept")
    rows = [
        {"doc": f"{i:03}", "sent": 1, **row}
        for i, sentence in enumerate(sentences)
        for row in sentence["attributions"]
    ]
    return corpus, pd.DataFrame(rows)


def _exact(what: str, found: pd.DataFrame, true: pd.DataFrame, keys: list[str]) -> dict[str, Any]:
    """The score of rows that are right where all these columns are."""
    both = [
        {" | ".join("" if pd.isna(x) is True else str(x) for x in row) for row in table.to_numpy()}
        for table in (found[keys].astype(object), true[keys].astype(object))
    ]
    return _score(what, len(found), len(true), len(both[0] & both[1]))


def _compared(
    what: str, found: pd.DataFrame, true: pd.DataFrame
) -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]:
    """The score of the attributions that were found, those missed, and those made up."""
    missed, made_up = disagreements(found, true)
    n_found, n_true = ((table["kind"] != "none").sum() for table in (found, true))
    return _score(what, n_found, n_true, n_true - len(missed)), missed, made_up


def _score(what: str, found: int, true: int, both: int) -> dict[str, Any]:
    """Precision, recall and their harmonic mean from three counts."""
    counts = {"what": what, "found": found, "true": true, "both": both}
    f1 = 2 * both / (found + true)
    return counts | {"precision": both / found, "recall": both / true, "f1": f1}


def disagreements(found: pd.DataFrame, true: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The attributions that are missed, and those that are made up.

    Two are the same in one sentence of one text with the same kind and verb (se aside), and where
    one source, without its determiner, contains the other.
    """
    pools: dict[tuple[str, int], list[Any]] = {}
    for row in found[found["kind"] != "none"].itertuples():
        pools.setdefault((row.doc, row.sent), []).append(row)
    missed = []
    for row in true[true["kind"] != "none"].itertuples():
        pool = pools.get((row.doc, row.sent), [])
        same = next((other for other in pool if _same(other, row)), None)
        if same is None:
            missed.append(row.Index)
        else:
            pool.remove(same)
    made_up = sorted(row.Index for pool in pools.values() for row in pool)
    return true.loc[missed], found.loc[made_up]


def _same(one: Any, other: Any) -> bool:
    verbs = {re.sub(r"^s(?:e |')", "", row.verb.replace("’", "'")) for row in (one, other)}
    a, b = (_bare(row.source) for row in (one, other))
    return (
        len(verbs) == 1
        and one.kind == other.kind
        and (a == b or (bool(a and b) and (a in b or b in a)))
    )


def _bare(source: str) -> str:
    plain = "" if pd.isna(source) else source.lower().replace("’", "'")
    return _DETERMINER.sub("", plain, count=1) if _DETERMINER.match(plain) else plain


def theme_error(corpus: Corpus, truth: Truth) -> float:
    """The mean absolute difference between found and planted shares of the themes of a text."""
    counts = theme_hits(corpus.tokens).groupby(["doc", "theme"], observed=True).size()
    planted = truth.themes.set_index(["doc", "theme"])["share"]
    every = pd.MultiIndex.from_product(
        [corpus.documents["doc"], sorted(set(truth.themes["theme"]))], names=["doc", "theme"]
    )
    found = counts.reindex(every, fill_value=0)
    share = found / found.groupby("doc").transform("sum")
    return float(np.abs(share - planted.reindex(every, fill_value=0)).mean())


def write() -> None:
    """Keep the recovery as it is now."""
    for table, path in zip(measure(), KEPT, strict=True):
        table.to_csv(path, index=False, float_format="%.4f", lineterminator="\n")
