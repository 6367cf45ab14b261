"""The commented study that `siting init` writes, made from the study's own model."""

from __future__ import annotations

import os
from collections.abc import Iterable
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
            "exclude": tuple(
                e.model_copy(update={"file": seen(e.file)}) if e.file else e for e in study.exclude
            ),
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
