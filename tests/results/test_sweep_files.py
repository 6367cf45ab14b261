from __future__ import annotations

import hashlib
import json

import numpy as np
import pandas as pd
import pytest
from sample_sweep import BASE, HOSTILE, small_sweep

from geodata.errors import SitingError
from siting.results.inputs import inputs_of
from siting.results.sweep_files import (
    heat_of,
    robust_table,
    scenario_table,
    sentences,
    write_sweep,
)
from siting.results.text.confidence import short
from siting.study.study import Candidates, Exclusion
from siting.support.progress import silent


@pytest.fixture(scope="module")
def result():
    return small_sweep()


@pytest.fixture
def grid(tmp_path):
    path = tmp_path / "grid.yaml"
    path.write_text("vary: {investor: [CN]}\n")
    return path


def test_the_folder_is_whole_and_twice_the_same(result, grid, tmp_path):
    for name in ("one", "two"):
        write_sweep(result, grid, tmp_path / name, silent())
        held = {path.name for path in (tmp_path / name).iterdir()}
        assert held == {"sweep.csv", "scenarios.csv", "sweep.html", "sweep.json"}
    one, two = (tmp_path / name for name in ("one", "two"))
    for name in ("sweep.csv", "scenarios.csv", "sweep.html"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    texts = [json.loads((at / "sweep.json").read_text("utf-8")) for at in (one, two)]
    assert texts[0].pop("timings_s").keys() == texts[1].pop("timings_s").keys()
    assert texts[0] == texts[1]
    assert texts[0]["inputs_sha256"]["grid"] == hashlib.sha256(grid.read_bytes()).hexdigest()
    assert [s["name"] for s in texts[0]["scenarios"]] == [s.name for s in result.scenarios]
    write_sweep(result, grid, one, silent())  # in the place of the older one


def test_a_folder_of_something_else_is_left_alone(result, grid, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "sweep.csv").write_text("years of work")
    with pytest.raises(SitingError, match="choose another one"):
        write_sweep(result, grid, tmp_path / "mine", silent())
    assert (tmp_path / "mine" / "sweep.csv").read_text() == "years of work"


def test_the_csv_reads_back_as_the_result(result, grid, tmp_path):
    write_sweep(result, grid, tmp_path / "out", silent())
    read = pd.read_csv(tmp_path / "out" / "sweep.csv", keep_default_na=False)
    assert list(read) == list(robust_table(result))
    assert list(read["site_id"]) == list(result.sites["site_id"])
    assert read["regret_max"].to_numpy() == pytest.approx(result.regrets.max(axis=1), abs=6e-5)
    beyond = result.sites["rank_worst"].isna().to_numpy()
    assert read["rank_worst"].astype(str).eq("").tolist() == beyond.tolist()
    table = pd.read_csv(tmp_path / "out" / "scenarios.csv", keep_default_na=False)
    assert list(table["scenario_name"]) == [s.name for s in result.scenarios]
    assert table["probability"].sum() == pytest.approx(1)
    assert list(table["investor"]) == ["KR", "", "KR", ""]
    assert list(table["first_id"]) == list(result.summary["first_id"])


def test_what_a_user_wrote_is_no_formula_and_no_markup(result, grid, tmp_path):
    hostile = result.scenarios[1].__class__("=1+1", {"owner": "@x"}, 0.5, BASE)
    bent = result.__class__(**{**vars(result), "scenarios": (hostile, *result.scenarios[1:])})
    write_sweep(bent, grid, tmp_path / "out", silent())
    table = pd.read_csv(tmp_path / "out" / "scenarios.csv", keep_default_na=False)
    assert table["scenario_name"].iloc[0] == "'=1+1"
    assert table["owner"].iloc[0] == "'@x"
    page = (tmp_path / "out" / "sweep.html").read_text("utf-8")
    assert HOSTILE not in page
    assert "&lt;b&gt;dear&lt;/b&gt;" in page


def test_the_most_robust_stands_in_every_row_of_the_scenarios(result):
    table = scenario_table(result)
    assert set(table["most_robust"]) == {result.sites["site_id"].iloc[0]}
    assert table["most_robust_regret"].max() == pytest.approx(
        result.sites["regret_max"].min(), abs=6e-5
    )
    first = table["most_robust_rank"].eq(1).fillna(value=False).sum()
    assert first == result.sites["times_first"].iloc[0]


def test_sentences_hold_what_the_tables_hold(result):
    texts = " ".join(sentences(result))
    best = result.sites.iloc[0]
    assert short(best["name"]) in texts
    assert f"more than {best['regret_max']:.2f} behind that of rank 1" in texts
    assert f"rank 1 in {best['times_first']} of 4 scenarios" in texts
    always = result.sites.loc[result.sites["times_top10"].eq(4), "name"]
    for name in always:
        assert short(name) in texts
    assert ("No site is among the first ten in all of them" in texts) == always.empty


def test_few_scenarios_of_many_are_drawn_evenly_and_keep_their_numbers(result, monkeypatch):
    monkeypatch.setattr("siting.results.sweep_files.COLUMNS_DRAWN", 2)
    heat = heat_of(result, "grid.yaml")
    assert heat.scenarios["number"].tolist() == [1, 4]
    assert heat.of_scenarios == 4
    assert np.array_equal(heat.ranks, result.ranks[:40, [0, 3]])


def test_every_file_of_every_scenario_is_hashed(tmp_path):
    for name in ("grid", "a", "b", "parks"):
        (tmp_path / name).write_text(name)
    one = BASE.model_copy(update={"candidates": Candidates(file=tmp_path / "a")})
    two = BASE.model_copy(
        update={"candidates": Candidates(file=tmp_path / "b"),
                "exclude": (Exclusion(file=tmp_path / "parks"),),
                "tables": {"anode_prices": tmp_path / "a"}}
    )  # fmt: skip
    read = inputs_of([one, two, one], {"grid": tmp_path / "grid"})
    assert read["candidates"] == b"a"
    assert read["candidates:2"] == b"b"
    assert (read["exclude:parks"], read["own:anode_prices"], read["grid"]) == (
        b"parks", b"a", b"grid"
    )  # fmt: skip
    assert "candidates:3" not in read
    assert any(name.startswith("catalogue/") for name in read)
