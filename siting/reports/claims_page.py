"""Writes docs/claims.md: `python -m siting.reports.claims_page`.

The sixteen claims of the article, each with its verdict, the number that decides it, what it does
to the odds of named places, its data and a command that shows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from siting.model import scoring
from siting.pipeline import make_plan
from siting.reports import claim_figures as figures
from siting.reports.claim_figures import Moment
from siting.reports.claims import CLAIMS, LENS, PLACES, Claim
from siting.reports.page import filled, write
from siting.results.text.explain import find
from siting.study.studyfile import changed, preset
from siting.world import policy

Rows = Sequence[Sequence[object]]


def article() -> Moment:
    """Return the plan of the article's day under its own lens."""
    quick = {"lens": LENS, "confidence": {"draws": 0}}
    return Moment(make_plan(changed(preset("article_2023"), quick)))


def page(moment: Moment) -> str:
    """Return the page."""
    claims = list(enumerate(CLAIMS, 1))
    return filled(
        "claims.md",
        summary=[(n, claim.says, *claim.judge(moment)) for n, claim in claims],
        names=list(PLACES),
        places=[(n, claim.says, *contribution(moment, claim)) for n, claim in claims],
        sources=[(n, c.data, _criteria(c), f"`{c.command}`") for n, c in claims],
        year=moment.plan.study.demand_year,
        first=figures.FIRST_YEAR, last=figures.last_year(moment), days=figures.law_days(moment),
        dependence=_dependence(moment), imports=_imports(), cells=_cells(moment),
        growth=_growth(moment), american=_american(moment), chosen=_chosen(moment),
    )  # fmt: skip


def contribution(moment: Moment, claim: Claim) -> list[str]:
    """Return what a claim does at each of `PLACES`: odds, or USD a tonne where it is money."""
    positions = [find(moment.plan, name) for name in PLACES.values()]
    if not claim.criteria:
        over = figures.over_the_chinese_tonne(moment.plan).iloc[positions]
        return [f"{usd:+,.0f} USD/t" for usd in over]
    parts = moment.plan.parts[list(claim.criteria)]
    gap = (parts.iloc[positions] - parts.median()).sum(axis=1).to_numpy(dtype=float)
    return [f"{times:.2g}" if times < 100 else f"{times:,.0f}" for times in scoring.odds(gap)]  # noqa: PLR2004 - three digits


def _criteria(claim: Claim) -> str:
    if not claim.criteria:
        return "none: money"
    whole = len(claim.criteria) > 2  # noqa: PLR2004 - the outcome of all of them
    return "all of the lens" if whole else ", ".join(f"`{name}`" for name in claim.criteria)


def _dependence(moment: Moment) -> Rows:
    rows = figures.dependence(moment)
    return [
        (_market(name), f"{r.demand_kt:.0f}", f"{r.supply_kt:.0f}", f"{r.left:.0%}",
         f"{r.planned_kt:,.0f}", f"{r.unserved_kt:,.0f}", f"{r.planned_left:.0%}")
        for name, r in zip(rows.index, rows.itertuples(), strict=True)
    ]  # fmt: skip


def _imports() -> Rows:
    return [
        (r["importer"], r["goods"].replace("_", " "),
         r["since"] if r["since"] == r["until"] else f"{r['since']} to {r['until']}",
         "" if np.isnan(r["kt_from_china"]) else f"{r['kt_from_china']:g}",
         "" if np.isnan(r["china_share_pct"]) else f"{r['china_share_pct']:g} %",
         r["known_date"])
        for r in figures.imports().to_dict("records")
    ]  # fmt: skip


def _cells(moment: Moment) -> Rows:
    rows = figures.cells_beside_cars(moment)
    return [
        (_market(name), f"{r.cars_m:.2f}", f"{r.gwh:.0f}", f"{r.gwh_per_m_cars:.0f}")
        for name, r in zip(rows.index, rows.itertuples(), strict=True)
    ]


def _growth(moment: Moment) -> Rows:
    rows = figures.sales_growth(moment)
    return [
        (code, f"{r.cars_first:,.0f}", f"{r.cars_last:,.0f}", f"{r.times:.1f}",
         f"{r.share_first:g}", f"{r.share_last:g}", f"{r.points_per_y:.1f}")
        for code, r in zip(rows.index, rows.itertuples(), strict=True)
    ]  # fmt: skip


def _american(moment: Moment) -> Rows:
    days = figures.law_days(moment)
    lines: list[tuple[object, ...]] = [
        (name, *(f"{r[day, 'in force']:.0%} ({r[day, 'in two years']:.0%})" for day in days))
        for name, r in figures.open_american_demand(moment).iterrows()
    ]
    zones = moment.plan.facts["policy_zones"]
    laws = [policy.in_force(zones, dt.date.fromisoformat(day)) for day in days]
    for country, words in (("US", "in the US"), ("MA", "in Morocco")):
        place = moment.plan.places[moment.plan.places["country"].eq(country)].head(1)
        chances = (policy.openness(law, place, "CN")[0] for law in laws)
        title = f"chance of entry of a Chinese owner {words}"
        lines.append((title, *(f"{p:.0%}" for p in chances)))
    return lines


def _chosen(moment: Moment) -> Rows:
    then, since = figures.chosen(moment)
    chances = figures.by_market(moment).reindex(then.index).fillna(0.0)
    return [
        (_market(name), f"{chances[name]:.1%}", *then.loc[name], *since.loc[name])
        for name in then.index
    ]


def _market(name: object) -> str:
    return figures.MARKETS.get(str(name), str(name))


def main(folder: Path = Path("docs")) -> None:
    """Write the page."""
    write(folder / "claims.md", page(article()))


if __name__ == "__main__":
    main()
