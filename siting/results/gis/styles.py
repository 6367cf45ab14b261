"""How QGIS draws each layer: the map's colours (`maps.palette`), its marks, its labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from maps.palette import CARS, COLOURS, HOMES, SCORE, STATUS, plant_colours
from siting.results.columns import TIMES
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
    """Return the QML document of a layer."""
    return qml.document(style_of(layer))


def style_of(layer: Layer) -> ET.Element:
    """Return the style of a layer: how it is drawn and labelled, and what shows at a feature.

    Names in it are those of the planner's own columns: text of the user's, heading or cell, is
    never part of a style.
    """
    renderer, labeling = STYLES[layer.name](layer.frame)
    words = {column: str(of) for column, of in layer.meanings.items()}
    title, lines = TIPS[layer.name]
    shown = {text: value for text, (column, value) in lines.items() if column in layer.frame}
    tip = qml.tip_of(title, shown)
    return qml.style(renderer, labeling, KINDS[layer.geometry], words, tip)


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


def _by_plant(frame: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    """Return each plant of a portfolio, by its number, with its colour on the page."""
    count = int(frame["plant"].max()) if len(frame) else 0
    return [(str(k + 1), colour) for k, colour in enumerate(plant_colours(count))]


def _portfolio_plants(frame: gpd.GeoDataFrame) -> Drawn:
    rules = {"size": '2 + 0.4 * sqrt("size_ktpa")'}
    marks = {number: (f"Plant {number}", qml.marker("circle", fill, 5.0, outline=WHITE,
                                                    by_data=rules))
             for number, fill in _by_plant(frame)}  # fmt: skip
    text = 'to_string("plant") || \'  \' || "name"'
    return qml.categorised("plant", marks), _names("site", text, NAVY, 8.5)


def _portfolio_flows(frame: gpd.GeoDataFrame) -> Drawn:
    rules = {"width": '0.1 + 0.05 * "kt"'}
    marks = {number: (f"Sales of plant {number}", qml.line(fill, 0.4, alpha=130, by_data=rules))
             for number, fill in _by_plant(frame)}  # fmt: skip
    return qml.categorised("plant", marks), None


def _land(_frame: gpd.GeoDataFrame) -> Drawn:
    return qml.single(qml.area(COLOURS["land"], COLOURS["border"], 0.1)), None


def _per_cent(column: str) -> tuple[str, str]:
    return column, f"format_number(100 * \"{column}\", 1) || ' %'"


def _usd(column: str) -> tuple[str, str]:
    return column, f"format_number(\"{column}\", 0) || ' USD/t'"


def _plain(column: str, unit: str = "") -> tuple[str, str]:
    return column, f"\"{column}\" || ' {unit}'" if unit else f'"{column}"'


PAYS_FROM = (
    'CASE WHEN "pays_from_usd_per_t" > 0 THEN format_number("pays_from_usd_per_t", 0) || '
    "' USD/t' ELSE 'any price' END"
)
# What shows at a feature: an expression for its name; words -> column and expression.
TIPS: dict[str, tuple[str, Mapping[str, tuple[str, str]]]] = {
    "ranked_sites": ('"rank" || \'. \' || "name"', {
        "Country": _plain("country_name"), "Chance of the next plant": _per_cent("share"),
        "Among the first ten": _per_cent("p_top10"),
        "Pays from": ("pays_from_usd_per_t", PAYS_FROM),
        "Delivered cost": _usd("delivered_cost_usd_per_t"), "Margin": _usd("margin_usd_per_t"),
        "Chance that it pays": _per_cent("chance_it_pays"),
    }),
    "siting_zones": ('"rank" || \'. \' || "zone"', {
        "Chance of the next plant": _per_cent("share"), "Places": _plain("zone_places"),
        "Stands for it": _plain("name"),
    }),
    "estates": ('"name"', {
        "Operator": _plain("operator"), "Status": _plain("status"),
        "Land": _plain("area_ha_available", "ha"), "Grid": _plain("grid_mw_available", "MW"),
        "Regime": _plain("special_regime"),
    }),
    "demand_clusters": ('"name"', {
        "Anode demand": _plain("kt", "kt/y"), "Plants": _plain("plants"),
    }),
    "gigafactories": ('"name"', {
        "Owner": _plain("owner"), "Capacity": _plain("capacity_gwh", "GWh/y"),
        "Anode demand": _plain("anode_kt", "kt/y"), "Status": _plain("status"),
        "Source": _plain("source"),
    }),
    "anode_plants": ('"name"', {
        "Owner": _plain("owner"), "Product": _plain("product"),
        "Supply": _plain("supply_kt", "kt/y"), "Status": _plain("status"),
        "Source": _plain("source"),
    }),
    "automaker_plants": ('"name"', {
        "Group": _plain("owner_group"), "Electric cars": _plain("ev_output_status"),
        "Source": _plain("source"),
    }),
    "freight_flows": ('"name" || \' to \' || "plant"', {
        "Freight": _usd("freight_usd_per_t"), "Duty": _usd("duty_usd_per_t"),
        "Demand": _plain("anode_kt", "kt/y"),
    }),
    "candidates": ('"name"', {
        "Rank of the place": _plain("place_rank"), "Odds": _plain("odds_vs_median", TIMES),
        "Kind": _plain("kind"),
    }),
    "barred_sites": ('"name"', {"Excluded": _plain("rule"), "Admitted if": _plain("admitted_if")}),
    "plants": ('"plant" || \'. \' || "name"', {
        "Country": _plain("country_name"), "Size": _plain("steps"), "Opens": _plain("opens"),
        "Worth if built": _plain("npv_musd", "million USD"),
        "Chance": _per_cent("chance"), "Margin": _usd("margin_usd_per_t"),
        "Standing": _plain("standing"),
    }),
    "flows": ('"site_name" || \' to \' || "customer_name"', {
        "From": _plain("from_year"), "To": _plain("to_year"), "Sales": _plain("kt", "kt/y"),
        "Freight": _usd("freight_usd_per_t"), "Duty": _usd("duty_usd_per_t"),
    }),
    "land": ('"name"', {}),
}  # fmt: skip
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
    "plants": _portfolio_plants,
    "flows": _portfolio_flows,
    "land": _land,
}
