"""Figures that decide the claims of November 2023: supply, demand, cells, cars and laws by market.

Every figure is made from the catalogue as it was known on a date; the words around them are in
`siting.reports.claims`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geodata.columns import day
from geodata.load import catalogue_date, table
from geodata.places import world_region
from siting.market import demand, market
from siting.market.growth import SHARE
from siting.model.plan import Plan
from siting.world import policy

MARKETS = {"Europe": "Europe", "US": "United States", "KR": "Korea", "JP": "Japan"}
ELSEWHERE = "elsewhere"
OWNERS = ("Chinese owners", "other owners")
FIRST_YEAR = 2019  # from which the growth of sales is counted
CAR_KG, KG_PER_KWH = "INT-EV-VIA", ("INT-NMC", "INT-LFP")
# A tonne by where it is made and whose it is, as American law may see it.
TONNES = {
    "Chinese, made in China": ("CN", "CN"),
    "Chinese owner's, made in the US or Morocco": ("", "CN"),
    "Korean, made in Korea": ("KR", "KR"),
}


def over_the_chinese_tonne(plan: Plan) -> pd.Series:
    """Return what a tonne of each place costs over the landed Chinese one (USD/t, n)."""
    money = plan.measures.outcome
    return money["delivered"] - money["parity"]


def market_of(countries: pd.Series) -> pd.Series:
    """Return the market that each ISO2 code lies in: Europe, US, KR, JP or elsewhere."""
    europe = countries.map(world_region).str.endswith("Europe").to_numpy(bool)
    own = countries.where(countries.isin(list(MARKETS)), ELSEWHERE)
    return own.mask(europe, "Europe")


@dataclass(frozen=True)
class Moment:
    """A plan under the lens of the article, and the works known on its date.

    Attributes
    ----------
    plan : Plan
    """

    plan: Plan

    @property
    def date(self) -> dt.date:
        """The date of the plan."""
        return self.plan.as_of

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Cell plants known on the date with `market` and their `gwh` once they all run."""
        plants = self.plan.demand.plants
        gwh = demand.capacity_gwh(plants, self.plan.study.demand_year)
        return plants.assign(market=market_of(plants["country"]), gwh=np.nan_to_num(gwh))

    @cached_property
    def running_cells(self) -> pd.DataFrame:
        """Those that ran on the date: `gwh` as of today, `kt` of anode they take."""
        plants = self.cells[self.cells["status"].eq("operating")]
        facts = self.plan.facts
        product = facts.product(self.plan.study)
        intensity = demand.Intensity.from_economics(facts["anode_economics"], product)
        return plants.assign(
            gwh=plants["capacity_gwh_now"].fillna(0.0),
            kt=demand.anode_demand_kt(plants, demand.NOW_YEAR, intensity),
        )

    @cached_property
    def works(self) -> pd.DataFrame:
        """Anode works known on the date with `market`, `now_kt` that they made and `supply_kt`."""
        works = self.plan.demand.rivals
        ran = works["status"].eq("operating") * works["capacity_ktpa_now"].fillna(0.0)
        return works.assign(market=market_of(works["country"]), now_kt=ran * demand.UTILISATION)

    @cached_property
    def cars(self) -> pd.DataFrame:
        """Car works with `market`."""
        cars = self.plan.demand.carmakers
        return cars.assign(market=market_of(cars["country"]))

    @cached_property
    def markets(self) -> pd.Series[str]:
        """The market of each place of the plan (n,)."""
        return market_of(self.plan.places["country"])

    def factor(self, name: str, year: int) -> pd.Series[float]:
        """Return a factor of whole countries in one year, by ISO2."""
        rows = self.plan.facts["place_factors"]
        rows = rows[rows["factor"].eq(name) & rows["region_type"].eq("country")]
        return rows[rows["year"].eq(str(year))].set_index("iso2")["value"].astype(float)


def last_year(moment: Moment) -> int:
    """Return the last full year before the date."""
    return moment.date.year - 1


def law_days(moment: Moment) -> list[str]:
    """Return when American law is read: on the date, at its two stages, and today."""
    stages = (dt.date(2024, 1, 1), dt.date(2025, 1, 1))
    return [date.isoformat() for date in (moment.date, *stages, catalogue_date())]


def supply_by_home(moment: Moment) -> pd.DataFrame:
    """Return works and tonnes that ran outside China by home of the owner: works, kt."""
    ran = moment.works[moment.works["status"].eq("operating")]
    by_home = ran.groupby("owner_hq_country")["now_kt"]
    homes = pd.DataFrame({"works": by_home.size(), "kt": by_home.sum()})
    return homes.sort_values("kt", ascending=False)


def dependence(moment: Moment) -> pd.DataFrame:
    """Return demand and supply outside China by market, running and planned.

    Returns
    -------
    DataFrame
        Index market: demand_kt and supply_kt that ran on the date, left (share of the demand);
        planned_kt, unserved_kt (in the demand year, by chance) and planned_left.
    """
    ran = moment.running_cells.groupby("market")["kt"].sum()
    made = moment.works.groupby("market")["now_kt"].sum()
    plans = moment.cells.groupby("market")[["anode_kt", "unserved_kt"]].sum()
    balance = pd.DataFrame({"demand_kt": ran, "supply_kt": made}).fillna(0.0)
    balance = balance.join(plans, how="outer").fillna(0.0)
    balance.loc["all"] = balance.sum()
    short = (balance["demand_kt"] - balance["supply_kt"]).clip(lower=0.0)
    balance = balance.rename(columns={"anode_kt": "planned_kt"})
    return balance.assign(
        left=short / balance["demand_kt"],
        planned_left=balance["unserved_kt"] / balance["planned_kt"],
    ).reindex([*MARKETS, ELSEWHERE, "all"])


def imports() -> pd.DataFrame:
    """Return what trade statistics say of imports from China (table `anode_imports`)."""
    return table("anode_imports").sort_values(["importer", "goods", "since"], kind="stable")


def cells_beside_cars(moment: Moment) -> pd.DataFrame:
    """Return plug-in cars sold in the last full year beside the cells that ran on the date.

    Returns
    -------
    DataFrame
        Index market: cars_m (million sold), gwh (running), gwh_per_m_cars.
    """
    sold = moment.factor("ev_sales_units", last_year(moment))
    cars = (sold / 1e6).groupby(market_of(sold.index.to_series())).sum()
    gwh = moment.running_cells.groupby("market")["gwh"].sum()
    markets = pd.DataFrame({"cars_m": cars, "gwh": gwh}).reindex(list(MARKETS)).fillna(0.0)
    return markets.assign(gwh_per_m_cars=markets["gwh"] / markets["cars_m"])


def gwh_a_million_cars(moment: Moment) -> float:
    """Return the cells that a million battery cars take (GWh): graphite a car over kg a kWh."""
    central = moment.plan.facts["anode_economics"].set_index("param_id")["central"].astype(float)
    per_kwh = float(np.mean([central[name] for name in KG_PER_KWH])) * float(central["INT-SCRAP"])
    return float(central[CAR_KG]) / per_kwh


def sales_growth(moment: Moment) -> pd.DataFrame:
    """Return plug-in cars sold and their share of new cars, `FIRST_YEAR` and last full year.

    Returns
    -------
    DataFrame
        Index country with all four figures: cars_first, cars_last, times, share_first,
        share_last, points_per_y; the fastest first.
    """
    first, last = FIRST_YEAR, last_year(moment)
    columns = {
        f"{word}_{end}": moment.factor(name, year)
        for word, name in (("cars", "ev_sales_units"), ("share", SHARE))
        for end, year in (("first", first), ("last", last))
    }
    growth = pd.DataFrame(columns).dropna()
    growth["times"] = growth["cars_last"] / growth["cars_first"]
    growth["points_per_y"] = (growth["share_last"] - growth["share_first"]) / (last - first)
    return growth.sort_values("points_per_y", ascending=False)


def announced_gwh(moment: Moment, first: str, last: str) -> pd.Series[float]:
    """Return cells announced from `first` to `last` by market: GWh as planned on the date."""
    when = day(moment.cells["announced_date"], "start")
    rows = moment.cells[when.between(pd.Timestamp(first), pd.Timestamp(last))]
    return rows.groupby("market")["gwh"].sum().reindex(list(MARKETS)).fillna(0.0)


def open_american_demand(moment: Moment) -> pd.DataFrame:
    """Return the share of American demand that each tonne may serve, in force and in two years.

    Parameters
    ----------
    at : Moment
        Whose customers are counted, by the anode they are to take.

    Returns
    -------
    DataFrame
        Index `TONNES`; columns (one of `law_days`, "in force" or "in two years").
    """
    american = moment.cells[moment.cells["country"].eq("US")]
    kt = american["anode_kt"].to_numpy(dtype=float)
    zones, product = moment.plan.facts["policy_zones"], moment.plan.facts.product(moment.plan.study)
    cells: dict[tuple[str, str], list[float]] = {}
    for on in law_days(moment):
        for word, months in (("in force", 0), ("in two years", policy.BUILD_MONTHS)):
            laws = policy.in_force(zones, dt.date.fromisoformat(on), ahead_months=months)
            cells[on, word] = [
                1.0
                - float(
                    policy.closed_share(laws, american, product, made_in=made, owner=owner) @ kt
                )
                / float(kt.sum())
                for made, owner in TONNES.values()
            ]  # fmt: skip
    return pd.DataFrame(cells, index=list(TONNES))


def near_customers(moment: Moment) -> pd.DataFrame:
    """Return how many places reach fewer customers than the anode works known on the date.

    Returns
    -------
    DataFrame
        Works not at home: name, country, share_below (of all places, by customers in reach).
    """
    works = moment.works[moment.works["country"].ne(moment.works["owner_hq_country"])]
    field, study = moment.plan.demand, moment.plan.study
    freight = field.field.at(
        works[["lat", "lon"]].to_numpy(dtype=float), field.columns["gigafactories"]
    )
    kt = field.plants["anode_kt"].to_numpy(dtype=float)
    reached = market.accessibility(freight, kt, study.reach.customers_usd_per_t)
    everywhere = np.sort(moment.plan.measures.raw["accessible_demand"].to_numpy(dtype=float))
    below = np.searchsorted(everywhere, reached) / len(everywhere)
    return works[["name", "country", "owner_hq_country", "status"]].assign(share_below=below)


def by_market(moment: Moment) -> pd.Series[float]:
    """Return the chances of each market, all of whose places are summed."""
    chances = pd.Series(moment.plan.chance)
    return chances.groupby(moment.markets.to_numpy()).sum()


def chosen(moment: Moment) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return works that owners announced outside their home, up to the date and since.

    Returns
    -------
    tuple of DataFrame
        Each with the index market and the columns "Chinese owners", "other owners" (works).
    """
    works = moment.plan.facts["anode_plants"]
    works = works[works["country"].ne(works["owner_hq_country"])]
    when, date = day(works["announced_date"], "start"), pd.Timestamp(moment.date)
    return _by_owner(works[when.le(date)]), _by_owner(works[when.gt(date)])


def _by_owner(works: pd.DataFrame) -> pd.DataFrame:
    who = works["owner_hq_country"].eq("CN").map(dict(zip((True, False), OWNERS, strict=True)))
    counts = pd.crosstab(market_of(works["country"]).to_numpy(), who.to_numpy())
    whole = counts.reindex(index=[*MARKETS, ELSEWHERE], columns=list(OWNERS))
    return whole.fillna(0).astype(int)
