import pytest

from geodata.errors import SitingError
from siting.pipeline import make_plan
from siting.results.text.explain import explain, find
from siting.scenarios.unbarred import barring_law, without_what_bars
from siting.study.study import Candidates, Draws, Listing, Policies, Study
from siting.support.progress import silent


@pytest.fixture(scope="module")
def texan():
    """A Chinese investor in a state whose law closes it."""
    return make_plan(
        Study(
            name="texan", as_of="2026-11-22", confidence=Draws(draws=0),
            listing=Listing(zones=3, top=3),
            candidates=Candidates(countries=("US",), sets=("industrial_sites",)),
        )
    )  # fmt: skip


def test_the_law_that_bars_a_place_is_left_out_and_named(texan):
    barred = texan.barred[
        texan.barred["rule_id"].isin(texan.facts["policy_zones"]["instrument_id"])
    ]
    site = str(barred["site_id"].iloc[0])
    assert barring_law(texan, site) == barred["rule_id"].iloc[0]
    plan, lifted = without_what_bars(texan, site, silent())
    assert lifted[0] == barred["rule_id"].iloc[0]
    assert plan.study.policies.off == lifted
    found = explain(plan, find(plan, site), lifted)
    assert "may not be built on and is in no ranking" in found.sentences[0]
    assert all(f"({rule})" in found.sentences[0] for rule in lifted)
    assert site == found.site["site_id"]


def test_a_place_that_no_law_bars_keeps_its_plan(texan):
    site = str(texan.places["site_id"].iloc[0])
    plan, lifted = without_what_bars(texan, site, silent())
    assert plan is texan
    assert lifted == ()
    assert barring_law(texan, "no such place") == ""


def test_laws_switched_off_before_stay_off(texan):
    off = Policies(off=("US-45X-EAM",))
    plan = make_plan(texan.study.model_copy(update={"policies": off}))
    site = str(texan.barred["site_id"].iloc[0])
    if barring_law(plan, site):
        assert without_what_bars(plan, site, silent())[0].study.policies.off[0] == "US-45X-EAM"


def test_an_event_that_bars_a_region_is_left_out_and_named():
    study = Study(
        name="lakes", as_of="2026-11-22", confidence=Draws(draws=0),
        listing=Listing(zones=3, top=3),
        candidates=Candidates(countries=("CD", "UG"), sets=("towns",), min_population=200_000),
    )  # fmt: skip
    plan = make_plan(study)
    goma = plan.barred[plan.barred["name"].eq("Goma")].iloc[0]
    assert goma["rule_id"] == "cd-kivu-2022"
    assert "last read on 2025-03" in goma["rule"]
    assert "Kinshasa" in set(plan.places["name"])
    with pytest.raises(SitingError, match="M23") as caught:
        find(plan, "Goma")
    assert "events: {off: [cd-kivu-2022]}" in caught.value.faults[0].hint
    freed, lifted = without_what_bars(plan, "Goma", silent())
    assert lifted == ("cd-kivu-2022",)
    assert freed.study.events.off == lifted
    assert explain(freed, find(freed, "Goma"), lifted).site["name"] == "Goma"
