"""How long the collection takes on this machine, and which goals that reaches: `make bench`.

    python tests/bench.py PEERS_PYTHON [--sizes 4000,16000,100000] [--only build,verbs]

prints two tables, the goals and what was measured for them, and puts them in the place of those in
RESULTS.md (--only: prints them and leaves the file). What is set for 100,000 texts is measured at the
largest size, and from there reckoned with the growth between the last two. Each load below runs in a
process of its own, those of others with their own Python (peers/requirements.txt), on the same files.
For Linux. Timings are for reading, not for tests: machines differ, and a busy one is slow.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from functools import partial
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

HERE, HOME = Path(__file__).parent, Path(__file__).parents[1]
KEPT, NODE = HOME / ".cache" / "bench", "ministre"
OTHERS, ANNOTATED = 4000, 400  # texts beside others, with the model
SOME, GOAL = 10_000, 100_000  # texts of the goals
MANY = 16_000  # annotated texts that fit into memory beside what is made of them
ROUNDS, ENOUGH = 3, 10  # of each run; seconds for all its rounds
STEEP, LONG = 1.15, 0.1  # n log n is about 1.1 at these sizes; below .1 s nobody waits
TOLD = "calendar timeline trends reading_list speakers".split()  # what the goal of new verbs names
LATER = "peaks typical_words names reported_speech quotations word_network".split()
PEERS = "conc textacy nltk sklearn".split()
SEEN = []  # rows of the table of what was measured


# Loads: what a process does, by name


def opened(folder, annotate=False, cache=None):
    from helpers import open_corpus

    return open_corpus(folder, annotate=annotate, cache=cache or KEPT / "store" / folder.name)


def cold(folder):
    with TemporaryDirectory() as cache:
        return len(opened(folder, cache=cache).tokens)


def read(folder):
    """Files to tables of their words, which is what the others do: no header is read, and nothing
    is looked for that stands twice.
    """
    import pandas as pd

    from helpers.read import parse

    documents = pd.DataFrame({"text": [*files(folder)], "body_start": 0})
    named = documents.assign(
        doc=documents.index.astype("str"), body_end=documents["text"].str.len()
    )
    return len(parse(named, annotate=False).tokens)


def stored(folder):
    from helpers.read import store_corpus

    with TemporaryDirectory() as cache:
        store_corpus(folder, annotate=False, cache=cache)


def ours(folder):
    """A corpus in memory and no more; and everything, of which nothing is kept before."""
    return {"in memory": partial(read, folder), "everything": partial(cold, folder)}


def opening(folder):
    return {"opened": partial(cold, folder)}


def storing(folder):
    return {"store_corpus": partial(stored, folder)}


def kept(folder):
    opened(folder)
    return {"reopened": partial(opened, folder)}


def conc(folder):
    """It switches seven parts of a model off by name, and no French model has them all."""
    import spacy
    from conc.corpus import Corpus

    model = spacy.blank("fr")
    for part in "parser ner lemmatizer tagger senter tok2vec attribute_ruler".split():
        model.add_pipe("sentencizer", name=part)
    model.to_disk(KEPT / "fr")
    build = Corpus("built").build_from_files
    return {"build": lambda: build(str(folder), str(KEPT), model=str(KEPT / "fr"))}


def textacy(folder):
    import spacy
    from textacy import Corpus

    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    return {"build": lambda: Corpus(nlp, data=files(folder))}


def nltk(folder):
    from nltk import wordpunct_tokenize

    return {"build": lambda: [len(wordpunct_tokenize(text)) for text in files(folder)]}


def sklearn(folder):
    from sklearn.feature_extraction.text import CountVectorizer

    return {"build": lambda: CountVectorizer().fit_transform(files(folder))}


def called(room, names, of, **by):
    """Verbs of a room on one table or corpus."""
    parts = "".join(f" by {part}" for part in by.values())
    return {f"{name}{parts}": partial(getattr(room, name), of, **by) for name in names.split()}


def verbs(folder):
    """Every verb that needs no model."""
    from helpers import count as c

    corpus = opened(folder)
    tokens, cut = corpus.tokens, c.segments(corpus.tokens)
    classes = cut[["doc", "seg"]].drop_duplicates().assign(k=2, **{"class": 1 + cut["seg"] % 2})
    later = (tokens["doc"].cat.codes >= len(corpus) / 2).to_numpy()
    runs = called(c, "frequencies spectrum growth zipf general_french segments overview repeated_segments reuse", corpus)  # fmt: skip
    runs |= called(c, "richness readability dispersion contingency", corpus, by="doc")
    runs |= called(c, "specificities distance", corpus, period="month")
    return runs | {
        "concordance": lambda: c.concordance(corpus, NODE, sort="right1"),
        "ngrams (2 words)": lambda: c.ngrams(tokens, 2),
        "cooccurrents": lambda: c.cooccurrents(tokens, NODE),
        "with_metadata": lambda: corpus.with_metadata(tokens),
        "keyness of two halves": lambda: c.keyness(tokens[~later], tokens[later]),
        "correspondence by doc": partial(c.correspondence, c.contingency(tokens, "doc", min_freq=3)),
        "reinert of segments": partial(c.reinert, c.contingency(cut, ["doc", "seg"], min_freq=3), k=6),
        "typical_segments": lambda: c.typical_segments(classes, cut),
        "word_network as a tree": lambda: c.word_network(tokens, by="sent", min_freq=3, tree=True),
    }  # fmt: skip


def annotated(folder):
    """The verbs that need the model's annotations, on as many texts as the folder has: the same
    again and again, with what they tell.
    """
    from helpers import count, voices

    corpus = again(opened(corpus_of(ANNOTATED), annotate=True).without_reprints(), int(folder.name))
    needs = {name: {"queries": ["phare", NODE]} for name in ("timeline", "peaks")}
    needs |= {"quotations": {"speaker": NODE}, "word_network": {"only": "common", "unit": "lemma"}}
    runs = {
        name: partial(getattr(count, name, None) or getattr(voices, name), corpus, **needs.get(name, {}))
        for name in (*TOLD, *LATER)
    }  # fmt: skip
    hits = count.theme_hits(corpus)
    return runs | {
        "theme_hits": lambda: count.theme_hits(corpus),
        "theme_profile by doc": lambda: count.theme_profile(hits, corpus, by="doc"),
        "theme_audit": lambda: count.theme_audit(hits, corpus),
    }


def again(corpus, n):
    """n texts: those of the corpus under other names, with what they tell."""
    import numpy as np
    import pandas as pd

    from helpers.voices import discourse

    times = max(n // len(corpus), 1)

    def copied(table):
        if "doc" not in table or table["doc"].isna().any():
            return table
        doc = table["doc"].astype("category").array
        codes = doc.codes + len(doc.categories) * np.arange(times, dtype=np.int64)[:, None]
        names = [f"{time:04}-{name}" for time in range(times) for name in doc.categories]
        all_of = pd.Series(pd.Categorical.from_codes(codes.ravel(), names))
        return pd.concat([table] * times, ignore_index=True).assign(doc=all_of.astype(table["doc"].dtype.name))  # fmt: skip

    many = type(corpus)(**{name: copied(table) for name, table in vars(corpus).items()})
    told = discourse.all_tables(corpus)
    discourse._TOLD[many] = type(told)(*map(copied, told))
    return many


def voices(folder):
    from helpers.voices import discourse

    corpus = opened(folder, annotate=True)

    def told():
        discourse._TOLD.clear()
        discourse.all_tables(corpus)

    return {"actors, attributions, events": told}


def imported(folder):
    """As many articles as the folder has texts, a thousand in a file of Europresse."""
    sys.path.insert(0, str(HOME))
    from helpers.exchange import import_files
    from tests.exchange.test_europresse import PAGE, USUAL

    exports = KEPT / f"{folder.name}-export"
    exports.mkdir(exist_ok=True)
    head, _, page = PAGE.partition("<article>")
    page, told, articles = f"<article>{page.partition('</body>')[0]}", dict.fromkeys(("above", "below", "aside"), ""), []  # fmt: skip
    for at, text in enumerate(files(folder)):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
        about = {"title": f"Le quai rouvre {at}", "number": f"news·20241104·FVA·{at}", "body": body}
        articles.append(page.format(**told | USUAL | about))
    for at in range(0, len(articles), 1000):
        whole = f"{head}{''.join(articles[at : at + 1000])}</body></html>"
        (exports / f"{at}.HTML").write_text(whole, "utf-8")

    def bring():
        with TemporaryDirectory() as to:
            import_files([exports], Path(to) / "texts")

    del articles
    return {"import": bring}


# Texts


def corpus_of(n):
    """A folder of n invented texts, written once."""
    folder, part = KEPT / str(n), KEPT / f"{n}.part"
    if not folder.exists():
        told = "-m", "tests.fiction", str(n), "--to", part
        subprocess.run([sys.executable, *told], cwd=HOME, check=True)
        part.rename(folder)
    return folder


def large(folder):
    """As many texts with a vocabulary as large as that of the press, which invented texts have not:
    words drawn as often as general French has them. Nobody would read them.
    """
    import numpy as np
    import pandas as pd
    from wordfreq import get_frequency_dict

    shares, chance = pd.Series(get_frequency_dict("fr", "large")), np.random.default_rng(1997)
    elided = shares.index.isin("c d j l m n qu s t".split())  # it cuts l'accord into l and accord
    names, summed = shares.index.to_numpy() + np.where(elided, "’", " "), shares.cumsum().to_numpy()
    target = Path(f"{folder}-large")
    target.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.txt")):
        drawn = names[np.searchsorted(summed, chance.random((12, 29)) * summed[-1])]
        body = "\n\n".join("".join(row).strip(" ’").capitalize() + "." for row in drawn)
        (target / path.name).write_text(f" date 2024-11 {body}", "utf-8")
    return target


def files(folder):
    return (path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))


# Measuring


def timed(run):
    """Seconds of all processors and of the clock, and the peak of memory in MB."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # Linux forgets the peak of memory
    wall, cpu = time.perf_counter(), time.process_time() + sum(os.times()[2:4])
    run()
    cpu, wall = time.process_time() + sum(os.times()[2:4]) - cpu, time.perf_counter() - wall
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 2**10
    return cpu, wall, peak


def serve(load, folder):
    """Print the medians of the rounds of each run."""
    for what, run in globals()[load](Path(folder)).items():
        took = []
        while len(took) < ROUNDS and sum(one[1] for one in took) < ENOUGH:
            took.append(timed(run))
        print(json.dumps([what, *map(median, zip(*took, strict=True))]), flush=True)


def measured(load, folder):
    """What the runs of one load took, by name."""
    return {what: costs for (_, what), costs in in_turn(folder, {load: sys.executable}).items()}


def in_turn(folder, loads, rounds=1):
    """What the runs of several loads, each with its Python, took: medians of rounds in which the
    loads take turns, since a machine that others use is slower at times.
    """
    took = {}
    for load, python in [*loads.items()] * rounds:
        told = subprocess.check_output([python, __file__, "--serve", load, folder])
        for what, *costs in map(json.loads, told.splitlines()):
            took.setdefault((load, what), []).append(costs)
    took = {of: [*map(median, zip(*costs, strict=True))] for of, costs in took.items()}
    SEEN.extend((load, what, folder.name, *costs) for (load, what), costs in took.items())
    return took


def clock(*command):
    """Seconds of the clock of a whole process."""
    wall = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=HOME, check=True, capture_output=True)
    return time.perf_counter() - wall


# Rows of the goals: what, what was measured, the goal, and whether it is reached (None: none is set)


def build(sizes, python):
    few = corpus_of(min(OTHERS, sizes[-1]))
    for folder, whole, name in ((few, 6, "plain"), (large(few), 9, "large")):
        took = in_turn(folder, {"ours": sys.executable} | dict.fromkeys(PEERS, python), ROUNDS)
        for who in PEERS:
            them, goal = took[who, "build"][0], {"conc": 10, "nltk": 1}.get(who)
            times = them / took["ours", "in memory"][0]
            yield f"in memory beside {who}, {name}", f"{times:.1f} ×", f"≥ {goal} ×" if goal else "", times >= goal if goal else None  # fmt: skip
            if who == "conc":
                times = them / took["ours", "everything"][0]
                yield f"everything beside conc, {name}", f"{times:.1f} ×", f"≥ {whole} ×", times >= whole  # fmt: skip


def reopen(sizes, python):
    for n in sorted({min(SOME, sizes[-1]), sizes[-1]}):
        cpu = measured("kept", corpus_of(n))["reopened"][0]
        yield f"reopening {n:,} kept texts", f"{cpu:.2f} s", f"≤ {n * 6e-5:.2f} s", cpu <= n * 6e-5


def annotate(sizes, python):
    """A program without a file, as a kernel is, has its own workers; a script has none."""
    folder, code = corpus_of(ANNOTATED), "import sys; from helpers import open_corpus; open_corpus(sys.argv[1], cache=sys.argv[2])"  # fmt: skip
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        (script := Path(one) / "script.py").write_text(code, "utf-8")
        times = clock(script, folder, one) / clock("-c", code, folder, two)
    yield f"annotating {ANNOTATED} texts by default beside one process, {os.cpu_count()} cores", f"{times:.2f} ×", "≥ 1.5 ×", times >= 1.5  # fmt: skip


def memory(sizes, python):
    """Each in a process of its own, since what one leaves in memory another would be told to have."""
    for load, goal in (("opening", 3000), ("storing", 700)):
        for what, (*_, peak) in measured(load, corpus_of(sizes[-1])).items():
            yield f"memory, {sizes[-1]:,} texts, {what}", f"{peak:,.0f} MB", f"≤ {goal:,} MB", peak <= goal  # fmt: skip


def grown(load, sizes, goals):
    """Rows of a load at each size, and of each verb what it would take at 100,000 texts."""
    took = [measured(load, corpus_of(n)) for n in sizes]
    for what, (cpu, *_) in took[-1].items():
        least = took[-2][what][0] if len(took) > 1 else cpu
        power = log(cpu / least) / log(sizes[-1] / sizes[-2]) if len(took) > 1 else 1
        at, goal = goals.get(what.partition(" ")[0], (GOAL, 10))
        expected = cpu * (at / sizes[-1]) ** (max(power, 1) if at > sizes[-1] else power)
        steep = power > STEEP and cpu > LONG
        yield f"{what}, {at:,} texts", f"{expected:.2f} s, n^{power:.2f}", f"≤ {goal} s, n log n", expected <= goal and not steep  # fmt: skip


def verbs_grown(sizes, python):
    goals = dict.fromkeys(("repeated_segments", "reuse"), (SOME, 5))
    return grown("verbs", sizes, goals)


def annotated_grown(sizes, python):
    goals = dict.fromkeys(TOLD, (GOAL, 5)) | dict.fromkeys(LATER, (SOME, 10))
    return grown("annotated", [n for n in sizes if n <= MANY] or sizes[:1], goals)


def told(sizes, python):
    took = measured("voices", corpus_of(ANNOTATED))["actors, attributions, events"]
    each = 1000 * took[0] / ANNOTATED
    yield "actors, attributions, events, a text", f"{each:.1f} ms", "≤ 6 ms", each <= 6


def exchange(sizes, python):
    cpu, _, peak = measured("imported", corpus_of(SOME))["import"]
    yield f"import of {SOME:,} articles of Europresse", f"{cpu:.1f} s, {peak:.0f} MB", "≤ 20 s, 500 MB", cpu <= 20 and peak <= 500  # fmt: skip


def make(sizes, python):
    render = "-m", "helpers", "render"
    clock(*render)
    wall = clock(*render)
    yield "`make` again, all notebooks, by the clock", f"{wall:.0f} s", "≤ 45 s", wall <= 45


ROWS = {"build": build, "reopen": reopen, "annotate": annotate, "memory": memory}
ROWS |= {"verbs": verbs_grown, "new": annotated_grown, "voices": told}
ROWS |= {"import": exchange, "make": make}


def machine():
    """When, what and on what."""
    commit = subprocess.getoutput(f"git -C '{HOME}' describe --always --dirty")
    cpu = Path("/proc/cpuinfo").read_text().partition("model name\t: ")[2].partition("\n")[0]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{time.strftime('%Y-%m-%d')}, commit {commit}; {cpu}, {os.cpu_count()} cores, {memory:.0f} GB of memory, Python {sys.version.split()[0]}."  # fmt: skip


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("python", help="that of the others' environment")
    asked.add_argument("--sizes", default="4000,16000,100000")
    asked.add_argument("--only", default="", help=f"rows of the goals: {', '.join(ROWS)}")
    given = asked.parse_args()
    # One thread, as in the notebooks.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1"}
    KEPT.mkdir(parents=True, exist_ok=True)
    sizes, lines = [*map(int, given.sizes.split(","))], [machine(), "", "| | measured | goal | |", "|---|--:|--:|---|"]  # fmt: skip
    for name in given.only.split(",") if given.only else ROWS:
        for what, found, goal, reached in ROWS[name](sizes, given.python):
            said = {True: "reached", False: "**missed**", None: ""}[
                reached if reached is None else bool(reached)
            ]
            lines.append(f"| {what} | {found} | {goal} | {said} |")
            print(lines[-1], flush=True)
    lines += ["", "| of | what | texts | CPU s | clock s | MB |", "|---|---|--:|--:|--:|--:|"]
    lines += [f"| {load} | {what} | {n} | {cpu:.3g} | {wall:.3g} | {peak:.0f} |" for load, what, n, cpu, wall, peak in SEEN]  # fmt: skip
    print("\n".join(lines))
    if not given.only:
        page = HERE / "RESULTS.md"
        before, mark, _ = page.read_text("utf-8").partition("<!-- rewritten from here on -->\n\n")
        page.write_text(before + mark + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    serve(*sys.argv[2:]) if sys.argv[1] == "--serve" else main()
