"""The facts of one study: every table, the user's own files in place of the catalogue's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from geodata.errors import Fault, SitingError, raise_if
from geodata.load import catalogue_date, table
from geodata.tables import day
from siting.study.known import figure_faults, switch_faults
from siting.study.parameters import of_date, recipe_faults
from siting.study.product import TABLE as PRODUCTS
from siting.study.product import Product, Products, lacking, product_of, records
from siting.study.study import Study
from siting.support import cache
from siting.world import events, overrides, policy

USED = (
    "gigafactories",
    "automaker_plants",
    "anode_plants",
    "build_chances",
    "material_works",
    "industrial_sites",
    "policy_zones",
    "place_factors",
    "products",
    "anode_economics",
    "excluded_countries",
    "events",
    "country_groups",
    "trade_access",
    "feedstock_sources",
    "anode_prices",
    "project_costs",
    "power_stations",
    "power_systems",
    "time_to_power",
    "carbon_works",
    "owner_ties",
)


LIFE_MONTHS = 12 * 17  # until a plant decided today is written off


@dataclass(frozen=True)
class Facts:
    """What is known on the date of the study.

    Attributes
    ----------
    as_of : date
    tables : dict of DataFrame
        Whole tables by name.
    laws : DataFrame
        Instruments in force on the date.
    enacted : DataFrame
        Those, and enacted ones that will be in force when a plant decided today opens.
    scheduled : DataFrame
        Production credits known on the date that pay in later years, whenever they start.
    events : DataFrame
        Wars, blockades, surcharges and licences that hold on the date.
    closed : dict of str
        Countries that are out on the date, and why: no site lies there, no customer buys.
    plants_on : date
        When gigafactories and anode plants are looked at: the same date, unless two dates are
        compared in parts.
    """

    as_of: dt.date
    tables: dict[str, pd.DataFrame]
    laws: pd.DataFrame
    enacted: pd.DataFrame
    scheduled: pd.DataFrame
    events: pd.DataFrame
    closed: dict[str, str]
    plants_on: dt.date

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    @cached_property
    def products(self) -> Products:
        """The products that a study may ask about, by key."""
        return records(self.tables["products"])

    def product(self, study: Study) -> Product:
        """Return what a study asks about.

        Raises
        ------
        SitingError
            When no such product is known, or it names rows that the tables lack.
        """
        product = product_of(self.products, study.product)
        raise_if(lacking(product, self.tables, study.tables.get(PRODUCTS)))
        return product

    @cached_property
    def entry(self) -> pd.DataFrame:
        """What decides on entry: laws in force, and the events that bar or undo a project."""
        rules = events.entry_rules(self.events, self.laws)
        return pd.concat([self.laws, rules], ignore_index=True) if len(rules) else self.laws


def load(study: Study) -> Facts:
    """Read and check every table of the study.

    Raises
    ------
    SitingError
        With the faults of all tables at once.
    """
    faults: list[Fault] = []
    tables: dict[str, pd.DataFrame] = {}
    for name in USED:
        try:
            tables[name] = table(name, study.tables.get(name), cache.once)
        except SitingError as error:
            faults += error.faults
    raise_if(faults)
    as_of = study.as_of or catalogue_date()
    zones, off, on = tables["policy_zones"], study.policies.off, study.policies.on
    raise_if([*switch_faults(study), *figure_faults(study.factors)])
    raise_if(recipe_faults(records(tables[PRODUCTS]), study.tables.get(PRODUCTS)))
    tables["anode_economics"] = of_date(tables["anode_economics"], as_of)
    own = overrides.of_countries(study.factors, study)
    tables["place_factors"] = overrides.with_factors(tables["place_factors"], own, as_of)
    now = events.in_force(tables["events"], as_of, off=study.events.off, on=study.events.on)
    later = policy.in_force(zones, as_of, off=off, on=on, ahead_months=LIFE_MONTHS)
    return Facts(
        as_of,
        tables,
        policy.in_force(zones, as_of, off=off, on=on),
        policy.in_force(zones, as_of, off=off, on=on, ahead_months=policy.BUILD_MONTHS),
        later[later["theme"].eq("production_credit")],
        now,
        closed_countries(tables["excluded_countries"], as_of) | events.closed(now),
        as_of,
    )


def in_later_years(facts: Facts, study: Study, date: dt.date) -> Facts:
    """Return the facts with the laws in force on a later date, of those known today.

    All else, events and prices too, stays as it is known.
    """
    zones = facts["policy_zones"]
    start = day(zones["start_date"], "start")
    known = day(zones["known_date"], "start").fillna(start).le(pd.Timestamp(facts.as_of))
    known |= zones["instrument_id"].isin(list(study.policies.on))
    off, on = study.policies.off, study.policies.on
    laws = policy.in_force(zones[known], date, off=off, on=on)
    return replace(facts, laws=laws, enacted=laws)


def closed_countries(excluded: pd.DataFrame, as_of: dt.date) -> dict[str, str]:
    """Return the countries that are out on a date and why: home_market or sanctions."""
    date = pd.Timestamp(as_of)
    since, until = day(excluded["since"], "start"), day(excluded["until"], "end")
    now = excluded[(since.isna() | since.le(date)) & (until.isna() | until.ge(date))]
    return dict(zip(now["country"], now["reason"], strict=True))
