"""Which plants, how big and when, for a board: one page of HTML that asks the network for nothing.

Without its script the page shows the last period; the script turns the map to a year, or to one
plant, and brings in no text of its own.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray

from geodata.arrays import Floats
from maps.brief import environment, own
from maps.numerals import number
from maps.palette import ink_on, plant_colours, style_variables
from maps.print import network, timeline
from maps.print.network import Network

STYLES = ("parts.css", "brief.css", "portfolio.css")
SCENARIOS_DRAWN, COUNTRIES_DRAWN, COUNTRIES_NAMED = 40, 16, 5


class Line(NamedTuple):
    """A sentence of the answer with its one figure, and what that counts; "" for none."""

    figure: str
    unit: str
    text: str


@dataclass(frozen=True)
class Portfolio:
    """What the page shows. Text may be anything; only the page decides how it shows.

    Money in million USD where a column says `musd`, tonnes in kt a year.

    Attributes
    ----------
    title, kicker, subtitle : str
    answer : tuple of Line
    plants : DataFrame (p)
        The most valuable first: plant (1 to p), name, country_name, lat, lon, list_rank, steps (in
        words), invested_musd, npv_musd, chance, expected_musd, cost_usd_per_t, margin_usd_per_t.
    why : tuple of str (p)
        Why each is in.
    steps : DataFrame
        plant, decided, opens, size_ktpa.
    flows : DataFrame
        plant, customer, country, country_name, lat, lon, from_year, to_year, kt.
    years : DataFrame
        year, capacity_ktpa, sold_kt, invested_musd, cash_musd; every year.
    sites : DataFrame (n)
        Of any near portfolio: name, country_name, standing, in_portfolios.
    sizes : ndarray (n, k)
        Size of each site in each near portfolio, the best first; 0 where it is not in.
    near : DataFrame (k)
        behind_best_musd; regret_worst_musd (NaN without scenarios).
    rules : DataFrame
        Simple ones: name, plants, expected_musd, gain_musd (NaN where it cannot meet the limits).
    scenarios : DataFrame (w)
        name, share (probability), worth_musd (of the best portfolio).
    regrets : ndarray (w, k)
        Million USD.
    least : int
        Position of the near portfolio with the least worst regret; -1 without scenarios.
    supply : DataFrame
        country, country_name, open_kt, sold_kt, share; the most served first.
    notes : tuple of str
    """

    title: str
    kicker: str
    subtitle: str
    answer: tuple[Line, ...]
    plants: pd.DataFrame
    why: tuple[str, ...]
    steps: pd.DataFrame
    flows: pd.DataFrame
    years: pd.DataFrame
    sites: pd.DataFrame
    sizes: NDArray[np.float64]
    near: pd.DataFrame
    rules: pd.DataFrame
    scenarios: pd.DataFrame
    regrets: Floats
    least: int
    supply: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def turns(self) -> tuple[int, ...]:
        """Years that the map can be turned to: from the first decision to the last period."""
        if self.steps.empty:
            return ()
        ends = [*self.steps["opens"], *self.flows["from_year"]]
        return tuple(range(int(self.steps["decided"].min()), int(max(ends)) + 1))


class _Part(NamedTuple):
    """What a plant sells in a country: its number, colour, and share of what is open there."""

    plant: int
    colour: str
    wide: float
    kt: float


def render(page: Portfolio) -> str:
    """Return the page as HTML; same portfolio, same bytes."""
    turns = page.turns
    colours = plant_colours(len(page.plants))
    script = own("portfolio.js")
    return environment().get_template("portfolio.html.j2").render(
        page=page,
        style=Markup(style_variables() + "".join(map(own, STYLES))),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own file
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        pictures=network.pictures(Network(page.plants, page.steps, page.flows, turns)),
        turns=[_words(page, year, last=year == turns[-1]) for year in turns],
        plants=[row | {"colour": colour, "ink": ink_on(colour)}
                for row, colour in zip(page.plants.to_dict("records"), colours, strict=True)],
        serves=[_serves(page, plant) for plant in page.plants["plant"]],
        charts=[(chart.title, timeline.drawn(chart, page.years["year"].tolist()))
                for chart in _charts(page.years)] if len(page.plants) else [],
        before=turns[0] - int(page.years["year"].iloc[0]) if turns else 0,
        years=page.years.to_dict("records"),
        matrix=list(zip(page.sites.to_dict("records"), page.sizes.tolist(), strict=True)),
        near=page.near.to_dict("records"),
        rules=page.rules.to_dict("records"),
        scenarios=_scenarios(page),
        supply=[row | {"parts": _parts(page, row, colours)}
                for row in page.supply.head(COUNTRIES_DRAWN).to_dict("records")],
        further=page.supply.iloc[COUNTRIES_DRAWN:].to_dict("records"),
    )  # fmt: skip


def _words(page: Portfolio, year: int, *, last: bool) -> tuple[str, str]:
    """Return a year as the page calls it, and what is open and sold in it."""
    end = int(page.years["year"].max()) if last else year
    of = page.years[page.years["year"].between(year, end)]
    name = f"{year} to {end}" if end > year else str(year)
    size = {column: page.steps[page.steps[column] <= year].groupby("plant")["size_ktpa"].max()
            for column in ("opens", "decided")}  # fmt: skip
    open_, waiting = len(size["opens"]), len(size["decided"]) - len(size["opens"])
    growing = int((size["decided"].reindex(size["opens"].index) > size["opens"]).sum())
    parts = [f"{open_ or 'no'} {'plant' if open_ == 1 else 'plants'} open"]
    if growing:
        parts.append(f"{growing} of them growing")
    if waiting:
        parts.append(f"{waiting} decided and not open yet")
    if open_:
        sold = dict.fromkeys(number(kt) for kt in (of["sold_kt"].min(), of["sold_kt"].max()))
        parts.append(
            f"{' to '.join(sold)} kt sold, capacity {number(of['capacity_ktpa'].max())} kt"
        )
    return name, f"{name}: {', '.join(parts)}."


def _charts(years: pd.DataFrame) -> tuple[timeline.Chart, ...]:
    column = {name: tuple(map(float, years[name])) for name in years}
    return (
        timeline.Chart("Sales (bars) and capacity (line), kt a year",
                       column["sold_kt"], column["capacity_ktpa"]),
        timeline.Chart("Own spending on building, million USD", column["invested_musd"]),
        timeline.Chart("Cash after tax, spending taken off, million USD", column["cash_musd"]),
    )  # fmt: skip


def _scenarios(page: Portfolio) -> list[dict[str, Any]]:
    """Return the scenarios drawn, evenly from first to last, with the regret of each portfolio."""
    count = len(page.scenarios)
    drawn = np.unique(np.linspace(0, count - 1, min(count, SCENARIOS_DRAWN)).round().astype(int))
    return [
        {str(key): value for key, value in page.scenarios.iloc[k].items()}
        | {"number": k + 1, "lost": page.regrets[k].tolist()}
        for k in drawn.tolist()
    ]


def _parts(page: Portfolio, country: dict[Any, Any], colours: list[str]) -> list[_Part]:
    """Return what each plant sells in a country in the last period, of what is open there."""
    if not country["open_kt"] > 0:
        return []
    last = _last(page.flows)
    own = last[last["country"].eq(country["country"])].groupby("plant")["kt"].sum()
    return [
        _Part(plant, colours[plant - 1], 100 * kt / country["open_kt"], kt)
        for plant, kt in zip(own.index.tolist(), own.tolist(), strict=True)
    ]


def _serves(page: Portfolio, plant: int) -> str:
    """Return the countries that a plant sells to in the last period, the most first."""
    last = _last(page.flows)
    own = last[last["plant"].eq(plant)].groupby("country_name")["kt"].sum()
    own = own.sort_values(ascending=False, kind="stable")
    named = [f"{country} {number(kt, 1)} kt" for country, kt in own.head(COUNTRIES_NAMED).items()]
    left = len(own) - COUNTRIES_NAMED
    return ", ".join(named) + (f" and {left} more" if left > 0 else "") or "nobody"


def _last(flows: pd.DataFrame) -> pd.DataFrame:
    return flows[flows["to_year"].eq(flows["to_year"].max())]
