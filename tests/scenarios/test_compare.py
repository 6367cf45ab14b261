"""Which input moved which site: the parts against plans made by hand, and the laws of sums."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_summary import NORTH, stand

from geodata.errors import Fault, SitingError
from siting.money.landed import prices_of
from siting.pipeline import NO_SCORE, Run, make_plan
from siting.scenarios import compare as module
from siting.scenarios.compare import (
    GROUPS,
    LAWS,
    NO_CANDIDATE,
    PLANTS,
    PRICE,
    REST,
    TOGETHER,
    Group,
    attribute,
    compare,
    differing,
    summary_of,
    swapped,
)
from siting.study.study import Listing, PillarWeights, Policies, Study
from siting.study.studyfile import preset
from siting.world.facts import Facts

THEN = NORTH.model_copy(update={"as_of": dt.date(2023, 11, 28)})
DEAR = NORTH.model_copy(update={"price_usd_per_t": 6000.0})
HEAVY = NORTH.model_copy(update={"weights": {"cost": PillarWeights(weight=3.0)}})
WEIGHTS = next(group for group in GROUPS if group.name == "lens and weights")
UNREFUSED = NORTH.model_copy(update={"policies": Policies(off=("SE-ISP-REFUSAL", "US-TX-LAND"))})
OTHER = st.floats(0, 100, width=32)


@pytest.fixture(scope="module")
def heavy():
    """The same study with the weights of the lens and with cost at three times its weight."""
    return compare(NORTH, HEAVY, 10)


@pytest.fixture(scope="module")
def dated():
    """Each part of the date swapped alone, with the plans that a comparison is made of."""
    alone = {group.name: module._swapped_plan(Run(), THEN, NORTH, group) for group in GROUPS[:4]}
    before, after = summary_of(make_plan(THEN)), summary_of(make_plan(NORTH))
    return before, after, alone, attribute(before, after, GROUPS[:4], alone, 10)


def test_the_only_input_that_differs_makes_the_whole_change_exactly(heavy):
    assert [group.name for group in heavy.inputs] == ["lens and weights"]
    assert heavy.sites["change"].abs().max() > 1
    assert heavy.parts["lens and weights"].tolist() == heavy.sites["change"].tolist()
    assert heavy.parts[TOGETHER].eq(0.0).all()


def test_shares_are_those_of_zones_and_countries():
    plan = make_plan(NORTH)
    own = summary_of(plan)
    for number, head in enumerate(plan.zones.head, start=1):
        members = plan.chance[plan.zones.zone == number].sum()
        share = own.sites.at[plan.places["site_id"].iloc[head], "share"]
        assert share == pytest.approx(100 * members)
    free = plan.zones.zone == 0
    assert own.sites["share"].to_numpy()[free] == pytest.approx(100 * plan.chance[free])
    assert own.countries.sum() == pytest.approx(100)


def test_the_price_moves_money_and_no_share():
    dear = compare(NORTH, DEAR, 10)
    assert [group.name for group in dear.inputs] == ["price of the day"]
    assert dear.sites["change"].eq(0.0).all()
    assert dear.before.prices != dear.after.prices


def test_a_law_switched_is_the_whole_change_and_frees_the_barred():
    result = compare(NORTH, UNREFUSED, 10)
    assert [group.name for group in result.inputs] == ["laws switched by hand"]
    assert result.parts["laws switched by hand"].tolist() == result.sites["change"].tolist()
    assert result.parts[TOGETHER].eq(0.0).all()
    risen = result.sites[result.sites["change"].gt(0)]  # what others gain the rest must lose
    assert set(risen["country"]) | {"US"} == {"SE", "US"}
    assert len(result.freed)
    assert result.barred.empty
    texan = result.after.sites.loc[result.freed["site_id"]]
    assert set(texan["country"]) == {"US"}
    assert result.freed["rank"].tolist() == sorted(texan["rank"])
    assert result.freed["rule"].str.contains("SB 17").all()


def test_turned_round_every_change_is_the_opposite(heavy):
    alone = {WEIGHTS.name: module._swapped_plan(Run(), HEAVY, NORTH, WEIGHTS)}
    back = attribute(heavy.after, heavy.before, differing(HEAVY, NORTH), alone, 10)
    there = heavy.sites.set_index("site_id")["change"]
    assert back.sites.set_index("site_id")["change"][there.index].tolist() == (-there).tolist()
    assert back.totals[TOGETHER] == 0.0
    assert back.totals["lens and weights"] == pytest.approx(heavy.totals["lens and weights"])
    assert back.entered.sum() == heavy.left.sum()
    swap = {f"{start}{a}": f"{start}{b}" for start in ("", "share_")
            for a, b in (("before", "after"), ("after", "before"))}  # fmt: skip
    turned = heavy.countries.rename(columns=swap).set_index("country").sort_index()
    there = back.countries.set_index("country").sort_index()
    pd.testing.assert_frame_equal(there, turned[list(there)])


def test_a_part_of_the_date_moves_nothing_else_of_it(dated):
    before, after, alone, _ = dated
    of_group = {
        PRICE.name: lambda s: s.prices,
        LAWS.name: lambda s: s.laws,
        PLANTS.name: lambda s: s.plants,
        REST.name: lambda s: s.as_of,
    }
    for name, of in of_group.items():
        assert of(before) != of(after)
        for swapped_name, plan in alone.items():
            assert of(plan) == of(after if swapped_name == name else before), (name, swapped_name)


def test_the_parts_of_the_date_and_together_sum_to_the_change(dated):
    before, after, _, result = dated
    total = result.parts.sum(axis=1)
    assert total.to_numpy() == pytest.approx(result.sites["change"].to_numpy(), abs=1e-9)
    ids = result.sites["site_id"]
    share = [plan.sites["share"].reindex(ids).fillna(0).to_numpy() for plan in (before, after)]
    assert result.sites["change"].to_numpy() == pytest.approx(share[1] - share[0], abs=1e-12)
    assert result.totals[PRICE.name] == 0
    assert (result.totals.drop(PRICE.name) > 0).all()


def test_the_price_alone_is_a_study_with_that_price_written_out(dated):
    _, after, alone, _ = dated
    chinese, outside = after.prices
    priced = {"price_usd_per_t": outside, "chinese_price_usd_per_t": chinese}
    by_hand = summary_of(make_plan(THEN.model_copy(update=priced)))
    pd.testing.assert_frame_equal(by_hand.sites, alone[PRICE.name].sites, check_exact=True)


def test_the_parts_of_the_date_hold_every_fact_once():
    fields = [name for group in GROUPS for name in group.facts]
    assert sorted(fields) == sorted(field.name for field in dataclasses.fields(Facts))
    keys = [*NO_SCORE, "as_of", *(key for group in GROUPS for key in group.keys)]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(Study.model_fields)


def test_facts_of_a_swapped_law_are_those_of_the_other_date_under_the_own_switches():
    off = THEN.model_copy(update={"policies": Policies(off=("US-TX-LAND",))})
    study, known = swapped(off, NORTH, LAWS)
    assert study.policies.off == ("US-TX-LAND",)
    assert "US-TX-LAND" not in set(known.laws["instrument_id"])
    assert known.as_of == known.plants_on == dt.date(2023, 11, 28)
    later = pd.to_datetime(known.laws["start_date"], errors="coerce", format="ISO8601")
    assert later.max() > pd.Timestamp(2024, 1, 1)
    assert prices_of(study, known) == prices_of(off, known)


def test_a_key_of_no_group_is_one_under_its_own_name():
    class Later(Study):
        new_thing: float = 0.0

    assert differing(Later(), Later(new_thing=1.0)) == (Group("new thing", ("new_thing",)),)
    assert differing(Later(), Later()) == ()


def test_the_catalogues_own_date_written_out_is_no_difference():
    assert differing(NORTH, NORTH.model_copy(update={"as_of": module.date_of(NORTH)})) == ()
    renamed = NORTH.model_copy(update={"name": "other", "question": "Why", "listing": Listing()})
    assert differing(NORTH, renamed) == ()


def test_presets_differ_in_groups():
    names = [group.name for group in differing(preset("article_2023"), preset("balanced"))]
    assert names == ["price of the day", "laws", "wars and lanes", "plants", "rest of the date",
                     ]  # fmt: skip
    names = [group.name for group in differing(preset("balanced"), preset("onshoring"))]
    assert names == ["investor", "lens and weights"]


def test_nothing_differs_nothing_moves():
    result = attribute(stand({"a": 2, "b": 1}), stand({"a": 2, "b": 1}), (), {}, 5)
    assert result.sites["change"].eq(0).all()
    assert not result.entered.any()
    assert not result.left.any()
    assert result.totals.to_dict() == {TOGETHER: 0.0}


def test_sites_enter_leave_and_are_barred_for_all_to_see():
    before = stand({"a": 9, "b": 8, "c": 7}, barred=["d"])
    after = stand({"d": 9, "c": 8, "e": 7, "b": 1}, barred=["a"])
    result = attribute(before, after, (LAWS,), {LAWS.name: after}, 2)
    rows = result.sites.set_index("site_id")
    assert list(rows.index) == ["d", "c", "a", "b"]
    assert rows.index[result.entered.to_numpy()].tolist() == ["d", "c"]
    assert rows.index[result.left.to_numpy()].tolist() == ["a", "b"]
    assert rows["rule_after"].to_dict() == {"a": "A rule", "b": "", "c": "", "d": ""}
    assert rows["rank_before"].to_dict() == {"a": 1, "b": 2, "c": 3, "d": 0}
    assert rows["change"].to_dict() == {"a": -9, "b": -7, "c": 1, "d": 9}
    assert np.isnan(rows.loc["a", "share_after"])
    assert result.barred[["site_id", "rank"]].to_numpy().tolist() == [["a", 1]]
    assert result.freed[["site_id", "rank"]].to_numpy().tolist() == [["d", 1]]
    assert result.countries.to_numpy().tolist() == [["FI", 2, 2, 24, 25]]


def test_a_place_of_only_one_study_is_no_candidate_in_the_other():
    result = attribute(stand({"a": 9}), stand({"b": 4}), (), {}, 5)
    rows = result.sites.set_index("site_id")
    assert rows["rule_before"].to_dict() == {"a": "", "b": NO_CANDIDATE}
    assert rows["rule_after"].to_dict() == {"a": NO_CANDIDATE, "b": ""}
    assert rows["change"].to_dict() == {"a": -9, "b": 4}
    assert result.barred.empty
    assert result.freed.empty


def test_a_zone_that_another_place_stands_for_has_not_left():
    before, after = stand({"a": 9, "b": 8}), stand({"b": 9, "a": 8})
    one = after.sites.assign(zone=1)
    after = dataclasses.replace(after, sites=one, heads=("b",))
    result = attribute(before, after, (), {}, 1)
    assert result.sites["site_id"].tolist() == ["b", "a"]
    assert result.left.tolist() == [False, False]
    assert result.entered.tolist() == [True, False]


def test_an_input_that_makes_no_study_alone_acts_in_together(monkeypatch):
    def planned(_run, study):
        if study.investor == "KR" and study.capacity_ktpa != 60.0:
            raise SitingError(Fault("study", "no such thing alone"))
        return study

    shares = {"CN": 1.0, "KR": 4.0}
    monkeypatch.setattr(Run, "plan", planned)
    monkeypatch.setattr(
        module, "summary_of", lambda s: stand({"a": shares[s.investor] + s.capacity_ktpa}, study=s)
    )
    there = NORTH.model_copy(update={"investor": "KR", "capacity_ktpa": 60.0})
    result = compare(NORTH, there, 5)
    assert result.faults == {"investor": "study: no such thing alone"}
    assert result.parts.iloc[0].to_dict() == {"product, process and size": 10.0, TOGETHER: 3.0}


@settings(max_examples=30)
@given(st.lists(st.tuples(OTHER, OTHER, OTHER, OTHER), min_size=1, max_size=12), st.integers(1, 15))
def test_parts_always_sum_to_the_change_whoever_is_barred(rows, top):
    def made(column):
        shares = {f"s{i}": row[column] for i, row in enumerate(rows) if row[column] > 20}
        return stand(shares, barred=[f"s{i}" for i in range(len(rows)) if f"s{i}" not in shares])

    before, after = made(0), made(1)
    alone = {PRICE.name: made(2), LAWS.name: made(3)}
    result = attribute(before, after, (PRICE, LAWS), alone, top)
    back = attribute(after, before, (PRICE, LAWS), alone, top)
    total = result.parts.sum(axis=1).to_numpy()
    assert total == pytest.approx(result.sites["change"].to_numpy(), abs=1e-9)
    there, again = (f.sites.set_index("site_id")["change"] for f in (result, back))
    assert set(there.index) == set(again.index)
    assert (there + again[there.index]).eq(0).all()
    assert result.entered.sum() == back.left.sum()
    assert set(result.barred["site_id"]) == set(back.freed["site_id"])
    assert result.countries["after"].sum() == min(top, len(after.heads))
