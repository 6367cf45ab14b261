"""A portfolio in sentences: what to build, what it is worth, how sure, what would change it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from geodata.places import country_name
from maps.numerals import number, per_cent, share
from siting.portfolios.answer import Answer
from siting.results.portfolio.tables import PortfolioTables
from siting.results.text.confidence import short
from siting.study.fields import MOST_PRICE
from siting.study.terms import AFTER_TAX

FEW = 3  # customers, sites or countries named
LEAST_LOSS = 0.5  # million USD, of a lane that is named
STOPPED = {"time": "the time was up", "asked": "it was interrupted"}


def sentences(tables: PortfolioTables) -> list[str]:
    """Return the answer for a board, a sentence a line; each figure is one of the tables."""
    answer = tables.answer
    if not len(answer.best.built):
        return _nothing(answer)
    return [
        build_sentence(tables),
        worth_sentence(answer),
        gap_sentence(answer),
        price_sentence(answer),
        standing_sentence(tables),
        rules_sentence(tables),
        excluded_sentence(tables),
        waiting_sentence(answer),
        failure_sentence(answer),
        supply_sentence(tables),
        *regret_sentences(answer),
    ]


def _nothing(answer: Answer) -> list[str]:
    price = number(answer.plan.price_usd_per_t)
    first = f"Build nothing: at a price of {price} USD a tonne no plant is worth its money."
    if math.isnan(answer.break_even):
        return [first, f"None is at any price up to {number(MOST_PRICE)} USD a tonne."]
    return [
        first,
        f"A first plant pays from a price of {number(answer.break_even)} USD a tonne, {AFTER_TAX}.",
    ]


def build_sentence(tables: PortfolioTables) -> str:
    """Say what is built, where, how big and when."""
    plants = tables.plants
    named = [
        f"{short(str(row['name']))}, {row['country_name']} ({row['steps']})"
        for row in plants.to_dict("records")
    ]
    count = f"{len(plants)} {'plant' if len(plants) == 1 else 'plants'}"
    return f"Build {count}: {'; '.join(named)}."


def worth_sentence(answer: Answer) -> str:
    """Say what it costs and what it is worth."""
    settled = answer.settled[0]
    return (
        f"It costs {number(settled.invested.sum())} million USD of own money. If every plant is "
        f"admitted and built it is worth {number(settled.npv.sum(), sign=True)} million USD after "
        "tax; with each plant times its chance to be admitted and built, its expected worth is "
        f"{number(settled.total, sign=True)} million USD."
    )


def gap_sentence(answer: Answer) -> str:
    """Say how near the best it is proved to be."""
    found = answer.search
    ended = f"; the search ended because {STOPPED[found.stopped]}" if found.stopped else ""
    if math.isinf(found.gap):
        return f"How near the best it is, is not known yet{ended}."
    return (
        f"With the tax spread over the life of each plant, as the search has it, that is "
        f"{number(found.portfolio.value, 1)} million USD, and no portfolio of these "
        f"{answer.problem.sites} sites is worth more than {number(found.bound, 1)} million USD: "
        f"a gap of "
        f"{share(found.gap)}{ended}."
    )


def price_sentence(answer: Answer) -> str:
    """Say from which price it is worth something."""
    price = number(answer.plan.price_usd_per_t)
    return (
        f"At {price} USD a tonne outside China it pays; with these plants and sales it pays from "
        f"a price of {number(answer.break_even)} USD a tonne, {AFTER_TAX}."
    )


def standing_sentence(tables: PortfolioTables) -> str:
    """Say which sites are in every near portfolio, and which only in some."""
    answer, sites = tables.answer, tables.sites
    count, loss = len(answer.near.portfolios), answer.plan.study.portfolio.loss_pct
    within = per_cent(loss, 0 if float(loss).is_integer() else 1)
    if count == 1:
        return f"No other portfolio was seen within {within} of it."
    must = sites[sites["standing"].eq("must-build")]
    options = sites[sites["standing"].eq("option")]
    proved = " (proved)" if len(must) and must["proved"].all() else ""
    first = (
        f"In all of {count} portfolios within {within} of it: {_names(must['name'])}{proved}."
        if len(must)
        else f"No site is in all of {count} portfolios within {within} of it."
    )
    if not len(options):
        return first
    return f"{first} Options that replace each other: {_names(options['name'], 2 * FEW)}."


def rules_sentence(tables: PortfolioTables) -> str:
    """Say what it gains over simple rules."""
    best = tables.answer.settled[0].total
    parts = []
    for rule, worth in tables.answer.baselines:
        if worth is None:
            parts.append(f"{rule.name} cannot meet the limits")
        else:
            gain = number(best - worth.total, sign=True)
            parts.append(f"{gain} million USD over {rule.name}")
    return f"It gains, at the best sizes and years of each: {'; '.join(parts)}."


def excluded_sentence(tables: PortfolioTables) -> str:
    """Say which site comes next, and by how much it is out."""
    ledger = tables.answer.ledger
    known = [one for one in tables.exchanged if one.by >= 0]
    if not known:
        return "No other site would take the place of one of these."
    first = min(known, key=lambda one: one.lost)
    out, back = (short(str(ledger.places["name"].iloc[i])) for i in (first.by, first.site))
    return (
        f"The best site left out is {out}: in place of {back} it is worth "
        f"{number(first.lost, 1)} million USD less."
    )


def waiting_sentence(answer: Answer) -> str:
    """Say what a period of waiting costs."""
    decided = answer.ledger.calendar.decided
    if len(decided) == 1:
        return "There is one year of decision: the study knows no later one."
    first = f"To decide nothing before {decided[1]}, and then the best sites, sizes and years,"
    if answer.waits >= 0:
        return f"{first} costs {number(answer.waits)} million USD."
    return f"{first} is worth {number(-answer.waits)} million USD more."


def failure_sentence(answer: Answer) -> str:
    """Say which single failure costs most."""
    if not answer.failures:
        return "No plant sells anything."
    worst = answer.failures[0]
    name = short(str(answer.ledger.places["name"].iloc[worst.site]))
    left = answer.best.value - worst.lost
    lanes = [one for one in answer.failures if one.lane]
    text = (
        f"If one plant fails once it is built, {name} costs most: {number(worst.lost)} million "
        f"USD of {number(answer.best.value)}, so that {number(left, sign=True)} is left."
    )
    if lanes and lanes[0].lost >= LEAST_LOSS:
        lane = lanes[0]
        seller = short(str(answer.ledger.places["name"].iloc[lane.site]))
        text += (
            f" If the freight of one plant to one part of the world fails, that of {seller} to "
            f"{lane.lane} costs most: {number(lane.lost)} million USD once the others take over."
        )
    return text


def supply_sentence(tables: PortfolioTables) -> str:
    """Say whose supply without China it is."""
    supply = tables.supply
    whole = supply["sold_kt"].sum() / supply["open_kt"].sum()
    served = supply[supply["sold_kt"] > 0].head(FEW)
    named = ", ".join(
        f"{country_name(row['country'])} {share(row['share'])}" for row in served.to_dict("records")
    )
    return (
        f"It supplies {share(whole)} of the demand that is open to this owner and that rivals "
        f"leave: {named}."
    )


def regret_sentences(answer: Answer) -> list[str]:
    """Say how the near portfolios do in other scenarios."""
    if answer.regrets is None:
        return []
    tried, lost = answer.regrets, answer.regrets.lost
    least, worst = tried.least, tried.names[int(lost[tried.least].argmax())]
    most, own = lost[least].max(), lost[0].max()
    first = (
        f"Over {len(tried.names)} scenarios it never lies more than {number(own, 1)} million USD "
    )
    first += "behind the best of the near ones"
    if least:
        first += (
            f"; portfolio {least + 1} of them has less to regret, {number(most, 1)}, in {worst}"
        )
    below = int((tried.values[0] < 0).sum())
    loses = f"It loses money in {below} of them" if below else "It loses money in none of them"
    second = (
        f"{loses}; to wait a period, and then build the best of them or nothing, knowing the "
        f"scenario, is worth {number(tried.waiting, sign=True)} million USD on average against "
        "deciding now."
    )
    return [f"{first}.", second]


def why_sentences(tables: PortfolioTables) -> list[str]:
    """Say of each plant why it is in, whom it serves and what would replace it."""
    return [_why(tables, row) for row in tables.plants.to_dict("records")]


def _why(tables: PortfolioTables, row: dict[Any, Any]) -> str:
    sold = tables.flows[tables.flows["site_id"].eq(str(row["site_id"]))]
    last = sold[sold["from_year"].eq(sold["from_year"].max())]
    buyers = last.sort_values(["kt", "customer_id"], ascending=[False, True]).head(FEW)
    served = ", ".join(
        f"{short(str(one['customer_name']))} ({country_name(one['customer_country'])}, "
        f"{number(one['kt'], 1)} kt)"
        for one in buyers.to_dict("records")
    )
    text = (
        f"{short(str(row['name']))}: {number(_f(row, 'cost_usd_per_t'))} USD a tonne at the gate, "
        f"{number(_f(row, 'freight_usd_per_t'))} freight, {number(_f(row, 'duty_usd_per_t'))} duty "
        f"against {number(_f(row, 'price_usd_per_t'))} paid: margin "
        f"{number(_f(row, 'margin_usd_per_t'), sign=True)}. It sells "
        f"{number(_f(row, 'sold_kt'), 1)} kt a year, most to {served}. Without it "
        f"{number(_f(row, 'lost_without_musd'))} million USD are lost"
    )
    if not row["replaced_by"]:
        return f"{text}."
    lost = number(_f(row, "replaced_loss_musd"), 1)
    return f"{text}; {short(str(row['replaced_by']))} in its place is {lost} million USD behind."


def _f(row: dict[Any, Any], key: str) -> float:
    return float(np.nan_to_num(float(str(row[key]))))


def _names(names: pd.Series, most: int = FEW) -> str:
    shown = [short(str(name)) for name in names[:most]]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(shown) + more
