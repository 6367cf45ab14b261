import geopandas as gpd
import pytest

from siting.results.gis.cells import counted, write_cells
from siting.screening import screen as screening
from siting.screening.engine import Engine

HERE = Engine(workers=1)


@pytest.fixture(scope="module")
def folder(screened, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cells") / "cells"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "BLOCK", 150)
        write_cells(screened, folder, HERE)
    return folder


def test_the_parts_read_as_one_table_in_the_order_of_the_cells(screened, folder):
    parts = sorted(folder.iterdir())
    assert len(parts) == round(len(screened.screen.rank) / 150)
    whole = gpd.read_parquet(folder)
    assert whole["h3"].tolist() == [f"{c:x}" for c in screened.screen.land.cell.tolist()]
    assert whole.crs == "EPSG:4326"
    assert whole.geometry.x.to_numpy() == pytest.approx(screened.screen.land.latlon[:, 1])
    best = whole.set_index("rank").loc[1]
    assert best["h3"] == screened.places["site_id"].iloc[screened.order[0]].removeprefix("h3-")


def test_every_part_has_the_same_columns_of_the_same_types(folder):
    first, *others = (gpd.read_parquet(part) for part in sorted(folder.iterdir()))
    for other in others:
        assert (other.dtypes == first.dtypes).all()


def test_a_part_of_a_place_is_read_by_its_bounds(folder):
    own = gpd.read_parquet(folder, bbox=(23.0, 57.0, 29.0, 60.0))
    assert set(own["country"]) <= {"EE", "LV"}
    assert len(own)


def test_only_a_screening_has_cells(nordic, screened, tmp_path):
    write_cells(nordic, tmp_path / "none", HERE)
    assert not (tmp_path / "none").exists()
    assert counted(nordic) == {}
    assert counted(screened)["cells"] > counted(screened)["cells_free"] > 0
