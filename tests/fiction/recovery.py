"""How well are actors, events, sources and themes found? Texts with a known truth say it.

    python -m tests.fiction.recovery

measures it anew on 200 generated texts, and on the sentences in `data/sentences.json`,
whose author did not know the rules (`data/sentences.md` says what counts), and keeps it: the scores
of all texts, and the sentences that fail, beside the texts, where the notebook reads them; the
scores of the first `FEW` here.
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
from helpers.read import FICTION
from helpers.voices import attributions
from helpers.voices.discourse import PERSON, all_tables
from helpers.voices.turns import NO_CUE
from tests.fiction.simulate import SEED, TEXTS, Truth, communiques

DATA = Path(__file__).parent / "data"
FAILURES = FICTION / "truth" / "failures.csv"
FEW = 50  # texts on which it is measured in a moment
KEPT = {
    n: (of / "scores.csv", of / "themes.csv") for n, of in ((TEXTS, FAILURES.parent), (FEW, DATA))
}
_DETERMINER = re.compile(
    r"(?:les? |la |l'|une? |des |du |aux? |ce |cette |cet |son |sa |ses |leur )"
)
_SCORES = ["what", "texts", "found", "true", "both", "precision", "recall", "f1"]
_EVENT = ["doc", "kind", "host", "guest", "place", "weekday", "date_candidates"]


class Recovery(NamedTuple):
    """Precision and recall of each kind of thing, the shares of the themes, and the invented
    sentences that fail.
    """

    scores: pd.DataFrame
    themes: pd.DataFrame
    failures: pd.DataFrame


def recovery(n: int = TEXTS) -> Recovery:
    """How much of a planted truth do the rules find, and how much besides? (*précision, rappel*)

    scores has one row per kind of thing: actors (right where name, title, role, organisation and
    country are), events (kind, host, guest, place, weekday and days), attributions (sentence, kind,
    verb and source, its determiner aside) in fictional texts and in invented sentences: columns
    what, texts, found, true, both (counts), precision, recall, f1. Of quotations over several
    sentences and of answers behind dashes, characters are counted: found are those that are
    somebody's words, both those that are their speaker's. themes has one row per theme: planted and
    found, its mean share among the hits of a text, and error, the mean absolute difference of the
    two in a text. failures has one row per attribution that is missed or made up in the invented
    sentences: text, what, verb, source.
    """
    corpus, truth = opened(n)
    sentences, gold = invented()
    of_invented = "attributions, invented sentences"
    said, missed, made_up = _compared(of_invented, attributions(sentences), gold)
    found = all_tables(corpus)
    rows = [
        _exact("actors", found.actors, truth.actors, list(PERSON)),
        _exact("events", found.events, truth.events, _EVENT),
        _compared("attributions, fictional texts", found.attributions, truth.attributions)[0],
        said,
        *(voiced(found.attributions, truth.quotations, form) for form in ("quotation", "answer")),
    ]
    of_each = {said["what"]: len(sentences.documents)}
    texts = [of_each.get(row["what"], len(corpus.documents)) for row in rows]
    failures = pd.concat([missed.assign(what="missed"), made_up.assign(what="made up")])
    whole = sentences.documents.set_index("doc")["text"]
    failures = failures.assign(text=whole.reindex(failures["doc"]).to_numpy())
    failures = failures.sort_values(["doc", "verb"], ignore_index=True)
    return Recovery(
        _counted(pd.DataFrame(rows).assign(texts=texts)[_SCORES]),
        theme_shares(corpus, truth),
        failures[["text", "what", "verb", "source"]],
    )


def _counted(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores with whole numbers for what was counted."""
    return scores.astype(dict.fromkeys(("texts", "found", "true", "both"), "Int64"))


def kept(n: int = TEXTS) -> Recovery:
    """The recovery as it was kept."""
    scores, themes = map(pd.read_csv, KEPT[n])
    return Recovery(_counted(scores), themes, pd.read_csv(FAILURES))


def opened(n: int) -> tuple[Corpus, Truth]:
    """The first of the generated texts as a corpus, and the truth about them, without
    those that repeat an earlier one: an error counts once, however often it is printed.
    """
    texts, truth = communiques(n, seed=SEED, front_matter=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in texts.items():
            (Path(folder) / name).write_text(content, "utf-8", newline="")
        corpus = open_corpus(folder, progress=False).without_reprints()
    about = {
        name: table[table["doc"].isin(corpus.documents["doc"])]
        for name, table in truth._asdict().items()
        if "doc" in table
    }
    return corpus, truth._replace(**about)


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
    """The score of the attributions that were found, those missed, and those made up. Turns and
    authors have no verb: what they say is counted in characters. Hearsay is not among what is
    known of these texts.
    """
    found = found[(found["verb"] != NO_CUE) & (found["kind"] != "conditional")]
    missed, made_up = disagreements(found, true)
    n_found, n_true = ((table["kind"] != "none").sum() for table in (found, true))
    return _score(what, n_found, n_true, n_true - len(missed)), missed, made_up


def _score(what: str, found: int, true: int, both: int) -> dict[str, Any]:
    """Precision, recall and their harmonic mean from three counts."""
    counts = {"what": what, "found": found, "true": true, "both": both}
    ratios = {"precision": (both, found), "recall": (both, true), "f1": (2 * both, found + true)}
    return counts | {name: a / b if b else np.nan for name, (a, b) in ratios.items()}


def voiced(found: pd.DataFrame, planted: pd.DataFrame, form: str) -> dict[str, Any]:
    """The score of what is said, in characters: found to be somebody's, and its speaker's."""
    planted = planted[planted["form"] == form]
    names = ["doc", "start", "end", "source_name", "kind"]
    pairs = planted[["doc", "start", "end", "speaker"]].merge(found[names], on="doc")
    ends, starts = (pairs[[f"{side}_x", f"{side}_y"]] for side in ("end", "start"))
    shared = (ends.min(axis=1) - starts.max(axis=1)).clip(lower=0)
    right = shared[pairs["speaker"] == pairs["source_name"]].sum()
    counts = shared[pairs["kind"] != "none"].sum(), (planted["end"] - planted["start"]).sum()
    what = {"quotation": "quotations over sentences, characters", "answer": "answers, characters"}
    return _score(what[form], *map(int, counts), int(right))


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


def theme_shares(corpus: Corpus, truth: Truth) -> pd.DataFrame:
    """The planted and the found share of each theme, means of the texts, and of their differences."""
    counts = theme_hits(corpus.tokens).groupby(["doc", "theme"], observed=True).size()
    planted = truth.themes.set_index(["doc", "theme"])["share"]
    every = pd.MultiIndex.from_product(
        [corpus.documents["doc"], sorted(set(truth.themes["theme"]))], names=["doc", "theme"]
    )
    found = counts.reindex(every, fill_value=0)
    both = pd.DataFrame({"planted": planted.reindex(every, fill_value=0)})
    both["found"] = found / found.groupby("doc").transform("sum")
    both["error"] = (both["found"] - both["planted"]).abs()
    return both.groupby("theme").mean().reset_index()


def write() -> None:
    """Keep the recovery as it is now."""
    found = {n: recovery(n) for n in KEPT}
    tables = {path: table for n in KEPT for path, table in zip(KEPT[n], found[n], strict=False)}
    for path, table in (tables | {FAILURES: found[TEXTS].failures}).items():
        table.to_csv(path, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    write()
