"""How old the rows are that a plan rests on."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from geodata.load import table
from geodata.tables import TABLES
from siting.commands.data_cli import app
from siting.market import prices
from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.results.data_age import DECIDES, data_age, older, price_of_the_day, sentence, summary
from siting.study.study import Draws, Policies
from siting.support import console
from siting.world.conditions import POWER

OWN = "study.yaml"
STUDY = """
candidates: {countries: [SE, FI, NO, MA], min_population: 15000}
listing: {zones: 20, top: 10}
confidence: {draws: 0}
"""


@pytest.fixture(scope="module")
def rows(nordic: Plan) -> pd.DataFrame:
    return data_age(nordic)


def with_power_of(plan: Plan, country: str, year: str, as_of: str, to: Path) -> Plan:
    """Return the plan of a user's table in which the power price of a country has this date."""
    factors = table("place_factors")
    mine = factors["factor"].eq(POWER) & factors["iso2"].eq(country)
    newest = factors[mine & factors["region_type"].eq("country")].tail(1)
    own = pd.concat([factors[~mine], newest.assign(year=year, as_of=as_of)])
    own.to_csv(to, index=False)
    study = plan.study.model_copy(
        update={"tables": {"place_factors": to}, "confidence": Draws(draws=0)}
    )
    return make_plan(study)


def test_an_old_row_that_decides_comes_first_until_it_is_renewed(
    nordic: Plan, tmp_path: Path
) -> None:
    country = str(nordic.places["country"].iloc[nordic.zones.head[0]])
    old = data_age(with_power_of(nordic, country, "2009", "2010", tmp_path / "old.csv"))
    first = old.iloc[0]
    assert first["key"] == f"{POWER}/{country}/2009"
    assert first["what"].startswith("power price of ")
    assert first["share"] >= DECIDES
    assert first["age_years"] == pytest.approx(17.4, abs=0.1)  # to the middle of 2009
    assert sentence(old).startswith(f"Oldest rows that decide: {first['what']} (2009, ")

    renewed = data_age(with_power_of(nordic, country, "2026", "2026-11", tmp_path / "new.csv"))
    now = renewed.set_index("key").loc[f"{POWER}/{country}/2026"]
    assert now["age_years"] < 1
    assert now["share"] == pytest.approx(first["share"])
    assert renewed.iloc[0]["key"] != now.name
    assert older(old) - older(renewed) == pytest.approx(first["share"])


def test_rows_are_those_of_the_tables_and_only_what_the_zones_read(
    nordic: Plan, rows: pd.DataFrame
) -> None:
    assert not rows.duplicated(["table", "key"]).any()
    for name, own in rows.groupby("table"):
        facts = nordic.facts[str(name)]
        parts = facts[list(TABLES[str(name)].key)].astype(str).to_numpy()
        keys = {"/".join(filter(None, cells)) for cells in parts}
        assert set(own["key"]) <= keys
    read = rows[rows["table"].eq("place_factors")]["key"]
    power = {key.split("/")[1] for key in read if key.startswith(POWER)}
    heads = nordic.places["country"].iloc[nordic.zones.head]
    assert power == set(heads)
    assert rows["zones"].between(1, len(heads)).all()


def test_shares_are_parts_of_one_answer(rows: pd.DataFrame) -> None:
    assert rows["share"].gt(0).all()
    assert 0.9 < rows["share"].sum() <= 1 + 1e-9
    assert 0 <= older(rows, 5) <= older(rows) <= older(rows, 0) <= 1


def test_what_decides_stands_first_and_the_oldest_of_it(rows: pd.DataFrame) -> None:
    decides = rows["share"].ge(DECIDES)
    assert decides.is_monotonic_decreasing
    assert rows[decides]["age_years"].is_monotonic_decreasing
    assert rows[~decides]["age_years"].is_monotonic_decreasing
    assert rows["age_years"].ge(0).all()


def test_the_order_of_no_table_matters(nordic: Plan, rows: pd.DataFrame) -> None:
    turned = {
        name: frame.iloc[::-1].reset_index(drop=True)
        for name, frame in nordic.facts.tables.items()
        if name in ("anode_economics", "policy_zones", "industrial_sites", "gigafactories")
    }
    facts = dataclasses.replace(nordic.facts, tables={**nordic.facts.tables, **turned})
    again = data_age(dataclasses.replace(nordic, facts=facts))
    pd.testing.assert_frame_equal(again, rows)


def test_what_the_study_sets_itself_is_no_row(nordic: Plan, rows: pd.DataFrame) -> None:
    def keys(plan: Plan, name: str) -> set[str]:
        found = data_age(plan)
        return set(found[found["table"].eq(name)]["key"])

    own = nordic.study.model_copy(
        update={
            "price_usd_per_t": 5000.0,
            "chinese_price_usd_per_t": 3000.0,
            "parameters": {"EL-BOX": 10.0},
        }
    )
    plan = dataclasses.replace(nordic, study=own)
    assert "EL-BOX" in set(rows["key"])
    assert "EL-BOX" not in keys(plan, "anode_economics")
    assert rows["table"].eq("anode_prices").any()
    assert not keys(plan, "anode_prices")
    assert price_of_the_day(plan.study, plan.facts).endswith("set by the study")


def test_the_price_of_the_day_says_how_old_it_is(nordic: Plan) -> None:
    row = prices.row_on(nordic.facts["anode_prices"], "outside_china", nordic.as_of)
    year, month = map(int, row["date"].split("-"))
    months = 12 * (nordic.as_of.year - year) + nordic.as_of.month - month
    usd = f"{nordic.price_usd_per_t:,.0f} USD a tonne"
    assert (
        price_of_the_day(nordic.study, nordic.facts)
        == f"{usd}, of {row['date']}, {months} months old"
    )


def test_a_row_without_a_date_comes_before_those_with_one(nordic: Plan) -> None:
    sites = nordic.facts["industrial_sites"].assign(as_of="")
    facts = dataclasses.replace(
        nordic.facts, tables={**nordic.facts.tables, "industrial_sites": sites}
    )
    found = data_age(dataclasses.replace(nordic, facts=facts))
    assert found["table"].iloc[0] == "industrial_sites"
    assert np.isnan(found["age_years"].iloc[0])
    assert "(undated, " in sentence(found)
    text = json.dumps(summary(nordic, found), allow_nan=False)  # NaN is no JSON
    assert json.loads(text)["oldest"][0]["age_years"] is None


def test_names_are_data(rows: pd.DataFrame) -> None:
    nasty = rows.assign(what="[red]x[/red]\x1b[31m\u202ez")
    assert "[red]x[/red][31mz" in sentence(nasty)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["age", *map(str, words)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / OWN).write_text(STUDY, encoding="utf-8")
    return tmp_path / OWN


@pytest.mark.parametrize("width", [80, 200])
def test_on_the_terminal(
    rows: pd.DataFrame, file: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(console.console, "_width", width)
    shown = run(file, "--quiet", "--limit", 4)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert max(map(len, lines)) <= width
    for line, row in zip(lines[1:5], rows.to_dict("records"), strict=False):
        assert line.startswith(row["table"][:8])
        for cell in (row["as_of"], f"{row['age_years']:.1f}", row["confidence"]):
            assert f" {cell} " in line
    flat = " ".join(shown.stdout.split())
    assert f"4 of {len(rows)} rows" in flat
    assert " ".join(sentence(rows).split()) in flat
    assert "months old" in flat


def test_json_and_csv_hold_every_row(rows: pd.DataFrame, file: Path) -> None:
    found = json.loads(run(file, "--json").stdout)
    assert [row["key"] for row in found["rows"]] == rows["key"].tolist()
    assert found["sentence"] == sentence(rows)
    assert found["older_than_two_years"] == pytest.approx(older(rows), abs=1e-4)
    text = run(file, "--csv", "--limit", 7).stdout
    back = pd.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)
    assert back["source"].tolist() == rows["source"].head(7).tolist()


def test_a_study_that_is_not_there_is_a_fault_without_a_traceback() -> None:
    shown = run("balancd")
    assert shown.exit_code == 2
    assert "did you mean balanced" in shown.output
    assert "Traceback" not in shown.output


def test_a_law_that_is_switched_off_decides_nothing(nordic: Plan, rows: pd.DataFrame) -> None:
    law = str(rows[rows["table"].eq("policy_zones")].sort_values("share")["key"].iloc[-1])
    study = nordic.study.model_copy(
        update={"policies": Policies(off=(law,)), "confidence": Draws(draws=0)}
    )
    assert law not in set(data_age(make_plan(study))["key"])
