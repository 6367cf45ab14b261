from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from geodata.load import table
from geodata.sphere import great_circle_km
from siting.pipeline import appraised
from siting.study.study import Candidates, Study
from siting.study.studyfile import changed
from siting.validation import prospect
from siting.validation.prospect import CAME, LISTS, came_after, prospects

NORDIC = Study(candidates=Candidates(countries=("FI", "SE", "NO")))
DATE = dt.date(2021, 1, 1)


@pytest.fixture(scope="module")
def one_list():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prospect, "DATES", (DATE,))
        patch.setattr(prospect, "HOMES", ("CN",))
        (only,) = prospects(NORDIC)
    return only


def test_what_came_is_later_abroad_and_of_that_home():
    rows = came_after("anode_plants", "CN", DATE)
    assert {"putailai-sundsvall", "shanshan-vaasa", "btr-kendal"} <= set(rows["id"])
    assert set(rows["owner_hq_country"]) == {"CN"}
    assert not rows["country"].isin(["CN", "HK", "MO"]).any()
    assert (rows["announced_date"].str[:4].astype(int) >= 2021).all()
    later = came_after("anode_plants", "CN", dt.date(2024, 1, 1))
    assert set(later["id"]) < set(rows["id"])
    assert not came_after("gigafactories", "KR", DATE)["country"].eq("KR").any()


def test_every_list_and_industry_has_its_shares(one_list):
    assert (one_list.as_of, one_list.investor) == (DATE, "CN")
    assert set(one_list.near) == set(LISTS)
    assert set(one_list.came) == set(CAME.values())
    for shares in one_list.near.values():
        assert set(shares) == set(CAME.values())
        assert all(0.0 <= share <= 1.0 for share in shares.values())


def test_chances_are_those_of_the_countries_where_works_came(one_list):
    seen = appraised(changed(NORDIC, {"as_of": DATE, "investor": "CN"}))
    chance = np.exp(3.6 * (seen.utility - seen.utility.max()))
    chance /= chance.sum()
    where = came_after("anode_plants", "CN", DATE)["country"]
    expected = [chance[seen.places["country"].eq(code).to_numpy()].sum() for code in where]
    assert one_list.chance["anode"] == pytest.approx(np.mean(expected))


def test_near_is_within_reach_of_a_centre():
    rows = table("anode_plants").set_index("id").loc[["shanshan-vaasa", "btr-kendal"]]
    centres = rows.iloc[[0]].assign(lat=lambda at: at["lat"] + 0.5)
    km = great_circle_km(*centres[["lat", "lon"]].iloc[0], *rows[["lat", "lon"]].iloc[0])
    assert km < prospect.NEAR_KM
    assert prospect._near(centres, rows) == 0.5
    assert np.isnan(prospect._near(centres, rows.iloc[:0]))
