"""Lists that would not fit into memory are refused before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import SitingError
from siting.study.study import Candidates, Study
from siting.support.memory import free_bytes
from siting.world import candidates

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
    assert len(candidates.read_own(study).points) == 2_000
    monkeypatch.setattr(candidates, "free_bytes", lambda: None)
    assert len(candidates.read_own(study).points) == 2_000
    monkeypatch.setattr(candidates, "free_bytes", lambda: 10_000_000)
    with pytest.raises(SitingError) as caught:
        candidates.read_own(study)
    (fault,) = caught.value.faults
    assert fault.where == "sites.csv"
    assert fault.what.startswith("2,000 places need about 0.0 GB of memory")
