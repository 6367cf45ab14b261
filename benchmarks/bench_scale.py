"""From one place to a million, many scenarios, many stakeholders: whole processes, in turns.

`python -m benchmarks scale` prints the table of docs/speed.md. It takes hours, so it is none of
those that `make bench` runs. With `--before FOLDER`, a working copy of an earlier version, every
case is run in that one too, directly after; with words, only cases whose name holds one of them.

Seconds of the processor (user and system, of all processes) tell on a machine that others share;
those of the wall tell how it was shared. Memory is the peak of all processes of a case together,
what they share counted once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import psutil
import shapely
import yaml

from benchmarks.bench_screen import land_of

OURS = Path(__file__).parents[1]
SAMPLE_S = 0.5
# Seconds of the wall; a case that takes longer is ended, and the table says so.
MOST_S = {"now": 3600.0, "before": 600.0}
SEED = 3
PLACES = (1, 10, 100_000, 300_000, 1_000_000)
POLYGONS, CORNERS, POINTS = 10_000, 100, 1_000_000
SCENARIOS = (100, 1_000)
STAKEHOLDERS = 500
CLI = ["-m", "siting.commands.cli"]
# Reads a layer and lays it over points; the names of earlier versions too.
OVER_POINTS = """
import sys
import numpy as np
import pandas as pd
layer, points = sys.argv[1], pd.read_csv(sys.argv[2])
try:
    from pathlib import Path
    from siting.study.sources import Exclusion
    from siting.world.exclusions import in_layers, read_layer
    one = Exclusion(file=Path(layer))
    inside = in_layers(points, [one], [read_layer(one)])
except ImportError:
    from geodata.userfiles import read_areas, within_areas
    inside = within_areas(*points[["lat", "lon"]].to_numpy(float).T, read_areas(layer))
print(int(np.sum(inside)), "inside")
"""


@dataclass(frozen=True)
class Run:
    """One process with its children: how it ended, and what it took."""

    code: int
    wall_s: float
    cpu_s: float
    peak_gb: float
    said: str

    def cells(self) -> list[str]:
        """Return it as cells of a table."""
        if self.code:
            return [self.said or f"exit code {self.code}", "", ""]
        return [f"{self.cpu_s:,.0f} s", f"{self.wall_s:,.0f} s", f"{self.peak_gb:.2f} GB"]


@dataclass(frozen=True)
class Case:
    """What is run: makes its files in a folder, and returns the arguments of Python."""

    name: str
    arguments: Callable[[Path], Sequence[object]]


def cases() -> list[Case]:
    """Return every case, the smallest first."""
    own = {count: Case(f"plan of {count:,} own places", _own(count)) for count in PLACES}
    sweeps = [Case(f"sweep of {count:,} scenarios", _sweep(count)) for count in SCENARIOS]
    polygons = Case(f"{POLYGONS:,} polygons of {POLYGONS * CORNERS:,} points in all, laid over "
                    f"{POINTS:,} points", _polygons)  # fmt: skip
    several = Case(f"{STAKEHOLDERS} stakeholders", _stakeholders)
    small, large = [own[n] for n in PLACES[:-2]], [own[n] for n in PLACES[-2:]]
    return [*small, polygons, several, *sweeps, *large]


def measured(arguments: Sequence[object], tree: Path, to: Path, most_s: float) -> Run:
    """Run Python on the code of a working copy and watch its processes until it ends."""
    command = [sys.executable, *map(str, arguments)]
    with (to / "said.txt").open("w+", encoding="utf-8") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=to, env={**os.environ, "PYTHONPATH": str(tree)},
            stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip
        peak, ended = [0], threading.Event()
        watch = threading.Thread(target=_watched, args=(process.pid, peak, ended), daemon=True)
        watch.start()
        late = threading.Timer(most_s, process.terminate)
        late.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        late.cancel()
        ended.set()
        watch.join()
        said.seek(0)
        last = (said.read().strip().splitlines() or [""])[-1]
    code = os.waitstatus_to_exitcode(status)
    words = f"more than {most_s / 60:.0f} minutes" if wall >= most_s else last[:160]
    return Run(code, wall, usage.ru_utime + usage.ru_stime, peak[0] / 1e9, words)


def _watched(pid: int, peak: list[int], ended: threading.Event) -> None:
    """Keep the largest memory of a process and its children; those that fork share much of it."""
    while not ended.wait(SAMPLE_S):
        total = 0
        try:
            root = psutil.Process(pid)
            every = [root, *root.children(recursive=True)]
        except psutil.Error:
            continue
        for one in every:
            try:
                total += one.memory_full_info().pss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], total)


def _own(count: int) -> Callable[[Path], Sequence[object]]:
    def made(folder: Path) -> Sequence[object]:
        latlon = _land()
        at = np.sort(np.random.default_rng(SEED).permutation(len(latlon))[:count])
        lat, lon = latlon[at].round(6).T
        ids = [f"p{i:07d}" for i in at]
        names = [f"Place {i}" for i in at]
        places = pd.DataFrame({"site_id": ids, "name": names, "lat": lat, "lon": lon})
        places.to_csv(folder / "own.csv", index=False)
        study = _study(folder, {"candidates": {"file": "own.csv"}})
        return [*CLI, "plan", study, "-q", "-o", folder / "out"]

    return made


@cache
def _land() -> np.ndarray:
    """Return so many points on land (n, 2), which take a minute to find."""
    return land_of(POINTS).latlon


def _polygons(folder: Path) -> Sequence[object]:
    """Return what lays round polygons, spread over the world, over as many points."""
    rng = np.random.default_rng(SEED)
    lat, lon = _spread(rng, POLYGONS)
    turn = np.linspace(0, 2 * np.pi, CORNERS - 1, endpoint=False)
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    radius = rng.uniform(0.02, 0.3, POLYGONS)
    rings = np.column_stack([lon, lat])[:, None, :] + radius[:, None, None] * ring
    shapes = gpd.GeoSeries(shapely.polygons(rings), crs="EPSG:4326")
    gpd.GeoDataFrame(geometry=shapes).to_file(folder / "areas.geojson", driver="GeoJSON")
    lat, lon = _spread(rng, POINTS)
    pd.DataFrame({"lat": lat, "lon": lon}).to_csv(folder / "points.csv", index=False)
    return ["-c", OVER_POINTS, folder / "areas.geojson", folder / "points.csv"]


def _spread(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.uniform(-50, 65, count), rng.uniform(-170, 170, count)


def _sweep(count: int) -> Callable[[Path], Sequence[object]]:
    """Return a sweep over all places; each scenario values, scores and ranks them anew."""

    def made(folder: Path) -> Sequence[object]:
        worst = np.linspace(150, 400, count // 10).round(3).tolist()
        vary = {
            "anchors.governance": [{"worst": -1.5, "best": best / 10} for best in range(10, 20)],
            "anchors.power_price": [{"worst": one, "best": 20.0} for one in worst],
        }
        (folder / "grid.yaml").write_text(yaml.safe_dump({"vary": vary}), encoding="utf-8")
        study = _study(folder, {})
        return [*CLI, "sweep", study, "--grid", folder / "grid.yaml", "-q", "-o", folder / "out"]

    return made


def _stakeholders(folder: Path) -> Sequence[object]:
    weights = np.linspace(0.2, 2.0, STAKEHOLDERS).round(4).tolist()
    held = {f"Person {i}": {"share": weight} for i, weight in enumerate(weights)}
    study = _study(folder, {"stakeholders": held})
    return [*CLI, "stakeholders", study, "--json"]


def _study(folder: Path, keys: dict[str, object]) -> Path:
    file = folder / "study.yaml"
    file.write_text(yaml.safe_dump({"name": "scale", **keys}), encoding="utf-8")
    return file


def main(arguments: list[str]) -> None:
    """Run the cases in turns and print the table."""
    before, words = None, list(arguments)
    if "--before" in words:
        at = words.index("--before")
        before, words = Path(words[at + 1]).resolve(), words[:at] + words[at + 2 :]
    trees = {"now": OURS, **({"before": before} if before else {})}
    heads = [f"{name}: {what}" for name in trees for what in ("processor", "wall", "peak")]
    print(f"| what | {' | '.join(heads)} |\n| --- |{' ---: |' * len(heads)}", flush=True)
    for case in cases():
        if words and not any(word in case.name for word in words):
            continue
        cells = []
        for name, tree in trees.items():
            with tempfile.TemporaryDirectory() as folder:
                to = Path(folder)
                cells += measured(case.arguments(to), tree, to, MOST_S[name]).cells()
        print(f"| {case.name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
