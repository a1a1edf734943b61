"""No text is given back by a report to share: of a text of which too much would be quoted, no run
of six words is left, and of the others nothing is lost.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from helpers.read.corpus import HOME
from helpers.share.quoting import too_much, withhold, without

SAID = "Le ministre a reçu vendredi à Rabat la déléguée belge"
LONG = " ".join([SAID, *(f"mot{i}" for i in range(31))])  # ten words of 41, and with one less of 40
SHORT = LONG.rpartition(" ")[0]


def test_a_quarter_may_be_quoted_and_no_more():
    assert too_much([LONG, SHORT], [SAID]) == set()
    shorter = SHORT.rpartition(" ")[0]
    assert len(too_much([shorter], [SAID])) == 5
    assert too_much([shorter], [SAID[:27], SAID[27:]]) == set()


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        (f"[{SAID}] (a, characters 0 to 52)", "[…] (a, characters 0 to 52)"),
        (SAID.upper(), "…"),
        (unicodedata.normalize("NFD", SAID), "…"),
        (SAID.replace("min", "min\u00ad"), "…"),
        ("Le ministre a reçu vendredi <à Rabat> la déléguée belge", "…"),
        (f"<td>{SAID[:18]}</td><td><strong>{SAID[19:]}</strong></td>",
         "<td>…</td><td><strong></strong></td>"),
        (html.escape(SAID.replace(" ", "’ & ", 2)), "…"),
        (f"<!-- {SAID} -->", "<!-- … -->"),
        (f'<img alt="{SAID}"/>', '<img alt="…"/>'),
        ("Le ministre a reçu vendredi", "Le ministre a reçu vendredi"),
        ("Le roi a reçu vendredi à Rabat la déléguée belge", "Le roi …"),
    ],
)  # fmt: skip
def test_runs_of_words_are_taken_out_whatever_stands_between(shown, left):
    assert without(shown, too_much([SAID], [SAID])) == left
    assert without(shown, set()) == shown
    assert bool(too_much([SAID], [shown])) == (left != shown)


def test_outputs_tables_and_figures_count_together_and_are_all_emptied(tmp_path):
    output = nbformat.v4.new_output
    figure = {"figure": "01-a", "image/png": {"alt": "Figure 1.1"}}
    outputs = [
        output("display_data", {"text/html": f"<p>{SAID}</p>", "text/plain": SAID}),
        output("display_data", {"image/png": "AA=="}, metadata=figure),
        output("error", ename="ValueError", evalue=SAID, traceback=[SAID]),
        output("stream", text=SAID),
    ]
    cells = [nbformat.v4.new_markdown_cell("# 1"), nbformat.v4.new_code_cell("1", outputs=outputs)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    for name, label in {"01-a": SAID, "01-b": "Le ministre"}.items():
        (tmp_path / f"{name}.svg").write_text(f"<svg><!-- {label} --></svg>", "utf-8")
        (tmp_path / f"{name}.png").write_bytes(b"")
    other = "Il pleut à Fès et la route est coupée"
    tables = {
        "a": pd.DataFrame({"source": [SAID[:18], other], "n": [1, 2], "name": [SAID[19:], "x"]}),
        "none": pd.DataFrame({"n": [1]}),
    }
    withhold([SAID, f"{other} {LONG[len(SAID) :]}"], tables, [notebook], tmp_path)
    assert "reçu" not in nbformat.writes(notebook)
    assert "left out" in notebook.cells[1].outputs[1]["data"]["text/plain"]
    assert {path.name for path in tmp_path.iterdir()} == {"01-b.svg", "01-b.png"}
    assert tables["a"].to_dict("list") == {"source": ["…", other], "n": [1, 2], "name": ["", "x"]}
    nbformat.validate(notebook)


# A whole report, looked at by other means than those that made it


def shown(path: Path) -> Iterator[str]:
    """What may be read in a file of a report: as it is written, and without its tags."""
    if path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv(sep=" ")
    elif path.suffix == ".ipynb":
        for cell in nbformat.read(path, 4).cells:
            for output in cell.get("outputs", ()):
                yield from untagged(output.get("text", ""))
                for kind, data in output.get("data", {}).items():
                    yield from untagged("" if kind == "image/png" else str(data))
                yield str(output.get("metadata", ""))
    elif path.suffix != ".png":
        yield from untagged(path.read_bytes().decode("utf-8", "ignore"))


def untagged(text: str) -> Iterator[str]:
    yield text
    for between in ("", " "):
        yield html.unescape(re.sub("<[^>]*>", between, re.sub("<!--|-->", between, text)))


def runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return list(zip(*(words[i:] for i in range(6)), strict=False))


def quoted(text: str, seen: set[tuple[str, ...]]) -> float:
    """The share of the words that stand in a run of six that was seen."""
    found = runs(text)
    places = {i + more for i, run in enumerate(found) if run in seen for more in range(6)}
    return len(places) / (len(found) + 5)


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize("texts", ["seeds", "tests/fixtures/three"])
def test_a_report_to_share_quotes_at_most_a_quarter_of_any_text(texts, tmp_path):
    out = tmp_path / "rapport"
    render = [sys.executable, "-m", "helpers", "render", "--no-text"]
    done = subprocess.run(
        [*render, "--seeds", str(HOME / texts), "--out", str(out)],
        capture_output=True, text=True, cwd=HOME, env=os.environ | {"FIGURES": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {".ipynb", ".html", ".js", ".csv", ".parquet", ".svg"} <= {path.suffix for path in files}
    seen = {run for path in files for part in shown(path) for run in runs(part)}
    shares = [quoted(path.read_text("utf-8"), seen) for path in (HOME / texts).glob("*.txt")]
    assert shares
    assert max(shares) <= 0.25
    assert "…" in (out / "notebooks" / "01-parsing.ipynb").read_text("utf-8")
