"""Debian's Chromium, driven by Playwright, and what every page must keep to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from crossdock.web.pages import ASSETS

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a file.

    While it is open its thread has a running event loop, in which other tests could start none.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium here")
    if not (ASSETS / "dashboard.html").is_file():
        pytest.skip("the pages are not built: there is no Node.js 20 here")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies, whose pages kept to their policy and asked no other machine."""
    made = browser.new_context()
    faults: list[str] = []
    made.on("console", lambda said: faults.append(said.text) if _is_violation(said.text) else None)
    made.on("weberror", lambda thrown: faults.append(str(thrown.error)))
    made.on("request", lambda asked: faults.append(asked.url) if _is_foreign(asked.url) else None)
    yield made
    made.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that browser."""
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    return opened


def _is_violation(text: str) -> bool:
    return "Content Security Policy" in text or "Content-Security-Policy" in text


def _is_foreign(url: str) -> bool:
    here = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:")
    return not url.startswith(here)
