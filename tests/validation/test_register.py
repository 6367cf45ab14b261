from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.load import table
from siting.pipeline import make_plan
from siting.study.study import Candidates, Draws, Study
from siting.validation import register

NORDIC = Study(candidates=Candidates(countries=("FI", "SE")), confidence=Draws(draws=0))


@pytest.fixture(scope="module")
def frozen():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register, "owners", lambda _: [("Talga Group", "AU")])
        return register.freeze(NORDIC)


def test_predictions_are_those_of_the_plan(frozen):
    chinese = next(p for p in frozen["predictions"] if p["investor"] == "CN")
    plan = make_plan(NORDIC)
    whole = pd.Series(plan.chance).groupby(plan.places["country"].to_numpy()).sum()
    listed = whole[whole.ge(register.LEAST)].to_dict()
    assert chinese["countries"] == pytest.approx(listed, abs=1e-4)
    talga = next(p for p in frozen["predictions"] if p["owner"] == "Talga Group")
    assert talga["countries"]["SE"] > chinese["countries"].get("SE", 0.0)  # its mine is there
    shares = [zone["share"] for zone in talga["zones"]]
    assert 0 < sum(shares) <= 1.001
    assert len(shares) <= register.ZONES


def test_the_hash_holds_every_number(frozen, tmp_path):
    path = tmp_path / "frozen.json"
    path.write_text(register.dumped(frozen), encoding="utf-8")
    assert register.read(path) == frozen
    content = json.loads(path.read_text(encoding="utf-8"))
    content["predictions"][0]["zones"][0]["share"] += 0.01
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SitingError, match="altered"):
        register.read(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_what_is_no_prediction_is_refused(text, tmp_path):
    path = tmp_path / "frozen.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SitingError, match="no frozen predictions"):
        register.read(path)


def test_the_file_of_the_repository_is_whole_and_names_every_owner():
    content = register.newest()
    assert content is not None
    assert register.frozen_on().isoformat() == content["as_of"]
    named = {(p["owner"], p["investor"]) for p in content["predictions"]}
    assert {("", home) for home in register.HOMES} <= named
    assert set(register.owners(table("anode_plants"))) <= named
    for one in content["predictions"]:
        assert np.isclose(sum(one["countries"].values()), 1.0, atol=0.02)
