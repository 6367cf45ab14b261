from pathlib import Path

import pytest
import yaml

from siting.study.study import Study
from siting.study.studyfile import PRESETS, parse, preset
from siting.study.template import commented, relocated
from siting.study.weights import tree_of


@pytest.mark.parametrize("name", PRESETS)
def test_what_init_writes_reads_back_as_the_preset(name):
    study = preset(name)
    assert parse(commented(study, name), "s.yaml", Path()) == study


def test_every_key_is_shown():
    text = commented(Study(), "balanced")
    for key in Study.model_fields:
        assert f"{key}:" in text


def test_commented_keys_are_sound_once_uncommented():
    lines = commented(Study(), "balanced").splitlines()
    start = lines.index("# weights:")
    block = [line[2:] for line in lines[start:] if line.startswith("# ")]
    end = next(i for i, line in enumerate(block) if i and not line.startswith(" "))
    weights = yaml.safe_load("\n".join(block[:end]))
    study = parse(yaml.safe_dump(weights), "s.yaml", Path())
    assert tree_of(study) == tree_of(Study())


def test_a_study_with_weights_and_stakeholders_reads_back():
    turned = {"energy": {"weight": 1 / 3, "criteria": {"grid_carbon": 1}}}
    people = {"A: # b": {"share": 1, "weights": turned}, "Åse {{x}}": {"share": 2}}
    people["Åse {{x}}"]["lens"] = "onshoring"
    study = Study.model_validate({"weights": turned, "stakeholders": people})
    text = commented(study, "two\nlines.yaml", ["Weights: an order in\nx.csv."])
    assert parse(text, "s.yaml", Path()) == study
    assert "# Weights: an order in" in text


def test_files_are_named_as_another_folder_sees_them(tmp_path):
    study = Study.model_validate({
        "candidates": {"file": "a/mine.csv"}, "exclude": [{"file": str(tmp_path / "p.gpkg")}],
        "tables": {"gigafactories": "b/g.csv"},
    })  # fmt: skip
    moved = relocated(study, Path("a"))
    assert moved.candidates.file == Path("mine.csv")
    assert moved.exclude[0].file == tmp_path / "p.gpkg"
    assert moved.tables == {"gigafactories": Path("../b/g.csv")}
    assert relocated(Study(), Path("a")) == Study()
