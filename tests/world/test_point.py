"""Coordinates as people write them, and what is no point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.world.point import coordinates


@pytest.mark.parametrize(
    "text",
    [
        "62.39,17.31", " 62.39 , 17.31 ", "+62.39,17.31", "62.39 17.31", "62.39;17.31",
        "62.39N,17.31E", "62.39 n, 17.31 e", "N62.39 E17.31", "62.39° N, 17.31° E",
        "17.31E,62.39N", "17.31E 62.39", "62.39,17.31E",
    ],
)  # fmt: skip
def test_one_point_in_many_ways(text):
    assert coordinates(text).latlon == (62.39, 17.31)


@pytest.mark.parametrize(
    "text", ["-33.9,18.4", "33.9S,18.4E", "S33.9 18.4", "\N{MINUS SIGN}33.9,18.4"]
)
def test_south_is_a_sign_or_a_letter(text):
    assert coordinates(text).latlon == (-33.9, 18.4)


@given(st.decimals(-90, 90, places=5), st.decimals(-180, 180, places=5))
def test_what_is_written_is_what_is_read(lat, lon):
    assert coordinates(f"{lat},{lon}").latlon == (float(lat), float(lon))
    north, east = "NS"[lat < 0], "EW"[lon < 0]
    assert coordinates(f"{abs(lon)}{east}, {abs(lat)}{north}").latlon == (float(lat), float(lon))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("62,39,17,31", "write decimal points: 62.39,17.31"),
        ("-33,9; 18,4", "write decimal points: -33.9,18.4"),
        ("62.39", "write latitude,longitude"),
        ("1,2,3", "write latitude,longitude"),
        ("62°23'N 17°18'E", "write latitude,longitude"),
        ("-33.9S,18.4E", "write latitude,longitude"),
        ("33.9S,18.4N", "write latitude,longitude"),
        ("95,10", "latitude comes first: 10,95?"),
        ("10,-190", "write latitude,longitude"),
        ("1" * 400 + ",2", "write latitude,longitude"),
    ],
)
def test_what_is_no_point_says_how_to_write_one(text, hint):
    with pytest.raises(SitingError) as caught:
        coordinates(text, "origin")
    (fault,) = caught.value.faults
    assert hint in fault.hint
    assert (fault.where, fault.value) == ("origin", text)


@pytest.mark.parametrize("text", ["Salzgitter", "", "nan,inf", "S", "N,E", "Site 7", "Our plot, 7"])
def test_words_are_no_numbers(text):
    assert coordinates(text) is None
