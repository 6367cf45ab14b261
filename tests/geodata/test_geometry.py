"""Layers: what they promise to the rest of the house."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from polyline import decode

from geodata import geometry
from geodata.errors import SitingError

COLUMNS = {
    "countries": ["country", "name", "world_region", "geometry"],
    "regions": ["region", "name", "country", "geometry"],
    "bidding_zones": ["zone", "country", "geometry"],
    "towns": ["geonameid", "name", "country", "region", "lat", "lon", "population"],
    "ports": ["locode", "name", "country", "lat", "lon"],
    "town_names": ["geonameid", "name", "source", "as_of", "confidence"],
    "country_names": ["country", "language", "name", "source", "as_of", "confidence"],
}
EU_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU = EU_CODES.split()


@pytest.mark.parametrize("name", COLUMNS)
def test_layer_has_its_columns_and_no_gaps(name: str) -> None:
    frame = geometry.layer(name)
    assert list(frame.columns) == COLUMNS[name]
    assert frame.notna().all().all()
    assert name in geometry.ATTRIBUTIONS


def test_unknown_layer_names_the_known_ones() -> None:
    with pytest.raises(SitingError, match=r"no such layer.*countries"):
        geometry.layer("rivers")


@pytest.mark.parametrize("name", geometry.GEOMETRIC)
def test_areas_are_valid_and_stay_on_the_globe(name: str) -> None:
    frame = geometry.layer(name)
    assert frame.crs == "EPSG:4326"
    areas = frame.geometry.to_numpy()
    assert shapely.is_valid(areas).all()
    west, south, east, north = shapely.total_bounds(areas)
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90


@pytest.mark.parametrize("name", geometry.GEOMETRIC)
def test_no_area_is_drawn_across_the_map(name: str) -> None:
    parts = shapely.get_parts(geometry.layer(name).geometry.to_numpy())
    bounds = shapely.bounds(parts)
    assert (bounds[:, 2] - bounds[:, 0]).max() < 180
    xy, part = shapely.get_coordinates(shapely.get_exterior_ring(parts), return_index=True)
    jumps = np.abs(np.diff(xy[:, 0]))[np.diff(part) == 0]
    assert jumps.max() < 90


def test_country_codes_are_two_letters_and_unique() -> None:
    countries = geometry.layer("countries")
    assert countries["country"].is_unique
    assert countries["country"].str.fullmatch("[A-Z]{2}").all()
    assert {"FR", "NO", "XK", "NA", "TW", "EH", *EU} <= set(countries["country"])
    named = countries.set_index("country")["name"]
    assert named["NA"] == "Namibia"
    assert named["TR"] == "Türkiye"


def test_region_codes_are_unique_and_belong_to_their_country() -> None:
    regions = geometry.layer("regions")
    coded = regions[regions["region"] != ""]
    assert coded["region"].is_unique
    assert (coded["region"].str.split("-").str[0] == coded["country"]).all()
    assert set(regions["country"]) == set(geometry.layer("countries")["country"])


@pytest.mark.parametrize(
    ("country", "count"),
    [("US", 51), ("CA", 13), ("DE", 16), ("SE", 21), ("FI", 19), ("JP", 47), ("KR", 17),
     ("MY", 16), ("IN", 36), ("OM", 11), ("ID", 34), ("PL", 16), ("CZ", 14)],
)  # fmt: skip
def test_known_numbers_of_first_level_regions(country: str, count: int) -> None:
    regions = geometry.layer("regions")
    mine = regions[(regions["country"] == country) & (regions["region"] != "")]
    assert len(mine) == count


def test_norway_has_the_counties_of_2024() -> None:
    regions = geometry.layer("regions")
    codes = set(regions.loc[regions["country"] == "NO", "region"]) - {"", "NO-21"}
    assert {int(code[3:]) for code in codes} == {
        3, 11, 15, 18, 31, 32, 33, 34, 39, 40, 42, 46, 50, 55, 56,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("country", "km2"),  # land and inland water, thousand km2, national statistics
    [("SE", 447), ("NO", 385), ("DE", 358), ("ID", 1905), ("CA", 9985), ("FI", 338),
     ("JP", 378), ("MY", 330), ("EH", 266), ("UA", 604)],
)  # fmt: skip
def test_areas_agree_with_national_statistics(country: str, km2: float) -> None:
    countries = geometry.layer("countries")
    own = countries[countries["country"] == country].to_crs("EPSG:6933")
    assert own.area.sum() / 1e9 == pytest.approx(km2, rel=0.04)


def test_regions_fill_their_country() -> None:
    regions = geometry.layer("regions").to_crs("EPSG:6933")
    parts = regions.area.groupby(regions["country"]).sum()
    countries = geometry.layer("countries").to_crs("EPSG:6933")
    whole = countries.set_index("country").area
    big = whole[whole > 1e9].index
    np.testing.assert_allclose(parts[big], whole[big], rtol=2e-3)


def test_ports_are_unique_and_the_mended_ones_stand_right() -> None:
    ports = geometry.layer("ports").set_index("locode")
    assert ports.index.is_unique
    assert ports.loc["OMSOH", ["lat", "lon"]].tolist() == [24.505, 56.625]
    # UN/LOCODE 3456N 12742E, which the source list reads as decimal degrees
    assert ports.loc["KRKAN", ["lat", "lon"]].tolist() == pytest.approx([34.9333, 127.7], abs=1e-3)
    assert {"DEHAM", "USSAV", "MAPTM", "IDSRG", "CATRR"} <= set(ports.index)
    assert not {"USCXL", "ATVIE", "USDAL"} & set(ports.index)  # no sea there


def test_ports_are_cargo_ports() -> None:
    codes = set(geometry.layer("ports")["locode"])
    # a river landing, a fishing harbour and a marina against ports that liners call at
    assert not {"MYSAR", "MYLGG", "GBANG", "SEMSD"} & codes
    assert {"MYBTU", "MYSBW", "ZARCB", "IDPTL", "FIKOK", "PTSIE", "PLGDY"} <= codes


def test_towns_are_above_the_threshold_and_sorted() -> None:
    towns = geometry.layer("towns")
    assert towns["geonameid"].is_unique
    assert towns["population"].ge(15000).mean() > 0.99  # seats of governments may be smaller
    assert towns["population"].is_monotonic_decreasing
    assert "NA" in set(towns["country"])
    assert set(towns["region"]) - {""} <= set(geometry.layer("regions")["region"])


def test_basemap_is_small_and_has_what_the_page_draws() -> None:
    drawn = geometry.basemap()
    assert list(drawn) == ["countries", "borders", "coast", "labels"]
    assert len(json.dumps(drawn)) < 600_000
    assert "AQ" not in drawn["countries"]
    missing = set(geometry.layer("countries")["country"]) - set(drawn["countries"])
    assert not missing & {"SE", "FR", "NO", "XK", "NA", "SG", "MT", "BH", *EU}
    for name, lon, lat, zoom, kind in drawn["labels"]:
        assert name
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert (zoom, kind) in {(z, k) for z in range(2, 8) for k in (0, 1)}


@pytest.mark.parametrize("theme", ["borders", "coast"])
def test_basemap_lines_never_run_across_the_map_or_along_the_cut(theme: str) -> None:
    for code in geometry.basemap()[theme]:
        line = np.asarray(decode(code))
        assert np.abs(np.diff(line[:, 0])).max() < 60
        on = np.abs(line[:, 0]) > 179.999
        assert not (on[1:] & on[:-1]).any()


def test_basemap_rings_close_and_stay_in_range() -> None:
    for polygons in geometry.basemap()["countries"].values():
        for rings in polygons:
            for ring in map(decode, rings):
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
                assert max(abs(lon) for lon, _ in ring) <= 180


def test_labels_stand_in_their_country() -> None:
    countries = geometry.layer("countries").set_index("name").geometry
    outside = [
        name
        for name, lon, lat, zoom, kind in geometry.basemap()["labels"]
        if kind == 0
        and zoom <= 4
        and shapely.distance(countries[name], shapely.Point(lon, lat)) > 0.3
    ]
    assert set(outside) <= {"Malaysia", "Indonesia", "Vietnam", "Japan", "Croatia"}


@given(
    lat=st.floats(-70, 70),
    lon=st.one_of(st.floats(-180, 180), st.sampled_from([179.99, -179.99])),
    bearing=st.floats(0, 2 * np.pi),
    km=st.floats(1, 25),
)
def test_nearest_row_measures_distance_as_the_geodesic_does(
    lat: float, lon: float, bearing: float, km: float
) -> None:
    from pyproj import Geod  # noqa: PLC0415 - the oracle, used here alone

    geod = Geod(ellps="sphere")
    x, y, _ = geod.fwd(lon, lat, np.degrees(bearing), km * 1000)
    x = min(max(x, -180 + 1e-6), 180 - 1e-6)
    dot = shapely.box(x - 1e-6, y - 1e-6, x + 1e-6, y + 1e-6)
    edges = geometry.outlines(np.asarray([dot], dtype=object))
    here = (edges, np.array([lat]), np.array([lon]))
    assert geometry.nearest_row(*here, km * 1.02 + 0.01)[0] == 0
    assert geometry.nearest_row(*here, km * 0.98 - 0.01)[0] == -1


def test_layer_is_loaded_once() -> None:
    assert geometry.layer("ports") is geometry.layer("ports")
    assert isinstance(geometry.layer("ports"), pd.DataFrame)
