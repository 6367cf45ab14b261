"""A place lies where its file says, or it is a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import SitingError
from geodata.userfiles import read_areas, read_points

ASTRAY = "the point lies outside of its stated country"


def faults(tmp_path: Path, text: str) -> list[tuple[int | None, str, str]]:
    path = tmp_path / "sites.csv"
    path.write_text(text, encoding="utf-8")
    try:
        read_points(path)
    except SitingError as error:
        return [(f.row, f.what, f.hint) for f in error.faults]
    return []


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("39.10,94.62,US", "check the sign of lon, or correct the country"),
        ("22.90,-47.06,BR", "check the sign of lat, or correct the country"),
        ("22.90,47.06,Brazil", "check the signs of lat and lon, or correct the country"),
        ("50.05,19.95,DE", "check lat and lon, or correct the country"),
        ("48.9,2.3,Sweden", "check lat and lon, or correct the country"),
    ],
)
def test_outside_of_the_stated_country(tmp_path: Path, row: str, hint: str) -> None:
    found = faults(tmp_path, f"lat,lon,country\n59.3,18.1,SE\n{row}\n")
    assert found == [(3, ASTRAY, hint)]


def test_exchanged_in_its_country(tmp_path: Path) -> None:
    found = faults(tmp_path, "lat,lon,Country_Code\n18.06,59.33,SE\n")
    assert found == [(2, "latitude and longitude look swapped", "exchange lat and lon")]


@pytest.mark.parametrize(
    "row",
    [
        "52.33,14.56,DE",  # Slubice, across the river from Frankfurt (Oder)
        "59.3,18.1,se", "59.3,18.1,Schweden", "59.3,18.1,", "22.3,114.2,HK", "4.9,-52.3,GF",
        "41.0,28.9,Turkiye", "42.66,21.16,XK",
    ],
)  # fmt: skip
def test_places_that_are_right(tmp_path: Path, row: str) -> None:
    assert faults(tmp_path, f"lat,lon,country\n{row}\n") == []


def test_codes_that_are_none(tmp_path: Path) -> None:
    found = faults(tmp_path, "lat,lon,country\n51.5,-0.1,UK\n59,18,XX\n")
    assert [(row, hint) for row, _, hint in found] == [
        (2, "did you mean GB, or leave it blank"),
        (3, "use a code of ISO 3166-1, two letters, as DE, or leave it blank"),
    ]


def test_what_was_found_is_said(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("lat,lon,country\n22.90,-47.06,BR\n50.05,19.95,DE\n")
    with pytest.raises(SitingError) as caught:
        read_points(tmp_path / "sites.csv")
    assert [f.value for f in caught.value.faults] == [
        "22.9, -47.06 in BR, found at sea", "50.05, 19.95 in DE, found in PL",
    ]  # fmt: skip


EUROPE = [(59.33, 18.06), (52.52, 13.4), (48.86, 2.35), (63.84, 23.13), (41.39, 2.17)]
AMERICA = [(-22.9, -47.06), (-34.6, -58.4), (-12.05, -77.04)]


@pytest.mark.parametrize(
    ("places", "slip", "hint"),
    [
        (EUROPE, lambda lat, lon: (lon, lat), "exchange lat and lon"),
        (AMERICA, lambda lat, lon: (-lat, lon), "check the sign of lat"),
    ],
)
def test_a_list_that_makes_sense_only_after_one_change(tmp_path: Path, places, slip, hint) -> None:
    def text(points: list[tuple[float, float]]) -> str:
        return "lat,lon\n" + "".join(f"{lat},{lon}\n" for lat, lon in points)

    assert faults(tmp_path, text(places)) == []
    found = faults(tmp_path, text([slip(*place) for place in places]))
    assert [row for row, _, _ in found] == [None]
    assert "places lie at sea, and on land after one change to all" in found[0][1]
    assert hint in found[0][2].split(", or ")


def test_a_layer_may_lie_at_sea(tmp_path: Path) -> None:
    (tmp_path / "reefs.csv").write_text("lat,lon\n18.06,59.33\n")
    assert len(read_areas(tmp_path / "reefs.csv")) == 1
