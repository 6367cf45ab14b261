"""What the page needs to say what a tonne earns at another price outside China."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from maps.encoded import encoded


@dataclass(frozen=True)
class Prices:
    """Money of the places of a page, as far as a price moves it.

        parity_i = slope_i x Chinese price + base_i        customer i
        margin_j = sum_i share_ij max(price, parity_i) - delivered_j       place j

    Attributes
    ----------
    places : DataFrame (n)
        delivered (USD/t); drift and deviation of what is drawn of the cost, by which the margin
        gives the chance that a tonne pays.
    customers : DataFrame (m)
        slope, base (USD/t): the landed Chinese tonne at the gate.
    sales : DataFrame
        place (row), customer (row), share of the place's output; by place.
    constants : dict of float
        today (price outside China, USD/t); chinese (export price of the plan), chinese_day (that
        of the day or of the study), follows (whether another price outside holds it down);
        graphite and other: what is paid for a tonne is price x graphite + other; worst and best,
        anchors of the value of a margin.
    """

    places: pd.DataFrame
    customers: pd.DataFrame
    sales: pd.DataFrame
    constants: Mapping[str, float]


def payload(prices: Prices) -> dict[str, Any]:
    """Return what the page's script reads."""
    places, customers, sales = prices.places, prices.customers, prices.sales
    many = np.bincount(sales["place"], minlength=len(places))
    return {
        "delivered": encoded(places["delivered"], "<f8"),
        "drift": encoded(places["drift"], "<f4"),
        "deviation": encoded(places["deviation"], "<f4"),
        "slope": encoded(customers["slope"], "<f8"),
        "base": encoded(customers["base"], "<f8"),
        "many": encoded(many, "<u2"),
        "customer": encoded(sales["customer"], "<u2"),
        "share": encoded(sales["share"], "<f4"),
        "constants": dict(prices.constants),
    }
