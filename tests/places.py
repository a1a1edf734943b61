"""Small reports, made as a run makes them, what is in a folder, and what may be there already."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from helpers.share.report import prepare, replaced

MINE = "à moi"


def make(texts: Path, out: Path, page: str, pause: float = 0) -> None:
    """A small report, as a run makes it."""
    with replaced(prepare(str(texts), str(out))) as made:
        for name in ("index", "notebooks/01", "tables/a.csv", "site/_static/x"):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(f"{page} {name}", "utf-8")
            time.sleep(pause)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but what a run noted of it, and where each link in it leads."""
    return {
        path.relative_to(folder).as_posix(): bytes(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and path.name != ".report.json"
    }


def a_file(path: Path, mine: Path) -> None:
    path.write_text(MINE)


def a_folder(path: Path, mine: Path) -> None:
    path.mkdir()
    (path / "a.txt").write_text(MINE)


def a_link_to_a_file(path: Path, mine: Path) -> None:
    path.symlink_to(mine / "a.txt")


def a_link_to_a_folder(path: Path, mine: Path) -> None:
    path.symlink_to(mine)


def a_link_to_nothing(path: Path, mine: Path) -> None:
    path.symlink_to(mine / "absent")


KINDS = (a_file, a_folder, a_link_to_a_file, a_link_to_a_folder, a_link_to_nothing)


def put(kind: Callable[[Path, Path], None], path: Path, mine: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kind(path, mine)
