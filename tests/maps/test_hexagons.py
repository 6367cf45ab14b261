from __future__ import annotations

import h3
import numpy as np
import pandas as pd
import pytest
import shapely

from maps import basemap_shapes, hexagons

BREAKS = (2.0, 10.0, 25.0)


def surface(cells: list[str], kt: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"h3": cells, "kt": kt})


def test_classes_take_their_lower_end_and_nothing_lies_below_the_first() -> None:
    cells = [h3.latlng_to_cell(50.0 + 3 * k, 60.0, 3) for k in range(5)]  # inland
    areas = hexagons.classes(surface(cells, [1.9, 2.0, 9.99, 10.0, 400.0]), BREAKS)
    inland = [shapely.area(hexagons.outlines(np.array([c])))[0] for c in cells]
    assert [len(area.geoms) for area in areas] == [2, 1, 1]
    assert areas[0].area == pytest.approx(inland[1] + inland[2], rel=1e-6)


def test_neighbours_become_one_area_without_seams() -> None:
    disk = sorted(h3.grid_disk(h3.latlng_to_cell(50.5, 11.0, 3), 1))  # Thuringia: no coast
    area = hexagons.classes(surface(disk, [5.0] * 7), BREAKS)[0]
    assert len(area.geoms) == 1
    assert len(area.geoms[0].interiors) == 0
    single = hexagons.outlines(np.array(disk))
    assert area.area == pytest.approx(shapely.area(single).sum(), rel=1e-6)


def test_the_sea_is_cut_away() -> None:
    disk = sorted(h3.grid_disk(h3.latlng_to_cell(55.5, 11.0, 3), 2))  # Denmark
    area = hexagons.classes(surface(disk, [30.0] * len(disk)), BREAKS)[2]
    assert 0 < area.area < 0.8 * shapely.area(hexagons.outlines(np.array(disk))).sum()
    assert area.difference(basemap_shapes.whole()).area < 1e-9


def test_a_cell_across_the_date_line_becomes_two_halves() -> None:
    cell = h3.latlng_to_cell(66.0, 179.99, 3)  # Chukotka
    halves = hexagons.outlines(np.array([cell]))
    west, east = sorted(shapely.bounds(halves).tolist())
    assert west[0] == -180.0
    assert east[2] == 180.0
    assert max(box[2] - box[0] for box in (west, east)) < 10
    km2 = h3.cell_area(cell, "km^2")
    flat = shapely.area(halves).sum() * 111.195**2 * np.cos(np.radians(66.0))
    assert flat == pytest.approx(km2, rel=0.02)


def test_no_cells_no_areas() -> None:
    assert [a.is_empty for a in hexagons.classes(surface([], []), BREAKS)] == [True] * 3
