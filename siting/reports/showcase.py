"""Writes the pages of docs/ that need plans and take minutes: `python -m siting.reports.showcase`.

docs/margins.md (margin by part of the world, investor and date), docs/cost_checks.md (the cost
model against stated figures) and docs/swap.md (two dates with their prices swapped).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from geodata.load import catalogue_date
from siting.market.customers import known_demand
from siting.model.plan import Plan, country_chances
from siting.pipeline import make_plan
from siting.reports.cost_checks import capex_checks, cost_checks
from siting.reports.margin_table import as_grid, margin_table, market_table
from siting.reports.page import filled, write
from siting.results.text.answer import long_date
from siting.scenarios.compare import compare
from siting.study.study import Study
from siting.study.studyfile import changed, preset
from siting.world import facts as facts_module

ARTICLE = "article_2023"  # the preset as of the day of the article
PEAK, TODAY = dt.date(2025, 8, 1), catalogue_date()
INVESTORS = ("CN", "KR", "US", "NO")
FIRST, FIRST_COUNTRIES = 50, 8


def main(folder: Path = Path("docs")) -> None:
    """Write every page."""
    write(folder / "margins.md", margins())
    write(folder / "cost_checks.md", checks())
    write(folder / "swap.md", swap_page(swapped(), moved_by()))


def checks() -> str:
    """Return the page of the cost model against stated figures."""
    facts = facts_module.load(Study())
    stated = facts["project_costs"].query("kind != 'capex'")["product"].unique()
    demand = {p: known_demand(Study(product=p), facts) for p in facts.products if p in stated}
    capital = capex_checks(facts)
    running = cost_checks(facts, demand)
    rows = running[["project_id", "name", "kind", "use", "stated", "model", "ratio"]]
    columns = ["project_id", "name", "use", "builder", "country", "stated", "model", "ratio"]
    parts = running.drop(columns=["kind", "use", "stated", "model", "ratio", "name"])
    return filled(
        "cost_checks.md",
        capex=capital[columns].assign(ratio=capital["ratio"].map("{:.2f}".format)),
        cost=rows.assign(ratio=rows["ratio"].map("{:.2f}".format)),
        parts=parts.fillna(0.0),
    )


def margins() -> str:
    """Return the page of margins."""
    dates = (preset(ARTICLE).as_of or TODAY, PEAK, TODAY)
    table = margin_table(INVESTORS, dates)
    grid = as_grid(table).reset_index()
    heads = ["region", *(f"{pair[1]} {pair[0]}" for pair in list(grid.columns)[1:])]
    grid = grid.set_axis(heads, axis=1)
    markets = market_table(dates).round(0)
    last = table[table["as_of"].eq(TODAY) & table["investor"].eq("CN")]
    sites = last[["region", "site", "cost", "delivered", "parity", "price", "margin"]].round(0)
    return filled("margins.md", margins=grid, markets=markets, sites=sites)


def swapped() -> dict[str, Plan]:
    """Return the plans of the article's date and of today, each with both prices."""
    article = preset(ARTICLE)
    today = changed(article, {"as_of": TODAY})
    plans = {"2023": make_plan(article), "2026": make_plan(today)}
    price = {when: plan.price_usd_per_t for when, plan in plans.items()}
    plans["2023 swapped"] = make_plan(changed(article, {"price_usd_per_t": price["2026"]}))
    plans["2026 swapped"] = make_plan(changed(today, {"price_usd_per_t": price["2023"]}))
    order = ("2023", "2023 swapped", "2026", "2026 swapped")
    return {_title(plans[key]): plans[key] for key in order}


def _title(plan: Plan) -> str:
    return f"{long_date(plan)}, {plan.price_usd_per_t:,.0f} USD a tonne"


def swap_page(plans: dict[str, Plan], moved: pd.DataFrame) -> str:
    """Return the page of prices swapped: where the zones lie, what pays, and what moves the order.

    Parameters
    ----------
    plans : dict of Plan
        By title: each date with its own price, then with the other's.
    moved : DataFrame
        input, points: as `moved_by`.
    """
    rows = [(title, *_shown(plan)) for title, plan in plans.items()]
    return filled("swap.md", plans=rows, moved=moved, first=FIRST)


def _shown(plan: Plan) -> tuple[str, str, str]:
    """Return the likeliest countries, the first three zones and the chance that it pays."""
    by_country = country_chances(plan).head(FIRST_COUNTRIES)
    names = plan.places["name"].iloc[plan.zones.head[:3]]
    return (
        ", ".join(f"{code} {p:.0%}" for code, p in by_country.items()),
        "; ".join(map(str, names)),
        f"{float(plan.measures.pays[:] @ plan.chance):.0%}",
    )


def moved_by() -> pd.DataFrame:
    """Return what moves the order between the dates, in points of share over the first zones."""
    article = preset(ARTICLE)
    comparison = compare(article, changed(article, {"as_of": TODAY}), top=FIRST)
    totals = comparison.totals
    return pd.DataFrame({"input": totals.index, "points of share": totals.map("{:.1f}".format)})


if __name__ == "__main__":
    main()
