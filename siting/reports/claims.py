"""The sixteen claims of the article of November 2023 in own words, each judged by a number.

What decides them is made in `siting.reports.claim_figures` as the catalogue knew it on the day of
the article; `siting.reports.claims_page` writes the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from siting.market import demand
from siting.reports import claim_figures as figures
from siting.reports.claim_figures import Moment
from siting.study.lenses import LENSES

LENS = "article_2023"
PLACES = {
    "Chattanooga": "Chattanooga", "Torsboda": "Torsboda Industrial Park",
    "Vaasa": "Port of Vaasa", "Magdeburg": "Magdeburg", "Arendal": "Port of Arendal",
    "Tangier": "Port of Tangier", "Kedah": "Kulim Hi-Tech Park",
}  # fmt: skip
VETERANS = ("BMW Group", "Mercedes-Benz Group", "Volkswagen Group")
CARRIED, PARTLY, REFUTED = "carried", "carried in part", "refuted"
EXPLAIN = f"siting explain '{{}}' {LENS}"
HALF, TWO_THIRDS = 1 / 2, 2 / 3
MANY = 5  # countries that are more than an exception
EU_YEAR = 2050  # net zero by EU law (EU-NETZERO-2050)
Finding = tuple[str, str]


@dataclass(frozen=True)
class Claim:
    """One claim.

    Attributes
    ----------
    says : str
        The claim in own words.
    data : str
        Tables and rows.
    criteria : tuple of str
        Which carry it in the lens; none where it is an outcome or money.
    judge : callable
        Moment -> verdict, and the sentence with the number that decides.
    command : str
        Shows the rows or the contribution.
    """

    says: str
    data: str
    criteria: tuple[str, ...]
    judge: Callable[[Moment], Finding]
    command: str


def _verdict(holds: bool, *, otherwise: str = REFUTED) -> str:
    return CARRIED if holds else otherwise


def _homes(moment: Moment) -> Finding:
    kt = figures.supply_by_home(moment)["kt"]
    share = _japanese_and_korean(kt) / float(kt.sum())
    return _verdict(share > HALF), (
        f"{share:.0%} of the {kt.sum():.0f} kt a year that ran outside China were of Korean "
        f"({kt['KR']:.0f} kt) and Japanese ({kt['JP']:.0f} kt) owners"
    )


def _small(moment: Moment) -> Finding:
    kt = _japanese_and_korean(figures.supply_by_home(moment)["kt"])
    market = figures.dependence(moment).T["all"]
    now, later = (kt / float(market[kind]) for kind in ("demand_kt", "planned_kt"))
    return _verdict(now < HALF), (
        f"their {kt:.0f} kt cover {now:.0%} of the {market['demand_kt']:.0f} kt that cell plants "
        f"running abroad take, and {later:.0%} of the {market['planned_kt']:,.0f} kt planned for "
        f"{moment.plan.study.demand_year}"
    )


def _japanese_and_korean(by_home: pd.Series) -> float:
    return float(by_home.reindex(["JP", "KR"]).sum())


def _cost(moment: Moment) -> Finding:
    over = figures.over_the_chinese_tonne(moment.plan)
    least = over.groupby(moment.markets.to_numpy()).min()
    leads = least["Europe"] > 0 and least["US"] > 0
    return (PARTLY if leads else REFUTED), (
        "against the landed Chinese tonne the cheapest place of Europe costs "
        f"{least['Europe']:+,.0f} USD, of the US {least['US']:+,.0f}, of all {least.min():+,.0f}; "
        "of technology the tables hold no measure"
    )


def _imported(moment: Moment) -> Finding:
    left = figures.dependence(moment)["left"]
    share = figures.imports().set_index("import_id")["china_share_pct"]
    return _verdict(left["all"] > HALF), (
        f"works outside China leave {left['all']:.0%} of running demand abroad open: Europe "
        f"{left['Europe']:.0%}, US {left['US']:.0%}, Japan {left['JP']:.0%}, Korea "
        f"{left['KR']:.0%}; by trade statistics China's share is {share['kr-anode-2022']:.0f} % of "
        f"Korea's graphite for batteries, {share['eu-artificial-2023']:.0f} % of the EU's "
        f"artificial graphite, {share['jp-natural-2023']:.0f} % or more in Japan"
    )


def _follow(moment: Moment) -> Finding:
    near = figures.near_customers(moment)
    half = float(near["share_below"].median())
    return _verdict(half > TWO_THIRDS, otherwise=PARTLY), (
        f"of {len(near)} works named abroad by then, half stand where more customers are in reach "
        f"than at {half:.0%} of all places"
    )


def _outcome(moment: Moment) -> Finding:
    by = figures.by_market(moment)
    then, after = figures.chosen(moment)
    west, whole = (int(rows.to_numpy().sum()) for rows in (then.loc[["Europe", "US"]], then))
    later, all_later = (
        int(rows["Chinese owners"].sum()) for rows in (after.loc[["Europe", "US"]], after)
    )
    return _verdict(west / whole > HALF), (
        f"{west} of the {whole} works that owners had named abroad by then lie there (Europe "
        f"{then.T['Europe'].sum()}, US {then.T['US'].sum()}); the lens gives Europe "
        f"{by['Europe']:.0%} and the US {by['US']:.0%} of the chances, so it has the pair right "
        f"and their order wrong; of the {all_later} works of Chinese owners named since, {later} "
        "lie there"
    )


def _carmakers(moment: Moment) -> Finding:
    cars = moment.cars.groupby("market")["pull_m"].sum()
    old = moment.cars[
        moment.cars["market"].eq("Europe") & moment.cars["owner_group"].isin(VETERANS)
    ]
    return _verdict(cars["Europe"] == cars[list(figures.MARKETS)].max()), (
        f"works in Europe can build {cars['Europe']:.1f} M cars a year that pull cells, "
        f"{old['pull_m'].sum():.1f} M of them BMW, Mercedes-Benz and Volkswagen; the US "
        f"{cars['US']:.1f} M, Korea {cars['KR']:.1f} M, Japan {cars['JP']:.1f} M"
    )


def _cells(moment: Moment) -> Finding:
    need = figures.gwh_a_million_cars(moment)
    made = figures.cells_beside_cars(moment)["gwh_per_m_cars"] * demand.UTILISATION
    least = made["Europe"] == made.min() and made["Europe"] < need
    return _verdict(bool(least)), (
        f"running plants made {made['Europe']:.0f} GWh for a million plug-in cars sold in Europe, "
        f"where as many battery cars take {need:.0f}; US {made['US']:.0f}, Japan "
        f"{made['JP']:.0f}, Korea {made['KR']:.0f} (capacities of today, so too high for 2023)"
    )


def _chinese_cells(moment: Moment) -> Finding:
    gwh = moment.cells.groupby("market")["gwh"].sum()
    own = moment.cells[moment.cells["owner_hq_country"].eq("CN")].groupby("market")["gwh"].sum()
    europe, us = own["Europe"] / gwh["Europe"], own["US"] / gwh["US"]
    return _verdict(europe > us), (
        f"Chinese owners hold {own['Europe']:.0f} of the {gwh['Europe']:.0f} GWh known in Europe "
        f"({europe:.0%}), in the US {own['US']:.0f} of {gwh['US']:.0f} ({us:.0%})"
    )


def _fleet(moment: Moment) -> Finding:
    laws = moment.plan.facts.laws
    rows = laws[laws["theme"].eq("fleet_standard")]
    europe = rows[rows["instrument_id"].eq("EU-CO2-2020")].iloc[0]
    others = ", ".join(rows.loc[rows["geography"].str.len().eq(2), "instrument_id"]) or "none"
    return PARTLY, (
        f"EU: {europe['magnitude']:.0f} g/km since {europe['start_date'][:4]} "
        f"({europe['instrument_id']})"
        f"; also in force, without a figure in g/km: {others}; so the law is carried, but not that "
        "it is the strictest, and Europe gains nothing on the US by it"
    )


def _subsidies(moment: Moment) -> Finding:
    raw = moment.plan.measures.raw["purchase_support"]
    by = raw.groupby(moment.plan.places["country"]).max()
    europe = by[figures.market_of(by.index.to_series()).eq("Europe") & by.gt(0)]
    return _verdict(len(europe) >= MANY), (
        f"{len(europe)} countries of Europe paid buyers, the middle one {europe.median():,.0f} USD "
        f"a car; Germany {by['DE']:,.0f}, Norway {by['NO']:,.0f}, the US {by['US']:,.0f}, Sweden "
        f"{by['SE']:,.0f} since 2022-11"
    )


def _targets(moment: Moment) -> Finding:
    year = moment.plan.measures.raw["net_zero_year"].groupby(moment.plan.places["country"]).first()
    early = bool(year[["SE", "NO"]].max() < EU_YEAR)
    return _verdict(early), (
        f"Sweden {year['SE']:.0f}, Norway {year['NO']:.0f} (parliament's resolution, credits from "
        f"abroad counted; its law asks for 90-95 % by 2050), Finland {year['FI']:.0f}; the EU "
        f"{EU_YEAR}"
    )


def _growth(moment: Moment) -> Finding:
    by = figures.sales_growth(moment)
    germany, us, korea, japan = (by.loc[code] for code in ("DE", "US", "KR", "JP"))
    years = f"from {figures.FIRST_YEAR} to {figures.last_year(moment)}"
    faster = (by["times"] > 1).all() and germany["points_per_y"] > us["points_per_y"]
    return _verdict(bool(faster)), (
        f"{years} sales grew {germany['times']:.1f} times in Germany "
        f"({germany['share_first']:.0f} to {germany['share_last']:.0f} % of new cars), "
        f"{us['times']:.1f} in the US ({us['share_first']:.1f} to {us['share_last']:.1f} %), "
        f"{korea['times']:.1f} in Korea, {japan['times']:.1f} in Japan"
    )


def _wave(moment: Moment) -> Finding:
    signed = "2022-08-16"
    after = figures.announced_gwh(moment, signed, moment.date.isoformat())
    before = figures.announced_gwh(moment, "2021-05-03", "2022-08-15")
    usd = moment.plan.measures.raw["investment_wave"].max()
    return _verdict(after["US"] > after["Europe"]), (
        f"in the 15 months from the law to the article {after['US']:.0f} GWh of cells were named "
        f"in the US and {after['Europe']:.0f} in Europe, in the 15 before {before['US']:.0f} and "
        f"{before['Europe']:.0f}; the sum counted was {usd:.0f} bn USD of all clean energy, of "
        "which works of the electric-car chain were 70"
    )


def _exclusion(moment: Moment) -> Finding:
    china = figures.open_american_demand(moment).iloc[0]
    day, _, stage, last = figures.law_days(moment)
    then, kept, today = (china[day, "in two years"], china[stage, "in force"],
                         china[last, "in force"])  # fmt: skip
    return _verdict(bool(then < HALF and kept < HALF), otherwise=PARTLY), (
        f"the law of that day left a Chinese tonne {then:.0%} of American demand from 2025 on; a "
        f"rule of May 2024 let graphite off, and on 2025-01-01 {kept:.0%} was open; since 2026 "
        f"it is {today:.0%}, by another rule that follows the owner abroad"
    )


def _no_chain(moment: Moment) -> Finding:
    us = figures.dependence(moment).T["US"]
    return _verdict(bool(us["left"] > HALF)), (
        f"works in the US made {us['supply_kt']:.0f} of the {us['demand_kt']:.0f} kt that running "
        f"cell plants there take, and plans of all works leave {us['planned_left']:.0%} of the "
        f"{us['planned_kt']:.0f} kt of {moment.plan.study.demand_year}"
    )


SHOW = "siting data show {} --where {} --columns {}"
CLAIMS: tuple[Claim, ...] = (
    Claim("Anode made outside China comes from Japanese and Korean firms",
          "`anode_plants` by home of the owner, those running", ("unserved_demand",), _homes,
          SHOW.format("anode_plants", "status=operating", "id,owner_hq_country,capacity_ktpa_now")),
    Claim("Their capacity is too small for demand abroad",
          "`anode_plants`, `gigafactories`", ("unserved_demand",), _small,
          EXPLAIN.format(PLACES["Chattanooga"])),
    Claim("China leads in cost and technology", "landed cost at every place (money, no weight)",
          (), _cost, "siting cost Kulim --customer Salzgitter --as-of 2023-11-28"),
    Claim("What they lack is imported from China",
          "`anode_imports`; `gigafactories` less `anode_plants` by market",
          ("import_dependence",), _imported,
          SHOW.format("anode_imports", "since=2023", "importer,goods,china_share_pct")),
    Claim("Anode makers go abroad after their customers", "`anode_plants` abroad, `gigafactories`",
          ("accessible_demand",), _follow, EXPLAIN.format(PLACES["Torsboda"])),
    Claim("They settle mainly in Europe and the US", "chances of the lens; `anode_plants`",
          tuple(LENSES[LENS].weights), _outcome,
          r"printf 'as_of: 2023-11-28\nlens: article_2023\n' > c.yaml && siting plan c.yaml"),
    Claim("Europe has old carmakers that turn to electric cars", "`automaker_plants`",
          ("automaker_pull",), _carmakers,
          SHOW.format("automaker_plants", "country=DE",
                      "name,owner_group,capacity_vehicles_per_year,ev_output_status")),
    Claim("Few cells are made in Europe beside its cars",
          "`place_factors` ev_sales_units, `gigafactories` running", ("accessible_demand",), _cells,
          SHOW.format("place_factors", "factor=ev_sales_units --where year=2022", "name,value")),
    Claim("Chinese cell makers come to Europe to fill the gap",
          "`gigafactories` of Chinese owners", ("compatriot_cells",), _chinese_cells,
          SHOW.format("gigafactories", "owner_hq_country=CN", "name,country,status")),
    Claim("The EU's fleet standard of 2020 is the strictest", "`policy_zones` theme fleet_standard",
          ("fleet_standard",), _fleet,
          SHOW.format("policy_zones", "theme=fleet_standard",
                      "instrument_id,magnitude,unit,start_date")),
    Claim("States subsidise electric cars and works", "`policy_zones` theme purchase_support, aid",
          ("purchase_support", "targeted_aid"), _subsidies,
          SHOW.format("policy_zones", "theme=purchase_support",
                      "instrument_id,magnitude,unit,start_date,end_date")),
    Claim("Sweden and Norway are to be climate neutral before 2050",
          "`place_factors` co2_net_zero_year", ("net_zero_year",), _targets,
          SHOW.format("place_factors", "factor=co2_net_zero_year --where value<2050",
                      "name,value,source")),
    Claim("Sales of electric cars have sped up since 2020",
          "`place_factors` ev_sales_units, ev_sales_share_pct", ("market_growth",), _growth,
          SHOW.format("place_factors", "factor=ev_sales_share_pct --where iso2=DE", "year,value")),
    Claim("The IRA drew 300 bn USD of investment in a year and put the US ahead",
          "`policy_zones` US-IRA-WAVE, `gigafactories` by announced_date", ("investment_wave",),
          _wave, SHOW.format("policy_zones", "theme=investment_wave",
                             "instrument_id,magnitude,unit")),
    Claim("It shuts out Chinese components from 2024 and minerals from 2025",
          "`policy_zones` theme foreign_entity_rule", ("origin_rule", "openness"), _exclusion,
          SHOW.format("policy_zones", "theme=foreign_entity_rule",
                      "instrument_id,magnitude,unit,known_date,start_date,end_date")),
    Claim("The US lacks a chain of its own, which draws makers", "`anode_plants`, `gigafactories`",
          ("unserved_demand",), _no_chain,
          SHOW.format("anode_plants", "country=US", "id,status,capacity_ktpa_now,announced_date")),
)  # fmt: skip
