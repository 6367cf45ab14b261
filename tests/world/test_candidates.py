import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.load import table
from siting.study.sources import Candidates, Exclusion, Hexagons
from siting.study.study import Study
from siting.world import candidates
from siting.world.candidates import COLUMNS, Own, exclusion_reasons, gather, known_then, read_own

SITES = table("industrial_sites")


def found(**chosen):
    return gather(Study(candidates=Candidates(**chosen)), SITES)


def test_every_set_gives_places_with_the_common_columns_first():
    every = found(countries=("FI", "SE"))
    assert list(every)[: len(COLUMNS)] == COLUMNS
    assert set(every["kind"]) == {"industrial site", "seaport", "town"}
    assert set(every["country"]) == {"FI", "SE"}
    assert every["site_id"].is_unique
    assert every["site_id"].is_monotonic_increasing
    parts = [
        found(countries=("FI", "SE"), sets=(s,)) for s in ("industrial_sites", "seaports", "towns")
    ]
    assert sum(map(len, parts)) == len(every)


def test_the_default_sets_hold_over_20_000_places():
    every = found()
    assert len(every) > 20_000
    assert (every["kind"].eq("industrial site")).sum() == len(SITES)


def test_smaller_towns_can_be_left_out():
    cities = found(sets=("towns",), countries=("FI",), min_population=100_000)
    towns = found(sets=("towns",), countries=("FI",))
    kept = towns["site_id"].isin(cities["site_id"])
    assert (towns.loc[kept, "population"] >= 100_000).all()
    assert (towns.loc[~kept, "population"] < 100_000).all()
    assert "Helsinki" in set(cities["name"])


def test_closed_countries_have_no_places_of_ours_but_the_users_stand_apart():
    own = Own(pd.DataFrame({"site_id": ["m"], "name": ["M"], "lat": [39.9], "lon": [116.4]}))
    study = Study(candidates=Candidates(sets=("seaports",), countries=("CN", "FI")))
    every = gather(study, SITES, ("CN",), own)
    assert every.loc[every["country"].eq("CN"), "site_id"].tolist() == ["m"]
    why = exclusion_reasons(every, study, {"CN": "home_market"})
    assert why.loc[every["country"].eq("CN"), "rule_id"].tolist() == ["country:home_market"]
    assert why.loc[every["country"].eq("FI"), "rule_id"].eq("").all()


def test_a_full_site_stands_apart_and_a_full_place_of_the_users_does_not():
    full = SITES.assign(status="full").head(3)
    own = Own(pd.DataFrame({"site_id": ["m"], "name": ["M"], "lat": [60.2], "lon": [24.9],
                            "status": ["full"]}))  # fmt: skip
    study = Study(candidates=Candidates(sets=("industrial_sites",)))
    every = gather(study, full, (), own)
    why = exclusion_reasons(every, study, {})
    assert set(why.loc[every["kind"].eq("industrial site"), "rule_id"]) == {"site:full"}
    assert why.loc[every["kind"].eq("own"), "rule_id"].tolist() == [""]
    assert every.loc[every["kind"].eq("own"), "own_status"].tolist() == ["full"]


def test_a_place_in_the_open_sea_stands_apart():
    points = {"site_id": ["a", "b"], "name": ["A", "B"], "lat": [0.5, 63.1], "lon": [-30.0, 21.6]}
    every = gather(
        Study(candidates=Candidates(sets=(), file=Path("mine.csv"))),
        SITES,
        (),
        Own(pd.DataFrame(points)),
    )
    why = exclusion_reasons(every, Study(), {})
    assert dict(zip(every["site_id"], why["rule_id"], strict=True)) == {"a": "place:sea", "b": ""}


def test_a_layer_of_the_study_bars_what_lies_in_it(tmp_path):
    (tmp_path / "area.csv").write_text(
        'name,wkt\na,"POLYGON ((24 60, 26 60, 26 61, 24 61, 24 60))"\n'
    )
    study = Study(
        candidates=Candidates(sets=("towns",), countries=("FI",)),
        exclude=(Exclusion(file=tmp_path / "area.csv"),),
    )
    every = gather(study, SITES)
    why = exclusion_reasons(every, study, {}, read_own(study))
    inside = every["lat"].between(60, 61) & every["lon"].between(24, 26)
    assert inside.any()
    assert why["rule_id"].eq("layer:area.csv").equals(inside)
    assert why.loc[inside, "rule"].iloc[0] == "Inside a feature of area.csv"


def test_faults_of_every_file_at_once(tmp_path):
    (tmp_path / "mine.csv").write_text("name,lat,lon\na,x,1\n")
    files = [Exclusion(file=tmp_path / name) for name in ("none.gpkg", "none.csv")]
    study = Study(candidates=Candidates(file=tmp_path / "mine.csv"), exclude=tuple(files))
    with pytest.raises(SitingError) as caught:
        read_own(study)
    assert [fault.where.rpartition("/")[2] for fault in caught.value.faults] == [
        "mine.csv", "none.gpkg", "none.csv",
    ]  # fmt: skip


def test_what_was_read_later_was_not_known_then():
    then = known_then(SITES, dt.date(2000, 1, 1))
    now = known_then(SITES, dt.date(2100, 1, 1))
    assert then[["area_ha_available", "grid_mw_available"]].isna().all(axis=None)
    assert now.equals(SITES)
    assert SITES["area_ha_available"].notna().any()


def test_all_apart_is_a_fault():
    every = found(sets=("seaports",), countries=("FI",))
    why = pd.DataFrame({"rule_id": "a", "rule": "The site is full"}, index=every.index)
    (fault,) = candidates.none_left(Study(), every, why)
    assert fault.value == f"{len(every)} x The site is full"
    free = every["name"].eq("Port of Helsinki")
    assert not candidates.none_left(Study(), every, why.mask(free, ""))


def test_cells_of_a_screening_stand_beside_the_sets_and_alone_are_no_places_of_the_catalogue():
    hexagons = Hexagons(regions=("FI",))
    cell = pd.DataFrame(
        {"site_id": ["h3-1"], "name": ["H"], "kind": ["hexagon"], "lat": [61.0], "lon": [25.0],
         "country": ["FI"], "region": ["FI-16"], "zone": ["FI"]}
    )  # fmt: skip
    both = Candidates(hex=hexagons, sets=("seaports",), countries=("FI",))
    every = gather(Study(candidates=both), SITES, (), None, cell)
    assert set(every["kind"]) == {"hexagon", "seaport"}
    with pytest.raises(SitingError, match="name sets beside them"):
        gather(Study(candidates=Candidates(hex=hexagons)), SITES)


def test_a_column_that_mixes_numbers_and_words_is_text(tmp_path):
    (tmp_path / "mine.csv").write_text(
        "site_id,name,lat,lon,area_ha_available\na,A,61.5,23.7,about 50\nb,B,61.6,23.8,\n"
    )
    study = Study(
        candidates=Candidates(
            file=tmp_path / "mine.csv", sets=("industrial_sites",), countries=("FI",)
        )
    )
    places = gather(study, SITES, (), read_own(study)).set_index("site_id")
    hectares = places["area_ha_available"]
    assert hectares.map(lambda cell: isinstance(cell, str)).all()
    assert (hectares["a"], hectares["b"]) == ("about 50", "")
    known = SITES.set_index("site_id")["area_ha_available"].dropna()
    for site in known.index.intersection(places.index):
        assert float(hectares[site]) == known[site]
