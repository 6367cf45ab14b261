"""Chromium for the tests: found or skipped loudly, and every request and complaint recorded."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a headless Chromium; without one, skip loudly, or fail where CI promises it."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        said = "*** NO CHROMIUM: the page was not driven. Install chromium to run these tests. ***"
        print(said, file=sys.stderr)  # noqa: T201 - a skip must not pass unseen
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Only the file itself was asked for, and nothing went wrong."""
        assert [url for url in self.requests if not url.startswith("file:")] == []
        assert len(self.requests) == 1, self.requests
        assert self.complaints == []


@contextmanager
def opened(
    browser: Browser, path: Path, width: int = 1440, height: int = 900, *, trusting: bool = False
) -> Iterator[Watched]:
    """Open a file; `trusting` switches the page's own content policy off."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, bypass_csp=trusting, reduced_motion="reduce"
    )
    page = context.new_page()
    watched = Watched(page)
    page.on("request", lambda request: watched.requests.append(request.url))
    page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: watched.complaints.append(f"dialog: {dialog.message}"))
    page.on("popup", lambda other: watched.complaints.append(f"popup: {other.url}"))
    page.on("console", lambda line: watched.complaints.append(f"{line.type}: {line.text}"))
    page.goto(path.as_uri())
    page.wait_for_function("window.siting !== undefined")
    yield watched
    context.close()
