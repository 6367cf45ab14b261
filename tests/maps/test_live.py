"""The places that the page ranks: who is in, whom each stands for, and how they are written."""

from __future__ import annotations

import base64
import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from sample_live import live as sample_live
from sample_live import turning

from geodata.errors import SitingError
from maps import layers
from maps import live as page
from maps.escape import embed
from siting.model import scoring, zones
from siting.model.appraisal import utility_of
from siting.results import limits
from siting.results.page import live as in_live
from siting.results.page.live import MOST, live
from siting.study.criteria import CRITERIA
from siting.study.lenses import LENSES
from siting.study.study import PillarWeights, Stakeholder
from siting.study.weights import TOTAL, leaf_weights

FEW = 250


@pytest.fixture(scope="module")
def held(nordic):
    """The plan with a stakeholder, and the few places that its page would hold."""
    finance = Stakeholder(share=None, lens="onshoring", weights={"cost": PillarWeights(weight=0.9)})
    study = nordic.study.model_copy(update={"stakeholders": {"Finance": finance}})
    plan = dataclasses.replace(nordic, study=study)
    return plan, live(plan, FEW)


def rows_of(plan, few):
    return np.flatnonzero(plan.places["site_id"].isin(few.places["site_id"]).to_numpy())


def test_zones_of_the_page_are_those_of_the_plan(held):
    plan, few = held
    at = rows_of(plan, few)
    assert few.places["site_id"].tolist() == sorted(few.places["site_id"])
    assert at[few.zones["head"]].tolist() == plan.zones.head.tolist()
    assert few.zones["share"].tolist() == plan.zones.share.tolist()
    assert few.zones["scouted"].tolist() == plan.zones.scouted.tolist()
    assert few.places["zone"].tolist() == plan.zones.zone[at].tolist()


def test_values_of_all_criteria_are_in_weighed_or_not(held):
    plan, few = held
    at = rows_of(plan, few)
    assert list(few.values) == list(CRITERIA) == [c.key for c in few.criteria]
    for own in few.criteria:
        assert np.array_equal(few.values[own.key], plan.values[own.key].to_numpy()[at])
        assert own.median == np.median(plan.values[own.key])
    assert few.constants["compared"] == len(plan.places)
    assert (few.constants["odds"], few.constants["total"]) == (scoring.ODDS, TOTAL)


def test_every_estate_is_in_for_certain_and_the_room_is_kept(held, nordic):
    plan, few = held
    estate = plan.places["kind"].isin(zones.ESTATES)
    assert set(plan.places["site_id"][estate]) <= set(few.places["site_id"])
    assert few.places["estate"].sum() == estate.sum()
    assert (few.places["weight"][few.places["estate"]] == 1).all()
    assert not few.places["facts"][~few.places["estate"]].any()
    assert few.places["facts"][few.places["estate"]].any()
    assert abs(len(few.places) - FEW) <= 1
    every = live(nordic, MOST)
    assert len(every.places) == min(MOST, len(nordic.places))
    assert (every.places["weight"] == 1).all()


def test_a_sample_stands_for_all_under_every_setting_on_offer(held):
    """Whole and countries: estimates within a few per cent of what is known."""
    plan, few = held
    at, weight = rows_of(plan, few), few.places["weight"].to_numpy()
    assert 0.6 < weight.sum() / len(plan.places) < 1.5
    for view in few.views:
        score = utility_of(plan.values, leaf_weights(view.weights))
        chance = scoring.chance(score)
        carried = weight * chance[at]
        assert 0.9 < carried.sum() < 1.1, view.name
        known = pd.Series(chance).groupby(plan.places["country"].to_numpy()).sum()
        guess = pd.Series(carried).groupby(few.places["country"].to_numpy()).sum()
        assert (guess - known).abs().max() < 0.06, view.name


def test_under_the_studys_own_weights_shares_are_the_plans(held):
    plan, few = held
    carried = few.places["weight"].to_numpy() * plan.chance[rows_of(plan, few)]
    assert carried.sum() == pytest.approx(1.0)
    by_zone = np.bincount(few.places["zone"], weights=carried, minlength=len(plan.zones.head) + 1)
    assert by_zone[1:] == pytest.approx(plan.zones.share, abs=0.01)


def test_the_crowd_is_that_of_all_candidates(held):
    plan, few = held
    ready = zones.Cut.of(plan.places, extent_km=200.0)
    assert few.places["crowd"].tolist() == ready.crowd[rows_of(plan, few)].tolist()


def test_whose_weights_are_on_offer(held):
    _, few = held
    kinds = [view.kind for view in few.views]
    assert kinds == ["study", *["lens"] * len(LENSES), "stakeholder"]
    finance = few.views[-1]
    assert (finance.name, finance.lens) == ("Finance", "onshoring")
    assert finance.weights["cost"][0] == 0.9
    assert finance.weights["ties"] == LENSES["onshoring"].tree["ties"]
    assert all(set(view.weights) == set(few.views[0].weights) for view in few.views)


def decoded(text: str, kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def test_numbers_go_into_the_page_bit_by_bit():
    made = sample_live(50)
    held = json.loads(embed(page.payload(made)))
    keys = [criterion["key"] for criterion in held["criteria"]]
    values = decoded(held["bench"]["values"], "<f8").reshape(len(keys), 50)
    assert np.array_equal(values, made.values[keys].to_numpy().T)
    raw = decoded(held["bench"]["raw"], "<f4").reshape(len(keys), 50)
    assert np.array_equal(np.isnan(raw), made.raw[keys].isna().to_numpy().T)
    bits = np.unpackbits(decoded(held["bench"]["imputed"], "u1"))[: len(keys) * 50]
    assert np.array_equal(bits.reshape(len(keys), 50), made.imputed[keys].to_numpy().T)
    assert decoded(held["bench"]["crowd"], "<i4").tolist() == made.places["crowd"].tolist()
    assert held["views"][0]["weights"]["market"]["criteria"]["automaker_pull"] == 0.25
    assert held["own"]["head"] == made.zones["head"].tolist()


def test_what_cannot_be_ranked_is_a_fault_at_once():
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
    words = [str(fault) for fault in caught.value.faults]
    assert len(words) == 3
    assert "atlas.live.values, row 6: not a number" in words[0]
    assert "the same site twice" in words[1]
    assert "moon" in words[2]


def test_the_same_plan_gives_the_same_places(nordic):
    one, two = (embed(page.payload(live(nordic, FEW))) for _ in range(2))
    assert one == two


def test_a_list_too_long_for_a_page_is_sampled_and_said(held, monkeypatch):
    plan, _ = held
    assert not limits.sentence(plan)
    monkeypatch.setattr(limits, "MOST_PLACES", 30)
    monkeypatch.setattr(in_live, "MOST_PLACES", 30)
    estates = int(plan.places["kind"].isin(zones.ESTATES).sum())
    assert estates > 30
    few = live(plan, FEW)
    assert abs(len(few.places) - FEW) <= 1
    assert few.places["estate"].sum() < estates
    at = rows_of(plan, few)
    assert at[few.zones["head"]].tolist() == plan.zones.head.tolist()
    assert (few.places["weight"].to_numpy()[few.zones["head"]] == 1).all()
    assert few.places["weight"] @ plan.chance[at] == pytest.approx(1, abs=0.05)
    assert "every one is in ranked_sites.gpkg" in limits.sentence(plan)


def test_what_does_not_fit_is_cut_evenly(monkeypatch):
    monkeypatch.setattr(limits, "MOST_PLACES", 6)
    places = pd.DataFrame({"zone": [1] * 9 + [2, 2] + [3] * 4, "name": range(15)})
    assert limits.fitting(places.head(6)).equals(places.head(6))
    assert limits.fitting(places)["name"].tolist() == [0, 1, 2, 3, 4, 5]
    assert limits.fitting(places, "zone")["name"].tolist() == [0, 1, 9, 10, 11, 12]
