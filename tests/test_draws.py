import numpy as np
import pytest

from siting.confidence.draws import countries, draw
from siting.confidence.uncertainty import model_of


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
    light = drawn.light()
    assert light.built.dtype == np.float32
    for name in ("weights", "power", "wage"):
        assert getattr(light, name) == pytest.approx(getattr(drawn, name), abs=1e-6)
