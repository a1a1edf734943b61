"""Nothing here asks the network: every attempt to reach another machine is refused and written
down.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mutants import STRESS

from helpers.read.corpus import HOME

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


def test_reading_and_counting_need_no_network(offline, tmp_path):
    done, asked, guarded = offline("-c", EVERYTHING, str(HOME / "seeds"), str(tmp_path / "kept"))
    assert done.returncode == 0, done.stderr
    assert (asked, guarded) == ("", 1)


def test_the_notebooks_need_no_network(offline, tmp_path):
    """One notebook, or under stress a whole report with its site."""
    texts = str(HOME / "tests" / "fixtures" / "three")
    report = (
        ["--seeds", texts, "--out", str(tmp_path / "report")]
        if STRESS
        else ["01-parsing", "--check"]
    )
    done, asked, guarded = offline("-m", "helpers", "render", *report)
    assert "01-parsing" in done.stdout, done.stderr
    assert "✗" not in done.stderr
    assert asked == ""
    assert guarded >= 2  # the runner and its kernel
