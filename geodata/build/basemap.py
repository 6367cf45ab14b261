"""The drawn basemap: Natural Earth 1:50m, simplified arc by arc, as delta-coded strings.

Arcs are simplified, not polygons: two neighbours keep one border, and no sliver opens between
them. Rings are unwrapped and cut at 180 degrees; borders and coasts are lines of their own, so
that the cut is never drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geodata.build import sources
from geodata.build.regions import WESTERN_SAHARA_NORTH

TOLERANCE = 0.025  # degrees (Douglas-Peucker)
FINE = 0.004  # for islands that would vanish
DECIMALS = 1000
NOWHERE = "XX"  # land without an agreed country: drawn, never named
WITHOUT_CODE = {
    "Somaliland": "SO",
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Indian Ocean Ter.": "AU",
    "Siachen Glacier": NOWHERE,
}
MERGED = {"AX": "FI"}
CRIMEA = shapely.box(32.0, 44.0, 36.8, 46.4)  # Natural Earth draws control, the planner law

# Smallest zoom at which a name may stand, by area in km2.
ZOOMS = ((3e6, 2), (7.5e5, 3), (1e5, 4), (6e4, 5), (1e4, 6), (0.0, 7))
UNNAMED = {NOWHERE, "AQ", "BV", "GS", "HM", "IO", "TF", "UM"}
# Where the middle of the largest part is no good place for the name: lon, lat.
PLACED = {
    "AR": (-64.0, -37.0),
    "AU": (133.1, -24.9),
    "CA": (-106.0, 56.0),
    "CL": (-70.8, -31.0),
    "CN": (98.6, 36.9),
    "DE": (10.0, 50.6),
    "ES": (-3.6, 40.2),
    "FI": (26.3, 62.4),
    "FR": (2.4, 46.6),
    "GB": (-1.6, 52.7),
    "GR": (22.0, 39.4),
    "HR": (16.2, 45.5),
    "ID": (113.8, -0.6),
    "IN": (79.5, 21.8),
    "IT": (12.9, 42.9),
    "JP": (138.0, 36.3),
    "MA": (-6.0, 32.0),
    "MY": (102.3, 4.2),
    "NO": (8.6, 61.0),
    "NZ": (171.2, -43.6),
    "PL": (19.2, 52.2),
    "PT": (-8.0, 40.3),
    "RU": (45.0, 56.5),
    "SE": (15.0, 59.6),
    "US": (-98.0, 39.5),
    "VN": (108.0, 14.3),
}
SEAS = (
    ("Atlantic Ocean", -30.0, 40.0, 2),
    ("Pacific Ocean", -150.0, 20.0, 2),
    ("Indian Ocean", 75.0, -15.0, 2),
    ("Arabian Sea", 63.0, 15.0, 4),
    ("Bay of Bengal", 88.0, 14.0, 4),
    ("Black Sea", 34.5, 43.3, 4),
    ("Caribbean Sea", -75.0, 15.0, 4),
    ("East China Sea", 125.0, 29.0, 4),
    ("Gulf of Mexico", -90.5, 25.0, 4),
    ("Mediterranean Sea", 18.2, 34.9, 4),
    ("North Sea", 3.2, 56.2, 4),
    ("Norwegian Sea", 2.0, 66.5, 4),
    ("Sea of Japan", 134.5, 40.0, 4),
    ("South China Sea", 114.0, 12.5, 4),
    ("Baltic Sea", 19.2, 56.2, 5),
    ("Bay of Biscay", -5.2, 45.2, 5),
    ("Gulf of Bothnia", 19.6, 61.6, 6),
)

Line = npt.NDArray[np.float64]
Owned = dict[str, list[list[list[int]]]]


def encode(line: npt.ArrayLike) -> str:
    """Code lon, lat pairs (degrees) as `geodata.geometry.basemap` describes; "" if a point."""
    steps = np.round(np.asarray(line, float) * DECIMALS).astype(int)
    moved = np.ones(len(steps), dtype=bool)
    moved[1:] = (np.diff(steps, axis=0) != 0).any(axis=1)
    steps = steps[moved]
    if len(steps) < 2:  # noqa: PLR2004 - a ring - a line has two ends
        return ""
    text = []
    for step in np.diff(steps, axis=0, prepend=np.zeros((1, 2), int)).ravel().tolist():
        value = ~(step << 1) if step < 0 else step << 1
        while value >= 32:  # noqa: PLR2004 - a ring - five bits a character
            text.append(chr((32 | (value & 31)) + 63))
            value >>= 5
        text.append(chr(value + 63))
    return "".join(text)


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs in degrees, simplified; their ends stay, so that they still meet."""
    scale, shift = (np.asarray(topology["transform"][k]) for k in ("scale", "translate"))
    return [simplify(np.cumsum(arc, axis=0) * scale + shift) for arc in topology["arcs"]]


def simplify(line: Line) -> Line:
    """Thin one arc; an island keeps at least a triangle."""
    # measured on the unwrapped arc, else one that crosses 180 degrees seems 360 wide
    line = unwrap(line)
    thin = shapely.get_coordinates(shapely.simplify(shapely.linestrings(line), TOLERANCE))
    closed = bool((line[0] == line[-1]).all())
    if closed and len(thin) < 4:  # noqa: PLR2004 - a ring - a ring repeats its first point
        thin = shapely.get_coordinates(shapely.simplify(shapely.linestrings(line), FINE))
        thin = thin if len(thin) > 3 else line  # noqa: PLR2004 - a ring
    return np.asarray(thin)


def unwrap(line: Line) -> Line:
    """Undo jumps at 180 degrees: longitudes may then leave -180..180."""
    turns = np.cumsum(-np.round(np.diff(line[:, 0]) / 360.0))
    shift: Line = np.column_stack([np.r_[0.0, turns] * 360.0, np.zeros(len(line))])
    return line + shift


def stitch(arcs: list[Line], ring: list[int]) -> Line:
    """Join the arcs of a ring (negative: reversed), unwrapped."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return unwrap(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))


def cut(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """Cut an unwrapped area or line at +-180 degrees and move the pieces into range."""
    low, _, high, _ = shapely.bounds(shape)
    pieces: list[shapely.Geometry] = []
    for turn in range(int(np.floor((low + 180) / 360)), int(np.ceil((high - 180) / 360)) + 1):
        window = shapely.box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)
        inside = shape if low >= -180 and high <= 180 else shapely.intersection(shape, window)  # noqa: PLR2004 - a ring - degrees
        back = shapely.transform(inside, lambda xy, turn=turn: xy - [360.0 * turn, 0.0])
        pieces += [
            part
            for part in shapely.get_parts(back)
            if shapely.get_dimensions(part) == shapely.get_dimensions(shape)
        ]
    return pieces


def owners(topology: dict[str, Any], arcs: list[Line]) -> Owned:
    """Return country -> polygons -> rings -> arc indices, without Antarctica."""
    iso2 = sources.numeric_codes()
    owned: Owned = {}
    for feature in topology["objects"]["countries"]["geometries"]:
        name = feature["properties"]["name"]
        code = iso2[feature["id"]] if feature.get("id") else WITHOUT_CODE[name]
        code = MERGED.get(code, code)
        many = feature["type"] == "MultiPolygon"
        for rings in feature["arcs"] if many else [feature["arcs"]]:
            crimea = code == "RU" and bool(
                shapely.contains(CRIMEA, shapely.Polygon(stitch(arcs, rings[0])))
            )
            owned.setdefault("UA" if crimea else code, []).append(rings)
    owned.pop("AQ", None)
    return dict(sorted(owned.items()))


def areas(arcs: list[Line], polygons: list[list[list[int]]]) -> list[shapely.Polygon]:
    """Build the polygons of one country, cut at 180 degrees."""
    shapes = []
    for rings in polygons:
        lines = [line for line in (stitch(arcs, ring) for ring in rings) if len(line) > 3]  # noqa: PLR2004 - a ring
        if lines:
            shape = shapely.Polygon(lines[0], lines[1:])
            low, _, high, _ = shapely.bounds(shape)
            crossing = low < -180 or high > 180  # noqa: PLR2004 - a ring - degrees
            shapes += cut(shapely.make_valid(shape)) if crossing else [shape]
    return [part for shape in shapes for part in shapely.get_parts(shape)]


def lines_of(arcs: list[Line], owned: Owned) -> tuple[list[Line], list[Line]]:
    """Return borders (arcs between two countries) and coasts (arcs of one)."""
    users: dict[int, list[str]] = {}
    for code, polygons in owned.items():
        for arc in (i if i >= 0 else ~i for rings in polygons for ring in rings for i in ring):
            users.setdefault(arc, []).append(code)
    drawn: tuple[list[Line], list[Line]] = ([], [])
    for arc, codes in sorted(users.items()):
        if len(codes) > 1 and (len(set(codes)) == 1 or set(codes) == {"EH", "MA"}):
            continue  # within one country after all: Crimea, Aland; the berm of Western Sahara
        for part in cut(shapely.linestrings(arcs[arc])):
            drawn[len(codes) == 1].extend(off_the_cut(shapely.get_coordinates(part)))
    return drawn


def free_western_sahara(shapes: dict[str, list[shapely.Polygon]]) -> Line:
    """Move Morocco's south to EH, as in the countries layer; return the border that it makes."""
    morocco = shapely.union_all(shapes["MA"])
    south = shapely.box(-20.0, 20.0, -5.0, WESTERN_SAHARA_NORTH)
    sahara = shapely.union_all([*shapes["EH"], shapely.intersection(morocco, south)])
    shapes["EH"] = list(shapely.get_parts(sahara))
    shapes["MA"] = list(shapely.get_parts(shapely.difference(morocco, south)))
    parallel = shapely.linestrings([(-20.0, WESTERN_SAHARA_NORTH), (-5.0, WESTERN_SAHARA_NORTH)])
    return np.asarray(shapely.get_coordinates(shapely.intersection(parallel, morocco)))


def off_the_cut(line: Line) -> Iterable[Line]:
    """Leave out the stretches that run along 180 degrees: they are no coast."""
    on = np.abs(np.abs(line[:, 0]) - 180.0) < 1e-6  # noqa: PLR2004 - a ring - degrees
    breaks = np.flatnonzero(on[1:] & on[:-1]) + 1
    return [part for part in np.split(line, breaks) if len(part) > 1]


def labels(shapes: dict[str, list[shapely.Polygon]]) -> list[list[str | float | int]]:
    """Return [name, lon, lat, least zoom, kind]: kind 0 a country, 1 a sea; big names first."""
    layer = gpd.read_parquet(sources.LAYERS / "countries.parquet")
    names = dict(zip(layer["country"], layer["name"], strict=True))
    rows: list[list[str | float | int]] = []
    for code, parts in shapes.items():
        if code in UNNAMED:
            continue
        flat = gpd.GeoSeries(shapely.make_valid(np.asarray(parts)), crs=sources.CRS)
        km2 = flat.to_crs("EPSG:6933").area.to_numpy() / 1e6
        lon, lat = PLACED.get(code) or middle(parts[int(np.argmax(km2))])
        zoom = next(zoom for least, zoom in ZOOMS if km2.sum() >= least)
        rows.append([names[code], round(lon, 2), round(lat, 2), zoom, 0])
    rows += [[*sea, 1] for sea in SEAS]
    return sorted(rows, key=lambda row: (row[3], row[4], row[0]))


def middle(area: shapely.Polygon) -> tuple[float, float]:
    """Return the centre of the largest circle in an area, on a map that is true there."""
    shrink = np.cos(np.radians(shapely.centroid(area).y))
    flat = shapely.transform(area, lambda xy: xy * [shrink, 1.0])
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(flat, tolerance=0.05))[0]
    return float(centre[0] / shrink), float(centre[1])


def build() -> dict[str, Any]:
    """Make the basemap as `geodata.geometry.basemap` describes it."""
    topology = sources.topology()
    arcs = arcs_of(topology)
    owned = owners(topology, arcs)
    shapes = {code: areas(arcs, polygons) for code, polygons in owned.items()}
    borders, coast = lines_of(arcs, owned)
    borders.append(free_western_sahara(shapes))
    return {
        "countries": {code: [rings_of(p) for p in parts] for code, parts in shapes.items()},
        "borders": [code for code in map(encode, borders) if code],
        "coast": [code for code in map(encode, coast) if code],
        "labels": labels(shapes),
    }


def rings_of(area: shapely.Polygon) -> list[str]:
    """Code a polygon: its outline first, then its holes."""
    rings = (area.exterior, *area.interiors)
    return [encode(shapely.get_coordinates(ring)) for ring in rings]


if __name__ == "__main__":
    path = sources.LAYERS / "basemap.json"
    text = json.dumps(build(), ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"basemap: {path.stat().st_size / 1e6:.2f} MB")
