"""Bar pictures of the cost of a tonne: of one place, and of those who could serve a customer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from maps.print.bars import CostBar, draw_costs
from siting.money.sitecost import SHOWN, SiteCost, one_a_country
from siting.study.study import Study
from siting.study.terms import COST_PARTS


def draw_site(site: SiteCost, customers: pd.DataFrame, study: Study, path: Path) -> None:
    """Draw the cost at the gate and at the gates of customers, as SVG or PNG.

    Raises
    ------
    SitingError
        When the file is neither.
    """
    bars = [CostBar("At the gate", _parts(site.stack), site.low, site.high)]
    for row in one_a_country(customers).head(SHOWN - 1).to_dict("records"):
        transport = pd.Series({"freight": row["freight"], "duty": row["duty"]})
        bars.append(
            CostBar(
                f"{row['name']}, {row['country']}",
                _parts(pd.concat([site.stack, transport])),
                parity=float(row["parity"]),
                price=float(row["price"]),
            )
        )
    product = study.product.replace("_", "-")
    draw_costs(bars, path, title=f"What a tonne of {product} anode from {site.place.name} costs")


def draw_merit(rows: pd.DataFrame, gate: dict[str, Any], study: Study, path: Path) -> None:
    """Draw the sites from the cheapest to the dearest at a customer's gate, as SVG or PNG."""
    bars = [
        CostBar(
            f"{row['name']}, {row['country']}",
            (
                ("Cost at the gate", float(row["cost"]), "materials"),
                _part("freight", row["freight"]),
                _part("duty", row["duty"]),
            ),
            parity=float(gate["parity"]),
            price=float(gate["price"]),
        )
        for row in rows.to_dict("records")
    ]
    product = study.product.replace("_", "-")
    draw_costs(bars, path, title=f"Who can serve {gate['name']} with {product} anode")


def _parts(stack: pd.Series) -> tuple[tuple[str, float, str], ...]:
    return tuple(_part(str(part), usd) for part, usd in stack.items() if round(float(usd)) != 0)


def _part(part: str, usd: float) -> tuple[str, float, str]:
    of = COST_PARTS[part]
    return of.name, float(usd), of.group
