"""`make bench`: every benchmark in a process of its own, its figures as ratios to a peer.

`python -m benchmarks` prints them; with names (`bench_access`) only those; with `--write` it also
writes docs/benchmarks.md. `python -m benchmarks scale` and `portfolio` are long and apart
(`bench_scale`, `bench_portfolio`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import bench_portfolio, bench_scale
from benchmarks.measure import measured
from benchmarks.page import lines, page

# What each is about; the order is that of the page.
BENCHMARKS = {
    "bench_freight": "freight",
    "bench_access": "reach and nearness",
    "bench_scoring": "scores",
    "bench_confidence": "confidence",
    "bench_money": "cost, parity and margin",
    "bench_map": "the live map",
    "bench_screen": "screening by number of cells",
    "bench_plan": "the default study as a process",
}
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main(arguments: list[str]) -> None:
    """Run and print benchmarks; write the page if asked to."""
    if arguments[:1] == ["scale"]:
        bench_scale.main(arguments[1:])
        return
    if arguments[:1] == ["portfolio"]:
        bench_portfolio.main(arguments[1:])
        return
    write = "--write" in arguments
    wanted = [name for name in arguments if name != "--write"] or list(BENCHMARKS)
    results = {}
    for name in wanted:
        results[BENCHMARKS[name]] = measured(name)
        print("\n".join(lines(BENCHMARKS[name], results[BENCHMARKS[name]])), flush=True)
    if write:
        PAGE.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
