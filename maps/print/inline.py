"""Pieces of SVG inside a page: paths, lettering, badges; coordinates are user units.

Every look is an attribute, which every reader of SVG understands; text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.language import spoken
from maps.escape import letters
from maps.palette import COLOURS, SURFACE

PX = 100.0  # user units of an inch, the unit of `maps.print.placing`
BADGE, LETTER, TALL = 0.095, 0.105, 0.15  # inches: radius, width and height of 11 px text
OUTLINE = f'fill="none" stroke="{COLOURS["navy"]}" stroke-width=".9" stroke-linejoin="round"'
# how each kind of text looks; attributes, which every reader of SVG understands
TEXTS = {
    "name": f'font-size="11" font-weight="700" text-anchor="middle" fill="{COLOURS["ink"]}"',
    "rank": 'font-size="10.5" font-weight="700" text-anchor="middle" fill="#FFFFFF"',
    "thing": f'font-size="9.5" text-anchor="middle" fill="{COLOURS["ink2"]}"',
    "country": f'font-size="11" text-anchor="middle" fill="{COLOURS["countryname"]}"',
    "sea": f'font-size="11" font-style="italic" text-anchor="middle" fill="{COLOURS["seaname"]}"',
    "scale": f'font-size="10.5" fill="{COLOURS["ink2"]}"',
    "letter": f'font-size="15" font-weight="700" fill="{COLOURS["navy"]}"',
}


def path(shape: shapely.Geometry, high: float, looks: str, tolerance: float = 0.55) -> str:
    """Return areas or lines in user units (y upwards) as one path of SVG."""
    parts = shapely.get_parts(shapely.get_parts(shapely.get_parts(shape)))
    thin = shapely.simplify(parts, tolerance)
    areal = shapely.get_type_id(thin) == shapely.GeometryType.POLYGON
    lines = np.concatenate(
        [shapely.get_rings(thin[areal]), thin[shapely.get_dimensions(thin) == 1]]
    )
    xy, line = shapely.get_coordinates(lines, return_index=True)
    if not len(xy):
        return ""
    steps = np.round(np.column_stack([xy[:, 0], high - xy[:, 1]]), 1)
    _, first, which = np.unique(line, return_index=True, return_inverse=True)
    span = np.maximum.reduceat(steps, first) - np.minimum.reduceat(steps, first)
    seen = (span.max(axis=1) >= 1.0)[which]
    letters = np.full(len(xy), "L")
    letters[first] = "M"
    spots = zip(letters[seen].tolist(), steps[seen].tolist(), strict=True)
    drawn = "".join(f"{letter}{x:g} {y:g}" for letter, (x, y) in spots)
    return f'<path d="{drawn}" {looks}/>' if drawn else ""


def ground(
    areas: NDArray[np.object_],
    classes: NDArray[np.object_],
    lines: tuple[shapely.Geometry, shapely.Geometry],
    scored: NDArray[np.bool_],
    size: tuple[int, int],
) -> Iterator[str]:
    """Yield sea, land, demand and lines."""
    wide, high = size
    yield f'<rect width="{wide}" height="{high}" fill="{COLOURS["sea"]}"/>'
    for fill, chosen in ((COLOURS["unscored"], ~scored), (COLOURS["land"], scored)):
        land = shapely.GeometryCollection(list(shapely.get_parts(areas[chosen])))
        yield path(land, high, f'fill="{fill}" fill-rule="evenodd"')
    for fill, area in zip(SURFACE, classes, strict=False):
        yield path(area, high, f'fill="{fill}" fill-rule="evenodd"')
    borders, coast = lines
    line = 'fill="none" stroke-linejoin="round" stroke="{}" stroke-width="{}"'
    yield path(borders, high, line.format("#FFFFFF", 1.6))
    yield path(borders, high, line.format(COLOURS["border"], 0.6))
    yield path(coast, high, line.format(COLOURS["coast"], 0.6))


def sheet(size: tuple[int, int], label: str, marks: Iterator[str], kind: str) -> str:
    """Return the marks as a picture with its name."""
    wide, high = size
    body = "".join(marks)
    return (
        f'<svg class="{kind}" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="{escape(label)}">{body}</svg>'
    )


def badge(x: float, y: float, rank: int, share: float) -> str:
    """Return a navy disc with its rank, if any; the ring round it goes as far as its chance."""
    r = 100 * BADGE + 1.5
    ring = ""
    if np.isfinite(share):
        around = 2 * np.pi * r
        ring = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="none" stroke="{COLOURS["navy"]}" '
            f'stroke-width="2.2" stroke-dasharray="{around * share:.1f} {around:.1f}" '
            f'transform="rotate(-90 {x:.1f} {y:.1f})"/>'
        )
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r + 1.6}" fill="#FFFFFF"/>{ring}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r - 2.6:.1f}" fill="{COLOURS["navy"]}"/>'
        + text(str(rank or ""), x, y - 0.2, "rank")
    )


def line(start: Floats, end: Floats, high: float) -> str:
    """Return a leader between two spots in inches (y upwards)."""
    (x1, y1), (x2, y2) = start * PX, end * PX
    return (
        f'<line x1="{x1:.1f}" y1="{high - y1:.1f}" x2="{x2:.1f}" y2="{high - y2:.1f}" '
        f'stroke="{COLOURS["navy"]}" stroke-width=".8"/>'
    )


def text(text: str, x: float, y: float, kind: str) -> str:
    """Return a line of text round its middle; y runs down."""
    looks = TEXTS[kind]
    if spoken() != "en":  # Chinese, Korean and Japanese have no italics
        looks = looks.replace(' font-style="italic"', "")
    return f'<text class="{kind}" x="{x:.1f}" y="{y + 3.8:.1f}" {looks}>{escape(text)}</text>'


def wide(text: str) -> float:
    """Return about how wide bold text of 11 px is, in inches; fonts differ by reader."""
    return letters(text) * LETTER * 0.62
