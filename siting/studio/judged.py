"""The weights of a study for the page, and judgements of importance turned into them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.studio.forms import with_value
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.elicitation import Comparison
from siting.study.study import Study
from siting.study.studyfile import parse
from siting.study.weights import TOTAL, leaf_weights, tree_of
from siting.study.weights_files import Elicited, Method, read, weigh
from siting.support.drafts import scratch

_COLUMNS = ("pillar", "item", "points", "rank", "left", "right", "ratio", "judge")


def tree(study: Study) -> dict[str, Any]:
    """Return the weights in force: pillars with their criteria, and each one's share of all."""
    in_force = tree_of(study)
    leaves = leaf_weights(in_force) / TOTAL * 100.0
    pillars = [
        {
            "pillar": pillar,
            "words": tr(PILLARS[pillar]),
            "weight": weight,
            "criteria": [
                {
                    "key": key,
                    "words": tr(CRITERIA[key].name),
                    "unit": tr(CRITERIA[key].unit) if CRITERIA[key].unit else "",
                    "weight": own,
                    "share": round(float(leaves.get(key, 0.0)), 6),
                }
                for key, own in criteria.items()
            ],
        }
        for pillar, (weight, criteria) in in_force.items()
    ]
    return {"lens": study.lens, "pillars": pillars}


def weighed(
    text: str, name: str, folder: Path, method: str, judgements: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the weights that somebody's judgements say, and the study with them.

    Parameters
    ----------
    text, name, folder
        The study: YAML, file, and the folder that its files are relative to.
    method : str
        swing, rank or ahp; see `siting weights`.
    judgements : sequence of mapping
        Rows of a file of judgements, by column.

    Raises
    ------
    SitingError
        With every fault of the study, or of the judgements.
    """
    if method not in get_args(Method):
        hint = tr("choose one of {names}", names=", ".join(get_args(Method)))
        raise SitingError(Fault("judgements", tr("unknown method"), hint, None, "method", method))
    study = parse(text, name, folder)
    with scratch() as aside:
        file = aside / "judgements.csv"
        _write(file, judgements)
        elicited = read(file, method, tree_of(study))  # type: ignore[arg-type] # checked above
    made = weigh(study, elicited, "judgements").model_dump(mode="json", exclude_defaults=True)
    return {
        "groups": [_shown(one) for one in elicited],
        "text": with_value(text, name, ["weights"], made.get("weights")),
    }


def _write(file: Path, judgements: Sequence[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        used = [c for c in _COLUMNS if any(row.get(c) not in (None, "") for row in judgements)]
        rows = csv.DictWriter(stream, used, extrasaction="ignore")
        rows.writeheader()
        rows.writerows(judgements)


def _shown(one: Elicited) -> dict[str, Any]:
    weights = {str(item): float(weight) for item, weight in one.weights.items()}
    compared = one.comparison
    return {
        "pillar": one.pillar,
        "weights": weights,
        "comparison": None if compared is None else _consistency(compared),
    }


def _consistency(compared: Comparison) -> dict[str, Any]:
    return {
        "consistency_ratio": compared.consistency_ratio,
        "consistent": compared.consistent,
        "worst": None if compared.worst is None else asdict(compared.worst),
    }
