"""Factors: the figure of a place, or of the nearest wider place that has one."""

from __future__ import annotations

import gc
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_places import HERE, catalogue

from geodata.errors import SitingError
from geodata.factors import _ORDERED, LEVELS, factor_at, rows_read
from geodata.places import locate


def factors(*rows: tuple[str, str, str, object, str, str]) -> pd.DataFrame:
    columns = ["iso2", "region_code", "region_type", "value", "year", "confidence"]
    return pd.DataFrame(rows, columns=columns).assign(factor="price")


TINY = factors(
    ("SE", "", "country", 60.0, "2024", "A"),
    ("SE", "SE2", "bidding_zone", 27.0, "2024", "B"),
    ("US", "US-TN", "iso3166-2", 70.0, "2023", "A"),
    ("US", "US-GA", "iso3166-2", 90.0, "2023", "A"),
    ("DK", "", "country", 100.0, "2024", "A"),
    ("FI", "", "country", 50.0, "2024", "A"),
)


def test_factor_falls_back_to_the_nearest_wider_place() -> None:
    got = factor_at(TINY, "price", HERE)
    # Norway: median of SE 60, DK 100, FI 50; Brazil, the sea: of these and the US median 80
    assert got["value"].tolist() == [27.0, 70.0, 60.0, 70.0, 70.0]
    assert got["level"].tolist() == ["zone", "region", "world_region", "world", "world"]
    assert got["imputed"].tolist() == [False, False, True, True, True]
    assert got["confidence"].tolist() == ["B", "A", "C", "C", "C"]
    assert not got["late"].any()


def test_factor_of_a_country_known_only_by_parts_is_their_median() -> None:
    ohio = pd.DataFrame([("US", "US-OH", "")], columns=["country", "region", "zone"])
    got = factor_at(TINY, "price", ohio).iloc[0]
    assert (got["value"], got["level"], got["imputed"]) == (80.0, "country", True)


def test_factor_region_without_row_takes_the_country_unimputed() -> None:
    place = pd.DataFrame([("SE", "SE-BD", "SE1")], columns=["country", "region", "zone"])
    got = factor_at(TINY, "price", place).iloc[0]
    assert (got["value"], got["level"], got["imputed"]) == (60.0, "country", False)


def test_a_table_that_came_from_another_is_read_anew_and_forgotten_with_its_last_user() -> None:
    gc.collect()
    held = len(_ORDERED)
    first = TINY.copy()
    assert factor_at(first, "price", HERE)["value"].iloc[0] == 27.0
    assert factor_at(first, "price", HERE)["value"].iloc[0] == 27.0
    other = first.assign(value=first["value"] + 1)
    assert factor_at(other, "price", HERE)["value"].iloc[0] == 28.0
    assert len(_ORDERED) == held + 2
    del first, other
    gc.collect()
    assert len(_ORDERED) == held


def test_newest_figure_wins_and_as_of_hides_the_future() -> None:
    series = factors(
        ("SE", "", "country", 5.0, "2022", "A"),
        ("SE", "", "country", 1.0, "2024", "A"),
        ("SE", "", "country", 2.0, "2024-S2", "A"),
        ("SE", "", "country", 3.0, "2024-S1", "A"),
        ("SE", "", "country", 4.0, "2024e", "A"),
    )
    place = HERE.head(1)

    def at(day: date | None) -> tuple[float, bool]:
        row = factor_at(series, "price", place, day).iloc[0]
        return row["value"], row["late"]

    assert at(None) == (2.0, False)
    assert at(date(2026, 11, 22)) == (2.0, False)
    assert at(date(2023, 11, 28)) == (5.0, False)
    assert at(date(2021, 1, 1)) == (5.0, True)  # only later figures: the earliest, flagged


def test_confidence_breaks_ties_of_one_year() -> None:
    twice = factors(
        ("SE", "", "country", 1.0, "2024", "C"), ("SE", "", "country", 2.0, "2024", "A")
    )
    assert factor_at(twice, "price", HERE.head(1))["value"].tolist() == [2.0]


def test_flags_become_numbers_and_blanks_are_unknown() -> None:
    flags = factors(
        ("SE", "", "country", "n", "2024", "A"),
        ("US", "", "country", "y", "2024", "A"),
        ("BR", "", "country", "", "2024", "A"),
    )
    got = factor_at(flags, "price", HERE.iloc[[0, 1, 3]])
    assert got["value"].tolist() == [0.0, 1.0, 0.5]
    assert got["level"].tolist() == ["country", "country", "world"]
    assert got.index.tolist() == [0, 1, 3]


def test_unknown_factor_is_an_error_that_names_the_known() -> None:
    with pytest.raises(SitingError, match=r"no such factor.*price"):
        factor_at(TINY, "gold", HERE)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(TINY))), st.permutations(range(len(HERE))))
def test_factor_does_not_depend_on_order(rows: list[int], people: list[int]) -> None:
    got = factor_at(TINY.iloc[rows], "price", HERE.iloc[people])
    pd.testing.assert_frame_equal(got.sort_index(), factor_at(TINY, "price", HERE))


def test_catalogue_factors_are_found_for_every_site() -> None:
    sites = catalogue("industrial_sites")
    where = locate(sites["lat"], sites["lon"], sites["country"])
    table = catalogue("place_factors")
    for factor in table["factor"].unique():
        got = factor_at(table, factor, where)
        assert got["value"].notna().all(), factor
        assert got["level"].isin(LEVELS).all()
    price = factor_at(table, "day_ahead_price_usd_per_mwh", where)
    assert set(price.loc[price["level"] == "zone", "value"].index) == set(
        np.flatnonzero(where["country"].isin(["SE", "NO", "DK", "FI"]))
    )


def test_the_rows_read_hold_the_figures() -> None:
    sites = catalogue("industrial_sites")
    where = locate(sites["lat"], sites["lon"], sites["country"])
    table = catalogue("place_factors")
    for factor in table["factor"].unique():
        got = factor_at(table, factor, where, date(2024, 6, 1))
        rows, share = rows_read(table, factor, where, date(2024, 6, 1))
        assert set(table["factor"].iloc[rows]) == {factor}
        assert share.sum(axis=1) == pytest.approx(np.ones(len(where)))
        cells = table["value"].iloc[rows].replace({"y": "1", "n": "0"})
        values = cells.to_numpy(dtype=object).astype(float)
        exact = ~got["imputed"].to_numpy(dtype=bool)
        assert (share[exact] > 0).sum(axis=1).tolist() == [1] * exact.sum()
        assert (share @ values)[exact] == pytest.approx(got["value"][exact])
        lowest = np.where(share > 0, values, np.inf).min(axis=1)
        highest = np.where(share > 0, values, -np.inf).max(axis=1)
        assert got["value"].between(lowest - 1e-9, highest + 1e-9).all(), factor


# ---- coverage ------------------------------------------------------------------------------
