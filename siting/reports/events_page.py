"""Writes docs/events.md: what the closed strait moves, `python -m siting.reports.events_page`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.load import catalogue_date
from siting.model.plan import Plan, country_chances
from siting.pipeline import make_plan
from siting.reports.page import filled, write
from siting.study.study import Draws, Study
from siting.study.studyfile import changed, named

LANES = ("hormuz-2026", "gulf-ports-2026")  # the strait, and what lines charge at its ports
TODAY = catalogue_date()
SITE = "Umm Alhoul"
DATES = (dt.date(2025, 11, 28), dt.date(2026, 3, 15), TODAY)
LEAST = 0.0005  # share of the chances, and USD/t, that is worth a row


def main(folder: Path = Path("docs")) -> None:
    """Write the page."""
    write(folder / "events.md", page())


def page() -> str:
    """Return the page."""
    base = changed(named("balanced"), {"confidence": Draws(draws=0).model_dump()})
    closed, opened = _planned(base, TODAY), _planned(base, TODAY, LANES)
    at_sea = closed.facts.events[closed.facts.events["effect"].isin(["closure", "usd_per_t"])]
    every = _planned(base, TODAY, tuple(at_sea["event_id"]))
    rows = [_at_site(_planned(base, date), "as known") for date in DATES]
    rows.append(_at_site(_planned(base, TODAY, ("qa-war-2026",)), "the war off, the strait closed"))
    rows.append(_at_site(_planned(base, TODAY, ("qa-war-2026", *LANES)), "the war off, open"))
    return filled(
        "events.md",
        lanes=LANES,
        places=places(closed, opened),
        moved=int(_moved(closed, opened)["anode_kt"].count()),
        plants=int(closed.demand.plants["anode_kt"].gt(0).sum()),
        customers=customers(closed, every),
        site=pd.DataFrame(rows),
    )


def _planned(base: Study, as_of: dt.date, off: tuple[str, ...] = ()) -> Plan:
    return make_plan(changed(base, {"as_of": as_of, "events": {"off": list(off)}}))


def places(closed: Plan, opened: Plan) -> pd.DataFrame:
    """Return the countries whose share moves, most first: share (%) and delivered cost (USD/t)."""
    share = pd.DataFrame({"closed": country_chances(closed), "open": country_chances(opened)})
    share = share.fillna(0.0)
    share = share[share.sub(share["open"], axis=0)["closed"].abs() >= LEAST]
    cost = pd.DataFrame({"closed": _middle_cost(closed), "open": _middle_cost(opened)})
    cost = cost.reindex(share.index)
    table = pd.DataFrame(
        {
            "country": share.index,
            "closed": share["closed"].map("{:.2%}".format).to_numpy(),
            "open": share["open"].map("{:.2%}".format).to_numpy(),
            "cost, closed": cost["closed"].to_numpy(),
            "cost, open": cost["open"].to_numpy(),
        }
    )
    order = np.argsort(-(share["closed"] - share["open"]).abs().to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _middle_cost(plan: Plan) -> pd.Series:
    delivered = plan.measures.outcome["delivered"]
    return delivered.groupby(plan.places["country"].to_numpy()).median()


def customers(closed: Plan, opened: Plan) -> pd.DataFrame:
    """Return by country of the customers by how much the landed Chinese tonne moves (USD/t)."""
    grouped = _moved(closed, opened).groupby("country")
    mean = grouped[["closed", "open"]].mean()
    mean = mean.assign(gigafactories=grouped.size().astype(str), kt=grouped["anode_kt"].sum())
    return mean.reset_index()[["country", "gigafactories", "kt", "closed", "open"]]


def _moved(closed: Plan, opened: Plan) -> pd.DataFrame:
    """Return the customers at which the landed Chinese tonne moves by a dollar or more."""
    parity = [
        plan.measures.landed.gates["parity"].set_axis(plan.demand.plants["id"])
        for plan in (closed, opened)
    ]
    plants = closed.demand.plants.set_index("id")[["country", "anode_kt"]]
    table = plants.assign(closed=parity[0], open=parity[1].reindex(plants.index))
    return table[table["anode_kt"].gt(0) & (table["closed"] - table["open"]).abs().ge(1.0)]


def _at_site(plan: Plan, events: str) -> dict[str, str]:
    rows = np.flatnonzero(plan.places["name"].str.contains(SITE, regex=False).to_numpy())
    row = {"as of": plan.as_of.isoformat(), "events": events}
    if not len(rows):
        return row | dict.fromkeys(("rank", "zone", "delivered", "margin"), "barred")
    money = plan.measures.outcome.iloc[rows[0]]
    return row | {
        "rank": f"{plan.rank[rows[0]]:,} of {len(plan.places):,}",
        "zone": str(plan.zones.zone[rows[0]] or "none"),
        "delivered": f"{money['delivered']:,.0f}",
        "margin": f"{money['margin']:+,.0f}",
    }


if __name__ == "__main__":
    main()
