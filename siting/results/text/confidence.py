"""How sure a site's place in the order is, and what would change it, in sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.places import country_name
from maps.numerals import LEAST_SHARE, MOST_SHARE, THIN, number, per_cent, share, times
from siting.confidence.rank_report import RankReport
from siting.confidence.what_if import Nearest, Passing
from siting.confidence.why_not import COST, ENTRY, POWER, TOP
from siting.model.archetypes import figure
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.terms import CHANCE

# Least probability -> what it is called, everywhere and always.
CERTAINTY: tuple[tuple[float, str], ...] = (
    (0.95, "almost certain"),
    (0.80, "very likely"),
    (0.60, "likely"),
    (0.40, "about even"),
    (0.20, "unlikely"),
    (0.05, "very unlikely"),
    (0.00, "remote"),
)
BIGGEST = 3  # inputs of the tornado that are named
ENOUGH = 3  # changes of which each alone would do that are named
FIRST_TEN = "among the first ten"
RARE = 0.005  # of the runs; below it they are counted in a thousand
TWICE = 1.95  # times; from here on the change of a weight is written in times
WHOLE = 0.05  # per cent of weight; nearer to a whole number is one
TIE, WORKS = CRITERIA["tie"].name.lower(), CRITERIA["compatriots"].name.lower()


def certainty(probability: float) -> str:
    """Return the word for a probability, by the one scale of the planner."""
    return next(word for least, word in CERTAINTY if probability >= least)


def sure(probability: float) -> str:
    """Return the word for a probability, and the probability."""
    return f"{certainty(probability)} ({share(probability)})"


def runs(part: float) -> str:
    """Return a share of the runs: "44 of 100", or "3 of 1,000" where it is rare.

    Almost all is not all.
    """
    if MOST_SHARE <= part < 1:
        return "more than 99 of 100"
    many = 1000 if 0 < part < RARE else 100
    return f"{number(many * part)} of {number(many)}"


def first_in(part: float) -> str:
    """Say in how many what-if runs a zone is first."""
    return f"first in {runs(part)} what-if runs ({certainty(part)})"


def first_ten(part: float) -> str:
    """Say in how many what-if runs a zone is among the first ten."""
    return f"{FIRST_TEN} in {runs(part)} ({certainty(part)})"


def leading(row: pd.Series, between: str = ", ") -> str:
    """Say in how many runs a zone is first, and among the first ten where that is known."""
    ten = [] if np.isnan(row["p_top10"]) else [first_ten(row["p_top10"])]
    return between.join([first_in(row["p_first"]), *ten])


def lead(drawn: pd.DataFrame) -> pd.Series:
    """Return how sure zones are: `p_top10`, or `p_first` where the zones are too few for that."""
    return drawn["p_top10"].fillna(drawn["p_first"])


def knows_ten(plan: Plan) -> bool:
    """Return whether anything was drawn, and of zones enough to speak of the first ten."""
    return plan.confidence is not None and bool(plan.confidence.table["p_top10"].notna().any())


def lead_words(plan: Plan) -> str:
    """Return what `lead` is the share of."""
    return FIRST_TEN if knows_ten(plan) else "first"


def first_else(plan: Plan) -> str:
    """Name the zones that are most often first where rank 1 is not; "" where none is."""
    if plan.confidence is None:
        return ""
    often = plan.confidence.table["p_first"].to_numpy(dtype=float)[1:]
    most = np.argsort(-often, kind="stable")[:BIGGEST]
    named = [
        f"{short(plan.places['name'].iloc[plan.zones.head[nth + 1]])} in {number(100 * often[nth])}"
        for nth in most
        if often[nth] >= RARE
    ]
    return f"Most often first else: {', '.join(named)}." if named else ""


def scale_sentence() -> str:
    """Return the scale of the words of certainty."""
    *upper, (_, last) = CERTAINTY
    steps = ", ".join(f"{word} from {per_cent(100 * least)}" for least, word in upper)
    return f"Scale: {steps}, {last} below."


def confidence_sentences(plan: Plan, report: RankReport) -> list[str]:
    """Return the sentences on the confidence of a candidate's rank."""
    return [*_ranked(plan, report), *_passed(plan, report), *_depends_on(report.tornado)]


def needs_sentences(plan: Plan, report: RankReport) -> list[str]:
    """Return what holds a site back, in sentences; nothing for one of the first zones."""
    if report.needs.empty:
        return []
    first = (
        f"To be among the first {min(TOP, len(plan.zones.head))} its odds must grow "
        f"{times(report.lacking)} times."
    )
    enough = report.needs[report.needs["needed"].notna()]
    if enough.empty:
        most = ", ".join(
            f"{row['input']} ({times(float(row['factor']))} times)"
            for row in report.needs.head(2).to_dict("records")
        )
        return [f"{first} No single change is enough; at best {most}."]
    any_of = "; ".join(
        needed_words(plan, report.site, str(row["input"]), float(row["now"]), float(row["needed"]))
        for row in enough.head(ENOUGH).to_dict("records")
    )
    alone = "Enough alone" if len(enough) == 1 else "Each enough alone"
    return [f"{first} {alone}: {any_of}."]


def needed_words(plan: Plan, site: int, what: str, now: float, needed: float) -> str:
    """Say what an input of a candidate would have to be, and what it is."""
    if what == COST:
        return f"a tonne cheaper by {number(now - needed)} USD"
    if what == ENTRY:
        return f"a chance of entry of {share(needed)}, not {share(now)}"
    if what == POWER:
        return f"power at {figure(needed, 'USD/MWh')} USD/MWh, not {figure(now, 'USD/MWh')}"
    if what == TIE:
        code = str(plan.places["country"].iloc[site])
        return f"works or a mine of the owner in {country_name(code)}"
    if what == WORKS:
        return f"works of compatriots at {figure(needed, 'km')} km, not {figure(now, 'km')}"
    unit = next(c.unit for c in CRITERIA.values() if c.name.lower() == what)
    shown = "" if unit in ("0-1", "year") else f" {unit}"
    return f"{what} {figure(needed, unit)}{shown}, not {figure(now, unit)}"


def _ranked(plan: Plan, report: RankReport) -> list[str]:
    row = report.ranked
    if row is None:
        return []
    zoned = bool(plan.zones.zone[report.site])
    among = len(plan.zones.head) + (not zoned)
    if among == 1:
        return []
    ranks = between(*(f"{row[end]:.0f}" for end in ("rank_low", "rank_high")))
    shares = between(share(row["share_low"]), share(row["share_high"]))
    whose = "its zone" if zoned else "it"
    drawn = (
        f"Nine in ten of {number(plan.study.confidence.draws)} runs rank {whose} {ranks} of "
        f"{among}, with a {shares} {CHANCE}."
    )
    return [f"{upper(leading(row, '; '))}. {drawn}"]


def _passed(plan: Plan, report: RankReport) -> list[str]:
    """Say how little weight must move for the site behind to pass the one ahead."""
    change = report.passing
    if change is None:
        return []
    other = short(plan.places["name"].iloc[report.rival])
    if report.rival == report.behind:
        return [passing_sentence(change, other, "it")]
    return [passing_sentence(change, "it", other)]


def passing_sentence(change: Passing, behind: str, ahead: str) -> str:
    """Say how little weight must move for one to pass the other."""
    if not np.isfinite(change.moved):
        return f"No weights bring {behind} past {ahead}."
    if not change.to:
        return f"{upper(behind)} and {ahead} are level."
    giver, taker = (_name(key) for key in (change.taken[0], change.to[0]))
    return (
        f"{upper(behind)} passes {ahead} when {share(change.moved)} of the weight moves from "
        f"{giver} to {taker}{alone_sentence(change)}."
    )


def closest_call(plan: Plan, change: Nearest | None) -> str:
    """Say which turn of one pillar's weight is the smallest that brings another zone to rank 1."""
    if change is None:
        ahead = short(plan.places["name"].iloc[plan.zones.head[0]])
        return f"No single weight brings another site to rank 1 before {ahead}."
    pillar = lower(pillar_names(plan.study.investor)[change.pillar])
    rival = short(plan.places["name"].iloc[change.site])
    return (
        f"Closest call: if {pillar} counts {weight_share(change.at)} of the weight instead of "
        f"{weight_share(change.share)}, {rival} takes rank 1."
    )


def weight_share(part: float) -> str:
    """Return the share of a weight, with a decimal where it has one."""
    whole = abs(100 * part - round(100 * part)) < WHOLE
    return per_cent(100 * part, 0 if whole else 1)


def alone_sentence(change: Passing) -> str:
    """Say which single weight does it with the smallest change."""
    if not change.alone:
        return ""
    ratio, name = change.alone_to / change.alone_from, _name(change.alone)
    if ratio == 0:
        return f", or {name} weighs nothing"
    if ratio < 1:
        return f", or {name} alone weighs {share(1 - ratio)} less"
    if ratio < TWICE:
        return f", or {name} alone weighs {share(ratio - 1)} more"
    return f", or {name} alone weighs {times(ratio)} times as much"


def _depends_on(table: pd.DataFrame) -> list[str]:
    """Name what moves the share most, where it is large enough to be seen at all."""
    seen = table[table[["low", "high"]].max(axis=1) >= LEAST_SHARE].head(BIGGEST)
    most = ", ".join(
        f"{lower(str(row['input']))} ({ends(row['low'], row['high'])})"
        for row in seen.to_dict("records")
    )
    return [f"Its share hangs most on {most}."] if most else []


def ends(one: float, other: float) -> str:
    """Return the span of two shares, the smaller first."""
    return between(share(min(one, other)), share(max(one, other)))


def between(low: str, high: str) -> str:
    """Return a span, its unit once: "0.31 to 20 %"."""
    return high if low == high else f"{low.removesuffix(f'{THIN}%')} to {high}"


def short(name: object) -> str:
    """Return the name of a place without the brackets behind it."""
    text = str(name)
    return text.partition(" (")[0] if text.endswith(")") else text


def to_one(odds: float) -> str:
    """Return odds as a reader says them: "210 to 1", "1 to 3.1"."""
    return f"{times(odds)} to 1" if odds >= 1 else f"1 to {times(1 / odds)}"


def lower(text: str) -> str:
    """Return text with a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """Return text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _name(criterion: str) -> str:
    return lower(CRITERIA[criterion].name)
