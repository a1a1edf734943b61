"""What the store holds, and making it smaller: `python -m helpers store`."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.read.corpus import cache_folder, seeds_folder
from helpers.read.files import text_files
from helpers.read.store import FOLDERS, left_over, look_at, signed, version_key
from helpers.read.tables import table

COLUMNS = {
    **dict.fromkeys(("version", "depth", "parser", "schema", "model"), "str"),
    "in_use": "bool",
    **dict.fromkeys(("texts", "hits", "damaged", "left_over"), "int64"),
    "last_used": "str",
    "bytes": "int64",
}


def store_command(*, clean: bool) -> str:
    """`python -m helpers store [--clean]`: what the store holds, and what was removed, in words."""
    cache, seeds = cache_folder(), seeds_folder()
    freed = clean_store(cache) if clean else 0
    kept = describe_store(cache, seeds)
    size = f"{kept['bytes'].sum() / 1e6:.2f} MB"
    lines = [f"{cache}: {len(kept)} versions, {int(kept['in_use'].sum())} in use, {size}"]
    if clean:
        lines.append(f"{freed / 1e6:.2f} MB were freed")
    if len(kept):
        shown = kept.assign(MB=(kept["bytes"] / 1e6).round(2)).drop(columns="bytes")
        lines += ["", shown.to_string(index=False, na_rep="–"), ""]
        lines.append(f"hits: how many of the {len(_texts(seeds))} texts in {seeds} are kept")
    if not clean and (~kept["in_use"] | (kept[["damaged", "left_over"]] > 0).any(axis=1)).any():
        lines.append("`python -m helpers store --clean` removes what is not in use")
    return "\n".join(lines)


def describe_store(cache: Path, seeds: Path) -> pd.DataFrame:
    """What does the store hold? (*mémoire des analyses*)

    One row per version, those in use first: version (its folder), depth, parser, schema, model
    (what it was made with), in_use (`open_corpus` reads it now, at one of its depths), texts (that
    are kept), hits (texts of the folder seeds that are kept), damaged (files that were set aside),
    left_over (files of killed writers), last_used (day), bytes.
    """
    wanted, used = set(_digests(_texts(seeds))), _used()
    rows = [_about(folder, wanted) | {"in_use": folder.name in used} for folder in _versions(cache)]
    return table(rows, COLUMNS).sort_values(
        ["in_use", "last_used", "version"], ascending=[False, False, True], ignore_index=True
    )


def clean_store(cache: Path) -> int:
    """Remove the versions that are not in use, and what is damaged or left over in the others.

    Returns: the bytes that were freed. Nothing is touched but what the store itself wrote.
    """
    before = sum(map(_size, _versions(cache)))
    used = _used()
    for folder in _versions(cache):
        for name in ["damaged"] if folder.name in used else FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        for path in left_over(folder):
            path.unlink(missing_ok=True)
        if folder.name not in used:
            # Last, so that a version that is half removed is still known as one.
            (folder / "versions.json").unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()
    return before - sum(map(_size, _versions(cache)))


def _about(folder: Path, wanted: set[str]) -> dict[str, Any]:
    listed = [found for path in folder.glob("texts/*.json") if (found := signed(path))]
    texts = {sha256 for found in listed for sha256 in found["sha256"]}
    versions = folder / "versions.json"
    try:
        made_with = json.loads(versions.read_text("utf-8"))
    except ValueError:
        made_with = {}
    return {
        **{name: made_with.get(name) for name in ("depth", "parser", "schema", "model")},
        "version": folder.name,
        "texts": len(texts),
        "hits": len(texts & wanted),
        "damaged": sum(1 for _ in folder.glob("damaged/*")),
        "left_over": len(left_over(folder)),
        "last_used": date.fromtimestamp(versions.stat().st_mtime).isoformat(),
        "bytes": _size(folder),
    }


def _versions(cache: Path) -> list[Path]:
    """Only folders that look like ours: the cache may be a folder that holds other things, too."""
    found = sorted(path.parent for path in cache.glob("*/versions.json"))
    return [folder for folder in found if re.fullmatch("[0-9a-f]{16}", folder.name)]


def _used() -> set[str]:
    return {version_key(annotate=annotate)[0] for annotate in (True, False)}


def _size(folder: Path) -> int:
    files = (look_at(path) for path in folder.rglob("*") if path.is_file())
    return sum(status.st_size for status in files if status is not None)


def _texts(seeds: Path) -> list[Path]:
    return [seeds / name for name in text_files(seeds, [])] if seeds.is_dir() else []


def _digests(texts: list[Path]) -> Iterator[str]:
    for path in texts:
        with suppress(OSError):
            yield hashlib.sha256(path.read_bytes()).hexdigest()
