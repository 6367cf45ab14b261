"""Judgements in CSV files: what they weigh, and every fault at once."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.study.criteria import CRITERIA
from siting.study.criteria import PILLARS as EVERY
from siting.study.elicitation import rank_order_centroid
from siting.study.lenses import LENSES
from siting.study.study import PillarWeights, Stakeholder, Study
from siting.study.weights import TOTAL, leaf_weights, tree_of
from siting.study.weights_files import Elicited, read, tree_in_force, weigh

PREMIUM = Study(lens="premium_local")  # the lens with two criteria of energy
PILLARS = ("market", "energy", "policy")  # those that weigh in it
TRUE = {"market": 4.0, "energy": 8.0, "policy": 1.0}
HEAD = {"ahp": "pillar,left,right,ratio", "swing": "pillar,item,points", "rank": "pillar,item,rank"}


def shares_of(study):
    """Return the share of each pillar, and of each criterion in its pillar."""
    leaves = leaf_weights(tree_of(study))
    pillar = leaves.index.map(lambda key: CRITERIA[key].pillar)
    sums = leaves.groupby(pillar).sum()
    return (sums / TOTAL).to_dict(), (leaves / sums.reindex(pillar).to_numpy()).to_dict()


def pairs(ratio=lambda a, b: f"{TRUE[a]:g}/{TRUE[b]:g}", left_out=()):
    return [
        f",{a},{b},{ratio(a, b)}"
        for a, b in itertools.combinations(PILLARS, 2)
        if (a, b) not in left_out
    ]


@pytest.fixture
def judged(tmp_path):
    """Read rows under the heading of a method."""

    def reading(method, rows, head=None, study=PREMIUM):
        path = tmp_path / "j.csv"
        path.write_text("\n".join([head or HEAD[method], *rows]) + "\n", encoding="utf-8")
        return read(path, method, tree_in_force(study))

    return reading


def faults(judged, *args, **kwargs):
    with pytest.raises(SitingError) as caught:
        judged(*args, **kwargs)
    assert all(fault.where == "j.csv" for fault in caught.value.faults)
    return caught.value.faults


def test_consistent_pairs_give_back_their_ratios_in_a_study(judged):
    group = judged("ahp", pairs())
    assert group[0].comparison.consistency_ratio == pytest.approx(0, abs=1e-9)
    pillars, criteria = shares_of(weigh(PREMIUM, group, "j.csv"))
    assert pillars == pytest.approx({k: v / 13 for k, v in TRUE.items()}, rel=1e-5)
    assert criteria == pytest.approx(shares_of(PREMIUM)[1])  # nobody judged them


@given(
    lens=st.sampled_from(list(LENSES)),
    pillars=st.fixed_dictionaries({p: st.floats(0.05, 1) for p in EVERY}),
    leaves=st.fixed_dictionaries({
        key: st.floats(0.05, 1) for key, c in CRITERIA.items() if not c.in_delivered_cost
    }),
)  # fmt: skip
def test_whatever_is_judged_is_what_pillars_and_criteria_then_weigh(lens, pillars, leaves):
    def elicited(pillar, points):
        weights = {key: w / sum(points.values()) for key, w in points.items()}
        return Elicited(pillar, pd.Series(weights), None, {})

    inner = {p: {k: w for k, w in leaves.items() if CRITERIA[k].pillar == p} for p in EVERY}
    groups = [elicited("", pillars), *(elicited(p, own) for p, own in inner.items())]
    free = {p: {k: 0.0 for k, c in CRITERIA.items() if c.pillar == p and c.in_delivered_cost}
            for p in EVERY}  # fmt: skip
    start = Study(lens=lens, weights={p: PillarWeights(criteria=own) for p, own in free.items()})
    own_pillars, own_criteria = shares_of(weigh(start, groups, "j.csv"))
    assert own_pillars == pytest.approx(dict(groups[0].weights), rel=1e-4)
    for group in groups[1:]:
        for key, share in group.weights.items():
            assert own_criteria[key] == pytest.approx(share, rel=1e-4)


def test_the_order_of_rows_and_sides_changes_nothing(judged):
    one = judged("ahp", pairs(lambda a, b: "3"))[0].weights
    turned = [f",{b},{a},1/3" for a, b in reversed([*itertools.combinations(PILLARS, 2)])]
    assert judged("ahp", turned)[0].weights.to_dict() == pytest.approx(one.to_dict())


def test_a_pair_may_be_judged_twice_the_same(judged):
    rows = [*pairs(lambda a, b: "7"), ",energy,market,0.14"]
    plain = judged("ahp", pairs(lambda a, b: "7"))[0].weights
    assert judged("ahp", rows)[0].weights.to_dict() == pytest.approx(plain.to_dict(), abs=0.01)


def test_criteria_of_a_pillar_by_swing_leave_the_pillar_its_share(judged):
    group = judged("swing", ["energy,power_price,100", "energy,grid_carbon,60"])
    pillars, criteria = shares_of(weigh(PREMIUM, group, "j.csv"))
    assert pillars == pytest.approx(shares_of(PREMIUM)[0], rel=1e-5)
    assert criteria["power_price"] == pytest.approx(0.625, rel=1e-5)
    assert criteria["grid_carbon"] == pytest.approx(0.375, rel=1e-5)


def test_an_order_without_a_column_of_pillars_orders_pillars(judged):
    rows = [f"{pillar},{rank}" for rank, pillar in enumerate(PILLARS, start=1)]
    group = judged("rank", rows, head="item,rank")
    expected = rank_order_centroid({p: r for r, p in enumerate(PILLARS, start=1)})
    assert group[0].weights.to_dict() == pytest.approx(expected.to_dict())


def test_judges_come_together_by_the_geometric_mean(judged):
    rows = [f"{row},Ann" for row in pairs(lambda a, b: "2")]
    rows += [f"{row},Bo" for row in pairs(lambda a, b: "1/2")]
    group = judged("ahp", rows, head=HEAD["ahp"] + ",judge")[0]
    assert group.weights.tolist() == pytest.approx([1 / 3] * 3)  # 2 and 1/2 cancel
    assert list(group.judges) == ["Ann", "Bo"]
    assert group.judges["Ann"].weights["market"] > 0.3


def test_a_criterion_may_join_and_one_may_leave(judged):
    rows = ["energy,power_price,0", "energy,grid_carbon,50"]
    study = Study()  # the evidence, in which grid carbon weighs nothing
    tree = tree_of(weigh(study, judged("swing", rows, study=study), "j.csv"))
    assert tree["energy"] == (1.0, {"power_price": 0.0, "grid_carbon": 1.0})


def test_weights_of_a_stakeholder_leave_the_study_alone(judged):
    rows = ["energy,power_price,50", "energy,grid_carbon,50"]
    before = PREMIUM.model_copy(update={"stakeholders": {
        "Ann": Stakeholder(share=0.3, weights={"policy": PillarWeights(weight=0.5)})
    }})  # fmt: skip
    after = weigh(before, judged("swing", rows), "j.csv", "Ann")
    assert after.weights == {}
    assert after.stakeholders["Ann"].share == 0.3
    seen = tree_of(after.seen_by("Ann"))
    assert seen["energy"][1] == {"power_price": 1.5, "grid_carbon": 1.5}
    assert seen["policy"][0] == 0.5
    joined = weigh(PREMIUM, judged("swing", rows), "j.csv", "Bo")
    assert list(joined.stakeholders) == ["Bo"]


def test_a_stakeholder_with_a_lens_is_judged_in_that_lens(judged):
    study = Study(stakeholders={"Ann": Stakeholder(lens="premium_local")})
    rows = [f",{pillar},50" for pillar in PILLARS]
    group = judged("swing", rows, study=study.seen_by("Ann"))
    pillars, _ = shares_of(weigh(study, group, "j.csv", "Ann").seen_by("Ann"))
    assert pillars == pytest.approx(dict.fromkeys(PILLARS, 1 / 3), rel=1e-5)


@pytest.mark.parametrize("name", ["a\nb", " a", "", "x" * 65, "a\u202eb"])
def test_a_stakeholder_has_a_plain_name(judged, name):
    rows = ["energy,power_price,50", "energy,grid_carbon,50"]
    if not name:
        assert not weigh(PREMIUM, judged("swing", rows), "j.csv", name).stakeholders
        return
    with pytest.raises(SitingError) as caught:
        weigh(PREMIUM, judged("swing", rows), "j.csv", name)
    assert "\n" not in str(caught.value.faults[0])


def test_every_missing_pair_is_named(judged):
    wrong = faults(judged, "ahp", pairs(left_out=[("market", "energy"), ("energy", "policy")]))
    assert [f.what for f in wrong] == [
        "market : energy is not judged", "energy : policy is not judged",
    ]  # fmt: skip
    assert all("add a row with left" in f.hint for f in wrong)


def test_each_judge_must_judge_all(judged):
    rows = [f"{row},Ann" for row in pairs()] + [f"{row},Bo" for row in pairs()[1:]]
    (fault,) = faults(judged, "ahp", rows, head=HEAD["ahp"] + ",judge")
    assert fault.column.endswith("judge Bo")


def test_all_faults_of_a_file_with_row_column_value_and_hint(judged):
    rows = [
        "enrgy,power_price,grid_carbon,3",
        "energy,power_price,market,3",
        ",market,market,3",
        ",market,polcy,10",
        ",market,energy,",
        ",market,energy,1/0",
        ",market,energy,-3",
        ",market,energy,3-Jan",
        ",market,energy,0",
    ]
    wrong = faults(judged, "ahp", rows)
    assert {(f.row, f.column, f.value) for f in wrong} == {
        (2, "pillar", "enrgy"), (3, "right", "market"), (4, "right", "market"),
        (5, "right", "polcy"), (5, "ratio", "10"), (6, "ratio", ""), (7, "ratio", "1/0"),
        (8, "ratio", "-3"), (9, "ratio", "3-Jan"), (10, "ratio", "0"),
    }  # fmt: skip
    hints = {f.value: f.hint for f in wrong}
    assert "policy" in hints["polcy"]
    assert all(f.hint for f in wrong)


def test_contradictions_are_named(judged):
    wrong = faults(judged, "ahp", [*pairs(), ",energy,market,9"])
    assert [(f.row, f.value) for f in wrong] == [(5, "energy : market")]


@pytest.mark.parametrize(
    ("method", "rows", "row", "column"),
    [
        ("swing", ["energy,power_price,101"], 2, "points"),
        ("swing", ["energy,power_price,nan"], 2, "points"),
        ("swing", ["energy,power_price,0", "energy,grid_carbon,0"], None, "energy"),
        ("swing", ["energy,grid_carbon,5"], None, "energy"),
        ("swing", ["energy,power_price,5"] * 2, 3, "item"),
        ("rank", ["energy,power_price,0"], 2, "rank"),
        ("rank", [",energy,1"] * 2, 3, "item"),
        ("rank", ["energy,=HYPERLINK(1),1"], 2, "item"),
    ],
)
def test_points_and_ranks_at_fault(judged, method, rows, row, column):
    wrong = faults(judged, method, rows)
    assert (row, column) in {(f.row, f.column) for f in wrong}


def test_unknown_and_missing_columns(judged):
    wrong = faults(judged, "swing", ["energy,1"], head="pilar,item")
    assert {(f.row, f.column) for f in wrong} == {(1, "pilar"), (1, "points")}
    assert "pillar" in next(f.hint for f in wrong if f.column == "pilar")
    # a judge says nothing of swings: the study has stakeholders for that
    assert faults(judged, "swing", ["a,b,1,x"], head=HEAD["swing"] + ",judge")


@pytest.mark.parametrize("column", ["strategy", "lens", "Strategy"])
def test_a_column_of_lenses_is_refused_with_the_reason(judged, column):
    (fault,) = faults(judged, "swing", ["onshoring,,energy,1"], head=f"{column},{HEAD['swing']}")
    assert (fault.row, fault.column) == (1, column.lower())
    assert "the study names its lens" in fault.hint


def test_money_counted_twice_is_a_fault_of_the_file(judged):
    rows = ["cost,delivered_cost,100", "cost,margin,50"]
    with pytest.raises(SitingError, match=r"j\.csv.*counted twice"):
        weigh(Study(), judged("swing", rows, study=Study()), "j.csv")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([f",{p},50" for p in (*PILLARS, "cost")], "no criterion of cost weighs"),
        (["cost,served_demand,50"], "cost weighs nothing"),
    ],
)
def test_half_a_judgement_moves_nothing_and_is_refused(judged, rows, what):
    with pytest.raises(SitingError, match=what):
        weigh(PREMIUM, judged("swing", rows), "j.csv")


def test_a_new_pillar_with_its_criteria_joins(judged):
    rows = [f",{p},25" for p in (*PILLARS, "cost")]
    rows.append("cost,served_demand,50")
    pillars, _ = shares_of(weigh(PREMIUM, judged("swing", rows), "j.csv"))
    assert pillars == pytest.approx(dict.fromkeys((*PILLARS, "cost"), 0.25), rel=1e-5)


def test_a_pillar_that_nobody_wants_leaves(judged):
    rows = [f",{p},{points}" for p, points in zip(PILLARS, (100, 50, 0), strict=True)]
    pillars, _ = shares_of(weigh(PREMIUM, judged("swing", rows), "j.csv"))
    assert pillars == pytest.approx({"market": 2 / 3, "energy": 1 / 3}, rel=1e-5)


SAME = {"market": "4", "energy": "2.5", "policy": "1"}


@settings(max_examples=24)
@given(
    separator=st.sampled_from([";", "\t"]),
    mark=st.sampled_from(["", "\ufeff"]),
    named=st.booleans(),
    head=st.sampled_from(
        ["pillar,item,points", "Pillar,ITEM ,Points (0 to 100)", "pillar,item,POINTS [-]"]
    ),
)
def test_a_file_of_a_spreadsheet_of_any_country_weighs_the_same(
    tmp_path_factory, separator, mark, named, head
):
    folder = tmp_path_factory.mktemp("judged")
    lines = [head, *(f",{item},{points}" for item, points in SAME.items())]
    plain_file, theirs = folder / "plain.csv", folder / "j.csv"
    plain_file.write_text("\n".join(["pillar,item,points", *lines[1:]]), encoding="utf-8")
    text = "\n".join(line.replace(",", separator).replace(".", ",") for line in lines)
    text = f"sep={separator}\n{text}" if named else text
    theirs.write_text(mark + text, encoding="utf-8")
    wanted, read_ = (read(f, "swing", tree_in_force(PREMIUM))[0] for f in (plain_file, theirs))
    pd.testing.assert_series_equal(read_.weights, wanted.weights)


def test_both_sides_of_a_ratio_may_have_decimal_commas(judged):
    wanted = judged("ahp", pairs(lambda a, b: f"{TRUE[a] / 2:g}/{TRUE[b] / 2:g}"))
    head = HEAD["ahp"].replace(",", ";")
    rows = pairs(lambda a, b: f"{TRUE[a] / 2:g}/{TRUE[b] / 2:g}")
    theirs = judged("ahp", [row.replace(",", ";").replace(".", ",") for row in rows], head)
    pd.testing.assert_series_equal(theirs[0].weights, wanted[0].weights)


@pytest.mark.parametrize(("method", "rows"), [("ahp", ['a,b,"1,5"']), ("swing", ['market,"1,5"'])])
def test_a_comma_between_commas_is_answered_with_the_point(judged, method, rows):
    head = {"ahp": "left,right,ratio", "swing": "item,points"}[method]
    hints = [fault.hint for fault in faults(judged, method, rows, head) if fault.value == "1,5"]
    assert hints == ["write a decimal point: 1.5"]


def test_a_heading_that_two_columns_have_is_named(judged):
    (fault,) = faults(judged, "swing", ["market,1,2"], "item,points,Points (0-100)")
    assert (fault.row, fault.column, fault.what) == (1, "points", "2 columns have this heading")


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp1252", "0xe4")],
)
def test_another_encoding_is_asked_for_as_utf8(tmp_path, encoding, word):
    path = tmp_path / "j.csv"
    path.write_bytes("item,points,note\nmarket,1,läuft\n".encode(encoding))
    with pytest.raises(SitingError) as caught:
        read(path, "swing", tree_in_force(PREMIUM))
    (fault,) = caught.value.faults
    assert word in fault.what
    assert fault.hint == "save it as CSV UTF-8"
