"""Instruments x date x investor x product: what the law says at a place.

Two readings of the date. What gives or bars (aid, duty, entry) counts while it is in force. What
pulls demand (fleet standards, origin rules, investment programmes) counts when it is enacted and
will be in force by the time a plant decided today opens, `BUILD_MONTHS` later; repeals that were
not yet known do not count. Proposed instruments count only when a study switches them on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import covered, distinct, states
from geodata.tables import day
from siting.study.product import Product

BUILD_MONTHS = 24  # construction time of announced overseas projects (PL-TIME)
NOT_LAW = ("proposed", "announced", "not_imposed", "negotiation", "delayed")
PROHIBITED_FOREIGN = ("CN", "RU", "IR", "KP")  # "PFE" of the US tax code
ANY_PLANT = "any plant"
AID_CAP = 0.5  # of capex: what aid rules of the US, Canada and the EU leave at most
DEMAND_LAWS = ("fleet_standard", "zev_mandate")
FROM_OTHERS = "pct_min_non_PFE_material_cost"
FROM_CHINA = "pct_allowed_FEOC"
CUSTOMS_UNIONS = ("EU", "GCC", "MERCOSUR")  # groups that are one customs territory
WHERE = ("country", "region")  # what a law's geography asks of a place
ORIGIN_LAWS = ("foreign_entity_rule", "origin_rule")


def in_force(
    zones: pd.DataFrame,
    as_of: dt.date,
    *,
    off: Collection[str] = (),
    on: Collection[str] = (),
    ahead_months: int = 0,
) -> pd.DataFrame:
    """Return the instruments that count on a date.

    Parameters
    ----------
    zones : DataFrame
        The `policy_zones` table.
    as_of : date
    off, on : collection of str
        `instrument_id` switched off, or counted as in force whatever their status.
    ahead_months : int
        Also those enacted by `as_of` that start within so many months.
    """
    date = pd.Timestamp(as_of)
    start = day(zones["start_date"], "start")
    known = day(zones["known_date"], "start").fillna(start)
    end = day(zones["end_date"], "end")
    live = (
        start.le(date + pd.DateOffset(months=ahead_months))
        & known.le(date)
        & (end.isna() | end.ge(date))
        & ~zones["status"].isin(NOT_LAW)
    )
    switched_on = zones["instrument_id"].isin(list(on))
    return zones[(live | switched_on) & ~zones["instrument_id"].isin(list(off))]


def applies_to_owner(laws: pd.DataFrame, investor: str) -> NDArray[np.bool_]:
    """Whether each instrument applies to an investor of that home country (ISO2)."""
    owners = laws["applies_to_owner_hq"]
    return np.array([_names_owner(str(text), investor) for text in owners], dtype=bool)


def _names_owner(text: str, investor: str) -> bool:
    if not text:
        return True
    if text == "not:PFE":
        return investor not in PROHIBITED_FOREIGN
    return investor in re.findall(r"\b[A-Z]{2}\b", text)


def applies_to_product(laws: pd.DataFrame, product: Product) -> NDArray[np.bool_]:
    """Whether each instrument covers the product; one that names only others does not."""
    return np.array([product.covered(str(text)) for text in laws["applies_to_product"]], dtype=bool)


def coverage(laws: pd.DataFrame, places: pd.DataFrame) -> NDArray[np.bool_]:
    """Which instrument covers which place, a territory with the state it belongs to (n, laws)."""
    columns = (laws[name].to_numpy(dtype=object) for name in ("geo_type", "geography"))
    areas = list(zip(*columns, strict=True))
    here = covered(places, areas)
    apart = np.flatnonzero(places["country"].isin(list(states("law"))))
    if apart.size:
        here[apart] |= covered(_with_state(places.iloc[apart]), areas)
    return here


def _with_state(places: pd.DataFrame) -> pd.DataFrame:
    """Return places with the state whose law holds there in `country`."""
    return places.assign(country=places["country"].replace(states("law")))


def strongest(laws: pd.DataFrame, amount: str, places: pd.DataFrame) -> NDArray[np.float64]:
    """Largest `amount` of the instruments that cover each place; 0 where none does (n,)."""
    stated = laws[laws[amount].notna()]
    few, which = distinct(places, *WHERE)
    amounts = coverage(stated, few) * stated[amount].to_numpy(dtype=float)
    return np.asarray(amounts.max(axis=1, initial=0.0)[which])


def present(laws: pd.DataFrame, places: pd.DataFrame) -> NDArray[np.float64]:
    """1 where at least one of the instruments covers the place, else 0 (n,)."""
    few, which = distinct(places, *WHERE)
    return coverage(laws, few).any(axis=1).astype(float)[which]


def struck(laws: pd.DataFrame, investor: str) -> frozenset[str]:
    """Return the instruments that others in force take away from this investor (instrument_id)."""
    against = laws[applies_to_owner(laws, investor) & laws["strikes"].ne("").to_numpy()]
    return frozenset(name for names in against["strikes"] for name in names.split(";"))


def usable(laws: pd.DataFrame, investor: str, product: Product) -> pd.DataFrame:
    """Return the instruments that may help this investor with this product."""
    fits = applies_to_owner(laws, investor) & applies_to_product(laws, product)
    lost = laws["instrument_id"].isin(struck(laws, investor)).to_numpy(bool)
    return laws[fits & ~lost & laws["role"].ne("explain").to_numpy()]


def capital_aid(
    laws: pd.DataFrame, places: pd.DataFrame, investor: str, product: Product
) -> NDArray[np.float64]:
    """Capital aid that the law gives this investor for this product, as a share of capex (n,).

    The best of the schemes that cover a place, at most `AID_CAP`: they replace each other (a
    regional aid ceiling contains the base rate).
    """
    return np.minimum(AID_CAP, strongest(usable(laws, investor, product), "capex_share", places))


def aimed(laws: pd.DataFrame) -> pd.DataFrame:
    """Return the schemes that aim at batteries and their materials, not at any plant.

    Regional and general investment aid makes a place cheaper; it says nothing of a state that
    wants this product at home.
    """
    return laws[~laws["applies_to_product"].str.lower().str.startswith(ANY_PLANT)]


def open_share(laws: pd.DataFrame, customers: pd.DataFrame, investor: str) -> NDArray[np.float64]:
    """Share of each customer's demand that is open to goods of this owner, made anywhere (m,).

    Rules that let a cell maker buy only so much from prohibited foreign entities (material
    assistance cost ratio) close the rest.
    """
    rules = laws[laws["unit"].eq(FROM_OTHERS) & applies_to_owner(laws, investor)]
    rules = rules[rules["applies_to_product"].str.startswith("battery")]
    return np.asarray(1.0 - strongest(rules, "magnitude", customers) / 100.0)


def openness(laws: pd.DataFrame, places: pd.DataFrame, investor: str) -> NDArray[np.float64]:
    """Chance that this investor may build at each place: product of 1 - refusal (n,)."""
    rules = entry_rules(laws, investor)
    few, which = distinct(places, *WHERE)
    refusal = coverage(rules, few) * rules["refusal_probability"].to_numpy(dtype=float)
    return np.asarray(np.prod(1.0 - refusal, axis=1)[which])


def bars(laws: pd.DataFrame, places: pd.DataFrame, investor: str) -> NDArray[np.object_]:
    """Identifier of the rule that bars this investor outright, "" where none does (n,)."""
    rules = entry_rules(laws, investor)
    rules = rules[rules["refusal_probability"].ge(1.0)]
    names = np.array([*rules["instrument_id"], ""], dtype=object)
    few, which = distinct(places, *WHERE)
    here = coverage(rules, few)
    # the first rule that covers a place; the last name, none, where no rule does
    first = np.where(here.any(axis=1), here.argmax(axis=1) if len(rules) else -1, -1)
    return names[first[which]]


def entry_rules(laws: pd.DataFrame, investor: str) -> pd.DataFrame:
    """Return the instruments that decide on the entry of this investor."""
    decides = laws["refusal_probability"].notna() & laws["role"].ne("explain")
    return laws[decides.to_numpy() & applies_to_owner(laws, investor)]


def origin_rule(
    enacted: pd.DataFrame, customers: pd.DataFrame, investor: str, product: Product
) -> NDArray[np.float64]:
    """Share of each customer's demand that a Chinese tonne loses and this investor may serve (m,).

    The tonne of a plant outside China. Rules on where graphite comes from (foreign entities of
    concern) bind goods made in China, whoever owns the plant abroad: what becomes of that owner
    is in `openness`. Rules on who made it (material assistance) follow the owner abroad.
    """
    shut = closed_share(enacted, customers, product, made_in="CN", owner="CN")
    left = closed_share(enacted, customers, product, made_in="", owner=investor)
    return np.maximum(0.0, shut - left)


def closed_share(
    laws: pd.DataFrame, customers: pd.DataFrame, product: Product, *, made_in: str, owner: str
) -> NDArray[np.float64]:
    """Share of each customer's demand closed to anode by where it is made and by its owner (m,).

    Parameters
    ----------
    laws : DataFrame
        Instruments that count, in force or enacted.
    customers : DataFrame (m)
        Columns country and region; where there is a `segment`, cells of storage alone are free of
        rules on cars.
    product : Product
        A rule on a mineral binds the goods whose class it names.
    made_in, owner : str
        ISO2; `made_in` "" for a place that no rule names.
    """
    stated = laws[laws["theme"].isin(ORIGIN_LAWS) & laws["magnitude"].notna()]
    stated = stated[~stated["instrument_id"].isin(struck(laws, "CN")).to_numpy(bool)]
    goods = stated["applies_to_product"].str.contains(product.goods_class, regex=False)
    mineral = stated[stated["unit"].eq(FROM_CHINA) & goods]
    mineral = mineral[applies_to_owner(mineral, made_in) & (made_in != "")]
    shut = strongest(mineral.assign(closed=100.0 - mineral["magnitude"]), "closed", customers)
    if "segment" in customers:
        shut *= customers["segment"].ne("ess").to_numpy(bool)
    return np.asarray(np.maximum(shut / 100.0, 1.0 - open_share(stated, customers, owner)))


def home_affinity(
    places: pd.DataFrame,
    investor: str,
    groups: pd.DataFrame,
    trade: pd.DataFrame,
    as_of: dt.date,
    footholds: Collection[str] = (),
) -> NDArray[np.float64]:
    """How near a place stands to the investor's home: 1, 0.7 bloc, 0.5 ally, 0.3 trade, else 0.1.

    A country where the firm has works or a mine of its own (`footholds`) counts as one of its bloc,
    a territory as the state whose law holds in it. Blocs are the EEA (with the EU) and USMCA;
    allies share NATO or a treaty with the US; trade is free access to the EU or US market when the
    home lies in it.
    """
    members = valid(groups, as_of).groupby("group")["country"].agg(frozenset)
    few, which = distinct(places, "country")
    country, state = few["country"], _with_state(few)["country"]
    nearness = np.full(len(few), 0.1)
    markets = [m for m in ("EU", "US") if investor == m or investor in members.get(m, ())]
    free = valid(trade, as_of)
    friends = free[free["market"].isin(markets) & free["access"].eq("free")]["country"]
    steps: list[tuple[float, Collection[str]]] = [(0.3, set(friends))]
    steps += [(0.5, members[g]) for g in ("NATO", "US_ALLY") if investor in members.get(g, ())]
    if investor == "US":
        steps += [(0.5, members.get("US_ALLY", frozenset()))]
    steps += [(0.7, members[g]) for g in ("EU", "EEA", "USMCA") if investor in members.get(g, ())]
    for value, countries in [*steps, (0.7, footholds), (1.0, {investor})]:
        near = country.isin(list(countries)) | state.isin(list(countries))
        nearness = np.where(near, np.maximum(nearness, value), nearness)
    return nearness[which]


def duty_free_reach(
    places: pd.DataFrame, groups: pd.DataFrame, trade: pd.DataFrame, as_of: dt.date
) -> NDArray[np.float64]:
    """Half for free access to the EU, half for the US; a preference counts half of it (n,)."""
    worth = {"free": 0.5, "preference": 0.25}
    access = valid(trade, as_of)
    few, which = distinct(places, "country")
    reach = np.zeros(len(few))
    origin = few["country"].replace(states("customs"))
    area = origin.replace(customs_territories(groups, as_of))
    for market in ("EU", "US"):
        rows = access[access["market"].eq(market)]
        best = rows["access"].map(worth).groupby(rows["country"]).max()
        at_place = origin.map(best).fillna(0.0).to_numpy(dtype=float)
        reach += np.where(area.eq(market), 0.5, at_place)
    return reach[which]


def customs_territories(groups: pd.DataFrame, as_of: dt.date) -> dict[str, str]:
    """Return the customs territory of each country that shares one: a union's code, a state's."""
    members = valid(groups, as_of)
    members = members[members["group"].isin(CUSTOMS_UNIONS)]
    union = dict(zip(members["country"], members["group"], strict=True))
    return union | {land: union.get(state, state) for land, state in states("customs").items()}


def valid(rows: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return the rows whose `since` and `until` hold the date; a blank side is open."""
    date = pd.Timestamp(as_of)
    since, until = day(rows["since"], "start"), day(rows["until"], "end")
    return rows[(since.isna() | since.le(date)) & (until.isna() | until.ge(date))]
