"""Lists that would not fit into memory are refused before the work."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from geodata.errors import SitingError
from siting.model import zones
from siting.study.study import Candidates, Study
from siting.support.memory import free_bytes
from siting.support.progress import shown
from siting.world import candidates, size

GB = 1 << 30


def test_the_lower_of_system_and_container_counts(tmp_path: Path) -> None:
    system = tmp_path / "meminfo"
    assert free_bytes(system, tmp_path) is None
    system.write_text(f"MemTotal: 9 kB\nMemAvailable:    {8 * GB // 1024} kB\nBuffers: 1 kB\n")
    assert free_bytes(system, tmp_path) == 8 * GB
    (tmp_path / "memory.current").write_text(f"{GB}\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert free_bytes(system, tmp_path) == 8 * GB
    (tmp_path / "memory.max").write_text(f"{3 * GB}\n")
    assert free_bytes(system, tmp_path) == 2 * GB


def test_too_many_places_for_the_memory_are_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("name,lat,lon\n" + "".join(f"a{i},59.3,18.1\n" for i in range(2_000)))
    study = Study(name="many", candidates=Candidates(file=file))
    monkeypatch.setattr(size, "SAID_FROM", 1_000)
    monkeypatch.setattr(size, "free_bytes", lambda: None)
    assert len(candidates.read_own(study).points) == 2_000
    monkeypatch.setattr(size, "free_bytes", lambda: 10_000_000)
    with pytest.raises(SitingError) as caught:
        candidates.read_own(study)
    monkeypatch.setattr(size, "SAID_FROM", 2_001)
    assert len(candidates.read_own(study).points) == 2_000
    (fault,) = caught.value.faults
    assert fault.where == "sites.csv"
    assert fault.what.startswith("2,000 places need about 1.0 GB of memory")


def test_the_size_of_a_large_list_is_said_before_the_work() -> None:
    assert size.sentence(size.SAID_FROM - 1) == ""
    said = size.sentence(1_000_000)
    assert said.startswith("1,000,000 places: about ")
    assert "GB of memory and " in said


def test_it_is_said_on_standard_error_and_not_when_quiet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for quiet in (False, True):
        with shown(Console(file=io.StringIO()), quiet=quiet) as stages:
            stages.say("300,000 places: about 1 GB")
            stages.say("")
    captured = capsys.readouterr()
    assert captured.err == "300,000 places: about 1 GB\n"
    assert not captured.out


def test_places_too_near_each_other_for_the_memory_are_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(1)
    lat, lon = 50 + 0.4 * rng.random(3_000), 10 + 0.4 * rng.random(3_000)
    city = pd.DataFrame({"lat": lat, "lon": lon, "country": "DE", "kind": "own"})
    monkeypatch.setattr(zones, "COUNTED", 2_000)
    monkeypatch.setattr(zones, "free_bytes", lambda: 10 * GB)
    assert zones.Cut.of(city, extent_km=10.0).near.shape == (3_000, 3_000)
    monkeypatch.setattr(zones, "free_bytes", lambda: 100_000_000)
    with pytest.raises(SitingError) as caught:
        zones.Cut.of(city, extent_km=200.0)
    (fault,) = caught.value.faults
    assert fault.column == "listing.zone_km"
    assert fault.what.startswith("3,000 places have 2,999 others each within 100 km")
    assert zones.Cut.of(city, extent_km=0.0).near.nnz == 3_000
