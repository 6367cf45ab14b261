"""Lists of sites and layers in the folder: shown with their faults, added to by a click."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geodata import csvtext
from geodata.errors import Fault, SitingError
from geodata.language import tr
from geodata.spatialfiles import TEXT_SUFFIXES
from geodata.userfiles import read_points
from maps.basemap_shapes import land as countries
from siting.studio.folder import Folder, write_whole
from siting.world.gazetteer import catalogue
from siting.world.names import matches

MOST_ROWS = 2_000  # shown of a list
_HEADING = ("name", "lat", "lon")
_COARSE = 0.08  # degrees: what the click map needs not show
_FOUND = 12  # places of a search


def listed(path: Path) -> dict[str, Any]:
    """Return the first rows of a list of sites, the points that could be read, and its faults."""
    points, faults = _points(path)
    rows = points if len(points) else _as_written(path)
    shown = rows.head(MOST_ROWS)
    return {
        "columns": [str(name) for name in shown.columns],
        "rows": [[_cell(cell) for cell in row] for row in shown.itertuples(index=False)],
        "points": _positions(points.head(MOST_ROWS)),
        "notes": list(points.attrs.get("notes", ())),
        "faults": faults,
        "total": len(rows),
        "etag": etag(path),
    }


def _points(path: Path) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    try:
        return read_points(path), ()
    except SitingError as error:
        return pd.DataFrame(), tuple(error.faults)


def _as_written(path: Path) -> pd.DataFrame:
    """Return the cells of a text file, where nothing better can be read."""
    if path.suffix.lower() not in TEXT_SUFFIXES:
        return pd.DataFrame()
    try:
        return csvtext.read(path)
    except SitingError:
        return pd.DataFrame()


def _positions(points: pd.DataFrame) -> list[dict[str, Any]]:
    if points.empty:
        return []
    columns = (points[name].tolist() for name in _HEADING)
    return [
        {"row": nth + 2, "name": name, "lat": lat, "lon": lon}
        for nth, (name, lat, lon) in enumerate(zip(*columns, strict=True))
    ]


def _cell(value: object) -> str | float | int | bool | None:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return int(value) if isinstance(value, (int, np.integer)) else str(value)


def etag(path: Path) -> str:
    """Return the hash of a file, "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def add(folder: Folder, name: str, rows: Sequence[Mapping[str, Any]], before: str) -> None:
    """Add places to the end of a CSV, which is made where there is none.

    Parameters
    ----------
    folder : Folder
    name : str
        File; its heading has name, lat and lon among its columns, with commas between.
    rows : sequence of mapping
        name, lat, lon (degrees, EPSG:4326).
    before : str
        `etag` of the file as it was seen.

    Raises
    ------
    SitingError
        When the file is another one by now, has another heading, or a place is none.
    """
    folder.check_writable()
    path = folder.data(name)
    if path.suffix.lower() != ".csv":
        what = tr("places are added to a CSV alone")
        hint = tr("choose a file whose name ends in .csv")
        raise SitingError(Fault(name, what, hint))
    if etag(path) != before:
        what, hint = tr("the list was changed meanwhile"), tr("look at it again first")
        raise SitingError(Fault(name, what, hint))
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ",".join(_HEADING) + "\n"
    heading = next(csv.reader([text.partition("\n")[0].rstrip("\r")]), [])
    if not set(_HEADING) <= set(heading):
        what = tr("its heading has no columns name, lat and lon")
        raise SitingError(Fault(name, what, tr("give it these, with commas between"), 1))
    end = "\r\n" if "\r\n" in text else "\n"
    added = io.StringIO()
    lines = csv.DictWriter(added, heading, restval="", lineterminator=end)
    lines.writerows(_checked(name, rows))
    whole = text if text.endswith("\n") else text + end
    write_whole(path, (whole + added.getvalue()).encode("utf-8"))


def _checked(name: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return places to add, each with a name and a position on Earth."""
    checked = []
    for row in rows:
        called, lat, lon = row.get("name"), _degrees(row, "lat", 90), _degrees(row, "lon", 180)
        if not (isinstance(called, str) and called.strip()) or lat is None or lon is None:
            hint = tr("give a name, lat from -90 to 90 and lon from -180 to 180")
            shown = f"{called}, {row.get('lat')}, {row.get('lon')}"
            raise SitingError(Fault(name, tr("is no place on Earth"), hint, value=shown))
        checked.append({"name": called.strip(), "lat": lat, "lon": lon})
    return checked


def _degrees(row: Mapping[str, Any], key: str, most: float) -> float | None:
    """Return a coordinate to the metre; None where it is none."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= most:
        return None
    return round(value, 5)


def land() -> dict[str, Any]:
    """Return the outlines of countries in degrees, coarse enough for a map to click on."""
    areas = shapely.simplify(countries().areas, _COARSE)
    parts = shapely.get_parts(areas)
    rings = shapely.get_exterior_ring(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004
    lines = [shapely.get_coordinates(ring).round(2).tolist() for ring in rings]
    return {"rings": [line for line in lines if len(line) > 3]}  # noqa: PLR2004


def search(text: str) -> list[dict[str, Any]]:
    """Return the places of a name, in the order of the gazetteer."""
    names = catalogue()
    rows = names.rows.iloc[matches(names, text)[:_FOUND]]
    columns = ([_cell(cell) for cell in rows[key]] for key in ("name", "country", "lat", "lon"))
    return [
        {"name": name, "country": country, "lat": lat, "lon": lon}
        for name, country, lat, lon in zip(*columns, strict=True)
    ]
