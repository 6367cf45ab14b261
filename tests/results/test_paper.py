"""The brief on paper: no sheet but the last is left half empty, nothing is cut or torn apart."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable

import paper
import pytest
from playwright.sync_api import Browser

from maps.brief import Brief, render
from maps.numerals import MINUS
from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.results.page.brief import brief_of
from siting.study.study import Candidates, Draws, Study

FULL = 0.75  # of the room on a sheet, but the last
EDGE = 0.06  # of the width: nothing is printed nearer to it
FIVE = """name,lat,lon,country
Tanger Automotive City,35.74,-5.68,MA
Sines Industrial Zone,37.95,-8.83,PT
Skelleftea Site East,64.73,21.07,SE
Kulim Hi-Tech Park,5.42,100.59,MY
Batang Industrial Park,-6.95,109.85,ID
"""


@pytest.fixture(scope="module")
def pages(nordic: Plan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    own = tmp_path_factory.mktemp("own") / "five.csv"
    own.write_text(FIVE, encoding="utf-8")
    five = Study(name="five", candidates=Candidates(file=own), confidence=Draws(draws=200))
    undrawn = nordic.study.model_copy(update={"confidence": Draws(draws=0)})
    plans = {
        "nordic": nordic,
        "five": make_plan(five),
        "no_draws": dataclasses.replace(nordic, study=undrawn, confidence=None),
    }
    briefs = {name: brief_of(plan) for name, plan in plans.items()}
    briefs["long"] = long(briefs["nordic"])
    return {name: render(brief) for name, brief in briefs.items()}


def long(brief: Brief) -> Brief:
    """Return a brief with more said of the user's own files than a sheet of a box can hold."""
    files = tuple(f"Of file {nth}.csv 2 rows were left out: no coordinates." for nth in range(60))
    return dataclasses.replace(brief, method=(*brief.method, *files))


def heads(page: str) -> set[str]:
    """Return the headings and the heads of tables as they are printed."""
    found = re.findall(r"<(h[123]|thead)\b.*?>(.*?)</\1>", page, flags=re.DOTALL)
    words = (html.unescape(re.sub(r"<[^>]+>", " ", text)) for _, text in found)
    return {" ".join(text.split()) for text in words}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "printed"),
    [
        *((name, paper.by_chromium) for name in ("nordic", "five", "no_draws", "long")),
        *((name, paper.by_weasyprint) for name in ("five", "long")),  # ten times as slow
    ],
)
def test_sheets_are_full_and_nothing_is_torn_from_its_head(
    chromium: Browser, pages: dict[str, str], name: str, printed: Callable[[Browser, str], bytes]
) -> None:
    page = pages[name]
    sheets = paper.sheets(printed(chromium, page))
    assert 3 <= len(sheets) <= (6 if name == "long" else 4)
    assert [round(sheet.full, 2) for sheet in sheets[:-1] if sheet.full < FULL] == []
    if name == "five":  # of five each is always among the first ten
        assert not any("first ten" in sheet.words for sheet in sheets)
    for sheet in sheets:
        assert EDGE < sheet.left < sheet.right < 1 - EDGE
        assert sheet.full < 1.01
        assert sheet.foot not in heads(page)
        assert not any(head.endswith(sheet.foot) for head in heads(page))
    parts = {"Margin", "Chance that it pays", "Labour"}
    for sheet in sheets:
        rows = [part for part in parts if re.search(rf"\b{part} [\d{MINUS}<>]", sheet.words)]
        assert not rows or "USD a tonne 1" in sheet.words, rows
