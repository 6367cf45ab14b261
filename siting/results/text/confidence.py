"""How sure a site's place in the order is, and what would change it, in sentences."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.language import sentences, tr
from geodata.places import country_name
from maps.numerals import LEAST_SHARE, MOST_SHARE, number, per_cent, share, span, times
from siting.confidence.rank_report import RankReport
from siting.confidence.what_if import Nearest, Passing, weight_of
from siting.confidence.why_not import COST, ENTRY, POWER, TOP
from siting.model.archetypes import figure
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA, pillar_names

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
NEED = ("needed", "now")  # places of a sentence
FIRST_TEN = "among the first ten"
RARE = 0.005  # of the runs; below it they are counted in a thousand
TWICE = 1.95  # times; from here on the change of a weight is written in times
WHOLE = 0.05  # per cent of weight; nearer to a whole number is one
TIE, WORKS = CRITERIA["tie"].name.lower(), CRITERIA["compatriots"].name.lower()
BY_NAME = {of.name.lower(): of for of in CRITERIA.values()}
WEIGHTS = {weight_of(key): of for key, of in CRITERIA.items()}


def certainty(probability: float) -> str:
    """Return the word for a probability, by the one scale of the planner."""
    return next(tr(word) for least, word in CERTAINTY if probability >= least)


def sure(probability: float) -> str:
    """Return the word for a probability, and the probability."""
    return tr("{word} ({share})", word=certainty(probability), share=share(probability))


def runs(part: float) -> str:
    """Return a share of the runs: "44 of 100", or "3 of 1,000" where it is rare.

    Almost all is not all.
    """
    if MOST_SHARE <= part < 1:
        return tr("more than 99 of 100")
    many = 1000 if 0 < part < RARE else 100
    return tr("{part} of {whole}", part=number(many * part), whole=number(many))


def first_in(part: float) -> str:
    """Say in how many what-if runs a zone is first."""
    return tr("first in {runs} what-if runs ({word})", runs=runs(part), word=certainty(part))


def first_ten(part: float) -> str:
    """Say in how many what-if runs a zone is among the first ten."""
    return tr("among the first ten in {runs} ({word})", runs=runs(part), word=certainty(part))


def leading(row: pd.Series, between: str = "") -> str:
    """Say in how many runs a zone is first, and among the first ten where that is known."""
    ten = [] if np.isnan(row["p_top10"]) else [first_ten(row["p_top10"])]
    return (between or tr(", ")).join([first_in(row["p_first"]), *ten])


def lead(drawn: pd.DataFrame) -> pd.Series:
    """Return how sure zones are: `p_top10`, or `p_first` where the zones are too few for that."""
    return drawn["p_top10"].fillna(drawn["p_first"])


def knows_ten(plan: Plan) -> bool:
    """Return whether anything was drawn, and of zones enough to speak of the first ten."""
    return plan.confidence is not None and bool(plan.confidence.table["p_top10"].notna().any())


def lead_words(plan: Plan) -> str:
    """Return what `lead` is the share of, by which pages know it."""
    return FIRST_TEN if knows_ten(plan) else "first"


def first_else(plan: Plan) -> str:
    """Name the zones that are most often first where rank 1 is not; "" where none is."""
    if plan.confidence is None:
        return ""
    often = plan.confidence.table["p_first"].to_numpy(dtype=float)[1:]
    most = np.argsort(-often, kind="stable")[:BIGGEST]
    named = [
        tr(
            "{site} in {number}",
            site=short(plan.places["name"].iloc[plan.zones.head[nth + 1]]),
            number=number(100 * often[nth]),
        )
        for nth in most
        if often[nth] >= RARE
    ]
    return tr("Most often first else: {sites}.", sites=tr(", ").join(named)) if named else ""


def scale_sentence() -> str:
    """Return the scale of the words of certainty."""
    *upper, (_, last) = CERTAINTY
    steps = tr(", ").join(
        tr("{word} from {share}", word=tr(word), share=per_cent(100 * least))
        for least, word in upper
    )
    return tr("Scale: {steps}, {word} below.", steps=steps, word=tr(last))


def confidence_sentences(plan: Plan, report: RankReport) -> list[str]:
    """Return the sentences on the confidence of a candidate's rank."""
    return [*_ranked(plan, report), *_passed(plan, report), *_depends_on(report.tornado)]


def needs_sentences(plan: Plan, report: RankReport) -> list[str]:
    """Return what holds a site back, in sentences; nothing for one of the first zones."""
    if report.needs.empty:
        return []
    first = tr(
        "To be among the first {number} its odds must grow {times} times.",
        number=min(TOP, len(plan.zones.head)), times=times(report.lacking),
    )  # fmt: skip
    enough = report.needs[report.needs["needed"].notna()]
    if enough.empty:
        most = tr(", ").join(
            tr("{input} ({times} times)", input=input_words(row["input"]),
               times=times(float(row["factor"])))
            for row in report.needs.head(2).to_dict("records")
        )  # fmt: skip
        none = tr("No single change is enough; at best {inputs}.", inputs=most)
        return [sentences([first, none])]
    any_of = tr("; ").join(
        needed_words(plan, report.site, str(row["input"]), float(row["now"]), float(row["needed"]))
        for row in enough.head(ENOUGH).to_dict("records")
    )
    alone = (
        tr("Enough alone: {change}.", change=any_of)
        if len(enough) == 1
        else tr("Each enough alone: {changes}.", changes=any_of)
    )
    return [sentences([first, alone])]


def input_words(name: object) -> str:
    """Return an input of a table of `siting.confidence` in the language of now."""
    if of := WEIGHTS.get(str(name)):
        return tr("Weight of {criterion}", criterion=tr(of.name).lower())
    if of := BY_NAME.get(str(name)):
        return tr(of.name).lower()
    return tr(str(name))


def needed_words(plan: Plan, site: int, what: str, now: float, needed: float) -> str:
    """Say what an input of a candidate would have to be, and what it is."""
    if what == COST:
        return tr("a tonne cheaper by {usd} USD", usd=number(now - needed))
    if what == ENTRY:
        return tr("a chance of entry of {needed}, not {now}", needed=share(needed), now=share(now))
    if what == POWER:
        power = (figure(usd, "USD/MWh") for usd in (needed, now))
        return tr("power at {needed} USD/MWh, not {now}", **dict(zip(NEED, power, strict=True)))
    if what == TIE:
        code = str(plan.places["country"].iloc[site])
        return tr("works or a mine of the owner in {country}", country=country_name(code))
    if what == WORKS:
        far = (figure(km, "km") for km in (needed, now))
        return tr("works of compatriots at {needed} km, not {now}",
                  **dict(zip(NEED, far, strict=True)))  # fmt: skip
    unit = BY_NAME[what].unit
    return tr(
        "{criterion} {needed}, not {now}", criterion=input_words(what),
        needed=with_unit(figure(needed, unit), unit), now=figure(now, unit),
    )  # fmt: skip


def with_unit(text: str, unit: str) -> str:
    """Return a raw figure with the unit of its criterion, where that says anything."""
    return text if unit in ("0-1", "year") else f"{text} {tr(unit)}"


def _ranked(plan: Plan, report: RankReport) -> list[str]:
    row = report.ranked
    if row is None:
        return []
    zoned = bool(plan.zones.zone[report.site])
    among = len(plan.zones.head) + (not zoned)
    if among == 1:
        return []
    drawn = {
        "runs": number(plan.study.confidence.draws),
        "ranks": span(*(f"{row[end]:.0f}" for end in ("rank_low", "rank_high"))),
        "zones": among,
        "shares": span(share(row["share_low"]), share(row["share_high"])),
    }
    ranked = (
        tr("Nine in ten of {runs} runs rank its zone {ranks} of {zones}, with a {shares} chance of "
           "the next plant.", **drawn)
        if zoned
        else tr("Nine in ten of {runs} runs rank it {ranks} of {zones}, with a {shares} chance of "
                "the next plant.", **drawn)
    )  # fmt: skip
    return [sentences([tr("{sentence}.", sentence=upper(leading(row, tr("; ")))), ranked])]


def _passed(plan: Plan, report: RankReport) -> list[str]:
    """Say how little weight must move for the site behind to pass the one ahead."""
    change = report.passing
    if change is None:
        return []
    other = short(plan.places["name"].iloc[report.rival])
    if report.rival == report.behind:
        return [passing_sentence(change, other, tr("it"))]
    return [passing_sentence(change, tr("it"), other)]


def passing_sentence(change: Passing, behind: str, ahead: str) -> str:
    """Say how little weight must move for one to pass the other."""
    if not np.isfinite(change.moved):
        return tr("No weights bring {behind} past {ahead}.", behind=behind, ahead=ahead)
    if not change.to:
        return tr("{behind} and {ahead} are level.", behind=upper(behind), ahead=ahead)
    giver, taker = (criterion_name(key) for key in (change.taken[0], change.to[0]))
    moved = tr(
        "{behind} passes {ahead} when {share} of the weight moves from {giver} to {taker}",
        behind=upper(behind), ahead=ahead, share=share(change.moved), giver=giver, taker=taker,
    )  # fmt: skip
    alone = alone_sentence(change)
    return (
        tr("{moved}, or {alone}.", moved=moved, alone=alone)
        if alone
        else tr("{sentence}.", sentence=moved)
    )


def closest_call(plan: Plan, change: Nearest | None) -> str:
    """Say which turn of one pillar's weight is the smallest that brings another zone to rank 1."""
    if change is None:
        ahead = short(plan.places["name"].iloc[plan.zones.head[0]])
        return tr("No single weight brings another site to rank 1 before {ahead}.", ahead=ahead)
    return tr(
        "Closest call: if {pillar} counts {share} of the weight instead of {now}, {rival} takes "
        "rank 1.",
        pillar=lower(pillar_names(plan.study.investor)[change.pillar]),
        share=weight_share(change.at), now=weight_share(change.share),
        rival=short(plan.places["name"].iloc[change.site]),
    )  # fmt: skip


def weight_share(part: float) -> str:
    """Return the share of a weight, with a decimal where it has one."""
    whole = abs(100 * part - round(100 * part)) < WHOLE
    return per_cent(100 * part, 0 if whole else 1)


def alone_sentence(change: Passing) -> str:
    """Say which single weight does it with the smallest change; "" where none does."""
    if not change.alone:
        return ""
    ratio, name = change.alone_to / change.alone_from, criterion_name(change.alone)
    if ratio == 0:
        return tr("{criterion} weighs nothing", criterion=name)
    if ratio < 1:
        return tr("{criterion} alone weighs {share} less", criterion=name, share=share(1 - ratio))
    if ratio < TWICE:
        return tr("{criterion} alone weighs {share} more", criterion=name, share=share(ratio - 1))
    return tr("{criterion} alone weighs {times} times as much", criterion=name, times=times(ratio))


def _depends_on(table: pd.DataFrame) -> list[str]:
    """Name what moves the share most, where it is large enough to be seen at all."""
    seen = table[table[["low", "high"]].max(axis=1) >= LEAST_SHARE].head(BIGGEST)
    most = tr(", ").join(map(turned, seen.to_dict("records")))
    return [tr("Its share hangs most on {inputs}.", inputs=most)] if most else []


def turned(row: Mapping[Hashable, Any]) -> str:
    """Return an input of the tornado with the ends of the share: "grid carbon (1 to 3 %)"."""
    return tr("{input} ({ends})", input=lower(input_words(row["input"])),
              ends=ends(row["low"], row["high"]))  # fmt: skip


def ends(one: float, other: float) -> str:
    """Return the span of two shares, the smaller first."""
    return span(share(min(one, other)), share(max(one, other)))


def short(name: object) -> str:
    """Return the name of a place without the brackets behind it."""
    text = str(name)
    return text.partition(" (")[0] if text.endswith(")") else text


def to_one(odds: float) -> str:
    """Return odds as a reader says them: "210 to 1", "1 to 3.1"."""
    if odds >= 1:
        return tr("{odds} to 1", odds=times(odds))
    return tr("1 to {odds}", odds=times(1 / odds))


def lower(text: str) -> str:
    """Return text with a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """Return text with a capital first letter."""
    return text[:1].upper() + text[1:]


def criterion_name(key: str) -> str:
    """Return the name of a criterion within a sentence."""
    return lower(tr(CRITERIA[key].name))
