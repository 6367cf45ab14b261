from __future__ import annotations

import base64
import dataclasses
import json

import numpy as np
import pytest
from sample_live import live as sample_live
from sample_live import turning

from geodata.errors import SitingError
from maps import layers
from maps import live as page
from maps.escape import embed
from siting.model import appraisal, clusters, scoring
from siting.results import live as own
from siting.results import mapping
from siting.results.live import MOST, live
from siting.study.strategies import STRATEGIES
from siting.study.study import PillarWeights, Stakeholder
from siting.study.weights import leaf_weights

FEW = 120


@pytest.fixture(scope="module")
def held(nordic):
    """The plan with a stakeholder, and the few places that its page would hold."""
    finance = Stakeholder(
        share=None,
        weights={"onshoring": {"energy": PillarWeights(weight=0.9)}},
        prior={"onshoring": 0.9, "premium_local": 0.1},
    )
    study = nordic.study.model_copy(update={"stakeholders": {"Finance": finance}})
    plan = dataclasses.replace(nordic, study=study)
    return plan, live(plan, FEW)


def score_of(plan, view, strategy, values, measures):
    weights = {name: leaf_weights(tree) for name, tree in view.trees.items()}
    scores = {k: s.score for k, s in appraisal.score(values, weights, measures).items()}
    if strategy == "mixture":
        return scoring.mix(scores, view.prior, plan.study.sharpness)[0]
    return scores[strategy]


def heads(places, score, plan):
    order = scoring.rank_order(score, places["site_id"])
    listing = plan.study.listing
    found = clusters.siting_zones(places, order, zones=listing.zones, extent_km=listing.zone_km)
    return places["site_id"].iloc[found.head].tolist()


def test_few_places_have_the_zones_of_all_under_every_setting_on_offer(held):
    plan, few = held
    at = plan.places["site_id"].isin(few.places["site_id"]).to_numpy()
    assert at.sum() == len(few.places) < len(plan.places)
    for view in few.views:
        for strategy in ("mixture", *STRATEGIES):
            every = score_of(plan, view, strategy, plan.values, plan.measures)
            wanted = heads(plan.places, every, plan)
            assert heads(few.places, every[at], plan) == wanted, (view.name, strategy)


def test_the_parts_of_a_score_are_those_of_the_plan(held):
    plan, few = held
    at = np.flatnonzero(plan.places["site_id"].isin(few.places["site_id"]).to_numpy())
    assert few.places["site_id"].tolist() == sorted(few.places["site_id"])
    for key in few.values:
        assert np.array_equal(few.values[key], plan.values[key].to_numpy()[at])
    for name, strategy in plan.strategies.items():
        assert np.array_equal(few.gates[name], strategy.price_gate[at])
        assert np.array_equal(few.entry, strategy.entry_gate[at])
    assert few.compared == len(plan.places)


def test_named_sites_are_all_in_and_the_room_is_kept(held, nordic):
    plan, few = held
    named = plan.places["kind"].isin(clusters.NAMED)
    assert set(plan.places["site_id"][named]) <= set(few.places["site_id"])
    assert few.places["stands"].sum() == named.sum()
    assert len(live(nordic, 10).places) >= named.sum()  # never fewer than the list needs
    assert len(live(nordic, MOST).places) == min(MOST, len(nordic.places))


def test_whose_weights_are_on_offer(held):
    _, few = held
    kinds = [view.kind for view in few.views]
    assert kinds == ["study", *["preset"] * 5, "stakeholder"]
    study, finance = few.views[0], few.views[-1]
    assert sum(study.prior.values()) == pytest.approx(1)
    assert finance.name == "Finance"
    assert finance.prior == {"premium_local": 0.1, "low_cost_export": 0.0, "onshoring": 0.9}
    assert finance.trees["onshoring"]["energy"][0] == 0.9
    article = next(view for view in few.views if view.name == "Article 2023")
    assert article.prior["premium_local"] == 0.67


def test_a_study_of_one_strategy_offers_all(nordic):
    study = nordic.study.model_copy(update={"strategy": "onshoring"})
    plan = dataclasses.replace(
        nordic, study=study, strategies={"onshoring": nordic.strategies["onshoring"]},
        weights={"onshoring": nordic.weights["onshoring"]}, prior={"onshoring": 1.0},
    )  # fmt: skip
    made = live(plan)
    assert [way.key for way in made.ways] == list(STRATEGIES)
    assert made.views[0].strategy == "onshoring"
    assert {p.key for p in mapping.atlas(plan).pillars} == {c.pillar for c in made.criteria}


def decoded(text: str, kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def test_numbers_go_into_the_page_bit_by_bit():
    made = sample_live(50)
    said = json.loads(embed(page.payload(made)))
    keys = [criterion["key"] for criterion in said["criteria"]]
    values = decoded(said["bench"]["values"], "<f8").reshape(len(keys), 50)
    assert np.array_equal(values, made.values[keys].to_numpy().T)
    raw = decoded(said["bench"]["raw"], "<f4").reshape(len(keys), 50)
    assert np.array_equal(np.isnan(raw), made.raw[keys].isna().to_numpy().T)
    bits = np.unpackbits(decoded(said["bench"]["imputed"], "u1"))[: len(keys) * 50]
    assert np.array_equal(bits.reshape(len(keys), 50), made.imputed[keys].to_numpy().T)
    assert said["views"][0]["weights"]["onshoring"]["policy"]["weight"] == 0.65


def test_what_cannot_be_ranked_is_told_at_once():
    atlas, made = turning(30), sample_live(30)
    values = made.values.copy()
    values.iloc[4, 2] = np.nan
    places = made.places.copy()
    places.loc[7, "site_id"] = places["site_id"][6]
    strange = dataclasses.replace(made.criteria[0], pillar="moon")
    broken = dataclasses.replace(
        made, values=values, places=places, criteria=(strange, *made.criteria[1:])
    )
    with pytest.raises(SitingError) as caught:
        layers.payload(dataclasses.replace(atlas, live=broken))
    said = [str(fault) for fault in caught.value.faults]
    assert len(said) == 3
    assert "atlas.live.values, row 6: not a number" in said[0]
    assert "the same site twice" in said[1]
    assert "moon" in said[2]


def test_the_same_plan_gives_the_same_places(nordic):
    one, two = (embed(page.payload(live(nordic, FEW))) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("first", [1, 30, 10_000])
def test_what_makes_the_zones_does_not_hang_on_how_many_are_looked_at(nordic, monkeypatch, first):
    monkeypatch.setattr(own, "SEARCHED", first)
    listing = nordic.study.listing
    every = clusters.siting_zones(
        nordic.places, nordic.order, zones=listing.zones, extent_km=listing.zone_km
    )
    best = [int(np.flatnonzero(every.zone[nordic.order] == n)[0]) for n in np.unique(every.zone)]
    last = int(nordic.rank[every.head].max()) - 1
    loose = np.flatnonzero(every.zone[nordic.order][:last] == 0)
    wanted = {*every.head, *nordic.order[best], *nordic.order[loose]}
    assert set(own._leading(nordic, nordic.order, listing.zones)) == wanted
