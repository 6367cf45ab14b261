"""kill -9 at random moments: never half a result, never a broken cache, nothing left over."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from geodata.load import table

KILLS, SEED = int(os.environ.get("SITING_KILLS", "1")), 7
TABLES = ("cells.csv", "cars.csv", "power.csv")
STUDY = """\
name: killed
price_usd_per_t: {price}
candidates: {{hex: {{resolution: 4, regions: [EE, LV]}}}}
tables: {{gigafactories: cells.csv, automaker_plants: cars.csv, power_stations: power.csv}}
confidence: {{draws: 100}}
listing: {{zones: 3, top: 3}}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with two studies of a few plants, so that a cold cache is soon warm."""
    home = tmp_path_factory.mktemp("killed")
    few = table("gigafactories").query("country in ['SE', 'PL', 'HU']").head(3)
    few.to_csv(home / "cells.csv", index=False)
    table("automaker_plants").head(3).to_csv(home / "cars.csv", index=False)
    table("power_stations").head(3).to_csv(home / "power.csv", index=False)
    for name, price in (("old", 4000), ("new", 5000)):
        (home / f"{name}.yaml").write_text(STUDY.format(price=price))
    return home


def started(home, study, out, cache):
    return subprocess.Popen(
        [sys.executable, "-m", "siting.commands.cli", "plan", f"{study}.yaml", "-o", out, "-q"],
        cwd=home, env={**os.environ, "SITING_CACHE": str(home / cache)},
    )  # fmt: skip


def digest(folder):
    """Hash of every file of a plan; the manifest and the time-stamped container apart."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_plan_killed_at_any_moment_is_the_old_one_or_the_new_one_whole(home):
    begun = time.monotonic()
    assert started(home, "old", "out", "warm").wait() == 0
    lasts = time.monotonic() - begun
    old, seen = digest(home / "out"), []
    moments = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(KILLS):
        running = started(home, "new", "out", "cold")
        time.sleep(moments.uniform(0.1, 1.1) * lasts)
        running.send_signal(signal.SIGKILL)
        running.wait()
        seen.append(digest(home / "out"))
    assert started(home, "new", "out", "cold").wait() == 0
    new = digest(home / "out")
    assert old.keys() == new.keys()
    assert old != new
    assert all(one in (old, new) for one in seen)
    left = {path.name for path in home.iterdir()}
    assert left == {*TABLES, "old.yaml", "new.yaml", "out", "warm", "cold"}
    kept = [path for path in (home / "cold").rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {".npy", ".plan"}
