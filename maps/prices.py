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
        served_j = sum_i open_i [parity_i >= delivered_ij]

    Attributes
    ----------
    places : DataFrame (n)
        delivered (USD/t); drift and deviation of what is drawn of the cost, by which the margin
        gives the chance that a tonne pays; served (kt/y), by the customers that no price on the
        slider takes away.
    customers : DataFrame (m)
        slope, base (USD/t): the landed Chinese tonne at the gate; open_kt: demand open to goods of
        this investor.
    sales : DataFrame
        place (row), customer (row), share of the place's output; by place.
    contested : DataFrame
        place (row), customer (row), delivered (USD/t at its gate, single precision): those that a
        price on the slider decides; by place.
    constants : dict of float
        today and least (price outside China, and the lowest of the slider, USD/t); chinese (export
        price of the plan), chinese_day (that of the day or of the study), follows (whether another
        price outside holds it down);
        graphite and other: what is paid for a tonne is price x graphite + other; worst and best,
        anchors of the value of a margin; served_worst and served_half of that of demand served.
    """

    places: pd.DataFrame
    customers: pd.DataFrame
    sales: pd.DataFrame
    contested: pd.DataFrame
    constants: Mapping[str, float]


def payload(prices: Prices) -> dict[str, Any]:
    """Return what the page's script reads."""
    places, customers, sales = prices.places, prices.customers, prices.sales
    contested = prices.contested
    many, few = (np.bincount(one["place"], minlength=len(places)) for one in (sales, contested))
    return {
        "delivered": encoded(places["delivered"], "<f8"),
        "drift": encoded(places["drift"], "<f4"),
        "deviation": encoded(places["deviation"], "<f4"),
        "slope": encoded(customers["slope"], "<f8"),
        "base": encoded(customers["base"], "<f8"),
        "many": encoded(many, "<u2"),
        "customer": encoded(sales["customer"], "<u2"),
        "share": encoded(sales["share"], "<f4"),
        "served": encoded(places["served"], "<f8"),
        "open": encoded(customers["open_kt"], "<f8"),
        "contested": {
            "many": encoded(few, "<u2"),
            "customer": encoded(contested["customer"], "<u2"),
            "delivered": encoded(contested["delivered"], "<f4"),
        },
        "constants": dict(prices.constants),
    }
