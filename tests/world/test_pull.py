"""Which law makes which criterion: one answer for the measure, its evidence and its removal."""

import pandas as pd
import pytest

from siting.world import policy, pull

LAWS = pd.DataFrame(
    [
        ("std", "vehicle_standard", "g_per_km", "", 1.0),
        ("bonus", "purchase_support", "usd_per_vehicle", "", 7500.0),
        ("tax", "purchase_support", "pct_of_price", "", 19.0),
        ("old", "purchase_support", "usd_per_vehicle", "explain", 9000.0),
        ("wave", "investment_wave", "usd_bn", "", 90.0),
        ("origin", "origin_rule", "pct", "", 65.0),
    ],
    columns=["instrument_id", "theme", "unit", "role", "magnitude"],
).assign(geo_type="iso2", geography="FI")
PLACES = pd.DataFrame({"country": ["FI", "SE"], "region": "", "zone": ""})


@pytest.mark.parametrize(
    ("criterion", "ids"),
    [("purchase_support", ["bonus"]), ("investment_wave", ["wave"]), ("origin_rule", ["origin"])],
)
def test_a_law_makes_the_criterion_of_its_theme_and_unit(criterion, ids):
    assert pull.laws_of(LAWS, criterion)["instrument_id"].tolist() == ids


def test_a_support_in_another_unit_or_that_only_explains_adds_nothing():
    support = pull.strength(LAWS, "purchase_support", PLACES)
    assert support.tolist() == [7500.0, 0.0]
    assert (
        pull.strength(LAWS[LAWS["instrument_id"].ne("bonus")], "purchase_support", PLACES).max()
        == 0
    )


def test_a_standard_is_there_or_not():
    theme = min(policy.DEMAND_LAWS)
    fleet = LAWS.assign(theme=LAWS["theme"].replace({"vehicle_standard": theme}))
    assert pull.strength(fleet, "fleet_standard", PLACES).tolist() == [1.0, 0.0]
