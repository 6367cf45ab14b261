"""Which rows of the tables the figures of the listed zones are read from.

A figure is a number that the score or the money of a zone uses: the power price of its place, the
coke a tonne takes, the demand in its reach. Each is read from one row, or from several in known
shares; `siting.confidence.leverage` says how much of the answer a figure carries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.factors import factor_at, rows_read
from geodata.sphere import great_circle_km
from siting.freight.tariff import PARAMETERS
from siting.market import prices
from siting.market.compatriots import battery_works
from siting.model.plan import Plan
from siting.money.capex import HOME_OF_THE_CHEAPEST, WAGE
from siting.money.landed import parameters_of
from siting.money.production_credit import BASES
from siting.world import policy, pull
from siting.world.conditions import DAY_AHEAD, POWER, RISK, Conditions

Rows = NDArray[np.intp]

FACTORS = {
    "wage": WAGE,
    "gas": "natural_gas_usd_per_mmbtu",
    "risk": RISK,
    "carbon": "grid_carbon_g_per_kwh",
    "stability": "political_stability_wgi",
    "quality": "regulatory_quality_wgi",
    "logistics": "logistics_performance_index",
    "net_zero_year": "co2_net_zero_year",
}
KEYS = (
    "id",
    "site_id",
    "source_id",
    "instrument_id",
)  # keys of the tables read here
CERTAIN = 0.999  # a refusal beyond it bars a place, and its logarithm has no end


@dataclass(frozen=True)
class Read:
    """Rows of one table that a figure is read from, at n zones.

    Attributes
    ----------
    figure, table : str
    rows : ndarray of int (k,)
        Positions in the table.
    share : ndarray (n, k)
        Of the figure at each zone; sums to at most 1 over all reads of the figure.
    """

    figure: str
    table: str
    rows: Rows
    share: Floats


def reads(plan: Plan, places: pd.DataFrame, local: Conditions) -> Iterator[Read]:
    """Yield what each figure of the listed zones is read from.

    What has no row yields nothing: geometry, the absence of a law, a figure that the study sets.

    Parameters
    ----------
    plan : Plan
    places : DataFrame (n)
        What stands for each listed zone.
    local : Conditions
        Of those places.
    """
    yield from _factors(plan, places, local)
    yield from _parameters(plan, len(places))
    yield from _prices(plan, len(places))
    yield from _plants(plan, places)
    yield from _sources(plan)
    yield from _laws(plan, places)


def _factors(plan: Plan, places: pd.DataFrame, local: Conditions) -> Iterator[Read]:
    """Yield figures of a place; where a zone's spread moves the power price, half is the spread."""
    factors, as_of = plan.facts["place_factors"], plan.as_of
    for figure, factor in FACTORS.items():
        if factors["factor"].eq(factor).any():
            yield Read(figure, "place_factors", *rows_read(factors, factor, places, as_of))
    own = factor_at(factors, POWER, places, as_of)["level"].isin(["zone", "region"]).to_numpy()
    used = local.power["level"].eq("zone").to_numpy()
    half = np.where(used & ~own, 0.5, 0.0)[:, None]
    rows, share = rows_read(factors, POWER, places, as_of)
    yield Read("power", "place_factors", rows, share * (1.0 - half))
    if half.any():
        rows, share = rows_read(factors, DAY_AHEAD, places, as_of)
        yield Read("power", "place_factors", rows, share * half)


def _parameters(plan: Plan, n: int) -> Iterator[Read]:
    """Yield the recipe and the costs in use, what capital was fitted to, and the freight rates."""
    param = pd.Index(plan.facts["anode_economics"]["param_id"])
    fields = parameters_of(plan.study, plan.facts).rows
    for figure, row in fields.items():
        if row not in plan.study.parameters:
            yield _evenly(figure, "anode_economics", param.get_indexer([row]), n)
    yield _evenly("rates", "anode_economics", param.get_indexer(list(PARAMETERS)), n)
    projects = plan.facts["project_costs"]
    used = projects["kind"].eq("capex") & projects["use"].eq("calibrate")
    used &= projects["builder"].eq(HOME_OF_THE_CHEAPEST) == (
        plan.study.investor == HOME_OF_THE_CHEAPEST
    )
    yield _evenly("capex", "project_costs", np.flatnonzero(used), n)


def _prices(plan: Plan, n: int) -> Iterator[Read]:
    series = plan.facts["anode_prices"]
    study = plan.study
    product = plan.facts.product(study)
    for figure, name, own in (
        ("price_outside", product.outside_price, study.price_usd_per_t),
        ("price_chinese", product.chinese_price, study.chinese_price_usd_per_t),
    ):
        if own is None:
            row = prices.row_on(series, name, plan.as_of)
            yield _evenly(figure, "anode_prices", np.array([row.name], dtype=np.intp), n)


def _plants(plan: Plan, places: pd.DataFrame) -> Iterator[Read]:
    """Yield customers, carmakers, the nearest works of compatriots, and the estate itself."""
    head, seen, reach = plan.zones.head, plan.customers, plan.study.reach
    kt = seen.plants["anode_kt"].to_numpy(dtype=float)
    kin = kt * seen.plants["owner_hq_country"].eq(plan.study.investor).to_numpy()
    freight = seen.freight[head].astype(float)
    far, near = np.exp(-freight / reach.customers_usd_per_t), reach.compatriots_usd_per_t
    cells = _positions(plan, "gigafactories", seen.plants["id"])
    for figure, weight in {
        "sold": plan.measures.landed.sold[head].astype(float),
        "demand": far * kt,
        "unserved": far * seen.plants["unserved_kt"].to_numpy(dtype=float),
        "kin": np.exp(-freight / near) * kin,
    }.items():
        yield Read(figure, "gigafactories", cells, _shares(weight))
    cars = np.exp(-seen.car_freight[head].astype(float) / reach.carmakers_usd_per_t)
    pull = cars * seen.carmakers["pull_m"].to_numpy(dtype=float)
    rows = _positions(plan, "automaker_plants", seen.carmakers["id"])
    yield Read("cars", "automaker_plants", rows, _shares(pull))
    works = battery_works(plan.facts, plan.study.investor)
    sites, to = (frame[["lat", "lon"]].to_numpy(dtype=float) for frame in (places, works))
    km = great_circle_km(sites[:, :1], sites[:, 1:], to[:, 0], to[:, 1])
    nearest = np.zeros_like(km)
    if len(works):
        nearest[np.arange(len(km)), km.argmin(axis=1)] = 1.0
    for table, own in works.groupby("kind"):
        rows = _positions(plan, str(table), own["id"])
        yield Read("works", str(table), rows, nearest[:, own.index])
    rows = _positions(plan, "industrial_sites", places["site_id"])
    known = np.flatnonzero((rows >= 0) & places["kind"].eq("industrial site").to_numpy())
    yield Read("estate", "industrial_sites", rows[known], np.eye(len(places))[:, known])


def _sources(plan: Plan) -> Iterator[Read]:
    """Yield the source of each feedstock that is cheapest at the gate."""
    sources = plan.customers.feedstock
    gate = plan.customers.feed_freight[plan.zones.head].astype(float)
    gate = gate + sources["price_usd_per_t"].to_numpy(dtype=float)
    rows = _positions(plan, "feedstock_sources", sources["source_id"])
    for kind in dict.fromkeys(sources["feedstock"]):
        mine = np.flatnonzero(sources["feedstock"].eq(kind).to_numpy())
        best = np.eye(len(mine))[gate[:, mine].argmin(axis=1)]
        yield Read(f"feed_{kind}", "feedstock_sources", rows[mine], best)


def _laws(plan: Plan, places: pd.DataFrame) -> Iterator[Read]:
    """Yield the laws on entry, aid and duty, and those that pull demand."""
    facts, study = plan.facts, plan.study
    entry = policy.entry_rules(facts.laws, study.investor)
    refusal = entry["refusal_probability"].to_numpy(dtype=float)
    here = policy.coverage(entry, places) * -np.log1p(-np.minimum(refusal, CERTAIN))
    yield _of_laws(plan, "entry", entry, here)

    product = facts.product(study)
    helping = policy.usable(facts.laws, study.investor, product)
    yield _strongest(plan, "aid", helping, "capex_share", places)
    yield _strongest(plan, "aimed", policy.aimed(helping), "capex_share", places)
    paying = policy.usable(facts.scheduled, study.investor, product)
    paying = paying[paying["unit"].isin(list(BASES))]
    yield _strongest(plan, "credit", paying, "magnitude", places)

    duties = facts.laws[facts.laws["theme"].eq("anode_duty") & facts.laws["magnitude"].notna()]
    duties = duties[policy.applies_to_product(duties, product)]
    charged = policy.coverage(duties, plan.customers.plants) * duties["magnitude"].to_numpy(float)
    landed, head = plan.measures.landed, plan.zones.head
    paid = landed.sold[head].astype(float) * landed.duty[head]
    yield _of_laws(plan, "duty", duties, paid @ charged)
    for figure in pull.CRITERIA:
        laws = pull.laws_of(facts.enacted, figure)
        yield _of_laws(plan, figure, laws, policy.coverage(laws, places).astype(float))


def _strongest(
    plan: Plan, figure: str, laws: pd.DataFrame, amount: str, places: pd.DataFrame
) -> Read:
    """Return the law whose amount is largest at each zone, as `policy.strongest` takes it."""
    laws = laws[laws[amount].notna()]
    here = policy.coverage(laws, places) * laws[amount].to_numpy(dtype=float)
    return _of_laws(plan, figure, laws, here * (here == here.max(axis=1, initial=0.0)[:, None]))


def _of_laws(plan: Plan, figure: str, laws: pd.DataFrame, weight: Floats) -> Read:
    rows = _positions(plan, "policy_zones", laws["instrument_id"])
    return Read(figure, "policy_zones", rows, _shares(weight))


def _positions(plan: Plan, table: str, ids: pd.Series) -> Rows:
    """Return the positions of rows in a table, by its key."""
    frame = plan.facts[table]
    key = next(name for name in KEYS if name in frame)
    return np.asarray(pd.Index(frame[key]).get_indexer(pd.Index(ids)), dtype=np.intp)


def _evenly(figure: str, table: str, rows: Rows, n: int) -> Read:
    share = np.full((n, len(rows)), 1.0 / max(len(rows), 1))
    return Read(figure, table, np.asarray(rows, dtype=np.intp), share)


def _shares(weight: Floats) -> Floats:
    """Return weights as shares of their sum over the rows; 0 where there are none (n, k)."""
    whole = weight.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0))
