"""Weights and stakeholders in words and JSON."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from siting.commands.weights_terminal import (
    Shown,
    print_weights,
    ratio,
    sentences,
    shares,
    stakeholders_json,
    weights_json,
)
from siting.scenarios.stakeholders import Consensus
from siting.study.elicitation import ahp
from siting.study.lenses import LENSES
from siting.study.study import Stakeholder, Study
from siting.study.weights_files import Elicited

TREE = {"market": (3.0, {"accessible_demand": 1.0, "unserved_demand": 3.0}),
        "energy": (1.0, {"power_price": 4.0, "grid_carbon": 0.0}),
        "surroundings": (2.0, {"wage": 0.0}), "cost": (0.0, {"delivered_cost": 1.0})}  # fmt: skip


def agreed(ranks, names, power=(0.3, 0.3), zones=None):
    """Return a consensus of sites A, B ... whose ranks are given (n, m)."""
    ranks = np.array(ranks)
    n, m = ranks.shape
    sites = pd.DataFrame({
        "site_id": list("abcdef"[:n]), "name": list("ABCDEF"[:n]), "country": "SE",
        "zone": range(1, n + 1), "score": 0.5, "rank": range(1, n + 1), "borda": 1.0,
        "borda_rank": range(1, n + 1), "spread": np.ptp(ranks, axis=1),
    })  # fmt: skip
    tau = pd.DataFrame(np.where(np.eye(m), 1.0, -0.5), names, names)
    weights = pd.DataFrame([power, 1 - np.array(power)], ["power_price", "wage"], names)
    best = sites.iloc[[0] * m][["site_id", "name", "country"]]
    best = best.assign(zone=zones or [1] * m).set_index(pd.Index(names))
    scores = pd.DataFrame(1.0 / ranks, columns=names)
    return Consensus(
        pd.Series(1 / m, names), sites, scores, pd.DataFrame(ranks, columns=names), weights,
        0.25, tau, best,
    )  # fmt: skip


def test_shares_of_a_tree_leave_out_what_weighs_nothing():
    found = shares(TREE)
    rows = list(found.itertuples(index=False, name=None))
    assert rows == [
        ("market", "accessible_demand", 0.75, 0.25, pytest.approx(0.1875)),
        ("market", "unserved_demand", 0.75, 0.75, pytest.approx(0.5625)),
        ("energy", "power_price", 0.25, 1.0, pytest.approx(0.25)),
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (1 / 3, "1/3"), (1.5, "1.5"), (1.0, "1"), (0.6, "1/1.67")]
)
def test_ratios_as_people_judge_them(value, text):
    assert ratio(value) == text


def test_sentences_name_what_divides():
    found = agreed([[1, 2], [2, 1], [4, 3], [3, 4]], ["x", "[b]y"], power=(0.7, 0.2))
    text = sentences(found)
    assert text[0] == (
        "Agreement over 4 sites: Kendall's W 0.25 (1: all rank alike), tau -0.50."
    )  # fmt: skip
    assert text[1] == "A divides them most: 1 for x, 2 for [b]y."
    assert text[2] == "They differ most over power price: 70.0 % for x, 20.0 % for [b]y."
    assert len(text) == 3


def test_of_equal_criteria_and_ranks_nothing_divides():
    text = sentences(agreed([[1, 1], [2, 2]], ["x", "y"]))
    assert len(text) == 1


def test_three_are_named_in_pairs_and_one_alone_is_no_agreement():
    found = agreed([[1, 1, 1], [2, 2, 2]], ["x", "y", "z"], power=(0.1, 0.1, 0.1))
    found.tau.loc["x", "z"] = found.tau.loc["z", "x"] = 0.9
    assert "nearest x and z, tau 0.90; furthest apart x and y, tau -0.50" in sentences(found)[0]
    assert sentences(agreed([[1], [2]], ["x"], power=(0.1,))) == []


def test_a_favourite_outside_of_the_list_is_named():
    text = sentences(agreed([[1, 1], [2, 2]], ["x", "y"], zones=[0, 1]))
    assert text[-1].startswith("The best place for x, A (SE), is in no zone")


def test_a_figure_that_means_nothing_is_null():
    found = agreed([[1, 1]], ["x", "y"])
    found.tau.loc["x", "y"] = float("nan")
    text = json.loads(stakeholders_json(found, Study(), 5))
    assert text["tau"]["x"]["y"] is None
    assert text["sites"][0]["stakeholders"]["x"] == {"score": 1.0, "rank": 1}
    assert text["weights"]["power_price"] == {"x": 0.3, "y": 0.3}


def judged(ratio_of_ends):
    matrix = np.array([[1, 2, ratio_of_ends], [1 / 2, 1, 2], [1 / ratio_of_ends, 1 / 2, 1]])
    found = ahp(matrix, ["market", "policy", "energy"])
    return Elicited("", found.weights, found, {"Ann": found, "Bo": found})


@pytest.mark.parametrize(("ends", "warned"), [(4.0, False), (1 / 9, True)])
def test_consistency_is_shown_of_the_group_and_of_each_judge(capsys, ends, warned):
    print_weights(Shown(Study(), (judged(ends),), "", "ahp", None))
    text = " ".join(capsys.readouterr().out.split())
    for who in ("(all judges)", "Ann", "Bo"):
        assert f"Pillars{', ' if who != '(all judges)' else ' '}{who}: consistency ratio" in text
    assert ("look at the judgements again" in text) is warned
    assert ("was judged" in text) is warned


def test_judgements_as_json():
    people = {"Ann": Stakeholder(lens="onshoring")}
    shown = Shown(Study(stakeholders=people), (judged(1 / 9),), "Ann", "ahp", None)
    text = json.loads(weights_json(shown))
    found = text["judged"][0]
    assert found["comparison"]["consistent"] is False
    assert found["comparison"]["worst"].keys() == {"left", "middle", "right", "judged", "implied"}
    assert sum(found["weights"].values()) == pytest.approx(1, abs=1e-5)
    assert (text["stakeholder"], text["lens"], found["pillar"]) == ("Ann", "onshoring", None)
    assert {row["criterion"] for row in text["weights"]} == set(LENSES["onshoring"].weights)
