"""The sentences of the brief: short, each with its number, all of them from the plan."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.places import country_names
from maps.brief import Said, share
from maps.numerals import THIN, number
from siting.confidence.what_if import Passing, passing
from siting.model.plan import Plan, weighed
from siting.scenarios.without import Price
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.strategies import STRATEGIES
from siting.world.conditions import conditions

FIRM, CLOSE = 0.5, 0.1  # a share of draws worth the word; a lead that is thin
COUNTED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# field of `Conditions` -> what it is
READ = {"power": "power price", "wage": "wage", "gas": "gas price", "risk": "country risk",
        "carbon": "carbon of the grid"}  # fmt: skip
UNSURE = "C"


class Money(NamedTuple):
    """What a tonne of one site costs and brings, in USD a tonne."""

    delivered: float
    price: float
    parity: float
    earned: float
    margin: float


def money_at(plan: Plan, position: int) -> Money:
    """Return the money of a candidate over the customers that take its output."""
    row = plan.measures.outcome.iloc[position]
    return Money(*(float(row[name]) for name in Money._fields))


def per_cent(part: float, decimals: int = 0) -> str:
    """Return a share in per cent, with the thin space before the sign."""
    return f"{number(100 * part, decimals)}{THIN}%" if decimals else share(part)


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
    country = country_names().get(code, code)
    return f"{site['name']} ({country})" if country else str(site["name"])


def name(plan: Plan, position: int) -> str:
    """Return the name of a place."""
    return str(plan.places["name"].iloc[position])


def passings(plan: Plan) -> list[Passing]:
    """Return what lets the second site pass the first, as `what_if.passing`; nothing for one."""
    heads = plan.zones.head
    return passing(plan, int(heads[0]), int(heads[1])) if len(heads) > 1 else []


def answer(
    plan: Plan, points: pd.DataFrame, price: Price, turned: list[Passing]
) -> tuple[Said, ...]:
    """Say the answer in five lines.

    Parameters
    ----------
    plan : Plan
    points : DataFrame
        Of the first sites, as `ranking.pillar_points`.
    price : Price
        As `without.price_of_first`.
    turned : list of Passing
        As `passings`.
    """
    said = [
        _where(plan), _how_sure(plan), _why(plan, points), _money(plan),
        _changed_by(plan, price, turned),
    ]  # fmt: skip
    return tuple(line for line in said if line.text)


def _where(plan: Plan) -> Said:
    heads = plan.zones.head
    first = f"Look first at {at(plan, int(heads[0]))}"
    following = [at(plan, int(head)) for head in heads[1:3]]
    score = f"it scores {number(100 * plan.score[heads[0]], 1)} of 100"
    if not following:
        return Said(first, f"the only siting zone of the study; {score}.")
    runner_up = f"the next {number(100 * plan.score[heads[1]], 1)}"
    return Said(first, f"then at {joined(following)}: {score}, {runner_up}.")


def _how_sure(plan: Plan) -> Said:
    heads = plan.zones.head
    if plan.confidence is None:
        return Said("How sure", "not known: the study asks for no draws.")
    if len(heads) == 1:
        return Said("How sure", "there is nothing to compare it with.")
    table, among = plan.confidence.table, min(10, len(heads))
    row = table.iloc[0]
    text = (
        f"of {number(plan.confidence.draws)} draws it is first in {per_cent(row['p_first'])} and "
        f"among the first {counted(among)} in {per_cent(row['p_top10'])}; its rank lies between "
        f"{row['rank_low']:.0f} and {row['rank_high']:.0f} of {len(heads)} in nine draws of ten. "
    )
    firm = int((table["p_top10"].head(among) >= FIRM).sum())
    if firm == among:
        return Said("How sure", f"{text}All {counted(among)} are in it in half of the draws.")
    if firm == 0:
        text += f"No site is among the first {counted(among)} in half of the draws: "
        return Said("How sure", f"{text}read them as one group.")
    verb = "is" if firm == 1 else "are"
    tail = f"{counted(firm).capitalize()} of the first {counted(among)} {verb} in it in half of "
    return Said("How sure", f"{text}{tail}the draws; read the others as one group.")


def _why(plan: Plan, points: pd.DataFrame) -> Said:
    own = points.iloc[0]
    pillars = own[[key for key in PILLARS if key in own.index]].sort_values(ascending=False)
    best = [f"{PILLARS[str(key)].lower()} ({number(worth, 1)} points)"
            for key, worth in pillars.head(3).items() if worth >= 1]  # fmt: skip
    gains = [f"what makes it is {joined(best)}"] if best else []
    taken = float(own["price_gate"]), float(own["entry_gate"])
    told = ("cost against the price takes {} away", "doubt that this investor may enter takes {}")
    gains += [say.format(number(-loss, 1)) for say, loss in zip(told, taken, strict=True)
              if loss <= -1]  # fmt: skip
    heads = plan.zones.head
    ahead = _ahead(plan, int(heads[0]), int(heads[1])) if len(heads) > 1 else ""
    text = "; ".join([*gains, *([ahead] if ahead else [])])
    return Said("Why", f"{text}." if text else "")


def _ahead(plan: Plan, own: int, other: int) -> str:
    gap = 100 * (plan.parts.iloc[own] - plan.parts.iloc[other])
    gap = gap[[criterion for criterion in gap.index if criterion in CRITERIA]]
    most = gap.sort_values(ascending=False, kind="stable").head(2)
    told = [f"{_lower(CRITERIA[str(key)].name)} (+{number(points, 1)})"
            for key, points in most.items() if points >= 0.1]  # fmt: skip # noqa: PLR2004 - said with one decimal
    return f"it is ahead of {name(plan, other)} on {joined(told)}" if told else ""


def _money(plan: Plan) -> Said:
    heads = plan.zones.head
    shown, own = heads[:10], money_at(plan, int(heads[0]))
    word = "earns" if own.earned >= 0 else "loses"
    text = (
        f"a tonne of the first costs {number(own.delivered)} USD delivered, duty paid; customers "
        f"pay {number(own.price)}, the Chinese tonne lands at {number(own.parity)}: it {word} "
        f"{number(abs(own.earned))} USD a tonne. "
    )
    if len(shown) == 1:
        return Said("Money", text)
    earned = plan.measures.outcome["earned"].to_numpy(dtype=float)[shown]
    margin = plan.measures.outcome["margin"].to_numpy(dtype=float)[shown]
    own_price, chinese = int((earned >= 0).sum()), int((margin >= 0).sum())
    return Said(
        "Money",
        f"{text}Of the first {counted(len(shown))}, {_cover(own_price)}, and {counted(chinese)} "
        "would at the price of the Chinese tonne.",
    )


def _cover(many: int) -> str:
    return f"{counted(many)} covers its cost" if many < 2 else f"{counted(many)} cover their cost"  # noqa: PLR2004 - none or one


def _changed_by(plan: Plan, price: Price, turned: list[Passing]) -> Said:
    heads = plan.zones.head
    told = [_passes(plan, whole) for whole in turned[-1:]]
    told += [
        f"{name(plan, other)} leads when customers pay {number(abs(move))} USD {word}"
        for move, other, word in ((price.down, price.after_down, "less"),
                                  (price.up, price.after_up, "more"))
        if other >= 0
    ]  # fmt: skip
    swayed = [STRATEGIES[key].name.lower() for key, first in firsts(plan).items()
              if first != heads[0] and plan.prior.get(key, 0) > 0]  # fmt: skip
    if swayed and len(plan.strategies) > 1:
        told.append(f"another site leads for an investor who follows only {' or '.join(swayed)}")
    return Said("What would change it", f"{'; '.join(told)}." if told else "")


def firsts(plan: Plan) -> dict[str, int]:
    """Return the best of the listed sites under each strategy alone (positions)."""
    heads = plan.zones.head
    return {key: int(heads[np.argmax(np.round(s.score[heads], 12))])
            for key, s in plan.strategies.items()}  # fmt: skip


def _passes(plan: Plan, found: Passing) -> str:
    behind = name(plan, int(plan.zones.head[1]))
    if not np.isfinite(found.moved):
        return f"no weights at all bring {behind} ahead of it"
    how = "exact" if found.exact else "found by search"
    thin = "only " if found.moved < CLOSE else ""
    return f"{behind} passes it when {thin}{per_cent(found.moved, 1)} of the weight moves ({how})"


def changes(plan: Plan, price: Price, turned: list[Passing]) -> tuple[Said, ...]:
    """Say which weights and which price would put another site first; the rest as `answer`."""
    said = []
    if turned:
        parts = [_passes(plan, turned[-1])]
        single = [p for p in turned if p.exact and p.to and p.moved > 0 and plan.prior[p.strategy]]
        if len(turned) > 1 and single:
            least = min(single, key=lambda p: p.moved)
            giver, taker = (_lower(CRITERIA[c].name) for c in (least.taken[0], least.to[0]))
            parts.append(
                f"within {STRATEGIES[least.strategy].name.lower()} alone "
                f"{per_cent(least.moved, 1)} would do, most of it from {giver} to {taker} (exact)"
            )
        said.append(Said("Weights", f"{'; '.join(parts)}."))
        said.append(Said("Price", _price_said(plan, price)))
    return tuple(said)


def _price_said(plan: Plan, price: Price) -> str:
    own = money_at(plan, int(plan.zones.head[0]))
    moves = [
        f"{number(abs(move))} USD a tonne {word} puts {at(plan, other)} first"
        for move, other, word in ((price.down, price.after_down, "less"),
                                  (price.up, price.after_up, "more"))
        if other >= 0
    ]  # fmt: skip
    if moves:
        text = joined(moves)
    else:
        text = f"no change of up to {number(price.reach)} USD a tonne puts another site first"
    word = "falls" if own.earned >= 0 else "rises"
    even = f"the first covers its cost until the price {word} by" if own.earned >= 0 else (
        f"the first covers its cost once the price {word} by")  # fmt: skip
    return f"customers pay {number(own.price)}; {text}; {even} {number(abs(own.earned))} USD."


def unknown(plan: Plan, tornado: pd.DataFrame) -> tuple[Said, ...]:
    """Say what the data do not know, and what the first site's score hangs on."""
    shown = plan.zones.head[:10]
    said = [_completeness(plan, shown), _estimates(plan, shown), _plants(plan)]
    most = [
        f"{_lower(str(row['input']))} ({number(min(row['low'], row['high']))}\N{EN DASH}"
        f"{number(max(row['low'], row['high']))})"
        for row in tornado.head(4).to_dict("records")
    ]
    said.append(Said(
        "What moves the first most",
        f"its score of {number(100 * plan.score[shown[0]], 1)} would lie within these ends, one "
        f"input at a time: {'; '.join(most)}.",
    ))  # fmt: skip
    said.append(Said(
        "Not in the numbers",
        "contracts of the cell makers, land and permits in hand, and laws that are only proposed.",
    ))  # fmt: skip
    return tuple(line for line in said if line.text)


def _completeness(plan: Plan, shown: np.ndarray) -> Said:
    imputed = plan.measures.imputed[weighed(plan)].iloc[shown].sum()
    most = imputed[imputed > 0].sort_values(ascending=False, kind="stable").head(4)
    told = [f"{_lower(CRITERIA[str(key)].name)} at {many}" for key, many in most.items()]
    whose = "the only site" if len(shown) == 1 else f"the first {counted(len(shown))} sites"
    if not told:
        text = f"every criterion is known for the country of {whose}, or nearer."
        return Said("Filled in", text)
    return Said("Filled in", f"read for a wider place, of {whose}: {joined(told)}.")


def _estimates(plan: Plan, shown: np.ndarray) -> Said:
    places = plan.places.iloc[shown].reset_index(drop=True)
    read = conditions(plan.facts["place_factors"], places, plan.facts.as_of)
    many = {what: int(getattr(read, key)["confidence"].eq(UNSURE).sum())
            for key, what in READ.items()}  # fmt: skip
    told = [f"{what} at {count}" for what, count in many.items() if count]
    whose = f"of the {counted(len(shown))}" if len(shown) > 1 else "of one"
    return Said("Estimates (confidence C)", f"{joined(told)} {whose}." if told else "")


def _plants(plan: Plan) -> Said:
    plants = plan.demand.plants
    kt = plants["anode_kt"].to_numpy(dtype=float)
    later = float(kt[plants["status"].ne("operating").to_numpy(bool)].sum() / kt.sum())
    unsure = float(kt[plants["confidence"].eq(UNSURE).to_numpy(bool)].sum() / kt.sum())
    text = f"{per_cent(later)} of the demand counted is of cell plants that do not run yet"
    if round(100 * unsure):
        text += f", {per_cent(unsure)} of plants known by an estimate only"
    return Said("Demand", f"{text}.")


def method(plan: Plan) -> tuple[str, ...]:
    """Say how the answer was found."""
    names = [STRATEGIES[key].name.lower() for key in plan.strategies if plan.prior.get(key, 0) > 0]
    held = (
        f"The score is the best of {len(names)} strategies ({', '.join(names)}), rounded off and "
        f"weighed by how likely this investor is to follow each. "
        if len(names) > 1
        else f"The score is that of one strategy, {joined(names)}. "
    )
    draws = (
        (
            f"In each of {number(plan.confidence.draws)} draws weights, plants, costs, power, "
            "wages and the price vary together within what is not known."
        )
        if plan.confidence
        else ""
    )
    anchors = (
        "Each criterion is put on 0\N{EN DASH}1 by fixed anchors, so that no score depends on the "
        "other sites of the list; criteria add up by weight, and the sum is scaled by the chance "
        "that a tonne earns its cost and that this investor may build. "
        f"{held}{draws}"
    )
    rows = (
        "One row is one siting zone, shown by its best named site or, without one, its best "
        "place. Only laws in force on the date count; aid in money is in the cost and nowhere "
        "else. A score says how well a place fits, not how likely a plant is. Money is constant "
        "2025 USD."
    )
    return anchors.strip(), rows


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
