import datetime as dt

import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.study.sources import Candidates, Hexagons
from siting.study.study import Study
from siting.world import facts
from siting.world.blocs import spelled_out
from siting.world.candidates import gather, industrial_sites
from siting.world.overrides import of_countries

WAGE = "manufacturing_wage_usd_per_h"


def test_a_bloc_is_its_members_on_the_date():
    then, now = Study(as_of=dt.date(2019, 1, 1)), Study()
    assert "GB" in spelled_out(["EU"], then)
    assert "GB" not in spelled_out(["EU"], now)
    assert spelled_out(["GB", "EU", "DE"], now).count("DE") == 1
    assert spelled_out(["FI", "europe"], now) == ("FI", "europe")
    assert set(spelled_out(["GCC"], now)) == {"AE", "BH", "KW", "OM", "QA", "SA"}


def test_candidates_of_a_bloc_are_those_of_its_countries():
    sites = industrial_sites(Study())
    chosen = [
        gather(Study(candidates=Candidates(sets=("industrial_sites",), countries=names)), sites)
        for names in (("GCC", "FI"), ("FI", "AE", "BH", "KW", "OM", "QA", "SA"))
    ]
    pd.testing.assert_frame_equal(*chosen)
    assert {"FI", "SA"} <= set(chosen[0]["country"])


def test_a_bloc_without_members_is_a_fault(tmp_path):
    own = tmp_path / "groups.csv"
    own.write_text("group,country,source,as_of,confidence\nEU,DE,me,2026-01,A\n")
    study = Study(tables={"country_groups": own})
    assert spelled_out(["EU"], study) == ("DE",)
    with pytest.raises(SitingError, match="ASEAN has no members on 2026-11-22"):
        spelled_out(["ASEAN"], study)


def test_hexagons_may_be_asked_for_by_bloc():
    assert Hexagons(regions=("ASEAN", "oceania", "FI")).regions == ("ASEAN", "oceania", "FI")


def test_the_figure_of_the_narrower_place_counts_in_whatever_order():
    wide, own = {"EU": {WAGE: 30.0}}, {"DE": {WAGE: 50.0}}
    for figures in ({**wide, **own}, {**own, **wide}):
        spread = of_countries(figures, Study())
        assert (spread["DE"][WAGE], spread["FR"][WAGE]) == (50.0, 30.0)
    region = {"US-TX": {WAGE: 20.0}}, {"US": {WAGE: 40.0}}
    for first, second in (region, region[::-1]):
        rows = facts.load(Study(factors={**first, **second}))["place_factors"]
        mine = rows[rows["factor"].eq(WAGE) & rows["iso2"].eq("US")]
        values = dict(zip(mine["region_code"], mine["value"], strict=True))
        assert values == {"": 40.0, "US-TX": 20.0}
