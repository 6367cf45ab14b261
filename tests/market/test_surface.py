import h3
import numpy as np
import pytest

from geodata.geometry import rows_holding
from siting.market import surface
from siting.market.customers import freight_to_customers


@pytest.fixture(scope="module")
def shown(nordic):
    return surface.demand_surface(nordic.demand, 30.0)


def test_cells_are_sorted_of_one_size_and_at_most_one_step_from_land():
    found = surface.land_cells()
    cells = [h3.int_to_str(cell) for cell in found["cell"].tolist()]
    assert list(cells) == sorted(set(cells))
    assert {h3.get_resolution(cell) for cell in cells} == {surface.RESOLUTION}
    lat, lon = np.array([h3.cell_to_latlng(cell) for cell in cells]).T
    np.testing.assert_array_equal(found["lat"], lat)
    np.testing.assert_array_equal(found["lon"], lon)
    dry = rows_holding("countries", lat, lon) >= 0
    land = {cell for cell, is_dry in zip(cells, dry, strict=True) if is_dry}
    assert len(land) * 12_393 > 100e6  # km2: land but for Antarctica is 135 million
    assert all(land & set(h3.grid_disk(cell, 1)) for cell in cells)
    assert lat.min() > -62


def test_demand_is_that_of_the_centre_of_the_cell(shown, nordic):
    kt = dict(zip(shown["h3"], shown["kt"], strict=True))
    demand = nordic.demand.plants["anode_kt"].to_numpy(float)
    for cell in list(kt)[:: len(kt) // 5]:
        freight = freight_to_customers(nordic.demand, np.array([h3.cell_to_latlng(cell)])).freight[
            0
        ]
        expected = sum(d * np.exp(-c / 30.0) for d, c in zip(demand, freight, strict=True))
        assert kt[cell] == pytest.approx(expected, rel=1e-3)


def test_only_what_reaches_the_lowest_class_is_shown(shown):
    assert (shown["kt"] >= surface.BREAKS[0]).all()
    assert list(surface.BREAKS) == sorted(surface.BREAKS)
    assert 0 < len(shown) < len(surface.land_cells())


def test_the_works_of_debrecen_are_reached_and_the_sahara_is_not(shown):
    cells = set(shown["h3"])
    assert h3.latlng_to_cell(47.53, 21.63, surface.RESOLUTION) in cells
    assert h3.latlng_to_cell(23.0, 10.0, surface.RESOLUTION) not in cells
