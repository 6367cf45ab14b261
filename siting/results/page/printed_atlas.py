"""From a plan to the atlas on paper: a page a zone, and one of each leading country."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from geodata.arrays import Positions
from geodata.language import tr
from geodata.places import country_name
from maps import nearby
from maps.brief import Brief, Cost, Line
from maps.escape import shortened
from maps.numerals import MINUS, number
from maps.printed_atlas import Gain, PrintedAtlas, Served, Sheet
from siting.confidence.shares import share_at
from siting.model.archetypes import figure
from siting.model.plan import Plan, advantages, country_chances, weighed
from siting.model.zones import ESTATES
from siting.results.customers import served
from siting.results.page.costs import costs_at, ranks_of
from siting.results.page.dossiers import estate_facts
from siting.results.page.live import best_of_countries
from siting.results.tables import Tables, laws_at
from siting.results.text.confidence import lead, short, with_unit
from siting.results.text.estates import in_words
from siting.results.text.first import first_sentences
from siting.study.criteria import CRITERIA

ZONES, COUNTRIES = 10, 8  # that have a page; of the countries the likeliest
CUSTOMERS, GAINS, NEIGHBOURS = 6, 9, 3  # named on a page
DRAWN = ("rank_low", "rank_high")
NAME_LONG = 34  # letters of a neighbour


def printed_atlas(plan: Plan, tables: Tables, brief: Brief) -> PrintedAtlas:
    """Return the atlas of a plan: the scenes are those of its brief.

    Parameters
    ----------
    plan : Plan
    tables : Tables
    brief : Brief
        Of the same plan.
    """
    positions = chosen(plan)
    places = plan.places.iloc[positions]
    laws, facts = laws_at(plan, positions), estate_facts(plan, positions)
    costs = costs_at(plan, tables, positions)
    sheets = tuple(
        _sheet(plan, tables, int(i), place, cost, facts, laws[laws["nth"].eq(nth)])
        for nth, (i, place, cost) in enumerate(
            zip(positions, places.to_dict("records"), costs, strict=True)
        )
    )
    named = plan.places.loc[plan.places["kind"].isin(ESTATES), ["name", "lat", "lon"]]
    return PrintedAtlas(brief, sheets, {**nearby.around(places), "estates": named})


def chosen(plan: Plan) -> Positions:
    """Return the places that have a page: the first zones, then the best of leading countries.

    A country with a zone is stood for by the first of them, another by its likeliest place.
    """
    codes = plan.places["country"].to_numpy(dtype=str)
    heads = plan.zones.head
    first = heads[:ZONES]
    best = {codes[i]: int(i) for i in (*best_of_countries(plan), *heads[::-1])}
    leading = [str(code) for code in country_chances(plan).head(COUNTRIES).index if code]
    others = [best[code] for code in leading if code not in codes[first]]
    others.sort(key=lambda i: ranks_of(plan, np.array([i]))[0] or len(heads) + 1)
    return np.array([*first, *others], dtype=np.intp)


def _sheet(
    plan: Plan, tables: Tables, position: int, place: dict[Hashable, Any], cost: Cost,
    facts: pd.DataFrame, laws: pd.DataFrame,
) -> Sheet:  # fmt: skip
    rank = cost.rank
    facts = facts[facts["site_id"].eq(place["site_id"])]
    told = [Line(str(fact), str(text)) for fact, text in zip(facts["fact"], facts["text"],
                                                            strict=True)]  # fmt: skip
    drawn = tables.sites[tables.sites["rank"].eq(rank)]
    customers, customers_left, output_left = _customers(plan, position)
    return Sheet(
        rank=rank,
        site_id=str(place["site_id"]),
        name=str(place["name"]),
        where=_where(plan, place, rank),
        code=str(place["country"]),
        lat=float(place["lat"]),
        lon=float(place["lon"]),
        share=share_at(plan, position),
        sure=float(lead(drawn).iloc[0]) if len(drawn) else float("nan"),
        **{key: float(drawn[key].iloc[0]) if len(drawn) else float("nan") for key in DRAWN},
        cost=cost,
        facts=(*_of_the_zone(tables, place, rank), *told),
        gains=_gains(plan, position),
        odds=float(np.exp(advantages(plan).iloc[position].sum())),
        customers=customers,
        customers_left=customers_left,
        output_left=output_left,
        laws=tuple(Line(str(name), in_words(str(effect)))
                   for name, effect in zip(laws["instrument"], laws["effect_type"], strict=True)),
        case=first_sentences(plan, position),
    )  # fmt: skip


def _where(plan: Plan, place: dict[Hashable, Any], rank: int) -> str:
    country = country_name(place["country"])
    if not rank:
        return tr("{country}: its likeliest place; it stands for no zone of the list",
                  country=country)  # fmt: skip
    zone = plan.zone_names[rank - 1]
    if zone == place["name"]:
        return tr("{country}, zone {rank}", country=country, rank=rank)
    return tr("{country}, zone {rank} ({zone})", country=country, rank=rank, zone=zone)


def _of_the_zone(tables: Tables, place: dict[Hashable, Any], rank: int) -> tuple[Line, ...]:
    """Return the lines on where the site lies and which named sites lie beside it."""
    lines = [Line(tr("Coordinates"), f"{place['lat']:.2f}, {place['lon']:.2f}")]
    if rank:
        others = tables.estates
        own = others["zone"].eq(rank) & others["site_id"].ne(place["site_id"])
        names = [shortened(short(name), NAME_LONG) for name in others.loc[own, "name"]]
        more = len(names) - NEIGHBOURS
        text = tr(", ").join(names[:NEIGHBOURS]) or tr("none known")
        if more > 0:
            text = tr("{sites} and {number} more, in the workbook", sites=text, number=number(more))
        lines.append(Line(tr("Named sites beside it"), text))
    return tuple(lines)


def _gains(plan: Plan, position: int) -> tuple[Gain, ...]:
    """Return what each criterion makes of the odds, the strongest first, the rest as one."""
    ln = advantages(plan).iloc[position]
    keys = sorted(weighed(plan), key=lambda key: (-abs(round(float(ln[key]), 9)), key))
    named = keys if len(keys) <= GAINS else keys[: GAINS - 1]
    gains = []
    for key in named:
        of, raw = CRITERIA[key], float(plan.measures.raw[key].iloc[position])
        shown = with_unit(_thin(figure(raw, of.unit)), of.unit) if np.isfinite(raw) else ""
        gains.append(Gain(of.pillar, tr(of.name), shown, float(ln[key])))
    if rest := keys[len(named) :]:
        pillar = CRITERIA[rest[0]].pillar
        words = tr("{number} more together", number=number(len(rest)))
        gains.append(Gain(pillar, words, "", float(ln[rest].sum())))
    return tuple(gains)


def _thin(text: str) -> str:
    """Return a number as the sheets write numbers."""
    return text.replace("-", MINUS)


def _customers(plan: Plan, position: int) -> tuple[tuple[Served, ...], int, float]:
    """Return the first customers, how many more there are, and what of the output they take."""
    rows = served(plan, position, CUSTOMERS)
    shown = tuple(
        Served(str(row["name"]), str(row["country"]), row["kt"], row["sold"], row["usd_per_t"],
               row["margin"])
        for row in rows.to_dict("records")
    )  # fmt: skip
    sold = plan.measures.landed.sold[position].astype(float)
    more = int((sold > 0).sum()) - int((rows["sold"] > 0).sum())
    return shown, more, float(sold.sum() - rows["sold"].sum())
