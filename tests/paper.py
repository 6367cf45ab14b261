"""A printed page as a reader has it: how full each sheet is, and the words on it."""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from siting.results.pdf import to_pdf

SCALE = 1.5  # pixels of a point
LINE = 10  # points: the height of a line
INK = 250  # of 255: what is darker is printed
MARGIN = 12 * 72 / 25.4  # points above and below what is printed on A4, as `brief.css` has it


@dataclass(frozen=True)
class Sheet:
    """A sheet: how far its ink goes, its first and last line, and all its words.

    `full` is how far down of the room between the margins, `left` and `right` are of the width.
    """

    full: float
    left: float
    right: float
    top: str
    foot: str
    words: str


def by_chromium(browser: Browser, html: str) -> bytes:
    """Return a page as Chromium prints it."""
    page = browser.new_page()
    page.set_content(html)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    return pdf


def by_weasyprint(_browser: Browser, html: str) -> bytes:
    """Return a page as `--pdf` writes it."""
    return to_pdf(html)


def sheets(pdf: bytes) -> list[Sheet]:
    """Return what is on each sheet of a PDF."""
    document = _pdfium().PdfDocument(pdf)
    return [_sheet(page) for page in document]


def _pdfium() -> Any:
    if importlib.util.find_spec("pypdfium2") is None:
        missing = "*** NO PYPDFIUM2: no sheet was looked at. Run `make setup-dev`. ***"
        print(missing, file=sys.stderr)  # noqa: T201 - a skip must not pass unseen
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return importlib.import_module("pypdfium2")


def _sheet(page: Any) -> Sheet:
    wide, high = page.get_size()
    seen = np.asarray(page.render(scale=SCALE).to_pil().convert("L")) < INK
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    text = page.get_textpage()
    boxes = [text.get_rect(nth) for nth in range(text.count_rects())]
    top, foot = (max(boxes, key=lambda box: box[3])[3], min(boxes, key=lambda box: box[1])[1])
    return Sheet(
        full=(rows.max() / SCALE - MARGIN) / (high - 2 * MARGIN),
        left=columns.min() / SCALE / wide,
        right=columns.max() / SCALE / wide,
        top=" ".join(text.get_text_bounded(0, top - LINE, wide, top).split()),
        foot=" ".join(text.get_text_bounded(0, foot, wide, foot + LINE).split()),
        words=" ".join(text.get_text_bounded().split()),
    )
