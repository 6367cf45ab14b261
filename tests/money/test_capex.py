"""The capital cost of a plant: what the fit recovers, and what it leaves aside."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from geodata import load
from siting.money import capex
from siting.money.capex import CapexModel

table = cache(load.table)  # read once; nobody writes into it

TRUE = CapexModel(4000.0, 9000.0, 250.0)
WAGES = {"MY": 4.0, "MA": 5.0, "AE": 9.0, "KR": 24.0, "FI": 35.0, "CA": 38.0, "US": 45.0}
ELASTICITY = 0.1


def wages() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "factor": capex.WAGE, "iso2": list(WAGES), "region_code": "", "region_type": "country",
            "value": list(WAGES.values()), "year": "2024", "confidence": "A",
        }
    )  # fmt: skip


def projects() -> pd.DataFrame:
    """Return one plant a builder and country, without any noise."""
    rows = []
    for size, (country, wage) in enumerate(WAGES.items(), start=2):
        for builder, equipment in (("CN", 4000.0), ("CA", 9000.0)):
            kt = 12.0 * size
            usd = (equipment + 250.0 * wage) * (60.0 / kt) ** ELASTICITY
            rows.append((country, "", builder, "capex", "calibrate", kt, usd))
    names = ["country", "region", "builder", "kind", "use", "capacity_ktpa", "usd"]
    return pd.DataFrame(rows, columns=names)


def numbers(model: CapexModel) -> list[float]:
    return [model.chinese_usd_per_tpa, model.other_usd_per_tpa, model.hours_per_tpa]


def test_the_fit_recovers_what_the_projects_were_made_of() -> None:
    assert numbers(capex.fit(projects(), wages(), ELASTICITY)) == pytest.approx(
        numbers(TRUE), rel=1e-4
    )


@pytest.mark.parametrize("odd", [0, 5, 11])
@pytest.mark.parametrize("times", [0.25, 4.0])
def test_one_odd_project_hardly_bends_the_line(odd: int, times: float) -> None:
    rows = projects()
    rows.loc[odd, "usd"] *= times
    bent = capex.fit(rows, wages(), ELASTICITY)
    wage = np.array(list(WAGES.values()))
    moved = [
        np.abs(np.log(bent.at(wage, who, 60.0, 0.0) / TRUE.at(wage, who, 60.0, 0.0)))
        for who in ("CN", "CA")
    ]
    assert np.median(moved) < 0.05  # where the odd one is off by ln 4 = 1.39
    assert np.max(moved) < 0.2


def test_only_capex_rows_marked_calibrate_count() -> None:
    rows, factors = table("project_costs"), table("place_factors")
    fitted = capex.fit(rows, factors, 0.07)
    used = rows["kind"].eq("capex") & rows["use"].eq("calibrate")
    spoilt = rows.assign(usd=rows["usd"].where(used, rows["usd"] * 10))
    assert capex.fit(spoilt, factors, 0.07) == fitted
    dearer = rows.assign(usd=rows["usd"].where(~used, rows["usd"] * 10))
    assert numbers(capex.fit(dearer, factors, 0.07)) == pytest.approx(
        [10 * x for x in numbers(fitted)], rel=1e-4
    )


def test_the_order_of_projects_never_matters() -> None:
    rows, factors = table("project_costs"), table("place_factors")
    turned = capex.fit(rows.iloc[::-1], factors, 0.07)
    assert numbers(turned) == pytest.approx(numbers(capex.fit(rows, factors, 0.07)), rel=1e-4)


def test_others_buy_dearer_than_chinese_owners() -> None:
    fitted = capex.fit(table("project_costs"), table("place_factors"), 0.07)
    assert fitted.other_usd_per_tpa > fitted.chinese_usd_per_tpa > 0
    assert fitted.hours_per_tpa > 0


def test_a_project_stands_at_the_wage_of_its_region_or_country() -> None:
    rows = pd.DataFrame({"country": ["KR", "MA"], "region": ["KR-11", ""]})
    extra = (
        wages().head(1).assign(iso2="KR", region_code="KR-11", region_type="iso3166-2", value=30.0)
    )
    assert capex.wages_of(rows, pd.concat([wages(), extra])).tolist() == [30.0, 5.0]


@pytest.mark.parametrize(
    ("kt", "times"), [(60.0, 1.0), (120.0, 2**-0.1), (30.0, 2**0.1), (6.0, 10**0.1)]
)
def test_a_larger_plant_is_cheaper_a_tonne(kt: float, times: float) -> None:
    found = capex.capex(
        TRUE, np.array([20.0, 20.0]), np.array(["FI", "CN"], dtype=object), "CN", kt,
        elasticity=0.1, in_china=3500.0,
    )  # fmt: skip
    assert found == pytest.approx([times * (4000 + 250 * 20), times * 3500])


def test_in_china_no_builder_and_no_wage_counts() -> None:
    for builder in ("CN", "US"):
        found = capex.capex(
            TRUE, np.array([1.0, 99.0]), np.array(["CN", "CN"], dtype=object), builder, 60.0,
            elasticity=0.07, in_china=3456.0,
        )  # fmt: skip
        assert found.tolist() == [3456.0, 3456.0]
