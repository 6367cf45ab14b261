from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from geodata.errors import SitingError
from geodata.load import table
from siting.model.zones import Cut
from siting.pipeline import make_plan
from siting.study.study import Candidates, Study
from siting.study.studyfile import changed
from siting.validation import replay as bt
from siting.validation.plants import Chosen, choose
from siting.validation.replay import RANKINGS, percentile, ranks_of

FINLAND = Study(candidates=Candidates(countries=("FI",), min_population=15_000))


def places(n=20, towns=12):
    """Candidates along a meridian, towns first, half of them Finnish, and a plant at the end."""
    kinds = ["town"] * towns + ["industrial site"] * (n - towns) + ["plant"]
    return pd.DataFrame(
        {
            "kind": kinds,
            "country": ["FI" if i % 2 else "SE" for i in range(n)] + ["FI"],
            "lat": [*np.linspace(0, 60, n), 61.0],
            "lon": 20.0,
        }
    )


def ranked(where, scores):
    rivals = where.iloc[:-1].reset_index(drop=True)
    return ranks_of(where, np.asarray(scores, dtype=float), Cut.of(rivals, extent_km=200.0))


@pytest.fixture(scope="module")
def vaasa():
    """Two plants of the catalogue, ranked among Finnish places only."""
    chosen = choose(table("anode_plants"))
    plants = chosen.plants[chosen.plants["id"].isin(["shanshan-vaasa", "epsilon-vaasa"])]
    chosen = Chosen(plants.reset_index(drop=True), chosen.left_out)
    return bt.backtest(FINLAND, chosen)


def test_percentile_by_hand_with_ties():
    assert percentile(0.5, np.array([0.1, 0.5, 0.5, 0.9])) == pytest.approx((1 + 2 / 2) / 4)
    assert percentile(0.5, np.array([0.5])) == 0.5
    assert np.isnan(percentile(0.5, np.array([])))


@pytest.mark.parametrize("seed", range(4))
def test_percentile_is_the_area_under_the_curve_of_one_positive(seed):
    rng = np.random.default_rng(seed)
    others = rng.integers(0, 8, 40).astype(float)  # full of ties
    own = float(rng.integers(0, 8))
    expected = roc_auc_score([0] * 40 + [1], [*others, own])
    assert percentile(own, others) == pytest.approx(expected)


def test_a_perfect_ranking_gives_1_and_an_inverted_one_0():
    where = places()
    nearness = where["lat"].to_numpy()  # the plant lies furthest north, beside the last site
    best, worst = ranked(where, nearness), ranked(where, -nearness)
    for name in ("towns", "sites", "towns_country"):
        assert (best[name], worst[name]) == (1.0, 0.0)
    assert (best["towns_tenth"], worst["towns_tenth"]) == (1.0, 0.0)


def test_sets_are_ranked_apart_and_within_a_country_only_among_enough():
    where = places()
    scores = np.where(where["kind"].eq("town"), 0.0, 1.0)
    scores[-1] = 0.5
    result = ranked(where, scores)
    assert (result["towns"], result["sites"]) == (1.0, 0.0)
    assert result["towns_country"] == 1.0  # six Finnish towns
    assert np.isnan(result["sites_country"])  # four Finnish sites


def test_noise_below_the_last_digits_is_a_tie():
    where = places()
    scores = np.full(len(where), 0.3)
    scores[-1] += 1e-13
    assert ranked(where, scores)["towns"] == 0.5


def test_a_plant_is_near_when_a_centre_of_the_zones_is(monkeypatch):
    where = places(n=40, towns=40)
    monkeypatch.setattr(bt, "ZONES", 1)
    northern = ranked(where, where["lat"].to_numpy())
    # one degree of latitude is 111 km: the only zone stands at 60, the plant at 61
    assert northern["near_km"] == pytest.approx(111.2, abs=0.2)
    assert northern["near"] == 0.0
    southern = ranked(where, -where["lat"].to_numpy())
    assert southern["near_km"] == pytest.approx(61 * 111.195, abs=5)


def test_the_country_counts_by_the_sum_of_its_places():
    where = places(n=20, towns=20)
    where["country"] = ["A", "B", "C", "D"] * 5 + ["D"]
    scores = np.array([0.3, 0.2, 0.1, 0.0] * 5 + [0.0])
    assert ranked(where, scores)["country_first"] == 0.0  # the fourth of four
    scores[3] = 1.0  # one place alone lifts its country
    assert ranked(where, scores)["country_first"] == 1.0


def test_every_ranking_ranks_every_plant(vaasa):
    assert list(vaasa.ranks) == list(RANKINGS)
    for rank in vaasa.ranks.values():
        assert len(rank) == 2
        shares = rank[["towns", "sites", "towns_country", "sites_country"]].to_numpy()
        assert ((shares >= 0) & (shares <= 1)).all()
    # one country: within it and over all is the same
    model = vaasa.ranks["model"]
    assert model["towns"].equals(model["towns_country"].rename("towns"))
    assert (vaasa.ranks["random"]["towns"] == 0.5).all()
    # Finland has one power price: every town ties with the plant
    assert vaasa.ranks["power_price"]["towns"].tolist() == pytest.approx([0.5, 0.5])


def test_the_plant_is_measured_as_the_town_it_stands_in(vaasa):
    """The two Vaasa plants and the town of Vaasa share a point, so no ranking parts them much."""
    plants = vaasa.chosen.plants
    assert plants["as_of"].astype(str).tolist() == ["2022-01-10", "2023-09-26"]
    assert plants["investor"].tolist() == ["IN", "CN"]
    cost = vaasa.ranks["delivered_cost"]["towns"]
    assert cost.notna().all()
    assert vaasa.standing["tied"].tolist() == [False, False]


def test_chances_are_those_of_a_logit_over_all_places(vaasa):
    standing = vaasa.standing
    assert standing["country_rank"].tolist() == [1.0, 1.0]  # Finland alone is compared
    assert standing["country_chance"].tolist() == pytest.approx([1.0, 1.0])
    assert (standing["ln_chance"] < 0).all()
    assert vaasa.calibration.groupby("plant")["chance"].sum().tolist() == pytest.approx([1, 1])
    assert vaasa.calibration["seen"].sum() == 2


def test_the_sum_without_a_criterion_is_ranked_too(vaasa):
    without = vaasa.without
    assert set(without["criterion"]) == set(make_plan(FINLAND).weights.index)
    # nothing of Finland differs in openness, so that leaving it out moves no rank
    whole = vaasa.ranks["model"].set_index(vaasa.chosen.plants["id"])["towns"]
    entry = without[without["criterion"].eq("openness")].set_index("plant")["towns"]
    assert entry.to_dict() == pytest.approx(whole.to_dict())


def test_the_score_is_the_planners_own():
    """A plant set on a town scores what the plan of its eve gives that town."""
    plan_of = {"as_of": "2023-09-26", "investor": "CN", "owner": "Shanshan"}
    study = changed(FINLAND, {**plan_of, "product": "synthetic", "capacity_ktpa": 100.0})
    plan = make_plan(study)
    town = plan.places[plan.places["kind"].eq("town")].iloc[7]
    row = table("anode_plants").set_index("id", drop=False).loc[["shanshan-vaasa"]]
    row = row.assign(id="mine", lat=town["lat"], lon=town["lon"], city=town["name"])
    result = bt.backtest(FINLAND, choose(row.reset_index(drop=True)))
    assert result.standing["utility"][0] == pytest.approx(plan.utility[town.name], abs=1e-9)
    towns = plan.places["kind"].eq("town").to_numpy()
    expected = percentile(plan.utility[town.name], plan.utility[towns])
    assert result.ranks["model"]["towns"][0] == pytest.approx(expected)


def test_a_place_that_the_law_bars_is_a_miss(monkeypatch):
    def bars_the_plant(places, *_others):
        return pd.DataFrame({"rule_id": np.where(places["kind"].eq("plant"), "X", "")})

    monkeypatch.setattr(bt.gates, "gates", bars_the_plant)
    row = table("anode_plants").set_index("id", drop=False).loc[["shanshan-vaasa"]]
    result = bt.backtest(FINLAND, choose(row.reset_index(drop=True)))
    assert result.standing["barred"].all()
    assert result.ranks["model"]["towns"][0] == 0.0
    assert result.ranks["power_price"]["towns"][0] == 0.0  # barred under every ranking


def test_a_table_that_knows_the_plant_on_its_eve_is_refused():
    row = table("anode_plants").set_index("id", drop=False).loc[["shanshan-vaasa"]]
    row = row.assign(announced_date="2025-01", announced_year=2025.0)
    with pytest.raises(SitingError, match=r"known on 2024-12-31.*same announced_date"):
        bt.backtest(FINLAND, choose(row.reset_index(drop=True)))
