"""The JSON Schema of a study against the planner's own reader, by an independent validator."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from commandline import run

from geodata.errors import SitingError
from siting.study.criteria import PILLARS
from siting.study.schema import study_schema
from siting.study.studyfile import PRESETS, parse, preset
from siting.study.template import commented

SCHEMA = study_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
GOOD = (
    "investor: KR\nas_of: '2023-11-28'\nweights: {cost: 2, energy: {criteria: {power_price: 0.5}}}",
    "candidates: {sets: [seaports], countries: [FI, EU]}\nlisting: {zone_km: 0}",
    "stakeholders: {Board: {weights: {cost: 3}, share: 0.5}, Union: {share: 0.5}}",
    "exclude: [{file: parks.gpkg, buffer_km: 5}]\nprice_usd_per_t: 4500",
)
BAD = (
    "capacity_ktpa: -1",
    "demand_year: 2040",
    "product: graphene",
    "weights: {cst: 1}",
    "weights: {cost: -1}",
    "anchors: {nothing: {worst: 1, best: 2}}",
    "price_usd_per_t: 0",
    "listing: {zone_km: 5000}",
    "candidates: {set: [seaports]}",
    "lens: best",
)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]["weights"]["properties"]) == set(PILLARS)
    text = json.dumps(SCHEMA)
    assert '"ge"' not in text
    assert '"le"' not in text


@pytest.mark.parametrize("name", PRESETS)
def test_what_init_writes_fits(name):
    assert VALIDATOR.is_valid(yaml.safe_load(commented(preset(name), name)))


@pytest.mark.parametrize("text", GOOD)
def test_what_the_planner_reads_fits(text):
    parse(text, "s.yaml", Path())
    assert VALIDATOR.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("text", BAD)
def test_what_does_not_fit_is_a_fault_of_the_planner_too(text):
    assert not VALIDATOR.is_valid(yaml.safe_load(text))
    with pytest.raises(SitingError):
        parse(text, "s.yaml", Path())


def test_the_command_prints_it_and_the_study_names_it(tmp_path):
    shown = run(tmp_path, "schema")
    assert json.loads(shown.stdout) == SCHEMA
    run(tmp_path, "init", "a.yaml")
    first = (tmp_path / "a.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=study.schema.json"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("flag", ["--version", "-h"])
def test_flags_that_everybody_tries(flag, tmp_path):
    shown = run(tmp_path, flag)
    assert ("siting" in shown.stdout) or shown.stdout.strip().count(".") == 2
