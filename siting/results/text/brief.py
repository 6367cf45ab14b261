"""The sentences of the brief: short, each with its number, all of them from the plan."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

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
    ends,
    first_else,
    knows_ten,
    leading,
    lower,
    short,
    sure,
    to_one,
)
from siting.results.text.money import after_tax, from_price, pays, two_orders
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.lenses import LENSES
from siting.study.terms import CHANCE
from siting.world.conditions import conditions

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
    """Return a small number in words."""
    return COUNTED[many] if many < len(COUNTED) else number(many)


def joined(parts: list[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def at(plan: Plan, position: int) -> str:
    """Return a place with its country: "Sines (Portugal)"."""
    site = plan.places.iloc[position]
    code = str(site["country"])
    country = country_name(code)
    return f"{short(site['name'])} ({country})" if country else short(site["name"])


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
    area = plan.zone_names[0]
    own = f"its zone, {area}," if area != name(plan, int(heads[0])) else "its zone"
    first = f"Rank 1 is {at(plan, int(heads[0]))}"
    then = [f"{at(plan, int(head))} {share(part)}"
            for head, part in zip(heads[1:3], shares[1:3], strict=True)]  # fmt: skip
    following = f"; then {joined(then)}" if then else "; it is the only zone of the study"
    totals = country_chances(plan).head(COUNTRIES)
    by_country = joined([f"{country_name(str(code))} {share(p)}"
                         for code, p in totals.items() if str(code)])  # fmt: skip
    countries = f" By country: {by_country}." if by_country else ""
    return Line(first, f"{own} has a {share(shares[0])} {CHANCE}{following}.{countries}")


def _how_sure(plan: Plan) -> Line:
    heads = plan.zones.head
    if plan.confidence is None:
        return Line("How sure", "not known: the study asks for no what-if runs.")
    if len(heads) == 1:
        return Line("How sure", "there is nothing to compare it with.")
    table = plan.confidence.table
    row = table.iloc[0]
    text = (
        f"{leading(row)}; nine in ten of "
        f"{number(plan.confidence.draws)} runs give its zone "
        f"a {ends(row['share_low'], row['share_high'])} {CHANCE}. {first_else(plan)}"
    ).strip()
    return Line("How sure", f"{text} {_firm(table)}" if knows_ten(plan) else text)


def _firm(table: pd.DataFrame) -> str:
    """Say how many of the first ten are likely among the first ten of the what-if runs."""
    firm = int((table["p_top10"].head(TEN) >= LIKELY).sum())
    ten = counted(TEN)
    if firm == TEN:
        return f"All {ten} are likely there."
    if firm == 0:
        return f"No zone is likely to be among the first {ten}: read them as one group."
    verb = "is" if firm == 1 else "are"
    return (
        f"{counted(firm).capitalize()} of the first {ten} {verb} likely there; "
        "read the others as one group."
    )


def _why(plan: Plan) -> Line:
    own = int(plan.zones.head[0])
    ahead = advantages(plan).iloc[own]
    strongest = _strongest(ahead, 3)
    whole = to_one(float(np.exp(ahead.sum())))
    text = f"its odds against the median place are {whole}{': ' if strongest else ''}{strongest}"
    if len(plan.zones.head) > 1:
        other = int(plan.zones.head[1])
        gap = scoring.ODDS * (plan.parts.iloc[own] - plan.parts.iloc[other])
        against = _strongest(gap, 2)
        text += f"; against {short(name(plan, other))} {to_one(float(np.exp(gap.sum())))}"
        text += f": {against}" if against else ""
    return Line("Why", f"{text}.")


def _strongest(row: pd.Series, most: int) -> str:
    """Say what multiplies the odds most, and what divides them; by ln, criterion by criterion."""
    ln = {str(key): float(value) for key, value in row.items()}
    order = sorted(ln, key=lambda key: (-round(ln[key], 9), key))
    felt = float(np.log(FELT))
    pro = [f"{lower(CRITERIA[key].name)} {times(float(np.exp(ln[key])))} times"
           for key in order if ln[key] > felt][:most]  # fmt: skip
    contra = [f"{lower(CRITERIA[key].name)} {times(float(np.exp(ln[key])))} times"
              for key in order[::-1] if ln[key] < -felt][:1]  # fmt: skip
    parts = [joined(pro), f"against it {contra[0]}" if contra else ""]
    return ", ".join(part for part in parts if part)


def _money(plan: Plan) -> Line:
    heads = plan.zones.head
    shown, own = heads[:10], money_at(plan, int(heads[0]))
    of = prices_at(plan, heads[:1]).iloc[0]
    word = "earns" if own.margin >= 0 else "loses"
    text = (
        f"a tonne of rank 1 costs {number(own.delivered)} USD delivered, duty paid; its customers "
        f"pay {number(own.price)} on average: it {word} {number(abs(own.margin))}, and that it "
        f"pays is {sure(pays(plan, int(heads[0])))}. It pays {from_price(of['pays_from'])}; "
        f"{after_tax(of['pays_after_tax_from'])}. "
    )
    if len(shown) > 1:
        margin = plan.measures.outcome["margin"].to_numpy(dtype=float)[shown]
        best = int(shown[np.argmax(np.round(margin, 6))])
        text += (
            f"Of the {counted(len(shown))} likeliest, {_cover(int((margin >= 0).sum()))}; at the "
            f"best, {short(name(plan, best))}, it is {sure(pays(plan, best))}. "
        )
        text += f"{two_orders(plan)} "
    return Line("Does it pay", f"{text}Margins move no rank.")


def _cover(many: int) -> str:
    return f"{counted(many)} covers its cost" if many < 2 else f"{counted(many)} cover their cost"  # noqa: PLR2004 - none or one


def _changed_by(plan: Plan, change: Nearest | None, lenses: pd.DataFrame) -> Line:
    several = len(plan.zones.head) > 1
    parts = [lower(closest_call(plan, change)).removesuffix(".")] if several else []
    others = lenses[lenses["zone"].ne(1) & ~lenses["own"]] if len(lenses) else lenses
    if len(others):
        views = joined([f"\u201c{lower(text)}\u201d" for text in others["name"]])
        parts.append(f"another zone has rank 1 by the weights of {views}")
    return Line("What would change it", f"{'; '.join(parts)}." if parts else "")


def changes(plan: Plan) -> tuple[Line, ...]:
    """Say which weights would bring another zone to rank 1, and at what margin sites pay."""
    if len(plan.zones.head) == 1:
        return ()
    firm = keeps_first(plan)
    spans = [f"{lower(CRITERIA[row['criterion']].name)} ({ends(row['low'], row['high'])}, now "
             f"{share(row['weight'])})" for row in _narrowest(firm)]  # fmt: skip
    ranges = (
        "rank 1 stays while each of these alone keeps such a part of all weight: "
        f"{'; '.join(spans)}."
    )
    return Line("Weights", ranges), Line("Price", f"it moves no rank. {_priced(plan)}")


def _priced(plan: Plan) -> str:
    """Say at what margin the first sites sell, and what more or less would turn it."""
    shown = plan.zones.head[:10]
    margin = plan.measures.outcome["margin"].to_numpy(dtype=float)[shown]
    low, high = float(margin.min()), float(margin.max())
    whose = f"of the {counted(len(shown))} likeliest"
    if high < 0:
        return (
            f"No site {whose} covers its cost; one does if customers pay {number(-high)} USD a "
            f"tonne more, all do at {number(-low)} more."
        )
    falls = f"none does if customers pay {number(high)} USD a tonne less"
    if low < 0:
        return f"Some {whose} cover their cost; {falls}, all do at {number(-low)} more."
    return f"Every site {whose} covers its cost; {falls}."


def _narrowest(firm: pd.DataFrame, most: int = 3) -> list[dict[Hashable, Any]]:
    """Return the criteria whose weight may move least, relative to what it is."""
    room = np.minimum(firm["weight"] - firm["low"], firm["high"] - firm["weight"]) / firm["weight"]
    order = np.lexsort((firm["criterion"].to_numpy(dtype=str), np.round(room, 9)))
    return firm.iloc[order[:most]].to_dict("records")


def unknown(plan: Plan, tornado: pd.DataFrame) -> tuple[Line, ...]:
    """Say what the data do not know, and what the first zone's share depends on."""
    shown = plan.zones.head[:10]
    lines = [_completeness(plan, shown), _estimates(plan, shown), _plants(plan)]
    most = [
        f"{lower(str(row['input']))} ({ends(row['low'], row['high'])})"
        for row in tornado.head(4).to_dict("records")
    ]
    lines.append(Line(
        "What moves rank 1 most",
        f"its {CHANCE}, {share(plan.zones.share[0])}, would lie within these ends, one input at a "
        f"time: {'; '.join(most)}.",
    ))  # fmt: skip
    lines.append(Line(
        "Not in the numbers",
        "contracts of the cell makers, land and permits in hand, and laws that are only proposed; "
        "which of the named sites of one country is the better.",
    ))  # fmt: skip
    return tuple(line for line in lines if line.text)


def _completeness(plan: Plan, shown: np.ndarray) -> Line:
    imputed = plan.measures.imputed[weighed(plan)].iloc[shown].sum()
    most = imputed[imputed > 0].sort_index().sort_values(ascending=False, kind="stable").head(4)
    where = [f"{lower(CRITERIA[str(key)].name)} at {many}" for key, many in most.items()]
    whose = "the only site" if len(shown) == 1 else f"the {counted(len(shown))} likeliest sites"
    if not where:
        text = f"every criterion is known for the country of {whose}, or nearer."
        return Line("Filled in", text)
    return Line("Filled in", f"read for a wider place, of {whose}: {joined(where)}.")


def _estimates(plan: Plan, shown: np.ndarray) -> Line:
    places = plan.places.iloc[shown].reset_index(drop=True)
    read = conditions(plan.facts["place_factors"], places, plan.facts.as_of)
    many = {what: int(getattr(read, key)["confidence"].eq(UNSURE).sum())
            for key, what in READ.items()}  # fmt: skip
    where = [f"{what} at {count}" for what, count in many.items() if count]
    whose = f"of the {counted(len(shown))}" if len(shown) > 1 else "of one"
    return Line("Estimates (confidence C)", f"{joined(where)} {whose}." if where else "")


def _plants(plan: Plan) -> Line:
    plants = plan.demand.plants
    kt = plants["anode_kt"].to_numpy(dtype=float)
    later = float(kt[plants["status"].ne("operating").to_numpy(bool)].sum() / kt.sum())
    unsure = float(kt[plants["confidence"].eq(UNSURE).to_numpy(bool)].sum() / kt.sum())
    text = f"{share(later)} of the demand counted is of cell plants that do not run yet"
    if round(100 * unsure):
        text += f", {share(unsure)} of plants known by an estimate only"
    return Line("Demand", f"{text}.")


def method(plan: Plan) -> tuple[str, ...]:
    """Say how the answer comes about."""
    lens = LENSES[plan.study.lens]
    by = f"the weights are those of the lens \u201c{lower(lens.name)}\u201d"
    by += ", changed by the study" if plan.study.weights else ""
    names = {k: lower(v) for k, v in pillar_names(plan.study.investor).items()}
    pillars = list(dict.fromkeys(names[CRITERIA[c].pillar] for c in weighed(plan)))
    drawn = (
        f" In each of {number(plan.confidence.draws)} what-if runs weights, plants, costs, power "
        "and wages vary together within what is not known."
        if plan.confidence
        else ""
    )
    score = (
        "Each criterion becomes a value by fixed anchors, so that the odds between two places "
        f"depend on no third; values add up by weight ({joined(pillars)}; {by}), and a unit of the "
        f"sum multiplies the odds by {figure(float(np.exp(scoring.ODDS)), '')}.{drawn}"
    )
    rows = (
        "One row is one zone: a cluster of nearby sites of one country, "
        "shown by the likeliest site known in it; zones without a known estate stand last. Between "
        "the named sites of one zone no public data chooses. Only laws in force on the date count. "
        "What a tonne earns stands beside the order and is not in it. Money is constant 2025 USD."
    )
    return score, rows
