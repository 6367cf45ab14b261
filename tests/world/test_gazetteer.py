"""One door for places: whatever has a name is found by it, or asked back with what picks it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.geometry import layer
from geodata.load import table
from geodata.sphere import great_circle_km
from geodata.tables import TABLES
from siting.world.gazetteer import (
    SOURCES,
    candidate,
    catalogue,
    names_of,
    place,
    ports,
    town_names,
    towns,
)
from siting.world.names import Names, exactly, matches
from siting.world.spelling import keys

POINTS = sorted(name for name in TABLES if {"lat", "lon"} <= set(table(name)))
PLANTS = [name for name in POINTS if name != "power_stations"]  # these bear the names of towns


def asked(words: str) -> list[str]:
    """Return the words that a fault asks back, of words that mean several places."""
    with pytest.raises(SitingError, match="several are meant") as caught:
        place(words)
    return re.findall(r'"([^"]+)" \(', caught.value.faults[0].hint)


def test_no_point_table_is_left_out():
    assert set(SOURCES) == set(POINTS)


@pytest.mark.parametrize("name", POINTS)
def test_every_id_of_the_catalogue_is_known_once_and_where_it_lies(name):
    rows, known = table(name), catalogue().rows
    assert known["id"].str.casefold().is_unique
    mine = known.set_index("id").loc[rows[SOURCES[name].id]]
    assert np.array_equal(mine[["lat", "lon"]], rows[["lat", "lon"]])
    for i in range(0, len(rows), max(1, len(rows) // 40)):
        assert place(rows[SOURCES[name].id][i].upper()).latlon == (rows["lat"][i], rows["lon"][i])


@pytest.mark.parametrize("name", [name for name in PLANTS if "name" in table(name)])
def test_every_name_of_a_site_or_plant_finds_it_or_asks_back_with_it(name):
    for row in table(name).to_dict("records"):
        try:
            at = [place(row["name"])]
        except SitingError:
            at = [place(words) for words in asked(row["name"])]
        assert (row["lat"], row["lon"]) in [one.latlon for one in at], row["name"]


def test_every_power_station_is_found_under_the_name_of_its_kind():
    rows = table("power_stations").iloc[::150]
    for row in rows.to_dict("records"):
        try:
            at = [place(f"{row['name']} power station")]
        except SitingError:
            at = [place(words) for words in asked(f"{row['name']} power station")]
        assert (row["lat"], row["lon"]) in [one.latlon for one in at]
    assert place("Dammam").name == "Dammam, SA"  # the town, not the station of its name


@pytest.mark.parametrize("rows", [towns(), ports()], ids=["towns", "ports"])
def test_towns_and_ports_are_found_by_id_and_by_name_or_asked_back(rows):
    for row in rows.iloc[:: len(rows) // 20].to_dict("records"):
        assert place(row["site_id"]).latlon == (row["lat"], row["lon"])
        try:
            at = [place(row["name"])]
        except SitingError:
            at = [place(words) for words in asked(row["name"])]
        assert (row["lat"], row["lon"]) in [one.latlon for one in at]


def test_tanger_is_tangier_or_what_is_called_so_and_not_tangerang():
    said = asked("Tanger")
    assert {"Tangier", "Cité Mohammed VI Tanger Tech", "Port of Tanger Med"} <= set(said)
    assert all("Tangerang" not in words for words in said)
    assert place("Tanger Tech").name == "Cité Mohammed VI Tanger Tech, MA"
    assert place("tangerang").name == "Tangerang, ID"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Göteborg", "Gothenburg, SE"), ("gothenburg", "Gothenburg, SE"), ("Cologne", "Köln, DE"),
        ("Koeln", "Köln, DE"), ("Wien", "Vienna, AT"), ("Wien, Österreich", "Vienna, AT"),
        ("Praha", "Prague, CZ"), ("Lisboa", "Lisbon, PT"), ("Bucuresti", "Bucharest, RO"),
        ("Firenze", "Florence, IT"), ("Saigon", "Ho Chi Minh City, VN"), ("Bombay", "Mumbai, IN"),
        ("Milano", "Milan, IT"), ("WARSZAWA", "Warsaw, PL"), ("東京", "Tokyo, JP"),
        ("부산", "Busan, KR"), ("釜山, 韩国", "Busan, KR"), ("ヨーテボリ", "Gothenburg, SE"),
    ],
)  # fmt: skip
def test_a_town_is_found_by_its_other_names(text, name):
    assert place(text).name == name


def test_a_further_name_of_several_towns_is_asked_back():
    shared = next(name for name, ids in town_names().items()
                  if len(ids) == 2 and not exactly(Names(towns()), name).size)  # fmt: skip
    assert len(asked(shared)) >= 2


def test_a_name_that_a_place_bears_goes_before_a_further_name_of_another():
    bearers = {name for name in keys(towns()["name"]) if name in town_names()}
    assert bearers
    for name in sorted(bearers)[:: len(bearers) // 15]:
        hits = catalogue().rows.iloc[matches(catalogue(), name)]
        assert set(keys(hits["name"])) == {name}


def test_a_candidate_is_found_by_its_other_name_too():
    few = towns().query("name in ['Vienna', 'Wiener Neustadt']").reset_index(drop=True)
    assert few["name"].iloc[candidate(names_of(few), "Wien")] == "Vienna"


def test_cambridge_names_its_countries():
    assert asked("Cambridge") == [f"Cambridge, {code}" for code in ("GB", "CA", "US", "NZ")]
    assert asked("London")[0] == "London, GB"  # a far larger one is not taken unasked


@pytest.mark.parametrize("name", ["Cambridge", "Springfield", "Tesla"])
def test_each_spelling_that_is_asked_back_picks_one_place(name):
    said = asked(name)
    at = {(place(words).name, place(words).latlon) for words in said}
    assert len(at) == len(said) > 1


def test_only_a_dozen_of_many_is_asked_back():
    with pytest.raises(SitingError, match=r"and [\d,]+ more: write more of the name"):
        place("Industrial Park")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("lulea", "Luleå, SE"),
        ("  LULEÅ ", "Luleå, SE"),
        ("Lodz", "Łódź, PL"),
        ("Luleå, Sweden", "Luleå, SE"),
        ("Cambridge, us", "Cambridge, US"),
        ("Cambridge, United States", "Cambridge, US"),
        ("Cambridge, MA", "Cambridge, US"),
        ("Paris, TX, US", "Paris, US"),
        ("Paris, Texas", "Paris, US"),
        ("Vidalia", "Vidalia industrial park and port, US"),
        ("syrah vidalia", "Syrah Vidalia, US"),
        ("Syrah Vidalia, US", "Syrah Vidalia, US"),
        ("Vidalia, Louisiana", "Vidalia industrial park and port, US"),
        ("port of rotterdam", "Port of Rotterdam, NL"),
        ("Tanger Med", "Port of Tanger Med, MA"),
        ("Genoa", "Genoa, IT"),
        ("Genoa power station", "Genoa power station, US"),
    ],
)
def test_words_and_what_they_mean(words, name):
    assert place(words).name == name


def test_what_has_no_town_of_its_name_is_found_by_the_town_it_stands_in():
    assert "Tesla Giga Berlin cell line" in asked("Grünheide")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Salzgiter", 'did you mean "Salzgitter"'),
        ("qqqqqqq", "lat,lon"),
        ("Cambridge, UK", 'lies in GB, CA, US, NZ: write "Cambridge, GB"'),
        ("Cambridge, XX", "XX holds none of that name"),
        ("", "lat,lon"),
        (" , ", "lat,lon"),
        ("((", "lat,lon"),
        ("負極", "lat,lon"),
    ],
)
def test_what_nothing_is_called_says_what_to_write(words, hint):
    with pytest.raises(SitingError, match="unknown place") as caught:
        place(words, "origin")
    assert hint in caught.value.faults[0].hint
    assert caught.value.faults[0].where == "origin"


OWN = pd.DataFrame(
    {
        "site_id": ["a1", "a2", "7"],
        "name": ["Tangier", "Our plot, north", "62.39"],
        "kind": "own",
        "lat": [35.6, 35.7, 35.8],
        "lon": [-5.9, -5.8, -5.7],
        "country": "MA",
        "region": "MA-01",
    }
)


def test_the_users_own_list_goes_before_what_bears_the_same_name():
    for words, lat in (("tangier", 35.6), ("our plot, NORTH", 35.7), ("62.39", 35.8),
                       ("Our plot", 35.7), ("Tangier, MA", 35.6)):  # fmt: skip
        assert place(words, own=OWN).lat == lat
    assert place("Salzgitter", own=OWN).name == "Salzgitter, DE"
    assert place("62.39,17.31", own=OWN).latlon == (62.39, 17.31)


def test_ids_that_differ_by_case_alone_are_told_apart():
    twins = OWN.assign(site_id=["B1", "b1", "7"])
    assert [candidate(names_of(twins), words) for words in ("B1", "b1")] == [0, 1]


def test_tables_of_a_study_stand_in_place_of_the_catalogues():
    mine = table("anode_plants").head(1).assign(name="Our works", lat=1.0, lon=2.0)
    assert place("our works", tables={"anode_plants": mine}).latlon == (1.0, 2.0)
    with pytest.raises(SitingError, match="unknown place"):
        place("syrah-vidalia", tables={"anode_plants": mine})


def test_a_candidate_is_named_by_coordinates_within_a_kilometre():
    assert candidate(names_of(OWN), "35.7001,-5.8001") == 1
    with pytest.raises(SitingError, match="no candidate of this study") as caught:
        candidate(names_of(OWN), "36,-6")
    assert caught.value.faults[0].hint.startswith('the nearest to 36.000, -6.000: "7"')
    twice = OWN.assign(lat=35.7, lon=-5.8)
    with pytest.raises(SitingError, match="several are meant"):
        candidate(names_of(twice), "35.7,-5.8")


def test_a_plant_that_is_no_candidate_says_which_stand_nearest():
    site = table("industrial_sites").query("name.str.startswith('Vidalia')").assign(kind="site")
    with pytest.raises(SitingError, match="no candidate of this study") as caught:
        candidate(names_of(site.reset_index(drop=True)), "Novonix Riverside Chattanooga")
    assert '"vidalia-industrial-park-and-port-us"' in caught.value.faults[0].hint


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(range(len(layer("towns")))), st.booleans())
def test_a_town_and_its_country_is_a_town_of_that_name_and_country(row, upper):
    town = layer("towns").iloc[row]
    words = f"{town['name']}, {town['country']}"
    try:
        at = [place(words.upper() if upper else words)]
    except SitingError:
        at = [place(one) for one in asked(words)]
    assert any(great_circle_km(*one.latlon, town["lat"], town["lon"]) == 0 for one in at)
