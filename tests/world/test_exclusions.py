import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from siting.study.study import Exclusion
from siting.world import exclusions
from siting.world.exclusions import Account, accounts, in_layers, names, read_layer, sentence

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[20, 60], [24, 60], [24, 64], [20, 64], [20, 60]]],
}
PLACES = pd.DataFrame({"lat": [62.0, 62.0, 10.0], "lon": [22.0, 24.5, 10.0]})


def write(path: Path, *geometries: dict | None) -> Exclusion:
    path.parent.mkdir(exist_ok=True)
    features = [{"type": "Feature", "properties": {}, "geometry": g} for g in geometries]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return Exclusion(file=path)


def told(*given: Exclusion, rules: list[str] | None = None) -> tuple[Account, ...]:
    """Return the accounts of layers over `PLACES`, of which some are excluded before."""
    layers = [read_layer(one) for one in given]
    inside = in_layers(PLACES, given, layers)
    rule = rules or np.where(inside.any(axis=1), exclusions.rule_id("any"), "")
    numbers = exclusions.numbers(inside)
    barred = pd.DataFrame({exclusions.IN_LAYERS: numbers, "rule_id": rule}, dtype=object)
    return accounts(given, layers, barred[barred["rule_id"].ne("")], len(PLACES))


def test_a_layer_without_effect_says_why(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [23.14, 63.85]}
    line = {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}
    far = shapely.geometry.mapping(shapely.box(80, 10, 81, 11))
    (of,) = told(write(tmp_path / "reserves.geojson", point, None, far))
    assert sentence(of) == (
        "reserves.geojson excludes 0 of 3 places; 1 of 3 features has no shape and is left out; "
        "1 feature is a point and with buffer_km 0 excludes only what stands exactly on it - "
        "give buffer_km."
    )
    (of,) = told(write(tmp_path / "b.geojson", point, point, line, None, None))
    assert "2 of 5 features have no shape and are left out" in sentence(of)
    assert (
        "2 features are points and with buffer_km 0 exclude only what stands exactly on them"
        in (sentence(of))
    )
    assert "1 feature is a line and with buffer_km 0" in sentence(of)
    (of,) = told(write(tmp_path / "c.geojson", point).model_copy(update={"buffer_km": 3.0}))
    assert sentence(of) == "c.geojson with 3 km around it excludes 0 of 3 places."


def test_every_layer_counts_all_that_lies_in_it_and_what_it_is_first_to_exclude(
    tmp_path: Path,
) -> None:
    one = write(tmp_path / "one.geojson", SQUARE)
    two = write(tmp_path / "two.geojson", SQUARE).model_copy(update={"buffer_km": 40.0})
    first, second = told(one, two)
    assert (first.places, first.within, first.excluded) == (3, 1, 1)
    assert (second.places, second.within, second.excluded) == (3, 2, 1)
    assert sentence(second) == (
        "two.geojson with 40 km around it excludes 2 of 3 places; 1 of these another rule excludes "
        "first."
    )
    (alone,) = told(one, rules=["country:war", "", ""])
    assert (alone.within, alone.excluded) == (1, 0)


def test_cells_of_a_screening_are_counted_too(tmp_path: Path) -> None:
    given = write(tmp_path / "one.geojson", SQUARE)
    barred = pd.DataFrame({exclusions.IN_LAYERS: [], "rule_id": []}, dtype=str)
    cells = np.array([(61.0, 21.0), (62.0, 22.0), (0.0, 0.0)])
    (of,) = accounts([given], [read_layer(given)], barred, 7, cells)
    assert sentence(of) == "one.geojson excludes 0 of 7 places and 2 of 3 cells."


def test_how_a_long_edge_is_read_is_told(tmp_path: Path) -> None:
    mask = [[-179.9, -85], [179.9, -85], [179.9, 85], [-179.9, 85], [-179.9, -85]]
    hole = [[19, 59], [19, 71], [32, 71], [32, 59], [19, 59]]
    fiji = [[177, -19], [-178, -19], [-178, -16], [177, -16], [177, -19]]
    (of,) = told(write(tmp_path / "mask.geojson", {"type": "Polygon", "coordinates": [mask, hole]}))
    assert of.within == 1
    assert "1 polygon is read as as wide" not in sentence(of)
    assert "1 polygon with an edge longer than 180 degrees is read as wide as drawn" in sentence(of)
    (of,) = told(write(tmp_path / "fiji.geojson", {"type": "Polygon", "coordinates": [fiji]}))
    assert "1 polygon with an edge longer than 180 degrees is read as crossing it" in sentence(of)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a/x.shp", "a/y.shp"], ["x.shp", "y.shp"]),
        (["a/x.shp", "b/x.shp", "y.shp"], ["a/x.shp", "b/x.shp", "y.shp"]),
        (["a/1/x.shp", "b/1/x.shp", "a/2/x.shp"], ["a/1/x.shp", "b/1/x.shp", "2/x.shp"]),
        (["x.shp", "b/x.shp"], ["x.shp", "b/x.shp"]),
        (["x.shp", "x.shp"], ["x.shp", "x.shp"]),  # one file, two buffers
    ],
)
def test_layers_of_one_file_name_are_told_apart_by_their_folders(files, expected) -> None:
    assert names([Exclusion(file=Path(file)) for file in files]) == expected
