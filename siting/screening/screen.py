"""Every cell of the regions asked for: ranked in a first pass, described in a second.

The first pass keeps one number a cell, so ten million cells fit in memory; siting zones are cut
among all of them, and the best cells of each zone become candidates of the plan. The second pass
appraises the blocks again and describes each cell, to be written block by block: to appraise a
cell twice is cheaper than to keep all that is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import h3.api.numpy_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import SitingError
from siting.confidence.uncertainty import model_of
from siting.market.customers import known_demand
from siting.model import scoring
from siting.model.appraisal import Appraisal, appraise
from siting.model.plan import Screen
from siting.model.zones import extent_of
from siting.screening.chances import Bars, bars, chances
from siting.screening.engine import Blocks, Engine, run
from siting.screening.survey import Shared, masks, scores, seen, shared
from siting.screening.zones import cell_zones
from siting.study.sources import Hexagons
from siting.study.study import Study
from siting.support.blocks import PLACES
from siting.support.progress import Progress
from siting.world import candidates, h3land
from siting.world.blocs import spelled_out
from siting.world.facts import Facts

BLOCK = PLACES  # cells worked at once, about; fixed: last bits of a product depend on its shape
KEPT = 50  # best cells of each zone that the plan compares
TOP = 10

Rows = NDArray[np.intp]


def screen(
    study: Study,
    asked: Hexagons,
    facts: Facts,
    own: candidates.Own,
    engine: Engine,
    progress: Progress | None = None,
) -> Screen:
    """Score every cell, rank them, and cut the siting zones among all of them.

    Raises
    ------
    SitingError
        When no cell is free, or the engine fails.
    """
    keys = [f"{h3land.REGIONS_KEY}.{i}" for i in range(len(asked.regions))]
    regions = spelled_out(asked.regions, study, keys)
    land = h3land.land(asked.resolution, h3land.countries_of(regions, facts.closed, study.origin))
    return ranked(study, land, facts, own, engine, progress)


def ranked(
    study: Study,
    land: h3land.Land,
    facts: Facts,
    own: candidates.Own,
    engine: Engine,
    progress: Progress | None = None,
) -> Screen:
    """Score, rank and group the cells of some land, as `screen`."""
    blocks = Blocks(_rows(len(land)), land.frame)
    scored = run(engine, shared, (study, facts, own), scores, blocks, progress)
    utility = np.concatenate([np.empty(0), *scored])
    free = np.flatnonzero(np.isfinite(utility))
    if not len(free):
        what = f"all {len(utility):,} cells are masked"
        hint = "loosen max_road_km, min_people or the exclusions, or name other regions"
        raise SitingError(study.origin.fault(what, hint, "candidates.hex"))
    # equal scores are in the order of the cells' numbers
    order = free[np.argsort(-np.round(utility[free], scoring.DECIMALS), kind="stable")]
    rank = np.zeros(len(utility), dtype=np.int32)
    rank[order] = np.arange(1, len(order) + 1)
    zones = cell_zones(
        land,
        free,
        utility[free],
        candidates.known_then(facts["industrial_sites"], facts.as_of),
        zones=study.listing.zones,
        extent_km=extent_of(study),
    )
    zone = np.zeros(len(utility), dtype=np.intp)
    zone[free] = zones.zone
    return Screen(land, utility, rank, zone, free[zones.head])


def shortlist(of: Screen) -> pd.DataFrame:
    """Return the best cells of each zone as candidates of a plan."""
    inside = np.flatnonzero(of.zone > 0)
    inside = inside[np.argsort(of.rank[inside], kind="stable")]
    place = pd.Series(of.zone[inside]).groupby(of.zone[inside]).cumcount().to_numpy()
    return h3land.named(of.land, np.sort(inside[place < KEPT]))


@dataclass(frozen=True)
class _Second:
    """What all blocks of the second pass share."""

    shared: Shared
    bars: Bars | None


def details(
    study: Study, facts: Facts, of: Screen, engine: Engine, progress: Progress | None = None
) -> Iterator[pd.DataFrame]:
    """Yield what is known of each cell, block by block in the order of the cells.

    Yields
    ------
    DataFrame
        h3, lat, lon, country, region, bidding_zone, masked_by, then of free cells rank,
        siting_zone, utility, p_first, p_top10 and p_top of the list, and `MEASURED`.
    """
    own = candidates.read_own(study)
    against = None
    if study.confidence.draws:
        heads = appraise(study, facts, known_demand(study, facts), of.land.frame(of.head))
        every = np.arange(len(of.head))
        ranks = tuple(sorted({1, TOP, study.listing.top}))
        against = bars(study, model_of(study, facts, heads, every), ranks)
    blocks = Blocks(
        _rows(len(of.land)),
        lambda rows: (of.land.frame(rows), of.zone[rows], of.rank[rows] > 0),
    )
    inputs = (study, facts, own, against)
    described = run(engine, _second, inputs, _described, blocks, progress)
    for rows, frame in zip(_rows(len(of.land)), described, strict=True):
        frame.insert(0, "h3", [h3.int_to_str(cell) for cell in of.land.cell[rows].tolist()])
        rank, zone = (
            pd.Series(column[rows], dtype="Int32").mask(column[rows] == 0)
            for column in (of.rank, of.zone)
        )
        first = list(frame).index("utility")
        frame.insert(first, "siting_zone", zone)
        frame.insert(first, "rank", rank)
        yield frame


def _rows(cells: int) -> list[slice]:
    """Cut cells into equal blocks: a short last one would cost nearly as much as a whole one."""
    edges = np.linspace(0, cells, max(1, round(cells / BLOCK)) + 1).astype(int).tolist()
    return [slice(*ends) for ends in pairwise(edges)]


def _second(study: Study, facts: Facts, own: candidates.Own, against: Bars | None) -> _Second:
    return _Second(shared(study, facts, own), against)


# Column of a cell -> how it is read off an appraisal.
MEASURED: dict[str, Callable[[Appraisal], object]] = {
    "delivered_cost_usd_per_t": lambda of: of.measures.outcome["delivered"],
    "margin_usd_per_t": lambda of: of.measures.outcome["margin"],
    "pays_from_usd_per_t": lambda of: of.measures.pays_from,
    "chance_it_pays": lambda of: of.measures.pays,
    "chance_of_entry": lambda of: of.measures.openness,
} | {
    column: partial(lambda name, of: of.measures.raw[name], name)
    for name, column in (
        ("accessible_demand", "accessible_demand_kt_per_y"),
        ("unserved_demand", "unserved_demand_kt_per_y"),
        ("power_price", "power_price_usd_per_mwh"),
        ("wage", "wage_usd_per_h"),
        ("grid_carbon", "grid_carbon_g_per_kwh"),
        ("port_km", "port_km"),
        ("rail_km", "rail_km"),
        ("workforce", "workforce_thousand"),
    )
}


def _described(on: _Second, block: tuple[pd.DataFrame, Rows, NDArray[np.bool_]]) -> pd.DataFrame:
    """Describe a block (cells, zone, free); numbers of masked cells are missing."""
    cells, zone, ranked = block
    free, rule = np.flatnonzero(ranked), pd.Series("", index=cells.index)
    if not ranked.all():
        rule[~ranked] = masks(on.shared, cells[~ranked])
    frame = cells.drop(columns="kind").rename(columns={"zone": "bidding_zone"})
    frame = frame[["lat", "lon", "country", "region", "bidding_zone"]].assign(masked_by=rule)
    ranks = on.bars.ranks if on.bars else ()
    names = ["utility", *map(_chance, ranks), *MEASURED]
    if not len(free):
        return frame.reindex(columns=[*frame, *names])
    of = seen(on.shared, cells.iloc[free])
    share = np.empty((len(free), 0))
    if on.bars is not None:
        model = model_of(on.shared.study, on.shared.facts, of, np.arange(len(free))).as_float32()
        share = chances(model, zone[free], on.bars)
    numbers = [of.utility, *share.T, *(np.asarray(read(of)) for read in MEASURED.values())]
    columns = pd.DataFrame(dict(zip(names, numbers, strict=True)), index=free)
    columns = columns.astype(dict.fromkeys(names[1:], np.float32))
    return frame.join(columns.reindex(range(len(frame))))


def _chance(rank: int) -> str:
    return "p_first" if rank == 1 else f"p_top{rank}"
