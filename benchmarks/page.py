"""Results as lines for the terminal and as a page of the documentation."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks.comparison import Comparison, Result
from siting.reports.page import filled

PACKAGES = (
    "numpy", "scipy", "pandas", "folium", "scikit-learn", "pymcdm", "scikit-criteria", "scgraph",
    "networkx",
)  # fmt: skip


def lines(title: str, result: Result) -> Iterator[str]:
    """Yield the result of one benchmark as text."""
    yield title
    for one in result.compared:
        yield f"  {one.what}"
        yield f"    {seconds(one.ours_s)} against {seconds(one.peer_s)} of {one.peer}{_part(one)}"
        yield f"    {figure(one.ratio)} x; {one.peak_mb:,.0f} MB; {_equal(one)}"
    for name, value in result.figures.items():
        yield f"  {name:<52} {figure(value):>12}"


def page(results: Mapping[str, Result]) -> str:
    """Return the page for results by title."""
    return filled(
        "benchmarks.md",
        Path(__file__).parent,
        machine=machine(),
        compared=[_compared(one) for result in results.values() for one in result.compared],
        figures=[
            (title, name, figure(value))
            for title, result in results.items()
            for name, value in result.figures.items()
        ],
    )


def _compared(one: Comparison) -> tuple[str, ...]:
    return (
        one.what, seconds(one.ours_s), one.peer + _part(one), seconds(one.peer_s),
        f"{figure(one.ratio)} x", f"{one.peak_mb:,.0f} MB", _equal(one),
    )  # fmt: skip


def machine() -> str:
    """Describe the machine: processor, cores, memory, system, versions."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {gigabytes:.0f} GB of memory, {_system()}; "
        f"Python {platform.python_version()}, {packages}"
    )


def seconds(value: float) -> str:
    """Return a time with three digits and the unit that suits it."""
    for unit, size in (("h", 3600.0), ("s", 1.0), ("ms", 1e-3)):
        if value >= (2 if unit == "h" else 1) * size:
            return f"{figure(value / size)} {unit}"
    return f"{figure(value * 1e6)} us"


def figure(value: float) -> str:
    """Return a number with three digits that count, thousands separated."""
    if not math.isfinite(value):
        return "not measured"
    if value == 0 or float(value).is_integer():
        return f"{value:,.0f}"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(digits, 0)}f}"


def _part(one: Comparison) -> str:
    return f" (from {one.reckoned})" if one.reckoned else ""


def _equal(one: Comparison) -> str:
    if math.isnan(one.difference):
        return "not the same work"
    if one.difference == 0:
        return "the last bit"
    return f"{one.difference:.0e}{' of the result' if one.relative else ''}"


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
