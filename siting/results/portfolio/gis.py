"""A portfolio as layers of a GIS: its plants, and a line to each customer and period."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from siting.market.customers import coordinates
from siting.results.gis.layers import CRS, Layer, land
from siting.results.portfolio.columns import COLUMNS
from siting.results.portfolio.page import flows_of
from siting.results.portfolio.tables import PortfolioTables
from siting.results.shapes import great_circles


def layers(tables: PortfolioTables, written: Mapping[str, pd.DataFrame]) -> tuple[Layer, ...]:
    """Return the plants, the flows and the land under them.

    Parameters
    ----------
    tables : PortfolioTables
    written : mapping of DataFrame
        The tables as files hold them.
    """
    plants, flows = written["plants"], written["flows"]
    points = gpd.points_from_xy(plants["lon"], plants["lat"], crs=CRS)
    return (
        Layer("plants", "Point", "A plant of the best portfolio",
              gpd.GeoDataFrame(plants, geometry=points, crs=CRS), COLUMNS["plants"]),
        Layer("flows", "MultiLineString",
              "What a plant sells to a customer in a period: straight great-circle lines that say "
              "who is served, not the route of the freight",
              _flows(tables, flows), {"plant": COLUMNS["plants"]["plant"], **COLUMNS["flows"]}),
        land(),
    )  # fmt: skip


def _flows(tables: PortfolioTables, flows: pd.DataFrame) -> gpd.GeoDataFrame:
    ends = flows_of(tables)
    site = tables.plants.set_index("site_id").loc[flows["site_id"]]
    lines = great_circles(coordinates(site), coordinates(ends))
    numbered = flows.copy()
    numbered.insert(0, "plant", ends["plant"].to_numpy())
    return gpd.GeoDataFrame(numbered, geometry=lines, crs=CRS)
