"""Writes the pages of docs/ that need plans and take minutes: `python -m siting.results.showcase`.

docs/margins.md (margin by part of the world, investor and date), docs/cost_checks.md (the cost model
against stated figures) and docs/swap.md (the maps of two dates with their prices swapped).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from maps.atlas import Atlas
from maps.picture import draw_maps
from siting.market.customers import known_demand
from siting.model.plan import Plan
from siting.money.cost_checks import capex_checks, cost_checks
from siting.money.margin_table import as_grid, margin_table, market_table
from siting.planner import make_plan
from siting.results.mapping import atlas, long_date
from siting.study.parameters import Product
from siting.study.study import Study
from siting.study.studyfile import changed, preset
from siting.world import facts as facts_module

ARTICLE, PEAK = dt.date(2023, 11, 28), dt.date(2025, 8, 1)
TODAY = dt.date(2026, 11, 22)
INVESTORS = ("CN", "KR", "US", "NO")
FIRST = 50
PRODUCTS: tuple[Product, ...] = ("synthetic", "natural")

MARGINS = """# Margin by part of the world, investor and date

Made by `make showcase` from `siting.money.margin_table`; box-furnace synthetic graphite, 50 kt a year.

Each cell is the largest margin of a named site there, in USD a tonne: the landed Chinese tonne less the
delivered one, over the customers that take the output. In brackets the chance that the law in force lets
this investor build, where it is below 100 %. The customers are those where a tonne keeps most, mostly
American ones since 2025: that is why a margin can be positive everywhere while a duty of 155 % stood.

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
    plans = swapped()
    draw_maps(
        [_titled(plan, title) for title, plan in plans.items()],
        folder / "swap.png",
        title="A Chinese investor, two dates, two prices: swap the prices and the maps swap",
    )
    (folder / "swap.md").write_text(swap_page(plans), encoding="utf-8", newline="\n")


def checks() -> str:
    """Return the page of the cost model against stated figures."""
    facts = facts_module.load(Study())
    demand = {str(p): known_demand(Study(product=p), facts) for p in PRODUCTS}
    capital = capex_checks(facts)
    running = cost_checks(facts, demand)
    rows = running[["project_id", "name", "kind", "use", "stated", "model", "ratio"]]
    columns = ["project_id", "name", "use", "builder", "country", "stated", "model", "ratio"]
    parts = running.drop(columns=["kind", "use", "stated", "model", "ratio", "name"])
    return CHECKS.format(
        capex=_md(capital[columns].assign(ratio=capital["ratio"].map("{:.2f}".format))),
        cost=_md(rows.assign(ratio=rows["ratio"].map("{:.2f}".format))),
        parts=_md(parts.fillna(0.0)),
    )


CHECKS = """# The cost model against stated figures

Made by `make showcase` from `siting.money.cost_checks` and the table `project_costs`. `calibrate`: the model was
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
    sites = last[["region", "site", "cost", "delivered", "parity", "margin"]].round(0)
    return MARGINS.format(margins=_md(grid), markets=_md(markets), sites=_md(sites))


def swapped() -> dict[str, Plan]:
    """Return the plans of the article's date and of today, each with its own price and the other's.

    The strategies are held as in the article preset, so that only date and price differ.
    """
    article = preset("article_2023")
    today = changed(article, {"as_of": TODAY})
    plans = {"2023": make_plan(article), "2026": make_plan(today)}
    price = {when: plan.price_usd_per_t for when, plan in plans.items()}
    plans["2023 swapped"] = make_plan(_priced(article, price["2026"]))
    plans["2026 swapped"] = make_plan(_priced(today, price["2023"]))
    order = ("2023", "2026", "2023 swapped", "2026 swapped")
    return {_title(plans[key]): plans[key] for key in order}


def _priced(study: Study, price: float) -> Study:
    return changed(study, {"price_usd_per_t": price})


def _title(plan: Plan) -> str:
    return f"{long_date(plan)}, {plan.price_usd_per_t:,.0f} USD a tonne"


def _titled(plan: Plan, title: str) -> Atlas:
    return replace(atlas(plan), title=title, subtitle="")


def swap_page(plans: dict[str, Plan]) -> str:
    """Return the page of the four maps: where the first zones lie."""
    rows = []
    for title, plan in plans.items():
        heads = plan.zones.head[:FIRST]
        counts = plan.places["country"].iloc[heads].value_counts()
        names = plan.places["name"].iloc[heads[:3]]
        lie = ", ".join(f"{code} {n}" for code, n in counts.items())
        rows.append({"as of, price": title, f"first {FIRST} zones": lie,
                     "first three": "; ".join(map(str, names))})  # fmt: skip
    return SWAP.format(table=_md(pd.DataFrame(rows)), first=FIRST)


SWAP = """# Swap the prices and the maps swap

Made by `make showcase`. A Chinese investor who holds the strategies of the article preset, at the date of
the article and today; above each date with the price of its day, below with the price of the other. Only
what a tonne sells for outside China is exchanged (the Chinese export price is held at most at it); laws,
plants and costs stay those of the date.

![Four maps: two dates, each with its own price and with the other's](swap.png)

{table}

In 2023 contracts outside China stood near 6,000 USD and a Nordic or American tonne could earn its cost;
at the price of today it cannot on either date, and South-East Asia, the Gulf and North Africa are left. What the old
price does not bring back is what law has closed since: Sweden (the refusal of December 2024) and the
United States (45X lost and prohibited owners barred in July 2025).
"""


def _md(frame: pd.DataFrame) -> str:
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
