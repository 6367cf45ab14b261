from xml.etree import ElementTree as ET

import pytest

from siting.results.gis import qml

NASTY = "\"]]><script>&'{{x}}"


def parsed(renderer, labeling=None, kind="marker", aliases=None, tip=""):
    text = qml.document(qml.style(renderer, labeling, kind, aliases or {}, tip))
    assert text.startswith(qml.DOCTYPE)
    return ET.fromstring(text)  # noqa: S314 - our own


def test_a_graduated_style_has_a_symbol_a_class_without_a_gap():
    marks = [qml.marker("circle", fill, 2) for fill in ("#000000", "#0a0b0c", "#ffffff")]
    renderer = parsed(qml.graduated("share", [0, 1.5, 3, 9], marks, unit="%", times=10))[0]
    assert (renderer.get("type"), renderer.get("attr")) == ("graduatedSymbol", "share")
    classes = renderer.findall("ranges/range")
    ends = [(float(c.get("lower")), float(c.get("upper"))) for c in classes]
    assert ends == [(0, 1.5), (1.5, 3), (3, 9)]
    assert classes[0].get("label") == "0\N{EN DASH}15 %"
    symbols = {s.get("name"): s for s in renderer.findall("symbols/symbol")}
    colours = [
        symbols[c.get("symbol")].find("layer/Option/Option[@name='color']").get("value")
        for c in classes
    ]
    assert colours == ["0,0,0,255", "10,11,12,255", "255,255,255,255"]
    assert renderer.find("orderby/orderByClause").text == '"share"'


def test_a_category_keeps_its_value_and_words():
    marks = {NASTY: ("words", qml.marker("square", None, 2, outline="#7a858e"))}
    renderer = parsed(qml.categorised("status", marks))[0]
    category = renderer.find("categories/category")
    assert (category.get("value"), category.get("label")) == (NASTY, "words")
    options = {o.get("name"): o.get("value") for o in renderer.find("symbols/symbol/layer/Option")}
    assert options["color"].endswith(",0")
    assert options["outline_style"] == "dot"


def test_what_data_rules_is_an_expression():
    symbol = qml.marker("circle", "#000000", 2, by_data={"size": '"a" < 1'}).xml("0")
    path = "layer/data_defined_properties/Option/Option[@name='properties']/Option[@name='size']"
    read = {o.get("name"): o.get("value") for o in symbol.find(path)}
    assert read == {"active": "true", "expression": '"a" < 1', "type": "3"}


def test_labels_are_plain_text_with_their_scale_and_order():
    labeling = qml.labels('"name"', size=8, colour="#16212b", from_scale=500, priority='"rank"')
    root = parsed(qml.single(qml.line("#000000", 1)), labeling, "line")
    text = root.find("labeling/settings/text-style")
    assert (text.get("fieldName"), text.get("allowHtml")) == ('"name"', "0")
    rendering = root.find("labeling/settings/rendering")
    assert (rendering.get("scaleVisibility"), rendering.get("scaleMin")) == ("1", "500")
    assert root.get("labelsEnabled") == "1"
    ruled = root.find("labeling/settings/dd_properties//Option[@name='Priority']")
    assert {o.get("name"): o.get("value") for o in ruled}["expression"] == '"rank"'


def test_without_labels_none_are_switched_on():
    root = parsed(qml.single(qml.dashed_area("#123b63", 0.4)), None, "fill")
    assert root.get("labelsEnabled") == "0"
    assert root.find("labeling") is None
    assert root.find("layerGeometryType").text == "2"


@pytest.mark.parametrize("words", ["plain", NASTY, "名前 اسم 🚀"])
def test_an_alias_is_text(words):
    root = parsed(qml.single(qml.line("#000000", 1)), None, "line", {words: words})
    alias = root.find("aliases/alias")
    assert (alias.get("field"), alias.get("name")) == (words, words)


def test_a_map_tip_escapes_whatever_an_expression_gives():
    root = parsed(qml.single(qml.line("#000000", 1)), None, "line", tip=qml.tip_of('"a"', {}))
    marks = "map('&','&amp;','<','&lt;','>','&gt;')"
    assert root.find("mapTip").text == (
        f"<b>[% replace(to_string(coalesce(\"a\", '')), {marks}) %]</b>"
    )
    shown = qml.tip_of('"a"', {"Grid": '"b"'})
    assert f"[% replace(to_string(coalesce(\"b\", '')), {marks}) %]" in shown


def test_colours_are_as_qgis_writes_them():
    assert qml.rgba("#0A10fF") == "10,16,255,255"
    assert qml.rgba("#000000", 0) == "0,0,0,0"
