"""What a place offers: the price of power that a plant reckons with, by hand and by quadrature."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from geodata.load import table
from siting.world import conditions as at
from siting.world.conditions import conditions, every_country, kept, power_price
from siting.world.overrides import with_factors

TODAY = dt.date(2026, 11, 22)
# the median of the five countries is 80
COUNTRIES = {"SE": 60.0, "DE": 120.0, "MA": 90.0, "ID": 40.0, "US": 80.0}
ZONES = {"SE1": 20.0, "SE2": 30.0, "SE4": 70.0}  # 40 on average


def factors(confidence: str = "A") -> pd.DataFrame:
    base = {"year": "2025", "confidence": confidence, "name": "", "unit": ""}
    power = [
        {**base, "factor": at.POWER, "iso2": c, "region_code": "", "region_type": "country",
         "value": usd}
        for c, usd in COUNTRIES.items()
    ]  # fmt: skip
    spot = [
        {**base, "factor": at.DAY_AHEAD, "iso2": "SE", "region_code": zone, "value": usd,
         "region_type": "bidding_zone"}
        for zone, usd in ZONES.items()
    ]  # fmt: skip
    return pd.DataFrame(power + spot)


def reckoned(place: str, risk: float = 0.0, rows: pd.DataFrame | None = None) -> float:
    """Price of power in a country, a region (US-TX) or a zone (SE1)."""
    region, zone = (place, "") if "-" in place else ("", place if len(place) > 2 else "")
    where = pd.DataFrame({"country": [place[:2]], "region": [region], "zone": [zone]})
    rows = factors() if rows is None else rows
    found = power_price(rows, where, pd.DataFrame({"value": [risk]}), TODAY)
    return float(found["value"].iloc[0])


def mean_word(risk: float, years: float = 15.0) -> float:
    """Chance that a promise holds, averaged over the years by quadrature."""
    hazard = risk / 100 / 1.5 / 0.6
    return quad(lambda t: np.exp(-hazard * t), 0, years)[0] / years


@given(st.floats(0, 40), st.floats(1, 40))
def test_a_promise_fades_as_the_integral_of_its_hazard(risk: float, years: float) -> None:
    assert kept(np.array([risk]), years)[0] == pytest.approx(mean_word(risk, years), rel=1e-6)


def test_a_state_without_risk_keeps_its_word() -> None:
    assert kept(np.array([0.0])) == pytest.approx([1.0], abs=1e-9)


@given(st.lists(st.floats(0, 60), min_size=2, max_size=6))
def test_the_riskier_state_keeps_its_word_no_oftener(risks: list[float]) -> None:
    word = kept(np.array(sorted(risks)))
    assert (np.diff(word) <= 1e-12).all()
    assert ((word > 0) & (word <= 1)).all()


@pytest.mark.parametrize(("place", "usd"), [("SE", 60), ("DE", 120), ("MA", 90), ("ID", 40)])
def test_a_well_known_price_of_a_safe_state_stands(place: str, usd: float) -> None:
    assert reckoned(place) == pytest.approx(usd)


@pytest.mark.parametrize(
    ("zone", "usd"),
    [("SE1", 60 - 20), ("SE2", 60 - 10), ("SE4", 60 + 30), ("SE3", 60)],  # SE3 has no row
)
def test_a_bidding_zone_keeps_its_own_spread(zone: str, usd: float) -> None:
    assert reckoned(zone) == pytest.approx(usd)


@pytest.mark.parametrize("risk", [0.5, 3.0, 12.0])
def test_a_bargain_of_a_risky_state_is_drawn_up_to_the_median(risk: float) -> None:
    word = mean_word(risk)
    assert reckoned("ID", risk) == pytest.approx(word * 40 + (1 - word) * 80)
    assert 40 < reckoned("ID", risk) < 80


@pytest.mark.parametrize("place", ["DE", "MA", "US"])
def test_risk_never_draws_a_dear_price_down(place: str) -> None:
    assert reckoned(place, risk=12.0) == reckoned(place, risk=0.0) >= 80


@pytest.mark.parametrize("confidence", ["A", "B", "C"])
def test_how_well_a_price_is_known_never_moves_it(confidence: str) -> None:
    rows = factors(confidence)
    assert reckoned("ID", rows=rows) == pytest.approx(40)
    assert reckoned("DE", rows=rows) == pytest.approx(120)


def test_a_country_without_a_price_does_not_move_the_median() -> None:
    # Norway is imputed; were the imputed countries counted, the median would not be 80
    assert reckoned("NO", risk=0.0) == pytest.approx(60)
    word = mean_word(12.0)
    assert reckoned("ID", 12.0) == pytest.approx(word * 40 + (1 - word) * 80)


@pytest.mark.parametrize("place", ["SE1", "SE", "ID", "US-TX"])
def test_an_own_price_of_power_is_taken_at_its_word(place: str) -> None:
    rows = with_factors(factors(), {place: {at.POWER: 33.0}}, TODAY)
    assert reckoned(place, rows=rows) == pytest.approx(33)


def test_an_own_price_of_a_country_is_that_of_all_its_zones() -> None:
    rows = with_factors(factors(), {"SE": {at.POWER: 33.0}}, TODAY)
    assert [reckoned(zone, rows=rows) for zone in ZONES] == pytest.approx([33] * 3)


def test_a_spread_of_later_years_is_not_known_yet() -> None:
    later = factors().tail(3).assign(year="2026", value=[500.0, 900.0, 100.0])
    rows = pd.concat([factors(), later])
    where = pd.DataFrame({"country": ["SE"], "region": [""], "zone": ["SE1"]})
    safe = pd.DataFrame({"value": [0.0]})
    then, now = (power_price(rows, where, safe, day) for day in (dt.date(2025, 6, 1), TODAY))
    assert then["value"].tolist() == pytest.approx([60 - 20])
    assert now["value"].tolist() == pytest.approx([60 + 0])  # 500, as its country's mean


def test_conditions_of_the_catalogue_are_whole_everywhere() -> None:
    places = every_country()
    found = conditions(table("place_factors"), places, TODAY)
    for name in ("power", "gas", "wage", "risk", "carbon"):
        values = found.values(name)
        assert values.shape == (len(places),)
        assert np.isfinite(values).all()
    assert (found.values("power") > 0).all()
    assert (found.values("wage") > 0).all()


def test_spreads_of_real_zones_follow_their_day_ahead_prices() -> None:
    zones = ["NO1", "NO2", "NO3", "NO4", "NO5"]
    rows = table("place_factors")
    places = pd.DataFrame({"country": "NO", "region": "", "zone": zones})
    price = conditions(rows, places, TODAY).values("power")
    spot = rows[rows["factor"].eq(at.DAY_AHEAD)].set_index("region_code")["value"].astype(float)
    assert (np.argsort(price) == np.argsort(spot[zones].to_numpy())).all()
