import re

import numpy as np
import pytest
from remade import remade

from geodata.errors import SitingError
from maps.numerals import number, share
from siting.model import scoring
from siting.model.archetypes import archetype_sentence
from siting.model.plan import advantages, country_chances, weighed
from siting.pipeline import make_plan
from siting.results.neighbours import estates_of
from siting.results.text.confidence import short, to_one
from siting.results.text.explain import explain, find, percentile, site_of, split
from siting.study.study import Candidates, Exclusion


@pytest.fixture(scope="module")
def finnish(nordic):
    """The best place of Finland, explained."""
    position = next(int(i) for i in nordic.order if nordic.places["country"].iloc[i] == "FI")
    return explain(nordic, position)


def test_odds_of_the_criteria_multiply_to_those_of_the_place(finnish, nordic):
    rows = finnish.contributions
    assert rows["criterion"].tolist() == weighed(nordic)
    position = list(nordic.places["site_id"]).index(finnish.site["site_id"])
    ahead = advantages(nordic).iloc[position].sum()
    assert np.log(rows["odds"]).sum() == pytest.approx(ahead)
    assert finnish.odds == pytest.approx(np.exp(ahead))
    rival = list(nordic.places["site_id"]).index(finnish.rival["site_id"])
    gap = nordic.utility[position] - nordic.utility[rival]
    assert finnish.rival_odds == pytest.approx(float(scoring.odds(gap)), rel=1e-9)
    assert finnish.rival_odds == pytest.approx(nordic.chance[position] / nordic.chance[rival])


def test_the_median_is_that_of_every_place(finnish, nordic):
    row = finnish.contributions.set_index("criterion").loc["power_price"]
    middle = np.median(nordic.parts["power_price"].to_numpy())
    own = row["value"] * nordic.weights["power_price"]
    assert row["odds"] == pytest.approx(np.exp(scoring.ODDS * (own - middle)))


@pytest.mark.parametrize("zone", [1, 2, 20])
def test_a_zone_is_set_against_the_next_and_the_last_against_the_first(nordic, zone):
    heads = nordic.zones.head
    nth = min(zone, len(heads))
    one = explain(nordic, int(heads[nth - 1]))
    rival = heads[nth] if nth < len(heads) else heads[0]
    assert one.zone == nth
    assert one.rival["site_id"] == nordic.places["site_id"].iloc[rival]
    against = f"Against {short(one.rival['name'])} they are {to_one(one.rival_odds)}"
    assert any(sentence.startswith(against) for sentence in one.sentences)
    assert f" zone {nth} of {len(heads)}" in one.sentences[0]
    assert f"{share(nordic.zones.share[nth - 1])} chance of the next plant" in one.sentences[0]


def test_the_sentences_say_shares_rank_cost_and_completeness(finnish, nordic):
    text = " ".join(finnish.sentences)
    assert f"of {number(len(nordic.places))} places" in text
    assert f"Finland {share(country_chances(nordic)['FI'])}" in text
    assert f"odds against the median place are {to_one(finnish.odds)}" in text
    place = list(nordic.places["site_id"]).index(finnish.site["site_id"])
    cost = nordic.measures.landed.cost[place]
    assert f"A tonne costs {number(cost)} USD at the gate" in text
    assert f"of {len(weighed(nordic))} criteria are known here" in text
    assert finnish.report.share > 0


def test_a_place_in_no_zone_says_so_with_its_own_odds(nordic):
    outside = int(np.flatnonzero(nordic.zones.zone == 0)[0])
    one = explain(nordic, outside)
    assert "lies in no zone" in one.sentences[0]
    assert to_one(one.odds) in one.sentences[1]
    assert not any("archetype" in sentence for sentence in one.sentences)
    assert not any("Named sites" in sentence for sentence in one.sentences)
    assert one.estates.empty


def test_named_sites_of_a_zone_are_listed_by_name_and_said_to_have_no_order(nordic):
    every = estates_of(nordic)
    zone = int(every["zone"].value_counts().idxmax())
    one = explain(nordic, int(nordic.zones.head[zone - 1]))
    assert one.estates["name"].tolist() == sorted(every.loc[every["zone"].eq(zone), "name"])
    (sentence,) = [s for s in one.sentences if s.startswith("Named sites of its zone")]
    assert "which no public data can order" in sentence
    assert short(one.site["name"]) not in sentence.split(": ", 1)[1].split(", ")


def test_the_order_of_criteria_changes_no_sentence(nordic):
    mixed = list(nordic.weights.index[::-1])
    other = remade(nordic, weights=nordic.weights[mixed])
    for position in (int(nordic.zones.head[0]), int(nordic.zones.head[-1])):
        assert explain(nordic, position).sentences == explain(other, position).sentences


def test_what_speaks_for_a_place_is_named_first_and_equals_by_name():
    names = ["B", "A", "Gate", "Tiny", "Rail"]
    pro, contra = split(names, np.array([2.0, 2.0, 0.25, 1.01, 8.0]))
    assert pro == ["rail 8.0 times", "a 2.0", "b 2.0"]
    assert contra == ["gate 0.25 times"]
    assert split([], np.array([])) == ([], [])


@pytest.mark.parametrize(
    ("below", "words"), [(1.0, "all others"), (0.99999, "99.9"), (0.996, "99.6"), (0.0, "0")]
)
def test_only_the_first_is_above_all(below, words):
    assert percentile(below).startswith(words)


def test_a_lone_place_is_set_against_nobody(tmp_path, nordic_study):
    (tmp_path / "one.csv").write_text("name,lat,lon\nVaasa,63.1,21.6\n")
    own = Candidates(file=tmp_path / "one.csv")
    plan = make_plan(nordic_study.model_copy(update={"candidates": own}))
    one = explain(plan, 0)
    assert not [s for s in one.sentences if s.startswith(("Against", "First"))]
    assert one.rank == 1
    assert one.report.share == pytest.approx(1)


def test_a_better_namesake_elsewhere_is_named(nordic):
    places = nordic.places.copy()
    first, last = int(nordic.order[0]), int(nordic.order[-1])
    country = places["country"].iloc[first]
    other = int(np.flatnonzero(places["country"].ne(country).to_numpy() &
                               (nordic.rank > nordic.rank[first]))[-1])  # fmt: skip
    places.loc[places.index[first], "name"] = "Twinby port"
    places.loc[places.index[other], "name"] = "Twinby"
    plan = remade(nordic, places=places)
    assert explain(plan, other).sentences[-1].startswith("Of that name too: Twinby port")
    assert not explain(plan, first).sentences[-1].startswith("Of that name")
    assert last != first


@pytest.mark.parametrize("wanted", ["Luleå", "lulea", "LULEA"])
def test_names_are_found_without_accents_and_case(nordic, wanted):
    place = nordic.places.iloc[find(nordic, wanted)]
    assert place["name"] == "Luleå"


def test_a_site_id_is_found_before_a_name_and_a_part_of_a_name_last(nordic):
    port = nordic.places["site_id"].eq("port-fihel").to_numpy()
    assert find(nordic, "PORT-FIHEL") == int(np.flatnonzero(port)[0])
    assert "Kokkola" in nordic.places["name"].iloc[find(nordic, "kokkola indus")]


def test_several_places_of_a_name_are_asked_back_with_what_picks_each(nordic):
    places = nordic.places
    name = places.loc[places["name"].duplicated(), "name"].iloc[0]
    with pytest.raises(SitingError, match="several are meant") as caught:
        find(nordic, name)
    picks = re.findall(r'"([^"]+)" \(', caught.value.faults[0].hint)
    meant = {find(nordic, words) for words in picks}
    assert meant == set(np.flatnonzero(places["name"].eq(name)))


@pytest.mark.parametrize("wanted", ["Helsinqi", "", "   ", "<script>", "負極"])
def test_an_unknown_name_is_a_fault(nordic, wanted):
    with pytest.raises(SitingError, match="no such site") as caught:
        find(nordic, wanted)
    if wanted == "Helsinqi":
        assert "Helsinki" in caught.value.faults[0].hint


def test_a_barred_place_says_its_rule(tmp_path, nordic_study):
    (tmp_path / "park.csv").write_text("lat,lon\n60.17,24.94\n")
    near = Exclusion(file=tmp_path / "park.csv", buffer_km=20)
    here = Candidates(sets=("towns",), countries=("FI",))
    study = nordic_study.model_copy(update={"exclude": (near,), "candidates": here})
    plan = make_plan(study)
    with pytest.raises(SitingError, match=r"Within 20 km of a feature of park\.csv") as caught:
        find(plan, "helsinki")
    assert caught.value.faults[0].value == "layer:park.csv"


def test_the_archetype_is_said_once(nordic):
    position = int(nordic.zones.head[2])
    text = " ".join(explain(nordic, position).sentences)
    assert text.count(archetype_sentence(nordic, position)) == 1


def test_a_candidate_is_known_before_there_is_a_plan(tmp_path, nordic_study):
    assert site_of(nordic_study, "Port of Vaasa") == "port-fivsa"
    (tmp_path / "own.csv").write_text("site_id,name,lat,lon\nplot-7,Our plot,63.1,21.6\n")
    own = nordic_study.model_copy(update={"candidates": Candidates(file=tmp_path / "own.csv")})
    for words in ("PLOT-7", "our plot", "our", "Our plot, FI", "63.1,21.6", "63.1N 21.6E"):
        assert site_of(own, words) == "plot-7"
    with pytest.raises(SitingError, match="no candidate of this study") as caught:
        site_of(own, "Syrah Vidalia")
    assert '"plot-7"' in caught.value.faults[0].hint
