"""What a plant at a place is worth after tax and over its life.

The assembly of `siting.money.cashflow` from a study and its facts: cost by its parts, credits by
year, tax with its holidays and the floor of Pillar Two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.factors import factor_at
from siting.money import cashflow, cost
from siting.money.cashflow import YEARS, Project
from siting.money.cost import Plant
from siting.money.landed import Landed, inputs_at, parameters_of, plant_of
from siting.study.finance import STARTING, Terms, terms
from siting.study.parameters import Parameters
from siting.study.study import Study
from siting.support.blocks import Matrix
from siting.world import policy
from siting.world.conditions import conditions
from siting.world.facts import Facts

TAX = "corporate_tax_pct"
IN_A_ZONE = "any plant in a zone"
FREE_ZONE = "free_zone"
TOP_UP, INCLUSION = "pct_domestic_top_up", "pct_income_inclusion"
VARIABLE = (
    "power", "gas", "feedstock", "feedstock_freight", "consumables", "silicon", "carbon",
)  # fmt: skip
KT_TO_MUSD = 1e3  # kt/y x USD per t/y over million USD


def money_table(
    study: Study,
    facts: Facts,
    places: pd.DataFrame,
    money: Landed,
    feed_freight: Matrix,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Return the money of places: one definition of each figure for every output.

    Parameters
    ----------
    study : Study
    facts : Facts
    places : DataFrame (n)
        Candidates with country, region, zone and, of an estate, `site_type`.
    money : Landed
        Of the same places.
    feed_freight, sources
        As `siting.money.landed.inputs_at` takes them.

    Returns
    -------
    DataFrame (n)
        In USD a tonne: gate, low, high (cost at the gate with its range), freight, duty, delivered,
        parity (the landed Chinese tonne), price, margin (price less delivered), pays_from (price
        of the day from which it is 0) and pays_after_tax_from (mean price at its customers at which
        the net present value is 0). Then pays (chance that the margin is above 0), npv_musd
        (million USD), irr_pct (NaN where money is never back), tax_pct (rate after the relief of
        the first year) and carbon_t_per_t (CO2e of the power).
    """
    local = conditions(facts["place_factors"], places, facts.as_of)
    inputs = inputs_at(study, facts, places, local, feed_freight, sources)
    project, lasting = project_of(study, facts, places, money, inputs), terms_of(study, facts)
    flows, outcome = cashflow.cash_flows(project, lasting), money.outcome()
    whole = pd.DataFrame({"gate": money.cost, "low": money.low, "high": money.high})
    return whole.join(outcome).assign(
        pays_from=money.pays_from(),
        pays=cost.chance_it_pays(outcome["margin"].to_numpy(dtype=float), money.swings),
        npv_musd=cashflow.npv(flows, project.rate) * study.capacity_ktpa / KT_TO_MUSD,
        irr_pct=100.0 * cashflow.irr(flows),
        pays_after_tax_from=cashflow.price_after_tax(project, lasting),
        tax_pct=100.0 * project.tax_rate * (1.0 - project.relief[:, 0]),
        carbon_t_per_t=cost.carbon_t_per_t(inputs, parameters_of(study, facts).central),
    )


def terms_of(study: Study, facts: Facts) -> Terms:
    """Return the terms of the study; without a ramp-up a plant sells all from its first day."""
    read = terms(facts["anode_economics"], facts.product(study), study.parameters)
    if study.finance.ramp_up:
        return read
    at_once = replace(read, **dict.fromkeys(STARTING, 100.0))
    return replace(at_once, qualification_months=read.reference_months)


def project_of(
    study: Study, facts: Facts, places: pd.DataFrame, money: Landed, inputs: cost.Inputs
) -> Project:
    """Return what places bring to the cash flow; see `money_table`."""
    ranges = parameters_of(study, facts)
    p, outcome = ranges.central, money.outcome()
    project = Project(
        **costs_of(money.stack, plant_of(study, facts, ranges), inputs, p),
        aid_share=inputs.aid_share,
        price=outcome["price"].to_numpy(dtype=float),
        delivery=(outcome["freight"] + outcome["duty"]).to_numpy(dtype=float),
        output=p.utilisation_pct / 100.0,
        rate=p.rate_pct / 100.0 + inputs.risk_premium,
        tax_rate=factor_at(facts["place_factors"], TAX, places, facts.as_of)["value"].to_numpy()
        / 100.0,
        # a ceiling of regional aid contains both aid and holiday: there, aid alone is counted
        relief=tax_relief(study, facts, places)
        * ~(_ceiling(facts, places) & (inputs.aid_share > 0))[:, None],
        minimum_tax=minimum_tax(study, facts, places),
    )
    if study.finance.tax:
        return project
    untaxed = np.zeros(len(places))
    return replace(project, tax_rate=untaxed, minimum_tax=0.0 * project.minimum_tax)


def costs_of(
    stack: pd.DataFrame, plant: Plant, inputs: cost.Inputs, p: Parameters
) -> dict[str, Any]:
    """Return the costs of a `Project` that depend on its size: each of its fields by name (n,)."""
    output, pay = p.utilisation_pct / 100.0, stack["labour"].to_numpy()
    graphite = 1.0 - p.silicon_pct / 100.0
    upkeep = stack[["maintenance", "hazard"]].to_numpy().sum(axis=1)
    return {
        "capex": graphite * cost.capital_cost(inputs, plant, p),
        "variable": stack[list(VARIABLE)].to_numpy().sum(axis=1),
        "fixed": output * pay + output * upkeep,
        "pay": output * pay,
        "credit": cost.credit_by_year(inputs, plant, p),
    }


def tax_relief(study: Study, facts: Facts, places: pd.DataFrame) -> Floats:
    """Return the share of income tax that the best holiday waives in each year (n, YEARS).

    What only a zone grants counts at estates that are one.
    """
    laws = policy.usable(facts.laws, study.investor, facts.product(study))
    laws = laws[laws["tax_relief"].ne("")]
    if laws.empty:
        return np.zeros((len(places), YEARS))
    schedules = np.array([schedule(str(text)) for text in laws["tax_relief"]])
    here = policy.coverage(laws, places)
    zone = np.zeros(len(places), dtype=bool)
    if "site_type" in places:
        zone = places["site_type"].eq(FREE_ZONE).to_numpy(dtype=bool)
    here &= zone[:, None] | laws["applies_to_product"].ne(IN_A_ZONE).to_numpy()
    worth = here * schedules.sum(axis=1)
    return np.asarray(schedules[worth.argmax(axis=1)] * worth.any(axis=1)[:, None])


def _ceiling(facts: Facts, places: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether state aid has a ceiling at each place: in the European Union (n,)."""
    members = policy.valid(facts["country_groups"], facts.as_of)
    union = members.loc[members["group"].eq("EU"), "country"]
    return places["country"].isin(list(union)).to_numpy(dtype=bool)


def schedule(text: str) -> Floats:
    """Return the share waived in each year of production of "5:100;2:50" (YEARS,)."""
    waived = np.zeros(YEARS)
    first = 0
    for step in text.split(";"):
        years, per_cent = (int(part) for part in step.split(":"))
        waived[first : first + years] = per_cent / 100.0
        first += years
    return waived


def minimum_tax(study: Study, facts: Facts, places: pd.DataFrame) -> Floats:
    """Return the floor of the tax in each year (n, YEARS), of the host or of the owner's home."""
    rows = facts.enacted[facts.enacted["theme"].eq("minimum_tax")]
    host = rows[rows["unit"].eq(TOP_UP)]
    floor = policy.strongest(host, "magnitude", places) / 100.0
    home = rows[rows["unit"].eq(INCLUSION) & rows["applies_to_owner_hq"].ne("")]
    home = home[policy.applies_to_owner(home, study.investor)]
    least = float(home["magnitude"].max()) / 100.0 if len(home) else 0.0
    return np.repeat(np.maximum(floor, least)[:, None], YEARS, axis=1)
