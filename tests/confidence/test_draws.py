from types import SimpleNamespace

import numpy as np
import pytest

from siting.confidence.draws import as_chosen, countries, draw
from siting.confidence.uncertainty import model_of
from siting.study.weights import TOTAL

# what is drawn around: two criteria, three plants, a parameter of all and one of each country
MODEL = SimpleNamespace(
    weights=np.array([0.25, 0.75]), chance=np.array([0.0, 0.3, 1.0]),
    low={"furnace_mwh": None, "capex_band": None},
)  # fmt: skip


def test_each_draw_has_the_law_it_says():
    found = draw(MODEL, 4000, 7, 40.0)
    every = len(countries())
    assert np.allclose(found.weights.sum(axis=1), TOTAL)
    assert found.weights.mean(axis=0) == pytest.approx(TOTAL * MODEL.weights, rel=0.02)
    assert found.weights[:, 0].std() == pytest.approx(TOTAL * np.sqrt(0.1875 / 41), rel=0.05)
    assert set(np.unique(found.built)) == {0.0, 1.0}
    assert found.built.mean(axis=1) == pytest.approx(MODEL.chance, abs=0.03)
    shapes = {name: drawn.shape for name, drawn in found.parameters.items()}
    assert shapes == {"furnace_mwh": (4000,), "capex_band": (every, 4000)}
    for drawn in found.parameters.values():
        assert np.abs(drawn).max() <= 1
        assert (drawn.mean(), drawn.var()) == pytest.approx((0, 1 / 6), abs=0.02)  # triangular
    for drawn in (found.power, found.wage):
        assert drawn.shape == (every, 4000)
        assert (drawn.mean(), drawn.std()) == pytest.approx((0, 1), abs=0.01)
    # a country apart from another, power apart from wages
    apart = [found.power[0], found.power[1], found.wage[0], *found.parameters["capex_band"][:2]]
    assert np.corrcoef(apart) == pytest.approx(np.eye(5), abs=0.08)


def test_draws_fill_whole_chunks_and_follow_from_the_seed():
    one, same, other = (draw(MODEL, 101, seed, 40.0) for seed in (3, 3, 4))
    assert one.weights.shape == (200, 2)
    assert one.built.shape == (3, 200)
    assert draw(MODEL, 200, 3, 40.0).power.tobytes() == one.power.tobytes()
    assert same.weights.tobytes() == one.weights.tobytes() != other.weights.tobytes()


def test_as_chosen_nothing_is_drawn():
    found = as_chosen(MODEL, 3)
    assert found.weights.tolist() == [[0.25, 0.75]] * 3
    assert found.built.tolist() == [[0.0] * 3, [0.3] * 3, [1.0] * 3]
    assert {name: drawn.tolist() for name, drawn in found.parameters.items()} == {
        "furnace_mwh": [0.0] * 3, "capex_band": [0.0] * 3,
    }  # fmt: skip
    for drawn in (found.power, found.wage):
        assert drawn.shape == (len(countries()), 3)
        assert not drawn.any()


def test_light_draws_are_single_in_every_part():
    drawn = draw(MODEL, 5, 3, 40.0)
    light = drawn.as_float32()
    for whole, half in [
        *((getattr(drawn, k), getattr(light, k)) for k in ("weights", "built", "power", "wage")),
        *((drawn.parameters[k], light.parameters[k]) for k in MODEL.low),
    ]:
        assert half.dtype == np.float32
        assert np.allclose(half, whole, rtol=1e-6, atol=1e-6)
    assert light.parameters.keys() == drawn.parameters.keys()


def test_a_country_draws_the_same_whoever_is_compared_with_it(nordic):
    heads = nordic.zones.head
    every, one = (
        draw(model_of(nordic.study, nordic.facts, nordic, rows), 150, 3, 40.0)
        for rows in (heads, heads[-1:])
    )
    assert every.power.tobytes() == one.power.tobytes()
    assert every.wage.tobytes() == one.wage.tobytes()
    assert every.power.shape[0] == len(countries())


def test_light_draws_are_the_draws_in_single_precision(nordic):
    drawn = draw(model_of(nordic.study, nordic.facts, nordic, nordic.zones.head), 50, 3, 40.0)
    light = drawn.as_float32()
    assert light.built.dtype == np.float32
    for name in ("weights", "power", "wage"):
        assert getattr(light, name) == pytest.approx(getattr(drawn, name), abs=1e-6)
