import numpy as np
import pandas as pd
import pytest

from geodata.load import table
from siting.cost import Inputs, annuity, cost_stack, feedstock_at_gate, recipe, viability


def inputs(**changes):
    place = {
        "power_usd_per_mwh": 50.0, "wage_usd_per_h": 20.0, "risk_premium": 0.0, "aid_share": 0.0,
        "feedstock_usd_per_t": 1000.0, "freight_usd_per_t": 60.0,
    }  # fmt: skip
    return Inputs(**{k: np.array([v]) for k, v in {**place, **changes}.items()})


def test_annuity_is_the_published_one():
    # 10 % over 15 years: 0.1315 (any table of capital recovery factors)
    assert annuity(np.array([0.10])) == pytest.approx([0.13147], abs=1e-5)


def test_stack_by_hand():
    stack = cost_stack(inputs(), "CN", "synthetic", table("anode_economics")).iloc[0]
    assert stack["capital"] == pytest.approx(9000 * 0.131474, rel=1e-4)
    assert stack["power"] == pytest.approx(14 * 50)
    assert stack["labour"] == pytest.approx(22 * 20)
    assert stack.sum() == pytest.approx(1183.27 + 700 + 440 + 1000 + 500 + 60, abs=0.1)


def test_others_build_dearer_than_chinese_owners():
    economics = table("anode_economics")
    own, other = (
        cost_stack(inputs(), who, "synthetic", economics)["capital"][0] for who in ("CN", "US")
    )
    assert other > own


@pytest.mark.parametrize(
    ("change", "dearer"),
    [
        ({"power_usd_per_mwh": 80.0}, True),
        ({"aid_share": 0.3}, False),
        ({"risk_premium": 0.05}, True),
    ],
)
def test_each_input_moves_the_cost_its_own_way(change, dearer):
    economics = table("anode_economics")
    before = cost_stack(inputs(), "CN", "synthetic", economics).sum(axis=1)[0]
    after = cost_stack(inputs(**change), "CN", "synthetic", economics).sum(axis=1)[0]
    assert (after > before) == dearer


def test_each_feedstock_takes_its_cheapest_source_at_the_gate():
    sources = pd.DataFrame(
        {
            "feedstock": ["needle_coke", "needle_coke", "petroleum_coke"],
            "price_usd_per_t": [700.0, 600.0, 500.0],
        }
    )
    freight = np.array([[10.0, 200.0, 50.0]], dtype=np.float32)
    tonnes = {"needle_coke": 0.8, "petroleum_coke": 0.85}
    assert feedstock_at_gate(freight, sources, tonnes) == pytest.approx([0.8 * 710 + 0.85 * 550])


def test_recipes_come_from_the_economics_table():
    economics = table("anode_economics")
    assert recipe("synthetic", economics) == pytest.approx(
        {"needle_coke": 0.8, "petroleum_coke": 0.85}
    )
    assert recipe("natural", economics) == pytest.approx({"flake_concentrate": 1 / 0.55})


def test_viability_is_even_at_the_price_and_falls_with_cost():
    chance = viability(np.array([2000.0, 3000.0, 4000.0]), 3000.0)
    assert chance[1] == pytest.approx(0.5)
    assert chance[0] > chance[1] > chance[2]
