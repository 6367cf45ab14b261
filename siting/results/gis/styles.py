"""How QGIS draws each layer: the map's colours (`maps.palette`), its marks, its labels."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from maps.palette import CARS, COLOURS, HOMES, SCORE, STATUS
from siting.results.columns import TIMES, known
from siting.results.gis import qml
from siting.results.gis.layers import Layer

INK, NAVY, GREY, WHITE = COLOURS["ink"], COLOURS["navy"], COLOURS["grey"], COLOURS["panel"]
PARTS = (0.05, 0.2, 0.5, 1.0)  # of the largest value: where the classes end
KINDS = {"Point": "marker", "MultiLineString": "line", "MultiPolygon": "fill"}
# Map scales below which names show, so that the world is not covered by them.
NAMES_FROM = {"site": 0, "cluster": 20_000_000, "plant": 4_000_000, "place": 500_000}
HOME_EXPRESSION = (
    "CASE "
    + " ".join(f"WHEN \"owner_hq_country\" = '{code}' THEN '{colour}'"
               for code, (_, colour) in HOMES.items() if code)
    + f" ELSE '{HOMES[''][1]}' END"
)  # fmt: skip


def style(layer: Layer) -> str:
    """Return the QML document of a layer.

    Names in it are those of the planner's own columns: text of the user's, heading or cell, is
    never part of a style.
    """
    renderer, labeling = STYLES[layer.name](layer.frame)
    words = {column: str(of) for column, of in known(layer.frame.columns).items()}
    return qml.document(renderer, labeling, KINDS[layer.geometry], words)


def breaks(values: NDArray[np.float64]) -> list[float]:
    """Return the ends of four classes of a share or of odds: a twentieth, a fifth, half, whole.

    The whole is the largest value, rounded up to 1, 2 or 5 times a power of ten.
    """
    most = float(values[values > 0].max(initial=0.0)) or 1.0  # of what has a value
    ten = 10.0 ** np.floor(np.log10(most))
    whole = next(float(step * ten) for step in (1, 2, 5, 10) if step * ten >= most)
    return [0.0, *(round(part * whole, 12) for part in PARTS)]


Drawn = tuple[ET.Element, ET.Element | None]


def _graded(
    frame: gpd.GeoDataFrame, column: str, size: float, outline: float, *, unit: str, times: float
) -> ET.Element:
    marks = [qml.marker("circle", fill, size, outline=WHITE, width=outline) for fill in SCORE]
    ends = breaks(frame[column].to_numpy(dtype=float))
    return qml.graduated(column, ends, marks, unit=unit, times=times)


def _names(
    kind: str, expression: str = '"name"', colour: str = INK, size: float = 7.5, priority: str = ""
) -> ET.Element:
    return qml.labels(expression, size=size, colour=colour, from_scale=NAMES_FROM[kind],
                      bold=kind == "site", priority=priority)  # fmt: skip


def _ranked(frame: gpd.GeoDataFrame) -> Drawn:
    text = 'to_string("rank") || \'  \' || "name"'
    mark = _graded(frame, "share", 4.2, 0.4, unit="%", times=100)
    return mark, _names("site", text, NAVY, 8.5, '10 / sqrt("rank")')


def _candidates(frame: gpd.GeoDataFrame) -> Drawn:
    return _graded(frame, "odds_vs_median", 1.0, 0.0, unit=TIMES, times=1), _names("place")


def _estates(_frame: gpd.GeoDataFrame) -> Drawn:
    mark = qml.marker("square", WHITE, 2.2, outline=NAVY, width=0.4)
    return qml.single(mark), _names("plant", colour=NAVY)


def _zones(_frame: gpd.GeoDataFrame) -> Drawn:
    return qml.single(qml.dashed_area(NAVY, 0.4)), None


def _barred(_frame: gpd.GeoDataFrame) -> Drawn:
    mark = qml.marker("cross2", COLOURS["barred"], 2.0, outline=COLOURS["barred"], width=0.4)
    return qml.single(mark), _names("place", colour=COLOURS["barred"])


def _clusters(_frame: gpd.GeoDataFrame) -> Drawn:
    mark = qml.marker("circle", None, 6.0, outline=COLOURS["cluster"], width=0.5,
                      by_data={"size": '4 + 0.6 * sqrt("kt")'})  # fmt: skip
    return qml.single(mark), _names("cluster", colour=COLOURS["cluster"], size=8)


def _gigafactories(_frame: gpd.GeoDataFrame) -> Drawn:
    rules = {"size": '1.6 + 0.45 * sqrt(coalesce("capacity_gwh", 0))', "outline": HOME_EXPRESSION}
    marks = {
        status: (words, qml.marker("circle", fill, 3.0, outline=GREY, by_data=rules))
        for status, (words, fill) in STATUS.items()
    }
    return qml.categorised("status", marks), _names("plant")


def _anode_plants(_frame: gpd.GeoDataFrame) -> Drawn:
    rules = {"outline": HOME_EXPRESSION}
    marks = {
        status: (words, qml.marker("diamond", fill, 3.0, outline=GREY, by_data=rules))
        for status, (words, fill) in STATUS.items()
    }
    return qml.categorised("status", marks), _names("plant")


def _cars(_frame: gpd.GeoDataFrame) -> Drawn:
    marks = {
        built: (words, qml.marker("square", fill, 2.0, outline=GREY, width=0.25))
        for built, (words, fill) in CARS.items()
    }
    return qml.categorised("ev_output_status", marks), _names("place")


def _flows(_frame: gpd.GeoDataFrame) -> Drawn:
    width = '0.1 + 0.01 * coalesce("anode_kt", 0)'
    return qml.single(qml.line(NAVY, 0.2, alpha=90, by_data={"width": width})), None


STYLES: dict[str, Callable[[gpd.GeoDataFrame], Drawn]] = {
    "siting_zones": _zones,
    "candidates": _candidates,
    "estates": _estates,
    "barred_sites": _barred,
    "demand_clusters": _clusters,
    "automaker_plants": _cars,
    "anode_plants": _anode_plants,
    "gigafactories": _gigafactories,
    "freight_flows": _flows,
    "ranked_sites": _ranked,
}
