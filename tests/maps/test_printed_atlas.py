from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sample_atlas import PAYLOADS
from sample_printed_atlas import hostile_sheets, long_sheets, sample_sheets

from maps.brief import Line
from maps.escape import plain
from maps.numerals import THIN
from maps.printed_atlas import render

SCENES = (
    "The question", "The answer", "Does it pay?", "How sure is it?", "Why there?",
    "What would change it?",
)  # fmt: skip
# Figures that run out of their cell into the next one.
WIDER = """() => [...document.querySelectorAll('.stack td')].filter(cell => {
  const text = document.createRange();
  text.selectNodeContents(cell);
  const [held, room] = [text, cell].map(one => one.getBoundingClientRect());
  return held.left < room.left || held.right > room.right;
}).map(cell => cell.textContent)"""
# How far each sheet is fuller than its paper, down and across; its foot stands below all else.
FULLER = """() => [...document.querySelectorAll('.sheet')].map(sheet => {
  const foot = sheet.querySelector('footer').getBoundingClientRect().top;
  const low = Math.max(...[...sheet.querySelectorAll(':scope > :not(footer)')]
    .map(part => part.getBoundingClientRect().bottom));
  return [sheet.scrollHeight - sheet.clientHeight, sheet.scrollWidth - sheet.clientWidth,
          Math.round(low - foot)];
})"""


def words(page: str) -> str:
    """Return what a reader reads, spaces as one."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"[ \n]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def sheets_of(page: str) -> list[str]:
    return re.findall(r'<section class="sheet.*?</section>', page, flags=re.DOTALL)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {
        "sample": render(sample_sheets()),
        "nothing": render(sample_sheets(0)),
        "long": render(long_sheets()),
        "hostile": render(hostile_sheets()),
    }


def test_same_atlas_same_bytes(pages: dict[str, str]) -> None:
    assert render(sample_sheets()) == pages["sample"]


def test_the_scenes_come_first_then_a_sheet_a_site_and_the_end(pages: dict[str, str]) -> None:
    atlas, sheets = sample_sheets(), sheets_of(pages["sample"])
    labels = [re.search(r'aria-label="([^"]*)"', sheet)[1] for sheet in sheets]
    names = [sheet.name for sheet in atlas.sheets]
    assert labels == [*SCENES, *names, "What is not known"]
    for nth, sheet in enumerate(sheets, start=1):
        assert f"{nth} of {len(sheets)}" in words(sheet)
    assert len(sheets_of(pages["nothing"])) == len(SCENES) + 1


def test_the_page_of_a_site_has_its_figures_and_what_else_there_is(pages: dict[str, str]) -> None:
    first, last = (words(sheets_of(pages["sample"])[k]) for k in (6, -2))
    for shown in (
        "Somebody", "70 ha", f"40{THIN}% among the first ten",
        "1\N{EN DASH}17", "A plant, SE",
        f"and 22 more customers take 43{THIN}% of its output", "An act incentive",
        "What would bring another to rank 1", "A tonne cheaper by 300 USD",
        "12 times the median place",
    ):  # fmt: skip
        assert shown in re.sub(r"([\d%]) dd", r"\1", first) or _turned(shown) in first, shown
    assert "What would bring it to rank 1" in last
    assert "among the first ten" not in last  # nothing was drawn there


def _turned(text: str) -> str:
    """Return a figure as the sheet has it: what it is, then the number."""
    number, _, what = text.partition(" ")
    return f"{what} {number}"


def test_what_finds_no_room_is_counted() -> None:
    atlas = sample_sheets()
    full = dataclasses.replace(
        atlas.sheets[0],
        laws=tuple(Line(f"Act {n}", "tax") for n in range(14)),
        facts=tuple(Line(f"Fact {n}", "x" * 60) for n in range(9)),
    )
    page = words(sheets_of(render(dataclasses.replace(atlas, sheets=(full,))))[6])
    for what in ("Act", "Fact"):
        shown = len(set(re.findall(rf"{what} \d+", page)))
        left = {"Act": 14, "Fact": 9}[what] - shown
        kind = {"Act": "law", "Fact": "fact"}[what]
        assert shown > 0
        assert f"and {left} more {kind}s, in the dossier of the map" in page


def test_a_country_is_drawn_once_and_used_again(pages: dict[str, str]) -> None:
    page = pages["sample"]
    grounds = re.findall(r'<g id="(land\d+)">', page)
    used = re.findall(r'<use href="#(land\d+)"/>', page)
    assert len(grounds) == len(set(grounds))
    assert set(used) <= set(grounds)
    assert len(grounds) + len(used) == len(sample_sheets().sheets)


def test_nothing_in_the_page_can_run_or_ask_for_anything(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "default-src 'none'" in page
        tags = [re.sub(r'"[^"]*"', '""', tag) for tag in re.findall(r"<[^>]*>", page)]
        assert not [tag for tag in tags if re.search(r"<(script|img|iframe|a|link|form)\b", tag)]
        assert not [tag for tag in tags if re.search(r"\b(src|on\w+)\s*=", tag)]
        assert set(re.findall(r'href="([^"]*)"', page)) <= {f"#land{n}" for n in range(30)}


def test_hostile_text_stands_on_the_page_as_text(pages: dict[str, str]) -> None:
    said = html.unescape(pages["hostile"])
    for payload in PAYLOADS:
        assert plain(payload) in said
    assert "\u202e" not in pages["hostile"]
    elements = [set(re.findall(r"<(\w+)", pages[name])) for name in ("hostile", "sample")]
    assert elements[0] <= elements[1]


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sample", "nothing", "long", "hostile"])
def test_every_sheet_fits_its_paper_and_a_phone(
    chromium: Browser, pages: dict[str, str], tmp_path: Path, name: str
) -> None:
    target = tmp_path / "atlas.html"
    target.write_text(pages[name], encoding="utf-8")
    context = chromium.new_context(viewport={"width": 1123, "height": 794}, bypass_csp=True)
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text))
    page.emulate_media(media="print")
    page.goto(target.as_uri())
    fuller = enumerate(page.evaluate(FULLER), start=1)
    assert [(nth, *over) for nth, over in fuller if max(over) > 0] == []
    assert page.evaluate(WIDER) == []
    for paper in ("A4", "A3"):
        pdf = page.pdf(format=paper, landscape=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(sheets_of(pages[name]))
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (asked, said) == ([target.as_uri()], [])
    assert page.evaluate("window.__ran") is None
    context.close()
