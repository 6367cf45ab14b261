import numpy as np
import pytest

from siting.confidence.assessment import assess_at
from siting.confidence.uncertainty import model_of
from siting.screening.chances import bars, chances


@pytest.fixture(scope="module")
def models(nordic):
    every = np.arange(len(nordic.places))
    model = model_of(nordic.study, nordic.facts, nordic, every)
    return model.take(nordic.zones.head), model.light()


@pytest.fixture(scope="module")
def found(nordic, models):
    heads, light = models
    of = bars(nordic.study, heads, (1, 10))
    return of, chances(light, nordic.zones.zone, of)


def test_the_heads_of_zones_have_the_chances_of_the_plan(nordic, found):
    table = nordic.confidence.table
    own = found[1][nordic.zones.head]
    assert own[:, 0] == pytest.approx(table["p_first"], abs=0.003)
    assert own[:, 1] == pytest.approx(table["p_top10"], abs=0.003)


def test_any_other_place_has_the_chances_that_explain_tells(nordic, found):
    others = np.setdiff1d(np.arange(len(nordic.places)), nordic.zones.head)
    inside = others[nordic.zones.zone[others] > 0][:2]
    outside = others[nordic.zones.zone[others] == 0][:2]
    for position in (*inside, *outside):
        told = assess_at(nordic, int(position))
        assert found[1][position, 0] == pytest.approx(told["p_first"], abs=0.003)
        assert found[1][position, 1] == pytest.approx(told["p_top10"], abs=0.003)


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
