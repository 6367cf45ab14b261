import numpy as np
import pytest

from geodata.errors import SitingError
from siting.confidence.archetypes import archetype_said
from siting.model.plan import weighed
from siting.model.scoring import LOSSES
from siting.planner import make_plan
from siting.results.explain import LOSS_NAMES, explain, find
from siting.study.study import Candidates, Exclusion


@pytest.fixture(scope="module")
def finnish(nordic):
    """The best place of Finland, explained."""
    position = next(int(i) for i in nordic.order if nordic.places["country"].iloc[i] == "FI")
    return explain(nordic, position)


def test_contributions_and_losses_sum_to_the_score(finnish, nordic):
    rows = finnish.contributions
    assert rows["criterion"].tolist() == [*weighed(nordic), *LOSSES]
    assert rows["points"].sum() == pytest.approx(finnish.score, abs=1e-9)
    assert rows["rival_points"].sum() == pytest.approx(finnish.rival_score, abs=1e-9)
    assert (rows.loc[rows["criterion"].isin(["price_gate", "entry_gate"]), "points"] <= 0).all()
    assert set(LOSS_NAMES) == set(LOSSES)


def test_the_median_is_that_of_every_place(finnish, nordic):
    rows = finnish.contributions.set_index("criterion")["median_points"]
    middle = np.median(100 * nordic.parts["power_price"].to_numpy())
    assert rows["power_price"] == pytest.approx(middle)


@pytest.mark.parametrize("zone", [1, 2, 20])
def test_the_head_of_a_zone_is_set_against_the_next_and_the_last_against_the_first(nordic, zone):
    heads = nordic.zones.head
    number = min(zone, len(heads))
    found = explain(nordic, int(heads[number - 1]))
    rival = heads[number] if number < len(heads) else heads[0]
    assert found.zone_rank == number
    assert found.rival["site_id"] == nordic.places["site_id"].iloc[rival]
    told = f"{found.rival['name']} by {abs(found.score - found.rival_score):.1f} points"
    assert any(told in sentence for sentence in found.sentences)


def test_another_place_of_a_zone_is_set_against_its_head(nordic):
    heads = set(nordic.zones.head)
    position = next(int(i) for i in nordic.order if i not in heads and nordic.zones.zone[i] > 0)
    found = explain(nordic, position)
    head = nordic.zones.head[nordic.zones.zone[position] - 1]
    assert found.rival["site_id"] == nordic.places["site_id"].iloc[head]


def test_the_sentences_say_rank_cost_and_completeness(finnish, nordic):
    told = " ".join(finnish.sentences)
    assert f"is place {finnish.rank:,} of {len(nordic.places):,}" in told
    assert "(Finland)" in told
    place = list(nordic.places["site_id"]).index(finnish.site["site_id"])
    cost = nordic.measures.landed.cost[place]
    assert f"A tonne costs {cost:,.0f} USD at the gate" in told
    assert f"of {len(weighed(nordic))} criteria are known here" in told


def test_a_lone_place_is_set_against_nobody(tmp_path, nordic_study):
    (tmp_path / "one.csv").write_text("name,lat,lon\nVaasa,63.1,21.6\n")
    own = Candidates(file=tmp_path / "one.csv")
    plan = make_plan(nordic_study.model_copy(update={"candidates": own}))
    found = explain(plan, 0)
    assert not [s for s in found.sentences if s.startswith(("It leads", "It trails"))]
    assert found.rank == 1


@pytest.mark.parametrize("wanted", ["Luleå", "lulea", "LULEA"])
def test_names_are_found_without_accents_and_case(nordic, wanted):
    place = nordic.places.iloc[find(nordic, wanted)]
    assert place["name"] == "Luleå"


def test_a_site_id_is_found_before_a_name_and_a_part_of_a_name_last(nordic):
    port = nordic.places["site_id"].eq("port-fihel").to_numpy()
    assert find(nordic, "PORT-FIHEL") == int(np.flatnonzero(port)[0])
    assert "Kokkola" in nordic.places["name"].iloc[find(nordic, "kokkola indus")]


def test_of_several_places_of_a_name_the_best_ranked_is_meant(nordic):
    names = nordic.places["name"]
    twice = names[names.duplicated(keep=False)]
    assert len(twice)
    name = twice.iloc[0]
    ranks = nordic.rank[np.flatnonzero(names.eq(name))]
    assert nordic.rank[find(nordic, name)] == ranks.min()


@pytest.mark.parametrize("wanted", ["Helsinky", "", "   ", "<script>", "負極"])
def test_an_unknown_name_is_a_fault(nordic, wanted):
    with pytest.raises(SitingError, match="no such site") as caught:
        find(nordic, wanted)
    if wanted == "Helsinky":
        assert "Helsinki" in caught.value.faults[0].mend


def test_a_barred_place_says_its_rule(tmp_path, nordic_study):
    (tmp_path / "park.csv").write_text("lat,lon\n60.17,24.94\n")
    near = Exclusion(file=tmp_path / "park.csv", buffer_km=20)
    here = Candidates(sets=("towns",), countries=("FI",))
    study = nordic_study.model_copy(update={"exclude": (near,), "candidates": here})
    plan = make_plan(study)
    with pytest.raises(SitingError, match=r"Within 20 km of a feature of park\.csv") as caught:
        find(plan, "helsinki")
    assert caught.value.faults[0].value == "layer:park.csv"


def test_one_sentence_says_the_archetype(nordic):
    position = int(nordic.zones.head[2])
    said = explain(nordic, position).sentences
    assert said.count(archetype_said(nordic, position)) == 1


def test_a_place_in_no_zone_has_no_archetype(nordic):
    outside = int(np.flatnonzero(nordic.zones.zone == 0)[0])
    assert not any("archetype" in said for said in explain(nordic, outside).sentences)
