import datetime as dt

import pytest

from geodata.errors import SitingError
from siting.pipeline import Run
from siting.results.page.live import live
from siting.results.page.snapshots import atlases, studies, title
from siting.study import studyfile
from siting.study.study import Candidates, Draws, Policies, Snapshot, Study

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
    run = Run()
    then, sooner = atlases(run.plan(STUDY), run)
    assert then.as_of == "2023-11-28"
    assert then.moment == "28 November 2023, demand of 2030"
    assert sooner.moment.endswith("demand of 2027")
    # plants announced later are not on the earlier map
    assert set(then.gigafactories["name"]) < set(sooner.gigafactories["name"])


def test_a_study_without_snapshots_has_none():
    run = Run()
    assert atlases(run.plan(STUDY.model_copy(update={"snapshots": ()})), run) == []


def test_a_question_asked_otherwise_ranks_the_same_places_and_all_that_lead_there():
    """Most of its places are those of the study's page, and it has shares of its own plan."""
    study = STUDY.model_copy(update={"snapshots": (Snapshot(investor="KR"),)})
    run = Run()
    ours = run.plan(study)
    (korean,) = atlases(ours, run)
    plan = run.plan(next(studies(study)))
    assert korean.live is not None
    places = korean.live.places
    assert set(live(ours).places["site_id"]) & set(plan.places["site_id"]) <= set(places["site_id"])
    heads = plan.places["site_id"].to_numpy()[plan.zones.head]
    assert places["site_id"].to_numpy()[korean.live.zones["head"]].tolist() == heads.tolist()
    chance = plan.chance[plan.places["site_id"].isin(places["site_id"]).to_numpy()]
    assert float(places["weight"] @ chance) == pytest.approx(1.0, abs=1e-6)


LAW, OTHER = "EU-QDMTT", "FI-NZ2035"


def test_a_snapshot_asks_otherwise_beside_what_the_study_switches():
    study = STUDY.model_copy(
        update={
            "policies": Policies(off=(OTHER,)),
            "snapshots": (
                Snapshot(investor="KR"),
                Snapshot(policies=Policies(off=(LAW,)), title="Lower tax"),
                Snapshot(policies=Policies(on=(OTHER,))),
            ),
        }
    )
    korean, cheaper, back = studies(study)
    assert (korean.investor, korean.policies.off) == ("KR", (OTHER,))
    assert (cheaper.investor, cheaper.policies.off) == (study.investor, (OTHER, LAW))
    assert (back.policies.off, back.policies.on) == ((), (OTHER,))
    assert [title(one) for one in study.snapshots] == [
        "Korean investor", "Lower tax", f"With {OTHER}",
    ]  # fmt: skip
    assert title(Snapshot(demand_year=2027)) == ""


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        ("{investor: CN}", "the same moment as the study"),
        ("{policies: {off: [US-CFIUSS]}}", "did you mean US-CFIUS?"),
        ("{events: {off: [NOWAR]}}", "no such event"),
        ("{investor: Korea}", "snapshots.0.investor"),
        ("{policies: {off: [US-CFIUS], on: [US-CFIUS]}}", "on and off"),
    ],
)
def test_what_a_snapshot_asks_wrongly_is_said_before_any_work(tmp_path, snapshot, words):
    path = tmp_path / "study.yaml"
    path.write_text(f"name: asked\nsnapshots: [{snapshot}]\n", encoding="utf-8")
    with pytest.raises(SitingError) as caught:
        studyfile.read(path)
    assert words in str(caught.value)
