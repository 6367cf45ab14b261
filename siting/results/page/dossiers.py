"""Dossiers of places beyond the list of the page: the other zones, and the best of each country.

With `siting.results.page.sources` they let a reader open any place that matters and ask for any
figure of it where it is from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from geodata.arrays import Positions
from geodata.language import tr
from maps.dossiers import Dossiers
from maps.live import Live
from siting.model.archetypes import archetype_names
from siting.model.plan import Plan
from siting.model.zones import ESTATES
from siting.results.customers import customers_of
from siting.results.page.live import best_of_countries
from siting.results.page.sources import sources_of
from siting.results.tables import Tables, laws_at, money_at
from siting.results.text.estates import amount, in_words
from siting.study.terms import COST_PARTS
from siting.world.candidates import OURS
from siting.world.names import OWN

CUSTOMERS = 5  # of each of the further places
MOST_OWN = 150  # of the user's own places that have a dossier whatever their rank
SILENT = ("", "unknown", "none")


def _yes(text: str) -> str:
    return {"y": tr("yes"), "n": tr("no")}.get(text, text)


# column of the places -> what it is called, how its value reads
FACTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "operator": ("Operator", str),
    "site_type": ("Kind", in_words),
    "status": ("Status", in_words),
    "area_ha_available": ("Free land", lambda text: amount("{number} ha", text)),
    "area_ha_total": ("Whole estate", lambda text: amount("{number} ha", text)),
    "grid_mw_available": ("Grid at hand", lambda text: amount("{number} MW", text)),
    "power_note": ("Power", str),
    "port": ("Port", str),
    "rail": ("Rail", _yes),
    "gas": ("Gas", _yes),
    "special_regime": ("Regime", str),
    "notable_tenants": ("Tenants", lambda text: text.replace(";", tr(", "))),
    "population": ("People", lambda text: amount("{number}", text)),
}


def dossiers(
    plan: Plan,
    tables: Tables,
    live: Live,
    first_customers: Iterable[str],
    *,
    further: bool = True,
) -> Dossiers:
    """Return what the page tells of further places, and where each figure of a dossier is from.

    Parameters
    ----------
    plan : Plan
    tables : Tables
    live : Live
        The places that the page holds; no other place has a dossier.
    first_customers : iterable of str
        Plants that the listed sites serve.
    further : bool
        Whether other places than the listed have a dossier.
    """
    listed = plan.zones.head[: plan.study.listing.top]
    others = further_places(plan, live, listed) if further else listed[:0]
    ids = plan.places["site_id"].to_numpy(dtype=object)
    every = np.concatenate([listed, others])
    customers, laws = _customers(plan, others, ids), _laws(plan, others, ids)
    told = pd.concat([tables.laws["instrument_id"], laws["instrument_id"]])
    served = [*customers["plant_id"], *first_customers]
    return Dossiers(
        places=_places(plan, tables, others),
        parts=tuple((part.name, part.group) for part in COST_PARTS.values()),
        costs=plan.measures.stack[list(COST_PARTS)].iloc[others].to_numpy(dtype=float),
        power_mwh=_power_mwh(plan),
        customers=customers,
        laws=laws,
        facts=estate_facts(plan, every),
        sources=sources_of(plan, every, told, served),
    )


def _power_mwh(plan: Plan) -> float:
    """Return the MWh of a tonne, read off a place: cost of its power over the price."""
    first = plan.zones.head[0]
    price = float(plan.measures.raw["power_price"].iloc[first])
    return float(plan.measures.stack["power"].iloc[first]) / price if price else 0.0


def further_places(plan: Plan, live: Live, listed: Positions) -> Positions:
    """Return the places beside the listed that have a dossier: other heads, best of a country, own.

    A country with a zone has the heads of its zones, one without its likeliest place.
    """
    codes = plan.places["country"].to_numpy(dtype=str)
    own = plan.order[plan.places["kind"].eq(OWN).to_numpy()[plan.order]][:MOST_OWN]
    best = best_of_countries(plan)
    best = best[~np.isin(codes[best], codes[plan.zones.head])]
    wanted = np.concatenate([plan.zones.head[len(listed) :], own, best])
    there = plan.places["site_id"].isin(live.places["site_id"]).to_numpy()
    wanted = wanted[there[wanted] & ~np.isin(wanted, listed)]
    return np.array([*dict.fromkeys(wanted.tolist())], dtype=np.intp)


def _places(plan: Plan, tables: Tables, further: Positions) -> pd.DataFrame:
    """Return what the plan says of each place; the draws know heads of zones only."""
    money = money_at(plan, further)
    frame = pd.DataFrame(
        {
            "site_id": plan.places["site_id"].to_numpy(dtype=object)[further],
            "archetype": archetype_names(plan, tables.kinds, further),
            "percentile": plan.percentile[further],
            "low": money["low"],
            "high": money["high"],
            "margin": money["margin"],
        }
    )
    drawn = tables.sites.set_index("site_id")[
        ["share", "share_low", "share_high", "p_first", "p_top10"]
    ]
    return frame.join(drawn, on="site_id")


def _customers(plan: Plan, further: Positions, ids: np.ndarray) -> pd.DataFrame:
    frames = [customers_of(plan, int(i), CUSTOMERS).assign(site_id=ids[i]) for i in further]
    return pd.concat([customers_of(plan, 0, 1).iloc[:0].assign(site_id=""), *frames],
                     ignore_index=True)  # fmt: skip


def _laws(plan: Plan, further: Positions, ids: np.ndarray) -> pd.DataFrame:
    laws = laws_at(plan, further)
    return pd.DataFrame(
        {
            "site_id": ids[further[laws["nth"].to_numpy(dtype=int)]],
            "instrument_id": laws["instrument_id"],
            "instrument": laws["instrument"],
            "effect": laws["effect_type"],
            "summary": laws["summary"],
            "status": tr("in force"),  # on the date of the study, whatever became of it since
        }
    )


def estate_facts(plan: Plan, positions: Positions) -> pd.DataFrame:
    """Return facts of the estates as rows: site_id, fact, text, own (whether the user's)."""
    places = plan.places.iloc[positions]
    rows = []
    for row in places[places["kind"].isin(ESTATES)].to_dict("records"):
        own = row["kind"] == OWN
        shown = [(tr(name), turn(str(row[column]))) for column, (name, turn) in FACTS.items()
                 if _says(row.get(column))]  # fmt: skip
        if own:
            shown += [(in_words(c), str(row[c])) for c in _own_columns(plan) if _says(row[c])]
        rows += [(row["site_id"], name, text, own) for name, text in shown]
    return pd.DataFrame(rows, columns=["site_id", "fact", "text", "own"])


def _says(value: object) -> bool:
    return value is not None and value == value and str(value) not in SILENT  # noqa: PLR0124 - NaN


def _own_columns(plan: Plan) -> list[str]:
    """Return what a user's list of candidates adds to what we read from it."""
    if plan.study.candidates.source is None:
        return []
    ours = {*OURS, *FACTS, "region_name"}
    return [str(column) for column in plan.places if column not in ours]
