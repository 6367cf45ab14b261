"""What rings mean at 180 degrees and at the poles, against oracles that know no such thing.

A shape is made as a way around a centre, far from every seam, and judged there by the winding
number; then it is written in each of the spellings that files use.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pyproj import Geod

from geodata.nearness import within_areas
from geodata.rings import Region, region
from geodata.userfiles import read_areas

Floats = NDArray[np.float64]
SEEDS = st.integers(0, 2**31)


def layer(*shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes), crs=4326)


def inside(areas: gpd.GeoDataFrame | Region, points: Floats, km: float = 0.0) -> NDArray[np.bool_]:
    """`within_areas` of points (lon, lat) in any turn of longitude."""
    lon = np.mod(points[:, 0] + 180, 360) - 180
    return within_areas(points[:, 1], lon, areas, km)


def winding(ring: Floats, points: Floats) -> NDArray[np.bool_]:
    """Whether a ring winds around points: the turns of the line of sight along it."""
    gap = ring[None] - points[:, None]
    angle = np.diff(np.arctan2(gap[:, :, 1], gap[:, :, 0]), axis=1)
    return np.abs((np.mod(angle + np.pi, 2 * np.pi) - np.pi).sum(axis=1)) > np.pi


def around(rng: np.random.Generator, width: float, height: float, corners: int) -> Floats:
    """Return a ring around the origin, counter-clockwise, that does not cross itself."""
    angle = 2 * np.pi * (np.arange(corners) + rng.uniform(0.1, 0.9, corners)) / corners
    share = rng.uniform(0.4, 1.0, corners)
    ring = np.column_stack([width / 2 * share * np.cos(angle), height / 2 * share * np.sin(angle)])
    return np.vstack([ring, ring[:1]])


def jump(ring: Floats) -> Floats:
    """Write longitudes from -180 to 180."""
    return np.column_stack([np.mod(ring[:, 0] + 180, 360) - 180, ring[:, 1]])


def far_from(rings: list[Floats], points: Floats, gap: float = 1e-6) -> NDArray[np.bool_]:
    """Whether points are off every line: on it, rounding decides."""
    lines = shapely.MultiLineString(rings)
    return shapely.distance(lines, shapely.points(points)) > gap


def cut(rings: list[Floats]) -> shapely.Geometry:
    """Write a shape as RFC 7946 asks: in parts that end at 180 degrees."""
    shape = shapely.Polygon(rings[0], rings[1:])
    pieces = [
        shapely.transform(
            shapely.intersection(shape, shapely.box(low, -90, low + 360, 90)),
            lambda pairs, low=low: pairs - (low + 180, 0),
        )
        for low in (-540, -180, 180)
    ]
    return shapely.union_all([piece for piece in pieces if not piece.is_empty])


SPELLINGS: dict[str, Callable[[list[Floats]], shapely.Geometry]] = {
    "beyond 180": lambda rings: shapely.Polygon(rings[0], rings[1:]),
    "a turn west": lambda rings: shapely.Polygon(*_moved(rings, -360.0, -360.0)),
    "jump": lambda rings: shapely.Polygon(jump(rings[0]), [jump(ring) for ring in rings[1:]]),
    "outer ring jumps": lambda rings: shapely.Polygon(jump(rings[0]), rings[1:]),
    "hole jumps": lambda rings: shapely.Polygon(rings[0], [jump(ring) for ring in rings[1:]]),
    "hole a turn west": lambda rings: shapely.Polygon(*_moved(rings, 0.0, -360.0)),
    "cut": cut,
}


def _moved(rings: list[Floats], outer: float, holes: float) -> tuple[Floats, list[Floats]]:
    by, holes_by = np.array([outer, 0.0]), np.array([holes, 0.0])
    return rings[0] + by, [ring + holes_by for ring in rings[1:]]


@settings(max_examples=60)
@given(SEEDS, st.floats(170, 190), st.booleans(), st.sampled_from(sorted(SPELLINGS)))
def test_a_shape_across_180_degrees_is_one_shape_in_every_spelling(
    seed: int, middle: float, clockwise: bool, spelling: str
) -> None:
    rng = np.random.default_rng(seed)
    ring = around(rng, rng.uniform(21, 50), rng.uniform(5, 60), rng.integers(8, 40))
    centre = np.array([middle, rng.uniform(-50, 50)])
    rings = [part + centre for part in (ring, 0.4 * ring[::-1])]
    points = centre + np.vstack([ring * 0.7, rng.uniform((-60, -60), (60, 60), (200, 2))])
    points = np.vstack([points, jump(rng.uniform((-180, -90), (180, 90), (50, 2)))])
    points = points[np.abs(points[:, 1]) < 90]
    turned = np.column_stack(
        [np.mod(points[:, 0] - middle + 180, 360) - 180 + middle, points[:, 1]]
    )
    points, turned = (some[far_from(rings, turned)] for some in (points, turned))
    expected = winding(rings[0], turned) & ~winding(rings[1], turned)
    assert expected.any()
    if clockwise:
        rings = [part[::-1] for part in rings]
    assert (inside(layer(SPELLINGS[spelling](rings)), points) == expected).all()


@settings(max_examples=60)
@given(SEEDS, st.floats(181, 359.8), st.integers(0, 3))
def test_a_wide_shape_is_as_wide_as_it_is_drawn(seed: int, width: float, holes: int) -> None:
    """Drawn by few corners, so that edges are longer than half a turn."""
    rng = np.random.default_rng(seed)
    ring = around(rng, width, rng.uniform(20, 170), rng.integers(4, 12))
    ring[:, 0] *= width / np.ptp(ring[:, 0])
    ring[:, 0] -= (ring[:, 0].max() + ring[:, 0].min()) / 2
    within = [0.2 * ring[::-1] + ((nth - 1) * 1e-9, 0) for nth in range(min(holes, 1))]
    points = rng.uniform((-180, -90), (180, 90), (300, 2))
    points = points[far_from([ring, *within], points)]
    expected = winding(ring, points)
    for hole in within:
        expected &= ~winding(hole, points)
    assert (inside(layer(shapely.Polygon(ring, within)), points) == expected).all()


@settings(max_examples=40)
@given(SEEDS, st.sampled_from([180.0, 179.9, 175.0, 120.0]), st.floats(60, 90), st.booleans())
def test_a_mask_excludes_what_is_outside_its_holes(
    seed: int, east: float, north: float, clockwise: bool
) -> None:
    rng = np.random.default_rng(seed)
    holes = [
        around(rng, 40, 40, rng.integers(4, 30)) + np.array([east * x, rng.uniform(-10, 30)])
        for x in (-0.6, 0.0, 0.6)
    ]
    frame = np.array([(-east, -north), (east, -north), (east, north), (-east, north)])
    points = rng.uniform((-180, -90), (180, 90), (300, 2))
    points = points[far_from([frame, *holes], points)]
    expected = (np.abs(points) < (east, north)).all(axis=1)
    for hole in holes:
        expected &= ~winding(hole, points)
    drawn = shapely.Polygon(frame, [hole[::-1] for hole in holes])
    mask = shapely.reverse(drawn) if clockwise else drawn
    assert (inside(layer(mask), points) == expected).all()


@pytest.mark.parametrize("hole", ["jump", "beyond 180", "cut"])
def test_a_mask_of_the_world_with_a_hole_across_180_degrees(hole: str) -> None:
    """And no seam is left in the hole from which a buffer would reach."""
    ring = np.array([(170, -20), (190, -20), (190, 10), (170, 10), (170, -20)], dtype=float)
    world = shapely.box(-180, -90, 180, 90)
    mask = {
        "jump": shapely.Polygon(world.exterior, [jump(ring)[::-1]]),
        "beyond 180": shapely.Polygon(world.exterior, [ring[::-1]]),
        "cut": shapely.difference(world, cut([ring])),
    }[hole]
    points = np.array([(179.9, 0), (-179.9, 0), (180, 0), (171, 0), (169, 0), (-169, 0), (0, 0)])
    assert inside(layer(mask), points).tolist() == [False] * 4 + [True] * 3
    assert inside(layer(mask), points, 100).tolist() == [False] * 4 + [True] * 3
    assert inside(layer(mask), points, 120).tolist() == [False] * 3 + [True] * 4


@settings(max_examples=40)
@given(SEEDS, st.booleans(), st.booleans(), st.sampled_from(["jump", "0 to 360", "seam"]))
def test_a_ring_around_a_pole_holds_the_pole(
    seed: int, south: bool, clockwise: bool, spelling: str
) -> None:
    """Against the latitude of the ring at the longitude of the point."""
    rng = np.random.default_rng(seed)
    lon = np.sort(rng.uniform(-179, 179, 20)) + rng.uniform(0, 360)
    lat = rng.uniform(61, 85, 20)
    ring = np.column_stack([np.append(lon, lon[0] + 360), np.append(lat, lat[0])])
    points = rng.uniform((-180, 40), (180, 90), (300, 2))
    there = np.interp(np.mod(points[:, 0] - lon[0], 360), ring[:, 0] - lon[0], ring[:, 1])
    points, there = (some[np.abs(points[:, 1] - there) > 1e-6] for some in (points, there))
    expected = points[:, 1] > there
    if spelling == "jump":
        ring = jump(ring)
    elif spelling == "0 to 360":
        ring = np.column_stack([np.mod(ring[:, 0], 360), ring[:, 1]])
    else:  # closed along 180 degrees and the pole, as RFC 7946 asks
        first = np.mod(-180 - lon[0], 360) + lon[0]
        at = np.interp(first - lon[0], ring[:, 0] - lon[0], ring[:, 1])
        order = np.argsort(np.mod(lon - first, 360))
        way = np.column_stack([np.mod(lon[order] - first, 360) - 180, lat[order]])
        ring = np.vstack([(-180, at), way, (180, at), (180, 90), (-180, 90), (-180, at)])
    if clockwise:
        ring = ring[::-1]
    if south:
        ring, points = ring * (1, -1), points * (1, -1)
    assert (inside(layer(shapely.Polygon(ring)), points) == expected).all()


@settings(max_examples=25)
@given(SEEDS, st.floats(-180, 180))
def test_a_turned_globe_changes_nothing(seed: int, turn: float) -> None:
    """Shapes, holes, points and buffer turned around the axis: the same points lie in or near."""
    rng = np.random.default_rng(seed)
    shapes = []
    for _ in range(6):
        ring, centre = around(rng, 35, 35, 20), rng.uniform((-160, -50), (160, 50))
        shapes.append([ring + centre, 0.6 * ring[::-1] + centre])
    points = rng.uniform((-180, -70), (180, 70), (200, 2))
    by = np.array([turn, 0.0])
    there = points + by
    here = layer(*(shapely.Polygon(outer, [hole]) for outer, hole in shapes))
    moved = ([jump(ring + by) for ring in rings] for rings in shapes)
    turned = layer(*(shapely.Polygon(outer, [hole]) for outer, hole in moved))
    for km in (0.0, 150.0):
        assert (inside(here, points, km) == inside(turned, there, km)).all()


@settings(max_examples=15)
@given(SEEDS, st.sampled_from(sorted(SPELLINGS)), st.floats(20, 400))
def test_a_buffer_reaches_as_far_as_a_geodesic_search(
    seed: int, spelling: str, buffer_km: float
) -> None:
    """Around the outer ring and into the hole."""
    rng = np.random.default_rng(seed)
    ring, centre = around(rng, 25, 25, 12), np.array([180.0, rng.uniform(-60, 60)])
    rings = [ring + centre, 0.7 * ring[::-1] + centre]
    points = centre + rng.uniform((-25, -20), (25, 20), (30, 2))
    points = points[np.abs(points[:, 1]) < 85]
    fine = shapely.get_coordinates(
        [shapely.segmentize(shapely.LineString(part), 0.04) for part in rings]
    )
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(len(fine)), np.arange(len(points))))
    km = Geod(ellps="WGS84").inv(*fine[x].T, *points[y].T)[2].reshape(len(points), -1) / 1000
    km = km.min(axis=1)
    km[winding(rings[0], points) & ~winding(rings[1], points)] = 0.0
    sure = np.abs(km - buffer_km) > 4  # half a step of the search, and rounding
    found = inside(layer(SPELLINGS[spelling](rings)), points, buffer_km)
    assert (found == (km < buffer_km))[sure].all()


def test_a_narrow_frame_is_read_by_the_order_of_its_corners() -> None:
    """The same four corners, both ways round: RFC 7946 has outer rings counter-clockwise."""
    corners = [(-170, -10), (170, -10), (170, 10), (-170, 10)]
    points = np.array([(0.0, 0.0), (179.0, 0.0)])
    assert inside(layer(shapely.Polygon(corners)), points).tolist() == [True, False]
    assert inside(layer(shapely.Polygon(corners[::-1])), points).tolist() == [False, True]
    # in a layer whose rings run clockwise it is the other way round
    clockwise = shapely.reverse(shapely.box(50, 50, 51, 51))
    both = layer(clockwise, shapely.Polygon(corners[::-1]))
    assert inside(both, points).tolist() == [True, False]


def test_what_was_read_is_counted() -> None:
    mask = shapely.Polygon([(-179.9, -85), (179.9, -85), (179.9, 85), (-179.9, 85)])
    circle = shapely.Polygon(jump(shapely.get_coordinates(shapely.Point(180, 0).buffer(5))))
    pole = shapely.Polygon([(0, 70), (90, 72), (180, 69), (-90, 71)])
    read = region(layer(mask, circle, pole, shapely.box(0, 0, 1, 1), shapely.box(-180, -5, 180, 5)))
    assert (read.wide, read.crossing, read.polar) == (1, 1, 1)
    assert shapely.is_valid(read.parts).all()


def test_what_is_not_sound_at_all_still_means_something() -> None:
    """A bow-tie across 180 degrees, a ring twice around, a hole that lies nowhere in its ring."""
    bow = shapely.Polygon(jump(np.array([(175, 0), (185, 5), (185, 0), (175, 5), (175.0, 0)])))
    twice = shapely.Polygon([(0, 10), (120, 11), (-120, 12), (0, 13), (120, 14), (-120, 15)])
    stray = shapely.Polygon(shapely.box(0, 0, 4, 4).exterior, [shapely.box(9, 9, 10, 10).exterior])
    points = np.array([(176.0, 2.5), (-176.0, 2.5), (0.0, 2.5), (2.0, 2.0)])
    assert inside(layer(bow), points).tolist() == [True, True, False, False]
    assert inside(layer(stray), points).tolist() == [False, False, True, True]
    assert inside(layer(twice), points).shape == (4,)


def test_a_line_goes_the_short_way() -> None:
    line = layer(shapely.LineString([(179, 0), (-179, 0)]))
    points = np.array([(180.0, 0.0), (0.0, 0.0), (180.0, 0.5)])
    assert inside(line, points).tolist() == [True, False, False]
    assert inside(line, points, 60).tolist() == [True, False, True]


def test_rings_of_a_shapefile_run_the_other_way(tmp_path: Path) -> None:
    """A frame stays as wide as drawn, and a dense ring still crosses 180 degrees."""
    frame = shapely.Polygon([(-170, -10), (170, -10), (170, 10), (-170, 10)])
    circle = shapely.Polygon(jump(shapely.get_coordinates(shapely.Point(180, 40).buffer(5))))
    points = np.array([(0.0, 0.0), (179.0, 0.0), (179.0, 40.0), (-179.0, 40.0), (0.0, 40.0)])
    for ending in ("shp", "gpkg", "geojson"):
        layer(frame, circle).to_file(tmp_path / f"a.{ending}")
        read = read_areas(tmp_path / f"a.{ending}")
        assert inside(read, points).tolist() == [True, False, True, True, False], ending


def test_a_layer_in_a_polar_projection_holds_the_pole(tmp_path: Path) -> None:
    """A square around the pole on a polar stereographic map, its edges drawn by many corners."""
    edge = 1_500_000
    square = shapely.segmentize(shapely.box(-edge, -edge, edge, edge), edge / 20)
    gpd.GeoDataFrame(geometry=[square], crs=3413).to_file(tmp_path / "a.gpkg")
    points = np.array([(0.0, 90.0), (100.0, 80.0), (-100.0, 80.0), (0.0, 60.0), (180.0, 88.0)])
    read = read_areas(tmp_path / "a.gpkg")
    assert inside(read, points).tolist() == [True, True, True, False, True]
