"""A place that a law or an event bars, in the plan as it would be without it."""

from __future__ import annotations

from siting.model.plan import Plan
from siting.planner import make_plan
from siting.study.studyfile import changed
from siting.support.progress import Stages
from siting.support.text import plain


def barring_law(plan: Plan, wanted: str) -> str:
    """Return the law or event that bars a place, by its `site_id` or name; "" if none."""
    barred = plan.barred
    if not len(barred):
        return ""
    meant = barred["site_id"].str.lower().eq(wanted.lower()) | barred["name"].map(plain).eq(
        plain(wanted)
    )
    rules = [str(rule) for rule in barred.loc[meant, "rule_id"] if switch_of(plan, str(rule))]
    return rules[0] if rules else ""


def switch_of(plan: Plan, rule: str) -> str:
    """Return the key of a study that switches a rule off: policies, events or none ("")."""
    known = {"policies": plan.facts["policy_zones"]["zone_id"],
             "events": plan.facts["events"]["event_id"]}  # fmt: skip
    return next((key for key, names in known.items() if names.eq(rule).any()), "")


def without_what_bars(plan: Plan, wanted: str, stages: Stages) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan in which a place may be built on, and the laws or events left out for it.

    The plan itself, and none, where none bars the place. One after another is left out while the
    next one bars it.

    Raises
    ------
    SitingError
        As `planner.make_plan`.
    """
    off: tuple[str, ...] = ()
    while (rule := barring_law(plan, wanted)) and rule not in off:
        off = (*off, rule)
        key = switch_of(plan, rule)
        held = getattr(plan.study, key)
        switched = held.model_copy(update={"off": (*held.off, rule)})
        plan = make_plan(changed(plan.study, {key: switched.model_dump()}), stages)
    return plan, off
