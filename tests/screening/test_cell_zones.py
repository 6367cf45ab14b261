"""Siting zones among cells: of one country, by what they catch, on the parents of H3."""

import h3
import numpy as np
import pandas as pd
import pytest

from geodata.sphere import great_circle_km
from siting.model import scoring
from siting.model.zones import SCOUTED_KM
from siting.screening.zones import cell_zones, listed_zones, parent_of
from siting.world.h3land import land

NOWHERE = pd.DataFrame({"lat": [], "lon": [], "country": []}, dtype=object)


@pytest.fixture(scope="module")
def baltic():
    return land(6, ("EE", "LV"))


@pytest.fixture(scope="module")
def utility(baltic):
    """A field with a few peaks, smooth as that of a country is."""
    rng = np.random.default_rng(4)
    lat, lon = baltic.latlon.T
    peaks = baltic.latlon[rng.integers(0, len(baltic), 12)]
    return sum(np.exp(-great_circle_km(lat, lon, *peak) / 40) for peak in peaks)


def cut(of, utility, free=None, estates=NOWHERE, zones=6, extent_km=200.0):
    free = np.arange(len(of)) if free is None else free
    return cell_zones(of, free, utility[free], estates, zones=zones, extent_km=extent_km)


@pytest.mark.parametrize("resolution", [0, 3, 4, 6])
def test_parents_are_those_of_h3(baltic, resolution):
    some = baltic.cell[::97]
    expected = [h3.str_to_int(h3.cell_to_parent(f"{cell:x}", resolution)) for cell in some.tolist()]
    assert parent_of(some, resolution).tolist() == expected


def test_a_zone_is_of_one_country_and_no_wider_than_asked(baltic, utility):
    zones = cut(baltic, utility)
    country = baltic.frame(slice(None))["country"]
    across = 200.0 + 4 * h3.average_hexagon_edge_length(4)  # cells of a parent may stick out
    for number in range(1, 7):
        own = np.flatnonzero(zones.zone == number)
        assert len(set(country.iloc[own])) == 1
        lat, lon = baltic.latlon[own].T
        assert great_circle_km(lat[:, None], lon[:, None], lat, lon).max() <= across


def test_shares_are_sums_of_the_chances_of_cells_and_fall(baltic, utility):
    zones = cut(baltic, utility)
    chance = scoring.chance(utility)
    sums = [chance[zones.zone == number].sum() for number in range(1, 7)]
    assert zones.share == pytest.approx(sums)
    assert (np.diff(zones.share) <= 0).all()
    assert zones.share.sum() < 1


def test_the_likeliest_cell_stands_for_its_zone(baltic, utility):
    zones = cut(baltic, utility)
    for number, head in enumerate(zones.head, start=1):
        own = np.flatnonzero(zones.zone == number)
        assert head == own[np.argmax(utility[own])]


def test_the_first_zone_catches_nearly_what_the_best_circle_does(baltic, utility):
    first = cut(baltic, utility, zones=1)
    country = baltic.frame(slice(None))["country"].to_numpy()
    chance, (lat, lon) = scoring.chance(utility), baltic.latlon.T
    best = max(
        chance[(great_circle_km(lat[k], lon[k], lat, lon) <= 100) & (country == country[k])].sum()
        for k in range(0, len(baltic), 7)
    )
    assert first.share[0] >= 0.93 * best


def test_zones_with_a_known_estate_come_first(baltic, utility):
    blind = cut(baltic, utility)
    lat, lon = baltic.latlon[blind.head[3]]
    home = baltic.frame(blind.head[3:4])["country"].iloc[0]
    estate = pd.DataFrame({"lat": [lat + 0.1], "lon": [lon], "country": [home]})
    zones = cut(baltic, utility, estates=estate)
    assert zones.head[0] == blind.head[3]
    assert zones.scouted.tolist() == [True, *[False] * 5]
    assert sorted(zones.head) == sorted(blind.head)
    abroad = estate.assign(country="SE")
    far = estate.assign(lat=lat + 2 * SCOUTED_KM / 111)
    for other in (abroad, far):
        assert cut(baltic, utility, estates=other).head.tolist() == blind.head.tolist()


def test_masked_cells_are_in_no_zone_and_do_not_count(baltic, utility):
    free = np.flatnonzero(np.arange(len(baltic)) % 3 > 0)
    zones = cut(baltic, utility, free)
    assert zones.zone.shape == free.shape
    chance = scoring.chance(utility[free])
    assert zones.share[0] == pytest.approx(chance[zones.zone == 1].sum())


def test_without_extent_every_cell_is_its_own_zone(baltic, utility):
    zones = cut(baltic, utility, zones=5, extent_km=0.0)
    best = np.argsort(-np.round(utility, 12), kind="stable")[:5]
    assert zones.head.tolist() == best.tolist()
    assert zones.zone[best].tolist() == [1, 2, 3, 4, 5]
    assert (zones.zone > 0).sum() == 5


def test_a_small_extent_is_cut_on_finer_parents(baltic, utility):
    zones = cut(baltic, utility, zones=3, extent_km=60.0)
    own = baltic.latlon[zones.zone == 1]
    span = great_circle_km(own[:, :1], own[:, 1:], own[:, 0], own[:, 1]).max()
    assert 30 < span <= 60 + 4 * h3.average_hexagon_edge_length(5)


def test_scores_far_below_the_best_are_cut_without_a_warning(baltic, utility):
    steep = utility * 400
    zones = cut(baltic, steep)
    assert np.isfinite(zones.share).all()


def test_zones_of_the_shortlist_are_those_of_the_cells(screened):
    of = screened.screen
    short = listed_zones(of, screened.places, screened.facts["industrial_sites"])
    ids = [f"h3-{cell:x}" for cell in of.land.cell.tolist()]
    by_id = dict(zip(ids, of.zone.tolist(), strict=True))
    assert short.zone.tolist() == [by_id[name] for name in screened.places["site_id"]]
    assert screened.places["site_id"].iloc[short.head].tolist() == [ids[k] for k in of.head]
    assert short.share.sum() == pytest.approx(1)
    assert (np.diff(short.scouted.astype(int)) <= 0).all()
    for some in (short.scouted, ~short.scouted):
        assert (np.diff(short.share[some]) <= 0).all()
