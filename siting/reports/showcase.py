"""Writes the pages of docs/ that need plans and take minutes: `python -m siting.reports.showcase`.

docs/margins.md (margin by part of the world, investor and date), docs/cost_checks.md (the cost model
against stated figures) and docs/swap.md (two dates with their prices swapped).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from siting.market.customers import known_demand
from siting.model.plan import Plan, country_chances
from siting.pipeline import make_plan
from siting.reports.cost_checks import capex_checks, cost_checks
from siting.reports.margin_table import as_grid, margin_table, market_table
from siting.results.page.atlas import long_date
from siting.scenarios.compare import compare
from siting.study.study import Study
from siting.study.studyfile import changed, preset
from siting.world import facts as facts_module

ARTICLE, PEAK = dt.date(2023, 11, 28), dt.date(2025, 8, 1)
TODAY = dt.date(2026, 11, 22)
INVESTORS = ("CN", "KR", "US", "NO")
FIRST, FIRST_COUNTRIES = 50, 8

MARGINS = """# Margin by part of the world, investor and date

Made by `make showcase` from `siting.reports.margin_table`; box-furnace synthetic graphite, 50 kt a year.

Each cell is the largest margin of a named site there, in USD a tonne: what the customers that take the output pay less
the delivered tonne. They pay the price of the day outside China or the landed Chinese tonne, whichever is more. In brackets
the chance that the law in force lets this investor build, where it is below 100 %. The customers are those that the site
serves first: demand that rivals leave, by freight and duty.

{margins}

## What the Chinese tonne costs at the gate

Chinese export price, duty in force, landed tonne and what is paid (the landed tonne or the price outside
China, whichever is more), means over the customers of the market.

{markets}

## The sites behind the last columns

{sites}
"""


def main(folder: Path = Path("docs")) -> None:
    """Write every page."""
    (folder / "margins.md").write_text(margins(), encoding="utf-8", newline="\n")
    (folder / "cost_checks.md").write_text(checks(), encoding="utf-8", newline="\n")
    swap = swap_page(swapped(), moved_by())
    (folder / "swap.md").write_text(swap, encoding="utf-8", newline="\n")


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
    return CHECKS.format(
        capex=markdown(capital[columns].assign(ratio=capital["ratio"].map("{:.2f}".format))),
        cost=markdown(rows.assign(ratio=rows["ratio"].map("{:.2f}".format))),
        parts=markdown(parts.fillna(0.0)),
    )


CHECKS = """# The cost model against stated figures

Made by `make showcase` from `siting.reports.cost_checks` and the table `project_costs`. `calibrate`: the model was
fitted to the row; `check`: it was kept aside; `context`: not comparable as it stands, see its note.

## Capital cost, USD per t/y (ratio: stated over model)

{capex}

## Operating and full cost, USD a tonne (ratio: model over stated)

At nameplate output and with the flake price and yield that the owner states.

{cost}

## Parts of the model's cost there

{parts}
"""


def margins() -> str:
    """Return the page of margins."""
    dates = (ARTICLE, PEAK, TODAY)
    table = margin_table(INVESTORS, dates)
    grid = as_grid(table).reset_index()
    heads = ["region", *(f"{pair[1]} {pair[0]}" for pair in list(grid.columns)[1:])]
    grid = grid.set_axis(heads, axis=1)
    markets = market_table(dates).round(0)
    last = table[table["as_of"].eq(TODAY) & table["investor"].eq("CN")]
    sites = last[["region", "site", "cost", "delivered", "parity", "price", "margin"]].round(0)
    return MARGINS.format(margins=markdown(grid), markets=markdown(markets), sites=markdown(sites))


def swapped() -> dict[str, Plan]:
    """Return the plans of the article's date and of today, each with its own price and the other's."""
    article = preset("article_2023")
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
    rows = []
    for title, plan in plans.items():
        by_country = country_chances(plan).head(FIRST_COUNTRIES)
        shares = ", ".join(f"{code} {p:.0%}" for code, p in by_country.items())
        names = plan.places["name"].iloc[plan.zones.head[:3]]
        rows.append({
            "as of, price": title, "likeliest countries": shares,
            "first three": "; ".join(map(str, names)),
            "chance that it pays, over the chances": f"{float(plan.measures.pays[:] @ plan.chance):.0%}",
        })  # fmt: skip
    return SWAP.format(table=markdown(pd.DataFrame(rows)), moved=markdown(moved), first=FIRST)


def moved_by() -> pd.DataFrame:
    """Return what moves the order between the two dates, in points of share over the first zones."""
    article = preset("article_2023")
    found = compare(article, changed(article, {"as_of": TODAY}), top=FIRST)
    totals = found.totals
    return pd.DataFrame({"input": totals.index, "points of share": totals.map("{:.1f}".format)})


SWAP = """# Swap the prices: money moves, the order does not

Made by `make showcase`. A Chinese investor at the date of the article and today; each date with the price of
its day and with the price of the other. Only what a tonne sells for outside China is exchanged (the Chinese
export price is held at most at it); laws, plants and costs stay those of the date.

{table}

The price of the day is no part of the score: each pair of rows has the same zones and the same chances, to
the last byte, and another chance that a tonne earns its cost. Where firms go and whether it pays are two
questions; the former version multiplied them, and its map turned with the price.

What moves the order between the two dates, one input at a time set as today has it: points of share that
change hands over the first {first} zones of either date (compare's `totals`).

{moved}
"""


def markdown(frame: pd.DataFrame) -> str:
    """Return a frame as a Markdown table."""

    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(_cell(cell) for cell in cells) + " |"

    head = [line(frame.columns), line("---" for _ in frame.columns)]
    return "\n".join([*head, *(line(row) for row in frame.itertuples(index=False))])


def _cell(value: object) -> str:
    said = f"{value:,.0f}" if isinstance(value, float) else str(value)
    return said.replace("|", "\\|")


if __name__ == "__main__":
    main()
