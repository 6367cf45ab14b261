"""Terms of a project over time: building, ramp-up, yield, tax; each a row of `anode_economics`.

A study sets the central value of any of them under `parameters`, as of the parameters of the cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geodata.errors import Fault, raise_if
from siting.study.product import Product

ROWS = {
    "build_months": "PL-TIME",
    "spend_1_pct": "PL-SPEND-1",
    "spend_2_pct": "PL-SPEND-2",
    "spend_3_pct": "PL-SPEND-3",
    "ramp_1_pct": "RAMP-1",
    "ramp_2_pct": "RAMP-2",
    "ramp_3_pct": "RAMP-3",
    "start_yield_1_pct": "YLD-START-1",
    "start_yield_2_pct": "YLD-START-2",
    "working_capital_pct": "FIN-WC",
    "carve_out_assets_pct": "TAX-CARVE-ASSET",
    "carve_out_pay_pct": "TAX-CARVE-PAY",
}
# What nothing depends on without a ramp-up, and without tax.
STARTING = (
    "ramp_1_pct", "ramp_2_pct", "ramp_3_pct", "start_yield_1_pct", "start_yield_2_pct",
    "qualification_months",
)  # fmt: skip
TAXED = ("carve_out_assets_pct", "carve_out_pay_pct")
# What a study may set a term to.
BOUNDS: dict[str, tuple[float, float]] = {
    "build_months": (1.0, 120.0),
    **dict.fromkeys(("spend_1_pct", "spend_2_pct", "spend_3_pct"), (0.01, 100.0)),
    **dict.fromkeys(("ramp_1_pct", "ramp_2_pct", "ramp_3_pct"), (0.0, 100.0)),
    **dict.fromkeys(("start_yield_1_pct", "start_yield_2_pct"), (0.0, 100.0)),
    "working_capital_pct": (0.0, 100.0),
    "carve_out_assets_pct": (0.0, 100.0),
    "carve_out_pay_pct": (0.0, 100.0),
    "qualification_months": (1.0, 240.0),
}
# The ramp of the table is that of synthetic graphite at its central qualification.
REFERENCE = "QUAL-SYN"


@dataclass(frozen=True)
class Terms:
    """One setting of every term; a per cent is of what its row says.

    Attributes
    ----------
    qualification_months, reference_months : float
        Of the product, and of the product that the ramp was read for: a longer qualification
        stretches the ramp in proportion.
    """

    build_months: float
    spend_1_pct: float
    spend_2_pct: float
    spend_3_pct: float
    ramp_1_pct: float
    ramp_2_pct: float
    ramp_3_pct: float
    start_yield_1_pct: float
    start_yield_2_pct: float
    working_capital_pct: float
    carve_out_assets_pct: float
    carve_out_pay_pct: float
    qualification_months: float
    reference_months: float


def own_rows(product: Product) -> dict[str, str]:
    """Return the field -> `param_id` map of the terms that a study may set."""
    return {**ROWS, "qualification_months": product.qualification}


def rows_of(product: Product) -> dict[str, str]:
    """Return the field -> `param_id` map of the terms of a product."""
    return {**own_rows(product), "reference_months": REFERENCE}


def terms(
    economics: pd.DataFrame, product: Product, own: Mapping[str, float] | None = None
) -> Terms:
    """Read the terms of a product.

    Parameters
    ----------
    economics : DataFrame
        The `anode_economics` table.
    product : Product
    own : mapping of float, optional
        `param_id` -> value that replaces the central one.

    Raises
    ------
    SitingError
        When a row is missing.
    """
    wanted, table = rows_of(product), economics.set_index("param_id")["central"]
    raise_if(
        [
            Fault("anode_economics", "a parameter is missing", "put the row back", value=row)
            for row in wanted.values()
            if row not in table.index
        ]
    )
    stated = {field: float(table[row]) for field, row in wanted.items()}
    chosen = {field: float((own or {}).get(row, stated[field])) for field, row in wanted.items()}
    # the ramp stays that of the table when a study sets the qualification of its own product
    return Terms(**{**chosen, "reference_months": stated["reference_months"]})
