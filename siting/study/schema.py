"""The keys of a study as JSON Schema, for the hints of an editor and for forms."""

from __future__ import annotations

from typing import Any

from siting.study.criteria import CRITERIA, PILLARS
from siting.study.study import Study

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# What pydantic leaves of a bound where a key may also be empty.
BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


def study_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a study file.

    It knows names, kinds and ranges; only the planner checks what depends on something else (dates
    and tables, files, laws).
    """
    schema: dict[str, Any] = bounded(Study.model_json_schema())
    parts = schema["$defs"]
    weight = dict(parts["PillarWeights"]["properties"]["weight"]["anyOf"][0])
    parts["PillarWeights"] = {"anyOf": [weight, parts["PillarWeights"]]}
    names = {
        pillar: {"$ref": "#/$defs/PillarWeights", "description": words}
        for pillar, words in PILLARS.items()
    }
    weights = {"type": "object", "properties": names, "additionalProperties": False}
    for owner in (schema, parts["Stakeholder"]):
        owner["properties"]["weights"] = owner["properties"]["weights"] | weights
    schema["properties"]["anchors"]["propertyNames"] = {"enum": list(CRITERIA)}
    return {"$schema": DRAFT, **schema, "title": "Study of the siting planner"}


def bounded(part: Any) -> Any:
    """Return a schema with bounds by their names in JSON Schema."""
    if isinstance(part, dict):
        return {BOUNDS.get(key, key): bounded(value) for key, value in part.items()}
    return [bounded(value) for value in part] if isinstance(part, list) else part
