"""The page of a studio in Chromium, with what it complained of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, expect
from studio_server import Served

EXPECTED = "Failed to load resource"  # Chromium's line for an answer such as 409 or 422


@dataclass
class Shown:
    """A page, and the lines of its console."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str) -> Page:
        """Open a study from the rail."""
        self.page.locator("#cards .card", has_text=name).first.click()
        expect(self.page.locator("#name")).to_have_text(name)
        return self.page

    def tab(self, name: str) -> None:
        """Show a tab of the study."""
        self.page.locator(f"#tab-{name}").click()
        expect(self.page.locator(f"#panel-{name}")).to_be_visible()

    def text(self) -> str:
        """Return the YAML that the page holds."""
        return str(self.page.locator("#yaml").input_value())

    def until_kept(self) -> None:
        """Wait until the file holds what is shown."""
        expect(self.page.locator("#kept")).to_have_text(re.compile("^(saved|as in)"))

    def assert_quiet(self) -> None:
        """Nothing went wrong but what the server refused on purpose."""
        wrong = [line for line in self.complaints if EXPECTED not in line]
        assert wrong == [], wrong


@contextmanager
def shown(
    browser: Browser,
    studio: Served,
    width: int = 1440,
    height: int = 900,
    scheme: str = "light",
    *,
    touch: bool = False,
    read_only: bool = False,
    language: str = "",
) -> Iterator[Shown]:
    """Open the page with the session of a studio, as a reload of its tab would."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type] # light or dark
        reduced_motion="reduce",
        has_touch=touch,
        is_mobile=touch,
    )
    page = context.new_page()
    seen = Shown(page)
    page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
    page.on("console", lambda line: seen.complaints.append(f"{line.type}: {line.text}"))
    session = {"key": studio.key, "read_only": read_only, "folder": "/studies", "version": "0"}
    kept = json.dumps(json.dumps(session))
    frames = "if (location.protocol === 'http:' && window.top === window)"  # a sandbox has no store
    context.add_init_script(f"{frames} sessionStorage.setItem('siting-session', {kept})")
    page.goto(f"http://{studio.host}/" + (f"?language={language}" if language else ""))
    expect(page.locator("#whole")).to_be_visible(timeout=20_000)
    yield seen
    context.close()
