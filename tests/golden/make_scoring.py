"""Write the golden vectors of the score: `python tests/golden/make_scoring.py`.

Each case holds values and weights with the utility U and the chance P that follow, worked out here
in decimals of fifty digits and by no code of the planner. Python, page and workbook are each held
to them.
"""

from __future__ import annotations

import json
import math
import random
from decimal import Decimal, getcontext
from pathlib import Path
from typing import Any

ODDS = 3.6
FILE = Path(__file__).with_name("scoring.json")
EVIDENCE = {
    "tie": 1.0, "compatriots": 1.0, "unserved_demand": 0.75, "automaker_pull": 0.25,
    "delivered_cost": 1.0, "power_price": 1.0, "openness": 1.0, "governance": 1.0,
}  # fmt: skip
FLOOR = math.log(0.02)  # of the chance of entry


def case(
    name: str, values: dict[str, list[float]], weights: dict[str, float], odds: float = ODDS
) -> dict[str, Any]:
    """Return a case with its utility and chance."""
    places = range(len(next(iter(values.values()))))
    exact = [
        sum((Decimal(w) * Decimal(values[key][i]) for key, w in weights.items()), Decimal(0))
        for i in places
    ]
    terms = [(Decimal(odds) * (one - max(exact))).exp() for one in exact]
    return {
        "name": name,
        "values": values,
        "weights": weights,
        "odds": odds,
        "utility": [float(one) for one in exact],
        "chance": [float(term / sum(terms)) for term in terms],
    }


def cases() -> list[dict[str, Any]]:
    """Return all cases."""
    dice = random.Random(2026)  # noqa: S311 - invented places
    drawn = {
        "tie": lambda: float(dice.random() < 0.2),
        "compatriots": lambda: 1 / (1 + dice.expovariate(0.01) / 50),
        "delivered_cost": lambda: dice.gauss(0.4, 0.6),
        "openness": lambda: dice.choice([0.0, FLOOR, math.log(dice.uniform(0.02, 1))]),
        "governance": dice.random,
    }
    many = {key: [drawn.get(key, dice.random)() for _ in range(40)] for key in EVIDENCE}
    uneven = {key: round(dice.uniform(0.01, 2), 6) for key in EVIDENCE}
    whole = sum(uneven.values())
    return [
        case("a single place", {"tie": [1.0], "power_price": [0.25]},
             {"tie": 3.5, "power_price": 3.5}),
        case("two places alike", {"tie": [0.3, 0.3, 0.0], "power_price": [0.1, 0.1, 0.9]},
             {"tie": 2.0, "power_price": 5.0}),
        case("values below 0 and above 1", {"delivered_cost": [-0.8, 0.0, 0.5, 1.6, -2.25]},
             {"delivered_cost": 7.0}),
        case("the least chance of entry", {"openness": [0.0, FLOOR, math.log(0.5), FLOOR],
                                            "governance": [0.1, 1.0, 0.4, 0.0]},
             {"openness": 3.0, "governance": 4.0}),
        case("a criterion that weighs nothing", {"tie": [1.0, 0.0, 1.0], "rail_km": [0.2, 0.9, 0.4],
                                                  "power_price": [0.7, 0.6, 0.5]},
             {"tie": 3.0, "rail_km": 0.0, "power_price": 4.0}),
        case("far apart", {"delivered_cost": [12.0, -40.0, 11.999999]}, {"delivered_cost": 7.0}),
        case("forty places, equal weights", many, EVIDENCE),
        case("forty places, uneven weights", many,
             {key: 7 * weight / whole for key, weight in uneven.items()}),
    ]  # fmt: skip


if __name__ == "__main__":
    getcontext().prec = 50
    text = json.dumps({"cases": cases()}, indent=1) + "\n"
    FILE.write_text(text, encoding="utf-8", newline="\n")
