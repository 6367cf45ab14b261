"""Cost of a tonne of anode at the gate, by place, investor and product (constant 2025 USD).

    cost = capital + power + gas + labour + feedstock + its freight + consumables + maintenance
           + hazard + silicon + carbon - aid - credit

docs/landed_cost.md holds the formulas with their sources and what was calibrated on what.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from geodata.arrays import Floats
from siting.money.capex import CapexModel, capex
from siting.money.production_credit import YEARS, levelised
from siting.study.parameters import Parameters, Ranges
from siting.study.terms import AT_THE_GATE
from siting.support.blocks import Matrix

WORK = ("power", "gas", "labour", "consumables", "maintenance")
GRAMS_PER_TONNE, KWH_PER_MWH = 1e6, 1e3


@dataclass(frozen=True)
class Inputs:
    """What n places bring to the cost.

    Attributes
    ----------
    country : ndarray of str (n,)
        ISO2.
    power_usd_per_mwh, gas_usd_per_mmbtu, wage_usd_per_h, carbon_g_per_kwh : ndarray (n,)
    power_deviation, wage_deviation : ndarray (n,)
        Standard deviation of the price of power and of the wage, by how well they are known.
    hazard : ndarray (n,)
        Loss to earthquake, cyclone and flood over that of the mean country (share of capital a
        year).
    risk_premium : ndarray (n,)
        Country risk, added to the cost of capital (share a year).
    aid_share : ndarray (n,)
        Capital aid as a share of capex.
    feed : dict
        Feedstock -> (price, inbound freight) at the source that is cheapest at the gate, USD a
        tonne of feedstock, each (n,).
    credit : dict
        Cost ("production", "processing") -> share of it paid in each year (n, years).
    """

    country: NDArray[np.object_]
    power_usd_per_mwh: Floats
    gas_usd_per_mmbtu: Floats
    wage_usd_per_h: Floats
    carbon_g_per_kwh: Floats
    power_deviation: Floats
    wage_deviation: Floats
    hazard: Floats
    risk_premium: Floats
    aid_share: Floats
    feed: dict[str, tuple[Floats, Floats]]
    credit: dict[str, Floats]


@dataclass(frozen=True)
class Plant:
    """What is built: the same at every place.

    Attributes
    ----------
    builder : str
        Home of the investor (ISO2).
    capacity_ktpa : float
    capex : CapexModel
    carbon_usd_per_t : float
        Price set on a tonne of CO2e of the grid's power.
    """

    builder: str
    capacity_ktpa: float
    capex: CapexModel
    carbon_usd_per_t: float = 0.0


@dataclass(frozen=True)
class Swings:
    """What is not known for sure moves the cost at the gate by (USD/t).

    Attributes
    ----------
    low, high : dict of ndarray (n,)
        Change of the cost at each end of each parameter, the others central.
    power, wage : ndarray (n,)
        What one standard deviation of the price of power, of the wage, costs.
    """

    low: dict[str, Floats]
    high: dict[str, Floats]
    power: Floats
    wage: Floats

    def take(self, rows: NDArray[np.intp]) -> Swings:
        """Return those of some of the places."""
        low, high = ({n: one[rows] for n, one in of.items()} for of in (self.low, self.high))
        return Swings(low, high, self.power[rows], self.wage[rows])

    @property
    def moves(self) -> pd.DataFrame:
        """Cost at the high end of each parameter less that at its low end (n, parameters)."""
        return pd.DataFrame({name: self.high[name] - self.low[name] for name in self.low})

    @property
    def ends(self) -> tuple[Floats, Floats]:
        """How far the range of the cost lies below and above it (n,), both from zero up.

        The moves are taken as independent and added in quadrature (GUM, JCGM 100:2008, 5.1.2).
        """
        below, above = np.zeros(len(self.power)), np.zeros(len(self.power))
        for name, low in self.low.items():
            below += np.minimum(np.minimum(low, self.high[name]), 0.0) ** 2
            above += np.maximum(np.maximum(low, self.high[name]), 0.0) ** 2
        return np.sqrt(below), np.sqrt(above)

    @property
    def drift(self) -> Floats:
        """Mean of the drawn change: ranges lean to one side (n,).

        A parameter is triangular over its range: it leans to either end by 1/6 on average.
        """
        return np.asarray(sum(self._lean.values(), np.zeros(len(self.power))))

    @property
    def deviation(self) -> Floats:
        """Standard deviation of the drawn change (n,): the variances add up.

        The mean square of a triangular draw is 1/12 on either side.
        """
        lean = self._lean
        variance = self.power**2 + self.wage**2
        for name, low in self.low.items():
            variance += (low**2 + self.high[name] ** 2) / 12.0 - lean[name] ** 2
        return np.sqrt(variance)

    @property
    def _lean(self) -> dict[str, Floats]:
        return {name: (low + self.high[name]) / 6.0 for name, low in self.low.items()}


def annuity(rate: Floats, years: float) -> Floats:
    """Yearly payment per unit of capital: r / (1 - (1 + r)^-n)."""
    return np.asarray(rate / (1.0 - (1.0 + rate) ** -years))


def cheapest_feed(freight: Matrix, sources: pd.DataFrame) -> dict[str, tuple[Floats, Floats]]:
    """Return price and inbound freight of each feedstock at its cheapest source at the gate.

    Parameters
    ----------
    freight : ndarray (n, s)
        USD a tonne from each source.
    sources : DataFrame (s)
        feedstock, price_usd_per_t.
    """
    price, kinds = sources["price_usd_per_t"].to_numpy(dtype=float), sources["feedstock"]
    cheapest = {}
    for kind in dict.fromkeys(kinds):
        mine = np.flatnonzero(kinds.eq(kind).to_numpy())
        usd = freight[:, mine].astype(float)
        best = (usd + price[mine]).argmin(axis=1)
        cheapest[str(kind)] = (price[mine][best], np.take_along_axis(usd, best[:, None], 1)[:, 0])
    return cheapest


def carbon_t_per_t(inputs: Inputs, p: Parameters) -> Floats:
    """CO2e of the power that a tonne takes (t/t, n)."""
    graphite = 1.0 - p.silicon_pct / 100.0
    grid_t_per_mwh = KWH_PER_MWH * inputs.carbon_g_per_kwh / GRAMS_PER_TONNE
    return graphite * (p.power_mwh_per_t * grid_t_per_mwh)


def capital_cost(inputs: Inputs, plant: Plant, p: Parameters) -> Floats:
    """Capital cost before aid, USD per t/y of capacity (n,)."""
    return p.capex_band * capex(
        plant.capex,
        inputs.wage_usd_per_h,
        inputs.country,
        plant.builder,
        plant.capacity_ktpa,
        elasticity=p.scale_elasticity,
        in_china=p.chinese_capex_usd_per_tpa,
    )


def cost_stack(inputs: Inputs, plant: Plant, p: Parameters) -> pd.DataFrame:
    """Cost of a tonne at the gate by its parts (USD/t).

    Returns
    -------
    DataFrame (n, siting.study.terms.AT_THE_GATE)
        Aid and credit are negative; the row sum is the cost.
    """
    return pd.DataFrame(_parts(inputs, plant, p), columns=list(AT_THE_GATE))


def at_gate(inputs: Inputs, plant: Plant, p: Parameters) -> Floats:
    """Cost of a tonne at the gate (USD/t, n): the row sums of `cost_stack`, to the last bit."""
    parts = _parts(inputs, plant, p)
    return functools.reduce(np.add, (parts[name] for name in AT_THE_GATE))


def _parts(inputs: Inputs, plant: Plant, p: Parameters) -> dict[str, Floats]:
    parts, written_off, rate = _made(inputs, plant, p)
    parts["credit"] = 0.0 - _credit(inputs.credit, parts, written_off, rate)
    return parts


def _made(inputs: Inputs, plant: Plant, p: Parameters) -> tuple[dict[str, Floats], Floats, Floats]:
    """Return the parts but the credit, what is written off a tonne, and the cost of capital."""
    n = len(inputs.country)
    output = p.utilisation_pct / 100.0
    graphite = 1.0 - p.silicon_pct / 100.0
    rate = p.rate_pct / 100.0 + inputs.risk_premium
    invested = capital_cost(inputs, plant, p) / output
    capital = invested * annuity(rate, p.life_years)
    bought, carried = np.full(n, p.at_gate_usd_per_t), np.zeros(n)
    for kind, tonnes in p.feedstock_t_per_t.items():
        bought += tonnes * inputs.feed[kind][0]
        carried += tonnes * inputs.feed[kind][1]
    parts: dict[str, Floats] = {
        "capital": graphite * capital,
        "power": graphite * p.power_mwh_per_t * inputs.power_usd_per_mwh,
        "gas": graphite * p.gas_mmbtu_per_t * inputs.gas_usd_per_mmbtu,
        "labour": graphite * p.hours_per_t / output * inputs.wage_usd_per_h,
        "feedstock": graphite * bought,
        "feedstock_freight": graphite * carried,
        "consumables": np.full(n, graphite * p.consumables_usd_per_t),
        "maintenance": graphite * p.maintenance_pct / 100.0 * invested,
        "hazard": graphite * p.hazard_ratio * p.hazard_load * inputs.hazard * invested,
        "silicon": np.full(n, (1.0 - graphite) * p.silicon_usd_per_t),
        "carbon": carbon_t_per_t(inputs, p) * plant.carbon_usd_per_t,
        "aid": 0.0 - graphite * capital * inputs.aid_share,
    }
    return parts, graphite * invested * (1.0 - inputs.aid_share) / p.life_years, rate


def _credit(
    shares: dict[str, Floats], parts: dict[str, Floats], written_off: Floats, rate: Floats
) -> Floats:
    """Production credit in USD a tonne, the best where two laws would pay (n,)."""
    bases = _bases(parts, written_off)
    best = np.zeros(len(rate))
    for base, share in shares.items():
        paid = share.any(axis=1)  # few places have one
        worth = levelised(share[paid], rate[paid]) * bases[base][paid]
        best[paid] = np.maximum(best[paid], worth)
    return best


def _bases(parts: dict[str, Floats], written_off: Floats) -> dict[str, Floats]:
    """Return the cost of a tonne that each kind of credit is a share of (n,)."""
    bought = parts["feedstock"] + parts["feedstock_freight"] + parts["silicon"]
    work = np.sum([parts[k] for k in WORK], axis=0)
    return {"production": work + bought + written_off, "processing": work + written_off}


def credit_by_year(inputs: Inputs, plant: Plant, p: Parameters) -> Floats:
    """Production credit of a tonne in each year, of the law that is worth more (USD/t, (n, years)).

    Levelised, it is the credit of `cost_stack`.
    """
    parts, written_off, rate = _made(inputs, plant, p)
    best, worth = np.zeros((len(rate), YEARS)), np.zeros(len(rate))
    for base, share in inputs.credit.items():
        paid = share * _bases(parts, written_off)[base][:, None]
        value = levelised(paid, rate)
        better = value > worth
        best[better], worth[better] = paid[better], value[better]
    return best


def swings(inputs: Inputs, plant: Plant, ranges: Ranges) -> Swings:
    """Return what each parameter, set to its ends alone, and power and wages move the cost by."""
    central = at_gate(inputs, plant, ranges.central)
    low, high = {}, {}
    for name, below, above in ranges.swings():
        low[name] = at_gate(inputs, plant, below) - central
        high[name] = at_gate(inputs, plant, above) - central
    p = ranges.central
    graphite = 1.0 - p.silicon_pct / 100.0
    hours = p.hours_per_t / (p.utilisation_pct / 100.0)
    return Swings(
        low,
        high,
        graphite * p.power_mwh_per_t * inputs.power_deviation,
        graphite * hours * inputs.wage_deviation,
    )


def chance_it_pays(margin: Floats, swings: Swings) -> Floats:
    """Chance that a tonne earns its cost at the price of the day, over what is drawn (n,).

    The drawn cost is a sum of some twenty independent terms, so its distribution is close to
    normal (central limit theorem); `siting.confidence.uncertainty` draws the same terms.

    Parameters
    ----------
    margin : ndarray (n,)
        Price less delivered cost (USD/t).
    swings : Swings
    """
    return np.asarray(ndtr((margin - swings.drift) / swings.deviation))
