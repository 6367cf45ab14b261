"""How many places a page or a sheet holds at most; the lists and the layers hold every one."""

from __future__ import annotations

import pandas as pd

from geodata.language import tr
from siting.model.plan import Plan
from siting.model.zones import ESTATES

MOST_PLACES = 10_000  # a page of a hundred thousand takes 50 MB, a sheet of a million does not open


def fitting(places: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Return the first places that fit, of each group alike where `by` names its column."""
    if len(places) <= MOST_PLACES:
        return places
    if by is None:
        return places.head(MOST_PLACES)
    return places[places.groupby(by).cumcount() < max(1, MOST_PLACES // places[by].nunique())]


def sentence(plan: Plan) -> str:
    """Say where all of them are, where a page or a sheet cannot hold them; "" where it can."""
    named = int(plan.places["kind"].isin(ESTATES).sum())
    if max(named, len(plan.barred)) <= MOST_PLACES:
        return ""
    return tr(
        "Map and workbook hold {number} named and as many excluded places at most, and of more the "
        "map ranks a sample; every one is in ranked_sites.gpkg and barred_sites.csv.",
        number=format(MOST_PLACES, ","),
    )
