"""The public functions by which a plan reads, and what must hold of what they give.

Each door returns what is wrong with an accepted input: silent loss or nonsense.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.load import table
from siting.scenarios import sweep_grid
from siting.study import setting, studyfile, weights_files
from siting.study.study import Candidates, Exclusion, Study
from siting.study.template import commented
from siting.study.weights import tree_of
from siting.world import candidates, exclusions

from . import words
from .inputs import Input, tree

TOWNS = pd.DataFrame(list(words.PLACES), columns=["name", "lat", "lon", "country"])


def read(given: Input, path: Path) -> list[str]:
    """Read an input by its door; raises what the door raises."""
    door, _, about = given.door.partition(" ")
    return [fault for fault in DOORS[door](given, path, about) if fault]


def _candidates(given: Input, path: Path, _about: str) -> Iterator[str]:
    study = Study(candidates=Candidates(file=path))
    own = candidates.read_own(study)
    assert own.points is not None
    points = own.points
    if given.count is not None and len(points) != given.count:
        yield f"silent loss: {len(points)} of {given.count} places"
    lat, lon = points["lat"].to_numpy(float), points["lon"].to_numpy(float)
    if not (np.isfinite(lat) & np.isfinite(lon)).all():
        yield "nonsense accepted: no number for a position"
    elif (np.abs(lat) > 90).any() or (np.abs(lon) > 180).any():
        yield "nonsense accepted: a position out of range"
    if not points["site_id"].is_unique or points["site_id"].eq("").any():
        yield "nonsense accepted: ids not unique"
    if points["name"].eq("").any():
        yield "nonsense accepted: a place without name"
    yield from _cells(given, points)
    gathered = candidates.gather(study, candidates.industrial_sites(study), own=own)
    if len(gathered) != len(points):
        yield f"silent loss: {len(gathered)} of {len(points)} places compared"
    candidates.exclusion_reasons(gathered, study, {}, own)


def _cells(given: Input, points: pd.DataFrame) -> Iterator[str]:
    """Compare what came back with what was written."""
    if given.cells is None or len(given.cells) != len(points):
        return
    for expected, (_, place) in zip(given.cells, points.iterrows(), strict=True):
        for head, value in expected.items():
            if head in ("lat", "lon"):
                if value is None:
                    yield f"nonsense accepted: {head} is {place[head]}"
                elif not math.isclose(place[head], value, rel_tol=1e-9, abs_tol=1e-9):
                    yield f"nonsense accepted: {head} {place[head]} for {value}"
            elif _simple(value) and head in place and str(place[head]) != str(value):
                yield f"silent loss: {head} {str(place[head])[:40]!r} for {str(value)[:40]!r}"


def _simple(value: object) -> bool:
    """Whether a cell is text that nobody would clean."""
    text = str(value)
    return text.isprintable() and text == text.strip() != "" and len(text) <= 300


def _layer(given: Input, path: Path, _about: str) -> Iterator[str]:
    exclude = (Exclusion(file=path, buffer_km=1.0),)
    study = Study(exclude=exclude)
    own = candidates.read_own(study)
    layer = own.layers[0]
    if given.count is not None and layer.features != given.count:
        yield f"silent loss: {layer.features} of {given.count} features"
    inside = exclusions.in_layers(TOWNS, exclude, own.layers)
    if inside.shape != (len(TOWNS), 1):
        yield "silent loss: places not looked at"
    if given.sound and not inside.any():
        yield "silent loss: a layer around towns that excludes none"


def _table(given: Input, path: Path, name: str) -> Iterator[str]:
    rows = table(name, path)
    if given.count is not None and len(rows) != given.count:
        yield f"silent loss: {len(rows)} of {given.count} rows"
    if np.isinf(rows.select_dtypes("number").to_numpy(float)).any():
        yield "nonsense accepted: an endless number"


def _study(given: Input, path: Path, _about: str) -> Iterator[str]:
    study = studyfile.read(path)
    if given.never:
        yield "nonsense accepted: what nobody can mean"
    yield from _numbers(study.model_dump())
    again = studyfile.parse(commented(study, "x"), "again.yaml", Path())
    if again != study:
        yield "silent loss: written and read again the study is another one"


def _numbers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _numbers(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, float) and not math.isfinite(value):
        yield "nonsense accepted: a number that is none"


def _grid(_given: Input, path: Path, _about: str) -> Iterator[str]:
    for scenario in sweep_grid.read(path, Study()):
        yield from _numbers(scenario.study.model_dump())


def _weights(_given: Input, path: Path, method: Any) -> Iterator[str]:
    judged = weights_files.read(path, method, tree())
    for one in judged:
        weights = one.weights.to_numpy(float)
        if (
            not np.isfinite(weights).all()
            or (weights < 0).any()
            or not math.isclose(weights.sum(), 1)
        ):
            yield "nonsense accepted: weights that are no shares"
    weighed = weights_files.weigh(Study(), judged, path.name)
    yield from _numbers(weighed.model_dump())


def _setting(_given: Input, path: Path, _about: str) -> Iterator[str]:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    laid = setting.laid_on(Study(), setting.read(text))
    yield from _numbers(laid.model_dump())
    if not any(weight for weight, _ in tree_of(laid).values()):
        yield "nonsense accepted: nothing weighs"


DOORS: dict[str, Callable[[Input, Path, str], Iterator[str]]] = {
    "candidates": _candidates,
    "layer": _layer,
    "table": _table,
    "study": _study,
    "grid": _grid,
    "weights": _weights,
    "setting": _setting,
}
