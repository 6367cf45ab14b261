"""The QGIS project inside the GeoPackage: layers in groups and in order, and a page to print.

QGIS offers it under Project, Open From, GeoPackage, and finds the layers beside it wherever the
file is moved to. It is a .qgz, a zip of one XML document, written as hexadecimal digits
(`QgsGeoPackageProjectStorage`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from maps.palette import COLOURS
from siting.results.gis import qml
from siting.results.gis.layers import Layer
from siting.results.gis.page import layout
from siting.results.gis.styles import KINDS, style_of
from siting.support.text import one_line

NAME = "siting"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip knows: same plan, same bytes
WORLD = (-180.0, -60.0, 180.0, 80.0)  # west, south, east, north
MARGIN = 0.15  # of the sites' own width and height


@dataclass(frozen=True)
class Shown:
    """How a layer stands in the project: its name in words, and whether it is drawn at first."""

    words: str
    drawn: bool = True


FIRST = ("ranked_sites", "plants")  # layers that are shown at first
# From top to bottom. What is many and thin waits until it is asked for.
GROUPS: Mapping[str, Mapping[str, Shown]] = {
    "Where to build": {
        "ranked_sites": Shown("Ranked sites"),
        "siting_zones": Shown("Zones"),
        "estates": Shown("Named estates", drawn=False),
    },
    "Plants to build": {
        "plants": Shown("Plants of the portfolio"),
        "flows": Shown("Whom they serve, by period"),
    },
    "Customers and rivals": {
        "demand_clusters": Shown("Demand clusters"),
        "gigafactories": Shown("Gigafactories"),
        "anode_plants": Shown("Anode plants"),
        "automaker_plants": Shown("Car plants", drawn=False),
        "freight_flows": Shown("Who serves whom", drawn=False),
    },
    "Places compared": {
        "candidates": Shown("All places compared", drawn=False),
        "barred_sites": Shown("Excluded places", drawn=False),
    },
    "Ground": {"land": Shown("Land")},
}


def project(layers: Sequence[Layer], file: str, title: str) -> bytes:
    """Return the project as the .qgz that QGIS opens.

    Parameters
    ----------
    layers : sequence of Layer
    file : str
        Name of the GeoPackage that holds them and the project.
    title : str
        May be anybody's text: it is never read as markup or as an expression.
    """
    words = one_line(title).replace("[%", "[ %")  # QGIS works out what stands between [% and %]
    document = qml.DOCTYPE + ET.tostring(_document(layers, file, words), encoding="unicode")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        info = zipfile.ZipInfo(f"{NAME}.qgs", FIRST_DAY)
        info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
        parts.writestr(info, document)
    return packed.getvalue()


def _document(layers: Sequence[Layer], file: str, title: str) -> ET.Element:
    """Return the project's XML; an element that QGIS does not find takes its default."""
    by_name = {layer.name: layer for layer in layers}
    root = ET.Element("qgis", version=qml.VERSION, projectname=title)
    ET.SubElement(root, "homePath", path="")
    ET.SubElement(root, "title").text = title
    _crs(ET.SubElement(root, "projectCrs"))
    root.append(_tree(by_name, file))
    view = _view(next((by_name[name] for name in FIRST if name in by_name), None))
    root.append(_canvas(view))
    held = ET.SubElement(root, "projectlayers")
    order = [name for group in GROUPS.values() for name in group if name in by_name]
    for name in order:
        held.append(_layer(by_name[name], file))
    root.append(_properties())
    layouts = ET.SubElement(root, "Layouts")
    legend = {
        heading: {_key(name): shown.words for name, shown in group.items()
                  if shown.drawn and name in by_name}
        for heading, group in GROUPS.items()
    }  # fmt: skip
    layouts.append(layout(title, view, {head: own for head, own in legend.items() if own}))
    ET.indent(root, " ")
    return root


def _shown(name: str) -> Shown:
    return next(group[name] for group in GROUPS.values() if name in group)


def _key(name: str) -> str:
    """Return the id of a layer; QGIS takes none of ten letters or fewer."""
    return f"siting_planner_{name}"


def _source(file: str, layer: str) -> str:
    return f"./{file}|layername={layer}"


def _tree(by_name: Mapping[str, Layer], file: str) -> ET.Element:
    """Return the layers as the panel shows them: groups from top to bottom, folded."""
    tree = ET.Element("layer-tree-group")
    for heading, group in GROUPS.items():
        own = {name: shown for name, shown in group.items() if name in by_name}
        if not own:
            continue
        under = ET.SubElement(tree, "layer-tree-group", name=heading, checked=_checked(drawn=True),
                              expanded="1")  # fmt: skip
        for name, shown in own.items():
            ET.SubElement(
                under, "layer-tree-layer", id=_key(name), name=shown.words, providerKey="ogr",
                checked=_checked(shown.drawn), expanded="0", source=_source(file, name),
            )  # fmt: skip
    return tree


def _checked(drawn: bool) -> str:
    return "Qt::Checked" if drawn else "Qt::Unchecked"


def _layer(layer: Layer, file: str) -> ET.Element:
    """Return a layer with its style, of the same elements as the style that stands beside it."""
    style = style_of(layer)
    kind = {"marker": "Point", "line": "Line", "fill": "Polygon"}[KINDS[layer.geometry]]
    held = ET.Element(
        "maplayer", type="vector", geometry=kind, wkbType=layer.geometry,
        labelsEnabled=style.get("labelsEnabled", "0"), styleCategories="AllStyleCategories",
        hasScaleBasedVisibilityFlag="0", simplifyDrawingHints="1",
    )  # fmt: skip
    for tag, text in (("id", _key(layer.name)), ("datasource", _source(file, layer.name)),
                      ("layername", _shown(layer.name).words)):  # fmt: skip
        ET.SubElement(held, tag).text = text
    _crs(ET.SubElement(held, "srs"))
    ET.SubElement(ET.SubElement(held, "resourceMetadata"), "abstract").text = layer.description
    ET.SubElement(held, "provider", encoding="UTF-8").text = "ogr"
    held.extend(style)
    return held


def _crs(parent: ET.Element) -> None:
    """Name EPSG:4326; QGIS looks at `authid` only beside the key of its own table."""
    known = ET.SubElement(parent, "spatialrefsys")
    for tag, text in (("srsid", "3452"), ("srid", "4326"), ("authid", "EPSG:4326"),
                      ("description", "WGS 84"), ("geographicflag", "true")):  # fmt: skip
        ET.SubElement(known, tag).text = text


def _view(shown: Layer | None) -> tuple[float, float, float, float]:
    """Return west, south, east and north of what is shown at first: the sites with a margin."""
    if shown is None or shown.frame.empty:
        return WORLD
    west, south, east, north = shown.frame.total_bounds
    wide, high = MARGIN * max(east - west, 1.0), MARGIN * max(north - south, 1.0)
    wanted = (west - wide, south - high, east + wide, north + high)
    edges = zip(wanted, WORLD, (max, max, min, min), strict=True)
    first, second, third, fourth = (float(pick(own, edge)) for own, edge, pick in edges)
    return first, second, third, fourth


def _canvas(view: tuple[float, float, float, float]) -> ET.Element:
    canvas = ET.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "degrees"
    extent = ET.SubElement(canvas, "extent")
    for tag, degrees in zip(("xmin", "ymin", "xmax", "ymax"), view, strict=True):
        ET.SubElement(extent, tag).text = f"{degrees:.6f}"
    ET.SubElement(canvas, "rotation").text = "0"
    _crs(ET.SubElement(canvas, "destinationsrs"))
    return canvas


def _properties() -> ET.Element:
    """Return the settings that matter: relative paths, lengths on the ellipsoid, a sea."""
    properties = ET.Element("properties")
    red, green, blue = bytes.fromhex(COLOURS["sea"].removeprefix("#"))
    for group, settings in {
        "Gui": {"CanvasColorRedPart": ("int", str(red)),
                "CanvasColorGreenPart": ("int", str(green)),
                "CanvasColorBluePart": ("int", str(blue))},
        "Measure": {"Ellipsoid": ("QString", "EPSG:7030")},
        "Paths": {"Absolute": ("bool", "false")},
        "SpatialRefSys": {"ProjectionsEnabled": ("int", "1")},
    }.items():  # fmt: skip
        parent = ET.SubElement(properties, group)
        for name, (kind, value) in settings.items():
            ET.SubElement(parent, name, type=kind).text = value
    return properties
