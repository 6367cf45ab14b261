"""Gates: what keeps a place out of the ranking, why, and what would admit it.

A gate is no merit. A place that cannot carry the plant is excluded with its reason; one that can
gains nothing by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.study.parameters import draw_mw, ranges
from siting.study.study import Study
from siting.world import candidates, policy
from siting.world.facts import Facts
from siting.world.power_systems import MOST_SHARE, system_at, systems_on
from siting.world.time_to_power import WAIT, turned_away, wait_at, waits_on


@dataclass(frozen=True)
class Need:
    """What the plant of a study asks of a place: its size, its load and its land."""

    ktpa: float
    mw: float
    ha: float

    def that_draws(self, mw: float) -> str:
        """Return the plant of such a load, in words."""
        return f"a plant of at most {np.floor(mw / self.mw * self.ktpa):,.0f} kt/y"


def need(study: Study, known: Facts) -> Need:
    """Return what the study's plant asks for, by the tables `products` and `anode_economics`."""
    economics, product = known["anode_economics"], known.product(study)
    recipe = ranges(economics, product, study.furnace, study.parameters).central
    # the low end: a plant that is tightly laid out; none where the land is not known
    land = economics.set_index("param_id")["low"].astype(float).to_dict()
    ha_per_ktpa = land[product.land] if product.land else 0.0
    size = study.capacity_ktpa
    return Need(size, draw_mw(recipe, size), ha_per_ktpa * size)


def gates(
    places: pd.DataFrame, study: Study, known: Facts, own: candidates.Own | None = None
) -> pd.DataFrame:
    """Return the first gate that keeps each place out.

    Parameters
    ----------
    places : DataFrame (n)
        As `candidates.gather` gives them, or cells of a screening.
    study : Study
    known : Facts
    own : Own, optional
        The study's own layers.

    Returns
    -------
    DataFrame (n)
        rule_id, rule and admitted_if, all "" where the place may be built on, and the column
        of layers that `candidates.exclusion_reasons` adds. A place is excluded by what makes it no
        site for anyone (`candidates.exclusion_reasons`), a law that bars this investor, a power
        system that is too small, a grid that takes no requests, too little land.
    """
    why = candidates.exclusion_reasons(places, study, known.closed, own)
    plant = need(study, known)
    for gate in (
        _barred(places, study, known),
        _too_small_a_system(places, known, plant),
        _no_requests(places, known, plant),
        _too_little_land(places, plant),
    ):
        here = why["rule_id"].eq("").to_numpy() & gate["rule_id"].ne("").to_numpy()
        if here.any():
            why.loc[here, list(candidates.WHY)] = gate.to_numpy()[here]
    return why


def power_facts(places: pd.DataFrame, known: Facts) -> pd.DataFrame:
    """Return what is known of the power at each place (n); blank and NaN where nothing is.

    Returns
    -------
    DataFrame
        power_system (name; "" for a large grid) and system_peak_mw (its peak, or its capacity),
        then of the row of `time_to_power` that holds on the date months_to_power, share_granted
        (of the power asked for), power_since and power_source.
    """
    systems = systems_on(known["power_systems"], known.as_of)
    waits = waits_on(known["time_to_power"], known.as_of)
    peak = systems["peak_mw"].fillna(systems["installed_mw"])
    system, row = system_at(systems, places), wait_at(waits, places)
    columns = {
        "power_system": _or_blank(systems["name"], system),
        "system_peak_mw": _or_blank(peak, system),
        **{name: _or_blank(waits[column], row) for name, column in WAIT.items()},
    }
    return pd.DataFrame(columns, index=places.index)


def _or_blank(values: pd.Series, rows: NDArray[np.intp]) -> NDArray[np.generic]:
    """Return the values at positions, of which -1 is none (n,)."""
    blank = np.nan if pd.api.types.is_numeric_dtype(values) else ""
    return np.asarray([*values, blank], dtype=float if blank else object)[rows]


def _barred(places: pd.DataFrame, study: Study, known: Facts) -> pd.DataFrame:
    rule = policy.bars(known.entry, places, study.investor)
    name = (
        known.entry.drop_duplicates("instrument_id")
        .set_index("instrument_id")["instrument"]
        .to_dict()
    )
    barring = set(pd.unique(pd.Series(rule, dtype=object))) - {""}
    events = set(known.events["event_id"])
    reasons = {key: (key, name[key], _admits(name[key], key in events)) for key in barring}
    return candidates.by_key(rule, reasons)


def _admits(name: str, is_event: bool) -> str:
    return f"the end of it: {name}" if is_event else f"repeal of {name}, or leave under it"


def _too_small_a_system(places: pd.DataFrame, known: Facts, plant: Need) -> pd.DataFrame:
    systems = systems_on(known["power_systems"], known.as_of)
    systems_of = system_at(systems, places)
    small = systems[(MOST_SHARE * systems["size_mw"] < plant.mw) & systems.index.isin(systems_of)]
    return candidates.by_key(
        systems_of, {key: _of_system(system, plant) for key, system in small.iterrows()}
    )


def _of_system(system: pd.Series, plant: Need) -> candidates.Reason:
    size, what = (system["peak_mw"], "peak")
    if np.isnan(size):
        size, what = (system["installed_mw"], "capacity")
    link = f" and link {system['link_mw']:,.0f} MW" if system["link_mw"] else ""
    share = 100 * plant.mw / system["size_mw"]
    why = (
        f"Power system of {system['name']}, {what} {size:,.0f} MW{link}: {plant.mw:,.0f} MW of the "
        f"plant are {share:,.0f} %, at most {100 * MOST_SHARE:.0f} %"
    )
    smaller = plant.that_draws(MOST_SHARE * system["size_mw"])
    admits = (
        f"{smaller}, a system of {plant.mw / MOST_SHARE:,.0f} MW, or a power station of its own"
    )
    return f"power:{system['system_id']}", why, admits


def _no_requests(places: pd.DataFrame, known: Facts, plant: Need) -> pd.DataFrame:
    waits = waits_on(known["time_to_power"], known.as_of)
    shut = waits[turned_away(waits, plant.mw)]
    reasons = {key: _of_grid(row, plant) for key, row in shut.iterrows()}
    return candidates.by_key(wait_at(waits, places), reasons)


def _of_grid(row: pd.Series, plant: Need) -> candidates.Reason:
    least = row["threshold_mw"]
    loads = "" if np.isnan(least) else f" of {least:g} MW and more"
    why = f"{row['grid']} takes no requests for power{loads} since {row['since']}"
    admits = "requests taken again" + (f", due after {row['until']}" if row["until"] else "")
    smaller = "" if np.isnan(least) else f", or {plant.that_draws(least)}"
    return f"grid:{row['row_id']}", why, admits + smaller


def _too_little_land(places: pd.DataFrame, plant: Need) -> pd.DataFrame:
    """Known estates whose free land, or all their land where the free is not known, is too small.

    Land that is not known bars nothing.
    """
    land = _known_land(places)
    small = (land.lt(plant.ha) & places["kind"].eq("industrial site")).to_numpy(bool)
    reasons = {ha: _of_land(ha, plant) for ha in land[small].unique()}
    return candidates.by_key(land.where(small), reasons)


def _known_land(places: pd.DataFrame) -> pd.Series:
    """Return the free land, or all the land where the free is not known (ha, n); NaN if neither."""
    free, whole = (
        pd.to_numeric(places.get(name, pd.Series(np.nan, places.index)), errors="coerce")
        for name in ("area_ha_available", "area_ha_total")
    )
    return pd.Series(np.where(free.notna(), free, whole), index=places.index)


def _of_land(ha: float, plant: Need) -> candidates.Reason:
    why = f"{ha:,.3g} ha of land are known, the plant needs {plant.ha:,.3g}"
    size = np.floor(ha / plant.ha * plant.ktpa)
    return "site:small", why, f"a plant of at most {size:,.0f} kt/y, or {plant.ha:,.3g} ha"
