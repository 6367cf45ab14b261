"""The three strategies of anode makers abroad, each a two-level weight tree.

No single ranking explains where plants went; three do (docs/method.md). The weights are theory,
equal within about a factor of two, and were not fitted to plants. A study may turn each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

Tree = dict[str, tuple[float, dict[str, float]]]


@dataclass(frozen=True)
class Strategy:
    """One way to go abroad.

    Attributes
    ----------
    name, short, reasoning : str
        As shown to a reader; the reasoning names who followed it.
    tree : dict
        Pillar -> (weight, criterion -> weight); only ratios matter.
    premium_usd_per_t : float
        What its customers pay over the price of the day for near, clean or allied supply.
    carried : bool
        Whether home and allied law carries it: the nearer to home a place is, the less it must
        earn its keep at the price of the day.
    """

    name: str
    short: str
    reasoning: str
    tree: Tree
    premium_usd_per_t: float = 0.0
    carried: bool = False


STRATEGIES: dict[str, Strategy] = {
    "premium_local": Strategy(
        "Premium and local",
        "premium",
        "Cheap clean power in a stable country near customers who pay for it: Vaasa, Sundsvall.",
        {
            "market": (
                0.35,
                {"accessible_demand": 0.50, "unserved_demand": 0.30, "automaker_pull": 0.20},
            ),
            "energy": (0.40, {"power_price": 0.75, "grid_carbon": 0.25}),
            "policy": (
                0.10,
                {
                    "fleet_standard": 0.25,
                    "net_zero_year": 0.25,
                    "purchase_support": 0.20,
                    "targeted_aid": 0.30,
                },
            ),
            "ground": (
                0.15,
                {"governance": 0.60, "logistics": 0.10, "rail_km": 0.10, "workforce": 0.20},
            ),
        },
        premium_usd_per_t=300.0,  # a tenth of the price band outside China (PX-XCN), judgement
    ),
    "low_cost_export": Strategy(
        "Low-cost export",
        "export",
        "The cheapest tonne at the customers' gates, duty paid, and a port: "
        "Kendal, Kedah, Sohar, Tangier.",
        {
            "market": (0.10, {"compatriot_cells": 1.0}),
            "cost": (0.60, {"delivered_cost": 1.0}),
            "ground": (0.30, {"port_km": 0.42, "governance": 0.42, "workforce": 0.16}),
        },
    ),
    "onshoring": Strategy(
        "Onshoring",
        "onshoring",
        "At home or with allies, carried by law: Vidalia, Chattanooga, Pohang.",
        {
            "market": (0.15, {"accessible_demand": 0.60, "unserved_demand": 0.40}),
            "policy": (
                0.65,
                {
                    "home_affinity": 0.60,
                    "targeted_aid": 0.20,
                    "import_duty": 0.06,
                    "origin_rule": 0.07,
                    "investment_wave": 0.07,
                },
            ),
            "energy": (0.13, {"power_price": 1.0}),
            "ground": (0.07, {"governance": 0.60, "rail_km": 0.15, "workforce": 0.25}),
        },
        carried=True,
    ),
}

# Electricity of a tonne over that of box-furnace synthetic graphite (EL-* and EL-AUX of
# anode_economics). The trees are weighed for the latter; the swing of the power price in money,
# and with it the weight of energy, goes with the electricity (Keeney and Raiffa 1976, ch. 3).
POWER_OVER_BOX = {
    "acheson": 16 / 12, "box": 1.0, "lengthwise": 13 / 12, "continuous": 10 / 12, "natural": 9 / 12,
}  # fmt: skip


def even_prior() -> dict[str, float]:
    """Return how likely an investor is to follow each strategy when nothing is known; sums to 1.

    The same for every home: what home means stands in the criterion `home_affinity`. Shares by
    home were read off plants once, and did not hold for owners who went abroad (docs/backtest.md).
    """
    return dict.fromkeys(STRATEGIES, 1 / len(STRATEGIES))
