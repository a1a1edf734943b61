"""An import that is killed at any step, or meets another one, leaves whole texts and touches nothing of
anybody else; the next one goes on.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from functools import partial
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from tqdm.auto import tqdm

from helpers.exchange import import_files
from helpers.exchange.writing import Seeds, write_front_matter
from tests.dying import dies, ends


@pytest.fixture(autouse=True)
def bars_of_this_process(monkeypatch):
    """Bars lock one another across processes: one that is killed meanwhile would stop the next."""
    monkeypatch.setattr(tqdm, "_lock", threading.RLock(), raising=False)


ARTICLES = [
    {"date": f"2024-0{n}-12", "outlet": "Le Fanal", "title": title, "text": f"{said} {title}. " * n * 9}
    for n, (title, said) in enumerate(
        [("Un", "Il vient à"), ("Deux", "Elle part de"), ("Deux", "On parle de"), ("Quatre", "Ils sont à")], 1
    )
]  # fmt: skip
OWN = {
    "note.txt": "à moi",
    "2024-02-12_le-fanal_deux.TXT": "à moi aussi",
    "corpus.ods": "x",
    ".caché": "y",
}


def as_csv(path: Path, articles: list[dict[str, str]]) -> None:
    pd.DataFrame(articles).to_csv(path, index=False)


def as_json(path: Path, articles: list[dict[str, str]]) -> None:
    path.write_text(json.dumps(articles), "utf-8")


def as_iramuteq(path: Path, articles: list[dict[str, str]]) -> None:
    lines = [
        f"**** *id_{number} *date_{row['date']} *title_{row['title']}\n{row['text']}"
        for number, row in enumerate(articles)
    ]
    path.write_text("\n".join(lines), "utf-8")


def as_page(path: Path, articles: list[dict[str, str]]) -> None:
    row = articles[0]
    meta = f'<meta property="og:title" content="{row["title"]}"><title>{row["title"]}</title>'
    path.write_text(
        f"<html><head>{meta}</head><body><article><p>{row['text']}</p></article></body></html>"
    )


def as_text(path: Path, articles: list[dict[str, str]]) -> None:
    path.write_text(articles[0]["text"], "utf-8")


KINDS = {
    "csv": as_csv,
    "json": as_json,
    "iramuteq.txt": as_iramuteq,
    "html": as_page,
    "txt": as_text,
}


@pytest.fixture(params=KINDS)
def given(request, tmp_path) -> Path:
    path = tmp_path / f"export.{request.param}"
    KINDS[request.param](path, ARTICLES)
    return path


def content(folder: Path) -> dict[str, str]:
    """What a user sees in a folder; what is unfinished is hidden."""
    return {
        path.name: path.read_text("utf-8")
        for path in folder.glob("*")
        if not path.name.endswith(".part")
    }


@pytest.mark.slow
@pytest.mark.parametrize("there", [{}, OWN], ids=["new", "own"])
def test_killed_at_any_step_an_import_loses_nothing(given, there, tmp_path):
    def place(name: str) -> Path:
        folder = tmp_path / name
        for file, said in there.items():
            folder.mkdir(exist_ok=True)
            (folder / file).write_text(said, "utf-8")
        return folder

    clean = place("propre")
    import_files(given, clean, progress=False)
    for step in count():
        folder = place(f"textes-{step}")
        killed = dies(lambda: import_files(given, folder, progress=False), folder, step)  # noqa: B023
        assert there.items() <= content(folder).items() <= content(clean).items(), step
        before = content(folder)
        import_files(given, folder, progress=False)
        assert content(folder) == content(clean), step
        assert before.items() <= content(folder).items(), step
        if not killed:
            break
    assert step >= 4 * (len(content(clean)) - len(there))
    assert not list(folder.glob(".*.part"))


@pytest.mark.slow
def test_killed_at_any_moment_an_import_loses_nothing(tmp_path):
    articles = [row | {"text": f"{row['text']} {n}"} for n in range(10) for row in ARTICLES]
    export, folder, clean = tmp_path / "e.json", tmp_path / "textes", tmp_path / "propre"
    as_json(export, articles)
    began = time.perf_counter()
    import_files(export, clean, progress=False)
    span, whole = time.perf_counter() - began, content(clean)
    seed, kills, before = random.randrange(2**32), 0, {}
    print(f"the moments are those of {seed}")
    chance = random.Random(seed)
    while kills < 80:
        child = os.fork()
        if not child:
            try:
                import_files(export, folder, progress=False)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, span))
        os.kill(child, signal.SIGKILL)
        kills += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        now = content(folder)
        assert before.items() <= now.items() <= whole.items()
        before = now
        if now == whole:
            for path in folder.iterdir():
                path.unlink()
            before = {}
    import_files(export, folder, progress=False)
    assert content(folder) == whole


def test_the_texts_of_two_imports_at_once_are_all_there(tmp_path):
    """They take the same names, at the same time: none replaces another."""
    exports = [tmp_path / f"{name}.json" for name in "abcd"]
    for path in exports:
        as_json(path, [row | {"text": f"{row['text']} {path.stem}"} for row in ARTICLES])
    folder = tmp_path / "textes"
    imports = [partial(import_files, path, folder, progress=False) for path in exports]
    assert {*ends(*imports, refused="import once more")} <= {0, 2}
    before = content(folder)
    for again in imports:
        again()
    texts = sorted(said.strip().splitlines()[-1][-30:] for said in content(folder).values())
    assert before.items() <= content(folder).items()
    assert len(texts) == len({*texts}) == 4 * len(ARTICLES)


def test_a_name_whose_accents_are_composed_otherwise_is_taken(tmp_path):
    """They are one file where names are compared as on a Mac."""
    (tmp_path / "export.txt").write_text(
        "**** *id_été\nIl vient.\n**** *id_ÉTÉ\nElle part.", "utf-8"
    )
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "e\u0301te\u0301.txt").write_text("à moi", "utf-8")
    assert import_files(tmp_path / "export.txt", folder)["doc"].tolist() == ["été_2", "ÉTÉ_3"]
    assert (folder / "e\u0301te\u0301.txt").read_text("utf-8") == "à moi"


def test_a_name_that_another_process_takes_is_not_written_over(tmp_path, monkeypatch):
    """Also on a disk without links, where a file is renamed."""
    for links in (True, False):
        folder = tmp_path / f"{links}"
        folder.mkdir()
        seeds = Seeds(folder)
        (folder / "un.txt").write_text("1")
        if not links:
            monkeypatch.setattr(Path, "hardlink_to", no_links)
        with pytest.raises(ValueError, match=r"un\.txt is there already; import once more"):
            seeds.write({}, "2", "un")
        assert seeds.write({}, "3", "deux") == "deux"
        assert content(folder) == {"un.txt": "1", "deux.txt": write_front_matter({}) + "3"}
        assert not list(folder.glob(".*"))


def no_links(*_: object) -> None:
    raise OSError(1, "Operation not permitted")


@pytest.mark.parametrize("what", ["mkdir", "write_bytes", "hardlink_to"])
def test_a_folder_that_cannot_be_written_is_told_and_not_the_file(what, tmp_path, monkeypatch):
    export, folder = tmp_path / "e.json", tmp_path / "textes"
    as_json(export, ARTICLES)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, what, full)
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(
        ValueError, match=r"textes/.* cannot be written \(No space left on device\)"
    ) as told:
        import_files(export, folder, progress=False)
    assert "--to" in str(told.value)
    assert str(export) not in str(told.value)
    assert not list(folder.glob(".*"))


def test_a_folder_that_is_no_folder_is_told(tmp_path):
    export = tmp_path / "e.json"
    as_json(export, ARTICLES)
    (tmp_path / "nulle-part").symlink_to(tmp_path / "absent")
    (tmp_path / "boucle").symlink_to(tmp_path / "boucle")
    for name, said in {
        "nulle-part": "a link that leads nowhere",
        "boucle": "a link that leads nowhere",
        "e.json": "a file",
    }.items():
        with pytest.raises(ValueError, match=f"{name} is {said}; name a folder"):
            import_files(export, tmp_path / name)
    with pytest.raises(ValueError, match="cannot be written"):
        import_files(export, export / "textes")
    assert not (tmp_path / "absent").exists()
