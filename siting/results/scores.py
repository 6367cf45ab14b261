"""A user's list of places with what a study says of each: one row a place, in their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.model.plan import Plan, advantages, weighed
from siting.results.columns import as_written, column_of
from siting.results.export import inert, write_csv
from siting.results.gis import write
from siting.results.gis.layers import CRS, Layer
from siting.results.sites import pillar_odds
from siting.results.text import accounts
from siting.study.criteria import CRITERIA
from siting.support.text import distinct
from siting.world.candidates import COLUMNS, WHY, own_places

SHEET = "scores"


def scored(plan: Plan, points: pd.DataFrame) -> pd.DataFrame:
    """Return what a plan says of each place of the user's list.

    Parameters
    ----------
    plan : Plan
    points : DataFrame
        The list as `geodata.userfiles.read_points` gives it.

    Returns
    -------
    DataFrame
        One row a place, in the order of the list: place_rank, score (U, of which differences
        count), chance, odds against the median place in all and by pillar, raw criteria, money;
        rule_id, rule and admitted_if where a rule excludes it, and then nothing of the above; and
        every column of the list.

    Raises
    ------
    RuntimeError
        When a place is lost: a fault of the planner.
    """
    accounts.own_list(plan)
    results = pd.concat([_compared(plan), plan.barred.set_index("site_id")[list(WHY)]])
    results[list(WHY)] = results[list(WHY)].fillna("")
    own = own_places(points)
    named = [column for column in COLUMNS if column != "kind"]
    further = [str(column) for column in own if column not in COLUMNS]
    results = results.reindex(own["site_id"]).reset_index(drop=True)
    last = own[further].set_axis(distinct(further, [*named, *map(str, results)]), axis=1)
    return pd.concat([own[named], results, last], axis=1)


def _compared(plan: Plan) -> pd.DataFrame:
    """Return the results of the places that may be built on, by site_id."""
    criteria, ahead, measures = weighed(plan), advantages(plan), plan.measures
    pillars = pillar_odds(plan)[list(dict.fromkeys(CRITERIA[c].pillar for c in criteria))]
    everywhere = np.arange(len(plan.places))  # of a long list money is worked out when asked for
    columns: dict[str, object] = {
        "place_rank": pd.array(plan.rank, dtype="Int64"),
        "score": plan.utility,
        "chance": plan.chance,
        "percentile": plan.percentile,
        "odds_vs_median": np.exp(ahead.sum(axis=1).to_numpy()),
        **{f"odds_{key}": np.exp(pillars[key].to_numpy()) for key in pillars},
        **{column_of(c): measures.raw[c].to_numpy(dtype=float) for c in criteria},
        "margin_usd_per_t": measures.outcome["margin"].to_numpy(dtype=float),
        "pays_from_usd_per_t": measures.pays_from[everywhere],
        "chance_it_pays": measures.pays[everywhere],
    }
    index = pd.Index(plan.places["site_id"], name="site_id")
    return as_written(pd.DataFrame(columns, index=index))


def csv_text(rows: pd.DataFrame) -> str:
    """Return the rows as CSV whose text no spreadsheet takes for a formula."""
    return rows.map(inert).rename(columns=inert).to_csv(index=False, lineterminator="\n")


def _with_points(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    named = rows.set_axis(distinct(map(str, rows), ["geometry"]), axis=1)
    points = gpd.points_from_xy(rows["lon"].astype(float), rows["lat"].astype(float), crs=CRS)
    return gpd.GeoDataFrame(named, geometry=points, crs=CRS)


def _write_geopackage(rows: pd.DataFrame, path: Path) -> None:
    words = "The places of a list with what a study says of each"
    layer = Layer("candidates", "Point", words, _with_points(rows))
    write.write_geopackage([layer], path)


def _write_workbook(rows: pd.DataFrame, path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        rows.to_excel(book, sheet_name=SHEET, index=False, freeze_panes=(1, 2))


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": write_csv,
    ".xlsx": _write_workbook,
    ".gpkg": _write_geopackage,
    ".geojson": lambda rows, path: write.write_geojson(_with_points(rows), path),
    ".parquet": lambda rows, path: write.write_geoparquet(_with_points(rows), path),
}
