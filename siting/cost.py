"""Delivered cost of a tonne of synthetic or natural anode, by place and investor: a first form.

capex annuity + power + labour + feedstock with its own freight + other + freight to customers,
in constant 2025 USD a tonne. Ranges, gas, duties and the import price come with the landed-cost
model; this form serves the export strategy and the price gate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Capex by wage of the place (USD/h -> USD per t/y), by who builds: CX-BTR, CX-ZK, CX-PTL and
# CX-SSH for Chinese owners; CX-PFM, CX-VIA, CX-SYR, CX-NMG and CX-NVX for others.
WAGE_STEPS = (3.0, 9.0, 20.0, 40.0, 50.0)
CAPEX_STEPS = {
    "CN": (5_000.0, 6_000.0, 9_000.0, 14_000.0, 16_000.0),
    "other": (7_500.0, 9_000.0, 11_500.0, 16_000.0, 22_000.0),
}
LIFE_YEARS = 15
BASE_RATE = 0.10  # real cost of capital of a plant in a country without risk premium
HEADS_PER_KT = 11.0  # LB-BTR; LB-VIA 6.7 to LB-PTL 19
HOURS_PER_HEAD = 2_000.0
OTHER_USD_PER_T = 500.0  # packing, crucibles, maintenance (OXS-GRAPHI2, OXS-OTHER)
POWER_ROW = {"synthetic": "EL-TOT-SYN", "natural": "EL-TOT-NAT"}
PRICE_SPREAD = 600.0  # USD/t of margin that moves the odds of earning the cost by a factor e


@dataclass(frozen=True)
class Inputs:
    """What a place brings to the cost; arrays of shape (n,)."""

    power_usd_per_mwh: Floats
    wage_usd_per_h: Floats
    risk_premium: Floats
    aid_share: Floats
    feedstock_usd_per_t: Floats
    freight_usd_per_t: Floats


def annuity(rate: Floats, years: int = LIFE_YEARS) -> Floats:
    """Yearly payment per unit of capital: r / (1 - (1 + r)^-n)."""
    return np.asarray(rate / (1.0 - (1.0 + rate) ** -years))


def recipe(product: str, economics: pd.DataFrame) -> dict[str, float]:
    """Tonnes of each feedstock per tonne of anode (RM-COKE, RM-NEEDLE, YLD-SYR)."""
    central = economics.set_index("param_id")["central"]
    if product == "natural":
        return {"flake_concentrate": 1.0 / float(central["YLD-SYR"])}
    needle = float(central["RM-NEEDLE"])
    return {"needle_coke": needle, "petroleum_coke": float(central["RM-COKE"]) - needle}


def feedstock_at_gate(
    freight: NDArray[np.float32], sources: pd.DataFrame, tonnes: dict[str, float]
) -> Floats:
    """Feedstock at the gate, USD per tonne of anode: each from its cheapest source (n,).

    Parameters
    ----------
    freight : ndarray (n, s)
        USD a tonne from each source.
    sources : DataFrame (s)
        feedstock, price_usd_per_t.
    tonnes : dict of float
        Tonnes of each feedstock per tonne of anode.
    """
    landed = freight + sources["price_usd_per_t"].to_numpy(dtype=float)
    kinds = sources["feedstock"].to_numpy()
    return np.asarray(
        sum(share * landed[:, kinds == kind].min(axis=1) for kind, share in tonnes.items()),
        dtype=float,
    )


def cost_stack(
    inputs: Inputs, investor: str, product: str, economics: pd.DataFrame
) -> pd.DataFrame:
    """Cost of a delivered tonne by its parts (USD/t).

    Returns
    -------
    DataFrame (n, parts)
        capital (after aid), power, labour, feedstock, other, freight; the row sum is the
        delivered cost.
    """
    steps = CAPEX_STEPS.get(investor, CAPEX_STEPS["other"])
    capex = np.interp(inputs.wage_usd_per_h, WAGE_STEPS, steps) * (1.0 - inputs.aid_share)
    mwh_per_t = float(economics.set_index("param_id")["central"][POWER_ROW[product]])
    return pd.DataFrame(
        {
            "capital": capex * annuity(BASE_RATE + inputs.risk_premium),
            "power": mwh_per_t * inputs.power_usd_per_mwh,
            "labour": HEADS_PER_KT * HOURS_PER_HEAD / 1000.0 * inputs.wage_usd_per_h,
            "feedstock": inputs.feedstock_usd_per_t,
            "other": np.full(len(capex), OTHER_USD_PER_T),
            "freight": inputs.freight_usd_per_t,
        }
    )


def viability(delivered_cost: Floats, price_usd_per_t: float) -> Floats:
    """Chance that a tonne earns its cost at the price of the day: logistic of the margin (n,)."""
    return np.asarray(1.0 / (1.0 + np.exp((delivered_cost - price_usd_per_t) / PRICE_SPREAD)))
