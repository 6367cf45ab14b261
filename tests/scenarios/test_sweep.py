from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from sample_sweep import BASE, scenarios, small_sweep
from threadpoolctl import threadpool_limits

from geodata.errors import SitingError
from geodata.sphere import great_circle_km
from siting.model.plan import Plan
from siting.model.scoring import ODDS
from siting.model.zones import EXTENT_KM
from siting.pipeline import Run, make_plan
from siting.scenarios import sweep as module
from siting.scenarios.sweep import Sweep, sweep
from siting.study.sources import Candidates, Hexagons
from siting.study.study import Listing, PillarWeights


@pytest.fixture(scope="module")
def result() -> Sweep:
    return small_sweep()


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """The plan of each scenario, each made by itself."""
    with threadpool_limits(1):
        return [make_plan(one.study) for one in scenarios()]


def test_a_scenario_scores_and_ranks_as_its_own_plan_to_the_last_bit(result, plans):
    for s, plan in enumerate(plans):
        at = pd.Index(plan.places["site_id"]).get_indexer(pd.Index(result.sites["site_id"]))
        here = at >= 0
        odds = np.exp(ODDS * (plan.utility - plan.utility.max()))
        assert result.scores[here, s].tobytes() == odds[at[here]].tobytes()
        assert result.ranks[here, s].tolist() == plan.zones.zone[at[here]].tolist()
        assert result.absent[:, s].tolist() == (~here).tolist()
        line, head = result.summary.iloc[s], plan.places.iloc[plan.zones.head[:3]]
        assert [line[f"{n}_id"] for n in ("first", "second", "third")] == list(head["site_id"])
        assert line["first_score"] == odds[plan.zones.head[0]]
        assert (line["places"], line["barred"]) == (len(plan.places), len(plan.barred))
        assert line["price_usd_per_t"] == plan.price_usd_per_t


def test_every_first_site_of_a_scenario_is_there_or_spoken_for(result, plans):
    spoken = {name for names in result.sites["stands_for"] for name in names.split(";")} - {""}
    rows = set(result.sites["site_id"])
    heads = {site for plan in plans for site in plan.places["site_id"].iloc[plan.zones.head[:8]]}
    assert rows | spoken == heads
    assert not rows & spoken


def test_no_two_rows_are_one_decision(result):
    lat, lon = (result.sites[axis].to_numpy(float) for axis in ("lat", "lon"))
    km = great_circle_km(lat[:, None], lon[:, None], lat, lon)
    country = result.sites["country"].to_numpy(str)
    same = (country[:, None] == country) & ~np.eye(len(km), dtype=bool)
    assert km[same].min() >= EXTENT_KM / 2
    assert BASE.listing.zone_km is None


def test_a_list_of_one_s_own_keeps_every_place(tmp_path):
    (tmp_path / "mine.csv").write_text("site_id,name,lat,lon\na,A,63.1,21.6\nb,B,63.2,21.7\n")
    base = BASE.model_copy(update={"candidates": Candidates(file=tmp_path / "mine.csv")})
    mine = sweep(base, scenarios(base), top=8, workers=1)
    assert sorted(mine.sites["site_id"]) == ["a", "b"]
    assert mine.sites["stands_for"].eq("").all()


def test_regret_is_counted_from_the_best_of_the_union(result):
    best = result.summary["best_score"].to_numpy()
    assert (best >= result.summary["first_score"].to_numpy()).all()
    assert result.regrets == pytest.approx(best - result.scores, abs=1e-12)
    assert (result.regrets >= 0).all()
    assert result.sites["regret_max"].to_numpy() == pytest.approx(result.regrets.max(axis=1))
    expected = result.regrets @ [one.probability for one in result.scenarios]
    assert result.sites["regret_expected"].to_numpy() == pytest.approx(expected)
    assert result.sites["robust_rank"].tolist() == list(range(1, len(result.sites) + 1))


def test_where_a_site_is_barred_it_scores_nothing_and_loses_all():
    """Texas is open to a Korean and barred to a Chinese investor."""
    american = Candidates(sets=("industrial_sites",), countries=("US",))
    update = {"candidates": american, "listing": Listing(zones=200)}
    base = BASE.model_copy(update=update)
    seen = sweep(base, scenarios(base), top=200, workers=1)
    texas = seen.sites["region"].eq("US-TX").to_numpy()
    assert texas.any()
    barred = [one.study.investor == "CN" for one in seen.scenarios]
    assert (seen.absent[texas] == barred).all()
    assert (seen.scores[texas][:, barred] == 0).all()
    assert (seen.ranks[texas][:, barred] == 0).all()
    best = seen.summary["best_score"].to_numpy()[barred]
    assert (seen.regrets[texas][:, barred] == best).all()
    assert seen.sites["barred_in"][texas].tolist() == [2] * int(texas.sum())


@pytest.mark.parametrize("workers", [1, 2])
def test_neither_processes_nor_order_move_a_bit(result, workers):
    backwards = sweep(BASE, scenarios()[::-1], top=8, workers=workers)
    assert backwards.scores[:, ::-1].tobytes() == result.scores.tobytes()
    assert backwards.ranks[:, ::-1].tobytes() == result.ranks.tobytes()
    columns = [c for c in result.sites if c != "regret_max_in"]
    pd.testing.assert_frame_equal(
        backwards.sites[columns], result.sites[columns], check_exact=False, rtol=1e-12
    )
    turned = backwards.summary.iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(turned, result.summary)


def test_nothing_is_measured_twice(monkeypatch):
    runs = []

    class Kept(Run):
        def __init__(self) -> None:
            super().__init__()
            runs.append(self)

    monkeypatch.setattr(module, "Run", Kept)
    weighed = [{"weights": {"cost": PillarWeights(weight=w)}} for w in (3.0, 9.0)]
    mixed = [
        dataclasses.replace(one, study=one.study.model_copy(update=update))
        for update in weighed
        for one in scenarios()
    ]
    sweep(BASE, mixed, top=5, workers=1)
    (run,) = runs
    once = {"facts", "own", "demand"}
    thrice = {"places", "customers", "measures", "values", "near"}
    wanted = dict.fromkeys(once, 1) | dict.fromkeys(thrice, 3) | {"scores": 8, "zones": 8}
    assert run.made == Counter(wanted)


def test_many_scenarios_are_cut_into_goes_and_none_is_lost():
    ones = [one for one in scenarios() for _ in range(60)]
    blocks = module._blocks(ones, 5, 7)
    assert max(len(block.numbers) for block in blocks) <= 7
    assert sorted(n for block in blocks for n in block.numbers) == list(range(len(ones)))
    for block in blocks:
        assert all(ones[n].study == s for n, s in zip(block.numbers, block.studies, strict=True))
        assert len({study.investor for study in block.studies}) == 1  # they share their places


def test_how_scenarios_are_cut_moves_nothing(result, monkeypatch):
    monkeypatch.setattr(module, "ALONE", 1)
    cut = sweep(BASE, scenarios(), top=8, workers=1)
    assert cut.scores.tobytes() == result.scores.tobytes()
    pd.testing.assert_frame_equal(cut.summary, result.summary)


def test_a_scenario_at_fault_is_named():
    bad = dataclasses.replace(
        scenarios()[0],
        name="nobody buys",
        study=BASE.model_copy(update={"owner": "No Such Firm"}),
    )
    with pytest.raises(SitingError, match=r"scenario nobody buys: study, owner.*No Such Firm"):
        sweep(BASE, [*scenarios()[:1], bad], workers=1)
    hexagons = BASE.model_copy(update={"candidates": Candidates(hex=Hexagons(regions=("FI",)))})
    with pytest.raises(SitingError, match="not hexagons"):
        sweep(BASE, [dataclasses.replace(bad, study=hexagons)])


def test_who_leads_most_often_speaks_for_those_nearby():
    heads = pd.DataFrame(
        {"site_id": ["a", "b", "c", "d"], "lat": [60.0, 60.5, 61.0, 65.0], "lon": [20.0] * 4,
         "country": "FI"}
    )  # fmt: skip
    # 56 km from a to b and from b to c, 111 from a to c
    assert module._speakers(heads, np.array([1, 3, 2, 1.0]), np.zeros(4), 60.0).tolist() == [
        1, 1, 1, 3
    ]  # fmt: skip
    assert module._speakers(heads, np.array([3, 1, 2, 1.0]), np.zeros(4), 60.0).tolist() == [
        0, 0, 2, 3
    ]  # fmt: skip
    even = module._speakers(heads, np.ones(4), np.array([0.1, 0.2, 0.3, 0]), 60.0)
    assert even.tolist() == [0, 2, 2, 3]
    abroad = heads.assign(country=["SE", "FI", "FI", "FI"])  # zones end at borders
    alone = module._speakers(abroad, np.array([1, 3, 2, 1.0]), np.zeros(4), 60.0)
    assert alone.tolist() == [0, 1, 1, 3]
    assert module._speakers(heads, np.ones(4), np.zeros(4), 0.0).tolist() == [0, 1, 2, 3]


def test_ctrl_c_leaves_no_scratch(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_raise_faults", stopped)
    with pytest.raises(KeyboardInterrupt):
        sweep(BASE, scenarios()[:1], workers=1)
    assert not list(tmp_path.iterdir())


def test_scores_of_scenarios_that_are_done_stay_on_disk_alone(monkeypatch):
    """What is held of a block of scenarios does not grow with the places."""
    held: list[int] = []

    def compared(*given):
        for block in given[-1]:
            arrays = (block.site_id, block.score, block.zone, *block.heads)
            held.extend((one if one.base is None else one.base).size for one in arrays)
        return given

    monkeypatch.setattr(module, "_compared", compared)
    sweep(BASE, scenarios(), top=5, workers=1)
    assert held
    assert max(held) <= 5
