from dataclasses import replace

import numpy as np
import pytest

from siting.confidence.acceptability import CHUNK
from siting.confidence.draws import LOCAL, as_chosen, draw
from siting.confidence.uncertainty import model_of
from siting.model.appraisal import rate
from siting.money.cost import chance_it_pays
from siting.study.studyfile import changed
from siting.study.weights import TOTAL
from siting.world.conditions import SPREAD


@pytest.fixture(scope="module")
def model(nordic):
    return model_of(nordic.study, nordic.facts, nordic, nordic.zones.head)


def test_with_everything_as_chosen_the_model_is_the_plan(nordic, model):
    scores = model.utility(as_chosen(model, CHUNK), slice(0, CHUNK))
    assert scores[:, 0] == pytest.approx(nordic.utility[nordic.zones.head], abs=1e-4)
    assert scores == pytest.approx(np.repeat(scores[:, :1], CHUNK, axis=1), abs=1e-12)


def test_the_expected_demand_is_that_of_the_plan(nordic, model):
    reached = model.kernels["unserved_demand"] @ model.chance[model.counted["unserved_demand"]]
    reached = reached + model.certain["unserved_demand"]
    expected = nordic.measures.raw["unserved_demand"].to_numpy(dtype=float)[nordic.zones.head]
    assert reached == pytest.approx(expected, rel=1e-4)
    assert (model.chance[model.counted["unserved_demand"]] < 1).all()


def test_only_criteria_that_weigh_are_drawn(nordic, model):
    assert model.criteria == tuple(nordic.weights.index)
    assert set(model.kernels) == {"unserved_demand"}
    assert set(model.functions) == {"unserved_demand", "power_price", "delivered_cost"}
    light = rate(
        changed(nordic.study, {"lens": "low_cost_export"}),
        nordic.places,
        nordic.customers,
        nordic.measures,
        nordic.values,
    )
    export = model_of(changed(nordic.study, {"lens": "low_cost_export"}), nordic.facts, light,
                      nordic.zones.head)  # fmt: skip
    assert set(export.functions) == {"delivered_cost"}
    assert export.kernels == {}
    scores = export.utility(as_chosen(export, CHUNK), slice(0, CHUNK))
    assert scores[:, 0] == pytest.approx(light.utility[nordic.zones.head], abs=1e-4)


@pytest.mark.parametrize("name", ["power", "wage"])
def test_a_badly_known_figure_widens_the_band_and_never_moves_the_middle(model, name):
    field = "power_cost" if name == "power" else "wage_cost"
    still = as_chosen(model, 3)
    getattr(still, name)[:] = [-1.0, 0.0, 1.0]
    change = model.cost_change(still, slice(None))
    assert change[:, 1] == pytest.approx(0)
    assert change[:, 0] == pytest.approx(-change[:, 2])
    wide = replace(model, **{field: 2 * getattr(model, field)})
    assert wide.cost_change(still, slice(None)) == pytest.approx(2 * change)


def test_the_cost_of_a_site_is_drawn_alike_whoever_is_drawn_with_it(model):
    drawn = draw(model, 200, 4, 40.0)
    whole = model.cost_change(drawn, slice(0, CHUNK))
    for row in range(0, len(model.country), 5):
        alone = model.take(slice(row, row + 1)).cost_change(drawn, slice(0, CHUNK))
        assert alone[0] == pytest.approx(whole[row], abs=1e-9)


@pytest.mark.parametrize("deviations", [-1.5, -0.5, 0.0, 0.5, 1.5])
def test_the_chance_that_it_pays_is_that_of_the_drawn_costs(nordic, model, deviations):
    swings = nordic.measures.landed.swings
    head, drawn = nordic.zones.head, draw(model, 20_000, 3, 40.0)
    margin = swings.drift + deviations * swings.deviation
    change = model.cost_change(drawn, slice(None))
    paid = (change <= margin[head][:, None]).mean(axis=1)
    assert chance_it_pays(margin, swings)[head] == pytest.approx(paid, abs=0.03)


def test_draws_have_the_frequencies_they_say(model):
    drawn = draw(model, 5000, 1, 40.0)
    assert drawn.built.mean(axis=1) == pytest.approx(model.chance, abs=0.03)
    assert set(np.unique(drawn.built)) <= {0.0, 1.0}
    assert drawn.weights.sum(axis=1) == pytest.approx(TOTAL)
    assert drawn.weights.mean(axis=0) == pytest.approx(model.weights, abs=0.05)
    share = model.weights[0] / TOTAL
    assert drawn.weights[:, 0].std() == pytest.approx(
        TOTAL * np.sqrt(share * (1 - share) / 41), rel=0.05
    )
    for name, u in drawn.parameters.items():
        assert (np.abs(u) <= 1).all()
        assert u.ndim == (2 if name in LOCAL else 1)
    assert drawn.power.std() == pytest.approx(1, abs=0.05)


def test_same_seed_same_draws_and_another_seed_others(model):
    one, same, other = (
        draw(model, 250, 7, 40.0),
        draw(model, 250, 7, 40.0),
        draw(model, 250, 8, 40.0),
    )
    assert one.weights.tobytes() == same.weights.tobytes()
    assert one.built.tobytes() == same.built.tobytes()
    assert one.weights.tobytes() != other.weights.tobytes()


def test_dearer_power_never_lifts_a_score(model):
    still = as_chosen(model, CHUNK)
    before = model.utility(still, slice(0, CHUNK))[:, 0]
    dear = {**still.__dict__, "power": np.full_like(still.power, 1.0)}
    after = model.utility(type(still)(**dear), slice(0, CHUNK))[:, 0]
    assert (after <= before + 1e-12).all()
    assert (after < before).any()


def test_the_less_is_known_the_wider_the_spread():
    assert SPREAD["A"] < SPREAD["B"] < SPREAD["C"]
