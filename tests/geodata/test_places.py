"""Places: location, factor look-up, coverage of rules, distances."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_places import HERE, catalogue

from geodata import geometry, places
from geodata.build.towns import COUNTRY_OF
from geodata.errors import SitingError
from geodata.places import covers, locate


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (62.391, 17.306, ("SE", "SE-Y", "SE2")),  # Sundsvall
        (35.046, -85.309, ("US", "US-TN", "")),  # Chattanooga
        (46.366, -72.420, ("CA", "CA-QC", "")),  # Becancour
        (-6.922, 110.203, ("ID", "ID-JT", "")),  # Kendal
        (24.505, 56.625, ("OM", "OM-BS", "")),  # Sohar port, on reclaimed land
        (5.435, 100.570, ("MY", "MY-02", "")),  # Kulim
        (36.029, 129.365, ("KR", "KR-47", "")),  # Pohang
        (63.865, 23.060, ("FI", "FI-07", "FI")),  # Kokkola
        (35.885, -5.500, ("MA", "MA-01", "")),  # Tanger Med
        (33.110, -8.610, ("MA", "MA-06", "")),  # Jorf Lasfar, El Jadida
        (33.970, -6.850, ("MA", "MA-04", "")),  # Rabat
        (31.630, -8.010, ("MA", "MA-07", "")),  # Marrakesh
        (-22.957, 14.505, ("NA", "NA-ER", "")),  # Walvis Bay: Namibia is no missing value
        (65.584, 22.155, ("SE", "SE-BD", "SE1")),  # Lulea
        (59.330, 18.070, ("SE", "SE-AB", "SE3")),  # Stockholm
        (55.605, 13.000, ("SE", "SE-M", "SE4")),  # Malmo
        (59.910, 10.750, ("NO", "NO-03", "NO1")),  # Oslo
        (58.146, 7.996, ("NO", "NO-42", "NO2")),  # Kristiansand
        (63.430, 10.395, ("NO", "NO-50", "NO3")),  # Trondheim
        (66.313, 14.142, ("NO", "NO-18", "NO4")),  # Mo i Rana
        (60.390, 5.320, ("NO", "NO-46", "NO5")),  # Bergen
        (55.676, 12.568, ("DK", "DK-84", "DK2")),  # Copenhagen
        (56.157, 10.211, ("DK", "DK-82", "DK1")),  # Aarhus
        (49.611, 6.130, ("LU", "LU-L", "DE_LU")),  # Luxembourg
        (2.900, 117.360, ("ID", "ID-KU", "")),  # Tanjung Selor, North Kalimantan
        (44.950, 34.100, ("UA", "UA-43", "")),  # Simferopol: law, not control
        (42.663, 21.166, ("XK", "", "")),  # Pristina
        (0.0, -30.0, ("", "", "")),  # Atlantic
    ],
)
def test_locate_known_points(lat: float, lon: float, expected: tuple[str, str, str]) -> None:
    assert tuple(locate([lat], [lon]).iloc[0]) == expected


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (-16.85, -179.97, "FJ"),  # Taveuni, east of 180 degrees
        (-17.80, 178.00, "FJ"),
        (66.0, -172.0, "RU"),  # Chukotka, western hemisphere
        (67.0, 178.0, "RU"),
        (52.90, 173.10, "US"),  # Attu, eastern hemisphere
        (51.88, -176.65, "US"),  # Adak
    ],
)
def test_locate_beside_the_antimeridian(lat: float, lon: float, country: str) -> None:
    assert locate([lat], [lon])["country"].tolist() == [country]


def test_offshore_points_snap_within_ten_km_only() -> None:
    # due west of Jutland's straight coast at Hvide Sande (8.13 E)
    lon = 8.10 - np.array([3.0, 8.0, 14.0, 40.0]) / (111.195 * np.cos(np.radians(56.0)))
    assert locate(np.full(4, 56.0), lon)["country"].tolist() == ["DK", "DK", "", ""]


def test_a_stated_country_wins_near_its_border_only() -> None:
    # Frankfurt (Oder), 6 km across the river, Warsaw
    lat, lon = [52.342, 52.350, 52.230], [14.545, 14.650, 21.010]
    assert locate(lat, lon)["country"].tolist() == ["DE", "PL", "PL"]
    assert locate(lat, lon, ["PL", "DE", "DE"])["country"].tolist() == ["PL", "DE", "PL"]
    stated = locate(lat, lon, ["PL", "DE", ""])
    assert stated["region"].tolist() == ["PL-08", "DE-BB", "PL-14"]
    assert stated["zone"].tolist() == ["PL", "DE_LU", "PL"]


def test_an_unknown_stated_country_changes_nothing() -> None:
    assert locate([52.342], [14.545], ["ZZ"])["country"].tolist() == ["DE"]


@pytest.mark.parametrize(
    "table", ["industrial_sites", "gigafactories", "anode_plants", "automaker_plants"]
)
def test_every_plant_and_site_lies_in_its_stated_country(table: str) -> None:
    rows = catalogue(table)
    found = locate(rows["lat"], rows["lon"])["country"].to_numpy()
    wrong = rows.loc[found != rows["country"].to_numpy()]
    assert wrong.empty, wrong[[rows.columns[0], "country", "lat", "lon"]].to_string()


def test_locate_gathers_every_bad_coordinate() -> None:
    with pytest.raises(SitingError) as error:
        locate([91.0, 10.0, np.nan], [0.0, 200.0, 0.0])
    assert [(f.row, f.column) for f in error.value.faults] == [(1, "lat"), (3, "lat"), (2, "lon")]
    with pytest.raises(SitingError, match="differ in number"):
        locate([1.0, 2.0], [1.0])
    with pytest.raises(SitingError, match="one country a point"):
        locate([1.0, 2.0], [1.0, 2.0], ["FR"])


def test_locate_takes_nothing() -> None:
    assert locate([], []).shape == (0, 3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-60, 80), st.floats(-180, 180)), min_size=2, max_size=30),
       st.randoms(use_true_random=False))  # fmt: skip
def test_locate_does_not_depend_on_order_or_company(points, random) -> None:
    lat, lon = np.array(points).T
    whole = locate(lat, lon)
    order = list(range(len(points)))
    random.shuffle(order)
    shuffled = locate(lat[order], lon[order])
    pd.testing.assert_frame_equal(shuffled, whole.iloc[order].reset_index(drop=True))
    pd.testing.assert_frame_equal(locate(lat[:1], lon[:1]), whole.head(1))


def test_every_geography_of_the_catalogue_exists() -> None:
    regions = set(geometry.layer("regions")["region"])
    zones = set(geometry.layer("bidding_zones")["zone"])
    # the layers count overseas regions with their country
    countries = set(geometry.layer("countries")["country"]) | set(COUNTRY_OF)
    laws, factors = catalogue("policy_zones"), catalogue("place_factors")
    for geo_type, known in (
        ("iso2", countries),
        ("iso3166-2", regions),
        ("nuts", set(places._nuts())),
    ):
        used = laws.loc[laws["geo_type"] == geo_type, "geography"].str.split(";").explode()
        assert set(used.str.strip()) <= known
    for kind, known in (("country", countries), ("iso3166-2", regions), ("bidding_zone", zones)):
        column = "iso2" if kind == "country" else "region_code"
        assert set(factors.loc[factors["region_type"] == kind, column]) <= known


def test_nuts_regions_exist_and_split_only_as_noted() -> None:
    table = catalogue("nuts_regions")
    assert set(table["region"]) <= set(geometry.layer("regions")["region"])
    assert not table.duplicated(["nuts", "region"]).any()
    shared = table[table["region"].duplicated(keep=False)]
    assert (shared["note"] != "").all()


# ---- factors -------------------------------------------------------------------------------


def test_covers_each_kind_of_geography() -> None:
    assert covers(HERE, "iso2", "SE;US").tolist() == [True, True, False, False, False]
    assert covers(HERE, "iso2", " SE ; NO ").tolist() == [True, False, True, False, False]
    assert covers(HERE, "iso3166-2", "US-TN").tolist() == [False, True, False, False, False]
    assert covers(HERE, "nuts", "SE32;SE33").tolist() == [True, False, False, False, False]
    assert not covers(HERE, "iso2", "").any()  # the sea is in no country


def test_covers_refuses_what_it_does_not_know() -> None:
    with pytest.raises(SitingError, match="unknown kind"):
        covers(HERE, "hex", "SE")
    with pytest.raises(SitingError, match="SE99"):
        covers(HERE, "nuts", "SE32;SE99")


def test_nuts_of_known_towns() -> None:
    # Debrecen, Lulea, Oulu, Huelva, Cottbus, Wroclaw (PL51, outside the eastern aid)
    lat = [47.53, 65.58, 65.01, 37.26, 51.76, 51.11]
    lon = [21.63, 22.15, 25.47, -6.95, 14.33, 17.03]
    at = locate(lat, lon)
    for code, town in (
        ("HU32", 0),
        ("SE33", 1),
        ("FI1D", 2),
        ("ES61", 3),
        ("DE40", 4),
        ("PL51", 5),
    ):
        assert covers(at, "nuts", code).tolist() == [i == town for i in range(6)], code


# ---- world regions and distances -----------------------------------------------------------


def test_world_regions_follow_the_united_nations() -> None:
    known = {"SE": "Northern Europe", "NA": "Southern Africa", "MY": "South-Eastern Asia",
             "OM": "Western Asia", "MX": "Central America", "US": "Northern America"}  # fmt: skip
    assert {code: places.world_region(code) for code in known} == known
    assert places.world_region("") == places.world_region("ZZ") == ""
    assert set(places.world_regions()) == set(geometry.layer("countries")["country"])


def test_distinct_places_are_the_places_again() -> None:
    twice = pd.concat([HERE, HERE.iloc[::-1]])
    few, which = places.distinct(twice, "country", "region", "zone")
    assert len(few) == len(HERE)
    pd.testing.assert_frame_equal(few.iloc[which].set_axis(twice.index), twice)
    none, which = places.distinct(HERE.head(0), "country")
    assert (len(none), len(which)) == (0, 0)


def test_several_geographies_at_once_are_each_alone() -> None:
    areas = [("iso2", "SE;US"), ("nuts", "SE32"), ("iso3166-2", "US-TN;BR-SP"), ("iso2", "")]
    alone = np.column_stack([covers(HERE, *area) for area in areas])
    assert (places.covered(HERE, areas) == alone).all()
    assert places.covered(HERE, []).shape == (len(HERE), 0)


@pytest.mark.parametrize(
    ("code", "words"),
    [("FI", "Finland"), ("QQ", "QQ"), ("", ""), (float("nan"), ""), (None, "")],
)
def test_a_country_is_called_by_its_name_or_its_code(code, words):
    assert places.country_name(code) == words
