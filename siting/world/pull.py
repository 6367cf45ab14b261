"""The laws that pull demand: which of them make which criterion."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.world import policy

PER_VEHICLE = "usd_per_veh"  # how the unit of a purchase support begins
# criterion -> the rows that make it
_OF: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "fleet_standard": lambda laws: laws["theme"].isin(policy.DEMAND_LAWS),
    "purchase_support": lambda laws: (
        laws["theme"].eq("purchase_support") & laws["unit"].str.startswith(PER_VEHICLE)
    ),
    "investment_wave": lambda laws: laws["theme"].eq("investment_wave"),
    "origin_rule": lambda laws: laws["theme"].isin(policy.ORIGIN_LAWS),
}
CRITERIA = tuple(_OF)
AT_PLACES = tuple(name for name in _OF if name != "origin_rule")  # that one is read at customers


def weighing(enacted: pd.DataFrame) -> pd.DataFrame:
    """Return the instruments that count; some only explain."""
    return enacted[enacted["role"].ne("explain")]


def laws_of(enacted: pd.DataFrame, criterion: str) -> pd.DataFrame:
    """Return the instruments that make one of `CRITERIA`."""
    laws = weighing(enacted)
    return laws[_OF[criterion](laws)]


def strength(enacted: pd.DataFrame, criterion: str, places: pd.DataFrame) -> NDArray[np.float64]:
    """Return the raw value of one of `AT_PLACES` at places (n,).

    Whether there is a standard, or the largest magnitude of those in force.
    """
    laws = laws_of(enacted, criterion)
    if criterion == "fleet_standard":
        return policy.present(laws, places)
    return policy.strongest(laws, "magnitude", places)
