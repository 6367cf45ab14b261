"""Which input moved which site: the parts against plans made by hand, and the laws of sums."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import Fault, SitingError
from siting.money.landed import prices_of
from siting.planner import make_plan
from siting.scenarios import compare as module
from siting.scenarios.compare import (
    GROUPS,
    LAWS,
    NO_CANDIDATE,
    NO_SCORE,
    PLANTS,
    PRICE,
    REST,
    TOGETHER,
    Group,
    Standing,
    attribute,
    compare,
    differing,
    standing,
    swapped,
)
from siting.study.study import Candidates, Listing, Policies, Study
from siting.study.studyfile import preset
from siting.world.facts import Facts

NORTH = Study(
    name="north",
    candidates=Candidates(sets=("industrial_sites", "towns"), countries=("FI", "SE", "US"),
                          min_population=100_000),
    listing=Listing(zones=30),
)  # fmt: skip
THEN = NORTH.model_copy(update={"as_of": dt.date(2023, 11, 28)})
DEAR = NORTH.model_copy(update={"price_usd_per_t": 6000.0})
UNREFUSED = NORTH.model_copy(update={"policies": Policies(off=("SE-ISP-REFUSAL", "US-TX-LAND"))})
OTHER = st.floats(0, 100, width=32)


def stand(scores, barred=(), study=NORTH, day=dt.date(2026, 1, 1), rule="A rule"):
    """A plan's standing by hand: every ranked site is a zone of its own."""
    order = sorted(scores, key=lambda site: (-scores[site], site))
    sites = pd.DataFrame(
        {
            "name": [f"Place {site}" for site in order],
            "country": "FI",
            "kind": "town",
            "score": [float(scores[site]) for site in order],
            "rank": range(1, len(order) + 1),
            "zone": range(1, len(order) + 1),
        },
        index=pd.Index(order, name="site_id", dtype=object),
    )
    apart = pd.DataFrame(
        {"name": [f"Place {site}" for site in barred], "country": "FI", "kind": "town",
         "rule": rule},
        index=pd.Index(list(barred), name="site_id", dtype=object),
    )  # fmt: skip
    return Standing(study, day, (2000.0, 3000.0), frozenset(), (1, 1), sites, apart, tuple(order))


@pytest.fixture(scope="module")
def dear():
    """The same study at today's price and at a price set by hand."""
    return compare(NORTH, DEAR, 10)


@pytest.fixture(scope="module")
def dated():
    """Each part of the date swapped alone, with the plans that a comparison is made of."""
    alone = {group.name: module._swapped_plan(THEN, NORTH, group) for group in GROUPS[:4]}
    before, after = standing(make_plan(THEN)), standing(make_plan(NORTH))
    return before, after, alone, attribute(before, after, GROUPS[:4], alone, 10)


def test_the_only_input_that_differs_makes_the_whole_change_exactly(dear):
    assert [group.name for group in dear.inputs] == ["price of the day"]
    assert dear.sites["change"].abs().max() > 1
    assert dear.parts["price of the day"].tolist() == dear.sites["change"].tolist()
    assert dear.parts[TOGETHER].eq(0.0).all()


def test_a_law_switched_is_the_whole_change_and_frees_the_barred():
    found = compare(NORTH, UNREFUSED, 10)
    assert [group.name for group in found.inputs] == ["laws switched by hand"]
    assert found.parts["laws switched by hand"].tolist() == found.sites["change"].tolist()
    assert found.parts[TOGETHER].eq(0.0).all()
    moved = found.sites[found.sites["change"].ne(0)]
    assert set(moved["country"]) <= {"SE", "US"}
    assert len(found.freed)
    assert found.barred.empty
    texan = found.after.sites.loc[found.freed["site_id"]]
    assert set(texan["country"]) == {"US"}
    assert found.freed["rank"].tolist() == sorted(texan["rank"])
    assert found.freed["rule"].str.contains("SB 17").all()


def test_turned_round_every_change_is_the_opposite(dear):
    alone = {PRICE.name: module._swapped_plan(DEAR, NORTH, PRICE)}
    back = attribute(dear.after, dear.before, differing(DEAR, NORTH), alone, 10)
    there = dear.sites.set_index("site_id")["change"]
    assert back.sites.set_index("site_id")["change"][there.index].tolist() == (-there).tolist()
    assert back.totals[TOGETHER] == 0.0
    assert back.totals["price of the day"] == pytest.approx(dear.totals["price of the day"])
    assert back.entered.sum() == dear.left.sum()
    turned = dear.countries.rename(columns={"before": "after", "after": "before"})
    pd.testing.assert_frame_equal(
        back.countries.set_index("country").sort_index(),
        turned.set_index("country").sort_index()[["before", "after"]],
    )


def test_a_part_of_the_date_moves_nothing_else_of_it(dated):
    before, after, alone, _ = dated
    told = {
        PRICE.name: lambda s: s.prices,
        LAWS.name: lambda s: s.laws,
        PLANTS.name: lambda s: s.plants,
        REST.name: lambda s: s.as_of,
    }
    for name, of in told.items():
        assert of(before) != of(after)
        for swapped_name, plan in alone.items():
            assert of(plan) == of(after if swapped_name == name else before), (name, swapped_name)


def test_the_parts_of_the_date_and_together_sum_to_the_change(dated):
    before, after, alone, found = dated
    total = found.parts.sum(axis=1)
    assert total.to_numpy() == pytest.approx(found.sites["change"].to_numpy(), abs=1e-9)
    ids = found.sites["site_id"]
    score = [plan.sites["score"].reindex(ids).fillna(0).to_numpy() for plan in (before, after)]
    assert found.sites["change"].to_numpy() == pytest.approx(score[1] - score[0], abs=1e-12)
    # the rest of the date moves American places, and none of them is among the zones of either plan
    assert (found.totals.drop(REST.name) > 0).all()
    assert not set(found.sites["country"]) & {"US"}
    moved = alone[REST.name].sites["score"] - before.sites["score"]
    assert set(before.sites["country"][moved != 0]) == {"US"}


def test_the_price_alone_is_a_study_with_that_price_written_out(dated):
    _, after, alone, _ = dated
    chinese, outside = after.prices
    priced = {"price_usd_per_t": outside, "chinese_price_usd_per_t": chinese}
    by_hand = standing(make_plan(THEN.model_copy(update=priced)))
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
    assert "US-TX-LAND" not in set(known.laws["zone_id"])
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
    assert names == ["price of the day", "laws", "plants", "rest of the date",
                     "strategies and weights"]  # fmt: skip
    names = [group.name for group in differing(preset("balanced"), preset("onshoring"))]
    assert names == ["investor", "strategies and weights"]


def test_nothing_differs_nothing_moves():
    found = attribute(stand({"a": 2, "b": 1}), stand({"a": 2, "b": 1}), (), {}, 5)
    assert found.sites["change"].eq(0).all()
    assert not found.entered.any()
    assert not found.left.any()
    assert found.totals.to_dict() == {TOGETHER: 0.0}


def test_sites_enter_leave_and_are_barred_for_all_to_see():
    before = stand({"a": 9, "b": 8, "c": 7}, barred=["d"])
    after = stand({"d": 9, "c": 8, "e": 7, "b": 1}, barred=["a"])
    found = attribute(before, after, (LAWS,), {LAWS.name: after}, 2)
    rows = found.sites.set_index("site_id")
    assert list(rows.index) == ["d", "c", "a", "b"]
    assert rows.index[found.entered.to_numpy()].tolist() == ["d", "c"]
    assert rows.index[found.left.to_numpy()].tolist() == ["a", "b"]
    assert rows["rule_after"].to_dict() == {"a": "A rule", "b": "", "c": "", "d": ""}
    assert rows["rank_before"].to_dict() == {"a": 1, "b": 2, "c": 3, "d": 0}
    assert rows["change"].to_dict() == {"a": -9, "b": -7, "c": 1, "d": 9}
    assert np.isnan(rows.loc["a", "score_after"])
    assert found.barred[["site_id", "rank"]].to_numpy().tolist() == [["a", 1]]
    assert found.freed[["site_id", "rank"]].to_numpy().tolist() == [["d", 1]]
    assert found.countries.to_numpy().tolist() == [["FI", 2, 2]]


def test_a_place_of_only_one_study_is_no_candidate_in_the_other():
    found = attribute(stand({"a": 9}), stand({"b": 4}), (), {}, 5)
    rows = found.sites.set_index("site_id")
    assert rows["rule_before"].to_dict() == {"a": "", "b": NO_CANDIDATE}
    assert rows["rule_after"].to_dict() == {"a": NO_CANDIDATE, "b": ""}
    assert rows["change"].to_dict() == {"a": -9, "b": 4}
    assert found.barred.empty
    assert found.freed.empty


def test_a_zone_that_another_place_stands_for_has_not_left():
    before, after = stand({"a": 9, "b": 8}), stand({"b": 9, "a": 8})
    one = after.sites.assign(zone=1)
    after = dataclasses.replace(after, sites=one, heads=("b",))
    found = attribute(before, after, (), {}, 1)
    assert found.sites["site_id"].tolist() == ["b", "a"]
    assert found.left.tolist() == [False, False]
    assert found.entered.tolist() == [True, False]


def test_an_input_that_makes_no_study_alone_acts_in_together(monkeypatch):
    def planned(study, given=None):
        if given is not None and study.investor == "KR":
            raise SitingError(Fault("study", "no such thing alone"))
        return study

    scores = {"CN": 1.0, "KR": 4.0}
    monkeypatch.setattr(module, "make_plan", planned)
    monkeypatch.setattr(
        module, "standing", lambda s: stand({"a": scores[s.investor] + s.capacity_ktpa}, study=s)
    )
    there = NORTH.model_copy(update={"investor": "KR", "capacity_ktpa": 60.0})
    found = compare(NORTH, there, 5)
    assert found.faults == {"investor": "study: no such thing alone"}
    assert found.parts.iloc[0].to_dict() == {"product, process and size": 10.0, TOGETHER: 3.0}


@settings(max_examples=30)
@given(st.lists(st.tuples(OTHER, OTHER, OTHER, OTHER), min_size=1, max_size=12), st.integers(1, 15))
def test_parts_always_sum_to_the_change_whoever_is_barred(rows, top):
    def made(column):
        scores = {f"s{i}": row[column] for i, row in enumerate(rows) if row[column] > 20}
        return stand(scores, barred=[f"s{i}" for i in range(len(rows)) if f"s{i}" not in scores])

    before, after = made(0), made(1)
    alone = {PRICE.name: made(2), LAWS.name: made(3)}
    found = attribute(before, after, (PRICE, LAWS), alone, top)
    back = attribute(after, before, (PRICE, LAWS), alone, top)
    total = found.parts.sum(axis=1).to_numpy()
    assert total == pytest.approx(found.sites["change"].to_numpy(), abs=1e-9)
    there, again = (f.sites.set_index("site_id")["change"] for f in (found, back))
    assert set(there.index) == set(again.index)
    assert (there + again[there.index]).eq(0).all()
    assert found.entered.sum() == back.left.sum()
    assert set(found.barred["site_id"]) == set(back.freed["site_id"])
    assert found.countries["after"].sum() == min(top, len(after.heads))
