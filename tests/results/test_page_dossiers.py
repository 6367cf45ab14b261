"""What the page knows of places beyond its list is what the plan knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from maps import layers
from siting.model.plan import Plan
from siting.results.page import atlas as page_atlas
from siting.results.page.dossiers import FACTS, estate_facts
from siting.results.tables import laws_at, money_at
from siting.study.terms import COST_PARTS


@pytest.fixture(scope="module")
def atlas(nordic: Plan) -> page_atlas.Atlas:
    return page_atlas.atlas(nordic)


@pytest.fixture(scope="module")
def where(nordic: Plan, atlas: page_atlas.Atlas) -> np.ndarray:
    """Positions in the plan of the places that have a dossier beyond the list."""
    ids = pd.Index(nordic.places["site_id"])
    return np.asarray(ids.get_indexer(pd.Index(atlas.dossiers.places["site_id"])))


def test_every_zone_and_the_best_of_each_country_has_a_dossier(nordic, atlas):
    known = {*atlas.sites["site_id"], *atlas.dossiers.places["site_id"]}
    ids = nordic.places["site_id"].to_numpy()
    assert set(ids[nordic.zones.head]) <= known
    of = nordic.places.set_index("site_id")["country"]
    assert {of[site] for site in known} == set(nordic.places["country"])


def test_cost_money_and_laws_are_those_of_the_plan(nordic, atlas, where):
    made = atlas.dossiers
    stack = nordic.measures.stack.iloc[where]
    assert made.costs == pytest.approx(stack[list(COST_PARTS)].to_numpy())
    money = money_at(nordic, where)
    for column in ("low", "high", "margin"):
        assert made.places[column].to_numpy() == pytest.approx(money[column].to_numpy())
    laws = laws_at(nordic, where)
    ids = made.places["site_id"].to_numpy()[laws["nth"]]
    assert list(made.laws["site_id"]) == list(ids)
    assert list(made.laws["instrument_id"]) == list(laws["instrument_id"])


def test_the_power_of_a_tonne_times_its_price_is_its_cost(nordic, atlas, where):
    price = nordic.measures.raw["power_price"].to_numpy(dtype=float)[where]
    assert atlas.dossiers.costs[:, 1] == pytest.approx(atlas.dossiers.power_mwh * price)


def test_a_figure_names_the_row_of_its_own_country(atlas):
    sources, sites = atlas.dossiers.sources, atlas.sites
    rows = sources.rows
    for name in ("power", "wage", "carbon"):
        assert len(sources.figures[name]) == len(sites) + len(atlas.dossiers.places)
    for nth, land in enumerate(sites["country_name"]):
        words = [rows["what"].iloc[n] for n in sources.figures["wage"][nth]]
        assert words == [f"wage of {land}"]
    assert rows["source"].ne("").all()
    assert set(rows["confidence"]) <= {"A", "B", "C"}


def test_a_part_of_the_cost_names_what_moves_it(atlas):
    uses = atlas.dossiers.sources.uses
    assert set(uses["cost:Power"]) >= {"power", "furnace_mwh_per_t"}
    assert "wage" in uses["cost:Labour"]
    assert "power" not in uses["cost:Labour"]
    assert "risk" in uses["cost:Capital"]
    assert uses["criterion:Power price"] == ("power",)
    assert {"price_outside", "power", "wage"} <= set(uses["margin"])


def test_facts_of_an_estate_stand_as_in_the_catalogue(nordic, atlas):
    facts = atlas.dossiers.facts
    rows = nordic.facts["industrial_sites"].set_index("site_id")
    operators = facts[facts["fact"].eq("Operator")].set_index("site_id")["text"]
    assert len(operators)
    assert operators.to_dict() == rows.loc[operators.index, "operator"].to_dict()
    assert set(facts["fact"]) <= {name for name, _ in FACTS.values()}
    assert not facts["own"].any()


def test_columns_of_a_users_file_stand_beside_what_we_read(nordic):
    estate = nordic.places["kind"].eq("industrial site").to_numpy()
    at = np.flatnonzero(estate)[:2]
    places = nordic.places.copy()
    places.loc[at[0], "kind"] = "own"
    places["land_price"] = pd.Series({at[0]: "<b>12</b>", at[1]: "9"}, dtype=object)
    theirs = nordic.study.candidates.model_copy(update={"file": Path("own.csv")})
    plan = replace(
        nordic,
        study=nordic.study.model_copy(update={"candidates": theirs}),
        appraisal=replace(nordic.appraisal, places=places),
    )
    facts = estate_facts(plan, at)
    own = facts[facts["own"]].set_index("fact")["text"]
    assert own["land price"] == "<b>12</b>"
    assert set(facts.loc[facts["own"], "site_id"]) == {places["site_id"][at[0]]}
    assert "land price" not in set(facts.loc[~facts["own"], "fact"])


def test_a_page_with_dossiers_is_small(atlas):
    whole = len(str(layers.payload(atlas)["dossiers"]))
    assert whole < 500_000
    assert layers.payload(replace(atlas, dossiers=None))["dossiers"] is None
