"""What the tests here need beside Python: Debian's chromium (or the browser that CHROMIUM names) and
axe-core; `make browser` looks for the one and installs the other.

Where one is missing these tests are left out, and the last lines of the run say so; where CI is set
that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium asks for nothing by itself, and nothing that a page asks for can leave the machine.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
OURS = ("file", "data", "blob", "about")
PATIENCE = 60_000  # milliseconds, for a machine that is busy


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def missing() -> str:
    there = {"no browser": chromium(), "no axe-core": AXE.exists()}
    return " and ".join(name for name, found in there.items() if not found)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if HERE in item.path.parents]
    if ours and missing() and not os.environ.get("CI"):
        for item in ours:
            item.add_marker(pytest.mark.skip(f"browser tests: there is {missing()}"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for a module: its event loop must not outlive it, since others need their own."""
    assert not missing(), f"there is {missing()}; make browser says how to get it"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages; in the end nothing was asked of another machine, and no script failed."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def new_page(**settings: object) -> Page:
        context = browser.new_context(**settings)
        context.on("request", lambda request: wrong.extend(outside(request.url)))
        context.on("weberror", lambda failure: wrong.append(str(failure.error)))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("websocket", lambda socket: wrong.extend(outside(socket.url)))
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(scope="session")
def axe() -> str:
    return AXE.read_text("utf-8")


def outside(url: str) -> list[str]:
    parts = urlsplit(url)
    return [] if parts.scheme in OURS or parts.hostname == "127.0.0.1" else [url]
