"""What a hostile folder may hold: broken files, broken tables, what nobody keeps on purpose; and nobody is
asked outside of this machine. `make test-all` tries many times more of each.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
from datetime import date
from io import FileIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import count, open_corpus, voices
from helpers.count import TooLittleText, theme_hits
from helpers.read import SEEDS, load_seeds, parse, round_trip, weekdays
from helpers.read.corpus import HOME
from helpers.read.dates import find_dates, read_date
from helpers.read.files import text_files
from helpers.read.french import (
    normalise,
    syllables,
    token_kind,
    word_type,
)
from helpers.read.lexicons import COLUMNS, HERE, lexicon
from helpers.read.metadata import join_metadata
from helpers.read.seeds import read_folder
from helpers.read.tables import DOCUMENTS, ISSUES, table
from helpers.voices import attributions, events
from helpers.voices.days import possible_days
from helpers.voices.institutions import acronyms
from helpers.voices.people import office_words
from tests.hostile import ENCODINGS, FULL, MUTATIONS, mutant, processor_time

# Broken files: whatever the bytes, a folder loads, every offset is inside its text, and a second
# reading gives the same.


KINDS = {
    "bad_date", "duplicate", "empty", "encoding", "file_date", "front_matter", "header", "hyphen", "markup",
    "near_duplicate", "no_date", "not_french", "not_text",
}  # fmt: skip
BATCH = 250


@pytest.fixture
def folder(tmp_path):
    def make(numbers: range, most: int | None = None) -> Path:
        for number in numbers:
            (tmp_path / f"{number:06}.txt").write_bytes(mutant(number)[:most])
        return tmp_path

    return make


def inside(documents: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the text that they are about, once their bounds are inside its body."""
    about = documents.set_index("doc").loc[
        rows["doc"].astype("str"), ["text", "body_start", "body_end"]
    ]
    assert (rows["start"].to_numpy() >= about["body_start"].to_numpy()).all()
    assert (rows["start"] < rows["end"]).all()
    assert (rows["end"].to_numpy() <= about["body_end"].to_numpy()).all()
    return rows.assign(text=about["text"].to_numpy())


@pytest.mark.parametrize("first", range(0, MUTATIONS, BATCH))
def test_broken_files_become_documents_and_issues(folder, first):
    path = folder(range(first, first + BATCH))
    (documents, issues), fields = read_folder(path)
    assert set(documents["file"]) | set(issues["file"]) == {p.name for p in path.iterdir()}
    assert set(issues["kind"]) <= KINDS
    assert set(documents["encoding"]) <= ENCODINGS
    further = dict.fromkeys(list(documents)[len(DOCUMENTS) :], "str")  # of front matter
    assert documents.dtypes.astype(str).to_dict() == DOCUMENTS | further
    assert list(documents)[: len(DOCUMENTS)] == list(DOCUMENTS)
    assert issues.dtypes.astype(str).to_dict() == ISSUES
    lengths = documents["text"].str.len()
    assert (documents["body_start"].between(0, documents["body_end"], inclusive="left")).all()
    assert (documents["body_end"] <= lengths).all()
    texts = documents.set_index("doc")["text"]
    for field in fields.itertuples():
        assert texts[field.doc][field.start : field.end] == field.value
    for issue in issues.dropna(subset="start").itertuples():
        assert 0 <= issue.start < issue.end <= len(texts[issue.doc])


@pytest.mark.parametrize("first", range(0, MUTATIONS, BATCH))
def test_every_token_of_a_broken_file_leads_back_to_it(folder, first):
    path = folder(range(first, first + BATCH))
    documents = load_seeds(path).documents
    tables = parse(documents, annotate=False)
    assert round_trip(documents, tables.tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    for found in tables[:3]:
        inside(documents, found)
    again = load_seeds(path).documents
    pd.testing.assert_frame_equal(documents, again)
    for here, there in zip(tables, parse(again, annotate=False), strict=True):
        pd.testing.assert_frame_equal(here, there)


# What a reader of a broken corpus may ask of it.
VERBS = {
    "actors": voices.actors,
    "attributions": voices.attributions,
    "events": voices.events,
    "mentions": voices.mentions,
    "theme_hits": lambda corpus: count.theme_hits(corpus.tokens),
    "theme_profile": lambda corpus: count.theme_profile(
        count.theme_hits(corpus.tokens), corpus.tokens, by="doc"
    ),
    "frequencies": lambda corpus: count.frequencies(corpus.tokens),
    "richness": lambda corpus: count.richness(corpus.tokens, by="doc"),
    "readability": lambda corpus: count.readability(corpus),
    "segments": lambda corpus: count.segments(corpus.tokens),
    "repeated_segments": lambda corpus: count.repeated_segments(corpus.tokens),
    "cooccurrents": lambda corpus: count.cooccurrents(corpus.tokens, "sécurité"),
    "concordance": lambda corpus: count.concordance(corpus, "[pos=/N.*/] *"),
    "dispersion": lambda corpus: count.dispersion(corpus.tokens, by="doc"),
    "specificities": lambda corpus: count.specificities(corpus.tokens, by="doc"),
    "weekdays": lambda corpus: weekdays(corpus.entities, corpus.documents),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    path = tmp_path_factory.mktemp("broken")
    for number in range(1000 if FULL else 60):
        (path / f"{number:06}.txt").write_bytes(mutant(number)[:1500])
    return open_corpus(path, cache=tmp_path_factory.mktemp("kept"))


def test_the_model_reads_broken_files(broken):
    tokens = broken.tokens
    assert round_trip(broken.documents, tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    assert tokens[["lemma", "pos", "head", "dep"]].notna().all().all()
    lengths = tokens.groupby("doc", observed=True)["tok"].transform("max")
    assert tokens["head"].between(0, lengths).all()
    inside(broken.documents, broken.entities)
    labels = {"person", "organisation", "place", "nationality", "date"}
    assert set(broken.entities["label"]) <= labels


@pytest.mark.filterwarnings("ignore:cooccurrents")
@pytest.mark.parametrize("name", VERBS)
def test_every_verb_answers_on_broken_files(broken, name):
    try:
        found = VERBS[name](broken)
    except TooLittleText:
        return
    if {"doc", "start", "end"} <= set(found):
        inside(broken.documents, found.dropna(subset=["start", "end"]))


def test_changes_are_of_every_kind():
    """The mutations reach what they are for."""
    made = [mutant(number) for number in range(500)]
    assert len(set(made)) > 490
    marks = b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", "\u202e".encode(), "🙂".encode(), b"\x81"
    assert all(any(mark in data for data in made) for mark in marks)
    sizes = [len(data) for data in made]
    assert min(sizes) < 50
    assert max(sizes) > 5000


# Folders that nobody keeps on purpose.


TEXT = " date 2024-11 Le ministre a reçu hier à Rabat la présidente de la région."


def write(path: Path, text: str = TEXT) -> None:
    path.write_text(text, "utf-8")


def kinds(issues) -> dict[str, str]:
    return dict(zip(issues["file"], issues["kind"], strict=True))


def test_loops_of_links_end(tmp_path):
    write(tmp_path / "a.txt")
    (tmp_path / "boucle").symlink_to(tmp_path)
    (tmp_path / "dedans.txt").symlink_to(tmp_path, target_is_directory=True)
    for here, there in (("un", "deux"), ("deux", "un")):
        (tmp_path / f"{here}.txt").symlink_to(tmp_path / f"{there}.txt")
    (tmp_path / "perdu.txt").symlink_to(tmp_path / "nulle part")
    documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a"]
    expected = dict.fromkeys(("dedans.txt", "un.txt", "deux.txt", "perdu.txt"), "unreadable")
    assert kinds(issues) == expected | {"boucle": "ignored"}


def test_a_link_to_a_text_is_the_text(tmp_path):
    (tmp_path / "textes").mkdir()
    write(tmp_path / "loin.txt")
    (tmp_path / "textes" / "ici.txt").symlink_to(tmp_path / "loin.txt")
    documents, issues = load_seeds(tmp_path / "textes")
    assert documents["doc"].tolist() == ["ici"]
    assert issues.empty


def test_pipes_sockets_and_devices_are_not_waited_for(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "rien.txt").symlink_to(os.devnull)
    (tmp_path / "sans fin.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("prise.txt")
        with processor_time(10, "a folder with a pipe"):
            documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a"]
    assert set(issues["kind"]) == {"unreadable"}
    assert len(issues) == 4


def test_a_file_that_may_not_be_read_is_an_issue(tmp_path, monkeypatch):
    write(tmp_path / "a.txt")
    write(tmp_path / "secret.txt")

    def refuse(path):
        if Path(path).name == "secret.txt":
            raise PermissionError(13, "Permission denied", path)
        return FileIO(path)

    monkeypatch.setattr("helpers.read.files.FileIO", refuse)
    documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a"]
    assert kinds(issues) == {"secret.txt": "unreadable"}
    assert "rights" in issues["message"].item()


def test_a_file_that_vanishes_after_it_was_listed_is_an_issue(tmp_path, monkeypatch):
    for name in "abc":
        write(tmp_path / f"{name}.txt", f"{TEXT} {name}")

    def listed(folder, issues):
        names = list(text_files(folder, issues))
        (tmp_path / "b.txt").unlink()
        return iter(names)

    monkeypatch.setattr("helpers.read.files.text_files", listed)
    documents, issues = load_seeds(tmp_path)
    assert documents["doc"].tolist() == ["a", "c"]
    assert kinds(issues) == {"b.txt": "unreadable"} | {
        name: kind for name, kind in kinds(issues).items() if name != "b.txt"
    }


def test_files_that_come_and_go_while_a_folder_is_read(tmp_path):
    for number in range(300):
        write(tmp_path / f"{number:03}.txt", f"{TEXT} {number}")
    stop = threading.Event()

    def disturb():
        for number in range(300):
            if stop.is_set():
                return
            (tmp_path / f"{number:03}.txt").unlink()
            write(tmp_path / f"neuf{number}.txt")

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    read = [load_seeds(tmp_path) for _ in range(3)]
    stop.set()
    disturbing.join()
    for documents, issues in read:
        assert documents["doc"].is_unique
        assert set(issues["kind"]) <= {"unreadable", "duplicate", "near_duplicate", "empty"}
        assert len(documents) + (issues["kind"] == "unreadable").sum() > 0


def test_a_file_that_grows_while_it_is_read_stays_within_the_limit(tmp_path, monkeypatch):
    write(tmp_path / "a.txt", TEXT * 1000)
    really = os.stat

    def smaller(path, **more):
        told = list(really(path, **more))
        told[6] = 100
        return os.stat_result(told)

    monkeypatch.setattr(os, "stat", smaller)
    documents, issues = load_seeds(tmp_path, max_bytes=1000)
    assert documents.empty
    assert kinds(issues)["a.txt"] == "too_large"
    documents, _ = load_seeds(tmp_path)
    assert documents["text"].item() == TEXT * 1000


NAMES = [
    "deux\nlignes.txt", "tab\t.txt", "retour\r.txt", "\\.txt", "*.txt", "?.txt", ".txt.txt", "..txt.txt",
    "<script>alert(1)</script>.txt".replace("/", "∕"), '"><img src=x>.txt', "$x^2$.txt", "`a`|b|.txt", "a;b,c.txt",
    "'; --.txt", "%s%n.txt", "{doc}.txt", "con.txt", " .txt", "a .txt", "\u202egnp.txt", "\u200b.txt", "e\u0301.txt",
    "é.txt", "🙂.txt", "x" * 251 + ".txt", "é" * 125 + ".txt", "A.TXT", "a.TxT", "a.txt", "nan.txt", "None.txt", "NA.txt",
    *(os.fsdecode(name) for name in (b"\xff.txt", b"\xfe.txt", b"\xe9t\xe9.txt", b"\xed\xa0\x80.txt")),
]  # fmt: skip


def test_files_of_any_name_are_documents_of_their_own(tmp_path):
    folder = tmp_path / "<b>$x$\n'textes'"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        write(folder / name, f"{TEXT} Visite {number} de {number * 7} et {number * 3} villes.")
    seen = [path for path in folder.iterdir() if not path.name.startswith(".")]
    cold, warm = (open_corpus(folder, cache=tmp_path / "kept", annotate=False) for _ in range(2))
    assert cold.documents["doc"].is_unique
    assert len(cold.documents) == len(seen)
    assert cold.documents["doc"].tolist() == warm.documents["doc"].tolist()
    assert cold.documents["file"].str.encode("utf-8").notna().all()
    assert cold.documents["file"].is_unique
    assert round_trip(cold.documents, cold.tokens)[["wrong", "lost"]].to_numpy().sum() == 0
    assert set(cold.issues["kind"]) <= {"near_duplicate"}


def test_many_small_files_cost_what_each_costs(tmp_path):
    n = 100_000 if FULL else 1000
    for number in range(n):
        write(
            tmp_path / f"{number}.txt",
            f" date 2024-11 Le ministre {number} a reçu {number % 97} amis.",
        )
    with processor_time(n / 200, f"{n} files"):
        documents, issues = load_seeds(tmp_path)
    assert len(documents) == n
    assert set(issues["kind"]) <= {"near_duplicate"}
    with processor_time(n / 200, f"the words of {n} files"):
        tables = parse(documents.drop(columns="similarity"), annotate=False)
    assert tables.tokens["doc"].nunique() == n


PEAK = """
import resource, sys
from helpers.read import SEEDS, load_seeds, parse
parse(load_seeds(SEEDS).documents, annotate=False)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
before = peak()
documents, issues = load_seeds(sys.argv[1])
assert set(issues["kind"]) <= {"no_date", "not_french", "empty"}, issues
loaded = peak()
if len(documents):
    parse(documents, annotate=False)
print(loaded - before, peak() - before)
"""
UNITS = ["a", "\n", "é", " ", ".", "1 ", "a ", "A. ", "🙂", "l'", "\r"]


@pytest.mark.parametrize(
    "unit", [UNITS[0], *(pytest.param(unit, marks=pytest.mark.slow) for unit in UNITS[1:])]
)
def test_a_large_file_of_one_thing_needs_a_multiple_of_its_size(tmp_path, unit):
    size = 19_999_000
    (tmp_path / "a.txt").write_bytes((unit * (size // len(unit.encode()))).encode())
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded, parsed = map(int, done.stdout.split())
    assert loaded < 80 * size
    assert parsed < 320 * size


def test_a_file_over_the_limit_is_not_read_at_all(tmp_path):
    with (tmp_path / "a.txt").open("wb") as sparse:
        sparse.truncate(1 << 40)
    with processor_time(5, "a file of a terabyte"):
        documents, issues = load_seeds(tmp_path)
    assert documents.empty
    assert kinds(issues)["a.txt"] == "too_large"


# Nothing asks the network: every attempt to reach another machine is refused and written down.


# Python runs this before anything else, in every process that inherits the environment: kernels
# too. They talk to the runner on this machine, which is allowed.
GUARD = """
import os, sys

HERE = {None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"}
ASKED = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0,
         "socket.gethostbyname": 0, "socket.gethostbyaddr": 0, "urllib.Request": 0}

def guard(event, arguments):
    if event in ASKED:
        asked = arguments[ASKED[event]]
        host = asked[0] if isinstance(asked, tuple) else asked
        local = event in ("socket.connect", "socket.sendto") and not isinstance(asked, tuple)
        if host not in HERE and not local:
            with open(os.environ["ASKED"], "a") as log:
                log.write(f"{event} {asked!r}\\n")
            raise OSError(f"the network is closed: {event} {asked!r}")

sys.addaudithook(guard)
with open(os.environ["GUARDED"], "a") as log:
    log.write("+")
"""

EVERYTHING = """
import importlib, os, pkgutil, sys
import helpers
from helpers import count, open_corpus, read, voices
for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
corpus = open_corpus(sys.argv[1], cache=sys.argv[2])
assert corpus.tokens["lemma"].notna().all() and len(corpus.entities)
voices.attributions(corpus), voices.actors(corpus), voices.events(corpus), voices.mentions(corpus)
count.theme_hits(corpus.tokens), count.general_french(corpus.tokens), read.lexicons.lexicon('syllables')
count.concordance(corpus, "sécurité")
count.contingency(count.segments(corpus.tokens, size=20), by="doc")
"""


@pytest.fixture
def offline(tmp_path):
    def run(*arguments: str) -> tuple[subprocess.CompletedProcess[str], str, int]:
        (tmp_path / "guard").mkdir(exist_ok=True)
        (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, "utf-8")
        notes = {name: str(tmp_path / name) for name in ("ASKED", "GUARDED")}
        for path in notes.values():
            Path(path).write_text("", "utf-8")
        environment = (
            os.environ
            | notes
            | {"PYTHONPATH": str(tmp_path / "guard"), "HOME": str(tmp_path), "FIGURES": ""}
        )
        done = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, cwd=HOME, env=environment
        )
        asked, guarded = (Path(path).read_text("utf-8") for path in notes.values())
        return done, asked, len(guarded)

    return run


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'a', ('192.0.2.1', 53))",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', \"import socket; socket.gethostbyname('example.org')\"], check=True)",
    ],
)
def test_an_attempt_would_be_seen(offline, attempt):
    done, asked, _ = offline("-c", attempt)
    assert done.returncode == 1
    assert asked
    assert "the network is closed" in done.stderr


def test_this_machine_may_be_reached(offline):
    local = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    done, asked, _ = offline("-c", local)
    assert (done.returncode, asked) == (0, "")


@pytest.mark.slow
def test_reading_and_counting_need_no_network(offline, tmp_path):
    done, asked, guarded = offline("-c", EVERYTHING, str(HOME / "seeds"), str(tmp_path / "kept"))
    assert done.returncode == 0, done.stderr
    assert (asked, guarded) == ("", 1)


@pytest.mark.slow
def test_the_notebooks_need_no_network(offline, tmp_path):
    """A whole report with its site."""
    texts = str(HOME / "tests" / "fixtures" / "three")
    report = ["--seeds", texts, "--out", str(tmp_path / "report")]
    done, asked, guarded = offline("-m", "helpers", "render", *report)
    assert "01-parsing" in done.stdout, done.stderr
    assert "✗" not in done.stderr
    assert asked == ""
    assert guarded >= 2  # the runner and its kernel


# Broken tables and texts from a researcher's hand: word lists, metadata.csv, dates, words.


CELLS = [
    *", ; \t \n \r\n \r \" ' se l' NOUN VERB 1 ² - ( [ * \\ person place phrase é e\u0301 \u2028 \u200b".split(" "),
    *"\ufeff 🙂 \0 doc file a a.txt date text NA nan 1e999 2024-01-01 True".split(" "), " ", "", "9" * 400,
]  # fmt: skip
WRITTEN_IN = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]


def cells(chance: random.Random, n: int) -> str:
    return "".join(chance.choice(CELLS) for _ in range(n))


@pytest.fixture
def own(tmp_path, word_lists):
    """Word lists of one's own, each with the rows or bytes that are given for it."""

    def make(**contents: str | bytes) -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, content in contents.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(data)
        word_lists(folder)

    return make


@pytest.mark.parametrize("name", COLUMNS)
def test_any_bytes_are_a_word_list_or_problems(own, name):
    ours = len(lexicon(name).rows)
    lines = (HERE / f"{name}.csv").read_text("utf-8").splitlines()
    for number in range(MUTATIONS // 10):
        chance = random.Random(number)
        rows = [lines[0], *chance.choices(lines, k=5)]
        rows += [cells(chance, chance.randint(1, 12)) for _ in range(chance.randint(0, 5))]
        text = "\n".join(rows)
        at = chance.randrange(len(text))
        text = text[:at] + cells(chance, chance.randint(0, 2)) + text[at + chance.randint(0, 3) :]
        own(**{name: text.encode(chance.choice(WRITTEN_IN), "replace")})
        found = lexicon(name)
        assert len(found.rows) >= ours
        assert len(found.places) == len(found.rows)
        for file, line, message in found.problems:
            assert file == f"{name}.csv"
            assert 0 <= line <= text.count("\n") + text.count("\r") + 1
            assert message


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("gazetteer", "label,form\nlieu,Fès\n", "it may be person, organisation, place"),
        ("speakers", "noun,kind\nkiosque,chose\n", "it may be person, body, document"),
        ("speech", "entry,class\ndire,verbe\n", "it may be nominal"),
        ("speech", "entry,class\nse,phrase\n", "no verb after se"),
        ("speech", "entry,class\nsouligner,phrase\n", "phrase of one word"),
        ("events", "entry,kind,host,guest\nse,meeting,before,avec\n", "no verb after se"),
        ("syllables", "word,syllables\nmot,un\n", "write their number"),
        ("syllables", f"word,syllables\nmot,{'9' * 30}\n", "write their number"),
        ("roles", 'form\n"archiduc\n', "close the quotes"),
        ("roles", f"form\n{'x' * 200_000}\n", "close the quotes"),
    ],
)
def test_a_row_that_no_rule_could_use_is_a_problem(own, name, row, message):
    ours = len(lexicon(name).rows)
    own(**{name: row})
    found = lexicon(name)
    assert len(found.rows) == ours
    assert [message in problem for _, _, problem in found.problems] == [True]
    assert {line for _, line, _ in found.problems} <= {2, 3}


def test_a_row_after_a_broken_one_is_read(own):
    own(roles='form\n"archi"duc\nvizir\n')
    found = lexicon("roles")
    assert found.rows["form"].iloc[-1] == "vizir"
    assert [line for _, line, _ in found.problems] == [2]


def test_what_is_no_file_is_no_word_list(tmp_path, word_lists):
    (tmp_path / "roles.csv").mkdir()
    os.mkfifo(tmp_path / "agencies.csv")
    (tmp_path / "themes.csv").symlink_to(tmp_path / "nowhere")
    word_lists(tmp_path)
    for name in ("roles", "agencies", "themes"):
        assert ["is no file" in message for _, _, message in lexicon(name).problems] == [True]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5 if FULL else 1))
def test_the_verbs_work_with_whatever_rows_are_left(own, tmp_path, number):
    chance = random.Random(number)
    contents = {}
    for name, columns in COLUMNS.items():
        lines = (HERE / f"{name}.csv").read_text("utf-8").splitlines()
        pool = [cell for line in lines[1:] for cell in line.split(",")] + CELLS
        rows = [",".join(chance.choice(pool) for _ in columns) for _ in range(200)]
        contents[name] = "\n".join([lines[0], *rows])
    own(**contents)
    corpus = open_corpus(SEEDS, cache=tmp_path / "kept")
    assert (corpus.issues["kind"] == "lexicon").sum() > 100
    theme_hits(corpus.tokens)
    attributions(corpus)
    events(corpus)
    lexicon("syllables").rows.astype({"syllables": "int64"})


@pytest.fixture
def documents():
    rows = [
        {"doc": doc, "file": f"{doc}.txt", "text": "x", "body_start": 0, "body_end": 1}
        for doc in "abé"
    ]
    return table(rows, DOCUMENTS)


def test_any_bytes_are_metadata_or_issues(documents, tmp_path):
    path = tmp_path / "metadata.csv"
    for number in range(MUTATIONS // 2):
        chance = random.Random(number)
        start = chance.choice(["", "doc,", "doc,journal\n", "file;x\n", "doc,x,y\na,1,2\n"])
        text = start + cells(chance, chance.randint(0, 25))
        path.write_bytes(text.encode(chance.choice(WRITTEN_IN), "replace"))
        issues = []
        joined = join_metadata(documents, path, issues, set())
        pd.testing.assert_frame_equal(joined[list(DOCUMENTS)], documents)
        assert joined.columns.is_unique
        assert all(issue["message"].startswith("metadata.csv ") for issue in issues)
        assert len(joined.columns) > len(DOCUMENTS) or issues or start.count(",") < 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("doc,x\na,1,2\nb,3,4\n", "more cells than its first line"),
        ("doc,x\na,1\nb,3,4\n", "1 row with more cells"),
        ("doc,x\n,1\na,2\n", "1 rows without a doc"),
        ('doc,x\na,"1\n', "in the row of “a” is not closed"),
    ],
)
def test_rows_of_metadata_that_do_not_fit_are_said(documents, tmp_path, content, message):
    (tmp_path / "metadata.csv").write_text(content, "utf-8")
    issues = []
    join_metadata(documents, tmp_path / "metadata.csv", issues, set())
    assert [message in issue["message"] for issue in issues] == [True]


def test_metadata_that_is_no_file_is_an_issue(documents, tmp_path):
    for name, make in {
        "tube": os.mkfifo,
        "dossier": os.mkdir,
        "lien": lambda p: p.symlink_to(p),
    }.items():
        path = tmp_path / name
        make(path)
        issues = []
        assert join_metadata(documents, path, issues, set()).equals(documents)
        assert ["is no file" in issue["message"] for issue in issues] == [True]


PIECES = "1er 31 0 2024 9999 mars lundi févr. dernier du au - / . , \u00a0 \n II ٣ ² février 30 29 1500 € M janvier"
PIECES = [*PIECES.split(" "), " ", " "]
written = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=8).map("".join)


@settings(max_examples=MUTATIONS)
@given(written)
def test_any_text_has_dates_of_the_calendar_or_none(text):
    for start, end, name in find_dates(text):
        assert 0 <= start < end <= len(text)
        assert name
    span = read_date(text)
    assert span is None or date(1, 1, 1) <= span.first <= span.last
    days = possible_days(text, pd.Timestamp("2024-02-01"), pd.Timestamp("2024-02-29"))
    assert all(date.fromisoformat(day) for day in days.date_candidates)


@settings(max_examples=MUTATIONS)
@given(st.text(min_size=1) | written.filter(bool))
def test_any_word_has_a_type_a_kind_and_syllables(word):
    assert token_kind(word) in {"word", "number", "punct", "symbol"}
    assert word_type(word_type(word)) == word_type(word)
    assert syllables(word) >= (not normalise(word).endswith("'"))
    acronyms(f"{word} ({word.upper()})")
    office_words(f"{word} ({word})")
