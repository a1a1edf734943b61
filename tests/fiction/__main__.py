"""`python -m tests.fiction 500 --seed 2 --to folder`: invented texts, and the truth about them."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.fiction.simulate import write


def main(arguments: list[str] | None = None) -> None:
    """Write the texts, and their truth in a folder beside them."""
    parser = argparse.ArgumentParser(prog="python -m tests.fiction", description=__doc__)
    parser.add_argument("n", type=int, help="how many texts")
    parser.add_argument("--seed", type=int, default=1, help="another number, another world")
    parser.add_argument("--to", type=Path, required=True, help="a folder that is new or empty")
    parser.add_argument("--headers", action="store_true", help="header lines, no front matter")
    given = parser.parse_args(arguments)
    if given.to.exists() and any(given.to.iterdir()):
        parser.error(f"{given.to} is not empty; name a new folder")
    write(given.to, given.n, seed=given.seed, front_matter=not given.headers)


if __name__ == "__main__":
    main()
