import datetime as dt

from siting.pipeline import Run
from siting.results.page.snapshots import atlases, studies
from siting.study.study import Candidates, Draws, Snapshot, Study

STUDY = Study(
    candidates=Candidates(countries=("FI",), sets=("industrial_sites",)),
    confidence=Draws(draws=0),
    snapshots=(Snapshot(as_of=dt.date(2023, 11, 28)), Snapshot(demand_year=2027)),
)


def test_a_snapshot_changes_only_what_it_names():
    then, sooner = studies(STUDY)
    assert (then.as_of, then.demand_year) == (dt.date(2023, 11, 28), STUDY.demand_year)
    assert (sooner.as_of, sooner.demand_year) == (STUDY.as_of, 2027)
    for made in (then, sooner):
        assert made.snapshots == ()
        assert made.candidates == STUDY.candidates


def test_each_snapshot_is_a_map_of_its_own_date():
    then, sooner = atlases(STUDY, Run())
    assert then.as_of == "2023-11-28"
    assert then.moment == "28 November 2023, demand of 2030"
    assert sooner.moment.endswith("demand of 2027")
    # plants announced later are not on the earlier map
    assert set(then.gigafactories["name"]) < set(sooner.gigafactories["name"])


def test_a_study_without_snapshots_has_none():
    assert atlases(STUDY.model_copy(update={"snapshots": ()}), Run()) == []
