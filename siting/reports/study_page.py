"""The page docs/study.md: every key of a study, the criteria and the lenses, from the model."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from geodata.factor_vocabulary import FACTORS
from geodata.load import table
from siting.reports.page import filled
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.fields import FIRST_DAY
from siting.study.lenses import LENSES, Lens
from siting.study.parameters import FURNACES, own_bounds
from siting.study.product import catalogue
from siting.study.schema import bounded
from siting.study.study import Study
from siting.study.values import ValueFunction

# What a value function does, by its shape.
FORMS = {
    "linear": "0 at {worst:g}, 1 at {best:g}, no further",
    "unclipped": "0 at {worst:g}, 1 at {best:g}, and on beyond both",
    "saturating": "0 at {worst:g}, one half at {best:g}",
    "nearness": "1 at {worst:g}, one half at {best:g}",
    "logarithmic": "ln of it over {best:g}; what lies below {worst:g} counts as {worst:g}",
}


def reference() -> str:
    """Return the page: every key with its type, default and meaning."""
    return filled(
        "study.md",
        sections=[
            {
                "title": title,
                "text": inspect.cleandoc(model.__doc__ or ""),
                "keys": _rows(model),
            }
            for model, title in _sections(Study, "Study")
        ],
        criteria=[
            (f"`{key}`", PILLARS[c.pillar], c.unit, _form(c.value), c.source)
            for key, c in CRITERIA.items()
        ],
        lenses=[
            (f"`{key}`", lens.name, _weights(lens), lens.reasoning) for key, lens in LENSES.items()
        ],
        parameters=list(_parameters()),
        factors=[
            (f"`{key}`", factor.unit, _limits(factor.low, factor.high), factor.meaning)
            for key, factor in FACTORS.items()
        ],
    )


def _parameters() -> Iterator[tuple[str, ...]]:
    """Yield the parameters that a study may set, of any product and furnace."""
    economics = table("anode_economics").set_index("param_id")
    bounds: dict[str, tuple[float, float]] = {}
    for product in catalogue().values():
        for furnace in FURNACES:
            bounds |= own_bounds(product, furnace)
    for key, limits in sorted(bounds.items()):
        row = economics.loc[key]
        yield f"`{key}`", str(row["unit"]), _limits(*limits), str(row["parameter"])


def _limits(low: float, high: float) -> str:
    return f"{low:.10g} to {high:.10g}"


def _form(value: ValueFunction) -> str:
    return FORMS[value.shape].format(worst=value.worst, best=value.best)


def _weights(lens: Lens) -> str:
    return ", ".join(f"{name} {weight:g}" for name, weight in lens.weights.items())


def _sections(model: type[BaseModel], title: str) -> list[tuple[type[BaseModel], str]]:
    sections = [(model, title)]
    for key, field in model.model_fields.items():
        for inner in _models(field.annotation):
            sections += _sections(inner, f"{title}.{key}" if title != "Study" else key)
    return sections


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in typing.get_args(annotation) for model in _models(inner)]


def _rows(model: type[BaseModel]) -> list[tuple[str, ...]]:
    schema = model.model_json_schema()["properties"]
    return [_row(key, field, schema[key]) for key, field in model.model_fields.items()]


def _row(key: str, field: FieldInfo, schema: dict[str, Any]) -> tuple[str, ...]:
    default = field.get_default(call_default_factory=True)
    shown = (
        "required"
        if field.is_required()
        else ""
        if default is None or default in ((), {}, "") or isinstance(default, BaseModel)
        else f"`{default}`"
    )
    words = schema.get("enum")
    kind = _words(words) if words else f"{_type(field.annotation)}{_range(bounded(schema))}"
    return f"`{key}`", kind, shown, field.description or ""


def _range(schema: dict[str, Any]) -> str:
    """Return what bounds a value, or those in a list or mapping, as ", 0 to 1000"; "" for none."""
    if "minimum" in schema:
        return f", {schema['minimum']:.10g} to {schema['maximum']:.10g}"
    if schema.get("format") == "date":
        return f", {FIRST_DAY} to the catalogue's date"
    many = [
        f", at most {schema[bound]}{noun}"
        for bound, noun in (("maxLength", " characters"), ("maxItems", ""))
        if bound in schema
    ]
    inner = [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", [])]
    within = [text for part in inner if isinstance(part, dict) for text in [_range(part)] if text]
    return "".join([*within[:1], *many[:1]])


_PLAIN = {str: "text", int: "whole number", float: "number", bool: "yes or no", Path: "file",
          type(None): ""}  # fmt: skip


def _either(inner: tuple[Any, ...]) -> str:
    return " or ".join(text for text in map(_type, inner) if text)


def _words(inner: Iterable[object]) -> str:
    return " | ".join(f"`{value}`" for value in inner)


_SHAPES: dict[Any, Callable[[tuple[Any, ...]], str]] = {
    typing.Literal: _words,
    typing.Annotated: lambda inner: _type(inner[0]),
    typing.Union: _either,
    types.UnionType: _either,
    tuple: lambda inner: f"list of {_type(inner[0])}",
    dict: lambda inner: f"{_type(inner[0])} -> {_type(inner[1])}",
}


def _type(annotation: Any) -> str:
    """Return an annotation in a planner's words."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    shape = _SHAPES.get(typing.get_origin(annotation))
    if shape:
        return shape(typing.get_args(annotation))
    return re.sub(r"(?<!^)(?=[A-Z])", " ", str(getattr(annotation, "__name__", annotation))).lower()
