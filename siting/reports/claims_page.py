"""Writes docs/claims.md: `python -m siting.reports.claims_page`.

The sixteen claims of the article, each with its verdict, the number that decides it, what it does
to the odds of named places, its data and a command that shows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from siting.model import scoring
from siting.pipeline import make_plan
from siting.reports import claim_figures as figures
from siting.reports.claim_figures import Moment
from siting.reports.claims import CLAIMS, DATES, LENS, PLACES, Claim
from siting.results.text.explain import find
from siting.study.studyfile import changed, preset
from siting.world import policy

PAGE = """# The sixteen claims of November 2023

Made by `make showcase` from `siting.reports.claims`. On 28 November 2023 SMM explained why anode makers build
abroad. Each claim is put in own words and held against what the catalogue knew on that day.

{summary}

## What each claim does to named places

By what it multiplies the odds against the median place under the lens `article_2023`, on 28 November 2023, for a
Chinese investor; 1.0 leaves them as they are. Money has no weight in the lens: what a tonne costs over the landed
Chinese one stands in its row. Where a claim has several criteria their odds are multiplied; the last lines of
`siting explain PLACE article_2023` print them one by one.

{places}

## Anode: demand, supply outside China, and what is left to imports

Tonnages in kt a year: of plants that ran on the date, then as planned for {year}, each plant by its chance to run.
Capacities of running plants are those of today, so demand of 2023 is too high and the share left with it.

{dependence}

China's share of what importers bought, by trade statistics (`anode_imports`), and when it was published:

{imports}

## Cells beside cars

{cells}

## Growth of plug-in sales since 2019

{growth}

## American demand that a tonne may serve

Share of the tonnage of American cell plants, by where the tonne is made and whose it is: while the law of the date
is in force, and in brackets under what is enacted for two years later. The vehicle credit (30D) is read as binding
goods by where they are made: what it does to a Chinese owner abroad hangs on shares of states in the firm and is a
chance of entry (US-FEOC-2022, US-FEOC-2023). Material assistance (45X) follows the owner abroad since 2026. Cells for
storage alone are free of the rule on cars.

{american}

## Where makers had gone, and where they went

Works named outside the owner's home; chances of the lens on 28 November 2023.

{chosen}

## Data, criterion and command of each claim

{sources}
"""


def article() -> Moment:
    """Return the plan of the article's day under its own lens."""
    quick = {"lens": LENS, "confidence": {"draws": 0}}
    return Moment(make_plan(changed(preset("article_2023"), quick)))


def page(at: Moment) -> str:
    """Return the page."""
    judged = [(claim, *claim.judge(at)) for claim in CLAIMS]
    return PAGE.format(
        summary=_table(
            ["", "claim", "verdict", "decided by"],
            ((str(n), c.says, verdict, number) for n, (c, verdict, number) in enumerate(judged, 1)),
        ),
        places=_table(
            ["", "claim", *PLACES],
            ((str(n), claim.says, *contribution(at, claim)) for n, claim in enumerate(CLAIMS, 1)),
        ),
        sources=_table(
            ["", "data", "criterion", "command"],
            (
                (str(n), c.data, _criteria(c), "`" + c.command.replace("|", "\\|") + "`")
                for n, c in enumerate(CLAIMS, 1)
            ),
        ),
        year=at.plan.study.demand_year,
        dependence=_dependence(at), imports=_imports(), cells=_cells(at), growth=_growth(at),
        american=_american(at), chosen=_chosen(at),
    )  # fmt: skip


def contribution(at: Moment, claim: Claim) -> list[str]:
    """Return what a claim does at each of `PLACES`: odds, or USD a tonne where it is money."""
    positions = [find(at.plan, name) for name in PLACES.values()]
    if not claim.criteria:
        over = figures.over_the_chinese_tonne(at.plan).iloc[positions]
        return [f"{usd:+,.0f} USD/t" for usd in over]
    parts = at.plan.parts[list(claim.criteria)]
    gap = (parts.iloc[positions] - parts.median()).sum(axis=1).to_numpy(dtype=float)
    return [f"{times:.2g}" if times < 100 else f"{times:,.0f}" for times in scoring.odds(gap)]  # noqa: PLR2004 - three digits


def _criteria(claim: Claim) -> str:
    if not claim.criteria:
        return "none: money"
    whole = len(claim.criteria) > 2  # noqa: PLR2004 - the outcome of all of them
    return "all of the lens" if whole else ", ".join(f"`{name}`" for name in claim.criteria)


def _dependence(at: Moment) -> str:
    rows = figures.dependence(at)
    return _table(
        ["market", "running demand", "supply", "left", "planned demand", "unserved", "left"],
        (
            (_market(name), f"{r.demand_kt:.0f}", f"{r.supply_kt:.0f}", f"{r.left:.0%}",
             f"{r.planned_kt:,.0f}", f"{r.unserved_kt:,.0f}", f"{r.planned_left:.0%}")
            for name, r in zip(rows.index, rows.itertuples(), strict=True)
        ),
    )  # fmt: skip


def _imports() -> str:
    rows = figures.imports()
    return _table(
        ["importer", "goods", "period", "from China, kt", "China's share", "published"],
        (
            (r["importer"], r["goods"].replace("_", " "),
             r["since"] if r["since"] == r["until"] else f"{r['since']} to {r['until']}",
             "" if np.isnan(r["kt_from_china"]) else f"{r['kt_from_china']:g}",
             "" if np.isnan(r["china_share_pct"]) else f"{r['china_share_pct']:g} %",
             r["known_date"])
            for r in rows.to_dict("records")
        ),
    )  # fmt: skip


def _cells(at: Moment) -> str:
    rows = figures.cells_beside_cars(at)
    year = at.date.year - 1
    heads = ["market", f"plug-in cars sold in {year}, M", "GWh of running cell plants",
             "GWh a million cars"]  # fmt: skip
    return _table(
        heads,
        (
            (_market(name), f"{r.cars_m:.2f}", f"{r.gwh:.0f}", f"{r.gwh_per_m_cars:.0f}")
            for name, r in zip(rows.index, rows.itertuples(), strict=True)
        ),
    )


def _growth(at: Moment) -> str:
    rows = figures.sales_growth(at)
    last = at.date.year - 1
    heads = ["country", "sold in 2019", f"in {last}", "times", "share in 2019, %", f"in {last}, %",
             "points a year"]  # fmt: skip
    return _table(
        heads,
        (
            (str(code), f"{r.cars_first:,.0f}", f"{r.cars_last:,.0f}", f"{r.times:.1f}",
             f"{r.share_first:g}", f"{r.share_last:g}", f"{r.points_per_y:.1f}")
            for code, r in zip(rows.index, rows.itertuples(), strict=True)
        ),
    )  # fmt: skip


def _american(at: Moment) -> str:
    dates = [dt.date.fromisoformat(day) for day in DATES]
    rows = figures.open_american_demand(at, dates)
    lines = [
        (str(name), *(f"{r[day, 'in force']:.0%} ({r[day, 'in two years']:.0%})" for day in DATES))
        for name, r in rows.iterrows()
    ]
    for country, words in (("US", "in the US"), ("MA", "in Morocco")):
        place = at.plan.places[at.plan.places["country"].eq(country)].head(1)
        zones = at.plan.facts["policy_zones"]
        chances = (policy.openness(policy.in_force(zones, d), place, "CN")[0] for d in dates)
        title = f"chance of entry of a Chinese owner {words}"
        lines.append((title, *(f"{p:.0%}" for p in chances)))
    return _table(["tonne", *DATES], lines)


def _chosen(at: Moment) -> str:
    works, day = at.plan.facts["anode_plants"], at.date
    then = figures.chosen(works, "1900-01-01", day.isoformat())
    after = figures.chosen(works, (day + dt.timedelta(1)).isoformat(), DATES[-1])
    chances = figures.by_market(at).reindex(then.index).fillna(0.0)
    heads = ["market", "chance by the lens", *(f"{who} by then" for who in then),
             *(f"{who} since" for who in after)]  # fmt: skip
    return _table(
        heads,
        (
            (_market(name), f"{chances[name]:.1%}", *map(str, then.loc[name]),
             *map(str, after.loc[name]))
            for name in then.index
        ),
    )  # fmt: skip


def _market(name: object) -> str:
    return figures.MARKETS.get(str(name), str(name))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---" for _ in heads], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def main(folder: Path = Path("docs")) -> None:
    """Write the page."""
    (folder / "claims.md").write_text(page(article()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
