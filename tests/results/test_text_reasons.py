import numpy as np
import pytest

from siting.results.text.reasons import BORNE_OUT, REASONS, reasons_at
from siting.study.criteria import CRITERIA
from siting.study.lenses import LENSES
from siting.study.weights import leaf_weights

LENS = leaf_weights(LENSES["article_2023"].tree)


def test_every_reason_is_carried_by_criteria_that_the_article_weighs():
    for reason in REASONS:
        assert reason.criteria
        assert set(reason.criteria) <= set(CRITERIA)
        assert (LENS[list(reason.criteria)] > 0).all()


def test_the_verdict_follows_from_the_odds(nordic):
    for position in (0, len(nordic.places) // 2):
        table = reasons_at(nordic, position)
        assert (table["verdict"].eq("borne out") == (table["odds"] > BORNE_OUT)).all()


def test_odds_are_against_the_median_by_the_weights_of_the_article(nordic):
    """Judged whatever the study weighs: its lens gives most of these criteria nothing."""
    table = reasons_at(nordic, 3).set_index("criteria")
    assert "net_zero_year" not in nordic.weights
    values = nordic.values["net_zero_year"].to_numpy(dtype=float)
    expected = np.exp(3.6 * LENS["net_zero_year"] * (values[3] - np.median(values)))
    assert table["odds"]["net_zero_year"] == pytest.approx(expected)


def test_the_median_place_bears_nothing_out(nordic):
    values = nordic.values["unserved_demand"].to_numpy(dtype=float)
    middle = int(np.argmin(np.abs(values - np.median(values))))
    table = reasons_at(nordic, middle).set_index("criteria")
    assert table["odds"]["unserved_demand"] == pytest.approx(1, abs=0.05)
