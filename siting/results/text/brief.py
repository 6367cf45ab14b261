"""The sentences of the brief: short, each with its number, all of them from the plan."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geodata.language import joined, ngettext, sentences, spoken, tr
from geodata.places import country_name
from maps.brief import Line
from maps.numerals import number, share, times
from siting.confidence.what_if import Nearest, keeps_first
from siting.model import scoring
from siting.model.archetypes import figure
from siting.model.plan import Plan, advantages, country_chances, weighed
from siting.results.tables import money_at as prices_at
from siting.results.text.confidence import (
    closest_call,
    criterion_name,
    ends,
    first_else,
    knows_ten,
    leading,
    lower,
    short,
    sure,
    to_one,
    turned,
)
from siting.results.text.money import pays, pays_sentence, two_orders
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.lenses import LENSES
from siting.world.conditions import conditions

TEN = 10
TEN = 10
LIKELY = 0.6  # of draws: "likely" by the scale
FELT = 1.05  # times; what moves the odds less is not worth a word
COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# field of `Conditions` -> what it is
READ = {"power": "power price", "wage": "wage", "gas": "gas price", "risk": "country risk",
        "carbon": "carbon of the grid"}  # fmt: skip
UNSURE = "C"
COUNTRIES = 3  # that the answer names


class Money(NamedTuple):
    """What a tonne of one site costs and brings, in USD a tonne."""

    delivered: float
    price: float
    parity: float
    margin: float


def money_at(plan: Plan, position: int) -> Money:
    """Return the money of a candidate over the customers that take its output."""
    row = plan.measures.outcome.iloc[position]
    return Money(*(float(row[name]) for name in Money._fields))


def counted(many: int) -> str:
    """Return a small number in words, where the language has them for it."""
    return COUNTED[many] if spoken() == "en" and many < len(COUNTED) else number(many)


def at(plan: Plan, position: int) -> str:
    """Return a place with its country: "Sines (Portugal)"."""
    site = plan.places.iloc[position]
    country = country_name(str(site["country"]))
    name = short(site["name"])
    return tr("{site} ({country})", site=name, country=country) if country else name


def name(plan: Plan, position: int) -> str:
    """Return the name of a place."""
    return str(plan.places["name"].iloc[position])


def answer(plan: Plan, change: Nearest | None, lenses: pd.DataFrame) -> tuple[Line, ...]:
    """Say the answer in five lines.

    Parameters
    ----------
    plan : Plan
    change : Nearest or None
        As `what_if.nearest`.
    lenses : DataFrame
        As `maps.brief.Brief.lenses`.
    """
    lines = [
        _where(plan), _how_sure(plan), _why(plan), _money(plan), _changed_by(plan, change, lenses),
    ]  # fmt: skip
    return tuple(line for line in lines if line.text)


def _where(plan: Plan) -> Line:
    heads, shares = plan.zones.head, plan.zones.share
    area, chance = plan.zone_names[0], share(shares[0])
    first = tr("Rank 1 is {site}", site=at(plan, int(heads[0])))
    then = joined([f"{at(plan, int(head))} {share(part)}"
                   for head, part in zip(heads[1:3], shares[1:3], strict=True)])  # fmt: skip
    own = (
        tr("its zone has a {share} chance of the next plant", share=chance)
        if area == name(plan, int(heads[0]))
        else tr("its zone, {area}, has a {share} chance of the next plant", area=area, share=chance)
    )
    whole = (
        tr("{first}; then {sites}.", first=own, sites=then)
        if then
        else tr("{first}; it is the only zone of the study.", first=own)
    )
    totals = country_chances(plan).head(COUNTRIES)
    by_country = joined([f"{country_name(str(code))} {share(p)}"
                         for code, p in totals.items() if str(code)])  # fmt: skip
    countries = tr("By country: {countries}.", countries=by_country) if by_country else ""
    return Line(first, sentences([whole, countries]))


def _how_sure(plan: Plan) -> Line:
    heads, sure_head = plan.zones.head, tr("How sure")
    if plan.confidence is None:
        return Line(sure_head, tr("not known: the study asks for no what-if runs."))
    if len(heads) == 1:
        return Line(sure_head, tr("there is nothing to compare it with."))
    table = plan.confidence.table
    row = table.iloc[0]
    drawn = tr(
        "{leading}; nine in ten of {runs} runs give its zone a {shares} chance of the next plant.",
        leading=leading(row), runs=number(plan.confidence.draws),
        shares=ends(row["share_low"], row["share_high"]),
    )  # fmt: skip
    return Line(sure_head, sentences([drawn, first_else(plan), _firm(plan)]))


def _firm(plan: Plan) -> str:
    """Say how many of the first zones are likely there, where the zones are enough to ask."""
    if plan.confidence is None or not knows_ten(plan):
        return ""
    first = plan.confidence.table["p_top10"].head(TEN)
    among, firm = counted(len(first)), int((first >= LIKELY).sum())
    if firm == len(first):
        return tr("All {number} are likely there.", number=among)
    if firm == 0:
        return tr("No zone is likely to be among the first {number}: read them as one group.",
                  number=among)  # fmt: skip
    return ngettext(
        "{likely} of the first {number} is likely there; read the others as one group.",
        "{likely} of the first {number} are likely there; read the others as one group.",
        firm, likely=counted(firm).capitalize(), number=among,
    )  # fmt: skip


def _why(plan: Plan) -> Line:
    own = int(plan.zones.head[0])
    ahead = advantages(plan).iloc[own]
    odds = tr("its odds against the median place are {odds}",
              odds=to_one(float(np.exp(ahead.sum()))))  # fmt: skip
    parts = [_reasoned(odds, _strongest(ahead, 3))]
    if len(plan.zones.head) > 1:
        other = int(plan.zones.head[1])
        gap = scoring.ODDS * (plan.parts.iloc[own] - plan.parts.iloc[other])
        odds = tr("against {rival} {odds}", rival=short(name(plan, other)),
                  odds=to_one(float(np.exp(gap.sum()))))  # fmt: skip
        parts.append(_reasoned(odds, _strongest(gap, 2)))
    return Line(tr("Why"), tr("{sentence}.", sentence=tr("; ").join(parts)))


def _reasoned(odds: str, reasons: str) -> str:
    return tr("{said}: {reasons}", said=odds, reasons=reasons) if reasons else odds


def _strongest(row: pd.Series, most: int) -> str:
    """Say what multiplies the odds most, and what divides them; by ln, criterion by criterion."""
    ln = {str(key): float(value) for key, value in row.items()}
    order = sorted(ln, key=lambda key: (-round(ln[key], 9), key))
    felt = float(np.log(FELT))

    def multiplied(key: str) -> str:
        return tr("{criterion} {times} times", criterion=criterion_name(key),
                  times=times(float(np.exp(ln[key]))))  # fmt: skip

    pro = [multiplied(key) for key in order if ln[key] > felt][:most]
    contra = [multiplied(key) for key in order[::-1] if ln[key] < -felt][:1]
    against = [tr("against it {criteria}", criteria=contra[0])] if contra else []
    return tr(", ").join([*([joined(pro)] if pro else []), *against])


def _money(plan: Plan) -> Line:
    heads = plan.zones.head
    shown, own = heads[:10], money_at(plan, int(heads[0]))
    of = prices_at(plan, heads[:1]).iloc[0]
    places = {
        "cost": number(own.delivered), "price": number(own.price),
        "margin": number(abs(own.margin)), "sure": sure(pays(plan, int(heads[0]))),
    }  # fmt: skip
    brings = (
        tr("a tonne of rank 1 costs {cost} USD delivered, duty paid; its customers pay {price} on "
           "average: it earns {margin}, and that it pays is {sure}.", **places)
        if own.margin >= 0
        else tr("a tonne of rank 1 costs {cost} USD delivered, duty paid; its customers pay "
                "{price} on average: it loses {margin}, and that it pays is {sure}.", **places)
    )  # fmt: skip
    told = [brings, pays_sentence(of)]
    if len(shown) > 1:
        margin = plan.measures.outcome["margin"].to_numpy(dtype=float)[shown]
        best = int(shown[np.argmax(np.round(margin, 6))])
        told.append(
            _cover(
                int((margin >= 0).sum()), len(shown),
                site=short(name(plan, best)), sure=sure(pays(plan, best)),
            )
        )  # fmt: skip
        told.append(two_orders(plan))
    return Line(tr("Does it pay"), sentences([*told, tr("Margins move no rank.")]))


def _cover(many: int, among: int, **places: str) -> str:
    """Say how many of the first sites cover their cost, and how sure that is at the best."""
    if not many:
        return tr("Of the {number} likeliest, none covers its cost; at the best, {site}, it is "
                  "{sure}.", number=counted(among), **places)  # fmt: skip
    return ngettext(
        "Of the {number} likeliest, {many} covers its cost; at the best, {site}, it is {sure}.",
        "Of the {number} likeliest, {many} cover their cost; at the best, {site}, it is {sure}.",
        many, number=counted(among), many=counted(many), **places,
    )  # fmt: skip


def _changed_by(plan: Plan, change: Nearest | None, lenses: pd.DataFrame) -> Line:
    end = tr("{sentence}.", sentence="")
    several = len(plan.zones.head) > 1
    parts = [lower(closest_call(plan, change)).removesuffix(end)] if several else []
    others = lenses[lenses["zone"].ne(1) & ~lenses["own"]] if len(lenses) else lenses
    if len(others):
        views = joined([quoted(lower(text)) for text in others["name"]])
        parts.append(tr("another zone has rank 1 by the weights of {lenses}", lenses=views))
    said = tr("{sentence}.", sentence=tr("; ").join(parts)) if parts else ""
    return Line(tr("What would change it"), said)


def quoted(text: str) -> str:
    """Return text in the quotation marks of the language."""
    return tr("\u201c{text}\u201d", text=text)


def changes(plan: Plan) -> tuple[Line, ...]:
    """Say which weights would bring another zone to rank 1, and at what margin sites pay."""
    if len(plan.zones.head) == 1:
        return ()
    firm = keeps_first(plan)
    spans = [tr("{criterion} ({ends}, now {share})", criterion=criterion_name(row["criterion"]),
                ends=ends(row["low"], row["high"]), share=share(row["weight"]))
             for row in _narrowest(firm)]  # fmt: skip
    ranges = tr("rank 1 stays while each of these alone keeps such a part of all weight: {ranges}.",
                ranges=tr("; ").join(spans))  # fmt: skip
    priced = sentences([tr("it moves no rank."), _priced(plan)])
    return Line(tr("Weights"), ranges), Line(tr("Price"), priced)


def _priced(plan: Plan) -> str:
    """Say at what margin the first sites sell, and what more or less would turn it."""
    shown = plan.zones.head[:10]
    margin = plan.measures.outcome["margin"].to_numpy(dtype=float)[shown]
    low, high = float(margin.min()), float(margin.max())
    among = counted(len(shown))
    if high < 0:
        return tr("No site of the {number} likeliest covers its cost; one does if customers pay "
                  "{one} USD a tonne more, all do at {all} more.",
                  number=among, one=number(-high), all=number(-low))  # fmt: skip
    if low < 0:
        return tr("Some of the {number} likeliest cover their cost; none does if customers pay "
                  "{none} USD a tonne less, all do at {all} more.",
                  number=among, none=number(high), all=number(-low))  # fmt: skip
    return tr("Every site of the {number} likeliest covers its cost; none does if customers pay "
              "{none} USD a tonne less.", number=among, none=number(high))  # fmt: skip


def _narrowest(firm: pd.DataFrame, most: int = 3) -> list[dict[Hashable, Any]]:
    """Return the criteria whose weight may move least, relative to what it is."""
    room = np.minimum(firm["weight"] - firm["low"], firm["high"] - firm["weight"]) / firm["weight"]
    order = np.lexsort((firm["criterion"].to_numpy(dtype=str), np.round(room, 9)))
    return firm.iloc[order[:most]].to_dict("records")


def unknown(plan: Plan, tornado: pd.DataFrame) -> tuple[Line, ...]:
    """Say what the data do not know, and what the first zone's share depends on."""
    shown = plan.zones.head[:10]
    lines = [_completeness(plan, shown), _estimates(plan, shown), _plants(plan)]
    most = tr("; ").join(map(turned, tornado.head(4).to_dict("records")))
    lines.append(Line(
        tr("What moves rank 1 most"),
        tr("its chance of the next plant, {share}, would lie within these ends, one input at a "
           "time: {inputs}.", share=share(plan.zones.share[0]), inputs=most),
    ))  # fmt: skip
    lines.append(Line(
        tr("Not in the numbers"),
        tr("contracts of the cell makers, land and permits in hand, and laws that are only "
           "proposed; which of the named sites of one country is the better."),
    ))  # fmt: skip
    return tuple(line for line in lines if line.text)


def _completeness(plan: Plan, shown: np.ndarray) -> Line:
    imputed = plan.measures.imputed[weighed(plan)].iloc[shown].sum()
    most = imputed[imputed > 0].sort_index().sort_values(ascending=False, kind="stable").head(4)
    where = joined([tr("{what} at {number}", what=criterion_name(str(key)), number=many)
                    for key, many in most.items()])  # fmt: skip
    among = counted(len(shown))
    if where and len(shown) == 1:
        text = tr("read for a wider place, of the only site: {criteria}.", criteria=where)
    elif where:
        text = tr("read for a wider place, of the {number} likeliest sites: {criteria}.",
                  number=among, criteria=where)  # fmt: skip
    elif len(shown) == 1:
        text = tr("every criterion is known for the country of the only site, or nearer.")
    else:
        text = tr("every criterion is known for the country of the {number} likeliest sites, or "
                  "nearer.", number=among)  # fmt: skip
    return Line(tr("Filled in"), text)


def _estimates(plan: Plan, shown: np.ndarray) -> Line:
    places = plan.places.iloc[shown].reset_index(drop=True)
    read = conditions(plan.facts["place_factors"], places, plan.facts.as_of)
    many = {what: int(getattr(read, key)["confidence"].eq(UNSURE).sum())
            for key, what in READ.items()}  # fmt: skip
    where = joined([tr("{what} at {number}", what=tr(what), number=count)
                    for what, count in many.items() if count])  # fmt: skip
    text = (
        tr("{inputs} of the {number}.", inputs=where, number=counted(len(shown)))
        if len(shown) > 1
        else tr("{inputs} of one.", inputs=where)
    )
    return Line(tr("Estimates (confidence C)"), text if where else "")


def _plants(plan: Plan) -> Line:
    plants = plan.demand.plants
    kt = plants["anode_kt"].to_numpy(dtype=float)
    later = float(kt[plants["status"].ne("operating").to_numpy(bool)].sum() / kt.sum())
    unsure = float(kt[plants["confidence"].eq(UNSURE).to_numpy(bool)].sum() / kt.sum())
    text = (
        tr("{share} of the demand counted is of cell plants that do not run yet, {unsure} of "
           "plants known by an estimate only.", share=share(later), unsure=share(unsure))
        if round(100 * unsure)
        else tr("{share} of the demand counted is of cell plants that do not run yet.",
                share=share(later))
    )  # fmt: skip
    return Line(tr("Demand"), text)


def method(plan: Plan) -> tuple[str, ...]:
    """Say how the answer comes about."""
    lens = quoted(lower(tr(LENSES[plan.study.lens].name)))
    by = (
        tr("the weights are those of the lens {lens}, changed by the study", lens=lens)
        if plan.study.weights
        else tr("the weights are those of the lens {lens}", lens=lens)
    )
    names = {k: lower(v) for k, v in pillar_names(plan.study.investor).items()}
    pillars = list(dict.fromkeys(names[CRITERIA[c].pillar] for c in weighed(plan)))
    score = tr(
        "Each criterion becomes a value by fixed anchors, so that the odds between two places "
        "depend on no third; values add up by weight ({pillars}; {weights}), and a unit of the sum "
        "multiplies the odds by {factor}.",
        pillars=joined(pillars), weights=by, factor=figure(float(np.exp(scoring.ODDS)), ""),
    )  # fmt: skip
    drawn = (
        tr("In each of {number} what-if runs weights, plants, costs, power and wages vary together "
           "within what is not known.", number=number(plan.confidence.draws))
        if plan.confidence
        else ""
    )  # fmt: skip
    rows = tr(
        "One row is one zone: a cluster of nearby sites of one country, "
        "shown by the likeliest site known in it; zones without a known estate stand last. Between "
        "the named sites of one zone no public data chooses. Only laws in force on the date count. "
        "What a tonne earns stands beside the order and is not in it. Money is constant 2025 USD."
    )
    return sentences([score, drawn]), rows
