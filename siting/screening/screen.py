"""Every cell of the regions asked for: ranked in a first pass, told in full in a second.

The first pass keeps a number a cell, so ten million cells fit in memory; siting zones are found
among all of them, and the best cells of each zone become candidates of the plan. The second pass
appraises the blocks again, and tells what each cell is worth and how sure that is, to be written
block by block: to reckon a cell twice is cheaper than to keep all that is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import h3.api.numpy_int as h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError
from siting.confidence.uncertainty import model_of
from siting.market.customers import known_demand
from siting.model.appraisal import Appraisal, appraise
from siting.model.clusters import siting_zones
from siting.model.plan import Screen
from siting.screening.chances import Bars, bars, chances
from siting.screening.engine import Blocks, Engine, Tell, run
from siting.screening.survey import Ground, ground, masks, scores, seen
from siting.study.study import Hexagons, Study
from siting.world import candidates, h3land
from siting.world.facts import Facts

BLOCK = 32_768  # cells worked at once; fixed, because last bits of a product depend on its shape
KEPT = 50  # best cells of each zone that the plan compares
TOP = 10

Rows = NDArray[np.intp]


def screen(
    study: Study,
    asked: Hexagons,
    facts: Facts,
    own: candidates.Own,
    engine: Engine,
    tell: Tell | None = None,
) -> Screen:
    """Score every cell, rank them, and find the siting zones among all of them.

    Raises
    ------
    SitingError
        When no cell is free, or the engine fails.
    """
    land = h3land.land(asked.resolution, h3land.countries_of(asked.regions, facts.closed))
    return ranked(study, land, facts, own, engine, tell)


def ranked(
    study: Study,
    land: h3land.Land,
    facts: Facts,
    own: candidates.Own,
    engine: Engine,
    tell: Tell | None = None,
) -> Screen:
    """Score, rank and group the cells of some land, as `screen`."""
    blocks = Blocks(_rows(len(land)), land.frame)
    found = list(run(engine, ground, (study, facts, own), scores, blocks, tell))
    score = np.concatenate([np.empty(0), *found])
    free = np.flatnonzero(np.isfinite(score))
    if not len(free):
        what = f"all {len(score):,} cells are masked"
        mend = "loosen max_road_km, min_people or the exclusions, or name other regions"
        raise SitingError(Fault("study", what, mend, column="candidates.hex"))
    # equal scores stand in the order of the cells' numbers
    order = free[np.argsort(-np.round(score[free], 12), kind="stable")]
    rank = np.zeros(len(score), dtype=np.int32)
    rank[order] = np.arange(1, len(order) + 1)
    zones = siting_zones(
        pd.DataFrame({"lat": land.latlon[free, 0], "lon": land.latlon[free, 1], "kind": "hexagon"}),
        np.searchsorted(free, order),
        zones=study.listing.zones,
        extent_km=study.listing.zone_km,
    )
    zone = np.zeros(len(score), dtype=np.intp)
    zone[free] = zones.zone
    return Screen(land, score, rank, zone, free[zones.head])


def shortlist(found: Screen) -> pd.DataFrame:
    """Return the best cells of each zone as candidates of a plan."""
    inside = np.flatnonzero(found.zone > 0)
    inside = inside[np.argsort(found.rank[inside], kind="stable")]
    place = pd.Series(found.zone[inside]).groupby(found.zone[inside]).cumcount().to_numpy()
    return h3land.named(found.land, np.sort(inside[place < KEPT]))


@dataclass(frozen=True)
class _Second:
    """What the second pass needs."""

    ground: Ground
    bars: Bars | None


def details(
    study: Study, facts: Facts, found: Screen, engine: Engine, tell: Tell | None = None
) -> Iterator[pd.DataFrame]:
    """Yield what is known of each cell, block by block in the order of the cells.

    Yields
    ------
    DataFrame
        h3, lat, lon, country, region, bidding_zone, masked_by, then of free cells rank,
        siting_zone, score (of 100), leading_strategy, the score of each strategy, p_first,
        p_top10 and p_top of the list, and what makes the score (`MEASURED`).
    """
    own = candidates.read_own(study)
    against = None
    if study.confidence.draws:
        heads = appraise(study, facts, known_demand(study, facts), found.land.frame(found.head))
        every = np.arange(len(found.head))
        ranks = tuple(sorted({1, TOP, study.listing.top}))
        against = bars(study, model_of(study, facts, heads, every), ranks)
    blocks = Blocks(
        _rows(len(found.land)),
        lambda rows: (found.land.frame(rows), found.zone[rows], found.rank[rows] > 0),
    )
    given = (study, facts, own, against)
    told = run(engine, _second, given, _told, blocks, tell)
    for rows, frame in zip(_rows(len(found.land)), told, strict=True):
        frame.insert(0, "h3", [h3.int_to_str(cell) for cell in found.land.cell[rows].tolist()])
        rank, zone = (
            pd.Series(of[rows], dtype="Int32").mask(of[rows] == 0)
            for of in (found.rank, found.zone)
        )
        at = list(frame).index("score")
        frame.insert(at, "siting_zone", zone)
        frame.insert(at, "rank", rank)
        yield frame


def _rows(cells: int) -> list[slice]:
    return [slice(first, min(first + BLOCK, cells)) for first in range(0, cells, BLOCK)]


def _second(study: Study, facts: Facts, own: candidates.Own, against: Bars | None) -> _Second:
    return _Second(ground(study, facts, own), against)


# Column of a cell -> how it is read off an appraisal.
MEASURED: dict[str, Callable[[Appraisal], object]] = {
    "delivered_cost_usd_per_t": lambda of: of.measures.outcome["delivered"],
    "margin_over_chinese_tonne_usd_per_t": lambda of: of.measures.outcome["margin"],
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


def _told(on: _Second, block: tuple[pd.DataFrame, Rows, NDArray[np.bool_]]) -> pd.DataFrame:
    """Tell a block (cells, zone, free) in full; numbers of masked cells are missing."""
    cells, zone, ranked = block
    free, rule = np.flatnonzero(ranked), pd.Series("", index=cells.index)
    rule[~ranked] = masks(on.ground, cells[~ranked])
    frame = cells.drop(columns="kind").rename(columns={"zone": "bidding_zone"})
    frame = frame[["lat", "lon", "country", "region", "bidding_zone"]].assign(masked_by=rule)
    if not len(free):
        return frame.reindex(columns=[*frame, *_columns(on)])
    of = seen(on.ground, cells.iloc[free])
    columns: dict[str, object] = {
        "score": 100 * of.score,
        "leading_strategy": of.shares.idxmax(axis=1).to_numpy(),
    }
    columns |= {f"score_{name}": 100 * s.score for name, s in of.strategies.items()}
    if on.bars is not None:
        model = model_of(on.ground.study, on.ground.facts, of, np.arange(len(free))).light()
        share = chances(model, zone[free], on.bars)
        columns |= {_chance(rank): share[:, k] for k, rank in enumerate(on.bars.ranks)}
    columns |= {name: np.asarray(read(of)) for name, read in MEASURED.items()}
    told = pd.DataFrame(columns).set_axis(free)
    single = told.select_dtypes("float").columns.drop("score")
    told = told.astype(dict.fromkeys(single, np.float32))
    return frame.join(told.reindex(range(len(frame))))


def _columns(on: _Second) -> list[str]:
    """Return the columns of free cells, for a block that has none."""
    ranks = on.bars.ranks if on.bars else ()
    names = [f"score_{name}" for name in on.ground.study.strategies()]
    return ["score", "leading_strategy", *names, *map(_chance, ranks), *MEASURED]


def _chance(rank: int) -> str:
    return "p_first" if rank == 1 else f"p_top{rank}"
