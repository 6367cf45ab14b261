"""What wheel and sdist hold, by setuptools itself; `make package` builds and installs them."""

from __future__ import annotations

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from setuptools import Distribution

from geodata.geometry import ATTRIBUTIONS

ROOT = Path(__file__).parents[2]
PACKAGES = ("geodata/", "maps/", "siting/")
# Of the packages' folders only what makes other files stays at home.
BUILDS_OTHERS = ("geodata/build/*.json", "geodata/languages/*.po", "maps/panel/*.json",
                 "maps/panel/build.js",
                 "maps/panel/scripts/*", "maps/studio/*.json", "maps/studio/scripts/*")  # fmt: skip
# What the sources of data call their licences, and what SPDX does; of the last group no work is
# held, single facts and numbers alone.
SPDX = {
    "Apache-2.0": "Apache-2.0",
    "CC BY 3.0": "CC-BY-3.0",
    "CC BY 3.0 IGO": "CC-BY-3.0-IGO",
    "CC BY 4.0": "CC-BY-4.0",
    "data CC BY 4.0": "CC-BY-4.0",
    "MIT": "MIT",
    "ODbL 1.0": "ODbL-1.0",
    "Unicode License v3": "Unicode-3.0",
    "public domain": None,
} | dict.fromkeys((
    "CC BY-NC 4.0", "free for use with credit to the author", "none stated", "not known",
    "not stated", "numbers only", "rights with the publishers", "single facts only",
))  # fmt: skip


@pytest.fixture(scope="module")
def tracked() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode or not listed.stdout:
        pytest.skip("not a working copy")
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


@pytest.fixture
def distribution(monkeypatch, tmp_path) -> Distribution:
    monkeypatch.chdir(ROOT)
    made = Distribution({"script_name": "setup.py"})
    made.parse_config_files()
    made.get_command_obj("egg_info").egg_base = str(tmp_path)
    return made


@pytest.fixture
def wheel(distribution) -> set[str]:
    """Paths in the wheel."""
    command = distribution.get_command_obj("build_py")
    command.ensure_finalized()
    outputs = command.get_outputs(include_bytecode=False)
    return {Path(name).relative_to(command.build_lib).as_posix() for name in outputs}


def test_the_wheel_holds_all_code_and_data_and_nothing_else(wheel, tracked) -> None:
    ours = {name for name in tracked if name.startswith(PACKAGES)}
    at_home = {name for name in ours if any(fnmatch(name, each) for each in BUILDS_OTHERS)}
    assert sorted(ours - at_home - wheel) == []
    assert sorted(wheel - ours) == []
    assert not wheel & at_home


def test_the_wheel_holds_what_a_plan_reads(wheel) -> None:
    assert {
        "geodata/catalogue/gigafactories.csv", "geodata/layers/network.npz",
        "geodata/layers/LICENSE.unicode", "maps/panel/page.html", "maps/templates/brief.html.j2",
        "siting/study/presets/balanced.yaml", "siting/py.typed",
    } <= wheel  # fmt: skip


def test_the_sdist_is_the_repository(distribution, tracked, tmp_path) -> None:
    command = distribution.get_command_obj("egg_info")
    command.ensure_finalized()
    command.run()
    files = {name for name in command.filelist.files if not name.startswith(str(tmp_path))}
    assert sorted(files ^ tracked) == []


def test_the_licence_expression_names_the_licences_of_code_and_data() -> None:
    """What docs/sources.md and the credit lines name is in it, and nothing that they do not."""
    table = (ROOT / "docs/sources.md").read_text("utf-8").split("## Licences")[1].split("\n## ")[0]
    cells = [row.split("|")[3] for row in table.splitlines() if row.startswith("|")][2:]
    words = [re.split(r"[:;,(]", cell)[0].strip() for cell in cells]
    words += [re.split(r"[()]", line)[1] for line in ATTRIBUTIONS.values()]
    named = {SPDX[word] for word in words} - {None}
    named |= {"ISC"} if "(ISC)" in table else set()  # packages through which Natural Earth comes
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["license"].split(" AND ")) == named | {"MIT"}
    notice = (ROOT / "NOTICE.md").read_text("utf-8")
    assert all(name in notice for name in named)


def test_every_notice_goes_with_the_package(distribution) -> None:
    notices = {"LICENSE", "NOTICE.md", "geodata/layers/LICENSE.unicode"}
    texts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "licenses").iterdir()}
    assert set(distribution.metadata.license_files) == notices | texts
    linked = re.findall(r"\]\((?!https?:)([^)]+)\)", (ROOT / "NOTICE.md").read_text("utf-8"))
    assert texts <= set(linked)
    assert all((ROOT / name).is_file() for name in linked)


def test_the_citation_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == project["version"]
    assert citation["authors"] == project["authors"]
    assert citation["keywords"] == project["keywords"]
