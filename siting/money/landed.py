"""What a tonne costs at every customer's gate, and what the Chinese tonne costs there (USD/t).

    delivered_ij = cost_j + freight_ij + duty_ij          site j, customer i
    parity_i     = Chinese export price + freight_i + duty_i
    price_i      = max(price of the day, parity_i)        what the customer pays
    margin_ij    = price_i - delivered_ij

A site sells to the demand that rivals leave, where freight and duty are least first, until its
output is placed: so what a tonne costs delivered, and with it the order of places, does not depend
on the price of the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.errors import raise_if
from geodata.geometry import layer
from siting.market import market, prices
from siting.market.customers import Customers, Demand, coordinates
from siting.money import capex, cost, production_credit, trade
from siting.money.cost import Swings
from siting.study.known import price_faults
from siting.study.parameters import Ranges, ranges
from siting.study.study import Study
from siting.support.blocks import Far, Matrix
from siting.world import policy
from siting.world.conditions import Conditions
from siting.world.facts import Facts

Costs = NDArray[np.float32]

CENT = 0.01  # USD/t: two prices that differ by less are one
# Where Chinese anode leaves: the harbours of Tianjin, Qingdao, Shanghai, Ningbo and Shenzhen.
EXPORT_PORTS = ("CNTSN", "CNTAO", "CNSHA", "CNNGB", "CNYTN")


@dataclass(frozen=True)
class Landed:
    """Cost, price and margin of n sites at m customers.

    Attributes
    ----------
    stack : DataFrame (n, siting.study.terms.AT_THE_GATE)
        Parts of the cost at the gate; aid and credit negative.
    swing : callable
        Works out what is not known for sure of the cost, see `cost.swings`.
    aimed_aid : ndarray (n,)
        Aid and credit of laws that aim at the product (USD/t).
    freight, duty : ndarray (n, m)
        USD a tonne from each site to each customer.
    gates : DataFrame (m)
        Of each customer: chinese_price, chinese_freight, chinese_duty, duty_rate (on Chinese
        goods, share), parity, price, open_share (of its demand to goods of this investor).
    sold : ndarray (n, m)
        Share of a site's output that goes to each customer; rows sum to 1.
    kt, open_kt : ndarray (m,)
        Demand of each customer; what of it this investor may sell to, see `market.open_demand`.
    again : callable, optional
        Works out the money of some of the sites, where the matrices of all are not kept.
    """

    stack: pd.DataFrame
    swing: Callable[[], Swings]
    aimed_aid: Floats
    freight: Matrix
    duty: Matrix
    gates: pd.DataFrame
    sold: Matrix
    kt: Floats
    open_kt: Floats
    again: Callable[[NDArray[np.intp]], Landed] | None = None

    def take(self, rows: NDArray[np.intp]) -> Landed:
        """Return the money of some of the sites."""
        if self.again is not None:
            return self.again(rows)
        return replace(
            self,
            stack=self.stack.iloc[rows].reset_index(drop=True),
            swing=lambda: self.swings.take(rows),
            aimed_aid=self.aimed_aid[rows],
            freight=self.freight[rows],
            duty=self.duty[rows],
            sold=self.sold[rows],
        )

    @cached_property
    def cost(self) -> Floats:
        """Cost at the gate (n,)."""
        return np.asarray(self.stack.to_numpy().sum(axis=1))

    @cached_property
    def swings(self) -> Swings:
        """Worked out when it is asked for: few who want the cost want its range too."""
        return self.swing()

    @property
    def low(self) -> Floats:
        """Low end of the cost at the gate (n,)."""
        return self.cost - self.swings.ends[0]

    @property
    def high(self) -> Floats:
        """High end of the cost at the gate (n,)."""
        return self.cost + self.swings.ends[1]

    def delivered(self) -> Costs:
        """Cost at each customer's gate (n, m)."""
        return np.asarray(self.cost.astype(np.float32)[:, None] + self.freight[:] + self.duty[:])

    def margin(self) -> Costs:
        """Price that each customer pays less the delivered cost (n, m)."""
        return np.asarray(self.gates["price"].to_numpy(dtype=np.float32) - self.delivered())

    def margin_at(self, position: int) -> Floats:
        """Price that each customer pays less the cost delivered from one site (m,)."""
        delivered = self.cost[position] + self.freight[position] + self.duty[position]
        return np.asarray(self.gates["price"].to_numpy(dtype=float) - delivered)

    def customers(self, rows: NDArray[np.intp], most: int) -> NDArray[np.intp]:
        """Return the customers of some sites in the order in which they are served (rows, most)."""
        return market.nearest_customers(self.freight[rows] + self.duty[rows], self.open_kt, most)

    def mean(self, of: NDArray[np.floating] | Far) -> Floats:
        """Mean over the customers that take the output; of (n, m) or (m,), returns (n,)."""
        means = np.empty(len(self.sold))
        for rows in market.blocks(len(means)):
            part = of[rows] if len(of.shape) > 1 else of[:]
            means[rows] = (self.sold[rows] * part).sum(axis=1)
        return means

    def served_kt(self) -> Floats:
        """Demand that each site can serve below the landed Chinese tonne (n,)."""
        open_kt = self.kt * self.gates["open_share"].to_numpy(dtype=float)
        parity, gate = self.gates["parity"].to_numpy(dtype=np.float32), self.cost.astype(np.float32)
        served = np.empty(len(gate))
        for rows in market.blocks(len(gate)):
            delivered = gate[rows, None] + self.freight[rows] + self.duty[rows]
            served[rows] = (parity - delivered >= 0) @ open_kt
        return served

    def outcome(self) -> pd.DataFrame:
        """Money of each site over the customers that take its output.

        Returns
        -------
        DataFrame (n)
            freight, duty, delivered, parity (the landed Chinese tonne), price, margin (price less
            delivered), all in USD a tonne.
        """
        freight, duty = self.mean(self.freight), self.mean(self.duty)
        parity, price = (
            self.mean(self.gates[k].to_numpy(dtype=float)) for k in ("parity", "price")
        )
        delivered = self.cost + freight + duty
        return pd.DataFrame(
            {
                "freight": freight,
                "duty": duty,
                "delivered": delivered,
                "parity": parity,
                "price": price,
                "margin": price - delivered,
            }
        )

    def pays_from(self) -> Floats:
        """Price of the day outside China from which a tonne earns its cost (USD/t, n).

        The root p of  sum_i sold_i max(p, parity_i) = delivered, by Newton's method: the left side
        is convex and piecewise linear in p, so the steps from above end at the root after a few.
        It is 0 where the landed Chinese tonne alone pays, whatever the price of the day.
        """
        parity = self.gates["parity"].to_numpy(dtype=np.float32)
        price = self.cost + self.mean(self.freight) + self.mean(self.duty)
        delivered = price.copy()
        for rows in market.blocks(len(price)):
            sold = self.sold[rows]
            while True:
                below = parity < price[rows, None]
                paid = (sold * np.where(below, price[rows, None], parity)).sum(axis=1)
                share = (sold * below).sum(axis=1)
                excess = paid - delivered[rows]
                step = np.divide(excess, share, out=price[rows].copy(), where=share > 0)
                step[excess <= CENT] = 0.0
                price[rows] = np.maximum(price[rows] - step, 0.0)
                if (step <= CENT).all():
                    break
        return price


def parameters_of(study: Study, facts: Facts) -> Ranges:
    """Return the study's parameters with their ranges."""
    product = facts.product(study)
    return ranges(facts["anode_economics"], product, study.furnace, study.parameters)


def plant_of(study: Study, facts: Facts, p: Ranges) -> cost.Plant:
    """Return the plant that the study builds."""
    model = capex.fit(facts["project_costs"], facts["place_factors"], p.central.scale_elasticity)
    return cost.Plant(study.investor, study.capacity_ktpa, model, study.carbon_price_usd_per_t)


def inputs_at(
    study: Study, facts: Facts, places: pd.DataFrame, local: Conditions, feed_freight: Matrix,
    sources: pd.DataFrame, decided: dt.date | None = None,
) -> cost.Inputs:  # fmt: skip
    """Return what places bring to the cost of this study's plant, decided on the date of the facts.

    `decided` is a later day of the decision, for credits that end or are phased out.
    """
    helping = policy.usable(facts.scheduled, study.investor, facts.product(study))
    helping = helping[~helping["instrument_id"].isin(policy.struck(facts.laws, study.investor))]
    return cost.Inputs(
        country=places["country"].to_numpy(dtype=object),
        power_usd_per_mwh=local.values("power"),
        power_deviation=local.deviation("power"),
        wage_deviation=local.deviation("wage"),
        gas_usd_per_mmbtu=local.values("gas"),
        wage_usd_per_h=local.values("wage"),
        carbon_g_per_kwh=local.values("carbon"),
        hazard=local.values("hazard"),
        risk_premium=local.values("risk") / 100.0,
        aid_share=policy.capital_aid(facts.laws, places, study.investor, facts.product(study)),
        feed=cost.cheapest_feed(feed_freight, sources),
        credit=production_credit.credit_shares(helping, places, decided or facts.as_of),
    )


def landed(
    study: Study,
    facts: Facts,
    places: pd.DataFrame,
    local: Conditions,
    customers: Customers,
    demand: Demand,
) -> Landed:
    """Work out cost, parity and margin of places at all customers.

    Parameters
    ----------
    study : Study
    facts : Facts
    places : DataFrame (n)
        Columns country, region, zone.
    local : Conditions
        Of those places.
    customers : Customers
        Freight from each place.
    demand : Demand
        For the freight from China to the same customers.
    """
    p = parameters_of(study, facts)
    plant = plant_of(study, facts, p)
    inputs = inputs_at(study, facts, places, local, customers.feed_freight, customers.feedstock)
    stack = cost.cost_stack(inputs, plant, p.central)
    product = facts.product(study)
    own = policy.capital_aid(policy.aimed(facts.laws), places, study.investor, product)
    aimed = stack["capital"].to_numpy() * own - stack["credit"].to_numpy()

    gate = gates(study, facts, customers.plants, demand, p.central.silicon_pct,
                 p.central.silicon_usd_per_t)  # fmt: skip
    origin, origins = pd.factorize(places["country"])
    rates = _rates(study, facts, _words(origins), customers.plants["country"])
    value = stack.to_numpy().sum(axis=1).astype(np.float32)
    buyers = customers.plants["country"].to_numpy(dtype=object)
    kt, left = (customers.plants[k].to_numpy(dtype=float) for k in ("anode_kt", "unserved_kt"))
    open_kt = market.open_demand(left, kt, gate["open_share"].to_numpy(dtype=float))
    duty, sold = (np.empty(customers.freight.shape, dtype=np.float32) for _ in range(2))
    for rows in market.blocks(len(places)):
        freight = customers.freight[rows]
        duty[rows] = trade.duty_base(value[rows, None], freight, buyers)
        duty[rows] *= rates[origin[rows]]
        sold[rows] = market.outlets(-freight - duty[rows], open_kt, study.capacity_ktpa)
    swing = partial(cost.swings, inputs, plant, p)
    return Landed(stack, swing, aimed, customers.freight, duty, gate, sold, kt, open_kt)


def _rates(study: Study, facts: Facts, origins: list[str], buyer: pd.Series) -> Costs:
    """Return the duty on goods of each origin at each customer (share of value, (o, m))."""
    m, markets = pd.factorize(buyer)
    rates = trade.duty_rates(
        facts.laws, facts["country_groups"], facts["trade_access"], facts.product(study),
        origins, _words(markets), facts.as_of,
    )  # fmt: skip
    return np.asarray(rates.to_numpy(dtype=np.float32)[:, m])


def _words(cells: pd.Index) -> list[str]:
    """Return text as a plain list: text of pandas is slow to walk through."""
    return [str(cell) for cell in np.asarray(cells, dtype=object)]


def gates(
    study: Study, facts: Facts, plants: pd.DataFrame, demand: Demand,
    silicon_pct: float = 0.0, silicon_usd_per_t: float = 0.0,
) -> pd.DataFrame:  # fmt: skip
    """Return what the Chinese tonne costs and what is paid at each customer's gate (m)."""
    times, more = blend(silicon_pct, silicon_usd_per_t)
    chinese, outside = (price * times + more for price in prices_of(study, facts))
    ports = layer("ports")
    ports = ports[ports["locode"].isin(EXPORT_PORTS)]
    columns = demand.columns["gigafactories"]
    freight = demand.field.at(coordinates(ports), columns).min(axis=0).astype(float)
    rate = _rates(study, facts, [trade.CHINA], plants["country"])[0].astype(float)
    buyers = plants["country"].to_numpy(dtype=object)
    duty = rate * trade.duty_base(np.array([chinese]), freight, buyers)
    parity = chinese + freight + duty
    return pd.DataFrame(
        {
            "chinese_price": np.full(len(parity), chinese),
            "chinese_freight": freight,
            "chinese_duty": duty,
            "duty_rate": rate,
            "parity": parity,
            "price": np.maximum(outside, parity),
            "open_share": policy.open_share(facts.laws, plants, study.investor),
        }
    )


def of_graphite(study: Study, facts: Facts) -> tuple[float, float]:
    """Return by what a price of graphite is multiplied, and what is added, for the product's own.

    A tonne of a blend holds less graphite and the silicon instead (share, USD/t).
    """
    p = parameters_of(study, facts).central
    return blend(p.silicon_pct, p.silicon_usd_per_t)


def blend(silicon_pct: float, silicon_usd_per_t: float) -> tuple[float, float]:
    """Return the share of graphite in a tonne of product, and what its silicon costs (USD/t)."""
    return 1.0 - silicon_pct / 100.0, silicon_usd_per_t * silicon_pct / 100.0


def prices_of(study: Study, facts: Facts) -> tuple[float, float]:
    """Return the Chinese export price and the price outside China on the date (USD/t).

    A study that sets only the price outside China holds the export price at most at it.

    Raises
    ------
    SitingError
        When a price is not known of the product and the study sets none.
    """
    product = facts.product(study)
    outside, chinese = study.price_usd_per_t, study.chinese_price_usd_per_t
    raise_if(price_faults(study, product))
    series = facts["anode_prices"]
    outside = outside or prices.on(series, product.outside_price, facts.as_of)
    if not chinese:
        chinese = prices.on(series, product.chinese_price, facts.as_of)
        chinese = min(chinese, outside) if study.price_usd_per_t else chinese
    return chinese, outside
