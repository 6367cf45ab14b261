"""The slides of a brief: question, answer, then a slide a question of a board and a slide a site.

Charts and tables are PowerPoint's own, so that a reader can restyle them and copy their numbers.
Text may be anybody's: it is only ever a run of text, and in the workbook behind a chart a string.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from geodata.language import pgettext, tr
from maps.brief import AID, COST_NAMES, FIRST, Brief, Cost, Line
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

Made = TypeVar("Made")

ODDS_SHOWN = 3


def deck(brief: Brief) -> bytes:
    """Return the slides of a brief as a .pptx."""
    show = new_show()
    _opening(show, brief)
    for line in brief.answer:
        slide = new_slide(show, line.head)
        words = f"{line.text[:1].upper()}{line.text[1:]}"
        write_lines(slide, LEFT_HALF, [Line("", words), *_of(MORE, line, _nothing)(brief)])
        _of(PICTURES, line, _countries)(slide, brief)
    for cost in brief.costs:
        _site(show, brief, cost)
    end = new_slide(show, tr("What is not known, and where it comes from"))
    credit = Line(tr("Credits"), "; ".join(brief.attributions))
    write_lines(end, WHOLE, [*brief.unknown, Line(tr("Words"), brief.scale), credit])
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
        draw_bars(
            slide, RIGHT_HALF, tr("Chance of the next plant by country, %"), names, shares, "0.0"
        )


def _prices(slide: Any, brief: Brief) -> None:
    """Draw from which price each of the first sites pays."""
    sites = brief.sites
    if len(sites):
        names = [tr("{rank}. {site}", rank=rank, site=cut(name)) if usd > 0
                 else tr("{rank}. {site} (at any price)", rank=rank, site=cut(name))
                 for rank, name, usd in zip(sites["rank"], sites["name"], sites["pays_from"],
                                            strict=True)]  # fmt: skip
        usd = sites["pays_from"].round().tolist()
        draw_bars(slide, RIGHT_HALF, tr("Pays from a price of, USD a tonne before tax"), names, usd,
              "#,##0")  # fmt: skip


def _ranks(slide: Any, brief: Brief) -> None:
    """Draw how sure each of the first sites is."""
    columns: dict[str, tuple[float, Callable[[Any], str]]] = {
        tr("Rank"): (0.75, lambda site: str(site["rank"])),
        tr("Site"): (2.45, lambda site: cut(site["name"])),
        tr("Chance of the next plant"): (1.0, lambda site: share(site["share"])),
    }
    if brief.draws:
        columns[_sure(brief)] = (1.0, lambda site: share(site["sure"]))
        columns[tr("Rank in {share} of runs", share=per_cent(90))] = (1.0, _span)
    rows = [
        tuple(text(site) for _, text in columns.values()) for site in brief.sites.to_dict("records")
    ]
    widths = [wide for wide, _ in columns.values()]
    draw_table(slide, RIGHT_HALF, tuple(columns), rows, widths, texts=(1,))


def _sure(brief: Brief) -> str:
    return tr("What-if runs first") if brief.sure_of == FIRST else tr("What-if runs in first ten")


def _span(site: Mapping[Any, Any]) -> str:
    return f"{number(site['rank_low'])}{UNKNOWN}{number(site['rank_high'])}"


def _odds(slide: Any, brief: Brief) -> None:
    """Draw by what each pillar multiplies the odds of the first sites."""
    first = brief.sites.head(ODDS_SHOWN).to_dict("records")
    rows = [(name, *(times(math.exp(site[key])) for site in first)) for key, name in brief.pillars]
    rows.append((tr("All together"), *(times(site["odds"]) for site in first)))
    heads = (tr("Times the odds of the median place"), *(cut(site["name"]) for site in first))
    draw_table(slide, RIGHT_HALF, heads, rows, (2.1, *(1.4 for _ in first)))


def _laws(slide: Any, brief: Brief) -> None:
    """Draw what the end of a law would change."""
    rows = [
        (cut(law["instrument"]), cut(law["site"]), times(law["factor"]))
        for law in brief.laws.to_dict("records")
    ]
    if rows:
        heads = (tr("Without this law"), tr("The site most moved"), tr("Its odds times"))
        draw_table(slide, RIGHT_HALF, heads, rows, (3.1, 2.2, 0.9), texts=(0, 1))


def _changes(brief: Brief) -> Sequence[Line]:
    return brief.changes


# heading of the answer's line -> what stands beside it, and below it
PICTURES: Mapping[str, Callable[[Any, Brief], None]] = {
    "How sure": _ranks, "Why": _odds, "Does it pay": _prices, "What would change it": _laws,
}  # fmt: skip
MORE: Mapping[str, Callable[[Brief], Sequence[Line]]] = {"What would change it": _changes}


def _of(table: Mapping[str, Made], line: Line, otherwise: Made) -> Made:
    """Return what a table has for a line of the answer, by its heading in the language of now."""
    return next((made for head, made in table.items() if tr(head) == line.head), otherwise)


def _site(show: Any, brief: Brief, cost: Cost) -> None:
    """Draw one of the first sites: where it stands, and what a tonne costs and brings."""
    slide = new_slide(show, f"{cost.rank}. {cut(cost.name)}, {cut(cost.country)}")
    site = brief.sites[brief.sites["rank"].eq(cost.rank)].iloc[0]
    known = math.isfinite(cost.irr_pct)
    returns = tr("{share} a year", share=per_cent(cost.irr_pct, 1)) if known else tr("never back")
    facts = (
        (tr("Zone"), cut(site["zone"])),
        (tr("Chance of the next plant"), share(site["share"])),
        *([(_sure(brief), share(site["sure"]))] if brief.draws else []),
        (tr("Odds of the median place, times"), times(site["odds"])),
        (tr("Named sites of the zone"), number(site["estates"])),
        (tr("Pays from a price of, before tax"), _from(cost.pays_from)),
        (tr("Customers must pay, after tax and ramp-up"), _from(cost.pays_after_tax_from)),
        (tr("Chance that it pays"), share(cost.pays)),
        (
            tr("Worth over 15 years after tax"),
            tr("{number} million USD", number=number(cost.npv_musd, sign=True)),
        ),
        (tr("Returns"), returns),
        (tr("CO2e of the power of a tonne"), f"{number(cost.carbon_t_per_t, 1)} t"),
    )
    draw_table(slide, LEFT_HALF, (tr("The site"), ""), facts, (3.5, 2.1))
    parts = [
        (tr(label), cost.parts.get(key, 0.0)) for key, label in (*COST_NAMES.items(), ("aid", AID))
    ]
    rows = [
        *((label, number(usd)) for label, usd in parts if round(usd)),
        (tr("Delivered cost, duty paid"), number(cost.delivered)),
        (tr("Range of it"), f"{number(cost.low)}{UNKNOWN}{number(cost.high)}"),
        (tr("Customers pay, on average"), number(cost.price)),
        (tr("Margin"), number(cost.margin, sign=True)),
        (tr("The Chinese tonne lands at"), number(cost.parity)),
    ]
    draw_table(slide, RIGHT_HALF, (tr("What a tonne costs and brings"), "USD/t"), rows, (4.4, 1.8),
           strong=(tr("Delivered cost, duty paid"), tr("Margin")))  # fmt: skip


def _from(usd: float) -> str:
    return tr("{usd} USD a tonne", usd=number(usd)) if usd > 0 else pgettext("price", "any")
