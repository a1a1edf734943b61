from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_environment(monkeypatch):
    """What a run puts into the environment is gone after the test."""
    for name in ("SEEDS", "OUT", "NO_TEXT", "FIGURES"):
        monkeypatch.setenv(name, "")


@pytest.fixture
def texts(tmp_path) -> Path:
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.txt").write_text("Le ministre est à Rabat.", "utf-8")
    return folder
