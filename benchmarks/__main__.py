"""`make bench`: every benchmark, its figures as ratios against a peer in one run."""

from __future__ import annotations

from benchmarks import bench_confidence, bench_freight, bench_map, bench_money, bench_plan

BENCHMARKS = {
    "freight matrix against a search a pair (scgraph)": bench_freight.run,
    "cost, parity and margin on three dates": bench_money.run,
    "rank acceptability against a loop (pymcdm)": bench_confidence.run,
    "the live map: making it, turning it, trusting it": bench_map.run,
    "the default study as a process": bench_plan.run,
}


def main() -> None:
    """Run and print every benchmark."""
    for title, run in BENCHMARKS.items():
        print(title)
        for name, figure in run().items():
            print(f"  {name:<28} {figure:>12,.3f}")


if __name__ == "__main__":
    main()
