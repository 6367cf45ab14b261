"""The cost model against what owners state of their works, and against other studies.

The rows are those of `project_costs`; `use` says which the model was fitted to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from geodata.geometry import layer
from geodata.places import locate
from siting.market.customers import Demand, freight_to_customers
from siting.money import capex, cost
from siting.money.landed import inputs_at, parameters_of, plant_of
from siting.study.parameters import Parameters
from siting.study.study import Study
from siting.world.conditions import conditions
from siting.world.facts import Facts
from siting.world.located import located

OPERATING = ("power", "gas", "labour", "feedstock", "feedstock_freight", "consumables",
             "maintenance")  # fmt: skip
FLAKE = "flake_concentrate"


def capex_checks(facts: Facts, study: Study | None = None) -> pd.DataFrame:
    """Compare the fitted capital cost with every project row.

    Returns
    -------
    DataFrame
        project_id, name, use, builder, country, stated, model, low, high (USD per t/y), ratio
        (stated over model).
    """
    p = parameters_of(study or Study(), facts)
    rows = facts["project_costs"]
    rows = rows[rows["kind"].eq("capex")].reset_index(drop=True)
    model = capex.fit(facts["project_costs"], facts["place_factors"], p.central.scale_elasticity)
    wages = capex.wages_of(rows, facts["place_factors"])
    modelled = [
        capex.capex(
            model, np.array([wage]), np.array([row["country"]], dtype=object), row["builder"],
            row["capacity_ktpa"], elasticity=p.central.scale_elasticity,
            in_china=p.central.chinese_capex_usd_per_tpa,
        )[0]
        for wage, (_, row) in zip(wages, rows.iterrows(), strict=True)
    ]  # fmt: skip
    low, high = p.ends["capex_band"]
    table = rows[["project_id", "name", "use", "builder", "country"]].assign(
        stated=rows["usd"].astype(float), model=modelled
    )
    return table.assign(
        low=table["model"] * low,
        high=table["model"] * high,
        ratio=table["stated"] / table["model"],
    )


def cost_checks(facts: Facts, demand: Mapping[str, Demand]) -> pd.DataFrame:
    """Compare operating and full cost with what owners state, at their own terms.

    At nameplate output, as studies state it, and with the flake price and yield of the row.

    Parameters
    ----------
    facts : Facts
    demand : mapping of Demand
        By product: the feedstock of each.

    Returns
    -------
    DataFrame
        project_id, name, kind, use, stated, model (USD/t), ratio (model over stated), and the
        parts of the model's stack.
    """
    rows = facts["project_costs"]
    rows = rows[rows["kind"].isin(["opex", "full"])]
    checked = [_checked(facts, demand[str(row["product"])], row) for _, row in rows.iterrows()]
    return pd.DataFrame(checked).reset_index(drop=True)


def stack_at(
    facts: Facts,
    demand: Demand,
    study: Study,
    latlon: tuple[float, float],
    **terms: float,
) -> pd.Series:
    """Return the cost stack of a study's plant at a point, some parameters set by `terms`.

    A term `flake_usd_per_t` sets the price of flake; the others are fields of `Parameters`.
    """
    ranges = parameters_of(study, facts)
    price = terms.pop("flake_usd_per_t", None)
    own: dict[str, Any] = {**terms}
    p: Parameters = replace(ranges.central, **own)
    places = locate([latlon[0]], [latlon[1]])
    seen = freight_to_customers(demand, np.array([latlon]))
    here = conditions(facts["place_factors"], places, facts.as_of)
    inputs = inputs_at(study, facts, places, here, seen.feed_freight, seen.feedstock)
    if price is not None:
        inbound = inputs.feed[FLAKE][1] * (price > 0)  # what is not counted is not carried either
        inputs = replace(inputs, feed={**inputs.feed, FLAKE: (np.array([price]), inbound)})
    return cost.cost_stack(inputs, plant_of(study, facts, ranges), p).iloc[0]


def _checked(facts: Facts, demand: Demand, row: pd.Series) -> dict[str, Any]:
    study = Study(
        investor=row["builder"], product=row["product"], capacity_ktpa=row["capacity_ktpa"],
        as_of=facts.as_of,
    )  # fmt: skip
    terms: dict[str, float] = {"utilisation_pct": 100.0}
    if np.isfinite(row["flake_t_per_t"]):
        terms["flake_yield"] = 1.0 / row["flake_t_per_t"]
    if np.isfinite(row["flake_usd_per_t"]):
        terms["flake_usd_per_t"] = row["flake_usd_per_t"]
    stack = stack_at(facts, demand, study, _where(facts, row), **terms)
    parts = list(OPERATING) if row["kind"] == "opex" else [*OPERATING, "capital"]
    model = float(stack[parts].sum())
    return {
        "project_id": row["project_id"],
        "name": row["name"],
        "kind": row["kind"],
        "use": row["use"],
        "stated": float(row["usd"]),
        "model": model,
        "ratio": model / float(row["usd"]),
        **{part: float(stack[part]) for part in parts},
    }


def _where(facts: Facts, row: pd.Series) -> tuple[float, float]:
    """Return where a project stands; without a plant, the largest town of its region."""
    plants = facts["anode_plants"]
    here = plants[plants["id"].eq(row["plant_id"])]
    if here.empty:
        towns = layer("towns")
        towns = towns[towns["country"].eq(row["country"])]
        areas = located(towns)
        inside = areas["region"].eq(row["region"]).to_numpy() | (row["region"] == "")
        here = towns[inside].sort_values("population", ascending=False)
    return float(here["lat"].iloc[0]), float(here["lon"].iloc[0])
