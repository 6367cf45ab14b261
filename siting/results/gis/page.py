"""The page that the QGIS project prints: A3, a title, the map, a legend, a scale and the credits.

The elements are those of QGIS' print layouts (`QgsPrintLayout::writeXml`); millimetres.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from geodata.geometry import KM_PER_DEGREE, credit_lines
from maps.palette import COLOURS
from siting.results.gis import qml

LAYOUT = "Map to print"
# of QgsLayoutItemRegistry, counted from QGraphicsItem::UserType
PAGE, MAP, LABEL, LEGEND, SCALE = "65638", "65639", "65641", "65642", "65646"
WIDTH, HEIGHT, EDGE = 420.0, 297.0, 12.0
TITLE_HIGH, FOOT_HIGH, LEGEND_WIDE = 14.0, 12.0, 74.0
MAP_AT = (EDGE, EDGE + TITLE_HIGH)
MAP_SIZE = (WIDTH - 3 * EDGE - LEGEND_WIDE, HEIGHT - 2 * EDGE - TITLE_HIGH - FOOT_HIGH)
FONT = "Sans Serif"
WIDEST_BAR = 150.0  # degrees
View = tuple[float, float, float, float]
Place = tuple[float, float]


def layout(title: str, view: View, groups: Mapping[str, Mapping[str, str]]) -> ET.Element:
    """Return the print layout.

    Parameters
    ----------
    title : str
        With no expression in it.
    view : tuple of float
        West, south, east and north of what must be on the map.
    groups : mapping of mapping of str
        Heading of the legend -> id of the layer -> its name in words.
    """
    sheet = ET.Element("Layout", name=LAYOUT, units="mm", printResolution="300")
    pages = ET.SubElement(sheet, "PageCollection")
    pages.append(_item(PAGE, "page", (0.0, 0.0), (WIDTH, HEIGHT)))
    wide, high = view[2] - view[0], view[3] - view[1]
    size = (MAP_SIZE[0], min(MAP_SIZE[1], MAP_SIZE[0] * high / wide))
    sheet.append(_map(view, size))
    sheet.append(_label("title", title, MAP_AT[1] - TITLE_HIGH, WIDTH - 2 * EDGE, 18.0, bold=True))
    credit = "; ".join(credit_lines())
    foot = HEIGHT - EDGE - FOOT_HIGH + 3
    sheet.append(_label("credits", credit, foot, WIDTH - 2 * EDGE, 7.0))
    sheet.append(_legend(groups))
    sheet.append(_scale(view, size))
    return sheet


def _item(kind: str, name: str, at: Place, size: Place, **more: str) -> ET.Element:
    key = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, name)}}}"
    place, sized = (f"{a:g},{b:g},mm" for a, b in (at, size))
    framed = "true" if kind == MAP else "false"
    own = {
        "type": kind, "id": name, "uuid": key, "templateUuid": key, "position": place,
        "positionOnPage": place, "size": sized, "visibility": "1", "opacity": "1",
        "referencePoint": "0", "background": framed, "frame": framed, "outlineWidthM": "0.2,mm",
        "zValue": "1",
    }  # fmt: skip
    return ET.Element("LayoutItem", {**own, **more})


def _map(view: View, size: Place) -> ET.Element:
    """Return the map: the view, widened to the shape of its frame."""
    west, south, east, north = view
    more = max(0.0, (north - south) * size[0] / size[1] - (east - west)) / 2
    item = _item(MAP, "map", MAP_AT, size, mapRotation="0", keepLayerSet="false",
                 followPreset="false", drawCanvasItems="true")  # fmt: skip
    _colour(item, "FrameColor", COLOURS["line"])
    _colour(item, "BackgroundColor", COLOURS["sea"])
    ET.SubElement(
        item, "Extent", xmin=f"{west - more:.6f}", ymin=f"{south:.6f}",
        xmax=f"{east + more:.6f}", ymax=f"{north:.6f}",
    )  # fmt: skip
    ET.SubElement(item, "LayerSet")
    return item


def _label(
    name: str, text: str, top: float, wide: float, size: float, *, bold: bool = False
) -> ET.Element:  # fmt: skip
    item = _item(LABEL, name, (EDGE, top), (wide, TITLE_HIGH if bold else FOOT_HIGH),
                 labelText=text, htmlState="0", halign="1", valign="32", marginX="0",
                 marginY="0")  # fmt: skip
    ET.SubElement(item, "LabelFont", description=_font(size, bold=bold), style="")
    _colour(item, "FontColor", COLOURS["navy" if bold else "ink3"])
    return item


def _legend(groups: Mapping[str, Mapping[str, str]]) -> ET.Element:
    """Return the legend of the layers that are drawn at first."""
    left = MAP_AT[0] + MAP_SIZE[0] + EDGE / 2
    item = _item(
        LEGEND, "legend", (left, MAP_AT[1]), (LEGEND_WIDE, MAP_SIZE[1]), title="",
        resizeToContents="1", legendFilterByAtlas="0", symbolWidth="6", symbolHeight="4",
        columnCount="1", boxSpace="1", wrapChar="", fontColor=COLOURS["ink"],
        mapUuid=f"{{{uuid.uuid5(uuid.NAMESPACE_URL, 'map')}}}",
    )  # fmt: skip
    styles = ET.SubElement(item, "styles")
    for name, size, bold in (("title", 12.0, True), ("group", 11.0, True),
                             ("subgroup", 9.0, True), ("symbolLabel", 8.0, False)):  # fmt: skip
        style = ET.SubElement(styles, "style", name=name, alignment="1", indent="0",
                              marginTop="3" if name != "symbolLabel" else "1.5")  # fmt: skip
        ET.SubElement(style, "styleFont", description=_font(size, bold=bold), style="")
    tree = ET.SubElement(item, "layer-tree-group")
    for heading, layers in groups.items():
        group = ET.SubElement(tree, "layer-tree-group", name=heading, checked="Qt::Checked",
                              expanded="1")  # fmt: skip
        for key, words in layers.items():
            ET.SubElement(group, "layer-tree-layer", id=key, name=words, providerKey="ogr",
                          checked="Qt::Checked", expanded="1")  # fmt: skip
    return item


def _scale(view: View, size: Place) -> ET.Element:
    """Return the scale: a bar, or 1 : n where a line across the map is no shortest way.

    QGIS measures the lower edge of the map, the short way round the globe.
    """
    bar = view[2] - view[0] < WIDEST_BAR
    item = _item(
        SCALE, "scale", (MAP_AT[0] + 3, MAP_AT[1] + size[1] - 15), (60.0, 12.0),
        style="Single Box" if bar else "Numeric",
        mapUuid=f"{{{uuid.uuid5(uuid.NAMESPACE_URL, 'map')}}}", unitType="km", unitLabel="km",
        numMapUnitsPerScaleBarUnit="1", numSegments="2", numSegmentsLeft="0",
        numUnitsPerSegment=f"{_a_round_part(view):g}", segmentSizeMode="0", height="2",
        labelBarSpace="1.5", boxContentSpace="1", outlineWidth="0.2", alignment="0",
    )  # fmt: skip
    ET.SubElement(item, "text-style", fontFamily=FONT, fontSize="8", fontSizeUnit="Point",
                  fontWeight="50", textColor=qml.rgba(COLOURS["ink"]), textOpacity="1")  # fmt: skip
    for tag, colour in (("fillSymbol1", COLOURS["ink"]), ("fillSymbol2", COLOURS["panel"])):
        ET.SubElement(item, tag).append(qml.area(colour, COLOURS["ink"], 0.2).xml(""))
    return item


def _a_round_part(view: View) -> float:
    """Return about a tenth of the width of the view in km: 1, 2 or 5 times a power of ten."""
    west, south, east, north = view
    tenth = (east - west) * KM_PER_DEGREE * math.cos(math.radians((south + north) / 2)) / 10
    ten = 10.0 ** math.floor(math.log10(max(tenth, 1.0)))
    return max(step * ten for step in (1.0, 2.0, 5.0) if step * ten <= max(tenth, 1.0))


def _font(size: float, *, bold: bool) -> str:
    """Return a font as Qt writes it: family, points, style."""
    return f"{FONT},{size:g},-1,5,{75 if bold else 50},0,0,0,0,0"


def _colour(parent: ET.Element, tag: str, colour: str) -> None:
    red, green, blue = (str(part) for part in bytes.fromhex(colour.removeprefix("#")))
    ET.SubElement(parent, tag, red=red, green=green, blue=blue, alpha="255")
