"""Judgements in CSV files: what they weigh, and every fault at once."""

from __future__ import annotations

import itertools

import pytest

from geodata.errors import SitingError
from siting.study.elicitation import rank_order_centroid
from siting.study.study import PillarWeights, Stakeholder, Study
from siting.study.weights import leaf_weights, tree_of
from siting.study.weights_files import read, trees_of, weigh

TREES = trees_of(Study())
PILLARS = ("market", "energy", "policy", "ground")  # of premium_local
TRUE = {"market": 4.0, "energy": 8.0, "policy": 1.0, "ground": 2.0}
HEAD = {"ahp": "strategy,pillar,left,right,ratio", "swing": "strategy,pillar,item,points",
        "rank": "strategy,pillar,item,rank"}  # fmt: skip


def pairs(ratio=lambda a, b: f"{TRUE[a]:g}/{TRUE[b]:g}", left_out=()):
    return [
        f"premium_local,,{a},{b},{ratio(a, b)}"
        for a, b in itertools.combinations(PILLARS, 2)
        if (a, b) not in left_out
    ]


@pytest.fixture
def judged(tmp_path):
    """Read rows under the heading of a method."""

    def reading(method, rows, strategy=None, head=None, trees=TREES):
        path = tmp_path / "j.csv"
        path.write_text("\n".join([head or HEAD[method], *rows]) + "\n", encoding="utf-8")
        return read(path, method, trees, strategy)

    return reading


def faults(judged, *args, **kwargs):
    with pytest.raises(SitingError) as caught:
        judged(*args, **kwargs)
    assert all(fault.where == "j.csv" for fault in caught.value.faults)
    return caught.value.faults


def test_consistent_pairs_give_back_their_ratios_in_a_study(judged):
    found = judged("ahp", pairs())
    assert found[0].comparison.consistency_ratio == pytest.approx(0, abs=1e-9)
    tree = tree_of(weigh(Study(), found, "j.csv"), "premium_local")
    for pillar, (weight, criteria) in tree.items():
        assert weight == pytest.approx(TRUE[pillar] / 15, rel=1e-5)
        assert criteria == TREES["premium_local"][pillar][1]  # nobody judged them


def test_the_order_of_rows_and_sides_changes_nothing(judged):
    one = judged("ahp", pairs(lambda a, b: "3"))[0].weights
    turned = [
        f"premium_local,,{b},{a},1/3" for a, b in reversed([*itertools.combinations(PILLARS, 2)])
    ]
    assert judged("ahp", turned)[0].weights.to_dict() == pytest.approx(one.to_dict())


def test_a_pair_may_be_said_twice_the_same(judged):
    rows = [*pairs(lambda a, b: "7"), "premium_local,,energy,market,0.14"]
    plain = judged("ahp", pairs(lambda a, b: "7"))[0].weights
    assert judged("ahp", rows)[0].weights.to_dict() == pytest.approx(plain.to_dict(), abs=0.01)


def test_criteria_of_a_pillar_by_swing(judged):
    rows = ["premium_local,energy,power_price,100", "premium_local,energy,grid_carbon,60"]
    found = judged("swing", rows)
    leaves = leaf_weights(tree_of(weigh(Study(), found, "j.csv"), "premium_local"))
    assert leaves["power_price"] == pytest.approx(0.4 * 0.625)
    assert leaves["grid_carbon"] == pytest.approx(0.4 * 0.375)
    assert leaves.sum() == pytest.approx(1)


def test_an_order_with_the_strategy_of_the_command_line(judged):
    rows = [f"{pillar},{rank}" for rank, pillar in enumerate(PILLARS, start=1)]
    found = judged("rank", rows, strategy="premium_local", head="item,rank")
    expected = rank_order_centroid({p: r for r, p in enumerate(PILLARS, start=1)})
    assert found[0].weights.to_dict() == pytest.approx(expected.to_dict())


def test_judges_come_together_by_the_geometric_mean(judged):
    rows = [f"{row},Ann" for row in pairs(lambda a, b: "2")]
    rows += [f"{row},Bo" for row in pairs(lambda a, b: "1/2")]
    found = judged("ahp", rows, head=HEAD["ahp"] + ",judge")[0]
    assert found.weights.tolist() == pytest.approx([0.25] * 4)  # 2 and 1/2 cancel
    assert list(found.judges) == ["Ann", "Bo"]
    assert found.judges["Ann"].weights["market"] > 0.3


def test_a_criterion_may_join_and_one_may_leave(judged):
    rows = ["onshoring,energy,power_price,0", "onshoring,energy,grid_carbon,50"]
    tree = tree_of(weigh(Study(), judged("swing", rows), "j.csv"), "onshoring")
    assert tree["energy"] == (0.13, {"power_price": 0.0, "grid_carbon": 1.0})


def test_weights_of_a_stakeholder_leave_the_study_alone(judged):
    rows = ["onshoring,energy,power_price,50", "onshoring,energy,grid_carbon,50"]
    before = Study(
        stakeholders={"Ann": Stakeholder(share=0.3, weights={
            "onshoring": {"ground": PillarWeights(weight=0.5)}})}
    )  # fmt: skip
    after = weigh(before, judged("swing", rows), "j.csv", "Ann")
    assert after.weights == {}
    assert after.stakeholders["Ann"].share == 0.3
    seen = tree_of(after.seen_by("Ann"), "onshoring")
    assert seen["energy"][1] == {"power_price": 0.5, "grid_carbon": 0.5}
    assert seen["ground"][0] == 0.5
    joined = weigh(Study(), judged("swing", rows), "j.csv", "Bo")
    assert list(joined.stakeholders) == ["Bo"]


@pytest.mark.parametrize("name", ["a\nb", " a", "", "x" * 65, "a\u202eb"])
def test_a_stakeholder_has_a_plain_name(judged, name):
    rows = ["onshoring,energy,power_price,50"]
    if not name:
        assert not weigh(Study(), judged("swing", rows), "j.csv", name).stakeholders
        return
    with pytest.raises(SitingError) as caught:
        weigh(Study(), judged("swing", rows), "j.csv", name)
    assert "\n" not in str(caught.value.faults[0])


def test_every_missing_pair_is_named(judged):
    found = faults(judged, "ahp", pairs(left_out=[("market", "ground"), ("energy", "policy")]))
    assert [f.what for f in found] == [
        "market : ground is not judged", "policy : energy is not judged",
    ]  # fmt: skip
    assert all("add a row with left" in f.mend for f in found)


def test_each_judge_must_judge_all(judged):
    rows = [f"{row},Ann" for row in pairs()] + [f"{row},Bo" for row in pairs()[1:]]
    (fault,) = faults(judged, "ahp", rows, head=HEAD["ahp"] + ",judge")
    assert fault.column.endswith("judge Bo")


def test_all_faults_of_a_file_with_row_column_value_and_mend(judged):
    rows = [
        "premium_lcal,,market,energy,3",
        "premium_local,enrgy,power_price,grid_carbon,3",
        "premium_local,energy,power_price,market,3",
        "premium_local,,market,market,3",
        "premium_local,,market,polcy,10",
        "premium_local,,market,energy,",
        "premium_local,,market,energy,1/0",
        "premium_local,,market,energy,-3",
        "premium_local,,market,energy,3-Jan",
        ",,market,energy,0",
    ]
    found = faults(judged, "ahp", rows)
    said = {(f.row, f.column, f.value) for f in found}
    assert said == {
        (2, "strategy", "premium_lcal"), (3, "pillar", "enrgy"), (4, "right", "market"),
        (5, "right", "market"), (6, "right", "polcy"), (6, "ratio", "10"), (7, "ratio", ""),
        (8, "ratio", "1/0"), (9, "ratio", "-3"), (10, "ratio", "3-Jan"), (11, "strategy", ""),
        (11, "ratio", "0"),
    }  # fmt: skip
    mends = {f.value: f.mend for f in found}
    assert "premium_local" in mends["premium_lcal"]
    assert "policy" in mends["polcy"]
    assert all(f.mend for f in found)


def test_contradictions_are_told(judged):
    found = faults(judged, "ahp", [*pairs(), "premium_local,,energy,market,9"])
    assert [(f.row, f.value) for f in found] == [(8, "energy : market")]


@pytest.mark.parametrize(
    ("method", "rows", "row", "column"),
    [
        ("swing", ["onshoring,energy,power_price,101"], 2, "points"),
        ("swing", ["onshoring,energy,power_price,nan"], 2, "points"),
        ("swing", ["onshoring,energy,power_price,0"], None, "onshoring, energy"),
        ("swing", ["onshoring,energy,grid_carbon,5"], None, "onshoring, energy"),
        ("swing", ["onshoring,energy,power_price,5"] * 2, 3, "item"),
        ("rank", ["onshoring,energy,power_price,0"], 2, "rank"),
        ("rank", ["onshoring,,energy,1"] * 2, 3, "item"),
        ("rank", ["onshoring,energy,=HYPERLINK(1),1"], 2, "item"),
    ],
)
def test_points_and_ranks_at_fault(judged, method, rows, row, column):
    found = faults(judged, method, rows)
    assert (row, column) in {(f.row, f.column) for f in found}


def test_unknown_and_missing_columns(judged):
    found = faults(judged, "swing", ["onshoring,energy,1"], head="strategy,pilar,item")
    assert {(f.row, f.column) for f in found} == {(1, "pilar"), (1, "points")}
    assert "pillar" in next(f.mend for f in found if f.column == "pilar")
    # a judge says nothing of swings: the study has stakeholders for that
    assert faults(judged, "swing", ["a,b,c,1,x"], head=HEAD["swing"] + ",judge")


def test_money_counted_twice_is_told_of_the_file(judged):
    rows = ["low_cost_export,cost,delivered_cost,100", "low_cost_export,cost,margin,50"]
    with pytest.raises(SitingError, match=r"j\.csv.*counted twice"):
        weigh(Study(), judged("swing", rows), "j.csv")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([f"premium_local,,{p},50" for p in (*PILLARS, "cost")], "no criterion of cost weighs"),
        (["premium_local,cost,served_demand,50"], "cost weighs nothing"),
    ],
)
def test_half_a_judgement_moves_nothing_and_is_told(judged, rows, what):
    with pytest.raises(SitingError, match=what):
        weigh(Study(), judged("swing", rows), "j.csv")


def test_a_new_pillar_with_its_criteria_joins(judged):
    rows = [f"premium_local,,{p},25" for p in (*PILLARS, "cost")]
    rows.append("premium_local,cost,served_demand,50")
    leaves = leaf_weights(tree_of(weigh(Study(), judged("swing", rows), "j.csv"), "premium_local"))
    assert leaves["served_demand"] == pytest.approx(0.2)
