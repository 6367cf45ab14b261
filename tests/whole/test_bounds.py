"""The lock of the lowest versions is that of the bounds, so what is tested is what is promised."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTRAS = ("dask", "pdf", "install")


def test_the_lowest_lock_holds_the_lower_bound_of_every_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = [*project["dependencies"]]
    for extra in EXTRAS:
        needs += project["optional-dependencies"][extra]
    text = (ROOT / "requirements-lowest.lock").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", text, re.MULTILINE))
    for need in needs:
        name, bound = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z]+\])?>=([0-9.]+)", need).groups()
        lowest = locked[name].split(".")
        wanted = bound.split(".")
        assert lowest[: len(wanted)] == wanted, need
        assert set(lowest[len(wanted) :]) <= {"0"} or name in NO_ZERO, need


NO_ZERO = {"setuptools"}  # 78.0.0 was withdrawn
