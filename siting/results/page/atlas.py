"""From a plan to the frames that the map draws."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Positions
from geodata.geometry import credit_lines
from geodata.language import LANGUAGES, Language, speaking, tr
from geodata.places import country_name
from maps import raster
from maps.atlas import Atlas, CriterionInfo, Pillar
from maps.columns import whole_parts
from siting.market.customers import coordinates
from siting.market.surface import BREAKS
from siting.model import clusters
from siting.model.plan import Plan, advantages, country_chances, weighed
from siting.model.zones import ESTATES
from siting.results import limits
from siting.results.customers import customers_of
from siting.results.page.dossiers import dossiers
from siting.results.page.land import MOST as LAND
from siting.results.page.land import land
from siting.results.page.live import Beside, live
from siting.results.shapes import outlines
from siting.results.sites import pillar_odds
from siting.results.tables import Tables, tables_of
from siting.results.text.answer import answer, investor, long_date, notes, question
from siting.results.text.confidence import CERTAINTY, scale_sentence
from siting.results.text.estates import facts_in_words
from siting.results.text.laws import law_sentence
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.terms import COST_PARTS
from siting.world import policy
from siting.world.candidates import REASONS

POLICY_LINES = 8
ON_PAGE = {  # column of the page -> of the sites
    **{key: key for key in (
        "rank", "site_id", "name", "country", "country_name", "region_name", "lat", "lon", "kind",
        "archetype", "scouted", "share", "share_low", "share_high", "country_share", "percentile",
        "p_first", "p_top10",
    )},
    "full_name": "name", "zone": "rank", "zone_name": "zone", "pays": "chance_it_pays",
    "pays_from": "pays_from_usd_per_t",
    "pays_after_tax_from": "pays_after_tax_from_usd_per_t", "margin": "margin_usd_per_t",
    "known": "criteria_known", "total": "criteria_total", "low": "gate_cost_low_usd_per_t",
    "high": "gate_cost_high_usd_per_t",
}  # fmt: skip
LAND_BESIDE = 5_000  # places that colour the land of a question asked otherwise


def atlas(plan: Plan, tables: Tables | None = None, beside: Beside | None = None) -> Atlas:
    """Return what the map of a plan shows; text stays as in the data, the map escapes it.

    Terms stay English, the page translates them by itself; sentences are in every language.

    Parameters
    ----------
    plan : Plan
    tables : Tables, optional
        Saves time where they are at hand.
    beside : Beside, optional
        Where it stands beside the map of the study, which it asks otherwise: it ranks the same
        places, and only the listed have a dossier.
    """
    tables = tables or tables_of(plan)
    laws = pd.DataFrame() if beside else tables.without_laws
    spoken: dict[Language, dict[str, Any]] = {}
    for language in LANGUAGES:
        with speaking(language):
            spoken[language] = _sentences(plan, laws)
    with speaking("en"):
        return _drawn(plan, tables, beside, spoken)


def _sentences(plan: Plan, laws: pd.DataFrame) -> dict[str, Any]:
    """Return what the map says in sentences, by the field of `Atlas`."""
    return {
        "title": question(plan),
        "subtitle": tr(
            "{nationality} investor \N{MIDDLE DOT} as known on {date}",
            nationality=investor(plan),
            date=long_date(plan),
        ),
        "answer": answer(plan),
        "pillars": _pillars(plan),
        "notes": (*notes(plan), scale_sentence()),
        "laws": law_sentence(plan, laws),
        "owner": investor(plan),
        "moment": tr("{date}, demand of {year}", date=long_date(plan), year=plan.study.demand_year),
    }


def _drawn(
    plan: Plan, tables: Tables, beside: Beside | None, said: dict[Language, dict[str, Any]]
) -> Atlas:
    """Return what the map draws and ranks, with what is said in each language."""
    top = plan.zones.head[: plan.study.listing.top]
    sites = tables.sites.iloc[: len(top)]
    ids = sites["site_id"].to_numpy()
    pillars, ranked = _pillars(plan), live(plan, beside=beside)
    customers = _customers(plan, top, ids)
    return Atlas(
        **said["en"],
        spoken={key: one for key, one in said.items() if key != "en"},
        language=plan.study.language,
        study=plan.study.name,
        as_of=plan.as_of.isoformat(),
        sites=_sites(plan, sites),
        contributions=_contributions(plan, pillars, top, ids),
        criteria=_criteria(plan, top, ids),
        costs=_costs(plan, top, ids),
        customers=customers,
        policies=_policies(tables.laws, ids),
        runners_up=_estates(plan, tables.estates, ids),
        unscouted=_unscouted(tables.sites.iloc[len(top) :]),
        countries=_countries(plan),
        barred=_barred(plan),
        gigafactories=_gigafactories(tables.plants),
        automakers=_automakers(plan),
        rivals=_rivals(plan),
        policy_countries=_policy_countries(plan),
        unranked=_unranked(plan),
        clusters=clusters.cluster_table(tables.plants, plan.demand_cluster),
        zones=_zones(plan, sites),
        surface=tables.surface,
        surface_breaks=BREAKS,
        cells=_cells(plan),
        scored_countries=frozenset(plan.places["country"]) - {""},
        attributions=credit_lines(),
        certainty=CERTAINTY,
        live=ranked,
        dossiers=dossiers(plan, tables, ranked, customers["plant_id"], further=beside is None),
        land=land(plan, ranked.places["site_id"].tolist(), LAND_BESIDE if beside else LAND),
    )


def _each(
    top: Positions, ids: NDArray[np.object_], make: Callable[[int], pd.DataFrame]
) -> pd.DataFrame:
    """Return the frames of all sites in one, each marked with its site."""
    frames = [make(int(i)).assign(site_id=site) for i, site in zip(top, ids, strict=True)]
    return pd.concat(frames, ignore_index=True)


def _cells(plan: Plan) -> tuple[raster.Picture, ...]:
    if plan.screen is None:
        return ()
    rank = plan.screen.rank
    return tuple(raster.pictures(plan.screen.land.cell, raster.classes(rank)))


def _pillars(plan: Plan) -> tuple[Pillar, ...]:
    """Return all pillars with the criteria that weigh something here."""
    used = weighed(plan)
    return tuple(
        Pillar(key, name, tuple(CriterionInfo(c, CRITERIA[c].name, CRITERIA[c].unit)
                                for c in used if CRITERIA[c].pillar == key))
        for key, name in pillar_names(plan.study.investor).items()
    )  # fmt: skip


def _sites(plan: Plan, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites under the names that the page has for their columns."""
    shown = sites[[*ON_PAGE.values()]].set_axis([*ON_PAGE], axis=1)
    odds = pillar_odds(plan).sum(axis=1).to_numpy()[plan.zones.head[: len(sites)]]
    return shown.assign(odds=odds)


def _contributions(
    plan: Plan, pillars: tuple[Pillar, ...], top: Positions, ids: NDArray[np.object_]
) -> pd.DataFrame:
    odds = pillar_odds(plan)[[p.key for p in pillars]].iloc[top]
    return odds.set_axis(ids, axis=0).rename_axis("site_id").reset_index()


def _criteria(plan: Plan, top: Positions, ids: NDArray[np.object_]) -> pd.DataFrame:
    ahead = advantages(plan).iloc[top]
    rows = [
        pd.DataFrame(
            {
                "site_id": ids,
                "criterion": CRITERIA[key].name,
                "pillar": CRITERIA[key].pillar,
                "raw": plan.measures.raw[key].to_numpy(float)[top],
                "unit": CRITERIA[key].unit,
                "value": plan.values[key].to_numpy(float)[top],
                "odds": ahead[key].to_numpy(float),
                "imputed": plan.measures.imputed[key].to_numpy(bool)[top],
                "level": plan.measures.level[key].iloc[top].to_numpy(str),
            }
        )
        for key in weighed(plan)
    ]
    return pd.concat(rows, ignore_index=True)


def _costs(plan: Plan, top: Positions, ids: NDArray[np.object_]) -> pd.DataFrame:
    parts = plan.measures.stack.iloc[top]
    whole = whole_parts(parts.to_numpy(dtype=float))
    stack = pd.DataFrame(whole, pd.Index(ids, name="site_id"), parts.columns)
    long = stack.reset_index().melt("site_id", var_name="key", value_name="usd_per_t")
    of = long.pop("key").map(COST_PARTS)
    named = long.assign(part=of.map(attrgetter("name")), group=of.map(attrgetter("group")))
    return named[named["usd_per_t"] != 0]


def _customers(plan: Plan, top: Positions, ids: NDArray[np.object_]) -> pd.DataFrame:
    return _each(top, ids, lambda i: customers_of(plan, i))


def _policies(laws: pd.DataFrame, ids: NDArray[np.object_]) -> pd.DataFrame:
    columns = {"instrument_id": "instrument_id", "instrument": "instrument",
               "effect_type": "effect", "summary": "summary"}  # fmt: skip
    shown = laws[laws["nth"] < len(ids)]
    table = shown[list(columns)].rename(columns=columns)
    table.insert(0, "site_id", ids[shown["nth"]])
    # in force on the date of the study, whatever became of it since
    return table.assign(status="in force")


def _estates(plan: Plan, estates: pd.DataFrame, ids: NDArray[np.object_]) -> pd.DataFrame:
    """Return the estates of each zone on the map, by name."""
    estates = limits.fitting(estates[estates["head_id"].isin(ids)], "head_id")
    table = estates[["head_id", "name", "km_away"]].rename(columns={"head_id": "site_id"})
    kind = plan.places.set_index("site_id")["kind"]
    return table.assign(kind=estates["site_id"].map(kind), facts=facts_in_words(estates))


def _unscouted(further: pd.DataFrame) -> pd.DataFrame:
    """Return the zones without a known estate that are not among the sites."""
    shown = further[~further["scouted"].astype(bool)].reset_index(drop=True)
    columns = {"site_id": "site_id", "country": "country", "lat": "lat", "lon": "lon",
               "zone": "name", "country_name": "country_name", "share": "share",
               "zone_places": "sites"}  # fmt: skip
    return shown[[*columns]].set_axis([*columns.values()], axis=1)


def _countries(plan: Plan) -> pd.DataFrame:
    """Return the countries that have places, by their chance of the next plant."""
    shares = country_chances(plan)
    shares = shares[shares.index != ""]
    return pd.DataFrame(
        {
            "country": shares.index.to_numpy(dtype=str),
            "country_name": [country_name(str(code)) for code in shares.index],
            "share": shares.to_numpy(),
        }
    )


def _barred(plan: Plan) -> pd.DataFrame:
    """Return estates that a rule excludes; the towns of a barred country would only crowd."""
    named = limits.fitting(plan.barred[plan.barred["kind"].isin(ESTATES)])
    columns = ["site_id", "name", "country", "lat", "lon", "rule", "rule_id"]
    return named[columns].assign(country_name=named["country"].map(country_name))


def _unranked(plan: Plan) -> pd.DataFrame:
    """Return the countries of which no place is ranked, with the rule that keeps most of it out."""
    barred = plan.barred[~plan.barred["country"].isin(plan.places["country"])]
    why = barred.groupby("country")["rule"].agg(lambda rules: rules.value_counts().index[0])
    closed = {code: REASONS[kind][0] for code, kind in plan.facts.closed.items()}
    every = {**{str(code): str(rule) for code, rule in why.items() if str(code)}, **closed}
    return pd.DataFrame(sorted(every.items()), columns=["country", "why"])


def _gigafactories(plants: pd.DataFrame) -> pd.DataFrame:
    columns = ["id", "name", "owner", "owner_hq_country", "country", "lat", "lon", "status",
               "capacity_gwh", "chemistry", "anode_kt"]  # fmt: skip
    return plants[columns]


def _automakers(plan: Plan) -> pd.DataFrame:
    columns = {"id": "id", "name": "name", "owner_group": "owner_group", "country": "country",
               "lat": "lat", "lon": "lon", "capacity_vehicles_per_year": "vehicles",
               "ev_output_status": "ev_status"}  # fmt: skip
    return plan.demand.carmakers[list(columns)].rename(columns=columns)


def _rivals(plan: Plan) -> pd.DataFrame:
    columns = [
        "id",
        "name",
        "owner",
        "owner_hq_country",
        "country",
        "lat",
        "lon",
        "product",
        "status",
    ]
    later = plan.demand.rivals["capacity_ktpa_2030"]
    return plan.demand.rivals[columns].assign(
        ktpa=later.fillna(plan.demand.rivals["capacity_ktpa_now"])
    )


def _policy_countries(plan: Plan) -> pd.DataFrame:
    """Return what the law says to this investor, country by country, for the choropleth."""
    geography = plan.facts["policy_zones"]["geography"]
    countries = sorted(set(geography.str.split(";").explode().str.strip().str[:2]))
    places = pd.DataFrame({"country": countries, "region": "", "zone": ""})
    every, investor = plan.facts.laws, plan.study.investor
    laws = every[policy.applies_to_owner(every, investor)]
    aid = policy.capital_aid(every, places, investor, plan.facts.product(plan.study))
    chance = policy.openness(plan.facts.entry, places, investor)
    here = policy.coverage(laws, places)
    closed = np.isin(countries, list(plan.facts.closed))
    names = laws["instrument"].to_numpy()
    rules = policy.entry_rules(plan.facts.entry, investor).groupby("instrument_id")
    strictest = rules["refusal_probability"].max()
    refusal = laws["instrument_id"].map(strictest).fillna(0.0).to_numpy(dtype=float)
    first = np.argsort(-refusal, kind="stable")  # what decides on entry stands before all else
    here, names, refusal = here[:, first], names[first], refusal[first]
    return pd.DataFrame(
        {
            "country": countries,
            "score_hint": np.where(closed, np.nan, np.clip(chance * (0.5 + aid), 0, 1)),
            "in_force": here.sum(axis=1),
            "bars": chance == 0,
            "entry": np.where(closed, np.nan, chance),
            "decides": (here * refusal).any(axis=1),
            "instruments": [tuple(names[row][:POLICY_LINES]) for row in here],
        }
    )


def _zones(plan: Plan, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the zones of the sites with their outlines, as lists of (lat, lon)."""
    zone = plan.zones.zone
    inside = (zone > 0) & (zone <= len(sites))
    lat, lon = coordinates(plan.places[inside]).T
    areas = outlines(lat, lon, zone[inside] - 1)
    return pd.DataFrame(
        {
            "zone": sites["rank"],
            "name": sites["zone"],
            "rank": sites["rank"],
            "hull": [[(y, x) for x, y in area.exterior.coords] for area in areas],
            "sites": sites["zone_places"],
        }
    )
