import json

import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.results.data_age import data_age, sentence
from siting.results.write import counts, write_plan
from siting.support.progress import silent

FILES = {
    "ranked_sites.csv", "ranked_sites.xlsx", "ranked_sites.gpkg", "ranked_sites.parquet",
    "ranked_sites.geojson", "barred_sites.csv", "map.html", "brief.html", "atlas.html",
    "manifest.json",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(nordic, tmp_path_factory):
    target = tmp_path_factory.mktemp("out") / "nordic"
    write_plan(nordic, target, silent())
    return target


def test_every_output_is_there(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    assert all(path.stat().st_size > 0 for path in folder.iterdir())


def test_the_manifest_counts_what_went_in(folder, nordic):
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert said["counts"] == counts(nordic)
    assert said["counts"]["candidates"] == len(nordic.places) + len(nordic.barred)
    assert said["counts"]["plants"] > 600
    assert len(said["inputs_sha256"]) > 15
    assert said["attributions"]
    assert said["data_age"]["sentence"] == sentence(data_age(nordic))
    assert "months old" in said["data_age"]["price_of_the_day"]


def test_the_list_is_ranked_by_share_and_its_odds_multiply(folder, nordic):
    ranked = pd.read_csv(folder / "ranked_sites.csv")
    assert ranked["rank"].tolist() == list(range(1, len(ranked) + 1))
    assert ranked["scouted"].is_monotonic_decreasing  # "yes" before "no"
    for _, group in ranked.groupby("scouted"):
        assert group["share"].is_monotonic_decreasing
    criteria = ranked[[f"odds_{name}" for name in nordic.weights.index]]
    assert (criteria.prod(axis=1) / ranked["odds_vs_median"] - 1).abs().max() < 0.01


def test_what_is_no_plan_is_left_alone(nordic, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SitingError):
        write_plan(nordic, tmp_path, silent())
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
