"""Many studies over shared stages: which sites are good in all of them.

Alternatives are siting zones, each represented by one place: the union of the places that stand for
the first zones of every scenario. In a scenario a place takes the rank of the zone that it lies in,
so that a suburb counts with its town, and its own score, which is known of every place: its odds
against the best place there, exp(k (U - max U)), 0 to 1; 0 where it is barred or no candidate.
Heads of one country nearer than half the extent of a zone are one decision: the one that stands for
its zone most often speaks for them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import joblib
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.errors import Fault, SitingError, raise_if
from geodata.sphere import great_circle_km
from siting.model import scoring
from siting.model.zones import extent_of
from siting.money.landed import prices_of
from siting.pipeline import NESTED, Run, key_of
from siting.scenarios import notices
from siting.scenarios.notices import Notice
from siting.scenarios.regret import regrets, robust
from siting.scenarios.sweep_grid import Scenario, unfit
from siting.screening.engine import Engine, run
from siting.study.study import Study
from siting.support.drafts import scratch
from siting.support.progress import Stages, silent

Ints = NDArray[np.intp]

AT_ONCE = 25  # scenarios that a process works in one go; to start it costs about as much
ALONE = (
    5  # where there is one only, and nothing to share with another: progress is shown more often
)
SITE = ["site_id", "name", "kind", "country", "region", "lat", "lon"]


@dataclass(frozen=True)
class Sweep:
    """Studies compared over the sites that any of them puts among its first.

    Attributes
    ----------
    base : Study
    scenarios : tuple of Scenario (s)
    top : int
        Zones of each scenario whose heads are compared.
    sites : DataFrame (n)
        Most robust first: `SITE`, stands_for (site_id of heads nearby that it speaks for,
        semicolons between), barred_in (scenarios in which it is barred or no candidate), then as
        `regret.robust`.
    ranks : ndarray (n, s)
        Rank of the zone that a site lies in, 0 where it lies in none.
    absent : ndarray of bool (n, s)
        Barred there, or no candidate.
    scores, regrets : ndarray (n, s)
        Odds against the best place of a scenario, and what they lack to the best of `sites`.
    summary : DataFrame (s)
        as_of, chinese_price_usd_per_t, price_usd_per_t, places, barred, best_score, and of the
        first three zones first, second, third: site_id, name, country each (`first_id`,
        `first_name`, `first_country`), with first_score.
    notices : tuple of Notice
        What became of exclusion layers and of names.
    """

    base: Study
    scenarios: tuple[Scenario, ...]
    top: int
    sites: pd.DataFrame
    ranks: Ints
    absent: NDArray[np.bool_]
    scores: Floats
    regrets: Floats
    summary: pd.DataFrame
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class _Block:
    """Scenarios that see the same customers from the same places: their numbers and studies."""

    numbers: tuple[int, ...]
    studies: tuple[Study, ...]
    top: int


@dataclass(frozen=True)
class _Scored:
    """The same n places in k scenarios.

    Attributes
    ----------
    numbers : tuple of int (k)
    site_id : ndarray of str (n,)
    score : ndarray (k, n)
    zone : ndarray of int16 (k, n)
    heads : list of ndarray of str
        `site_id` of the first zones' heads of each scenario, best first.
    sites : DataFrame
        `SITE` of all these heads.
    summary : list of dict (k)
        What is shown of each in a line.
    notices : tuple of Notice
    file : Path or None
        Holds site_id, score and zone once they are on disk.
    faults : tuple of Fault
        Why the last of `numbers` has no result.
    """

    numbers: tuple[int, ...]
    site_id: NDArray[np.object_]
    score: Floats
    zone: NDArray[np.int16]
    heads: list[NDArray[np.object_]]
    sites: pd.DataFrame
    summary: list[dict[str, object]]
    notices: tuple[Notice, ...] = ()
    faults: tuple[Fault, ...] = ()
    file: Path | None = None


def sweep(
    base: Study,
    scenarios: Sequence[Scenario],
    top: int = 25,
    stages: Stages | None = None,
    workers: int = 0,
) -> Sweep:
    """Score every scenario and compare their first sites.

    Parameters
    ----------
    base : Study
    scenarios : sequence of Scenario
        As `sweep_grid.read` gives them.
    top : int
        Zones of each scenario whose heads are compared; not more than it lists.
    stages : Stages, optional
        Shown how many scenarios are done.
    workers : int
        Processes, 0 for one a core; the result is the same to the last bit.

    Raises
    ------
    SitingError
        With the faults of the first scenario that cannot be scored.
    """
    raise_if([fault for one in scenarios for fault in unfit(one.study)])
    workers = workers or min(joblib.cpu_count(), -(-len(scenarios) // AT_ONCE))
    blocks = _blocks(scenarios, top, ALONE if workers == 1 else AT_ONCE)
    with (stages or silent())("scenarios") as progress, scratch() as folder:
        scored, done = [], 0
        for block in run(Engine(workers=workers), Run, (), _work, blocks):
            _raise_faults(block, scenarios)
            scored.append(_on_disk(block, folder))
            done += len(block.numbers)
            progress(done, len(scenarios))
        return _compared(base, tuple(scenarios), top, scored)


def _blocks(scenarios: Sequence[Scenario], top: int, most: int) -> list[_Block]:
    """Return the scenarios in the order in which they share most, cut where places change."""
    first: dict[tuple[str, str], int] = {}
    places = []
    for number, one in enumerate(scenarios):
        keys = [(stage, key_of(one.study, stage)) for stage in NESTED]
        places.append((*(first.setdefault(key, number) for key in keys), number))
    seen = NESTED.index("measures")  # up to there: who is seen from where
    blocks = []
    for _, group in itertools.groupby(sorted(places), key=lambda place: place[:seen]):
        numbers = [place[-1] for place in group]
        for start in range(0, len(numbers), most):
            now = tuple(numbers[start : start + most])
            blocks.append(_Block(now, tuple(scenarios[i].study for i in now), top))
    return blocks


def _work(work: Run, block: _Block) -> _Scored:
    """Score the scenarios of a block, or return what is wrong with one of them."""
    score, zone, heads, summary = [], [], list[Ints](), []
    for number, study in zip(block.numbers, block.studies, strict=True):
        try:
            zones = work.of("zones", study)
        except SitingError as error:
            return _Scored((number,), np.empty(0, object), np.empty((0, 0)),
                          np.empty((0, 0), np.int16), [], pd.DataFrame(), [],
                          faults=tuple(error.faults))  # fmt: skip
        utility = work.of("scores", study).utility
        score.append(scoring.odds(utility - utility.max()))
        zone.append(zones.zone.astype(np.int16))  # a study lists 1,000 zones at most
        heads.append(zones.head[: block.top])
        known, selected = work.of("facts", study), work.of("places", study)
        chinese, outside = prices_of(study, known)
        summary.append(
            {"as_of": known.as_of, "chinese_price_usd_per_t": chinese, "price_usd_per_t": outside,
             "places": len(selected.places), "barred": len(selected.barred)}
        )  # fmt: skip
    places = selected.places
    every, ids = np.unique(np.concatenate(heads)), places["site_id"].to_numpy(dtype=object)
    return _Scored(
        block.numbers, ids, np.stack(score), np.stack(zone), [ids[first] for first in heads],
        places.iloc[every][SITE], summary, notices.of_block(work, block.numbers, block.studies),
    )  # fmt: skip


def _raise_faults(block: _Scored, scenarios: Sequence[Scenario]) -> None:
    if block.faults:
        name = scenarios[block.numbers[0]].name
        raise_if([replace(f, where=f"scenario {name}: {f.where}") for f in block.faults])


def _on_disk(block: _Scored, folder: Path) -> _Scored:
    """Return the block with its large arrays on disk: ten thousand of them fill no memory."""
    file = folder / f"scores-{block.numbers[0]}.npz"
    np.savez(file, site_id=block.site_id.astype(str), score=block.score, zone=block.zone)
    # copies: a part of no rows would hold the whole
    return replace(block, site_id=block.site_id[:0].copy(), score=block.score[:0].copy(),
                   zone=block.zone[:0].copy(), file=file)  # fmt: skip


def _compared(
    base: Study, scenarios: tuple[Scenario, ...], top: int, scored: Sequence[_Scored]
) -> Sweep:
    """Bring together the scenarios' scores of the sites that any puts among its first."""
    heads = pd.concat([block.sites for block in scored]).drop_duplicates("site_id")
    heads = heads.sort_values("site_id", kind="stable", ignore_index=True)
    probability = np.array([one.probability for one in scenarios])
    score, rank, missing = _matrices(scored, heads["site_id"], len(scenarios))
    summary = _summary(scored, heads, score)
    best = score.max(axis=0)
    leads = np.zeros(len(heads))
    for number, positions in _heads(scored, heads["site_id"]):
        leads[positions] += probability[number]
    speaks = _speakers(heads, leads, score @ probability, extent_of(base) / 2)
    kept = np.flatnonzero(speaks == np.arange(len(heads)))
    sites = heads.iloc[kept].reset_index(drop=True)
    others = [
        ";".join(
            heads["site_id"].iloc[np.flatnonzero((speaks == i) & (np.arange(len(speaks)) != i))]
        )
        for i in kept
    ]
    table = robust(sites["site_id"], score[kept], rank[kept], best, probability)
    whole = sites.assign(stands_for=others, barred_in=missing[kept].sum(axis=1)).join(table)
    order = np.argsort(table["robust_rank"].to_numpy())
    rows = kept[order]
    return Sweep(
        base, scenarios, top, whole.iloc[order].reset_index(drop=True), rank[rows], missing[rows],
        score[rows], regrets(score[rows], best), summary.assign(best_score=best),
        notices.together(one for block in scored for one in block.notices),
    )  # fmt: skip


def _matrices(
    scored: Sequence[_Scored], ids: pd.Series, count: int
) -> tuple[Floats, Ints, NDArray[np.bool_]]:
    """Return score, rank of the zone and whether it is missing, by site and scenario."""
    score, rank = np.zeros((len(ids), count)), np.zeros((len(ids), count), dtype=np.intp)
    missing = np.zeros((len(ids), count), dtype=bool)
    for block in scored:
        numbers = np.array(block.numbers)
        with np.load(cast("Path", block.file), allow_pickle=False) as arrays:
            positions = pd.Index(arrays["site_id"].astype(object)).get_indexer(pd.Index(ids))
            here = np.flatnonzero(positions >= 0)
            score[np.ix_(here, numbers)] = arrays["score"][:, positions[here]].T
            rank[np.ix_(here, numbers)] = arrays["zone"][:, positions[here]].T
        missing[:, numbers] = (positions < 0)[:, None]
    return score, rank, missing


def _heads(scored: Sequence[_Scored], ids: pd.Series) -> Iterator[tuple[int, Ints]]:
    """Yield the number of each scenario, and where its first heads stand among `ids`."""
    among = pd.Index(ids)
    for block in scored:
        for number, heads in zip(block.numbers, block.heads, strict=True):
            yield number, among.get_indexer(pd.Index(heads))


def _speakers(heads: pd.DataFrame, leads: Floats, score: Floats, near_km: float) -> Ints:
    """Return for each head the one that speaks for it (n,).

    From the one that stands for its zone most often, then has the best expected score: who is
    in its country, nearer to it than `near_km`, and has no speaker yet is spoken for.
    """
    speaks = np.full(len(heads), -1, dtype=np.intp)
    lat, lon = (heads[axis].to_numpy(dtype=float) for axis in ("lat", "lon"))
    country = heads["country"].to_numpy(dtype=str)
    # rounded, so that no order depends on a last bit; equals by site_id, in whose order they stand
    for i in np.lexsort((-np.round(score, 9), -np.round(leads, 9))):
        if speaks[i] < 0:
            near = (great_circle_km(lat[i], lon[i], lat, lon) < near_km) & (country == country[i])
            speaks[near & (speaks < 0)] = i
            speaks[i] = i
    return speaks


def _summary(scored: Sequence[_Scored], heads: pd.DataFrame, score: Floats) -> pd.DataFrame:
    """Return each scenario in a line, in the order of the scenarios."""
    rows: dict[int, dict[str, object]] = {
        number: dict(line)
        for block in scored
        for number, line in zip(block.numbers, block.summary, strict=True)
    }
    for number, positions in _heads(scored, heads["site_id"]):
        for nth, i in zip(("first", "second", "third"), positions, strict=False):
            row = heads.iloc[i]
            rows[number] |= {f"{nth}_id": row["site_id"], f"{nth}_name": row["name"],
                             f"{nth}_country": row["country"]}  # fmt: skip
        rows[number]["first_score"] = score[positions[0], number]
    columns = ["as_of", "chinese_price_usd_per_t", "price_usd_per_t", "places", "barred"]
    columns += [f"{nth}_{what}" for nth in ("first", "second", "third")
                for what in ("id", "name", "country")]  # fmt: skip
    return pd.DataFrame([rows[n] for n in sorted(rows)], columns=[*columns, "first_score"])
