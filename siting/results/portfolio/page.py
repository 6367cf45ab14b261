"""From a portfolio to its page: the frames that `maps` draws, each figure from the tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.geometry import credit_lines
from geodata.places import country_name
from maps.numerals import number, share
from maps.portfolio import Line, Portfolio
from siting.market.customers import coordinates
from siting.results.portfolio import text
from siting.results.portfolio.tables import PortfolioTables
from siting.results.text.answer import investor, long_date
from siting.results.text.confidence import short
from siting.study.terms import AFTER_TAX

NEAR = ("the best", "near it")  # of `PortfolioTables.portfolios`; what else stands there is a rule
TITLE = "Which plants to build, how big and when"
NOTES = (
    (
        "Sites, sizes, years and sales are chosen together, so that the expected net present value "
        "after tax is largest within the limits of the study. Every figure is calculated again "
        "in a second way before it is shown."
    ),
    (
        "Worth if built: should the plant be admitted and built. Expected worth: that times the "
        "chance of it. Regret: what a portfolio lacks in a scenario to the best of them there."
    ),
    "Money is constant 2025 USD. The formulation, its limits and sources: docs/portfolio.md.",
)


def page_of(tables: PortfolioTables) -> Portfolio:
    """Return what the page of a portfolio shows."""
    answer, portfolios = tables.answer, tables.portfolios
    plan, tried = answer.plan, answer.regrets
    near = portfolios[portfolios["portfolio"].isin(NEAR)]
    none = pd.DataFrame({"name": [], "share": [], "worth_musd": []})
    return Portfolio(
        title=TITLE,
        kicker=f"Portfolio, study {plan.study.name}",
        subtitle=subtitle(tables),
        answer=tuple(answer_of(tables)),
        plants=tables.plants.assign(name=tables.plants["name"].map(short)),
        why=tuple(text.why_sentences(tables)),
        steps=steps_of(tables),
        flows=flows_of(tables),
        years=tables.years,
        sites=tables.sites.assign(
            name=tables.sites["name"].map(short),
            country_name=tables.sites["country"].map(country_name),
        ),
        sizes=sizes_of(tables),
        near=near.reindex(columns=["behind_best_musd", "regret_worst_musd"]),
        rules=_rules(portfolios),
        scenarios=none if tried is None else pd.DataFrame(
            {"name": tried.names, "share": tried.probability, "worth_musd": tried.values[0]}
        ),
        regrets=np.empty((0, len(near))) if tried is None else tried.lost.T,
        least=-1 if tried is None else tried.least,
        supply=tables.supply.assign(country_name=tables.supply["country"].map(country_name)),
        notes=(*NOTES, "Sources: " + " · ".join(credit_lines())),
    )  # fmt: skip


def subtitle(tables: PortfolioTables) -> str:
    """Return for whom, when, at which price and among how many."""
    answer, plan = tables.answer, tables.answer.plan
    return (
        f"{investor(plan)} investor, as known on {long_date(plan)}; "
        f"{plan.facts.product(plan.study).name} at {number(plan.price_usd_per_t)} USD a tonne "
        f"outside China; {number(answer.problem.sites)} sites compared, "
        f"{number(len(answer.ledger.customers))} customers"
    )


def steps_of(tables: PortfolioTables) -> pd.DataFrame:
    """Return one row a size that a plant is decided for, with the year from which it is open."""
    steps = tables.shown.steps
    number_of = tables.plants.set_index("site_id")["plant"]
    decided = np.array([step.year for step in steps], dtype=int)
    return pd.DataFrame(
        {
            "plant": [int(number_of[step.site_id]) for step in steps],
            "decided": decided,
            "opens": decided + tables.answer.ledger.calendar.build_years,
            "size_ktpa": [step.size_ktpa for step in steps],
        }
    ).sort_values(["plant", "decided", "size_ktpa"], ignore_index=True)


def flows_of(tables: PortfolioTables) -> pd.DataFrame:
    """Return the flows with the number of the plant and the place of the customer."""
    flows = tables.flows
    customers = tables.answer.ledger.customers
    at = pd.Index(customers["id"]).get_indexer(flows["customer_id"])
    place = coordinates(customers)[at]
    number_of = tables.plants.set_index("site_id")["plant"]
    return flows.assign(
        plant=flows["site_id"].map(number_of).astype(int),
        customer=flows["customer_name"].map(short),
        country=flows["customer_country"],
        country_name=flows["customer_country"].map(country_name),
        lat=place[:, 0],
        lon=place[:, 1],
    )


def sizes_of(tables: PortfolioTables) -> Floats:
    """Return the size of each site of `tables.sites` in each near portfolio (n, k); 0: not in."""
    ledger = tables.answer.ledger
    row = pd.Index(ledger.places["site_id"]).get_indexer(tables.sites["site_id"])
    built = [(one.decided[row] >= 0).sum(axis=1) for one in tables.answer.near.portfolios]
    return np.asarray(np.append(0.0, ledger.sizes_ktpa)[np.array(built, dtype=int).T])


def _rules(portfolios: pd.DataFrame) -> pd.DataFrame:
    simple = portfolios[~portfolios["portfolio"].isin(NEAR)]
    renamed = simple.rename(columns={"portfolio": "name", "behind_best_musd": "gain_musd"})
    return renamed[["name", "plants", "expected_musd", "gain_musd"]]


def answer_of(tables: PortfolioTables) -> Iterator[Line]:
    """Yield the sentences, each with the one figure that a reader takes along."""
    figures = {line: (figure, unit) for line, figure, unit in _figures(tables)}
    for line in text.sentences(tables):
        yield Line(*figures.get(line, ("", "")), line)


def _figures(tables: PortfolioTables) -> Iterator[tuple[str, str, str]]:
    """Yield sentences with their figure and what it counts."""
    answer = tables.answer
    found, settled, tried = answer.search, answer.settled[0], answer.regrets
    million = partial(number, sign=True)
    if np.isfinite(found.gap):
        yield text.gap_sentence(answer), share(found.gap), "gap to the best possible"
    if not len(answer.best.built):
        first, second, *_ = text.sentences(tables)
        yield first, "0", "plants"
        if np.isfinite(answer.break_even):
            yield second, number(answer.break_even), f"USD/t from which one pays {AFTER_TAX}"
        return
    plants, supply = tables.plants, tables.supply
    yield (text.build_sentence(tables), number(plants["size_ktpa"].sum()),
           f"kt a year, {len(plants)} {'plant' if len(plants) == 1 else 'plants'}")  # fmt: skip
    yield text.worth_sentence(answer), million(settled.total), "million USD expected"
    yield (
        text.price_sentence(answer),
        number(answer.break_even),
        f"USD/t from which it pays {AFTER_TAX}",
    )
    must = int((tables.sites["standing"] == "must-build").sum())
    yield (text.standing_sentence(tables), f"{must} of {len(tables.sites)}",
           "sites are must-build")  # fmt: skip
    gains = _rules(tables.portfolios)["gain_musd"].dropna()
    if len(gains):
        yield text.rules_sentence(tables), million(gains.iloc[0]), "million USD over the list"
    replaced = plants.loc[plants["replaced_by"].ne(""), "replaced_loss_musd"]
    if len(replaced):
        yield (text.excluded_sentence(tables), million(-replaced.min(), 1),
               "million USD with the next site")  # fmt: skip
    yield text.waiting_sentence(answer), million(-answer.waits), "million USD if decided later"
    if answer.failures:
        yield (text.failure_sentence(answer), million(-answer.failures[0].lost),
               "million USD if it fails")  # fmt: skip
    sold = supply["sold_kt"].sum() / supply["open_kt"].sum()
    yield text.supply_sentence(tables), share(sold), "of the open demand"
    if tried is not None:
        first, second = text.regret_sentences(answer)
        yield first, number(tried.lost[tried.least].max()), "million USD regret at worst"
        yield second, million(tried.waiting), "million USD from waiting"
