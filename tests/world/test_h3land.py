import h3
import numpy as np
import pytest
import shapely

from geodata.errors import SitingError
from geodata.geometry import layer
from geodata.places import locate
from geodata.sphere import great_circle_km
from siting.world.h3land import REGIONS, WORLD, countries_of, land, named


@pytest.fixture(scope="module")
def baltic():
    return land(5, ("EE", "LV", "LT"))


def test_every_cell_has_its_centre_in_its_country(baltic):
    frame = baltic.frame(slice(None))
    outlines = layer("countries").set_index("country")["geometry"]
    for country, own in frame.groupby("country"):
        inside = shapely.contains_xy(outlines[country].buffer(0.02), own["lon"], own["lat"])
        assert inside.all()


def test_cells_are_those_of_h3_and_none_is_missed(baltic):
    cells = {h3.int_to_str(int(cell)) for cell in baltic.cell}
    assert len(cells) == len(baltic)
    assert (np.diff(baltic.cell.astype(np.int64)) > 0).all()
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(54, 59.5, 300), rng.uniform(21, 28, 300)
    near = {h3.latlng_to_cell(y, x, 5) for y, x in zip(lat, lon, strict=True)}
    centre = np.array([h3.cell_to_latlng(cell) for cell in sorted(near)])
    at = locate(centre[:, 0], centre[:, 1])["country"].to_numpy()
    on_land = layer("regions").dissolve("country")["geometry"]
    for cell, (y, x), country in zip(sorted(near), centre, at, strict=True):
        dry = country in ("EE", "LV", "LT") and on_land[country].contains(shapely.Point(x, y))
        assert (cell in cells) == dry


def test_places_are_those_that_a_point_would_find(baltic):
    frame = baltic.frame(np.arange(0, len(baltic), 7))
    at = locate(frame["lat"].to_numpy(), frame["lon"].to_numpy())
    for column in ("country", "region", "zone"):
        assert (frame[column].to_numpy() == at[column].to_numpy()).mean() > 0.99


def test_a_second_time_the_cells_come_from_the_cache_and_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("SITING_CACHE", str(tmp_path))
    first = land(4, ("EE",))
    assert list(tmp_path.glob("*.npy"))
    monkeypatch.setattr("siting.world.h3land._cells", None)
    again = land(4, ("EE",))
    assert again.cell.tolist() == first.cell.tolist()
    assert again.frame(slice(None)).equals(first.frame(slice(None)))


def test_a_country_is_never_in_two_parts_of_the_world_and_the_world_has_all():
    parts = [set(countries_of((name,))) for name in REGIONS]
    assert sum(map(len, parts)) == len(set().union(*parts))
    assert set().union(*parts) <= set(countries_of((WORLD,)))
    assert {"DE", "SE", "PL"} <= set(countries_of(("europe",)))
    assert countries_of(("europe", "MA"), closed=("RU",)) == sorted(
        (set(countries_of(("europe",))) | {"MA"}) - {"RU"}
    )


def test_unknown_names_are_told_all_at_once_and_closed_ones_leave_nothing():
    with pytest.raises(SitingError) as caught:
        countries_of(("europ", "FI", "XX"))
    assert [f.value for f in caught.value.faults] == ["europ", "XX"]
    assert "europe" in str(caught.value)
    with pytest.raises(SitingError, match="closed"):
        countries_of(("RU",), closed=("RU",))


def test_a_named_cell_names_the_nearest_town(baltic):
    rows = np.array([0, len(baltic) // 2, len(baltic) - 1])
    frame = named(baltic, rows)
    towns = layer("towns")
    for place in frame.itertuples():
        km = great_circle_km(place.lat, place.lon, towns["lat"].to_numpy(), towns["lon"].to_numpy())
        assert place.name == f"Hexagon near {towns['name'].iloc[int(np.argmin(km))]}"
        assert h3.is_valid_cell(place.site_id.removeprefix("h3-"))
        assert h3.latlng_to_cell(place.lat, place.lon, 5) == place.site_id.removeprefix("h3-")
