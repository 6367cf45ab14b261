"""From an empty folder to a map and its reasons, through the command line."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest
from commandline import called, contents, run

from maps.numerals import share
from siting.commands import money_cli
from siting.results.ownership import MANIFEST
from siting.study.study import Candidates, Study
from siting.study.studyfile import PRESETS, preset, read
from siting.world import facts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study begun by `siting init`, turned to Finland, and its plan."""
    folder = tmp_path_factory.mktemp("planner")
    said = run(folder, "init", "mine.yaml").stdout
    assert "siting plan mine.yaml" in said
    study = folder / "mine.yaml"
    text = study.read_text("utf-8").replace("name: balanced", "name: finland")
    study.write_text(text + "\ncandidates: {countries: [FI]}\n", "utf-8")
    (folder / "said.txt").write_text(run(folder, "plan", "mine.yaml", width=80).stdout, "utf-8")
    return folder


@pytest.fixture(scope="module")
def again(folder: Path) -> str:
    """What a second run into another folder prints with `--json`."""
    return called(folder, "plan", "mine.yaml", "--json", "-o", "again").stdout


@pytest.fixture(scope="module")
def explained(folder: Path) -> dict[str, object]:
    said = run(folder, "explain", "KOKKOLA industrial", "mine.yaml", "--json").stdout
    return json.loads(said)


def test_a_plan_writes_every_output_and_says_where(folder):
    written = set(contents(folder / "out" / "mine"))
    assert written == {
        MANIFEST, "map.html", "brief.html", "atlas.html", "barred_sites.csv",
        *(f"ranked_sites.{kind}" for kind in ("csv", "xlsx", "parquet", "gpkg", "geojson")),
    }  # fmt: skip
    said = (folder / "said.txt").read_text("utf-8")
    assert "out/mine" in said
    assert "as known on 22 November 2026" in said


def test_the_table_is_readable_at_80_columns(folder):
    lines = (folder / "said.txt").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 80
    start = next(i for i, line in enumerate(lines) if line.startswith("rank"))
    assert lines[start].split() == ["rank", "site", "chance", "country", "first",
                                    "pays", "from", "margin", "pays"]  # fmt: skip
    ranked = pd.read_csv(folder / "out" / "mine" / "ranked_sites.csv")
    for line, row in zip(lines[start + 1 :], ranked.head(5).to_dict("records"), strict=False):
        shown = re.fullmatch(
            r" *(\d+)  (.+?) +(\S+)\u202f%  FI 100\u202f% +(\S+)\u202f% +([\d,]+) "
            r"+([+\u2212][\d,]+) +(\S+)\u202f% *", line,
        )  # fmt: skip
        assert shown, line
        assert int(shown[1]) == row["rank"]
        assert row["name"].startswith(shown[2].rstrip("…"))
        assert f"{shown[3]}\u202f%" == share(row["share"])
        assert f"{shown[4]}\u202f%" == share(row["p_first"])
        assert float(shown[5].replace(",", "")) == row["pays_from_usd_per_t"]
        assert float(shown[6].replace(",", "").replace("\u2212", "-")) == row["margin_usd_per_t"]
        assert f"{shown[7]}\u202f%" == share(row["chance_it_pays"])


def test_two_runs_give_the_same_bytes_but_for_timings(folder, again):
    assert again
    first, second = contents(folder / "out" / "mine"), contents(folder / "again")
    assert set(first) == set(second)
    assert {name for name in first if first[name] != second[name]} <= {MANIFEST}
    manifests = [
        json.loads((path / MANIFEST).read_text("utf-8"))
        for path in (folder / "out" / "mine", folder / "again")
    ]
    timings = [manifest.pop("timings_s") for manifest in manifests]
    assert manifests[0] == manifests[1]
    assert set(timings[0]) == set(timings[1]) >= {"freight", "scores", "map"}


def test_the_manifest_says_what_went_in(folder):
    manifest = json.loads((folder / "out" / "mine" / MANIFEST).read_text("utf-8"))
    assert manifest["study"]["candidates"]["countries"] == ["FI"]
    assert manifest["study"]["as_of"] == "2026-11-22"
    assert manifest["counts"]["candidates"] > 100
    assert manifest["counts"]["plants"] > 600
    assert "catalogue/gigafactories.csv" in manifest["inputs_sha256"]
    assert all(len(digest) == 64 for digest in manifest["inputs_sha256"].values())


def test_the_summary_for_programs_agrees_with_the_list(folder, again):
    summary = json.loads(again)
    ranked = pd.read_csv(folder / "again" / "ranked_sites.csv")
    assert (
        summary["counts"]["candidates"] == summary["counts"]["ranked"] + summary["counts"]["barred"]
    )
    assert [site["site_id"] for site in summary["sites"]] == ranked["site_id"].tolist()
    for site in summary["sites"]:
        row = ranked.iloc[site["rank"] - 1]
        assert site["share"] == pytest.approx(row["share"], abs=1e-6)
        assert site["odds_vs_median"] == pytest.approx(row["odds_vs_median"], rel=1e-3)
    assert summary["countries"] == {"FI": pytest.approx(1)}


def test_an_explanation_for_programs(explained):
    assert explained["site"]["country"] == "FI"
    assert "Kokkola" in explained["site"]["name"]
    assert {"customers", "policies", "reasons", "sentences", "runner_up"} <= set(explained)
    odds = math.prod(row["odds"] for row in explained["contributions"])
    assert odds == pytest.approx(explained["odds_vs_median"], rel=1e-9)
    assert 0 < explained["share"] < 1
    assert explained["customers"][0]["usd_per_t"] <= explained["customers"][-1]["usd_per_t"]
    assert any(law["instrument_id"].startswith("FI-") for law in explained["policies"])
    assert {reason["verdict"] for reason in explained["reasons"]} <= {"borne out", "not borne out"}


def test_quiet_prints_nothing_and_takes_the_place_of_an_earlier_plan(folder):
    before = contents(folder / "out" / "mine")
    done = called(folder, "plan", "mine.yaml", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")
    after = contents(folder / "out" / "mine")
    assert {name for name in before if before[name] != after[name]} <= {MANIFEST}


def test_freight_for_programs_and_people(tmp_path):
    said = json.loads(run(tmp_path, "freight", "Sundsvall", "Salzgitter", "--json").stdout)
    assert said["km"] == pytest.approx(sum(leg["km"] for leg in said["legs"]), abs=0.01)
    cost = sum(leg["usd_per_t"] for leg in said["legs"])
    assert said["usd_per_t"] == pytest.approx(cost, abs=0.01)
    shown = called(tmp_path, "freight", "Sundsvall", "Salzgitter", width=80).stdout
    assert f"{said['usd_per_t']:.1f} USD/t" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_freight_from_the_southern_hemisphere(tmp_path):
    said = json.loads(called(tmp_path, "freight", "-33.9,18.4", "-29.86,31.02", "--json").stdout)
    assert said["origin"]["lat"] == -33.9
    assert 1200 < said["km"] < 2200  # Cape Town to Durban, 1,630 km by road


def test_data_needs_no_study(tmp_path):
    assert "gigafactories" in run(tmp_path, "data", "list").stdout
    shown = called(tmp_path, "data", "show", "gigafactories", "--where", "country=SE").stdout
    assert "Skellefteå" in shown


def test_a_setting_from_the_map_is_laid_over_a_study(tmp_path):
    called(tmp_path, "init", "mine.yaml")
    text = (tmp_path / "mine.yaml").read_text("utf-8")
    own = "\ncandidates: {countries: [FI], sets: [industrial_sites]}\n"
    (tmp_path / "mine.yaml").write_text(text + own, "utf-8")
    (tmp_path / "setting.yaml").write_text("lens: low_cost_export\n", "utf-8")
    printed = called(
        tmp_path, "plan", "mine.yaml", "--from-setting", "setting.yaml", "--json"
    ).stdout
    assert json.loads(printed)["lens"] == "low_cost_export"


def test_a_study_begun_from_any_preset_is_that_preset(tmp_path):
    for name in ("onshoring", "article_2023"):
        called(tmp_path, "init", f"{name}.yaml", name)
        assert read(tmp_path / f"{name}.yaml") == preset(name)
    assert set(PRESETS) >= {"balanced", "onshoring", "article_2023"}


def test_reasons_of_the_article_fit_80_columns(tmp_path):
    called(tmp_path, "init", "then.yaml", "article_2023")
    with (tmp_path / "then.yaml").open("a", encoding="utf-8") as study:
        study.write("\ncandidates: {countries: [SE], sets: [industrial_sites]}\n")
    said = called(tmp_path, "explain", "Sundsvall", "then.yaml", width=80).stdout
    assert "The old carmakers are near" in said
    assert max(map(len, said.splitlines())) <= 80
    assert [path.name for path in tmp_path.iterdir()] == ["then.yaml"]


def test_a_name_of_several_places_is_asked_back(tmp_path):
    said = called(tmp_path, "freight", "Tanger", "Salzgiter", code=2).stderr.replace("\n", "")
    assert all(name in said for name in ('"Tangier"', "Tanger Tech", 'did you mean "Salzgitter"'))
    said = called(tmp_path, "explain", "Cambridge", code=2).stderr.replace("\n", "")
    assert '"Cambridge, GB"' in said
    assert '"Cambridge, NZ"' in said


def test_the_cost_of_a_place_of_the_users_own_list(tmp_path):
    (tmp_path / "own.csv").write_text("site_id,name,lat,lon\nplot-7,Tangier,35.7,-5.8\n")
    study = Study(name="mine", candidates=Candidates(file=tmp_path / "own.csv"))
    for words in ("PLOT-7", "tangier", "Tangier, Morocco"):
        assert money_cli._place(words, study, facts.load(study)).latlon == (35.7, -5.8)
    assert money_cli._place("Syrah Vidalia", study, facts.load(study)).latlon[0] < 35
