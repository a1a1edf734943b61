"""Fictional French communiqués with a planted truth.

Whoever writes a frame marks in it who speaks, which words are those of a theme, what happens. The
truth is what was marked, moved to where it stands in the finished text: no rule reads the text.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pandas as pd

from tests.fiction.printing import near_duplicate, published, with_front_matter, with_header
from tests.fiction.scenes import SHIFT, TURN
from tests.fiction.truth import ROWS, Text, actors_of, finished, planted_words, truth_table
from tests.fiction.writing import Writer

__all__ = ["SHIFT", "TURN", "Communiques", "Truth", "communiques", "write"]

TEXTS, SEED = 200, 20_241  # of the kept scores; no rule was written on this seed number
NEAR, REPRINTS = 0.04, 0.06  # share of near-duplicates, and of exact reprints
AGAIN = 0.5  # of these, texts that were reprinted before


class Truth(NamedTuple):
    """What was planted; each table has the columns of the verb whose question it answers."""

    documents: pd.DataFrame
    actors: pd.DataFrame
    events: pd.DataFrame
    attributions: pd.DataFrame
    themes: pd.DataFrame
    classes: pd.DataFrame
    mentions: pd.DataFrame
    quotations: pd.DataFrame
    titles: pd.DataFrame
    chains: pd.DataFrame
    words: pd.DataFrame


class Communiques(NamedTuple):
    """File name → content, in order, and the truth about them."""

    texts: dict[str, str]
    truth: Truth


class _Printing(NamedTuple):
    """A text with how it came to be printed: `first`, or again, `exact` or `near`."""

    text: Text
    kind: str


def communiques(n: int, *, seed: int = 1, front_matter: bool = False) -> Communiques:
    """What would the measures find if the answer were known? (*textes fictifs, vérité connue*)

    Communiqués as four newspapers print them over three years; receptions, visits, meetings,
    telephone calls and signatures in 14 scenes, all invented. The first texts are the same for
    every n; another seed has another cast. From `TURN` on the words in `SHIFT` are frequent; one
    word rises and one falls all the time, and each newspaper has two of its own. One text in 16 is
    an exact reprint, one in 25 a near-duplicate, days later and in another newspaper.

    Parameters: n (texts); seed (of everything that is drawn); front_matter (above each text; else
    the header lines of the seed format, of every kind).
    Returns: texts (file name → content) and truth. The tables have the columns of the verbs;
    documents also scene and period (before, after); classes: class, 1 or 2; mentions: a row per
    mention of a person, form `name` `surname` (both without M. or Mme) `role` (with its article) or
    `pronoun`; the name in an introduction by role and name is one mention. The share of a theme is
    its words ÷ the words of all themes, per text. A minister's organisation is the ministry.
    attributions: passages of two cues in a sentence divide it; source is without its apposition,
    source_name NA where the source is nobody in particular; `none` is a sentence without a cue.
    quotations: what is said over several sentences (form `quotation`) or behind a dash (`answer`,
    `question`), without the marks; titles: who speaks in them, with kind; chains: a row per
    printing of a text that was printed again; words: plant `turn`, `rises`, `falls`, `outlet`.

    >>> texts, truth = communiques(2)
    >>> len(texts), truth.themes.groupby("doc")["share"].sum().round(6).tolist()
    (2, [1.0, 1.0])
    """
    chains: dict[int, list[_Printing]] = {}
    for number in range(n):
        random = Random(f"{seed}:{number}:print")
        first, kind = _drawn(random, number, chains)
        body = Writer(seed, first).body()
        body = near_duplicate(random, body) if kind == "near" else body
        chain = chains.setdefault(first, [])
        taken = {printing.text.printed.outlet for printing in chain}
        known = published(random, body, chain[0].text.printed if chain else None, taken)
        header = (with_front_matter if front_matter else with_header)(random, body, known)
        chain.append(_Printing(finished(body, header, number), kind))
    texts = sorted((again.text for chain in chains.values() for again in chain), key=_doc)
    return Communiques(
        {f"{text.doc}.txt": text.content for text in texts}, _truth(texts, chains, seed)
    )


def _doc(text: Text) -> str:
    return text.doc


def _drawn(random: Random, number: int, chains: dict[int, list[_Printing]]) -> tuple[int, str]:
    """The number of the text that is printed, and whether it is printed first or again."""
    drawn, again = random.random(), random.random() < AGAIN
    if not chains or drawn >= NEAR + REPRINTS:
        return number, "first"
    reprinted = [first for first, chain in chains.items() if len(chain) > 1]
    first = random.choice(reprinted if again and reprinted else list(chains))
    return first, "near" if drawn < NEAR else "exact"


def _truth(texts: list[Text], chains: dict[int, list[_Printing]], seed: int) -> Truth:
    """All tables about the texts."""
    tables = {
        name: truth_table(name, (row for text in texts for row in rows_of(text)))
        for name, rows_of in ROWS.items()
    }
    tables["chains"] = truth_table("chains", _chain_rows(chains))
    tables["words"] = truth_table("words", planted_words())
    firsts = tables["chains"].set_index("doc")["chain"]
    repeated = tables["documents"]["doc"].map(firsts)
    repeated = repeated.mask(repeated == tables["documents"]["doc"])
    tables["documents"] = tables["documents"].assign(duplicate_of=repeated.astype("str"))
    noted = tables["mentions"]
    tables["actors"] = actors_of(seed, noted, tables["events"], tables["attributions"])
    noted = noted[~noted["form"].isin(["post", "org"])].drop(columns="said")
    tables["mentions"] = noted.replace({"form": {"country": "role"}}).reset_index(drop=True)
    return Truth(**tables)


def _chain_rows(chains: dict[int, list[_Printing]]) -> list[tuple[str, str, str, date, str, int]]:
    """Each printing of what was printed again, in order of their days."""
    rows: list[tuple[Any, ...]] = []
    for chain in (chain for chain in chains.values() if len(chain) > 1):
        days = sorted(chain, key=lambda again: again.text.printed.day)
        for order, (text, kind) in enumerate(days, 1):
            day = text.printed.day.isoformat()
            rows.append((chain[0].text.doc, text.doc, text.printed.outlet, day, kind, order))
    return rows


def write(folder: Path, n: int, *, seed: int = 1, front_matter: bool = True) -> None:
    """Write the texts into a folder, and each table of the truth into `truth/` below it."""
    made = communiques(n, seed=seed, front_matter=front_matter)
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    for name, content in made.texts.items():
        (folder / name).write_text(content, "utf-8", newline="")
    for name, table in made.truth._asdict().items():
        if "date_candidates" in table:
            table = table.assign(date_candidates=table["date_candidates"].map(" ".join))
        table.to_csv(folder / "truth" / f"{name}.csv", index=False, lineterminator="\n")
