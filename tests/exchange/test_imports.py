"""The way in: what came in and what did not, nothing overwritten, nothing of another's; and out and
in again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import Corpus
from helpers.__main__ import main
from helpers.exchange import export_corpus, import_files
from helpers.exchange.exports import (
    export_iramuteq,
    export_jsonl,
    export_txm,
    export_xlsx,
    export_xtz,
)
from helpers.exchange.filenames import distinct, safe_names
from helpers.exchange.writing import name_of
from helpers.read import parse
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS
from tests.exchange.test_europresse import PAGE, USUAL
from tests.exchange.test_samples import EXPECTED, HERE, written_in

# What our reader, IRaMuTeQ or a spreadsheet might take for something else than a text.
PIECES = [
    "Le ministre est arrivé lundi à Rabat.",
    "**** *outlet_autre",
    " ****",
    "-*theme",
    "  -*theme",
    "0001 *outlet_autre",
    "UNE VISITE À RABAT",
    "Par Amina Alaoui",
    "Amina Alaoui",
    "date 2021-05",
    "21/09/2022",
    "© Copyright : DR",
    "(avec MAP)",
    "S.L.",
    "S. L.",
    "l’« œuvre » d’art, *étoile*",
    "=1+1",
    "\ufeffMarque",
    "aujourd’hui, 1 500 mots ; l'an_2024",
]
BETWEEN = [" ", "\n", "\r\n", "\n\n", "\n\n\n", "\u2028", "\x0b", "\u00a0", "\t"]
bodies = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(BETWEEN)), min_size=1, max_size=6
).map(lambda parts: "".join(a + b for a, b in parts))
FRONT = "---\ndate: 2024-11-26\nsection: Sport\n---\n\n"
dates = st.sampled_from(
    ["", " date 2024 ", " date 2024-11 ", " date 2024-11-26 ", " date inconnue ", FRONT]
)
plain = st.text("abzABZ019-._", min_size=1, max_size=8)
free = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def corpus_of(folder: Path, texts: dict[str, str], metadata: pd.DataFrame | None = None) -> Corpus:
    folder.mkdir(exist_ok=True)
    for name, content in texts.items():
        (folder / name).write_text(content, "utf-8", newline="")
    if metadata is not None:
        metadata.to_csv(folder / "metadata.csv", index=False, lineterminator="\r\n")
    return opened(folder)


def opened(folder: Path) -> Corpus:
    (documents, issues), fields = read_folder(folder)
    return Corpus(documents, fields, issues, *parse(documents, annotate=False))


def words_by_text(corpus: Corpus) -> dict[str, list[str]]:
    words = corpus.tokens[corpus.tokens["kind"] == "word"]
    return words.groupby("doc", observed=True)["type"].agg(list).to_dict()


def own_columns(corpus: Corpus) -> pd.DataFrame:
    """What the texts say of themselves, as text, but for where the last file of them was."""
    ours = [name for name in DOCUMENTS if name not in ("doc", "outlet")]
    own = corpus.documents.drop(columns=ours).astype(object)
    own = own.drop(columns=[name for name in own if name.startswith("source_") or name == "flags"])
    return (
        own.map(str, na_action="ignore").astype("str").fillna("").map(lambda value: value.strip())
    )


EXPORTS: dict[str, Callable[[Corpus, Path], Path]] = {
    "iramuteq": lambda corpus, place: export_iramuteq(corpus, place / "corpus.txt"),
    "txm": lambda corpus, place: export_txm(corpus, place / "txm")[0],
    "xtz": lambda corpus, place: export_xtz(corpus, place / "xtz")[0].parent,
    "xlsx": lambda corpus, place: export_xlsx(corpus, place / "corpus.xlsx"),
    "jsonl": lambda corpus, place: export_jsonl(corpus, place / "corpus.jsonl"),
}


@pytest.mark.parametrize("name", EXPORTS)
@quick
@given(texts=st.lists(st.tuples(dates, bodies, plain), min_size=1, max_size=8))
def test_a_corpus_goes_out_and_comes_in_again_with_its_words_dates_and_fields(name, texts):
    metadata = pd.DataFrame({
        "doc": [f"t{i}" for i in range(len(texts))],
        "outlet": [f"x{value}" for _, _, value in texts],
        "rank": range(len(texts)),
    })  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        written = {f"t{i}.txt": date + body for i, (date, body, _) in enumerate(texts)}
        before = corpus_of(here / "avant", written, metadata)
        words = words_by_text(before)
        if not words:
            return
        import_files(EXPORTS[name](before, here), here / "après")
        after = opened(here / "après")
    assert words_by_text(after) == words
    kept = before.documents["doc"].isin([*words]).to_numpy()
    dated = ["doc", "date_start", "date_end", "date_precision"]
    pd.testing.assert_frame_equal(
        after.documents[dated], before.documents.loc[kept, dated].reset_index(drop=True)
    )
    own = own_columns(before)[kept].reset_index(drop=True)
    filled = own_columns(after).reindex(columns=list(own), fill_value="")
    pd.testing.assert_frame_equal(filled, own, check_dtype=False)
