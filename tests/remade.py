"""Plans with some of their results changed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from siting.model.plan import Plan


def remade(plan: Plan, **changes: Any) -> Plan:
    """Return the plan with other results: fields of its own, its selection or its appraisal."""
    for name in ("selection", "appraisal"):
        part = getattr(plan, name)
        own = {f.name for f in fields(part)} & set(changes)
        if own and not (name == "selection" and own == {"places"}):
            new = replace(part, **{key: changes.pop(key) for key in own})
            plan = replace(plan, **{name: new})
    return replace(plan, **changes)
