from dataclasses import replace

import numpy as np
import pytest

from siting.confidence.assessment import ENOUGH, assess, assess_at
from siting.confidence.draws import as_chosen
from siting.confidence.shares import contest
from siting.model.plan import Plan
from siting.study.study import Draws
from siting.study.weights import TOTAL


def with_draws(plan: Plan, **changes) -> Plan:
    study = plan.study.model_copy(update={"confidence": Draws(**changes)})
    return replace(plan, study=study)


def test_the_table_follows_the_ranks(nordic):
    found = nordic.confidence
    zones = len(nordic.zones.head)
    assert len(found.table) == zones
    assert found.acceptability.sum(axis=0) == pytest.approx(1)
    assert found.acceptability.sum(axis=1) == pytest.approx(1)
    assert found.table["p_first"].to_numpy() == pytest.approx(found.acceptability[:, 0])
    mean = found.acceptability @ np.arange(1, zones + 1)
    assert found.table["expected_rank"].to_numpy() == pytest.approx(mean)
    assert (found.table["p_first"] <= found.table["p_top10"]).all()
    assert (found.table["rank_low"] <= found.table["expected_rank"] + 1e-9).all()
    assert (found.table["expected_rank"] <= found.table["rank_high"] + 1e-9).all()


def test_same_seed_same_bytes_another_seed_near(nordic):
    asked = {"draws": 1000, "seed": 5}
    one, same = (assess(with_draws(nordic, **asked)) for _ in range(2))
    assert one.acceptability.tobytes() == same.acceptability.tobytes()
    other = assess(with_draws(nordic, draws=1000, seed=6))
    assert one.acceptability.tobytes() != other.acceptability.tobytes()
    gap = one.table["p_top10"] - other.table["p_top10"]
    assert gap.abs().max() < 0.08


def test_of_few_zones_it_is_not_said_how_often_one_is_among_ten(nordic, screened):
    assert len(nordic.zones.head) >= ENOUGH > len(screened.zones.head)
    assert nordic.confidence.table["p_top10"].notna().all()
    assert screened.confidence.table["p_top10"].isna().all()
    assert screened.confidence.table["p_first"].sum() == pytest.approx(1)


def test_no_draws_no_confidence(nordic):
    assert assess(with_draws(nordic, draws=0)) is None


def test_firmer_weights_make_the_first_surer_of_its_weights(nordic):
    loose, firm = (assess(with_draws(nordic, draws=600, concentration=c)) for c in (10.0, 5000.0))
    first = int(firm.table["p_first"].to_numpy().argmax())
    spread = [(f.central_weights.iloc[first] - nordic.weights).abs().max() for f in (loose, firm)]
    assert spread[1] < 0.2
    assert spread[1] < spread[0]


def test_central_weights_sum_to_the_whole_where_a_zone_is_ever_first(nordic):
    frame = nordic.confidence.central_weights
    ever = nordic.confidence.table["p_first"].gt(0).to_numpy()
    assert frame.sum(axis=1).to_numpy()[ever] == pytest.approx(TOTAL)
    assert frame.loc[~ever].isna().all(axis=None)


def test_the_band_of_the_share_holds_what_it_is(nordic):
    table = nordic.confidence.table
    assert (table["share_low"] <= table["share_high"]).all()
    assert (table["share_low"] >= 0).all()
    assert (table["share_high"] <= 1).all()
    within = (table["share_low"] <= nordic.zones.share) & (
        nordic.zones.share <= table["share_high"]
    )
    assert within.mean() > 0.9


def test_with_nothing_drawn_the_shares_are_those_of_the_plan(nordic):
    among = contest(nordic)
    settings = as_chosen(among.model, 1)
    assert among.shares(settings, slice(None))[:, 0] == pytest.approx(nordic.zones.share, rel=0.02)


def test_a_site_that_stands_for_a_zone_has_the_row_of_the_table(nordic):
    row = assess_at(nordic, int(nordic.zones.head[3]))
    assert row.equals(nordic.confidence.table.iloc[3])


def test_any_other_place_is_ranked_among_those_that_do(nordic):
    last = assess_at(nordic, int(nordic.order[-1]))
    zones = len(nordic.zones.head)
    assert last["expected_rank"] > zones / 2
    assert last["rank_high"] == zones + 1
    within = np.flatnonzero((nordic.zones.zone == 1) & (nordic.rank > 1))
    near = assess_at(nordic, int(within[np.argmin(nordic.rank[within])]))
    assert near["p_top10"] > 0.5  # in the place of the site that stands for its zone
    assert near["rank_high"] <= zones


def test_no_draws_no_rank_anywhere(nordic):
    assert assess_at(with_draws(nordic, draws=0), int(nordic.order[-1])) is None
