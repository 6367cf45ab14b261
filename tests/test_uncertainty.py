import numpy as np
import pytest

from siting.confidence.acceptability import CHUNK
from siting.confidence.draws import LOCAL, as_chosen, draw
from siting.confidence.uncertainty import SPREAD, model_of


@pytest.fixture(scope="module")
def model(nordic):
    return model_of(nordic.study, nordic.facts, nordic, nordic.zones.head)


def test_with_everything_as_chosen_the_model_is_the_plan(nordic, model):
    scores = model.scores(as_chosen(model, CHUNK), slice(0, CHUNK))
    assert scores[:, 0] == pytest.approx(nordic.score[nordic.zones.head], abs=1e-6)
    assert scores == pytest.approx(np.repeat(scores[:, :1], CHUNK, axis=1), abs=1e-12)


def test_the_expected_demand_is_that_of_the_plan(nordic, model):
    reached = model.kernels["accessible_demand"] @ model.chance[model.counted["accessible_demand"]]
    heads = nordic.zones.head
    expected = nordic.measures.raw["accessible_demand"].to_numpy(dtype=float)[heads]
    assert reached == pytest.approx(expected, rel=1e-4)


def test_draws_have_the_frequencies_they_say(model):
    drawn = draw(model, 5000, 1, 40.0)
    assert drawn.built.mean(axis=1) == pytest.approx(model.chance, abs=0.03)
    assert set(np.unique(drawn.built)) <= {0.0, 1.0}
    for name, mean in model.weights.items():
        assert drawn.weights[name].mean(axis=0) == pytest.approx(mean, abs=0.01)
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
    assert one.price.tobytes() == same.price.tobytes()
    assert one.built.tobytes() == same.built.tobytes()
    assert one.price.tobytes() != other.price.tobytes()


def test_dearer_power_never_lifts_a_score(model):
    still = as_chosen(model, CHUNK)
    before = model.scores(still, slice(0, CHUNK))[:, 0]
    dear = {**still.__dict__, "power": np.full_like(still.power, 1.0)}
    after = model.scores(type(still)(**dear), slice(0, CHUNK))[:, 0]
    assert (after <= before + 1e-12).all()
    assert (after < before).any()


def test_the_less_is_known_the_wider_the_spread():
    assert SPREAD["A"] < SPREAD["B"] < SPREAD["C"]
