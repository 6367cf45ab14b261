from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser
from sample_atlas import PAYLOADS
from sample_brief import hostile_brief, no_draws, sample_brief

from maps.brief import render
from maps.escape import plain
from maps.numerals import MINUS, THIN, number, share, times

MOST_BYTES = 3_000_000
LIVE = re.compile(
    r"<(script|img|iframe|object|embed|link|form|base|input|a)\b|\bon\w+\s*=|url\(", re.IGNORECASE
)


def blank(tag: str) -> str:
    """Return a tag without what its attributes say: quotes in them are escaped."""
    return re.sub(r'"[^"]*"', '""', tag)


def words(page: str) -> str:
    """Return what a reader reads, spaces as one."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"[ \n]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    whole = sample_brief()
    unknown = whole.sites.assign(delivered=np.nan, pays_from=np.nan, pays=np.nan, country_name="")
    briefs = {
        "sample": whole,
        "one": sample_brief(1),
        "three": sample_brief(3),
        "nothing": sample_brief(0),
        "no_draws": no_draws(whole),
        "hostile": hostile_brief(),
        "unknown": dataclasses.replace(whole, sites=unknown),
    }
    return {name: render(brief) for name, brief in briefs.items()}


def test_same_brief_same_bytes_and_far_below_the_limit(pages: dict[str, str]) -> None:
    assert render(sample_brief()) == pages["sample"]
    assert max(len(page.encode()) for page in pages.values()) < MOST_BYTES


def test_the_table_says_what_the_frame_holds(pages: dict[str, str]) -> None:
    rows = re.findall(r'<tr role="row">\s*<td.*?</tr>', pages["sample"], flags=re.DOTALL)
    frame = sample_brief().sites
    assert len(rows) == len(frame) == 10
    for row, (_, site) in zip(rows, frame.iterrows(), strict=True):
        text = words(row)
        for shown in (site["name"], site["country_name"], "The area; 3 named sites"):
            assert shown in text
        for column in ("share", "sure", "pays"):
            assert share(site[column]) in text
        for shown in (number(site["delivered"]), "1\N{EN DASH}17", times(site["odds"])):
            assert shown in text


def test_bars_are_as_long_as_their_numbers(pages: dict[str, str]) -> None:
    brief = sample_brief()
    keys, scales = [key for key, _ in brief.pillars], set()
    for row, (_, site) in zip(
        re.findall(r'<span class="bar".*?</span>', pages["sample"], flags=re.DOTALL),
        brief.sites.iterrows(), strict=True,
    ):  # fmt: skip
        spans = [(float(left), float(wide)) for left, wide in
                 re.findall(r"left:([-\d.]+)%;width:([-\d.]+)%", row)]  # fmt: skip
        zero = float(re.search(r'class="zero" style="left:([\d.]+)%', row)[1])
        for key, (left, wide) in zip(keys, spans, strict=True):
            # what speaks for the site lies right of the median place, what speaks against it left
            assert left >= zero - 0.02 if site[key] >= 0 else left + wide <= zero + 0.02
            if abs(site[key]) > 0.2:
                scales.add(round(wide / abs(site[key]), 1))
        assert min(left for left, _ in spans) >= -0.02
        assert max(left + wide for left, wide in spans) <= 100.02
    assert max(scales) - min(scales) <= 0.2  # equal lengths are equal factors, on every bar
    tracks = re.findall(r'<div class="track".*?</div>', pages["sample"], flags=re.DOTALL)
    assert len(tracks) == len(brief.costs) == 5
    scale = set()
    for track, cost in zip(tracks, brief.costs, strict=True):
        marks = re.findall(r'class="(net|price|parity)" style="left:([\d.]+)%"', track)
        mark = {kind: float(left) for kind, left in marks}
        for kind, usd in (("net", cost.delivered), ("price", cost.price), ("parity", cost.parity)):
            scale.add(round(usd / mark[kind]))
        parts = [
            float(wide)
            for wide in re.findall(r'class="part" style="left:[\d.]+%;width:([\d.]+)', track)
        ]
        assert sum(parts) / mark["net"] == pytest.approx(cost.gross / cost.delivered, rel=1e-3)
        assert 0 <= min(mark.values()) <= max(mark.values()) <= 100
    assert len(scale) == 1  # one axis for all bars


def test_losses_have_a_true_minus_and_a_colour(pages: dict[str, str]) -> None:
    losing = sum(cost.margin < 0 for cost in sample_brief().costs)
    assert losing
    assert len(re.findall(rf'<b class="loss">\({MINUS}', pages["sample"])) == losing


def test_countries_stand_with_their_share(pages: dict[str, str]) -> None:
    lands = re.findall(r"<li><span>.*?</li>", pages["sample"], flags=re.DOTALL)
    texts = [words(land).strip() for land in lands]
    assert texts == [f"Norway 20{THIN}% 3 zones", f"Chile 3.1{THIN}% no zones"]
    assert "width:100.0%" in lands[0]


def test_the_lens_of_the_study_is_not_told_twice(pages: dict[str, str]) -> None:
    table = re.search(r'<table class="lenses">.*?</table>', pages["sample"], flags=re.DOTALL)[0]
    assert "Onshoring B, NO 3 %; C, SE 2 % none" in words(table)
    assert "Evidence" not in table


def test_the_scale_of_certainty_is_printed(pages: dict[str, str]) -> None:
    assert "Scale: likely from 60 %." in words(pages["sample"])


def test_without_draws_no_chance_is_said(pages: dict[str, str]) -> None:
    said = words(pages["no_draws"])
    assert "What-if runs in first ten" not in said
    assert "draws" not in said
    assert "nan" not in said.lower().split()
    assert "What-if runs in first ten" in words(pages["sample"])


def test_unknown_numbers_are_a_dash(pages: dict[str, str]) -> None:
    cells = re.findall(r'data-label="(?:Pays from|Pays)">([^<]*)<', pages["unknown"])
    assert cells == ["\N{EN DASH}"] * 20


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "100"), (1 - 1e-12, "100"), (0.9999, ">99"), (0.995, ">99"), (0.994, "99"),
        (0.5, "50"), (0.0996, "10"),
        (0.0994, "9.9"), (0.029, "2.9"), (0.0031, "0.31"), (0.00012, "0.012"), (9e-5, "<0.01"),
        (0.0, "0"),
    ],
)  # fmt: skip
def test_a_share_has_two_digits_and_almost_all_is_not_all(value: float, words: str) -> None:
    assert share(value) == f"{words}{THIN}%"


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (0.00012, "<0.001"), (0.043, "0.043"), (0.43, "0.43"), (0.999, "1.0"), (2.14, "2.1"),
        (9.96, "10"), (21.4, "21"), (214.0, "210"), (12_345.0, "12,000"),
    ],
)  # fmt: skip
def test_odds_have_two_digits(factor: float, words: str) -> None:
    assert times(factor) == words


def test_what_is_not_known_is_a_dash() -> None:
    assert share(np.nan) == times(np.nan) == "\N{EN DASH}"


def test_few_sites_are_spoken_of_in_the_singular(pages: dict[str, str]) -> None:
    assert "The site, and how firm each place is" in words(pages["one"])
    assert "Where the site lies" in words(pages["one"])
    assert "The 3 likeliest sites" in words(pages["three"])
    assert "The 0 likeliest sites" in words(pages["nothing"])
    assert "<svg" not in pages["nothing"]


def test_nothing_in_the_page_can_run_or_ask_for_anything(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "default-src 'none'" in page
        marked = re.findall(r"<[^>]*>", page)
        assert not [tag for tag in marked if LIVE.search(blank(tag))]
        assert not [
            tag for tag in marked if re.search(r"\b(src|href|srcset|action)\s*=", blank(tag))
        ]


def test_hostile_text_stands_on_the_page_as_text(pages: dict[str, str]) -> None:
    said = html.unescape(pages["hostile"])
    for payload in PAYLOADS:
        assert plain(payload) in said
    assert "{{7*7}}" in said
    assert "\u202e" not in pages["hostile"]
    elements = [set(re.findall(r"<(\w+)", pages[name])) for name in ("hostile", "sample")]
    assert elements[0] <= elements[1]


@pytest.mark.browser
@pytest.mark.parametrize("name", ["sample", "hostile", "one", "no_draws", "nothing"])
@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_in_a_browser_it_is_quiet_and_fits(
    chromium: Browser, pages: dict[str, str], tmp_path: Path, name: str, width: int
) -> None:
    target = tmp_path / "brief.html"
    target.write_text(pages[name], encoding="utf-8")
    # the page's own policy is off: what the policy would stop must not be there at all
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(target.as_uri())
    assert asked == [target.as_uri()]
    assert said == []
    assert page.evaluate("window.__ran") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate("document.querySelectorAll('main img, main script, main [onload]').length")
        == 0
    )
    context.close()


@pytest.mark.browser
def test_on_paper_it_has_three_pages_at_most(
    chromium: Browser, pages: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "brief.html"
    target.write_text(pages["sample"], encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(target.as_uri())
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    context.close()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3
