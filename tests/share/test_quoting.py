"""No text is given back by a report to share: of a text of which too much would be quoted, no run
of six words is left, and of the others nothing is lost.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers import open_corpus
from helpers.read import load_seeds
from helpers.read.corpus import HOME
from helpers.read.files import bodies
from helpers.share.quoting import too_much, withhold, without
from helpers.share.tables import export_all

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
        (tmp_path / f"{name}.pdf").write_bytes(b"")
    other = "Il pleut à Fès et la route est coupée"
    tables = {
        "a": pd.DataFrame({"source": [SAID[:18], other], "n": [1, 2], "name": [SAID[19:], "x"]}),
        "none": pd.DataFrame({"n": [1]}),
    }
    withhold([SAID, f"{other} {LONG[len(SAID) :]}"], tables, [notebook], tmp_path)
    assert "reçu" not in nbformat.writes(notebook)
    assert "left out" in notebook.cells[1].outputs[1]["data"]["text/plain"]
    assert {path.name for path in tmp_path.iterdir()} == {"01-b.svg", "01-b.png", "01-b.pdf"}
    assert tables["a"].to_dict("list") == {"source": ["…", other], "n": [1, 2], "name": ["", "x"]}
    nbformat.validate(notebook)


# A whole report, looked at by other means than those that made it


def shown(path: Path) -> Iterator[str]:
    """What may be read in a file of a report: as it is written, and without its tags; each cell of
    a table, and its columns downwards.
    """
    if path.suffix in (".parquet", ".csv"):
        yield from cells(read(path))
    elif path.suffix == ".xlsx":
        for table in pd.read_excel(path, sheet_name=None, header=None, dtype="str").values():
            yield from cells(table)
    elif path.suffix == ".js":
        told = path.read_text("utf-8")
        yield from untagged(told)
        if path.name == "pages.js":  # what is searched
            yield from untagged(" ".join(map(str, json.loads(told[told.index("[") : -2]))))
    elif path.suffix == ".pdf":
        yield from untagged(pdf(path.read_bytes()))
    elif path.suffix == ".png":
        with Image.open(path) as picture:
            yield from untagged(" ".join(map(str, picture.info.values())))
    elif path.suffix == ".ipynb":
        for cell in nbformat.read(path, 4).cells:
            for output in cell.get("outputs", ()):
                yield from untagged(output.get("text", ""))
                for kind, data in output.get("data", {}).items():
                    yield from untagged("" if kind == "image/png" else str(data))
                yield str(output.get("metadata", ""))
    else:
        yield from untagged(path.read_bytes().decode("utf-8", "ignore"))


def read(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype="str")


def cells(table: pd.DataFrame) -> Iterator[str]:
    yield table.to_csv(sep=" ")
    yield from (" ".join(table[name].dropna().astype("str")) for name in table)


def pdf(data: bytes) -> str:
    """What is written in a file of PDF: in what is packed, and in its title (UTF-16, in octal)."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    plain = [data]
    for stream in packed:
        with suppress(zlib.error):
            plain.append(zlib.decompress(stream))
    octal = re.compile(rb"\\([0-7]{3})")
    strings = [octal.sub(lambda code: bytes([int(code[1], 8)]), part) for part in plain]
    return "\n".join(
        s.replace(b"\xfe\xff", b" ").replace(b"\0", b"").decode("latin-1")
        for s in [*plain, *strings]
    )


def put_together(text: str, doc: str, tables: list[pd.DataFrame]) -> float:
    """The share of the words of a text that tables give back where a row says at which place of the
    text one of its cells stands: words in runs of six, from all tables together.
    """
    known = bytearray(len(text))
    small = text.casefold() if len(text.casefold()) == len(text) else text
    for table in tables:
        own = table[table["doc"].astype("str") == doc]
        starts = pd.to_numeric(own["start"], errors="coerce")
        for name in own.select_dtypes(exclude="number"):
            for start, cell in zip(
                starts, own[name].map(str).astype("str").str.casefold(), strict=True
            ):
                for piece in () if pd.isna(start) else re.split(" ?… ?", cell):
                    at = int(start)
                    if piece and small.startswith(piece, at):
                        known[at : at + len(piece)] = b"1" * len(piece)
    words = [all(known[slice(*word.span())]) for word in re.finditer(r"\w+", text)]
    runs_known = [all(words[i : i + 6]) for i in range(len(words) - 5)]
    return len({i + k for i, found in enumerate(runs_known) if found for k in range(6)}) / len(
        words
    )


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


def test_what_looks_for_quotations_sees_them_in_every_kind_of_file(tmp_path):
    """A word for each file: where it would not be seen, nothing else would be either."""
    pictures = {"png": {"Title": SAID}, "pdf": {"Title": SAID}, "svg": {"Title": SAID}}
    for kind, about in pictures.items():
        drawn = Figure()
        drawn.savefig(tmp_path / f"a.{kind}", metadata=about)
    table = pd.DataFrame({"doc": "a", "form": SAID.split(), "start": range(10)})
    table.to_csv(tmp_path / "a.csv")
    table.to_parquet(tmp_path / "a.parquet")
    table.to_excel(tmp_path / "a.xlsx")
    (tmp_path / "pages.js").write_text(f"window.PAGES = {json.dumps([['a', '', SAID, '']])};\n")
    (tmp_path / "a.html").write_text(SAID.replace(" ", "</b> <b>"))
    (tmp_path / "a.txt").write_text(SAID)
    output = nbformat.v4.new_output("display_data", {"text/html": f"<p>{SAID}</p>"})
    cell = nbformat.v4.new_code_cell("1", outputs=[output])
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")
    unseen = [
        path.name
        for path in tmp_path.iterdir()
        if quoted(SAID, {run for part in shown(path) for run in runs(part)}) < 1
    ]
    assert unseen == []


def test_what_puts_together_finds_forms_at_their_places():
    text = f"{SAID} et leurs collègues de Fès"
    words = [(word[0], word.start()) for word in re.finditer(r"\w+", text)]
    table = pd.DataFrame(words, columns=["form", "start"]).assign(doc="a")
    assert put_together(text, "a", [table]) == 1
    assert put_together(text, "a", [table[::2], table[1::2]]) == 1
    assert put_together(text, "a", [table[:7]]) == pytest.approx(7 / 15)
    assert put_together(text, "b", [table]) == put_together(text, "a", [table[::2]]) == 0


def test_a_text_with_much_front_matter_is_measured_without_it(tmp_path):
    told = "".join(f"champ_{name}: mot {name} de plus\n" for name in "abcdefghijklmnop")
    body = "Le quai rouvre lundi matin après les travaux. La mairie invite le public à midi."
    (tmp_path / "a.txt").write_text(f"---\ndate: 2024-11-04\n{told}---\n\n{body}", "utf-8")
    corpus = open_corpus(tmp_path, annotate=False, cache=tmp_path / "c")
    (tmp_path / "r" / "tables").mkdir(parents=True)
    passages = pd.DataFrame({"passage": ["Le quai rouvre lundi matin après les travaux."]})
    passages.to_parquet(tmp_path / "r" / "tables" / "04-un.parquet")
    passages.to_csv(tmp_path / "r" / "tables" / "04-un.csv")
    export_all(corpus, tmp_path / "r", text=False)
    files = [path for path in (tmp_path / "r").rglob("*.*") if path.is_file()]
    assert not [path for path in files if any("rouvre lundi" in part for part in shown(path))]
    assert quoted(body, {run for path in files for part in shown(path) for run in runs(part)}) == 0


@pytest.mark.slow
@pytest.mark.parametrize("texts", ["seeds", "tests/fixtures/three", "tests/fixtures/thirty"])
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
    tables = [read(path) for path in files if path.suffix in (".csv", ".parquet")]
    tables = [table for table in tables if {"doc", "start"} <= {*table}]
    assert tables
    documents = load_seeds(HOME / texts).documents
    found = dict(zip(documents["doc"], documents["text"], strict=True))
    for texts_of in (documents["text"], bodies(documents)):
        shares = {doc: quoted(text, seen) for doc, text in zip(found, texts_of, strict=True)}
        assert {doc: share for doc, share in shares.items() if share > 0.25} == {}
    shares = {doc: put_together(text, doc, tables) for doc, text in found.items()}
    assert {doc: share for doc, share in shares.items() if share > 0.25} == {}
    page = " ".join((out / "notebooks" / "index.md").read_text("utf-8").split())
    assert "Made to be shared: the full texts are left out, quotations are short" in page
    assert "…" in (out / "notebooks" / "01-parsing.ipynb").read_text("utf-8")
