"""QGIS styles (QML documents) built as XML, so that nothing in them is ever read as markup.

The elements are those that QGIS writes since 3.18 (`QgsVectorLayer::writeStyle`); lengths are
millimetres on paper, colours `#rrggbb`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from xml.etree import ElementTree as ET

DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
VERSION = "3.22.0"
GEOMETRY_TYPES = {"marker": "0", "line": "1", "fill": "2"}
# What data may rule of a symbol layer, as QGIS names it (QgsSymbolLayer::propertyDefinitions).
PROPERTIES = {"size": "size", "outline": "outlineColor", "width": "outlineWidth"}
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Symbol:
    """One mark: a point, a line or an area.

    Attributes
    ----------
    kind : str
        "marker", "line" or "fill".
    options : mapping of str
        Of QGIS' SimpleMarker, SimpleLine or SimpleFill.
    by_data : mapping of str
        "size" (mm), "outline" (colour) or "width" (mm) as an expression over the columns.
    """

    kind: str
    options: Mapping[str, str]
    by_data: Mapping[str, str]

    def xml(self, name: str) -> ET.Element:
        """Return the symbol as an element."""
        symbol = ET.Element("symbol", type=self.kind, name=name, alpha="1", clip_to_extent="1",
                            force_rhr="0")  # fmt: skip
        layer = ET.SubElement(
            symbol, "layer", {"class": f"Simple{self.kind.title()}", "enabled": "1", "pass": "0"}
        )
        options = ET.SubElement(layer, "Option", type="Map")
        for key, value in self.options.items():
            _option(options, key, value)
        if self.by_data:
            ruled = ET.SubElement(layer, "data_defined_properties")
            _by_data(ruled, {PROPERTIES[key]: rule for key, rule in self.by_data.items()})
        return symbol


def marker(
    shape: str, fill: str | None, size: float,
    *, outline: str = "#ffffff", width: float = 0.3, by_data: Mapping[str, str] = NOTHING,
) -> Symbol:  # fmt: skip
    """Return a point mark of QGIS' simple shapes; without a fill it is hollow and dashed."""
    options = {
        "name": shape,
        "color": rgba(fill or outline, 255 if fill else 0),
        "size": f"{size:g}",
        "size_unit": "MM",
        "outline_color": rgba(outline),
        "outline_width": f"{width:g}",
        "outline_width_unit": "MM",
        "outline_style": "solid" if fill else "dot",
        "scale_method": "diameter",
    }
    return Symbol("marker", options, by_data)


def line(
    colour: str, width: float, *, alpha: int = 255, by_data: Mapping[str, str] = NOTHING
) -> Symbol:
    """Return a plain line; `alpha` of 255 is opaque."""
    options = {"line_color": rgba(colour, alpha), "line_width": f"{width:g}",
               "line_width_unit": "MM", "line_style": "solid", "capstyle": "round",
               "joinstyle": "round"}  # fmt: skip
    return Symbol("line", options, by_data)


def dashed_area(colour: str, width: float) -> Symbol:
    """Return an area that is only a dashed outline, so that what lies under it shows."""
    options = {"style": "no", "color": rgba(colour, 0), "outline_color": rgba(colour),
               "outline_style": "dash", "outline_width": f"{width:g}",
               "outline_width_unit": "MM"}  # fmt: skip
    return Symbol("fill", options, NOTHING)


def area(fill: str, outline: str, width: float) -> Symbol:
    """Return a filled area."""
    options = {"style": "solid", "color": rgba(fill), "outline_color": rgba(outline),
               "outline_style": "solid", "outline_width": f"{width:g}",
               "outline_width_unit": "MM"}  # fmt: skip
    return Symbol("fill", options, NOTHING)


def single(symbol: Symbol) -> ET.Element:
    """Return a renderer that draws every feature alike."""
    return _renderer("singleSymbol", [symbol])


def graduated(
    column: str,
    breaks: Sequence[float],
    symbols: Sequence[Symbol],
    *,
    unit: str,
    times: float = 1.0,
) -> ET.Element:
    """Return a renderer with a symbol a class of a number; the highest is drawn last.

    Parameters
    ----------
    column : str
    breaks : sequence of float (classes + 1)
    symbols : sequence of Symbol (classes)
    unit : str
        Stands after the numbers of each class in the legend.
    times : float, optional
        The legend shows the numbers multiplied by this: 100 for shares in per cent.
    """
    renderer = _renderer("graduatedSymbol", symbols, attr=column, graduatedMethod="GraduatedColor")
    ranges = ET.Element("ranges")
    for number, (low, high) in enumerate(pairwise(breaks)):
        label = f"{low * times:g}\N{EN DASH}{high * times:g} {unit}".strip()
        ET.SubElement(ranges, "range", lower=f"{low:.6f}", upper=f"{high:.6f}", render="true",
                      symbol=str(number), label=label)  # fmt: skip
    renderer.insert(0, ranges)
    renderer.set("enableorderby", "1")
    order = ET.SubElement(renderer, "orderby")
    clause = ET.SubElement(order, "orderByClause", asc="1", nullsFirst="1")
    clause.text = _quoted(column)
    return renderer


def categorised(column: str, categories: Mapping[str, tuple[str, Symbol]]) -> ET.Element:
    """Return a renderer with a symbol a value of a column: value -> (words, symbol)."""
    symbols = [symbol for _, symbol in categories.values()]
    renderer = _renderer("categorizedSymbol", symbols, attr=column)
    rows = ET.Element("categories")
    for number, (value, (words, _)) in enumerate(categories.items()):
        ET.SubElement(rows, "category", value=value, label=words, symbol=str(number),
                      render="true")  # fmt: skip
    renderer.insert(0, rows)
    return renderer


def labels(
    expression: str,
    *,
    size: float,
    colour: str,
    bold: bool = False,
    from_scale: int = 0,
    priority: str = "",
) -> ET.Element:
    """Return labels with a white halo.

    Parameters
    ----------
    expression : str
        Over the columns; its text is drawn as it stands, never as HTML.
    size : float
        Points.
    colour : str
    bold : bool, optional
    from_scale : int, optional
        The map scale's denominator below which they show; 0 for always.
    priority : str, optional
        Expression from 0 to 10: which names stay where not all find room.
    """
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    text = ET.SubElement(
        settings, "text-style",
        fieldName=expression, isExpression="1", allowHtml="0", fontSize=f"{size:g}",
        fontSizeUnit="Point", fontFamily="Sans Serif", fontWeight="75" if bold else "50",
        namedStyle="Bold" if bold else "Regular", textColor=rgba(colour), textOpacity="1",
    )  # fmt: skip
    ET.SubElement(text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM",
                  bufferColor=rgba("#ffffff"), bufferOpacity="0.9")  # fmt: skip
    ET.SubElement(settings, "placement", placement="6", dist="0.4", distUnits="MM",
                  offsetType="1",
                  predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR")  # fmt: skip
    ET.SubElement(
        settings, "rendering",
        drawLabels="1", obstacle="1", scaleVisibility="1" if from_scale else "0",
        scaleMin=str(from_scale), scaleMax="1",
    )  # fmt: skip
    if priority:
        _by_data(ET.SubElement(settings, "dd_properties"), {"Priority": priority})
    return labeling


def style(
    renderer: ET.Element,
    labeling: ET.Element | None,
    kind: str,
    aliases: Mapping[str, str],
    tip: str = "",
) -> ET.Element:
    """Return the whole style, as a project holds it too.

    Parameters
    ----------
    renderer : Element
        Of `single`, `graduated` or `categorised`.
    labeling : Element or None
        Of `labels`.
    kind : str
        Of the symbols.
    aliases : mapping of str
        Column -> words, shown in QGIS' tables and forms.
    tip : str
        HTML shown at a feature, see `tip_of`.
    """
    root = ET.Element("qgis", version=VERSION, labelsEnabled="0" if labeling is None else "1",
                       styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips",
                       hasScaleBasedVisibilityFlag="0")  # fmt: skip
    root.append(renderer)
    if labeling is not None:
        root.append(labeling)
    named = ET.SubElement(root, "aliases")
    for index, (column, words) in enumerate(aliases.items()):
        ET.SubElement(named, "alias", field=column, name=words, index=str(index))
    ET.SubElement(root, "previewExpression").text = '"name"'
    ET.SubElement(root, "mapTip").text = tip
    ET.SubElement(root, "layerGeometryType").text = GEOMETRY_TYPES[kind]
    return root


def document(root: ET.Element) -> str:
    """Return a style as the text that stands beside a layer."""
    ET.indent(root, " ")
    return DOCTYPE + ET.tostring(root, encoding="unicode")


def tip_of(title: str, lines: Mapping[str, str]) -> str:
    """Return the HTML that shows at a feature: its name, and lines of words and a value.

    QGIS puts what an expression gives into the page as markup: each is escaped first.

    Parameters
    ----------
    title : str
        Expression.
    lines : mapping of str
        Words -> expression.
    """
    rows = "".join(
        f"<tr><td>{words}&nbsp;&nbsp;</td><td>[% {_escaped(expression)} %]</td></tr>"
        for words, expression in lines.items()
    )
    table = f"<table>{rows}</table>" if rows else ""
    return f"<b>[% {_escaped(title)} %]</b>{table}"


def _escaped(expression: str) -> str:
    """Return an expression whose text is escaped; QGIS replaces by key in order, "&" first."""
    marks = "map('&','&amp;','<','&lt;','>','&gt;')"
    return f"replace(to_string(coalesce({expression}, '')), {marks})"


def rgba(colour: str, alpha: int = 255) -> str:
    """Return "#rrggbb" as QGIS writes it: "r,g,b,a"."""
    return ",".join(str(part) for part in (*bytes.fromhex(colour.removeprefix("#")), alpha))


def _renderer(kind: str, symbols: Sequence[Symbol], **attributes: str) -> ET.Element:
    renderer = ET.Element("renderer-v2", attributes, type=kind, forceraster="0", symbollevels="0",
                          enableorderby="0")  # fmt: skip
    container = ET.SubElement(renderer, "symbols")
    for number, symbol in enumerate(symbols):
        container.append(symbol.xml(str(number)))
    return renderer


def _by_data(parent: ET.Element, expressions: Mapping[str, str]) -> None:
    """Let expressions over the columns rule properties (QgsPropertyCollection)."""
    outer = ET.SubElement(parent, "Option", type="Map")
    _option(outer, "name", "")
    inner = ET.SubElement(outer, "Option", name="properties", type="Map")
    for key, expression in expressions.items():
        one = ET.SubElement(inner, "Option", name=key, type="Map")
        _option(one, "active", "true", "bool")
        _option(one, "expression", expression)
        _option(one, "type", "3", "int")  # an expression
    _option(outer, "type", "collection")


def _option(parent: ET.Element, name: str, value: str, kind: str = "QString") -> None:
    ET.SubElement(parent, "Option", name=name, value=value, type=kind)


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
