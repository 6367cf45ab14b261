"""A place that a law bars, in the plan as it would be without that law."""

from __future__ import annotations

from siting.model.plan import Plan
from siting.planner import make_plan
from siting.study.studyfile import changed
from siting.support.progress import Stages
from siting.support.text import plain


def barring_law(plan: Plan, wanted: str) -> str:
    """Return the `zone_id` of the law that bars a place, by its `site_id` or name; "" if none."""
    barred = plan.barred
    if not len(barred):
        return ""
    meant = barred["site_id"].str.lower().eq(wanted.lower()) | barred["name"].map(plain).eq(
        plain(wanted)
    )
    laws = set(plan.facts["policy_zones"]["zone_id"])
    rules = [str(rule) for rule in barred.loc[meant, "rule_id"] if rule in laws]
    return rules[0] if rules else ""


def without_what_bars(plan: Plan, wanted: str, stages: Stages) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan in which a place may be built on, and the laws left out for it.

    The plan itself, and no law, where none bars the place. One law after another is left out
    while the next one bars it.

    Raises
    ------
    SitingError
        As `planner.make_plan`.
    """
    off: tuple[str, ...] = ()
    while (rule := barring_law(plan, wanted)) and rule not in off:
        off = (*off, rule)
        held = plan.study.policies
        policies = held.model_copy(update={"off": (*held.off, rule)})
        plan = make_plan(changed(plan.study, {"policies": policies.model_dump()}), stages)
    return plan, off
