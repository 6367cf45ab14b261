"""Where the first sites lie, as SVG for a page: the world, and each region that holds some.

Drawn as text and paths, so that a reader can select a name and a small screen can stack the
pictures. Regions are Lambert azimuthal equal-area round their own middle, one scale each, with
its bar; the world is the Natural Earth projection of `maps.print.plane`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from geodata.arrays import Floats
from geodata.geometry import basemap
from geodata.language import tr
from geodata.places import country_in_words
from geodata.sphere import EARTH_KM, great_circle_km
from maps import basemap_shapes, hexagons
from maps.escape import plain, shortened
from maps.palette import COLOURS, STATUS
from maps.print import inline, placing, plane

REGION_KM, MOST_REGIONS = 3500.0, 3  # sites farther apart are not one picture
LEAST_KM, MARGIN = 700.0, 0.16  # half a region at least; air round the outermost sites
WORLD_WIDE = 760
# how many regions -> the size of each; text is drawn for this size
SIZES = {1: (500, 400), 2: (372, 300), 3: (246, 268)}
SOUTH, NORTH = -44.0, 77.0
NAMES_ZOOM, NAMED_KM = 4, 6000.0  # of countries and seas; no frame reaches farther
DRAWN = tuple(status for status, (_, fill) in STATUS.items() if fill)
SCALE_BARS = (50, 100, 200, 250, 500, 1000, 2000)
SEA = 1
NAME_LONG = 26  # letters of a site
# degrees of the ground that is looked at: so many half diagonals of a frame, no more than these
AROUND, FARTHEST, WIDEST = 1.1, 55.0, 85.0


class Picture(NamedTuple):
    """One picture: its letter, what to call it, and the SVG."""

    letter: str
    label: str
    svg: str


@dataclass(frozen=True)
class Ground:
    """What is drawn under the sites; coordinates EPSG:4326.

    Attributes
    ----------
    plants : DataFrame
        Gigafactories: lat, lon, status, capacity_gwh.
    surface, breaks : DataFrame, tuple of float
        Demand in freight reach by H3 cell, and the lower ends of its classes.
    scored : frozenset of str
        Countries that have candidates.
    """

    plants: pd.DataFrame
    surface: pd.DataFrame
    breaks: tuple[float, ...]
    scored: frozenset[str]


class Frame(NamedTuple):
    """A region on the sphere: its middle, half its extent in earth radii, its size in units."""

    lon: float
    lat: float
    half: tuple[float, float]
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """User units of an earth radius."""
        return self.size[0] / 2 / self.half[0]

    @property
    def projection(self) -> pyproj.Proj:
        """Equal-area round its middle."""
        return projection_at(self.lon, self.lat)

    def spots(self, lon: Floats, lat: Floats) -> Floats:
        """Return places in user units, y upwards (n, 2)."""
        x, y = self.projection(lon, lat)
        return (np.column_stack([x, y]) + self.half) * self.scale

    def cut(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes in degrees as they lie in the frame, in user units."""
        parts = []
        reach = min(AROUND * np.degrees(np.hypot(*self.half)) + 1.0, FARTHEST)
        south, north = np.clip([self.lat - reach, self.lat + reach], -85.0, 85.0)
        beside = min(reach / np.cos(np.radians(min(abs(self.lat) + reach, 85.0))), WIDEST)
        for turn in (-360.0, 0.0, 360.0):
            west = self.lon - beside + turn
            piece = shapely.clip_by_rect(shapes, west, south, west + 2 * beside, north)
            parts.append(shapely.segmentize(piece, 1.0))
        flat = shapely.transform(
            basemap_shapes.joined(np.array(parts)),
            lambda xy: self.spots(*xy.T) if len(xy) else xy,
        )
        return np.asarray(shapely.clip_by_rect(flat, -4, -4, self.size[0] + 4, self.size[1] + 4))


def pictures(sites: pd.DataFrame, ground: Ground) -> tuple[Picture, ...]:
    """Draw the sites: the world first, then the regions, the best site's before the others.

    Parameters
    ----------
    sites : DataFrame
        rank, name, country_name, lat, lon, sure (NaN where nothing was drawn); best first.
    ground : Ground

    Returns
    -------
    tuple of Picture
        None for no site.
    """
    if sites.empty:
        return ()
    label = regions(sites["lat"].to_numpy(float), sites["lon"].to_numpy(float))
    count = int(label.max()) + 1
    frames = [frame_of(sites[label == k], SIZES[count]) for k in range(count)]
    classes = hexagons.classes(ground.surface, ground.breaks)
    names = [_label(sites[label == k]) for k in range(count)]
    near = [
        Picture(chr(ord("A") + k), names[k],
                region(sites[label == k], ground_in(frame, ground, classes), frame))
        for k, frame in enumerate(frames)
    ]  # fmt: skip
    return (Picture("", tr("The world"), _world(sites, ground, classes, frames)), *near)


def regions(lat: Floats, lon: Floats) -> NDArray[np.intp]:
    """Part places into at most three groups that are near each other, numbered by the first."""
    if len(lat) == 1:
        return np.zeros(1, dtype=np.intp)
    pairs = np.triu_indices(len(lat), 1)
    km = great_circle_km(lat[pairs[0]], lon[pairs[0]], lat[pairs[1]], lon[pairs[1]])
    tree = linkage(km, method="complete")
    groups = fcluster(tree, REGION_KM, "distance")
    if groups.max() > MOST_REGIONS:
        groups = fcluster(tree, MOST_REGIONS, "maxclust")
    return np.asarray(pd.factorize(groups)[0], dtype=np.intp)


@lru_cache
def projection_at(lon: float, lat: float) -> pyproj.Proj:
    """Return the equal-area projection round a place, in earth radii."""
    return pyproj.Proj(f"+proj=laea +lat_0={lat} +lon_0={lon} +R=1")


def _label(sites: pd.DataFrame) -> str:
    return tr(", ").join(dict.fromkeys(plain(name) for name in sites["country_name"] if name))


def frame_of(sites: pd.DataFrame, size: tuple[int, int]) -> Frame:
    """Return the frame that holds the sites with some air round them."""
    lon, lat = np.radians(sites["lon"].to_numpy(float)), np.radians(sites["lat"].to_numpy(float))
    xyz = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]).mean(axis=1)
    middle = (float(np.degrees(np.arctan2(xyz[1], xyz[0]))),
              float(np.degrees(np.arctan2(xyz[2], np.hypot(xyz[0], xyz[1])))))  # fmt: skip
    for _ in range(2):  # once to see the extent, once from its middle
        projection = projection_at(*middle)
        xy = np.column_stack(projection(sites["lon"], sites["lat"]))
        low, high = xy.min(axis=0), xy.max(axis=0)
        x, y = (low + high) / 2
        middle = projection(x, y, inverse=True)
    half = np.maximum((high - low) / 2 * (1 + 2 * MARGIN), LEAST_KM / EARTH_KM)
    across = max(half[0], half[1] * size[0] / size[1])
    return Frame(middle[0], middle[1], (across, across * size[1] / size[0]), size)


def region(sites: pd.DataFrame, ground: str, frame: Frame) -> str:
    """Draw the sites of a frame over what `ground_in` made of it."""

    def marks() -> Iterator[str]:
        yield ground
        yield from scale_bar(frame)
        yield from _sites(sites, frame)

    ranks = ", ".join(str(rank) for rank in sites["rank"] if rank)
    land = _label(sites)
    label = (
        tr("Map of {countries} with sites {ranks}", countries=land, ranks=ranks)
        if ranks
        else tr("Map of {countries}", countries=land)
    )
    return inline.sheet(frame.size, label, marks(), "region")


def ground_in(frame: Frame, ground: Ground, classes: list[shapely.Geometry], home: str = "") -> str:
    """Draw land, demand and plants of a frame; `home` is a country to outline."""
    land = basemap_shapes.land()
    lines = frame.cut(np.array([land.borders, land.coast], dtype=object))
    areas = frame.cut(land.areas)
    drawn = inline.ground(
        areas, frame.cut(np.array(classes, dtype=object)), (lines[0], lines[1]),
        np.isin(land.codes, list(ground.scored)), frame.size,
    )  # fmt: skip
    own = (inline.path(area, frame.size[1], inline.OUTLINE) for area in areas[land.codes == home])
    return "".join((*drawn, *own, *_plants(ground.plants, frame)))


def _plants(plants: pd.DataFrame, frame: Frame) -> Iterator[str]:
    shown = plants[plants["status"].isin(DRAWN)]
    gwh = shown["capacity_gwh"].fillna(0).to_numpy(dtype=float)
    order = np.argsort(-gwh, kind="stable")
    shown, radius = shown.iloc[order], np.maximum(0.9 * np.sqrt(gwh[order]), 1.8)
    spots = frame.spots(shown["lon"].to_numpy(float), shown["lat"].to_numpy(float))
    wide, high = frame.size
    inside = ((spots > 0) & (spots < (wide, high))).all(axis=1)
    kinds = shown["status"].to_numpy(dtype=str)[inside]
    for (x, y), r, status in zip(spots[inside], radius[inside], kinds, strict=True):
        yield (
            f'<circle cx="{x:.1f}" cy="{high - y:.1f}" r="{r:.1f}" fill="{STATUS[status][1]}" '
            f'stroke="{COLOURS["grey"]}" stroke-width=".7"/>'
        )


def _sites(sites: pd.DataFrame, frame: Frame) -> Iterator[str]:
    """Yield badges with their ring of certainty, names, and names of countries between them."""
    wide, high = frame.size
    home = frame.spots(sites["lon"].to_numpy(float), sites["lat"].to_numpy(float)) / inline.PX
    radius = np.full(len(home), inline.BADGE)
    room = np.array([0.03, 0.03, wide / inline.PX - 0.03, high / inline.PX - 0.03])
    spots = placing.settle(home, radius + 0.03, (wide / inline.PX, high / inline.PX))
    texts = [shortened(name, NAME_LONG) for name in sites["name"]]
    sizes = np.array([(inline.wide(text) + 0.04, inline.TALL) for text in texts])
    taken = placing.boxes(spots, 2 * np.column_stack([radius, radius]) + 0.05)
    taken = np.vstack([taken, scale_box(frame)])
    centres = placing.names(spots, radius + 0.03, sizes, taken, np.empty((0, 4)), room)
    placed = [
        (centre, size, text, mark)
        for centre, size, text, mark in zip(centres, sizes, texts, spots, strict=True)
        if centre is not None
    ]
    if placed:
        boxes = [placing.boxes(centre[None], size[None])[0] for centre, size, _, _ in placed]
        taken = np.vstack([taken, *boxes])
    yield from countries(frame, taken)
    for centre, size, text, mark in placed:
        box = placing.boxes(centre[None], size[None])[0]
        end = np.clip(mark, box[:2], box[2:])
        if np.hypot(*(end - mark)) > inline.BADGE + 0.1:
            yield inline.line(mark, end, high)
        yield inline.text(text, centre[0] * inline.PX, high - centre[1] * inline.PX, "name")
    shares = sites["sure"].to_numpy(dtype=float)
    for (x, y), true, rank, share in reversed(
        list(zip(spots * inline.PX, home * inline.PX, sites["rank"], shares, strict=True))
    ):
        if np.hypot(x - true[0], y - true[1]) > 1:
            yield inline.line(np.array([x, y]) / inline.PX, true / inline.PX, high)
            yield (f'<circle cx="{true[0]:.1f}" cy="{high - true[1]:.1f}" r="2" '
                   f'fill="{COLOURS["navy"]}"/>')  # fmt: skip
        yield inline.badge(x, high - y, int(rank), float(share))


def countries(frame: Frame, taken: Floats) -> Iterator[str]:
    """Yield names of countries and seas where the boxes of `taken` (n, 4; inches) leave room."""
    wide, high = frame.size
    labels = [label for label in basemap()["labels"] if label[3] <= NAMES_ZOOM]
    lon, lat = (np.array([label[k] for label in labels], dtype=float) for k in (1, 2))
    near = np.flatnonzero(great_circle_km(lat, lon, frame.lat, frame.lon) <= NAMED_KM)
    spots = frame.spots(lon[near], lat[near]) / inline.PX
    for (english, *_, kind), spot in zip((labels[i] for i in near), spots, strict=True):
        text = tr(english) if kind == SEA else country_in_words(english)
        centre = spot[None]
        box = placing.boxes(centre, np.array([[inline.wide(text), inline.TALL]]))
        outside = (box[0, :2] < 0).any() or (box[0, 2:] * inline.PX > (wide, high)).any()
        if outside or placing.overlaps(box, taken).any():
            continue
        taken = np.vstack([taken, box])
        word = "sea" if kind == SEA else "country"
        yield inline.text(text, centre[0, 0] * inline.PX, high - centre[0, 1] * inline.PX, word)


def scale_box(frame: Frame) -> Floats:
    """Return the box of the scale bar in inches (1, 4), which no name may touch."""
    return np.array([[0.0, 0.0, frame.size[0] / inline.PX / 4 + 0.65, 0.2]])


def scale_bar(frame: Frame) -> Iterator[str]:
    """Yield the scale bar, in the lower left corner."""
    per_km = frame.scale / EARTH_KM
    km = max((bar for bar in SCALE_BARS if bar * per_km < frame.size[0] / 4), default=SCALE_BARS[0])
    x, y, wide = 8, frame.size[1] - 8, km * per_km
    yield (
        f'<path d="M{x} {y - 4}V{y}H{x + wide:.1f}V{y - 4}" fill="none" '
        f'stroke="{COLOURS["ink2"]}"/>'
    )
    yield inline.text(f"{km} km", x + wide + 5, y - 3.8, "scale")


def _world(
    sites: pd.DataFrame, ground: Ground, classes: list[shapely.Geometry], frames: list[Frame]
) -> str:
    """Return the world with a dot a site and the frames of the regions."""
    world = plane.World(WORLD_WIDE, SOUTH, NORTH)
    wide, high = world.size
    basis = plane.ground()

    def marks() -> Iterator[str]:
        lines = world.flat([basis.borders, basis.coast])
        scored = np.isin(list(basis.countries), list(ground.scored))
        areas = world.flat(list(basis.countries.values()))
        yield from inline.ground(
            areas, world.flat(plane.on_plane(classes)), (lines[0], lines[1]), scored, (wide, high)
        )
        for letter, frame in zip("ABC", frames, strict=False):
            side = np.linspace(-1, 1, 24)
            edge = np.concatenate([
                np.column_stack([side, np.full(24, -1)]), np.column_stack([np.full(24, 1), side]),
                np.column_stack([side[::-1], np.full(24, 1)]),
                np.column_stack([np.full(24, -1), side[::-1]]),
            ])  # fmt: skip
            x_edge, y_edge = (edge * frame.half).T
            lon, lat = frame.projection(x_edge, y_edge, inverse=True)
            xy = world.spots(lon, lat)
            yield inline.path(
                shapely.LineString(xy), high,
                f'fill="none" stroke="{COLOURS["navy"]}" stroke-width="1.3"',
            )  # fmt: skip
            if len(frames) > 1:
                x, y = xy[:, 0].min(), min(xy[:, 1].max(), high - 22)
                yield inline.text(letter, x, high - y - 8, "letter")
        for x, y in world.spots(sites["lon"].to_numpy(float), sites["lat"].to_numpy(float)):
            yield (f'<circle cx="{x:.1f}" cy="{high - y:.1f}" r="3.2" fill="{COLOURS["navy"]}" '
                   f'stroke="#FFFFFF"/>')  # fmt: skip

    return inline.sheet((wide, high), tr("World map with the sites as dots"), marks(), "world")
