"""A JupyterLab of one's own, as `python -m helpers lab` starts it, and a person's way through it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any

from helpers.read.corpus import CACHE, HOME

if TYPE_CHECKING:
    from playwright.sync_api import Page

PARTS = ("helpers", "notebooks", "seeds", "figures", "requirements.lock", "pyproject.toml")
# A test may be run as root, and asks the application itself what a notebook holds.
CONFIGURATION = {
    "ServerApp": {"allow_root": True, "open_browser": False},
    "LabApp": {"expose_app_in_browser": True},
}


def copy_tree(target: Path) -> Path:
    """All that the notebooks need, so that nothing that is saved reaches ours."""
    for part in PARTS:
        copy = shutil.copytree if (HOME / part).is_dir() else shutil.copy2
        copy(HOME / part, target / part)
    return target


@contextmanager
def serve(tree: Path, *arguments: str, whole: bool = False) -> Iterator[str]:
    """JupyterLab over a copy of the tree, on a free port of this machine; its address.

    Parameters: arguments (of `python -m helpers lab`); whole (cells out of sight are in the page).
    """
    state = tree / "jupyter"
    notebooks = state / "lab/user-settings/@jupyterlab/notebook-extension"
    notebooks.mkdir(parents=True)
    if whole:
        (notebooks / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    (state / "jupyter_server_config.json").write_text(json.dumps(CONFIGURATION), "utf-8")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {f"JUPYTER_{name}_DIR": str(state) for name in ("CONFIG", "DATA", "RUNTIME")}
    settings |= {"JUPYTER_PORT": str(port), "JUPYTER_TOKEN": "secret", "PYTHONPATH": str(tree)}
    environment = {name: os.environ[name] for name in os.environ if name != "FIGURES"}
    with (tree / "jupyter.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "helpers", "lab", *arguments],
            cwd=tree,
            env=environment | settings | {"CACHE": str(CACHE)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _await(process, state, tree / "jupyter.log")
            yield f"http://127.0.0.1:{port}"
            stop = f"http://127.0.0.1:{port}/api/shutdown?token=secret"
            urllib.request.urlopen(urllib.request.Request(stop, method="POST")).close()
            process.wait(60)
        finally:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], state: Path, log: Path) -> None:
    for _ in range(600):
        if list(state.glob("jpserver-*.json")):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(log.read_text("utf-8", "replace"))


class Lab:
    """The page of a JupyterLab, used as a person uses it; what a notebook holds is asked of the
    application, since cells out of sight are not in the page.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/?token=secret")
        self.start = page.locator(".jp-MarkdownViewer h1")
        self.start.wait_for()

    def open(self, title: str) -> None:
        """Open a notebook by its link on the start page."""
        self.page.get_by_role("tab", name="index.md").click()
        self.page.locator(".jp-MarkdownViewer").get_by_role("link", name=title).first.click()
        self._until(_READY)

    def open_file(self, name: str) -> None:
        """Open a file from the list of files."""
        self.page.locator(".jp-DirListing-item", has_text=name).dblclick()
        self.page.get_by_role("tab", name=name, selected=True).wait_for()
        if name.endswith(".ipynb"):
            self._until(_READY)

    def trust(self) -> None:
        """Let the outputs that were saved be shown as if they had just been made."""
        self._ask("void window.jupyterapp.commands.execute('notebook:trust')")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self._until("cells.every(cell => cell.trusted)")

    def choose(self, menu: str, item: str) -> None:
        """Choose from the menu."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def run_all(self) -> list[str]:
        """Run every cell, on the kernel that is new; the errors."""
        self.choose("Edit", "Clear Outputs of All Cells")
        self.choose("Run", "Run All Cells")
        idle = "w.sessionContext.session.kernel.status === 'idle'"
        self._until(f"errors.length || {idle} && cells.every(cell => cell.executionCount)")
        return self._ask("errors.map(error => error.ename + ': ' + error.evalue)")

    def save(self) -> None:
        self.page.keyboard.press("Control+s")
        self._until("!w.content.model.dirty")

    def shut_down(self) -> None:
        self.page.keyboard.press("Control+Shift+q")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def _ask(self, question: str) -> Any:
        return self.page.evaluate(_NOTEBOOK.format(question))

    def _until(self, condition: str) -> None:
        self.page.wait_for_function(_NOTEBOOK.format(condition), timeout=120_000)


_READY = "w.content?.model?.cells.length && w.sessionContext.isReady"
_NOTEBOOK = """() => {{
    const w = window.jupyterapp.shell.currentWidget;
    const cells = [...(w.content?.model?.cells ?? [])].filter(cell => cell.type === 'code');
    const errors = cells.flatMap(cell => cell.outputs.toJSON()).filter(o => o.output_type === 'error');
    return {};
}}"""
