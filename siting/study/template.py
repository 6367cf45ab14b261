"""The commented study that `siting init` writes, made from the study's own model."""

from __future__ import annotations

import inspect
import os
import re
import types
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from geodata.errors import shorten
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.lenses import LENSES
from siting.study.study import Study
from siting.study.studyfile import PRESETS
from siting.study.weights import tree_of

HEAD = """\
# yaml-language-server: $schema=study.schema.json
# A study of the siting planner. Every key may be left out; what follows # is off.
# Run it:      siting plan {file}
# Reference:   docs/study.md
# Hints as you type, in an editor that knows YAML: siting schema > study.schema.json
"""


# What a value function does, by its shape.
FORMS = {
    "linear": "0 at {worst:g}, 1 at {best:g}, no further",
    "unclipped": "0 at {worst:g}, 1 at {best:g}, and on beyond both",
    "saturating": "0 at {worst:g}, one half at {best:g}",
    "nearness": "1 at {worst:g}, one half at {best:g}",
    "logarithmic": "ln of it over {best:g}; what lies below {worst:g} counts as {worst:g}",
}


def commented(study: Study, name: str, further: Iterable[str] = ()) -> str:
    """Return a study file with the chosen keys set and every other one shown as a comment.

    Parameters
    ----------
    study : Study
    name : str
        Preset or file that it was started from.
    further : iterable of str
        Further lines of the head, such as where the weights come from.
    """
    chosen = study.model_dump(mode="json", exclude_defaults=True)
    started = f"the preset {name}" if name in PRESETS else shorten(name)
    head = [f"Started from {started}.", *(shorten(line, 200) for line in further)]
    lines = [HEAD.format(file="STUDY.yaml") + "".join(f"# {line}\n" for line in head)]
    for key, field in Study.model_fields.items():
        if key == "weights":
            lines.append(_weights(study))
            if key in chosen:
                lines.append(_set(key, chosen))
            continue
        lines.append(f"# {field.description}")
        if key in chosen:
            lines.append(_set(key, chosen).rstrip())
        else:
            lines.append(_off(key, field))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _set(key: str, chosen: dict[str, Any]) -> str:
    return yaml.safe_dump({key: chosen[key]}, sort_keys=False, allow_unicode=True)


def relocated(study: Study, folder: Path) -> Study:
    """Return the study with its relative file names as another folder sees them.

    A study that was read holds them as the working directory sees them.
    """

    def seen(path: Path) -> Path:
        return path if path.is_absolute() else Path(os.path.relpath(path, folder))

    own = study.candidates.file
    return study.model_copy(
        update={
            "candidates": study.candidates.model_copy(update={"file": seen(own) if own else None}),
            "exclude": tuple(e.model_copy(update={"file": seen(e.file)}) for e in study.exclude),
            "tables": {name: seen(path) for name, path in study.tables.items()},
        }
    )


def _off(key: str, field: FieldInfo) -> str:
    """Return a key as a comment, with the value it has by default."""
    examples: dict[str, Any] = {
        "question": "Where to build 50 kt a year of synthetic graphite",
        "as_of": "2026-11-22",
        "price_usd_per_t": 3000,
        "stakeholders": {
            "Operations": {"weights": {"energy": {"weight": 2}}},
            "Finance": {"lens": "low_cost_export"},
        },
        "exclude": [{"file": "parks.gpkg", "buffer_km": 5}],
        "tables": {"gigafactories": "my_gigafactories.csv"},
        "anchors": {"power_price": {"worst": 150, "best": 30}},
    }
    value = examples.get(key, field.get_default(call_default_factory=True))
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    if key == "candidates":
        value = {"file": "my_sites.csv"}
    text = yaml.safe_dump({key: value}, sort_keys=False, allow_unicode=True).rstrip()
    return "\n".join(f"# {line}" for line in text.splitlines())


def _weights(study: Study) -> str:
    """Return the weight tree of the study as comments, ready to be turned."""
    lines = [
        "# Weights: pillar, criteria; a pillar multiplies what is in it. Only ratios matter.",
        "# Uncomment what you turn; the rest keeps its weight. Criteria by pillar:",
    ]
    for pillar, title in PILLARS.items():
        own = [f"{key} ({c.unit})" for key, c in CRITERIA.items() if c.pillar == pillar]
        lines.append(f"#   {title}: {', '.join(own)}")
    lens = LENSES[study.lens]
    lines += [f"# The lens {study.lens}: {lens.reasoning}", "# weights:"]
    for pillar, (weight, criteria) in tree_of(study).items():
        inner = ", ".join(f"{key}: {own:g}" for key, own in criteria.items())
        lines.append(f"#   {pillar}: {{weight: {weight:g}, criteria: {{{inner}}}}}")
    return "\n".join(lines) + "\n"


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
        lines += [_row(key, field) for key, field in model.model_fields.items()]
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
    return "\n".join(lines) + "\n"


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


def _row(key: str, field: FieldInfo) -> str:
    default = field.get_default(call_default_factory=True)
    shown = (
        "required"
        if field.is_required()
        else ""
        if default is None or default in ((), {}) or isinstance(default, BaseModel)
        else f"`{default}`"
    )
    extra = field.json_schema_extra
    words = extra.get("enum") if isinstance(extra, dict) else None
    kind = _words(words) if isinstance(words, list) else f"{_type(field.annotation)}{_range(field)}"
    return f"| `{key}` | {kind} | {shown} | {field.description or ''} |"


def _range(field: FieldInfo) -> str:
    """Return the bounds of a number, as ", 0 to 1000"; "" for what has none of its own."""
    bounds = {type(one).__name__: one for one in field.metadata}
    if "Ge" not in bounds or "Le" not in bounds:
        return ""
    return f", {bounds['Ge'].ge:.10g} to {bounds['Le'].le:.10g}"


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
