"""The screened cells as partitioned GeoParquet: a folder of parts, read as one table."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from siting.model.plan import Plan
from siting.results.gis.write import write_geoparquet
from siting.screening.engine import Engine
from siting.screening.screen import details
from siting.support.progress import Progress

# One schema for all parts, whatever a part happens to hold.
TEXTS = ("h3", "country", "region", "bidding_zone", "masked_by")


def write_cells(plan: Plan, folder: Path, engine: Engine, progress: Progress | None = None) -> None:
    """Write every screened cell as a point with what is known of it, part by part.

    The parts follow the numbers of the cells, so each covers a piece of land; their bounds let a
    reader skip the others.
    """
    if plan.screen is None:
        return
    folder.mkdir()
    for number, frame in enumerate(details(plan.study, plan.facts, plan.screen, engine, progress)):
        texts = {name: frame[name].astype("str") for name in TEXTS}
        points = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
        part = gpd.GeoDataFrame(frame.assign(**texts), geometry=points)
        write_geoparquet(part, folder / f"part-{number:05}.parquet")


def counted(plan: Plan) -> dict[str, int]:
    """Return how many cells there are and how many no rule masks, for the manifest."""
    if plan.screen is None:
        return {}
    free = int((plan.screen.rank > 0).sum())
    return {"cells": len(plan.screen.rank), "cells_free": free}
