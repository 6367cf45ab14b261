import numpy as np
import pytest

from siting.confidence.flips import moved_by
from siting.confidence.what_if import _gated, _mixture_lead, keeps_first, passing, tornado
from siting.model import scoring


@pytest.fixture(scope="module")
def pair(nordic):
    return int(nordic.zones.head[0]), int(nordic.zones.head[1])


def gates_of(plan, a, b):
    return {name: (_gated(plan, name, a), _gated(plan, name, b)) for name in plan.weights}


def test_without_a_change_the_lead_is_that_of_the_plan(nordic, pair):
    a, b = pair
    assert _mixture_lead(nordic, gates_of(nordic, a, b), 0.0) == pytest.approx(
        nordic.score[a] - nordic.score[b]
    )


def test_a_change_found_in_one_strategy_turns_the_order(nordic, pair):
    a, b = pair
    for found in passing(nordic, a, b)[:-1]:
        if not np.isfinite(found.moved) or found.moved == 0:
            continue
        weights = nordic.weights[found.strategy].to_numpy(dtype=float)
        own, other = (_gated(nordic, found.strategy, i) for i in (a, b))
        for share, leads in ((found.moved * 1.001, False), (found.moved * 0.99, True)):
            turned = moved_by(weights, own, other, min(share, 1.0))
            assert (turned @ own > turned @ other) == leads
        assert found.exact


def test_a_change_found_in_the_mixture_turns_the_order(nordic, pair):
    a, b = pair
    found = passing(nordic, a, b)[-1]
    assert found.strategy == "mixture"
    assert not found.exact
    if np.isfinite(found.moved) and found.moved > 0:
        assert _mixture_lead(nordic, gates_of(nordic, a, b), found.moved) <= 1e-9
        assert _mixture_lead(nordic, gates_of(nordic, a, b), 0.98 * found.moved) > 0


def test_the_gated_values_are_the_scores(nordic, pair):
    for name, leaves in nordic.weights.items():
        score = leaves.to_numpy(dtype=float) @ _gated(nordic, name, pair[0])
        assert score == pytest.approx(nordic.strategies[name].score[pair[0]])


def test_the_tornado_holds_the_score_between_its_ends(nordic, pair):
    table = tornado(nordic, pair[0])
    score = 100 * nordic.score[pair[0]]
    low, high = table[["low", "high"]].min(axis=1), table[["low", "high"]].max(axis=1)
    drawn = ~table["input"].str.startswith("Weight")
    assert (low[drawn] <= score + 1e-6).all()
    assert (high[drawn] >= score - 1e-6).all()
    assert table["swing"].is_monotonic_decreasing
    assert {"Price of the day", "Capital cost of the project"} <= set(table["input"])
    price = table.set_index("input").loc["Price of the day"]
    assert price["low"] < price["high"]  # dearer anode helps


def test_weights_between_which_the_first_stays_first(nordic):
    name = next(iter(nordic.weights))
    table = keeps_first(nordic, name)
    assert list(table["criterion"]) == list(nordic.weights[name].index)
    assert (table["low"] <= table["weight"]).all()
    assert (table["weight"] <= table["high"]).all()
    leaves = nordic.weights[name].to_numpy(dtype=float)
    scores = np.array([_gated(nordic, name, int(i)) for i in nordic.zones.head])
    first = int(np.argmax(scores @ leaves))
    k = int((table["high"] - table["low"]).to_numpy().argmin())
    for end in (table["low"][k], table["high"][k]):
        turned = leaves * (1 - end) / (1 - leaves[k])
        turned[k] = end
        total = scores @ turned
        assert total[first] == pytest.approx(total.max(), abs=1e-9)


def test_the_mixture_of_two_sites_is_that_of_the_plan(nordic, pair):
    scores = {n: s.score[list(pair)] for n, s in nordic.strategies.items()}
    both, _ = scoring.mix(scores, nordic.prior, nordic.study.sharpness)
    assert both == pytest.approx(nordic.score[list(pair)])
