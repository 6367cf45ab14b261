import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from maps.palette import CARS, SCORE, STATUS
from siting.results.gis import styles as gis_styles
from siting.results.gis.layers import layers
from siting.results.gis.qml import rgba
from siting.results.tables import tables_of


@pytest.fixture(scope="module")
def made(nordic):
    return {layer.name: layer for layer in layers(nordic, tables_of(nordic))}


@pytest.fixture(scope="module")
def styles(made):
    texts = {name: gis_styles.style(layer) for name, layer in made.items()}
    return {name: ET.fromstring(text) for name, text in texts.items()}  # noqa: S314 - our own


def colours(root):
    options = root.findall("renderer-v2/symbols/symbol/layer/Option/Option[@name='color']")
    return [option.get("value") for option in options]


def test_every_layer_has_a_style(made):
    assert set(gis_styles.STYLES) == {*made, "plants", "flows"}  # the last two: of a portfolio


@pytest.mark.parametrize(
    ("name", "column"), [("ranked_sites", "share"), ("candidates", "odds_vs_median")]
)
def test_marks_wear_the_colours_of_the_palette_and_none_is_left_out(styles, made, name, column):
    assert colours(styles[name]) == [rgba(fill) for fill in SCORE]
    classes = styles[name].findall("renderer-v2/ranges/range")
    shown = made[name].frame[column]
    assert styles[name].find("renderer-v2").get("attr") == column
    assert float(classes[0].get("lower")) <= shown.min()
    assert float(classes[-1].get("upper")) >= shown.max()


def test_shares_are_in_per_cent_in_the_legend(styles):
    classes = styles["ranked_sites"].findall("renderer-v2/ranges/range")
    last = classes[-1]
    assert last.get("label").endswith(f"\N{EN DASH}{100 * float(last.get('upper')):g} %")


@pytest.mark.parametrize(
    ("name", "column", "fills"),
    [
        ("gigafactories", "status", STATUS),
        ("anode_plants", "status", STATUS),
        ("automaker_plants", "ev_output_status", CARS),
    ],
)
def test_every_status_has_its_fill_and_its_words(styles, made, name, column, fills):
    renderer = styles[name].find("renderer-v2")
    assert renderer.get("attr") == column
    named = {c.get("value"): c.get("label") for c in renderer.findall("categories/category")}
    assert named == {value: words for value, (words, _) in fills.items()}
    assert set(made[name].frame[column]) <= set(named)
    full = [rgba(fill) for _, fill in fills.values() if fill]
    assert [c for c in colours(styles[name]) if not c.endswith(",0")] == full


def test_zones_are_dashed_and_sites_bear_rank_and_name(styles):
    dash = styles["siting_zones"].find(".//Option[@name='outline_style']")
    assert dash.get("value") == "dash"
    text = styles["ranked_sites"].find("labeling/settings/text-style").get("fieldName")
    assert '"rank"' in text
    assert '"name"' in text


def test_a_style_reads_only_columns_that_the_layer_has(styles, made):
    for name, root in styles.items():
        texts = [o.get("value") for o in root.iter("Option") if o.get("name") == "expression"]
        texts += [t.get("fieldName") for t in root.iter("text-style")]
        texts += [clause.text for clause in root.iter("orderByClause")]
        texts += [root.find("previewExpression").text]
        texts += re.findall(r"\[% (.*?) %\]", root.find("mapTip").text)
        asked = {part for text in texts for part in text.split('"')[1::2]}
        asked |= {r.get("attr") for r in root.iter("renderer-v2")} - {None}
        asked |= {alias.get("field") for alias in root.iter("alias")}
        assert asked <= set(made[name].frame.columns), name


def test_text_of_the_users_is_no_part_of_a_style(made):
    hostile = made["ranked_sites"]
    frame = hostile.frame.assign(**{"evil<heading>": "evil<cell>", "name": "evil<name>"})
    text = gis_styles.style(type(hostile)(hostile.name, hostile.geometry, "", frame))
    assert "evil" not in text


@pytest.mark.parametrize(
    ("values", "whole"),
    [([], 1.0), ([0.0], 1.0), ([0.07, 0.001], 0.1), ([0.2], 0.2), ([125.7, 3.0], 200.0),
     ([1.0], 1.0), ([0.51], 1.0)],
)  # fmt: skip
def test_classes_end_at_parts_of_a_round_number_that_holds_every_value(values, whole):
    ends = gis_styles.breaks(np.array(values))
    assert ends == pytest.approx([0, whole / 20, whole / 5, whole / 2, whole])
