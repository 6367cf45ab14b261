import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.model import scoring
from siting.model.appraisal import score, value
from siting.planner import make_plan
from siting.study.study import Anchor, Candidates, Exclusion, PillarWeights, Policies, Study


def test_scores_ranks_and_parts_hang_together(nordic):
    assert len(nordic.places) == len(nordic.score) == len(nordic.parts)
    assert ((nordic.score >= 0) & (nordic.score <= 1)).all()
    assert nordic.parts.sum(axis=1).to_numpy() == pytest.approx(nordic.score, abs=1e-9)
    assert (np.diff(nordic.score[nordic.order]) <= 1e-9).all()
    assert sorted(nordic.rank) == list(range(1, len(nordic.places) + 1))


def test_no_score_moves_when_other_candidates_come_or_go(nordic, nordic_study):
    fewer = nordic_study.model_copy(update={"candidates": Candidates(countries=("FI",))})
    small = make_plan(fewer)
    whole = pd.Series(nordic.score, nordic.places["site_id"])
    part = pd.Series(small.score, small.places["site_id"])
    assert (whole[part.index] - part).abs().max() < 1e-9


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=False))
def test_row_and_column_order_never_matter(nordic, random):
    columns = list(nordic.values.columns)
    random.shuffle(columns)
    rows = list(range(len(nordic.values)))
    random.shuffle(rows)
    values = nordic.values.iloc[rows][columns].reset_index(drop=True)
    for name, leaves in nordic.weights.items():
        own = nordic.strategies[name]
        turned = scoring.score_strategy(values, leaves, own.price_gate[rows], own.entry_gate[rows])
        assert turned.score.tobytes() == own.score[rows].tobytes()


def test_a_better_place_in_every_way_never_ranks_behind(nordic):
    values = nordic.values.copy()
    better = np.minimum(values.iloc[0] + 0.05, 1.0)
    values.loc[len(values)] = better
    measures = nordic.measures

    def and_the_first(frame):
        return pd.concat([frame, frame.iloc[[0]]], ignore_index=True)

    gates = replace(
        measures,
        raw=and_the_first(measures.raw),
        outcome=and_the_first(measures.outcome),
        openness=np.append(measures.openness, measures.openness[0]),
    )
    scored = score(values, nordic.weights, gates)
    for own in scored.values():
        assert own.score[-1] >= own.score[0]


def test_a_barred_place_is_in_no_ranking():
    plan = make_plan(Study(investor="CN", candidates=Candidates(sets=("industrial_sites",))))
    assert not plan.places["region"].isin(["US-TX", "US-FL"]).any()
    texas = plan.barred[plan.barred["region"].eq("US-TX")]
    assert set(texas["rule_id"]) == {"US-TX-LAND"}
    assert texas["rule"].str.len().gt(10).all()
    assert "site:full" in set(plan.barred["rule_id"])
    assert not set(plan.barred["site_id"]) & set(plan.places["site_id"])
    korean = make_plan(Study(investor="KR", candidates=Candidates(sets=("industrial_sites",))))
    assert korean.places["region"].isin(["US-TX"]).any()


def test_an_excluded_layer_stands_apart_even_from_outside(tmp_path):
    # the feature lies in Norway; its buffer reaches the Swedish sites asked for
    (tmp_path / "parks.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
        '"geometry":{"type":"Point","coordinates":[11.0,59.9]}}]}'
    )
    study = Study(
        candidates=Candidates(sets=("towns",), countries=("SE",)),
        exclude=(Exclusion(file=tmp_path / "parks.geojson", buffer_km=170),),
    )
    plan = make_plan(study)
    apart = plan.barred[plan.barred["rule_id"].eq("layer:parks.geojson")]
    assert "Karlstad" in set(apart["name"])
    assert "Stockholm" not in set(apart["name"])
    assert "170 km" in apart["rule"].iloc[0]


def test_own_candidates_run_through_the_same_stages(tmp_path):
    (tmp_path / "mine.csv").write_text(
        "site_id,name,lat,lon,owner\na,<b>Fjord</b>,59.1,9.7,us\nb,=1+1,63.8,23.1,them\n"
    )
    plan = make_plan(Study(candidates=Candidates(file=tmp_path / "mine.csv")))
    assert plan.places["name"].tolist() == ["<b>Fjord</b>", "=1+1"]
    assert plan.places["country"].tolist() == ["NO", "FI"]
    assert plan.places["owner"].tolist() == ["us", "them"]
    assert len(plan.zones.head) == 2


def test_anchors_and_weights_can_be_turned(nordic, nordic_study):
    raw = nordic.measures.raw
    turned = value(Study(anchors={"power_price": Anchor(worst=1000, best=900)}), raw)
    assert (turned["power_price"] == 1).all()
    alone = {"onshoring": {p: PillarWeights(weight=0) for p in ("market", "policy", "energy")}}
    ground = make_plan(nordic_study.model_copy(update={"strategy": "onshoring", "weights": alone}))
    assert set(ground.weights["onshoring"].index) <= {"governance", "rail_km", "workforce"}


def test_a_law_switched_off_moves_only_where_it_applies(nordic, nordic_study):
    off = nordic_study.model_copy(
        update={"policies": Policies(off=("SE-ISP-REFUSAL", "SE-ISP-FDI"))}
    )
    freed = make_plan(off)
    moved = freed.measures.openness != nordic.measures.openness
    assert set(nordic.places.loc[moved, "country"]) == {"SE"}


def test_the_date_of_the_study_is_the_catalogues_own_or_the_one_given(nordic):
    assert nordic.as_of == dt.date(2026, 11, 22)


def test_no_candidate_left_is_a_fault():
    with pytest.raises(SitingError, match="no candidate lies in CN"):
        make_plan(Study(candidates=Candidates(countries=("CN",))))
    with pytest.raises(SitingError, match="no candidate lies in XX"):
        make_plan(Study(candidates=Candidates(countries=("XX",))))


def test_an_unknown_instrument_is_a_fault():
    with pytest.raises(SitingError, match="US-45X-EAM"):
        make_plan(Study(policies=Policies(off=("US-45X-EAMM",))))


def test_own_places_in_a_closed_country_stand_apart(tmp_path):
    (tmp_path / "mine.csv").write_text("site_id,name,lat,lon\na,Wuhan,30.59,114.3\n")
    with pytest.raises(SitingError, match="barred or excluded"):
        make_plan(Study(candidates=Candidates(file=tmp_path / "mine.csv")))
    both = Candidates(file=tmp_path / "mine.csv", sets=("industrial_sites",))
    assert "country:home_market" in set(make_plan(Study(candidates=both)).barred["rule_id"])
