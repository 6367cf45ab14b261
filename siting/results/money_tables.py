"""The money of a plan's sites: one table that list, page, workbook and brief read."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.model.plan import Plan
from siting.money.valuation import money_table


def money_at(plan: Plan, positions: NDArray[np.intp]) -> pd.DataFrame:
    """Return the money of candidates, see `siting.money.valuation.money_table` (positions)."""
    return money_table(
        plan.study,
        plan.facts,
        plan.places.iloc[positions].reset_index(drop=True),
        plan.measures.landed.take(positions),
        plan.customers.feed_freight[positions],
        plan.customers.feedstock,
    )
