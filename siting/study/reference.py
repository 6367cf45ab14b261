"""docs/study.md: every key of a study with its type, range, default and meaning."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from geodata.factor_vocabulary import FACTORS
from geodata.load import table
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.fields import FIRST_DAY
from siting.study.lenses import LENSES
from siting.study.parameters import FURNACES, own_bounds
from siting.study.product import catalogue
from siting.study.schema import bounded
from siting.study.study import Study
from siting.study.template import FORMS


def reference() -> str:
    """Return docs/study.md: every key with its type, default and meaning, from the model."""
    lines = [
        "# The study file",
        "",
        "One YAML file says everything a user may choose. This page is generated from the model",
        "that checks it (`siting/study/study.py`); an unknown key is a fault, and file names are",
        "relative to the study.",
        "",
    ]
    for model, title in _sections(Study, "Study"):
        lines += [f"## {title}", "", inspect.cleandoc(model.__doc__ or ""), ""]
        lines += _table_head("key", "type", "default", "meaning")
        schema = model.model_json_schema()["properties"]
        lines += [_row(key, field, schema[key]) for key, field in model.model_fields.items()]
        lines.append("")
    lines += ["## Criteria", ""]
    lines += _table_head("key", "pillar", "unit", "value", "source of the anchors")
    for key, c in CRITERIA.items():
        form = FORMS[c.value.shape].format(worst=c.value.worst, best=c.value.best)
        lines.append(f"| {' | '.join((f'`{key}`', PILLARS[c.pillar], c.unit, form, c.source))} |")
    lines += ["", "## Lenses", ""]
    lines += _table_head("key", "name", "weights", "what it stands for")
    for key, lens in LENSES.items():
        weights = ", ".join(f"{name} {weight:g}" for name, weight in lens.weights.items())
        lines.append(f"| `{key}` | {lens.name} | {weights} | {lens.reasoning} |")
    return "\n".join([*lines, "", *_parameters(), "", *_factors()]) + "\n"


def _parameters() -> list[str]:
    """Return the table of the parameters that a study may set, of any product and furnace."""
    economics = table("anode_economics").set_index("param_id")
    lines = [
        "## Parameters",
        "",
        "Keys of `parameters`, as far as product and furnace use them.",
        "",
    ]
    lines += _table_head("key", "unit", "range", "meaning")
    bounds: dict[str, tuple[float, float]] = {}
    for product in catalogue().values():
        for furnace in FURNACES:
            bounds |= own_bounds(product, furnace)
    for key, (low, high) in sorted(bounds.items()):
        row = economics.loc[key]
        cells = (
            f"`{key}`",
            _cell(row["unit"]),
            f"{low:.10g} to {high:.10g}",
            _cell(row["parameter"]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _factors() -> list[str]:
    """Return the table of the figures of places that a study may set."""
    lines = ["## Factors", "", "Keys below a place of `factors`.", ""]
    lines += _table_head("key", "unit", "range", "meaning")
    lines += [
        f"| `{key}` | {_cell(factor.unit)} | {factor.low:.10g} to {factor.high:.10g} "
        f"| {_cell(factor.meaning)} |"
        for key, factor in FACTORS.items()
    ]
    return lines


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")


def _table_head(*names: str) -> list[str]:
    return [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]


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


def _row(key: str, field: FieldInfo, schema: dict[str, Any]) -> str:
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
    return f"| `{key}` | {kind} | {shown} | {field.description or ''} |"


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
    within = [_range(part) for part in inner if isinstance(part, dict)]
    return "".join([*many, *(text for text in within if text)][:1])


_PLAIN = {str: "text", int: "whole number", float: "number", bool: "yes or no", Path: "file",
          type(None): ""}  # fmt: skip


def _either(inner: tuple[Any, ...]) -> str:
    return " or ".join(text for text in map(_type, inner) if text)


def _words(inner: Iterable[object]) -> str:
    return " \\| ".join(f"`{value}`" for value in inner)


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
