from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from remade import remade

from siting.model import scoring
from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.scenarios.law_removal import without_laws
from siting.study.study import Policies


def test_a_law_taken_out_at_the_first_sites_is_as_in_a_whole_plan(nordic: Plan) -> None:
    table = without_laws(nordic)
    assert len(table)
    row = table.iloc[0]
    study = nordic.study.model_copy(
        update={"policies": Policies(off=(row["instrument_id"],)),
                "confidence": nordic.study.confidence.model_copy(update={"draws": 0})}
    )  # fmt: skip
    other = make_plan(study)
    after = dict(zip(other.places["site_id"], other.utility, strict=True))
    zones, ids = nordic.zones, nordic.places["site_id"].to_numpy()
    heads = zones.head
    moved = np.array([after[ids[head]] for head in heads]) - nordic.utility[heads]
    at = int(np.flatnonzero(heads == row["site"])[0])
    assert row["factor"] == pytest.approx(np.exp(scoring.ODDS * moved[at]), rel=1e-9)
    assert np.abs(moved[:10]).max() == pytest.approx(np.abs(moved[at]))
    weight = zones.share * np.exp(scoring.ODDS * moved)
    order = np.lexsort((-weight, ~zones.scouted))
    assert row["first"] == heads[order[0]]
    assert row["fallen_to"] == np.flatnonzero(order == 0)[0] + 1
    assert row["new"] == len({*order[:10]} - {*range(10)})


def test_the_largest_change_stands_first_and_no_more_than_asked_for(nordic: Plan) -> None:
    table = without_laws(nordic)
    assert np.log(table["factor"]).abs().is_monotonic_decreasing
    assert table["instrument_id"].is_unique
    assert set(table["instrument_id"]) <= set(nordic.facts.laws["instrument_id"]) | set(
        nordic.facts.enacted["instrument_id"]
    ) | set(nordic.facts.scheduled["instrument_id"])
    assert len(without_laws(nordic, laws=1)) <= 1


def test_without_laws_in_force_none_moves_anything(nordic: Plan) -> None:
    nothing = {k: getattr(nordic.facts, k).iloc[:0] for k in ("laws", "enacted", "scheduled")}
    facts = dataclasses.replace(nordic.facts, **nothing)
    assert without_laws(dataclasses.replace(nordic, facts=facts)).empty


def test_only_what_weighs_can_be_felt(nordic: Plan) -> None:
    """Under weights that no law moves, no law is looked at."""
    weights = pd.Series({"power_price": 7.0})
    utility = 7.0 * nordic.values["power_price"].to_numpy()
    plan = remade(nordic, weights=weights, utility=utility)
    assert without_laws(plan).empty
