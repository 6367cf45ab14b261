"""The QGIS project: held to its structure here, and opened where QGIS is installed."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from xml.etree import ElementTree as ET

import pytest

from siting.results.gis import project, write
from siting.results.gis.layers import layers
from siting.results.gis.styles import style_of
from siting.results.tables import tables_of

TITLE = 'Where & <b>why</b>? [% 1 + 1 %]\x01\n"x"'
FILE = "ranked_sites.gpkg"
OF_PLAN = [name for name in project.GROUPS if name != "Plants to build"]
OFF = {"estates", "automaker_plants", "freight_flows", "candidates", "barred_sites"}
SYSTEM = "/usr/bin/python3"  # QGIS comes with the system's own
OPEN = """
import json, sys
from qgis.core import QgsApplication, QgsExpression, QgsExpressionContext, QgsProject
application = QgsApplication([], True)
application.initQgis()
project = QgsProject.instance()
read = project.read(f"geopackage:{sys.argv[1]}?projectName=siting")
root, layers = project.layerTreeRoot(), {}
for group in root.children():
    for node in group.children():
        layer = node.layer()
        tip, context = "", QgsExpressionContext()
        for feature in layer.getFeatures():
            context.setFields(layer.fields())
            context.setFeature(feature)
            tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
            break
        name = layer.source().rsplit("=", 1)[1]
        layers[name] = [layer.isValid(), layer.featureCount(), layer.renderer().type(),
                        layer.labelsEnabled(), node.isVisible(), tip]
(page,) = project.layoutManager().printLayouts()
kinds = sorted(type(item).__name__ for item in page.items())
print(json.dumps({"read": read, "title": project.title(), "crs": project.crs().authid(),
                  "groups": [group.name() for group in root.children()], "layers": layers,
                  "items": kinds}))
"""


def _has_qgis() -> bool:
    if not shutil.which(SYSTEM):
        return False
    asked = subprocess.run([SYSTEM, "-c", "import qgis.core"], capture_output=True, check=False)
    return not asked.returncode


@pytest.fixture(scope="module")
def made(nordic):
    return layers(nordic, tables_of(nordic))


@pytest.fixture(scope="module")
def path(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("project") / FILE
    write.write_geopackage(made, path, TITLE)
    return path


@pytest.fixture(scope="module")
def root(path):
    with closing(sqlite3.connect(path)) as book:
        ((name, content),) = book.execute("SELECT name, content FROM qgis_projects").fetchall()
    assert name == project.NAME
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(content))) as parts:
        assert parts.namelist() == [f"{name}.qgs"]
        return ET.fromstring(parts.read(f"{name}.qgs"))  # noqa: S314 - our own


def test_every_layer_is_in_a_group_and_found_beside_the_project(root, made):
    groups = root.findall("layer-tree-group/layer-tree-group")
    assert [group.get("name") for group in groups] == OF_PLAN
    nodes = {node.get("id"): node for group in groups for node in group}
    held = {layer.find("id").text: layer for layer in root.findall("projectlayers/maplayer")}
    assert set(nodes) == set(held)
    assert len(held) == len(made)
    assert min(map(len, held)) > 10  # QGIS takes no shorter id
    for layer in made:
        source = f"./{FILE}|layername={layer.name}"
        (key,) = [key for key, own in held.items() if own.find("datasource").text == source]
        assert nodes[key].get("source") == source
        drawn = nodes[key].get("checked") == "Qt::Checked"
        assert drawn == (layer.name not in OFF)
        own = {tag: held[key].find(tag) for tag in ("renderer-v2", "aliases", "mapTip")}
        beside = style_of(layer)
        for tag, element in own.items():
            assert ET.canonicalize(ET.tostring(element), strip_text=True) == ET.canonicalize(
                ET.tostring(beside.find(tag)), strip_text=True
            )
    assert root.find("properties/Paths/Absolute").text == "false"
    west, south, east, north = (
        float(root.find(f"mapcanvas/extent/{edge}").text)
        for edge in ("xmin", "ymin", "xmax", "ymax")
    )
    for point in made[0].frame.geometry:
        assert west < point.x < east
        assert south < point.y < north


def test_the_page_to_print_has_title_map_legend_scale_and_credits(root):
    (page,) = root.findall("Layouts/Layout")
    items = {item.get("id"): item for item in page.findall("LayoutItem")}
    assert set(items) == {"map", "title", "credits", "legend", "scale"}
    for name in ("legend", "scale"):
        assert items[name].get("mapUuid") == items["map"].get("uuid")
    shown = [node.get("id") for node in items["legend"].iter("layer-tree-layer")]
    held = [layer.find("id").text for layer in root.findall("projectlayers/maplayer")]
    assert set(shown) == {key for key in held if key.split("planner_")[1] not in OFF}
    assert "OpenStreetMap" in items["credits"].get("labelText")


def test_a_title_is_text_and_no_expression(root):
    (title,) = [i for i in root.iter("LayoutItem") if i.get("id") == "title"]
    for text in (root.find("title").text, title.get("labelText")):
        assert text == 'Where & <b>why</b>? [ % 1 + 1 %] "x"'
    assert title.get("htmlState") == "0"


def test_a_project_is_the_same_twice_and_holds_what_layers_there_are(made):
    assert project.project(made, FILE, TITLE) == project.project(made, FILE, TITLE)
    empty = [type(m)(m.name, m.geometry, m.description, m.frame.head(0)) for m in made]
    assert project.project(empty[:1], FILE, "")


@pytest.mark.skipif(not _has_qgis(), reason="QGIS is not installed")
def test_qgis_opens_it_with_every_layer_style_and_tip(path, made):
    run = subprocess.run(
        [SYSTEM, "-c", OPEN, str(path)], capture_output=True, timeout=240, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    seen = json.loads(run.stdout.decode().splitlines()[-1])
    assert seen["read"]
    assert (seen["title"], seen["crs"]) == ('Where & <b>why</b>? [ % 1 + 1 %] "x"', "EPSG:4326")
    assert seen["groups"] == OF_PLAN
    assert set(seen["layers"]) == {layer.name for layer in made}
    for layer in made:
        valid, count, renderer, labels, visible, tip = seen["layers"][layer.name]
        style = style_of(layer)
        assert valid
        assert count == len(layer.frame)
        assert renderer == style.find("renderer-v2").get("type")
        assert labels == (style.get("labelsEnabled") == "1")
        assert visible == (layer.name not in OFF)
        assert tip.startswith("<b>")
        assert "[%" not in tip
    kinds = {"QgsLayoutItemMap", "QgsLayoutItemLegend", "QgsLayoutItemScaleBar"}
    assert kinds <= set(seen["items"])
    assert seen["items"].count("QgsLayoutItemLabel") == 2
