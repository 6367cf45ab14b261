"""A place that a law or an event bars, in the plan as it would be without it."""

from __future__ import annotations

from siting.model.plan import Plan
from siting.study.studyfile import changed
from siting.support.progress import Stages
from siting.world.gazetteer import candidate


def site_named(plan: Plan, wanted: str) -> str:
    """Return the `site_id` of the candidate, ranked or barred, that a user names.

    Raises
    ------
    SitingError
        As `gazetteer.candidate`.
    """
    return str(plan.names.rows["id"].iloc[candidate(plan.names, wanted)])


def barring_law(plan: Plan, site_id: str) -> str:
    """Return the law or event that bars a place; "" if none does."""
    rules = plan.barred.loc[plan.barred["site_id"].eq(site_id), "rule_id"]
    return next((str(rule) for rule in rules if switch_of(plan, str(rule))), "")


def switch_of(plan: Plan, rule: str) -> str:
    """Return the key of a study that switches a rule off: policies, events or none ("")."""
    known = {"policies": plan.facts["policy_zones"]["instrument_id"],
             "events": plan.facts["events"]["event_id"]}  # fmt: skip
    return next((key for key, names in known.items() if names.eq(rule).any()), "")


def without_what_bars(plan: Plan, wanted: str, stages: Stages) -> tuple[Plan, tuple[str, ...]]:
    """Return the plan in which a place may be built on, and the laws or events left out for it.

    The plan itself, and none, where none bars the place that `wanted` names. One after another is
    left out while the next one bars it.

    Raises
    ------
    SitingError
        As `site_named` and `pipeline.make_plan`.
    """
    site_id = site_named(plan, wanted)
    off: tuple[str, ...] = ()
    while (rule := barring_law(plan, site_id)) and rule not in off:
        off = (*off, rule)
        key = switch_of(plan, rule)
        switches = getattr(plan.study, key)
        switched = switches.model_copy(update={"off": (*switches.off, rule)})
        from siting.pipeline import make_plan  # noqa: PLC0415 - few places need it, and it is slow

        plan = make_plan(changed(plan.study, {key: switched.model_dump()}), stages)
    return plan, off
