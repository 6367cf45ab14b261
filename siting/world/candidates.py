"""The places compared: catalogue sets and the user's own, and those that are excluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError, raise_if, together
from geodata.load import table
from geodata.tables import TABLES, day
from siting.study.sources import Exclusion
from siting.study.study import Study
from siting.support.text import distinct
from siting.world import exclusions, gazetteer, size
from siting.world.blocs import spelled_out
from siting.world.exclusions import IN_LAYERS, Layer
from siting.world.located import located
from siting.world.names import OWN
from siting.world.time_to_power import WAIT

COLUMNS = ["site_id", "name", "kind", "lat", "lon", "country", "region", "zone"]
FULL = "full"
_RULES_SHOWN = 3  # in a fault
WHY = ("rule_id", "rule", "admitted_if")
# What we fill in ourselves, or read a meaning from: a user's column of that name is renamed.
OURS = (*COLUMNS, "status", "power_system", "system_peak_mw", *WAIT, *WHY, IN_LAYERS)
Reason = tuple[str, str, str]


@dataclass(frozen=True)
class Own:
    """The user's own: a list of candidates, if there is one, and the exclusion layers.

    Attributes
    ----------
    points : DataFrame or None
    layers : tuple of Layer
    """

    points: pd.DataFrame | None = None
    layers: tuple[Layer, ...] = ()

    @property
    def databases(self) -> tuple[Mapping[str, str | int], ...]:
        """What was read of databases: of the list first, then of each layer."""
        read = [] if self.points is None else [self.points.attrs.get("read")]
        return tuple(one for one in (*read, *(layer.read for layer in self.layers)) if one)

    @property
    def ids(self) -> NDArray[np.object_]:
        """Return the `site_id` of every place of the list (n,)."""
        if self.points is None:
            return np.empty(0, dtype=object)
        return self.points["site_id"].to_numpy(dtype=object)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how the list was read, where that was not plain to see."""
        return () if self.points is None else self.points.attrs.get("notes", ())


def read_own(study: Study) -> Own:
    """Read the user's files and queries.

    Raises
    ------
    SitingError
        With the faults of all of them at once.
    """
    given = study.candidates
    if not (given.source or study.exclude):
        return Own(None, ())
    from geodata.userfiles import read_points  # noqa: PLC0415 - slow to load; few have files

    points = [partial(read_points, given.source, given.sheet)] if given.source else []
    read = together([*points, *(partial(exclusions.read_layer, e) for e in study.exclude)])
    if points:
        raise_if(size.too_many(len(read[0]), given.source_name))
    return Own(read[0] if points else None, tuple(read[len(points) :]))


def gather(
    study: Study,
    sites: pd.DataFrame,
    closed: Collection[str] = (),
    own: Own | None = None,
    cells: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return every candidate of the study with its place.

    A place of the user's own list stays, whatever countries the study asks for: it is excluded
    with that reason.

    Parameters
    ----------
    study : Study
    sites : DataFrame
        The `industrial_sites` table.
    closed : collection of str
        Countries whose catalogue places are no candidates; the user's own are excluded.
    own : Own, optional
        The user's files.
    cells : DataFrame, optional
        The best hexagons of a screening.

    Returns
    -------
    DataFrame
        `COLUMNS` first (kind: industrial site, seaport, town, hexagon or own), then what the
        sources add; sorted by `site_id`, so that the order of no input matters.

    Raises
    ------
    SitingError
        When no candidate is left, or two share a `site_id`.
    """
    parts = [_SETS[name](study, sites) for name in study.candidates.chosen]
    parts = [part[~part["country"].isin(list(closed))] for part in parts]
    if own is not None and own.points is not None:
        parts.append(own_places(own.points))
    if cells is not None:
        parts.append(cells)
    if not parts:
        what, hint = "hexagons alone, where named places are compared", "name sets beside them"
        raise SitingError(study.origin.fault(what, hint, "candidates"))
    places = pd.concat(parts, ignore_index=True).reindex(columns=_union(parts))
    wanted = study.candidates.countries
    if wanted:
        places = places[places["country"].isin(spelled_out(wanted, study)) | places["kind"].eq(OWN)]
    if places.empty:
        where = ", ".join(wanted) or study.candidates.source_name or "the chosen sets"
        column = "candidates.countries" if wanted else "candidates"
        fault = study.origin.fault(f"no candidate lies in {where}", "widen candidates", column)
        raise SitingError(fault)
    twins = places[places["site_id"].duplicated(keep=False)]["site_id"].unique()
    if len(twins):
        what, hint = "site_id stands in a catalogue set too", "give your places ids of their own"
        where, value = study.candidates.source_name, ", ".join(twins[:5])
        raise SitingError(Fault(where, what, hint, column="site_id", value=value))
    return _of_one_kind(places.sort_values("site_id", kind="stable", ignore_index=True))


def _of_one_kind(places: pd.DataFrame) -> pd.DataFrame:
    """Return places in which no column of the sources mixes numbers and text: those are text.

    A user's own list may hold words where the catalogue holds hectares.
    """
    for name in places.columns.difference(COLUMNS):
        known = places[name].dropna()
        words = known.map(lambda cell: isinstance(cell, str))
        if words.any() and not words.all():
            text = known.map(lambda cell: f"{cell:.15g}" if isinstance(cell, float) else str(cell))
            places[name] = text.reindex(places.index).fillna("")
    return places


def exclusion_reasons(
    places: pd.DataFrame, study: Study, closed: dict[str, str], own: Own | None = None
) -> pd.DataFrame:
    """Return why a candidate can be no site for anyone, "" where it can (n).

    The columns are rule_id, rule, admitted_if and `exclusions.IN_LAYERS`. What counts: closed
    countries (home market, sanctions, war), the open sea, countries that the study does not ask
    for, a full site, the study's own layers.
    """
    reasons = {country: (f"country:{why}", *REASONS[why]) for country, why in closed.items()}
    reasons[""] = ("place:sea", "Lies in no country", "a place on land")
    why = by_key(places["country"], reasons)
    words = list(WHY)
    if study.candidates.countries:
        other = places["kind"].eq(OWN) & ~places["country"].isin(
            spelled_out(study.candidates.countries, study)
        )
        why.loc[other & why["rule_id"].eq(""), words] = _NOT_ASKED
    if "status" in places:
        full = places["status"].eq(FULL) & places["kind"].eq("industrial site")
        why.loc[full & why["rule_id"].eq(""), words] = [
            "site:full",
            "The site is full",
            "land that comes free",
        ]
    layers = own.layers if own else ()
    inside = exclusions.in_layers(places, study.exclude, layers)
    why[IN_LAYERS] = exclusions.numbers(inside)
    named = zip(study.exclude, exclusions.names(study.exclude), inside.T, strict=True)
    for exclusion, name, within in named:
        why.loc[within & why["rule_id"].eq("").to_numpy(), words] = _words(exclusion, name)
    return why


def by_key(keys: pd.Series | NDArray[Any], reasons: Mapping[Any, Reason]) -> pd.DataFrame:
    """Return the reason of each of n keys in the columns `WHY`, "" where a key has none.

    A frame has the index of `keys`.
    """
    code, different = pd.factorize(keys)
    rows = [reasons.get(key, ("", "", "")) for key in different]
    texts = np.array([*rows, ("", "", "")], dtype=object)[code]
    index = keys.index if isinstance(keys, pd.Series) else None
    return pd.DataFrame(texts, columns=list(WHY), index=index)


# Why a country is closed, and what would open it.
REASONS = {
    "home_market": (
        "Home market of the Chinese makers: this planner sites plants abroad",
        "nothing: it is about plants abroad",
    ),
    "sanctions": ("Country under sanctions", "end of the sanctions"),
    "war": ("Country at war", "end of the war"),
}


_NOT_ASKED = (
    "country:not_asked",
    "Its country is not among candidates.countries",
    "its country in candidates.countries",
)


def _words(exclusion: Exclusion, name: str) -> list[str]:
    within = f"Within {exclusion.buffer_km:g} km of" if exclusion.buffer_km else "Inside"
    admits = f"a study without {name}" + (", or a smaller buffer" if exclusion.buffer_km else "")
    return [exclusions.rule_id(name), f"{within} a feature of {name}", admits]


def _industrial_sites(_study: Study, sites: pd.DataFrame) -> pd.DataFrame:
    places = located(sites)
    named = sites.rename(columns={"region": "region_name"}).reset_index(drop=True)
    return named.assign(kind="industrial site", region=places["region"], zone=places["zone"])


def _seaports(_study: Study, _sites: pd.DataFrame) -> pd.DataFrame:
    ports = gazetteer.ports()
    places = located(ports)
    return pd.DataFrame(
        {
            "site_id": ports["site_id"],
            "name": ports["name"],
            "kind": ports["kind"],
            "lat": ports["lat"],
            "lon": ports["lon"],
            "country": ports["country"],
            "region": places["region"],
            "zone": places["zone"],
        }
    )


def _towns(study: Study, _sites: pd.DataFrame) -> pd.DataFrame:
    towns = gazetteer.towns()
    towns = towns[towns["population"] >= study.candidates.min_population].reset_index(drop=True)
    places = located(towns)
    return pd.DataFrame(
        {
            "site_id": towns["site_id"],
            "name": towns["name"],
            "kind": towns["kind"],
            "lat": towns["lat"],
            "lon": towns["lon"],
            "country": towns["country"],
            "region": places["region"],
            "zone": places["zone"],
            "population": towns["population"],
        }
    )


def own_places(points: pd.DataFrame) -> pd.DataFrame:
    """Return the user's list (`geodata.userfiles.read_points`) with where each place lies."""
    places = located(points)
    further = points.columns.difference(["site_id", "name", "lat", "lon", "country"], sort=False)
    named = distinct(further, OURS)
    points = points.rename(columns=dict(zip(further, named, strict=True)))
    # What the catalogue counts in numbers is worked with as floats; what is the user's own stays.
    worked = [name for name, column in TABLES["industrial_sites"].columns.items()
              if column.kind is float and name in points
              and pd.api.types.is_numeric_dtype(points[name])]  # fmt: skip
    points = points.astype(dict.fromkeys(worked, float))
    return points.assign(kind=OWN, **{c: places[c].to_numpy() for c in places.columns})


_SETS = {"industrial_sites": _industrial_sites, "seaports": _seaports, "towns": _towns}


def _union(parts: list[pd.DataFrame]) -> list[str]:
    """Return the columns of all parts in order of first appearance, the common ones first."""
    return list(dict.fromkeys([*COLUMNS, *(c for part in parts for c in part.columns)]))


def industrial_sites(study: Study) -> pd.DataFrame:
    """Return the table of named sites, the user's own where the study brings one."""
    return table("industrial_sites", study.tables.get("industrial_sites"))


def known_then(sites: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return the sites; free land and grid are blanked where they were read after the date."""
    later = day(sites["as_of"], "start").gt(pd.Timestamp(as_of)).to_numpy()
    sites = sites.copy()
    for column in ("area_ha_available", "grid_mw_available"):
        sites.loc[later, column] = np.nan
    return sites


def none_left(study: Study, places: pd.DataFrame, why: pd.DataFrame) -> list[Fault]:
    """Return a fault when every candidate is excluded, with the rules that exclude most."""
    if not why["rule_id"].ne("").all():
        return []
    what, hint = f"all {len(places)} candidates are barred or excluded", "widen the candidates"
    loosen = " or loosen the exclusions" if study.exclude else ""
    rules = why["rule"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    most = "; ".join(f"{count} x {rule}" for rule, count in rules.head(_RULES_SHOWN).items())
    return [study.origin.fault(what, hint + loosen, "candidates", value=most)]
