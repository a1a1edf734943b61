"""A sheet to be coded by hand: what is in it, and that no work in it is lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from helpers import Corpus, show
from helpers.count import reading_list
from helpers.read import SEEDS


def test_a_sheet_has_the_texts_where_they_are_and_empty_columns(
    seed: Corpus, tmp_path: Path
) -> None:
    sample = reading_list(seed, how="random")
    path = show.coding_sheet(sample, tmp_path / "new", columns=["sujet", "ton"])
    assert path == tmp_path / "new" / "coding.xlsx"
    sheet = pd.read_excel(path)
    assert [*sheet] == ["doc", "path", "sujet", "ton"]
    assert sheet["doc"].tolist() == sample["doc"].tolist()
    assert Path(sheet["path"].item()).read_bytes() == next(SEEDS.glob("*.txt")).read_bytes()
    assert sheet[["sujet", "ton"]].isna().all(axis=None)


def test_a_sheet_that_is_there_is_never_written_over(seed: Corpus, tmp_path: Path) -> None:
    path = show.coding_sheet(seed.documents, tmp_path)
    path.write_bytes(b"coded")
    with pytest.raises(FileExistsError, match=r"coding.xlsx is there already; move it"):
        show.coding_sheet(seed.documents, tmp_path)
    assert path.read_bytes() == b"coded"


def test_a_name_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    path = show.coding_sheet(pd.DataFrame({"doc": ["=1+1", "=1+1", "b"]}), tmp_path, texts=tmp_path)
    cells = [row[0] for row in load_workbook(path).active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["=1+1", "b"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_folder_is_out_unless_another_is_named(
    seed: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUT", str(tmp_path))
    assert show.coding_sheet(seed.documents).parent == tmp_path


def test_what_is_missing_or_there_twice_is_named(seed: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no column 'doc'"):
        show.coding_sheet(pd.DataFrame({"text": ["a"]}), tmp_path)
    with pytest.raises(ValueError, match="columns names 'doc' twice"):
        show.coding_sheet(seed.documents, tmp_path, columns=["doc"])
    assert not [*tmp_path.iterdir()]
