"""Plants and whom they serve, as SVG for a page: the world with its flows, and each region.

Every plant stands at its true place, its area by its size; a line goes to each of its customers,
as wide as its tonnes. Lines say who is served, not the route of the freight. What changes with the
year stands beside each mark as a list, one value a year, for the script of the page; the marks
themselves show the last year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from maps import basemap_shapes
from maps.escape import plain, shortened
from maps.palette import COLOURS, plant_colours
from maps.print import inline, locator, placing, plane
from maps.print.locator import Picture

WORLD = plane.World(1056, -44.0, 77.0)
LARGEST, LARGEST_NEAR = 9.0, 15.0  # radius of the largest plant, on the world and in a region
WIDEST, THINNEST = 7.0, 0.5  # of a line
BEND = 0.13  # of the length of a line, to the north
CUSTOMER = 1.7
LETTERS = 12  # user units of the width of a picture for each letter of a name


@dataclass(frozen=True)
class Network:
    """What is drawn; coordinates EPSG:4326, kt a year.

    Attributes
    ----------
    plants : DataFrame
        plant (its number, from 1), name, country_name, lat, lon.
    steps : DataFrame
        plant, decided, opens (years), size_ktpa; a plant grows by further rows.
    flows : DataFrame
        plant, customer, lat, lon, from_year, to_year, kt.
    years : tuple of int
        Those that a reader can turn to; the last is drawn.
    """

    plants: pd.DataFrame
    steps: pd.DataFrame
    flows: pd.DataFrame
    years: tuple[int, ...]

    def sizes(self, plant: int, column: str) -> Floats:
        """Return the size of a plant that is decided or open, by year; 0 before."""
        own = self.steps[self.steps["plant"].eq(plant)]
        since = own[column].to_numpy()[:, None] <= np.array(self.years)
        return np.asarray((own["size_ktpa"].to_numpy()[:, None] * since).max(axis=0, initial=0.0))

    def sold(self) -> pd.DataFrame:
        """Return a row a plant and customer: names, place, and `kt`, a list of kt by year."""
        rows, years = self.flows, np.array(self.years)
        during = (rows["from_year"].to_numpy()[:, None] <= years) & (
            years <= rows["to_year"].to_numpy()[:, None]
        )
        kt = pd.DataFrame(rows["kt"].to_numpy()[:, None] * during, index=rows.index)
        keys = ["plant", "customer", "lat", "lon"]
        summed = kt.groupby([rows[key] for key in keys], sort=True).sum()
        table = summed.index.to_frame(index=False)
        return table.assign(kt=list(summed.to_numpy()))


def pictures(network: Network) -> tuple[Picture, ...]:
    """Draw the world, then each region that has plants; none without a plant."""
    plants = network.plants
    if plants.empty:
        return ()
    label = locator.regions(plants["lat"].to_numpy(float), plants["lon"].to_numpy(float))
    count = int(label.max()) + 1
    near = [_region(network, plants[label == k], locator.SIZES[count]) for k in range(count)]
    return (Picture("", "The world", _world(network)), *near)


def _world(network: Network) -> str:
    basis, (wide, high) = plane.ground(), WORLD.size

    def marks() -> Iterator[str]:
        lines = WORLD.flat([basis.borders, basis.coast])
        areas = WORLD.flat(list(basis.countries.values()))
        no_demand = np.empty(0, dtype=object)
        yield from inline.ground(areas, no_demand, (lines[0], lines[1]),
                                 np.ones(len(areas), dtype=bool), WORLD.size)  # fmt: skip
        yield from _flows(network)
        spots = _spots(network.plants)
        yield from _marked(network, network.plants, spots, LARGEST, WORLD.size)[0]

    label = f"World map: {len(network.plants)} plants and a line to each customer"
    return inline.sheet((wide, high), label, marks(), "world")


def _region(network: Network, plants: pd.DataFrame, size: tuple[int, int]) -> Picture:
    frame, land = locator.frame_of(plants, size), basemap_shapes.land()

    def marks() -> Iterator[str]:
        lines = frame.cut(np.array([land.borders, land.coast], dtype=object))
        areas = frame.cut(land.areas)
        yield from inline.ground(areas, np.empty(0, dtype=object), (lines[0], lines[1]),
                                 np.ones(len(areas), dtype=bool), size)  # fmt: skip
        yield from locator.scale_bar(frame)
        spots = frame.spots(plants["lon"].to_numpy(float), plants["lat"].to_numpy(float))
        bar = locator.scale_box(frame)
        marked, taken = _marked(network, plants, spots, LARGEST_NEAR, size, named=True, bar=bar)
        yield from locator.countries(frame, taken)
        yield from marked

    words = ", ".join(dict.fromkeys(plain(name) for name in plants["country_name"] if name))
    return Picture(
        "", words, inline.sheet(size, f"Map of {words} with its plants", marks(), "region")
    )


def _spots(places: pd.DataFrame) -> Floats:
    return WORLD.spots(places["lon"].to_numpy(float), places["lat"].to_numpy(float))


def _flows(network: Network) -> Iterator[str]:
    """Yield a line a plant and customer, the thin ones over the wide ones, then the customers."""
    sold, high = network.sold(), WORLD.size[1]
    if sold.empty:
        return
    names = network.plants.set_index("plant")["name"]
    colours = dict(zip(network.plants["plant"], plant_colours(len(network.plants)), strict=True))
    start = pd.DataFrame(_spots(network.plants), index=network.plants["plant"])
    most = max(float(kt.max()) for kt in sold["kt"])
    begin, end = start.loc[sold["plant"]].to_numpy(), _spots(sold)
    order = np.argsort([-float(kt[-1]) for kt in sold["kt"]], kind="stable")
    for k in order:
        row = sold.iloc[k]
        wide = np.where(row["kt"] > 0, np.maximum(THINNEST, WIDEST * row["kt"] / most), 0.0)
        words = f"{plain(names[row['plant']])} to {plain(row['customer'])}"
        yield (
            f'<path class="flow" data-plant="{row["plant"]}" data-wide="{_listed(wide)}" '
            f'd="{_curve(begin[k], end[k], high)}" fill="none" stroke="{colours[row["plant"]]}" '
            f'stroke-width="{wide[-1]:.1f}" stroke-opacity=".5" stroke-linecap="round"'
            f"{_gone(wide[-1])}><title>{escape(words)}</title></path>"
        )
    for x, y in np.unique(np.round(end, 1), axis=0):
        yield (f'<circle cx="{x:.1f}" cy="{high - y:.1f}" r="{CUSTOMER}" '
               f'fill="{COLOURS["cluster"]}"/>')  # fmt: skip


def _curve(start: Floats, end: Floats, high: float) -> str:
    across = np.array([-(end - start)[1], (end - start)[0]])
    north = across if across[1] > 0 else -across
    x, y = (start + end) / 2 + 2 * BEND * north
    (x1, y1), (x2, y2) = start, end
    return f"M{x1:.1f} {high - y1:.1f}Q{x:.1f} {high - y:.1f} {x2:.1f} {high - y2:.1f}"


def _marked(
    network: Network, plants: pd.DataFrame, spots: Floats, largest: float, size: tuple[int, int],
    *, named: bool = False, bar: Floats | None = None,
) -> tuple[list[str], Floats]:  # fmt: skip
    """Return the marks of plants with their labels, and the boxes in inches that they take."""
    numbers = plants["plant"].tolist()
    most = float(network.steps["size_ktpa"].max())
    open_, ring = (
        np.array([largest * np.sqrt(network.sizes(plant, column) / most) for plant in numbers])
        for column in ("opens", "decided")
    )
    radius = ring.max(axis=1) / inline.PX
    ring = np.where(ring > open_, ring, 0.0)
    home, texts = spots / inline.PX, _labels(plants, size[0] // LETTERS, named=named)
    sizes = np.array([(inline.wide(text) + 0.04, inline.TALL) for text in texts])
    taken = placing.boxes(home, 2 * np.column_stack([radius, radius]))
    taken = taken if bar is None else np.vstack([taken, bar])
    room = np.array([0.03, 0.03, size[0] / inline.PX - 0.03, size[1] / inline.PX - 0.03])
    centres = placing.names(home, radius, sizes, taken, np.empty((0, 4)), room)
    boxes = [placing.boxes(at[None], one[None])[0]
             for at, one in zip(centres, sizes, strict=True) if at is not None]  # fmt: skip
    colours = plant_colours(len(network.plants))
    marks = []
    for k in np.argsort(-radius, kind="stable"):
        colour = colours[numbers[k] - 1]
        at = centres[k]
        label = "" if at is None else _label(texts[k], at, sizes[k], home[k], radius[k], size[1])
        marks.append(_mark(numbers[k], spots[k], colour, open_[k], ring[k], size[1], label))
    return marks, np.vstack([taken, *(box[None] for box in boxes)])


def _labels(plants: pd.DataFrame, longest: int, *, named: bool) -> list[str]:
    if not named:
        return [str(number) for number in plants["plant"]]
    return [f"{number} {shortened(name, longest)}"
            for number, name in zip(plants["plant"], plants["name"], strict=True)]  # fmt: skip


def _label(text: str, at: Floats, size: Floats, mark: Floats, radius: float, high: float) -> str:
    """Return a label; one that found room only farther off has a leader."""
    box = placing.boxes(at[None], size[None])[0]
    end = np.clip(mark, box[:2], box[2:])
    leader = inline.line(mark, end, high) if np.hypot(*(end - mark)) > radius + 0.1 else ""
    return leader + inline.text(text, at[0] * inline.PX, high - at[1] * inline.PX, "name")


def _mark(
    plant: int, spot: Floats, colour: str, open_: Floats, ring: Floats, high: float, label: str
) -> str:
    x, y = spot[0], high - spot[1]
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    return (
        f'<g class="plant" data-plant="{plant}" data-open="{_listed(open_)}" '
        f'data-ring="{_listed(ring)}"{_gone(max(open_[-1], ring[-1]))}>{label}'
        f'<circle class="ring" {at} r="{ring[-1]:.1f}" fill="#FFFFFF" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="3 2"/>'
        f'<circle class="open" {at} r="{open_[-1]:.1f}" fill="{colour}" stroke="#FFFFFF"/></g>'
    )


def _listed(values: Sequence[float] | Floats) -> str:
    return " ".join(f"{round(float(value), 1):g}" for value in values)


def _gone(value: float) -> str:
    return "" if value > 0 else ' display="none"'
