from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from siting.model import scoring
from siting.planner import Plan, make_plan
from siting.scenarios.without import price_of_first, without_laws
from siting.study.study import Policies


def test_a_law_taken_out_at_the_first_sites_is_as_in_a_whole_plan(nordic: Plan) -> None:
    table = without_laws(nordic)
    assert len(table)
    row = table.iloc[0]
    study = nordic.study.model_copy(
        update={"policies": Policies(off=(row["zone_id"],)),
                "confidence": nordic.study.confidence.model_copy(update={"draws": 0})}
    )  # fmt: skip
    other = make_plan(study)
    after = dict(zip(other.places["site_id"], other.score, strict=True))
    heads = nordic.zones.head
    ids = nordic.places["site_id"].to_numpy()
    scores = np.array([after[ids[head]] for head in heads])
    lost = 100 * (nordic.score[row["site"]] - after[ids[row["site"]]])
    assert row["lost"] == pytest.approx(lost, abs=1e-9)
    assert abs(row["lost"]) == pytest.approx(100 * np.abs(nordic.score[heads] - scores)[:10].max())
    order = np.argsort(-scores, kind="stable")
    assert row["first"] == heads[order[0]]
    assert row["fallen_to"] == np.flatnonzero(order == 0)[0] + 1
    assert row["new"] == len({*order[:10]} - {*range(10)})


def test_the_largest_loss_stands_first_and_no_more_than_asked_for(nordic: Plan) -> None:
    table = without_laws(nordic)
    assert table["lost"].abs().is_monotonic_decreasing
    assert table["zone_id"].is_unique
    assert set(table["zone_id"]) <= set(nordic.facts.laws["zone_id"]) | set(
        nordic.facts.enacted["zone_id"]
    ) | set(nordic.facts.scheduled["zone_id"])
    assert len(without_laws(nordic, laws=1)) <= 1


def test_without_laws_in_force_none_moves_anything(nordic: Plan) -> None:
    nothing = {k: getattr(nordic.facts, k).iloc[:0] for k in ("laws", "enacted", "scheduled")}
    facts = dataclasses.replace(nordic.facts, **nothing)
    assert without_laws(dataclasses.replace(nordic, facts=facts)).empty


def test_the_price_that_turns_the_order_does_and_a_dollar_less_does_not(nordic: Plan) -> None:
    """The gates again, from the stored ones: earned = spread x logit(gate) - premium."""
    heads = nordic.zones.head

    def scores(move: float) -> np.ndarray:
        single = {}
        affinity = nordic.measures.raw["home_affinity"].to_numpy(float)[heads]
        for name, found in nordic.strategies.items():
            own = found.price_gate[heads]
            # carried: affinity + (1 - affinity) x gate
            plain = (own - affinity) / (1 - affinity) if name == "onshoring" else own
            odds = plain / (1 - plain) * np.exp(move / SPREAD)
            gate = odds / (1 + odds)
            gate = affinity + (1 - affinity) * gate if name == "onshoring" else gate
            single[name] = found.score[heads] / own * gate
        return scoring.mix(single, nordic.prior, nordic.study.sharpness)[0]

    from siting.money.cost import PRICE_SPREAD as SPREAD  # noqa: PLC0415 - beside its use

    found = price_of_first(nordic)
    assert np.allclose(scores(0.0), nordic.score[heads], atol=1e-9)
    for move, first in ((found.down, found.after_down), (found.up, found.after_up)):
        if np.isnan(move):
            assert first == -1
            continue
        assert heads[np.argmax(scores(move))] == first != heads[0]
        assert np.argmax(scores(move - np.sign(move))) == 0
        assert abs(move) <= found.reach
    ends = [scores(end) for end, turned in ((-found.reach, found.down), (found.reach, found.up))
            if np.isnan(turned)]  # fmt: skip
    assert all(np.argmax(end) == 0 for end in ends)


def test_a_rival_a_hair_behind_takes_the_place_at_a_small_move(nordic: Plan) -> None:
    """Two sites alike but for what they earn: the dearer one with more merit passes at a price."""
    first, second = nordic.zones.head[:2]
    strategies = {}
    for name, found in nordic.strategies.items():
        parts = found.contributions.copy()
        parts.iloc[second] = parts.iloc[first] * 1.2
        entry = found.entry_gate.copy()
        entry[second] = entry[first]
        strategies[name] = dataclasses.replace(found, contributions=parts, entry_gate=entry)
    outcome = nordic.measures.outcome.copy()
    outcome.loc[second, "earned"] = outcome.loc[first, "earned"] - 400
    raw = nordic.measures.raw.copy()
    raw.loc[second, "home_affinity"] = raw.loc[first, "home_affinity"]
    measures = dataclasses.replace(nordic.measures, outcome=outcome, raw=raw)
    zones = dataclasses.replace(nordic.zones, head=np.array([first, second]))
    plan = dataclasses.replace(nordic, strategies=strategies, measures=measures, zones=zones)
    found = price_of_first(plan)
    assert found.after_up == second
    assert 0 < found.up < found.reach
