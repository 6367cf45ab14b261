from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.sphere import great_circle_km
from siting.model import scoring
from siting.model.zones import (
    BYTES_A_PAIR,
    CROWD_KM,
    Cut,
    extent_of,
    siting_zones,
    zone_names,
)
from siting.model.zones import zones_of as zones_of_study
from siting.study.study import Candidates, Listing, Study

EXTENT = 100.0


def places_of(*rows):
    frame = pd.DataFrame(rows, columns=["lat", "lon", "country", "kind"])
    return frame.assign(name=[f"place {i}" for i in range(len(frame))])


def zones_of(places, utility, **options):
    given_ = {"zones": 50, "extent_km": EXTENT, **options}
    return siting_zones(places, np.asarray(utility, dtype=float), **given_)


def town(lat, lon, country="DE"):
    return (lat, lon, country, "town")


def estate(lat, lon, country="DE"):
    return (lat, lon, country, "industrial site")


def test_a_zone_holds_what_lies_around_its_centre_and_its_share_is_the_sum_of_chances():
    places = places_of(town(50, 10), town(50.2, 10.2), town(60, 20, "SE"))
    zones = zones_of(places, [0.5, 0.4, 0.0])
    assert zones.zone.tolist() == [1, 1, 2]
    chance = scoring.chance(np.array([0.5, 0.4, 0.0]))
    assert zones.share == pytest.approx([chance[:2].sum(), chance[2]])
    assert zones.head.tolist() == [0, 2]


def test_zones_are_cut_at_borders():
    places = places_of(town(36.0, -5.5, "ES"), town(35.8, -5.6, "MA"), town(35.9, -5.55, "MA"))
    zones = zones_of(places, [1.0, 1.0, 0.9])
    assert zones.zone.tolist() == [2, 1, 1]
    for number in (1, 2):
        assert len(set(places["country"][zones.zone == number])) == 1


def test_the_likeliest_estate_near_centre_or_likeliest_place_stands_for_a_zone():
    places = places_of(town(50, 10), estate(50.1, 10.1), estate(50.05, 10.0), estate(50.44, 10))
    zones = zones_of(places, [1.0, 0.2, 0.3, 0.9], extent_km=200.0)
    assert zones.head.tolist() == [3]  # 49 km from the likeliest place
    assert zones.scouted.tolist() == [True]


def test_an_estate_far_from_centre_and_likeliest_place_makes_no_zone_scouted():
    places = places_of(town(50, 10), estate(50.6, 10))  # 67 km
    zones = zones_of(places, [0.1, 0.0], extent_km=200.0)
    assert (zones.head.tolist(), zones.scouted.tolist()) == ([0], [False])


def test_an_estate_of_the_next_zone_makes_a_zone_scouted_and_does_not_stand_for_it():
    # the estate lies 44 km from the last town, and the zone of the first two has caught it
    places = places_of(town(49.2, 10), town(50, 10), estate(50.85, 10), town(51.25, 10))
    zones = zones_of(places, [2.0, 2.1, 1.0, 0.5], extent_km=200.0)
    assert zones.zone.tolist() == [2, 2, 2, 1]
    assert (zones.head.tolist(), zones.scouted.tolist()) == ([3, 1], [True, False])


def test_an_estate_in_no_zone_stands_for_none():
    # 44 km apart in a row: the second lot is caught round its middle, its estate is left over
    places = places_of(
        town(40, 0), town(49.6, 10), town(50, 10), town(50.4, 10), estate(50.8, 10)
    )  # fmt: skip
    zones = zones_of(places, [3.0, 1.9, 1.9, 2.0, 0.0], zones=2)
    assert zones.zone.tolist() == [2, 1, 1, 1, 0]
    assert zones.centre.tolist() == [2, 0]
    assert (zones.head.tolist(), zones.scouted.tolist()) == ([3, 0], [True, False])


def test_only_an_estate_of_the_same_country_makes_a_zone_scouted():
    places = places_of(town(50, 10), estate(50.1, 10, "FR"), (50.2, 10, "DE", "own"))
    zones = zones_of(places.iloc[:2], [0.0, -1.0])
    assert zones.scouted.tolist() == [True, False]  # the French estate its own zone alone
    assert zones.head.tolist() == [1, 0]
    assert zones_of(places, [0.0, -1.0, -2.0]).head.tolist() == [2, 1]  # an own place is known too


def test_of_zones_that_catch_alike_the_first_place_is_the_first():
    places = places_of(town(0, 0), town(10, 0), town(20, 0))
    zones = zones_of(places, [0.5, 0.5 + 1e-14, 0.5])
    assert zones.zone.tolist() == [1, 2, 3]
    each = zones_of(places, [0.5, 0.5 + 1e-14, 0.5], extent_km=0.0)
    assert each.zone.tolist() == [1, 2, 3]


def test_zones_without_an_estate_come_last_whatever_they_catch():
    places = places_of(town(0, 0), town(10, 0), estate(20, 0), estate(20.9, 0))
    zones = zones_of(places, [2.0, 1.5, 1.0, 0.5], extent_km=150.0)
    assert zones.head.tolist() == [2, 3, 0, 1]
    assert zones.scouted.tolist() == [True, True, False, False]
    assert (np.diff(zones.share[:2]) <= 0).all()


def test_a_conurbation_does_not_lead_by_its_number_of_places():
    crowd = [town(50 + i / 1000, 10) for i in range(30)]
    places = places_of(*crowd, town(60, 20, "SE"))
    zones = zones_of(places, [0.0] * 30 + [0.01])
    assert zones.head[0] == 30 or zones.share[0] > zones.share[1]
    centres = Cut.of(places, extent_km=EXTENT).centres(np.array([0.0] * 30 + [0.01]), 2)
    assert centres[0] == 30


def test_an_extent_of_nothing_makes_a_zone_of_every_place():
    places = places_of(town(50, 10), town(50, 10.001), estate(50, 10.002))
    zones = zones_of(places, [0.1, 0.3, 0.2], extent_km=0.0)
    assert zones.zone.tolist() == [3, 2, 1]  # the estate first, as in every list
    assert zones.share.sum() == pytest.approx(1.0)
    for order in (zones.head, zones.centre):
        assert order.tolist() == [2, 1, 0]
    assert zones.scouted.tolist() == [True, False, False]
    assert zones.share == pytest.approx(scoring.chance(np.array([0.1, 0.3, 0.2]))[[2, 1, 0]])
    two = zones_of(places, [0.1, 0.3, 0.2], extent_km=0.0, zones=2)
    assert two.zone.tolist() == [0, 2, 1]


def test_a_place_without_a_chance_that_counts_makes_no_zone():
    # its chance is below the decimals to which what a zone catches is compared
    places = places_of(town(0, 0), town(10, 0), town(20, 0))
    zones = zones_of(places, [0.0, -40.0 / scoring.ODDS, 0.0])
    assert zones.zone.tolist() == [1, 0, 2]
    assert zones.centre.tolist() == [0, 2]


def test_a_study_says_how_many_zones_and_how_wide():
    places = places_of(town(50, 10), town(50.2, 10.2), town(60, 20, "SE"))
    utility = np.array([0.5, 0.4, 0.0])

    def cut(**listing):
        return zones_of_study(Study(listing=Listing(**listing)), places, utility)

    assert cut().zone.tolist() == [1, 1, 2]
    assert cut(zones=1, top=1).zone.tolist() == [1, 1, 0]
    assert cut(zone_km=0).zone.tolist() == [1, 2, 3]
    ready = Cut.of(places, extent_km=200.0)
    again = zones_of_study(Study(), places, utility, ready)
    assert again.zone.tolist() == [1, 1, 2]
    # what is ready is used: a cut without neighbours makes a zone of every place
    alone = Cut(Cut.of(places, extent_km=0.0).near, np.ones(3))
    assert zones_of_study(Study(), places, utility, alone).zone.tolist() == [1, 2, 3]


@pytest.fixture
def crowded(monkeypatch):
    """Sixty places of one town: from fifty on pairs are estimated, from every tenth place."""
    monkeypatch.setattr("siting.model.zones.COUNTED", 50)
    monkeypatch.setattr("siting.model.zones.ASKED", 5)
    return places_of(*(town(50 + i / 1000, 10) for i in range(60)))


def test_too_many_places_near_each_other_are_refused_before_memory_runs_out(crowded, monkeypatch):
    # 60 places with 59 others each: 70 bytes for each of 1,770 pairs, of half the free memory
    needed = BYTES_A_PAIR * 60 * 59 / 2
    monkeypatch.setattr("siting.model.zones.free_bytes", lambda: 2 * needed - 1)
    with pytest.raises(SitingError) as refused:
        Cut.of(crowded, extent_km=EXTENT)
    [fault] = refused.value.faults
    assert (fault.where, fault.column) == ("study", "listing.zone_km")
    assert "60 places have 59 others each within 50 km" in fault.what
    assert "zone_km: 0" in fault.hint
    assert Cut.of(crowded, extent_km=0.0).near.nnz == 60  # the way out that the hint names


@pytest.mark.parametrize("free", [2 * BYTES_A_PAIR * 60 * 59 / 2, None])
def test_zones_are_cut_where_memory_is_enough_or_not_known(crowded, monkeypatch, free):
    monkeypatch.setattr("siting.model.zones.free_bytes", lambda: free)
    assert Cut.of(crowded, extent_km=EXTENT).near.nnz == 60 * 60


def test_pairs_of_few_places_are_not_estimated(monkeypatch):
    monkeypatch.setattr("siting.model.zones.free_bytes", lambda: 0)
    assert Cut.of(places_of(town(50, 10), town(50, 10.1)), extent_km=EXTENT).near.nnz == 4


def test_zones_of_a_users_own_list_are_its_places():
    own = Candidates(file=Path("mine.csv"))
    assert extent_of(Study(candidates=own)) == 0.0
    assert extent_of(Study()) == 200.0
    beside = Candidates(file=Path("mine.csv"), sets=("towns",))
    assert extent_of(Study(candidates=beside)) == 200.0
    assert extent_of(Study(candidates=own, listing=Listing(zone_km=50.0))) == 50.0


def test_the_list_is_cut_at_the_zones_wanted():
    places = places_of(town(0, 0), town(10, 0), town(20, 0))
    zones = zones_of(places, [0.3, 0.2, 0.1], zones=2)
    assert zones.zone.tolist() == [1, 2, 0]


POINTS = st.lists(
    st.tuples(
        st.floats(40, 45), st.floats(0, 5), st.sampled_from(["DE", "FR"]),
        st.sampled_from(["town", "industrial site"]), st.floats(-3, 3),
    ),
    min_size=1, max_size=25, unique_by=lambda row: row[:2],
)  # fmt: skip


@given(POINTS)
def test_zones_hold_every_law(rows):
    places, utility = places_of(*(row[:4] for row in rows)), np.array([row[4] for row in rows])
    zones = zones_of(places, utility)
    lat, lon = places["lat"].to_numpy(), places["lon"].to_numpy()
    for number, (centre, head) in enumerate(zip(zones.centre, zones.head, strict=True), start=1):
        own = np.flatnonzero(zones.zone == number)
        assert head in own
        assert len(set(places["country"].iloc[own])) == 1
        assert great_circle_km(lat[centre], lon[centre], lat[own], lon[own]).max() <= EXTENT / 2 + 1
    assert zones.share.sum() == pytest.approx(1.0)  # every place is in a zone
    known = zones.share[zones.scouted]
    assert (np.diff(known) <= 1e-12).all()
    assert not zones.scouted[len(known) :].any()


@given(POINTS)
def test_the_greedy_choice_is_that_of_the_definition(rows):
    places, utility = places_of(*(row[:4] for row in rows)), np.array([row[4] for row in rows])
    lat, lon = places["lat"].to_numpy(), places["lon"].to_numpy()
    km = great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    if (np.abs(km - CROWD_KM) < 1e-3).any() or (np.abs(km - EXTENT / 2) < 1e-3).any():
        return
    country = places["country"].to_numpy()
    near = (km <= EXTENT / 2) & (country[:, None] == country[None, :])
    left = np.exp(scoring.ODDS * (utility - utility.max())) / (km <= CROWD_KM).sum(axis=1)
    expected = []
    while left.any():
        centre = int(np.argmax(np.round(near @ left, 12)))
        if not left[near[centre]].any():
            break
        expected.append(centre)
        left = np.where(near[centre], 0.0, left)
    found = Cut.of(places, extent_km=EXTENT).centres(utility, 50)
    assert found.tolist() == expected


def test_a_zone_is_named_by_a_town_near_it():
    places = places_of(
        estate(63.1, 21.7, "FI"), estate(-40.0, -30.0, ""), estate(63.1, 21.3, "FI"),
        estate(69.6, 27.5, "FI"),
    )  # fmt: skip
    names = zone_names(places, zones_of(places, [0.3, 0.2, 0.1, 0.0], extent_km=1.0))
    assert names[:2] == ["Vaasa", "place 1"]
    assert names[2] != "Vaasa"  # each name once in a country
    assert names[3] == "Rovaniemi"  # no town near: the nearest one


def test_the_largest_town_near_names_a_zone_and_the_next_the_next(monkeypatch):
    towns = {
        "DE": (
            np.array(["Big", "Small", "Remote", "Far"]), np.array([50.2, 50.0, 50.3, 53.0]),
            np.array([10.0, 10.0, 10.0, 10.0]),
        ),
        "FR": (np.array(["Big"]), np.array([50.1]), np.array([10.0])),
    }  # fmt: skip
    monkeypatch.setattr("siting.model.zones._towns", lambda: towns)
    places = places_of(*(estate(50.0 + k / 1000, 10.0, c) for k, c in enumerate("DDDDDFFX")))
    places["country"] = ["DE"] * 5 + ["FR"] * 2 + ["XX"]
    zones = zones_of(places, np.arange(8.0)[::-1], extent_km=0.0)
    # 22 km, 0 km, then the nearest: 33 km; when no town is left the place itself
    assert zone_names(places, zones) == [
        "Big", "Small", "Remote", "Far", "place 4", "Big", "place 6", "place 7",
    ]  # fmt: skip
