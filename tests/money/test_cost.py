"""The cost of a tonne against hand calculations, closed forms and brute force."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.load import table
from siting.money import cost
from siting.money.capex import CapexModel
from siting.money.cost import Inputs, Plant, annuity, cost_stack, swings
from siting.study.parameters import Parameters, Ranges, ranges
from siting.study.product import catalogue
from siting.study.terms import AT_THE_GATE

PLANT = Plant("KR", 60.0, CapexModel(5000.0, 8000.0, 100.0), carbon_usd_per_t=50.0)
ANODE = Parameters(
    pitch_t_per_t=0.1, pitch_usd_per_t=1000.0, heads_per_kt=10.0, hours_per_head=2000.0,
    maintenance_pct=4.0, utilisation_pct=80.0, rate_pct=8.0, life_years=15.0, capex_band=1.0,
    scale_elasticity=0.1, chinese_capex_usd_per_tpa=3500.0,
    hazard_ratio=0.6, hazard_load=1.5, gas_mmbtu_per_t=2.0,
    consumables_usd_per_t=300.0, furnace_mwh_per_t=9.0, auxiliary_mwh_per_t=3.0, coke_t_per_t=1.6,
    needle_t_per_t=0.6, feeds=catalogue()["synthetic"].feeds,
)  # fmt: skip


def inputs(country: str = "XA", credit: dict[str, float] | None = None, **changes: float) -> Inputs:
    """One invented place; a credit is the same share in each of 15 years."""
    place = {
        "power_usd_per_mwh": 40.0, "gas_usd_per_mmbtu": 8.0, "wage_usd_per_h": 20.0,
        "carbon_g_per_kwh": 500.0, "risk_premium": 0.02, "aid_share": 0.2,
        "power_deviation": 0.0, "wage_deviation": 0.0, "hazard": 0.002,
    }  # fmt: skip
    return Inputs(
        country=np.array([country], dtype=object),
        feed={
            "needle_coke": (np.array([900.0]), np.array([50.0])),
            "petroleum_coke": (np.array([500.0]), np.array([30.0])),
            "flake_concentrate": (np.array([600.0]), np.array([20.0])),
        },
        credit={base: np.full((1, 15), share) for base, share in (credit or {}).items()},
        **{name: np.array([value]) for name, value in {**place, **changes}.items()},
    )


def at_gate(given_: Inputs, plant: Plant = PLANT, p: Parameters = ANODE) -> float:
    return float(cost_stack(given_, plant, p).to_numpy().sum())


# 8,000 + 100 h x 20 USD/h over 80 % of nameplate is 12,500 USD per tonne made; 10 % over 15 years
# is 0.1314738 of it a year.
BY_HAND = {
    "capital": 12_500 * 0.1314738,
    "power": 12 * 40,
    "gas": 2 * 8,
    "labour": 20 / 0.8 * 20,
    "feedstock": 0.6 * 900 + 1.0 * 500 + 0.1 * 1000,
    "feedstock_freight": 0.6 * 50 + 1.0 * 30,
    "consumables": 300,
    "maintenance": 500,
    "hazard": 12_500 * 0.002 * 0.6 * 1.5,
    "silicon": 0,
    "carbon": 12 * 0.5 * 50,
    "aid": -0.2 * 12_500 * 0.1314738,
    # 10 % of 480 + 16 + 500 + 300 + 500 of work, 1,200 bought, and 10,000 / 15 written off
    "credit": -0.1 * (1796 + 1200 + 10_000 / 15),
}


def test_every_part_by_hand() -> None:
    stack = cost_stack(inputs(credit={"production": 0.10}), PLANT, ANODE)
    assert tuple(stack.columns) == AT_THE_GATE == tuple(BY_HAND)
    assert stack.iloc[0].to_dict() == pytest.approx(BY_HAND, rel=1e-6)
    assert stack.sum(axis=1).iloc[0] == pytest.approx(4266.97, abs=0.01)


def test_a_tenth_of_silicon_takes_the_place_of_a_tenth_of_graphite() -> None:
    blend = replace(ANODE, silicon_pct=10.0, silicon_usd_per_t=40_000.0)
    stack = cost_stack(inputs(credit={"production": 0.10}), PLANT, blend).iloc[0]
    graphite = [part for part in AT_THE_GATE if part not in ("silicon", "credit")]
    assert stack["silicon"] == pytest.approx(4000)
    assert stack[graphite].to_dict() == pytest.approx({k: 0.9 * BY_HAND[k] for k in graphite})
    # the law pays for silicon bought as for coke bought
    assert stack["credit"] == pytest.approx(-0.1 * (0.9 * (2996 + 10_000 / 15) + 4000))


@pytest.mark.parametrize(
    ("credit", "usd"),
    [
        ({"processing": 0.10}, 0.10 * (1796 + 10_000 / 15)),
        ({"production": 0.05, "processing": 0.10}, 0.10 * (1796 + 10_000 / 15)),
        ({"production": 0.09, "processing": 0.10}, 0.09 * (2996 + 10_000 / 15)),
        ({}, 0.0),
    ],
)
def test_of_two_credits_the_better_is_paid(credit: dict[str, float], usd: float) -> None:
    stack = cost_stack(inputs(credit=credit), PLANT, ANODE)
    assert stack["credit"].iloc[0] == pytest.approx(-usd)


def test_natural_graphite_buys_flake_and_no_coke() -> None:
    flake = replace(ANODE, coke_t_per_t=0.0, needle_t_per_t=0.0, flake_yield=0.5,
                    feeds=catalogue()["natural"].feeds)  # fmt: skip
    stack = cost_stack(inputs(), PLANT, flake).iloc[0]
    assert stack["feedstock"] == pytest.approx(2 * 600 + 100)
    assert stack["feedstock_freight"] == pytest.approx(2 * 20)


def test_in_china_the_plant_costs_what_the_table_says_whoever_builds() -> None:
    for builder in ("CN", "KR"):
        plant = replace(PLANT, builder=builder)
        stack = cost_stack(inputs("CN"), plant, ANODE).iloc[0]
        assert stack["capital"] == pytest.approx(3500 / 0.8 * 0.1314738, rel=1e-6)
        assert stack["maintenance"] == pytest.approx(0.04 * 3500 / 0.8)


def test_places_do_not_disturb_each_other() -> None:
    one, other = inputs(), inputs(power_usd_per_mwh=90.0, wage_usd_per_h=3.0)
    both = Inputs(
        *(
            np.concatenate([getattr(one, name), getattr(other, name)])
            for name in Inputs.__dataclass_fields__
            if name not in ("feed", "credit")
        ),
        feed={k: (np.repeat(a, 2), np.repeat(b, 2)) for k, (a, b) in one.feed.items()},
        credit={},
    )
    together = cost_stack(both, PLANT, ANODE).to_numpy()
    apart = [cost_stack(place, PLANT, ANODE).to_numpy()[0] for place in (one, other)]
    assert together == pytest.approx(np.array(apart))


@pytest.mark.parametrize(
    ("rate", "years", "factor"),  # from printed tables of capital recovery factors
    [(0.10, 15, 0.13147), (0.08, 20, 0.10185), (0.05, 10, 0.12950), (0.12, 12, 0.16144)],
)
def test_annuity_is_that_of_the_tables(rate: float, years: float, factor: float) -> None:
    assert annuity(np.array([rate]), years) == pytest.approx([factor], abs=6e-6)


@given(st.floats(0.001, 0.5), st.integers(1, 60))
def test_the_payments_are_worth_what_was_lent(rate: float, years: int) -> None:
    payment = float(annuity(np.array([rate]), years)[0])
    worth = math.fsum(payment / (1 + rate) ** k for k in range(1, years + 1))
    assert worth == pytest.approx(1, rel=1e-9)


usd = st.floats(0, 300)


@given(
    name=st.sampled_from(
        [
            "power_usd_per_mwh",
            "gas_usd_per_mmbtu",
            "wage_usd_per_h",
            "carbon_g_per_kwh",
            "risk_premium",
            "aid_share",
        ]
    ),
    shares=st.tuples(st.floats(0, 0.3), st.floats(0, 0.3)),
    power=usd, gas=usd, wage=usd, aid=st.floats(0, 0.5), credit=st.floats(0, 0.25),
)  # fmt: skip
def test_a_dearer_input_never_lowers_the_cost_and_aid_never_raises_it(
    name, shares, power, gas, wage, aid, credit
) -> None:
    place = {"power_usd_per_mwh": power, "gas_usd_per_mmbtu": gas, "wage_usd_per_h": wage,
             "aid_share": aid, "risk_premium": 0.01, "carbon_g_per_kwh": 100.0}  # fmt: skip
    unit = 1.0 if name in ("risk_premium", "aid_share") else 1000.0
    low, high = (unit * share for share in sorted(shares))
    before, after = (
        at_gate(inputs(credit={"production": credit}, **{**place, name: value}))
        for value in (low, high)
    )
    if name == "aid_share":
        before, after = after, before
    assert after >= before - 1e-6


@given(
    st.lists(st.sampled_from(["coke", "needle", "flake"]), min_size=1, max_size=8).flatmap(
        lambda kinds: st.tuples(
            st.just(kinds),
            st.lists(st.integers(100, 900), min_size=len(kinds), max_size=len(kinds)),
            st.lists(
                st.lists(st.integers(0, 300), min_size=len(kinds), max_size=len(kinds)),
                min_size=1, max_size=4,
            ),
        )
    )
)  # fmt: skip
def test_each_feedstock_comes_from_its_cheapest_source_at_the_gate(case) -> None:
    kinds, prices, freight = case
    sources = pd.DataFrame({"feedstock": kinds, "price_usd_per_t": prices})
    found = cost.cheapest_feed(np.array(freight, dtype=np.float32), sources)
    assert set(found) == set(kinds)
    for kind, (price, way) in found.items():
        for i, ways in enumerate(freight):
            offers = {(p, w) for k, p, w in zip(kinds, prices, ways, strict=True) if k == kind}
            assert (price[i], way[i]) in offers
            assert price[i] + way[i] == min(p + w for p, w in offers)


def only(**ends: tuple[float, float]) -> Ranges:
    """Return ranges in which just these fields have two ends."""
    fixed = {name: (value, value) for name, value in vars(ANODE).items()}
    return Ranges(ANODE, {}, {**fixed, **ends})


def test_two_moves_add_like_the_sides_of_a_right_triangle() -> None:
    # consumables 300 less 30 or plus 80; pitch a tenth of a tonne at 1,000 less 400 or plus 600
    two = only(consumables_usd_per_t=(270.0, 380.0), pitch_usd_per_t=(600.0, 1600.0))
    of = swings(inputs(), PLANT, two)
    below, above = of.ends
    assert (below[0], above[0]) == (pytest.approx(50), pytest.approx(100))
    assert of.moves.iloc[0].to_dict() == pytest.approx(
        {"consumables_usd_per_t": 110, "pitch_usd_per_t": 100}
    )


def test_ends_that_both_lie_above_widen_the_range_upwards_alone() -> None:
    below, above = swings(inputs(), PLANT, only(consumables_usd_per_t=(310.0, 340.0))).ends
    assert (below[0], above[0]) == (0, pytest.approx(40))


def test_more_output_widens_the_range_downwards() -> None:
    of = swings(inputs(), PLANT, only(utilisation_pct=(80.0, 100.0)))
    below, above = of.ends
    # a fifth of all that is paid by the year: capital less aid, labour, maintenance
    paid = 0.8 * BY_HAND["capital"] + BY_HAND["labour"] + BY_HAND["maintenance"]
    paid += BY_HAND["hazard"]
    assert above[0] == 0
    assert below[0] == pytest.approx(0.2 * paid)
    assert of.moves["utilisation_pct"].iloc[0] == pytest.approx(-0.2 * paid)


@pytest.mark.parametrize(
    ("product", "furnace"),
    [("synthetic", "box"), ("synthetic", "acheson"), ("natural", "box"),
     ("silicon_blended", "continuous")],
)  # fmt: skip
def test_the_range_of_the_catalogue_is_that_of_brute_force(product: str, furnace: str) -> None:
    found = ranges(table("anode_economics"), catalogue()[product], furnace)
    place = inputs(credit={"production": 0.05})
    of = swings(place, PLANT, found)
    low, high = of.ends
    central = at_gate(place, p=found.central)
    below = above = 0.0
    for name, ends in found.ends.items():
        changes = [at_gate(place, p=replace(found.central, **{name: v})) - central for v in ends]
        below += min(0.0, *changes) ** 2
        above += max(0.0, *changes) ** 2
        assert of.moves[name].iloc[0] == pytest.approx(changes[1] - changes[0], abs=1e-6)
    assert low[0] == pytest.approx(math.sqrt(below))
    assert high[0] == pytest.approx(math.sqrt(above))


def test_the_drift_and_the_deviation_are_those_of_triangular_draws() -> None:
    # one parameter 30 down or 80 up: a triangular draw leans by a sixth of either end
    one = swings(inputs(), PLANT, only(consumables_usd_per_t=(270.0, 380.0)))
    drawn = np.random.default_rng(1).triangular(-1.0, 0.0, 1.0, 400_000)
    change = np.where(drawn < 0, -30.0 * -drawn, 80.0 * drawn)
    assert one.drift[0] == pytest.approx(50.0 / 6.0)
    assert one.drift[0] == pytest.approx(change.mean(), abs=0.2)
    assert one.deviation[0] == pytest.approx(change.std(), rel=0.005)


def test_deviations_of_power_and_wage_add_in_squares() -> None:
    # 12 MWh at 4 USD/MWh, 25 h at 2 USD/h
    place = inputs(power_deviation=4.0, wage_deviation=2.0)
    still = swings(place, PLANT, only())
    assert (still.power[0], still.wage[0]) == (pytest.approx(48), pytest.approx(50))
    assert still.deviation[0] == pytest.approx(math.hypot(48, 50))
    assert still.drift[0] == 0


def test_the_chance_that_it_pays_is_even_at_the_drawn_mean_and_follows_the_normal_law() -> None:
    place = inputs(power_deviation=4.0, wage_deviation=2.0)
    of = swings(place, PLANT, only(consumables_usd_per_t=(270.0, 380.0)))
    at = [of.drift[0] + z * of.deviation[0] for z in (-1.6449, 0.0, 1.0, 1.6449)]
    chance = [cost.chance_it_pays(np.array([margin]), of)[0] for margin in at]
    assert chance == pytest.approx([0.05, 0.5, 0.8413, 0.95], abs=1e-4)
