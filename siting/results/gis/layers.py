"""From a plan to the layers of a GIS: which features, with which columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.arrays import Shapes
from geodata.places import country_name
from geodata.sphere import geodesic_km
from maps import basemap_shapes
from siting.market.customers import coordinates
from siting.model import clusters
from siting.model.plan import Plan, advantages
from siting.results.columns import BARRED, SITE_FACTS, Column, as_written, known
from siting.results.customers import CUSTOMERS_SHOWN
from siting.results.shapes import great_circles, hulls
from siting.results.tables import Tables, plants_of, ranked_sites
from siting.support.text import distinct

CRS = "EPSG:4326"
SOURCED = ("coord_precision", "source", "as_of", "confidence")
ANODE_PLANTS = (
    "id", "name", "owner", "owner_hq_country", "country", "city", "product", "status",
    "capacity_ktpa_now", "capacity_ktpa_2030", "supply_kt", *SOURCED,
)  # fmt: skip
CAR_PLANTS = (
    "id", "name", "owner_group", "brand", "country", "city", "capacity_vehicles_per_year",
    "ev_output_status", "pull_m", *SOURCED,
)  # fmt: skip
GIGAFACTORIES = (
    "id", "name", "owner", "owner_hq_country", "country", "city", "status", "start_year",
    "chemistry", "capacity_gwh", "anode_kt", "unserved_kt", *SOURCED,
)  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """One layer of a GIS.

    Attributes
    ----------
    name : str
        Of the table.
    geometry : str
        "Point", "MultiLineString" or "MultiPolygon".
    description : str
        What a feature is, in a sentence.
    frame : GeoDataFrame
        EPSG:4326, in a fixed order.
    columns : mapping of Column
        What its columns hold, where it is not what `siting.results.columns` says.
    """

    name: str
    geometry: str
    description: str
    frame: gpd.GeoDataFrame
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def meanings(self) -> dict[str, Column]:
        """What is known of its columns."""
        own = {name: self.columns[name] for name in self.frame if name in self.columns}
        return known(self.frame.columns) | own


def layers(plan: Plan, tables: Tables) -> tuple[Layer, ...]:
    """Return every layer of a plan; the ranked list first, as a reader opens the first.

    Parameters
    ----------
    plan : Plan
    tables : Tables
    """
    demand, ranked = plan.demand, ranked_sites(plan, tables)
    centres = clusters.cluster_table(tables.plants, plan.demand_cluster)
    centres = centres.astype({"lat": float, "lon": float}).round({"lat": 6, "lon": 6})
    return (
        Layer("ranked_sites", "Point", "The ranked list: the site that stands for each zone",
              ranked_points(ranked)),
        Layer("gigafactories", "Point", "Battery plants known on the date",
              gigafactories(plan)),
        Layer("anode_plants", "Point", "Rival anode plants known on the date",
              _points(demand.rivals, ANODE_PLANTS)),
        Layer("automaker_plants", "Point", "Car plants known on the date",
              _points(demand.carmakers, CAR_PLANTS)),
        Layer("demand_clusters", "Point",
              "Gigafactories within a day's drive of each other, at the centre of their demand",
              _points(centres, list(centres.columns.drop(["lat", "lon"])))),
        Layer("barred_sites", "Point", "Places that a rule excludes; never compared",
              excluded(plan)),
        Layer("estates", "Point",
              "Named sites of the zones, by name: their order means nothing",
              _estates(tables.estates)),
        Layer("candidates", "Point", "Every place compared, likeliest first",
              candidates(plan)),
        Layer("freight_flows", "MultiLineString",
              "Each ranked site and the customers cheapest to reach from it: straight great-circle "
              "lines that say who is served, not the route of the freight",
              _flows(plan, ranked)),
        Layer("siting_zones", "MultiPolygon",
              "Zones, clusters of nearby sites: 10 km around their places",
              _zones(plan, ranked)),
        land(),
    )  # fmt: skip


def ranked_points(ranked: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the ranked list with its points; a user's column "geometry" is kept as "own_"."""
    named = ranked.set_axis(distinct(map(str, ranked), ["geometry"]), axis=1)
    return gpd.GeoDataFrame(named, geometry=_geometry(ranked), crs=CRS)


def _geometry(frame: pd.DataFrame) -> gpd.array.GeometryArray:
    return gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float), crs=CRS)


def _points(frame: pd.DataFrame, columns: Sequence[str]) -> gpd.GeoDataFrame:
    kept = as_written(frame[list(columns)].reset_index(drop=True))
    return gpd.GeoDataFrame(kept, geometry=_geometry(frame), crs=CRS)


def gigafactories(plan: Plan) -> gpd.GeoDataFrame:
    """Return the battery plants known on the date, with the anode that they need."""
    return _points(plants_of(plan), GIGAFACTORIES)


def excluded(plan: Plan) -> gpd.GeoDataFrame:
    """Return the places that a rule excludes, with the rule."""
    return _points(plan.barred, [name for name in BARRED if name not in ("lat", "lon")])


def candidates(plan: Plan) -> gpd.GeoDataFrame:
    """Return every place that was compared, likeliest first."""
    order = plan.order
    columns = plan.places.iloc[order].assign(
        place_rank=np.arange(1, len(order) + 1),
        chance=plan.chance[order],
        odds_vs_median=np.exp(advantages(plan).sum(axis=1).to_numpy()[order]),
        zone_rank=plan.zones.zone[order],
    )
    shown = ["site_id", "name", "kind", "country", "region", "place_rank", "chance",
             "odds_vs_median", "zone_rank"]  # fmt: skip
    return _points(columns, shown)


def _estates(estates: pd.DataFrame) -> gpd.GeoDataFrame:
    named = estates.rename(columns={"zone": "rank"})
    first = ["rank", "site_id", "name", "country", "km_away"]
    return _points(named, [*first, *(fact for fact in SITE_FACTS if fact in named)])


def _zones(plan: Plan, ranked: pd.DataFrame) -> gpd.GeoDataFrame:
    inside = plan.zones.zone > 0
    lat, lon = coordinates(plan.places[inside]).T
    shown = ["rank", "zone", "site_id", "name", "country", "share", "share_low", "share_high",
             "scouted", "p_first", "p_top10", "zone_places", "estates"]  # fmt: skip
    columns = ranked[[column for column in shown if column in ranked]]
    return gpd.GeoDataFrame(columns, geometry=hulls(lat, lon, plan.zones.zone[inside] - 1), crs=CRS)


def land() -> Layer:
    """Return the countries, to see where something is."""
    drawn = basemap_shapes.land()
    columns = {"country": drawn.codes, "name": [country_name(c) for c in drawn.codes]}
    frame = gpd.GeoDataFrame(columns, geometry=_polygons(drawn.areas), crs=CRS)
    what = "Countries, as the map draws them: nothing hangs on them"
    return Layer("land", "MultiPolygon", what, frame)


def _polygons(areas: Shapes) -> Shapes:
    """Return the areal parts of shapes as MultiPolygons."""
    parts, of = shapely.get_parts(areas, return_index=True)
    flat, inner = shapely.get_parts(parts, return_index=True)
    areal = shapely.get_dimensions(flat) == basemap_shapes.AREAL
    return np.asarray(shapely.multipolygons(flat[areal], indices=of[inner][areal]))


def _flows(plan: Plan, ranked: pd.DataFrame) -> gpd.GeoDataFrame:
    head, plants = plan.zones.head, plan.demand.plants
    kt = plants["anode_kt"].to_numpy(dtype=float)
    near = plan.measures.landed.customers(head, CUSTOMERS_SHOWN)
    row, to = np.repeat(np.arange(len(head)), near.shape[1]), near.ravel()
    start, end = coordinates(plan.places.iloc[head])[row], coordinates(plants)[to]
    sites, bought = ranked.iloc[row], plants.iloc[to]
    columns = {
        "rank": sites["rank"].to_numpy(),
        "site_id": sites["site_id"].to_numpy(),
        "name": sites["name"].to_numpy(),
        "order": np.tile(np.arange(1, near.shape[1] + 1), len(head)),
        "plant_id": bought["id"].to_numpy(),
        "plant": bought["name"].to_numpy(),
        "plant_country": bought["country"].to_numpy(),
        "anode_kt": kt[to],
        "freight_usd_per_t": plan.customers.freight[head[row], to],
        "duty_usd_per_t": plan.measures.landed.duty[head[row], to],
        "great_circle_km": geodesic_km(*start.T, *end.T),
    }
    written = as_written(pd.DataFrame(columns))
    return gpd.GeoDataFrame(written, geometry=great_circles(start, end), crs=CRS)
