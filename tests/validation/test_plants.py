from __future__ import annotations

import datetime as dt
import hashlib

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.load import table
from siting.market.demand import known_on
from siting.validation.plants import (
    ADDED,
    PARTS,
    UNSIZED,
    choose,
    half_of,
    neighbours_of,
    of_part,
    own_plants,
)

PLANT = {
    "id": "a", "name": "A", "owner": "O", "owner_hq_country": "KR", "country": "FI",
    "city": "Vaasa", "lat": 63.1, "lon": 21.6, "product": "mixed", "status": "announced",
    "capacity_ktpa_now": 0.0, "capacity_ktpa_2030": 20.0, "former_plan_ktpa": float("nan"),
    "announced_date": "2023-03", "announced_by": "", "announced_by_hq": "",
}  # fmt: skip


def rows(*changes):
    return pd.DataFrame([{**PLANT, **change} for change in changes])


def test_a_plant_is_ranked_on_the_eve_of_its_announcement_as_precisely_as_it_is_dated():
    dates = {"a": "2023-03", "b": "2023", "c": "2023-03-01", "d": "2024-03-15"}
    chosen = choose(rows(*({"id": i, "announced_date": d} for i, d in dates.items())))
    assert list(chosen.plants["as_of"]) == [
        dt.date(2023, 2, 28), dt.date(2022, 12, 31), dt.date(2023, 2, 28), dt.date(2024, 3, 14),
    ]  # fmt: skip


def test_each_row_is_left_out_for_its_first_reason():
    chosen = choose(
        rows(
            {"id": "kept"},
            {"id": "silicon", "product": "silicon", "announced_date": ""},
            {"id": "home", "country": "CN"},
            {"id": "pilot", "capacity_ktpa_2030": 4.9},
            {"id": "unknown", "capacity_ktpa_2030": float("nan")},
            {"id": "undated", "announced_date": ""},
            {"id": "early", "announced_date": "2018-12"},
            {"id": "late", "announced_date": "2027"},
        )
    )
    assert list(chosen.plants["id"]) == ["kept"]
    assert sorted(chosen.left_out.values()) == [1, 1, 1, 1, 1, 2]
    assert chosen.left_out["without a date of announcement"] == 1


def test_a_halted_plan_counts_with_the_size_it_had():
    given = {"status": "cancelled", "capacity_ktpa_2030": 0.0, "former_plan_ktpa": 100.0}
    plant = choose(rows(given)).plants.iloc[0]
    assert (plant["capacity_ktpa"], plant["halted"]) == (100.0, True)
    assert plant["product"] == "synthetic"
    assert plant["investor"] == "KR"


def test_a_plant_is_ranked_for_the_owner_who_announced_it():
    given = {"announced_by": "Former", "announced_by_hq": "FR"}
    plants = choose(rows(given, {"id": "b"})).plants
    assert plants[["owner", "investor"]].to_numpy().tolist() == [["Former", "FR"], ["O", "KR"]]


@pytest.mark.parametrize("town", ["FI|Vaasa", "SE|Luleå", "MY|Gurun", "SA|Yanbu"])
def test_the_half_is_the_parity_of_the_whole_digest(town):
    odd = int(hashlib.sha256(town.encode("utf-8")).hexdigest(), 16) % 2
    assert half_of(town) == ("report" if odd else "explore")


def test_no_town_stands_in_both_halves_and_the_fresh_in_neither():
    plants = choose(table("anode_plants")).plants
    added = [plant for ids in ADDED.values() for plant in ids]
    halves = plants[~plants["part"].isin([*ADDED, "unsized"])]
    assert halves.groupby("town")["part"].nunique().max() == 1
    for part, ids in ADDED.items():
        assert plants.loc[plants["part"].eq(part), "id"].isin(ids).all()
    assert not halves["id"].isin(added).any()
    assert set(plants["part"]) == set(PARTS) - {"announced_later"}
    unsized = plants.loc[plants["part"].eq("unsized"), "id"]
    assert sorted(unsized) == sorted(UNSIZED)
    assert len(set(added)) == len(added)
    assert set(added) <= set(table("anode_plants")["id"])


def test_no_catalogue_plant_is_known_on_its_eve():
    everything = table("anode_plants")
    plants = choose(everything).plants
    for plant in plants.to_dict("records"):
        then = known_on(everything, plant["as_of"], "former_plan_ktpa")
        assert plant["id"] not in set(then["id"])
        later = known_on(everything, plant["as_of"] + dt.timedelta(days=1), "former_plan_ktpa")
        assert plant["id"] in set(later["id"])


def test_a_part_without_plants_says_what_was_left_out():
    chosen = choose(rows({"id": "pilot", "capacity_ktpa_2030": 1.0}))
    with pytest.raises(SitingError, match="1 under 5 kt"):
        of_part(chosen, "all")


def test_plants_announced_after_the_frozen_predictions_are_a_part_of_their_own():
    given = rows({"id": "before"}, {"id": "after", "announced_date": "2026-03-02"})
    chosen = choose(given, frozen=dt.date(2026, 3, 1))
    assert chosen.plants.set_index("id")["part"]["after"] == "announced_later"
    assert chosen.plants.set_index("id")["part"]["before"] != "announced_later"


@pytest.mark.parametrize("name", ["gigafactories", "material_works"])
def test_neighbours_stand_abroad_dated_and_of_three_homes(name):
    plants = neighbours_of(table(name)).plants
    assert len(plants) > 40
    assert set(plants["investor"]) == {"CN", "KR", "JP"}
    assert (plants["investor"] != plants["country"]).all()
    assert not plants["country"].isin(["CN", "HK", "MO"]).any()
    assert plants["year"].ge(2019).all()


def test_a_users_list_needs_no_bookkeeping(tmp_path):
    path = tmp_path / "plants.csv"
    path.write_text(
        "id,name,owner,owner_hq_country,country,lat,lon,announced_date\n"
        "mine,My works,A firm,CN,FI,63.1,21.6,2024-05\n"
    )
    plant = choose(own_plants(path)).plants.iloc[0]
    assert (plant["product"], plant["capacity_ktpa"]) == ("synthetic", 50.0)
    assert plant["as_of"] == dt.date(2024, 4, 30)
    path.write_text("id,name\nmine,My works\n")
    with pytest.raises(SitingError, match="this column is missing"):
        own_plants(path)
