"""The layers that a study excludes places by: read once, and an account of what each did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.language import ngettext, tr
from siting.study.sources import Exclusion

if TYPE_CHECKING:
    from geodata.database import Query
    from geodata.rings import Region

IN_LAYERS = "in_layers"  # column of excluded places: numbers of the layers that they lie in
NO_AREA = (0, 1)  # dimensions of points and lines


@dataclass(frozen=True)
class Layer:
    """A layer as it was read.

    Attributes
    ----------
    region : Region
    features, without_shape : int
        In the file; how many of them have no geometry.
    points, lines : int
        How many of the others are no areas.
    read : mapping or None
        What was read of a database, as `geodata.postgis.read` says it.
    """

    region: Region
    features: int
    without_shape: int
    points: int
    lines: int
    read: Mapping[str, str | int] | None = None


@dataclass(frozen=True)
class Account:
    """What a layer excludes, and what of it counts for nothing; one row everywhere it is shown.

    Attributes
    ----------
    layer : str
        The name of its file, see `names`.
    buffer_km : float
    features, without_shape, points, lines : int
        As `Layer`.
    crossing, polar, wide : int
        Polygons with an edge longer than half a turn, by how they are read: across 180 degrees,
        around a pole, as wide as they are drawn.
    places, within, excluded : int
        Candidates of the study; those in or near the layer; those of them that no rule before it
        excludes.
    cells, cells_within : int
        The same of the cells of a screening; 0 where there is none.
    """

    layer: str
    buffer_km: float
    features: int
    without_shape: int
    points: int
    lines: int
    crossing: int
    polar: int
    wide: int
    places: int
    within: int
    excluded: int
    cells: int = 0
    cells_within: int = 0


def names(exclude: Sequence[Exclusion]) -> list[str]:
    """Return the name of each layer: that of its file, with folders where two are the same.

    A query is called after its database and table, and numbered where another one is called so.
    """
    files = [exclusion.file or Path(exclusion.source_name) for exclusion in exclude]
    shortest = [_shortest(file, set(files) - {file}) for file in files]
    nths = [shortest[:k].count(name) + 1 for k, name in enumerate(shortest)]
    return [
        f"{name}:{nth}" if nth > 1 and exclusion.file is None else name
        for name, nth, exclusion in zip(shortest, nths, exclude, strict=True)
    ]


def _shortest(file: Path, others: set[Path]) -> str:
    """Return the last parts of a path that no other path ends with."""
    for many in range(1, len(file.parts) + 1):
        tail = file.parts[-many:]
        if all(other.parts[-many:] != tail for other in others):
            return Path(*tail).as_posix()
    return file.as_posix()


def read_layer(exclusion: Exclusion) -> Layer:
    """Read a layer.

    Raises
    ------
    SitingError
        As `geodata.userfiles.read_areas`.
    """
    from geodata.rings import region  # noqa: PLC0415 - slow to load, and few studies have layers
    from geodata.userfiles import read_areas  # noqa: PLC0415

    source = cast("Path | Query", exclusion.source)  # an exclusion has one
    areas = read_areas(source, exclusion.sheet)
    without = int(areas.attrs.get("without_shape", 0))
    dimension = shapely.get_dimensions(np.asarray(areas.geometry.array, dtype=object))
    points, lines = (int((dimension == number).sum()) for number in NO_AREA)
    read = areas.attrs.get("read")
    return Layer(region(areas), len(areas) + without, without, points, lines, read)


def in_layers(
    places: pd.DataFrame, exclude: Sequence[Exclusion], layers: Sequence[Layer]
) -> NDArray[np.bool_]:
    """Return which places (n) lie in or near which layers (n, layers)."""
    lat, lon = (places[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    if not exclude:
        return np.empty((len(places), 0), dtype=bool)
    from geodata.nearness import within_areas  # noqa: PLC0415 - slow to load

    inside = [
        within_areas(lat, lon, layer.region, exclusion.buffer_km)
        for exclusion, layer in zip(exclude, layers, strict=True)
    ]
    return np.array(inside, dtype=bool).reshape(-1, len(places)).T


def numbers(inside: NDArray[np.bool_]) -> list[str]:
    """Return the numbers of the layers of each place as text, "1;3"; "" for none."""
    texts = np.full(len(inside), "", dtype=object)
    for row in np.flatnonzero(inside.any(axis=1)):
        texts[row] = ";".join(str(nth) for nth in 1 + np.flatnonzero(inside[row]))
    return list(texts)


def accounts(
    exclude: Sequence[Exclusion],
    layers: Sequence[Layer],
    barred: pd.DataFrame,
    places: int,
    cells: NDArray[np.float64] | None = None,
) -> tuple[Account, ...]:
    """Return the account of each layer.

    Parameters
    ----------
    exclude, layers
        Of the study, and as read.
    barred : DataFrame
        The excluded places with `IN_LAYERS` and `rule_id`: who lies in a layer is excluded.
    places : int
        How many candidates there are, excluded ones too.
    cells : ndarray (m, 2), optional
        lat and lon of the cells of a screening.
    """
    of = [text.split(";") for text in barred[IN_LAYERS]]
    ours = barred["rule_id"].str.startswith(rule_id("")).to_numpy(dtype=bool)
    points = pd.DataFrame(cells, columns=["lat", "lon"]) if cells is not None else None
    inside = in_layers(points, exclude, layers).sum(axis=0) if points is not None else None
    result = []
    for nth, (name, exclusion, layer) in enumerate(
        zip(names(exclude), exclude, layers, strict=True)
    ):
        within = np.array([str(nth + 1) in numbered for numbered in of], dtype=bool)
        first = np.array([str(nth + 1) == numbered[0] for numbered in of], dtype=bool)
        result.append(Account(
            layer=name, buffer_km=exclusion.buffer_km, features=layer.features,
            without_shape=layer.without_shape, points=layer.points, lines=layer.lines,
            crossing=layer.region.crossing, polar=layer.region.polar, wide=layer.region.wide,
            places=places, within=int(within.sum()),
            excluded=int((first & ours).sum()),
            cells=0 if points is None else len(points),
            cells_within=0 if inside is None else int(inside[nth]),
        ))  # fmt: skip
    return tuple(result)


def rule_id(name: str) -> str:
    """Return the rule by which a layer excludes."""
    return f"layer:{name}"


def sentence(of: Account) -> str:
    """Say what a layer did, and what of it counts for nothing."""
    parts = [_excludes(of)]
    if of.within > of.excluded:
        parts.append(
            tr("{number} of these another rule excludes first",
               number=format(of.within - of.excluded, ","))
        )  # fmt: skip
    if of.without_shape:
        parts.append(_without_shape(of))
    if of.points and not of.buffer_km:
        parts.append(
            ngettext(
                "{number} feature is a point and with buffer_km 0 excludes only what stands "
                "exactly on it - give buffer_km",
                "{number} features are points and with buffer_km 0 exclude only what stands "
                "exactly on them - give buffer_km",
                of.points, number=format(of.points, ","),
            )
        )  # fmt: skip
    if of.lines and not of.buffer_km:
        parts.append(
            ngettext(
                "{number} feature is a line and with buffer_km 0 excludes only what stands "
                "exactly on it - give buffer_km",
                "{number} features are lines and with buffer_km 0 exclude only what stands "
                "exactly on them - give buffer_km",
                of.lines, number=format(of.lines, ","),
            )
        )  # fmt: skip
    for many, how in (
        (of.crossing, tr("crossing it")),
        (of.polar, tr("holding a pole")),
        (of.wide, tr("wide as drawn")),
    ):
        if many:
            parts.append(
                ngettext(
                    "{number} polygon with an edge longer than 180 degrees is read as {how}",
                    "{number} polygons with an edge longer than 180 degrees are read as {how}",
                    many, number=format(many, ","), how=how,
                )
            )  # fmt: skip
    return tr("{sentence}.", sentence=tr("; ").join(parts))


def _excludes(of: Account) -> str:
    places = {
        "layer": of.layer, "km": f"{of.buffer_km:g}", "within": f"{of.within:,}",
        "places": f"{of.places:,}", "cells_within": f"{of.cells_within:,}",
        "cells": f"{of.cells:,}",
    }  # fmt: skip
    if of.buffer_km and of.cells:
        return tr("{layer} with {km} km around it excludes {within} of {places} places and "
                  "{cells_within} of {cells} cells", **places)  # fmt: skip
    if of.buffer_km:
        return tr("{layer} with {km} km around it excludes {within} of {places} places", **places)
    if of.cells:
        return tr("{layer} excludes {within} of {places} places and {cells_within} of {cells} "
                  "cells", **places)  # fmt: skip
    return tr("{layer} excludes {within} of {places} places", **places)


def _without_shape(of: Account) -> str:
    places = {"number": f"{of.without_shape:,}", "features": f"{of.features:,}"}
    if of.features == 1:
        return tr("{number} of {features} feature has no shape and is left out", **places)
    return ngettext(
        "{number} of {features} features has no shape and is left out",
        "{number} of {features} features have no shape and are left out",
        of.without_shape, **places,
    )  # fmt: skip
