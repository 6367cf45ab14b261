"""The world with the ranked sites, as a picture: for a slide, a report or a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError, raise_if
from maps import hexagons, layers
from maps.atlas import Atlas
from maps.numerals import number
from maps.palette import COLOURS, SCORE, STATUS, SURFACE, ink_on
from maps.print import figures, placing, plane
from maps.print.figures import shortened, width_in, wrapped, write

Floats = NDArray[np.float64]
WIDTH, MARGIN, GAP = 13.33, 0.35, 0.3  # inches: as wide as a slide
ROOM = WIDTH - 2 * MARGIN
BADGES, FIRST, NAMED = 25, 10, 8
NAME_ROOM = 2.4
DRAWN = tuple(status for status, (_, fill) in STATUS.items() if fill)  # not coming: not drawn
BADGE, DOT, HOME, GWH = 0.112, 0.042, 0.022, 0.0098  # inches: radii; the last of one GWh
TEXT, KEY, SMALL = 8.6, 8.2, 7.0
LEGEND_GWH = 40
HALO = [withStroke(linewidth=2.2, foreground="white")]


@dataclass(frozen=True)
class _Panel:
    """Where one map stands on the sheet, and what all maps of the sheet share."""

    wide: float
    breaks: Floats  # of the share (%), between colours
    ground: bool  # whether demand in reach is drawn

    @property
    def scale(self) -> float:
        left, _, right, _ = plane.frame()
        return self.wide / (right - left)

    @property
    def high(self) -> float:
        _, bottom, _, top = plane.frame()
        return self.scale * (top - bottom)

    @property
    def tolerance(self) -> float:
        """Half a dot of the picture, in earth radii: what no eye misses."""
        return 0.5 / figures.DPI / self.scale

    @property
    def size(self) -> float:
        """How large marks and letters are: less in a small map, but never unreadable."""
        return float(np.clip(self.wide / 11.0, 0.74, 1.0))

    def inches(self, xy: Floats) -> Floats:
        left, bottom, _, _ = plane.frame()
        return (xy - (left, bottom)) * self.scale

    def spots(self, frame: pd.DataFrame) -> Floats:
        """Return the places of a frame (n, 2) in inches."""
        return self.inches(plane.project(frame["lon"].to_numpy(), frame["lat"].to_numpy()))


def draw_map(atlas: Atlas, path: Path | str, *, demand: bool = True) -> Path:
    """Draw one atlas as a world map and write it as PNG or SVG, by the suffix of `path`.

    Same atlas, same fonts, same bytes.

    Parameters
    ----------
    demand : bool
        Whether the land is coloured by the demand within freight reach.

    Raises
    ------
    SitingError
        With every fault of the atlas, or when the path is no place for a picture.
    """
    return draw_maps([atlas], path, columns=1, demand=demand)


def draw_maps(
    atlases: Sequence[Atlas],
    path: Path | str,
    *,
    columns: int = 2,
    title: str = "",
    demand: bool = True,
) -> Path:
    """Draw several atlases on one sheet, with one scale of colours and one legend.

    Parameters
    ----------
    columns : int
        Maps beside each other.
    title : str
        Over all maps; without it the question, where all atlases ask the same.

    Raises
    ------
    SitingError
        With every fault of every atlas, or when the path is no place for a picture.
    """
    target = figures.checked_path(path)
    if not atlases or columns < 1:
        raise SitingError(Fault("picture", "needs an atlas and a column at least"))
    raise_if([fault for atlas in atlases for fault in layers.faults(atlas)])
    if demand and len({atlas.surface_breaks for atlas in atlases}) > 1:
        hint = "draw them apart, or without the demand"
        raise SitingError(Fault("picture", "one legend cannot hold two demand surfaces", hint))
    columns = min(columns, len(atlases))
    wide = (ROOM - GAP * (columns - 1)) / columns
    panel = _Panel(wide, share_breaks(atlases), demand)
    with figures.style():
        asked = {atlas.title for atlas in atlases}
        over = title or (asked.pop() if len(asked) == 1 and len(atlases) > 1 else "")
        heads = [_head(atlas, panel, alone=over != atlas.title) for atlas in atlases]
        head = max(len(lines) for lines in heads) * _LINE * panel.size + 0.12
        rows = -(-len(atlases) // columns)
        laid, small = _legend(panel, atlases[0]), _small_print(atlases)
        top, foot = (0.62 if over else 0.22), 0.4 + 0.24 * laid[-1][0] + 0.18 * len(small) + 0.16
        height = top + rows * (head + panel.high) + GAP * (rows - 1) + foot
        sheet = figures.blank(WIDTH, height)
        page = figures.canvas(sheet, (0, 0, WIDTH, height))
        if over:
            write(page, MARGIN, height - 0.44, shortened(over, ROOM, 16, "bold"),
                  fontsize=16, fontweight="bold", color=COLOURS["ink"])  # fmt: skip
        for at, (atlas, lines) in enumerate(zip(atlases, heads, strict=True)):
            row, column = divmod(at, columns)
            left = MARGIN + column * (wide + GAP)
            upper = height - top - row * (head + panel.high + GAP)
            for k, (text, size, weight, colour) in enumerate(lines):
                write(page, left, upper - _LINE * panel.size * (k + 0.72), text, fontsize=size,
                      fontweight=weight, color=colour)  # fmt: skip
            _map(sheet, (left, upper - head - panel.high), panel, atlas)
        for row, x, entry in laid:
            entry.draw(page, MARGIN + x, foot - 0.32 - 0.24 * row)
        for k, line in enumerate(reversed(small)):
            write(page, MARGIN, 0.16 + 0.18 * k, line, fontsize=SMALL, color=COLOURS["ink3"])
        return figures.save(sheet, target)


_LINE = 0.27


def share_breaks(atlases: Sequence[Atlas]) -> Floats:
    """Return what parts the classes of share (%): the last of 1, 2, 5 and their tens below it."""
    shares = np.concatenate([atlas.sites["share"].to_numpy(dtype=float) for atlas in atlases])
    high = 100 * shares.max() if len(shares) else 10.0
    ladder = np.array([nice * 10.0**power for power in range(-3, 3) for nice in (1, 2, 5)])
    fewer = len(SCORE) - 1
    below = int(np.searchsorted(ladder, high, side="left"))
    return np.asarray(ladder[max(below, fewer) - fewer : max(below, fewer)])


def _head(atlas: Atlas, panel: _Panel, *, alone: bool) -> list[tuple[str, float, str, str]]:
    """Return the lines over a map: text, size, weight, colour."""
    big = 15 if panel.size == 1 else 10.5
    small = 10.5 if panel.size == 1 else 8.5
    first = atlas.title if alone else atlas.study.replace("_", " ").capitalize()
    lines = [(shortened(first, panel.wide, big, "bold"), big, "bold", COLOURS["ink"])]
    below = [(atlas.subtitle, COLOURS["ink2"], 1), (atlas.answer, COLOURS["ink"], 2)]
    for text, colour, most in below:
        broken = wrapped(text, panel.wide, small)
        lines += [(line, small, "normal", colour) for line in broken[:most]]
    return lines


def _map(sheet: Figure, corner: tuple[float, float], panel: _Panel, atlas: Atlas) -> None:
    on = figures.canvas(sheet, (*corner, panel.wide, panel.high))
    on.axhspan(0, panel.high, facecolor=COLOURS["sea"], zorder=0)
    _draw_ground(on, panel, atlas)
    specks = _draw_plants(on, panel, atlas.gigafactories)
    sites = atlas.sites.sort_values("rank", kind="stable").head(BADGES)
    taken = _draw_sites(on, panel, sites, specks)
    _draw_names(on, panel, taken)


def _draw_ground(on: Axes, panel: _Panel, atlas: Atlas) -> None:
    ground = plane.ground()

    def lay(shape: Any, fill: str, order: int, **looks: Any) -> None:
        path = plane.outline(shapely.simplify(shape, panel.tolerance))
        path.vertices = panel.inches(np.asarray(path.vertices))
        on.add_patch(PathPatch(path, facecolor=fill, zorder=order, **looks))

    codes = np.array(list(ground.countries))
    areas = np.array(list(ground.countries.values()), dtype=object)
    scored = np.isin(codes, list(atlas.scored_countries))
    for fill, chosen in ((COLOURS["unscored"], ~scored), (COLOURS["land"], scored)):
        lay(areas[chosen], fill, 1, edgecolor=fill, linewidth=0.4)
    if panel.ground:
        classes = hexagons.classes(atlas.surface, atlas.surface_breaks)
        for fill, area in zip(SURFACE, plane.on_plane(classes), strict=False):
            lay(area, fill, 2, linewidth=0)
    thin = 0.5 * panel.size
    lay(ground.borders, "none", 3, edgecolor="white", linewidth=2.4 * thin)
    lay(ground.borders, "none", 3, edgecolor=COLOURS["border"], linewidth=0.8 * thin)
    lay(ground.coast, "none", 3, edgecolor=COLOURS["coast"], linewidth=0.9 * thin)


def _draw_plants(on: Axes, panel: _Panel, plants: pd.DataFrame) -> Floats:
    """Draw the gigafactories that come or are there, large ones first; return their boxes."""
    shown = plants[plants["status"].isin(DRAWN)]
    gwh = shown["gwh_2030"].fillna(0).to_numpy(dtype=float)
    order = np.argsort(-gwh, kind="stable")
    shown, radius = shown.iloc[order], plant_radius(gwh[order]) * panel.size
    spots = panel.spots(shown)
    x, y = spots.T
    colours = [STATUS[status][1] or "" for status in shown["status"]]
    for width, edge in ((1.5, "white"), (0.5, COLOURS["grey"])):
        on.scatter(x, y, s=(2 * radius * figures.POINTS_PER_INCH) ** 2, c=colours, zorder=4,
                   edgecolors=edge, linewidths=width * panel.size)  # fmt: skip
    return placing.boxes(spots, 2 * np.column_stack([radius, radius]))


def plant_radius(gwh: Floats) -> Floats:
    """Radius of a gigafactory's mark in inches: area as its GWh, the unknown smallest."""
    return np.maximum(GWH * np.sqrt(gwh), 0.018)


def _draw_sites(on: Axes, panel: _Panel, sites: pd.DataFrame, specks: Floats) -> Floats:
    """Draw badges, dots and the names of the first; return the boxes of all."""
    letters = TEXT * panel.size
    home = panel.spots(sites)
    first = sites["rank"].to_numpy() <= FIRST
    radius = np.where(first, BADGE, DOT) * panel.size
    spots = placing.settle(home, radius + 0.012, (panel.wide, panel.high))
    classes = np.searchsorted(panel.breaks, 100 * sites["share"].to_numpy(float), side="right")
    for at in reversed(range(len(sites))):
        (x, y), fill = spots[at], SCORE[classes[at]]
        on.plot(*np.stack([home[at], spots[at]]).T, color=COLOURS["navy"], linewidth=0.7, zorder=5)
        if first[at]:
            on.add_patch(Circle(tuple(home[at]), HOME * panel.size, facecolor=COLOURS["navy"],
                                linewidth=0, zorder=5))  # fmt: skip
        on.add_patch(Circle((x, y), radius[at], facecolor=fill, edgecolor=COLOURS["navy"],
                            linewidth=0.9, zorder=6, path_effects=HALO))  # fmt: skip
        if first[at]:
            write(on, x, y, str(sites["rank"].iloc[at]), fontsize=letters, ha="center", zorder=7,
                  va="center_baseline", fontweight="bold", color=ink_on(fill))  # fmt: skip
    named = sites.head(NAMED)
    texts = [shortened(f"{rank} {name}", NAME_ROOM, letters, "bold")
             for rank, name in zip(named["rank"], named["name"], strict=True)]  # fmt: skip
    high = 1.35 * letters / figures.POINTS_PER_INCH
    sizes = np.array([(width_in(text, letters, "bold") + 0.03, high) for text in texts])
    sizes, count = sizes.reshape(-1, 2), len(texts)
    taken = placing.boxes(spots, 2 * np.column_stack([radius, radius]))
    room = np.array([0.03, 0.03, panel.wide - 0.03, panel.high - 0.03])
    found = placing.names(spots[:count], radius[:count], sizes, taken, specks, room)
    for mark, text, size, spot in zip(spots, texts, sizes, found, strict=False):
        if spot is None:
            continue
        box = placing.boxes(spot[None], size[None])
        taken = np.vstack([taken, box])
        end = np.clip(mark, box[0, :2], box[0, 2:])
        if np.hypot(*(end - mark)) > BADGE + 0.08:
            on.plot(*np.stack([mark, end]).T, color=COLOURS["navy"], linewidth=0.5, zorder=5)
        write(on, spot[0], spot[1], text, fontsize=letters, fontweight="bold", ha="center",
              va="center_baseline", color=COLOURS["ink"], zorder=8, path_effects=HALO)  # fmt: skip
    return taken


def _draw_names(on: Axes, panel: _Panel, taken: Floats) -> None:
    """Write few names of countries and seas where they are in nobody's way."""
    letters = 0.86 * TEXT * panel.size
    for text, x, y, kind in plane.ground().names:
        spot = panel.inches(np.array([[x, y]]))
        box = placing.boxes(spot, np.array([[width_in(text, letters), 0.13]]))
        if placing.overlaps(box, taken).any():
            continue
        looks = ({"color": COLOURS["seaname"], "fontstyle": "italic"} if kind else
                 {"color": COLOURS["countryname"], "path_effects": HALO})  # fmt: skip
        write(on, spot[0, 0], spot[0, 1], text, fontsize=letters, ha="center", zorder=4.5,
              va="center_baseline", **looks)  # fmt: skip


def _legend(panel: _Panel, atlas: Atlas) -> list[tuple[int, float, _Entry]]:
    """Return each entry with its row and its place in it; a group that fits stays together."""
    laid, row, x = [], 0, 0.0
    for group in _groups(panel, atlas):
        if x and x + sum(entry.wide for entry in group) > ROOM:
            row, x = row + 1, 0.0
        for entry in group:
            laid.append((row, x, entry))
            x += entry.wide
        x += 0.22
    return laid


def _small_print(atlases: Sequence[Atlas]) -> list[str]:
    """Return what to know of the numbers, and who made the ground: whole, for licences ask it."""
    notes = atlases[0].notes if len(atlases) == 1 else ()
    credit = dict.fromkeys(line for atlas in atlases for line in atlas.attributions)
    dot = " \N{MIDDLE DOT} "
    return [line for text in (notes, credit) for line in wrapped(dot.join(text), ROOM, SMALL)]


class _Entry(NamedTuple):
    """A mark of the legend and its words; a radius of 0 draws none, none at all a swatch."""

    words: str
    radius: float | None = 0.0
    fill: str = "white"
    edge: str = COLOURS["navy"]
    number: str = ""

    @property
    def mark(self) -> float:
        return 0.2 if self.radius is None else 2 * self.radius + 0.06 * (self.radius > 0)

    @property
    def wide(self) -> float:
        return self.mark + width_in(self.words, KEY) + 0.11

    def draw(self, page: Axes, x: float, y: float) -> None:
        middle = y + 0.042
        if self.radius is None:
            page.add_patch(Rectangle((x, middle - 0.06), 0.15, 0.12, facecolor=self.fill,
                                     edgecolor=self.edge, linewidth=0.5))  # fmt: skip
        elif self.radius:
            page.add_patch(Circle((x + self.radius, middle), self.radius, facecolor=self.fill,
                                  edgecolor=self.edge, linewidth=0.7))  # fmt: skip
            write(page, x + self.radius, middle, self.number, fontsize=KEY - 1, ha="center",
                  va="center_baseline", fontweight="bold", color=ink_on(SCORE[-1]))  # fmt: skip
        write(page, x + self.mark, y, self.words, fontsize=KEY, color=COLOURS["ink2"])


def _groups(panel: _Panel, atlas: Atlas) -> Iterator[list[_Entry]]:
    ends = [f"{end:g}" for end in panel.breaks]
    classes = [f"under {ends[0]}", *(f"{low}\N{EN DASH}{high}" for low, high in pairwise(ends)),
               f"from {ends[-1]}"]  # fmt: skip
    sized = float(plant_radius(np.array([LEGEND_GWH]))[0]) * panel.size
    yield [
        _Entry(f"rank 1\N{EN DASH}{FIRST}", 0.095, SCORE[-1], number="1"),
        _Entry(f"{FIRST + 1}\N{EN DASH}{BADGES}", DOT, SCORE[-1]),
        _Entry("share of the chances, %:"),
        *(_Entry(words, 0.065, fill) for fill, words in zip(SCORE, classes, strict=True)),
    ]  # fmt: skip
    yield [
        _Entry(f"gigafactory, here {LEGEND_GWH} GWh in 2030:"),
        *(_Entry(STATUS[status][0].lower(), sized, STATUS[status][1] or "", COLOURS["grey"])
          for status in DRAWN),
    ]  # fmt: skip
    if panel.ground:
        yield [
            _Entry("demand in freight reach, kt a year from:"),
            *(_Entry(number(low), None, fill, fill)
              for fill, low in zip(SURFACE, atlas.surface_breaks, strict=False)),
        ]  # fmt: skip
    yield [_Entry("country without a candidate", None, COLOURS["unscored"], COLOURS["border"])]
