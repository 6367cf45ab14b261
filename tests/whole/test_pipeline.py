import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.model import scoring
from siting.model.appraisal import value
from siting.model.plan import advantages, country_chances
from siting.pipeline import make_plan
from siting.study.study import Anchor, Candidates, Exclusion, PillarWeights, Policies, Study


def test_scores_ranks_and_parts_hang_together(nordic):
    assert len(nordic.places) == len(nordic.utility) == len(nordic.parts)
    assert nordic.parts.sum(axis=1).to_numpy() == pytest.approx(nordic.utility, abs=1e-9)
    assert (np.diff(nordic.utility[nordic.order]) <= 1e-9).all()
    assert sorted(nordic.rank) == list(range(1, len(nordic.places) + 1))
    assert nordic.chance.sum() == pytest.approx(1.0)
    assert country_chances(nordic).sum() == pytest.approx(1.0)
    assert nordic.percentile[nordic.order[0]] == 1.0
    assert nordic.percentile[nordic.order[-1]] == 0.0


def test_advantages_are_against_the_median_place(nordic):
    by = advantages(nordic)
    assert np.abs(by.median()).max() < 1e-9
    gap = by.sum(axis=1).to_numpy()
    expected = scoring.ODDS * (nordic.utility - nordic.utility[0])
    assert gap - gap[0] == pytest.approx(expected, abs=1e-9)


def test_no_score_moves_when_other_candidates_come_or_go(nordic, nordic_study):
    fewer = nordic_study.model_copy(update={"candidates": Candidates(countries=("FI",))})
    small = make_plan(fewer)
    whole = pd.Series(nordic.utility, nordic.places["site_id"])
    part = pd.Series(small.utility, small.places["site_id"])
    assert (whole[part.index] - part).abs().max() < 1e-9
    # and so the odds between two places stay
    chances = pd.Series(nordic.chance, nordic.places["site_id"])[part.index]
    alone = pd.Series(small.chance, small.places["site_id"])
    ratio = (chances / alone).to_numpy()
    assert ratio == pytest.approx(ratio[0], rel=1e-6)


def test_the_price_of_the_day_moves_no_place(nordic, nordic_study):
    dear = make_plan(nordic_study.model_copy(update={"price_usd_per_t": 9000.0}))
    assert dear.utility.tobytes() == nordic.utility.tobytes()
    assert (dear.measures.outcome["margin"] > nordic.measures.outcome["margin"]).all()


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
    alone = {p: PillarWeights(weight=0) for p in ("ties", "market", "policy", "cost")}
    power = make_plan(nordic_study.model_copy(update={"weights": alone}))
    assert power.weights.to_dict() == {"power_price": 7.0}


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
    with pytest.raises(SitingError, match="no candidate lies in VA"):
        make_plan(Study(candidates=Candidates(countries=("VA",))))


def test_an_unknown_instrument_is_a_fault():
    with pytest.raises(SitingError, match="US-45X-EAM"):
        make_plan(Study(policies=Policies(off=("US-45X-EAMM",))))


def test_own_places_in_a_closed_country_stand_apart(tmp_path):
    (tmp_path / "mine.csv").write_text("site_id,name,lat,lon\na,Wuhan,30.59,114.3\n")
    with pytest.raises(SitingError, match="barred or excluded"):
        make_plan(Study(candidates=Candidates(file=tmp_path / "mine.csv")))
    both = Candidates(file=tmp_path / "mine.csv", sets=("industrial_sites",))
    assert "country:home_market" in set(make_plan(Study(candidates=both)).barred["rule_id"])
