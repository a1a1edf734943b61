"""Small reports, made as a run makes them, and what is in a folder."""

from __future__ import annotations

import time
from pathlib import Path

from helpers.share.report import prepare, replaced


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
