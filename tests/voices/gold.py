"""`python -m tests.voices.gold a`: how well are the reference passages of a set recognised? What is
in them, and why, is told in `tests/reference/voices/README.md`; `--rows` prints what is wrong,
`--write` keeps the scores of all sets (`helpers/fiction/truth/speech.csv`): 06 and the first page of
a report tell those of the last one.

A passage of `attributions` is that of a reference cue if it holds the cue and its verb is one of
the words of the cue. Turns and authors have no cue: what they say is counted, in characters.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import Corpus, open_corpus, voices
from helpers.read import FICTION
from helpers.read.french import without_accents
from helpers.voices.passages import measured, with_text
from helpers.voices.turns import NO_CUE

FOLDER = Path(__file__).parents[1] / "reference" / "voices"
SCORES = FICTION / "truth" / "speech.csv"
HALVES = tuple(path.stem[-1] for path in sorted(FOLDER.glob("passages_?.jsonl")))
UNCUED = ("turn", "author")
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|<<.*?>>")
STEM = 4  # letters
LONG = 6  # words of a quotation that should be somebody's
_DETERMINER = re.compile(r"^(?:(?:l[ea]s?|un[es]?|des?|du|s(?:on|a|es)|leurs?)\s|[ld]')")
COLUMNS = ["doc", "what", "kind", "cue", "speaker", "found"]


def read_half(half: str) -> tuple[Corpus, dict[str, dict[str, Any]]]:
    """The passages as a corpus of a text each, and what is right about each one, its places those in
    the text of the corpus.
    """
    lines = (FOLDER / f"passages_{half}.jsonl").read_text("utf-8").splitlines()
    passages = {passage["id"]: passage for passage in map(json.loads, lines)}
    with tempfile.TemporaryDirectory() as folder:
        for name, passage in passages.items():
            head = f"---\nbyline: {passage['byline']}\n---\n\n" if passage["byline"] else ""
            (Path(folder) / f"{name}.txt").write_text(head + passage["text"], "utf-8", newline="")
            for gold in passage["attributions"]:
                gold["cue_at"] = [place + len(head) for place in gold["cue_at"]]
                gold["said"] = [[a + len(head), b + len(head)] for a, b in gold["said"]]
        corpus = open_corpus(folder, cache=Path(folder) / "kept", progress=False)
    return corpus, passages


def scores(half: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was measured, a row each; and a row for each cue: right, missed, made up, or with another
    speaker, or with another name of the right speaker.
    """
    corpus, passages = read_half(half)
    told = [voices.attributions(texts) for texts in (corpus, corpus.titles)]
    found = pd.concat(told)
    found = found[(found["kind"] != "none") & (found["verb"] != NO_CUE)]
    tokens = pd.concat([corpus.tokens, corpus.titles.tokens])
    rows = [
        row
        for name, passage in passages.items()
        for row in _compared(passage, found[found["doc"] == name], tokens)
    ]
    cues = pd.DataFrame(rows, columns=COLUMNS)
    passages_of = with_text(measured(corpus), corpus).query("kind != 'none'")
    numbers = [*_of_cues(cues), *_of_characters(passages, corpus, passages_of)]
    numbers.append(_of_uncued(passages, passages_of))
    return pd.DataFrame(numbers, columns=["what", "true", "found", "both", "share"]), cues


def _compared(
    passage: dict[str, Any], found: pd.DataFrame, tokens: pd.DataFrame
) -> Iterator[tuple[str | None, ...]]:
    """The rows of one passage, with the cues that were found in it."""
    own = [*found.itertuples()]
    for gold in passage["attributions"]:
        if gold["kind"] in UNCUED or not gold["cue"]:
            continue
        told = passage["id"], gold["kind"], gold["cue"], gold["speaker"]
        row = next((row for row in own if _is_cue(row, gold, tokens)), None)
        if row is None:
            yield told[0], "missed", *told[1:], None
            continue
        own.remove(row)
        name = None if pd.isna(row.source_name) else row.source_name
        yield told[0], _judged(row.source, name, gold), *told[1:], f"{row.source} = {name}"
    for row in own:
        yield passage["id"], "made up", row.kind, row.verb, None, row.source


def _is_cue(row: Any, gold: dict[str, Any], tokens: pd.DataFrame) -> bool:
    """Is the passage that of the cue?"""
    start, end = gold["cue_at"]
    if row.end <= start or row.start >= end:
        return False
    inside = (tokens["doc"] == row.doc) & (tokens["start"] < end) & (tokens["end"] > start)
    words = {plain(word) for word in [*tokens["lemma"][inside], *tokens["form"][inside]]}
    # The tagger may miss the lemma; "de" of "de source" is no determiner.
    stems = {word[:STEM] for word in (*plain(row.verb).split(), *row.verb.split()[:1])}
    return bool({word[:STEM] for word in words} & stems) or row.verb == gold["cue"][-1:]


def _judged(source: str | float, name: str | None, gold: dict[str, Any]) -> str:
    """What is right about the speaker. One whom the reference does not name has any name or none
    that is the right speaker's words.
    """
    said, wanted = plain(source), plain(gold["speaker"])
    same = said == wanted or (bool(said and wanted) and (said in wanted or wanted in said))
    names = [{*re.split(r"\W+", plain(each))} - {""} for each in (name, gold["name"])]
    agree = names[0] <= names[1] or names[1] <= names[0]
    if gold["name"] and name:
        return "right" if agree else "other name" if same else "other speaker"
    if name and name[0].isupper() and not (gold["name"] or names[0] & {*re.split(r"\W+", wanted)}):
        return "other name" if same else "other speaker"
    return "right" if same else "other speaker"


def _of_cues(cues: pd.DataFrame) -> Iterator[tuple[str, int, int, int, float]]:
    """Precision, recall and F1 of the cues, and with the right speaker; recall by kind."""
    seen = (
        cues["what"]
        .value_counts()
        .reindex(["right", "missed", "made up", "other name", "other speaker"], fill_value=0)
    )
    true, found = len(cues) - seen["made up"], len(cues) - seen["missed"]
    for what, both in (
        ("cues", true - seen["missed"]),
        ("with speaker", true - seen["missed"] - seen["other speaker"]),
    ):
        yield f"{what}, precision", true, found, both, both / found
        yield f"{what}, recall", true, found, both, both / true
        yield f"{what}, F1", true, found, both, 2 * both / (true + found)
    named = cues["found"].str.contains(r" = [A-ZÀ-Ý]", na=False) & (cues["what"] != "made up")
    wrong = named & cues["what"].isin(["other name", "other speaker"])
    yield "named, wrong", named.sum(), named.sum(), wrong.sum(), wrong.sum() / named.sum()
    for kind, own in cues[cues["what"] != "made up"].groupby("kind"):
        both = (own["what"] != "missed").sum()
        yield f"{kind}, recall", len(own), both, both, both / len(own)


def _of_characters(
    passages: dict[str, dict[str, Any]], corpus: Corpus, whole: pd.DataFrame
) -> Iterator[tuple[str, int, int, int, float]]:
    """The characters of long quotations that are nobody's, and of turns and authors' texts that are
    their speaker's.
    """
    counts = dict.fromkeys(("quoted, nobody's", *UNCUED), (0, 0))
    for name, body in corpus.documents.set_index("doc")["text"].items():
        rows = [*whole[whole["doc"] == name].itertuples()]
        golds = passages[name]["attributions"]
        said = {place for g in golds for a, b in g["said"] for place in range(a, b)}
        for quoted in QUOTED.finditer(body):
            if len(re.findall(r"\w+", quoted[0])) >= LONG and {*range(*quoted.span())} & said:
                own = {*range(*quoted.span())} - {x for r in rows for x in range(r.start, r.end)}
                _add(counts, "quoted, nobody's", len(own), len(quoted[0]))
        for gold in (gold for gold in golds if gold["kind"] in UNCUED and gold["name"]):
            own = {place for a, b in gold["said"] for place in range(a, b)}
            named = [r for r in rows if _judged(None, r.source_name, gold) == "right"]
            _add(
                counts,
                gold["kind"],
                len(own & {x for r in named for x in range(r.start, r.end)}),
                len(own),
            )
    for what, (both, true) in counts.items():
        yield f"{what}, characters", true, both, both, both / max(true, 1)


def _of_uncued(
    passages: dict[str, dict[str, Any]], whole: pd.DataFrame
) -> tuple[str, int, int, int, float]:
    """The passages that have a name and no cue (turns, quotations that stand alone), and how many of
    them are somebody else's words: there are reference passages inside, and none has this speaker.
    """
    rows = [*whole[(whole["verb"] == NO_CUE) & whole["source_name"].notna()].itertuples()]
    wrong = 0
    for row in rows:
        golds = passages[row.doc]["attributions"]
        inside = [g for g in golds if any(a < row.end and row.start < b for a, b in g["said"])]
        judged = {_judged(row.source_name, row.source_name, gold) for gold in inside}
        wrong += bool(judged) and "right" not in judged
    return "named without a cue, wrong", len(rows), len(rows), wrong, wrong / max(len(rows), 1)


def _add(counts: dict[str, tuple[int, int]], what: str, both: int, true: int) -> None:
    counts[what] = counts[what][0] + both, counts[what][1] + true


def plain(words: str | float | None) -> str:
    """The words without accents, capitals and a determiner."""
    written = "" if words is None or pd.isna(words) else words.casefold().replace("’", "'")
    return _DETERMINER.sub("", without_accents(written), count=1).strip()


def rounded(half: str) -> pd.DataFrame:
    """The scores of a half as they are kept."""
    return scores(half)[0].round({"share": 4}).assign(half=half)


def write() -> None:
    """Keep the scores."""
    kept = pd.concat([rounded(half) for half in HALVES])
    kept.to_csv(SCORES, index=False, lineterminator="\n")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        measured, cues = scores(sys.argv[1])
        print(measured.round(3).to_string(index=False))
        if "--rows" in sys.argv:
            print(cues[cues["what"] != "right"].to_string(index=False))
