"""Places: location, factor look-up, coverage of rules, distances."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata import geometry, places
from geodata.build.towns import COUNTRY_OF
from geodata.errors import SitingError
from geodata.places import (
    covers,
    factor_at,
    geodesic_km,
    great_circle_km,
    locate,
    rows_read,
    unit_vectors,
)


def catalogue(name: str) -> pd.DataFrame:
    path = geometry.files("geodata") / "catalogue" / f"{name}.csv"
    with path.open(encoding="utf-8") as text:
        return pd.read_csv(text, keep_default_na=False)


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


def factors(*rows: tuple[str, str, str, object, str, str]) -> pd.DataFrame:
    columns = ["iso2", "region_code", "region_type", "value", "year", "confidence"]
    return pd.DataFrame(rows, columns=columns).assign(factor="price")


HERE = pd.DataFrame(
    [
        ("SE", "SE-Y", "SE2"),
        ("US", "US-TN", ""),
        ("NO", "NO-03", "NO1"),
        ("BR", "BR-SP", ""),
        ("", "", ""),
    ],
    columns=["country", "region", "zone"],
)
TINY = factors(
    ("SE", "", "country", 60.0, "2024", "A"),
    ("SE", "SE2", "bidding_zone", 27.0, "2024", "B"),
    ("US", "US-TN", "iso3166-2", 70.0, "2023", "A"),
    ("US", "US-GA", "iso3166-2", 90.0, "2023", "A"),
    ("DK", "", "country", 100.0, "2024", "A"),
    ("FI", "", "country", 50.0, "2024", "A"),
)


def test_factor_falls_back_to_the_nearest_wider_place() -> None:
    got = factor_at(TINY, "price", HERE)
    # Norway: median of SE 60, DK 100, FI 50; Brazil, the sea: of these and the US median 80
    assert got["value"].tolist() == [27.0, 70.0, 60.0, 70.0, 70.0]
    assert got["level"].tolist() == ["zone", "region", "world_region", "world", "world"]
    assert got["imputed"].tolist() == [False, False, True, True, True]
    assert got["confidence"].tolist() == ["B", "A", "C", "C", "C"]
    assert not got["late"].any()


def test_factor_of_a_country_known_only_by_parts_is_their_median() -> None:
    ohio = pd.DataFrame([("US", "US-OH", "")], columns=["country", "region", "zone"])
    got = factor_at(TINY, "price", ohio).iloc[0]
    assert (got["value"], got["level"], got["imputed"]) == (80.0, "country", True)


def test_factor_region_without_row_takes_the_country_unimputed() -> None:
    place = pd.DataFrame([("SE", "SE-BD", "SE1")], columns=["country", "region", "zone"])
    got = factor_at(TINY, "price", place).iloc[0]
    assert (got["value"], got["level"], got["imputed"]) == (60.0, "country", False)


def test_newest_figure_wins_and_as_of_hides_the_future() -> None:
    series = factors(
        ("SE", "", "country", 5.0, "2022", "A"),
        ("SE", "", "country", 1.0, "2024", "A"),
        ("SE", "", "country", 2.0, "2024-S2", "A"),
        ("SE", "", "country", 3.0, "2024-S1", "A"),
        ("SE", "", "country", 4.0, "2024e", "A"),
    )
    place = HERE.head(1)

    def at(day: date | None) -> tuple[float, bool]:
        row = factor_at(series, "price", place, day).iloc[0]
        return row["value"], row["late"]

    assert at(None) == (2.0, False)
    assert at(date(2026, 11, 22)) == (2.0, False)
    assert at(date(2023, 11, 28)) == (5.0, False)
    assert at(date(2021, 1, 1)) == (5.0, True)  # only later figures: the earliest, flagged


def test_confidence_breaks_ties_of_one_year() -> None:
    twice = factors(
        ("SE", "", "country", 1.0, "2024", "C"), ("SE", "", "country", 2.0, "2024", "A")
    )
    assert factor_at(twice, "price", HERE.head(1))["value"].tolist() == [2.0]


def test_flags_become_numbers_and_blanks_are_unknown() -> None:
    flags = factors(
        ("SE", "", "country", "n", "2024", "A"),
        ("US", "", "country", "y", "2024", "A"),
        ("BR", "", "country", "", "2024", "A"),
    )
    got = factor_at(flags, "price", HERE.iloc[[0, 1, 3]])
    assert got["value"].tolist() == [0.0, 1.0, 0.5]
    assert got["level"].tolist() == ["country", "country", "world"]
    assert got.index.tolist() == [0, 1, 3]


def test_unknown_factor_is_an_error_that_names_the_known() -> None:
    with pytest.raises(SitingError, match=r"no such factor.*price"):
        factor_at(TINY, "gold", HERE)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(TINY))), st.permutations(range(len(HERE))))
def test_factor_does_not_depend_on_order(rows: list[int], people: list[int]) -> None:
    got = factor_at(TINY.iloc[rows], "price", HERE.iloc[people])
    pd.testing.assert_frame_equal(got.sort_index(), factor_at(TINY, "price", HERE))


def test_catalogue_factors_are_found_for_every_site() -> None:
    sites = catalogue("industrial_sites")
    where = locate(sites["lat"], sites["lon"], sites["country"])
    table = catalogue("place_factors")
    for factor in table["factor"].unique():
        got = factor_at(table, factor, where)
        assert got["value"].notna().all(), factor
        assert got["level"].isin(places.LEVELS).all()
    price = factor_at(table, "day_ahead_price_usd_per_mwh", where)
    assert set(price.loc[price["level"] == "zone", "value"].index) == set(
        np.flatnonzero(where["country"].isin(["SE", "NO", "DK", "FI"]))
    )


def test_the_rows_read_hold_the_figures() -> None:
    sites = catalogue("industrial_sites")
    where = locate(sites["lat"], sites["lon"], sites["country"])
    table = catalogue("place_factors")
    for factor in table["factor"].unique():
        got = factor_at(table, factor, where, date(2024, 6, 1))
        rows, share = rows_read(table, factor, where, date(2024, 6, 1))
        assert set(table["factor"].iloc[rows]) == {factor}
        assert share.sum(axis=1) == pytest.approx(np.ones(len(where)))
        cells = table["value"].iloc[rows].replace({"y": "1", "n": "0"})
        values = cells.to_numpy(dtype=object).astype(float)
        exact = ~got["imputed"].to_numpy(dtype=bool)
        assert (share[exact] > 0).sum(axis=1).tolist() == [1] * exact.sum()
        assert (share @ values)[exact] == pytest.approx(got["value"][exact])
        lowest = np.where(share > 0, values, np.inf).min(axis=1)
        highest = np.where(share > 0, values, -np.inf).max(axis=1)
        assert got["value"].between(lowest - 1e-9, highest + 1e-9).all(), factor


# ---- coverage ------------------------------------------------------------------------------


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


angle = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(angle, angle)
def test_great_circle_is_within_0_6_percent_of_the_geodesic(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    exact = Geod(ellps="WGS84").inv(a[1], a[0], b[1], b[0])[2] / 1000
    assert great_circle_km(*a, *b) == pytest.approx(exact, rel=6e-3, abs=1e-6)
    assert geodesic_km(*a, *b) == pytest.approx(exact, rel=1e-12, abs=1e-9)
    assert great_circle_km(*a, *b) == great_circle_km(*b, *a)


@given(angle, angle)
def test_unit_vectors_carry_the_distance(a: tuple[float, float], b: tuple[float, float]) -> None:
    u, v = unit_vectors(*a), unit_vectors(*b)
    assert np.linalg.norm(u) == pytest.approx(1.0)
    chord = 2 * 6371.0088 * np.arcsin(np.clip(np.linalg.norm(u - v) / 2, 0, 1))
    assert great_circle_km(*a, *b) == pytest.approx(chord, abs=1e-3, rel=1e-6)


def test_distances_broadcast() -> None:
    lat, lon = np.array([0.0, 0.0, 90.0]), np.array([0.0, 90.0, 0.0])
    matrix = great_circle_km(lat[:, None], lon[:, None], lat, lon)
    quarter = 6371.0088 * np.pi / 2
    expected = quarter * (1 - np.eye(3))
    np.testing.assert_allclose(matrix, expected, atol=1e-9)
    assert geodesic_km(lat[:, None], lon[:, None], lat, lon).shape == (3, 3)
    assert unit_vectors(lat, lon).shape == (3, 3)


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
