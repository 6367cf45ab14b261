"""Screening by number of cells: seconds, peak memory of all processes, and the slope."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import psutil

from siting.screening.engine import HERE
from siting.screening.screen import details, ranked
from siting.study.sources import Candidates, Hexagons
from siting.study.study import Draws
from siting.study.studyfile import preset
from siting.world import candidates, facts, h3land

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LARGE = 10_000_000
DRAWS = 1_000
REGIONS = ("europe", "north_america", "south_east_asia", "middle_east")
SAMPLE_S = 0.25


@dataclass
class Peak:
    """Largest memory of this process and its children (GB), shared pages counted once."""

    gigabytes: float = 0.0


@contextmanager
def watched() -> Iterator[Peak]:
    """Sample the memory of all processes while the block runs."""
    peak, stop, me = Peak(), threading.Event(), psutil.Process()

    def sample() -> None:
        while not stop.wait(SAMPLE_S):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            peak.gigabytes = max(peak.gigabytes, total / 1e9)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def land_of(cells: int) -> h3land.Land:
    """Return so many cells, spread over the regions or else the world, on the coarsest grid."""
    closed = facts.load(preset("balanced")).closed
    for resolution, regions in product(range(4, 9), (REGIONS, (h3land.WORLD,))):
        whole = h3land.land(resolution, h3land.countries_of(regions, closed))
        if len(whole) >= cells:
            some = np.linspace(0, len(whole) - 1, cells).astype(np.intp)
            return replace(
                whole, cell=whole.cell[some], latlon=whole.latlon[some], place=whole.place[some]
            )
    raise ValueError(cells)


def measure(cells: int) -> dict[str, float]:
    """Screen so many cells with confidence; the land and the freight field are at hand."""
    # nothing masked: every cell is scored and drawn
    every = Hexagons(regions=REGIONS, min_people=0, max_road_km=1000.0)
    asked = {"confidence": Draws(draws=DRAWS), "candidates": Candidates(hex=every)}
    study = preset("balanced").model_copy(update=asked)
    known, land = facts.load(study), land_of(cells)
    with watched() as peak:
        begun = time.perf_counter()
        found = ranked(study, land, known, candidates.Own(), HERE)
        first = time.perf_counter() - begun
        described = sum(len(part) for part in details(study, known, found, HERE))
        whole = time.perf_counter() - begun
    return {
        "cells": described, "free": int((found.rank > 0).sum()), "ranked_s": first,
        "whole_s": whole, "peak_gb": peak.gigabytes,
    }  # fmt: skip


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Return seconds and memory by number of cells, and the slope between the two largest."""
    rows = [measure(cells) for cells in sizes]
    found = {
        f"{row['cells']:,.0f} cells, {name}": row[key]
        for row in rows
        for name, key in (("free", "free"), ("ranked (s)", "ranked_s"),
                          ("with chances (s)", "whole_s"), ("peak (GB)", "peak_gb"))
    }  # fmt: skip
    before, last = rows[-2:]
    slope = np.log(last["whole_s"] / before["whole_s"]) / np.log(last["cells"] / before["cells"])
    return found | {"slope (1 is linear)": float(slope)}


if __name__ == "__main__":
    for label, figure in run((1_000_000, LARGE) if "--large" in sys.argv else SIZES).items():
        print(f"  {label:<34} {figure:>14,.2f}")
