"""The slides of a brief: question, answer, then a slide a question of a board and a slide a site.

Charts and tables are PowerPoint's own, so that a reader can restyle them and copy their numbers.
Text may be anybody's: it is only ever a run of text, and in the workbook behind a chart a string.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from maps.brief import AID, COST_NAMES, Brief, Cost, Line
from maps.numerals import UNKNOWN, number, per_cent, share, times
from siting.results.slide_parts import (
    EDGE,
    HIGH,
    LEFT_HALF,
    RIGHT_HALF,
    WHOLE,
    WIDE,
    Box,
    cut,
    describe,
    draw_bars,
    draw_table,
    new_show,
    new_slide,
    packed,
    write_lines,
)
from siting.results.text.confidence import upper
from siting.study.terms import BEFORE_TAX, CHANCE

ODDS_SHOWN = 3
NARROW = {"among the first ten": "in first ten"}  # heads of a column of `Brief.sure_of`


def deck(brief: Brief) -> bytes:
    """Return the slides of a brief as a .pptx."""
    show = new_show()
    _opening(show, brief)
    for line in brief.answer:
        slide = new_slide(show, line.head)
        words = f"{line.text[:1].upper()}{line.text[1:]}"
        write_lines(slide, LEFT_HALF, [Line("", words), *MORE.get(line.head, _nothing)(brief)])
        PICTURES.get(line.head, _countries)(slide, brief)
    for cost in brief.costs:
        _site(show, brief, cost)
    end = new_slide(show, "What is not known, and where it comes from")
    credit = Line("Credits", "; ".join(brief.attributions))
    write_lines(end, WHOLE, [*brief.unknown, Line("Words", brief.scale), credit])
    describe(show, brief.title, brief.kicker)
    return packed(show)


def _opening(show: Any, brief: Brief) -> None:
    slide = new_slide(show, brief.title)
    first = [Line("", brief.subtitle), *brief.answer[:1]]
    write_lines(slide, Box(EDGE, 2.2, WIDE - 2 * EDGE, 3.5), first, size=20)
    write_lines(
        slide, Box(EDGE, HIGH - 1.0, WIDE - 2 * EDGE, 0.5), [Line("", brief.kicker)], size=12
    )


def _nothing(_brief: Brief) -> Sequence[Line]:
    return ()


def _countries(slide: Any, brief: Brief) -> None:
    """Draw the chance of the next plant by country."""
    if len(brief.countries):
        names = brief.countries["country_name"].astype(str).tolist()
        shares = (100 * brief.countries["share"]).round(1).tolist()
        draw_bars(slide, RIGHT_HALF, f"{upper(CHANCE)} by country, %", names, shares, "0.0")


def _prices(slide: Any, brief: Brief) -> None:
    """Draw from which price each of the first sites pays."""
    sites = brief.sites
    if len(sites):
        names = [f"{rank}. {cut(name)}" + ("" if usd > 0 else " (at any price)")
                 for rank, name, usd in zip(sites["rank"], sites["name"], sites["pays_from"],
                                            strict=True)]  # fmt: skip
        usd = sites["pays_from"].round().tolist()
        draw_bars(slide, RIGHT_HALF, f"Pays from a price of, USD a tonne {BEFORE_TAX}", names, usd,
              "#,##0")  # fmt: skip


def _ranks(slide: Any, brief: Brief) -> None:
    """Draw how sure each of the first sites is."""
    columns: dict[str, tuple[float, Callable[[Any], str]]] = {
        "Rank": (0.75, lambda site: str(site["rank"])),
        "Site": (2.45, lambda site: cut(site["name"])),
        upper(CHANCE): (1.0, lambda site: share(site["share"])),
    }
    if brief.draws:
        columns[_sure(brief)] = (1.0, lambda site: share(site["sure"]))
        columns[f"Rank in {per_cent(90)} of runs"] = (1.0, _span)
    rows = [
        tuple(text(site) for _, text in columns.values()) for site in brief.sites.to_dict("records")
    ]
    widths = [wide for wide, _ in columns.values()]
    draw_table(slide, RIGHT_HALF, tuple(columns), rows, widths, texts=(1,))


def _sure(brief: Brief) -> str:
    return f"What-if runs {NARROW.get(brief.sure_of, brief.sure_of)}"


def _span(site: Mapping[Any, Any]) -> str:
    return f"{number(site['rank_low'])}{UNKNOWN}{number(site['rank_high'])}"


def _odds(slide: Any, brief: Brief) -> None:
    """Draw by what each pillar multiplies the odds of the first sites."""
    first = brief.sites.head(ODDS_SHOWN).to_dict("records")
    rows = [(name, *(times(math.exp(site[key])) for site in first)) for key, name in brief.pillars]
    rows.append(("All together", *(times(site["odds"]) for site in first)))
    heads = ("Times the odds of the median place", *(cut(site["name"]) for site in first))
    draw_table(slide, RIGHT_HALF, heads, rows, (2.1, *(1.4 for _ in first)))


def _laws(slide: Any, brief: Brief) -> None:
    """Draw what the end of a law would change."""
    rows = [
        (cut(law["instrument"]), cut(law["site"]), times(law["factor"]))
        for law in brief.laws.to_dict("records")
    ]
    if rows:
        heads = ("Without this law", "The site most moved", "Its odds times")
        draw_table(slide, RIGHT_HALF, heads, rows, (3.1, 2.2, 0.9), texts=(0, 1))


def _changes(brief: Brief) -> Sequence[Line]:
    return brief.changes


# heading of the answer's line -> what stands beside it, and below it
PICTURES: Mapping[str, Callable[[Any, Brief], None]] = {
    "How sure": _ranks, "Why": _odds, "Does it pay": _prices, "What would change it": _laws,
}  # fmt: skip
MORE: Mapping[str, Callable[[Brief], Sequence[Line]]] = {"What would change it": _changes}


def _site(show: Any, brief: Brief, cost: Cost) -> None:
    """Draw one of the first sites: where it stands, and what a tonne costs and brings."""
    slide = new_slide(show, f"{cost.rank}. {cut(cost.name)}, {cut(cost.country)}")
    site = brief.sites[brief.sites["rank"].eq(cost.rank)].iloc[0]
    known = math.isfinite(cost.irr_pct)
    returns = f"{per_cent(cost.irr_pct, 1)} a year" if known else "never back"
    facts = (
        ("Zone", cut(site["zone"])),
        (upper(CHANCE), share(site["share"])),
        *([(_sure(brief), share(site["sure"]))] if brief.draws else []),
        ("Odds of the median place, times", times(site["odds"])),
        ("Named sites of the zone", number(site["estates"])),
        (f"Pays from a price of, {BEFORE_TAX}", _from(cost.pays_from)),
        ("Customers must pay, after tax and ramp-up", _from(cost.pays_after_tax_from)),
        ("Chance that it pays", share(cost.pays)),
        ("Worth over 15 years after tax", f"{number(cost.npv_musd, sign=True)} million USD"),
        ("Returns", returns),
        ("CO2e of the power of a tonne", f"{number(cost.carbon_t_per_t, 1)} t"),
    )
    draw_table(slide, LEFT_HALF, ("The site", ""), facts, (3.5, 2.1))
    parts = [
        (label, cost.parts.get(key, 0.0)) for key, label in (*COST_NAMES.items(), ("aid", AID))
    ]
    rows = [
        *((label, number(usd)) for label, usd in parts if round(usd)),
        ("Delivered cost, duty paid", number(cost.delivered)),
        ("Range of it", f"{number(cost.low)}{UNKNOWN}{number(cost.high)}"),
        ("Customers pay, on average", number(cost.price)),
        ("Margin", number(cost.margin, sign=True)),
        ("The Chinese tonne lands at", number(cost.parity)),
    ]
    draw_table(slide, RIGHT_HALF, ("What a tonne costs and brings", "USD/t"), rows, (4.4, 1.8),
           strong=("Delivered cost, duty paid", "Margin"))  # fmt: skip


def _from(usd: float) -> str:
    return f"{number(usd)} USD a tonne" if usd > 0 else "any"
