import numpy as np
import pytest

from siting.confidence.draws import draw
from siting.confidence.uncertainty import model_of
from siting.screening.chances import bars, chances


@pytest.fixture(scope="module")
def models(nordic):
    every = np.arange(len(nordic.places))
    model = model_of(nordic.study, nordic.facts, nordic, every)
    return model.take(nordic.zones.head), model.as_float32()


@pytest.fixture(scope="module")
def found(nordic, models):
    heads, light = models
    of = bars(nordic.study, heads, (1, 10))
    return of, chances(light, nordic.zones.zone, of)


def test_chances_are_those_of_a_count_in_double_precision(nordic, models, found):
    heads, asked = nordic.zones.head, nordic.study.confidence
    drawn = draw(models[0], asked.draws, asked.seed, asked.concentration)
    bar = models[0].utility(drawn, slice(0, asked.draws))
    others = np.setdiff1d(np.arange(len(nordic.places)), heads)
    inside, outside = (others[(nordic.zones.zone[others] > 0) == own][:3] for own in (True, False))
    for position in (*heads[:3], *inside, *outside):
        model = model_of(nordic.study, nordic.facts, nordic, np.array([position]))
        own = model.utility(drawn, slice(0, asked.draws))[0]
        zone = nordic.zones.zone[position]
        ahead = ((np.delete(bar, zone - 1, axis=0) if zone else bar) > own).sum(axis=0)
        assert found[1][position, 0] == pytest.approx((ahead < 1).mean(), abs=0.003)
        assert found[1][position, 1] == pytest.approx((ahead < 10).mean(), abs=0.003)


def test_to_be_among_more_is_never_rarer_and_all_is_certain(nordic, models):
    heads, light = models
    zones = len(nordic.zones.head)
    share = chances(light, nordic.zones.zone, bars(nordic.study, heads, (1, 5, 10, zones, 99)))
    assert (np.diff(share, axis=1) >= 0).all()
    assert (share[nordic.zones.head, 3] == 1).all()
    assert (share[:, 4] == 1).all()


def test_the_chance_of_cells_does_not_depend_on_how_many_are_scored_at_once(
    nordic, models, found, monkeypatch
):
    monkeypatch.setattr("siting.screening.chances.ROWS", 37)
    again = chances(models[1], nordic.zones.zone, found[0])
    assert again == pytest.approx(found[1], abs=0.001)
