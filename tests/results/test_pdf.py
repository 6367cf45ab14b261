from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from geodata.errors import SitingError
from siting.results.pdf import to_pdf

HERE = importlib.util.find_spec("weasyprint") is not None


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(SitingError, match=r"siting-planner\[pdf\]"):
        to_pdf("<p>")


def test_the_page_is_given_whole_and_no_protocol_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = {}

    def page(string: str, url_fetcher: object) -> SimpleNamespace:
        seen.update(string=string, fetcher=url_fetcher)
        return SimpleNamespace(write_pdf=lambda: b"%PDF")

    fake, urls = ModuleType("weasyprint"), ModuleType("weasyprint.urls")
    fake.HTML, urls.URLFetcher = page, dict
    monkeypatch.setitem(sys.modules, "weasyprint", fake)
    monkeypatch.setitem(sys.modules, "weasyprint.urls", urls)
    assert to_pdf("<p>here</p>") == b"%PDF"
    assert seen == {"string": "<p>here</p>", "fetcher": {"allowed_protocols": ()}}


@pytest.mark.skipif(not HERE, reason="the extra pdf is not installed")
def test_with_the_extra_it_is_a_pdf_that_reads_no_file(tmp_path: Path) -> None:
    sheet = tmp_path / "red.css"
    sheet.write_text("p { font-size: 300pt }", encoding="utf-8")
    link = f'<link rel="stylesheet" href="{sheet.as_uri()}">'
    plain = to_pdf("<p>here</p>")
    assert plain.startswith(b"%PDF")
    assert to_pdf(f"{link}<p>here</p>") == plain
