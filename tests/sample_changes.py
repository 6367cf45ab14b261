"""What `test_relations.py` changes of a question's list, layers and customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from sample_question import PLACES, Question, layer

Change = Callable[[Question], Question]


# ---- changes of the list -------------------------------------------------------------------------


def listing(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Change:
    return lambda q: replace(q, places=change(q.places))


def semicolons(rows: pd.DataFrame, stem: Path) -> Path:
    path = stem.with_suffix(".csv")
    text = rows.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")
    path.write_bytes(f"\ufeffsep=;\r\n{text}".encode())
    return path


def in_metres(rows: pd.DataFrame, stem: Path) -> Path:
    """Write points or areas as a GeoPackage in the metres of the World Mercator projection."""
    if not isinstance(rows, gpd.GeoDataFrame):
        points = gpd.points_from_xy(rows["lon"], rows["lat"], crs=4326)
        rows = gpd.GeoDataFrame(rows[["site_id", "name"]], geometry=points)
    path = stem.with_suffix(".gpkg")
    pyogrio.write_dataframe(rows.to_crs(3395), path)
    return path


def with_columns_of_ours(places: pd.DataFrame) -> pd.DataFrame:
    noise = np.random.default_rng(3).random(len(places)).round(3)
    names = ("score", "rank", "utility", "weight", "power_price", "openness", "zone", "kind")
    return places.assign(**dict.fromkeys(names, noise))[[*names, *places.columns]]


def renamed_ids() -> list[str]:
    return [f"z{99 - at}" for at in range(len(PLACES))]


def renamed(places: pd.DataFrame) -> pd.DataFrame:
    return places.assign(site_id=renamed_ids(), name=[f"=<b>{n}</b>" for n in places["name"]])


def twice(places: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([places, places.assign(site_id="t-" + places["site_id"])])


def joined(places: pd.DataFrame) -> pd.DataFrame:
    """Add places far from everything, and one beside the first."""
    far = [("x1", "Perth", -31.95, 115.86), ("x2", "Punta Arenas", -53.16, -70.91),
           ("x3", "Luanda", -8.84, 13.23), ("x4", "Beside", 62.40, 17.32)]  # fmt: skip
    return pd.concat([places, pd.DataFrame(far, columns=places.columns)])


# ---- changes of layers ---------------------------------------------------------------------------


def redrawn(change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> Change:
    return lambda q: replace(q, layers=tuple((change(f), km) for f, km in q.layers))


def each(change: Callable[[shapely.Geometry], shapely.Geometry]) -> Change:
    return redrawn(lambda features: layer(*map(change, features.geometry)))


def in_pieces(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut every area along a grid of six degrees."""
    x, y = np.meshgrid(np.arange(-180, 210, 6), np.arange(-48, 72, 6))
    cells = shapely.box(x, y, x + 6, y + 6).ravel()
    cut = shapely.intersection(np.array(features.geometry)[:, None], cells)
    return layer(*(piece for piece in cut.ravel() if piece.area > 0))


def cut_at_180(shape: shapely.Geometry) -> shapely.Geometry:
    west = shapely.intersection(shape, shapely.box(-180, -90, 180, 90))
    east = shapely.intersection(shape, shapely.box(180, -90, 540, 90))
    return shapely.union_all([west, shapely.transform(east, lambda at: at - (360, 0))])


def turned_rings(shape: shapely.Polygon) -> shapely.Polygon:
    """Begin every ring at another corner, and run it the other way."""

    def turn(line: shapely.LinearRing) -> np.ndarray:
        return np.roll(shapely.get_coordinates(line)[:-1], 2, axis=0)[::-1]

    return shapely.Polygon(turn(shape.exterior), [turn(hole) for hole in shape.interiors])


def apart(question: Question) -> Question:
    """Put each feature into a file of its own, the last one first."""
    (features, km), *_ = question.layers
    return replace(question, layers=tuple((layer(s), km) for s in reversed(features.geometry)))


def elsewhere(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Exclude the world but for what was excluded."""
    areas = shapely.union_all([cut_at_180(shape) for shape in features.geometry])
    return layer(shapely.difference(shapely.box(-180, -90, 180, 90), areas))


def solid(shape: shapely.Geometry) -> shapely.Geometry:
    """Give every corner a height, and the area a place in a collection."""
    return shapely.GeometryCollection([shapely.force_3d(shape, 120.5), shapely.Point(0, -60)])


# ---- changes of the customers --------------------------------------------------------------------


def plants(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Change:
    name = "gigafactories"
    return lambda q: replace(q, tables={**q.tables, name: change(q.tables[name])})


CAPACITY = ["capacity_gwh_now", "capacity_gwh_2027", "capacity_gwh_2030", "former_plan_gwh"]


def shuffled(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sample(frac=1, random_state=4)[list(reversed(rows.columns))]


def in_halves(rows: pd.DataFrame) -> pd.DataFrame:
    halves = rows.assign(**{name: rows[name] / 2 for name in CAPACITY})
    return pd.concat([halves, halves.assign(id=halves["id"] + "-b")])


def by_day(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the first day of what is dated by year or month, under another name of the plant."""
    days = {name: rows[name].map(lambda text: f"{text}-01-01"[: 10 if text else 0]
                                 if len(text) < 7 else f"{text}-01"[:10])
            for name in ("announced_date", "status_date")}  # fmt: skip
    return rows.assign(**days, name=rows["name"] + " (renamed)", id="n-" + rows["id"])


def doubled(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(**{name: 2 * rows[name] for name in CAPACITY})


def one_more(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([rows, rows.iloc[:1].assign(id="another", city="Kotka", country="FI",
                                                 lat=60.47, lon=26.95)])  # fmt: skip
