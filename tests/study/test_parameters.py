"""Parameters of a product and furnace against the rows of the table."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.load import table
from siting.study.parameters import FURNACES, NAMES, Parameters, of_date, ranges, rows_of
from siting.study.product import catalogue

PRODUCTS = tuple(catalogue())
KNOWN = catalogue()


@pytest.fixture(scope="module")
def economics():
    return table("anode_economics")


def central(economics, row: str) -> float:
    return float(economics.loc[economics["param_id"].eq(row), "central"].iloc[0])


@pytest.mark.parametrize(
    ("day", "row"),
    [("2019-05-01", "RM-NEEDLE-2020"), ("2020-01-01", "RM-NEEDLE-2020"),
     ("2022-12-31", "RM-NEEDLE-2022"), ("2024-06-01", "RM-NEEDLE-2023"),
     ("2026-11-22", "RM-NEEDLE")],
)  # fmt: skip
def test_a_parameter_with_a_history_is_that_of_the_date(economics, day, row):
    then = of_date(economics, dt.date.fromisoformat(day))
    assert then["param_id"].is_unique
    assert central(then, "RM-NEEDLE") == central(economics, row)
    # whatever has no history stays, in its order
    plain = ~economics["param_id"].str.startswith("RM-NEEDLE")
    kept = ~then["param_id"].eq("RM-NEEDLE")
    assert then[kept].reset_index(drop=True).equals(economics[plain].reset_index(drop=True))


def test_furnaces_differ_by_their_power_and_consumables_alone(economics):
    found = {name: ranges(economics, KNOWN["synthetic"], name).central for name in FURNACES}
    power = {name: p.power_mwh_per_t for name, p in found.items()}
    assert power["acheson"] > power["lengthwise"] > power["box"] > power["continuous"]
    beside = central(economics, "EL-AUX")
    assert power["acheson"] == central(economics, "EL-ACH") + beside
    assert power["continuous"] == central(economics, "EL-CONT") + beside
    assert found["acheson"].consumables_usd_per_t == central(economics, "CS-ACH")
    for p in found.values():
        same = {"furnace_mwh_per_t", "consumables_usd_per_t"}
        assert {k: v for k, v in vars(p).items() if k not in same} == {
            k: v for k, v in vars(found["box"]).items() if k not in same
        }


def test_the_whole_site_agrees_with_the_row_of_whole_sites(economics):
    # EL-TOT-SYN is what owners state of a whole works; no furnace row is derived from it
    row = economics.set_index("param_id").loc["EL-TOT-SYN"]
    for furnace in ("acheson", "box", "lengthwise"):
        site = ranges(economics, KNOWN["synthetic"], furnace).central.power_mwh_per_t
        assert 0.9 * row["low"] <= site <= 1.1 * row["high"]


def test_natural_is_purified_whatever_the_furnace(economics):
    found = [ranges(economics, KNOWN["natural"], furnace) for furnace in FURNACES]
    assert all(f == found[0] for f in found)
    p = found[0].central
    assert p.feedstock_t_per_t == {"flake_concentrate": pytest.approx(1 / 0.55)}
    assert p.power_mwh_per_t == central(economics, "EL-TOT-NAT")
    assert p.silicon_pct == 0


def test_synthetic_is_coke_of_which_some_is_needle(economics):
    for product in ("synthetic", "silicon_blended"):
        feed = ranges(economics, KNOWN[product], "box").central.feedstock_t_per_t
        assert feed == pytest.approx({"needle_coke": 0.4, "petroleum_coke": 1.25})


@given(st.floats(0.5, 3), st.floats(0, 3))
def test_needle_is_never_more_than_all_coke(coke, needle):
    own = {"RM-COKE": coke, "RM-NEEDLE": needle}
    feed = ranges(
        table("anode_economics"), KNOWN["synthetic"], "box", own
    ).central.feedstock_t_per_t
    assert sum(feed.values()) == pytest.approx(coke)
    assert min(feed.values()) >= 0


def test_only_the_blend_holds_silicon(economics):
    assert ranges(economics, KNOWN["synthetic"], "box").central.silicon_pct == 0
    blend = ranges(economics, KNOWN["silicon_blended"], "box").central
    assert blend.silicon_pct == central(economics, "SI-LOAD")
    assert blend.silicon_usd_per_t == central(economics, "SI-PRICE")


def test_hours_a_tonne_by_hand(economics):
    own = {"LB-HEADS": 15.0, "LB-HOURS": 1800.0}
    assert ranges(economics, KNOWN["natural"], "box", own).central.hours_per_t == pytest.approx(27)


def test_an_own_value_replaces_the_central_one_and_its_range(economics):
    found = ranges(economics, KNOWN["synthetic"], "box", {"EL-BOX": 25.0})
    assert found.central.furnace_mwh_per_t == 25
    assert found.ends["furnace_mwh_per_t"] == (25, 25)
    plain = ranges(economics, KNOWN["synthetic"], "box")
    swung, before = ({name for name, *_ in r.swings()} for r in (found, plain))
    assert before - swung == {"furnace_mwh_per_t"}
    assert vars(found.central) == {**vars(plain.central), "furnace_mwh_per_t": 25.0}


def test_a_swing_moves_one_parameter_to_each_end(economics):
    found = ranges(economics, KNOWN["synthetic"], "box")
    for name, low, high in found.swings():
        row = economics.set_index("param_id").loc[found.rows[name]]
        assert vars(low) == {**vars(found.central), name: row["low"]}
        assert vars(high) == {**vars(found.central), name: row["high"]}


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("furnace", FURNACES)
def test_every_row_is_there_and_every_field_is_one(economics, product, furnace):
    rows = rows_of(KNOWN[product], furnace)
    assert set(rows.values()) <= set(economics["param_id"])
    assert set(rows) <= set(NAMES) == set(Parameters.__dataclass_fields__) - {"feeds"}


def test_unknown_names_are_faults_with_the_nearest(economics):
    with pytest.raises(SitingError) as error:
        ranges(economics, KNOWN["synthetic"], "box", {"PL-UTL": 80.0, "YLD-SYR": 0.5})
    first, second = map(str, error.value.faults)
    assert "parameters.PL-UTL" in first
    assert "PL-UTIL" in first.split(" - ")[1]
    assert "parameters.YLD-SYR" in second


def test_values_that_cannot_be_are_faults_all_at_once(economics):
    own = {"PL-UTIL": 0.0, "FIN-LIFE": -1.0, "FIN-RATE": 0.0, "RM-COKE": -0.1, "LB-HEADS": 0.0}
    with pytest.raises(SitingError) as error:
        ranges(economics, KNOWN["synthetic"], "box", own)
    named = [fault.column for fault in error.value.faults]
    # a plant without people is odd, but not impossible
    assert sorted(named) == [
        f"parameters.{n}" for n in ("FIN-LIFE", "FIN-RATE", "PL-UTIL", "RM-COKE")
    ]
    with pytest.raises(SitingError, match="YLD-SYR"):
        ranges(economics, KNOWN["natural"], "box", {"YLD-SYR": 0.0})


def test_missing_rows_are_faults_all_at_once(economics):
    less = economics[~economics["param_id"].isin(["EL-BOX", "FIN-RATE"])]
    with pytest.raises(SitingError) as error:
        ranges(less, KNOWN["synthetic"], "box")
    assert {fault.value for fault in error.value.faults} == {"EL-BOX", "FIN-RATE"}
