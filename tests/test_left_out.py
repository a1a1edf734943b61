"""On a machine without a browser the tests that need one are left out, and that is said."""

from __future__ import annotations

import os
import subprocess
import sys

from helpers.read.corpus import HOME


def run_without_a_browser(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/browser/test_lab.py", "-k", "start_page"],
        cwd=HOME, env=kept | {"CHROMIUM": "no-such-browser"} | environment,
        capture_output=True, text=True,
    )  # fmt: skip


def test_one_line_says_what_was_left_out_and_how_to_get_it():
    done = run_without_a_browser()
    assert done.returncode == 0, done.stdout
    said = [line for line in done.stdout.splitlines() if "left out" in line]
    assert len(said) == 1
    assert "no browser" in said[0]
    assert said[0].endswith("make browser")


def test_where_everything_is_tested_it_is_a_failure():
    done = run_without_a_browser(CI="true")
    assert done.returncode == 1
    assert "no browser" in done.stdout
