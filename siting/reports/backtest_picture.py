"""The world with the plants of a backtest: where the ranking was right, and where it was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from geodata.arrays import Floats
from maps.palette import COLOURS
from maps.print import figures, placing, plane
from siting.validation.plants import PARTS
from siting.validation.replay import SETS, Backtest

Bools = NDArray[np.bool_]

MISS = 0.75  # a plant that a quarter of either set beats is a miss
WIDE, MARGIN, FOOT, HEAD = 13.33, 0.35, 0.55, 0.75  # inches: as wide as a slide
TEXT, RADIUS = 8.4, 0.045
MARKS = {part: (mark, PARTS[part])
         for part, mark in zip(PARTS, "osD^*v", strict=True)}  # fmt: skip
HALO = [withStroke(linewidth=2.2, foreground="white")]


def missed(result: Backtest) -> Bools:
    """Whether each plant stands below `MISS` among towns or among named sites (p,)."""
    shares = result.ranks["model"][list(SETS)]
    return np.asarray(shares.lt(MISS).any(axis=1).to_numpy(bool))


def draw_backtest(result: Backtest, path: Path) -> Path:
    """Draw hits full and misses hollow, with the names of the misses, as SVG or PNG.

    Raises
    ------
    SitingError
        When the path is no place for a picture.
    """
    target = figures.checked_path(path)
    left, bottom, right, top = plane.frame()
    scale = (WIDE - 2 * MARGIN) / (right - left)
    high = scale * (top - bottom)
    plants = result.chosen.plants
    spots = plane.project(plants["lon"].to_numpy(), plants["lat"].to_numpy())
    spots = (spots - (left, bottom)) * scale
    with figures.style():
        sheet = figures.blank(WIDE, high + FOOT + HEAD)
        page = figures.canvas(sheet, (0, 0, WIDE, high + FOOT + HEAD))
        title = "Announced anode plants, ranked as of the eve of each announcement"
        figures.write(page, MARGIN, high + FOOT + 0.28, title, fontsize=16, fontweight="bold",
                      color=COLOURS["ink"])  # fmt: skip
        on = figures.canvas(sheet, (MARGIN, FOOT, WIDE - 2 * MARGIN, high))
        on.axhspan(0, high, facecolor=COLOURS["sea"], zorder=0)
        _land(on, scale, np.array([left, bottom]))
        miss = missed(result)
        radius = np.full(len(spots), RADIUS)
        room = (WIDE - 2 * MARGIN, high)
        spots = placing.settle(spots, radius + 0.008, room)
        shown = {part: MARKS[part] for part in MARKS if plants["part"].eq(part).any()}
        for part, (mark, _) in shown.items():
            here = plants["part"].eq(part).to_numpy()
            _marks(on, spots[here & ~miss], mark, COLOURS["navy"])
            _marks(on, spots[here & miss], mark, "white")
        names = [f"{n}, {c}" for n, c in zip(plants["city"], plants["country"], strict=True)]
        _names(on, spots, names, miss, room)
        _legend(page, shown)
        return figures.save(sheet, target)


def _land(on: Axes, scale: float, corner: Floats) -> None:
    ground = plane.ground()

    def lay(shape: Any, **looks: Any) -> None:
        path = plane.outline(shapely.simplify(shape, 0.5 / figures.DPI / scale))
        path.vertices = (np.asarray(path.vertices) - corner) * scale
        on.add_patch(PathPatch(path, **looks))

    areas = np.array(list(ground.countries.values()), dtype=object)
    lay(areas, facecolor=COLOURS["land"], edgecolor=COLOURS["land"], linewidth=0.4, zorder=1)
    lay(ground.borders, facecolor="none", edgecolor=COLOURS["border"], linewidth=0.4, zorder=2)
    lay(ground.coast, facecolor="none", edgecolor=COLOURS["coast"], linewidth=0.5, zorder=2)


def _marks(on: Axes, spots: Floats, mark: str, fill: str) -> None:
    area = (2 * RADIUS * figures.POINTS_PER_INCH) ** 2
    edge = COLOURS["parity"] if fill == "white" else "white"
    on.scatter(
        spots[:, 0],
        spots[:, 1],
        s=area,
        marker=mark,
        c=fill,
        edgecolors=edge,
        linewidths=1.4,
        zorder=5,
    )


def _names(
    on: Axes, spots: Floats, names: list[str], miss: Bools, room: tuple[float, float]
) -> None:
    """Name each town with a miss once, where the name hides no mark."""
    first = [i for i in np.flatnonzero(miss) if names[i] not in [names[j] for j in range(i)]]
    texts = [figures.shortened(names[i], 2.4, TEXT, "bold") for i in first]
    tall = 1.35 * TEXT / figures.POINTS_PER_INCH
    sizes = np.array([(figures.width_in(t, TEXT, "bold") + 0.03, tall) for t in texts])
    taken = placing.boxes(spots, np.full((len(spots), 2), 2 * RADIUS))
    edge = np.array([0.03, 0.03, room[0] - 0.03, room[1] - 0.03])
    own = np.full(len(first), RADIUS)
    centres = placing.names(spots[first], own, sizes.reshape(-1, 2), taken, taken, edge)
    for text, centre in zip(texts, centres, strict=True):
        if centre is not None:
            x, y = centre
            figures.write(on, x, y, text, fontsize=TEXT, fontweight="bold", ha="center",
                          va="center_baseline", color=COLOURS["ink"], zorder=6,
                          path_effects=HALO)  # fmt: skip


def _legend(page: Axes, shown: dict[str, tuple[str, str]]) -> None:
    x = MARGIN + 0.1
    rows = [(mark, COLOURS["navy"], f"hit, {name}") for mark, name in shown.values()]
    rows += [(mark, "white", f"miss, {name}") for mark, name in shown.values()]
    for mark, fill, words in rows:
        _marks(page, np.array([[x, 0.28]]), mark, fill)
        figures.write(page, x + 0.14, 0.24, words, fontsize=TEXT, color=COLOURS["ink2"])
        x += 0.4 + figures.width_in(words, TEXT)
    rule = "miss: more than a quarter of the towns, or of the named sites, score higher"
    figures.write(page, x + 0.2, 0.24, rule, fontsize=TEXT, color=COLOURS["ink3"])
