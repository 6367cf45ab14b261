"""The lock of the lowest versions is that of the bounds, so what is tested is what is promised."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
EXTRAS, GROUPS = ("dask", "pdf"), ("install",)


def test_the_lowest_lock_holds_the_lower_bound_of_every_requirement() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = declared["project"]
    needs = [*project["dependencies"]]
    for extra in EXTRAS:
        needs += project["optional-dependencies"][extra]
    for group in GROUPS:
        needs += declared["dependency-groups"][group]
    text = (ROOT / "requirements-lowest.lock").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", text, re.MULTILINE))
    for need in needs:
        name, bound = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z]+\])?>=([0-9.]+)", need).groups()
        lowest = locked[name].split(".")
        wanted = bound.split(".")
        assert lowest[: len(wanted)] == wanted, need
        assert set(lowest[len(wanted) :]) <= {"0"} or name in NO_ZERO, need


NO_ZERO = {"setuptools"}  # 78.0.0 was withdrawn


def test_pre_commit_has_the_locked_ruff() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    [rev] = [repo["rev"] for repo in hooks if repo["repo"].endswith("/ruff-pre-commit")]
    locked = (ROOT / "requirements-dev.lock").read_text("utf-8")
    assert f"\nruff=={rev.removeprefix('v')} " in locked
