"""What `siting cache` shows and clears, and what it leaves alone."""

from __future__ import annotations

import json
import sys

import geopandas as gpd
import numpy as np
import pytest

from siting.commands import cli
from siting.support import cache, frames, housekeeping, kept, pickles
from siting.support.cachefolder import ENV

write_plan = pickles.keep  # before the conftest takes it away


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv(ENV, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def siting(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["siting", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return left.value.code, capsys.readouterr().out

    return run


def fill(folder):
    """Put one of every kind into the cache, and files of the user's beside and below."""
    key, other = cache.digest(1), cache.digest(2)
    cache.array(key, lambda: np.arange(10))
    cache.array(f"{key}-{other}", lambda: np.arange(20))
    place = gpd.GeoDataFrame({"name": ["A"]}, geometry=gpd.points_from_xy([1], [2]), crs=4326)
    frames.as_file(place, "candidates")
    write_plan(kept.key_of({"plan of": "somebody"}), np.arange(10))
    foreign = ("notes.txt", "0" * 40 + ".npy", f"{key}-{key}.npy", "answers/mine.json",
               "answers/mine.txt", "plans/mine.plan", "frames/my.parquet",
               "frames/a/b.parquet")  # fmt: skip
    for name in foreign:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    return {folder / name for name in foreign}


def test_it_is_empty_where_nothing_was_kept(folder, siting):
    code, out = siting("cache", "--json")
    said = json.loads(out)
    assert (code, said["folder"], said["bytes"]) == (0, str(folder), 0)
    assert [row["files"] for row in said["kinds"]] == [0, 0, 0, 0, 0]
    assert siting("cache", "clear")[0] == 0
    assert not folder.exists()


def test_entries_by_kind_add_up_and_clearing_leaves_what_is_not_ours(folder, siting):
    mine = fill(folder)
    (folder / "answers" / ("a" * 64 + ".json")).write_text("{}", "utf-8")
    ours = {path for path in folder.rglob("*") if path.is_file()} - mine
    said = json.loads(siting("cache", "--json")[1])
    assert {row["kind"]: row["files"] for row in said["kinds"]} == {
        "freight fields": 1, "results of stages": 1, "answers": 1, "plans": 1,
        "frames of Python": 1,
    }  # fmt: skip
    assert said["bytes"] == sum(path.stat().st_size for path in ours)
    shown = siting("cache")[1]
    assert str(folder) in shown
    assert f"{said['bytes'] / 1e6:,.1f}" in shown
    code, out = siting("cache", "clear")
    assert code == 0
    assert "Removed 5 files" in out
    assert {path for path in folder.rglob("*") if path.is_file()} == mine


@pytest.mark.usefixtures("folder")
def test_freight_fields_give_way_too(monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 1)
    monkeypatch.setattr("siting.support.disk_space.DAY_S", -1.0)
    key = cache.digest(1)
    cache.array(f"{key}-{key}", lambda: np.arange(10))
    assert [row.files for row in housekeeping.usage()] == [0, 0, 0, 0, 0]
