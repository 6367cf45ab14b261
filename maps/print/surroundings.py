"""Where one site lies, as two pictures of SVG: its country in the region, and its neighbourhood.

The neighbourhood shows what a reader knows the ground by: towns, seaports, rail terminals, power
stations and named sites, to scale round the site; what finds no room for its name stays a mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely

from geodata.arrays import Floats, Shapes
from geodata.language import tr
from geodata.sphere import EARTH_KM
from maps import basemap_shapes, hexagons
from maps.escape import plain, shortened
from maps.nearby import NEAR_KM
from maps.palette import COLOURS
from maps.print import inline, locator, placing
from maps.print.locator import Frame, Ground

COUNTRY_SIZE, NEAR_SIZE = (330, 216), (330, 268)  # user units, for which text is drawn
LEAST_KM, MOST_KM, AIR = 300.0, 2200.0, 1.12  # half a country's picture, and what is round it
MAIN_LAND_KM = 2500.0  # farther parts of a country are not in its picture
# how many of a kind are named
EACH = {"ports": 5, "terminals": 4, "estates": 7, "stations": 4, "towns": 8}
NAME_LONG = 36  # letters of the site
WINDOW = 2.0  # degrees: what is farther is in no neighbourhood
GAP, SPOT = 0.03, 0.035  # inches: round a mark, and its radius


class Look(NamedTuple):
    """How a kind of thing is drawn round its spot, and what the key calls it."""

    words: str
    mark: str


def _sign(path: str, fill: str) -> str:
    return f'<path d="M{{x}} {{y}}{path}" fill="{fill}" stroke="#FFFFFF" stroke-width=".6"/>'


# in the order of drawing and naming: what a site needs first has its name first
LOOKS: Mapping[str, Look] = {
    "ports": Look("seaport", _sign("m-3 -3h6v6h-6z", COLOURS["link"])),
    "terminals": Look("rail terminal", _sign("m0 -4l4 4l-4 4l-4 -4z", COLOURS["ink2"])),
    "estates": Look("named site", _sign("m-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z",
                                        COLOURS["navy"])),
    "stations": Look("power station", _sign("m0 -4.2l3.8 6.6h-7.6z", COLOURS["cluster"])),
    "towns": Look("town", _sign("m-1.9 0a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0 -3.8 0z",
                                COLOURS["grey"])),
}  # fmt: skip


def key() -> list[tuple[str, str]]:
    """Return the words of each kind of mark, and the mark as a small picture."""
    signs = ((tr(look.words), look.mark.format(x=5, y=5)) for look in LOOKS.values())
    return [(words, f'<svg class="mark" viewBox="0 0 10 10">{sign}</svg>') for words, sign in signs]


class Countries:
    """Draws the country of each site in its region; the ground of each once a page."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._drawn: dict[Frame, str] = {}

    def picture(self, site: pd.DataFrame, code: str) -> str:
        """Return a country, outlined in its region, with demand, plants and one site.

        Parameters
        ----------
        site : DataFrame
            One row: rank, name, country_name, lat, lon, sure.
        code : str
            Of its country; "" or one that the basemap lacks is drawn without an outline.
        """
        lat, lon = (float(site[name].iloc[0]) for name in ("lat", "lon"))
        frame = _frame_for(code, lat, lon)
        return locator.region(site, self._ground_in(frame, code), frame)

    def _ground_in(self, frame: Frame, code: str) -> str:
        if frame in self._drawn:
            return f'<use href="#{self._drawn[frame]}"/>'
        name = self._drawn[frame] = f"land{len(self._drawn) + 1}"
        classes = hexagons.classes(self._ground.surface, self._ground.breaks)
        return f'<g id="{name}">{locator.ground_in(frame, self._ground, classes, code)}</g>'


def _frame_for(code: str, lat: float, lon: float) -> Frame:
    """Return the frame of a country, or of the part that holds the site where it is far away."""
    own = _main_land(code)
    if own is not None:
        x, y = own.spots(np.array([lon]), np.array([lat]))[0]
        if 0 < x < own.size[0] and 0 < y < own.size[1]:
            return own
    wide, tall = COUNTRY_SIZE
    across = 2 * LEAST_KM / EARTH_KM
    return Frame(lon, lat, (across, across * tall / wide), COUNTRY_SIZE)


@lru_cache
def _main_land(code: str) -> Frame | None:
    """Return the frame of a country's largest part and what is not oceans away from it."""
    land = basemap_shapes.land()
    at = np.flatnonzero(land.codes == code)
    parts = shapely.get_parts(shapely.segmentize(land.areas[at], 1.0))
    if not len(parts):
        return None
    main = parts[np.argmax(shapely.area(parts))]
    west, south, east, north = main.bounds
    projection = locator.projection_at((west + east) / 2, (south + north) / 2)
    corners = [np.column_stack(projection(*shapely.get_coordinates(part).T)) for part in parts]
    spots = np.concatenate([xy for xy in corners if _km(xy).min() <= MAIN_LAND_KM])
    spots = np.clip(spots, -2 * MOST_KM / EARTH_KM, 2 * MOST_KM / EARTH_KM)
    low, high = spots.min(axis=0), spots.max(axis=0)
    x, y = (low + high) / 2
    lon, lat = projection(x, y, inverse=True)
    half = np.clip((high - low) / 2 * AIR, LEAST_KM / EARTH_KM, MOST_KM / EARTH_KM)
    wide, tall = COUNTRY_SIZE
    across = max(float(half[0]), float(half[1]) * wide / tall)
    return Frame(float(lon), float(lat), (across, across * tall / wide), COUNTRY_SIZE)


def _km(xy: Floats) -> Floats:
    return np.asarray(EARTH_KM * np.hypot(*xy.T))


def neighbourhood(lat: float, lon: float, name: str, things: Mapping[str, pd.DataFrame]) -> str:
    """Draw what lies near a site.

    Parameters
    ----------
    lat, lon : float
    name : str
        Of the site.
    things : mapping of DataFrame
        name, lat, lon by the kinds of `LOOKS`, wherever they lie; what should be named first
        comes first, but of named sites the nearest.
    """
    wide, tall = NEAR_SIZE
    across = NEAR_KM / EARTH_KM
    frame = Frame(lon, lat, (across * wide / tall, across), NEAR_SIZE)
    land = basemap_shapes.land()

    def marks() -> Iterator[str]:
        lines = frame.cut(np.array([land.borders, land.coast], dtype=object))
        near = _land_near(lat, lon)
        areas = frame.cut(near) if len(near) else near
        no_demand, all_scored = np.empty(0, dtype=object), np.ones(len(areas), dtype=bool)
        yield from inline.ground(areas, no_demand, (lines[0], lines[1]), all_scored, NEAR_SIZE)
        yield from locator.scale_bar(frame)
        yield from _things(frame, name, things)

    return inline.sheet(
        NEAR_SIZE, tr("Map of the surroundings of {site}", site=plain(name)), marks(), "near"
    )


@lru_cache
def _tree() -> shapely.STRtree:
    return shapely.STRtree(basemap_shapes.land().areas)


def _land_near(lat: float, lon: float) -> Shapes:
    """Return the countries whose bounds reach the neighbourhood, on either side of 180 degrees."""
    reach = 3.0 / max(np.cos(np.radians(lat)), 0.05)
    boxes = [shapely.box(lon + turn - reach, lat - 3, lon + turn + reach, lat + 3)
             for turn in (-360, 0, 360)]  # fmt: skip
    found = np.unique(_tree().query(boxes)[1])
    near: Shapes = basemap_shapes.land().areas[found]
    return near


def _things(frame: Frame, name: str, things: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    _, tall = frame.size
    size = np.array(frame.size) / inline.PX
    rows, spots = _seen(frame, name, things)
    for (kind, _), (x, y) in reversed(list(zip(rows, spots * inline.PX, strict=True))):
        yield LOOKS[kind].mark.format(x=f"{x:.1f}", y=f"{tall - y:.1f}")
    middle = size / 2
    named = _named(rows)
    texts = [shortened(name, NAME_LONG), *(rows[k][1] for k in named)]
    points = np.vstack([middle, spots[named]])
    radius = np.concatenate([[inline.BADGE], np.full(len(named), SPOT)]) + GAP
    every = placing.boxes(spots, np.full((len(spots), 2), 2 * SPOT))
    badge = placing.boxes(middle[None], np.full((1, 2), 2 * inline.BADGE))
    taken = np.vstack([badge, locator.scale_box(frame)])
    room = np.array([0.03, 0.03, *(size - 0.03)])
    sizes = np.array([(inline.wide(text) + 0.04, inline.TALL) for text in texts])
    centres = placing.names(points, radius, sizes, taken, every, room)
    near = radius + 0.35
    for nth, (text, centre) in enumerate(zip(texts, centres, strict=True)):
        if centre is None:
            continue
        edge = np.clip(points[nth], centre - sizes[nth] / 2, centre + sizes[nth] / 2)
        if np.hypot(*(edge - points[nth])) > near[nth]:
            continue  # so far from its mark that it would name another
        x, y = centre * inline.PX
        yield inline.text(text, x, tall - y, "thing" if nth else "name")
    x, y = middle * inline.PX
    yield (f'<circle cx="{x:.1f}" cy="{tall - y:.1f}" r="6.4" fill="{COLOURS["navy"]}" '
           f'stroke="#FFFFFF" stroke-width="1.6"/>')  # fmt: skip


def _seen(
    frame: Frame, name: str, things: Mapping[str, pd.DataFrame]
) -> tuple[list[tuple[str, str]], Floats]:
    """Return kind and name of what lies in the frame, and where in inches; not the site itself."""
    size = np.array(frame.size) / inline.PX
    rows: list[tuple[str, str]] = []
    parts = [np.empty((0, 2))]
    for kind in LOOKS:
        lon, lat = (things[kind][key].to_numpy(dtype=float) for key in ("lon", "lat"))
        off = np.abs((lon - frame.lon + 180.0) % 360.0 - 180.0) * np.cos(np.radians(frame.lat))
        near = np.flatnonzero((np.abs(lat - frame.lat) < WINDOW) & (off < 2 * WINDOW))
        spots = frame.spots(lon[near], lat[near]) / inline.PX
        away = np.hypot(*(spots - size / 2).T)
        inside = np.asarray(((spots > SPOT) & (spots < size - SPOT)).all(axis=1))
        names = things[kind]["name"].iloc[near].to_numpy(dtype=object)
        if kind == "estates":
            inside &= ~(np.array([one == name for one in names], dtype=bool) & (away < SPOT))
            order = np.argsort(away, kind="stable")
        else:
            order = np.arange(len(near))
        kept = order[inside[order]]
        rows += [(kind, plain(text)) for text in names[kept]]
        parts.append(spots[kept])
    return rows, np.concatenate(parts)


def _named(rows: Sequence[tuple[str, str]]) -> list[int]:
    """Return which things are named: a few of each kind, those of a name once."""
    seen: set[str] = set()
    chosen = []
    for kind in LOOKS:
        own = 0
        for k, (of, text) in enumerate(rows):
            if of != kind or not text or text in seen or own == EACH[kind]:
                continue
            seen.add(text)
            chosen.append(k)
            own += 1
    return chosen
