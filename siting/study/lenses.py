"""Lenses: named sets of weights over all criteria, each with the reasoning that it stands for.

The default is what holds on plants that nobody had looked at (docs/method.md): seven things, each
with weight 1. The others are views that somebody holds; none of them was fitted to plants.
"""

from __future__ import annotations

from dataclasses import dataclass

from siting.study.criteria import CRITERIA, PILLARS

Tree = dict[str, tuple[float, dict[str, float]]]


@dataclass(frozen=True)
class Lens:
    """One way to look at places.

    Attributes
    ----------
    name, short : str
        As shown to a reader.
    reasoning : str
        What the weights stand for, with the plants or papers that speak for them.
    weights : dict
        Criterion -> weight; a criterion left out weighs nothing.
    """

    name: str
    short: str
    reasoning: str
    weights: dict[str, float]

    @property
    def tree(self) -> Tree:
        """Pillar -> (weight, criterion -> weight) over all criteria; every pillar weighs 1."""
        return {
            pillar: (
                1.0,
                {
                    key: self.weights.get(key, 0.0)
                    for key, criterion in CRITERIA.items()
                    if criterion.pillar == pillar
                },
            )
            for pillar in PILLARS
        }


LENSES: dict[str, Lens] = {
    "evidence": Lens(
        "Evidence",
        "evidence",
        "What parts announced plants from all other places, on plants not used to choose it: ties, "
        "power, cost, governance, market, compatriots and the chance of entry, equally "
        "(Dawes 1979).",
        {
            "tie": 1.0, "compatriots": 1.0, "unserved_demand": 0.75, "automaker_pull": 0.25,
            "delivered_cost": 1.0, "power_price": 1.0, "openness": 1.0, "governance": 1.0,
        },
    ),
    "premium_local": Lens(
        "Premium and local",
        "premium",
        "Cheap clean power in a stable country near customers who pay for it: the reasons of "
        "Shanshan for Vaasa and of Putailai for Sundsvall (2023; CX-SSH-FI, CX-PTL-SE).",
        {
            "accessible_demand": 1.5, "unserved_demand": 0.75, "automaker_pull": 0.5,
            "power_price": 2.0, "grid_carbon": 1.0, "fleet_standard": 0.25, "net_zero_year": 0.25,
            "targeted_aid": 0.5, "governance": 1.0, "openness": 1.0,
        },
    ),
    "low_cost_export": Lens(
        "Low-cost export",
        "export",
        "The cheapest tonne at the customers' gates, duty paid, and a port: BTR at Kendal and "
        "Tangier, Shangtai in Kedah, Zhongke at Sohar (CX-BTR-ID, CX-ZK-OM).",
        {
            "delivered_cost": 3.0, "port_km": 1.0, "governance": 1.0, "compatriots": 1.0,
            "openness": 1.0,
        },
    ),
    "onshoring": Lens(
        "Onshoring",
        "onshoring",
        "At home or with allies, carried by law: Syrah at Vidalia, Novonix at Chattanooga, POSCO "
        "at Pohang (US-45X-EAM, KR-NST-CREDIT).",
        {
            "tie": 1.0, "home_affinity": 2.0, "unserved_demand": 0.75, "automaker_pull": 0.25,
            "targeted_aid": 1.0, "import_duty": 0.5, "origin_rule": 0.5, "investment_wave": 0.5,
            "power_price": 1.0, "governance": 0.5, "openness": 1.0,
        },
    ),
    "article_2023": Lens(
        "The view of November 2023",
        "article",
        "The reasons that SMM gave on 28 November 2023, each once, one with two measures half and "
        "half: supply abroad too small, the rest imported, carmakers near, cell makers near and "
        "Chinese ones among them, sales growing, a fleet standard, subsidies to cars and to works, "
        "early climate targets, the wave of the IRA and its exclusions; and the chance of entry.",
        {
            "unserved_demand": 1.0, "import_dependence": 1.0, "automaker_pull": 1.0,
            "accessible_demand": 0.5, "compatriot_cells": 0.5, "market_growth": 1.0,
            "fleet_standard": 1.0, "purchase_support": 0.5, "targeted_aid": 0.5,
            "net_zero_year": 1.0, "investment_wave": 1.0, "origin_rule": 1.0, "openness": 1.0,
        },
    ),
}  # fmt: skip
DEFAULT = "evidence"
